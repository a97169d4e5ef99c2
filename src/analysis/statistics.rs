//! Tests, intervals and verdicts of an analysis.

use std::collections::{BTreeMap, BTreeSet};

use super::Analysis;
use crate::counts::{Concepts, Counts, SessionTermMatrix};
use crate::error::{Error, Result, Warning};
use crate::stats::design::Scheme;
use crate::stats::permutation::PermutationSettings;
use crate::stats::simulate::{OneYear, SimulationSettings, null_rates};
use crate::stats::sparse::SparseCounts;
use crate::trends::{self, Asked, Blocks, Family, FoundTheme, Shift, Tester, Trends, Watch};

/// How shifts are tested.
#[derive(Debug, Clone)]
pub struct StatisticsSettings {
    /// Whether anything is tested. Default: yes.
    pub enabled: bool,
    /// Clusters of talks.
    pub blocks: Blocks,
    /// Seed of random relabelings.
    pub seed: u64,
    /// Random relabelings at most, for a term whose verdict hangs on it.
    pub max_shuffles: u64,
    /// Terms to watch.
    pub watch: Vec<Watch>,
}

impl Default for StatisticsSettings {
    fn default() -> Self {
        let permutation = PermutationSettings::default();
        Self {
            enabled: true,
            blocks: Blocks::default(),
            seed: permutation.seed,
            max_shuffles: permutation.max_shuffles,
            watch: Vec::new(),
        }
    }
}

impl StatisticsSettings {
    pub(super) fn check(&self) -> Result<()> {
        if self.max_shuffles < 99 {
            return Err(Error::setting("--max-shuffles", self.max_shuffles.to_string(), "expected 99 or more"));
        }
        if let Some(empty) = self.watch.iter().find(|w| w.text().trim().is_empty()) {
            return Err(Error::setting("--watch", empty.text(), "expected a term"));
        }
        Ok(())
    }

    fn permutation(&self) -> PermutationSettings {
        PermutationSettings { seed: self.seed, max_shuffles: self.max_shuffles, ..PermutationSettings::default() }
    }

    pub(super) fn describe(&self) -> Vec<(String, String)> {
        let p = self.permutation();
        let watch: Vec<&str> = self.watch.iter().map(Watch::text).collect();
        vec![
            ("statistics".into(), self.enabled.to_string()),
            ("block".into(), self.blocks.to_string()),
            ("seed".into(), self.seed.to_string()),
            ("max_shuffles".into(), self.max_shuffles.to_string()),
            ("mentions_cap".into(), p.cap.to_string()),
            ("watch".into(), watch.join("; ")),
        ]
    }
}

/// Rows × concepts, as the statistics take them.
pub(super) fn table_of(matrix: &SessionTermMatrix) -> SparseCounts {
    let row = |row: usize| matrix.row(row).iter().filter(|t| t.count > 0).map(|t| (t.concept, t.count));
    SparseCounts::from_distinct(matrix.n_concepts(), matrix.n_sessions(), row)
}

/// Below this overlap of lengths, a comparison is said to tell little.
const LEAST_OVERLAP: f64 = 0.5;

/// Words of each row, at least one.
pub(super) fn sizes_of(matrix: &SessionTermMatrix) -> Vec<f64> {
    (0..matrix.n_sessions()).map(|row| f64::from(matrix.tokens(row).max(1))).collect()
}

impl Analysis {
    /// Fills in the statistics of all shifts.
    pub(super) fn assess(&self, trends: &mut Trends, counts: &Counts) -> Result<()> {
        let settings = &self.statistics;
        let table = table_of(&trends.matrix);
        let (watched, watch_table) =
            trends::count_watched(&settings.watch, &trends.corpus, counts, &trends.concepts, &trends.matrix)?;
        for &comparison in &trends.comparisons {
            let matrix = &trends.matrix;
            let more = trends::watch_shifts(
                &watched,
                &watch_table,
                matrix,
                comparison,
                self.include_framing,
                self.prior_words,
            );
            trends.watch_shifts.extend(more);
        }
        for unnamed in watched.iter().filter(|w| w.concepts.is_empty()) {
            let message = format!("no talk names the watch term {:?}", unnamed.text);
            trends.warnings.push(Warning::new("", 0, "watch-term-not-found", message));
        }
        trends.watched = watched;
        if !settings.enabled {
            return Ok(());
        }
        let tester = self.tester(trends, &table)?;
        let theme_table = theme_table(trends)?;
        self.assess_shifts(trends, &tester, [&table, &theme_table, &watch_table])?;
        let apart = |f: &&Family| f.kind == "terms" && f.scheme == Scheme::Sessions && f.overlap < LEAST_OVERLAP;
        for family in trends.families.iter().filter(apart) {
            let message = format!(
                "the talks of {} and {} differ so much in length that little can be told: {:.0} % of what parts the \
                 years is length",
                family.comparison.from,
                family.comparison.to,
                100.0 * (1.0 - family.overlap)
            );
            trends.warnings.push(Warning::new("", 0, "lengths-differ", message));
        }
        trends.successions = trends::successions(trends, &tester, &theme_table)?;
        self.lines(trends, &tester, &table, &theme_table)
    }

    /// Tests shifts, one comparison after the other: of terms, themes of the file, found themes and subthemes, and the
    /// terms to watch. Where years took part in the fit of found themes, these alone, and the fit with them.
    fn assess_shifts(
        &self,
        trends: &mut Trends,
        tester: &Tester,
        [table, theme_table, watch_table]: [&SparseCounts; 3],
    ) -> Result<()> {
        let fitted = trends.found.as_ref().filter(|f| f.equal_years && !f.themes.is_empty());
        let mut least = match fitted {
            Some(found) => trends::refit_p(trends, found, tester, self.statistics.seed)?,
            None => vec![Vec::new(); trends.comparisons.len()],
        };
        let mut shifts = [
            &mut trends.term_shifts,
            &mut trends.theme_shifts,
            &mut trends.found_shifts,
            &mut trends.subtheme_shifts,
            &mut trends.watch_shifts,
        ]
        .map(std::mem::take);
        let mut families: [Vec<Family>; 5] = Default::default();
        let (mut n_tested, n) = (0, shifts[0].len());
        let tell = |n_tested: usize| self.on_tests.iter().for_each(|on_tests| on_tests(n_tested, n));
        tell(0);
        let mut groups = shifts.each_mut().map(|shifts| by_comparison(shifts).peekable());
        for (&comparison, least) in trends.comparisons.iter().zip(&mut least) {
            let sides = tester.sides(comparison)?;
            for (kind, groups) in groups.iter_mut().enumerate() {
                let Some(group) = groups.next_if(|group| group[0].comparison == comparison) else { continue };
                let asked = match (kind, &trends.found) {
                    (0, _) => terms_asked(table, &trends.concepts, group),
                    (1, _) => all_asked("themes", theme_table, group.len()),
                    (2, Some(found)) => {
                        Asked { least_p: std::mem::take(least), ..all_asked("found", &found.mentions, group.len()) }
                    }
                    (3, Some(found)) if !found.equal_years => {
                        all_asked("subthemes", &found.subtheme_mentions, group.len())
                    }
                    (4, _) => all_asked("watch", watch_table, group.len()),
                    _ => continue,
                };
                if let Some(sides) = &sides {
                    families[kind].push(sides.assess(group, &asked)?);
                }
                if kind == 0 {
                    n_tested += group.len();
                    tell(n_tested);
                }
            }
        }
        drop(groups);
        trends.families = families.into_iter().flatten().collect();
        let [terms, themes, found, subthemes, watch] = shifts;
        (trends.term_shifts, trends.theme_shifts, trends.watch_shifts) = (terms, themes, watch);
        (trends.found_shifts, trends.subtheme_shifts) = (found, subthemes);
        Ok(())
    }

    /// Trends over three and more years.
    fn lines(&self, trends: &mut Trends, tester: &Tester, table: &SparseCounts, themes: &SparseCounts) -> Result<()> {
        let years = trends.years();
        if years.len() < 3 {
            return Ok(());
        }
        let ranked: Vec<usize> =
            (0..trends.concepts.all().len()).filter(|&c| trends.concepts.get(c as u32).is_ranked()).collect();
        let names = |c: usize| {
            let concept = trends.concepts.get(c as u32);
            (concept.key.clone(), concept.label.clone())
        };
        let term_lines = trends::trend_lines(tester, &years, table, &ranked, names)?;
        let file = trends.themes.as_ref().map(|t| &t.themes.themes);
        let columns: Vec<usize> = (0..themes.n_columns()).collect();
        let names = |t: usize| {
            let theme = &file.expect("there are themes")[t];
            (theme.name.clone(), theme.label(trends.language).to_owned())
        };
        let theme_lines = trends::trend_lines(tester, &years, themes, &columns, names)?;
        if let Some(found) = trends.found.as_ref().filter(|f| !f.equal_years) {
            let lines = |themes: &[FoundTheme], mentions: &SparseCounts| {
                let columns: Vec<usize> = (0..themes.len()).collect();
                let names = |t: usize| (themes[t].name.clone(), themes[t].label.clone());
                trends::trend_lines(tester, &years, mentions, &columns, names)
            };
            trends.found_lines = lines(&found.themes, &found.mentions)?;
            trends.found_lines.extend(lines(&found.subthemes, &found.subtheme_mentions)?);
        }
        (trends.term_lines, trends.theme_lines) = (term_lines, theme_lines);
        Ok(())
    }

    fn tester(&self, trends: &mut Trends, table: &SparseCounts) -> Result<Tester> {
        let matrix = &trends.matrix;
        let rows = 0..matrix.n_sessions();
        let counted: Vec<bool> =
            rows.clone().map(|r| trends::counts_as_talk(matrix.kind(r), self.include_framing)).collect();
        let sessions: Vec<usize> = rows.clone().map(|r| matrix.session(r)).collect();
        let talks: Vec<usize> = rows.clone().filter(|&r| counted[r]).map(|r| sessions[r]).collect();
        let mut tester = Tester {
            sizes: sizes_of(matrix),
            years: rows.map(|r| matrix.year(r)).collect(),
            counted,
            blocks: None,
            clusters: None,
            permutation: self.statistics.permutation(),
            may_confirm: true,
        };
        let found = trends::undeclared_blocks(&trends.corpus, &talks);
        let tag = if let Blocks::Tag(tag) = &self.statistics.blocks { Some(tag) } else { found.as_ref() };
        tester.clusters = tag.map(|tag| trends::block_ids(&trends.corpus, &sessions, tag)).transpose()?;
        match (&self.statistics.blocks, found) {
            (Blocks::Tag(_), _) => tester.blocks.clone_from(&tester.clusters),
            (Blocks::Undeclared, Some(tag)) => {
                tester.may_confirm = false;
                let blocks = trends::block_ids(&trends.corpus, &sessions, &tag)?;
                // With one cluster a year, whole clusters would decide nothing.
                let whole = if blocks_a_year(&tester, &blocks) > 1 {
                    format!("--block {tag} tests whole clusters, ")
                } else {
                    String::new()
                };
                let message = format!(
                    "talks come in clusters (same {tag}), and talks of one cluster are alike: no shift is called \
                     confirmed; {whole}--block none takes talks for independent"
                );
                trends.warnings.push(Warning::new("", 0, "undeclared-blocks", message));
            }
            (Blocks::Independent, Some(tag)) => {
                let blocks = trends::block_ids(&trends.corpus, &sessions, &tag)?;
                if let Some(error) = session_level_error(&tester, table, &blocks)?
                    && error > 0.1
                {
                    tester.may_confirm = false;
                    let message = format!(
                        "talks are not independent: where whole clusters (same {tag}) of one year are dealt at random, \
                         {:.0} of 100 tests of single talks give p < .05; no shift is called confirmed, --block {tag} \
                         tests whole clusters",
                        error * 100.0
                    );
                    trends.warnings.push(Warning::new("", 0, "dependent-talks", message));
                }
            }
            _ => {}
        }
        Ok(tester)
    }
}

/// The number of blocks in the year that has the most of them.
fn blocks_a_year(tester: &Tester, blocks: &[u32]) -> usize {
    let mut of_year: BTreeMap<i32, BTreeSet<u32>> = BTreeMap::new();
    for row in (0..blocks.len()).filter(|&r| tester.counted[r]) {
        of_year.entry(tester.years[row]).or_default().insert(blocks[row]);
    }
    of_year.values().map(BTreeSet::len).max().unwrap_or(0)
}

/// The share of tests of single talks with p < .05 where whole blocks of the largest year are dealt into two halves; the
/// lower end of two standard errors. `None` with too few blocks.
fn session_level_error(tester: &Tester, table: &SparseCounts, blocks: &[u32]) -> Result<Option<f64>> {
    let mut years: Vec<i32> = tester.years.clone();
    years.sort_unstable();
    years.dedup();
    let size = |y: i32| (0..blocks.len()).filter(|&r| tester.counted[r] && tester.years[r] == y).count();
    let Some(year) = years.into_iter().max_by_key(|&y| (size(y), y)) else { return Ok(None) };
    let rows: Vec<usize> = (0..blocks.len()).filter(|&r| tester.counted[r] && tester.years[r] == year).collect();
    let mut to = vec![None; blocks.len()];
    rows.iter().zip(0..).for_each(|(&row, new)| to[row] = Some(new));
    let counts = table.regroup(&to, rows.len());
    let sizes: Vec<f64> = rows.iter().map(|&r| tester.sizes[r]).collect();
    let blocks: Vec<u32> = rows.iter().map(|&r| blocks[r]).collect();
    let mut distinct = blocks.clone();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 8 {
        return Ok(None);
    }
    let one_year = OneYear { counts: &counts, sizes: &sizes, blocks: Some(&blocks), test_sessions: true };
    let settings = SimulationSettings { draws: 60, per_side: None, shuffles: 199, seed: tester.permutation.seed };
    let rates = null_rates(&one_year, &settings)?;
    // Terms in ten and more talks: rarer ones cannot reach the levels that more talks would show.
    let frequent: Vec<_> = rates.strata[2..].iter().map(|s| s[0]).filter(|s| s.cases > 0).collect();
    Ok(frequent.iter().map(|s| s.share - 2.0 * s.error).reduce(f64::max))
}

/// The shifts of each comparison; they stand together.
fn by_comparison(shifts: &mut [Shift]) -> impl Iterator<Item = &mut [Shift]> {
    shifts.chunk_by_mut(|a, b| a.comparison == b.comparison)
}

fn terms_asked<'a>(table: &'a SparseCounts, concepts: &Concepts, shifts: &[Shift]) -> Asked<'a> {
    // Shifts come in the order of concepts; a person may have the key of a topic.
    let mut next = 0;
    let column = |s: &Shift| {
        while concepts.all()[next].key != s.key {
            next += 1;
        }
        next += 1;
        next - 1
    };
    let columns: Vec<usize> = shifts.iter().map(column).collect();
    let in_family = columns.iter().map(|&c| concepts.get(c as u32).is_ranked()).collect();
    Asked { kind: "terms", counts: table, columns, in_family, filtered: true, least_p: Vec::new() }
}

fn all_asked<'a>(kind: &'static str, counts: &'a SparseCounts, n: usize) -> Asked<'a> {
    Asked { kind, counts, columns: (0..n).collect(), in_family: vec![true; n], filtered: false, least_p: Vec::new() }
}

/// Rows × themes.
pub(super) fn theme_table(trends: &Trends) -> Result<SparseCounts> {
    let themes = trends.themes.as_ref();
    let n = themes.map_or(0, |t| t.themes.themes.len());
    let row = |row: usize| {
        let session = trends.matrix.session(row);
        let cells = themes.into_iter().flat_map(move |t| {
            t.sessions.row(session).into_iter().enumerate().map(|(theme, &mentions)| (theme as u32, mentions as u32))
        });
        cells.collect::<Vec<_>>()
    };
    SparseCounts::from_rows(n, (0..trends.matrix.n_sessions()).map(row))
}
