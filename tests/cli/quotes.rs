//! `wandel quotes`: keyword in context.

use crate::support::{Workdir, plain_command};

const TEXTS: [(&str, &str); 2] = [
    (
        "2024.jsonl",
        "{\"id\": \"a\", \"title\": \"KI im Amt\", \"text\": \"Die Künstliche Intelligenz (KI) hilft. Viele KI-Lösungen sind neu.\"}\n\
         {\"id\": \"b\", \"title\": \"Netze\", \"text\": \"Glasfaser kommt aufs Land. Die digitale Souveränität zählt.\"}\n",
    ),
    (
        "2025.jsonl",
        "{\"id\": \"c\", \"title\": \"Alltag\", \"text\": \"Wir nutzen KI täglich. Ohne KI geht es nicht. Von digitaler Souveränität reden alle.\"}\n",
    ),
];

fn csv(run: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(run.as_bytes());
    reader.records().map(|r| r.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn all_spellings_of_a_concept_stand_below_each_other() {
    let work = Workdir::with(TEXTS);
    for term in ["KI", "Künstliche Intelligenz", "künstlicher intelligenz"] {
        let run = work.run(&["quotes", term, "."]).fine();
        let lines: Vec<&str> = run.stdout.lines().collect();
        assert_eq!(lines.len(), 5, "{term}:\n{}", run.stdout);
        let column = lines[0].split("KI im Amt").next().unwrap_or_default().chars().count();
        let spelled: Vec<String> = lines.iter().map(|l| l.chars().skip(column).collect()).collect();
        let starts = ["KI im Amt", "Künstliche Intelligenz (KI)", "KI) hilft", "KI täglich", "KI geht es"];
        assert!(spelled.iter().zip(starts).all(|(line, start)| line.starts_with(start)), "one column\n{}", run.stdout);
        run.says("5 mentions in 2 sessions (2024: 3, 2025: 2)").says("counted as KI");
    }
}

#[test]
fn compounds_come_on_request() {
    let work = Workdir::with(TEXTS);
    work.run(&["quotes", "KI", "."]).fine().omits("KI-Lösungen");
    let run = work.run(&["quotes", "KI", ".", "--with-compounds"]).fine().says("6 mentions").says("KI, KI-Lösungen");
    run.prints("Viele KI-Lösungen sind neu.");
    work.run(&["quotes", "Lösung", "."]).refused().says("`Lösung` is named in no text");
    work.run(&["quotes", "Lösung", ".", "--with-compounds"]).fine().prints("KI-Lösungen");
}

#[test]
fn a_phrase_is_found_however_rare_and_inflected() {
    let work = Workdir::with(TEXTS);
    let run = work.run(&["quotes", "digitale Souveränität", "."]).fine();
    assert_eq!(run.stdout.lines().count(), 2, "{}", run.stdout);
    run.prints("Die digitale Souveränität zählt.").prints("Von digitaler Souveränität reden");
}

#[test]
fn csv_and_json_have_place_and_whole_sentence() {
    let work = Workdir::with(TEXTS);
    let run = work.run(&["quotes", "KI", ".", "--format", "csv"]).fine();
    let rows = csv(&run.stdout);
    assert_eq!(
        rows[0].join(","),
        "year,session_id,session_kind,source,line,field,byte_start,byte_end,concept,label,before,spelling,after"
    );
    let cells: Vec<&str> = rows[1].iter().map(String::as_str).collect();
    assert_eq!(
        cells,
        ["2024", "2024.jsonl:a", "session", "2024.jsonl", "1", "title", "0", "2", "KI", "KI", "", "KI", " im Amt"]
    );
    assert_eq!(rows[2][10..].join("|"), "Die |Künstliche Intelligenz| (KI) hilft.");
    let json = work.run(&["quotes", "KI", ".", "--format", "json", "-q"]).fine().silent().stdout;
    let json: Vec<serde_json::Value> = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json.len(), 5);
    assert_eq!((&json[4]["year"], &json[4]["before"]), (&2025.into(), &"Ohne ".into()));
}

#[test]
fn years_and_limit() {
    let work = Workdir::with(TEXTS);
    let lines = |args: &[&str]| work.run(&[&["quotes", "KI", "."], args].concat()).fine().stdout.lines().count();
    assert_eq!(lines(&["--of", "2025"]), 2);
    assert_eq!(lines(&["--of", "2024,2025", "--limit", "4"]), 4);
    assert_eq!(lines(&["--of", "2023"]), 0);
    work.run(&["quotes", "KI", ".", "--limit", "1"]).fine().says("the first 1 of them; --limit shows more");
    work.run(&["quotes", "KI", ".", "--of", "2025"]).fine().says("2 mentions in 1 session (of all 2024: 3, 2025: 2)");
    work.run(&["quotes", "KI", ".", "--year", "2025"]).refused().says("--where year=2024");
}

#[test]
fn a_term_in_no_text_is_an_error_with_the_nearest() {
    let work = Workdir::with(TEXTS);
    work.run(&["quotes", "Glasfasser", "."])
        .refused()
        .says("`Glasfasser` is named in no text; did you mean Glasfaser?");
    work.run(&["quotes", "Xylophon", "."]).refused().says("`Xylophon` is named in no text, and nothing like it");
    work.run(&["quotes", "der", "."]).refused();
    work.run(&["quotes", "KI"]).refused().says("Usage");
}

#[test]
fn one_year_is_enough_and_colour_is_asked_for() {
    let work = Workdir::with(TEXTS);
    let plain = work.run(&["quotes", "KI", "2025.jsonl"]).fine().stdout;
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let colour = |variable: (&str, &str)| {
        let mut command = plain_command();
        command.current_dir(work.path(".")).args(["quotes", "KI", "2025.jsonl"]).env(variable.0, variable.1);
        String::from_utf8(command.output().expect("runs").stdout).expect("UTF-8")
    };
    let marked = colour(("CLICOLOR_FORCE", "1"));
    assert_eq!(marked.matches("\u{1b}[1;33mKI\u{1b}[0m").count(), 2, "{marked}");
    assert_eq!(marked.replace("\u{1b}[1;33m", "").replace("\u{1b}[0m", ""), plain);
    assert_eq!(colour(("NO_COLOR", "1")), plain);
}
