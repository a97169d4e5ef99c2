//! What letters and fixed lists say of a word: found once, when it is cut out, since many rules ask for it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::acronyms::INTRODUCING;
use super::idioms::first_words;
use super::language::{de, en, stop_words};
use super::letters::{Letters, hash_of};
use super::names::NAME_LISTS;
use super::spelling::{JOINERS, LEGAL_FORMS};
use super::word_set::with_lower;
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

    /// Joins two words of a pair, letter by letter: `und`, `/`.
    pub(crate) const JOINER: Self = Self(1 << 11);
    /// Has the letters of a legal form, whatever their case: `gmbh`.
    pub(crate) const LEGAL_FORM: Self = Self(1 << 12);
    /// Introduces an acronym, letter by letter: `kurz`.
    pub(crate) const INTRODUCING: Self = Self(1 << 13);
    /// Ends a label behind a verb, whatever its case: `by`.
    pub(crate) const PREPOSITION: Self = Self(1 << 14);
    /// Begins an idiom, whatever its case.
    pub(crate) const IDIOM: Self = Self(1 << 15);

    /// Marks of words that are listed letter by letter.
    const EXACT: Self = Self::PARTICLE.with(Self::JOINER).with(Self::INTRODUCING);

    /// Of a word with these letters.
    pub(super) fn of(word: &str, letters: &Letters) -> Self {
        if word.starts_with(|c: char| c.is_ascii_punctuation()) {
            let joins = word.len() == 1 && JOINERS.contains(&word);
            return if joins { Self::JOINER } else { Self::default() };
        }
        let class = Self::of_letters(word, letters);
        match LISTS.get(&letters.hash) {
            Some((listed, of_lists)) if *listed == word => class.with(*of_lists),
            Some((listed, of_lists)) if with_lower(word, |lower| lower == *listed) => {
                class.with(of_lists.without(Self::EXACT))
            }
            _ => class,
        }
    }

    fn of_letters(word: &str, letters: &Letters) -> Self {
        if letters.is_plain {
            let small = if letters.has_small { Self::HAS_SMALL } else { Self::default() };
            let is_small = word.as_bytes()[0].is_ascii_lowercase();
            return small.with(if is_small { Self::SMALL } else { Self::CAPITALISED });
        }
        let mut class = Self::default();
        if letters.has_small {
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
    #[inline]
    pub(crate) const fn is(self, marks: Self) -> bool {
        self.0 & marks.0 == marks.0
    }

    /// Whether it has one of the marks of another.
    #[inline]
    pub(crate) const fn is_any(self, marks: Self) -> bool {
        self.0 & marks.0 != 0
    }

    pub(crate) const fn with(self, marks: Self) -> Self {
        Self(self.0 | marks.0)
    }

    const fn without(self, marks: Self) -> Self {
        Self(self.0 & !marks.0)
    }
}

/// All listed words in lower case with their marks, by hash.
static LISTS: LazyLock<FxHashMap<u64, (String, Class)>> = LazyLock::new(|| {
    let stops = [Language::De, Language::En].into_iter().flat_map(stop_words).map(|word| (*word, Class::STOP));
    let names = NAME_LISTS.iter().flat_map(|(list, class)| list.list().iter().map(|word| (*word, *class)));
    let others: [(&[&str], Class); 6] = [
        (JOINERS, Class::JOINER),
        (LEGAL_FORMS, Class::LEGAL_FORM),
        (&["Inc"], Class::LEGAL_FORM),
        (INTRODUCING, Class::INTRODUCING),
        (de::FIELD_PREPOSITIONS, Class::PREPOSITION),
        (en::FIELD_PREPOSITIONS, Class::PREPOSITION),
    ];
    let others = others.into_iter().flat_map(|(list, class)| list.iter().map(move |word| (*word, class)));
    let mut all: FxHashMap<u64, (String, Class)> = FxHashMap::default();
    let mut add = |word: &str, class: Class| {
        let known = all.entry(hash_of(word)).or_insert_with(|| (word.to_lowercase(), Class::default()));
        known.1 = known.1.with(class);
    };
    names.chain(stops).chain(others).for_each(|(word, class)| add(word, class));
    for word in first_words() {
        add(word, Class::IDIOM);
        add(&word.replace('\'', "’"), Class::IDIOM);
    }
    all
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spelling::is_legal_form;

    fn of(word: &str) -> Class {
        Class::of(word, &Letters::of(word, 0, word.len()))
    }

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
            ("und", [Class::JOINER, Class::STOP, Class::SMALL]),
            ("/", [Class::JOINER; 3]),
            ("kurz", [Class::INTRODUCING; 3]),
            ("By", [Class::PREPOSITION; 3]),
            ("Under", [Class::IDIOM; 3]),
            ("bird’s", [Class::IDIOM; 3]),
        ] {
            assert!(marks.into_iter().all(|mark| of(word).is(mark)), "{word}: {:?}", of(word));
        }
        for (word, mark) in [
            ("Von", Class::PARTICLE),
            ("KI", Class::CAPITALISED),
            ("ÄÖ", Class::HAS_SMALL),
            ("Und", Class::JOINER),
            ("+", Class::JOINER),
        ] {
            assert!(!of(word).is(mark), "{word}");
        }
        assert_eq!(of("2024"), Class::default());
        assert!(LEGAL_FORMS.iter().chain(&["Inc"]).all(|form| is_legal_form(form) && of(form).is(Class::LEGAL_FORM)));
    }
}
