//! `findings.json` follows its schema, and the schema is strict.

use std::fs;

use boon::{Compiler, Schemas};
use serde_json::{Value, json};
use wandel::analysis::StatisticsSettings;
use wandel::trends::Watch;
use wandel::{Analysis, Corpus, Format, ReadOptions, ReportOptions, ThemeFile, Trends};

use crate::support::{here, sample, with_themes};

const SCHEMA: &str = "docs/findings.schema.json";

/// What the schema says against findings; nothing if they fit.
fn error(findings: &Value) -> Option<String> {
    let schema = serde_json::from_slice(&fs::read(here(SCHEMA)).expect("there")).expect("JSON");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let name = "https://schema.invalid/findings.schema.json";
    compiler.add_resource(name, schema).expect("a name");
    let index = compiler.compile(name, &mut schemas).expect("a valid schema");
    schemas.validate(findings, index).err().map(|e| format!("{e:#}"))
}

#[track_caller]
fn fits(findings: &Value) {
    assert_eq!(error(findings), None);
}

fn written(trends: &Trends) -> Value {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = ReportOptions { formats: [Format::Json].into(), ..ReportOptions::default() };
    trends.report("Ein \"Titel\"").with(options).write_to(folder.path().join("out")).expect("written");
    let text = fs::read(folder.path().join("out/findings.json")).expect("there");
    serde_json::from_slice(&text).expect("JSON")
}

#[test]
fn the_committed_findings_follow_the_schema() {
    let text = fs::read(here("output/findings.json")).expect("there");
    fits(&serde_json::from_slice(&text).expect("JSON"));
}

#[test]
fn so_do_those_of_other_options() {
    let mut options = ReadOptions::default();
    options.years.insert("w6_agenda_de.txt".into(), 2026);
    let paths = [here("data/it-fachtag"), here("tests/articles/work/w6_agenda_de.txt")];
    let three = Corpus::from_paths(paths, &options).expect("readable");
    let watched = StatisticsSettings {
        watch: vec![
            Watch::Term("KI".into()),
            Watch::Term("Xylophon".into()),
            Watch::pattern("cyber.*").expect("valid"),
        ],
        ..StatisticsSettings::default()
    };
    let ranges = wandel::Comparison::parse_list("2024-2025:2026,2024:2025").expect("valid");
    let themes = ThemeFile::builtin().expect("valid");
    let trends = Analysis::new().themes(themes).statistics(watched).compare(ranges).run(&three).expect("three years");
    let findings = written(&trends);
    fits(&findings);
    assert_eq!(findings["comparisons"][0]["watch"].as_array().map(Vec::len), Some(3));
    assert_eq!(findings["comparisons"][0]["from"], "2024-2025");
    let untested = StatisticsSettings { enabled: false, ..StatisticsSettings::default() };
    let findings = written(&Analysis::new().statistics(untested).run(&sample()).expect("two years"));
    fits(&findings);
    let first = &findings["comparisons"][0]["rising"][0];
    assert!(first["verdict"].is_null() && first["p"].is_null(), "nothing was tested: {first}");
}

/// What would break a reader is refused.
#[test]
fn the_schema_is_strict() {
    let good = written(&with_themes(&sample()));
    fits(&good);
    let broken = |pointer: &str, change: &dyn Fn(&mut Value)| {
        let mut findings = good.clone();
        change(findings.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")));
        assert!(error(&findings).is_some(), "{pointer} may be anything");
    };
    let shift = "/comparisons/0/rising/0";
    for object in ["", "/years/0", "/comparisons/0", shift, "/comparisons/0/families/0"] {
        broken(object, &|v| v["more"] = json!(1));
        let keys: Vec<String> =
            good.pointer(object).and_then(Value::as_object).expect("an object").keys().cloned().collect();
        for key in keys {
            broken(object, &|v| drop(v.as_object_mut().expect("an object").remove(&key)));
            broken(object, &|v| v[&key] = json!({"an": "object"}));
        }
    }
    broken(&format!("{shift}/verdict"), &|v| *v = json!("doubled"));
    broken(&format!("{shift}/p"), &|v| *v = json!(1.5));
    broken(&format!("{shift}/count"), &|v| *v = json!([1]));
    broken(&format!("{shift}/from_year"), &|v| *v = json!("last year"));
    broken("/years/0/talks", &|v| *v = json!(-1));
}
