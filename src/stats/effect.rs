//! How large a change is, and how well it is known: log2 ratio of two rates with an interval.

use super::beta::{lower_quantile_log_odds, small_sample_factor};
use super::sparse::Column;

/// A term on one side of a comparison, as an interval needs it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SideSpread {
    /// Mentions.
    pub mentions: f64,
    /// Size of all units together (words).
    pub size: f64,
    /// Units with a mention.
    pub df: f64,
    /// Units.
    pub units: f64,
    /// Variance of the sum of mentions: n/(n − 1) · Σ (k − r f)² over all n units, r = mentions / size.
    pub variance: f64,
}

/// Sizes of the units of a side: what all terms share.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SideSizes {
    /// Units.
    pub n: usize,
    /// Σ f.
    pub sum: f64,
    /// Σ f².
    pub squares: f64,
}

impl SideSizes {
    /// Adds a unit.
    pub fn add(&mut self, size: f64) {
        self.n += 1;
        self.sum += size;
        self.squares += size * size;
    }
}

impl SideSpread {
    /// From Σ k, Σ k², Σ k·f over the `df` units with a mention, and the sizes of all units.
    #[must_use]
    pub fn of(k: f64, kk: f64, kf: f64, df: f64, sizes: &SideSizes) -> Self {
        let rate = if sizes.sum > 0.0 { k / sizes.sum } else { 0.0 };
        let squares = (kk - 2.0 * rate * kf + rate * rate * sizes.squares).max(0.0);
        let correction = if sizes.n > 1 { sizes.n as f64 / (sizes.n as f64 - 1.0) } else { 1.0 };
        Self { mentions: k, size: sizes.sum, df, units: sizes.n as f64, variance: correction * squares }
    }
}

/// The spread of a column over the units of both sides: `side` says where a unit belongs (`None`: nowhere).
pub fn side_spreads(
    column: Column<'_>,
    sizes: &[f64],
    totals: [SideSizes; 2],
    side: impl Fn(usize) -> Option<usize>,
) -> [SideSpread; 2] {
    let spreads = super::trend::yearly_spreads(column, sizes, &totals, side);
    [spreads[0], spreads[1]]
}

/// An interval for the log2 of a ratio of rates; a limit is infinite where a side has no mention.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioInterval {
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// Independent mentions that would be as uncertain as these, both sides together.
    pub effective_mentions: f64,
}

/// Sessions' worth of the common dispersion in that of one side.
const COMMON_WEIGHT: f64 = 4.0;
/// Talks that name a term equally often by chance must not look like certainty: the dispersion is at least this.
const LEAST_DISPERSION: f64 = 0.25;

/// Dispersion index (variance of the sum over the sum) of each side: its own, drawn to that of both sides together.
fn dispersions(from: &SideSpread, to: &SideSpread) -> (f64, f64) {
    let common = (from.variance + to.variance) / (from.mentions + to.mentions);
    (dispersion(from, common), dispersion(to, common))
}

/// Dispersion index of one side, drawn to a common one.
pub(super) fn dispersion(side: &SideSpread, common: f64) -> f64 {
    let own = if side.mentions > 0.0 { side.variance / side.mentions } else { 0.0 };
    ((side.df * own + COMMON_WEIGHT * common) / (side.df + COMMON_WEIGHT)).max(LEAST_DISPERSION)
}

/// The interval of log2(rate to / rate from) at a level such as 0.95, for the ratio itself, not shrunk.
///
/// Given all mentions, those of the later side are a share π of them; π / (1 − π), divided by the ratio of sizes, is the
/// ratio of rates. Its limits are those of a binomial share of m mentions, halfway between Jeffreys' and the exact ones
/// of Clopper and Pearson (beta quantiles with ¼ and ¾ added), where m is not the number of mentions but of
/// *independent* ones: m = 1 / (v π (1 − π)) with v = φ₁/K₁ + φ₂/K₂, the variance of the log ratio, φ = variance over mean
/// of a side's sum of mentions over units, at least ¼; times (z / t)², since φ is estimated from n₁ + n₂ units (t with
/// n₁ + n₂ − 2 degrees of freedom). Korn and Graubard 1998 do so for shares in surveys. If a side has no mention, K / φ of
/// the other side stands for 1 / (v π (1 − π)), and the limit towards it is infinite. `None` without any mention.
#[must_use]
pub fn ratio_interval(from: &SideSpread, to: &SideSpread, level: f64) -> Option<RatioInterval> {
    let total = from.mentions + to.mentions;
    if total <= 0.0 || from.size <= 0.0 || to.size <= 0.0 {
        return None;
    }
    let (phi_from, phi_to) = dispersions(from, to);
    let share = to.mentions / total;
    let effective = if from.mentions == 0.0 {
        to.mentions / phi_to
    } else if to.mentions == 0.0 {
        from.mentions / phi_from
    } else {
        1.0 / ((phi_from / from.mentions + phi_to / to.mentions) * share * (1.0 - share))
    };
    let effective = effective / small_sample_factor(level, (from.units + to.units - 2.0).max(1.0));
    let (hits, misses) = (effective * share, effective * (1.0 - share));
    let tail = (1.0 - level) / 2.0;
    let sizes = libm::log2(from.size / to.size);
    let odds = |a: f64, b: f64| lower_quantile_log_odds(a, b, tail) / std::f64::consts::LN_2;
    let low = if to.mentions == 0.0 { f64::NEG_INFINITY } else { odds(hits + 0.25, misses + 0.75) + sizes };
    // The upper limit is the lower one of the other side.
    let high = if from.mentions == 0.0 { f64::INFINITY } else { sizes - odds(misses + 0.25, hits + 0.75) };
    Some(RatioInterval { low, high, effective_mentions: effective })
}

/// The smallest change of rate, as a log2 ratio, that a comparison of this size would probably (80 %) have shown at
/// p ≤ 0.05: (z.975 + z.80) · √v / ln 2, v = φ (1/K₁ + 1/K₂) with the mentions spread over the sides as if nothing had
/// changed. `None` without mentions.
#[must_use]
pub fn minimum_detectable(from: &SideSpread, to: &SideSpread) -> Option<f64> {
    const Z: f64 = 1.959_963_984_540_054 + 0.841_621_233_572_914_3;
    let (total, size) = (from.mentions + to.mentions, from.size + to.size);
    if total <= 0.0 || from.size <= 0.0 || to.size <= 0.0 {
        return None;
    }
    let phi = (from.variance + to.variance) / total;
    let expected = |side: &SideSpread| total * side.size / size;
    let variance = phi.max(LEAST_DISPERSION) * (1.0 / expected(from) + 1.0 / expected(to));
    Some(Z * libm::sqrt(variance) / std::f64::consts::LN_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(mentions: f64, variance: f64) -> SideSpread {
        SideSpread { mentions, size: 1_000.0, df: mentions, units: 1e6, variance }
    }

    #[test]
    fn swapping_sides_turns_the_interval_round() {
        let (a, b) = (side(4.0, 5.0), side(16.0, 30.0));
        let (there, back) = (ratio_interval(&a, &b, 0.95).unwrap(), ratio_interval(&b, &a, 0.95).unwrap());
        assert!((there.low + back.high).abs() < 1e-9 && (there.high + back.low).abs() < 1e-9);
        assert!(there.low < 2.0 && there.high > 2.0);
        let wide = ratio_interval(&a, &b, 0.99).unwrap();
        assert!(wide.low < there.low && wide.high > there.high);
    }

    #[test]
    fn nothing_on_one_side_leaves_one_limit() {
        let new = ratio_interval(&side(0.0, 0.0), &side(9.0, 9.0), 0.95).unwrap();
        assert!(new.high.is_infinite() && new.low > 0.0);
        let gone = ratio_interval(&side(9.0, 9.0), &side(0.0, 0.0), 0.95).unwrap();
        assert!(gone.low == f64::NEG_INFINITY && (gone.high + new.low).abs() < 1e-9);
        assert!(ratio_interval(&side(0.0, 0.0), &side(0.0, 0.0), 0.95).is_none());
    }

    #[test]
    fn bursts_widen_the_interval() {
        let even = ratio_interval(&side(10.0, 10.0), &side(20.0, 20.0), 0.95).unwrap();
        let burst = ratio_interval(&side(10.0, 60.0), &side(20.0, 120.0), 0.95).unwrap();
        assert!(burst.low < even.low && burst.high > even.high && burst.effective_mentions < even.effective_mentions);
        assert!((even.effective_mentions - 30.0).abs() < 1e-3);
    }

    #[test]
    fn few_units_widen_the_interval() {
        let many = ratio_interval(&side(10.0, 10.0), &side(20.0, 20.0), 0.95).unwrap();
        let few = |mentions| SideSpread { units: 5.0, ..side(mentions, mentions) };
        let five = ratio_interval(&few(10.0), &few(20.0), 0.95).unwrap();
        assert!(five.low < many.low && five.high > many.high);
    }

    #[test]
    fn more_mentions_show_smaller_changes() {
        let few = minimum_detectable(&side(2.0, 2.0), &side(2.0, 2.0)).unwrap();
        let many = minimum_detectable(&side(200.0, 200.0), &side(200.0, 200.0)).unwrap();
        assert!((few / many - 10.0).abs() < 1e-9);
    }
}
