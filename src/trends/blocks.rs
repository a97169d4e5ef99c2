//! Clusters of talks: which ones are declared, and which ones a corpus has without anybody saying so.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{Corpus, Session};
use crate::error::{Error, Result};

/// What is known of clusters of talks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Blocks {
    /// Nothing was said: talks are tested one by one, and where they seem to come in clusters nothing is confirmed.
    #[default]
    Undeclared,
    /// Talks are independent of each other.
    Independent,
    /// Talks with one value of this tag belong together: `article`, `title`, `id` (its part before the first `/`),
    /// `speaker`, or a tag of the corpus.
    Tag(String),
}

impl Blocks {
    /// Reads the value of `--block`: `none`, or a tag.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "none" { Self::Independent } else { Self::Tag(text.to_owned()) }
    }
}

impl std::fmt::Display for Blocks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Undeclared => f.write_str("undeclared"),
            Self::Independent => f.write_str("none"),
            Self::Tag(tag) => f.write_str(tag),
        }
    }
}

/// The names that every corpus knows.
const KNOWN: [&str; 4] = ["article", "title", "id", "speaker"];

/// The cluster that a session belongs to by a tag; `None` if it has no value.
fn value(corpus: &Corpus, session: &Session, tag: &str) -> Option<String> {
    let source = &corpus.documents()[session.document].source;
    let value = match tag {
        // A row of a table is a document of its own; its article is the file.
        "article" => source.clone(),
        "title" => session.title.clone(),
        "id" => {
            let id = session.id.strip_prefix(source.as_str()).unwrap_or(&session.id).trim_start_matches([':', '#']);
            id.split_once('/')?.0.to_owned()
        }
        "speaker" => session.speakers.join("; "),
        tag => session.tags.get(tag).cloned()?,
    };
    (!value.is_empty()).then_some(value)
}

/// A number for the cluster of each given session; sessions without a value are clusters of their own.
///
/// # Errors
/// If no session has the tag.
pub fn block_ids(corpus: &Corpus, sessions: &[usize], tag: &str) -> Result<Vec<u32>> {
    let values: Vec<Option<String>> = sessions.iter().map(|&s| value(corpus, &corpus.sessions()[s], tag)).collect();
    if values.iter().all(Option::is_none) {
        let tags: BTreeSet<&str> = corpus.sessions().iter().flat_map(|s| s.tags.keys()).map(String::as_str).collect();
        let known: Vec<&str> = KNOWN.into_iter().chain(tags).chain(["none"]).collect();
        return Err(Error::setting("--block", tag, format!("expected a tag that talks have: {}", known.join(", "))));
    }
    let distinct: BTreeSet<&String> = values.iter().flatten().collect();
    let numbers: BTreeMap<&String, u32> = distinct.into_iter().zip(0..).collect();
    let mut next = numbers.len() as u32;
    let number = |value: &Option<String>| {
        value.as_ref().map_or_else(
            || {
                next += 1;
                next - 1
            },
            |v| numbers[v],
        )
    };
    Ok(values.iter().map(number).collect())
}

/// A tag that puts at least half of the talks into clusters of two and more, none of which holds more than half of them
/// (an article may): the one that clusters most.
pub(crate) fn undeclared(corpus: &Corpus, sessions: &[usize]) -> Option<String> {
    let tags: BTreeSet<&str> =
        sessions.iter().flat_map(|&s| corpus.sessions()[s].tags.keys()).map(String::as_str).collect();
    let is_table = sessions.iter().any(|&s| corpus.documents()[corpus.sessions()[s].document].line > 0);
    let candidates = KNOWN.into_iter().filter(|t| !(is_table && *t == "article")).chain(tags);
    let mut best: Option<(usize, &str)> = None;
    for tag in candidates {
        let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
        for value in sessions.iter().filter_map(|&s| value(corpus, &corpus.sessions()[s], tag)) {
            *sizes.entry(value).or_default() += 1;
        }
        let clustered: usize = sizes.values().filter(|&&n| n > 1).sum();
        let largest = sizes.values().max().copied().unwrap_or(0);
        let fits = clustered * 2 >= sessions.len() && (tag == "article" || largest * 2 <= sessions.len());
        if fits && sessions.len() > 1 && best.is_none_or(|(most, _)| clustered > most) {
            best = Some((clustered, tag));
        }
    }
    best.map(|(_, tag)| tag.to_owned())
}
