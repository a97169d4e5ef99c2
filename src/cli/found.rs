//! Themes that the texts themselves show: on the terminal, and as a theme file to edit.

use std::io::Write;

use super::args::ShiftsArgs;
use super::talk::Talk;
use super::{Outcome, text_table};
use crate::trends::{FoundThemes, Trends};

/// Found themes, the weightiest first.
pub(super) fn print(out: &mut dyn Write, trends: &Trends, top: usize) -> std::io::Result<()> {
    let Some(found) = trends.found_themes() else { return Ok(()) };
    writeln!(out, "found without a list: {}", summary(found))?;
    if found.themes.is_empty() {
        return Ok(());
    }
    let labels = |theme: &crate::trends::FoundTheme| {
        let labels: Vec<&str> = theme.concepts.iter().map(|c| trends.concepts().get(c.0).label.as_str()).collect();
        labels.join(", ")
    };
    let rows: Vec<Vec<String>> = found
        .themes
        .iter()
        .take(top)
        .map(|theme| {
            vec![
                labels(theme),
                format!("{:.1} %", 100.0 * theme.weight),
                format!("{:.2}", theme.stability),
                format!("{:.2}", theme.coherence),
            ]
        })
        .collect();
    text_table::print(out, &["theme", "weight", "stability", "NPMI"], &rows)
}

fn summary(found: &FoundThemes) -> String {
    if found.tried.is_empty() {
        return format!("{} talks are too few to find themes in", found.talks);
    }
    if found.themes.is_empty() {
        return format!("no theme that {} talks show again and again", found.talks);
    }
    format!("{} themes in {} talks; {} more are not stable enough", found.themes.len(), found.talks, found.not_shown)
}

/// What each number of themes gave.
pub(super) fn print_quality(out: &mut dyn Write, trends: &Trends) -> std::io::Result<()> {
    let Some(found) = trends.found_themes() else { return Ok(()) };
    let rows: Vec<Vec<String>> = found
        .tried
        .iter()
        .map(|t| {
            vec![
                t.n.to_string(),
                t.shown.to_string(),
                format!("{:.3}", t.stability),
                format!("{:.3}", t.coherence),
                format!("{:.3}", t.diversity),
            ]
        })
        .collect();
    writeln!(out)?;
    text_table::print(out, &["themes", "shown", "stability", "NPMI", "diversity"], &rows)
}

/// `wandel themes suggest`.
pub(super) fn suggest(_args: &ShiftsArgs, _talk: &Talk, _out: &mut dyn Write) -> Outcome {
    todo!()
}

fn labels(things: &[(String, String)]) -> String {
    things.iter().map(|t| t.1.as_str()).collect::<Vec<_>>().join(", ")
}

/// Candidates for successions, the strongest first.
pub(super) fn print_successions(out: &mut dyn Write, trends: &Trends, top: usize) -> std::io::Result<()> {
    for table in trends.successions() {
        writeln!(
            out,
            "\n{} → {}: what may have taken the place of what ({})",
            table.comparison.from, table.comparison.to, table.level
        )?;
        let rows: Vec<Vec<String>> = table
            .candidates
            .iter()
            .chain(&table.siblings)
            .take(top)
            .map(|s| {
                vec![
                    format!("{} → {}", s.from.1, s.to.1),
                    format!("{:.2}", s.strength),
                    format!("{:.2} to {:.2}", s.interval.0, s.interval.1),
                    format!("{:.1}", s.fall),
                    format!("{:.1}", s.rise),
                    format!("{:.2}", s.likeness),
                    format!("{:.2}", s.lift),
                    format!("{} of {}", s.together.0, s.together.1),
                    format!("{:.3}", s.p),
                    s.certainty.name().to_owned(),
                    s.within.clone().unwrap_or_default(),
                ]
            })
            .collect();
        text_table::print(
            out,
            &[
                "succession",
                "strength",
                "95 % interval",
                "fall",
                "rise",
                "likeness",
                "lift",
                "together",
                "p",
                "certainty",
                "within",
            ],
            &rows,
        )?;
        writeln!(out, "rises of their own: {}", labels(&table.own_rises))?;
        writeln!(out, "falls of their own: {}", labels(&table.own_falls))?;
    }
    Ok(())
}
