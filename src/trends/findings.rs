//! What an analysis found, in one value.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::assess::Family;
use super::comparison::Comparison;
use super::cover::Uncovered;
use super::evidence::{Evidence, EvidenceKind};
use super::found::table::Table;
use super::found::{FoundThemes, KeyGroup, groups, topic_table};
use super::nearest::Nearest;
use super::series::TrendLine;
use super::shift::{Shift, is_counted};
use super::successions::Successions;
use super::themes::ThemeCounts;
use super::watch::Watched;
use crate::corpus::{Corpus, Language, Year};
use crate::counts::{ConceptId, ConceptKind, Concepts, PersonYear, SessionTermMatrix};
use crate::error::{Result, Warning};
use crate::stats::tfidf;

/// Of each comparison, what rises and what falls, the strongest first, by index.
type Rankings = Vec<[Vec<u32>; 2]>;

/// The results of an analysis.
#[derive(Debug, Clone)]
pub struct Trends {
    pub(crate) corpus: Corpus,
    pub(crate) concepts: Concepts,
    pub(crate) matrix: SessionTermMatrix,
    pub(crate) people: Vec<PersonYear>,
    /// Inverse document frequency of each concept.
    idf: Vec<f64>,
    /// Talks and words of each year.
    sizes: BTreeMap<Year, (usize, u64)>,
    pub(crate) comparisons: Vec<Comparison>,
    pub(crate) term_shifts: Vec<Shift>,
    pub(crate) themes: Option<ThemeCounts>,
    pub(crate) theme_shifts: Vec<Shift>,
    pub(crate) uncovered: Vec<Uncovered>,
    pub(crate) added_patterns: Vec<(usize, String)>,
    pub(crate) found: Option<FoundThemes>,
    pub(crate) found_shifts: Vec<Shift>,
    pub(crate) subtheme_shifts: Vec<Shift>,
    pub(crate) successions: Vec<Successions>,
    pub(crate) watched: Vec<Watched>,
    pub(crate) watch_shifts: Vec<Shift>,
    pub(crate) families: Vec<Family>,
    pub(crate) term_lines: Vec<TrendLine>,
    pub(crate) theme_lines: Vec<TrendLine>,
    pub(crate) found_lines: Vec<TrendLine>,
    pub(crate) evidence: Vec<Evidence>,
    /// Filled when first asked for.
    pub(super) nearest: OnceLock<Vec<Nearest>>,
    /// The rankings of each comparison, what rises first; filled when first asked for.
    rankings: OnceLock<Rankings>,
    persons_rankings: OnceLock<Rankings>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) settings: BTreeMap<String, String>,
    pub(crate) include_framing: bool,
    pub(crate) language: Language,
}

/// The pieces that [`Trends`] is put together from.
pub(crate) struct Parts {
    pub corpus: Corpus,
    pub concepts: Concepts,
    pub matrix: SessionTermMatrix,
    pub people: Vec<PersonYear>,
    pub comparisons: Vec<Comparison>,
    pub themes: Option<ThemeCounts>,
    pub settings: BTreeMap<String, String>,
    pub include_framing: bool,
    pub language: Language,
}

impl Trends {
    pub(crate) fn new(parts: Parts) -> Self {
        let idf = idf_of(&parts.matrix, parts.include_framing);
        let mut sizes: BTreeMap<Year, (usize, u64)> = BTreeMap::new();
        let matrix = &parts.matrix;
        for row in (0..matrix.n_sessions()).filter(|&row| is_counted(matrix.kind(row), parts.include_framing)) {
            let (talks, words) = sizes.entry(matrix.year(row)).or_default();
            (*talks, *words) = (*talks + 1, *words + u64::from(matrix.tokens(row)));
        }
        Self {
            idf,
            sizes,
            warnings: parts.corpus.warnings().to_vec(),
            corpus: parts.corpus,
            concepts: parts.concepts,
            matrix: parts.matrix,
            people: parts.people,
            comparisons: parts.comparisons,
            term_shifts: Vec::new(),
            themes: parts.themes,
            theme_shifts: Vec::new(),
            uncovered: Vec::new(),
            added_patterns: Vec::new(),
            found: None,
            found_shifts: Vec::new(),
            subtheme_shifts: Vec::new(),
            successions: Vec::new(),
            watched: Vec::new(),
            watch_shifts: Vec::new(),
            families: Vec::new(),
            term_lines: Vec::new(),
            theme_lines: Vec::new(),
            found_lines: Vec::new(),
            evidence: Vec::new(),
            nearest: OnceLock::new(),
            rankings: OnceLock::new(),
            persons_rankings: OnceLock::new(),
            settings: parts.settings,
            include_framing: parts.include_framing,
            language: parts.language,
        }
    }

    /// The corpus it was made from.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The years with talks, ascending.
    #[must_use]
    pub fn years(&self) -> Vec<Year> {
        self.corpus.years()
    }

    /// All concepts.
    #[must_use]
    pub fn concepts(&self) -> &Concepts {
        &self.concepts
    }

    /// Sessions × concepts.
    #[must_use]
    pub fn matrix(&self) -> &SessionTermMatrix {
        &self.matrix
    }

    /// Everybody whom sessions list or name, by name, year and role.
    #[must_use]
    pub fn people(&self) -> &[PersonYear] {
        &self.people
    }

    /// The pairs of years held against each other.
    #[must_use]
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// The comparison that headlines speak of: the first year with the last, or the only pair.
    #[must_use]
    pub fn main_comparison(&self) -> Option<Comparison> {
        self.comparisons.last().copied()
    }

    /// Shifts of concepts, by comparison and key.
    #[must_use]
    pub fn term_shifts(&self) -> &[Shift] {
        &self.term_shifts
    }

    /// Shifts of themes, by comparison and in the order of the theme file.
    #[must_use]
    pub fn theme_shifts(&self) -> &[Shift] {
        &self.theme_shifts
    }

    /// Concepts of several talks that no theme of the file names, those of most weight first; empty without themes.
    #[must_use]
    pub fn uncovered(&self) -> &[Uncovered] {
        &self.uncovered
    }

    /// The patterns that were added to the theme file, theme (by index) and pattern ([`Analysis::grow_themes`]).
    ///
    /// [`Analysis::grow_themes`]: crate::Analysis::grow_themes
    #[must_use]
    pub fn added_patterns(&self) -> &[(usize, String)] {
        &self.added_patterns
    }

    /// Themes that the corpus itself shows; none if they were not looked for.
    #[must_use]
    pub fn found_themes(&self) -> Option<&FoundThemes> {
        self.found.as_ref()
    }

    /// What themes are looked for in: a row for each talk (with `--include-framing` also opening and closing), a column for
    /// each ranked concept that is no person and stands in at least 3 talks (of 8,000 and more talks: one in 2,000) and at
    /// most a quarter of them. Words inside phrases count for the phrase alone. Of more than 6,000 concepts, the
    /// weightiest.
    ///
    /// # Errors
    /// If the mentions of a concept in a talk exceed `u32`.
    pub fn topic_table(&self) -> Result<Table> {
        let is_talk = |row: usize| is_counted(self.matrix.kind(row), self.include_framing);
        Ok(topic_table(&self.matrix, &self.concepts, is_talk)?.1)
    }

    /// Shifts of found themes, by comparison and in their order.
    #[must_use]
    pub fn found_shifts(&self) -> &[Shift] {
        &self.found_shifts
    }

    /// Shifts of the subthemes of found themes, by comparison and in their order.
    #[must_use]
    pub fn subtheme_shifts(&self) -> &[Shift] {
        &self.subtheme_shifts
    }

    /// The shifts that were corrected together for false discoveries.
    #[must_use]
    pub fn shifts_of_family(&self, kind: &str) -> &[Shift] {
        match kind {
            "themes" => &self.theme_shifts,
            "found" => &self.found_shifts,
            "subthemes" => &self.subtheme_shifts,
            "watch" => &self.watch_shifts,
            _ => &self.term_shifts,
        }
    }

    /// Found themes, then subthemes, over all years, in their order; empty for fewer than three years.
    #[must_use]
    pub fn found_lines(&self) -> &[TrendLine] {
        &self.found_lines
    }

    /// The shift of a theme, found theme or concept on a level of successions.
    #[must_use]
    pub fn shift_on(&self, level: &str, comparison: Comparison, key: &str) -> Option<&Shift> {
        let shifts = match level {
            "themes" => &self.theme_shifts,
            "found" => &self.found_shifts,
            _ => self.term_shifts_of(comparison),
        };
        shifts.iter().find(|s| s.comparison == comparison && s.key == key)
    }

    /// Shifts of concepts in one comparison, by key.
    #[must_use]
    pub fn term_shifts_of(&self, comparison: Comparison) -> &[Shift] {
        let place = |wanted: Comparison| self.comparisons.iter().position(|&c| c == wanted);
        let Some(at) = place(comparison) else { return &[] };
        let rest = &self.term_shifts[self.term_shifts.partition_point(|s| place(s.comparison) < Some(at))..];
        &rest[..rest.partition_point(|s| s.comparison == comparison)]
    }

    /// What may have taken the place of what, by comparison and level; empty without statistics.
    #[must_use]
    pub fn successions(&self) -> &[Successions] {
        &self.successions
    }

    /// Watch terms, with the concepts that count for them.
    #[must_use]
    pub fn watched(&self) -> &[Watched] {
        &self.watched
    }

    /// Shifts of watch terms, by comparison and in the order in which they were asked for.
    #[must_use]
    pub fn watch_shifts(&self) -> &[Shift] {
        &self.watch_shifts
    }

    /// The families of tests: terms, themes, found themes and watch terms of each comparison.
    #[must_use]
    pub fn families(&self) -> &[Family] {
        &self.families
    }

    /// Ranked concepts over all years, by key; empty for fewer than three years.
    #[must_use]
    pub fn term_lines(&self) -> &[TrendLine] {
        &self.term_lines
    }

    /// Themes over all years, in the order of the file; empty for fewer than three years.
    #[must_use]
    pub fn theme_lines(&self) -> &[TrendLine] {
        &self.theme_lines
    }

    /// Theme counts, if themes were given.
    #[must_use]
    pub fn themes(&self) -> Option<&ThemeCounts> {
        self.themes.as_ref()
    }

    /// All evidence, by kind, key, year and place.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// What a reader should know.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Every setting that can change a number.
    #[must_use]
    pub fn settings(&self) -> &BTreeMap<String, String> {
        &self.settings
    }

    /// The language of the report.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether opening and closing count as talks.
    #[must_use]
    pub fn include_framing(&self) -> bool {
        self.include_framing
    }

    /// Talks (with `--include-framing` also opening and closing) and their words in a year.
    #[must_use]
    pub fn year_size(&self, year: Year) -> (usize, u64) {
        self.sizes.get(&year).copied().unwrap_or_default()
    }

    /// Concepts that rose in the main comparison, the strongest first.
    #[must_use]
    pub fn rising(&self) -> Ranking<'_> {
        self.ranking(true, self.main_comparison())
    }

    /// Concepts that fell in the main comparison, the strongest first.
    #[must_use]
    pub fn falling(&self) -> Ranking<'_> {
        self.ranking(false, self.main_comparison())
    }

    /// Concepts that rose or fell in a comparison. What more than one talk shows comes first; then by the end of the
    /// 95 % interval that is nearer to no change; where the interval holds no change, by the z of the log-odds; equal
    /// ones by key.
    #[must_use]
    pub fn ranking(&self, rising: bool, comparison: Option<Comparison>) -> Ranking<'_> {
        let rankings = self.rankings.get_or_init(|| self.all_rankings(|s| s.ranked));
        self.ranked(rankings, rising, comparison)
    }

    /// People who are named more often, or less often, in a comparison; in the order of [`Trends::ranking`].
    #[must_use]
    pub fn persons_ranking(&self, rising: bool, comparison: Option<Comparison>) -> Ranking<'_> {
        let rankings = self.persons_rankings.get_or_init(|| {
            let people = self.concepts.all().iter().filter(|c| c.kind == ConceptKind::Person);
            let keys: FxHashSet<&str> = people.map(|c| c.key.as_str()).collect();
            self.all_rankings(|s| keys.contains(s.key.as_str()))
        });
        self.ranked(rankings, rising, comparison)
    }

    fn all_rankings(&self, is_wanted: impl Fn(&Shift) -> bool + Sync) -> Rankings {
        let both = |&c: &Comparison| [true, false].map(|rising| self.order_of(rising, c, &is_wanted));
        self.comparisons.par_iter().map(both).collect()
    }

    fn ranked(&self, rankings: &Rankings, rising: bool, comparison: Option<Comparison>) -> Ranking<'_> {
        let place = comparison.and_then(|wanted| self.comparisons.iter().position(|&c| c == wanted));
        let Some((comparison, place)) = comparison.zip(place) else { return Ranking { rows: Vec::new() } };
        let shifts = self.term_shifts_of(comparison);
        Ranking { rows: rankings[place][usize::from(!rising)].iter().map(|&i| &shifts[i as usize]).collect() }
    }

    /// The shifts of a comparison that rise, or fall, the strongest first, by index.
    fn order_of(&self, rising: bool, comparison: Comparison, is_wanted: impl Fn(&Shift) -> bool) -> Vec<u32> {
        let sign = if rising { 1.0 } else { -1.0 };
        let shifts = self.term_shifts_of(comparison);
        let mut order: Vec<_> = (0..)
            .zip(shifts)
            .filter(|(_, s)| is_wanted(s) && s.from.count + s.to.count > 0 && s.effect * sign > 0.0 && s.z * sign > 0.0)
            .map(|(i, shift)| (shift.strength(), i))
            .collect();
        let key = |i: u32| &shifts[i as usize].key;
        order.sort_unstable_by(|(a, i), (b, j)| a.cmp(b).then_with(|| key(*i).cmp(key(*j))).then(i.cmp(j)));
        order.into_iter().map(|(_, i)| i).collect()
    }

    /// The terms of a matrix row with their TF-IDF, the highest first; ranked concepts only if `ranked`.
    #[must_use]
    pub fn top_terms(&self, row: usize, n: usize, ranked: bool) -> Vec<(ConceptId, f64)> {
        // Among equals the longer label says more; a short text has many.
        let order = |a: &(ConceptId, f64), b: &(ConceptId, f64)| {
            let (x, y) = (self.concepts.get(a.0), self.concepts.get(b.0));
            let by_label = || y.label.chars().count().cmp(&x.label.chars().count());
            b.1.total_cmp(&a.1).then_with(by_label).then_with(|| (&x.key, a.0).cmp(&(&y.key, b.0)))
        };
        let mut terms: Vec<(ConceptId, f64)> = self.weights(row, ranked).collect();
        if n > 0 && n < terms.len() {
            terms.select_nth_unstable_by(n - 1, order);
        }
        terms.truncate(n);
        terms.sort_by(order);
        terms
    }

    /// The terms of a matrix row with their TF-IDF, by concept; ranked concepts only if `ranked`.
    pub(crate) fn weights(&self, row: usize, ranked: bool) -> impl Iterator<Item = (ConceptId, f64)> {
        let cells: Vec<(u32, f64)> = self.matrix.row(row).iter().map(|t| (t.concept, f64::from(t.count))).collect();
        let weights = tfidf::weights(&cells, |concept| self.idf[concept as usize]);
        let weighed = cells.into_iter().zip(weights).map(|((concept, _), weight)| (concept, weight));
        weighed.filter(move |&(c, w)| w > 0.0 && (!ranked || self.concepts.get(c).is_ranked()))
    }

    /// Key terms (the `n` of highest TF-IDF) of several talks that belong together, those of most talks first: what there is
    /// where talks are too few to find themes in.
    #[must_use]
    pub fn key_groups(&self, n: usize) -> Vec<KeyGroup> {
        let is_talk = |&row: &usize| is_counted(self.matrix.kind(row), self.include_framing);
        let talks = (0..self.matrix.n_sessions()).into_par_iter().filter(is_talk);
        let keys = talks.map(|row| (row, self.top_terms(row, n, true).into_iter().map(|t| t.0).collect()));
        groups(&self.concepts, &keys.collect::<Vec<_>>())
    }

    /// Quotes for a theme or a concept.
    pub fn quotes(&self, kind: EvidenceKind, key: &str) -> impl Iterator<Item = &Evidence> {
        let start = self.evidence.partition_point(|e| (e.kind, e.key.as_str()) < (kind, key));
        self.evidence[start..].iter().take_while(move |e| e.kind == kind && e.key == key)
    }
}

impl fmt::Display for Trends {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let years = self.years();
        let span = years.first().zip(years.last()).map_or(String::new(), |(a, b)| format!(" {a}–{b}"));
        write!(
            f,
            "Trends{span}: {} concepts, {} comparisons, {} themes",
            self.concepts.all().len(),
            self.comparisons.len(),
            self.themes.as_ref().map_or(0, |t| t.themes.themes.len())
        )
    }
}

/// Inverse document frequencies over the talks of all years. Opening and closing are weighed with the same ones.
fn idf_of(matrix: &SessionTermMatrix, include_framing: bool) -> Vec<f64> {
    let mut frequencies = vec![0; matrix.n_concepts()];
    let talks = (0..matrix.n_sessions()).filter(|&row| is_counted(matrix.kind(row), include_framing));
    let n_talks =
        talks.inspect(|&row| matrix.row(row).iter().for_each(|t| frequencies[t.concept as usize] += 1)).count();
    frequencies.into_iter().map(|df| tfidf::idf(n_talks, df)).collect()
}

/// Shifts in the order of a ranking.
#[derive(Debug, Clone)]
pub struct Ranking<'t> {
    /// The strongest first.
    pub rows: Vec<&'t Shift>,
}

impl Ranking<'_> {
    /// The first `n`.
    #[must_use]
    pub fn top(mut self, n: usize) -> Self {
        self.rows.truncate(n);
        self
    }
}

impl fmt::Display for Ranking<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.rows.iter().map(|s| s.label.chars().count()).max().unwrap_or(0);
        for (i, shift) in self.rows.iter().enumerate() {
            let gap = if i + 1 < self.rows.len() { "\n" } else { "" };
            let pad = " ".repeat(width - shift.label.chars().count());
            write!(
                f,
                "{}{pad}  {:>4} → {:<4} mentions, {:>3} of {} → {} of {} talks{}{gap}",
                shift.label,
                shift.from.count,
                shift.to.count,
                shift.from.sessions,
                shift.from.n_sessions,
                shift.to.sessions,
                shift.to.n_sessions,
                if shift.one_session { " (one talk)" } else { "" }
            )?;
        }
        Ok(())
    }
}
