//! Aligned columns for a terminal.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Prints rows under a head; columns whose cells all look like numbers are set flush right. Nothing is cut.
pub(super) fn print(out: &mut dyn Write, head: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
    let widths: Vec<usize> =
        (0..head.len()).map(|c| rows.iter().map(|r| r[c].width()).fold(head[c].width(), usize::max)).collect();
    let is_number = |cell: &str| !cell.contains(char::is_alphabetic) || cell.contains(" of ");
    let right: Vec<bool> = (0..head.len()).map(|c| c > 0 && rows.iter().all(|r| is_number(&r[c]))).collect();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| -> io::Result<()> {
        let mut text = String::new();
        for (c, cell) in cells.enumerate() {
            let gap = if c > 0 { "  " } else { "" };
            let cell = if right[c] { flush_right(cell, widths[c]) } else { flush_left(cell, widths[c]) };
            text += &format!("{gap}{cell}");
        }
        writeln!(out, "{}", text.trim_end())
    };
    line(&mut head.iter().copied())?;
    for row in &rows {
        line(&mut row.iter().map(String::as_str))?;
    }
    Ok(())
}

/// A text on one line, without what would move the cursor or turn the direction of writing.
pub(super) fn plain(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut line = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| !turns(c)) {
        let c = if c.is_whitespace() || c.is_control() { ' ' } else { c };
        if !(c == ' ' && line.ends_with(' ')) {
            line.push(c);
        }
    }
    line
}

pub(super) fn flush_left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

pub(super) fn flush_right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// The beginning of a text, in at most so many columns; `…` where something is missing.
pub(super) fn beginning(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    format!("{}…", fitting(text.chars(), width.saturating_sub(1)).trim_end())
}

/// The end of a text, as [`beginning`].
pub(super) fn end(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let end: String = fitting(text.chars().rev(), width.saturating_sub(1)).chars().rev().collect();
    format!("…{}", end.trim_start())
}

fn fitting(chars: impl Iterator<Item = char>, width: usize) -> String {
    let mut used = 0;
    chars
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= width
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(head: &[&str], rows: &[&[&str]]) -> String {
        let rows: Vec<Vec<String>> = rows.iter().map(|r| r.iter().map(|&c| c.to_owned()).collect()).collect();
        let mut out = Vec::new();
        print(&mut out, head, &rows).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_as_wide_as_they_look() {
        let text = printed(&["term", "n"], &[&["会議", "1"], &["e\u{301}té", "10"], &["Straße", "100"]]);
        assert_eq!(text, "term      n\n会議      1\ne\u{301}té      10\nStraße  100\n");
    }

    #[test]
    fn numbers_are_never_cut_and_lines_never_broken() {
        let text = printed(&["t", "n", "of"], &[&["a\nb\u{1b}[31m\u{202e}c", "123456789012345678", "1 of 9"]]);
        assert_eq!(text, "t                           n      of\na b [31mc  123456789012345678  1 of 9\n");
    }

    #[test]
    fn texts_are_cut_where_they_fit() {
        assert_eq!(beginning("Straßenbahn", 11), "Straßenbahn");
        assert_eq!(beginning("Straßen bahn", 9), "Straßen…");
        assert_eq!(beginning("会議会議", 5), "会議…");
        assert_eq!(end("Straßen bahn", 6), "…bahn");
        assert_eq!(end("会議会議", 4), "…議");
    }
}
