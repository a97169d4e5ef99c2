//! `wandel sessions`: the sessions as a table.

use crate::support::Workdir;
use crate::texts::{A2024, JSONL, UNDATED};

const TABLE: &str = "\
source    year  lang  lines  kind             title                     speakers
2024.txt  2024  de      1–3  opening          Kommunaltag 2024 in Gera  Petra Lohmann
2024.txt  2024  de      5–7  session          Wenn der Server brennt    Jonas Wirth
2024.txt  2024  de     9–11  session          Formulare ohne Papier     Miriam Kolbe
2024.txt  2024  de    13–15  session          Wer schult die Leute?     Anton Berger
2024.txt  2024  de    17–19  acknowledgement  Dank
";

#[test]
fn shows_lines_kinds_titles_and_speakers() {
    let work = Workdir::with_articles();
    let run = work.run(&["sessions", "2024.txt"]).fine().silent();
    assert_eq!(run.stdout, TABLE);
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let work = Workdir::with([("2024.txt", A2024.replace('\n', "\r\n"))]);
    assert_eq!(work.run(&["sessions", "2024.txt"]).fine().stdout, TABLE);
}

#[test]
fn shows_documents_in_one_order_whatever_the_order_of_paths() {
    let work = Workdir::with_articles();
    let one = work.run(&["sessions", "2024.txt", "2025.txt"]).fine().stdout;
    assert!(one.starts_with(TABLE.trim_end()) && one.contains("2025.txt  2025  de"), "{one}");
    assert_eq!(work.run(&["sessions", "2025.txt", "2024.txt"]).fine().stdout, one);
    assert_eq!(work.run(&["sessions", "."]).fine().stdout, one);
    assert_eq!(work.run(&["sessions", "2025.txt", "2024.txt", "2025.txt", "./2024.txt"]).fine().silent().stdout, one);
}

#[test]
fn without_boundaries_there_is_one_session_and_a_note() {
    let work = Workdir::with([("2024.txt", UNDATED)]);
    let run = work.run(&["sessions", "2024.txt"]).fine();
    assert_eq!(run.stdout.matches(" session ").count(), 1, "{}", run.stdout);
    run.says("2024.txt:1: no boundary between sessions was found").says("wandel sessions --write");
}

#[test]
fn rows_of_a_table_are_sessions() {
    let work = Workdir::with([("vortraege.jsonl", JSONL)]);
    let run = work.run(&["sessions", "vortraege.jsonl"]).fine().silent();
    assert_eq!(run.stdout.lines().count(), 6);
    run.prints("vortraege.jsonl  2025  de        3  session  Schalter\n");
}

#[test]
fn filters_by_kind_year_language_and_source() {
    let work = Workdir::with_articles();
    let count = |filter: &[&str], lines: usize| {
        let args = [&["sessions", "2024.txt", "2025.txt"], filter].concat();
        let run = work.run(&args).fine();
        let found = run.stdout.lines().filter(|l| l.contains('–')).count();
        assert_eq!(found, lines, "{filter:?}:\n{}", run.stdout);
    };
    count(&[], 10);
    count(&["--where", "kind=session"], 6);
    count(&["--where", "kind=acknowledgement"], 2);
    count(&["--where", "year=2025"], 5);
    count(&["--where", "year=2025", "--where", "kind=session"], 3);
    count(&["--where", "source=2024.txt"], 5);
    count(&["--where", "lang=de"], 10);
    count(&["--where", "lang=en"], 0);
}

#[test]
fn csv_and_json_have_the_columns_of_the_table() {
    let work = Workdir::with_articles();
    work.run(&["report", ".", "--only", "csv"]).fine();
    let header = |csv: &str| csv.lines().next().unwrap_or_default().to_owned();
    let run = work.run(&["sessions", "2024.txt", "2025.txt", "--format", "csv"]).fine().silent();
    assert_eq!(header(&run.stdout), header(&work.read("output/tables/sessions.csv")));
    let json = work.run(&["sessions", "2024.txt", "2025.txt", "--format", "json"]).fine().stdout;
    let json: Vec<serde_json::Value> = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json.len(), 10);
    assert_eq!((&json[1]["title"], &json[1]["first_line"]), (&"Wenn der Server brennt".into(), &5.into()));
    assert!(json[1]["tokens"].is_null(), "nothing was counted");
}

#[test]
fn marks_that_turn_the_writing_or_colour_the_terminal_are_not_printed() {
    let text = "# Titel\u{202e} mit \u{1b}[31mFarbe\n\nHier spricht Petra Lohmann über Netze und Kabel.\n";
    let work = Workdir::with([("2024.md", text)]);
    let run = work.run(&["sessions", "2024.md"]).fine();
    assert!(!run.stdout.contains(['\u{202e}', '\u{1b}']), "{:?}", run.stdout);
    run.prints("Titel mit");
}
