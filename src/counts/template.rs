//! Template lines: lines with a date whose changing parts come from a small stock, such as the stamp of a recording
//! (`[EuroTalk 2015 - Main Hall on 2015-07-21]`) or a line of a timetable (`Fri 2 Aug, 11:50, Track Pizza`).
//!
//! A line is read as a frame: its lower-case words and marks are fixed, numbers and dates vanish, and each run of
//! capitalised words is a slot. A frame that repeats as often as a short sentence of boilerplate must is a template. Its fixed
//! words are left out, and in slots whose values repeat the values that do: the room and the event, not the title of
//! a talk.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::boilerplate::Hash;
use super::reading::Part;
use super::runs::Fixed;
use crate::text::language::is_calendar_word;
use crate::text::{Token, TokenKind};

/// Longer lines are prose.
const MAX_TOKENS: usize = 40;
/// Slots of a line at most.
const MAX_SLOTS: usize = 16;
/// The values of a slot must stand in so many sessions on average, and a value that is left out too.
const SESSIONS_PER_VALUE: u32 = 3;
/// So many fixed words make a line of a template though no slot repeats.
const MIN_FIXED: usize = 2;

/// A value in a slot of a frame, or the frame as a whole: what is counted, in sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Filling {
    /// Fingerprint of the frame.
    frame: u64,
    /// Number of the slot; [`WHOLE`] for the frame itself.
    slot: u8,
    /// Fingerprint of its words.
    value: u64,
}

const WHOLE: u8 = u8::MAX;
/// Instead of a slot: what stands beside a segment of a title (`super::segments`), and beside one with a year.
const REST: u8 = u8::MAX - 1;
const REST_OF_DATED: u8 = u8::MAX - 2;

impl Fixed for Filling {
    const SIZE: usize = 17;

    fn put(&self, bytes: &mut Vec<u8>) {
        [self.frame, self.value].put(bytes);
        self.slot.put(bytes);
    }

    fn take(bytes: &[u8]) -> Self {
        let ([frame, value], slot) = (Fixed::take(bytes), u8::take(&bytes[16..]));
        Self { frame, slot, value }
    }
}

impl Filling {
    /// A frame as a whole.
    pub(super) const fn whole(frame: u64) -> Self {
        Self { frame, slot: WHOLE, value: 0 }
    }

    /// Frame, slot and value.
    #[cfg(feature = "counts-file")]
    pub(super) const fn plain(&self) -> (u64, u8, u64) {
        (self.frame, self.slot, self.value)
    }

    #[cfg(feature = "counts-file")]
    pub(super) const fn from_plain(frame: u64, slot: u8, value: u64) -> Self {
        Self { frame, slot, value }
    }

    /// What stands beside a segment of a title.
    pub(super) const fn rest(frame: u64, dated: bool, value: u64) -> Self {
        Self { frame, slot: if dated { REST_OF_DATED } else { REST }, value }
    }

    pub(super) const fn frame(&self) -> u64 {
        self.frame
    }

    /// For what stands beside a segment, whether that has a year.
    pub(super) const fn is_rest(&self) -> Option<bool> {
        match self.slot {
            REST => Some(false),
            REST_OF_DATED => Some(true),
            _ => None,
        }
    }
}

/// A line with a date, as a frame with slots.
pub(super) struct Line {
    pub frame: u64,
    pub tokens: Range<usize>,
    slots: Vec<Slot>,
    n_fixed: usize,
}

struct Slot {
    value: Hash,
    tokens: Range<usize>,
}

/// A frame that is a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    /// Sessions that hold it.
    pub sessions: u32,
    /// Slot and value of what is left out.
    values: FxHashSet<(u8, u64)>,
}

impl Line {
    /// The tokens of a part as a frame, if they hold a date.
    pub(super) fn of(part: &Part<'_>, tokens: Range<usize>) -> Option<Self> {
        if tokens.len() > MAX_TOKENS || !has_date(part, &part.tokens[tokens.clone()]) {
            return None;
        }
        let mut frame = Hash::new();
        let mut slots: Vec<Slot> = Vec::new();
        let (mut n_fixed, mut open) = (0, false);
        // Whether a token is a number or of a date: marks between two of them vary with the date.
        let is_date = |i: usize| {
            tokens.contains(&i)
                && (is_number(&part.tokens[i], part.tokens[i].span.of(part.text)) || is_date_word(part, i))
        };
        for i in tokens.clone() {
            let token = &part.tokens[i];
            let word = token.span.of(part.text);
            match token.kind {
                // Numbers belong to what stands before them: `Hall 2`.
                _ if is_number(token, word) => {}
                TokenKind::Punctuation if matches!(word, "&" | ".") => {}
                TokenKind::Punctuation if (i > tokens.start && is_date(i - 1)) && is_date(i + 1) => open = false,
                TokenKind::Punctuation => {
                    frame.add_token(token);
                    open = false;
                }
                TokenKind::Address => open = false,
                _ if is_date_word(part, i) => open = false,
                _ if part.names[i] || word.starts_with(char::is_uppercase) => {
                    if !open {
                        frame.add_mark();
                        slots.push(Slot { value: Hash::new(), tokens: i..i });
                    }
                    open = true;
                    if let Some(slot) = slots.last_mut() {
                        slot.value.add_token(token);
                        slot.tokens.end = i + 1;
                    }
                }
                _ => {
                    frame.add_token(token);
                    n_fixed += 1;
                    open = false;
                }
            }
        }
        (slots.len() <= MAX_SLOTS).then(|| Self { frame: frame.value(), tokens, slots, n_fixed })
    }

    /// What is counted of it.
    pub(super) fn fillings(&self) -> impl Iterator<Item = Filling> {
        let slots = self.slots.iter().enumerate();
        let whole = Filling::whole(self.frame);
        let filling = |(i, s): (usize, &Slot)| Filling { frame: self.frame, slot: i as u8, value: s.value.value() };
        std::iter::once(whole).chain(slots.map(filling))
    }

    /// The tokens that `template` takes out: all but the values that do not repeat.
    pub(super) fn taken(&self, template: &Template) -> Vec<usize> {
        let repeats = |i: usize, s: &Slot| template.values.contains(&(i as u8, s.value.value()));
        let kept: Vec<&Slot> = self.slots.iter().enumerate().filter(|(i, s)| !repeats(*i, s)).map(|s| s.1).collect();
        if kept.len() == self.slots.len() && self.n_fixed < MIN_FIXED {
            return Vec::new();
        }
        self.tokens.clone().filter(|i| !kept.iter().any(|slot| slot.tokens.contains(i))).collect()
    }
}

/// Whether tokens hold a year, a clock time, or a month or day of the week beside a number.
fn has_date(part: &Part<'_>, tokens: &[Token]) -> bool {
    let number = |i: usize| tokens.get(i).filter(|t| t.kind == TokenKind::Number).map(|t| t.span.of(part.text));
    (0..tokens.len()).any(|i| {
        let Some(digits) = number(i) else { return false };
        let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        let glued = |i: usize| i + 1 < tokens.len() && tokens[i].span.end == tokens[i + 1].span.start;
        let colon = || glued(i) && glued(i + 1) && tokens[i + 1].span.of(part.text) == ":";
        let clock = || digits.len() <= 2 && colon() && number(i + 2).is_some_and(|minutes| minutes.len() == 2);
        let named = |t: &Token| t.kind.is_word() && is_calendar_word(&t.span.of(part.text).to_lowercase());
        // `12. Mai`: a full stop may stand between.
        let stop = tokens.get(i + 1).is_some_and(|t| t.span.of(part.text) == ".");
        let behind = tokens.len().min(if stop { i + 3 } else { i + 2 });
        let beside = || tokens[i.saturating_sub(1)..behind].iter().any(named);
        year || clock() || beside()
    })
}

/// Whether a word of a line with a date belongs to the date: a month or day of the week near a number.
fn is_date_word(part: &Part<'_>, at: usize) -> bool {
    // `Saturday, 07 Sep`: a mark may stand between.
    const REACH: usize = 2;
    let near = &part.tokens[at.saturating_sub(REACH)..part.tokens.len().min(at + REACH + 1)];
    let word = part.tokens[at].span.of(part.text);
    near.iter().any(|t| is_number(t, t.span.of(part.text))) && is_calendar_word(&word.to_lowercase())
}

/// Numbers, also `2nd` and `2A`.
fn is_number(token: &Token, word: &str) -> bool {
    token.kind == TokenKind::Number || (token.kind.is_word() && word.starts_with(char::is_numeric))
}

/// The frames among counted fillings, in order, that are templates; `often` tells whether so many sessions are enough.
pub(super) fn find(counted: &[(Filling, u32)], often: impl Fn(u32) -> bool) -> FxHashMap<u64, Template> {
    let mut templates = FxHashMap::default();
    for fillings in counted.chunk_by(|a, b| a.0.frame == b.0.frame) {
        let Some(&(whole, sessions)) = fillings.last() else { continue };
        if fillings[0].0.is_rest().is_some() || whole.slot != WHOLE || !often(sessions) {
            continue;
        }
        let slots = fillings.chunk_by(|a, b| a.0.slot == b.0.slot).filter(|slot| slot[0].0.slot != WHOLE);
        let closed = slots.filter(|slot| slot.len() as u32 * SESSIONS_PER_VALUE <= sessions).flatten();
        let often = closed.filter(|(_, sessions)| *sessions >= SESSIONS_PER_VALUE);
        let values = often.map(|(filling, _)| (filling.slot, filling.value)).collect();
        templates.insert(whole.frame, Template { sessions, values });
    }
    templates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Language;
    use crate::text::{Normalizer, Rules};

    fn part(text: &str) -> Part<'_> {
        Part::of_text(text, &Normalizer::new(Language::En, &[], &[], Rules::all()))
    }

    fn frame(text: &str) -> Option<u64> {
        let part = part(text);
        Line::of(&part, 0..part.tokens.len()).map(|line| line.frame)
    }

    /// The templates of these lines, each in a session of its own.
    fn templates(lines: &[&str]) -> FxHashMap<u64, Template> {
        let mut counted: std::collections::BTreeMap<Filling, u32> = std::collections::BTreeMap::new();
        for text in lines {
            let part = part(text);
            let line = Line::of(&part, 0..part.tokens.len()).expect("a date");
            line.fillings().for_each(|filling| *counted.entry(filling).or_default() += 1);
        }
        find(&counted.into_iter().collect::<Vec<_>>(), |sessions| sessions >= 5)
    }

    /// What is left of a line.
    fn left(text: &str, templates: &FxHashMap<u64, Template>) -> String {
        let part = part(text);
        let line = Line::of(&part, 0..part.tokens.len()).expect("a date");
        let taken = templates.get(&line.frame).map_or_else(Vec::new, |template| line.taken(template));
        let kept = (0..part.tokens.len()).filter(|i| !taken.contains(i));
        kept.map(|i| part.tokens[i].span.of(text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_frame_is_what_does_not_change() {
        let stamp = frame("Fri Aug 2 11:50:00 2019 at Cockle Bay");
        assert!(stamp.is_some() && stamp == frame("Sat Aug 13 09:10:00 2019 at Pyrmont Theatre"));
        assert_eq!(frame("on sabato 21 aprile at 12:45, see plan"), frame("on Sunday 5 May at 9:30, see plan"));
        assert_eq!(frame("[EuroTalk 2015 - Hall 2 on 2015-07-21]"), frame("[EuroTalk 2016 - Main Hall on 2016-07-01]"));
        assert_ne!(stamp, frame("Fri Aug 2 11:50:00 2019 in Cockle Bay"));
    }

    #[test]
    fn lines_without_a_date_are_no_templates() {
        for text in ["What is Docker?", "You may use 3 hooks", "Docker 18 for Teams", "at Cockle Bay", "1:1 talks"] {
            assert_eq!(frame(text), None, "{text}");
        }
        let dated = ["Released in 2019", "at 9:30", "5 May", "May 5", "12. Mai"];
        assert!(dated.iter().all(|text| frame(text).is_some()));
    }

    #[test]
    fn values_that_repeat_are_taken_and_titles_stay() {
        let rooms = ["Cockle Bay", "Pyrmont"];
        let titles = ["Docker", "Kafka", "Music Maps", "Type Hints", "Bees", "Green Tea", "Vectors", "Sails"];
        let lines: Vec<String> =
            titles.iter().enumerate().map(|(i, t)| format!("1{i}:30 {t}, Room {}", rooms[i % 2])).collect();
        let templates = templates(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(left("10:30 Docker, Room Cockle Bay", &templates), "Docker");
        assert_eq!(left("15:30 Green Tea, Room Pyrmont", &templates), "Green Tea");
        assert_eq!(left("15:30 Green Tea, Room Elsewhere", &templates), "15 : 30 Green Tea , Room Elsewhere");
    }
}
