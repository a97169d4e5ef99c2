//! The tables, as rows of typed cells. Their headers are frozen in docs/data-format.md.

use std::collections::BTreeMap;

use super::statistics::{TEST_COLUMNS, test_cells};
use crate::corpus::{Corpus, SessionKind};
use crate::counts::Concept;
use crate::counts::reading::Field;
use crate::error::Warning;
use crate::trends::{Shift, Side, Trends};

/// Rows that a spreadsheet can hold below the header.
pub(super) const MAX_ROWS: usize = 1_048_575;

/// How long tables may become, and what was cut.
pub(super) struct Limit {
    max_rows: usize,
    /// Whether what is cut is written elsewhere.
    full: bool,
    pub cut: Vec<&'static str>,
    pub notes: Vec<Warning>,
}

impl Limit {
    pub(super) fn new(max_rows: usize, full: bool) -> Self {
        Self { max_rows, full, cut: Vec::new(), notes: Vec::new() }
    }

    /// Notes that a table holds only `kept` of `n` rows.
    fn cut(&mut self, table: &'static str, kept: &str, n: usize) {
        let rest = if self.full {
            format!("{table}.csv.gz has them all")
        } else {
            format!("--full writes them to {table}.csv.gz")
        };
        let message = format!("{table}.csv has {kept}: all {n} rows would not fit a spreadsheet; {rest}");
        self.notes.push(Warning::new("", 0, "table-cut", message));
        self.cut.push(table);
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number with at most so many decimals.
    Float(f64, usize),
    /// No value.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

macro_rules! whole {
    ($($t:ty),*) => { $(impl From<$t> for Cell { fn from(n: $t) -> Self { Self::Int(n as i64) } })* };
}
whole!(i32, u32, u64, usize, i64);

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::Int(i64::from(yes))
    }
}

/// A tidy table: one header line, one row a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// File name without its ending.
    pub name: &'static str,
    /// Column names, snake_case.
    pub header: Vec<&'static str>,
    /// Rows, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
}

/// A table whose rows are made as they are written: those that grow with the corpus are never held whole.
pub(super) struct Rows<'t> {
    pub name: &'static str,
    pub header: Vec<&'static str>,
    pub rows: Box<dyn Iterator<Item = Vec<Cell>> + Send + 't>,
}

impl Rows<'_> {
    pub(super) fn collect(self) -> Table {
        Table { name: self.name, header: self.header, rows: self.rows.collect() }
    }
}

impl From<Table> for Rows<'_> {
    fn from(table: Table) -> Self {
        Self { name: table.name, header: table.header, rows: Box::new(table.rows.into_iter()) }
    }
}

/// Rounds at the edge: at most `digits` decimals, no trailing zeros, no negative zero.
pub(crate) fn plain_number(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".into() } else { text.to_owned() }
}

fn rate(value: f64) -> Cell {
    Cell::Float(value, 4)
}

/// All tables, those that grow with the corpus cut at a limit.
pub(super) fn all<'t>(trends: &'t Trends, limit: &mut Limit) -> Vec<Rows<'t>> {
    let mut tables = vec![
        sessions(trends).into(),
        nearest_sessions(trends).into(),
        term_frequencies(trends, limit),
        terms_by_year(trends),
        term_shifts(trends, limit),
        concepts(trends).into(),
        super::persons::table(trends).into(),
        boilerplate(trends).into(),
    ];
    if trends.themes().is_some() {
        tables.extend([theme_shifts(trends), theme_sessions(trends), theme_spellings(trends)].map(Rows::from));
    }
    tables.extend(super::cover::tables(trends).into_iter().map(Rows::from));
    tables.extend(super::found::tables(trends).into_iter().map(Rows::from));
    tables.extend(super::ranks::table(trends).map(Rows::from));
    tables.extend(super::successions::table(trends).map(Rows::from));
    tables.extend(super::statistics::tables(trends).into_iter().map(Rows::from));
    tables.push(evidence(trends, limit));
    tables
}

/// The tables that `limit` cut, whole.
pub(super) fn whole<'t>(trends: &'t Trends, limit: &Limit) -> Vec<Rows<'t>> {
    let none = &mut Limit::new(usize::MAX, false);
    let mut tables = vec![term_frequencies(trends, none), term_shifts(trends, none), evidence(trends, none)];
    tables.retain(|table| limit.cut.contains(&table.name));
    tables
}

fn sessions(trends: &Trends) -> Table {
    let matrix = trends.matrix();
    sessions_of(
        trends.corpus(),
        &(0..matrix.n_sessions()).map(|row| (matrix.session(row), matrix.tokens(row))).collect(),
    )
}

/// The sessions of a corpus that was not counted: the column of tokens is empty.
#[must_use]
pub fn sessions_table(corpus: &Corpus) -> Table {
    sessions_of(corpus, &BTreeMap::new())
}

/// Every session; `tokens` by index of the session.
fn sessions_of(corpus: &Corpus, tokens: &BTreeMap<usize, u32>) -> Table {
    let rows = corpus.sessions().iter().enumerate().map(|(i, s)| {
        vec![
            s.year.into(),
            s.id.as_str().into(),
            s.ordinal.into(),
            s.kind.name().into(),
            s.title.as_str().into(),
            s.speakers.join("; ").into(),
            s.language.code().into(),
            corpus.documents()[s.document].source.as_str().into(),
            s.first_line.into(),
            s.last_line.into(),
            tokens.get(&i).map_or(Cell::Empty, |&n| n.into()),
            s.span.start.into(),
            s.span.end.into(),
        ]
    });
    Table {
        name: "sessions",
        header: vec![
            "year",
            "session_id",
            "ordinal",
            "kind",
            "title",
            "speakers",
            "language",
            "source",
            "first_line",
            "last_line",
            "tokens",
            "byte_start",
            "byte_end",
        ],
        rows: rows.collect(),
    }
}

/// For each talk the most similar one of another year.
fn nearest_sessions(trends: &Trends) -> Table {
    let matrix = trends.matrix();
    let session = |row: usize| &trends.corpus().sessions()[matrix.session(row)];
    let label = |concept: &u32| trends.concepts().get(*concept).label.as_str();
    let rows = trends.nearest_talks().iter().map(|n| {
        vec![
            matrix.year(n.row).into(),
            session(n.row).id.as_str().into(),
            matrix.year(n.other).into(),
            session(n.other).id.as_str().into(),
            Cell::Float(n.cosine, 4),
            n.mutual.into(),
            n.shared.iter().map(label).collect::<Vec<_>>().join("; ").into(),
        ]
    });
    Table {
        name: "nearest_sessions",
        header: vec!["year", "session_id", "nearest_year", "nearest_session_id", "cosine", "mutual", "shared_concepts"],
        rows: rows.collect(),
    }
}

/// Every concept of every session; in a corpus with more rows than a spreadsheet holds, the top ones of each session.
fn term_frequencies<'t>(trends: &'t Trends, limit: &mut Limit) -> Rows<'t> {
    let matrix = trends.matrix();
    let total: usize = (0..matrix.n_sessions()).map(|r| matrix.row(r).len()).sum();
    let top = (total > limit.max_rows).then(|| limit.max_rows / matrix.n_sessions().max(1));
    if let Some(top) = top {
        limit.cut("term_frequencies", &format!("the {top} top terms of each session by TF-IDF"), total);
    }
    let of_session = move |row: usize| {
        let session = &trends.corpus().sessions()[matrix.session(row)];
        let counts: BTreeMap<u32, u32> = matrix.row(row).iter().map(|t| (t.concept, t.count)).collect();
        let inside: BTreeMap<u32, u32> = matrix.in_compounds(row).iter().map(|t| (t.concept, t.count)).collect();
        let mut terms = trends.top_terms(row, top.unwrap_or(usize::MAX), false);
        if top.is_none() {
            terms.sort_by_key(|t| t.0);
        }
        terms.into_iter().map(move |(concept, weight)| {
            let count = counts[&concept];
            let entry = trends.concepts().get(concept);
            vec![
                session.year.into(),
                session.id.as_str().into(),
                entry.key.as_str().into(),
                entry.label.as_str().into(),
                count.into(),
                Cell::Float(f64::from(count) / f64::from(matrix.tokens(row).max(1)), 6),
                Cell::Float(weight, 6),
                session.kind.name().into(),
                (count + inside.get(&concept).copied().unwrap_or(0)).into(),
            ]
        })
    };
    Rows {
        name: "term_frequencies",
        header: vec![
            "year",
            "session_id",
            "concept",
            "label",
            "count",
            "tf",
            "tfidf",
            "session_kind",
            "count_with_compounds",
        ],
        rows: Box::new((0..matrix.n_sessions()).flat_map(of_session)),
    }
}

fn terms_by_year(trends: &Trends) -> Rows<'_> {
    let matrix = trends.matrix();
    let mut sides: BTreeMap<(u32, i32), Side> = BTreeMap::new();
    for row in 0..matrix.n_sessions() {
        let talk = crate::trends::counts_as_talk(matrix.kind(row), trends.include_framing());
        for term in matrix.row(row) {
            let side = sides.entry((term.concept, matrix.year(row))).or_default();
            if talk {
                side.count += u64::from(term.count);
                side.sessions += 1;
                side.sessions_with_compounds += 1;
            } else {
                side.framing += u64::from(term.count);
            }
        }
        for term in matrix.in_compounds(row).iter().filter(|_| talk) {
            let side = sides.entry((term.concept, matrix.year(row))).or_default();
            let alone = matrix.row(row).binary_search_by_key(&term.concept, |t| t.concept).is_err();
            side.in_compounds += u64::from(term.count);
            side.sessions_with_compounds += usize::from(alone);
        }
    }
    let sizes: BTreeMap<i32, (usize, u64)> = trends.years().into_iter().map(|y| (y, trends.year_size(y))).collect();
    let rows = sides.into_iter().map(move |((concept, year), mut side)| {
        (side.n_sessions, side.tokens) = sizes.get(&year).copied().unwrap_or_default();
        let entry = trends.concepts().get(concept);
        vec![
            entry.key.as_str().into(),
            entry.label.as_str().into(),
            year.into(),
            side.count.into(),
            rate(side.per_thousand()),
            side.sessions.into(),
            rate(side.share()),
            side.framing.into(),
            side.count_with_compounds().into(),
            side.sessions_with_compounds.into(),
        ]
    });
    Rows {
        name: "terms_by_year",
        header: vec![
            "concept",
            "label",
            "year",
            "count",
            "per_1000_tokens",
            "sessions",
            "session_share",
            "framing_count",
            "count_with_compounds",
            "sessions_with_compounds",
        ],
        rows: Box::new(rows),
    }
}

/// Columns of terms, appended to those of all shifts: the figures with compounds.
const COMPOUND_COLUMNS: [&str; 4] = [
    "count_with_compounds_from",
    "count_with_compounds_to",
    "sessions_with_compounds_from",
    "sessions_with_compounds_to",
];

pub(super) const SHIFT_COLUMNS: [&str; 19] = [
    "from_year",
    "to_year",
    "count_from",
    "count_to",
    "per_1000_from",
    "per_1000_to",
    "sessions_from",
    "sessions_to",
    "share_from",
    "share_to",
    "effect",
    "log_odds",
    "log_odds_z_descriptive",
    "framing_from",
    "framing_to",
    "talks_from",
    "talks_to",
    "one_talk",
    "z_without_top_talk_descriptive",
];

pub(super) fn shift_cells(shift: &Shift) -> Vec<Cell> {
    vec![
        shift.comparison.from.to_string().into(),
        shift.comparison.to.to_string().into(),
        shift.from.count.into(),
        shift.to.count.into(),
        rate(shift.from.per_thousand()),
        rate(shift.to.per_thousand()),
        shift.from.sessions.into(),
        shift.to.sessions.into(),
        rate(shift.from.share()),
        rate(shift.to.share()),
        rate(shift.effect),
        rate(shift.log_odds),
        rate(shift.z),
        shift.from.framing.into(),
        shift.to.framing.into(),
        shift.from.n_sessions.into(),
        shift.to.n_sessions.into(),
        shift.one_session.into(),
        rate(shift.z_without_top),
    ]
}

fn term_shifts<'t>(trends: &'t Trends, limit: &mut Limit) -> Rows<'t> {
    let kinds: BTreeMap<&str, &str> = trends.concepts().all().iter().map(|c| (c.key.as_str(), c.kind.name())).collect();
    let mut shifts: Vec<&Shift> = trends.term_shifts().iter().collect();
    let max = limit.max_rows;
    if shifts.len() > max {
        limit.cut("term_shifts", &format!("the {max} shifts with most mentions"), shifts.len());
        let mut order: Vec<usize> = (0..shifts.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(shifts[i].from.count + shifts[i].to.count), i));
        order.truncate(max);
        order.sort_unstable();
        shifts = order.into_iter().map(|i| shifts[i]).collect();
    }
    let rows = shifts.into_iter().map(move |s| {
        let mut row = vec![s.key.as_str().into(), s.label.as_str().into()];
        row.extend(shift_cells(s));
        row.extend([kinds.get(s.key.as_str()).copied().unwrap_or_default().into(), s.ranked.into()]);
        row.extend([s.from.count_with_compounds().into(), s.to.count_with_compounds().into()]);
        row.extend([s.from.sessions_with_compounds.into(), s.to.sessions_with_compounds.into()]);
        row.extend(test_cells(s));
        row
    });
    let header = ["concept", "label"]
        .into_iter()
        .chain(SHIFT_COLUMNS)
        .chain(["kind", "ranked"])
        .chain(COMPOUND_COLUMNS)
        .chain(TEST_COLUMNS)
        .collect();
    Rows { name: "term_shifts", header, rows: Box::new(rows) }
}

/// The rules by which spellings were merged; `hand` where a file says so.
fn rules_of(concept: &Concept) -> String {
    let hand = concept.by_hand.then_some("hand");
    concept.rules.iter().map(|r| r.name()).chain(hand).collect::<Vec<_>>().join("; ")
}

fn concepts(trends: &Trends) -> Table {
    let rows = trends
        .concepts()
        .all()
        .iter()
        .enumerate()
        .filter(|(id, c)| !c.spellings.is_empty() || !trends.concepts().containing(*id as u32).is_empty());
    let rows = rows.map(|(_, c)| {
        let spellings: Vec<String> = c.spellings.iter().map(|(s, n)| format!("{s}={n}")).collect();
        vec![
            c.key.as_str().into(),
            c.label.as_str().into(),
            c.kind.name().into(),
            c.components.join("; ").into(),
            spellings.join("; ").into(),
            c.is_ranked().into(),
            rules_of(c).into(),
            c.same_as.join("; ").into(),
            c.tag.map_or("", |t| t.name()).into(),
        ]
    });
    Table {
        name: "concepts",
        header: vec!["concept", "label", "kind", "components", "spellings", "ranked", "rules", "same_as", "tag"],
        rows: rows.collect(),
    }
}

/// Sentences that are not counted since many sessions repeat them.
fn boilerplate(trends: &Trends) -> Table {
    let rows = trends.concepts().boilerplate().iter().map(|b| {
        let session = &trends.corpus().sessions()[b.first_session];
        let (id, text) = (session.id.as_str(), b.text.as_str());
        vec![b.sessions.into(), b.kind.name().into(), session.year.into(), id.into(), text.into()]
    });
    Table {
        name: "boilerplate",
        header: vec!["sessions", "kind", "first_year", "first_session_id", "sentence"],
        rows: rows.collect(),
    }
}

fn theme_shifts(trends: &Trends) -> Table {
    let parents: BTreeMap<&str, &str> = trends
        .themes()
        .into_iter()
        .flat_map(|t| &t.themes.themes)
        .filter_map(|t| Some((t.name.as_str(), t.parent.as_deref()?)))
        .collect();
    let rows = trends.theme_shifts().iter().map(|s| {
        let parent = parents.get(s.key.as_str()).copied().unwrap_or_default();
        let mut row: Vec<Cell> = vec![s.key.as_str().into(), s.label.as_str().into(), parent.into()];
        row.extend(shift_cells(s));
        row.extend(test_cells(s));
        row
    });
    Table {
        name: "theme_shifts",
        header: ["theme", "label", "parent"].into_iter().chain(SHIFT_COLUMNS).chain(TEST_COLUMNS).collect(),
        rows: rows.collect(),
    }
}

fn theme_sessions(trends: &Trends) -> Table {
    let mut rows = Vec::new();
    if let Some(themes) = trends.themes() {
        for (id, theme) in themes.themes.themes.iter().enumerate() {
            for row in 0..trends.matrix().n_sessions() {
                let index = trends.matrix().session(row);
                let mentions = themes.sessions[[index, id]];
                if mentions > 0.0 {
                    let session = &trends.corpus().sessions()[index];
                    let weight = 1000.0 * mentions / f64::from(trends.matrix().tokens(row).max(1));
                    rows.push(vec![
                        theme.name.as_str().into(),
                        session.year.into(),
                        session.id.as_str().into(),
                        (mentions as u64).into(),
                        rate(weight),
                        session.kind.name().into(),
                    ]);
                }
            }
        }
    }
    Table {
        name: "theme_sessions",
        header: vec!["theme", "year", "session_id", "mentions", "weight", "session_kind"],
        rows,
    }
}

fn theme_spellings(trends: &Trends) -> Table {
    let mut rows = Vec::new();
    if let Some(themes) = trends.themes() {
        for s in &themes.spellings {
            let theme = &themes.themes.themes[s.theme];
            rows.push(vec![
                theme.name.as_str().into(),
                theme.label(trends.language()).into(),
                s.year.into(),
                s.spelling.as_str().into(),
                s.talks.into(),
                s.framing.into(),
            ]);
        }
    }
    Table {
        name: "theme_spellings",
        header: vec!["theme", "label", "year", "spelling", "count", "framing_count"],
        rows,
    }
}

fn evidence<'t>(trends: &'t Trends, limit: &mut Limit) -> Rows<'t> {
    let all = trends.evidence();
    let max = limit.max_rows;
    if all.len() > max {
        limit.cut("evidence", &format!("the first {max} quotes"), all.len());
    }
    let rows = all.iter().take(max).map(move |e| {
        let session = &trends.corpus().sessions()[e.session];
        vec![
            e.kind.name().into(),
            e.key.as_str().into(),
            e.year.into(),
            session.id.as_str().into(),
            trends.corpus().documents()[session.document].source.as_str().into(),
            e.line.into(),
            e.span.start.into(),
            e.span.end.into(),
            e.quote.as_str().into(),
            match e.field {
                Field::Text => "text",
                Field::Title => "title",
            }
            .into(),
            e.mentions.into(),
            e.spellings.join("; ").into(),
            session.kind.name().into(),
        ]
    });
    Rows {
        name: "evidence",
        header: vec![
            "kind",
            "key",
            "year",
            "session_id",
            "source",
            "line",
            "byte_start",
            "byte_end",
            "quote",
            "field",
            "mentions",
            "spellings",
            "session_kind",
        ],
        rows: Box::new(rows),
    }
}

/// Sessions of a kind in each year.
pub(super) fn sessions_by_kind(trends: &Trends) -> BTreeMap<i32, BTreeMap<SessionKind, usize>> {
    let mut counts: BTreeMap<i32, BTreeMap<SessionKind, usize>> = BTreeMap::new();
    for session in trends.corpus().sessions() {
        *counts.entry(session.year).or_default().entry(session.kind).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain() {
        for (value, digits, text) in
            [(0.012_34, 4, "0.0123"), (4.0, 4, "4"), (-0.000_01, 4, "0"), (1000.0, 0, "1000"), (-2.5, 4, "-2.5")]
        {
            assert_eq!(plain_number(value, digits), text);
        }
    }
}
