//! The layout of an article: paragraphs, headings, captions, and what their form marks them as.

use std::sync::LazyLock;

use regex::Regex;

use crate::corpus::Span;

/// What the form of a block says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// Nothing.
    None,
    /// A Markdown or underlined heading with its level, 1 to 6.
    Heading(u8),
    /// A line set bold as a whole.
    Bold,
    /// `3. Title`, `3) Title`, `Session 3: Title`.
    Numbered(u32),
    /// `09:30 Uhr – Title`.
    Agenda,
}

/// A run of lines that belong together.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    /// Its bytes, trimmed.
    pub span: Span,
    /// First line, counted from 1.
    pub first_line: usize,
    /// Last line.
    pub last_line: usize,
    /// Empty lines before it.
    pub blank_before: usize,
    pub marker: Marker,
}

/// All blocks of a document.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub blocks: Vec<Paragraph>,
    /// Whether paragraphs are broken into lines of like length.
    pub wrapped: bool,
    /// Key–value lines of a front matter.
    pub front_matter: Vec<(String, String)>,
}

struct Line<'t> {
    text: &'t str,
    start: usize,
    number: usize,
}

impl Layout {
    /// Cuts a text into blocks.
    pub(super) fn of(text: &str) -> Self {
        let lines = lines(text);
        let (front_matter, skip) = front_matter(&lines);
        let body = &lines[skip..];
        let full: Vec<usize> =
            body.iter().filter(|l| !l.text.trim().is_empty()).map(|l| l.text.chars().count()).collect();
        let blank = body.len() - full.len();
        let long = full.iter().filter(|&&n| n > 120).count();
        // Without empty lines between them, long lines are paragraphs of their own.
        let line_is_block = long * 3 > full.len() && blank * 4 < full.len();
        let mut blocks: Vec<Paragraph> = Vec::new();
        let mut blank_before = 0;
        let mut open = false;
        for (i, line) in body.iter().enumerate() {
            let trimmed = line.text.trim();
            if trimmed.is_empty() || is_rule(trimmed) && !underlines(body, i) {
                blank_before += 1;
                open = false;
                continue;
            }
            if underlines(body, i) {
                if let Some(last) = blocks.last_mut() {
                    last.marker = Marker::Heading(if trimmed.starts_with('=') { 1 } else { 2 });
                    last.last_line = line.number;
                }
                open = false;
                continue;
            }
            let marker = marker_of(trimmed);
            let alone = !matches!(marker, Marker::None) && starts_block(marker, open, blocks.last());
            let start = line.start + (line.text.len() - line.text.trim_start().len());
            let span = Span::new(start, start + trimmed.len());
            match blocks.last_mut() {
                Some(last) if open && !alone && !line_is_block => {
                    last.span.end = span.end;
                    last.last_line = line.number;
                    if last.marker != Marker::None && !matches!(last.marker, Marker::Heading(_) | Marker::Agenda) {
                        last.marker = Marker::None;
                    }
                }
                _ => {
                    blocks.push(Paragraph {
                        span,
                        first_line: line.number,
                        last_line: line.number,
                        blank_before,
                        marker,
                    });
                    blank_before = 0;
                }
            }
            // A heading or agenda line ends its block by itself.
            open = !(alone && matches!(marker, Marker::Heading(_) | Marker::Agenda));
        }
        let multi = blocks.iter().filter(|b| b.last_line > b.first_line + 1).count();
        let short = full.iter().filter(|&&n| n <= 100).count();
        let wrapped = multi * 3 > blocks.len() && short * 10 > full.len() * 9;
        Self { blocks, wrapped, front_matter }
    }

    /// A value of the front matter.
    pub(super) fn front(&self, key: &str) -> Option<&str> {
        self.front_matter.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut result = Vec::new();
    for (number, piece) in text.split_inclusive('\n').enumerate() {
        result.push(Line { text: piece.trim_end_matches(['\n', '\r']), start, number: number + 1 });
        start += piece.len();
    }
    result
}

/// The key–value lines between two `---` (or `+++`) at the very top, and how many lines they take.
fn front_matter(lines: &[Line<'_>]) -> (Vec<(String, String)>, usize) {
    let fence = match lines.first().map(|l| l.text.trim()) {
        Some(fence @ ("---" | "+++")) => fence,
        _ => return (Vec::new(), 0),
    };
    let Some(end) = lines.iter().skip(1).take(60).position(|l| l.text.trim() == fence) else { return (Vec::new(), 0) };
    let pairs = lines[1..=end].iter().filter_map(|l| {
        let (key, value) = l.text.split_once([':', '='])?;
        Some((key.trim().to_lowercase(), value.trim().trim_matches(['"', '\'']).to_owned()))
    });
    (pairs.collect(), end + 2)
}

fn is_rule(line: &str) -> bool {
    let marks: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    marks.chars().count() >= 3
        && ["-", "*", "_", "=", "~", "–", "—"].iter().any(|m| marks.chars().all(|c| m.starts_with(c)))
}

/// Whether line `i` underlines the line before it, as a heading.
fn underlines(lines: &[Line<'_>], i: usize) -> bool {
    let line = lines[i].text.trim();
    let marks = line.len() >= 3 && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-'));
    let above = i.checked_sub(1).map(|p| lines[p].text.trim()).unwrap_or_default();
    let alone = i < 2 || lines[i - 2].text.trim().is_empty();
    marks && alone && !above.is_empty() && above.chars().count() < 120 && !above.starts_with('#')
}

/// Whether a marked line starts a block although the line before is not empty.
fn starts_block(marker: Marker, open: bool, last: Option<&Paragraph>) -> bool {
    !open || matches!(marker, Marker::Heading(_) | Marker::Agenda) || last.is_some_and(|l| l.marker != Marker::None)
}

fn marker_of(line: &str) -> Marker {
    static HEADING: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(#{1,6})\s+\S").expect("valid"));
    static BOLD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:\*\*[^*]+\*\*|__[^_]+__|\*\*\*[^*]+\*\*\*):?$").expect("valid"));
    static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:(?i:session|talk|vortrag|beitrag|teil|part|panel|workshop|block|programmpunkt|punkt|station|forum|slot|keynote|impuls|lesson|kapitel|chapter|no\.|nr\.)\s+)?([0-9]{1,2})\s*(?:[.):–—|-]|\s-)\s*\S").expect("valid")
    });
    static AGENDA: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[\[(*]{0,3}(?:(?:ab|um|from|at)\s+)?[0-9]{1,2}(?:[:.][0-9]{2}(?:\s*(?:Uhr|h|[ap]\.?m\.?))?|\s*(?:Uhr|[ap]\.?m\.?))(?:\s*(?:[-–—]|bis|to)\s*[0-9]{1,2}(?:[:.][0-9]{2})?(?:\s*(?:Uhr|h|[ap]\.?m\.?))?)?[\])*]{0,3}\s*(?:[-–—:|,.•]|\s)\s*\S").expect("valid")
    });
    if let Some(found) = HEADING.captures(line) {
        return Marker::Heading(found[1].len() as u8);
    }
    if line.chars().count() > 200 {
        return Marker::None;
    }
    if BOLD.is_match(line) {
        return Marker::Bold;
    }
    let plain = line.trim_start_matches(['*', '_']);
    if AGENDA.is_match(plain) && !ends_like_prose(plain) {
        return Marker::Agenda;
    }
    if let Some(found) = NUMBERED.captures(plain)
        && !ends_like_prose(plain)
    {
        return found[1].parse().map_or(Marker::None, Marker::Numbered);
    }
    Marker::None
}

/// A full stop at the end, several sentences: prose that happens to begin with a number.
fn ends_like_prose(line: &str) -> bool {
    line.ends_with('.') && line.chars().count() > 60 || line.chars().count() > 180
}

/// The words of a title without what marks it: `#`, bold signs, number, time.
pub(super) fn clean_title(line: &str, marker: Marker) -> String {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[0-9]{1,2}\s*[.):–—-]\s*").expect("valid"));
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[\[(]?(?:(?:ab|um|from|at)\s+)?[0-9]{1,2}(?:[:.][0-9]{2})?\s*(?:Uhr|h\b|[ap]\.?m\.?)?(?:\s*(?:[-–—]|bis|to)\s*[0-9]{1,2}(?:[:.][0-9]{2})?\s*(?:Uhr|h\b|[ap]\.?m\.?)?)?[\])]?\s*[-–—:|,.•]?\s*").expect("valid")
    });
    let flat = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = flat.trim_matches(|c: char| matches!(c, '#' | '*' | '_') || c.is_whitespace());
    let cut = match marker {
        Marker::Numbered(_) => NUMBER.replace(bare, ""),
        Marker::Agenda => TIME.replace(bare, ""),
        Marker::Heading(_) | Marker::Bold => NUMBER.replace(bare, ""),
        _ => bare.into(),
    };
    cut.trim_matches(|c: char| matches!(c, '*' | '_') || c.is_whitespace()).trim_end_matches(':').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(usize, Marker)]) {
        let found: Vec<_> = Layout::of(text).blocks.iter().map(|b| (b.first_line, b.marker)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_by_form() {
        check(
            "# Top\nText one\nText two\n\n**Bold title**\n\nBody with **bold** words.\n\n3) Third\n\nBody",
            &[
                (1, Marker::Heading(1)),
                (2, Marker::None),
                (5, Marker::Bold),
                (7, Marker::None),
                (9, Marker::Numbered(3)),
                (11, Marker::None),
            ],
        );
        check(
            "09:30 Uhr – Titel (Name)\nText folgt.\n\n10.15–11.00 Uhr: Zwei\nText",
            &[(1, Marker::Agenda), (2, Marker::None), (4, Marker::Agenda), (5, Marker::None)],
        );
        check("Title\n=====\n\nText\n\n---\n\nMore", &[(1, Marker::Heading(1)), (4, Marker::None), (8, Marker::None)]);
    }

    #[test]
    fn a_list_inside_a_paragraph_is_not_a_row_of_titles() {
        check("Drei Punkte:\n1. eins\n2. zwei\n\nWeiter", &[(1, Marker::None), (5, Marker::None)]);
        check("9 von 10 Gästen kamen mit der Bahn und fanden das gut so.", &[(1, Marker::None)]);
    }

    #[test]
    fn long_lines_without_gaps_are_paragraphs() {
        let long = "Wort ".repeat(40);
        let text = format!("Kurz\n{long}\nKurz zwei\n{long}");
        assert_eq!(Layout::of(&text).blocks.len(), 4);
    }

    #[test]
    fn front_matter_is_no_block() {
        let layout = Layout::of("---\ntitle: \"A\"\nyear: 2023\n---\n\nText");
        assert_eq!(layout.front("year"), Some("2023"));
        assert_eq!((layout.blocks.len(), layout.blocks[0].first_line), (1, 6));
    }

    #[test]
    fn titles_lose_their_marks() {
        assert_eq!(clean_title("## 2. Ein **Titel**", Marker::Heading(2)), "Ein **Titel");
        assert_eq!(clean_title("**Ein Titel**", Marker::Bold), "Ein Titel");
        assert_eq!(clean_title("09:30 Uhr – Was es kostet", Marker::Agenda), "Was es kostet");
        assert_eq!(clean_title("3) Mend it", Marker::Numbered(3)), "Mend it");
    }
}
