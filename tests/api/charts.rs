//! Charts from the library: which there are, and that they say what the tables say.

use wandel::report::Picture;
use wandel::{Analysis, Corpus, Language, ReadOptions, ThemeFile, Trends};

use crate::support::{here, sample, with_themes};

fn charts(trends: &Trends) -> Vec<Picture> {
    trends.report("").charts().expect("charts")
}

fn find<'p>(pictures: &'p [Picture], name: &str) -> &'p Picture {
    pictures.iter().find(|picture| picture.name == name).expect(name)
}

/// The text alternative of an SVG: title and description.
fn alternative(picture: &Picture) -> (&str, &str) {
    let between = |tag: &str| {
        let (_, rest) = picture.svg.split_once(&format!("<{tag}>")).expect(tag);
        rest.split_once(&format!("</{tag}>")).expect(tag).0
    };
    (between("title"), between("desc"))
}

#[test]
fn charts_come_without_a_folder() {
    let pictures = charts(&with_themes(&sample()));
    let names: Vec<&str> = pictures.iter().map(|picture| picture.name.as_str()).collect();
    let expected = [
        "themes",
        "theme_shifts_2024_2025",
        "term_shifts_2024_2025",
        "successions",
        "frequency_and_change_2024_2025",
        "word_shift_2024_2025",
        "themes_by_session",
        "key_terms",
    ];
    assert_eq!(names, expected);
    for picture in &pictures {
        assert!(picture.to_png().expect("a picture").starts_with(b"\x89PNG"));
        let (title, description) = alternative(picture);
        assert!(!title.is_empty() && description.len() > 100, "{}: {description}", picture.name);
    }
}

#[test]
fn the_word_shift_has_the_largest_difference_of_shares_first() {
    let trends = with_themes(&sample());
    let ranked: Vec<_> = trends.term_shifts().iter().filter(|shift| shift.ranked).collect();
    let sum = |side: fn(&wandel::Shift) -> u64| ranked.iter().map(|shift| side(shift) as f64).sum::<f64>();
    let (from, to) = (sum(|shift| shift.from.count), sum(|shift| shift.to.count));
    let mut differences: Vec<(f64, &str)> = ranked
        .iter()
        .map(|shift| (100.0 * (shift.to.count as f64 / to - shift.from.count as f64 / from), shift.label.as_str()))
        .collect();
    differences.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let (value, label) = differences[0];
    let pictures = charts(&trends);
    let (title, description) = alternative(find(&pictures, "word_shift_2024_2025"));
    let sign = if value < 0.0 { "−" } else { "+" };
    let number = format!("{:.2}", value.abs());
    let number = number.trim_end_matches('0').trim_end_matches('.').replace('.', ",");
    assert!(description.contains(&format!(". {label} {sign}{number} (")), "{label} {value}: {description}");
    let whole: f64 = differences.iter().map(|difference| difference.0.abs()).sum();
    let shown: f64 = differences.iter().take(24).map(|difference| difference.0.abs()).sum();
    assert!(title.contains(&format!("{:.0} %", 100.0 * shown / whole)), "{title}");
}

#[test]
fn titles_say_what_the_intervals_say() {
    let trends = with_themes(&sample());
    let shown = trends.theme_shifts().iter().filter(|shift| shift.from.count + shift.to.count > 0);
    let sure = shown.filter_map(|s| s.test.low.zip(s.test.high)).filter(|(low, high)| *low > 0.0 || *high < 0.0);
    assert_eq!(sure.count(), 0);
    let pictures = charts(&trends);
    let bars = find(&pictures, "theme_shifts_2024_2025");
    assert_eq!(alternative(bars).0, "Themen 2024 → 2025: Kein 95-%-Bereich schließt „unverändert“ aus");
    assert!(bars.svg.contains("95-%-Bereich; rechts") || bars.svg.contains("Striche: 95-%-Bereich"));
    let scatter = find(&pictures, "frequency_and_change_2024_2025");
    assert!(alternative(scatter).0.starts_with("Keine Veränderung eines Begriffs ist belegt oder angedeutet"));
}

#[test]
fn without_statistics_charts_claim_nothing() {
    let settings = wandel::analysis::StatisticsSettings { enabled: false, ..Default::default() };
    let themes = ThemeFile::builtin().expect("valid");
    let trends = Analysis::new().themes(themes).statistics(settings).run(&sample()).expect("two years");
    let pictures = charts(&trends);
    let bars = find(&pictures, "theme_shifts_2024_2025");
    assert_eq!(alternative(bars).0, "Themen, die häufiger und seltener wurden: 2024 → 2025");
    let scatter = find(&pictures, "frequency_and_change_2024_2025");
    assert!(alternative(scatter).0.starts_with("Wie oft Begriffe genannt werden"));
    assert!(pictures.iter().all(|picture| !picture.svg.contains("95-%")));
}

#[test]
fn three_years_have_trajectories_in_both_languages() {
    let mut options = ReadOptions::default();
    options.years.insert("w6_agenda_de.txt".into(), 2026);
    let paths = [here("data/it-fachtag"), here("tests/articles/work/w6_agenda_de.txt")];
    let corpus = Corpus::from_paths(paths, &options).expect("readable");
    for (language, measure) in [(Language::De, "Anteil der Vorträge"), (Language::En, "Share of talks")] {
        let themes = ThemeFile::builtin().expect("valid");
        let trends = Analysis::new().language(language).themes(themes).run(&corpus).expect("three years");
        let pictures = charts(&trends);
        let trajectories = find(&pictures, "theme_trajectories");
        assert!(trajectories.svg.contains(measure));
        let words = if language == Language::De { "von" } else { "of" };
        assert!(alternative(trajectories).1.contains(&format!(" {words} 13 → ")));
    }
}
