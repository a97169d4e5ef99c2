//! Charts of terms: how often and how changed, what makes the difference of two years, what each year is known by.

use super::{MAX_YEARS, footer, sizes, years_of};
use crate::chart::{KeyTerms, KeyYear, Scatter, ScatterPoint, WordShift, WordShiftRow};
use crate::report::statistics;
use crate::report::words::Words;
use crate::stats::contrast::share_differences;
use crate::trends::{Certainty, Comparison, Shift, Trends};

/// Points of the scatter plot.
const POINTS: usize = 400;
/// Points of the scatter plot that its description names.
const DESCRIBED_POINTS: usize = 24;
/// Rows of the word shift.
const SHIFT_ROWS: usize = 24;

/// Ranked concepts by how often they are named and how that changed. What is shown to change comes first, then the
/// ranking of both directions by turns.
pub(super) fn scatter(trends: &Trends, comparison: Comparison, w: Words) -> Scatter {
    let (from, to) = (comparison.from, comparison.to);
    // What a single talk names says nothing of frequency, and makes most of the concepts of a small corpus.
    let named_twice = |s: &&Shift| s.from.sessions + s.to.sessions > 1;
    let [up, down] = [true, false].map(|rising| {
        trends.ranking(rising, Some(comparison)).rows.into_iter().filter(named_twice).collect::<Vec<&Shift>>()
    });
    let n = up.len() + down.len();
    let longest = up.len().max(down.len());
    let mut shifts: Vec<&Shift> = (0..longest).flat_map(|i| [up.get(i), down.get(i)]).flatten().copied().collect();
    let is_shown = |s: &Shift| {
        statistics::is_counted(s) && matches!(s.test.certainty, Some(Certainty::Confirmed | Certainty::Indicated))
    };
    shifts.sort_by_key(|s| !is_shown(s));
    shifts.truncate(POINTS);
    // As many as the page says, whatever the picture has room for.
    let terms = statistics::tallies(trends, comparison).into_iter().find(|t| t.kind == "terms");
    let shown = terms.map_or(0, |t| t.confirmed + t.indicated);
    let point = |s: &&Shift| ScatterPoint {
        label: s.label.to_string(),
        frequency: (s.from.count + s.to.count) as f64,
        change: s.effect,
        emphasis: is_shown(s),
    };
    let points: Vec<ScatterPoint> = shifts.iter().map(point).collect();
    let tested = shifts.iter().any(|s| !s.test.is_empty());
    let title = match (shown, w.is_german()) {
        (_, true) if !tested => format!("Wie oft Begriffe genannt werden und wie sich das ändert: {from} → {to}"),
        (_, false) if !tested => format!("How often terms are named and how that changes: {from} → {to}"),
        (0, true) => format!("Keine Veränderung eines Begriffs ist belegt oder angedeutet: {from} → {to}"),
        (0, false) => format!("No change of a term is confirmed or indicated: {from} → {to}"),
        (1, true) => format!("Ein Begriff mit belegter oder angedeuteter Veränderung: {from} → {to}"),
        (1, false) => format!("One term with a confirmed or indicated change: {from} → {to}"),
        (k, true) => format!("{} Begriffe mit belegter oder angedeuteter Veränderung: {from} → {to}", w.count(k)),
        (k, false) => format!("{} terms with a confirmed or indicated change: {from} → {to}", w.count(k)),
    };
    let years = years_of(trends, comparison);
    let (shown, all) = (w.count(points.len()), w.count(n));
    let chosen = match (n > points.len(), w.is_german()) {
        (false, true) => format!("{all} Begriffe aus mindestens zwei Vorträgen"),
        (false, false) => format!("{all} terms of at least two talks"),
        (true, true) => {
            format!("Die {shown} am stärksten verschobenen von {all} Begriffen aus mindestens zwei Vorträgen")
        }
        (true, false) => format!("The {shown} of {all} terms of at least two talks that shifted most"),
    };
    let labelled: Vec<String> =
        shifts.iter().take(DESCRIBED_POINTS).map(|s| format!("{} {}", s.label, both(s, w))).collect();
    Scatter {
        subtitle: w
            .pick(
                "Verhältnis der Nennungen je 1.000 Wörter, null als halbe Nennung. Farbig: belegt oder angedeutet; „+2“: zwei weitere am gleichen Ort",
                "Ratio of mentions per 1,000 words, zero as half a mention. Coloured: confirmed or indicated; “+2”: two more at the same place",
            )
            .to_owned(),
        footer: format!(
            "{chosen}. {}",
            if tested { sizes(trends, &years, w) } else { footer(trends, &years, w) }
        ),
        description: format!("{title}. {}", labelled.join("; ")),
        title,
        x_label: w.pick("Nennungen in beiden Jahren zusammen", "mentions on both sides together").to_owned(),
        heads: [
            format!("{to} {}", w.pick("häufiger", "more frequent")),
            format!("{to} {}", w.pick("seltener", "less frequent")),
        ],
        points,
        decimal_comma: w.is_german(),
    }
}

/// `(2 → 11 Nennungen)`.
fn both(s: &Shift, w: Words) -> String {
    format!("({} → {})", w.count(s.from.count), w.mentions(s.to.count))
}

/// What the difference of two sides is made of: shares of all mentions of ranked concepts (docs/methods.md, section 10).
pub(super) fn word_shift(trends: &Trends, comparison: Comparison, w: Words) -> Option<WordShift> {
    let (from, to) = (comparison.from, comparison.to);
    let shifts: Vec<&Shift> = trends.term_shifts().iter().filter(|s| s.comparison == comparison && s.ranked).collect();
    let counts: Vec<(f64, f64)> = shifts.iter().map(|s| (s.from.count as f64, s.to.count as f64)).collect();
    let differences = share_differences(&counts)?;
    let whole: f64 = differences.iter().map(|d| d.abs()).sum();
    if whole == 0.0 {
        return None;
    }
    let mut order: Vec<usize> = (0..shifts.len()).filter(|&i| differences[i] != 0.0).collect();
    order.sort_by(|&a, &b| {
        differences[b].abs().total_cmp(&differences[a].abs()).then(shifts[a].key.cmp(&shifts[b].key))
    });
    let moved = order.len();
    order.truncate(SHIFT_ROWS);
    let mut sum = 0.0;
    let rows = order.iter().map(|&i| {
        sum += differences[i].abs();
        WordShiftRow {
            label: shifts[i].label.to_string(),
            contribution: 100.0 * differences[i],
            note: format!("{} → {}", w.count(shifts[i].from.count), w.count(shifts[i].to.count)),
            weak: shifts[i].one_session,
            sum: (sum / whole).min(1.0),
        }
    });
    let rows: Vec<WordShiftRow> = rows.collect();
    let explained = w.number(100.0 * rows.last()?.sum, 0);
    let (k, n) = (w.count(rows.len()), w.count(moved));
    let title = if w.is_german() {
        format!("{k} von {n} Begriffen machen {explained} % des Unterschieds: {from} → {to}")
    } else {
        format!("{k} of {n} terms make {explained} % of the difference: {from} → {to}")
    };
    let years = years_of(trends, comparison);
    Some(WordShift {
        subtitle: w
            .pick(
                "Anteil an allen Nennungen, Unterschied in Prozentpunkten; daneben: Nennungen. Schraffiert: Werk eines einzigen Vortrags",
                "Share of all mentions, difference in percentage points; beside it: mentions. Hatched: the doing of a single talk",
            )
            .to_owned(),
        footer: footer(trends, &years, w),
        description: format!(
            "{title}. {}",
            rows.iter()
                .map(|r| format!("{} {} ({})", r.label, w.signed(r.contribution, 2), r.note))
                .collect::<Vec<_>>()
                .join("; ")
        ),
        title,
        heads: [format!("{} {from}", w.pick("mehr in", "more in")), format!("{} {to}", w.pick("mehr in", "more in"))],
        sum_head: w.pick("kumulierter Anteil am Unterschied", "cumulative share of the difference").to_owned(),
        rows,
        unit: String::new(),
        decimal_comma: w.is_german(),
    })
}

/// The terms with the highest mean TF-IDF over the talks of a year.
pub(super) fn key_terms(trends: &Trends, w: Words) -> KeyTerms {
    let all = trends.years();
    let years = &all[all.len().saturating_sub(MAX_YEARS)..];
    let matrix = trends.matrix();
    let per_year = years.iter().map(|&year| {
        let rows: Vec<usize> = (0..matrix.n_sessions())
            .filter(|&r| {
                matrix.year(r) == year && crate::trends::counts_as_talk(matrix.kind(r), trends.include_framing())
            })
            .collect();
        let mut sums: std::collections::BTreeMap<u32, (f64, usize)> = std::collections::BTreeMap::new();
        for &row in &rows {
            for (concept, weight) in trends.weights(row, true) {
                let entry = sums.entry(concept).or_default();
                entry.0 += weight;
                entry.1 += 1;
            }
        }
        let mut terms: Vec<(u32, f64, usize)> =
            sums.into_iter().map(|(c, (sum, n))| (c, sum / rows.len().max(1) as f64, n)).collect();
        terms.sort_by(|a, b| {
            b.1.total_cmp(&a.1).then(trends.concepts().get(a.0).key.cmp(&trends.concepts().get(b.0).key))
        });
        terms.truncate(if years.len() <= 2 { 12 } else { 8 });
        let of = w.pick("von", "of");
        let terms = terms.into_iter().map(|(c, weight, n)| {
            (trends.concepts().get(c).label.clone(), weight, format!("{} {of} {}", w.count(n), w.count(rows.len())))
        });
        KeyYear { year: year.to_string(), terms: terms.collect() }
    });
    let per_year: Vec<KeyYear> = per_year.collect();
    KeyTerms {
        title: w.pick("Schlüsselbegriffe je Jahr", "Key terms of each year").to_owned(),
        subtitle: w
            .pick(
                "Mittleres TF-IDF über die Vorträge des Jahres; daneben: Vorträge mit dem Begriff",
                "Mean TF-IDF over the talks of the year; beside it: talks with the term",
            )
            .to_owned(),
        footer: footer(trends, years, w),
        description: per_year
            .iter()
            .map(|y| format!("{}: {}", y.year, y.terms.iter().map(|t| t.0.as_str()).collect::<Vec<_>>().join(", ")))
            .collect::<Vec<_>>()
            .join("; "),
        years: per_year,
        decimal_comma: w.is_german(),
    }
}
