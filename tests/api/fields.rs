//! Fields for people and places, datelines and segments of titles: the form of a source, not what talks are about.

use wandel::counts::{BoilerplateKind, ConceptFile, ConceptKind};
use wandel::text::{Rule, Rules};

use crate::resolved::{Resolved, english, german, resolve};

const TOPICS: [&str; 6] = ["bridges", "kernels", "violins", "glaciers", "parsers", "beehives"];

/// The topics in titles, with something before and behind them.
fn titled(lang: &str, n_others: usize, title: impl Fn(usize, &str) -> String) -> Resolved {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let row = |id: String, title: String| {
        serde_json::json!({"id": id, "year": 2024, "lang": lang, "title": title, "text": format!("Text {id}.")})
            .to_string()
            + "\n"
    };
    let mut rows: String = TOPICS.iter().enumerate().map(|(i, t)| row(format!("t{i}"), title(i, t))).collect();
    rows.extend((0..n_others).map(|i| row(format!("x{i}"), format!("Number {i}"))));
    std::fs::write(folder.path().join("t.jsonl"), rows).expect("room");
    let corpus = wandel::Corpus::from_path(folder.path()).expect("a good table");
    Resolved::of(&corpus, Rules::all(), &ConceptFile::default())
}

#[test]
fn people_fields_do_not_count_though_they_never_repeat() {
    let text = "Authors: Lovelace, Ada, Quartz Institute\n\nWe look at violins.\n\nLocation: Basalt View\nLevel: Easy";
    let r = english(&[text]);
    assert_eq!((r.own("Quartz"), r.own("Basalt"), r.own("violins")), (0, 0, 1), "{}", r.lines().join("\n"));
    let listed: Vec<_> = r.concepts.boilerplate().iter().map(|b| (b.kind, b.text.as_str())).collect();
    let people = (BoilerplateKind::Field, "Authors: Lovelace, Ada, Quartz Institute");
    assert_eq!(listed, [people, (BoilerplateKind::Field, "Location: Basalt View")]);
    let without = resolve(&[(2024, "en", text)], Rules::all().without(Rule::Boilerplate));
    assert_eq!((without.own("Quartz"), without.concepts.boilerplate().len()), (1, 0));
}

#[test]
fn german_fields_do_not_count_and_prose_behind_them_does() {
    let r = german(&[
        "Referentin: Ada Lovelace, Quarzwerk\nOrt: Basaltsaal\n\nEs geht um Geigen.\n\nOrt: was zählt, ist der Glimmer.",
    ]);
    let counts = ["Quarzwerk", "Basaltsaal", "Geigen", "Glimmer"].map(|w| r.own(w));
    assert_eq!(counts, [0, 0, 1, 1], "{}", r.lines().join("\n"));
}

#[test]
fn biographies_do_not_count_in_english() {
    let text = "We look at violins. Ada Lovelace is a research engineer at Quartz. Prior to that, she worked for the \
        Basalt Institute. She holds a PhD in Mica. In her spare time she plays Gneiss. He is going to explain kernels.";
    let r = english(&[text]);
    let words = ["Quartz", "engineer", "Basalt", "PhD", "Mica", "Gneiss", "violins", "kernels"];
    assert_eq!(words.map(|w| r.own(w)), [0, 0, 0, 0, 0, 0, 1, 1], "{}", r.lines().join("\n"));
    assert!(r.concepts.boilerplate().iter().all(|b| b.kind == BoilerplateKind::Biography));
    let without = resolve(&[(2024, "en", text)], Rules::all().without(Rule::Boilerplate));
    assert_eq!((without.own("Quartz"), without.own("Mica")), (1, 1));
}

#[test]
fn prose_about_things_is_no_biography() {
    for text in [
        "Docker is a tool for developers.",
        "He is going to talk about what an engineer needs.",
        "I am happy that the professor came.",
        "This talk is for a student who lives in Quartz.",
        "She will show how a maintainer works.",
    ] {
        let r = english(&[text]);
        assert!(r.concepts.boilerplate().is_empty(), "{text}: {:?}", r.concepts.boilerplate());
    }
}

#[test]
fn datelines_do_not_count() {
    let r = english(&["Montreal, Nov. 23, 2015 - We look at violins in Toronto."]);
    assert_eq!((r.own("Montreal"), r.own("Toronto"), r.own("violins")), (0, 1, 1), "{}", r.lines().join("\n"));
}

#[test]
fn segments_with_a_year_do_not_count_beside_many_titles() {
    let r = titled("en", 200, |i, t| format!("About {t} - QuartzConf {}", 2020 + i));
    assert_eq!((r.own("QuartzConf"), r.own("bridges")), (0, 1), "{}", r.lines().join("\n"));
    let found = r.concepts.boilerplate().iter().find(|b| b.kind == BoilerplateKind::Segment).expect("a segment");
    assert_eq!((found.text.as_str(), found.sessions), ("QuartzConf 2020", 6));
    // Without a year it may be what these talks are about.
    let r = titled("en", 200, |_, t| format!("Quartz – {t}"));
    assert_eq!(r.own("Quartz"), 6, "{:?}", r.concepts.boilerplate());
    let r = titled("en", 20, |_, t| format!("Quartz | {t}"));
    assert_eq!((r.own("Quartz"), r.own("bridges")), (0, 1), "in one title of twenty");
}

#[test]
fn a_title_of_many_speeches_counts() {
    let r = titled("de", 200, |_, _| "Steuergesetz 2018 – Zweite Beratung".to_owned());
    assert_eq!(r.own("Steuergesetz"), 6, "{:?}", r.concepts.boilerplate());
}

#[test]
fn segments_stand_in_the_first_paragraph_too() {
    let texts: Vec<String> =
        TOPICS.iter().map(|t| format!("All about {t} - QuartzConf 2022\n\nMore on {t}.")).collect();
    let r = english(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((r.own("QuartzConf"), r.own("bridges")), (0, 2), "{}", r.lines().join("\n"));
}

#[test]
fn labels_with_a_number_are_one_label() {
    let texts: Vec<String> =
        TOPICS.iter().enumerate().map(|(i, t)| format!("On {t}.\n\n* QZ3{i}:\n* Notes on {t}:\n")).collect();
    let r = english(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((r.own("QZ30"), r.own("bridges")), (0, 2), "{}", r.lines().join("\n"));
}

#[test]
fn whom_a_field_introduces_is_no_topic_of_other_texts_either() {
    let others = ["After parsers, Qiwa Tenneh.", "Kernels and Qiwa Tenneh!", "Violins (Qiwa Tenneh) sound."];
    let texts = |first: &'static str| [first, others[0], others[1], others[2]].map(str::to_owned);
    let kind = |first: &'static str| {
        let texts = texts(first);
        let r = english(&texts.each_ref().map(String::as_str));
        let found = r.concepts.all().iter().find(|c| c.label == "Qiwa Tenneh");
        found.unwrap_or_else(|| panic!("{}", r.lines().join("\n"))).kind
    };
    assert_eq!(kind("Speaker: Qiwa Tenneh\n\nWe build bridges."), ConceptKind::Person);
    assert_eq!(kind("Topic: Qiwa Tenneh\n\nWe build bridges."), ConceptKind::Phrase);
}

#[test]
fn generic_words_with_hyphens_are_no_topics() {
    let r = english(&["An in-depth look at open-source parsers.", "Some cutting-edge, in-depth open-source work."]);
    let kind = |label: &str| r.concepts.all().iter().find(|c| c.label == label).map(|c| c.kind);
    let kinds = [kind("in-depth"), kind("cutting-edge")];
    assert_eq!(kinds, [Some(ConceptKind::Word); 2], "{}", r.lines().join("\n"));
    assert!(kind("open-source").is_some_and(ConceptKind::is_ranked));
}
