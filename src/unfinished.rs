//! Files and folders that are in the making, so that a program that is stopped leaves none of them behind.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// All of this process.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A temporary file or folder with a name, listed for as long as this lives.
pub(crate) struct Listed(PathBuf);

impl Drop for Listed {
    fn drop(&mut self) {
        unfinished().remove(&self.0);
    }
}

/// Makes a temporary file or folder that is listed from its first moment on. Bound in this order, it is removed before it
/// is listed no more.
pub(crate) fn listed<T>(make: impl FnOnce() -> io::Result<T>, path: impl Fn(&T) -> &Path) -> io::Result<(Listed, T)> {
    let mut all = unfinished();
    let made = make()?;
    // The program may change its folder.
    let path = std::path::absolute(path(&made))?;
    all.insert(path.clone());
    Ok((Listed(path), made))
}

/// Does what [`remove_unfinished`] waits for; it must not list anything.
pub(crate) fn not_stopped<T>(work: impl FnOnce() -> T) -> T {
    let _all = unfinished();
    work()
}

/// Removes every temporary file and folder that this process is writing, and lets no other be made while `then` runs.
///
/// For programs that end at Ctrl-C: nothing half-written is left. Writes that are under way fail; `then` should end the
/// process.
pub fn remove_unfinished<T>(then: impl FnOnce() -> T) -> T {
    let all = unfinished();
    for path in all.iter() {
        // Under another name no thread finds its way into a folder any more.
        let mut aside = path.clone().into_os_string();
        aside.push(".stopped");
        let aside = PathBuf::from(aside);
        remove(if path.is_dir() && std::fs::rename(path, &aside).is_ok() { &aside } else { path });
    }
    then()
}

fn remove(path: &Path) {
    /// A file that was being made when its folder was moved may still come.
    const TRIES: usize = 20;
    for _ in 0..TRIES {
        let removed = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        if removed.is_ok() || !path.exists() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_removed() {
        let parent = tempfile::tempdir().expect("a folder");
        let (in_list, folder) =
            listed(|| tempfile::tempdir_in(parent.path()), tempfile::TempDir::path).expect("a folder");
        let (_in_list, file) =
            listed(|| tempfile::NamedTempFile::new_in(parent.path()), tempfile::NamedTempFile::path).expect("a file");
        std::fs::write(folder.path().join("x"), "x").expect("written");
        let (over, kept) = listed(|| tempfile::tempdir_in(parent.path()), tempfile::TempDir::path).expect("a folder");
        drop(over);
        remove_unfinished(|| {
            assert!(!folder.path().exists() && !file.path().exists());
            assert!(kept.path().exists(), "not listed any more");
        });
        drop(in_list);
    }

    #[test]
    fn nothing_stays_where_threads_go_on_writing() {
        for _ in 0..50 {
            let parent = tempfile::tempdir().expect("a folder");
            let make = || tempfile::Builder::new().prefix("work").tempdir_in(parent.path());
            let (_in_list, folder) = listed(make, tempfile::TempDir::path).expect("a folder");
            let write = |thread: usize| {
                let mut n = 0;
                while std::fs::write(folder.path().join(format!("{thread}-{n}")), "x").is_ok() {
                    n += 1;
                }
            };
            std::thread::scope(|scope| {
                for thread in 0..3 {
                    scope.spawn(move || write(thread));
                }
                std::thread::sleep(std::time::Duration::from_millis(2));
                remove_unfinished(|| {
                    assert_eq!(std::fs::read_dir(parent.path()).expect("a folder").count(), 0);
                });
            });
        }
    }
}
