//! Talk on standard error: warnings, errors, progress.

use std::io::IsTerminal as _;
use std::time::Duration;

use anstream::eprintln;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::analysis::Step;
use crate::error::Warning;

/// How much is said.
pub(super) struct Talk {
    verbose: u8,
    quiet: bool,
}

impl Talk {
    pub(super) fn new(verbose: u8, quiet: bool) -> Self {
        Self { verbose, quiet }
    }

    pub(super) fn error(&self, message: &str) {
        eprintln!("\x1b[1;31merror:\x1b[0m {message}");
    }

    /// Warnings, the first few in full; all with -v.
    pub(super) fn warnings(&self, warnings: &[Warning]) {
        const SHOWN: usize = 12;
        if self.quiet {
            return;
        }
        let limit = if self.verbose > 0 { usize::MAX } else { SHOWN };
        for warning in warnings.iter().take(limit) {
            eprintln!("\x1b[33mnote:\x1b[0m {warning}");
        }
        if warnings.len() > limit {
            eprintln!("\x1b[33mnote:\x1b[0m {} more; -v shows them, the report lists them", warnings.len() - limit);
        }
    }

    pub(super) fn note(&self, message: &str) {
        if !self.quiet {
            eprintln!("\x1b[33mnote:\x1b[0m {message}");
        }
    }

    pub(super) fn say(&self, message: &str) {
        if !self.quiet {
            eprintln!("{message}");
        }
    }

    pub(super) fn detail(&self, message: &str) {
        if self.verbose > 0 {
            eprintln!("{message}");
        }
    }

    /// A spinner on a terminal, nothing elsewhere.
    pub(super) fn progress(&self) -> ProgressBar {
        let bar = ProgressBar::new_spinner();
        if self.quiet || !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
            return bar;
        }
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }
}

/// What a step is called on a terminal.
pub(super) fn step_name(step: Step) -> &'static str {
    match step {
        Step::Count => "counting words",
        Step::Resolve => "counting phrases",
        Step::Themes => "matching themes",
        Step::Compare => "comparing years",
        Step::Test => "testing shifts",
        Step::Evidence => "collecting quotes",
    }
}
