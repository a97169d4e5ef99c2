//! Places and numbers: labels moved apart, ticks, figures.

/// Moves labels apart: places at least `gap` apart, in the order given, as near to `wanted` as can be (least squares),
/// and between `low` and `high` where they all fit.
///
/// With i gaps taken off the i-th position, "far enough apart" becomes "not descending", and that is solved by pooling
/// adjacent violators.
pub(super) fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut pools: Vec<(f64, usize)> = Vec::with_capacity(wanted.len());
    let mean = |(sum, n): (f64, usize)| sum / n as f64;
    for (i, place) in wanted.iter().enumerate() {
        let mut pool = (place - i as f64 * gap, 1);
        while let Some(last) = pools.pop_if(|last| mean(*last) > mean(pool)) {
            pool = (pool.0 + last.0, pool.1 + last.1);
        }
        pools.push(pool);
    }
    let highest = (high - wanted.len().saturating_sub(1) as f64 * gap).max(low);
    let pooled = pools.into_iter().flat_map(|pool| std::iter::repeat_n(mean(pool).clamp(low, highest), pool.1));
    pooled.enumerate().map(|(i, place)| place + i as f64 * gap).collect()
}

/// Round ticks from 0 to `max` or just beyond, and their decimals: about `count` steps of 1, 2 or 5 times a power
/// of ten.
pub(super) fn ticks(max: f64, count: usize) -> (Vec<f64>, usize) {
    let rough = max / count.max(1) as f64;
    if !(1e-9..=1e12).contains(&rough) {
        return (vec![0.0], 0);
    }
    let (mut unit, mut decimals) = (1.0, 0_usize);
    while unit * 10.0 <= rough {
        unit *= 10.0;
    }
    while unit > rough {
        unit /= 10.0;
        decimals += 1;
    }
    let factor = [1.0, 2.0, 5.0].into_iter().find(|f| unit * f >= rough).unwrap_or(10.0);
    if factor == 10.0 {
        decimals = decimals.saturating_sub(1);
    }
    let step = unit * factor;
    ((0..=(max / step - 1e-9).ceil() as u32).map(|i| f64::from(i) * step).collect(), decimals)
}

/// Places of `years` between `from` and `to`: at their distance in time, or evenly if they are not ascending whole
/// numbers.
pub(super) fn in_time(years: &[String], from: f64, to: f64) -> Vec<f64> {
    let numbers: Vec<f64> = years.iter().filter_map(|year| Some(f64::from(year.parse::<i32>().ok()?))).collect();
    let timed = numbers.len() == years.len() && numbers.is_sorted_by(|a, b| a < b);
    let times = if timed { numbers } else { (0..years.len()).map(|i| i as f64).collect() };
    let Some((first, last)) = times.first().zip(times.last()) else { return Vec::new() };
    let length = (last - first).max(f64::MIN_POSITIVE);
    times.iter().map(|time| from + (time - first) / length * (to - from)).collect()
}

/// How wide each of `across` panels is, `gutter` apart, within `room`.
pub(super) fn panel_width(room: f64, across: usize, gutter: f64) -> f64 {
    ((room + gutter) / across as f64 - gutter).floor()
}

/// Ticks of an axis of log2 ratios that ends at ±`limit`: place and text, from ÷ to ×.
pub(super) fn ratio_ticks(limit: f64, comma: bool) -> Vec<(f64, String)> {
    const LOG2_OF_3: f64 = 1.584_962_500_721_156;
    let steps: Vec<(f64, String)> = if limit > 1.0 {
        let every = (limit / 5.0).ceil() as u32;
        let powers = (1..=limit as u32).rev().filter(|power| power.is_multiple_of(every));
        powers.map(|power| (f64::from(power), 2_u64.pow(power).to_string())).collect()
    } else {
        vec![(1.0, number(2.0, 0, comma)), (LOG2_OF_3 - 1.0, number(1.5, 1, comma))]
    };
    let fell = steps.iter().map(|(at, text)| (-at, format!("÷{text}")));
    let rose = steps.iter().rev().map(|(at, text)| (*at, format!("×{text}")));
    fell.chain([(0.0, "1".to_owned())]).chain(rose).collect()
}

/// A number with a decimal comma or point.
pub(super) fn number(value: f64, decimals: usize, comma: bool) -> String {
    let plain = format!("{value:.decimals$}").replace('-', "−");
    if comma { plain.replace('.', ",") } else { plain }
}

/// The decimals that show `values` without noise: none for whole numbers, two below one, else one.
pub(super) fn decimals(values: impl Iterator<Item = f64> + Clone) -> usize {
    if values.clone().all(|value| value.fract() == 0.0) {
        0
    } else if values.fold(0.0, |max: f64, value| max.max(value.abs())) < 1.0 {
        2
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_moves_no_further_than_needed() {
        assert_eq!(spread(&[10.0, 50.0], 12.0, 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(spread(&[50.0, 50.0], 12.0, 0.0, 100.0), [44.0, 56.0]);
        assert_eq!(spread(&[99.0, 99.0, 99.0], 12.0, 0.0, 100.0), [76.0, 88.0, 100.0]);
        assert_eq!(spread(&[], 12.0, 0.0, 100.0), [0.0; 0]);
        let crowd: Vec<f64> = (0..24).map(|i| 80.0 + f64::from(i % 3)).collect();
        let apart = spread(&crowd, 10.0, 0.0, 100.0);
        assert!(apart.windows(2).all(|pair| pair[1] - pair[0] >= 10.0 - 1e-9));
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(ticks(7.3, 5), (vec![0.0, 2.0, 4.0, 6.0, 8.0], 0));
        assert_eq!(ticks(0.9, 5).1, 1);
        assert_eq!(ticks(0.049, 5).1, 2);
        assert_eq!(ticks(0.0, 5), (vec![0.0], 0));
        assert_eq!(ticks(f64::NAN, 5), (vec![0.0], 0));
        assert_eq!(ticks(4.9, 5), (vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.0], 0));
        assert_eq!(ticks(5.0, 5).0.len(), 6);
        assert!(ticks(1e15, 5).0.len() < 12);
    }

    #[test]
    fn missing_years_take_their_place() {
        let places = |years: [&str; 3]| in_time(&years.map(str::to_owned), 0.0, 400.0);
        assert_eq!(places(["2019", "2022", "2023"]), [0.0, 300.0, 400.0]);
        assert_eq!(places(["Frühjahr", "2022", "2023"]), [0.0, 200.0, 400.0]);
        assert_eq!(places(["2022"; 3]), [0.0, 200.0, 400.0]);
        assert_eq!(in_time(&["2022".to_owned()], 10.0, 400.0), [10.0]);
    }

    #[test]
    fn the_axis_speaks_of_ratios() {
        let ticks = |limit| -> Vec<String> { ratio_ticks(limit, true).into_iter().map(|tick| tick.1).collect() };
        assert_eq!(ticks(1.0), ["÷2", "÷1,5", "1", "×1,5", "×2"]);
        assert_eq!(ticks(2.3), ["÷4", "÷2", "1", "×2", "×4"]);
        assert_eq!(ticks(16.0).len(), 9);
    }

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(number(3.16, 1, true), "3,2");
        assert_eq!(number(-3.16, 1, false), "−3.2");
        assert_eq!(decimals([1.0, 20.0].into_iter()), 0);
        assert_eq!(decimals([0.25, 0.5].into_iter()), 2);
        assert_eq!(decimals([1.5, 20.0].into_iter()), 1);
    }
}
