//! The session file: an editable outline that every command takes back.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::article::{blocks_of, first_words, list_people};
use super::blocks::Layout;
use super::files::Input;
use super::options::ReadOptions;
use super::session_language;
use crate::corpus::{Corpus, Document, Language, Session, SessionKind, Span, Year};
use crate::digest::sha256;
use crate::error::{Error, ErrorKind, Result, line_and_column};
use crate::text::names;

/// A session file, read and checked.
pub(super) struct SessionFile {
    path: PathBuf,
    text: String,
    documents: Vec<Planned>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Spanned<u32>,
    #[serde(default)]
    document: Vec<Planned>,
}

/// One document of a session file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Planned {
    source: Spanned<String>,
    sha256: Spanned<String>,
    year: Year,
    #[serde(default)]
    session: Vec<PlannedSession>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlannedSession {
    line: Spanned<usize>,
    starts: Spanned<String>,
    kind: SessionKind,
    #[serde(default)]
    title: String,
    /// Whether the first paragraph is the title or caption.
    #[serde(default)]
    caption: bool,
    #[serde(default)]
    speakers: Vec<String>,
    #[serde(default)]
    drop: bool,
}

/// A TOML file as `T`; what is wrong with it is named by line and column.
fn read_toml<T: serde::de::DeserializeOwned>(path: &Path) -> Result<(T, String)> {
    let text = fs::read_to_string(path).map_err(|e| Error::io("read", path, e))?;
    let value = toml::from_str(&text).map_err(|e| {
        let place = e.span().map_or((1, 1), |s| line_and_column(&text, s.start));
        Error::malformed(path, place, e.message().replace('\n', " "))
    })?;
    Ok((value, text))
}

impl SessionFile {
    pub(super) fn read(path: &Path) -> Result<Self> {
        let (file, text): (File, String) = read_toml(path)?;
        if *file.version.get_ref() != 1 {
            let place = line_and_column(&text, file.version.span().start);
            return Err(Error::malformed(path, place, "expected version = 1"));
        }
        let read = Self { path: path.to_path_buf(), text, documents: file.document };
        for (i, document) in read.documents.iter().enumerate() {
            let source = document.source.get_ref();
            if read.documents[..i].iter().any(|d| d.source.get_ref() == source) {
                return Err(read.mismatch(document.source.span(), format!("`{source}` stands here a second time")));
            }
        }
        Ok(read)
    }

    /// The SHA-256 of the file, for the manifest.
    pub(super) fn digest(&self) -> String {
        sha256(self.text.as_bytes())
    }

    pub(super) fn document(&self, source: &str) -> Option<&Planned> {
        self.documents.iter().find(|d| d.source.get_ref() == source)
    }

    /// A document of the file that is not among the inputs is an error: it would be lost silently.
    pub(super) fn check_all_used(&self, inputs: &[Input]) -> Result<()> {
        match self.documents.iter().find(|d| inputs.iter().all(|i| i.source != *d.source.get_ref())) {
            Some(lost) => {
                Err(self
                    .mismatch(lost.source.span(), format!("`{}` is not among the given files", lost.source.get_ref())))
            }
            None => Ok(()),
        }
    }

    fn mismatch(&self, at: Range<usize>, problem: impl Into<String>) -> Error {
        let line = line_and_column(&self.text, at.start).0;
        ErrorKind::SessionMismatch { path: self.path.clone(), line, problem: problem.into() }.into()
    }

    /// Cuts `text` as the file says.
    pub(super) fn apply(
        &self,
        planned: &Planned,
        source: &str,
        text: &str,
        options: &ReadOptions,
    ) -> Result<(Document, Vec<Session>)> {
        let layout = Layout::of(text);
        let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        let hash = sha256(text.as_bytes());
        let mut cuts: Vec<(usize, &PlannedSession)> = Vec::new();
        for session in &planned.session {
            let line = *session.line.get_ref();
            let Some(&at) = line.checked_sub(1).and_then(|l| starts.get(l)) else {
                return Err(
                    self.mismatch(session.line.span(), format!("{source} has no line {line}, it has {}", starts.len()))
                );
            };
            if first_words(&text[at..]) != *session.starts.get_ref() {
                let found = first_words(&text[at..]);
                let problem = format!(
                    "line {line} of {source} should start with “{}” but starts with “{found}”; write the session file again",
                    session.starts.get_ref()
                );
                return Err(self.mismatch(session.starts.span(), problem));
            }
            if cuts.last().is_some_and(|c| c.0 >= at) {
                return Err(self.mismatch(session.line.span(), "sessions must stand in the order of their lines"));
            }
            cuts.push((at, session));
        }
        if hash != *planned.sha256.get_ref() {
            let problem = format!(
                "the text of {source} is not the one this file was written for (its sha256 is {hash}); check the sessions and put that value here"
            );
            return Err(self.mismatch(planned.sha256.span(), problem));
        }
        let blocks = blocks_of(text, &layout);
        let fallback = *options.languages.first().unwrap_or(&Language::De);
        let said = layout.front("lang").or_else(|| layout.front("language")).and_then(Language::from_code);
        let document_language = said.unwrap_or_else(|| session_language(text, options, fallback));
        let year = options.year_of(source).unwrap_or(planned.year);
        let people = names::find(text, &blocks, document_language);
        let mut sessions = Vec::new();
        for (i, (at, plan)) in cuts.iter().enumerate() {
            let end = cuts.get(i + 1).map_or(text.len(), |c| c.0);
            let part = &text[*at..end];
            let start = at + (part.len() - part.trim_start().len());
            let span = Span::new(start, start + part.trim().len());
            let inside: Vec<_> =
                layout.blocks.iter().filter(|b| b.span.start >= span.start && b.span.end <= span.end).collect();
            let title_span = inside.first().filter(|_| plan.caption).map(|b| b.span);
            let body = Span::new(title_span.map_or(span.start, |t| t.end), span.end);
            sessions.push(Session {
                id: format!("{source}#{}", i + 1),
                document: 0,
                ordinal: i + 1,
                year,
                kind: plan.kind,
                title: plan.title.clone(),
                title_span,
                speakers: plan.speakers.clone(),
                language: said
                    .unwrap_or_else(|| session_language(body.of(text).trim_start(), options, document_language)),
                span,
                first_line: inside.first().map_or(1, |b| b.first_line),
                last_line: inside.last().map_or(1, |b| b.last_line),
                tags: BTreeMap::new(),
                dropped: plan.drop,
            });
        }
        let mut everybody = list_people(&people, &vec![false; people.persons.len()]);
        for (name, speaks) in &mut everybody {
            *speaks = sessions.iter().any(|s| !s.dropped && s.speakers.contains(name));
        }
        for name in sessions.iter().flat_map(|s| &s.speakers) {
            if !everybody.iter().any(|(n, _)| n == name) {
                everybody.push((name.clone(), true));
            }
        }
        everybody.sort_by_key(|(_, speaks)| !speaks);
        let document = Document {
            source: source.to_owned(),
            year,
            text_hash: hash,
            n_bytes: text.len(),
            line: 0,
            people: everybody,
        };
        Ok((document, sessions))
    }
}

#[derive(Serialize)]
struct WrittenFile {
    version: u32,
    document: Vec<WrittenDocument>,
}

#[derive(Serialize)]
struct WrittenDocument {
    source: String,
    sha256: String,
    year: Year,
    session: Vec<WrittenSession>,
}

#[derive(Serialize)]
struct WrittenSession {
    line: usize,
    starts: String,
    kind: SessionKind,
    title: String,
    caption: bool,
    speakers: Vec<String>,
    drop: bool,
}

/// The outline of the articles of a corpus as an editable TOML text, whatever filters leave out. Rows of tables are sessions already and are not
/// listed.
///
/// # Errors
/// If a text cannot be read again.
pub fn write_sessions(corpus: &Corpus) -> Result<String> {
    let mut file = WrittenFile { version: 1, document: Vec::new() };
    corpus.texts().visit(&mut |index, text| {
        let document = &corpus.documents()[index];
        if document.line > 0 {
            return true;
        }
        let mut sessions: Vec<&Session> =
            corpus.sessions.iter().chain(&corpus.dropped).filter(|s| s.document == index).collect();
        sessions.sort_by_key(|s| s.ordinal);
        file.document.push(WrittenDocument {
            source: document.source.clone(),
            sha256: document.text_hash.clone(),
            year: document.year,
            session: sessions
                .iter()
                .map(|s| WrittenSession {
                    line: s.first_line,
                    starts: first_words(s.span.of(text)),
                    kind: s.kind,
                    title: s.title.clone(),
                    caption: s.title_span.is_some(),
                    speakers: s.speakers.clone(),
                    drop: s.dropped,
                })
                .collect(),
        });
        true
    })?;
    let body = toml::to_string_pretty(&file).expect("plain data is TOML");
    Ok(format!(
        "# Sessions as wandel found them. Edit and give back with --sessions FILE.\n\
         # line and starts say where a session begins; it ends where the next begins. Take a [[document.session]] away\n\
         # to join it to the one before, add one to cut. kind: session, opening, closing or acknowledgement.\n\
         # caption: its first paragraph is its title. drop = true leaves the session out.\n\n{body}"
    ))
}
