//! Lines of a source's template: what changes in them from talk to talk is known as what it is, and left out.

use proptest::prelude::*;
use wandel::counts::{BoilerplateKind, ConceptFile};
use wandel::report::Cell;
use wandel::text::{Rule, Rules};
use wandel::{Analysis, CountSettings, Counts};

use crate::resolved::{Resolved, Row, english, german, resolve, table};

const TOPICS: [&str; 9] =
    ["bridges", "kernels", "violins", "glaciers", "parsers", "beehives", "turbines", "mosaics", "lighthouses"];
const ROOMS: [&str; 3] = ["Cockle Bay", "Pyrmont Theatre", "Hall Tagliatelle"];

/// Nine talks, each with a stamp of day, time and room under it.
fn stamped() -> Vec<String> {
    let stamp = |i: usize| format!("{} {} July 2019 at {}", ["Fri", "Sat", "Sun"][i / 3], i + 1, ROOMS[i % 3]);
    TOPICS.iter().enumerate().map(|(i, topic)| format!("We look at {topic}.\n\n{}", stamp(i))).collect()
}

fn rows(texts: &[String]) -> Vec<Row<'_>> {
    texts.iter().enumerate().map(|(i, t)| (2024 + i as i32 % 2, "en", t.as_str())).collect()
}

#[test]
fn rooms_in_stamps_do_not_count_and_topics_do() {
    let texts = stamped();
    let r = resolve(&rows(&texts), Rules::all());
    let of = |words: &[&str]| words.iter().map(|w| r.own(w)).collect::<Vec<_>>();
    assert_eq!(of(&["Cockle", "Bay", "Cockle Bay", "Pyrmont", "Tagliatelle"]), [0; 5], "{}", r.lines().join("\n"));
    assert_eq!(of(&["bridges", "violins", "mosaics"]), [1; 3]);
    let [listed] = r.concepts.boilerplate() else { panic!("{:?}", r.concepts.boilerplate()) };
    assert_eq!((listed.kind, listed.sessions), (BoilerplateKind::Template, 9));
    assert_eq!(listed.text, "Fri 1 July 2019 at Cockle Bay", "as in the first session");
    let without = resolve(&rows(&texts), Rules::all().without(Rule::Boilerplate));
    assert_eq!((without.own("Cockle Bay"), without.concepts.boilerplate().len()), (3, 0));
}

#[test]
fn the_table_names_the_kind() {
    let texts = stamped();
    let tables = Analysis::new().run(&table(&rows(&texts)).corpus).expect("two years").report("").tables();
    let found = tables.iter().find(|t| t.name == "boilerplate").expect("there is one");
    assert_eq!(found.rows[0][..2], [Cell::Int(9), Cell::from("template")]);
}

/// In a timetable the title is what changes most: it stays.
#[test]
fn titles_in_lines_with_a_time_count() {
    let lines = |language: &str| -> Vec<String> {
        let line = |(i, topic): (usize, &&str)| {
            let (first, rest) = topic.split_at(1);
            let topic = first.to_uppercase() + rest;
            match language {
                "de" => format!("1{i}:30 Uhr {topic} in der Verwaltung, Raum Seeblick\n\nEs gab Suppe."),
                _ => format!("1{i}:30 {topic} in Practice, Room Seaview\n\nThere was soup."),
            }
        };
        TOPICS.iter().enumerate().map(line).collect()
    };
    let texts = lines("en");
    let r = english(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((r.own("Bridges"), r.own("Glaciers"), r.own("Seaview")), (1, 1, 0), "{}", r.lines().join("\n"));
    let texts = lines("de");
    let r = german(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((r.own("Bridges"), r.own("Glaciers"), r.own("Seeblick")), (1, 1, 0), "{}", r.lines().join("\n"));
}

/// A single line break ends no sentence: the block as a whole is another one in every talk.
#[test]
fn lines_that_stand_by_themselves_are_boilerplate_word_for_word() {
    let texts: Vec<String> = TOPICS
        .iter()
        .map(|t| format!("Ada Lovelace on {t}\n[Bilbao, Euskadi]\nLevel: Everybody\n\nA talk on {t}."))
        .collect();
    let r = english(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((r.own("Bilbao"), r.own("Euskadi"), r.own("bridges")), (0, 0, 2), "{}", r.lines().join("\n"));
    let few = english(&texts.iter().take(4).map(String::as_str).collect::<Vec<_>>());
    assert_eq!((few.own("Bilbao"), few.own("bridges")), (4, 2), "four sessions are not enough");
}

/// The break of wrapped text says nothing: what stands in the last line is prose.
#[test]
fn wrapped_text_is_left_alone() {
    let wide = "which we have used for so many years that we no longer know how it";
    let texts: Vec<String> = TOPICS
        .iter()
        .map(|t| format!("Our own {t} come from {wide}\ncompiler works\nwith {wide} and with the\ncompiler"))
        .collect();
    let r = english(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(r.own("compiler"), 2 * TOPICS.len() as u32, "{:?}", r.concepts.boilerplate());
}

/// A law and its year are a title, not the stamp of a template.
#[test]
fn titles_with_a_year_count() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let row = |(i, topic): (usize, &&str)| {
        let year = 2024 + i % 2;
        serde_json::json!({"id": i.to_string(), "year": year, "lang": "de", "title": format!("Steuergesetz {year}"),
                           "text": format!("Es geht um {topic}.")})
        .to_string()
            + "\n"
    };
    let rows: String = TOPICS.iter().enumerate().map(row).collect();
    let others = (0..200).map(|i| {
        serde_json::json!({"id": format!("x{i}"), "year": 2024, "lang": "de", "title": format!("Nummer {i}"),
                           "text": format!("Es geht um Nummer {i}.")})
        .to_string()
            + "\n"
    });
    std::fs::write(folder.path().join("t.jsonl"), rows + &others.collect::<String>()).expect("room");
    let corpus = wandel::Corpus::from_path(folder.path()).expect("a good table");
    let r = Resolved::of(&corpus, Rules::all(), &ConceptFile::default());
    assert_eq!(r.own("Steuergesetz"), 9, "{:?}", r.concepts.boilerplate());
}

/// The same word counts where it is no tag.
#[test]
fn tags_and_handles_of_many_talks_do_not_count() {
    let texts: Vec<String> =
        TOPICS.iter().map(|t| format!("Live from {t} by @wanderfilm at the harbour #pyharbour #{t}")).collect();
    let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    texts.push("A wanderfilm about bridges.");
    let r = english(&texts);
    assert_eq!((r.own("pyharbour"), r.own("wanderfilm"), r.own("bridges")), (0, 1, 3), "{}", r.lines().join("\n"));
}

/// A slip of the pen is no label.
#[test]
fn a_singular_that_hardly_ever_stands_is_no_label() {
    let texts: Vec<String> = (0..72).map(|i| format!("With Keras {} meet {}.", TOPICS[i / 9], TOPICS[i % 9])).collect();
    let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    texts.push("We train it with Kera here.");
    assert_eq!(english(&texts).get("Keras").label, "Keras");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn merged_counts_know_the_same_templates(cut in 1usize..8, order in Just((0..9).collect::<Vec<usize>>()).prop_shuffle()) {
        let texts = stamped();
        let shuffled: Vec<String> = order.iter().map(|&i| texts[i].clone()).collect();
        let count = |rows: &[Row<'_>]| Counts::of(&table(rows).corpus, &CountSettings::default()).expect("readable");
        let all = rows(&shuffled);
        // Rows have their place as an id: the second part gets those behind the first.
        let whole = count(&all);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let line = |i: usize| {
            serde_json::json!({"id": format!("t{i:03}"), "year": all[i].0, "lang": "en", "text": all[i].2}).to_string() + "\n"
        };
        let part = |range: std::ops::Range<usize>| {
            let path = folder.path().join("t.jsonl");
            std::fs::write(&path, range.map(line).collect::<String>()).expect("room");
            let corpus = wandel::Corpus::from_path(folder.path()).expect("a good table");
            Counts::of(&corpus, &CountSettings::default()).expect("readable")
        };
        let merged = part(cut..9).merge(part(0..cut)).expect("disjoint");
        prop_assert!(merged == whole);
    }
}
