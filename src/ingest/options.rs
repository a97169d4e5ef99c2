//! How to read.

use std::collections::BTreeMap;
use std::path::PathBuf;

use regex::Regex;

use super::files::Input;
use crate::corpus::{Corpus, Language, Session, Year};
use crate::error::{Error, Result};

/// A tag made from a column by a regular expression: `event=id:^[^/]+`.
#[derive(Debug, Clone)]
pub struct TagRule {
    /// Name of the new tag.
    pub tag: String,
    /// The column it is cut out of.
    pub column: String,
    /// What is cut out: the first group, or the whole match.
    pub pattern: Regex,
}

impl TagRule {
    /// Reads `NAME=COLUMN:REGEX`.
    ///
    /// # Errors
    /// If a part is missing or the expression is not valid.
    pub fn parse(rule: &str) -> Result<Self> {
        let bad = |why: &str| {
            Error::setting("--tag", rule, format!("expected NAME=COLUMN:REGEX, such as event=id:^[^/]+ ({why})"))
        };
        let (tag, rest) = rule.split_once('=').ok_or_else(|| bad("no `=`"))?;
        let (column, pattern) = rest.split_once(':').ok_or_else(|| bad("no `:`"))?;
        let pattern = Regex::new(pattern).map_err(|e| {
            let text = e.to_string();
            bad(text.lines().last().unwrap_or_default().trim_start_matches("error: "))
        })?;
        Ok(Self { tag: tag.trim().to_owned(), column: column.trim().to_owned(), pattern })
    }
}

/// One of several equal shares of the texts, by the hash of each text: `index` of `of`, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which one.
    pub index: u32,
    /// Of how many.
    pub of: u32,
}

impl Shard {
    /// Reads `i/n`.
    ///
    /// # Errors
    /// If it is not two numbers with 1 ≤ i ≤ n.
    pub fn parse(text: &str) -> Result<Self> {
        let numbers = text.split_once('/').and_then(|(i, n)| Some((i.trim().parse().ok()?, n.trim().parse().ok()?)));
        match numbers {
            Some((index, of)) if 1 <= index && index <= of => Ok(Self { index, of }),
            _ => Err(Error::setting("--shard", text, "expected I/N with I from 1 to N, such as 2/8")),
        }
    }

    /// Whether a text with this hash (hexadecimal) is in it.
    pub(super) fn takes(&self, text_hash: &str) -> bool {
        let number = u64::from_str_radix(text_hash.get(..15).unwrap_or_default(), 16).unwrap_or(0);
        number % u64::from(self.of) + 1 == u64::from(self.index)
    }
}

/// Everything that decides how input becomes documents and sessions.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Years said by hand: source path, its end or its file name → year.
    pub years: BTreeMap<String, Year>,
    /// The encoding of all files, if it is not to be detected (a WHATWG label, such as `windows-1252`).
    pub encoding: Option<String>,
    /// Columns of tables by other names: `year` → `jahr`.
    pub columns: BTreeMap<String, String>,
    /// Tags made from columns.
    pub tags: Vec<TagRule>,
    /// Keep only sessions with these tags: `(tag, value)`. `year`, `kind`, `lang` and `source` work as tags too.
    pub filters: Vec<(String, String)>,
    /// The languages to choose from.
    pub languages: Vec<Language>,
    /// A session file that says where sessions are.
    pub sessions: Option<PathBuf>,
    /// Whether a bad row is an error.
    pub strict: bool,
    /// Take only a share of the texts, to count them in parts.
    pub shard: Option<Shard>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            years: BTreeMap::new(),
            encoding: None,
            columns: BTreeMap::new(),
            tags: Vec::new(),
            filters: Vec::new(),
            languages: vec![Language::De, Language::En],
            sessions: None,
            strict: false,
            shard: None,
        }
    }
}

impl ReadOptions {
    /// The year said by hand for a source, if there is one.
    pub(super) fn year_of(&self, source: &str) -> Option<Year> {
        let fits = |name: &str| {
            let name = name.trim_start_matches("./");
            source == name || source.ends_with(&format!("/{name}")) || name.ends_with(&format!("/{source}"))
        };
        self.years.iter().find(|(name, _)| fits(name)).map(|(_, &year)| year)
    }

    /// Every year said by hand must be for a file that is there.
    pub(super) fn check_years(&self, inputs: &[Input]) -> Result<()> {
        for (name, year) in &self.years {
            let one = Self { years: BTreeMap::from([(name.clone(), *year)]), ..Self::default() };
            if !inputs.iter().any(|i| one.year_of(&i.source).is_some()) {
                let known: Vec<_> = inputs.iter().take(5).map(|i| i.source.as_str()).collect();
                return Err(Error::setting(
                    "--year",
                    format!("{name}={year}"),
                    format!("no file of that name was read; there is {}", known.join(", ")),
                ));
            }
        }
        Ok(())
    }

    /// Name of the column that holds `role`.
    pub(super) fn column<'a>(&'a self, role: &'a str) -> &'a str {
        self.columns.get(role).map_or(role, String::as_str)
    }

    /// Keeps the sessions that fit every filter.
    pub(super) fn filter(&self, corpus: &mut Corpus) {
        if self.filters.is_empty() {
            return;
        }
        let documents = std::mem::take(&mut corpus.documents);
        let value = |session: &Session, tag: &str| match tag {
            "year" => Some(session.year.to_string()),
            "kind" => Some(session.kind.name().to_owned()),
            "lang" => Some(session.language.code().to_owned()),
            "source" => Some(documents[session.document].source.clone()),
            tag => session.tags.get(tag).cloned(),
        };
        let sessions = std::mem::take(&mut corpus.sessions);
        let keeps = |s: &Session| self.filters.iter().all(|(tag, wanted)| value(s, tag).as_deref() == Some(wanted));
        let (kept, left_out): (Vec<_>, Vec<_>) = sessions.into_iter().partition(keeps);
        corpus.sessions = kept;
        corpus.dropped.extend(left_out);
        corpus.documents = documents;
    }

    /// For the manifest: every option that is not at its default, and the languages.
    #[must_use]
    pub fn describe(&self) -> BTreeMap<String, String> {
        let mut map = BTreeMap::new();
        let mut put = |key: &str, value: String| {
            if !value.is_empty() {
                map.insert(key.to_owned(), value);
            }
        };
        put("languages", self.languages.iter().map(|l| l.code().to_owned()).collect::<Vec<_>>().join(","));
        put("encoding", self.encoding.clone().unwrap_or_default());
        put("year", self.years.iter().map(|(f, y)| format!("{f}={y}")).collect::<Vec<_>>().join("; "));
        put("columns", self.columns.iter().map(|(a, b)| format!("{a}={b}")).collect::<Vec<_>>().join("; "));
        put(
            "tags",
            self.tags.iter().map(|t| format!("{}={}:{}", t.tag, t.column, t.pattern)).collect::<Vec<_>>().join("; "),
        );
        put("where", self.filters.iter().map(|(a, b)| format!("{a}={b}")).collect::<Vec<_>>().join("; "));
        let file = self.sessions.as_ref().and_then(|p| p.file_name()).map(|n| n.to_string_lossy().into_owned());
        put("sessions", file.unwrap_or_default());
        put("strict", if self.strict { "true".into() } else { String::new() });
        map
    }
}
