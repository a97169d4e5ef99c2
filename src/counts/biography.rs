//! Sentences of biographies in English texts: who somebody is, not what the talk is about.
//!
//! `Ada Lovelace is a research engineer at Analytical Engines.`, `She holds a PhD in mathematics.`, `Prior to that,
//! she worked at …`: a person as the subject, a verb of being or of a career, and a role, a degree or an employer. The
//! words are listed in `text::language::en`.

use std::ops::Range;

use super::reading::{Field, Part};
use crate::corpus::Language;
use crate::text::class::Class;
use crate::text::language::{en, first_names};

/// Tokens before the verb at most, with what leads in.
const MAX_BEFORE: usize = 16;
/// Tokens from the verb to the word that tells at most.
const REACH: usize = 14;

/// The sentences of a part that belong to a biography.
pub(super) fn biographies(part: &Part<'_>, language: Language) -> Vec<Range<usize>> {
    if language != Language::En || part.field != Field::Text {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    while start < part.tokens.len() {
        let number = part.tokens[start].sentence;
        let end = start + part.tokens[start..].partition_point(|t| t.sentence == number);
        if is_biography(part, start..end) {
            found.push(start..end);
        }
        start = end;
    }
    found
}

fn is_biography(part: &Part<'_>, sentence: Range<usize>) -> bool {
    let Some(subject) = subject(part, sentence.clone()) else { return leads_in(part, sentence.start) };
    let word = |i: usize| if i < sentence.end { lower(part, i) } else { String::new() };
    // Over adverbs and `, who`.
    let verb_from = |from: usize| {
        let passed = |i: &usize| en::BEFORE_VERBS.contains(&word(*i).as_str()) || word(*i).ends_with("ly");
        from + (from..sentence.end.min(from + MAX_BEFORE)).take_while(passed).count()
    };
    let mut at = verb_from(subject.end);
    // `is a research engineer at …`, `has been a member of …`, `has a PhD`
    let helps = matches!(word(at).as_str(), "is" | "am" | "was" | "has" | "have" | "had" | "'m" | "’m");
    if helps {
        at = verb_from(at + 1);
    }
    let reach = |from: usize| from..sentence.end.min(from + REACH);
    if en::CAREER_VERBS.contains(&word(at).as_str()) {
        return reach(at + 1).any(|i| is_role(part, i) || is_degree(part, i) || is_named_place(part, i));
    }
    helps && role_first(part, reach(at))
}

/// Whether a role stands in the noun phrase that begins here, before any other verb or clause.
fn role_first(part: &Part<'_>, rest: Range<usize>) -> bool {
    for i in rest {
        let word = lower(part, i);
        if is_role(part, i) || is_degree(part, i) {
            return true;
        }
        let word = word.as_str();
        if en::CLAUSE_WORDS.contains(&word) || word.ends_with("ing") && word != "engineering" && word != "computing" {
            return false;
        }
    }
    false
}

/// The person that a sentence begins with, also behind words that lead in (`Prior to that, she`).
fn subject(part: &Part<'_>, sentence: Range<usize>) -> Option<Range<usize>> {
    let last = sentence.end.min(sentence.start + MAX_BEFORE);
    let comma = (sentence.start..last).find(|&i| letters(part, i) == ",").map(|i| i + 1);
    let led = comma.filter(|_| en::BIOGRAPHY_STARTS.contains(&lower(part, sentence.start).as_str()));
    [Some(sentence.start), led].into_iter().flatten().find_map(|start| person_at(part, start, sentence.end))
}

fn person_at(part: &Part<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    if start >= end {
        return None;
    }
    if matches!(lower(part, start).as_str(), "he" | "she" | "i") {
        return Some(start..start + 1);
    }
    if let Some(n) = capitalised_name(part, start, end) {
        return Some(start..start + n);
    }
    let title = usize::from(matches!(letters(part, start).trim_end_matches('.'), "Dr" | "Prof" | "Professor"));
    let named = |i: usize| part.names[i] || part.people.iter().any(|p| (p.token..p.token + p.n_tokens).contains(&i));
    let mark = |i: usize| letters(part, i) == ".";
    let n = (start + title..end).take_while(|&i| named(i) || mark(i)).count();
    (n > 0).then(|| start..start + title + n)
}

/// A name that no list and no field gives: a given name, or two or three words with capitals, before a verb of being.
fn capitalised_name(part: &Part<'_>, start: usize, end: usize) -> Option<usize> {
    let name = |i: usize| {
        let token = &part.tokens[i];
        token.class.is(Class::CAPITALISED) && !token.class.is(Class::STOP)
    };
    let n = (start..end).take_while(|&i| name(i)).count();
    let is =
        (start + n < end) && matches!(letters(part, start + n), "is" | "was" | "has" | "works" | "holds" | "currently");
    let given = first_names().contains(letters(part, start));
    ((1..=3).contains(&n) && (given || (n >= 2 && is))).then_some(n)
}

/// Sentences that only a biography begins so: `In her spare time …`, `His research interests include …`.
fn leads_in(part: &Part<'_>, start: usize) -> bool {
    let words: Vec<String> = (start..part.tokens.len().min(start + 5)).map(|i| lower(part, i)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let own = |w: &str| matches!(w, "his" | "her" | "my");
    match words[..] {
        ["in", whose, "spare" | "free", "time", ..] => own(whose),
        [whose, noun, ..] if own(whose) && en::BIOGRAPHY_NOUNS.contains(&noun) => true,
        [whose, _, noun, ..] if own(whose) && en::BIOGRAPHY_NOUNS.contains(&noun) => true,
        _ => false,
    }
}

fn is_role(part: &Part<'_>, i: usize) -> bool {
    let word = lower(part, i);
    word.rsplit('-').next().is_some_and(|last| en::ROLES.contains(&last))
}

fn is_degree(part: &Part<'_>, i: usize) -> bool {
    en::DEGREES.contains(&lower(part, i).trim_end_matches('.').replace("’", "'").as_str())
}

/// A capital behind `at`, `for`, `in` or `from`: `worked at Analytical Engines`.
fn is_named_place(part: &Part<'_>, i: usize) -> bool {
    let token = &part.tokens[i];
    let capital = token.kind.is_word() && token.span.of(part.text).starts_with(char::is_uppercase);
    let before = |n: usize| i.checked_sub(n).map(|at| lower(part, at)).unwrap_or_default();
    let to = |w: &str| matches!(w, "at" | "for" | "in" | "from" | "with");
    capital && (to(&before(1)) || before(1) == "the" && to(&before(2)))
}

fn letters<'t>(part: &Part<'t>, i: usize) -> &'t str {
    part.tokens[i].span.of(part.text)
}

fn lower(part: &Part<'_>, i: usize) -> String {
    letters(part, i).to_lowercase()
}
