//! Where the year of a document comes from.

use crate::support::Workdir;
use crate::texts::{A2024, A2025, UNDATED};

/// The year that the table shows for the first session.
#[track_caller]
fn year(work: &Workdir, args: &[&str]) -> String {
    let run = work.run(&[&["sessions"], args].concat()).fine();
    let first = run.stdout.lines().nth(1).unwrap_or_default();
    first.split_whitespace().nth(1).unwrap_or_else(|| panic!("no year in `{first}`")).to_owned()
}

const FRONT: &str = "---\ntitle: Tagung\nyear: 2021\n---\n\n";

#[test]
fn said_by_hand_before_front_matter_before_path_before_text() {
    let work = Workdir::new();
    work.write("a/2019/tagung.md", format!("{FRONT}{A2024}"));
    work.write("b/2019/tagung.md", A2024);
    work.write("c/alt/tagung.md", A2024);
    assert_eq!(year(&work, &["a", "--year", "tagung.md=2017"]), "2017");
    assert_eq!(year(&work, &["a"]), "2021");
    assert_eq!(year(&work, &["b"]), "2019");
    assert_eq!(year(&work, &["c"]), "2024");
}

#[test]
fn only_the_path_below_the_given_one_speaks() {
    let work =
        Workdir::with([("2019/tagung.md", A2024.to_owned()), ("2019/2018/rede.md", A2024.replace("Gera", "Ulm"))]);
    assert_eq!(year(&work, &["2019/tagung.md"]), "2024", "2019 is above the given file");
    assert_eq!(year(&work, &["2019/2018"]), "2024");
    let run = work.run(&["sessions", "2019"]).fine();
    assert_eq!((run.row("2018/rede.md")[1], run.row("tagung.md")[1]), ("2018", "2024"));
}

#[test]
fn front_matter_knows_dates_and_german() {
    for (front, expected) in [
        ("---\njahr: 2022\n---\n\n", "2022"),
        ("---\ndate: 2023-05-17\n---\n\n", "2023"),
        ("---\ndatum: \"17.05.2020\"\n---\n\n", "2020"),
        ("+++\nyear = 2018\n+++\n\n", "2018"),
    ] {
        let work = Workdir::with([("tagung.md", format!("{front}{UNDATED}"))]);
        assert_eq!(year(&work, &["tagung.md"]), expected, "{front}");
    }
}

#[test]
fn the_text_is_weighed_and_the_reason_said() {
    let text = "# Tagung in Gera\n\nDer Kommunaltag 2024 vom 14. März in Gera war gut besucht.\n\n\
                Seit 2016 wächst er. Bis 2030 soll alles anders sein, und 2030 ist nah.\n\n\
                Wir freuen uns auf den Kommunaltag 2025!\n";
    let work = Workdir::with([("tagung.md", text)]);
    let run = work.run(&["sessions", "tagung.md"]).fine().prints("tagung.md  2024  de");
    run.says("note: tagung.md:3: year 2024 taken from the text")
        .says("Kommunaltag 2024 vom 14. März")
        .says("2030")
        .says("--year");
}

#[test]
fn a_year_that_cannot_be_told_asks_for_the_option() {
    let work = Workdir::with([("bericht.txt", UNDATED)]);
    for command in ["sessions", "terms", "shifts", "themes", "report"] {
        let run = work.run(&[command, "bericht.txt"]).refused();
        run.says("error: bericht.txt: its year cannot be told").says("--year bericht.txt=YEAR");
    }
    assert_eq!(year(&work, &["bericht.txt", "--year", "bericht.txt=2024"]), "2024");
    assert_eq!(year(&work, &["./bericht.txt", "--year", "./bericht.txt=2023"]), "2023");
}

#[test]
fn the_option_is_checked() {
    let work = Workdir::with([("bericht.txt", UNDATED)]);
    for (value, why) in [
        ("2024", "expected FILE=YEAR"),
        ("bericht.txt=", "expected FILE=YEAR"),
        ("bericht.txt=24x", "a whole number"),
        ("=2024", "expected FILE=YEAR"),
    ] {
        let run = work.run(&["sessions", "bericht.txt", "--year", value]).refused();
        run.says("--year").says(&format!("`{value}`")).says(why);
    }
    let run = work.run(&["sessions", "bericht.txt", "--year", "anders.txt=2024"]).refused();
    run.says("`anders.txt=2024`").says("no file of that name was read").says("there is bericht.txt");
}

#[test]
fn two_years_for_one_file_are_refused() {
    let work = Workdir::with([("bericht.txt", UNDATED)]);
    let args = ["sessions", "bericht.txt", "--year", "bericht.txt=2024", "--year", "bericht.txt=2025"];
    work.run(&args).refused().says("--year").says("bericht.txt");
}

#[test]
fn the_option_finds_files_in_folders() {
    let work = Workdir::with([
        ("reden/gera/rede.txt", UNDATED.to_owned()),
        ("reden/jena/rede.txt", UNDATED.replace("Petra", "Ute")),
    ]);
    let run = work.run(&["sessions", "reden", "--year", "gera/rede.txt=2023", "--year", "jena/rede.txt=2024"]).fine();
    run.prints("gera/rede.txt  2023").prints("jena/rede.txt  2024");
    let run = work
        .run(&["sessions", "reden", "--year", "reden/gera/rede.txt=2021", "--year", "reden/jena/rede.txt=2022"])
        .fine();
    run.prints("gera/rede.txt  2021").prints("jena/rede.txt  2022");
    let run = work.run(&["sessions", "reden", "--year", "rede.txt=2020"]).fine();
    run.prints("gera/rede.txt  2020").prints("jena/rede.txt  2020");
    let run = work.run(&["sessions", "reden", "--year", "rede.txt=2020", "--year", "jena/rede.txt=2019"]).fine();
    run.prints("gera/rede.txt  2020").prints("jena/rede.txt  2019");
    let run = work.run(&["sessions", "reden", "--year", "a/rede.txt=2020", "--year", "gera/rede.txt=2019"]).refused();
    run.says("`a/rede.txt=2020`");
}

#[test]
fn the_option_moves_a_year() {
    let work = Workdir::with_articles();
    let run = work.run(&["shifts", "2024.txt", "2025.txt", "--year", "2024.txt=1999"]).fine();
    run.prints("1999 → 2025: rising");
    work.run(&["shifts", "2024.txt", "2025.txt", "--year", "2024.txt=2025"]).ends(1).says("all talks are of 2025");
}

#[test]
fn tables_take_years_from_rows_options_and_paths() {
    let rows = "title,text\nServer,Der Server ist heiß.\nPapier,Das Papier ist alle.\n";
    let work = Workdir::with([("2023/tabelle.csv", rows.to_owned()), ("ohne/tabelle.csv", rows.replace("ist", "war"))]);
    work.run(&["sessions", "."])
        .refused()
        .says("ohne/tabelle.csv")
        .says("line 2")
        .says("--columns year=NAME")
        .says("--year");
    let run = work.run(&["sessions", ".", "--year", "ohne/tabelle.csv=2022"]).fine();
    run.prints("2023/tabelle.csv  2023  de        2").prints("ohne/tabelle.csv  2022  de        2");
    work.write("ohne/tabelle.csv", "datum,text\n17.05.2021,Der Server brennt.\n");
    work.run(&["sessions", "ohne", "--columns", "date=datum"]).fine().prints("tabelle.csv  2021  de        2");
}

#[test]
fn two_years_in_one_folder_are_compared() {
    let work = Workdir::with([("berichte/gera.md", A2024), ("berichte/jena.md", A2025)]);
    let run = work.run(&["shifts", "berichte"]).fine();
    run.prints("2024 → 2025: rising").says("gera.md:1: year 2024 taken from the text").says("jena.md:1: year 2025");
}
