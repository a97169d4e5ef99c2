//! Every setting that can change a number does, and is in the manifest.

use wandel::{Analysis, Comparison, Corpus, CountSettings, PersonRule, ThemeFile, Trends};

use crate::support::sample;

fn tables(trends: &Trends) -> Vec<wandel::report::Table> {
    trends.report("").tables()
}

fn run(analysis: Analysis) -> Trends {
    analysis.run(&sample()).expect("two years")
}

fn counting(change: impl FnOnce(&mut CountSettings)) -> Trends {
    let mut settings = CountSettings::default();
    change(&mut settings);
    run(Analysis::new().counting(settings))
}

#[test]
fn each_counting_setting_changes_the_tables() {
    let base = tables(&counting(|_| {}));
    let changed: [(&str, Trends); 9] = [
        ("titles", counting(|s| s.titles = false)),
        ("stop_words", counting(|s| s.stop_words = vec!["Verwaltung".into()])),
        ("keep_words", counting(|s| s.keep_words = vec!["Vortrag".into()])),
        ("drop_names", counting(|s| s.drop_names = false)),
        ("persons", counting(|s| s.persons = PersonRule::All)),
        ("persons", counting(|s| s.persons = PersonRule::None)),
        ("phrases", counting(|s| s.phrases = false)),
        ("phrase_min_count", counting(|s| s.phrase_min_count = Some(4))),
        ("phrase_min_npmi", counting(|s| s.phrase_min_npmi = 0.95)),
    ];
    let manifest = counting(|_| {});
    for (name, trends) in changed {
        assert!(tables(&trends) != base, "{name} changes nothing");
        assert!(manifest.settings().contains_key(name), "{name} is not in the manifest");
        assert_ne!(trends.settings()[name], manifest.settings()[name], "{name} is not told apart in the manifest");
    }
}

#[test]
fn each_setting_of_the_analysis_changes_the_tables() {
    let base = tables(&run(Analysis::new()));
    assert!(tables(&run(Analysis::new().include_framing(true))) != base);
    assert!(tables(&run(Analysis::new().prior_words(10.0))) != base);
    assert!(tables(&run(Analysis::new().themes(ThemeFile::builtin().expect("valid")))) != base);
    assert!(tables(&run(Analysis::new().compare(Comparison::parse_list("2025:2024").expect("valid")))) != base);
}

#[test]
fn settings_out_of_range_are_refused_before_counting() {
    assert!(Analysis::new().prior_words(0.0).run(&sample()).is_err());
    let settings = CountSettings { phrase_min_npmi: 2.0, ..CountSettings::default() };
    assert!(Analysis::new().counting(settings).run(&sample()).is_err());
    let unknown = Comparison::parse_list("2024:2031").expect("valid");
    assert!(Analysis::new().compare(unknown).run(&sample()).unwrap_err().to_string().contains("2031"));
}

#[test]
fn one_year_is_nothing_to_compare() {
    let corpus = Corpus::from_texts([("a.txt", 2024, "Ein Text.")]).expect("readable");
    let error = Analysis::new().run(&corpus).unwrap_err();
    assert!(matches!(error.kind(), wandel::ErrorKind::NothingToCompare { .. }));
    assert!(Analysis::new().allow_one_year(true).run(&corpus).is_ok());
}
