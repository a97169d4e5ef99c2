//! How often a session has each spelling, in few bytes: in memory, and beyond a limit on disk.

use std::fmt;
use std::sync::Arc;

use super::disk::Disk;
use crate::error::Result;

/// `(spelling, count)` of a session, by index in [`Counts::spellings`](super::Counts::spellings), ascending.
///
/// Held as the differences between neighbours and the counts, in as many bytes as each needs (LEB128).
#[derive(Clone)]
pub struct Cells(Place);

#[derive(Clone)]
enum Place {
    Held(Box<[u8]>),
    Spilled { disk: Arc<Disk>, at: u64, n_bytes: u32 },
}

impl Cells {
    /// No cell.
    #[cfg(feature = "counts-file")]
    pub(super) fn none() -> Self {
        Self(Place::Held(Box::default()))
    }

    /// The cells.
    ///
    /// # Errors
    /// If they lie in a temporary file and it cannot be read.
    pub fn pairs(&self) -> Result<Vec<(u32, u32)>> {
        match &self.0 {
            Place::Held(bytes) => Ok(decoded(bytes)),
            Place::Spilled { disk, at, n_bytes } => {
                let mut bytes = vec![0; *n_bytes as usize];
                disk.read(*at, &mut bytes)?;
                Ok(decoded(&bytes))
            }
        }
    }
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        matches!((self.pairs(), other.pairs()), (Ok(a), Ok(b)) if a == b)
    }
}

impl Eq for Cells {}

impl fmt::Debug for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.pairs(), f)
    }
}

/// Makes cells: the first in memory, the rest on disk.
pub(super) struct CellStore {
    /// Bytes that may still be held.
    room: usize,
    disk: Arc<Disk>,
}

impl CellStore {
    /// Holds at most `room` bytes.
    pub(super) fn new(room: usize) -> Self {
        Self { room, disk: Arc::default() }
    }

    /// Of pairs in ascending order.
    pub(super) fn put(&mut self, pairs: &[(u32, u32)]) -> Result<Cells> {
        self.put_encoded(encoded(pairs))
    }

    /// Of what [`encoded`] made.
    pub(super) fn put_encoded(&mut self, bytes: Vec<u8>) -> Result<Cells> {
        let n_bytes = bytes.len();
        if n_bytes <= self.room {
            self.room -= n_bytes;
            return Ok(Cells(Place::Held(bytes.into_boxed_slice())));
        }
        let at = self.disk.append(&bytes)?;
        Ok(Cells(Place::Spilled { disk: Arc::clone(&self.disk), at, n_bytes: n_bytes as u32 }))
    }
}

/// The bytes of pairs in ascending order.
pub(super) fn encoded(pairs: &[(u32, u32)]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(pairs.len() * 3);
    let mut last = 0;
    for &(spelling, count) in pairs {
        put(&mut bytes, spelling - last);
        put(&mut bytes, count);
        last = spelling;
    }
    bytes
}

fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn decoded(bytes: &[u8]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::with_capacity(bytes.len() / 2);
    let (mut number, mut shift) = (0, 0);
    let (mut last, mut spelling) = (0, None);
    for &byte in bytes {
        number |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            match spelling.take() {
                None => spelling = Some(last + number),
                Some(spelling) => {
                    pairs.push((spelling, number));
                    last = spelling;
                }
            }
            (number, shift) = (0, 0);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cells_come_back_from_memory_and_disk(all in prop::collection::btree_map(any::<u32>(), any::<u32>(), 0..60)) {
            let pairs: Vec<(u32, u32)> = all.into_iter().collect();
            let held = CellStore::new(usize::MAX).put(&pairs).expect("memory");
            let mut small = CellStore::new(1);
            let spilled = small.put(&pairs).expect("disk");
            let is_spilled = matches!(spilled.0, Place::Spilled { .. });
            prop_assert!(is_spilled || pairs.is_empty());
            prop_assert_eq!(held.pairs().expect("memory"), pairs);
            prop_assert_eq!(held, spilled);
        }
    }
}
