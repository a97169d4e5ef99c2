//! The same bytes on any number of threads and in any order of inputs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use wandel::{Analysis, Corpus, ReadOptions, ThemeFile};

use crate::support::here;

fn collect(folder: &Path, below: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("readable").path()) {
        let name = below.join(entry.file_name().expect("named"));
        if entry.is_dir() {
            collect(&entry, &name, found);
        } else {
            found.insert(name, std::fs::read(&entry).expect("readable"));
        }
    }
}

fn run(inputs: &[PathBuf], threads: usize) -> BTreeMap<PathBuf, Vec<u8>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    let folder = tempfile::tempdir().expect("a temporary folder");
    pool.install(|| {
        let corpus = Corpus::from_paths(inputs, &ReadOptions::default()).expect("readable");
        let trends = Analysis::new().themes(ThemeFile::builtin().expect("valid")).run(&corpus).expect("years");
        trends.report("t").write_to(folder.path().join("out")).expect("written");
    });
    let mut found = BTreeMap::new();
    collect(folder.path(), Path::new(""), &mut found);
    found
}

#[test]
fn threads_and_order_change_no_byte() {
    let mut inputs = vec![here("data/it-fachtag/2024.txt"), here("data/it-fachtag/2025.txt")];
    inputs.extend(
        ["w1_headings_de.md", "w2_numbered_en.txt", "w5_hardwrapped_en.txt", "w6_agenda_de.txt"]
            .map(|f| here("tests/articles/work").join(f)),
    );
    let one = run(&inputs, 1);
    assert!(one.len() > 10);
    inputs.reverse();
    let two = run(&inputs, 2);
    inputs.swap(0, 3);
    let eight = run(&inputs, 8);
    for (other, name) in [(&two, "2 threads, reversed"), (&eight, "8 threads, shuffled")] {
        let differ: Vec<_> =
            one.iter().filter(|(path, bytes)| other.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
        assert!(differ.is_empty() && one.len() == other.len(), "{name}: {differ:?}");
    }
}
