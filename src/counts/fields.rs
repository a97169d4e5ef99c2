//! Fields of people and places: what a source's form asks for, not what a talk is about.
//!
//! `Authors: Lovelace, Ada, Institute of Engines; …`, `Location: Hall 2, Bremen`: a label that `text::language` lists, a
//! colon, and a value that reads like names: capitalised words, numbers and marks, with little between them (`of the`).
//! The value ends with a paragraph, with a line that somebody ended on purpose, or at the last comma or end of a
//! sentence before other words. A place and a full date before a dash, at the very start of a text, are a field too
//! (`Bremen, 21 July 2015 – …`).

use std::collections::BTreeSet;
use std::ops::Range;

use super::reading::{Field, Part};
use crate::text::class::Class;
use crate::text::language::{FieldLabel, field_label, is_calendar_word};
use crate::text::lines::Line;
use crate::text::{Token, TokenKind};

/// Tokens of a label at most, with its marks.
const MAX_LABEL: usize = 8;
/// Tokens of a value at most.
const MAX_VALUE: usize = 160;
/// Tokens of a place and date at most.
const MAX_DATELINE: usize = 24;
/// So many small words in a row join two names: `Museum of the …`.
const MAX_SMALL: usize = 3;
/// Small words in names of people and institutions and in dates, of several languages.
const SMALL: &[&str] = &[
    "of", "the", "for", "and", "at", "in", "on", "by", "from", "to", "de", "la", "le", "les", "du", "des", "del",
    "della", "di", "da", "do", "dos", "e", "y", "et", "der", "die", "das", "den", "dem", "von", "van", "vom", "zu",
    "zur", "für", "und", "an", "am", "im", "bei", "bis", "uhr", "am", "pm", "al", "el", "ter", "bin",
];

/// A field: its label, and label and value together.
pub(super) struct NameField {
    /// The last word of the label; of a dateline the place.
    pub label: Range<usize>,
    pub whole: Range<usize>,
}

/// The fields of a part: those that its sentences and lines begin with, and a dateline.
pub(super) fn fields(part: &Part<'_>, lines: &[Line]) -> Vec<NameField> {
    if part.field != Field::Text {
        return Vec::new();
    }
    let tokens = &part.tokens;
    let sentences = (0..tokens.len()).filter(|&i| i == 0 || tokens[i].sentence != tokens[i - 1].sentence);
    let large = |i: &usize| !tokens[*i].class.is(Class::SMALL);
    let line_starts = lines.iter().filter_map(|line| {
        let at = tokens.partition_point(|t| t.span.start < line.span.start);
        (at < tokens.len() && (line.own || large(&at))).then_some(at)
    });
    let starts: BTreeSet<usize> = sentences.filter(large).chain(line_starts).collect();
    let fields = starts.into_iter().filter_map(|start| field_at(part, start, lines));
    dateline(part).into_iter().chain(fields).collect()
}

/// The field that a sentence or line at `start` begins with.
fn field_at(part: &Part<'_>, start: usize, lines: &[Line]) -> Option<NameField> {
    let label = label_at(part, start)?;
    let end = value_end(part, label.end, lines)?;
    let last = label.clone().rfind(|&i| part.tokens[i].kind.is_word() && letters(part, i) != "s")?;
    Some(NameField { whole: label.start..end, label: last..last + 1 })
}

/// The tokens of a label that is listed, up to its colon.
fn label_at(part: &Part<'_>, start: usize) -> Option<Range<usize>> {
    let tokens = &part.tokens;
    let last = tokens.len().min(start + MAX_LABEL);
    let is_colon = |&i: &usize| tokens[i].kind == TokenKind::Punctuation && matches!(letters(part, i), ":" | "：");
    let colon = (start..last).find(is_colon)?;
    if part.text[tokens[start].span.start..tokens[colon].span.end].contains('\n') {
        return None;
    }
    // What another sentence ends with belongs to no label: `… in Python.Presenter: …`.
    let start = (start..colon).rfind(|&i| letters(part, i) == ".").map_or(start, |stop| stop + 1);
    let mark =
        |i: usize| tokens[i].kind == TokenKind::Punctuation && !matches!(letters(part, i), "\"" | "“" | "”" | "'");
    if (start..colon).any(|i| !tokens[i].kind.is_word() && !mark(i)) {
        return None;
    }
    // `Speaker(s)`, `Referent:innen`
    let words = (start..colon).filter(|&i| tokens[i].kind.is_word()).map(|i| letters(part, i));
    let words: Vec<String> = words
        .map(|w| w.split([':', '*', '_', '/', '(']).next().unwrap_or(w).to_lowercase())
        .filter(|w| w != "s")
        .collect();
    let longest = match field_label(words.last()?)? {
        FieldLabel::People | FieldLabel::Place => 3,
        FieldLabel::Preposition => 2,
        FieldLabel::Alone => 1,
    };
    (words.len() <= longest).then_some(start..colon + 1)
}

/// Where the value ends that starts at a token, if it reads like names.
fn value_end(part: &Part<'_>, start: usize, lines: &[Line]) -> Option<usize> {
    let tokens = &part.tokens;
    let last = tokens.len().min(start + MAX_VALUE);
    let (mut end, mut small, mut named) = (start, 0, false);
    for i in start..last {
        let gap = &part.text[tokens[i - 1].span.end..tokens[i].span.start];
        let breaks = gap.matches('\n').count();
        let own = || lines.iter().any(|l| l.own && l.span.end == tokens[i - 1].span.end);
        if breaks > 1 || (breaks == 1 && i > start && own()) {
            return (named && i > start).then_some(i);
        }
        if i > start && (tokens[i].sentence != tokens[i - 1].sentence || matches!(letters(part, i - 1), "," | ";")) {
            end = i;
        }
        let word = letters(part, i);
        match tokens[i].kind {
            TokenKind::Punctuation if matches!(word, "?" | "!" | "|") || is_dash(part, i) => {
                return (named && i > start).then_some(i);
            }
            TokenKind::Punctuation | TokenKind::Number | TokenKind::Address => {}
            _ if part.names[i]
                || word.starts_with(|c: char| c.is_uppercase() || !(c.is_lowercase() || c.is_numeric())) =>
            {
                (small, named) = (0, true);
            }
            _ if SMALL.contains(&word) && small < MAX_SMALL => small += 1,
            _ => return (named && end > start).then_some(end),
        }
    }
    let end = if last == tokens.len() { last } else { end };
    (named && end > start).then_some(end)
}

/// The place and the date that a text begins with, up to a dash; the first words of them are the place.
fn dateline(part: &Part<'_>) -> Option<NameField> {
    let last = part.tokens.len().min(MAX_DATELINE);
    let dash = (1..last).find(|&i| is_dash(part, i))?;
    let date = |i: &usize| is_date(part, *i);
    let from = (0..dash).find(date)?;
    let to = (from..dash).rfind(date)? + 1;
    let whole = &part.text[part.tokens[0].span.start..part.tokens[dash].span.end];
    let capital = |t: &Token| t.span.of(part.text).starts_with(char::is_uppercase);
    let mark = |t: &Token| matches!(t.span.of(part.text), "," | ".");
    let ordinal = |t: &Token| t.span.of(part.text).starts_with(char::is_numeric);
    let place = from > 1 && letters(part, from - 1) == "," && part.tokens[..from].iter().all(|t| capital(t) || mark(t));
    let dates = (from..to).all(|i| date(&i) || mark(&part.tokens[i]) || ordinal(&part.tokens[i]));
    let month = (from..to).any(|i| is_calendar_word(&letters(part, i).to_lowercase()));
    let year = (from..to).any(|i| is_year(part, i));
    // `Bremen, 21 July 2015, by Ada Lovelace – …`
    let behind = part.tokens[to..dash].iter().all(|t| capital(t) || mark(t) || t.span.of(part.text) == "by");
    let found = place && dates && month && year && behind && !whole.contains('\n');
    found.then_some(NameField { label: 0..from, whole: 0..dash + 1 })
}

fn is_date(part: &Part<'_>, i: usize) -> bool {
    part.tokens[i].kind == TokenKind::Number || is_calendar_word(&letters(part, i).to_lowercase())
}

/// Whether a token is a year.
pub(super) fn is_year(part: &Part<'_>, i: usize) -> bool {
    let word = letters(part, i);
    part.tokens[i].kind == TokenKind::Number && word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

/// Whether a token is a dash or bar, or of a row of them, with blanks around.
pub(super) fn is_dash(part: &Part<'_>, i: usize) -> bool {
    let mark = |i: usize| letters(part, i).chars().all(|c| matches!(c, '-' | '–' | '—' | '|'));
    let tokens = &part.tokens;
    let apart = |a: usize, b: usize| tokens[a].span.end < tokens[b].span.start || (mark(a) && mark(b));
    mark(i) && (i == 0 || apart(i - 1, i)) && (i + 1 == tokens.len() || apart(i, i + 1))
}

fn letters<'t>(part: &Part<'t>, i: usize) -> &'t str {
    part.tokens[i].span.of(part.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Language;
    use crate::text::lines::lines;
    use crate::text::{Normalizer, Rules};

    /// What of a text is a field, from the start.
    fn field(text: &str) -> Option<String> {
        let part = Part::of_text(text, &Normalizer::new(Language::En, &[], &[], Rules::all()));
        let found = field_at(&part, 0, &lines(part.text, part.span)).or_else(|| dateline(&part))?.whole;
        Some(text[part.tokens[found.start].span.start..part.tokens[found.end - 1].span.end].to_owned())
    }

    #[test]
    fn names_and_affiliations_are_fields() {
        for text in [
            "Speaker: Ada Lovelace",
            "Speaker(s): Ada Lovelace, Mary Somerville",
            "Keynote speaker: Ada Lovelace",
            "Authors: Lovelace, Ada, Analytical Institute, Department of Mechanical\nEngineering; Babbage, Charles, U. Devon",
            "* Presented by: Ada Lovelace & Mary Somerville",
            "Location: Hall 2, Bremen",
            "Referent:innen: Ada Lovelace (Institut für Maschinen)",
            "Ort: Rathaus, 28195 Bremen",
            "When: Monday, 5 May 2014 at 7:30 pm",
        ] {
            assert_eq!(field(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_value_ends_before_prose() {
        let cut = |text: &str, value: &str| assert_eq!(field(text).as_deref(), Some(value), "{text}");
        cut("Speaker: Ada Lovelace\n\nDocker Compose Files", "Speaker: Ada Lovelace");
        cut("Speaker: Ada Lovelace\nDocker Compose Files\nand what they hold", "Speaker: Ada Lovelace");
        cut("Speaker: Ada Lovelace. Ada writes about Docker.", "Speaker: Ada Lovelace.");
        cut("Speaker: Ada Lovelace, a friend of Docker.", "Speaker: Ada Lovelace,");
        cut("Speaker: Ada Lovelace - Docker in Practice", "Speaker: Ada Lovelace");
    }

    #[test]
    fn prose_is_no_field() {
        for text in [
            "By: the people who wrote Docker",
            "Speaker: how to build one",
            "Ada Lovelace: Docker",
            "Where the speaker stands in a hall: Docker",
            "Host: localhost",
            "What we learned where: Docker",
            "Speakers:",
            "The room, 2015 - Docker",
            "\"Docker\" by: Ada Lovelace",
            "Docker, the whole story - Part 2",
            "Release of Docker, 21 July 2015 - what is new",
        ] {
            assert_eq!(field(text), None, "{text}");
        }
    }

    #[test]
    fn a_place_and_a_date_begin_a_text() {
        let cut = |text: &str, value: &str| assert_eq!(field(text).as_deref(), Some(value), "{text}");
        cut("Bremen, Nov. 23, 2015 - Docker is here.", "Bremen, Nov. 23, 2015 -");
        cut("Bremen, 21. Juli 2015 – Docker ist da.", "Bremen, 21. Juli 2015 –");
        cut(
            "Bremen, HB, March 16th, 2015, by Ada Lovelace - Docker is here.",
            "Bremen, HB, March 16th, 2015, by Ada Lovelace -",
        );
    }
}
