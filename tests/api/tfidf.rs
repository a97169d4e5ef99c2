//! TF-IDF against scikit-learn.

use std::collections::BTreeMap;

use serde::Deserialize;
use wandel::stats::tfidf::{document_frequencies, idf, weights};
use wandel::{Analysis, Corpus, CountSettings};

use crate::support::here;

#[derive(Deserialize)]
struct Reference {
    documents: Vec<String>,
    terms: Vec<String>,
    idf: Vec<f64>,
    weights: Vec<BTreeMap<String, f64>>,
}

fn reference() -> Reference {
    serde_json::from_slice(&std::fs::read(here("tests/reference/tfidf.json")).expect("there")).expect("valid")
}

#[test]
fn the_formula_is_that_of_scikit_learn() {
    let reference = reference();
    let column = |term: &str| reference.terms.iter().position(|t| t == term).expect("listed") as u32;
    let rows: Vec<Vec<(u32, f64)>> = reference
        .documents
        .iter()
        .map(|d| {
            let mut counts: BTreeMap<u32, f64> = BTreeMap::new();
            d.split(' ').for_each(|w| *counts.entry(column(w)).or_default() += 1.0);
            counts.into_iter().collect()
        })
        .collect();
    let df = document_frequencies(rows.iter().map(Vec::as_slice), reference.terms.len());
    for (term, expected) in df.iter().zip(&reference.idf) {
        assert!((idf(rows.len(), *term) - expected).abs() < 1e-12);
    }
    for (row, expected) in rows.iter().zip(&reference.weights) {
        let weights = weights(row, |c| idf(rows.len(), df[c as usize]));
        for ((c, _), weight) in row.iter().zip(weights) {
            assert!((weight - expected[&reference.terms[*c as usize]]).abs() < 1e-12);
        }
    }
}

/// The same values through the whole pipeline: each document a talk of its own.
#[test]
fn the_pipeline_gives_the_same_weights() {
    let reference = reference();
    let capital = |w: &str| w[..1].to_uppercase() + &w[1..];
    let nouns = |d: &str| {
        d.split(' ')
            .map(|w| if w.starts_with('ü') { w.replacen('ü', "Ü", 1) } else { capital(w) })
            .collect::<Vec<_>>()
            .join(". ")
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rows: Vec<String> = reference
        .documents
        .iter()
        .enumerate()
        .map(|(i, d)| format!("{{\"year\": {}, \"lang\": \"de\", \"text\": \"{}\"}}", 2020 + i % 2, nouns(d)))
        .collect();
    std::fs::write(folder.path().join("t.jsonl"), rows.join("\n")).expect("written");
    let corpus = Corpus::from_path(folder.path()).expect("readable");
    let settings = CountSettings { drop_names: false, phrases: false, ..CountSettings::default() };
    let trends = Analysis::new().counting(settings).run(&corpus).expect("two years");
    for row in 0..trends.matrix().n_sessions() {
        let session = &trends.corpus().sessions()[trends.matrix().session(row)];
        let expected = &reference.weights[session.ordinal - 1];
        let found = trends.top_terms(row, usize::MAX, false);
        assert_eq!(found.len(), expected.len());
        for (concept, weight) in found {
            let label = trends.concepts().get(concept).label.to_lowercase();
            assert!((weight - expected[&label]).abs() < 1e-12, "{label}: {weight} instead of {}", expected[&label]);
        }
    }
}
