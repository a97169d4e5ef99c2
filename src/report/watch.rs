//! Watch terms in the page: what somebody asked for, whatever came of it.

use super::model::{Entry, Links, SHIFT_NUMERIC, View, shift_head, shift_row};
use super::words::Words;
use crate::trends::{Shift, Trends};

/// Concepts of a watch term that are named.
const CONCEPTS: usize = 6;

/// The watch terms in the main comparison; none without any.
pub(super) fn view(trends: &Trends, links: &Links<'_>, w: Words) -> Option<View> {
    let comparison = trends.main_comparison()?;
    let row = |s: &Shift| {
        let mut row = shift_row(s, s.label.to_string(), links.watched(&s.key), w);
        row.push(Entry::from(concepts(trends, &s.key, w)));
        row
    };
    let rows: Vec<Vec<Entry>> = trends.watch_shifts().iter().filter(|s| s.comparison == comparison).map(row).collect();
    let caption = w.pick(
        "Begriffe, nach denen gefragt war, zusammen für sich geprüft; Zusammensetzungen (KI in KI-Lösungen) zählen mit, außer bei Mustern. Alle Vergleiche: tables/watch_shifts.csv.",
        "Terms that were asked for, tested together by themselves; compounds (AI in AI-powered) count too, but for patterns. All comparisons: tables/watch_shifts.csv.",
    );
    let mut head = shift_head(comparison, w.pick("Begriff", "Term"), w);
    head.push(w.pick("gezählt", "counted").to_owned());
    let numeric = SHIFT_NUMERIC.into_iter().chain([false]).collect();
    (!rows.is_empty()).then(|| View::new(caption, head, numeric, rows))
}

/// The concepts that count for a watch term, the most frequent first.
fn concepts(trends: &Trends, text: &str, w: Words) -> String {
    let labels = trends.watched().iter().find(|watched| watched.text == text).map_or(&[][..], |w| &w.concepts);
    if labels.is_empty() {
        return w.pick("kein Vortrag nennt ihn", "no talk names it").to_owned();
    }
    let more = labels.len().saturating_sub(CONCEPTS);
    let rest = (more > 0).then(|| format!("… (+{})", w.count(more)));
    labels.iter().take(CONCEPTS).cloned().chain(rest).collect::<Vec<_>>().join(", ")
}
