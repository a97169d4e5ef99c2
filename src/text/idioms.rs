//! Idioms: words that say nothing of a topic where they stand in a set phrase.
//!
//! `mit Verlaub`, `under the hood`: the words are general, and the phrase is no subject. The lists are
//! `language/idioms_de.txt` and `language/idioms_en.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::class::Class;
use super::language::lines;
use super::letters::hash_of;
use super::token::Token;
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

/// For each word of an idiom the hashes of those that may stand there: a hash of 64 bits is as good as the letters.
type Idiom = Vec<Vec<u64>>;

/// Idioms by the hash of each word that may begin them, and these words.
#[derive(Default)]
struct Idioms {
    by_first: FxHashMap<u64, Vec<Idiom>>,
    firsts: Vec<&'static str>,
}

/// Of German and of English.
static LISTS: LazyLock<[Idioms; 2]> =
    LazyLock::new(|| [include_str!("language/idioms_de.txt"), include_str!("language/idioms_en.txt")].map(read));

/// The words that begin idioms.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    LISTS.iter().flat_map(|idioms| idioms.firsts.iter().copied()).chain(SALUTATIONS)
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
        let words = tokens.get(..idiom.len()).unwrap_or_default();
        let here =
            |(token, words): (&Token, &Vec<u64>)| token.sentence == first.sentence && words.contains(&token.hash);
        !words.is_empty() && words.iter().zip(*idiom).skip(1).all(here)
    };
    let begun = idioms.by_first.get(&first.hash).map_or(&[][..], Vec::as_slice);
    begun.iter().filter(fits).map(Vec::len).max().unwrap_or(0)
}

/// The hash of a word, and of what it is with a curly apostrophe.
fn hashes(word: &str) -> impl Iterator<Item = u64> {
    let curly = word.contains('\'').then(|| hash_of(&word.replace('\'', "’")));
    std::iter::once(hash_of(word)).chain(curly)
}

fn read(list: &'static str) -> Idioms {
    let mut idioms = Idioms::default();
    for line in lines(list) {
        let words: Vec<Vec<&str>> = line
            .split(' ')
            .map(|word| match word {
                POSSESSIVE => POSSESSIVES.to_vec(),
                words => words.split('|').collect(),
            })
            .collect();
        let idiom: Idiom = words.iter().map(|words| words.iter().flat_map(|word| hashes(word)).collect()).collect();
        for &first in &idiom[0] {
            idioms.by_first.entry(first).or_default().push(idiom.clone());
        }
        idioms.firsts.extend(&words[0]);
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
