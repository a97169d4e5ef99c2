//! Ctrl-C in the middle of a run: what is there afterwards is whole.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

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

/// Stops the program once `now` holds, and waits for its end. Whether it was stopped: on a busy machine it may be done
/// before the signal arrives.
#[track_caller]
fn stop(mut child: Child, now: impl Fn() -> bool) -> bool {
    let begun = Instant::now();
    while !now() {
        if let Some(status) = child.try_wait().expect("a state") {
            assert!(status.success(), "it ended by itself: {status}");
            return false;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "it never came to that");
        std::thread::sleep(Duration::from_millis(1));
    }
    let id = i32::try_from(child.id()).expect("a number of the system");
    kill(Pid::from_raw(id), Signal::SIGINT).expect("the signal is sent");
    match child.wait().expect("its end").code() {
        Some(130) => true,
        Some(0) => false,
        other => panic!("it ended with {other:?}"),
    }
}

/// Runs until a program was stopped in the middle; what holds afterwards holds each time.
#[track_caller]
fn until_stopped(mut run: impl FnMut() -> bool) {
    assert!((0..20).any(|_| run()), "never stopped in the middle");
}

fn has_hidden(work: &Workdir) -> bool {
    let entries = std::fs::read_dir(work.path(".")).expect("a folder");
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with('.'))
}

#[test]
fn a_stopped_count_leaves_the_old_file() {
    let work = work();
    let args = ["count", "talks.jsonl", "-o", "all.counts", "--quiet"];
    until_stopped(|| {
        let stopped = stop(start(&work, &args), || has_hidden(&work));
        if !stopped {
            std::fs::remove_file(work.path("all.counts")).expect("removed");
        }
        assert_eq!(work.list("."), ["talks.jsonl"]);
        stopped
    });
    until_stopped(|| {
        work.run(&["count", "talks.jsonl", "-o", "all.counts", "--quiet", "--no-phrases"]).fine();
        let before = work.bytes("all.counts");
        let stopped = stop(start(&work, &args), || has_hidden(&work));
        assert_eq!(work.list("."), ["all.counts", "talks.jsonl"]);
        assert!(!stopped || work.bytes("all.counts") == before);
        stopped
    });
}

#[test]
fn a_stopped_report_leaves_nothing() {
    let work = work();
    let args = ["report", "talks.jsonl", "--out", "out", "--only", "csv", "--no-statistics", "--quiet"];
    until_stopped(|| {
        let stopped = stop(start(&work, &args), || has_hidden(&work));
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
        stopped
    });
    until_stopped(|| {
        let begun = Instant::now();
        let stopped = stop(start(&work, &args), || begun.elapsed() > Duration::from_millis(150));
        if !stopped {
            std::fs::remove_dir_all(work.path("out")).expect("removed");
        }
        assert_eq!(work.list("."), ["talks.jsonl"], "stopped while counting");
        stopped
    });
}
