//! Themes that the corpus itself shows: factors of talks × concepts (docs/methods.md 13.1).
//!
//! Years take no part in it: a theme is found in the talks of all years together, so that dealing the years anew leaves it
//! as it is, and its shifts can be tested like those of any other theme.
//! Where all years weigh the same they do take part, and `refit` repeats the fit in every test.

mod choose;
mod groups;
mod lineage;
mod name;
mod refit;
mod subthemes;
pub(super) mod table;

use std::collections::BTreeMap;

use ndarray::Array2;

use crate::corpus::Year;
use crate::counts::{ConceptId, Concepts, SessionTermMatrix};
use crate::error::{Error, Result};
use crate::stats::factorize::weigh;
use crate::stats::sparse::SparseCounts;

use choose::{Fitted, Search, choose};
pub use groups::KeyGroup;
pub(crate) use groups::groups;
pub use lineage::{Fate, Lineage};
pub(crate) use refit::refit_p;
use table::{Choice, Table};

/// Characteristic concepts of a theme.
pub(super) const TOP: usize = 10;
/// Fewer talks show no themes.
pub(super) const FEWEST_TALKS: usize = 60;

/// How themes are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundSettings {
    /// Whether themes are looked for. Default: yes.
    pub enabled: bool,
    /// How many; none: as many as the corpus can show again and again.
    pub number: Option<usize>,
    /// Whether all years weigh the same in the fit, however many talks they have. Then tests repeat the fit, and subthemes
    /// and successions of found themes are not tested. Default: no.
    pub equal_years: bool,
    /// Seed of the resamples.
    pub seed: u64,
}

impl Default for FoundSettings {
    fn default() -> Self {
        Self { enabled: true, number: None, equal_years: false, seed: 1 }
    }
}

impl FoundSettings {
    pub(crate) fn check(&self) -> Result<()> {
        match self.number {
            Some(n) if !(2..=200).contains(&n) => {
                Err(Error::setting("--found-themes", n.to_string(), "expected a number from 2 to 200"))
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn describe(&self) -> String {
        match (self.enabled, self.number) {
            (false, _) => "none".to_owned(),
            (true, None) => "auto".to_owned(),
            (true, Some(n)) => n.to_string(),
        }
    }
}

/// A theme that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundTheme {
    /// Keys of its first concepts; no two themes have the same.
    pub name: String,
    /// Labels of these concepts.
    pub label: String,
    /// Of a subtheme, the theme it belongs to, by its place among the themes.
    pub parent: Option<usize>,
    /// Its characteristic concepts, the most characteristic first, with their share of the weight of all of them.
    pub concepts: Vec<(ConceptId, f64)>,
    /// Mean cosine of its counterpart in each resample of the talks (of a subtheme: of its theme's) with the mean of those in
    /// the others, 0 to 1.
    pub stability: f64,
    /// Mean NPMI of its concepts, the same talks as windows.
    pub coherence: f64,
    /// Share of all that the themes weigh.
    pub weight: f64,
}

/// What one number of themes gave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tried {
    /// Number of themes.
    pub n: usize,
    /// How many of them are stable and coherent.
    pub shown: usize,
    /// Their mean stability.
    pub stability: f64,
    /// Their mean NPMI.
    pub coherence: f64,
    /// Share of different concepts among the characteristic ones of all.
    pub diversity: f64,
}

/// Themes found in a corpus.
#[derive(Debug, Clone)]
pub struct FoundThemes {
    /// The stable and coherent ones, the weightiest first.
    pub themes: Vec<FoundTheme>,
    /// The stable and coherent ones among the talks of each theme, by theme, the weightiest first.
    pub subthemes: Vec<FoundTheme>,
    /// Other themes of the same fit that are not shown.
    pub not_shown: usize,
    /// Numbers of themes that were tried, ascending; empty where there are too few talks.
    pub tried: Vec<Tried>,
    /// Share of each theme in each row of the matrix: rows × themes.
    pub shares: Array2<f32>,
    /// Mentions of a theme's characteristic concepts: rows × themes.
    pub mentions: SparseCounts,
    /// Mentions of a subtheme's characteristic concepts in the talks of its theme: rows × subthemes.
    pub subtheme_mentions: SparseCounts,
    /// What became of the themes of each year by itself; empty where years have too few talks.
    pub lineage: Vec<Lineage>,
    /// Talks that were looked at.
    pub talks: usize,
    /// Whether all years weighed the same.
    pub equal_years: bool,
}

impl FoundThemes {
    /// Themes and subthemes, in their order.
    pub fn all(&self) -> impl Iterator<Item = &FoundTheme> {
        self.themes.iter().chain(&self.subthemes)
    }

    /// The subthemes of a theme, the weightiest first.
    pub fn subthemes_of(&self, theme: usize) -> impl Iterator<Item = &FoundTheme> {
        self.subthemes.iter().filter(move |s| s.parent == Some(theme))
    }
}

/// Looks for themes in the rows that count as talks.
pub(crate) fn find(
    matrix: &SessionTermMatrix,
    concepts: &Concepts,
    is_talk: impl Fn(usize) -> bool,
    settings: &FoundSettings,
) -> Result<FoundThemes> {
    let (talks, mut table) = topic_table(matrix, concepts, is_talk)?;
    let years: Vec<Year> = talks.iter().map(|&row| matrix.year(row)).collect();
    if settings.equal_years {
        table.weights = table.weights.scaled(&year_factors(&years));
    }
    let (tried, fitted) = choose(&table, &Search::THEMES, settings.number, settings.seed);
    let Some(fitted) = fitted else { return nothing(matrix, tried, talks.len(), settings) };
    let kept: Vec<usize> = (0..fitted.top.len()).filter(|&t| fitted.is_shown(t)).collect();
    let shares = shares(&table, &fitted, matrix, &talks).select(ndarray::Axis(1), &kept);
    let lineage = lineage::lineage(&table, concepts, &years, settings.seed);
    let mut themes = shown(&table, &fitted);
    let of_themes = talks_of_themes(&shares, &talks);
    let mut subthemes = subthemes::find(matrix, concepts, &of_themes, settings.seed)?;
    for subtheme in &mut subthemes {
        subtheme.weight *= subtheme.parent.map_or(1.0, |p| themes[p].weight);
    }
    name::give(concepts, themes.iter_mut().chain(&mut subthemes));
    let mut of_rows: Vec<Option<usize>> = vec![None; matrix.n_sessions()];
    for (theme, rows) in of_themes.iter().enumerate() {
        rows.iter().for_each(|&row| of_rows[row] = Some(theme));
    }
    Ok(FoundThemes {
        mentions: mentions(matrix, concepts, &themes, |_, _| true)?,
        subtheme_mentions: mentions(matrix, concepts, &subthemes, |subtheme, row| of_rows[row] == subtheme.parent)?,
        not_shown: fitted.top.len() - themes.len(),
        shares,
        lineage,
        themes,
        subthemes,
        tried,
        talks: talks.len(),
        equal_years: settings.equal_years,
    })
}

/// What the weights of the talks of each year are multiplied by, so that the squares of all years have the same sum.
fn year_factors(years: &[Year]) -> Vec<f32> {
    let mut talks: BTreeMap<Year, usize> = BTreeMap::new();
    years.iter().for_each(|&year| *talks.entry(year).or_default() += 1);
    let due = years.len() as f64 / talks.len() as f64;
    years.iter().map(|year| (due / talks[year] as f64).sqrt() as f32).collect()
}

/// The factors that can be shown, without names yet; their weights as shares of all factors.
fn shown(table: &Table, fitted: &Fitted) -> Vec<FoundTheme> {
    let all = fitted.weight.iter().sum::<f64>();
    let theme = |t: usize| {
        let sum: f64 = fitted.top[t].iter().map(|c| c.1).sum();
        FoundTheme {
            name: String::new(),
            label: String::new(),
            parent: None,
            concepts: fitted.top[t].iter().map(|&(c, w)| (table.concepts[c], w / sum)).collect(),
            stability: fitted.stability[t],
            coherence: fitted.coherence[t],
            weight: fitted.weight[t] / all,
        }
    };
    (0..fitted.top.len()).filter(|&t| fitted.is_shown(t)).map(theme).collect()
}

/// For each theme the talks in which it has the largest share.
fn talks_of_themes(shares: &Array2<f32>, talks: &[usize]) -> Vec<Vec<usize>> {
    let mut of = vec![Vec::new(); shares.ncols()];
    for &row in talks {
        let strongest =
            (0..shares.ncols()).max_by(|&a, &b| shares[[row, a]].total_cmp(&shares[[row, b]]).then(b.cmp(&a)));
        if let Some(theme) = strongest.filter(|&t| shares[[row, t]] > 0.0) {
            of[theme].push(row);
        }
    }
    of
}

/// The rows that count as talks, and what the factorisation takes of them.
pub(super) fn topic_table(
    matrix: &SessionTermMatrix,
    concepts: &Concepts,
    is_talk: impl Fn(usize) -> bool,
) -> Result<(Vec<usize>, Table)> {
    let talks: Vec<usize> = (0..matrix.n_sessions()).filter(|&row| is_talk(row)).collect();
    let choice = Choice { fewest: (talks.len() / 2_000).max(3), most: 0.25, columns: 6_000 };
    let table = Table::new(matrix, concepts, &talks, &choice)?;
    Ok((talks, table))
}

fn nothing(
    matrix: &SessionTermMatrix,
    tried: Vec<Tried>,
    talks: usize,
    settings: &FoundSettings,
) -> Result<FoundThemes> {
    Ok(FoundThemes {
        themes: Vec::new(),
        subthemes: Vec::new(),
        not_shown: tried.last().map_or(0, |t| t.n),
        tried,
        shares: Array2::zeros((matrix.n_sessions(), 0)),
        mentions: mentions_of_none(matrix)?,
        subtheme_mentions: mentions_of_none(matrix)?,
        lineage: Vec::new(),
        talks,
        equal_years: settings.equal_years,
    })
}

fn mentions_of_none(matrix: &SessionTermMatrix) -> Result<SparseCounts> {
    SparseCounts::from_rows(0, vec![Vec::new(); matrix.n_sessions()])
}

/// The share of every factor in every row; zero where a row has none of them.
fn shares(table: &Table, fitted: &Fitted, matrix: &SessionTermMatrix, talks: &[usize]) -> Array2<f32> {
    let mut weights = weigh(&table.weights, &fitted.columns);
    for mut row in weights.rows_mut() {
        let sum = row.sum();
        if sum > 0.0 {
            row.mapv_inplace(|w| w / sum);
        }
    }
    let mut shares = Array2::zeros((matrix.n_sessions(), weights.ncols()));
    for (&row, own) in talks.iter().zip(weights.rows()) {
        shares.row_mut(row).assign(&own);
    }
    shares
}

/// How often each row that counts for a theme names its characteristic concepts, words of phrases left to the phrases.
fn mentions(
    matrix: &SessionTermMatrix,
    concepts: &Concepts,
    themes: &[FoundTheme],
    counts: impl Fn(&FoundTheme, usize) -> bool,
) -> Result<SparseCounts> {
    let mut of: Vec<Vec<u32>> = vec![Vec::new(); concepts.all().len()];
    for (theme, found) in themes.iter().enumerate() {
        found.concepts.iter().for_each(|c| of[c.0 as usize].push(theme as u32));
    }
    let row = |row: usize| {
        let (of, counts) = (&of, &counts);
        let here = move |theme: &&u32| counts(&themes[**theme as usize], row);
        table::cells(matrix, row)
            .flat_map(move |(c, n)| of[c as usize].iter().filter(here).map(move |&theme| (theme, n)))
    };
    SparseCounts::from_rows(themes.len(), (0..matrix.n_sessions()).map(row))
}
