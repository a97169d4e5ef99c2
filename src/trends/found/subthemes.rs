//! What a theme is made of: the talks of each theme by themselves, factorised once more. What all of them name tells none
//! from another there, and what stands out in few of them can.

use rayon::prelude::*;

use super::choose::{Search, choose};
use super::table::{Choice, Table};
use super::{FoundTheme, shown};
use crate::counts::{Concepts, SessionTermMatrix};
use crate::error::Result;

const COLUMNS: Choice = Choice { fewest: 3, most: 0.25, columns: 1_500 };

/// The subthemes of each theme, without names yet; their weights as shares of all factors of the talks of a theme. `talks`
/// holds the rows of each theme.
pub(super) fn find(
    matrix: &SessionTermMatrix,
    concepts: &Concepts,
    talks: &[Vec<usize>],
    seed: u64,
) -> Result<Vec<FoundTheme>> {
    let of_theme = |(parent, talks): (usize, &Vec<usize>)| -> Result<Vec<FoundTheme>> {
        let table = Table::new(matrix, concepts, talks, &COLUMNS)?;
        let (_, fitted) = choose(&table, &Search::SUBTHEMES, None, seed);
        let mut found = fitted.map_or_else(Vec::new, |fitted| shown(&table, &fitted));
        found.iter_mut().for_each(|subtheme| subtheme.parent = Some(parent));
        Ok(found)
    };
    let found: Vec<Vec<FoundTheme>> = talks.par_iter().enumerate().map(of_theme).collect::<Result<_>>()?;
    Ok(found.into_iter().flatten().collect())
}
