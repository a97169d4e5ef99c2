//! The tables, as rows of typed cells. Their headers are frozen in docs/data-format.md.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::statistics::{TEST_COLUMNS, test_cells};
use crate::corpus::{Corpus, SessionKind};
use crate::counts::reading::Field;
use crate::counts::{Concept, Term};
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
    // Nearly all numbers are small, and far enough from a half that a product rounded once tells which way to round.
    let scaled = value.abs() * 10_f64.powi(digits as i32);
    if digits <= 9 && scaled < 1e9 && ((scaled - scaled.floor()) - 0.5).abs() > 1e-6 {
        return decimal(value < 0.0, scaled.round() as u64, digits);
    }
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".into() } else { text.to_owned() }
}

/// `number` of the last of `digits` decimals, without trailing zeros.
fn decimal(is_negative: bool, mut number: u64, mut digits: usize) -> String {
    let is_negative = is_negative && number > 0;
    while digits > 0 && number.is_multiple_of(10) {
        number /= 10;
        digits -= 1;
    }
    // From the end: decimals, the point, and at least one digit before it.
    let mut bytes = [0; 24];
    let mut at = bytes.len();
    let mut n = 0;
    while number > 0 || n <= digits {
        if n > 0 && n == digits {
            at -= 1;
            bytes[at] = b'.';
        }
        at -= 1;
        bytes[at] = b'0' + (number % 10) as u8;
        number /= 10;
        n += 1;
    }
    if is_negative {
        at -= 1;
        bytes[at] = b'-';
    }
    String::from_utf8_lossy(&bytes[at..]).into_owned()
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
        concepts(trends),
        super::persons::table(trends).into(),
        boilerplate(trends).into(),
    ];
    if trends.themes().is_some() {
        tables.extend([theme_shifts(trends), theme_sessions(trends), theme_spellings(trends)].map(Rows::from));
    }
    tables.extend(super::cover::tables(trends));
    tables.extend(super::found::tables(trends).into_iter().map(Rows::from));
    tables.extend(super::ranks::table(trends).map(Rows::from));
    tables.extend(super::successions::table(trends).map(Rows::from));
    tables.extend(super::statistics::tables(trends));
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
        let count_in = |terms: &[Term], concept: u32| {
            terms.binary_search_by_key(&concept, |t| t.concept).map_or(0, |at| terms[at].count)
        };
        let terms = match top {
            Some(top) => trends.top_terms(row, top, false),
            None => trends.weights(row, false).collect(),
        };
        terms.into_iter().map(move |(concept, weight)| {
            let (count, inside) = (count_in(matrix.row(row), concept), count_in(matrix.in_compounds(row), concept));
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
                (count + inside).into(),
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
    /// Concepts that are counted together: what is held follows this, not the corpus.
    const BLOCK: usize = 1 << 13;
    let years: Vec<i32> = {
        let of_rows: BTreeSet<i32> = (0..trends.matrix().n_sessions()).map(|row| trends.matrix().year(row)).collect();
        of_rows.into_iter().collect()
    };
    let sizes: Vec<(usize, u64)> = years.iter().map(|&year| trends.year_size(year)).collect();
    let n = trends.matrix().n_concepts();
    let rows = (0..n).step_by(BLOCK).flat_map(move |first| {
        let sides = yearly_sides(trends, &years, first..(first + BLOCK).min(n));
        let (years, sizes) = (years.clone(), sizes.clone());
        sides.into_iter().enumerate().filter_map(move |(at, side)| {
            let mut side = side?;
            let (concept, year) = ((first + at / years.len()) as u32, at % years.len());
            (side.n_sessions, side.tokens) = sizes[year];
            let entry = trends.concepts().get(concept);
            Some(vec![
                entry.key.as_str().into(),
                entry.label.as_str().into(),
                years[year].into(),
                side.count.into(),
                rate(side.per_thousand()),
                side.sessions.into(),
                rate(side.share()),
                side.framing.into(),
                side.count_with_compounds().into(),
                side.sessions_with_compounds.into(),
            ])
        })
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

/// The counts of some concepts in each year, by concept and year; `None` where there is nothing.
fn yearly_sides(trends: &Trends, years: &[i32], concepts: Range<usize>) -> Vec<Option<Side>> {
    let matrix = trends.matrix();
    let mut sides: Vec<Option<Side>> = vec![None; concepts.len() * years.len()];
    let wanted = |terms: &'_ [Term]| {
        let from = terms.partition_point(|t| (t.concept as usize) < concepts.start);
        from..from + terms[from..].partition_point(|t| (t.concept as usize) < concepts.end)
    };
    for row in 0..matrix.n_sessions() {
        let talk = crate::trends::counts_as_talk(matrix.kind(row), trends.include_framing());
        let year = years.binary_search(&matrix.year(row)).expect("the years of all rows");
        let place = |term: &Term| (term.concept as usize - concepts.start) * years.len() + year;
        let (own, inside) = (matrix.row(row), matrix.in_compounds(row));
        for term in &own[wanted(own)] {
            let side = sides[place(term)].get_or_insert_default();
            if talk {
                side.count += u64::from(term.count);
                side.sessions += 1;
                side.sessions_with_compounds += 1;
            } else {
                side.framing += term.count;
            }
        }
        for term in inside[wanted(inside)].iter().filter(|_| talk) {
            let side = sides[place(term)].get_or_insert_default();
            let alone = own.binary_search_by_key(&term.concept, |t| t.concept).is_err();
            side.in_compounds += term.count;
            side.sessions_with_compounds += usize::from(alone);
        }
    }
    sides
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
    let (n, max) = (trends.term_shifts().len(), limit.max_rows);
    if n > max {
        limit.cut("term_shifts", &format!("the {max} shifts with most mentions"), n);
    }
    let header = ["concept", "label"]
        .into_iter()
        .chain(SHIFT_COLUMNS)
        .chain(["kind", "ranked"])
        .chain(COMPOUND_COLUMNS)
        .chain(TEST_COLUMNS)
        .collect();
    let rows = std::iter::once(()).flat_map(move |()| term_shift_rows(trends, max));
    Rows { name: "term_shifts", header, rows: Box::new(rows) }
}

/// The shifts of most mentions, `max` at most, in their order.
fn term_shift_rows(trends: &Trends, max: usize) -> impl Iterator<Item = Vec<Cell>> {
    let kinds: FxHashMap<&str, &str> =
        trends.concepts().all().iter().map(|c| (c.key.as_str(), c.kind.name())).collect();
    let shifts = trends.term_shifts();
    let mut order: Vec<usize> = (0..shifts.len()).collect();
    if shifts.len() > max {
        order.select_nth_unstable_by_key(max, |&i| (Reverse(shifts[i].from.count + shifts[i].to.count), i));
        order.truncate(max);
        order.sort_unstable();
    }
    order.into_iter().map(move |i| {
        let s = &shifts[i];
        let mut row = vec![s.key.as_str().into(), s.label.as_str().into()];
        row.extend(shift_cells(s));
        row.extend([kinds.get(s.key.as_str()).copied().unwrap_or_default().into(), s.ranked.into()]);
        row.extend([s.from.count_with_compounds().into(), s.to.count_with_compounds().into()]);
        row.extend([s.from.sessions_with_compounds.into(), s.to.sessions_with_compounds.into()]);
        row.extend(test_cells(s));
        row
    })
}

/// The rules by which spellings were merged; `hand` where a file says so.
fn rules_of(concept: &Concept) -> String {
    let hand = concept.by_hand.then_some("hand");
    concept.rules.iter().map(|r| r.name()).chain(hand).collect::<Vec<_>>().join("; ")
}

fn concepts(trends: &Trends) -> Rows<'_> {
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
    Rows {
        name: "concepts",
        header: vec!["concept", "label", "kind", "components", "spellings", "ranked", "rules", "same_as", "tag"],
        rows: Box::new(rows),
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

    proptest::proptest! {
        #[test]
        fn numbers_are_rounded_as_formatting_does(
            value in proptest::num::f64::ANY, small in -9999.0..9999.0, half in -99_999..99_999_i32, digits in 0..7_usize,
        ) {
            for value in [value, small, f64::from(half) / 2.0, f64::from(half) / 1000.0, f64::from(half) / 2e5] {
                let text = format!("{value:.digits$}");
                let text = if digits > 0 && value.is_finite() { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
                proptest::prop_assert_eq!(plain_number(value, digits), if text == "-0" { "0" } else { text });
            }
        }
    }
}
