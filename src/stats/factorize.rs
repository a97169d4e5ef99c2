//! Non-negative matrix factorisation of a sparse matrix: X ≈ W Hᵀ with nothing below zero (Lee and Seung 1999).
//!
//! Least squares by coordinate descent, one whole side after the other, two times over each row for one product with the
//! data (accelerated hierarchical alternating least squares, Gillis and Glineur 2012). Each side is then stretched beyond
//! its step; a round that makes the error larger is taken back (after Ang and Gillis 2019). It starts from the leading
//! singular vectors (Boutsidis and Gallopoulos 2008), by subspace iteration (Halko, Martinsson and Tropp 2011). Nothing is
//! random but the directions that the iteration begins with, and those are always the same. Rows are worked on in
//! parallel, each by itself, and sums are made in one order: the result does not depend on threads.

mod consensus;
mod dense;
mod start;

use ndarray::{Array2, ArrayView1};
use rayon::prelude::*;

pub use consensus::{Consensus, LEAST_LIKENESS, consensus, cosines};
use dense::{Dense, MIN_ROWS, add};
use start::start;

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

    /// Each row times its factor.
    ///
    /// # Panics
    /// If there is not a factor for each row, or one is below zero.
    #[must_use]
    pub fn scaled(&self, factors: &[f32]) -> Self {
        assert_eq!(factors.len(), self.n_rows(), "a factor for each row");
        let rows = factors.iter().enumerate();
        Self::from_rows(self.n_columns, rows.map(|(row, &factor)| self.row(row).map(move |(c, w)| (c, factor * w))))
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

    /// One row times a dense matrix of as many rows as this has columns.
    fn row_times(&self, row: usize, dense: &Dense, product: &mut [f32]) {
        product.fill(0.0);
        self.row(row).for_each(|(column, value)| add(product, value, dense.row(column as usize)));
    }

    /// This times a dense matrix.
    fn times(&self, dense: &Dense) -> Dense {
        let mut product = Dense::zeros(self.n_rows(), dense.width);
        let rows = product.values.par_chunks_mut(dense.stride).with_min_len(MIN_ROWS);
        rows.enumerate().for_each(|(row, sum)| self.row_times(row, dense, sum));
        product
    }
}

/// When a factorisation ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FactorizeSettings {
    /// Rounds at most.
    pub max_rounds: usize,
    /// It ends when five rounds together lower the squared error by less than this part of what all rounds since the
    /// first did.
    pub tolerance: f64,
    /// Rounds of the subspace iteration that finds the singular vectors to begin with.
    pub start_rounds: usize,
}

impl Default for FactorizeSettings {
    fn default() -> Self {
        Self { max_rounds: 200, tolerance: 1e-3, start_rounds: 12 }
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
    /// The `n` most characteristic columns of each factor.
    #[must_use]
    pub fn characteristic(&self, n: usize) -> Vec<Vec<(usize, f64)>> {
        characteristic(&self.columns, n)
    }
}

/// How much it counts that other factors lack a column. A larger power makes the lists share fewer words and prefers rare
/// ones, which hold together less (docs/performance.md).
const DISTINCTNESS: f64 = 0.15;

/// The `n` most characteristic columns of each factor with their weights, the first the most characteristic: by the weight w
/// of the column, times the share that the factor has of all weights of the column to the power of .15. Columns that many
/// factors share come later than by w alone. `columns` holds columns × factors.
#[must_use]
pub fn characteristic(columns: &Array2<f32>, n: usize) -> Vec<Vec<(usize, f64)>> {
    let sum = |row: ArrayView1<'_, f32>| row.iter().map(|w| f64::from(*w)).sum::<f64>();
    let sums: Vec<f64> = columns.rows().into_iter().map(sum).collect();
    let of_factor = |factor: ArrayView1<'_, f32>| {
        let mut cells: Vec<(usize, f64)> = factor
            .iter()
            .enumerate()
            .filter(|(_, w)| **w > 0.0)
            .map(|(c, &w)| (c, f64::from(w) * libm::pow(f64::from(w) / sums[c], DISTINCTNESS)))
            .collect();
        cells.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        cells.truncate(n);
        cells
    };
    columns.columns().into_iter().map(of_factor).collect()
}

/// Rounds whose gain is looked at together.
const LOOK_BACK: usize = 5;
/// How far a step is stretched at first, and how this grows and shrinks.
const STRETCH: f32 = 0.5;
const GROWTH: f32 = 1.01;
const GROWTH_OF_LIMIT: f32 = 1.005;
const SHRINK: f32 = 1.5;
/// Part of the square of all weights that is no more than rounding.
const ROUNDING: f64 = 1e-7;
/// Times that the weights of a row are moved for one product with the data, in a round and where factors are known.
const INNER: usize = 2;
const INNER_OF_KNOWN: usize = 20;

/// Factorises a matrix into `k` factors.
///
/// # Panics
/// If `k` is zero, or larger than the number of rows or of columns.
#[must_use]
pub fn factorize(x: &SparseWeights, k: usize, settings: &FactorizeSettings) -> Factorization {
    assert!(k > 0 && k <= x.n_rows() && k <= x.n_columns(), "{k} factors of {} × {}", x.n_rows(), x.n_columns());
    let transposed = x.transposed();
    let whole: f64 = x.values.iter().map(|v| f64::from(*v).powi(2)).sum();
    let (rows, columns) = start(x, &transposed, k, settings.start_rounds);
    let mut best = (rows.clone(), columns.clone());
    let (mut rows, mut columns) = (Side::new(rows), Side::new(columns));
    let (mut stretch, mut limit) = (STRETCH, 1.0f32);
    let mut errors: Vec<f64> = Vec::new();
    let mut rounds = 0;
    while rounds < settings.max_rounds && !has_settled(&errors, settings.tolerance) {
        rounds += 1;
        rows.step(x, &columns.ahead, stretch);
        let error = whole + columns.step(&transposed, &rows.ahead, stretch);
        if errors.last().is_none_or(|before| error <= before + ROUNDING * whole) {
            errors.push(error);
            best.0.clone_from(&rows.ahead);
            best.1.clone_from(&columns.last);
            stretch = (stretch * GROWTH).min(limit);
            limit = (limit * GROWTH_OF_LIMIT).min(1.0);
        } else {
            // Too far: back, and on with smaller steps.
            rows.set(&best.0);
            columns.set(&best.1);
            limit = stretch;
            stretch /= SHRINK;
        }
    }
    let (mut rows, mut columns) = (best.0.to_array(), best.1.to_array());
    for factor in 0..k {
        let length = norm(columns.column(factor));
        if length > 0.0 {
            columns.column_mut(factor).mapv_inplace(|v| v / length);
            rows.column_mut(factor).mapv_inplace(|v| v * length);
        }
    }
    Factorization { rows, columns, rounds }
}

/// Whether the last rounds gained less than a part of all that was gained since the first.
fn has_settled(errors: &[f64], part: f64) -> bool {
    let [first, .., last] = errors else { return false };
    let Some(before) = errors.len().checked_sub(1 + LOOK_BACK) else { return false };
    errors[before] - last <= part * (first - last)
}

/// The weights of rows for factors that are known: rows × factors.
///
/// # Panics
/// If `columns` has not as many rows as `x` has columns.
#[must_use]
pub fn weigh(x: &SparseWeights, columns: &Array2<f32>) -> Array2<f32> {
    assert_eq!(x.n_columns(), columns.nrows(), "a row of factors for every column");
    let columns = Dense::from_fn(columns.nrows(), columns.ncols(), |i, j| columns[[i, j]]);
    let fixed = Fixed::new(&columns);
    let mut rows = Dense::zeros(x.n_rows(), columns.width);
    let work = rows.values.par_chunks_mut(columns.stride).with_min_len(MIN_ROWS).enumerate();
    work.for_each_init(
        || fixed.scratch(),
        |scratch, (row, w)| {
            x.row_times(row, &columns, &mut scratch.product);
            fixed.descend(scratch, w, INNER_OF_KNOWN);
        },
    );
    rows.to_array()
}

/// Room for the work on a row.
struct Scratch {
    /// The product of the row and the side that is held.
    product: Vec<f32>,
    /// What is left of its gradient.
    left: Vec<f32>,
    /// Weights to be moved.
    active: Vec<usize>,
}

/// The side that is held while the other one moves.
struct Fixed<'d> {
    side: &'d Dense,
    gram: Dense,
    /// One divided by the diagonal of `gram`; zero for a factor that is zero.
    inverse: Vec<f32>,
}

impl<'d> Fixed<'d> {
    fn new(side: &'d Dense) -> Self {
        let gram = side.gram();
        let inverse = |v: &f64| if *v > 0.0 { (1.0 / v) as f32 } else { 0.0 };
        let inverse = gram.diag().iter().map(inverse).collect();
        let gram = Dense::from_fn(side.width, side.width, |i, j| gram[[i, j]] as f32);
        Self { side, gram, inverse }
    }

    fn scratch(&self) -> Scratch {
        let stride = self.side.stride;
        Scratch { product: vec![0.0; stride], left: vec![0.0; stride], active: vec![0; stride] }
    }

    /// Moves the weights of a row, one after the other, each to its best value, some times; a weight that is zero and
    /// would not grow is left out.
    fn descend(&self, Scratch { product, left, active }: &mut Scratch, w: &mut [f32], times: usize) {
        left.copy_from_slice(product);
        for (j, &weight) in w.iter().enumerate().filter(|(_, w)| **w != 0.0) {
            add(left, -weight, self.gram.row(j));
        }
        for _ in 0..times {
            let mut n = 0;
            for (j, (weight, left)) in w.iter().zip(&*left).enumerate().take(self.inverse.len()) {
                active[n] = j;
                n += usize::from(*weight > 0.0 || *left > 0.0);
            }
            for &j in &active[..n] {
                let new = (w[j] + left[j] * self.inverse[j]).max(0.0);
                add(left, w[j] - new, self.gram.row(j));
                w[j] = new;
            }
        }
    }
}

/// A side that moves.
struct Side {
    /// Stretched beyond the last step.
    ahead: Dense,
    /// After the last step.
    last: Dense,
}

impl Side {
    fn new(start: Dense) -> Self {
        Self { last: start.clone(), ahead: start }
    }

    fn set(&mut self, to: &Dense) {
        self.ahead.clone_from(to);
        self.last.clone_from(to);
    }

    /// A step of every row towards the least squares for `fixed`, stretched afterwards. Returns the squared error of the
    /// step itself, less the square of all of `x`.
    fn step(&mut self, x: &SparseWeights, fixed: &Dense, stretch: f32) -> f64 {
        let fixed = Fixed::new(fixed);
        let one = |scratch: &mut Scratch, (row, (w, last)): (usize, (&mut [f32], &mut [f32]))| {
            x.row_times(row, fixed.side, &mut scratch.product);
            fixed.descend(scratch, w, INNER);
            for (w, last) in w.iter_mut().zip(&mut *last) {
                let new = *w;
                *w = (new + stretch * (new - *last)).max(0.0);
                *last = new;
            }
            // |x − Hw|² − |x|² = −2 w·Hᵀx + w·HᵀHw, and what is left of the gradient is Hᵀx − HᵀHw.
            let cells = last.iter().zip(&scratch.product).zip(&scratch.left);
            cells.map(|((w, p), l)| -f64::from(*w) * (f64::from(*p) + f64::from(*l))).sum()
        };
        let stride = fixed.side.stride;
        let rows = self.ahead.values.par_chunks_mut(stride).zip(self.last.values.par_chunks_mut(stride));
        let errors: Vec<f64> = rows.with_min_len(MIN_ROWS).enumerate().map_init(|| fixed.scratch(), one).collect();
        // Added in order, so that threads do not show.
        errors.iter().sum()
    }
}

fn norm(v: ArrayView1<'_, f32>) -> f32 {
    v.iter().map(|&v| f64::from(v) * f64::from(v)).sum::<f64>().sqrt() as f32
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
    fn threads_do_not_show() {
        let row = |r: u32| {
            (0..40u32)
                .filter(move |c| (r * 31 + c * c * 7).is_multiple_of(5))
                .map(move |c| (c, 1.0 + ((r + c) % 3) as f32))
        };
        let x = SparseWeights::from_rows(40, (0..500).map(row));
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| factorize(&x, 7, &FactorizeSettings::default()))
        };
        assert_eq!(on(1), on(3));
    }

    #[test]
    fn stretching_ends_nearer_than_plain_steps() {
        let row = |r: u32| {
            (0..60u32)
                .filter(move |c| (r * 13 + c * (r % 7 + 1)) % 11 < 3)
                .map(move |c| (c, 1.0 + ((r * c) % 5) as f32))
        };
        let x = SparseWeights::from_rows(60, (0..400).map(row));
        let transposed = x.transposed();
        let (rows, columns) = start(&x, &transposed, 8, 12);
        let (mut rows, mut columns) = (Side::new(rows), Side::new(columns));
        let whole: f64 = x.values.iter().map(|v| f64::from(*v).powi(2)).sum();
        let mut plain = 0.0;
        for _ in 0..30 {
            rows.step(&x, &columns.ahead, 0.0);
            plain = whole + columns.step(&transposed, &rows.ahead, 0.0);
        }
        let product = Factorization { rows: rows.last.to_array(), columns: columns.last.to_array(), rounds: 30 };
        assert!((f64::from(error(&x, &product)).powi(2) / plain - 1.0).abs() < 1e-4, "the error that a step returns");
        let stretched =
            factorize(&x, 8, &FactorizeSettings { max_rounds: 30, tolerance: 0.0, ..FactorizeSettings::default() });
        assert!(f64::from(error(&x, &stretched)).powi(2) < plain);
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
        let f =
            factorize(&x, 1, &FactorizeSettings { max_rounds: 500, tolerance: 0.0, ..FactorizeSettings::default() });
        // Singular values of [[2, 1], [1, 3]]: (5 ± √5) / 2.
        let largest = (5.0 + 5f32.sqrt()) / 2.0;
        assert!((norm(f.rows.column(0)) - largest).abs() < 1e-4, "{f:?}");
        assert!((error(&x, &f) - (5.0 - 5f32.sqrt()) / 2.0).abs() < 1e-4);
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
