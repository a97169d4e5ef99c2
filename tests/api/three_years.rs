//! More than two years, gaps, and tables of other corpora.

use wandel::{Analysis, Corpus, ReadOptions, ThemeFile};

use crate::support::{here, shared};

#[test]
fn a_third_year_added_to_two_articles() {
    let mut options = ReadOptions::default();
    options.years.insert("w6_agenda_de.txt".into(), 2026);
    let paths = [here("data/it-fachtag"), here("tests/articles/work/w6_agenda_de.txt")];
    let corpus = Corpus::from_paths(paths, &options).expect("readable");
    assert_eq!(corpus.years(), [2024, 2025, 2026]);
    let trends = Analysis::new().themes(ThemeFile::builtin().expect("valid")).run(&corpus).expect("three years");
    let pairs: Vec<String> = trends.comparisons().iter().map(ToString::to_string).collect();
    assert_eq!(pairs, ["2024:2025", "2025:2026", "2024:2026"]);
    for pair in trends.comparisons() {
        assert!(trends.term_shifts().iter().any(|s| s.comparison == *pair));
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    trends.report("").write_to(folder.path().join("out")).expect("written");
}

/// Words of the lists that must not lead a ranking.
fn is_noise(label: &str, language: wandel::Language) -> bool {
    let lower = label.to_lowercase();
    label.chars().count() < 2
        || label.chars().all(|c| c.is_numeric() || c == '.' || c == ',')
        || label.contains(char::is_lowercase) && wandel::text::language::stop_words(language).contains(lower.as_str())
        || label.ends_with('-')
        || label.starts_with('-')
}

#[test]
fn large_corpora_give_sensible_tables() {
    let Some(root) = shared("corpora") else { return };
    for (name, known) in [("bundestag", "Pandemie"), ("pyvideo", "LLM")] {
        let language = if name == "bundestag" { wandel::Language::De } else { wandel::Language::En };
        let corpus = Corpus::from_path(root.join(name)).expect("readable");
        assert!(
            corpus.skipped().iter().any(|(path, _)| path == "PROVENANCE.md"),
            "notes beside tables are no articles"
        );
        let trends = Analysis::new().evidence(false).run(&corpus).expect("years");
        assert_eq!(trends.comparisons().len(), corpus.years().len());
        let mut found = false;
        for &comparison in trends.comparisons() {
            for rising in [true, false] {
                let ranking = trends.ranking(rising, Some(comparison)).top(20);
                assert_eq!(ranking.rows.len(), 20);
                for row in ranking.rows {
                    assert!(!is_noise(&row.label, language), "{name} {comparison}: {}", row.label);
                    found |= row.label == known;
                }
            }
        }
        assert!(found, "{known} is in no top list of {name}");
    }
}
