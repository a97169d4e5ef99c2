//! Normal forms: each distinct spelling is normalised once, whichever thread meets it first.

use std::hash::{BuildHasher as _, BuildHasherDefault};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHasher};

use super::settings::CountSettings;
use crate::corpus::Language;
use crate::text::normal::Piece;
use crate::text::{Normal, Normalizer};

/// A spelling, normalised, with what it is in a phrase.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub normal: Normal,
    /// All of it that the key of a phrase depends on, as one string.
    pub code: String,
    /// The hash of the code.
    pub code_hash: u64,
}

const FIELD: char = '\u{1f}';

impl Word {
    fn new(normal: Normal) -> Self {
        let piece = normal.piece();
        let kind = match (piece.stop, piece.noun) {
            (true, _) => 's',
            (_, true) => 'n',
            _ => 'w',
        };
        let joint = if piece.joint == piece.key { "" } else { piece.joint };
        let code = format!("{}{FIELD}{joint}{FIELD}{kind}", piece.key);
        let code_hash = code_hash(&code);
        Self { normal, code, code_hash }
    }
}

/// What two words in a row are looked up by, of the hashes of their codes.
pub(super) const fn pair_hash(first: u64, second: u64) -> u64 {
    first.rotate_left(23) ^ second
}

/// [`pair_hash`] of the first two of several codes.
pub(super) fn first_pair(codes: &[&str]) -> u64 {
    pair_hash(code_hash(codes[0]), code_hash(codes[1]))
}

/// The hash of a code or a key.
pub(super) fn code_hash(text: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(text)
}

/// Reads [`Word::code`].
pub(super) fn piece(code: &str) -> Piece<'_> {
    let mut fields = code.split(FIELD);
    let key = fields.next().unwrap_or_default();
    let joint = fields.next().filter(|j| !j.is_empty()).unwrap_or(key);
    let kind = fields.next().unwrap_or("n");
    Piece { key, joint, noun: kind == "n", stop: kind == "s" }
}

const SHARDS: usize = 16;
type Shard = Mutex<FxHashMap<String, Arc<Word>>>;

#[derive(Debug)]
struct OfLanguage {
    normalizer: Normalizer,
    shards: [Shard; SHARDS],
}

/// The normalisers of a corpus's languages and what they have made so far. It holds no result: two are always equal.
#[derive(Debug, Clone, Default)]
pub(super) struct Normals(Vec<Arc<OfLanguage>>);

impl PartialEq for Normals {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Normals {
    pub(super) fn new(languages: impl Iterator<Item = Language>, settings: &CountSettings) -> Self {
        let mut languages: Vec<Language> = languages.collect();
        languages.sort_unstable();
        languages.dedup();
        let of = |language| OfLanguage { normalizer: settings.normalizer(language), shards: Default::default() };
        Self(languages.into_iter().map(|l| Arc::new(of(l))).collect())
    }

    /// The languages it knows.
    #[cfg(feature = "counts-file")]
    pub(super) fn languages(&self) -> impl Iterator<Item = Language> {
        self.0.iter().map(|l| l.normalizer.language())
    }

    /// With the languages of another.
    pub(super) fn and(mut self, other: &Self) -> Self {
        for language in &other.0 {
            if !self.0.iter().any(|l| l.normalizer.language() == language.normalizer.language()) {
                self.0.push(Arc::clone(language));
            }
        }
        self
    }

    /// Lets go of what was made.
    pub(super) fn forget(&self) {
        let shards = self.0.iter().flat_map(|l| &l.shards);
        shards.for_each(|shard| *shard.lock().unwrap_or_else(PoisonError::into_inner) = FxHashMap::default());
    }

    /// A view for one language.
    pub(super) fn memo(&self, language: Language) -> Memo<'_> {
        let of = self.0.iter().find(|l| l.normalizer.language() == language).expect("one for every language");
        Memo { of }
    }
}

/// The normal forms of one language.
#[derive(Clone, Copy)]
pub(super) struct Memo<'n> {
    of: &'n OfLanguage,
}

impl<'n> Memo<'n> {
    pub(super) fn normalizer(&self) -> &'n Normalizer {
        &self.of.normalizer
    }

    /// The normal form of a spelling: made by the first who asks.
    pub(super) fn word(&self, spelling: &str) -> Arc<Word> {
        let shard = &self.of.shards[code_hash(spelling) as usize % SHARDS];
        let lock = || shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(word) = lock().get(spelling) {
            return Arc::clone(word);
        }
        let word = Arc::new(Word::new(self.of.normalizer.normal(spelling)));
        Arc::clone(lock().entry(spelling.to_owned()).or_insert(word))
    }
}
