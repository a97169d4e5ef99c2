//! Tall dense matrices, worked on row by row.

use ndarray::Array2;
use rayon::prelude::*;

/// Numbers that a processor without extras takes at once.
const LANES: usize = 8;
/// Rows that are worth a task of their own.
pub(super) const MIN_ROWS: usize = 64;

/// Rows of one length, each followed by zeros up to a whole number of lanes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dense {
    pub(super) width: usize,
    pub(super) stride: usize,
    pub(super) values: Vec<f32>,
}

impl Dense {
    pub(super) fn zeros(n_rows: usize, width: usize) -> Self {
        let stride = width.next_multiple_of(LANES);
        Self { width, stride, values: vec![0.0; n_rows * stride] }
    }

    pub(super) fn from_fn(n_rows: usize, width: usize, mut value: impl FnMut(usize, usize) -> f32) -> Self {
        let mut dense = Self::zeros(n_rows, width);
        for (i, row) in dense.values.chunks_mut(dense.stride).enumerate() {
            row[..width].iter_mut().enumerate().for_each(|(j, v)| *v = value(i, j));
        }
        dense
    }

    pub(super) fn n_rows(&self) -> usize {
        self.values.len() / self.stride
    }

    pub(super) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.stride..][..self.stride]
    }

    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = f32> {
        self.values.iter().skip(column).step_by(self.stride).copied()
    }

    pub(super) fn column_mut(&mut self, column: usize) -> impl Iterator<Item = &mut f32> {
        self.values.iter_mut().skip(column).step_by(self.stride)
    }

    pub(super) fn to_array(&self) -> Array2<f32> {
        Array2::from_shape_fn((self.n_rows(), self.width), |(i, j)| self.values[i * self.stride + j])
    }

    /// All columns times all columns. Rows are added in blocks of one size, in order: neither threads nor the kind of
    /// processor show.
    pub(super) fn gram(&self) -> Array2<f64> {
        let stride = self.stride;
        let of_block = |rows: &[f32]| {
            let mut sum = vec![0.0; self.width * stride];
            for row in rows.chunks(stride) {
                for (j, &value) in row[..self.width].iter().enumerate().filter(|(_, v)| **v != 0.0) {
                    let first = j / LANES * LANES;
                    add(&mut sum[j * stride..][first..stride], value, &row[first..]);
                }
            }
            sum
        };
        let blocks: Vec<Vec<f32>> = self.values.par_chunks(MIN_ROWS * stride).map(of_block).collect();
        let sum = |i: usize, j: usize| blocks.iter().map(|block| f64::from(block[i * stride + j])).sum();
        Array2::from_shape_fn((self.width, self.width), |(i, j)| sum(i.min(j), i.max(j)))
    }

    /// This times a small matrix.
    pub(super) fn times(&self, small: &Array2<f64>) -> Self {
        let small = Self::from_fn(small.nrows(), small.ncols(), |i, j| small[[i, j]] as f32);
        let mut product = Self::zeros(self.n_rows(), small.width);
        product.values.par_chunks_mut(small.stride).with_min_len(MIN_ROWS).enumerate().for_each(|(row, sum)| {
            let own = self.row(row)[..self.width].iter();
            own.enumerate().for_each(|(i, &value)| add(sum, value, small.row(i)));
        });
        product
    }
}

/// Adds a multiple of one row to another; both are whole lanes.
pub(super) fn add(sum: &mut [f32], times: f32, row: &[f32]) {
    for (sum, row) in sum.as_chunks_mut::<LANES>().0.iter_mut().zip(row.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            sum[lane] += times * row[lane];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gram_is_the_product_of_columns() {
        let dense = Dense::from_fn(200, 6, |i, j| ((i * 7 + j * 3) % 11) as f32 - if j == 2 { 20.0 } else { 4.0 });
        let (gram, array) = (dense.gram(), dense.to_array().mapv(f64::from));
        assert!(gram.iter().zip(&array.t().dot(&array)).all(|(a, b)| (a - b).abs() < 1e-3), "{gram}");
    }

    #[test]
    fn rows_are_turned() {
        let dense = Dense::from_fn(3, 2, |i, j| (2 * i + j) as f32);
        let turned = dense.times(&ndarray::array![[0.0], [2.0]]);
        assert_eq!(turned.to_array().into_raw_vec_and_offset().0, [2.0, 6.0, 10.0]);
        assert!(turned.row(1)[1..].iter().all(|v| *v == 0.0));
    }
}
