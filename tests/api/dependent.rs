//! A crate that uses wandel without features pulls in neither the command line nor charts.

use std::process::Command;

use crate::support::here;

fn cargo(args: &[&str]) -> (String, String, bool) {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo).args(args).current_dir(here("")).output().expect("cargo runs");
    (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
        output.status.success(),
    )
}

#[test]
fn builds_and_runs_without_default_features() {
    if !here("tests/dependent").exists() {
        eprintln!("SKIPPED: tests/dependent is not part of the packaged crate");
        return;
    }
    let (tree, err, ok) =
        cargo(&["tree", "--package", "dependent", "--edges", "normal", "--prefix", "none", "--offline"]);
    assert!(ok, "{err}");
    assert!(tree.contains("wandel v") && tree.contains("ndarray"));
    for unwanted in ["clap", "plotters", "resvg", "minijinja", "indicatif"] {
        assert!(!tree.lines().any(|l| l.starts_with(unwanted)), "{unwanted} is pulled in");
    }
    let (out, err, ok) = cargo(&["run", "--quiet", "--package", "dependent", "--offline"]);
    assert!(ok, "{err}");
    assert!(out.contains("Roboter"), "{out}");
}
