//! The tests of the literature for two samples: what wandel is held against (`wandel calibrate --peers`), and what other
//! crates may want. All p are two-sided.

use statrs::function::beta::beta_reg;
use statrs::function::erf::erfc;
use statrs::function::gamma::ln_gamma;

fn mean_and_variance(x: &[f64]) -> (f64, f64) {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    (mean, x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0))
}

/// Welch's t test of equal means (Welch 1947): t (second minus first) and p. `None` with fewer than two values on a side
/// or without any variance.
#[must_use]
pub fn welch(a: &[f64], b: &[f64]) -> Option<(f64, f64)> {
    if a.len() < 2 || b.len() < 2 {
        return None;
    }
    let ((mean_a, var_a), (mean_b, var_b)) = (mean_and_variance(a), mean_and_variance(b));
    let (sa, sb) = (var_a / a.len() as f64, var_b / b.len() as f64);
    if sa + sb <= 0.0 {
        return None;
    }
    let t = (mean_b - mean_a) / libm::sqrt(sa + sb);
    let freedom = (sa + sb) * (sa + sb) / (sa * sa / (a.len() as f64 - 1.0) + sb * sb / (b.len() as f64 - 1.0));
    Some((t, beta_reg(freedom / 2.0, 0.5, freedom / (freedom + t * t))))
}

/// Ranks from 1, equal values sharing their mean rank, and Σ (t³ − t) over groups of t equal values.
fn ranks(values: &[f64]) -> (Vec<f64>, f64) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut ties = 0.0;
    let mut start = 0;
    while start < order.len() {
        let mut end = start + 1;
        while end < order.len() && values[order[end]] == values[order[start]] {
            end += 1;
        }
        let t = (end - start) as f64;
        ties += t * t * t - t;
        for &i in &order[start..end] {
            ranks[i] = (start + end + 1) as f64 / 2.0;
        }
        start = end;
    }
    (ranks, ties)
}

/// Mann and Whitney's rank sum test: U of the second sample and the normal p with corrections for ties and continuity.
/// p is 1 where all values are equal; `None` with an empty side.
#[must_use]
pub fn mann_whitney(a: &[f64], b: &[f64]) -> Option<(f64, f64)> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let all: Vec<f64> = a.iter().chain(b).copied().collect();
    let (ranks, ties) = ranks(&all);
    let (na, nb, n) = (a.len() as f64, b.len() as f64, all.len() as f64);
    let u = ranks[a.len()..].iter().sum::<f64>() - nb * (nb + 1.0) / 2.0;
    let variance = na * nb / 12.0 * (n + 1.0 - ties / (n * (n - 1.0)));
    if variance <= 0.0 {
        return Some((u, 1.0));
    }
    let z = (libm::fabs(u - na * nb / 2.0) - 0.5) / libm::sqrt(variance);
    Some((u, erfc(z / std::f64::consts::SQRT_2).min(1.0)))
}

/// Fisher's exact test of a 2 × 2 table: `hits` of `n` on each side. Tables as probable as the observed one, or less,
/// count (as R's `fisher.test` and scipy do).
#[must_use]
pub fn fisher_exact(from: (u64, u64), to: (u64, u64)) -> f64 {
    let ((x1, n1), (x2, n2)) = (from, to);
    let hits = x1 + x2;
    let choose = |n: u64, k: u64| ln_gamma(n as f64 + 1.0) - ln_gamma(k as f64 + 1.0) - ln_gamma((n - k) as f64 + 1.0);
    let all = choose(n1 + n2, hits);
    let probability = |k: u64| libm::exp(choose(n2, k) + choose(n1, hits - k) - all);
    let observed = probability(x2);
    let (low, high) = (hits.saturating_sub(n1), hits.min(n2));
    (low..=high).map(probability).filter(|p| *p <= observed * (1.0 + 1e-7)).sum::<f64>().min(1.0)
}

/// Dunning's (1993) log-likelihood ratio G² of two rates, `k` mentions in `n` words on each side, over the two cells of the
/// term as corpus linguistics has it: 2 Σ k ln(k / E). It takes every word for an independent draw.
#[must_use]
pub fn log_likelihood(from: (f64, f64), to: (f64, f64)) -> f64 {
    let rate = (from.0 + to.0) / (from.1 + to.1);
    let part = |(k, n): (f64, f64)| if k > 0.0 { k * libm::log(k / (rate * n)) } else { 0.0 };
    2.0 * (part(from) + part(to))
}

/// Upper tail of the chi-squared distribution with one degree of freedom.
#[must_use]
pub fn chi_squared_1_tail(x: f64) -> f64 {
    erfc(libm::sqrt(x.max(0.0) / 2.0))
}
