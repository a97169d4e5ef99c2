//! How long each step of a whole run takes, and how much memory the process has held so far.
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

/// Prints the step that ended.
struct Clock(Mutex<(Instant, String)>);

impl Clock {
    fn step(&self, next: &str) {
        let Ok(mut state) = self.0.lock() else { return };
        if !state.1.is_empty() {
            println!("{:<12} {:>7.2} s {:>6} MB", state.1, state.0.elapsed().as_secs_f64(), peak());
        }
        *state = (Instant::now(), next.to_owned());
    }
}

fn main() -> Result<(), wandel::Error> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    // `cargo bench` runs every bench: without a path there is nothing to do.
    let Some(path) = args.iter().find(|a| !a.starts_with("--")) else {
        eprintln!("stages PATH [--no-statistics]");
        return Ok(());
    };
    let clock = Arc::new(Clock(Mutex::new((Instant::now(), String::new()))));
    let whole = Instant::now();
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
    println!("{:<12} {:>7.2} s {:>6} MB", "all", whole.elapsed().as_secs_f64(), peak());
    Ok(())
}
