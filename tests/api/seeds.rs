//! The case wandel was born for: what was counted there by hand.

use wandel::text::{Rule, Rules};
use wandel::{Analysis, Corpus, CountSettings, SessionKind, Trends};

use crate::support::{Hand, count_spellings, is_ki, sample, shared, with_themes};

fn check(trends: &Trends) {
    let ki = count_spellings(trends, "ai", is_ki);
    assert_eq!(ki, Hand { mentions: [4, 14], talks: [1, 4], with_framing: [4, 15] });
    let sovereignty = count_spellings(trends, "digital_sovereignty", |s| {
        s.to_lowercase().starts_with("digitale") && s.ends_with("Souveränität")
    });
    assert_eq!(sovereignty, Hand { mentions: [0, 2], talks: [0, 1], with_framing: [0, 3] });
    let cyber = count_spellings(trends, "cybersecurity", |s| s.to_lowercase().contains("cyber"));
    assert_eq!(cyber, Hand { mentions: [8, 2], talks: [3, 2], with_framing: [9, 2] });

    // The concept itself, a phrase counted over its inflections, says the same.
    let concept = trends
        .term_shifts()
        .iter()
        .find(|s| s.label == "digitale Souveränität" || s.label == "digitaler Souveränität")
        .expect("a phrase");
    assert_eq!((concept.from.count, concept.to.count, concept.to.sessions, concept.to.framing), (0, 2, 1, 1));

    // The theme table is true to that.
    let shift = |name: &str| trends.theme_shifts().iter().find(|s| s.key == name).expect("in the table");
    assert!(shift("cybersecurity").effect < -1.5);
    assert!(shift("security").effect.abs() < 0.75, "security as a whole moves less: {}", shift("security").effect);
    assert_eq!(shift("security").from.sessions, shift("security").to.sessions);
    assert!(shift("ai").effect > 1.0 && shift("digital_sovereignty").effect > 0.9);

    // 13 talks a year, and the caution that goes with it.
    for year in [2024, 2025] {
        assert_eq!(
            trends.corpus().sessions().iter().filter(|s| s.year == year && s.kind == SessionKind::Session).count(),
            13
        );
    }
    let report = trends.report("").to_markdown();
    assert!(report.contains("in mindestens 5 von 13"), "the report says how little 13 talks can prove");
    assert!(
        report.contains("Cybersicherheit wird seltener genannt")
            && report.contains("Künstliche Intelligenz wird häufiger genannt")
    );
}

#[test]
fn hand_counted_figures_of_the_seeds() {
    let Some(folder) = shared("seeds") else { return };
    check(&with_themes(&Corpus::from_path(folder).expect("readable")));
}

#[test]
fn hand_counted_figures_of_the_sample() {
    check(&with_themes(&sample()));
}

/// The sample tells the facts of the seeds: the same mentions of every theme in every session, give or take one.
#[test]
fn the_sample_is_true_to_the_seeds() {
    let Some(folder) = shared("seeds") else { return };
    let (ours, theirs) = (with_themes(&sample()), with_themes(&Corpus::from_path(folder).expect("readable")));
    let (a, b) = (ours.themes().expect("given"), theirs.themes().expect("given"));
    assert_eq!(a.sessions.dim(), b.sessions.dim());
    let mut wrong = Vec::new();
    for (place, &n) in a.sessions.indexed_iter() {
        let other = b.sessions[place];
        if (n - other).abs() > 1.0 {
            wrong.push(format!(
                "{} / {}: {n} instead of {other}",
                ours.corpus().sessions()[place.0].id,
                a.themes.themes[place.1].name
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Mentions and talks of a concept in the earlier and the later year, compounds included.
fn with_compounds(trends: &Trends, key: &str) -> [(u64, usize); 2] {
    let shift = trends.term_shifts().iter().find(|s| s.key == key).unwrap_or_else(|| panic!("no concept {key}"));
    [shift.from, shift.to].map(|side| (side.count_with_compounds(), side.sessions_with_compounds))
}

/// The concepts themselves say what was counted by hand.
fn check_concepts(corpus: &Corpus) {
    let talks = Analysis::new().run(corpus).expect("two years");
    let all = Analysis::new().include_framing(true).run(corpus).expect("two years");
    let (ki, sovereignty) = ("KI", "digital souveränität");
    assert_eq!(with_compounds(&talks, ki), [(4, 1), (14, 4)]);
    assert_eq!(with_compounds(&all, ki).map(|s| s.0), [4, 15]);
    assert_eq!(with_compounds(&talks, sovereignty), [(0, 0), (2, 1)]);
    assert_eq!(with_compounds(&all, sovereignty).map(|s| s.0), [0, 3]);
    let label = |key: &str| talks.concepts().get(talks.concepts().by_key(key).expect("there")).label.clone();
    assert_eq!((label(ki), label(sovereignty)), ("KI".into(), "digitale Souveränität".into()));
    // Without the rules: the letters KI alone.
    let rules = Rules::all().without(Rule::Compounds).without(Rule::Acronyms);
    let settings = CountSettings { rules, ..CountSettings::default() };
    let bare = Analysis::new().counting(settings).run(corpus).expect("two years");
    assert!(with_compounds(&bare, ki)[1].0 < 14, "the count with compounds hangs on the rules");
}

#[test]
fn concepts_of_the_seeds_are_as_counted_by_hand() {
    let Some(folder) = shared("seeds") else { return };
    check_concepts(&Corpus::from_path(folder).expect("readable"));
}

#[test]
fn concepts_of_the_sample_are_as_counted_by_hand() {
    check_concepts(&sample());
}

/// What must lead no ranking and no talk: stop and recap words, single letters, numbers, fragments, parts of a
/// speaker's name.
fn noise(trends: &Trends) -> Vec<String> {
    let german = wandel::Language::De;
    let recap: Vec<&str> = wandel::text::language::recap_words(german).collect();
    let names: Vec<&str> =
        trends.corpus().sessions().iter().flat_map(|s| &s.speakers).flat_map(|n| n.split_whitespace()).collect();
    let is_noise = |label: &str| {
        let lower = label.to_lowercase();
        wandel::text::language::stop_words(german).contains(lower.as_str())
            || recap.contains(&lower.as_str())
            || label.chars().count() < 2
            || !label.chars().any(char::is_alphabetic)
            || label.starts_with('-')
            || label.ends_with('-')
            || label.split([' ', '-']).any(|part| names.contains(&part))
    };
    let mut labels: Vec<String> = Vec::new();
    for ranking in [trends.rising(), trends.falling()] {
        labels.extend(ranking.top(20).rows.iter().map(|s| s.label.to_string()));
    }
    for row in 0..trends.matrix().n_sessions() {
        if trends.corpus().sessions()[trends.matrix().session(row)].is_talk() {
            labels.extend(trends.top_terms(row, 5, true).iter().map(|t| trends.concepts().get(t.0).label.clone()));
        }
    }
    assert!(labels.len() >= 40 + 26 * 3);
    labels.retain(|l| is_noise(l));
    labels
}

#[test]
fn no_noise_leads_the_sample() {
    assert_eq!(noise(&with_themes(&sample())), [""; 0]);
}

#[test]
fn no_noise_leads_the_seeds() {
    let Some(folder) = shared("seeds") else { return };
    assert_eq!(noise(&with_themes(&Corpus::from_path(folder).expect("readable"))), [""; 0]);
}
