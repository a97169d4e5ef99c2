//! What a spelling means to resolved concepts, also one that the corpus does not have.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::concepts::{ConceptId, ConceptKind, Concepts};
use super::fold::Counts;
use super::reading::Part;
use crate::corpus::Language;
use crate::text::{Normal, Normalizer};

/// Looks spellings up.
#[derive(Clone, Copy)]
pub struct Lookup<'c> {
    counts: &'c Counts,
    concepts: &'c Concepts,
}

impl<'c> Lookup<'c> {
    /// For the concepts resolved from `counts`.
    #[must_use]
    pub fn new(counts: &'c Counts, concepts: &'c Concepts) -> Self {
        Self { counts, concepts }
    }

    fn normalizer(&self, language: Language) -> Normalizer {
        self.counts.settings().normalizer(language)
    }

    /// The normal form of a spelling: its own key and the rules that made it.
    #[must_use]
    pub fn normal(&self, spelling: &str, language: Language) -> Normal {
        self.normalizer(language).normal(spelling)
    }

    /// The key of the concept that a spelling belongs to.
    #[must_use]
    pub fn key(&self, spelling: &str, language: Language) -> String {
        let normal = self.normal(spelling, language);
        if language == Language::De
            && let Some(key) = self.concepts.parted.get(&spelling.to_lowercase())
        {
            return key.clone();
        }
        self.linked(spelling, language).unwrap_or_else(|| self.concepts.canonical(&normal.key).into_owned())
    }

    /// The key of the acronym that a long form is linked to by its words.
    fn linked(&self, spelling: &str, language: Language) -> Option<String> {
        let normalizer = self.normalizer(language);
        let keys: Vec<String> = spelling.split_whitespace().map(|w| normalizer.normal(w).key).collect();
        let concept = self.concepts.long.get(&keys.join(" "))?.concept;
        Some(self.concepts.get(concept).key.clone())
    }

    /// The concepts that a spelling, label or key names, in any language of the counts.
    #[must_use]
    pub fn concepts(&self, term: &str) -> BTreeSet<ConceptId> {
        let topical = self.counts.languages().into_iter().filter(|&l| !self.normal(term, l).stop);
        let keys = topical.map(|l| self.key(term, l)).chain(term.contains([' ', '-']).then(|| term.to_owned()));
        let mut found: BTreeSet<ConceptId> = keys.filter_map(|k| self.concepts.by_key(&k)).collect();
        let all = self.concepts.all().iter().enumerate();
        let named = all.filter(|(_, c)| c.label == term || c.spellings.iter().any(|s| s.0 == term));
        found.extend(named.map(|(i, _)| i as ConceptId));
        found
    }

    /// The compounds that contain what a term names, also by way of other compounds, and also where the corpus has
    /// the term inside compounds only.
    #[must_use]
    pub fn compounds(&self, term: &str) -> BTreeSet<ConceptId> {
        let named = self.concepts(term);
        let keys: BTreeSet<String> = self.counts.languages().into_iter().map(|l| self.key(term, l)).collect();
        let all = self.concepts.all().iter().enumerate();
        let made_of_it =
            all.filter(|(_, c)| c.kind != ConceptKind::Phrase && c.components.iter().any(|k| keys.contains(k)));
        let direct: BTreeSet<ConceptId> = made_of_it.map(|(i, _)| i as ConceptId).collect();
        let start = named.iter().chain(&direct);
        let mut found: BTreeSet<ConceptId> = start.flat_map(|&id| self.concepts.containing(id)).copied().collect();
        found.extend(direct);
        &found - &named
    }

    /// The full form of a half word (`Fach-`) that stands in `text`.
    #[must_use]
    pub fn full_form(&self, half: &str, text: &str, language: Language) -> Option<String> {
        if !half.starts_with('-') && !half.ends_with('-') {
            return None;
        }
        let normalizer = self.normalizer(language);
        let part = Part::of_text(text, &normalizer);
        let at = (0..part.tokens.len()).find(|&i| part.tokens[i].span.of(text) == half && part.counts(i))?;
        Some(part.spelling(at).into_owned())
    }

    /// Keys of everything that a spelling of one word or several contains: its words, the full forms of its half
    /// words, their parts, and the parts of these.
    #[must_use]
    pub fn contained(&self, spelling: &str, language: Language) -> BTreeSet<String> {
        let normalizer = self.normalizer(language);
        let part = Part::of_text(spelling, &normalizer);
        let mut open: Vec<String> = Vec::new();
        let words: Vec<usize> = (0..part.tokens.len()).filter(|&i| part.counts(i)).collect();
        let known = |key: &str| self.concepts.by_key(key).map(|id| self.concepts.get(id));
        let is_compound = |key: &str| known(key).is_some_and(|c| c.components.len() == 2);
        let alone = words.len() == 1 && !spelling.contains(char::is_whitespace);
        for &i in &words {
            // By itself `REST-API` shouts.
            let word = if alone { Cow::Borrowed(spelling) } else { part.spelling(i) };
            open.extend(normalizer.components(&word, &|_| false));
            open.extend(normalizer.inner_of_key(&normalizer.normal(&word).key, &is_compound));
            if !alone {
                open.push(normalizer.normal(&word).key);
            }
        }
        let mut found = BTreeSet::new();
        while let Some(key) = open.pop() {
            let key = self.concepts.canonical(&key).into_owned();
            if found.insert(key.clone()) {
                open.extend(normalizer.inner_of_key(&key, &is_compound));
                match self.concepts.by_key(&key) {
                    Some(id) => open.extend(self.concepts.get(id).components.iter().cloned()),
                    None => open.extend(normalizer.components_of_key(&key, &|_| false)),
                }
            }
        }
        found
    }
}
