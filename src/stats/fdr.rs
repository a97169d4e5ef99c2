//! False discovery rate.

/// The q of each p (Benjamini and Hochberg 1995): the smallest false discovery rate at which it would be a discovery,
/// qᵢ = min over j ≥ i of m·p₍ⱼ₎ / j, at most 1. In the order of the input; empty for no input.
///
/// Valid for independent and for positively dependent tests (Benjamini and Yekutieli 2001).
#[must_use]
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let m = p.len() as f64;
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]).then(a.cmp(&b)));
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0f64;
    for (rank, &i) in order.iter().enumerate().rev() {
        least = least.min(m * p[i] / (rank as f64 + 1.0));
        q[i] = least;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn q_is_monotone_and_never_below_p() {
        let p = [0.01, 0.02, 0.03, 0.5, 0.04];
        let q = benjamini_hochberg(&p);
        assert!(p.iter().zip(&q).all(|(p, q)| q >= p));
        assert!((q[0] - 0.05).abs() < 1e-12 && (q[4] - 0.05).abs() < 1e-12 && (q[3] - 0.5).abs() < 1e-12);
        assert!(benjamini_hochberg(&[]).is_empty());
    }
}
