#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![warn(clippy::print_stdout, clippy::print_stderr, clippy::exit, unreachable_pub)]

pub mod analysis;
#[cfg(feature = "charts")]
pub mod chart;
#[cfg(feature = "cli")]
pub mod cli;
pub mod corpus;
pub mod counts;
mod digest;
pub mod error;
pub mod ingest;
pub mod report;
pub mod stats;
#[cfg(feature = "counts-file")]
pub mod store;
pub mod text;
pub mod trends;
mod unfinished;

pub use analysis::Analysis;
pub use corpus::{Corpus, Language, Session, SessionKind, Year};
pub use counts::{Concept, CountSettings, Counts, PersonRule, SessionTermMatrix};
pub use error::{Error, ErrorKind, Result, Warning};
pub use ingest::ReadOptions;
pub use report::{CsvDialect, Format, Report, ReportOptions};
pub use trends::{Comparison, Evidence, Shift, ThemeFile, Trends};
pub use unfinished::remove_unfinished;
