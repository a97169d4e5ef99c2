//! The command line: arguments to settings to library calls. Uses the public API only.

mod args;
mod calibrate;
mod commands;
mod concepts;
mod config;
mod counts;
mod found;
mod output;
mod quotes;
mod stop;
mod talk;
mod text_table;

use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::error::{Error, ErrorKind};
use args::Command;
use config::Settled;
use talk::Talk;

/// What a command can fail with.
enum Failure {
    /// The library refused.
    Library(Error),
    /// The reader of standard output went away, or it cannot be written.
    Output(io::Error),
    /// Not a command line; also what `--help` and `--version` say.
    Usage(clap::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

type Outcome = Result<(), Failure>;

/// Runs the program. Exit codes: 0 fine, 1 nothing to compare, 2 bad input or usage, 130 stopped.
#[must_use]
pub fn run() -> ExitCode {
    let Settled { cli, origins, file } = match config::settle(std::env::args_os().collect()) {
        Ok(settled) => settled,
        Err(failure) => return end(failure, &Talk::new(0, false)),
    };
    let talk = Talk::new(cli.verbose, cli.quiet);
    stop::clean_up_when_stopped(cli.quiet);
    if let Some(file) = &file {
        talk.say(&format!("settings: {}", file.path.display()));
    }
    if let Some(threads) = cli.threads
        && let Err(e) = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global()
    {
        talk.error(&format!("--threads {threads}: {e}"));
        return ExitCode::from(2);
    }
    let stdout = io::stdout();
    let mut out = io::BufWriter::new(stdout.lock());
    let outcome = match &cli.command {
        Command::Report(args) => commands::report(args, origins, &talk, &mut out),
        Command::Sessions(args) => commands::sessions(args, &talk, &mut out),
        Command::Terms(args) => commands::terms(args, &talk, &mut out),
        Command::Shifts(args) => commands::shifts(args, &talk, &mut out),
        Command::Count(args) => counts::count(args, &talk),
        Command::Merge(args) => counts::merge(args, &talk),
        Command::Concepts(args) => concepts::run(args, &talk, &mut out),
        Command::Calibrate(args) => calibrate::run(args, &talk, &mut out),
        Command::Themes(args) => commands::themes(args, &talk, &mut out),
        Command::Quotes(args) => quotes::run(args, &talk, &mut out),
        Command::Init(args) => config::init(args, &talk),
        Command::Completions { shell } => commands::completions(*shell, &mut out),
    };
    let outcome = outcome.and_then(|()| Ok(out.flush()?));
    stop::wait_if_stopping();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Library(error)) => {
            let _ = out.flush();
            let error = match &file {
                Some(file) => file.locate(error),
                None => error,
            };
            end(Failure::Library(error), &talk)
        }
        Err(failure) => end(failure, &talk),
    }
}

/// Says what went wrong.
fn end(failure: Failure, talk: &Talk) -> ExitCode {
    match failure {
        Failure::Output(e) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Failure::Output(e) => {
            talk.error(&format!("cannot write the results: {e}"));
            ExitCode::from(2)
        }
        Failure::Usage(e) => e.exit(),
        Failure::Library(error) => {
            talk.error(&error.to_string());
            match error.kind() {
                ErrorKind::NothingToCompare { .. } => ExitCode::from(1),
                _ => ExitCode::from(2),
            }
        }
    }
}
