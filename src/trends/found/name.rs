//! Names of found themes.

use std::collections::BTreeSet;

use super::FoundTheme;
use crate::counts::{ConceptId, Concepts};

/// Concepts in a name at first.
const IN_NAME: usize = 3;

/// Gives each theme its name and label, no two the same name.
pub(super) fn give<'t>(concepts: &Concepts, themes: impl Iterator<Item = &'t mut FoundTheme>) {
    let themes: Vec<&mut FoundTheme> = themes.collect();
    let top: Vec<Vec<ConceptId>> = themes.iter().map(|t| t.concepts.iter().map(|c| c.0).collect()).collect();
    for (theme, (name, label)) in themes.into_iter().zip(names(concepts, top.into_iter())) {
        (theme.name, theme.label) = (name, label);
    }
}

/// Name and label of each theme: its first concepts that say something new, one more until no two themes have the same.
pub(super) fn names(
    concepts: &Concepts,
    themes: impl Iterator<Item = Vec<ConceptId>>,
) -> impl Iterator<Item = (String, String)> {
    let mut taken = BTreeSet::new();
    themes.map(move |top| {
        let mut shown = distinct(concepts, &top);
        shown.truncate(top.len());
        let name = |n: usize| shown.iter().take(n).map(|&c| concepts.get(c).key.as_str()).collect::<Vec<_>>().join("+");
        let n = (IN_NAME..=shown.len().max(IN_NAME)).find(|&n| !taken.contains(&name(n))).unwrap_or(shown.len());
        let mut unique = name(n);
        while !taken.insert(unique.clone()) {
            unique.push('+');
        }
        let labels: Vec<&str> = shown.iter().take(n).map(|&c| concepts.get(c).label.as_str()).collect();
        (unique, labels.join(", "))
    })
}

/// Concepts that are no compound of, and no part of, one before them come first; then the others.
fn distinct(concepts: &Concepts, top: &[ConceptId]) -> Vec<ConceptId> {
    let related = |a: ConceptId, b: ConceptId| {
        let (a, b) = (concepts.get(a), concepts.get(b));
        a.components.contains(&b.key)
            || b.components.contains(&a.key)
            || a.components.iter().any(|part| b.components.contains(part))
    };
    let (mut first, mut rest): (Vec<ConceptId>, Vec<ConceptId>) = (Vec::new(), Vec::new());
    for &concept in top {
        if first.iter().any(|&f| related(f, concept)) { rest.push(concept) } else { first.push(concept) }
    }
    first.extend(rest);
    first
}
