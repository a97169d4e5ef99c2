//! Counts as files: the same report as from the texts, whatever the way they were counted.

use crate::support::{Workdir, same_files};
use crate::texts;

/// Articles and a table of three years, in one folder.
fn corpus() -> Workdir {
    let work = Workdir::with_articles();
    work.write("2026.txt", texts::A2026);
    let rows: String = (0..30)
        .map(|i| {
            let (year, word) = (2024 + i % 3, ["Brücken", "Drohnen", "Server", "Formulare", "Wälder"][i % 5]);
            format!(
                "{{\"id\": \"t{i}\", \"year\": {year}, \"lang\": \"de\", \"ort\": \"{}\", \"title\": \"Punkt {i}\", \
                 \"text\": \"{} {word} und die {}. Vielen Dank.\"}}\n",
                ["Gera", "Jena"][i % 2],
                ["Wir reden über", "Hier geht es um", "Was kosten", "Wozu brauchen wir"][i % 4],
                ["Software", "Kosten", "Folgen", "Fristen", "Grenzen", "Regeln", "Dörfer"][i % 7],
            )
        })
        .collect();
    work.write("talks.jsonl", rows);
    work
}

const ALL: [&str; 4] = ["2024.txt", "2025.txt", "2026.txt", "talks.jsonl"];

/// Writes the report on some inputs into a folder and compares it with that on the texts.
#[track_caller]
fn same_report(work: &Workdir, inputs: &[&str], what: &str) {
    let report = |inputs: &[&str], out: &str| {
        let args: Vec<&str> = ["report"].iter().chain(inputs).chain(&["--out", out, "--quiet"]).copied().collect();
        work.run(&args).fine();
        work.files(out)
    };
    same_files(&report(inputs, "from-counts"), &report(&ALL, "from-texts"), what);
}

#[test]
fn a_report_on_counts_is_that_on_the_texts() {
    let work = corpus();
    for (inputs, out) in [(&ALL[..2], "a.counts"), (&ALL[2..], "b.counts"), (&ALL[..], "all.counts")] {
        let args: Vec<&str> = ["count"].iter().chain(inputs).chain(&["-o", out]).copied().collect();
        work.run(&args).fine().says("wrote");
    }
    same_report(&work, &["all.counts"], "one file");
    same_report(&work, &["b.counts", "a.counts"], "two files, in any order");
    same_report(&work, &["b.counts", "2024.txt", "2025.txt"], "counts, and texts that are new");
    work.run(&["merge", "b.counts", "a.counts", "-o", "ab.counts"]).fine();
    same_report(&work, &["ab.counts"], "merged");
    work.run(&["merge", "a.counts", "ab.counts", "b.counts", "-o", "again.counts"]).fine().says("counts once");
    assert!(work.bytes("again.counts") == work.bytes("ab.counts"), "merging twice changes nothing");
    let shifts = |inputs: &[&str]| work.run(&[&["shifts"], inputs].concat()).fine().stdout;
    assert_eq!(shifts(&["ab.counts"]), shifts(&ALL));
}

#[test]
fn shares_are_counted_apart_and_a_missing_one_is_named() {
    let work = corpus();
    for i in 1..=3 {
        let (share, out) = (format!("{i}/3"), format!("{i}.counts"));
        let args: Vec<&str> = ["count"].iter().chain(&ALL).chain(&["--shard", &share, "-o", &out]).copied().collect();
        work.run(&args).fine();
    }
    same_report(&work, &["3.counts", "1.counts", "2.counts"], "three shares");
    work.run(&["merge", "3.counts", "1.counts", "1.counts", "-o", "two.counts"])
        .fine()
        .says("share 1/3 of 2024.txt, 2025.txt, 2026.txt, talks.jsonl is there twice and counts once")
        .says("share 2/3 of 2024.txt, 2025.txt, 2026.txt, talks.jsonl is missing");
    work.run(&["report", "two.counts", "--out", "no"]).refused().says("share 2/3 of").says("is missing");
    work.run(&["merge", "two.counts", "2.counts", "-o", "three.counts"]).fine().hushes("missing");
    same_report(&work, &["three.counts"], "shares merged step by step");
    work.run(&["count", "2024.txt", "--shard", "4/3", "-o", "x.counts"]).refused().says("2/8");
    work.run(&["count", "2024.txt", "2025.txt", "2026.txt", "talks.jsonl", "--shard", "1/2", "-o", "half.counts"])
        .fine();
    work.run(&["merge", "half.counts", "1.counts", "-o", "x.counts"]).refused().says("shares of another size");
}

#[test]
fn a_text_in_two_files_counts_once() {
    let work = corpus();
    let rows = work.read("talks.jsonl");
    let (first, second) = rows.split_at(rows.match_indices('\n').nth(14).expect("lines").0 + 1);
    let repeated = first.lines().nth(3).expect("a line").replace("t3", "again") + "\n";
    work.write("one.jsonl", first);
    work.write("two.jsonl", repeated + second);
    work.run(&["count", "one.jsonl", "-o", "one.counts"]).fine();
    work.run(&["count", "two.jsonl", "-o", "two.counts"]).fine();
    let report = |inputs: [&str; 2], out: &str| {
        let run = work.run(&["report", inputs[0], inputs[1], "--out", out]).fine();
        (run, work.files(out))
    };
    let (run, counted) = report(["one.counts", "two.counts"], "counted");
    run.says("counted again").says("repeats the text of one.jsonl");
    same_files(&counted, &report(["one.jsonl", "two.jsonl"], "read").1, "the repeated text counts once");
    std::fs::remove_file(work.path("two.jsonl")).expect("removed");
    work.run(&["merge", "one.counts", "two.counts", "-o", "x.counts"]).refused().says("put them back");
}

#[test]
fn what_does_not_fit_is_refused() {
    let work = corpus();
    work.run(&["count", "2024.txt", "-o", "a.counts"]).fine();
    work.run(&["count", "2025.txt", "--keep-names", "-o", "b.counts"]).fine();
    work.run(&["merge", "a.counts", "b.counts", "-o", "x.counts"]).refused().says("drop_names");
    work.run(&["count", "2025.txt", "--columns", "title=thema", "-o", "c.counts"]).fine();
    work.run(&["merge", "a.counts", "c.counts", "-o", "x.counts"]).refused().says("other options");
    work.run(&["report", "b.counts", "--without", "gender", "--out", "no"]).refused().says("concept_rules");
    work.run(&["count", "2024.txt", "2025.txt", "-o", "d.counts"]).fine();
    work.run(&["merge", "a.counts", "d.counts", "-o", "x.counts"]).refused().says("share a file");
    work.run(&["report", "d.counts", "--where", "year=2024", "--out", "no"]).refused().says("where is not as it was");
    work.run(&["merge", "a.counts", "2025.txt", "-o", "x.counts"]).refused().says("2025.txt").says("no counts file");
    work.run(&["count", "2025.txt", "-o", "2024.txt"]).refused().says("--force");
    // A bit that falls over in any table is noticed.
    let whole = work.bytes("a.counts");
    let at = whole.windows(4).position(|w| w == b"PAR1").expect("a table") + 40;
    for (at, what) in [(at, "damaged"), (whole.len() / 2, "damaged")] {
        let mut broken = whole.clone();
        broken[at] ^= 0x20;
        work.write("broken.counts", broken);
        work.run(&["merge", "broken.counts", "-o", "x.counts"]).refused().says("broken.counts").says(what);
    }
    work.write("cut.counts", &whole[..whole.len() - 30]);
    work.run(&["merge", "cut.counts", "-o", "x.counts"]).refused().says("cut short");
    assert!(!work.path("x.counts").exists() && !work.path("no").exists());
}

#[test]
fn counts_outlive_their_texts_and_say_what_is_lost() {
    let work = corpus();
    work.run(&["count", "2024.txt", "2025.txt", "-o", "all.counts"]).fine();
    let with = work.run(&["shifts", "all.counts", "--without", "phrases,boilerplate"]);
    with.refused().says("concept_rules");
    let texts = work.run(&["shifts", "2024.txt", "2025.txt", "--without", "phrases,boilerplate"]).fine();
    // Both may move together.
    work.run(&["report", "all.counts", "--out", "before", "--quiet"]).fine();
    for file in ["2024.txt", "2025.txt", "all.counts"] {
        let bytes = work.bytes(file);
        work.write(&format!("elsewhere/deep/{file}"), bytes);
        std::fs::remove_file(work.path(file)).expect("removed");
    }
    work.run(&["report", "elsewhere/deep/all.counts", "--out", "after", "--quiet"]).fine();
    // The title is the folder's name.
    assert_eq!(work.read("after/tables/term_shifts.csv"), work.read("before/tables/term_shifts.csv"));
    assert_eq!(work.read("after/tables/evidence.csv"), work.read("before/tables/evidence.csv"));
    std::fs::remove_file(work.path("elsewhere/deep/2024.txt")).expect("removed");
    let run = work.run(&["report", "elsewhere/deep/all.counts", "--out", "lost"]).fine();
    run.says("1 of 2 files with the texts is not where they were counted: no phrases, boilerplate, themes or quotes");
    assert!(!work.csv("lost/tables/term_shifts.csv").is_empty());
    let manifest = work.json("lost/manifest.json");
    let rules = manifest["settings"]["concept_rules"].as_str().expect("rules");
    assert!(!rules.contains("phrases") && !rules.contains("boilerplate"), "{rules}");
    let lost = work.run(&["shifts", "elsewhere/deep/all.counts"]).fine();
    assert_eq!(lost.stdout, texts.stdout);
    let changed = work.read("elsewhere/deep/2025.txt") + " Noch etwas.";
    work.write("elsewhere/deep/2025.txt", changed);
    work.write("elsewhere/deep/2024.txt", texts::A2024);
    work.run(&["report", "elsewhere/deep/all.counts", "--out", "no"]).refused().says("2025.txt").says("count it again");
}
