//! Text in, tokens out: one file a step. Knows neither files nor years.
//!
//! [`tokenizer`] cuts tokens with byte spans, [`sentences`] finds sentences, [`language`] holds what differs from
//! language to language, [`stem`] and [`normal`] turn a spelling into the key it is counted under, [`names`] finds
//! the people a text names and which of them speak.

pub mod language;
pub mod names;
pub mod normal;
pub mod sentences;
pub mod stem;
mod token;
pub mod tokenizer;

pub use normal::{Normal, Normalizer, SpellingClass};
pub use token::{Token, TokenKind};
pub use tokenizer::tokenize;
