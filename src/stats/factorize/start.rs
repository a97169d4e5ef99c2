//! What a factorisation begins with.

use ndarray::Array2;

use super::SparseWeights;
use super::dense::Dense;
use crate::stats::random::Random;

/// Directions beyond those asked for, of the subspace iteration.
const OVERSAMPLING: usize = 8;
/// A column of which less than this part of its square is left depends on those before it.
const LEAST_LEFT: f64 = 1e-10;

/// Rows and columns to begin with, from the leading singular vectors, with the mean in place of what is less (as NNDSVDa of
/// Boutsidis and Gallopoulos 2008 has it in place of zero).
pub(super) fn start(x: &SparseWeights, transposed: &SparseWeights, k: usize, rounds: usize) -> (Dense, Dense) {
    let width = (k + OVERSAMPLING).min(x.n_rows()).min(x.n_columns());
    let mut random = Random::new(0, 0);
    let mut right = Dense::from_fn(x.n_columns(), width, |_, _| random.unit() as f32 - 0.5);
    for _ in 0..rounds {
        // Nearly orthonormal is enough on the way, and rows are mostly fewer than columns.
        let left = x.times(&right);
        right = transposed.times(&left.times(&orthonormalizer(&left.gram())));
    }
    let right = orthonormal(&right);
    // In this small space the singular vectors are eigenvectors.
    let left = x.times(&right);
    let (values, vectors) = eigen(left.gram());
    let mut order: Vec<usize> = (0..width).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    let turn = Array2::from_shape_fn((width, k), |(i, j)| vectors[[i, order[j]]]);
    let (mut rows, mut columns) = (left.times(&turn), right.times(&turn));
    for factor in 0..k {
        let weight = |sign: f64| parts(&rows, factor, sign) * parts(&columns, factor, sign);
        let sign = if weight(1.0) >= weight(-1.0) { 1.0 } else { -1.0 };
        // Of the side that weighs more, both vectors get the same length.
        let scale = weight(sign).sqrt();
        for side in [&mut rows, &mut columns] {
            let own = parts(side, factor, sign);
            let by = if own > 0.0 { (sign * scale / own) as f32 } else { 0.0 };
            side.column_mut(factor).for_each(|v| *v = (*v * by).max(0.0));
            let sum: f64 = side.column(factor).map(f64::from).sum();
            let mean = (sum / side.n_rows() as f64) as f32;
            side.column_mut(factor).for_each(|v| *v = v.max(mean));
        }
    }
    (rows, columns)
}

/// Length of what of a column has this sign.
fn parts(side: &Dense, factor: usize, sign: f64) -> f64 {
    side.column(factor).map(|v| (f64::from(v) * sign).max(0.0).powi(2)).sum::<f64>().sqrt()
}

/// Columns of the same space that are orthonormal (Gram and Schmidt, twice, which is enough); a column that depends on
/// those before it becomes zero.
fn orthonormal(matrix: &Dense) -> Dense {
    let once = matrix.times(&orthonormalizer(&matrix.gram()));
    once.times(&orthonormalizer(&once.gram()))
}

/// The triangle T that makes the columns of A T orthonormal, from AᵀA.
fn orthonormalizer(gram: &Array2<f64>) -> Array2<f64> {
    let n = gram.nrows();
    let mut triangle = Array2::<f64>::zeros((n, n));
    // Of each column of T its product with AᵀA.
    let mut products = Array2::<f64>::zeros((n, n));
    for j in 0..n {
        let mut column = vec![0.0; n];
        column[j] = 1.0;
        for i in 0..j {
            let along = products[[i, j]];
            (0..=i).for_each(|l| column[l] -= along * triangle[[l, i]]);
        }
        let product: Vec<f64> = (0..n).map(|a| (0..=j).map(|b| gram[[a, b]] * column[b]).sum()).collect();
        let square: f64 = (0..=j).map(|a| column[a] * product[a]).sum();
        if square > LEAST_LEFT * gram[[j, j]] {
            let scale = 1.0 / square.sqrt();
            for a in 0..n {
                triangle[[a, j]] = scale * column[a];
                products[[j, a]] = scale * product[a];
            }
        }
    }
    triangle
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn columns_become_orthonormal_and_dependent_ones_zero() {
        // The fourth column is the sum of the first two.
        let value = |i: usize, j: usize| ((i * i * (2 * j + 3) + 5 * j) % 17) as f32 - 8.0;
        let matrix = Dense::from_fn(150, 5, |i, j| if j == 3 { value(i, 0) + value(i, 1) } else { value(i, j) });
        let gram = orthonormal(&matrix).gram();
        for ((i, j), product) in gram.indexed_iter() {
            let expected = if i == j && i != 3 { 1.0 } else { 0.0 };
            assert!((product - expected).abs() < 1e-5, "{gram}");
        }
    }
}
