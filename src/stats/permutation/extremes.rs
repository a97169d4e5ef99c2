//! The outermost relabelings of a term, counted without dealing: few units have few ways to be far out.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::design::{Design, Scheme};

/// Patterns of units that are looked at, on each side.
const PATTERNS: usize = 64;
/// Units that may stand on the other side in these patterns.
const UNITS: usize = 16;
/// Sums that rounding parted.
const SAME: f64 = 1e-6;

/// A tail with the patterns that make its values.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Walked {
    /// Chances of relabelings at least so far out, rising.
    pub(super) chances: Vec<f64>,
    /// How much of the term stands on the other side, in each of them.
    missing: Vec<f64>,
}

impl Walked {
    /// The chance of this much on the other side, or of less, and that of less; if known.
    pub(super) fn of(&self, missing: f64) -> Option<(f64, f64)> {
        let at = self.missing.iter().position(|m| (m - missing).abs() <= SAME * (1.0 + missing.abs()))?;
        Some((self.chances[at], if at == 0 { 0.0 } else { self.chances[at - 1] }))
    }
}

/// What is not on the side where a tail has it all: the positions of some units in order of weight, and their sum.
#[derive(PartialEq)]
struct Pattern {
    sum: f64,
    units: Vec<usize>,
}

impl Eq for Pattern {}

impl Ord for Pattern {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.sum.total_cmp(&other.sum).then_with(|| self.units.cmp(&other.units))
    }
}

impl PartialOrd for Pattern {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Both tails of a term in `units` with weights above zero: all on the side labelled 1 and little on the other, and the
/// reverse. `later` has the number labelled 1 of each stratum.
pub(super) fn tails(design: &Design, later: &[usize], units: &[u32], weights: &[f32]) -> [Walked; 2] {
    if !design.is_two_sided() || design.scheme() == Scheme::WithinBlocks {
        // The values are not known, but for their bound.
        let bound = design.smallest_p(units.iter().map(|&u| u as usize)) / 2.0;
        return [0, 1].map(|_| Walked { chances: vec![bound], missing: vec![f64::NAN] });
    }
    let (strata, stratum_of) = (design.strata(), design.stratum_of());
    let mut named: Vec<(u32, usize)> = Vec::new();
    let mut of_stratum: Vec<u32> = units.iter().map(|&u| stratum_of[u as usize]).collect();
    of_stratum.sort_unstable();
    for stratum in of_stratum {
        match named.last_mut() {
            Some((last, n)) if *last == stratum => *n += 1,
            _ => named.push((stratum, 1)),
        }
    }
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by(|&a, &b| weights[a].total_cmp(&weights[b]).then(a.cmp(&b)));
    let light: Vec<(f64, u32)> =
        order.iter().take(UNITS + 1).map(|&i| (f64::from(weights[i]), stratum_of[units[i] as usize])).collect();
    let sides = |stratum: u32, upper: bool| {
        let (n, later) = (strata[stratum as usize].len(), later[stratum as usize]);
        (if upper { later } else { n - later }, n)
    };
    [true, false].map(|upper| {
        let chance = |missing: &[usize]| -> f64 {
            let product = named.iter().map(|&(stratum, df)| {
                let (side, n) = sides(stratum, upper);
                let away = missing.iter().filter(|&&i| light[i].1 == stratum).count();
                drawn(side, n, df, away)
            });
            product.product()
        };
        walk(&light, units.len(), chance)
    })
}

/// The chance that of `df` given units among `n`, of which `side` are drawn, just `away` given ones are not drawn.
fn drawn(side: usize, n: usize, df: usize, away: usize) -> f64 {
    let of = |all: usize, i: usize| all.saturating_sub(i) as f64;
    let there: f64 = (0..df - away).map(|i| of(side, i) / of(n, i)).product();
    let not: f64 = (0..away).map(|i| of(n - side, i) / of(n, df - away + i)).product();
    there * not
}

/// The tail from the lightest patterns on, up to the last weight whose patterns were all seen.
fn walk(light: &[(f64, u32)], df: usize, chance: impl Fn(&[usize]) -> f64) -> Walked {
    // Patterns with heavier units than these are left out: nothing at or beyond their weight is known.
    let usable = light.len().min(UNITS);
    let limit = if df > usable { light[usable - 1].0 } else { f64::INFINITY };
    let mut heap = BinaryHeap::new();
    heap.push(Reverse(Pattern { sum: 0.0, units: Vec::new() }));
    let (mut tail, mut reached) = (Walked::default(), 0.0);
    let mut open: Option<(f64, f64)> = None;
    let mut seen = 0;
    while let Some(Reverse(pattern)) = heap.pop() {
        if let Some((sum, with)) = open
            && pattern.sum > sum + SAME * (1.0 + sum)
        {
            reached += with;
            if with > 0.0 {
                tail.chances.push(reached);
                tail.missing.push(sum);
            }
            open = None;
        }
        if seen == PATTERNS || pattern.sum >= limit {
            return tail;
        }
        seen += 1;
        let (sum, with) = open.unwrap_or((pattern.sum, 0.0));
        open = Some((sum, with + chance(&pattern.units)));
        // Each set once: the next unit is added, or takes the place of the last.
        let next = pattern.units.last().map_or(0, |l| l + 1);
        if next < usable {
            let added = |mut units: Vec<usize>, sum: f64| {
                units.push(next);
                Reverse(Pattern { sum: sum + light[next].0, units })
            };
            heap.push(added(pattern.units.clone(), pattern.sum));
            if let Some((&last, rest)) = pattern.units.split_last() {
                heap.push(added(rest.to_vec(), pattern.sum - light[last].0));
            }
        }
    }
    if let Some((sum, with)) = open {
        tail.chances.push(reached + with);
        tail.missing.push(sum);
    }
    tail
}

#[cfg(test)]
mod tests {
    use super::*;

    fn design(earlier: usize, later: usize) -> Design {
        let labels: Vec<Option<f64>> = (0..earlier + later).map(|i| Some(f64::from(u8::from(i >= earlier)))).collect();
        Design::new(&vec![1.0; earlier + later], &labels, None).unwrap()
    }

    #[test]
    fn equal_weights_have_the_tails_of_the_hypergeometric_distribution() {
        let [upper, lower] = tails(&design(5, 4), &[4], &[0, 1, 8], &[1.0; 3]);
        let near = |a: &[f64], b: &[f64]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12);
        // Three of nine units, four drawn: C(3, k) C(6, 4 − k) / 126.
        assert!(near(&upper.chances, &[6.0 / 126.0, 51.0 / 126.0, 111.0 / 126.0, 1.0]), "{upper:?}");
        assert!(near(&lower.chances, &[15.0 / 126.0, 75.0 / 126.0, 120.0 / 126.0, 1.0]), "{lower:?}");
        assert_eq!(upper.of(1.0).map(|(a, b)| (a * 126.0).round() + b * 0.0), Some(51.0));
    }

    #[test]
    fn unequal_weights_part_the_patterns() {
        let [upper, _] = tails(&design(5, 5), &[5], &[0, 3, 7], &[0.25, 0.5, 1.0]);
        assert_eq!(upper.missing, [0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75]);
        assert!((upper.chances.last().unwrap() - 1.0).abs() < 1e-12);
        let all = 5.0 * 4.0 * 3.0 / (10.0 * 9.0 * 8.0);
        assert!((upper.chances[0] - all).abs() < 1e-12);
    }

    #[test]
    fn patterns_that_were_not_all_seen_are_left_out() {
        let units: Vec<u32> = (0..40).collect();
        let [upper, _] = tails(&design(50, 50), &[50], &units, &[1.0; 40]);
        assert_eq!(upper.chances.len(), 1);
    }
}
