//! The options of the statistics, and the columns and tables they fill.

use crate::support::Workdir;
use crate::texts::{A2024, A2025, A2026, JSONL};

/// Columns that come last in every table of shifts.
const TESTS: [&str; 18] = [
    "log2_ratio",
    "ci_low",
    "ci_high",
    "p",
    "q",
    "verdict",
    "certainty",
    "mid_p",
    "smallest_p",
    "exact",
    "min_detectable",
    "dispersion",
    "mean_rate_from",
    "mean_rate_to",
    "p_without_top_talk",
    "one_talk_makes_it",
    "rates_disagree",
    "one_cluster",
];

/// Twelve talks a year from three places; the later ones speak of drones. No two are equal, which would not count.
fn talks(first: i32, noun: &str) -> String {
    let word =
        |i: usize| ["ba", "ke", "li", "mo", "nu", "ra"].map(|s| s.repeat(1 + i % 2)).join("")[i % 5..].to_owned();
    let mut rows = String::new();
    for i in 0..24 {
        let (year, place) = (first + i as i32 / 12, ["Gera", "Jena", "Suhl"][i % 3]);
        let topic = if (i >= 12 && i % 12 != 5) || i == 3 { noun } else { "Kiefer" };
        let more = ["Straße", "Papier", "Server", "Schule", "Brunnen"][i % 5];
        let (a, b, c) = (word(i), word(i * 7 + 3), word(i * 11 + 1));
        rows.push_str(&format!(
            "{{\"year\": {year}, \"id\": \"{place}/{first}-{i}\", \"lang\": \"de\", \"ort\": \"{place}\", \
             \"text\": \"{a}{year} {c}{i} {topic} {b} {more} {c}{b}{year} {i}{a}.\"}}\n"
        ));
    }
    rows
}

fn drones() -> String {
    talks(2024, "Drohne")
}

fn header(work: &Workdir, table: &str) -> Vec<String> {
    let text = work.read(&format!("output/tables/{table}.csv"));
    text.lines().next().expect("a header").trim_end().split(',').map(str::to_owned).collect()
}

#[test]
fn tables_of_shifts_end_with_the_tests() {
    let work = Workdir::with_articles();
    work.run(&["report", "2024.txt", "2025.txt", "--themes", "builtin", "--watch", "KI", "--only", "csv"]).fine();
    for table in ["term_shifts", "theme_shifts", "watch_shifts"] {
        let columns = header(&work, table);
        assert!(columns.ends_with(&TESTS.map(String::from)), "{table}: {columns:?}");
    }
    assert_eq!(header(&work, "watch_shifts")[..4], ["watch", "concepts", "from_year", "to_year"]);
    for row in work.csv("output/tables/term_shifts.csv") {
        if !row["p"].is_empty() {
            let p: f64 = row["p"].parse().expect("a number");
            assert!(p > 0.0 && p <= 1.0, "{p} of {}", row["concept"]);
            let q = row["q"].parse().unwrap_or(1.0);
            assert!(q > 0.2, "three talks a year can have no discovery: q {q} of {}", row["concept"]);
        }
        assert_ne!(row["certainty"], "confirmed");
        assert!(row["p"].is_empty() || row["exact"] == "1", "{row:?}");
    }
}

#[test]
fn watch_terms_have_a_table_and_a_family() {
    let work = Workdir::with([("2024.txt", A2024), ("2025.txt", A2025), ("2026.txt", A2026)]);
    let options =
        ["--watch", "KI, Notfallpläne,Gibtesnicht", "--watch", "Papier", "--watch-regex", "Drohnen?", "--only", "csv"];
    work.run(&[&["report", ".", "--compare", "2024:2025-2026"], &options[..]].concat()).fine();
    let rows = work.csv("output/tables/watch_shifts.csv");
    let watched: Vec<&str> = rows.iter().map(|r| r["watch"].as_str()).collect();
    assert_eq!(watched, ["KI", "Notfallpläne", "Gibtesnicht", "Papier", "Drohnen?"]);
    let ki = &rows[0];
    let cells: Vec<&str> =
        ["count_from", "count_to", "sessions_to", "verdict"].iter().map(|c| ki[*c].as_str()).collect();
    assert_eq!(cells, ["0", "7", "2", "new"], "KI-Lösungen is one of them");
    assert_eq!((rows[2]["concepts"].as_str(), rows[2]["verdict"].as_str()), ("", "not decidable"));
    assert!(!rows[4]["concepts"].is_empty());
    let families = work.csv("output/tables/comparisons.csv");
    let watch = families.iter().find(|r| r["family"] == "watch").expect("a family");
    assert_eq!((watch["from_year"].as_str(), watch["to_year"].as_str()), ("2024", "2025-2026"));
    assert_eq!(
        (watch["dealt"].as_str(), watch["units_from"].as_str(), watch["units_to"].as_str()),
        ("talks", "3", "5")
    );
    let json = work.run(&["report", ".", "--watch", "KI", "--only", "json", "--out", "j"]).fine();
    drop(json);
    assert_eq!(work.json("j/findings.json")["comparisons"][0]["watch"][0]["key"], "KI");
    let settings = &work.json("output/manifest.json")["settings"];
    assert_eq!(settings["watch"], "KI; Notfallpläne; Gibtesnicht; Papier; Drohnen?");
}

#[test]
fn blocks_are_dealt_as_said() {
    let work = Workdir::with([("t.jsonl", drones())]);
    let family = |block: &[&str]| {
        let run = work.run(&[&["report", "t.jsonl", "--only", "csv"], block].concat()).fine();
        let rows = work.csv("output/tables/comparisons.csv");
        let row = &rows[0];
        assert_eq!(row["family"], "terms");
        let cell = |name: &str| row[name].clone();
        ([cell("dealt"), cell("units_from"), cell("units_to"), cell("confirmed")].join(" "), run.stderr)
    };
    let (row, stderr) = family(&[]);
    assert_eq!(row, "talks 12 12 0");
    assert!(stderr.contains("undeclared-blocks") || stderr.contains("come in clusters"), "{stderr}");
    assert_eq!(family(&["--block", "ort"]).0, "within blocks 12 12 2");
    assert_eq!(work.json("output/manifest.json")["settings"]["block"], "ort");
    assert_eq!(family(&["--block", "id"]).0, "within blocks 12 12 2", "the part of the id before the slash");
    let (row, stderr) = family(&["--block", "none"]);
    assert_eq!(row, "talks 12 12 2", "drones rise, pines fall");
    assert!(!stderr.contains("clusters"), "{stderr}");
    let drones = work.csv("output/tables/term_shifts.csv").into_iter().find(|r| r["label"] == "Drohne").expect("there");
    assert_eq!((drones["verdict"].as_str(), drones["certainty"].as_str()), ("rising", "confirmed"));
    assert_eq!((drones["count_from"].as_str(), drones["count_to"].as_str()), ("1", "11"));
}

#[test]
fn shifts_takes_the_options_too() {
    let work = Workdir::with([("t.jsonl", drones())]);
    for options in [&["--block", "ort"][..], &["--watch", "Drohne"], &["--seed", "9"], &["--no-statistics"]] {
        let run = work.run(&[&["shifts", "t.jsonl"], options].concat()).fine();
        assert_eq!(run.row("Drohne")[..3], ["Drohne", "1", "11"], "{options:?}");
    }
    work.run(&["themes", "t.jsonl", "--block", "ort", "--seed", "3"]).fine();
}

#[test]
fn seed_and_shuffles_are_told_and_repeatable() {
    // A word of 36 talks, some of them more than once: so many ways to deal it that they are drawn.
    let talk = |i: usize| {
        let wood: String = (0..if i % 4 == 3 || i < 5 { 0 } else { 1 + i * i / 5 % 3 })
            .map(|n| format!("belimo{i}ra{n} Wald kenu{n}to{i} "))
            .collect();
        let year = 2024 + i / 24;
        format!("{{\"year\": {year}, \"lang\": \"de\", \"text\": \"Seti{i}wa {wood}nura{i}zu.\"}}\n")
    };
    let work = Workdir::with([("t.jsonl", (0..48).map(talk).collect::<String>())]);
    let run = |out: &str, options: &[&str]| {
        work.run(&[&["report", "t.jsonl", "--block", "none", "--only", "csv", "--out", out], options].concat()).fine();
        work.read(&format!("{out}/tables/term_shifts.csv"))
    };
    let base = run("eins", &[]);
    assert_eq!(run("zwei", &["--seed", "1", "--max-shuffles", "1000000", "--threads", "1"]), base);
    assert!(run("drei", &["--seed", "2"]) != base, "another seed, the same numbers");
    assert!(run("vier", &["--max-shuffles", "99"]) != base, "fewer shuffles, the same numbers");
    let manifest = work.json("vier/manifest.json");
    assert_eq!((&manifest["settings"]["max_shuffles"], &manifest["settings"]["seed"]), (&"99".into(), &"1".into()));
    assert_eq!(work.json("drei/manifest.json")["seed"], 2);
}

#[test]
fn no_statistics_leaves_the_cells_empty() {
    let work = Workdir::with_articles();
    work.run(&["report", "2024.txt", "2025.txt", "--no-statistics", "--watch", "KI"]).fine();
    let files = work.list("output");
    assert!(!files.contains(&"tables/comparisons.csv".to_owned()), "{files:?}");
    for table in ["term_shifts", "watch_shifts"] {
        for row in work.csv(&format!("output/tables/{table}.csv")) {
            for column in ["p", "q", "mid_p", "smallest_p", "ci_low", "ci_high", "certainty"] {
                assert_eq!(row[column], "", "{table} {column}: {row:?}");
            }
        }
    }
    assert_eq!(work.json("output/manifest.json")["settings"]["statistics"], "false");
    assert!(work.read("output/report.md").contains("Es wurde kein Test gerechnet"));
}

#[test]
fn three_years_have_a_table_of_trends() {
    let work = Workdir::with([("t.jsonl", talks(2022, "Brücke") + &drones())]);
    work.run(&["report", "t.jsonl", "--block", "none", "--themes", "none", "--only", "csv"]).fine();
    let rows = work.csv("output/tables/term_trends.csv");
    let drones = rows.iter().find(|r| r["label"] == "Drohne").expect("there");
    assert_eq!((drones["sessions"].as_str(), drones["year_of_change"].as_str()), ("12", "2025"));
    assert!(drones["p"].parse::<f64>().expect("a number") < 0.01, "{drones:?}");
}

#[test]
fn bad_values_are_refused() {
    let work = Workdir::with([("t.jsonl", JSONL)]);
    for (options, words) in [
        (["--block", "nix"], &["error: --block: `nix` is not allowed", "article, title, id, speaker, ort, none"][..]),
        (["--block", ""], &["error: --block: `` is not allowed"]),
        (["--max-shuffles", "98"], &["error: --max-shuffles: `98` is not allowed: expected 99 or more"]),
        (["--max-shuffles", "viele"], &["--max-shuffles", "viele"]),
        (["--seed", "-1"], &["-1"]),
        (["--seed", "1.5"], &["--seed", "1.5"]),
        (["--watch", ""], &["error: --watch: `` is not allowed: expected a term"]),
        (["--watch", "KI,,Papier"], &["error: --watch: `` is not allowed"]),
        (["--watch-regex", "("], &["error: --watch-regex: `(` is not allowed: expected a regular expression"]),
        (["--watch-regex", ""], &["error: --watch"]),
    ] {
        for command in ["shifts", "report"] {
            let mut run = work.run(&[&[command, "t.jsonl"], &options[..]].concat()).refused();
            for word in words {
                run = run.says(word);
            }
        }
    }
    assert_eq!(work.list("."), ["t.jsonl"], "an error leaves nothing behind");
}

#[test]
fn a_year_can_be_dealt_at_random() {
    let work = Workdir::with([("t.jsonl", drones())]);
    let run = |more: &[&str]| {
        let base = ["calibrate", "t.jsonl", "--of", "2025", "--draws", "20", "--shuffles", "99", "-q"];
        work.run(&[&base[..], more].concat()).fine().stdout
    };
    let text = run(&[]);
    assert!(text.contains("2025: 12 talks, dealt 20 times at random into 6 and 6 talks"), "{text}");
    assert!(text.contains("deals with any discovery at q ≤ .05"), "{text}");
    assert_eq!(text, run(&[]), "the same deals again");
    let planted = run(&["--planted", "--planted-terms", "1", "--keep", "0.5"]);
    assert_ne!(planted, run(&["--planted", "--planted-terms", "1", "--keep", "0.5", "--seed", "2"]));
    assert!(planted.contains("Planted ratios") && planted.contains("G2 permutation"), "{planted}");
    let coverage = run(&["--planted", "--planted-terms", "0"]);
    assert!(coverage.contains("Planted ratios") && !coverage.contains("G2 permutation"), "{coverage}");
}

#[test]
fn deals_that_cannot_be_are_refused() {
    let work = Workdir::with([("t.jsonl", drones())]);
    for (more, expected) in [
        (&["--per-side", "7"][..], "--per-side"),
        (&["--draws", "0"], "--draws"),
        (&["--shuffles", "5"], "--shuffles"),
        (&["--planted", "--keep", "1"], "--keep"),
        (&["--of", "1999"], "--of"),
    ] {
        work.run(&[&["calibrate", "t.jsonl", "-q"][..], more].concat()).refused().says(expected);
    }
}
