//! TF-IDF with the formula of scikit-learn's `TfidfTransformer` (smooth IDF, L2 norm).

/// A sparse row: `(column, count)`, columns ascending.
pub type SparseRow<'r> = &'r [(u32, f64)];

/// The inverse document frequency of a term that stands in `df` of `n` documents: ln((1 + n) / (1 + df)) + 1.
///
/// This is the smoothed form of scikit-learn (`smooth_idf=True`): as if one more document held every term once.
#[must_use]
pub fn idf(n: usize, df: usize) -> f64 {
    libm::log((1 + n) as f64 / (1 + df) as f64) + 1.0
}

/// In how many rows each of `n_columns` columns has a count above zero.
#[must_use]
pub fn document_frequencies<'r>(rows: impl IntoIterator<Item = SparseRow<'r>>, n_columns: usize) -> Vec<usize> {
    let mut frequencies = vec![0; n_columns];
    for row in rows {
        for &(column, count) in row {
            frequencies[column as usize] += usize::from(count > 0.0);
        }
    }
    frequencies
}

/// The weights of one row: count × IDF, divided by the row's Euclidean length (0 for an empty row).
#[must_use]
pub fn weights(row: SparseRow<'_>, idf: impl Fn(u32) -> f64) -> Vec<f64> {
    let raw: Vec<f64> = row.iter().map(|&(column, count)| count * idf(column)).collect();
    let norm = libm::sqrt(raw.iter().map(|w| w * w).sum());
    raw.into_iter().map(|w| if norm > 0.0 { w / norm } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idf_is_one_for_a_term_in_every_document() {
        assert!((idf(4, 4) - 1.0).abs() < 1e-12);
        assert!(idf(4, 1) > idf(4, 2));
    }

    #[test]
    fn rows_have_length_one() {
        let row = [(0, 2.0), (3, 1.0)];
        let weights = weights(&row, |c| f64::from(c) + 1.0);
        assert!((weights.iter().map(|w| w * w).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(super::weights(&[], |_| 1.0).is_empty());
    }
}
