//! What tests and intervals say: columns of shifts, tables of watch terms, families of tests and trends, and words.

use super::tables::{Cell, Rows, SHIFT_COLUMNS, Table, shift_cells};
use super::words::Words;
use crate::stats::design::Scheme;
use crate::trends::{Certainty, Comparison, Family, Shift, TrendLine, Trends, Verdict};

/// Columns of all shifts, after those of counts and rates.
pub(super) const TEST_COLUMNS: [&str; 18] = [
    "log2_ratio",
    "ci_low",
    "ci_high",
    "p",
    "q",
    "verdict",
    "certainty",
    "mid_p",
    "smallest_p",
    "exact",
    "min_detectable",
    "dispersion",
    "mean_rate_from",
    "mean_rate_to",
    "p_without_top_talk",
    "one_talk_makes_it",
    "rates_disagree",
    "one_cluster",
];

fn optional(value: Option<f64>, digits: usize) -> Cell {
    value.filter(|v| v.is_finite()).map_or(Cell::Empty, |v| Cell::Float(v, digits))
}

/// Six decimals, but never 0: random relabelings are a million at most.
fn smallest(p: f64) -> Cell {
    Cell::Float(p.max(1e-6), 6)
}

pub(super) fn test_cells(s: &Shift) -> Vec<Cell> {
    let t = &s.test;
    // Without statistics, no cell may look like a number.
    let tested = |value: f64| (!t.is_empty()).then_some(value);
    vec![
        optional(t.log2_ratio, 4),
        optional(t.low, 4),
        optional(t.high, 4),
        optional(t.p, 6),
        optional(t.q, 6),
        if t.is_empty() { "" } else { t.verdict.name() }.into(),
        t.certainty.map_or("", Certainty::name).into(),
        optional(t.mid_p, 6),
        tested(t.smallest_p).map_or(Cell::Empty, smallest),
        t.exact.into(),
        optional(t.minimum_detectable, 4),
        optional(t.dispersion, 4),
        optional(tested(t.mean_rate_from), 4),
        optional(tested(t.mean_rate_to), 4),
        optional(t.p_without_top, 6),
        t.one_session.into(),
        t.rates_disagree.into(),
        t.one_cluster.into(),
    ]
}

/// Any shifts as a table, each with the name of the list that it stands in.
#[must_use]
pub fn shifts_table<'s>(name: &'static str, rows: impl IntoIterator<Item = (&'s str, &'s Shift)>) -> Table {
    let rows = rows.into_iter().map(|(list, s)| {
        let mut row: Vec<Cell> = vec![list.into(), s.key.as_str().into(), s.label.as_str().into()];
        row.extend(shift_cells(s));
        row.extend(test_cells(s));
        row
    });
    let header = ["list", "key", "label"].into_iter().chain(SHIFT_COLUMNS).chain(TEST_COLUMNS).collect();
    Table { name, header, rows: rows.collect() }
}

/// The tables of the statistics; those without rows are left out.
pub(super) fn tables(trends: &Trends) -> Vec<Rows<'_>> {
    let small = [watch(trends), families(trends)].into_iter().filter(|table| !table.rows.is_empty()).map(Rows::from);
    let all_lines = [
        ("term_trends", "concept", trends.term_lines()),
        ("theme_trends", "theme", trends.theme_lines()),
        ("found_theme_trends", "theme", trends.found_lines()),
    ];
    let long = all_lines.into_iter().filter(|l| !l.2.is_empty()).map(|(name, key, of)| lines(name, key, of));
    small.chain(long).collect()
}

fn watch(trends: &Trends) -> Table {
    let concepts = |text: &str| {
        trends.watched().iter().find(|w| w.text == text).map(|w| w.concepts.join("; ")).unwrap_or_default()
    };
    let rows = trends.watch_shifts().iter().map(|s| {
        let mut row: Vec<Cell> = vec![s.key.as_str().into(), concepts(&s.key).into()];
        row.extend(shift_cells(s));
        row.extend(test_cells(s));
        row
    });
    Table {
        name: "watch_shifts",
        header: ["watch", "concepts"].into_iter().chain(SHIFT_COLUMNS).chain(TEST_COLUMNS).collect(),
        rows: rows.collect(),
    }
}

/// What was found in a family of tests, among what reports speak of: ranked shifts that were corrected together. A verb
/// that no ranking shows, or a word of one talk, is tested for the tables and counts nowhere else.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tally {
    pub kind: &'static str,
    pub tested: usize,
    pub confirmed: usize,
    pub indicated: usize,
}

impl Tally {
    fn of(trends: &Trends, family: &Family) -> Self {
        let shifts = trends.shifts_of_family(family.kind).iter();
        let counted: Vec<&Shift> = shifts.filter(|s| s.comparison == family.comparison && is_counted(s)).collect();
        let with = |c: Certainty| counted.iter().filter(|s| s.test.certainty == Some(c)).count();
        Self {
            kind: family.kind,
            tested: counted.len(),
            confirmed: with(Certainty::Confirmed),
            indicated: with(Certainty::Indicated),
        }
    }

    /// As many as p ≤ .05 is reached by at most, on average, where nothing changed.
    pub(super) fn by_chance(&self) -> f64 {
        0.05 * self.tested as f64
    }

    /// Whether no more is indicated than chance alone lets expect.
    pub(super) fn is_chance(&self) -> bool {
        self.indicated as f64 <= self.by_chance()
    }
}

/// Whether a shift is among those that reports count: ranked, and corrected together with its family.
pub(super) fn is_counted(s: &Shift) -> bool {
    s.ranked && s.test.q.is_some()
}

/// The tallies of a comparison.
pub(super) fn tallies(trends: &Trends, comparison: Comparison) -> Vec<Tally> {
    trends.families().iter().filter(|f| f.comparison == comparison).map(|f| Tally::of(trends, f)).collect()
}

/// `5,5`, `60`.
pub(super) fn by_chance(expected: f64, w: Words) -> String {
    w.number(expected, usize::from(expected < 10.0))
}

fn families(trends: &Trends) -> Table {
    let rows = trends.families().iter().map(|f| {
        let tally = Tally::of(trends, f);
        vec![
            f.comparison.from.to_string().into(),
            f.comparison.to.to_string().into(),
            f.kind.into(),
            f.tests.into(),
            f.tested_outside.into(),
            match f.scheme {
                Scheme::Sessions => "talks",
                Scheme::WholeBlocks => "whole blocks",
                Scheme::WithinBlocks => "within blocks",
            }
            .into(),
            f.units.0.into(),
            f.units.1.into(),
            smallest(f.smallest_p),
            tally.confirmed.into(),
            tally.indicated.into(),
        ]
    });
    Table {
        name: "comparisons",
        header: vec![
            "from_year",
            "to_year",
            "family",
            "tests",
            "tested_outside",
            "dealt",
            "units_from",
            "units_to",
            "smallest_p",
            "confirmed",
            "indicated",
        ],
        rows: rows.collect(),
    }
}

fn lines<'t>(name: &'static str, key: &'static str, lines: &'t [TrendLine]) -> Rows<'t> {
    let rows = lines.iter().map(|l| {
        vec![
            l.key.as_str().into(),
            l.label.as_str().into(),
            l.sessions.into(),
            Cell::Float(l.slope, 6),
            optional(l.interval.map(|i| i.0), 6),
            optional(l.interval.map(|i| i.1), 6),
            optional(l.tau, 4),
            optional(l.p, 6),
            optional(l.q, 6),
            l.year_of_change.map_or(Cell::Empty, Cell::from),
        ]
    });
    Rows {
        name,
        header: vec![
            key,
            "label",
            "sessions",
            "slope",
            "slope_low",
            "slope_high",
            "kendall_tau",
            "p",
            "q",
            "year_of_change",
        ],
        rows: Box::new(rows),
    }
}

/// `steigt: offen`.
pub(super) fn verdict(s: &Shift, w: Words) -> String {
    if s.test.is_empty() {
        return "–".to_owned();
    }
    let what = match s.test.verdict {
        Verdict::Rising => w.pick("steigt", "rising"),
        Verdict::Falling => w.pick("fällt", "falling"),
        Verdict::New => w.pick("neu", "new"),
        Verdict::Gone => w.pick("nicht mehr", "gone"),
        Verdict::Stable => w.pick("stabil", "stable"),
        Verdict::Undecided => w.pick("unentschieden", "undecided"),
        Verdict::NotDecidable => w.pick("nicht entscheidbar", "not decidable"),
    };
    let grade = grade(s, w);
    if grade.is_empty() { what.to_owned() } else { format!("{what}: {grade}") }
}

/// `belegt`, `angedeutet`, `offen`; empty without a certainty.
pub(super) fn grade(s: &Shift, w: Words) -> &'static str {
    match s.test.certainty {
        Some(Certainty::Confirmed) => w.fixed_text("belegt", "confirmed"),
        Some(Certainty::Indicated) => w.fixed_text("angedeutet", "indicated"),
        Some(Certainty::Open) => w.fixed_text("offen", "open"),
        None => "",
    }
}

/// The certainty, or why there is none: `nicht entscheidbar`; empty without statistics.
pub(super) fn short(s: &Shift, w: Words) -> &'static str {
    match (s.test.certainty, s.test.verdict) {
        (Some(_), _) => grade(s, w),
        _ if s.test.is_empty() => "",
        (None, Verdict::NotDecidable) => w.fixed_text("nicht entscheidbar", "not decidable"),
        (None, Verdict::Stable) => w.fixed_text("stabil", "stable"),
        (None, _) => w.fixed_text("unentschieden", "undecided"),
    }
}

/// How sure the title of a chart is: `gesehen, nicht belegt`.
#[cfg(feature = "charts")]
pub(super) fn claim(s: &Shift, w: Words) -> &'static str {
    match s.test.certainty {
        Some(Certainty::Indicated) => w.fixed_text("angedeutet, nicht belegt", "indicated, not established"),
        Some(Certainty::Open) => w.fixed_text("gesehen, nicht belegt", "seen, not established"),
        _ if s.test.is_empty() => w.fixed_text("nicht geprüft", "not tested"),
        _ => short(s, w),
    }
}

/// How sure a headline is, after a semicolon; nothing without statistics.
pub(super) fn certainty(s: &Shift, w: Words) -> String {
    if s.test.is_empty() { String::new() } else { format!("; {}", how_sure(s, w)) }
}

fn how_sure(s: &Shift, w: Words) -> String {
    let p = |name: &str, value: Option<f64>| value.map(|v| format!("{name} {}", w.p_value(v))).unwrap_or_default();
    match (s.test.certainty, s.test.verdict) {
        (Some(Certainty::Confirmed), _) => format!("{} ({})", w.pick("belegt", "confirmed"), p("q", s.test.q)),
        (Some(Certainty::Indicated), _) => {
            format!("{} ({})", w.pick("angedeutet, nicht belegt", "indicated, not established"), p("p", s.test.p))
        }
        (Some(Certainty::Open), _) => {
            let seen = w.pick("gesehen, nicht belegt", "seen, not established");
            s.test.p.map_or_else(|| seen.to_owned(), |_| format!("{seen} ({})", p("p", s.test.p)))
        }
        (None, Verdict::NotDecidable) => {
            w.pick("zu wenig, um etwas zu entscheiden", "too little to decide anything").to_owned()
        }
        (None, Verdict::Stable) => w.pick("etwa gleich geblieben", "about the same").to_owned(),
        (None, _) => w.pick("unentschieden", "undecided").to_owned(),
    }
}

/// `÷1,2 … ×3,4`, with `≤` or `≥` where one side is zero.
pub(super) fn interval(s: &Shift, w: Words) -> String {
    let size = |x: f64| {
        let factor = libm::exp2(x.abs());
        let factor = w.number(factor, usize::from(factor < 10.0));
        if x >= 0.0 { format!("×{factor}") } else { format!("÷{factor}") }
    };
    match (s.test.low.filter(|x| x.is_finite()), s.test.high.filter(|x| x.is_finite())) {
        (Some(low), Some(high)) => format!("{} … {}", size(low), size(high)),
        (Some(low), None) => format!("≥ {}", size(low)),
        (None, Some(high)) => format!("≤ {}", size(high)),
        (None, None) => "–".to_owned(),
    }
}

/// The largest share of talks that could name something although none of `n` did: the exact one-sided 95 % limit
/// 1 − 0.05^(1/n) (Clopper and Pearson 1934), in percent.
fn unseen_share(n: usize) -> f64 {
    if n == 0 { 100.0 } else { 100.0 * (1.0 - libm::pow(0.05, 1.0 / n as f64)) }
}

/// The same in words, rounded up: `21`, `0,3`.
pub(super) fn unseen_below(n: usize, w: Words) -> String {
    let share = unseen_share(n);
    let digits = usize::from(share < 1.0);
    let unit = if digits > 0 { 10.0 } else { 1.0 };
    w.number((share * unit).ceil() / unit, digits)
}

/// `Begriffe`, or `Begriff` where one was tested.
fn kind_of(tally: Tally, w: Words) -> &'static str {
    let one = tally.tested == 1;
    let pick =
        |de: [&'static str; 2], en: [&'static str; 2]| w.fixed_text(de[usize::from(!one)], en[usize::from(!one)]);
    match tally.kind {
        "themes" => pick(["Thema", "Themen"], ["theme", "themes"]),
        "found" => pick(["gefundenes Thema", "gefundene Themen"], ["found theme", "found themes"]),
        "subthemes" => pick(["Teilthema", "Teilthemen"], ["subtheme", "subthemes"]),
        "watch" => pick(["beobachteter Begriff", "beobachtete Begriffe"], ["watch term", "watch terms"]),
        _ => pick(["Begriff", "Begriffe"], ["term", "terms"]),
    }
}

/// What was tested, and what was found, in sentences.
pub(super) fn tested(trends: &Trends, w: Words) -> Vec<String> {
    let Some(main) = trends.main_comparison() else { return Vec::new() };
    let mut lines = Vec::new();
    let families: Vec<_> = trends.families().iter().filter(|f| f.comparison == main).collect();
    for f in &families {
        let tally = Tally::of(trends, f);
        let kind = kind_of(tally, w);
        let (a, b) = (w.count(tally.confirmed), w.count(tally.indicated));
        let chance = by_chance(tally.by_chance(), w);
        let (tested, pairs) = (w.count(tally.tested), w.count(trends.comparisons().len()));
        lines.push(match (tally.tested, w.is_german()) {
            (0, true) => format!("{} → {}: Kein Test konnte etwas entscheiden ({kind}).", main.from, main.to),
            (0, false) => format!("{} → {}: no test could decide anything ({kind}).", main.from, main.to),
            (n, true) => {
                let units = if f.scheme == Scheme::WholeBlocks { "ganze Blöcke" } else { "Vorträge" };
                let were = if n == 1 { "wurde" } else { "wurden zusammen" };
                format!(
                    "{} → {}: {tested} {kind} {were} geprüft (Permutation über {units}, Schutz vor falschen Entdeckungen). \
                     Belegte Veränderungen: {a}, angedeutete: {b}; p ≤ 0,05 hätten durch Zufall bis zu {chance}. \
                     Vergleiche von Jahren insgesamt: {pairs}.",
                    main.from, main.to,
                )
            }
            (n, false) => {
                let units = if f.scheme == Scheme::WholeBlocks { "whole blocks" } else { "talks" };
                let were = if n == 1 { "was tested" } else { "were tested together" };
                format!(
                    "{} → {}: {tested} {kind} {were} (permutation over {units}, guarded against false discoveries). \
                     Changes confirmed: {a}, indicated: {b}; up to {chance} would have p ≤ .05 by chance. \
                     Comparisons of years in all: {pairs}.",
                    main.from, main.to,
                )
            }
        });
    }
    if families.is_empty() {
        lines.push(
            w.pick(
                "Es wurde kein Test gerechnet: Reihenfolgen und Verhältnisse beschreiben, sie beweisen nicht.",
                "No test was computed: rankings and ratios describe, they do not prove.",
            )
            .to_owned(),
        );
    }
    lines.extend(needed(trends, w));
    lines
}

/// How much the weightiest themes would have to change so that it would probably show.
fn needed(trends: &Trends, w: Words) -> Option<String> {
    let main = trends.main_comparison()?;
    let shifts = if trends.theme_shifts().is_empty() { trends.watch_shifts() } else { trends.theme_shifts() };
    let mut open: Vec<&Shift> = shifts
        .iter()
        .filter(|s| s.comparison == main && s.test.certainty == Some(Certainty::Open))
        .filter(|s| s.test.minimum_detectable.is_some())
        .collect();
    open.sort_by(|a, b| (b.from.count + b.to.count).cmp(&(a.from.count + a.to.count)).then(a.key.cmp(&b.key)));
    let parts: Vec<String> = open
        .iter()
        .take(4)
        .filter_map(|s| Some(format!("{} ×{}", s.label, w.number(libm::exp2(s.test.minimum_detectable?), 1))))
        .collect();
    (!parts.is_empty()).then(|| {
        if w.is_german() {
            format!(
                "Was nötig wäre: Um bei so vielen Vorträgen wahrscheinlich (80 %) aufzufallen, müsste sich die Häufigkeit mindestens so ändern: {}.",
                w.list(&parts)
            )
        } else {
            format!(
                "What would be needed: to show up probably (80 %) with this many talks, the rate would have to change at least by: {}.",
                w.list(&parts)
            )
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Language;

    #[test]
    fn what_none_named_is_below_a_share_that_is_never_nothing() {
        let w = Words::new(Language::De);
        assert_eq!([0, 1, 13, 100, 1000, 100_000].map(|n| unseen_below(n, w)), ["100", "95", "21", "3", "0,3", "0,1"]);
    }
}
