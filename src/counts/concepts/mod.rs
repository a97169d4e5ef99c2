//! The global step: spellings to concepts, candidates to phrases. Once per distinct spelling.

mod alike;
mod hand;
mod labels;
mod resolve;
mod same_as;

pub(in crate::counts) use labels::{merge_equal as merge_spellings, sort as sort_spellings};

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

pub use hand::{ConceptFile, Forms, Merge};
pub use same_as::Ambiguous;

use super::boilerplate::{Boilerplate, BoilerplateSentence};
use super::fold::{Counts, Spelling};
use crate::corpus::Language;
use crate::text::Rules;

/// Before a key that a spelling has for itself alone.
const SPLIT: char = '=';

/// Index of a concept in [`Concepts::all`].
pub type ConceptId = u32;

/// What a concept is, by the form of its spellings and where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ConceptKind {
    /// Capitals: `KI`.
    Acronym,
    /// A noun, or in languages without capitals any topic word.
    Noun,
    /// A proper name by its form: `LeoGPT`, `govdigital`.
    Name,
    /// Joined by hyphens: `KI-Lösungen`.
    Compound,
    /// Two or three words that hold together.
    Phrase,
    /// A verb, adjective or adverb of German: counted, and not ranked by default.
    Word,
    /// Somebody whom texts name: ranked apart from topics.
    Person,
}

impl ConceptKind {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Acronym => "acronym",
            Self::Noun => "noun",
            Self::Name => "name",
            Self::Compound => "compound",
            Self::Phrase => "phrase",
            Self::Word => "word",
            Self::Person => "person",
        }
    }

    /// Whether rankings show it by default.
    #[must_use]
    pub const fn is_ranked(self) -> bool {
        !matches!(self, Self::Word | Self::Person)
    }
}

/// What a topic is in the world, where that is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ConceptTag {
    /// An authority, company, association: what a text names with a legal form (`Lecos GmbH`), or an acronym whose
    /// long form is an institution (`Bundesamt für …`).
    Organisation,
    /// A country, German state or large city.
    Place,
}

impl ConceptTag {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Place => "place",
        }
    }
}

/// What is counted: one key for all spellings of one notion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Made of the base forms of its words by fixed rules that do not depend on counts; for a person the full name in
    /// lower case.
    pub key: String,
    /// A spelling that the corpus uses: the most frequent of those in citation form, else the most frequent.
    pub label: String,
    /// What it is.
    pub kind: ConceptKind,
    /// What it is in the world, where that is recognised.
    pub tag: Option<ConceptTag>,
    /// Its spellings with their counts, most frequent first.
    pub spellings: Vec<(String, u64)>,
    /// Keys of the parts of a compound, or of the words of a phrase.
    pub components: Vec<String>,
    /// The rules that its spellings needed to meet.
    pub rules: Rules,
    /// Acronym and long forms that were linked, from the texts, the table or by hand.
    pub same_as: Vec<String>,
    /// For a word that mostly (at least two of three times) stands in phrases: it is not ranked beside them.
    pub absorbed: bool,
    /// Whether it is kept out of rankings by hand.
    pub banned: bool,
    /// Whether it was merged by hand.
    pub by_hand: bool,
}

impl Concept {
    /// Mentions in talks and framing sessions.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.spellings.iter().map(|s| s.1).sum()
    }

    /// Whether rankings show it by default.
    #[must_use]
    pub fn is_ranked(&self) -> bool {
        self.kind.is_ranked() && !self.absorbed && !self.banned
    }
}

/// All concepts of a corpus: topics sorted by key, then people sorted by key.
#[derive(Debug, Clone, Default)]
pub struct Concepts {
    pub(super) all: Vec<Concept>,
    /// How many of them are no people.
    pub(super) n_topics: usize,
    /// Concept of each person of the counts; `None` for those who are left out.
    pub(super) of_person: Vec<Option<ConceptId>>,
    /// Concept of each spelling of the counts; `None` for stop words.
    pub(super) of_spelling: Vec<Option<ConceptId>>,
    /// Phrases of two and three words, by the codes of their words.
    pub(super) phrases: FxHashMap<String, Phrase>,
    /// The first two words of each of them, as `normals::first_pair` has them.
    pub(super) phrase_pairs: FxHashSet<u64>,
    /// Long forms of acronyms, by the keys of their words.
    pub(super) long: FxHashMap<String, Phrase>,
    /// The first two keys of each of them, as `normals::first_pair` has them, with the number of words of the longest.
    pub(super) long_pairs: FxHashMap<u64, u32>,
    /// The hash of the key of each spelling, for `long_pairs`.
    pub(super) key_hashes: Vec<u64>,
    /// The hash of the code of each spelling, for `phrase_pairs`.
    pub(super) code_hashes: Vec<u64>,
    /// Sentences that are left out.
    pub(super) boilerplate: Boilerplate,
    /// The same as text, for tables; found while the matrix is built.
    pub(super) boilerplate_sentences: Vec<BoilerplateSentence>,
    pub(super) ambiguous: Vec<Ambiguous>,
    /// Keys that were linked → the key they count under.
    pub(super) links: FxHashMap<String, String>,
    /// Plurals in lower case that part from their noun, with their keys.
    pub(super) parted: FxHashMap<String, String>,
    /// Concepts with a label by hand.
    pub(super) labelled: FxHashSet<ConceptId>,
    /// Compounds that contain a concept, also by way of other compounds.
    pub(super) containing: Vec<Vec<ConceptId>>,
}

/// What words in a row are counted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    pub concept: ConceptId,
    /// Whether it is a compound in another spelling, so that its words do not count beside it.
    pub replaces_words: bool,
}

impl Concepts {
    /// Every concept; the index is the [`ConceptId`].
    #[must_use]
    pub fn all(&self) -> &[Concept] {
        &self.all
    }

    /// The concept of an id.
    #[must_use]
    pub fn get(&self, id: ConceptId) -> &Concept {
        &self.all[id as usize]
    }

    /// The concept a spelling of the counts belongs to; `None` for stop words.
    #[must_use]
    pub fn of_spelling(&self, spelling: u32) -> Option<ConceptId> {
        self.of_spelling[spelling as usize]
    }

    /// The topic with a key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<ConceptId> {
        self.all[..self.n_topics].binary_search_by(|c| c.key.as_str().cmp(key)).ok().map(|i| i as ConceptId)
    }

    /// The key that a key counts under: another one where it, or a word of it, was linked.
    #[must_use]
    pub fn canonical<'k>(&'k self, key: &'k str) -> Cow<'k, str> {
        same_as::linked_key(&self.links, key)
    }

    /// Compounds that contain a concept, also by way of other compounds.
    #[must_use]
    pub fn containing(&self, id: ConceptId) -> &[ConceptId] {
        self.containing.get(id as usize).map_or(&[], Vec::as_slice)
    }

    /// Labels and spellings that are like a term, the nearest first: by Jaro and Winkler's similarity, in any case, of
    /// those above 0.8; one spelling a concept.
    #[must_use]
    pub fn nearest_spellings(&self, term: &str, n: usize) -> Vec<&str> {
        const LIKE: f64 = 0.8;
        let term = term.to_lowercase();
        let alike = |text: &str| strsim::jaro_winkler(&term, &text.to_lowercase());
        let nearest = |concept: &'_ Concept| {
            let spelled = concept.spellings.iter().enumerate().map(|(i, s)| (alike(&s.0), i));
            spelled.filter(|s| s.0 > LIKE).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        };
        let mut found: Vec<(f64, u64, &str)> = Vec::new();
        for concept in &self.all {
            if let Some((score, at)) = nearest(concept) {
                found.push((score, concept.count(), &concept.spellings[at].0));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(b.2)));
        found.into_iter().take(n).map(|f| f.2).collect()
    }

    /// Acronyms that stand for two things in this corpus and are linked to neither.
    #[must_use]
    pub fn ambiguous(&self) -> &[Ambiguous] {
        &self.ambiguous
    }

    /// Sentences that are left out, those of most sessions first.
    #[must_use]
    pub fn boilerplate(&self) -> &[BoilerplateSentence] {
        &self.boilerplate_sentences
    }

    /// Takes in how phrases are spelled and what boilerplate took away; words that live in phrases are absorbed.
    pub(super) fn settle(&mut self, counts: &Counts, found: SecondReading) {
        let mut gone: FxHashMap<(ConceptId, &str), u64> = FxHashMap::default();
        for (spelling, count) in found.gone {
            if let Some(id) = self.of_spelling[spelling as usize] {
                *gone.entry((id, &counts.spellings()[spelling as usize].text)).or_default() += count;
            }
        }
        let mut touched: BTreeSet<ConceptId> = BTreeSet::new();
        for (&(id, text), count) in &gone {
            if let Some(entry) = self.all[id as usize].spellings.iter_mut().find(|s| s.0 == *text) {
                entry.1 -= (*count).min(entry.1);
            }
            touched.insert(id);
        }
        let mut inside: FxHashMap<ConceptId, u64> = FxHashMap::default();
        let mut languages: FxHashMap<(ConceptId, String), Language> = FxHashMap::default();
        for ((id, form), count) in found.forms {
            languages.entry((id, form.text.clone())).or_insert(form.language);
            self.all[id as usize].spellings.push((form.text, count));
            let concept = &mut self.all[id as usize];
            concept.rules = concept.rules.and(form.rules);
            touched.insert(id);
            for word in form.words {
                *inside.entry(word).or_default() += count;
            }
        }
        for id in touched {
            let concept = &mut self.all[id as usize];
            concept.spellings.retain(|s| s.1 > 0);
            labels::merge_equal(&mut concept.spellings);
            if !self.labelled.contains(&id) && !concept.spellings.is_empty() && concept.kind != ConceptKind::Person {
                concept.label = relabel(concept, counts, |text| languages.get(&(id, text.to_owned())).copied());
            }
        }
        for (id, concept) in self.all.iter_mut().enumerate() {
            let phrases = inside.get(&(id as ConceptId)).copied().unwrap_or(0);
            concept.absorbed = !matches!(concept.kind, ConceptKind::Phrase | ConceptKind::Person)
                && phrases > 0
                && phrases * 3 >= concept.count() * 2;
        }
        self.boilerplate_sentences = found.boilerplate;
    }
}

/// The label of a concept whose spellings are known now; `language` is that of a phrase.
fn relabel(concept: &Concept, counts: &Counts, language: impl Fn(&str) -> Option<Language>) -> String {
    let infos: Vec<_> = concept
        .spellings
        .iter()
        .filter_map(|(text, count)| {
            let own = counts.languages().into_iter().find_map(|l| Some((l, counts.index_of(l, text)?)));
            let language = language(text).or(own.map(|o| o.0))?;
            // What was taken away was initial as often as what is left.
            let left = |s: &Spelling| {
                let share = u128::from(s.initial) * u128::from(*count.min(&s.count)) / u128::from(s.count.max(1));
                share as u64
            };
            let initial = own.map_or(0, |(_, i)| left(&counts.spellings()[i as usize]));
            Some((text, *count, initial, language, counts.normals.memo(language).word(text)))
        })
        .collect();
    let candidates: Vec<labels::Candidate<'_>> = infos
        .iter()
        .map(|(text, count, initial, language, word)| labels::Candidate {
            text,
            count: *count,
            telling: count.saturating_sub(*initial),
            normal: &word.normal,
            language: *language,
        })
        .collect();
    labels::choose(&candidates)
}

/// What the second reading of the texts found.
#[derive(Default)]
pub(super) struct SecondReading {
    /// How phrases are spelled.
    pub forms: BTreeMap<(ConceptId, PhraseForm), u64>,
    /// Spellings of the counts that do not count after all: in boilerplate, or in a compound written apart.
    pub gone: FxHashMap<u32, u64>,
    pub boilerplate: Vec<BoilerplateSentence>,
}

/// A spelling of a phrase with what it depends on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PhraseForm {
    pub text: String,
    pub language: Language,
    pub rules: Rules,
    /// The concepts of its words that are counted beside it.
    pub words: Vec<ConceptId>,
}
