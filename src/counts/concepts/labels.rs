//! What a concept is shown as.

use std::cmp::Reverse;

use crate::corpus::Language;
use crate::text::lemma::english;
use crate::text::{Normal, SpellingClass};

/// A spelling that is not even one in so many mentions is no citation form outside of German.
const SELDOM: u64 = 50;

/// A spelling that may become a label.
pub(super) struct Candidate<'s> {
    pub text: &'s str,
    pub count: u64,
    /// Mentions where capitals tell.
    pub telling: u64,
    pub normal: &'s Normal,
    pub language: Language,
}

impl Candidate<'_> {
    /// The first and the last word of a German phrase that begins with an adjective.
    fn adjective_and_noun(&self) -> Option<(&str, &str)> {
        let (first, last) = (self.text.split(' ').next()?, self.text.rsplit(' ').next()?);
        let spaced = self.language == Language::De && self.normal.key.contains(' ');
        (spaced && first.len() < self.text.len()).then_some((first, last))
    }

    /// Whether its ending shows that the noun is masculine or neuter: `öffentlichem Dienst`, `… Dienstes`.
    fn is_not_feminine(&self) -> bool {
        self.adjective_and_noun().is_some_and(|(first, last)| {
            let key = self.normal.key.rsplit(' ').next().unwrap_or_default();
            let lower = last.to_lowercase();
            let masculine = ["ent", "ant", "ling", "ismus", "or", "krieg", "rahmen", "plan", "mensch"];
            first.ends_with("em")
                || lower.strip_prefix(key).is_some_and(|e| e == "s" || e == "es")
                // `klares Bekenntnis`: neuter, and no other case.
                || (first.ends_with("es") && lower == key)
                || masculine.iter().any(|e| key.ends_with(e))
        })
    }

    /// How oblique the adjective of a German phrase is by its ending: `-e`, then `-er` and `-es`, then `-en` and `-em`.
    fn obliqueness(&self) -> u8 {
        self.adjective_and_noun().map_or(0, |(first, _)| match first {
            _ if self.is_strong() || first.ends_with('e') || first.starts_with(char::is_uppercase) => 0,
            _ if first.ends_with("er") || first.ends_with("es") => 1,
            _ if first.ends_with("en") || first.ends_with("em") => 2,
            _ => 0,
        })
    }

    /// An English participle beside the noun that it is made of: `labeled`, `label`.
    fn is_participle_of(&self, other: &Self) -> bool {
        let (this, base) = (self.text.to_lowercase(), other.text.to_lowercase());
        let Some(root) = this.strip_suffix("ed").filter(|_| self.language == Language::En) else { return false };
        let made = base.strip_suffix('e').unwrap_or(&base) == root || (base.len() > 2 && root.starts_with(&base));
        made && !english::is_verb(&base)
    }

    /// The form without an article: `öffentlicher Dienst`, `soziales Medium`.
    fn is_strong(&self) -> bool {
        self.adjective_and_noun().is_some_and(|(first, last)| {
            let key = self.normal.key.rsplit(' ').next().unwrap_or_default();
            (first.ends_with("er") || first.ends_with("es")) && last.to_lowercase() == key
        })
    }

    /// The form behind an article: `(der) junge Mensch`.
    fn is_weak(&self) -> bool {
        self.adjective_and_noun().is_some_and(|(first, last)| {
            let key = self.normal.key.rsplit(' ').next().unwrap_or_default();
            first.ends_with('e') && last.to_lowercase() == key
        })
    }

    /// Whether it stands as a dictionary has it: no oblique case, no plural, no gender form, a German noun with its
    /// capital.
    fn is_citation(&self) -> bool {
        let capital = self.text.starts_with(char::is_uppercase);
        let german_noun = self.language == Language::De && self.normal.noun && !self.text.contains(' ');
        let form = self.normal.class == SpellingClass::Mixed || capital || !german_noun;
        let genitive = self.text.ends_with("'s") || self.text.ends_with("’s");
        self.normal.citation && !self.normal.gendered && form && !genitive
    }
}

/// The most frequent spelling of those in citation form, else the most frequent; one that is seen where capitals tell
/// before one that is not, among equals the shortest, then the one with fewer capitals. A phrase of which no spelling
/// stands in citation form has the least oblique one: `schwere Waffen` before `schweren Waffen`.
pub(super) fn choose(candidates: &[Candidate<'_>]) -> String {
    let not_feminine = candidates.iter().any(Candidate::is_not_feminine);
    let capitals = |text: &str| text.chars().filter(|c| c.is_uppercase()).count();
    // A slip of the pen is no label: one `Kera` among a hundred `Keras`. German lists forms that texts seldom have.
    let total: u64 = candidates.iter().map(|c| c.count).sum();
    let slip = |c: &Candidate<'_>| c.language != Language::De && c.count * SELDOM < total;
    // `Angriffe` before `Angriffen`.
    let oblique = |text: &str| {
        let shorter = text.strip_suffix(['n', 's']);
        shorter.is_some_and(|s| candidates.iter().any(|c| c.text == s && !c.normal.gendered && !slip(c)))
    };
    let best = candidates.iter().min_by_key(|c| {
        let participle = candidates.iter().any(|base| c.is_participle_of(base));
        let seldom_so = participle || slip(c) || (not_feminine && c.is_weak());
        let citation = c.is_citation() && !seldom_so;
        let strong = not_feminine && c.is_strong();
        let rank = (
            Reverse((citation || strong, strong)),
            c.obliqueness(),
            Reverse((citation || !oblique(c.text), c.telling, c.count)),
            c.text.chars().count(),
        );
        (rank, if c.text.contains(' ') { capitals(c.text) } else { 0 }, c.text)
    });
    best.map_or_else(String::new, |c| c.text.to_owned())
}

/// Most frequent first, among equals the shortest, then by letters.
pub(in crate::counts) fn sort(spellings: &mut [(String, u64)]) {
    spellings.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.chars().count().cmp(&b.0.chars().count())).then(a.0.cmp(&b.0)));
}

/// Adds up the counts of equal spellings, and sorts.
pub(in crate::counts) fn merge_equal(spellings: &mut Vec<(String, u64)>) {
    spellings.sort_unstable();
    spellings.dedup_by(|b, a| {
        let same = a.0 == b.0;
        if same {
            a.1 += b.1;
        }
        same
    });
    sort(spellings);
}
