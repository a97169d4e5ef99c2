//! Sentence boundaries.
//!
//! A sentence ends at `.`, `!`, `?` or `…` (with closing quotes and brackets) before white space and a word that does
//! not start lower case, and at every empty line, heading or list item. Abbreviations, initials and German ordinals
//! (`27. November`) do not end one. A single line break does not either, so that hard-wrapped text stays whole.

use super::language::{is_abbreviation, is_month};
use crate::corpus::Span;

/// The sentences of `text[within]`, trimmed of white space, in order; spans are those of `text`.
#[must_use]
pub fn sentences(text: &str, within: Span) -> Vec<Span> {
    let part = within.of(text);
    let mut result = Vec::new();
    let mut start = 0;
    let mut from = 0;
    while let Some(at) = next_mark(part, from) {
        let c = part[at..].chars().next().unwrap_or('.');
        from = at + c.len_utf8();
        match c {
            '\n' if breaks_at_newline(&part[at + 1..]) => {
                push(&mut result, part, start, at, within.start);
                start = at + 1;
            }
            '.' | '!' | '?' | '…' => {
                let closes = |c: &char| {
                    matches!(c, '.' | '!' | '?' | '…' | '"' | '“' | '”' | '’' | '\'' | '«' | '»' | ')' | ']')
                };
                let end = from + part[from..].chars().take_while(closes).map(char::len_utf8).sum::<usize>();
                from = end;
                if ends_sentence(part, at, end, c) {
                    push(&mut result, part, start, end, within.start);
                    start = end;
                }
            }
            _ => {}
        }
    }
    push(&mut result, part, start, part.len(), within.start);
    result
}

/// Where the next line break or mark stands that may end a sentence.
fn next_mark(part: &str, from: usize) -> Option<usize> {
    // `…` is E2 80 A6; other characters that begin with E2 are looked at and passed.
    const MARKS: [bool; 256] = {
        let mut marks = [false; 256];
        let all = [b'\n', b'.', b'!', b'?', 0xe2];
        let mut i = 0;
        while i < all.len() {
            marks[all[i] as usize] = true;
            i += 1;
        }
        marks
    };
    let found = part.as_bytes()[from..].iter().position(|b| MARKS[usize::from(*b)])?;
    Some(from + found)
}

fn push(result: &mut Vec<Span>, part: &str, start: usize, end: usize, offset: usize) {
    let piece = &part[start..end];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = start + (piece.len() - piece.trim_start().len());
        result.push(Span::new(offset + start, offset + start + trimmed.len()));
    }
}

/// Whether a line break before `rest` ends a sentence: empty line, heading or list item.
fn breaks_at_newline(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default().trim_start();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.trim().is_empty()
        || line.starts_with(['#', '•', '▪', '>', '|'])
        || line.starts_with("- ")
        || line.starts_with("* ")
        || line.starts_with("– ")
        || (numbered.len() < line.len() && line.len() - numbered.len() <= 2 && numbered.starts_with(") "))
}

/// Whether the mark at `at` (its cluster ends at `end`) closes a sentence.
fn ends_sentence(part: &str, at: usize, end: usize, mark: char) -> bool {
    let after = &part[end..];
    if after.is_empty() {
        return true;
    }
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let next = after.trim_start();
    let opens = |c: char| matches!(c, '„' | '“' | '"' | '»' | '«' | '(' | '‚' | '‘' | '\'' | '–' | '-' | '*' | '[');
    if next.trim_start_matches(opens).starts_with(char::is_lowercase) {
        return false;
    }
    if mark != '.' || end > at + 1 {
        return true;
    }
    let before = &part[..at];
    let word_start = before
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '„' | '"'))
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let word = &before[word_start..];
    if word.chars().count() == 1 && word.chars().all(char::is_uppercase) {
        return false;
    }
    if !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) {
        let follower = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        return !(is_month(follower) || word.len() <= 2);
    }
    !is_abbreviation(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = sentences(text, Span::new(0, text.len())).iter().map(|s| s.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn ends_at_marks_and_closing_quotes() {
        check("Das ist so. Und das?  Ja! „Gut.“ Ende", &["Das ist so.", "Und das?", "Ja!", "„Gut.“", "Ende"]);
        check("Er sagte: „Das geht.“ und ging. Schluss…", &["Er sagte: „Das geht.“ und ging.", "Schluss…"]);
    }

    #[test]
    fn abbreviations_initials_and_ordinals_do_not_end_one() {
        check(
            "Am 27. November sprach Dr. K. Maier z. B. über IT. Danach 2024. Schluss.",
            &["Am 27. November sprach Dr. K. Maier z. B. über IT.", "Danach 2024.", "Schluss."],
        );
        check("We met Mr. Hill, e.g. on 3.5 topics. Fine.", &["We met Mr. Hill, e.g. on 3.5 topics.", "Fine."]);
    }

    #[test]
    fn empty_lines_and_list_items_end_one_but_wrapped_lines_do_not() {
        check(
            "Caption without stop\n\nBody that is\nwrapped here.",
            &["Caption without stop", "Body that is\nwrapped here."],
        );
        check("Punkte:\n- eins\n- zwei", &["Punkte:", "- eins", "- zwei"]);
    }
}
