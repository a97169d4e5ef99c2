//! The session: the unit of observation.

use std::collections::BTreeMap;
use std::fmt;

use super::{Language, Span, Year};

/// What a session is in its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionKind {
    /// A talk, panel, workshop, speech, abstract or section: carries every rate and test.
    Session,
    /// Welcome and introduction; shown beside the talks.
    Opening,
    /// Summary and farewell; shown beside the talks.
    Closing,
    /// Thanks; never counted.
    Acknowledgement,
}

impl SessionKind {
    /// Its name in tables and session files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Opening => "opening",
            Self::Closing => "closing",
            Self::Acknowledgement => "acknowledgement",
        }
    }

    /// Whether it frames the talks: an opening or a closing.
    #[must_use]
    pub const fn is_framing(self) -> bool {
        matches!(self, Self::Opening | Self::Closing)
    }
}

impl fmt::Display for SessionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A talk, panel, workshop, speech, abstract or section inside a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// `source#ordinal`, or `source:id` where a table has ids.
    pub id: String,
    /// Index of its document in [`super::Corpus::documents`].
    pub document: usize,
    /// Place in its document, counted from 1.
    pub ordinal: usize,
    /// Its year.
    pub year: Year,
    /// What it is.
    pub kind: SessionKind,
    /// Caption, heading or title; may be empty.
    pub title: String,
    /// Where the title stands in the text; `None` if it comes from a column of its own.
    pub title_span: Option<Span>,
    /// Who speaks in it, as spelled in the text.
    pub speakers: Vec<String>,
    /// The language it is read in.
    pub language: Language,
    /// All of it, title included, in the decoded text of its document.
    pub span: Span,
    /// First line, counted from 1; for a row of a table, the line of its record.
    pub first_line: usize,
    /// Last line that holds text.
    pub last_line: usize,
    /// Further columns of a table, and what `--tag` made.
    pub tags: BTreeMap<String, String>,
    /// Whether a session file leaves it out; [`super::Corpus::sessions`] has no such session.
    pub dropped: bool,
}

impl Session {
    /// Whether its words are counted at all: all but acknowledgements.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.kind != SessionKind::Acknowledgement
    }

    /// Whether it is a talk (kind `session`).
    #[must_use]
    pub fn is_talk(&self) -> bool {
        self.kind == SessionKind::Session
    }

    /// What to call it: its title, or its id where it has none.
    #[must_use]
    pub fn title_or_id(&self) -> &str {
        if self.title.is_empty() { &self.id } else { &self.title }
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} “{}”", self.year, self.id, self.kind, self.title)
    }
}
