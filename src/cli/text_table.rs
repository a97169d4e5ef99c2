//! Aligned columns for a terminal.

use std::io::{self, Write};

/// Prints rows under a head; columns whose cells all look like numbers are set flush right.
pub(super) fn print(out: &mut dyn Write, head: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let width =
        |c: usize| rows.iter().map(|r| r[c].chars().count()).chain([head[c].chars().count()]).max().unwrap_or(0);
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let right: Vec<bool> = (0..head.len())
        .map(|c| c > 0 && rows.iter().all(|r| !r[c].contains(char::is_alphabetic) || r[c].contains(" of ")))
        .collect();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| -> io::Result<()> {
        let mut text = String::new();
        for (c, cell) in cells.enumerate() {
            let pad = " ".repeat(widths[c].saturating_sub(cell.chars().count()));
            if c > 0 {
                text.push_str("  ");
            }
            text += &if right[c] { format!("{pad}{cell}") } else { format!("{cell}{pad}") };
        }
        writeln!(out, "{}", text.trim_end())
    };
    line(&mut head.iter().copied())?;
    for row in rows {
        line(&mut row.iter().map(String::as_str))?;
    }
    Ok(())
}
