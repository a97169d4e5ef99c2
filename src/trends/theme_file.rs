//! Themes one knows: a TOML file of names, labels and patterns.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::corpus::Language;
use crate::digest::sha256;
use crate::error::{Error, Result, line_and_column};

/// A named set of patterns.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Theme {
    /// Stable name.
    pub name: String,
    /// Label by language code.
    pub label: BTreeMap<String, String>,
    /// Name of the theme it belongs to.
    pub parent: Option<String>,
    /// What it matches.
    pub patterns: Vec<String>,
    /// What it does not match, whatever the patterns say.
    pub exclude: Vec<String>,
}

impl Theme {
    /// Its label in a language; its name where it has none.
    #[must_use]
    pub fn label(&self, language: Language) -> &str {
        self.label.get(language.code()).or_else(|| self.label.values().next()).unwrap_or(&self.name)
    }
}

/// The themes of a file, parents checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThemeFile {
    /// In the order of the file.
    pub themes: Vec<Theme>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Spanned<u32>,
    #[serde(default)]
    theme: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Spanned<String>,
    #[serde(default)]
    label: BTreeMap<String, String>,
    parent: Option<Spanned<String>>,
    #[serde(default)]
    patterns: Vec<Spanned<String>>,
    #[serde(default)]
    exclude: Vec<Spanned<String>>,
}

impl ThemeFile {
    /// The themes that come with wandel: public-sector IT, in German and English.
    ///
    /// # Errors
    /// Never in a released version: a test reads the same text.
    pub fn builtin() -> Result<Self> {
        Self::parse(include_str!("../../data/themes/public-sector-it.toml"), Path::new("public-sector-it.toml"))
    }

    /// The SHA-256 of the themes, for the manifest: the same for files that mean the same.
    #[must_use]
    pub fn digest(&self) -> String {
        sha256(serde_json::to_string(&self.themes).unwrap_or_default().as_bytes())
    }

    /// Reads a theme file.
    ///
    /// # Errors
    /// If it cannot be read, or with line and column if it does not follow the format.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let text = fs::read_to_string(path).map_err(|e| Error::io("read", path, e))?;
        Self::parse(&text, path)
    }

    /// Reads themes from the text of a file; `path` names it in errors.
    ///
    /// # Errors
    /// With line and column if it does not follow the format.
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let bad = |at: usize, problem: String| Error::malformed(path, line_and_column(text, at), problem);
        let file: File = toml::from_str(text)
            .map_err(|e| bad(e.span().map_or(0, |s| s.start), e.message().trim().replace('\n', " ")))?;
        if *file.version.get_ref() != 1 {
            return Err(bad(file.version.span().start, "expected version = 1".into()));
        }
        if file.theme.is_empty() {
            return Err(bad(0, "there is no [[theme]] in it".into()));
        }
        for (i, theme) in file.theme.iter().enumerate() {
            let name = theme.name.get_ref();
            if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
                return Err(bad(
                    theme.name.span().start,
                    format!("`{name}`: a name has letters, digits and _ only; put the words into label"),
                ));
            }
            if file.theme[..i].iter().any(|t| t.name.get_ref() == name) {
                return Err(bad(theme.name.span().start, format!("there are two themes named `{name}`")));
            }
            if let Some(parent) = &theme.parent {
                let found = file.theme.iter().find(|t| t.name.get_ref() == parent.get_ref());
                match found {
                    None => {
                        return Err(bad(
                            parent.span().start,
                            format!("there is no theme `{}` to be the parent", parent.get_ref()),
                        ));
                    }
                    Some(p) if p.parent.is_some() || p.name.get_ref() == name => {
                        return Err(bad(
                            parent.span().start,
                            format!(
                                "`{}` cannot be a parent: it has one itself (two levels at most)",
                                parent.get_ref()
                            ),
                        ));
                    }
                    Some(_) => {}
                }
            }
            for pattern in theme.patterns.iter().chain(&theme.exclude) {
                check_pattern(pattern.get_ref())
                    .map_err(|why| bad(pattern.span().start, format!("pattern `{}`: {why}", pattern.get_ref())))?;
            }
            let is_parent = file.theme.iter().any(|t| t.parent.as_ref().is_some_and(|p| p.get_ref() == name));
            if theme.patterns.is_empty() && !is_parent {
                return Err(bad(theme.name.span().start, format!("theme `{name}` has neither patterns nor children")));
            }
        }
        let strings = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect();
        let themes = file.theme.into_iter().map(|t| Theme {
            name: t.name.into_inner(),
            label: t.label,
            parent: t.parent.map(Spanned::into_inner),
            patterns: strings(t.patterns),
            exclude: strings(t.exclude),
        });
        Ok(Self { themes: themes.collect() })
    }
}

impl ThemeFile {
    /// Adds a pattern to a theme by index; false if it cannot be one, or is there already.
    pub(crate) fn add(&mut self, theme: usize, pattern: &str) -> bool {
        let patterns = &mut self.themes[theme].patterns;
        let fresh = check_pattern(pattern).is_ok() && !patterns.iter().any(|p| p == pattern);
        if fresh {
            patterns.push(pattern.to_owned());
        }
        fresh
    }
}

fn check_pattern(pattern: &str) -> std::result::Result<(), &'static str> {
    if !pattern.chars().any(char::is_alphanumeric) {
        return Err("expected a word or a phrase");
    }
    for word in pattern.split_whitespace() {
        let inner = word.trim_start_matches('*').trim_end_matches('*');
        if inner.contains('*') {
            return Err("`*` stands at the start or end of a word only");
        }
        if inner.is_empty() {
            return Err("a `*` needs letters beside it");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        ThemeFile::parse(text, Path::new("t.toml")).unwrap_err().to_string()
    }

    #[test]
    fn errors_name_line_and_column() {
        assert!(
            error("version = 1\n[[theme]]\nname = \"a\"\npatterns = [\"x*y\"]")
                .starts_with("t.toml:4:13: pattern `x*y`")
        );
        assert!(error("version = 2").starts_with("t.toml:1:11: expected version = 1"));
        assert!(
            error("version = 1\n[[theme]]\nname = \"a\"\nparent = \"b\"\npatterns = [\"x\"]")
                .starts_with("t.toml:4:10")
        );
        assert!(error("version = 1\n[[theme]]\nname = \"a\"").contains("neither patterns nor children"));
        assert!(error("version = 1\n[[theme]\n").starts_with("t.toml:2:"));
        assert!(error("version = 1\n[[theme]]\nname = \"a\"\npattern = []").contains("unknown field"));
    }

    #[test]
    fn the_shipped_file_is_right() {
        let file = ThemeFile::builtin().unwrap();
        assert!(file.themes.len() >= 14);
        let parents = |name: &str| file.themes.iter().find(|t| t.name == name).and_then(|t| t.parent.clone());
        assert_eq!(parents("cybersecurity").as_deref(), Some("security"));
        assert_eq!(parents("information_security").as_deref(), Some("security"));
    }
}
