//! The one place that runs every floor.

mod calibrate;
mod cases;
mod quotes;
mod statistics;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{Corpus, Language, Session};
use crate::counts::{
    AlsoRead, ConceptFile, ConceptId, ConceptKind, Concepts, CountSettings, Counts, ReadPart, SessionTermMatrix,
    people_by_year,
};
use crate::error::{Error, ErrorKind, Result, Warning};
use crate::report::{Report, ReportOptions};
use crate::stats::sparse::SparseCounts;
use crate::trends::{
    self, Comparison, FoundSettings, FoundTheme, Parts, Shift, ThemeCounts, ThemeFile, ThemeFinder, ThemeTally, Trends,
};

pub use calibrate::{Calibration, CalibrationSettings, PLANTED_RATIOS};
pub use cases::{Case, CaseResult, CaseScore, CaseSummary, Expectation, check_cases, read_cases};
pub use quotes::Quotes;
pub use statistics::StatisticsSettings;

/// Concepts that get evidence in a large corpus.
const MAX_WITH_EVIDENCE: usize = 2_000;
/// People that get evidence there, beside them.
const MAX_PEOPLE_WITH_EVIDENCE: usize = 500;
/// Up to so many concepts, all of them get evidence.
const ALL_WITH_EVIDENCE: usize = 20_000;

/// A step of an analysis, for progress displays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Words are counted.
    Count,
    /// Spellings become concepts, phrases are counted.
    Resolve,
    /// Themes are matched.
    Themes,
    /// Years are compared.
    Compare,
    /// Shifts are tested.
    Test,
    /// Quotes are collected.
    Evidence,
}

type OnStep = Arc<dyn Fn(Step) + Send + Sync>;
type OnTests = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// Settings of an analysis; [`Analysis::run`] checks them before anything is counted.
#[derive(Clone)]
pub struct Analysis {
    counting: CountSettings,
    concepts: ConceptFile,
    comparisons: Option<Vec<Comparison>>,
    themes: Option<ThemeFile>,
    only_fitting_themes: bool,
    grow_themes: bool,
    include_framing: bool,
    prior_words: Option<f64>,
    language: Option<Language>,
    evidence: bool,
    one_year: bool,
    statistics: StatisticsSettings,
    found: FoundSettings,
    on_step: Option<OnStep>,
    on_tests: Option<OnTests>,
}

impl Default for Analysis {
    fn default() -> Self {
        Self {
            counting: CountSettings::default(),
            concepts: ConceptFile::default(),
            comparisons: None,
            themes: None,
            only_fitting_themes: false,
            grow_themes: false,
            include_framing: false,
            prior_words: None,
            language: None,
            evidence: true,
            one_year: false,
            statistics: StatisticsSettings::default(),
            found: FoundSettings::default(),
            on_step: None,
            on_tests: None,
        }
    }
}

impl Analysis {
    /// An analysis with default settings.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How words are counted.
    #[must_use]
    pub fn counting(mut self, settings: CountSettings) -> Self {
        self.counting = settings;
        self
    }

    /// Merges, splits and bans of concepts by hand.
    #[must_use]
    pub fn concepts(mut self, file: ConceptFile) -> Self {
        self.concepts = file;
        self
    }

    /// Which years are held against which. Default: neighbours, and the first with the last.
    #[must_use]
    pub fn compare(mut self, comparisons: Vec<Comparison>) -> Self {
        self.comparisons = Some(comparisons);
        self
    }

    /// Themes to look for. Default: none.
    #[must_use]
    pub fn themes(mut self, themes: ThemeFile) -> Self {
        self.themes = Some(themes);
        self
    }

    /// Themes from a file.
    ///
    /// # Errors
    /// If the file cannot be read or does not follow the format.
    pub fn themes_from_path(self, path: impl AsRef<Path>) -> Result<Self> {
        Ok(self.themes(ThemeFile::from_path(path)?))
    }

    /// The themes that come with wandel ([`ThemeFile::builtin`]), kept only if they fit the corpus: if at least
    /// [`FITTING_SHARE`] of the talks name two or more of them.
    ///
    /// # Errors
    /// As [`ThemeFile::builtin`].
    pub fn builtin_themes_if_fitting(mut self) -> Result<Self> {
        self.only_fitting_themes = true;
        Ok(self.themes(ThemeFile::builtin()?))
    }

    /// Looks for no themes.
    #[must_use]
    pub fn without_themes(mut self) -> Self {
        self.themes = None;
        self.only_fitting_themes = false;
        self
    }

    /// Keeps the themes whether they fit or not.
    #[must_use]
    pub fn keep_themes(mut self) -> Self {
        self.only_fitting_themes = false;
        self
    }

    /// Whether concepts that go with a theme of the file (in the same talks far more often than by chance) are added to
    /// its patterns and counted. Default: no.
    #[must_use]
    pub fn grow_themes(mut self, yes: bool) -> Self {
        self.grow_themes = yes;
        self
    }

    /// Whether opening and closing count as talks. Default: no.
    #[must_use]
    pub fn include_framing(mut self, yes: bool) -> Self {
        self.include_framing = yes;
        self
    }

    /// Size in words of the Dirichlet prior of the log-odds. Default: as many words as the smaller side has.
    #[must_use]
    pub fn prior_words(mut self, words: f64) -> Self {
        self.prior_words = Some(words);
        self
    }

    /// The language of labels and reports. Default: that of most sessions.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// Whether quotes are collected. Default: yes.
    #[must_use]
    pub fn evidence(mut self, yes: bool) -> Self {
        self.evidence = yes;
        self
    }

    /// Whether a corpus of a single year is accepted (there is nothing to compare then). Default: no.
    #[must_use]
    pub fn allow_one_year(mut self, yes: bool) -> Self {
        self.one_year = yes;
        self
    }

    /// How shifts are tested, and what is watched.
    #[must_use]
    pub fn statistics(mut self, settings: StatisticsSettings) -> Self {
        self.statistics = settings;
        self
    }

    /// How themes are looked for that no list names.
    #[must_use]
    pub fn found_themes(mut self, settings: FoundSettings) -> Self {
        self.found = settings;
        self
    }

    /// Calls `on_step` when a step begins.
    #[must_use]
    pub fn on_step(mut self, on_step: impl Fn(Step) + Send + Sync + 'static) -> Self {
        self.on_step = Some(Arc::new(on_step));
        self
    }

    /// Calls `on_tests` with the shifts tested so far and all of them, before the first and after each comparison. How
    /// far texts have been read tells [`Corpus::on_read`].
    #[must_use]
    pub fn on_tests(mut self, on_tests: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        self.on_tests = Some(Arc::new(on_tests));
        self
    }

    /// Checks the settings and runs every step on a corpus.
    ///
    /// # Errors
    /// If a setting is out of range, if there is nothing to compare, or if a source cannot be read again.
    pub fn run(&self, corpus: &Corpus) -> Result<Trends> {
        let comparisons = self.checked_comparisons(corpus)?;
        self.step(Step::Count);
        let counts = Counts::of(corpus, &self.counting)?;
        self.after_counting(corpus, Cow::Owned(counts), comparisons)
    }

    /// As [`Analysis::run`], from counts that were made before, such as those of a counts file; their settings hold
    /// instead of [`Analysis::counting`].
    ///
    /// # Errors
    /// As [`Analysis::run`].
    pub fn run_counted(&self, corpus: &Corpus, counts: &Counts) -> Result<Trends> {
        let analysis = self.clone().counting(counts.settings().clone());
        let comparisons = analysis.checked_comparisons(corpus)?;
        analysis.after_counting(corpus, Cow::Borrowed(counts), comparisons)
    }

    fn step(&self, step: Step) {
        if let Some(on_step) = &self.on_step {
            on_step(step);
        }
    }

    fn after_counting(
        &self,
        corpus: &Corpus,
        mut counts: Cow<'_, Counts>,
        comparisons: Vec<Comparison>,
    ) -> Result<Trends> {
        let step = |s: Step| self.step(s);
        step(Step::Resolve);
        let floor = self.counting.phrase_floor(counts.n_tokens());
        let wanted = self.themes.as_ref().filter(|_| corpus.texts().are_there());
        let (concepts, finder) = rayon::join(
            || Concepts::resolve_with(&counts, &self.concepts),
            || wanted.map(|file| ThemeFinder::new(corpus, file, &self.counting, Some(&counts))),
        );
        let mut concepts = concepts?;
        let mut tally = wanted.map(|file| ThemeTally::new(corpus, file, self.include_framing));
        let find = finder.as_ref().map(|finder| {
            |index: usize, session: &Session, text: &str, parts: &[ReadPart<'_>]| {
                finder.find(index, session, text, parts)
            }
        });
        let matrix = SessionTermMatrix::build_beside(
            corpus,
            &counts,
            &mut concepts,
            find.as_ref().map(|find| find as AlsoRead<'_, _>),
            |quotes| {
                if let Some(tally) = &mut tally {
                    tally.add(quotes);
                }
            },
        )?;
        step(Step::Themes);
        let themes = tally.map(ThemeTally::finish);
        let themes = themes.filter(|t| !self.only_fitting_themes || fit(corpus, t));
        step(Step::Compare);
        let mut trends = Trends::new(Parts {
            corpus: corpus.clone(),
            concepts,
            matrix,
            people: people_by_year(&counts),
            comparisons,
            themes,
            settings: self.describe(floor),
            include_framing: self.include_framing,
            language: self.language.unwrap_or_else(|| report_language(corpus.language())),
        });
        if let Cow::Owned(counts) = &mut counts {
            counts.drop_cells();
        }
        trends.term_shifts = trends::concept_shifts(
            &trends.matrix,
            &trends.concepts,
            &trends.comparisons,
            self.include_framing,
            self.prior_words,
        );
        if let Some(finder) = finder.filter(|_| trends.themes.is_some()) {
            self.cover(&mut trends, &finder)?;
        }
        if let Some(themes) = &trends.themes {
            trends.theme_shifts = trends::theme_shifts(
                &trends.matrix,
                themes,
                &trends.comparisons,
                self.include_framing,
                self.prior_words,
                trends.language,
            );
        }
        self.find_themes(&mut trends)?;
        step(Step::Test);
        self.assess(&mut trends, &counts)?;
        if self.evidence {
            step(Step::Evidence);
            let wanted = wanted_evidence(&trends);
            trends.evidence =
                trends::collect_evidence(corpus, &counts, &trends.concepts, trends.themes.as_mut(), &wanted)?;
        }
        trends.warnings.extend(self.cautions(&trends));
        Ok(trends)
    }

    fn checked_comparisons(&self, corpus: &Corpus) -> Result<Vec<Comparison>> {
        if let Some(words) = self.prior_words.filter(|w| !(*w > 0.0 && w.is_finite())) {
            return Err(Error::setting("--prior-words", words.to_string(), "expected a number above zero"));
        }
        if !(-1.0..=1.0).contains(&self.counting.phrase_min_npmi) {
            return Err(Error::setting(
                "--phrase-min-npmi",
                self.counting.phrase_min_npmi.to_string(),
                "expected a number from -1 to 1",
            ));
        }
        self.statistics.check()?;
        self.found.check()?;
        let years = corpus.years();
        if years.is_empty() {
            return Err(ErrorKind::NothingToCompare { years }.into());
        }
        if self.one_year && years.len() == 1 {
            return Ok(Vec::new());
        }
        let wanted = self.comparisons.clone().unwrap_or_else(|| Comparison::default_for(&years));
        Comparison::check(wanted, &years)
    }

    /// What the themes of the file leave out; and the themes counted anew if they may take it in.
    fn cover(&self, trends: &mut Trends, finder: &ThemeFinder) -> Result<()> {
        trends.uncovered = trends::uncovered(trends, finder, &statistics::theme_table(trends)?)?;
        let file = trends.themes.as_ref().map(|t| t.themes.clone()).filter(|_| self.grow_themes);
        let Some(file) = file else { return Ok(()) };
        let (file, added) = trends::grown(&file, trends, &trends.uncovered);
        if !added.is_empty() {
            trends.themes = Some(trends::count_themes(&trends.corpus, &file, &self.counting, self.include_framing)?);
            trends.added_patterns = added;
            let finder = ThemeFinder::new(&trends.corpus, &file, &self.counting, None);
            trends.uncovered = trends::uncovered(trends, &finder, &statistics::theme_table(trends)?)?;
        }
        Ok(())
    }

    /// Themes that no list names, and their shifts.
    fn find_themes(&self, trends: &mut Trends) -> Result<()> {
        if !self.found.enabled {
            return Ok(());
        }
        let matrix = &trends.matrix;
        let is_talk = |row: usize| trends::counts_as_talk(matrix.kind(row), self.include_framing);
        let found = trends::find_themes(matrix, &trends.concepts, is_talk, &self.found)?;
        let shifts = |themes: &[FoundTheme], mentions: &SparseCounts| {
            let themes = (themes, mentions);
            trends::found_shifts(matrix, themes, &trends.comparisons, self.include_framing, self.prior_words)
        };
        let of_themes = shifts(&found.themes, &found.mentions);
        let of_subthemes = shifts(&found.subthemes, &found.subtheme_mentions);
        (trends.found_shifts, trends.subtheme_shifts) = (of_themes, of_subthemes);
        trends.found = Some(found);
        Ok(())
    }

    /// What must be said whatever the numbers are.
    fn cautions(&self, trends: &Trends) -> Vec<Warning> {
        let mut cautions = Vec::new();
        let years = trends.years();
        let sources: BTreeMap<_, FxHashSet<usize>> = trends.corpus.talks().fold(BTreeMap::new(), |mut map, s| {
            map.entry(s.year).or_insert_with(FxHashSet::default).insert(s.document);
            map
        });
        if years.len() > 1 && sources.values().all(|s| s.len() == 1) {
            let message =
                "each year is one source: a change of its author or style cannot be told from a change of topics";
            cautions.push(Warning::new("", 0, "year-is-source", message));
        }
        for ambiguous in trends.concepts.ambiguous() {
            let message = format!(
                "{} stands for more than one thing and is counted by itself: {}",
                ambiguous.acronym,
                ambiguous.long_forms.join("; ")
            );
            cautions.push(Warning::new("", 0, "ambiguous-acronym", message));
        }
        let smallest = years.iter().map(|&y| (trends.year_size(y).0, y)).min();
        if self.only_fitting_themes && trends.themes().is_some() {
            let message = "the themes are wandel's own for public-sector IT; --themes FILE takes others, --themes none takes none";
            cautions.push(Warning::new("", 0, "builtin-themes", message));
        }
        if let Some((n, year)) = smallest.filter(|s| s.0 < 30) {
            let message = format!(
                "{year} has only {n} {}: what one or two talks do looks like a trend",
                if n == 1 { "talk" } else { "talks" }
            );
            cautions.push(Warning::new("", 0, "few-talks", message));
        }
        cautions
    }

    /// For the manifest.
    fn describe(&self, phrase_floor: u32) -> BTreeMap<String, String> {
        let mut settings = self.counting.describe();
        settings.insert("phrase_floor".into(), phrase_floor.to_string());
        settings.insert("include_framing".into(), self.include_framing.to_string());
        settings.insert("prior_words".into(), self.prior_words.map_or("auto".into(), |w| w.to_string()));
        settings.insert("idf".into(), "pooled".into());
        settings.insert("grow_themes".into(), self.grow_themes.to_string());
        settings.insert("found_themes".into(), self.found.describe());
        settings.insert("equal_years".into(), self.found.equal_years.to_string());
        let by_hand = self.concepts != ConceptFile::default();
        settings.extend(self.statistics.describe());
        settings.insert("concept_file".into(), if by_hand { self.concepts.digest() } else { "none".into() });
        settings
    }
}

/// Share of the talks that must name two or more of the built-in themes, so that they are used unasked.
pub const FITTING_SHARE: f64 = 0.6;

fn fit(corpus: &Corpus, themes: &ThemeCounts) -> bool {
    let top_level: Vec<usize> =
        (0..themes.themes.themes.len()).filter(|&t| themes.themes.themes[t].parent.is_none()).collect();
    let talks = corpus.sessions().iter().enumerate().filter(|(_, s)| s.is_talk());
    let (mut n, mut hit) = (0usize, 0usize);
    for (row, _) in talks {
        n += 1;
        hit += usize::from(top_level.iter().filter(|&&t| themes.sessions[[row, t]] > 0.0).count() >= 2);
    }
    hit as f64 >= FITTING_SHARE * n as f64 && n > 0
}

/// Reports are written in German or English.
fn report_language(language: Language) -> Language {
    if language == Language::De { Language::De } else { Language::En }
}

/// The concepts that get quotes: all, or in a large corpus the most telling.
fn wanted_evidence(trends: &Trends) -> FxHashSet<ConceptId> {
    let all = trends.concepts.all();
    if all.len() <= ALL_WITH_EVIDENCE {
        return (0..all.len() as ConceptId).collect();
    }
    let ids: FxHashMap<&str, ConceptId> =
        all.iter().enumerate().map(|(i, c)| (c.key.as_str(), i as ConceptId)).collect();
    let is_person = |s: &Shift| all[ids[s.key.as_str()] as usize].kind == ConceptKind::Person;
    let strongest = |mut shifts: Vec<&Shift>, n: usize| {
        shifts.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()).then(a.key.cmp(&b.key)));
        let mut strongest = FxHashSet::default();
        for shift in shifts {
            if strongest.len() < n {
                strongest.insert(ids[shift.key.as_str()]);
            }
        }
        strongest
    };
    let mut wanted = strongest(trends.term_shifts.iter().filter(|s| s.ranked).collect(), MAX_WITH_EVIDENCE);
    let people = trends.term_shifts.iter().filter(|s| !s.ranked && is_person(s)).collect();
    wanted.extend(strongest(people, MAX_PEOPLE_WITH_EVIDENCE));
    wanted.extend(trends.found.iter().flat_map(|f| &f.themes).flat_map(|t| t.concepts.iter().map(|c| c.0)));
    wanted
}

impl Trends {
    /// A report on these results under a title.
    #[must_use]
    pub fn report(&self, title: impl Into<String>) -> Report<'_> {
        Report::new(self, ReportOptions { title: title.into(), ..ReportOptions::default() })
    }
}
