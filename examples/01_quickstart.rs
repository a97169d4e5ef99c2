//! # Five lines to a report
//!
//! `cargo run --example 01_quickstart`

use wandel::{Analysis, Corpus, Result};

fn main() -> Result<()> {
    // A folder with one recap article a year. The years are found in the file names, the talks in the text.
    let corpus = Corpus::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/data/it-fachtag"))?;
    println!("{corpus}");

    // Count, weigh, compare. Without a theme file, concepts alone are compared.
    let trends = Analysis::new().run(&corpus)?;
    println!("{trends}\n");

    // What rose between the two years: mentions, and how many of the talks name it.
    println!("{}\n", trends.rising().top(10));

    // Everything else is a report: page, charts, tables, quotes.
    let folder = std::env::temp_dir().join("wandel-quickstart");
    let written = trends.report("IT-Fachtag 2024 / 2025").write_to(&folder)?;
    println!("{} files in {}", written.files.len(), folder.display());
    Ok(())
}

#[test]
fn runs() {
    main().unwrap();
}
