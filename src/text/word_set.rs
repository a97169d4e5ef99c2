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

/// Calls `ask` with a word in lower case; short words in letters up to `ÿ` need no new string.
pub(crate) fn with_lower<R>(word: &str, ask: impl FnOnce(&str) -> R) -> R {
    if !word.bytes().any(|b| b.is_ascii_uppercase() || b >= 0x80) {
        return ask(word);
    }
    let mut buffer = [0; 48];
    match latin_lower(word, &mut buffer) {
        Some(lower) => ask(std::str::from_utf8(lower).unwrap_or_default()),
        None => ask(&word.to_lowercase()),
    }
}

/// A word in lower case, if it fits and has letters up to `ÿ` only.
pub(crate) fn latin_lower<'b>(word: &str, buffer: &'b mut [u8; 48]) -> Option<&'b [u8]> {
    let lower = buffer.get_mut(..word.len())?;
    let mut lead = 0;
    for (to, &byte) in lower.iter_mut().zip(word.as_bytes()) {
        *to = match (lead, byte) {
            (_, 0..0x80) => byte.to_ascii_lowercase(),
            (_, 0xc3) | (0xc3, 0x97 | 0x9f..) => byte,
            // `À` to `Þ`, but for `×`.
            (0xc3, 0x80..0x9f) => byte + 0x20,
            _ => return None,
        };
        lead = byte;
    }
    Some(lower)
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
        for c in ('\0'..'\u{250}').chain(['Σ', 'ẞ', 'K']) {
            for word in [format!("{c}"), format!("A{c}Ö"), format!("é{c}{c}")] {
                assert_eq!(with_lower(&word, str::to_owned), word.to_lowercase());
            }
        }
        let long = "Ä".repeat(99);
        assert!(!SET.contains_any_case(&long) && with_lower(&long, str::to_owned) == long.to_lowercase());
    }
}
