//! What decides how a text is counted.

use std::collections::BTreeMap;

use super::people::PersonRule;
use crate::corpus::Language;
use crate::text::{Normalizer, Rule, Rules};

/// Settings of the counting step. Counts made with different settings cannot be merged.
#[derive(Debug, Clone, PartialEq)]
pub struct CountSettings {
    /// Whether captions and titles count (once per session). Default: yes.
    pub titles: bool,
    /// Further stop words, every inflection of them.
    pub stop_words: Vec<String>,
    /// Words to count although they are in a stop list.
    pub keep_words: Vec<String>,
    /// Whether the words of people's names are left out. Default: yes.
    pub drop_names: bool,
    /// Which people are no concepts. Default: those who take part. Without `drop_names` nobody is one.
    pub persons: PersonRule,
    /// Whether phrases of two and three words are counted. Default: yes.
    pub phrases: bool,
    /// How often a phrase must stand at least; `None` for √(words)/100 rounded up, at least 2.
    pub phrase_min_count: Option<u32>,
    /// How closely its words must hold together: normalised pointwise mutual information, −1 to 1. Default: 0.4.
    pub phrase_min_npmi: f64,
    /// The rules by which spellings become one concept. Default: all.
    pub rules: Rules,
}

impl Default for CountSettings {
    fn default() -> Self {
        Self {
            titles: true,
            stop_words: Vec::new(),
            keep_words: Vec::new(),
            drop_names: true,
            persons: PersonRule::default(),
            phrases: true,
            phrase_min_count: None,
            phrase_min_npmi: 0.4,
            rules: Rules::all(),
        }
    }
}

impl CountSettings {
    /// The floor for phrases in a corpus of `n_words` words.
    #[must_use]
    pub fn phrase_floor(&self, n_words: u64) -> u32 {
        self.phrase_min_count.unwrap_or_else(|| ((libm::sqrt(n_words as f64) / 100.0).ceil() as u32).max(2))
    }

    /// Whether the names of people are looked for and left out.
    #[must_use]
    pub fn marks_names(&self) -> bool {
        self.drop_names && self.rules.has(Rule::People)
    }

    /// Whether phrases are counted.
    #[must_use]
    pub fn counts_phrases(&self) -> bool {
        self.phrases && self.rules.has(Rule::Phrases)
    }

    /// The normaliser of a language under these settings.
    #[must_use]
    pub fn normalizer(&self, language: Language) -> Normalizer {
        Normalizer::new(language, &self.stop_words, &self.keep_words, self.rules)
    }

    /// For the manifest.
    #[must_use]
    pub fn describe(&self) -> BTreeMap<String, String> {
        BTreeMap::from([
            ("titles".into(), self.titles.to_string()),
            ("stop_words".into(), self.stop_words.join(", ")),
            ("keep_words".into(), self.keep_words.join(", ")),
            ("drop_names".into(), self.drop_names.to_string()),
            ("persons".into(), self.persons.name().into()),
            ("phrases".into(), self.phrases.to_string()),
            ("phrase_min_count".into(), self.phrase_min_count.map_or("auto".into(), |n| n.to_string())),
            ("phrase_min_npmi".into(), self.phrase_min_npmi.to_string()),
            ("concept_rules".into(), self.rules.to_string()),
        ])
    }
}
