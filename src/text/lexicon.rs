//! Which words German has: an embedded map of nouns and forms (CC0, made by `scripts/lexicon/make.sh`).
//!
//! Words are in lower case with `ss` for `ß`.

use std::sync::LazyLock;

use fst::Map;

const NOUN: u64 = 1;

static WORDS: LazyLock<Map<&[u8]>> =
    LazyLock::new(|| Map::new(&include_bytes!("language/lexicon_de.fst")[..]).expect("the embedded map is whole"));

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
    fn nouns_and_forms() {
        assert!(is_noun("haus") && !is_noun("häuser") && is_word("häuser"));
        assert!(is_noun("strasse") && !is_word("straße"));
        assert!(is_word("digitaler") && !is_noun("digitaler") && !is_word("waltung"));
    }
}
