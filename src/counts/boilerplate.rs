//! Boilerplate: sentences repeated over many sessions (salutations, an organiser's paragraph, a licence note).
//!
//! A sentence is known by a fingerprint of its words, without case, numbers and punctuation. It is boilerplate if it
//! stands in at least five sessions and one in a thousand of all, or, with eight words or more, in at least half
//! of two or more documents. A title of a table's row names the topic, so it must stand in one of twenty. The label of a
//! field (`Speaker:`), a heading of one or two words, a tag or handle (`#pytalk`, `@somebody`), and a line that stands by itself (`crate::text::lines`) count as
//! sentences of their own. Fields that name people or places (`super::fields`) are boilerplate each, and so are
//! segments of titles that many titles share (`super::segments`), and sentences of biographies (`super::biography`). Lines with a date are looked at once more, as templates (`super::template`). What
//! boilerplate holds is not counted; `--without boilerplate` counts it.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::biography::biographies;
use super::fields;
use super::fold::Counts;
use super::reading::{Field, Part};
use super::runs::{Fixed, Sum};
use super::segments::{self, Segment};
use super::template::{self, Filling, Line, Template};
use crate::corpus::Language;
use crate::error::Result;
use crate::text::class::Class;
use crate::text::letters::{Hasher, hash_of};
use crate::text::lines::{self, lines};
use crate::text::{Token, TokenKind};

/// Sessions that must hold a short sentence at least.
const MIN_SESSIONS: u32 = 5;
/// One in so many sessions must hold it.
const ONE_IN: usize = 1000;
/// One in so many sessions must have a title.
const ONE_TITLE_IN: usize = 20;
/// Marks the number of words of a label.
const LABEL: u32 = 1 << 30;
/// Marks the number of words of the label of a field that is left out with its value.
const FIELD: u32 = 1 << 29;
/// Marks the number of words of a sentence of a biography.
const BIOGRAPHY: u32 = 1 << 28;
/// Marks the number of words of a title.
const TITLE: u32 = 1 << 31;
/// Words from which on two documents are enough.
const LONG: u32 = 8;
/// At most one in so many sentences may be shared by documents.
const MAX_SHARED: usize = 5;
/// Shorter sentences are headings.
const SHORTEST: u32 = 3;

/// What a sentence that is left out is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BoilerplateKind {
    /// A sentence, or a line that stands by itself, word for word.
    Sentence,
    /// The label of a field, or a heading of one or two words.
    Label,
    /// The title of a table's row.
    Title,
    /// The names in a field for people or places, or the place and date that a text begins with.
    Field,
    /// The first or last segment of titles.
    Segment,
    /// A sentence that says who somebody is.
    Biography,
    /// A line with a date and words that change: of these, those are left out that repeat.
    Template,
}

impl BoilerplateKind {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Label => "label",
            Self::Title => "title",
            Self::Field => "field",
            Self::Segment => "segment",
            Self::Biography => "biography",
            Self::Template => "template",
        }
    }

    /// By a number of words with its mark.
    const fn of(words: u32) -> Self {
        match words {
            words if words & TITLE != 0 => Self::Title,
            words if words & FIELD != 0 => Self::Field,
            words if words & BIOGRAPHY != 0 => Self::Biography,
            words if words & LABEL != 0 => Self::Label,
            _ => Self::Sentence,
        }
    }
}

/// A sentence that is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BoilerplateSentence {
    /// What it is.
    pub kind: BoilerplateKind,
    /// Its letters, as in the first session that has it.
    pub text: String,
    /// Sessions that hold it.
    pub sessions: u32,
    /// Index in the corpus of the first of them.
    pub first_session: usize,
}

/// Where a sentence or a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Repeats {
    /// Sessions that hold it.
    sessions: u32,
    /// Its number of words, with a mark for its sort.
    words: u32,
    /// The least and the greatest fingerprint of their documents: whether there is more than one.
    documents: (u64, u64),
}

impl Repeats {
    /// In one session of a document.
    pub(super) const fn once(words: u32, document: u64) -> Self {
        Self { sessions: 1, words, documents: (document, document) }
    }

    /// Sessions, words, least and greatest document.
    #[cfg(feature = "counts-file")]
    pub(super) fn plain(&self) -> [u64; 4] {
        [u64::from(self.sessions), u64::from(self.words), self.documents.0, self.documents.1]
    }

    #[cfg(feature = "counts-file")]
    pub(super) const fn from_plain([sessions, words, least, greatest]: [u64; 4]) -> Self {
        Self { sessions: sessions as u32, words: words as u32, documents: (least, greatest) }
    }
}

impl Fixed for Repeats {
    const SIZE: usize = 24;

    fn put(&self, bytes: &mut Vec<u8>) {
        [self.sessions, self.words].put(bytes);
        [self.documents.0, self.documents.1].put(bytes);
    }

    fn take(bytes: &[u8]) -> Self {
        let ([sessions, words], [least, greatest]) = (Fixed::take(bytes), Fixed::take(&bytes[8..]));
        Self { sessions, words, documents: (least, greatest) }
    }
}

impl Sum for Repeats {
    /// In further sessions.
    fn add(&mut self, other: &Self) {
        self.sessions += other.sessions;
        let (a, b) = (self.documents, other.documents);
        self.documents = (a.0.min(b.0), a.1.max(b.1));
    }
}

/// The fingerprint of the document of a session.
pub(super) fn document_of(session_id: &str) -> u64 {
    let source = session_id.rsplit_once('#').map_or(session_id, |(source, _)| source);
    let mut document = Hash::new();
    document.add(source);
    document.value()
}

/// Something that may repeat: its fingerprint, its number of words (with a mark for its sort), and its tokens.
pub(super) struct Repeatable {
    pub fingerprint: u64,
    words: u32,
    pub tokens: Range<usize>,
}

/// What a part holds that may repeat.
pub(super) struct Repeatables {
    /// Its sentences and own lines that are long enough, and the labels of fields that begin them (`Speaker:`).
    pub verbatim: Vec<Repeatable>,
    /// Those of them with a date, as frames.
    pub lines: Vec<Line>,
    /// The first and last segment of a title.
    pub segments: Vec<Segment>,
}

/// The sentences of a part, the lines in them that stand by themselves, and their labels.
pub(super) fn repeatables(part: &Part<'_>, language: Language) -> Repeatables {
    let title = if part.field == Field::Title { TITLE } else { 0 };
    let mut all = Repeatables { verbatim: Vec::new(), lines: Vec::new(), segments: segments::segments(part) };
    let lines = lines(part.text, part.span);
    for field in fields::fields(part, &lines) {
        let (hash, words) = fingerprint(part, field.label);
        let fingerprint = hash ^ u64::from(FIELD);
        all.verbatim.push(Repeatable { fingerprint, words: words | FIELD, tokens: field.whole });
    }
    for tokens in biographies(part, language) {
        let (hash, words) = fingerprint(part, tokens.clone());
        let fingerprint = hash ^ u64::from(BIOGRAPHY);
        all.verbatim.push(Repeatable { fingerprint, words: words | BIOGRAPHY, tokens });
    }
    for (tokens, own) in pieces(part, &lines) {
        if own {
            all.add_verbatim(part, tokens.clone(), title);
        }
        if title == 0 {
            all.add_label(part, tokens.clone(), own);
            all.lines.extend(dateline_end(part, tokens.clone()).and_then(|end| Line::of(part, tokens.start..end)));
            all.lines.extend(Line::of(part, tokens));
        }
    }
    all.add_tags(part, title);
    all
}

impl Repeatables {
    /// Adds a sentence or a line.
    fn add_verbatim(&mut self, part: &Part<'_>, tokens: Range<usize>, title: u32) {
        let (hash, words) = fingerprint(part, tokens.clone());
        // A line of one or two words is a heading (`Speaker bio`), a kind of label.
        let mark = if words < SHORTEST { title.max(LABEL) } else { title };
        if words >= SHORTEST || (words > 0 && title == 0) {
            self.verbatim.push(Repeatable { fingerprint: hash ^ u64::from(mark), words: words | mark, tokens });
        }
    }

    /// Adds the label that a sentence or a line begins with; a line that is wrapped has one only with a capital.
    fn add_label(&mut self, part: &Part<'_>, tokens: Range<usize>, own: bool) {
        let begins = own || begins_large(part, tokens.start);
        let Some(end) = label_end(part, tokens.clone()).filter(|_| begins) else { return };
        let (hash, words) = fingerprint(part, tokens.start..end);
        if (1..=SHORTEST).contains(&words) {
            let fingerprint = hash ^ u64::from(LABEL);
            self.verbatim.push(Repeatable { fingerprint, words: words | LABEL, tokens: tokens.start..end });
        }
    }
}

impl Repeatables {
    /// Adds tags and handles: words right behind `#` or `@`.
    fn add_tags(&mut self, part: &Part<'_>, title: u32) {
        let tokens = &part.tokens;
        for i in 1..tokens.len() {
            let tag = tokens[i].kind.is_word() && tokens[i - 1].span.end == tokens[i].span.start;
            let glued = || i >= 2 && tokens[i - 2].span.end == tokens[i - 1].span.start;
            if tag && matches!(tokens[i - 1].span.of(part.text), "#" | "@") && !glued() {
                let mut hash = Hash::new();
                hash.add_token(&tokens[i - 1]);
                hash.add_token(&tokens[i]);
                let (sort, tokens) = (title.max(LABEL), i - 1..i + 1);
                let fingerprint = hash.value() ^ u64::from(sort);
                self.verbatim.push(Repeatable { fingerprint, words: 1 | sort, tokens });
            }
        }
    }
}

/// Whether a token does not begin with a small letter.
fn begins_large(part: &Part<'_>, token: usize) -> bool {
    !part.tokens[token].class.is(Class::SMALL)
}

/// The sentences of a part, each before its lines, and whether they stand by themselves.
fn pieces(part: &Part<'_>, lines: &[lines::Line]) -> Vec<(Range<usize>, bool)> {
    let mut lines = lines.iter().peekable();
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < part.tokens.len() {
        let number = part.tokens[start].sentence;
        let end = (start..part.tokens.len()).find(|&i| part.tokens[i].sentence != number).unwrap_or(part.tokens.len());
        pieces.push((start..end, true));
        let mut at = start;
        while let Some(line) = lines.next_if(|line| line.span.start < part.tokens[end - 1].span.end) {
            let first = at + part.tokens[at..end].partition_point(|t| t.span.start < line.span.start);
            at = first + part.tokens[first..end].partition_point(|t| t.span.end <= line.span.end);
            // Of a line with several sentences each is a piece already.
            let whole = first < at
                && part.tokens[first].span.start == line.span.start
                && part.tokens[at - 1].span.end == line.span.end;
            if whole && (first, at) != (start, end) {
                pieces.push((first..at, line.own));
            }
        }
        start = end;
    }
    pieces
}

/// Where the place and date end that a text begins with, as news do: at a dash (`Bremen, 21 July 2015 – The …`).
fn dateline_end(part: &Part<'_>, sentence: Range<usize>) -> Option<usize> {
    let last = sentence.end.min(sentence.start + 12);
    let is_mark = |i: &usize| matches!(part.tokens[*i].kind, TokenKind::Punctuation | TokenKind::Fragment);
    (sentence.start + 1..last).filter(is_mark).find(|&i| {
        let dash = part.tokens[i].span.of(part.text).starts_with(['-', '–', '—']);
        dash && part.tokens[i].span.start > part.tokens[i - 1].span.end && i + 1 < sentence.end
    })
}

/// Where the label ends that a sentence begins with: at a colon, or with the line.
fn label_end(part: &Part<'_>, sentence: Range<usize>) -> Option<usize> {
    let last = sentence.end.min(sentence.start + 6);
    (sentence.start + 1..last).find(|&i| {
        let gap = &part.text.as_bytes()[part.tokens[i - 1].span.end..part.tokens[i].span.start];
        let is_colon = || matches!(part.tokens[i].span.of(part.text), ":" | "：");
        let colon = part.tokens[i].kind == TokenKind::Punctuation && is_colon() && i + 1 < sentence.end;
        colon || gap.contains(&b'\n')
    })
}

/// Of the words in some tokens, and their number.
pub(super) fn fingerprint(part: &Part<'_>, tokens: Range<usize>) -> (u64, u32) {
    let (mut hash, mut words) = (Hash::new(), 0);
    for token in part.tokens[tokens].iter().filter(|t| t.kind.is_word()) {
        let word = token.span.of(part.text);
        // `Meeting MP32`: a number at the end of a word changes like any other.
        if word.ends_with(|c: char| c.is_ascii_digit()) {
            match word.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "" => hash.add_token(token),
                letters => hash.add(letters),
            }
        } else {
            hash.add_token(token);
        }
        words += 1;
    }
    (hash.value(), words)
}

/// A fingerprint of words, 64 bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hash(Hasher);

impl Hash {
    pub(super) const fn new() -> Self {
        Self(Hasher::new())
    }

    /// Of something of a certain sort.
    pub(super) fn of(fingerprint: u64, sort: &str) -> u64 {
        let mut hash = Self::new();
        hash.0.add(fingerprint);
        hash.add(sort);
        hash.value()
    }

    pub(super) const fn value(self) -> u64 {
        self.0.value()
    }

    /// Adds a word without its case.
    pub(super) fn add(&mut self, word: &str) {
        self.0.add(hash_of(word));
    }

    /// Adds the word of a token without its case.
    pub(super) const fn add_token(&mut self, token: &Token) {
        self.0.add(token.hash);
    }

    /// Adds something that no word is.
    pub(super) const fn add_mark(&mut self) {
        self.0.add(1);
    }
}

/// What is counted of a session: each distinct fingerprint with its number of words, and the fillings of its lines.
pub(super) fn fingerprints(parts: &[Part<'_>], language: Language) -> (FxHashMap<u64, u32>, FxHashSet<Filling>) {
    let all: Vec<Repeatables> = parts.iter().map(|part| repeatables(part, language)).collect();
    let verbatim = all.iter().flat_map(|r| &r.verbatim).map(|r| (r.fingerprint, r.words)).collect();
    let lines = all.iter().flat_map(|r| &r.lines).flat_map(Line::fillings);
    (verbatim, lines.chain(all.iter().flat_map(|r| &r.segments).flat_map(Segment::fillings)).collect())
}

/// What is left out of the counts of a corpus.
#[derive(Debug, Clone, Default)]
pub(super) struct Boilerplate {
    /// Fingerprints of sentences, lines and labels, with the number of sessions that hold them.
    repeated: FxHashMap<u64, u32>,
    /// Frames of template lines.
    templates: FxHashMap<u64, Template>,
    /// Segments of titles, with the number of sessions that hold them.
    segments: FxHashMap<u64, u32>,
}

/// A place in a part whose words are left out.
pub(super) struct Place {
    /// What stands there; the same in every session that has it.
    pub id: (BoilerplateKind, u64),
    pub sessions: u32,
    /// The sentence, line or label.
    pub whole: Range<usize>,
    /// The tokens of it that are left out.
    pub taken: Vec<usize>,
}

impl Boilerplate {
    /// What is boilerplate by merged counts.
    pub(super) fn find(counts: &Counts) -> Result<Self> {
        let n_rows = counts.rows().len();
        let one_in = |n: usize| move |sessions: u32| sessions >= MIN_SESSIONS && sessions as usize * n >= n_rows;
        let mut found = Self { repeated: find_repeated(counts)?, ..Self::default() };
        counts.fillings.each_group(
            |a, b| a.frame() == b.frame(),
            |fillings| {
                found.templates.extend(template::find(fillings, one_in(ONE_IN)));
                found.segments.extend(segments::find(fillings, one_in(ONE_IN), one_in(ONE_TITLE_IN)));
            },
        )?;
        Ok(found)
    }

    /// Whether nothing is.
    pub(super) fn is_empty(&self) -> bool {
        self.repeated.is_empty() && self.templates.is_empty() && self.segments.is_empty()
    }

    /// Where it stands in a part.
    pub(super) fn places(&self, part: &Part<'_>, language: Language) -> Vec<Place> {
        if self.is_empty() {
            return Vec::new();
        }
        let found = repeatables(part, language);
        let repeated = found.verbatim.into_iter().filter_map(|r| {
            let sessions = *self.repeated.get(&r.fingerprint)?;
            let id = (BoilerplateKind::of(r.words), r.fingerprint);
            Some(Place { id, sessions, taken: r.tokens.clone().collect(), whole: r.tokens })
        });
        let mut places: Vec<Place> = repeated.collect();
        places.extend(found.segments.into_iter().filter_map(|s| {
            let sessions = *self.segments.get(&s.frame)?;
            let id = (BoilerplateKind::Segment, s.frame);
            Some(Place { id, sessions, taken: s.tokens.clone().collect(), whole: s.tokens })
        }));
        let lines = found.lines.into_iter().filter_map(|line| {
            let template = self.templates.get(&line.frame)?;
            let id = (BoilerplateKind::Template, line.frame);
            let is_new = |i: &usize| !places.iter().any(|p| p.whole.contains(i)) && part.tokens[*i].kind.is_word();
            let taken = line.taken(template);
            taken.iter().any(is_new).then_some(Place { id, sessions: template.sessions, taken, whole: line.tokens })
        });
        let lines: Vec<Place> = lines.collect();
        places.extend(lines);
        places
    }
}

/// Fingerprints of the sentences, lines and labels that are boilerplate, with the number of sessions that hold them.
fn find_repeated(counts: &Counts) -> Result<FxHashMap<u64, u32>> {
    let rows = counts.rows();
    let article = |id: &'_ str| id.rsplit_once('#').map_or(0, |(source, _)| source.len());
    let articles: FxHashSet<&str> = rows.iter().filter(|r| r.in_article).map(|r| &r.id[..article(&r.id)]).collect();
    let n_documents = articles.len() + rows.iter().filter(|r| !r.in_article).count();
    let often = |r: &Repeats| {
        let one_in = if r.words & TITLE == 0 { ONE_IN } else { ONE_TITLE_IN };
        r.words & (FIELD | BIOGRAPHY) != 0 || (r.sessions >= MIN_SESSIONS && r.sessions as usize * one_in >= rows.len())
    };
    let shared = |r: &Repeats| {
        let documents = r.documents.0 != r.documents.1 && r.sessions as usize * 2 >= n_documents;
        r.words & (TITLE | LABEL | FIELD | BIOGRAPHY) == 0 && r.words >= LONG && documents
    };
    let mut repeated = FxHashMap::default();
    let mut in_both: Vec<(u64, u32)> = Vec::new();
    for entry in counts.fingerprints.iter() {
        let (fingerprint, repeats) = entry?;
        if often(&repeats) {
            repeated.insert(fingerprint, repeats.sessions);
        }
        if shared(&repeats) {
            in_both.push((fingerprint, repeats.sessions));
        }
    }
    // Two copies of one text are no boilerplate.
    if in_both.len() * MAX_SHARED <= counts.fingerprints.len() {
        repeated.extend(in_both);
    }
    Ok(repeated)
}
