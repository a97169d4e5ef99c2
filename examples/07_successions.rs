//! # What took the place of what?
//!
//! `cargo run --example 07_successions`
//!
//! A theme fell and another rose. Did the one give way to the other? wandel looks at where both stand: the talks of the
//! earlier year that name the one, the talks of the later year that name the other.

use wandel::trends::{Certainty, Succession};
use wandel::{Analysis, Corpus, Result};

fn main() -> Result<()> {
    let corpus = Corpus::from_path("data/it-fachtag")?;
    let trends = Analysis::new().builtin_themes_if_fitting()?.run(&corpus)?;
    let Some(table) = trends.successions().first() else { return Ok(()) };

    println!("Candidates, the strongest first");
    table.shown().for_each(show);

    // The second one is what the conference itself would say: from cybersecurity to digital sovereignty.
    let sovereignty = &table.candidates[1];
    assert_eq!((sovereignty.from.0.as_str(), sovereignty.to.0.as_str()), ("cybersecurity", "digital_sovereignty"));
    // So strong a pair is found in a quarter of all cases where years mean nothing: 13 talks a year prove little.
    assert!(sovereignty.p > 0.2 && sovereignty.certainty == Certainty::Open);
    let shared: Vec<String> = sovereignty.shared.iter().map(|common| common.label(trends.concepts())).collect();
    println!("\nWhat makes the two alike: {}", shared.join(", "));

    println!("\nWithin one parent");
    table.siblings.iter().for_each(show);

    // AI rose, and nothing that fell stood where it stands.
    assert!(table.own_rises.iter().any(|(key, _)| key == "ai"));
    let own: Vec<&str> = table.own_rises.iter().map(|(_, label)| label.as_str()).collect();
    println!("\nRises of their own: {}", own.join(", "));

    // Themes without a list need more talks than these.
    let found = trends.found_themes().expect("they were looked for");
    assert!(found.themes.is_empty() && found.tried.is_empty());
    println!("\n{} talks are too few to find themes in. Key terms of several talks:", found.talks);
    for group in trends.key_groups(5).iter().take(3) {
        let labels: Vec<&str> = group.concepts.iter().map(|&c| trends.concepts().get(c).label.as_str()).collect();
        println!("  {} talks: {}", group.rows.len(), labels.join(", "));
    }
    Ok(())
}

fn show(s: &Succession) {
    println!(
        "  {} → {}: strength {:.2} ({:.2} to {:.2}), likeness {:.2} times the expected one, p = {:.2}, {}",
        s.from.1,
        s.to.1,
        s.strength,
        s.interval.0,
        s.interval.1,
        s.lift,
        s.p,
        s.certainty.name()
    );
}
