//! The nearest talk of another year.

use wandel::{Analysis, Corpus};

use crate::support::sample;

#[test]
fn the_nearest_talk_is_the_one_with_the_largest_cosine() {
    let trends = Analysis::new().run(&sample()).unwrap();
    let matrix = trends.matrix();
    let vector = |row: usize| trends.top_terms(row, 40, true);
    let cosine = |a: usize, b: usize| {
        let (a, b) = (vector(a), vector(b));
        let length = |v: &[(u32, f64)]| v.iter().map(|t| t.1 * t.1).sum::<f64>().sqrt();
        let dot: f64 = a.iter().map(|x| x.1 * b.iter().find(|y| y.0 == x.0).map_or(0.0, |y| y.1)).sum();
        dot / (length(&a) * length(&b))
    };
    let all = trends.nearest_talks();
    assert!(all.len() > 20, "{} of 26 talks", all.len());
    for n in all {
        assert_ne!(matrix.year(n.row), matrix.year(n.other));
        assert!((n.cosine - cosine(n.row, n.other)).abs() < 1e-9);
        let talks = (0..matrix.n_sessions()).filter(|&r| trends.corpus().sessions()[matrix.session(r)].is_talk());
        let best =
            talks.filter(|&r| matrix.year(r) != matrix.year(n.row)).map(|r| cosine(n.row, r)).fold(0.0, f64::max);
        assert!((n.cosine - best).abs() < 1e-9, "row {}: {} and {best}", n.row, n.cosine);
        assert!(!n.shared.is_empty() && n.shared.len() <= 3);
        let back = all.iter().find(|m| m.row == n.other).map(|m| m.other);
        assert_eq!(n.mutual, back == Some(n.row));
    }
}

#[test]
fn talks_that_share_nothing_have_no_nearest_one() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [(2024, "a", "Chatbot im Rathaus"), (2024, "b", "Glasfaser"), (2025, "c", "Chatbot für Bürger")];
    let lines = rows.map(|(year, id, text)| format!(r#"{{"id": "{id}", "year": {year}, "text": "{text}"}}"#));
    let file = folder.path().join("t.jsonl");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let trends = Analysis::new().run(&Corpus::from_path(&file).unwrap()).unwrap();
    let id = |row: usize| trends.corpus().sessions()[trends.matrix().session(row)].id.as_str();
    let pairs: Vec<(&str, &str, bool)> =
        trends.nearest_talks().iter().map(|n| (id(n.row), id(n.other), n.mutual)).collect();
    assert_eq!(pairs, [("t.jsonl:a", "t.jsonl:c", true), ("t.jsonl:c", "t.jsonl:a", true)]);
}
