//! Lines that somebody ended on purpose.
//!
//! Text is often wrapped at a width, and such a break says nothing. A break is on purpose where the next word would
//! still have fitted into the widest line of the paragraph. A line with such breaks on both sides stands by itself:
//! the fields and stamps of a template (`Level: Beginner`, `[Bilbao, 21 July 2015]`), an entry of a list, a verse.

use crate::corpus::Span;

/// Text is not wrapped at fewer letters.
const NARROWEST: usize = 60;

/// A line of a paragraph of several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its bytes, trimmed of white space.
    pub span: Span,
    /// Whether it stands by itself.
    pub own: bool,
}

/// The lines of `text[within]` in paragraphs of several lines, in order.
#[must_use]
pub fn lines(text: &str, within: Span) -> Vec<Line> {
    let mut found = Vec::new();
    let mut paragraph: Vec<Span> = Vec::new();
    let mut start = within.start;
    for line in within.of(text).split_inclusive('\n') {
        let lead = line.len() - line.trim_start().len();
        let trimmed = line.trim();
        if trimmed.is_empty() {
            add(text, &paragraph, &mut found);
            paragraph.clear();
        } else {
            paragraph.push(Span::new(start + lead, start + lead + trimmed.len()));
        }
        start += line.len();
    }
    add(text, &paragraph, &mut found);
    found
}

/// Adds the lines of a paragraph; its own are those with a break on purpose, or its edge, on both sides.
fn add(text: &str, lines: &[Span], found: &mut Vec<Line>) {
    if lines.len() < 2 {
        return;
    }
    let width = |line: &Span| line.of(text).chars().count();
    let widest = lines.iter().map(width).max().unwrap_or(0).max(NARROWEST);
    let mut own_start = true;
    for (i, line) in lines.iter().enumerate() {
        let own_end = lines.get(i + 1).is_none_or(|next| {
            let word = next.of(text).split_whitespace().next().unwrap_or_default();
            width(line) + 1 + word.chars().count() <= widest
        });
        found.push(Line { span: *line, own: own_start && own_end });
        own_start = own_end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let all = lines(text, Span::new(0, text.len()));
        let own: Vec<_> = all.iter().filter(|l| l.own).map(|l| l.span.of(text)).collect();
        assert_eq!(own, expected);
    }

    #[test]
    fn lines_of_a_template_stand_by_themselves() {
        let stamp = "Ada Lovelace - Notes on an Engine\n[EuroTalk 2015]\n  [21 July 2015]\r\n[Bilbao, Spain]";
        check(stamp, &["Ada Lovelace - Notes on an Engine", "[EuroTalk 2015]", "[21 July 2015]", "[Bilbao, Spain]"]);
    }

    #[test]
    fn wrapped_text_has_no_line_of_its_own_and_neither_has_a_single_line() {
        let wrapped = "The widest of all these lines is just this one, which ends here\nand the next is wrapped where it \
                       was full, as one can see from\ntwo words.";
        check(wrapped, &[]);
        check("A line.\n\nAnother line.\n", &[]);
        check("", &[]);
    }
}
