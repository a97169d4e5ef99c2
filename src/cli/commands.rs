//! One function a command.

use std::io::Write;

use clap::CommandFactory as _;

use super::args::{Cli, ReportArgs, SessionsArgs, ShiftsArgs, TermsArgs, ThemesArgs, ThemesCommand};
use super::counts::{Counted, read_counted};
use super::talk::{Amount, Talk, step_name};
use super::text_table::{beginning, plain};
use super::{Outcome, found, text_table};
use crate::analysis::Analysis;
use crate::corpus::{Corpus, Session};
use crate::error::{ErrorKind, Result};
use crate::ingest::write_sessions;
use crate::report::{Cell, Origins, ReportOptions, Table, sessions_table, shifts_table, successions_table};
use crate::trends::{Comparison, Shift, Trends};

/// Columns of a title at most; `--format` has the whole of it.
const TITLE: usize = 60;

/// `wandel report`.
pub(super) fn report(args: &ReportArgs, origins: Origins, talk: &Talk, out: &mut dyn Write) -> Outcome {
    let options = ReportOptions { origins, ..args.report_options(args.title.clone().unwrap_or_default()) };
    crate::report::check_folder(&args.out, options.force)?;
    let counted = read_counted(&args.read, &args.count, talk)?;
    let mut analysis = args.compare.apply(args.count.analysis()?)?;
    if let Some(language) = args.language() {
        analysis = analysis.language(language);
    }
    let trends = analyse(analysis, &counted, talk)?;
    let bar = talk.progress();
    bar.set_message("writing the report");
    let title = args.title.clone().unwrap_or_else(|| default_title(&trends));
    let written = trends.report(title).with(options).write_to(&args.out)?;
    bar.finish_and_clear();
    talk.warnings(trends.warnings());
    talk.warnings(&written.notes);
    talk.detail(&format!("{trends}"));
    for file in &written.files {
        writeln!(out, "{}", written.folder.join(file).display())?;
    }
    Ok(())
}

/// `it-fachtag 2024–2025`.
fn default_title(trends: &Trends) -> String {
    let years = trends.years();
    match (years.first(), years.last()) {
        (Some(a), Some(b)) => format!("{} {a}–{b}", trends.corpus().name()),
        _ => trends.corpus().name().to_owned(),
    }
}

pub(super) fn read(args: &super::args::ReadArgs, talk: &Talk) -> Result<Corpus> {
    let bar = talk.progress();
    bar.set_message("reading");
    let corpus = args.corpus();
    bar.finish_and_clear();
    let corpus = corpus?.on_read(talk.amounts(Amount::Text));
    talk.detail(&corpus.to_string());
    for (path, reason) in corpus.skipped() {
        talk.detail(&format!("skipped {path}: {reason}"));
    }
    Ok(corpus)
}

pub(super) fn analyse(analysis: Analysis, counted: &Counted, talk: &Talk) -> Result<Trends> {
    let bar = talk.progress();
    let shown = bar.clone();
    let tested = talk.amounts(Amount::Shifts);
    let analysis = analysis
        .on_step(move |step| shown.set_message(step_name(step)))
        .on_tests(move |n, all| tested(n as u64, all as u64));
    let trends = match &counted.counts {
        None => analysis.run(&counted.corpus),
        Some(counts) => analysis.run_counted(&counted.corpus, counts),
    };
    bar.finish_and_clear();
    trends
}

/// `wandel sessions`.
pub(super) fn sessions(args: &SessionsArgs, talk: &Talk, out: &mut dyn Write) -> Outcome {
    let corpus = read(&args.read, talk)?;
    talk.warnings(corpus.warnings());
    if let Some(path) = &args.write {
        if path.is_file() && !args.force {
            let problem = "is there already; say --force to replace it".to_owned();
            return Err(crate::error::Error::from(ErrorKind::Output { path: path.clone(), problem }).into());
        }
        crate::report::write_file_whole(path, write_sessions(&corpus)?.as_bytes())?;
        talk.say(&format!("wrote {}", path.display()));
        return Ok(());
    }
    args.format.print(out, || sessions_table(&corpus), |out| print_sessions(&corpus, out))
}

fn print_sessions(corpus: &Corpus, out: &mut dyn Write) -> Outcome {
    let mut sessions: Vec<&Session> = corpus.sessions().iter().collect();
    sessions.sort_by_key(|s| s.document);
    let rows = sessions.into_iter().map(|s| {
        let lines = if s.first_line == s.last_line {
            s.first_line.to_string()
        } else {
            format!("{}–{}", s.first_line, s.last_line)
        };
        vec![
            corpus.documents()[s.document].source.clone(),
            s.year.to_string(),
            s.language.to_string(),
            lines,
            s.kind.name().to_owned(),
            beginning(&plain(s.title_or_id()), TITLE),
            s.speakers.join(", "),
        ]
    });
    let head = ["source", "year", "lang", "lines", "kind", "title", "speakers"];
    Ok(text_table::print(out, &head, &rows.collect::<Vec<_>>())?)
}

/// `wandel terms`.
pub(super) fn terms(args: &TermsArgs, talk: &Talk, out: &mut dyn Write) -> Outcome {
    let counted = read_counted(&args.read, &args.count, talk)?;
    let trends = analyse(args.count.analysis()?.evidence(false).allow_one_year(true), &counted, talk)?;
    talk.warnings(counted.corpus.warnings());
    args.format.print(out, || terms_table(&trends, args.top), |out| print_terms(&trends, args.top, out))
}

fn print_terms(trends: &Trends, top: usize, out: &mut dyn Write) -> Outcome {
    let rows = (0..trends.matrix().n_sessions()).map(|row| {
        let session = &trends.corpus().sessions()[trends.matrix().session(row)];
        let terms = trends.top_terms(row, top, true).into_iter();
        let terms = terms.map(|(concept, weight)| format!("{} {weight:.2}", trends.concepts().get(concept).label));
        let title = beginning(&plain(&session.title), TITLE);
        vec![session.year.to_string(), session.id.clone(), title, terms.collect::<Vec<_>>().join(", ")]
    });
    Ok(text_table::print(out, &["year", "session", "title", "terms with TF-IDF"], &rows.collect::<Vec<_>>())?)
}

/// One row a term, those of a session by weight.
fn terms_table(trends: &Trends, top: usize) -> Table {
    let matrix = trends.matrix();
    let of_session = |row: usize| {
        let session = &trends.corpus().sessions()[matrix.session(row)];
        trends.top_terms(row, top, true).into_iter().enumerate().map(move |(i, (concept, weight))| {
            let entry = trends.concepts().get(concept);
            let count = matrix.row(row).iter().find(|t| t.concept == concept).map_or(0, |t| t.count);
            vec![
                session.year.into(),
                session.id.as_str().into(),
                session.kind.name().into(),
                session.title.as_str().into(),
                (i + 1).into(),
                entry.key.as_str().into(),
                entry.label.as_str().into(),
                count.into(),
                Cell::Float(weight, 6),
            ]
        })
    };
    let header = vec!["year", "session_id", "session_kind", "title", "rank", "concept", "label", "count", "tfidf"];
    Table { name: "terms", header, rows: (0..matrix.n_sessions()).flat_map(of_session).collect() }
}

/// `wandel shifts`.
pub(super) fn shifts(args: &ShiftsArgs, talk: &Talk, out: &mut dyn Write) -> Outcome {
    let counted = read_counted(&args.read, &args.count, talk)?;
    let trends = analyse(args.compare.apply(args.count.analysis()?.evidence(false))?.without_themes(), &counted, talk)?;
    talk.warnings(trends.warnings());
    let lists: Vec<List<'_>> = trends.comparisons().iter().flat_map(|&c| term_lists(&trends, c, args.top)).collect();
    args.format.print(out, || table_of(&lists), |out| print_lists(&trends, &lists, "terms", out))
}

/// Rows that belong below one heading.
struct List<'t> {
    comparison: Comparison,
    /// Its name in tables.
    name: &'static str,
    /// What a row is: a term, a person, a theme.
    what: &'static str,
    rows: Vec<&'t Shift>,
    /// Whether it is the last of its family.
    last: bool,
}

/// What is watched, what rose and what fell; then people.
fn term_lists(trends: &Trends, comparison: Comparison, top: usize) -> Vec<List<'_>> {
    let list = |name, what, rows| List { comparison, name, what, rows, last: name == "falling" };
    let watched: Vec<&Shift> = trends.watch_shifts().iter().filter(|s| s.comparison == comparison).collect();
    let terms = |rising| trends.ranking(rising, Some(comparison)).top(top).rows;
    let people = |rising| trends.persons_ranking(rising, Some(comparison)).top(top).rows;
    let mut lists = vec![
        list("watched", "term", watched),
        list("rising", "term", terms(true)),
        list("falling", "term", terms(false)),
        list("people named more often", "person", people(true)),
        list("people named less often", "person", people(false)),
    ];
    lists.retain(|l| !l.rows.is_empty() || ["rising", "falling"].contains(&l.name));
    lists
}

fn table_of(lists: &[List<'_>]) -> Table {
    shifts_table("shifts", lists.iter().flat_map(|l| l.rows.iter().map(|s| (l.name, *s))))
}

fn print_lists(trends: &Trends, lists: &[List<'_>], kind: &str, out: &mut dyn Write) -> Outcome {
    for list in lists {
        let heading = if list.name == "themes" { String::new() } else { format!(": {}", list.name) };
        writeln!(out, "{} → {}{heading}", list.comparison.from, list.comparison.to)?;
        print_shifts(out, list.what, list.comparison, &list.rows)?;
        writeln!(out)?;
        if list.last {
            print_family(out, trends, list.comparison, kind)?;
        }
    }
    Ok(())
}

/// `wandel themes`.
pub(super) fn themes(args: &ThemesArgs, talk: &Talk, out: &mut dyn Write) -> Outcome {
    if let Some(ThemesCommand::Suggest(args)) = &args.command {
        return found::suggest(args, talk, out);
    }
    let (args, quality, successions) = (&args.shifts, args.quality, args.successions);
    let counted = read_counted(&args.read, &args.count, talk)?;
    let trends = analyse(args.compare.apply_with_themes(args.count.analysis()?.evidence(false))?, &counted, talk)?;
    talk.warnings(trends.warnings());
    if successions {
        let table = || successions_table(&trends);
        return args.format.print(out, table, |out| Ok(found::print_successions(out, &trends, args.top)?));
    }
    let lists: Vec<List<'_>> = trends.comparisons().iter().map(|&c| theme_list(&trends, c, args.top)).collect();
    let print = |out: &mut dyn Write| -> Outcome {
        print_lists(&trends, &lists, "themes", out)?;
        found::print(out, &trends, args.top)?;
        found::print_successions(out, &trends, args.top)?;
        if quality {
            found::print_quality(out, &trends)?;
        }
        Ok(())
    };
    let table = || {
        if quality { found::quality_table(&trends) } else { table_of_themes(&trends, &lists, args.top) }
    };
    args.format.print(out, table, print)
}

/// Themes of the file, found themes and subthemes, by comparison.
fn table_of_themes(trends: &Trends, lists: &[List<'_>], top: usize) -> Table {
    let levels = [("found", trends.found_shifts()), ("subthemes", trends.subtheme_shifts())];
    let found = |comparison: Comparison| {
        levels.into_iter().flat_map(move |(name, shifts)| {
            let own = shifts.iter().filter(move |s| s.comparison == comparison);
            own.take(top).map(move |s| (name, s))
        })
    };
    let rows = lists.iter().flat_map(|l| l.rows.iter().map(|s| (l.name, *s)).chain(found(l.comparison)));
    shifts_table("shifts", rows)
}

/// The themes that are named, those with most mentions first.
fn theme_list(trends: &Trends, comparison: Comparison, top: usize) -> List<'_> {
    let named = |s: &&Shift| s.comparison == comparison && s.from.count + s.to.count > 0;
    let mut rows: Vec<&Shift> = trends.theme_shifts().iter().filter(named).collect();
    rows.sort_by(|a, b| (b.from.count + b.to.count).cmp(&(a.from.count + a.to.count)).then(a.key.cmp(&b.key)));
    rows.truncate(top);
    List { comparison, name: "themes", what: "theme", rows, last: true }
}

/// How many shifts of a family were tested.
fn print_family(out: &mut dyn Write, trends: &Trends, comparison: Comparison, kind: &str) -> std::io::Result<()> {
    let family = trends.families().iter().find(|f| f.comparison == comparison && f.kind == kind);
    let Some(f) = family else { return Ok(()) };
    writeln!(
        out,
        "q: {} {kind} of this comparison are one family; comparisons in all: {}\n",
        f.tests,
        trends.comparisons().len()
    )
}

fn print_shifts(out: &mut dyn Write, what: &str, comparison: Comparison, rows: &[&Shift]) -> std::io::Result<()> {
    let (a, b) = (comparison.from.to_string(), comparison.to.to_string());
    let heads = [
        what.to_owned(),
        format!("n {a}"),
        format!("n {b}"),
        format!("talks {a}"),
        format!("talks {b}"),
        format!("per 1000 {a}"),
        format!("per 1000 {b}"),
        "log2 ratio".to_owned(),
        "95 % interval".to_owned(),
        "p".to_owned(),
        "q".to_owned(),
        "verdict".to_owned(),
    ];
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|s| {
            vec![
                format!("{}{}", s.label, s.mark()),
                s.from.count.to_string(),
                s.to.count.to_string(),
                format!("{} of {}", s.from.sessions, s.from.n_sessions),
                format!("{} of {}", s.to.sessions, s.to.n_sessions),
                format!("{:.2}", s.from.per_thousand()),
                format!("{:.2}", s.to.per_thousand()),
                format!("{:+.2}", s.effect),
                interval(s),
                s.test.p.map_or_else(|| "–".to_owned(), level),
                s.test.q.map_or_else(|| "–".to_owned(), level),
                verdict(s),
            ]
        })
        .collect();
    text_table::print(out, &heads, &cells)?;
    if rows.iter().any(|s| s.one_session) {
        writeln!(out, "* a single talk")?;
    }
    if rows.iter().any(|s| s.test.one_cluster) {
        writeln!(out, "† a single cluster of talks")?;
    }
    Ok(())
}

/// `+0.61 … +3.20`; open where a side is zero.
fn interval(s: &Shift) -> String {
    let end = |x: Option<f64>| x.filter(|x| x.is_finite()).map_or_else(|| "…".to_owned(), |x| format!("{x:+.2}"));
    if s.test.low.is_none() { "–".to_owned() } else { format!("{} to {}", end(s.test.low), end(s.test.high)) }
}

fn level(p: f64) -> String {
    if p < 0.0005 { "<.0005".to_owned() } else { format!("{p:.3}") }
}

fn verdict(s: &Shift) -> String {
    if s.test.is_empty() {
        return "–".to_owned();
    }
    let certainty = s.test.certainty.map(|c| format!(", {}", c.name())).unwrap_or_default();
    format!("{}{certainty}", s.test.verdict.name())
}

/// `wandel completions`.
pub(super) fn completions(shell: clap_complete::Shell, out: &mut dyn Write) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "wandel", &mut script);
    out.write_all(&script)?;
    Ok(())
}
