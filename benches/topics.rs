//! Themes of a corpus, without names, tests and resamples: how long the factorisation takes, how well the ten most
//! characteristic concepts of each theme belong together (NPMI, talks as windows), and how many of them differ.
//!
//! ```text
//! cargo bench --bench topics -- PATH… [--k 10,20,50] [--threads N] [--repeat N] [--dump FILE]
//! ```
//!
//! Prints a line of JSON for the table, and one for each number of themes. `--dump` writes the table for other programs: a
//! line for each talk, `column:count` with blanks between. benches/peers/topics.py runs this beside its peers.

use std::fmt::Write as _;
use std::time::Instant;

use serde_json::json;
use sha2::{Digest, Sha256};
use wandel::analysis::StatisticsSettings;
use wandel::error::ErrorKind;
use wandel::stats::coherence::{diversity, npmi};
use wandel::stats::factorize::{Factorization, FactorizeSettings, factorize};
use wandel::stats::sparse::SparseCounts;
use wandel::trends::{FoundSettings, TopicTable};
use wandel::{Analysis, Corpus, Error, ReadOptions};

/// Concepts of a theme that are judged.
const TOP: usize = 10;

struct Arguments {
    paths: Vec<String>,
    k: Vec<usize>,
    threads: Option<usize>,
    repeat: usize,
    dump: Option<String>,
}

/// `None` if there is nothing to do or something cannot be read.
fn arguments() -> Option<Arguments> {
    let mut found = Arguments { paths: Vec::new(), k: vec![10, 20, 50], threads: None, repeat: 1, dump: None };
    // `cargo bench` adds `--bench`.
    let mut all = std::env::args().skip(1).filter(|a| a != "--bench");
    while let Some(argument) = all.next() {
        match argument.as_str() {
            "--k" => found.k = all.next()?.split(',').map(|k| k.parse().ok()).collect::<Option<_>>()?,
            "--threads" => found.threads = Some(all.next()?.parse().ok()?),
            "--repeat" => found.repeat = all.next()?.parse().ok().filter(|&n| n > 0)?,
            "--dump" => found.dump = Some(all.next()?),
            _ => found.paths.push(argument),
        }
    }
    (!found.paths.is_empty()).then_some(found)
}

fn table(paths: &[String]) -> Result<TopicTable, Error> {
    let corpus = Corpus::from_paths(paths, &ReadOptions::default())?;
    Analysis::new()
        .evidence(false)
        .statistics(StatisticsSettings { enabled: false, ..Default::default() })
        .found_themes(FoundSettings { enabled: false, ..Default::default() })
        .allow_one_year(true)
        .run(&corpus)?
        .topic_table()
}

/// The counts by talk, as `column:count`.
fn lines(counts: &SparseCounts) -> String {
    let mut rows = vec![String::new(); counts.n_rows()];
    for (number, column) in counts.columns().enumerate() {
        for (row, count) in column.cells() {
            let blank = if rows[row].is_empty() { "" } else { " " };
            write!(rows[row], "{blank}{number}:{count}").expect("a string takes everything");
        }
    }
    rows.join("\n") + "\n"
}

/// Of all bits of both factors.
fn digest(fit: &Factorization) -> String {
    let mut hash = Sha256::new();
    fit.rows.iter().chain(&fit.columns).for_each(|w| hash.update(w.to_bits().to_le_bytes()));
    hash.finalize().iter().take(8).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

fn main() -> Result<(), Error> {
    let Some(arguments) = arguments() else {
        eprintln!("topics PATH… [--k 10,20,50] [--threads N] [--repeat N] [--dump FILE]");
        return Ok(());
    };
    if let Some(n) = arguments.threads {
        rayon::ThreadPoolBuilder::new().num_threads(n).build_global().expect("nothing ran in parallel before");
    }
    let table = table(&arguments.paths)?;
    if let Some(path) = &arguments.dump {
        std::fs::write(path, lines(&table.counts)).map_err(|source| ErrorKind::Io {
            path: path.into(),
            action: "write",
            source,
        })?;
    }
    let cells = table.counts.n_cells();
    println!("{}", json!({"talks": table.counts.n_rows(), "concepts": table.concepts.len(), "cells": cells}));
    for &k in &arguments.k {
        let mut seconds = Vec::new();
        let mut fit = None;
        for _ in 0..arguments.repeat {
            let begin = Instant::now();
            fit = Some(factorize(&table.weights, k, &FactorizeSettings::default()));
            seconds.push(begin.elapsed().as_secs_f64());
        }
        let fit = fit.expect("at least one run");
        let top: Vec<Vec<usize>> =
            fit.characteristic(TOP).iter().map(|cells| cells.iter().map(|c| c.0).collect()).collect();
        let mean = top.iter().filter_map(|t| npmi(&table.counts, t)).sum::<f64>() / k as f64;
        println!(
            "{}",
            json!({
                "k": k, "seconds": seconds, "rounds": fit.rounds, "npmi": mean,
                "diversity": diversity(top.iter().map(Vec::as_slice)), "digest": digest(&fit), "top": top,
            })
        );
    }
    Ok(())
}
