//! Bytes that are too many to hold: in a file without a name, which is gone with the process whatever ends it.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::{Error, Result};

/// Bytes are written together in pieces of this size.
const BUFFER: usize = 1 << 18;

/// A file without a name, made with the first bytes. It is appended to and read anywhere.
#[derive(Default)]
pub(super) struct Disk(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    file: Option<File>,
    written: u64,
    /// What comes behind that.
    buffer: Vec<u8>,
}

impl Disk {
    /// Appends bytes; returns where they begin.
    pub(super) fn append(&self, bytes: &[u8]) -> Result<u64> {
        let mut inner = self.inner();
        let at = inner.written + inner.buffer.len() as u64;
        inner.buffer.extend_from_slice(bytes);
        if inner.buffer.len() >= BUFFER {
            inner.flush()?;
        }
        Ok(at)
    }

    /// Reads what was appended at a place.
    pub(super) fn read(&self, at: u64, bytes: &mut [u8]) -> Result<()> {
        let mut inner = self.inner();
        if at + bytes.len() as u64 > inner.written {
            inner.flush()?;
        }
        let Some(file) = &mut inner.file else { return Ok(()) };
        let read = file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(bytes));
        read.map_err(|e| failed("read", e))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn flush(&mut self) -> Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile().map_err(|e| failed("write", e))?),
        };
        let written = file.seek(SeekFrom::Start(self.written)).and_then(|_| file.write_all(&self.buffer));
        written.map_err(|e| failed("write", e))?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}

/// The file has no name: the folder is what a user can do something about.
fn failed(action: &'static str, error: std::io::Error) -> Error {
    Error::io(action, std::env::temp_dir(), error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_appended_is_read_anywhere() {
        let disk = Disk::default();
        let pieces: Vec<Vec<u8>> = (0..=255).map(|n| vec![n; 3000]).collect();
        let places: Vec<u64> = pieces.iter().map(|piece| disk.append(piece).expect("room")).collect();
        for (piece, at) in pieces.iter().zip(places).rev() {
            let mut bytes = vec![0; piece.len()];
            disk.read(at, &mut bytes).expect("written");
            assert_eq!(bytes, *piece);
        }
    }
}
