//! The statistics of the permutation test: terms made ready, and their values in many relabelings at once.

use std::sync::Arc;

use super::super::design::Design;
use super::super::fdr::Tail;
use super::super::random::Random;
use super::super::sparse::Column;
use super::extremes::{Walked, tails};

/// Relabelings that are worked on together.
pub(super) const CHUNK: usize = 128;
/// Sums that are made together.
const BLOCK: usize = 32;
/// What counts as equal, as a share of all of a term: sums are of single precision.
const SAME: f32 = 1e-6;
/// Tail probabilities above this decide nothing.
const FAR: f64 = 0.1;
/// The constants c of the weights.
const BURSTS: [f64; 8] = [0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0];

/// The labels that the bits of a byte stand for, the lowest first.
static OF_BITS: [[f32; 8]; 256] = {
    let mut labels = [[0.0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            labels[byte][bit] = ((byte >> bit) & 1) as f32;
            bit += 1;
        }
        byte += 1;
    }
    labels
};

/// A term made ready.
pub(super) struct Term {
    pub(super) units: Vec<u32>,
    /// By cell: u = w·v (within blocks: the residual).
    u: Vec<f32>,
    /// Σ label·u that relabelings have on average.
    expected: f32,
    observed: f32,
    /// Differences of the statistic that rounding may make near zero.
    nothing: f32,
    /// See [`super::Permuted::direction`].
    pub(super) direction: i8,
    /// See [`super::Permuted::tails`].
    pub(super) tails: [Tail; 2],
    /// p and mid-p, where they can be counted without dealing.
    pub(super) counted: Option<(f64, f64)>,
    /// What p cannot fall below otherwise.
    pub(super) floor: f64,
}

/// How many relabelings were above the observed statistic, below it, and equal.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    above: u64,
    below: u64,
    equal: u64,
}

impl Tally {
    pub(super) fn add(&mut self, more: Self) {
        self.above += more.above;
        self.below += more.below;
        self.equal += more.equal;
    }

    /// Twice the number of those at least as far out on the side of the observed one; `equal` says what an equal one
    /// counts.
    pub(super) fn tails(&self, equal: f64) -> f64 {
        2.0 * (self.above.min(self.below) as f64 + equal * self.equal as f64)
    }
}

/// At most [`CHUNK`] relabelings.
pub(super) enum Chunk {
    /// Labels by unit, `n` each.
    Labels { labels: Vec<f32>, n: usize },
    /// Of two sides, and how many of them are looked at.
    Picks { picks: Arc<Picks>, n: usize },
}

impl Chunk {
    /// From relabelings, given as labels of all units.
    pub(super) fn of(relabelings: &[Vec<f32>], n_units: usize) -> Self {
        /// Rows that are filled together, so that what is written stays in the cache.
        const ROWS: usize = 16;
        let n = relabelings.len();
        let mut labels = vec![0.0; n_units * n];
        for (tile, rows) in labels.chunks_mut(ROWS * n.max(1)).enumerate() {
            for (b, scores) in relabelings.iter().enumerate() {
                for (row, &score) in rows.chunks_exact_mut(n).zip(&scores[tile * ROWS..]) {
                    row[b] = score;
                }
            }
        }
        Self::Labels { labels, n }
    }

    fn n(&self) -> usize {
        match self {
            Self::Labels { n, .. } | Self::Picks { n, .. } => *n,
        }
    }
}

/// Random relabelings of two sides: for each unit a bit for each of them, whether it is labelled 1.
#[derive(Debug)]
pub(super) struct Picks(Vec<[u8; CHUNK / 8]>);

impl Picks {
    /// [`CHUNK`] of them: picks in each stratum the units that are labelled 1.
    pub(super) fn new(frame: &Frame, strata: &[Vec<u32>], random: &mut Random) -> Self {
        // Picks go all over the place, and bits of them stay in the cache.
        let mut picked = vec![[0; CHUNK / 8]; frame.n_units];
        // Any order is a fair start for the next pick.
        let mut orders = strata.to_vec();
        for b in 0..CHUNK {
            for (order, &later) in orders.iter_mut().zip(&frame.later) {
                random.choose(order, later);
                order[..later].iter().for_each(|&unit| picked[unit as usize][b / 8] |= 1 << (b % 8));
            }
        }
        Self(picked)
    }

    pub(super) fn bytes(&self) -> usize {
        self.0.len() * CHUNK / 8
    }
}

/// What holds for all relabelings.
pub(super) struct Frame {
    sizes: Vec<f64>,
    /// Their sum, and that of their squares.
    size_sums: [f64; 2],
    pub(super) n_units: usize,
    /// By stratum, the units labelled 1, of two sides.
    later: Vec<usize>,
    /// By stratum, the mean label.
    mean_label: Vec<f64>,
}

impl Frame {
    pub(super) fn new(design: &Design, scores: &[f32]) -> Self {
        let of = |stratum: &Vec<u32>| stratum.iter().map(|&u| f64::from(scores[u as usize])).sum::<f64>();
        let sizes = design.relative_sizes();
        Self {
            size_sums: [sizes.iter().sum(), sizes.iter().map(|f| f * f).sum()],
            sizes,
            n_units: design.n_units(),
            later: design.strata().iter().map(|s| of(s).max(0.0) as usize).collect(),
            mean_label: design.strata().iter().map(|s| of(s) / s.len() as f64).collect(),
        }
    }

    pub(super) fn prepare(&self, column: Column<'_>, design: &Design) -> Term {
        let burst = nearest_burst(column, &self.sizes, self.size_sums);
        let mut term = Term::empty();
        let mut expected = 0.0;
        for (unit, count) in column.cells() {
            let u = f64::from(count) / (1.0 + BURSTS[burst] * self.sizes[unit]);
            term.push(unit as u32, u);
            expected += u * self.mean_label[design.stratum_of()[unit] as usize];
        }
        term.expected = expected as f32;
        term
    }

    /// Within blocks: v − R f with the rate of the unit's own block. Blocks without the term add nothing.
    pub(super) fn prepare_within(&self, column: Column<'_>, strata: &[Vec<u32>]) -> Term {
        let mut mentions = vec![0.0; self.n_units];
        for (unit, count) in column.cells() {
            mentions[unit] = f64::from(count);
        }
        let mut term = Term::empty();
        for stratum in strata {
            let total: f64 = stratum.iter().map(|&u| mentions[u as usize]).sum();
            if total > 0.0 {
                let rate = total / stratum.iter().map(|&u| self.sizes[u as usize]).sum::<f64>();
                for &unit in stratum {
                    term.push(unit, mentions[unit as usize] - rate * self.sizes[unit as usize]);
                }
            }
        }
        term
    }

    /// Fills in what depends on the observed labels; `rising` says whether they go up with those of the design.
    pub(super) fn observe(&self, term: &mut Term, scores: &[f32], design: &Design, rising: bool) {
        term.observed =
            term.units.iter().zip(&term.u).fold(-term.expected, |sum, (&unit, &u)| sum + u * scores[unit as usize]);
        // Rounding is a share of the terms of a difference, not of the difference.
        term.nothing = SAME * term.u.iter().map(|u| u.abs()).sum::<f32>();
        let sign = if term.observed.abs() <= term.nothing { 0 } else { term.observed.signum() as i8 };
        term.direction = if rising { sign } else { -sign };
        let walked = tails(design, &self.later, &term.units, &term.u);
        let on_side = |label: f32| -> f64 {
            let cells = term.units.iter().zip(&term.u);
            cells.filter(|(unit, _)| scores[**unit as usize] == label).map(|(_, &u)| f64::from(u)).sum()
        };
        let known = [walked[0].of(on_side(0.0)), walked[1].of(on_side(1.0))];
        // Both tails follow from one: what is not at most as far out is farther in.
        term.counted = known
            .into_iter()
            .flatten()
            .next()
            .map(|(to, below)| (2.0 * to.min(1.0 - below).min(0.5), (to + below).min(2.0 - to - below).min(1.0)));
        // What is not counted is farther in than all that is.
        let last = |w: &Walked| w.chances.last().copied().unwrap_or(0.0);
        term.floor = (2.0 * last(&walked[0]).min(last(&walked[1]))).min(1.0);
        term.tails = walked.map(|w| {
            // Values beyond any threshold are not kept, but for the first of them.
            let kept = w.chances.partition_point(|&c| c <= FAR) + 1;
            Tail::new(w.chances.into_iter().take(kept).collect())
        });
    }

    /// The statistic of a term in each relabeling of a chunk: what the side labelled 1 has beyond its due.
    fn statistics(term: &Term, chunk: &Chunk) -> [f32; CHUNK] {
        let mut sum = [-term.expected; CHUNK];
        let cells = || term.units.iter().zip(&term.u);
        match chunk {
            Chunk::Labels { labels, n } => {
                for (&unit, &u) in cells() {
                    let row = &labels[unit as usize * n..(unit as usize + 1) * n];
                    sum.iter_mut().zip(row).for_each(|(x, &label)| *x += u * label);
                }
            }
            Chunk::Picks { picks, .. } => {
                // So many sums at a time as registers hold.
                for (block, sum) in sum.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
                    for (&unit, &u) in cells() {
                        let picked = &picks.0[unit as usize].as_chunks::<{ BLOCK / 8 }>().0[block];
                        for (sum, &bits) in sum.as_chunks_mut::<8>().0.iter_mut().zip(picked) {
                            sum.iter_mut().zip(&OF_BITS[usize::from(bits)]).for_each(|(x, &label)| *x += u * label);
                        }
                    }
                }
            }
        }
        sum
    }

    pub(super) fn tally(term: &Term, chunk: &Chunk) -> Tally {
        let (statistics, n) = (Self::statistics(term, chunk), chunk.n());
        let (low, high) = (term.observed - term.nothing, term.observed + term.nothing);
        let above = statistics[..n].iter().filter(|&&t| t > high).count() as u64;
        let below = statistics[..n].iter().filter(|&&t| t < low).count() as u64;
        // What cannot be computed counts in both tails.
        Tally { above, below, equal: n as u64 - above - below }
    }
}

impl Term {
    fn empty() -> Self {
        Self {
            units: Vec::new(),
            u: Vec::new(),
            expected: 0.0,
            observed: 0.0,
            nothing: 0.0,
            direction: 0,
            tails: [Tail::default(), Tail::default()],
            counted: None,
            floor: 0.0,
        }
    }

    fn push(&mut self, unit: u32, u: f64) {
        self.units.push(unit);
        self.u.push(u as f32);
    }
}

/// The constant nearest to φ·μ, the excess of the pooled variance of v over that of independent mentions, by moments:
/// φμ = Σ((k − μf)² − μf) / (μ Σ f²). It sees no labels.
/// `all` and `squares` are the sums of the sizes and of their squares.
fn nearest_burst(column: Column<'_>, sizes: &[f64], [all, squares]: [f64; 2]) -> usize {
    let total = column.total() as f64;
    if total == 0.0 {
        return 0;
    }
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
