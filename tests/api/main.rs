//! The library from outside.

mod concepts;
mod counting;
mod dependent;
mod determinism;
mod evidence;
mod floors;
mod gold;
mod hostile;
mod sample;
mod seeds;
mod sessions;
mod settings;
mod support;
mod tfidf;
mod three_years;
