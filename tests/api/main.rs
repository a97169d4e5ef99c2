//! The library from outside.

mod sessions;
mod support;
