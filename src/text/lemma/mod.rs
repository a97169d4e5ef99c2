//! From a form to the word it is a form of, where the stemmer alone joins too much or too little.

mod adjectives;
mod british;
pub mod english;
pub mod german;
mod nouns;
pub mod variants;
mod verbs;
