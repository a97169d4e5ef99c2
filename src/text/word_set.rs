//! Fixed lists of words that are asked for every token.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

/// A fixed list of words in lower case.
pub(crate) struct WordSet {
    list: &'static [&'static str],
    made: OnceLock<(FxHashSet<&'static str>, usize)>,
}

impl WordSet {
    pub(crate) const fn new(list: &'static [&'static str]) -> Self {
        Self { list, made: OnceLock::new() }
    }

    fn made(&self) -> &(FxHashSet<&'static str>, usize) {
        self.made
            .get_or_init(|| (self.list.iter().copied().collect(), self.list.iter().map(|w| w.len()).max().unwrap_or(0)))
    }

    /// The words.
    pub(crate) const fn list(&self) -> &'static [&'static str] {
        self.list
    }

    /// Whether a word is in the list, letter by letter.
    pub(crate) fn contains(&self, word: &str) -> bool {
        let (set, longest) = self.made();
        word.len() <= *longest && set.contains(word)
    }

    /// Whether a word is in the list, whatever its case.
    pub(crate) fn contains_any_case(&self, word: &str) -> bool {
        let (set, longest) = self.made();
        // Some capitals are longer than their small letters, and some shorter: by a byte each at most in these lists.
        if word.len() > 2 * *longest {
            return false;
        }
        with_lower(word, |lower| set.contains(lower))
    }
}

/// Calls `ask` with a word in lower case; words without capitals and short ones in Latin letters need no new string.
pub(crate) fn with_lower<R>(word: &str, ask: impl FnOnce(&str) -> R) -> R {
    if !word.bytes().any(|b| b.is_ascii_uppercase() || b >= 0x80) {
        return ask(word);
    }
    let mut buffer = [0u8; 48];
    if word.is_ascii() && word.len() <= buffer.len() {
        let lower = &mut buffer[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return ask(std::str::from_utf8(lower).unwrap_or_default());
    }
    ask(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_folded_as_strings_do() {
        static SET: WordSet = WordSet::new(&["frau", "über", "straße"]);
        for (word, exact, folded) in [
            ("frau", true, true),
            ("Frau", false, true),
            ("ÜBER", false, true),
            ("straße", true, true),
            ("Fraus", false, false),
            ("", false, false),
        ] {
            assert_eq!((SET.contains(word), SET.contains_any_case(word)), (exact, folded), "{word}");
        }
        let long = "Ä".repeat(99);
        assert!(!SET.contains_any_case(&long) && with_lower(&long, str::to_owned) == long.to_lowercase());
    }
}
