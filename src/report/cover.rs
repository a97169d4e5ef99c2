//! What the themes of a file leave out, and what was added to them.

use super::model::{Entry, Links, View};
use super::tables::{Cell, Rows, Table};
use super::words::Words;
use crate::trends::{Trends, Uncovered};

/// Concepts in the page.
const SHOWN: usize = 12;

/// `uncovered_concepts.csv`, and `added_patterns.csv` where patterns were added; none without themes.
pub(super) fn tables(trends: &Trends) -> Vec<Rows<'_>> {
    let Some(themes) = trends.themes() else { return Vec::new() };
    let name = move |theme: usize| Cell::from(themes.themes.themes[theme].name.as_str());
    let rows = trends.uncovered().iter().map(move |u| {
        let concept = trends.concepts().get(u.concept);
        vec![
            concept.key.as_str().into(),
            concept.label.as_str().into(),
            Cell::Float(u.weight, 4),
            u.talks.into(),
            u.goes_with.map_or(Cell::Empty, |g| name(g.0)),
            u.goes_with.map_or(Cell::Empty, |g| Cell::Float(g.1, 4)),
        ]
    });
    let mut tables = vec![Rows {
        name: "uncovered_concepts",
        header: vec!["concept", "label", "weight", "talks", "goes_with", "npmi"],
        rows: Box::new(rows),
    }];
    if !trends.added_patterns().is_empty() {
        let rows = trends.added_patterns().iter().map(|(theme, pattern)| vec![name(*theme), pattern.as_str().into()]);
        tables.push(Table { name: "added_patterns", header: vec!["theme", "pattern"], rows: rows.collect() }.into());
    }
    tables
}

/// The weightiest concepts that no theme names.
pub(super) fn view(trends: &Trends, links: &Links<'_>, w: Words) -> Option<View> {
    let themes = trends.themes().filter(|_| !trends.uncovered().is_empty())?;
    let row = |u: &Uncovered| {
        let with = u.goes_with.map_or("–", |g| themes.themes.themes[g.0].label(trends.language()));
        let concept = trends.concepts().get(u.concept);
        vec![
            Entry::from(concept.label.as_str()).linked(links.concept(&concept.key)),
            w.count(u.talks).into(),
            w.number(u.weight, 2).into(),
            with.into(),
        ]
    };
    let h = |de: &str, en: &str| w.pick(de, en).to_owned();
    let caption = h(
        "Was den Themen fehlt: Begriffe mehrerer Vorträge, die kein Thema nennt, nach Gewicht (Summe der TF-IDF). Mit --grow-themes zählt mit, was zu einem Thema passt.",
        "What the themes lack: terms of several talks that no theme names, by weight (sum of TF-IDF). --grow-themes counts what goes with a theme.",
    );
    let head = vec![h("Begriff", "Term"), h("Vorträge", "Talks"), h("Gewicht", "Weight"), h("passt zu", "goes with")];
    Some(View::new(caption, head, vec![false, true, true, false], trends.uncovered().iter().take(SHOWN).map(row)))
}

/// What was added to the patterns of the themes.
pub(super) fn added(trends: &Trends, w: Words) -> Option<String> {
    let themes = trends.themes().filter(|_| !trends.added_patterns().is_empty())?;
    let named: Vec<String> = (0..themes.themes.themes.len())
        .filter_map(|theme| {
            let own = trends.added_patterns().iter().filter(|a| a.0 == theme);
            let patterns: Vec<&str> = own.map(|a| a.1.as_str()).collect();
            let label = themes.themes.themes[theme].label(trends.language());
            (!patterns.is_empty()).then(|| format!("{label}: {}", patterns.join(", ")))
        })
        .collect();
    let head = w.pick("Zu den Themen der Datei kam hinzu:", "Added to the themes of the file:");
    Some(format!("{head} {}.", named.join("; ")))
}
