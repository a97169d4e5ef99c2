//! An article: decode, find its year, its people and its sessions.

use std::collections::BTreeMap;
use std::fs;

use super::blocks::{Layout, clean_title};
use super::files::Input;
use super::options::ReadOptions;
use super::session_file::SessionFile;
use super::split::{Article, Segment, split};
use super::{MAX_TEXT, Reading, encoding, session_language, year};
use crate::corpus::{Document, Language, Session, SessionKind, Span, Year};
use crate::digest::sha256;
use crate::error::{Error, ErrorKind, Result, Warning};
use crate::text::names::{self, Block, People};

/// Reads the article of `input`.
pub(super) fn read(input: &Input, options: &ReadOptions, session_file: Option<&SessionFile>) -> Result<Reading> {
    let mut reading = Reading::default();
    let bytes = bytes_of(input)?;
    reading.sha256 = sha256(&bytes);
    let decoded =
        encoding::decode(&input.path, &input.source, &bytes, options.encoding.as_deref(), &mut reading.warnings)?;
    reading.encoding = decoded.encoding.to_owned();
    let layout = Layout::of(&decoded.text);
    if layout.blocks.is_empty() {
        let help = "an article needs text: fill it or take it away".to_owned();
        return Err(ErrorKind::NoInput {
            path: input.path.clone(),
            found: if decoded.text.trim().is_empty() {
                "the file is empty"
            } else {
                "the file has no text below its front matter"
            }
            .into(),
            help,
        }
        .into());
    }
    let planned = session_file.and_then(|f| f.document(&input.source));
    let result = match planned {
        Some(planned) => session_file.expect("planned by it").apply(planned, &input.source, &decoded.text, options),
        None => read_text(&input.source, &decoded.text, options.year_of(&input.source), options, &mut reading.warnings),
    };
    let (document, sessions) = result.map_err(|e| name_path(e, input))?;
    reading.documents.push((document, sessions));
    Ok(reading)
}

/// The bytes of a file that is not too large for an article.
pub(super) fn bytes_of(input: &Input) -> Result<Vec<u8>> {
    let io = |e| Error::io("read", &input.path, e);
    let size = fs::metadata(&input.path).map_err(io)?.len();
    if size > MAX_TEXT as u64 {
        let found = format!("the file has {} MiB, more than the {} MiB of one article", size >> 20, MAX_TEXT >> 20);
        let help = "cut it into articles, or give a table with one session a row".to_owned();
        return Err(ErrorKind::NoInput { path: input.path.clone(), found, help }.into());
    }
    fs::read(&input.path).map_err(io)
}

/// Errors of texts know only the source; users need the path.
fn name_path(error: Error, input: &Input) -> Error {
    match error.into_kind() {
        ErrorKind::Year { problem, .. } => ErrorKind::Year { path: input.path.clone(), problem }.into(),
        kind => kind.into(),
    }
}

/// Finds year, people and sessions of a decoded text.
pub(super) fn read_text(
    source: &str,
    text: &str,
    said: Option<Year>,
    options: &ReadOptions,
    warnings: &mut Vec<Warning>,
) -> Result<(Document, Vec<Session>)> {
    let layout = Layout::of(text);
    let year = year_of(source, text, &layout, said, warnings)?;
    let fallback = *options.languages.first().unwrap_or(&Language::De);
    let front = layout.front("lang").or_else(|| layout.front("language")).and_then(Language::from_code);
    let language = front.unwrap_or_else(|| session_language(text, options, fallback));
    let blocks = blocks_of(text, &layout);
    let people = names::find(text, &blocks, language);
    let article = Article { text, layout: &layout, blocks: &blocks, people: &people };
    let split = split(&article);
    if !split.found {
        let message = "no boundary between sessions was found; the article is one session (`wandel sessions --write` makes a file to say where they are)";
        warnings.push(Warning::new(source, 1, "no-boundary", message));
    }
    let mut all_speakers = vec![false; people.persons.len()];
    let mut sessions = Vec::new();
    let frame = Frame { source, year, said: front, language, options };
    for (index, segment) in split.segments.iter().enumerate() {
        let speaking = speakers_of(&article, segment);
        for &person in &speaking {
            all_speakers[person] = true;
        }
        sessions.push(session(&article, segment, index + 1, &frame, &speaking));
    }
    let document = Document {
        source: source.to_owned(),
        year,
        text_hash: sha256(text.as_bytes()),
        n_bytes: text.len(),
        line: 0,
        people: list_people(&people, &all_speakers),
    };
    Ok((document, sessions))
}

/// The blocks of a layout, tokenised.
pub(super) fn blocks_of(text: &str, layout: &Layout) -> Vec<Block> {
    layout.blocks.iter().map(|b| Block::new(text, b.span)).collect()
}

/// Everybody named, speakers first.
pub(super) fn list_people(people: &People, speaks: &[bool]) -> Vec<(String, bool)> {
    let mut list: Vec<(String, bool)> = people.persons.iter().zip(speaks).map(|(p, &s)| (p.name.clone(), s)).collect();
    list.sort_by_key(|(_, speaks)| !speaks);
    list
}

fn speakers_of(article: &Article<'_>, segment: &Segment) -> Vec<usize> {
    if segment.kind == SessionKind::Acknowledgement {
        return Vec::new();
    }
    let title = (segment.title_blocks > 0).then_some(segment.start);
    let body: Vec<usize> = (segment.start + segment.title_blocks..segment.end).collect();
    names::speakers(article.text, article.blocks, article.people, title, &body)
}

/// What all sessions of an article share.
struct Frame<'a> {
    source: &'a str,
    year: Year,
    /// The language said in front matter: it holds for every session.
    said: Option<Language>,
    /// The language of the article as a whole.
    language: Language,
    options: &'a ReadOptions,
}

fn session(article: &Article<'_>, segment: &Segment, ordinal: usize, frame: &Frame<'_>, speaking: &[usize]) -> Session {
    let blocks = &article.layout.blocks;
    let (first, last) = (&blocks[segment.start], &blocks[segment.end - 1]);
    let span = Span::new(first.span.start, last.span.end);
    let titles = &blocks[segment.start..segment.start + segment.title_blocks];
    let title = titles.iter().map(|b| clean_title(b.span.of(article.text), b.marker)).collect::<Vec<_>>().join(" – ");
    let body = Span::new(titles.last().map_or(span.start, |b| b.span.end), span.end);
    let found = || session_language(body.of(article.text).trim_start(), frame.options, frame.language);
    let language = frame.said.unwrap_or_else(found);
    Session {
        id: format!("{}#{ordinal}", frame.source),
        document: 0,
        ordinal,
        year: frame.year,
        kind: segment.kind,
        title,
        title_span: titles.last().map(|b| Span::new(span.start, b.span.end)),
        speakers: speaking.iter().map(|&p| article.people.persons[p].name.clone()).collect(),
        language,
        span,
        first_line: first.first_line,
        last_line: last.last_line,
        tags: BTreeMap::new(),
        dropped: false,
    }
}

/// The year: said by hand, in front matter, in the path, weighed from the text.
pub(super) fn year_of(
    source: &str,
    text: &str,
    layout: &Layout,
    said: Option<Year>,
    warnings: &mut Vec<Warning>,
) -> Result<Year> {
    if let Some(year) = said {
        return Ok(year);
    }
    for key in ["year", "jahr", "date", "datum"] {
        if let Some(value) = layout.front(key) {
            let digits = value.split(|c: char| !c.is_ascii_digit()).find(|d| d.len() == 4);
            if let Some(year) = digits.and_then(|d| d.parse().ok()).filter(|&y| year::plausible(y)) {
                return Ok(year);
            }
        }
    }
    if let Some(year) = year::from_path(source) {
        return Ok(year);
    }
    if let Some(weighed) = year::from_text(text, layout) {
        warnings.push(Warning::new(source, weighed.line, "year-weighed", weighed.reason));
        return Ok(weighed.year);
    }
    let problem = format!("its year cannot be told from front matter, path or text; say --year {source}=YEAR");
    Err(ErrorKind::Year { path: source.into(), problem }.into())
}

/// The first words of a session, by which a session file recognises it.
pub(super) fn first_words(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    line.split_whitespace().take(8).collect::<Vec<_>>().join(" ")
}
