//! Tables as CSV.

use std::borrow::Cow;
use std::io::{self, Write};

use super::tables::{Cell, Table, plain_number};

/// How CSV is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CsvDialect {
    /// RFC 4180: commas, decimal points, UTF-8.
    #[default]
    Plain,
    /// For German Excel: semicolons, decimal commas, a byte order mark, and text that Excel would run as a formula
    /// made harmless.
    ExcelDe,
}

/// The bytes of a table.
#[must_use]
pub fn write_table(table: &Table, dialect: CsvDialect) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = write_rows(&mut bytes, &table.header, table.rows.iter().map(Vec::as_slice), dialect);
    bytes
}

/// Writes a header and rows, which may be made on the way.
pub(super) fn write_rows(
    out: &mut dyn Write,
    header: &[&str],
    rows: impl Iterator<Item = impl AsRef<[Cell]>>,
    dialect: CsvDialect,
) -> io::Result<()> {
    let excel = dialect == CsvDialect::ExcelDe;
    if excel {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = ::csv::WriterBuilder::new()
        .delimiter(if excel { b';' } else { b',' })
        .terminator(::csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(header)?;
    for row in rows {
        for cell in row.as_ref() {
            writer.write_field(text_of(cell, excel).as_bytes())?;
        }
        // Ends the row; every row is as long as the header.
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

fn text_of(cell: &Cell, excel: bool) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) if excel => harmless(text).into(),
        Cell::Text(text) => text.into(),
        Cell::Int(n) => n.to_string().into(),
        Cell::Float(value, digits) if excel => plain_number(*value, *digits).replace('.', ",").into(),
        Cell::Float(value, digits) => plain_number(*value, *digits).into(),
        Cell::Empty => "".into(),
    }
}

/// An apostrophe before what a spreadsheet would run as a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            name: "t",
            header: vec!["label", "n", "rate"],
            rows: vec![
                vec!["=SUM(A1)".into(), 3.into(), Cell::Float(-0.5, 4)],
                vec!["a;b, \"c\"\nd".into(), (-1).into(), Cell::Empty],
                vec!["-Gesamt".into(), 0.into(), Cell::Float(1234.5, 4)],
            ],
        }
    }

    #[test]
    fn plain_follows_rfc_4180() {
        let text = String::from_utf8(write_table(&table(), CsvDialect::Plain)).unwrap();
        assert_eq!(text, "label,n,rate\r\n=SUM(A1),3,-0.5\r\n\"a;b, \"\"c\"\"\nd\",-1,\r\n-Gesamt,0,1234.5\r\n");
    }

    #[test]
    fn excel_gets_semicolons_commas_and_no_formula() {
        let text = String::from_utf8(write_table(&table(), CsvDialect::ExcelDe)).unwrap();
        assert_eq!(
            text,
            "\u{feff}label;n;rate\r\n'=SUM(A1);3;-0,5\r\n\"a;b, \"\"c\"\"\nd\";-1;\r\n'-Gesamt;0;1234,5\r\n"
        );
    }
}
