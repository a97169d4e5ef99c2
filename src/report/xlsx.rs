//! `tables.xlsx`: one workbook with all tables.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::tables::{Cell, Limit, Rows, plain_number};
use super::words::Words;
use crate::error::{Error, ErrorKind, Result, Warning};
use crate::trends::Trends;

/// Rows below the header that a sheet holds.
const MAX_ROWS: usize = 1_048_575;
/// What a cell holds: counted, as spreadsheets do, in units of UTF-16.
const MAX_TEXT: usize = 32_767;

/// The bytes of the workbook, and what had to be cut.
pub(super) fn render(trends: &Trends, title: &str, mut limit: Limit) -> Result<(Vec<u8>, Vec<Warning>)> {
    let tables = super::tables::all(trends, &mut limit);
    let mut notes = limit.notes;
    let words = Words::new(trends.language());
    let failed =
        |e: XlsxError| -> Error { ErrorKind::Render { what: "tables.xlsx".to_owned(), problem: e.to_string() }.into() };
    let mut workbook = Workbook::new();
    let mut cut = Vec::new();
    for table in tables {
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        cut.extend(fill(sheet, table, words).map_err(failed)?);
    }
    // The time would differ from run to run.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let bytes = workbook.save_to_buffer().map_err(failed)?;
    notes.extend(cut);
    Ok((bytes, notes))
}

/// How a column is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Shares of talks, as percentages.
    Share,
    /// A year, or a range of years.
    Year,
    /// Whatever the cells are.
    Plain,
}

fn kind(column: &str) -> Kind {
    match column {
        "share_from" | "share_to" | "session_share" => Kind::Share,
        "year" | "from_year" | "to_year" | "first_year" | "year_of_change" => Kind::Year,
        _ => Kind::Plain,
    }
}

/// Width in characters.
fn width(column: &str) -> f64 {
    match column {
        "quote" | "sentence" | "quote_falling" | "quote_rising" => 90.0,
        "title" | "spellings" | "concepts" => 45.0,
        "concept" | "label" | "falling" | "falling_label" | "rising" | "rising_label" | "concept_label" | "pattern"
        | "theme" | "key" | "person" | "watch" | "spelling" | "same_as" | "components" | "speakers" | "rules" => 26.0,
        "session_id" | "first_session_id" | "source" => 22.0,
        "year" => 8.0,
        // The name of the column, and the arrow of its filter.
        name => (name.len() + 4).max(10) as f64,
    }
}

fn fill(sheet: &mut Worksheet, table: Rows<'_>, words: Words) -> std::result::Result<Vec<Warning>, XlsxError> {
    let bold = Format::new().set_bold();
    let share = Format::new().set_num_format("0.0%");
    sheet.set_name(sheet_name(table.name, words))?;
    sheet.set_freeze_panes(1, 0)?;
    for (c, column) in table.header.iter().enumerate() {
        sheet.set_column_width(c as u16, width(column))?;
        sheet.write_string_with_format(0, c as u16, *column, &bold)?;
    }
    let kinds: Vec<Kind> = table.header.iter().map(|c| kind(c)).collect();
    let (mut last, mut left_out, mut cut) = (0, 0usize, 0usize);
    for (r, row) in table.rows.enumerate() {
        if r >= MAX_ROWS {
            left_out += 1;
            continue;
        }
        last = r as u32 + 1;
        for (c, cell) in row.iter().enumerate() {
            let c = c as u16;
            match cell {
                Cell::Empty => {}
                Cell::Int(n) => drop(sheet.write_number(last, c, *n as f64)?),
                Cell::Float(value, digits) => {
                    let value: f64 = plain_number(*value, *digits).parse().unwrap_or(*value);
                    match kinds[usize::from(c)] {
                        Kind::Share => sheet.write_number_with_format(last, c, value, &share)?,
                        _ => sheet.write_number(last, c, value)?,
                    };
                }
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => match text.parse::<i32>() {
                    Ok(year) if kinds[usize::from(c)] == Kind::Year => drop(sheet.write_number(last, c, year)?),
                    _ => {
                        let fitting = fitting(text);
                        cut += usize::from(fitting.len() < text.len());
                        sheet.write_string(last, c, fitting)?;
                    }
                },
            }
        }
    }
    sheet.autofilter(0, 0, last, (table.header.len() - 1) as u16)?;
    let mut notes = Vec::new();
    let mut note = |message: String| notes.push(Warning::new("", 0, "table-cut", message));
    if left_out > 0 {
        note(format!("tables.xlsx: {} lacks the last {left_out} rows, a sheet holds no more", table.name));
    }
    if cut > 0 {
        note(format!("tables.xlsx: {cut} texts of {} are cut, a cell holds {MAX_TEXT} characters", table.name));
    }
    Ok(notes)
}

/// The beginning of a text that a cell holds.
fn fitting(text: &str) -> &str {
    // No letter has more units than bytes.
    if text.len() <= MAX_TEXT {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > MAX_TEXT
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// The name of a table's sheet; that of the table where there is no other. At most 31 characters.
fn sheet_name(table: &'static str, words: Words) -> &'static str {
    match table {
        "sessions" => words.fixed_text("Programmpunkte", "Sessions"),
        "term_frequencies" => words.fixed_text("Begriffe je Vortrag", "Terms by session"),
        "terms_by_year" => words.fixed_text("Begriffe je Jahr", "Terms by year"),
        "term_shifts" => words.fixed_text("Begriffe im Vergleich", "Term shifts"),
        "concepts" => words.fixed_text("Schreibweisen", "Concepts"),
        "people" => words.fixed_text("Personen", "People"),
        "boilerplate" => words.fixed_text("Weggelassene Sätze", "Boilerplate"),
        "theme_shifts" => words.fixed_text("Themen im Vergleich", "Theme shifts"),
        "theme_sessions" => words.fixed_text("Themen je Vortrag", "Themes by session"),
        "theme_spellings" => words.fixed_text("Wörter der Themen", "Theme spellings"),
        "watch_shifts" => words.fixed_text("Beobachtete Begriffe", "Watch terms"),
        "comparisons" => words.fixed_text("Geprüftes", "What was tested"),
        "term_trends" => words.fixed_text("Begriffe über alle Jahre", "Term trends"),
        "theme_trends" => words.fixed_text("Themen über alle Jahre", "Theme trends"),
        "uncovered_concepts" => words.fixed_text("Ohne Thema", "Without a theme"),
        "added_patterns" => words.fixed_text("Hinzugefügte Muster", "Added patterns"),
        "found_themes" => words.fixed_text("Gefundene Themen", "Found themes"),
        "found_theme_shifts" => words.fixed_text("Gefundene im Vergleich", "Found theme shifts"),
        "found_theme_sessions" => words.fixed_text("Gefundene je Vortrag", "Found themes by session"),
        "theme_ranks" => words.fixed_text("Themen, Rang je Jahr", "Theme ranks"),
        "theme_lineage" => words.fixed_text("Werdegang der Themen", "Theme lineage"),
        "successions" => words.fixed_text("Ablösungen", "Successions"),
        "found_theme_trends" => words.fixed_text("Gefundene, alle Jahre", "Found theme trends"),
        "evidence" => words.fixed_text("Belege", "Evidence"),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Language;

    fn one_sheet(header: Vec<&'static str>, rows: Vec<Vec<Cell>>) -> (Vec<u8>, Vec<Warning>) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet_with_constant_memory().unwrap();
        let table = Rows { name: "sessions", header, rows: Box::new(rows.into_iter()) };
        let notes = fill(sheet, table, Words::new(Language::De)).unwrap();
        (workbook.save_to_buffer().unwrap(), notes)
    }

    #[test]
    fn long_texts_are_cut_where_a_spreadsheet_counts() {
        assert_eq!(fitting("kurz"), "kurz");
        let long = "ä".repeat(40_000);
        assert_eq!(fitting(&long).chars().count(), 32_767);
        let wide = "😀".repeat(20_000);
        assert_eq!(fitting(&wide).encode_utf16().count(), 32_766, "no letter is split");
        let (_, notes) = one_sheet(vec!["title"], vec![vec![long.into()], vec!["a".into()]]);
        assert_eq!(notes.len(), 1);
        assert!(notes[0].message.contains("1 texts of sessions are cut"), "{}", notes[0].message);
    }

    #[test]
    fn sheets_have_names_that_spreadsheets_take() {
        for table in ["term_frequencies", "term_trends", "theme_spellings", "boilerplate", "unknown"] {
            for language in [Language::De, Language::En] {
                let name = sheet_name(table, Words::new(language));
                assert!(name.chars().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\']), "{name}");
            }
        }
    }

    #[test]
    fn columns_of_long_names_are_wide_enough() {
        assert!(width("z_without_top_talk_descriptive") > 30.0);
        assert!(width("p") >= 10.0);
    }
}
