//! # Is it more than chance?
//!
//! `cargo run --example 06_statistics`
//!
//! `wandel::stats` knows no words and no years: rows of counts, sizes and labels go in, p, q and intervals come out. So
//! it serves any table of counts. Here: 24 talks of two years, four terms, and eight events at which the talks were given.

use wandel::Result;
use wandel::stats::design::{Design, Scheme};
use wandel::stats::effect::{SideSizes, minimum_detectable, ratio_interval, side_spreads};
use wandel::stats::permutation::{PermutationSettings, Permuted, discoveries, permute};
use wandel::stats::sparse::SparseCounts;

const TERMS: [&str; 4] = ["wallet", "school", "crisis", "process"];
/// Mentions of each term in each talk; the first twelve talks are of 2024. Three talks in a row are one event.
const MENTIONS: [[u32; 24]; 4] = [
    [0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 2, 1, 3, 0, 1, 2, 0, 2, 1, 1],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 2, 1, 2, 1, 0, 0, 0],
    [0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 19, 0, 0, 1, 0, 0, 0, 0, 1, 0],
    [2, 1, 3, 2, 1, 2, 0, 3, 1, 2, 2, 1, 1, 2, 2, 1, 3, 1, 2, 2, 1, 0, 2, 3],
];

fn main() -> Result<()> {
    // A table of counts, talks × terms, stored by column; the words of each talk; its year.
    let rows = (0..24).map(|talk| (0..4).map(move |term| (term as u32, MENTIONS[term][talk])));
    let counts = SparseCounts::from_rows(TERMS.len(), rows)?;
    let words: Vec<f64> = (0..24).map(|talk| f64::from(150 + talk * 37 % 100)).collect();
    let years: Vec<Option<f64>> = (0..24).map(|talk| Some(if talk < 12 { 2024.0 } else { 2025.0 })).collect();

    // Years are dealt among the twelve shorter talks and among the twelve longer ones, since a longer talk says more of
    // everything. That can be done in hundreds of thousands of ways, too many to look at each: random ones are drawn.
    println!("Talks dealt one by one");
    let talks: Vec<u32> = (0..24).collect();
    let tests = show(&Design::new(&words, &years, None)?, &counts, &talks)?;
    assert!(tests[1].p < 0.02 && !tests[3].exact);
    // Of six talks that name "school", all are of one year: that can be counted without drawing.
    assert!(tests[1].exact && tests[1].relabelings == 0);
    // "crisis" has seven times the mentions of 2024, nineteen of them in one talk. The test is not impressed.
    assert!(tests[2].p > 0.5);

    // Talks of one event are alike. If whole events are dealt, there are 70 ways, and "school" was the topic of two.
    println!("\nWhole events dealt");
    let events: Vec<u32> = (0..24).map(|talk| talk / 3).collect();
    let design = Design::new(&words, &years, Some(&events))?;
    assert_eq!((design.scheme(), design.relabelings(1_000)), (Scheme::WholeBlocks, 70));
    let tests = show(&design, &counts, &events)?;
    assert!(tests[1].p > 0.2 && tests[1].exact);
    // No p can be below 2 in 70: the years as they are, and their mirror image.
    assert!(tests.iter().all(|t| t.p > 0.028));
    Ok(())
}

/// Tests all terms, and says of each what may be said. `units` says to which unit (talk, or event) a talk belongs.
fn show(design: &Design, counts: &SparseCounts, units: &[u32]) -> Result<Vec<Permuted>> {
    let all: Vec<usize> = (0..TERMS.len()).collect();
    let tests = permute(design, counts, &all, &[true; TERMS.len()], &PermutationSettings::default())?;
    // Four questions were asked at once: q is the false discovery rate if this and all smaller p are believed.
    let q = discoveries(&tests);

    // How large is the change, and how well is it known? The spread between units says so, not the number of mentions.
    let by_unit = counts.regroup(&units.iter().map(|&u| Some(u)).collect::<Vec<_>>(), design.n_units());
    let side = |unit: usize| usize::from(design.labels()[unit] == 2025.0);
    let mut sizes = [SideSizes::default(); 2];
    (0..design.n_units()).for_each(|unit| sizes[side(unit)].add(design.sizes()[unit]));
    for term in all {
        let [from, to] = side_spreads(by_unit.column(term), design.sizes(), sizes, |unit| Some(side(unit)));
        let interval = ratio_interval(&from, &to, 0.95).expect("all terms are mentioned");
        let verdict = match (tests[term].p, q[term]) {
            (_, q) if q <= 0.05 => "confirmed",
            (p, _) if p <= 0.05 => "indicated",
            _ => "seen, not established",
        };
        let needed = minimum_detectable(&from, &to).map_or(f64::NAN, f64::exp2);
        println!(
            "  {:<8} {:>2} → {:>2}  p {:.4}  q {:.4}  ratio of rates {:>4.1} to {:>4.1}  {verdict}; ×{needed:.1} would show",
            TERMS[term],
            from.mentions,
            to.mentions,
            tests[term].p,
            q[term],
            interval.low.exp2(),
            interval.high.exp2()
        );
    }
    Ok(tests)
}

#[test]
fn runs() {
    main().unwrap();
}
