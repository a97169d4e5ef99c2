//! Spellings that meet, or part, because the corpus has both: `COVID` and `Covid`, `flood-plain` and `floodplain`; `Bänke` and
//! `Banken`.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::SPLIT;
use super::resolve::Known;
use super::same_as::SameAs;
use crate::corpus::Language;
use crate::text::language::first_names;
use crate::text::lemma::english;
use crate::text::spelling::with_capital;
use crate::text::{SpellingClass, lexicon};

/// Joins `COVID` with `Covid`, where that stands within a sentence and is no ordinary word: in German none of the lexicon, in
/// English none that stands in lower case, is a given name, or is listed (`SWIFT` is not `Swift`).
pub(super) fn join_capitals(same: &mut SameAs, known: &[Known<'_>]) {
    /// Letters of the shortest: `Who` is no `WHO`.
    const SHORTEST: usize = 4;
    let names = known.iter().filter(|k| k.word.normal.class == SpellingClass::Capital && k.count > k.initial);
    let names: FxHashMap<&str, &Known<'_>> = names.map(|k| (k.text, k)).collect();
    let of_class = |class| known.iter().filter(move |k| k.word.normal.class == class);
    let in_lower: FxHashSet<&str> =
        of_class(SpellingClass::Lower).flat_map(|k| [k.text, k.word.normal.key.as_str()]).collect();
    let acronyms = of_class(SpellingClass::Acronym);
    let acronyms = acronyms
        .map(|k| k.word.normal.key.as_str())
        .filter(|key| key.len() >= SHORTEST && key.chars().all(char::is_alphabetic));
    let named = |acronym: &str| {
        let lower = acronym.to_lowercase();
        let name = with_capital(&lower);
        let found = names.get(name.as_str())?;
        let is_word = match found.language {
            Language::De => lexicon::is_word(&lower.replace('ß', "ss")),
            _ => first_names().contains(name.as_str()) || english::is_plain_word(&lower),
        };
        // `Blues` has the key of `blue`.
        let key = &found.word.normal.key;
        let is_lower = in_lower.contains(lower.as_str()) || in_lower.contains(key.as_str());
        (!is_word && !is_lower).then(|| key.clone())
    };
    let keys = known.iter().map(|k| k.word.normal.key.as_str());
    same.join_capitals(acronyms, named, keys);
}

/// Joins English words with accents with the same letters without, `Malmö` with `Malmo`, `Müller` with `Mueller`.
pub(super) fn join_accents(same: &mut SameAs, known: &[Known<'_>]) {
    // Letters that are no others with a mark.
    const LETTERS: &[(char, &str)] =
        &[('ø', "o"), ('ł', "l"), ('đ', "d"), ('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ı', "i")];
    const UMLAUTS: &[(char, &str)] = &[('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('ø', "oe"), ('å', "aa")];
    let instead = |c: char, of: &[(char, &'static str)]| of.iter().find(|(letter, _)| *letter == c).map(|pair| pair.1);
    let spelled = |word: &str, of: &[(char, &'static str)]| -> String {
        let letters: String = word.nfc().map(|c| instead(c, of).map_or_else(|| c.to_string(), str::to_owned)).collect();
        let plain = letters.nfd().filter(|c| !is_combining_mark(*c));
        plain.map(|c| instead(c, LETTERS).map_or_else(|| c.to_string(), str::to_owned)).collect()
    };
    let is_plain = |k: &&Known<'_>| matches!(k.word.normal.class, SpellingClass::Lower | SpellingClass::Capital);
    let english = || known.iter().filter(|k| k.language == Language::En).filter(is_plain);
    let mut wanted: FxHashMap<String, &str> = FxHashMap::default();
    for k in english().filter(|k| !k.text.is_ascii()) {
        let lower = k.text.to_lowercase();
        if k.word.normal.key.is_ascii() || english::is_other_with_accent(&lower) {
            continue;
        }
        for plain in [spelled(&lower, &[]), spelled(&lower, UMLAUTS)].into_iter().filter(|plain| plain.is_ascii()) {
            wanted.insert(plain, &k.word.normal.key);
        }
    }
    if wanted.is_empty() {
        return;
    }
    for k in english() {
        if let Some(accented) = wanted.get(k.text.to_lowercase().as_str()) {
            same.join_keys(&k.word.normal.key, accented);
        }
    }
}

/// Joins English words with a hyphen with the same letters in one word: `flood-plain` with `floodplain`, not `re-sign` with
/// `resign`.
pub(super) fn join_hyphens(same: &mut SameAs, known: &[Known<'_>]) {
    /// Letters of the shortest part.
    const SHORTEST: usize = 2;
    let mut wanted: FxHashMap<String, &str> = FxHashMap::default();
    for k in known.iter().filter(|k| k.language == Language::En && k.word.normal.key.contains(' ')) {
        let lower = k.text.to_lowercase();
        match lower.split_once('-') {
            Some((first, last))
                if [first, last].iter().all(|w| w.len() >= SHORTEST && w.bytes().all(|b| b.is_ascii_alphabetic())) =>
            {
                let one = english::singular(&format!("{first}{last}"));
                if first != "re" && !english::is_never_joined(&one) {
                    wanted.insert(one, &k.word.normal.key);
                }
            }
            _ => {}
        }
    }
    if wanted.is_empty() {
        return;
    }
    for k in known.iter().filter(|k| k.language == Language::En) {
        let is_word =
            matches!(k.word.normal.class, SpellingClass::Lower | SpellingClass::Capital | SpellingClass::Mixed);
        if is_word && let Some(apart) = wanted.get(&english::singular(&k.text.to_lowercase())) {
            same.join_keys(&k.word.normal.key, apart);
        }
    }
}

/// German nouns with two meanings that their plurals tell apart.
const PLURALS: &[&[&[&str]]] = &[
    &[&["bänke", "bänken"], &["banken"]],
    &[&["mütter", "müttern"], &["muttern"]],
    &[&["sträuße", "sträußen"], &["strauße", "straußen"]],
    &[&["bänder", "bändern"], &["bände", "bänden"], &["bands"]],
    &[&["schilder", "schildern"], &["schilde", "schilden"]],
    &[&["gehälter", "gehältern"], &["gehalte"]],
    &[&["drücke", "drücken"], &["drucke"]],
];

/// Plurals that stand beside those of another meaning, in lower case, with a key of their own. The most frequent ones stay with
/// the noun.
pub(super) fn parted_plurals(known: &[Known<'_>]) -> FxHashMap<String, String> {
    let mut counts: FxHashMap<String, u64> = FxHashMap::default();
    let forms: FxHashSet<&str> = PLURALS.iter().flat_map(|noun| noun.iter().flat_map(|g| g.iter().copied())).collect();
    for k in known.iter().filter(|k| k.language == Language::De && k.word.normal.class == SpellingClass::Capital) {
        // The longest has eight letters.
        let lower = if k.text.len() <= 12 { k.text.to_lowercase() } else { continue };
        if forms.contains(lower.as_str()) {
            *counts.entry(lower).or_default() += k.count;
        }
    }
    let mut parted = FxHashMap::default();
    for noun in PLURALS {
        let n = |forms: &[&str]| forms.iter().filter_map(|form| counts.get(*form)).sum::<u64>();
        let Some(most) = (0..noun.len()).rev().max_by_key(|&i| n(noun[i])) else { continue };
        for (_, forms) in noun.iter().enumerate().filter(|(i, forms)| *i != most && n(forms) > 0) {
            let key = format!("{SPLIT}{}", forms[0]);
            parted.extend(forms.iter().map(|form| ((*form).to_owned(), key.clone())));
        }
    }
    parted
}
