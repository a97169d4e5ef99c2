//! wandel
#![forbid(unsafe_code)]
#![deny(missing_docs)]
pub mod corpus;
pub mod counts;
pub mod error;
pub mod ingest;
pub mod stats;
pub mod text;
