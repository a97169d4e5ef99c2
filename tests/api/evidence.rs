//! Every quote is in its source, to the byte, and the counts are what the quotes add up to.

use std::collections::BTreeMap;

use wandel::counts::reading::Field;
use wandel::trends::EvidenceKind;
use wandel::{Corpus, Trends};

use crate::support::{here, sample, shared, with_themes};

fn texts(corpus: &Corpus) -> Vec<String> {
    let mut texts = Vec::new();
    corpus
        .texts()
        .visit(&mut |_, text| {
            texts.push(text.to_owned());
            true
        })
        .expect("readable");
    texts
}

fn check(trends: &Trends) {
    let texts = texts(trends.corpus());
    assert!(!trends.evidence().is_empty());
    let mut mentions: BTreeMap<(&str, i32), u32> = BTreeMap::new();
    for e in trends.evidence() {
        let session = &trends.corpus().sessions()[e.session];
        let text = &texts[session.document];
        if e.field == Field::Text {
            assert_eq!(e.span.of(text), e.quote);
            assert!(session.span.start <= e.span.start && e.span.end <= session.span.end, "outside of its session");
            if trends.corpus().documents()[session.document].line == 0 {
                assert_eq!(text[..e.span.start].matches('\n').count() + 1, e.line);
                let line = text.lines().nth(e.line - 1).expect("the line is there");
                assert!(line.contains(e.quote.lines().next().unwrap_or_default()));
            }
        } else {
            assert_eq!(e.span.of(&session.title), e.quote);
        }
        assert_eq!(e.mentions as usize, e.spellings.len());
        for spelling in &e.spellings {
            assert!(
                e.quote.split_whitespace().collect::<Vec<_>>().join(" ").contains(spelling.as_str()),
                "{spelling} is not in {}",
                e.quote
            );
        }
        if e.kind == EvidenceKind::Theme && session.is_talk() {
            *mentions.entry((&e.key, e.year)).or_default() += e.mentions;
        }
    }
    // All quotes of a theme together are its count.
    let counts = trends.themes().expect("given");
    for ((theme, year), n) in mentions {
        let (row, column) =
            (counts.year_labels.binary_search(&year).expect("a year"), counts.index_of(theme).expect("a theme"));
        assert_eq!(f64::from(n), counts.years[[row, column]], "{theme} {year}");
    }
}

#[test]
fn quotes_of_the_sample() {
    check(&with_themes(&sample()));
}

#[test]
fn quotes_of_the_seeds() {
    let Some(folder) = shared("seeds") else { return };
    check(&with_themes(&Corpus::from_path(folder).expect("readable")));
}

#[test]
fn quotes_of_wrapped_text_and_of_table_rows() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rows = "{\"year\": 2024, \"title\": \"KI im Amt\", \"text\": \"Die Cloud hilft.\\nZweite Zeile mit KI. Ende.\"}\n\
                {\"year\": 2025, \"title\": \"Ohne\", \"text\": \"Die Schule lernt mit der KI.\"}\n";
    std::fs::write(folder.path().join("rows.jsonl"), rows).expect("written");
    check(&with_themes(&Corpus::from_path(folder.path()).expect("readable")));
    let wrapped = [here("tests/articles/work/w5_hardwrapped_en.txt"), here("tests/articles/work/w2_numbered_en.txt")];
    check(&with_themes(&Corpus::from_paths(wrapped, &wandel::ReadOptions::default()).expect("readable")));
}

/// Up to five per concept and year, the same ones whatever is read with them.
#[test]
fn concepts_have_up_to_five_quotes_a_year() {
    let trends = with_themes(&sample());
    let mut per_concept: BTreeMap<(&str, i32), usize> = BTreeMap::new();
    for e in trends.evidence().iter().filter(|e| e.kind == EvidenceKind::Concept) {
        *per_concept.entry((&e.key, e.year)).or_default() += 1;
    }
    assert!(per_concept.values().all(|&n| n <= 5) && per_concept.values().any(|&n| n == 5));
    // Every concept that a year names has at least one.
    for shift in trends.term_shifts().iter().filter(|s| s.from.count + s.from.framing > 0) {
        assert!(per_concept.contains_key(&(shift.key.as_str(), 2024)), "{} has no quote", shift.key);
    }
}
