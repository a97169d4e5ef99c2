//! A table as columns of one Parquet file, read and written row group by row group.

use std::io::Write;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::reader::ColumnReader;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

/// Rows that are held as columns at a time.
const GROUP: usize = 1 << 17;

/// A cell. Whole numbers are signed 64 bit in the file; fingerprints keep their bits.
pub(super) enum Cell {
    Number(i64),
    Text(String),
}

impl From<u64> for Cell {
    fn from(n: u64) -> Self {
        Self::Number(n.cast_signed())
    }
}

impl From<u32> for Cell {
    fn from(n: u32) -> Self {
        Self::Number(n.into())
    }
}

impl From<usize> for Cell {
    fn from(n: usize) -> Self {
        Self::from(n as u64)
    }
}

impl From<i32> for Cell {
    fn from(n: i32) -> Self {
        Self::Number(n.into())
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::Number(yes.into())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The columns of a table: `("count", false)` holds numbers, `("label", true)` text.
pub(super) type Columns = &'static [(&'static str, bool)];

/// The cells of a row, in the order of the columns.
pub(super) trait Cells {
    /// Adds them to the columns; of each column there are numbers or texts.
    fn put(self, numbers: &mut [Vec<i64>], texts: &mut [Vec<ByteArray>]);
}

impl<const N: usize> Cells for [Cell; N] {
    fn put(self, numbers: &mut [Vec<i64>], texts: &mut [Vec<ByteArray>]) {
        for (column, cell) in self.into_iter().enumerate() {
            match cell {
                Cell::Number(number) => numbers[column].push(number),
                Cell::Text(text) => texts[column].push(text.into_bytes().into()),
            }
        }
    }
}

impl<const N: usize> Cells for [u64; N] {
    fn put(self, numbers: &mut [Vec<i64>], _: &mut [Vec<ByteArray>]) {
        for (column, number) in numbers.iter_mut().zip(self) {
            column.push(number.cast_signed());
        }
    }
}

/// Writes rows as one Parquet file; returns how many.
pub(super) fn write<W: Write + Send, R: Cells>(
    out: W,
    columns: Columns,
    rows: impl Iterator<Item = Result<R>>,
) -> Result<u64> {
    let fields: String = columns
        .iter()
        .map(
            |(name, text)| {
                if *text { format!("required binary {name} (UTF8); ") } else { format!("required int64 {name}; ") }
            },
        )
        .collect();
    let schema = Arc::new(parse_message_type(&format!("message wandel {{ {fields} }}"))?);
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::None);
    for (name, _) in columns.iter().filter(|(_, text)| !text) {
        // Ids ascend, counts are small, and a dictionary of fingerprints helps nobody.
        let column = ColumnPath::from(*name);
        properties = properties
            .set_column_dictionary_enabled(column.clone(), false)
            .set_column_encoding(column, Encoding::DELTA_BINARY_PACKED);
    }
    let properties = properties.build();
    let mut file = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    let mut rows = rows.peekable();
    let mut n = 0;
    while rows.peek().is_some() {
        let mut numbers: Vec<Vec<i64>> = vec![Vec::new(); columns.len()];
        let mut texts: Vec<Vec<ByteArray>> = vec![Vec::new(); columns.len()];
        for row in rows.by_ref().take(GROUP) {
            n += 1;
            row?.put(&mut numbers, &mut texts);
        }
        let mut group = file.next_row_group()?;
        let mut column = 0;
        while let Some(mut writer) = group.next_column()? {
            match writer.untyped() {
                ColumnWriter::Int64ColumnWriter(w) => w.write_batch(&numbers[column], None, None)?,
                ColumnWriter::ByteArrayColumnWriter(w) => w.write_batch(&texts[column], None, None)?,
                _ => return Err(ParquetError::General("a column of another type".into())),
            };
            writer.close()?;
            column += 1;
        }
        group.close()?;
    }
    file.close()?;
    Ok(n)
}

/// A row while it is read: its cells are taken in the order of the columns.
pub(super) struct Row<'a> {
    columns: &'a mut [Column],
    at: usize,
    next: usize,
}

enum Column {
    Numbers(Vec<i64>),
    Texts(Vec<ByteArray>),
}

impl Row<'_> {
    fn column(&mut self) -> Result<&mut Column> {
        self.next += 1;
        self.columns.get_mut(self.next - 1).ok_or_else(|| ParquetError::General("a column is missing".into()))
    }

    pub(super) fn number(&mut self) -> Result<u64> {
        let at = self.at;
        match self.column()? {
            Column::Numbers(numbers) => Ok(numbers[at].cast_unsigned()),
            Column::Texts(_) => Err(ParquetError::General("text where a number was expected".into())),
        }
    }

    /// A number that must fit 32 bits.
    pub(super) fn small(&mut self) -> Result<u32> {
        let number = self.number()?;
        u32::try_from(number).map_err(|_| ParquetError::General(format!("{number} is too large")))
    }

    pub(super) fn text(&mut self) -> Result<String> {
        let at = self.at;
        match self.column()? {
            Column::Texts(texts) => Ok(texts[at].as_utf8()?.to_owned()),
            Column::Numbers(_) => Err(ParquetError::General("a number where text was expected".into())),
        }
    }
}

/// Reads a file that [`write`] wrote, row by row.
pub(super) fn read(bytes: Bytes, columns: Columns, mut row: impl FnMut(&mut Row<'_>) -> Result<()>) -> Result<()> {
    let file = SerializedFileReader::new(bytes)?;
    let schema = file.metadata().file_metadata().schema_descr();
    let names: Vec<String> = (0..schema.num_columns()).map(|c| schema.column(c).name().to_owned()).collect();
    if !names.iter().eq(columns.iter().map(|(name, _)| *name)) {
        return Err(ParquetError::General(format!("columns {} where others were expected", names.join(", "))));
    }
    for g in 0..file.num_row_groups() {
        let group = file.get_row_group(g)?;
        let n = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        let mut cells = Vec::with_capacity(columns.len());
        for (c, (_, text)) in columns.iter().enumerate() {
            let (column, read) = match group.get_column_reader(c)? {
                ColumnReader::Int64ColumnReader(mut reader) if !text => {
                    let mut numbers = Vec::with_capacity(n);
                    let read = reader.read_records(n, None, None, &mut numbers)?.0;
                    (Column::Numbers(numbers), read)
                }
                ColumnReader::ByteArrayColumnReader(mut reader) if *text => {
                    let mut texts = Vec::with_capacity(n);
                    let read = reader.read_records(n, None, None, &mut texts)?.0;
                    (Column::Texts(texts), read)
                }
                _ => return Err(ParquetError::General("a column of another type".into())),
            };
            if read != n {
                return Err(ParquetError::General(format!("{read} of {n} rows in column {c}")));
            }
            cells.push(column);
        }
        for at in 0..n {
            row(&mut Row { columns: &mut cells, at, next: 0 })?;
        }
    }
    Ok(())
}
