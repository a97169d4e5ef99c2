//! A sparse table of counts, by column.

use crate::error::{Error, Result};

/// Sparse counts, rows × columns (sessions × terms), stored by column: for every column the rows in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SparseCounts {
    n_rows: usize,
    starts: Vec<usize>,
    rows: Vec<u32>,
    counts: Vec<u32>,
}

/// One column: the rows that have a count above zero, ascending, and the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column<'c> {
    /// Rows, ascending.
    pub rows: &'c [u32],
    /// Counts, each above zero; as many as rows.
    pub counts: &'c [u32],
}

impl<'c> Column<'c> {
    /// `(row, count)`, by row.
    pub fn cells(self) -> impl Iterator<Item = (usize, u32)> + 'c {
        self.rows.iter().zip(self.counts).map(|(&row, &count)| (row as usize, count))
    }

    /// Sum of the counts.
    #[must_use]
    pub fn total(self) -> u64 {
        self.counts.iter().map(|&c| u64::from(c)).sum()
    }

    /// In how many rows the column stands: its document frequency.
    #[must_use]
    pub fn document_frequency(self) -> usize {
        self.rows.len()
    }
}

impl SparseCounts {
    /// From rows of `(column, count)` cells in any order; cells of one place are added, zeros are dropped.
    ///
    /// # Errors
    /// If a cell names a column that is not below `n_columns`, or if counts of one place exceed `u32`.
    pub fn from_rows<R, C>(n_columns: usize, rows: R) -> Result<Self>
    where
        R: IntoIterator<Item = C>,
        C: IntoIterator<Item = (u32, u32)>,
    {
        let mut cells: Vec<(u32, u32, u32)> = Vec::new();
        let mut n_rows = 0;
        for (row, columns) in rows.into_iter().enumerate() {
            n_rows = row + 1;
            for (column, count) in columns {
                if column as usize >= n_columns {
                    return Err(Error::setting(
                        "column",
                        column.to_string(),
                        format!("expected one below {n_columns}"),
                    ));
                }
                if count > 0 {
                    cells.push((column, row as u32, count));
                }
            }
        }
        cells.sort_unstable_by_key(|&(column, row, _)| (column, row));
        let mut table = Self {
            n_rows,
            starts: vec![0],
            rows: Vec::with_capacity(cells.len()),
            counts: Vec::with_capacity(cells.len()),
        };
        let mut before = None;
        for (column, row, count) in cells {
            while table.starts.len() <= column as usize {
                table.starts.push(table.rows.len());
            }
            if before == Some((column, row)) {
                let last = table.counts.last_mut().expect("the cell before");
                *last = last
                    .checked_add(count)
                    .ok_or_else(|| Error::setting("count", format!("row {row}"), "expected at most 4294967295"))?;
            } else {
                table.rows.push(row);
                table.counts.push(count);
            }
            before = Some((column, row));
        }
        table.starts.resize(n_columns + 1, table.rows.len());
        Ok(table)
    }

    /// From rows of `(column, count)` cells, each of another column and above zero; every row is asked for twice, and no more
    /// is held than the table.
    ///
    /// # Panics
    /// If a cell names a column that is not below `n_columns`.
    pub(crate) fn from_distinct<C>(n_columns: usize, n_rows: usize, row: impl Fn(usize) -> C) -> Self
    where
        C: Iterator<Item = (u32, u32)>,
    {
        let mut starts = vec![0; n_columns + 1];
        (0..n_rows).flat_map(&row).for_each(|(column, _)| starts[column as usize + 1] += 1);
        for column in 0..n_columns {
            starts[column + 1] += starts[column];
        }
        let mut next = starts.clone();
        let n = starts[n_columns];
        let (mut rows, mut counts) = (vec![0; n], vec![0; n]);
        for r in 0..n_rows {
            for (column, count) in row(r) {
                let place = &mut next[column as usize];
                (rows[*place], counts[*place]) = (r as u32, count);
                *place += 1;
            }
        }
        Self { n_rows, starts, rows, counts }
    }

    /// Number of rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// Number of columns.
    #[must_use]
    pub fn n_columns(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of cells above zero.
    #[must_use]
    pub fn n_cells(&self) -> usize {
        self.rows.len()
    }

    /// A column.
    ///
    /// # Panics
    /// If there is no such column.
    #[must_use]
    pub fn column(&self, column: usize) -> Column<'_> {
        let range = self.starts[column]..self.starts[column + 1];
        Column { rows: &self.rows[range.clone()], counts: &self.counts[range] }
    }

    /// All columns, in order.
    pub fn columns(&self) -> impl Iterator<Item = Column<'_>> {
        (0..self.n_columns()).map(|c| self.column(c))
    }

    /// The same counts with rows put together: row `r` goes to row `to[r]`, or is left out for `None`.
    ///
    /// # Panics
    /// If `to` is not as long as there are rows, or names a row that is not below `n_rows`.
    #[must_use]
    pub fn regroup(&self, to: &[Option<u32>], n_rows: usize) -> Self {
        self.regroup_columns(0..self.n_columns(), to, n_rows, u32::MAX)
    }

    /// As [`Self::regroup`], some columns alone, in the order asked for, with no more than `cap` of each count.
    ///
    /// # Panics
    /// As there, and if there is no such column.
    pub(crate) fn regroup_columns(
        &self,
        columns: impl Iterator<Item = usize>,
        to: &[Option<u32>],
        n_rows: usize,
        cap: u32,
    ) -> Self {
        assert_eq!(to.len(), self.n_rows, "a place for every row");
        let mut table = Self { n_rows, starts: vec![0], rows: Vec::new(), counts: Vec::new() };
        let mut cells: Vec<(u32, u32)> = Vec::new();
        for column in columns {
            cells.clear();
            cells.extend(self.column(column).cells().filter_map(|(row, count)| Some((to[row]?, count.min(cap)))));
            cells.sort_unstable();
            let first = table.rows.len();
            for &(row, count) in &cells {
                assert!((row as usize) < n_rows, "row {row} of {n_rows}");
                if table.rows.len() > first && table.rows.last() == Some(&row) {
                    let last = table.counts.last_mut().expect("the cell before");
                    *last = last.saturating_add(count);
                } else {
                    table.rows.push(row);
                    table.counts.push(count);
                }
            }
            table.starts.push(table.rows.len());
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_distinct_cells_give_the_same_table() {
        let rows = [vec![(2, 1), (0, 3)], vec![], vec![(1, 7), (2, 2)]];
        let table = SparseCounts::from_distinct(4, 3, |row| rows[row].iter().copied());
        assert_eq!(table, SparseCounts::from_rows(4, rows).unwrap());
        let some = table.regroup_columns([2, 0].into_iter(), &[Some(1), None, Some(0)], 2, 2);
        assert_eq!(some, SparseCounts::from_rows(2, [[(0, 2), (1, 0)], [(0, 1), (1, 2)]]).unwrap());
    }

    #[test]
    fn cells_are_sorted_and_added() {
        let table = SparseCounts::from_rows(4, [vec![(2, 1), (0, 3), (2, 4)], vec![], vec![(2, 2), (1, 0)]]).unwrap();
        assert_eq!((table.n_rows(), table.n_columns(), table.n_cells()), (3, 4, 3));
        assert_eq!(table.column(2).cells().collect::<Vec<_>>(), [(0, 5), (2, 2)]);
        assert_eq!((table.column(2).total(), table.column(3).document_frequency()), (7, 0));
        assert!(SparseCounts::from_rows(1, [[(1, 1)]]).is_err());
    }

    #[test]
    fn rows_are_put_together() {
        let table = SparseCounts::from_rows(2, [vec![(0, 1)], vec![(0, 2), (1, 1)], vec![(0, 4)]]).unwrap();
        let grouped = table.regroup(&[Some(1), None, Some(1)], 2);
        assert_eq!(grouped.column(0).cells().collect::<Vec<_>>(), [(1, 5)]);
        assert_eq!(grouped.column(1).document_frequency(), 0);
    }
}
