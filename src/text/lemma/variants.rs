//! German words with two accepted spellings, by one of them: `Potential` and `Potenzial`, `Photo` and `Foto`.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::language::lines;

/// `spellings_de.txt`.
#[derive(Default)]
struct Spellings {
    /// Roots by their first bytes, the longest first, with what stands instead.
    inside: FxHashMap<[u8; START], Vec<(&'static str, &'static str)>>,
    beginnings: Vec<(&'static str, &'static str)>,
    ends: Vec<(&'static str, &'static str)>,
    whole: FxHashMap<&'static str, &'static str>,
}

/// Bytes that a root inside a word has at least.
const START: usize = 4;

static SPELLINGS: LazyLock<Spellings> = LazyLock::new(|| {
    let mut all = Spellings::default();
    let pairs = lines(include_str!("../language/spellings_de.txt")).filter_map(|l| l.split_once(' '));
    for (other, standard) in pairs {
        if let Some(word) = other.strip_prefix('=') {
            all.whole.insert(word, standard);
        } else if let Some(beginning) = other.strip_prefix('^') {
            all.beginnings.push((beginning, standard));
        } else if let Some(end) = other.strip_prefix('$') {
            all.ends.push((end, standard));
        } else if let Some(start) = other.as_bytes().first_chunk() {
            all.inside.entry(*start).or_default().push((other, standard));
        }
    }
    all.inside.values_mut().for_each(|roots| roots.sort_by_key(|(root, _)| std::cmp::Reverse(root.len())));
    all
});

/// As [`standard`].
#[must_use]
pub fn standardised(word: Cow<'_, str>) -> Cow<'_, str> {
    if let Cow::Owned(standard) = standard(&word) { Cow::Owned(standard) } else { word }
}

/// A word in lower case in its standard spelling.
#[must_use]
pub fn standard(word: &str) -> Cow<'_, str> {
    if let Some(&whole) = SPELLINGS.whole.get(word) {
        return Cow::Owned(whole.to_owned());
    }
    let beginning = SPELLINGS.beginnings.iter().find_map(|(b, new)| Some((*new, word.strip_prefix(b)?)));
    let end = SPELLINGS.ends.iter().find_map(|(e, new)| Some((word.strip_suffix(e)?, *new)));
    let word = match beginning.or(end) {
        Some((start, rest)) => Cow::Owned(format!("{start}{rest}")),
        None => Cow::Borrowed(word),
    };
    let root_at = |at: usize| {
        let roots = SPELLINGS.inside.get(word.as_bytes()[at..].first_chunk::<START>()?)?;
        roots.iter().find(|(root, _)| word[at..].starts_with(root))
    };
    let mut changed = String::new();
    let mut done = 0;
    for (at, _) in word.char_indices() {
        if at < done {
            continue;
        }
        if let Some((root, new)) = root_at(at) {
            changed.push_str(&word[done..at]);
            changed.push_str(new);
            done = at + root.len();
        }
    }
    if done == 0 {
        return word;
    }
    changed.push_str(&word[done..]);
    Cow::Owned(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Language;
    use crate::text::{Normalizer, Rules};

    fn key(word: &str) -> String {
        Normalizer::new(Language::De, &[], &[], Rules::all()).normal(word).key
    }

    #[test]
    fn both_spellings_are_one() {
        let pairs = [
            "Potential Potenzial",
            "Photographie Fotografie",
            "Photos Foto",
            "Exposés Exposee",
            "Numerierungen Nummerierung",
            "Diskokugel Discokugel",
            "Rauhputz Rauputz",
            "Zirka Circa",
            "Photographinnen Fotografinnen",
            "Bildungspotentiale Bildungspotenziale",
            "Delphine Delfinen",
            "Portmonee Portemonnaie",
            "Schiffahrt Schifffahrt",
            "Tips Tipp",
            "Tip-Geber Tippgeber",
            "Stop-Schilder Stoppschild",
            "Soßen-Rezept Saucenrezept",
            "Bürger-Amt Buergeramt",
            "Buerger-Amt Bürgeramt",
            "Selbständiger Selbstständige",
            "Geheimtip Geheimtipps",
            "Baustop Baustopps",
            "Güterwagons Güterwaggon",
            "selbständig selbstständig",
            "demographische demografischer",
            "Paragraphen Paragraf",
            "Szintigraphie Szintigrafie",
            "Polygraph Polygraf",
            "Kakophonie Kakofonie",
            "Symphonien Sinfonie",
            "Phantasie Fantasien",
            "Codierung Kodierung",
            "Dekodierung Decodierung",
            "Silicium Silizium",
            "Glucose Glukose",
            "Soßen Sauce",
            "Gemsen Gämse",
            "Majonäse Mayonnaise",
            "Kommuniqué Kommunikee",
            "Varieté Varietee",
            "Exposé Exposee",
            "Dränage Drainage",
            "Alpträume Albtraum",
            "Yacht Jachten",
            "Karamel Karamell",
        ];
        let keys = pairs.map(|pair| pair.split(' ').map(key).collect::<Vec<_>>());
        let apart: Vec<_> = keys.iter().filter(|keys| keys[0] != keys[1]).collect();
        assert!(apart.is_empty(), "{apart:?}");
    }

    #[test]
    fn a_standard_spelling_has_no_other() {
        for (_, new) in SPELLINGS.inside.values().flatten().chain(&SPELLINGS.beginnings).chain(&SPELLINGS.ends) {
            assert_eq!(standard(new), *new);
        }
        assert!(SPELLINGS.whole.values().all(|new| standard(new) == *new));
    }

    #[test]
    fn other_words_stay() {
        for word in [
            "philosoph",
            "graph",
            "photon",
            "tipper",
            "initial",
            "potenz",
            "schifffahrt",
            "stopfen",
            "kodex",
            "siphon",
            "graph",
            "schi",
            "gemsheim",
        ] {
            assert_eq!(standard(word), word);
        }
    }
}
