//! The local step: spellings per session, phrase candidates over all, and their merge.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rayon::slice::ParallelSliceMut as _;
use rustc_hash::FxHashMap;

use super::boilerplate::{self, Repeats};
use super::normals::Normals;
use super::people::{PeopleTally, PersonForm};
use super::phrases::has_form;
use super::reading::{Part, each_session, parts};
use super::settings::CountSettings;
use super::template::Filling;
use crate::corpus::{Corpus, Language, Session, SessionKind, Year};
use crate::error::{Error, Result};
use crate::text::spelling::is_legal_form;
use crate::text::{Normalizer, Rule, acronyms};

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
    /// Whether it is a part of an article, not a row of a table.
    pub in_article: bool,
    /// `(spelling, count)`, by index in [`Counts::spellings`], ascending.
    pub cells: Vec<(u32, u32)>,
    /// `(form, count)`, by index in [`Counts::persons`], ascending; 0 for a speaker whom nothing names so.
    pub persons: Vec<(u32, u32)>,
}

/// A candidate for a phrase: the spellings of two or three words (`u32::MAX` for no third).
pub(super) type Candidate = [u32; 3];
const NO_WORD: u32 = u32::MAX;

/// An acronym that a text explains, with how often it does so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Definition {
    /// The language of the session.
    pub language: Language,
    /// The acronym, as spelled.
    pub acronym: String,
    /// The words whose letters it takes, as spelled.
    pub long: String,
    /// The longest name that these words end.
    pub name: String,
}

/// Mergeable counts of a part of a corpus, in one canonical form: equal counts are equal to the bit, whatever the
/// order in which they were made.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    pub(super) settings: CountSettings,
    pub(super) spellings: Vec<Spelling>,
    pub(super) rows: Vec<SessionRow>,
    pub(super) candidates: Vec<(Candidate, u32, u32)>,
    pub(super) definitions: Vec<(Definition, u32)>,
    /// Spellings that stand before the legal form of an organisation, sorted.
    pub(super) organisations: Vec<String>,
    /// Sentences and labels, to tell which repeat, sorted.
    pub(super) fingerprints: Vec<(u64, Repeats)>,
    /// Lines with a date, to tell which are templates, with the sessions that hold them, sorted.
    pub(super) fillings: Vec<(Filling, u32)>,
    pub(super) normals: Normals,
    pub(super) persons: Vec<PersonForm>,
}

impl Counts {
    /// Counts every session of a corpus that can count, in parallel.
    ///
    /// # Errors
    /// If a source cannot be read again.
    pub fn of(corpus: &Corpus, settings: &CountSettings) -> Result<Self> {
        let normals = Normals::new(corpus.sessions().iter().map(|s| s.language), settings);
        // One for each thread: what is in which depends on chance, and their sum does not.
        let locals: Vec<Mutex<Accumulator>> = (0..=rayon::current_num_threads()).map(|_| Mutex::default()).collect();
        each_session(
            corpus,
            true,
            |_, session, text, reading| {
                let normalizer = normals.memo(session.language).normalizer();
                let parts = parts(text, session, reading, settings, normalizer);
                let thread = rayon::current_thread_index().map_or(0, |i| i + 1) % locals.len();
                let mut local = locals[thread].lock().unwrap_or_else(PoisonError::into_inner);
                local.add(session, &parts, normalizer, settings);
                let row = local.rows.last_mut().expect("a row was added");
                row.in_article = corpus.documents()[session.document].line == 0;
            },
            |()| {},
        )?;
        let locals = locals.into_iter().map(|local| local.into_inner().unwrap_or_else(PoisonError::into_inner));
        let mut locals: Vec<Accumulator> = locals.collect();
        // The largest takes in the others.
        locals.sort_by_key(|local| local.spellings.len());
        let mut all = locals.pop().unwrap_or_default();
        locals.into_iter().for_each(|local| all.absorb(local));
        Ok(all.finish(settings, normals))
    }

    /// The counts of two disjoint parts together, as if they had been counted in one go.
    ///
    /// # Errors
    /// If they were made with different settings or share a session.
    pub fn merge(self, other: Self) -> Result<Self> {
        if self.settings != other.settings {
            let (own, other) = (self.settings.describe(), other.settings.describe());
            let differ: Vec<String> =
                own.iter().filter(|(k, v)| other.get(*k) != Some(*v)).map(|(k, v)| format!("{k} = {v}")).collect();
            return Err(Error::counts(format!("some were counted with {}, others otherwise", differ.join(", "))));
        }
        let settings = self.settings.clone();
        let normals = self.normals.clone().and(&other.normals);
        let mut all = Accumulator::default();
        all.absorb(Accumulator::from(self));
        all.absorb(Accumulator::from(other));
        let merged = all.finish(&settings, normals);
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

    /// The index of a spelling.
    pub(super) fn index_of(&self, language: Language, text: &str) -> Option<u32> {
        self.spellings.binary_search_by(|s| (s.language, s.text.as_str()).cmp(&(language, text))).ok().map(|i| i as u32)
    }

    /// One row a session, sorted by year and id.
    #[must_use]
    pub fn rows(&self) -> &[SessionRow] {
        &self.rows
    }

    /// The languages of the sessions, ascending.
    #[must_use]
    pub fn languages(&self) -> Vec<Language> {
        // Spellings are sorted by language first: from the first one of each to the first one of the next.
        let mut languages = Vec::new();
        let mut rest = self.spellings.as_slice();
        while let Some(first) = rest.first() {
            languages.push(first.language);
            rest = &rest[rest.partition_point(|s| s.language == first.language)..];
        }
        languages
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

/// Counts two and three words in a row that may be a phrase by their letters.
fn add_candidates(
    grams: &mut FxHashMap<Candidate, u32>,
    part: &Part<'_>,
    ids: &[u32],
    language: Language,
    is_function: impl Fn(u32) -> bool,
) {
    let letters = |i: usize| part.tokens[i].span.of(part.text);
    for at in 0..ids.len() {
        for n in [2, 3] {
            let row = at..at + n;
            let whole = ids.get(row.clone()).is_some_and(|ids| ids.iter().all(|&id| id != NO_WORD))
                && part.tokens[at].sentence == part.tokens[at + n - 1].sentence;
            if !whole {
                break;
            }
            if has_form(n, language, |k| (letters(at + k), is_function(ids[at + k]))) {
                let mut candidate = [NO_WORD; 3];
                candidate[..n].copy_from_slice(&ids[row]);
                *grams.entry(candidate).or_default() += 1;
            }
        }
    }
}

/// What is counted of a spelling.
#[derive(Clone, Copy)]
struct Counted {
    count: u64,
    initial: u64,
    /// Whether it is a function word.
    function: bool,
}

/// Counts in the making: ids in order of appearance.
#[derive(Default)]
struct Accumulator {
    ids: BTreeMap<Language, FxHashMap<Box<str>, u32>>,
    spellings: Vec<Counted>,
    rows: Vec<SessionRow>,
    candidates: FxHashMap<Candidate, (u32, u32)>,
    definitions: BTreeMap<Definition, u32>,
    organisations: BTreeSet<String>,
    fingerprints: FxHashMap<u64, Repeats>,
    fillings: FxHashMap<Filling, u32>,
    people: PeopleTally,
}

impl Accumulator {
    fn add_spelling(&mut self, language: Language, text: Box<str>, function: bool) -> u32 {
        let id = self.spellings.len() as u32;
        self.ids.entry(language).or_default().insert(text, id);
        self.spellings.push(Counted { count: 0, initial: 0, function });
        id
    }

    fn add(&mut self, session: &Session, parts: &[Part<'_>], normalizer: &Normalizer, settings: &CountSettings) {
        let mut cells: FxHashMap<u32, u32> = FxHashMap::default();
        let mut grams: FxHashMap<Candidate, u32> = FxHashMap::default();
        let mut tokens = 0;
        let mut ids: Vec<u32> = Vec::new();
        for part in parts {
            ids.clear();
            ids.resize(part.tokens.len(), NO_WORD);
            for (i, token) in part.tokens.iter().enumerate() {
                tokens += u32::from(token.kind.is_word());
                if !part.counts(i) {
                    continue;
                }
                let spelling = part.spelling(i);
                let known = self.ids.get(&session.language).and_then(|ids| ids.get(spelling.as_ref())).copied();
                let id = known.unwrap_or_else(|| {
                    let function = normalizer.is_function_word(&spelling);
                    self.add_spelling(session.language, spelling.as_ref().into(), function)
                });
                let next = part.tokens.get(i + 1).map(|t| t.span.of(part.text));
                if next.is_some_and(is_legal_form) && spelling.starts_with(char::is_uppercase) {
                    self.organisations.insert(spelling.as_ref().to_owned());
                }
                let counted = &mut self.spellings[id as usize];
                counted.count += 1;
                counted.initial += u64::from(token.initial || part.is_shouted(i));
                *cells.entry(id).or_default() += 1;
                ids[i] = id;
            }
            if settings.counts_phrases() {
                let is_function = |id: u32| self.spellings[id as usize].function;
                add_candidates(&mut grams, part, &ids, normalizer.language(), is_function);
            }
        }
        for (candidate, count) in grams {
            let entry = self.candidates.entry(candidate).or_default();
            entry.0 += count;
            entry.1 += 1;
        }
        if settings.rules.has(Rule::Acronyms) {
            self.add_definitions(session, parts);
        }
        if settings.rules.has(Rule::Boilerplate) {
            let (verbatim, fillings) = boilerplate::fingerprints(parts);
            let document = boilerplate::document_of(&session.id);
            for (fingerprint, words) in verbatim {
                let once = Repeats::once(words, document);
                self.fingerprints.entry(fingerprint).and_modify(|r| r.add(&once)).or_insert(once);
            }
            for filling in fillings {
                *self.fillings.entry(filling).or_default() += 1;
            }
        }
        self.rows.push(SessionRow {
            id: session.id.clone(),
            year: session.year,
            kind: session.kind,
            tokens,
            in_article: false,
            cells: cells.into_iter().collect(),
            persons: self.people.add(session, parts),
        });
    }

    fn add_definitions(&mut self, session: &Session, parts: &[Part<'_>]) {
        for part in parts {
            for found in acronyms::definitions(part.text, &part.tokens, session.language) {
                let words = |from: usize| {
                    let words: Vec<&str> =
                        part.tokens[from..found.long.end].iter().map(|t| t.span.of(part.text)).collect();
                    words.join(" ")
                };
                let definition = Definition {
                    language: session.language,
                    acronym: part.tokens[found.acronym].span.of(part.text).to_owned(),
                    long: words(found.long.start),
                    name: words(found.name_start),
                };
                *self.definitions.entry(definition).or_default() += 1;
            }
        }
    }

    /// Takes in another part, with ids of its own.
    fn absorb(&mut self, mut other: Self) {
        self.people.absorb(std::mem::take(&mut other.people), &mut other.rows);
        let mut map = vec![NO_WORD; other.spellings.len()];
        for (language, ids) in other.ids {
            for (text, old) in ids {
                let counted = other.spellings[old as usize];
                let known = self.ids.get(&language).and_then(|ids| ids.get(&text)).copied();
                let id = known.unwrap_or_else(|| self.add_spelling(language, text, counted.function));
                let own = &mut self.spellings[id as usize];
                own.count += counted.count;
                own.initial += counted.initial;
                map[old as usize] = id;
            }
        }
        self.rows.extend(other.rows.into_iter().map(|mut row| {
            row.cells.iter_mut().for_each(|c| c.0 = map[c.0 as usize]);
            row
        }));
        for (candidate, (count, sessions)) in other.candidates {
            let entry =
                self.candidates.entry(candidate.map(|k| if k == NO_WORD { k } else { map[k as usize] })).or_default();
            entry.0 += count;
            entry.1 += sessions;
        }
        for (definition, count) in other.definitions {
            *self.definitions.entry(definition).or_default() += count;
        }
        self.organisations.extend(other.organisations);
        for (fingerprint, repeats) in other.fingerprints {
            self.fingerprints.entry(fingerprint).and_modify(|r| r.add(&repeats)).or_insert(repeats);
        }
        for (filling, sessions) in other.fillings {
            *self.fillings.entry(filling).or_default() += sessions;
        }
    }

    /// The canonical form: everything sorted.
    fn finish(self, settings: &CountSettings, normals: Normals) -> Counts {
        let of = |(language, ids): (Language, FxHashMap<Box<str>, u32>)| {
            ids.into_iter().map(move |(text, id)| (language, String::from(text), id))
        };
        let mut spellings: Vec<(Language, String, u32)> = self.ids.into_iter().flat_map(of).collect();
        spellings.par_sort_unstable();
        let mut new_ids = vec![0; spellings.len()];
        let spellings = spellings
            .into_iter()
            .enumerate()
            .map(|(new, (language, text, old))| {
                new_ids[old as usize] = new as u32;
                let Counted { count, initial, .. } = self.spellings[old as usize];
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
        let mut candidates: Vec<(Candidate, u32, u32)> = self
            .candidates
            .into_iter()
            .map(|(c, (n, s))| (c.map(|k| if k == NO_WORD { k } else { new_ids[k as usize] }), n, s))
            .collect();
        candidates.par_sort_unstable();
        let mut fingerprints: Vec<(u64, Repeats)> = self.fingerprints.into_iter().collect();
        fingerprints.sort_unstable_by_key(|f| f.0);
        let mut fillings: Vec<(Filling, u32)> = self.fillings.into_iter().collect();
        fillings.sort_unstable();
        Counts {
            settings: settings.clone(),
            spellings,
            rows,
            candidates,
            definitions: self.definitions.into_iter().collect(),
            organisations: self.organisations.into_iter().collect(),
            fingerprints,
            fillings,
            persons,
            normals,
        }
    }
}

impl From<Counts> for Accumulator {
    fn from(counts: Counts) -> Self {
        let mut all = Self { rows: counts.rows, people: counts.persons.into(), ..Self::default() };
        for (id, spelling) in counts.spellings.into_iter().enumerate() {
            all.ids.entry(spelling.language).or_default().insert(spelling.text.into(), id as u32);
            // No session is added to merged counts: nothing asks for function words any more.
            all.spellings.push(Counted { count: spelling.count, initial: spelling.initial, function: false });
        }
        all.candidates = counts.candidates.into_iter().map(|(c, n, s)| (c, (n, s))).collect();
        all.organisations = counts.organisations.into_iter().collect();
        all.definitions = counts.definitions.into_iter().collect();
        all.fingerprints = counts.fingerprints.into_iter().collect();
        all.fillings = counts.fillings.into_iter().collect();
        all
    }
}

impl Counts {
    /// Acronyms that the texts explain, with how often they do.
    #[must_use]
    pub fn definitions(&self) -> &[(Definition, u32)] {
        &self.definitions
    }

    /// Whether a spelling stands before the legal form of an organisation somewhere.
    pub(super) fn is_organisation(&self, spelling: &str) -> bool {
        self.organisations.binary_search_by(|o| o.as_str().cmp(spelling)).is_ok()
    }

    /// Candidates: `(spellings, count, sessions)`.
    pub(super) fn phrase_candidates(&self) -> impl Iterator<Item = (&[u32], u32, u32)> {
        self.candidates.iter().map(|(c, n, s)| (&c[..if c[2] == NO_WORD { 2 } else { 3 }], *n, *s))
    }
}
