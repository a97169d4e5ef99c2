//! Talks × concepts as the factorisation takes them.

use crate::counts::{ConceptId, ConceptKind, Concepts, SessionTermMatrix};
use crate::error::Result;
use crate::stats::factorize::SparseWeights;
use crate::stats::sparse::SparseCounts;
use crate::stats::tfidf::idf;

/// Which concepts make the columns.
#[derive(Debug, Clone, Copy)]
pub(in crate::trends) struct Choice {
    /// Talks that must name a concept.
    pub fewest: usize,
    /// Share of the talks that may name it: what more of them do tells none from another.
    pub most: f64,
    /// Columns at most: the concepts with the largest sums of weights.
    pub columns: usize,
}

/// Talks × concepts: the weights that found themes are factors of, and the counts they are made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// TF-IDF, rows of length one (of length zero for a talk without any of the concepts).
    pub weights: SparseWeights,
    /// The same talks × concepts, counted.
    pub counts: SparseCounts,
    /// The concept of each column.
    pub concepts: Vec<ConceptId>,
}

impl Table {
    /// A row for each of `talks`.
    pub(in crate::trends) fn new(
        matrix: &SessionTermMatrix,
        concepts: &Concepts,
        talks: &[usize],
        choice: &Choice,
    ) -> Result<Self> {
        let n = talks.len();
        let mut df = vec![0usize; concepts.all().len()];
        for &row in talks {
            cells(matrix, row).for_each(|(c, _)| df[c as usize] += 1);
        }
        let is_topic = |c: usize| {
            let concept = &concepts.all()[c];
            concept.is_ranked() && concept.kind != ConceptKind::Person
        };
        let most = (choice.most * n as f64).max(choice.fewest as f64);
        let in_range = |c: usize| df[c] >= choice.fewest && df[c] as f64 <= most;
        let mut weight = vec![0.0f64; df.len()];
        for &row in talks {
            for (c, count) in cells(matrix, row) {
                weight[c as usize] += tf_idf(count, n, df[c as usize]);
            }
        }
        let mut chosen: Vec<usize> = (0..df.len()).filter(|&c| in_range(c) && is_topic(c)).collect();
        chosen.sort_by(|&a, &b| weight[b].total_cmp(&weight[a]).then(a.cmp(&b)));
        chosen.truncate(choice.columns);
        chosen.sort_unstable();
        let mut column = vec![None; df.len()];
        chosen.iter().zip(0u32..).for_each(|(&c, new)| column[c] = Some(new));
        let counted = |row: usize| -> Vec<(u32, u32)> {
            cells(matrix, row).filter_map(|(c, count)| Some((column[c as usize]?, count))).collect()
        };
        let weighed = |row: usize| {
            let raw: Vec<(u32, f64)> = counted(row)
                .into_iter()
                .map(|(new, count)| (new, tf_idf(count, n, df[chosen[new as usize]])))
                .collect();
            let length = raw.iter().map(|c| c.1 * c.1).sum::<f64>().sqrt();
            raw.into_iter().map(move |(c, w)| (c, (w / length) as f32))
        };
        Ok(Self {
            weights: SparseWeights::from_rows(chosen.len(), talks.iter().map(|&row| weighed(row))),
            counts: SparseCounts::from_rows(chosen.len(), talks.iter().map(|&row| counted(row)))?,
            concepts: chosen.into_iter().map(|c| c as ConceptId).collect(),
        })
    }

    /// The concepts of columns.
    pub(super) fn concepts_of(&self, columns: &[(usize, f64)]) -> Vec<ConceptId> {
        columns.iter().map(|c| self.concepts[c.0]).collect()
    }
}

/// The cells of a row without what stands in phrases: a phrase has a cell of its own.
pub(in crate::trends) fn cells(matrix: &SessionTermMatrix, row: usize) -> impl Iterator<Item = (ConceptId, u32)> {
    let in_phrases = matrix.in_phrases(row);
    matrix.row(row).iter().filter_map(move |term| {
        let inside = in_phrases.binary_search_by_key(&term.concept, |t| t.concept);
        let left = term.count.saturating_sub(inside.map_or(0, |i| in_phrases[i].count));
        (left > 0).then_some((term.concept, left))
    })
}

/// Damped term frequency times IDF.
fn tf_idf(count: u32, n: usize, df: usize) -> f64 {
    (1.0 + libm::log(f64::from(count))) * idf(n, df)
}
