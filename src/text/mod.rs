//! Text in, tokens out: one file a step. Knows neither files nor years.
//!
//! [`tokenizer`] cuts tokens with byte spans, [`sentences`] finds sentences, [`lines`] lines
//! ended on purpose, [`language`] holds what differs from
//! language to language, [`normal`] turns a [`spelling`] into the key it is counted under, by its paradigm ([`lemma`],
//! checked against the [`lexicon`]) or its [`stem`]; [`compounds`] cuts German compounds, [`rules`] names what can be
//! switched off, [`names`] finds the people a text names and which of them speak.

pub mod acronyms;
pub(crate) mod class;
pub mod compounds;
pub mod ellipsis;
pub mod idioms;
pub mod language;
mod lately;
pub mod lemma;
pub(crate) mod letters;
pub mod lexicon;
pub mod lines;
pub mod names;
pub mod normal;
pub mod rules;
mod segments;
pub mod sentences;
pub mod spelling;
pub mod stem;
mod token;
pub mod tokenizer;
pub(crate) mod word_set;

pub use normal::{Normal, Normalizer, SpellingClass};
pub use rules::{Rule, Rules};
pub use token::{Token, TokenKind};
pub use tokenizer::tokenize;
