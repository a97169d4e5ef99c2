//! People: who speaks, who is talked about, and which of them are concepts.

use std::collections::BTreeMap;

use crate::support::Workdir;

/// Rows of a table with speakers: Ina Lohse speaks in one row and is talked about in another.
const TALKS: &str = "\
year,id,title,speakers,text
2024,a,Akten,Ina Lohse,Ina Lohse zeigte Akten. Die Stadt dankte Frau Lohse und Jan Winter. Der Winter war kalt.
2024,b,Server,Uwe Brandt,Der Server steht im Keller der Stadt. Ute Ahlers lobte ihn.
2025,c,Wolken,Kai Busch,Ina Lohse hatte gewarnt. Lohses Rat galt der Stadt. Auch Jan Winter war dort.
2025,d,Farben,Mia Petersen,Schwarz ist eine Farbe. Das meinte Dirk Schwarz. Das Auto ist schwarz. Jan Winter lachte.
";

fn work() -> Workdir {
    Workdir::with([("t.csv", TALKS)])
}

type Row = BTreeMap<String, String>;

/// The rows of a table of a report with further options.
#[track_caller]
fn table(work: &Workdir, name: &str, options: &[&str]) -> Vec<Row> {
    work.run(&[&["report", "t.csv", "--themes", "none", "--languages", "de"], options].concat()).fine();
    work.csv(&format!("output/tables/{name}.csv"))
}

/// The people among the concepts.
fn persons(work: &Workdir, options: &[&str]) -> Vec<String> {
    let concepts = table(work, "concepts", options);
    concepts.iter().filter(|r| r["kind"] == "person").map(|r| r["label"].clone()).collect()
}

#[test]
fn everybody_is_listed_by_year_and_role() {
    let rows = table(&work(), "people", &[]);
    let lines: Vec<String> = rows
        .iter()
        .map(|r| ["person", "role", "year", "sessions", "mentions", "spellings"].map(|c| r[c].as_str()).join(" | "))
        .collect();
    assert_eq!(
        lines,
        [
            "Dirk Schwarz | mentioned | 2025 | 1 | 1 | Dirk Schwarz=1",
            "Ina Lohse | speaker | 2024 | 1 | 2 | Lohse=1; Ina Lohse=1",
            "Ina Lohse | mentioned | 2025 | 1 | 2 | Lohses=1; Ina Lohse=1",
            "Jan Winter | mentioned | 2024 | 1 | 1 | Jan Winter=1",
            "Jan Winter | mentioned | 2025 | 2 | 2 | Jan Winter=2",
            "Kai Busch | speaker | 2025 | 1 | 0 | ",
            "Mia Petersen | speaker | 2025 | 1 | 0 | ",
            "Ute Ahlers | mentioned | 2024 | 1 | 1 | Ute Ahlers=1",
            "Uwe Brandt | speaker | 2024 | 1 | 0 | ",
        ]
    );
}

#[test]
fn drop_persons_says_who_is_no_concept() {
    let work = work();
    let default = persons(&work, &[]);
    assert_eq!(default, ["Dirk Schwarz", "Ina Lohse", "Jan Winter", "Ute Ahlers"]);
    assert_eq!(persons(&work, &["--drop-persons", "speakers"]), default);
    assert_eq!(persons(&work, &["--drop-persons", "all"]), [""; 0]);
    assert_eq!(persons(&work, &["--keep-names"]), [""; 0], "their words count as words");
    // In 2024 Ina Lohse speaks: only with `none` this counts.
    let lohse = |options: &[&str]| -> Vec<String> {
        let rows = table(&work, "terms_by_year", options);
        rows.iter().filter(|r| r["concept"] == "ina lohse").map(|r| format!("{} {}", r["year"], r["count"])).collect()
    };
    assert_eq!(lohse(&[]), ["2025 2"]);
    assert_eq!(lohse(&["--drop-persons", "none"]), ["2024 2", "2025 2"]);
    assert_eq!(work.json("output/manifest.json")["settings"]["persons"], "none");
    let everybody = table(&work, "people", &["--drop-persons", "all"]);
    assert_eq!(everybody.len(), 9, "people.csv has everybody whatever is a concept");
}

#[test]
fn people_have_a_ranking_of_their_own() {
    let work = work();
    let rows = table(&work, "term_shifts", &[]);
    let row = |key: &str| rows.iter().find(|r| r["concept"] == key).unwrap_or_else(|| panic!("no row {key}"));
    assert_eq!((row("jan winter")["kind"].as_str(), row("jan winter")["ranked"].as_str()), ("person", "0"));
    let report = work.read("output/report.md");
    let section = report.split("## Personen, von denen die Rede ist").nth(1).expect("a section");
    assert!(section.contains(r"| Ina Lohse \* | 0 | 2 |"), "{section}");
    let concepts = report.split("## Begriffe").nth(1).and_then(|r| r.split("## Personen").next()).expect("a section");
    assert!(!concepts.contains("Lohse") && !concepts.contains("Jan Winter"), "{concepts}");
    let outline = report.split("## Vorträge").nth(1).expect("a section");
    assert!(!outline.contains(": Lohse") && !outline.contains("Jan Winter"), "no key term is a person: {outline}");
    work.run(&["report", "t.csv", "--lang", "en", "--out", "en"]).fine();
    assert!(work.read("en/report.md").contains("## People talked about"));
    let run = work.run(&["shifts", "t.csv"]).fine().prints("2024 → 2025: people named more often");
    assert_eq!(run.row("Ina Lohse")[..5], ["Ina", "Lohse", "*", "0", "2"]);
    work.run(&["shifts", "t.csv", "--drop-persons", "all"]).fine().omits("people named");
}

#[test]
fn without_people_there_is_no_section() {
    let work = Workdir::with([("t.csv", "year,text\n2024,Der Server brennt.\n2025,Die KI sortiert.\n")]);
    work.run(&["report", "t.csv", "--themes", "none"]).fine();
    assert!(!work.read("output/report.md").contains("Personen, von denen"));
    assert_eq!(work.read("output/tables/people.csv"), "person,role,year,sessions,mentions,spellings\r\n");
}

#[test]
fn a_surname_that_is_a_word_counts_as_a_word() {
    let work = work();
    let rows = table(&work, "concepts", &[]);
    let spellings = |key: &str| rows.iter().find(|r| r["concept"] == key).map(|r| r["spellings"].as_str());
    assert_eq!(spellings("schwarz"), Some("Schwarz=1"), "the noun");
    assert_eq!(spellings("schwarz~"), Some("schwarz=1"), "the adjective");
    assert_eq!(spellings("winter"), Some("Winter=1"), "the cold one");
    assert_eq!(spellings("dirk schwarz"), Some("Dirk Schwarz=1"));
}

#[test]
fn quotes_show_where_people_are_named() {
    let rows = table(&work(), "evidence", &[]);
    let quotes: Vec<(&str, &str)> = rows
        .iter()
        .filter(|r| r["key"] == "ina lohse")
        .map(|r| (r["quote"].as_str(), r["spellings"].as_str()))
        .collect();
    assert_eq!(quotes, [("Ina Lohse hatte gewarnt.", "Ina Lohse"), ("Lohses Rat galt der Stadt.", "Lohses")]);
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    let work = work();
    work.run(&["terms", "t.csv", "--keep-names", "--drop-persons", "none"]).refused().says("--keep-names");
    work.run(&["terms", "t.csv", "--drop-persons", "some"]).refused().says("speakers, all, none");
}
