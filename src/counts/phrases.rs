//! Phrases in running text: which words may be one, and where the chosen ones stand.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::boilerplate::{BoilerplateKind, BoilerplateSentence, Place};
use super::concepts::{ConceptId, Concepts, Phrase, PhraseForm, SecondReading};
use super::fold::Counts;
use super::normals::{Memo, PhraseWord, pair_hash};
use super::people::PersonFinder;
use super::reading::{Part, each_session, parts};
use crate::corpus::{Corpus, Language, Session, Span};
use crate::error::Result;
use crate::text::{Normal, Rule, Rules};

/// Calls `visit` with every run of words that no punctuation, number, name or sentence end interrupts.
pub(super) fn runs(part: &Part<'_>, memo: Memo<'_>, mut visit: impl FnMut(&[PhraseWord])) {
    let mut run: Vec<PhraseWord> = Vec::new();
    let mut sentence = u32::MAX;
    for (i, token) in part.tokens.iter().enumerate() {
        let counts = part.counts(i);
        if !counts || token.sentence != sentence {
            visit(&run);
            run.clear();
            sentence = token.sentence;
        }
        if counts {
            run.push(PhraseWord { word: memo.word(&part.spelling(i)), token: i });
        }
    }
    visit(&run);
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

/// Calls `visit` with every phrase of a part outside of the tokens in `skip`: leftmost, longest, not overlapping.
fn phrases_in(
    part: &Part<'_>,
    memo: Memo<'_>,
    concepts: &Concepts,
    skip: &[bool],
    mut visit: impl FnMut(Phrase, &[PhraseWord]),
) {
    let language = memo.normalizer().language();
    let mut buffer = String::new();
    runs(part, memo, |run| {
        let skipped = |w: &PhraseWord| skip.get(w.token) == Some(&true);
        if run.first().is_some_and(skipped) {
            return;
        }
        let mut at = 0;
        while at < run.len() {
            let hit = concepts.long_form_at(&run[at..], &mut buffer).or_else(|| {
                if !concepts.begins_phrase(&run[at..]) {
                    return None;
                }
                [3, 2].into_iter().filter(|n| at + n <= run.len()).find_map(|n| {
                    let words = &run[at..at + n];
                    let letters = |w: &PhraseWord| part.tokens[w.token].span.of(part.text);
                    let grams: Vec<CandidateWord<'_>> =
                        words.iter().map(|w| CandidateWord { letters: letters(w), normal: &w.word.normal }).collect();
                    let likely = may_be_phrase(&grams, language);
                    likely.then(|| concepts.phrase(words, &mut buffer)).flatten().map(|p| (p, n))
                })
            });
            if let Some((phrase, n)) = hit {
                visit(phrase, &run[at..at + n]);
            }
            at += hit.map_or(1, |h| h.1);
        }
    });
}

impl Concepts {
    /// The phrase that these words are.
    fn phrase(&self, words: &[PhraseWord], buffer: &mut String) -> Option<Phrase> {
        join(words.iter().map(|w| w.word.code.as_str()), buffer);
        self.phrases.get(buffer.as_str()).copied()
    }

    /// Whether a phrase may begin with the first two of these words.
    fn begins_phrase(&self, run: &[PhraseWord]) -> bool {
        let [first, second, ..] = run else { return false };
        self.phrase_pairs.contains(&pair_hash(first.word.code_hash, second.word.code_hash))
    }

    /// The longest long form of an acronym that begins with the first of these words.
    fn long_form_at(&self, run: &[PhraseWord], buffer: &mut String) -> Option<(Phrase, usize)> {
        let longest = *self.long_first.get(&run[0].word.normal.key)?;
        (2..=longest.min(run.len())).rev().find_map(|n| {
            join(run[..n].iter().map(|w| w.word.normal.key.as_str()), buffer);
            Some((*self.long.get(buffer.as_str())?, n))
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

/// What else is made of a session while it is read: by its index, itself, its text and its parts.
pub(crate) type AlsoRead<'a, T> = &'a (dyn Fn(usize, &Session, &str, &[Part<'_>]) -> T + Sync);

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
            let memo = counts.normals.memo(session.language);
            let mut here = Here { index, found: Found::default(), forms: Vec::new(), boilerplate: Vec::new() };
            let parts = parts(text, session, known, settings, memo.normalizer());
            if !nothing {
                parts.iter().for_each(|part| here.read(part, memo, counts, concepts));
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
    fn read(&mut self, part: &Part<'_>, memo: Memo<'_>, counts: &Counts, concepts: &Concepts) {
        let language = memo.normalizer().language();
        let places = concepts.boilerplate.places(part, memo.normalizer().language());
        let skip = skipped(part, &places);
        if !places.is_empty() {
            self.take_out(part, language, &skip, counts);
            self.boilerplate.extend(places.into_iter().map(|place| {
                let tokens = &part.tokens[place.whole];
                let span = Span::new(tokens[0].span.start, tokens[tokens.len() - 1].span.end);
                (place.id, place.sessions, span.of(part.text).to_owned())
            }));
        }
        let found = &mut self.found;
        let forms = &mut self.forms;
        phrases_in(part, memo, concepts, &skip, |phrase, words| {
            *found.phrases.entry(phrase.concept).or_default() += 1;
            let text: Vec<&str> = words.iter().map(|w| part.tokens[w.token].span.of(part.text)).collect();
            let spelled = words.iter().map(|w| counts.index_of(language, &part.spelling(w.token)));
            let mut inside = Vec::new();
            if phrase.replaces_words {
                for spelling in spelled.flatten() {
                    *found.gone.entry(spelling).or_default() += 1;
                }
            } else {
                inside.extend(spelled.flatten().filter_map(|s| concepts.of_spelling(s)));
                for &word in &inside {
                    *found.in_phrases.entry(word).or_default() += 1;
                }
            }
            let rules = words.iter().fold(Rules::NONE, |r, w| r.and(w.word.normal.rules));
            let rules = if phrase.replaces_words { rules.with(Rule::Variants) } else { rules };
            forms.push((phrase.concept, PhraseForm { text: text.join(" "), language, rules, words: inside }));
        });
    }

    /// Takes the words of boilerplate out of the counts.
    fn take_out(&mut self, part: &Part<'_>, language: Language, skip: &[bool], counts: &Counts) {
        for (i, token) in part.tokens.iter().enumerate().filter(|(i, _)| skip[*i]) {
            self.found.tokens_gone += u32::from(token.kind.is_word());
            if part.counts(i)
                && let Some(spelling) = counts.index_of(language, &part.spelling(i))
            {
                *self.found.gone.entry(spelling).or_default() += 1;
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
    words: FxHashMap<(Language, &'c str), ConceptId>,
    people: PersonFinder<'c>,
}

impl<'c> ConceptFinder<'c> {
    /// For the concepts resolved from `counts`.
    #[must_use]
    pub fn new(counts: &'c Counts, concepts: &'c Concepts) -> Self {
        let spelled = counts.spellings().iter().enumerate();
        let words = spelled
            .filter_map(|(i, s)| Some(((s.language, s.text.as_str()), concepts.of_spelling(i as u32)?)))
            .collect();
        Self { counts, concepts, words, people: PersonFinder::new(counts, concepts) }
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
        let mut replaced = vec![false; part.tokens.len()];
        if !(self.concepts.phrases.is_empty() && self.concepts.long.is_empty()) {
            let memo = self.counts.normals.memo(language);
            phrases_in(part, memo, self.concepts, &skip, |phrase, words| {
                found.push((phrase.concept, words[0].token, words.len()));
                if phrase.replaces_words {
                    words.iter().for_each(|w| replaced[w.token] = true);
                }
            });
        }
        for (i, gone) in replaced.into_iter().enumerate() {
            if part.counts(i)
                && !gone
                && skip.get(i) != Some(&true)
                && let Some(&id) = self.words.get(&(language, part.spelling(i).as_ref()))
            {
                found.push((id, i, 1));
            }
        }
        found
    }
}
