//! Arguments: what can be said, and the settings it means.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::calibrate::CalibrateArgs;
use super::counts::{CountFileArgs, MergeArgs};
use super::output::FormatArg;
use super::quotes::QuotesArgs;
use crate::analysis::{Analysis, StatisticsSettings};
use crate::corpus::{Corpus, Language, Year};
use crate::counts::{ConceptFile, CountSettings, PersonRule};
use crate::error::{Error, Result};
use crate::ingest::{ReadOptions, TagRule};
use crate::report::{CsvDialect, Format, ReportOptions};
use crate::text::{Rule, Rules};
use crate::trends::{Blocks, Comparison, FoundSettings, Watch};

/// What did people talk about last year, what do they talk about now, and how sure can we be?
#[derive(Debug, Parser)]
#[command(name = "wandel", version, propagate_version = true, max_term_width = 100, after_help = EXAMPLES)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Say more on standard error: every note, what was skipped
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Number of threads (default: all cores); never changes a result
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

const EXAMPLES: &str = "Examples:
  wandel report data/it-fachtag --out output
  wandel sessions 2024.txt                       the talks found in an article
  wandel sessions articles --write sessions.toml
  wandel report articles --sessions sessions.toml
  wandel report talks.csv --columns year=jahr,text=inhalt --csv-dialect excel-de
  wandel shifts speeches/ --compare 2019:2020 --top 30

Exit codes: 0 fine, 1 nothing to compare (a single year), 2 bad input or usage.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read, count, compare; write page, charts and tables into a folder
    #[command(
        after_help = "Examples:\n  wandel report data/it-fachtag --out output\n  wandel report articles --themes my-themes.toml --lang en --title \"IT day 2024 / 2025\"\n  wandel report talks.jsonl.gz --compare 2019:2020,2017-2019:2020-2022 --only csv,md"
    )]
    Report(ReportArgs),
    /// Show the sessions found, or write them to a file for editing
    #[command(
        after_help = "Examples:\n  wandel sessions 2024.txt 2025.txt\n  wandel sessions articles --write sessions.toml"
    )]
    Sessions(SessionsArgs),
    /// Print the top terms of each session by TF-IDF
    #[command(after_help = "Example:\n  wandel terms 2024.txt --top 8")]
    Terms(TermsArgs),
    /// Print the terms that rose and fell
    #[command(after_help = "Example:\n  wandel shifts articles --compare 2024:2025 --top 20")]
    Shifts(ShiftsArgs),
    /// Print how the themes of a theme file shifted
    #[command(after_help = "Example:\n  wandel themes articles --themes my-themes.toml")]
    Themes(Box<ThemesArgs>),
    /// Show the concepts of a corpus: which spellings are counted together, and why
    #[command(
        after_help = "Examples:\n  wandel concepts 2024.txt 2025.txt\n  wandel concepts articles --explain \"Künstliche Intelligenz\"\n  wandel concepts --check decisions.jsonl"
    )]
    Concepts(ConceptsArgs),
    /// Print every mention of a term with its context
    #[command(
        after_help = "Examples:\n  wandel quotes KI 2024.txt 2025.txt\n  wandel quotes \"digitale Souveränität\" articles --of 2025\n  wandel quotes KI articles --with-compounds --format csv"
    )]
    Quotes(QuotesArgs),
    /// Count texts into a file, for `merge` and `report`
    #[command(
        after_help = "Examples:\n  wandel count talks/2024.jsonl -o 2024.counts\n  wandel count speeches --shard 2/8 -o part2.counts\n  wandel report 2023.counts 2024.counts"
    )]
    Count(CountFileArgs),
    /// Put counts files together, as if their texts had been counted in one go
    #[command(after_help = "Example:\n  wandel merge part1.counts part2.counts -o all.counts")]
    Merge(MergeArgs),
    /// Deal one year's talks at random into two halves and print what the tests make of it
    #[command(
        after_help = "Examples:\n  wandel calibrate talks.jsonl --draws 200\n  wandel calibrate talks.jsonl --of 2024 --block event --planted"
    )]
    Calibrate(CalibrateArgs),
    /// Write a commented settings file into a folder of texts
    #[command(after_help = "Example:\n  wandel init articles")]
    Init(InitArgs),
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  wandel completions bash > /etc/bash_completion.d/wandel")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What to read and how.
#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    /// Articles (.txt, .md), tables (.jsonl, .csv, .tsv, also .gz) or folders of them; for reports also counts files
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub how: HowArgs,
}

/// How to read.
#[derive(Debug, Args)]
pub(super) struct HowArgs {
    /// Year of a file, where it cannot be told or is told wrong
    #[arg(long = "year", value_name = "FILE=YEAR", help_heading = "Reading")]
    years: Vec<String>,
    /// Encoding of the files, such as windows-1252 (default: detected)
    #[arg(long, value_name = "LABEL", help_heading = "Reading")]
    encoding: Option<String>,
    /// Names of table columns: year, date, title, text, id, lang, speakers
    #[arg(long, value_name = "ROLE=NAME,…", value_delimiter = ',', help_heading = "Reading")]
    columns: Vec<String>,
    /// Make a tag from a column by a regular expression
    #[arg(long = "tag", value_name = "TAG=COLUMN:REGEX", help_heading = "Reading")]
    tags: Vec<String>,
    /// Keep only sessions with this tag value (year, kind, lang and source work too)
    #[arg(long = "where", value_name = "TAG=VALUE", help_heading = "Reading")]
    filters: Vec<String>,
    /// Languages to choose from
    #[arg(long, value_name = "CODE,…", value_delimiter = ',', default_value = "de,en", help_heading = "Reading")]
    languages: Vec<String>,
    /// A session file, as `wandel sessions --write` makes it
    #[arg(long, value_name = "FILE", help_heading = "Reading")]
    sessions: Option<PathBuf>,
    /// Treat bad rows of tables as errors
    #[arg(long, help_heading = "Reading")]
    strict: bool,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Which settings file holds.
#[derive(Debug, Args)]
struct ConfigArgs {
    /// A settings file (default: wandel.toml beside the texts, if it is there)
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", help_heading = "Settings file")]
    config: Option<PathBuf>,
    /// Read no settings file
    #[arg(long, help_heading = "Settings file")]
    no_config: bool,
}

/// `a=b`, or an error that names the option.
fn pair<'a>(option: &'static str, text: &'a str, expected: &str) -> Result<(&'a str, &'a str)> {
    text.split_once('=')
        .filter(|(a, b)| !a.is_empty() && !b.is_empty())
        .ok_or_else(|| Error::setting(option, text, format!("expected {expected}")))
}

impl HowArgs {
    pub(super) fn options(&self) -> Result<ReadOptions> {
        let mut options = ReadOptions {
            encoding: self.encoding.clone(),
            sessions: self.sessions.clone(),
            strict: self.strict,
            ..ReadOptions::default()
        };
        for year in &self.years {
            let (file, value) =
                pair("--year", year, "FILE=YEAR, such as talks.txt=2024; one year only: --where year=2024")?;
            let value: Year =
                value.parse().map_err(|_| Error::setting("--year", year, "expected FILE=YEAR with a whole number"))?;
            if !(0..=9999).contains(&value) {
                return Err(Error::setting("--year", year, "expected a year from 0 to 9999"));
            }
            if options.years.insert(file.to_owned(), value).is_some_and(|other| other != value) {
                return Err(Error::setting("--year", year, "another year was given for the same file"));
            }
        }
        for column in &self.columns {
            const ROLES: [&str; 7] = ["year", "date", "title", "text", "id", "lang", "speakers"];
            let (role, name) = pair("--columns", column, "ROLE=NAME, such as year=jahr")?;
            if !ROLES.contains(&role) {
                return Err(Error::setting(
                    "--columns",
                    column,
                    format!("the role must be one of {}", ROLES.join(", ")),
                ));
            }
            options.columns.insert(role.to_owned(), name.to_owned());
        }
        options.tags = self.tags.iter().map(|t| TagRule::parse(t)).collect::<Result<_>>()?;
        for filter in &self.filters {
            let (tag, value) = pair("--where", filter, "TAG=VALUE")?;
            options.filters.push((tag.to_owned(), value.to_owned()));
        }
        options.languages = languages(&self.languages)?;
        if let Some(label) = &self.encoding {
            crate::ingest::check_encoding(label)?;
        }
        Ok(options)
    }

    pub(super) fn corpus(&self, paths: &[PathBuf]) -> Result<Corpus> {
        Corpus::from_paths(paths, &self.options()?)
    }
}

impl ReadArgs {
    pub(super) fn corpus(&self) -> Result<Corpus> {
        self.how.corpus(&self.paths)
    }
}

fn languages(codes: &[String]) -> Result<Vec<Language>> {
    let mut languages = Vec::new();
    for code in codes {
        let language = Language::from_code(code)
            .ok_or_else(|| Error::setting("--languages", code, "expected two-letter codes, such as de,en"))?;
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    Ok(languages)
}

/// What to count and compare.
#[derive(Debug, Args)]
pub(super) struct CountArgs {
    /// Count opening and closing as talks
    #[arg(long, help_heading = "Counting")]
    include_framing: bool,
    /// Leave captions and titles out
    #[arg(long, help_heading = "Counting")]
    no_titles: bool,
    /// Further words to leave out, with their inflections
    #[arg(long = "stop-words", value_name = "WORD,…", value_delimiter = ',', help_heading = "Counting")]
    stop_words: Vec<String>,
    /// Words to count although they are in a stop list
    #[arg(long = "keep-words", value_name = "WORD,…", value_delimiter = ',', help_heading = "Counting")]
    keep_words: Vec<String>,
    /// Count the names of people too
    #[arg(long, help_heading = "Counting")]
    keep_names: bool,
    /// Which people are left out of the concepts of kind person
    #[arg(
        long,
        value_name = "WHO",
        value_enum,
        default_value_t = DropPersons::Speakers,
        conflicts_with = "keep_names",
        help_heading = "Counting"
    )]
    drop_persons: DropPersons,
    /// Count no phrases
    #[arg(long, help_heading = "Counting")]
    no_phrases: bool,
    /// How often a phrase must stand (default: √words/100, at least 2)
    #[arg(long, value_name = "N", help_heading = "Counting")]
    phrase_min_count: Option<u32>,
    /// How closely a phrase must hold together, −1 to 1
    #[arg(long, value_name = "NPMI", default_value_t = 0.4, allow_negative_numbers = true, help_heading = "Counting")]
    phrase_min_npmi: f64,
    /// Leave rules out, to see what hangs on them: inflection, umlauts, variants, ellipsis, gender, acronyms,
    /// compounds, phrases, people, boilerplate, idioms
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', help_heading = "Counting")]
    without: Vec<String>,
    /// Merges, splits and bans of concepts by hand (TOML)
    #[arg(long, value_name = "FILE", help_heading = "Counting")]
    concepts: Option<PathBuf>,
}

impl CountArgs {
    pub(super) fn settings(&self) -> Result<CountSettings> {
        let without: Vec<Rule> = self.without.iter().map(|name| rule(name)).collect::<Result<_>>()?;
        let rules = without.into_iter().fold(Rules::all(), Rules::without);
        let counting = CountSettings {
            titles: !self.no_titles,
            stop_words: self.stop_words.clone(),
            keep_words: self.keep_words.clone(),
            drop_names: !self.keep_names,
            persons: self.drop_persons.rule(),
            phrases: !self.no_phrases,
            phrase_min_count: self.phrase_min_count,
            phrase_min_npmi: self.phrase_min_npmi,
            rules,
        };
        Ok(counting)
    }

    /// What `--concepts` says; nothing without it.
    pub(super) fn concept_file(&self) -> Result<ConceptFile> {
        self.concepts.as_ref().map_or_else(|| Ok(ConceptFile::default()), ConceptFile::from_path)
    }

    pub(super) fn analysis(&self) -> Result<Analysis> {
        let analysis = Analysis::new().counting(self.settings()?).concepts(self.concept_file()?);
        Ok(analysis.include_framing(self.include_framing))
    }
}

/// The rule of a name in `--without`.
fn rule(name: &str) -> Result<Rule> {
    let known = || Rule::ALL.iter().map(|r| r.name()).collect::<Vec<_>>().join(", ");
    Rule::from_name(name.trim()).ok_or_else(|| Error::setting("--without", name, format!("expected {}", known())))
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DropPersons {
    /// Those who take part in the document that names them
    Speakers,
    /// Everybody
    All,
    /// Nobody
    None,
}

impl DropPersons {
    fn rule(self) -> PersonRule {
        match self {
            Self::Speakers => PersonRule::Speakers,
            Self::All => PersonRule::All,
            Self::None => PersonRule::None,
        }
    }
}

/// Which talks belong together.
#[derive(Debug, Args)]
pub(super) struct BlockArg {
    /// Clusters of talks: article, title, id (its part before the first `/`), speaker, a tag; `none` if talks are
    /// independent (default: undeclared, and nothing is confirmed where talks seem to come in clusters)
    #[arg(long, value_name = "TAG", help_heading = "Statistics")]
    block: Option<String>,
}

impl BlockArg {
    pub(super) fn blocks(&self) -> Blocks {
        self.block.as_deref().map_or(Blocks::Undeclared, Blocks::parse)
    }
}

/// What to hold against what.
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// Years to compare: 2024:2025,2019-2021:2022 (default: neighbours, and first with last)
    #[arg(long, value_name = "FROM:TO,…", allow_hyphen_values = true, help_heading = "Comparing")]
    compare: Option<String>,
    /// A theme file; `builtin` for public-sector IT, `none` for none (default: builtin where it fits)
    #[arg(long, value_name = "FILE", help_heading = "Comparing")]
    themes: Option<PathBuf>,
    /// Add to each theme of the file what stands in its talks far more often than by chance, and count it too
    #[arg(long, help_heading = "Comparing")]
    grow_themes: bool,
    /// How many themes to find without a list: a number, `none`, or `auto` for as many as the texts show again and again
    #[arg(long, value_name = "N", default_value = "auto", help_heading = "Comparing")]
    found_themes: String,
    /// Let all years weigh the same when themes are found, however many talks they have; tests then repeat the fit
    #[arg(long, help_heading = "Comparing")]
    equal_years: bool,
    /// Size in words of the prior of the log-odds (default: the words of the smaller side)
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true, help_heading = "Comparing")]
    prior_words: Option<f64>,
    #[command(flatten)]
    block: BlockArg,
    /// Terms to test in a small family of their own, compounds included
    #[arg(long, value_name = "TERM,…", value_delimiter = ',', help_heading = "Statistics")]
    watch: Vec<String>,
    /// The same for all terms with a spelling that a regular expression matches as a whole
    #[arg(long, value_name = "REGEX", help_heading = "Statistics")]
    watch_regex: Vec<String>,
    /// Seed of random relabelings
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Statistics")]
    seed: u64,
    /// Random relabelings at most
    #[arg(long, value_name = "N", default_value_t = 1_000_000, help_heading = "Statistics")]
    max_shuffles: u64,
    /// Compute no test, interval or verdict
    #[arg(long, help_heading = "Statistics")]
    no_statistics: bool,
}

impl CompareArgs {
    fn statistics(&self) -> Result<StatisticsSettings> {
        let terms = self.watch.iter().map(|t| Ok(Watch::Term(t.trim().to_owned())));
        let patterns = self.watch_regex.iter().map(|t| Watch::pattern(t));
        Ok(StatisticsSettings {
            enabled: !self.no_statistics,
            blocks: self.block.blocks(),
            seed: self.seed,
            max_shuffles: self.max_shuffles,
            watch: terms.chain(patterns).collect::<Result<_>>()?,
        })
    }

    fn found(&self) -> Result<FoundSettings> {
        let settings = FoundSettings { seed: self.seed, equal_years: self.equal_years, ..FoundSettings::default() };
        match self.found_themes.as_str() {
            "auto" => Ok(settings),
            "none" => Ok(FoundSettings { enabled: false, ..settings }),
            number => match number.parse() {
                Ok(n) => Ok(FoundSettings { number: Some(n), ..settings }),
                Err(_) => Err(Error::setting("--found-themes", number, "expected a number, `auto` or `none`")),
            },
        }
    }

    pub(super) fn apply(&self, mut analysis: Analysis) -> Result<Analysis> {
        analysis = analysis.statistics(self.statistics()?).found_themes(self.found()?).grow_themes(self.grow_themes);
        if let Some(list) = &self.compare {
            analysis = analysis.compare(Comparison::parse_list(list)?);
        }
        if let Some(words) = self.prior_words {
            analysis = analysis.prior_words(words);
        }
        match self.themes.as_deref() {
            None => analysis.builtin_themes_if_fitting(),
            Some(path) if path.as_os_str() == "none" => Ok(analysis),
            Some(path) if path.as_os_str() == "builtin" => Ok(analysis.themes(crate::trends::ThemeFile::builtin()?)),
            Some(path) => analysis.themes_from_path(path),
        }
    }

    /// As [`CompareArgs::apply`], with no themes but those asked for.
    pub(super) fn apply_with_given_themes(&self, analysis: Analysis) -> Result<Analysis> {
        let analysis = self.apply(analysis)?;
        Ok(if self.themes.is_none() { analysis.without_themes() } else { analysis })
    }

    /// As [`CompareArgs::apply`], with themes whatever they fit.
    pub(super) fn apply_with_themes(&self, analysis: Analysis) -> Result<Analysis> {
        if self.themes.as_deref().is_some_and(|p| p.as_os_str() == "none") {
            return Err(Error::setting("--themes", "none", "this command shows themes; say a FILE or builtin"));
        }
        let analysis = self.apply(analysis)?;
        if self.themes.is_none() {
            Ok(analysis.themes(crate::trends::ThemeFile::builtin()?).keep_themes())
        } else {
            Ok(analysis)
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// Folder for the results
    #[arg(short, long, value_name = "FOLDER", default_value = "output", help_heading = "Report")]
    pub out: PathBuf,
    /// Title of the report (default: the name of the folder or file, and the years)
    #[arg(long, help_heading = "Report")]
    pub title: Option<String>,
    /// Language of the report (default: the corpus's)
    #[arg(long, value_name = "de|en", help_heading = "Report")]
    pub lang: Option<ReportLanguage>,
    /// Write only these
    #[arg(long, value_name = "FORMAT,…", value_delimiter = ',', help_heading = "Report")]
    only: Vec<OnlyFormat>,
    /// Write a workbook with all tables too: tables.xlsx
    #[arg(long, help_heading = "Report")]
    xlsx: bool,
    /// How CSV is written: plain, or excel-de with semicolons and decimal commas
    #[arg(long, value_enum, default_value_t = Dialect::Plain, help_heading = "Report")]
    csv_dialect: Dialect,
    /// Write tables that a spreadsheet cannot hold also whole, as .csv.gz
    #[arg(long)]
    full: bool,
    /// Replace files that were edited, write into a folder that wandel did not write
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    pub count: CountArgs,
    #[command(flatten)]
    pub compare: CompareArgs,
}

impl ReportArgs {
    pub(super) fn report_options(&self, title: String) -> ReportOptions {
        let mut options = ReportOptions { title, force: self.force, full: self.full, ..ReportOptions::default() };
        if !self.only.is_empty() {
            options.formats = self.only.iter().map(|f| f.format()).collect();
        }
        if self.xlsx {
            options.formats.insert(Format::Xlsx);
        }
        options.dialect = match self.csv_dialect {
            Dialect::Plain => CsvDialect::Plain,
            Dialect::ExcelDe => CsvDialect::ExcelDe,
        };
        options
    }

    /// Whether anything but tables without quotes is wanted.
    pub(super) fn language(&self) -> Option<Language> {
        self.lang.map(|l| match l {
            ReportLanguage::De => Language::De,
            ReportLanguage::En => Language::En,
        })
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ReportLanguage {
    De,
    En,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Dialect {
    Plain,
    ExcelDe,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OnlyFormat {
    Csv,
    Json,
    Md,
    Html,
    Charts,
    Xlsx,
}

impl OnlyFormat {
    fn format(self) -> Format {
        match self {
            Self::Csv => Format::Csv,
            Self::Json => Format::Json,
            Self::Md => Format::Markdown,
            Self::Html => Format::Html,
            Self::Charts => Format::Charts,
            Self::Xlsx => Format::Xlsx,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder of the texts
    #[arg(default_value = ".", value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Replace the settings file that is there
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub(super) struct SessionsArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// Write the outline as an editable file for --sessions
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "write")]
    pub force: bool,
    #[command(flatten)]
    pub format: FormatArg,
}

#[derive(Debug, Args)]
pub(super) struct ConceptsArgs {
    /// Articles (.txt, .md), tables (.jsonl, .csv, .tsv, also .gz) or folders of them
    #[arg(required_unless_present = "check", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub how: HowArgs,
    /// Rows
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub top: usize,
    /// Explain one concept, by any of its spellings
    #[arg(long, value_name = "TERM")]
    pub explain: Option<String>,
    /// Check decisions made by people: JSON Lines with rule, lang, text, a, b, expect (same, different, part, not_part)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["explain", "paths"])]
    pub check: Option<PathBuf>,
    #[command(flatten)]
    pub count: CountArgs,
}

#[derive(Debug, Args)]
pub(super) struct TermsArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// Terms per session
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub top: usize,
    #[command(flatten)]
    pub format: FormatArg,
    #[command(flatten)]
    pub count: CountArgs,
}

#[derive(Debug, Args)]
pub(super) struct ShiftsArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// Rows per list
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub top: usize,
    #[command(flatten)]
    pub format: FormatArg,
    #[command(flatten)]
    pub count: CountArgs,
    #[command(flatten)]
    pub compare: CompareArgs,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct ThemesArgs {
    #[command(subcommand)]
    pub command: Option<ThemesCommand>,
    #[command(flatten)]
    pub shifts: ShiftsArgs,
    /// Also print how stable, coherent (NPMI) and diverse the found themes are, for each number of themes tried; with
    /// --format csv or json that table alone
    #[arg(long)]
    pub quality: bool,
    /// Print only what may have taken the place of what
    #[arg(long, conflicts_with = "quality")]
    pub successions: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemesCommand {
    /// Print a theme file made from the texts, for a person to edit
    Suggest(Box<ShiftsArgs>),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn arguments_are_consistent() {
        super::Cli::command().debug_assert();
    }
}
