//! `wandel report`: what it writes, in which forms and languages, and that it is always the same.

use crate::support::{Files, Workdir, same_files};
use crate::texts::{A2024, A2025, A2026, JSONL, THEMES};

const TABLES: [&str; 11] = [
    "tables/boilerplate.csv",
    "tables/comparisons.csv",
    "tables/concepts.csv",
    "tables/evidence.csv",
    "tables/nearest_sessions.csv",
    "tables/people.csv",
    "tables/sessions.csv",
    "tables/successions.csv",
    "tables/term_frequencies.csv",
    "tables/term_shifts.csv",
    "tables/terms_by_year.csv",
];

/// The files of a run without charts, which have names of their own.
fn without_charts(files: Vec<String>) -> Vec<String> {
    files.into_iter().filter(|f| !f.starts_with("charts/")).collect()
}

#[test]
fn everything_by_default() {
    let work = Workdir::with_articles();
    let run = work.run(&["report", "2024.txt", "2025.txt", "--themes", "builtin"]).fine();
    let files = work.list("output");
    let mut expected = vec!["findings.json", "manifest.json"];
    if cfg!(feature = "html") {
        expected.push("report.html");
    }
    expected.push("report.md");
    expected.extend(TABLES);
    expected.extend(["tables/theme_sessions.csv", "tables/theme_shifts.csv", "tables/theme_spellings.csv"]);
    expected.push("tables/uncovered_concepts.csv");
    expected.sort_unstable();
    assert_eq!(without_charts(files.clone()), expected);
    assert_eq!(run.stdout.lines().count(), files.len());
    let charts: Vec<&String> = files.iter().filter(|f| f.starts_with("charts/")).collect();
    if cfg!(feature = "charts") {
        let names = [
            "frequency_and_change_2024_2025",
            "key_terms",
            "term_shifts_2024_2025",
            "theme_shifts_2024_2025",
            "themes",
            "themes_by_session",
            "word_shift_2024_2025",
        ];
        for name in names {
            let svg = work.read(&format!("output/charts/{name}.svg"));
            assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{name}");
            assert_eq!(work.bytes(&format!("output/charts/{name}.png"))[..4], *b"\x89PNG", "{name}");
        }
        assert_eq!(charts.len(), 2 * names.len(), "{charts:?}");
    } else {
        assert_eq!(charts, [""; 0]);
    }
}

#[test]
fn only_what_is_asked_for() {
    let work = Workdir::with_articles();
    let only = |formats: &str| {
        work.run(&["report", "2024.txt", "2025.txt", "--only", formats]).fine();
        work.list("output")
    };
    assert_eq!(only("md"), ["manifest.json", "report.md"]);
    assert_eq!(only("json"), ["findings.json", "manifest.json"]);
    assert_eq!(only("csv"), [&["manifest.json"], &TABLES[..]].concat());
    assert_eq!(only("json,md"), ["findings.json", "manifest.json", "report.md"]);
    assert_eq!(only("md,json,md"), ["findings.json", "manifest.json", "report.md"]);
    if cfg!(feature = "html") {
        assert_eq!(only("html"), ["manifest.json", "report.html"]);
    }
    if cfg!(feature = "charts") {
        let files = only("charts");
        assert!(files.contains(&"charts/key_terms.png".to_owned()), "{files:?}");
        assert_eq!(without_charts(files), ["manifest.json"]);
    } else {
        work.run(&["report", "2024.txt", "2025.txt", "--only", "charts"])
            .refused()
            .says("charts")
            .says("without that feature");
    }
}

#[test]
fn formats_do_not_change_each_other() {
    let work = Workdir::with_articles();
    work.run(&["report", "2024.txt", "2025.txt", "--out", "alles", "--only", "csv,json,md"]).fine();
    let all = work.files("alles");
    for formats in ["csv", "json", "md"] {
        work.run(&["report", "2024.txt", "2025.txt", "--out", formats, "--only", formats]).fine();
        for (path, bytes) in work.files(formats).into_iter().filter(|f| f.0 != "manifest.json") {
            assert_eq!(bytes, all[&path], "{path}");
        }
    }
}

#[test]
fn tables_have_the_counts() {
    let work = Workdir::with_articles();
    work.run(&["report", "2024.txt", "2025.txt", "--only", "csv"]).fine();
    let sessions = work.csv("output/tables/sessions.csv");
    assert_eq!(sessions.len(), 10);
    let server = &sessions[1];
    assert_eq!(
        (server["session_id"].as_str(), server["kind"].as_str(), server["title"].as_str(), server["speakers"].as_str()),
        ("2024.txt#2", "session", "Wenn der Server brennt", "Jonas Wirth")
    );
    assert_eq!(
        (
            server["first_line"].as_str(),
            server["last_line"].as_str(),
            server["source"].as_str(),
            server["language"].as_str()
        ),
        ("5", "7", "2024.txt", "de")
    );
    let shifts = work.csv("output/tables/term_shifts.csv");
    let ki = shifts.iter().find(|r| r["label"] == "KI").expect("the acronym");
    let cells: Vec<&str> =
        ["from_year", "to_year", "count_from", "count_to", "sessions_from", "sessions_to", "share_to"]
            .iter()
            .map(|c| ki[*c].as_str())
            .collect();
    assert_eq!(cells, ["2024", "2025", "0", "3", "0", "1", "0.3333"]);
    assert_eq!((ki["p"].as_str(), ki["verdict"].as_str()), ("", "not decidable"), "a single talk names it");
    for row in work.csv("output/tables/evidence.csv") {
        let text = work.read(&row["source"]);
        let number = |name: &str| row[name].parse::<usize>().expect("a number");
        assert_eq!(&text[number("byte_start")..number("byte_end")], row["quote"]);
        assert_eq!(text[..number("byte_start")].matches('\n').count() + 1, number("line"), "{row:?}");
    }
}

#[test]
fn plain_csv_follows_rfc_4180() {
    let work = Workdir::with([(
        "t.csv",
        "year,title,text\n2024,\"=SUMME(A1;A2), \"\"roh\"\"\",Der Server brennt.\n2025,KI,Die KI sortiert.\n",
    )]);
    work.run(&["report", "t.csv", "--only", "csv"]).fine();
    let table = work.read("output/tables/sessions.csv");
    assert!(
        table.starts_with("year,session_id,ordinal,kind,title,speakers,language,source,first_line,last_line,tokens"),
        "{table}"
    );
    assert!(table.contains(",\"=SUMME(A1;A2), \"\"roh\"\"\","), "{table}");
    assert!(table.lines().count() == 3 && table.matches("\r\n").count() == 3, "{table:?}");
}

#[test]
fn excel_gets_its_dialect() {
    let rows = "year,title,text\n2024,=SUMME(A1:A9),Der Server brennt im Keller.\n2024,+49 361,Das Papier ist alle.\n2024,-Gesamt,Das Amt ist zu.\n\
                2024,@alle,Die Straße ist lang.\n2024,\"\tTab\",Der Radweg ist neu.\n2025,Semi;kolon,Die KI sortiert Briefe.\n";
    let work = Workdir::with([("t.csv", rows)]);
    work.run(&["report", "t.csv", "--only", "csv", "--csv-dialect", "excel-de"]).fine();
    let table = work.read("output/tables/sessions.csv");
    assert!(table.starts_with("\u{feff}year;session_id;ordinal;kind;title;"), "{table}");
    for cell in [";'=SUMME(A1:A9);", ";'+49 361;", ";'-Gesamt;", ";'@alle;", ";\"Semi;kolon\";"] {
        assert!(table.contains(cell), "{cell} is not in\n{table}");
    }
    assert!(table.contains(";'\tTab;") || table.contains(";Tab;"), "{table:?}");
    let shifts = work.read("output/tables/term_shifts.csv");
    let ki = shifts.lines().find(|l| l.starts_with("KI;KI;2024;2025;")).expect("the acronym");
    assert!(ki.contains(',') && !ki.contains('.'), "decimal commas: {ki}");
    let falling =
        shifts.lines().find(|l| l.contains("Server;Server;") || l.contains(";Server;2024")).expect("it falls");
    assert!(falling.contains(";-") && !falling.contains("'-"), "a number stays a number: {falling}");
    let numbers = work.csv_with("output/tables/term_shifts.csv", b';');
    work.run(&["report", "t.csv", "--only", "csv", "--out", "plain"]).fine();
    let plain = work.csv("plain/tables/term_shifts.csv");
    assert_eq!(numbers.len(), plain.len());
    assert_eq!(numbers[0]["per_1000_from"].replace(',', "."), plain[0]["per_1000_from"]);
}

#[test]
fn quotes_that_are_formulas_are_harmless_in_every_table() {
    let article = A2024
        .replace("Berger warb für Schulungen", "=HYPERLINK(1) Berger warb für Schulungen")
        .replace("## Wer schult", "## -Wer schult");
    let work = Workdir::with([("2024.txt", article), ("2025.txt", A2025.to_owned())]);
    work.run(&["report", "2024.txt", "2025.txt", "--only", "csv", "--csv-dialect", "excel-de", "--themes", "builtin"])
        .fine();
    for file in work.list("output/tables") {
        for row in work.csv_with(&format!("output/tables/{file}"), b';') {
            for (column, cell) in row {
                let number = cell.replace(',', ".").parse::<f64>().is_ok();
                assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{file}, {column}: {cell}");
            }
        }
    }
    assert!(work.read("output/tables/sessions.csv").contains(";'-Wer schult die Leute?;"));
}

#[test]
fn the_language_of_the_report_can_be_chosen() {
    let work = Workdir::with_articles();
    let page = |args: &[&str], out: &str| {
        work.run(&[&["report", "2024.txt", "2025.txt", "--only", "md", "--out", out], args].concat()).fine();
        work.read(&format!("{out}/report.md"))
    };
    let (own, de, en) = (page(&[], "a"), page(&["--lang", "de"], "b"), page(&["--lang", "en"], "c"));
    assert_eq!(own, de, "German articles make a German report");
    assert!(de.contains("Vorträge") && de.contains("÷1,8") && !de.contains("Talks"), "{de}");
    assert!(en.contains("Talks") && en.contains("÷1.8") && !en.contains("Vorträge"), "{en}");
    assert_eq!(work.json("c/manifest.json")["language"], "en");
    if cfg!(feature = "html") {
        for lang in ["de", "en"] {
            work.run(&["report", "2024.txt", "2025.txt", "--only", "html", "--out", lang, "--lang", lang]).fine();
            assert!(work.read(&format!("{lang}/report.html")).contains(&format!("<html lang=\"{lang}\">")));
        }
    }
}

#[test]
fn the_language_changes_no_number() {
    let work = Workdir::with_articles();
    for lang in ["de", "en"] {
        work.run(&["report", "2024.txt", "2025.txt", "--only", "csv", "--out", lang, "--lang", lang]).fine();
    }
    for table in TABLES {
        assert_eq!(work.read(&format!("de/{table}")), work.read(&format!("en/{table}")), "{table}");
    }
}

#[test]
fn a_title_is_shown_and_made_safe() {
    let work = Workdir::with_articles();
    let title = "IT & <b>Mehr</b> 2024/2025";
    work.run(&["report", "2024.txt", "2025.txt", "--title", title, "--only", "md,json"]).fine();
    assert_eq!(work.json("output/manifest.json")["title"], title);
    assert!(work.read("output/report.md").starts_with("# IT & &lt;b>Mehr&lt;/b> 2024/2025\n"));
    if cfg!(feature = "html") {
        work.run(&["report", "2024.txt", "2025.txt", "--title", title, "--only", "html"]).fine();
        let page = work.read("output/report.html");
        assert!(page.contains("IT &amp; &lt;b&gt;Mehr") && !page.contains("<b>Mehr"));
    }
}

#[test]
fn the_title_is_the_folder_and_the_years_by_default() {
    let work = Workdir::with([("kommunaltag/2024.txt", A2024), ("kommunaltag/2025.txt", A2025)]);
    work.run(&["report", "kommunaltag", "--only", "md"]).fine();
    assert!(work.read("output/report.md").starts_with("# kommunaltag 2024–2025\n"));
}

/// Every file of a run, by path.
fn bytes(work: &Workdir, out: &str, paths: &[&str], more: &[&str]) -> Files {
    work.run(&[&["report", "--out", out, "--only", "csv,json,md"], paths, more].concat()).fine();
    let files = work.files(out);
    assert!(files.len() > 8, "{:?}", files.keys());
    files
}

fn mixed() -> Workdir {
    Workdir::with([
        ("2024.txt", A2024),
        ("2025.txt", A2025),
        ("2026.md", A2026),
        ("t.jsonl", JSONL),
        ("themen.toml", THEMES),
    ])
}

#[test]
fn threads_change_no_byte() {
    let work = mixed();
    let paths = ["2024.txt", "2025.txt", "2026.md", "t.jsonl"];
    let one = bytes(&work, "eins", &paths, &["--threads", "1", "--themes", "themen.toml"]);
    for threads in ["2", "8"] {
        let other = bytes(&work, threads, &paths, &["--threads", threads, "--themes", "themen.toml"]);
        same_files(&other, &one, &format!("{threads} threads"));
    }
}

#[test]
fn the_order_of_paths_changes_no_byte() {
    let work = mixed();
    let one = bytes(&work, "eins", &["2024.txt", "2025.txt", "2026.md", "t.jsonl"], &["--title", "T"]);
    let two = bytes(&work, "zwei", &["t.jsonl", "2026.md", "2024.txt", "2025.txt"], &["--title", "T"]);
    same_files(&two, &one, "another order");
}

#[test]
fn the_order_of_paths_does_not_change_the_default_title() {
    let work = Workdir::with_articles();
    let one = bytes(&work, "eins", &["2024.txt", "2025.txt"], &[]);
    let two = bytes(&work, "zwei", &["2025.txt", "2024.txt"], &[]);
    same_files(&two, &one, "another order, no title said");
}

#[test]
fn the_order_of_equal_texts_changes_no_byte() {
    let work = Workdir::with([("2024.txt", A2024), ("2025.txt", A2025), ("b/2025.txt", A2025), ("c/2026.txt", A2026)]);
    let one = bytes(&work, "eins", &["2024.txt", "2025.txt", "b", "c"], &["--title", "T"]);
    let two = bytes(&work, "zwei", &["c", "b", "2025.txt", "2024.txt"], &["--title", "T"]);
    same_files(&two, &one, "another order with a copy");
}

#[test]
fn charts_and_page_are_always_the_same() {
    let work = Workdir::with_articles();
    let formats = match (cfg!(feature = "charts"), cfg!(feature = "html")) {
        (true, true) => "html,charts",
        (true, false) => "charts",
        (false, true) => "html",
        (false, false) => "md",
    };
    for (out, threads) in [("eins", "1"), ("acht", "8")] {
        work.run(&["report", "2024.txt", "2025.txt", "--only", formats, "--threads", threads, "--out", out]).fine();
    }
    assert!(work.list("eins").len() > 1);
    same_files(&work.files("acht"), &work.files("eins"), "8 threads");
}

#[test]
fn a_third_year_joins() {
    let work = Workdir::with([("2024.txt", A2024), ("2025.txt", A2025)]);
    let args = ["report", ".", "--only", "csv,json,md"];
    work.run(&args).fine();
    work.write("2026.txt", A2026);
    work.run(&args).fine();
    let manifest = work.json("output/manifest.json");
    assert_eq!(manifest["years"], serde_json::json!([2024, 2025, 2026]));
    assert_eq!(manifest["comparisons"], serde_json::json!(["2024:2025", "2025:2026", "2024:2026"]));
    let shifts = work.csv("output/tables/term_shifts.csv");
    let drones: Vec<(&str, &str, &str, &str)> = shifts
        .iter()
        .filter(|r| r["label"] == "Drohnen")
        .map(|r| (r["from_year"].as_str(), r["to_year"].as_str(), r["count_from"].as_str(), r["count_to"].as_str()))
        .collect();
    assert!(drones.contains(&("2025", "2026", "0", "3")) && drones.contains(&("2024", "2026", "0", "3")), "{drones:?}");
    work.run(&["report", ".", "--only", "csv", "--compare", "2024-2025:2026"]).fine();
    assert_eq!(work.json("output/manifest.json")["comparisons"], serde_json::json!(["2024-2025:2026"]));
    let shifts = work.csv("output/tables/term_shifts.csv");
    assert!(shifts.iter().all(|r| r["from_year"] == "2024-2025" && r["to_year"] == "2026"));
}

#[test]
fn one_year_writes_nothing() {
    let work = Workdir::with_articles();
    work.run(&["report", "2024.txt"]).ends(1).says("all talks are of 2024");
    assert_eq!(work.list("."), ["2024.txt", "2025.txt"]);
}
