//! Factors that come back in several factorisations of parts of the same rows.

use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;

/// Two factors can be one if their cosine is so large.
pub const LEAST_LIKENESS: f64 = 0.5;

/// What several factorisations have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Consensus {
    /// Columns × factors, each of length one; those that come back most and most alike first.
    pub columns: Array2<f32>,
    /// Of each factor, the mean cosine of its counterpart in a factorisation and of the mean of those in all others; a
    /// factorisation without counterpart counts as zero.
    pub stability: Vec<f64>,
}

/// As many factors as one factorisation has: means of factors that are each other's counterparts, at most one of each
/// factorisation (consensus as in Kotliar et al. 2019, by clusters around a factor). `fits` holds the columns of
/// factorisations with the same number of factors.
///
/// # Panics
/// If there are no factorisations.
#[must_use]
pub fn consensus(fits: &[Array2<f32>]) -> Consensus {
    let (n_columns, k) = fits[0].dim();
    let mut pool = Pool::new(fits);
    let clusters: Vec<Vec<Option<usize>>> = (0..k).map_while(|_| pool.take()).collect();
    let mut columns = Array2::<f32>::zeros((n_columns, clusters.len()));
    for (mut sum, cluster) in columns.columns_mut().into_iter().zip(&clusters) {
        for (fit, &member) in fits.iter().zip(cluster) {
            member.into_iter().for_each(|j| sum += &fit.column(j));
        }
        let length = super::norm(sum.view());
        if length > 0.0 {
            sum.mapv_inplace(|v| v / length);
        }
    }
    let stability = clusters.iter().map(|cluster| pool.stability(cluster)).collect();
    Consensus { columns, stability }
}

/// The factors of all fits, of which some are taken.
struct Pool {
    /// Cosines of the factors of one fit with those of another.
    cosines: Vec<Vec<Array2<f64>>>,
    taken: Vec<Vec<bool>>,
}

impl Pool {
    fn new(fits: &[Array2<f32>]) -> Self {
        let of = |a: &Array2<f32>| fits.iter().map(|b| cosines(a.view(), b.view())).collect();
        Self {
            cosines: fits.par_iter().map(of).collect(),
            taken: fits.iter().map(|fit| vec![false; fit.ncols()]).collect(),
        }
    }

    /// The free factor that is most like its counterparts, with them: of each fit the factor, if it has one. None if all
    /// are taken.
    fn take(&mut self) -> Option<Vec<Option<usize>>> {
        let free = |(fit, taken): (usize, &Vec<bool>)| -> Vec<(usize, usize)> {
            (0..taken.len()).filter(|&j| !taken[j]).map(|j| (fit, j)).collect()
        };
        let all: Vec<(usize, usize)> = self.taken.iter().enumerate().flat_map(free).collect();
        let around: Vec<(f64, Vec<Option<usize>>)> =
            all.into_par_iter().map(|(fit, factor)| self.around(fit, factor)).collect();
        let (_, best) = around.into_iter().reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        for (taken, &member) in self.taken.iter_mut().zip(&best) {
            member.into_iter().for_each(|j| taken[j] = true);
        }
        Some(best)
    }

    /// A factor with the closest free one of each other fit, and the sum of their cosines.
    fn around(&self, fit: usize, factor: usize) -> (f64, Vec<Option<usize>>) {
        let mut sum = 0.0;
        let closest = |(other, cosines): (usize, &Array2<f64>)| {
            if other == fit {
                return Some(factor);
            }
            let cosines = cosines.row(factor);
            let free = (0..cosines.len()).filter(|&j| !self.taken[other][j] && cosines[j] >= LEAST_LIKENESS);
            let closest = free.max_by(|&a, &b| cosines[a].total_cmp(&cosines[b]).then(b.cmp(&a)))?;
            sum += cosines[closest];
            Some(closest)
        };
        let members = self.cosines[fit].iter().enumerate().map(closest).collect();
        (sum, members)
    }

    fn stability(&self, cluster: &[Option<usize>]) -> f64 {
        let members: Vec<(usize, usize)> =
            cluster.iter().enumerate().filter_map(|(fit, &member)| Some((fit, member?))).collect();
        let cosine = |a: (usize, usize), b: (usize, usize)| self.cosines[a.0][b.0][[a.1, b.1]];
        let left_out = |&one: &(usize, usize)| {
            let others = || members.iter().filter(|m| **m != one);
            let along: f64 = others().map(|&m| cosine(one, m)).sum();
            let square: f64 = others().flat_map(|&m| others().map(move |&o| cosine(m, o))).sum();
            if square > 0.0 { along / square.sqrt() } else { 0.0 }
        };
        members.iter().map(left_out).sum::<f64>() / cluster.len() as f64
    }
}

/// Cosines of the factors of two fits over the same columns, each of length one.
#[must_use]
pub fn cosines(fit: ArrayView2<'_, f32>, other: ArrayView2<'_, f32>) -> Array2<f64> {
    // Added in order, so that the kind of processor does not show.
    let mut cosines = Array2::<f64>::zeros((fit.ncols(), other.ncols()));
    for (row, of_other) in fit.rows().into_iter().zip(other.rows()) {
        for (factor, &weight) in row.iter().enumerate().filter(|(_, w)| **w > 0.0) {
            let add = |sum: &mut f64, other: &f32| *sum += f64::from(weight) * f64::from(*other);
            cosines.row_mut(factor).zip_mut_with(&of_other, add);
        }
    }
    cosines
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn what_comes_back_is_found_in_any_order() {
        // Two factors come back, the second in one fit only beside another one; a third is each time another.
        let fits = [
            array![[1., 0., 0.], [0., 1., 0.], [0., 0., 1.], [0., 0., 0.]],
            array![[0., 0., 1.], [0.6, 0., 0.], [0.8, 0., 0.], [0., 1., 0.]],
            array![[0., 1., 0.], [1., 0., 0.], [0., 0., 0.], [0., 0., 1.]],
        ];
        let found = consensus(&fits);
        let first = found.columns.column(0);
        assert_eq!((first[0], found.stability[0]), (1.0, 1.0));
        // (0, 1, 0, 0) twice and (0, .6, .8, 0) once.
        let second = found.columns.column(1);
        assert!(second[1] > 0.9 && second[2] > 0.2, "{found:?}");
        let cosine = |along: f64, square: f64| along / square.sqrt();
        let expected = (2.0 * cosine(1.6, 2.0 + 2.0 * 0.6) + cosine(1.2, 4.0)) / 3.0;
        assert!((found.stability[1] - expected).abs() < 1e-6, "{found:?}");
        // (0, 0, 0, 1) twice: once there is no counterpart.
        assert!((found.stability[2] - 2.0 / 3.0).abs() < 1e-6, "{found:?}");
        assert_eq!(found.columns.dim(), (4, 3));
    }

    #[test]
    fn what_the_first_fit_lacks_is_found() {
        let lacking = array![[1., 0.], [0., 0.], [0., 0.], [0., 1.]];
        let having = array![[0., 1.], [0.6, 0.], [0.8, 0.], [0., 0.]];
        let mut fits = vec![having; 8];
        fits[0] = lacking;
        let found = consensus(&fits);
        let second = found.columns.column(1);
        assert!((second[1] - 0.6).abs() < 1e-6 && (second[2] - 0.8).abs() < 1e-6, "{found:?}");
        assert!((found.stability[1] - 7.0 / 8.0).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn one_fit_says_nothing_of_what_comes_back() {
        let found = consensus(&[array![[1., 0.], [0., 1.]]]);
        assert_eq!(found.stability, [0.0, 0.0]);
    }
}
