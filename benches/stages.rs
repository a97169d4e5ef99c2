//! How long each step of a whole run takes, by the clock and by the processor (all threads), and how much memory the
//! process has held so far.
//!
//! ```text
//! cargo bench --bench stages -- PATH [--no-statistics]
//! ```

use std::sync::{Arc, Mutex};
use std::time::Instant;

use wandel::analysis::StatisticsSettings;
use wandel::report::ReportOptions;
use wandel::{Analysis, Corpus, CountSettings, Counts};

/// The most memory the process has held, in MB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or_default().to_owned();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Seconds of the processor that the process has taken so far.
fn cpu() -> f64 {
    // Fields 14 and 15, in hundredths; the name before them stands in brackets and may hold anything.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    fields.skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn show(step: &str, (start, cpu_start): (Instant, f64)) {
    let (seconds, cpu) = (start.elapsed().as_secs_f64(), cpu() - cpu_start);
    println!("{step:<12} {seconds:>7.2} s {cpu:>7.2} CPU s {:>6} MB", peak());
}

/// Prints the step that ended.
struct Clock(Mutex<(Instant, f64, String)>);

impl Clock {
    fn step(&self, next: &str) {
        let Ok(mut state) = self.0.lock() else { return };
        if !state.2.is_empty() {
            show(&state.2, (state.0, state.1));
        }
        *state = (Instant::now(), cpu(), next.to_owned());
    }
}

fn main() -> Result<(), wandel::Error> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    // `cargo bench` runs every bench: without a path there is nothing to do.
    let Some(path) = args.iter().find(|a| !a.starts_with("--")) else {
        eprintln!("stages PATH [--no-statistics]");
        return Ok(());
    };
    let clock = Arc::new(Clock(Mutex::new((Instant::now(), 0.0, String::new()))));
    let whole = (Instant::now(), 0.0);
    clock.step("Read");
    let corpus = Corpus::from_path(path)?;
    clock.step("Count");
    let counts = Counts::of(&corpus, &CountSettings::default())?;
    let statistics = StatisticsSettings { enabled: !args.iter().any(|a| a == "--no-statistics"), ..Default::default() };
    let shown = Arc::clone(&clock);
    let analysis = Analysis::new().builtin_themes_if_fitting()?.statistics(statistics);
    let trends = analysis.on_step(move |step| shown.step(&format!("{step:?}"))).run_counted(&corpus, &counts)?;
    clock.step("Report");
    let out = tempfile::tempdir().map_err(|e| wandel::error::ErrorKind::Io {
        path: "a temporary folder".into(),
        action: "make",
        source: e,
    })?;
    trends.report("stages").with(ReportOptions::default()).write_to(out.path().join("output"))?;
    clock.step("");
    show("all", whole);
    Ok(())
}
