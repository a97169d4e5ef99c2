//! Watch terms: what somebody wanted to know before looking at the numbers.

use std::collections::BTreeSet;

use regex::{Regex, RegexBuilder};

use super::comparison::Comparison;
use super::shift::{Shift, shifts_of_rows};
use crate::corpus::Corpus;
use crate::counts::{ConceptId, Concepts, Counts, Lookup, SessionTermMatrix};
use crate::error::{Error, Result};
use crate::stats::sparse::SparseCounts;

/// A term that is tested in a small family of its own.
#[derive(Debug, Clone)]
pub enum Watch {
    /// The concept of a spelling, with the compounds that contain it.
    Term(String),
    /// All concepts with a spelling that a regular expression matches as a whole, in any case; without compounds.
    Pattern(Box<Regex>),
}

impl Watch {
    /// From a regular expression.
    ///
    /// # Errors
    /// If it is none.
    pub fn pattern(text: &str) -> Result<Self> {
        let refuse = |e: regex::Error| {
            // The last line says what is wrong; those before draw it.
            let message = e.to_string();
            let why = message.lines().last().unwrap_or_default().trim_start_matches("error: ");
            Error::setting("--watch-regex", text, format!("expected a regular expression: {why}"))
        };
        // By itself first: what only its frame makes whole is none.
        Regex::new(text).map_err(refuse)?;
        let whole = RegexBuilder::new(&format!("^(?:{text})$")).case_insensitive(true).build();
        Ok(Self::Pattern(Box::new(whole.map_err(refuse)?)))
    }

    /// What was asked for.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Term(text) => text,
            Self::Pattern(regex) => {
                let whole = regex.as_str();
                whole.strip_prefix("^(?:").and_then(|w| w.strip_suffix(")$")).unwrap_or(whole)
            }
        }
    }
}

/// A watch term in the corpus.
#[derive(Debug, Clone)]
pub struct Watched {
    /// What was asked for.
    pub text: String,
    /// Labels of the concepts that count for it, the most frequent first.
    pub concepts: Vec<String>,
    /// Those concepts, in the same order.
    pub(crate) ids: Vec<ConceptId>,
    /// Its column in the table of all watch terms.
    pub(crate) column: usize,
}

/// The watch terms of a corpus, and rows × watch terms.
pub(crate) fn count(
    watch: &[Watch],
    corpus: &Corpus,
    counts: &Counts,
    concepts: &Concepts,
    matrix: &SessionTermMatrix,
) -> Result<(Vec<Watched>, SparseCounts)> {
    let mut rows: Vec<Vec<(u32, u32)>> = vec![Vec::new(); matrix.n_sessions()];
    let mut watched = Vec::new();
    for (column, term) in watch.iter().enumerate() {
        let (ids, with_compounds) = match term {
            Watch::Term(text) => (concept_of(text, corpus, counts, concepts), true),
            Watch::Pattern(regex) => (matching(regex, concepts), false),
        };
        for (row, cells) in rows.iter_mut().enumerate() {
            let own = matrix.row(row).iter();
            let inside = matrix.in_compounds(row).iter().filter(|_| with_compounds);
            let sum: u32 = own.chain(inside).filter(|t| ids.contains(&t.concept)).map(|t| t.count).sum();
            cells.push((column as u32, sum));
        }
        let mut ids: Vec<ConceptId> = ids.into_iter().collect();
        let weight = |id: &ConceptId| std::cmp::Reverse(concepts.get(*id).count());
        ids.sort_by(|a, b| weight(a).cmp(&weight(b)).then(concepts.get(*a).key.cmp(&concepts.get(*b).key)));
        let labels = ids.iter().map(|&id| concepts.get(id).label.clone()).collect();
        watched.push(Watched { text: term.text().to_owned(), concepts: labels, ids, column });
    }
    Ok((watched, SparseCounts::from_rows(watch.len(), rows)?))
}

/// The concept of a spelling, whichever language of the corpus knows it.
fn concept_of(text: &str, corpus: &Corpus, counts: &Counts, concepts: &Concepts) -> BTreeSet<ConceptId> {
    let lookup = Lookup::new(counts, concepts);
    let mut languages: Vec<_> = corpus.sessions().iter().map(|s| s.language).collect();
    languages.sort_unstable();
    languages.dedup();
    let by_key = languages.iter().find_map(|&l| concepts.by_key(&lookup.key(text, l)));
    let has_spelling = |id: &ConceptId| {
        let concept = concepts.get(*id);
        concept.label.to_lowercase() == text.to_lowercase()
            || concept.spellings.iter().any(|(s, _)| s.to_lowercase() == text.to_lowercase())
    };
    let by_spelling =
        || (0..concepts.all().len() as ConceptId).filter(has_spelling).max_by_key(|&id| concepts.get(id).count());
    by_key.or_else(by_spelling).into_iter().collect()
}

fn matching(regex: &Regex, concepts: &Concepts) -> BTreeSet<ConceptId> {
    let all = 0..concepts.all().len() as ConceptId;
    all.filter(|&id| concepts.get(id).spellings.iter().any(|(s, _)| regex.is_match(s))).collect()
}

/// The shifts of the watch terms in one comparison.
pub(crate) fn shifts(
    watched: &[Watched],
    table: &SparseCounts,
    matrix: &SessionTermMatrix,
    comparison: Comparison,
    include_framing: bool,
    prior_words: Option<f64>,
) -> Vec<Shift> {
    let shift = |w: &Watched| {
        let mut mentions = vec![0u64; matrix.n_sessions()];
        table.column(w.column).cells().for_each(|(row, count)| mentions[row] = u64::from(count));
        let of_row = |row: usize| mentions[row];
        shifts_of_rows(matrix, (&w.text, &w.text), comparison, include_framing, prior_words, &of_row)
    };
    watched.iter().map(shift).collect()
}
