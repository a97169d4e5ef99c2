//! # A report for the board
//!
//! `cargo run --example 08_report`
//!
//! The page, its charts and its tables in one folder; and the same sentences and charts without a folder, for a letter or a
//! page of one's own.

use wandel::chart::with_font;
use wandel::{Analysis, Corpus, Language, Result};

fn main() -> Result<()> {
    let corpus = Corpus::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/data/it-fachtag"))?;
    let trends = Analysis::new().builtin_themes_if_fitting()?.language(Language::En).run(&corpus)?;
    let report = trends.report("IT-Fachtag 2024 / 2025");

    // Everything in a folder. A second run replaces what the first one wrote, and nothing else.
    let folder = std::env::temp_dir().join("wandel-report");
    let written = report.write_to(&folder)?;
    println!("{} files; open {}", written.files.len(), folder.join("report.html").display());

    // What changed, in sentences. Each says how sure it is.
    println!("\nWhat changed");
    let markdown = report.to_markdown();
    let summary: Vec<&str> = markdown.lines().skip_while(|line| !line.starts_with("- ")).take(3).collect();
    println!("{}", summary.join("\n"));
    assert!(summary.iter().any(|sentence| sentence.contains("seen, not established")));

    // One chart as text. Its title is the finding; with its letters inside it looks the same everywhere.
    let pictures = report.charts()?;
    let themes = pictures.iter().find(|picture| picture.name == "themes").expect("themes were found");
    let svg: String = with_font(&themes.svg)?;
    let title = svg.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).expect("a title").0;
    println!("\n{title}: {} kB of SVG, {} kB of PNG", svg.len() / 1000, themes.to_png()?.len() / 1000);
    Ok(())
}

#[test]
fn runs() {
    main().unwrap();
}
