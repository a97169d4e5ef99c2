//! German words with two accepted spellings, by one of them: `Potential` and `Potenzial`, `Photo` and `Foto`.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::language::lines;

/// `spellings_de.txt`.
struct Spellings {
    /// Roots by their first bytes, the longest first, with what stands instead.
    inside: FxHashMap<[u8; START], Vec<(&'static str, &'static str)>>,
    beginnings: Vec<(&'static str, &'static str)>,
    whole: FxHashMap<&'static str, &'static str>,
}

/// Bytes that a root inside a word has at least.
const START: usize = 4;

static SPELLINGS: LazyLock<Spellings> = LazyLock::new(|| {
    let mut all = Spellings { inside: FxHashMap::default(), beginnings: Vec::new(), whole: FxHashMap::default() };
    let pairs = lines(include_str!("../language/spellings_de.txt")).filter_map(|l| l.split_once(' '));
    for (other, standard) in pairs {
        if let Some(word) = other.strip_prefix('=') {
            all.whole.insert(word, standard);
        } else if let Some(beginning) = other.strip_prefix('^') {
            all.beginnings.push((beginning, standard));
        } else if let Some(start) = other.as_bytes().first_chunk() {
            all.inside.entry(*start).or_default().push((other, standard));
        }
    }
    all.inside.values_mut().for_each(|roots| roots.sort_by_key(|(root, _)| std::cmp::Reverse(root.len())));
    all
});

/// Writes the key of a word and its form before others in their standard spelling; whether that changed the key.
pub fn standardise(key: &mut String, joint: &mut String) -> bool {
    let Cow::Owned(standard) = standard(key) else { return false };
    *key = standard;
    *joint = self::standard(joint).into_owned();
    true
}

/// A word in lower case in its standard spelling.
#[must_use]
pub fn standard(word: &str) -> Cow<'_, str> {
    if let Some(&whole) = SPELLINGS.whole.get(word) {
        return Cow::Owned(whole.to_owned());
    }
    let beginning = SPELLINGS.beginnings.iter().find_map(|(b, new)| Some((*new, word.strip_prefix(b)?)));
    let word = beginning.map_or(Cow::Borrowed(word), |(new, rest)| Cow::Owned(format!("{new}{rest}")));
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

    #[test]
    fn both_spellings_are_one() {
        for (a, b) in [
            ("potential", "potenzial"),
            ("photographie", "fotografie"),
            ("bildungspotentiale", "bildungspotenziale"),
            ("delphin", "delfin"),
            ("portmonee", "portemonnaie"),
            ("schiffahrt", "schifffahrt"),
            ("tips", "tipp"),
            ("selbständig", "selbstständig"),
            ("demographisch", "demografisch"),
        ] {
            assert_eq!(standard(a), standard(b), "{a}");
        }
    }

    #[test]
    fn a_standard_spelling_has_no_other() {
        for (_, new) in SPELLINGS.inside.values().flatten().chain(&SPELLINGS.beginnings) {
            assert_eq!(standard(new), *new);
        }
        assert!(SPELLINGS.whole.values().all(|new| standard(new) == *new));
    }

    #[test]
    fn other_words_stay() {
        for word in ["philosoph", "graph", "photon", "tipper", "initial", "potenz", "schifffahrt", "stopfen", "kodex"] {
            assert_eq!(standard(word), word);
        }
    }
}
