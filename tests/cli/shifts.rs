//! `wandel shifts`: terms that rose and fell, and what is compared with what.

use crate::support::{Run, Workdir};
use crate::texts::{A2024, A2025, A2026};

/// The headings of the lists: `2024 → 2025: rising`.
fn headings(run: &Run) -> Vec<&str> {
    run.stdout.lines().filter(|l| l.contains(" → ")).collect()
}

fn three_years() -> Workdir {
    Workdir::with([("2024.txt", A2024), ("2025.txt", A2025), ("2026.txt", A2026)])
}

#[test]
fn counts_rates_and_sessions_stand_beside_each_term() {
    let work = Workdir::with_articles();
    let run = work.run(&["shifts", "2024.txt", "2025.txt"]).fine();
    assert_eq!(headings(&run), ["2024 → 2025: rising", "2024 → 2025: falling"]);
    assert_eq!(run.row("KI *")[..10], ["KI", "*", "0", "3", "0", "of", "3", "1", "of", "3"]);
    assert_eq!(run.row("Papier")[..9], ["Papier", "3", "1", "2", "of", "3", "1", "of", "3"]);
    assert_eq!(run.row("Schulungen *")[..4], ["Schulungen", "*", "2", "0"]);
    run.prints("* a single talk").prints("log2 ratio").omits("p-value").omits("Wirth");
}

#[test]
fn a_term_that_no_talk_mentions_neither_rises_nor_falls() {
    let work = Workdir::with_articles();
    let run = work.run(&["shifts", "2024.txt", "2025.txt", "--top", "100"]).fine();
    assert!(run.stdout.contains("0 of 3"), "{}", run.stdout);
    for line in run.stdout.lines().filter(|l| l.contains(" of 3")) {
        assert_eq!(line.matches("0 of 3").count().min(2) / 2, 0, "`{line}`: only the opening says it\n{}", run.stdout);
    }
}

#[test]
fn framing_counts_when_asked() {
    let work = Workdir::with_articles();
    let run = work.run(&["shifts", "2024.txt", "2025.txt", "--include-framing", "--top", "100"]).fine();
    assert_eq!(run.row("Gera *")[..10], ["Gera", "*", "2", "0", "1", "of", "4", "0", "of", "4"]);
}

#[test]
fn top_cuts_both_lists() {
    let work = Workdir::with_articles();
    let run = work.run(&["shifts", "2024.txt", "2025.txt", "--top", "2"]).fine();
    assert_eq!(run.stdout.lines().filter(|l| l.contains(" of 3")).count(), 4, "{}", run.stdout);
}

#[test]
fn neighbours_and_first_with_last_by_default() {
    let work = three_years();
    let run = work.run(&["shifts", "2026.txt", "2024.txt", "2025.txt", "--top", "3"]).fine();
    assert_eq!(
        headings(&run),
        [
            "2024 → 2025: rising",
            "2024 → 2025: falling",
            "2025 → 2026: rising",
            "2025 → 2026: falling",
            "2024 → 2026: rising",
            "2024 → 2026: falling"
        ]
    );
    let run = work.run(&["shifts", ".", "--compare", "2024:2026", "--top", "50"]).fine();
    assert_eq!(run.row("Drohnen *")[..10], ["Drohnen", "*", "0", "3", "0", "of", "3", "1", "of", "2"]);
}

#[test]
fn a_year_in_between_does_not_change_the_others() {
    let two = Workdir::with([("2024.txt", A2024), ("2026.txt", A2026)]);
    let three = three_years();
    let pair = |work: &Workdir| -> Vec<String> {
        let run = work.run(&["shifts", ".", "--compare", "2024:2026", "--top", "50", "--no-phrases"]).fine();
        let numbers = |l: &str| l.split_whitespace().collect::<Vec<_>>().join(" ");
        run.stdout.lines().filter(|l| l.contains(" of ")).map(numbers).collect()
    };
    let (before, after) = (pair(&two), pair(&three));
    let lost: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
    assert!(before.len() > 10 && lost.is_empty(), "{lost:?}");
}

#[test]
fn compares_what_is_asked() {
    let work = three_years();
    let compared = |list: &str| {
        let run = work.run(&["shifts", ".", "--compare", list, "--top", "2"]).fine();
        headings(&run).into_iter().filter_map(|h| h.strip_suffix(": rising").map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(compared("2025:2026"), ["2025 → 2026"]);
    assert_eq!(compared("2024:2025,2024:2026"), ["2024 → 2025", "2024 → 2026"]);
    assert_eq!(compared("2024-2025:2026"), ["2024-2025 → 2026"]);
    assert_eq!(compared("2024:2025-2026, 2025:2026"), ["2024 → 2025-2026", "2025 → 2026"]);
    assert_eq!(compared("2026:2024"), ["2026 → 2024"]);
    assert_eq!(compared("2024:2025,2024:2025"), ["2024 → 2025"], "twice the same is once");
}

#[test]
fn a_range_is_counted_together() {
    let work = three_years();
    let run = work.run(&["shifts", ".", "--compare", "2024:2025-2026", "--top", "50"]).fine();
    assert_eq!(run.row("KI ")[..9], ["KI", "0", "6", "0", "of", "3", "2", "of", "5"]);
}

#[test]
fn wrong_comparisons_are_refused_with_the_form() {
    let work = three_years();
    for (list, why) in [
        ("2024", "no `:`"),
        ("", "no `:`"),
        ("alt:neu", "not years"),
        ("2024:", "not years"),
        ("2024:2024", "the sides share a year"),
        ("2024-2025:2025-2026", "the sides share a year"),
        ("2025-2024:2026", "not years"),
    ] {
        work.run(&["shifts", ".", "--compare", list]).refused().says("--compare").says(why).says("such as 2024:2025");
    }
    let run = work.run(&["shifts", ".", "--compare", "2024:2025,2024:2031"]).refused();
    run.says("`2024:2031`").says("no talk of 2031").says("2024, 2025, 2026");
    work.run(&["shifts", ".", "--compare", "2010-2015:2024"]).refused().says("no talk of 2010-2015");
}
