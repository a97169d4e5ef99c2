//! `wandel.toml`: what the command line can say, kept beside the texts.
//!
//! The options of the command line are the keys; their values take the place of defaults. So the two cannot differ in
//! what they know, and what is typed wins.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::error::ErrorKind as Refusal;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory as _, FromArgMatches as _, ValueHint};
use toml::{Spanned, Value};

use super::args::{Cli, InitArgs};
use super::talk::Talk;
use super::{Failure, Outcome};
use crate::digest::sha256;
use crate::error::{Error, ErrorKind, line_and_column};
use crate::report::{Origin, Origins};

/// Its name beside the texts.
pub(super) const NAME: &str = "wandel.toml";

/// Help headings of the options that a settings file may hold.
const HEADINGS: [&str; 5] = ["Reading", "Counting", "Comparing", "Statistics", "Report"];

/// What `wandel init` writes.
const TEMPLATE: &str = include_str!("wandel.toml");

/// The command line, a settings file taken in.
pub(super) struct Settled {
    pub cli: Cli,
    /// What was said, and where.
    pub origins: Origins,
    /// The settings file that holds.
    pub file: Option<SettingsFile>,
}

/// A settings file, as far as the command at hand uses it.
pub(super) struct SettingsFile {
    pub path: PathBuf,
    digest: String,
    used: Vec<Used>,
}

/// A key that holds for the command at hand.
struct Used {
    key: String,
    place: (usize, usize),
    written: Vec<String>,
    values: Vec<OsString>,
}

/// Parses a command line; the settings file beside its texts, or the one it names, fills in what it does not say.
pub(super) fn settle(line: Vec<OsString>) -> Result<Settled, Failure> {
    let command = with_undoable_flags(Cli::command());
    let first = command.clone().try_get_matches_from(&line).map_err(Failure::Usage)?;
    let (name, typed) = first.subcommand().expect("clap requires a command");
    let plain = Cli::command();
    let known = plain.find_subcommand(name).expect("clap knows its commands");
    let Some(path) = wanted(known, typed)? else {
        return settled(first, None);
    };
    let file = SettingsFile::read(path, name, known, typed)?;
    let filled = command.mut_subcommand(name, |mut sub| {
        for used in &file.used {
            sub = sub.mut_arg(id(known, &used.key), |arg| arg.default_values(&used.values));
        }
        sub
    });
    let matches = filled.try_get_matches_from(&line).map_err(Failure::Usage)?;
    settled(matches, Some(file))
}

fn settled(mut matches: ArgMatches, file: Option<SettingsFile>) -> Result<Settled, Failure> {
    let (name, typed) = matches.subcommand().expect("clap requires a command");
    let cli = Cli::command();
    let origins = origins(cli.find_subcommand(name).expect("clap knows its commands"), typed, file.as_ref());
    let cli = Cli::from_arg_matches_mut(&mut matches).map_err(Failure::Usage)?;
    Ok(Settled { cli, origins, file })
}

/// Flags that may stand in a file can be taken back: `--strict=false`.
fn with_undoable_flags(command: Command) -> Command {
    command.mut_subcommands(|sub| {
        sub.mut_args(|arg| {
            if !(is_flag(&arg) && may_be_in_file(&arg)) {
                return arg;
            }
            arg.action(ArgAction::Set)
                .num_args(0..=1)
                .require_equals(true)
                .default_value("false")
                .default_missing_value("true")
                .value_parser(clap::value_parser!(bool))
                .value_name("true|false")
                .hide_possible_values(true)
                .hide_default_value(true)
        })
    })
}

fn is_flag(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::SetTrue)
}

fn may_be_in_file(arg: &Arg) -> bool {
    arg.get_help_heading().is_some_and(|h| HEADINGS.contains(&h))
}

/// The option of a command by its long name.
fn option<'c>(command: &'c Command, key: &str) -> Option<&'c Arg> {
    command.get_arguments().find(|a| a.get_long() == Some(key))
}

fn id(command: &Command, key: &str) -> String {
    option(command, key).map(|a| a.get_id().to_string()).unwrap_or_default()
}

fn is_typed(matches: &ArgMatches, arg: &Arg) -> bool {
    matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
}

/// The settings file of a command line: the one it names, else the one beside its texts.
fn wanted(known: &Command, typed: &ArgMatches) -> Result<Option<PathBuf>, Error> {
    // Commands that read no texts have no such option; clap itself says so in debug builds only.
    if option(known, "config").is_none() {
        return Ok(None);
    }
    if let Some(path) = typed.get_one::<PathBuf>("config") {
        return Ok(Some(path.clone()));
    }
    if typed.get_flag("no_config") {
        return Ok(None);
    }
    let paths = typed.get_many::<PathBuf>("paths").into_iter().flatten();
    let found: Vec<PathBuf> = paths.map(|p| folder(p).join(NAME)).filter(|p| p.is_file()).collect();
    let real = |p: &PathBuf| std::fs::canonicalize(p).unwrap_or_else(|_| p.clone());
    match found.iter().find(|p| real(p) != real(&found[0])) {
        None => Ok(found.into_iter().next()),
        Some(other) => {
            let both = format!("{} and {}", found[0].display(), other.display());
            let help = "the PATHs have different settings files; say which holds, or --no-config";
            Err(Error::setting("--config", both, help))
        }
    }
}

/// The folder itself, or that of a file.
fn folder(path: &Path) -> &Path {
    if path.is_dir() {
        return path;
    }
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

impl SettingsFile {
    fn read(path: PathBuf, name: &str, command: &Command, typed: &ArgMatches) -> Result<Self, Error> {
        let text = std::fs::read_to_string(&path).map_err(|e| Error::io("read", &path, e))?;
        let mut file = Self { digest: sha256(text.as_bytes()), path, used: Vec::new() };
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let bad = |at: usize, problem: String| Error::malformed(&file.path, line_and_column(text, at), problem);
        let keys: BTreeMap<Spanned<String>, Spanned<Value>> = toml::from_str(text)
            .map_err(|e| bad(e.span().map_or(0, |s| s.start), e.message().trim().replace('\n', " ")))?;
        let mut keys: Vec<_> = keys.into_iter().collect();
        keys.sort_by_key(|(key, _)| key.span().start);
        let mut used: Vec<Used> = Vec::new();
        for (key, value) in &keys {
            let problem = |p: String| bad(value.span().start, p);
            if key.get_ref() == "version" {
                check_version(value.get_ref()).map_err(problem)?;
                continue;
            }
            check_known(key.get_ref()).map_err(|p| bad(key.span().start, p))?;
            let Some(arg) = option(command, key.get_ref()).filter(|a| may_be_in_file(a)) else { continue };
            let written = texts(arg, value.get_ref()).map_err(problem)?;
            check_values(name, key.get_ref(), &written).map_err(problem)?;
            let rivals = command.get_arguments().filter(|other| exclude_each_other(command, arg, other));
            let rivals: Vec<&Arg> = rivals.collect();
            if is_typed(typed, arg) || rivals.iter().any(|r| is_typed(typed, r)) || written.is_empty() {
                continue;
            }
            let is_no = |u: &Used| u.written == ["false"];
            let rival = used.iter().find(|u| !is_no(u) && rivals.iter().any(|r| r.get_long() == Some(u.key.as_str())));
            if let Some(rival) = rival.filter(|_| written != ["false"]) {
                return Err(bad(
                    key.span().start,
                    format!("`{}` and `{}` exclude each other", key.get_ref(), rival.key),
                ));
            }
            let values = written.iter().map(|v| file.resolved(arg, v)).collect();
            let place = line_and_column(text, value.span().start);
            used.push(Used { key: key.get_ref().clone(), place, written, values });
        }
        file.used = used;
        Ok(file)
    }

    /// A path below the folder of the file; other values as they are.
    fn resolved(&self, arg: &Arg, value: &str) -> OsString {
        let is_name = arg.get_long() == Some("themes") && ["builtin", "none"].contains(&value);
        if arg.get_value_hint() != ValueHint::AnyPath || is_name {
            return value.into();
        }
        self.path.parent().unwrap_or(Path::new("")).join(value).into_os_string()
    }

    /// An error about a setting that this file says names its place in the file.
    pub(super) fn locate(&self, error: Error) -> Error {
        let ErrorKind::Setting { name, value, expected } = error.kind() else { return error };
        match self.used.iter().find(|u| name.strip_prefix("--") == Some(&u.key)) {
            Some(used) => {
                let problem = format!("{}: `{value}` is not allowed: {expected}", used.key);
                Error::malformed(&self.path, used.place, problem)
            }
            None => error,
        }
    }

    fn name(&self) -> String {
        file_name(self.path.as_os_str())
    }
}

fn file_name(path: &OsStr) -> String {
    Path::new(path).file_name().unwrap_or(path).to_string_lossy().into_owned()
}

fn check_version(value: &Value) -> Result<(), String> {
    if value.as_integer() == Some(1) { Ok(()) } else { Err("expected version = 1".to_owned()) }
}

/// Whether some command has this option and it may stand in a file.
fn check_known(key: &str) -> Result<(), String> {
    let cli = Cli::command();
    let all: Vec<&Arg> = cli.get_subcommands().flat_map(Command::get_arguments).collect();
    if all.iter().any(|a| a.get_long() == Some(key) && may_be_in_file(a)) {
        return Ok(());
    }
    if all.iter().any(|a| a.get_long() == Some(key)) {
        return Err(format!("`{key}` belongs to a single call: say --{key} on the command line"));
    }
    let names = all.iter().filter(|a| may_be_in_file(a)).filter_map(|a| a.get_long()).chain(["version"]);
    let near = names.min_by_key(|name| (strsim::damerau_levenshtein(name, key), *name));
    let near = near.filter(|name| strsim::damerau_levenshtein(name, key) <= key.chars().count().max(3) / 3 + 1);
    let hint = near.map_or("`wandel init` writes a file with all keys".to_owned(), |n| format!("did you mean `{n}`?"));
    Err(format!("there is no setting `{key}`; {hint}"))
}

fn exclude_each_other(command: &Command, a: &Arg, b: &Arg) -> bool {
    let excludes = |x: &Arg, y: &Arg| command.get_arg_conflicts_with(x).iter().any(|c| c.get_id() == y.get_id());
    a.get_id() != b.get_id() && (excludes(a, b) || excludes(b, a))
}

/// The values of a key, each as it would be typed.
fn texts(arg: &Arg, value: &Value) -> Result<Vec<String>, String> {
    if is_flag(arg) {
        return value.as_bool().map(|yes| vec![yes.to_string()]).ok_or_else(|| "expected true or false".to_owned());
    }
    let names = arg.get_value_names().unwrap_or_default();
    let name = names.first().map_or("VALUE", |n| n.as_str());
    let several = matches!(arg.get_action(), ArgAction::Append);
    let expected = || match (several, name.contains('=')) {
        (true, true) => format!("expected a list of `{name}`, or a table"),
        (true, false) => "expected a text or a list of texts".to_owned(),
        (false, _) => format!("expected {name}, a single value"),
    };
    let one = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Integer(n) => Ok(n.to_string()),
        Value::Float(x) => Ok(x.to_string()),
        _ => Err(expected()),
    };
    match value {
        Value::Array(list) if several => list.iter().map(one).collect(),
        // One text with commas on the command line.
        Value::Array(list) if name.ends_with(",…") => {
            Ok(vec![list.iter().map(one).collect::<Result<Vec<_>, _>>()?.join(",")])
        }
        Value::Table(table) if name.contains('=') => {
            table.iter().map(|(k, v)| Ok(format!("{k}={}", one(v)?))).collect()
        }
        other => Ok(vec![one(other)?]),
    }
}

/// Asks the parser of the command line whether it would take these values.
fn check_values(command: &str, key: &str, values: &[String]) -> Result<(), String> {
    let typed = values.iter().map(|v| format!("--{key}={v}"));
    let line = ["wandel".to_owned(), command.to_owned()].into_iter().chain(typed);
    match with_undoable_flags(Cli::command()).try_get_matches_from(line) {
        Err(e) if matches!(e.kind(), Refusal::InvalidValue | Refusal::ValueValidation) => {
            let text = e.render().to_string();
            let told = text.lines().take_while(|l| !l.is_empty()).map(str::trim).collect::<Vec<_>>().join(" ");
            Err(told.trim_start_matches("error: ").to_owned())
        }
        _ => Ok(()),
    }
}

/// What was said, and where: for the manifest.
fn origins(command: &Command, typed: &ArgMatches, file: Option<&SettingsFile>) -> Origins {
    let mut origins = Origins { file: file.map(|f| (f.name(), f.digest.clone())), ..Origins::default() };
    // The output folder changes nothing in the output.
    for arg in command.get_arguments().filter(|a| may_be_in_file(a) && a.get_long() != Some("out")) {
        let key = arg.get_long().unwrap_or_default();
        let used = file.and_then(|f| Some((f, f.used.iter().find(|u| u.key == key)?)));
        let (values, from) = match used {
            Some((file, used)) => (used.written.iter().map(OsString::from).collect(), file.name()),
            None if is_typed(typed, arg) => {
                let raw = typed.get_raw(arg.get_id().as_str()).into_iter().flatten();
                (raw.map(OsStr::to_owned).collect::<Vec<_>>(), "command line".to_owned())
            }
            None => continue,
        };
        let is_path = arg.get_value_hint() == ValueHint::AnyPath;
        let shown = values.iter().map(|v| if is_path { file_name(v) } else { v.to_string_lossy().into_owned() });
        origins.options.insert(key.to_owned(), Origin { value: shown.collect::<Vec<_>>().join(","), from });
    }
    origins
}

/// `wandel init`.
pub(super) fn init(args: &InitArgs, talk: &Talk) -> Outcome {
    let path = args.folder.join(NAME);
    if path.exists() && !args.force {
        let problem = "is there already; say --force to replace it".to_owned();
        return Err(Error::from(ErrorKind::Output { path, problem }).into());
    }
    crate::report::write_file_whole(&path, TEMPLATE.as_bytes())?;
    talk.say(&format!("wrote {}", path.display()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of the template, comment marks taken away.
    fn uncommented() -> String {
        let keys = |l: &&str| l.strip_prefix("# ").and_then(|l| l.split_once(" = ")).is_some_and(|(k, _)| is_key(k));
        TEMPLATE.lines().filter(keys).map(|l| format!("{}\n", &l[2..])).collect()
    }

    fn is_key(text: &str) -> bool {
        text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    }

    #[test]
    fn the_template_has_every_key_and_no_other() {
        let table: toml::Table = uncommented().parse().unwrap();
        let cli = Cli::command();
        let options = cli.get_subcommands().flat_map(Command::get_arguments).filter(|a| may_be_in_file(a));
        let mut names: Vec<&str> = options.filter_map(Arg::get_long).collect();
        names.sort_unstable();
        names.dedup();
        let mut keys: Vec<&str> = table.keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, names);
    }

    #[test]
    fn the_examples_of_the_template_are_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        // These two exclude each other.
        let text: String =
            uncommented().lines().filter(|l| !l.starts_with("keep-names")).map(|l| format!("{l}\n")).collect();
        std::fs::write(&path, text).unwrap();
        let line = ["wandel", "report", folder.path().to_str().unwrap()];
        let settled = settle(line.iter().map(OsString::from).collect());
        let Ok(settled) = settled else { panic!("refused") };
        assert!(settled.origins.options.len() > 25, "{:?}", settled.origins.options.keys());
        std::fs::write(&path, TEMPLATE).unwrap();
        let Ok(settled) = settle(line.iter().map(OsString::from).collect()) else { panic!("refused") };
        assert!(settled.origins.options.is_empty(), "as written, it says nothing");
    }

    #[test]
    fn near_names_are_named() {
        assert!(check_known("stop_words").unwrap_err().contains("did you mean `stop-words`?"));
        assert!(check_known("theme").unwrap_err().contains("did you mean `themes`?"));
        assert!(check_known("force").unwrap_err().contains("belongs to a single call"));
        assert!(check_known("quarterly-numbers").unwrap_err().contains("wandel init"));
        assert!(check_known("themes").is_ok());
    }
}
