//! The `wandel` program from outside, as a process: what it prints, what it leaves on disk, how it ends.

#![cfg(unix)]

mod bad_input;
mod completions;
mod concepts;
mod config;
mod counts;
mod encodings;
mod folders;
mod habits;
mod manifest;
mod output_folder;
mod page;
mod people;
mod quotes;
mod report;
mod session_file;
mod sessions;
mod shifts;
mod statistics;
#[cfg(unix)]
mod stop;
mod support;
mod tables;
mod terms;
mod texts;
mod themes;
mod xlsx;
mod years;
