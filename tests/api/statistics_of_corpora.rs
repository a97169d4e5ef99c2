//! Tests, intervals and verdicts of whole corpora: what may be said, and what must not.

use std::sync::atomic::{AtomicUsize, Ordering};

use wandel::analysis::StatisticsSettings;
use wandel::report::Table;
use wandel::stats::design::Scheme;
use wandel::stats::random::Random;
use wandel::trends::{Blocks, Certainty, Verdict, Watch};
use wandel::{Analysis, Corpus, CountSettings, Shift, ThemeFile, Trends};

use crate::support::{sample, shared, with_themes};

const NOUNS: [&str; 22] = [
    "Garten",
    "Brücke",
    "Schule",
    "Wasser",
    "Straße",
    "Bücherei",
    "Drohne",
    "Server",
    "Radweg",
    "Kläranlage",
    "Feuerwehr",
    "Archiv",
    "Haushalt",
    "Spielplatz",
    "Bahnhof",
    "Markt",
    "Museum",
    "Theater",
    "Wald",
    "Energie",
    "Wohnung",
    "Verein",
];

/// A talk of a table: year, cluster, the nouns it names.
struct Talk {
    year: i32,
    cluster: String,
    nouns: Vec<&'static str>,
}

/// The nouns among made-up words that are others in every talk: equal texts and lines of a template would not count.
fn text(nouns: &[&str], talk: u64) -> String {
    let mut random = Random::new(17, talk);
    let mut syllables = |n: usize| -> String {
        (0..n)
            .map(|_| ["ba", "ke", "li", "mo", "nu", "ra", "se", "to", "wi", "zu"][random.below(10) as usize])
            .collect()
    };
    let mut words: Vec<String> = nouns.iter().map(|n| format!("{} {n} {}", syllables(4), syllables(3))).collect();
    words.push(syllables(5));
    words.join(" ") + "."
}

/// A table of talks with a column `cluster`.
fn corpus(talks: &[Talk]) -> Corpus {
    let rows: Vec<String> = talks
        .iter()
        .zip(0..)
        .map(|(t, i)| {
            let (year, cluster, text) = (t.year, &t.cluster, text(&t.nouns, i));
            format!("{{\"year\": {year}, \"lang\": \"de\", \"cluster\": \"{cluster}\", \"text\": \"{text}\"}}")
        })
        .collect();
    // Texts are read again while they are counted: the file must stay.
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("statistics-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("t.jsonl"), rows.join("\n")).expect("written");
    Corpus::from_path(folder).expect("readable")
}

/// `n` talks a year in clusters of four; each names each noun with a chance of one third, and `Roboter` with `chances`
/// by year. With `alike`, a cluster names a noun in all of its talks or in none.
fn random_talks(n: usize, chances: &[f64], alike: bool) -> Vec<Talk> {
    let mut random = Random::new(5, 0);
    let mut talks = Vec::new();
    for (year, &chance) in (2020..).zip(chances) {
        let mut nouns: Vec<&'static str> = Vec::new();
        for i in 0..n {
            if !alike || i % 4 == 0 {
                nouns = NOUNS.into_iter().filter(|_| random.unit() < 0.33).collect();
            }
            let mut own = nouns.clone();
            own.extend((random.unit() < chance).then_some("Roboter"));
            own.push("Rathaus");
            talks.push(Talk { year, cluster: format!("{year}-{}", i / 4), nouns: own });
        }
    }
    talks
}

fn analysis(settings: StatisticsSettings) -> Analysis {
    let counting = CountSettings { phrases: false, ..CountSettings::default() };
    Analysis::new().counting(counting).evidence(false).statistics(settings)
}

fn run(talks: &[Talk], blocks: Blocks) -> Trends {
    analysis(StatisticsSettings { blocks, ..StatisticsSettings::default() }).run(&corpus(talks)).expect("years")
}

fn tag() -> Blocks {
    Blocks::parse("cluster")
}

#[track_caller]
fn shift<'t>(shifts: &'t [Shift], label: &str) -> &'t Shift {
    shifts.iter().find(|s| s.label == label || s.key == label).unwrap_or_else(|| panic!("no {label}"))
}

fn has(trends: &Trends, code: &str) -> bool {
    trends.warnings().iter().any(|w| w.code == code)
}

fn confirmed(trends: &Trends) -> usize {
    trends.term_shifts().iter().filter(|s| s.test.certainty == Some(Certainty::Confirmed)).count()
}

/// Thirteen talks a year can confirm nothing, and the report says what would be needed.
fn nothing_is_confirmed(corpus: &Corpus) {
    let trends = with_themes(corpus);
    assert!(has(&trends, "year-is-source"));
    // Whole articles would be one against one: that is no advice.
    let clusters = trends.warnings().iter().find(|w| w.code == "undeclared-blocks").expect("a warning");
    assert!(!clusters.message.contains("--block article"), "{}", clusters.message);
    for name in ["cybersecurity", "digital_sovereignty", "ai"] {
        let theme = shift(trends.theme_shifts(), name);
        assert_eq!(theme.test.certainty, Some(Certainty::Open), "{name}: {:?}", theme.test);
        let p = theme.test.p.expect("tested");
        assert!(p > 0.05 && p < 0.95, "{name}: {p}");
        assert!(theme.test.q.is_some_and(|q| q >= p));
        let (low, high) = (theme.test.low.expect("an interval"), theme.test.high.expect("an interval"));
        assert!(low < theme.effect && theme.effect < high && low < 0.0 && high > 0.0, "{name}: {low} {high}");
        assert!(theme.test.minimum_detectable.is_some_and(|x| x > theme.effect.abs()), "{name}");
    }
    let all = trends.term_shifts().iter().chain(trends.theme_shifts());
    assert!(all.clone().all(|s| s.test.certainty != Some(Certainty::Confirmed)));
    for s in all {
        let t = &s.test;
        assert!(t.p.is_none_or(|p| p > 0.0 && p <= 1.0), "{}: {t:?}", s.key);
        assert_eq!(t.p.is_none(), t.smallest_p > wandel::trends::DECIDABLE_P || s.from.count + s.to.count == 0);
        assert!(t.certainty.is_none() || !matches!(t.verdict, Verdict::Undecided | Verdict::NotDecidable));
    }
    assert!(trends.families().iter().all(|f| f.units == (13, 13) && f.scheme == Scheme::Sessions));
    let report = trends.report("").to_markdown();
    assert!(
        report.contains("Was nötig wäre: Um bei so vielen Vorträgen wahrscheinlich (80 %) aufzufallen"),
        "{report}"
    );
    assert!(report.contains("Belegte Veränderungen: 0, angedeutete: "), "{report}");
    assert!(report.contains("gesehen, nicht belegt") && !report.contains("belegt (q"), "{report}");
}

#[test]
fn nothing_is_confirmed_of_the_sample() {
    nothing_is_confirmed(&sample());
}

#[test]
fn nothing_is_confirmed_of_the_seeds() {
    let Some(folder) = shared("seeds") else { return };
    nothing_is_confirmed(&Corpus::from_path(folder).expect("readable"));
}

#[test]
fn three_years_without_themes_have_trends() {
    let trends = run(&random_talks(24, &[0.1, 0.5, 0.9], false), Blocks::Independent);
    assert!(trends.themes().is_none() && trends.theme_lines().is_empty());
    let line = trends.term_lines().iter().find(|l| l.label == "Roboter").expect("named in many talks");
    assert!(line.p.is_some_and(|p| p < 0.001) && line.q.is_some_and(|q| q < 0.05) && line.tau == Some(1.0), "{line:?}");
    let (low, high) = line.interval.expect("three years");
    assert!(0.0 < low && low < line.slope && line.slope < high, "{line:?}");
    assert_eq!(line.rates.len(), 3);
    assert!(trends.term_lines().iter().filter(|l| l.q.is_some_and(|q| q <= 0.05)).count() <= 3);
    let folder = tempfile::tempdir().expect("a temporary folder");
    trends.report("").write_to(folder.path().join("out")).expect("written");
    let table = std::fs::read_to_string(folder.path().join("out/tables/term_trends.csv")).expect("written");
    assert!(table.starts_with("concept,label,sessions,slope,slope_low,slope_high,kendall_tau,p,q,year_of_change"));
    assert!(table.contains("Roboter") && !folder.path().join("out/tables/theme_trends.csv").exists());
}

#[test]
fn two_years_have_no_trends() {
    let trends = run(&random_talks(12, &[0.1, 0.9], false), Blocks::Independent);
    assert!(trends.term_lines().is_empty());
    assert!(trends.report("").tables().iter().all(|t| t.name != "term_trends"));
}

#[test]
fn blocks_of_one_year_are_dealt_whole() {
    let trends = run(&random_talks(48, &[0.2, 0.6], false), tag());
    let family = &trends.families()[0];
    assert_eq!((family.scheme, family.units), (Scheme::WholeBlocks, (12, 12)));
    assert!(!has(&trends, "undeclared-blocks") && !has(&trends, "dependent-talks"));
    // Shifts still count talks.
    assert_eq!(shift(trends.term_shifts(), "Rathaus").from.sessions, 48);
}

#[test]
fn blocks_of_both_years_are_dealt_within() {
    let mut talks = random_talks(24, &[0.1, 0.8], false);
    talks.iter_mut().zip(0..).for_each(|(t, i)| t.cluster = format!("place {}", i % 3));
    let trends = run(&talks, tag());
    let family = &trends.families()[0];
    assert_eq!((family.scheme, family.units), (Scheme::WithinBlocks, (24, 24)));
    let robots = shift(trends.term_shifts(), "Roboter");
    assert_eq!(robots.test.certainty, Some(Certainty::Confirmed), "{:?}", robots.test);
}

/// What only whole clusters say is confirmed of talks, and not of clusters.
#[test]
fn talks_of_a_cluster_are_one_witness() {
    let mut talks = random_talks(16, &[0.0, 0.0], true);
    for talk in talks.iter_mut().filter(|t| ["2021-0", "2021-1", "2021-2"].contains(&t.cluster.as_str())) {
        talk.nouns.push("Roboter");
    }
    let p = |blocks| shift(run(&talks, blocks).term_shifts(), "Roboter").test.p.expect("tested");
    let (talks_p, blocks_p) = (p(Blocks::Independent), p(tag()));
    assert!(talks_p < 0.001, "{talks_p}");
    // Three of four clusters: at best one of 35 ways to deal them on each side.
    assert!(blocks_p > 0.05, "{blocks_p}");
}

#[test]
fn an_unknown_tag_is_an_error_that_names_the_known_ones() {
    let settings = StatisticsSettings { blocks: Blocks::parse("ort"), ..StatisticsSettings::default() };
    let error = analysis(settings).run(&corpus(&random_talks(8, &[0.1, 0.9], false))).unwrap_err();
    assert!(matches!(error.kind(), wandel::ErrorKind::Setting { name: "--block", .. }), "{error}");
    assert!(error.to_string().contains("article, title, id, speaker, cluster, none"), "{error}");
}

#[test]
fn undeclared_clusters_are_at_most_indicated() {
    let talks = random_talks(48, &[0.1, 0.8], false);
    let trends = run(&talks, Blocks::Undeclared);
    let warning = trends.warnings().iter().find(|w| w.code == "undeclared-blocks").expect("a warning");
    assert!(
        warning.message.contains("--block cluster") && warning.message.contains("--block none"),
        "{}",
        warning.message
    );
    let robots = shift(trends.term_shifts(), "Roboter");
    assert!(robots.test.q.is_some_and(|q| q < 0.01), "{:?}", robots.test);
    assert_eq!(robots.test.certainty, Some(Certainty::Indicated));
    assert_eq!(confirmed(&trends), 0);
    // Declared harmless, and they are: nothing is held back.
    let free = run(&talks, Blocks::Independent);
    assert!(!has(&free, "undeclared-blocks") && !has(&free, "dependent-talks"));
    let robots = shift(free.term_shifts(), "Roboter");
    assert_eq!((robots.test.verdict, robots.test.certainty), (Verdict::Rising, Some(Certainty::Confirmed)));
    assert!(confirmed(&free) <= 2);
}

#[test]
fn clusters_that_are_no_clusters_need_no_word() {
    let mut talks = random_talks(30, &[0.1, 0.8], false);
    talks.iter_mut().zip(0..).for_each(|(t, i)| t.cluster = i.to_string());
    let trends = run(&talks, Blocks::Undeclared);
    assert!(!has(&trends, "undeclared-blocks"));
    assert_eq!(shift(trends.term_shifts(), "Roboter").test.certainty, Some(Certainty::Confirmed));
}

/// Said to be independent, and they are not: each cluster says the same four times.
#[test]
fn what_is_declared_independent_is_looked_at() {
    let trends = run(&random_talks(96, &[0.1, 0.8], true), Blocks::Independent);
    let warning = trends.warnings().iter().find(|w| w.code == "dependent-talks").expect("a warning");
    assert!(warning.message.contains("--block cluster"), "{}", warning.message);
    assert_eq!(confirmed(&trends), 0);
}

fn watching(watch: Vec<Watch>) -> Trends {
    let settings = StatisticsSettings { watch, ..StatisticsSettings::default() };
    Analysis::new().statistics(settings).evidence(false).run(&sample()).expect("two years")
}

#[test]
fn watch_terms_count_compounds() {
    let watch = vec![
        Watch::Term("KI".into()),
        Watch::Term("künstliche Intelligenz".into()),
        Watch::pattern("KI").expect("valid"),
        Watch::pattern("ki(-.*)?").expect("valid"),
        Watch::Term("Gibtesnicht".into()),
    ];
    let trends = watching(watch);
    let counts = |text: &str| {
        let s = shift(trends.watch_shifts(), text);
        [(s.from.count, s.from.sessions), (s.to.count, s.to.sessions)]
    };
    // As counted by hand.
    assert_eq!(counts("KI"), [(4, 1), (14, 4)]);
    assert_eq!(counts("künstliche Intelligenz"), counts("KI"), "another spelling of the same concept");
    let all = trends.watch_shifts();
    let [bare, whole] = [&all[2], &all[3]];
    assert!(bare.from.count + bare.to.count < 18, "a pattern counts no compounds: {bare:?}");
    assert!(whole.to.count > bare.to.count, "unless it says so");
    let none = shift(all, "Gibtesnicht");
    assert_eq!((none.from.count, none.to.count, none.test.verdict, none.test.p), (0, 0, Verdict::NotDecidable, None));
    assert_eq!(trends.watched().iter().map(|w| w.text.as_str()).collect::<Vec<_>>()[3..], ["ki(-.*)?", "Gibtesnicht"]);
    assert!(trends.watched()[0].concepts.contains(&"KI".to_owned()) && trends.watched()[4].concepts.is_empty());
    let unnamed: Vec<_> = trends.warnings().iter().filter(|w| w.code == "watch-term-not-found").collect();
    assert!(unnamed.len() == 1 && unnamed[0].message.contains("Gibtesnicht"), "{unnamed:?}");
    let family = trends.families().iter().find(|f| f.kind == "watch").expect("tested");
    assert_eq!(family.tests, 4, "what nobody names is not tested");
}

/// Two years that share no length: whatever differs may come of that, and the report says so.
#[test]
fn years_of_different_lengths_are_pointed_out() {
    let mut talks = random_talks(24, &[0.2, 0.6], false);
    assert!(!has(&run(&talks, Blocks::Independent), "lengths-differ"));
    let later = talks.iter().map(|t| t.year).max().expect("talks");
    for talk in talks.iter_mut().filter(|t| t.year == later) {
        talk.nouns = talk.nouns.repeat(20);
    }
    let trends = run(&talks, Blocks::Independent);
    let warning = trends.warnings().iter().find(|w| w.code == "lengths-differ").expect("a warning");
    assert!(warning.message.contains("100 % of what parts the"), "{}", warning.message);
    assert!(trends.term_shifts().iter().all(|s| s.test.certainty.is_none()), "nothing can be told");
}

#[test]
fn bad_watch_terms_are_refused() {
    assert!(Watch::pattern("(").is_err());
    let settings = StatisticsSettings { watch: vec![Watch::Term("  ".into())], ..StatisticsSettings::default() };
    assert!(Analysis::new().statistics(settings).run(&sample()).is_err());
    let settings = StatisticsSettings { max_shuffles: 98, ..StatisticsSettings::default() };
    let error = Analysis::new().statistics(settings).run(&sample()).unwrap_err();
    assert!(error.to_string().contains("--max-shuffles"), "{error}");
}

#[test]
fn watching_changes_no_other_number() {
    let tables = |watch: Vec<Watch>| -> Vec<Table> {
        watching(watch)
            .report("")
            .tables()
            .into_iter()
            .filter(|t| !["watch_shifts", "comparisons"].contains(&t.name))
            .collect()
    };
    assert!(tables(Vec::new()) == tables(vec![Watch::Term("KI".into()), Watch::Term("Papier".into())]));
}

#[test]
fn each_setting_of_the_statistics_changes_the_tables() {
    let run = |change: &dyn Fn(&mut StatisticsSettings), framing: bool| {
        let mut settings = StatisticsSettings::default();
        change(&mut settings);
        let analysis = Analysis::new().themes(ThemeFile::builtin().expect("valid")).evidence(false);
        analysis.statistics(settings).include_framing(framing).run(&sample()).expect("two years")
    };
    let tests = |trends: &Trends| {
        let all = trends.term_shifts().iter().chain(trends.theme_shifts()).chain(trends.watch_shifts());
        all.map(|s| s.test).collect::<Vec<_>>()
    };
    let base = run(&|_| {}, false);
    let changed: [(&str, Trends); 6] = [
        ("statistics", run(&|s| s.enabled = false, false)),
        ("block", run(&|s| s.blocks = Blocks::parse("article"), false)),
        ("seed", run(&|s| s.seed = 2, false)),
        ("max_shuffles", run(&|s| s.max_shuffles = 999, false)),
        ("watch", run(&|s| s.watch = vec![Watch::Term("KI".into())], false)),
        ("include_framing", run(&|_| {}, true)),
    ];
    for (name, trends) in changed {
        assert!(tests(&trends) != tests(&base), "{name} changes no test");
        assert!(trends.report("").tables() != base.report("").tables(), "{name} changes no table");
        assert_ne!(trends.settings()[name], base.settings()[name], "{name} is not told apart in the manifest");
    }
    // Some settings change a table only where there is something to change: clusters said to be none.
    let none = run(&|s| s.blocks = Blocks::Independent, false);
    assert!(has(&base, "undeclared-blocks") && !has(&none, "undeclared-blocks"));
    assert_ne!(none.settings()["block"], base.settings()["block"]);
}

#[test]
fn without_statistics_no_cell_looks_like_one() {
    let settings = StatisticsSettings { enabled: false, ..StatisticsSettings::default() };
    let trends = Analysis::new().statistics(settings).evidence(false).run(&sample()).expect("two years");
    assert!(trends.families().is_empty() && trends.term_shifts().iter().all(|s| s.test.p.is_none()));
    let tables = trends.report("").tables();
    let table = tables.iter().find(|t| t.name == "term_shifts").expect("there");
    for name in ["p", "q", "mid_p", "smallest_p", "ci_low", "ci_high", "mean_rate_from", "mean_rate_to"] {
        let at = table.header.iter().position(|h| *h == name).expect("a column");
        assert!(table.rows.iter().all(|r| r[at] == wandel::report::Cell::Empty), "{name}");
    }
    assert!(trends.report("").to_markdown().contains("Es wurde kein Test gerechnet"));
}

/// A year that is one article tested by article: one unit a side decides nothing, and has no interval.
#[test]
fn one_block_a_year_decides_nothing() {
    let settings = StatisticsSettings { blocks: Blocks::parse("article"), ..StatisticsSettings::default() };
    let trends = Analysis::new().statistics(settings).evidence(false).run(&sample()).expect("two years");
    assert_eq!(trends.families()[0].units, (1, 1));
    for s in trends.term_shifts() {
        assert!(
            s.test.p.is_none() && s.test.low.is_none() && s.test.high.is_none() && s.test.minimum_detectable.is_none()
        );
        assert_eq!((s.test.verdict, s.test.certainty), (Verdict::NotDecidable, None), "{}", s.key);
    }
}

#[test]
fn what_one_cluster_names_ranks_behind_what_several_name() {
    // `Drohne`: in all talks of one cluster; `Server`: in one talk each of three clusters.
    let mut talks = random_talks(16, &[0.0, 0.0], false);
    for (i, talk) in talks.iter_mut().enumerate() {
        talk.nouns.retain(|n| !["Drohne", "Server"].contains(n));
        if (16..20).contains(&i) {
            talk.nouns.extend(["Drohne"; 3]);
        }
        if [20, 24, 28].contains(&i) {
            talk.nouns.push("Server");
        }
    }
    let ranks = |trends: &Trends| {
        let rows = trends.rising().rows;
        ["Drohne", "Server"].map(|label| {
            let labels = || rows.iter().map(|s| s.label.as_str()).collect::<Vec<_>>();
            rows.iter().position(|s| s.label == label).unwrap_or_else(|| panic!("{label} among {:?}", labels()))
        })
    };
    for blocks in [Blocks::Undeclared, tag()] {
        let trends = run(&talks, blocks);
        assert!(shift(trends.term_shifts(), "Drohne").test.one_cluster);
        assert!(!shift(trends.term_shifts(), "Server").test.one_cluster);
        assert!(ranks(&trends)[0] > ranks(&trends)[1], "{:?}", ranks(&trends));
    }
    let independent = run(&talks, Blocks::Independent);
    assert!(shift(independent.term_shifts(), "Drohne").test.one_cluster, "clusters are found all the same");
    talks.iter_mut().for_each(|t| t.cluster.clear());
    let without = run(&talks, Blocks::Undeclared);
    assert!(!shift(without.term_shifts(), "Drohne").test.one_cluster);
    assert!(ranks(&without)[0] < ranks(&without)[1], "{:?}", ranks(&without));
}
