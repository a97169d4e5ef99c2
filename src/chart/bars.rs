//! What rose and what fell: bars to both sides of a zero axis.

use super::colour::{FALL, GRID, INK, PAPER, QUIET, RISE, as_text, mix};
use super::font::Font;
use super::layout::number;
use super::picture::{Align, Frame, MARGIN, Picture, WIDTH};
use crate::error::Result;

/// From row to row.
const PITCH: f64 = 24.0;
/// Height of a bar.
const THICK: f64 = 14.0;
/// Between the axis and a label, and between columns.
const GAP: f64 = 8.0;
/// Space between the last rising and the first falling row.
const BREAK: f64 = 12.0;
/// With more rows the ticks stand below the bars, too.
const MANY: usize = 16;
/// The most room for the notes.
const NOTE_ROOM: f64 = 300.0;
/// The longest axis, as log2. What goes beyond ends in an arrow.
const LIMIT: f64 = 16.0;
const LOG2_OF_3: f64 = 1.584_962_500_721_156;

const LABEL: Font = Font::regular(12, INK);
const NOTE: Font = Font::regular(12, QUIET);
const TICK: Font = Font::regular(11, QUIET);

/// Bars to both sides of a zero axis: the strongest risers and fallers. Each label stands on the free side of its bar,
/// its note in a column at the right.
#[derive(Debug, Clone)]
pub struct DivergingBars {
    /// The finding.
    pub title: String,
    /// The measure.
    pub subtitle: String,
    /// n and caveats; also what hatching means, if a row is weak.
    pub footer: String,
    /// What the chart shows, for readers who cannot see it.
    pub description: String,
    /// Head of the left side, where bars of negative values are.
    pub left_head: String,
    /// Head of the right side.
    pub right_head: String,
    /// The bars from top to bottom.
    pub rows: Vec<BarRow>,
    /// Whether numbers on the axis have a decimal comma.
    pub decimal_comma: bool,
}

/// A bar of [`DivergingBars`].
#[derive(Debug, Clone)]
pub struct BarRow {
    /// Its name.
    pub label: String,
    /// The log2 ratio: 1 is twice, −1 is half. One beyond ±16 or infinite fills its side and ends in an arrow.
    pub value: f64,
    /// Text in the column at the right, such as "4 → 14 · 1 → 4 Vorträge".
    pub note: String,
    /// Whether it rests on little, such as one talk. Drawn hatched.
    pub weak: bool,
}

/// The axis: its place and scale.
struct Axis {
    zero: f64,
    /// Length of a side.
    half: f64,
    /// The value at the end of a side.
    limit: f64,
}

impl Axis {
    fn x(&self, value: f64) -> f64 {
        self.zero + (value / self.limit).clamp(-1.0, 1.0) * self.half
    }

    /// Places and texts of the ticks, at powers of two.
    fn ticks(&self, comma: bool) -> Vec<(f64, String)> {
        let steps: Vec<(f64, String)> = if self.limit > 1.0 {
            let every = (self.limit / 5.0).ceil() as u32;
            let powers = (1..=self.limit as u32).rev().filter(|power| power.is_multiple_of(every));
            powers.map(|power| (f64::from(power), 2_u64.pow(power).to_string())).collect()
        } else {
            vec![(1.0, number(2.0, 0, comma)), (LOG2_OF_3 - 1.0, number(1.5, 1, comma))]
        };
        let fell = steps.iter().map(|(at, text)| (-at, format!("÷{text}")));
        let rose = steps.iter().rev().map(|(at, text)| (*at, format!("×{text}")));
        fell.chain([(0.0, "1".to_owned())]).chain(rose).collect()
    }
}

impl DivergingBars {
    /// The chart as SVG.
    ///
    /// # Errors
    /// If there is no row, or a value is not a number.
    pub fn draw(&self) -> Result<String> {
        let frame = Frame {
            what: "bar chart",
            title: &self.title,
            subtitle: &self.subtitle,
            footer: &self.footer,
            description: &self.description,
        };
        if self.rows.is_empty() {
            return frame.error("there are no rows");
        }
        if let Some(row) = self.rows.iter().find(|row| row.value.is_nan()) {
            return frame.error(format!("the value of `{}` is not a number", row.label));
        }
        let note_room = NOTE.widest(self.rows.iter().map(|row| row.note.as_str())).min(NOTE_ROOM).ceil();
        let half = ((WIDTH - 2.0 * MARGIN - 3.0 * GAP - note_room) / 2.0).floor();
        let finite = self.rows.iter().map(|row| row.value.abs()).filter(|value| value.is_finite());
        let axis = Axis { zero: MARGIN + half, half, limit: finite.fold(1.0, f64::max).min(LIMIT) };

        let mut picture = Picture::new(WIDTH, frame);
        let heads = [(&self.left_head, -1.0, FALL, Align::End), (&self.right_head, 1.0, RISE, Align::Start)];
        for (head, sign, colour, align) in heads {
            let font = Font::bold(12, as_text(colour));
            picture.label(axis.zero + sign * GAP, picture.top() + 6.0, font.shorten(head, half - GAP), font, align);
        }
        let top = picture.top() + 40.0;
        let rows = self.places(top);
        let bottom = rows.last().map_or(top, |(_, y)| y + PITCH / 2.0);
        let mut ticks = axis.ticks(self.decimal_comma);
        ticks.retain(|(value, _)| *value == 0.0 || self.rows.iter().any(|row| row.fell() == (*value < 0.0)));
        // The grid is drawn on the side of the bars; the other one is for the labels.
        for (row, y) in &rows {
            for (value, _) in ticks.iter().filter(|(value, _)| if row.fell() { *value < 0.0 } else { *value > 0.0 }) {
                picture.rect(axis.x(*value), y - PITCH / 2.0, 1.0, PITCH, GRID);
            }
        }
        // Fallers stand far from the ticks above them.
        let twice = rows.len() > MANY || self.rows.last().is_some_and(BarRow::fell);
        for (value, text) in &ticks {
            picture.label(axis.x(*value), top - 13.0, text, TICK, Align::Middle);
            if twice {
                picture.label(axis.x(*value), bottom + 14.0, text, TICK, Align::Middle);
            }
        }
        rows.iter().for_each(|(row, y)| row.draw(&mut picture, &axis, *y));
        picture.rect(axis.zero, top - 4.0, 1.0, bottom - top + 8.0, QUIET);
        for (row, y) in rows {
            picture.label(WIDTH - MARGIN - note_room, y, NOTE.shorten(&row.note, note_room), NOTE, Align::Start);
        }
        picture.finish(bottom + if twice { 20.0 } else { 6.0 })
    }

    /// The rows with the middle of each, a little space standing where the direction changes.
    fn places(&self, top: f64) -> Vec<(&BarRow, f64)> {
        let mut y = top - PITCH / 2.0;
        let mut before = self.rows.first().is_some_and(BarRow::fell);
        let mut place = |row: &BarRow| {
            y += if row.fell() == before { PITCH } else { PITCH + BREAK };
            before = row.fell();
            y
        };
        self.rows.iter().map(|row| (row, place(row))).collect()
    }
}

impl BarRow {
    fn fell(&self) -> bool {
        self.value < 0.0
    }

    /// Bar and label.
    fn draw(&self, picture: &mut Picture<'_>, axis: &Axis, y: f64) {
        let colour = if self.fell() { FALL } else { RISE };
        let (sign, align) = if self.fell() { (-1.0, Align::Start) } else { (1.0, Align::End) };
        let end = axis.x(self.value).round();
        let beyond = self.value.abs() > axis.limit;
        let tip = if beyond { end - sign * THICK / 2.0 } else { end };
        let (x, width) = (axis.zero.min(tip), (tip - axis.zero).abs());
        if self.weak {
            picture.hatched(x, y - THICK / 2.0, width, THICK, mix(colour, PAPER, 0.8), mix(colour, PAPER, 0.2));
        } else {
            picture.rect(x, y - THICK / 2.0, width, THICK, colour);
        }
        if beyond {
            let arrow = vec![(tip, y - THICK / 2.0), (end, y), (tip, y + THICK / 2.0)];
            picture.polygon(arrow, if self.weak { mix(colour, PAPER, 0.2) } else { colour });
        }
        let label = LABEL.shorten(&self.label, axis.half - 2.0 * GAP);
        picture.label(axis.zero - sign * GAP, y, label, LABEL, align);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check::{LONG, assert_tidy, texts};

    fn chart(rows: usize) -> DivergingBars {
        let row = |i: usize| BarRow {
            label: if i % 9 == 4 { LONG.repeat(2) } else { format!("Begriff \"{i}\" <KI>") },
            value: 3.4 - 0.2 * i as f64,
            note: format!("{i} → 14 · 1 → 4 Vorträge"),
            weak: i.is_multiple_of(3),
        };
        DivergingBars {
            title: "KI-Assistenten und Datenräume gewinnen, das Onlinezugangsgesetz verliert".to_owned(),
            subtitle: "Verhältnis der Häufigkeit 2025 zu 2024".to_owned(),
            footer: "Schraffiert: ein einziger Vortrag.".to_owned(),
            description: "Balken".to_owned(),
            left_head: "seltener".to_owned(),
            right_head: "häufiger".to_owned(),
            rows: (0..rows).map(row).collect(),
            decimal_comma: true,
        }
    }

    #[test]
    fn labels_never_overlap_nor_leave_the_canvas() {
        for rows in [1, 8, 40] {
            let svg = chart(rows).draw().expect("a chart");
            assert_tidy(&svg);
            assert_eq!(svg, chart(rows).draw().expect("a chart"));
        }
    }

    #[test]
    fn the_axis_speaks_of_ratios() {
        let ticks = |limit| -> Vec<String> {
            Axis { zero: 0.0, half: 300.0, limit }.ticks(true).into_iter().map(|tick| tick.1).collect()
        };
        assert_eq!(ticks(1.0), ["÷2", "÷1,5", "1", "×1,5", "×2"]);
        assert_eq!(ticks(2.3), ["÷4", "÷2", "1", "×2", "×4"]);
        assert_eq!(ticks(LIMIT).len(), 9);
    }

    #[test]
    fn infinite_ratios_end_in_an_arrow() {
        let mut chart = chart(3);
        assert!(!chart.draw().expect("a chart").contains("<polygon"));
        (chart.rows[0].value, chart.rows[2].value) = (f64::INFINITY, f64::NEG_INFINITY);
        let svg = chart.draw().expect("a chart");
        assert_eq!(svg.matches("<polygon").count(), 2);
        assert_tidy(&svg);
        chart.rows.iter_mut().for_each(|row| row.value = 1e300);
        assert_tidy(&chart.draw().expect("a chart"));
    }

    #[test]
    fn texts_arrive_as_they_are() {
        let svg = chart(1).draw().expect("a chart");
        for text in ["Begriff \"0\" <KI>", "0 → 14 · 1 → 4 Vorträge", "×4"] {
            assert!(texts(&svg).iter().any(|(found, _)| found == text), "{text}");
        }
    }

    #[test]
    fn bad_tables_are_errors() {
        assert!(chart(0).draw().is_err());
        let mut bad = chart(2);
        bad.rows[1].value = f64::NAN;
        assert!(bad.draw().is_err_and(|error| error.to_string().contains("Begriff")));
    }
}
