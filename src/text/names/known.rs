//! Marking the names of known people among tokens.

use rustc_hash::FxHashSet;

use super::{
    Block, DETERMINERS, Uses, full_name, is_capitalised, is_institution, run_length, similar, strip_genitive, word,
};
use crate::corpus::Language;
use crate::text::token::{Token, TokenKind};

/// People whose names are to be marked.
#[derive(Debug, Clone, Default)]
pub struct Known {
    full: Vec<Vec<String>>,
    surnames: FxHashSet<String>,
}

/// Words after which a capitalised word is a name.
const ADDRESS: &[&str] = &[
    "herr",
    "herrn",
    "frau",
    "kollege",
    "kollegin",
    "kollegen",
    "kolleginnen",
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "abgeordneter",
    "abgeordnete",
    "abgeordneten",
    "minister",
    "ministerin",
    "bundesminister",
    "bundesministerin",
    "staatssekretär",
    "staatssekretärin",
    "präsident",
    "präsidentin",
];

impl Known {
    /// From full names, such as `Jens-Uwe Petersen`.
    pub fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut known = Self::default();
        for name in names {
            known.add(name.split_whitespace().map(str::to_owned).collect());
        }
        known
    }

    fn add(&mut self, parts: Vec<String>) {
        if let Some(surname) = parts.last() {
            self.surnames.insert(surname.clone());
        }
        if parts.len() > 1 && !self.full.contains(&parts) {
            self.full.push(parts);
        }
    }

    /// Adds the people named in full in a text of which nothing is known.
    pub(crate) fn add_found(&mut self, text: &str, block: &Block) {
        let blocks = std::slice::from_ref(block);
        let mut uses = None;
        let mut i = 0;
        while i < block.tokens.len() {
            let run = run_length(text, block, i);
            if run >= 2 {
                let uses = uses.get_or_insert_with(|| Uses::new(text, blocks));
                if let Some((at, n, true)) = full_name(text, block, i, run, uses, Language::De) {
                    self.add(block.tokens[at..at + n].iter().map(|t| word(text, t).to_owned()).collect());
                }
            }
            i += run.max(1);
        }
    }

    /// For each token, whether it is part of a name. `careless` also accepts a surname with one wrong letter.
    #[must_use]
    pub fn mark(&self, text: &str, tokens: &[Token], careless: bool) -> Vec<bool> {
        let mut marked = vec![false; tokens.len()];
        for i in 0..tokens.len() {
            if tokens[i].kind != TokenKind::Word || marked[i] {
                continue;
            }
            let this = word(text, &tokens[i]);
            for name in self.full.iter().filter(|n| n[0] == this) {
                let fits = |k: usize| {
                    tokens.get(i + k).is_some_and(|t| {
                        word(text, t) == name[k] || (k + 1 == name.len() && strip_genitive(word(text, t)) == name[k])
                    })
                };
                if (0..name.len()).all(fits) {
                    marked[i..i + name.len()].fill(true);
                }
            }
            if marked[i] || !is_capitalised(this) {
                continue;
            }
            let before = i.checked_sub(1).map(|p| word(text, &tokens[p]).to_lowercase());
            let after_dot = before.as_deref() == Some(".")
                && i >= 2
                && ADDRESS.contains(&word(text, &tokens[i - 2]).to_lowercase().as_str());
            let addressed = before.as_deref().is_some_and(|b| ADDRESS.contains(&b)) || after_dot;
            let determined = before.as_deref().is_some_and(|b| DETERMINERS.contains(&b));
            let bare = strip_genitive(this);
            let surname = self.surnames.contains(this) || self.surnames.contains(bare);
            let misspelled = careless
                && this.chars().count() >= 6
                && self.surnames.iter().any(|s| s.chars().next() == this.chars().next() && similar(s, this));
            marked[i] = ((surname || misspelled) && !determined) || (addressed && !is_institution(this));
        }
        marked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Span;
    use crate::text::tokenize;

    fn check(known: &Known, text: &str, expected: &[&str]) {
        let tokens = tokenize(text, Span::new(0, text.len()));
        let marks = known.mark(text, &tokens, true);
        let found: Vec<_> = tokens.iter().zip(marks).filter(|(_, m)| *m).map(|(t, _)| t.span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_are_marked_and_words_are_not() {
        let known = Known::of(["Jan Winter", "Uwe Weggener"].into_iter());
        check(&known, "Jan Winter sprach im Winter. Winters Rat: der Winter kommt.", &["Jan", "Winter", "Winters"]);
        check(&known, "Wegener warnt Frau Maier", &["Wegener", "Maier"]);
    }
}
