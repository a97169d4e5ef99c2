//! Spellings by their letters: what each token of a part counts as, once the spellings of the corpus are known.

use std::sync::OnceLock;

use super::fold::{Counts, Spelling};
use super::reading::{Counting, Part};
use super::vocabulary::{Key, Slots};
use crate::corpus::Language;
use crate::text::letters::exact_hash_of;

/// Where spellings are found; made when first asked. It holds no result: two are always equal.
#[derive(Debug, Clone, Default)]
pub(super) struct SpellingIndex(OnceLock<Slots>);

impl PartialEq for SpellingIndex {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl SpellingIndex {
    fn slots(&self, spellings: &[Spelling]) -> &Slots {
        self.0.get_or_init(|| {
            let mut slots = Slots::with_room(spellings.len());
            for (id, spelling) in (0..).zip(spellings) {
                slots.insert(Key::maker(spelling.language)(exact_hash_of(&spelling.text)), id);
            }
            slots
        })
    }
}

/// What a token counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CountedWord {
    /// Index of the spelling.
    pub spelling: u32,
    /// Whether that is what stands there, letter by letter.
    pub as_it_stands: bool,
}

impl Counts {
    /// The key that a spelling has by itself.
    pub(crate) fn key(&self, spelling: &str, language: Language) -> String {
        self.normals.memo(language).word(spelling).normal.key.clone()
    }

    /// The index of a spelling.
    pub(super) fn index_of(&self, language: Language, text: &str) -> Option<u32> {
        self.index.slots(self.spellings()).get(Key::maker(language)(exact_hash_of(text)))
    }

    /// For each token of a part, what it counts as, if it does; none also where the counts have no such spelling.
    pub(crate) fn words(&self, part: &Part<'_>, language: Language) -> Vec<Option<CountedWord>> {
        let (slots, key) = (self.index.slots(self.spellings()), Key::maker(language));
        let word = |token: usize| {
            let Counting { hash, .. } = part.counting(token)?;
            let as_it_stands = hash == part.tokens[token].exact;
            Some(CountedWord { spelling: slots.get(key(hash))?, as_it_stands })
        };
        (0..part.tokens.len()).map(word).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::counts::CountSettings;

    #[test]
    fn every_spelling_has_its_own_index_and_others_have_none() {
        let text = "Die KI hilft der Kommune, und ki hilft nicht. DIE GROSSE FRAGE BLEIBT OFFEN. Fach- und Führungskräfte, ja.";
        let corpus = Corpus::from_texts([("a.txt", 2024, text)]).unwrap();
        let counts = Counts::of(&corpus, &CountSettings::default()).unwrap();
        for (id, spelling) in (0..).zip(counts.spellings()) {
            assert_eq!(counts.index_of(spelling.language, &spelling.text), Some(id), "{spelling:?}");
        }
        for (language, text) in
            [(Language::De, "kI"), (Language::En, "KI"), (Language::De, "fehlt"), (Language::De, "")]
        {
            assert_eq!(counts.index_of(language, text), None, "{text}");
        }
        let part = Part::of_text(text, &counts.settings().normalizer(Language::De));
        let spelled = |w: &CountedWord| (counts.spellings()[w.spelling as usize].text.as_str(), w.as_it_stands);
        let words: Vec<(&str, bool)> = counts.words(&part, Language::De).iter().flatten().map(spelled).collect();
        for word in [("KI", true), ("ki", true), ("Grosse", false), ("Fachkräfte", false), ("Führungskräfte", true)]
        {
            assert!(words.contains(&word), "{word:?}: {words:?}");
        }
    }
}
