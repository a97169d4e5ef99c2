//! What a report says, in words, before it has a form. Markdown and HTML only lay it out.

use serde::Serialize;

use super::cover;
use super::found::{self, FoundView};
use super::persons::{self, PersonsView};
use super::statistics;
use super::successions::{self, SuccessionsView};
use super::tables::sessions_by_kind;
use super::words::Words;
use crate::corpus::SessionKind;
use crate::stats::presence::smallest_telling;
use crate::trends::{Comparison, Evidence, EvidenceKind, Ranking, Shift, Trends};

/// Rows of a ranking in the page.
const TOP: usize = 15;
/// Quotes of a theme and year in the page; the rest is in evidence.csv.
const QUOTES: usize = 3;
/// More sessions than these are not listed in the page.
const MAX_LISTED: usize = 80;

/// A table in words.
#[derive(Debug, Serialize)]
pub(super) struct View {
    pub caption: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Columns of numbers, to be set flush right.
    pub numeric: Vec<bool>,
}

/// A quote with its place.
#[derive(Debug, Serialize)]
pub(super) struct Quote {
    pub text: String,
    pub place: String,
}

/// A theme with what shows it.
#[derive(Debug, Serialize)]
pub(super) struct ThemeView {
    pub label: String,
    pub line: String,
    pub spellings: Vec<String>,
    pub quotes: Vec<(String, Vec<Quote>)>,
}

/// A session of the outline.
#[derive(Debug, Serialize)]
pub(super) struct SessionView {
    pub title: String,
    pub speakers: String,
    pub place: String,
    pub terms: String,
}

/// The sessions of a year.
#[derive(Debug, Serialize)]
pub(super) struct YearView {
    pub year: String,
    pub sessions: Vec<SessionView>,
}

/// One comparison: what rose and what fell.
#[derive(Debug, Serialize)]
pub(super) struct ComparisonView {
    pub title: String,
    pub rising: View,
    pub falling: View,
}

/// A whole report.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    pub lang: &'static str,
    pub title: String,
    pub lead: String,
    pub headings: Headings,
    pub summary: Vec<String>,
    pub limits: Vec<String>,
    pub sizes: View,
    pub theme_table: Option<View>,
    pub themes: Vec<ThemeView>,
    pub uncovered: Option<View>,
    pub added: Option<String>,
    pub successions: Vec<SuccessionsView>,
    pub found: Option<FoundView>,
    pub comparisons: Vec<ComparisonView>,
    pub persons: Vec<PersonsView>,
    pub years: Vec<YearView>,
    pub outline_note: String,
    pub method: Vec<String>,
    pub warnings: Vec<String>,
    pub version: &'static str,
}

/// Headings and fixed words.
#[derive(Debug, Serialize)]
pub(super) struct Headings {
    pub summary: String,
    pub limits: String,
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
}

impl Page {
    pub(super) fn new(trends: &Trends, title: &str) -> Self {
        let w = Words::new(trends.language());
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
            lead: format!(
                "{}, {span}, {}",
                w.talks(n_talks),
                if w.is_german() {
                    format!("{} Quelltexte", w.count(trends.corpus().documents().len()))
                } else {
                    format!("{} source texts", w.count(trends.corpus().documents().len()))
                }
            ),
            headings: headings(w),
            summary: summary(trends, w),
            limits: limits(trends, w),
            sizes: sizes(trends, w),
            theme_table: trends
                .main_comparison()
                .filter(|_| trends.themes().is_some())
                .map(|c| theme_table(trends, c, w)),
            themes: theme_views(trends, w),
            uncovered: cover::view(trends, w),
            added: cover::added(trends, w),
            successions: successions::views(trends, w),
            found: found::view(trends, w),
            comparisons: trends.comparisons().iter().rev().map(|&c| comparison_view(trends, c, w)).collect(),
            persons: persons::views(trends, w),
            years: outline(trends, w),
            outline_note: outline_note(trends, w),
            method: method(trends, w),
            warnings: trends.warnings().iter().filter(|x| x.code != "year-is-source").map(|x| w.note(x)).collect(),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

fn headings(w: Words) -> Headings {
    let h = |de: &str, en: &str| w.pick(de, en).to_owned();
    Headings {
        summary: h("Was sich geändert hat", "What changed"),
        limits: h("Was die Daten nicht zeigen können", "What the data cannot show"),
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
    }
}

/// `14 Nennungen in 4 von 13 Vorträgen (2025), zuvor 4 in 1 von 13 (2024)`.
pub(super) fn both_sides(s: &Shift, w: Words) -> String {
    let (from, to) = (s.comparison.from, s.comparison.to);
    let now = if s.to.count == 0 {
        let (n, below) = (w.count(s.to.n_sessions), w.number(statistics::unseen_share(s.to.n_sessions), 0));
        if w.is_german() {
            format!("in keinem von {n} Vorträgen (Anteil unter {below} %)")
        } else {
            format!("in none of {n} talks (share below {below} %)")
        }
    } else {
        format!("{} {}", w.mentions(s.to.count), w.in_talks(s.to.sessions, s.to.n_sessions))
    };
    let n = w.count(s.from.n_sessions);
    let below = w.number(statistics::unseen_share(s.from.n_sessions), 0);
    let before = match (s.from.count, w.is_german()) {
        (0, true) => format!("zuvor in keinem von {n} (Anteil unter {below} %)"),
        (0, false) => format!("after none of {n} (share below {below} %)"),
        (count, true) => format!("zuvor {} in {} von {n}", w.count(count), w.count(s.from.sessions)),
        (count, false) => format!("after {} in {} of {n}", w.count(count), w.count(s.from.sessions)),
    };
    format!("{now} ({to}), {before} ({from})")
}

/// Whether a word of which one side has none stands there in compounds: `IT` beside `IT-Strategie`. It is then
/// neither new nor gone, only spelled otherwise, and no headline.
fn lives_in_compounds(s: &Shift) -> bool {
    (s.from.count == 0 && s.from.in_compounds > 0) || (s.to.count == 0 && s.to.in_compounds > 0)
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

/// A theme or concept that doubled or halved, with enough mentions to speak of it.
fn is_clear(s: &Shift) -> bool {
    s.effect.abs() >= 0.9 && s.from.count.max(s.to.count) >= 3
}

fn summary(trends: &Trends, w: Words) -> Vec<String> {
    let Some(main) = trends.main_comparison() else {
        return vec![
            w.pick("Es gibt nur ein Jahr; nichts wird verglichen.", "There is only one year; nothing is compared.")
                .to_owned(),
        ];
    };
    let mut lines = Vec::new();
    let themes: Vec<&Shift> = trends.theme_shifts().iter().filter(|s| s.comparison == main).collect();
    for rising in [true, false] {
        let mut moved: Vec<&&Shift> = themes.iter().filter(|s| is_clear(s) && (s.effect > 0.0) == rising).collect();
        moved.sort_by(|a, b| a.by_strength(b));
        let also: Vec<String> = moved
            .iter()
            .skip(3)
            .take(5)
            .map(|s| format!("{} ({} → {}{})", s.label, w.count(s.from.count), w.count(s.to.count), mostly_one(s, w)))
            .collect();
        for s in moved.into_iter().take(3) {
            let verb = if rising {
                w.pick("wird häufiger genannt", "is named more often")
            } else {
                w.pick("wird seltener genannt", "is named less often")
            };
            let one = mostly_one(s, w);
            lines.push(format!("{} {verb}: {}{one}{}.", s.label, both_sides(s, w), statistics::certainty(s, w)));
        }
        if !also.is_empty() {
            let head = if rising {
                w.pick("Auch häufiger genannt:", "Also named more often:")
            } else {
                w.pick("Auch seltener genannt:", "Also named less often:")
            };
            lines.push(format!("{head} {}.", w.list(&also)));
        }
    }
    lines.extend(steady_parents(trends, &themes, w));
    lines.extend(successions::summary(trends, w));
    let named = |rising: bool| -> Vec<String> {
        let ranking = trends.ranking(rising, Some(main));
        let rows = ranking.rows.iter().filter(|s| is_clear(s) && s.mark().is_empty() && !lives_in_compounds(s)).take(5);
        rows.map(|s| {
            let (a, b) = (w.count(s.from.sessions), w.count(s.to.sessions));
            let talks = w.pick("Vorträge", "talks");
            match s.test.certainty {
                Some(_) => format!("{} ({a} → {b} {talks}, {})", s.label, statistics::grade(s, w)),
                None => format!("{} ({a} → {b} {talks})", s.label),
            }
        })
        .collect()
    };
    let (up, down) = (named(true), named(false));
    if !up.is_empty() {
        lines.push(format!(
            "{} {}.",
            w.pick(
                "Begriffe, die in mehreren Vorträgen häufiger wurden:",
                "Terms that became more frequent in several talks:"
            ),
            w.list(&up)
        ));
    }
    if !down.is_empty() {
        lines.push(format!(
            "{} {}.",
            w.pick("Begriffe, die seltener wurden:", "Terms that became rarer:"),
            w.list(&down)
        ));
    }
    lines
}

/// A theme that fell within a parent that hardly moved: said together, or the fall misleads.
fn steady_parents(trends: &Trends, themes: &[&Shift], w: Words) -> Vec<String> {
    let Some(counts) = trends.themes() else { return Vec::new() };
    let shift = |name: &str| themes.iter().find(|s| s.key == name);
    let parents = counts.themes.themes.iter().filter(|t| t.parent.is_none());
    parents
        .filter_map(|parent| {
            let whole = shift(&parent.name)?;
            let children: Vec<&&Shift> = counts
                .themes
                .themes
                .iter()
                .filter(|t| t.parent.as_ref() == Some(&parent.name))
                .filter_map(|t| shift(&t.name))
                .filter(|s| s.from.count + s.to.count > 0)
                .collect();
            let fell = children.iter().any(|s| is_clear(s) && s.effect < 0.0);
            if !fell || whole.effect.abs() > 0.6 || children.len() < 2 {
                return None;
            }
            let parts: Vec<String> = children
                .iter()
                .map(|s| {
                    let (from, to) = (w.count(s.from.count), w.count(s.to.count));
                    format!("{} {from} → {to}{}", s.label, mostly_one(s, w))
                })
                .collect();
            let change = w.change(whole.from.count, whole.to.count, whole.effect);
            Some(if w.is_german() {
                format!(
                    "{} als Ganzes verändert sich weniger ({change}): {}. Darin: {}.",
                    whole.label,
                    both_sides(whole, w),
                    w.list(&parts)
                )
            } else {
                format!(
                    "{} as a whole changes less ({change}): {}. Within it: {}.",
                    whole.label,
                    both_sides(whole, w),
                    w.list(&parts)
                )
            })
        })
        .collect()
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
    for warning in trends.warnings().iter().filter(|x| x.code == "year-is-source") {
        lines.push(format!("{}.", sentence_case(&w.note(warning))));
    }
    lines
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
    View {
        caption: h(
            "Vorträge und Wörter je Jahr. Eröffnung und Schluss fassen die Vorträge zusammen und werden daneben gezählt, Danksagungen nie.",
            "Talks and words a year. Opening and closing summarise the talks and are counted beside them, thanks never.",
        ),
        head: vec![
            h("Jahr", "Year"),
            h("Vorträge", "Talks"),
            h("Wörter", "Words"),
            h("Eröffnung, Schluss", "Opening, closing"),
            h("Dank", "Thanks"),
        ],
        rows: rows.collect(),
        numeric: vec![false, true, true, true, true],
    }
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

pub(super) fn shift_row(s: &Shift, label: String, w: Words) -> Vec<String> {
    let of = w.pick("von", "of");
    vec![
        label,
        w.count(s.from.count),
        w.count(s.to.count),
        format!("{} {of} {}", w.count(s.from.sessions), w.count(s.from.n_sessions)),
        format!("{} {of} {}", w.count(s.to.sessions), w.count(s.to.n_sessions)),
        w.change(s.from.count, s.to.count, s.effect),
        statistics::interval(s, w),
        statistics::verdict(s, w),
    ]
}

pub(super) const SHIFT_NUMERIC: [bool; 8] = [false, true, true, true, true, true, true, false];

fn theme_table(trends: &Trends, comparison: Comparison, w: Words) -> View {
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
        let label = if children.contains(&s.key.as_str()) { format!("↳ {}", s.label) } else { s.label.clone() };
        shift_row(s, label, w)
    });
    View {
        caption: w
            .pick(
                "Themen der Themendatei, nach Gewicht; ↳ gehört zum Thema darüber und zählt in ihm mit.",
                "Themes of the theme file, by weight; ↳ belongs to the theme above and counts in it too.",
            )
            .to_owned(),
        head: shift_head(comparison, w.pick("Thema", "Theme"), w),
        rows: rows.collect(),
        numeric: SHIFT_NUMERIC.to_vec(),
    }
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

fn theme_views(trends: &Trends, w: Words) -> Vec<ThemeView> {
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
            label: shift.label.clone(),
            line: both_sides(shift, w),
            spellings: by_year,
            quotes: quotes(trends, name, w),
        });
    }
    views
}

/// A quote with its place.
pub(super) fn quote(trends: &Trends, e: &Evidence, w: Words) -> Quote {
    let session = &trends.corpus().sessions()[e.session];
    let source = &trends.corpus().documents()[session.document].source;
    let text = e.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    Quote { text, place: format!("{source}, {} {}", w.pick("Zeile", "line"), e.line) }
}

/// A few quotes of each year, from as many talks as possible.
fn quotes(trends: &Trends, theme: &str, w: Words) -> Vec<(String, Vec<Quote>)> {
    let main = trends.main_comparison();
    let years = trends.years().into_iter().filter(|&y| main.is_some_and(|m| m.from.contains(y) || m.to.contains(y)));
    years
        .map(|year| {
            let of_year: Vec<_> = trends
                .quotes(EvidenceKind::Theme, theme)
                .filter(|e| {
                    e.year == year
                        && crate::trends::counts_as_talk(
                            trends.corpus().sessions()[e.session].kind,
                            trends.include_framing(),
                        )
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
            let quotes = chosen.into_iter().map(|i| quote(trends, of_year[i], w));
            (year.to_string(), quotes.collect::<Vec<_>>())
        })
        .filter(|(_, quotes)| !quotes.is_empty())
        .collect()
}

/// The first rows of a ranking as a table.
pub(super) fn shift_view(ranking: Ranking<'_>, comparison: Comparison, caption: &str, what: &str, w: Words) -> View {
    let rows = ranking.top(TOP).rows.into_iter().map(|s| {
        let mut row = shift_row(s, format!("{}{}", s.label, s.mark()), w);
        let (from, to) = (s.from.count_with_compounds(), s.to.count_with_compounds());
        row.push(format!("{} → {}", w.count(from), w.count(to)));
        row
    });
    let mut head = shift_head(comparison, what, w);
    head.push(w.pick("mit Zusammensetzungen", "with compounds").to_owned());
    let mut numeric = SHIFT_NUMERIC.to_vec();
    numeric.push(true);
    View { caption: caption.to_owned(), head, rows: rows.collect(), numeric }
}

fn comparison_view(trends: &Trends, comparison: Comparison, w: Words) -> ComparisonView {
    let view = |rising: bool| {
        let caption = match (rising, w.is_german()) {
            (true, true) => {
                "Häufiger geworden. Zuerst, was mehr als ein Vortrag nennt; * nur ein Vortrag. Nennungen in Zusammensetzungen (KI in KI-Lösungen) stehen nur in der letzten Spalte."
            }
            (false, true) => {
                "Seltener geworden. Zuerst, was mehr als ein Vortrag nannte; * nur ein Vortrag. Nennungen in Zusammensetzungen stehen nur in der letzten Spalte."
            }
            (true, false) => {
                "More frequent. What more than one talk names comes first; * a single talk. Mentions inside compounds (AI in AI-powered) stand in the last column only."
            }
            (false, false) => {
                "Rarer. What more than one talk named comes first; * a single talk. Mentions inside compounds stand in the last column only."
            }
        };
        let ranking = trends.ranking(rising, Some(comparison));
        let clusters = ranking.clone().top(TOP).rows.iter().any(|s| s.mark().contains('†'));
        let note = if clusters {
            w.pick(
                " † nur eine Gruppe von Vorträgen (eine Veranstaltung, ein Redner).",
                " † a single cluster of talks (one event, one speaker).",
            )
        } else {
            ""
        };
        shift_view(ranking, comparison, &format!("{caption}{note}"), w.pick("Begriff", "Term"), w)
    };
    ComparisonView {
        title: format!("{} → {}", comparison.from, comparison.to),
        rising: view(true),
        falling: view(false),
    }
}

fn outline(trends: &Trends, w: Words) -> Vec<YearView> {
    if trends.corpus().sessions().len() > MAX_LISTED {
        return Vec::new();
    }
    let years = trends.years();
    years
        .into_iter()
        .map(|year| {
            let rows = (0..trends.matrix().n_sessions())
                .filter(|&r| trends.matrix().year(r) == year && trends.matrix().kind(r) == SessionKind::Session);
            let sessions = rows.map(|row| {
                let session = &trends.corpus().sessions()[trends.matrix().session(row)];
                let source = &trends.corpus().documents()[session.document].source;
                let terms: Vec<String> = trends
                    .top_terms(row, 5, true)
                    .into_iter()
                    .map(|(c, _)| trends.concepts().get(c).label.clone())
                    .collect();
                SessionView {
                    title: if session.title.is_empty() { session.id.clone() } else { session.title.clone() },
                    speakers: session.speakers.join(", "),
                    place: format!(
                        "{source}, {} {}–{}",
                        w.pick("Zeile", "line"),
                        session.first_line,
                        session.last_line
                    ),
                    terms: terms.join(", "),
                }
            });
            YearView { year: year.to_string(), sessions: sessions.collect() }
        })
        .collect()
}

fn outline_note(trends: &Trends, w: Words) -> String {
    if trends.corpus().sessions().len() > MAX_LISTED {
        return w
            .pick(
                "Zu viele für diese Seite: siehe tables/sessions.csv und tables/term_frequencies.csv.",
                "Too many for this page: see tables/sessions.csv and tables/term_frequencies.csv.",
            )
            .to_owned();
    }
    w.pick(
        "Die fünf Begriffe mit dem höchsten TF-IDF je Vortrag.",
        "The five terms with the highest TF-IDF in each talk.",
    )
    .to_owned()
}

fn method(trends: &Trends, w: Words) -> Vec<String> {
    let talk = if trends.include_framing() {
        w.pick("Gezählt werden Vorträge, Eröffnung und Schluss.", "Talks, opening and closing are counted.")
    } else {
        w.pick(
            "Gezählt werden Vorträge; Eröffnung und Schluss stehen in eigenen Spalten der Tabellen.",
            "Talks are counted; opening and closing stand in columns of their own in the tables.",
        )
    };
    let mut lines = vec![
        talk.to_owned(),
        w.pick(
            "Was ein Begriff in mehreren Schreibweisen ist (Beugung, Bindestrich, Abkürzung, Genderform …), zählt zusammen; Sätze, die sich durch viele Vorträge ziehen, zählen nicht (tables/boilerplate.csv); die Namen erkannter Personen sind ausgenommen und stehen in tables/people.csv. Alle Schreibweisen stehen in tables/concepts.csv.",
            "Spellings of one notion (inflection, hyphen, acronym, gender form …) count together; sentences that many talks repeat do not count (tables/boilerplate.csv); names of recognised people are left out and stand in tables/people.csv. All spellings are in tables/concepts.csv.",
        )
        .to_owned(),
        w.pick(
            "Veränderung: Verhältnis der Nennungen je 1.000 Wörter, mit einer halben Nennung auf beiden Seiten. Rangfolge: zuerst, was mehr als ein Vortrag zeigt, dann nach dem Ende des 95-%-Bereichs, das näher an „unverändert“ liegt, und wo er „unverändert“ einschließt, nach dem z der Log-Odds (Monroe u. a. 2008). Geprüft wird, indem die Jahre auf die Vorträge neu verteilt werden; belegt heißt: höchstens 5 % falsche Entdeckungen unter allen geprüften Begriffen (Benjamini und Hochberg 1995). Formeln: docs/methods.md.",
            "Change: ratio of mentions per 1,000 words, with half a mention added on both sides. Ranking: what more than one talk shows comes first, then by the end of the 95 % interval that is nearer to no change, and where it holds no change by the z of log-odds (Monroe et al. 2008). Tests deal the years to the talks anew; confirmed means: at most 5 % false discoveries among all terms tested (Benjamini and Hochberg 1995). Formulas: docs/methods.md.",
        )
        .to_owned(),
    ];
    if !trends.evidence().is_empty() {
        lines.push(w.pick("Zu jeder Zahl stehen die Fundstellen in tables/evidence.csv: alle für Themen, bis zu fünf je Begriff und Jahr.", "The sentences behind the numbers are in tables/evidence.csv: all for themes, up to five per term and year.").to_owned());
    }
    lines
}
