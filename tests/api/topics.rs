//! The table that themes are looked for in, from outside.

use wandel::Analysis;
use wandel::counts::ConceptKind;
use wandel::stats::factorize::{FactorizeSettings, factorize};

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
