//! The page, without a browser: tests/browser has the rest.
#![cfg(feature = "html")]

use std::collections::BTreeSet;

use wandel::report::{Format, ReportOptions};
use wandel::{Analysis, Corpus, ThemeFile, Trends};

use crate::support::{sample, with_themes};

fn page(trends: &Trends) -> String {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let options = ReportOptions { formats: [Format::Html].into(), ..ReportOptions::default() };
    trends.report("").with(options).write_to(&out).unwrap();
    std::fs::read_to_string(out.join("report.html")).unwrap()
}

/// Everything between `before` and the next `after`.
fn between<'p>(page: &'p str, before: &str, after: &str) -> Vec<&'p str> {
    page.split(before).skip(1).map(|rest| rest.split(after).next().unwrap()).collect()
}

#[test]
fn every_link_of_the_page_leads_somewhere() {
    let corpus = sample();
    for trends in [with_themes(&corpus), Analysis::new().run(&corpus).unwrap()] {
        let page = page(&trends);
        let ids: Vec<&str> = between(&page, " id=\"", "\"");
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(known.len(), ids.len(), "an id stands once");
        let links = between(&page, "href=\"#", "\"");
        assert!(links.len() > 500, "{} links", links.len());
        let lost: Vec<&&str> = links.iter().filter(|link| !known.contains(**link)).collect();
        assert_eq!(lost, [&""; 0]);
    }
}

#[test]
fn the_first_screen_is_three_to_seven_sentences_that_link_to_their_evidence() {
    let corpus = sample();
    let alone = Analysis::new().run(&corpus).unwrap();
    for (trends, least) in [(with_themes(&corpus), 5), (alone, 2)] {
        let page = page(&trends);
        let list = between(&page, "<ul class=\"key\">", "</ul>")[0];
        let sentences = between(list, "<li>", "</li>");
        assert!((least..=7).contains(&sentences.len()), "{sentences:#?}");
        assert!(sentences.iter().all(|s| s.contains("<a href=\"#") && s.ends_with('.')), "{sentences:#?}");
    }
}

const WORDS: [&str; 6] = ["Baum", "Fluss", "Garten", "Brunnen", "Laterne", "Treppe"];

#[test]
fn a_theme_that_fewer_mentions_in_more_talks_name_is_no_headline() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = Vec::new();
    for i in 0..40 {
        // Sentences of a form of their own, or they would be boilerplate.
        let filler: Vec<&str> = (0..6).filter(|bit| i >> bit & 1 == 1).map(|bit| WORDS[bit]).collect();
        let before = if i < 4 { "Wallet ".repeat(9) } else { String::new() };
        let after = if i < 8 { "Wallet " } else { "" };
        let text = format!("{} im Rathaus.", filler.join(" und "));
        rows.push(format!(r#"{{"id": "a{i}", "year": 2024, "text": "{before}{text}"}}"#));
        rows.push(format!(r#"{{"id": "b{i}", "year": 2025, "text": "{after}Heute {text}"}}"#));
    }
    let file = folder.path().join("t.jsonl");
    std::fs::write(&file, rows.join("\n")).unwrap();
    let themes = ThemeFile::parse(
        "version = 1\n[[theme]]\nname = \"wallet\"\nlabel = { de = \"Wallet\" }\npatterns = [\"wallet\"]\n",
        std::path::Path::new("themes.toml"),
    )
    .unwrap();
    let trends = Analysis::new().themes(themes).run(&Corpus::from_path(&file).unwrap()).unwrap();
    let shift = &trends.theme_shifts()[0];
    assert!(shift.effect < -0.9 && shift.to.share() > shift.from.share(), "{shift:#?}");
    let page = page(&trends);
    let summary = page.split("id=\"sizes\"").next().unwrap();
    assert!(!summary.contains("Wallet wird seltener genannt") && !summary.contains("Wallet</a> wird seltener"));
}
