//! The statistics against scipy and numpy: tests/reference/statistics.py says how the values were made.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use wandel::stats::contrast::{Count, log_odds};
use wandel::stats::design::{Design, Scheme};
use wandel::stats::dispersion::deviation_of_proportions;
use wandel::stats::effect::{SideSizes, SideSpread, minimum_detectable, ratio_interval, side_spreads};
use wandel::stats::fdr::benjamini_hochberg;
use wandel::stats::permutation::{PermutationSettings, permute};
use wandel::stats::ranks::{kendall_tau_b, theil_sen};
use wandel::stats::sparse::SparseCounts;
use wandel::stats::two_sample::{fisher_exact, mann_whitney, welch};

use crate::support::here;

/// One kind of cases of the file.
fn cases<T: DeserializeOwned>(kind: &str) -> Vec<T> {
    let text = std::fs::read(here("tests/reference/statistics.json")).expect("there");
    let mut all: serde_json::Value = serde_json::from_slice(&text).expect("valid");
    let cases: Vec<T> = serde_json::from_value(all[kind].take()).expect("as this test expects");
    assert!(cases.len() >= 30, "{kind}");
    cases
}

#[track_caller]
fn close(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{what}: {found} instead of {expected}");
}

#[derive(Deserialize)]
struct TwoSamples {
    a: Vec<f64>,
    b: Vec<f64>,
    welch: (f64, f64),
    mann_whitney: (f64, f64),
}

#[test]
fn tests_of_two_samples() {
    for c in cases::<TwoSamples>("two_samples") {
        let (t, p) = welch(&c.a, &c.b).expect("some variance");
        close(t, c.welch.0, "t");
        close(p, c.welch.1, "p of t");
        let (u, p) = mann_whitney(&c.a, &c.b).expect("two sides");
        close(u, c.mann_whitney.0, "U");
        close(p, c.mann_whitney.1, "p of U");
    }
}

#[derive(Deserialize)]
struct Fisher {
    from: (u64, u64),
    to: (u64, u64),
    p: f64,
}

#[test]
fn fishers_test() {
    for c in cases::<Fisher>("fisher") {
        close(fisher_exact(c.from, c.to), c.p, &format!("{:?} {:?}", c.from, c.to));
    }
}

#[derive(Deserialize)]
struct LogOdds {
    k: [f64; 2],
    n: [f64; 2],
    prior: f64,
    prior_total: f64,
    delta: f64,
    z: f64,
}

#[test]
fn log_odds_with_a_prior() {
    for c in cases::<LogOdds>("log_odds") {
        let side = |i: usize| Count { k: c.k[i], n: c.n[i] };
        let found = log_odds(side(0), side(1), c.prior, c.prior_total);
        close(found.delta, c.delta, "delta");
        close(found.z, c.z, "z");
    }
}

#[derive(Deserialize)]
struct FalseDiscovery {
    p: Vec<f64>,
    q: Vec<f64>,
}

#[test]
fn false_discovery_rates() {
    for c in cases::<FalseDiscovery>("false_discovery") {
        for (found, expected) in benjamini_hochberg(&c.p).iter().zip(&c.q) {
            close(*found, *expected, "q");
        }
    }
}

#[derive(Deserialize)]
struct Ranks {
    x: Vec<f64>,
    y: Vec<f64>,
    tau: f64,
    slope: f64,
}

#[test]
fn rank_methods() {
    for c in cases::<Ranks>("ranks") {
        close(kendall_tau_b(&c.x, &c.y).expect("some order"), c.tau, "tau");
        close(theil_sen(&c.x, &c.y).expect("two years"), c.slope, "slope");
    }
}

#[derive(Deserialize)]
struct Interval {
    from: (f64, f64, f64, f64, f64),
    to: (f64, f64, f64, f64, f64),
    level: f64,
    low: Option<f64>,
    high: Option<f64>,
    effective_mentions: f64,
    detectable: f64,
}

#[test]
fn intervals_of_ratios() {
    let spread =
        |s: (f64, f64, f64, f64, f64)| SideSpread { mentions: s.0, size: s.1, df: s.2, variance: s.3, units: s.4 };
    for c in cases::<Interval>("intervals") {
        let (from, to) = (spread(c.from), spread(c.to));
        let found = ratio_interval(&from, &to, c.level).expect("mentions");
        close(found.effective_mentions, c.effective_mentions, "mentions");
        for (found, expected) in [(found.low, c.low), (found.high, c.high)] {
            match expected {
                Some(expected) => close(found, expected, &format!("limit of {:?} {:?}", c.from, c.to)),
                None => assert!(found.is_infinite()),
            }
        }
        close(minimum_detectable(&from, &to).expect("mentions"), c.detectable, "detectable");
    }
}

#[derive(Deserialize)]
struct Dispersion {
    counts: Vec<u32>,
    sizes: Vec<f64>,
    dp: f64,
}

fn one_column(counts: &[u32]) -> SparseCounts {
    SparseCounts::from_rows(1, counts.iter().map(|&k| [(0, k)])).expect("one column")
}

#[test]
fn dispersion_of_gries() {
    for c in cases::<Dispersion>("dispersion") {
        let total = c.sizes.iter().sum();
        let found = deviation_of_proportions(one_column(&c.counts).column(0), &c.sizes, total, |_| true);
        close(found.expect("mentions"), c.dp, "DP");
    }
}

#[derive(Debug, Deserialize)]
struct Permutation {
    scheme: String,
    counts: Vec<u32>,
    sizes: Vec<f64>,
    labels: Vec<f64>,
    blocks: Option<Vec<u32>>,
    cap: u32,
    relabelings: u64,
    above: u64,
    below: u64,
    equal: u64,
}

#[test]
fn permutations_are_counted_exactly() {
    let (mut wrong, mut counted) = (Vec::new(), 0);
    for c in cases::<Permutation>("permutations") {
        let labels: Vec<Option<f64>> = c.labels.iter().copied().map(Some).collect();
        let design = Design::new(&c.sizes, &labels, c.blocks.as_deref()).expect("two labels");
        let scheme = match c.scheme.as_str() {
            "sessions" => Scheme::Sessions,
            "whole" => Scheme::WholeBlocks,
            _ => Scheme::WithinBlocks,
        };
        assert_eq!(design.scheme(), scheme, "{c:?}");
        assert_eq!(design.relabelings(u64::from(u32::MAX)), c.relabelings, "{c:?}");
        let settings = PermutationSettings { cap: c.cap, ..PermutationSettings::default() };
        let test =
            |settings| permute(&design, &one_column(&c.counts), &[0], &[true], &settings).expect("fits").remove(0);
        let found = test(settings);
        assert!(found.exact && found.relabelings == c.relabelings);
        let (n, tail) = (c.relabelings as f64, c.above.min(c.below) as f64);
        let p = (2.0 * (tail + c.equal as f64) / n).min(1.0);
        let mid_p = (2.0 * (tail + 0.5 * c.equal as f64) / n).min(1.0);
        if (found.p - p).abs() > 1e-12 || (found.mid_p - mid_p).abs() > 1e-12 {
            wrong.push(format!("p {} mid-p {} for {p} and {mid_p} in {c:?}", found.p, found.mid_p));
        }
        // Few units can be far out in few ways: what is counted without dealing is what all relabelings say.
        let dealt = test(PermutationSettings { max_exact: 0, ..settings });
        counted += usize::from(dealt.exact);
        if dealt.exact && ((dealt.p - p).abs() > 1e-12 || (dealt.mid_p - mid_p).abs() > 1e-12) {
            wrong.push(format!("counted p {} mid-p {} for {p} and {mid_p} in {c:?}", dealt.p, dealt.mid_p));
        }
        // No tail is smaller than its values allow.
        if c.scheme == "sessions" {
            let smallest = design.smallest_p((0..c.counts.len()).filter(|&r| c.counts[r] > 0));
            if p < smallest - 1e-12 {
                wrong.push(format!("p {p} is below {smallest} in {c:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(counted > 20, "only {counted} were counted");
}

#[test]
fn spreads_of_sides_are_those_of_their_sums() {
    let (counts, sizes) = ([0, 4, 1, 2, 0, 7], [10.0, 30.0, 20.0, 5.0, 15.0, 25.0]);
    let mut totals = [SideSizes::default(); 2];
    (0..6).for_each(|unit| totals[unit / 3].add(sizes[unit]));
    let spreads = side_spreads(one_column(&counts).column(0), &sizes, totals, |unit| Some(unit / 3));
    for (side, spread) in spreads.iter().enumerate() {
        let units = 3 * side..3 * side + 3;
        let mentions: u32 = counts[units.clone()].iter().sum();
        let rate = f64::from(mentions) / sizes[units.clone()].iter().sum::<f64>();
        let squares: f64 = units.map(|u| (f64::from(counts[u]) - rate * sizes[u]).powi(2)).sum();
        close(spread.mentions, f64::from(mentions), "mentions");
        close(spread.variance, 1.5 * squares, "variance");
    }
}
