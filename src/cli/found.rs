//! Themes that the texts themselves show: on the terminal, and as a theme file to edit.

use std::collections::BTreeSet;
use std::io::Write;

use super::args::ShiftsArgs;
use super::commands::analyse;
use super::counts::read_counted;
use super::talk::Talk;
use super::{Outcome, text_table};
use crate::counts::ConceptId;
use crate::report::{Cell, Table};
use crate::trends::{FoundTheme, FoundThemes, Theme, Trends, Tried};

/// Key terms of a talk; concepts without a theme that are named.
const KEY_TERMS: usize = 5;
const UNCOVERED: usize = 40;

/// Found themes, the weightiest first.
pub(super) fn print(out: &mut dyn Write, trends: &Trends, top: usize) -> std::io::Result<()> {
    let Some(found) = trends.found_themes() else { return Ok(()) };
    writeln!(out, "found without a list: {}", summary(found))?;
    if found.themes.is_empty() {
        return Ok(());
    }
    let labels = |theme: &FoundTheme| {
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
    format!(
        "{} themes in {} talks, with {} subthemes; {} more are not stable or do not hold together",
        found.themes.len(),
        found.talks,
        found.subthemes.len(),
        found.not_shown
    )
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

/// The same as a table.
pub(super) fn quality_table(trends: &Trends) -> Table {
    let tried = trends.found_themes().map_or(&[][..], |f| &f.tried);
    let row = |t: &Tried| {
        let quality = [t.stability, t.coherence, t.diversity].map(|x| Cell::Float(x, 4));
        [t.n.into(), t.shown.into()].into_iter().chain(quality).collect()
    };
    let header = vec!["themes", "shown", "stability", "npmi", "diversity"];
    Table { name: "found_theme_quality", header, rows: tried.iter().map(row).collect() }
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

/// `wandel themes suggest`.
pub(super) fn suggest(args: &ShiftsArgs, talk: &Talk, out: &mut dyn Write) -> Outcome {
    let counted = read_counted(&args.read, &args.count, talk)?;
    let analysis = args.compare.apply_with_given_themes(args.count.analysis()?.evidence(false))?.allow_one_year(true);
    let trends = analyse(analysis, &counted, talk)?;
    talk.warnings(trends.warnings());
    out.write_all(theme_file(&trends).as_bytes())?;
    Ok(())
}

/// A theme file: the themes that were given with what goes with them, then those that were found (or groups of key terms),
/// then what no theme names.
fn theme_file(trends: &Trends) -> String {
    let mut file = String::from(
        "# Made by `wandel themes suggest` for a person to edit: names, labels, patterns. What the patterns may be says the\n\
         # head of data/themes/public-sector-it.toml in wandel's repository.\n\nversion = 1\n",
    );
    let mut names = BTreeSet::new();
    let language = trends.language();
    let language = language.code();
    if let Some(themes) = trends.themes() {
        for (id, theme) in themes.themes.themes.iter().enumerate() {
            names.insert(theme.name.clone());
            let added: Vec<String> = goes_with(trends, id);
            file += &given(theme, &added);
        }
    }
    let found = trends.found_themes().map_or(&[][..], |f| &f.themes);
    for theme in found {
        let concepts: Vec<ConceptId> = theme.concepts.iter().map(|c| c.0).collect();
        let comment = format!("found: stability {:.2}, NPMI {:.2}", theme.stability, theme.coherence);
        file += &proposed(trends, &mut names, &comment, &theme.label, &concepts, language);
    }
    if found.is_empty() {
        for group in trends.key_groups(KEY_TERMS).iter().filter(|g| g.concepts.len() > 1) {
            let labels: Vec<&str> =
                group.concepts.iter().take(3).map(|&c| trends.concepts().get(c).label.as_str()).collect();
            let comment = format!("key terms of {} talks that have a word in common", group.rows.len());
            file += &proposed(trends, &mut names, &comment, &labels.join(", "), &group.concepts, language);
        }
    }
    let rest: Vec<&str> =
        trends.uncovered().iter().take(UNCOVERED).map(|u| trends.concepts().get(u.concept).label.as_str()).collect();
    if !rest.is_empty() {
        file += &format!("\n# No theme names, by weight: {}\n", rest.join(", "));
    }
    file
}

/// What goes with a theme and is not among its patterns.
fn goes_with(trends: &Trends, theme: usize) -> Vec<String> {
    let own = trends.uncovered().iter().filter(|u| u.goes_with.is_some_and(|g| g.0 == theme));
    own.map(|u| trends.concepts().get(u.concept).label.clone()).collect()
}

fn given(theme: &Theme, added: &[String]) -> String {
    let labels: Vec<String> = theme.label.iter().map(|(code, label)| format!("{code} = {}", quoted(label))).collect();
    let mut text = format!("\n[[theme]]\nname = {}\n", quoted(&theme.name));
    if let Some(parent) = &theme.parent {
        text += &format!("parent = {}\n", quoted(parent));
    }
    if !labels.is_empty() {
        text += &format!("label = {{ {} }}\n", labels.join(", "));
    }
    text += &list("patterns", &theme.patterns);
    text += &list("exclude", &theme.exclude);
    if !added.is_empty() {
        text += &format!(
            "# stands in its talks, too: {}\n",
            list("patterns", added).trim_start_matches("patterns = ").trim_end()
        );
    }
    text
}

fn proposed(
    trends: &Trends,
    names: &mut BTreeSet<String>,
    comment: &str,
    label: &str,
    concepts: &[ConceptId],
    language: &str,
) -> String {
    let mut name = slug(label);
    while !names.insert(name.clone()) {
        name.push('_');
    }
    let patterns: Vec<String> = concepts.iter().map(|&c| trends.concepts().get(c).label.clone()).collect();
    format!(
        "\n# {comment}\n[[theme]]\nname = {}\nlabel = {{ {language} = {} }}\n{}",
        quoted(&name),
        quoted(label),
        list("patterns", &patterns)
    )
}

fn list(key: &str, items: &[String]) -> String {
    let quoted: Vec<String> = items.iter().map(|i| quoted(i)).collect();
    if items.is_empty() { String::new() } else { format!("{key} = [{}]\n", quoted.join(", ")) }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Letters, digits and `_` only.
fn slug(label: &str) -> String {
    let mut slug = String::new();
    for c in label.to_lowercase().chars() {
        match c {
            'ä' => slug.push_str("ae"),
            'ö' => slug.push_str("oe"),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            c if c.is_ascii_alphanumeric() => slug.push(c),
            _ if slug.is_empty() || slug.ends_with('_') => {}
            _ => slug.push('_'),
        }
    }
    let slug = slug.trim_end_matches('_');
    if slug.is_empty() { "theme".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_letters_digits_and_underscores() {
        assert_eq!(slug("Künstliche Intelligenz, KI & Maß"), "kuenstliche_intelligenz_ki_mass");
        assert_eq!((slug("„…“").as_str(), slug("5G").as_str()), ("theme", "5g"));
    }
}
