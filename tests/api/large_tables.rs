//! Tables that outgrow a spreadsheet, shown with a small limit; and what a program can watch while it waits.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::sync::{Arc, Mutex};

use wandel::report::ReportOptions;
use wandel::{Analysis, Format, Trends};

use crate::support::sample;

const CUT: [&str; 3] = ["evidence", "term_frequencies", "term_shifts"];

fn written(trends: &Trends, options: &ReportOptions) -> (tempfile::TempDir, Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = ReportOptions { formats: BTreeSet::from([Format::Csv]), force: true, ..options.clone() };
    let written = trends.report("").with(options).write_to(folder.path()).expect("written");
    let notes = written.notes.iter().map(|n| format!("{}: {}", n.code, n.message)).collect();
    (folder, written.files, notes)
}

fn lines(folder: &tempfile::TempDir, table: &str) -> usize {
    let text = std::fs::read_to_string(folder.path().join(format!("tables/{table}.csv"))).expect("a table");
    csv::Reader::from_reader(text.as_bytes()).records().count()
}

#[test]
fn what_is_cut_is_there_whole_under_full() {
    let trends = Analysis::new().run(&sample()).expect("two years");
    let (whole, _, notes) = written(&trends, &ReportOptions { full: true, ..ReportOptions::default() });
    assert!(notes.is_empty() && CUT.iter().all(|t| !whole.path().join(format!("tables/{t}.csv.gz")).exists()));
    let small = ReportOptions { max_rows: 60, ..ReportOptions::default() };
    let (cut, files, notes) = written(&trends, &small);
    assert!(files.iter().all(|f| !f.ends_with(".gz")));
    assert!(
        notes.len() == 3 && notes.iter().all(|n| n.starts_with("table-cut: ") && n.contains("--full")),
        "{notes:?}"
    );
    assert!(CUT.iter().all(|table| (30..=60).contains(&lines(&cut, table))));
    let (full, files, notes) = written(&trends, &ReportOptions { full: true, ..small });
    assert_eq!(files.iter().filter(|f| f.ends_with(".gz")).count(), 3);
    assert!(notes.iter().all(|n| n.contains(".csv.gz has them all")), "{notes:?}");
    for table in CUT {
        let file = std::fs::File::open(full.path().join(format!("tables/{table}.csv.gz"))).expect("a packed table");
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(file).read_to_end(&mut unpacked).expect("gzip");
        assert!(
            unpacked == std::fs::read(whole.path().join(format!("tables/{table}.csv"))).expect("a table"),
            "{table}"
        );
        assert_eq!(lines(&full, table), lines(&cut, table));
    }
}

#[test]
fn every_pass_over_the_texts_is_watched_to_its_end() {
    let seen: Arc<Mutex<Vec<(u64, u64)>>> = Arc::default();
    let read = Arc::clone(&seen);
    let corpus = sample().on_read(move |done, all| read.lock().expect("no panic").push((done, all)));
    let tests: Arc<Mutex<Vec<(usize, usize)>>> = Arc::default();
    let tested = Arc::clone(&tests);
    let trends = Analysis::new().on_tests(move |n, all| tested.lock().expect("no panic").push((n, all)));
    let n_shifts = trends.run(&corpus).expect("two years").term_shifts().len();
    let n_bytes: u64 = corpus.documents().iter().map(|d| d.n_bytes as u64).sum();
    let seen = seen.lock().expect("no panic");
    let passes: Vec<&[(u64, u64)]> = seen.chunk_by(|a, b| a.0 < b.0).collect();
    assert_eq!(passes.len(), 3, "counted, read again, quoted");
    for pass in passes {
        assert_eq!((pass[0], pass[pass.len() - 1]), ((0, n_bytes), (n_bytes, n_bytes)));
    }
    assert_eq!(*tests.lock().expect("no panic"), [(0, n_shifts), (n_shifts, n_shifts)]);
}
