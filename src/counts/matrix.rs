//! Sessions × concepts, sparse.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::concepts::{ConceptId, Concepts};
use super::fold::{Counts, Memo, Normalizers, PhraseWord, may_be_phrase, runs};
use super::people::{self, PersonFinder};
use super::reading::{Part, each_session, parts};
use crate::corpus::{Corpus, Language, SessionKind, Year};
use crate::error::Result;
use crate::text::TokenKind;

/// One cell: how often a session names a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The concept.
    pub concept: ConceptId,
    /// Mentions.
    pub count: u32,
}

/// Term frequencies: one sparse row a session that can count, in the order of [`Corpus::sessions`].
#[derive(Debug, Clone)]
pub struct SessionTermMatrix {
    /// Index of each row's session in the corpus.
    pub(crate) sessions: Vec<usize>,
    pub(crate) years: Vec<Year>,
    pub(crate) kinds: Vec<SessionKind>,
    pub(crate) tokens: Vec<u32>,
    pub(crate) starts: Vec<usize>,
    pub(crate) terms: Vec<Term>,
    pub(crate) n_concepts: usize,
}

impl SessionTermMatrix {
    /// Builds the matrix: words from the counts, phrases (leftmost, longest, not overlapping) from a second reading
    /// of the texts. Phrases get their labels from it.
    ///
    /// # Errors
    /// If a source cannot be read again.
    pub fn build(corpus: &Corpus, counts: &Counts, concepts: &mut Concepts) -> Result<Self> {
        let mut phrases: Vec<Vec<Term>> = vec![Vec::new(); corpus.sessions().len()];
        if !concepts.phrases.is_empty() {
            let forms = count_phrases(corpus, counts, concepts, &mut phrases)?;
            concepts.settle_phrases(&forms);
        }
        let rows: BTreeMap<&str, usize> = counts.rows().iter().enumerate().map(|(i, r)| (r.id.as_str(), i)).collect();
        let mut matrix = Self {
            sessions: Vec::new(),
            years: Vec::new(),
            kinds: Vec::new(),
            tokens: Vec::new(),
            starts: vec![0],
            terms: Vec::new(),
            n_concepts: concepts.all().len(),
        };
        for (index, session) in corpus.sessions().iter().enumerate() {
            let Some(&row) = rows.get(session.id.as_str()) else { continue };
            let row = &counts.rows()[row];
            let mut cells: BTreeMap<ConceptId, u32> = BTreeMap::new();
            for &(spelling, count) in &row.cells {
                if let Some(concept) = concepts.of_spelling(spelling) {
                    *cells.entry(concept).or_default() += count;
                }
            }
            cells.extend(phrases[index].iter().map(|t| (t.concept, t.count)));
            people::add_cells(row, concepts, &mut cells);
            matrix.sessions.push(index);
            matrix.years.push(session.year);
            matrix.kinds.push(session.kind);
            matrix.tokens.push(row.tokens);
            matrix.terms.extend(cells.into_iter().map(|(concept, count)| Term { concept, count }));
            matrix.starts.push(matrix.terms.len());
        }
        Ok(matrix)
    }

    /// Number of rows.
    #[must_use]
    pub fn n_sessions(&self) -> usize {
        self.sessions.len()
    }

    /// Number of columns.
    #[must_use]
    pub fn n_concepts(&self) -> usize {
        self.n_concepts
    }

    /// The cells of a row, by concept, ascending.
    #[must_use]
    pub fn row(&self, row: usize) -> &[Term] {
        &self.terms[self.starts[row]..self.starts[row + 1]]
    }

    /// Index in the corpus of a row's session.
    #[must_use]
    pub fn session(&self, row: usize) -> usize {
        self.sessions[row]
    }

    /// The year of a row.
    #[must_use]
    pub fn year(&self, row: usize) -> Year {
        self.years[row]
    }

    /// The kind of a row's session.
    #[must_use]
    pub fn kind(&self, row: usize) -> SessionKind {
        self.kinds[row]
    }

    /// Words in a row's session: the denominator of rates.
    #[must_use]
    pub fn tokens(&self, row: usize) -> u32 {
        self.tokens[row]
    }
}

/// Counts the chosen phrases of every session; returns how often each is spelled how.
fn count_phrases(
    corpus: &Corpus,
    counts: &Counts,
    concepts: &Concepts,
    phrases: &mut [Vec<Term>],
) -> Result<BTreeMap<(ConceptId, String), u64>> {
    let settings = counts.settings();
    let normalizers = Normalizers::new(corpus, settings);
    let mut forms: BTreeMap<(ConceptId, String), u64> = BTreeMap::new();
    each_session(
        corpus,
        settings.drop_names,
        |index, session, text, known| {
            let mut found: Vec<(ConceptId, String)> = Vec::new();
            let mut memo = Memo::new(normalizers.of(session.language));
            for part in parts(text, session, known, settings.titles, settings.drop_names) {
                phrases_in(&part, &mut memo, session.language, concepts, |id, words| {
                    let form: Vec<&str> = words.iter().map(|w| part.tokens[w.token].span.of(part.text)).collect();
                    found.push((id, form.join(" ")));
                });
            }
            (index, found)
        },
        |(index, found)| {
            let mut cells: BTreeMap<ConceptId, u32> = BTreeMap::new();
            for (id, form) in found {
                *cells.entry(id).or_default() += 1;
                *forms.entry((id, form)).or_default() += 1;
            }
            phrases[index] = cells.into_iter().map(|(concept, count)| Term { concept, count }).collect();
        },
    )?;
    Ok(forms)
}

/// Calls `visit` with every phrase of a part: leftmost, longest, not overlapping.
fn phrases_in(
    part: &Part<'_>,
    memo: &mut Memo<'_>,
    language: Language,
    concepts: &Concepts,
    mut visit: impl FnMut(ConceptId, &[PhraseWord]),
) {
    runs(part, memo, |run| {
        let mut at = 0;
        while at < run.len() {
            let hit = [3, 2].into_iter().filter(|n| at + n <= run.len()).find_map(|n| {
                let words = &run[at..at + n];
                let likely = may_be_phrase(words, language, &part.tokens, part.text);
                likely.then(|| concepts.phrase(&key_of(words))).flatten().map(|id| (id, n))
            });
            if let Some((id, n)) = hit {
                visit(id, &run[at..at + n]);
            }
            at += hit.map_or(1, |h| h.1);
        }
    });
}

/// Where concepts stand in texts, for evidence.
pub struct ConceptFinder<'c> {
    concepts: &'c Concepts,
    words: FxHashMap<(Language, &'c str), ConceptId>,
    people: PersonFinder<'c>,
    normalizers: Normalizers,
}

impl<'c> ConceptFinder<'c> {
    /// For the concepts resolved from `counts`.
    #[must_use]
    pub fn new(corpus: &Corpus, counts: &'c Counts, concepts: &'c Concepts) -> Self {
        let spelled = counts.spellings().iter().enumerate();
        let words = spelled
            .filter_map(|(i, s)| Some(((s.language, s.text.as_str()), concepts.of_spelling(i as u32)?)))
            .collect();
        let people = PersonFinder::new(counts, concepts);
        Self { concepts, words, people, normalizers: Normalizers::new(corpus, counts.settings()) }
    }

    /// Every mention in a part: the concept, its first token and the number of its tokens.
    #[must_use]
    pub fn mentions(&self, part: &Part<'_>, language: Language) -> Vec<(ConceptId, usize, usize)> {
        let mut found: Vec<(ConceptId, usize, usize)> = self.people.mentions(part).collect();
        for (i, token) in part.tokens.iter().enumerate() {
            if !part.names[i]
                && matches!(token.kind, TokenKind::Word | TokenKind::Acronym)
                && let Some(&id) = self.words.get(&(language, part.spelling(i).as_ref()))
            {
                found.push((id, i, 1));
            }
        }
        if !self.concepts.phrases.is_empty() {
            let mut memo = Memo::new(self.normalizers.of(language));
            phrases_in(part, &mut memo, language, self.concepts, |id, words| {
                found.push((id, words[0].token, words.len()))
            });
        }
        found
    }
}

fn key_of(words: &[PhraseWord]) -> String {
    words.iter().map(|w| w.normal.key.as_str()).collect::<Vec<_>>().join(" ")
}
