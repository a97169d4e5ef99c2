//! Tests of themes that were fitted with years weighed equally: then labels take part in the fit, and a test has to repeat it.

use rayon::prelude::*;

use super::choose::refitted;
use super::table::Table;
use super::{FoundTheme, FoundThemes, topic_table, year_factors};
use crate::corpus::Year;
use crate::counts::ConceptId;
use crate::error::Result;
use crate::stats::design::Design;
use crate::stats::permutation::dealt_labels;
use crate::trends::assess::Tester;
use crate::trends::comparison::Comparison;
use crate::trends::findings::Trends;

/// Times that years are dealt and themes are fitted anew.
const DEALS: u64 = 99;
/// Talks of a fit at most.
const MOST_TALKS: usize = 3_000;
/// A stream of random numbers that nothing else uses.
const STREAM: u64 = 1 << 42;

/// What stays the same in all deals.
struct Ground<'t> {
    table: &'t Table,
    /// The row of the matrix of each row of the table.
    talks: &'t [usize],
    tester: &'t Tester,
    comparisons: &'t [Comparison],
}

impl Ground<'_> {
    /// For each comparison the mentions that each list of columns has on the later side beyond its due, in standard
    /// deviations, without their sign.
    fn moved(&self, lists: &[Vec<usize>], years: &[Year]) -> Vec<Vec<f64>> {
        self.comparisons.iter().map(|c| lists.iter().map(|columns| self.z(columns, *c, years)).collect()).collect()
    }

    fn z(&self, columns: &[usize], comparison: Comparison, years: &[Year]) -> f64 {
        let side = |row: usize| match years[row] {
            year if comparison.from.contains(year) => Some(0),
            year if comparison.to.contains(year) => Some(1),
            _ => None,
        };
        let (mut words, mut mentions) = ([0.0; 2], [0.0; 2]);
        for row in 0..self.talks.len() {
            if let Some(side) = side(row) {
                words[side] += self.tester.sizes[self.talks[row]];
            }
        }
        let mut named = vec![0u32; self.talks.len()];
        for &column in columns {
            self.table.counts.column(column).cells().for_each(|(row, n)| named[row] += n);
        }
        for (row, &n) in named.iter().enumerate() {
            if let Some(side) = side(row) {
                mentions[side] += f64::from(n.min(self.tester.permutation.cap));
            }
        }
        let (all, later) = (mentions[0] + mentions[1], words[1] / (words[0] + words[1]));
        let spread = (all * later * (1.0 - later)).sqrt();
        if spread > 0.0 { ((mentions[1] - all * later) / spread).abs() } else { 0.0 }
    }
}

/// For each comparison and theme the share of deals of all years, the observed one among them, in which *any* theme that is
/// fitted to them moves as far. The number of themes stays as it was chosen.
pub(crate) fn refit_p(trends: &Trends, found: &FoundThemes, tester: &Tester, seed: u64) -> Result<Vec<Vec<f64>>> {
    let (talks, table) = topic_table(&trends.matrix, &trends.concepts, |row| tester.counted[row])?;
    let ground = Ground { table: &table, talks: &talks, tester, comparisons: &trends.comparisons };
    let column = |concept: ConceptId| table.concepts.binary_search(&concept).ok();
    let columns = |t: &FoundTheme| t.concepts.iter().filter_map(|c| column(c.0)).collect();
    let themes: Vec<Vec<usize>> = found.themes.iter().map(columns).collect();
    let years: Vec<Year> = talks.iter().map(|&row| tester.years[row]).collect();
    let observed = ground.moved(&themes, &years);
    let labels: Vec<Option<f64>> =
        tester.years.iter().zip(&tester.counted).map(|(&y, &counted)| counted.then_some(f64::from(y))).collect();
    let design = Design::new(&tester.sizes, &labels, tester.blocks.as_deref())?;
    let n = found.themes.len() + found.not_shown;
    let furthest = |i: u64| -> Vec<f64> {
        let dealt = dealt_labels(&design, seed, STREAM + i);
        let years: Vec<Year> = talks.iter().map(|&row| dealt[row].map_or(tester.years[row], |y| y as Year)).collect();
        let weights = table.weights.scaled(&year_factors(&years));
        let themes = refitted(&weights.sample(MOST_TALKS, seed), n);
        ground.moved(&themes, &years).into_iter().map(|z| z.into_iter().fold(0.0, f64::max)).collect()
    };
    let furthest: Vec<Vec<f64>> = (0..DEALS).into_par_iter().map(furthest).collect();
    let p = |comparison: usize, z: f64| {
        // As far but for rounding is as far.
        let as_far = furthest.iter().filter(|of_deal| of_deal[comparison] >= z * (1.0 - 1e-6)).count();
        (as_far + 1) as f64 / (DEALS + 1) as f64
    };
    Ok(observed.iter().enumerate().map(|(c, all)| all.iter().map(|&z| p(c, z)).collect()).collect())
}
