//! Checking concepts against decisions made by people: are these two spellings one concept, is this a part of that?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Deserialize;

use crate::corpus::{Corpus, Document, Language, MemoryTexts, Session, SessionKind, Span};
use crate::counts::{ConceptFile, Concepts, CountSettings, Counts, Lookup};
use crate::error::{Error, Result};
use crate::stats::interval::wilson;
use crate::text::names::{self, Known};
use crate::text::tokenize;

/// What somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    /// Both spellings are one concept.
    Same,
    /// They are two.
    Different,
    /// One is a part of the other.
    Part,
    /// Neither is a part of the other.
    NotPart,
}

impl Expectation {
    const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Part => "part",
            Self::NotPart => "not_part",
        }
    }
}

/// A decision: two spellings, the text they stand in, and what is expected of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Case {
    /// The rule it is about; any words.
    #[serde(default)]
    pub rule: String,
    /// Two-letter code of the language.
    #[serde(default)]
    pub lang: String,
    /// The text that holds them; may be empty.
    #[serde(default)]
    pub text: String,
    /// One spelling.
    pub a: String,
    /// The other.
    pub b: String,
    /// The decision.
    pub expect: Expectation,
}

/// A case with what the rules say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseResult {
    /// The case.
    pub case: Case,
    /// What the rules say: of the two that the case asks about, one.
    pub got: Expectation,
    /// Key of the concept of `a`.
    pub key_a: String,
    /// Key of the concept of `b`.
    pub key_b: String,
}

impl CaseResult {
    /// Whether the rules say what was expected.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.got == self.case.expect
    }
}

impl fmt::Display for CaseResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Case { rule, lang, a, b, expect, .. } = &self.case;
        let verdict = if self.is_right() { "ok" } else { "WRONG" };
        let (key_a, key_b) = (&self.key_a, &self.key_b);
        write!(
            f,
            "{verdict}\t{rule}\t{lang}\t{a}\t{b}\texpected {}\tgot {}\t{key_a}\t{key_b}",
            expect.name(),
            self.got.name()
        )
    }
}

/// Reads cases from the text of a JSON Lines file; `path` is for messages.
///
/// # Errors
/// With the line, if one is no case.
pub fn read_cases(text: &str, path: &Path) -> Result<Vec<Case>> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    lines
        .map(|(i, line)| {
            let bad = |problem: String| Error::malformed(path, (i + 1, 0), problem);
            let case: Case = serde_json::from_str(line).map_err(|e| {
                bad(format!("{e}; expected {{\"rule\", \"lang\", \"text\", \"a\", \"b\", \"expect\"}}"))
            })?;
            let known = case.lang.is_empty() || Language::from_code(&case.lang).is_some();
            if known { Ok(case) } else { Err(bad(format!("`{}` is no language", case.lang))) }
        })
        .collect()
}

/// Checks cases, each against the concepts of its own text.
///
/// # Errors
/// Only if a text cannot be counted, which does not happen with texts in memory.
pub fn check_cases(cases: &[Case], settings: &CountSettings, hand: &ConceptFile) -> Result<Vec<CaseResult>> {
    cases.par_iter().map(|case| check(case, settings, hand)).collect()
}

fn check(case: &Case, settings: &CountSettings, hand: &ConceptFile) -> Result<CaseResult> {
    let language = Language::from_code(&case.lang).unwrap_or(Language::De);
    let corpus = one_session(&case.text, language);
    let counts = Counts::of(&corpus, settings)?;
    let concepts = Concepts::resolve_with(&counts, hand)?;
    let lookup = Lookup::new(&counts, &concepts);
    let people = People::of(case, language, settings);
    let a = Meaning::of(&case.a, case, language, lookup, &people);
    let b = Meaning::of(&case.b, case, language, lookup, &people);
    let got = match case.expect {
        Expectation::Same | Expectation::Different => {
            if a.key == b.key {
                Expectation::Same
            } else {
                Expectation::Different
            }
        }
        Expectation::Part | Expectation::NotPart => {
            if a.key != b.key && (b.contained.contains(&a.key) || a.contained.contains(&b.key)) {
                Expectation::Part
            } else {
                Expectation::NotPart
            }
        }
    };
    Ok(CaseResult { case: case.clone(), got, key_a: a.key, key_b: b.key })
}

/// What a spelling means in the text of its case.
struct Meaning {
    key: String,
    contained: BTreeSet<String>,
}

impl Meaning {
    fn of(spelling: &str, case: &Case, language: Language, lookup: Lookup<'_>, people: &People) -> Self {
        let spelling = spelling.trim();
        if let Some(name) = people.meant_by(spelling, &case.text) {
            return Self { key: format!("{} (person)", name.to_lowercase()), contained: BTreeSet::new() };
        }
        // A half word means what the text makes of it.
        let full = lookup.full_form(spelling, &case.text, language);
        let spelling = full.as_deref().unwrap_or(spelling);
        Self { key: lookup.key(spelling, language), contained: lookup.contained(spelling, language) }
    }
}

/// The people of a case's text.
struct People {
    /// Names as they stand there, with whom they mean.
    forms: Vec<(String, String)>,
    /// Where they stand.
    places: Vec<Span>,
    /// Surnames with the full name.
    surnames: Vec<(String, String)>,
    /// Words of the text that are no names.
    words: BTreeSet<String>,
}

impl People {
    fn of(case: &Case, language: Language, settings: &CountSettings) -> Self {
        let text = case.text.as_str();
        let mut people = Self { forms: Vec::new(), places: Vec::new(), surnames: Vec::new(), words: BTreeSet::new() };
        if !settings.marks_names() {
            return people;
        }
        let tokens = tokenize(text, Span::new(0, text.len()));
        let known = Known::of(known_names(text, language).iter().map(|n| (n.as_str(), true)));
        let marks = known.mark(text, &tokens, language, false);
        for named in &marks.people {
            let last = &tokens[named.token + named.n_tokens - 1];
            let place = Span::new(tokens[named.token].span.start, last.span.end);
            people.places.push(place);
            people.forms.push((place.of(text).to_owned(), named.person.name.clone()));
            let surname = names::surname_of(&named.person.name).0;
            people.surnames.push((surname.to_owned(), named.person.name.clone()));
        }
        let plain = tokens.iter().zip(&marks.names).filter(|(_, name)| !**name);
        people.words = plain.map(|(t, _)| t.span.of(text).to_owned()).collect();
        people
    }

    /// Whom a spelling means, if it means somebody.
    fn meant_by(&self, spelling: &str, text: &str) -> Option<&str> {
        let bare = spelling.trim_end_matches(['\'', '’']);
        let genitive = ["'s", "’s", "s"].iter().find_map(|s| bare.strip_suffix(s));
        let forms = [Some(spelling), Some(bare), genitive];
        let found = |list: &'_ [(String, String)], form: &str| list.iter().position(|(f, _)| f == form);
        let own = forms.into_iter().flatten().find_map(|f| found(&self.forms, f));
        if let Some(at) = own {
            return Some(&self.forms[at].1);
        }
        // `Staatssekretär Ruben Kaiser`: a title, where the text has it before a name.
        let is_title = |before: &str| before.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
        let ends_with_name = |start: usize| {
            let ends = |p: &Span| p.end == start + spelling.len() && p.start > start && is_title(&text[start..p.start]);
            self.places.iter().position(ends)
        };
        if let Some(at) = text.match_indices(spelling).find_map(|(start, _)| ends_with_name(start)) {
            return Some(&self.forms[at].1);
        }
        if self.words.contains(spelling) {
            return None;
        }
        // `Frau Koch`, `van Dorn`.
        let untitled = names::untitled(spelling);
        let forms = forms.into_iter().flatten().chain(untitled.as_deref());
        let known = |f: &str| found(&self.surnames, f).map(|at| &self.surnames[at].1);
        let titled = || Some(&self.forms[found(&self.forms, untitled.as_deref()?)?].1);
        forms.into_iter().find_map(known).or_else(titled).map(String::as_str)
    }
}

fn known_names(text: &str, language: Language) -> Vec<String> {
    let block = names::Block::new(text, Span::new(0, text.len()));
    names::find(text, &[block], language).persons.into_iter().map(|p| p.name).collect()
}

/// A corpus of one talk.
fn one_session(text: &str, language: Language) -> Corpus {
    let people = known_names(text, language).into_iter().map(|n| (n, true)).collect();
    let document =
        Document { source: "case".into(), year: 0, text_hash: String::new(), n_bytes: text.len(), line: 0, people };
    let session = Session {
        id: "case#1".into(),
        document: 0,
        ordinal: 1,
        year: 0,
        kind: SessionKind::Session,
        title: String::new(),
        title_span: None,
        speakers: Vec::new(),
        language,
        span: Span::new(0, text.len()),
        first_line: 1,
        last_line: 1,
        tags: BTreeMap::new(),
        dropped: false,
    };
    Corpus {
        documents: vec![document],
        sessions: vec![session],
        dropped: Vec::new(),
        files: Vec::new(),
        skipped: Vec::new(),
        warnings: Vec::new(),
        texts: Arc::new(MemoryTexts(vec![text.to_owned()])),
        name: "case".into(),
        reading: BTreeMap::new(),
        places: None,
    }
}

/// Right answers among cases, with the precision and recall of merging and of splitting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseSummary {
    /// By rule; the last is all rules together.
    pub rules: Vec<(String, CaseScore)>,
}

/// Counts of one rule's cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CaseScore {
    /// Cases.
    pub n: usize,
    /// Right answers.
    pub right: usize,
    /// Said to be the same (or a part), and so.
    pub true_positives: usize,
    /// Said to be the same (or a part).
    pub said: usize,
    /// Expected to be the same (or a part).
    pub expected: usize,
}

impl CaseScore {
    fn add(&mut self, result: &CaseResult) {
        let positive = |e| matches!(e, Expectation::Same | Expectation::Part);
        self.n += 1;
        self.right += usize::from(result.is_right());
        self.said += usize::from(positive(result.got));
        self.expected += usize::from(positive(result.case.expect));
        self.true_positives += usize::from(positive(result.got) && result.is_right());
    }
}

impl CaseSummary {
    /// Of the results of cases.
    #[must_use]
    pub fn of(results: &[CaseResult]) -> Self {
        let mut rules: BTreeMap<String, CaseScore> = BTreeMap::new();
        let mut all = CaseScore::default();
        for result in results {
            rules.entry(result.case.rule.clone()).or_default().add(result);
            all.add(result);
        }
        Self { rules: rules.into_iter().chain([("all".to_owned(), all)]).collect() }
    }
}

impl fmt::Display for CaseSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |k: usize, n: usize| {
            let (low, high) = wilson(k, n);
            let value = if n == 0 { "–".to_owned() } else { format!("{:.3}", k as f64 / n as f64) };
            format!("{value} [{low:.3}, {high:.3}]")
        };
        let width = self.rules.iter().map(|r| r.0.chars().count()).max().unwrap_or(0).max(4);
        let head = format!("{:<width$} {:>5} {:>5}  {:<22} {:<22}", "rule", "cases", "right", "precision", "recall");
        write!(f, "{}", head.trim_end())?;
        for (rule, s) in &self.rules {
            let (precision, recall) = (share(s.true_positives, s.said), share(s.true_positives, s.expected));
            let row = format!("\n{rule:<width$} {:>5} {:>5}  {precision:<22} {recall:<22}", s.n, s.right);
            write!(f, "{}", row.trim_end())?;
        }
        Ok(())
    }
}
