//! What rose and what fell: bars to both sides of a zero axis.

use super::colour::{FALL, GRID, INK, PAPER, QUIET, RISE, as_text, mix};
use super::font::Font;
use super::layout::ratio_ticks;
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
/// The most room for labels in a column.
const LABEL_ROOM: f64 = 240.0;
/// How far the axis goes beyond the longest bar where there are intervals, as log2.
const BEYOND: f64 = 1.5;
/// The longest axis, as log2. What goes beyond ends in an arrow.
const LIMIT: f64 = 16.0;

const LABEL: Font = Font::regular(12, INK);
const NOTE: Font = Font::regular(12, QUIET);
const TICK: Font = Font::regular(11, QUIET);

/// Bars to both sides of a zero axis: the strongest risers and fallers. Each label stands on the free side of its bar;
/// if any row has an interval, which may need that side, labels stand in a column at the left. Notes stand in a column
/// at the right.
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
    /// Lower and upper limit of the value, on the scale of it. What goes beyond the axis, or is infinite, ends in an
    /// arrow.
    pub interval: Option<(f64, f64)>,
}

/// The axis: its place and scale.
struct Axis {
    zero: f64,
    /// Length of a side.
    half: f64,
    /// The value at the end of a side.
    limit: f64,
    /// Width of the column of labels at the left, if there is one.
    labels: Option<f64>,
}

impl Axis {
    fn x(&self, value: f64) -> f64 {
        self.zero + (value / self.limit).clamp(-1.0, 1.0) * self.half
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
        if let Some(row) = self.rows.iter().find(|row| row.interval.is_some_and(|(a, b)| a.is_nan() || b.is_nan())) {
            return frame.error(format!("a limit of `{}` is not a number", row.label));
        }
        let note_room = NOTE.widest(self.rows.iter().map(|row| row.note.as_str())).min(NOTE_ROOM).ceil();
        let axis = self.axis(note_room);
        let half = axis.half;

        let mut picture = Picture::new(WIDTH, frame);
        let heads = [(&self.left_head, -1.0, FALL, Align::End), (&self.right_head, 1.0, RISE, Align::Start)];
        for (head, sign, colour, align) in heads {
            let font = Font::bold(12, as_text(colour));
            picture.label(axis.zero + sign * GAP, picture.top() + 6.0, font.shorten(head, half - GAP), font, align);
        }
        let top = picture.top() + 40.0;
        let rows = self.places(top);
        let bottom = rows.last().map_or(top, |(_, y)| y + PITCH / 2.0);
        let mut ticks = ratio_ticks(axis.limit, self.decimal_comma);
        let is_used = |value: f64, row: &BarRow| axis.labels.is_some() || row.fell() == (value < 0.0);
        ticks.retain(|(value, _)| *value == 0.0 || self.rows.iter().any(|row| is_used(*value, row)));
        // The grid is drawn on the side of the bars, where the other one is for the labels.
        for (row, y) in &rows {
            for (value, _) in ticks.iter().filter(|(value, _)| *value != 0.0 && is_used(*value, row)) {
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

    /// The axis that leaves room for the notes, and for labels beside intervals.
    fn axis(&self, note_room: f64) -> Axis {
        let with_intervals = self.rows.iter().any(|row| row.interval.is_some());
        let widest = LABEL.widest(self.rows.iter().map(|row| row.label.as_str())).ceil();
        let labels = with_intervals.then(|| widest.min(LABEL_ROOM));
        let left = MARGIN + labels.map_or(0.0, |room| room + 2.0 * GAP);
        let half = ((WIDTH - MARGIN - 3.0 * GAP - note_room - left) / 2.0).floor();
        let finite = self.rows.iter().map(|row| row.value.abs()).filter(|value| value.is_finite());
        // An interval has some room beyond the longest bar, but must not make all bars short.
        let longest = finite.fold(1.0, f64::max).min(LIMIT);
        let limit = if with_intervals { (longest + BEYOND).min(LIMIT) } else { longest };
        Axis { zero: left + half, half, limit, labels }
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
        if let Some((low, high)) = self.interval {
            let open = [low < -axis.limit, high > axis.limit];
            picture.whisker((axis.x(low), y), (axis.x(high), y), open, INK);
        }
        if let Some(room) = axis.labels {
            picture.label(MARGIN + room, y, LABEL.shorten(&self.label, room), LABEL, Align::End);
        } else {
            let label = LABEL.shorten(&self.label, axis.half - 2.0 * GAP);
            picture.label(axis.zero - sign * GAP, y, label, LABEL, align);
        }
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
            interval: None,
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
        for rows in [1, 8, 40, 500] {
            let mut chart = chart(rows);
            let svg = chart.draw().expect("a chart");
            assert_tidy(&svg);
            assert_eq!(svg, chart.draw().expect("a chart"));
            chart.rows.iter_mut().for_each(|row| row.interval = Some((row.value - 2.0, row.value + 1.0)));
            assert_tidy(&chart.draw().expect("a chart"));
        }
    }

    #[test]
    fn intervals_that_leave_the_axis_end_in_an_arrow() {
        let mut chart = chart(3);
        chart.rows[1].interval = Some((0.4, f64::INFINITY));
        let svg = chart.draw().expect("a chart");
        assert_tidy(&svg);
        assert_eq!(svg.matches("<polygon").count(), 1);
        chart.rows[1].interval = Some((0.4, 3.5));
        assert!(!chart.draw().expect("a chart").contains("<polygon"));
        chart.rows[1].interval = Some((f64::NEG_INFINITY, f64::INFINITY));
        assert_eq!(chart.draw().expect("a chart").matches("<polygon").count(), 2);
        chart.rows[1].interval = Some((f64::NAN, 1.0));
        assert!(chart.draw().is_err());
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
