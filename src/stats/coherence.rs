//! How well the words of a theme belong together.

use super::sparse::SparseCounts;

/// Mean normalised pointwise mutual information of all pairs of columns, rows as windows (Bouma 2009; Aletras and
/// Stevenson 2013): for each pair ln(p₁₂ ∕ p₁p₂) ∕ −ln p₁₂, from −1 (never in one row) over 0 (by chance) to 1 (never apart).
/// None for fewer than two columns or no rows.
#[must_use]
pub fn npmi(counts: &SparseCounts, columns: &[usize]) -> Option<f64> {
    let n = counts.n_rows() as f64;
    let mut pairs = 0usize;
    let mut sum = 0.0;
    for (i, &a) in columns.iter().enumerate() {
        for &b in &columns[i + 1..] {
            let (a, b) = (counts.column(a).rows, counts.column(b).rows);
            sum += npmi_of(n, a.len(), b.len(), common(a, b));
            pairs += 1;
        }
    }
    (pairs > 0 && n > 0.0).then(|| sum / pairs as f64)
}

/// Normalised pointwise mutual information of two events in `n` rows: one in `a`, the other in `b`, both in `both` of them.
#[must_use]
pub fn npmi_of(n: f64, a: usize, b: usize, both: usize) -> f64 {
    if both == 0 {
        return -1.0;
    }
    let joint = both as f64 / n;
    if joint >= 1.0 {
        return 1.0;
    }
    libm::log(joint / (a as f64 / n * (b as f64 / n))) / -libm::log(joint)
}

/// How many numbers two ascending lists share.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() > 16 * short.len() {
        return short.iter().filter(|x| long.binary_search(x).is_ok()).count();
    }
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < short.len() && j < long.len() {
        n += usize::from(short[i] == long[j]);
        let step = short[i].cmp(&long[j]);
        i += usize::from(step.is_le());
        j += usize::from(step.is_ge());
    }
    n
}

/// Share of different columns among all of some lists (Dieng, Ruiz and Blei 2020): 1 where no two lists share one. None
/// for empty lists.
#[must_use]
pub fn diversity<'l>(lists: impl IntoIterator<Item = &'l [usize]>) -> Option<f64> {
    let mut all: Vec<usize> = lists.into_iter().flatten().copied().collect();
    let n = all.len();
    all.sort_unstable();
    all.dedup();
    (n > 0).then(|| all.len() as f64 / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn npmi_runs_from_never_to_always_together() {
        // Columns 0 and 1 always together in two of four rows, 2 never with them, 3 in one of each.
        let rows = [vec![(0, 1), (1, 5)], vec![(0, 2), (1, 1), (3, 1)], vec![(2, 1), (3, 1)], vec![(2, 1)]];
        let counts = SparseCounts::from_rows(4, rows).unwrap();
        let of = |a, b| npmi(&counts, &[a, b]).unwrap();
        assert!((of(0, 1) - 1.0).abs() < 1e-12 && (of(0, 2) + 1.0).abs() < 1e-12 && of(0, 3).abs() < 1e-12);
        assert!((npmi(&counts, &[0, 1, 2]).unwrap() + 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(npmi(&counts, &[0]), None);
    }

    #[test]
    fn shared_numbers_are_counted_both_ways() {
        let long: Vec<u32> = (0..100).map(|i| 3 * i).collect();
        assert_eq!((common(&[3, 4, 297], &long), common(&long, &[0, 1, 2, 3, 4, 6, 7, 9, 12, 15])), (2, 6));
    }

    #[test]
    fn diversity_is_the_share_of_different_words() {
        let lists = [vec![1, 2, 3], vec![3, 4, 5]];
        assert_eq!(diversity(lists.iter().map(Vec::as_slice)), Some(5.0 / 6.0));
        assert_eq!(diversity([]), None);
    }
}
