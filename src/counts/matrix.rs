//! Sessions × concepts, sparse.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::concepts::{ConceptId, Concepts};
use super::fold::{Counts, SessionRow};
use super::people;
use super::phrases::{AlsoRead, Found, read_again};
use crate::corpus::{Corpus, Session, SessionKind, Year};
use crate::error::Result;

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
    compound_starts: Vec<usize>,
    compound_terms: Vec<Term>,
    phrase_starts: Vec<usize>,
    phrase_terms: Vec<Term>,
    pub(crate) n_concepts: usize,
}

impl SessionTermMatrix {
    /// Builds the matrix: words from the counts, phrases (leftmost, longest, not overlapping) from a second reading
    /// of the texts, which also takes out what stands in boilerplate. Concepts get their final labels from it.
    ///
    /// # Errors
    /// If a source cannot be read again.
    pub fn build(corpus: &Corpus, counts: &Counts, concepts: &mut Concepts) -> Result<Self> {
        Self::build_beside(corpus, counts, concepts, None::<AlsoRead<'_, ()>>, |()| {})
    }

    /// As [`SessionTermMatrix::build`]; what `also` makes of each session goes to `collect`, in the order of the documents,
    /// so that the texts are read once for both.
    ///
    /// # Errors
    /// If a source cannot be read again.
    pub(crate) fn build_beside<T: Send>(
        corpus: &Corpus,
        counts: &Counts,
        concepts: &mut Concepts,
        also: Option<AlsoRead<'_, T>>,
        collect: impl FnMut(T),
    ) -> Result<Self> {
        let (found, second) = read_again(corpus, counts, concepts, also, collect)?;
        concepts.settle(counts, second);
        people::claim_phrases(counts, concepts);
        people::claim_english(counts, concepts);
        let rows: FxHashMap<&str, &SessionRow> = counts.rows().iter().map(|row| (row.id.as_str(), row)).collect();
        let parts_of = parts_of(concepts);
        let mut matrix = Self {
            sessions: Vec::new(),
            years: Vec::new(),
            kinds: Vec::new(),
            tokens: Vec::new(),
            starts: vec![0],
            terms: Vec::new(),
            compound_starts: vec![0],
            compound_terms: Vec::new(),
            phrase_starts: vec![0],
            phrase_terms: Vec::new(),
            n_concepts: concepts.all().len(),
        };
        let counted = corpus.sessions().iter().enumerate();
        let counted: Vec<(usize, &Session, &SessionRow)> =
            counted.filter_map(|(index, session)| Some((index, session, *rows.get(session.id.as_str())?))).collect();
        for block in counted.chunks(BLOCK) {
            let made: Vec<RowTerms> = block
                .par_iter()
                .map(|(index, _, row)| RowTerms::new(row, found.get(index), concepts, &parts_of))
                .collect::<Result<_>>()?;
            for ((index, session, _), row) in block.iter().zip(made) {
                matrix.sessions.push(*index);
                matrix.years.push(session.year);
                matrix.kinds.push(session.kind);
                matrix.push(row);
            }
        }
        Ok(matrix)
    }

    fn push(&mut self, row: RowTerms) {
        self.tokens.push(row.tokens);
        self.terms.extend(row.terms);
        self.starts.push(self.terms.len());
        self.compound_terms.extend(row.in_compounds);
        self.compound_starts.push(self.compound_terms.len());
        self.phrase_terms.extend(row.in_phrases);
        self.phrase_starts.push(self.phrase_terms.len());
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

    /// How often a row names concepts inside compounds (`KI` in `KI-Lösungen`), by concept, ascending: what the
    /// cells of [`SessionTermMatrix::row`] do not hold.
    #[must_use]
    pub fn in_compounds(&self, row: usize) -> &[Term] {
        &self.compound_terms[self.compound_starts[row]..self.compound_starts[row + 1]]
    }

    /// How many of a row's mentions stand in phrases (`Intelligenz` in `künstliche Intelligenz`), by concept, ascending:
    /// the cells of [`SessionTermMatrix::row`] hold them too.
    #[must_use]
    pub fn in_phrases(&self, row: usize) -> &[Term] {
        &self.phrase_terms[self.phrase_starts[row]..self.phrase_starts[row + 1]]
    }

    /// The cells of a row, by concept, ascending: mentions as a word or phrase of its own.
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

/// Rows that are made in parallel.
const BLOCK: usize = 1 << 12;

/// A row of the matrix.
struct RowTerms {
    tokens: u32,
    terms: Vec<Term>,
    in_compounds: Vec<Term>,
    in_phrases: Vec<Term>,
}

impl RowTerms {
    /// From the counts of a session and what the second reading found in it.
    fn new(row: &SessionRow, found: Option<&Found>, concepts: &Concepts, parts_of: &[Vec<ConceptId>]) -> Result<Self> {
        let gone = |spelling: u32| found.and_then(|f| f.gone.get(&spelling)).copied().unwrap_or(0);
        let mut cells: BTreeMap<ConceptId, u32> = BTreeMap::new();
        for (spelling, count) in row.cells.pairs()? {
            let left = count.saturating_sub(gone(spelling));
            if left > 0
                && let Some(concept) = concepts.of_spelling(spelling)
            {
                *cells.entry(concept).or_default() += left;
            }
        }
        for (&concept, &count) in found.iter().flat_map(|f| &f.phrases) {
            *cells.entry(concept).or_default() += count;
        }
        let mut inside: BTreeMap<ConceptId, u32> = BTreeMap::new();
        for (&concept, &count) in &cells {
            for &part in &parts_of[concept as usize] {
                *inside.entry(part).or_default() += count;
            }
        }
        people::add_cells(row, concepts, &mut cells);
        let term = |(concept, count)| Term { concept, count };
        Ok(Self {
            tokens: row.tokens - found.map_or(0, |f| f.tokens_gone.min(row.tokens)),
            terms: cells.into_iter().map(term).collect(),
            in_compounds: inside.into_iter().map(term).collect(),
            in_phrases: found.iter().flat_map(|f| &f.in_phrases).map(|(&c, &n)| term((c, n))).collect(),
        })
    }
}

/// The concepts that each concept contains, the other way round than [`Concepts::containing`].
fn parts_of(concepts: &Concepts) -> Vec<Vec<ConceptId>> {
    let mut parts: Vec<Vec<ConceptId>> = vec![Vec::new(); concepts.all().len()];
    for part in 0..concepts.all().len() as ConceptId {
        for &compound in concepts.containing(part) {
            parts[compound as usize].push(part);
        }
    }
    parts
}
