//! `--xlsx`: the workbook holds what the tables hold, as numbers and texts.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};

use crate::support::{Workdir, same_files};

type Book = Xlsx<Cursor<Vec<u8>>>;

fn open(work: &Workdir, path: &str) -> Book {
    Xlsx::new(Cursor::new(work.bytes(path))).expect("a workbook")
}

/// The text of a file inside the workbook.
fn inside(work: &Workdir, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(work.bytes("output/tables.xlsx"))).expect("a ZIP archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

fn sheet(book: &mut Book, name: &str) -> Vec<Vec<Data>> {
    book.worksheet_range(name).unwrap_or_else(|e| panic!("{name}: {e}")).rows().map(<[Data]>::to_vec).collect()
}

fn rows_of_csv(work: &Workdir, table: &str) -> Vec<Vec<String>> {
    let text = work.read(&format!("output/tables/{table}.csv"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|r| r.expect("a row").iter().map(str::to_owned).collect()).collect()
}

const SHEETS: [(&str, &str); 12] = [
    ("sessions", "Programmpunkte"),
    ("term_frequencies", "Begriffe je Vortrag"),
    ("terms_by_year", "Begriffe je Jahr"),
    ("term_shifts", "Begriffe im Vergleich"),
    ("concepts", "Schreibweisen"),
    ("people", "Personen"),
    ("theme_shifts", "Themen im Vergleich"),
    ("theme_sessions", "Themen je Vortrag"),
    ("theme_spellings", "Wörter der Themen"),
    ("watch_shifts", "Beobachtete Begriffe"),
    ("comparisons", "Geprüftes"),
    ("evidence", "Belege"),
];

#[test]
fn every_cell_is_that_of_the_table() {
    let work = Workdir::with_articles();
    work.run(&["report", ".", "--xlsx", "--themes", "builtin", "--watch", "KI"]).fine().prints("output/tables.xlsx");
    let mut book = open(&work, "output/tables.xlsx");
    for (table, name) in SHEETS {
        let (cells, texts) = (sheet(&mut book, name), rows_of_csv(&work, table));
        assert_eq!(cells.len(), texts.len(), "{name}");
        for (row, texts) in cells.iter().zip(&texts) {
            for (c, text) in texts.iter().enumerate() {
                match row.get(c).unwrap_or(&Data::Empty) {
                    Data::Empty => assert_eq!(text, "", "{name}"),
                    Data::String(s) => assert_eq!(s, &text.replace("\r\n", "\n"), "{name}"),
                    Data::Float(x) => assert_eq!(text.parse::<f64>().ok(), Some(*x), "{name}: {text}"),
                    Data::Int(n) => assert_eq!(text, &n.to_string(), "{name}"),
                    other => panic!("{name}: {other:?} for {text}"),
                }
            }
        }
    }
    let years = sheet(&mut book, "Begriffe im Vergleich");
    assert_eq!(years[0][2], Data::String("from_year".into()));
    assert!(matches!(years[1][2], Data::Float(2024.0) | Data::Int(2024)), "a year is a number: {:?}", years[1][2]);
}

#[test]
fn headers_stay_filters_are_set_and_shares_are_percentages() {
    let work = Workdir::with_articles();
    work.run(&["report", ".", "--only", "xlsx", "--lang", "en"]).fine();
    assert_eq!(work.list("output"), ["manifest.json", "tables.xlsx"]);
    let sheet = inside(&work, "xl/worksheets/sheet4.xml");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("ySplit=\"1\""), "{}", &sheet[..600]);
    assert!(sheet.contains("<autoFilter ref=\"A1:"), "no filter");
    assert!(sheet.contains("<cols>"), "no widths");
    assert!(inside(&work, "xl/styles.xml").contains("formatCode=\"0.0%\""));
    assert!(inside(&work, "xl/workbook.xml").contains("name=\"Term shifts\""));
}

#[test]
fn no_text_is_a_formula_and_the_same_bytes_come_out() {
    let evil = "title,text,year\n=SUM(A1),\"=HYPERLINK(\"\"http://x.de\"\") Netze und Kabel\",2024\n@cmd,+1+1 Kabel und Netze http://x.de,2025\n";
    let work = Workdir::with([("talks.csv", evil)]);
    work.run(&["report", "talks.csv", "--only", "xlsx,csv"]).fine();
    for i in 1..=8 {
        let sheet = inside(&work, &format!("xl/worksheets/sheet{i}.xml"));
        assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"), "sheet {i}");
    }
    let mut book = open(&work, "output/tables.xlsx");
    let first = book.sheet_names()[0].clone();
    let titles: Vec<Data> = sheet(&mut book, &first).into_iter().map(|r| r[4].clone()).collect();
    assert!(titles.contains(&Data::String("=SUM(A1)".into())), "{titles:?}");
    let first = work.files("output");
    work.run(&["report", "talks.csv", "--only", "xlsx,csv", "--threads", "1", "--out", "again"]).fine();
    same_files(&work.files("again"), &first, "a second run");
    let mut archive = zip::ZipArchive::new(Cursor::new(work.bytes("output/tables.xlsx"))).expect("a ZIP archive");
    for i in 0..archive.len() {
        let file = archive.by_index(i).expect("a file");
        let year = file.last_modified().map(|t| t.year());
        assert!(year.is_none_or(|y| y == 1980), "file {i}: {year:?}");
    }
    assert!(inside(&work, "docProps/core.xml").contains("2000-01-01T00:00:00Z"));
}

#[test]
fn it_is_written_only_on_request() {
    let work = Workdir::with_articles();
    work.run(&["report", "."]).fine().omits("xlsx");
    work.run(&["report", ".", "--xlsx"]).fine().prints("output/tables.xlsx");
    let listed = work.json("output/manifest.json");
    assert!(listed["files"].as_array().is_some_and(|f| f.iter().any(|f| f["path"] == "tables.xlsx")));
    work.write("wandel.toml", "xlsx = true\nonly = \"json\"\n");
    work.run(&["report", ".", "--out", "more"]).fine();
    assert_eq!(work.list("more"), ["findings.json", "manifest.json", "tables.xlsx"]);
}
