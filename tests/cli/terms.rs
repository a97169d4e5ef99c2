//! `wandel terms`: the top terms of each session.

use crate::support::Workdir;

/// The terms of the session with this id, with their weights.
fn weighed<'r>(stdout: &'r str, id: &str) -> Vec<(&'r str, f64)> {
    let line = stdout.lines().find(|l| l.split_whitespace().nth(1) == Some(id));
    let line = line.unwrap_or_else(|| panic!("no {id} in\n{stdout}"));
    // The last column.
    let start = stdout.lines().next().and_then(|head| head.find("terms with TF-IDF")).expect("a head");
    let list: &str = &line[line.char_indices().nth(start).expect("terms").0..];
    list.split(", ")
        .map(|t| t.rsplit_once(' ').map(|(t, w)| (t, w.parse().expect("a number"))).expect("a weight"))
        .collect()
}

fn terms<'r>(stdout: &'r str, id: &str) -> Vec<&'r str> {
    weighed(stdout, id).into_iter().map(|t| t.0).collect()
}

#[test]
fn one_year_is_enough() {
    let work = Workdir::with_articles();
    let run = work.run(&["terms", "2024.txt"]).fine().silent();
    run.row("2024  2024.txt#2");
    let top = terms(&run.stdout, "2024.txt#2");
    assert!(top.contains(&"Notfallpläne") && top.contains(&"Cyberangriff"), "{top:?}");
    for word in ["Wirth", "Jonas", "sagte", "der", "und"] {
        assert!(!top.contains(&word), "{word} is no topic: {top:?}");
    }
    let weights: Vec<f64> = weighed(&run.stdout, "2024.txt#2").into_iter().map(|t| t.1).collect();
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

#[test]
fn csv_and_json_have_a_row_a_term() {
    let work = Workdir::with_articles();
    let run = work.run(&["terms", ".", "--top", "3", "--format", "csv"]).fine().silent();
    let rows: Vec<Vec<&str>> = run.stdout.lines().map(|l| l.split(',').collect()).collect();
    assert_eq!(rows[0].join(","), "year,session_id,session_kind,title,rank,concept,label,count,tfidf");
    let of_session: Vec<_> = rows.iter().filter(|r| r[1] == "2024.txt#3").collect();
    assert_eq!(of_session.iter().map(|r| r[4]).collect::<Vec<_>>(), ["1", "2", "3"]);
    let json = work.run(&["terms", ".", "--top", "3", "--format", "json"]).fine().stdout;
    let json: Vec<serde_json::Value> = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json.len(), rows.len() - 1);
    assert!(json.iter().all(|t| t["year"].is_i64() && t["tfidf"].is_f64() && t["label"].is_string()), "{json:?}");
}
