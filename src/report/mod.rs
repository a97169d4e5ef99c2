//! One file a format. [`Report::write_to`] writes them all, whole or not at all.

mod cover;
mod csv;
#[cfg(feature = "charts")]
mod flows;
mod folder;
mod found;
#[cfg(feature = "html")]
mod html;
mod json;
mod markdown;
mod model;
mod persons;
#[cfg(feature = "charts")]
mod pictures;
mod ranks;
mod statistics;
mod successions;
mod tables;
mod watch;
mod words;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

pub use self::csv::{CsvDialect, write_table};
pub use folder::Written;
pub use json::write_table as write_table_json;
#[cfg(feature = "charts")]
pub use pictures::Picture;
pub use statistics::shifts_table;
pub use successions::successions_table;
pub use tables::{Cell, Table, sessions_table};

use crate::error::{Error, Result, Warning};
use crate::trends::Trends;
use crate::unfinished::listed;

/// The tables that take longest to write, the longest first: so that no thread is left alone with one in the end.
const LONGEST: [&str; 4] =
    ["tables/term_shifts.", "tables/evidence.", "tables/term_frequencies.", "tables/terms_by_year."];

/// A kind of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `tables/*.csv`.
    Csv,
    /// `findings.json`.
    Json,
    /// `report.md`.
    Markdown,
    /// `report.html` (feature `html`).
    Html,
    /// `charts/*.svg` and `charts/*.png` (feature `charts`).
    Charts,
    /// `tables.xlsx` (feature `xlsx`); only if asked for.
    Xlsx,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] = [Self::Csv, Self::Json, Self::Markdown, Self::Html, Self::Charts, Self::Xlsx];

    /// Whether the crate was built with it.
    #[must_use]
    pub const fn is_built_in(self) -> bool {
        let needs_more = (matches!(self, Self::Html) && cfg!(not(feature = "html")))
            || (matches!(self, Self::Charts) && cfg!(not(feature = "charts")))
            || (matches!(self, Self::Xlsx) && cfg!(not(feature = "xlsx")));
        !needs_more
    }

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Charts => "charts",
            Self::Xlsx => "xlsx",
        }
    }
}

/// How a report is written.
#[derive(Debug, Clone)]
pub struct ReportOptions {
    /// Its title.
    pub title: String,
    /// What is written. Default: everything the crate was built with but the workbook.
    pub formats: BTreeSet<Format>,
    /// How tables are written.
    pub dialect: CsvDialect,
    /// Whether to replace files edited by hand and folders that wandel did not write.
    pub force: bool,
    /// Rows below the header from which on a table that grows with the corpus is cut, with a warning. Default:
    /// 1,048,575, as many as a spreadsheet holds.
    pub max_rows: usize,
    /// Whether a table that is cut is also written whole, as `.csv.gz`.
    pub full: bool,
    /// What was said by whom, for the manifest. Default: nothing, and the manifest does not speak of it.
    pub origins: Origins,
}

/// The options that were said, and where: on a command line, in a settings file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins {
    /// By name.
    pub options: BTreeMap<String, Origin>,
    /// Name and SHA-256 of the settings file.
    pub file: Option<(String, String)>,
}

/// Where an option came from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Origin {
    /// Who said it: `command line`, or the name of a file.
    pub from: String,
    /// What was said.
    pub value: String,
}

impl Default for ReportOptions {
    fn default() -> Self {
        Self {
            title: String::new(),
            formats: Format::ALL.into_iter().filter(|f| f.is_built_in() && *f != Format::Xlsx).collect(),
            dialect: CsvDialect::default(),
            force: false,
            max_rows: tables::MAX_ROWS,
            full: false,
            origins: Origins::default(),
        }
    }
}

/// Results with a title, ready to be written.
#[derive(Debug, Clone)]
pub struct Report<'t> {
    trends: &'t Trends,
    options: ReportOptions,
}

/// Checks that a report may be written to a folder, before anything is computed for it.
///
/// # Errors
/// As [`Report::write_to`].
pub fn check_folder(folder: impl AsRef<Path>, force: bool) -> Result<()> {
    folder::Target::open(folder.as_ref(), force).map(|_| ())
}

/// Writes one file whole or not at all.
///
/// # Errors
/// If it cannot be written.
pub fn write_file_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write as _;
    let io = |e: std::io::Error| Error::io("write", path, folder::plain(&e));
    if path.is_dir() {
        return Err(
            crate::error::ErrorKind::Output { path: path.into(), problem: "is a folder; say a file".into() }.into()
        );
    }
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut builder = tempfile::Builder::new();
    // As readable as any new file: the umask decides.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let (_listed, mut file) = listed(|| builder.tempfile_in(parent), tempfile::NamedTempFile::path).map_err(io)?;
    file.write_all(bytes).map_err(io)?;
    file.persist(path).map_err(|e| io(e.error))?;
    Ok(())
}

/// One file of a report.
struct OutFile<'t> {
    path: String,
    content: Content<'t>,
}

/// What stands in a file.
enum Content<'t> {
    Bytes(Vec<u8>),
    /// Made while it is written, so that large tables are never held whole.
    Made(Box<Make<'t>>),
}

type Make<'t> = dyn FnOnce(&mut dyn std::io::Write) -> std::io::Result<()> + Send + 't;

impl OutFile<'_> {
    fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { path: path.into(), content: Content::Bytes(bytes) }
    }
}

impl<'t> Report<'t> {
    pub(crate) fn new(trends: &'t Trends, options: ReportOptions) -> Self {
        Self { trends, options }
    }

    /// The same report with other options; an empty title keeps the old one.
    #[must_use]
    pub fn with(mut self, options: ReportOptions) -> Self {
        let title = if options.title.is_empty() { self.options.title } else { options.title.clone() };
        self.options = ReportOptions { title, ..options };
        self
    }

    /// The report as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        #[cfg(feature = "charts")]
        let chart = self.with_charts().then(|| pictures::first(self.trends)).flatten();
        #[cfg(not(feature = "charts"))]
        let chart: Option<String> = None;
        markdown::render(&model::Page::new(self.trends, &self.options.title), chart.as_deref())
    }

    /// The tables of the report, as they are written to `tables/`.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let limit = &mut tables::Limit::new(self.options.max_rows, false);
        tables::all(self.trends, limit).into_iter().map(tables::Rows::collect).collect()
    }

    #[cfg(feature = "charts")]
    fn with_charts(&self) -> bool {
        self.options.formats.contains(&Format::Charts)
    }

    /// Writes the report into a folder, which is made if it is not there. Files appear whole or not at all; in a
    /// folder that wandel wrote before, its files are replaced and others stay.
    ///
    /// # Errors
    /// If the folder holds something else, if a file of ours was edited (both overridden by `force`), if it cannot
    /// be written, or if a chart cannot be drawn.
    pub fn write_to(&self, folder: impl AsRef<Path>) -> Result<Written> {
        let folder = folder.as_ref();
        if let Some(missing) = self.options.formats.iter().find(|f| !f.is_built_in()) {
            return Err(Error::setting("formats", missing.name(), "this wandel was built without that feature"));
        }
        let target = folder::Target::open(folder, self.options.force)?;
        let (files, notes) = self.files()?;
        let mut written = target.write(files, |listed| json::manifest(self.trends, &self.options, &notes, listed))?;
        written.notes = notes;
        Ok(written)
    }

    /// The charts of the report as drawings, without writing anything: for a notebook or a page of one's own.
    ///
    /// # Errors
    /// If a chart cannot be drawn.
    #[cfg(feature = "charts")]
    pub fn charts(&self) -> Result<Vec<Picture>> {
        pictures::all(self.trends)
    }

    /// Every file but the manifest, sorted by path, and what had to be left out.
    fn files(&self) -> Result<(Vec<OutFile<'t>>, Vec<Warning>)> {
        let wants = |format: Format| self.options.formats.contains(&format);
        let mut files = Vec::new();
        let mut notes = Vec::new();
        let wants_page = wants(Format::Markdown) || wants(Format::Html);
        let make_page = || wants_page.then(|| model::Page::new(self.trends, &self.options.title));
        #[cfg(not(feature = "charts"))]
        let mut page = make_page();
        #[cfg(feature = "charts")]
        let (mut page, pictures) = {
            let wants_pictures = wants(Format::Charts) || wants(Format::Html);
            let draw = || if wants_pictures { pictures::all(self.trends) } else { Ok(Vec::new()) };
            let (page, pictures) = rayon::join(make_page, draw);
            (page, pictures?)
        };
        if wants(Format::Csv) {
            let mut limit = tables::Limit::new(self.options.max_rows, self.options.full);
            files.extend(tables::all(self.trends, &mut limit).into_iter().map(|table| self.csv(table, false)));
            if self.options.full {
                files.extend(tables::whole(self.trends, &limit).into_iter().map(|table| self.csv(table, true)));
            }
            notes = limit.notes;
            if let Some(page) = &mut page {
                page.warnings.extend(notes.iter().map(ToString::to_string));
            }
        }
        #[cfg(feature = "xlsx")]
        if wants(Format::Xlsx) {
            let (bytes, cut) = xlsx::render(
                self.trends,
                &self.options.title,
                tables::Limit::new(self.options.max_rows, self.options.full),
            )?;
            notes.extend(cut);
            notes.sort();
            notes.dedup();
            files.push(OutFile::new("tables.xlsx", bytes));
        }
        if wants(Format::Json) {
            files.push(OutFile::new("findings.json", json::findings(self.trends, &self.options.title)));
        }
        if let Some(page) = page.as_ref().filter(|_| wants(Format::Markdown)) {
            #[cfg(feature = "charts")]
            let chart = pictures.first().filter(|_| self.with_charts()).map(|p| p.name.as_str());
            #[cfg(not(feature = "charts"))]
            let chart = None;
            files.push(OutFile::new("report.md", markdown::render(page, chart).into_bytes()));
        }
        #[cfg(feature = "html")]
        if let Some(page) = page.as_mut().filter(|_| wants(Format::Html)) {
            page.files = html::files(self.trends, &self.options)?;
            #[cfg(feature = "charts")]
            let svgs: Vec<(String, String)> = pictures.iter().map(|p| (p.name.clone(), p.svg.clone())).collect();
            #[cfg(not(feature = "charts"))]
            let svgs: Vec<(String, String)> = Vec::new();
            files.push(OutFile::new("report.html", html::render(page, &svgs)?.into_bytes()));
        }
        #[cfg(feature = "charts")]
        if wants(Format::Charts) {
            files.extend(pictures::files(pictures)?);
        }
        let rank = |f: &OutFile<'_>| LONGEST.iter().position(|name| f.path.starts_with(name)).unwrap_or(LONGEST.len());
        files.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.path.cmp(&b.path)));
        Ok((files, notes))
    }

    /// A table as a file, made while it is written.
    fn csv(&self, table: tables::Rows<'t>, gzip: bool) -> OutFile<'t> {
        let dialect = self.options.dialect;
        let path = format!("tables/{}.csv{}", table.name, if gzip { ".gz" } else { "" });
        let made = Box::new(move |out: &mut dyn std::io::Write| {
            if !gzip {
                return csv::write_rows(out, &table.header, table.rows, dialect);
            }
            // No time and no name: the same rows are the same bytes.
            let mut packed = GzEncoder::new(out, Compression::default());
            csv::write_rows(&mut packed, &table.header, table.rows, dialect)?;
            packed.finish().map(|_| ())
        });
        OutFile { path, content: Content::Made(made) }
    }
}
