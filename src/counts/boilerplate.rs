//! Boilerplate: sentences repeated over many sessions (salutations, an organiser's paragraph, a licence note).
//!
//! A sentence is known by a fingerprint of its words, without case, numbers and punctuation. It is boilerplate if it
//! stands in at least five sessions and one in five hundred of all, or, with eight words or more, in at least half
//! of two or more documents. A title of a table's row names the topic, so it must stand in one of twenty. What it holds is not counted; `--without boilerplate` counts it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::fold::Counts;
use super::reading::{Field, Part};

/// Sessions that must hold a short sentence at least.
const MIN_SESSIONS: u32 = 5;
/// One in so many sessions must hold it.
const ONE_IN: usize = 500;
/// One in so many sessions must have a title.
const ONE_TITLE_IN: usize = 20;
/// Marks the number of words of a title.
const TITLE: u32 = 1 << 31;
/// Words from which on two documents are enough.
const LONG: u32 = 8;
/// At most one in so many sentences may be shared by documents.
const MAX_SHARED: usize = 5;
/// Shorter sentences are never boilerplate.
const SHORTEST: u32 = 3;

/// A sentence that is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BoilerplateSentence {
    /// Its letters, as in the first session that has it.
    pub text: String,
    /// Sessions that hold it.
    pub sessions: u32,
    /// Index in the corpus of the first of them.
    pub first_session: usize,
}

/// The fingerprint of each sentence of a part, by the number of the sentence; `None` for short ones.
pub(super) fn by_sentence(part: &Part<'_>) -> Vec<Option<(u64, u32)>> {
    let mut all: Vec<(u64, u32)> = Vec::new();
    for token in &part.tokens {
        let number = token.sentence as usize;
        if all.len() <= number {
            all.resize(number + 1, (FNV_OFFSET, 0));
        }
        if token.kind.is_word() {
            let (hash, words) = &mut all[number];
            for c in token.span.of(part.text).chars().flat_map(char::to_lowercase).chain([' ']) {
                let mut buffer = [0; 4];
                for &byte in c.encode_utf8(&mut buffer).as_bytes() {
                    *hash = (*hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
                }
            }
            *words += 1;
        }
    }
    let title = if part.field == Field::Title { TITLE } else { 0 };
    let known = |(hash, words): (u64, u32)| (words >= SHORTEST).then_some((hash ^ u64::from(title), words | title));
    all.into_iter().map(known).collect()
}

// FNV-1a, 64 bit.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// Each distinct fingerprint of a session with its number of words.
pub(super) fn fingerprints(parts: &[Part<'_>]) -> FxHashMap<u64, u32> {
    parts.iter().flat_map(by_sentence).flatten().collect()
}

/// Fingerprints of the sentences that are boilerplate, with the number of sessions that hold them.
pub(super) fn find(counts: &Counts) -> FxHashMap<u64, u32> {
    let rows = counts.rows();
    let documents: FxHashSet<&str> = rows.iter().map(|r| r.id.split('#').next().unwrap_or_default()).collect();
    let often = |sessions: u32, words: u32| {
        let one_in = if words & TITLE == 0 { ONE_IN } else { ONE_TITLE_IN };
        sessions >= MIN_SESSIONS && sessions as usize * one_in >= rows.len()
    };
    let shared = |sessions: u32, words: u32| {
        words & TITLE == 0 && words >= LONG && sessions >= 2 && sessions as usize * 2 >= documents.len()
    };
    // Two copies of one text are no boilerplate.
    let n_shared = counts.fingerprints.iter().filter(|(_, s, w)| shared(*s, *w)).count();
    let few = n_shared * MAX_SHARED <= counts.fingerprints.len();
    let all = counts.fingerprints.iter();
    all.filter(|(_, s, w)| often(*s, *w) || (few && shared(*s, *w))).map(|&(f, s, _)| (f, s)).collect()
}
