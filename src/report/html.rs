//! `report.html`: one self-contained page.

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use sha2::{Digest as _, Sha256};

use super::model::{FileView, Page};
use super::words::Words;
use super::{Format, ReportOptions, csv, tables};
use crate::error::{ErrorKind, Result};
use crate::trends::Trends;

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Tables of fewer bytes are put into the page, as long as all of them together stay below [`ALL_EMBEDDED`].
const EMBEDDED: usize = 200_000;
const ALL_EMBEDDED: usize = 1_000_000;

/// Lays a page out; `charts` are `(name, SVG text)`.
pub(super) fn render(page: &Page, charts: &[(String, String)]) -> Result<String> {
    let failed = |e: minijinja::Error| ErrorKind::Render { what: "report.html".into(), problem: e.to_string() };
    let mut environment = Environment::new();
    // The name ends in .html, so everything put in is escaped.
    environment.add_template("page.html", TEMPLATE).map_err(failed)?;
    let pictures: Vec<Value> = charts
        .iter()
        .enumerate()
        .map(|(i, (name, svg))| {
            let section = if i == 0 { "summary" } else { section(name) };
            context! { name, section, title => title(svg), svg => Value::from_safe_string(svg.clone()) }
        })
        .collect();
    let template = environment.get_template("page.html").map_err(failed)?;
    let style = format!("{STYLE}{}", drawings_style(charts)?);
    let (style_hash, script_hash) = (digest(&style), digest(SCRIPT));
    let (style, script) = (Value::from_safe_string(style), Value::from_safe_string(SCRIPT.to_owned()));
    let context = context! { page => Value::from(Serde(page)), pictures, style, script, style_hash, script_hash };
    Ok(template.render(context).map_err(failed)?)
}

/// The letters of all charts, once, and their colours in the dark.
#[cfg(feature = "charts")]
fn drawings_style(charts: &[(String, String)]) -> Result<String> {
    let svgs = || charts.iter().map(|(_, svg)| svg.as_str());
    Ok(format!("{}{}", crate::chart::font_style(svgs())?, crate::chart::dark_style(svgs())?))
}

#[cfg(not(feature = "charts"))]
fn drawings_style(_: &[(String, String)]) -> Result<String> {
    Ok(String::new())
}

/// The finding of a chart, as text of an attribute.
fn title(svg: &str) -> Value {
    let title = svg.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).map_or("", |t| t.0);
    // Already escaped, but for what ends an attribute.
    Value::from_safe_string(title.replace('"', "&quot;"))
}

/// The section of the page that a chart stands in.
fn section(name: &str) -> &'static str {
    match name {
        "successions" => "successions",
        "themes_by_session" | "key_terms" => "sessions",
        _ if name.starts_with("theme") => "themes",
        _ => "concepts",
    }
}

/// What a Content-Security-Policy allows a text by.
fn digest(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(Sha256::digest(text)))
}

/// The tables of a report, those that are small as data.
pub(super) fn files(trends: &Trends, options: &ReportOptions) -> Result<Vec<FileView>> {
    let w = Words::new(trends.language());
    let limit = &mut tables::Limit::new(options.max_rows, false);
    let mut files = Vec::new();
    let mut embedded = 0;
    for table in tables::all(trends, limit) {
        let mut small = Small(Vec::new());
        let written = csv::write_rows(&mut small, &table.header, table.rows, options.dialect);
        let fits = written.is_ok() && embedded + small.0.len() < ALL_EMBEDDED;
        if fits {
            embedded += small.0.len();
        } else if !options.formats.contains(&Format::Csv) {
            continue;
        }
        files.push(FileView {
            label: w.table_name(table.name).to_owned(),
            name: format!("{}.csv", table.name),
            size: fits.then(|| format!("{} kB", w.count(small.0.len().div_ceil(1000)))),
            data: fits.then(|| BASE64.encode(&small.0)),
        });
    }
    Ok(files)
}

/// Takes what fits and fails on the rest.
struct Small(Vec<u8>);

impl Write for Small {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() >= EMBEDDED {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_valid() {
        let mut environment = Environment::new();
        environment.add_template("page.html", TEMPLATE).unwrap();
    }

    #[test]
    fn the_script_and_style_cannot_end_their_element() {
        assert!(!SCRIPT.contains("</") && !STYLE.contains("</"));
    }

    #[test]
    fn a_digest_is_that_of_the_policy() {
        // printf '' | openssl dgst -sha256 -binary | base64
        assert_eq!(digest(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
