//! The one generator of random numbers: xoshiro256++ (Blackman and Vigna 2021), seeded through SplitMix64.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// A stream of random numbers. The same seed and the same stream give the same numbers on every machine.
#[derive(Debug, Clone)]
pub struct Random(Xoshiro256PlusPlus);

impl Random {
    /// Stream number `stream` of a seed. Streams of one seed are independent for all practical purposes: each has its
    /// own state, filled by SplitMix64 from the seed plus an odd multiple of the stream's number.
    #[must_use]
    pub fn new(seed: u64, stream: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed.wrapping_add(stream.wrapping_mul(0xD134_2543_DE82_EF95))))
    }

    /// A whole number from 0 to `n` − 1, all equally likely (Lemire 2019).
    ///
    /// # Panics
    /// If `n` is 0.
    pub fn below(&mut self, n: u32) -> u32 {
        assert!(n > 0, "a number below zero");
        let mut product = u64::from(self.word()) * u64::from(n);
        if (product as u32) < n {
            let unfair = n.wrapping_neg() % n;
            while (product as u32) < unfair {
                product = u64::from(self.word()) * u64::from(n);
            }
        }
        (product >> 32) as u32
    }

    /// A number from 0 up to, not including, 1: 53 random bits.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Puts a random choice of `k` of the items at the front, in random order (Fisher and Yates).
    ///
    /// # Panics
    /// If there are fewer than `k` items.
    pub fn choose<T>(&mut self, items: &mut [T], k: usize) {
        for i in 0..k {
            let j = i + self.below((items.len() - i) as u32) as usize;
            items.swap(i, j);
        }
    }

    fn word(&mut self) -> u32 {
        (self.0.next_u64() >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_as_likely_as_the_others() {
        let mut random = Random::new(1, 0);
        let mut seen = [0u32; 6];
        for _ in 0..60_000 {
            seen[random.below(6) as usize] += 1;
        }
        // Five standard deviations of a binomial count.
        assert!(seen.iter().all(|&n| n.abs_diff(10_000) < 457), "{seen:?}");
        let mean = (0..10_000).map(|_| random.unit()).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.015);
    }

    #[test]
    fn streams_are_repeatable_and_apart() {
        let draw = |stream| (0..4).map(|_| Random::new(7, stream).below(1_000_000)).collect::<Vec<_>>();
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
        let mut items: Vec<u32> = (0..10).collect();
        Random::new(7, 0).choose(&mut items, 10);
        assert_ne!(items, (0..10).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..10).collect::<Vec<_>>());
    }
}
