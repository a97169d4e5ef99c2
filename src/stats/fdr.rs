//! False discovery rate.

/// The q of each p (Benjamini and Hochberg 1995): the smallest false discovery rate at which it would be a discovery,
/// qᵢ = min over j ≥ i of m·p₍ⱼ₎ / j, at most 1. In the order of the input; empty for no input.
///
/// Valid for independent and for positively dependent tests (Benjamini and Yekutieli 2001).
#[must_use]
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let m = p.len() as f64;
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]).then(a.cmp(&b)));
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0f64;
    for (rank, &i) in order.iter().enumerate().rev() {
        least = least.min(m * p[i] / (rank as f64 + 1.0));
        q[i] = least;
    }
    q
}

/// The values that a tail probability of a test can have, from the smallest on, as far as they are known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tail(Vec<f64>);

impl Tail {
    /// From values that rise. Nothing is known beyond the last one.
    #[must_use]
    pub fn new(values: Vec<f64>) -> Self {
        Self(values)
    }

    /// A bound of the chance that the tail probability is at most `level`: the largest value that is not above the level,
    /// or, where the values are not known, the level.
    #[must_use]
    pub fn at_most(&self, level: f64) -> f64 {
        match self.0.partition_point(|&c| c <= level) {
            known if known == self.0.len() => level,
            0 => 0.0,
            known => self.0[known - 1],
        }
    }
}

/// The q of each p where not every p can have every value: p is twice the smaller of two tail probabilities, whose values
/// `tails` knows.
///
/// At a threshold t, Benjamini and Hochberg expect up to m·t false discoveries. Tests of rare things have few values of
/// p, and fewer below t: expected are at most F(t) = Σ over tests of the chance that p ≤ t. So q is the minimum over
/// t ≥ p of F(t) / #{p ≤ t}, at most 1, in the order of the input: the procedure of Heyse (2011). Where no values are
/// known it is that of Benjamini and Hochberg. A p must not be below what its tails allow.
#[must_use]
pub fn discrete(p: &[f64], tails: &[[Tail; 2]]) -> Vec<f64> {
    // At a level, a tail begins to add a value in the place of the last one, or, from the last on, the level itself.
    let mut changes: Vec<(f64, f64, f64)> = Vec::new();
    for tail in tails.iter().flatten() {
        let Some((&last, before)) = tail.0.split_last() else {
            changes.push((0.0, 0.0, 1.0));
            continue;
        };
        let mut added = 0.0;
        for &value in before {
            changes.push((value, value - added, 0.0));
            added = value;
        }
        changes.push((last, -added, 1.0));
    }
    changes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)));
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]).then(a.cmp(&b)));
    let (mut values, mut levels, mut next) = (0.0, 0.0, 0);
    let expected: Vec<f64> = order
        .iter()
        .map(|&i| {
            let level = p[i] / 2.0;
            while let Some(change) = changes.get(next).filter(|c| c.0 <= level * (1.0 + 1e-12)) {
                values += change.1;
                levels += change.2;
                next += 1;
            }
            values + levels * level
        })
        .collect();
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0f64;
    for (rank, &i) in order.iter().enumerate().rev() {
        least = least.min((expected[rank] / (rank as f64 + 1.0)).max(p[i]));
        q[i] = least;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tail_has_known_values_and_bounds() {
        let tail = Tail::new(vec![0.01, 0.04]);
        assert_eq!([0.005, 0.01, 0.03, 0.05].map(|l| tail.at_most(l)), [0.0, 0.01, 0.01, 0.05]);
        assert_eq!(Tail::default().at_most(0.2), 0.2);
    }

    #[test]
    fn tests_that_could_not_be_small_do_not_count() {
        let p = [0.001, 0.02, 0.5, 0.5, 1.0];
        let unknown = discrete(&p, &vec![Default::default(); 5]);
        for (q, bh) in unknown.iter().zip(benjamini_hochberg(&p)) {
            assert!((q - bh).abs() < 1e-12, "{q} {bh}");
        }
        let rare = || [Tail::new(vec![0.25]), Tail::new(vec![0.25])];
        let tails = [Default::default(), Default::default(), rare(), rare(), rare()];
        let q = discrete(&p, &tails);
        assert!((q[0] - 0.002).abs() < 1e-12 && (q[1] - 0.02).abs() < 1e-12, "{q:?}");
        assert!(q.iter().zip(&unknown).all(|(a, b)| a <= b));
        assert!(discrete(&[], &[]).is_empty());
    }

    /// The sum of the bounds, one by one.
    #[test]
    fn what_is_expected_is_the_sum_of_all_bounds() {
        let p = [0.004, 0.03, 0.06, 0.2];
        let tails: Vec<[Tail; 2]> = [0.001, 0.002, 0.01, 0.02]
            .map(|c| [Tail::new(vec![c, 3.0 * c, 9.0 * c]), Tail::new(vec![2.0 * c, 5.0 * c])])
            .to_vec();
        let expected = |t: f64| tails.iter().flatten().map(|tail| tail.at_most(t / 2.0)).sum::<f64>();
        let mut least = 1.0f64;
        let q = discrete(&p, &tails);
        for i in (0..4).rev() {
            least = least.min((expected(p[i]) / (i as f64 + 1.0)).max(p[i]));
            assert!((q[i] - least).abs() < 1e-12, "{i}: {} {least}", q[i]);
        }
    }

    #[test]
    fn q_is_monotone_and_never_below_p() {
        let p = [0.01, 0.02, 0.03, 0.5, 0.04];
        let q = benjamini_hochberg(&p);
        assert!(p.iter().zip(&q).all(|(p, q)| q >= p));
        assert!((q[0] - 0.05).abs() < 1e-12 && (q[4] - 0.05).abs() < 1e-12 && (q[3] - 0.5).abs() < 1e-12);
        assert!(benjamini_hochberg(&[]).is_empty());
    }
}
