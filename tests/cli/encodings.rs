//! Bytes that become text, and bytes that do not.

use crate::support::Workdir;
use crate::texts::{A2024, SEMICOLONS};

fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("a character of Latin-1")).collect()
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

/// The outline of the article as UTF-8, and the encoding and notes of `bytes`.
#[track_caller]
fn reads_like_utf8(bytes: Vec<u8>, args: &[&str], encoding: &str, note: Option<&str>) {
    let work = Workdir::with([
        ("2024.txt", A2024.as_bytes().to_vec()),
        ("a/2024.txt", bytes),
        ("a/2025.txt", crate::texts::A2025.into()),
    ]);
    let plain = work.run(&["sessions", "2024.txt"]).fine().stdout;
    let run = work.run(&[&["sessions", "a/2024.txt"], args].concat()).fine();
    assert_eq!(run.stdout, plain);
    match note {
        Some(note) => _ = run.says(note),
        None => _ = run.silent(),
    }
    if args.is_empty() {
        work.run(&["report", "a", "--only", "csv"]).fine();
        let manifest = work.json("output/manifest.json");
        assert_eq!(manifest["sources"][0]["encoding"], encoding);
        assert_eq!(
            manifest["sources"][0]["sha256"],
            crate::support::sha256(&work.bytes("a/2024.txt")),
            "hash of the bytes as they lie there"
        );
        for row in work.csv("output/tables/evidence.csv").iter().filter(|r| r["source"] == "2024.txt") {
            let span = row["byte_start"].parse::<usize>().expect("a number")
                ..row["byte_end"].parse::<usize>().expect("a number");
            assert_eq!(&A2024[span], row["quote"], "spans count in the decoded text");
        }
    }
}

#[test]
fn utf8_with_and_without_mark() {
    reads_like_utf8(A2024.into(), &[], "UTF-8", None);
    reads_like_utf8(format!("\u{feff}{A2024}").into(), &[], "UTF-8", None);
}

#[test]
fn utf16_with_mark() {
    reads_like_utf8(utf16(&format!("\u{feff}{A2024}"), false), &[], "UTF-16LE", None);
    reads_like_utf8(utf16(&format!("\u{feff}{A2024}"), true), &[], "UTF-16BE", None);
}

#[test]
fn windows_1252_is_detected_with_a_note() {
    let note = "note: 2024.txt: not UTF-8; read as windows-1252 (say --encoding if that is wrong)";
    reads_like_utf8(windows_1252(A2024), &[], "windows-1252", Some(note));
}

#[test]
fn an_encoding_that_is_said_needs_no_note() {
    reads_like_utf8(windows_1252(A2024), &["--encoding", "windows-1252"], "windows-1252", None);
    reads_like_utf8(windows_1252(A2024), &["--encoding", "ISO-8859-15"], "ISO-8859-15", None);
    reads_like_utf8(utf16(A2024, false), &["--encoding", "utf-16le"], "UTF-16LE", None);
    reads_like_utf8(utf16(A2024, true), &["--encoding", "utf-16be"], "UTF-16BE", None);
}

#[test]
fn a_mark_says_more_than_the_option() {
    reads_like_utf8(format!("\u{feff}{A2024}").into(), &["--encoding", "windows-1252"], "UTF-8", None);
}

#[test]
fn wrong_bytes_are_named_by_line_and_byte() {
    let work = Workdir::with([("2024.txt", b"Zeile eins\nStra\xdfe\n".to_vec())]);
    let run = work.run(&["sessions", "2024.txt", "--encoding", "utf-8"]).refused();
    run.says("error: 2024.txt:2: byte 15: ").says("0xdf is not UTF-8").says("--encoding");
    let work = Workdir::with([(
        "2024.txt",
        utf16("\u{feff}Zeile eins\nZ", false).into_iter().chain([0x00, 0xd8]).collect::<Vec<u8>>(),
    )]);
    work.run(&["sessions", "2024.txt"])
        .refused()
        .says("error: 2024.txt:2: ")
        .says("not valid UTF-16LE")
        .says("--encoding");
    let work = Workdir::with([("2024.txt", "\u{feff}Gera\n".bytes().chain([0xff]).collect::<Vec<u8>>())]);
    work.run(&["sessions", "2024.txt"]).refused().says("error: 2024.txt:2: ").says("0xff is not UTF-8");
}

#[test]
fn an_unknown_encoding_is_refused_before_anything_is_read() {
    let work = Workdir::with_articles();
    work.run(&["sessions", "fehlt.txt", "--encoding", "klingonisch"])
        .refused()
        .says("`klingonisch`")
        .says("windows-1252");
}

#[test]
fn utf16_without_mark_is_refused_with_a_hint() {
    let work = Workdir::with([("2024.txt", utf16(A2024, false))]);
    work.run(&["sessions", "2024.txt"]).refused().says("2024.txt:1: ").says("NUL").says("--encoding utf-16le");
}

#[test]
fn tables_of_a_spreadsheet_are_decoded_too() {
    let work = Workdir::with([
        ("t.csv", windows_1252(SEMICOLONS)),
        ("m.csv", format!("\u{feff}{SEMICOLONS}").into()),
        ("u.csv", utf16(&format!("\u{feff}{SEMICOLONS}"), false)),
    ]);
    let columns = ["--columns", "year=jahr,title=titel,text=inhalt"];
    for (file, note) in [("t.csv", Some("t.csv: not UTF-8; read as windows-1252")), ("m.csv", None), ("u.csv", None)] {
        let run = work.run(&[&["terms", file], &columns[..]].concat()).fine().prints("Anträge");
        match note {
            Some(note) => _ = run.says(note),
            None => _ = run.silent(),
        }
    }
    let run = work.run(&[&["sessions", "t.csv", "--encoding", "utf-8"], &columns[..]].concat()).refused();
    run.says("t.csv").says("UTF-8");
}
