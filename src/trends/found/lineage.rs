//! What became of themes from year to year: the themes of each year by itself, matched with those of the next.

use ndarray::Axis;

use super::choose::{Fitted, assessed};
use super::name;
use super::table::Table;
use crate::corpus::Year;
use crate::counts::Concepts;
use crate::stats::factorize::{SparseWeights, cosines};

/// Fewer talks of a year show no themes.
const FEWEST_TALKS: usize = 100;
/// Talks for each theme of a year; themes of a year at most; talks of a year that are looked at.
const TALKS_A_THEME: usize = 40;
const MOST_THEMES: usize = 15;
const MOST_TALKS: usize = 1_000;
/// Two themes are one if the cosine of their concepts is so large.
const SAME: f64 = 0.45;

/// What became of a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// One theme of the next year has its concepts.
    Stays,
    /// Two and more share them.
    Splits,
    /// It shares one with another theme of its year.
    Merges,
    /// No theme of the year before has its concepts.
    Born,
    /// No theme of the next year has.
    Gone,
}

impl Fate {
    /// The name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stays => "stays",
            Self::Splits => "splits",
            Self::Merges => "merges",
            Self::Born => "born",
            Self::Gone => "gone",
        }
    }
}

/// A theme of one year and, if there is one, its counterpart in the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Lineage {
    /// The earlier year.
    pub from_year: Year,
    /// Label of the theme in it; none for what is born.
    pub from: Option<String>,
    /// The next year that has themes of its own.
    pub to_year: Year,
    /// Label of the theme in it; none for what is gone.
    pub to: Option<String>,
    /// Cosine of the two; none where there is one only.
    pub likeness: Option<f64>,
    /// What became of it.
    pub fate: Fate,
}

/// The themes of a year with their labels.
struct OfYear {
    year: Year,
    fitted: Fitted,
    labels: Vec<String>,
}

/// What became of the themes of each year in the next; empty where years have too few talks. `years` holds the year of each
/// row of the table.
pub(super) fn lineage(table: &Table, concepts: &Concepts, years: &[Year], seed: u64) -> Vec<Lineage> {
    let mut distinct = years.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let themes: Vec<OfYear> =
        distinct.into_iter().filter_map(|year| of_year(table, concepts, years, year, seed)).collect();
    themes.windows(2).flat_map(|pair| between(&pair[0], &pair[1])).collect()
}

fn of_year(table: &Table, concepts: &Concepts, years: &[Year], year: Year, seed: u64) -> Option<OfYear> {
    let rows: Vec<usize> = (0..years.len()).filter(|&r| years[r] == year).collect();
    if rows.len() < FEWEST_TALKS {
        return None;
    }
    let weights: SparseWeights = table.weights.select(&rows).sample(MOST_TALKS, seed);
    let k = (rows.len() / TALKS_A_THEME).clamp(2, MOST_THEMES);
    let all = assessed(table, &weights, k, seed);
    let kept: Vec<usize> = (0..all.top.len()).filter(|&t| all.is_shown(t)).collect();
    let top: Vec<_> = kept.iter().map(|&t| all.top[t].clone()).collect();
    let labels = name::names(concepts, top.iter().map(|t| table.concepts_of(t))).map(|n| n.1).collect();
    let fitted = Fitted { columns: all.columns.select(Axis(1), &kept), top, ..all };
    Some(OfYear { year, fitted, labels })
}

fn between(from: &OfYear, to: &OfYear) -> Vec<Lineage> {
    let cosines = cosines(from.fitted.columns.view(), to.fitted.columns.view());
    let same = |a: usize, b: usize| cosines[[a, b]] >= SAME;
    let (n, m) = cosines.dim();
    let heirs = |a: usize| (0..m).filter(|&b| same(a, b)).count();
    let parents = |b: usize| (0..n).filter(|&a| same(a, b)).count();
    let line = |a: Option<usize>, b: Option<usize>, fate: Fate| Lineage {
        from_year: from.year,
        from: a.map(|a| from.labels[a].clone()),
        to_year: to.year,
        to: b.map(|b| to.labels[b].clone()),
        likeness: a.zip(b).map(|(a, b)| cosines[[a, b]]),
        fate,
    };
    let mut lines = Vec::new();
    for a in 0..n {
        for b in (0..m).filter(|&b| same(a, b)) {
            let fate = match (heirs(a), parents(b)) {
                (2.., _) => Fate::Splits,
                (_, 2..) => Fate::Merges,
                _ => Fate::Stays,
            };
            lines.push(line(Some(a), Some(b), fate));
        }
        if heirs(a) == 0 {
            lines.push(line(Some(a), None, Fate::Gone));
        }
    }
    lines.extend((0..m).filter(|&b| parents(b) == 0).map(|b| line(None, Some(b), Fate::Born)));
    lines
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};

    use super::*;

    fn year(year: Year, columns: Array2<f32>) -> OfYear {
        let n = columns.ncols();
        let fitted = Fitted {
            columns,
            top: vec![Vec::new(); n],
            stability: Vec::new(),
            coherence: Vec::new(),
            weight: Vec::new(),
        };
        OfYear { year, fitted, labels: (0..n).map(|t| format!("{year}.{t}")).collect() }
    }

    #[test]
    fn every_theme_has_a_fate() {
        // Concepts a, b, c, d. 2024: {a, b}, {c}, {d}. 2025: {a}, {b}, {c}; d is gone.
        let half = 0.5f32.sqrt();
        let earlier = year(2024, array![[half, 0., 0.], [half, 0., 0.], [0., 1., 0.], [0., 0., 1.]]);
        let later = year(2025, array![[1., 0., 0.], [0., 1., 0.], [0., 0., 1.], [0., 0., 0.]]);
        let fates = |lines: Vec<Lineage>| lines.into_iter().map(|l| (l.from, l.to, l.fate)).collect::<Vec<_>>();
        let name = |year: Year, t: usize| Some(format!("{year}.{t}"));
        assert_eq!(
            fates(between(&earlier, &later)),
            [
                (name(2024, 0), name(2025, 0), Fate::Splits),
                (name(2024, 0), name(2025, 1), Fate::Splits),
                (name(2024, 1), name(2025, 2), Fate::Stays),
                (name(2024, 2), None, Fate::Gone),
            ]
        );
        assert_eq!(
            fates(between(&later, &earlier)),
            [
                (name(2025, 0), name(2024, 0), Fate::Merges),
                (name(2025, 1), name(2024, 0), Fate::Merges),
                (name(2025, 2), name(2024, 1), Fate::Stays),
                (None, name(2024, 2), Fate::Born),
            ]
        );
    }
}
