//! The local step: spellings per session, phrase candidates over all, and their merge.
//!
//! Each thread counts for itself, with ids of its own ([`Accumulator`]). What it counted is a [`Share`], and so are
//! counts that were made before. [`gather`] puts shares together and gives everything its canonical id. What grows
//! with the text (cells, candidates, fingerprints, fillings) is on disk beyond [`Limits`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::boilerplate::{self, Repeats};
use super::cells::{CellStore, Cells, encoded};
use super::index::SpellingIndex;
use super::normals::Normals;
use super::people::{PeopleTally, PersonForm};
use super::phrases::has_form;
use super::reading::{Counting, Part, each_session, parts};
use super::runs::{Sorted, Tally};
use super::settings::CountSettings;
use super::template::Filling;
use super::vocabulary::{Key, Vocabulary, Word};
use crate::corpus::{Corpus, Language, Session, SessionKind, Year};
use crate::error::{Error, Result};
use crate::text::class::Class;
use crate::text::spelling::is_legal_form;
use crate::text::{Normalizer, Rule, Token, acronyms};

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
    /// How often it has each spelling.
    pub cells: Cells,
    /// `(form, count)`, by index in [`Counts::persons`], ascending; 0 for a speaker whom nothing names so.
    pub persons: Vec<(u32, u32)>,
}

/// A candidate for a phrase: the spellings of two or three words (`u32::MAX` for no third).
pub(super) type Candidate = [u32; 3];
pub(super) const NO_WORD: u32 = u32::MAX;

/// The spellings of a candidate.
pub(super) fn words_of(candidate: &Candidate) -> &[u32] {
    &candidate[..if candidate[2] == NO_WORD { 2 } else { 3 }]
}

/// How much is held of what grows with the text; the rest goes to disk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Entries of each kind.
    pub entries: usize,
    /// Bytes of cells.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // Of 17 to 32 bytes; so many, and half as many, fill a hash map to the brim.
        Self { entries: 7 << 17, cells: 64 << 20 }
    }
}

impl Limits {
    /// For one of `n` threads.
    fn share(self, n: usize) -> Self {
        Self { entries: (self.entries / n).max(1), cells: self.cells / n }
    }
}

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
    /// Mentions and sessions of each.
    pub(super) candidates: Sorted<Candidate, [u32; 2]>,
    pub(super) definitions: Vec<(Definition, u32)>,
    /// Spellings that stand before the legal form of an organisation, sorted.
    pub(super) organisations: Vec<String>,
    /// Sentences and labels, to tell which repeat.
    pub(super) fingerprints: Sorted<u64, Repeats>,
    /// Lines with a date, to tell which are templates, with the sessions that hold them.
    pub(super) fillings: Sorted<Filling, u32>,
    pub(super) normals: Normals,
    pub(super) persons: Vec<PersonForm>,
    pub(super) index: SpellingIndex,
}

impl Counts {
    /// Counts every session of a corpus that can count, in parallel.
    ///
    /// # Errors
    /// If a source cannot be read again, or the disk has no room for temporary files.
    pub fn of(corpus: &Corpus, settings: &CountSettings) -> Result<Self> {
        Self::of_within(corpus, settings, Limits::default())
    }

    fn of_within(corpus: &Corpus, settings: &CountSettings, limits: Limits) -> Result<Self> {
        let normals = Normals::new(corpus.sessions().iter().map(|s| s.language), settings);
        // One for each thread: what is in which depends on chance, and their sum does not.
        let n = rayon::current_num_threads();
        let locals: Vec<Mutex<Accumulator>> = (0..=n).map(|_| Mutex::new(Accumulator::new(limits.share(n)))).collect();
        let mut counted = Ok(());
        each_session(
            corpus,
            true,
            |_, session, text, reading| {
                let normalizer = normals.memo(session.language).normalizer();
                let parts = parts(text, session, reading, settings, normalizer);
                let thread = rayon::current_thread_index().map_or(0, |i| i + 1) % locals.len();
                let mut local = locals[thread].lock().unwrap_or_else(PoisonError::into_inner);
                let in_article = corpus.documents()[session.document].line == 0;
                local.add(session, in_article, &parts, normalizer, settings)
            },
            |added| {
                if counted.is_ok() {
                    counted = added;
                }
            },
        )?;
        counted?;
        let locals = locals.into_iter().map(|local| local.into_inner().unwrap_or_else(PoisonError::into_inner));
        gather(locals.map(Accumulator::into_share).collect(), settings, normals, limits)
    }

    /// The counts of two disjoint parts together, as if they had been counted in one go.
    ///
    /// # Errors
    /// If they were made with different settings or share a session.
    pub fn merge(self, other: Self) -> Result<Self> {
        Self::merge_all(vec![self, other])
    }

    /// The counts of disjoint parts together, as if they had been counted in one go.
    ///
    /// # Errors
    /// If there are none, if they were made with different settings or share a session.
    pub fn merge_all(parts: Vec<Self>) -> Result<Self> {
        Self::merge_within(parts, Limits::default())
    }

    fn merge_within(parts: Vec<Self>, limits: Limits) -> Result<Self> {
        let Some(first) = parts.first() else { return Err(Error::counts("no counts to merge")) };
        let settings = first.settings.clone();
        if let Some(other) = parts.iter().find(|part| part.settings != settings) {
            let (own, other) = (settings.describe(), other.settings.describe());
            let differ: Vec<String> =
                own.iter().filter(|(k, v)| other.get(*k) != Some(*v)).map(|(k, v)| format!("{k} = {v}")).collect();
            return Err(Error::counts(format!("some were counted with {}, others otherwise", differ.join(", "))));
        }
        let normals = parts[1..].iter().fold(first.normals.clone(), |all, part| all.and(&part.normals));
        let merged = gather(parts.into_iter().map(Share::from).collect(), &settings, normals, limits)?;
        match merged.rows.windows(2).find(|w| w[0].id == w[1].id) {
            Some(pair) => Err(Error::setting("merge", &pair[0].id, "the parts must not share a session")),
            None => Ok(merged),
        }
    }

    /// Lets go of what is asked for no more once concepts and their matrix are there: rows, candidates, fingerprints.
    /// Spellings and people stay, normal forms are made anew for the few that are asked for.
    pub(crate) fn drop_cells(&mut self) {
        self.rows = Vec::new();
        self.candidates = Sorted::Held(Vec::new());
        self.fingerprints = Sorted::Held(Vec::new());
        self.fillings = Sorted::Held(Vec::new());
        self.normals.forget();
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
fn add_candidates(grams: &mut FxHashMap<Candidate, u32>, part: &Part<'_>, words: &[Word], language: Language) {
    let letters = |i: usize| part.tokens[i].span.of(part.text);
    let counts = |i: usize| words.get(i).is_some_and(|&word| word != Word::NONE);
    for at in 0..words.len() {
        if !counts(at) || words[at].is_function() {
            continue;
        }
        for n in [2, 3] {
            let last = at + n - 1;
            if !counts(last) || part.tokens[at].sentence != part.tokens[last].sentence {
                break;
            }
            // In German a noun ends it.
            if language == Language::De && part.tokens[last].class.is(Class::SMALL) {
                continue;
            }
            if has_form(n, language, |k| (letters(at + k), words[at + k].is_function())) {
                let mut candidate = [NO_WORD; 3];
                candidate.iter_mut().zip(&words[at..=last]).for_each(|(id, word)| *id = word.id());
                match grams.get_mut(&candidate) {
                    Some(count) => *count += 1,
                    None => _ = grams.insert(candidate, 1),
                }
            }
        }
    }
}

/// What one thread counts: ids in order of appearance.
struct Accumulator {
    vocabulary: Vocabulary,
    rows: Vec<SessionRow>,
    cells: CellStore,
    candidates: Tally<Candidate, [u32; 2]>,
    definitions: BTreeMap<Definition, u32>,
    organisations: BTreeSet<String>,
    fingerprints: Tally<u64, Repeats>,
    fillings: Tally<Filling, u32>,
    people: PeopleTally,
    /// Of the session that is being counted: its candidates, and of a part where the words may be, and which they are.
    grams: FxHashMap<Candidate, u32>,
    guesses: Vec<u32>,
    words: Vec<Word>,
}

impl Accumulator {
    fn new(limits: Limits) -> Self {
        Self {
            vocabulary: Vocabulary::new(),
            rows: Vec::new(),
            cells: CellStore::new(limits.cells),
            candidates: Tally::new(limits.entries),
            definitions: BTreeMap::new(),
            organisations: BTreeSet::new(),
            fingerprints: Tally::new(limits.entries),
            fillings: Tally::new(limits.entries),
            people: PeopleTally::default(),
            grams: FxHashMap::default(),
            guesses: Vec::new(),
            words: Vec::new(),
        }
    }

    fn add(
        &mut self,
        session: &Session,
        in_article: bool,
        parts: &[Part<'_>],
        normalizer: &Normalizer,
        settings: &CountSettings,
    ) -> Result<()> {
        let mut tokens = 0;
        for part in parts {
            tokens += part.tokens.iter().filter(|token| token.kind.is_word()).count() as u32;
            self.add_words(part, normalizer);
            if settings.counts_phrases() {
                add_candidates(&mut self.grams, part, &self.words, normalizer.language());
            }
        }
        for (candidate, count) in self.grams.drain() {
            self.candidates.add(candidate, [count, 1])?;
        }
        if settings.rules.has(Rule::Acronyms) {
            self.add_definitions(session, parts);
        }
        if settings.rules.has(Rule::Boilerplate) {
            let (verbatim, fillings) = boilerplate::fingerprints(parts, session.language);
            let document = boilerplate::document_of(&session.id);
            for (fingerprint, words) in verbatim {
                self.fingerprints.add(fingerprint, Repeats::once(words, document))?;
            }
            for filling in fillings {
                self.fillings.add(filling, 1)?;
            }
        }
        let cells = self.vocabulary.end_session();
        self.rows.push(SessionRow {
            id: session.id.clone(),
            year: session.year,
            kind: session.kind,
            tokens,
            in_article,
            cells: self.cells.put(&cells)?,
            persons: self.people.add(session, parts),
        });
        Ok(())
    }

    /// Counts the words of a part of the session, and keeps which they are.
    fn add_words(&mut self, part: &Part<'_>, normalizer: &Normalizer) {
        let language = normalizer.language();
        let key = Key::maker(language);
        self.guesses.clear();
        self.guesses.extend(part.tokens.iter().map(|t| self.vocabulary.guess(key(t.exact))));
        self.words.clear();
        for (i, token) in part.tokens.iter().enumerate() {
            let Some(Counting { spelling, hash, shouted }) = part.counting(i) else {
                self.words.push(Word::NONE);
                continue;
            };
            let make = || {
                let text: &str = &spelling;
                let is_function = normalizer.is_function_word(text);
                (Spelling { language, text: text.to_owned(), count: 0, initial: 0 }, is_function)
            };
            let is_initial = token.initial || shouted;
            self.words.push(self.vocabulary.count(key(hash), self.guesses[i], is_initial, make));
            let legal = |next: &Token| next.class.is(Class::LEGAL_FORM) && is_legal_form(next.span.of(part.text));
            if part.tokens.get(i + 1).is_some_and(legal) && spelling.starts_with(char::is_uppercase) {
                self.organisations.insert(spelling.into_owned());
            }
        }
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

    fn into_share(self) -> Share {
        Share {
            spellings: self.vocabulary.into_spellings().into_iter().zip(0..).collect(),
            rows: self.rows,
            candidates: self.candidates.into_loose_runs(),
            definitions: self.definitions.into_iter().collect(),
            organisations: self.organisations.into_iter().collect(),
            fingerprints: self.fingerprints.into_runs(),
            fillings: self.fillings.into_runs(),
            people: self.people,
        }
    }
}

/// Counts with ids of their own, to be put together with others.
struct Share {
    /// With their ids, in any order.
    spellings: Vec<(Spelling, u32)>,
    rows: Vec<SessionRow>,
    candidates: Vec<Sorted<Candidate, [u32; 2]>>,
    definitions: Vec<(Definition, u32)>,
    organisations: Vec<String>,
    fingerprints: Vec<Sorted<u64, Repeats>>,
    fillings: Vec<Sorted<Filling, u32>>,
    people: PeopleTally,
}

impl From<Counts> for Share {
    fn from(counts: Counts) -> Self {
        Self {
            spellings: counts.spellings.into_iter().zip(0..).collect(),
            rows: counts.rows,
            candidates: vec![counts.candidates],
            definitions: counts.definitions,
            organisations: counts.organisations,
            fingerprints: vec![counts.fingerprints],
            fillings: vec![counts.fillings],
            people: counts.persons.into(),
        }
    }
}

/// Puts shares together in the canonical form: everything sorted.
fn gather(mut shares: Vec<Share>, settings: &CountSettings, normals: Normals, limits: Limits) -> Result<Counts> {
    let (spellings, ids) = gather_spellings(&mut shares);
    let (rows, persons) = gather_rows(&mut shares, &ids, limits)?;
    let mut definitions: BTreeMap<Definition, u32> = BTreeMap::new();
    let mut organisations: BTreeSet<String> = BTreeSet::new();
    let (mut candidates, mut fingerprints, mut fillings) = (Vec::new(), Vec::new(), Vec::new());
    for (share, ids) in shares.into_iter().zip(&ids) {
        for (definition, count) in share.definitions {
            *definitions.entry(definition).or_default() += count;
        }
        organisations.extend(share.organisations);
        fingerprints.extend(share.fingerprints);
        fillings.extend(share.fillings);
        let name = |words: Candidate| words.map(|id| if id == NO_WORD { id } else { ids[id as usize] });
        for run in share.candidates {
            candidates.extend(run.renamed(limits.entries, name)?);
        }
    }
    let (candidates, (fingerprints, fillings)) = rayon::join(
        || Sorted::merge(candidates, limits.entries),
        || (Sorted::merge(fingerprints, limits.entries), Sorted::merge(fillings, limits.entries)),
    );
    Ok(Counts {
        settings: settings.clone(),
        spellings,
        rows,
        candidates: candidates?,
        definitions: definitions.into_iter().collect(),
        organisations: organisations.into_iter().collect(),
        fingerprints: fingerprints?,
        fillings: fillings?,
        persons,
        normals,
        index: SpellingIndex::default(),
    })
}

/// All spellings, sorted, and for each share what its ids become.
fn gather_spellings(shares: &mut [Share]) -> (Vec<Spelling>, Vec<Vec<u32>>) {
    let mut ids: Vec<Vec<u32>> = shares.iter().map(|share| vec![NO_WORD; share.spellings.len()]).collect();
    let mut all: Vec<(Spelling, usize, u32)> = Vec::new();
    for (share, of) in shares.iter_mut().zip(0..) {
        all.extend(std::mem::take(&mut share.spellings).into_iter().map(|(spelling, id)| (spelling, of, id)));
    }
    all.par_sort_by(|(a, ..), (b, ..)| (a.language, &a.text).cmp(&(b.language, &b.text)));
    let mut spellings: Vec<Spelling> = Vec::new();
    for (spelling, share, id) in all {
        match spellings.last_mut() {
            Some(last) if last.language == spelling.language && last.text == spelling.text => {
                last.count += spelling.count;
                last.initial += spelling.initial;
            }
            _ => spellings.push(spelling),
        }
        ids[share][id as usize] = spellings.len() as u32 - 1;
    }
    (spellings, ids)
}

/// All rows, sorted by year and id, under the new ids of their spellings; and the people in them.
fn gather_rows(shares: &mut [Share], ids: &[Vec<u32>], limits: Limits) -> Result<(Vec<SessionRow>, Vec<PersonForm>)> {
    /// Rows that are renumbered together.
    const BLOCK: usize = 1 << 12;
    let mut people = PeopleTally::default();
    let mut rows: Vec<(SessionRow, usize)> = Vec::new();
    for (share, of) in shares.iter_mut().zip(0..) {
        people.absorb(std::mem::take(&mut share.people), &mut share.rows);
        rows.extend(std::mem::take(&mut share.rows).into_iter().map(|row| (row, of)));
    }
    let persons = people.finish(rows.iter_mut().map(|row| &mut row.0));
    rows.sort_unstable_by(|(a, _), (b, _)| (a.year, &a.id).cmp(&(b.year, &b.id)));
    let mut store = CellStore::new(limits.cells);
    for block in rows.chunks_mut(BLOCK) {
        let renumbered = block.par_iter().map(|(row, share)| {
            let mut cells = row.cells.pairs()?;
            cells.iter_mut().for_each(|cell| cell.0 = ids[*share][cell.0 as usize]);
            cells.sort_unstable();
            Ok(encoded(&cells))
        });
        let renumbered: Vec<Vec<u8>> = renumbered.collect::<Result<_>>()?;
        for ((row, _), cells) in block.iter_mut().zip(renumbered) {
            row.cells = store.put_encoded(cells)?;
        }
    }
    Ok((rows.into_iter().map(|row| row.0).collect(), persons))
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
}

#[cfg(test)]
mod tests {
    use super::*;

    const TINY: Limits = Limits { entries: 3, cells: 40 };

    fn texts(years: std::ops::Range<i32>) -> Corpus {
        let text = |year: i32| {
            let number = ["eins", "zwei", "drei"][year as usize % 3];
            format!(
                "Stand: 3. Mai {year}. Frau Ina Lohse sprach über digitale Verwaltung Nummer {number}. \
                 Die künstliche Intelligenz (KI) hilft der Lohse GmbH. Vielen Dank für die Aufmerksamkeit heute."
            )
        };
        Corpus::from_texts(years.map(|year| (format!("{year}.txt"), year, text(year)))).expect("readable")
    }

    fn count(corpus: &Corpus, limits: Limits) -> Counts {
        Counts::of_within(corpus, &CountSettings::default(), limits).expect("room on disk")
    }

    #[test]
    fn what_went_to_disk_counts_the_same() {
        let whole = count(&texts(2001..2031), Limits::default());
        assert!(matches!(whole.fingerprints, Sorted::Held(_)), "little stays in memory");
        let spilled = count(&texts(2001..2031), TINY);
        assert!(matches!(spilled.fingerprints, Sorted::Spilled { .. }));
        assert!(matches!(spilled.candidates, Sorted::Spilled { .. }));
        assert!(spilled == whole);
        let parts = || [2021..2031, 2001..2011, 2011..2021].map(|years| count(&texts(years), TINY));
        for limits in [TINY, Limits::default()] {
            let merged = Counts::merge_within(parts().into(), limits).expect("disjoint");
            assert!(merged == whole);
        }
        assert!(count(&texts(2001..2030), TINY) != whole);
    }
}
