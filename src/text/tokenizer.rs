//! Tokens with byte spans: the word boundaries of Unicode (UAX 29), then our own rules.
//!
//! Joined: hyphen compounds (`KI-Lösungen`), gender forms (`Bürger/-innen`, `Bürger:innen`, `Bürger(innen)`),
//! `C++`, `R&D`. Cut: what a missing space glued (`Ende.Danach`). Kept whole and not counted: addresses, numbers.

use super::class::Class;
use super::letters::Letters;
use super::segments::{Segment, segments};
use super::sentences::sentences;
use super::token::{Token, TokenKind};
use crate::corpus::Span;

/// The tokens of `text[within]`, in order; spans are those of `text`, and each cuts exactly the token out of it.
#[must_use]
pub fn tokenize(text: &str, within: Span) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(within.len() / 6);
    let mut buffers = Buffers::default();
    for (number, sentence) in sentences(text, within).into_iter().enumerate() {
        tokenize_sentence(text, sentence, number as u32, &mut buffers, &mut tokens);
    }
    tokens
}

/// Reused from sentence to sentence.
#[derive(Default)]
struct Buffers {
    segments: Vec<Segment>,
    pieces: Vec<Segment>,
}

/// A token of some kind with what its letters tell.
fn token(text: &str, span: Span, kind: TokenKind, letters: &Letters, sentence: u32, initial: bool) -> Token {
    let class = Class::of(span.of(text), letters);
    Token { span, kind, sentence, initial, class, hash: letters.hash, exact: letters.exact }
}

fn tokenize_sentence(text: &str, sentence: Span, number: u32, buffers: &mut Buffers, tokens: &mut Vec<Token>) {
    let pieces = find_pieces(text, sentence, buffers);
    let first = tokens.len();
    let mut initial = true;
    let mut i = 0;
    while i < pieces.len() {
        let piece = pieces[i];
        let used = if piece.is_word { join(text, &pieces[i..]) } else { 1 };
        let end = pieces[i + used - 1].end;
        let letters = Letters::of(text, piece.start, end);
        let word = &text[piece.start..end];
        let kind = match piece.is_word {
            true if letters.is_plain => TokenKind::Word,
            true => word_kind(word),
            false => TokenKind::Punctuation,
        };
        if kind == TokenKind::Punctuation && word.starts_with('-') && i + 1 < pieces.len() && pieces[i + 1].is_word {
            // `-Gesamtsteuerung`: the second half of a compound whose first half stands before.
            let gap_before = i == 0 || pieces[i - 1].end < piece.start;
            if gap_before && pieces[i + 1].start == piece.end {
                let joined = join(text, &pieces[i + 1..]);
                let end = pieces[i + joined].end;
                let letters = Letters::of(text, piece.start, end);
                let span = Span::new(piece.start, end);
                tokens.push(token(text, span, TokenKind::Fragment, &letters, number, false));
                i += joined + 1;
                continue;
            }
        }
        tokens.push(token(text, Span::new(piece.start, end), kind, &letters, number, initial));
        initial = match kind {
            TokenKind::Punctuation => {
                initial || word.starts_with([':', '„', '“', '"', '»', '«', '‚', '(', '•', '–', '—', '*', '#', '|', '/'])
            }
            TokenKind::Number => initial,
            _ => false,
        };
        i += used;
    }
    unshout(text, &mut tokens[first..]);
}

/// Cuts a sentence into words and single punctuation clusters, without white space; addresses are one piece.
fn find_pieces<'b>(text: &str, sentence: Span, buffers: &'b mut Buffers) -> &'b [Segment] {
    let Buffers { segments: found, pieces } = buffers;
    segments(text, sentence, found);
    let has_at = sentence.of(text).as_bytes().contains(&b'@');
    let begins_address = |s: &Segment| text.as_bytes()[s.start..s.end].starts_with(b"http");
    if !has_at && !found.iter().any(|s| s.is_marked || begins_address(s)) {
        return found;
    }
    pieces.clear();
    let piece = |start: usize, end: usize, is_word: bool| Segment { start, end, is_word, is_marked: false };
    let mut skip_to = 0;
    for &Segment { start, end, is_word, is_marked } in found.iter() {
        let segment = &text[start..end];
        if start < skip_to {
            // What an address left of a segment.
            if end > skip_to {
                pieces.push(piece(skip_to, end, false));
            }
            continue;
        }
        let marked = is_word && is_marked && segment.bytes().any(|b| matches!(b, b'.' | b':'));
        let may_be_address = is_word && (has_at || marked || segment.starts_with("http"));
        if may_be_address && let Some(end) = address_end(&text[start..sentence.end], segment) {
            skip_to = start + end;
            pieces.push(piece(start, skip_to, true));
        } else if marked && splits(segment) {
            let mut at = start;
            for part in segment.split(['.', ':']) {
                if !part.is_empty() {
                    pieces.push(piece(at, at + part.len(), true));
                }
                at += part.len();
                if at < end {
                    pieces.push(piece(at, at + 1, false));
                    at += 1;
                }
            }
        } else {
            pieces.push(piece(start, end, is_word));
        }
    }
    pieces
}

/// Length of the web or mail address that begins with `segment`, if one does.
fn address_end(rest: &str, segment: &str) -> Option<usize> {
    // An address is not longer than this, and a line without blanks must not be read again for each of its words.
    const LONGEST: usize = 2_000;
    let may_be_web = matches!(segment, "http" | "https") || segment.starts_with("www.");
    let mut window = rest.len().min(if may_be_web { LONGEST } else { segment.len() + 100 });
    while !rest.is_char_boundary(window) {
        window -= 1;
    }
    let rest = &rest[..window];
    let chunk = &rest[..rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(rest.len())];
    let web =
        matches!(segment, "http" | "https") && chunk[segment.len()..].starts_with("://") || segment.starts_with("www.");
    let mail = chunk.find('@').is_some_and(|at| at > 0 && chunk[at + 1..].contains('.'));
    let domain = [".de", ".com", ".org", ".net", ".eu", ".io", ".at", ".ch", ".uk", ".edu", ".gov"];
    let host = segment.contains('.') && domain.iter().any(|d| segment.to_ascii_lowercase().ends_with(d));
    if !(web || mail || host) {
        return None;
    }
    let chunk = if web { chunk.split(')').next().unwrap_or(chunk) } else { chunk };
    let trimmed = chunk.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
    Some(trimmed.len().max(segment.len()))
}

/// Whether a dot or colon inside a word is a missing space, and not an abbreviation, number or gender form.
fn splits(segment: &str) -> bool {
    let mut parts = segment.split(['.', ':']);
    let suffix = segment.rsplit([':']).next().unwrap_or_default();
    let gender = segment.contains(':') && !segment.contains('.') && is_gender_suffix(suffix);
    !gender
        && !is_identifier(segment)
        && !segment.contains(|c: char| c.is_ascii_digit())
        && !segment.starts_with(|c: char| c.is_ascii_digit())
        && parts.all(|p| p.chars().count() != 1)
}

/// Whether dots hold an identifier or the name of a file together: small letters behind each, and no function word that
/// another sentence may begin with (`pyproject.toml`, `Node.js`; not `Ende.Danach`, `end.then`).
fn is_identifier(segment: &str) -> bool {
    let part = |p: &str| {
        p.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_')
            && !Class::of(p, &Letters::of(p, 0, p.len())).is(Class::STOP)
    };
    let mut parts = segment.split('.');
    parts.next().is_some_and(part) && parts.all(|p| part(p) && p.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// The endings that make a German gender form after a mark.
pub(super) fn is_gender_suffix(part: &str) -> bool {
    let part = part.to_lowercase();
    matches!(part.as_str(), "in" | "innen" | "n" | "r")
}

/// How many of `pieces` form one word, the first of them included.
fn join(text: &str, pieces: &[Segment]) -> usize {
    let mut n = 1;
    let adjacent = |n: usize| n < pieces.len() && pieces[n].start == pieces[n - 1].end;
    // Most words stand before a blank, a full stop or a comma.
    if !adjacent(1) || matches!(text.as_bytes()[pieces[1].start], b'.' | b',') {
        return 1;
    }
    let is = |n: usize, marks: &str| adjacent(n) && marks.contains(&text[pieces[n].start..pieces[n].end]);
    let cut = |n: usize| &text[pieces[n].start..pieces[n].end];
    while n < pieces.len() {
        if adjacent(n) && cut(n).chars().all(|c| ('₀'..='₉').contains(&c)) {
            // `CO₂`.
            n += 1;
        } else if is(n, "+#") && pieces[0].end - pieces[0].start <= 2 {
            n += 1;
        } else if is(n, "-‐‑") && adjacent(n + 1) && pieces[n + 1].is_word {
            n += 2;
        } else if is(n, "\\") && adjacent(n + 1) && cut(n + 1).starts_with('_') {
            // `mod\_wsgi` in Markdown.
            n += 2;
        } else if is(n, "/") && is(n + 1, "-") && adjacent(n + 2) && is_gender_suffix(cut(n + 2)) {
            n += 3;
        } else if is(n, "/*") && adjacent(n + 1) && is_gender_suffix(cut(n + 1)) {
            n += 2;
        } else if is(n, "(")
            && adjacent(n + 1)
            && is_gender_suffix(cut(n + 1).trim_start_matches('-'))
            && is(n + 2, ")")
        {
            n += 3;
        } else if is(n, "/") && adjacent(n + 1) && is_short_name(cut(n - 1)) && is_short_name(cut(n + 1)) {
            // `ME/CFS`, `Cum/Ex`.
            n += 2;
        } else if is(n, "&") && adjacent(n + 1) && pieces[n + 1].is_word && pieces[0].end - pieces[0].start <= 2 {
            n += 2;
        } else if is(n, "-‐‑")
            && !(adjacent(n + 1) && pieces[n + 1].is_word)
            && text[..pieces[n].start].ends_with(char::is_alphabetic)
        {
            // `Fach-` before a blank.
            return n + 1;
        } else {
            break;
        }
    }
    n
}

/// An acronym or a short word with a capital, no form of address (`Dr`, `Hr`).
fn is_short_name(word: &str) -> bool {
    let n = word.chars().count();
    let acronym =
        n <= 5 && word.chars().all(|c| c.is_uppercase() || c.is_numeric()) && word.contains(char::is_uppercase);
    acronym || ((2..=3).contains(&n) && word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic))
}

/// The kind of a word; a plain one ([`Letters::is_plain`]) is a [`TokenKind::Word`].
fn word_kind(word: &str) -> TokenKind {
    if word.contains("://") || word.contains('@') || word.starts_with("www.") {
        return TokenKind::Address;
    }
    if word.ends_with(['-', '‐', '‑']) {
        return TokenKind::Fragment;
    }
    let mut letters = 0;
    let mut capitals = 0;
    let mut digits_first = 0;
    for c in word.chars() {
        if c.is_alphabetic() {
            letters += 1;
            capitals += usize::from(c.is_uppercase());
        } else if c.is_numeric() && letters == 0 {
            digits_first += 1;
        }
    }
    let last = word.rsplit(['-', '.']).next().unwrap_or(word);
    // `5th`
    let ordinal = || digits_first == 1 && letters == 2 && ["st", "nd", "rd", "th"].iter().any(|e| word.ends_with(e));
    if letters == 0 || ordinal() || (digits_first >= 2 && letters <= 3 && !word.contains('-')) || is_roman(word) {
        TokenKind::Number
    } else if last.len() == 2 && word.contains('.') && address_end(word, word).is_some() {
        TokenKind::Address
    } else if is_acronym(word, letters, capitals) {
        TokenKind::Acronym
    } else {
        TokenKind::Word
    }
}

/// Two to ten capitals, digits allowed, a plural `s` allowed (`KI`, `CO2`, `APIs`).
fn is_acronym(word: &str, letters: usize, capitals: usize) -> bool {
    let plural = word.ends_with('s') && letters == capitals + 1 && capitals >= 2;
    let plain = word.chars().all(|c| c.is_alphanumeric() || c == '&');
    plain && (letters == capitals || plural) && (2..=10).contains(&capitals)
}

fn is_roman(word: &str) -> bool {
    word.len() >= 2
        && word.len() <= 4
        && matches!(
            word,
            "II" | "III"
                | "IV"
                | "VI"
                | "VII"
                | "VIII"
                | "IX"
                | "XI"
                | "XII"
                | "XIV"
                | "XV"
                | "XVI"
                | "XIX"
                | "XX"
                | "XXI"
        )
}

/// In a sentence that shouts, capitals make no acronym.
fn unshout(text: &str, tokens: &mut [Token]) {
    if tokens.iter().all(|t| t.kind != TokenKind::Acronym) {
        return;
    }
    let long = |t: &&Token| t.kind.is_word() && t.span.len() >= 4;
    let shouted = |t: &&Token| !t.span.of(text).chars().any(char::is_lowercase);
    let words = tokens.iter().filter(long).count();
    let loud = tokens.iter().filter(long).filter(shouted).count();
    if loud >= 3 && loud * 10 > words * 7 {
        for token in tokens.iter_mut().filter(|t| t.kind == TokenKind::Acronym) {
            token.kind = TokenKind::Word;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::segments::is_blank;

    /// Words of `text`, with the sign of their kind before those that are no plain word.
    fn check(text: &str, expected: &str) {
        let found: Vec<String> = tokenize(text, Span::new(0, text.len()))
            .iter()
            .filter(|t| t.kind != TokenKind::Punctuation)
            .map(|t| {
                let sign = match t.kind {
                    TokenKind::Acronym => "^",
                    TokenKind::Number => "#",
                    TokenKind::Fragment => "~",
                    TokenKind::Address => "@",
                    _ => "",
                };
                format!("{sign}{}", t.span.of(text))
            })
            .collect();
        assert_eq!(found.join(" "), expected);
    }

    proptest! {
        #[test]
        fn plain_words_need_no_further_look(word in "[a-zA-ZäÖß÷é1.-]{1,6}") {
            let is_plain = Letters::of(&word, 0, word.len()).is_plain;
            prop_assert!(!is_plain || word_kind(&word) == TokenKind::Word, "{word}");
        }
    }

    #[test]
    fn hyphen_compounds_and_fragments() {
        check("KI-Lösungen für IT-Teams und E-Mail", "KI-Lösungen für IT-Teams und E-Mail");
        check(
            "Fach- und Führungskräfte, IT-Strategie und -Gesamtsteuerung",
            "~Fach- und Führungskräfte IT-Strategie und ~-Gesamtsteuerung",
        );
        check("ein Tag – und dann", "ein Tag und dann");
    }

    #[test]
    fn gender_forms_are_one_token() {
        check(
            "Bürger/-innen, Bürger/innen, Bürger:innen, Bürger*innen, Bürger_innen, BürgerInnen, Bürger(innen)",
            "Bürger/-innen Bürger/innen Bürger:innen Bürger*innen Bürger_innen BürgerInnen Bürger(innen)",
        );
    }

    #[test]
    fn acronyms_numbers_addresses() {
        check(
            "KI und IT, CO2, APIs, am 12.03.2024 um 10:30, 48 %, die 1990er",
            "^KI und ^IT ^CO2 ^APIs am #12.03.2024 um #10 #30 #48 die #1990er",
        );
        check("DIE GROSSE ZUKUNFT DER IT BEGINNT", "DIE GROSSE ZUKUNFT DER IT BEGINNT");
        check(
            "siehe https://example.org/a?b=1, info@example.org oder example.de.",
            "siehe @https://example.org/a?b=1 @info@example.org oder @example.de",
        );
        check("CO₂ und CO2", "^CO₂ und ^CO2");
        check("C++ and C# and R&D, Band II", "C++ and C# and ^R&D Band #II");
        check("Ende.Danach Kommunal.Regional.Digital z.B. don't", "Ende Danach Kommunal Regional Digital z.B don't");
    }

    #[test]
    fn capital_letters_say_nothing_at_the_start_and_after_colons() {
        let text = "Sicherheit ist Pflicht: Ohne Plan geht es nicht. „Daten zuerst“";
        let initial: Vec<_> = tokenize(text, Span::new(0, text.len()))
            .iter()
            .filter(|t| t.initial && t.kind.is_word())
            .map(|t| t.span.of(text))
            .collect();
        assert_eq!(initial, ["Sicherheit", "Ohne", "Daten"]);
    }

    proptest! {
        /// Spans are in order, do not overlap, cut what they say, and leave only white space between them.
        #[test]
        fn spans_tile_the_text(text in "[ a-zA-ZäöüßÄ0-9.,:;/*()\\-–„“&@#+\n\u{ad}]{0,80}") {
            let tokens = tokenize(&text, Span::new(0, text.len()));
            let mut at = 0;
            for token in &tokens {
                prop_assert!(token.span.start >= at && !token.span.is_empty());
                prop_assert!(text[at..token.span.start].chars().all(is_blank), "lost {:?}", &text[at..token.span.start]);
                at = token.span.end;
            }
            prop_assert!(text[at..].chars().all(is_blank));
        }

        #[test]
        fn never_panics(text in "\\PC{0,60}") {
            let _ = tokenize(&text, Span::new(0, text.len()));
        }
    }
}
