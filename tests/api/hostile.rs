//! Texts that no person writes: long, and linear all the same.

use wandel::{Analysis, Corpus};

/// Each of these took minutes when a rule read the rest of the text again for every word of it.
#[test]
fn long_lines_and_many_names_end() {
    let texts = [
        "a-".repeat(100_000),
        "Anna Meier sagte viel.\n\n".repeat(8_000),
        format!("{} Ende.", "Anna Meier sagte ".repeat(3_000)),
        "https://example.org/".repeat(10_000),
        "Die Cloud kommt. ".repeat(20_000),
    ];
    for text in texts {
        let corpus = Corpus::from_texts([("a.txt", 2024, text.as_str())]).expect("readable");
        assert!(!corpus.sessions().is_empty());
        assert!(Analysis::new().allow_one_year(true).run(&corpus).is_ok());
    }
}

#[test]
fn one_word_is_a_corpus_with_finite_numbers() {
    let corpus =
        Corpus::from_texts([("a.txt", 2024, "Cloud Cloud"), ("b.txt", 2025, "Cloud Cloud Cloud")]).expect("readable");
    let trends = Analysis::new().run(&corpus).expect("two years");
    assert!(!trends.term_shifts().is_empty());
    for shift in trends.term_shifts() {
        assert!(
            [shift.effect, shift.log_odds, shift.z, shift.z_without_top].iter().all(|n| n.is_finite()),
            "{shift:?}"
        );
    }
}
