//! Pairs of what falls and what rises, for any dealing of the years.

use super::Level;
use crate::stats::factorize::SparseWeights;
use crate::stats::random::Random;

/// Talks that must name a thing on its heavier side.
const FEWEST: u32 = 2;
/// A fall must give room to at least this part of the rise, in talks.
const LEAST_ROOM: f64 = 0.5;
/// Concepts of a talk that make its context: those with the largest weights.
const OF_A_TALK: usize = 50;
/// What is left of nothing when a sum is taken from a larger one.
const NOISE: f64 = 1e-9;

/// On which side each row lies (2: on none), and how often it counts.
pub(super) struct Deal {
    side: Vec<u8>,
    times: Vec<u8>,
    /// Whether each row counts once.
    whole: bool,
}

impl Deal {
    pub(super) fn observed(labels: &[Option<f64>]) -> Self {
        let side: Vec<u8> = labels.iter().map(|l| l.map_or(2, |l| u8::from(l > 0.5))).collect();
        Self { times: vec![1; side.len()], side, whole: true }
    }

    /// From the label of each row, whether it lies on the later side.
    pub(super) fn of(later: &[Option<bool>]) -> Self {
        let side: Vec<u8> = later.iter().map(|l| l.map_or(2, u8::from)).collect();
        Self { times: vec![1; side.len()], side, whole: true }
    }

    /// As many talks of each side, drawn with replacement.
    pub(super) fn resampled(labels: &[Option<f64>], random: &mut Random) -> Self {
        let mut deal = Self { whole: false, ..Self::observed(labels) };
        deal.times.fill(0);
        for side in [0, 1] {
            let rows: Vec<usize> = (0..deal.side.len()).filter(|&r| deal.side[r] == side).collect();
            for _ in 0..rows.len() {
                let drawn = rows[random.below(rows.len() as u32) as usize];
                deal.times[drawn] = deal.times[drawn].saturating_add(1);
            }
        }
        deal
    }
}

/// Something that is counted: the rows that name it.
struct Thing {
    rows: Vec<u32>,
    /// Mentions, capped.
    mentions: Vec<u32>,
    /// Weights of the rows in its context.
    weights: Vec<f32>,
    decidable: bool,
    /// The contexts of all its rows, not of length one.
    total: Vec<f64>,
}

/// A thing in a deal.
struct Moved {
    /// Mentions beyond their due on the later side, in standard deviations.
    z: f64,
    /// Change of the share of talks.
    share: f64,
    /// Talks on each side.
    talks: [u32; 2],
}

impl Moved {
    fn falls(&self) -> bool {
        self.z < 0.0 && self.share < 0.0 && self.talks[0] >= FEWEST
    }

    fn rises(&self) -> bool {
        self.z > 0.0 && self.share > 0.0 && self.talks[1] >= FEWEST
    }
}

/// What falls and what rises.
pub(super) struct Pair {
    pub from: usize,
    pub to: usize,
    /// Below zero.
    pub fall: f64,
    /// Above zero.
    pub rise: f64,
    /// Cosine of the two contexts.
    pub likeness: f64,
    /// What it would be if both were as like to each other as to all things: mean of A, times mean of B, divided by the mean
    /// of all.
    pub expected: f64,
    pub together: usize,
    /// Later talks with what rises.
    pub later: usize,
    /// The talks that the one lost, divided by those that the other gained, as shares of their sides.
    room: f64,
    pub siblings: bool,
}

impl Pair {
    pub(super) fn strength(&self) -> f64 {
        let together = self.together as f64 / self.later.max(1) as f64;
        (-self.fall * self.rise).sqrt() * (self.likeness - self.expected).max(0.0) * (1.0 + together)
    }

    pub(super) fn fits_size(&self) -> bool {
        self.room >= LEAST_ROOM
    }

    /// Whether B is liker to A than expected, and no larger than the room that A left.
    pub(super) fn is_candidate(&self) -> bool {
        !self.siblings && self.likeness > self.expected && self.fits_size()
    }
}

/// What stays the same in all deals.
pub(super) struct Ground<'l> {
    things: Vec<Thing>,
    parents: &'l [Option<usize>],
    sizes: &'l [f64],
    contexts: SparseWeights,
}

impl<'l> Ground<'l> {
    pub(super) fn new(
        level: &'l Level<'_>,
        sizes: &'l [f64],
        labels: &[Option<f64>],
        decidable: &[bool],
        cap: u32,
    ) -> Self {
        let contexts = (0..level.contexts.n_rows()).map(|row| {
            let mut cells: Vec<(u32, f32)> =
                if labels[row].is_some() { level.contexts.row(row).collect() } else { Vec::new() };
            cells.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            cells.truncate(OF_A_TALK);
            cells
        });
        let contexts = SparseWeights::from_rows(level.contexts.n_columns(), contexts);
        let thing = |t: usize| {
            let cells: Vec<(u32, u32)> =
                level.counts.column(t).cells().filter(|c| labels[c.0].is_some()).map(|c| (c.0 as u32, c.1)).collect();
            let weights: Vec<f32> = cells.iter().map(|c| libm::log1p(f64::from(c.1)) as f32).collect();
            let mut total = Vec::new();
            if decidable[t] {
                total.resize(level.contexts.n_columns(), 0.0);
                for (&(row, _), &weight) in cells.iter().zip(&weights) {
                    add(&mut total, weight, contexts.row(row as usize));
                }
            }
            Thing {
                total,
                rows: cells.iter().map(|c| c.0).collect(),
                mentions: cells.iter().map(|c| c.1.min(cap)).collect(),
                weights,
                decidable: decidable[t],
            }
        };
        Self { things: (0..level.counts.n_columns()).map(thing).collect(), parents: &level.parents, sizes, contexts }
    }

    pub(super) fn common_parent(&self, a: usize, b: usize) -> Option<usize> {
        self.parents[a].filter(|_| self.parents[a] == self.parents[b])
    }

    /// Whether one belongs to the other.
    fn is_family(&self, a: usize, b: usize) -> bool {
        let above = |mut child: usize, parent: usize| {
            while let Some(next) = self.parents[child] {
                if next == parent {
                    return true;
                }
                child = next;
            }
            false
        };
        above(a, b) || above(b, a)
    }

    /// What falls and what rises, of what can be decided at all.
    pub(super) fn movers(&self, deal: &Deal) -> (Vec<usize>, Vec<usize>) {
        self.movers_of(&self.moved(deal))
    }

    fn movers_of(&self, moved: &[Moved]) -> (Vec<usize>, Vec<usize>) {
        let those = |is: fn(&Moved) -> bool| -> Vec<usize> {
            (0..moved.len()).filter(|&t| self.things[t].decidable && is(&moved[t])).collect()
        };
        (those(Moved::falls), those(Moved::rises))
    }

    fn moved(&self, deal: &Deal) -> Vec<Moved> {
        let mut words = [0.0; 2];
        let mut talks = [0.0; 2];
        for (row, (&side, &times)) in deal.side.iter().zip(&deal.times).enumerate() {
            if side < 2 {
                words[usize::from(side)] += f64::from(times) * self.sizes[row];
                talks[usize::from(side)] += f64::from(times);
            }
        }
        let later = words[1] / (words[0] + words[1]);
        self.things
            .iter()
            .map(|thing| {
                let mut mentions = [0.0; 2];
                let mut named = [0u32; 2];
                for (&row, &n) in thing.rows.iter().zip(&thing.mentions) {
                    let (side, times) = (deal.side[row as usize], deal.times[row as usize]);
                    if side < 2 {
                        mentions[usize::from(side)] += f64::from(times) * f64::from(n);
                        named[usize::from(side)] += u32::from(times);
                    }
                }
                let all = mentions[0] + mentions[1];
                let spread = (all * later * (1.0 - later)).sqrt();
                Moved {
                    z: if spread > 0.0 { (mentions[1] - all * later) / spread } else { 0.0 },
                    share: f64::from(named[1]) / talks[1] - f64::from(named[0]) / talks[0],
                    talks: named,
                }
            })
            .collect()
    }

    /// The sum of the contexts of a thing's rows on one side.
    fn sum(&self, thing: &Thing, side: u8, deal: &Deal) -> Vec<f64> {
        let mut sum = vec![0.0; self.contexts.n_columns()];
        for (&row, &weight) in thing.rows.iter().zip(&thing.weights) {
            let times = deal.times[row as usize];
            if deal.side[row as usize] == side && times > 0 {
                let weight = weight * f32::from(times);
                add(&mut sum, weight, self.contexts.row(row as usize));
            }
        }
        sum
    }

    /// The context of a thing on one side, of length one.
    fn context(&self, thing: usize, side: u8, deal: &Deal) -> Vec<f32> {
        of_length_one(&self.sum(&self.things[thing], side, deal))
    }

    /// The contexts of a thing on both sides.
    fn both_contexts(&self, thing: usize, talks: [u32; 2], deal: &Deal) -> [Vec<f32>; 2] {
        let thing = &self.things[thing];
        if !deal.whole {
            return [0, 1].map(|side| of_length_one(&self.sum(thing, side, deal)));
        }
        // What is not on the side with fewer talks is on the other one.
        let fewer = u8::from(talks[1] < talks[0]);
        let sum = self.sum(thing, fewer, deal);
        let rest = |(all, part): (&f64, &f64)| if all - part > NOISE { all - part } else { 0.0 };
        let others: Vec<f64> = thing.total.iter().zip(&sum).map(rest).collect();
        let (sum, others) = (of_length_one(&sum), of_length_one(&others));
        if fewer == 0 { [sum, others] } else { [others, sum] }
    }

    /// Later talks that name both.
    fn together(&self, a: usize, b: usize, deal: &Deal) -> u32 {
        let (short, long) = (&self.things[a].rows, &self.things[b].rows);
        let later = |row: &&u32| deal.side[**row as usize] == 1;
        let both = short.iter().filter(later).filter(|row| long.binary_search(row).is_ok());
        both.map(|&row| u32::from(deal.times[row as usize])).sum()
    }

    /// The contexts on each side of all things that enough of its talks name, and their mean.
    fn contexts(&self, moved: &[Moved], deal: &Deal) -> [Contexts; 2] {
        let mut sides =
            [0, 1].map(|_| Contexts { of: vec![None; self.things.len()], mean: vec![0.0; self.contexts.n_columns()] });
        for (t, Moved { talks, .. }) in moved.iter().enumerate().filter(|(t, _)| self.things[*t].decidable) {
            let named = talks.map(|n| n >= FEWEST);
            let both = match named {
                [false, false] => continue,
                [true, true] => self.both_contexts(t, *talks, deal).map(Some),
                [true, false] => [Some(self.context(t, 0, deal)), None],
                [false, true] => [None, Some(self.context(t, 1, deal))],
            };
            for (side, context) in sides.iter_mut().zip(both) {
                side.of[t] = context;
            }
        }
        for side in &mut sides {
            let n = side.of.iter().flatten().count().max(1) as f32;
            for context in side.of.iter().flatten() {
                side.mean.iter_mut().zip(context).for_each(|(m, v)| *m += v / n);
            }
        }
        sides
    }

    /// Every pair of what falls and what rises in a deal, but for a thing and what it belongs to.
    pub(super) fn evaluate(&self, deal: &Deal) -> Vec<Pair> {
        let moved = self.moved(deal);
        let (falling, rising) = self.movers_of(&moved);
        if falling.is_empty() || rising.is_empty() {
            return Vec::new();
        }
        let [earlier, later] = self.contexts(&moved, deal);
        let all = dot(&earlier.mean, &later.mean);
        let (rising, others): (Vec<usize>, Vec<&[f32]>) =
            rising.into_iter().filter_map(|b| Some((b, later.of[b].as_deref()?))).unzip();
        let of_others: Vec<f64> = others.iter().map(|other| dot(&earlier.mean, other)).collect();
        let others = Abreast::new(&others);
        let mut pairs = Vec::new();
        for &a in &falling {
            let Some(own) = &earlier.of[a] else { continue };
            let of_a = dot(own, &later.mean);
            for ((&b, likeness), of_b) in rising.iter().zip(others.dots(own)).zip(&of_others) {
                if self.is_family(a, b) {
                    continue;
                }
                // A cosine is linear in either context: the one with a mean is the mean of cosines.
                let expected = if all > 0.0 { of_a * of_b / all } else { 0.0 };
                let siblings = self.common_parent(a, b).is_some();
                // Where they are no liker than expected, nothing asks for it.
                let together = if siblings || likeness > expected { self.together(a, b, deal) as usize } else { 0 };
                pairs.push(Pair {
                    from: a,
                    to: b,
                    fall: moved[a].z,
                    rise: moved[b].z,
                    likeness,
                    expected,
                    together,
                    later: moved[b].talks[1] as usize,
                    room: -moved[a].share / moved[b].share,
                    siblings,
                });
            }
        }
        pairs
    }

    /// The columns that make two contexts alike, the strongest first.
    pub(super) fn shared(&self, a: usize, b: usize, deal: &Deal, n: usize) -> Vec<usize> {
        let (earlier, later) = (self.context(a, 0, deal), self.context(b, 1, deal));
        let mut products: Vec<(usize, f32)> =
            earlier.iter().zip(&later).map(|(x, y)| x * y).enumerate().filter(|p| p.1 > 0.0).collect();
        products.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        products.into_iter().take(n).map(|p| p.0).collect()
    }
}

/// The contexts of things on one side.
struct Contexts {
    /// Of each thing, if enough talks name it.
    of: Vec<Option<Vec<f32>>>,
    mean: Vec<f32>,
}

fn add(sum: &mut [f64], weight: f32, context: impl Iterator<Item = (u32, f32)>) {
    context.for_each(|(column, value)| sum[column as usize] += f64::from(weight * value));
}

fn of_length_one(sum: &[f64]) -> Vec<f32> {
    let length = summed(sum, sum, |x, y| x * y).sqrt();
    let scale = if length > 0.0 { 1.0 / length } else { 1.0 };
    sum.iter().map(|v| (v * scale) as f32).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    summed(a, b, |x, y| f64::from(x * y))
}

/// The sum over pairs, in four sums that do not wait for each other.
fn summed<T: Copy>(a: &[T], b: &[T], term: impl Fn(T, T) -> f64) -> f64 {
    let mut sums = [0.0; 4];
    for (a, b) in a.chunks(4).zip(b.chunks(4)) {
        for (sum, (x, y)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += term(*x, *y);
        }
    }
    sums.iter().sum()
}

/// Vectors of one length side by side, so that one vector is multiplied with all of them at once.
struct Abreast {
    /// The first number of each, then the second of each, and so on.
    values: Vec<f32>,
    n: usize,
}

impl Abreast {
    fn new(vectors: &[&[f32]]) -> Self {
        let length = vectors.first().map_or(0, |v| v.len());
        let values = (0..length).flat_map(|i| vectors.iter().map(move |v| v[i])).collect();
        Self { values, n: vectors.len() }
    }

    /// Products with each of them.
    fn dots(&self, own: &[f32]) -> impl Iterator<Item = f64> {
        let mut sums = vec![0.0f32; self.n];
        for (x, values) in own.iter().zip(self.values.chunks_exact(self.n.max(1))).filter(|(x, _)| **x != 0.0) {
            sums.iter_mut().zip(values).for_each(|(sum, y)| *sum += x * y);
        }
        sums.into_iter().map(f64::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abreast_is_one_by_one() {
        let vector = |v: u32| -> Vec<f32> { (0..97).map(|i| ((i * 31 + v * 17) % 11) as f32 / 7.0).collect() };
        let all: Vec<Vec<f32>> = (0..9).map(vector).collect();
        let abreast = Abreast::new(&all.iter().map(Vec::as_slice).collect::<Vec<_>>());
        for own in &all {
            for (abreast, other) in abreast.dots(own).zip(&all) {
                assert!((abreast - dot(own, other)).abs() < 1e-4 * abreast, "{abreast}");
            }
        }
    }
}
