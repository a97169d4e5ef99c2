//! Three and more years: how a term went over all of them.

use rayon::prelude::*;

use super::assess::Tester;
use crate::corpus::Year;
use crate::error::Result;
use crate::stats::design::Design;
use crate::stats::effect::SideSizes;
use crate::stats::permutation::{PermutationSettings, discoveries, permute};
use crate::stats::ranks::{kendall_tau_b, theil_sen};
use crate::stats::sparse::SparseCounts;
use crate::stats::trend::{Resamples, year_of_change, yearly_spreads};

/// A term or theme over all years of a corpus of three and more.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendLine {
    /// Key of the concept, name of the theme.
    pub key: String,
    /// What to show.
    pub label: String,
    /// Mentions per 1,000 words in each year.
    pub rates: Vec<f64>,
    /// Talks with a mention, all years together.
    pub sessions: usize,
    /// Theil and Sen's slope of the yearly rates: change of mentions per 1,000 words in a year.
    pub slope: f64,
    /// Its 95 % interval, by resampling talks within their years; blocks are left aside.
    pub interval: Option<(f64, f64)>,
    /// Kendall's τ_b of years and yearly rates: a description, no test.
    pub tau: Option<f64>,
    /// Two-sided p of a trend over talks, year labels permuted.
    pub p: Option<f64>,
    /// Its q among all terms (or themes) of the table.
    pub q: Option<f64>,
    /// The first year after the clearest change of rate.
    pub year_of_change: Option<Year>,
}

/// A term whose p cannot be as small as this has no trend line.
const LARGEST_SMALLEST_P: f64 = 0.05;

/// The trend lines of the columns that enough talks name; `names` gives key and label.
pub(crate) fn trend_lines(
    tester: &Tester,
    years: &[Year],
    counts: &SparseCounts,
    columns: &[usize],
    names: impl Fn(usize) -> (String, String) + Sync,
) -> Result<Vec<TrendLine>> {
    let labels: Vec<Option<f64>> =
        tester.years.iter().zip(&tester.counted).map(|(&y, &counted)| counted.then_some(f64::from(y))).collect();
    let design = Design::new(&tester.sizes, &labels, tester.blocks.as_deref())?;
    let grouped = design.regroup(counts);
    let smallest = |c: usize| design.smallest_p(grouped.column(c).cells().map(|(unit, _)| unit));
    let columns: Vec<usize> = columns.iter().copied().filter(|&c| smallest(c) <= LARGEST_SMALLEST_P).collect();
    // Dealing many years to all talks costs more than two; 10,000 relabelings are enough for a table.
    let settings =
        PermutationSettings { max_shuffles: tester.permutation.max_shuffles.min(10_000), ..tester.permutation };
    let tests = permute(&design, counts, &columns, &vec![true; columns.len()], &settings)?;
    let q = discoveries(&tests);
    let year_of = |row: usize| labels[row].and_then(|_| years.binary_search(&tester.years[row]).ok());
    let mut totals = vec![SideSizes::default(); years.len()];
    for (row, &size) in tester.sizes.iter().enumerate() {
        if let Some(year) = year_of(row) {
            totals[year].add(size);
        }
    }
    let resamples = Resamples::new(&tester.sizes, &labels, tester.permutation.seed);
    let x: Vec<f64> = years.iter().map(|&y| f64::from(y)).collect();
    let line = |(i, &column): (usize, &usize)| {
        let (key, label) = names(column);
        let spreads = yearly_spreads(counts.column(column), &tester.sizes, &totals, year_of);
        let rates: Vec<f64> =
            spreads.iter().map(|s| if s.size > 0.0 { 1000.0 * s.mentions / s.size } else { 0.0 }).collect();
        TrendLine {
            key,
            label,
            sessions: spreads.iter().map(|s| s.df as usize).sum(),
            slope: theil_sen(&x, &rates).unwrap_or(0.0),
            interval: resamples.slope_interval(counts.column(column)).map(|(a, b)| (1000.0 * a, 1000.0 * b)),
            tau: kendall_tau_b(&x, &rates),
            p: Some(tests[i].p),
            q: Some(q[i]),
            year_of_change: year_of_change(&spreads).map(|i| years[i]),
            rates,
        }
    };
    Ok(columns.par_iter().enumerate().map(line).collect())
}
