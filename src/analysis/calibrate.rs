//! What wandel's own tests do on a corpus where there is nothing to find, and where something was planted.

use super::Analysis;
use super::statistics::{sizes_of, table_of};
use crate::corpus::{Corpus, Year};
use crate::counts::{Concepts, Counts, SessionTermMatrix};
use crate::error::{Error, ErrorKind, Result};
use crate::stats::simulate::{
    Coverage, NullRates, OneYear, Planting, Power, SimulationSettings, coverage, null_rates, power,
};
use crate::trends::{self, Blocks};

/// The planted ratios of rates.
pub const PLANTED_RATIOS: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];

/// What is simulated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrationSettings {
    /// The year whose talks are dealt; the one with most talks for `None`.
    pub year: Option<Year>,
    /// How deals are drawn and tested.
    pub simulation: SimulationSettings,
    /// Whether changes are planted too, and of which share mentions stay in the power runs.
    pub planted: Option<Planting>,
}

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The year.
    pub year: Year,
    /// Its talks.
    pub talks: usize,
    /// Its blocks, if blocks are dealt.
    pub blocks: Option<usize>,
    /// With nothing to be found.
    pub null: NullRates,
    /// The same deals of blocks, tested as if talks were independent.
    pub as_if_independent: Option<NullRates>,
    /// Coverage of intervals, one for each planted ratio; empty if nothing was planted.
    pub coverage: Vec<Coverage>,
    /// Power beside other methods; empty if nothing was planted.
    pub power: Vec<Power>,
}

impl Analysis {
    /// Deals one year's talks (with blocks: its blocks) at random into two halves, many times, and tests each deal.
    ///
    /// # Errors
    /// As [`Analysis::run`], and if the year has too few talks or blocks.
    pub fn calibrate(&self, corpus: &Corpus, settings: &CalibrationSettings) -> Result<Calibration> {
        if settings.simulation.draws == 0 {
            return Err(Error::setting("--draws", "0", "expected 1 or more"));
        }
        let years = corpus.years();
        let counts = Counts::of(corpus, &self.counting)?;
        let mut concepts = Concepts::resolve_with(&counts, &self.concepts)?;
        let matrix = SessionTermMatrix::build(corpus, &counts, &mut concepts)?;
        let is_of = |row: usize, year: Year| {
            matrix.year(row) == year && trends::counts_as_talk(matrix.kind(row), self.include_framing)
        };
        let talks = |year: Year| (0..matrix.n_sessions()).filter(|&r| is_of(r, year)).count();
        let largest = years.iter().copied().max_by_key(|&y| (talks(y), y));
        let year = settings.year.or(largest).ok_or(ErrorKind::NothingToCompare { years: Vec::new() })?;
        let rows: Vec<usize> = (0..matrix.n_sessions()).filter(|&r| is_of(r, year)).collect();
        if rows.len() < 4 {
            let expected = "expected a year with at least four talks".to_owned();
            return Err(Error::setting("--of", year.to_string(), expected));
        }
        let mut to = vec![None; matrix.n_sessions()];
        rows.iter().zip(0..).for_each(|(&row, new)| to[row] = Some(new));
        let table = table_of(&matrix).regroup(&to, rows.len());
        let sizes: Vec<f64> = rows.iter().map(|&r| sizes_of(&matrix)[r]).collect();
        let sessions: Vec<usize> = rows.iter().map(|&r| matrix.session(r)).collect();
        let blocks = match &self.statistics.blocks {
            Blocks::Tag(tag) => Some(trends::block_ids(corpus, &sessions, tag)?),
            _ => None,
        };
        let one = OneYear { counts: &table, sizes: &sizes, blocks: blocks.as_deref(), test_sessions: false };
        let simulation = &settings.simulation;
        let as_if = blocks.as_ref().map(|_| null_rates(&OneYear { test_sessions: true, ..one }, simulation));
        let planted = settings.planted.as_ref();
        Ok(Calibration {
            year,
            talks: rows.len(),
            blocks: blocks.as_ref().map(|b| {
                let mut distinct = b.clone();
                distinct.sort_unstable();
                distinct.dedup();
                distinct.len()
            }),
            null: null_rates(&one, simulation)?,
            as_if_independent: as_if.transpose()?,
            coverage: planted.map_or_else(|| Ok(Vec::new()), |_| coverage(&one, &PLANTED_RATIOS, simulation))?,
            power: planted.map_or_else(|| Ok(Vec::new()), |p| power(&one, p, simulation))?,
        })
    }
}
