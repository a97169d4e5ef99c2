//! Quantiles of the beta distribution.

use statrs::function::beta::{beta_reg, ln_beta};

/// From here on the distribution is as good as normal, and the series behind [`beta_reg`] does not converge any more.
const LARGE: f64 = 1e4;

/// The value below which a beta distribution has a share `p`, for p ≤ ½: the log odds of it.
///
/// Newton's method on ln F over the log odds, which is concave, so that it cannot run away. (The inverse of statrs does
/// not end for parameters of 1e8 and more.)
pub(super) fn lower_quantile_log_odds(a: f64, b: f64, p: f64) -> f64 {
    let start = start(a, b, p);
    if a.min(b) > LARGE {
        return start;
    }
    let constant = ln_beta(a, b);
    let mut odds = start;
    for _ in 0..100 {
        let x = 1.0 / (1.0 + libm::exp(-odds));
        let share = beta_reg(a, b, x);
        if share <= 0.0 {
            odds += 1.0;
            continue;
        }
        // The density over the log odds: x^a (1 − x)^b / B(a, b).
        let density = libm::exp(-a * libm::log1p(libm::exp(-odds)) - b * libm::log1p(libm::exp(odds)) - constant);
        let step = libm::log(share / p) * share / density;
        if !step.is_finite() {
            break;
        }
        odds -= step.clamp(-5.0, 5.0);
        // Each step squares the error.
        if step.abs() < 1e-7 {
            break;
        }
    }
    odds
}

/// A first guess: Carter's (1947) normal approximation, or the first term of the series near zero.
fn start(a: f64, b: f64, p: f64) -> f64 {
    if a > 1.0 && b > 1.0 {
        let z = upper_normal(p);
        let (s, t) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
        let (h, r) = (2.0 / (s + t), (z * z - 3.0) / 6.0);
        let w = z * libm::sqrt((h + r).max(0.0)) / h - (t - s) * (r + 5.0 / 6.0 - 2.0 / (3.0 * h));
        return libm::log(a / b) - 2.0 * w;
    }
    let x = (libm::exp((libm::log(p * a) + ln_beta(a, b)) / a)).min(0.5);
    libm::log(x / (1.0 - x))
}

/// The value above which a standard normal distribution has a share p.
fn upper_normal(p: f64) -> f64 {
    std::f64::consts::SQRT_2 * statrs::function::erf::erfc_inv(2.0 * p)
}

/// (t / z)²: how much wider an interval at this level is for a variance that is itself estimated with so many degrees of
/// freedom.
pub(super) fn small_sample_factor(level: f64, freedom: f64) -> f64 {
    let outside = 1.0 - level;
    let z = upper_normal(outside / 2.0);
    if freedom < 200.0 {
        // P(|T| > t) is the share of a beta distribution (ν/2, ½) below ν / (ν + t²).
        return freedom * libm::exp(-lower_quantile_log_odds(freedom / 2.0, 0.5, outside)) / (z * z);
    }
    // The expansion of Cornish and Fisher (Abramowitz and Stegun 26.7.5), by powers of 1/ν.
    let (s, v) = (z * z, 1.0 / freedom);
    let first = (s + 1.0) / 4.0;
    let second = ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let third = (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    let ratio = 1.0 + v * (first + v * (second + v * third));
    ratio * ratio
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_samples_widen_as_in_the_tables_of_t() {
        for (freedom, t) in
            [(1.0, 12.706_205), (4.0, 2.776_445), (24.0, 2.063_899), (120.0, 1.979_930), (500.0, 1.964_720)]
        {
            let found = libm::sqrt(small_sample_factor(0.95, freedom)) * 1.959_964;
            assert!((found - t).abs() < 1e-5, "{freedom}: {found} for {t}");
        }
        // Both ways of computing it meet.
        assert!((small_sample_factor(0.95, 199.999_999) - small_sample_factor(0.95, 200.0)).abs() < 1e-7);
        assert!((libm::sqrt(small_sample_factor(0.9, 24.0)) * 1.644_854 - 1.710_882).abs() < 1e-5);
    }

    #[test]
    fn quantiles_come_back_as_shares() {
        for (a, b) in [(0.25, 0.75), (0.25, 40.0), (3.25, 0.75), (1.0, 1.0), (20.0, 3.5), (900.0, 4.0), (5e3, 6e3)] {
            for p in [0.005, 0.025, 0.05, 0.5] {
                let odds = lower_quantile_log_odds(a, b, p);
                let x = 1.0 / (1.0 + libm::exp(-odds));
                assert!((beta_reg(a, b, x) - p).abs() < 1e-9, "{a} {b} {p}: {odds}");
            }
        }
    }

    #[test]
    fn large_parameters_end_near_the_mean() {
        for (a, b) in [(1e5, 3e5), (1e9, 1e9), (1e12, 2e12), (2e12, 0.25)] {
            let odds = lower_quantile_log_odds(a, b, 0.025);
            assert!(odds.is_finite() && odds < libm::log(a / b) + 4.0, "{a} {b}: {odds}");
        }
        // 1.96 standard deviations of the log odds below: √(1/a + 1/b).
        let expected = -1.959_964 * libm::sqrt(2.0 / 1e5);
        assert!((lower_quantile_log_odds(1e5, 1e5, 0.025) - expected).abs() < 1e-6);
    }
}
