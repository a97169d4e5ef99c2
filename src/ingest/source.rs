//! Reads the texts of a corpus again, file by file.

use super::article::bytes_of;
use super::encoding;
use super::files::{Format, Input};
use super::options::ReadOptions;
use super::table;
use crate::corpus::TextSource;
use crate::error::Result;

/// The files of a corpus and how they are read.
pub(super) struct FileTexts {
    inputs: Vec<Input>,
    options: ReadOptions,
}

impl FileTexts {
    pub(super) fn new(inputs: Vec<Input>, options: &ReadOptions) -> Self {
        Self { inputs, options: options.clone() }
    }
}

impl TextSource for FileTexts {
    fn visit(&self, visit: &mut dyn FnMut(usize, &str) -> bool) -> Result<()> {
        let mut index = 0;
        for input in &self.inputs {
            if input.format == Format::Article {
                let bytes = bytes_of(input)?;
                let decoded = encoding::decode(
                    &input.path,
                    &input.source,
                    &bytes,
                    self.options.encoding.as_deref(),
                    &mut Vec::new(),
                )?;
                if !visit(index, &decoded.text) {
                    return Ok(());
                }
                index += 1;
            } else {
                let mut go_on = true;
                table::each_row(input, &self.options, &mut |row| {
                    if let Ok(row) = row {
                        go_on = visit(index, &row.text);
                        index += 1;
                    }
                    go_on
                })?;
                if !go_on {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}
