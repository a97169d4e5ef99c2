//! Numbers in, numbers out; knows no words.

mod beta;
pub mod contrast;
pub mod design;
pub mod dispersion;
pub mod effect;
pub mod fdr;
pub mod interval;
pub mod permutation;
pub mod presence;
pub mod random;
pub mod ranks;
pub mod simulate;
pub mod sparse;
pub mod tfidf;
pub mod trend;
pub mod two_sample;
