//! Counting is a fold with an associative merge, to the bit.

use proptest::prelude::*;
use wandel::counts::people_by_year;
use wandel::{Corpus, CountSettings, Counts};

use crate::support::sample;

fn count(corpus: &Corpus) -> Counts {
    Counts::of(corpus, &CountSettings::default()).expect("readable")
}

fn part(corpus: &Corpus, of: usize, i: usize) -> Counts {
    let sessions: Vec<String> = corpus.sessions().iter().map(|s| s.id.clone()).collect();
    count(&corpus.filter(|s| sessions.iter().position(|id| *id == s.id).is_some_and(|p| p % of == i)))
}

#[test]
fn counts_of_parts_merge_to_the_counts_of_the_whole() {
    let corpus = sample();
    let whole = count(&corpus);
    for n in [2, 3, 7] {
        let mut parts: Vec<Counts> = (0..n).map(|i| part(&corpus, n, i)).collect();
        parts.reverse();
        let merged = parts.into_iter().reduce(|a, b| a.merge(b).expect("disjoint")).expect("at least one");
        assert!(merged == whole, "{n} parts");
    }
}

#[test]
fn merging_is_associative_and_refuses_what_does_not_fit() {
    let corpus = sample();
    let p = |i| part(&corpus, 3, i);
    let left = p(0).merge(p(1)).and_then(|x| x.merge(p(2))).expect("disjoint");
    let right = p(1).merge(p(2)).and_then(|x| p(0).merge(x)).expect("disjoint");
    assert!(left == right);
    assert!(p(0).merge(p(0)).is_err(), "the same session twice");
    let other = Counts::of(&corpus, &CountSettings { titles: false, ..CountSettings::default() }).expect("readable");
    assert!(p(0).merge(other).is_err(), "other settings");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn merge_of_random_texts(texts in prop::collection::vec("([A-Za-zäöü]{1,6}[ .,-]{1,2}){0,30}", 2..6), cut in 1usize..5) {
        let all: Vec<(String, i32, String)> = texts.into_iter().enumerate().map(|(i, t)| (format!("{i}.txt"), 2020 + i as i32, format!("Text {i}. {t}"))).collect();
        let cut = cut.min(all.len() - 1);
        let corpus = |part: &[(String, i32, String)]| Corpus::from_texts(part.to_vec()).expect("readable");
        let whole = count(&corpus(&all));
        let merged = count(&corpus(&all[..cut])).merge(count(&corpus(&all[cut..]))).expect("disjoint");
        prop_assert!(merged == whole);
    }
}

/// Sentences that name people in full, by surname, in the genitive, and words that are surnames.
const SENTENCES: [&str; 8] = [
    "Ina Lohse sprach über Akten. ",
    "Frau Lohse sagte nichts. ",
    "Lohses Rat half der Stadt. ",
    "Jan Winter kam zu spät. ",
    "Der Winter kommt. ",
    "Herr Kollege Winter dankte Frau von Seggern. ",
    "Kai Lohse blieb daheim. ",
    "Danach betonte Seggern den Termin. ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn people_of_parts_merge_to_the_people_of_the_whole(
        texts in prop::collection::vec(prop::collection::vec(0usize..8, 1..9), 2..6),
        cut in 1usize..5,
    ) {
        let text = |picks: &Vec<usize>| picks.iter().map(|&p| SENTENCES[p]).collect::<String>();
        let all: Vec<(String, i32, String)> =
            texts.iter().enumerate().map(|(i, t)| (format!("{i}.txt"), 2020 + i as i32, format!("{i}. {}", text(t)))).collect();
        let cut = cut.min(all.len() - 1);
        let corpus = |part: &[(String, i32, String)]| Corpus::from_texts(part.to_vec()).expect("readable");
        let whole = count(&corpus(&all));
        let merged = count(&corpus(&all[cut..])).merge(count(&corpus(&all[..cut]))).expect("disjoint");
        prop_assert!(merged == whole);
        prop_assert!(people_by_year(&merged) == people_by_year(&whole));
    }
}

#[test]
fn people_are_counted_apart_from_words() {
    let counts = count(&sample());
    assert!(!counts.persons().is_empty() && counts.persons().windows(2).all(|w| w[0] < w[1]), "sorted, nobody twice");
    assert!(counts.rows().iter().all(|r| r.persons.windows(2).all(|w| w[0].0 < w[1].0)));
    let named: u64 = counts.rows().iter().flat_map(|r| &r.persons).map(|p| u64::from(p.1)).sum();
    assert_eq!(named, people_by_year(&counts).iter().map(|p| p.mentions).sum::<u64>());
}

/// Rows add up to the words of the vocabulary.
#[test]
fn rows_and_spellings_agree() {
    let counts = count(&sample());
    let mut sums = vec![0u64; counts.spellings().len()];
    for row in counts.rows() {
        for (spelling, n) in row.cells.pairs().expect("readable") {
            sums[spelling as usize] += u64::from(n);
        }
    }
    let listed: Vec<u64> = counts.spellings().iter().map(|s| s.count).collect();
    assert_eq!(sums, listed);
    assert!(counts.spellings().windows(2).all(|w| w[0] < w[1]), "sorted, no spelling twice");
}
