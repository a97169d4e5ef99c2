//! Reads the texts of a corpus again, file by file.

use super::article::bytes_of;
use super::encoding;
use super::files::{Format, Input};
use super::options::ReadOptions;
use super::table;
use crate::corpus::{Document, TextSource};
use crate::error::{ErrorKind, Result};

/// The files of a corpus and how they are read.
pub(super) struct FileTexts {
    /// Each with the lines of its documents, ascending; 0 for an article.
    inputs: Vec<(Input, Vec<usize>)>,
    options: ReadOptions,
}

impl FileTexts {
    /// For documents sorted by source and line.
    pub(super) fn new<'d>(
        inputs: Vec<Input>,
        options: &ReadOptions,
        documents: impl Iterator<Item = &'d Document>,
    ) -> Self {
        let mut inputs: Vec<(Input, Vec<usize>)> = inputs.into_iter().map(|input| (input, Vec::new())).collect();
        let mut at = 0;
        for document in documents {
            while inputs.get(at).is_some_and(|(input, _)| input.source != document.source) {
                at += 1;
            }
            if let Some((_, lines)) = inputs.get_mut(at) {
                lines.push(document.line);
            }
        }
        Self { inputs, options: options.clone() }
    }
}

impl TextSource for FileTexts {
    fn visit(&self, visit: &mut dyn FnMut(usize, &str) -> bool) -> Result<()> {
        let mut index = 0;
        for (input, lines) in &self.inputs {
            if lines.is_empty() {
                continue;
            }
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
                continue;
            }
            let mut wanted = lines.iter().peekable();
            let mut go_on = true;
            let made = |row: table::Row| (row.line, row.text);
            table::each_row(input, &self.options, false, &made, &mut |row| {
                if let Ok((line, text)) = row
                    && wanted.next_if_eq(&&line).is_some()
                {
                    go_on = visit(index, &text);
                    index += 1;
                }
                go_on && wanted.peek().is_some()
            })?;
            if !go_on {
                return Ok(());
            }
            if wanted.peek().is_some() {
                return Err(ErrorKind::Changed { path: input.path.clone() }.into());
            }
        }
        Ok(())
    }
}

/// The texts of counts that have outlived them.
pub(super) struct NoTexts;

impl TextSource for NoTexts {
    fn visit(&self, _: &mut dyn FnMut(usize, &str) -> bool) -> Result<()> {
        Ok(())
    }

    fn are_there(&self) -> bool {
        false
    }
}
