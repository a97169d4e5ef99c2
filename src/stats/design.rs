//! What is held against what: units, their sizes, their labels, and which relabelings the null hypothesis allows.

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
    scheme: Scheme,
    two_sides: bool,
}

impl Design {
    /// Rows of the given sizes (words; above zero) and labels: two different ones (0 and 1, or two years) make a
    /// comparison of two sides, more make a trend. Rows with no label take no part.
    ///
    /// `blocks` names the cluster of each row. If every block has rows of more than one label, labels are dealt within
    /// blocks; otherwise whole blocks are dealt (a block that spans labels counts as one block for each).
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
        self.strata = vec![(0..units.len() as u32).collect()];
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

    /// Whether neither of two sides has more units than the other by over a quarter.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        let (a, b) = self.side_sizes();
        self.two_sides && 4 * a.max(b) <= 5 * a.min(b)
    }

    /// Units with the lowest and with the highest label.
    #[must_use]
    pub fn side_sizes(&self) -> (usize, usize) {
        let (low, high) = self.extremes();
        let count = |x: f64| self.labels.iter().filter(|&&l| order_bits(l) == order_bits(x)).count();
        (count(low), count(high))
    }

    fn extremes(&self) -> (f64, f64) {
        self.labels.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &l| (a.min(l), b.max(l)))
    }

    /// The table with units for rows.
    pub(crate) fn regroup(&self, counts: &SparseCounts) -> SparseCounts {
        counts.regroup(&self.unit_of_row, self.n_units())
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
            let (earlier, later) = self.side_sizes();
            let fewer = if later <= earlier { high } else { low };
            return self.labels.iter().map(|&l| f32::from(u8::from(order_bits(l) == order_bits(fewer)))).collect();
        }
        let mean = self.labels.iter().sum::<f64>() / self.labels.len() as f64;
        self.labels.iter().map(|&l| ((l - mean) / (high - low)) as f32).collect()
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

    /// The smallest p that a term in `df` units can have, sizes aside: the chance that all of them carry the lowest, or
    /// all of them the highest label (the rarer of the two). It looks at numbers of units alone, so it is a guide and no
    /// bound: where units differ in size, the p of a permutation test can be below it; where both sides have equally many, both
    /// ends count and p is rarely below twice as much. Strata are left aside.
    #[must_use]
    pub fn smallest_p(&self, df: usize) -> f64 {
        let n = self.n_units();
        let (low, high) = self.side_sizes();
        let all_in = |side: usize| -> f64 {
            if df > side {
                return 1.0;
            }
            (0..df).map(|i| (side - i) as f64 / (n - i) as f64).product()
        };
        let one = 1.0 / self.relabelings(1 << 40) as f64;
        // More units than a side has cannot all be there; what is left over is at the other side.
        let least = if df > low.min(high) { all_in(low.max(high)).min(one) } else { all_in(low).min(all_in(high)) };
        // Within blocks there are fewer relabelings than the sides alone would allow.
        least.max(one)
    }
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
        assert!((design.smallest_p(1) - 0.5).abs() < 1e-12);
        assert!(design.smallest_p(3) > 0.05 && design.smallest_p(5) < 0.05);
        let two = Design::new(&[1.0; 4], &labels(2, 2), Some(&[0, 0, 1, 1])).unwrap();
        assert!((two.smallest_p(1) - 0.5).abs() < 1e-12 && (two.smallest_p(2) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn bad_designs_are_errors() {
        assert!(Design::new(&[1.0], &[Some(1.0)], None).is_err());
        assert!(Design::new(&[1.0, 0.0], &[Some(1.0), Some(2.0)], None).is_err());
        assert!(Design::new(&[1.0], &[Some(1.0), Some(2.0)], None).is_err());
    }
}
