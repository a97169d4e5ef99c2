//! Numbers in, numbers out; knows no words.
//!
//! Everything works on any table of counts: [`sparse::SparseCounts`] holds rows × columns, [`design::Design`] says what is
//! held against what, [`permutation::permute`] tests all columns at once, [`fdr::benjamini_hochberg`] makes q of p,
//! [`effect::ratio_interval`] says how large a change is and how well it is known.
//!
//! ```
//! use wandel::stats::{design::Design, fdr, permutation, sparse::SparseCounts};
//!
//! // Six rows of two columns: (column, count).
//! let rows = [vec![], vec![(1, 1)], vec![(1, 2)], vec![(0, 2)], vec![(0, 1), (1, 1)], vec![(0, 3)]];
//! let counts = SparseCounts::from_rows(2, rows)?;
//! // The first three rows are of 2024, the last three of 2025; all are 100 words long.
//! let years = [2024.0, 2024.0, 2024.0, 2025.0, 2025.0, 2025.0].map(Some);
//! let design = Design::new(&[100.0; 6], &years, None)?;
//! let tests = permutation::permute(&design, &counts, &[0, 1], &[true; 2], &Default::default())?;
//! // Twenty ways to deal the years: the observed one and its mirror image are the most extreme for column 0.
//! assert!(tests[0].exact && tests[0].p == 2.0 / 20.0);
//! let q = fdr::benjamini_hochberg(&tests.iter().map(|t| t.p).collect::<Vec<_>>());
//! assert!(q[0] == 0.2);
//! # wandel::Result::Ok(())
//! ```

mod beta;
pub mod coherence;
pub mod contrast;
pub mod design;
pub mod dispersion;
pub mod effect;
pub mod factorize;
pub mod fdr;
pub mod interval;
pub mod permutation;
pub mod presence;
pub mod random;
pub mod ranks;
pub mod rate;
pub mod simulate;
pub mod sparse;
pub mod tfidf;
pub mod trend;
pub mod two_sample;
