//! Where sessions start in an article.
//!
//! Three kinds of article, tried in this order:
//! 1. **Marked**: headings, numbers, bold lines or agenda times, at least three of one kind.
//! 2. **Captioned**: short one-liners between paragraphs. Each is weighed: does it end like a sentence, does the
//!    next paragraph introduce somebody new or go on about those who spoke before, does it begin with a pronoun.
//! 3. **Plain**: a session starts where a paragraph introduces somebody new and does not name those before.
//!
//! Whatever the kind, thanks and a farewell at the end are parts of their own.

use super::blocks::{Layout, Marker, Paragraph};
use super::kinds;
use crate::corpus::SessionKind;
use crate::text::names::{Block, People};
use crate::text::sentences::sentences;

/// A session, as blocks of the layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// First block.
    pub start: usize,
    /// One past the last block.
    pub end: usize,
    /// Number of blocks at its start that are title or caption.
    pub title_blocks: usize,
    pub kind: SessionKind,
}

/// What splitting found.
pub(super) struct Split {
    pub segments: Vec<Segment>,
    /// Whether any boundary between talks was found.
    pub found: bool,
}

/// What is known of the article.
pub(super) struct Article<'a> {
    pub text: &'a str,
    pub layout: &'a Layout,
    pub blocks: &'a [Block],
    pub people: &'a People,
}

impl Article<'_> {
    pub(super) fn block_text(&self, i: usize) -> &str {
        self.layout.blocks[i].span.of(self.text)
    }

    fn n(&self) -> usize {
        self.layout.blocks.len()
    }

    /// Persons with a mention in block `i`; `full` asks for full names only.
    pub(super) fn persons_in(&self, i: usize, full: bool) -> Vec<usize> {
        let mut persons: Vec<usize> =
            self.people.in_blocks(i..i + 1).iter().filter(|m| !full || m.full).map(|m| m.person).collect();
        persons.sort_unstable();
        persons.dedup();
        persons
    }

    fn known_in(&self, range: std::ops::Range<usize>, person: usize) -> bool {
        self.people.in_blocks(range).iter().any(|m| m.person == person)
    }

    /// Whether block `i` names in full somebody whom `segment` does not name.
    fn introduces(&self, i: usize, segment: std::ops::Range<usize>) -> bool {
        self.persons_in(i, true).iter().any(|&p| !self.known_in(segment.clone(), p))
    }

    /// Whether block `i` speaks of somebody whom `segment` names.
    fn goes_on_about(&self, i: usize, segment: std::ops::Range<usize>) -> bool {
        self.persons_in(i, false).iter().any(|&p| self.known_in(segment.clone(), p))
    }

    fn is_body(&self, i: usize) -> bool {
        let block = &self.layout.blocks[i];
        let text = self.block_text(i);
        let chars = text.chars().count();
        block.marker == Marker::None
            && (chars >= 150
                || (chars >= 60 && !self.could_be_caption(i))
                || (ends_sentence(text) && sentences(text, crate::corpus::Span::new(0, text.len())).len() >= 2))
    }

    /// A short one-liner (two lines in wrapped text).
    fn could_be_caption(&self, i: usize) -> bool {
        let block = &self.layout.blocks[i];
        let text = self.block_text(i);
        let lines = block.last_line - block.first_line + 1;
        let limit = if self.layout.wrapped { 2 } else { 1 };
        let chars = text.chars().count();
        if lines > limit || chars > 170 || !text.chars().any(char::is_alphabetic) || is_list_item(text) {
            return false;
        }
        let n_sentences = sentences(text, crate::corpus::Span::new(0, text.len())).len();
        lines == 1 && n_sentences <= 2 && (chars <= 150 || n_sentences == 1)
            || lines == 2 && n_sentences == 1 && !text.ends_with('.')
    }
}

fn is_list_item(text: &str) -> bool {
    text.starts_with(['•', '▪', '·', '>', '|'])
        || text.starts_with("- ")
        || text.starts_with("* ")
        || text.starts_with("+ ")
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '“', '”', '«', '»', ')', '\'', '’', '*', '_']).ends_with(['.', '!', '?', '…'])
}

/// Finds the sessions of an article.
pub(super) fn split(article: &Article<'_>) -> Split {
    let n = article.n();
    if n == 0 {
        return Split { segments: Vec::new(), found: false };
    }
    let tail = kinds::thanks_from(article);
    let mut starts = marked(article, tail).or_else(|| captioned(article, tail)).unwrap_or_else(|| plain(article, tail));
    let found = !starts.is_empty();
    if starts.first().is_none_or(|s| s.0 > 0) {
        let room = starts.first().map_or(n, |s| s.0);
        starts.insert(0, (0, leading_titles(article, tail).min(room)));
    }
    if let Some(thanks) = tail
        && !starts.iter().any(|s| s.0 == thanks)
    {
        starts.retain(|s| s.0 < thanks);
        starts.push((thanks, 0));
    }
    if let Some(farewell) = kinds::farewell_from(article, &starts, tail) {
        let place = starts.iter().position(|s| s.0 > farewell).unwrap_or(starts.len());
        starts.insert(place, (farewell, 0));
    }
    let mut segments: Vec<Segment> = starts
        .iter()
        .enumerate()
        .map(|(i, &(start, title_blocks))| Segment {
            start,
            end: starts.get(i + 1).map_or(n, |s| s.0),
            title_blocks,
            kind: SessionKind::Session,
        })
        .collect();
    kinds::assign(article, &mut segments, tail);
    Split { segments, found }
}

/// Short blocks at the very top: title, kicker, a link, a caption.
fn leading_titles(article: &Article<'_>, tail: Option<usize>) -> usize {
    let limit = tail.unwrap_or(article.n());
    (0..limit)
        .take_while(|&i| {
            article.layout.blocks[i].marker != Marker::None || (article.could_be_caption(i) && !article.is_body(i))
        })
        .count()
        .min(3)
        .min(limit.saturating_sub(1))
}

type Starts = Vec<(usize, usize)>;

/// Starts by headings, agenda times, numbers or bold lines.
fn marked(article: &Article<'_>, tail: Option<usize>) -> Option<Starts> {
    let blocks = &article.layout.blocks;
    let headings: Vec<(usize, u8)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(i, b)| match b.marker {
            Marker::Heading(level) => Some((i, level)),
            _ => None,
        })
        .collect();
    // The sessions' level: the highest that stands at least twice; one heading above it is the article's title.
    let level = (1..=6).find(|l| headings.iter().filter(|h| h.1 == *l).count() >= 2);
    if let Some(level) = level {
        let mut starts: Starts = headings.iter().filter(|h| h.1 <= level).map(|h| (h.0, 1)).collect();
        merge_titles(&mut starts, article);
        if starts.len() >= 2 {
            return Some(starts);
        }
    }
    let of = |wanted: fn(&Marker) -> bool| -> Starts {
        (0..blocks.len()).filter(|&i| wanted(&blocks[i].marker) && has_body_after(article, i)).map(|i| (i, 1)).collect()
    };
    for mut starts in [of(|m| matches!(m, Marker::Agenda)), numbered(article), of(|m| matches!(m, Marker::Bold))] {
        if starts.len() >= 3 {
            if let Some(tail) = tail {
                starts.retain(|s| s.0 < tail);
            }
            merge_titles(&mut starts, article);
            return Some(starts);
        }
    }
    None
}

/// Numbered lines that count upward and have text below them.
fn numbered(article: &Article<'_>) -> Starts {
    let mut starts = Vec::new();
    let mut expected = None;
    for (i, block) in article.layout.blocks.iter().enumerate() {
        if let Marker::Numbered(number) = block.marker
            && has_body_after(article, i)
            && expected.is_none_or(|e| number == e || number == e + 1)
        {
            starts.push((i, 1));
            expected = Some(number + 1);
        }
    }
    starts
}

fn has_body_after(article: &Article<'_>, i: usize) -> bool {
    i + 1 < article.n() && article.layout.blocks[i + 1].marker == Marker::None
}

/// A title right below a title belongs to it.
fn merge_titles(starts: &mut Starts, article: &Article<'_>) {
    let mut i = 1;
    while i < starts.len() {
        let (start, titles) = starts[i - 1];
        let same_level = article.layout.blocks[start].marker == article.layout.blocks[starts[i].0].marker;
        if start + titles == starts[i].0 && !same_level {
            starts[i - 1].1 += starts[i].1;
            starts.remove(i);
        } else {
            i += 1;
        }
    }
}

/// Starts by captions, if there are at least two.
fn captioned(article: &Article<'_>, tail: Option<usize>) -> Option<Starts> {
    let end = tail.unwrap_or(article.n());
    let top = leading_titles(article, tail);
    let usual_gap = usual_gap(&article.layout.blocks);
    let mut starts: Starts = Vec::new();
    let mut segment_start = 0;
    let mut introduced = 0;
    let mut i = top.max(1);
    while i < end {
        if article.could_be_caption(i)
            && i + 1 < end
            && article.is_body(i + 1)
            && caption_weight(article, i, segment_start, usual_gap) >= 2.0
        {
            // An article that begins with its first talk: the title above is its caption.
            starts.push((i, 1));
            introduced += usize::from(article.introduces(i + 1, segment_start..i));
            segment_start = i;
            i += 1;
        }
        i += 1;
    }
    let paragraphs = (0..end).filter(|&i| article.is_body(i)).count();
    (starts.len() >= 3 || (starts.len() == 2 && introduced >= 1 && paragraphs <= 8)).then_some(starts)
}

fn usual_gap(blocks: &[Paragraph]) -> usize {
    let mut gaps: Vec<usize> = blocks.iter().skip(1).map(|b| b.blank_before).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().unwrap_or(1)
}

/// How much speaks for block `i` being the caption of a new session.
fn caption_weight(article: &Article<'_>, i: usize, segment_start: usize, usual_gap: usize) -> f64 {
    let text = article.block_text(i).trim();
    let next = article.block_text(i + 1);
    let before = segment_start..i;
    let mut weight = match text.trim_end_matches(['*', '_']).chars().last() {
        Some('.' | '…') => -1.0,
        Some('!') => 0.5,
        Some('?') => 1.0,
        Some(':' | ',' | ';') => -1.0,
        Some('“' | '”' | '"' | '«' | '»') if ends_sentence(text) => -1.0,
        _ => 2.0,
    };
    if ends_sentence(text) && sentences(text, crate::corpus::Span::new(0, text.len())).len() > 1 {
        weight -= 1.5;
    }
    let quoted = text.starts_with(['„', '“', '"', '»', '«', '‚', '\'', '‘']);
    if quoted && text.ends_with(['“', '”', '"', '«', '»', '‘', '’']) {
        weight -= 2.0;
    }
    let new_next = article.introduces(i + 1, before.clone());
    if new_next {
        weight += 3.0;
    } else if i + 2 < article.n()
        && !article.could_be_caption(i + 2)
        && article.introduces(i + 2, segment_start..i)
        && !article.goes_on_about(i + 1, before.clone())
    {
        weight += 2.0;
    }
    if article.goes_on_about(i + 1, before.clone()) {
        weight -= if new_next { 2.0 } else { 4.0 };
    }
    if article.goes_on_about(i, before) && !new_next {
        weight -= 2.0;
    }
    let in_caption = article.persons_in(i, false);
    if article.persons_in(i + 1, false).iter().any(|p| in_caption.contains(p)) {
        weight += 1.0;
    }
    if article.layout.blocks[i].blank_before > usual_gap {
        weight += 1.0;
    }
    if kinds::continues(next) && !new_next {
        weight -= 1.5;
    }
    if kinds::continues(text) && ends_sentence(text) && !new_next {
        weight -= 1.0;
    }
    weight
}

/// Starts where a paragraph introduces somebody new.
fn plain(article: &Article<'_>, tail: Option<usize>) -> Starts {
    let end = tail.unwrap_or(article.n());
    let mut starts: Starts = Vec::new();
    let mut segment_start = 0;
    // Talks come after the welcome, where there is one near the top.
    let welcome = (0..end.min(4)).rev().find(|&i| kinds::welcomes(article.block_text(i)));
    for i in 0..end {
        if welcome.is_some_and(|w| i <= w) || (i == 0 && !kinds::introduces_talk(article, 0)) {
            continue;
        }
        let before = segment_start..i;
        let opening = starts.is_empty();
        if !introduces_speaker(article, i, before.clone())
            || article.goes_on_about(i, before.clone())
            || (opening && kinds::welcomes(article.block_text(i)))
            || kinds::takes_leave(article, i)
        {
            continue;
        }
        let panel = !opening && before.clone().any(|b| kinds::is_panel(article.block_text(b)));
        if panel
            && !kinds::moves_on(article.block_text(i))
            && !article.persons_in(i, true).is_empty()
            && i < segment_start + 3
        {
            continue;
        }
        starts.push((i, 0));
        segment_start = i;
    }
    if starts.len() >= 2 { starts } else { Vec::new() }
}

/// Whether block `i` brings in somebody who is not known from `segment` and speaks here, in its first sentences.
fn introduces_speaker(article: &Article<'_>, i: usize, segment: std::ops::Range<usize>) -> bool {
    let mut body = vec![i];
    body.extend((i + 1..article.n()).take(3));
    let speaking = crate::text::names::speakers(article.text, article.blocks, article.people, None, &body);
    article.people.in_blocks(i..i + 1).iter().any(|m| {
        let sentence = article.blocks[i].tokens.iter().find(|t| t.span.start == m.span.start).map_or(0, |t| t.sentence);
        m.block == i
            && m.full
            && speaking.contains(&m.person)
            && !article.known_in(segment.clone(), m.person)
            && sentence <= 2
    })
}
