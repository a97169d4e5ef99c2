//! Input that cannot be right: a clear error with place and way out, exit 2, nothing written, no panic.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use crate::support::{Workdir, permissions_bind, same_files};
use crate::texts::{A2024, A2025, JSONL, UNDATED};

const COMMANDS: [&str; 5] = ["sessions", "terms", "shifts", "themes", "report"];

/// Every command refuses this input with these words and leaves the folder as it was.
#[track_caller]
fn all_refuse(work: &Workdir, paths: &[&str], words: &[&str]) {
    let before = work.list(".");
    for command in COMMANDS {
        let mut run = work.run(&[&[command], paths].concat()).refused();
        for word in words {
            run = run.says(word);
        }
    }
    assert_eq!(work.list("."), before, "an error leaves nothing behind");
}

#[test]
fn a_missing_path() {
    let work = Workdir::with_articles();
    all_refuse(&work, &["2024.txt", "fehlt"], &["error: fehlt: cannot read: No such file or directory"]);
    all_refuse(&work, &["2024.txt/darunter.txt"], &["error: 2024.txt/darunter.txt: cannot read: "]);
    all_refuse(&work, &[""], &["error: "]);
}

#[test]
fn an_empty_file() {
    let work = Workdir::with([("2024.txt", ""), ("2025.md", " \n\t\n\u{a0}\n"), ("2026.txt", "\u{feff}")]);
    for file in ["2024.txt", "2025.md", "2026.txt"] {
        all_refuse(&work, &[file], &[&format!("error: {file}: the file is empty")]);
    }
    all_refuse(&work, &["."], &["2024.txt: the file is empty"]);
}

#[test]
fn an_article_that_is_only_front_matter() {
    let work = Workdir::with([("2024.md", "---\nyear: 2024\n---\n")]);
    all_refuse(&work, &["2024.md"], &["2024.md"]);
}

#[test]
fn an_empty_folder() {
    let work = Workdir::with_articles();
    work.folder("leer");
    all_refuse(&work, &["leer"], &["error: leer: the folder is empty", ".txt, .md, .jsonl, .csv"]);
    all_refuse(&work, &["2024.txt", "2025.txt", "leer"], &["error: leer: the folder is empty"]);
    work.write("fremd/bild.png", "x");
    work.write("fremd/README.md", "x");
    all_refuse(&work, &["fremd"], &["error: fremd: the folder has nothing to read", ".txt, .md"]);
}

#[test]
fn a_file_of_an_unknown_type() {
    let work = Workdir::with([("bericht.pdf", "%PDF-1.7"), ("bericht", A2024)]);
    all_refuse(
        &work,
        &["bericht.pdf"],
        &["error: bericht.pdf: a file of a type that wandel does not read", ".txt, .md"],
    );
    all_refuse(&work, &["bericht"], &["error: bericht: a file of a type"]);
    all_refuse(&work, &["/dev/null"], &["error: /dev/null"]);
}

#[test]
fn a_binary_file() {
    let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00".to_vec();
    let work = Workdir::with([("2024.txt", png.clone()), ("t.csv", png.clone()), ("t.jsonl", png)]);
    all_refuse(&work, &["2024.txt"], &["error: 2024.txt:3: byte 8: ", "NUL"]);
    all_refuse(&work, &["t.csv"], &["error: t.csv:3: ", "NUL"]);
    all_refuse(&work, &["t.jsonl"], &["error: t.jsonl:3: ", "NUL"]);
    for encoding in ["utf-8", "windows-1252"] {
        let run = work.run(&["sessions", "2024.txt", "--encoding", encoding]).refused();
        run.says("2024.txt:").hushes("year");
    }
}

#[test]
fn noise_of_all_bytes() {
    let mut state = 1_u32;
    let mut noise = Vec::new();
    while noise.len() < 20_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let byte = (state >> 24) as u8;
        if byte != 0 {
            noise.push(byte);
        }
    }
    let work = Workdir::with([("2024.txt", noise)]);
    all_refuse(&work, &["2024.txt"], &["error: 2024.txt:", "--encoding"]);
}

#[test]
fn nul_bytes_within_text() {
    let work = Workdir::with([("2024.txt", A2024.replace("Gera und", "Gera\0und")), ("2025.txt", A2025.to_owned())]);
    let at = A2024.find("Gera und").expect("there") + "Gera".len();
    all_refuse(&work, &["2024.txt", "2025.txt"], &[&format!("error: 2024.txt:19: byte {at}: "), "NUL"]);
    for encoding in ["utf-8", "windows-1252"] {
        work.run(&["sessions", "2024.txt", "--encoding", encoding]).refused().says("2024.txt:19: ").says("NUL");
    }
}

#[test]
fn nul_in_a_row_is_a_bad_row_or_an_error_but_no_panic() {
    let work = Workdir::with([("t.jsonl", format!("{JSONL}{{\"year\": 2025, \"text\": \"Ein\\u0000Text.\"}}\n"))]);
    let run = work.run(&["report", "t.jsonl", "--only", "csv,md,json"]);
    assert!(matches!(run.code, Some(0 | 2)) && !run.stderr.contains("panicked"), "{:?}\n{}", run.code, run.stderr);
}

#[test]
fn odd_characters_are_no_panic() {
    let odd = "# 2024 \u{202e}rückwärts\u{202c} 👩‍👩‍👧 \u{1d54f}\n\n## é\u{301}\u{301}\u{301} \u{0}\n\nText\u{2028}mit\u{2029}Trennern \u{fffd} \u{feff}mitten \u{200b}drin ﬁnden ǅ ẞ İ ı K.\n\n## 𝕏\n\n\u{85}\u{b}\u{c}\n\n## Ende\n\n…\n";
    let work = Workdir::with([("2024.txt", odd.replace('\0', "")), ("2025.txt", A2025.to_owned())]);
    work.run(&["report", "2024.txt", "2025.txt", "--only", "csv,json,md"]).fine();
    for row in work.csv("output/tables/evidence.csv").iter().filter(|r| r["source"] == "2024.txt") {
        let text = work.read("2024.txt");
        let number = |name: &str| row[name].parse::<usize>().expect("a number");
        assert_eq!(text.get(number("byte_start")..number("byte_end")), Some(row["quote"].as_str()), "{row:?}");
    }
}

#[test]
fn an_article_of_names_alone_is_no_panic() {
    for text in ["Programm\n\nPetra Lohmann\n\nAnton Berger\n", "Auszug\n\n**A**\n\n.\n\n**B**\n\n.\n\n**C**\n\nEnde\n"]
    {
        let work = Workdir::with([("2024.txt", text), ("2025.txt", A2025)]);
        for command in ["sessions", "terms", "shifts"] {
            work.run(&[command, "2024.txt", "2025.txt"]).fine().prints("2024").hushes("panicked");
        }
    }
}

#[test]
fn a_year_that_cannot_be_told_among_others() {
    let work = Workdir::with([("2024.txt", A2024), ("2025.txt", A2025), ("neu/bericht.txt", UNDATED)]);
    all_refuse(&work, &["."], &["neu/bericht.txt: its year cannot be told", "--year neu/bericht.txt=YEAR"]);
}

#[test]
fn an_unreadable_file() {
    if !permissions_bind("unreadable files") {
        return;
    }
    let work = Workdir::with_articles();
    work.write("ordner/2024.txt", A2024);
    let close = |path: &str, mode: u32| {
        fs::set_permissions(work.path(path), fs::Permissions::from_mode(mode)).expect("rights can be changed")
    };
    close("2024.txt", 0o000);
    close("ordner", 0o000);
    let file = work.run(&["sessions", "2024.txt", "2025.txt"]);
    let folder = work.run(&["sessions", "ordner"]);
    close("ordner", 0o755);
    file.refused().says("error: 2024.txt: cannot read: Permission denied");
    folder.refused().says("error: ordner: cannot read: Permission denied");
}

/// A file of one line of 100 MiB.
fn write_long_line(work: &Workdir, name: &str, before: &str, after: &str) {
    let chunk = "Der Server brennt im Rathaus. ".repeat(35_000);
    let mut file = fs::File::create(work.path(name)).expect("a file");
    file.write_all(before.as_bytes()).expect("room on the disk");
    for _ in 0..100 {
        file.write_all(chunk.as_bytes()).expect("room on the disk");
    }
    file.write_all(after.as_bytes()).expect("room on the disk");
    assert!(file.metadata().expect("its size").len() > 100 << 20);
}

/// Refused with these words in a few seconds.
#[track_caller]
fn refused_quickly(work: &Workdir, path: &str, words: &[&str]) {
    let start = Instant::now();
    let mut run = work.run(&["sessions", path]).refused();
    for word in words {
        run = run.says(word);
    }
    assert!(start.elapsed() < Duration::from_secs(8), "it took {:?}", start.elapsed());
}

#[test]
fn a_line_of_a_hundred_megabytes_in_an_article() {
    let work = Workdir::new();
    write_long_line(&work, "2024.txt", "", "");
    refused_quickly(&work, "2024.txt", &["error: 2024.txt: the file has 100 MiB", "64 MiB", "cut it into articles"]);
}

#[test]
fn a_line_of_a_hundred_megabytes_in_json_lines() {
    let work = Workdir::new();
    write_long_line(&work, "t.jsonl", "{\"year\": 2024, \"text\": \"kurz\"}\n{\"year\": 2024, \"text\": \"", "\"}\n");
    refused_quickly(&work, "t.jsonl", &["error: t.jsonl:2: a line of more than 64 MiB", "one session a line"]);
}

#[test]
fn a_line_of_a_hundred_megabytes_in_csv() {
    let work = Workdir::new();
    write_long_line(&work, "t.csv", "year,text\n2024,\"", "\"\n");
    refused_quickly(&work, "t.csv", &["t.csv", ":2: ", "64 MiB"]);
}

#[test]
fn a_bomb_of_a_gzip_file() {
    let work = Workdir::new();
    let mut encoder = flate2::write::GzEncoder::new(
        fs::File::create(work.path("t.jsonl.gz")).expect("a file"),
        flate2::Compression::fast(),
    );
    encoder.write_all(b"{\"year\": 2024, \"text\": \"").expect("room on the disk");
    let chunk = vec![b'x'; 1 << 20];
    for _ in 0..100 {
        encoder.write_all(&chunk).expect("room on the disk");
    }
    encoder.finish().expect("room on the disk");
    refused_quickly(&work, "t.jsonl.gz", &["error: t.jsonl.gz:1: a line of more than 64 MiB"]);
}

#[test]
fn a_report_that_fails_leaves_the_old_one() {
    let work = Workdir::with_articles();
    work.run(&["report", "2024.txt", "2025.txt", "--only", "csv,md"]).fine();
    let before = work.files("output");
    work.write("2025.txt", "\0");
    work.run(&["report", "2024.txt", "2025.txt", "--only", "csv,md"]).refused().says("2025.txt");
    work.run(&["report", "2024.txt", "--only", "csv,md"]).ends(1);
    same_files(&work.files("output"), &before, "nothing may change");
}
