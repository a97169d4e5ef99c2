//! Writing a folder so that its files appear whole, and nothing of the user's is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::{Content, OutFile};
use crate::digest::{hex, sha256};
use crate::error::{Error, ErrorKind, Result, Warning};
use crate::unfinished::{listed, not_stopped};

/// A file as the manifest lists it.
pub(super) struct Listed {
    pub path: String,
    pub sha256: String,
    pub bytes: usize,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The folder.
    pub folder: PathBuf,
    /// Paths below it, sorted.
    pub files: Vec<String>,
    /// What had to be left out of the tables.
    pub notes: Vec<Warning>,
}

/// A folder that may be written to.
pub(super) struct Target {
    folder: PathBuf,
    /// Files of our own from an earlier run.
    ours: BTreeSet<String>,
    /// Whether files that are not ours may be replaced.
    force: bool,
}

const MANIFEST: &str = "manifest.json";

impl Target {
    /// Checks a folder before anything is computed for it.
    pub(super) fn open(folder: &Path, force: bool) -> Result<Self> {
        let mut target = Self { folder: folder.to_path_buf(), ours: BTreeSet::new(), force };
        let refuse = |problem: String| -> Error { ErrorKind::Output { path: folder.to_path_buf(), problem }.into() };
        match fs::metadata(folder) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(target),
            Err(e) => return Err(Error::io("open", folder, e)),
            Ok(meta) if !meta.is_dir() => return Err(refuse("is a file; say a folder with --out".into())),
            Ok(_) => {}
        }
        let mut entries = fs::read_dir(folder).map_err(|e| Error::io("read", folder, e))?;
        let Some(listed) = read_manifest(folder) else {
            if entries.next().is_some() && !force {
                return Err(refuse("holds files that wandel did not write; say another folder, or --force to write beside and over them".into()));
            }
            return Ok(target);
        };
        for (path, hash) in listed {
            let on_disk = fs::read(folder.join(&path)).ok();
            if let Some(bytes) = on_disk
                && sha256(&bytes) != hash
                && !force
            {
                return Err(refuse(format!(
                    "{path} was changed since wandel wrote it; move it away, or --force to replace it"
                )));
            }
            target.ours.insert(path);
        }
        Ok(target)
    }

    /// Writes files and, last, the manifest made from their list. Everything is first written beside the folder;
    /// only then are files moved into place.
    pub(super) fn write(
        &self,
        files: Vec<OutFile<'_>>,
        manifest: impl FnOnce(&[Listed]) -> Vec<u8>,
    ) -> Result<Written> {
        if !self.force
            && let Some(other) =
                files.iter().find(|f| !self.ours.contains(&f.path) && self.folder.join(&f.path).exists())
        {
            let problem = "is not of wandel and would be replaced; move it away, or say --force".to_owned();
            return Err(ErrorKind::Output { path: self.folder.join(&other.path), problem }.into());
        }
        let mut all: Vec<String> = files.iter().map(|f| f.path.clone()).collect();
        all.sort_unstable();
        self.check_way(&all)?;
        // Beside the files to come, so that moving them is a rename: the folder may be a disk of its own.
        let existed = self.folder.exists();
        let parent = match self.folder.parent() {
            _ if existed => self.folder.clone(),
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).map_err(|e| Error::io("make", &parent, e))?;
        let make = || tempfile::Builder::new().prefix(".wandel-").tempdir_in(&parent);
        let (_listed, staging) =
            listed(make, TempDir::path).map_err(|e| Error::io("write into", &parent, plain(&e)))?;
        // Made here and not by whoever writes: the folder of a program that is being stopped must not come back.
        let parents: BTreeSet<&Path> = all.iter().filter_map(|file| Path::new(file).parent()).collect();
        for part in parents {
            fs::create_dir_all(staging.path().join(part)).map_err(|e| Error::io("write into", &parent, e))?;
        }
        let write = |file: OutFile<'_>| {
            let (staged, shown) = (staging.path().join(&file.path), self.folder.join(&file.path));
            write_file(&staged, file, &shown)
        };
        // In their order, each by whoever is free.
        let mut listed: Vec<Listed> = files.into_iter().par_bridge().map(write).collect::<Result<_>>()?;
        listed.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        write(OutFile::new(MANIFEST, manifest(&listed)))?;
        all.push(MANIFEST.to_owned());
        // Whoever stops the program now stops it after the last move: the files of two runs do not mix.
        not_stopped(|| -> Result<()> {
            fs::create_dir_all(&self.folder).map_err(|e| Error::io("make", &self.folder, e))?;
            let moved = self.move_in(staging.path(), &all);
            if moved.is_err() && !existed {
                let _ = fs::remove_dir_all(&self.folder);
            }
            moved?;
            self.remove_stale(&all);
            Ok(())
        })?;
        Ok(Written { folder: self.folder.clone(), files: all, notes: Vec::new() })
    }

    /// A file where a folder must be, or a folder where a file must be, would stop the moving half way.
    fn check_way(&self, files: &[String]) -> Result<()> {
        for file in files {
            let mut way = self.folder.clone();
            let mut parts = Path::new(file).components().peekable();
            while let Some(part) = parts.next() {
                way.push(part);
                let wants_folder = parts.peek().is_some();
                if way.exists() && way.is_dir() != wants_folder {
                    let problem = if wants_folder {
                        "is a file where a folder must be"
                    } else {
                        "is a folder where a file must be"
                    };
                    return Err(ErrorKind::Output { path: way, problem: format!("{problem}; move it away") }.into());
                }
            }
        }
        Ok(())
    }

    fn move_in(&self, staging: &Path, files: &[String]) -> Result<()> {
        for file in files {
            let to = self.folder.join(file);
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent).map_err(|e| Error::io("make", parent, e))?;
            }
            fs::rename(staging.join(file), &to).map_err(|e| Error::io("write", &to, e))?;
        }
        Ok(())
    }

    /// Files of the earlier run that this one did not write would speak of other data.
    fn remove_stale(&self, files: &[String]) {
        for stale in self.ours.iter().filter(|p| files.iter().all(|f| f != *p)) {
            let path = self.folder.join(stale);
            let _ = fs::remove_file(&path);
            if let Some(parent) = path.parent().filter(|p| *p != self.folder) {
                // Only empty folders go.
                let _ = fs::remove_dir(parent);
            }
        }
    }
}

/// The error of the operating system alone: what tempfile adds names a file that the user never asked for.
pub(super) fn plain(error: &std::io::Error) -> std::io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), std::io::Error::from_raw_os_error)
}

fn write_file(path: &Path, file: OutFile<'_>, shown: &Path) -> Result<Listed> {
    let io = |e| Error::io("write", shown, e);
    let target = fs::File::create(path).map_err(io)?;
    let mut out = Hashing { inner: BufWriter::with_capacity(1 << 16, target), hash: Sha256::new(), bytes: 0 };
    match file.content {
        Content::Bytes(bytes) => out.write_all(&bytes).map_err(io)?,
        Content::Made(make) => make(&mut out).map_err(io)?,
    }
    out.flush().map_err(io)?;
    Ok(Listed { path: file.path, sha256: hex(&out.hash.finalize()), bytes: out.bytes })
}

/// Hashes what passes.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
    bytes: usize,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, buffer: &[u8]) -> std::io::Result<usize> {
        let n = self.inner.write(buffer)?;
        self.hash.update(&buffer[..n]);
        self.bytes += n;
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

/// Paths and hashes of the manifest of a folder that wandel wrote.
fn read_manifest(folder: &Path) -> Option<BTreeMap<String, String>> {
    let manifest: Value = serde_json::from_slice(&fs::read(folder.join(MANIFEST)).ok()?).ok()?;
    if manifest.get("tool")?.as_str()? != "wandel" {
        return None;
    }
    let files = manifest.get("files")?.as_array()?;
    let safe = |p: &str| !p.is_empty() && !p.starts_with('/') && p.split(['/', '\\']).all(|part| part != "..");
    let pairs =
        files.iter().filter_map(|f| Some((f.get("path")?.as_str()?.to_owned(), f.get("sha256")?.as_str()?.to_owned())));
    Some(pairs.filter(|(p, _)| safe(p)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, force: bool, files: &[(&str, &str)]) -> Result<Written> {
        let files = files.iter().map(|(p, t)| OutFile::new(*p, t.as_bytes().to_vec())).collect();
        Target::open(folder, force)?.write(files, |listed| {
            let files: Vec<Value> =
                listed.iter().map(|l| serde_json::json!({"path": l.path, "sha256": l.sha256})).collect();
            serde_json::json!({"tool": "wandel", "files": files}).to_string().into_bytes()
        })
    }

    #[test]
    fn own_files_are_replaced_and_others_stay() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("out");
        write(&folder, false, &[("a.md", "1"), ("charts/b.svg", "1")]).unwrap();
        fs::write(folder.join("mine.txt"), "mine").unwrap();
        write(&folder, false, &[("a.md", "2")]).unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.md")).unwrap(), "2");
        assert!(folder.join("mine.txt").exists() && !folder.join("charts").exists());
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1, "nothing is left beside the folder");
    }

    #[test]
    fn edited_and_foreign_files_stop_it() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("out");
        write(&folder, false, &[("a.md", "1")]).unwrap();
        fs::write(folder.join("a.md"), "edited").unwrap();
        assert!(write(&folder, false, &[("a.md", "2")]).unwrap_err().to_string().contains("a.md was changed"));
        assert_eq!(fs::read_to_string(folder.join("a.md")).unwrap(), "edited");
        write(&folder, true, &[("a.md", "2")]).unwrap();
        fs::write(folder.join("b.md"), "mine").unwrap();
        assert!(write(&folder, false, &[("a.md", "3"), ("b.md", "3")]).is_err());
        let blocked = parent.path().join("blocked");
        write(&blocked, false, &[("a.md", "1")]).unwrap();
        fs::write(blocked.join("tables"), "mine").unwrap();
        assert!(write(&blocked, true, &[("a.md", "2"), ("tables/b.csv", "2")]).is_err());
        assert_eq!(fs::read_to_string(blocked.join("a.md")).unwrap(), "1", "nothing was replaced");
        let foreign = parent.path().join("foreign");
        fs::create_dir(&foreign).unwrap();
        write(&foreign, false, &[("a.md", "1")]).unwrap();
        let other = parent.path().join("other");
        fs::create_dir(&other).unwrap();
        fs::write(other.join("x"), "x").unwrap();
        assert!(write(&other, false, &[("a.md", "1")]).unwrap_err().to_string().contains("did not write"));
    }
}
