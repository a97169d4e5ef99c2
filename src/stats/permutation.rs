//! Permutation tests of many terms at once: labels are dealt anew, and all terms see the same relabelings.
//!
//! ```text
//! v = min(k, cap)          k mentions of a row; of size f (its words, mean 1); a block has the sum over its rows
//! u = v / (1 + c·f)        c from the pooled counts of the term, labels unseen: the weight of the score test in a
//!                          negative binomial model
//! D = Σ label·u            less what relabelings have on average; of two sides, what the later one has beyond its due
//! p = 2 · min(share of relabelings with D at least as large, at most as large), at most 1
//! ```
//!
//! Labels are dealt within strata of units of about equal size ([`Design`]), so a longer unit may name more in whatever
//! way, and the lengths of units that do not name a term are nothing to its p. A permutation of rates or of G² over all
//! units lacks both: where one side has longer units, whatever is rare there looks like a change (docs/methods.md).
//!
//! Within declared blocks u is the residual v − R f, with the rate R of the block.
//!
//! Where few units name a term, the outermost relabelings are counted instead of dealt; what values p can have at all
//! goes into the false discovery rate ([`discoveries`]).

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::design::{Design, Scheme};
use super::fdr::{self, Tail};
use super::random::Random;
use super::sparse::SparseCounts;
use crate::error::{Error, Result};

mod deal;
mod extremes;
mod score;

use deal::{each_relabeling, shuffled};
use score::{CHUNK, Chunk, Frame, Picks, Tally, Term};

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
#[derive(Debug, Clone, PartialEq)]
pub struct Permuted {
    /// Two-sided p, from the share of relabelings at least as far out, the observed one among them; never 0.
    pub p: f64,
    /// The same with half of the equally extreme ones: nearer to nominal where few levels are attainable.
    pub mid_p: f64,
    /// Relabelings looked at; 0 where p is counted without dealing, since few units can be far out in few ways only.
    pub relabelings: u64,
    /// Whether p is that of all relabelings there are.
    pub exact: bool,
    /// The direction of what was tested, which weighs mentions otherwise than a ratio of rates: 1 where the later side
    /// has more (or the labels go up with the term), −1 where it has less, 0 for neither.
    pub direction: i8,
    /// The values that half of p can have on either side, for [`fdr::discrete`].
    pub tails: [Tail; 2],
}

/// Random relabelings of one design with two sides, kept for all that is tested on it.
#[derive(Debug, Default)]
pub(crate) struct Dealings(Mutex<Dealt>);

/// By the first relabeling of each chunk.
#[derive(Debug, Default)]
struct Dealt {
    chunks: FxHashMap<u64, Arc<Picks>>,
    bytes: usize,
}

impl Dealings {
    /// What is kept at most.
    const MAX_BYTES: usize = 32 << 20;

    /// The chunk that begins with relabeling number `start`; dealt now if nobody asked for it.
    fn chunk(&self, frame: &Frame, strata: &[Vec<u32>], seed: u64, start: u64) -> Arc<Picks> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(picks) = lock().chunks.get(&start) {
            return Arc::clone(picks);
        }
        let picks = Arc::new(Picks::new(frame, strata, &mut Random::new(seed, start)));
        let mut dealt = lock();
        if dealt.bytes + picks.bytes() <= Self::MAX_BYTES && dealt.chunks.insert(start, Arc::clone(&picks)).is_none() {
            dealt.bytes += picks.bytes();
        }
        picks
    }
}

/// Tests the columns of `counts` (rows as in the design) that `terms` names: for each its p.
///
/// Up to `max_exact` relabelings, all are looked at, unless that were too much work. Otherwise they are random: 1,000
/// for all terms, 10,000 for those whose p may be below .1, and on, by tens, for those of which it is not settled
/// whether they are discoveries at a false discovery rate of 5 % among the terms in `family` (by index in `terms`), or
/// whether their p is at most .05.
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
    permute_with(&Dealings::default(), design, counts, terms, family, settings)
}

/// As [`permute`], with the relabelings that were dealt before for the same design and the same seed.
///
/// # Errors
/// As [`permute`].
pub(crate) fn permute_with(
    dealings: &Dealings,
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
    let grouped = design.regroup_columns(counts, terms, settings.cap);
    let scores = design.scores();
    let frame = Frame::new(design, &scores);
    let rising = design.scores_rise();
    let prepared: Vec<Term> = (0..terms.len())
        .into_par_iter()
        .map(|t| {
            let column = grouped.column(t);
            let mut term = match design.scheme() {
                Scheme::WithinBlocks => frame.prepare_within(column, design.strata()),
                Scheme::Sessions | Scheme::WholeBlocks => frame.prepare(column, design),
            };
            frame.observe(&mut term, &scores, design, rising);
            term
        })
        .collect();
    let all = design.relabelings(settings.max_exact);
    let cells = prepared.iter().map(|t| t.units.len() as u64 + 6).sum::<u64>() + frame.n_units as u64;
    if all <= settings.max_exact && all.saturating_mul(cells) <= MAX_EXACT_WORK {
        return Ok(exact(&frame, &prepared, design, &scores));
    }
    let source = Source { design, scores: &scores, dealings, seed: settings.seed };
    Ok(monte_carlo(&frame, &prepared, &source, family, settings))
}

/// The q of tests that are one family ([`fdr::discrete`]).
#[must_use]
pub fn discoveries<'t>(tests: impl IntoIterator<Item = &'t Permuted>) -> Vec<f64> {
    let (p, tails): (Vec<f64>, Vec<[Tail; 2]>) = tests.into_iter().map(|t| (t.p, t.tails.clone())).unzip();
    fdr::discrete(&p, &tails)
}

/// A random relabeling of the rows of a comparison of two sides: whether each lies on the later one, none for rows that
/// take no part.
pub(crate) fn relabeling(design: &Design, seed: u64, stream: u64) -> Vec<Option<bool>> {
    let scores = design.scores();
    let dealt = shuffled(design.strata(), &scores, &mut Random::new(seed, stream), 1).remove(0);
    let rising = design.scores_rise();
    design.unit_of_row().iter().map(|unit| unit.map(|u| (dealt[u as usize] > 0.5) == rising)).collect()
}

/// The labels of the rows in a random relabeling, none for rows that take no part.
pub(crate) fn dealt_labels(design: &Design, seed: u64, stream: u64) -> Vec<Option<f64>> {
    let labels: Vec<f32> = design.labels().iter().map(|&label| label as f32).collect();
    let dealt = shuffled(design.strata(), &labels, &mut Random::new(seed, stream), 1).remove(0);
    design.unit_of_row().iter().map(|unit| unit.map(|u| f64::from(dealt[u as usize]))).collect()
}

/// All relabelings, each once.
fn exact(frame: &Frame, terms: &[Term], design: &Design, scores: &[f32]) -> Vec<Permuted> {
    let mut tallies = vec![Tally::default(); terms.len()];
    let mut n = 0u64;
    let mut waiting: Vec<Vec<f32>> = Vec::with_capacity(CHUNK);
    let mut look = |relabelings: Vec<Vec<f32>>| {
        let chunk = Chunk::of(&relabelings, frame.n_units);
        tallies.par_iter_mut().zip(terms).for_each(|(tally, term)| {
            tally.add(Frame::tally(term, &chunk));
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
            p: (t.tails(1.0) / n as f64).min(1.0),
            mid_p: (t.tails(0.5) / n as f64).min(1.0),
            relabelings: n,
            exact: true,
            direction: term.direction,
            tails: term.tails.clone(),
        })
        .collect()
}

/// Where random relabelings come from.
struct Source<'d> {
    design: &'d Design,
    scores: &'d [f32],
    dealings: &'d Dealings,
    seed: u64,
}

impl Source<'_> {
    /// `n` relabelings from number `start` on.
    fn chunk(&self, frame: &Frame, start: u64, n: usize) -> Chunk {
        let strata = self.design.strata();
        if self.design.is_two_sided() {
            return Chunk::Picks { picks: self.dealings.chunk(frame, strata, self.seed, start), n };
        }
        Chunk::of(&shuffled(strata, self.scores, &mut Random::new(self.seed, start), n), frame.n_units)
    }
}

/// Random relabelings in rounds, each ten times the one before.
fn monte_carlo(
    frame: &Frame,
    terms: &[Term],
    source: &Source<'_>,
    family: &[bool],
    settings: &PermutationSettings,
) -> Vec<Permuted> {
    let mut tallies = vec![Tally::default(); terms.len()];
    let mut looked = vec![0u64; terms.len()];
    let mut active: Vec<usize> = (0..terms.len()).filter(|&t| terms[t].counted.is_none()).collect();
    let mut done = 0u64;
    let mut until = 1_000u64.min(settings.max_shuffles);
    while !active.is_empty() && done < until {
        let chunks: Vec<(u64, usize)> =
            (done..until).step_by(CHUNK).map(|start| (start, CHUNK.min((until - start) as usize))).collect();
        let found = chunks
            .par_iter()
            .map(|&(start, n)| {
                let chunk = source.chunk(frame, start, n);
                active.iter().map(|&t| Frame::tally(&terms[t], &chunk)).collect::<Vec<_>>()
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
        let unsettled = unsettled(&tallies, &looked, family, terms);
        active.retain(|&t| unsettled(t));
        // What a relabeling costs, a cell being one: each cell of each term, and dealing the labels.
        let deal = if source.design.is_two_sided() { 16 } else { 20 } * frame.n_units as u64;
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
            let sampled = n as f64 + 1.0;
            let (p, mid_p) = term.counted.unwrap_or_else(|| {
                let p = ((t.tails(1.0) + 2.0) / sampled).min(1.0);
                // A sample may fall below what p can be.
                (p.max(term.floor), ((t.tails(0.5) + 1.0) / sampled).min(1.0))
            });
            Permuted {
                p,
                mid_p,
                relabelings: n,
                exact: term.counted.is_some(),
                direction: term.direction,
                tails: term.tails.clone(),
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
    terms: &'t [Term],
) -> impl Fn(usize) -> bool + 't {
    let estimate = move |t: usize, errors: f64| {
        if let Some((p, _)) = terms[t].counted {
            return p;
        }
        let (hits, n) = (tallies[t].tails(1.0) / 2.0 + 1.0, looked[t] as f64 + 1.0);
        (2.0 * (hits + errors * libm::sqrt(hits)) / n).clamp(1.0 / n / 1e3, 1.0).max(terms[t].floor)
    };
    let members: Vec<usize> = (0..tallies.len()).filter(|&t| family[t]).collect();
    let tails: Vec<[Tail; 2]> = members.iter().map(|&t| terms[t].tails.clone()).collect();
    let q = |errors: f64| {
        let p: Vec<f64> = members.iter().map(|&t| estimate(t, errors)).collect();
        fdr::discrete(&p, &tails)
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
