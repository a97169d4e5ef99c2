//! Counts as plain numbers and words, for counts files. What grows with the text goes by one after the other.

use super::boilerplate::Repeats;
use super::cells::{CellStore, Cells};
use super::fold::{Candidate, Counts, Definition, Limits, SessionRow, Spelling};
use super::index::SpellingIndex;
use super::normals::Normals;
use super::people::PersonForm;
use super::runs::{Builder, Key, Sum};
use super::settings::CountSettings;
use super::template::Filling;
use crate::corpus::{Language, SessionKind, Year};
use crate::error::Result;
use crate::text::Rule;

/// What counts hold, to be filled in the order in which it is written.
pub(crate) struct PlainCounts {
    pub spellings: Vec<Spelling>,
    pub rows: Vec<SessionRow>,
    pub persons: Vec<PersonForm>,
    pub definitions: Vec<(Definition, u32)>,
    pub organisations: Vec<String>,
    cells: CellStore,
    candidates: Builder<Candidate, [u32; 2]>,
    fingerprints: Builder<u64, Repeats>,
    fillings: Builder<Filling, u32>,
}

impl Default for PlainCounts {
    fn default() -> Self {
        let limits = Limits::default();
        Self {
            spellings: Vec::new(),
            rows: Vec::new(),
            persons: Vec::new(),
            definitions: Vec::new(),
            organisations: Vec::new(),
            cells: CellStore::new(limits.cells),
            candidates: Builder::new(limits.entries),
            fingerprints: Builder::new(limits.entries),
            fillings: Builder::new(limits.entries),
        }
    }
}

/// Adds an entry; `false` if it is not behind the last one.
fn push<K: Key, V: Sum>(all: &mut Builder<K, V>, key: K, value: V) -> Result<bool> {
    if all.last().is_some_and(|last| last >= key) {
        return Ok(false);
    }
    all.push(key, value)?;
    Ok(true)
}

impl PlainCounts {
    /// A row without its cells.
    pub(crate) fn add_row(&mut self, id: String, year: Year, kind: SessionKind, tokens: u32, in_article: bool) {
        let (cells, persons) = (Cells::none(), Vec::new());
        self.rows.push(SessionRow { id, year, kind, tokens, in_article, cells, persons });
    }

    /// The cells of a row, ascending.
    pub(crate) fn set_cells(&mut self, row: usize, cells: &[(u32, u32)]) -> Result<()> {
        self.rows[row].cells = self.cells.put(cells)?;
        Ok(())
    }

    /// The spellings of two or three words (`u32::MAX` for no third), mentions and sessions. `false` if it is out of order,
    /// here and below.
    pub(crate) fn add_candidate(&mut self, words: Candidate, counts: [u32; 2]) -> Result<bool> {
        push(&mut self.candidates, words, counts)
    }

    /// Fingerprint; sessions, words, least and greatest document.
    pub(crate) fn add_fingerprint(&mut self, fingerprint: u64, repeats: [u64; 4]) -> Result<bool> {
        push(&mut self.fingerprints, fingerprint, Repeats::from_plain(repeats))
    }

    /// Frame, slot, value; sessions.
    pub(crate) fn add_filling(&mut self, (frame, slot, value): (u64, u8, u64), sessions: u32) -> Result<bool> {
        push(&mut self.fillings, Filling::from_plain(frame, slot, value), sessions)
    }
}

impl Counts {
    /// From what a counts file holds; languages are those of its spellings and of `languages`.
    pub(crate) fn from_plain(
        plain: PlainCounts,
        settings: &CountSettings,
        languages: impl Iterator<Item = Language>,
    ) -> Result<Self> {
        let languages: Vec<Language> = languages.chain(plain.spellings.iter().map(|s| s.language)).collect();
        Ok(Self {
            settings: settings.clone(),
            normals: Normals::new(languages.into_iter(), settings),
            spellings: plain.spellings,
            rows: plain.rows,
            candidates: plain.candidates.finish()?,
            definitions: plain.definitions,
            organisations: plain.organisations,
            fingerprints: plain.fingerprints.finish()?,
            fillings: plain.fillings.finish()?,
            persons: plain.persons,
            index: SpellingIndex::default(),
        })
    }

    pub(crate) fn candidates(&self) -> impl Iterator<Item = Result<(Candidate, [u32; 2])>> {
        self.candidates.iter()
    }

    pub(crate) fn organisations(&self) -> &[String] {
        &self.organisations
    }

    pub(crate) fn fingerprints(&self) -> impl Iterator<Item = Result<(u64, [u64; 4])>> {
        self.fingerprints.iter().map(|entry| entry.map(|(fingerprint, repeats)| (fingerprint, repeats.plain())))
    }

    pub(crate) fn fillings(&self) -> impl Iterator<Item = Result<((u64, u8, u64), u32)>> {
        self.fillings.iter().map(|entry| entry.map(|(filling, sessions)| (filling.plain(), sessions)))
    }

    /// The same under settings that need no texts: without phrases and boilerplate.
    pub(crate) fn without_texts(mut self) -> Self {
        self.settings.rules = self.settings.rules.without(Rule::Phrases).without(Rule::Boilerplate);
        let languages: Vec<Language> = self.normals.languages().collect();
        self.normals = Normals::new(languages.into_iter(), &self.settings);
        self
    }
}
