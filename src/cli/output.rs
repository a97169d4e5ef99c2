//! How a command prints its result: for people, or as a table for programs.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::Outcome;
use crate::report::{CsvDialect, Table, write_table, write_table_json};

/// The form of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// Aligned columns
    Text,
    /// One header line, then one line a row
    Csv,
    /// A list of objects
    Json,
}

/// Which form a result is printed in.
#[derive(Debug, Args)]
pub(super) struct FormatArg {
    /// Print columns for people, or CSV or JSON for programs
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

impl FormatArg {
    /// Prints a table for programs, if that is wanted; else leaves it to `text`.
    pub(super) fn print(
        &self,
        out: &mut dyn Write,
        table: impl FnOnce() -> Table,
        text: impl FnOnce(&mut dyn Write) -> Outcome,
    ) -> Outcome {
        match self.format {
            OutputFormat::Text => text(out),
            OutputFormat::Csv => Ok(out.write_all(&write_table(&table(), CsvDialect::Plain))?),
            OutputFormat::Json => Ok(out.write_all(&write_table_json(&table()))?),
        }
    }
}
