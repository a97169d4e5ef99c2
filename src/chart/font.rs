//! The embedded font: how wide a text is, how it wraps, how it is shortened.

use std::sync::OnceLock;

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

use super::colour::Colour;

/// The name of the embedded family.
pub(super) const FAMILY: &str = "DejaVu Sans";
/// What an SVG asks for: Verdana has nearly the widths of DejaVu Sans, and most other fonts are narrower.
pub(super) const FAMILIES: &str = "DejaVu Sans, Verdana, sans-serif";

/// Share of the em from the top of capitals to the baseline.
const CAPITALS: f64 = 0.729;
/// Height of a line of DejaVu Sans in em, ascent plus descent; plotters takes it for the size.
const LINE: f64 = (1901.0 + 483.0) / 2048.0;

/// The embedded faces: regular and bold.
pub(super) fn faces() -> [(FontStyle, &'static [u8]); 2] {
    [(FontStyle::Normal, dejavu::sans::regular()), (FontStyle::Bold, dejavu::sans::bold())]
}

/// Makes the embedded faces known to plotters, once. Whether that went well.
pub(super) fn is_ready() -> bool {
    static READY: OnceLock<bool> = OnceLock::new();
    *READY.get_or_init(|| faces().into_iter().all(|(style, data)| register_font(FAMILY, style, data).is_ok()))
}

/// The look of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Font {
    /// Pixels per em.
    pub size: u32,
    /// Bold or regular.
    pub bold: bool,
    /// Its colour.
    pub colour: Colour,
}

impl Font {
    /// Regular text.
    pub(super) const fn regular(size: u32, colour: Colour) -> Self {
        Self { size, bold: false, colour }
    }

    /// Bold text.
    pub(super) const fn bold(size: u32, colour: Colour) -> Self {
        Self { size, bold: true, colour }
    }

    /// The face plotters is asked for.
    pub(super) const fn style(self) -> FontStyle {
        if self.bold { FontStyle::Bold } else { FontStyle::Normal }
    }

    /// From baseline to baseline.
    pub(super) fn leading(self) -> f64 {
        (f64::from(self.size) * 1.28).ceil()
    }

    /// How far below the middle of a line its baseline lies, so that capitals look centred.
    pub(super) fn drop(self) -> f64 {
        f64::from(self.size) * CAPITALS / 2.0
    }

    /// The width of `text` in pixels.
    pub(super) fn width(self, text: &str) -> f64 {
        const FINE: f64 = 1000.0; // plotters cuts to whole pixels, so a large size is measured
        let text = clean(text);
        let measured = is_ready().then(|| FontDesc::new(FontFamily::Name(FAMILY), FINE * LINE, self.style()));
        match measured.map(|font| font.layout_box(&text)) {
            Some(Ok((_, (right, _)))) => f64::from(right) / FINE * f64::from(self.size),
            _ => text.chars().count() as f64 * f64::from(self.size) * 0.65,
        }
    }

    /// The widest of `texts`.
    pub(super) fn widest<'t>(self, texts: impl IntoIterator<Item = &'t str>) -> f64 {
        texts.into_iter().map(|text| self.width(text)).fold(0.0, f64::max)
    }

    /// `text`, cut and ended by "…" if it is wider than `room`; empty if not even that fits.
    pub(super) fn shorten(self, text: &str, room: f64) -> String {
        let text = clean(text);
        if self.width(&text) <= room {
            return text;
        }
        let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let cut = |n: usize| format!("{}…", text[..cuts[n]].trim_end_matches([' ', '-', ',', ':', '(']));
        // The number of characters kept is searched for: fewer are never wider.
        match cuts.partition_point(|at| self.width(&format!("{}…", &text[..*at])) <= room) {
            0 => String::new(),
            n => cut(n - 1),
        }
    }

    /// `text` in lines of at most `room`, broken at spaces and after hyphens, within a word only if it is wider than a
    /// line. What does not fit into `lines` is shortened.
    pub(super) fn wrap(self, text: &str, room: f64, lines: usize) -> Vec<String> {
        let mut done: Vec<String> = Vec::new();
        let mut line = String::new();
        let text = clean(text);
        let mut rest = text.as_str();
        while !rest.is_empty() {
            if done.len() + 1 == lines {
                line.push_str(rest);
                done.push(self.shorten(&line, room));
                return done;
            }
            let (piece, after) = rest.split_at(break_after(rest));
            if self.width(&format!("{line}{}", piece.trim_end())) <= room {
                line.push_str(piece);
                rest = after;
            } else if !line.is_empty() {
                done.push(std::mem::take(&mut line).trim_end().to_owned());
            } else {
                let head = self.part_of_word(rest, room);
                let (head, tail) = rest.split_at(head);
                let hyphenated = format!("{head}-");
                let inside = head.ends_with(char::is_alphabetic) && tail.starts_with(char::is_alphabetic);
                let head = if inside && self.width(&hyphenated) <= room { hyphenated } else { head.to_owned() };
                done.push(head);
                rest = tail;
            }
        }
        if !line.is_empty() {
            done.push(line.trim_end().to_owned());
        }
        done
    }

    /// Bytes of `word` that fit into `room` with a hyphen, at least one letter; no end of one or two letters is left over.
    fn part_of_word(self, word: &str, room: f64) -> usize {
        let ends: Vec<usize> = word.char_indices().skip(1).map(|(at, _)| at).collect();
        let fitting = ends.partition_point(|at| self.width(&format!("{}-", &word[..*at])) <= room);
        let left_over = break_after(word).min(word.len());
        let most = ends.iter().filter(|at| word[**at..left_over.max(**at)].chars().count() > 2).count();
        let kept = if fitting > most && most > 0 { most } else { fitting };
        ends.get(kept.max(1) - 1).copied().unwrap_or(word.len())
    }

    /// Like [`Font::wrap`], with lines of about the same width.
    pub(super) fn wrap_evenly(self, text: &str, room: f64, lines: usize) -> Vec<String> {
        let mut best = self.wrap(text, room, lines);
        let mut narrower = room * 0.95;
        while best.len() > 1 && narrower > room / 2.0 {
            let tried = self.wrap(text, narrower, lines);
            if tried.len() > best.len() || tried.concat().len() < best.concat().len() {
                break;
            }
            best = tried;
            narrower -= room * 0.05;
        }
        best
    }

    /// Whether every word of `text` fits into a line of `room`.
    pub(super) fn words_fit(self, text: &str, room: f64) -> bool {
        let text = clean(text);
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(break_after(rest));
            if self.width(piece.trim_end()) > room {
                return false;
            }
            rest = after;
        }
        true
    }
}

/// Where the first piece of `text` ends: after a space, or after a hyphen or slash between letters.
fn break_after(text: &str) -> usize {
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let joins = matches!(c, '-' | '/') && before.is_some_and(char::is_alphanumeric);
        let next_is_letter = chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if c == ' ' || (joins && next_is_letter) {
            return end;
        }
        before = Some(c);
    }
    text.len()
}

/// `text` as it may stand in an SVG: single spaces, no control characters, nothing invisible. No-break spaces stay.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{A0}' | '\u{202F}' => out.push(c),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_control() => {}
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => {}
            '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::colour::INK;

    const FONT: Font = Font::regular(12, INK);

    #[test]
    fn bold_is_measured_with_the_bold_face() {
        let text = "Datensouveränität „jetzt“ → ÷4 ×2 ß Δ";
        assert!(Font::bold(12, INK).width(text) > FONT.width(text) * 1.05);
        assert!((Font::regular(24, INK).width(text) - 2.0 * FONT.width(text)).abs() < 0.1);
    }

    #[test]
    fn shortened_text_fits_and_says_so() {
        let word = "Datenschutzgrundverordnungsumsetzungsbeauftragte";
        for room in [0.0, 5.0, 12.0, 80.0, 200.0, 1000.0] {
            let short = FONT.shorten(word, room);
            assert!(FONT.width(&short) <= room, "{short} in {room}");
            assert!(short.is_empty() || short.ends_with('…') || short == word);
        }
        assert_eq!(FONT.shorten("Bürger, Staat und Verwaltung", FONT.width("Bürger, …")), "Bürger…");
        assert_eq!(FONT.shorten("", 10.0), "");
    }

    #[test]
    fn wrapping_keeps_every_word() {
        let text = "Künstliche Intelligenz in der Kommunalverwaltung: KI-Assistenten, Low-Code und\u{A0}mehr";
        let lines = FONT.wrap(text, 170.0, 9);
        assert!(lines.len() > 2 && lines.iter().all(|line| FONT.width(line) <= 170.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        assert_eq!(FONT.wrap(text, 170.0, 2).len(), 2);
        assert!(FONT.wrap(text, 170.0, 2)[1].ends_with('…'));
        assert_eq!(FONT.wrap("KI-Lösungen", 60.0, 2), ["KI-", "Lösungen"]);
        assert_eq!(FONT.wrap("", 60.0, 2), [""; 0]);
        assert_eq!(FONT.wrap("äöü", 0.0, 9), ["ä", "ö", "ü"]);
        let word = "Datenschutzgrundverordnungsumsetzungsgesetz";
        for room in [60.0, 150.0, 255.0, FONT.width(word) - 1.0] {
            let lines = FONT.wrap(word, room, 99);
            assert!(lines.iter().all(|line| FONT.width(line) <= room && line.chars().count() > 2), "{lines:?}");
            assert_eq!(lines.concat().replace('-', ""), word);
            assert!(lines[..lines.len() - 1].iter().all(|line| line.ends_with('-')), "{lines:?}");
        }
    }

    #[test]
    fn even_lines_leave_no_lone_word() {
        let text = "Künstliche Intelligenz verdrängt das Onlinezugangsgesetz von der Spitze";
        let room = FONT.width(text) - 1.0;
        assert_eq!(FONT.wrap(text, room, 2)[1], "Spitze");
        let lines = FONT.wrap_evenly(text, room, 2);
        assert!(lines.len() == 2 && lines[1].len() > 15, "{lines:?}");
    }

    #[test]
    fn clean_drops_what_xml_forbids() {
        assert_eq!(clean("  a\u{0}\n\t b\u{AD}c\u{A0}d \u{FFFF}"), "a bc\u{A0}d");
    }
}
