//! # The talks in an article
//!
//! `cargo run --example 02_sessions`
//!
//! A recap article has no marks: captions stand between paragraphs. The unit of everything is the session found there.

use wandel::{Corpus, Result};

fn main() -> Result<()> {
    let corpus = Corpus::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/data/it-fachtag"))?;

    // Each session knows its kind, its caption, who speaks in it, and its lines.
    for session in corpus.sessions().iter().filter(|s| s.year == 2025) {
        println!("{:>3}–{:<3} {:<15} {}", session.first_line, session.last_line, session.kind.name(), session.title);
        if !session.speakers.is_empty() {
            println!("        {:<15} {}", "", session.speakers.join(", "));
        }
    }

    // Only talks carry rates. Opening and closing summarise them and are counted beside them.
    println!("\n{} talks among {} sessions", corpus.talks().count(), corpus.sessions().len());

    // Where the split is wrong, write the outline, edit it, and give it back with `ReadOptions::sessions`.
    let outline = wandel::ingest::write_sessions(&corpus)?;
    println!("\n{}", outline.lines().take(24).collect::<Vec<_>>().join("\n"));
    Ok(())
}

#[test]
fn runs() {
    main().unwrap();
}
