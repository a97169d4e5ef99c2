//! What was worked out for two words lately: the same pairs and halves stand in many texts.

use std::sync::{Mutex, PoisonError};

use rustc_hash::{FxBuildHasher, FxHashMap};

/// Answers for two words each; a few thousand are kept. What they are asked must depend on the words alone.
#[derive(Debug)]
pub(super) struct Lately<V>(Mutex<FxHashMap<(usize, String), V>>);

impl<V: Clone> Lately<V> {
    /// So many are kept.
    const MOST: usize = 1 << 12;
    /// Bytes of two words that are kept.
    const LONGEST: usize = 200;

    pub(super) const fn new() -> Self {
        Self(Mutex::new(FxHashMap::with_hasher(FxBuildHasher)))
    }

    /// The answer for two words, which `make` works out if nobody asked for it lately.
    pub(super) fn get(&self, a: &str, b: &str, make: impl FnOnce() -> V) -> V {
        if a.len() + b.len() > Self::LONGEST {
            return make();
        }
        let key = (a.len(), [a, b].concat());
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return known.clone();
        }
        let made = make();
        let mut all = lock();
        if all.len() >= Self::MOST {
            all.clear();
        }
        all.insert(key, made.clone());
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_and_in_the_end_forgotten() {
        let lately = Lately::new();
        let ask = |a: &str, b: &str, answer: usize| lately.get(a, b, || answer);
        assert_eq!((ask("a", "b", 1), ask("a", "b", 2), ask("ab", "", 3)), (1, 1, 3));
        let long = "n".repeat(999);
        assert_eq!((ask(&long, "b", 1), ask(&long, "b", 2)), (1, 2));
        for n in 0..Lately::<usize>::MOST {
            assert_eq!(ask("n", &n.to_string(), n), n);
        }
        assert_eq!(ask("a", "b", 4), 4);
    }
}
