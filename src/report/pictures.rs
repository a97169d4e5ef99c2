//! The charts of a report: tables of the results, made ready for the chart room.

mod terms;

use rayon::prelude::*;

use super::OutFile;
use super::statistics;
use super::successions::named;
use super::words::Words;
use crate::chart::{
    BarRow, Course, DivergingBars, HeatColumn, HeatMap, SlopeChart, SlopeLine, Trajectories, Trajectory, to_png,
    with_font,
};
use crate::corpus::Year;
use crate::error::Result;
use crate::stats::effect::{SideSizes, SideSpread};
use crate::stats::interval::wilson;
use crate::stats::rate::rate_intervals;
use crate::trends::{Comparison, Shift, ThemeCounts, Trends};
use terms::{key_terms, scatter, word_shift};

/// A drawn chart of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its name, as that of its files in `charts/`.
    pub name: String,
    /// The drawing, without its letters: [`with_font`] puts them in.
    pub svg: String,
}

impl Picture {
    /// The drawing as PNG, at twice its size.
    ///
    /// # Errors
    /// If it is too large for a PNG.
    pub fn to_png(&self) -> Result<Vec<u8>> {
        to_png(&self.svg)
    }
}

/// Lines in the theme chart.
const MAX_LINES: usize = 16;
/// Bars on each side of the shift chart.
const BARS: usize = 12;
/// Columns of the heat map that stay readable.
const MAX_COLUMNS: usize = 60;
/// Comparisons that get a chart of their own.
const MAX_COMPARISONS: usize = 4;
/// Years in the small multiples.
const MAX_YEARS: usize = 20;
/// Panels of the trajectories.
const PANELS: usize = 12;

/// A chart that can be drawn.
type Drawing<'t> = Box<dyn Fn() -> Result<String> + Send + Sync + 't>;

/// Draws every chart there is something to draw for, the one of the first screen first.
pub(super) fn all(trends: &Trends) -> Result<Vec<Picture>> {
    drawings(trends).into_par_iter().map(|(name, draw)| Ok(Picture { name, svg: draw()? })).collect()
}

/// The name of the chart that says what the first screen says; none where there is nothing to draw.
pub(super) fn first(trends: &Trends) -> Option<String> {
    drawings(trends).into_iter().next().map(|(name, _)| name)
}

fn drawings<'t>(trends: &'t Trends) -> Vec<(String, Drawing<'t>)> {
    let named = trends.theme_shifts().iter().any(|s| s.from.count + s.to.count > 0);
    let w = Words::new(trends.language());
    let mut drawings: Vec<(String, Drawing<'t>)> = Vec::new();
    let mut add = |name: String, draw: Drawing<'t>| drawings.push((name, draw));
    if named {
        add("themes".into(), Box::new(move || themes(trends, "themes", w).draw()));
    } else if !trends.found_shifts().is_empty() {
        add("found_themes".into(), Box::new(move || themes(trends, "found", w).draw()));
    }
    if let Some(counts) = trends.themes().filter(|_| named && trends.years().len() > 2) {
        add("theme_trajectories".into(), Box::new(move || trajectories(trends, counts, w).draw()));
    }
    for &comparison in trends.comparisons().iter().rev().take(MAX_COMPARISONS) {
        let themes = theme_shifts(trends, comparison, w);
        let Comparison { from, to } = comparison;
        if !themes.rows.is_empty() {
            add(format!("theme_shifts_{from}_{to}"), Box::new(move || themes.draw()));
        }
        if [true, false].iter().any(|&rising| !trends.ranking(rising, Some(comparison)).rows.is_empty()) {
            add(format!("term_shifts_{from}_{to}"), Box::new(move || shifts(trends, comparison, w).draw()));
        }
    }
    if let Some(flows) = super::flows::alluvial(trends, w) {
        add("successions".into(), Box::new(move || flows.draw()));
    }
    if let Some(comparison) = trends.main_comparison() {
        let Comparison { from, to } = comparison;
        let scatter = scatter(trends, comparison, w);
        if !scatter.points.is_empty() {
            add(format!("frequency_and_change_{from}_{to}"), Box::new(move || scatter.draw()));
        }
        if let Some(word_shift) = word_shift(trends, comparison, w) {
            add(format!("word_shift_{from}_{to}"), Box::new(move || word_shift.draw()));
        }
    }
    if let Some(counts) = trends.themes().filter(|_| named) {
        add("themes_by_session".into(), Box::new(move || heat_map(trends, counts, w).draw()));
    }
    // Concepts that only boilerplate names have no mentions left.
    let key_terms_of = key_terms(trends, w);
    if key_terms_of.years.iter().any(|year| !year.terms.is_empty()) {
        add("key_terms".into(), Box::new(move || key_terms_of.draw()));
    }
    drawings
}

/// The files of drawn charts: each as SVG with its letters inside, and as the PNG rasterised from it.
pub(super) fn files(pictures: Vec<Picture>) -> Result<Vec<OutFile<'static>>> {
    let pairs: Vec<[OutFile<'static>; 2]> = pictures
        .into_par_iter()
        .map(|p| {
            let png = p.to_png()?;
            Ok([
                OutFile::new(format!("charts/{}.svg", p.name), with_font(&p.svg)?.into_bytes()),
                OutFile::new(format!("charts/{}.png", p.name), png),
            ])
        })
        .collect::<Result<_>>()?;
    Ok(pairs.into_iter().flatten().collect())
}

/// `2024: 13 Vorträge, 2025: 13 Vorträge. Beschreibung, kein Test.`
fn footer(trends: &Trends, years: &[Year], w: Words) -> String {
    format!("{} {}", sizes(trends, years, w), w.pick("Beschreibung, kein Test.", "Description, no test."))
}

/// `2024: 13 Vorträge, 2025: 13 Vorträge.`
fn sizes(trends: &Trends, years: &[Year], w: Words) -> String {
    let sizes: Vec<String> = if years.len() <= 4 {
        years.iter().map(|&y| format!("{y}: {}", w.talks(trends.year_size(y).0))).collect()
    } else {
        let n: usize = years.iter().map(|&y| trends.year_size(y).0).sum();
        vec![format!("{}–{}: {}", years[0], years[years.len() - 1], w.talks(n))]
    };
    format!("{}.", sizes.join(", "))
}

/// The years of both sides.
fn years_of(trends: &Trends, comparison: Comparison) -> Vec<Year> {
    trends.years().into_iter().filter(|&y| comparison.from.contains(y) || comparison.to.contains(y)).collect()
}

/// Themes of the file, or found ones, from year to year.
fn themes(trends: &Trends, level: &str, w: Words) -> SlopeChart {
    let years: Vec<Year> = {
        let all = trends.years();
        all[all.len().saturating_sub(MAX_YEARS)..].to_vec()
    };
    let main = trends.main_comparison();
    let all = trends.shifts_of_family(level).iter();
    let mut shifts: Vec<&Shift> = all.filter(|s| Some(s.comparison) == main && s.from.count + s.to.count > 0).collect();
    // What moved most stands out; what weighs most is shown beside it.
    shifts.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()).then(a.key.cmp(&b.key)));
    let highlighted: Vec<&Shift> = shifts.iter().copied().filter(|s| !s.one_session).take(5).collect();
    let bold: Vec<&str> = highlighted.iter().map(|s| s.key.as_str()).collect();
    shifts.sort_by_key(|s| {
        (!bold.contains(&s.key.as_str()), std::cmp::Reverse(s.from.count + s.to.count), s.key.clone())
    });
    shifts.truncate(MAX_LINES);
    let tested = shifts.iter().any(|s| !s.test.is_empty());
    let line = |s: &&Shift| {
        let per_year = in_years(trends, &mentions(trends, level, &s.key), &years);
        let note = |y: &InYear| {
            format!("{} · {} {} {}", w.fixed(y.rate, 1), w.count(y.hit), w.pick("von", "of"), w.count(y.talks))
        };
        SlopeLine {
            label: s.label.to_string(),
            values: per_year.iter().map(|y| Some(y.rate)).collect(),
            notes: per_year.iter().map(note).collect(),
            emphasis: bold.contains(&s.key.as_str()),
            // More years have a chart of trajectories with theirs.
            intervals: if tested && years.len() == 2 {
                per_year.iter().map(|y| y.interval).collect()
            } else {
                Vec::new()
            },
        }
    };
    let lines: Vec<SlopeLine> = shifts.iter().map(line).collect();
    let plain = || w.pick("Themen von Jahr zu Jahr", "Themes from year to year").to_owned();
    let with_intervals = lines.iter().any(|l| l.emphasis && l.intervals.iter().any(Option::is_some));
    SlopeChart {
        subtitle: format!(
            "{}{}",
            w.pick(
                "Nennungen je 1.000 Wörter der Vorträge · Vorträge mit dem Thema",
                "Mentions per 1,000 words of the talks · talks with the theme",
            ),
            if with_intervals { w.pick("; Striche: 95-%-Bereich", "; lines: 95 % interval") } else { "" }
        ),
        footer: if tested { sizes(trends, &years, w) } else { footer(trends, &years, w) },
        description: lines
            .iter()
            .map(|l| format!("{}: {}", l.label, l.notes.join(" → ")))
            .collect::<Vec<_>>()
            .join("; "),
        title: headline(&highlighted, level, w).unwrap_or_else(plain),
        years: years.iter().map(ToString::to_string).collect(),
        lines,
        decimal_comma: w.is_german(),
    }
}

/// Mentions of a theme by row of the matrix.
fn mentions(trends: &Trends, level: &str, key: &str) -> Vec<f64> {
    let matrix = trends.matrix();
    let mut mentions = vec![0.0; matrix.n_sessions()];
    if level == "found" {
        let found = trends.found_themes();
        let theme = found.and_then(|f| Some((f, f.themes.iter().position(|t| t.name == key)?)));
        for (row, n) in theme.into_iter().flat_map(|(found, id)| found.mentions.column(id).cells()) {
            mentions[row] = f64::from(n);
        }
    } else if let Some((counts, id)) = trends.themes().and_then(|t| Some((t, t.index_of(key)?))) {
        mentions.iter_mut().enumerate().for_each(|(row, n)| *n = counts.sessions[[matrix.session(row), id]]);
    }
    mentions
}

/// A theme in the talks of a year.
struct InYear {
    /// Mentions per 1,000 words, and the 95 % interval of that.
    rate: f64,
    interval: Option<(f64, f64)>,
    /// Talks with the theme, and all.
    hit: usize,
    talks: usize,
}

fn in_years(trends: &Trends, mentions: &[f64], years: &[Year]) -> Vec<InYear> {
    let matrix = trends.matrix();
    let counted = |row: &usize| crate::trends::counts_as_talk(matrix.kind(*row), trends.include_framing());
    let spread = |&year: &Year| {
        let (mut sizes, mut sums) = (SideSizes::default(), [0.0; 4]);
        for row in (0..matrix.n_sessions()).filter(|&r| matrix.year(r) == year).filter(counted) {
            let (k, f) = (mentions[row], f64::from(matrix.tokens(row).max(1)));
            sizes.add(f);
            sums = [sums[0] + k, sums[1] + k * k, sums[2] + k * f, sums[3] + f64::from(u8::from(k > 0.0))];
        }
        SideSpread::of(sums[0], sums[1], sums[2], sums[3], &sizes)
    };
    let spreads: Vec<SideSpread> = years.iter().map(spread).collect();
    let thousand = |rate: f64| 1_000.0 * rate;
    let in_year = |(side, interval): (&SideSpread, Option<(f64, f64)>)| InYear {
        rate: if side.size > 0.0 { thousand(side.mentions / side.size) } else { 0.0 },
        interval: interval.map(|(low, high)| (thousand(low), thousand(high))),
        hit: side.df as usize,
        talks: side.units as usize,
    };
    spreads.iter().zip(rate_intervals(&spreads, 0.95)).map(in_year).collect()
}

/// Mentions per 1,000 words, talks with the theme, talks.
fn theme_in_year(trends: &Trends, theme: Option<usize>, year: Year) -> (f64, usize, usize) {
    let (n, words) = trends.year_size(year);
    let (Some(theme), Some(counts)) = (theme, trends.themes()) else { return (0.0, 0, n) };
    let matrix = trends.matrix();
    let rows = (0..matrix.n_sessions())
        .filter(|&r| matrix.year(r) == year && crate::trends::counts_as_talk(matrix.kind(r), trends.include_framing()));
    let (mut mentions, mut hit) = (0.0, 0);
    for row in rows {
        let m = counts.sessions[[matrix.session(row), theme]];
        mentions += m;
        hit += usize::from(m > 0.0);
    }
    (if words > 0 { 1000.0 * mentions / words as f64 } else { 0.0 }, hit, n)
}

/// `Künstliche Intelligenz häufiger genannt, Kooperation seltener: gesehen, nicht belegt`: of the highlighted themes of
/// each direction the one whose talks changed most, for talks are what is counted.
fn headline(highlighted: &[&Shift], level: &str, w: Words) -> Option<String> {
    let best = |rising: bool| {
        let moved = highlighted.iter().filter(|s| (s.effect > 0.0) == rising && s.effect.abs() >= 0.9);
        let talks = |s: &Shift| (s.from.sessions.abs_diff(s.to.sessions), s.from.sessions.max(s.to.sessions));
        moved.max_by(|a, b| talks(a).cmp(&talks(b)).then(a.z.abs().total_cmp(&b.z.abs())).then(b.key.cmp(&a.key)))
    };
    let name = |s: &Shift| named(level, &s.label, w);
    let (more, less) = (w.pick("häufiger genannt", "named more often"), w.pick("seltener genannt", "named less often"));
    let (what, sure) = match (best(true), best(false)) {
        (Some(up), Some(down)) => {
            let [a, b] = [up, down].map(|s| statistics::claim(s, w));
            let less = w.pick("seltener", "less often");
            if a != b {
                return Some(format!("{} {more} ({a}), {} {less} ({b})", name(up), name(down)));
            }
            (format!("{} {more}, {} {less}", name(up), name(down)), a)
        }
        (Some(up), None) => (format!("{} {more}", name(up)), statistics::claim(up, w)),
        (None, Some(down)) => (format!("{} {less}", name(down)), statistics::claim(down, w)),
        (None, None) => return None,
    };
    Some(format!("{what}: {sure}"))
}

/// The strongest risers and fallers among concepts.
fn shifts(trends: &Trends, comparison: Comparison, w: Words) -> DivergingBars {
    let up = trends.ranking(true, Some(comparison)).top(BARS);
    let down = trends.ranking(false, Some(comparison)).top(BARS);
    let shifts: Vec<&Shift> = up.rows.into_iter().chain(down.rows).collect();
    let (from, to) = (comparison.from, comparison.to);
    let plain = format!(
        "{} {from} → {to}",
        w.pick("Begriffe, die häufiger und seltener wurden:", "Terms that became more and less frequent:")
    );
    bars(trends, comparison, shifts, (w.pick("Begriffe", "Terms"), plain), w)
}

/// The themes that rose and fell most.
fn theme_shifts(trends: &Trends, comparison: Comparison, w: Words) -> DivergingBars {
    let strongest = |rising: bool| {
        let moved = |s: &&Shift| s.comparison == comparison && if rising { s.effect > 0.0 } else { s.effect < 0.0 };
        let named = trends.theme_shifts().iter().filter(|s| s.from.count + s.to.count > 0);
        let mut shifts: Vec<&Shift> = named.filter(moved).collect();
        shifts.sort_by(|a, b| a.by_strength(b));
        shifts.truncate(BARS);
        shifts
    };
    let shifts = [strongest(true), strongest(false)].concat();
    let (from, to) = (comparison.from, comparison.to);
    let plain = format!(
        "{} {from} → {to}",
        w.pick("Themen, die häufiger und seltener wurden:", "Themes that became more and less frequent:")
    );
    bars(trends, comparison, shifts, (w.pick("Themen", "Themes"), plain), w)
}

/// Bars of shifts, the largest first. The title says what the intervals say; without them it is `plain`.
fn bars(
    trends: &Trends,
    comparison: Comparison,
    mut shifts: Vec<&Shift>,
    (what, plain): (&str, String),
    w: Words,
) -> DivergingBars {
    let (from, to) = (comparison.from, comparison.to);
    shifts.sort_by(|a, b| b.effect.total_cmp(&a.effect));
    let row = |s: &&Shift| BarRow {
        label: s.label.to_string(),
        value: s.effect,
        note: format!(
            "{} → {} · {} → {} {}",
            w.count(s.from.count),
            w.count(s.to.count),
            w.count(s.from.sessions),
            w.count(s.to.sessions),
            w.pick("Vortr.", "talks")
        ),
        weak: s.one_session,
        interval: s.test.low.zip(s.test.high),
    };
    let rows: Vec<BarRow> = shifts.iter().map(row).collect();
    let intervals: Vec<(f64, f64)> = rows.iter().filter_map(|r| r.interval).collect();
    let sure = intervals.iter().filter(|(low, high)| *low > 0.0 || *high < 0.0).count();
    let (k, n) = (w.count(sure), w.count(rows.len()));
    let title = match (intervals.is_empty(), sure, w.is_german()) {
        (true, ..) => plain,
        (_, 0, true) => format!("{what} {from} → {to}: Kein 95-%-Bereich schließt „unverändert“ aus"),
        (_, 0, false) => format!("{what} {from} → {to}: no 95 % interval excludes “no change”"),
        (_, _, true) => format!("{what} {from} → {to}: Bei {k} von {n} schließt der 95-%-Bereich „unverändert“ aus"),
        (_, _, false) => format!("{what} {from} → {to}: for {k} of {n} the 95 % interval excludes “no change”"),
    };
    let years = years_of(trends, comparison);
    DivergingBars {
        subtitle: format!(
            "{}{}{}",
            w.pick(
                "Verhältnis der Nennungen je 1.000 Wörter, null als halbe Nennung",
                "Ratio of mentions per 1,000 words, zero as half a mention"
            ),
            if intervals.is_empty() { "" } else { w.pick("; Striche: 95-%-Bereich", "; lines: 95 % interval") },
            w.pick(
                "; rechts: Nennungen · Vorträge. Schraffiert: Werk eines einzigen Vortrags",
                "; right: mentions · talks. Hatched: the doing of a single talk"
            ),
        ),
        footer: if intervals.is_empty() { footer(trends, &years, w) } else { sizes(trends, &years, w) },
        description: format!(
            "{title}. {}",
            rows.iter().map(|r| format!("{}: {}", r.label, r.note)).collect::<Vec<_>>().join("; ")
        ),
        title,
        left_head: w.pick("seltener", "rarer").to_owned(),
        right_head: w.pick("häufiger", "more frequent").to_owned(),
        rows,
        decimal_comma: w.is_german(),
    }
}

/// The themes that most talks name over all years, a panel each: the share of talks, with Wilson's interval. A panel has
/// the colour of the course that the test of its trend line sees.
fn trajectories(trends: &Trends, counts: &ThemeCounts, w: Words) -> Trajectories {
    let all = trends.years();
    let years = &all[all.len().saturating_sub(MAX_YEARS)..];
    let mut themes: Vec<(usize, Vec<(usize, usize)>)> = (0..counts.themes.themes.len())
        .map(|theme| {
            let talks = |&year: &Year| {
                let (_, hit, n) = theme_in_year(trends, Some(theme), year);
                (hit, n)
            };
            (theme, years.iter().map(talks).collect())
        })
        .collect();
    let weight = |talks: &[(usize, usize)]| talks.iter().map(|(hit, _)| hit).sum::<usize>();
    themes.retain(|(_, talks)| weight(talks) > 0);
    themes.sort_by(|a, b| weight(&b.1).cmp(&weight(&a.1)).then(a.0.cmp(&b.0)));
    themes.truncate(PANELS);
    let percent = |share: f64| 100.0 * share;
    let panel = |(theme, talks): &(usize, Vec<(usize, usize)>)| {
        let theme = &counts.themes.themes[*theme];
        let counted = |(hit, n): &(usize, usize)| (*n > 0).then_some((*hit, *n));
        let of = |talk: Option<&(usize, usize)>| {
            talk.map_or_else(String::new, |(hit, n)| {
                format!("{} {} {}", w.count(*hit), w.pick("von", "of"), w.count(*n))
            })
        };
        Trajectory {
            label: theme.label(trends.language()).to_owned(),
            note: format!("{} → {}", of(talks.first()), of(talks.last())),
            values: talks.iter().map(|t| counted(t).map(|(hit, n)| percent(hit as f64 / n as f64))).collect(),
            intervals: talks
                .iter()
                .map(|t| counted(t).map(|(hit, n)| wilson(hit, n)).map(|(low, high)| (percent(low), percent(high))))
                .collect(),
            course: course(trends, &theme.name),
        }
    };
    let panels: Vec<Trajectory> = themes.iter().map(panel).collect();
    let named = |course: Course| {
        let labels = panels.iter().filter(|p| p.course == course).map(|p| p.label.clone()).take(2);
        labels.collect::<Vec<String>>()
    };
    let (up, down) = (named(Course::Rising), named(Course::Falling));
    let span = years.first().zip(years.last()).map_or(String::new(), |(a, b)| format!("{a}–{b}"));
    let tested = !trends.theme_lines().is_empty();
    let (more, less) = (w.pick("häufiger", "more frequent"), w.pick("seltener", "less frequent"));
    let title = match (up.is_empty(), down.is_empty()) {
        (true, true) if tested => w
            .pick(
                "Kein Thema wird über die Jahre erkennbar häufiger oder seltener",
                "No theme visibly becomes more or less frequent over the years",
            )
            .to_owned(),
        (true, true) => w.pick("Themen über die Jahre", "Themes over the years").to_owned(),
        (false, true) => format!("{} {more}: {}", w.pick("Über die Jahre", "Over the years"), w.list(&up)),
        (true, false) => format!("{} {less}: {}", w.pick("Über die Jahre", "Over the years"), w.list(&down)),
        (false, false) => {
            format!("{} {more}: {}; {less}: {}", w.pick("Über die Jahre", "Over the years"), w.list(&up), w.list(&down))
        }
    };
    Trajectories {
        subtitle: format!(
            "{} {span}{}",
            w.pick("Anteil der Vorträge, die das Thema nennen,", "Share of talks that name the theme,"),
            if tested {
                w.pick(
                    "; Fläche: 95-%-Bereich. Farbig: Trend der Nennungen mit p ≤ 0,05",
                    "; area: 95 % interval. Coloured: trend of mentions with p ≤ 0.05",
                )
            } else {
                w.pick("; Fläche: 95-%-Bereich", "; area: 95 % interval")
            }
        ),
        footer: if tested { sizes(trends, years, w) } else { footer(trends, years, w) },
        description: format!(
            "{title}. {}",
            panels.iter().map(|p| format!("{}: {}", p.label, p.note)).collect::<Vec<_>>().join("; ")
        ),
        title,
        years: years.iter().map(ToString::to_string).collect(),
        panels,
        unit: " %".to_owned(),
        decimals: 0,
        decimal_comma: w.is_german(),
    }
}

/// Where the trend line of a theme goes, if its p is at most .05.
fn course(trends: &Trends, theme: &str) -> Course {
    let line = trends.theme_lines().iter().find(|line| line.key == theme && line.p.is_some_and(|p| p <= 0.05));
    match line.map(|line| line.slope) {
        Some(slope) if slope > 0.0 => Course::Rising,
        Some(slope) if slope < 0.0 => Course::Falling,
        _ => Course::Neither,
    }
}

/// Themes by talk; in a large corpus by year.
fn heat_map(trends: &Trends, counts: &ThemeCounts, w: Words) -> HeatMap {
    let matrix = trends.matrix();
    let talks: Vec<usize> = (0..matrix.n_sessions())
        .filter(|&r| crate::trends::counts_as_talk(matrix.kind(r), trends.include_framing()))
        .collect();
    let weight = |theme: usize| counts.years.column(theme).sum();
    let mut themes: Vec<usize> = (0..counts.themes.themes.len()).filter(|&t| weight(t) > 0.0).collect();
    themes.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
    themes.truncate(24);
    let by_talk = talks.len() <= MAX_COLUMNS;
    let (columns, values): (Vec<HeatColumn>, Vec<Vec<f64>>) = if by_talk {
        let columns = talks.iter().map(|&r| {
            let session = &trends.corpus().sessions()[matrix.session(r)];
            let who = session.speakers.iter().map(|s| s.rsplit(' ').next().unwrap_or(s)).collect::<Vec<_>>().join(", ");
            HeatColumn {
                label: if who.is_empty() { session.title.clone() } else { who },
                group: session.year.to_string(),
            }
        });
        let values = themes.iter().map(|&t| talks.iter().map(|&r| counts.sessions[[matrix.session(r), t]]).collect());
        (columns.collect(), values.collect())
    } else {
        let years = trends.years();
        let columns = years.iter().map(|y| HeatColumn { label: y.to_string(), group: String::new() }).collect();
        let values = themes.iter().map(|&t| years.iter().map(|&y| theme_in_year(trends, Some(t), y).0).collect());
        (columns, values.collect())
    };
    let rows: Vec<String> =
        themes.iter().map(|&t| counts.themes.themes[t].label(trends.language()).to_owned()).collect();
    HeatMap {
        title: w.pick("Welcher Vortrag welches Thema nennt", "Which talk names which theme").to_owned(),
        subtitle: if by_talk {
            w.pick("Nennungen je Vortrag, Vorträge in ihrer Reihenfolge", "Mentions in each talk, talks in their order")
        } else {
            w.pick("Nennungen je 1.000 Wörter und Jahr", "Mentions per 1,000 words and year")
        }
        .to_owned(),
        footer: footer(trends, &trends.years(), w),
        description: rows
            .iter()
            .zip(&values)
            .map(|(l, v)| format!("{l}: {}", w.number(v.iter().sum::<f64>(), 1)))
            .collect::<Vec<_>>()
            .join("; "),
        rows,
        columns,
        values,
        legend: if by_talk { w.pick("Nennungen", "mentions") } else { w.pick("je 1.000 Wörter", "per 1,000 words") }
            .to_owned(),
        decimal_comma: w.is_german(),
    }
}
