//! What stands beside the concepts of a talk in a context: the kind of session and the organisations behind it, where a table
//! of sessions names them.

use std::collections::{BTreeMap, BTreeSet};

use super::Mark;
use crate::corpus::Corpus;
use crate::counts::SessionTermMatrix;
use crate::stats::factorize::SparseWeights;

/// Columns of a table, and lines of an article's front matter, that name a kind of session.
const KINDS: [&str; 14] = [
    "art",
    "category",
    "event_type",
    "format",
    "kategorie",
    "kind",
    "level",
    "rubrik",
    "section",
    "session_type",
    "strang",
    "topic",
    "track",
    "type",
];
/// Those that name who stands behind a talk.
const ORGANISATIONS: [&str; 15] = [
    "affiliation",
    "company",
    "einrichtung",
    "faction",
    "firma",
    "fraktion",
    "institution",
    "org",
    "organisation",
    "organization",
    "partei",
    "party",
    "team",
    "unternehmen",
    "verband",
];
/// Talks that must have a mark, and share of all that may.
const FEWEST: usize = 2;
const MOST: f64 = 0.5;
/// Length of the marks of a talk; its concepts have length one.
const LENGTH: f32 = 0.5;

/// The marks of all talks.
pub(super) struct Marks {
    /// Sorted.
    pub all: Vec<Mark>,
    /// Those of each row, by index.
    of_rows: Vec<Vec<u32>>,
}

impl Marks {
    /// `talks` are rows of the matrix.
    pub(super) fn new(corpus: &Corpus, matrix: &SessionTermMatrix, talks: &[usize]) -> Self {
        let of_talk = |row: usize| -> BTreeSet<Mark> {
            let tags = corpus.sessions()[matrix.session(row)].tags.iter();
            let named = tags.filter(|(name, value)| is_mark(name) && !value.trim().is_empty());
            named.map(|(name, value)| Mark { name: name.clone(), value: value.trim().to_owned() }).collect()
        };
        let mut of_rows: Vec<BTreeSet<Mark>> = vec![BTreeSet::new(); matrix.n_sessions()];
        let mut talks_of: BTreeMap<Mark, usize> = BTreeMap::new();
        for &row in talks {
            of_rows[row] = of_talk(row);
            of_rows[row].iter().for_each(|mark| *talks_of.entry(mark.clone()).or_default() += 1);
        }
        talks_of.retain(|_, n| *n >= FEWEST && *n as f64 <= MOST * talks.len() as f64);
        let all: Vec<Mark> = talks_of.into_keys().collect();
        let index = |mark: &Mark| all.binary_search(mark).ok().map(|at| at as u32);
        let of_rows = of_rows.iter().map(|marks| marks.iter().filter_map(index).collect()).collect();
        Self { all, of_rows }
    }

    /// Weights of concepts with those of the marks behind them.
    pub(super) fn beside(&self, concepts: &SparseWeights) -> SparseWeights {
        let first = concepts.n_columns() as u32;
        let row = |row: usize| {
            let marks = &self.of_rows[row];
            let weight = LENGTH / (marks.len().max(1) as f32).sqrt();
            concepts.row(row).chain(marks.iter().map(move |mark| (first + mark, weight)))
        };
        SparseWeights::from_rows(concepts.n_columns() + self.all.len(), (0..concepts.n_rows()).map(row))
    }
}

fn is_mark(name: &str) -> bool {
    let name = name.to_lowercase().replace(['-', ' '], "_");
    KINDS.contains(&name.as_str()) || ORGANISATIONS.contains(&name.as_str())
}
