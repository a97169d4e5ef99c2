//! `manifest.json` and `findings.json`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::ReportOptions;
use super::csv::CsvDialect;
use super::folder::Listed;
use super::tables::{Cell, Table, plain_number, sessions_by_kind};
use crate::error::Warning;
use crate::trends::{Certainty, Shift, Succession, Successions, Trends};

fn pretty(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// What made the outputs: no time stamp, no absolute path, no output folder.
pub(super) fn manifest(trends: &Trends, options: &ReportOptions, notes: &[Warning], files: &[Listed]) -> Vec<u8> {
    let corpus = trends.corpus();
    let sessions: BTreeMap<String, BTreeMap<&str, usize>> = sessions_by_kind(trends)
        .into_iter()
        .map(|(year, kinds)| (year.to_string(), kinds.into_iter().map(|(k, n)| (k.name(), n)).collect()))
        .collect();
    let mut warnings: Vec<&Warning> = trends.warnings().iter().chain(notes).collect();
    warnings.dedup();
    let mut manifest = json!({
        "tool": "wandel",
        "version": env!("CARGO_PKG_VERSION"),
        "title": options.title,
        "language": trends.language().code(),
        "reading": corpus.reading(),
        "settings": trends.settings(),
        "csv_dialect": match options.dialect { CsvDialect::Plain => "plain", CsvDialect::ExcelDe => "excel-de" },
        "comparisons": trends.comparisons().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "themes": trends.themes().map(|t| t.themes.themes.iter().map(|t| t.name.as_str()).collect::<Vec<_>>()),
        "themes_sha256": trends.themes().map(|t| t.themes.digest()),
        "years": trends.years(),
        "sessions": sessions,
        "sources": corpus.files(),
        "skipped": corpus.skipped().iter().map(|(path, reason)| json!({"path": path, "reason": reason})).collect::<Vec<_>>(),
        "warnings": warnings,
        "seed": trends.settings().get("seed").and_then(|s| s.parse::<u64>().ok()),
        "files": files.iter().map(|f| json!({"path": f.path, "sha256": f.sha256, "bytes": f.bytes})).collect::<Vec<_>>(),
    });
    if !options.origins.options.is_empty() {
        manifest["options"] = json!(options.origins.options);
    }
    if let Some((name, digest)) = &options.origins.file {
        manifest["options_file"] = json!({"name": name, "sha256": digest});
    }
    pretty(&manifest)
}

/// A number rounded at the edge.
fn number(value: f64, digits: usize) -> Value {
    plain_number(value, digits).parse::<f64>().map_or(Value::Null, Value::from)
}

/// A table as JSON: a list of objects, numbers as numbers, no value as `null`.
#[must_use]
pub fn write_table(table: &Table) -> Vec<u8> {
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => json!(text),
        Cell::Int(n) => json!(n),
        Cell::Float(value, digits) => number(*value, *digits),
        Cell::Empty => Value::Null,
    };
    let object = |row: &Vec<Cell>| -> Map<String, Value> {
        table.header.iter().map(|name| (*name).to_owned()).zip(row.iter().map(cell)).collect()
    };
    pretty(&table.rows.iter().map(object).map(Value::Object).collect())
}

fn shift(s: &Shift) -> Value {
    json!({
        "key": s.key,
        "label": s.label,
        "from_year": s.comparison.from.to_string(),
        "to_year": s.comparison.to.to_string(),
        "count": [s.from.count, s.to.count],
        "per_1000_tokens": [number(s.from.per_thousand(), 4), number(s.to.per_thousand(), 4)],
        "sessions": [s.from.sessions, s.to.sessions],
        "n_sessions": [s.from.n_sessions, s.to.n_sessions],
        "framing_count": [s.from.framing, s.to.framing],
        "effect": number(s.effect, 4),
        "one_talk": s.one_session,
        "one_cluster": s.test.one_cluster,
        "interval": [s.test.low.filter(|x| x.is_finite()).map(|x| number(x, 4)), s.test.high.filter(|x| x.is_finite()).map(|x| number(x, 4))],
        "p": s.test.p.map(|p| number(p, 6)),
        "q": s.test.q.map(|q| number(q, 6)),
        "verdict": (!s.test.is_empty()).then(|| s.test.verdict.name()),
        "certainty": s.test.certainty.map(Certainty::name),
    })
}

fn successions(table: &Successions) -> Value {
    let one = |s: &Succession| {
        json!({
            "from": s.from.0,
            "from_label": s.from.1,
            "to": s.to.0,
            "to_label": s.to.1,
            "within": s.within,
            "strength": number(s.strength, 4),
            "interval": [number(s.interval.0, 4), number(s.interval.1, 4)],
            "likeness": number(s.likeness, 4),
            "lift": number(s.lift, 4),
            "together": [s.together.0, s.together.1],
            "p": number(s.p, 6),
            "certainty": s.certainty.name(),
        })
    };
    json!({
        "level": table.level,
        "candidates": table.candidates.iter().map(one).collect::<Vec<_>>(),
        "siblings": table.siblings.iter().map(one).collect::<Vec<_>>(),
        "own_rises": table.own_rises,
        "own_falls": table.own_falls,
        "deals": table.deals,
    })
}

/// The findings for programs: sizes, theme shifts, and the 50 strongest risers and fallers of each comparison.
pub(super) fn findings(trends: &Trends, title: &str) -> Vec<u8> {
    let years: Vec<Value> = trends
        .years()
        .into_iter()
        .map(|year| {
            let (talks, tokens) = trends.year_size(year);
            json!({"year": year, "talks": talks, "tokens": tokens})
        })
        .collect();
    let comparisons: Vec<Value> = trends
        .comparisons()
        .iter()
        .map(|&c| {
            let top = |rising| trends.ranking(rising, Some(c)).top(50).rows.into_iter().map(shift).collect::<Vec<_>>();
            json!({
                "from": c.from.to_string(),
                "to": c.to.to_string(),
                "themes": trends.theme_shifts().iter().filter(|s| s.comparison == c).map(shift).collect::<Vec<_>>(),
                "found_themes": trends.found_shifts().iter().filter(|s| s.comparison == c).map(shift).collect::<Vec<_>>(),
                "subthemes": trends.subtheme_shifts().iter().filter(|s| s.comparison == c).map(shift).collect::<Vec<_>>(),
                "successions": trends.successions().iter().filter(|s| s.comparison == c).map(successions).collect::<Vec<_>>(),
                "rising": top(true),
                "falling": top(false),
                "watch": trends.watch_shifts().iter().filter(|s| s.comparison == c).map(shift).collect::<Vec<_>>(),
                "families": trends.families().iter().filter(|f| f.comparison == c).map(|f| json!({"family": f.kind, "tests": f.tests})).collect::<Vec<_>>(),
            })
        })
        .collect();
    pretty(
        &json!({"tool": "wandel", "version": env!("CARGO_PKG_VERSION"), "title": title, "years": years, "comparisons": comparisons}),
    )
}
