//! Whether a row of capitals in a text of which nothing is known is somebody's full name.

use super::{PARTICLES, Uses, address, is_foreign, is_given, is_institution, strip_genitive};
use crate::corpus::Language;
use crate::text::language::stop_words;

/// Given names of some language that are everyday words of German or English.
const EVERYDAY: &[&str] = &[
    "allen",
    "bergen",
    "comfort",
    "constant",
    "diamond",
    "divan",
    "einer",
    "ever",
    "floor",
    "forum",
    "gene",
    "german",
    "greet",
    "gunner",
    "gust",
    "harsh",
    "innocent",
    "jail",
    "jet",
    "job",
    "lady",
    "lage",
    "lean",
    "leider",
    "lex",
    "line",
    "loan",
    "lore",
    "lot",
    "lucky",
    "maxime",
    "meta",
    "mile",
    "odd",
    "owe",
    "paw",
    "peace",
    "peer",
    "per",
    "purity",
    "roar",
    "sever",
    "sierra",
    "solange",
    "stelle",
    "tage",
    "tea",
    "tor",
    "toy",
    "veer",
    "washington",
    "wille",
];

/// The words of a name among the words of a row: without the role before it and the pronoun behind it. `None` if it is
/// nobody's. A single word is the surname that a role stood before: `Minister Lohse`.
pub(super) fn name_among(words: &[&str], uses: &Uses<'_>) -> Option<Vec<String>> {
    let stop = |word: &str, language: Language| stop_words(language).contains(word.to_lowercase().as_str());
    if words.len() < 2 {
        return None;
    }
    let mut words = words;
    while let [all @ .., last] = words
        && all.len() >= 2
        && (stop(last, Language::De) || stop(last, Language::En))
    {
        words = all;
    }
    while let [first, given, _, ..] = words
        && !is_given(first)
        && is_given(given)
        && !is_foreign(first)
        && first.chars().count() >= 4
    {
        words = &words[1..];
    }
    while let [first, _, ..] = words
        && address::is_role(first)
    {
        words = &words[1..];
    }
    let (first, last) = (words.first()?, words.last()?);
    let everyday = stop(first, Language::De) || EVERYDAY.contains(&first.to_lowercase().as_str());
    // `Ernst der Lage`: an article is part of a name only behind another particle, as in `von der`.
    let article = |word: &str| matches!(word, "der" | "den" | "zum" | "zur");
    let owned = words.windows(2).any(|w| article(w[1]) && !PARTICLES.contains(w[0]));
    // `Herr Lohse Zahlen`: the surname stands alone elsewhere.
    let alone = |w: &str| uses.alone(w) > 0 || uses.alone(strip_genitive(w)) > 0;
    // `Herr Lohses Zahlen`: a genitive.
    let surname_first = words.len() == 2
        && !is_given(first)
        && !is_foreign(first)
        && (first.ends_with('s') || (alone(first) && !alone(last)));
    let thing = [last, strip_genitive(last)].iter().any(|w| is_institution(w) || w.ends_with("-Professur"))
        && (last.contains('-') || words.len() > 2);
    let is_name = !everyday && !owned && !surname_first && !thing;
    is_name.then(|| words.iter().map(|w| (*w).to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::super::Block;
    use super::*;
    use crate::corpus::Span;

    #[test]
    fn names_and_what_only_looks_like_one() {
        let text = "Herr Lohse kam. Danach ging Lohse.";
        let blocks = [Block::new(text, Span::new(0, text.len()))];
        let uses = Uses::new(text, &blocks);
        for (words, expected) in [
            ("Minister Lohse", Some("Lohse")),
            ("Staatssekretärin Ina Lohse", Some("Ina Lohse")),
            ("Stelle Ina Lohse", Some("Ina Lohse")),
            ("Ina Lohse Ihnen", Some("Ina Lohse")),
            ("Ina Lohse This", Some("Ina Lohse")),
            ("Ina", None),
            ("Ina von der Lohe", Some("Ina von der Lohe")),
            ("Lohse Zahlen", None),
            ("Lohses Umsetzung", None),
            ("Ernst der Lage", None),
            ("Lage Europas", None),
            ("Einer Partei", None),
            ("Line Interface", None),
            ("Meta Learning", None),
            ("Alexander von Humboldt-Stiftung", None),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            let name = name_among(&words, &uses).map(|w| w.join(" "));
            assert_eq!(name.as_deref(), expected, "{words:?}");
        }
    }
}
