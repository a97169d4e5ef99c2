//! Outputs appear whole or not at all, and nothing of the user's is lost.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use crate::support::{Run, Workdir, permissions_bind, same_files};
use crate::texts::{A2024, A2026};

fn report(work: &Workdir, more: &[&str]) -> Run {
    work.run(&[&["report", "2024.txt", "2025.txt", "--title", "Kommunaltag", "--only", "csv,json,md"], more].concat())
}

/// What lies beside the output.
fn beside(work: &Workdir) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(work.path("."))
        .expect("readable")
        .map(|e| e.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn stdout_lists_every_file_written() {
    let work = Workdir::with_articles();
    let run = report(&work, &["--out", "neu/tief/ergebnis"]).fine();
    let mut listed: Vec<&str> = run.stdout.lines().collect();
    listed.sort_unstable();
    let written: Vec<String> =
        work.list("neu/tief/ergebnis").iter().map(|f| format!("neu/tief/ergebnis/{f}")).collect();
    assert_eq!(listed, written);
    assert_eq!(beside(&work), ["2024.txt", "2025.txt", "neu"]);
    assert_eq!(
        work.list("neu/tief"),
        written.iter().map(|f| f.trim_start_matches("neu/tief/")).collect::<Vec<_>>(),
        "no temporary folder is left"
    );
}

#[test]
fn own_files_are_replaced_and_others_stay() {
    let work = Workdir::with_articles();
    report(&work, &[]).fine();
    let first = work.files("output");
    work.write("output/notiz.txt", "meins");
    work.write("output/tables/meine.csv", "meins");
    report(&work, &[]).fine();
    let mut second = work.files("output");
    assert_eq!(
        (second.remove("notiz.txt"), second.remove("tables/meine.csv")),
        (Some(b"meins".to_vec()), Some(b"meins".to_vec()))
    );
    same_files(&second, &first, "the same run gives the same bytes");
    work.write("2025.txt", A2026);
    report(&work, &[]).fine();
    assert_ne!(work.bytes("output/report.md"), first["report.md"]);
    assert_eq!(work.read("output/notiz.txt"), "meins");
    assert_eq!(beside(&work), ["2024.txt", "2025.txt", "output"]);
}

#[test]
fn own_files_of_an_earlier_run_do_not_linger() {
    let work = Workdir::with_articles();
    report(&work, &[]).fine();
    work.write("output/tables/meine.csv", "meins");
    report(&work, &["--only", "md"]).fine();
    assert_eq!(
        work.list("output"),
        ["findings.json", "manifest.json", "report.md"]
            .map(str::to_owned)
            .into_iter()
            .chain(work.list("output").into_iter().filter(|f| f.starts_with("tables/")))
            .collect::<Vec<_>>()
    );
    work.run(&["report", "2024.txt", "2025.txt", "--only", "md"]).fine();
    assert_eq!(work.list("output"), ["manifest.json", "report.md", "tables/meine.csv"]);
    fs::remove_file(work.path("output/tables/meine.csv")).expect("there");
    fs::remove_dir(work.path("output/tables")).expect("empty");
    report(&work, &[]).fine();
    work.run(&["report", "2024.txt", "2025.txt", "--only", "json"]).fine();
    assert_eq!(work.list("output"), ["findings.json", "manifest.json"], "an empty folder of ours goes too");
}

#[test]
fn an_edited_file_stops_it() {
    let work = Workdir::with_articles();
    report(&work, &[]).fine();
    for file in ["report.md", "tables/sessions.csv"] {
        let original = work.read(&format!("output/{file}"));
        work.write(&format!("output/{file}"), original.clone() + "von Hand");
        let before = work.files("output");
        let run = report(&work, &[]).refused();
        run.says(&format!("error: output: {file} was changed since wandel wrote it")).says("--force");
        same_files(&work.files("output"), &before, "nothing may change");
        report(&work, &["--force"]).fine();
        assert_eq!(work.read(&format!("output/{file}")), original);
    }
}

#[test]
fn an_edited_file_stops_even_a_run_that_would_not_write_it() {
    let work = Workdir::with_articles();
    report(&work, &[]).fine();
    work.write("output/report.md", "von Hand");
    work.run(&["report", "2024.txt", "2025.txt", "--only", "json"]).refused().says("report.md was changed");
    assert_eq!(work.read("output/report.md"), "von Hand");
}

#[test]
fn a_deleted_file_is_simply_written_again() {
    let work = Workdir::with_articles();
    report(&work, &[]).fine();
    let before = work.files("output");
    fs::remove_file(work.path("output/findings.json")).expect("there");
    fs::remove_dir_all(work.path("output/tables")).expect("there");
    report(&work, &[]).fine();
    same_files(&work.files("output"), &before, "nothing may change");
}

#[test]
fn a_foreign_folder_stops_it() {
    let work = Workdir::with_articles();
    work.write("output/roman.txt", "Kapitel eins");
    work.write("output/report.md", "meins");
    let before = work.files(".");
    report(&work, &[]).refused().says("error: output: holds files that wandel did not write").says("--force");
    same_files(&work.files("."), &before, "nothing may change");
    report(&work, &["--force"]).fine();
    assert_eq!(work.read("output/roman.txt"), "Kapitel eins");
    assert!(work.read("output/report.md").contains("Kommunaltag"));
    report(&work, &[]).fine();
}

#[test]
fn a_foreign_file_in_a_folder_of_ours_stops_it() {
    let work = Workdir::with_articles();
    report(&work, &["--only", "md"]).fine();
    work.run(&["report", "2024.txt", "2025.txt", "--only", "md"]).fine();
    work.write("output/findings.json", "meins");
    let before = work.files("output");
    report(&work, &[]).refused().says("output/findings.json").says("--force");
    same_files(&work.files("output"), &before, "nothing may change");
    report(&work, &["--force"]).fine();
    assert!(work.read("output/findings.json").contains("Kommunaltag"));
}

#[test]
fn a_foreign_manifest_makes_no_folder_ours() {
    let work = Workdir::with_articles();
    for manifest in ["{\"name\": \"wandel\"}", "{\"tool\": \"anders\", \"files\": []}", "kein JSON"] {
        work.write("output/manifest.json", manifest);
        report(&work, &[]).refused().says("did not write");
        assert_eq!(work.list("output"), ["manifest.json"]);
    }
}

#[test]
fn a_manifest_does_not_reach_out_of_its_folder() {
    let work = Workdir::with_articles();
    work.write("wichtig.txt", "wichtig");
    let hash = crate::support::sha256(b"wichtig");
    let entry = |path: &str| format!("{{\"path\": \"{path}\", \"sha256\": \"{hash}\"}}");
    let absolute = work.path("wichtig.txt").to_string_lossy().into_owned();
    work.write(
        "output/manifest.json",
        format!("{{\"tool\": \"wandel\", \"files\": [{}, {}]}}", entry("../wichtig.txt"), entry(&absolute)),
    );
    report(&work, &[]).fine();
    assert_eq!(work.read("wichtig.txt"), "wichtig");
}

#[test]
fn an_empty_folder_is_used() {
    let work = Workdir::with_articles();
    work.folder("output");
    report(&work, &[]).fine();
    assert!(work.list("output").contains(&"report.md".to_owned()));
}

#[test]
fn the_working_folder_can_be_the_output() {
    let work = Workdir::with_articles();
    work.folder("hier");
    let run = work.shell("cd hier && $W report ../2024.txt ../2025.txt --out . --only md,json").fine();
    run.prints("report.md");
    assert_eq!(work.list("hier"), ["findings.json", "manifest.json", "report.md"]);
    work.shell("cd hier && $W report ../2024.txt ../2025.txt --out . --only json").fine();
    assert_eq!(work.list("hier"), ["findings.json", "manifest.json"]);
}

#[test]
fn an_output_that_cannot_be_a_folder() {
    let work = Workdir::with_articles();
    let before = work.files(".");
    report(&work, &["--out", "2024.txt"]).refused().says("error: 2024.txt: is a file").says("--out");
    report(&work, &["--out", "2024.txt/unten"]).refused().says("error: 2024.txt/unten: ");
    report(&work, &["--out", "2024.txt/unten/tiefer"]).refused().says("error: 2024.txt/unten/tiefer: ");
    report(&work, &["--out", ""]).refused().says("--out");
    report(&work, &["--out", "2024.txt", "--force"]).refused().says("is a file");
    same_files(&work.files("."), &before, "nothing may change");
}

#[test]
fn a_bad_output_is_said_before_anything_is_read() {
    let work = Workdir::with_articles();
    work.run(&["report", "fehlt.txt", "--out", "2024.txt"]).refused().says("2024.txt: is a file").hushes("fehlt");
}

#[test]
fn an_output_without_rights() {
    if !permissions_bind("folders that cannot be written") {
        return;
    }
    let work = Workdir::with_articles();
    work.folder("zu");
    fs::set_permissions(work.path("zu"), fs::Permissions::from_mode(0o555)).expect("rights can be changed");
    report(&work, &["--out", "zu"]).refused().says("zu").says("Permission denied");
    report(&work, &["--out", "zu/neu"]).refused().says("zu").says("Permission denied");
    assert_eq!(beside(&work), ["2024.txt", "2025.txt", "zu"]);
}

#[test]
fn a_full_disk_leaves_nothing_half_written() {
    let work = Workdir::with_articles();
    let full = "trap '' XFSZ; ulimit -f 4; $W report 2024.txt 2025.txt --only csv,json,md";
    let before = work.files(".");
    work.shell(full).refused().says("error: output/").says("cannot write: File too large");
    same_files(&work.files("."), &before, "neither the folder nor a temporary one");
    report(&work, &[]).fine();
    work.write("2025.txt", A2026);
    let before = work.files(".");
    work.shell(full).refused().says("cannot write: File too large");
    same_files(&work.files("."), &before, "the old report is untouched");
}

#[test]
fn a_move_that_fails_leaves_nothing_half_written() {
    let work = Workdir::with_articles();
    report(&work, &[]).fine();
    fs::remove_file(work.path("output/report.md")).expect("there");
    work.write("output/report.md/ordner.txt", "meins");
    work.write("2025.txt", A2026);
    let before = work.files(".");
    for force in [&[][..], &["--force"]] {
        report(&work, force).refused().says("report.md");
        same_files(&work.files("."), &before, "neither old nor new, or temporary files beside it");
    }
    work.write("2025.txt", crate::texts::A2025);
    fs::remove_dir_all(work.path("output/report.md")).expect("there");
    report(&work, &[]).fine();
}

#[test]
fn a_file_where_a_folder_must_be_leaves_nothing_half_written() {
    let work = Workdir::with_articles();
    work.write("output/tables", "eine Datei");
    let before = work.files(".");
    report(&work, &["--force"]).refused().says("output/tables");
    same_files(&work.files("."), &before, "nothing may change");
}

#[test]
fn an_output_on_another_disk() {
    use std::os::unix::fs::MetadataExt as _;
    let work = Workdir::with_articles();
    let Ok(other) = tempfile::Builder::new().prefix("wandel-cli-").tempdir_in("/dev/shm") else {
        eprintln!("SKIPPED: there is no /dev/shm; nothing was checked");
        return;
    };
    let device = |path: &std::path::Path| fs::metadata(path).expect("there").dev();
    if device(other.path()) == device(&work.path(".")) {
        eprintln!("SKIPPED: /dev/shm is no other disk here; nothing was checked");
        return;
    }
    symlink(other.path(), work.path("anderswo")).expect("a link");
    report(&work, &["--out", "anderswo"]).fine();
    assert!(work.list("anderswo").contains(&"tables/sessions.csv".to_owned()));
    report(&work, &["--out", "anderswo"]).fine();
    assert_eq!(beside(&work), ["2024.txt", "2025.txt", "anderswo"]);
}

#[test]
fn a_link_to_a_folder_stays_a_link() {
    let work = Workdir::with_articles();
    work.folder("echt");
    symlink("echt", work.path("output")).expect("a link");
    report(&work, &[]).fine();
    report(&work, &[]).fine();
    assert!(fs::symlink_metadata(work.path("output")).expect("there").is_symlink());
    assert!(work.list("echt").contains(&"report.md".to_owned()));
}

#[test]
fn files_are_as_readable_as_any_new_file() {
    let work = Workdir::with_articles();
    report(&work, &[]).fine();
    let mode = |path: &str| fs::metadata(work.path(path)).expect("there").permissions().mode() & 0o777;
    work.folder("vergleich");
    assert_eq!(mode("output/report.md"), mode("2024.txt"));
    assert_eq!(mode("output/tables/sessions.csv"), mode("2024.txt"));
    assert_eq!((mode("output"), mode("output/tables")), (mode("vergleich"), mode("vergleich")));
}

#[test]
fn inputs_are_never_touched() {
    let work = Workdir::with_articles();
    report(&work, &["--out", "a"]).fine();
    report(&work, &["--out", "a", "--force"]).fine();
    assert_eq!(work.read("2024.txt"), A2024);
}
