//! Phrases in running text: which words may be one, and where the chosen ones stand.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::boilerplate::{BoilerplateKind, BoilerplateSentence, Place};
use super::concepts::{ConceptId, Concepts, Phrase, PhraseForm, SecondReading};
use super::fold::Counts;
use super::index::CountedWord;
use super::normals::{Memo, Word, pair_hash};
use super::people::PersonFinder;
use super::reading::{Part, each_session, parts};
use crate::corpus::{Corpus, Language, Session, Span};
use crate::error::Result;
use crate::text::{Normal, Rule, Rules};

/// A word that can be part of a phrase.
#[derive(Clone, Copy)]
struct PhraseWord {
    /// Index of its spelling.
    spelling: u32,
    /// Index of its token.
    token: usize,
}

/// Calls `visit` with every run of words that no punctuation, number, name or sentence end interrupts.
fn runs(part: &Part<'_>, words: &[Option<CountedWord>], mut visit: impl FnMut(&[PhraseWord])) {
    let mut run: Vec<PhraseWord> = Vec::new();
    let mut sentence = u32::MAX;
    for (token, word) in words.iter().enumerate() {
        let number = part.tokens[token].sentence;
        if word.is_none() || number != sentence {
            if !run.is_empty() {
                visit(&run);
                run.clear();
            }
            sentence = number;
        }
        run.extend(word.map(|word| PhraseWord { spelling: word.spelling, token }));
    }
    if !run.is_empty() {
        visit(&run);
    }
}

/// A word of a candidate: its letters, and its normal form.
#[derive(Clone, Copy)]
pub(super) struct CandidateWord<'w> {
    pub letters: &'w str,
    pub normal: &'w Normal,
}

/// Whether two or three words in a row could be a phrase: topic words at both ends, a function word only inside, and
/// in German a noun at the end.
pub(super) fn may_be_phrase(words: &[CandidateWord<'_>], language: Language) -> bool {
    let (first, last) = (words[0].normal, words[words.len() - 1].normal);
    // `End to End` may repeat itself, `viele viele` may not.
    if first.stop || last.stop || (first.key == last.key && (words.len() == 2 || !words[1].normal.stop)) {
        return false;
    }
    has_form(words.len(), language, |i| (words[i].letters, words[i].normal.stop))
}

/// The part of [`may_be_phrase`] that letters and function words tell: `word` gives the letters of a word, and whether
/// it is a function word.
pub(super) fn has_form<'w>(n: usize, language: Language, word: impl Fn(usize) -> (&'w str, bool)) -> bool {
    if word(0).1 || word(n - 1).1 {
        return false;
    }
    let middle = (n == 3).then(|| word(1));
    if language != Language::De {
        return middle.is_none_or(|(letters, stop)| !stop || inner(letters));
    }
    let noun = |i: usize| !word(i).0.starts_with(char::is_lowercase);
    let adjective = |i: usize| noun(i) || ["e", "er", "en", "es", "em"].iter().any(|e| word(i).0.ends_with(e));
    noun(n - 1)
        && match middle {
            None => adjective(0),
            Some((letters, true)) => noun(0) && inner(letters),
            Some(_) => adjective(0) && adjective(1),
        }
}

/// Function words that hold a phrase together.
fn inner(word: &str) -> bool {
    matches!(
        word,
        "der"
            | "des"
            | "die"
            | "das"
            | "für"
            | "of"
            | "to"
            | "the"
            | "in"
            | "for"
            | "zu"
            | "im"
            | "a"
            | "as"
            | "by"
            | "on"
    )
}

/// Finds phrases.
struct PhraseFinder<'c> {
    counts: &'c Counts,
    concepts: &'c Concepts,
    language: Language,
    memo: Memo<'c>,
}

impl<'c> PhraseFinder<'c> {
    fn new(counts: &'c Counts, concepts: &'c Concepts, language: Language) -> Self {
        Self { counts, concepts, language, memo: counts.normals.memo(language) }
    }

    /// Calls `visit` with every phrase of a part outside of the tokens in `skip`: leftmost, longest, not overlapping.
    fn find(
        &self,
        part: &Part<'_>,
        words: &[Option<CountedWord>],
        skip: &[bool],
        mut visit: impl FnMut(Phrase, &[PhraseWord]),
    ) {
        let mut buffer = String::new();
        runs(part, words, |run| {
            if skip.get(run[0].token) == Some(&true) {
                return;
            }
            let mut at = 0;
            while at < run.len() {
                let rest = &run[at..];
                let hit = self.long_form_at(rest, &mut buffer).or_else(|| self.phrase_at(part, rest, &mut buffer));
                if let Some((phrase, n)) = hit {
                    visit(phrase, &rest[..n]);
                }
                at += hit.map_or(1, |h| h.1);
            }
        });
    }

    fn word(&self, word: &PhraseWord) -> Arc<Word> {
        self.memo.word(&self.counts.spellings()[word.spelling as usize].text)
    }

    /// The longest phrase that begins with the first of these words.
    fn phrase_at(&self, part: &Part<'_>, run: &[PhraseWord], buffer: &mut String) -> Option<(Phrase, usize)> {
        let [first, second, ..] = run else { return None };
        let hash = |word: &PhraseWord| self.concepts.code_hashes[word.spelling as usize];
        if !self.concepts.phrase_pairs.contains(&pair_hash(hash(first), hash(second))) {
            return None;
        }
        let words: Vec<Arc<Word>> = run.iter().take(3).map(|word| self.word(word)).collect();
        let letters = |w: &PhraseWord| part.tokens[w.token].span.of(part.text);
        let grams: Vec<CandidateWord<'_>> = run
            .iter()
            .zip(&words)
            .map(|(w, word)| CandidateWord { letters: letters(w), normal: &word.normal })
            .collect();
        (2..=words.len()).rev().find_map(|n| {
            if !may_be_phrase(&grams[..n], self.language) {
                return None;
            }
            join(words[..n].iter().map(|w| w.code.as_str()), buffer);
            self.concepts.phrases.get(buffer.as_str()).map(|phrase| (*phrase, n))
        })
    }

    /// The longest long form of an acronym that begins with the first of these words.
    fn long_form_at(&self, run: &[PhraseWord], buffer: &mut String) -> Option<(Phrase, usize)> {
        let [first, second, ..] = run else { return None };
        let hash = |word: &PhraseWord| self.concepts.key_hashes[word.spelling as usize];
        let longest = *self.concepts.long_pairs.get(&pair_hash(hash(first), hash(second)))?;
        let words: Vec<Arc<Word>> = run.iter().take(longest as usize).map(|word| self.word(word)).collect();
        (2..=words.len()).rev().find_map(|n| {
            join(words[..n].iter().map(|w| w.normal.key.as_str()), buffer);
            Some((*self.concepts.long.get(buffer.as_str())?, n))
        })
    }
}

fn join<'w>(words: impl Iterator<Item = &'w str>, buffer: &mut String) {
    buffer.clear();
    for (i, word) in words.enumerate() {
        if i > 0 {
            buffer.push(' ');
        }
        buffer.push_str(word);
    }
}

/// What the second reading found in one session.
#[derive(Default)]
pub(super) struct Found {
    /// Mentions of phrases.
    pub phrases: BTreeMap<ConceptId, u32>,
    /// Mentions of other concepts inside these phrases.
    pub in_phrases: BTreeMap<ConceptId, u32>,
    /// Mentions of spellings that do not count.
    pub gone: FxHashMap<u32, u32>,
    /// Words in boilerplate.
    pub tokens_gone: u32,
}

/// One session's share of the second reading, before it is put together.
struct Here {
    index: usize,
    found: Found,
    forms: Vec<(ConceptId, PhraseForm)>,
    /// Boilerplate: what it is, its sessions and its letters.
    boilerplate: Vec<((BoilerplateKind, u64), u32, String)>,
}

/// What else is made of a session while it is read: by its index, itself, its text and its parts, with what their tokens
/// count as.
pub(crate) type AlsoRead<'a, T> = &'a (dyn Fn(usize, &Session, &str, &[ReadPart<'_>]) -> T + Sync);

/// A part, and what each of its tokens counts as.
pub(crate) type ReadPart<'t> = (Part<'t>, Vec<Option<CountedWord>>);

/// Reads the texts again: counts the chosen phrases, takes boilerplate out.
pub(super) fn read_again<T: Send>(
    corpus: &Corpus,
    counts: &Counts,
    concepts: &Concepts,
    also: Option<AlsoRead<'_, T>>,
    mut collect: impl FnMut(T),
) -> Result<(FxHashMap<usize, Found>, SecondReading)> {
    let mut all: FxHashMap<usize, Found> = FxHashMap::default();
    let mut second = SecondReading::default();
    let nothing = concepts.phrases.is_empty() && concepts.long.is_empty() && concepts.boilerplate.is_empty();
    if nothing && also.is_none() {
        return Ok((all, second));
    }
    let settings = counts.settings();
    let mut boilerplate: BTreeMap<(BoilerplateKind, u64), BoilerplateSentence> = BTreeMap::new();
    each_session(
        corpus,
        settings.marks_names(),
        |index, session, text, known| {
            let finder = PhraseFinder::new(counts, concepts, session.language);
            let mut here = Here { index, found: Found::default(), forms: Vec::new(), boilerplate: Vec::new() };
            let parts = parts(text, session, known, settings, finder.memo.normalizer());
            let words: Vec<_> = parts.iter().map(|part| counts.words(part, session.language)).collect();
            let parts: Vec<ReadPart<'_>> = parts.into_iter().zip(words).collect();
            if !nothing {
                parts.iter().for_each(|(part, words)| here.read(part, words, &finder));
            }
            (here, also.map(|also| also(index, session, text, &parts)))
        },
        |(here, more): (Here, Option<T>)| {
            if let Some(more) = more {
                collect(more);
            }
            for (id, form) in here.forms {
                *second.forms.entry((id, form)).or_default() += 1;
            }
            for (&spelling, &count) in &here.found.gone {
                *second.gone.entry(spelling).or_default() += u64::from(count);
            }
            for (id, sessions, text) in here.boilerplate {
                let first_session = here.index;
                boilerplate.entry(id).or_insert(BoilerplateSentence { kind: id.0, text, sessions, first_session });
            }
            all.insert(here.index, here.found);
        },
    )?;
    second.boilerplate = boilerplate.into_values().collect();
    second.boilerplate.sort_by(|a, b| b.sessions.cmp(&a.sessions).then_with(|| a.cmp(b)));
    Ok((all, second))
}

impl Here {
    fn read(&mut self, part: &Part<'_>, words: &[Option<CountedWord>], finder: &PhraseFinder<'_>) {
        let PhraseFinder { concepts, language, .. } = *finder;
        let places = concepts.boilerplate.places(part, language);
        let skip = skipped(part, &places);
        if !places.is_empty() {
            self.take_out(part, words, &skip);
            self.boilerplate.extend(places.into_iter().map(|place| {
                let tokens = &part.tokens[place.whole];
                let span = Span::new(tokens[0].span.start, tokens[tokens.len() - 1].span.end);
                (place.id, place.sessions, span.of(part.text).to_owned())
            }));
        }
        let found = &mut self.found;
        let forms = &mut self.forms;
        finder.find(part, words, &skip, |phrase, words| {
            *found.phrases.entry(phrase.concept).or_default() += 1;
            let text: Vec<&str> = words.iter().map(|w| part.tokens[w.token].span.of(part.text)).collect();
            let mut inside = Vec::new();
            if phrase.replaces_words {
                for word in words {
                    *found.gone.entry(word.spelling).or_default() += 1;
                }
            } else {
                inside.extend(words.iter().filter_map(|w| concepts.of_spelling(w.spelling)));
                for &word in &inside {
                    *found.in_phrases.entry(word).or_default() += 1;
                }
            }
            let rules = words.iter().fold(Rules::NONE, |r, w| r.and(finder.word(w).normal.rules));
            let rules = if phrase.replaces_words { rules.with(Rule::Variants) } else { rules };
            forms.push((phrase.concept, PhraseForm { text: text.join(" "), language, rules, words: inside }));
        });
    }

    /// Takes the words of boilerplate out of the counts.
    fn take_out(&mut self, part: &Part<'_>, words: &[Option<CountedWord>], skip: &[bool]) {
        for (token, word) in part.tokens.iter().zip(words).zip(skip).filter(|(_, skip)| **skip).map(|(word, _)| word) {
            self.found.tokens_gone += u32::from(token.kind.is_word());
            if let Some(word) = word {
                *self.found.gone.entry(word.spelling).or_default() += 1;
            }
        }
    }
}

/// For each token of a part, whether it stands in boilerplate; empty if there is none in it.
fn skipped(part: &Part<'_>, places: &[Place]) -> Vec<bool> {
    if places.is_empty() {
        return Vec::new();
    }
    let mut skip = vec![false; part.tokens.len()];
    places.iter().flat_map(|p| &p.taken).for_each(|&token| skip[token] = true);
    skip
}

/// Where concepts stand in texts, for evidence.
pub struct ConceptFinder<'c> {
    counts: &'c Counts,
    concepts: &'c Concepts,
    people: PersonFinder<'c>,
}

impl<'c> ConceptFinder<'c> {
    /// For the concepts resolved from `counts`.
    #[must_use]
    pub fn new(counts: &'c Counts, concepts: &'c Concepts) -> Self {
        Self { counts, concepts, people: PersonFinder::new(counts, concepts) }
    }

    /// The parts of a session as the concepts were counted from them.
    pub(crate) fn parts<'t>(
        &self,
        text: &'t str,
        session: &'t crate::corpus::Session,
        known: &super::reading::Reading,
    ) -> Vec<Part<'t>> {
        parts(text, session, known, self.counts.settings(), self.counts.normals.memo(session.language).normalizer())
    }

    /// Every mention in a part: the concept, its first token and the number of its tokens.
    #[must_use]
    pub fn mentions(&self, part: &Part<'_>, language: Language) -> Vec<(ConceptId, usize, usize)> {
        let skip = skipped(part, &self.concepts.boilerplate.places(part, language));
        let mut found: Vec<(ConceptId, usize, usize)> = self.people.mentions(part).collect();
        let words = self.counts.words(part, language);
        let mut replaced = vec![false; part.tokens.len()];
        if !(self.concepts.phrases.is_empty() && self.concepts.long.is_empty()) {
            PhraseFinder::new(self.counts, self.concepts, language).find(part, &words, &skip, |phrase, words| {
                found.push((phrase.concept, words[0].token, words.len()));
                if phrase.replaces_words {
                    words.iter().for_each(|w| replaced[w.token] = true);
                }
            });
        }
        for (i, word) in words.into_iter().enumerate() {
            if let Some(word) = word
                && !replaced[i]
                && skip.get(i) != Some(&true)
                && let Some(id) = self.concepts.of_spelling(word.spelling)
            {
                found.push((id, i, 1));
            }
        }
        found
    }
}
