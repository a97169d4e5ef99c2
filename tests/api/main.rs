//! The library from outside.

#[cfg(feature = "charts")]
mod charts;
mod concepts;
mod concepts_of_corpora;
mod counting;
mod dependent;
mod determinism;
mod evidence;
mod fields;
mod findings;
mod floors;
mod gold;
mod hostile;
mod large_tables;
mod nearest;
mod page;
mod resolved;
mod sample;
mod seeds;
mod sessions;
mod settings;
mod statistics;
mod statistics_of_corpora;
mod statistics_properties;
mod successions;
mod support;
mod templates;
mod tfidf;
mod three_years;
mod topics;
