//! `manifest.json`: what made the outputs, and nothing of when and where.

use std::time::{Duration, SystemTime};

use serde_json::json;

use crate::support::{Workdir, same_files, sha256};
use crate::texts::{A2024, A2025, JSONL};

const REPORT: [&str; 6] = ["report", "artikel", "--title", "Kommunaltag", "--only", "csv,json,md"];

fn work() -> Workdir {
    Workdir::with([("artikel/2024.txt", A2024), ("artikel/2025.txt", A2025)])
}

#[test]
fn lists_every_file_with_its_hash_and_size() {
    let work = work();
    work.run(&["report", "artikel"]).fine();
    let manifest = work.json("output/manifest.json");
    let mut files = work.files("output");
    files.remove("manifest.json").expect("there");
    let listed = manifest["files"].as_array().expect("a list");
    assert_eq!(
        listed.iter().map(|f| f["path"].as_str().expect("a path")).collect::<Vec<_>>(),
        files.keys().collect::<Vec<_>>()
    );
    for file in listed {
        let bytes = &files[file["path"].as_str().expect("a path")];
        assert_eq!(file["sha256"], sha256(bytes), "{file}");
        assert_eq!(file["bytes"], bytes.len(), "{file}");
    }
}

#[test]
fn says_what_was_read_and_counted() {
    let work = work();
    work.run(&REPORT).fine();
    let manifest = work.json("output/manifest.json");
    assert_eq!(manifest["tool"], "wandel");
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest["title"], "Kommunaltag");
    assert_eq!(manifest["language"], "de");
    assert_eq!(manifest["years"], json!([2024, 2025]));
    assert_eq!(manifest["comparisons"], json!(["2024:2025"]));
    assert_eq!(manifest["sessions"]["2024"], json!({"opening": 1, "session": 3, "acknowledgement": 1}));
    assert_eq!(
        manifest["sources"],
        json!([
            {"source": "2024.txt", "sha256": sha256(A2024.as_bytes()), "encoding": "UTF-8", "documents": 1},
            {"source": "2025.txt", "sha256": sha256(A2025.as_bytes()), "encoding": "UTF-8", "documents": 1}
        ])
    );
    let codes: Vec<&str> =
        manifest["warnings"].as_array().expect("a list").iter().map(|w| w["code"].as_str().expect("a code")).collect();
    assert!(codes.contains(&"few-talks") && codes.contains(&"year-is-source"), "{codes:?}");
    assert!(manifest.get("seed").is_some());
}

#[test]
fn says_every_setting_that_can_change_a_number() {
    let work = Workdir::with([("t.jsonl", JSONL)]);
    let options = [
        "--include-framing",
        "--no-titles",
        "--stop-words",
        "meldeamt",
        "--keep-words",
        "der",
        "--keep-names",
        "--no-phrases",
        "--phrase-min-count",
        "3",
        "--phrase-min-npmi",
        "0.5",
        "--prior-words",
        "250",
        "--where",
        "ort=Gera",
        "--tag",
        "event=id:^[^/]+",
        "--year",
        "t.jsonl=2024",
        "--columns",
        "year=jahr",
        "--languages",
        "de",
        "--encoding",
        "utf-8",
        "--strict",
        "--csv-dialect",
        "excel-de",
    ];
    let args = [&["report", "t.jsonl", "--only", "csv"], &options[..]].concat();
    work.run(&args).ends(1).says("all talks are of 2024");
    let args: Vec<&str> =
        args.into_iter().filter(|a| !["--year", "t.jsonl=2024", "--columns", "year=jahr"].contains(a)).collect();
    work.run(&args).fine();
    let manifest = work.json("output/manifest.json");
    let settings = &manifest["settings"];
    for (name, value) in [
        ("include_framing", "true"),
        ("titles", "false"),
        ("stop_words", "meldeamt"),
        ("keep_words", "der"),
        ("drop_names", "false"),
        ("persons", "speakers"),
        ("phrases", "false"),
        ("phrase_min_count", "3"),
        ("phrase_min_npmi", "0.5"),
        ("prior_words", "250"),
        ("idf", "pooled"),
    ] {
        assert_eq!(settings[name], value, "{name} in {settings}");
    }
    let reading = &manifest["reading"];
    for (name, value) in [
        ("where", "ort=Gera"),
        ("tags", "event=id:^[^/]+"),
        ("languages", "de"),
        ("encoding", "utf-8"),
        ("strict", "true"),
    ] {
        assert_eq!(reading[name], value, "{name} in {reading}");
    }
    assert_eq!(manifest["csv_dialect"], "excel-de");
    work.run(&[
        "report",
        "t.jsonl",
        "--only",
        "csv",
        "--out",
        "zwei",
        "--columns",
        "title=id",
        "--year",
        "t.jsonl=2024",
    ])
    .ends(1);
    work.write("u.csv", "jahr,text\n2024,Der Server brennt.\n2025,Die KI sortiert.\n");
    work.run(&["report", "u.csv", "--only", "csv", "--out", "drei", "--columns", "year=jahr"]).fine();
    assert_eq!(work.json("drei/manifest.json")["reading"]["columns"], "year=jahr");
    work.run(&[
        "report",
        "u.csv",
        "t.jsonl",
        "--only",
        "csv",
        "--out",
        "vier",
        "--columns",
        "year=jahr",
        "--year",
        "t.jsonl=2023",
    ])
    .fine();
    assert_eq!(work.json("vier/manifest.json")["reading"]["year"], "t.jsonl=2023");
}

#[test]
fn holds_no_place_and_no_output_folder() {
    let (one, two) = (work(), work());
    one.run(&[&REPORT[..], &["--out", "ergebnis-eins"]].concat()).fine();
    let absolute = two.path("artikel").to_string_lossy().into_owned();
    let out = two.path("anders/ergebnis-zwei").to_string_lossy().into_owned();
    let args: Vec<&str> =
        REPORT.iter().map(|&a| if a == "artikel" { absolute.as_str() } else { a }).chain(["--out", &out]).collect();
    two.run(&args).fine();
    let (first, second) = (one.files("ergebnis-eins"), two.files("anders/ergebnis-zwei"));
    for (path, bytes) in &first {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("wandel-cli-") && !text.contains("ergebnis-"), "{path} says where it lies");
    }
    same_files(&second, &first, "the place changes a byte");
}

#[test]
fn holds_no_absolute_path_of_a_session_or_theme_file() {
    let work = work();
    work.write("weit/weg/themen.toml", crate::texts::THEMES);
    work.run(&["sessions", "artikel", "--write", "weit/weg.toml"]).fine();
    let (sessions, themes) = (work.path("weit/weg.toml"), work.path("weit/weg/themen.toml"));
    work.run(
        &[&REPORT[..], &["--sessions", &sessions.to_string_lossy(), "--themes", &themes.to_string_lossy()]].concat(),
    )
    .fine();
    for (path, bytes) in work.files("output") {
        assert!(!String::from_utf8_lossy(&bytes).contains("wandel-cli-"), "{path} holds an absolute path");
    }
}

#[test]
fn holds_no_time_and_no_locale() {
    let work = work();
    work.run(&REPORT).fine();
    let before = work.files("output");
    for name in ["artikel/2024.txt", "artikel/2025.txt"] {
        let file = std::fs::File::options().append(true).open(work.path(name)).expect("there");
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).expect("a new time");
    }
    std::fs::remove_dir_all(work.path("output")).expect("there");
    let mut later = work.command(&REPORT);
    later.env("TZ", "Asia/Tokyo").env("LC_ALL", "de_DE.UTF-8").env("LANG", "tr_TR.UTF-8").env("HOME", "/");
    assert!(later.output().expect("it runs").status.success());
    same_files(&work.files("output"), &before, "nothing may change");
}
