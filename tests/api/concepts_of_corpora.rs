//! What needs a whole corpus: boilerplate, concepts by hand, rules left out, merged counts.

use std::path::Path;

use proptest::prelude::*;
use wandel::counts::{ConceptFile, ConceptId, ConceptKind, Concepts};
use wandel::report::Cell;
use wandel::text::{Rule, Rules};
use wandel::trends::EvidenceKind;
use wandel::{Analysis, Concept, Corpus, CountSettings, Counts, SessionTermMatrix, Trends};

use crate::resolved::{Resolved, Row, Table, german, resolve, resolve_by_hand, table};

// Boilerplate

const ORGANISER: &str = "Der Verein Offene Register lädt seit vielen Jahren alle Städte und Kreise zum Gespräch ein.";

fn articles(first: &str, second: &str) -> Corpus {
    Corpus::from_texts([("a.txt", 2024, first), ("b.txt", 2025, second)]).expect("readable")
}

/// Two articles that open with the organiser's paragraph.
fn with_shared_paragraph() -> Corpus {
    articles(
        &format!(
            "{ORGANISER} Am Morgen sprach das Amt über Brücken und ihre Pfeiler. Danach folgten Hinweise zum Radweg. \
             Ein Vortrag zeigte Pläne für das Rathaus. Am Abend gab es Suppe."
        ),
        &format!(
            "{ORGANISER} In diesem Herbst ging es um Drohnen über dem Wald. Die Förster zählten kranke Bäume. \
             Ein Film zeigte den Borkenkäfer. Zum Schluss sang der Chor aus dem Nachbarort."
        ),
    )
}

#[test]
fn a_paragraph_that_both_articles_share_is_left_out_and_listed() {
    let corpus = with_shared_paragraph();
    let hand = ConceptFile::default();
    let r = Resolved::of(&corpus, Rules::all(), &hand);
    assert_eq!(r.concepts.boilerplate().len(), 1, "{:?}", r.concepts.boilerplate());
    let listed = &r.concepts.boilerplate()[0];
    assert_eq!((listed.text.as_str(), listed.sessions), (ORGANISER, 2));
    assert_eq!((r.own("Verein"), r.own("Kreise"), r.own("Rathaus"), r.own("Drohnen")), (0, 0, 1, 1));
    let without = Resolved::of(&corpus, Rules::all().without(Rule::Boilerplate), &hand);
    assert!(without.concepts.boilerplate().is_empty());
    assert_eq!((without.own("Verein"), without.own("Kreise"), without.own("Rathaus")), (2, 2, 1));
    let words = |r: &Resolved| (0..r.matrix.n_sessions()).map(|row| r.matrix.tokens(row)).sum::<u32>();
    let long = ORGANISER.split(' ').count() as u32;
    assert_eq!(words(&without) - words(&r), 2 * long, "it is out of the denominator too");
}

#[test]
fn boilerplate_is_in_its_table() {
    let tables = Analysis::new().run(&with_shared_paragraph()).expect("two years").report("").tables();
    let found = tables.iter().find(|t| t.name == "boilerplate").expect("there is one");
    assert_eq!(found.header, ["sessions", "kind", "first_year", "first_session_id", "sentence"]);
    let (sentence, n) = (Cell::from(ORGANISER), Cell::Int(2));
    assert!(found.rows.len() == 1 && found.rows[0][0] == n && found.rows[0][4] == sentence, "{:?}", found.rows);
}

#[test]
fn short_sentences_are_boilerplate_only_in_many_sessions() {
    let salutation = "Willkommen im Museum am Fluss!";
    let rows = |n: usize| -> Vec<String> {
        (0..n)
            .map(|i| {
                format!("{salutation} Heute geht es um {}.", ["Brücken", "Akten", "Wege", "Wald", "Suppe", "Musik"][i])
            })
            .collect()
    };
    for (n, listed) in [(4, false), (6, true)] {
        let texts = rows(n);
        let r = german(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let found = r.concepts.boilerplate().iter().any(|b| b.text == salutation);
        assert_eq!(found, listed, "{n} sessions: {:?}", r.concepts.boilerplate());
        assert_eq!(r.own("Museum") == 0, listed, "{n} sessions");
    }
}

#[test]
fn two_copies_of_one_text_are_not_emptied() {
    let text = "Die Stadt baut eine neue Brücke über den breiten Fluss im Süden. \
                Am Ufer wachsen seit vielen Jahren Weiden und alte Pappeln. \
                Ein Fest mit Musik und Suppe eröffnet im Herbst den neuen Weg. \
                Danach fahren hier jeden Morgen tausend Kinder mit dem Rad zur Schule.";
    let copy = format!("{text} Ende.");
    let r = Resolved::of(&articles(text, &copy), Rules::all(), &ConceptFile::default());
    assert!(r.concepts.boilerplate().is_empty(), "{:?}", r.concepts.boilerplate());
    assert_eq!((r.own("Brücke"), r.own("Kinder")), (2, 2));
}

/// Documents share a sentence, not the sessions of one of them.
#[test]
fn a_sentence_repeated_within_one_article_is_no_boilerplate() {
    let refrain = "Jede kleine Gemeinde braucht heute einen eigenen Server für ihre Akten.";
    let first = format!(
        "# Tag der Akten\n\n## Keller\n\n{refrain} Der Keller ist feucht. Ein Schrank rostet.\n\n## Dach\n\n{refrain} \
         Das Dach ist dicht. Dort steht ein Regal.\n"
    );
    let second = "# Tag der Wege\n\n## Wald\n\nDer Wald wächst langsam. Ein Weg fehlt dort.\n\n## Feld\n\nDas Feld ist \
                  trocken. Die Ernte fiel klein aus.\n";
    let corpus = Corpus::from_texts([("a.md", 2024, first.as_str()), ("b.md", 2025, second)]).expect("readable");
    let r = Resolved::of(&corpus, Rules::all(), &ConceptFile::default());
    assert!(r.concepts.boilerplate().is_empty(), "{:?}", r.concepts.boilerplate());
}

/// Ids of a table's rows may hold any character: each row is its own document.
#[test]
fn ids_of_rows_say_nothing_about_documents() {
    let shared = "Jede kleine Gemeinde braucht heute einen eigenen Server für ihre Akten.";
    let others = ["Der Wald wächst.", "Ein Boot liegt am Steg.", "Ein Ofen steht im Raum.", "Die Wand ist kalt."];
    let n = |mark: char| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let row = |i: usize, text: &str| {
            let id = format!("{}{mark}{i}", 2024 + i % 2);
            serde_json::json!({"id": id, "year": 2024 + i % 2, "lang": "de", "text": text}).to_string() + "\n"
        };
        let mut rows: String = others.iter().enumerate().map(|(i, text)| row(i, text)).collect();
        rows += &(row(4, &format!("{shared} Der Fluss steigt.")) + &row(5, &format!("{shared} Die Sonne schien.")));
        std::fs::write(folder.path().join("t.jsonl"), rows).expect("room");
        let corpus = Corpus::from_path(folder.path()).expect("a good table");
        Resolved::of(&corpus, Rules::all(), &ConceptFile::default()).concepts.boilerplate().len()
    };
    assert_eq!((n('-'), n('#')), (0, 0), "two rows of six are not half of the documents");
}

// By hand

/// Any spelling may be named, also one of several words.
#[test]
fn a_file_splits_phrases_and_long_forms() {
    let rows =
        [(2025, "de", "Die IT-Strategie gilt. Eine IT Strategie fehlt. Die KI hilft. Künstliche Intelligenz hilft.")];
    let r = resolve_by_hand(&rows, Rules::all(), "version = 1\n[[split]]\nforms = [\"IT Strategie\"]\n");
    assert_eq!(r.mentions("IT-Strategie").own, 1, "{}", r.lines().join("\n"));
    let r = resolve_by_hand(&rows, Rules::all(), "version = 1\n[[split]]\nforms = [\"Künstliche Intelligenz\"]\n");
    assert_eq!(r.mentions("KI").own, 1, "{}", r.lines().join("\n"));
}

#[test]
fn a_file_merges_splits_and_bans() {
    let rows = [
        (2024, "de", "Der Rechner läuft. Ein Computer läuft. Die Computer laufen."),
        (2025, "de", "Die Cloud-Lösung kostet. Unser Vorhaben wächst. Neue Vorhaben warten. Cloud-Lösungen kosten."),
    ];
    let merge = "version = 1\n[[merge]]\nlabel = \"Rechner\"\nforms = [\"Computer\", \"Rechner\"]\n";
    let r = resolve_by_hand(&rows, Rules::all(), merge);
    assert!(r.same("Rechner", "Computer"), "{}", r.lines().join("\n"));
    assert_eq!((r.mentions("Computer").own, r.get("Computer").label.as_str()), (3, "Rechner"));
    assert!(!r.get("Computer").rules.has(Rule::Acronyms), "it was a file, no rule: {}", r.get("Computer").rules);
    let split = "version = 1\n[[split]]\nforms = [\"Cloud-Lösung\"]\n";
    let plain = resolve(&rows, Rules::all());
    assert!(plain.same("Cloud-Lösung", "Cloud-Lösungen") && !plain.same("Rechner", "Computer"));
    let r = resolve_by_hand(&rows, Rules::all(), split);
    assert!(!r.same("Cloud-Lösung", "Cloud-Lösungen"));
    assert_eq!((r.mentions("Cloud-Lösung").own, r.mentions("Cloud-Lösungen").own), (1, 1));
    let ban = "version = 1\n[[ban]]\nforms = [\"Vorhabens\"]\n";
    let r = resolve_by_hand(&rows, Rules::all(), ban);
    assert!(plain.get("Vorhaben").is_ranked() && !r.get("Vorhaben").is_ranked() && r.get("Vorhaben").banned);
    assert_eq!(r.mentions("Vorhaben").own, 2, "counted, not ranked");
}

#[test]
fn a_file_merges_phrases_and_acronyms() {
    let rows = [
        (2024, "de", "Wir wollen digitale Souveränität. Digitale Souveränität zählt. Datensouveränität zählt auch."),
        (2025, "de", "Die digitale Souveränität wächst. Die LOR prüft. Die Registerstelle prüft."),
    ];
    let file = "version = 1\n[[merge]]\nlabel = \"digitale Souveränität\"\n\
                forms = [\"digitale Souveränität\", \"Datensouveränität\"]\n\
                [[merge]]\nforms = [\"Registerstelle\", \"LOR\"]\n";
    let r = resolve_by_hand(&rows, Rules::all(), file);
    assert!(r.same("digitale Souveränität", "Datensouveränität"), "{}", r.lines().join("\n"));
    assert_eq!(r.mentions("Datensouveränität").own, 4);
    assert_eq!(r.mentions("LOR").own, 2);
    assert!(r.same("LOR", "Registerstelle"));
}

#[test]
fn a_banned_concept_is_in_no_ranking() {
    let rows: Vec<Row<'_>> = vec![
        (2024, "de", "Der Wald wächst. Die Brücke steht."),
        (2025, "de", "Die Drohne fliegt. Eine Drohne fällt. Die Drohnen kreisen."),
    ];
    let t = table(&rows);
    let file = ConceptFile::parse("version = 1\n[[ban]]\nforms = [\"Drohne\"]\n", Path::new("h")).expect("good");
    let rising = |trends: &Trends| trends.rising().top(10).rows.iter().any(|s| s.label == "Drohne");
    let plain = Analysis::new().run(&t.corpus).expect("two years");
    let banned = Analysis::new().concepts(file).run(&t.corpus).expect("two years");
    assert!(rising(&plain) && !rising(&banned));
    assert_ne!(plain.settings()["concept_file"], banned.settings()["concept_file"], "the manifest tells");
}

// Every rule

/// A small corpus for a rule: two years.
fn corpus_for(rule: Rule) -> Vec<Row<'static>> {
    let salutation = "Sehr geehrte Frau Präsidentin! Wir reden über Brücken.";
    match rule {
        Rule::Inflection => vec![(2024, "de", "Die Häuser sind leer."), (2025, "de", "Das Haus ist leer.")],
        Rule::Umlauts => vec![(2024, "de", "Die Strasse ist leer."), (2025, "de", "Die Straße ist leer.")],
        Rule::Variants => vec![(2024, "de", "Die IT-Strategie gilt."), (2025, "de", "Die IT Strategie gilt.")],
        Rule::Ellipsis => vec![(2024, "de", "Cloud- und KI-Strategien."), (2025, "de", "Die Cloud-Strategie gilt.")],
        Rule::Gender => vec![(2024, "de", "Die Bürgerinnen fragen."), (2025, "de", "Die Bürger fragen.")],
        Rule::Acronyms => vec![(2024, "de", "Die KI hilft."), (2025, "de", "Künstliche Intelligenz hilft.")],
        Rule::Compounds => vec![(2024, "de", "Die Souveränität zählt."), (2025, "de", "Datensouveränität zählt.")],
        Rule::Phrases => vec![
            (2024, "de", "Digitale Souveränität zählt für Städte und Kreise."),
            (2025, "de", "Wir wollen digitale Souveränität im Amt."),
        ],
        Rule::People => {
            vec![(2024, "de", "Ina Lohse sprach über Akten."), (2025, "de", "Die Akten sprach niemand an.")]
        }
        Rule::Boilerplate => {
            (0..6).map(|i| (2024 + i % 2, "de", salutation)).chain([(2024, "de", "Der Wald wächst.")]).collect()
        }
        Rule::Idioms => {
            vec![(2024, "de", "Das steht wie unter einem Brennglas."), (2025, "de", "Ein Brennglas bündelt Licht.")]
        }
    }
}

/// Counts by concept and year, without the column that names rules.
fn counted(trends: &Trends) -> Vec<Vec<Cell>> {
    let tables = trends.report("").tables();
    tables.into_iter().find(|t| t.name == "terms_by_year").expect("there").rows
}

#[test]
fn every_rule_changes_counts_and_is_in_the_manifest() {
    for rule in Rule::ALL {
        let t = different_rows(corpus_for(rule));
        let run = |rules: Rules| {
            let settings = CountSettings { rules, ..CountSettings::default() };
            Analysis::new().counting(settings).run(&t.corpus).expect("two years")
        };
        let (with, without) = (run(Rules::all()), run(Rules::all().without(rule)));
        assert!(counted(&with) != counted(&without), "{} changes nothing: {:?}", rule.name(), counted(&with));
        let named = |trends: &Trends| trends.settings()["concept_rules"].split("; ").any(|r| r == rule.name());
        assert!(named(&with) && !named(&without), "{}", rule.name());
    }
}

/// Rows that say the same are told apart by a number.
fn different_rows(rows: Vec<Row<'static>>) -> Table {
    let texts: Vec<String> = rows.iter().enumerate().map(|(i, r)| format!("{} Das war Nummer {i}.", r.2)).collect();
    table(&rows.iter().zip(&texts).map(|(r, t)| (r.0, r.1, t.as_str())).collect::<Vec<_>>())
}

#[test]
fn rules_have_names() {
    for rule in Rule::ALL {
        assert_eq!(Rule::from_name(rule.name()), Some(rule));
        assert!(Rules::all().has(rule) && !Rules::all().without(rule).has(rule));
    }
    assert_eq!(Rules::all().iter().count(), Rule::ALL.len());
    assert_eq!(Rule::from_name("nonsense"), None);
}

// Order and merging

/// Sentences in which every rule has something to do.
const SENTENCES: [&str; 16] = [
    "Die Landesstelle für Offene Register (LOR) lud ein. ",
    "Das Labor für Optische Rechner (LOR) misst Licht. ",
    "Die LOR berät Städte. ",
    "Wir schreiben Cloud- und KI-Strategien. ",
    "Eine IT Strategie fehlt, die IT-Strategie auch. ",
    "Die Bürgerinnen und Bürger fragen. ",
    "Bürger:innen in der Strasse und in der Straße. ",
    "Alle wollen digitale Souveränität. ",
    "Fragen der digitalen Souveränität bleiben. ",
    "Datensouveränität und Souveränität sind zweierlei. ",
    "Künstliche Intelligenz hilft, sagt die KI. ",
    "Ina Lohse sprach über Akten. ",
    "Lohses Akten liegen im Keller. ",
    "Sehr geehrte Frau Präsidentin! ",
    "Der Verein lädt seit vielen Jahren alle Städte und Kreise zum Gespräch ein. ",
    "The front-end needs open source and a data set, says the AI of the open-source team. ",
];

type Picks = Vec<Vec<usize>>;

fn picked(texts: &Picks) -> Vec<(String, i32, String)> {
    let text = |p: &Vec<usize>| p.iter().map(|&i| SENTENCES[i]).collect::<String>();
    let of =
        |(i, p): (usize, &Vec<usize>)| (format!("{i}.txt"), 2020 + (i % 3) as i32, format!("Text {i}. {}", text(p)));
    texts.iter().enumerate().map(of).collect()
}

fn in_memory(texts: &[(String, i32, String)]) -> Corpus {
    Corpus::from_texts(texts.to_vec()).expect("readable")
}

fn count(texts: &[(String, i32, String)]) -> Counts {
    Counts::of(&in_memory(texts), &CountSettings::default()).expect("readable")
}

/// Everything that resolving says, before and after the second reading.
fn resolved(counts: &Counts, corpus: &Corpus) -> (Vec<Concept>, String, String, Vec<String>) {
    let mut concepts = Concepts::resolve(counts).expect("readable");
    let before = concepts.all().to_vec();
    let links = format!("{:?} {:?}", concepts.ambiguous(), counts.definitions());
    let matrix = SessionTermMatrix::build(corpus, counts, &mut concepts).expect("readable");
    let boilerplate = format!("{:?}", concepts.boilerplate());
    (before, links, boilerplate, Resolved { concepts, matrix }.lines())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn concepts_of_merged_counts_are_those_of_the_whole(
        texts in prop::collection::vec(prop::collection::vec(0usize..16, 1..12), 2..8),
        cut in 1usize..7,
    ) {
        let all = picked(&texts);
        let cut = cut.min(all.len() - 1);
        let whole = count(&all);
        let merged = count(&all[cut..]).merge(count(&all[..cut])).expect("disjoint");
        prop_assert!(merged == whole, "definitions, fingerprints and all");
        prop_assert_eq!(merged.definitions(), whole.definitions());
        let corpus = in_memory(&all);
        prop_assert_eq!(resolved(&merged, &corpus), resolved(&whole, &corpus));
    }

    #[test]
    fn the_order_of_texts_changes_no_concept(
        texts in prop::collection::vec(prop::collection::vec(0usize..16, 1..12), 2..8),
        turn in 1usize..7,
    ) {
        let all = picked(&texts);
        let mut turned = all.clone();
        turned.rotate_left(turn % all.len());
        turned.reverse();
        let (a, b) = (in_memory(&all), in_memory(&turned));
        prop_assert_eq!(resolved(&count(&all), &a), resolved(&count(&turned), &b));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Spellings, cells of the matrix and quotes are three views of the same mentions.
    #[test]
    fn spellings_cells_and_quotes_agree(texts in prop::collection::vec(prop::collection::vec(0usize..16, 1..5), 2..5)) {
        let all = picked(&texts);
        let trends = Analysis::new().allow_one_year(true).run(&in_memory(&all)).expect("years");
        let r = Resolved { concepts: trends.concepts().clone(), matrix: trends.matrix().clone() };
        for (id, concept) in r.concepts.all().iter().enumerate().filter(|(_, c)| c.kind != ConceptKind::Person) {
            let own = u64::from(r.mentions_of(id as ConceptId).own);
            prop_assert_eq!(concept.count(), own, "{:?}", concept);
            let quotes: Vec<_> = trends.quotes(EvidenceKind::Concept, &concept.key).collect();
            let full = trends.years().iter().all(|y| quotes.iter().filter(|q| q.year == *y).count() < 5);
            let quoted: u64 = quotes.iter().map(|q| q.mentions as u64).sum();
            prop_assert!(!full || quoted == own, "{:?} is quoted {} times", concept, quoted);
        }
    }
}

/// The key says nothing about counts: it is the same in a corpus of one sentence.
#[test]
fn keys_do_not_depend_on_the_corpus() {
    let r = german(&SENTENCES[..15]);
    let alone = german(&["Alle wollen digitale Souveränität. Eine IT-Strategie fehlt. Datensouveränität."]);
    for form in ["IT-Strategie", "Datensouveränität", "Souveränität"] {
        assert_eq!(r.get(form).key, alone.get(form).key);
    }
    assert_eq!(r.get("digitale Souveränität").key, "digital souveränität");
}
