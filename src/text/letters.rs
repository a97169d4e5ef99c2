//! What one pass over the bytes of a word tells: its hash without case, and which letters it has.
//!
//! Every token is hashed once, when it is cut out. Words that differ in case only have one hash, so that tables of
//! spellings, lists and fingerprints of sentences need not read the letters again. Eight bytes are looked at together.

use super::word_set::with_lower;

/// A bit in each of eight bytes.
const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// What is known of a word from its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Letters {
    /// Of the word in lower case: the same on every machine.
    pub hash: u64,
    /// Of the word as it stands.
    pub exact: u64,
    /// Whether it has a letter from a to z.
    pub has_small: bool,
    /// Whether it has two bytes or more: a letter from A to Z in either case, then small letters up to `ÿ`.
    pub is_plain: bool,
}

impl Letters {
    /// Of `text[start..end]`, at the borders of characters.
    pub(crate) fn of(text: &str, start: usize, end: usize) -> Self {
        let bytes = text.as_bytes();
        let (mut hash, mut exact) = (Hasher::new(), Hasher::new());
        let (mut small, mut others, mut high) = (0, 0, 0);
        let mut at = start;
        while at < end {
            let n = (end - at).min(8);
            let chunk = load(bytes, at, n);
            let (capitals, smalls) = (between(chunk, b'A', b'Z'), between(chunk, b'a', b'z'));
            // Each capital is 0x20 before its small letter.
            hash.add(chunk | capitals >> 2);
            exact.add(chunk);
            small |= smalls;
            high |= chunk & HIGH;
            let letters = if at == start { smalls | capitals & 0x80 } else { smalls };
            others |= (HIGH >> (64 - 8 * n)) & !(letters | chunk);
            at += 8;
        }
        let len = end - start;
        let latin = high == 0 || is_small_latin(&bytes[start..end]);
        let hash = if latin { hash.finish(len) } else { hash_of(&text[start..end]) };
        let is_plain = len >= 2 && latin && others == 0 && bytes[start].is_ascii_alphabetic();
        Self { hash, exact: exact.finish(len), has_small: small != 0, is_plain }
    }
}

/// The hash of a word in lower case.
pub(crate) fn hash_of(word: &str) -> u64 {
    with_lower(word, exact_hash_of)
}

/// The hash of a word as it stands.
pub(crate) fn exact_hash_of(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut hash = Hasher::new();
    (0..bytes.len()).step_by(8).for_each(|at| hash.add(load(bytes, at, (bytes.len() - at).min(8))));
    hash.finish(bytes.len())
}

/// `n` bytes from `at` on, one to eight, zeros behind them.
fn load(bytes: &[u8], at: usize, n: usize) -> u64 {
    let keep = u64::MAX >> (64 - 8 * n);
    match bytes[at..].first_chunk() {
        Some(chunk) => u64::from_le_bytes(*chunk) & keep,
        None => bytes[at..at + n].iter().rev().fold(0, |all, &byte| all << 8 | u64::from(byte)),
    }
}

/// The high bit of each byte that is one from `first` to `last`, both below 128.
const fn between(chunk: u64, first: u8, last: u8) -> u64 {
    let low = chunk & !HIGH;
    let reaches = low + (0x80 - first as u64) * ONES;
    let passes = low + (0x7f - last as u64) * ONES;
    reaches & !passes & !chunk & HIGH
}

/// How many of eight bytes, from the lowest on, are letters from A to Z in either case.
#[inline]
pub(super) const fn ascii_letters(chunk: u64) -> usize {
    // A bit makes capitals small; what else it moves into the small letters is none below 128.
    let letters = between(chunk | (0x20 * ONES), b'a', b'z');
    (!letters & HIGH).trailing_zeros() as usize / 8
}

/// Whether all characters beyond ASCII are small letters from `ß` to `ÿ`.
fn is_small_latin(word: &[u8]) -> bool {
    let mut lead = 0;
    word.iter().all(|&byte| {
        let fits = match (lead, byte) {
            (0xc3, 0x9f..=0xb6 | 0xb8..=0xbf) => true,
            (0xc3, _) => false,
            (_, 0..0x80 | 0xc3) => true,
            _ => false,
        };
        lead = byte;
        fits
    })
}

/// Numbers made one: multiplied to 128 bits and folded, as in wyhash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hasher(u64);

impl Hasher {
    pub(crate) const fn new() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }

    #[inline]
    pub(crate) const fn add(&mut self, number: u64) {
        let product = (self.0 ^ number) as u128 * 0xa076_1d64_78bd_642f;
        self.0 = product as u64 ^ (product >> 64) as u64;
    }

    const fn finish(mut self, len: usize) -> u64 {
        self.add(len as u64);
        self.0
    }

    pub(crate) const fn value(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same by the rules in words.
    fn plainly(word: &str) -> Letters {
        let mut chars = word.chars();
        let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
        let small = |c: char| c.is_ascii_lowercase() || ('ß'..='ÿ').contains(&c) && c != '÷';
        Letters {
            hash: hash_of(&word.to_lowercase()),
            exact: exact_hash_of(word),
            has_small: word.contains(|c: char| c.is_ascii_lowercase()),
            is_plain: word.len() >= 2 && first && chars.all(small),
        }
    }

    fn check(before: &str, word: &str, after: &str) {
        let text = format!("{before}{word}{after}");
        let found = Letters::of(&text, before.len(), before.len() + word.len());
        assert_eq!(found, plainly(word), "{word:?} in {text:?}");
    }

    #[test]
    fn case_makes_no_difference_and_letters_do() {
        assert_eq!(hash_of("Straße"), hash_of("straße"));
        assert_eq!(hash_of("ÜBERMORGEN"), hash_of("Übermorgen"));
        let words = ["", "a", "b", "ab", "ba", "a\0", "abcdefgh", "abcdefghi", "abcdefghabcdefgh", "ä", "ö"];
        let mut hashes = words.map(hash_of).to_vec();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), words.len());
        // Fingerprints in counts files are made of it.
        assert_eq!(hash_of("Bürgerinnen"), 7_708_301_361_429_285_198);
    }

    #[test]
    fn letters_of_ascii_are_counted_up_to_the_first_other_byte() {
        for byte in 0..=255u8 {
            for n in 0..8 {
                let mut chunk = *b"aZxAqmYz";
                chunk[n] = byte;
                let expected = if byte.is_ascii_alphabetic() { 8 } else { n };
                assert_eq!(ascii_letters(u64::from_le_bytes(chunk)), expected, "{byte} at {n}");
            }
        }
    }

    #[test]
    fn every_character_in_every_place() {
        for c in (0..0x250).chain(0x2010..0x2030).filter_map(char::from_u32).chain(['Σ', 'ẞ', 'K', '😀']) {
            for n in 0..9 {
                check("", &format!("{}{c}{}", "x".repeat(n), "y".repeat(8 - n)), "");
                check("Ä ", &format!("{}{c}", "X".repeat(n)), "Z");
            }
        }
    }

    proptest! {
        #[test]
        fn eight_bytes_at_a_time_say_what_letters_say(
            before in "[a-zÄ ]{0,9}", word in "[a-zA-Z0-9äÄß÷ŁI.-]{0,20}", after in "[a-zA-Zä ]{0,9}",
        ) {
            check(&before, &word, &after);
        }

        #[test]
        fn any_word(word in "\\PC{0,24}") {
            check("", &word, " und");
        }
    }
}
