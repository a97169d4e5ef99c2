//! Every quote is in its source, to the byte, and the counts are what the quotes add up to.

use std::collections::BTreeMap;

use wandel::counts::reading::Field;
use wandel::counts::{ConceptId, Concepts, Lookup};
use wandel::trends::{EvidenceKind, mentions};
use wandel::{Analysis, Corpus, Counts, SessionTermMatrix, Trends};

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
    for shift in trends.term_shifts().iter().filter(|s| s.from.count > 0 || s.from.framing > 0) {
        assert!(per_concept.contains_key(&(shift.key.as_str(), 2024)), "{} has no quote", shift.key);
    }
}

/// Keyword in context finds exactly what the tables count: every cell of the matrix, and no other place.
#[test]
fn mentions_are_the_counts() {
    let corpus = sample();
    let counts = Counts::of(&corpus, &Default::default()).expect("readable");
    let mut concepts = Concepts::resolve(&counts).expect("resolved");
    let matrix = SessionTermMatrix::build(&corpus, &counts, &mut concepts).expect("readable");
    let all = (0..concepts.all().len() as ConceptId).collect();
    let found = mentions(&corpus, &counts, &concepts, &all).expect("readable");
    let mut cells: BTreeMap<(usize, ConceptId), u32> = BTreeMap::new();
    found.iter().for_each(|m| *cells.entry((m.session, m.concept)).or_default() += 1);
    let rows = 0..matrix.n_sessions();
    let counted: BTreeMap<_, _> = rows
        .flat_map(|r| matrix.row(r).iter().map(move |t| (r, *t)))
        .map(|(r, t)| ((matrix.session(r), t.concept), t.count))
        .collect();
    assert!(found.len() > 1_000);
    assert_eq!(cells, counted);
    let texts = texts(&corpus);
    for m in &found {
        let session = &corpus.sessions()[m.session];
        let text = &texts[session.document];
        assert_eq!((m.span.of(text), m.year), (m.spelling.as_str(), session.year));
        assert!(text[..m.span.start].ends_with(&m.before) && text[m.span.end..].starts_with(&m.after));
        assert_eq!(text[..m.span.start].matches('\n').count() + 1, m.line);
    }
    let lookup = Lookup::new(&counts, &concepts);
    for term in ["KI", "IT", "Cloud", "Verwaltung", "Sicherheit"] {
        let (named, compounds) = (lookup.concepts(term), lookup.compounds(term));
        let n = found.iter().filter(|m| named.contains(&m.concept) || compounds.contains(&m.concept)).count();
        let cells = (0..matrix.n_sessions()).flat_map(|r| matrix.row(r).iter().chain(matrix.in_compounds(r)));
        let counted: u32 = cells.filter(|t| named.contains(&t.concept)).map(|t| t.count).sum();
        assert!(counted > 4 && n as u32 == counted, "{term}: {n} mentions, counted {counted}");
    }
}

#[test]
fn quotes_of_no_term_name_what_is_like_it() {
    let error = Analysis::new().quotes(&sample(), "Digitalsierung", false).expect_err("in no text");
    match error.kind() {
        wandel::ErrorKind::UnknownTerm { nearest, .. } => assert_eq!(nearest[0], "Digitalisierung"),
        other => panic!("{other:?}"),
    }
}
