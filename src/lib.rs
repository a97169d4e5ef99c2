//! wandel
#![forbid(unsafe_code)]
#![deny(missing_docs)]
pub mod corpus;
pub mod error;
pub mod ingest;
pub mod text;
