//! Which years are held against which.

use std::fmt;

use crate::corpus::Year;
use crate::error::{Error, ErrorKind, Result};

/// One year or a range of years, taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearSet {
    /// First year.
    pub first: Year,
    /// Last year, the same as the first for a single one.
    pub last: Year,
}

impl YearSet {
    /// A single year.
    #[must_use]
    pub const fn one(year: Year) -> Self {
        Self { first: year, last: year }
    }

    /// Whether a year belongs to it.
    #[must_use]
    pub const fn contains(&self, year: Year) -> bool {
        self.first <= year && year <= self.last
    }

    fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
        let set = Self { first: first.trim().parse().ok()?, last: last.trim().parse().ok()? };
        (set.first <= set.last).then_some(set)
    }
}

impl fmt::Display for YearSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}-{}", self.first, self.last) }
    }
}

/// Two sets of years, one held against the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Comparison {
    /// The earlier side.
    pub from: YearSet,
    /// The later side.
    pub to: YearSet,
}

impl Comparison {
    /// Reads a list such as `2024:2025,2012:2016,2019-2021:2022`.
    ///
    /// # Errors
    /// If a part is not of that form or its sides overlap.
    pub fn parse_list(text: &str) -> Result<Vec<Self>> {
        let parsed: Vec<Self> = text
            .split(',')
            .map(|part| {
                let bad = |why: &str| {
                    Error::setting(
                        "--compare",
                        part.trim(),
                        format!("{why}; expected FROM:TO, such as 2024:2025 or 2019-2021:2022"),
                    )
                };
                let (from, to) = part.split_once(':').ok_or_else(|| bad("no `:`"))?;
                let (Some(from), Some(to)) = (YearSet::parse(from.trim()), YearSet::parse(to.trim())) else {
                    return Err(bad("not years"));
                };
                if from.first <= to.last && to.first <= from.last {
                    return Err(bad("the sides share a year"));
                }
                Ok(Self { from, to })
            })
            .collect::<Result<_>>()?;
        // Said twice is meant once.
        let mut list = Vec::new();
        for comparison in parsed {
            if !list.contains(&comparison) {
                list.push(comparison);
            }
        }
        Ok(list)
    }

    /// Neighbours, and the first with the last.
    #[must_use]
    pub fn default_for(years: &[Year]) -> Vec<Self> {
        let pair = |a: Year, b: Year| Self { from: YearSet::one(a), to: YearSet::one(b) };
        let mut pairs: Vec<Self> = years.windows(2).map(|w| pair(w[0], w[1])).collect();
        if years.len() > 2 {
            pairs.push(pair(years[0], years[years.len() - 1]));
        }
        pairs
    }

    /// Checks wanted comparisons against the years of a corpus.
    pub(crate) fn check(wanted: Vec<Self>, years: &[Year]) -> Result<Vec<Self>> {
        if years.len() < 2 {
            return Err(ErrorKind::NothingToCompare { years: years.to_vec() }.into());
        }
        for comparison in &wanted {
            for side in [comparison.from, comparison.to] {
                if !years.iter().any(|&y| side.contains(y)) {
                    let known: Vec<String> = years.iter().map(ToString::to_string).collect();
                    return Err(Error::setting(
                        "--compare",
                        comparison.to_string(),
                        format!("the corpus has no talk of {side}; it has {}", known.join(", ")),
                    ));
                }
            }
        }
        Ok(wanted)
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_pairs_and_ranges() {
        let list = Comparison::parse_list("2024:2025, 2019-2021:2022").unwrap();
        assert_eq!(list.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2024:2025", "2019-2021:2022"]);
        assert!(list[1].from.contains(2020) && !list[1].from.contains(2022));
        for bad in ["2024", "a:b", "2020-2022:2021", "2022-2020:2024"] {
            assert!(Comparison::parse_list(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn neighbours_and_first_with_last() {
        let names = |years: &[Year]| Comparison::default_for(years).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&[2024, 2025]), ["2024:2025"]);
        assert_eq!(names(&[2019, 2020, 2022]), ["2019:2020", "2020:2022", "2019:2022"]);
        assert!(names(&[2024]).is_empty());
    }
}
