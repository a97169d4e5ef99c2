//! The global step: spellings to concepts, candidates to phrases. Once per distinct spelling.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::fold::Counts;
use crate::corpus::Language;
use crate::text::SpellingClass;

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

/// What is counted: one key for all spellings of one notion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// The stems of its words, joined by a space; made by fixed rules that do not depend on counts. For a person the
    /// full name in lower case.
    pub key: String,
    /// A spelling that the corpus uses: the most frequent, among equals the shortest.
    pub label: String,
    /// What it is.
    pub kind: ConceptKind,
    /// Its spellings with their counts, most frequent first.
    pub spellings: Vec<(String, u64)>,
    /// Keys of its hyphen parts, or of the words of a phrase.
    pub components: Vec<String>,
    /// For a word that nearly always (at least 80 %) stands in phrases: it is not ranked beside them.
    pub absorbed: bool,
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
        self.kind.is_ranked() && !self.absorbed
    }
}

/// All concepts of a corpus: words sorted by key, then phrases, then people.
#[derive(Debug, Clone, Default)]
pub struct Concepts {
    pub(super) all: Vec<Concept>,
    /// Concept of each spelling of the counts; `None` for stop words.
    pub(super) of_spelling: Vec<Option<ConceptId>>,
    /// Phrases by their keys.
    pub(super) phrases: FxHashMap<String, ConceptId>,
    /// Concept of each person of the counts; `None` for those who are left out.
    pub(super) of_person: Vec<Option<ConceptId>>,
}

/// What is known of a key while it is resolved.
#[derive(Default)]
struct Gathered {
    /// Spelling index → count where capitals tell, and count.
    spellings: Vec<usize>,
    /// Mentions by language.
    languages: BTreeMap<Language, u64>,
    /// Mentions in each form, where capitals tell.
    capital: u64,
    lower: u64,
    class: Option<SpellingClass>,
    parts: Vec<String>,
    /// Spellings that are gender forms: no labels.
    gendered: Vec<usize>,
}

impl Concepts {
    /// Resolves the spellings and candidates of `counts`.
    #[must_use]
    pub fn resolve(counts: &Counts) -> Self {
        let mut normalizers = BTreeMap::new();
        for spelling in counts.spellings() {
            normalizers.entry(spelling.language).or_insert_with(|| counts.settings().normalizer(spelling.language));
        }
        let mut by_key: BTreeMap<String, Gathered> = BTreeMap::new();
        let mut key_counts: FxHashMap<String, u64> = FxHashMap::default();
        for (index, spelling) in counts.spellings().iter().enumerate() {
            let normal = normalizers[&spelling.language].normal(&spelling.text);
            *key_counts.entry(normal.key.clone()).or_default() += spelling.count;
            if normal.stop {
                continue;
            }
            let gathered = by_key.entry(normal.key).or_default();
            gathered.spellings.push(index);
            if normal.gendered {
                gathered.gendered.push(index);
            }
            *gathered.languages.entry(spelling.language).or_default() += spelling.count;
            let telling = spelling.count - spelling.initial;
            if normal.class == SpellingClass::Lower {
                gathered.lower += spelling.count
            } else {
                gathered.capital += telling
            }
            gathered.class = Some(gathered.class.map_or(normal.class, |c| c.min(normal.class)));
            if gathered.parts.is_empty() {
                gathered.parts = normal.parts;
            }
        }
        let phrases = chosen_phrases(counts, &key_counts);
        let mut concepts = Self { of_spelling: vec![None; counts.spellings().len()], ..Self::default() };
        for (key, gathered) in by_key {
            let id = concepts.all.len() as ConceptId;
            for &spelling in &gathered.spellings {
                concepts.of_spelling[spelling] = Some(id);
            }
            concepts.all.push(word_concept(counts, key, &gathered));
        }
        for key in phrases {
            let components = key.split(' ').map(str::to_owned).collect();
            let id = concepts.all.len() as ConceptId;
            concepts.phrases.insert(key.clone(), id);
            concepts.all.push(Concept {
                key,
                label: String::new(),
                kind: ConceptKind::Phrase,
                spellings: Vec::new(),
                components,
                absorbed: false,
            });
        }
        super::people::append(counts, &mut concepts);
        concepts
    }

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

    /// The phrase with these keys.
    pub(super) fn phrase(&self, key: &str) -> Option<ConceptId> {
        self.phrases.get(key).copied()
    }

    /// Longest and most frequent spellings of phrases become their labels; words that live in phrases are absorbed.
    pub(super) fn settle_phrases(&mut self, forms: &BTreeMap<(ConceptId, String), u64>) {
        let mut inside: FxHashMap<&str, u64> = FxHashMap::default();
        let mut spellings: BTreeMap<ConceptId, Vec<(String, u64)>> = BTreeMap::new();
        for ((id, form), &count) in forms {
            spellings.entry(*id).or_default().push((form.clone(), count));
        }
        for (id, forms) in spellings {
            let concept = &mut self.all[id as usize];
            concept.spellings = forms;
            sort_spellings(&mut concept.spellings);
            concept.label = phrase_citation(&concept.spellings);
        }
        for concept in self.all.iter().filter(|c| c.kind == ConceptKind::Phrase && !c.spellings.is_empty()) {
            for component in &concept.components {
                *inside.entry(component).or_default() += concept.count();
            }
        }
        let absorbed: Vec<usize> = (0..self.all.len())
            .filter(|&i| self.all[i].kind != ConceptKind::Phrase)
            .filter(|&i| inside.get(self.all[i].key.as_str()).is_some_and(|&n| n * 10 >= self.all[i].count() * 8))
            .collect();
        for index in absorbed {
            self.all[index].absorbed = true;
        }
    }
}

/// Most frequent first, among equals the shortest, then by letters.
pub(super) fn sort_spellings(spellings: &mut [(String, u64)]) {
    spellings.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.chars().count().cmp(&b.0.chars().count())).then(a.0.cmp(&b.0)));
}

fn word_concept(counts: &Counts, key: String, gathered: &Gathered) -> Concept {
    let all = counts.spellings();
    let mut spellings: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for &index in &gathered.spellings {
        let entry = spellings.entry(&all[index].text).or_default();
        entry.0 += all[index].count;
        entry.1 += all[index].count - all[index].initial;
    }
    // The label: most frequent where capitals tell, so that `Python` at the start of sentences does not win.
    let all_gendered = gathered.gendered.len() == gathered.spellings.len();
    let is_gendered = |text: &str| gathered.gendered.iter().any(|&g| all[g].text == text);
    // A noun is labelled by a noun: `Bau`, not `bauen`.
    let language = gathered.languages.iter().max_by_key(|(l, n)| (**n, std::cmp::Reverse(**l))).map(|(l, _)| *l);
    let german_noun = language == Some(Language::De) && gathered.capital > gathered.lower;
    let base_forms = spellings
        .iter()
        .filter(|(text, _)| all_gendered || !is_gendered(text))
        .filter(|(text, _)| !german_noun || !text.starts_with(char::is_lowercase));
    let label = base_forms
        .min_by_key(|(text, (count, telling))| (std::cmp::Reverse((*telling, *count)), text.chars().count(), **text))
        .map_or_else(String::new, |(text, _)| (*text).to_owned());
    let mut spellings: Vec<(String, u64)> = spellings.into_iter().map(|(t, (n, _))| (t.to_owned(), n)).collect();
    sort_spellings(&mut spellings);
    let label = citation(label, &spellings);
    let kind = match gathered.class {
        Some(SpellingClass::Acronym) => ConceptKind::Acronym,
        Some(SpellingClass::Mixed) => ConceptKind::Name,
        Some(SpellingClass::Compound) => ConceptKind::Compound,
        _ if language != Some(Language::De) => ConceptKind::Noun,
        _ if gathered.capital > gathered.lower || (gathered.lower == 0 && has_noun_ending(&label)) => ConceptKind::Noun,
        _ => ConceptKind::Word,
    };
    Concept { key, label, kind, spellings, components: gathered.parts.clone(), absorbed: false }
}

/// Without the ending of a dative plural or a genitive, where the corpus has that form often enough to be no slip:
/// `Systeme` for `Systemen`.
fn citation(label: String, spellings: &[(String, u64)]) -> String {
    let count = |form: &str| spellings.iter().find(|(s, _)| s == form).map_or(0, |s| s.1);
    let base = label.strip_suffix(['n', 's']).filter(|b| b.chars().count() > 3);
    match base {
        Some(base) if count(base) * 5 >= count(&label).max(1) => base.to_owned(),
        _ => label,
    }
}

/// The most frequent spelling of a phrase, its adjective without the ending of an oblique case where the corpus has
/// that form: `digitale Souveränität` for `digitaler Souveränität`.
fn phrase_citation(spellings: &[(String, u64)]) -> String {
    let best = &spellings[0].0;
    let (first, rest) = best.split_once(' ').unwrap_or((best, ""));
    let base = first.strip_suffix(['r', 'n', 's', 'm']).filter(|b| b.ends_with('e')).map(str::to_lowercase);
    let fits = |form: &str| form.split_once(' ').is_some_and(|(f, r)| Some(f.to_lowercase()) == base && r == rest);
    let found = spellings.iter().find(|(s, _)| fits(s));
    found.map_or_else(|| best.clone(), |(s, _)| s.clone())
}

/// Endings that only German nouns have: the word was seen at the start of sentences alone.
fn has_noun_ending(label: &str) -> bool {
    [
        "ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion", "tionen", "tät", "täten",
        "ismus", "ment", "enz", "anz",
    ]
    .iter()
    .any(|e| label.len() > e.len() + 2 && label.ends_with(e))
}

/// Keys of the candidates that hold together: often enough, and with a normalised pointwise mutual information
/// ln(p(w₁…wₙ) / ∏p(wᵢ)) / ((n−1) · −ln p(w₁…wₙ)) of at least the threshold (Bouma 2009, for n words).
fn chosen_phrases(counts: &Counts, key_counts: &FxHashMap<String, u64>) -> Vec<String> {
    let n = counts.n_tokens() as f64;
    let floor = counts.settings().phrase_floor(counts.n_tokens());
    let mut chosen: Vec<String> = counts
        .phrase_candidates()
        .filter(|(_, count, _)| *count >= floor)
        .filter(|(keys, count, _)| {
            let p = f64::from(*count) / n;
            let independent: f64 =
                keys.iter().map(|k| libm::log(key_counts.get(*k).copied().unwrap_or(1) as f64 / n)).sum();
            let npmi = (libm::log(p) - independent) / ((keys.len() - 1) as f64 * -libm::log(p));
            npmi >= counts.settings().phrase_min_npmi
        })
        .map(|(keys, _, _)| keys.join(" "))
        .collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}
