//! Counting: a fold over sessions with an associative merge, then everything that needs the whole corpus.
//!
//! [`Counts`] is the local step: spellings per session and candidates for phrases, merged to the bit. [`Concepts`] is
//! the global step: spellings resolved to concepts, phrases chosen. [`SessionTermMatrix`] is their product.

mod concepts;
mod fold;
mod matrix;
pub mod reading;
mod settings;

pub use concepts::{Concept, ConceptId, ConceptKind, Concepts};
pub use fold::{Counts, SessionRow, Spelling};
pub use matrix::{ConceptFinder, SessionTermMatrix, Term};
pub use settings::CountSettings;
