//! What a corpus remembers of its files, so that counts files can find the texts again and be merged.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::files::{self, Input};
use super::options::{ReadOptions, Shard, TagRule};
use super::source::{FileTexts, NoTexts};
use super::{assemble, warn_of_empty_filters};
use crate::corpus::{Corpus, Document, Language, Places, Session, SourceFile, Year};
use crate::error::{Error, ErrorKind, Result, Warning};

/// Reading options as they are kept.
#[derive(Serialize, Deserialize)]
struct Saved {
    years: BTreeMap<String, Year>,
    encoding: Option<String>,
    columns: BTreeMap<String, String>,
    tags: Vec<String>,
    filters: Vec<(String, String)>,
    languages: Vec<String>,
    sessions: Option<PathBuf>,
    strict: bool,
}

impl Places {
    /// Of what was read; `paths` as given.
    pub(super) fn new(paths: &[PathBuf], inputs: &[Input], options: &ReadOptions) -> Self {
        let saved = Saved {
            years: options.years.clone(),
            encoding: options.encoding.clone(),
            columns: options.columns.clone(),
            tags: options.tags.iter().map(|t| format!("{}={}:{}", t.tag, t.column, t.pattern)).collect(),
            filters: options.filters.clone(),
            languages: options.languages.iter().map(|l| l.code().to_owned()).collect(),
            sessions: options.sessions.clone(),
            strict: options.strict,
        };
        Self {
            paths: paths.to_vec(),
            files: inputs.iter().map(|i| (i.path.clone(), i.source.clone())).collect(),
            options: serde_json::to_string(&saved).unwrap_or_default(),
            shard: options.shard.map(|s| (s.index, s.of)),
        }
    }

    fn options(&self) -> Result<ReadOptions> {
        let bad = |problem: String| Error::malformed(Path::new("counts"), (0, 0), problem);
        let saved: Saved = serde_json::from_str(&self.options).map_err(|e| bad(e.to_string()))?;
        Ok(ReadOptions {
            years: saved.years,
            encoding: saved.encoding,
            columns: saved.columns,
            tags: saved.tags.iter().map(|t| TagRule::parse(t)).collect::<Result<_>>()?,
            filters: saved.filters,
            languages: saved.languages.iter().filter_map(|l| Language::from_code(l)).collect(),
            sessions: saved.sessions,
            strict: saved.strict,
            shard: self.shard.map(|(index, of)| Shard { index, of }),
        })
    }

    fn inputs(&self) -> Vec<Input> {
        self.files.iter().filter_map(|(path, source)| Input::of(path.clone(), source.clone())).collect()
    }
}

/// A corpus without its texts: what a counts file keeps.
#[derive(Debug, Clone)]
pub struct Outline {
    /// All documents, duplicates too, by source and line.
    pub documents: Vec<Document>,
    /// Sessions, kept and dropped, by document.
    pub sessions: Vec<Session>,
    /// The files read.
    pub files: Vec<SourceFile>,
    /// What was not read: path and reason.
    pub skipped: Vec<(String, String)>,
    /// Notes on the reading.
    pub warnings: Vec<Warning>,
    /// Reading settings, for the manifest.
    pub reading: BTreeMap<String, String>,
    /// Where the texts lie.
    pub places: Places,
}

impl Outline {
    /// Of a corpus that was read from files; `None` for one from memory.
    #[must_use]
    pub fn of(corpus: Corpus) -> Option<Self> {
        let places = Arc::unwrap_or_clone(corpus.places?);
        let mut sessions = corpus.sessions;
        sessions.extend(corpus.dropped);
        sessions.sort_by_key(|s| (s.document, s.ordinal));
        Some(Self {
            documents: corpus.documents,
            sessions,
            files: corpus.files,
            skipped: corpus.skipped,
            warnings: corpus.warnings,
            reading: corpus.reading,
            places,
        })
    }

    /// The corpus of several outlines, as if their files had been read in one go. Texts that are no longer there give a
    /// note `texts-missing`.
    ///
    /// # Errors
    /// If they were read with different options, or two files or sessions have one name.
    pub fn merge(outlines: Vec<Self>) -> Result<Corpus> {
        let mut outlines = outlines.into_iter();
        let Some(mut all) = outlines.next() else {
            return Err(Error::counts("no counts to merge"));
        };
        let mut documents = pairs(std::mem::take(&mut all.documents), std::mem::take(&mut all.sessions));
        for other in outlines {
            if other.places.options != all.places.options {
                let source = other.files.first().map_or("", |f| &f.source);
                return Err(Error::counts(format!("{source} was read with other options than the other counts")));
            }
            for file in other.files {
                match all.files.iter().find(|f| f.source == file.source) {
                    Some(same) if same.sha256 == file.sha256 => {}
                    Some(_) => {
                        let id = file.source.clone();
                        let place = |n: &str| format!("{id} ({n} counts)");
                        let (first, second) = (place("the first"), place("other"));
                        return Err(ErrorKind::DuplicateId { id, first, second }.into());
                    }
                    None => all.files.push(file),
                }
            }
            documents.extend(pairs(other.documents, other.sessions));
            all.skipped.extend(other.skipped);
            all.warnings.extend(other.warnings);
            all.places.paths.extend(other.places.paths);
            all.places.files.extend(other.places.files);
        }
        documents.sort_by(|a, b| (&a.0.source, a.0.line).cmp(&(&b.0.source, b.0.line)));
        all.files.sort();
        all.skipped.sort();
        all.skipped.dedup();
        // Found again over all parts.
        all.warnings.retain(|w| !matches!(w.code, "duplicate-text" | "filter-empty" | "texts-missing"));
        all.warnings.sort();
        all.warnings.dedup();
        all.places.files.sort_by(|a, b| a.1.cmp(&b.1));
        all.places.files.dedup_by(|a, b| a.1 == b.1);
        all.places.paths.sort();
        all.places.paths.dedup();
        all.into_corpus(documents)
    }

    fn into_corpus(self, documents: Vec<(Document, Vec<Session>)>) -> Result<Corpus> {
        let options = self.places.options()?;
        let inputs = self.places.inputs();
        let mut warnings = self.warnings;
        let missing: Vec<&Input> = inputs.iter().filter(|i| !i.path.is_file()).collect();
        let texts: Arc<dyn crate::corpus::TextSource> = if let Some(first) = missing.first() {
            let n = missing.len();
            let message = format!(
                "{n} of {} files with the texts {} not where they were counted: no phrases, boilerplate, themes or quotes",
                inputs.len(),
                if n == 1 { "is" } else { "are" },
            );
            warnings.push(Warning::new(&first.source, 0, "texts-missing", message));
            Arc::new(NoTexts)
        } else {
            Arc::new(FileTexts::new(inputs, &options, documents.iter().map(|d| &d.0)))
        };
        let name = files::name_of(&self.places.paths);
        let mut corpus = assemble(documents, warnings, texts, name)?;
        corpus.files = self.files;
        corpus.skipped = self.skipped;
        corpus.reading = self.reading;
        corpus.places = Some(Arc::new(Places { shard: None, ..self.places }));
        options.filter(&mut corpus);
        warn_of_empty_filters(&options, &mut corpus);
        Ok(corpus)
    }
}

/// Each document with its sessions.
fn pairs(documents: Vec<Document>, sessions: Vec<Session>) -> Vec<(Document, Vec<Session>)> {
    let mut pairs: Vec<(Document, Vec<Session>)> = documents.into_iter().map(|d| (d, Vec::new())).collect();
    for session in sessions {
        pairs[session.document].1.push(session);
    }
    pairs
}
