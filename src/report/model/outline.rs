//! The sessions of a page: what each talk is about, and which talk of another year is nearest to it.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::links::Links;
use super::view::Line;
use crate::corpus::{SessionKind, Year};
use crate::counts::ConceptId;
use crate::report::words::Words;
use crate::trends::{Nearest, ThemeCounts, Trends};

/// More talks than these are not listed in the page.
const MAX_LISTED: usize = 2000;
/// Key terms of a talk.
const KEY_TERMS: usize = 5;
/// A talk that is less alike than this is not shown as the nearest.
const NEAR: f64 = 0.1;
/// Themes with a colour of their own in the bars.
const COLOURS: usize = 6;

/// The talks of a year.
#[derive(Debug, Serialize)]
pub(in crate::report) struct YearView {
    pub year: String,
    pub talks: Vec<TalkView>,
}

/// A talk of the outline.
#[derive(Debug, Serialize)]
pub(in crate::report) struct TalkView {
    pub id: String,
    pub title: String,
    pub speakers: String,
    pub place: String,
    pub terms: Line,
    /// Its themes with their mentions.
    pub themes: Line,
    pub bar: Vec<Segment>,
    pub nearest: Option<Line>,
}

/// A part of a bar of themes: where it begins and how long it is, in percent; which colour.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Segment {
    pub start: f64,
    pub length: f64,
    pub colour: usize,
}

/// A theme that has a colour of its own.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Colour {
    pub label: String,
    pub colour: usize,
}

/// Whether the page lists talks at all.
pub(super) fn is_listed(trends: &Trends) -> bool {
    trends.corpus().sessions().iter().filter(|s| s.kind == SessionKind::Session).count() <= MAX_LISTED
}

/// The top-level themes of most mentions; the others share a colour.
pub(super) fn colours(trends: &Trends, w: Words) -> Vec<Colour> {
    let Some(counts) = trends.themes() else { return Vec::new() };
    let chosen = coloured(counts);
    let own = chosen.iter().enumerate().map(|(colour, &theme)| Colour {
        label: counts.themes.themes[theme].label(trends.language()).to_owned(),
        colour,
    });
    let rest = (top_level(counts).count() > chosen.len())
        .then(|| Colour { label: w.pick("andere Themen", "other themes").to_owned(), colour: COLOURS });
    own.chain(rest).collect()
}

fn top_level(counts: &ThemeCounts) -> impl Iterator<Item = usize> {
    let weight = |theme: usize| counts.years.column(theme).sum();
    let is_top = move |&theme: &usize| counts.themes.themes[theme].parent.is_none() && weight(theme) > 0.0;
    (0..counts.themes.themes.len()).filter(is_top)
}

fn coloured(counts: &ThemeCounts) -> Vec<usize> {
    let weight = |theme: usize| counts.years.column(theme).sum();
    let mut themes: Vec<usize> = top_level(counts).collect();
    themes.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
    themes.truncate(COLOURS);
    themes
}

/// The talks of each year; empty if there are too many.
pub(super) fn outline(trends: &Trends, links: &Links<'_>, w: Words) -> Vec<YearView> {
    if !is_listed(trends) {
        return Vec::new();
    }
    let coloured = trends.themes().map(coloured).unwrap_or_default();
    let nearest: FxHashMap<usize, &Nearest> = trends.nearest_talks().iter().map(|n| (n.row, n)).collect();
    let matrix = trends.matrix();
    let talks_of = |year: Year| {
        let rows =
            (0..matrix.n_sessions()).filter(move |&r| matrix.year(r) == year && matrix.kind(r) == SessionKind::Session);
        rows.map(|row| talk(trends, row, nearest.get(&row).copied(), &coloured, links, w)).collect()
    };
    trends.years().into_iter().map(|year| YearView { year: year.to_string(), talks: talks_of(year) }).collect()
}

fn talk(
    trends: &Trends,
    row: usize,
    nearest: Option<&Nearest>,
    coloured: &[usize],
    links: &Links<'_>,
    w: Words,
) -> TalkView {
    let index = trends.matrix().session(row);
    let session = &trends.corpus().sessions()[index];
    let source = &trends.corpus().documents()[session.document].source;
    let term = |(concept, _): (ConceptId, f64)| {
        let concept = trends.concepts().get(concept);
        Line::default().link(&concept.label, links.concept(&concept.key))
    };
    let terms = trends.top_terms(row, KEY_TERMS, true).into_iter().map(term);
    let (themes, bar) = themes(trends, index, coloured, links, w);
    TalkView {
        id: links.talk(index).unwrap_or_default(),
        title: session.title_or_id().to_owned(),
        speakers: session.speakers.join(", "),
        place: format!("{source}, {} {}–{}", w.pick("Zeile", "line"), session.first_line, session.last_line),
        terms: Line::default().joined(terms, ", "),
        themes,
        bar,
        nearest: nearest.filter(|n| n.cosine >= NEAR).map(|n| nearest_line(trends, n, links, w)),
    }
}

fn title(trends: &Trends, row: usize) -> &str {
    trends.corpus().sessions()[trends.matrix().session(row)].title_or_id()
}

/// Top-level themes of a session: a line, and a bar.
fn themes(trends: &Trends, session: usize, coloured: &[usize], links: &Links<'_>, w: Words) -> (Line, Vec<Segment>) {
    let Some(counts) = trends.themes() else { return (Line::default(), Vec::new()) };
    let mentions = |theme: usize| counts.sessions[[session, theme]];
    let mut named: Vec<usize> = top_level(counts).filter(|&theme| mentions(theme) > 0.0).collect();
    named.sort_by(|&a, &b| mentions(b).total_cmp(&mentions(a)).then(a.cmp(&b)));
    let total: f64 = named.iter().map(|&theme| mentions(theme)).sum();
    let name = |&theme: &usize| {
        let definition = &counts.themes.themes[theme];
        let label = definition.label(trends.language());
        Line::default().link(label, links.theme(&definition.name)).text(format!(" {}", w.count(mentions(theme) as u64)))
    };
    let round = |x: f64| (10.0 * x).round() / 10.0;
    let mut start = 0.0;
    let segment = |&theme: &usize| {
        let length = 100.0 * mentions(theme) / total;
        let colour = coloured.iter().position(|&c| c == theme).unwrap_or(COLOURS);
        start += length;
        Segment { start: round(start - length), length: round(length), colour }
    };
    (Line::default().joined(named.iter().map(name), " · "), named.iter().map(segment).collect())
}

/// `2025: Titel (Ähnlichkeit 0,31: KI, Chatbot), gegenseitig`
fn nearest_line(trends: &Trends, n: &Nearest, links: &Links<'_>, w: Words) -> Line {
    let shared: Vec<&str> = n.shared.iter().map(|&c| trends.concepts().get(c).label.as_str()).collect();
    let mutual = if n.mutual { w.pick(", gegenseitig", ", each the other’s nearest") } else { "" };
    let likeness = w.pick("Ähnlichkeit", "likeness");
    Line::default()
        .text(format!("{}: ", trends.matrix().year(n.other)))
        .link(title(trends, n.other), links.talk(trends.matrix().session(n.other)))
        .text(format!(" ({likeness} {}: {}){mutual}", w.number(n.cosine, 2), shared.join(", ")))
}

pub(super) fn note(trends: &Trends, w: Words) -> String {
    let note = if is_listed(trends) {
        w.pick(
            "Je Vortrag: die fünf Begriffe mit dem höchsten TF-IDF, Nennungen der Themen, und der ähnlichste Vortrag eines anderen Jahres (Kosinus der TF-IDF, 0 bis 1), ab 0,1.",
            "For each talk: the five terms with the highest TF-IDF, mentions of themes, and the most similar talk of another year (cosine of TF-IDF, 0 to 1), from 0.1 on.",
        )
    } else {
        w.pick(
            "Zu viele für diese Seite: siehe tables/sessions.csv, tables/term_frequencies.csv und tables/nearest_sessions.csv.",
            "Too many for this page: see tables/sessions.csv, tables/term_frequencies.csv and tables/nearest_sessions.csv.",
        )
    };
    note.to_owned()
}
