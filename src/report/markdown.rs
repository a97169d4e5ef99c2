//! `report.md`.

use std::fmt::Write as _;

use super::model::{Line, Page, View};

/// Lays a page out as Markdown; `chart` is the one of the first screen, if `charts/` lies beside it.
pub(super) fn render(page: &Page, chart: Option<&str>) -> String {
    let mut out = String::new();
    let h = &page.headings;
    let _ = writeln!(out, "# {}\n\n{}\n", line(&page.title), line(&page.lead));
    let _ = writeln!(out, "## {}\n", h.summary);
    if let Some(certainty) = &page.summary.certainty {
        let _ = writeln!(out, "{}\n", line(certainty));
    }
    items(&mut out, page.summary.lines.iter().chain(&page.summary.more).map(Line::plain));
    if let Some(chart) = chart {
        let what = if chart.contains("theme") { &h.themes } else { &h.concepts };
        let _ = writeln!(out, "![{what}](charts/{chart}.svg)\n");
    }
    list(&mut out, &h.limits, &page.limits);
    if let Some(view) = &page.watched {
        let _ = writeln!(out, "## {}\n", h.watched);
        table(&mut out, view);
    }
    let _ = writeln!(out, "## {}\n", h.sizes);
    table(&mut out, &page.sizes);
    if let Some(view) = &page.theme_table {
        let _ = writeln!(out, "## {}\n", h.themes);
        table(&mut out, view);
        if let Some(added) = &page.added {
            let _ = writeln!(out, "{}\n", line(added));
        }
        for theme in &page.themes {
            let _ = writeln!(out, "### {}\n\n{}.\n", line(&theme.label), line(&theme.line));
            if !theme.spellings.is_empty() {
                let _ = writeln!(out, "{}: {}\n", h.spellings, line(&theme.spellings.join(" · ")));
            }
            for (year, quotes) in &theme.quotes {
                for quote in quotes {
                    let _ = writeln!(out, "> {year}: {} ({})\n", line(&quote.text()), line(&quote.place));
                }
            }
        }
    }
    if let Some(view) = &page.uncovered {
        table(&mut out, view);
    }
    successions(&mut out, page);
    found(&mut out, page);
    let _ = writeln!(out, "## {}\n", h.concepts);
    for comparison in &page.comparisons {
        let _ = writeln!(out, "### {}\n", comparison.title);
        comparison.lists.iter().for_each(|view| table(&mut out, view));
    }
    if !page.persons.is_empty() {
        let _ = writeln!(out, "## {}\n", h.persons);
    }
    for persons in &page.persons {
        let _ = writeln!(out, "### {}\n", persons.title);
        persons.lists.iter().for_each(|view| table(&mut out, view));
    }
    outline(&mut out, page);
    list(&mut out, &h.method, &page.method.lines);
    list(&mut out, &h.warnings, &page.warnings);
    let _ = writeln!(out, "{} {}.", h.made_by, page.version);
    out
}

fn outline(out: &mut String, page: &Page) {
    let h = &page.headings;
    let _ = writeln!(out, "## {}\n\n{}\n", h.sessions, page.outline_note);
    for year in &page.years {
        let _ = writeln!(out, "### {}\n", year.year);
        for t in &year.talks {
            let speakers = if t.speakers.is_empty() { String::new() } else { format!(" – {}", line(&t.speakers)) };
            let nearest = t.nearest.as_ref().map(|n| format!(". {}: {}", h.nearest, line(&n.plain())));
            let _ = writeln!(
                out,
                "- **{}**{speakers} ({}): {}{}",
                line(&t.title),
                line(&t.place),
                line(&t.terms.plain()),
                nearest.unwrap_or_default()
            );
        }
        out.push('\n');
    }
}

fn successions(out: &mut String, page: &Page) {
    if !page.successions.is_empty() {
        let _ = writeln!(out, "## {}\n", page.headings.successions);
    }
    for level in &page.successions {
        let _ = writeln!(out, "### {}\n", level.title);
        for sentence in &level.lines {
            let _ = writeln!(out, "- {}", line(sentence));
        }
        out.push('\n');
        if let Some(view) = &level.table {
            table(out, view);
        }
        for pair in &level.pairs {
            let _ = writeln!(out, "#### {}\n\n{}\n", line(&pair.label), line(&pair.line));
            for (side, quotes) in &pair.legs {
                for quote in quotes {
                    let _ = writeln!(out, "> {}: {} ({})\n", line(side), line(&quote.text()), line(&quote.place));
                }
            }
        }
    }
}

fn found(out: &mut String, page: &Page) {
    let Some(found) = &page.found else { return };
    let _ = writeln!(out, "## {}\n\n{}\n", page.headings.found, line(&found.lead));
    if let Some(view) = &found.table {
        table(out, view);
    }
    for theme in &found.themes {
        let _ =
            writeln!(out, "### {}\n\n{}. {}\n", line(&theme.label), line(&theme.line), line(&theme.concepts.plain()));
        if !theme.subthemes.is_empty() {
            let _ = writeln!(out, "{}:\n", page.headings.subthemes);
            items(out, &theme.subthemes);
            let _ = writeln!(out, "{}:\n", page.headings.talks);
        }
        items(out, theme.talks.iter().map(Line::plain));
        for (year, quotes) in &theme.quotes {
            for quote in quotes {
                let _ = writeln!(out, "> {year}: {} ({})\n", line(&quote.text()), line(&quote.place));
            }
        }
    }
    if let Some(view) = &found.fates {
        table(out, view);
    }
}

fn list(out: &mut String, heading: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "## {heading}\n");
    self::items(out, items);
}

fn items<T: AsRef<str>>(out: &mut String, items: impl IntoIterator<Item = T>) {
    for item in items {
        let _ = writeln!(out, "- {}", line(item.as_ref()));
    }
    out.push('\n');
}

fn table(out: &mut String, view: &View) {
    let _ = writeln!(out, "{}\n", line(&view.caption));
    if view.rows.is_empty() {
        out.push_str("–\n\n");
        return;
    }
    let row = |cells: &mut dyn Iterator<Item = &str>| {
        format!("| {} |", cells.map(|c| line(c).replace('|', "\\|")).collect::<Vec<_>>().join(" | "))
    };
    let rule: Vec<String> = view.numeric.iter().map(|&n| if n { "---:".into() } else { "---".into() }).collect();
    let _ = writeln!(
        out,
        "{}\n{}",
        row(&mut view.head.iter().map(String::as_str)),
        row(&mut rule.iter().map(String::as_str))
    );
    for cells in &view.rows {
        let _ = writeln!(out, "{}", row(&mut cells.iter().map(|cell| cell.text.as_str())));
    }
    out.push('\n');
}

/// One line, with what Markdown or HTML would act on made harmless.
fn line(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '*' | '_' | '`' | '[' | ']' | '#' if !matches!(c, '#' | '_') || safe.is_empty() => {
                safe.push('\\');
                safe.push(c);
            }
            c => safe.push(c),
        }
    }
    safe
}
