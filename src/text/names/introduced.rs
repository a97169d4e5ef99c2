//! People whom a form of the source names: `Speaker: Ada Lovelace, Mary Somerville`, or a line `By Ada Lovelace`.
//!
//! The label says that names follow, so that they need not be listed or shown again.

use super::{Block, is_institution, run_length, word};
use crate::text::class::Class;
use crate::text::language::{FieldLabel, field_label, first_names};
use crate::text::token::{Token, TokenKind};
use crate::text::word_set::with_lower;

/// Words of a name at most.
const LONGEST: usize = 4;

/// The names that a block introduces as those of people who take part, word by word.
pub(super) fn introduced(text: &str, block: &Block) -> Vec<Vec<String>> {
    let tokens = &block.tokens;
    let mut names = Vec::new();
    for at in 1..tokens.len() {
        let before = &tokens[at - 1];
        if before.kind == TokenKind::Punctuation {
            let colon = matches!(word(text, before), ":" | "：") && !starts_line(text, tokens, at);
            if colon && at >= 2 && is_label(text, tokens, at - 2) {
                names.extend(row(text, block, at));
            }
        } else if before.class.is(Class::PREPOSITION)
            && starts_line(text, tokens, at - 1)
            && !starts_line(text, tokens, at)
            && with_lower(word(text, before), field_label) == Some(FieldLabel::Preposition)
        {
            let found = row(text, block, at);
            let n: usize = found.iter().map(Vec::len).sum();
            // Nothing else stands in the line: between the names stand a comma or an `and` each.
            let end = at + n + found.len().saturating_sub(1);
            if n > 0 && (end >= tokens.len() || starts_line(text, tokens, end)) {
                names.extend(found);
            }
        }
    }
    names
}

/// Whether a token ends a label for people: `Speaker`, `Speaker(s)`, `Presented by`.
fn is_label(text: &str, tokens: &[Token], last: usize) -> bool {
    let closing = word(text, &tokens[last]) == ")" && last >= 3;
    let at = if closing { last - 3 } else { last };
    let lower = word(text, &tokens[at]).to_lowercase();
    let base = lower.split([':', '*', '_', '/', '(']).next().unwrap_or(&lower);
    matches!(field_label(base), Some(FieldLabel::People | FieldLabel::Preposition))
}

fn starts_line(text: &str, tokens: &[Token], at: usize) -> bool {
    at == 0 || text.as_bytes()[tokens[at - 1].span.end..tokens[at].span.start].contains(&b'\n')
}

/// The names in a row from a token on: joined by commas and `and`, up to the end of the line or the first that is none.
fn row(text: &str, block: &Block, mut at: usize) -> Vec<Vec<String>> {
    let tokens = &block.tokens;
    let mut names = Vec::new();
    while at < tokens.len() {
        let n = name_at(text, block, at);
        if n == 0 {
            break;
        }
        names.push(tokens[at..at + n].iter().map(|t| word(text, t).to_owned()).collect());
        let joins =
            |i: usize| tokens.get(i).is_some_and(|t| matches!(word(text, t), "," | ";" | "&" | "/" | "and" | "und"));
        at += n;
        if !joins(at) || starts_line(text, tokens, at) {
            break;
        }
        at += 1;
        at += usize::from(joins(at));
    }
    names
}

/// The number of tokens of the name at a token: two to four capitalised words in one line, and something after them
/// that no name goes on with.
fn name_at(text: &str, block: &Block, at: usize) -> usize {
    let tokens = &block.tokens;
    let run = run_length(text, block, at);
    let n = (at + 1..at + run).find(|&i| starts_line(text, tokens, i)).map_or(run, |end| end - at);
    let behind = tokens.get(at + n).map(|t| word(text, t));
    let ends = at + n >= tokens.len()
        || starts_line(text, tokens, at + n)
        || behind
            .is_some_and(|b| matches!(b, "," | ";" | "&" | "/" | "and" | "und" | "(" | "." | "-" | "–" | "|" | "@"));
    let words = || tokens[at..at + n].iter().map(|t| word(text, t));
    // `Author: Python Software Foundation`
    let name = words().all(|w| !is_institution(w)) && (first_names().contains(word(text, &tokens[at])) || n <= 3);
    let fits = (2..=LONGEST).contains(&n) && tokens[at].class.is(Class::CAPITALISED);
    if fits && ends && name { n } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Span;

    fn found(text: &str) -> Vec<String> {
        let block = Block::new(text, Span::new(0, text.len()));
        introduced(text, &block).into_iter().map(|name| name.join(" ")).collect()
    }

    #[test]
    fn labels_say_that_names_follow() {
        assert_eq!(found("Speaker: Qiwa Tenneh\n\nQiwa builds parsers."), ["Qiwa Tenneh"]);
        assert_eq!(found("Slides here\nSpeaker(s): Qiwa Tenneh, Obo Ras Tull"), ["Qiwa Tenneh", "Obo Ras Tull"]);
        assert_eq!(found("Presented by: Qiwa Tenneh & Obo Tull\nMore"), ["Qiwa Tenneh", "Obo Tull"]);
        assert_eq!(found("Referentin: Qiwa Tenneh (Amt für Parser)"), ["Qiwa Tenneh"]);
        assert_eq!(found("Monday\nBy Qiwa Tenneh\n\nParsers are fun."), ["Qiwa Tenneh"]);
    }

    #[test]
    fn other_labels_and_prose_introduce_nobody() {
        for text in [
            "Venue: Grand Hall",
            "Author: Parser Software Foundation",
            "By Friday Evening all was done",
            "By Qiwa Tenneh and friends",
            "Topic: Static Typing",
            "Speaker: how Parsers Work",
            "Speaker: Qiwa Tenneh explains parsers",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
