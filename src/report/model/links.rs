//! Where in the page the evidence stands: ids that links lead to.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::outline::is_listed;
use crate::corpus::SessionKind;
use crate::trends::{Shift, Trends};

/// Concepts that the page lists, with evidence; the tables have all.
const LISTED: usize = 2000;
/// Rows of a ranking in the page.
pub(in crate::report) const TOP: usize = 15;

/// The ids of a page.
#[derive(Debug)]
pub(in crate::report) struct Links<'t> {
    themes: FxHashMap<&'t str, String>,
    found: FxHashMap<&'t str, String>,
    concepts: FxHashMap<&'t str, String>,
    talks: FxHashMap<usize, String>,
    /// Concepts of the page, the most telling of the main comparison first.
    listed: Vec<&'t str>,
}

impl<'t> Links<'t> {
    pub(in crate::report) fn new(trends: &'t Trends) -> Self {
        let mut taken = BTreeSet::new();
        let mut ids = |prefix: &str, keys: &mut dyn Iterator<Item = &'t str>| -> FxHashMap<&'t str, String> {
            keys.map(|key| (key, unique(format!("{prefix}-{}", slug(key)), &mut taken))).collect()
        };
        let main = trends.main_comparison();
        let of_main = |shifts: &'t [Shift]| {
            shifts.iter().filter(move |s| Some(s.comparison) == main && s.from.count + s.to.count > 0)
        };
        let themes = ids("t", &mut of_main(trends.theme_shifts()).map(|s| s.key.as_str()));
        let found = ids("f", &mut of_main(trends.found_shifts()).map(|s| s.key.as_str()));
        let listed = listed(trends);
        let concepts = ids("c", &mut listed.iter().copied());
        let sessions = trends.corpus().sessions();
        let listed_talk = |i: &usize| is_listed(trends) && sessions[*i].kind == SessionKind::Session;
        let talks = (0..sessions.len()).filter(listed_talk).map(|i| (i, format!("s-{}", i + 1))).collect();
        Self { themes, found, concepts, talks, listed }
    }

    /// The id of the evidence of a theme, found theme or concept; `level` as in [`Trends::shift_on`].
    pub(in crate::report) fn on(&self, level: &str, key: &str) -> Option<String> {
        let ids = match level {
            "themes" => &self.themes,
            "found" => &self.found,
            _ => &self.concepts,
        };
        ids.get(key).cloned()
    }

    pub(in crate::report) fn theme(&self, name: &str) -> Option<String> {
        self.themes.get(name).cloned()
    }

    pub(in crate::report) fn found(&self, name: &str) -> Option<String> {
        self.found.get(name).cloned()
    }

    pub(in crate::report) fn concept(&self, key: &str) -> Option<String> {
        self.concepts.get(key).cloned()
    }

    /// The id of a session of the corpus in the outline.
    pub(in crate::report) fn talk(&self, session: usize) -> Option<String> {
        self.talks.get(&session).cloned()
    }

    pub(in crate::report) fn listed(&self) -> &[&'t str] {
        &self.listed
    }
}

/// The most telling concepts of the main comparison, and whatever else the page names.
fn listed(trends: &Trends) -> Vec<&str> {
    let main = trends.main_comparison();
    let mut shifts: Vec<&Shift> =
        trends.term_shifts().iter().filter(|s| Some(s.comparison) == main && s.ranked).collect();
    shifts.retain(|s| s.from.count + s.to.count > 0);
    shifts.sort_by(|a, b| a.by_strength(b));
    let mut keys: Vec<&str> = shifts.into_iter().take(LISTED).map(|s| s.key.as_str()).collect();
    let mut known: FxHashSet<&str> = keys.iter().copied().collect();
    for u in trends.uncovered().iter().take(TOP) {
        let key = trends.concepts().get(u.concept).key.as_str();
        if known.insert(key) {
            keys.push(key);
        }
    }
    let rankings = trends.comparisons().iter().flat_map(|&c| {
        [true, false]
            .into_iter()
            .flat_map(move |rising| [trends.ranking(rising, Some(c)), trends.persons_ranking(rising, Some(c))])
    });
    for s in rankings.flat_map(|ranking| ranking.top(TOP).rows) {
        if known.insert(&s.key) {
            keys.push(&s.key);
        }
    }
    keys
}

/// A key as the end of an id: letters and digits, other runs a hyphen.
fn slug(key: &str) -> String {
    let words: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// An id that is not taken yet.
fn unique(id: String, taken: &mut BTreeSet<String>) -> String {
    let mut free = id.clone();
    let mut n = 1;
    while !taken.insert(free.clone()) {
        n += 1;
        free = format!("{id}-{n}");
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_hold_letters_and_digits_and_are_unique() {
        assert_eq!(slug("~künstlich intelligenz (ki)"), "künstlich-intelligenz-ki");
        let mut taken = BTreeSet::new();
        let ids: Vec<String> = ["c-ki", "c-ki", "c-ki"].map(|id| unique(id.into(), &mut taken)).to_vec();
        assert_eq!(ids, ["c-ki", "c-ki-2", "c-ki-3"]);
    }
}
