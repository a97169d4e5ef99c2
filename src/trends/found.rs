//! Themes that the corpus itself shows: factors of talks × concepts (docs/methods.md 13.1).
//!
//! Years take no part in it: a theme is found in the talks of all years together, so that dealing the years anew leaves it
//! as it is, and its shifts can be tested like those of any other theme.

mod choose;
mod groups;
mod lineage;
mod name;
pub(super) mod table;

use ndarray::Array2;

use crate::corpus::Year;
use crate::counts::{ConceptId, Concepts, SessionTermMatrix};
use crate::error::{Error, Result};
use crate::stats::coherence::diversity;
use crate::stats::factorize::weigh;
use crate::stats::sparse::SparseCounts;

use choose::Fitted;
pub use groups::KeyGroup;
pub(crate) use groups::groups;
pub use lineage::{Fate, Lineage};
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
    /// Seed of the resamples.
    pub seed: u64,
}

impl Default for FoundSettings {
    fn default() -> Self {
        Self { enabled: true, number: None, seed: 1 }
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
    /// Its characteristic concepts, the most characteristic first, with their share of the weight of all of them.
    pub concepts: Vec<(ConceptId, f64)>,
    /// Mean cosine of the theme and its counterparts in resamples of the talks, 0 to 1.
    pub stability: f64,
    /// Mean NPMI of its concepts, talks as windows.
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
    /// Others of the same fit that are not shown.
    pub not_shown: usize,
    /// Numbers of themes that were tried, ascending; empty where there are too few talks.
    pub tried: Vec<Tried>,
    /// Share of each theme in each row of the matrix: rows × themes.
    pub shares: Array2<f32>,
    /// Mentions of a theme's characteristic concepts: rows × themes.
    pub mentions: SparseCounts,
    /// What became of the themes of each year by itself; empty where years have too few talks.
    pub lineage: Vec<Lineage>,
    /// Talks that were looked at.
    pub talks: usize,
}

impl FoundThemes {
    /// Mean NPMI of the themes shown, none without themes.
    #[must_use]
    pub fn coherence(&self) -> Option<f64> {
        let n = self.themes.len() as f64;
        (n > 0.0).then(|| self.themes.iter().map(|t| t.coherence).sum::<f64>() / n)
    }

    /// Share of different concepts among the characteristic ones, none without themes.
    #[must_use]
    pub fn diversity(&self) -> Option<f64> {
        let lists: Vec<Vec<usize>> =
            self.themes.iter().map(|t| t.concepts.iter().map(|c| c.0 as usize).collect()).collect();
        diversity(lists.iter().map(Vec::as_slice))
    }
}

/// Looks for themes in the rows that count as talks.
pub(crate) fn find(
    matrix: &SessionTermMatrix,
    concepts: &Concepts,
    is_talk: impl Fn(usize) -> bool,
    settings: &FoundSettings,
) -> Result<FoundThemes> {
    let (talks, table) = topic_table(matrix, concepts, is_talk)?;
    let (tried, fitted) = choose::choose(&table, settings);
    let Some(fitted) = fitted else { return nothing(matrix, tried, talks.len()) };
    let shares = shares(&table, &fitted, matrix, &talks);
    let years: Vec<Year> = talks.iter().map(|&row| matrix.year(row)).collect();
    let lineage = lineage::lineage(&table, concepts, &years, settings.seed);
    let all = fitted.weight.iter().sum::<f64>();
    let kept: Vec<usize> = (0..fitted.top.len()).filter(|&t| fitted.is_shown(t)).collect();
    let names = name::names(concepts, kept.iter().map(|&t| table.concepts_of(&fitted.top[t])));
    let theme = |(&t, (name, label)): (&usize, (String, String))| {
        let sum: f64 = fitted.top[t].iter().map(|c| c.1).sum();
        FoundTheme {
            name,
            label,
            concepts: fitted.top[t].iter().map(|&(c, w)| (table.concepts[c], w / sum)).collect(),
            stability: fitted.stability[t],
            coherence: fitted.coherence[t],
            weight: fitted.weight[t] / all,
        }
    };
    let themes: Vec<FoundTheme> = kept.iter().zip(names).map(theme).collect();
    Ok(FoundThemes {
        mentions: mentions(matrix, concepts, &themes)?,
        not_shown: fitted.top.len() - themes.len(),
        shares: shares.select(ndarray::Axis(1), &kept),
        lineage,
        themes,
        tried,
        talks: talks.len(),
    })
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

fn nothing(matrix: &SessionTermMatrix, tried: Vec<Tried>, talks: usize) -> Result<FoundThemes> {
    Ok(FoundThemes {
        themes: Vec::new(),
        not_shown: tried.last().map_or(0, |t| t.n),
        tried,
        shares: Array2::zeros((matrix.n_sessions(), 0)),
        mentions: SparseCounts::from_rows(0, vec![Vec::new(); matrix.n_sessions()])?,
        lineage: Vec::new(),
        talks,
    })
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

/// How often each row names the characteristic concepts of each theme, words of phrases left to the phrases.
fn mentions(matrix: &SessionTermMatrix, concepts: &Concepts, themes: &[FoundTheme]) -> Result<SparseCounts> {
    let mut of: Vec<Vec<u32>> = vec![Vec::new(); concepts.all().len()];
    for (theme, found) in themes.iter().enumerate() {
        found.concepts.iter().for_each(|c| of[c.0 as usize].push(theme as u32));
    }
    let row = |row: usize| {
        let of = &of;
        table::cells(matrix, row).flat_map(move |(c, n)| of[c as usize].iter().map(move |&theme| (theme, n)))
    };
    SparseCounts::from_rows(themes.len(), (0..matrix.n_sessions()).map(row))
}
