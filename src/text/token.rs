//! The token.

use super::class::Class;
use crate::corpus::Span;

/// What a token is, by its form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenKind {
    /// A word, also a hyphen compound (`KI-Lösungen`) or a gender form (`Bürger/-innen`).
    Word,
    /// Capitals only (`KI`, `EUDI`, `CO2`), outside of lines that shout.
    Acronym,
    /// A word that is cut short by a hyphen: `Fach-` in `Fach- und Führungskräfte`.
    Fragment,
    /// No letter but digits: a number, date, time, ordinal, decade or Roman numeral.
    Number,
    /// A punctuation mark or symbol.
    Punctuation,
    /// A web or mail address.
    Address,
}

impl TokenKind {
    /// Whether it counts as a word of the text (the denominator of rates).
    #[must_use]
    pub const fn is_word(self) -> bool {
        matches!(self, Self::Word | Self::Acronym | Self::Fragment)
    }
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the document.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Number of its sentence within the tokenised text, counted from 0.
    pub sentence: u32,
    /// Whether a capital letter says nothing here: first word of a sentence, after a colon, quote or bullet.
    pub initial: bool,
    /// What its letters and fixed lists say of it.
    pub(crate) class: Class,
    /// The hash of its letters without case (`text::letters`).
    pub(crate) hash: u64,
    /// The hash of its letters as they stand.
    pub(crate) exact: u64,
}
