//! Counts as files: written once, merged, and reported on without counting again.
//!
//! A counts file is a ZIP archive (stored, not packed twice) of Parquet tables with a `meta.json`: any tool that reads
//! Parquet can look inside. The archive has a checksum for each table. It holds the outline of the corpus (documents with
//! the hashes of their texts, sessions with their spans) and the counts, and no text. docs/counts-format.md describes it.
//!
//! ```no_run
//! use wandel::ingest::ReadOptions;
//! use wandel::store::CountsFile;
//! use wandel::{Corpus, CountSettings};
//!
//! let corpus = Corpus::from_path("talks/2024.jsonl")?;
//! CountsFile::count(corpus, &CountSettings::default())?.write_to("2024.counts")?;
//! let all = CountsFile::merge(vec![CountsFile::read("2023.counts")?, CountsFile::read("2024.counts")?])?;
//! println!("{} sessions", all.file.counts().rows().len());
//! # Ok::<(), wandel::Error>(())
//! ```

mod table;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read as _, Seek as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tempfile::{NamedTempFile, SpooledTempFile};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::corpus::{Corpus, Places, SourceFile};
use crate::counts::{CountSettings, Counts, PersonRule, PlainCounts};
use crate::digest::sha256;
use crate::error::{Error, Result, Warning};
use crate::ingest::Outline;
use crate::text::{Rule, Rules};
use crate::unfinished::listed;

/// The version of the format. Files of another version are refused.
pub const FORMAT: u32 = 2;

/// What a counts file was counted from: some files, read in some way, or one of several shares of their texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Part {
    /// SHA-256 of the files' hashes and the reading options, hexadecimal.
    pub inputs: String,
    /// Source names of the files.
    pub sources: Vec<String>,
    /// `(i, n)`: share `i` of `n`, counted from 1.
    pub shard: (u32, u32),
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (i, n) = self.shard;
        if n > 1 {
            write!(f, "share {i}/{n} of ")?;
        }
        f.write_str(&self.sources.join(", "))
    }
}

/// Counts with the outline of their corpus.
#[derive(Debug, Clone)]
pub struct CountsFile {
    corpus: Corpus,
    places: Arc<Places>,
    counts: Counts,
    parts: BTreeSet<Part>,
}

/// Counts files put together.
#[derive(Debug, Clone)]
pub struct Merged {
    /// All of them.
    pub file: CountsFile,
    /// What a user should know: files that were there twice, texts counted again.
    pub notes: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Meta {
    format: String,
    version: u32,
    wandel: String,
    parts: Vec<Part>,
    settings: Settings,
    options: String,
    /// Paths as given, from the folder of the counts file.
    paths: Vec<PathBuf>,
    /// Path and source name of each file.
    files: Vec<(PathBuf, String)>,
    sources: Vec<Source>,
    skipped: Vec<(String, String)>,
    warnings: Vec<Note>,
    reading: BTreeMap<String, String>,
    languages: Vec<String>,
    rows: BTreeMap<String, u64>,
}

#[derive(Serialize, Deserialize)]
struct Source {
    source: String,
    sha256: String,
    encoding: String,
    documents: usize,
}

#[derive(Serialize, Deserialize)]
struct Note {
    source: String,
    line: usize,
    code: String,
    message: String,
}

#[derive(Serialize, Deserialize)]
struct Settings {
    titles: bool,
    stop_words: Vec<String>,
    keep_words: Vec<String>,
    drop_names: bool,
    persons: String,
    phrases: bool,
    phrase_min_count: Option<u32>,
    phrase_min_npmi: f64,
    rules: Vec<String>,
}

impl From<&CountSettings> for Settings {
    fn from(s: &CountSettings) -> Self {
        Self {
            titles: s.titles,
            stop_words: s.stop_words.clone(),
            keep_words: s.keep_words.clone(),
            drop_names: s.drop_names,
            persons: s.persons.name().to_owned(),
            phrases: s.phrases,
            phrase_min_count: s.phrase_min_count,
            phrase_min_npmi: s.phrase_min_npmi,
            rules: s.rules.iter().map(|r| r.name().to_owned()).collect(),
        }
    }
}

impl Settings {
    fn read(&self) -> Option<CountSettings> {
        let persons = [PersonRule::Speakers, PersonRule::All, PersonRule::None];
        Some(CountSettings {
            titles: self.titles,
            stop_words: self.stop_words.clone(),
            keep_words: self.keep_words.clone(),
            drop_names: self.drop_names,
            persons: persons.into_iter().find(|p| p.name() == self.persons)?,
            phrases: self.phrases,
            phrase_min_count: self.phrase_min_count,
            phrase_min_npmi: self.phrase_min_npmi,
            rules: self.rules.iter().try_fold(Rules::NONE, |all, name| Some(all.with(Rule::from_name(name)?)))?,
        })
    }
}

/// Whether a file is a counts file by its first bytes and its `meta.json`.
#[must_use]
pub fn is_counts_file(path: &Path) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    let mut head = [0; 4];
    file.read_exact(&mut head).is_ok() && head == *b"PK\x03\x04" && read_meta(path).is_ok()
}

impl CountsFile {
    /// Counts a corpus that was read from files.
    ///
    /// # Errors
    /// If it was made in memory, or a source cannot be read again.
    pub fn count(corpus: Corpus, settings: &CountSettings) -> Result<Self> {
        let places = places_of(&corpus)?;
        let counts = Counts::of(&corpus, settings)?;
        let parts = BTreeSet::from([part_of(&corpus, &places)]);
        Ok(Self { corpus, places, counts, parts })
    }

    /// The corpus, with its texts if they are still where they were counted.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The counts.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// What was counted.
    #[must_use]
    pub fn parts(&self) -> &BTreeSet<Part> {
        &self.parts
    }

    /// Shares that are missing: `share 2/4 of 2024.jsonl`.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for part in &self.parts {
            let n = part.shard.1;
            let first = self.parts.iter().find(|p| p.inputs == part.inputs && p.shard.1 == n) == Some(part);
            for i in (1..=n).filter(|_| first) {
                let wanted = Part { shard: (i, n), ..part.clone() };
                if !self.parts.contains(&wanted) {
                    missing.push(wanted.to_string());
                }
            }
        }
        missing
    }

    /// Puts counts files together, as if everything had been counted in one go: to the bit, in any order. A part that is
    /// there twice counts once. Where two files hold the same text, both are counted again from the texts.
    ///
    /// # Errors
    /// If they were counted with other settings, overlap in part, or a text that two of them hold is not there any more.
    pub fn merge(files: Vec<Self>) -> Result<Merged> {
        let mut notes = Vec::new();
        let mut parts: BTreeSet<Part> = BTreeSet::new();
        let mut kept: Vec<Self> = Vec::new();
        // The largest first, so that what they hold is seen to be there.
        let mut files = files;
        files.sort_by_key(|f| std::cmp::Reverse(f.parts.len()));
        for file in files {
            if file.parts.is_subset(&parts) {
                let parts: Vec<String> = file.parts.iter().map(ToString::to_string).collect();
                notes.push(format!("{} is there twice and counts once", parts.join("; ")));
                continue;
            }
            if let Some(part) = file.parts.intersection(&parts).next() {
                let problem = format!("{part} is in two files that also hold other parts: merge only one of them");
                return Err(Error::counts(problem));
            }
            let other = |p: &&Part| parts.iter().any(|q| q.inputs == p.inputs && q.shard.1 != p.shard.1);
            if let Some(part) = file.parts.iter().find(other) {
                return Err(Error::counts(format!(
                    "{part} is there beside shares of another size; their texts overlap"
                )));
            }
            let same = |p: &Part| {
                parts.iter().find(|q| q.inputs != p.inputs && q.sources.iter().any(|s| p.sources.contains(s)))
            };
            if let Some((part, other)) = file.parts.iter().find_map(|p| Some((p, same(p)?))) {
                return Err(Error::counts(format!(
                    "{part} and {other} share a file, or files of one name: merge only one of them, or count them together"
                )));
            }
            parts.extend(file.parts.iter().cloned());
            kept.push(file);
        }
        if kept.len() == 1
            && let Some(file) = kept.pop()
        {
            return Ok(Merged { file, notes });
        }
        kept.sort_by(|a, b| a.parts.cmp(&b.parts));
        let Some(settings) = kept.first().map(|f| f.counts.settings().clone()) else {
            return Err(Error::setting("merge", "", "expected at least one counts file"));
        };
        let (outlines, counts): (Vec<Option<Outline>>, Vec<Counts>) =
            kept.into_iter().map(|file| (Outline::of(file.corpus), file.counts)).unzip();
        let corpus = Outline::merge(outlines.into_iter().flatten().collect())?;
        let mut counts = Counts::merge_all(counts)?;
        let wanted = corpus.sessions().iter().filter(|s| s.counts()).count();
        let doubles = counts.rows().len().saturating_sub(wanted);
        if doubles > 0 {
            if !corpus.texts().are_there() {
                return Err(Error::counts(format!(
                    "{doubles} sessions have a text that another file has too, and the texts are not where they were \
                     counted: put them back, or count those files together"
                )));
            }
            notes.push(format!(
                "{doubles} sessions have a text that another file has too: everything was counted again"
            ));
            counts = Counts::of(&corpus, &settings)?;
        }
        let places = places_of(&corpus)?;
        Ok(Merged { file: Self { corpus, places, counts, parts }, notes })
    }

    /// Writes it whole or not at all.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write_to(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        let io = |e: std::io::Error| Error::io("write", path, e);
        let mut builder = tempfile::Builder::new();
        // As readable as any new file: the umask decides.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let (_listed, made) =
            listed(|| builder.prefix(".wandel-").tempfile_in(&folder), NamedTempFile::path).map_err(io)?;
        let mut zip = ZipWriter::new(BufWriter::with_capacity(1 << 20, made));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
        let mut rows = BTreeMap::new();
        let failed = |e: &dyn std::fmt::Display| Error::io("write", path, std::io::Error::other(e.to_string()));
        for (name, written) in self.written_tables() {
            let (mut table, n) = written.map_err(|e| failed(&e))?;
            zip.start_file(format!("{name}.parquet"), options).map_err(|e| failed(&e))?;
            table.rewind().and_then(|()| std::io::copy(&mut table, &mut zip)).map_err(io)?;
            rows.insert(name.to_owned(), n);
        }
        let meta = self.meta(&folder, rows);
        zip.start_file("meta.json", options).map_err(|e| failed(&e))?;
        zip.write_all(&serde_json::to_vec_pretty(&meta).map_err(|e| failed(&e))?).map_err(io)?;
        let buffered = zip.finish().map_err(|e| failed(&e))?;
        let made = buffered.into_inner().map_err(|e| Error::io("write", path, e.into_error()))?;
        made.persist(path).map_err(|e| Error::io("write", path, e.error))?;
        Ok(())
    }

    /// Each table as a file without a name, with the number of its rows. They are made in parallel.
    fn written_tables(&self) -> Vec<(&'static str, parquet::errors::Result<(SpooledTempFile, u64)>)> {
        /// Bytes of a table that are held.
        const HELD: usize = 4 << 20;
        let written = |(name, write): &(&'static str, tables::Write)| {
            let mut table = SpooledTempFile::new(HELD);
            let n = write(&mut table, &self.corpus, &self.counts);
            (*name, n.map(|n| (table, n)))
        };
        tables::ALL.par_iter().with_max_len(1).map(written).collect()
    }

    fn meta(&self, folder: &Path, rows: BTreeMap<String, u64>) -> Meta {
        let (corpus, places) = (&self.corpus, &self.places);
        let mut languages: Vec<String> =
            tables::sessions(corpus).iter().map(|s| s.language.code().to_owned()).collect();
        languages.sort();
        languages.dedup();
        Meta {
            format: "wandel-counts".into(),
            version: FORMAT,
            wandel: env!("CARGO_PKG_VERSION").into(),
            parts: self.parts.iter().cloned().collect(),
            settings: self.counts.settings().into(),
            options: places.options.clone(),
            paths: places.paths.iter().map(|p| from(folder, p)).collect(),
            files: places.files.iter().map(|(p, s)| (from(folder, p), s.clone())).collect(),
            sources: corpus
                .files
                .iter()
                .map(|f| Source {
                    source: f.source.clone(),
                    sha256: f.sha256.clone(),
                    encoding: f.encoding.clone(),
                    documents: f.documents,
                })
                .collect(),
            skipped: corpus.skipped.clone(),
            warnings: corpus
                .warnings
                .iter()
                .map(|w| Note {
                    source: w.source.clone(),
                    line: w.line,
                    code: w.code.to_owned(),
                    message: w.message.clone(),
                })
                .collect(),
            reading: corpus.reading.clone(),
            languages,
            rows,
        }
    }

    /// Reads a counts file.
    ///
    /// # Errors
    /// If it is none, is damaged, or was made by another version.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let bad = |problem: String| Error::malformed(path, (0, 0), problem);
        let meta = read_meta(path)?;
        if meta.version != FORMAT || meta.wandel != env!("CARGO_PKG_VERSION") {
            return Err(bad(format!(
                "counts of wandel {} (format {}), and this is wandel {} (format {FORMAT}): count the texts again",
                meta.wandel,
                meta.version,
                env!("CARGO_PKG_VERSION")
            )));
        }
        let settings = meta.settings.read().ok_or_else(|| bad("settings that this version does not know".into()))?;
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        let mut archive = open(path)?;
        let mut outline = Outline {
            documents: Vec::new(),
            sessions: Vec::new(),
            files: meta
                .sources
                .into_iter()
                .map(|f| SourceFile {
                    source: f.source,
                    sha256: f.sha256,
                    encoding: f.encoding,
                    documents: f.documents,
                })
                .collect(),
            skipped: meta.skipped,
            warnings: meta.warnings.into_iter().filter_map(Note::read).collect(),
            reading: meta.reading,
            places: Places {
                paths: meta.paths.iter().map(|p| folder.join(p)).collect(),
                files: meta.files.into_iter().map(|(p, s)| (folder.join(p), s)).collect(),
                options: meta.options,
                shard: None,
            },
        };
        let mut plain = PlainCounts::default();
        for (name, read) in tables::READERS {
            let mut bytes = Vec::new();
            let mut entry = archive.by_name(&format!("{name}.parquet")).map_err(|e| bad(format!("{name}: {e}")))?;
            // The archive checks its checksum when the entry has been read to its end.
            entry.read_to_end(&mut bytes).map_err(|e| bad(format!("{name} is damaged: {e}")))?;
            read(Bytes::from(bytes), &mut outline, &mut plain).map_err(|e| bad(format!("{name}: {e}")))?;
        }
        tables::check(&outline, &plain).map_err(bad)?;
        let languages = meta.languages.iter().filter_map(|l| crate::corpus::Language::from_code(l));
        let counts = Counts::from_plain(plain, &settings, languages)?;
        let corpus = Outline::merge(vec![outline])?;
        Ok(Self { places: places_of(&corpus)?, corpus, counts, parts: meta.parts.into_iter().collect() })
    }

    /// The corpus and its counts, fit for an analysis. Where the texts are gone, phrases and boilerplate cannot be
    /// resolved, and the settings of the counts say so.
    #[must_use]
    pub fn into_analysis(self) -> (Corpus, Counts) {
        let counts = if self.corpus.texts().are_there() { self.counts } else { self.counts.without_texts() };
        (self.corpus, counts)
    }
}

impl Note {
    fn read(self) -> Option<Warning> {
        // The codes of reading; others come from the analysis and are found again.
        const CODES: [&str; 6] =
            ["bad-row", "duplicate-text", "encoding-guessed", "no-boundary", "tag-empty", "year-weighed"];
        let code = CODES.into_iter().find(|c| *c == self.code).unwrap_or("reading");
        Some(Warning::new(&self.source, self.line, code, self.message))
    }
}

fn places_of(corpus: &Corpus) -> Result<Arc<Places>> {
    let expected = "a corpus that was read from files, so that it can be read again";
    corpus.places.clone().ok_or_else(|| Error::setting("count", "a corpus in memory", expected))
}

/// The part that a corpus is.
fn part_of(corpus: &Corpus, places: &Places) -> Part {
    let files: Vec<String> = corpus.files.iter().map(|f| format!("{}\t{}\n", f.source, f.sha256)).collect();
    let told = format!("{}{}", files.concat(), places.options);
    Part {
        inputs: sha256(told.as_bytes()),
        sources: corpus.files.iter().map(|f| f.source.clone()).collect(),
        shard: places.shard.unwrap_or((1, 1)),
    }
}

fn open(path: &Path) -> Result<ZipArchive<BufReader<File>>> {
    let file = File::open(path).map_err(|e| Error::io("read", path, e))?;
    ZipArchive::new(BufReader::new(file))
        .map_err(|e| Error::malformed(path, (0, 0), format!("no counts file, or cut short: {e}")))
}

fn read_meta(path: &Path) -> Result<Meta> {
    let bad = |problem: String| Error::malformed(path, (0, 0), problem);
    let mut archive = open(path)?;
    let mut entry = archive.by_name("meta.json").map_err(|e| bad(format!("no counts file: {e}")))?;
    let mut text = String::new();
    entry.read_to_string(&mut text).map_err(|e| bad(format!("meta.json is damaged: {e}")))?;
    let meta: Meta = serde_json::from_str(&text).map_err(|e| bad(format!("meta.json: {e}")))?;
    if meta.format == "wandel-counts" { Ok(meta) } else { Err(bad("no counts file of wandel".into())) }
}

/// A path as seen from a folder, so that both can be moved together.
fn from(folder: &Path, path: &Path) -> PathBuf {
    let (Ok(folder), Ok(whole)) = (std::fs::canonicalize(folder), std::fs::canonicalize(path)) else {
        return path.to_path_buf();
    };
    let parts = |p: &Path| p.components().map(|c| c.as_os_str().to_owned()).collect::<Vec<_>>();
    let (here, there) = (parts(&folder), parts(&whole));
    let common = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return whole;
    }
    let up = std::iter::repeat_n(Component::ParentDir.as_os_str().to_owned(), here.len() - common);
    let relative: PathBuf = up.chain(there[common..].iter().cloned()).collect();
    if relative.as_os_str().is_empty() { PathBuf::from(".") } else { relative }
}

/// Checks that all shares are there.
///
/// # Errors
/// If one is missing; it is named.
pub fn check_complete(file: &CountsFile) -> Result<()> {
    let missing = file.missing();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::counts(format!("{} is missing: count it, and merge it or name it too", missing.join("; "))))
}
