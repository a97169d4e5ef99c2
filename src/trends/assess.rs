//! Test, interval and verdict of every shift of a comparison.

use std::borrow::Cow;

use rayon::prelude::*;

use super::comparison::Comparison;
use super::shift::{Shift, Side};
use super::verdict::{Certainty, DECIDABLE_P, Grounds, Verdict, judge};
use crate::error::Result;
use crate::stats::design::{Design, Scheme};
use crate::stats::dispersion::deviation_of_proportions;
use crate::stats::effect::{SideSizes, minimum_detectable, ratio_interval, side_spreads};
use crate::stats::permutation::{Dealings, PermutationSettings, discoveries, permute_with};
use crate::stats::sparse::{Column, SparseCounts};

/// What the statistics say of a shift. Without statistics, everything is empty and the verdict `undecided`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Assessment {
    /// Two-sided p of the permutation test; none where too few talks name the term for any answer.
    pub p: Option<f64>,
    /// Mid-p: nearer to nominal where few values can be attained.
    pub mid_p: Option<f64>,
    /// q within the family of its comparison; none outside it.
    pub q: Option<f64>,
    /// Whether p counts all relabelings, not a random part of them.
    pub exact: bool,
    /// A bound that p cannot fall below: the p that there would be, were all talks that name the term on one side
    /// ([`Design::smallest_p`]).
    pub smallest_p: f64,
    /// log2 of the ratio of rates, not shrunk; none where a side is zero.
    pub log2_ratio: Option<f64>,
    /// Lower limit of its 95 % interval; minus infinity where the later side is zero.
    pub low: Option<f64>,
    /// Upper limit; infinity where the earlier side is zero.
    pub high: Option<f64>,
    /// The smallest change, as a log2 ratio, that would probably (80 %) have been seen at p ≤ .05.
    pub minimum_detectable: Option<f64>,
    /// Gries' deviation of proportions over the talks of both sides.
    pub dispersion: Option<f64>,
    /// Mean over the earlier talks of mentions per 1,000 words.
    pub mean_rate_from: f64,
    /// The same over the later talks.
    pub mean_rate_to: f64,
    /// p without the mentions of the talk that names the term most on the heavier side; where p ≤ .05 or q ≤ .20.
    pub p_without_top: Option<f64>,
    /// Whether one talk makes the shift: p is above .20 without it, or only one talk of the heavier side names the term.
    pub one_session: bool,
    /// Whether a single cluster of talks (event, speaker) names it on the heavier side, where that has three or more:
    /// rankings show it behind what several name.
    pub one_cluster: bool,
    /// Whether token share, session share and mean session share point to different directions.
    pub rates_disagree: bool,
    /// What it looks like.
    pub verdict: Verdict,
    /// How sure that is; none for `stable`, `undecided`, `not decidable`.
    pub certainty: Option<Certainty>,
}

impl Assessment {
    /// Whether there are no statistics.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        // Every comparison has some smallest p.
        self.smallest_p == 0.0
    }

    /// The limit of the 95 % interval that is nearer to no change, in the direction of the effect; negative where the
    /// interval holds no change. None without an interval.
    #[must_use]
    pub fn near_end(&self, effect: f64) -> Option<f64> {
        if effect >= 0.0 { self.low } else { self.high.map(|h| -h) }
    }
}

/// One family of tests within a comparison, for the table of comparisons.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// The comparison.
    pub comparison: Comparison,
    /// `terms`, `themes`, `found`, `subthemes` or `watch`.
    pub kind: &'static str,
    /// Tests in the family.
    pub tests: usize,
    /// Shifts outside the family that have a p.
    pub tested_outside: usize,
    /// Units on each side: talks, or blocks.
    pub units: (usize, usize),
    /// How labels are dealt.
    pub scheme: Scheme,
    /// The smallest p that any shift could have.
    pub smallest_p: f64,
    /// How much of the difference of the years is not one of lengths ([`Design::overlap`]).
    pub overlap: f64,
}

/// How shifts are tested.
#[derive(Debug, Clone)]
pub(crate) struct Tester {
    /// Words of each row.
    pub sizes: Vec<f64>,
    /// Whether a row counts as a talk.
    pub counted: Vec<bool>,
    /// Years of the rows.
    pub years: Vec<i32>,
    pub blocks: Option<Vec<u32>>,
    /// Clusters of the rows, declared or found.
    pub clusters: Option<Vec<u32>>,
    pub permutation: PermutationSettings,
    pub may_confirm: bool,
}

/// What is tested: columns of a table of rows × anything, one for each shift of a comparison.
pub(crate) struct Asked<'a> {
    pub kind: &'static str,
    pub counts: &'a SparseCounts,
    /// The column of each shift.
    pub columns: Vec<usize>,
    /// Which shifts are in the family, if enough talks name them.
    pub in_family: Vec<bool>,
    /// Whether what a single talk (or block) names is kept out of the family.
    pub filtered: bool,
    /// What p and q of each shift are at least; empty for no such bounds.
    pub least_p: Vec<f64>,
}

impl Tester {
    /// The side of each row: 0 the earlier one, 1 the later one, none for rows that take no part.
    pub(super) fn labels(&self, comparison: Comparison) -> Vec<Option<f64>> {
        let label = |row: usize| {
            let year = self.years[row];
            match () {
                () if !self.counted[row] => None,
                () if comparison.from.contains(year) => Some(0.0),
                () if comparison.to.contains(year) => Some(1.0),
                () => None,
            }
        };
        (0..self.years.len()).map(label).collect()
    }

    /// The sides of a comparison, unless one is empty.
    pub(crate) fn sides(&self, comparison: Comparison) -> Result<Option<Sides<'_>>> {
        let labels = self.labels(comparison);
        if ![0.0, 1.0].iter().all(|side| labels.contains(&Some(*side))) {
            return Ok(None);
        }
        let design = Design::new(&self.sizes, &labels, self.blocks.as_deref())?;
        let many_clusters = self.sides_with_clusters(&labels);
        Ok(Some(Sides { tester: self, comparison, labels, many_clusters, design, dealings: Dealings::default() }))
    }

    /// Whether each side has three clusters and more.
    fn sides_with_clusters(&self, labels: &[Option<f64>]) -> [bool; 2] {
        let rows = |side: f64| (0..labels.len()).filter(move |&row| labels[row] == Some(side));
        [0.0, 1.0].map(|side| self.n_clusters(rows(side), 3) == 3)
    }

    /// The clusters of some rows, counted up to `enough`; none where no clusters are known.
    fn n_clusters(&self, rows: impl Iterator<Item = usize>, enough: usize) -> usize {
        let Some(clusters) = &self.clusters else { return 0 };
        let mut seen: Vec<u32> = Vec::with_capacity(enough);
        for row in rows {
            if seen.len() < enough && !seen.contains(&clusters[row]) {
                seen.push(clusters[row]);
            }
        }
        seen.len()
    }

    /// Rates and dispersion, over talks.
    fn measures(&self, shift: &Shift, column: Column<'_>, labels: &[Option<f64>]) -> Assessment {
        let mut sums = [0.0f64; 2];
        for (row, count) in column.cells() {
            if let Some(label) = labels[row] {
                sums[usize::from(label > 0.5)] += 1000.0 * f64::from(count) / self.sizes[row];
            }
        }
        let mean = |sum: f64, side: &Side| if side.n_sessions == 0 { 0.0 } else { sum / side.n_sessions as f64 };
        let total = (shift.from.tokens + shift.to.tokens) as f64;
        let (mean_rate_from, mean_rate_to) = (mean(sums[0], &shift.from), mean(sums[1], &shift.to));
        let rates = [
            (shift.from.per_thousand(), shift.to.per_thousand()),
            (shift.from.share(), shift.to.share()),
            (mean_rate_from, mean_rate_to),
        ];
        Assessment {
            mean_rate_from,
            mean_rate_to,
            dispersion: deviation_of_proportions(column, &self.sizes, total, |row| labels[row].is_some()),
            rates_disagree: rates_disagree(rates),
            one_session: shift.one_session,
            ..Assessment::default()
        }
    }
}

/// The two sides of a comparison, and what all that is tested on them shares.
pub(crate) struct Sides<'t> {
    tester: &'t Tester,
    comparison: Comparison,
    /// The side of each row, as [`Tester::labels`] has them.
    labels: Vec<Option<f64>>,
    many_clusters: [bool; 2],
    design: Design,
    dealings: Dealings,
}

impl Sides<'_> {
    /// Fills in what the statistics say of shifts of this comparison.
    pub(crate) fn assess(&self, shifts: &mut [Shift], asked: &Asked<'_>) -> Result<Family> {
        let Self { tester, labels, design, .. } = self;
        let units = Units::new(design, asked.counts);
        let column = |i: usize| units.counts.column(asked.columns[i]);
        let smallest: Vec<f64> = (0..shifts.len())
            .into_par_iter()
            .map(|i| design.smallest_p(column(i).cells().map(|(unit, _)| unit)))
            .collect();
        let df = |i: usize| column(i).document_frequency();
        let tested: Vec<usize> = (0..shifts.len()).filter(|&i| smallest[i] <= DECIDABLE_P && df(i) > 0).collect();
        let family: Vec<bool> = tested.iter().map(|&i| asked.in_family[i] && (!asked.filtered || df(i) >= 2)).collect();
        let columns: Vec<usize> = tested.iter().map(|&i| asked.columns[i]).collect();
        let tests = permute_with(&self.dealings, design, asked.counts, &columns, &family, &tester.permutation)?;
        let members: Vec<usize> = (0..tested.len()).filter(|&t| family[t]).collect();
        let q = discoveries(members.iter().map(|&t| &tests[t]));
        shifts.par_iter_mut().enumerate().for_each(|(i, shift)| {
            shift.test = tester.measures(shift, asked.counts.column(asked.columns[i]), labels);
            shift.test.smallest_p = smallest[i];
            let heavier = shift.heavier();
            let cells = asked.counts.column(asked.columns[i]).cells();
            shift.test.one_cluster = self.many_clusters[heavier]
                && tester.n_clusters(cells.map(|c| c.0).filter(|&row| labels[row] == Some(heavier as f64)), 2) == 1;
            units.measure(asked.columns[i], &mut shift.test);
        });
        let mut direction = vec![0i8; shifts.len()];
        for (&i, test) in tested.iter().zip(&tests) {
            direction[i] = test.direction;
            let a = &mut shifts[i].test;
            (a.p, a.mid_p, a.exact) = (Some(test.p), Some(test.mid_p), test.exact);
        }
        for (&t, q) in members.iter().zip(&q) {
            shifts[tested[t]].test.q = Some(*q);
        }
        for (shift, &least) in shifts.iter_mut().zip(&asked.least_p) {
            for p in [&mut shift.test.p, &mut shift.test.mid_p, &mut shift.test.q] {
                *p = p.map(|p| p.max(least));
            }
            shift.test.exact = false;
        }
        self.without_top(shifts, asked)?;
        shifts.par_iter_mut().enumerate().for_each(|(i, shift)| {
            let narrow = units.interval(asked.columns[i], 0.9);
            let a = &mut shift.test;
            let effect = a.log2_ratio.unwrap_or(shift.effect);
            let grounds = Grounds {
                mentions: (shift.from.count, shift.to.count),
                effect,
                decidable: smallest[i] <= DECIDABLE_P,
                p: a.p,
                q: a.q,
                one_session: a.one_session,
                test_disagrees: effect * f64::from(direction[i]) < 0.0,
                narrow,
                may_confirm: tester.may_confirm,
            };
            (a.verdict, a.certainty) = judge(&grounds);
        });
        Ok(Family {
            comparison: self.comparison,
            kind: asked.kind,
            tests: members.len(),
            tested_outside: tested.len() - members.len(),
            units: design.side_sizes(),
            scheme: design.scheme(),
            smallest_p: smallest.iter().copied().fold(1.0, f64::min),
            overlap: design.overlap(),
        })
    }

    /// Tests what looks like something again, without the talk that names it most on the heavier side.
    fn without_top(&self, shifts: &mut [Shift], asked: &Asked<'_>) -> Result<()> {
        let Self { tester, labels, design, dealings, .. } = self;
        let looks = |s: &Shift| s.test.p.is_some_and(|p| p <= 0.05) || s.test.q.is_some_and(|q| q <= 0.2);
        let again: Vec<usize> = (0..shifts.len()).filter(|&i| looks(&shifts[i])).collect();
        if again.is_empty() {
            return Ok(());
        }
        let mut rows: Vec<Vec<(u32, u32)>> = vec![Vec::new(); tester.sizes.len()];
        for (new, &i) in again.iter().enumerate() {
            let heavier = shifts[i].heavier() as f64;
            let column = asked.counts.column(asked.columns[i]);
            let on_side = column.cells().filter(|&(row, _)| labels[row] == Some(heavier));
            let top = on_side.max_by_key(|&(row, count)| (count, std::cmp::Reverse(row))).map(|(row, _)| row);
            for (row, count) in column.cells().filter(|&(row, _)| Some(row) != top) {
                rows[row].push((new as u32, count));
            }
        }
        let counts = SparseCounts::from_rows(again.len(), rows)?;
        // Rough p are enough to tell whether they are above .20.
        let settings = PermutationSettings {
            max_exact: tester.permutation.max_exact.min(1_000),
            max_shuffles: tester.permutation.max_shuffles.min(1_000),
            ..tester.permutation
        };
        let columns: Vec<usize> = (0..again.len()).collect();
        let tests = permute_with(dealings, design, &counts, &columns, &vec![false; again.len()], &settings)?;
        for (&i, test) in again.iter().zip(tests) {
            let a = &mut shifts[i].test;
            a.p_without_top = Some(test.p);
            a.one_session |= test.p > 0.2;
        }
        Ok(())
    }
}

/// Whether two of the three rates changed in different directions, each by more than a tenth.
fn rates_disagree(rates: [(f64, f64); 3]) -> bool {
    let up = |(from, to): (f64, f64)| to > from * 1.1;
    let down = |(from, to): (f64, f64)| from > to * 1.1;
    rates.into_iter().any(up) && rates.into_iter().any(down)
}

/// The counts of the units that are tested (talks, or blocks), with their sizes and sides.
struct Units<'c> {
    counts: Cow<'c, SparseCounts>,
    sizes: Vec<f64>,
    later: Vec<bool>,
    totals: [SideSizes; 2],
}

impl<'c> Units<'c> {
    fn new(design: &Design, counts: &'c SparseCounts) -> Self {
        let sizes = design.sizes().to_vec();
        let later: Vec<bool> = design.labels().iter().map(|&l| l > 0.5).collect();
        let mut totals = [SideSizes::default(); 2];
        for (&size, &later) in sizes.iter().zip(&later) {
            totals[usize::from(later)].add(size);
        }
        Self { counts: design.regroup(counts), sizes, later, totals }
    }

    fn spreads(&self, column: usize) -> [crate::stats::effect::SideSpread; 2] {
        let side = |unit: usize| Some(usize::from(self.later[unit]));
        side_spreads(self.counts.column(column), &self.sizes, self.totals, side)
    }

    /// Whether the spread of a side can be seen: one unit has none, two have none to speak of.
    fn has_spread(&self) -> bool {
        self.totals.iter().all(|side| side.n > 2)
    }

    fn interval(&self, column: usize, level: f64) -> Option<crate::stats::effect::RatioInterval> {
        if !self.has_spread() {
            return None;
        }
        let [from, to] = self.spreads(column);
        ratio_interval(&from, &to, level)
    }

    fn measure(&self, column: usize, a: &mut Assessment) {
        let [from, to] = self.spreads(column);
        if from.mentions > 0.0 && to.mentions > 0.0 {
            a.log2_ratio = Some(libm::log2(to.mentions / to.size / (from.mentions / from.size)));
        }
        if let Some(interval) = self.interval(column, 0.95) {
            (a.low, a.high) = (Some(interval.low), Some(interval.high));
            a.minimum_detectable = minimum_detectable(&from, &to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_that_point_apart_are_flagged() {
        assert!(!rates_disagree([(1.0, 2.0), (0.1, 0.3), (1.0, 1.05)]));
        assert!(rates_disagree([(1.0, 2.0), (0.3, 0.1), (1.0, 2.0)]));
        assert!(!rates_disagree([(1.0, 1.05), (0.3, 0.29), (0.0, 0.0)]));
    }
}
