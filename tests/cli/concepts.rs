//! `wandel concepts`: the list, one concept explained, decisions checked, rules left out, concepts by hand.

use std::collections::BTreeMap;

use crate::support::{Run, Workdir};

/// One year of talks.
const TALKS: &str = r#"{"year": 2025, "id": "a", "title": "Amt", "lang": "de", "text": "Die KI hilft im Amt. Eine KI-Lösung kostet Geld. Künstliche Intelligenz hilft."}
{"year": 2025, "id": "b", "title": "Ziele", "lang": "de", "text": "Alle wollen digitale Souveränität. Der Weg zu digitaler Souveränität ist weit. Eine IT-Strategie hilft."}
{"year": 2025, "id": "c", "title": "Plan", "lang": "de", "text": "Eine IT Strategie fehlt. Die Bürgerinnen und Bürger fragen. Viele Bürger:innen warten."}
"#;

/// Decisions, all of them right.
const DECISIONS: &str = r#"{"rule": "variants", "lang": "de", "text": "", "a": "IT-Strategie", "b": "IT Strategie", "expect": "same"}
{"rule": "umlauts", "lang": "de", "text": "", "a": "schon", "b": "schön", "expect": "different"}
{"rule": "compounds", "lang": "de", "text": "", "a": "KI", "b": "KI-Lösungen", "expect": "part"}
{"rule": "compounds", "lang": "de", "text": "", "a": "Waltung", "b": "Verwaltung", "expect": "not_part"}
{"rule": "acronyms", "lang": "de", "text": "Die Landesstelle für Offene Register (LOR) lud ein.", "a": "LOR", "b": "Landesstelle für Offene Register", "expect": "same"}
"#;

fn work() -> Workdir {
    Workdir::with([("t.jsonl", TALKS)])
}

fn explain(term: &str) -> Run {
    work().run(&["concepts", "t.jsonl", "--explain", term]).fine()
}

// The list

#[test]
fn one_year_lists_its_concepts_most_frequent_first() {
    let run = work().run(&["concepts", "t.jsonl"]).fine();
    let head = run.stdout.lines().next().expect("a head");
    for column in ["concept", "kind", "mentions", "with compounds", "sessions", "spellings", "rules"] {
        assert!(head.contains(column), "{head}");
    }
    // Label, kind, own mentions, with compounds, sessions.
    assert_eq!(run.row("KI ")[..5], ["KI", "acronym", "2", "3", "1"]);
    assert_eq!(run.row("IT-Strategie ")[..5], ["IT-Strategie", "compound", "2", "2", "2"]);
    assert_eq!(run.row("digitale Souveränität")[..6], ["digitale", "Souveränität", "phrase", "2", "2", "1"]);
    let run = run.prints("IT Strategie=1").prints("digitaler Souveränität=1").omits("\nAlle ").omits("\nein ");
    let mentions: Vec<u32> =
        ["Bürger:innen ", "KI-Lösung"].iter().map(|s| run.row(s)[2].parse().expect("a number")).collect();
    assert_eq!(mentions, [2, 1]);
    let at = |text: &str| run.stdout.find(text).unwrap_or_else(|| panic!("{text}\n{}", run.stdout));
    assert!(at("\nBürger:innen ") < at("\nKI-Lösung "));
    // The rules that spellings needed to meet.
    assert_eq!(run.row("Bürger:innen ").last(), Some(&"gender"));
    assert_eq!(run.row("digitale Souveränität").last(), Some(&"inflection"));
    assert_eq!(run.row("IT-Strategie ").last(), Some(&"variants"));
}

#[test]
fn top_cuts_the_list() {
    let work = work();
    let lines = |n: &str| work.run(&["concepts", "t.jsonl", "--top", n]).fine().stdout.lines().count();
    assert_eq!((lines("1"), lines("4")), (2, 5));
}

#[test]
fn articles_of_two_years_are_listed_too() {
    let run = Workdir::with_articles().run(&["concepts", "2024.txt", "2025.txt"]).fine();
    assert_eq!(run.row("Notfallpläne")[1], "noun");
    run.omits("Wirth ").omits("\nund ");
}

#[test]
fn ambiguous_acronyms_are_named_below() {
    let table = r#"{"year": 2025, "id": "a", "lang": "de", "text": "Die Landesstelle für Offene Register (LOR) lud ein."}
{"year": 2025, "id": "b", "lang": "de", "text": "Das Labor für Optische Rechner (LOR) misst."}
"#;
    let run = Workdir::with([("t.jsonl", table)]).run(&["concepts", "t.jsonl"]).fine();
    run.prints("LOR stands for more than one thing: Labor für Optische Rechner; Landesstelle für Offene Register");
}

// One concept

#[test]
fn a_word_is_explained() {
    let run = explain("KI");
    assert_eq!(run.row("key"), ["key", "KI"]);
    assert_eq!(run.row("mentions")[..2], ["mentions", "2"]);
    run.prints("KI  (acronym)").prints("3 with compounds").prints("ranked     yes").prints("part of    KI-Lösung");
    let run = explain("KI-Lösungen");
    run.prints("key        KI-lösung").prints("parts      KI + ");
}

#[test]
fn a_phrase_is_explained_by_any_inflection() {
    for form in ["digitale Souveränität", "digitaler Souveränität", "digitalen Souveränität"] {
        let run = explain(form);
        run.prints("digitale Souveränität  (phrase)").prints("mentions   2 in 1 sessions").prints("by inflection");
    }
    for form in ["IT Strategie", "IT-Strategien", "IT-Strategie"] {
        explain(form).prints("key        IT-strategie").prints("mentions   2 in 2 sessions").prints("by variants");
    }
    explain("Künstliche Intelligenz").prints("KI  (acronym)").prints("same as");
    explain("Bürger*innen").prints("Bürgerinnen und Bürger").prints("mentions   2 in 1 sessions");
}

#[test]
fn what_is_no_concept_says_why() {
    explain("Zeppelin").prints("Zeppelin: no concept, since no session has it; its key is `zeppelin`");
    explain("und").prints("und: no concept, since it is a stop word");
    explain("Souveränität").prints("no: it nearly always stands in a phrase that is ranked");
    explain("hilft").prints("no: verbs, adjectives and adverbs are not");
}

/// A concept that no session names has no label and is not shown as one.
#[test]
fn what_boilerplate_took_away_is_explained() {
    let shared = "Jede kleine Gemeinde braucht heute einen eigenen Server für ihre Akten.";
    let article = format!("# Tag\n\n## Keller\n\n{shared} Der Keller ist feucht.\n\n## Dach\n\nDas Dach ist dicht.\n");
    let other = format!("# Tag\n\n## Wald\n\n{shared} Ein Weg fehlt.\n\n## Feld\n\nDie Ernte fiel klein aus.\n");
    let work = Workdir::with([("2024.md", article), ("2025.md", other)]);
    let run = work.run(&["concepts", ".", "--explain", "Gemeinde"]).fine().prints("Gemeinde");
    assert!(!run.stdout.starts_with("  ("), "no label\n{}", run.stdout);
    work.run(&["concepts", ".", "--explain", "Gemeinde", "--without", "boilerplate"])
        .fine()
        .prints("mentions   2 in 2");
}

#[test]
fn explaining_nothing_explains_nothing() {
    let work = work();
    let run = work.run(&["concepts", "t.jsonl", "--explain", ""]);
    assert!(!run.stdout.contains("same as"), "{}", run.stdout);
}

#[test]
fn without_a_rule_it_is_explained_without() {
    let work = work();
    let run = work.run(&["concepts", "t.jsonl", "--explain", "KI", "--without", "compounds,acronyms"]).fine();
    assert_eq!(run.row("mentions")[..2], ["mentions", "1"]);
    run.prints("1 with compounds").omits("same as").omits("part of");
}

// Decisions

fn check(content: &str, options: &[&str]) -> Run {
    let work = Workdir::with([("d.jsonl", content.to_owned())]);
    work.run(&[&["concepts", "--check", "d.jsonl"], options].concat())
}

#[test]
fn decisions_are_checked_one_line_a_case() {
    let run = check(DECISIONS, &[]).fine().silent();
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[..5].iter().all(|l| l.starts_with("ok\t")), "{}", run.stdout);
    assert_eq!(
        lines[0],
        "ok\tvariants\tde\tIT-Strategie\tIT Strategie\texpected same\tgot same\tIT-strategie\tIT-strategie"
    );
    assert_eq!(run.row("rule")[..5], ["rule", "cases", "right", "precision", "recall"]);
    assert_eq!(run.row("acronyms ")[..3], ["acronyms", "1", "1"]);
    assert_eq!(run.row("all ")[..4], ["all", "5", "5", "1.000"]);
}

#[test]
fn wrong_answers_are_told_and_are_no_error() {
    let swapped = DECISIONS.replace("\"different\"", "\"same\"");
    let run = check(&swapped, &[]).fine().prints("WRONG\tumlauts\tde\tschon\tschön\texpected same\tgot different");
    assert_eq!(run.row("all ")[..3], ["all", "5", "4"]);
    let run = check(DECISIONS, &["--without", "variants"]).fine();
    assert!(run.stdout.starts_with("WRONG\tvariants"), "{}", run.stdout);
}

#[test]
fn rule_language_and_text_may_be_left_out() {
    let run = check("{\"a\": \"Haus\", \"b\": \"Häuser\", \"expect\": \"same\"}\n\n", &[]).fine();
    assert!(run.stdout.starts_with("ok\t"), "{}", run.stdout);
    check(&format!("\u{feff}{DECISIONS}"), &[]).fine().prints("all ");
}

#[test]
fn bad_decisions_are_refused_with_their_line() {
    let third = |line: &str| DECISIONS.lines().take(2).chain([line]).map(|l| format!("{l}\n")).collect::<String>();
    for (line, problem) in [
        ("{\"a\": \"x\", ", "expected"),
        ("{\"a\": \"x\", \"expect\": \"same\"}", "missing field `b`"),
        ("{\"a\": \"x\", \"b\": \"y\", \"expect\": \"maybe\"}", "unknown variant `maybe`"),
        ("{\"a\": \"x\", \"b\": \"y\", \"expect\": \"same\", \"lang\": \"klingon\"}", "`klingon` is no language"),
    ] {
        check(&third(line), &[]).refused().says("d.jsonl").says("3").says(problem);
        let run = check(&third(line), &[]);
        assert!(run.stderr.contains("d.jsonl:3") || run.stderr.contains("line 3"), "{}", run.stderr);
    }
}

#[test]
fn a_file_without_decisions_is_refused() {
    for content in ["", "\n\n"] {
        check(content, &[]).refused().says("d.jsonl");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_refused() {
    let work = work();
    work.run(&["concepts", "--check", "none.jsonl"]).refused().says("none.jsonl");
    work.write("latin1.jsonl", b"{\"a\": \"H\xe4user\", \"b\": \"Haus\", \"expect\": \"same\"}\n");
    work.run(&["concepts", "--check", "latin1.jsonl"]).refused().says("latin1.jsonl");
}

#[test]
fn check_takes_no_path_and_nothing_else_does_without() {
    let work = work();
    work.write("d.jsonl", DECISIONS);
    work.run(&["concepts", "--check", "d.jsonl", "t.jsonl"]).refused().says("--check");
    work.run(&["concepts", "--check", "d.jsonl", "--explain", "KI"]).refused().says("--explain");
    work.run(&["concepts"]).refused().says("PATH");
    work.run(&["concepts", "--explain", "KI"]).refused().says("PATH");
}

// Rules left out

#[test]
fn unknown_rules_are_refused_with_the_known_ones() {
    let work = Workdir::with_articles();
    for command in ["concepts", "terms", "shifts", "report"] {
        let run = work.run(&[command, ".", "--without", "nonsense"]).refused().says("nonsense");
        let known = "inflection, umlauts, variants, ellipsis, gender, acronyms, compounds, phrases, people, boilerplate, idioms";
        run.says(known).says("--without");
    }
    work.run(&["report", ".", "--without", "compounds,nonsense"]).refused().says("nonsense");
    assert!(!work.path("output").exists());
}

type Row = BTreeMap<String, String>;

/// A table of a report on two years of talks.
fn two_years(work: &Workdir, name: &str, options: &[&str]) -> Vec<Row> {
    work.write("u.jsonl", TALKS.replace("\"year\": 2025, \"id\": \"a\"", "\"year\": 2024, \"id\": \"a\""));
    work.run(&[&["report", "u.jsonl", "--themes", "none", "--force"], options].concat()).fine();
    work.csv(&format!("output/tables/{name}.csv"))
}

#[test]
fn a_report_without_rules_is_another() {
    let work = Workdir::new();
    let ki = |options: &[&str]| {
        let rows = two_years(&work, "term_shifts", options);
        let row = rows.into_iter().find(|r| r["concept"] == "KI").expect("a row");
        (row["count_from"].clone(), row["count_with_compounds_from"].clone())
    };
    assert_eq!(ki(&[]), ("2".into(), "3".into()));
    let rules = |work: &Workdir| work.json("output/manifest.json")["settings"]["concept_rules"].to_string();
    assert!(rules(&work).contains("compounds") && rules(&work).contains("acronyms"));
    assert_eq!(ki(&["--without", "compounds,acronyms"]), ("1".into(), "1".into()));
    assert!(!rules(&work).contains("compounds") && !rules(&work).contains("acronyms"));
    assert!(rules(&work).contains("variants"));
}

// By hand

#[test]
fn a_concept_file_shows_in_the_tables() {
    let work = Workdir::new();
    let key = |rows: &[Row], form: &str| {
        let has = |r: &&Row| r["spellings"].split("; ").any(|s| s.rsplit_once('=').is_some_and(|s| s.0 == form));
        rows.iter().find(has).unwrap_or_else(|| panic!("nothing has {form}"))["concept"].clone()
    };
    let plain = two_years(&work, "concepts", &[]);
    assert_ne!(key(&plain, "Geld"), key(&plain, "Amt"));
    assert_eq!(work.json("output/manifest.json")["settings"]["concept_file"], "none");
    let file = "version = 1\n[[merge]]\nlabel = \"Mittel\"\nforms = [\"Geld\", \"Amt\"]\n[[ban]]\nforms = [\"Plan\"]\n";
    work.write("c.toml", file);
    let rows = two_years(&work, "concepts", &["--concepts", "c.toml"]);
    assert_eq!(key(&rows, "Geld"), key(&rows, "Amt"));
    let row = rows.iter().find(|r| r["label"] == "Mittel").expect("the label of the file");
    assert_eq!(row["spellings"], "Amt=2; Geld=1");
    let banned = rows.iter().find(|r| r["label"] == "Plan").expect("counted");
    assert_eq!(banned["ranked"], "0");
    assert_ne!(work.json("output/manifest.json")["settings"]["concept_file"], "none");
    work.write("t.jsonl", TALKS);
    let run = work.run(&["concepts", "t.jsonl", "--concepts", "c.toml", "--explain", "Geld"]).fine();
    run.prints("Mittel  (noun)").prints("mentions   3 in 1 sessions");
    work.run(&["concepts", "t.jsonl", "--concepts", "c.toml", "--explain", "Plan"]).fine().prints("no: banned by hand");
}

#[test]
fn a_concept_file_reaches_the_check() {
    let decision = "{\"a\": \"Rechner\", \"b\": \"Computer\", \"lang\": \"de\", \"expect\": \"same\"}\n";
    let file = "version = 1\n[[merge]]\nforms = [\"Rechner\", \"Computer\"]\n";
    let text = "{\"a\": \"Rechner\", \"b\": \"Computer\", \"lang\": \"de\", \"expect\": \"same\", \
                \"text\": \"Ein Rechner ist ein Computer.\"}\n";
    let work = Workdir::with([("d.jsonl", decision), ("u.jsonl", text), ("c.toml", file)]);
    work.run(&["concepts", "--check", "d.jsonl"]).fine().prints("WRONG");
    work.run(&["concepts", "--check", "u.jsonl", "--concepts", "c.toml"]).fine().prints("ok\t");
    work.run(&["concepts", "--check", "d.jsonl", "--concepts", "c.toml"]).fine().prints("ok\t");
}

#[test]
fn bad_concept_files_are_refused_with_their_line() {
    let work = work();
    work.run(&["concepts", "t.jsonl", "--concepts", "none.toml"]).refused().says("none.toml");
    for (content, line, problem) in [
        ("version = 1\n[[merge]]\nforms = [\"a\", \n", 3, ""),
        ("version = 1\n[[merge]]\nforms = [\"a\", \"b\"]\nlabell = \"x\"\n", 4, "labell"),
        ("version = 1\n\n[[bann]]\nforms = [\"a\"]\n", 3, "bann"),
        ("version = 2\n", 1, "version = 1"),
        ("version = 1\n[[merge]]\nforms = [\"a\", \"b\"]\n[[merge]]\nforms = [\"a\"]\n", 4, "two forms"),
        ("version = 1\n[[ban]]\nforms = [\"\"]\n", 3, "empty"),
    ] {
        work.write("bad.toml", content);
        let run = work.run(&["concepts", "t.jsonl", "--concepts", "bad.toml"]).refused().says("bad.toml").says(problem);
        let at = |l: usize| run.stderr.contains(&format!("bad.toml:{l}")) || run.stderr.contains(&format!("line {l}"));
        // Where a list goes wrong at its end, the line of its end will do.
        assert!(at(line) || (problem.is_empty() && at(line + 1)), "line {line} of\n{content}\n{}", run.stderr);
    }
}

#[test]
fn a_form_that_no_text_has_does_no_harm() {
    let work = work();
    work.write(
        "c.toml",
        "version = 1\n[[merge]]\nforms = [\"Zeppelin\", \"Luftschiff\"]\n[[split]]\nforms = [\"Ballon\"]\n",
    );
    let plain = work.run(&["concepts", "t.jsonl"]).fine().stdout;
    assert_eq!(work.run(&["concepts", "t.jsonl", "--concepts", "c.toml"]).fine().stdout, plain);
}

// Habits

#[test]
fn the_help_names_options_and_examples() {
    let work = Workdir::new();
    let run = work.run(&["concepts", "--help"]).fine().silent();
    for text in ["--explain", "--check", "--without", "--concepts", "not_part", "boilerplate", "Examples:"] {
        assert!(run.stdout.contains(text), "{text}\n{}", run.stdout);
    }
    work.run(&["--help"]).fine().prints("concepts");
}

#[test]
fn threads_change_nothing() {
    let work = work();
    let one = work.run(&["concepts", "t.jsonl", "--threads", "1"]).fine().stdout;
    assert_eq!(work.run(&["concepts", "t.jsonl", "--threads", "4"]).fine().stdout, one);
    let checked = |n: &str| check(DECISIONS, &["--threads", n]).fine().stdout;
    assert_eq!(checked("1"), checked("4"));
}
