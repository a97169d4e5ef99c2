//! `wandel calibrate`.

use std::io::Write;

use clap::Args;

use super::args::{BlockArg, CountArgs, ReadArgs};
use super::commands::read;
use super::talk::Talk;
use super::{Outcome, text_table};
use crate::analysis::{Calibration, CalibrationSettings, StatisticsSettings};
use crate::corpus::Year;
use crate::error::{Error, Result};
use crate::stats::simulate::{NullRates, Planting, STRATA, Share, SimulationSettings};

#[derive(Debug, Args)]
pub(super) struct CalibrateArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// The year whose talks are dealt (default: the one with most talks)
    #[arg(long, value_name = "YEAR")]
    of: Option<Year>,
    /// How often talks are dealt
    #[arg(long, value_name = "N", default_value_t = 200)]
    draws: u64,
    /// Talks (or blocks) on each side (default: half of them)
    #[arg(long, value_name = "N")]
    per_side: Option<usize>,
    /// Relabelings of each test
    #[arg(long, value_name = "N", default_value_t = 1_999)]
    shuffles: u64,
    /// Seed of deals and relabelings
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    block: BlockArg,
    /// Plant changes too: print the coverage of intervals, and power beside other methods
    #[arg(long)]
    planted: bool,
    /// Terms that are changed for the power runs; 0: coverage alone
    #[arg(long, value_name = "N", default_value_t = 40, requires = "planted")]
    planted_terms: usize,
    /// Share of their mentions that stay in the later half
    #[arg(long, value_name = "SHARE", default_value_t = 0.25, requires = "planted")]
    keep: f64,
    #[command(flatten)]
    count: CountArgs,
}

impl CalibrateArgs {
    fn settings(&self) -> Result<CalibrationSettings> {
        if !(0.0..1.0).contains(&self.keep) {
            return Err(Error::setting("--keep", self.keep.to_string(), "expected a share from 0 to less than 1"));
        }
        if self.shuffles < 99 {
            return Err(Error::setting("--shuffles", self.shuffles.to_string(), "expected 99 or more"));
        }
        Ok(CalibrationSettings {
            year: self.of,
            simulation: SimulationSettings {
                draws: self.draws,
                per_side: self.per_side,
                shuffles: self.shuffles,
                seed: self.seed,
            },
            planted: self.planted.then(|| Planting {
                terms: self.planted_terms,
                keep: self.keep,
                ..Planting::default()
            }),
        })
    }
}

pub(super) fn run(args: &CalibrateArgs, talk: &Talk, out: &mut dyn Write) -> Outcome {
    let settings = args.settings()?;
    let corpus = read(&args.read, talk)?;
    talk.warnings(corpus.warnings());
    let statistics = StatisticsSettings { blocks: args.block.blocks(), ..StatisticsSettings::default() };
    let bar = talk.progress();
    bar.set_message("dealing talks at random");
    let result = args.count.analysis()?.statistics(statistics).calibrate(&corpus, &settings);
    bar.finish_and_clear();
    print(&result?, args, out)?;
    Ok(())
}

fn print(result: &Calibration, args: &CalibrateArgs, out: &mut dyn Write) -> std::io::Result<()> {
    let unit = if result.blocks.is_some() { "blocks" } else { "talks" };
    let blocks = result.blocks.map(|b| format!(" in {b} blocks")).unwrap_or_default();
    writeln!(
        out,
        "{}: {} talks{blocks}, dealt {} times at random into {} and {} {unit}",
        result.year, result.talks, args.draws, result.null.per_side.0, result.null.per_side.1
    )?;
    writeln!(out, "\nNothing to be found: share of tests with p below a level (± standard error over deals)")?;
    null_table(&result.null, out)?;
    if let Some(independent) = &result.as_if_independent {
        writeln!(out, "\nThe same deals, tested as if talks were independent of each other")?;
        null_table(independent, out)?;
    }
    if !result.coverage.is_empty() {
        writeln!(out, "\nPlanted ratios: share of 95 % intervals that hold the ratio")?;
        let heads: Vec<String> = std::iter::once("ratio".to_owned())
            .chain(STRATA.iter().enumerate().map(|(i, _)| format!("in {} talks", stratum(i))))
            .collect();
        let rows: Vec<Vec<String>> = result
            .coverage
            .iter()
            .map(|c| std::iter::once(c.ratio.to_string()).chain(c.strata.iter().map(|s| share(s, 3))).collect())
            .collect();
        text_table::print(out, &heads.iter().map(String::as_str).collect::<Vec<_>>(), &rows)?;
    }
    if !result.power.is_empty() {
        writeln!(out, "\nPower: {} terms thinned to {} of their mentions, q ≤ .05", args.planted_terms, args.keep)?;
        let rows: Vec<Vec<String>> = result
            .power
            .iter()
            .map(|p| {
                let (ratio, low, high) = p.wandel_over;
                let over =
                    if p.method == "wandel" { String::new() } else { format!("{ratio:.2} ({low:.2} to {high:.2})") };
                vec![p.method.to_owned(), share(&p.recall, 4), share(&p.false_share, 3), over]
            })
            .collect();
        text_table::print(out, &["method", "recall", "false share", "wandel's recall over it"], &rows)?;
    }
    Ok(())
}

fn stratum(i: usize) -> String {
    STRATA.get(i + 1).map_or_else(|| format!("{}+", STRATA[i]), |next| format!("{}–{}", STRATA[i], next - 1))
}

fn share(s: &Share, digits: usize) -> String {
    if s.cases == 0 { "–".to_owned() } else { format!("{:.digits$} ± {:.digits$}", s.share, s.error) }
}

fn null_table(null: &NullRates, out: &mut dyn Write) -> std::io::Result<()> {
    let rows: Vec<Vec<String>> = null
        .strata
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let shares = s.iter().map(|s| share(s, 4));
            [stratum(i), s[0].cases.to_string()].into_iter().chain(shares).collect()
        })
        .collect();
    text_table::print(out, &["in talks", "tests", "p < .05", "p < .01", "mid-p < .05", "mid-p < .01"], &rows)?;
    writeln!(
        out,
        "deals with any discovery at q ≤ .05: {}; discoveries a deal: {:.3} of {:.0} terms tested",
        share(&null.any_discovery, 4),
        null.discoveries,
        null.family
    )
}
