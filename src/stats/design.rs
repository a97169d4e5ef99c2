//! What is held against what: units, their sizes, their labels, and which relabelings the null hypothesis allows.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::sparse::SparseCounts;
use crate::error::{Error, Result};

/// How labels may be dealt anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// Every session by itself.
    Sessions,
    /// Blocks keep together: all sessions of a block get one label.
    WholeBlocks,
    /// Within each block, since every block has sessions of more than one label.
    WithinBlocks,
}

/// A comparison of labelled rows (sessions of two years, or of many), ready for relabeling.
#[derive(Debug, Clone)]
pub struct Design {
    unit_of_row: Vec<Option<u32>>,
    sizes: Vec<f64>,
    labels: Vec<f64>,
    strata: Vec<Vec<u32>>,
    stratum_of: Vec<u32>,
    /// By stratum, its units with the lowest and with the highest label.
    sides_of: Vec<[usize; 2]>,
    scheme: Scheme,
    two_sides: bool,
}

/// Units of about equal size that exchange labels: groups of so many and more, …
const LEAST_STRATUM: usize = 30;
/// … at most so many groups, …
const MOST_STRATA: usize = 20;
/// … but two groups if each can have so many units; and where units of one size push a limit, no group gets smaller.
const FEWEST: usize = 6;

impl Design {
    /// Rows of the given sizes (words; above zero) and labels: two different ones (0 and 1, or two years) make a
    /// comparison of two sides, more make a trend. Rows with no label take no part.
    ///
    /// `blocks` names the cluster of each row. If every block has rows of more than one label, labels are dealt within
    /// blocks; otherwise whole blocks are dealt (a block that spans labels counts as one block for each).
    ///
    /// Sessions and whole blocks exchange labels with those of about their size alone: strata of 30 and more units, at
    /// most twenty, and two from 12 units on. So that the talks of one year are longer does not pass for a change of topics
    /// (Rosenbaum 1984: permutation given a covariate), but for what sizes still differ within strata. With fewer units
    /// there is one stratum: see [`Self::overlap`].
    ///
    /// # Errors
    /// If the lengths differ, a size is not a number above zero, or there are fewer than two labels.
    pub fn new(sizes: &[f64], labels: &[Option<f64>], blocks: Option<&[u32]>) -> Result<Self> {
        if sizes.len() != labels.len() || blocks.is_some_and(|b| b.len() != labels.len()) {
            let found = format!("{} sizes, {} labels", sizes.len(), labels.len());
            return Err(Error::setting("design", found, "expected a size, a label and a block for every row"));
        }
        let rows: Vec<usize> = (0..labels.len()).filter(|&r| labels[r].is_some()).collect();
        let label = |row: usize| labels[row].unwrap_or_default();
        if let Some(&bad) = rows.iter().find(|&&r| !(sizes[r].is_finite() && sizes[r] > 0.0 && label(r).is_finite())) {
            let found = format!("{} with label {} in row {bad}", sizes[bad], label(bad));
            return Err(Error::setting("design", found, "expected finite labels and sizes above zero"));
        }
        let distinct: BTreeSet<u64> = rows.iter().map(|&r| order_bits(label(r))).collect();
        if distinct.len() < 2 {
            return Err(Error::setting("design", format!("{} labels", distinct.len()), "expected two or more labels"));
        }
        let mut design = Self {
            unit_of_row: vec![None; labels.len()],
            sizes: Vec::new(),
            labels: Vec::new(),
            strata: Vec::new(),
            stratum_of: Vec::new(),
            sides_of: Vec::new(),
            scheme: Scheme::Sessions,
            two_sides: distinct.len() == 2,
        };
        match blocks {
            None => design.take_rows(&rows, sizes, &label, |_| 0),
            Some(blocks) if spans_everywhere(&rows, &label, blocks) => {
                design.scheme = Scheme::WithinBlocks;
                design.take_rows(&rows, sizes, &label, |row| blocks[row]);
            }
            Some(blocks) => design.take_blocks(&rows, sizes, &label, blocks),
        }
        if design.scheme != Scheme::WithinBlocks {
            design.strata = size_strata(&design.sizes, groups_of(design.sizes.len()), FEWEST);
        }
        design.stratum_of = vec![0; design.sizes.len()];
        for (stratum, units) in design.strata.iter().enumerate() {
            units.iter().for_each(|&unit| design.stratum_of[unit as usize] = stratum as u32);
        }
        let (low, high) = design.extremes();
        let with = |units: &[u32], label: f64| units.iter().filter(|&&u| design.has_label(u, label)).count();
        design.sides_of = design.strata.iter().map(|units| [low, high].map(|label| with(units, label))).collect();
        Ok(design)
    }

    /// Each row is a unit; the units of a stratum may exchange labels.
    fn take_rows(
        &mut self,
        rows: &[usize],
        sizes: &[f64],
        label: &dyn Fn(usize) -> f64,
        stratum: impl Fn(usize) -> u32,
    ) {
        let mut strata: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &row in rows {
            let unit = self.sizes.len() as u32;
            self.unit_of_row[row] = Some(unit);
            self.sizes.push(sizes[row]);
            self.labels.push(label(row));
            strata.entry(stratum(row)).or_default().push(unit);
        }
        self.strata = strata.into_values().collect();
    }

    /// Each block (with one label) is a unit.
    fn take_blocks(&mut self, rows: &[usize], sizes: &[f64], label: &dyn Fn(usize) -> f64, blocks: &[u32]) {
        self.scheme = Scheme::WholeBlocks;
        let mut units: BTreeMap<(u32, u64), u32> = BTreeMap::new();
        for &row in rows {
            let next = units.len() as u32;
            let unit = *units.entry((blocks[row], order_bits(label(row)))).or_insert(next);
            if unit == next {
                self.sizes.push(0.0);
                self.labels.push(label(row));
            }
            self.sizes[unit as usize] += sizes[row];
            self.unit_of_row[row] = Some(unit);
        }
    }

    /// How labels are dealt.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Rows, those that take no part among them.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.unit_of_row.len()
    }

    /// Units: sessions, or blocks.
    #[must_use]
    pub fn n_units(&self) -> usize {
        self.sizes.len()
    }

    /// Whether there are just two labels.
    #[must_use]
    pub fn is_two_sided(&self) -> bool {
        self.two_sides
    }

    /// Units with the lowest and with the highest label.
    #[must_use]
    pub fn side_sizes(&self) -> (usize, usize) {
        let (low, high) = self.extremes();
        let count = |x: f64| self.labels.iter().filter(|&&l| order_bits(l) == order_bits(x)).count();
        (count(low), count(high))
    }

    fn has_label(&self, unit: u32, label: f64) -> bool {
        order_bits(self.labels[unit as usize]) == order_bits(label)
    }

    fn extremes(&self) -> (f64, f64) {
        self.labels.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &l| (a.min(l), b.max(l)))
    }

    /// The unit of each row, none for rows that take no part.
    pub(crate) fn unit_of_row(&self) -> &[Option<u32>] {
        &self.unit_of_row
    }

    /// The table with units for rows.
    pub(crate) fn regroup<'c>(&self, counts: &'c SparseCounts) -> Cow<'c, SparseCounts> {
        let is_row = |(row, unit): (usize, &Option<u32>)| *unit == Some(row as u32);
        if self.n_units() == counts.n_rows() && self.unit_of_row.iter().enumerate().all(is_row) {
            return Cow::Borrowed(counts);
        }
        Cow::Owned(counts.regroup(&self.unit_of_row, self.n_units()))
    }

    /// The same for some columns, with no more than `cap` of what a row has.
    pub(crate) fn regroup_columns(&self, counts: &SparseCounts, columns: &[usize], cap: u32) -> SparseCounts {
        counts.regroup_columns(columns.iter().copied(), &self.unit_of_row, self.n_units(), cap)
    }

    /// Sizes of the units.
    #[must_use]
    pub fn sizes(&self) -> &[f64] {
        &self.sizes
    }

    /// Labels of the units, as given.
    #[must_use]
    pub fn labels(&self) -> &[f64] {
        &self.labels
    }

    /// Sizes of the units, divided by their mean.
    pub(crate) fn relative_sizes(&self) -> Vec<f64> {
        let mean = self.sizes.iter().sum::<f64>() / self.sizes.len() as f64;
        self.sizes.iter().map(|s| s / mean).collect()
    }

    /// The observed labels: for two sides 1 on the one with fewer units (the later one of equals) and 0 on the other,
    /// else centred at zero and divided by their range.
    ///
    /// Sums over the smaller side lose no digits to those over the larger one, and which side comes first is nothing to
    /// a two-sided test.
    pub(crate) fn scores(&self) -> Vec<f32> {
        let (low, high) = self.extremes();
        if self.two_sides {
            let fewer = if self.scores_rise() { high } else { low };
            return self.labels.iter().map(|&l| f32::from(u8::from(order_bits(l) == order_bits(fewer)))).collect();
        }
        let mean = self.labels.iter().sum::<f64>() / self.labels.len() as f64;
        self.labels.iter().map(|&l| ((l - mean) / (high - low)) as f32).collect()
    }

    /// Whether [`Self::scores`] go up with the labels.
    pub(crate) fn scores_rise(&self) -> bool {
        let (earlier, later) = self.side_sizes();
        !self.two_sides || later <= earlier
    }

    pub(crate) fn strata(&self) -> &[Vec<u32>] {
        &self.strata
    }

    /// Number of relabelings that differ, at most `limit` + 1.
    #[must_use]
    pub fn relabelings(&self, limit: u64) -> u64 {
        let mut product = 1u128;
        for stratum in &self.strata {
            let mut seen: BTreeMap<u64, u128> = BTreeMap::new();
            for (i, &unit) in stratum.iter().enumerate() {
                // The multinomial coefficient, one unit at a time: n! / Π nₗ!.
                let n = seen.entry(order_bits(self.labels[unit as usize])).or_default();
                *n += 1;
                product = product * (i as u128 + 1) / *n;
                // A product of this size cannot shrink below the limit: what is left to divide by has been multiplied.
                if product > u128::from(limit) * (stratum.len() as u128 + 1) * 1_000 {
                    return limit.saturating_add(1);
                }
            }
        }
        u64::try_from(product).unwrap_or(u64::MAX).min(limit.saturating_add(1))
    }

    /// How much of the variance of the labels lies within strata of size: 1 where the units of all labels are of the same
    /// sizes, 0 where every stratum has one label. Fewer than 12 units are held against their median here, though their
    /// labels are dealt among all of them.
    #[must_use]
    pub fn overlap(&self) -> f64 {
        let squares = |units: &mut dyn Iterator<Item = f64>| -> f64 {
            let labels: Vec<f64> = units.collect();
            let mean = labels.iter().sum::<f64>() / labels.len() as f64;
            labels.iter().map(|l| (l - mean) * (l - mean)).sum()
        };
        let within = |stratum: &Vec<u32>| squares(&mut stratum.iter().map(|&u| self.labels[u as usize]));
        let n = self.sizes.len();
        let strata = size_strata(&self.sizes, groups_of(n).max(2), FEWEST.min(n / 2));
        strata.iter().map(within).sum::<f64>() / squares(&mut self.labels.iter().copied())
    }

    /// Of each unit, its stratum.
    pub(crate) fn stratum_of(&self) -> &[u32] {
        &self.stratum_of
    }

    /// A bound that no two-sided p of a term in these units, each given once, can fall below: twice the chance that all of
    /// them carry the lowest, or all the highest label (the rarer of the two); at most 1.
    ///
    /// Where a stratum has more of them than units with that label, or labels are dealt within blocks (where sizes tell
    /// relabelings apart), the chance of one relabeling of the stratum stands for it.
    #[must_use]
    pub fn smallest_p(&self, units: impl IntoIterator<Item = usize>) -> f64 {
        let mut with: BTreeMap<u32, usize> = BTreeMap::new();
        for unit in units {
            *with.entry(self.stratum_of[unit]).or_default() += 1;
        }
        let chance = |side: usize| -> f64 {
            with.iter().map(|(&stratum, &df)| self.chance_of_all(stratum as usize, df, side)).product()
        };
        (2.0 * chance(0).min(chance(1))).clamp(f64::MIN_POSITIVE, 1.0)
    }

    /// The chance that `df` units of a stratum all carry the lowest (0) or the highest label (1), or that of a single
    /// relabeling.
    fn chance_of_all(&self, stratum: usize, df: usize, side: usize) -> f64 {
        let side = self.sides_of[stratum][side];
        let stratum = &self.strata[stratum];
        let n = stratum.len();
        let drawn = |of: usize, n: usize, times: usize| -> f64 {
            (0..times).map(|i| (of - i) as f64 / (n - i) as f64).product()
        };
        if self.scheme != Scheme::WithinBlocks && df <= side {
            return drawn(side, n, df);
        }
        let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
        stratum.iter().for_each(|&u| *seen.entry(order_bits(self.labels[u as usize])).or_default() += 1);
        let mut left = n;
        let mut one = 1.0;
        for count in seen.into_values() {
            one *= drawn(count, left, count);
            left -= count;
        }
        one
    }
}

/// Units in so many groups of about equal size, by rising size, or in fewer: units of one size are never parted, and no
/// group has fewer than `fewest` units because of that.
fn size_strata(sizes: &[f64], groups: usize, fewest: usize) -> Vec<Vec<u32>> {
    let n = sizes.len();
    let mut order: Vec<u32> = (0..n as u32).collect();
    order.sort_by(|&a, &b| sizes[a as usize].total_cmp(&sizes[b as usize]).then(a.cmp(&b)));
    let mut strata = Vec::with_capacity(groups);
    let mut start = 0;
    for group in 1..=groups {
        let mut end = group * n / groups;
        while end > 0 && end < n && sizes[order[end] as usize] == sizes[order[end - 1] as usize] {
            end += 1;
        }
        let whole = end.saturating_sub(start) >= fewest && n - end >= fewest;
        if group == groups || whole {
            let end = if group == groups { n } else { end };
            let mut stratum = order[start..end].to_vec();
            stratum.sort_unstable();
            strata.push(stratum);
            start = end;
        }
    }
    strata
}

/// How many strata so many units make.
fn groups_of(n: usize) -> usize {
    (n / LEAST_STRATUM).clamp(if n >= 2 * FEWEST { 2 } else { 1 }, MOST_STRATA)
}

/// Equal labels have equal bits; zero has one sign.
fn order_bits(label: f64) -> u64 {
    (label + 0.0).to_bits()
}

/// Whether every block has rows of more than one label.
fn spans_everywhere(rows: &[usize], label: &dyn Fn(usize) -> f64, blocks: &[u32]) -> bool {
    let mut labels: BTreeMap<u32, BTreeSet<u64>> = BTreeMap::new();
    for &row in rows {
        labels.entry(blocks[row]).or_default().insert(order_bits(label(row)));
    }
    labels.values().all(|l| l.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(n: usize, later: usize) -> Vec<Option<f64>> {
        (0..n + later).map(|i| Some(if i < n { 2024.0 } else { 2025.0 })).collect()
    }

    #[test]
    fn relabelings_are_counted() {
        let design = |a, b| Design::new(&vec![1.0; a + b], &labels(a, b), None).unwrap();
        assert_eq!(design(5, 5).relabelings(200_000), 252);
        assert_eq!(design(10, 10).relabelings(200_000), 184_756);
        assert_eq!(design(13, 13).relabelings(200_000), 200_001);
        assert_eq!(design(500, 500).relabelings(200_000), 200_001);
        let three: Vec<Option<f64>> = [1.0, 2.0, 3.0, 3.0].map(Some).to_vec();
        assert_eq!(Design::new(&[1.0; 4], &three, None).unwrap().relabelings(100), 12);
    }

    #[test]
    fn blocks_are_dealt_whole_or_within() {
        let whole = Design::new(&[1.0; 4], &labels(2, 2), Some(&[0, 0, 1, 1])).unwrap();
        assert_eq!((whole.scheme(), whole.n_units(), whole.relabelings(100)), (Scheme::WholeBlocks, 2, 2));
        let within = Design::new(&[1.0; 4], &labels(2, 2), Some(&[0, 1, 0, 1])).unwrap();
        assert_eq!((within.scheme(), within.n_units(), within.relabelings(100)), (Scheme::WithinBlocks, 4, 4));
        // A block on both sides among others that are not: one unit for each side.
        let mixed = Design::new(&[1.0; 4], &labels(2, 2), Some(&[0, 1, 0, 2])).unwrap();
        assert_eq!((mixed.scheme(), mixed.n_units()), (Scheme::WholeBlocks, 4));
    }

    #[test]
    fn few_units_cannot_show_much() {
        let design = Design::new(&[1.0; 26], &labels(13, 13), None).unwrap();
        assert!((design.smallest_p(0..1) - 1.0).abs() < 1e-12);
        assert!(design.smallest_p(0..4) > 0.05 && design.smallest_p(0..5) < 0.05);
        let two = Design::new(&[1.0; 4], &labels(2, 2), Some(&[0, 0, 1, 1])).unwrap();
        assert!((two.smallest_p(0..1) - 1.0).abs() < 1e-12 && (two.smallest_p(0..2) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn units_of_one_size_stay_together() {
        let strata_of = |sizes: &[f64]| size_strata(sizes, groups_of(sizes.len()), FEWEST);
        assert_eq!(strata_of(&[5.0; 100]).len(), 1);
        // One longer talk is no stratum by itself.
        let mut but_one = vec![5.0; 60];
        but_one[7] = 6.0;
        assert_eq!(strata_of(&but_one).len(), 1);
        let sizes: Vec<f64> = (0..200).map(|i| f64::from(i / 8)).collect();
        let strata = strata_of(&sizes);
        assert!(strata.len() == 6 && strata.iter().map(Vec::len).sum::<usize>() == 200);
        let of = |u: u32| strata.iter().position(|s| s.contains(&u)).unwrap();
        assert!((0..199).all(|u| u / 8 != (u + 1) / 8 || of(u) == of(u + 1)));
        assert!(strata.windows(2).all(|w| w[0].iter().max() < w[1].iter().min()));
        // Few units are one stratum; many make twenty.
        let rising = |n: u32| (0..n).map(f64::from).collect::<Vec<_>>();
        assert_eq!([11, 12, 89, 90, 2_000].map(|n| strata_of(&rising(n)).len()), [1, 2, 2, 3, 20]);
    }

    #[test]
    fn overlap_is_what_sizes_leave_of_the_labels() {
        let rising: Vec<f64> = (1..=60).map(f64::from).collect();
        let apart = Design::new(&rising, &labels(30, 30), None).unwrap();
        assert!(apart.overlap().abs() < 1e-12);
        // Few units have one stratum; their overlap is told all the same.
        let few = Design::new(&rising[..10], &labels(5, 5), None).unwrap();
        assert!(few.strata().len() == 1 && few.overlap().abs() < 1e-12);
        let mixed: Vec<Option<f64>> = (0..60).map(|i| Some(f64::from(i % 2))).collect();
        assert!((Design::new(&rising, &mixed, None).unwrap().overlap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn bad_designs_are_errors() {
        assert!(Design::new(&[1.0], &[Some(1.0)], None).is_err());
        assert!(Design::new(&[1.0, 0.0], &[Some(1.0), Some(2.0)], None).is_err());
        assert!(Design::new(&[1.0], &[Some(1.0), Some(2.0)], None).is_err());
    }
}
