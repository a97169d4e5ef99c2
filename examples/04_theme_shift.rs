//! # Did cybersecurity give way to digital sovereignty?
//!
//! `cargo run --example 04_theme_shift`
//!
//! A theme file says which words belong together. Counting them per talk shows what the eye saw, and how little it is.

use wandel::trends::EvidenceKind;
use wandel::{Analysis, Corpus, Result, ThemeFile};

fn main() -> Result<()> {
    let corpus = Corpus::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/data/it-fachtag"))?;
    let trends = Analysis::new().themes(ThemeFile::builtin()?).run(&corpus)?;

    // Each theme: mentions, and the talks that name it. `effect` is the log2 ratio of rates.
    for name in ["security", "cybersecurity", "information_security", "digital_sovereignty", "ai"] {
        let shift = trends.theme_shifts().iter().find(|s| s.key == name).expect("a theme of the file");
        println!(
            "{:<24} {:>2} in {} talks → {:>2} in {} talks, log2 ratio {:+.1}",
            shift.label, shift.from.count, shift.from.sessions, shift.to.count, shift.to.sessions, shift.effect
        );
    }

    // The dense results are ndarray matrices: sessions × themes and years × themes.
    let themes = trends.themes().expect("themes were given");
    println!("\nsessions × themes: {:?}, years × themes: {:?}", themes.sessions.dim(), themes.years.dim());

    // No number without its sentence.
    println!();
    for quote in trends.quotes(EvidenceKind::Theme, "digital_sovereignty") {
        println!("{} line {}: {}", quote.year, quote.line, quote.quote);
    }

    // And what a corpus of this size can show at all.
    let needed = wandel::stats::presence::smallest_telling(13, 13);
    println!(
        "\nA term of no talk in 2024 would need {needed:?} of 13 talks in 2025 to make chance an unlikely explanation."
    );
    Ok(())
}

#[test]
fn runs() {
    main().unwrap();
}
