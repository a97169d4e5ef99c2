//! Which words German has: an embedded map of nouns and forms (CC0, made by `scripts/lexicon/make.sh`).
//!
//! Words are in lower case with `ss` for `ß`.

use std::sync::LazyLock;

use fst::Map;

const NOUN: u64 = 1;

static WORDS: LazyLock<Map<&[u8]>> =
    LazyLock::new(|| Map::new(&include_bytes!("language/lexicon_de.fst")[..]).expect("the embedded map is whole"));

static PARTS: LazyLock<Map<&[u8]>> = LazyLock::new(|| {
    Map::new(&include_bytes!("language/compound_parts_de.fst")[..]).expect("the embedded map is whole")
});

/// In how many nouns of the lexicon, up to 255, `part` is what stands before the last word, linking elements included:
/// `übungs`.
#[must_use]
pub fn times_first(part: &str) -> u64 {
    PARTS.get(part).unwrap_or_default() & 0xff
}

/// In how many nouns of the lexicon, up to 255, `part` is the last word of two.
#[must_use]
pub fn times_last(part: &str) -> u64 {
    PARTS.get(part).unwrap_or_default() >> 8
}

/// Whether `word` is a noun in its citation form: `haus`, not `häuser`.
#[must_use]
pub fn is_noun(word: &str) -> bool {
    WORDS.get(word).is_some_and(|bits| bits & NOUN != 0)
}

/// Whether `word` is any form of any word.
#[must_use]
pub fn is_word(word: &str) -> bool {
    WORDS.get(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_compounds() {
        assert!(times_first("übungs") > 10 * times_first("übung").max(1));
        assert!(times_last("strasse") > 100 && times_last("digitaler") == 0);
    }

    #[test]
    fn nouns_and_forms() {
        assert!(is_noun("haus") && !is_noun("häuser") && is_word("häuser"));
        assert!(is_noun("strasse") && !is_word("straße"));
        assert!(is_word("digitaler") && !is_noun("digitaler") && !is_word("waltung"));
    }
}
