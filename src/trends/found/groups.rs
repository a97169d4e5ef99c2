//! Where talks are too few for themes: the key terms of several talks that belong together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::counts::{ConceptId, ConceptKind, Concepts};

/// Key terms that share a word, or that are one, in two talks and more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyGroup {
    /// The terms, those of most talks first.
    pub concepts: Vec<ConceptId>,
    /// The rows of the matrix that they are key terms of, ascending.
    pub rows: Vec<usize>,
}

/// Groups of key terms: those that share a part (`Digitalstrategie`, `IT-Strategie`), or where one is a part of the other;
/// the groups of most talks first. An adjective joins none: `digitale Souveränität` and `Digital-Navigatoren` have no subject
/// in common. `keys` holds rows with their key terms.
pub(crate) fn groups(concepts: &Concepts, keys: &[(usize, Vec<ConceptId>)]) -> Vec<KeyGroup> {
    let mut rows_of: BTreeMap<ConceptId, Vec<usize>> = BTreeMap::new();
    for (row, terms) in keys {
        terms.iter().for_each(|&term| rows_of.entry(term).or_default().push(*row));
    }
    let is_word = |part: &String| concepts.by_key(part).is_some_and(|id| concepts.get(id).kind == ConceptKind::Word);
    let parts = |term: ConceptId| {
        let concept = concepts.get(term);
        // The last part is a noun, even where a verb has its key (`Insellösung`, `lösen`).
        let joins = move |(i, part): &(usize, &String)| i + 1 == concept.components.len() || !is_word(part);
        let parts = concept.components.iter().enumerate().filter(joins).map(|part| part.1);
        parts.chain([&concept.key]).map(String::as_str)
    };
    let mut with: BTreeMap<&str, BTreeSet<ConceptId>> = BTreeMap::new();
    for &term in rows_of.keys() {
        for part in parts(term) {
            with.entry(part).or_default().insert(term);
        }
    }
    let rows = |terms: &BTreeSet<ConceptId>| -> BTreeSet<usize> {
        terms.iter().flat_map(|t| rows_of[t].iter().copied()).collect()
    };
    let mut sizes: BTreeSet<(usize, Reverse<&str>)> =
        with.iter().map(|(part, terms)| (rows(terms).len(), Reverse(*part))).collect();
    let mut groups = Vec::new();
    // The part of most talks takes its terms first, so that no chain of parts joins what has nothing in common.
    while let Some((talks, Reverse(part))) = sizes.pop_last()
        && talks > 1
    {
        let taken = with.remove(part).unwrap_or_default();
        let touched: BTreeSet<&str> = taken.iter().flat_map(|&term| parts(term)).collect();
        for part in touched {
            let Some(terms) = with.get_mut(part) else { continue };
            sizes.remove(&(rows(terms).len(), Reverse(part)));
            terms.retain(|t| !taken.contains(t));
            sizes.insert((rows(terms).len(), Reverse(part)));
        }
        let rows = rows(&taken).into_iter().collect();
        let mut concepts: Vec<ConceptId> = taken.into_iter().collect();
        concepts.sort_by_key(|c| (Reverse(rows_of[c].len()), *c));
        groups.push(KeyGroup { concepts, rows });
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::counts::{CountSettings, Counts, SessionTermMatrix};

    fn concepts_of(text: &str) -> Concepts {
        let corpus = Corpus::from_texts([("a.txt", 2024, text)]).unwrap();
        let counts = Counts::of(&corpus, &CountSettings::default()).unwrap();
        let mut concepts = Concepts::resolve(&counts).unwrap();
        SessionTermMatrix::build(&corpus, &counts, &mut concepts).unwrap();
        concepts
    }

    fn id(concepts: &Concepts, label: &str) -> ConceptId {
        concepts.all().iter().position(|c| c.label == label).unwrap() as ConceptId
    }

    #[test]
    fn an_adjective_joins_none() {
        let concepts = concepts_of("Die Digital-Navigatoren sind da. Alles wird digital. Der Digital-Kompass hilft.");
        let (a, b) = (id(&concepts, "Digital-Navigatoren"), id(&concepts, "Digital-Kompass"));
        assert!(
            concepts.get(a).components.iter().any(|part| concepts.get(b).components.contains(part)),
            "a part in common"
        );
        assert_eq!(groups(&concepts, &[(0, vec![a]), (1, vec![b])]), []);
    }

    #[test]
    fn a_noun_joins_even_if_a_verb_has_its_key() {
        let concepts =
            concepts_of("Wir lösen alles. Die Insellösungen bleiben. Die Teillösungen gehen. Sie lösten es.");
        let (a, b) = (id(&concepts, "Insellösungen"), id(&concepts, "Teillösungen"));
        assert_eq!(groups(&concepts, &[(0, vec![a]), (1, vec![b])]).len(), 1);
    }

    #[test]
    fn a_part_joins_terms_and_no_chain_does() {
        let concepts = concepts_of("Die KI-Strategie und die KI-Werkstatt. Die Werkstattleitung.");
        let id = |label: &str| id(&concepts, label);
        let (a, b, c) = (id("KI-Strategie"), id("KI-Werkstatt"), id("Werkstattleitung"));
        let keys = [(0, vec![a]), (1, vec![b]), (2, vec![b, c])];
        let found = groups(&concepts, &keys);
        assert_eq!(found, [KeyGroup { concepts: vec![b, a], rows: vec![0, 1, 2] }]);
    }
}
