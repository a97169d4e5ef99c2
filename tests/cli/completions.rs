//! `wandel completions`.

use crate::support::Workdir;

#[test]
fn bash_gets_a_script_that_knows_commands_and_options() {
    let work = Workdir::new();
    let run = work.run(&["completions", "bash"]).fine().silent();
    for word in ["_wandel()", "complete -F _wandel", "sessions", "--compare", "--csv-dialect", "excel-de"] {
        assert!(run.stdout.contains(word), "{word} is missing");
    }
    work.write("wandel.bash", &run.stdout);
    if work.shell("command -v bash").code == Some(0) {
        work.shell("bash -n wandel.bash && bash -c '. ./wandel.bash && complete -p wandel'").fine().prints("_wandel");
    }
}

#[test]
fn other_shells_get_theirs() {
    let work = Workdir::new();
    work.run(&["completions", "zsh"]).fine().silent().prints("#compdef wandel");
    work.run(&["completions", "fish"]).fine().silent().prints("complete -c wandel");
    work.run(&["completions", "powershell"]).fine().silent().prints("Register-ArgumentCompleter");
    work.run(&["completions", "csh"]).refused().says("csh").says("bash");
}
