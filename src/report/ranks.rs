//! How themes rank in each year, for three and more years.

use super::tables::{Cell, Table};
use crate::corpus::Year;
use crate::stats::sparse::SparseCounts;
use crate::trends::{FoundTheme, FoundThemes, Trends, counts_as_talk};

/// A theme with the rows that name it.
struct Named<'t> {
    level: &'static str,
    parent: &'t str,
    name: &'t str,
    label: &'t str,
    mentions: Vec<(usize, u64)>,
}

/// `theme_ranks.csv`: by year, level and parent the themes from the first rank to the last; none for fewer than three years.
pub(super) fn table(trends: &Trends) -> Option<Table> {
    let years = trends.years();
    let mut themes = of_file(trends);
    themes.extend(trends.found_themes().into_iter().flat_map(of_found));
    if years.len() < 3 || themes.is_empty() {
        return None;
    }
    themes.sort_by_key(|t| (["themes", "found", "subthemes"].iter().position(|l| *l == t.level), t.parent));
    let rivals = |a: &Named<'_>, b: &Named<'_>| (a.level, a.parent) == (b.level, b.parent);
    let of_year =
        |year: &Year| themes.chunk_by(rivals).flat_map(|group| ranked(trends, *year, group)).collect::<Vec<_>>();
    let header = vec!["year", "level", "parent", "rank", "theme", "label", "count", "per_1000", "sessions", "share"];
    Some(Table { name: "theme_ranks", header, rows: years.iter().flat_map(of_year).collect() })
}

fn of_file(trends: &Trends) -> Vec<Named<'_>> {
    let Some(counts) = trends.themes() else { return Vec::new() };
    let matrix = trends.matrix();
    let mentions = |id: usize| {
        let rows = (0..matrix.n_sessions()).map(|row| (row, counts.sessions[[matrix.session(row), id]] as u64));
        rows.filter(|cell| cell.1 > 0).collect()
    };
    let named = counts.themes.themes.iter().enumerate().map(|(id, theme)| Named {
        level: "themes",
        parent: theme.parent.as_deref().unwrap_or_default(),
        name: &theme.name,
        label: theme.label(trends.language()),
        mentions: mentions(id),
    });
    named.collect()
}

fn of_found(found: &FoundThemes) -> Vec<Named<'_>> {
    let mut named = of_level(found, "found", &found.themes, &found.mentions);
    named.extend(of_level(found, "subthemes", &found.subthemes, &found.subtheme_mentions));
    named
}

fn of_level<'f>(
    found: &'f FoundThemes,
    level: &'static str,
    themes: &'f [FoundTheme],
    mentions: &SparseCounts,
) -> Vec<Named<'f>> {
    let named = themes.iter().enumerate().map(|(id, theme)| Named {
        level,
        parent: theme.parent.map_or("", |p| &found.themes[p].name),
        name: &theme.name,
        label: &theme.label,
        mentions: mentions.column(id).cells().map(|(row, n)| (row, u64::from(n))).collect(),
    });
    named.collect()
}

/// Some themes by their mentions in the talks of a year; those with as many have one rank.
fn ranked(trends: &Trends, year: Year, rivals: &[Named<'_>]) -> Vec<Vec<Cell>> {
    let matrix = trends.matrix();
    let (n_talks, tokens) = trends.year_size(year);
    let in_year = |row: usize| matrix.year(row) == year && counts_as_talk(matrix.kind(row), trends.include_framing());
    let mut all: Vec<(&Named<'_>, u64, usize)> = Vec::new();
    for theme in rivals {
        let of_year = theme.mentions.iter().filter(|cell| in_year(cell.0));
        let (count, sessions) = of_year.fold((0, 0), |(count, n), cell| (count + cell.1, n + 1));
        all.push((theme, count, sessions));
    }
    all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.name.cmp(b.0.name)));
    let row = |&(theme, count, sessions): &(&Named<'_>, u64, usize)| {
        vec![
            year.into(),
            theme.level.into(),
            theme.parent.into(),
            (1 + all.partition_point(|other| other.1 > count)).into(),
            theme.name.into(),
            theme.label.into(),
            count.into(),
            Cell::Float(1_000.0 * count as f64 / (tokens as f64).max(1.0), 4),
            sessions.into(),
            Cell::Float(sessions as f64 / (n_talks as f64).max(1.0), 4),
        ]
    };
    all.iter().map(row).collect()
}
