//! How well one rate is known: an interval for mentions per size.

use statrs::function::gamma::gamma_lr;

use super::beta::small_sample_factor;
use super::effect::{SideSpread, dispersion};

/// From here on the gamma distribution is as good as that of its cube root, which is normal.
const LARGE: f64 = 1e4;

/// The limits of the mean of a Poisson count of `k` at a level such as 0.95 (Garwood 1936): the gamma quantiles
/// G(α/2; k) and G(1 − α/2; k + 1). `k` need not be whole.
#[must_use]
pub fn garwood(k: f64, level: f64) -> (f64, f64) {
    let tail = (1.0 - level) / 2.0;
    let low = if k > 0.0 { gamma_quantile(k, tail) } else { 0.0 };
    (low, gamma_quantile(k + 1.0, 1.0 - tail))
}

/// The value below which a gamma distribution of this shape and scale 1 has a share `p`.
fn gamma_quantile(shape: f64, p: f64) -> f64 {
    if shape > LARGE {
        // Wilson and Hilferty 1931.
        let z = -std::f64::consts::SQRT_2 * statrs::function::erf::erfc_inv(2.0 * p);
        let root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * libm::sqrt(shape));
        return shape * root * root * root;
    }
    let (mut low, mut high) = (0.0, shape + 1.0);
    while gamma_lr(shape, high) < p {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if gamma_lr(shape, middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Intervals of the rates (mentions per size) of several sides of one term at a level such as 0.95: Garwood's for as many
/// mentions as are independent, K / φ, where φ is variance over mean of a side's sum of mentions over its units, drawn to
/// that of all sides ([`ratio_interval`] does the same for the ratio), times (t / z)² for the few units it is estimated
/// from. `None` for a side with two units or fewer, which show no spread, and where nobody names the term.
///
/// [`ratio_interval`]: super::effect::ratio_interval
#[must_use]
pub fn rate_intervals(sides: &[SideSpread], level: f64) -> Vec<Option<(f64, f64)>> {
    let mentions: f64 = sides.iter().map(|s| s.mentions).sum();
    let common = sides.iter().map(|s| s.variance).sum::<f64>() / mentions;
    let interval = |side: &SideSpread| {
        (mentions > 0.0 && side.units > 2.0 && side.size > 0.0).then(|| {
            let per_mention = dispersion(side, common) * small_sample_factor(level, side.units - 1.0);
            let (low, high) = garwood(side.mentions / per_mention, level);
            (low * per_mention / side.size, high * per_mention / side.size)
        })
    };
    sides.iter().map(interval).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the sums of Poisson probabilities up to k, and up to k − 1, are .025 and .975, solved for the mean.
    #[test]
    fn limits_of_counts_are_those_of_poisson_sums() {
        for (k, low, high) in [(0.0, 0.0, 3.688_879), (5.0, 1.623_486, 11.668_332), (100.0, 81.363_991, 121.626_794)] {
            let limits = garwood(k, 0.95);
            assert!((limits.0 - low).abs() < 1e-6 && (limits.1 - high).abs() < 1e-6, "{k}: {limits:?}");
        }
        let (exact, normal) = (gamma_quantile(LARGE, 0.975), gamma_quantile(LARGE + 1e-6, 0.975));
        assert!((exact - normal).abs() < 1e-2, "{exact} {normal}");
    }

    fn side(mentions: f64, variance: f64, units: f64) -> SideSpread {
        SideSpread { mentions, size: 1_000.0, df: mentions.min(units), units, variance }
    }

    #[test]
    fn an_interval_holds_its_rate_and_widens_with_bursts() {
        let one = |sides: [SideSpread; 2]| rate_intervals(&sides, 0.95)[0].unwrap();
        let even = one([side(10.0, 10.0, 1e6), side(10.0, 10.0, 1e6)]);
        let (low, high) = garwood(10.0, 0.95);
        assert!((even.0 - low / 1_000.0).abs() < 1e-6 && (even.1 - high / 1_000.0).abs() < 1e-6, "{even:?}");
        let bursts = one([side(10.0, 60.0, 1e6), side(10.0, 60.0, 1e6)]);
        let few = one([side(10.0, 10.0, 5.0), side(10.0, 10.0, 5.0)]);
        for wide in [bursts, few] {
            assert!(wide.0 < even.0 && wide.1 > even.1 && wide.0 < 0.01 && wide.1 > 0.01, "{wide:?}");
        }
    }

    #[test]
    fn what_shows_no_spread_has_no_interval() {
        assert_eq!(rate_intervals(&[side(3.0, 3.0, 2.0), side(0.0, 0.0, 13.0)], 0.95)[0], None);
        assert_eq!(rate_intervals(&[side(0.0, 0.0, 13.0)], 0.95), [None]);
        let none = rate_intervals(&[side(0.0, 0.0, 13.0), side(9.0, 9.0, 13.0)], 0.95)[0].unwrap();
        assert!(none.0 == 0.0 && none.1 > 0.0);
    }
}
