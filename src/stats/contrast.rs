//! How two counts differ: rates, smoothed log ratio, log-odds with an informative prior.

/// A term's count and the size of what it was counted in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// Mentions.
    pub k: f64,
    /// Words.
    pub n: f64,
}

impl Count {
    /// Mentions per 1,000 words; 0 where there are no words.
    #[must_use]
    pub fn per_thousand(&self) -> f64 {
        if self.n > 0.0 { 1000.0 * self.k / self.n } else { 0.0 }
    }
}

/// log2 of the ratio of two rates, with half a mention added on both sides so that zero has an answer:
/// log2(((k₂ + ½) / (n₂ + 1)) / ((k₁ + ½) / (n₁ + 1))).
///
/// The half is the usual continuity correction (Walter 1975). +1 means twice as often, −1 half as often.
#[must_use]
pub fn log2_ratio(from: Count, to: Count) -> f64 {
    let rate = |c: Count| (c.k + 0.5) / (c.n + 1.0);
    libm::log2(rate(to) / rate(from))
}

/// Log-odds of a term with an informative Dirichlet prior, and its z (Monroe, Colaresi and Quinn 2008, eq. 16, 19–22).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogOdds {
    /// Difference of the log odds (natural logarithm), `to` minus `from`.
    pub delta: f64,
    /// delta divided by its standard deviation. Descriptive: it takes words for independent, which they are not.
    pub z: f64,
}

/// `prior` is the pseudo-count of the term, `prior_total` that of all terms together.
///
/// δ = ln((k₂ + α) / (n₂ + α₀ − k₂ − α)) − ln((k₁ + α) / (n₁ + α₀ − k₁ − α)), variance ≈ 1/(k₂ + α) + 1/(k₁ + α).
#[must_use]
pub fn log_odds(from: Count, to: Count, prior: f64, prior_total: f64) -> LogOdds {
    // Where a term is the whole text, the rest is half a word rather than none.
    let odds = |c: Count| libm::log((c.k + prior) / (c.n + prior_total - c.k - prior).max(0.5));
    let delta = odds(to) - odds(from);
    let variance = 1.0 / (to.k + prior) + 1.0 / (from.k + prior);
    let z = delta / libm::sqrt(variance);
    if delta.is_finite() && z.is_finite() { LogOdds { delta, z } } else { LogOdds { delta: 0.0, z: 0.0 } }
}

/// What each term adds to the difference of two sides: its share of all counts on the later side minus that on the
/// earlier one, −1 to 1. `None` where a side has no counts.
///
/// This is the proportion shift of Gallagher et al. (2021), Generalized word shift graphs, section 3.1. The differences
/// add up to zero; half the sum of their absolute values is the total variation distance of the sides, 0 to 1: the share
/// of counts that would have to change the term to make the sides equal.
#[must_use]
pub fn share_differences(counts: &[(f64, f64)]) -> Option<Vec<f64>> {
    let (from, to) = counts.iter().fold((0.0, 0.0), |sums, count| (sums.0 + count.0, sums.1 + count.1));
    let differences = || counts.iter().map(|count| count.1 / to - count.0 / from).collect();
    (from > 0.0 && to > 0.0).then(differences)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_differences_add_up_to_nothing() {
        // By hand: 4/10 → 2/20, 6/10 → 8/20, 0 → 10/20.
        let differences = share_differences(&[(4.0, 2.0), (6.0, 8.0), (0.0, 10.0)]).unwrap();
        for (found, expected) in differences.iter().zip([-0.3, -0.2, 0.5]) {
            assert!((found - expected).abs() < 1e-12);
        }
        assert!(differences.iter().sum::<f64>().abs() < 1e-12);
        assert_eq!(share_differences(&[(0.0, 2.0)]), None);
        assert_eq!(share_differences(&[]), None);
    }

    fn count(k: f64, n: f64) -> Count {
        Count { k, n }
    }

    #[test]
    fn ratio_is_antisymmetric_and_zero_for_equal_rates() {
        let (a, b) = (count(4.0, 1000.0), count(16.0, 1000.0));
        assert!((log2_ratio(a, b) + log2_ratio(b, a)).abs() < 1e-12);
        assert!(log2_ratio(a, a).abs() < 1e-12);
        assert!(log2_ratio(count(0.0, 100.0), count(0.0, 100.0)).abs() < 1e-12);
    }

    #[test]
    fn a_term_that_is_the_whole_text_has_finite_odds() {
        let odds = log_odds(count(2.0, 2.0), count(3.0, 3.0), 2.0, 2.0);
        assert!(odds.delta.is_finite() && odds.z.is_finite());
        assert_eq!(log_odds(count(0.0, 0.0), count(0.0, 0.0), 0.0, 0.0), LogOdds { delta: 0.0, z: 0.0 });
    }

    #[test]
    fn log_odds_shrink_with_the_prior() {
        let (a, b) = (count(1.0, 1000.0), count(9.0, 1000.0));
        let weak = log_odds(a, b, 0.01, 10.0);
        let strong = log_odds(a, b, 5.0, 1000.0);
        assert!(weak.delta > strong.delta && strong.delta > 0.0);
        assert!((weak.z + log_odds(b, a, 0.01, 10.0).z).abs() < 1e-12);
    }
}
