//! The only room that opens texts: files, encodings, years, and the split into sessions.

mod article;
mod blocks;
mod encoding;
mod files;
mod kinds;
mod options;
mod places;
mod session_file;
mod source;
mod split;
mod table;
mod year;

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

pub use options::{ReadOptions, Shard, TagRule};
pub use places::Outline;
pub use session_file::write_sessions;

use crate::corpus::{Corpus, Document, Language, MemoryTexts, Places, Session, SourceFile, Year};
use crate::error::{Error, ErrorKind, Result, Warning};
use files::{Format, Input};
use session_file::SessionFile;
use source::FileTexts;

/// The largest article, and the longest line of a table, that is read: 64 MiB.
pub const MAX_TEXT: usize = 64 << 20;

/// What one source file gave.
#[derive(Default)]
struct Reading {
    documents: Vec<(Document, Vec<Session>)>,
    warnings: Vec<Warning>,
    encoding: String,
    sha256: String,
    skipped_rows: usize,
}

impl Corpus {
    /// Reads an article, a table or a folder of them with default options.
    ///
    /// # Errors
    /// If nothing can be read there, if a year cannot be told, or if ids collide.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_paths([path.as_ref()], &ReadOptions::default())
    }

    /// Reads several files and folders.
    ///
    /// # Errors
    /// As [`Corpus::from_path`], and if the options contradict the input.
    pub fn from_paths<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, options: &ReadOptions) -> Result<Self> {
        let paths: Vec<PathBuf> = paths.into_iter().map(|p| p.as_ref().to_path_buf()).collect();
        let (inputs, skipped) = files::collect(&paths)?;
        options.check_years(&inputs)?;
        let session_file = options.sessions.as_deref().map(SessionFile::read).transpose()?;
        let mut warnings = Vec::new();
        let mut files = Vec::new();
        let mut documents = Vec::new();
        let readings: Vec<Result<Reading>> =
            inputs.par_iter().map(|input| read(input, options, session_file.as_ref())).collect();
        for (input, reading) in inputs.iter().zip(readings) {
            let reading = reading?;
            files.push(SourceFile {
                source: input.source.clone(),
                sha256: reading.sha256,
                encoding: reading.encoding,
                documents: reading.documents.len(),
            });
            if reading.skipped_rows > 0 && options.strict {
                let first = reading.warnings.into_iter().find(|w| w.code == "bad-row").expect("a skipped row warns");
                return Err(Error::malformed(
                    &input.path,
                    (first.line, 0),
                    first.message.replace("; the row is left out", ""),
                ));
            }
            warnings.extend(reading.warnings);
            documents.extend(reading.documents);
        }
        if let Some(file) = &session_file {
            file.check_all_used(&inputs)?;
        }
        if let Some(shard) = &options.shard {
            // Equal texts are in one share.
            documents.retain(|(document, _): &(Document, _)| shard.takes(&document.text_hash));
        }
        let places = Places::new(&paths, &inputs, options);
        let texts = FileTexts::new(inputs, options, documents.iter().map(|d| &d.0));
        let name = files::name_of(&paths);
        let mut corpus = assemble(documents, warnings, Arc::new(texts), name)?;
        corpus.files = files;
        corpus.skipped = skipped;
        corpus.reading = options.describe();
        corpus.places = Some(Arc::new(places));
        if let Some(file) = &session_file {
            corpus.reading.insert("sessions_sha256".into(), file.digest());
        }
        options.filter(&mut corpus);
        warn_of_empty_filters(options, &mut corpus);
        Ok(corpus)
    }

    /// A corpus of articles held in memory: `(source name, year, text)`.
    ///
    /// # Errors
    /// If two articles have the same source name.
    pub fn from_texts<S: Into<String>, T: Into<String>>(texts: impl IntoIterator<Item = (S, Year, T)>) -> Result<Self> {
        let mut texts: Vec<(String, Year, String)> =
            texts.into_iter().map(|(s, y, t)| (s.into(), y, t.into())).collect();
        texts.sort();
        let options = ReadOptions::default();
        let mut documents = Vec::new();
        let mut warnings = Vec::new();
        for (source, year, text) in &texts {
            let (document, sessions) = article::read_text(source, text, Some(*year), &options, &mut warnings)?;
            documents.push((document, sessions));
        }
        let memory = MemoryTexts(texts.into_iter().map(|t| t.2).collect());
        let mut corpus = assemble(documents, warnings, Arc::new(memory), "corpus".to_owned())?;
        corpus.files = corpus
            .documents
            .iter()
            .map(|d| SourceFile {
                source: d.source.clone(),
                sha256: d.text_hash.clone(),
                encoding: "UTF-8".into(),
                documents: 1,
            })
            .collect();
        Ok(corpus)
    }
}

/// Says so if the filters leave nothing.
fn warn_of_empty_filters(options: &ReadOptions, corpus: &mut Corpus) {
    if !options.filters.is_empty() && corpus.sessions.is_empty() {
        let wanted: Vec<String> = options.filters.iter().map(|(tag, value)| format!("{tag}={value}")).collect();
        let message = format!("no session has {}; tags come from table columns and --tag", wanted.join(" and "));
        corpus.warnings.push(Warning::new("", 0, "filter-empty", message));
    }
}

fn read(input: &Input, options: &ReadOptions, session_file: Option<&SessionFile>) -> Result<Reading> {
    match input.format {
        Format::Article => article::read(input, options, session_file),
        Format::JsonLines | Format::Csv => table::read(input, options),
    }
}

/// Numbers the documents, finds duplicates and colliding ids, and sorts the sessions.
fn assemble(
    documents: Vec<(Document, Vec<Session>)>,
    mut warnings: Vec<Warning>,
    texts: Arc<dyn crate::corpus::TextSource>,
    name: String,
) -> Result<Corpus> {
    check_ids(&documents)?;
    let duplicate = duplicates(&documents);
    let mut corpus_documents: Vec<Document> = Vec::with_capacity(documents.len());
    let mut sessions = Vec::with_capacity(documents.len());
    let mut dropped = Vec::new();
    for (index, (document, own)) in documents.into_iter().enumerate() {
        if duplicate[index].is_none() {
            let numbered = own.into_iter().map(|s| Session { document: index, ..s });
            let (left_out, kept): (Vec<_>, Vec<_>) = numbered.partition(|s| s.dropped);
            sessions.extend(kept);
            dropped.extend(left_out);
        }
        corpus_documents.push(document);
    }
    let mut repeated: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (document, first) in corpus_documents.iter().zip(duplicate) {
        if let Some(first) = first {
            let other = &corpus_documents[first].source;
            repeated.entry((&document.source, other)).or_default().push(document.line);
        }
    }
    for ((source, first), lines) in repeated {
        let line = lines[0];
        let message = if lines.len() == 1 {
            format!("repeats the text of {first}; counted once")
        } else {
            format!("{} rows repeat texts of {first}; each text is counted once", lines.len())
        };
        warnings.push(Warning::new(source, line, "duplicate-text", message));
    }
    sessions.sort_by(|a, b| {
        let key = |s: &Session| (s.year, s.document, s.ordinal);
        key(a).cmp(&key(b))
    });
    warnings.sort();
    Ok(Corpus {
        documents: corpus_documents,
        sessions,
        dropped,
        files: Vec::new(),
        skipped: Vec::new(),
        warnings,
        texts,
        name,
        reading: BTreeMap::new(),
        places: None,
    })
}

/// Two sessions of one id are an error.
fn check_ids(documents: &[(Document, Vec<Session>)]) -> Result<()> {
    let mut ids: FxHashMap<&str, (&Document, &Session)> = FxHashMap::default();
    let place = |(document, session): (&Document, &Session)| match session.first_line {
        0 => document.source.clone(),
        line => format!("{}:{line}", document.source),
    };
    for (document, session) in documents.iter().flat_map(|(document, own)| own.iter().map(move |s| (document, s))) {
        if let Some(first) = ids.insert(&session.id, (document, session)) {
            let (first, second) = (place(first), place((document, session)));
            return Err(ErrorKind::DuplicateId { id: session.id.clone(), first, second }.into());
        }
    }
    Ok(())
}

/// For each document, the one that has its text before it. The first of equal texts is the one of the earliest year,
/// whatever the order of the files.
fn duplicates(documents: &[(Document, Vec<Session>)]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|&i| (documents[i].0.year, i));
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    let mut duplicate = vec![None; documents.len()];
    for i in order {
        match seen.entry(&documents[i].0.text_hash) {
            Entry::Occupied(first) => duplicate[i] = Some(*first.get()),
            Entry::Vacant(place) => {
                place.insert(i);
            }
        }
    }
    duplicate
}

/// The language of a session from its beginning; `fallback` where it cannot be told.
fn session_language(text: &str, options: &ReadOptions, fallback: Language) -> Language {
    crate::text::language::detect(text, &options.languages).unwrap_or(fallback)
}

/// Checks a label for [`ReadOptions::encoding`].
///
/// # Errors
/// If no encoding has that label.
pub fn check_encoding(label: &str) -> Result<()> {
    encoding::by_label(label).map(|_| ())
}
