//! `wandel.toml` and `wandel init`.

use crate::support::{Workdir, same_files};

/// Articles in a folder, with a settings file.
fn work(settings: &str) -> Workdir {
    let work = Workdir::new();
    work.write("talks/2024.txt", crate::texts::A2024);
    work.write("talks/2025.txt", crate::texts::A2025);
    work.write("talks/wandel.toml", settings);
    work
}

const THEMES: &str = "version = 1\n[[theme]]\nname = \"schule\"\npatterns = [\"schul*\"]\n";

#[test]
fn init_writes_a_file_that_changes_nothing_and_is_not_replaced() {
    let work = work("");
    std::fs::remove_file(work.path("talks/wandel.toml")).expect("there");
    work.run(&["shifts", "talks"]).fine().hushes("settings:");
    let before = work.run(&["shifts", "talks"]).fine().stdout;
    work.run(&["init", "talks"]).fine().says("wrote talks/wandel.toml").omits("wrote");
    let run = work.run(&["shifts", "talks"]).fine().says("settings: talks/wandel.toml");
    assert_eq!(run.stdout, before);
    let template = work.read("talks/wandel.toml");
    work.write("talks/wandel.toml", "title = \"mine\"\n");
    work.run(&["init", "talks"]).refused().says("talks/wandel.toml: is there already; say --force");
    assert_eq!(work.read("talks/wandel.toml"), "title = \"mine\"\n");
    work.run(&["init", "talks", "--force"]).fine();
    assert_eq!(work.read("talks/wandel.toml"), template);
    work.run(&["init", "nowhere"]).refused().says("nowhere");
}

#[test]
fn the_file_says_what_the_command_line_can_say() {
    let work = work(
        "version = 1\ntitle = \"Fachtag\"\nlang = \"en\"\nthemes = \"themes.toml\"\nwatch = [\"KI\"]\nonly = [\"csv\", \"json\"]\n\
         stop-words = \"meldeamt,schulung\"\nout = \"bericht\"\nno-titles = true\ncompare = [\"2024:2025\"]\nphrase-min-npmi = 0.5\n",
    );
    work.write("talks/themes.toml", THEMES);
    work.run(&["report", "talks"]).fine().says("settings: talks/wandel.toml");
    let typed = [
        "report",
        "talks",
        "--no-config",
        "--out",
        "typed",
        "--title",
        "Fachtag",
        "--lang",
        "en",
        "--themes",
        "talks/themes.toml",
        "--watch",
        "KI",
        "--only",
        "csv,json",
        "--stop-words",
        "meldeamt,schulung",
        "--no-titles",
        "--compare",
        "2024:2025",
        "--phrase-min-npmi",
        "0.5",
    ];
    work.run(&typed).fine().hushes("settings:");
    let (mut said, mut typed) = (work.files("talks/bericht"), work.files("typed"));
    let [from_file, from_line] = [&mut said, &mut typed].map(|files| {
        let manifest = files.remove("manifest.json").expect("a manifest");
        serde_json::from_slice::<serde_json::Value>(&manifest).expect("JSON")
    });
    same_files(&said, &typed, "settings file and command line");
    for field in ["settings", "reading", "title", "language", "files", "themes_sha256"] {
        assert_eq!(from_file[field], from_line[field], "{field}");
    }
    let origin = |manifest: &serde_json::Value, key: &str| manifest["options"][key].clone();
    let is = |from: &str, value: &str| serde_json::json!({"from": from, "value": value});
    assert_eq!(origin(&from_file, "themes"), is("wandel.toml", "themes.toml"));
    assert_eq!(origin(&from_line, "themes"), is("command line", "themes.toml"));
    assert_eq!(origin(&from_file, "stop-words"), is("wandel.toml", "meldeamt,schulung"));
    assert_eq!(origin(&from_file, "no-titles"), is("wandel.toml", "true"));
    assert!(from_file["options"].get("out").is_none(), "the output folder is in no output");
    assert_eq!(from_file["options_file"]["name"], "wandel.toml");
    assert_eq!(from_file["options_file"]["sha256"], crate::support::sha256(&work.bytes("talks/wandel.toml")));
    assert!(from_line.get("options_file").is_none());
    assert!(from_file["skipped"].as_array().is_some_and(|s| s.iter().any(|s| s["path"] == "wandel.toml")));
}

#[test]
fn the_command_line_wins() {
    let work =
        work("title = \"File\"\nstop-words = [\"meldeamt\"]\nno-titles = true\nkeep-names = true\nonly = \"json\"\n");
    let args = [
        "report",
        "talks",
        "--title",
        "Typed",
        "--stop-words",
        "schulung",
        "--no-titles=false",
        "--drop-persons",
        "all",
    ];
    work.run(&args).fine();
    let manifest = work.json("output/manifest.json");
    assert_eq!(manifest["title"], "Typed");
    let settings = &manifest["settings"];
    assert_eq!((&settings["stop_words"], &settings["titles"]), (&"schulung".into(), &"true".into()));
    assert_eq!(
        (&settings["drop_names"], &settings["persons"]),
        (&"true".into(), &"all".into()),
        "--keep-names gives way"
    );
    let from = |key: &str| manifest["options"][key]["from"].as_str().map(str::to_owned);
    assert_eq!(from("title").as_deref(), Some("command line"));
    assert_eq!(from("only").as_deref(), Some("wandel.toml"));
    assert_eq!(from("keep-names"), None);
}

#[test]
fn every_command_that_reads_texts_reads_it() {
    let work = work("stop-words = [\"Rechenzentrum\"]\nwhere = { year = 2025 }\n");
    for command in ["terms", "concepts"] {
        let with = work.run(&[command, "talks", "--top", "99"]).fine().says("settings:").stdout;
        let without = work.run(&[command, "talks", "--top", "99", "--no-config"]).fine().stdout;
        assert!(!with.contains("Rechenzentrum") && without.contains("Rechenzentrum"), "{command}:\n{with}");
    }
    let sessions = work.run(&["sessions", "talks"]).fine().stdout;
    assert!(sessions.contains("2025.txt") && !sessions.contains("2024.txt"), "{sessions}");
    work.run(&["shifts", "talks"]).ends(1).says("all talks are of 2025");
    work.run(&["themes", "talks"]).ends(1);
    work.run(&["report", "talks"]).ends(1);
    work.run(&["count", "talks", "-o", "part.counts"]).fine().says("settings:");
    work.run(&["terms", "part.counts", "--stop-words", "Rechenzentrum", "--where", "year=2025"]).fine();
}

#[test]
fn it_is_found_beside_files_and_one_holds() {
    let work = work("stop-words = [\"KI\"]\n");
    work.run(&["sessions", "talks/2024.txt", "talks/2025.txt"]).fine().says("settings: talks/wandel.toml");
    work.write("more/2026.txt", crate::texts::A2025);
    work.run(&["sessions", "talks", "more/2026.txt"]).fine().says("settings: talks/wandel.toml");
    work.write("more/wandel.toml", "lang = \"de\"\n");
    let both = work.run(&["sessions", "talks", "more"]).refused();
    both.says("talks/wandel.toml and more/wandel.toml").says("--no-config");
    work.run(&["sessions", "talks", "more", "--config", "more/wandel.toml"]).fine().says("settings: more/wandel.toml");
    work.run(&["sessions", "talks", "more", "--no-config"]).fine().hushes("settings:");
    work.run(&["sessions", "talks", "--config", "none.toml"]).refused().says("none.toml: cannot read");
    work.run(&["sessions", "talks", "-q"]).fine().silent();
}

#[test]
fn what_is_wrong_in_it_is_named_with_its_place() {
    let wrong = |settings: &str, says: &str| {
        work(settings).run(&["report", "talks"]).refused().says(&format!("talks/wandel.toml:{says}"));
    };
    wrong("version = 1\nstop_words = []\n", "2:1: there is no setting `stop_words`; did you mean `stop-words`?");
    wrong("force = true\n", "1:1: `force` belongs to a single call");
    wrong("version = 2\n", "1:11: expected version = 1");
    wrong("lang = \"fr\"\n", "1:8: invalid value 'fr'");
    wrong("seed = -1\n", "1:8: invalid value '-1'");
    wrong("title = [\"a\", \"b\"]\n", "1:9: expected");
    wrong("strict = \"yes\"\n", "1:10: expected true or false");
    wrong("watch = { KI = 1 }\n", "1:9: expected a text or a list of texts");
    wrong("\nphrase-min-npmi = 7\n", "2:19: phrase-min-npmi: `7` is not allowed: expected a number from -1 to 1");
    wrong("compare = \"2024\"\n", "1:11: compare: ");
    wrong("keep-names = true\ndrop-persons = \"all\"\n", "2:1: `drop-persons` and `keep-names` exclude each other");
    wrong("title = \"a\"\ntitle = \"b\"\n", "2:1:");
    wrong("title =\n", "1:");
    work("themes = \"missing.toml\"\n").run(&["report", "talks"]).refused().says("talks/missing.toml: cannot read");
}

#[test]
fn a_mark_of_windows_at_its_beginning_is_no_letter() {
    let work = work("\u{feff}title = \"Ä\"\r\nonly = \"json\"\r\n");
    work.run(&["report", "talks"]).fine();
    assert_eq!(work.json("output/manifest.json")["title"], "Ä");
}
