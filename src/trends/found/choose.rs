//! How many themes, and which of them can be shown.

use std::ops::Range;

use ndarray::Array2;
use rayon::prelude::*;

use super::table::Table;
use super::{FEWEST_TALKS, TOP, Tried};
use crate::stats::coherence::{diversity, npmi};
use crate::stats::factorize::{FactorizeSettings, SparseWeights, factorize};
use crate::stats::random::Random;

/// Share of talks in a resample.
const SHARE: f64 = 0.8;
/// A theme is shown if its mean cosine in the resamples and its mean NPMI are at least so large.
const LEAST_STABILITY: f64 = 0.75;
const LEAST_COHERENCE: f64 = 0.05;
/// Talks of a resample at most.
const MOST_IN_RESAMPLE: usize = 3_000;
/// Enough to tell numbers of themes apart.
const ROUGH: FactorizeSettings = FactorizeSettings { max_rounds: 40, tolerance: 3e-3 };

/// How well a fit is made, and by how many resamples it is judged.
pub(super) struct Quality {
    fit: FactorizeSettings,
    resamples: u64,
}

impl Quality {
    pub(super) const ROUGH: Self = Self { fit: ROUGH, resamples: 4 };
    const FINE: Self = Self { fit: FactorizeSettings { max_rounds: 200, tolerance: 1e-3 }, resamples: 8 };
}

/// How the number of themes is chosen.
pub(super) struct Search {
    /// Numbers that are tried, as far as there are `talks_a_theme` talks for each.
    ladder: &'static [usize],
    talks_a_theme: usize,
    /// Talks at most that the number is chosen by, and that the themes are fitted to.
    most_for_choice: usize,
    most_for_fit: usize,
    choice: Quality,
    fit: Quality,
}

impl Search {
    /// Of a corpus.
    pub(super) const THEMES: Self = Self {
        ladder: &[4, 6, 8, 10, 15, 20, 30, 40, 50],
        talks_a_theme: 10,
        most_for_choice: 3_000,
        most_for_fit: 12_000,
        choice: Quality::ROUGH,
        fit: Quality::FINE,
    };
    /// Of the talks of one theme.
    pub(super) const SUBTHEMES: Self = Self {
        ladder: &[2, 3, 4, 6, 8, 10, 15],
        talks_a_theme: 20,
        most_for_choice: 500,
        most_for_fit: 2_000,
        choice: Quality::ROUGH,
        fit: Quality::FINE,
    };
}

/// A fit with what is known of each of its factors.
pub(super) struct Fitted {
    /// Concepts × factors.
    pub columns: Array2<f32>,
    /// The characteristic columns of each factor with their weights, the first the most characteristic.
    pub top: Vec<Vec<(usize, f64)>>,
    pub stability: Vec<f64>,
    pub coherence: Vec<f64>,
    /// Sum of the weights over all talks of the fit.
    pub weight: Vec<f64>,
}

impl Fitted {
    pub(super) fn is_shown(&self, factor: usize) -> bool {
        self.stability[factor] >= LEAST_STABILITY && self.coherence[factor] >= LEAST_COHERENCE
    }

    fn tried(&self) -> Tried {
        let n = self.top.len();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / n as f64;
        let lists: Vec<Vec<usize>> = self.top.iter().map(|top| top.iter().map(|c| c.0).collect()).collect();
        Tried {
            n,
            shown: (0..n).filter(|&t| self.is_shown(t)).count(),
            stability: mean(&self.stability),
            coherence: mean(&self.coherence),
            diversity: diversity(lists.iter().map(Vec::as_slice)).unwrap_or(0.0),
        }
    }
}

/// Tries numbers of themes and fits the one that gives most themes that can be shown (the smaller of equals); none if none
/// can be. `number` is the only one that is tried, if it is given.
pub(super) fn choose(table: &Table, search: &Search, number: Option<usize>, seed: u64) -> (Vec<Tried>, Option<Fitted>) {
    let n = table.weights.n_rows();
    let most = table.weights.n_columns().min(n);
    let fits = |k: usize| n >= FEWEST_TALKS && k <= most;
    let ladder: Vec<usize> = match number {
        Some(number) => Some(number).filter(|&k| fits(k)).into_iter().collect(),
        None => search.ladder.iter().copied().filter(|&k| fits(k) && k * search.talks_a_theme <= n).collect(),
    };
    let sample = table.weights.sample(search.most_for_choice, seed);
    let mut tried = Vec::new();
    let mut best: Option<(Tried, Vec<Array2<f32>>)> = None;
    for k in ladder {
        let refits = refits(&sample, k, seed, 0..search.choice.resamples);
        let one = judged(table, &sample, k, &search.choice.fit, &refits).tried();
        tried.push(one);
        if best.as_ref().is_none_or(|(b, _)| one.shown > b.shown) {
            best = Some((one, refits));
        }
    }
    let Some((best, mut of_best)) = best.filter(|(b, _)| b.shown > 0) else { return (tried, None) };
    let whole = table.weights.sample(search.most_for_fit, seed);
    if whole.n_rows() != sample.n_rows() {
        of_best.clear();
    }
    of_best.extend(refits(&whole, best.n, seed, of_best.len() as u64..search.fit.resamples));
    let fitted = judged(table, &whole, best.n, &search.fit.fit, &of_best);
    let any = (0..best.n).any(|t| fitted.is_shown(t));
    (tried, any.then_some(fitted))
}

/// The characteristic columns of each factor of a rough fit.
pub(super) fn refitted(talks: &SparseWeights, k: usize) -> Vec<Vec<usize>> {
    let top = factorize(talks, k, &ROUGH).characteristic(TOP);
    top.into_iter().map(|top| top.into_iter().map(|c| c.0).collect()).collect()
}

/// A fit of some talks, held against fits of parts of them.
pub(super) fn assessed(table: &Table, talks: &SparseWeights, k: usize, seed: u64, quality: &Quality) -> Fitted {
    judged(table, talks, k, &quality.fit, &refits(talks, k, seed, 0..quality.resamples))
}

/// The columns of fits of parts of some talks, drawn at random.
fn refits(talks: &SparseWeights, k: usize, seed: u64, resamples: Range<u64>) -> Vec<Array2<f32>> {
    let part = (SHARE * talks.n_rows() as f64) as usize;
    let refit = |resample: u64| {
        let mut rows: Vec<usize> = (0..talks.n_rows()).collect();
        Random::new(seed, 1 + resample).choose(&mut rows, part);
        rows.truncate(part.min(MOST_IN_RESAMPLE));
        rows.sort_unstable();
        factorize(&talks.select(&rows), k.min(part), &ROUGH).columns
    };
    resamples.into_par_iter().map(refit).collect()
}

/// A fit of some talks, held against others.
fn judged(
    table: &Table,
    talks: &SparseWeights,
    k: usize,
    settings: &FactorizeSettings,
    others: &[Array2<f32>],
) -> Fitted {
    let fit = factorize(talks, k, settings);
    let agreements: Vec<Vec<f64>> = others.par_iter().map(|other| agreement(&fit.columns, other)).collect();
    let stability = (0..k).map(|t| agreements.iter().map(|a| a[t]).sum::<f64>() / agreements.len() as f64).collect();
    let weight: Vec<f64> = (0..k).map(|t| fit.rows.column(t).iter().map(|w| f64::from(*w)).sum()).collect();
    let top = fit.characteristic(TOP);
    let coherence = top
        .iter()
        .map(|top| {
            let columns: Vec<usize> = top.iter().map(|c| c.0).collect();
            npmi(&table.counts, &columns).unwrap_or(-1.0)
        })
        .collect();
    let fitted = Fitted { columns: fit.columns, top, stability, coherence, weight };
    by_weight(fitted)
}

/// Factors in the order of their weights.
fn by_weight(fitted: Fitted) -> Fitted {
    let mut order: Vec<usize> = (0..fitted.top.len()).collect();
    order.sort_by(|&a, &b| fitted.weight[b].total_cmp(&fitted.weight[a]).then(a.cmp(&b)));
    Fitted {
        columns: fitted.columns.select(ndarray::Axis(1), &order),
        top: order.iter().map(|&t| fitted.top[t].clone()).collect(),
        stability: order.iter().map(|&t| fitted.stability[t]).collect(),
        coherence: order.iter().map(|&t| fitted.coherence[t]).collect(),
        weight: order.iter().map(|&t| fitted.weight[t]).collect(),
    }
}

/// Cosines of the factors of two fits over the same concepts.
pub(super) fn cosines(fit: &Array2<f32>, other: &Array2<f32>) -> Array2<f64> {
    // Columns have length one. Added in order, so that the kind of processor does not show.
    let mut cosines = Array2::<f64>::zeros((fit.ncols(), other.ncols()));
    for (row, of_other) in fit.rows().into_iter().zip(other.rows()) {
        for (factor, &weight) in row.iter().enumerate().filter(|(_, w)| **w > 0.0) {
            let add = |sum: &mut f64, other: &f32| *sum += f64::from(weight) * f64::from(*other);
            cosines.row_mut(factor).zip_mut_with(&of_other, add);
        }
    }
    cosines
}

/// Of each factor of a fit, the cosine with its counterpart in another one: the closest pair first, each factor once.
fn agreement(fit: &Array2<f32>, other: &Array2<f32>) -> Vec<f64> {
    let cosines = cosines(fit, other);
    let mut pairs: Vec<(usize, usize)> = cosines.indexed_iter().map(|(at, _)| at).collect();
    pairs.sort_by(|&a, &b| cosines[b].total_cmp(&cosines[a]).then(a.cmp(&b)));
    let mut found: Vec<Option<f64>> = vec![None; fit.ncols()];
    let mut used = vec![false; other.ncols()];
    for (own, counterpart) in pairs {
        if found[own].is_none() && !used[counterpart] {
            found[own] = Some(cosines[[own, counterpart]]);
            used[counterpart] = true;
        }
    }
    found.into_iter().map(|f| f.unwrap_or(0.0)).collect()
}
