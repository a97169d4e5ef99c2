//! Successions: A falls, B rises, and B stands where A stood (docs/methods.md 13.4).
//!
//! Candidates come from one comparison of one level (themes of a file, found themes, or concepts). How strong a candidate
//! is depends on how clearly A fell and B rose and on how alike their contexts are: A's in the earlier talks, B's in the
//! later ones, so that no talk is held against itself. What such a search finds where years mean nothing is known by
//! repeating all of it on dealt years.

mod ground;
mod levels;
mod marks;

use rayon::prelude::*;

use super::assess::Tester;
use super::comparison::Comparison;
use super::shift::Shift;
use super::verdict::{Certainty, DECIDABLE_P, Verdict};
use crate::counts::{ConceptId, Concepts};
use crate::error::Result;
use crate::stats::design::Design;
use crate::stats::factorize::SparseWeights;
use crate::stats::permutation::relabeling;
use crate::stats::random::Random;
use crate::stats::sparse::SparseCounts;

use ground::{Deal, Ground, Pair};

pub(crate) use levels::successions;

/// Dealings of the years, in rounds; after a round in which `SETTLED` showed a candidate as strong as the strongest one, no
/// more are made: p is above .066 then.
const ROUNDS: [(u64, u64); 4] = [(0, 99), (99, 199), (199, 299), (299, 499)];
const SETTLED: usize = 19;
/// Times that talks are drawn anew for an interval; fewer of many talks where the dealings settled that nothing is more
/// than open.
const RESAMPLES: u64 = 199;
const RESAMPLES_OF_OPEN: u64 = 99;
const MANY_TALKS: usize = 2_000;
/// Candidates kept of a comparison.
const MOST: usize = 20;
/// Streams of random numbers that nothing else uses.
const DEAL_STREAM: u64 = 1 << 40;
const RESAMPLE_STREAM: u64 = 1 << 41;
/// Columns of the contexts that explain a likeness.
const SHARED: usize = 5;

/// What a table of sessions says of a talk beside its text: the kind of session, or who stands behind it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// Name of the column.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What two contexts have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Common {
    /// Both stand beside this concept.
    Concept(ConceptId),
    /// Both stand in talks of this kind, or of this organisation.
    Mark(Mark),
}

impl Common {
    /// What to show: the label of a concept, `track: Data` of a mark.
    #[must_use]
    pub fn label(&self, concepts: &Concepts) -> String {
        match self {
            Self::Concept(concept) => concepts.get(*concept).label.clone(),
            Self::Mark(mark) => format!("{}: {}", mark.name, mark.value),
        }
    }
}

/// That one thing took the place of another, as far as it can be seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Succession {
    /// Key and label of what falls.
    pub from: (String, String),
    /// Key and label of what rises.
    pub to: (String, String),
    /// Key of the theme that both belong to; then the one may have taken the other's place within it.
    pub within: Option<String>,
    /// √(fall · rise) · (likeness − expected likeness) · (1 + share of `together`), zero where they are no liker than expected.
    pub strength: f64,
    /// 95 % interval of the strength, by resampling talks within their years.
    pub interval: (f64, f64),
    /// How far the mentions of what falls lie below their due on the later side, in standard deviations.
    pub fall: f64,
    /// How far those of what rises lie above.
    pub rise: f64,
    /// Cosine of the contexts.
    pub likeness: f64,
    /// The likeness, divided by the expected one: what both have with all others on average.
    pub lift: f64,
    /// Later talks that name both, and those that name what rises.
    pub together: (usize, usize),
    /// What makes the contexts alike, the strongest first.
    pub shared: Vec<Common>,
    /// Share of dealings of the years in which any candidate is as strong, times the number of levels; at most 1.
    pub p: f64,
    /// How sure it is.
    pub certainty: Certainty,
}

/// The successions of one comparison on one level.
#[derive(Debug, Clone, PartialEq)]
pub struct Successions {
    /// `themes`, `found` or `concepts`.
    pub level: &'static str,
    /// What is compared.
    pub comparison: Comparison,
    /// Candidates, the strongest first.
    pub candidates: Vec<Succession>,
    /// What fell and rose within one parent, the strongest first.
    pub siblings: Vec<Succession>,
    /// Key and label of what rose, by its verdict, without a candidate that is close to the strongest, and without a sibling
    /// that fell.
    pub own_rises: Vec<(String, String)>,
    /// Key and label of what fell, and is in none of the candidates that are shown and in no sibling pair.
    pub own_falls: Vec<(String, String)>,
    /// Dealings of the years.
    pub deals: u64,
}

/// A candidate is close to the strongest one if it has this part of its strength.
const CLOSE: f64 = 0.4;
/// Candidates that a report shows: at most so many, and where few are close to the strongest, so many.
const SHOWN: usize = 10;
const SHOWN_OF_WEAK: usize = 3;

impl Successions {
    /// The candidates that are worth a look: those with at least two fifths of the strength of the strongest, and the first
    /// three.
    pub fn shown(&self) -> impl Iterator<Item = &Succession> {
        let strengths: Vec<f64> = self.candidates.iter().map(|s| s.strength).collect();
        self.candidates.iter().take(n_shown(&strengths))
    }
}

/// How many candidates are shown.
fn n_shown(strengths: &[f64]) -> usize {
    n_close(strengths).clamp(SHOWN_OF_WEAK, SHOWN)
}

/// How many candidates are close to the strongest, from their strengths, the strongest first.
fn n_close(strengths: &[f64]) -> usize {
    strengths.iter().filter(|s| **s >= CLOSE * strengths[0]).count()
}

/// Where successions are looked for.
struct Level<'a> {
    name: &'static str,
    /// Rows × things.
    counts: &'a SparseCounts,
    /// The parent of each thing, by index.
    parents: Vec<Option<usize>>,
    /// Talks × what may stand in their contexts; a row for each row of the counts.
    contexts: &'a SparseWeights,
    /// What each column of the contexts is.
    columns: &'a [Common],
    /// How many levels share the error.
    n_levels: usize,
}

/// Successions of one comparison; `shifts` holds one for each thing, in their order. None where a side has no talks.
fn of_comparison(
    tester: &Tester,
    level: &Level<'_>,
    comparison: Comparison,
    shifts: &[Shift],
) -> Result<Option<Successions>> {
    let labels = tester.labels(comparison);
    if ![0.0, 1.0].iter().all(|side| labels.contains(&Some(*side))) {
        return Ok(None);
    }
    let design = Design::new(&tester.sizes, &labels, tester.blocks.as_deref())?;
    let decidable: Vec<bool> = shifts.iter().map(|s| s.test.smallest_p <= DECIDABLE_P).collect();
    let ground = Ground::new(level, &tester.sizes, &labels, &decidable, tester.permutation.cap);
    let observed = ground.evaluate(&Deal::observed(&labels));
    let seed = tester.permutation.seed;
    let strongest_of =
        |pairs: &[Pair]| pairs.iter().filter(|p| p.is_candidate()).map(Pair::strength).fold(0.0, f64::max);
    let deal = |i: u64| strongest_of(&ground.evaluate(&Deal::of(&relabeling(&design, seed, DEAL_STREAM + i))));
    // As strong but for rounding is as strong.
    let as_strong = |dealt: &[f64], strength: f64| dealt.iter().filter(|s| **s >= strength * (1.0 - 1e-6)).count();
    let strongest = strongest_of(&observed);
    let mut dealt: Vec<f64> = Vec::new();
    for (from, to) in ROUNDS {
        if as_strong(&dealt, strongest) < SETTLED {
            dealt.par_extend((from..to).into_par_iter().map(deal));
        }
    }
    let is_settled = as_strong(&dealt, strongest) >= SETTLED;
    let p = |strength: f64| {
        let p = (as_strong(&dealt, strength) + 1) as f64 / (dealt.len() + 1) as f64;
        (p * level.n_levels as f64).min(1.0)
    };
    let describe = |(pair, interval): (&Pair, (f64, f64))| {
        let strength = pair.strength();
        let p = p(strength);
        let names = |i: usize| (shifts[i].key.to_string(), shifts[i].label.to_string());
        Succession {
            from: names(pair.from),
            to: names(pair.to),
            within: ground.common_parent(pair.from, pair.to).map(|parent| shifts[parent].key.to_string()),
            strength,
            interval,
            fall: -pair.fall,
            rise: pair.rise,
            likeness: pair.likeness,
            lift: if pair.expected > 0.0 { pair.likeness / pair.expected } else { 0.0 },
            together: (pair.together, pair.later),
            shared: ground
                .shared(pair.from, pair.to, &Deal::observed(&labels), SHARED)
                .into_iter()
                .map(|c| level.columns[c].clone())
                .collect(),
            p,
            certainty: grade(p, interval, &shifts[pair.from], &shifts[pair.to]),
        }
    };
    let listed = |siblings: bool| {
        let mut pairs: Vec<&Pair> = observed
            .iter()
            .filter(|p| p.siblings == siblings && if siblings { p.fits_size() } else { p.is_candidate() })
            .collect();
        pairs.sort_by(|a, b| b.strength().total_cmp(&a.strength()).then((a.from, a.to).cmp(&(b.from, b.to))));
        pairs.truncate(MOST);
        pairs
    };
    let candidates = listed(false);
    let strengths: Vec<f64> = candidates.iter().map(|p| p.strength()).collect();
    let siblings = listed(true);
    let alone = |things: Vec<usize>, verdicts: [Verdict; 2], n: usize, of: &dyn Fn(&Pair) -> usize| {
        let in_pair = |t: usize| candidates.iter().take(n).chain(&siblings).any(|p| of(p) == t);
        let alone = things.into_iter().filter(|&t| verdicts.contains(&shifts[t].test.verdict) && !in_pair(t));
        alone.map(|t| (shifts[t].key.to_string(), shifts[t].label.to_string())).collect::<Vec<_>>()
    };
    let (falling, rising) = ground.movers(&Deal::observed(&labels));
    let both: Vec<&Pair> = candidates.iter().chain(&siblings).copied().collect();
    let is_rough = is_settled && labels.iter().flatten().count() > MANY_TALKS;
    let resamples = if is_rough { RESAMPLES_OF_OPEN } else { RESAMPLES };
    let mut described = both.iter().copied().zip(intervals(&ground, &both, &labels, seed, resamples)).map(describe);
    let described_candidates = described.by_ref().take(candidates.len()).collect();
    Ok(Some(Successions {
        level: level.name,
        comparison,
        own_rises: alone(rising, [Verdict::Rising, Verdict::New], n_close(&strengths), &|p| p.to),
        own_falls: alone(falling, [Verdict::Falling, Verdict::Gone], n_shown(&strengths), &|p| p.from),
        candidates: described_candidates,
        siblings: described.collect(),
        deals: dealt.len() as u64,
    }))
}

/// 95 % intervals of the strengths of pairs.
fn intervals(
    ground: &Ground<'_>,
    pairs: &[&Pair],
    labels: &[Option<f64>],
    seed: u64,
    resamples: u64,
) -> Vec<(f64, f64)> {
    if pairs.is_empty() {
        return Vec::new();
    }
    let named: Vec<(usize, usize)> = pairs.iter().map(|p| (p.from, p.to)).collect();
    let drawn: Vec<Vec<f64>> = (0..resamples)
        .into_par_iter()
        .map(|i| {
            let deal = Deal::resampled(labels, &mut Random::new(seed, RESAMPLE_STREAM + i));
            let drawn = ground.evaluate(&deal);
            let strength =
                |pair: &(usize, usize)| drawn.iter().find(|p| (p.from, p.to) == *pair).map_or(0.0, Pair::strength);
            named.iter().map(strength).collect()
        })
        .collect();
    let interval = |pair: usize| {
        let mut own: Vec<f64> = drawn.iter().map(|d| d[pair]).collect();
        own.sort_by(f64::total_cmp);
        let at = |share: f64| own[((own.len() - 1) as f64 * share).round() as usize];
        (at(0.025), at(0.975))
    };
    (0..pairs.len()).map(interval).collect()
}

/// Confirmed: p ≤ .01 and both legs confirmed. Indicated: p ≤ .05 and both legs at least indicated. Both only where the
/// interval of the strength holds no zero.
fn grade(p: f64, interval: (f64, f64), fall: &Shift, rise: &Shift) -> Certainty {
    let legs = [fall.test.certainty, rise.test.certainty];
    if interval.0 <= 0.0 {
        Certainty::Open
    } else if p <= 0.01 && legs.iter().all(|c| *c == Some(Certainty::Confirmed)) {
        Certainty::Confirmed
    } else if p <= 0.05 && legs.iter().all(|c| matches!(c, Some(Certainty::Confirmed | Certainty::Indicated))) {
        Certainty::Indicated
    } else {
        Certainty::Open
    }
}
