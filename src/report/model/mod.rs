//! What a report says, in words, before it has a form. Markdown and HTML only lay it out.

mod concepts;
mod links;
mod method;
mod outline;
mod summary;
mod view;

use serde::Serialize;

use super::cover;
use super::found::{self, FoundView};
use super::persons::{self, PersonsView};
use super::statistics;
use super::successions::{self, SuccessionsView};
use super::tables::sessions_by_kind;
use super::watch;
use super::words::Words;
use crate::corpus::SessionKind;
use crate::error::Warning;
use crate::stats::presence::smallest_telling;
use crate::trends::{Comparison, EvidenceKind, Shift, Trends, counts_as_talk};

pub(super) use concepts::shift_view;
use concepts::{ComparisonView, ConceptView};
pub(super) use links::{Links, TOP};
use method::MethodView;
use outline::{Colour, YearView};
use summary::Summary;
pub(super) use view::{Entry, Line, Quote, View, quote};

/// Talks that are listed in print, and with each term.
pub(super) const ON_PAPER: usize = 80;
/// Quotes of a theme and year in the page; the rest is in evidence.csv.
const QUOTES: usize = 3;
/// Sides whose sizes differ by no more than this factor can be compared by counts.
const ALIKE: f64 = 1.1;

/// A theme with what shows it.
#[derive(Debug, Serialize)]
pub(super) struct ThemeView {
    pub id: String,
    pub label: String,
    pub line: String,
    pub spellings: Vec<String>,
    /// Talks that name it, where they are few.
    pub talks: Line,
    pub quotes: Vec<(String, Vec<Quote>)>,
}

/// A whole report.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    pub lang: &'static str,
    pub title: String,
    pub lead: String,
    pub headings: Headings,
    pub summary: Summary,
    pub limits: Vec<String>,
    pub watched: Option<View>,
    pub sizes: View,
    pub theme_table: Option<View>,
    pub themes: Vec<ThemeView>,
    pub uncovered: Option<View>,
    pub added: Option<String>,
    pub successions: Vec<SuccessionsView>,
    pub found: Option<FoundView>,
    pub comparisons: Vec<ComparisonView>,
    pub all_concepts: Option<View>,
    pub evidence: Vec<ConceptView>,
    pub persons: Vec<PersonsView>,
    pub years: Vec<YearView>,
    /// Whether these are too many for paper.
    pub many_talks: bool,
    pub colours: Vec<Colour>,
    pub outline_note: String,
    pub method: MethodView,
    /// The tables beside the page, where there are any.
    pub files: Vec<FileView>,
    pub warnings: Vec<String>,
    pub version: &'static str,
}

/// A table beside the page.
#[derive(Debug, Serialize)]
pub(super) struct FileView {
    pub label: String,
    pub name: String,
    /// `31 kB`, of a table that is small.
    pub size: Option<String>,
    /// The table itself, if it is small enough, in base64; else it is linked.
    pub data: Option<String>,
}

/// Headings and fixed words.
#[derive(Debug, Serialize)]
pub(super) struct Headings {
    pub summary: String,
    pub limits: String,
    pub watched: String,
    pub sizes: String,
    pub themes: String,
    pub successions: String,
    pub found: String,
    pub subthemes: String,
    pub talks: String,
    pub concepts: String,
    pub persons: String,
    pub sessions: String,
    pub charts: String,
    pub method: String,
    pub warnings: String,
    pub quotes: String,
    pub spellings: String,
    pub made_by: String,
    pub contents: String,
    pub skip: String,
    pub more: String,
    pub all_concepts: String,
    pub evidence: String,
    pub evidence_note: String,
    pub talks_with: String,
    pub talks_by_year: String,
    pub themes_of_talk: String,
    pub nearest: String,
    pub files: String,
    pub files_note: String,
    pub settings: String,
    pub people: String,
    pub boilerplate: String,
    pub search: String,
    pub all_verdicts: String,
    pub verdict: String,
    pub shown: String,
    pub show_all: String,
    pub close: String,
}

impl Page {
    pub(super) fn new(trends: &Trends, title: &str) -> Self {
        let w = Words::new(trends.language());
        let links = &Links::new(trends);
        let years = trends.years();
        let span = match (years.first(), years.last()) {
            (Some(a), Some(b)) if a != b => format!("{a}–{b}"),
            (Some(a), _) => a.to_string(),
            _ => String::new(),
        };
        let n_talks: usize = years.iter().map(|&y| trends.year_size(y).0).sum();
        let default_title = format!("{}: {span}", w.pick("Wovon die Rede war", "What was talked about"));
        Self {
            lang: w.pick("de", "en"),
            title: if title.is_empty() { default_title } else { title.to_owned() },
            lead: format!("{}, {span}, {}", w.talks(n_talks), w.sources(trends.corpus().files().len())),
            headings: headings(w),
            summary: summary::summary(trends, links, w),
            limits: limits(trends, w),
            watched: watch::view(trends, links, w),
            sizes: sizes(trends, w),
            theme_table: trends
                .main_comparison()
                .filter(|_| trends.themes().is_some())
                .map(|c| theme_table(trends, c, links, w)),
            themes: theme_views(trends, links, w),
            uncovered: cover::view(trends, links, w),
            added: cover::added(trends, w),
            successions: successions::views(trends, links, w),
            found: found::view(trends, links, w),
            comparisons: trends
                .comparisons()
                .iter()
                .rev()
                .map(|&c| concepts::comparison(trends, c, links, w))
                .collect(),
            all_concepts: concepts::all(trends, links, w),
            evidence: concepts::evidence(trends, links, w),
            persons: persons::views(trends, links, w),
            years: outline::outline(trends, links, w),
            many_talks: trends.corpus().sessions().len() > ON_PAPER,
            colours: outline::colours(trends, w),
            outline_note: outline::note(trends, w),
            method: method::method(trends, w),
            files: Vec::new(),
            warnings: trends.warnings().iter().filter(|x| !is_limit(x)).map(|x| w.note(x)).collect(),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

fn headings(w: Words) -> Headings {
    let h = |de: &str, en: &str| w.pick(de, en).to_owned();
    Headings {
        summary: h("Was sich geändert hat", "What changed"),
        limits: h("Was die Daten nicht zeigen können", "What the data cannot show"),
        watched: h("Beobachtete Begriffe", "Watch terms"),
        sizes: h("Wie viel verglichen wird", "How much is compared"),
        themes: h("Themen", "Themes"),
        successions: h("Was an wessen Stelle trat", "What took the place of what"),
        found: h("Gefundene Themen", "Found themes"),
        subthemes: h("Teilthemen", "Subthemes"),
        talks: h("Vorträge", "Talks"),
        concepts: h("Begriffe", "Terms"),
        persons: h("Personen, von denen die Rede ist", "People talked about"),
        sessions: h("Vorträge und ihre Schlüsselbegriffe", "Talks and their key terms"),
        charts: h("Bilder", "Charts"),
        method: h("Wie gezählt wurde", "How it was counted"),
        warnings: h("Hinweise zum Lesen der Quellen", "Notes on reading the sources"),
        quotes: h("Zitate", "Quotes"),
        spellings: h("Gezählte Schreibweisen", "Spellings counted"),
        made_by: h("Erstellt mit wandel", "Made with wandel"),
        contents: h("Inhalt", "Contents"),
        skip: h("Zum Inhalt springen", "Skip to content"),
        more: h("Weitere Veränderungen", "More changes"),
        all_concepts: h("Alle Begriffe", "All terms"),
        evidence: h("Belege", "Evidence"),
        evidence_note: h(
            "Zu jedem Begriff bis zu drei Sätze der Quellen, genau wie sie dort stehen; mehr in tables/evidence.csv.",
            "For each term up to three sentences of the sources, exactly as they stand there; more in tables/evidence.csv.",
        ),
        talks_with: h("Genannt in", "Named in"),
        talks_by_year: h("Vorträge je Jahr", "Talks by year"),
        themes_of_talk: h("Themen", "Themes"),
        nearest: h("Am nächsten", "Nearest"),
        files: h("Tabellen", "Tables"),
        files_note: h(
            "Kleine Tabellen stecken in dieser Seite, große liegen neben ihr im Ordner tables.",
            "Small tables are inside this page, large ones lie beside it in the folder tables.",
        ),
        settings: h("Einstellungen", "Settings"),
        people: h("Namen, die nicht als Begriffe zählen", "Names that do not count as terms"),
        boilerplate: h("Wiederkehrende Sätze, die nicht zählen", "Repeated sentences that do not count"),
        search: h("Suchen", "Search"),
        all_verdicts: h("alle Urteile", "all verdicts"),
        verdict: h("Urteil", "Verdict"),
        shown: h("{n} von {all} gezeigt", "{n} of {all} shown"),
        show_all: h("Alle zeigen", "Show all"),
        close: h("Schließen", "Close"),
    }
}

/// `14 Nennungen in 4 von 13 Vorträgen (2025), zuvor 4 in 1 von 13 (2024)`.
pub(super) fn both_sides(s: &Shift, w: Words) -> String {
    let (from, to) = (s.comparison.from, s.comparison.to);
    let unseen = |n: usize| {
        let below = statistics::unseen_below(n, w);
        if w.is_german() { format!("Anteil unter {below} %") } else { format!("share below {below} %") }
    };
    let (n, count) = (w.count(s.to.n_sessions), s.to.count);
    let now = match (count, w.is_german()) {
        (0, true) => format!("in keinem von {n} Vorträgen ({to}; {})", unseen(s.to.n_sessions)),
        (0, false) => format!("in none of {n} talks ({to}; {})", unseen(s.to.n_sessions)),
        (count, _) => format!("{} {} ({to})", w.mentions(count), w.in_talks(s.to.sessions, s.to.n_sessions)),
    };
    let (n, count, hit) = (w.count(s.from.n_sessions), s.from.count, w.count(s.from.sessions));
    let before = match (count, w.is_german()) {
        (0, true) => format!("zuvor in keinem von {n} ({from}; {})", unseen(s.from.n_sessions)),
        (0, false) => format!("after none of {n} ({from}; {})", unseen(s.from.n_sessions)),
        (count, german) => {
            // Where nothing was counted just before, it must be said what is.
            let counted = if s.to.count == 0 { w.mentions(count) } else { w.count(count) };
            if german {
                format!("zuvor {counted} in {hit} von {n} ({from})")
            } else {
                format!("after {counted} in {hit} of {n} ({from})")
            }
        }
    };
    format!("{now}, {before}")
}

/// Whether counts of two sides of these sizes can be compared.
pub(super) fn are_alike(a: f64, b: f64) -> bool {
    a.max(b) <= ALIKE * a.min(b)
}

/// `2 → 5`; of sides that differ in size the rates: `0,12 → 0,31 je 1.000 Wörter`.
pub(super) fn brief(s: &Shift, w: Words) -> String {
    if are_alike(s.from.tokens as f64, s.to.tokens as f64) {
        return format!("{} → {}", w.count(s.from.count), w.count(s.to.count));
    }
    let (from, to) = (w.two_digits(s.from.per_thousand()), w.two_digits(s.to.per_thousand()));
    format!("{from} → {to} {}", w.pick("je 1.000 Wörter", "per 1,000 words"))
}

/// What must be said of a shift that is not there without the talk that names it most.
fn mostly_one(s: &Shift, w: Words) -> &'static str {
    if s.one_session {
        w.fixed_text(", ein Vortrag", ", one talk")
    } else if s.z * s.z_without_top <= 0.0 {
        w.fixed_text(", überwiegend ein Vortrag", ", mostly one talk")
    } else {
        ""
    }
}

fn limits(trends: &Trends, w: Words) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(main) = trends.main_comparison() {
        let size = |side: crate::trends::YearSet| {
            trends.years().into_iter().filter(|&y| side.contains(y)).map(|y| trends.year_size(y).0).sum::<usize>()
        };
        let (a, b) = (size(main.from), size(main.to));
        let needed = smallest_telling(a.min(2000), b.min(2000));
        lines.push(match (needed, w.is_german()) {
            (Some(k), true) => format!("{} gegen {}: Selbst was {} in keinem Vortrag vorkam, müsste {} in mindestens {k} von {} stehen, ehe bloßer Zufall als Erklärung unwahrscheinlich wird. Kleinere Verschiebungen sind gesehen, nicht belegt.", w.talks(a), w.count(b), main.from, main.to, w.count(b)),
            (Some(k), false) => format!("{} against {}: even what no talk of {} named would have to be in at least {k} of {} talks of {} before mere chance becomes an unlikely explanation. Smaller shifts are seen, not established.", w.talks(a), w.count(b), main.from, w.count(b), main.to),
            (None, true) => format!("{} gegen {}: So wenige Vorträge können keine Verschiebung belegen, wie deutlich sie auch aussieht.", w.talks(a), w.count(b)),
            (None, false) => format!("{} against {}: so few talks cannot establish any shift, however clear it looks.", w.talks(a), w.count(b)),
        });
    }
    lines.extend(statistics::tested(trends, w));
    lines.extend(trends.warnings().iter().filter(|x| is_limit(x)).map(|x| format!("{}.", sentence_case(&w.note(x)))));
    lines
}

/// Warnings that say what a corpus cannot show; the others are about reading the sources.
fn is_limit(warning: &Warning) -> bool {
    matches!(warning.code, "year-is-source" | "undeclared-blocks")
}

fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn sizes(trends: &Trends, w: Words) -> View {
    let kinds = sessions_by_kind(trends);
    let rows = trends.years().into_iter().map(|year| {
        let (talks, words) = trends.year_size(year);
        let of = |kind: SessionKind| kinds.get(&year).and_then(|k| k.get(&kind)).copied().unwrap_or(0);
        vec![
            year.to_string(),
            w.count(talks),
            w.count(words),
            w.count(of(SessionKind::Opening) + of(SessionKind::Closing)),
            w.count(of(SessionKind::Acknowledgement)),
        ]
    });
    let h = |de: &str, en: &str| w.pick(de, en).to_owned();
    View::new(
        h(
            "Vorträge und Wörter je Jahr. Eröffnung und Schluss fassen die Vorträge zusammen und werden daneben gezählt, Danksagungen nie.",
            "Talks and words a year. Opening and closing summarise the talks and are counted beside them, thanks never.",
        ),
        vec![
            h("Jahr", "Year"),
            h("Vorträge", "Talks"),
            h("Wörter", "Words"),
            h("Eröffnung, Schluss", "Opening, closing"),
            h("Dank", "Thanks"),
        ],
        vec![false, true, true, true, true],
        rows,
    )
}

pub(super) fn shift_head(comparison: Comparison, first: &str, w: Words) -> Vec<String> {
    let (a, b) = (comparison.from, comparison.to);
    let mentions = w.pick("Nennungen", "Mentions");
    let talks = w.pick("Vorträge", "Talks");
    vec![
        first.to_owned(),
        format!("{mentions} {a}"),
        format!("{mentions} {b}"),
        format!("{talks} {a}"),
        format!("{talks} {b}"),
        w.pick("Veränderung", "Change").to_owned(),
        w.pick("95-%-Bereich", "95 % interval").to_owned(),
        w.pick("Urteil", "Verdict").to_owned(),
    ]
}

/// One shift; its label and its counts are linked to what shows it.
pub(super) fn shift_row(s: &Shift, label: String, link: Option<String>, w: Words) -> Vec<Entry> {
    let of = w.pick("von", "of");
    let count = |n: u64| Entry::from(w.count(n)).linked(link.clone().filter(|_| n > 0));
    let talks = |hit: usize, n: usize| {
        let text = format!("{} {of} {}", w.count(hit), w.count(n));
        Entry::from(text).linked(link.clone().filter(|_| hit > 0))
    };
    vec![
        Entry::from(label).linked(link.clone()),
        count(s.from.count),
        count(s.to.count),
        talks(s.from.sessions, s.from.n_sessions),
        talks(s.to.sessions, s.to.n_sessions),
        Entry::from(w.change(s.from.count, s.to.count, s.effect)).worth(s.effect),
        Entry::from(statistics::interval(s, w)).worth(s.test.near_end(s.effect).unwrap_or(f64::NEG_INFINITY)),
        statistics::verdict(s, w).into(),
    ]
}

pub(super) const SHIFT_NUMERIC: [bool; 8] = [false, true, true, true, true, true, true, false];

fn theme_table(trends: &Trends, comparison: Comparison, links: &Links<'_>, w: Words) -> View {
    let children: Vec<&str> = trends
        .themes()
        .into_iter()
        .flat_map(|t| &t.themes.themes)
        .filter(|t| t.parent.is_some())
        .map(|t| t.name.as_str())
        .collect();
    let shown = in_tree_order(trends)
        .into_iter()
        .filter_map(|name| trends.theme_shifts().iter().find(|s| s.comparison == comparison && s.key == name));
    let rows = shown.filter(|s| s.from.count + s.to.count > 0).map(|s| {
        let label = if children.contains(&s.key.as_str()) { format!("↳ {}", s.label) } else { s.label.to_string() };
        shift_row(s, label, links.theme(&s.key), w)
    });
    View::new(
        w.pick(
            "Themen der Themendatei, nach Gewicht; ↳ gehört zum Thema darüber und zählt in ihm mit.",
            "Themes of the theme file, by weight; ↳ belongs to the theme above and counts in it too.",
        ),
        shift_head(comparison, w.pick("Thema", "Theme"), w),
        SHIFT_NUMERIC.to_vec(),
        rows,
    )
}

/// Themes by weight over all years, children right below their parent.
fn in_tree_order(trends: &Trends) -> Vec<&str> {
    let Some(counts) = trends.themes() else { return Vec::new() };
    let weight = |name: &str| counts.index_of(name).map_or(0.0, |i| counts.years.column(i).sum());
    let mut names: Vec<&str> = counts.themes.themes.iter().map(|t| t.name.as_str()).collect();
    names.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cmp(b)));
    let parent = |name: &str| counts.themes.themes.iter().find(|t| t.name == name).and_then(|t| t.parent.as_deref());
    let mut order = Vec::new();
    for top in names.iter().filter(|n| parent(n).is_none()) {
        order.push(*top);
        order.extend(names.iter().filter(|n| parent(n) == Some(top)));
    }
    order
}

fn theme_views(trends: &Trends, links: &Links<'_>, w: Words) -> Vec<ThemeView> {
    let (Some(counts), Some(main)) = (trends.themes(), trends.main_comparison()) else { return Vec::new() };
    let mut views = Vec::new();
    for name in in_tree_order(trends) {
        let Some(shift) = trends.theme_shifts().iter().find(|s| s.comparison == main && s.key == name) else {
            continue;
        };
        if shift.from.count + shift.to.count == 0 {
            continue;
        }
        let theme = counts.index_of(name);
        let spellings = counts.spellings.iter().filter(|s| Some(s.theme) == theme && s.talks > 0);
        let mut by_year: Vec<String> = Vec::new();
        for year in trends.years() {
            let mut list: Vec<(u64, &str)> =
                spellings.clone().filter(|s| s.year == year).map(|s| (s.talks, s.spelling.as_str())).collect();
            list.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
            let more = list.len().saturating_sub(12);
            let shown: Vec<String> = list.iter().take(12).map(|(n, s)| format!("{s} {}", w.count(*n))).collect();
            if !shown.is_empty() {
                let rest = if more > 0 { format!(" … (+{more})") } else { String::new() };
                by_year.push(format!("{year}: {}{rest}", shown.join(", ")));
            }
        }
        views.push(ThemeView {
            id: links.theme(name).unwrap_or_default(),
            label: shift.label.to_string(),
            line: both_sides(shift, w),
            spellings: by_year,
            talks: concepts::talks(trends, &rows_of(trends, theme), links, w),
            quotes: quotes(trends, name, links, w),
        });
    }
    views
}

/// The rows of the matrix that name a theme: talks only.
fn rows_of(trends: &Trends, theme: Option<usize>) -> Vec<usize> {
    let (Some(counts), Some(theme), matrix) = (trends.themes(), theme, trends.matrix()) else { return Vec::new() };
    let names = |&row: &usize| {
        counts_as_talk(matrix.kind(row), trends.include_framing())
            && counts.sessions[[matrix.session(row), theme]] > 0.0
    };
    (0..matrix.n_sessions()).filter(names).collect()
}

/// A few quotes of each year, from as many talks as possible.
fn quotes(trends: &Trends, theme: &str, links: &Links<'_>, w: Words) -> Vec<(String, Vec<Quote>)> {
    let main = trends.main_comparison();
    let years = trends.years().into_iter().filter(|&y| main.is_some_and(|m| m.from.contains(y) || m.to.contains(y)));
    years
        .map(|year| {
            let of_year: Vec<_> = trends
                .quotes(EvidenceKind::Theme, theme)
                .filter(|e| {
                    e.year == year
                        && counts_as_talk(trends.corpus().sessions()[e.session].kind, trends.include_framing())
                })
                .collect();
            let mut chosen: Vec<usize> = Vec::new();
            for fresh in [true, false] {
                for (i, e) in of_year.iter().enumerate() {
                    let known = chosen.iter().any(|&c| of_year[c].session == e.session);
                    if chosen.len() < QUOTES && !chosen.contains(&i) && (!fresh || !known) {
                        chosen.push(i);
                    }
                }
            }
            chosen.sort_unstable();
            let quotes = chosen.into_iter().map(|i| quote(trends, of_year[i], links, w));
            (year.to_string(), quotes.collect::<Vec<_>>())
        })
        .filter(|(_, quotes)| !quotes.is_empty())
        .collect()
}
