//! From a spelling to the key it is counted under.

use rustc_hash::FxHashSet;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::language::{recap_words, stop_words};
use super::stem::stem;
use super::tokenizer::is_gender_suffix;
use crate::corpus::Language;

/// What a spelling is, by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpellingClass {
    /// Capitals only: never stemmed, never a stop word.
    Acronym,
    /// A capital inside (`WiBA`, `GmbH`): never stemmed.
    Mixed,
    /// Joined by hyphens, with a capital somewhere.
    Compound,
    /// Begins with a capital.
    Capital,
    /// All lower case.
    Lower,
}

/// A spelling, normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normal {
    /// What it is counted under; the same for every inflection.
    pub key: String,
    /// What it is by its form.
    pub class: SpellingClass,
    /// Whether it carries no topic.
    pub stop: bool,
    /// Keys of its hyphen parts, empty if it has none.
    pub parts: Vec<String>,
    /// Whether it is a gender form, counted under its base.
    pub gendered: bool,
}

/// Legal forms of organisations: no topics.
const LEGAL_FORMS: &[&str] =
    &["AG", "GmbH", "gGmbH", "mbH", "KG", "OHG", "SE", "eG", "eV", "UG", "KGaA", "GbR", "LLC", "LTD", "PLC", "AöR"];

/// Turns spellings into keys; holds the stop words of one language.
#[derive(Debug, Clone)]
pub struct Normalizer {
    language: Language,
    stop: FxHashSet<String>,
    stop_stems: FxHashSet<String>,
}

impl Normalizer {
    /// For `language`, with further stop words and without those in `keep` (both compared in lower case).
    #[must_use]
    pub fn new(language: Language, further: &[String], keep: &[String]) -> Self {
        let mut stop: FxHashSet<String> = stop_words(language).iter().map(|w| (*w).to_owned()).collect();
        let mut stop_stems: FxHashSet<String> = recap_words(language).map(|w| stem(w, language)).collect();
        for word in further {
            // As written too, so that an acronym can be named.
            stop.insert(word.clone());
            stop_stems.insert(stem(&word.to_lowercase(), language));
            stop.insert(word.to_lowercase());
        }
        for word in keep.iter().map(|w| w.to_lowercase()) {
            stop_stems.remove(&stem(&word, language));
            stop.remove(&word);
        }
        Self { language, stop, stop_stems }
    }

    /// The language it is for.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Normalises one spelling, as cut out of the text.
    #[must_use]
    pub fn normal(&self, spelling: &str) -> Normal {
        let clean = clean(spelling);
        let base = without_gender(&clean, self.language);
        if !base.contains('-') {
            return Normal { gendered: base.len() < clean.len(), ..self.single(base) };
        }
        let parts: Vec<Normal> = base.split('-').filter(|p| !p.is_empty()).map(|p| self.single(p)).collect();
        if parts.len() < 2 {
            return parts.into_iter().next().unwrap_or_else(|| self.single(base));
        }
        let keys: Vec<String> = parts.iter().map(|p| p.key.clone()).collect();
        let capital = parts.iter().any(|p| p.class < SpellingClass::Lower);
        Normal {
            key: keys.join("-"),
            class: if capital { SpellingClass::Compound } else { SpellingClass::Lower },
            stop: parts.iter().all(|p| p.stop),
            parts: keys,
            gendered: base.len() < clean.len(),
        }
    }

    fn single(&self, word: &str) -> Normal {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let plural = word.ends_with('s') && letters == capitals + 1;
        if capitals >= 2 && (letters == capitals || plural) && letters <= 10 {
            let key = if plural { &word[..word.len() - 1] } else { word };
            let calendar = letters >= 3 && super::language::is_month(key);
            let stop = LEGAL_FORMS.contains(&key) || self.stop.contains(key) || calendar;
            return Normal {
                key: key.to_owned(),
                class: SpellingClass::Acronym,
                stop,
                parts: Vec::new(),
                gendered: false,
            };
        }
        let lower = word.to_lowercase();
        let inner_capital = capitals > usize::from(word.starts_with(char::is_uppercase)) && letters != capitals;
        if inner_capital {
            let stop = self.stop.contains(&lower) || LEGAL_FORMS.contains(&word);
            return Normal { key: lower, class: SpellingClass::Mixed, stop, parts: Vec::new(), gendered: false };
        }
        let key = stem(&lower, self.language);
        let stop = letters < 2 || self.stop.contains(&lower) || self.stop_stems.contains(&key);
        let stop = stop || (self.language == Language::De && is_half_word(&lower));
        let class = if capitals > 0 { SpellingClass::Capital } else { SpellingClass::Lower };
        Normal { key, class, stop, parts: Vec::new(), gendered: false }
    }
}

/// `Schulentwicklungs` in `Schulentwicklungs AG`: nouns of these endings take an `s` only as the first half of a compound.
fn is_half_word(lower: &str) -> bool {
    ["ungs", "heits", "keits", "schafts", "tions", "täts"]
        .iter()
        .any(|e| lower.len() > e.len() + 3 && lower.ends_with(e))
}

/// NFC, without soft hyphens and invisible marks, one kind of hyphen and apostrophe, without a possessive `'s`.
fn clean(spelling: &str) -> String {
    let plain = spelling.is_ascii();
    let mut text: String = if plain || is_nfc(spelling) { spelling.to_owned() } else { spelling.nfc().collect() };
    if !plain {
        text.retain(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'));
        text = text.replace(['‐', '‑'], "-").replace(['’', 'ʼ'], "'");
        if text.contains(|c| ('₀'..='₉').contains(&c)) {
            text = text
                .chars()
                .map(|c| if ('₀'..='₉').contains(&c) { char::from(b'0' + (c as u32 - '₀' as u32) as u8) } else { c })
                .collect();
        }
    }
    // Markup: `_on stage_`.
    text = text.trim_matches('_').to_owned();
    if let Some(base) = text.strip_suffix("'s").or_else(|| text.strip_suffix('\'')) {
        text.truncate(base.len());
    }
    text
}

/// The base of a German gender form: `Bürger` for `Bürger/-innen`, `Bürger:innen`, `BürgerInnen`, `Bürgerinnen`.
fn without_gender(word: &str, language: Language) -> &str {
    if language != Language::De {
        return word;
    }
    let Some(at) = word.rfind(['/', '*', ':', '_', '(']) else {
        for suffix in ["Innen", "In"] {
            if let Some(base) = word.strip_suffix(suffix)
                && base.ends_with(char::is_lowercase)
                && base.chars().count() > 3
            {
                return base;
            }
        }
        for suffix in ["innen", "in"] {
            if let Some(base) = word.strip_suffix(suffix)
                && word.starts_with(char::is_uppercase)
                && ["er", "ent", "ant", "ist", "eur", "log", "tor", "ator", "eg"].iter().any(|e| base.ends_with(e))
                && base.chars().count() > 4
            {
                return base;
            }
        }
        return word;
    };
    let suffix = word[at + 1..].trim_start_matches('-').trim_end_matches(')');
    if is_gender_suffix(suffix) { &word[..at] } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(word: &str, language: Language) -> String {
        Normalizer::new(language, &[], &[]).normal(word).key
    }

    #[test]
    fn gender_forms_share_the_base() {
        let base = key("Bürger", Language::De);
        for form in [
            "Bürger/-innen",
            "Bürger/innen",
            "Bürger:innen",
            "Bürger*innen",
            "Bürger_innen",
            "BürgerInnen",
            "Bürger(innen)",
            "Bürgerinnen",
            "Bürgern",
        ] {
            assert_eq!(key(form, Language::De), base, "{form}");
        }
        assert_ne!(key("beginnen", Language::De), key("beg", Language::De));
        assert_eq!(key("Berlin", Language::De), "berlin");
    }

    #[test]
    fn acronyms_are_not_pronouns() {
        let normalizer = Normalizer::new(Language::En, &[], &[]);
        assert!(normalizer.normal("it").stop && !normalizer.normal("IT").stop);
        assert_eq!(normalizer.normal("APIs").key, "API");
        assert_eq!(normalizer.normal("WiBA").class, SpellingClass::Mixed);
    }

    #[test]
    fn compounds_keep_their_parts() {
        let normal = Normalizer::new(Language::De, &[], &[]).normal("KI-Lösungen");
        assert_eq!((normal.key.as_str(), normal.class), ("KI-lösung", SpellingClass::Compound));
        assert_eq!(normal.parts, ["KI", "lösung"]);
    }

    #[test]
    fn stop_words_can_be_added_and_kept() {
        assert!(Normalizer::new(Language::De, &["Drohne".into()], &[]).normal("Drohnen").stop);
        assert!(!Normalizer::new(Language::De, &[], &["aber".into()]).normal("aber").stop);
    }

    #[test]
    fn half_words_and_markup_are_no_terms() {
        let normalizer = Normalizer::new(Language::De, &[], &[]);
        assert!(normalizer.normal("Schulentwicklungs").stop && !normalizer.normal("Schulentwicklung").stop);
        assert_eq!(key("_stage_", Language::En), key("stage", Language::En));
    }

    #[test]
    fn invisible_marks_and_possessives_go() {
        assert_eq!(key("Ver\u{ad}waltung", Language::De), key("Verwaltung", Language::De));
        assert_eq!(key("Young’s", Language::En), key("Young", Language::En));
        assert_eq!(key("Scho\u{308}n", Language::De), "schön");
    }
}
