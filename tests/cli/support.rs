//! A fresh folder for each test, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

/// No run of a test takes that long; one that hangs is ended and fails.
const PATIENCE: Duration = Duration::from_secs(15);

/// Files with their bytes, by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A fresh temporary folder, in which the program runs.
pub struct Workdir {
    folder: TempDir,
}

impl Workdir {
    /// An empty folder.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("wandel-cli-").tempdir().expect("a temporary folder");
        Self { folder }
    }

    /// A folder with these files.
    pub fn with<T: AsRef<[u8]>>(files: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let work = Self::new();
        for (path, content) in files {
            work.write(path, content);
        }
        work
    }

    /// A folder with the articles of 2024 and 2025.
    pub fn with_articles() -> Self {
        Self::with([("2024.txt", crate::texts::A2024), ("2025.txt", crate::texts::A2025)])
    }

    /// A path below the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file and the folders above it.
    #[track_caller]
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder for the file");
        fs::write(&path, content).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }

    /// Makes a folder.
    #[track_caller]
    pub fn folder(&self, path: &str) {
        fs::create_dir_all(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
    }

    /// The bytes of a file.
    #[track_caller]
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}; there is {:?}", self.list(".")))
    }

    /// The text of a file.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// Replaces the only place of `old` in a file.
    #[track_caller]
    pub fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` must stand once in {path}:\n{text}");
        self.write(path, text.replace(old, new));
    }

    /// A file as JSON.
    #[track_caller]
    pub fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_slice(&self.bytes(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// A CSV file as rows of named cells.
    #[track_caller]
    pub fn csv(&self, path: &str) -> Vec<BTreeMap<String, String>> {
        self.csv_with(path, b',')
    }

    /// A CSV file with another delimiter.
    #[track_caller]
    pub fn csv_with(&self, path: &str, delimiter: u8) -> Vec<BTreeMap<String, String>> {
        let text = self.read(path);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
        reader.deserialize().map(|row| row.unwrap_or_else(|e| panic!("{path}: {e}"))).collect()
    }

    /// Every file below a folder with its bytes, by path.
    pub fn files(&self, folder: &str) -> Files {
        let mut found = BTreeMap::new();
        collect(&self.path(folder), "", &mut found);
        found
    }

    /// Paths of every file below a folder; empty folders with a `/` at the end.
    pub fn list(&self, folder: &str) -> Vec<String> {
        self.files(folder).into_keys().collect()
    }

    /// The program with arguments, to be changed before it runs.
    pub fn command(&self, args: &[&str]) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::from(plain_command());
        command.current_dir(self.folder.path()).args(args).timeout(PATIENCE);
        command
    }

    /// Runs the program in the folder.
    #[track_caller]
    pub fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args), args)
    }

    /// Runs a shell line in the folder; `$W` is the program.
    #[track_caller]
    pub fn shell(&self, line: &str) -> Run {
        let mut command = assert_cmd::Command::new("sh");
        command.current_dir(self.folder.path()).env("W", program()).args(["-c", line]).timeout(PATIENCE);
        Run::of(command, &["sh", "-c", line])
    }
}

fn collect(folder: &Path, below: &str, found: &mut Files) {
    let mut empty = true;
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("readable").path();
        let name = format!("{below}{}", path.file_name().unwrap_or_default().to_string_lossy());
        empty = false;
        if path.is_dir() {
            collect(&path, &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read(&path).unwrap_or_default());
        }
    }
    if empty && !below.is_empty() {
        found.insert(below.to_owned(), Vec::new());
    }
}

/// Where the program lies.
pub fn program() -> &'static str {
    env!("CARGO_BIN_EXE_wandel")
}

/// The program without the wishes of the person who runs the tests.
pub fn plain_command() -> std::process::Command {
    let mut command = std::process::Command::new(program());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE", "LANG", "LC_ALL"] {
        command.env_remove(name);
    }
    command
}

/// Both hold the same files with the same bytes; if not, names what differs.
#[track_caller]
pub fn same_files(now: &Files, before: &Files, what: &str) {
    let new: Vec<&String> = now.keys().filter(|path| !before.contains_key(*path)).collect();
    let gone: Vec<&String> = before.keys().filter(|path| !now.contains_key(*path)).collect();
    let changed: Vec<&String> =
        before.iter().filter(|(path, bytes)| now.get(*path).is_some_and(|b| b != *bytes)).map(|f| f.0).collect();
    assert!(
        new.is_empty() && gone.is_empty() && changed.is_empty(),
        "{what}\nnew: {new:?}\ngone: {gone:?}\nchanged: {changed:?}"
    );
}

/// SHA-256, hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Whether the permissions of files bind whoever runs the tests. If not, the test that asks says so and ends.
pub fn permissions_bind(what: &str) -> bool {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let mut rights = file.as_file().metadata().expect("its rights").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0o000);
    fs::set_permissions(file.path(), rights).expect("rights can be taken");
    let bind = fs::File::open(file.path()).is_err();
    if !bind {
        eprintln!("SKIPPED: {what}: the user who runs this (root?) may read everything; nothing was checked");
    }
    bind
}

/// What a run gave.
#[derive(Debug)]
pub struct Run {
    args: String,
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    #[track_caller]
    fn of(mut command: assert_cmd::Command, args: &[&str]) -> Self {
        let output = command.output().unwrap_or_else(|e| panic!("wandel {}: {e}", args.join(" ")));
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_else(|e| panic!("{e}"));
        Self {
            args: args.join(" "),
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Everything, for messages.
    fn full(&self) -> String {
        let code = self.code.map_or("killed".into(), |c| c.to_string());
        format!("\n$ wandel {}\n--- exit {code}\n--- stdout\n{}\n--- stderr\n{}", self.args, self.stdout, self.stderr)
    }

    /// Ended with this exit code.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "wrong exit code{}", self.full());
        self
    }

    /// Ended well.
    #[track_caller]
    pub fn fine(self) -> Self {
        self.ends(0)
    }

    /// Refused bad input or usage: exit 2, nothing on stdout, one error on stderr, no panic.
    #[track_caller]
    pub fn refused(self) -> Self {
        let run = self.ends(2);
        assert_eq!(run.stdout, "", "an error belongs on stderr{}", run.full());
        assert_eq!(run.stderr.matches("error:").count(), 1, "one error is expected{}", run.full());
        run.hushes("panicked")
    }

    /// Has this on stderr.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "`{text}` is not on stderr{}", self.full());
        self
    }

    /// Does not have this on stderr.
    #[track_caller]
    pub fn hushes(self, text: &str) -> Self {
        assert!(!self.stderr.contains(text), "`{text}` is on stderr{}", self.full());
        self
    }

    /// Has nothing on stderr.
    #[track_caller]
    pub fn silent(self) -> Self {
        assert_eq!(self.stderr, "", "stderr is not empty{}", self.full());
        self
    }

    /// Has this on stdout.
    #[track_caller]
    pub fn prints(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "`{text}` is not on stdout{}", self.full());
        self
    }

    /// Does not have this on stdout.
    #[track_caller]
    pub fn omits(self, text: &str) -> Self {
        assert!(!self.stdout.contains(text), "`{text}` is on stdout{}", self.full());
        self
    }

    /// The line of stdout that begins with a text, cut into its words.
    #[track_caller]
    pub fn row(&self, start: &str) -> Vec<&str> {
        let line = self.stdout.lines().find(|l| l.trim_start().starts_with(start));
        line.unwrap_or_else(|| panic!("no line begins with `{start}`{}", self.full())).split_whitespace().collect()
    }
}
