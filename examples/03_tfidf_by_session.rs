//! # What is each talk about?
//!
//! `cargo run --example 03_tfidf_by_session`
//!
//! TF-IDF weighs a term by how often a talk names it and by how few talks do.

use wandel::{Analysis, Corpus, Result};

fn main() -> Result<()> {
    let corpus = Corpus::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/data/it-fachtag"))?;
    let trends = Analysis::new().evidence(false).run(&corpus)?;

    // One row of the matrix a session; `top_terms` sorts its cells by TF-IDF.
    let matrix = trends.matrix();
    for row in 0..matrix.n_sessions() {
        let session = &trends.corpus().sessions()[matrix.session(row)];
        if !session.is_talk() {
            continue;
        }
        println!("{} {}", session.year, session.title);
        for (concept, weight) in trends.top_terms(row, 4, true) {
            let concept = trends.concepts().get(concept);
            println!("    {weight:.2}  {}  ({})", concept.label, concept.kind.name());
        }
    }

    // A concept is one count for all spellings of it.
    let inflected = trends.concepts().all().iter().filter(|c| c.spellings.len() >= 3).take(5);
    println!("\nCounted together:");
    for concept in inflected {
        let spellings: Vec<_> = concept.spellings.iter().map(|(s, n)| format!("{s} {n}")).collect();
        println!("    {}", spellings.join(", "));
    }
    Ok(())
}

#[test]
fn runs() {
    main().unwrap();
}
