//! Uses the façade without any feature.

use wandel::{Analysis, Corpus, Result};

fn main() -> Result<()> {
    let corpus = Corpus::from_texts([
        ("a.txt", 2024, "Die Verwaltung testet Drohnen. Drohnen fliegen."),
        ("b.txt", 2025, "Die Verwaltung testet Roboter. Roboter fahren."),
    ])?;
    let trends = Analysis::new().run(&corpus)?;
    println!("{}", trends.rising().top(3));
    Ok(())
}
