//! Which files are read, and which are skipped and why.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// What a file holds, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Article,
    JsonLines,
    Csv,
}

/// One file to read.
#[derive(Debug, Clone)]
pub(super) struct Input {
    pub path: PathBuf,
    /// Path below the given PATH, with `/`.
    pub source: String,
    pub format: Format,
    pub gzip: bool,
}

/// The format of a file name and whether it is compressed.
fn format_of(name: &str) -> Option<(Format, bool)> {
    let lower = name.to_lowercase();
    let (stem, gzip) = lower.strip_suffix(".gz").map_or((lower.as_str(), false), |s| (s, true));
    let format = match stem.rsplit_once('.')?.1 {
        "txt" | "md" | "markdown" => Format::Article,
        "jsonl" | "ndjson" => Format::JsonLines,
        "csv" | "tsv" => Format::Csv,
        _ => return None,
    };
    (!gzip || format != Format::Article).then_some((format, gzip))
}

const KNOWN: &str = ".txt, .md, .jsonl, .csv, .tsv, and .jsonl.gz, .csv.gz, .tsv.gz";

/// Path and reason.
type Skipped = Vec<(String, String)>;

/// The files at `paths`, sorted by source, and what was skipped with the reason.
pub(super) fn collect(paths: &[PathBuf]) -> Result<(Vec<Input>, Skipped)> {
    let mut inputs: Vec<Input> = Vec::new();
    let mut skipped = Vec::new();
    for path in paths {
        let meta = fs::metadata(path).map_err(|e| Error::io("read", path, e))?;
        if meta.is_dir() {
            let before = inputs.len();
            walk(path, "", &mut inputs, &mut skipped)?;
            if inputs.len() == before {
                let found = if skipped.is_empty() { "the folder is empty" } else { "the folder has nothing to read" };
                let help = format!("expected files of {KNOWN}");
                return Err(ErrorKind::NoInput { path: path.clone(), found: found.into(), help }.into());
            }
        } else {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let Some((format, gzip)) = format_of(&name) else {
                let found = "a file of a type that wandel does not read".to_owned();
                return Err(ErrorKind::NoInput { path: path.clone(), found, help: format!("expected {KNOWN}") }.into());
            };
            inputs.push(Input { path: path.clone(), source: name, format, gzip });
        }
    }
    disambiguate(&mut inputs);
    inputs.sort_by(|a, b| a.source.cmp(&b.source).then_with(|| a.path.cmp(&b.path)));
    inputs.dedup_by(|a, b| a.path == b.path || (a.source == b.source && same_file(&a.path, &b.path)));
    if let Some(pair) = inputs.windows(2).find(|w| w[0].source == w[1].source) {
        let place = |i: usize| pair[i].path.display().to_string();
        return Err(ErrorKind::DuplicateId { id: pair[0].source.clone(), first: place(0), second: place(1) }.into());
    }
    skipped.sort();
    skipped.dedup();
    Ok((inputs, skipped))
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// Files of one name in different folders get the name of their folder in front.
fn disambiguate(inputs: &mut [Input]) {
    let names: Vec<String> = inputs.iter().map(|i| i.source.clone()).collect();
    for i in 0..inputs.len() {
        let clash =
            (0..inputs.len()).any(|j| j != i && names[i] == names[j] && !same_file(&inputs[i].path, &inputs[j].path));
        if clash {
            let depth = names[i].split('/').count() + 1;
            let parts: Vec<String> =
                inputs[i].path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
            inputs[i].source = parts[parts.len().saturating_sub(depth)..].join("/");
        }
    }
}

fn walk(folder: &Path, below: &str, inputs: &mut Vec<Input>, skipped: &mut Skipped) -> Result<()> {
    let entries = fs::read_dir(folder).map_err(|e| Error::io("read", folder, e))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|e| e.map(|e| e.path()))
        .collect::<std::io::Result<_>>()
        .map_err(|e| Error::io("read", folder, e))?;
    paths.sort();
    let name_of = |p: &PathBuf| p.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let has_tables = paths.iter().any(|p| {
        p.is_file() && !name_of(p).starts_with('.') && format_of(&name_of(p)).is_some_and(|f| f.0 != Format::Article)
    });
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let mut skip = |reason: &str| skipped.push((source.clone(), reason.to_owned()));
        if name.starts_with('.') {
            skip("hidden");
        } else if path.is_dir() {
            if written_by_wandel(&path) {
                skip("a folder that wandel wrote");
            } else {
                walk(&path, &source, inputs, skipped)?;
            }
        } else if name.to_lowercase().starts_with("readme") {
            skip("a README");
        } else if let Some((format, gzip)) = format_of(&name) {
            if format == Format::Article && has_tables {
                skip("a text beside tables: notes on them, most likely; give it by name to read it");
            } else {
                inputs.push(Input { path, source, format, gzip });
            }
        } else {
            skip("unknown type");
        }
    }
    Ok(())
}

/// Whether a folder holds a manifest of ours.
pub(crate) fn written_by_wandel(folder: &Path) -> bool {
    fs::read_to_string(folder.join("manifest.json")).is_ok_and(|m| m.contains("\"wandel\""))
}

/// A short name for a corpus, from the last part of its first path.
pub(super) fn name_of(paths: &[PathBuf]) -> String {
    let first = paths.first().map(|p| fs::canonicalize(p).unwrap_or_else(|_| p.clone()));
    let name = first.as_deref().and_then(Path::file_stem).map(|n| n.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "corpus".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_ending() {
        assert_eq!(format_of("a.TXT"), Some((Format::Article, false)));
        assert_eq!(format_of("a.jsonl.gz"), Some((Format::JsonLines, true)));
        assert_eq!(format_of("a.pdf"), None);
        assert_eq!(format_of("a.txt.gz"), None);
    }

    #[test]
    fn skips_what_is_not_input_and_lists_it() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.md", "README.md", ".hidden.txt", "c.pdf"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let out = folder.path().join("output");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("manifest.json"), "{\"tool\": \"wandel\"}").unwrap();
        fs::write(out.join("report.md"), "x").unwrap();
        let (inputs, skipped) = collect(&[folder.path().to_path_buf()]).unwrap();
        assert_eq!(inputs.iter().map(|i| i.source.as_str()).collect::<Vec<_>>(), ["a.md", "b.txt"]);
        assert_eq!(
            skipped.iter().map(|s| s.0.as_str()).collect::<Vec<_>>(),
            [".hidden.txt", "README.md", "c.pdf", "output"]
        );
    }

    #[test]
    fn texts_beside_tables_are_notes() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["2024.jsonl", "PROVENANCE.md"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let (inputs, skipped) = collect(&[folder.path().to_path_buf()]).unwrap();
        assert_eq!((inputs.len(), skipped.len()), (1, 1));
        let (inputs, _) = collect(&[folder.path().join("PROVENANCE.md")]).unwrap();
        assert_eq!(inputs.len(), 1, "by name it is read");
    }
}
