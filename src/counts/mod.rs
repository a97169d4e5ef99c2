//! Counting: a fold over sessions with an associative merge, then everything that needs the whole corpus.
//!
//! [`Counts`] is the local step: spellings per session and candidates for phrases, merged to the bit. [`Concepts`] is
//! the global step: spellings resolved to concepts, phrases chosen, people joined. [`SessionTermMatrix`] is their product.

mod biography;
mod boilerplate;
mod cells;
mod concepts;
mod disk;
mod fields;
mod fold;
mod index;
mod lookup;
mod matrix;
mod normals;
mod people;
mod phrases;
#[cfg(feature = "counts-file")]
mod plain;
pub mod reading;
mod runs;
mod segments;
mod settings;
mod template;
mod vocabulary;

pub use boilerplate::{BoilerplateKind, BoilerplateSentence};
pub use cells::Cells;
pub use concepts::{Ambiguous, Concept, ConceptFile, ConceptId, ConceptKind, ConceptTag, Concepts, Forms, Merge};
pub use fold::{Counts, Definition, SessionRow, Spelling};
pub(crate) use index::CountedWord;
pub use lookup::Lookup;
pub use matrix::{SessionTermMatrix, Term};
pub use people::{PersonForm, PersonRule, PersonYear, people_by_year};
pub use phrases::ConceptFinder;
pub(crate) use phrases::{AlsoRead, ReadPart};
#[cfg(feature = "counts-file")]
pub(crate) use plain::PlainCounts;
pub use settings::CountSettings;
