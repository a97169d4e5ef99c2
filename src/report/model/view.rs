//! The pieces a page is made of: tables, lines and quotes in words.

use serde::Serialize;

use super::links::Links;
use crate::report::words::Words;
use crate::trends::{Evidence, Trends};

/// Characters of a quote in the page; tables/evidence.csv has it whole.
const LONGEST_QUOTE: usize = 600;
/// Characters of a title beside a quote or in a list.
const LONGEST_TITLE: usize = 60;

/// A piece of a line, linked to what shows it.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct Part {
    pub text: String,
    /// Id of the evidence in the page.
    pub link: Option<String>,
}

/// A line of text with links.
#[derive(Debug, Clone, Default, Serialize)]
pub(in crate::report) struct Line(Vec<Part>);

impl Line {
    pub(in crate::report) fn text(mut self, text: impl Into<String>) -> Self {
        self.0.push(Part { text: text.into(), link: None });
        self
    }

    pub(in crate::report) fn link(mut self, text: impl Into<String>, link: Option<String>) -> Self {
        self.0.push(Part { text: text.into(), link });
        self
    }

    /// Lines in a row, with something between them.
    pub(in crate::report) fn joined(mut self, items: impl IntoIterator<Item = Self>, between: &str) -> Self {
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                self = self.text(between);
            }
            self.0.extend(item.0);
        }
        self
    }

    /// `a, b und c`, each a line of its own.
    pub(in crate::report) fn list(mut self, items: Vec<Self>, w: Words) -> Self {
        let n = items.len();
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                self = self.text(if i + 1 == n { w.pick(" und ", " and ") } else { ", " });
            }
            self.0.extend(item.0);
        }
        self
    }

    /// Without its links.
    pub(in crate::report) fn plain(&self) -> String {
        self.0.iter().map(|part| part.text.as_str()).collect()
    }
}

/// One cell of a table in words.
#[derive(Debug, Clone, Default, Serialize)]
pub(in crate::report) struct Entry {
    pub text: String,
    /// Id of the evidence in the page.
    pub link: Option<String>,
    /// What it is sorted by, where the text does not say.
    pub value: Option<f64>,
}

impl Entry {
    pub(in crate::report) fn linked(mut self, link: Option<String>) -> Self {
        self.link = link;
        self
    }

    /// With a value to sort by, which must be finite.
    pub(in crate::report) fn worth(mut self, value: f64) -> Self {
        self.value = Some((value * 1e4).round() / 1e4).filter(|v| v.is_finite());
        self
    }
}

impl<T: Into<String>> From<T> for Entry {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A table in words.
#[derive(Debug, Serialize)]
pub(in crate::report) struct View {
    pub caption: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<Entry>>,
    /// Columns of numbers, to be set flush right.
    pub numeric: Vec<bool>,
    /// Whether scripts may sort it.
    pub sortable: bool,
}

impl View {
    pub(in crate::report) fn new<E: Into<Entry>>(
        caption: impl Into<String>,
        head: Vec<String>,
        numeric: Vec<bool>,
        rows: impl IntoIterator<Item = Vec<E>>,
    ) -> Self {
        let rows = rows.into_iter().map(|row| row.into_iter().map(Into::into).collect()).collect();
        Self { caption: caption.into(), head, rows, numeric, sortable: false }
    }

    pub(in crate::report) fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }
}

/// A piece of a quote.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(in crate::report) struct Piece {
    pub text: String,
    /// Whether it is a mention of what the quote shows.
    pub marked: bool,
}

/// A quote with its place.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Quote {
    pub pieces: Vec<Piece>,
    pub place: String,
    /// The talk it is from.
    pub talk: Part,
}

impl Quote {
    /// Its text.
    pub(in crate::report) fn text(&self) -> String {
        self.pieces.iter().map(|p| p.text.as_str()).collect()
    }
}

/// The first words of a title.
pub(super) fn short_title(title: &str) -> String {
    match title.char_indices().nth(LONGEST_TITLE) {
        Some((end, _)) => format!("{} …", title[..end].rsplit_once(' ').map_or(&title[..end], |(words, _)| words)),
        None => title.to_owned(),
    }
}

/// A quote with its place, the mentions marked, `longest` characters at most.
fn cut_quote(trends: &Trends, e: &Evidence, longest: usize, links: &Links, w: Words) -> Quote {
    let session = &trends.corpus().sessions()[e.session];
    let source = &trends.corpus().documents()[session.document].source;
    let text = e.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    Quote {
        pieces: shorten(pieces(&text, &e.spellings), longest),
        place: format!("{source}, {} {}", w.pick("Zeile", "line"), e.line),
        talk: Part { text: short_title(session.title_or_id()), link: links.talk(e.session) },
    }
}

pub(in crate::report) fn quote(trends: &Trends, e: &Evidence, links: &Links, w: Words) -> Quote {
    cut_quote(trends, e, LONGEST_QUOTE, links, w)
}

/// A quote for a long list.
pub(super) fn short_quote(trends: &Trends, e: &Evidence, links: &Links, w: Words) -> Quote {
    cut_quote(trends, e, LONGEST_QUOTE / 2, links, w)
}

/// A text cut at its mentions, which stand in it in this order.
fn pieces(text: &str, mentions: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut push = |text: &str, marked| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), marked });
        }
    };
    for mention in mentions {
        let Some(start) = find_whole(&text[done..], mention).map(|at| done + at) else { continue };
        push(&text[done..start], false);
        done = start + mention.len();
        push(&text[start..done], true);
    }
    push(&text[done..], false);
    pieces
}

/// Where a mention stands that is no part of a longer word; in a word joined by hyphens only if it stands nowhere else.
fn find_whole(text: &str, mention: &str) -> Option<usize> {
    if mention.is_empty() {
        return None;
    }
    let alone = |joins: fn(char) -> bool| {
        text.match_indices(mention).map(|m| m.0).find(|&at| {
            let before = text[..at].chars().next_back();
            let after = text[at + mention.len()..].chars().next();
            !before.is_some_and(joins) && !after.is_some_and(joins)
        })
    };
    alone(|c| c.is_alphanumeric() || matches!(c, '-' | '‑')).or_else(|| alone(char::is_alphanumeric))
}

/// Leaves out what is far from the first mention, at white space.
fn shorten(pieces: Vec<Piece>, longest: usize) -> Vec<Piece> {
    let length = |p: &Piece| p.text.chars().count();
    if pieces.iter().map(length).sum::<usize>() <= longest {
        return pieces;
    }
    let before: usize = pieces.iter().take_while(|p| !p.marked).map(length).sum();
    let first = before.saturating_sub(longest / 3);
    let (mut at, mut kept) = (0, Vec::new());
    for piece in pieces {
        let n = length(&piece);
        let (from, to) = (first.max(at) - at, (first + longest).min(at + n).saturating_sub(at));
        if from < to {
            kept.push(Piece { text: piece.text.chars().skip(from).take(to - from).collect(), marked: piece.marked });
        }
        at += n;
    }
    if let Some(piece) = kept.first_mut().filter(|p| first > 0 && !p.marked) {
        piece.text = format!("… {}", piece.text.split_once(' ').map_or("", |(_, rest)| rest));
    }
    if let Some(piece) = kept.last_mut().filter(|p| first + longest < at && !p.marked) {
        piece.text = format!("{} …", piece.text.rsplit_once(' ').map_or("", |(rest, _)| rest));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, mentions: &[&str]) -> String {
        let mentions: Vec<String> = mentions.iter().map(|&m| m.to_owned()).collect();
        let pieces = pieces(text, &mentions);
        assert_eq!(pieces.iter().map(|p| p.text.as_str()).collect::<String>(), text);
        pieces.iter().map(|p| if p.marked { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn mentions_are_marked_where_they_stand_alone() {
        assert_eq!(marked("Die KIVAN nutzt KI, viel KI.", &["KI", "KI"]), "Die KIVAN nutzt [KI], viel [KI].");
        assert_eq!(marked("KI-Lösungen und KI", &["KI"]), "KI-Lösungen und [KI]");
        assert_eq!(marked("KI-Lösungen", &["KI"]), "[KI]-Lösungen");
        assert_eq!(marked("nichts davon", &["KI", ""]), "nichts davon");
    }

    #[test]
    fn long_quotes_keep_their_mention() {
        let text = format!("{} KI {}", "vorher ".repeat(50).trim(), "nachher ".repeat(50).trim());
        let short = shorten(pieces(&text, &["KI".to_owned()]), 100);
        let text: String = short.iter().map(|p| p.text.as_str()).collect();
        assert!(text.starts_with("… vorher") && text.ends_with("nachher …"), "{text}");
        assert!(text.chars().count() <= 104 && short.iter().any(|p| p.marked && p.text == "KI"), "{text}");
        let whole = pieces("kurz", &[]);
        assert_eq!(shorten(pieces("kurz", &[]), 100), whole);
    }
}
