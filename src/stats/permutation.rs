//! Permutation tests of many terms at once: labels are dealt anew, all terms see the same relabelings.
//!
//! The statistic of two sides is the difference of two weighted rates, studentised by the spread between units (Janssen
//! 1997; Chung and Romano 2013): it stays valid where one side is larger or burstier than the other.
//!
//! ```text
//! v = min(k, cap)          k mentions of a row; of size f (its words, mean 1); a block has the sum over its rows
//! w = 1 / (1 + c·f)        c from the pooled counts of the term, labels unseen
//! R = Σ w v / Σ w f        on each side
//! V = Σ w² (v − R f)² / (Σ w f)²
//! T = (R₂ − R₁) |R₂ − R₁| / (V₁ + V₂)
//! p = share of relabelings with |T| at least as large                                where the sides are about equal
//! p = 2 · min(share of relabelings with T at least as large, at most as large), at most 1                    elsewhere
//! ```
//!
//! "About equal": neither side has more units than the other by over a quarter. Elsewhere the two tails differ, and the
//! smaller one is doubled: a term that the smaller side alone names
//! is held against terms gathered on that side, not against terms missing from it.
//!
//! For c = 0 this is the rate of all words taken together, for large c the mean rate of the units; between them it is
//! the weight of the score test in a negative binomial model. With more than two labels, and within blocks, T is the
//! covariance of label and residual v − R f, squared with its sign.

use rayon::prelude::*;

use super::design::{Design, Scheme};
use super::fdr;
use super::random::Random;
use super::sparse::{Column, SparseCounts};
use crate::error::{Error, Result};

/// Relabelings that are worked on together.
const CHUNK: usize = 128;
/// What counts as equal: sums are of single precision, and variances are what is left of them. To take a little less for
/// as much makes p larger, by two in a hundred at most.
const SAME: f32 = 1e-3;
/// The constants c of the weights.
const BURSTS: [f64; 8] = [0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0];
/// Least variance of the difference, as a share of that of a rate whose mentions are spread like the words.
const LEAST_VARIANCE: f32 = 1e-3;
/// Cells × relabelings after which no further round begins.
const MAX_WORK: u64 = 2_000_000_000;
/// Cells × relabelings up to which all of them are looked at.
const MAX_EXACT_WORK: u64 = 10 * MAX_WORK;

/// How a permutation test is run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PermutationSettings {
    /// Seed of the random relabelings.
    pub seed: u64,
    /// Up to so many relabelings, all of them are looked at.
    pub max_exact: u64,
    /// Random relabelings at most.
    pub max_shuffles: u64,
    /// Mentions of one unit beyond which more do not count.
    pub cap: u32,
}

impl Default for PermutationSettings {
    fn default() -> Self {
        Self { seed: 1, max_exact: 200_000, max_shuffles: 1_000_000, cap: 3 }
    }
}

/// The result of a permutation test of one term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Permuted {
    /// Two-sided p: twice the share of relabelings at least as far out on the same side, the observed one among them;
    /// never 0.
    pub p: f64,
    /// The same with half of the equally extreme ones: nearer to nominal where few levels are attainable.
    pub mid_p: f64,
    /// Relabelings looked at.
    pub relabelings: u64,
    /// Whether these were all there are.
    pub exact: bool,
    /// The direction of what was tested, which weighs mentions otherwise than a ratio of rates: 1 where the later side
    /// has more (or the labels go up with the term), −1 where it has less, 0 for neither.
    pub direction: i8,
}

/// A term made ready: per cell the unit, v·w, its square, and v·w·w·f.
struct Term {
    units: Vec<u32>,
    v: Vec<f32>,
    vv: Vec<f32>,
    vf: Vec<f32>,
    burst: usize,
    totals: [f32; 3],
    observed: f32,
    /// Differences of the statistic that rounding may make near zero.
    nothing: f32,
    /// See [`Permuted::direction`].
    direction: i8,
    /// Whether v holds residuals already.
    centred: bool,
}

/// How many relabelings were above the observed statistic, below it, and equal.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    above: u64,
    below: u64,
    equal: u64,
}

impl Tally {
    fn add(&mut self, more: Self) {
        self.above += more.above;
        self.below += more.below;
        self.equal += more.equal;
    }

    /// Those at least as far out on the side of the observed one; `equal` says what an equal one counts.
    fn tail(&self, equal: f64) -> f64 {
        self.above.min(self.below) as f64 + equal * self.equal as f64
    }
}

/// Labels of [`CHUNK`] relabelings, by unit, with the sums that all terms share.
struct Chunk {
    labels: Vec<f32>,
    n: usize,
    /// For each constant c: Σ label·w·f and Σ label·(w·f)².
    sums: Vec<[Vec<f32>; 2]>,
}

/// Which of the constants c the terms at hand have.
type Used = [bool; BURSTS.len()];

fn used_by<'t>(terms: impl Iterator<Item = &'t Term>) -> Used {
    let mut used = [false; BURSTS.len()];
    terms.for_each(|t| used[t.burst] = true);
    used
}

/// What holds for all relabelings.
struct Frame {
    /// For each constant c: w·f by unit.
    weighted: Vec<Vec<f32>>,
    totals: Vec<[f32; 2]>,
    studentised: bool,
    /// Whether both tails are counted together, since the sides are alike; else the smaller one counts twice.
    folded: bool,
    n_units: usize,
}

/// Tests the columns of `counts` (rows as in the design) that `terms` names: for each its p.
///
/// Up to `max_exact` relabelings, all are looked at, unless that were too much work. Otherwise they are random: 1,000 for all terms, 10,000 for those
/// whose p may be below .1, and on, by tens, for those of which it is not settled whether they are discoveries at a
/// false discovery rate of 5 % among the terms in `family` (by index in `terms`), or whose p of at most .05 is not.
///
/// # Errors
/// If the table has other rows than the design, or `family` is not as long as `terms`.
pub fn permute(
    design: &Design,
    counts: &SparseCounts,
    terms: &[usize],
    family: &[bool],
    settings: &PermutationSettings,
) -> Result<Vec<Permuted>> {
    if counts.n_rows() != design.n_rows() || family.len() != terms.len() {
        let found =
            format!("{} rows, {} of {} terms in or out of the family", counts.n_rows(), family.len(), terms.len());
        return Err(Error::setting("permutation", found, "expected the rows of the design and a word on every term"));
    }
    let grouped = design.regroup(&counts.capped(settings.cap));
    let sizes = design.relative_sizes();
    let mut frame = Frame::new(&sizes, design.is_two_sided() && design.scheme() != Scheme::WithinBlocks);
    frame.folded = frame.studentised && design.is_balanced();
    let within = design.scheme() == Scheme::WithinBlocks;
    let scores = design.scores();
    let mut prepared: Vec<Term> = terms
        .par_iter()
        .map(|&t| {
            let column = grouped.column(t);
            if within { residuals_within(column, &sizes, design.strata()) } else { frame.prepare(column, &sizes) }
        })
        .collect();
    let observed = frame.chunk(std::slice::from_ref(&scores), [true; BURSTS.len()]);
    let first = design.labels().iter().copied().fold(f64::INFINITY, f64::min);
    let drifts = frame.drifts(design.labels(), first);
    for term in &mut prepared {
        term.observed = frame.statistics(term, &observed)[0];
        term.nothing = frame.nothing(term);
        term.direction = frame.direction(term, design.labels(), first, &drifts);
    }
    let all = design.relabelings(settings.max_exact);
    let cells = prepared.iter().map(|t| t.units.len() as u64 + 6).sum::<u64>() + frame.n_units as u64;
    if all <= settings.max_exact && all.saturating_mul(cells) <= MAX_EXACT_WORK {
        return Ok(exact(&frame, &prepared, design, &scores));
    }
    Ok(monte_carlo(&frame, &prepared, design, &scores, family, settings))
}

impl Frame {
    fn new(sizes: &[f64], studentised: bool) -> Self {
        let weighted: Vec<Vec<f32>> =
            BURSTS.iter().map(|c| sizes.iter().map(|f| (f / (1.0 + c * f)) as f32).collect()).collect();
        let totals = weighted.iter().map(|w| [w.iter().sum(), w.iter().map(|x| x * x).sum()]).collect();
        Self { weighted, totals, studentised, folded: false, n_units: sizes.len() }
    }

    fn prepare(&self, column: Column<'_>, sizes: &[f64]) -> Term {
        let burst = nearest_burst(column, sizes);
        let mut term = Term::empty(burst);
        for (unit, count) in column.cells() {
            let f = sizes[unit];
            let w = 1.0 / (1.0 + BURSTS[burst] * f);
            let v = f64::from(count) * w;
            term.push(unit as u32, v, w * f);
        }
        term.sum_up();
        term
    }

    /// The sums of relabelings, given as labels of all units; only for the constants in `used`.
    fn chunk(&self, relabelings: &[Vec<f32>], used: Used) -> Chunk {
        let n = relabelings.len();
        let mut labels = vec![0.0; self.n_units * n];
        for (b, scores) in relabelings.iter().enumerate() {
            for (unit, &score) in scores.iter().enumerate() {
                labels[unit * n + b] = score;
            }
        }
        let mut sums: Vec<[Vec<f32>; 2]> = vec![[Vec::new(), Vec::new()]; BURSTS.len()];
        for (_, sums) in sums.iter_mut().enumerate().filter(|(burst, _)| used[*burst]) {
            *sums = [vec![0.0f32; n], vec![0.0f32; n]];
        }
        for (unit, row) in labels.chunks_exact(n.max(1)).enumerate() {
            for (burst, sums) in sums.iter_mut().enumerate().filter(|(burst, _)| used[*burst]) {
                let wf = self.weighted[burst][unit];
                let [first, second] = sums;
                first.iter_mut().zip(row).for_each(|(a, &l)| *a += wf * l);
                if self.studentised {
                    second.iter_mut().zip(row).for_each(|(b, &l)| *b += wf * wf * l);
                }
            }
        }
        Chunk { labels, n, sums }
    }

    /// The chunk of `n` random relabelings of two sides, all units exchangeable: picks the units of the smaller side.
    fn two_sided_chunk(&self, fewer: usize, random: &mut Random, n: usize, used: Used) -> Chunk {
        let mut labels = vec![0.0; self.n_units * n];
        let mut sums: Vec<[Vec<f32>; 2]> = vec![[Vec::new(), Vec::new()]; BURSTS.len()];
        for (_, sums) in sums.iter_mut().enumerate().filter(|(burst, _)| used[*burst]) {
            *sums = [vec![0.0f32; n], vec![0.0f32; n]];
        }
        // Any order is a fair start for the next pick.
        let mut order: Vec<u32> = (0..self.n_units as u32).collect();
        for b in 0..n {
            random.choose(&mut order, fewer);
            let chosen = &order[..fewer];
            for &unit in chosen {
                labels[unit as usize * n + b] = 1.0;
            }
            for (burst, sums) in sums.iter_mut().enumerate().filter(|(burst, _)| used[*burst]) {
                let weighted = &self.weighted[burst];
                let (mut first, mut second) = (0.0f32, 0.0f32);
                for &unit in chosen {
                    let wf = weighted[unit as usize];
                    first += wf;
                    second += wf * wf;
                }
                (sums[0][b], sums[1][b]) = (first, second);
            }
        }
        Chunk { labels, n, sums }
    }

    /// The statistic of a term in each relabeling of a chunk.
    fn statistics(&self, term: &Term, chunk: &Chunk) -> [f32; CHUNK] {
        let n = chunk.n;
        let mut v = [0.0f32; CHUNK];
        let mut vv = [0.0f32; CHUNK];
        let mut vf = [0.0f32; CHUNK];
        for (i, &unit) in term.units.iter().enumerate() {
            let row = &chunk.labels[unit as usize * n..(unit as usize + 1) * n];
            let (a, b, c) = (term.v[i], term.vv[i], term.vf[i]);
            if self.studentised {
                for (j, &l) in row.iter().enumerate() {
                    v[j] += a * l;
                    vv[j] += b * l;
                    vf[j] += c * l;
                }
            } else {
                for (x, &l) in v.iter_mut().zip(row) {
                    *x += a * l;
                }
            }
        }
        let [total, square, product] = term.totals;
        let [all, all_squares] = self.totals[term.burst];
        let [sizes, squares] = &chunk.sums[term.burst];
        let mut result = [0.0f32; CHUNK];
        if !self.studentised {
            let rate = if term.centred { 0.0 } else { total / all };
            for j in 0..n {
                let covariance = v[j] - rate * sizes[j];
                result[j] = covariance * covariance.abs();
            }
            return result;
        }
        // Where all units of a side have one rate, the variance is what rounding leaves of nothing.
        let least = LEAST_VARIANCE * (total / all) * (total / all) * all_squares / (all * all);
        for j in 0..n {
            let (size2, size1) = (sizes[j], all - sizes[j]);
            let (rate2, rate1) = (v[j] / size2, (total - v[j]) / size1);
            let spread2 = (vv[j] - 2.0 * rate2 * vf[j] + rate2 * rate2 * squares[j]).max(0.0);
            let spread1 = (square - vv[j] - 2.0 * rate1 * (product - vf[j])
                + rate1 * rate1 * (all_squares - squares[j]))
                .max(0.0);
            let variance = spread2 / (size2 * size2) + spread1 / (size1 * size1);
            let difference = rate2 - rate1;
            result[j] = difference * difference.abs() / variance.max(least).max(f32::MIN_POSITIVE);
        }
        result
    }

    /// For each constant c: Σ label·w·f, labels counted from the first.
    fn drifts(&self, labels: &[f64], first: f64) -> Vec<f64> {
        self.weighted.iter().map(|w| w.iter().zip(labels).map(|(&wf, l)| f64::from(wf) * (l - first)).sum()).collect()
    }

    /// The sign of the covariance of label and residual, which for two sides is that of R₂ − R₁.
    fn direction(&self, term: &Term, labels: &[f64], first: f64, drifts: &[f64]) -> i8 {
        let moved: f64 =
            term.units.iter().zip(&term.v).map(|(&u, &v)| f64::from(v) * (labels[u as usize] - first)).sum();
        let rate = if term.centred { 0.0 } else { f64::from(term.totals[0]) / f64::from(self.totals[term.burst][0]) };
        let expected = rate * drifts[term.burst];
        let difference = moved - expected;
        if difference.abs() <= 1e-5 * (moved.abs() + expected) { 0 } else { difference.signum() as i8 }
    }

    /// How far statistics near zero, that should be equal, lie apart: rounding is a share of the terms of a difference,
    /// not of the difference.
    fn nothing(&self, term: &Term) -> f32 {
        if self.studentised {
            return 1e-6;
        }
        let covariance = 1e-6 * term.v.iter().map(|v| v.abs()).sum::<f32>();
        covariance * (2.0 * term.observed.abs().sqrt() + covariance)
    }

    /// What the count of a tail is multiplied with.
    fn tails(&self) -> f64 {
        if self.folded { 1.0 } else { 2.0 }
    }

    fn tally(&self, term: &Term, chunk: &Chunk) -> Tally {
        let statistics = self.statistics(term, chunk);
        let same = SAME * term.observed.abs() + term.nothing;
        if self.folded {
            let (low, high) = (term.observed.abs() - same, term.observed.abs() + same);
            let out = statistics[..chunk.n].iter().filter(|&&t| t.abs() > high).count() as u64;
            let within = statistics[..chunk.n].iter().filter(|&&t| t.abs() < low).count() as u64;
            return Tally { above: out, below: out, equal: chunk.n as u64 - out - within };
        }
        let (low, high) = (term.observed - same, term.observed + same);
        let above = statistics[..chunk.n].iter().filter(|&&t| t > high).count() as u64;
        let below = statistics[..chunk.n].iter().filter(|&&t| t < low).count() as u64;
        // What cannot be computed counts in both tails.
        Tally { above, below, equal: chunk.n as u64 - above - below }
    }
}

impl Term {
    fn empty(burst: usize) -> Self {
        Self {
            units: Vec::new(),
            v: Vec::new(),
            vv: Vec::new(),
            vf: Vec::new(),
            burst,
            totals: [0.0; 3],
            observed: 0.0,
            nothing: 0.0,
            direction: 0,
            centred: false,
        }
    }

    fn push(&mut self, unit: u32, v: f64, wf: f64) {
        self.units.push(unit);
        self.v.push(v as f32);
        self.vv.push((v * v) as f32);
        self.vf.push((v * wf) as f32);
    }

    fn sum_up(&mut self) {
        self.totals = [self.v.iter().sum(), self.vv.iter().sum(), self.vf.iter().sum()];
    }
}

/// Within blocks: v − R f with the rate of the unit's own block. Blocks without the term add nothing.
fn residuals_within(column: Column<'_>, sizes: &[f64], strata: &[Vec<u32>]) -> Term {
    let mut mentions = vec![0.0; sizes.len()];
    for (unit, count) in column.cells() {
        mentions[unit] = f64::from(count);
    }
    let mut term = Term::empty(0);
    term.centred = true;
    for stratum in strata {
        let total: f64 = stratum.iter().map(|&u| mentions[u as usize]).sum();
        if total > 0.0 {
            let rate = total / stratum.iter().map(|&u| sizes[u as usize]).sum::<f64>();
            for &unit in stratum {
                term.push(unit, mentions[unit as usize] - rate * sizes[unit as usize], 0.0);
            }
        }
    }
    term.sum_up();
    term
}

/// The constant nearest to φ·μ, the excess of the pooled variance of v over that of independent mentions, by moments:
/// φμ = Σ((k − μf)² − μf) / (μ Σ f²). It sees no labels.
fn nearest_burst(column: Column<'_>, sizes: &[f64]) -> usize {
    let total = column.total() as f64;
    if total == 0.0 {
        return 0;
    }
    let all: f64 = sizes.iter().sum();
    let squares: f64 = sizes.iter().map(|f| f * f).sum();
    let mean = total / all;
    let mut spread = mean * mean * squares;
    for (unit, count) in column.cells() {
        let (k, expected) = (f64::from(count), mean * sizes[unit]);
        spread += (k - expected) * (k - expected) - expected * expected;
    }
    let excess = ((spread - total) / (mean * squares)).max(0.0);
    let distance = |c: f64| libm::fabs(libm::log((c + 0.125) / (excess + 0.125)));
    (0..BURSTS.len()).min_by(|&a, &b| distance(BURSTS[a]).total_cmp(&distance(BURSTS[b]))).unwrap_or(0)
}

/// All relabelings, each once.
fn exact(frame: &Frame, terms: &[Term], design: &Design, scores: &[f32]) -> Vec<Permuted> {
    let mut tallies = vec![Tally::default(); terms.len()];
    let mut n = 0u64;
    let mut waiting: Vec<Vec<f32>> = Vec::with_capacity(CHUNK);
    let used = used_by(terms.iter());
    let mut look = |relabelings: Vec<Vec<f32>>| {
        let chunk = frame.chunk(&relabelings, used);
        tallies.par_iter_mut().zip(terms).for_each(|(tally, term)| {
            tally.add(frame.tally(term, &chunk));
        });
    };
    each_relabeling(design.strata(), scores, &mut |labels| {
        n += 1;
        waiting.push(labels.to_vec());
        if waiting.len() == CHUNK {
            look(std::mem::take(&mut waiting));
        }
    });
    if !waiting.is_empty() {
        look(waiting);
    }
    tallies
        .into_iter()
        .zip(terms)
        .map(|(t, term)| Permuted {
            p: (frame.tails() * t.tail(1.0) / n as f64).min(1.0),
            mid_p: (frame.tails() * t.tail(0.5) / n as f64).min(1.0),
            relabelings: n,
            exact: true,
            direction: term.direction,
        })
        .collect()
}

/// Calls `look` with every different assignment of the labels to the units of their strata.
fn each_relabeling(strata: &[Vec<u32>], scores: &[f32], look: &mut impl FnMut(&[f32])) {
    let mut labels = scores.to_vec();
    let mut dealt: Vec<Vec<f32>> = strata.iter().map(|u| u.iter().map(|&u| scores[u as usize]).collect()).collect();
    for (units, dealt) in strata.iter().zip(&mut dealt) {
        dealt.sort_by(f32::total_cmp);
        units.iter().zip(dealt.iter()).for_each(|(&unit, &label)| labels[unit as usize] = label);
    }
    loop {
        look(&labels);
        // As an odometer turns: a stratum that is through begins again, and the next one moves.
        let mut turned = false;
        for (units, dealt) in strata.iter().zip(&mut dealt) {
            turned = next_order(dealt);
            units.iter().zip(dealt.iter()).for_each(|(&unit, &label)| labels[unit as usize] = label);
            if turned {
                break;
            }
        }
        if !turned {
            return;
        }
    }
}

/// The next order of the items in the order of a dictionary; after the last one, the first and `false`.
fn next_order(items: &mut [f32]) -> bool {
    let Some(at) = (1..items.len()).rev().find(|&i| items[i - 1] < items[i]) else {
        items.reverse();
        return false;
    };
    let larger = (at..items.len()).rev().find(|&i| items[i] > items[at - 1]).unwrap_or(at);
    items.swap(at - 1, larger);
    items[at..].reverse();
    true
}

/// Random relabelings in rounds, each ten times the one before.
fn monte_carlo(
    frame: &Frame,
    terms: &[Term],
    design: &Design,
    scores: &[f32],
    family: &[bool],
    settings: &PermutationSettings,
) -> Vec<Permuted> {
    let mut tallies = vec![Tally::default(); terms.len()];
    let mut looked = vec![0u64; terms.len()];
    let mut active: Vec<usize> = (0..terms.len()).collect();
    let fewer = scores.iter().filter(|&&s| s > 0.5).count();
    let mut done = 0u64;
    let mut until = 1_000u64.min(settings.max_shuffles);
    while !active.is_empty() && done < until {
        let chunks: Vec<(u64, usize)> =
            (done..until).step_by(CHUNK).map(|start| (start, CHUNK.min((until - start) as usize))).collect();
        let used = used_by(active.iter().map(|&t| &terms[t]));
        let found = chunks
            .par_iter()
            .map(|&(start, n)| {
                let mut random = Random::new(settings.seed, start);
                let chunk = if frame.studentised {
                    frame.two_sided_chunk(fewer, &mut random, n, used)
                } else {
                    frame.chunk(&shuffled(design.strata(), scores, &mut random, n), used)
                };
                active.iter().map(|&t| frame.tally(&terms[t], &chunk)).collect::<Vec<_>>()
            })
            .reduce_with(|mut a, b| {
                for (x, y) in a.iter_mut().zip(b) {
                    x.add(y);
                }
                a
            });
        for (&t, more) in active.iter().zip(found.into_iter().flatten()) {
            tallies[t].add(more);
            looked[t] = until;
        }
        done = until;
        let unsettled = unsettled(&tallies, &looked, family, frame.tails());
        active.retain(|&t| unsettled(t));
        // What a relabeling costs: each cell of each term, and dealing the labels.
        let deal = if frame.studentised { 4 } else { 20 } * frame.n_units as u64;
        let cost = active.iter().map(|&t| terms[t].units.len() as u64 + 6).sum::<u64>() + deal;
        let affordable = done + MAX_WORK / cost / CHUNK as u64 * CHUNK as u64;
        until = (done * 10).min(settings.max_shuffles).min(affordable);
        if until < done * 2 {
            break;
        }
    }
    tallies
        .into_iter()
        .zip(looked)
        .zip(terms)
        .map(|((t, n), term)| {
            let n = n as f64 + 1.0;
            Permuted {
                p: (frame.tails() * (t.tail(1.0) + 1.0) / n).min(1.0),
                mid_p: (frame.tails() * (t.tail(0.5) + 0.5) / n).min(1.0),
                relabelings: n as u64 - 1,
                exact: false,
                direction: term.direction,
            }
        })
        .collect()
}

/// Which terms need more relabelings: those that may have a p below .1 after the first thousand; later, those whose
/// place under or over a false discovery rate of 5 %, or, outside the family, p ≤ .05, is within three standard errors.
fn unsettled<'t>(
    tallies: &'t [Tally],
    looked: &'t [u64],
    family: &'t [bool],
    tails: f64,
) -> impl Fn(usize) -> bool + 't {
    let estimate = move |t: usize, errors: f64| {
        let (hits, n) = (tallies[t].tail(1.0) + 1.0, looked[t] as f64 + 1.0);
        (tails * (hits + errors * libm::sqrt(hits)) / n).clamp(1.0 / n / 1e3, 1.0)
    };
    let members: Vec<usize> = (0..tallies.len()).filter(|&t| family[t]).collect();
    let q = |errors: f64| {
        let p: Vec<f64> = members.iter().map(|&t| estimate(t, errors)).collect();
        fdr::benjamini_hochberg(&p)
    };
    let (high, low) = (q(3.0), q(-3.0));
    let mut open = vec![false; tallies.len()];
    for (i, &t) in members.iter().enumerate() {
        open[t] = high[i] > 0.05 && low[i] <= 0.05;
    }
    move |t| {
        let p_low = estimate(t, -3.0);
        if looked[t] <= 1_000 {
            return p_low <= 0.1;
        }
        open[t] || (looked[t] < 100_000 && p_low <= 0.05 && estimate(t, 3.0) > 0.05)
    }
}

/// `n` random relabelings within strata.
fn shuffled(strata: &[Vec<u32>], scores: &[f32], random: &mut Random, n: usize) -> Vec<Vec<f32>> {
    let mut order: Vec<f32> = Vec::new();
    (0..n)
        .map(|_| {
            let mut labels = scores.to_vec();
            for units in strata {
                order.clear();
                order.extend(units.iter().map(|&u| scores[u as usize]));
                let k = order.len().saturating_sub(1);
                random.choose(&mut order, k);
                for (&unit, &label) in units.iter().zip(&order) {
                    labels[unit as usize] = label;
                }
            }
            labels
        })
        .collect()
}
