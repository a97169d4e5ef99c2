//! Title segments: `Bridges in Winter - BridgeConf 2022`, `BridgeConf 2022 | Bridges in Winter`.
//!
//! A title, or the first paragraph of a text, cut at dashes and bars with blanks around. A first or last segment is
//! boilerplate if it stands beside many *different* titles: one that always has the same beside it is a part of the
//! name of a topic (`Jahressteuergesetz 2018 – Zweite Beratung` of many speeches). Numbers vanish. Without a year in it
//! a segment may be a topic too (`Docker – …`): it must stand in as many sessions as the title of a row.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::boilerplate::{Hash, fingerprint};
use super::fields::{is_dash, is_year};
use super::reading::{Field, Part};
use super::template::Filling;

/// A longer paragraph is prose.
const MAX_TOKENS: usize = 48;

/// The first or the last segment of a title.
pub(super) struct Segment {
    pub frame: u64,
    pub tokens: Range<usize>,
    /// What stands beside it.
    rest: u64,
    dated: bool,
}

impl Segment {
    /// What is counted of it: itself, and what stands beside it.
    pub(super) fn fillings(&self) -> [Filling; 2] {
        [Filling::whole(self.frame), Filling::rest(self.frame, self.dated, self.rest)]
    }
}

/// The first and the last segment of a title, or of the first paragraph of a text.
pub(super) fn segments(part: &Part<'_>) -> Vec<Segment> {
    let blank = |i: usize| part.text[part.tokens[i - 1].span.end..part.tokens[i].span.start].matches('\n').count() > 1;
    let n = match part.field {
        Field::Title => part.tokens.len(),
        Field::Text => {
            let reach = part.tokens.len().min(MAX_TOKENS + 1);
            (1..reach).find(|&i| blank(i)).unwrap_or(reach)
        }
    };
    let cuts = || (0..n).filter(|&i| is_dash(part, i));
    let (Some(first), Some(last)) = (cuts().next(), cuts().next_back()) else { return Vec::new() };
    if n > MAX_TOKENS {
        return Vec::new();
    }
    let segment = |tokens: Range<usize>| {
        let (words, n_words) = fingerprint(part, tokens.clone());
        let (before, after) = (fingerprint(part, 0..tokens.start), fingerprint(part, tokens.end..n));
        let dated = tokens.clone().any(|i| is_year(part, i));
        let frame = Hash::of(words, if dated { "dated segment" } else { "segment" });
        let rest = before.0 ^ after.0.rotate_left(1);
        (n_words > 0 && before.1 + after.1 > 0).then_some(Segment { frame, tokens, rest, dated })
    };
    [0..first, last + 1..n].into_iter().filter_map(segment).collect()
}

/// The segments among counted fillings, in order, that are boilerplate, with their sessions; `often` tells whether so
/// many are enough for one with a year, `very_often` for one without.
pub(super) fn find(
    counted: &[(Filling, u32)],
    often: impl Fn(u32) -> bool,
    very_often: impl Fn(u32) -> bool,
) -> FxHashMap<u64, u32> {
    let frames = counted.chunk_by(|a, b| a.0.frame() == b.0.frame());
    let found = frames.filter_map(|fillings| {
        let dated = fillings[0].0.is_rest()?;
        let (whole, sessions) = *fillings.last()?;
        let different = (fillings.len() - 1) as u32;
        let enough = if dated { often(different) } else { very_often(different) };
        enough.then_some((whole.frame(), sessions))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Language;
    use crate::text::{Normalizer, Rules};

    fn of(text: &str) -> Vec<&str> {
        let part = Part::of_text(text, &Normalizer::new(Language::En, &[], &[], Rules::all()));
        let spans = segments(&part)
            .into_iter()
            .map(|s| part.tokens[s.tokens.start].span.start..part.tokens[s.tokens.end - 1].span.end);
        spans.map(|span| &text[span]).collect()
    }

    #[test]
    fn titles_are_cut_at_marks_with_blanks() {
        assert_eq!(of("Bridges - BridgeConf 2022"), ["Bridges", "BridgeConf 2022"]);
        assert_eq!(of("BridgeConf 2022 | Old – New — Bridges\n\nThey hold."), ["BridgeConf 2022", "Bridges"]);
        assert_eq!(of("Bridges -- BridgeConf"), ["Bridges", "BridgeConf"]);
        assert!(of("State-of-the-art bridges").is_empty() && of("- Bridges").is_empty());
        let prose = "We build bridges - and ".to_owned() + &"more of them ".repeat(20);
        assert!(of(&prose).is_empty());
    }
}
