//! What one expects of a program on the command line: help, versions, streams, colours, pipes, exit codes.

use std::process::Stdio;

use crate::support::{Workdir, plain_command};
use crate::texts::{JSONL, UNDATED};

const COMMANDS: [&str; 8] = ["report", "sessions", "terms", "shifts", "themes", "quotes", "init", "completions"];

/// The lines of a help text below `Example:` or `Examples:`.
fn examples(help: &str) -> Vec<&str> {
    help.lines()
        .skip_while(|l| !l.starts_with("Example"))
        .skip(1)
        .take_while(|l| !l.is_empty())
        .map(str::trim)
        .collect()
}

#[test]
fn help_names_every_command_and_the_exit_codes() {
    let help = Workdir::new().run(&["--help"]).fine().silent();
    for command in COMMANDS {
        assert_eq!(help.row(command)[0], command);
    }
    help.prints("Usage: wandel").prints("Exit codes: 0 fine, 1 nothing to compare").prints("2 bad input or usage");
}

#[test]
fn help_of_every_command_has_examples_that_parse() {
    let work = Workdir::new();
    for command in [&[][..], &["report"], &["sessions"], &["terms"], &["shifts"], &["themes"], &["completions"]] {
        let help = work.run(&[command, &["--help"]].concat()).fine().silent();
        let lines = examples(&help.stdout);
        assert!(!lines.is_empty(), "no examples for {command:?}:\n{}", help.stdout);
        for line in lines {
            assert!(line.starts_with("wandel "), "`{line}` of {command:?} is no whole example:\n{}", help.stdout);
            let typed = line.split("   ").next().unwrap_or_default().split(" > ").next().unwrap_or_default();
            let run = work.shell(&format!("{} </dev/null", typed.replacen("wandel", "$W", 1)));
            assert!(!run.stderr.contains("Usage:"), "`{typed}` does not parse:\n{}", run.stderr);
        }
    }
}

#[test]
fn help_says_what_options_expect() {
    let work = Workdir::new();
    let help = work.run(&["help", "report"]).fine();
    for option in ["--out <FOLDER>", "--year <FILE=YEAR>", "--columns <ROLE=NAME", "--where <TAG=VALUE>", "--encoding"]
    {
        assert!(help.stdout.contains(option), "{option} is missing:\n{}", help.stdout);
    }
    help.prints("--tag <TAG=COLUMN:REGEX>").prints("--compare <FROM:TO").prints("--sessions <FILE>").prints("de, en");
    work.run(&["sessions", "-h"]).fine().prints("--write <FILE>").silent();
}

#[test]
fn version_is_that_of_the_package() {
    let work = Workdir::new();
    let expected = format!("wandel {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(work.run(&["--version"]).fine().silent().stdout, expected);
    assert_eq!(work.run(&["-V"]).fine().stdout, expected);
    work.run(&["sessions", "--version"]).fine().prints(env!("CARGO_PKG_VERSION"));
}

#[test]
fn wrong_usage_ends_with_two_and_shows_the_way() {
    let work = Workdir::with_articles();
    work.run(&[]).ends(2).says("Usage: wandel");
    work.run(&["trends"]).refused().says("unrecognized subcommand 'trends'");
    work.run(&["report"]).refused().says("<PATH>...");
    work.run(&["shifts", "2024.txt", "--topp", "3"]).refused().says("'--topp'").says("'--top'");
    work.run(&["terms", "2024.txt", "--top", "viele"]).refused().says("viele");
    work.run(&["report", "2024.txt", "2025.txt", "--lang", "fr"]).refused().says("fr").says("de, en");
    work.run(&["report", "2024.txt", "2025.txt", "--only", "pdf"]).refused().says("pdf").says("csv, json, md, html");
    work.run(&["report", "2024.txt", "2025.txt", "--csv-dialect", "excel"]).refused().says("plain, excel-de");
    work.run(&["sessions", "2024.txt", "--force"]).refused().says("--write");
    work.run(&["sessions", "2024.txt", "-q", "-v"]).refused().says("cannot be used with");
    work.run(&["sessions", "2024.txt", "--threads", "zwei"]).refused().says("zwei");
    work.run(&["sessions", "2024.txt", "--languages", "deutschland"]).refused().says("--languages").says("de,en");
    work.run(&["terms", "2024.txt", "--phrase-min-npmi", "3"]).refused().says("from -1 to 1");
    work.run(&["shifts", "2024.txt", "2025.txt", "--prior-words", "0"]).refused().says("above zero");
    assert_eq!(work.list("."), ["2024.txt", "2025.txt"], "wrong usage writes nothing");
}

#[test]
fn results_go_to_stdout_and_talk_to_stderr() {
    let work = Workdir::with([("bericht.txt", UNDATED)]);
    let run = work.run(&["sessions", "bericht.txt", "--year", "bericht.txt=2024"]).fine();
    run.row("bericht.txt  2024  de");
    run.says("bericht.txt:1: no boundary between sessions was found").omits("note:").omits("boundary");
    let run = work.run(&["sessions", "bericht.txt"]).refused();
    assert!(run.stderr.starts_with("error: bericht.txt: "), "{}", run.stderr);
}

#[test]
fn quiet_says_nothing_but_errors() {
    let work = Workdir::with_articles();
    let loud = work.run(&["shifts", "2024.txt", "2025.txt"]).fine().says("note: ");
    let quiet = work.run(&["shifts", "2024.txt", "2025.txt", "--quiet"]).fine().silent();
    assert_eq!(loud.stdout, quiet.stdout, "-q must not change a result");
    work.run(&["-q", "report", "2024.txt", "2025.txt", "--only", "md"]).fine().silent();
    work.run(&["-q", "sessions", "2024.txt", "--write", "s.toml"]).fine().silent();
    work.run(&["-q", "sessions", "fehlt.txt"]).refused().says("error: fehlt.txt: cannot read");
}

#[test]
fn verbose_says_what_was_read_and_skipped() {
    let work = Workdir::with_articles();
    work.write("bild.pdf", "x");
    let short = work.run(&["terms", "."]).fine().hushes("skipped");
    let long = work.run(&["terms", ".", "-v"]).fine().says("Corpus: 2 years, 6 talks, 2 documents, mostly de");
    assert_eq!(short.stdout, long.stdout, "-v must not change a result");
    long.says("skipped bild.pdf: unknown type");
    work.run(&["-vv", "report", ".", "--only", "md"]).fine().says("2 years").says("6 talks");
}

#[test]
fn many_notes_are_cut_unless_verbose() {
    let bad: String = JSONL.to_owned() + &"kein JSON\n".repeat(15);
    let work = Workdir::with([("vortraege.jsonl", bad)]);
    work.run(&["sessions", "vortraege.jsonl"])
        .fine()
        .says("vortraege.jsonl:17: ")
        .says("3 more; -v shows them")
        .hushes("vortraege.jsonl:18: ");
    work.run(&["sessions", "vortraege.jsonl", "-v"]).fine().says("vortraege.jsonl:20: ").hushes("more; -v");
}

#[test]
fn colours_are_for_terminals_and_those_who_want_them() {
    let work = Workdir::with_articles();
    let args = ["shifts", "2024.txt", "2025.txt"];
    let plain = work.run(&args).fine().says("note: ");
    assert!(!plain.stderr.contains('\x1b') && !plain.stdout.contains('\x1b'));
    assert!(!plain.stderr.contains('\r'), "no progress where nobody looks");
    let forced = work.command(&args).env("CLICOLOR_FORCE", "1").output().expect("it runs");
    assert!(String::from_utf8_lossy(&forced.stderr).contains("\x1b[33mnote:"), "colours can be asked for");
    assert!(!forced.stdout.contains(&0x1b), "results have no colours");
    let none = work.command(&args).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().expect("it runs");
    assert!(!none.stderr.contains(&0x1b), "NO_COLOR wins: {}", String::from_utf8_lossy(&none.stderr));
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_gets_colours_unless_no_color() {
    let work = Workdir::with_articles();
    if work.shell("command -v script").code != Some(0) {
        eprintln!("SKIPPED: there is no `script` to make a terminal with; nothing was checked");
        return;
    }
    let line = "script -qec \"$W shifts 2024.txt 2025.txt\" /dev/null </dev/null";
    work.shell(line).fine().prints("\x1b[33mnote:").prints("2024 → 2025: rising");
    work.shell(&format!("NO_COLOR=1 {line}")).fine().omits("\x1b[33m").prints("note: ").prints("2024 → 2025: rising");
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    let work = Workdir::with_articles();
    for args in [
        &["sessions", "2024.txt"][..],
        &["terms", "2024.txt"],
        &["shifts", "2024.txt", "2025.txt"],
        &["themes", "2024.txt", "2025.txt"],
        &["report", "2024.txt", "2025.txt", "--only", "md", "--force"],
        &["completions", "bash"],
        &["report", "--help"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = plain_command();
        command.current_dir(work.path(".")).args(args).stdout(writer).stderr(Stdio::piped());
        let output = command.output().expect("it runs");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {stderr}");
        assert!(!stderr.contains("error") && !stderr.contains("panicked"), "{args:?}: {stderr}");
    }
    assert!(work.read("output/report.md").contains("Vorträge"), "the report is whole all the same");
}

#[test]
fn nobody_listening_on_stderr_is_no_error() {
    let work = Workdir::with_articles();
    for (args, code) in
        [(&["shifts", "2024.txt", "2025.txt", "-v"][..], 0), (&["shifts", "2024.txt"], 1), (&["themes"], 2)]
    {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = plain_command();
        command.current_dir(work.path(".")).args(args).stdout(writer.try_clone().expect("a pipe")).stderr(writer);
        assert_eq!(command.status().expect("it runs").code(), Some(code), "{args:?}");
    }
}

#[test]
#[cfg(unix)]
fn head_takes_one_line_of_many() {
    let row =
        |i: usize| format!("{{\"year\": 2024, \"title\": \"Vortrag {i}\", \"text\": \"Der Server {i} brennt.\"}}\n");
    let work = Workdir::with([("viele.jsonl", (0..4000).map(row).collect::<String>())]);
    let run = work.shell("{ $W sessions viele.jsonl; echo \"exit $?\" >&2; } | head -n 1").fine();
    assert_eq!(run.stdout, "source       year  lang  lines  kind     title         speakers\n");
    assert_eq!(run.stderr, "exit 0\n");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_behind_stdout_is_an_error() {
    let work = Workdir::with_articles();
    work.shell("$W sessions 2024.txt >/dev/full").refused().says("cannot write the results: No space left on device");
}

#[test]
fn exit_codes_tell_nothing_to_compare_from_bad_input() {
    let work = Workdir::with_articles();
    for command in ["report", "shifts", "themes"] {
        let run = work
            .run(&[command, "2024.txt"])
            .ends(1)
            .says("error: all talks are of 2024; a comparison needs at least two years");
        assert_eq!(run.stdout, "", "{command} has nothing to print");
        work.run(&[command, "2024.txt", "--compare", "2024:2025"]).ends(1);
        work.run(&[command, "2024.txt", "2025.txt"]).fine();
        work.run(&[command, "2024.txt", "fehlt.txt"]).refused().says("fehlt.txt");
    }
    for command in ["sessions", "terms"] {
        work.run(&[command, "2024.txt"]).fine().prints("2024.txt");
        work.run(&[command, "fehlt.txt"]).refused().says("fehlt.txt");
    }
}

#[test]
fn too_many_threads_are_refused_or_cut() {
    let work = Workdir::with_articles();
    let run = work.run(&["terms", "2024.txt", "--threads", "100000"]);
    assert!(matches!(run.code, Some(0 | 2)), "it hangs or dies: exit {:?}\n{}", run.code, run.stderr);
    run.hushes("panicked");
}

#[test]
fn options_may_stand_before_and_after_paths() {
    let work = Workdir::with_articles();
    let after = work.run(&["shifts", "2024.txt", "2025.txt", "--top", "3", "-q"]).fine().stdout;
    let before = work.run(&["-q", "shifts", "--top", "3", "2024.txt", "2025.txt"]).fine().stdout;
    assert_eq!(before, after);
}

#[test]
fn a_path_may_begin_with_a_dash_after_two_dashes() {
    let work = Workdir::with([("-2024.txt", crate::texts::A2024)]);
    work.run(&["sessions", "--", "-2024.txt"]).fine().prints("Wenn der Server brennt");
}
