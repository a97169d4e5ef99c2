//! How the statistics behave where the truth is known: one year's sessions dealt at random into two halves, with and
//! without planted changes.

use rayon::prelude::*;

use super::design::Design;
use super::effect::{RatioInterval, SideSizes, minimum_detectable, ratio_interval, side_spreads};
use super::fdr::benjamini_hochberg;
use super::permutation::{PermutationSettings, discoveries, permute};
use super::random::Random;
use super::sparse::SparseCounts;
use super::two_sample::{fisher_exact, log_likelihood, mann_whitney};
use crate::error::{Error, Result};

/// Lowest document frequency of each stratum; the last has no upper end.
pub const STRATA: [usize; 5] = [2, 5, 10, 20, 50];

/// The stratum of a document frequency, if it is in one.
fn stratum(df: usize) -> Option<usize> {
    STRATA.iter().rposition(|&low| df >= low)
}

/// How simulations are run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SimulationSettings {
    /// Times that sessions are dealt.
    pub draws: u64,
    /// Sessions (or blocks) of each half; as many as there are for `None`.
    pub per_side: Option<usize>,
    /// Relabelings of each permutation test.
    pub shuffles: u64,
    /// Seed of deals and relabelings.
    pub seed: u64,
}

/// A share with its standard error over draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Share {
    /// The share, 0 to 1; 0 without cases.
    pub share: f64,
    /// Its standard error: draws are the units, since the terms of one draw hang together.
    pub error: f64,
    /// Cases.
    pub cases: u64,
}

/// What a year dealt in two halves shows, although there is nothing to show.
#[derive(Debug, Clone, PartialEq)]
pub struct NullRates {
    /// Sessions or blocks on each side.
    pub per_side: (usize, usize),
    /// For each of [`STRATA`]: share of tests with p < .05, p < .01, mid-p < .05, mid-p < .01.
    pub strata: Vec<[Share; 4]>,
    /// Share of comparisons with any discovery at q ≤ .05.
    pub any_discovery: Share,
    /// Mean number of discoveries of a comparison.
    pub discoveries: f64,
    /// Mean number of terms in the family of a comparison.
    pub family: f64,
}

/// How often the interval holds the planted ratio.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The planted ratio of rates, later half over earlier.
    pub ratio: f64,
    /// For each of [`STRATA`].
    pub strata: Vec<Share>,
}

/// What each method finds of planted changes at a false discovery rate of 5 %.
#[derive(Debug, Clone, PartialEq)]
pub struct Power {
    /// Name of the method.
    pub method: &'static str,
    /// Share of the planted terms that are found.
    pub recall: Share,
    /// Mean share of false ones among what is found.
    pub false_share: Share,
    /// Recall of wandel over that of this method, with the limits of its 95 % interval (jackknife over draws).
    pub wandel_over: (f64, f64, f64),
}

/// Sums of one draw: hits and cases.
type Sums = (f64, f64);

/// The ratio of sums, with the standard error of a ratio estimate over draws.
fn share(draws: &[Sums]) -> Share {
    let (hits, cases) = draws.iter().fold((0.0, 0.0), |(h, c), d| (h + d.0, c + d.1));
    if cases == 0.0 {
        return Share::default();
    }
    let (n, share) = (draws.len() as f64, hits / cases);
    let squares: f64 = draws.iter().map(|d| (d.0 - share * d.1) * (d.0 - share * d.1)).sum();
    Share { share, error: libm::sqrt(squares * n / (n - 1.0).max(1.0)) / cases, cases: cases as u64 }
}

/// By stratum the four rates; discoveries, tests in the family, units on each side.
type NullDraw = (Vec<[Sums; 4]>, f64, f64, (usize, usize));

/// A corpus of one year: counts, the size of each session, and its block.
#[derive(Debug, Clone, Copy)]
pub struct OneYear<'y> {
    /// Sessions × terms.
    pub counts: &'y SparseCounts,
    /// Words of each session.
    pub sizes: &'y [f64],
    /// The block of each session, if whole blocks are dealt.
    pub blocks: Option<&'y [u32]>,
    /// Whether tests take the sessions for independent although blocks are dealt: shows what that error costs.
    pub test_sessions: bool,
}

impl OneYear<'_> {
    /// Deals units at random: the label of each row, `None` for those not drawn.
    fn deal(&self, per_side: Option<usize>, random: &mut Random) -> Result<Vec<Option<f64>>> {
        let unit = |row: usize| self.blocks.map_or(row as u32, |b| b[row]);
        let mut units: Vec<u32> = (0..self.sizes.len()).map(unit).collect();
        units.sort_unstable();
        units.dedup();
        let n = per_side.unwrap_or(units.len() / 2);
        if n < 2 || 2 * n > units.len() {
            let expected = format!("expected 2 to {}: the year has {} of them", units.len() / 2, units.len());
            return Err(Error::setting("--per-side", n.to_string(), expected));
        }
        random.choose(&mut units, 2 * n);
        let top = units.iter().max().map_or(0, |&m| m as usize + 1);
        let mut label = vec![None; top];
        for (i, &unit) in units[..2 * n].iter().enumerate() {
            label[unit as usize] = Some(if i < n { 0.0 } else { 1.0 });
        }
        Ok((0..self.sizes.len()).map(|row| label[unit(row) as usize]).collect())
    }
}

/// In how many drawn rows each column stands.
fn drawn_frequencies(counts: &SparseCounts, labels: &[Option<f64>]) -> Vec<usize> {
    counts.columns().map(|c| c.rows.iter().filter(|&&r| labels[r as usize].is_some()).count()).collect()
}

/// False positive rates of the permutation test, and false discoveries, with nothing to be found.
///
/// # Errors
/// If there are too few sessions (or blocks) for the halves.
pub fn null_rates(year: &OneYear<'_>, settings: &SimulationSettings) -> Result<NullRates> {
    let draws: Vec<NullDraw> = (0..settings.draws)
        .into_par_iter()
        .map(|draw| {
            let labels = year.deal(settings.per_side, &mut Random::new(settings.seed, draw))?;
            let design = Design::new(year.sizes, &labels, year.blocks.filter(|_| !year.test_sessions))?;
            let frequencies = drawn_frequencies(year.counts, &labels);
            let terms: Vec<usize> = (0..frequencies.len()).filter(|&t| frequencies[t] >= STRATA[0]).collect();
            let family = vec![true; terms.len()];
            let tests = permute(&design, year.counts, &terms, &family, &permutation(settings, draw))?;
            let mut strata = vec![[(0.0, 0.0); 4]; STRATA.len()];
            for (&term, test) in terms.iter().zip(&tests) {
                let Some(stratum) = stratum(frequencies[term]) else { continue };
                let hits = [test.p < 0.05, test.p < 0.01, test.mid_p < 0.05, test.mid_p < 0.01];
                for (sums, hit) in strata[stratum].iter_mut().zip(hits) {
                    sums.0 += f64::from(u8::from(hit));
                    sums.1 += 1.0;
                }
            }
            let found = discoveries(&tests).iter().filter(|q| **q <= 0.05).count();
            Ok((strata, found as f64, tests.len() as f64, design.side_sizes()))
        })
        .collect::<Result<_>>()?;
    let n = draws.len().max(1) as f64;
    let strata = (0..STRATA.len())
        .map(|s| std::array::from_fn(|i| share(&draws.iter().map(|d| d.0[s][i]).collect::<Vec<_>>())))
        .collect();
    Ok(NullRates {
        per_side: draws.first().map_or((0, 0), |d| d.3),
        strata,
        any_discovery: share(&draws.iter().map(|d| (f64::from(u8::from(d.1 > 0.0)), 1.0)).collect::<Vec<_>>()),
        discoveries: draws.iter().map(|d| d.1).sum::<f64>() / n,
        family: draws.iter().map(|d| d.2).sum::<f64>() / n,
    })
}

fn permutation(settings: &SimulationSettings, draw: u64) -> PermutationSettings {
    PermutationSettings {
        seed: settings.seed ^ (draw + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15),
        max_exact: settings.shuffles.min(200_000),
        max_shuffles: settings.shuffles,
        ..PermutationSettings::default()
    }
}

/// The counts of a year after a change: for ratios below 1 the later half is thinned (each mention stays with that
/// chance), for ratios above 1 the earlier half by 1 / ratio, so that the later one has so many times its rate.
fn planted(year: &OneYear<'_>, labels: &[Option<f64>], ratio: f64, random: &mut Random) -> Result<SparseCounts> {
    let (thin, keep) = if ratio < 1.0 { (1.0, ratio) } else { (0.0, 1.0 / ratio) };
    let mut rows: Vec<Vec<(u32, u32)>> = vec![Vec::new(); labels.len()];
    for (term, column) in year.counts.columns().enumerate() {
        for (row, count) in column.cells() {
            let changed = ratio != 1.0 && labels[row] == Some(thin);
            rows[row].push((term as u32, if changed { thinned(count, keep, random) } else { count }));
        }
    }
    SparseCounts::from_rows(year.counts.n_columns(), rows)
}

/// How many of `count` mentions stay if each stays with chance `keep`.
fn thinned(count: u32, keep: f64, random: &mut Random) -> u32 {
    (0..count).filter(|_| random.unit() < keep).count() as u32
}

/// How often 95 % intervals hold the planted ratios.
///
/// # Errors
/// As [`null_rates`].
pub fn coverage(year: &OneYear<'_>, ratios: &[f64], settings: &SimulationSettings) -> Result<Vec<Coverage>> {
    let year = OneYear { blocks: None, ..*year };
    ratios
        .iter()
        .map(|&ratio| {
            let draws: Vec<Vec<Sums>> = (0..settings.draws)
                .into_par_iter()
                .map(|draw| {
                    let mut random = Random::new(settings.seed, draw);
                    let labels = year.deal(settings.per_side, &mut random)?;
                    let counts = planted(&year, &labels, ratio, &mut random)?;
                    Ok(held(&counts, year.sizes, &labels, ratio))
                })
                .collect::<Result<_>>()?;
            let strata = (0..STRATA.len()).map(|s| share(&draws.iter().map(|d| d[s]).collect::<Vec<_>>()));
            Ok(Coverage { ratio, strata: strata.collect() })
        })
        .collect()
}

/// By stratum: intervals that hold the ratio, and all.
fn held(counts: &SparseCounts, sizes: &[f64], labels: &[Option<f64>], ratio: f64) -> Vec<Sums> {
    let side = |row: usize| labels[row].map(|l| usize::from(l > 0.5));
    let mut totals = [SideSizes::default(); 2];
    for (row, &size) in sizes.iter().enumerate() {
        if let Some(side) = side(row) {
            totals[side].add(size);
        }
    }
    let truth = libm::log2(ratio);
    let mut sums = vec![(0.0, 0.0); STRATA.len()];
    for column in counts.columns() {
        let [from, to] = side_spreads(column, sizes, totals, side);
        let Some(stratum) = stratum((from.df + to.df) as usize) else { continue };
        if let Some(RatioInterval { low, high, .. }) = ratio_interval(&from, &to, 0.95) {
            sums[stratum].0 += f64::from(u8::from(low <= truth && truth <= high));
            sums[stratum].1 += 1.0;
        }
    }
    sums
}

/// What is planted to measure power.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Planting {
    /// Terms that are changed in the later half.
    pub terms: usize,
    /// Share of their mentions that stay there.
    pub keep: f64,
    /// Mentions that a term must have before, in the sessions drawn.
    pub min_mentions: u64,
    /// Sessions that a term must stand in before.
    pub min_df: usize,
}

impl Default for Planting {
    fn default() -> Self {
        Self { terms: 40, keep: 0.25, min_mentions: 10, min_df: 5 }
    }
}

/// Recall and false share of wandel's test, of a permutation of G² with 19,999 shuffles, of Mann and Whitney's test on
/// rates and of Fisher's on presence, each with Benjamini and Hochberg's procedure at 5 % over the same terms.
///
/// # Errors
/// As [`null_rates`], and if fewer terms than are planted are frequent enough. Nothing comes of planting nothing.
pub fn power(year: &OneYear<'_>, planting: &Planting, settings: &SimulationSettings) -> Result<Vec<Power>> {
    const METHODS: [&str; 4] = ["wandel", "G2 permutation", "Mann-Whitney", "Fisher"];
    if planting.terms == 0 {
        return Ok(Vec::new());
    }
    let year = OneYear { blocks: None, ..*year };
    let draws: Vec<[(Sums, Sums); 4]> = (0..settings.draws)
        .into_par_iter()
        .map(|draw| {
            let mut random = Random::new(settings.seed, draw);
            let labels = year.deal(settings.per_side, &mut random)?;
            let (counts, terms, changed) = plant(&year, &labels, planting, &mut random)?;
            let bh = |p: Vec<f64>| benjamini_hochberg(&p);
            let outcomes = [
                wandel_q(&counts, &year, &labels, &terms, settings, draw)?,
                bh(log_likelihood_p(&counts, year.sizes, &labels, &terms, &mut random)),
                bh(mann_whitney_p(&counts, year.sizes, &labels, &terms)),
                bh(fisher_p(&counts, &labels, &terms)),
            ];
            Ok(outcomes.map(|q| score(&q, &changed)))
        })
        .collect::<Result<_>>()?;
    let of = |m: usize, part: fn(&(Sums, Sums)) -> Sums| draws.iter().map(|d| part(&d[m])).collect::<Vec<_>>();
    let recalls: Vec<Vec<Sums>> = (0..4).map(|m| of(m, |x| x.0)).collect();
    Ok((0..4)
        .map(|m| Power {
            method: METHODS[m],
            recall: share(&recalls[m]),
            false_share: share(&of(m, |x| x.1)),
            wandel_over: jackknife_ratio(&recalls[0], &recalls[m]),
        })
        .collect())
}

/// The ratio of summed hits with a 95 % jackknife interval on the log scale.
fn jackknife_ratio(a: &[Sums], b: &[Sums]) -> (f64, f64, f64) {
    let total = |x: &[Sums]| x.iter().map(|s| s.0).sum::<f64>();
    let (all_a, all_b) = (total(a), total(b));
    let ratio = all_a / all_b;
    let n = a.len() as f64;
    let left_out: Vec<f64> = a.iter().zip(b).map(|(x, y)| libm::log((all_a - x.0) / (all_b - y.0))).collect();
    let mean = left_out.iter().sum::<f64>() / n;
    let variance = (n - 1.0) / n * left_out.iter().map(|l| (l - mean) * (l - mean)).sum::<f64>();
    let half = 1.959_963_984_540_054 * libm::sqrt(variance);
    (ratio, ratio * libm::exp(-half), ratio * libm::exp(half))
}

/// The counts with planted terms, all terms that were frequent enough before, and which of them were changed.
fn plant(
    year: &OneYear<'_>,
    labels: &[Option<f64>],
    planting: &Planting,
    random: &mut Random,
) -> Result<(SparseCounts, Vec<usize>, Vec<bool>)> {
    let drawn = |c: super::sparse::Column<'_>| {
        let cells: Vec<u32> = c.cells().filter(|&(r, _)| labels[r].is_some()).map(|(_, n)| n).collect();
        (cells.len(), cells.iter().map(|&n| u64::from(n)).sum::<u64>())
    };
    let frequent = |c| {
        let (df, mentions) = drawn(c);
        df >= planting.min_df && mentions >= planting.min_mentions
    };
    let terms: Vec<usize> = (0..year.counts.n_columns()).filter(|&t| frequent(year.counts.column(t))).collect();
    if terms.len() < planting.terms {
        let expected = format!(
            "expected at most {}, since no more terms are frequent enough in one of the deals, or 0 for coverage alone",
            terms.len()
        );
        return Err(Error::setting("--planted-terms", planting.terms.to_string(), expected));
    }
    let mut order: Vec<usize> = (0..terms.len()).collect();
    random.choose(&mut order, planting.terms);
    let mut changed = vec![false; terms.len()];
    order[..planting.terms].iter().for_each(|&i| changed[i] = true);
    let mut rows: Vec<Vec<(u32, u32)>> = vec![Vec::new(); labels.len()];
    for (i, &term) in terms.iter().enumerate() {
        for (row, count) in year.counts.column(term).cells() {
            let later = labels[row] == Some(1.0);
            let count = if changed[i] && later { thinned(count, planting.keep, random) } else { count };
            rows[row].push((i as u32, count));
        }
    }
    let counts = SparseCounts::from_rows(terms.len(), rows)?;
    let ids = (0..terms.len()).collect();
    Ok((counts, ids, changed))
}

/// Planted terms found and planted; share of false ones among those found, and 1.
fn score(q: &[f64], changed: &[bool]) -> (Sums, Sums) {
    let found = |want: bool| q.iter().zip(changed).filter(|(q, c)| **q <= 0.05 && **c == want).count() as f64;
    let (right, wrong) = (found(true), found(false));
    let planted = changed.iter().filter(|c| **c).count() as f64;
    ((right, planted), (wrong / (right + wrong).max(1.0), 1.0))
}

fn wandel_q(
    counts: &SparseCounts,
    year: &OneYear<'_>,
    labels: &[Option<f64>],
    terms: &[usize],
    settings: &SimulationSettings,
    draw: u64,
) -> Result<Vec<f64>> {
    let design = Design::new(year.sizes, labels, None)?;
    let tests = permute(&design, counts, terms, &vec![true; terms.len()], &permutation(settings, draw))?;
    Ok(discoveries(&tests))
}

/// A permutation of G², as keyness tools would have it: 19,999 shuffles of the labels of sessions.
fn log_likelihood_p(
    counts: &SparseCounts,
    sizes: &[f64],
    labels: &[Option<f64>],
    terms: &[usize],
    random: &mut Random,
) -> Vec<f64> {
    const SHUFFLES: usize = 19_999;
    let rows: Vec<usize> = (0..labels.len()).filter(|&r| labels[r].is_some()).collect();
    let later = rows.iter().filter(|&&r| labels[r] == Some(1.0)).count();
    let all: f64 = rows.iter().map(|&r| sizes[r]).sum();
    let statistic = |in_later: &[bool], size: f64, term: usize| {
        let column = counts.column(term);
        let (mut k, mut total) = (0.0, 0.0);
        for (row, count) in column.cells().filter(|&(r, _)| labels[r].is_some()) {
            total += f64::from(count);
            k += if in_later[row] { f64::from(count) } else { 0.0 };
        }
        log_likelihood((total - k, all - size), (k, size))
    };
    let mut in_later: Vec<bool> = labels.iter().map(|l| *l == Some(1.0)).collect();
    let size_of = |in_later: &[bool]| rows.iter().filter(|&&r| in_later[r]).map(|&r| sizes[r]).sum::<f64>();
    let size = size_of(&in_later);
    let observed: Vec<f64> = terms.iter().map(|&t| statistic(&in_later, size, t)).collect();
    let mut hits = vec![1.0; terms.len()];
    let mut order = rows.clone();
    for _ in 0..SHUFFLES {
        random.choose(&mut order, later);
        in_later.fill(false);
        order[..later].iter().for_each(|&r| in_later[r] = true);
        let size = size_of(&in_later);
        for ((hits, &term), observed) in hits.iter_mut().zip(terms).zip(&observed) {
            *hits += f64::from(u8::from(statistic(&in_later, size, term) >= observed * (1.0 - 1e-9)));
        }
    }
    hits.into_iter().map(|h| h / (SHUFFLES as f64 + 1.0)).collect()
}

fn mann_whitney_p(counts: &SparseCounts, sizes: &[f64], labels: &[Option<f64>], terms: &[usize]) -> Vec<f64> {
    let p = |&term: &usize| {
        let mut rates: Vec<f64> = vec![0.0; labels.len()];
        counts.column(term).cells().for_each(|(row, count)| rates[row] = f64::from(count) / sizes[row]);
        let of = |label: f64| -> Vec<f64> {
            rates.iter().zip(labels).filter(|(_, l)| **l == Some(label)).map(|(r, _)| *r).collect()
        };
        mann_whitney(&of(0.0), &of(1.0)).map_or(1.0, |(_, p)| p)
    };
    terms.iter().map(p).collect()
}

fn fisher_p(counts: &SparseCounts, labels: &[Option<f64>], terms: &[usize]) -> Vec<f64> {
    let n = |label: f64| labels.iter().filter(|l| **l == Some(label)).count() as u64;
    let (earlier, later) = (n(0.0), n(1.0));
    let p = |&term: &usize| {
        let with =
            |label: f64| counts.column(term).cells().filter(|&(row, _)| labels[row] == Some(label)).count() as u64;
        fisher_exact((with(0.0), earlier), (with(1.0), later))
    };
    terms.iter().map(p).collect()
}

/// The median of the smallest changes that terms of each stratum would probably have shown, as log2 ratios.
#[must_use]
pub fn detectable_by_stratum(counts: &SparseCounts, sizes: &[f64], labels: &[Option<f64>]) -> Vec<Option<f64>> {
    let side = |row: usize| labels[row].map(|l| usize::from(l > 0.5));
    let mut totals = [SideSizes::default(); 2];
    for (row, &size) in sizes.iter().enumerate() {
        if let Some(side) = side(row) {
            totals[side].add(size);
        }
    }
    let mut changes: Vec<Vec<f64>> = vec![Vec::new(); STRATA.len()];
    for column in counts.columns() {
        let [from, to] = side_spreads(column, sizes, totals, side);
        if let (Some(s), Some(change)) = (stratum((from.df + to.df) as usize), minimum_detectable(&from, &to)) {
            changes[s].push(change);
        }
    }
    changes
        .into_iter()
        .map(|mut c| {
            c.sort_by(f64::total_cmp);
            c.get(c.len() / 2).copied()
        })
        .collect()
}
