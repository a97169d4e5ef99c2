//! # One notion, one count
//!
//! `cargo run --example 05_concepts`
//!
//! With spellings counted apart, "Künstliche Intelligenz" falls and "KI" rises, and both are wrong. Concepts put the
//! spellings of one notion together, say which rules did it, and let each rule be switched off.

use wandel::counts::ConceptId;
use wandel::text::{Rule, Rules};
use wandel::{Analysis, Corpus, CountSettings, Result, Shift, Trends};

/// Four short talks, two a year.
const TALKS: [(&str, i32, &str); 4] = [
    ("talk-1.txt", 2024, "Künstliche Intelligenz ist ein Versprechen. Die Stadt wartet auf künstliche Intelligenz."),
    ("talk-2.txt", 2024, "Bürgerinnen und Bürger fragen nach der IT-Strategie. Das Amt hat noch keine."),
    ("talk-3.txt", 2025, "KI hilft dem Amt. Die Cloud- und KI-Strategie der Stadt nennt KI-Lösungen für Bürger:innen."),
    ("talk-4.txt", 2025, "Die Ämter schreiben eine IT Strategie. Sie fragen: Wer prüft die KI?"),
];

fn main() -> Result<()> {
    let corpus = Corpus::from_texts(TALKS)?;
    let trends = Analysis::new().run(&corpus)?;

    // Any spelling belongs to one concept. Its key comes from fixed rules, its label is a spelling of the texts.
    println!("Counted together:");
    for key in ["KI", "IT-strategie", "bürger", "amt"] {
        let concept = trends.concepts().get(concept(&trends, key));
        let spellings: Vec<String> = concept.spellings.iter().map(|(text, n)| format!("{text} {n}")).collect();
        println!("    {:<23} {}", concept.label, spellings.join(", "));
        println!("    {:<23} by: {}", "", concept.rules);
    }

    // A compound keeps its own count. How often its parts stand in compounds is a second figure, never a hidden one.
    let ki = concept(&trends, "KI");
    let inside: Vec<&str> =
        trends.concepts().containing(ki).iter().map(|&id| trends.concepts().get(id).label.as_str()).collect();
    println!("\nKI stands inside: {}", inside.join(", "));
    show("all rules", &trends);

    // Does the trend hang on a rule? Leave it out and look again.
    for rule in [Rule::Acronyms, Rule::Compounds] {
        let counting = CountSettings { rules: Rules::all().without(rule), ..CountSettings::default() };
        let trends = Analysis::new().counting(counting).run(&corpus)?;
        show(&format!("without {}", rule.name()), &trends);
    }
    Ok(())
}

/// The concept with a key.
fn concept(trends: &Trends, key: &str) -> ConceptId {
    trends.concepts().by_key(key).expect("a concept of the texts")
}

/// KI from year to year, without and with compounds.
fn show(what: &str, trends: &Trends) {
    let shift: &Shift = trends.term_shifts().iter().find(|s| s.key == "KI").expect("the texts name it");
    println!(
        "    {what:<18} KI {} → {}, with compounds {} → {}",
        shift.from.count,
        shift.to.count,
        shift.from.count_with_compounds(),
        shift.to.count_with_compounds()
    );
}

#[test]
fn runs() {
    main().unwrap();
}
