//! What letters and fixed lists say of a word: found once, when it is cut out, since many rules ask for it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::language::stop_words;
use super::names::NAME_LISTS;
use super::word_set::latin_lower;
use crate::corpus::Language;

/// A set of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Class(u16);

impl Class {
    /// Begins with a small letter.
    pub(crate) const SMALL: Self = Self(1);
    /// Begins with a capital, and a small letter follows somewhere.
    pub(crate) const CAPITALISED: Self = Self(1 << 1);
    /// Has a small letter from a to z.
    pub(crate) const HAS_SMALL: Self = Self(1 << 2);
    /// A title, whatever its case: `Dr`.
    pub(crate) const TITLE: Self = Self(1 << 3);
    /// An article or its like, whatever its case.
    pub(crate) const DETERMINER: Self = Self(1 << 4);
    /// A particle of surnames, letter by letter: `von`.
    pub(crate) const PARTICLE: Self = Self(1 << 5);
    /// A form of address, whatever its case: `Frau`.
    pub(crate) const ADDRESS: Self = Self(1 << 6);
    /// A form of address with a full stop, whatever its case: `Prof`.
    pub(crate) const SHORT_ADDRESS: Self = Self(1 << 7);
    /// A verb of speaking, whatever its case.
    pub(crate) const REPORTING: Self = Self(1 << 8);
    /// Stands before somebody who speaks, whatever its case: a verb of speaking, `so`, `laut`.
    pub(crate) const ANNOUNCING: Self = Self(1 << 9);
    /// A stop word of German or English, whatever its case.
    pub(crate) const STOP: Self = Self(1 << 10);

    /// Of a word.
    pub(super) fn of(word: &str) -> Self {
        if word.starts_with(|c: char| c.is_ascii_punctuation()) {
            return Self::default();
        }
        let mut class = Self::of_letters(word);
        let (lists, longest) = &*LISTS;
        // Small letters may be shorter than their capitals, by half at most in these lists.
        if word.len() <= if word.is_ascii() { *longest } else { 2 * *longest } {
            let mut buffer = [0; 48];
            let listed = match latin_lower(word, &mut buffer) {
                Some(lower) => lists.get_key_value(lower),
                None => lists.get_key_value(word.to_lowercase().as_bytes()),
            };
            if let Some((key, of_lists)) = listed {
                let is_exact = *key == word.as_bytes();
                class = class.with(if is_exact { *of_lists } else { of_lists.without(Self::PARTICLE) });
            }
        }
        class
    }

    fn of_letters(word: &str) -> Self {
        let mut class = Self::default();
        if word.bytes().any(|b| b.is_ascii_lowercase()) {
            class = class.with(Self::HAS_SMALL);
        }
        let mut chars = word.chars();
        match chars.next() {
            Some(first) if first.is_lowercase() => class.with(Self::SMALL),
            Some(first) if first.is_uppercase() && (class.is(Self::HAS_SMALL) || chars.any(char::is_lowercase)) => {
                class.with(Self::CAPITALISED)
            }
            _ => class,
        }
    }

    /// Whether it has all marks of another.
    pub(crate) const fn is(self, marks: Self) -> bool {
        self.0 & marks.0 == marks.0
    }

    pub(super) const fn with(self, marks: Self) -> Self {
        Self(self.0 | marks.0)
    }

    const fn without(self, marks: Self) -> Self {
        Self(self.0 & !marks.0)
    }
}

/// All listed words in lower case with their marks, and the bytes of the longest.
static LISTS: LazyLock<(FxHashMap<&[u8], Class>, usize)> = LazyLock::new(|| {
    let mut all: FxHashMap<&[u8], Class> = FxHashMap::default();
    let stops = [Language::De, Language::En].into_iter().flat_map(stop_words).map(|word| (*word, Class::STOP));
    let names = NAME_LISTS.iter().flat_map(|(list, class)| list.list().iter().map(|word| (*word, *class)));
    for (word, class) in names.chain(stops) {
        let known = all.entry(word.as_bytes()).or_default();
        *known = known.with(class);
    }
    let longest = all.keys().map(|word| word.len()).max().unwrap_or(0);
    (all, longest)
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_lists() {
        for (word, marks) in [
            ("von", [Class::SMALL, Class::PARTICLE, Class::STOP]),
            ("Herr", [Class::CAPITALISED, Class::TITLE, Class::ADDRESS]),
            ("Sagte", [Class::CAPITALISED, Class::REPORTING, Class::ANNOUNCING]),
            ("PROF", [Class::TITLE, Class::ADDRESS, Class::SHORT_ADDRESS]),
            ("laut", [Class::SMALL, Class::HAS_SMALL, Class::ANNOUNCING]),
            ("Ärzte", [Class::CAPITALISED, Class::HAS_SMALL, Class::HAS_SMALL]),
            ("ßä", [Class::SMALL; 3]),
            ("ÄÖü", [Class::CAPITALISED; 3]),
        ] {
            assert!(marks.into_iter().all(|mark| Class::of(word).is(mark)), "{word}: {:?}", Class::of(word));
        }
        for (word, mark) in [("Von", Class::PARTICLE), ("KI", Class::CAPITALISED), ("ÄÖ", Class::HAS_SMALL)] {
            assert!(!Class::of(word).is(mark), "{word}");
        }
        assert_eq!(Class::of("2024"), Class::default());
    }
}
