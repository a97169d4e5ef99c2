//! Quotes of a term: its concepts looked up, then every place that names them.

use std::collections::BTreeSet;

use super::Analysis;
use crate::corpus::Corpus;
use crate::counts::{ConceptId, Concepts, Counts, Lookup, SessionTermMatrix};
use crate::error::{ErrorKind, Result};
use crate::trends::{Mention, mentions};

/// What a term stands for, and where it is named.
#[derive(Debug, Clone)]
pub struct Quotes {
    /// All concepts of the corpus.
    pub concepts: Concepts,
    /// The concepts that the term names; empty if only compounds contain it.
    pub named: BTreeSet<ConceptId>,
    /// The compounds that contain them, if they were wanted.
    pub compounds: BTreeSet<ConceptId>,
    /// All places, by year, session and place.
    pub mentions: Vec<Mention>,
}

/// Spellings that an error proposes.
const NEAREST: usize = 5;

impl Analysis {
    /// Every place of a corpus that names the concept of `term`, which may be any of its spellings, its label or its
    /// key, of one word or several; `with_compounds` also those of the compounds that contain it.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownTerm`] with the nearest spellings if the corpus has no such concept; if a source cannot be
    /// read again.
    pub fn quotes(&self, corpus: &Corpus, term: &str, with_compounds: bool) -> Result<Quotes> {
        let first = self.look_up(corpus, term, with_compounds, self.counting.phrase_min_count)?;
        if !first.mentions.is_empty() {
            return Ok(first);
        }
        // Too rare to count as a phrase is no reason not to quote it.
        let rare = self.look_up(corpus, term, with_compounds, Some(1))?;
        if rare.mentions.is_empty() { Err(rare.unknown(term)) } else { Ok(rare) }
    }

    fn look_up(&self, corpus: &Corpus, term: &str, with_compounds: bool, phrases: Option<u32>) -> Result<Quotes> {
        let mut settings = self.counting.clone();
        settings.phrase_min_count = phrases;
        let counts = Counts::of(corpus, &settings)?;
        let mut concepts = Concepts::resolve_with(&counts, &self.concepts)?;
        SessionTermMatrix::build(corpus, &counts, &mut concepts)?;
        let lookup = Lookup::new(&counts, &concepts);
        let named = lookup.concepts(term);
        let compounds = if with_compounds { lookup.compounds(term) } else { BTreeSet::new() };
        let mentions = mentions(corpus, &counts, &concepts, &named.union(&compounds).copied().collect())?;
        Ok(Quotes { concepts, named, compounds, mentions })
    }
}

impl Quotes {
    fn unknown(&self, term: &str) -> crate::error::Error {
        let nearest = self.concepts.nearest_spellings(term, NEAREST).into_iter().map(str::to_owned).collect();
        ErrorKind::UnknownTerm { term: term.to_owned(), nearest }.into()
    }
}
