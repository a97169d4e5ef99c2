//! Boilerplate: sentences repeated over many sessions (salutations, an organiser's paragraph, a licence note).
//!
//! A sentence is known by a fingerprint of its words, without case, numbers and punctuation. It is boilerplate if it
//! stands in at least five sessions and one in a thousand of all, or, with eight words or more, in at least half
//! of two or more documents. A title of a table's row names the topic, so it must stand in one of twenty. The label of a
//! field (`Speaker:`) and a heading of one or two words count as sentences of their own. What it holds is not counted; `--without boilerplate` counts it.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::fold::Counts;
use super::reading::{Field, Part};

/// Sessions that must hold a short sentence at least.
const MIN_SESSIONS: u32 = 5;
/// One in so many sessions must hold it.
const ONE_IN: usize = 1000;
/// One in so many sessions must have a title.
const ONE_TITLE_IN: usize = 20;
/// Marks the number of words of a label.
const LABEL: u32 = 1 << 30;
/// Marks the number of words of a title.
const TITLE: u32 = 1 << 31;
/// Words from which on two documents are enough.
const LONG: u32 = 8;
/// At most one in so many sentences may be shared by documents.
const MAX_SHARED: usize = 5;
/// Shorter sentences are headings.
const SHORTEST: u32 = 3;

/// A sentence that is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BoilerplateSentence {
    /// Its letters, as in the first session that has it.
    pub text: String,
    /// Sessions that hold it.
    pub sessions: u32,
    /// Index in the corpus of the first of them.
    pub first_session: usize,
}

/// Where a sentence or a label stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Repeats {
    /// Sessions that hold it.
    sessions: u32,
    /// Its number of words, with a mark for its sort.
    words: u32,
    /// The least and the greatest fingerprint of their documents: whether there is more than one.
    documents: (u64, u64),
}

impl Repeats {
    /// In one session.
    pub(super) fn once(words: u32, session_id: &str) -> Self {
        let source = session_id.rsplit_once('#').map_or(session_id, |(source, _)| source);
        let document = source.bytes().fold(FNV_OFFSET, |hash, b| (hash ^ u64::from(b)).wrapping_mul(FNV_PRIME));
        Self { sessions: 1, words, documents: (document, document) }
    }

    /// In further sessions.
    pub(super) fn add(&mut self, other: &Self) {
        self.sessions += other.sessions;
        let (a, b) = (self.documents, other.documents);
        self.documents = (a.0.min(b.0), a.1.max(b.1));
    }
}

/// Something that may repeat: its fingerprint, its number of words (with a mark for its sort), and its tokens.
pub(super) struct Repeatable {
    pub fingerprint: u64,
    words: u32,
    pub tokens: Range<usize>,
}

/// The sentences of a part that are long enough, and the labels of fields that begin them (`Speaker:`).
pub(super) fn repeatables(part: &Part<'_>) -> Vec<Repeatable> {
    let title = if part.field == Field::Title { TITLE } else { 0 };
    let mut all = Vec::new();
    let mut start = 0;
    while start < part.tokens.len() {
        let number = part.tokens[start].sentence;
        let end = (start..part.tokens.len()).find(|&i| part.tokens[i].sentence != number).unwrap_or(part.tokens.len());
        let (hash, words) = fingerprint(part, start..end);
        // A line of one or two words is a heading (`Speaker bio`), a kind of label.
        let mark = if words < SHORTEST { title.max(LABEL) } else { title };
        if words >= SHORTEST || (words > 0 && title == 0) {
            all.push(Repeatable { fingerprint: hash ^ u64::from(mark), words: words | mark, tokens: start..end });
        }
        if let Some(label) = label_end(part, start..end).filter(|_| title == 0) {
            let (hash, words) = fingerprint(part, start..label);
            if (1..=SHORTEST).contains(&words) {
                let fingerprint = hash ^ u64::from(LABEL);
                all.push(Repeatable { fingerprint, words: words | LABEL, tokens: start..label });
            }
        }
        start = end;
    }
    all
}

/// Where the label ends that a sentence begins with: at a colon, or with the line.
fn label_end(part: &Part<'_>, sentence: Range<usize>) -> Option<usize> {
    let last = sentence.end.min(sentence.start + 6);
    (sentence.start + 1..last).find(|&i| {
        let gap = &part.text[part.tokens[i - 1].span.end..part.tokens[i].span.start];
        let colon = part.tokens[i].span.of(part.text) == ":" && i + 1 < sentence.end;
        colon || gap.contains('\n')
    })
}

fn fingerprint(part: &Part<'_>, tokens: Range<usize>) -> (u64, u32) {
    let (mut hash, mut words) = (FNV_OFFSET, 0);
    for token in part.tokens[tokens].iter().filter(|t| t.kind.is_word()) {
        for c in token.span.of(part.text).chars().flat_map(char::to_lowercase).chain([' ']) {
            let mut buffer = [0; 4];
            for &byte in c.encode_utf8(&mut buffer).as_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
            }
        }
        words += 1;
    }
    (hash, words)
}

// FNV-1a, 64 bit.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// Each distinct fingerprint of a session with its number of words.
pub(super) fn fingerprints(parts: &[Part<'_>]) -> FxHashMap<u64, u32> {
    parts.iter().flat_map(repeatables).map(|r| (r.fingerprint, r.words)).collect()
}

/// Fingerprints of the sentences that are boilerplate, with the number of sessions that hold them.
pub(super) fn find(counts: &Counts) -> FxHashMap<u64, u32> {
    let rows = counts.rows();
    let article = |id: &'_ str| id.rsplit_once('#').map_or(0, |(source, _)| source.len());
    let articles: FxHashSet<&str> = rows.iter().filter(|r| r.in_article).map(|r| &r.id[..article(&r.id)]).collect();
    let n_documents = articles.len() + rows.iter().filter(|r| !r.in_article).count();
    let often = |r: &Repeats| {
        let one_in = if r.words & TITLE == 0 { ONE_IN } else { ONE_TITLE_IN };
        r.sessions >= MIN_SESSIONS && r.sessions as usize * one_in >= rows.len()
    };
    let shared = |r: &Repeats| {
        let documents = r.documents.0 != r.documents.1 && r.sessions as usize * 2 >= n_documents;
        r.words & (TITLE | LABEL) == 0 && r.words >= LONG && documents
    };
    // Two copies of one text are no boilerplate.
    let n_shared = counts.fingerprints.iter().filter(|(_, r)| shared(r)).count();
    let few = n_shared * MAX_SHARED <= counts.fingerprints.len();
    let all = counts.fingerprints.iter();
    all.filter(|(_, r)| often(r) || (few && shared(r))).map(|(f, r)| (*f, r.sessions)).collect()
}
