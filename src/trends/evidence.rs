//! Evidence: sentences of the sources behind the numbers.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};

use super::themes::ThemeCounts;
use crate::corpus::{Corpus, Lines, Span, Year};
use crate::counts::reading::{Field, each_session};
use crate::counts::{ConceptFinder, ConceptId, Concepts, Counts};
use crate::error::Result;
use crate::text::sentences::sentences;

/// What a quote is evidence of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// A theme.
    Theme,
    /// A concept.
    Concept,
}

impl EvidenceKind {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Concept => "concept",
        }
    }
}

/// A sentence of a source that names a theme or a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it shows.
    pub kind: EvidenceKind,
    /// Name of the theme, key of the concept.
    pub key: String,
    /// Its year.
    pub year: Year,
    /// Index of the session in the corpus.
    pub session: usize,
    /// Which field the bytes refer to.
    pub field: Field,
    /// Line in the source, counted from 1; for a row of a table, the line of its record.
    pub line: usize,
    /// The bytes of the sentence.
    pub span: Span,
    /// The sentence, cut exactly.
    pub quote: String,
    /// Mentions in it.
    pub mentions: u32,
    /// How the mentions are spelled, in order.
    pub spellings: Vec<String>,
}

/// Quotes kept per concept and year.
const PER_CONCEPT: usize = 5;

/// The rank of a sentence among all that name a concept: a hash of where it stands, so that the choice does not
/// depend on order and that choices of parts can be merged.
fn rank(source: &str, line: usize, span: Span) -> u64 {
    let mut hash = Sha256::new();
    hash.update(source.as_bytes());
    for number in [line as u64, span.start as u64, span.end as u64] {
        hash.update(number.to_le_bytes());
    }
    u64::from_be_bytes(hash.finalize()[..8].try_into().expect("eight bytes"))
}

/// The largest rank that still matters, by concept and year: what has a larger one is not kept anyway, whatever comes
/// first.
struct Limits {
    years: Vec<Year>,
    first: FxHashMap<ConceptId, usize>,
    limits: Vec<AtomicU64>,
}

impl Limits {
    fn new(corpus: &Corpus, wanted: &FxHashSet<ConceptId>) -> Self {
        let mut years: Vec<Year> = corpus.sessions().iter().map(|s| s.year).collect();
        years.sort_unstable();
        years.dedup();
        let first = wanted.iter().enumerate().map(|(i, &concept)| (concept, i * years.len())).collect();
        let limits = (0..wanted.len() * years.len()).map(|_| AtomicU64::new(u64::MAX)).collect();
        Self { years, first, limits }
    }

    fn of(&self, concept: ConceptId, year: Year) -> Option<&AtomicU64> {
        self.limits.get(self.first.get(&concept)? + self.years.binary_search(&year).ok()?)
    }
}

/// One sentence that names a concept, before it is known whether it is kept.
struct Candidate {
    concept: ConceptId,
    year: Year,
    rank: u64,
    evidence: Evidence,
}

/// All quotes of themes, which are taken from them, and up to five for every concept of `wanted` and year; sorted by kind, key, year, session and
/// place.
pub(crate) fn collect(
    corpus: &Corpus,
    counts: &Counts,
    concepts: &Concepts,
    themes: Option<&mut ThemeCounts>,
    wanted: &FxHashSet<ConceptId>,
) -> Result<Vec<Evidence>> {
    let mut all = Vec::new();
    if let Some(themes) = themes {
        all.extend(std::mem::take(&mut themes.quotes).into_iter().map(|q| Evidence {
            kind: EvidenceKind::Theme,
            key: themes.themes.themes[q.theme].name.clone(),
            year: corpus.sessions()[q.session].year,
            session: q.session,
            field: q.field,
            line: q.line,
            span: q.sentence,
            quote: q.quote,
            mentions: q.mentions,
            spellings: q.spellings,
        }));
    }
    let finder = ConceptFinder::new(counts, concepts);
    let settings = counts.settings();
    let article: Vec<bool> = corpus.documents().iter().map(|d| d.line == 0).collect();
    let mut best: FxHashMap<(ConceptId, Year), Vec<(u64, Evidence)>> = FxHashMap::default();
    let limits = Limits::new(corpus, wanted);
    each_session(
        corpus,
        settings.marks_names(),
        |index, session, text, known| {
            let document = &corpus.documents()[session.document];
            let mut found: Vec<Candidate> = Vec::new();
            for part in finder.parts(text, session, known) {
                let spans = sentences(part.text, part.span);
                let lines = Lines::of(part.text);
                let mut by_sentence: BTreeMap<(u32, ConceptId), Vec<String>> = BTreeMap::new();
                let mut ranks: FxHashMap<u32, u64> = FxHashMap::default();
                let mut rank_of = |number: u32| {
                    let make = || rank(&document.source, document.line, spans[number as usize]);
                    *ranks.entry(number).or_insert_with(make)
                };
                for (concept, first, n) in finder.mentions(&part, session.language) {
                    if let Some(limit) = limits.of(concept, session.year)
                        && rank_of(part.tokens[first].sentence) <= limit.load(Ordering::Relaxed)
                    {
                        let span = Span::new(part.tokens[first].span.start, part.tokens[first + n - 1].span.end);
                        let spelling = span.of(part.text).split_whitespace().collect::<Vec<_>>().join(" ");
                        by_sentence.entry((part.tokens[first].sentence, concept)).or_default().push(spelling);
                    }
                }
                for ((number, concept), spellings) in by_sentence {
                    let (span, rank) = (spans[number as usize], rank_of(number));
                    let line = if article[session.document] { lines.line(span.start) } else { session.first_line };
                    let evidence = Evidence {
                        kind: EvidenceKind::Concept,
                        key: String::new(),
                        year: session.year,
                        session: index,
                        field: part.field,
                        line,
                        span,
                        quote: span.of(part.text).to_owned(),
                        mentions: spellings.len() as u32,
                        spellings,
                    };
                    found.push(Candidate { concept, year: session.year, rank, evidence });
                }
            }
            found
        },
        |found| {
            for candidate in found {
                let kept = best.entry((candidate.concept, candidate.year)).or_default();
                let place = kept.partition_point(|(rank, _)| *rank < candidate.rank);
                if place < PER_CONCEPT {
                    kept.insert(place, (candidate.rank, candidate.evidence));
                    kept.truncate(PER_CONCEPT);
                    if let (PER_CONCEPT, Some(limit)) = (kept.len(), limits.of(candidate.concept, candidate.year)) {
                        limit.store(kept[PER_CONCEPT - 1].0, Ordering::Relaxed);
                    }
                }
            }
        },
    )?;
    for ((concept, _), kept) in best {
        let key = &concepts.get(concept).key;
        all.extend(kept.into_iter().map(|(_, e)| Evidence { key: key.clone(), ..e }));
    }
    all.sort_by(|a, b| {
        (a.kind, &a.key, a.year, a.session, a.field, a.span).cmp(&(b.kind, &b.key, b.year, b.session, b.field, b.span))
    });
    Ok(all)
}
