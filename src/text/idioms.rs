//! Idioms: words that say nothing of a topic where they stand in a set phrase.
//!
//! `mit Verlaub`, `under the hood`: the words are general, and the phrase is no subject. The lists are
//! `language/idioms_de.txt` and `language/idioms_en.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::class::Class;
use super::language::lines;
use super::token::Token;
use super::word_set::with_lower;
use crate::corpus::Language;

/// What stands for any possessive in the lists.
const POSSESSIVE: &str = "POSS";
const POSSESSIVES: &[&str] = &[
    "my", "your", "his", "her", "its", "our", "their", "one's", "mein", "meine", "meinem", "meinen", "meiner", "sein",
    "seine", "seinem", "seinen", "seiner", "ihr", "ihre", "ihrem", "ihren", "ihrer", "unser", "unsere", "unserem",
    "unseren", "unserer", "euer", "eure", "eurem", "euren", "eurer",
];

/// Adjectives that have their capital from the start of a sentence, where a noun follows: `Liebe Gäste`, which is not love.
const SALUTATIONS: [&str; 3] = ["Liebe", "Lieber", "Liebes"];

/// For each word of an idiom those that may stand there.
type Idiom = Vec<Vec<&'static str>>;

/// Idioms by each word that may begin them.
type Idioms = FxHashMap<&'static str, Vec<Idiom>>;

/// Of German and of English.
static LISTS: LazyLock<[Idioms; 2]> =
    LazyLock::new(|| [include_str!("language/idioms_de.txt"), include_str!("language/idioms_en.txt")].map(read));

/// The words that begin idioms.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    LISTS.iter().flat_map(|idioms| idioms.keys().copied()).chain(SALUTATIONS)
}

/// Whether the first token is the adjective of a salutation.
fn is_salutation(text: &str, tokens: &[Token]) -> bool {
    let [first, next, ..] = tokens else { return false };
    first.initial
        && SALUTATIONS.contains(&first.span.of(text))
        && next.sentence == first.sentence
        && next.class.is(Class::CAPITALISED)
}

/// How many tokens from the first on are the longest idiom that begins with it; 0 if none does.
#[must_use]
pub fn idiom_at(text: &str, tokens: &[Token], language: Language) -> usize {
    let idioms = match language {
        Language::De => &LISTS[0],
        Language::En => &LISTS[1],
        Language::Other(_) => return 0,
    };
    let Some(first) = tokens.first() else { return 0 };
    if language == Language::De && is_salutation(text, tokens) {
        return 1;
    }
    let fits = |idiom: &&Idiom| {
        let words = tokens.get(1..idiom.len()).unwrap_or_default();
        words.len() + 1 == idiom.len()
            && words.iter().zip(&idiom[1..]).all(|(token, here)| {
                token.sentence == first.sentence
                    && with_lower(token.span.of(text), |lower| here.iter().any(|w| *w == straight(lower)))
            })
    };
    let begun = |lower: &str| {
        let known = idioms.get(straight(lower).as_ref()).map_or(&[][..], Vec::as_slice);
        known.iter().filter(fits).map(Vec::len).max().unwrap_or(0)
    };
    with_lower(first.span.of(text), begun)
}

/// With straight apostrophes.
fn straight(word: &str) -> std::borrow::Cow<'_, str> {
    if word.contains('’') { word.replace('’', "'").into() } else { word.into() }
}

fn read(list: &'static str) -> Idioms {
    let mut idioms = Idioms::default();
    for line in lines(list) {
        let words = line.split(' ').map(|word| match word {
            POSSESSIVE => POSSESSIVES.to_vec(),
            words => words.split('|').collect(),
        });
        let idiom: Idiom = words.collect();
        for first in &idiom[0] {
            idioms.entry(first).or_default().push(idiom.clone());
        }
    }
    idioms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Span;
    use crate::text::tokenize;

    fn idiom(text: &str, language: Language) -> usize {
        let tokens = tokenize(text, Span::new(0, text.len()));
        (0..tokens.len()).map(|i| idiom_at(text, &tokens[i..], language)).max().unwrap_or(0)
    }

    #[test]
    fn idioms_are_found_in_any_case() {
        for (text, words) in [
            ("Under the Hood of a compiler", 3),
            ("We figured it out at last.", 3),
            ("I can't wrap my head around it.", 4),
            ("a bird’s eye view of Rust", 3),
            ("the heart of a patient", 0),
            ("Out. Of the box", 0),
        ] {
            assert_eq!(idiom(text, Language::En), words, "{text}");
        }
        for (text, words) in [
            ("Mit Verlaub, das ist falsch.", 2),
            ("wie unter einem Brennglas", 3),
            ("ein Brennglas", 0),
            ("Guten Tag! Liebe Gäste!", 1),
            ("Es geht um Liebe Tag für Tag. Liebe ist alles.", 0),
        ] {
            assert_eq!(idiom(text, Language::De), words, "{text}");
        }
    }
}
