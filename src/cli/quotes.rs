//! `wandel quotes`: keyword in context.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{IsTerminal as _, Write};

use anstream::{AutoStream, ColorChoice};
use clap::Args;
use terminal_size::{Width, terminal_size};
use unicode_width::UnicodeWidthStr as _;

use super::args::{CountArgs, ReadArgs};
use super::commands::read;
use super::output::FormatArg;
use super::talk::Talk;
use super::{Outcome, text_table};
use crate::analysis::Quotes;
use crate::corpus::{Corpus, Year};
use crate::counts::reading::Field;
use crate::report::Table;
use crate::trends::Mention;

/// Columns of a line where no terminal says how wide it is.
const WIDTH: usize = 120;
/// Columns that the context has on each side at least.
const LEAST: usize = 20;

#[derive(Debug, Args)]
pub(super) struct QuotesArgs {
    /// What to look for: any spelling of a concept, of one word or several
    #[arg(value_name = "TERM")]
    term: String,
    #[command(flatten)]
    read: ReadArgs,
    /// Show compounds that contain it too
    #[arg(long)]
    with_compounds: bool,
    /// Show only these years
    #[arg(long, value_name = "YEAR,…", value_delimiter = ',', allow_hyphen_values = true)]
    of: Vec<Year>,
    /// Show so many mentions at most
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    format: FormatArg,
    #[command(flatten)]
    count: CountArgs,
}

/// `wandel quotes`.
pub(super) fn run(args: &QuotesArgs, talk: &Talk, out: &mut dyn Write) -> Outcome {
    let corpus = read(&args.read, talk)?;
    let bar = talk.progress();
    bar.set_message("looking for mentions");
    let found = args.count.analysis()?.quotes(&corpus, &args.term, args.with_compounds);
    bar.finish_and_clear();
    let found = found?;
    talk.warnings(corpus.warnings());
    let of_years: Vec<&Mention> =
        found.mentions.iter().filter(|m| args.of.is_empty() || args.of.contains(&m.year)).collect();
    let shown = &of_years[..of_years.len().min(args.limit.unwrap_or(usize::MAX))];
    talk.say(&summary(args, &found, &of_years));
    if shown.len() < of_years.len() {
        talk.say(&format!("the first {} of them; --limit shows more", shown.len()));
    }
    args.format.print(out, || table(&corpus, &found, shown), |out| print(&corpus, shown, out))
}

/// `KI (KI; Künstliche Intelligenz): 14 mentions in 5 sessions, 2024: 3, 2025: 11`.
fn summary(args: &QuotesArgs, found: &Quotes, shown: &[&Mention]) -> String {
    let labels = |ids: &BTreeSet<_>| -> Vec<String> {
        let named: BTreeSet<_> = found.mentions.iter().map(|m| m.concept).filter(|c| ids.contains(c)).collect();
        named.into_iter().map(|id| found.concepts.get(id).label.clone()).collect()
    };
    let mut of = labels(&found.named);
    of.extend(labels(&found.compounds));
    let mut years: BTreeMap<Year, usize> = BTreeMap::new();
    found.mentions.iter().for_each(|m| *years.entry(m.year).or_default() += 1);
    let years: Vec<String> = years.into_iter().map(|(year, n)| format!("{year}: {n}")).collect();
    let sessions: BTreeSet<usize> = shown.iter().map(|m| m.session).collect();
    let (n, s) = (shown.len(), sessions.len());
    let (mentions, talks) = (if n == 1 { "mention" } else { "mentions" }, if s == 1 { "session" } else { "sessions" });
    let of_which = if args.of.is_empty() { "" } else { "of all " };
    format!(
        "{}: {n} {mentions} in {s} {talks} ({of_which}{}); counted as {}",
        args.term,
        years.join(", "),
        of.join(", ")
    )
}

/// One row a mention.
fn table(corpus: &Corpus, found: &Quotes, shown: &[&Mention]) -> Table {
    let rows = shown.iter().map(|m| {
        let session = &corpus.sessions()[m.session];
        let concept = found.concepts.get(m.concept);
        vec![
            m.year.into(),
            session.id.as_str().into(),
            session.kind.name().into(),
            corpus.documents()[session.document].source.as_str().into(),
            m.line.into(),
            if m.field == Field::Title { "title" } else { "text" }.into(),
            m.span.start.into(),
            m.span.end.into(),
            concept.key.as_str().into(),
            concept.label.as_str().into(),
            m.before.as_str().into(),
            m.spelling.as_str().into(),
            m.after.as_str().into(),
        ]
    });
    let header = [
        "year",
        "session_id",
        "session_kind",
        "source",
        "line",
        "field",
        "byte_start",
        "byte_end",
        "concept",
        "label",
        "before",
        "spelling",
        "after",
    ];
    Table { name: "quotes", header: header.to_vec(), rows: rows.collect() }
}

/// One line a mention, the mentions below each other.
fn print(corpus: &Corpus, shown: &[&Mention], out: &mut dyn Write) -> Outcome {
    let stdout = std::io::stdout();
    let mark = AutoStream::choice(&stdout) != ColorChoice::Never;
    let width = if stdout.is_terminal() { terminal_size().map_or(WIDTH, |(Width(w), _)| w.into()) } else { WIDTH };
    let places = places(corpus, shown);
    let terms: Vec<String> = shown.iter().map(|m| text_table::plain(&m.spelling)).collect();
    let place_width = widest(&places);
    let context = (width.saturating_sub(place_width + widest(&terms) + 4) / 2).max(LEAST);
    for ((mention, place), term) in shown.iter().zip(&places).zip(&terms) {
        let before = text_table::end(text_table::plain(&mention.before).trim_start(), context);
        let after = text_table::beginning(text_table::plain(&mention.after).trim_end(), context);
        let term = if mark { format!("\x1b[1;33m{term}\x1b[0m") } else { term.clone() };
        let before = text_table::flush_right(&before, context);
        writeln!(out, "{}", format!("{place}  {before}{term}{after}").trim_end())?;
    }
    Ok(())
}

/// `2024  2024.txt#5   36` for each mention: year, session, line of the source; aligned.
fn places(corpus: &Corpus, shown: &[&Mention]) -> Vec<String> {
    let ids: Vec<String> = shown.iter().map(|m| text_table::plain(&corpus.sessions()[m.session].id)).collect();
    let lines: Vec<String> = shown.iter().map(|m| m.line.to_string()).collect();
    let (id_width, line_width) = (widest(&ids), widest(&lines));
    let place = |m: &Mention, id: &str, line: &str| {
        let (id, line) = (text_table::flush_left(id, id_width), text_table::flush_right(line, line_width));
        format!("{}  {id}  {line}", m.year)
    };
    shown.iter().zip(&ids).zip(&lines).map(|((m, id), line)| place(m, id, line)).collect()
}

fn widest(texts: &[String]) -> usize {
    texts.iter().map(|t| t.width()).max().unwrap_or(0)
}
