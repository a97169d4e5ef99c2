//! Tables of ready sessions: columns, tags, filters, bad rows.

use std::io::Write as _;

use crate::support::{Run, Workdir};
use crate::texts::{JSONL, SEMICOLONS};

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).expect("to memory");
    encoder.finish().expect("to memory")
}

/// Line, kind and title of each session.
fn places(run: &Run) -> Vec<String> {
    run.stdout.lines().skip(1).map(|l| l.split_whitespace().skip(3).collect::<Vec<_>>().join(" ")).collect()
}

/// The titles of the sessions.
#[track_caller]
fn titles(work: &Workdir, args: &[&str]) -> Vec<String> {
    let run = work.run(&[&["sessions"], args].concat()).fine();
    run.stdout.lines().skip(1).map(|l| l.split_whitespace().skip(5).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn json_lines_and_csv_say_the_same() {
    let csv = "year,id,title,text,lang,ort\n\
               2024,gera/1,Server,Der Server brennt im Keller des Rathauses.,de,Gera\n\
               2024,jena/1,Papier,Das Papier verschwindet aus dem Meldeamt.,de,Jena\n\
               2025,gera/2,Schalter,Die KI sortiert Anträge im Meldeamt.,de,Gera\n\
               2025,jena/2,Schule,Die Schule lernt mit der KI.,de,Jena\n\
               2025,jena/3,Straße,Die Straße bekommt einen Radweg.,de,Jena\n";
    let work = Workdir::with([("a.jsonl", JSONL), ("a.csv", csv)]);
    work.write("a.tsv", csv.replace(',', "\t"));
    work.write("b.csv", csv.replace(',', ";").replace('\n', "\r\n"));
    let shifts = |file: &str| work.run(&["shifts", file, "--top", "50"]).fine().stdout;
    let expected = shifts("a.jsonl");
    assert!(expected.contains("2024 → 2025: rising") && expected.contains("KI"), "{expected}");
    for file in ["a.csv", "a.tsv", "b.csv"] {
        assert_eq!(shifts(file), expected, "{file}");
    }
}

#[test]
fn compressed_tables_are_read_directly() {
    let work = Workdir::with([
        ("a.jsonl", JSONL.as_bytes().to_vec()),
        ("z/a.jsonl.gz", gzip(JSONL)),
        ("z/b.csv.gz", gzip("year,title,text\n2023,Alt,Ein alter Text.\n")),
    ]);
    let plain = work.run(&["terms", "a.jsonl", "--format", "csv"]).fine().stdout;
    let packed = work.run(&["terms", "z/a.jsonl.gz", "--format", "csv"]).fine().stdout;
    assert_eq!(packed, plain.replace("a.jsonl:", "a.jsonl.gz:"));
    assert_eq!(titles(&work, &["z"]).last().map(String::as_str), Some("Alt"));
    work.run(&["report", "z/a.jsonl.gz", "--only", "csv"]).fine();
    assert_eq!(
        work.json("output/manifest.json")["sources"][0]["sha256"],
        crate::support::sha256(&work.bytes("z/a.jsonl.gz"))
    );
}

#[test]
fn two_members_of_one_gzip_file_are_one_table() {
    let (first, second) = JSONL.split_at(JSONL.match_indices('\n').nth(1).expect("two lines").0 + 1);
    let work = Workdir::with([("a.jsonl.gz", [gzip(first), gzip(second)].concat())]);
    assert_eq!(titles(&work, &["a.jsonl.gz"]).len(), 5);
}

#[test]
fn damaged_gzip_is_named() {
    let packed = gzip(&JSONL.repeat(20));
    let work = Workdir::with([
        ("kurz.jsonl.gz", packed[..packed.len() / 2].to_vec()),
        ("kein.csv.gz", b"year,text\n2024,Text\n".to_vec()),
        ("kurz.csv.gz", gzip(&"year,text\n2024,Text\n".repeat(500))[..30].to_vec()),
    ]);
    for file in ["kurz.jsonl.gz", "kein.csv.gz", "kurz.csv.gz"] {
        work.run(&["sessions", file]).refused().says(&format!("error: {file}"));
    }
}

#[test]
fn columns_may_have_other_names() {
    let work = Workdir::with([("t.csv", SEMICOLONS)]);
    let columns = ["--columns", "year=jahr,title=titel,text=inhalt,id=kennung"];
    let run = work.run(&[&["sessions", "t.csv"], &columns[..]].concat()).fine().silent();
    assert_eq!(places(&run)[..2], ["2 session Server", "4 session Papier"], "the first text has two lines");
    let run = work.run(&[&["terms", "t.csv", "--where", "ort=Jena"], &columns[..]].concat()).fine();
    assert_eq!(run.row("2024  t.csv:j1")[..3], ["2024", "t.csv:j1", "Papier"]);
    assert_eq!(run.stdout.lines().count(), 2);
}

#[test]
fn column_options_are_checked() {
    let work = Workdir::with([("t.csv", SEMICOLONS), ("t.jsonl", JSONL)]);
    work.run(&["sessions", "t.csv"])
        .refused()
        .says("error: t.csv:1: no column `text` among jahr, kennung, titel, inhalt, ort")
        .says("--columns text=NAME");
    work.run(&["sessions", "t.csv", "--columns", "text=inhalt"])
        .refused()
        .says("t.csv")
        .says("no column `year`")
        .says("--columns year=NAME");
    work.run(&["sessions", "t.csv", "--columns", "jahr=year"])
        .refused()
        .says("`jahr=year`")
        .says("year, date, title, text, id, lang");
    work.run(&["sessions", "t.csv", "--columns", "text"]).refused().says("`text`").says("ROLE=NAME");
    let run = work.run(&["sessions", "t.jsonl", "--columns", "text=inhalt"]).refused();
    run.says("t.jsonl").says("inhalt").says("--columns");
}

#[test]
fn a_column_that_is_asked_for_and_not_there_is_said() {
    let work = Workdir::with([("t.csv", SEMICOLONS)]);
    let run = work.run(&["sessions", "t.csv", "--columns", "year=jahr,text=inhalt,title=tittel"]);
    assert!(
        run.stderr.contains("tittel"),
        "a mistyped column must not be lost silently: exit {:?}\n{}",
        run.code,
        run.stderr
    );
}

#[test]
fn further_columns_are_tags() {
    let work = Workdir::with([("t.jsonl", JSONL)]);
    assert_eq!(titles(&work, &["t.jsonl", "--where", "ort=Gera"]), ["Server", "Schalter"]);
    assert_eq!(titles(&work, &["t.jsonl", "--where", "ort=Jena", "--where", "year=2025"]), ["Schule", "Straße"]);
    let run = work.run(&["shifts", "t.jsonl", "--where", "ort=Jena"]).fine();
    assert_eq!(run.row("Papier *")[..10], ["Papier", "*", "2", "0", "1", "of", "1", "0", "of", "2"]);
    work.run(&["shifts", "t.jsonl", "--where", "year=2025"]).ends(1).says("all talks are of 2025");
}

#[test]
fn tags_are_cut_out_of_columns() {
    let work = Workdir::with([("t.jsonl", JSONL)]);
    assert_eq!(
        titles(&work, &["t.jsonl", "--tag", "event=id:^[^/]+", "--where", "event=jena"]),
        ["Papier", "Schule", "Straße"]
    );
    assert_eq!(titles(&work, &["t.jsonl", "--tag", "nr=id:/(\\d)$", "--where", "nr=1"]), ["Server", "Papier"]);
    assert_eq!(titles(&work, &["t.jsonl", "--tag", "kurz=ort:^.", "--where", "kurz=G"]), ["Server", "Schalter"]);
    for (rule, why) in [("event", "no `=`"), ("event=id", "no `:`")] {
        work.run(&["sessions", "t.jsonl", "--tag", rule])
            .refused()
            .says(&format!("--tag: `{rule}`"))
            .says(why)
            .says("NAME=COLUMN:REGEX");
    }
    work.run(&["sessions", "t.jsonl", "--where", "ort"]).refused().says("--where").says("TAG=VALUE");
}

#[test]
fn a_wrong_expression_is_one_error() {
    let work = Workdir::with([("t.jsonl", JSONL)]);
    work.run(&["sessions", "t.jsonl", "--tag", "event=id:("])
        .refused()
        .says("--tag: `event=id:(`")
        .says("unclosed group");
}

#[test]
fn tags_and_filters_work_on_csv_and_compressed_tables() {
    let work =
        Workdir::with([("t.jsonl.gz", gzip(JSONL)), ("t.csv.gz", gzip(SEMICOLONS)), ("t.csv", SEMICOLONS.into())]);
    assert_eq!(
        titles(&work, &["t.jsonl.gz", "--tag", "event=id:^[^/]+", "--where", "event=gera"]),
        ["Server", "Schalter"]
    );
    let columns = "year=jahr,title=titel,text=inhalt,id=kennung";
    for file in ["t.csv", "t.csv.gz"] {
        let args = [file, "--columns", columns, "--tag", "haus=id:^(.)\\d", "--where", "haus=g", "--where", "ort=Gera"];
        assert_eq!(titles(&work, &args), ["Server", "Schalter"], "{file}");
    }
}

#[test]
fn a_filter_that_keeps_nothing_says_so() {
    let work = Workdir::with([("t.jsonl", JSONL)]);
    for filter in ["ort=Rom", "stadt=Gera"] {
        let run = work.run(&["sessions", "t.jsonl", "--where", filter]);
        assert!(
            run.stderr.contains(filter),
            "no session is left and nobody says why: exit {:?}\n{}",
            run.code,
            run.stderr
        );
    }
    work.run(&["shifts", "t.jsonl", "--where", "ort=Rom"]).ends(1);
}

const BAD_ROWS: &str = r#"{"year": 2024, "text": "Der Server brennt."}
kein JSON
{"year": "bald", "text": "Das Papier."}

["eine", "Liste"]
{"year": 2024, "text": "  "}
{"year": 2024, "title": "ohne Text"}
{"year": 2025, "text": "Die KI sortiert."}
{"year": 2025, "text": "abgeschnitten
"#;

#[test]
fn bad_rows_are_notes_with_their_line() {
    let work = Workdir::with([("t.jsonl", BAD_ROWS)]);
    let run = work.run(&["sessions", "t.jsonl"]).fine();
    assert_eq!(places(&run), ["1 session t.jsonl#1", "8 session t.jsonl#2"]);
    run.says("t.jsonl:2: not JSON")
        .says("t.jsonl:3: `bald` is no year")
        .says("t.jsonl:5: expected a JSON object")
        .says("t.jsonl:6: no text in `text`")
        .says("t.jsonl:7: no text in `text`")
        .says("t.jsonl:9: not JSON")
        .hushes("t.jsonl:4:")
        .hushes("at line 1");
    work.run(&["report", "t.jsonl", "--only", "md"]).fine();
    let manifest = work.json("output/manifest.json");
    let bad: Vec<u64> = manifest["warnings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|w| w["code"] == "bad-row")
        .map(|w| w["line"].as_u64().expect("a line"))
        .collect();
    assert_eq!(bad, [2, 3, 5, 6, 7, 9]);
    assert!(work.read("output/report.md").contains("t.jsonl:3"), "the report lists them");
}

#[test]
fn strict_makes_bad_rows_errors() {
    let work = Workdir::with([("t.jsonl", BAD_ROWS), ("t.csv", "year,text\n2024,Der Server brennt.\n2025\n")]);
    work.run(&["sessions", "t.jsonl", "--strict"]).refused().says("error: t.jsonl:2: not JSON").hushes("is left out");
    work.run(&["sessions", "t.csv", "--strict"]).refused().says("error: t.csv:3: 1 cells where the header has 2");
    work.run(&["report", "t.csv", "--strict"]).refused().says("t.csv:3");
    assert!(!work.path("output").exists());
    work.write("t.jsonl", JSONL);
    work.run(&["sessions", "t.jsonl", "--strict"]).fine().silent();
}

#[test]
fn bad_rows_of_csv_are_named_by_line_too() {
    let text = "year,title,text\n2024,Server,\"Der Server\nbrennt.\"\n2024,Papier\n2024,Papier,Das Papier,ist alle\nbald,KI,Die KI.\n2025,KI,Die KI sortiert.\n";
    let work = Workdir::with([("t.csv", text)]);
    let run = work.run(&["sessions", "t.csv"]).fine();
    assert_eq!(places(&run).last().map(String::as_str), Some("7 session KI"));
    run.says("t.csv:4: 2 cells where the header has 3")
        .says("t.csv:5: 4 cells where the header has 3")
        .says("t.csv:6: `bald` is no year");
}

#[test]
fn a_quote_that_never_ends_is_said() {
    let work = Workdir::with([(
        "t.csv",
        "year,text\n2024,\"Der Server brennt.\n2024,Das Papier ist alle.\n2025,Die KI sortiert.\n",
    )]);
    let run = work.run(&["sessions", "t.csv"]);
    assert!(
        run.stderr.contains("t.csv:2") && run.stderr.contains("quot"),
        "three rows became one silently: exit {:?}\n{}{}",
        run.code,
        run.stdout,
        run.stderr
    );
}

#[test]
fn tables_without_a_usable_row_are_refused() {
    let work = Workdir::with([
        ("kopf.csv", "year,text\n"),
        ("leer.csv", ""),
        ("leer.jsonl", ""),
        ("leerzeilen.jsonl", "\n\n"),
        ("schlecht.jsonl", "kein JSON\n"),
    ]);
    work.run(&["sessions", "kopf.csv"]).refused().says("error: kopf.csv: the table has no rows").says("year");
    work.run(&["sessions", "leer.csv"]).refused().says("error: leer.csv: the file is empty");
    work.run(&["sessions", "leer.jsonl"]).refused().says("error: leer.jsonl: the file is empty");
    work.run(&["sessions", "leerzeilen.jsonl"]).refused().says("error: leerzeilen.jsonl: the table has no rows");
    work.run(&["sessions", "schlecht.jsonl"])
        .refused()
        .says("error: schlecht.jsonl")
        .says("schlecht.jsonl:1: not JSON");
}

#[test]
fn colliding_ids_are_refused() {
    let work = Workdir::with([(
        "t.csv",
        "id,year,text\n1,2024,Der Server brennt.\n2,2024,Das Papier.\n1,2025,Die KI sortiert.\n",
    )]);
    for command in ["sessions", "terms", "shifts", "report"] {
        work.run(&[command, "t.csv"]).refused().says("`t.csv:1`").says("t.csv:2 ").says("t.csv:4;");
    }
    assert!(!work.path("output").exists());
    let work = Workdir::with([
        ("a.csv", "id,year,text\n1,2024,Der Server brennt.\n"),
        ("b.csv", "id,year,text\n1,2025,Die KI sortiert.\n"),
    ]);
    work.run(&["shifts", "."]).fine().prints("2024 → 2025");
}

#[test]
fn duplicate_texts_count_once() {
    let twice =
        JSONL.replacen("Das Papier verschwindet aus dem Meldeamt.", "Der Server brennt im Keller des Rathauses.", 1);
    let work = Workdir::with([("t.jsonl", twice)]);
    let run = work
        .run(&["shifts", "t.jsonl"])
        .fine()
        .says("note: t.jsonl:2: repeats the text of t.jsonl")
        .says("counted once");
    assert_eq!(run.row("Server *")[..10], ["Server", "*", "2", "0", "1", "of", "1", "0", "of", "3"]);
}

#[test]
fn a_language_column_is_trusted() {
    let work = Workdir::with([(
        "t.jsonl",
        r#"{"year": 2024, "title": "A", "text": "Die Schule lernt mit der KI.", "lang": "en"}"#,
    )]);
    work.run(&["report", "t.jsonl", "--only", "csv"]).ends(1);
    assert_eq!(titles(&work, &["t.jsonl", "--where", "lang=en"]), ["A"]);
    assert_eq!(titles(&work, &["t.jsonl", "--where", "lang=de"]), [""; 0]);
}

#[test]
fn ids_make_session_ids_and_speakers_are_kept() {
    let rows = "{\"year\": 2024, \"id\": \"x/7\", \"title\": \"T\", \"text\": \"Der Server brennt.\", \"speakers\": [\"Jonas Wirth\", \"Mia Koch\"]}\n\
                {\"year\": 2025, \"id\": \"x/8\", \"title\": \"U\", \"text\": \"Das Papier ist alle.\"}\n";
    let work = Workdir::with([("t.jsonl", rows)]);
    work.run(&["report", "t.jsonl", "--only", "csv"]).fine();
    let rows = work.csv("output/tables/sessions.csv");
    assert_eq!(
        (rows[0]["session_id"].as_str(), rows[0]["speakers"].as_str(), rows[0]["first_line"].as_str()),
        ("t.jsonl:x/7", "Jonas Wirth; Mia Koch", "1")
    );
}

#[test]
fn a_table_of_boilerplate_alone_gives_a_report() {
    let work = Workdir::new();
    let rows = (0..30)
        .map(|i| format!("{{\"year\": {}, \"text\": \"We talk about the weather, number {i}.\"}}\n", 2024 + i % 2));
    work.write("talks.jsonl", rows.collect::<String>());
    work.run(&["report", "talks.jsonl"]).fine();
    assert!(!work.path("output/charts/key_terms.svg").exists() && work.path("output/report.html").exists());
}

#[test]
fn a_row_without_a_year_shifts_no_other_rows_text() {
    let work = Workdir::new();
    // The texts are of one length, so that only their words tell them apart.
    let row = |id: &str, year: &str, word: &str| format!("{{\"id\": \"{id}\"{year}, \"text\": \"Die {word}.\"}}\n");
    let rows = [row("a", ", \"year\": 2024", "Drohne"), row("b", "", "Brücke"), row("c", ", \"year\": 2025", "Fichte")];
    work.write("talks.jsonl", rows.concat());
    let run = work.run(&["terms", "talks.jsonl"]).fine().says("the row is left out");
    assert!(run.stdout.contains("Fichte") && !run.stdout.contains("Brücke"), "{}", run.stdout);
}
