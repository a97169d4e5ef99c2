//! Documents, their sessions, and the corpus they form. No file is opened here.

mod session;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

pub use session::{Session, SessionKind};

use crate::error::{Result, Warning};

/// The period label: a plain integer, usually a calendar year.
pub type Year = i32;

/// A range of bytes in the decoded text of a document; `start..end`, `end` excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span of `start..end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The text it cuts out, empty if it does not fit `text`.
    #[must_use]
    #[inline]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether the two share a byte.
    #[must_use]
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Number of bytes.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.start >= self.end
    }
}

/// The lines of a text, to find the one a byte stands in without reading the text again.
#[derive(Debug, Clone)]
pub struct Lines(Vec<usize>);

impl Lines {
    /// Finds the line breaks of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i).collect())
    }

    /// The line of a byte, counted from 1.
    #[must_use]
    pub fn line(&self, at: usize) -> usize {
        self.0.partition_point(|&newline| newline < at) + 1
    }
}

/// The language of a session. Each has its tokenising rules, stop words and stemmer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// German.
    De,
    /// English.
    En,
    /// Any other language, by its ISO 639-1 code where it has one; treated without stop words of its own.
    #[serde(untagged)]
    Other([u8; 2]),
}

impl Language {
    /// The two-letter code, `de` for German.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::De => "de",
            Self::En => "en",
            Self::Other(code) => std::str::from_utf8(code).unwrap_or("??"),
        }
    }

    /// The language of a two-letter code or tag (`de`, `de-AT`, `EN`), if it is one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        match code.as_str() {
            "de" | "deu" | "ger" | "german" | "deutsch" => Some(Self::De),
            "en" | "eng" | "english" | "englisch" => Some(Self::En),
            other if other.len() == 2 && other.bytes().all(|b| b.is_ascii_lowercase()) => {
                let bytes = other.as_bytes();
                Some(Self::Other([bytes[0], bytes[1]]))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One source text: an article, or one row of a table. Never altered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Path below the given PATH, with `/`.
    pub source: String,
    /// The year its sessions belong to.
    pub year: Year,
    /// SHA-256 of its decoded text, hexadecimal.
    pub text_hash: String,
    /// Size of its decoded text in bytes.
    pub n_bytes: usize,
    /// For a row of a table, the line of its record, counted from 1; otherwise 0.
    pub line: usize,
    /// Everybody the text names in full, speakers first: `(name, is a speaker)`.
    pub people: Vec<(String, bool)>,
}

/// A source file that went into the corpus, for the manifest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct SourceFile {
    /// Path below the given PATH, with `/`.
    pub source: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// How its text was encoded.
    pub encoding: String,
    /// Documents taken from it.
    pub documents: usize,
}

/// Where the texts of a corpus lie, and how they were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// The files and folders that were given.
    pub paths: Vec<PathBuf>,
    /// The files read: path and source name.
    pub files: Vec<(PathBuf, String)>,
    /// The reading options, as JSON.
    pub options: String,
    /// Which share of the texts was taken: `(i, n)` for part `i` of `n`, counted from 1; `None` for all.
    pub shard: Option<(u32, u32)>,
}

/// Gives the texts of a corpus again, document by document, without holding them.
pub trait TextSource: Send + Sync {
    /// Calls `visit` once for every document, in their order in [`Corpus::documents`], with its index and decoded
    /// text, until `visit` returns `false`.
    ///
    /// # Errors
    /// If a source cannot be read any more or has changed.
    fn visit(&self, visit: &mut dyn FnMut(usize, &str) -> bool) -> Result<()>;

    /// Whether there are texts at all: counts may have outlived them.
    fn are_there(&self) -> bool {
        true
    }
}

/// Texts held in memory, for corpora made by a program.
#[derive(Debug, Default)]
pub struct MemoryTexts(pub Vec<String>);

impl TextSource for MemoryTexts {
    fn visit(&self, visit: &mut dyn FnMut(usize, &str) -> bool) -> Result<()> {
        for (index, text) in self.0.iter().enumerate() {
            if !visit(index, text) {
                break;
            }
        }
        Ok(())
    }
}

/// What [`Corpus::on_read`] calls.
type OnRead = Box<dyn Fn(u64, u64) + Send + Sync>;

/// Texts with somebody who watches how far they have been read.
struct WatchedTexts {
    texts: Arc<dyn TextSource>,
    n_bytes: u64,
    on_read: OnRead,
}

impl TextSource for WatchedTexts {
    fn visit(&self, visit: &mut dyn FnMut(usize, &str) -> bool) -> Result<()> {
        let mut done = 0;
        (self.on_read)(done, self.n_bytes);
        self.texts.visit(&mut |index, text| {
            let go_on = visit(index, text);
            done += text.len() as u64;
            (self.on_read)(done, self.n_bytes);
            go_on
        })
    }

    fn are_there(&self) -> bool {
        self.texts.are_there()
    }
}

/// Sources and the sessions found in them: immutable, texts are read on demand.
#[derive(Clone)]
pub struct Corpus {
    pub(crate) documents: Vec<Document>,
    pub(crate) sessions: Vec<Session>,
    /// Sessions that a session file or a filter leaves out.
    pub(crate) dropped: Vec<Session>,
    pub(crate) files: Vec<SourceFile>,
    pub(crate) skipped: Vec<(String, String)>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) texts: Arc<dyn TextSource>,
    pub(crate) name: String,
    pub(crate) reading: BTreeMap<String, String>,
    /// `None` for texts in memory.
    pub(crate) places: Option<Arc<Places>>,
}

impl Corpus {
    /// All documents, sorted by source and line.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// All sessions, sorted by year, source and place.
    #[must_use]
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// The sessions of kind `session`: the unit of every rate and test.
    pub fn talks(&self) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(|s| s.kind == SessionKind::Session)
    }

    /// The files read.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// What lay in a given folder and was not read: path and reason.
    #[must_use]
    pub fn skipped(&self) -> &[(String, String)] {
        &self.skipped
    }

    /// What a reader of the results should know about the reading.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// A short name, from the path it was read from.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the texts come from.
    #[must_use]
    pub fn texts(&self) -> &dyn TextSource {
        self.texts.as_ref()
    }

    /// Calls `on_read` with the bytes read so far and those of all texts, whenever the texts are read again: at the
    /// start of each pass over them, and after each text. For progress displays.
    #[must_use]
    pub fn on_read(mut self, on_read: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        let n_bytes = self.documents.iter().map(|d| d.n_bytes as u64).sum();
        self.texts = Arc::new(WatchedTexts { texts: self.texts, n_bytes, on_read: Box::new(on_read) });
        self
    }

    /// The settings it was read with, for the manifest.
    #[must_use]
    pub fn reading(&self) -> &BTreeMap<String, String> {
        &self.reading
    }

    /// The years that have at least one talk, ascending.
    #[must_use]
    pub fn years(&self) -> Vec<Year> {
        let mut years: Vec<Year> = self.talks().map(|s| s.year).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// The language most sessions are in; German if there is none.
    #[must_use]
    pub fn language(&self) -> Language {
        let mut counts = BTreeMap::new();
        for session in &self.sessions {
            *counts.entry(session.language).or_insert(0usize) += 1;
        }
        counts
            .into_iter()
            .max_by_key(|&(language, n)| (n, std::cmp::Reverse(language)))
            .map_or(Language::De, |(l, _)| l)
    }

    /// The same corpus with only the sessions for which `keep` is true.
    #[must_use]
    pub fn filter(&self, keep: impl Fn(&Session) -> bool) -> Self {
        let mut corpus = self.clone();
        let (kept, left_out): (Vec<_>, Vec<_>) = corpus.sessions.into_iter().partition(|s| keep(s));
        corpus.sessions = kept;
        corpus.dropped.extend(left_out);
        corpus
    }
}

impl fmt::Display for Corpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        write!(
            f,
            "Corpus: {}, {}, {}, mostly {}",
            plural(self.years().len(), "year"),
            plural(self.talks().count(), "talk"),
            plural(self.documents.len(), "document"),
            self.language()
        )
    }
}

impl fmt::Debug for Corpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Corpus").field("documents", &self.documents).field("sessions", &self.sessions).finish()
    }
}
