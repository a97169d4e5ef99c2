//! Numbers in, numbers out; knows no words.

pub mod contrast;
pub mod interval;
pub mod presence;
pub mod tfidf;
