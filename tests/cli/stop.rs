//! Ctrl-C in the middle of a run: what is there afterwards is whole.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Workdir, plain_command};

/// A table large enough that writing what was made of it takes a moment.
fn work() -> Workdir {
    let work = Workdir::new();
    let words = ["Brücken", "Drohnen", "Server", "Formulare", "Wälder", "Kosten", "Fristen", "Regeln"];
    let rows: String = (0..6000usize)
        .map(|i| {
            let text: Vec<String> =
                (0..60).map(|k| format!("{}{}", words[(i * k + k) % 8], (i * 7 + k * k) % 997)).collect();
            format!("{{\"year\": {}, \"lang\": \"de\", \"text\": \"{}.\"}}\n", 2024 + i % 2, text.join(" und "))
        })
        .collect();
    work.write("talks.jsonl", rows);
    work
}

fn start(work: &Workdir, args: &[&str]) -> Child {
    let mut command = plain_command();
    command.current_dir(work.path(".")).args(args).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program")
}

/// Stops the program once `now` holds, and waits for its end.
#[track_caller]
fn stop(mut child: Child, now: impl Fn() -> bool) {
    let begun = Instant::now();
    while !now() {
        assert!(child.try_wait().expect("a state").is_none(), "the program ended before it was stopped");
        assert!(begun.elapsed() < Duration::from_secs(60), "it never came to that");
        std::thread::sleep(Duration::from_millis(1));
    }
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.expect("kill").success());
    assert_eq!(child.wait().expect("its end").code(), Some(130));
}

fn has_hidden(work: &Workdir) -> bool {
    let entries = std::fs::read_dir(work.path(".")).expect("a folder");
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with('.'))
}

#[test]
fn a_stopped_count_leaves_the_old_file() {
    let work = work();
    let args = ["count", "talks.jsonl", "-o", "all.counts", "--quiet"];
    stop(start(&work, &args), || has_hidden(&work));
    assert_eq!(work.list("."), ["talks.jsonl"]);
    work.run(&["count", "talks.jsonl", "-o", "all.counts", "--quiet", "--no-phrases"]).fine();
    let before = work.bytes("all.counts");
    stop(start(&work, &args), || has_hidden(&work));
    assert_eq!(work.list("."), ["all.counts", "talks.jsonl"]);
    assert!(work.bytes("all.counts") == before);
}

#[test]
fn a_stopped_report_leaves_nothing() {
    let work = work();
    let args = ["report", "talks.jsonl", "--out", "out", "--only", "csv", "--no-statistics", "--quiet"];
    stop(start(&work, &args), || has_hidden(&work));
    assert!(!has_hidden(&work), "temporary files are gone");
    if work.list(".") != ["talks.jsonl"] {
        // Stopped when everything was in its place already.
        let manifest: serde_json::Value = serde_json::from_str(&work.read("out/manifest.json")).expect("whole");
        for file in manifest["files"].as_array().expect("a list") {
            let path = format!("out/{}", file["path"].as_str().expect("a path"));
            assert_eq!(Some(work.bytes(&path).len() as u64), file["bytes"].as_u64(), "{path}");
        }
        std::fs::remove_dir_all(work.path("out")).expect("removed");
    }
    let begun = Instant::now();
    stop(start(&work, &args), || begun.elapsed() > Duration::from_millis(300));
    assert_eq!(work.list("."), ["talks.jsonl"], "stopped while counting");
}
