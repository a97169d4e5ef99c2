//! In how many nouns of the lexicon another noun is the last part, and a form of one the first.
//!
//! Where a noun can be cut in two places, the counts of the others decide, and so on: a few rounds, each without the word
//! itself. `Stadtstraße` is `Stadt|straße` since many nouns end in `straße` and begin with `stadt`, few with `stadts`.

use std::collections::{BTreeMap, HashMap, HashSet};

/// Letters of the shortest part.
const SHORTEST: usize = 3;
const ROUNDS: usize = 5;
/// Larger counts are no better evidence.
const MOST: u64 = 255;

#[derive(Default)]
struct Counts<'w> {
    first: HashMap<&'w str, u64>,
    last: HashMap<&'w str, u64>,
}

impl<'w> Counts<'w> {
    fn add(&mut self, word: &'w str, at: usize) {
        *self.first.entry(&word[..at]).or_default() += 1;
        *self.last.entry(&word[at..]).or_default() += 1;
    }

    fn first(&self, part: &str, own: bool) -> u64 {
        self.first.get(part).copied().unwrap_or_default() - u64::from(own)
    }

    fn last(&self, part: &str, own: bool) -> u64 {
        self.last.get(part).copied().unwrap_or_default() - u64::from(own)
    }
}

/// Part → times 256 as the last one, plus times as the first.
pub fn count(nouns: &[&str]) -> BTreeMap<String, u64> {
    let known: HashSet<&str> = nouns.iter().copied().collect();
    let words: Vec<(&str, Vec<usize>)> =
        nouns.iter().map(|word| (*word, cuts(word, &known))).filter(|(_, cuts)| !cuts.is_empty()).collect();
    let mut counts = Counts::default();
    for (word, cuts) in &words {
        cuts.iter().for_each(|&at| counts.add(word, at));
    }
    let mut chosen: Vec<Option<usize>> = vec![None; words.len()];
    for _ in 0..ROUNDS {
        let mut next = Counts::default();
        for ((word, cuts), chosen) in words.iter().zip(&mut chosen) {
            let at = best(word, cuts, *chosen, &counts, &known);
            *chosen = Some(at);
            next.add(word, at);
        }
        counts = next;
    }
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    for (part, n) in counts.first {
        *all.entry(part.to_owned()).or_default() += n.min(MOST);
    }
    for (part, n) in counts.last {
        *all.entry(part.to_owned()).or_default() += n.min(MOST) << 8;
    }
    all
}

/// Where a noun can be cut into two, in bytes.
fn cuts(word: &str, known: &HashSet<&str>) -> Vec<usize> {
    let n = word.chars().count();
    let inside = word.char_indices().enumerate().filter(|(i, _)| (SHORTEST..=n.saturating_sub(SHORTEST)).contains(i));
    let fits = |at: &usize| known.contains(&word[*at..]) && is_first_part(&word[..*at], known);
    inside.map(|(_, (at, _))| at).filter(fits).collect()
}

/// Whether a text is a noun, with or without a linking element or its last `e`.
fn is_first_part(text: &str, known: &HashSet<&str>) -> bool {
    let is = |text: &str| known.contains(text);
    let without = |ending| text.strip_suffix(ending).is_some_and(is);
    is(text)
        || (text.chars().count() > SHORTEST && is(&format!("{text}e")))
        || ["s", "en", "n"].into_iter().any(without)
}

fn best(word: &str, cuts: &[usize], chosen: Option<usize>, counts: &Counts<'_>, known: &HashSet<&str>) -> usize {
    let own = |at: usize| chosen == Some(at);
    let first = |at: usize| counts.first(&word[..at], own(at));
    let last = |at: usize| counts.last(&word[at..], own(at));
    let off_middle = |at: usize| (2 * at).abs_diff(word.len());
    cuts.iter()
        .copied()
        .reduce(|a, b| {
            let between = &word[a..b];
            let earlier = if between.chars().count() >= SHORTEST && is_first_part(between, known) {
                // Three words: `A|BC` where many nouns end in `BC`, else `AB|C`.
                last(a) >= 3 && last(a) > 2 * first(b)
            } else {
                let product = |at: usize| (2 * first(at) + 1) * (2 * last(at) + 1);
                let (x, y) = (product(a), product(b));
                if x > 2 * y || y > 2 * x { x > y } else { off_middle(a) < off_middle(b) }
            };
            if earlier { a } else { b }
        })
        .expect("a word with cuts")
}
