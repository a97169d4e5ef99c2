//! Counting: a fold over sessions with an associative merge, then everything that needs the whole corpus.
//!
//! [`Counts`] is the local step: spellings per session and candidates for phrases, merged to the bit. [`Concepts`] is
//! the global step: spellings resolved to concepts, phrases chosen, people joined. [`SessionTermMatrix`] is their product.

mod concepts;
mod fold;
mod matrix;
mod people;
pub mod reading;
mod settings;

pub use concepts::{Concept, ConceptId, ConceptKind, Concepts};
pub use fold::{Counts, SessionRow, Spelling};
pub use matrix::{ConceptFinder, SessionTermMatrix, Term};
pub use people::{PersonForm, PersonRule, PersonYear, people_by_year};
pub use settings::CountSettings;
