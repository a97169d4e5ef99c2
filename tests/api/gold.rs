//! Decisions made by people (`tests/reference/concepts`): the rules must agree with most of those to work on. Those to
//! score are checked for form alone: they are run once a release, by hand.

use std::collections::{BTreeMap, BTreeSet};

use wandel::analysis::{Case, CaseResult, CaseSummary, Expectation, check_cases, read_cases};
use wandel::counts::{ConceptFile, Concepts};
use wandel::{Corpus, CountSettings, Counts, SessionTermMatrix};

use crate::support::here;

fn cases(file: &str) -> Vec<Case> {
    let path = here("tests/reference/concepts").join(file);
    let text = std::fs::read_to_string(&path).expect("readable");
    let cases = read_cases(&text, &path).expect("good cases");
    let lines = text.lines().filter(|l| !l.trim().is_empty()).count();
    assert_eq!(cases.len(), lines, "{file}: one case a line");
    cases
}

/// Shares in a set of results, over pairs (same, different) and over parts.
#[derive(Debug, Default, Clone, Copy)]
struct Shares {
    merged: usize,
    rightly_merged: usize,
    same: usize,
    parts_found: usize,
    parts: usize,
    parts_invented: usize,
    no_parts: usize,
}

impl Shares {
    fn of(results: &[CaseResult]) -> Self {
        let mut s = Self::default();
        for r in results {
            match r.case.expect {
                Expectation::Same | Expectation::Different => {
                    let same = r.case.expect == Expectation::Same;
                    let merged = r.got == Expectation::Same;
                    s.same += usize::from(same);
                    s.merged += usize::from(merged);
                    s.rightly_merged += usize::from(same && merged);
                }
                Expectation::Part => {
                    s.parts += 1;
                    s.parts_found += usize::from(r.got == Expectation::Part);
                }
                Expectation::NotPart => {
                    s.no_parts += 1;
                    s.parts_invented += usize::from(r.got == Expectation::Part);
                }
            }
        }
        s
    }
}

fn share(k: usize, n: usize) -> f64 {
    assert!(n > 0, "nothing to measure");
    k as f64 / n as f64
}

/// The files to work on.
const WORK: [&str; 13] = [
    "de_work.jsonl",
    "de2_work.jsonl",
    "de3_work.jsonl",
    "en_work.jsonl",
    "en2_work.jsonl",
    "en3_work.jsonl",
    "en4_work.jsonl",
    "de4_work.jsonl",
    "en5_work.jsonl",
    "de5_work.jsonl",
    "de6_work.jsonl",
    "en6_work.jsonl",
    "en7_work.jsonl",
];

#[test]
fn the_rules_agree_with_the_decisions_to_work_on() {
    let mut all = Vec::new();
    for file in WORK {
        let results = check_cases(&cases(file), &CountSettings::default(), &ConceptFile::default()).expect("in memory");
        println!("{file}\n{}\n", CaseSummary::of(&results));
        all.extend(results);
    }
    println!("together\n{}", CaseSummary::of(&all));
    for wrong in all.iter().filter(|r| !r.is_right()) {
        println!("{wrong}");
    }
    let s = Shares::of(&all);
    let (precision, recall) = (share(s.rightly_merged, s.merged), share(s.rightly_merged, s.same));
    let (found, invented) = (share(s.parts_found, s.parts), share(s.parts_invented, s.no_parts));
    println!(
        "\nmerging: precision {precision:.4}, recall {recall:.4}; parts: recall {found:.4}, invented {invented:.4}"
    );
    assert!(precision >= 0.99, "merging precision {precision:.4}");
    assert!(recall >= 0.97, "merging recall {recall:.4}");
    assert!(found >= 0.90, "recall of parts {found:.4}");
    assert!(invented <= 0.02, "parts that are none {invented:.4}");
}

/// A pair in its text, without direction.
fn pair(case: &Case) -> (String, String, String) {
    let (a, b) = if case.a <= case.b { (&case.a, &case.b) } else { (&case.b, &case.a) };
    (a.clone(), b.clone(), case.text.clone())
}

#[test]
fn the_decisions_to_score_are_whole_and_apart() {
    let mut decisions: BTreeMap<&str, usize> = BTreeMap::new();
    for (language, least) in [("de", 500), ("en", 200), ("en2", 500)] {
        let (work, score) = (cases(&format!("{language}_work.jsonl")), cases(&format!("{language}_score.jsonl")));
        assert!(score.len() >= least, "{language}: {} cases", score.len());
        // A case on two languages names that of its text.
        let whole =
            |c: &Case| ["de", "en"].contains(&c.lang.as_str()) && !c.a.trim().is_empty() && !c.b.trim().is_empty();
        assert!(work.iter().chain(&score).all(whole), "{language}: a case without language or spelling");
        let known: BTreeSet<_> = work.iter().map(pair).collect();
        let shared = score.iter().filter(|c| known.contains(&pair(c))).count();
        assert_eq!(shared, 0, "{language}: pairs in both files");
        assert_eq!(known.len(), work.len(), "{language}: a pair twice in the work file");
        assert_eq!(score.iter().map(pair).collect::<BTreeSet<_>>().len(), score.len(), "{language}: a pair twice");
        decisions.insert(language, work.len() + score.len());
    }
    assert!(decisions["de"] >= 1_000 && decisions["en"] >= 400, "{decisions:?}");
}

/// What the check calls the same is counted together where a text has both: the check asks keys, a report counts.
#[test]
fn what_is_the_same_is_counted_together() {
    let mut apart = Vec::new();
    let mut n = 0;
    for file in WORK {
        let results = check_cases(&cases(file), &CountSettings::default(), &ConceptFile::default()).expect("in memory");
        for r in results.iter().filter(|r| r.got == Expectation::Same && r.is_right() && r.case.text.is_empty()) {
            n += 1;
            let found = counted_under(&r.case);
            if found.len() > 1 || found.contains("") {
                apart.push(format!("{} | {} | {} | {found:?}", r.case.rule, r.case.a, r.case.b));
            }
        }
    }
    println!("{} of {n} are counted apart:\n{}", apart.len(), apart.join("\n"));
    assert!(share(apart.len(), n) <= 0.03, "{} of {n} are counted apart:\n{}", apart.len(), apart.join("\n"));
}

/// Keys of the concepts of both spellings in a text that has each twice; an empty one if only one is counted. Words
/// that are in a stop list are counted under none.
fn counted_under(case: &Case) -> BTreeSet<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (a, b) = (&case.a, &case.b);
    let text = if case.lang == "de" {
        format!("Es geht um {a}. Noch einmal {a}. Auch {b} steht hier. Und dort: {b}.")
    } else {
        format!("This is about {a}. Once more {a}. Then {b} is here. And there: {b}.")
    };
    let row = serde_json::json!({"year": 2025, "lang": case.lang, "text": text}).to_string();
    std::fs::write(folder.path().join("t.jsonl"), row).expect("room");
    let corpus = Corpus::from_path(folder.path()).expect("a good table");
    let counts = Counts::of(&corpus, &CountSettings::default()).expect("readable");
    let mut concepts = Concepts::resolve(&counts).expect("readable");
    let _ = SessionTermMatrix::build(&corpus, &counts, &mut concepts).expect("readable");
    let keys = |form: &str| -> BTreeSet<String> {
        let has = |c: &&wandel::Concept| c.spellings.iter().any(|s| s.0 == form);
        concepts.all().iter().filter(has).map(|c| c.key.clone()).collect()
    };
    let (of_a, of_b) = (keys(a), keys(b));
    let one_alone = of_a.is_empty() != of_b.is_empty();
    of_a.into_iter().chain(of_b).chain(one_alone.then(String::new)).collect()
}
