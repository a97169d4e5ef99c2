//! Word boundaries (UAX 29) of everyday European text without a table lookup for each letter.
//!
//! [`segments`] cuts a sentence as `unicode-segmentation` does, but leaves white space out. Letters up to U+024F, digits
//! and the usual marks are classified here; a sentence that holds anything else (combining marks, soft hyphens, other
//! scripts, emoji) goes to `unicode-segmentation`. A property test holds both equal.

use unicode_segmentation::UnicodeSegmentation;

use super::letters::ascii_letters;
use crate::corpus::Span;

/// A piece between two word boundaries: its bytes in the text, and whether it holds a letter or a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    pub start: usize,
    pub end: usize,
    pub is_word: bool,
    /// Whether marks may stand inside it.
    pub is_marked: bool,
}

/// The classes of UAX 29 that everyday text has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// `_`
    Joiner,
    /// Between letters or digits: `.`, `’`, `'`.
    MidBoth,
    /// Between letters: `:`, `·`.
    MidLetter,
    /// Between digits: `,`, `;`.
    MidDigit,
    Blank,
    /// A mark of its own.
    Mark,
    /// Left to `unicode-segmentation`.
    Rare,
}

const ASCII: [Class; 128] = {
    let mut classes = [Class::Mark; 128];
    let mut i = 0;
    while i < 128 {
        classes[i] = match i as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Joiner,
            b'.' | b'\'' => Class::MidBoth,
            b':' => Class::MidLetter,
            b',' | b';' => Class::MidDigit,
            b' ' | b'\n' | b'\t' | 0x0b | 0x0c => Class::Blank,
            // A carriage return joins the line feed behind it.
            b'\r' | 0..=0x1f | 0x7f => Class::Rare,
            _ => Class::Mark,
        };
        i += 1;
    }
    classes
};

/// The class of the character that begins at a byte, and its length in bytes.
#[inline]
fn class_at(text: &str, at: usize) -> (Class, usize) {
    let byte = text.as_bytes()[at];
    if byte < 128 {
        return (ASCII[byte as usize], 1);
    }
    let c = text[at..].chars().next().unwrap_or('\u{fffd}');
    let class = match c {
        '\u{a0}' => Class::Blank,
        'ª' | 'µ' | 'º' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24f}' => Class::Letter,
        '’' | '‘' => Class::MidBoth,
        '·' => Class::MidLetter,
        '¡'..='©' | '«' | '¬' | '®'..='±' | '´' | '¶' | '»' | '¿' | '×' | '÷' => Class::Mark,
        '–' | '—' | '„' | '“' | '”' | '‚' | '…' | '•' | '€' | '›' | '‹' => Class::Mark,
        _ => Class::Rare,
    };
    (class, c.len_utf8())
}

/// Where the letters up to `ÿ` end that a text has from a byte on.
fn letters_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        // Eight at a time.
        if let Some(chunk) = bytes[at..].first_chunk() {
            let letters = ascii_letters(u64::from_le_bytes(*chunk));
            if letters > 0 {
                at += letters;
                continue;
            }
        }
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => at += 1,
            // All but `×` and `÷`.
            0xc3 if !matches!(bytes.get(at + 1), Some(0x97 | 0xb7)) => at += 2,
            _ => break,
        }
    }
    at
}

/// The segments of a sentence that are no white space, in order. `false` as soon as a rare character shows; then
/// nothing in `found` counts.
fn usual(text: &str, within: Span, found: &mut Vec<Segment>) -> bool {
    let mut at = within.start;
    let text = &text[..within.end];
    while at < text.len() {
        let (class, n) = class_at(text, at);
        match class {
            Class::Rare => return false,
            Class::Blank => at += n,
            Class::Letter | Class::Digit | Class::Joiner => {
                let start = at;
                let mut is_word = class != Class::Joiner;
                let mut is_marked = false;
                let mut last = class;
                at = if class == Class::Letter { letters_end(text, at + n) } else { at + n };
                while at < text.len() {
                    let (class, n) = class_at(text, at);
                    match class {
                        Class::Letter | Class::Digit | Class::Joiner => {
                            is_word |= class != Class::Joiner;
                            last = class;
                            at = if class == Class::Letter { letters_end(text, at + n) } else { at + n };
                        }
                        Class::MidBoth | Class::MidLetter | Class::MidDigit if at + n < text.len() => {
                            let (next, m) = class_at(text, at + n);
                            let fits = next == last
                                && match last {
                                    Class::Letter => class != Class::MidDigit,
                                    Class::Digit => class != Class::MidLetter,
                                    _ => false,
                                };
                            if next == Class::Rare {
                                return false;
                            }
                            if !fits {
                                break;
                            }
                            is_marked = true;
                            at += n + m;
                        }
                        Class::Rare => return false,
                        _ => break,
                    }
                }
                found.push(Segment { start, end: at, is_word, is_marked });
            }
            _ => {
                found.push(Segment { start: at, end: at + n, is_word: false, is_marked: false });
                at += n;
            }
        }
    }
    true
}

/// The same by `unicode-segmentation`.
fn rare(text: &str, within: Span, found: &mut Vec<Segment>) {
    for (start, segment) in within.of(text).split_word_bound_indices() {
        if !segment.chars().all(is_blank) {
            let is_word = segment.chars().any(char::is_alphanumeric);
            let start = within.start + start;
            found.push(Segment { start, end: start + segment.len(), is_word, is_marked: true });
        }
    }
}

pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{2060}')
}

/// Cuts the sentence `text[within]` at its word boundaries; white space is left out.
pub(super) fn segments(text: &str, within: Span, found: &mut Vec<Segment>) {
    found.clear();
    if !usual(text, within, found) {
        found.clear();
        rare(text, within, found);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let within = Span::new(0, text.len());
        segments(text, within, &mut ours);
        rare(text, within, &mut theirs);
        // The same in the midst of another text.
        let (longer, mut inside) = (format!("ä.{text}.b"), Vec::new());
        segments(&longer, Span::new(3, 3 + text.len()), &mut inside);
        inside.iter_mut().for_each(|s| (s.start, s.end) = (s.start - 3, s.end - 3));
        assert_eq!(ours, inside, "{text:?}");
        let plain = |s: &Segment| (s.start, s.end, s.is_word);
        assert!(ours.iter().map(plain).eq(theirs.iter().map(plain)), "{text:?}: {ours:?} {theirs:?}");
        let is_marked =
            |s: &Segment| s.is_marked || !text[s.start..s.end].contains(['.', ':', '\'', '’', ',', ';', '·']);
        assert!(ours.iter().filter(|s| s.is_word).all(is_marked), "{text:?}: {ours:?}");
    }

    #[test]
    fn every_character_alone_and_among_others() {
        for c in (0..0x3000).chain(0x1f300..0x1f310).filter_map(char::from_u32) {
            for text in [format!("{c}"), format!("a{c}b"), format!("1{c}2"), format!("a{c}{c} 1{c}a_{c}_")] {
                check(&text);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn everyday_text_is_cut_as_unicode_says(text in "[a-cA-CäÖßé0-2_.'’:;,·\\-–—„“(/&+#@€ \u{a0}\t]{0,24}") {
            check(&text);
        }

        #[test]
        fn any_text_is_cut_as_unicode_says(text in "\\PC{0,16}") {
            check(&text);
        }
    }
}
