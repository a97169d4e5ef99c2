//! What a reader meets first: that the page, `report.md`, the charts and the tables say the same, and no more than is
//! known.

use std::fmt::Write as _;

use crate::support::Workdir;
use crate::themes::fields;

/// The committed sample.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/it-fachtag");

fn sample(more: &[&str]) -> Workdir {
    let work = Workdir::new();
    work.run(&[&["report", SAMPLE, "--out", "output"], more].concat()).fine();
    work
}

/// A word that no lexicon knows, a different one for each number.
fn word(i: usize) -> String {
    let syllables = ["ba", "ke", "li", "mo", "nu", "ra", "so", "tu", "wi", "pe"];
    let digits = [i / 1000 % 10, i / 100 % 10, i / 10 % 10, i % 10];
    let stem: String = digits.iter().map(|&d| syllables[d]).collect();
    format!("{}{}x", stem[..1].to_uppercase(), &stem[1..])
}

/// JSON Lines of talks: year and words.
fn talks(talks: impl IntoIterator<Item = (i32, Vec<String>)>) -> String {
    let mut rows = String::new();
    for (i, (year, words)) in talks.into_iter().enumerate() {
        let _ = writeln!(
            rows,
            "{{\"year\": {year}, \"id\": \"{i}\", \"lang\": \"de\", \"text\": \"Es ging um {}.\"}}",
            words.join(" ")
        );
    }
    rows
}

/// The number before a word.
fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().expect("some text").trim_end();
    let digits: Vec<char> = before.chars().rev().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    digits.iter().rev().filter(|c| c.is_ascii_digit()).collect::<String>().parse().unwrap_or_else(|_| panic!("{text}"))
}

/// What the chart of frequency and change says.
#[cfg(feature = "charts")]
fn scatter_title(work: &Workdir) -> String {
    let svg = work.read("output/charts/frequency_and_change_2024_2025.svg");
    svg.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a title").to_owned()
}

#[test]
fn what_no_ranking_shows_is_not_counted() {
    let work = sample(&["--lang", "de"]);
    let rows = work.csv("output/tables/term_shifts.csv");
    let sure = |r: &&std::collections::BTreeMap<String, String>| ["confirmed", "indicated"].contains(&&*r["certainty"]);
    let all = rows.iter().filter(sure).count();
    let counted = rows.iter().filter(sure).filter(|r| r["ranked"] == "1" && !r["q"].is_empty()).count();
    assert!(all > counted, "the sample has verbs that look like something");
    let families = work.csv("output/tables/comparisons.csv");
    let of = |family: &str| families.iter().find(|f| f["family"] == family).expect("a family");
    assert_eq!(of("terms")["indicated"], counted.to_string());
    assert_eq!((of("themes")["indicated"].as_str(), counted), ("0", 0));
    let first = "ist keine belegt oder angedeutet; alle sind nur gesehen.";
    assert!(work.read("output/report.md").contains(first));
    #[cfg(feature = "html")]
    assert!(work.read("output/report.html").contains(first));
    #[cfg(feature = "charts")]
    assert!(scatter_title(&work).starts_with("Keine Veränderung"), "{}", scatter_title(&work));
}

#[test]
fn a_chart_with_little_room_still_says_how_many_there_are() {
    let work = Workdir::new();
    // 450 words are in all talks of the later year and in none of the earlier, never in the same order.
    let talk = |i: usize| {
        let words = (0..450).map(|w| {
            word(if i < 8 { 1_000 + 450 * i + w } else { (w * [7, 11, 13, 17, 19, 23, 29, 31][i % 8] + i) % 450 })
        });
        (2024 + (i / 8) as i32, words.collect())
    };
    work.write("t.jsonl", talks((0..16).map(talk)));
    work.run(&["report", "t.jsonl", "--themes", "none", "--lang", "de", "--without", "boilerplate"]).fine();
    let families = work.csv("output/tables/comparisons.csv");
    let terms = families.iter().find(|f| f["family"] == "terms").expect("terms");
    let n: usize = terms["confirmed"].parse::<usize>().unwrap() + terms["indicated"].parse::<usize>().unwrap();
    assert!(n > 400, "{terms:?}");
    #[cfg(feature = "charts")]
    assert_eq!(number_before(&scatter_title(&work), "Begriffe"), n);
    let report = work.read("output/report.md");
    let first = report.lines().find(|l| l.starts_with("Von ")).expect("the first sentence");
    assert_eq!(number_before(first, "belegt"), terms["confirmed"].parse::<usize>().unwrap(), "{first}");
}

#[test]
fn no_theme_is_without_a_successor_and_has_a_candidate() {
    let report = sample(&["--lang", "de"]).read("output/report.md");
    let alone = report.lines().find(|l| l.contains("ohne dass ein Nachfolger zu erkennen ist")).expect("the sentence");
    let pairs: Vec<&str> = report.lines().filter(|l| l.starts_with("#### ") && l.contains(" → ")).collect();
    assert!(!pairs.is_empty());
    for pair in pairs {
        let source = pair.trim_start_matches("#### ").split(" → ").next().unwrap();
        assert!(!alone.contains(source), "{source}: {alone}");
    }
}

#[test]
#[cfg(feature = "html")]
fn the_table_of_all_terms_counts_its_own_rows() {
    let page = sample(&["--lang", "de"]).read("output/report.html");
    let table = page.split("id=\"all-concepts\"").nth(1).and_then(|t| t.split("</table>").next()).expect("the table");
    let caption = table.split("<caption>").nth(1).expect("a caption");
    let (shown, all) = (number_before(caption, " von "), number_before(caption, "Begriffen"));
    assert!(shown <= all && shown == table.matches("<th scope=\"row\">").count(), "{shown} of {all}");
}

#[test]
#[cfg(feature = "html")]
fn a_page_lists_two_thousand_terms_at_most() {
    let work = Workdir::new();
    // Words of the year between are ranked in its comparisons only. No two words stand side by side twice.
    let talk = |i: usize| {
        let (year, side) = (2023 + (i / 4) as i32, i / 4);
        let own = (0..1_300).map(|w| word([0, 2_600, 1_300][side] + (w * [3, 7, 9, 11][i % 4] + i) % 1_300));
        (year, own.collect())
    };
    work.write("t.jsonl", talks((0..12).map(talk)));
    let args = ["report", "t.jsonl", "--themes", "none", "--without", "boilerplate", "--only", "html"];
    work.run(&args).fine();
    let page = work.read("output/report.html");
    assert_eq!(page.matches("<div id=\"c-").count(), 2_000);
}

#[test]
fn watch_terms_stand_near_the_top() {
    let work = sample(&["--lang", "de", "--watch", "KI", "--watch", "Blorx"]);
    let report = work.read("output/report.md");
    let section = report.split("## Beobachtete Begriffe").nth(1).expect("a section");
    assert!(section.contains("| KI | 4 | 14 | 1 von 13 | 4 von 13 |"), "{}", &section[..900]);
    assert!(section.contains("| Blorx | 0 | 0 |") && section.contains("kein Vortrag nennt ihn"));
    assert!(report.contains("- Beobachtet: KI (1 → 4 Vorträge, offen) und Blorx (nicht genannt)."));
    assert!(report.contains("1 beobachteter Begriff wurde geprüft"));
    assert!(report.find("## Beobachtete Begriffe") < report.find("## Themen"));
    #[cfg(feature = "html")]
    {
        let page = work.read("output/report.html");
        let row = page.split("id=\"watch\"").nth(1).and_then(|t| t.split("</table>").next()).expect("the table");
        let id = row.split("\">KI</a>").next().and_then(|r| r.rsplit("<a href=\"#").next()).expect("a link");
        assert!(page.contains(&format!("<div id=\"{id}\">")), "{id}");
    }
    let watch = work.json("output/findings.json")["comparisons"][0]["watch"].as_array().map(Vec::len);
    assert_eq!(watch, Some(2));
    assert!(!sample(&["--lang", "de"]).read("output/report.md").contains("Beobachtete Begriffe"));
}

#[test]
fn report_md_lists_the_talks_that_the_page_lists() {
    let work = Workdir::new();
    let talk = |i: usize| (2024 + (i % 2) as i32, vec![word(i), word(i + 100), word(i + 200)]);
    work.write("t.jsonl", talks((0..90).map(talk)));
    work.run(&["report", "t.jsonl", "--themes", "none", "--lang", "en", "--only", "md"]).fine();
    let report = work.read("output/report.md");
    let outline = report.split("## Talks and their key terms").nth(1).expect("the outline");
    let listed = outline.split("\n## ").next().unwrap().lines().filter(|l| l.starts_with("- **")).count();
    assert_eq!(listed, 90);
}

#[test]
fn a_claim_has_its_grade() {
    let report = sample(&["--lang", "de"]).read("output/report.md");
    let screen = report.split("## ").nth(1).expect("the first screen");
    assert!(screen.contains("SSG (0 → 2 Vorträge, nicht entscheidbar)"), "{screen}");
    assert!(screen.contains("Informationssicherheit (5 → 8, überwiegend ein Vortrag, offen)"));
    assert!(screen.contains("Team (3 → 1 Vortrag, offen)"), "one talk is one");
    let others = ["Fachverfahren (2 → 5, offen)", "Low Code (0 → 3, nicht entscheidbar)"];
    assert!(others.iter().all(|claim| screen.contains(claim)), "{screen}");
}

#[test]
fn something_is_said_where_nothing_was_tested() {
    let report = sample(&["--lang", "en", "--no-statistics"]).read("output/report.md");
    assert!(report.contains("Nothing was tested: the sentences describe"));
    let work = Workdir::new();
    let words = |words: &str| words.split(' ').map(str::to_owned).collect();
    work.write("t.jsonl", talks([(2024, words("Daten Daten Brunnen")), (2025, words("Schule Schule Schule"))]));
    work.run(&["report", "t.jsonl", "--lang", "de", "--only", "md"]).fine();
    let report = work.read("output/report.md");
    assert!(report.contains("Nichts konnte geprüft werden"), "{report}");
    assert!(
        report.contains("\n- Nichts verschiebt sich deutlich. Am weitesten auseinander liegen Schule (0 → 3 Nennungen")
    );
}

#[test]
#[cfg(feature = "charts")]
fn the_first_chart_says_what_the_sentences_say() {
    let themes = sample(&["--lang", "de"]);
    let svg = themes.read("output/charts/themes.svg");
    let title = "Künstliche Intelligenz häufiger genannt, Cybersicherheit seltener: gesehen, nicht belegt";
    assert!(svg.contains(&format!("<title>{title}</title>")), "a finding with its grade");
    assert!(svg.contains("95-%-Bereich"), "two years have intervals");
    let untested = sample(&["--lang", "en", "--no-statistics"]).read("output/charts/themes.svg");
    assert!(untested.contains("less often: not tested</title>"));
    let terms = sample(&["--lang", "de", "--themes", "none"]);
    assert!(terms.read("output/report.md").contains("](charts/term_shifts_2024_2025.svg)"));
    let work = Workdir::with([("talks.jsonl", fields())]);
    work.run(&["report", "talks.jsonl", "--themes", "none", "--lang", "de"]).fine();
    assert!(work.read("output/report.md").contains("](charts/found_themes.svg)"));
    #[cfg(feature = "html")]
    for (work, first) in [(&terms, "term_shifts_2024_2025"), (&work, "found_themes")] {
        let page = work.read("output/report.html");
        assert_eq!(page.find("<figure "), page.find(&format!("<figure id=\"chart-{first}\"")));
    }
}

#[test]
fn plain_german() {
    let report = sample(&["--lang", "de"]).read("output/report.md");
    assert!(report.contains("\n26 Vorträge, 2024–2025, 2 Quellen\n"));
    assert!(
        report.contains("in keinem von 13 Vorträgen (2025; Anteil unter 21 %), zuvor 4 Nennungen in 1 von 13 (2024)")
    );
    assert!(report.contains("p = 0,060"), "as many digits as p = 0,082");
}

#[test]
fn a_notice_does_not_lead_the_talks_of_a_found_theme() {
    let notice = |i: usize| {
        let text = format!("The rocket of x{i}.");
        serde_json::json!({"year": 2025, "title": format!("Notice {i}"), "text": text}).to_string() + "\n"
    };
    let corpus = fields() + &(0..3).map(notice).collect::<String>();
    let work = Workdir::with([("talks.jsonl", corpus)]);
    work.run(&["report", "talks.jsonl", "--themes", "none", "--only", "md,csv"]).fine();
    let shares = work.csv("output/tables/found_theme_sessions.csv");
    let last = work.csv("output/tables/sessions.csv").len();
    let of_notices = shares.iter().filter(|r| r["session_id"].ends_with(&last.to_string())).count();
    assert!(of_notices > 0, "a notice has a share of the theme: {:?}", shares.last());
    let report = work.read("output/report.md");
    let found = report.split("\n## Found themes").nth(1).and_then(|f| f.split("\n## ").next()).expect("found themes");
    let talks: Vec<&str> = found.lines().filter(|l| l.starts_with("- 20")).collect();
    assert!(talks.len() >= 10 && !talks.iter().any(|t| t.contains("Notice")), "{talks:?}");
}
