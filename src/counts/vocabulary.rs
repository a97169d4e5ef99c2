//! The spellings that one thread has met, found by a hash of their letters.
//!
//! A corpus has a million words, and most of counting waits for memory: so each word is one look into one table, which
//! holds no letters.

use super::fold::{NO_WORD, Spelling};
use crate::corpus::Language;

/// What a spelling is found by: the hash of its letters, and its language. Two spellings with one key would count as one;
/// among a million spellings there are two once in 37 million corpora.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key(u64);

impl Key {
    /// Makes keys of hashes ([`crate::text::letters::Letters::exact`]) in one language.
    pub(super) fn maker(language: Language) -> impl Fn(u64) -> Self + Copy {
        let code: u64 = match language {
            Language::De => 0,
            Language::En => 1,
            Language::Other([a, b]) => 2 + (u64::from(a) << 8 | u64::from(b)),
        };
        let salt = code.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        move |hash| Self(hash ^ salt)
    }
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    key: Key,
    /// [`NO_WORD`] where nothing is.
    word: u32,
    /// How often it stands in the session that is being counted.
    here: u32,
}

impl Slot {
    const EMPTY: Self = Self { key: Key(0), word: NO_WORD, here: 0 };

    fn is_taken(&self) -> bool {
        self.word != NO_WORD
    }
}

/// An open table from keys to numbers.
#[derive(Debug, Clone)]
pub(super) struct Slots {
    slots: Vec<Slot>,
    taken: usize,
}

impl Slots {
    /// With room for so many.
    pub(super) fn with_room(n: usize) -> Self {
        Self { slots: vec![Slot::EMPTY; (2 * n).next_power_of_two().max(16)], taken: 0 }
    }

    /// Where a key is, or would be.
    #[inline]
    fn place(&self, key: Key) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = key.0 as usize & mask;
        while self.slots[at].is_taken() && self.slots[at].key != key {
            at = (at + 1) & mask;
        }
        at
    }

    /// The number of a key.
    pub(super) fn get(&self, key: Key) -> Option<u32> {
        Some(self.slots[self.place(key)].word).filter(|&word| word != NO_WORD)
    }

    /// Adds a key that is not there.
    pub(super) fn insert(&mut self, key: Key, word: u32) {
        if 8 * (self.taken + 1) > 5 * self.slots.len() {
            let larger = vec![Slot::EMPTY; 2 * self.slots.len()];
            for slot in std::mem::replace(&mut self.slots, larger).into_iter().filter(Slot::is_taken) {
                let at = self.place(slot.key);
                self.slots[at] = slot;
            }
        }
        let at = self.place(key);
        self.slots[at] = Slot { key, word, here: 0 };
        self.taken += 1;
    }
}

/// A spelling of a [`Vocabulary`]: its id, and whether it is a function word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word(u32);

impl Word {
    const FUNCTION: u32 = 1 << 31;
    /// What does not count.
    pub(super) const NONE: Self = Self(NO_WORD);

    pub(super) const fn id(self) -> u32 {
        self.0 & !Self::FUNCTION
    }

    pub(super) const fn is_function(self) -> bool {
        self.0 & Self::FUNCTION != 0
    }
}

/// Spellings with their counts; ids in order of appearance.
pub(super) struct Vocabulary {
    slots: Slots,
    spellings: Vec<Spelling>,
    /// The keys of the session that is being counted.
    here: Vec<Key>,
}

impl Vocabulary {
    pub(super) fn new() -> Self {
        Self { slots: Slots::with_room(1 << 10), spellings: Vec::new(), here: Vec::new() }
    }

    /// Where a key is likely to be when it is counted. Asked for many words before they are counted: what one waits for,
    /// memory, the others can wait for at the same time.
    pub(super) fn guess(&self, key: Key) -> u32 {
        self.slots.place(key) as u32
    }

    /// Counts a mention in the session that is being counted. `make` gives its spelling, and whether it is a function
    /// word, if it is new.
    pub(super) fn count(
        &mut self,
        key: Key,
        guess: u32,
        is_initial: bool,
        make: impl FnOnce() -> (Spelling, bool),
    ) -> Word {
        let mut at = guess as usize;
        if self.slots.slots.get(at).is_none_or(|slot| !slot.is_taken() || slot.key != key) {
            at = self.slots.place(key);
            if !self.slots.slots[at].is_taken() {
                let (spelling, is_function) = make();
                let id = self.spellings.len() as u32;
                self.spellings.push(spelling);
                self.slots.insert(key, if is_function { id | Word::FUNCTION } else { id });
                at = self.slots.place(key);
            }
        }
        let slot = &mut self.slots.slots[at];
        if slot.here == 0 {
            self.here.push(key);
        }
        slot.here += 1;
        let word = Word(slot.word);
        if is_initial {
            self.spellings[word.id() as usize].initial += 1;
        }
        word
    }

    /// Ends a session: how often it has each spelling, by id, ascending.
    pub(super) fn end_session(&mut self) -> Vec<(u32, u32)> {
        let mut cells: Vec<(u32, u32)> = Vec::with_capacity(self.here.len());
        for key in self.here.drain(..) {
            let at = self.slots.place(key);
            let slot = &mut self.slots.slots[at];
            cells.push((Word(slot.word).id(), std::mem::take(&mut slot.here)));
        }
        for &(id, n) in &cells {
            self.spellings[id as usize].count += u64::from(n);
        }
        cells.sort_unstable();
        cells
    }

    pub(super) fn into_spellings(self) -> Vec<Spelling> {
        self.spellings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::letters::exact_hash_of;

    fn count(vocabulary: &mut Vocabulary, text: &str, guess: Option<u32>) -> Word {
        let key = Key::maker(Language::De)(exact_hash_of(text));
        let guess = guess.unwrap_or_else(|| vocabulary.guess(key));
        let make = || {
            let spelling = Spelling { language: Language::De, text: text.into(), count: 0, initial: 0 };
            (spelling, text == "w7")
        };
        vocabulary.count(key, guess, text == "w9", make)
    }

    #[test]
    fn sessions_are_counted_while_the_table_grows() {
        let mut vocabulary = Vocabulary::new();
        for n in 0..5_000 {
            let word = count(&mut vocabulary, &format!("w{n}"), None);
            assert_eq!((word.id(), word.is_function()), (n, n == 7));
            // A guess that is wrong does no harm.
            assert_eq!(count(&mut vocabulary, "w0", Some(n)).id(), 0);
        }
        let cells = vocabulary.end_session();
        let expected = |id: u32| (id, if id == 0 { 5_001 } else { 1 });
        assert!(cells.into_iter().eq((0..5_000).map(expected)));
        assert_eq!(count(&mut vocabulary, "w9", None).id(), 9);
        assert_eq!(vocabulary.end_session(), [(9, 1)]);
        let spellings = vocabulary.into_spellings();
        assert_eq!((spellings[9].count, spellings[9].initial, spellings[8].initial), (2, 2, 0));
    }

    #[test]
    fn a_language_is_part_of_a_key() {
        let keys = [Language::De, Language::En, Language::Other(*b"fr"), Language::Other(*b"rf")];
        let keys: Vec<u64> = keys.map(|language| Key::maker(language)(exact_hash_of("Band")).0).to_vec();
        assert!((1..4).all(|i| !keys[..i].contains(&keys[i])));
    }
}
