//! Keyword in context: every place that names a concept.

use std::collections::BTreeSet;

use crate::corpus::{Corpus, Lines, Span, Year};
use crate::counts::reading::{Field, each_session};
use crate::counts::{ConceptFinder, ConceptId, Concepts, Counts};
use crate::error::Result;
use crate::text::sentences::sentences;

/// A place that names a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The concept.
    pub concept: ConceptId,
    /// The year of the session.
    pub year: Year,
    /// Index of the session in the corpus.
    pub session: usize,
    /// Which field the bytes refer to.
    pub field: Field,
    /// Line of the mention, counted from 1; for a row of a table, the line of its record.
    pub line: usize,
    /// The bytes of the mention.
    pub span: Span,
    /// What stands before it in its sentence, exactly.
    pub before: String,
    /// The mention, exactly.
    pub spelling: String,
    /// What stands behind it in its sentence, exactly.
    pub after: String,
}

/// Every mention of the wanted concepts in talks and framing sessions, by year, session and place. What counts is what
/// the tables count: nothing in boilerplate, and no word of a longer one that was counted instead.
///
/// # Errors
/// If a source cannot be read again.
pub fn mentions(
    corpus: &Corpus,
    counts: &Counts,
    concepts: &Concepts,
    wanted: &BTreeSet<ConceptId>,
) -> Result<Vec<Mention>> {
    let finder = ConceptFinder::new(counts, concepts);
    let mut all = Vec::new();
    each_session(
        corpus,
        counts.settings().marks_names(),
        |index, session, text, known| {
            let mut found = Vec::new();
            for part in finder.parts(text, session, known) {
                let here = finder.mentions(&part, session.language);
                let here: Vec<_> = here.into_iter().filter(|(concept, ..)| wanted.contains(concept)).collect();
                if here.is_empty() {
                    continue;
                }
                let spans = sentences(part.text, part.span);
                let lines = (corpus.documents()[session.document].line == 0).then(|| Lines::of(part.text));
                for (concept, first, n) in here {
                    let sentence = spans[part.tokens[first].sentence as usize];
                    let span = Span::new(part.tokens[first].span.start, part.tokens[first + n - 1].span.end);
                    found.push(Mention {
                        concept,
                        year: session.year,
                        session: index,
                        field: part.field,
                        line: lines.as_ref().map_or(session.first_line, |l| l.line(span.start)),
                        span,
                        before: part.text[sentence.start..span.start].to_owned(),
                        spelling: span.of(part.text).to_owned(),
                        after: part.text[span.end..sentence.end.max(span.end)].to_owned(),
                    });
                }
            }
            found
        },
        |found| all.extend(found),
    )?;
    // A title stands before its text.
    all.sort_by_key(|m| (m.year, m.session, m.field != Field::Title, m.span, m.concept));
    Ok(all)
}
