//! A shift: how a concept or a theme differs between two sides of a comparison.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use rayon::prelude::*;

use super::assess::Assessment;
use super::comparison::{Comparison, YearSet};
use super::found::FoundTheme;
use super::themes::ThemeCounts;
use crate::corpus::{Language, SessionKind};
use crate::counts::{Concept, Concepts, SessionTermMatrix};
use crate::stats::contrast::{self, Count};
use crate::stats::sparse::SparseCounts;

/// One side of a comparison: a term in the talks of its years.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Side {
    /// Mentions in talks.
    pub count: u64,
    /// Words in all talks of the side.
    pub tokens: u64,
    /// Talks with at least one mention.
    pub sessions: usize,
    /// Talks.
    pub n_sessions: usize,
    /// Mentions in opening and closing.
    pub framing: u32,
    /// Mentions in the talk that has most of them, the earliest among equals.
    pub top_count: u32,
    /// Words of that talk.
    pub top_tokens: u32,
    /// Mentions in talks that stand in phrases; `count` holds them too.
    pub in_phrases: u32,
    /// Mentions in talks inside compounds (`KI` in `KI-Lösungen`), which `count` does not hold.
    pub in_compounds: u32,
    /// Talks with at least one mention, compounds included.
    pub sessions_with_compounds: usize,
}

impl Side {
    /// Mentions per 1,000 words.
    #[must_use]
    pub fn per_thousand(&self) -> f64 {
        self.as_count().per_thousand()
    }

    /// Share of talks with a mention, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        if self.n_sessions == 0 { 0.0 } else { self.sessions as f64 / self.n_sessions as f64 }
    }

    /// Mentions in talks, those inside compounds included.
    #[must_use]
    pub fn count_with_compounds(&self) -> u64 {
        self.count + u64::from(self.in_compounds)
    }

    fn as_count(&self) -> Count {
        Count { k: self.count as f64, n: self.tokens as f64 }
    }

    /// The side without the talk that names the term most.
    fn without_top(&self) -> Count {
        Count {
            k: (self.count - u64::from(self.top_count)) as f64,
            n: (self.tokens - u64::from(self.top_tokens)) as f64,
        }
    }

    /// Adds a talk that names the term.
    fn add(&mut self, count: u64, tokens: u32) {
        self.count += count;
        self.sessions += 1;
        self.sessions_with_compounds += 1;
        // No talk has more words than fit.
        let count = count as u32;
        if count > self.top_count {
            (self.top_count, self.top_tokens) = (count, tokens);
        }
    }
}

/// A key or a label that the shifts of all comparisons share.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// The letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<&Name> for String {
    fn from(name: &Name) -> Self {
        name.as_str().to_owned()
    }
}

impl serde::Serialize for Name {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl PartialEq<Name> for String {
    fn eq(&self, other: &Name) -> bool {
        **self == *other.0
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl PartialEq<String> for Name {
    fn eq(&self, other: &String) -> bool {
        *self.0 == **other
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&*self.0, f)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// How a concept's or a theme's weight differs between two sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// Key of the concept, name of the theme.
    pub key: Name,
    /// What to show.
    pub label: Name,
    /// The years held against each other.
    pub comparison: Comparison,
    /// The earlier side.
    pub from: Side,
    /// The later side.
    pub to: Side,
    /// log2 of the ratio of rates, half a mention added on both sides.
    pub effect: f64,
    /// Log-odds with an informative Dirichlet prior (natural logarithm).
    pub log_odds: f64,
    /// Its z: descriptive, no test.
    pub z: f64,
    /// The z when the talk that names the term most is left out of the heavier side: how much hangs on one talk.
    pub z_without_top: f64,
    /// Whether rankings show it.
    pub ranked: bool,
    /// Whether the heavier side is the doing of a single talk.
    pub one_session: bool,
    /// Test, interval, verdict.
    pub test: Assessment,
}

impl Shift {
    fn new(
        key: &Name,
        label: &Name,
        comparison: Comparison,
        (from, to): (Side, Side),
        prior: Prior,
        ranked: bool,
    ) -> Self {
        let odds = contrast::log_odds(from.as_count(), to.as_count(), prior.term, prior.total);
        let rose = to.per_thousand() >= from.per_thousand();
        let heavier = if rose { &to } else { &from };
        let (less_from, less_to) =
            if rose { (from.as_count(), to.without_top()) } else { (from.without_top(), to.as_count()) };
        Self {
            key: key.clone(),
            label: label.clone(),
            comparison,
            effect: contrast::log2_ratio(from.as_count(), to.as_count()),
            log_odds: odds.delta,
            z: odds.z,
            z_without_top: contrast::log_odds(less_from, less_to, prior.term, prior.total).z,
            ranked,
            one_session: heavier.sessions <= 1,
            test: Assessment::default(),
            from,
            to,
        }
    }
}

impl Shift {
    /// Which side is heavier by rate: 0 the earlier, 1 the later.
    pub(crate) fn heavier(&self) -> usize {
        usize::from(self.to.per_thousand() >= self.from.per_thousand())
    }

    /// What rankings put behind a shift that a single talk (`*`) or a single cluster of talks (`†`) makes; else nothing.
    #[must_use]
    pub fn mark(&self) -> &'static str {
        match (self.one_session, self.test.one_cluster) {
            (true, _) => " *",
            (false, true) => " †",
            (false, false) => "",
        }
    }

    /// The near end of the interval if it excludes "no change", else 0.
    fn sure_end(&self) -> f64 {
        self.test.near_end(self.effect).map_or(0.0, |end| end.max(0.0))
    }

    /// The order of rankings, the strongest first: what more than one talk (and cluster) shows, then the near end of the
    /// interval, and |z| where the interval holds "no change".
    #[must_use]
    pub fn by_strength(&self, other: &Self) -> Ordering {
        self.strength().cmp(&other.strength()).then_with(|| self.key.cmp(&other.key))
    }

    /// What [`Shift::by_strength`] goes by before the key.
    pub(super) fn strength(&self) -> Strength {
        let size = if self.effect >= 0.0 { self.z } else { -self.z };
        Strength { marked: !self.mark().is_empty(), sure_end: self.sure_end(), size }
    }
}

/// How strong a shift is; the strongest is the first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strength {
    marked: bool,
    sure_end: f64,
    size: f64,
}

impl Strength {
    pub(super) fn cmp(&self, other: &Self) -> Ordering {
        let size = || other.size.total_cmp(&self.size);
        self.marked.cmp(&other.marked).then(other.sure_end.total_cmp(&self.sure_end)).then_with(size)
    }
}

/// The prior of one term: its pseudo-count and that of all words.
#[derive(Clone, Copy)]
struct Prior {
    term: f64,
    total: f64,
}

/// `pooled` mentions in `tokens` words, scaled to a prior of `words` words; by default as many as the smaller side
/// has, so that what was seen weighs as much as what was to be expected.
fn prior(pooled: u64, tokens: u64, words: Option<f64>, (from, to): (&Side, &Side)) -> Prior {
    let words = words.unwrap_or_else(|| from.tokens.min(to.tokens).max(1) as f64);
    Prior { term: words * (pooled.max(1) as f64) / (tokens.max(1) as f64), total: words }
}

/// Which rows count as talks.
pub(crate) fn is_counted(kind: SessionKind, include_framing: bool) -> bool {
    kind == SessionKind::Session || (include_framing && kind.is_framing())
}

/// Totals of one side before terms are looked at.
fn empty_side(matrix: &SessionTermMatrix, rows: &[usize]) -> Side {
    Side { tokens: rows.iter().map(|&r| u64::from(matrix.tokens(r))).sum(), n_sessions: rows.len(), ..Side::default() }
}

/// Whether a word stands mostly (two of three times) in phrases on the side where it is heavier: then the phrases are ranked
/// and not the word.
fn lives_in_phrases(from: &Side, to: &Side) -> bool {
    let heavier = if to.per_thousand() >= from.per_thousand() { to } else { from };
    heavier.in_phrases > 0 && u64::from(heavier.in_phrases) * 3 >= heavier.count * 2
}

/// How many concepts at least one side of each comparison names, in all.
fn n_named(matrix: &SessionTermMatrix, comparisons: &[Comparison], include_framing: bool) -> usize {
    let named = |comparison: &Comparison| {
        let mut is_named = vec![false; matrix.n_concepts()];
        let is_read = |&row: &usize| {
            let (kind, year) = (matrix.kind(row), matrix.year(row));
            let years = comparison.from.contains(year) || comparison.to.contains(year);
            years && (is_counted(kind, include_framing) || kind.is_framing())
        };
        for row in (0..matrix.n_sessions()).filter(is_read) {
            matrix.row(row).iter().for_each(|term| is_named[term.concept as usize] = true);
        }
        is_named.into_iter().filter(|named| *named).count()
    };
    comparisons.par_iter().map(named).sum()
}

/// Shifts of all concepts that at least one side names, in the order of comparisons and keys.
pub(crate) fn concept_shifts(
    matrix: &SessionTermMatrix,
    concepts: &Concepts,
    comparisons: &[Comparison],
    include_framing: bool,
    prior_words: Option<f64>,
) -> Vec<Shift> {
    let counted: Vec<usize> =
        (0..matrix.n_sessions()).filter(|&r| is_counted(matrix.kind(r), include_framing)).collect();
    let tokens: u64 = counted.iter().map(|&r| u64::from(matrix.tokens(r))).sum();
    let mut pooled = vec![0u64; matrix.n_concepts()];
    for &row in &counted {
        for term in matrix.row(row) {
            pooled[term.concept as usize] += u64::from(term.count);
        }
    }
    let names: Vec<[Name; 2]> =
        concepts.all().iter().map(|c| [&c.key, &c.label].map(|text| Name::from(text.as_str()))).collect();
    let mut shifts = Vec::new();
    shifts.reserve_exact(n_named(matrix, comparisons, include_framing));
    for &comparison in comparisons {
        let side = |years: YearSet| {
            let rows: Vec<usize> = counted.iter().copied().filter(|&r| years.contains(matrix.year(r))).collect();
            let mut side = vec![empty_side(matrix, &rows); matrix.n_concepts()];
            for &row in &rows {
                for term in matrix.row(row) {
                    side[term.concept as usize].add(term.count.into(), matrix.tokens(row));
                }
                for term in matrix.in_phrases(row) {
                    side[term.concept as usize].in_phrases += term.count;
                }
                let own = matrix.row(row);
                for term in matrix.in_compounds(row) {
                    let side = &mut side[term.concept as usize];
                    side.in_compounds += term.count;
                    let alone = own.binary_search_by_key(&term.concept, |t| t.concept).is_err();
                    side.sessions_with_compounds += usize::from(alone);
                }
            }
            let framing = (0..matrix.n_sessions())
                .filter(|&r| matrix.kind(r).is_framing() && !include_framing && years.contains(matrix.year(r)));
            for row in framing {
                for term in matrix.row(row) {
                    side[term.concept as usize].framing += term.count;
                }
            }
            side
        };
        let sides = rayon::join(|| side(comparison.from), || side(comparison.to));
        let shift = |(id, concept): (usize, &Concept)| {
            let (from, to) = (sides.0[id], sides.1[id]);
            let prior = || prior(pooled[id], tokens, prior_words, (&from, &to));
            let is_ranked = || concept.is_ranked() && !lives_in_phrases(&from, &to);
            let [key, label] = &names[id];
            (from.count + to.count > 0 || from.framing + to.framing > 0)
                .then(|| Shift::new(key, label, comparison, (from, to), prior(), is_ranked()))
        };
        shifts.par_extend(concepts.all().par_iter().enumerate().filter_map(shift));
    }
    shifts
}

/// The shift of anything that rows mention, named by key and label.
pub(super) fn shifts_of_rows(
    matrix: &SessionTermMatrix,
    (key, label): (&str, &str),
    comparison: Comparison,
    include_framing: bool,
    prior_words: Option<f64>,
    mentions: &dyn Fn(usize) -> u64,
) -> Shift {
    let counted = |r: &usize| is_counted(matrix.kind(*r), include_framing);
    let all = || (0..matrix.n_sessions()).filter(counted);
    let tokens: u64 = all().map(|r| u64::from(matrix.tokens(r))).sum();
    let side = |years: super::comparison::YearSet| {
        let rows: Vec<usize> = all().filter(|&r| years.contains(matrix.year(r))).collect();
        let mut side = empty_side(matrix, &rows);
        for &row in rows.iter().filter(|&&r| mentions(r) > 0) {
            side.add(mentions(row), matrix.tokens(row));
        }
        let framing = (0..matrix.n_sessions()).filter(|&r| !counted(&r) && years.contains(matrix.year(r)));
        side.framing = framing.map(|row| mentions(row) as u32).sum();
        side
    };
    let pooled: u64 = all().map(mentions).sum();
    let sides = (side(comparison.from), side(comparison.to));
    let prior = prior(pooled, tokens, prior_words, (&sides.0, &sides.1));
    Shift::new(&key.into(), &label.into(), comparison, sides, prior, true)
}

/// Shifts of all themes, in the order of comparisons and of the file.
pub(crate) fn theme_shifts(
    matrix: &SessionTermMatrix,
    themes: &ThemeCounts,
    comparisons: &[Comparison],
    include_framing: bool,
    prior_words: Option<f64>,
    language: Language,
) -> Vec<Shift> {
    let mut shifts = Vec::new();
    for &comparison in comparisons {
        for (id, theme) in themes.themes.themes.iter().enumerate() {
            let mentions = |row: usize| themes.sessions[[matrix.session(row), id]] as u64;
            let names = (theme.name.as_str(), theme.label(language));
            shifts.push(shifts_of_rows(matrix, names, comparison, include_framing, prior_words, &mentions));
        }
    }
    shifts
}

/// Shifts of found themes (`mentions`: rows × themes), in the order of comparisons and of the themes.
pub(crate) fn found_shifts(
    matrix: &SessionTermMatrix,
    (themes, mentions): (&[FoundTheme], &SparseCounts),
    comparisons: &[Comparison],
    include_framing: bool,
    prior_words: Option<f64>,
) -> Vec<Shift> {
    let columns: Vec<Vec<u64>> = (0..themes.len())
        .map(|theme| {
            let mut column = vec![0; matrix.n_sessions()];
            mentions.column(theme).cells().for_each(|(row, n)| column[row] = u64::from(n));
            column
        })
        .collect();
    let mut shifts = Vec::new();
    for &comparison in comparisons {
        for (theme, column) in themes.iter().zip(&columns) {
            let names = (theme.name.as_str(), theme.label.as_str());
            shifts.push(shifts_of_rows(matrix, names, comparison, include_framing, prior_words, &|row| column[row]));
        }
    }
    shifts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trends::comparison::YearSet;

    fn shift(from: &[u64], to: &[u64]) -> Shift {
        let side = |talks: &[u64]| {
            let mut side = Side { tokens: 1_000, n_sessions: 10, ..Side::default() };
            talks.iter().for_each(|&n| side.add(n, 100));
            side
        };
        let comparison = Comparison { from: YearSet::one(2024), to: YearSet::one(2025) };
        Shift::new(
            &"k".into(),
            &"l".into(),
            comparison,
            (side(from), side(to)),
            Prior { term: 4.0, total: 1_000.0 },
            true,
        )
    }

    #[test]
    fn one_talk_makes_no_trend() {
        let (one, many) = (shift(&[], &[9]), shift(&[], &[3, 3, 3]));
        assert!((one.z - many.z).abs() < 1e-12 && one.one_session && !many.one_session);
        assert!(many.z_without_top > one.z_without_top + 0.5);
        let fell = shift(&[3, 3, 3], &[]);
        assert!((fell.z_without_top + many.z_without_top).abs() < 1e-12);
    }
}
