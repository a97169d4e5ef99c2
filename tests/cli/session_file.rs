//! The session file: written, edited, given back with `--sessions`.

use crate::support::{Run, Workdir, same_files};
use crate::texts::{A2024, A2025, JSONL};

/// The articles and their session file.
fn written() -> Workdir {
    let work = Workdir::with_articles();
    let run = work.run(&["sessions", "2024.txt", "2025.txt", "--write", "s.toml"]).fine().says("wrote s.toml");
    assert_eq!(run.stdout, "", "the outline is in the file");
    work
}

fn outline(work: &Workdir) -> Run {
    work.run(&["sessions", "2024.txt", "2025.txt", "--sessions", "s.toml"]).fine()
}

/// The line of the session file that holds a text.
fn line_of(work: &Workdir, text: &str) -> usize {
    work.read("s.toml").lines().position(|l| l.contains(text)).expect("in the file") + 1
}

/// The block of a session, by the start of its first line.
fn block(starts: &str, line: usize, kind: &str, title: &str, speaker: &str) -> String {
    format!(
        "[[document.session]]\nline = {line}\nstarts = \"{starts}\"\nkind = \"{kind}\"\ntitle = \"{title}\"\n\
         caption = true\nspeakers = [\"{speaker}\"]\ndrop = false\n"
    )
}

/// The words behind the lines of the session that stands there.
fn at<'r>(run: &'r Run, lines: &str) -> Vec<&'r str> {
    let mut rows = run.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let row = rows.find(|row| row.get(3) == Some(&lines));
    row.unwrap_or_else(|| panic!("no session at {lines} in\n{}", run.stdout)).split_off(4)
}

#[test]
fn comes_back_unchanged() {
    let work = written();
    let file = work.read("s.toml");
    assert!(file.starts_with("# "), "it explains itself:\n{file}");
    assert!(
        file.contains(&block("## Wenn der Server brennt", 5, "session", "Wenn der Server brennt", "Jonas Wirth")),
        "{file}"
    );
    assert!(file.contains(&format!("sha256 = \"{}\"", crate::support::sha256(A2024.as_bytes()))));
    assert!(!file.contains(&*work.path("").to_string_lossy()), "no absolute path:\n{file}");
    let plain = work.run(&["sessions", "2024.txt", "2025.txt"]).fine().stdout;
    assert_eq!(outline(&work).silent().stdout, plain);
    work.run(&["sessions", "2024.txt", "2025.txt", "--sessions", "s.toml", "--write", "again.toml"]).fine();
    assert_eq!(work.read("again.toml"), file);
}

#[test]
fn every_command_takes_it_back_and_counts_the_same() {
    let work = written();
    for args in [
        &["terms", "2024.txt", "2025.txt"][..],
        &["shifts", "2024.txt", "2025.txt"],
        &["themes", "2024.txt", "2025.txt"],
    ] {
        let plain = work.run(args).fine().stdout;
        assert_eq!(work.run(&[args, &["--sessions", "s.toml"]].concat()).fine().stdout, plain);
    }
    let report = ["report", "2024.txt", "2025.txt", "--title", "T", "--only", "csv,json", "--out"];
    work.run(&[&report[..], &["plain"]].concat()).fine();
    work.run(&[&report[..], &["planned", "--sessions", "s.toml"]].concat()).fine();
    let (mut plain, mut planned) = (work.files("plain"), work.files("planned"));
    plain.remove("manifest.json");
    planned.remove("manifest.json");
    assert!(plain.len() > 5 && plain == planned);
    assert_eq!(work.json("planned/manifest.json")["reading"]["sessions"], "s.toml");
}

#[test]
fn an_older_file_is_kept_unless_forced() {
    let work = written();
    let write = ["sessions", "2024.txt", "--write", "s.toml"];
    let before = work.read("s.toml");
    work.run(&write).refused().says("s.toml: is there already").says("--force");
    assert_eq!(work.read("s.toml"), before);
    work.run(&[&write[..], &["--force"]].concat()).fine();
    assert!(!work.read("s.toml").contains("2025.txt"));
    assert_eq!(work.list("."), ["2024.txt", "2025.txt", "s.toml"], "no temporary file is left");
}

#[test]
fn is_as_readable_as_any_new_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let work = written();
    let mode = |path: &str| std::fs::metadata(work.path(path)).expect("there").permissions().mode() & 0o777;
    assert_eq!(format!("{:o}", mode("s.toml")), format!("{:o}", mode("2024.txt")));
}

#[test]
fn kind_title_and_speakers_can_be_edited() {
    let work = written();
    work.edit(
        "s.toml",
        "kind = \"session\"\ntitle = \"Formulare ohne Papier\"",
        "kind = \"closing\"\ntitle = \"Ein besserer Titel\"",
    );
    work.edit("s.toml", "speakers = [\"Anton Berger\"]", "speakers = [\"Toni Berger\", \"Mia Koch\"]");
    let run = outline(&work);
    assert_eq!(at(&run, "9–11")[..4], ["closing", "Ein", "besserer", "Titel"]);
    run.prints("Toni Berger, Mia Koch").omits("Formulare ohne Papier").omits("Anton Berger");
    let plain = work.run(&["shifts", "2024.txt", "2025.txt", "--top", "50"]).fine();
    assert_eq!(plain.row("Meldeamt *")[..4], ["Meldeamt", "*", "2", "0"]);
    work.run(&["report", "2024.txt", "2025.txt", "--only", "csv", "--sessions", "s.toml"]).fine();
    let shifts = work.csv("output/tables/term_shifts.csv");
    let row = shifts.iter().find(|r| r["label"] == "Meldeamt").expect("it stands in the closing");
    assert_eq!((row["count_from"].as_str(), row["framing_from"].as_str(), row["talks_from"].as_str()), ("0", "2", "2"));
}

#[test]
fn a_year_can_be_edited() {
    let work = written();
    work.edit("s.toml", "year = 2025", "year = 2031");
    outline(&work).prints("2025.txt  2031  de");
    work.run(&["shifts", "2024.txt", "2025.txt", "--sessions", "s.toml"]).fine().prints("2024 → 2031: rising");
}

#[test]
fn a_dropped_session_is_gone_and_its_neighbours_stay() {
    let work = written();
    let dropped = block("## Formulare ohne Papier", 9, "session", "Formulare ohne Papier", "Miriam Kolbe");
    work.edit("s.toml", &dropped, &dropped.replace("drop = false", "drop = true"));
    let run = outline(&work);
    let plain = work.run(&["sessions", "2024.txt", "2025.txt"]).fine().stdout;
    let without: Vec<&str> =
        plain.lines().filter(|l| !l.contains("Formulare ohne Papier") && !l.contains("Miriam Kolbe")).collect();
    assert_eq!(run.stdout.lines().collect::<Vec<_>>(), without);
    work.run(&["terms", "2024.txt", "2025.txt", "--sessions", "s.toml"])
        .fine()
        .omits("Onlineformulare")
        .prints("Cyberangriff");
}

#[test]
fn writing_again_keeps_what_was_dropped() {
    let work = written();
    let dropped = block("## Formulare ohne Papier", 9, "session", "Formulare ohne Papier", "Miriam Kolbe");
    work.edit("s.toml", &dropped, &dropped.replace("drop = false", "drop = true"));
    let before = outline(&work).stdout;
    work.run(&["sessions", "2024.txt", "2025.txt", "--sessions", "s.toml", "--write", "s.toml", "--force"]).fine();
    assert_eq!(outline(&work).stdout, before, "the file written from the file means the same");
}

#[test]
fn a_filter_does_not_reach_the_session_file() {
    let work = Workdir::with_articles();
    work.run(&["sessions", "2024.txt", "--where", "kind=session", "--write", "s.toml"]).fine();
    let run = work.run(&["sessions", "2024.txt", "--sessions", "s.toml"]).fine();
    assert_eq!(
        at(&run, "13–15")[1..5],
        ["Wer", "schult", "die", "Leute?"],
        "the last talk does not swallow the thanks"
    );
}

#[test]
fn a_session_taken_away_joins_the_one_before() {
    let work = written();
    let block = block("## Formulare ohne Papier", 9, "session", "Formulare ohne Papier", "Miriam Kolbe");
    work.edit("s.toml", &block, "");
    let run = outline(&work).omits("Formulare ohne Papier");
    assert_eq!(at(&run, "5–11")[..5], ["session", "Wenn", "der", "Server", "brennt"]);
    let run = work.run(&["terms", "2024.txt", "2025.txt", "--sessions", "s.toml", "--top", "20"]).fine();
    let talk = run.stdout.lines().find(|l| l.contains("Wenn der Server")).unwrap_or_default();
    assert!(talk.contains("Onlineformulare") && talk.contains("Cyberangriff"), "{talk}");
}

#[test]
fn a_session_added_cuts_the_one_it_stands_in() {
    let work = written();
    let before = block("## Souverän bleiben", 9, "session", "Souverän bleiben", "Paul Richter");
    let cut = "\n[[document.session]]\nline = 11\nstarts = \"Paul Richter vom Rechenzentrum Ostland forderte digitale Souveränität.\"\n\
               kind = \"session\"\ntitle = \"Nachtrag\"\n";
    work.edit("s.toml", &before, &(before.clone() + cut));
    let run = outline(&work);
    assert_eq!(at(&run, "9")[..3], ["session", "Souverän", "bleiben"]);
    assert_eq!(at(&run, "11"), ["session", "Nachtrag"]);
}

#[test]
fn a_changed_beginning_is_named_by_the_line_of_the_session_file() {
    let work = written();
    work.write("2025.txt", A2025.replace("## Souverän bleiben", "## Souverän werden"));
    let line = line_of(&work, "starts = \"## Souverän bleiben\"");
    for command in ["sessions", "terms", "shifts", "themes", "report"] {
        let run = work.run(&[command, "2024.txt", "2025.txt", "--sessions", "s.toml"]).refused();
        run.says(&format!("error: s.toml:{line}: "))
            .says("line 9 of 2025.txt")
            .says("Souverän bleiben")
            .says("Souverän werden");
    }
    assert!(!work.path("output").exists());
}

#[test]
fn a_changed_body_is_named_by_the_line_of_its_hash() {
    let work = written();
    work.write("2024.txt", A2024.replace("rund hundert", "rund zweihundert"));
    let run = work.run(&["sessions", "2024.txt", "2025.txt", "--sessions", "s.toml"]).refused();
    let line = line_of(&work, "sha256");
    let changed = crate::support::sha256(&work.bytes("2024.txt"));
    run.says(&format!("error: s.toml:{line}: the text of 2024.txt")).says(&changed);
}

#[test]
fn a_shorter_text_is_named_by_line() {
    let work = written();
    work.write("2024.txt", &A2024[..A2024.find("\n\n## Wer schult").expect("there")]);
    let line = line_of(&work, "line = 13");
    work.run(&["sessions", "2024.txt", "2025.txt", "--sessions", "s.toml"])
        .refused()
        .says(&format!("error: s.toml:{line}: "))
        .says("line 13");
}

#[test]
fn a_file_that_is_not_toml_is_named_by_line_and_column() {
    let work = written();
    let good = work.read("s.toml");
    let check = |old: &str, new: &str, place: &dyn Fn() -> String, why: &str| {
        work.write("s.toml", good.replacen(old, new, 1));
        let run = work.run(&["sessions", "2024.txt", "2025.txt", "--sessions", "s.toml"]).refused();
        let run = run.says(&format!("error: s.toml:{}", place())).says(why);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    };
    check("version = 1", "version = 7", &|| format!("{}:11: ", line_of(&work, "version = 7")), "expected version = 1");
    check("year = 2024", "year = ", &|| format!("{}:", line_of(&work, "year = ")), "");
    check(
        "kind = \"opening\"",
        "kind = \"talk\"",
        &|| format!("{}:8: ", line_of(&work, "\"talk\"")),
        "acknowledgement",
    );
    check(
        "caption = true",
        "captoin = true",
        &|| format!("{}:1: ", line_of(&work, "captoin")),
        "unknown field `captoin`",
    );
    check("line = 5", "line = \"5\"", &|| format!("{}:8: ", line_of(&work, "line = \"5\"")), "");
    check("line = 5", "line = 0", &|| format!("{}: ", line_of(&work, "line = 0")), "no line 0");
    check("line = 5", "line = 500", &|| format!("{}: ", line_of(&work, "line = 500")), "no line 500");
    check(
        "source = \"2025.txt\"",
        "source = \"2023.txt\"",
        &|| format!("{}: ", line_of(&work, "2023.txt")),
        "`2023.txt` is not among",
    );
    check("[[document]]", "[[document]", &|| format!("{}:", line_of(&work, "[[document]\n".trim_end())), "");
}

#[test]
fn sessions_out_of_order_are_refused() {
    let work = written();
    let (one, two) = (
        block("## Wenn der Server brennt", 5, "session", "Wenn der Server brennt", "Jonas Wirth"),
        block("## Formulare ohne Papier", 9, "session", "Formulare ohne Papier", "Miriam Kolbe"),
    );
    work.edit("s.toml", &format!("{one}\n{two}"), &format!("{two}\n{one}"));
    let line = line_of(&work, "line = 5");
    let run = work.run(&["sessions", "2024.txt", "2025.txt", "--sessions", "s.toml"]).refused();
    run.says(&format!("error: s.toml:{line}: ")).says("order of their lines");
}

#[test]
fn a_document_listed_twice_is_refused() {
    let work = written();
    let file = work.read("s.toml");
    let documents = &file[file.find("[[document]]").expect("there")..];
    work.write("s.toml", format!("{file}\n{documents}"));
    let run = work.run(&["sessions", "2024.txt", "2025.txt", "--sessions", "s.toml"]).refused();
    run.says("error: s.toml:").says("2024.txt");
}

#[test]
fn a_document_that_is_not_listed_is_split_as_ever() {
    let work = Workdir::with_articles();
    work.run(&["sessions", "2024.txt", "--write", "s.toml"]).fine();
    work.edit("s.toml", "title = \"Wenn der Server brennt\"", "title = \"Brand\"");
    outline(&work).prints("Brand").prints("KI am Schalter");
}

#[test]
fn a_missing_session_file_is_named() {
    let work = Workdir::with_articles();
    work.run(&["sessions", "2024.txt", "--sessions", "fehlt.toml"]).refused().says("error: fehlt.toml: cannot read");
    work.write("latin.toml", b"# f\xfcr\nversion = 1\n");
    work.run(&["sessions", "2024.txt", "--sessions", "latin.toml"]).refused().says("latin.toml").says("UTF-8");
}

#[test]
fn writes_nothing_where_nothing_can_be_written() {
    let work = Workdir::with_articles();
    let before = work.files(".");
    work.run(&["sessions", "2024.txt", "--write", "2025.txt/s.toml"])
        .refused()
        .says("2025.txt/s.toml: cannot write")
        .hushes(".tmp");
    work.run(&["sessions", "2024.txt", "--write", "fehlt/s.toml"])
        .refused()
        .says("fehlt/s.toml: cannot write")
        .hushes(".tmp");
    work.folder("ordner");
    work.run(&["sessions", "2024.txt", "--write", "ordner"]).refused().says("ordner").says("folder");
    work.run(&["sessions", "2024.txt", "--write", "ordner", "--force"]).refused().says("ordner");
    std::fs::remove_dir(work.path("ordner")).expect("still empty");
    same_files(&work.files("."), &before, "nothing may change");
    work.run(&["sessions", "2024.txt", "--write", "2024.txt"]).refused().says("2024.txt: is there already");
    assert_eq!(work.read("2024.txt"), A2024);
}

#[test]
fn a_full_disk_leaves_no_half_session_file() {
    let work = Workdir::with([("2024.txt", A2024.to_owned() + &"\n## Noch ein Vortrag\n\nText.\n".repeat(200))]);
    work.shell("trap '' XFSZ; ulimit -f 4; $W sessions 2024.txt --write s.toml")
        .refused()
        .says("s.toml: cannot write")
        .hushes(".tmp");
    assert_eq!(work.list("."), ["2024.txt"]);
}

#[test]
fn rows_of_tables_are_not_listed() {
    let work = Workdir::with([("tabelle.jsonl", JSONL), ("2024.txt", A2024)]);
    work.run(&["sessions", "2024.txt", "tabelle.jsonl", "--write", "s.toml"]).fine();
    let file = work.read("s.toml");
    assert!(file.contains("source = \"2024.txt\"") && !file.contains("tabelle"), "{file}");
    work.run(&["sessions", "2024.txt", "tabelle.jsonl", "--sessions", "s.toml"])
        .fine()
        .prints("Schalter")
        .prints("Wer schult");
}
