//! What stands in which table of a counts file.

use std::collections::BTreeMap;

use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use tempfile::SpooledTempFile;

use super::table::{Cell, Columns, Row, read, write};
use crate::corpus::{Corpus, Document, Language, Session, SessionKind, Span};
use crate::counts::{Counts, Definition, PersonForm, PlainCounts, SessionRow, Spelling};
use crate::ingest::Outline;

/// Where tables are written to.
pub(super) type Out = SpooledTempFile;

pub(super) type Write = fn(&mut Out, &Corpus, &Counts) -> Result<u64>;
type Read = fn(Bytes, &mut Outline, &mut PlainCounts) -> Result<()>;

/// The tables in the order in which they are written.
pub(super) const ALL: &[(&str, Write)] = &[
    ("documents", |out, o, _| write(out, DOCUMENTS, o.documents.iter().map(|d| Ok(document(d))))),
    ("sessions", |out, o, _| write(out, SESSIONS, sessions(o).into_iter().map(|s| Ok(session(s))))),
    ("spellings", |out, _, c| write(out, SPELLINGS, c.spellings().iter().map(|s| Ok(spelling(s))))),
    ("rows", |out, _, c| write(out, ROWS, c.rows().iter().map(|r| Ok(row(r))))),
    ("cells", |out, _, c| {
        let cells = c.rows().iter().enumerate().flat_map(|(r, row)| {
            let (pairs, error) = match row.cells.pairs() {
                Ok(pairs) => (pairs, None),
                Err(error) => (Vec::new(), Some(Err(not_read(error)))),
            };
            pairs.into_iter().map(move |(s, n)| Ok([r as u64, s.into(), n.into()])).chain(error)
        });
        write(out, CELLS, cells)
    }),
    ("persons", |out, _, c| {
        let person = |p: &PersonForm| Ok([Cell::from(p.name.as_str()), p.takes_part.into(), p.form.as_str().into()]);
        write(out, PERSONS, c.persons().iter().map(person))
    }),
    ("person_cells", |out, _, c| {
        let cells = c.rows().iter().enumerate().flat_map(|(r, row)| row.persons.iter().map(move |&(p, n)| (r, p, n)));
        write(out, PERSON_CELLS, cells.map(|(r, p, n)| Ok([r as u64, p.into(), n.into()])))
    }),
    ("candidates", |out, _, c| {
        let cells = c.candidates().map(|entry| {
            let ([a, b, third], [n, sessions]) = entry.map_err(not_read)?;
            Ok([a, b, third, n, sessions].map(u64::from))
        });
        write(out, CANDIDATES, cells)
    }),
    ("definitions", |out, _, c| {
        let definition = |(d, n): &(Definition, u32)| {
            let [language, acronym, long, name] = [d.language.code(), &d.acronym, &d.long, &d.name].map(Cell::from);
            Ok([language, acronym, long, name, (*n).into()])
        };
        write(out, DEFINITIONS, c.definitions().iter().map(definition))
    }),
    ("organisations", |out, _, c| {
        write(out, ORGANISATIONS, c.organisations().iter().map(|o| Ok([Cell::from(o.as_str())])))
    }),
    ("fingerprints", |out, _, c| {
        let cells = c.fingerprints().map(|entry| {
            let (f, [s, w, a, b]) = entry.map_err(not_read)?;
            Ok([f, s, w, a, b])
        });
        write(out, FINGERPRINTS, cells)
    }),
    ("fillings", |out, _, c| {
        let cells = c.fillings().map(|entry| {
            let ((frame, slot, value), n) = entry.map_err(not_read)?;
            Ok([frame, slot.into(), value, n.into()])
        });
        write(out, FILLINGS, cells)
    }),
];

/// The sessions of a corpus, kept and dropped, by document.
pub(super) fn sessions(corpus: &Corpus) -> Vec<&Session> {
    let mut sessions: Vec<&Session> = corpus.sessions.iter().chain(&corpus.dropped).collect();
    sessions.sort_by_key(|s| (s.document, s.ordinal));
    sessions
}

/// A part of the counts that lay in a temporary file.
fn not_read(error: crate::error::Error) -> ParquetError {
    ParquetError::External(Box::new(error))
}

/// The same tables, read.
pub(super) const READERS: &[(&str, Read)] = &[
    ("documents", |b, o, _| {
        read(b, DOCUMENTS, |row| {
            o.documents.push(read_document(row)?);
            Ok(())
        })
    }),
    ("sessions", |b, o, _| {
        read(b, SESSIONS, |row| {
            o.sessions.push(read_session(row)?);
            Ok(())
        })
    }),
    ("spellings", |b, _, c| {
        read(b, SPELLINGS, |row| {
            let (language, text) = (language(&row.text()?)?, row.text()?);
            c.spellings.push(Spelling { language, text, count: row.number()?, initial: row.number()? });
            Ok(())
        })
    }),
    ("rows", |b, _, c| {
        read(b, ROWS, |row| {
            let (id, year, kind) = (row.text()?, year(row)?, kind(&row.text()?)?);
            c.add_row(id, year, kind, row.small()?, row.number()? != 0);
            Ok(())
        })
    }),
    ("cells", |b, _, c| read_cells(b, c)),
    ("persons", |b, _, c| {
        read(b, PERSONS, |row| {
            let (name, takes_part, form) = (row.text()?, row.number()? != 0, row.text()?);
            c.persons.push(PersonForm { name, takes_part, form });
            Ok(())
        })
    }),
    ("person_cells", |b, _, c| {
        read(b, PERSON_CELLS, |row| {
            let (at, cell) = (row.small()?, (row.small()?, row.small()?));
            of_row(&mut c.rows, at)?.persons.push(cell);
            Ok(())
        })
    }),
    ("candidates", |b, _, c| {
        read(b, CANDIDATES, |row| {
            let words = [row.small()?, row.small()?, row.small()?];
            let n = c.spellings.len() as u32;
            if words[0] >= n || words[1] >= n || (words[2] >= n && words[2] != u32::MAX) {
                return Err(points_nowhere());
            }
            in_order(c.add_candidate(words, [row.small()?, row.small()?]))
        })
    }),
    ("definitions", |b, _, c| {
        read(b, DEFINITIONS, |row| {
            let language = language(&row.text()?)?;
            let definition = Definition { language, acronym: row.text()?, long: row.text()?, name: row.text()? };
            c.definitions.push((definition, row.small()?));
            Ok(())
        })
    }),
    ("organisations", |b, _, c| {
        read(b, ORGANISATIONS, |row| {
            c.organisations.push(row.text()?);
            Ok(())
        })
    }),
    ("fingerprints", |b, _, c| {
        read(b, FINGERPRINTS, |row| {
            let fingerprint = row.number()?;
            let repeats = [row.number()?, row.number()?, row.number()?, row.number()?];
            in_order(c.add_fingerprint(fingerprint, repeats))
        })
    }),
    ("fillings", |b, _, c| {
        read(b, FILLINGS, |row| {
            let filling = (row.number()?, row.small()? as u8, row.number()?);
            in_order(c.add_filling(filling, row.small()?))
        })
    }),
];

/// Cells come row by row, ascending in each.
fn read_cells(bytes: Bytes, c: &mut PlainCounts) -> Result<()> {
    let (mut open, mut cells): (usize, Vec<(u32, u32)>) = (0, Vec::new());
    read(bytes, CELLS, |row| {
        let (at, spelling, count) = (size(row)?, row.small()?, row.small()?);
        if at >= c.rows.len() || spelling as usize >= c.spellings.len() {
            return Err(points_nowhere());
        }
        if at > open {
            c.set_cells(open, &cells).map_err(not_read)?;
            (open, cells) = (at, Vec::new());
        }
        in_order(Ok(at == open && cells.last().is_none_or(|last| last.0 < spelling)))?;
        cells.push((spelling, count));
        Ok(())
    })?;
    if cells.is_empty() { Ok(()) } else { c.set_cells(open, &cells).map_err(not_read) }
}

fn in_order(added: crate::error::Result<bool>) -> Result<()> {
    if added.map_err(not_read)? { Ok(()) } else { Err(ParquetError::General("rows out of order".into())) }
}

fn points_nowhere() -> ParquetError {
    ParquetError::General("a number points at nothing".into())
}

const DOCUMENTS: Columns =
    &[("source", true), ("year", false), ("text_sha256", true), ("bytes", false), ("line", false), ("people", true)];
const SESSIONS: Columns = &[
    ("id", true),
    ("document", false),
    ("ordinal", false),
    ("year", false),
    ("kind", true),
    ("title", true),
    ("title_start", false),
    ("title_end", false),
    ("speakers", true),
    ("language", true),
    ("byte_start", false),
    ("byte_end", false),
    ("first_line", false),
    ("last_line", false),
    ("tags", true),
    ("dropped", false),
];
const SPELLINGS: Columns = &[("language", true), ("spelling", true), ("count", false), ("initial", false)];
const ROWS: Columns =
    &[("session_id", true), ("year", false), ("kind", true), ("tokens", false), ("in_article", false)];
const CELLS: Columns = &[("row", false), ("spelling", false), ("count", false)];
const PERSONS: Columns = &[("name", true), ("takes_part", false), ("form", true)];
const PERSON_CELLS: Columns = &[("row", false), ("person", false), ("count", false)];
const CANDIDATES: Columns =
    &[("first", false), ("second", false), ("third", false), ("count", false), ("sessions", false)];
const DEFINITIONS: Columns =
    &[("language", true), ("acronym", true), ("long_form", true), ("name", true), ("count", false)];
const ORGANISATIONS: Columns = &[("spelling", true)];
const FINGERPRINTS: Columns = &[
    ("fingerprint", false),
    ("sessions", false),
    ("words", false),
    ("least_document", false),
    ("greatest_document", false),
];
const FILLINGS: Columns = &[("frame", false), ("slot", false), ("value", false), ("sessions", false)];

fn json<T: serde::Serialize>(value: &T) -> Cell {
    Cell::Text(serde_json::to_string(value).unwrap_or_default())
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| ParquetError::General(e.to_string()))
}

fn document(d: &Document) -> [Cell; 6] {
    let hash = d.text_hash.as_str();
    [d.source.as_str().into(), d.year.into(), hash.into(), d.n_bytes.into(), d.line.into(), json(&d.people)]
}

fn read_document(row: &mut Row<'_>) -> Result<Document> {
    Ok(Document {
        source: row.text()?,
        year: year(row)?,
        text_hash: row.text()?,
        n_bytes: size(row)?,
        line: size(row)?,
        people: from_json(&row.text()?)?,
    })
}

/// Instead of the span of a title that stands in no text.
const NOWHERE: u64 = u64::MAX;

fn session(s: &Session) -> [Cell; 16] {
    let title = s.title_span.map_or((NOWHERE, NOWHERE), |t| (t.start as u64, t.end as u64));
    [
        s.id.as_str().into(),
        s.document.into(),
        s.ordinal.into(),
        s.year.into(),
        s.kind.name().into(),
        s.title.as_str().into(),
        title.0.into(),
        title.1.into(),
        json(&s.speakers),
        s.language.code().into(),
        s.span.start.into(),
        s.span.end.into(),
        s.first_line.into(),
        s.last_line.into(),
        json(&s.tags),
        s.dropped.into(),
    ]
}

fn read_session(row: &mut Row<'_>) -> Result<Session> {
    let (id, document, ordinal, year) = (row.text()?, size(row)?, size(row)?, year(row)?);
    let (kind, title) = (kind(&row.text()?)?, row.text()?);
    let (start, end) = (row.number()?, row.number()?);
    let title_span = (start != NOWHERE).then_some(Span::new(start as usize, end as usize));
    Ok(Session {
        id,
        document,
        ordinal,
        year,
        kind,
        title,
        title_span,
        speakers: from_json(&row.text()?)?,
        language: language(&row.text()?)?,
        span: Span::new(size(row)?, size(row)?),
        first_line: size(row)?,
        last_line: size(row)?,
        tags: from_json::<BTreeMap<String, String>>(&row.text()?)?,
        dropped: row.number()? != 0,
    })
}

fn spelling(s: &Spelling) -> [Cell; 4] {
    [s.language.code().into(), s.text.as_str().into(), s.count.into(), s.initial.into()]
}

fn row(r: &SessionRow) -> [Cell; 5] {
    [r.id.as_str().into(), r.year.into(), r.kind.name().into(), r.tokens.into(), r.in_article.into()]
}

fn size(row: &mut Row<'_>) -> Result<usize> {
    usize::try_from(row.number()?).map_err(|e| ParquetError::General(e.to_string()))
}

fn year(row: &mut Row<'_>) -> Result<i32> {
    i32::try_from(row.number()?.cast_signed()).map_err(|e| ParquetError::General(e.to_string()))
}

fn language(code: &str) -> Result<Language> {
    Language::from_code(code).ok_or_else(|| ParquetError::General(format!("`{code}` is no language")))
}

fn kind(name: &str) -> Result<SessionKind> {
    let kinds = [SessionKind::Session, SessionKind::Opening, SessionKind::Closing, SessionKind::Acknowledgement];
    kinds.into_iter().find(|k| k.name() == name).ok_or_else(|| ParquetError::General(format!("`{name}` is no kind")))
}

fn of_row(rows: &mut [SessionRow], at: u32) -> Result<&mut SessionRow> {
    rows.get_mut(at as usize).ok_or_else(|| ParquetError::General(format!("row {at} is not there")))
}

/// Whether every number that points somewhere points at something; those of cells and candidates are checked as they
/// are read.
pub(super) fn check(outline: &Outline, c: &PlainCounts) -> std::result::Result<(), String> {
    let persons = c.persons.len() as u32;
    let cells = c.rows.iter().all(|r| r.persons.iter().all(|x| x.0 < persons));
    let sessions = outline.sessions.iter().all(|s| s.document < outline.documents.len());
    if cells && sessions { Ok(()) } else { Err(points_nowhere().to_string()) }
}
