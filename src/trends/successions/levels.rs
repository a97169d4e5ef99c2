//! On which levels successions are looked for: themes of a file and found themes; concepts where there are neither.

use super::marks::Marks;
use super::{Common, Level, Successions, of_comparison};
use crate::counts::{ConceptId, SessionTermMatrix};
use crate::error::Result;
use crate::stats::factorize::SparseWeights;
use crate::stats::sparse::SparseCounts;
use crate::trends::assess::Tester;
use crate::trends::findings::Trends;
use crate::trends::found::table::{Choice, Table, cells};
use crate::trends::shift::{Shift, is_counted};

/// Concepts that make contexts.
const CONTEXT: Choice = Choice { fewest: 2, most: 0.5, columns: 4_000 };
/// Concepts that are held against each other where there are no themes: those of at least three talks that weigh most.
const THINGS: Choice = Choice { fewest: 3, most: 0.5, columns: 150 };

/// The successions of all comparisons and levels; `themes` has a column for each theme of the file.
pub(crate) fn successions(trends: &Trends, tester: &Tester, themes: &SparseCounts) -> Result<Vec<Successions>> {
    let talks: Vec<usize> = (0..trends.matrix.n_sessions())
        .filter(|&row| is_counted(trends.matrix.kind(row), trends.include_framing))
        .collect();
    let context = Table::new(&trends.matrix, &trends.concepts, &talks, &CONTEXT)?;
    let marks = Marks::new(&trends.corpus, &trends.matrix, &talks);
    let contexts = marks.beside(&context.weights.spread(&talks, trends.matrix.n_sessions()));
    let columns: Vec<Common> =
        context.concepts.iter().map(|&c| Common::Concept(c)).chain(marks.all.into_iter().map(Common::Mark)).collect();
    let found = trends.found.as_ref().filter(|f| !f.themes.is_empty() && !f.equal_years);
    let n_levels = (usize::from(trends.themes.is_some()) + usize::from(found.is_some())).max(1);
    let base = Base { contexts: &contexts, columns: &columns, n_levels };
    let mut all = Vec::new();
    if let Some(file) = trends.themes.as_ref().map(|t| &t.themes) {
        let parent = |name: &str| file.themes.iter().position(|t| t.name == name);
        let parents = file.themes.iter().map(|t| t.parent.as_deref().and_then(parent)).collect();
        all.extend(each(tester, &base.level("themes", themes, parents), &trends.theme_shifts)?);
    }
    if let Some(found) = found {
        let parents = vec![None; found.themes.len()];
        all.extend(each(tester, &base.level("found", &found.mentions, parents), &trends.found_shifts)?);
    }
    if trends.themes.is_none() && found.is_none() {
        let heaviest = Table::new(&trends.matrix, &trends.concepts, &talks, &THINGS)?.concepts;
        for group in trends.term_shifts.chunk_by(|a, b| a.comparison == b.comparison) {
            let shift = |&id: &ConceptId| group.iter().find(|s| s.key == trends.concepts.get(id).key);
            let things: Vec<ConceptId> = heaviest.iter().copied().filter(|id| shift(id).is_some()).collect();
            let shifts: Vec<Shift> = things.iter().filter_map(shift).cloned().collect();
            let counts = counts_of(&trends.matrix, &things)?;
            all.extend(each(tester, &base.level("concepts", &counts, vec![None; things.len()]), &shifts)?);
        }
    }
    Ok(all)
}

/// What all levels share.
struct Base<'a> {
    contexts: &'a SparseWeights,
    columns: &'a [Common],
    n_levels: usize,
}

impl<'a> Base<'a> {
    fn level<'l>(&self, name: &'static str, counts: &'l SparseCounts, parents: Vec<Option<usize>>) -> Level<'l>
    where
        'a: 'l,
    {
        Level { name, counts, parents, contexts: self.contexts, columns: self.columns, n_levels: self.n_levels }
    }
}

/// The successions of each comparison.
fn each(tester: &Tester, level: &Level<'_>, shifts: &[Shift]) -> Result<Vec<Successions>> {
    let mut all = Vec::new();
    for group in shifts.chunk_by(|a, b| a.comparison == b.comparison) {
        all.extend(of_comparison(tester, level, group[0].comparison, group)?);
    }
    Ok(all)
}

/// Rows × things.
fn counts_of(matrix: &SessionTermMatrix, things: &[ConceptId]) -> Result<SparseCounts> {
    let row = |row: usize| {
        let of_things = cells(matrix, row);
        of_things.filter_map(|(concept, n)| Some((things.binary_search(&concept).ok()? as u32, n)))
    };
    SparseCounts::from_rows(things.len(), (0..matrix.n_sessions()).map(row))
}
