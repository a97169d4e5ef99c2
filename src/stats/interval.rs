//! Intervals for shares.

/// The Wilson score interval of a share `k / n` at 95 % (Wilson 1927): lower and upper limit, 0 to 1; `(0, 1)` for no
/// cases.
#[must_use]
pub fn wilson(k: usize, n: usize) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    if n == 0 {
        return (0.0, 1.0);
    }
    let (k, n) = (k as f64, n as f64);
    let p = k / n;
    let z2 = Z * Z;
    let centre = p + z2 / (2.0 * n);
    let spread = Z * libm::sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n));
    let scale = 1.0 + z2 / n;
    (((centre - spread) / scale).max(0.0), ((centre + spread) / scale).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R: `prop.test(81, 263, correct = FALSE)$conf.int` (Newcombe 1998, table I: 0.2553, 0.3662 for 81/263).
    #[test]
    fn published_values() {
        let (low, high) = wilson(81, 263);
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5);
        let (low, high) = wilson(0, 20);
        assert!(low == 0.0 && (high - 0.1611).abs() < 5e-5);
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }
}
