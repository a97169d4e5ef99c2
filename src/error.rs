//! What can go wrong, and what is worth knowing although nothing went wrong.

use std::fmt;
use std::path::{Path, PathBuf};

/// The result of every fallible function of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An error that names file, place, what was expected and what to do.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// The kinds of [`Error`], to match on.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system refused to read or write `path`.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried, such as `read` or `write`.
        action: &'static str,
        /// The answer of the operating system.
        source: std::io::Error,
    },
    /// An input has nothing to analyse: an empty file or folder, or no file of a known type.
    NoInput {
        /// The file or folder.
        path: PathBuf,
        /// What was found instead.
        found: String,
        /// What to do about it.
        help: String,
    },
    /// Bytes that are not text in the encoding they should have.
    Encoding {
        /// The file.
        path: PathBuf,
        /// Offset of the first bad byte.
        byte: usize,
        /// Line of the first bad byte, counted from 1.
        line: usize,
        /// What was expected there and what to do.
        problem: String,
    },
    /// A file (a table row, a theme file, a session file) that does not follow its format.
    Malformed {
        /// The file.
        path: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1; 0 where only the line is known.
        column: usize,
        /// What is wrong and what was expected.
        problem: String,
    },
    /// The year of a document cannot be told.
    Year {
        /// The document.
        path: PathBuf,
        /// Why not.
        problem: String,
    },
    /// Two sessions with one id.
    DuplicateId {
        /// The id.
        id: String,
        /// Where it stands first.
        first: String,
        /// Where it stands again.
        second: String,
    },
    /// A setting out of its range, or one that contradicts another.
    Setting {
        /// The name of the setting.
        name: &'static str,
        /// Its value.
        value: String,
        /// What is allowed.
        expected: String,
    },
    /// A session file that does not fit the text any more.
    SessionMismatch {
        /// The session file.
        path: PathBuf,
        /// Its line, counted from 1.
        line: usize,
        /// What does not fit.
        problem: String,
    },
    /// A term that no text of the corpus names.
    UnknownTerm {
        /// The term.
        term: String,
        /// Spellings of the corpus that are like it, the nearest first.
        nearest: Vec<String>,
    },
    /// Fewer than two years, so that nothing can be compared.
    NothingToCompare {
        /// The years found.
        years: Vec<i32>,
    },
    /// An output folder or file that must not be overwritten.
    Output {
        /// The folder or file.
        path: PathBuf,
        /// Why it was left alone, and what to do.
        problem: String,
    },
    /// Counts that cannot be put together or used: other settings, shares missing or there in part twice.
    Counts {
        /// What is wrong and what to do.
        problem: String,
    },
    /// A source that changed between two readings of one run.
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A chart or a page that could not be made.
    Render {
        /// Which one.
        what: String,
        /// Why.
        problem: String,
    },
}

impl Error {
    /// What kind of error this is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The kind, taken out.
    #[must_use]
    pub fn into_kind(self) -> ErrorKind {
        *self.0
    }

    /// The file and, where known, the line the error speaks of.
    #[must_use]
    pub fn location(&self) -> Option<(&Path, Option<usize>)> {
        match self.kind() {
            ErrorKind::Io { path, .. }
            | ErrorKind::NoInput { path, .. }
            | ErrorKind::Year { path, .. }
            | ErrorKind::Output { path, .. }
            | ErrorKind::Changed { path } => Some((path, None)),
            ErrorKind::Encoding { path, line, .. }
            | ErrorKind::Malformed { path, line, .. }
            | ErrorKind::SessionMismatch { path, line, .. } => Some((path, Some(*line))),
            _ => None,
        }
    }

    pub(crate) fn io(action: &'static str, path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        ErrorKind::Io { path: path.into(), action, source }.into()
    }

    pub(crate) fn malformed(path: &Path, (line, column): (usize, usize), problem: impl Into<String>) -> Self {
        ErrorKind::Malformed { path: path.into(), line, column, problem: problem.into() }.into()
    }

    pub(crate) fn counts(problem: impl Into<String>) -> Self {
        ErrorKind::Counts { problem: problem.into() }.into()
    }

    pub(crate) fn setting(name: &'static str, value: impl Into<String>, expected: impl Into<String>) -> Self {
        ErrorKind::Setting { name, value: value.into(), expected: expected.into() }.into()
    }
}

/// Line and column of a byte of a text, counted from 1.
pub(crate) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ErrorKind::Io { path, action, source } => write!(f, "{}: cannot {action}: {source}", path.display()),
            ErrorKind::NoInput { path, found, help } => write!(f, "{}: {found}; {help}", path.display()),
            ErrorKind::Encoding { path, byte, line, problem } => {
                write!(f, "{}:{line}: byte {byte}: {problem}", path.display())
            }
            ErrorKind::Malformed { path, line, column: 0, problem }
            | ErrorKind::SessionMismatch { path, line, problem } => {
                write!(f, "{}:{line}: {problem}", path.display())
            }
            ErrorKind::Malformed { path, line, column, problem } => {
                write!(f, "{}:{line}:{column}: {problem}", path.display())
            }
            ErrorKind::Year { path, problem } | ErrorKind::Output { path, problem } => {
                write!(f, "{}: {problem}", path.display())
            }
            ErrorKind::DuplicateId { id, first, second } => write!(
                f,
                "the session id `{id}` stands at {first} and again at {second}; ids must differ within a source: \
                 mend the table or leave the id column out"
            ),
            ErrorKind::Setting { name, value, expected } => write!(f, "{name}: `{value}` is not allowed: {expected}"),
            ErrorKind::UnknownTerm { term, nearest } if nearest.is_empty() => {
                write!(f, "`{term}` is named in no text, and nothing like it; `wandel concepts` lists what is counted")
            }
            ErrorKind::UnknownTerm { term, nearest } => {
                write!(f, "`{term}` is named in no text; did you mean {}?", nearest.join(", "))
            }
            ErrorKind::NothingToCompare { years } => match years.as_slice() {
                [] => write!(
                    f,
                    "no talk was found, so there is nothing to compare; `wandel sessions` shows what was read"
                ),
                [year] => write!(f, "all talks are of {year}; a comparison needs at least two years"),
                years => write!(f, "none of the wanted pairs of years is in the corpus, which has {years:?}"),
            },
            ErrorKind::Changed { path } => {
                write!(
                    f,
                    "{}: the file changed since it was read or counted; run again (and count it again)",
                    path.display()
                )
            }
            ErrorKind::Render { what, problem } => write!(f, "{what}: {problem}"),
            ErrorKind::Counts { problem } => f.write_str(problem),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            ErrorKind::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Something a reader of the results should know; counted and shown in every report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Warning {
    /// The file it is about, as the path below the given one; empty if it is about the whole corpus.
    pub source: String,
    /// The line it is about, counted from 1; 0 if it is about the whole file.
    pub line: usize,
    /// A stable name of the kind, such as `year-weighed` or `bad-row`.
    pub code: &'static str,
    /// What was seen and what was done about it.
    pub message: String,
}

impl Warning {
    pub(crate) fn new(source: &str, line: usize, code: &'static str, message: impl Into<String>) -> Self {
        Self { source: source.to_owned(), line, code, message: message.into() }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.source.as_str(), self.line) {
            ("", _) => {}
            (source, 0) => write!(f, "{source}: ")?,
            (source, line) => write!(f, "{source}:{line}: ")?,
        }
        f.write_str(&self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_file_line_and_column() {
        let error = Error::malformed(Path::new("themes.toml"), (3, 9), "expected a string");
        assert_eq!(error.to_string(), "themes.toml:3:9: expected a string");
        assert_eq!(error.location(), Some((Path::new("themes.toml"), Some(3))));
        let warning = Warning::new("2024.jsonl", 7, "bad-row", "no text");
        assert_eq!(warning.to_string(), "2024.jsonl:7: no text");
    }
}
