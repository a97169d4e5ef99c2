//! What several tests need.

use std::path::{Path, PathBuf};

use wandel::trends::SpellingCount;
use wandel::{Analysis, Corpus, ThemeFile, Trends};

/// A path below the package.
pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The folder with material that is not part of the package, from `WANDEL_SHARED`; says so loudly where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = std::env::var_os("WANDEL_SHARED").map(|root| PathBuf::from(root).join(path)).filter(|p| p.exists());
    if found.is_none() {
        eprintln!("SKIPPED: set WANDEL_SHARED to the folder that holds {path}; this test checked nothing");
    }
    found
}

/// The two sample articles.
pub fn sample() -> Corpus {
    Corpus::from_path(here("data/it-fachtag")).expect("the sample can be read")
}

/// An analysis with the themes that come with wandel.
pub fn with_themes(corpus: &Corpus) -> Trends {
    Analysis::new().themes(ThemeFile::builtin().expect("valid")).run(corpus).expect("two years")
}

/// Mentions and talks of 2024 and 2025, in talks and with opening and closing.
#[derive(Debug, PartialEq, Eq)]
pub struct Hand {
    pub mentions: [u64; 2],
    pub talks: [usize; 2],
    pub with_framing: [u64; 2],
}

/// Counts the spellings of all themes that `fits` accepts, each place of a text once.
pub fn count_spellings(trends: &Trends, theme: &str, fits: impl Fn(&str) -> bool) -> Hand {
    let counts = trends.themes().expect("themes were given");
    let theme = counts.index_of(theme).expect("a theme of the file");
    let of = |year: i32| counts.spellings.iter().filter(move |s: &&SpellingCount| s.theme == theme && s.year == year);
    let sum = |year: i32, framing: bool| {
        of(year).filter(|s| fits(&s.spelling)).map(|s| s.talks + if framing { s.framing } else { 0 }).sum()
    };
    let talks = |year: i32| {
        let name = &counts.themes.themes[theme].name;
        let quotes = trends.quotes(wandel::trends::EvidenceKind::Theme, name);
        let mut sessions: Vec<usize> = quotes
            .filter(|e| {
                e.year == year && trends.corpus().sessions()[e.session].is_talk() && e.spellings.iter().any(|s| fits(s))
            })
            .map(|e| e.session)
            .collect();
        sessions.dedup();
        sessions.len()
    };
    Hand {
        mentions: [sum(2024, false), sum(2025, false)],
        talks: [talks(2024), talks(2025)],
        with_framing: [sum(2024, true), sum(2025, true)],
    }
}

/// `KI`, its compounds, `Künstliche Intelligenz` in every inflection.
pub fn is_ki(spelling: &str) -> bool {
    let words: Vec<&str> = spelling.split(['-', ' ']).collect();
    words.contains(&"KI") || (spelling.starts_with("Künstliche") && spelling.ends_with("Intelligenz"))
}
