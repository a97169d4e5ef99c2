//! `wandel themes` and theme files.

use crate::support::Workdir;
use crate::texts::{A2024, A2025, THEMES};

fn work() -> Workdir {
    Workdir::with([("2024.txt", A2024), ("2025.txt", A2025), ("themen.toml", THEMES)])
}

fn with_theme(patterns: &str) -> String {
    format!("version = 1\n\n[[theme]]\nname = \"probe\"\n{patterns}\n")
}

#[test]
fn counts_mentions_by_hand() {
    let work = work();
    let run = work.run(&["themes", "2024.txt", "2025.txt", "--themes", "themen.toml"]).fine().prints("2024 → 2025\n");
    assert_eq!(
        run.row("Künstliche Intelligenz")[..11],
        ["Künstliche", "Intelligenz", "*", "0", "4", "0", "of", "3", "1", "of", "3"]
    );
    assert_eq!(run.row("Cyber")[..10], ["Cyber", "*", "2", "0", "1", "of", "3", "0", "of", "3"]);
    assert_eq!(run.row("Technik")[..9], ["Technik", "*", "2", "4", "1", "of", "3", "1", "of"], "children count in it");
    assert_eq!(run.row("Vorsorge")[..9], ["Vorsorge", "5", "3", "2", "of", "3", "1", "of", "3"], "the exclusion wins");
}

#[test]
fn built_in_themes_are_used_unless_others_are_named() {
    let work = work();
    let unasked = work.run(&["themes", "2024.txt", "2025.txt"]).fine();
    assert_eq!(unasked.row("Cybersicherheit")[..4], ["Cybersicherheit", "*", "2", "0"]);
    assert_eq!(unasked.row("Digitale Souveränität")[..5], ["Digitale", "Souveränität", "*", "0", "2"]);
    let asked = work.run(&["themes", "2024.txt", "2025.txt", "--themes", "builtin"]).fine();
    assert_eq!(asked.stdout, unasked.stdout);
    work.run(&["themes", "2024.txt", "2025.txt", "--themes", "themen.toml"]).fine().omits("Cybersicherheit");
}

#[test]
fn a_report_without_themes_has_no_theme_tables() {
    let work = work();
    let report = |themes: &str, out: &str| {
        work.run(&["report", "2024.txt", "2025.txt", "--themes", themes, "--out", out, "--only", "csv,md"]).fine();
    };
    report("none", "ohne");
    report("themen.toml", "mit");
    let theme_files = |out: &str| work.list(out).into_iter().filter(|f| f.contains("theme")).collect::<Vec<_>>();
    assert_eq!(theme_files("ohne"), [""; 0]);
    assert_eq!(
        theme_files("mit"),
        ["tables/theme_sessions.csv", "tables/theme_shifts.csv", "tables/theme_spellings.csv"]
    );
    assert!(work.json("ohne/manifest.json")["themes"].is_null());
    assert_eq!(work.json("mit/manifest.json")["themes"], serde_json::json!(["technik", "ki", "cyber", "vorsorge"]));
    assert!(work.read("mit/report.md").contains("Vorsorge") && !work.read("ohne/report.md").contains("Vorsorge"));
}

#[test]
fn the_command_needs_themes() {
    work().run(&["themes", "2024.txt", "2025.txt", "--themes", "none"]).refused().says("--themes");
}

#[test]
fn tables_of_themes_hold_every_spelling_and_quote() {
    let work = work();
    work.run(&["report", "2024.txt", "2025.txt", "--themes", "themen.toml", "--only", "csv"]).fine();
    let spellings: Vec<(String, String)> = work
        .csv("output/tables/theme_spellings.csv")
        .into_iter()
        .filter(|r| r["theme"] == "ki")
        .map(|r| (r["spelling"].clone(), r["count"].clone()))
        .collect();
    assert_eq!(spellings.iter().map(|s| s.0.as_str()).collect::<Vec<_>>(), ["KI", "KI-Lösungen"]);
    assert_eq!(spellings.iter().map(|s| s.1.as_str()).collect::<Vec<_>>(), ["3", "1"]);
    let shifts = work.csv("output/tables/theme_shifts.csv");
    let cyber = shifts.iter().find(|r| r["theme"] == "cyber").expect("the theme");
    assert_eq!(
        (cyber["parent"].as_str(), cyber["count_from"].as_str(), cyber["count_to"].as_str()),
        ("technik", "2", "0")
    );
    let quotes: Vec<_> = work
        .csv("output/tables/evidence.csv")
        .into_iter()
        .filter(|r| r["kind"] == "theme" && r["key"] == "cyber")
        .collect();
    let mentions: u32 = quotes.iter().map(|r| r["mentions"].parse::<u32>().expect("a number")).sum();
    assert_eq!(mentions, 2, "{quotes:?}");
}

#[test]
fn a_label_is_in_the_language_of_the_report() {
    let work = work();
    let report = |lang: &str| {
        work.run(&[
            "report",
            "2024.txt",
            "2025.txt",
            "--themes",
            "themen.toml",
            "--only",
            "md",
            "--out",
            lang,
            "--lang",
            lang,
        ])
        .fine();
        work.read(&format!("{lang}/report.md"))
    };
    let (de, en) = (report("de"), report("en"));
    assert!(de.contains("Künstliche Intelligenz") && !de.contains("Artificial intelligence"));
    assert!(en.contains("Artificial intelligence") && !en.contains("Künstliche Intelligenz"));
}

#[test]
fn wrong_theme_files_are_named_by_line_and_column() {
    let work = work();
    for (text, place, why) in [
        ("version = 1\n[[theme]\n", "2:", "]"),
        ("version = 2\n", "1:11: ", "expected version = 1"),
        (&with_theme("patterns = [\"ki*stadt\"]"), "5:13: ", "`*` stands at the start or end of a word only"),
        (&with_theme("patterns = [\"…\"]"), "5:13: ", "expected a word or a phrase"),
        (&with_theme("pattern = [\"KI\"]"), "5:1: ", "unknown field `pattern`"),
        (&with_theme("patterns = \"KI\""), "5:12: ", "expected"),
        (&with_theme("parent = \"oben\"\npatterns = [\"KI\"]"), "5:10: ", "no theme `oben`"),
        (&with_theme(""), "4:8: ", "neither patterns nor children"),
        ("version = 1\n[[theme]]\nname = \"Künstliche Intelligenz\"\n", "3:8: ", "letters, digits and _ only"),
    ] {
        work.write("falsch.toml", text);
        let run = work.run(&["themes", "2024.txt", "2025.txt", "--themes", "falsch.toml"]).refused();
        let run = run.says(&format!("error: falsch.toml:{place}")).says(why);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    }
    let twice = THEMES.replace("name = \"cyber\"", "name = \"ki\"");
    work.write("falsch.toml", twice);
    work.run(&["report", "2024.txt", "2025.txt", "--themes", "falsch.toml"])
        .refused()
        .says("falsch.toml:14:8: ")
        .says("two themes named `ki`");
    assert!(!work.path("output").exists(), "nothing is written after an error");
}

#[test]
fn a_theme_file_without_themes_is_refused() {
    let work = work();
    work.write("leer.toml", "version = 1\n");
    work.run(&["themes", "2024.txt", "2025.txt", "--themes", "leer.toml"]).refused().says("leer.toml").says("theme");
}

#[test]
fn a_theme_file_that_cannot_be_read_is_named() {
    let work = work();
    work.run(&["themes", "2024.txt", "2025.txt", "--themes", "fehlt.toml"])
        .refused()
        .says("error: fehlt.toml: cannot read");
    work.write("latin.toml", b"version = 1 # f\xfcr");
    work.run(&["themes", "2024.txt", "2025.txt", "--themes", "latin.toml"]).refused().says("latin.toml").says("UTF-8");
    work.folder("ordner.toml");
    work.run(&["themes", "2024.txt", "2025.txt", "--themes", "ordner.toml"]).refused().says("ordner.toml");
}

#[test]
fn a_theme_file_may_have_a_byte_order_mark() {
    let work = work();
    work.write("bom.toml", format!("\u{feff}{THEMES}"));
    let plain = work.run(&["themes", "2024.txt", "2025.txt", "--themes", "themen.toml"]).fine().stdout;
    assert_eq!(work.run(&["themes", "2024.txt", "2025.txt", "--themes", "bom.toml"]).fine().stdout, plain);
}

/// Two years of 100 talks on five fields, one of them in the second year only half as often.
pub fn fields() -> String {
    const FIELDS: [[&str; 6]; 5] = [
        ["harbour", "vessel", "captain", "sailor", "anchor", "cargo"],
        ["garden", "flower", "orchard", "blossom", "meadow", "hedge"],
        ["violin", "concert", "melody", "orchestra", "rhythm", "singer"],
        ["kitchen", "recipe", "pepper", "oven", "dessert", "cheese"],
        ["rocket", "orbit", "satellite", "astronaut", "telescope", "galaxy"],
    ];
    let talk = |n: usize| {
        let year = 2024 + n / 100;
        let field = if year == 2025 && n.is_multiple_of(10) { 1 } else { n % 5 };
        let word = |i: usize| FIELDS[field][(((n * 31 + i * 17 + 7) * 2_654_435_761) >> 9) % 6];
        let own: String = n.to_string().bytes().map(|b| char::from(b'a' + b - b'0')).collect();
        let sentences: Vec<String> =
            (0..6).map(|i| format!("The {} of {own}{i} and the {}.", word(i), word(i + 50))).collect();
        serde_json::json!({"year": year, "title": own, "text": sentences.join(" ")}).to_string() + "\n"
    };
    (0..200).map(talk).collect()
}

#[test]
fn found_themes_successions_and_quality_are_tables_too() {
    let work = Workdir::with([("talks.jsonl", fields().as_str()), ("themen.toml", THEMES)]);
    let run = |more: &[&str]| {
        let args = [&["themes", "talks.jsonl", "--themes", "themen.toml", "-q"], more].concat();
        work.run(&args).fine()
    };
    let rows = run(&["--format", "csv"]);
    assert!(rows.stdout.starts_with("list,key,label,from_year,"));
    assert!(rows.stdout.lines().filter(|l| l.starts_with("found,")).count() >= 4, "{}", rows.stdout);
    let quality = run(&["--quality", "--format", "csv"]);
    let lines: Vec<&str> = quality.stdout.lines().collect();
    assert!(lines[0] == "themes,shown,stability,npmi,diversity" && lines[1].starts_with("4,"), "{}", quality.stdout);
    let successions = run(&["--successions", "--format", "csv"]);
    assert!(successions.stdout.starts_with("level,from_year,to_year,falling,falling_label,rising,"));
    run(&["--successions"])
        .prints("2024 → 2025: what may have taken the place of what (found)")
        .omits("found without a list");
    let equal = run(&["--format", "csv", "--equal-years", "--top", "3"]);
    assert_ne!(equal.stdout, run(&["--format", "csv", "--top", "3"]).stdout, "tests repeat the fit");
}
