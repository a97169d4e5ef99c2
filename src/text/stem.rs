//! Stemming for grouping: rust-stemmers, with umlauts kept.

use rust_stemmers::{Algorithm, Stemmer};

use crate::corpus::Language;

/// The Snowball stem of a lower-case `word`; the word itself in a language without a stemmer.
///
/// The German algorithm ends by turning `ä ö ü` into `a o u`, so that `schon` and `schön` fall together. Everything
/// before only takes endings off (and writes `ss` for `ß`), so the stem is a prefix of the word and the umlauts are
/// put back from there.
#[must_use]
pub fn stem(word: &str, language: Language) -> String {
    let Some(algorithm) = algorithm(language) else { return word.to_owned() };
    if language == Language::De
        && let Some(base) = derived(word)
    {
        return base.replace('ß', "ss");
    }
    let stem = Stemmer::create(algorithm).stem(word);
    if language != Language::De || !word.contains(['ä', 'ö', 'ü']) {
        return stem.into_owned();
    }
    word.replace('ß', "ss").chars().take(stem.chars().count()).collect()
}

/// A German word that ends in a derivational suffix, without its inflection.
///
/// The algorithm takes the suffix off too, so that `Sicherheit` becomes `sich` and `freundlich` becomes `freund`:
/// other notions. Here only endings go: `Lösungen` to `lösung`, `freundlicher` to `freundlich`.
fn derived(word: &str) -> Option<&str> {
    const NOUNS: [&str; 4] = ["heit", "keit", "ung", "schaft"];
    const ADJECTIVES: [&str; 7] = ["lich", "isch", "ig", "bar", "sam", "los", "haft"];
    let ends = |base: &str, suffixes: &[&str]| {
        suffixes.iter().any(|s| base.strip_suffix(s).is_some_and(|root| root.chars().count() >= 2))
    };
    for ending in ["en", ""] {
        if let Some(base) = word.strip_suffix(ending).filter(|b| ends(b, &NOUNS)) {
            return Some(base);
        }
    }
    for ending in ["em", "en", "er", "es", "e", "s", ""] {
        if let Some(base) = word.strip_suffix(ending).filter(|b| ends(b, &ADJECTIVES)) {
            return Some(base);
        }
    }
    None
}

fn algorithm(language: Language) -> Option<Algorithm> {
    Some(match language.code() {
        "de" => Algorithm::German,
        "en" => Algorithm::English,
        "fr" => Algorithm::French,
        "it" => Algorithm::Italian,
        "es" => Algorithm::Spanish,
        "pt" => Algorithm::Portuguese,
        "nl" => Algorithm::Dutch,
        "sv" => Algorithm::Swedish,
        "da" => Algorithm::Danish,
        "nb" | "no" => Algorithm::Norwegian,
        "fi" => Algorithm::Finnish,
        "hu" => Algorithm::Hungarian,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "tr" => Algorithm::Turkish,
        "el" => Algorithm::Greek,
        "ar" => Algorithm::Arabic,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_keeps_umlauts() {
        assert_eq!(stem("schon", Language::De), "schon");
        assert_eq!(stem("schön", Language::De), "schön");
        assert_eq!(stem("souveränität", Language::De), "souveränität");
        assert_eq!(stem("lösungen", Language::De), stem("lösung", Language::De));
        assert_eq!(stem("größen", Language::De), "gröss");
    }

    #[test]
    fn derivations_stay_words_of_their_own() {
        assert_eq!(stem("sicherheit", Language::De), "sicherheit");
        assert_eq!(stem("sicherheiten", Language::De), "sicherheit");
        assert_eq!(stem("freundlicher", Language::De), "freundlich");
        assert_ne!(stem("freund", Language::De), stem("freundlich", Language::De));
    }

    #[test]
    fn inflections_share_a_stem() {
        for word in ["digitale", "digitaler", "digitalen", "digitales"] {
            assert_eq!(stem(word, Language::De), "digital");
        }
        assert_eq!(stem("attacks", Language::En), stem("attack", Language::En));
        assert_eq!(stem("слова", Language::from_code("xx").unwrap()), "слова");
    }
}
