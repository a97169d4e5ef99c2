//! Rank methods for three and more years: Kendall's τ, Theil and Sen's slope.

/// Kendall's τ_b of two samples (Kendall 1945): ties count in neither direction. `None` if the lengths differ, with fewer
/// than two pairs, or where one side has equal values only. O(n²).
#[must_use]
pub fn kendall_tau_b(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.len() < 2 {
        return None;
    }
    let sign = |d: f64| if d == 0.0 { 0.0 } else { d.signum() };
    let (mut s, mut pairs_x, mut pairs_y) = (0.0, 0.0, 0.0);
    for i in 0..x.len() {
        for j in 0..i {
            let (a, b) = (sign(x[i] - x[j]), sign(y[i] - y[j]));
            s += a * b;
            pairs_x += a * a;
            pairs_y += b * b;
        }
    }
    (pairs_x > 0.0 && pairs_y > 0.0).then(|| s / libm::sqrt(pairs_x * pairs_y))
}

/// Theil and Sen's slope: the median of the slopes of all pairs with different x (Theil 1950, Sen 1968). `None` if the
/// lengths differ or all x are equal. O(n²).
#[must_use]
pub fn theil_sen(x: &[f64], y: &[f64]) -> Option<f64> {
    theil_sen_with(x, y, &mut Vec::new())
}

/// A number that is ordered as [`f64::total_cmp`] orders, and back: compared quicker than made.
fn ordered(bits: i64) -> i64 {
    bits ^ ((bits >> 63) as u64 >> 1) as i64
}

/// The same with room for the slopes, to be used again.
pub(super) fn theil_sen_with(x: &[f64], y: &[f64], slopes: &mut Vec<i64>) -> Option<f64> {
    if x.len() != y.len() {
        return None;
    }
    slopes.clear();
    for i in 0..x.len() {
        for j in 0..i {
            if x[i] != x[j] {
                slopes.push(ordered(((y[i] - y[j]) / (x[i] - x[j])).to_bits() as i64));
            }
        }
    }
    let n = slopes.len();
    if n == 0 {
        return None;
    }
    let slope = |ordered_bits: i64| f64::from_bits(ordered(ordered_bits) as u64);
    let (below, &mut middle, _) = slopes.select_nth_unstable(n / 2);
    if n % 2 == 1 {
        return Some(slope(middle));
    }
    below.iter().copied().max().map(|left| f64::midpoint(slope(left), slope(middle)))
}
