//! What presence in a few sessions can show at all.

/// ln n!, by adding logarithms.
fn ln_factorial(n: usize) -> f64 {
    (2..=n).map(|i| libm::log(i as f64)).sum()
}

/// Probability that `k` of the `hits` fall into the second of two groups of `n1` and `n2` (hypergeometric).
fn hypergeometric(k: usize, hits: usize, n1: usize, n2: usize) -> f64 {
    if k > hits || k > n2 || hits - k > n1 {
        return 0.0;
    }
    let choose = |n: usize, k: usize| ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
    libm::exp(choose(n2, k) + choose(n1, hits - k) - choose(n1 + n2, hits))
}

/// The smallest number of the `n2` later sessions that must name something which none of the `n1` earlier ones names,
/// before chance alone would bring such a split in less than one of twenty cases (Fisher's exact test, two-sided).
/// `None` if even all of them would not do.
///
/// A statement about the size of a corpus, not about any term.
#[must_use]
pub fn smallest_telling(n1: usize, n2: usize) -> Option<usize> {
    (1..=n2).find(|&k| {
        let observed = hypergeometric(k, k, n1, n2);
        let as_rare: f64 =
            (0..=k).map(|j| hypergeometric(j, k, n1, n2)).filter(|p| *p <= observed * (1.0 + 1e-7)).sum();
        as_rare <= 0.05
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of R's `fisher.test(matrix(c(0, 13, k, 13 - k), 2))`: k = 4 gives 0.0957, k = 5 gives 0.0391.
    #[test]
    fn thirteen_against_thirteen_needs_five() {
        assert_eq!(smallest_telling(13, 13), Some(5));
        assert!((2.0 * hypergeometric(4, 4, 13, 13) - 0.095_652).abs() < 1e-4);
        assert_eq!(smallest_telling(2, 2), None);
        assert_eq!(smallest_telling(0, 5), None);
    }
}
