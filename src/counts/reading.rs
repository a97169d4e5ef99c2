//! A session as tokens: its title and its body, with the names of people marked.

use std::borrow::Cow;
use std::cell::RefCell;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::settings::CountSettings;
use crate::corpus::{Corpus, Document, Language, Session, Span};
use crate::error::{Error, ErrorKind, Result};
use crate::text::class::Class;
use crate::text::letters::exact_hash_of;
use crate::text::names::{Block, Known, Marks, NamedPerson};
use crate::text::{Normalizer, Rule, Token, TokenKind, ellipsis, idioms, tokenize};

/// Which field of a source a part stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The text of the document; spans cut it.
    Text,
    /// A title column; spans cut that.
    Title,
}

/// A run of a session that is tokenised by itself.
#[derive(Debug)]
pub struct Part<'t> {
    /// What spans refer to.
    pub text: &'t str,
    /// Which field that is.
    pub field: Field,
    /// The bytes of it that were tokenised.
    pub span: Span,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// For each token, whether it belongs to the name of a person and is left out.
    pub names: Vec<bool>,
    /// Every place where a person of the document is named.
    pub people: Vec<NamedPerson>,
    /// Tokens that count as something else than what stands there.
    mended: FxHashMap<usize, Mended>,
    /// Whether a mark for Markdown (`\\`) stands in the text.
    is_escaped: bool,
}

/// What a token counts as, where that is not its letters.
#[derive(Debug)]
enum Mended {
    /// Nothing: the first of `Bürgerinnen und Bürger`, a word of an idiom.
    Nothing,
    /// The full form of an ellipsis, or a pair.
    As(String),
}

/// How a token counts.
pub(super) struct Counting<'p> {
    pub spelling: Cow<'p, str>,
    /// Of its letters.
    pub hash: u64,
    /// Whether it is in capitals only because its line is.
    pub shouted: bool,
}

impl<'t> Part<'t> {
    /// The spelling a token is counted under: what stands there, or in a line that shouts, with a capital only at the
    /// start, since its capitals say nothing.
    #[must_use]
    pub fn spelling(&self, token: usize) -> Cow<'_, str> {
        if let Some(Mended::As(spelling)) = self.mended.get(&token) {
            return Cow::Borrowed(spelling);
        }
        self.quiet(token, self.is_shouted(token))
    }

    /// What stands there; of a token that is `shouted`, with a capital only at the start.
    fn quiet(&self, token: usize, shouted: bool) -> Cow<'_, str> {
        let text = self.tokens[token].span.of(self.text);
        if self.is_escaped && text.contains('\\') {
            return Cow::Owned(text.replace('\\', ""));
        }
        if !shouted {
            return Cow::Borrowed(text);
        }
        let mut chars = text.chars();
        let first: String = chars.next().into_iter().collect();
        Cow::Owned(first + &chars.as_str().to_lowercase())
    }

    /// How a token counts, if it does: [`Part::counts`], [`Part::spelling`] and [`Part::is_shouted`] in one.
    pub(super) fn counting(&self, token: usize) -> Option<Counting<'_>> {
        let Token { kind, exact, .. } = self.tokens[token];
        match self.mended.get(&token) {
            _ if self.names[token] => None,
            Some(Mended::Nothing) => None,
            None if !matches!(kind, TokenKind::Word | TokenKind::Acronym) => None,
            mended => {
                let shouted = self.is_shouted(token);
                let spelling = match mended {
                    Some(Mended::As(spelling)) => Cow::Borrowed(spelling.as_str()),
                    _ => self.quiet(token, shouted),
                };
                let as_it_stands = mended.is_none() && matches!(spelling, Cow::Borrowed(_));
                let hash = if as_it_stands { exact } else { exact_hash_of(&spelling) };
                Some(Counting { spelling, hash, shouted })
            }
        }
    }

    /// Whether a token counts as a word of its own: no name, no number, no half of a pair, no half word.
    #[must_use]
    pub fn counts(&self, token: usize) -> bool {
        !self.names[token]
            && match self.mended.get(&token) {
                Some(Mended::Nothing) => false,
                Some(Mended::As(_)) => true,
                None => matches!(self.tokens[token].kind, TokenKind::Word | TokenKind::Acronym),
            }
    }

    fn new(
        text: &'t str,
        (field, span): (Field, Span),
        tokens: Vec<Token>,
        marks: Marks,
        normalizer: &Normalizer,
    ) -> Self {
        let Marks { names, people } = marks;
        let is_escaped = span.of(text).contains('\\');
        let mut part = Self { text, field, span, tokens, names, people, mended: FxHashMap::default(), is_escaped };
        part.mend(normalizer);
        part
    }

    /// A text by itself, in which nobody is known.
    #[must_use]
    pub(super) fn of_text(text: &'t str, normalizer: &Normalizer) -> Self {
        let span = Span::new(0, text.len());
        let tokens = tokenize(text, span);
        let names = vec![false; tokens.len()];
        Self::new(text, (Field::Text, span), tokens, Marks { names, people: Vec::new() }, normalizer)
    }

    /// Finds half words that their neighbours complete, pairs of gender forms, and idioms.
    fn mend(&mut self, normalizer: &Normalizer) {
        let language = normalizer.language();
        if !matches!(language, Language::De | Language::En) {
            return;
        }
        let word = |i: usize| self.tokens[i].span.of(self.text);
        let mut mended = FxHashMap::default();
        for i in 0..self.tokens.len() {
            if !mended.is_empty() && mended.contains_key(&i) {
                continue;
            }
            if self.tokens[i].kind == TokenKind::Fragment && normalizer.rules().has(Rule::Ellipsis) {
                if let Some(full) = ellipsis::full_form(self.text, &self.tokens, i, language) {
                    mended.insert(i, Mended::As(full));
                }
            } else if self.is_torn_formula(i) {
                // `CO 2 -Emissionen`
                let behind = self.tokens.get(i + 2).map(|t| t.span.of(self.text));
                let rest = behind.filter(|b| b.len() > 1 && b.starts_with('-'));
                mended.insert(i, Mended::As(format!("{}{}{}", word(i), word(i + 1), rest.unwrap_or_default())));
                rest.map(|_| mended.insert(i + 2, Mended::Nothing));
            } else if i + 2 < self.tokens.len()
                && self.tokens[i + 1].class.is(Class::JOINER)
                && self.tokens[i + 2].sentence == self.tokens[i].sentence
                && normalizer.is_gender_pair(word(i), word(i + 2))
            {
                mended.insert(i, Mended::Nothing);
                mended.insert(i + 2, Mended::As(format!("{} {} {}", word(i), word(i + 1), word(i + 2))));
            }
        }
        if normalizer.rules().has(Rule::Idioms) {
            for i in 0..self.tokens.len() {
                if !self.tokens[i].class.is(Class::IDIOM) {
                    continue;
                }
                let idiom = idioms::idiom_at(self.text, &self.tokens[i..], language);
                (i..i + idiom).for_each(|i| drop(mended.insert(i, Mended::Nothing)));
            }
        }
        self.mended = mended;
    }

    /// Whether a blank stands between the letters of a chemical formula and its lowered digit: `CO 2`.
    fn is_torn_formula(&self, at: usize) -> bool {
        let word = |i: usize| self.tokens[i].span.of(self.text);
        self.tokens[at].span.len() == 2
            && matches!(word(at), "CO" | "NO" | "SO" | "CH" | "NH" | "NF" | "SF")
            && self.tokens.get(at + 1).is_some_and(|t| t.sentence == self.tokens[at].sentence)
            && matches!(word(at + 1), "2" | "3" | "4" | "6")
    }

    /// Whether a token is in capitals only because its line is.
    #[must_use]
    pub fn is_shouted(&self, token: usize) -> bool {
        // Nearly every word has a small letter.
        if self.tokens[token].class.is(Class::HAS_SMALL) {
            return false;
        }
        let text = self.tokens[token].span.of(self.text);
        let capitals = || text.chars().filter(|c| c.is_uppercase()).count() >= 2;
        // `DS-GVO` in a sentence that does not shout is an acronym.
        let compound = text.contains(['-', '/']);
        let number = self.tokens[token].sentence;
        let quiet = || {
            let sentence = self.tokens.iter().filter(|t| t.sentence == number);
            sentence.into_iter().any(|t| t.span.of(self.text).contains(char::is_lowercase))
        };
        let shouted = self.tokens[token].kind == TokenKind::Word && !text.contains(char::is_lowercase) && capitals();
        shouted && !(compound && quiet())
    }
}

/// A document while it is read: the people it knows, and what was tokenised to find them.
#[derive(Debug, Default)]
pub struct Reading {
    known: Known,
    made: RefCell<Vec<(Field, Span, Vec<Token>)>>,
}

impl Reading {
    /// The tokens of a span: those made before, once.
    fn tokens(&self, text: &str, span: Span, field: Field) -> Vec<Token> {
        let mut made = self.made.borrow_mut();
        match made.iter().position(|m| (m.0, m.1) == (field, span)) {
            Some(at) => made.swap_remove(at).2,
            None => tokenize(text, span),
        }
    }
}

/// The title and the body of `session`, tokenised under `settings`.
#[must_use]
pub fn parts<'t>(
    text: &'t str,
    session: &'t Session,
    reading: &Reading,
    settings: &CountSettings,
    normalizer: &Normalizer,
) -> Vec<Part<'t>> {
    let (titles, mark_names) = (settings.titles, settings.marks_names());
    let mut parts = Vec::with_capacity(2);
    let mut part = |text: &'t str, span: Span, field: Field| {
        let tokens = reading.tokens(text, span, field);
        let mut marks = reading.known.mark(text, &tokens, session.language, field == Field::Title || span.len() < 200);
        if !mark_names {
            marks.names.fill(false);
        }
        parts.push(Part::new(text, (field, span), tokens, marks, normalizer));
    };
    let body = match session.title_span {
        Some(title) => {
            if titles {
                part(text, title, Field::Text);
            }
            Span::new(title.end, session.span.end)
        }
        None => {
            if titles && !session.title.is_empty() && is_row(session) {
                part(&session.title, Span::new(0, session.title.len()), Field::Title);
            }
            session.span
        }
    };
    part(text, body, Field::Text);
    parts
}

/// Rows of tables have their title in a column of its own.
fn is_row(session: &Session) -> bool {
    session.title_span.is_none() && session.span.start == 0 && session.first_line == session.last_line
}

/// Calls `work` for every session that can count (all but acknowledgements), in parallel batches of documents, and
/// `collect` with the results in order. Without `mark_names` nobody is known.
///
/// # Errors
/// If a source cannot be read again, or has changed since the corpus was read.
pub fn each_session<T: Send>(
    corpus: &Corpus,
    mark_names: bool,
    work: impl Fn(usize, &Session, &str, &Reading) -> T + Sync,
    mut collect: impl FnMut(T),
) -> Result<()> {
    const BATCH: usize = 4 << 20;
    let mut by_document: Vec<Vec<usize>> = vec![Vec::new(); corpus.documents().len()];
    for (index, session) in corpus.sessions().iter().enumerate() {
        if session.counts() {
            by_document[session.document].push(index);
        }
    }
    let mut batch: Vec<(usize, String)> = Vec::new();
    let mut size = 0;
    let mut changed = None;
    let mut flush = |batch: &mut Vec<(usize, String)>| {
        let results: Vec<Vec<T>> = batch
            .par_iter()
            .map(|(document, text)| {
                let sessions: Vec<(usize, &Session)> =
                    by_document[*document].iter().map(|&s| (s, &corpus.sessions()[s])).collect();
                let reading = if mark_names {
                    known_people(&corpus.documents()[*document], text, sessions[0].1)
                } else {
                    Reading::default()
                };
                sessions.into_iter().map(|(index, session)| work(index, session, text, &reading)).collect()
            })
            .collect();
        results.into_iter().flatten().for_each(&mut collect);
        batch.clear();
    };
    corpus.texts().visit(&mut |index, text| {
        let Some(document) = corpus.documents().get(index) else {
            changed = Some(corpus.documents().last().map_or(String::new(), |d| d.source.clone()));
            return false;
        };
        if document.n_bytes != text.len() {
            changed = Some(document.source.clone());
            return false;
        }
        if !by_document[index].is_empty() {
            size += text.len();
            batch.push((index, text.to_owned()));
            if size >= BATCH {
                flush(&mut batch);
                size = 0;
            }
        }
        true
    })?;
    flush(&mut batch);
    match changed {
        Some(source) => Err(Error::from(ErrorKind::Changed { path: source.into() })),
        None => Ok(()),
    }
}

/// The people of a document: as found when it was read, or for a row of a table, looked for now, also in its title.
fn known_people(document: &Document, text: &str, session: &Session) -> Reading {
    let mut known = Known::of(document.people.iter().map(|(name, speaks)| (name.as_str(), *speaks)));
    let row = document.line > 0;
    let whole = |text: &str| Block::new(text, Span::new(0, text.len()));
    let body = [whole(text)];
    known.learn(text, &body, row);
    let mut made = Vec::new();
    if row {
        let title = [whole(&session.title)];
        known.learn(&session.title, &title, false);
        made.extend(title.map(|block| (Field::Title, block.span, block.tokens)));
    }
    made.extend(body.map(|block| (Field::Text, block.span, block.tokens)));
    Reading { known, made: RefCell::new(made) }
}
