//! The committed run on the sample is current.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use wandel::Analysis;

use crate::support::{here, sample};

fn files(folder: &Path, below: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|e| e.expect("readable").path()) {
        let name = format!("{below}{}", entry.file_name().unwrap_or_default().to_string_lossy());
        if entry.is_dir() {
            files(&entry, &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read(&entry).expect("readable"));
        }
    }
}

/// `cargo run --release -- report data/it-fachtag --out output` was run after the last change.
#[test]
#[cfg(all(feature = "charts", feature = "html"))]
fn the_committed_output_is_current() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let trends = Analysis::new().builtin_themes_if_fitting().and_then(|a| a.run(&sample())).expect("two years");
    trends.report("it-fachtag 2024–2025").write_to(folder.path().join("output")).expect("written");
    let (mut fresh, mut committed) = (BTreeMap::new(), BTreeMap::new());
    files(&folder.path().join("output"), "", &mut fresh);
    files(&here("output"), "", &mut committed);
    committed.remove("README.md");
    assert_eq!(fresh.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>());
    let stale: Vec<&String> =
        fresh.iter().filter(|(name, bytes)| committed[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(stale.is_empty(), "out of date: {stale:?}; run the README's first command");
}

/// The headers are frozen in docs/data-format.md: every column of every table stands in its section.
#[test]
fn every_column_is_documented() {
    let docs = fs::read_to_string(here("docs/data-format.md")).expect("there");
    let trends = crate::support::with_themes(&sample());
    for table in trends.report("").tables() {
        let head = format!("### `tables/{}.csv`", table.name);
        let section = docs.split(head.as_str()).nth(1).unwrap_or_else(|| panic!("no section {head}"));
        let section = section.split("\n##").next().unwrap_or_default();
        // The columns of theme_shifts are those of term_shifts.
        let shared = if table.name == "theme_shifts" { docs.as_str() } else { section };
        for column in table.header {
            assert!(shared.contains(&format!("`{column}`")), "{}: {column} is not documented", table.name);
        }
    }
}
