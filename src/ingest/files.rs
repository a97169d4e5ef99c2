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

impl Input {
    /// A file by its path and source name; `None` if its ending is unknown.
    pub(super) fn of(path: PathBuf, source: String) -> Option<Self> {
        let (format, gzip) = format_of(&path.file_name()?.to_string_lossy())?;
        Some(Self { path, source, format, gzip })
    }
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
            let mut way = vec![fs::canonicalize(path).map_err(|e| Error::io("read", path, e))?];
            walk(path, "", &mut way, &mut inputs, &mut skipped)?;
            let own = listed_by_wandel(path);
            inputs.retain(|i| {
                let ours = own.iter().any(|o| *i.path == path.join(o));
                if ours {
                    skipped.push((i.source.clone(), "a result of wandel".to_owned()));
                }
                !ours
            });
            if inputs.len() == before {
                let found = if skipped.is_empty() { "the folder is empty" } else { "the folder has nothing to read" };
                let help = format!("expected files of {KNOWN}");
                return Err(ErrorKind::NoInput { path: path.clone(), found: found.into(), help }.into());
            }
        } else {
            if !meta.is_file() {
                let found = "neither a file nor a folder".to_owned();
                return Err(ErrorKind::NoInput { path: path.clone(), found, help: format!("expected {KNOWN}") }.into());
            }
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

/// Files of one name in different folders get the names of their folders in front, as many as it takes.
fn disambiguate(inputs: &mut [Input]) {
    const DEEPEST: usize = 32;
    for _ in 0..DEEPEST {
        let names: Vec<String> = inputs.iter().map(|i| i.source.clone()).collect();
        let clashes = |i: usize| {
            (0..inputs.len()).any(|j| j != i && names[i] == names[j] && !same_file(&inputs[i].path, &inputs[j].path))
        };
        let clashing: Vec<usize> = (0..inputs.len()).filter(|&i| clashes(i)).collect();
        if clashing.is_empty() {
            return;
        }
        for i in clashing {
            let depth = names[i].split('/').count() + 1;
            let parts: Vec<String> =
                inputs[i].path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
            inputs[i].source = parts[parts.len().saturating_sub(depth)..].join("/");
        }
    }
}

/// Collects the files of a folder; `way` are the real paths of the folders above, so that links in a circle end.
fn walk(
    folder: &Path,
    below: &str,
    way: &mut Vec<PathBuf>,
    inputs: &mut Vec<Input>,
    skipped: &mut Skipped,
) -> Result<()> {
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
            let real = fs::canonicalize(&path).map_err(|e| Error::io("read", &path, e))?;
            if way.contains(&real) {
                skip("a link back to a folder above it");
            } else if written_by_wandel(&path) {
                skip("a folder that wandel wrote");
            } else {
                way.push(real);
                walk(&path, &source, way, inputs, skipped)?;
                way.pop();
            }
        } else if path.exists() && !path.is_file() {
            skip("no regular file");
        } else if name.to_lowercase().starts_with("readme") {
            skip("a README");
        } else if let Some((format, gzip)) = format_of(&name) {
            if format == Format::Article && has_tables {
                skip("a text beside tables: notes on them, most likely; give it by name to read it");
            } else {
                inputs.push(Input { path, source, format, gzip });
            }
        } else if name == "wandel.toml" {
            skip("a settings file");
        } else {
            skip("unknown type");
        }
    }
    Ok(())
}

/// The manifest of ours in a folder, if there is one.
fn manifest_of(folder: &Path) -> Option<serde_json::Value> {
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("manifest.json")).ok()?).ok()?;
    (manifest.get("tool")?.as_str()? == "wandel").then_some(manifest)
}

/// Whether a folder holds a manifest of ours.
fn written_by_wandel(folder: &Path) -> bool {
    manifest_of(folder).is_some()
}

/// The files that a manifest of ours lists, as paths below its folder.
fn listed_by_wandel(folder: &Path) -> Vec<String> {
    let manifest = manifest_of(folder).unwrap_or_default();
    let files = manifest.get("files").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    files.iter().filter_map(|f| Some(f.get("path")?.as_str()?.to_owned())).collect()
}

/// A short name for a corpus: of its one path, or of the folder that holds all its paths, in any order.
pub(super) fn name_of(paths: &[PathBuf]) -> String {
    let whole: Vec<PathBuf> = paths.iter().map(|p| fs::canonicalize(p).unwrap_or_else(|_| p.clone())).collect();
    let first = whole.first().cloned().unwrap_or_default();
    let common = if whole.len() == 1 {
        first
    } else {
        let shared = |p: &Path| whole.iter().all(|w| w.starts_with(p));
        first.ancestors().find(|a| shared(a)).map(Path::to_path_buf).unwrap_or_default()
    };
    common.file_stem().map_or_else(|| "corpus".into(), |n| n.to_string_lossy().into_owned())
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
