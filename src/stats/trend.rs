//! Three and more years: slope, the year of change.

use super::effect::{SideSizes, SideSpread};
use super::random::Random;
use super::ranks::Slopes;
use super::sparse::Column;

/// Resamples behind the interval of a slope.
const RESAMPLES: usize = 399;

/// Resampled sessions of every year: the Poisson bootstrap (Hanley and MacGibbon 2006), in which each session counts 0, 1,
/// 2, … times, drawn from a Poisson distribution with mean 1. All terms share the draws.
#[derive(Debug, Clone)]
pub struct Resamples {
    /// Times each session counts, by session, [`RESAMPLES`] each.
    weights: Vec<u8>,
    /// Size of each year in each resample, by year.
    sizes: Vec<Vec<f64>>,
    years: Vec<f64>,
    /// Index of the year of each session.
    year_of: Vec<usize>,
}

impl Resamples {
    /// Draws for sessions of the given sizes and years (`None`: not counted).
    #[must_use]
    pub fn new(sizes: &[f64], labels: &[Option<f64>], seed: u64) -> Self {
        let mut years: Vec<f64> = labels.iter().flatten().copied().collect();
        years.sort_by(f64::total_cmp);
        years.dedup();
        let year_of: Vec<usize> =
            labels.iter().map(|l| l.and_then(|l| years.iter().position(|&y| y == l)).unwrap_or(usize::MAX)).collect();
        let mut totals = vec![vec![0.0; RESAMPLES]; years.len()];
        let mut weights = vec![0u8; sizes.len() * RESAMPLES];
        for (session, &size) in sizes.iter().enumerate() {
            let Some(total) = totals.get_mut(year_of[session]) else { continue };
            let mut random = Random::new(seed, session as u64);
            for (b, total) in total.iter_mut().enumerate() {
                let weight = poisson_one(random.unit());
                weights[session * RESAMPLES + b] = weight;
                *total += f64::from(weight) * size;
            }
        }
        Self { weights, sizes: totals, years, year_of }
    }

    /// The 95 % interval (percentiles) of the slope of a term's yearly rates; rates are mentions over size.
    #[must_use]
    pub fn slope_interval(&self, column: Column<'_>) -> Option<(f64, f64)> {
        let mut mentions = vec![[0.0f64; RESAMPLES]; self.years.len()];
        for (session, count) in column.cells() {
            let Some(mentions) = mentions.get_mut(self.year_of[session]) else { continue };
            let weights = &self.weights[session * RESAMPLES..(session + 1) * RESAMPLES];
            for (sum, &weight) in mentions.iter_mut().zip(weights) {
                *sum += f64::from(weight) * f64::from(count);
            }
        }
        if self.years.len() < 2 {
            return None;
        }
        let (mut rates, mut medians) = (vec![0.0; self.years.len()], Slopes::new(&self.years));
        let mut slopes: Vec<f64> = (0..RESAMPLES)
            .map(|b| {
                for (y, rate) in rates.iter_mut().enumerate() {
                    *rate = if self.sizes[y][b] > 0.0 { mentions[y][b] / self.sizes[y][b] } else { 0.0 };
                }
                medians.theil_sen(&rates)
            })
            .collect();
        slopes.sort_by(f64::total_cmp);
        let at = |share: f64| slopes.get(libm::round(share * (slopes.len() as f64 - 1.0)) as usize).copied();
        at(0.025).zip(at(0.975))
    }
}

/// A Poisson number with mean 1 for a uniform one.
fn poisson_one(u: f64) -> u8 {
    let mut chance = libm::exp(-1.0);
    let mut below = chance;
    let mut n = 0u8;
    while u >= below && n < 20 {
        n += 1;
        chance /= f64::from(n);
        below += chance;
    }
    n
}

/// Where yearly rates part most clearly into a time before and a time after: index of the first year after the change,
/// by the largest |difference of rates| / √(variance of the difference), over all places to part. `years` are in order;
/// each has its own spread. `None` with fewer than two years or without mentions.
#[must_use]
pub fn year_of_change(years: &[SideSpread]) -> Option<usize> {
    let add = |a: SideSpread, b: &SideSpread| SideSpread {
        mentions: a.mentions + b.mentions,
        size: a.size + b.size,
        df: a.df + b.df,
        units: a.units + b.units,
        variance: a.variance + b.variance,
    };
    let mut best: Option<(f64, usize)> = None;
    for cut in 1..years.len() {
        let before = years[..cut].iter().fold(SideSpread::default(), add);
        let after = years[cut..].iter().fold(SideSpread::default(), add);
        if before.mentions + after.mentions == 0.0 || before.size <= 0.0 || after.size <= 0.0 {
            continue;
        }
        // The variance under "no change": one dispersion for both sides.
        let dispersion = (before.variance + after.variance).max(1e-9) / (before.mentions + after.mentions);
        let rate = (before.mentions + after.mentions) / (before.size + after.size);
        let variance = dispersion * rate * (1.0 / before.size + 1.0 / after.size);
        let difference = after.mentions / after.size - before.mentions / before.size;
        let strength = difference * difference / variance;
        if best.is_none_or(|(b, _)| strength > b) {
            best = Some((strength, cut));
        }
    }
    best.map(|(_, cut)| cut)
}

/// The spread of a column in each of several years: `year` says which one a unit belongs to.
pub fn yearly_spreads(
    column: Column<'_>,
    sizes: &[f64],
    totals: &[SideSizes],
    year: impl Fn(usize) -> Option<usize>,
) -> Vec<SideSpread> {
    let mut sums = vec![[0.0f64; 4]; totals.len()];
    for (unit, count) in column.cells() {
        let Some(year) = year(unit) else { continue };
        let (k, f) = (f64::from(count), sizes[unit]);
        for (sum, x) in sums[year].iter_mut().zip([k, k * k, k * f, 1.0]) {
            *sum += x;
        }
    }
    let spread = |([k, kk, kf, df], total): (&[f64; 4], &SideSizes)| SideSpread::of(*k, *kk, *kf, *df, total);
    sums.iter().zip(totals).map(spread).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::sparse::SparseCounts;

    fn spread(mentions: f64) -> SideSpread {
        SideSpread { mentions, size: 1_000.0, df: mentions, units: 100.0, variance: mentions }
    }

    #[test]
    fn the_year_of_change_is_where_the_rate_steps() {
        let years: Vec<SideSpread> = [2.0, 3.0, 2.0, 12.0, 14.0].into_iter().map(spread).collect();
        assert_eq!(year_of_change(&years), Some(3));
        assert_eq!(year_of_change(&[spread(0.0), spread(0.0)]), None);
        assert_eq!(year_of_change(&[spread(1.0)]), None);
    }

    #[test]
    fn a_poisson_number_has_mean_and_variance_one() {
        let draws: Vec<f64> = (0..100_000).map(|i| f64::from(poisson_one((f64::from(i) + 0.5) / 100_000.0))).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance = draws.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / draws.len() as f64;
        assert!((mean - 1.0).abs() < 1e-3 && (variance - 1.0).abs() < 1e-2);
    }

    #[test]
    fn a_clear_slope_has_an_interval_above_zero() {
        // Three years of twenty sessions; the term stands in 2, 8 and 16 of them.
        let rows = (0..60).map(|i| if i % 20 < [2, 8, 16][i / 20] { vec![(0, 1)] } else { vec![] });
        let counts = SparseCounts::from_rows(1, rows).unwrap();
        let labels: Vec<Option<f64>> = (0..60).map(|i| Some(f64::from(2020 + i / 20))).collect();
        let resamples = Resamples::new(&[10.0; 60], &labels, 1);
        let (low, high) = resamples.slope_interval(counts.column(0)).unwrap();
        assert!(low > 0.01 && low < 0.035 && high > 0.035 && high < 0.06, "{low} {high}");
    }
}
