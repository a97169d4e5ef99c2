//! German: nouns and other words by their paradigms, checked against the lexicon.
//!
//! A form belongs to a word if taking off a regular ending (and an umlaut) leaves a word of the lexicon. What the
//! lexicon does not know is tried by its last part (`Verwaltungscloudstrategien` by `strategien`), then left to the
//! stemmer. All words here are in lower case.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::adjectives;
use super::nouns::{by_last_part, without_umlaut};
use super::verbs::{strong, verb};
use crate::corpus::Language;
use crate::text::compounds::cut;
use crate::text::language::lines;
use crate::text::lexicon::{is_noun, is_word};
use crate::text::stem::stem;

pub use super::nouns::simple_noun;

/// Words in lower case that are spelled like a noun and are none.
const ADVERBS: &[&str] = &[
    "weg",
    "dank",
    "trotz",
    "kraft",
    "laut",
    "statt",
    "anstatt",
    "mal",
    "heim",
    "recht",
    "schuld",
    "leid",
    "angst",
    "not",
    "ernst",
    "abend",
    "morgen",
    "mittag",
    "mittels",
    "zwecks",
    "falls",
    "angesichts",
    "namens",
    "seitens",
    "preis",
    "stand",
    "halt",
    "eben",
    "weise",
    "ende",
    "zeit",
    "bar",
    "pro",
    "contra",
    "per",
    "rund",
    "fort",
    "rest",
];

/// What a form is a form of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lemma {
    /// A noun, in its citation form.
    Noun(String),
    /// A verb, adjective or adverb, in its base form.
    Word(String),
}

/// Whole words in which `ß` and `ss` are two words: `Maße` and `Masse`.
const SHARP_S: &[&str] =
    &["maß", "maße", "maßen", "maßes", "buße", "bußen", "floß", "floße", "floßes", "ausmaß", "ausmaße"];

/// The letters a word is looked up by: `ss` for `ß`, and `ä ö ü` where `ae oe ue` make no word of their own.
#[must_use]
pub fn letters(lower: &str) -> Cow<'_, str> {
    let folded: Cow<'_, str> = if lower.contains('ß') && !SHARP_S.contains(&lower) {
        Cow::Owned(lower.replace('ß', "ss"))
    } else {
        Cow::Borrowed(lower)
    };
    match with_umlauts(&folded) {
        Some(umlauts) => Cow::Owned(umlauts),
        None => folded,
    }
}

/// `bürger` for `buerger`; `None` where the word stands as it is.
fn with_umlauts(word: &str) -> Option<String> {
    let digraphs = ["ae", "oe", "ue"];
    if !digraphs.iter().any(|d| word.contains(d)) || is_known(word) {
        return None;
    }
    let places: Vec<usize> = word
        .as_bytes()
        .windows(2)
        .enumerate()
        .filter_map(|(i, w)| {
            let after_vowel = i > 0 && matches!(word.as_bytes()[i - 1], b'a' | b'e' | b'q' | b'i' | b'o' | b'u');
            let digraph = std::str::from_utf8(w).is_ok_and(|w| digraphs.contains(&w));
            (digraph && !after_vowel).then_some(i)
        })
        .take(4)
        .collect();
    // Every choice of places, all of them first.
    (1..1usize << places.len())
        .rev()
        .map(|choice| {
            let mut out = String::with_capacity(word.len());
            let mut skip = false;
            for (i, c) in word.char_indices() {
                if std::mem::take(&mut skip) {
                    continue;
                }
                let chosen = places.iter().position(|&p| p == i).is_some_and(|k| choice & (1 << k) != 0);
                skip = chosen;
                out.push(match c {
                    'a' if chosen => 'ä',
                    'o' if chosen => 'ö',
                    'u' if chosen => 'ü',
                    other => other,
                });
            }
            out
        })
        .collect::<Vec<_>>()
        .into_iter()
        .fold(None, |best: Option<(usize, String)>, candidate| {
            let tail = if is_known(&candidate) { usize::MAX } else { known_tail(&candidate) };
            if best.as_ref().is_none_or(|b| tail > b.0) { Some((tail, candidate)) } else { best }
        })
        .filter(|(tail, _)| *tail > known_tail(word))
        .map(|(_, candidate)| candidate)
}

/// Letters of the longest end of a word that is a word.
fn known_tail(word: &str) -> usize {
    let starts = word.char_indices().map(|(i, _)| i).take_while(|i| word.len() - i >= 4);
    let tail = |at: usize| &word[at..];
    starts.map(tail).find(|t| is_word(t) || simple_noun(t).is_some()).map_or(0, |t| t.chars().count())
}

/// Whether the lexicon has the word, has it as an inflection, or has its parts.
fn is_known(word: &str) -> bool {
    is_word(word) || simple_noun(word).is_some() || base_form(word).is_some() || cut(word, &|_| false).is_some()
}

/// The word that `form` is a form of. `capital`: written with a capital letter, so a noun if it can be one.
#[must_use]
pub fn lemma(form: &str, capital: bool) -> Option<Lemma> {
    if SHARP_S.contains(&form) {
        // `Maß`, `Maße`, `Maßen`, but `Buße`.
        let end = form.find('ß').map_or(form.len(), |at| at + 'ß'.len_utf8() + usize::from(form.starts_with("buß")));
        return Some(Lemma::Noun(form[..end.min(form.len())].to_owned()));
    }
    if !capital && ADVERBS.contains(&form) {
        return Some(Lemma::Word(form.to_owned()));
    }
    if capital {
        return simple_noun(form)
            .map(Lemma::Noun)
            .or_else(|| base_form(form).map(Lemma::Word))
            .or_else(|| by_last_part(form).map(Lemma::Noun));
    }
    // Nouns in lower case are rare, and their inflections are mostly verbs: `nachweisen`.
    let noun = || {
        let genitive = |n: &str| form.strip_prefix(n).is_some_and(|e| e.is_empty() || e == "s" || e == "es");
        simple_noun(form).filter(|n| genitive(n)).map(Lemma::Noun)
    };
    base_form(form).map(Lemma::Word).or_else(noun)
}

/// The base of a form of a common adjective: `gross` of `grosses`.
#[must_use]
pub fn listed_adjective(form: &str) -> Option<&str> {
    adjectives::listed(form)
}

/// Whether a noun, as its base in lower case, is one that no text is about (`ergebnis`): counted, and not ranked.
#[must_use]
pub fn is_generic(noun: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| lines(include_str!("../language/generic_de.txt")).flat_map(str::split_whitespace).collect());
    WORDS.contains(noun)
}

/// The base form of a verb, adjective or adverb.
fn base_form(form: &str) -> Option<String> {
    if let Some(infinitive) = strong(form) {
        return Some(infinitive);
    }
    if let Some(base) = adjectives::listed(form) {
        return Some(base.to_owned());
    }
    // `teuer` as `teurem` shows.
    let short =
        form.strip_suffix("er").map(|r| format!("{r}r")).or_else(|| form.strip_suffix("el").map(|l| format!("{l}l")));
    if short.is_some_and(|s| is_word(&format!("{s}em"))) {
        return Some(form.to_owned());
    }
    // `sichere` is an adjective before it is a form of `sichern`.
    let inflected = ["e", "er", "en", "es", "em"].iter().find_map(|e| {
        let declined = |b: &&str| {
            let has = |e: &str| is_word(&format!("{b}{e}"));
            has("em") || (!is_noun(b) && has("es") && has("er"))
        };
        form.strip_suffix(e).filter(|b| b.chars().count() > 2 && is_word(b)).filter(declined)
    });
    let declined = || {
        // `befristeter`, `integrierter`: what `befristet` and `befristeten` are forms of.
        let base = adjectives::base(form)?;
        strong(&base).or_else(|| verb(&base)).or(Some(base))
    };
    inflected.map(str::to_owned).or_else(|| verb(form)).or_else(declined)
}

/// The base of an adjective that is inflected: `kalt` for `kalter`.
#[must_use]
pub fn declined_adjective(form: &str) -> Option<&str> {
    ["e", "er", "en", "es", "em"].iter().find_map(|ending| {
        let base = form.strip_suffix(ending).filter(|base| base.chars().count() > 2)?;
        let has = |ending: &str| is_word(&format!("{base}{ending}"));
        let in_lexicon = || is_word(base) && (has("em") || (!is_noun(base) && has("es") && has("er")));
        (adjectives::listed(base) == Some(base) || in_lexicon()).then_some(base)
    })
}

/// The base of a feminine form without its ending, `ärzt` of `Ärztinnen`: the noun for a man, `arzt`, where the
/// lexicon has the pair. `marked`: written with a gender mark, so surely a person.
#[must_use]
pub fn masculine(stem: &str, marked: bool) -> Option<String> {
    let pair = marked || is_word(&format!("{stem}innen"));
    // `landrät`: a council, whose women the lexicon lacks.
    if let Some(council) = without_umlaut(stem).filter(|b| stem.ends_with("rät") && is_noun(b)) {
        return Some(council);
    }
    if !pair {
        // `chefärzt` by its end `ärzt`.
        let starts = stem.char_indices().map(|(i, _)| i).skip(2).take_while(|i| stem.len() - i >= 3);
        return starts.map(|i| stem.split_at(i)).find_map(|(before, last)| {
            let person = is_word(&format!("{last}innen")) && before.contains(|c| "aeiouäöü".contains(c));
            person.then(|| masculine(last, false)).flatten().map(|m| format!("{before}{m}"))
        });
    }
    let bare = without_umlaut(stem);
    // `Kämmerin` is short for `Kämmererin`.
    let agent = stem.ends_with("er").then(|| format!("{stem}er"));
    let own = [agent, Some(format!("{stem}e")), Some(stem.to_owned())];
    let candidates = own.into_iter().chain([bare.as_ref().map(|b| format!("{b}e")), bare]);
    candidates.into_iter().flatten().find(|c| is_noun(c))
}

/// Key, first part of compounds, whether it is a noun, whether it is the citation form.
pub fn key(letters: &str, capital: bool) -> (String, String, bool, bool) {
    match lemma(letters, capital) {
        Some(Lemma::Noun(noun)) => {
            let citation = noun == letters;
            let genitive = ["s", "es"].iter().any(|e| letters.strip_suffix(e) == Some(&noun));
            let joint = if genitive { noun.clone() } else { letters.to_owned() };
            (noun, joint, true, citation)
        }
        Some(Lemma::Word(word)) => {
            // `recht` the adverb is not `Recht` the noun.
            let citation = word == letters || letters.strip_suffix('e') == Some(&word);
            let key = if is_noun(&word) { format!("{word}~") } else { word };
            (key.clone(), key, false, citation)
        }
        None => {
            // Inhabitants and agents: `Holsteiner` is not `Holstein`.
            let agent = ["", "n", "s"].iter().find_map(|e| letters.strip_suffix(e).filter(|b| b.ends_with("er")));
            let stem = match agent.filter(|a| capital && a.chars().count() > 6) {
                Some(agent) => agent.to_owned(),
                None => stem(letters, Language::De),
            };
            // `widerrufen` is not `Widerruf`.
            let key = if !capital && is_noun(&stem) { format!("{stem}~") } else { stem };
            let citation = key == letters || !["s", "n"].iter().any(|e| letters.ends_with(e));
            (key, letters.to_owned(), capital, citation)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_no_text_is_about() {
        let base = |form| match lemma(form, true) {
            Some(Lemma::Noun(base)) => base.to_string(),
            other => panic!("{form}: {other:?}"),
        };
        for form in ["ergebnisse", "umständen", "vorteile", "zusammenhängen"] {
            assert!(is_generic(&base(form)), "{form}: {}", base(form));
        }
        let list = lines(include_str!("../language/generic_de.txt")).flat_map(str::split_whitespace);
        let wrong: Vec<_> = list.filter(|w| lemma(w, true) != Some(Lemma::Noun((*w).to_owned()))).collect();
        assert_eq!(wrong, [""; 0], "no base forms");
        assert!(["falle", "verwaltung", "souveränität"].into_iter().all(|form| !is_generic(&base(form))));
    }

    #[test]
    fn other_words() {
        for (form, expected) in [
            ("digitaler", "digital"),
            ("kommunalen", "kommunal"),
            ("bauen", "bauen"),
            ("baute", "bauen"),
            ("gebaut", "bauen"),
            ("größere", "gross"),
            ("sicheren", "sicher"),
            ("macht", "machen"),
            ("grünes", "grün"),
            ("deutschen", "deutsch"),
            ("dunkle", "dunkel"),
            ("teures", "teuer"),
            ("sichere", "sicher"),
            ("positivem", "positiv"),
            ("englischer", "englisch"),
            ("entscheidende", "entscheidend"),
        ] {
            assert_eq!(lemma(&letters(form), false), Some(Lemma::Word(expected.to_owned())), "{form}");
        }
        assert_eq!(lemma("künstlicher", true), Some(Lemma::Word("künstlich".to_owned())));
        assert_eq!(lemma("datenschutzes", false), Some(Lemma::Noun("datenschutz".to_owned())));
    }

    #[test]
    fn digraphs_that_are_no_umlauts_stay() {
        for word in ["neue", "steuer", "poesie", "aktuell", "quelle", "schon"] {
            assert_eq!(letters(word), word);
        }
        assert_eq!(letters("oeffentliche"), "öffentliche");
        assert_eq!(letters("buergersteuer"), "bürgersteuer");
    }

    #[test]
    fn feminine_forms_have_a_base() {
        for (stem, expected) in [
            ("ärzt", "arzt"),
            ("kolleg", "kollege"),
            ("bürger", "bürger"),
            ("expert", "experte"),
            ("jüd", "jude"),
            ("landrät", "landrat"),
            ("kämmer", "kämmerer"),
        ] {
            assert_eq!(masculine(stem, false).as_deref(), Some(expected), "{stem}");
        }
        assert_eq!(masculine("term", false), None);
    }
}
