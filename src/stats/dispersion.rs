//! How evenly a term is spread over sessions.

use super::sparse::Column;

/// Gries' deviation of proportions (Gries 2008): half of Σ |share of the mentions − share of the words| over the units,
/// from 0 (as even as the words) to nearly 1 (all in one short unit). Units that `is_in` does not take are left out;
/// `total_size` is the size of those it takes. `None` without mentions.
#[must_use]
pub fn deviation_of_proportions(
    column: Column<'_>,
    sizes: &[f64],
    total_size: f64,
    is_in: impl Fn(usize) -> bool,
) -> Option<f64> {
    let cells = || column.cells().filter(|&(unit, _)| is_in(unit));
    let mentions: f64 = cells().map(|(_, count)| f64::from(count)).sum();
    if mentions == 0.0 || total_size <= 0.0 {
        return None;
    }
    let (mut apart, mut seen) = (0.0, 0.0);
    for (unit, count) in cells() {
        let expected = sizes[unit] / total_size;
        apart += libm::fabs(f64::from(count) / mentions - expected);
        seen += expected;
    }
    // Units without a mention differ by the whole of their share.
    Some(((apart + 1.0 - seen) / 2.0).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::sparse::SparseCounts;

    /// The example of Gries (2008: 416): five parts of 9, 10, 10, 10 and 11 words with 1, 2, 3, 4 and 5 mentions of `a`:
    /// DP = 0.18.
    #[test]
    fn published_example() {
        let counts = SparseCounts::from_rows(1, (1..=5).map(|k| [(0, k)])).unwrap();
        let sizes = [9.0, 10.0, 10.0, 10.0, 11.0];
        let dp = deviation_of_proportions(counts.column(0), &sizes, 50.0, |_| true).unwrap();
        assert!((dp - 0.18).abs() < 1e-9, "{dp}");
        let one = SparseCounts::from_rows(1, [vec![(0, 9)], vec![], vec![]]).unwrap();
        let dp = deviation_of_proportions(one.column(0), &[10.0, 45.0, 45.0], 100.0, |_| true).unwrap();
        assert!((dp - 0.9).abs() < 1e-12);
    }
}
