//! People: `people.csv`, and their ranking in the page.

use serde::Serialize;

use super::model::{Links, TOP, View, shift_view};
use super::tables::Table;
use super::words::Words;
use crate::trends::{Comparison, Trends};

/// Everybody, whatever `--drop-persons` keeps as a concept.
pub(super) fn table(trends: &Trends) -> Table {
    let rows = trends.people().iter().map(|p| {
        let spellings: Vec<String> = p.spellings.iter().map(|(form, n)| format!("{form}={n}")).collect();
        vec![
            p.person.as_str().into(),
            if p.takes_part { "speaker" } else { "mentioned" }.into(),
            p.year.into(),
            p.sessions.into(),
            p.mentions.into(),
            spellings.join("; ").into(),
        ]
    });
    Table {
        name: "people",
        header: vec!["person", "role", "year", "sessions", "mentions", "spellings"],
        rows: rows.collect(),
    }
}

/// Who is named more and less often in a comparison.
#[derive(Debug, Serialize)]
pub(super) struct PersonsView {
    pub title: String,
    pub lists: Vec<View>,
}

/// The comparisons in which talks name people who are concepts.
pub(super) fn views(trends: &Trends, links: &Links<'_>, w: Words) -> Vec<PersonsView> {
    let views = trends.comparisons().iter().rev().map(|&comparison| PersonsView {
        title: format!("{} → {}", comparison.from, comparison.to),
        lists: [true, false].into_iter().filter_map(|rising| list(trends, comparison, rising, links, w)).collect(),
    });
    views.filter(|v| !v.lists.is_empty()).collect()
}

fn list(trends: &Trends, comparison: Comparison, rising: bool, links: &Links<'_>, w: Words) -> Option<View> {
    let rows = trends.persons_ranking(rising, Some(comparison)).top(TOP).rows;
    if rows.is_empty() {
        return None;
    }
    let caption = if rising {
        w.pick("Häufiger genannt; * nur ein Vortrag.", "Named more often; * a single talk.")
    } else {
        w.pick("Seltener genannt; * nur ein Vortrag.", "Named less often; * a single talk.")
    };
    Some(shift_view(rows, comparison, caption, w.pick("Person", "Person"), links, w))
}
