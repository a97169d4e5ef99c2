//! `wandel count`, `wandel merge`, and reading counts files where texts could stand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::args::{CountArgs, ReadArgs};
use super::commands::read;
use super::talk::{Amount, Talk};
use crate::corpus::Corpus;
use crate::counts::{CountSettings, Counts};
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::{ReadOptions, Shard};
use crate::store::{CountsFile, check_complete, is_counts_file};

#[derive(Debug, Args)]
pub(super) struct CountFileArgs {
    #[command(flatten)]
    read: ReadArgs,
    /// The counts file to write
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    /// Count only share I of N of the texts, to count them on several machines
    #[arg(long, value_name = "I/N")]
    shard: Option<String>,
    /// Replace a file that is no counts file
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    count: CountArgs,
}

#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// Counts files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The counts file to write
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    /// Replace a file that is no counts file
    #[arg(long)]
    force: bool,
}

/// `wandel count`.
pub(super) fn count(args: &CountFileArgs, talk: &Talk) -> Outcome {
    check_target(&args.out, args.force)?;
    let mut options = args.read.how.options()?;
    options.shard = args.shard.as_deref().map(Shard::parse).transpose()?;
    let settings = args.count.settings()?;
    let bar = talk.progress();
    bar.set_message("reading");
    let corpus = Corpus::from_paths(&args.read.paths, &options);
    bar.set_message("counting");
    let file = corpus.and_then(|corpus| CountsFile::count(corpus.on_read(talk.amounts(Amount::Text)), &settings));
    bar.set_message("writing");
    let written = file.and_then(|file| {
        file.write_to(&args.out)?;
        Ok(file)
    });
    bar.finish_and_clear();
    let file = written?;
    talk.warnings(file.corpus().warnings());
    said(&file, &args.out, talk);
    Ok(())
}

/// `wandel merge`.
pub(super) fn merge(args: &MergeArgs, talk: &Talk) -> Outcome {
    check_target(&args.out, args.force)?;
    let bar = talk.progress();
    bar.set_message("merging");
    let merged = args.files.iter().map(CountsFile::read).collect::<Result<_>>().and_then(CountsFile::merge);
    let merged = merged.and_then(|merged| {
        merged.file.write_to(&args.out)?;
        Ok(merged)
    });
    bar.finish_and_clear();
    let merged = merged?;
    merged.notes.iter().for_each(|note| talk.note(note));
    for missing in merged.file.missing() {
        talk.note(&format!("{missing} is missing; a report needs it"));
    }
    said(&merged.file, &args.out, talk);
    Ok(())
}

fn said(file: &CountsFile, path: &Path, talk: &Talk) {
    let counts = file.counts();
    talk.say(&format!(
        "wrote {}: {} sessions, {} words, {} spellings",
        path.display(),
        counts.rows().len(),
        counts.n_tokens(),
        counts.spellings().len()
    ));
}

/// Only counts files are replaced unasked.
fn check_target(path: &Path, force: bool) -> Result<()> {
    if path.exists() && !force && !is_counts_file(path) {
        let problem = "is there already and no counts file; say --force to replace it".to_owned();
        return Err(ErrorKind::Output { path: path.to_path_buf(), problem }.into());
    }
    Ok(())
}

/// A corpus, and its counts if they were counted before.
pub(super) struct Counted {
    pub corpus: Corpus,
    pub counts: Option<Counts>,
}

/// Reads texts, counts files, or both.
pub(super) fn read_counted(args: &ReadArgs, count: &CountArgs, talk: &Talk) -> Result<Counted> {
    let (files, texts): (Vec<&PathBuf>, Vec<&PathBuf>) =
        args.paths.iter().partition(|p| p.is_file() && is_counts_file(p));
    if files.is_empty() {
        return Ok(Counted { corpus: read(args, talk)?, counts: None });
    }
    let bar = talk.progress();
    bar.set_message("reading counts");
    let mut parts: Vec<CountsFile> = files.iter().map(CountsFile::read).collect::<Result<_>>()?;
    let counted_with = parts[0].counts().settings().clone();
    check_settings(&count.settings()?, &counted_with)?;
    check_reading(&args.how.options()?, parts[0].corpus().reading())?;
    if !texts.is_empty() {
        bar.set_message("counting what is new");
        let corpus = Corpus::from_paths(&texts, &args.how.options()?)?.on_read(talk.amounts(Amount::Text));
        parts.push(CountsFile::count(corpus, &counted_with)?);
    }
    let merged = CountsFile::merge(parts);
    bar.finish_and_clear();
    let merged = merged?;
    merged.notes.iter().for_each(|note| talk.note(note));
    check_complete(&merged.file)?;
    let (corpus, counts) = merged.file.into_analysis();
    let corpus = corpus.on_read(talk.amounts(Amount::Text));
    Ok(Counted { corpus, counts: Some(counts) })
}

/// Counts cannot be read otherwise than they were: `--where` would do nothing.
fn check_reading(asked: &ReadOptions, was: &BTreeMap<String, String>) -> Result<()> {
    let default = ReadOptions::default().describe();
    let asked = asked.describe();
    let differ: Vec<String> = asked
        .iter()
        .filter(|(k, v)| default.get(*k) != Some(*v) && was.get(*k) != Some(*v))
        .map(|(k, _)| k.clone())
        .collect();
    if differ.is_empty() {
        return Ok(());
    }
    Err(Error::counts(format!(
        "options for reading belong to `wandel count`: {} is not as it was there",
        differ.join(", ")
    )))
}

/// Counts cannot be counted otherwise than they were.
fn check_settings(asked: &CountSettings, counted_with: &CountSettings) -> Result<()> {
    if asked == counted_with || *asked == CountSettings::default() {
        return Ok(());
    }
    let (asked, was) = (asked.describe(), counted_with.describe());
    let differ: Vec<String> =
        was.iter().filter(|(k, v)| asked.get(*k) != Some(*v)).map(|(k, v)| format!("{k} = {v}")).collect();
    let problem = format!("counts cannot be counted otherwise; they were made with {}", differ.join(", "));
    Err(Error::counts(problem))
}
