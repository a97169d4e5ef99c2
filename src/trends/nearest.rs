//! Talks of different years that are about the same: the nearest by cosine.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::findings::Trends;
use super::shift::is_counted;
use crate::counts::ConceptId;

/// Concepts of a talk that are looked at: those of highest TF-IDF.
const STRONGEST: usize = 40;
/// Shared concepts that are named.
const SHARED: usize = 3;

/// A talk and the talk of another year that is nearest to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// Row of the talk in the matrix.
    pub row: usize,
    /// Row of its nearest talk.
    pub other: usize,
    /// Cosine of the TF-IDF vectors, above 0, 1 at most.
    pub cosine: f64,
    /// What makes them alike: shared concepts by their part of the cosine, three at most.
    pub shared: Vec<ConceptId>,
    /// Whether each is the other's nearest.
    pub mutual: bool,
}

impl Trends {
    /// For each talk the talk of another year with the most similar vector of TF-IDF (the 40 strongest ranked concepts, no
    /// people, length one); equal ones by row. Talks that share nothing with any talk of another year are left out. By
    /// row. Found when first asked for.
    #[must_use]
    pub fn nearest_talks(&self) -> &[Nearest] {
        self.nearest.get_or_init(|| self.find_nearest())
    }

    fn find_nearest(&self) -> Vec<Nearest> {
        let vectors: Vec<Vec<(ConceptId, f64)>> =
            (0..self.matrix.n_sessions()).into_par_iter().map(|row| self.vector(row)).collect();
        let mut talks_of: FxHashMap<ConceptId, Vec<(u32, f64)>> = FxHashMap::default();
        for (row, vector) in vectors.iter().enumerate() {
            for &(concept, weight) in vector {
                talks_of.entry(concept).or_default().push((row as u32, weight));
            }
        }
        // Sums of one talk at a time, and the talks that have one.
        let scratch = || (vec![0.0; vectors.len()], Vec::new());
        let nearest = |(sums, touched): &mut (Vec<f64>, Vec<u32>), row: usize| -> Option<(usize, f64)> {
            for (concept, weight) in &vectors[row] {
                for &(other, its_weight) in &talks_of[concept] {
                    if self.matrix.year(other as usize) != self.matrix.year(row) {
                        let sum = &mut sums[other as usize];
                        if *sum == 0.0 {
                            touched.push(other);
                        }
                        *sum += weight * its_weight;
                    }
                }
            }
            let cosines = touched.drain(..).map(|other| (other as usize, std::mem::take(&mut sums[other as usize])));
            let best = cosines.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
            Some((best.0, best.1.min(1.0)))
        };
        let all: Vec<Option<(usize, f64)>> =
            (0..vectors.len()).into_par_iter().map_init(scratch, |s, row| nearest(s, row)).collect();
        let found = all.iter().enumerate().filter_map(|(row, best)| best.map(|(other, cosine)| (row, other, cosine)));
        found
            .map(|(row, other, cosine)| Nearest {
                row,
                other,
                cosine,
                shared: shared(&vectors[row], &vectors[other]),
                mutual: all[other].is_some_and(|(back, _)| back == row),
            })
            .collect()
    }

    /// The strongest concepts of a talk by concept, length one; empty for what is no talk.
    fn vector(&self, row: usize) -> Vec<(ConceptId, f64)> {
        if !is_counted(self.matrix.kind(row), self.include_framing) {
            return Vec::new();
        }
        // People are not ranked among topics.
        let mut terms = self.top_terms(row, STRONGEST, true);
        terms.shrink_to_fit();
        let length = terms.iter().map(|t| t.1 * t.1).sum::<f64>().sqrt();
        terms.iter_mut().for_each(|t| t.1 /= length);
        terms.sort_unstable_by_key(|t| t.0);
        terms
    }
}

/// The concepts that two vectors share, by their part of the cosine.
fn shared(a: &[(ConceptId, f64)], b: &[(ConceptId, f64)]) -> Vec<ConceptId> {
    let both = a.iter().filter_map(|(concept, weight)| {
        let place = b.binary_search_by_key(concept, |t| t.0).ok()?;
        Some((*concept, weight * b[place].1))
    });
    let mut both: Vec<(ConceptId, f64)> = both.collect();
    both.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    both.into_iter().take(SHARED).map(|t| t.0).collect()
}
