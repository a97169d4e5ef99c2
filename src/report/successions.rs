//! What may have taken the place of what: the table, the sentences, and quotes for both legs.

use serde::Serialize;

use super::model::{Entry, Line, Links, Quote, View, both_sides, brief, quote};
use super::statistics;
use super::tables::{Cell, Table};
use super::words::Words;
use crate::trends::{Certainty, Comparison, Evidence, EvidenceKind, Shift, Succession, Successions, Trends, YearSet};

/// The largest p of a pair of found themes that the first screen tells of.
const HEADLINE_P: f64 = 0.1;
/// Quotes of each leg.
const QUOTES: usize = 2;

/// The successions of one comparison and level, in words.
#[derive(Debug, Serialize)]
pub(super) struct SuccessionsView {
    pub title: String,
    pub lines: Vec<String>,
    /// Candidates, if there are any.
    pub table: Option<View>,
    pub pairs: Vec<PairView>,
}

/// A candidate with its quotes.
#[derive(Debug, Serialize)]
pub(super) struct PairView {
    pub id: String,
    pub label: String,
    pub grade: String,
    pub line: String,
    /// For each leg what it is, and quotes.
    pub legs: Vec<(String, Vec<Quote>)>,
}

/// `successions.csv`; none without statistics.
pub(super) fn table(trends: &Trends) -> Option<Table> {
    (!trends.successions().is_empty()).then(|| successions_table(trends))
}

/// What may have taken the place of what: a row for each candidate, the columns of `successions.csv`.
#[must_use]
pub fn successions_table(trends: &Trends) -> Table {
    let mut rows = Vec::new();
    for table in trends.successions() {
        for s in table.candidates.iter().chain(&table.siblings) {
            rows.push(row(trends, table, s));
        }
    }
    Table {
        name: "successions",
        header: vec![
            "level",
            "from_year",
            "to_year",
            "falling",
            "falling_label",
            "rising",
            "rising_label",
            "within",
            "strength",
            "ci_low",
            "ci_high",
            "fall",
            "rise",
            "likeness",
            "lift",
            "talks_with_both",
            "talks_with_rising",
            "shared_concepts",
            "p",
            "certainty",
            "quote_falling",
            "quote_rising",
        ],
        rows,
    }
}

fn row(trends: &Trends, table: &Successions, s: &Succession) -> Vec<Cell> {
    let comparison = table.comparison;
    let quoted = |key: &str, years: YearSet| {
        let first = leg(trends, table.level, key, years).first().copied();
        first.map_or(Cell::Empty, |e| Cell::Text(e.quote.split_whitespace().collect::<Vec<_>>().join(" ")))
    };
    vec![
        table.level.into(),
        comparison.from.to_string().into(),
        comparison.to.to_string().into(),
        s.from.0.as_str().into(),
        s.from.1.as_str().into(),
        s.to.0.as_str().into(),
        s.to.1.as_str().into(),
        s.within.clone().map_or(Cell::Empty, Cell::Text),
        Cell::Float(s.strength, 4),
        Cell::Float(s.interval.0, 4),
        Cell::Float(s.interval.1, 4),
        Cell::Float(s.fall, 4),
        Cell::Float(s.rise, 4),
        Cell::Float(s.likeness, 4),
        Cell::Float(s.lift, 4),
        s.together.0.into(),
        s.together.1.into(),
        shared(trends, s).join("; ").into(),
        Cell::Float(s.p, 4),
        s.certainty.name().into(),
        quoted(&s.from.0, comparison.from),
        quoted(&s.to.0, comparison.to),
    ]
}

fn shared(trends: &Trends, s: &Succession) -> Vec<String> {
    s.shared.iter().map(|common| common.label(trends.concepts())).collect()
}

/// Quotes of one leg from the talks of its years, each talk once, then the others.
fn leg<'t>(trends: &'t Trends, level: &str, key: &str, years: YearSet) -> Vec<&'t Evidence> {
    let counted = |e: &&Evidence| {
        let kind = trends.corpus().sessions()[e.session].kind;
        years.contains(e.year) && crate::trends::counts_as_talk(kind, trends.include_framing())
    };
    let of = |kind: EvidenceKind, key: &str| trends.quotes(kind, key).filter(counted).collect::<Vec<_>>();
    let all: Vec<&Evidence> = match level {
        "themes" => of(EvidenceKind::Theme, key),
        "found" => {
            let theme = trends.found_themes().and_then(|f| f.themes.iter().find(|t| t.name == key));
            let concepts = theme.into_iter().flat_map(|t| &t.concepts);
            concepts.flat_map(|c| of(EvidenceKind::Concept, &trends.concepts().get(c.0).key)).collect()
        }
        _ => of(EvidenceKind::Concept, key),
    };
    let mut fresh: Vec<&Evidence> = Vec::new();
    let mut rest: Vec<&Evidence> = Vec::new();
    for e in all {
        if fresh.iter().any(|f| f.session == e.session) { rest.push(e) } else { fresh.push(e) }
    }
    fresh.extend(rest);
    fresh
}

/// The pages' sections: the main comparison, each level.
pub(super) fn views(trends: &Trends, links: &Links<'_>, w: Words) -> Vec<SuccessionsView> {
    of_main(trends).map(|table| view(trends, table, links, w)).collect()
}

fn of_main(trends: &Trends) -> impl Iterator<Item = &Successions> {
    trends.successions().iter().filter(|s| Some(s.comparison) == trends.main_comparison())
}

fn view(trends: &Trends, table: &Successions, links: &Links<'_>, w: Words) -> SuccessionsView {
    let level = match table.level {
        "themes" => w.pick("Themen der Themendatei", "Themes of the theme file"),
        "found" => w.pick("Gefundene Themen", "Found themes"),
        _ => w.pick("Begriffe", "Terms"),
    };
    let comparison = table.comparison;
    let all = || table.shown().chain(&table.siblings);
    SuccessionsView {
        title: format!("{level}: {} → {}", comparison.from, comparison.to),
        lines: lines(trends, table, w),
        table: all().next().map(|_| grid(table, all(), w)),
        pairs: all().enumerate().map(|(i, s)| pair(trends, table, (i, s), links, w)).collect(),
    }
}

fn arrow(s: &Succession) -> String {
    format!("{} → {}", s.from.1, s.to.1)
}

fn grade(certainty: Certainty, w: Words) -> &'static str {
    match certainty {
        Certainty::Confirmed => w.fixed_text("belegt", "confirmed"),
        Certainty::Indicated => w.fixed_text("angedeutet", "indicated"),
        Certainty::Open => w.fixed_text("offen", "open"),
    }
}

fn grid<'s>(table: &Successions, rows: impl Iterator<Item = &'s Succession>, w: Words) -> View {
    let h = |de: &str, en: &str| w.pick(de, en).to_owned();
    let rows = rows.enumerate().map(|(i, s)| {
        let label = if s.within.is_some() { format!("↳ {}", arrow(s)) } else { arrow(s) };
        let texts = [
            w.fixed(s.strength, 2),
            format!("{} … {}", w.fixed(s.interval.0, 2), w.fixed(s.interval.1, 2)),
            w.fixed(s.likeness, 2),
            format!("{} {} {}", w.count(s.together.0), w.pick("von", "of"), w.count(s.together.1)),
            w.p_value(s.p).trim_start_matches("= ").to_owned(),
            grade(s.certainty, w).to_owned(),
        ];
        let label = Entry::from(label).linked(Some(pair_id(table, i)));
        [label].into_iter().chain(texts.map(Entry::from)).collect()
    });
    let rows: Vec<Vec<Entry>> = rows.collect();
    let deals = w.count(table.deals);
    let caption = if w.is_german() {
        format!(
            "Kandidaten nach Stärke; ↳ innerhalb desselben Oberthemas. Stärke: wie deutlich das eine fällt und das andere steigt, mal Nähe der Zusammenhänge. Gemeinsam: spätere Vorträge, die beide nennen. p: Anteil von {deals} zufälligen Verteilungen der Jahre, in denen irgendein Paar so stark ist."
        )
    } else {
        format!(
            "Candidates by strength; ↳ within one parent. Strength: how clearly the one falls and the other rises, times the likeness of their contexts. Together: later talks that name both. p: share of {deals} random dealings of the years in which any pair is as strong."
        )
    };
    let head = vec![
        h("Kandidat", "Candidate"),
        h("Stärke", "Strength"),
        h("95-%-Bereich", "95 % interval"),
        h("Nähe", "Likeness"),
        h("Gemeinsam", "Together"),
        "p".to_owned(),
        h("Urteil", "Verdict"),
    ];
    View::new(caption, head, vec![false, true, true, true, true, true, false], rows)
}

/// The id of a candidate in the page.
fn pair_id(table: &Successions, i: usize) -> String {
    format!("p-{}-{}", table.level, i + 1)
}

/// What to keep of a table: how far it goes, and what moved for itself.
fn lines(trends: &Trends, table: &Successions, w: Words) -> Vec<String> {
    let mut lines = Vec::new();
    let best = table.candidates.iter().map(|s| s.certainty).min();
    lines.push(match (best, w.is_german()) {
        (None, true) => "Nichts, was stieg, steht dort, wo etwas stand, das fiel.".to_owned(),
        (None, false) => "Nothing that rose stands where something stood that fell.".to_owned(),
        (Some(Certainty::Open), true) => {
            "Keine Ablösung ist belegt oder angedeutet: Die Paare sind Kandidaten, denen man nachgehen kann.".to_owned()
        }
        (Some(Certainty::Open), false) => {
            "No succession is confirmed or indicated: the pairs are candidates to look into.".to_owned()
        }
        (Some(_), true) => "Auch ein belegtes Paar sagt, was wo stand, und nicht, warum.".to_owned(),
        (Some(_), false) => "Even a confirmed pair says what stood where, not why.".to_owned(),
    });
    let moved = |things: &[(String, String)]| -> Vec<String> {
        let shift = |key: &str| trends.shift_on(table.level, table.comparison, key);
        let all = things.iter().take(8).map(|(key, label)| match (named(table.level, label, w), shift(key)) {
            (name, Some(s)) => format!("{name} ({})", brief(s, w)),
            (name, None) => name,
        });
        all.collect()
    };
    if !table.own_rises.is_empty() {
        let head = w.pick(
            "Gestiegen, ohne dass etwas Gefallenes deutlich in denselben Zusammenhängen stand:",
            "Rose by itself, nothing that fell clearly stood in the same contexts:",
        );
        lines.push(format!("{head} {}.", w.list(&moved(&table.own_rises))));
    }
    if !table.own_falls.is_empty() {
        let head = w.pick("Gefallen, ohne dass ein Nachfolger zu erkennen ist:", "Fell, and no successor can be seen:");
        lines.push(format!("{head} {}.", w.list(&moved(&table.own_falls))));
    }
    lines
}

fn pair(trends: &Trends, table: &Successions, (i, s): (usize, &Succession), links: &Links<'_>, w: Words) -> PairView {
    let quotes = |key: &str, years: YearSet| -> Vec<Quote> {
        leg(trends, table.level, key, years).into_iter().take(QUOTES).map(|e| quote(trends, e, links, w)).collect()
    };
    let Comparison { from, to } = table.comparison;
    PairView {
        id: pair_id(table, i),
        label: arrow(s),
        grade: grade(s.certainty, w).to_owned(),
        line: sentence(trends, table, s, w),
        legs: vec![
            (format!("{} {from}", s.from.1), quotes(&s.from.0, from)),
            (format!("{} {to}", s.to.1), quotes(&s.to.0, to)),
        ],
    }
}

/// A pair in a few sentences that claim no more than was seen.
fn sentence(trends: &Trends, table: &Successions, s: &Succession, w: Words) -> String {
    let sides = |key: &str| {
        let shift: Option<&Shift> = trends.shift_on(table.level, table.comparison, key);
        shift.map_or_else(String::new, |s| both_sides(s, w))
    };
    let (fall, rise) = (sides(&s.from.0), sides(&s.to.0));
    let (both, all, year) = (w.count(s.together.0), w.count(s.together.1), table.comparison.to);
    let shared = shared(trends, s);
    let (a, b) = (named(table.level, &s.from.1, w), named(table.level, &s.to.1, w));
    let p = w.p_value(s.p);
    if w.is_german() {
        let near =
            if shared.is_empty() { String::new() } else { format!(" Ähnlich macht beide: {}.", shared.join(", ")) };
        let place = s.within.as_ref().map_or("", |_| " Beide gehören zum selben Oberthema.");
        let claim = match s.certainty {
            Certainty::Open => "Eine Ablösung ist damit nicht belegt",
            Certainty::Indicated => "Eine Ablösung ist angedeutet",
            Certainty::Confirmed => "Die Ablösung ist belegt",
        };
        format!(
            "{a}: {fall}. {b}: {rise}. {a} kommt {year} auch in {both} von {all} Vorträgen vor, die {b} nennen.{near}{place} \
             {claim} (p {p}: so oft fände sich irgendein Paar dieser Stärke, wären die Jahre den Vorträgen zugelost)."
        )
    } else {
        let near =
            if shared.is_empty() { String::new() } else { format!(" What makes both alike: {}.", shared.join(", ")) };
        let place = s.within.as_ref().map_or("", |_| " Both belong to the same parent.");
        let claim = match s.certainty {
            Certainty::Open => "That does not establish a succession",
            Certainty::Indicated => "A succession is indicated",
            Certainty::Confirmed => "The succession is confirmed",
        };
        format!(
            "{a}: {fall}. {b}: {rise}. {both} of {all} talks of {year} that name {b} name {a}, too.{near}{place} {claim} \
             (p {p}: so often there would be some pair as strong, were the years dealt to the talks at random)."
        )
    }
}

/// What the first screen may say of a succession.
fn claim(certainty: Certainty, w: Words) -> &'static str {
    match certainty {
        Certainty::Open => w.fixed_text(
            "Was an die Stelle trat, ist nicht belegt; am ehesten",
            "what took its place is not established; most likely",
        ),
        Certainty::Indicated => w.fixed_text("An die Stelle trat wohl", "its place was probably taken by"),
        Certainty::Confirmed => w.fixed_text("An die Stelle trat", "its place was taken by"),
    }
}

/// A label as a sentence names it: that of a found theme is a list of words.
pub(super) fn named(level: &str, label: &str, w: Words) -> String {
    match (level, w.is_german()) {
        ("found", true) => format!("„{label}“"),
        ("found", false) => format!("“{label}”"),
        _ => label.to_owned(),
    }
}

/// One sentence for the first screen.
pub(super) fn summary(trends: &Trends, links: &Links<'_>, w: Words) -> Option<Line> {
    // Of the themes that somebody asked for the strongest pair is told however sure it is; found themes and single terms
    // are many, and some pair always looks alike.
    let says = |t: &&Successions| {
        let sure = |s: &Succession| match t.level {
            "themes" => true,
            "found" => s.p <= HEADLINE_P,
            _ => s.certainty < Certainty::Open,
        };
        t.candidates.first().is_some_and(sure)
    };
    let table = of_main(trends).find(says)?;
    let first = &table.candidates[0];
    let shown = table.shown().enumerate().filter(|(_, s)| s.from.0 == first.from.0).take(3);
    let heirs = shown.map(|(i, s)| {
        let sure = format!(" ({}, p {})", grade(s.certainty, w), w.p_value(s.p));
        Line::default().link(named(table.level, &s.to.1, w), Some(pair_id(table, i))).text(sure)
    });
    let mut own: Vec<&(String, String)> = table.own_rises.iter().collect();
    let rise = |key: &str| {
        trends.shift_on(table.level, table.comparison, key).map_or(0, |s| s.to.count - s.from.count.min(s.to.count))
    };
    own.sort_by(|a, b| rise(&b.0).cmp(&rise(&a.0)).then(a.cmp(b)));
    let own = own.into_iter().take(3);
    let own: Vec<Line> = own
        .map(|t| {
            let sure = trends.shift_on(table.level, table.comparison, &t.0).map_or("", |s| statistics::short(s, w));
            Line::default().link(named(table.level, &t.1, w), links.on(table.level, &t.0)).text(format!(" ({sure})"))
        })
        .collect();
    let line = Line::default()
        .link(named(table.level, &first.from.1, w), links.on(table.level, &first.from.0))
        .text(format!(": {} ", claim(first.certainty, w)))
        .list(heirs.collect(), w)
        .text(".");
    Some(if own.is_empty() {
        line
    } else {
        line.text(w.pick(" Für sich gestiegen: ", " Rose by themselves: ")).list(own, w).text(".")
    })
}
