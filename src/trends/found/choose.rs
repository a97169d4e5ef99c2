//! How many themes, and which of them can be shown.

use std::cmp::Reverse;
use std::mem;
use std::ops::Range;

use ndarray::{Array2, Axis};
use rayon::prelude::*;

use super::table::Table;
use super::{FEWEST_TALKS, TOP, Tried};
use crate::stats::coherence::{diversity, npmi};
use crate::stats::factorize::{
    Consensus, FactorizeSettings, LEAST_LIKENESS, SparseWeights, characteristic, consensus, cosines, factorize, weigh,
};
use crate::stats::random::Random;

/// Share of talks in a resample.
const SHARE: f64 = 0.8;
/// A theme is shown if its mean cosine in the resamples and its mean NPMI are at least so large.
const LEAST_STABILITY: f64 = 0.75;
const LEAST_COHERENCE: f64 = 0.05;
/// Resamples that tell numbers of themes apart, and that the themes are made of.
const ROUGH_REFITS: u64 = 4;
const REFITS: u64 = 8;
/// Enough where several fits are put together.
const ROUGH: FactorizeSettings = FactorizeSettings { max_rounds: 40, tolerance: 3e-3, start_rounds: 5 };

/// How the number of themes is chosen.
pub(super) struct Search {
    /// Numbers that are tried, as far as there are `talks_a_theme` talks for each.
    ladder: &'static [usize],
    talks_a_theme: usize,
    /// Talks at most that the number is chosen by, and that the themes are fitted to.
    most_for_choice: usize,
    most_for_fit: usize,
}

impl Search {
    /// Of a corpus.
    pub(super) const THEMES: Self = Self {
        ladder: &[4, 6, 8, 10, 15, 20, 30, 40, 50],
        talks_a_theme: 10,
        most_for_choice: 3_000,
        most_for_fit: 12_000,
    };
    /// Of the talks of one theme.
    pub(super) const SUBTHEMES: Self =
        Self { ladder: &[2, 3, 4, 6, 8, 10, 15], talks_a_theme: 20, most_for_choice: 500, most_for_fit: 2_000 };
}

/// The factors that fits have in common, with what is known of each.
pub(super) struct Fitted {
    /// Concepts × factors.
    pub columns: Array2<f32>,
    /// The characteristic columns of each factor with their weights, the first the most characteristic.
    pub top: Vec<Vec<(usize, f64)>>,
    pub stability: Vec<f64>,
    pub coherence: Vec<f64>,
    /// Sum of the weights over the talks.
    pub weight: Vec<f64>,
}

impl Fitted {
    pub(super) fn is_shown(&self, factor: usize) -> bool {
        self.stability[factor] >= LEAST_STABILITY && self.coherence[factor] >= LEAST_COHERENCE
    }

    /// With the factors in the order of their weights in some talks.
    fn weighed(self, talks: &SparseWeights) -> Self {
        let weights = weigh(talks, &self.columns);
        let weight: Vec<f64> = weights.columns().into_iter().map(|of| of.iter().map(|w| f64::from(*w)).sum()).collect();
        let mut order: Vec<usize> = (0..self.top.len()).collect();
        order.sort_by(|&a, &b| weight[b].total_cmp(&weight[a]).then(a.cmp(&b)));
        Self { weight: order.iter().map(|&t| weight[t]).collect(), ..self.select(&order) }
    }

    /// With what can be shown of other fits and is like nothing that can be shown here, the most stable first; it takes the
    /// place of what it is like.
    fn with<'f>(mut self, others: impl Iterator<Item = &'f Self>) -> Self {
        let shown = |other: &'f Self| (0..other.top.len()).filter(|&t| other.is_shown(t)).map(move |t| (other, t));
        let mut more: Vec<(&Self, usize)> = others.flat_map(shown).collect();
        more.sort_by(|(a, i), (b, j)| b.stability[*j].total_cmp(&a.stability[*i]));
        for (other, t) in more {
            let cosines = cosines(other.columns.select(Axis(1), &[t]).view(), self.columns.view());
            let (like, unlike): (Vec<usize>, Vec<usize>) =
                (0..self.top.len()).partition(|&own| cosines[[0, own]] >= LEAST_LIKENESS);
            if like.iter().any(|&own| self.is_shown(own)) {
                continue;
            }
            self = self.select(&unlike);
            self.columns.push_column(other.columns.column(t)).expect("the same concepts");
            self.top.push(other.top[t].clone());
            self.stability.push(other.stability[t]);
            self.coherence.push(other.coherence[t]);
        }
        self
    }

    /// Some of the factors, in the order asked for, without their weights.
    fn select(&self, factors: &[usize]) -> Self {
        Self {
            columns: self.columns.select(Axis(1), factors),
            top: factors.iter().map(|&t| self.top[t].clone()).collect(),
            stability: factors.iter().map(|&t| self.stability[t]).collect(),
            coherence: factors.iter().map(|&t| self.coherence[t]).collect(),
            weight: Vec::new(),
        }
    }

    fn tried(&self) -> Tried {
        let n = self.top.len();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / n as f64;
        let lists = columns(&self.top);
        Tried {
            n,
            shown: (0..n).filter(|&t| self.is_shown(t)).count(),
            stability: mean(&self.stability),
            coherence: mean(&self.coherence),
            diversity: diversity(lists.iter().map(Vec::as_slice)).unwrap_or(0.0),
        }
    }
}

/// Tries numbers of themes and fits the one that gives most themes that can be shown (the smaller of equals), with those of
/// numbers near it that it lacks; none if none can be. `number` is the only one that is tried, if it is given.
pub(super) fn choose(table: &Table, search: &Search, number: Option<usize>, seed: u64) -> (Vec<Tried>, Option<Fitted>) {
    let n = table.weights.n_rows();
    let most = table.weights.n_columns().min(n);
    let fits = |k: usize| n >= FEWEST_TALKS && k <= most;
    let ladder: Vec<usize> = match number {
        Some(number) => Some(number).filter(|&k| fits(k)).into_iter().collect(),
        None => search.ladder.iter().copied().filter(|&k| fits(k) && k * search.talks_a_theme <= n).collect(),
    };
    let sample = table.weights.sample(search.most_for_choice, seed);
    let mut rough: Vec<(Fitted, Vec<Array2<f32>>)> = Vec::new();
    for k in ladder {
        let refits = refits(&sample, k, seed, 0..ROUGH_REFITS);
        rough.push((judged(table, &refits), refits));
    }
    let tried: Vec<Tried> = rough.iter().map(|(fitted, _)| fitted.tried()).collect();
    let best = (0..tried.len()).max_by_key(|&i| (tried[i].shown, Reverse(i)));
    let Some(best) = best.filter(|&i| tried[i].shown > 0) else { return (tried, None) };
    let k = tried[best].n;
    let whole = table.weights.sample(search.most_for_fit, seed);
    let mut of_best = if whole.n_rows() == sample.n_rows() { mem::take(&mut rough[best].1) } else { Vec::new() };
    of_best.extend(refits(&whole, k, seed, of_best.len() as u64..REFITS));
    let near = |&i: &usize| i != best && (k.div_ceil(2)..=2 * k).contains(&tried[i].n);
    let others = (0..tried.len()).filter(near).map(|i| &rough[i].0);
    let fitted = judged(table, &of_best).with(others).weighed(&whole);
    let any = (0..fitted.top.len()).any(|t| fitted.is_shown(t));
    (tried, any.then_some(fitted))
}

/// The characteristic columns of each factor of a rough fit.
pub(super) fn refitted(talks: &SparseWeights, k: usize) -> Vec<Vec<usize>> {
    columns(&factorize(talks, k, &ROUGH).characteristic(TOP))
}

/// What few fits of parts of some talks have in common.
pub(super) fn assessed(table: &Table, talks: &SparseWeights, k: usize, seed: u64) -> Fitted {
    judged(table, &refits(talks, k, seed, 0..ROUGH_REFITS)).weighed(talks)
}

/// The columns of fits of parts of some talks, drawn at random.
fn refits(talks: &SparseWeights, k: usize, seed: u64, resamples: Range<u64>) -> Vec<Array2<f32>> {
    let part = (SHARE * talks.n_rows() as f64) as usize;
    let refit = |resample: u64| {
        let mut rows: Vec<usize> = (0..talks.n_rows()).collect();
        Random::new(seed, 1 + resample).choose(&mut rows, part);
        rows.truncate(part);
        rows.sort_unstable();
        factorize(&talks.select(&rows), k.min(part), &ROUGH).columns
    };
    resamples.into_par_iter().map(refit).collect()
}

/// What fits of parts of the talks have in common.
fn judged(table: &Table, refits: &[Array2<f32>]) -> Fitted {
    let Consensus { columns: factors, stability } = consensus(refits);
    let top = characteristic(&factors, TOP);
    let coherence = columns(&top).iter().map(|top| npmi(&table.counts, top).unwrap_or(-1.0)).collect();
    Fitted { columns: factors, top, stability, coherence, weight: Vec::new() }
}

fn columns(top: &[Vec<(usize, f64)>]) -> Vec<Vec<usize>> {
    top.iter().map(|top| top.iter().map(|c| c.0).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(factors: &[([f32; 4], f64)]) -> Fitted {
        let n = factors.len();
        let columns = Array2::from_shape_fn((4, n), |(c, t)| factors[t].0[c]);
        let top = characteristic(&columns, 2);
        let stability = factors.iter().map(|f| f.1).collect();
        Fitted { columns, top, stability, coherence: vec![0.2; n], weight: Vec::new() }
    }

    #[test]
    fn themes_of_other_numbers_fill_what_is_lacking() {
        let best = fitted(&[([1., 0., 0., 0.], 0.9), ([0., 0.8, 0.6, 0.], 0.5), ([0., 0., 0., 1.], 0.4)]);
        let other = fitted(&[
            ([0.8, 0., 0., 0.6], 0.95),
            ([0., 1., 0., 0.], 0.8),
            ([0., 0.6, 0.8, 0.], 0.85),
            ([0., 0., 0., 1.], 0.7),
        ]);
        // The first of the others is here already, the second is like the third, and the fourth cannot be shown.
        let both = best.with([&other].into_iter());
        assert_eq!(both.stability, [0.9, 0.4, 0.85]);
        assert_eq!(both.columns.column(2).to_vec(), [0., 0.6, 0.8, 0.]);
        assert_eq!((both.top.len(), both.top[2][0].0), (3, 2));
    }
}
