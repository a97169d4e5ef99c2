//! Concepts by hand: merges, splits and bans from a file, naming any spelling.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::digest::sha256;
use crate::error::{Error, Result, line_and_column};

/// What `--concepts FILE` says.
///
/// ```toml
/// version = 1
/// [[merge]]
/// label = "digitale Souveränität"
/// forms = ["digitale Souveränität", "Datensouveränität"]
/// [[split]]
/// forms = ["Cloud-Lösung"]
/// [[ban]]
/// forms = ["Vorhaben"]
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ConceptFile {
    /// Version of the format: 1.
    pub version: u32,
    /// Spellings, each with all that is counted with it, that are one concept.
    #[serde(default, rename = "merge")]
    pub merges: Vec<Merge>,
    /// Spellings that are counted apart from what they would belong to, letter by letter.
    #[serde(default, rename = "split")]
    pub splits: Vec<Forms>,
    /// Spellings whose concepts are not ranked.
    #[serde(default, rename = "ban")]
    pub bans: Vec<Forms>,
}

/// Spellings that are one concept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// What to show; default: as for every concept.
    #[serde(default)]
    pub label: Option<String>,
    /// At least two spellings.
    pub forms: Vec<String>,
}

/// A list of spellings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// The spellings.
    pub forms: Vec<String>,
}

impl ConceptFile {
    /// Reads a file.
    ///
    /// # Errors
    /// If it cannot be read or does not follow the format.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|e| Error::io("read", path, e))?;
        Self::parse(&text, path)
    }

    /// The SHA-256 of what it says, for the manifest: the same for files that mean the same.
    #[must_use]
    pub fn digest(&self) -> String {
        sha256(serde_json::to_string(self).unwrap_or_default().as_bytes())
    }

    /// Reads the text of a file; `path` is for messages.
    ///
    /// # Errors
    /// If it does not follow the format.
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let bad = |at, problem: &str| Error::malformed(path, line_and_column(text, at), problem);
        let file: Self = toml::from_str(text)
            .map_err(|e| bad(e.span().map_or(0, |s| s.start), &e.message().trim().replace('\n', " ")))?;
        if file.version != 1 {
            return Err(bad(0, "expected version = 1"));
        }
        if let Some(nth) = file.merges.iter().position(|m| m.forms.len() < 2) {
            let at = text.match_indices("[[merge]]").nth(nth).map_or(0, |m| m.0);
            return Err(bad(at, "a merge needs at least two forms"));
        }
        let empty = |forms: &Vec<String>| forms.is_empty() || forms.iter().any(|f| f.trim().is_empty());
        let lists = file.merges.iter().map(|m| &m.forms).chain(file.splits.iter().chain(&file.bans).map(|f| &f.forms));
        if lists.into_iter().any(empty) {
            let at = text.find("\"\"").or_else(|| text.find("[]")).unwrap_or(0);
            return Err(bad(at, "a list of forms is empty or has an empty form"));
        }
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_checked() {
        let parse = |text: &str| ConceptFile::parse(text, Path::new("c.toml"));
        let good = "version = 1\n[[merge]]\nforms = [\"a\", \"b\"]\n[[ban]]\nforms = [\"c\"]\n";
        assert_eq!(parse(good).unwrap().merges[0].forms, ["a", "b"]);
        for bad in [
            "version = 2",
            "version = 1\n[[merge]]\nforms = [\"a\"]",
            "version = 1\n[[ban]]\nforms = []",
            "version = 1\n[[bann]]\nforms = [\"a\"]",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
