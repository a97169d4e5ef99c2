//! The local step: spellings per session, phrase candidates over all, and their merge.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::people::{PeopleTally, PersonForm};
use super::reading::{Part, each_session, parts};
use super::settings::CountSettings;
use crate::corpus::{Corpus, Language, Session, SessionKind, Year};
use crate::error::{Error, Result};
use crate::text::{Normal, Normalizer, SpellingClass, Token, TokenKind};

/// A distinct spelling of the corpus, as cut out of the texts, case kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spelling {
    /// The language of the sessions it stands in.
    pub language: Language,
    /// The letters.
    pub text: String,
    /// How often it stands in talks and framing sessions.
    pub count: u64,
    /// How often of these where a capital letter says nothing (start of a sentence).
    pub initial: u64,
}

/// The counts of one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The session's id.
    pub id: String,
    /// Its year.
    pub year: Year,
    /// Its kind.
    pub kind: SessionKind,
    /// Words in it, stop words and names included, numbers and punctuation not.
    pub tokens: u32,
    /// `(spelling, count)`, by index in [`Counts::spellings`], ascending.
    pub cells: Vec<(u32, u32)>,
    /// `(form, count)`, by index in [`Counts::persons`], ascending; 0 for a speaker whom nothing names so.
    pub persons: Vec<(u32, u32)>,
}

/// A candidate for a phrase: the keys of two or three words (`u32::MAX` for no third).
type Candidate = [u32; 3];
const NO_KEY: u32 = u32::MAX;

/// Mergeable counts of a part of a corpus, in one canonical form: equal counts are equal to the bit, whatever the
/// order in which they were made.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    pub(super) settings: CountSettings,
    pub(super) spellings: Vec<Spelling>,
    pub(super) rows: Vec<SessionRow>,
    pub(super) keys: Vec<String>,
    pub(super) candidates: Vec<(Candidate, u32, u32)>,
    pub(super) persons: Vec<PersonForm>,
}

impl Counts {
    /// Counts every session of a corpus that can count, in parallel.
    ///
    /// # Errors
    /// If a source cannot be read again.
    pub fn of(corpus: &Corpus, settings: &CountSettings) -> Result<Self> {
        let normalizers = Normalizers::new(corpus, settings);
        let mut all = Accumulator::default();
        each_session(
            corpus,
            true,
            |_, session, text, known| {
                let mut local = Accumulator::default();
                let parts = parts(text, session, known, settings.titles, settings.drop_names);
                local.add(session, &parts, normalizers.of(session.language), settings.phrases);
                local
            },
            |local| all.absorb(local),
        )?;
        Ok(all.finish(settings))
    }

    /// The counts of two disjoint parts together, as if they had been counted in one go.
    ///
    /// # Errors
    /// If they were made with different settings or share a session.
    pub fn merge(self, other: Self) -> Result<Self> {
        if self.settings != other.settings {
            return Err(Error::setting("merge", "counts", "both parts must be counted with the same settings"));
        }
        let settings = self.settings.clone();
        let mut all = Accumulator::default();
        all.absorb(Accumulator::from(self));
        all.absorb(Accumulator::from(other));
        let merged = all.finish(&settings);
        match merged.rows.windows(2).find(|w| w[0].id == w[1].id) {
            Some(pair) => Err(Error::setting("merge", &pair[0].id, "the parts must not share a session")),
            None => Ok(merged),
        }
    }

    /// The settings they were made with.
    #[must_use]
    pub fn settings(&self) -> &CountSettings {
        &self.settings
    }

    /// Distinct spellings, sorted by language and letters.
    #[must_use]
    pub fn spellings(&self) -> &[Spelling] {
        &self.spellings
    }

    /// One row a session, sorted by year and id.
    #[must_use]
    pub fn rows(&self) -> &[SessionRow] {
        &self.rows
    }

    /// People by name, role and spelling, sorted.
    #[must_use]
    pub fn persons(&self) -> &[PersonForm] {
        &self.persons
    }

    /// Words in all rows.
    #[must_use]
    pub fn n_tokens(&self) -> u64 {
        self.rows.iter().map(|r| u64::from(r.tokens)).sum()
    }
}

/// The normalisers of the languages of a corpus.
pub(super) struct Normalizers(Vec<Normalizer>);

impl Normalizers {
    pub(super) fn new(corpus: &Corpus, settings: &CountSettings) -> Self {
        let mut languages: Vec<Language> = corpus.sessions().iter().map(|s| s.language).collect();
        languages.sort_unstable();
        languages.dedup();
        Self(languages.into_iter().map(|l| settings.normalizer(l)).collect())
    }

    pub(super) fn of(&self, language: Language) -> &Normalizer {
        self.0.iter().find(|n| n.language() == language).expect("one for every language of the corpus")
    }
}

/// A word that can be part of a phrase.
pub(super) struct PhraseWord {
    pub normal: Arc<Normal>,
    /// Index of its token.
    pub token: usize,
}

/// Calls `visit` with every run of words that no punctuation, number, name or sentence end interrupts.
pub(super) fn runs<'p>(part: &Part<'_>, memo: &mut Memo<'p>, mut visit: impl FnMut(&[PhraseWord])) {
    let mut run: Vec<PhraseWord> = Vec::new();
    let mut sentence = u32::MAX;
    for (i, token) in part.tokens.iter().enumerate() {
        let counts = matches!(token.kind, TokenKind::Word | TokenKind::Acronym) && !part.names[i];
        if !counts || token.sentence != sentence {
            visit(&run);
            run.clear();
            sentence = token.sentence;
        }
        if counts {
            run.push(PhraseWord { normal: memo.normal(&part.spelling(i)), token: i });
        }
    }
    visit(&run);
}

/// Whether two or three words in a row could be a phrase: topic words at both ends, a function word only inside, and
/// in German a noun at the end.
pub(super) fn may_be_phrase(words: &[PhraseWord], language: Language, tokens: &[Token], text: &str) -> bool {
    let (first, last) = (&words[0].normal, &words[words.len() - 1].normal);
    // `End to End` may repeat itself, `viele viele` may not.
    if first.stop || last.stop || (first.key == last.key && (words.len() == 2 || !words[1].normal.stop)) {
        return false;
    }
    if language != Language::De {
        return words.len() == 2 || !words[1].normal.stop || inner(&words[1].normal.key);
    }
    let noun = |n: &Normal| n.class != SpellingClass::Lower;
    if !noun(last) {
        return false;
    }
    let adjective = |w: &PhraseWord| {
        let letters = tokens[w.token].span.of(text);
        noun(&w.normal) || ["e", "er", "en", "es", "em"].iter().any(|e| letters.ends_with(e))
    };
    match words {
        [a, _] => adjective(a),
        [a, b, _] if b.normal.stop => noun(&a.normal) && inner(&b.normal.key),
        [a, b, _] => adjective(a) && adjective(b),
        _ => false,
    }
}

/// Function words that hold a phrase together.
fn inner(key: &str) -> bool {
    matches!(
        key,
        "der" | "des" | "die" | "das" | "fur" | "für" | "of" | "to" | "the" | "in" | "for" | "zu" | "im" | "a"
    )
}

/// Normal forms of one thread: each distinct spelling is normalised once.
pub(super) struct Memo<'p> {
    normalizer: &'p Normalizer,
    known: FxHashMap<String, Arc<Normal>>,
}

impl<'p> Memo<'p> {
    pub(super) fn new(normalizer: &'p Normalizer) -> Self {
        Self { normalizer, known: FxHashMap::default() }
    }

    pub(super) fn normal(&mut self, spelling: &str) -> Arc<Normal> {
        if let Some(normal) = self.known.get(spelling) {
            return Arc::clone(normal);
        }
        let normal = Arc::new(self.normalizer.normal(spelling));
        self.known.insert(spelling.to_owned(), Arc::clone(&normal));
        normal
    }
}

/// Counts in the making: ids in order of appearance.
#[derive(Default)]
struct Accumulator {
    ids: FxHashMap<(Language, String), u32>,
    spellings: Vec<(u64, u64)>,
    rows: Vec<SessionRow>,
    key_ids: FxHashMap<String, u32>,
    candidates: FxHashMap<Candidate, (u32, u32)>,
    people: PeopleTally,
}

fn intern<K: std::hash::Hash + Eq>(ids: &mut FxHashMap<K, u32>, key: K) -> u32 {
    let next = ids.len() as u32;
    *ids.entry(key).or_insert(next)
}

impl Accumulator {
    fn add(&mut self, session: &Session, parts: &[Part<'_>], normalizer: &Normalizer, phrases: bool) {
        let mut cells: FxHashMap<u32, u32> = FxHashMap::default();
        let mut tokens = 0;
        for part in parts {
            for (i, (token, &name)) in part.tokens.iter().zip(&part.names).enumerate() {
                tokens += u32::from(token.kind.is_word());
                if name || !matches!(token.kind, TokenKind::Word | TokenKind::Acronym) {
                    continue;
                }
                let id = intern(&mut self.ids, (session.language, part.spelling(i).into_owned()));
                if id as usize == self.spellings.len() {
                    self.spellings.push((0, 0));
                }
                let (count, initial) = &mut self.spellings[id as usize];
                *count += 1;
                *initial += u64::from(token.initial || part.is_shouted(i));
                *cells.entry(id).or_default() += 1;
            }
        }
        if phrases {
            self.add_candidates(session, parts, normalizer);
        }
        self.rows.push(SessionRow {
            id: session.id.clone(),
            year: session.year,
            kind: session.kind,
            tokens,
            cells: cells.into_iter().collect(),
            persons: self.people.add(session, parts),
        });
    }

    fn add_candidates(&mut self, session: &Session, parts: &[Part<'_>], normalizer: &Normalizer) {
        let mut memo = Memo::new(normalizer);
        let mut local: FxHashMap<Candidate, u32> = FxHashMap::default();
        for part in parts {
            runs(part, &mut memo, |run| {
                for n in [2, 3] {
                    for words in run.windows(n) {
                        if may_be_phrase(words, session.language, &part.tokens, part.text) {
                            let mut candidate = [NO_KEY; 3];
                            for (slot, word) in candidate.iter_mut().zip(words) {
                                *slot = intern(&mut self.key_ids, word.normal.key.clone());
                            }
                            *local.entry(candidate).or_default() += 1;
                        }
                    }
                }
            });
        }
        for (candidate, count) in local {
            let entry = self.candidates.entry(candidate).or_default();
            entry.0 += count;
            entry.1 += 1;
        }
    }

    /// Takes in another part, with ids of its own.
    fn absorb(&mut self, mut other: Self) {
        self.people.absorb(std::mem::take(&mut other.people), &mut other.rows);
        let mut spellings: Vec<(u32, (Language, String))> = other.ids.into_iter().map(|(k, v)| (v, k)).collect();
        spellings.sort_unstable_by_key(|s| s.0);
        let map: Vec<u32> = spellings
            .into_iter()
            .map(|(old, key)| {
                let id = intern(&mut self.ids, key);
                if id as usize == self.spellings.len() {
                    self.spellings.push((0, 0));
                }
                let (count, initial) = other.spellings[old as usize];
                self.spellings[id as usize].0 += count;
                self.spellings[id as usize].1 += initial;
                id
            })
            .collect();
        let mut keys: Vec<(u32, String)> = other.key_ids.into_iter().map(|(k, v)| (v, k)).collect();
        keys.sort_unstable_by_key(|k| k.0);
        let key_map: Vec<u32> = keys.into_iter().map(|(_, k)| intern(&mut self.key_ids, k)).collect();
        self.rows.extend(other.rows.into_iter().map(|mut row| {
            row.cells.iter_mut().for_each(|c| c.0 = map[c.0 as usize]);
            row
        }));
        for (candidate, (count, sessions)) in other.candidates {
            let entry = self
                .candidates
                .entry(candidate.map(|k| if k == NO_KEY { k } else { key_map[k as usize] }))
                .or_default();
            entry.0 += count;
            entry.1 += sessions;
        }
    }

    /// The canonical form: everything sorted.
    fn finish(self, settings: &CountSettings) -> Counts {
        let mut spellings: Vec<(Language, String, u32)> = self.ids.into_iter().map(|((l, t), id)| (l, t, id)).collect();
        spellings.sort_unstable();
        let mut new_ids = vec![0; spellings.len()];
        let spellings = spellings
            .into_iter()
            .enumerate()
            .map(|(new, (language, text, old))| {
                new_ids[old as usize] = new as u32;
                let (count, initial) = self.spellings[old as usize];
                Spelling { language, text, count, initial }
            })
            .collect();
        let mut rows = self.rows;
        for row in &mut rows {
            row.cells.iter_mut().for_each(|c| c.0 = new_ids[c.0 as usize]);
            row.cells.sort_unstable();
        }
        let persons = self.people.finish(&mut rows);
        rows.sort_unstable_by(|a, b| (a.year, &a.id).cmp(&(b.year, &b.id)));
        let mut keys: Vec<(String, u32)> = self.key_ids.into_iter().collect();
        keys.sort_unstable();
        let mut new_keys = vec![0; keys.len()];
        let keys = keys
            .into_iter()
            .enumerate()
            .map(|(new, (key, old))| {
                new_keys[old as usize] = new as u32;
                key
            })
            .collect();
        let mut candidates: Vec<(Candidate, u32, u32)> = self
            .candidates
            .into_iter()
            .map(|(c, (n, s))| (c.map(|k| if k == NO_KEY { k } else { new_keys[k as usize] }), n, s))
            .collect();
        candidates.sort_unstable();
        Counts { settings: settings.clone(), spellings, rows, keys, candidates, persons }
    }
}

impl From<Counts> for Accumulator {
    fn from(counts: Counts) -> Self {
        let mut all = Self { rows: counts.rows, people: counts.persons.into(), ..Self::default() };
        for (id, spelling) in counts.spellings.into_iter().enumerate() {
            all.ids.insert((spelling.language, spelling.text), id as u32);
            all.spellings.push((spelling.count, spelling.initial));
        }
        all.key_ids = counts.keys.into_iter().enumerate().map(|(id, key)| (key, id as u32)).collect();
        all.candidates = counts.candidates.into_iter().map(|(c, n, s)| (c, (n, s))).collect();
        all
    }
}

impl Counts {
    /// Candidates with their keys: `(keys, count, sessions)`.
    pub(super) fn phrase_candidates(&self) -> impl Iterator<Item = (Vec<&str>, u32, u32)> {
        self.candidates.iter().map(|(c, n, s)| {
            (c.iter().filter(|&&k| k != NO_KEY).map(|&k| self.keys[k as usize].as_str()).collect(), *n, *s)
        })
    }
}
