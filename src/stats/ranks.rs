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
    if x.len() != y.len() {
        return None;
    }
    let pairs = (0..x.len()).flat_map(|i| (0..i).map(move |j| (i, j))).filter(|&(i, j)| x[i] != x[j]);
    let mut slopes: Vec<f64> = pairs.map(|(i, j)| (y[i] - y[j]) / (x[i] - x[j])).collect();
    slopes.sort_by(f64::total_cmp);
    let n = slopes.len();
    (n > 0).then(|| f64::midpoint(slopes[(n - 1) / 2], slopes[n / 2]))
}

/// [`theil_sen`] of many samples with the same x, in order and each another one: the median is looked for near the last one.
pub(super) struct Slopes<'x> {
    x: &'x [f64],
    all: Vec<f64>,
    near: Vec<f64>,
    /// Slopes to the left and to the right of the last median.
    around: Option<(f64, f64)>,
}

impl<'x> Slopes<'x> {
    pub(super) fn new(x: &'x [f64]) -> Self {
        Self { x, all: Vec::new(), near: Vec::new(), around: None }
    }

    /// The slope of finite numbers, as many as x, at least two.
    pub(super) fn theil_sen(&mut self, y: &[f64]) -> f64 {
        let n = y.len() * (y.len() - 1) / 2;
        // Where neither rises nor falls are a majority, the median is one of the ties.
        let (mut rises, mut falls) = (0, 0);
        for (i, yi) in y.iter().enumerate() {
            rises += y[..i].iter().filter(|yj| *yj < yi).count();
            falls += y[..i].iter().filter(|yj| *yj > yi).count();
        }
        if rises.max(falls) <= (n - 1) / 2 {
            return 0.0;
        }
        self.all.clear();
        for (i, (xi, yi)) in self.x.iter().zip(y).enumerate() {
            self.all.extend(self.x[..i].iter().zip(&y[..i]).map(|(xj, yj)| (yi - yj) / (xi - xj)));
        }
        let (left, right) = self.middle_near().unwrap_or_else(|| {
            self.all.sort_unstable_by(f64::total_cmp);
            self.around = Some((self.all[n * 3 / 10], self.all[n * 7 / 10]));
            (self.all[(n - 1) / 2], self.all[n / 2])
        });
        f64::midpoint(left, right)
    }

    /// The two in the middle (the same if their number is odd), if they lie around the last median.
    fn middle_near(&mut self) -> Option<(f64, f64)> {
        let (low, high) = self.around?;
        let n = self.all.len();
        let below = self.all.iter().filter(|s| **s < low).count();
        // Every slope is written, and those around stay.
        self.near.resize(n, 0.0);
        let mut around = 0;
        for &slope in &self.all {
            self.near[around] = slope;
            around += usize::from((low..=high).contains(&slope));
        }
        let near = &mut self.near[..around];
        let left = ((n - 1) / 2).checked_sub(below)?;
        let right = (n / 2).checked_sub(below).filter(|&i| i < near.len())?;
        let (before, &mut at_right, _) = near.select_nth_unstable_by(right, f64::total_cmp);
        let at_left = if left == right { at_right } else { before.iter().copied().max_by(f64::total_cmp)? };
        Some((at_left, at_right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_that_are_looked_for_near_the_last_one_are_the_same() {
        for years in [2usize, 3, 4, 10, 11] {
            let x: Vec<f64> = (0..years).map(|y| 2_000.0 + y as f64).collect();
            let mut slopes = Slopes::new(&x);
            for draw in 0..300 {
                // Much the same numbers, now and then quite other ones, and many ties.
                let shift = if draw % 17 == 0 { 5.0 } else { 0.1 };
                let number = |i: usize| ((i * 37 + draw * 11) % 23) as f64 * 0.1 + shift * i as f64;
                let tied = |i: usize| if (i * 7 + draw) % 5 < draw % 4 { number(i) } else { 0.0 };
                let y: Vec<f64> =
                    (0..years).map(if draw % 3 == 0 { &tied as &dyn Fn(usize) -> f64 } else { &number }).collect();
                assert_eq!(Some(slopes.theil_sen(&y)), theil_sen(&x, &y), "{years} years, draw {draw}: {y:?}");
            }
        }
    }
}
