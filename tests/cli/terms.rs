//! `wandel terms`: the top terms of each session.

use crate::support::Workdir;

/// The terms below the session with this id.
fn terms<'r>(stdout: &'r str, id: &str) -> Vec<&'r str> {
    let mut lines = stdout.lines().skip_while(|l| l.split_whitespace().nth(1) != Some(id));
    lines.next().unwrap_or_else(|| panic!("no {id} in\n{stdout}"));
    lines
        .next()
        .unwrap_or_default()
        .split(", ")
        .map(|t| t.trim().rsplit_once(' ').map_or(t, |(term, _)| term))
        .collect()
}

#[test]
fn one_year_is_enough() {
    let work = Workdir::with_articles();
    let run = work.run(&["terms", "2024.txt"]).fine().silent();
    run.row("2024 2024.txt#2");
    let top = terms(&run.stdout, "2024.txt#2");
    assert!(top.contains(&"Notfallpläne") && top.contains(&"Cyberangriff"), "{top:?}");
    for word in ["Wirth", "Jonas", "sagte", "der", "und"] {
        assert!(!top.contains(&word), "{word} is no topic: {top:?}");
    }
    let weights: Vec<f64> = run
        .stdout
        .lines()
        .nth(3)
        .expect("terms")
        .split(", ")
        .map(|t| t.rsplit_once(' ').expect("a weight").1.parse().expect("a number"))
        .collect();
    assert!(weights.len() > 3 && weights.is_sorted_by(|a, b| a >= b), "{weights:?}");
    assert!(!run.stdout.contains("2024.txt#5"), "thanks never count:\n{}", run.stdout);
}

#[test]
fn top_says_how_many() {
    let work = Workdir::with_articles();
    let run = work.run(&["terms", "2024.txt", "--top", "2"]).fine();
    assert_eq!(terms(&run.stdout, "2024.txt#3"), ["Onlineformulare", "Meldeamt"]);
    let run = work.run(&["terms", "2024.txt", "--top", "1"]).fine();
    assert_eq!(terms(&run.stdout, "2024.txt#4"), ["Schulungen"]);
}

#[test]
fn counting_options_reach_the_count() {
    let work = Workdir::with_articles();
    let top = |args: &[&str], id: &str| -> Vec<String> {
        let run = work.run(&[&["terms", "2024.txt", "--top", "30"], args].concat()).fine();
        terms(&run.stdout, id).into_iter().map(str::to_owned).collect()
    };
    let has = |terms: Vec<String>, word: &str| terms.iter().any(|t| t == word);
    assert!(has(top(&[], "2024.txt#2"), "Server") && !has(top(&["--no-titles"], "2024.txt#2"), "Server"));
    assert!(!has(top(&[], "2024.txt#2"), "Wirth") && has(top(&["--keep-names"], "2024.txt#2"), "Wirth"));
    assert!(
        has(top(&[], "2024.txt#3"), "Meldeamt") && !has(top(&["--stop-words", "meldeamt"], "2024.txt#3"), "Meldeamt")
    );
    assert!(!has(top(&[], "2024.txt#3"), "Wege, erklärte"), "no phrase over a comma");
}

#[test]
fn two_years_share_one_vocabulary() {
    let work = Workdir::with_articles();
    let run = work.run(&["terms", "."]).fine().silent();
    assert_eq!(run.stdout.lines().filter(|l| l.starts_with("2024 ") || l.starts_with("2025 ")).count(), 8);
    assert_eq!(terms(&run.stdout, "2025.txt#2")[0], "KI");
}
