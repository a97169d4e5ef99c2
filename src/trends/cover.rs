//! What the themes of a file leave out, and what goes with them.

use rayon::prelude::*;

use super::findings::Trends;
use super::found::table::cells;
use super::shift::is_counted;
use super::theme_file::ThemeFile;
use super::themes::ThemeFinder;
use crate::counts::{Concept, ConceptId, ConceptKind};
use crate::error::Result;
use crate::stats::coherence::npmi_of;
use crate::stats::sparse::{Column, SparseCounts};
use crate::stats::two_sample::fisher_exact;

/// Talks that must name a concept that is listed.
const FEWEST_TALKS: usize = 2;
/// A concept goes with a theme that it shares at least so many talks with, …
const TOGETHER: usize = 3;
/// … with so much more than chance (NPMI; Fisher's exact p).
const LEAST_NPMI: f64 = 0.35;
const LARGEST_P: f64 = 0.001;
/// Spellings by which a concept is known to a theme.
const SPELLINGS: usize = 5;

/// A concept that no theme names.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncovered {
    /// The concept.
    pub concept: ConceptId,
    /// Sum of its TF-IDF over all talks.
    pub weight: f64,
    /// Talks that name it.
    pub talks: usize,
    /// The theme (by index) that it goes with, and how closely (NPMI over talks).
    pub goes_with: Option<(usize, f64)>,
}

/// Ranked concepts of two and more talks that no theme of the file names, those of most weight first.
pub(crate) fn uncovered(trends: &Trends, finder: &ThemeFinder, themes: &SparseCounts) -> Result<Vec<Uncovered>> {
    let matrix = &trends.matrix;
    let talks: Vec<usize> =
        (0..matrix.n_sessions()).filter(|&r| is_counted(matrix.kind(r), trends.include_framing)).collect();
    let mut weight = vec![0.0; trends.concepts.all().len()];
    for &row in &talks {
        trends.weights(row, false).for_each(|(concept, w)| weight[concept as usize] += w);
    }
    let counts = SparseCounts::from_rows(weight.len(), talks.iter().map(|&row| cells(matrix, row)))?;
    let themes = ThemesOf::new(&themes.regroup(&places(&talks, matrix.n_sessions()), talks.len()));
    let uncovered = |(id, concept): (usize, &Concept)| {
        let column = counts.column(id);
        let is_topic = concept.is_ranked() && concept.kind != ConceptKind::Person;
        let is_named = || concept.spellings.iter().take(SPELLINGS).any(|(spelling, _)| finder.names_theme(spelling));
        (is_topic && column.document_frequency() >= FEWEST_TALKS && !is_named()).then(|| Uncovered {
            concept: id as ConceptId,
            weight: weight[id],
            talks: column.document_frequency(),
            goes_with: themes.closest(column.rows),
        })
    };
    let mut list: Vec<Uncovered> = trends.concepts.all().par_iter().enumerate().filter_map(uncovered).collect();
    list.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.concept.cmp(&b.concept)));
    Ok(list)
}

fn places(rows: &[usize], n: usize) -> Vec<Option<u32>> {
    let mut places = vec![None; n];
    rows.iter().zip(0..).for_each(|(&row, place)| places[row] = Some(place));
    places
}

/// The themes of each talk.
struct ThemesOf {
    of_row: Vec<Vec<u32>>,
    talks: Vec<usize>,
}

impl ThemesOf {
    fn new(themes: &SparseCounts) -> Self {
        let mut of_row = vec![Vec::new(); themes.n_rows()];
        for (theme, column) in themes.columns().enumerate() {
            column.rows.iter().for_each(|&row| of_row[row as usize].push(theme as u32));
        }
        Self { of_row, talks: themes.columns().map(Column::document_frequency).collect() }
    }

    /// The theme that stands in the talks of a concept far more often than by chance.
    fn closest(&self, rows: &[u32]) -> Option<(usize, f64)> {
        let n = self.of_row.len();
        let mut both = vec![0usize; self.talks.len()];
        rows.iter().flat_map(|&row| &self.of_row[row as usize]).for_each(|&theme| both[theme as usize] += 1);
        let npmi = |theme: usize| npmi_of(n as f64, rows.len(), self.talks[theme], both[theme]);
        let close = (0..both.len()).filter(|&t| both[t] >= TOGETHER).map(|t| (t, npmi(t)));
        let (theme, npmi) = close.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        let outside = ((self.talks[theme] - both[theme]) as u64, (n - rows.len()) as u64);
        let sure = || fisher_exact(outside, (both[theme] as u64, rows.len() as u64)) <= LARGEST_P;
        (npmi >= LEAST_NPMI && sure()).then_some((theme, npmi))
    }
}

/// A theme file with what goes with each theme among its patterns, and what was added: theme by index, pattern.
pub(crate) fn grown(file: &ThemeFile, trends: &Trends, uncovered: &[Uncovered]) -> (ThemeFile, Vec<(usize, String)>) {
    let mut grown = file.clone();
    let mut added = Vec::new();
    for one in uncovered {
        let Some((theme, _)) = one.goes_with else { continue };
        let label = &trends.concepts.get(one.concept).label;
        if grown.add(theme, label) {
            added.push((theme, label.clone()));
        }
    }
    (grown, added)
}
