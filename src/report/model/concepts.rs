//! The terms of a page: what moved, the table over all of them, and what shows each.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::links::{Links, TOP};
use super::view::{Entry, Line, Quote, View, short_quote, short_title};
use super::{ON_PAPER, SHIFT_NUMERIC, both_sides, shift_head, shift_row};
use crate::corpus::Year;
use crate::counts::ConceptId;
use crate::report::words::Words;
use crate::trends::{Comparison, Evidence, EvidenceKind, Shift, Trends, Verdict, counts_as_talk};

/// Quotes of a term.
const QUOTES: usize = 3;
/// Spellings of a term.
const SPELLINGS: usize = 12;
/// Talks of a term that are named.
const TALKS: usize = 8;

/// What rose and what fell in one comparison.
#[derive(Debug, Serialize)]
pub(in crate::report) struct ComparisonView {
    pub title: String,
    pub lists: Vec<View>,
}

/// A term with what shows it.
#[derive(Debug, Serialize)]
pub(in crate::report) struct ConceptView {
    pub id: String,
    pub label: String,
    pub line: String,
    pub spellings: String,
    /// Talks in each year, where there are more than two.
    pub years: String,
    /// Talks that name it, where they are few.
    pub talks: Line,
    pub quotes: Vec<(String, Vec<Quote>)>,
}

/// The lists of a comparison: more often, less often; of the main one also what is new, gone and the same.
pub(super) fn comparison(trends: &Trends, comparison: Comparison, links: &Links<'_>, w: Words) -> ComparisonView {
    let mut lists = Vec::new();
    for rising in [true, false] {
        let rows = trends.ranking(rising, Some(comparison)).top(TOP).rows;
        let clusters = rows.iter().any(|s| s.mark().contains('†'));
        let note = if clusters {
            w.pick(
                " † nur eine Gruppe von Vorträgen (eine Veranstaltung, ein Redner).",
                " † a single cluster of talks (one event, one speaker).",
            )
        } else {
            ""
        };
        lists.push(shift_view(
            rows,
            comparison,
            &format!("{}{note}", caption(rising, w)),
            w.pick("Begriff", "Term"),
            links,
            w,
        ));
    }
    if Some(comparison) == trends.main_comparison() {
        lists.extend(by_verdict(trends, comparison, links, w));
    }
    ComparisonView { title: format!("{} → {}", comparison.from, comparison.to), lists }
}

fn caption(rising: bool, w: Words) -> &'static str {
    if rising {
        w.fixed_text(
            "Häufiger geworden. Zuerst, was mehr als ein Vortrag nennt; * nur ein Vortrag. Nennungen in Zusammensetzungen (KI in KI-Lösungen) stehen nur in der letzten Spalte.",
            "More frequent. What more than one talk names comes first; * a single talk. Mentions inside compounds (AI in AI-powered) stand in the last column only.",
        )
    } else {
        w.fixed_text(
            "Seltener geworden. Zuerst, was mehr als ein Vortrag nannte; * nur ein Vortrag. Nennungen in Zusammensetzungen stehen nur in der letzten Spalte.",
            "Rarer. What more than one talk named comes first; * a single talk. Mentions inside compounds stand in the last column only.",
        )
    }
}

/// What is new, what is gone, and what stayed the same by its interval; lists without rows are left out.
fn by_verdict(trends: &Trends, comparison: Comparison, links: &Links<'_>, w: Words) -> Vec<View> {
    let captions = [
        (Verdict::New, w.pick("Neu: vorher in keinem Vortrag genannt.", "New: no talk named it before.")),
        (Verdict::Gone, w.pick("Nicht mehr genannt.", "Gone: no talk names it any more.")),
        (
            Verdict::Stable,
            w.pick(
                "Gleich geblieben: Der 90-%-Bereich liegt zwischen ÷1,5 und ×1,5. Nach Nennungen.",
                "The same: the 90 % interval lies between ÷1.5 and ×1.5. By mentions.",
            ),
        ),
    ];
    let views = captions.into_iter().map(|(verdict, caption)| {
        let shifts = trends.term_shifts().iter();
        let mut rows: Vec<&Shift> =
            shifts.filter(|s| s.comparison == comparison && s.ranked && s.test.verdict == verdict).collect();
        rows.retain(|s| !s.test.is_empty());
        if verdict == Verdict::Stable {
            let mentions = |s: &Shift| s.from.count + s.to.count;
            rows.sort_by(|a, b| mentions(b).cmp(&mentions(a)).then(a.key.cmp(&b.key)));
        } else {
            rows.sort_by(|a, b| a.by_strength(b));
        }
        rows.truncate(TOP);
        shift_view(rows, comparison, caption, w.pick("Begriff", "Term"), links, w)
    });
    views.filter(|view| !view.rows.is_empty()).collect()
}

/// Shifts as a table, each number linked to what shows it.
pub(in crate::report) fn shift_view(
    rows: Vec<&Shift>,
    comparison: Comparison,
    caption: &str,
    what: &str,
    links: &Links<'_>,
    w: Words,
) -> View {
    let rows = rows.into_iter().map(|s| row(s, links.concept(&s.key), w));
    table(caption, comparison, what, rows, w)
}

/// A shift with its compounds; its numbers are linked where there is a link.
fn row(s: &Shift, link: Option<String>, w: Words) -> Vec<Entry> {
    let (from, to) = (s.from.count_with_compounds(), s.to.count_with_compounds());
    let compounds = Entry::from(format!("{} → {}", w.count(from), w.count(to))).worth(to as f64);
    let mut row = shift_row(s, format!("{}{}", s.label, s.mark()), link, w);
    row.push(compounds);
    row
}

fn table(caption: &str, comparison: Comparison, what: &str, rows: impl Iterator<Item = Vec<Entry>>, w: Words) -> View {
    let mut head = shift_head(comparison, what, w);
    head.push(w.pick("mit Zusammensetzungen", "with compounds").to_owned());
    let numeric = SHIFT_NUMERIC.into_iter().chain([true]).collect();
    View::new(caption, head, numeric, rows)
}

/// The table over all terms that the page lists; nothing without a comparison.
pub(super) fn all(trends: &Trends, links: &Links<'_>, w: Words) -> Option<View> {
    let comparison = trends.main_comparison()?;
    let shifts = of_main(trends);
    let is_row = |s: &&Shift| s.ranked && s.from.count + s.to.count > 0;
    let rows: Vec<&Shift> = links.listed().iter().filter_map(|key| shifts.get(key).copied()).filter(is_row).collect();
    let of_all = shifts.values().copied().filter(|s| is_row(s)).count();
    let (n, of_all) = (w.count(rows.len()), w.count(of_all));
    let caption = if w.is_german() {
        format!(
            "{n} von {of_all} Begriffen, die mit der deutlichsten Veränderung zuerst; alle stehen in tables/term_shifts.csv. * nur ein Vortrag."
        )
    } else {
        format!(
            "{n} of {of_all} terms, those of the clearest change first; all are in tables/term_shifts.csv. * a single talk."
        )
    };
    // One link a row keeps it short; a script makes the numbers follow it.
    let entries = rows.iter().map(|s| {
        let mut entries = row(s, None, w);
        entries[0].link = links.concept(&s.key);
        entries
    });
    let view = table(&caption, comparison, w.pick("Begriff", "Term"), entries, w);
    (!rows.is_empty()).then(|| view.sortable())
}

/// Shifts of concepts in the main comparison, by key.
fn of_main(trends: &Trends) -> FxHashMap<&str, &Shift> {
    let main = trends.main_comparison();
    let shifts = trends.term_shifts().iter().filter(|s| Some(s.comparison) == main);
    shifts.map(|s| (s.key.as_str(), s)).collect()
}

/// What shows each term of the page, in the order of its table.
pub(super) fn evidence(trends: &Trends, links: &Links<'_>, w: Words) -> Vec<ConceptView> {
    let shifts = of_main(trends);
    let ids: FxHashMap<&str, usize> =
        trends.concepts().all().iter().enumerate().map(|(id, c)| (c.key.as_str(), id)).collect();
    let wanted = links.listed().iter().filter_map(|key| Some((*key, *ids.get(key)?)));
    let wanted: Vec<(&str, usize)> = wanted.collect();
    let rows = rows_of(trends, &wanted);
    let view = |&(key, id): &(&str, usize)| {
        let concept = &trends.concepts().all()[id];
        let more = concept.spellings.len().saturating_sub(SPELLINGS);
        let spellings = concept.spellings.iter().take(SPELLINGS).map(|(s, n)| format!("{s} {}", w.count(*n)));
        let rest = (more > 0).then(|| format!("… (+{more})"));
        let own: &[usize] = rows.get(&(id as ConceptId)).map_or(&[], Vec::as_slice);
        ConceptView {
            id: links.concept(key).unwrap_or_default(),
            label: concept.label.clone(),
            line: shifts.get(key).map(|s| both_sides(s, w)).unwrap_or_default(),
            spellings: spellings.chain(rest).collect::<Vec<_>>().join(", "),
            years: years(trends, own, w),
            talks: talks(trends, own, links, w),
            quotes: quotes(trends, key, links, w),
        }
    };
    wanted.iter().map(view).collect()
}

/// The rows of the matrix that name each wanted concept: talks only.
fn rows_of(trends: &Trends, wanted: &[(&str, usize)]) -> FxHashMap<ConceptId, Vec<usize>> {
    let matrix = trends.matrix();
    let mut rows: FxHashMap<ConceptId, Vec<usize>> =
        wanted.iter().map(|&(_, id)| (id as ConceptId, Vec::new())).collect();
    for row in (0..matrix.n_sessions()).filter(|&r| counts_as_talk(matrix.kind(r), trends.include_framing())) {
        for term in matrix.row(row) {
            if let Some(own) = rows.get_mut(&term.concept) {
                own.push(row);
            }
        }
    }
    rows
}

/// `2023: 4 von 120, 2024: 9 von 131`; nothing where the line above says it already.
fn years(trends: &Trends, rows: &[usize], w: Words) -> String {
    let all = trends.years();
    if all.len() <= 2 {
        return String::new();
    }
    let mut talks: BTreeMap<Year, usize> = BTreeMap::new();
    rows.iter().for_each(|&row| *talks.entry(trends.matrix().year(row)).or_default() += 1);
    let of = w.pick("von", "of");
    let one = |year: &Year| {
        let n = talks.get(year).copied().unwrap_or(0);
        format!("{year}: {} {of} {}", w.count(n), w.count(trends.year_size(*year).0))
    };
    all.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Talks that name a term or theme, by year; a few of them, and none in a corpus of many talks, where quotes lead to some.
pub(super) fn talks(trends: &Trends, rows: &[usize], links: &Links<'_>, w: Words) -> Line {
    if trends.corpus().sessions().len() > ON_PAPER {
        return Line::default();
    }
    let matrix = trends.matrix();
    let listed: Vec<(usize, String)> =
        rows.iter().filter_map(|&row| Some((row, links.talk(matrix.session(row))?))).collect();
    let name = |(row, link): &(usize, String)| {
        let session = &trends.corpus().sessions()[matrix.session(*row)];
        let title = short_title(session.title_or_id());
        Line::default().text(format!("{}: ", session.year)).link(title, Some(link.clone()))
    };
    let line = Line::default().joined(listed.iter().take(TALKS).map(name), " · ");
    let more = listed.len().saturating_sub(TALKS);
    if more > 0 { line.text(format!(" … (+{})", w.count(more))) } else { line }
}

/// Three quotes: of the later side, of the earlier, then of either, from as many talks as possible.
fn quotes(trends: &Trends, key: &str, links: &Links<'_>, w: Words) -> Vec<(String, Vec<Quote>)> {
    let is_talk = |e: &&Evidence| counts_as_talk(trends.corpus().sessions()[e.session].kind, trends.include_framing());
    let all: Vec<&Evidence> = trends.quotes(EvidenceKind::Concept, key).filter(is_talk).collect();
    let side = |e: &Evidence| {
        let main = trends.main_comparison();
        main.map_or(2, |m| if m.to.contains(e.year) { 0 } else { 2 - usize::from(m.from.contains(e.year)) })
    };
    let mut chosen: Vec<&Evidence> = Vec::new();
    for wanted in [0, 1, 0, 1, 2, 2, 2] {
        let free = |e: &&&Evidence| side(e) == wanted && !chosen.contains(*e);
        let fresh = all.iter().filter(free).find(|e| chosen.iter().all(|c| c.session != e.session));
        if let Some(&next) = fresh.or_else(|| all.iter().find(free)).filter(|_| chosen.len() < QUOTES) {
            chosen.push(next);
        }
    }
    let mut years: BTreeMap<Year, Vec<&Evidence>> = BTreeMap::new();
    chosen.into_iter().for_each(|e| years.entry(e.year).or_default().push(e));
    let year = |(year, quotes): (Year, Vec<&Evidence>)| {
        (year.to_string(), quotes.into_iter().map(|e| short_quote(trends, e, links, w)).collect())
    };
    years.into_iter().map(year).collect()
}
