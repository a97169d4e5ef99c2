//! Non-negative matrix factorisation of a sparse matrix: X ≈ W Hᵀ with nothing below zero (Lee and Seung 1999).
//!
//! Least squares by coordinate descent, one whole side after the other (hierarchical alternating least squares, Cichocki
//! and Phan 2009), from the start of Boutsidis and Gallopoulos (2008): the leading singular vectors, by subspace iteration
//! (Halko, Martinsson and Tropp 2011). Nothing is random but the directions that the iteration begins with, and those
//! are always the same. Rows are worked on in parallel, each by itself: the result does not depend on threads.

use ndarray::{Array2, ArrayView1, Axis};
use rayon::prelude::*;

use super::random::Random;

/// A sparse matrix of weights, by row.
#[derive(Debug, Clone, PartialEq)]
pub struct SparseWeights {
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
    n_columns: usize,
}

impl SparseWeights {
    /// From rows of `(column, weight)`.
    ///
    /// # Panics
    /// If a column is not below `n_columns`, or a weight is below zero or no number.
    pub fn from_rows<R>(n_columns: usize, rows: impl IntoIterator<Item = R>) -> Self
    where
        R: IntoIterator<Item = (u32, f32)>,
    {
        let mut matrix = Self { starts: vec![0], columns: Vec::new(), values: Vec::new(), n_columns };
        for row in rows {
            for (column, weight) in row {
                assert!((column as usize) < n_columns && weight >= 0.0, "weight {weight} in column {column}");
                matrix.columns.push(column);
                matrix.values.push(weight);
            }
            matrix.starts.push(matrix.columns.len());
        }
        matrix
    }

    /// Number of rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of columns.
    #[must_use]
    pub fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// The cells of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (u32, f32)> {
        let range = self.starts[row]..self.starts[row + 1];
        self.columns[range.clone()].iter().copied().zip(self.values[range].iter().copied())
    }

    /// Some of the rows, in the order asked for.
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Self {
        Self::from_rows(self.n_columns, rows.iter().map(|&row| self.row(row)))
    }

    /// At most so many rows, chosen at random, in their order.
    #[must_use]
    pub fn sample(&self, most: usize, seed: u64) -> Self {
        let mut rows: Vec<usize> = (0..self.n_rows()).collect();
        if rows.len() > most {
            Random::new(seed, 0).choose(&mut rows, most);
            rows.truncate(most);
            rows.sort_unstable();
        }
        self.select(&rows)
    }

    /// The same rows at the given places of a taller matrix, whose other rows are empty.
    ///
    /// # Panics
    /// If `places` are not as many as the rows, do not ascend, or are not below `n_rows`.
    #[must_use]
    pub fn spread(&self, places: &[usize], n_rows: usize) -> Self {
        assert!(places.len() == self.n_rows() && places.is_sorted_by(|a, b| a < b), "a place for each row");
        assert!(places.last().is_none_or(|&last| last < n_rows), "places below {n_rows}");
        let mut starts = vec![0; n_rows + 1];
        for (own, &place) in places.iter().enumerate() {
            starts[place + 1] = self.starts[own + 1] - self.starts[own];
        }
        for row in 0..n_rows {
            starts[row + 1] += starts[row];
        }
        Self { starts, columns: self.columns.clone(), values: self.values.clone(), n_columns: self.n_columns }
    }

    /// Columns as rows.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let mut starts = vec![0usize; self.n_columns + 1];
        self.columns.iter().for_each(|&c| starts[c as usize + 1] += 1);
        for c in 0..self.n_columns {
            starts[c + 1] += starts[c];
        }
        let mut next = starts.clone();
        let mut columns = vec![0; self.columns.len()];
        let mut values = vec![0.0; self.values.len()];
        for row in 0..self.n_rows() {
            for (column, value) in self.row(row) {
                let at = &mut next[column as usize];
                columns[*at] = row as u32;
                values[*at] = value;
                *at += 1;
            }
        }
        Self { starts, columns, values, n_columns: self.n_rows() }
    }

    /// One row times a dense matrix of as many rows as this has columns, added to `sum`.
    fn add_product(&self, row: usize, dense: &[f32], sum: &mut [f32]) {
        let k = sum.len();
        for (column, value) in self.row(row) {
            let other = &dense[column as usize * k..][..k];
            sum.iter_mut().zip(other).for_each(|(s, o)| *s += value * o);
        }
    }

    /// This times a dense matrix.
    fn times(&self, dense: &Array2<f32>) -> Array2<f32> {
        let k = dense.ncols();
        let mut product = Array2::zeros((self.n_rows(), k));
        let dense = flat(dense);
        flat_mut(&mut product)
            .par_chunks_mut(k)
            .with_min_len(MIN_ROWS)
            .enumerate()
            .for_each(|(row, sum)| self.add_product(row, dense, sum));
        product
    }
}

/// When a factorisation ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FactorizeSettings {
    /// Rounds at most.
    pub max_rounds: usize,
    /// It ends when the projected gradient is this part of what it was in the first round.
    pub tolerance: f64,
}

impl Default for FactorizeSettings {
    fn default() -> Self {
        Self { max_rounds: 200, tolerance: 1e-4 }
    }
}

/// The two factors. Each column of `columns` has length one, so that `rows` holds the weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Factorization {
    /// Rows × factors.
    pub rows: Array2<f32>,
    /// Columns × factors.
    pub columns: Array2<f32>,
    /// Rounds made.
    pub rounds: usize,
}

impl Factorization {
    /// The `n` most characteristic columns of each factor with their weights, the first the most characteristic: by the
    /// weight w of the column, times the root of the share that the factor has of all weights of the column. Columns that
    /// many factors share come later than by w alone.
    #[must_use]
    pub fn characteristic(&self, n: usize) -> Vec<Vec<(usize, f64)>> {
        let sum = |row: ArrayView1<'_, f32>| row.iter().map(|w| f64::from(*w)).sum::<f64>();
        let sums: Vec<f64> = self.columns.rows().into_iter().map(sum).collect();
        let of_factor = |factor: ArrayView1<'_, f32>| {
            let mut cells: Vec<(usize, f64)> = factor
                .iter()
                .enumerate()
                .filter(|(_, w)| **w > 0.0)
                .map(|(c, &w)| (c, f64::from(w) * (f64::from(w) / sums[c]).sqrt()))
                .collect();
            cells.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            cells.truncate(n);
            cells
        };
        self.columns.columns().into_iter().map(of_factor).collect()
    }
}

/// Rows that are worth a task of their own.
const MIN_ROWS: usize = 64;
/// Directions beyond those asked for, and rounds, of the subspace iteration.
const OVERSAMPLING: usize = 8;
const POWER_ROUNDS: usize = 5;

/// Factorises a matrix into `k` factors.
///
/// # Panics
/// If `k` is zero, or larger than the number of rows or of columns.
#[must_use]
pub fn factorize(x: &SparseWeights, k: usize, settings: &FactorizeSettings) -> Factorization {
    assert!(k > 0 && k <= x.n_rows() && k <= x.n_columns(), "{k} factors of {} × {}", x.n_rows(), x.n_columns());
    let transposed = x.transposed();
    let (mut rows, mut columns) = start(x, &transposed, k);
    let mut first = 0.0;
    let mut rounds = 0;
    while rounds < settings.max_rounds {
        rounds += 1;
        let violation = sweep(x, &columns, &mut rows) + sweep(&transposed, &rows, &mut columns);
        if rounds == 1 {
            first = violation;
        }
        if violation <= settings.tolerance * first {
            break;
        }
    }
    for factor in 0..k {
        let length = norm(columns.column(factor));
        if length > 0.0 {
            columns.column_mut(factor).mapv_inplace(|v| v / length);
            rows.column_mut(factor).mapv_inplace(|v| v * length);
        }
    }
    Factorization { rows, columns, rounds }
}

/// The weights of rows for factors that are known: rows × factors.
///
/// # Panics
/// If `columns` has not as many rows as `x` has columns.
#[must_use]
pub fn weigh(x: &SparseWeights, columns: &Array2<f32>) -> Array2<f32> {
    assert_eq!(x.n_columns(), columns.nrows(), "a row of factors for every column");
    let columns = columns.as_standard_layout().into_owned();
    let mut rows = Array2::zeros((x.n_rows(), columns.ncols()));
    for _ in 0..20 {
        sweep(x, &columns, &mut rows);
    }
    rows
}

/// One round of coordinate descent over all rows of `free`; the sum of the projected gradients before it.
fn sweep(x: &SparseWeights, fixed: &Array2<f32>, free: &mut Array2<f32>) -> f64 {
    let k = fixed.ncols();
    let gram = fixed.t().dot(fixed).as_standard_layout().into_owned();
    let (fixed, gram) = (flat(fixed), flat(&gram));
    let one = |(row, w): (usize, &mut [f32])| {
        // What is left of the gradient, kept up as the weights move.
        let mut left = vec![0.0f32; k];
        x.add_product(row, fixed, &mut left);
        let subtract = |left: &mut [f32], j: usize, by: f32| {
            left.iter_mut().zip(&gram[j * k..][..k]).for_each(|(l, g)| *l -= by * g);
        };
        for j in 0..k {
            if w[j] != 0.0 {
                subtract(&mut left, j, w[j]);
            }
        }
        let mut violation = 0.0f64;
        for j in 0..k {
            let curvature = gram[j * k + j];
            if curvature <= 0.0 {
                continue;
            }
            if w[j] > 0.0 || left[j] > 0.0 {
                violation += f64::from(left[j].abs());
            }
            let new = (w[j] + left[j] / curvature).max(0.0);
            if new != w[j] {
                subtract(&mut left, j, new - w[j]);
                w[j] = new;
            }
        }
        violation
    };
    let violations: Vec<f64> = flat_mut(free).par_chunks_mut(k).with_min_len(MIN_ROWS).enumerate().map(one).collect();
    // Added in order, so that threads do not show.
    violations.iter().sum()
}

/// Rows and columns to begin with, from the leading singular vectors.
fn start(x: &SparseWeights, transposed: &SparseWeights, k: usize) -> (Array2<f32>, Array2<f32>) {
    let width = (k + OVERSAMPLING).min(x.n_rows()).min(x.n_columns());
    let mut random = Random::new(0, 0);
    let mut right = Array2::from_shape_fn((x.n_columns(), width), |_| random.unit() as f32 - 0.5);
    orthonormalize(&mut right);
    for _ in 0..POWER_ROUNDS {
        right = transposed.times(&x.times(&right));
        orthonormalize(&mut right);
    }
    // In this small space the singular vectors are eigenvectors.
    let left = x.times(&right);
    let (values, vectors) = eigen(left.t().dot(&left).mapv(f64::from));
    let mut order: Vec<usize> = (0..width).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    let turn = Array2::from_shape_fn((width, k), |(i, j)| vectors[[i, order[j]]] as f32);
    let (mut rows, mut columns) = (left.dot(&turn), right.dot(&turn));
    for factor in 0..k {
        let length = norm(rows.column(factor));
        if length > 0.0 {
            rows.column_mut(factor).mapv_inplace(|v| v / length);
        }
        let parts = |v: ArrayView1<'_, f32>, sign: f32| norm(v.mapv(|v| (v * sign).max(0.0)).view());
        let weight = |sign: f32| parts(rows.column(factor), sign) * parts(columns.column(factor), sign);
        let sign = if weight(1.0) >= weight(-1.0) { 1.0 } else { -1.0 };
        let scale = (length * weight(sign)).sqrt();
        for side in [&mut rows, &mut columns] {
            let own = parts(side.column(factor), sign);
            let by = if own > 0.0 { sign * scale / own } else { 0.0 };
            side.column_mut(factor).mapv_inplace(|v| (v * by).max(0.0));
        }
    }
    (rows.as_standard_layout().into_owned(), columns.as_standard_layout().into_owned())
}

/// Makes the columns orthonormal (Gram and Schmidt, twice, which is enough); a column that depends on those before it
/// becomes zero.
fn orthonormalize(matrix: &mut Array2<f32>) {
    for j in 0..matrix.ncols() {
        let (done, mut rest) = matrix.view_mut().split_at(Axis(1), j);
        let mut column = rest.column_mut(0);
        let before = norm(column.view());
        for _ in 0..2 {
            for other in done.columns() {
                let along = other.iter().zip(&column).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>() as f32;
                column.zip_mut_with(&other, |c, o| *c -= along * o);
            }
        }
        let length = norm(column.view());
        let scale = if length > 1e-6 * before { 1.0 / length } else { 0.0 };
        column.mapv_inplace(|v| v * scale);
    }
}

/// Eigenvalues and eigenvectors (as columns) of a symmetric matrix, by Jacobi's rotations (Golub and Van Loan 8.5).
fn eigen(mut a: Array2<f64>) -> (Vec<f64>, Array2<f64>) {
    let n = a.nrows();
    let mut vectors = Array2::eye(n);
    let size = a.iter().map(|v| v * v).sum::<f64>();
    for _ in 0..60 {
        let off: f64 = a.indexed_iter().filter(|((i, j), _)| i != j).map(|(_, v)| v * v).sum();
        if off <= 1e-24 * size {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                if a[[p, q]] == 0.0 {
                    continue;
                }
                let theta = (a[[q, q]] - a[[p, p]]) / (2.0 * a[[p, q]]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let t = if theta == 0.0 { 1.0 } else { t };
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for i in 0..n {
                    let (x, y) = (a[[i, p]], a[[i, q]]);
                    (a[[i, p]], a[[i, q]]) = (c * x - s * y, s * x + c * y);
                }
                for i in 0..n {
                    let (x, y) = (a[[p, i]], a[[q, i]]);
                    (a[[p, i]], a[[q, i]]) = (c * x - s * y, s * x + c * y);
                    let (x, y) = (vectors[[i, p]], vectors[[i, q]]);
                    (vectors[[i, p]], vectors[[i, q]]) = (c * x - s * y, s * x + c * y);
                }
            }
        }
    }
    (a.diag().to_vec(), vectors)
}

fn norm(v: ArrayView1<'_, f32>) -> f32 {
    v.iter().map(|&v| f64::from(v) * f64::from(v)).sum::<f64>().sqrt() as f32
}

fn flat(matrix: &Array2<f32>) -> &[f32] {
    matrix.as_slice().expect("made in standard order")
}

fn flat_mut(matrix: &mut Array2<f32>) -> &mut [f32] {
    matrix.as_slice_mut().expect("made in standard order")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two blocks: rows 0–3 use columns 0–2, rows 4–9 columns 3–6.
    fn blocks() -> SparseWeights {
        let row = |r: u32| -> Vec<(u32, f32)> {
            let columns = if r < 4 { 0..3 } else { 3..7 };
            columns.map(|c| (c, 1.0 + ((r * 7 + c * 3) % 5) as f32 / 10.0)).collect()
        };
        SparseWeights::from_rows(7, (0..10).map(row))
    }

    fn error(x: &SparseWeights, f: &Factorization) -> f32 {
        let mut whole = f.rows.dot(&f.columns.t());
        for row in 0..x.n_rows() {
            for (column, value) in x.row(row) {
                whole[[row, column as usize]] -= value;
            }
        }
        norm(whole.flatten().view())
    }

    #[test]
    fn blocks_are_found() {
        let x = blocks();
        let f = factorize(&x, 2, &FactorizeSettings::default());
        let of = |row: usize| usize::from(f.rows[[row, 1]] > f.rows[[row, 0]]);
        let first = of(0);
        assert!((0..4).all(|r| of(r) == first) && (4..10).all(|r| of(r) == 1 - first), "{f:?}");
        assert!(f.columns.iter().chain(&f.rows).all(|v| *v >= 0.0));
        assert!(error(&x, &f) < 0.15 * norm(ArrayView1::from(&x.values)));
        // Every factor more fits at least as well; all of them fit exactly enough.
        let errors: Vec<f32> = (1..6).map(|k| error(&x, &factorize(&x, k, &FactorizeSettings::default()))).collect();
        assert!(errors.windows(2).all(|e| e[1] <= e[0] + 1e-3), "{errors:?}");
    }

    #[test]
    fn known_factors_give_the_same_weights() {
        let x = blocks();
        let f = factorize(&x, 2, &FactorizeSettings::default());
        let again = weigh(&x, &f.columns);
        assert!(again.iter().zip(&f.rows).all(|(a, b)| (a - b).abs() < 1e-3), "{again} {}", f.rows);
    }

    #[test]
    fn the_best_flat_fit_is_that_of_the_singular_value() {
        // One factor of a non-negative matrix is its leading singular pair (Perron and Frobenius).
        let x = SparseWeights::from_rows(2, [vec![(0, 2.0), (1, 1.0)], vec![(0, 1.0), (1, 3.0)]]);
        let f = factorize(&x, 1, &FactorizeSettings { max_rounds: 500, tolerance: 0.0 });
        // Singular values of [[2, 1], [1, 3]]: (5 ± √5) / 2.
        let largest = (5.0 + 5f32.sqrt()) / 2.0;
        assert!((norm(f.rows.column(0)) - largest).abs() < 1e-4, "{f:?}");
        assert!((error(&x, &f) - (5.0 - 5f32.sqrt()) / 2.0).abs() < 1e-4);
    }

    #[test]
    fn eigenvectors_are_those_of_the_matrix() {
        let a = Array2::from_shape_fn((5, 5), |(i, j)| 1.0 / (i + j + 1) as f64);
        let (values, vectors) = eigen(a.clone());
        let product = a.dot(&vectors);
        for j in 0..5 {
            assert!((0..5).all(|i| (product[[i, j]] - values[j] * vectors[[i, j]]).abs() < 1e-10));
        }
        // The trace of the Hilbert matrix.
        assert!((values.iter().sum::<f64>() - (1.0 + 1.0 / 3.0 + 0.2 + 1.0 / 7.0 + 1.0 / 9.0)).abs() < 1e-12);
    }

    #[test]
    fn an_empty_row_and_a_double_column_do_no_harm() {
        let x = SparseWeights::from_rows(3, [vec![], vec![(0, 1.0), (1, 1.0)], vec![(0, 2.0), (1, 2.0)]]);
        let f = factorize(&x, 3, &FactorizeSettings::default());
        assert!(f.rows.iter().chain(&f.columns).all(|v| v.is_finite()));
        assert!(f.rows.row(0).iter().all(|v| *v == 0.0) && error(&x, &f) < 1e-3);
        assert_eq!(x.transposed().transposed(), x);
    }
}
