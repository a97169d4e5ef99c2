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
    bar: ProgressBar,
}

/// What is counted while a step goes on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Amount {
    /// Bytes of text.
    Text,
    /// Shifts that are tested.
    Shifts,
}

const UNKNOWN: &str = "{spinner} {msg} {elapsed}";

impl Amount {
    fn template(self) -> &'static str {
        match self {
            Self::Text => {
                "{spinner} {msg} {decimal_bytes} of {decimal_total_bytes}, {decimal_bytes_per_sec}, {eta} left"
            }
            Self::Shifts => "{spinner} {msg} {human_pos} of {human_len}, {per_sec}, {eta} left",
        }
    }
}

impl Talk {
    pub(super) fn new(verbose: u8, quiet: bool) -> Self {
        let bar = ProgressBar::new_spinner();
        if quiet || !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        Self { verbose, quiet, bar }
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

    /// A spinner on a terminal, nothing elsewhere. There is only one.
    pub(super) fn progress(&self) -> ProgressBar {
        restart(&self.bar, UNKNOWN);
        if !self.bar.is_hidden() {
            self.bar.enable_steady_tick(Duration::from_millis(120));
        }
        self.bar.clone()
    }

    /// Shows how much of a step is done, how fast it goes and what time is left.
    pub(super) fn amounts(&self, amount: Amount) -> impl Fn(u64, u64) + Send + Sync + use<> {
        let bar = self.bar.clone();
        move |done, all| {
            if done == 0 {
                restart(&bar, amount.template());
                bar.set_length(all);
            }
            bar.set_position(done);
            if done >= all {
                // What follows is not counted.
                restart(&bar, UNKNOWN);
            }
        }
    }
}

fn restart(bar: &ProgressBar, template: &str) {
    bar.reset();
    bar.unset_length();
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    /// A terminal that keeps what was written.
    #[derive(Debug, Default, Clone)]
    struct Screen(Arc<Mutex<String>>);

    impl indicatif::TermLike for Screen {
        fn width(&self) -> u16 {
            120
        }
        fn move_cursor_up(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }
        fn write_line(&self, text: &str) -> std::io::Result<()> {
            self.write_str(text)
        }
        fn write_str(&self, text: &str) -> std::io::Result<()> {
            self.0.lock().expect("one thread").push_str(text);
            Ok(())
        }
        fn clear_line(&self) -> std::io::Result<()> {
            Ok(())
        }
        fn flush(&self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn progress_shows_place_rate_and_time_left() {
        let screen = Screen::default();
        let talk = Talk::new(0, false);
        talk.bar.set_draw_target(ProgressDrawTarget::term_like(Box::new(screen.clone())));
        let bar = talk.progress();
        bar.set_message("counting words");
        let shown = || {
            screen.0.lock().expect("one thread").clear();
            bar.force_draw();
            screen.0.lock().expect("one thread").clone()
        };
        assert!(shown().contains("counting words") && !shown().contains("left"));
        let read = talk.amounts(Amount::Text);
        read(0, 4_000_000);
        std::thread::sleep(Duration::from_millis(20));
        read(1_000_000, 4_000_000);
        let text = shown();
        assert!(["counting words 1.00 MB of 4.00 MB", "B/s", "left"].iter().all(|part| text.contains(part)), "{text}");
        read(4_000_000, 4_000_000);
        assert!(!shown().contains("left"));
    }
}
