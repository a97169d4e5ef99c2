//! Counts as plain numbers and words, for counts files.

use super::boilerplate::Repeats;
use super::fold::{Candidate, Counts, Definition, SessionRow, Spelling};
use super::normals::Normals;
use super::people::PersonForm;
use super::settings::CountSettings;
use super::template::Filling;
use crate::corpus::Language;
use crate::text::Rule;

/// What counts hold.
#[derive(Debug, Default)]
pub(crate) struct PlainCounts {
    pub spellings: Vec<Spelling>,
    pub rows: Vec<SessionRow>,
    pub persons: Vec<PersonForm>,
    /// Spellings of two or three words (`u32::MAX` for no third), mentions, sessions.
    pub candidates: Vec<(Candidate, u32, u32)>,
    pub definitions: Vec<(Definition, u32)>,
    pub organisations: Vec<String>,
    /// Fingerprint, sessions, words, least and greatest document.
    pub fingerprints: Vec<(u64, [u64; 4])>,
    /// Frame, slot, value, sessions.
    pub fillings: Vec<(u64, u8, u64, u32)>,
}

impl Counts {
    /// From what a counts file holds; languages are those of its spellings and of `languages`.
    pub(crate) fn from_plain(
        plain: PlainCounts,
        settings: &CountSettings,
        languages: impl Iterator<Item = Language>,
    ) -> Self {
        let languages: Vec<Language> = languages.chain(plain.spellings.iter().map(|s| s.language)).collect();
        Self {
            settings: settings.clone(),
            normals: Normals::new(languages.into_iter(), settings),
            spellings: plain.spellings,
            rows: plain.rows,
            candidates: plain.candidates,
            definitions: plain.definitions,
            organisations: plain.organisations,
            fingerprints: plain.fingerprints.into_iter().map(|(f, r)| (f, Repeats::from_plain(r))).collect(),
            fillings: plain.fillings.into_iter().map(|(f, s, v, n)| (Filling::from_plain(f, s, v), n)).collect(),
            persons: plain.persons,
        }
    }

    pub(crate) fn candidates(&self) -> &[(Candidate, u32, u32)] {
        &self.candidates
    }

    pub(crate) fn organisations(&self) -> &[String] {
        &self.organisations
    }

    pub(crate) fn fingerprints(&self) -> impl Iterator<Item = (u64, [u64; 4])> {
        self.fingerprints.iter().map(|(f, r)| (*f, r.plain()))
    }

    pub(crate) fn fillings(&self) -> impl Iterator<Item = (u64, u8, u64, u32)> {
        self.fillings.iter().map(|(f, n)| {
            let (frame, slot, value) = f.plain();
            (frame, slot, value, *n)
        })
    }

    /// The same under settings that need no texts: without phrases and boilerplate.
    pub(crate) fn without_texts(mut self) -> Self {
        self.settings.rules = self.settings.rules.without(Rule::Phrases).without(Rule::Boilerplate);
        let languages: Vec<Language> = self.normals.languages().collect();
        self.normals = Normals::new(languages.into_iter(), &self.settings);
        self
    }
}
