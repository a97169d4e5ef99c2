//! What holds of the tests and intervals whatever the counts are.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use wandel::stats::design::Design;
use wandel::stats::effect::{SideSpread, ratio_interval};
use wandel::stats::fdr::benjamini_hochberg;
use wandel::stats::permutation::{PermutationSettings, Permuted, discoveries, permute};
use wandel::stats::random::Random;
use wandel::stats::sparse::SparseCounts;

/// Counts of terms in talks, with the sizes and years of the talks.
#[derive(Debug, Clone)]
struct Small {
    counts: Vec<Vec<u32>>,
    sizes: Vec<f64>,
    labels: Vec<f64>,
}

impl Small {
    fn table(&self) -> SparseCounts {
        let n_terms = self.counts[0].len();
        let rows = self.counts.iter().map(|row| row.iter().zip(0..).map(|(&k, t)| (t, k)));
        SparseCounts::from_rows(n_terms, rows).expect("terms are numbered")
    }

    fn design(&self) -> Design {
        let labels: Vec<Option<f64>> = self.labels.iter().copied().map(Some).collect();
        Design::new(&self.sizes, &labels, None).expect("two labels")
    }

    fn test(&self, settings: &PermutationSettings) -> Vec<Permuted> {
        let terms: Vec<usize> = (0..self.counts[0].len()).collect();
        permute(&self.design(), &self.table(), &terms, &vec![true; terms.len()], settings).expect("fits")
    }

    fn p(&self) -> Vec<f64> {
        self.test(&PermutationSettings::default()).iter().map(|t| t.p).collect()
    }

    /// The same talks in another order.
    fn turned(&self, by: usize) -> Self {
        let mut turned = self.clone();
        turned.counts.rotate_left(by);
        turned.sizes.rotate_left(by);
        turned.labels.rotate_left(by);
        turned
    }
}

/// Up to nine talks of two or three years, three terms.
fn small(years: usize) -> impl Strategy<Value = Small> {
    let row = (vec(prop_oneof![3 => Just(0u32), 2 => Just(1), 1 => 2u32..9], 3), 20u32..400, 0..years);
    vec(row, years.max(3)..=if years == 2 { 9 } else { 6 }).prop_filter_map("all years", move |rows| {
        let labels: Vec<f64> = rows.iter().map(|r| 2020.0 + r.2 as f64).collect();
        let distinct: BTreeSet<usize> = rows.iter().map(|r| r.2).collect();
        (distinct.len() == years).then(|| Small {
            counts: rows.iter().map(|r| r.0.clone()).collect(),
            sizes: rows.iter().map(|r| f64::from(r.1)).collect(),
            labels,
        })
    })
}

fn same(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn p_is_a_share_of_relabelings(case in prop_oneof![small(2), small(3)], cap in 0u32..5) {
        let settings = PermutationSettings { cap, ..PermutationSettings::default() };
        for test in case.test(&settings) {
            prop_assert!(test.exact && test.relabelings == case.design().relabelings(1 << 30));
            prop_assert!(test.p > 0.0 && test.p <= 1.0 && test.mid_p > 0.0 && test.mid_p <= test.p);
            let hits = test.p * test.relabelings as f64;
            prop_assert!((hits - hits.round()).abs() < 1e-6 && hits >= 0.999);
            if cap == 0 {
                prop_assert!(test.p == 1.0 && test.direction == 0);
            }
        }
    }

    #[test]
    fn which_side_comes_first_is_nothing_to_p(case in small(2)) {
        let swapped = Small { labels: case.labels.iter().map(|l| 4041.0 - l).collect(), ..case.clone() };
        let (there, back) = (case.test(&PermutationSettings::default()), swapped.test(&PermutationSettings::default()));
        for (a, b) in there.iter().zip(&back) {
            prop_assert!((a.p - b.p).abs() < 1e-12, "{} {}", a.p, b.p);
            prop_assert_eq!(a.direction, -b.direction);
        }
    }

    #[test]
    fn order_of_talks_is_nothing_to_p(case in prop_oneof![small(2), small(3)], by in 0usize..3) {
        let (p, turned) = (case.p(), case.turned(by).p());
        prop_assert!(same(&p, &turned), "{p:?} {turned:?}");
    }

    #[test]
    fn order_and_company_of_terms_are_nothing_to_p(case in small(2)) {
        let p = case.p();
        let settings = PermutationSettings::default();
        let tests = permute(&case.design(), &case.table(), &[2, 0], &[false, true], &settings).expect("fits");
        prop_assert!(same(&[p[2], p[0]], &[tests[0].p, tests[1].p]));
    }

    #[test]
    fn relabelings_are_all_there_are(case in prop_oneof![small(2), small(3)], block in vec(0u32..3, 9)) {
        let labels: Vec<Option<f64>> = case.labels.iter().copied().map(Some).collect();
        let design = Design::new(&case.sizes, &labels, Some(&block[..labels.len()])).or_else(|_| Design::new(&case.sizes, &labels, None)).expect("two labels");
        // The p of a term that nobody names counts every relabeling.
        let test = &permute(&design, &case.table(), &[0], &[true], &PermutationSettings::default()).expect("fits")[0];
        prop_assert_eq!(test.relabelings, design.relabelings(1 << 30));
    }

    #[test]
    fn regrouping_keeps_totals(case in small(2), to in vec(proptest::option::of(0u32..4), 9)) {
        let table = case.table();
        let to = &to[..table.n_rows()];
        let grouped = table.regroup(to, 4);
        for term in 0..table.n_columns() {
            let kept: u64 = table.column(term).cells().filter(|c| to[c.0].is_some()).map(|c| u64::from(c.1)).sum();
            prop_assert_eq!(grouped.column(term).total(), kept);
            prop_assert!(grouped.column(term).rows.windows(2).all(|w| w[0] < w[1]));
        }
        let same: Vec<Option<u32>> = (0..table.n_rows() as u32).map(Some).collect();
        prop_assert_eq!(table.regroup(&same, table.n_rows()), table);
    }

    #[test]
    fn q_grows_with_p(p in vec(1e-6f64..1.0, 1..30)) {
        let q = benjamini_hochberg(&p);
        for i in 0..p.len() {
            prop_assert!(q[i] >= p[i] * (1.0 - 1e-12) && q[i] <= 1.0);
            prop_assert!((0..p.len()).all(|j| p[i] > p[j] || q[i] <= q[j]));
        }
        let mut smaller = p.clone();
        smaller[0] /= 2.0;
        prop_assert!(benjamini_hochberg(&smaller).iter().zip(&q).all(|(a, b)| a <= b));
    }

    #[test]
    fn an_interval_holds_its_ratio(
        (k1, k2) in (0u32..300, 0u32..300),
        (f1, f2) in (1.0f64..1e7, 1.0f64..1e7),
        (d1, d2) in (0.0f64..1.0, 0.0f64..1.0),
        (v1, v2) in (0.0f64..40.0, 0.0f64..40.0),
    ) {
        let side = |k: u32, size: f64, d: f64, v: f64| {
            let mentions = f64::from(k);
            SideSpread { mentions, size, df: (d * mentions).ceil(), units: (d * mentions).ceil() + 20.0, variance: v * mentions }
        };
        let (from, to) = (side(k1, f1, d1, v1), side(k2, f2, d2, v2));
        let Some(there) = ratio_interval(&from, &to, 0.95) else {
            prop_assert!(k1 + k2 == 0);
            return Ok(());
        };
        let ratio = (f64::from(k2) / f2 / (f64::from(k1) / f1)).log2();
        prop_assert!(there.low <= ratio && ratio <= there.high, "{there:?} {ratio}");
        prop_assert!(there.low < there.high && there.effective_mentions > 0.0);
        let back = ratio_interval(&to, &from, 0.95).expect("mentions");
        let mirrored = |a: f64, b: f64| a == -b || (a + b).abs() < 1e-9 * a.abs().max(1.0);
        prop_assert!(mirrored(there.low, back.high) && mirrored(there.high, back.low), "{there:?} {back:?}");
    }
}

#[test]
fn every_choice_is_as_likely_as_the_others() {
    let mut random = Random::new(3, 0);
    let mut seen = std::collections::BTreeMap::new();
    let mut order: Vec<u32> = (0..6).collect();
    for _ in 0..40_000 {
        random.choose(&mut order, 3);
        let mut chosen = order[..3].to_vec();
        chosen.sort_unstable();
        *seen.entry(chosen).or_insert(0u32) += 1;
    }
    // 20 choices, each 2,000 times; chi-squared with 19 degrees of freedom is below 50 in all but 1 of 10,000 cases.
    let chi: f64 = seen.values().map(|&n| (f64::from(n) - 2_000.0).powi(2) / 2_000.0).sum();
    assert!(seen.len() == 20 && chi < 50.0, "{chi}");
    // The order of those chosen is fair too: each is first as often.
    let mut first = [0u32; 6];
    for _ in 0..60_000 {
        random.choose(&mut order, 2);
        first[order[0] as usize] += 1;
    }
    assert!(first.iter().all(|n| n.abs_diff(10_000) < 457), "{first:?}");
}

/// Thirty talks of the earlier year, ten of the later one, of very different length.
fn unequal() -> Small {
    let mut random = Random::new(11, 0);
    let mut case = Small { counts: Vec::new(), sizes: Vec::new(), labels: Vec::new() };
    for talk in 0..40 {
        let later = talk >= 30;
        let mentions = |chance: f64, random: &mut Random| (0..6).filter(|_| random.unit() < chance).count() as u32;
        let chances = [0.05, 0.15, 0.3, if later { 0.35 } else { 0.1 }, if later { 0.02 } else { 0.12 }];
        case.counts.push(chances.iter().map(|&c| mentions(c, &mut random)).collect());
        case.sizes.push(20.0 + 600.0 * random.unit());
        case.labels.push(if later { 2025.0 } else { 2024.0 });
    }
    case
}

/// Nine talks on each side: 48,620 relabelings.
fn eighteen(years: usize) -> Small {
    let mut case = unequal();
    let kept: Vec<usize> = (6..15).chain(31..40).collect();
    case.counts = kept.iter().map(|&i| case.counts[i].clone()).collect();
    case.sizes = kept.iter().map(|&i| case.sizes[i]).collect();
    case.labels = (0..18).map(|i| 2020.0 + (i / (18 / years)) as f64).collect();
    case
}

/// Of a p that is twice a share of `n` random relabelings; the observed one is counted too.
fn standard_error(p: f64, n: f64) -> f64 {
    2.0 * (p / 2.0 * (1.0 - p / 2.0) / n).sqrt() + 2.0 / n
}

#[test]
fn random_relabelings_agree_with_all() {
    let by_chance = PermutationSettings { max_exact: 0, max_shuffles: 20_000, ..PermutationSettings::default() };
    let all = PermutationSettings { max_exact: 20_000_000, ..PermutationSettings::default() };
    let mut dealt = 0;
    for years in [2, 3] {
        let mut case = eighteen(years);
        if years == 3 {
            // 34,650 ways to deal three years to twelve talks.
            let kept: Vec<usize> = (0..18).filter(|i| i % 6 < 4).collect();
            case.counts = kept.iter().map(|&i| case.counts[i].clone()).collect();
            case.sizes = kept.iter().map(|&i| case.sizes[i]).collect();
            case.labels = kept.iter().map(|&i| case.labels[i]).collect();
        }
        for (exact, random) in case.test(&all).iter().zip(case.test(&by_chance)) {
            assert!(exact.exact);
            if random.exact {
                // Counted without dealing.
                assert!((exact.p - random.p).abs() < 1e-12 && (exact.mid_p - random.mid_p).abs() < 1e-12);
                continue;
            }
            dealt += 1;
            assert!(random.relabelings >= 1_000);
            let n = random.relabelings as f64;
            let error = standard_error(exact.p, n);
            assert!((exact.p - random.p).abs() < 5.0 * error, "{years} years: {exact:?} {random:?}");
            assert!((exact.mid_p - random.mid_p).abs() < 5.0 * error, "{years} years: {exact:?} {random:?}");
            assert_eq!(exact.direction, random.direction);
        }
    }
    assert!(dealt >= 4, "only {dealt} were dealt");
}

/// Within blocks and over whole blocks too, chance and completeness agree.
#[test]
fn random_relabelings_of_blocks_agree_with_all() {
    let case = eighteen(2);
    let labels: Vec<Option<f64>> = case.labels.iter().copied().map(Some).collect();
    let within: Vec<u32> = (0..18).map(|i| i % 3).collect();
    let whole: Vec<u32> = (0..18).map(|i| i * 2 / 3).collect();
    for blocks in [within, whole] {
        let design = Design::new(&case.sizes, &labels, Some(&blocks)).expect("two labels");
        let test = |max_exact| {
            let settings = PermutationSettings { max_exact, max_shuffles: 20_000, ..PermutationSettings::default() };
            permute(&design, &case.table(), &[0, 1, 2, 3, 4], &[true; 5], &settings).expect("fits")
        };
        for (exact, random) in test(1_000_000).iter().zip(test(0)) {
            let error = standard_error(exact.p, random.relabelings as f64);
            assert!(exact.exact && (exact.p - random.p).abs() < 5.0 * error, "{exact:?} {random:?}");
        }
    }
}

#[test]
fn threads_change_no_p_and_seeds_do() {
    let case = unequal();
    let on = |threads: usize, seed: u64| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let settings = PermutationSettings { seed, max_shuffles: 20_000, ..PermutationSettings::default() };
        pool.install(|| case.test(&settings))
    };
    let one = on(1, 1);
    assert!(one.iter().all(|t| !t.exact));
    assert_eq!(one, on(2, 1));
    assert_eq!(one, on(8, 1));
    assert_ne!(one, on(2, 2));
    for (a, b) in one.iter().zip(on(1, 2)) {
        let n = a.relabelings.min(b.relabelings) as f64;
        assert!((a.p - b.p).abs() < 7.1 * standard_error(a.p, n), "{a:?} {b:?}");
    }
}

/// Sizes, labels and counts at the edge of what can be.
#[test]
fn odd_cases_have_a_p() {
    let cases = [
        // One talk a year.
        (vec![5, 0], vec![10.0, 10.0], vec![0.0, 1.0]),
        // All mentions in one talk; nobody names it; everybody does equally often.
        (vec![0, 0, 0, 90], vec![10.0; 4], vec![0.0, 0.0, 1.0, 1.0]),
        (vec![0, 0, 0, 0], vec![10.0; 4], vec![0.0, 0.0, 1.0, 1.0]),
        (vec![2, 2, 2, 2], vec![10.0; 4], vec![0.0, 0.0, 1.0, 1.0]),
        // A word beside a library.
        (vec![1, 3], vec![1.0, 1e12], vec![0.0, 1.0]),
        (vec![1, 3, 0, 4], vec![1.0, 1e9, 1e-9, 1e9], vec![0.0, 0.0, 1.0, 1.0]),
        (vec![u32::MAX, 1, 0, 1], vec![f64::MIN_POSITIVE, 1.0, 2.0, 1e300], vec![0.0, 1.0, 1.0, 2.0]),
    ];
    for (counts, sizes, labels) in cases {
        let case = Small { counts: counts.iter().map(|&k| vec![k]).collect(), sizes, labels };
        for cap in [0, 1, 3, u32::MAX] {
            for max_exact in [0, 200_000] {
                let settings =
                    PermutationSettings { cap, max_exact, max_shuffles: 1_000, ..PermutationSettings::default() };
                let test = &case.test(&settings)[0];
                assert!(test.p > 0.0 && test.p <= 1.0 && test.mid_p <= test.p, "{case:?}: {test:?}");
            }
        }
    }
}

#[test]
fn no_terms_and_no_shuffles_are_no_panic() {
    let case = unequal();
    let none = permute(&case.design(), &case.table(), &[], &[], &PermutationSettings::default()).expect("fits");
    assert!(none.is_empty());
    let settings = PermutationSettings { max_shuffles: 0, ..PermutationSettings::default() };
    assert!(case.test(&settings).iter().all(|t| t.relabelings == 0 && (t.exact || t.p == 1.0)));
    assert_eq!(case.design().relabelings(u64::MAX), 88_372_800);
}

#[test]
fn tables_that_do_not_fit_are_errors() {
    let case = unequal();
    let settings = PermutationSettings::default();
    let short = SparseCounts::from_rows(1, [[(0, 1)]]).expect("one row");
    assert!(permute(&case.design(), &short, &[0], &[true], &settings).is_err());
    assert!(permute(&case.design(), &case.table(), &[0], &[], &settings).is_err());
}

/// Where all talks are as long and a side has one rate, the mirror image of what was seen is as extreme as that.
#[test]
fn sides_without_spread_are_as_extreme_as_their_mirror_image() {
    for (from, to) in [(0, 1), (1, 2), (1, 3), (2, 3), (1, 9), (2, 40)] {
        let counts = [vec![vec![from]; 5], vec![vec![to]; 5]].concat();
        for size in [10.0, 37.0, 100.0] {
            let labels = (0..10).map(|i| f64::from(i / 5)).collect();
            let case = Small { counts: counts.clone(), sizes: vec![size; 10], labels };
            let found = case.p()[0];
            assert!((found - 2.0 / 252.0).abs() < 1e-12, "{from} {to} {size}: {found}");
        }
    }
}

/// A year of one talk against one of very many: neither precision nor the stack may be lost.
#[test]
fn one_talk_against_very_many() {
    const MANY: usize = 20_000;
    let mut case = Small { counts: vec![vec![0, 1]; MANY], sizes: vec![300.0; MANY], labels: vec![0.0; MANY] };
    for (i, size) in case.sizes.iter_mut().enumerate() {
        *size += (i % 97) as f64;
    }
    // Named by the one talk of its year and by five others of its length.
    for talk in [0, 7, 7 + 97, 7 + 2 * 97, 7 + 3 * 97, 7 + 4 * 97] {
        case.counts[talk][0] = 2;
        case.sizes[talk] = 50.0;
    }
    case.labels[0] = 1.0;
    let tests = case.test(&PermutationSettings::default());
    // The one talk changes places with those of about its length, some twentieth of all.
    let n = tests[0].relabelings;
    assert!(tests[0].exact && (950..1_300).contains(&n), "{n}");
    // Which of the six it is cannot be told; the tail is doubled.
    assert!((tests[0].p - 12.0 / n as f64).abs() < 1e-12, "{}", tests[0].p * n as f64);
    assert!(tests[0].direction == 1);
}

/// Within blocks, no p is below one in the number of relabelings, and the design knows.
#[test]
fn the_smallest_p_is_no_promise_that_cannot_be_kept() {
    let labels: Vec<Option<f64>> = (0..8).map(|i| Some(f64::from(i % 2))).collect();
    let blocks: Vec<u32> = (0..8).map(|i| i / 2).collect();
    let within = Design::new(&[10.0; 8], &labels, Some(&blocks)).expect("two labels");
    assert_eq!(within.relabelings(100), 16);
    assert!(within.smallest_p((0..4).map(|block| 2 * block)) >= 2.0 / 16.0);
}

/// One talk full of a word against many that name it once: more mentions, but not in more talks.
#[test]
fn the_direction_is_that_of_what_was_tested() {
    let counts: Vec<Vec<u32>> = (0..20).map(|i| vec![if i < 10 { 1 } else { 60 * u32::from(i == 10) }]).collect();
    let labels = (0..20).map(|i| f64::from(i / 10)).collect();
    let case = Small { counts, sizes: (0..20).map(|i| 100.0 + f64::from(i % 10)).collect(), labels };
    let test = &case.test(&PermutationSettings::default())[0];
    assert!(test.p < 0.1 && test.direction == -1, "{test:?}");
}

/// With unequal sides, the tail that is known need not be the nearer one.
#[test]
fn what_is_counted_is_what_all_relabelings_say() {
    let all = PermutationSettings { max_exact: 10_000_000, ..PermutationSettings::default() };
    let counted = PermutationSettings { max_exact: 0, max_shuffles: 0, ..all };
    let mut compared = 0;
    for (n, later, seed) in [(20, 4, 1), (24, 5, 2), (26, 3, 3), (19, 6, 4), (22, 18, 5)] {
        let mut random = Random::new(seed, 0);
        let sizes: Vec<f64> = (0..n).map(|_| 50.0 + 300.0 * random.unit()).collect();
        let counts: Vec<Vec<u32>> =
            (0..n).map(|_| (0..60).map(|t| u32::from(random.unit() < 0.1 + 0.008 * f64::from(t))).collect()).collect();
        let labels = (0..n).map(|i| f64::from(u8::from(i < later))).collect();
        let case = Small { counts, sizes, labels };
        for (exact, found) in case.test(&all).iter().zip(case.test(&counted)) {
            if found.exact {
                compared += 1;
                assert!((exact.p - found.p).abs() < 1e-9, "{n} {later}: {exact:?} {found:?}");
                assert!((exact.mid_p - found.mid_p).abs() < 1e-9, "{n} {later}: {exact:?} {found:?}");
            }
        }
    }
    assert!(compared > 100, "only {compared}");
}

/// A random sample may say less than any relabeling allows: then a class of terms would be discovered by chance.
#[test]
fn sampled_p_do_not_fall_below_what_they_can_be() {
    for seed in 1..4 {
        let mut random = Random::new(seed, 7);
        // 40 blocks of one talk a year; 300 words that stand in six blocks each, once in either talk.
        let columns: Vec<Vec<u32>> = (0..300)
            .map(|_| {
                let mut blocks: Vec<usize> = (0..40).collect();
                random.choose(&mut blocks, 6);
                let mut column = vec![0; 80];
                blocks[..6].iter().for_each(|b| column[2 * b + random.below(2) as usize] = 1);
                column
            })
            .collect();
        let counts = (0..80).map(|talk| columns.iter().map(|c| c[talk]).collect()).collect();
        let case = Small { counts, sizes: vec![100.0; 80], labels: (0..80).map(|i| f64::from(i % 2)).collect() };
        let blocks: Vec<u32> = (0..80).map(|i| i / 2).collect();
        let labels: Vec<Option<f64>> = case.labels.iter().copied().map(Some).collect();
        let design = Design::new(&case.sizes, &labels, Some(&blocks)).expect("two labels");
        let terms: Vec<usize> = (0..300).collect();
        let settings = PermutationSettings { seed, ..PermutationSettings::default() };
        let tests = permute(&design, &case.table(), &terms, &[true; 300], &settings).expect("fits");
        assert!(tests.iter().all(|t| t.p >= 2.0 / 64.0), "six blocks can be dealt in 64 ways");
        assert!(discoveries(&tests).iter().all(|q| *q > 0.05), "seed {seed}: there is nothing to be found");
    }
}

/// Where all talks of a year are longer than those of the other, length and year cannot be told apart.
#[test]
fn years_of_other_lengths_cannot_be_compared() {
    let counts: Vec<Vec<u32>> = (0..20).map(|i| vec![i / 10]).collect();
    let labels = (0..20).map(|i| f64::from(i / 10)).collect();
    let case = Small { counts, sizes: (0..20).map(|i| 100.0 + f64::from(i)).collect(), labels };
    let test = &case.test(&PermutationSettings::default())[0];
    assert!(test.p == 1.0 && test.exact && test.direction == 0, "{test:?}");
    assert_eq!(case.design().smallest_p(10..20), 1.0);
}

/// Longer talks name more: that by itself is no change, however clear it is in the rate of a rare word's year.
#[test]
fn longer_talks_are_no_change_of_topics() {
    let mut random = Random::new(3, 0);
    let n = 200;
    // The later year is half as long again; every word is named at one rate per word.
    let sizes: Vec<f64> = (0..2 * n).map(|i| (80.0 + 320.0 * random.unit()) * if i < n { 1.0 } else { 1.5 }).collect();
    let rates: Vec<f64> = (0..300).map(|_| 2e-5 / (0.005 + random.unit())).collect();
    let counts: Vec<Vec<u32>> = sizes
        .iter()
        .map(|size| {
            rates.iter().map(|rate| (0..4).filter(|_| random.unit() < rate * size / 4.0).count() as u32).collect()
        })
        .collect();
    let labels = (0..2 * n).map(|i| f64::from(u8::from(i >= n))).collect();
    let case = Small { counts, sizes, labels };
    let tests = case.test(&PermutationSettings::default());
    let small = |level: f64| tests.iter().filter(|t| t.p < level).count();
    assert!(small(0.05) <= 24 && small(0.01) <= 8, "{} and {} of 300", small(0.05), small(0.01));
    assert!(tests.iter().filter(|t| t.p < 0.5).count() > 60);
}
