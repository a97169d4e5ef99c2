//! Files and folders as input: what is read, what is skipped, what it is called.

use std::os::unix::fs::symlink;

use crate::support::Workdir;
use crate::texts::{A2024, A2025, A2026, JSONL};

/// The sources of a run, by the manifest.
#[track_caller]
fn sources(work: &Workdir, args: &[&str]) -> Vec<String> {
    work.run(&[&["report", "--only", "md", "--force", "--out", "aus"], args].concat()).fine();
    let manifest = work.json("aus/manifest.json");
    manifest["sources"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|s| s["source"].as_str().expect("a name").to_owned())
        .collect()
}

/// What was skipped and why, by the manifest of the run before.
fn skipped(work: &Workdir) -> Vec<(String, String)> {
    let text = |v: &serde_json::Value| v.as_str().expect("a text").to_owned();
    let manifest = work.json("aus/manifest.json");
    manifest["skipped"].as_array().expect("a list").iter().map(|s| (text(&s["path"]), text(&s["reason"]))).collect()
}

#[test]
fn skips_what_is_no_article_and_lists_it() {
    let work = Workdir::new();
    work.write("artikel/gera/2024.md", A2024);
    work.write("artikel/2025.TXT", A2025);
    for (name, text) in [
        ("README.md", "x"),
        ("gera/readme.txt", "x"),
        (".entwurf.txt", "x"),
        (".git/2020.txt", "x"),
        ("bild.png", "x"),
        ("ohne_endung", "x"),
        ("2023.txt.gz", "x"),
    ] {
        work.write(&format!("artikel/{name}"), text);
    }
    work.run(&["report", "artikel", "--out", "artikel/ergebnis", "--only", "md,csv"]).fine();
    assert_eq!(sources(&work, &["artikel"]), ["2025.TXT", "gera/2024.md"]);
    let expected = [
        (".entwurf.txt", "hidden"),
        (".git", "hidden"),
        ("2023.txt.gz", "unknown type"),
        ("README.md", "a README"),
        ("bild.png", "unknown type"),
        ("ergebnis", "a folder that wandel wrote"),
        ("gera/readme.txt", "a README"),
        ("ohne_endung", "unknown type"),
    ];
    assert_eq!(skipped(&work), expected.map(|(p, r)| (p.to_owned(), r.to_owned())));
    let run = work.run(&["sessions", "artikel", "-v"]).fine();
    for (path, reason) in expected {
        assert!(run.stderr.contains(&format!("skipped {path}: {reason}\n")), "{path}:\n{}", run.stderr);
    }
    work.run(&["sessions", "artikel"]).fine().hushes("skipped");
}

#[test]
fn what_is_named_is_read_even_if_a_folder_would_skip_it() {
    let work = Workdir::with([("README-2024.md", A2024), (".2025.txt", A2025)]);
    assert_eq!(sources(&work, &["README-2024.md", ".2025.txt"]), [".2025.txt", "README-2024.md"]);
}

#[test]
fn notes_beside_tables_are_skipped_unless_named() {
    let work = Workdir::with([("d/t.jsonl", JSONL), ("d/HERKUNFT.md", "Woher die Daten von 2024 kommen.\n")]);
    assert_eq!(sources(&work, &["d"]), ["t.jsonl"]);
    assert_eq!(skipped(&work)[0].0, "HERKUNFT.md");
    assert_eq!(sources(&work, &["d", "d/HERKUNFT.md", "--year", "HERKUNFT.md=2024"]), ["HERKUNFT.md", "t.jsonl"]);
}

#[test]
fn own_results_are_no_input() {
    let work = Workdir::with([("artikel/2024.txt", A2024), ("artikel/2025.txt", A2025)]);
    let args = ["report", "artikel", "--out", "artikel", "--only", "csv,md"];
    work.run(&args).refused().says("artikel: holds files that wandel did not write").says("--force");
    assert_eq!(work.list("artikel"), ["2024.txt", "2025.txt"]);
    work.run(&[&args[..], &["--force"]].concat()).fine();
    assert_eq!(work.read("artikel/2024.txt"), A2024);
    assert_eq!(sources(&work, &["artikel"]), ["2024.txt", "2025.txt"], "its own report and tables are not read again");
}

#[test]
fn files_of_one_name_get_their_folder_in_front() {
    let work = Workdir::with([("2024/bericht.md", A2024), ("2025/bericht.md", A2025), ("2024/nur.md", A2026)]);
    assert_eq!(sources(&work, &["2024", "2025"]), ["2024/bericht.md", "2025/bericht.md", "nur.md"]);
    assert_eq!(sources(&work, &["2024/bericht.md", "2025/bericht.md"]), ["2024/bericht.md", "2025/bericht.md"]);
    assert_eq!(sources(&work, &["."]), ["2024/bericht.md", "2024/nur.md", "2025/bericht.md"]);
    work.run(&["sessions", "2024/bericht.md", "2025/bericht.md"]).fine().silent().prints("2025/bericht.md  2025  de");
}

#[test]
fn as_many_folders_as_it_takes() {
    let work = Workdir::with([("gera/2024/bericht.md", A2024), ("jena/2024/bericht.md", A2025)]);
    let run = work.run(&["sessions", "gera/2024", "jena/2024"]).fine();
    run.prints("gera/2024/bericht.md  2024").prints("jena/2024/bericht.md  2024");
}

#[test]
fn a_file_given_twice_is_read_once() {
    let work = Workdir::with_articles();
    let absolute = work.path("2024.txt").to_string_lossy().into_owned();
    assert_eq!(sources(&work, &["2024.txt", "2025.txt", "./2024.txt", &absolute]), ["2024.txt", "2025.txt"]);
    assert!(!work.read("aus/manifest.json").contains("duplicate-text"));
}

#[test]
fn equal_texts_count_once_with_a_note() {
    let work = Workdir::with([("2024.txt", A2024), ("2025.txt", A2025), ("kopie-2025.txt", A2025)]);
    let once = work.run(&["shifts", "2024.txt", "2025.txt"]).fine().stdout;
    let run =
        work.run(&["shifts", "."]).fine().says("note: kopie-2025.txt: repeats the text of 2025.txt; counted once");
    assert_eq!(run.stdout, once);
    work.run(&["sessions", "."]).fine().says("counted once").omits("kopie-2025.txt  2025");
}

#[test]
fn of_equal_texts_the_earliest_year_keeps_it() {
    let work = Workdir::with([("a-2025.txt", A2024), ("b-2024.txt", A2024), ("c-2025.txt", A2025)]);
    let run = work.run(&["sessions", "."]).fine().says("a-2025.txt: repeats the text of b-2024.txt");
    run.prints("b-2024.txt  2024").omits("a-2025.txt  2025");
}

#[test]
fn a_folder_named_like_a_file_is_a_folder() {
    let work = Workdir::with([("berichte.txt/2024.txt", A2024), ("berichte.txt/sub.md/2025.txt", A2025)]);
    assert_eq!(sources(&work, &["berichte.txt"]), ["2024.txt", "sub.md/2025.txt"]);
}

#[test]
fn names_with_blanks_and_umlauts_are_kept() {
    let work = Workdir::with([("Größe & Maß 2024.txt", A2024), ("ordner mit leer/zweiter 2025.txt", A2025)]);
    assert_eq!(sources(&work, &["."]), ["Größe & Maß 2024.txt", "ordner mit leer/zweiter 2025.txt"]);
}

#[test]
fn links_that_lead_in_circles_end() {
    let work = Workdir::with([("a/2024.txt", A2024), ("a/2025.txt", A2025)]);
    symlink(".", work.path("a/eins")).expect("a link");
    symlink("..", work.path("a/zwei")).expect("a link");
    let run = work.run(&["sessions", "a"]).fine();
    assert_eq!(run.stdout.matches("Wenn der Server brennt").count(), 1, "{}", run.stdout);
}

#[test]
fn links_to_files_and_folders_are_followed() {
    let work = Workdir::with([("hier/2024.txt", A2024), ("dort/2025.txt", A2025)]);
    symlink(work.path("dort"), work.path("hier/weiter")).expect("a link");
    assert_eq!(sources(&work, &["hier"]), ["2024.txt", "weiter/2025.txt"]);
}

#[test]
fn a_link_to_nothing_is_named() {
    let work = Workdir::with_articles();
    symlink("nirgends.txt", work.path("2026.txt")).expect("a link");
    work.run(&["sessions", "."]).refused().says("2026.txt");
}

#[test]
fn a_pipe_in_a_folder_does_not_hang() {
    let work = Workdir::with_articles();
    work.shell("mkfifo 2026.txt").fine();
    work.run(&["sessions", ".", "-v"]).fine().says("2026.txt").prints("2025.txt  2025");
}
