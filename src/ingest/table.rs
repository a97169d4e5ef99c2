//! Tables of ready sessions: JSON Lines and CSV, plain or gzip, one session a row.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::ops::Range;

use flate2::bufread::MultiGzDecoder;
use rayon::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::files::{Format, Input};
use super::options::ReadOptions;
use super::{MAX_TEXT, Reading, encoding, session_language, year};
use crate::corpus::{Document, Language, Session, SessionKind, Span, Year};
use crate::digest::{hex, sha256};
use crate::error::{Error, ErrorKind, Result, Warning};

/// One row, read.
pub(super) struct Row {
    pub line: usize,
    pub year: Option<Year>,
    pub id: Option<String>,
    pub title: String,
    pub text: String,
    pub language: Option<Language>,
    pub speakers: Vec<String>,
    pub tags: BTreeMap<String, String>,
}

/// A row that cannot be used: its line and why.
pub(super) struct BadRow {
    pub line: usize,
    pub problem: String,
}

/// What the first reading keeps of a row: all but its text.
struct Outlined {
    row: Row,
    text_hash: String,
    n_bytes: usize,
    language: Language,
}

impl Outlined {
    fn new(mut row: Row, options: &ReadOptions) -> Self {
        let text = std::mem::take(&mut row.text);
        let fallback = *options.languages.first().unwrap_or(&Language::De);
        let language = row.language.unwrap_or_else(|| session_language(&text, options, fallback));
        Self { row, text_hash: sha256(text.as_bytes()), n_bytes: text.len(), language }
    }
}

/// Reads the sessions of a table.
pub(super) fn read(input: &Input, options: &ReadOptions) -> Result<Reading> {
    let mut reading = Reading { encoding: "UTF-8".into(), ..Reading::default() };
    let said = options.year_of(&input.source);
    let path_year = year::from_path(&input.source);
    let mut n = 0;
    let used = each_row(input, options, true, &|row| Outlined::new(row, options), &mut |outlined| {
        let outlined = match outlined {
            Ok(outlined) => outlined,
            Err(bad) => {
                reading.skipped_rows += 1;
                reading.warnings.push(Warning::new(&input.source, bad.line, "bad-row", bad.problem));
                return true;
            }
        };
        n += 1;
        let row = &outlined.row;
        let Some(year) = said.or(row.year).or(path_year) else {
            let (column, source) = (options.column("year"), &input.source);
            let problem = format!(
                "no column `{column}` or `date` with a year; the row is left out (--columns year=NAME or --year {source}=YEAR)"
            );
            reading.skipped_rows += 1;
            reading.warnings.push(Warning::new(source, row.line, "bad-row", problem));
            return true;
        };
        reading.documents.push(session_of(input, options, outlined, year, n));
        true
    })?;
    reading.sha256 = used.sha256;
    reading.encoding = used.encoding;
    reading.warnings.extend(used.warnings);
    if reading.documents.is_empty() {
        let found = if reading.skipped_rows == 0 {
            "the table has no rows".to_owned()
        } else {
            {
                let first = &reading.warnings[0];
                format!(
                    "none of its {} rows can be used; the first, in line {}: {first}",
                    reading.skipped_rows, first.line
                )
            }
        };
        let help = format!(
            "expected the columns year (or date) and {}; say --columns for other names",
            options.column("text")
        );
        return Err(ErrorKind::NoInput { path: input.path.clone(), found, help }.into());
    }
    for rule in &options.tags {
        if !reading.documents.iter().any(|(_, s)| s[0].tags.contains_key(&rule.tag)) {
            let message =
                format!("--tag {}: `{}` matches in no row of column `{}`", rule.tag, rule.pattern, rule.column);
            reading.warnings.push(Warning::new(&input.source, 0, "tag-empty", message));
        }
    }
    summarise_bad_rows(&mut reading, &input.source);
    Ok(reading)
}

/// Hundreds of like warnings help nobody: twenty lines, then their number.
fn summarise_bad_rows(reading: &mut Reading, source: &str) {
    const SHOWN: usize = 20;
    if reading.skipped_rows > SHOWN {
        let mut shown = 0;
        reading.warnings.retain(|w| {
            w.code != "bad-row" || {
                shown += 1;
                shown <= SHOWN
            }
        });
        let message = format!("{} more rows cannot be used", reading.skipped_rows - SHOWN);
        reading.warnings.push(Warning::new(source, 0, "bad-row", message));
    }
}

fn session_of(
    input: &Input,
    options: &ReadOptions,
    outlined: Outlined,
    year: Year,
    ordinal: usize,
) -> (Document, Vec<Session>) {
    let Outlined { mut row, text_hash, n_bytes, language } = outlined;
    for rule in &options.tags {
        let value = match rule.column.as_str() {
            "id" => row.id.clone(),
            "title" => Some(row.title.clone()),
            "source" => Some(input.source.clone()),
            column => row.tags.get(column).cloned(),
        };
        if let Some(found) = value.as_deref().and_then(|v| rule.pattern.captures(v)) {
            let part = found.get(1).or_else(|| found.get(0)).map_or("", |m| m.as_str());
            row.tags.insert(rule.tag.clone(), part.to_owned());
        }
    }
    let id =
        row.id.as_ref().map_or_else(|| format!("{}#{ordinal}", input.source), |id| format!("{}:{id}", input.source));
    let document = Document {
        source: input.source.clone(),
        year,
        text_hash,
        n_bytes,
        line: row.line,
        people: row.speakers.iter().map(|s| (s.clone(), true)).collect(),
    };
    let session = Session {
        id,
        document: 0,
        ordinal,
        year,
        kind: SessionKind::Session,
        title: row.title,
        title_span: None,
        speakers: row.speakers,
        language,
        span: Span::new(0, n_bytes),
        first_line: row.line,
        last_line: row.line,
        tags: row.tags,
        dropped: false,
    };
    (document, vec![session])
}

/// What reading a table told about the file.
pub(super) struct Used {
    sha256: String,
    encoding: String,
    warnings: Vec<Warning>,
}

/// Hashes what passes through it, if it is to.
struct Hashing<R> {
    inner: R,
    hash: Option<Sha256>,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        if let Some(hash) = &mut self.hash {
            hash.update(&buffer[..n]);
        }
        Ok(n)
    }
}

/// Calls `visit` for every row, usable or not, in order, until it returns `false`, with what `make` made of it; rows of JSON
/// are parsed and made in parallel. Rows are streamed, unless the file is not UTF-8: then it is decoded as a whole
/// (spreadsheets write such files, and they are small). The file is hashed, to its end, only if `hashed` says so.
pub(super) fn each_row<T: Send>(
    input: &Input,
    options: &ReadOptions,
    hashed: bool,
    make: &(impl Fn(Row) -> T + Sync),
    visit: &mut dyn FnMut(std::result::Result<T, BadRow>) -> bool,
) -> Result<Used> {
    let io = |e| Error::io("read", &input.path, e);
    let file = File::open(&input.path).map_err(io)?;
    let mut hashing = BufReader::with_capacity(1 << 16, Hashing { inner: file, hash: hashed.then(Sha256::new) });
    let mut used = Used { sha256: String::new(), encoding: "UTF-8".into(), warnings: Vec::new() };
    {
        let plain: Box<dyn Read + '_> =
            if input.gzip { Box::new(MultiGzDecoder::new(&mut hashing)) } else { Box::new(&mut hashing) };
        let mut reader = BufReader::with_capacity(1 << 18, plain);
        let head = reader.fill_buf().map_err(io)?;
        if head.is_empty() {
            let help = "expected one session a row".to_owned();
            return Err(ErrorKind::NoInput { path: input.path.clone(), found: "the file is empty".into(), help }.into());
        }
        let utf8 = std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true);
        if utf8 && !head.contains(&0) && options.encoding.as_deref().is_none_or(|l| l.eq_ignore_ascii_case("utf-8")) {
            if head.starts_with("\u{feff}".as_bytes()) {
                reader.consume(3);
            }
            rows(input, options, &mut reader, make, visit)?;
        } else {
            let mut bytes = Vec::new();
            reader.take(MAX_TEXT as u64 * 4 + 1).read_to_end(&mut bytes).map_err(io)?;
            if bytes.len() > MAX_TEXT * 4 {
                let found = "a table of more than 256 MiB that is not UTF-8".to_owned();
                let help = "save it as UTF-8, then it is read row by row".to_owned();
                return Err(ErrorKind::NoInput { path: input.path.clone(), found, help }.into());
            }
            let decoded =
                encoding::decode(&input.path, &input.source, &bytes, options.encoding.as_deref(), &mut used.warnings)?;
            used.encoding = decoded.encoding.to_owned();
            rows(input, options, &mut decoded.text.as_bytes(), make, visit)?;
        }
    }
    if hashed {
        std::io::copy(&mut hashing, &mut std::io::sink()).map_err(io)?;
    }
    used.sha256 = hashing.into_inner().hash.map_or_else(String::new, |hash| hex(&hash.finalize()));
    Ok(used)
}

fn rows<T: Send>(
    input: &Input,
    options: &ReadOptions,
    reader: &mut dyn BufRead,
    make: &(impl Fn(Row) -> T + Sync),
    visit: &mut dyn FnMut(std::result::Result<T, BadRow>) -> bool,
) -> Result<()> {
    if input.format == Format::JsonLines {
        json_rows(input, options, reader, make, visit)
    } else {
        csv_rows(input, options, reader, &mut |row| visit(row.map(make)))
    }
}

fn json_rows<T: Send>(
    input: &Input,
    options: &ReadOptions,
    reader: &mut dyn BufRead,
    make: &(impl Fn(Row) -> T + Sync),
    visit: &mut dyn FnMut(std::result::Result<T, BadRow>) -> bool,
) -> Result<()> {
    /// Bytes of lines that are parsed together.
    const BLOCK: usize = 4 << 20;
    let mut block = Vec::new();
    let mut lines: Vec<(usize, Range<usize>)> = Vec::new();
    let mut line = 0;
    loop {
        block.clear();
        lines.clear();
        let mut end = None;
        while block.len() < BLOCK && end.is_none() {
            line += 1;
            let start = block.len();
            let n = reader
                .take(MAX_TEXT as u64 + 1)
                .read_until(b'\n', &mut block)
                .map_err(|e| Error::io("read", &input.path, e))?;
            if n == 0 {
                end = Some(Ok(()));
            } else if n > MAX_TEXT {
                let problem = format!("a line of more than {} MiB; expected one session a line", MAX_TEXT >> 20);
                end = Some(Err(Error::malformed(&input.path, (line, 0), problem)));
            } else if !block[start..].iter().all(u8::is_ascii_whitespace) {
                lines.push((line, start..block.len()));
            }
        }
        let parsed = lines.par_iter().map(|(line, bytes)| json_row(&block[bytes.clone()], *line, options).map(make));
        for row in parsed.collect::<Vec<_>>() {
            if !visit(row) {
                return Ok(());
            }
        }
        if let Some(end) = end {
            return end;
        }
    }
}

/// The row that a line of JSON holds.
fn json_row(bytes: &[u8], line: usize, options: &ReadOptions) -> std::result::Result<Row, BadRow> {
    let bad = |problem: String| BadRow { line, problem };
    match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Object(object)) => {
            let fields = object.into_iter().map(|(key, value)| (key, plain(value))).collect();
            row_of(fields, line, options)
        }
        Ok(_) => Err(bad("expected a JSON object, such as {\"year\": 2024, \"text\": \"…\"}".into())),
        Err(e) => {
            let text = e.to_string();
            let what = text.split(" at line ").next().unwrap_or_default();
            let place = if e.column() > 0 { format!(" at column {}", e.column()) } else { String::new() };
            Err(bad(format!("not JSON{place}: {what}; the row is left out")))
        }
    }
}

/// A JSON value as the text of a cell; lists are joined by `; `.
fn plain(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(values) => values.into_iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn csv_rows(
    input: &Input,
    options: &ReadOptions,
    mut reader: &mut dyn BufRead,
    visit: &mut dyn FnMut(std::result::Result<Row, BadRow>) -> bool,
) -> Result<()> {
    let head = reader.fill_buf().map_err(|e| Error::io("read", &input.path, e))?;
    let first_line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |mark: u8| first_line.iter().filter(|&&b| b == mark).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|&m| (count(m), m == b',')).unwrap_or(b',');
    let quotes = std::cell::Cell::new(0u64);
    let counted = CountQuotes { inner: &mut reader, quotes: &quotes };
    let mut table = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(counted);
    let header_error =
        |e: csv::Error| Error::malformed(&input.path, (1, 0), format!("the header line cannot be read: {e}"));
    let headers: Vec<String> = table.headers().map_err(header_error)?.iter().map(|h| h.trim().to_owned()).collect();
    let wanted = options.column("text");
    if !headers.iter().any(|h| h.eq_ignore_ascii_case(wanted)) {
        let problem = format!("no column `{wanted}` among {}; say --columns text=NAME", headers.join(", "));
        return Err(Error::malformed(&input.path, (1, 0), problem));
    }
    for (role, name) in &options.columns {
        if !headers.iter().any(|h| h.eq_ignore_ascii_case(name)) {
            let problem = format!("no column `{name}` among {} (--columns {role}={name})", headers.join(", "));
            return Err(Error::malformed(&input.path, (1, 0), problem));
        }
    }
    let mut record = csv::StringRecord::new();
    let mut last_line = 1;
    loop {
        let position = table.position().line() as usize;
        let row = match table.read_record(&mut record) {
            Ok(false) if quotes.get() % 2 == 1 => {
                let problem =
                    "a quote that is opened here or below is never closed, so that rows may have been swallowed";
                visit(Err(BadRow { line: last_line, problem: problem.into() }));
                return Ok(());
            }
            Ok(false) => return Ok(()),
            Ok(true) => {
                let line = record.position().map_or(position, |p| p.line() as usize);
                last_line = line;
                if record.len() == headers.len() {
                    let fields = headers.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
                    row_of(fields, line, options)
                } else {
                    Err(BadRow {
                        line,
                        problem: format!(
                            "{} cells where the header has {}; the row is left out",
                            record.len(),
                            headers.len()
                        ),
                    })
                }
            }
            Err(e) if e.is_io_error() => return Err(Error::malformed(&input.path, (position, 0), e.to_string())),
            Err(e) => Err(BadRow { line: position, problem: format!("{e}; the row is left out") }),
        };
        if !visit(row) {
            return Ok(());
        }
    }
}

/// Counts the quotes that pass: an odd number means that one is never closed.
struct CountQuotes<'r, R> {
    inner: R,
    quotes: &'r std::cell::Cell<u64>,
}

impl<R: Read> Read for CountQuotes<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let seen = buffer[..n].iter().filter(|&&b| b == b'"').count() as u64;
        self.quotes.set(self.quotes.get() + seen);
        Ok(n)
    }
}

/// A row from its named cells.
fn row_of(
    mut fields: BTreeMap<String, String>,
    line: usize,
    options: &ReadOptions,
) -> std::result::Result<Row, BadRow> {
    let mut take = |role: &str| -> Option<String> {
        let name = options.column(role);
        let key = fields
            .keys()
            .find(|k| *k == name)
            .or_else(|| fields.keys().find(|k| k.eq_ignore_ascii_case(name)))
            .cloned()?;
        fields.remove(&key).filter(|v| !v.trim().is_empty())
    };
    let bad = |problem: &str| BadRow { line, problem: format!("{problem}; the row is left out") };
    let text = take("text").ok_or_else(|| bad(&format!("no text in `{}`", options.column("text"))))?;
    if text.len() > MAX_TEXT {
        return Err(bad("a text of more than 64 MiB"));
    }
    let stated = take("year");
    let date = take("date");
    let year = match (stated, &date) {
        (Some(year), _) => Some(parse_year(&year).ok_or_else(|| bad(&format!("`{year}` is no year")))?),
        (None, Some(date)) => Some(parse_year(date).ok_or_else(|| bad(&format!("no year in the date `{date}`")))?),
        (None, None) => None,
    };
    let title = take("title").unwrap_or_default();
    let id = take("id");
    let language = take("lang").or_else(|| take("language")).and_then(|l| Language::from_code(&l));
    let speakers = take("speakers").or_else(|| take("speaker")).unwrap_or_default();
    let speakers = speakers.split([';', ',']).map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect();
    let mut tags = fields;
    tags.retain(|_, v| !v.is_empty());
    if let Some(date) = date {
        tags.insert("date".into(), date);
    }
    if tags.is_empty() {
        // A map that was emptied keeps half a kilobyte.
        tags = BTreeMap::new();
    }
    Ok(Row { line, year, id, title, text, language, speakers, tags })
}

fn parse_year(text: &str) -> Option<Year> {
    let text = text.trim();
    let whole = text.strip_suffix(".0").unwrap_or(text);
    if whole.parse::<f64>().is_ok_and(|n| n.fract() != 0.0) {
        return None;
    }
    if let Ok(year) = whole.parse::<Year>() {
        return (0..=9999).contains(&year).then_some(year);
    }
    text.split(|c: char| !c.is_ascii_digit()).filter(|d| d.len() == 4).find_map(|d| d.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_cells() {
        for (cell, year) in [
            ("2024", Some(2024)),
            ("2024.0", Some(2024)),
            ("2024-05-01", Some(2024)),
            ("01.05.2024", Some(2024)),
            ("bald", None),
            ("2025.7", None),
            ("Mai 24", None),
        ] {
            assert_eq!(parse_year(cell), year, "{cell}");
        }
    }

    #[test]
    fn lists_become_cells() {
        assert_eq!(plain(serde_json::json!(["a", 2, null])), "a; 2; ");
    }
}
