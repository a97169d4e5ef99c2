//! The table that themes are looked for in, from outside.

use wandel::Analysis;
use wandel::Corpus;
use wandel::counts::ConceptKind;
use wandel::stats::factorize::{FactorizeSettings, factorize};
use wandel::trends::{FoundSettings, FoundTheme, Trends};

use crate::support::sample;

#[test]
fn the_topic_table_holds_the_talks_and_what_tells_them_apart() {
    let trends = Analysis::new().evidence(false).run(&sample()).expect("two years");
    let table = trends.topic_table().expect("counts fit");
    let talks = trends.corpus().talks().count();
    assert_eq!((table.weights.n_rows(), table.counts.n_rows()), (talks, talks));
    assert_eq!((table.weights.n_columns(), table.counts.n_columns()), (table.concepts.len(), table.concepts.len()));
    for (column, &id) in table.counts.columns().zip(&table.concepts) {
        let concept = trends.concepts().get(id);
        let df = column.document_frequency();
        assert!((3..=(talks / 4).max(3)).contains(&df), "{} stands in {df} talks", concept.key);
        assert!(concept.is_ranked() && concept.kind != ConceptKind::Person, "{}", concept.key);
        // All talks are rows, so a concept is never counted more often here than in the matrix.
        let matrix = trends.matrix();
        let all = |row| matrix.row(row).iter().filter(|t| t.concept == id).map(|t| u64::from(t.count)).sum::<u64>();
        assert!(column.total() <= (0..matrix.n_sessions()).map(all).sum());
    }
    for row in 0..talks {
        let square: f32 = table.weights.row(row).map(|c| c.1 * c.1).sum();
        assert!(square == 0.0 || (square - 1.0).abs() < 1e-5, "row {row}: {square}");
    }
    let fit = factorize(&table.weights, 3, &FactorizeSettings::default());
    let top = fit.characteristic(5);
    assert!(top.len() == 3 && top.iter().all(|t| !t.is_empty() && t.is_sorted_by(|a, b| a.1 >= b.1)));
}

const FIELDS: [[&str; 6]; 5] = [
    ["harbour", "vessel", "captain", "sailor", "anchor", "cargo"],
    ["garden", "flower", "orchard", "blossom", "meadow", "hedge"],
    ["violin", "concert", "melody", "orchestra", "rhythm", "singer"],
    ["kitchen", "recipe", "pepper", "oven", "dessert", "cheese"],
    ["rocket", "orbit", "satellite", "astronaut", "telescope", "galaxy"],
];
/// What half of the talks on the first field are about, and the other half.
#[rustfmt::skip]
const WITHIN: [[&str; 12]; 2] = [
    ["storm", "lighthouse", "rescue", "lifeboat", "helicopter", "wreck", "rope", "siren", "cliff", "wave", "fog", "flare"],
    ["tariff", "customs", "insurance", "invoice", "contract", "tax", "bank", "broker", "price", "trade", "quota", "lawyer"],
];

/// Three years of 150 talks; those of the first field are about the one thing in it in 2021 and half of 2022, then about the
/// other.
fn planted() -> Corpus {
    let mut texts = Vec::new();
    for year in 2021..=2023 {
        for n in 0..150usize {
            let field = n % 5;
            let within = usize::from(year == 2023 || (year == 2022 && n % 2 == 0));
            let pick =
                |list: &[&str], i: usize| list[(((n * 31 + i * 17 + 7) * 2_654_435_761) >> 9) % list.len()].to_owned();
            let sentence = |i: usize| {
                let own: String = format!("{n}x{i}").bytes().map(|b| char::from(b'a' + b % 26)).collect();
                let of_year = i + 10 * year as usize;
                let second = if field == 0 { pick(&WITHIN[within], of_year) } else { pick(&FIELDS[field], of_year) };
                let [first, third] = [of_year + 100, of_year + 200].map(|i| pick(&FIELDS[field], i));
                format!("The {first} of {own} and the {second} need a {third}.")
            };
            texts.push((format!("{year}-{n:03}.txt"), year, (0..6).map(sentence).collect::<Vec<_>>().join(" ")));
        }
    }
    Corpus::from_texts(texts.iter().map(|(name, year, text)| (name.as_str(), *year, text.as_str()))).expect("readable")
}

fn labels(trends: &Trends, theme: &FoundTheme) -> Vec<String> {
    theme.concepts.iter().map(|c| trends.concepts().get(c.0).label.clone()).collect()
}

#[test]
fn a_theme_is_made_of_subthemes() {
    let five = FoundSettings { number: Some(5), ..FoundSettings::default() };
    let trends = Analysis::new().evidence(false).found_themes(five).run(&planted()).expect("three years");
    let found = trends.found_themes().expect("looked for");
    let about = |theme: &FoundTheme, words: &[&str]| {
        labels(&trends, theme).iter().filter(|l| words.contains(&l.as_str())).count() >= 4
    };
    let sea = found.themes.iter().position(|t| about(t, &FIELDS[0])).expect("the field is a theme");
    for (words, peak) in WITHIN.iter().zip([2021, 2023]) {
        let own = found.subthemes_of(sea).find(|s| about(s, words)).expect("what a part of its talks is about");
        assert!(!about(own, &FIELDS[0]), "what all of them name tells none from another");
        let place = found.subthemes.iter().position(|s| s.name == own.name).expect("a subtheme");
        let named = |year: i32| {
            let cells = found.subtheme_mentions.column(place).cells();
            cells.filter(|cell| trends.matrix().year(cell.0) == year).map(|cell| cell.1).sum::<u32>()
        };
        assert!(named(peak) > 3 * named(4044 - peak), "it stands in {peak}");
        let tested = trends.subtheme_shifts().iter().filter(|s| s.key == own.name).filter(|s| s.test.q.is_some());
        assert_eq!(tested.count(), trends.comparisons().len());
    }
    assert!(trends.families().iter().any(|f| f.kind == "subthemes" && f.tests == found.subthemes.len()));
}

#[test]
fn themes_have_a_rank_in_each_year() {
    let trends = Analysis::new().evidence(false).run(&planted()).expect("three years");
    let tables = trends.report("").tables();
    let ranks = tables.iter().find(|t| t.name == "theme_ranks").expect("three years");
    let column = |name: &str| ranks.header.iter().position(|h| *h == name).expect("the column");
    let text = |row: &[wandel::report::Cell], name: &str| format!("{:?}", row[column(name)]);
    let found = trends.found_themes().expect("looked for");
    assert_eq!(ranks.rows.len(), 3 * found.all().count());
    for pair in ranks.rows.windows(2) {
        let same = ["year", "level", "parent"].iter().all(|name| text(&pair[0], name) == text(&pair[1], name));
        let [(a, m), (b, n)] = [&pair[0], &pair[1]].map(|row| {
            let number = |name: &str| match row[column(name)] {
                wandel::report::Cell::Int(n) => n,
                _ => panic!("{name} is no number"),
            };
            (number("rank"), number("count"))
        });
        assert!(if same { a <= b && m >= n && (a == b) == (m == n) } else { b == 1 }, "{pair:?}");
    }
}

#[test]
fn years_can_weigh_the_same_and_tests_then_repeat_the_fit() {
    let run = |equal_years: bool| {
        let found = FoundSettings { equal_years, number: Some(5), ..FoundSettings::default() };
        Analysis::new().evidence(false).found_themes(found).run(&planted()).expect("three years")
    };
    let (plain, equal) = (run(false), run(true));
    assert_ne!(plain.settings()["equal_years"], equal.settings()["equal_years"]);
    assert!(plain.subtheme_shifts().iter().any(|s| s.test.p.is_some()));
    assert!(equal.subtheme_shifts().iter().all(|s| s.test.is_empty()) && equal.found_lines().is_empty());
    assert!(equal.successions().iter().all(|level| level.level != "found"));
    let p: Vec<f64> = equal.found_shifts().iter().filter_map(|s| s.test.p).collect();
    assert!(!p.is_empty() && p.iter().all(|p| *p >= 0.01), "{p:?}");
    assert!(equal.found_shifts().iter().all(|s| s.test.q.is_none_or(|q| q >= 0.01)));
    // Years of the same size: the same fit, and no theme as a whole moves.
    assert_eq!(plain.found_themes().expect("looked for").themes, equal.found_themes().expect("looked for").themes);
    assert!(p.iter().all(|p| *p > 0.05), "{p:?}");
}
