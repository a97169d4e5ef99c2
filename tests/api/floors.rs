//! Rooms import only from rooms below them, and only one room opens texts.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::here;

/// The rooms and their floors.
const FLOORS: [(&str, usize); 14] = [
    ("error", 0),
    ("digest", 0),
    ("unfinished", 0),
    ("corpus", 1),
    ("text", 1),
    ("stats", 1),
    ("ingest", 2),
    ("counts", 2),
    ("store", 3),
    ("trends", 4),
    ("chart", 5),
    ("report", 6),
    ("analysis", 7),
    ("cli", 8),
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|e| e.expect("readable").path()) {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|e| e == "rs") {
            found.push(entry);
        }
    }
}

/// Every room named in `crate::room` or `crate::{room, …}`.
fn imports(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let names: Vec<&str> = if let Some(list) = rest.strip_prefix('{') {
            list.split('}').next().unwrap_or_default().split(',').collect()
        } else {
            vec![rest]
        };
        for name in names {
            let end = |c: char| !c.is_alphanumeric() && c != '_';
            rooms.push(name.trim().split(end).next().unwrap_or_default().to_owned());
        }
    }
    rooms
}

#[test]
fn no_arrow_points_up() {
    let root = here("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 30);
    let mut wrong = Vec::new();
    for file in files {
        let below = file.strip_prefix(&root).expect("below src");
        let first = below.components().next().expect("a part").as_os_str().to_string_lossy();
        let room = first.trim_end_matches(".rs");
        let Some(own) = floor(room) else { continue };
        for import in imports(&fs::read_to_string(&file).expect("readable")) {
            match floor(&import) {
                // corpus holds plain types that its neighbours on the first floor may name.
                Some(1) if import == "corpus" && own == 1 => {}
                Some(other) if import != room && other >= own => {
                    wrong.push(format!("{} uses {import}", below.display()))
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Only `ingest` opens texts; `report` writes; `store` has counts files; `unfinished` removes temporary ones, `counts/disk.rs` has some without a name; files of themes and of concepts by hand are read where these are known.
#[test]
fn files_are_opened_in_few_rooms() {
    let root = here("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let allowed = [
        "ingest",
        "report",
        "store",
        "unfinished.rs",
        "counts/disk.rs",
        "trends/theme_file.rs",
        "counts/concepts/hand.rs",
        "cli",
    ];
    let offenders: Vec<String> = files
        .iter()
        .filter(|f| {
            let text = fs::read_to_string(f).expect("readable");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            code.contains("std::fs") || code.contains("fs::read") || code.contains("File::open")
        })
        .map(|f| f.strip_prefix(&root).expect("below src").display().to_string())
        .filter(|f| !allowed.iter().any(|a| f.starts_with(a)))
        .collect();
    assert!(offenders.is_empty(), "{offenders:?}");
}
