//! Which spellings are one concept, rule by rule, and what happens without the rule.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use tempfile::TempDir;
use wandel::counts::{ConceptFile, ConceptId, ConceptKind, Concepts};
use wandel::report::Cell;
use wandel::text::{Rule, Rules};
use wandel::trends::EvidenceKind;
use wandel::{Analysis, Concept, Corpus, CountSettings, Counts, SessionTermMatrix, Trends};

/// A row of a table: year, language, text.
type Row<'t> = (i32, &'t str, &'t str);

/// A corpus of a table; the folder that holds it lives as long.
struct Table {
    _folder: TempDir,
    corpus: Corpus,
}

fn table(rows: &[Row<'_>]) -> Table {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let line = |(i, (year, lang, text)): (usize, &Row<'_>)| {
        serde_json::json!({"id": format!("t{i:03}"), "year": year, "lang": lang, "text": text}).to_string() + "\n"
    };
    std::fs::write(folder.path().join("t.jsonl"), rows.iter().enumerate().map(line).collect::<String>()).expect("room");
    let corpus = Corpus::from_path(folder.path()).expect("a good table");
    assert_eq!(corpus.sessions().len(), rows.len(), "every row is a session: {:?}", corpus.warnings());
    Table { _folder: folder, corpus }
}

/// German rows of one year.
fn german(texts: &[&str]) -> Resolved {
    resolve(&texts.iter().map(|t| (2025, "de", *t)).collect::<Vec<_>>(), Rules::all())
}

/// The same without a rule.
fn german_without(rule: Rule, texts: &[&str]) -> Resolved {
    resolve(&texts.iter().map(|t| (2025, "de", *t)).collect::<Vec<_>>(), Rules::all().without(rule))
}

fn english(texts: &[&str]) -> Resolved {
    resolve(&texts.iter().map(|t| (2025, "en", *t)).collect::<Vec<_>>(), Rules::all())
}

fn resolve(rows: &[Row<'_>], rules: Rules) -> Resolved {
    resolve_by_hand(rows, rules, "version = 1")
}

fn resolve_by_hand(rows: &[Row<'_>], rules: Rules, file: &str) -> Resolved {
    let file = ConceptFile::parse(file, Path::new("hand.toml")).expect("a good file");
    Resolved::of(&table(rows).corpus, rules, &file)
}

/// A corpus, counted and resolved.
struct Resolved {
    concepts: Concepts,
    matrix: SessionTermMatrix,
}

/// Own mentions, those with compounds, talks with an own one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mentions {
    own: u32,
    with_compounds: u32,
    talks: usize,
}

impl Resolved {
    fn of(corpus: &Corpus, rules: Rules, hand: &ConceptFile) -> Self {
        let settings = CountSettings { rules, ..CountSettings::default() };
        let counts = Counts::of(corpus, &settings).expect("readable");
        let mut concepts = Concepts::resolve_with(&counts, hand);
        let matrix = SessionTermMatrix::build(corpus, &counts, &mut concepts).expect("readable");
        Self { concepts, matrix }
    }

    /// Every concept that has a spelling or is shown under it.
    fn all_of(&self, form: &str) -> Vec<ConceptId> {
        let all = self.concepts.all().iter().enumerate();
        let fits = |c: &Concept| c.label == form || c.spellings.iter().any(|s| s.0 == form);
        all.filter(|(_, c)| fits(c)).map(|(i, _)| i as ConceptId).collect()
    }

    /// The one concept of a spelling.
    #[track_caller]
    fn id(&self, form: &str) -> ConceptId {
        match self.all_of(form)[..] {
            [id] => id,
            ref ids => panic!("{} concepts have `{form}`; there are {}", ids.len(), self.lines().join("\n")),
        }
    }

    #[track_caller]
    fn get(&self, form: &str) -> &Concept {
        self.concepts.get(self.id(form))
    }

    /// How often the concept of a spelling is named.
    #[track_caller]
    fn mentions(&self, form: &str) -> Mentions {
        self.mentions_of(self.id(form))
    }

    /// Own mentions; 0 for a spelling that no concept has.
    #[track_caller]
    fn own(&self, form: &str) -> u32 {
        if self.all_of(form).is_empty() { 0 } else { self.mentions(form).own }
    }

    fn mentions_of(&self, id: ConceptId) -> Mentions {
        let mut all = Mentions { own: 0, with_compounds: 0, talks: 0 };
        for row in 0..self.matrix.n_sessions() {
            for term in self.matrix.row(row).iter().filter(|t| t.concept == id) {
                all.own += term.count;
                all.with_compounds += term.count;
                all.talks += 1;
            }
            all.with_compounds +=
                self.matrix.in_compounds(row).iter().filter(|t| t.concept == id).map(|t| t.count).sum::<u32>();
        }
        all
    }

    /// Whether two spellings are one concept.
    #[track_caller]
    fn same(&self, a: &str, b: &str) -> bool {
        self.id(a) == self.id(b)
    }

    /// Every concept that is named in a line, for messages and to compare.
    fn lines(&self) -> Vec<String> {
        let ids = 0..self.concepts.all().len() as ConceptId;
        let named = ids.filter(|&id| self.mentions_of(id).with_compounds > 0);
        named
            .map(|id| {
                let (c, m) = (self.concepts.get(id), self.mentions_of(id));
                format!("{} | {} | {:?} | {:?} | {:?} | {}", c.key, c.label, m, c.spellings, c.components, c.rules)
            })
            .collect()
    }

    /// A concept has these spellings, each once, and no other: `IT-Strategie IT_Strategie`.
    #[track_caller]
    fn spelled(&self, forms: &[&str]) {
        let found: BTreeSet<&str> = self.get(forms[0]).spellings.iter().map(|s| s.0.as_str()).collect();
        assert_eq!(found, forms.iter().copied().collect(), "{}", self.lines().join("\n"));
        let stored: u64 = self.get(forms[0]).count();
        assert_eq!(stored, u64::from(self.mentions(forms[0]).own), "spellings and cells agree for {forms:?}");
    }
}

// Inflection

#[test]
fn inflections_are_one_concept() {
    let texts = [
        "Das Krankenhaus liegt am Fluss. Viele Krankenhäuser suchen Leute.",
        "Ein Cyberangriff traf das Amt. Die Cyberangriffe nehmen zu. Wegen eines Cyberangriffes ruhte der Betrieb.",
        "Nach den Cyberangriffen kam Hilfe. Die Folgen des Cyberangriffs blieben. Das System läuft, mit Systemen auch.",
    ];
    let r = german(&texts);
    r.spelled(&["Krankenhaus", "Krankenhäuser"]);
    r.spelled(&["Cyberangriff", "Cyberangriffe", "Cyberangriffes", "Cyberangriffen", "Cyberangriffs"]);
    r.spelled(&["System", "Systemen"]);
    assert_eq!(r.get("Cyberangriffen").label, "Cyberangriff");
    assert_eq!(r.mentions("Cyberangriff").own, 5);
    let without = german_without(Rule::Inflection, &texts);
    assert!(!without.same("Krankenhaus", "Krankenhäuser") && !without.same("Cyberangriff", "Cyberangriffe"));
    let r = english(&["The server failed. Two servers failed. The city is old, cities grow. A child met children."]);
    assert!(r.same("server", "servers") && r.same("city", "cities") && r.same("child", "children"));
}

#[test]
fn inflections_inside_phrases_are_one_concept() {
    let texts = [
        "Alle wollen digitale Souveränität. Der Weg zu digitaler Souveränität ist weit.",
        "Fragen der digitalen Souveränität bleiben offen.",
    ];
    let r = german(&texts);
    r.spelled(&["digitale Souveränität", "digitaler Souveränität", "digitalen Souveränität"]);
    let m = r.mentions("digitale Souveränität");
    assert_eq!((m.own, m.talks), (3, 2));
    assert!(r.get("digitale Souveränität").rules.has(Rule::Inflection));
    let without = german_without(Rule::Inflection, &texts);
    assert!(without.all_of("digitaler Souveränität").is_empty(), "apart, none of them reaches the floor");
}

/// Also of adjectives that no lexicon has.
#[test]
fn inflections_of_new_adjectives_are_one_concept() {
    let r = german(&["Wir mögen cloudbasierte Dienste. Die Zahl cloudbasierter Dienste wächst stark."]);
    r.spelled(&["cloudbasierte Dienste", "cloudbasierter Dienste"]);
}

#[test]
fn look_alikes_stay_apart() {
    let r = german(&["Das Recht gilt. Das ist recht schwer.", "Der Bau dauert. Der Bauer pflügt. Sie bauen ein Haus."]);
    assert!(!r.same("Recht", "recht") && !r.same("Bau", "Bauer") && !r.same("Bau", "bauen"));
    let r = english(&["The university opened. The universe is large. A police officer wrote a policy."]);
    assert!(!r.same("university", "universe") && !r.same("police", "policy"));
}

// Umlauts

#[test]
fn two_letters_join_the_umlaut() {
    let texts = [
        "Die Straße ist gesperrt. Der Bürger fragt nach Büchern. Die Größe zählt.",
        "Die Strasse ist gesperrt. Der Buerger fragt nach Buechern. Die Groesse zählt.",
    ];
    let r = german(&texts);
    for (umlaut, letters) in
        [("Straße", "Strasse"), ("Bürger", "Buerger"), ("Büchern", "Buechern"), ("Größe", "Groesse")]
    {
        assert!(r.same(umlaut, letters), "{umlaut}\n{}", r.lines().join("\n"));
        assert!(r.get(umlaut).rules.has(Rule::Umlauts), "{umlaut}");
    }
    let without = german_without(Rule::Umlauts, &texts);
    assert!(!without.same("Straße", "Strasse") && !without.same("Bürger", "Buerger"));
}

#[test]
fn umlauts_are_not_dropped() {
    let r = german(&["Das Wetter ist schön. Manche Wiese dörrt. Neue Feuer neben alten Mauern."]);
    assert_eq!(r.concepts.get(r.id("schön")).key, "schön");
    let r = german(&["Der Zahl nach fehlen Zähler. Die Bären in der Bar. Eine Frucht war früh reif. Druck drückt."]);
    assert!(!r.same("Zahl", "Zähler") && !r.same("Bären", "Bar") && !r.same("Druck", "drückt"));
}

/// Issue 3: `ss` joins `ß` only if the lexicon has no separate entry for it.
#[test]
fn words_that_differ_in_eszett_alone_stay_apart() {
    let r = german(&["Die Masse drängt sich. Die Maße stimmen nicht."]);
    assert!(!r.same("Masse", "Maße"), "{}", r.lines().join("\n"));
}

// Hyphen, space, solid

#[test]
fn a_compound_written_apart_counts_once_and_its_words_not_beside_it() {
    let texts = ["Die IT-Strategie gilt ab heute.", "Eine IT Strategie fehlt hier.", "Ohne IT-Strategien geht nichts."];
    let r = german(&texts);
    r.spelled(&["IT-Strategie", "IT Strategie", "IT-Strategien"]);
    let m = r.mentions("IT-Strategie");
    assert_eq!((m.own, m.talks), (3, 3));
    assert_eq!((r.own("IT"), r.own("Strategie")), (0, 0), "its words are counted in it alone");
    assert!(r.get("IT Strategie").rules.has(Rule::Variants));
    let part = |key: &str| r.mentions_of(r.concepts.by_key(key).expect("a part"));
    assert_eq!((part("IT").with_compounds, part("strategie").with_compounds), (3, 3), "however it is written");
    let without = german_without(Rule::Variants, &texts);
    assert_eq!((without.own("IT"), without.own("Strategie")), (1, 1));
    assert_eq!(without.mentions("IT-Strategie").own, 2);
}

#[test]
fn hyphen_space_and_solid_are_one_concept() {
    let r = german(&[
        "Wir bauen mit Low-Code. Das geht mit Low Code gut. LowCode kann jeder.",
        "Der Chatbot hilft. Ein Chat Bot hilft. Unser Chat-Bot schweigt.",
        "Die Datenschutzgrundverordnung gilt. Auch die Datenschutz-Grundverordnung gilt.",
        "Das Onlinezugangsgesetz wirkt. Das Online-Zugangsgesetz wirkt.",
    ]);
    r.spelled(&["Low-Code", "Low Code", "LowCode"]);
    r.spelled(&["Chatbot", "Chat Bot", "Chat-Bot"]);
    r.spelled(&["Datenschutzgrundverordnung", "Datenschutz-Grundverordnung"]);
    r.spelled(&["Onlinezugangsgesetz", "Online-Zugangsgesetz"]);
    let r = english(&[
        "We like open source. This open-source tool reads a data set. One dataset, two data sets.",
        "The front-end talks to the user. A frontend needs care.",
    ]);
    r.spelled(&["open source", "open-source"]);
    r.spelled(&["data set", "dataset", "data sets"]);
    r.spelled(&["front-end", "frontend"]);
    assert_eq!(r.mentions("dataset").own, 3);
    assert!(r.get("dataset").rules.has(Rule::Variants), "{}", r.get("dataset").rules);
}

/// `front` and `back` are in the list of stop words; `front end` is a term all the same.
#[test]
#[ignore = "a limit: no phrase begins with a stop word, though `concepts --check` calls the two the same"]
fn a_stop_word_in_a_compound_written_apart() {
    let r = english(&["The front end is slow. A frontend is fast.", "The back end is slow. A backend is fast."]);
    r.spelled(&["front end", "frontend"]);
    r.spelled(&["back end", "backend"]);
}

#[test]
#[ignore = "a limit: where the corpus has the solid word, two nouns side by side are taken for it"]
fn a_space_between_other_words_joins_nothing() {
    let r = english(&["The carpet is red. She took the car pet home."]);
    assert_eq!(r.own("carpet"), 1, "{}", r.lines().join("\n"));
}

#[test]
fn no_compound_is_written_over_a_comma() {
    let r = german(&["Sie sah, wie IT, Strategie und Geld fehlen. Die IT-Strategie fehlt."]);
    assert_eq!((r.own("IT-Strategie"), r.own("IT"), r.own("Strategie")), (1, 1, 1), "{}", r.lines().join("\n"));
    let r = english(&["A database is no dataset."]);
    assert!(!r.same("database", "dataset"));
}

/// Words that stand in compounds alone have a label where tables show them.
#[test]
fn every_concept_in_a_table_has_a_label() {
    let rows = [(2024, "de", "Die IT-Strategie gilt ab heute."), (2025, "de", "Eine IT Strategie fehlt hier.")];
    let trends = Analysis::new().run(&table(&rows).corpus).expect("two years");
    let mut bare = Vec::new();
    for table in trends.report("").tables() {
        let Some(label) = table.header.iter().position(|h| *h == "label") else { continue };
        let empty = table.rows.iter().filter(|r| r[label] == Cell::from(""));
        bare.extend(empty.map(|r| format!("{}: {:?}", table.name, &r[..4])));
    }
    assert!(bare.is_empty(), "{}", bare.join("\n"));
}

// Ellipsis

#[test]
fn an_ellipsis_counts_both_full_forms() {
    let texts = [
        "Wir schreiben Cloud- und KI-Strategien.",
        "Die Cloud-Strategie steht. Die KI-Strategie fehlt.",
        "Die IT-Strategie und -Gesamtsteuerung liegen beim Land. Eine IT-Gesamtsteuerung kostet.",
        "Uns fehlen Fach- und Führungskräfte. Fachkräfte kommen selten.",
        "Auf Bundes-, Landes- und Kommunalebene gilt das. Die Bundesebene zahlt. Die Landesebene schweigt.",
    ];
    let r = german(&texts);
    for form in ["Cloud-Strategie", "KI-Strategie", "IT-Gesamtsteuerung", "Fachkräfte", "Bundesebene", "Landesebene"] {
        assert_eq!(r.mentions(form).own, 2, "{form}\n{}", r.lines().join("\n"));
    }
    assert_eq!(r.mentions("IT-Strategie").own, 1);
    let without = german_without(Rule::Ellipsis, &texts);
    for form in ["Cloud-Strategie", "IT-Gesamtsteuerung", "Fachkräfte", "Bundesebene", "Landesebene"] {
        assert_eq!(without.mentions(form).own, 1, "{form}");
    }
}

#[test]
fn a_half_that_nothing_completes_is_no_concept() {
    let r = german(&["Die Vor- und der Rest kamen spät. Ein Satz- bricht ab."]);
    assert!(r.all_of("Vor-").is_empty() && r.all_of("Satz-").is_empty() && r.all_of("Satz").is_empty());
}

// Gender

#[test]
fn every_gender_form_is_one_mention() {
    let texts = [
        "Die Bürger/-innen fragen.",
        "Die Bürger:innen fragen.",
        "Die Bürger*innen fragen.",
        "Die Bürger_innen fragen.",
        "Die BürgerInnen fragen.",
        "Die Bürger(innen) fragen.",
        "Die Bürgerinnen fragen.",
        "Die Bürger/innen fragen.",
        "Der Bürger fragt.",
    ];
    let r = german(&texts);
    let m = r.mentions("Bürger");
    assert_eq!((m.own, m.talks), (9, 9), "{}", r.lines().join("\n"));
    assert_eq!(r.get("Bürger").label, "Bürger");
    let without = german_without(Rule::Gender, &texts);
    assert!(without.mentions("Bürger").own < 9);
}

#[test]
fn a_gender_pair_is_one_mention_in_either_order() {
    let texts = [
        "Die Bürgerinnen und Bürger fragen.",
        "Viele Bürger und Bürgerinnen fragen.",
        "Allen Bürgerinnen und Bürgern wird geholfen.",
        "Die Ärztinnen und Ärzte fehlen. Schüler und Schülerinnen kamen, auch Schülerinnen oder Schüler.",
    ];
    let r = german(&texts);
    let m = r.mentions("Bürgerinnen und Bürger");
    assert_eq!((m.own, m.talks), (3, 3), "{}", r.lines().join("\n"));
    assert!(r.same("Bürgerinnen und Bürger", "Bürger und Bürgerinnen"));
    assert!(r.get("Bürgerinnen und Bürger").rules.has(Rule::Gender), "the rule is named");
    assert_eq!(r.mentions("Ärztinnen und Ärzte").own, 1);
    assert_eq!(r.mentions("Schüler und Schülerinnen").own, 2);
    let without = german_without(Rule::Gender, &texts);
    assert!(without.all_of("Bürgerinnen und Bürger").is_empty());
    assert!(!without.same("Bürgerinnen", "Bürger"));
}

#[test]
fn participles_and_other_ends_stay_their_own() {
    let r = german(&["Die Mitarbeitenden kamen. Der Mitarbeiter kam. Mitarbeiterinnen kamen. Wir beginnen in Berlin."]);
    assert!(!r.same("Mitarbeitenden", "Mitarbeiter") && r.same("Mitarbeiter", "Mitarbeiterinnen"));
    assert_eq!(r.get("Berlin").key, "berlin");
}

// Acronyms

#[test]
fn an_acronym_is_learned_in_both_directions() {
    for explained in [
        "Die Landesstelle für Offene Register (LOR) lud ein.",
        "Die LOR (Landesstelle für Offene Register) lud ein.",
        "Die Landesstelle für Offene Register, kurz LOR, lud ein.",
    ] {
        let texts = [explained, "Die LOR berät heute.", "Die Landesstelle für Offene Register berät die LOR."];
        let r = german(&texts);
        let m = r.mentions("LOR");
        assert_eq!((m.own, m.talks), (5, 3), "{explained}\n{}", r.lines().join("\n"));
        assert!(r.same("LOR", "Landesstelle für Offene Register"));
        let concept = r.get("LOR");
        assert!(concept.same_as.iter().any(|s| s.contains("Offene Register")), "{:?}", concept.same_as);
        assert!(concept.rules.has(Rule::Acronyms) && concept.label == "LOR");
        let without = german_without(Rule::Acronyms, &texts);
        assert_eq!(without.mentions("LOR").own, 3, "{explained}");
    }
    let r = english(&["Open Source Intelligence (OSINT) helps.", "OSINT grows.", "Few use open source intelligence."]);
    assert_eq!(r.mentions("OSINT").own, 4, "{}", r.lines().join("\n"));
}

/// Capitals and hyphens alone are no shouting.
#[test]
fn an_acronym_with_a_hyphen_keeps_its_capitals() {
    let r = german(&["Die DS-GVO gilt. Die DSGVO gilt auch hier."]);
    assert_eq!(r.mentions("DSGVO").own, 2, "{}", r.lines().join("\n"));
    assert!(r.same("DS-GVO", "DSGVO"));
}

#[test]
fn acronyms_are_never_stemmed() {
    let r = english(&["AIDS is no AID. The APIs of an API. IT is not it."]);
    assert!(!r.same("AIDS", "AID") && r.same("APIs", "API"));
    assert_eq!(r.get("IT").key, "IT");
}

#[test]
fn an_ambiguous_acronym_stays_apart_and_is_reported() {
    let rows = [
        (2024, "de", "Die Landesstelle für Offene Register (LOR) lud ein. Die LOR berät."),
        (2025, "de", "Das Labor für Optische Rechner (LOR) misst. Das Labor für Optische Rechner wächst."),
    ];
    let r = resolve(&rows, Rules::all());
    assert_eq!(r.mentions("LOR").own, 3, "the letters alone\n{}", r.lines().join("\n"));
    assert!(r.get("LOR").same_as.is_empty());
    let found = r.concepts.ambiguous();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].acronym, "LOR");
    assert_eq!(found[0].long_forms, ["Labor für Optische Rechner", "Landesstelle für Offene Register"]);
    let trends = Analysis::new().run(&table(&rows).corpus).expect("two years");
    let warning = trends.warnings().iter().find(|w| w.code == "ambiguous-acronym").expect("a warning");
    assert!(warning.message.contains("LOR") && warning.message.contains("Optische Rechner"), "{}", warning.message);
}

#[test]
fn a_known_acronym_joins_german_and_english() {
    let rows = [
        (2024, "de", "Die KI hilft im Amt. Künstliche Intelligenz hilft. Fragen der künstlichen Intelligenz bleiben."),
        (2025, "en", "The AI helps in the office. Artificial intelligence helps."),
    ];
    let r = resolve(&rows, Rules::all());
    let m = r.mentions("KI");
    assert_eq!((m.own, m.talks), (5, 2), "{}", r.lines().join("\n"));
    assert!(r.same("KI", "AI") && r.same("KI", "Artificial intelligence"));
    assert!(r.same("Künstliche Intelligenz", "künstlichen Intelligenz"));
    let without = resolve(&rows, Rules::all().without(Rule::Acronyms));
    assert!(!without.same("KI", "AI"));
}

/// A text that explains a known acronym otherwise keeps its own meaning.
#[test]
fn a_text_may_explain_a_known_acronym_otherwise() {
    let r = german(&["Die Kommunale Inventur (KI) beginnt. Die KI zählt Stühle.", "Künstliche Intelligenz hilft."]);
    assert!(r.all_of("Künstliche Intelligenz").is_empty() || !r.same("KI", "Künstliche Intelligenz"));
    assert_eq!(r.concepts.ambiguous().len(), 1);
    assert_eq!(r.own("KI"), 2, "{}", r.lines().join("\n"));
}

// Compounds

#[test]
fn compounds_count_apart_and_with_their_parts() {
    let texts = [
        "Die KI hilft. Eine KI-Lösung kostet. Der KI-Einsatz wächst.",
        "Datensouveränität zählt. Ohne Souveränität geht es nicht. Neue KI-Lösungen kommen.",
    ];
    let r = german(&texts);
    assert_eq!(r.mentions("KI"), Mentions { own: 1, with_compounds: 4, talks: 1 });
    assert_eq!(r.mentions("Souveränität"), Mentions { own: 1, with_compounds: 2, talks: 1 });
    assert_eq!(r.mentions("KI-Lösung"), Mentions { own: 2, with_compounds: 2, talks: 2 });
    assert_eq!(r.get("KI-Lösung").components, ["KI", "lösung"]);
    assert_eq!(r.get("Datensouveränität").components.last().map(String::as_str), Some("souveränität"));
    let inside: Vec<&str> =
        r.concepts.containing(r.id("KI")).iter().map(|&i| r.concepts.get(i).label.as_str()).collect();
    assert_eq!(inside, ["KI-Einsatz", "KI-Lösung"]);
    let without = german_without(Rule::Compounds, &texts);
    assert_eq!(without.mentions("KI"), Mentions { own: 1, with_compounds: 1, talks: 1 });
    assert!(without.get("Datensouveränität").components.is_empty());
}

/// `Cybersicherheitsstrategie` contains `Cybersicherheit` and so `Sicherheit`.
#[test]
fn parts_of_parts_count_too() {
    let r = german(&["Die Cybersicherheitsstrategie gilt. Sicherheit zählt. Cybersicherheit zählt."]);
    assert_eq!(r.mentions("Sicherheit"), Mentions { own: 1, with_compounds: 3, talks: 1 });
    assert_eq!(r.mentions("Cybersicherheit"), Mentions { own: 1, with_compounds: 2, talks: 1 });
    let r = german(&["Die Open-Source-Software läuft. Open Source hilft. Wir mögen Open Source."]);
    assert_eq!(r.mentions("Open Source").with_compounds, 3, "{}", r.lines().join("\n"));
}

#[test]
fn parts_are_words() {
    let r = german(&["Verwaltung, Informationen, Sporthalle, Wirtschaft, Transport und Unternehmen kamen zur Partei."]);
    for word in ["Verwaltung", "Informationen", "Wirtschaft", "Transport", "Unternehmen", "Partei"] {
        assert!(r.get(word).components.is_empty(), "{word}: {:?}", r.get(word).components);
    }
    assert_eq!(r.get("Sporthalle").components, ["sport", "halle"]);
}

// Phrases and labels

/// Nothing but the adjective's ending tells that `Dienst` is masculine.
#[test]
#[ignore = "a limit: without `-em` or a genitive nothing tells `öffentlicher` from a feminine genitive"]
fn a_masculine_label_without_further_signs() {
    let r = german(&[
        "Die Lage im öffentlichen Dienst ist ernst. Der öffentliche Dienst wirbt. Es geht um den öffentlichen Dienst.",
        "Wer im öffentlichen Dienst arbeitet, bleibt. Ein öffentlicher Dienst dient allen.",
    ]);
    assert_eq!(r.get("öffentlichen Dienst").label, "öffentlicher Dienst");
}

#[test]
fn labels_stand_in_citation_form() {
    for (texts, label) in [
        (
            &[
                "Die Lage im öffentlichen Dienst ist ernst. Der öffentliche Dienst wirbt. Das Recht des öffentlichen Dienstes gilt.",
                "Wer im öffentlichen Dienst arbeitet, bleibt. Ein öffentlicher Dienst dient allen.",
            ][..],
            "öffentlicher Dienst",
        ),
        (
            &[
                "Der Weg zur digitalen Souveränität ist weit. Ohne digitale Souveränität geht es nicht.",
                "Fragen der digitalen Souveränität und der digitalen Souveränität der Länder.",
            ][..],
            "digitale Souveränität",
        ),
        (&["Wir stellen Anträge. Viele Anträge liegen da. Der Antrag fehlt."][..], "Antrag"),
        (&["Bei den Behörden, in allen Behörden und vor der Behörde."][..], "Behörde"),
    ] {
        let r = german(texts);
        assert!(!r.all_of(label).is_empty(), "no {label}\n{}", r.lines().join("\n"));
        assert_eq!(r.get(label).label, label);
    }
}

/// A label is a spelling of the corpus, never a stem.
#[test]
fn labels_are_spellings() {
    let r = german(&["Die Verwaltungen digitalisieren Registern zuliebe. Neue KI-Lösungen, alte Häusern."]);
    for concept in r.concepts.all().iter().filter(|c| !c.spellings.is_empty()) {
        assert!(concept.spellings.iter().any(|s| s.0 == concept.label), "{concept:?}");
    }
    assert_eq!(r.get("Verwaltungen").label, "Verwaltungen");
}

#[test]
fn phrases_are_leftmost_longest_and_do_not_overlap() {
    let r = english(&[
        "A garden fence rots. The garden fence stands. One garden fence is blue.",
        "Buy fence paint. Cheap is fence paint. Sell fence paint.",
        "The new garden fence paint dries.",
    ]);
    assert_eq!(r.mentions("garden fence").own, 4, "leftmost\n{}", r.lines().join("\n"));
    assert_eq!(r.mentions("fence paint").own, 3, "not overlapping");
    let r = german(&[
        "Das Internet der Dinge wächst. Im Internet der Dinge fehlt Schutz. Wer das Internet der Dinge baut, haftet.",
    ]);
    assert_eq!(r.mentions("Internet der Dinge").own, 3, "a function word inside\n{}", r.lines().join("\n"));
    let r = english(&[
        "Blue garden fence, blue garden fence, blue garden fence.",
        "The garden fence and the garden fence and a garden fence.",
    ]);
    assert_eq!((r.own("Blue garden fence") + r.own("blue garden fence"), r.own("garden fence")), (6, 3), "longest");
}

#[test]
fn phrases_do_not_cross_punctuation() {
    let r = german(&["Kluge, Köpfe. Kluge, Köpfe. Kluge; Köpfe. Kluge (Köpfe). Kluge. Köpfe."]);
    assert!(r.concepts.all().iter().all(|c| !c.key.contains(' ')), "{}", r.lines().join("\n"));
}

#[test]
fn a_word_that_lives_in_a_phrase_is_not_ranked_beside_it() {
    let texts = [
        "Digitale Souveränität zählt. Wir wollen digitale Souveränität. Ohne digitale Souveränität geht es nicht.",
        "Mehr digitale Souveränität. Noch mehr digitale Souveränität für die Stadt und die Stadt.",
    ];
    let r = german(&texts);
    let word = r.get("Souveränität");
    assert!(word.absorbed && !word.is_ranked());
    assert_eq!(r.mentions("Souveränität").own, 5, "it is counted all the same");
    assert!(r.get("digitale Souveränität").is_ranked() && !r.get("Stadt").absorbed);
    let without = german_without(Rule::Phrases, &texts);
    assert!(!without.get("Souveränität").absorbed && without.all_of("digitale Souveränität").is_empty());
}

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
    assert_eq!(found.header, ["sessions", "first_year", "first_session_id", "sentence"]);
    let (sentence, n) = (Cell::from(ORGANISER), Cell::Int(2));
    assert!(found.rows.len() == 1 && found.rows[0][0] == n && found.rows[0][3] == sentence, "{:?}", found.rows);
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
    let mut concepts = Concepts::resolve(counts);
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
