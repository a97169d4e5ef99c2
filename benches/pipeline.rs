//! Tokenising, counting, the whole run, on the sample articles; each bench checks its own answer.
//!
//! `cargo bench`

use divan::{Bencher, counter::BytesCount};
use wandel::corpus::Span;
use wandel::text::tokenize;
use wandel::{Analysis, Corpus, CountSettings, Counts, ThemeFile};

const SAMPLE: &str = include_str!("../data/it-fachtag/2024.txt");

fn main() {
    divan::main();
}

fn corpus() -> Corpus {
    Corpus::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/data/it-fachtag")).expect("the sample can be read")
}

#[divan::bench]
fn tokenising(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_str(SAMPLE)).bench(|| {
        let tokens = tokenize(divan::black_box(SAMPLE), Span::new(0, SAMPLE.len()));
        assert!(tokens.len() > 2_000);
        tokens.len()
    });
}

#[divan::bench]
fn reading(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let corpus = corpus();
        assert_eq!(corpus.talks().count(), 26);
        corpus
    });
}

#[divan::bench]
fn counting(bencher: Bencher<'_, '_>) {
    let corpus = corpus();
    bencher.bench(|| {
        let counts = Counts::of(&corpus, &CountSettings::default()).expect("readable");
        assert!(counts.n_tokens() > 4_000);
        counts
    });
}

#[divan::bench]
fn whole_run(bencher: Bencher<'_, '_>) {
    let themes = ThemeFile::builtin().expect("valid");
    bencher.bench(|| {
        let trends = Analysis::new().themes(themes.clone()).run(&corpus()).expect("two years");
        assert!(!trends.rising().rows.is_empty());
        trends
    });
}
