//! Sums by key that may be too many to hold: beyond a limit they go to disk as sorted runs, which are merged in the end.
//! Nothing is dropped on the way.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

use rayon::slice::ParallelSliceMut as _;
use rustc_hash::FxHashMap;

use super::disk::Disk;
use crate::error::Result;

/// Something of a fixed number of bytes.
pub(super) trait Fixed: Copy + Send {
    /// How many.
    const SIZE: usize;
    /// Appends them.
    fn put(&self, bytes: &mut Vec<u8>);
    /// From the first [`Fixed::SIZE`] of `bytes`.
    fn take(bytes: &[u8]) -> Self;
}

macro_rules! fixed_number {
    ($number:ty, $size:literal) => {
        impl Fixed for $number {
            const SIZE: usize = $size;

            fn put(&self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }

            fn take(bytes: &[u8]) -> Self {
                bytes.first_chunk().map_or(0, |bytes| Self::from_le_bytes(*bytes))
            }
        }
    };
}

fixed_number!(u8, 1);
fixed_number!(u32, 4);
fixed_number!(u64, 8);

impl<T: Fixed, const N: usize> Fixed for [T; N] {
    const SIZE: usize = N * T::SIZE;

    fn put(&self, bytes: &mut Vec<u8>) {
        self.iter().for_each(|part| part.put(bytes));
    }

    fn take(bytes: &[u8]) -> Self {
        std::array::from_fn(|i| T::take(&bytes[i * T::SIZE..]))
    }
}

/// What sums are sorted by.
pub(super) trait Key: Fixed + Ord + Hash {}
impl<T: Fixed + Ord + Hash> Key for T {}

/// What is summed.
pub(super) trait Sum: Fixed + PartialEq {
    fn add(&mut self, other: &Self);
}

impl Sum for u32 {
    fn add(&mut self, other: &Self) {
        *self += other;
    }
}

impl<T: Sum, const N: usize> Sum for [T; N] {
    fn add(&mut self, other: &Self) {
        self.iter_mut().zip(other).for_each(|(own, other)| own.add(other));
    }
}

/// Sums in the making.
pub(super) struct Tally<K, V> {
    open: FxHashMap<K, V>,
    /// So many are held.
    limit: usize,
    disk: Arc<Disk>,
    runs: Vec<Sorted<K, V>>,
}

impl<K: Key, V: Sum> Tally<K, V> {
    pub(super) fn new(limit: usize) -> Self {
        Self { open: FxHashMap::default(), limit, disk: Arc::default(), runs: Vec::new() }
    }

    pub(super) fn add(&mut self, key: K, value: V) -> Result<()> {
        match self.open.entry(key) {
            Entry::Occupied(mut sum) => sum.get_mut().add(&value),
            Entry::Vacant(place) => {
                place.insert(value);
            }
        }
        if self.open.len() >= self.limit {
            let all = sorted(self.open.drain().collect());
            self.runs.push(Sorted::write(&self.disk, &all)?);
        }
        Ok(())
    }

    /// The sorted runs; a key may stand in several.
    pub(super) fn into_runs(self) -> Vec<Sorted<K, V>> {
        let mut runs = self.runs;
        runs.push(Sorted::Held(sorted(self.open.into_iter().collect())));
        runs
    }

    /// The same, of which what is still held is in no order, for keys that are [renamed](Sorted::renamed).
    pub(super) fn into_loose_runs(self) -> Vec<Sorted<K, V>> {
        let mut runs = self.runs;
        runs.push(Sorted::Held(self.open.into_iter().collect()));
        runs
    }
}

fn sorted<K: Key, V: Sum>(mut all: Vec<(K, V)>) -> Vec<(K, V)> {
    all.par_sort_unstable_by_key(|entry| entry.0);
    all
}

/// Keys with their sums, in the order of the keys, each once.
#[derive(Clone)]
pub(super) enum Sorted<K, V> {
    Held(Vec<(K, V)>),
    Spilled { disk: Arc<Disk>, at: u64, n: usize },
}

impl<K: Key, V: Sum> Sorted<K, V> {
    fn write(disk: &Arc<Disk>, all: &[(K, V)]) -> Result<Self> {
        let mut bytes = Vec::with_capacity(all.len() * Entries::<K, V>::SIZE);
        for (key, value) in all {
            key.put(&mut bytes);
            value.put(&mut bytes);
        }
        Ok(Self::Spilled { disk: Arc::clone(disk), at: disk.append(&bytes)?, n: all.len() })
    }

    /// How many keys there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Held(all) => all.len(),
            Self::Spilled { n, .. } => *n,
        }
    }

    /// All of them in order.
    ///
    /// An item is an error if they lie in a temporary file and it cannot be read.
    pub(super) fn iter(&self) -> Entries<'_, K, V> {
        match self {
            Self::Held(all) => Entries::Held(all.iter()),
            Self::Spilled { disk, at, n } => {
                Entries::Spilled { disk, at: *at, left: *n, block: Vec::new(), next: 0, failed: false }
            }
        }
    }

    /// Calls `visit` with the entries of each group of neighbours whose keys are the `same`.
    pub(super) fn each_group(&self, same: impl Fn(&K, &K) -> bool, mut visit: impl FnMut(&[(K, V)])) -> Result<()> {
        let mut group: Vec<(K, V)> = Vec::new();
        for entry in self.iter() {
            let entry = entry?;
            if group.last().is_some_and(|last| !same(&last.0, &entry.0)) {
                visit(&group);
                group.clear();
            }
            group.push(entry);
        }
        if !group.is_empty() {
            visit(&group);
        }
        Ok(())
    }

    /// The same sums under other keys, as runs of at most `limit` that are sorted again.
    pub(super) fn renamed(self, limit: usize, name: impl Fn(K) -> K) -> Result<Vec<Self>> {
        if let Self::Held(mut all) = self {
            all.iter_mut().for_each(|entry| entry.0 = name(entry.0));
            return Ok(vec![Self::Held(sorted(all))]);
        }
        let disk = Arc::default();
        let mut runs = Vec::new();
        let mut entries = self.iter();
        loop {
            let block: Result<Vec<(K, V)>> =
                entries.by_ref().take(limit).map(|entry| entry.map(|(key, value)| (name(key), value))).collect();
            let block = sorted(block?);
            if block.is_empty() {
                return Ok(runs);
            }
            runs.push(Self::write(&disk, &block)?);
        }
    }

    /// Merges runs; holds at most `limit` entries.
    pub(super) fn merge(mut runs: Vec<Self>, limit: usize) -> Result<Self> {
        runs.retain(|run| run.len() > 0);
        if let [Self::Held(all)] = &mut runs[..]
            && all.len() <= limit
        {
            return Ok(Self::Held(std::mem::take(all)));
        }
        let n: usize = runs.iter().map(Self::len).sum();
        if n <= limit {
            let all: Result<Vec<(K, V)>> = runs.iter().flat_map(Self::iter).collect();
            let mut all = all?;
            // Run behind run: a stable sort merges them.
            all.sort_by_key(|entry| entry.0);
            all.dedup_by(|later, first| {
                let equal = later.0 == first.0;
                if equal {
                    first.1.add(&later.1);
                }
                equal
            });
            return Ok(Self::Held(all));
        }
        let mut merged = Builder::new(limit);
        let mut entries: Vec<Entries<'_, K, V>> = runs.iter().map(Self::iter).collect();
        // The next key of each run; its value beside it.
        let mut heads: BinaryHeap<Reverse<(K, usize)>> = BinaryHeap::new();
        let mut values: Vec<Option<V>> = vec![None; runs.len()];
        for (run, entries) in entries.iter_mut().enumerate() {
            advance(run, entries, &mut heads, &mut values)?;
        }
        while let Some(Reverse((key, run))) = heads.pop() {
            if let Some(value) = values[run].take() {
                merged.push(key, value)?;
            }
            advance(run, &mut entries[run], &mut heads, &mut values)?;
        }
        merged.finish()
    }
}

/// Takes the next entry of a run.
fn advance<K: Key, V: Sum>(
    run: usize,
    entries: &mut Entries<'_, K, V>,
    heads: &mut BinaryHeap<Reverse<(K, usize)>>,
    values: &mut [Option<V>],
) -> Result<()> {
    if let Some(entry) = entries.next() {
        let (key, value) = entry?;
        heads.push(Reverse((key, run)));
        values[run] = Some(value);
    }
    Ok(())
}

impl<K: Key, V: Sum> PartialEq for Sorted<K, V> {
    fn eq(&self, other: &Self) -> bool {
        let mut pairs = self.iter().zip(other.iter());
        self.len() == other.len() && pairs.all(|pair| matches!(pair, (Ok(a), Ok(b)) if a == b))
    }
}

impl<K: Key, V: Sum> fmt::Debug for Sorted<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} sums", self.len())
    }
}

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Self {
        Self::Held(Vec::new())
    }
}

/// Makes [`Sorted`] of entries that come in order; those of one key are added up.
pub(super) struct Builder<K, V> {
    open: Vec<(K, V)>,
    limit: usize,
    disk: Arc<Disk>,
    n_written: usize,
}

impl<K: Key, V: Sum> Builder<K, V> {
    pub(super) fn new(limit: usize) -> Self {
        Self { open: Vec::new(), limit: limit.max(1), disk: Arc::default(), n_written: 0 }
    }

    /// The greatest key so far.
    #[cfg(feature = "counts-file")]
    pub(super) fn last(&self) -> Option<K> {
        self.open.last().map(|last| last.0)
    }

    pub(super) fn push(&mut self, key: K, value: V) -> Result<()> {
        if let Some(last) = self.open.last_mut().filter(|last| last.0 == key) {
            last.1.add(&value);
            return Ok(());
        }
        if self.open.len() >= self.limit {
            self.write()?;
        }
        self.open.push((key, value));
        Ok(())
    }

    fn write(&mut self) -> Result<()> {
        Sorted::write(&self.disk, &self.open)?;
        self.n_written += self.open.len();
        self.open.clear();
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Sorted<K, V>> {
        if self.n_written == 0 {
            return Ok(Sorted::Held(self.open));
        }
        self.write()?;
        Ok(Sorted::Spilled { disk: self.disk, at: 0, n: self.n_written })
    }
}

/// Entries in order.
pub(super) enum Entries<'s, K, V> {
    Held(std::slice::Iter<'s, (K, V)>),
    Spilled { disk: &'s Disk, at: u64, left: usize, block: Vec<u8>, next: usize, failed: bool },
}

impl<K: Key, V: Sum> Entries<'_, K, V> {
    const SIZE: usize = K::SIZE + V::SIZE;
    /// Entries that are read together.
    const BLOCK: usize = (1 << 16) / Self::SIZE;
}

impl<K: Key, V: Sum> Iterator for Entries<'_, K, V> {
    type Item = Result<(K, V)>;

    fn next(&mut self) -> Option<Self::Item> {
        let (disk, at, left, block, next, failed) = match self {
            Self::Held(all) => return all.next().map(|entry| Ok(*entry)),
            Self::Spilled { disk, at, left, block, next, failed } => (disk, at, left, block, next, failed),
        };
        if *next == block.len() {
            let n = (*left).min(Self::BLOCK);
            if n == 0 || *failed {
                return None;
            }
            block.resize(n * Self::SIZE, 0);
            *next = 0;
            if let Err(error) = disk.read(*at, block) {
                *failed = true;
                *next = block.len();
                return Some(Err(error));
            }
            *at += block.len() as u64;
            *left -= n;
        }
        let entry = &block[*next..*next + Self::SIZE];
        *next += Self::SIZE;
        Some(Ok((K::take(entry), V::take(&entry[K::SIZE..]))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Sums = Sorted<[u32; 2], u32>;

    fn sums(all: &[([u32; 2], u32)], limit: usize) -> Vec<Sums> {
        let mut tally = Tally::new(limit);
        all.iter().for_each(|&(key, value)| tally.add(key, value).expect("room on disk"));
        tally.into_runs()
    }

    fn merged(runs: Vec<Sums>, limit: usize) -> Sums {
        Sorted::merge(runs, limit).expect("room on disk")
    }

    fn entries(sums: &Sums) -> Vec<([u32; 2], u32)> {
        sums.iter().map(|entry| entry.expect("readable")).collect()
    }

    proptest! {
        #[test]
        fn runs_on_disk_give_the_sums_of_memory(
            all in prop::collection::vec(([0u32..9, 0u32..9], 1u32..5), 0..200),
            limit in 1usize..30,
        ) {
            let held = merged(sums(&all, usize::MAX), usize::MAX);
            let spilled = merged(sums(&all, limit), limit);
            prop_assert!(held == spilled);
            prop_assert_eq!(entries(&held), entries(&spilled));
            let is_spilled = matches!(spilled, Sorted::Spilled { .. });
            prop_assert!(is_spilled || held.len() <= limit);
            // Under other names, in another order.
            let swap = |[a, b]: [u32; 2]| [9 - b, a];
            let renamed = |sums: Sums, limit: usize| merged(sums.renamed(limit, swap).expect("room"), limit);
            prop_assert!(renamed(held.clone(), usize::MAX) == renamed(spilled.clone(), limit));
            let (mut groups, mut in_groups) = (Vec::new(), 0);
            spilled.each_group(|a, b| a[0] == b[0], |group| {
                groups.push(group[0].0[0]);
                in_groups += group.len();
            }).expect("readable");
            prop_assert!(groups.is_sorted_by(|a, b| a < b));
            prop_assert_eq!(in_groups, held.len());
        }
    }
}
