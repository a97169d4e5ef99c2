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
    /// The first concept of each watch term.
    watched: FxHashMap<&'t str, &'t str>,
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
        let watched = watched(trends).collect();
        Self { themes, found, concepts, watched, talks, listed }
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

    /// The id of the evidence of a watch term, by what was asked for: that of its first concept.
    pub(in crate::report) fn watched(&self, text: &str) -> Option<String> {
        self.concept(self.watched.get(text)?)
    }

    /// The id of a session of the corpus in the outline.
    pub(in crate::report) fn talk(&self, session: usize) -> Option<String> {
        self.talks.get(&session).cloned()
    }

    pub(in crate::report) fn listed(&self) -> &[&'t str] {
        &self.listed
    }
}

/// Each watch term with the key of its first concept.
fn watched(trends: &Trends) -> impl Iterator<Item = (&str, &str)> {
    let first = |w: &crate::trends::Watched| w.ids.first().map(|&id| trends.concepts().get(id).key.as_str());
    trends.watched().iter().filter_map(move |w| Some((w.text.as_str(), first(w)?)))
}

/// The concepts that the page names elsewhere: watched, in a ranking, or what the themes lack.
fn named(trends: &Trends) -> Vec<&str> {
    let rankings = trends.comparisons().iter().rev().flat_map(|&c| {
        let of = move |rising| [trends.ranking(rising, Some(c)), trends.persons_ranking(rising, Some(c))];
        [true, false].into_iter().flat_map(of)
    });
    let ranked = rankings.flat_map(|ranking| ranking.top(TOP).rows).map(|s| s.key.as_str());
    let uncovered = trends.uncovered().iter().take(TOP).map(|u| trends.concepts().get(u.concept).key.as_str());
    let mut known = FxHashSet::default();
    watched(trends).map(|w| w.1).chain(uncovered).chain(ranked).filter(|&key| known.insert(key)).take(LISTED).collect()
}

/// What the page names elsewhere and the most telling concepts of the main comparison, [`LISTED`] at most; those of the
/// main ranking first.
fn listed(trends: &Trends) -> Vec<&str> {
    let main = trends.main_comparison();
    let of_main = main.map_or(&[][..], |main| trends.term_shifts_of(main));
    let mut shifts: Vec<&Shift> = of_main.iter().filter(|s| s.ranked && s.from.count + s.to.count > 0).collect();
    shifts.sort_by(|a, b| a.by_strength(b));
    let named = named(trends);
    let wanted: FxHashSet<&str> = named.iter().copied().collect();
    let mut free = LISTED - named.len();
    let mut has_room = |key: &str| {
        let fits = wanted.contains(key) || free > 0;
        free -= usize::from(fits && !wanted.contains(key));
        fits
    };
    let mut keys: Vec<&str> = shifts.into_iter().map(|s| s.key.as_str()).filter(|key| has_room(key)).collect();
    let ranked: FxHashSet<&str> = keys.iter().copied().collect();
    keys.extend(named.into_iter().filter(|key| !ranked.contains(key)));
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
