//! What makes the difference of two years: contributions to both sides, and how much of all they are together.

use super::colour::{FALL, GRID, HAIRLINE, INK, PAPER, QUIET, RISE, as_text, mix};
use super::font::Font;
use super::layout::{number, ticks};
use super::picture::{Align, Frame, MARGIN, Picture, WIDTH};
use crate::error::Result;

/// From row to row.
const PITCH: f64 = 22.0;
/// Height of a bar.
const THICK: f64 = 13.0;
/// Between the axis and a label, and between columns.
const GAP: f64 = 8.0;
/// The most room for the notes.
const NOTE_ROOM: f64 = 220.0;
/// The longest tick.
const TICK_ROOM: f64 = 70.0;
/// Width of the line of sums.
const SUMS: f64 = 120.0;
/// Free space at the left of it.
const BEFORE_SUMS: f64 = 30.0;
/// With more rows the ticks stand below the bars, too.
const MANY: usize = 16;

const LABEL: Font = Font::regular(12, INK);
const NOTE: Font = Font::regular(11, QUIET);
const TICK: Font = Font::regular(11, QUIET);
const SUM: Font = Font::bold(11, INK);

/// A word shift: the contribution of each concept to the difference of two years, the largest first, to the side of the
/// year that has more of it; at the right the share of the whole difference that the rows down to there explain
/// together. After Gallagher et al. (2021), Generalized word shift graphs.
#[derive(Debug, Clone)]
pub struct WordShift {
    /// The finding.
    pub title: String,
    /// The measure.
    pub subtitle: String,
    /// n and caveats.
    pub footer: String,
    /// What the chart shows, for readers who cannot see it.
    pub description: String,
    /// Heads of the left side, where contributions are negative, and of the right side.
    pub heads: [String; 2],
    /// Head of the line of sums.
    pub sum_head: String,
    /// The rows from top to bottom.
    pub rows: Vec<WordShiftRow>,
    /// What stands behind a contribution on the axis, such as " pp"; may be empty.
    pub unit: String,
    /// Whether numbers on the axis have a decimal comma.
    pub decimal_comma: bool,
}

/// A row of a [`WordShift`].
#[derive(Debug, Clone)]
pub struct WordShiftRow {
    /// Its name.
    pub label: String,
    /// What it adds to the difference; its sign says to which side.
    pub contribution: f64,
    /// Text in the column beside the bars, such as "4 → 14".
    pub note: String,
    /// Whether it rests on little, such as one talk. Drawn hatched.
    pub weak: bool,
    /// Share (0 to 1, not descending) of the whole difference that the rows from the first to this one make.
    pub sum: f64,
}

impl WordShift {
    /// The chart as SVG.
    ///
    /// # Errors
    /// If there is no row, if a contribution is not finite, or if sums descend or leave 0 to 1.
    pub fn draw(&self) -> Result<String> {
        let frame = Frame {
            what: "word shift",
            title: &self.title,
            subtitle: &self.subtitle,
            footer: &self.footer,
            description: &self.description,
        };
        self.check(&frame)?;
        let note_room = NOTE.widest(self.rows.iter().map(|row| row.note.as_str())).min(NOTE_ROOM).ceil();
        let sums = WIDTH - MARGIN - SUMS;
        let notes = sums - BEFORE_SUMS - note_room;
        let half = ((notes - 2.0 * GAP - MARGIN) / 2.0).floor();
        let zero = MARGIN + half;
        let most = self.rows.iter().map(|row| row.contribution.abs()).fold(0.0, f64::max).max(f64::MIN_POSITIVE);

        let mut picture = Picture::new(WIDTH, frame);
        let sides = [(-1.0, FALL, Align::End), (1.0, RISE, Align::Start)];
        for (head, (sign, colour, align)) in self.heads.iter().zip(sides) {
            let font = Font::bold(12, as_text(colour));
            picture.label(zero + sign * GAP, picture.top() + 6.0, font.shorten(head, half - GAP), font, align);
        }
        // Below the heads of the bars, whose right side may reach that far.
        let head_room = SUMS + BEFORE_SUMS + note_room;
        let lines = TICK.wrap(&self.sum_head, head_room.min(SUMS + BEFORE_SUMS), 2);
        let top = picture.top() + 44.0 + TICK.leading() * lines.len().saturating_sub(1) as f64;
        for (i, line) in lines.iter().enumerate() {
            let y = top - 30.0 - TICK.leading() * (lines.len() - 1 - i) as f64;
            picture.label(WIDTH - MARGIN, y, line, TICK, Align::End);
        }
        let bottom = top + PITCH * self.rows.len() as f64;
        self.draw_axis(&mut picture, (zero, half, most), (top, bottom));
        for (i, row) in self.rows.iter().enumerate() {
            let y = top + PITCH * (i as f64 + 0.5);
            row.draw(&mut picture, zero, row.contribution / most * half, y);
            let fell = row.contribution < 0.0;
            let (x, align) = if fell { (zero + GAP, Align::Start) } else { (zero - GAP, Align::End) };
            picture.label(x, y, LABEL.shorten(&row.label, half - GAP), LABEL, align);
            picture.label(notes, y, NOTE.shorten(&row.note, note_room), NOTE, Align::Start);
        }
        picture.rect(zero, top - 4.0, 1.0, bottom - top + 8.0, QUIET);
        self.draw_sums(&mut picture, sums, (top, bottom));
        picture.finish(bottom + if self.rows.len() > MANY { 20.0 } else { 6.0 })
    }

    fn check(&self, frame: &Frame<'_>) -> Result<()> {
        if self.rows.is_empty() {
            return frame.error("there are no rows");
        }
        if let Some(row) = self.rows.iter().find(|row| !row.contribution.is_finite()) {
            return frame.error(format!("the contribution of `{}` is {}", row.label, row.contribution));
        }
        let sums = || self.rows.iter().map(|row| row.sum);
        if !sums().is_sorted() || !sums().all(|sum| (0.0..=1.0).contains(&sum)) {
            return frame.error("the sums must not descend, nor leave 0 to 1");
        }
        Ok(())
    }

    /// Grid and ticks of the bars, on the side of the bars: the other one is for the labels.
    fn draw_axis(&self, picture: &mut Picture<'_>, (zero, half, most): (f64, f64, f64), (top, bottom): (f64, f64)) {
        let (marks, decimals) = ticks(most, 2);
        for mark in marks.into_iter().filter(|mark| *mark <= most * 1.000_001) {
            for sign in if mark == 0.0 { &[1.0][..] } else { &[-1.0, 1.0] } {
                let x = zero + sign * mark / most * half;
                for (i, _) in self.rows.iter().enumerate().filter(|(_, row)| row.contribution * sign * mark > 0.0) {
                    picture.rect(x, top + PITCH * i as f64, 1.0, PITCH, GRID);
                }
                let text = match number(sign * mark, decimals, self.decimal_comma) {
                    text if *sign > 0.0 && mark > 0.0 => format!("+{text}{}", self.unit),
                    text => format!("{text}{}", self.unit),
                };
                let text = TICK.shorten(&text, TICK_ROOM);
                let width = TICK.width(&text) / 2.0;
                let centre = x.clamp(MARGIN + width, (zero + half).max(MARGIN + width));
                picture.label(centre, top - 13.0, &text, TICK, Align::Middle);
                if self.rows.len() > MANY {
                    picture.label(centre, bottom + 14.0, &text, TICK, Align::Middle);
                }
            }
        }
    }

    /// The line of sums, from 0 at the left edge `x` to all at the right, and where it ends.
    fn draw_sums(&self, picture: &mut Picture<'_>, x: f64, (top, bottom): (f64, f64)) {
        for (share, text, align) in [(0.0, "0", Align::Start), (1.0, "100 %", Align::End)] {
            picture.rect(x + share * SUMS, top, 1.0, bottom - top, HAIRLINE);
            picture.label(x + share * SUMS, top - 13.0, text, TICK, align);
        }
        let place = |(i, row): (usize, &WordShiftRow)| (x + row.sum * SUMS, top + PITCH * (i as f64 + 0.5));
        let points: Vec<(f64, f64)> = [(x, top)].into_iter().chain(self.rows.iter().enumerate().map(place)).collect();
        let end = points[points.len() - 1];
        picture.path(points, 2, INK);
        picture.disc(end.0, end.1, 3, INK);
        let share = self.rows.last().map_or(0.0, |row| row.sum);
        let text = format!("{} %", number(100.0 * share, 0, self.decimal_comma));
        // On the side where the line does not come from.
        let (at, align) =
            if share <= 0.6 { (end.0 + GAP, Align::Start) } else { ((x + SUMS).min(end.0 + 4.0), Align::End) };
        let y = if share <= 0.6 { end.1 } else { end.1 + 14.0 };
        picture.label(at, y, text, SUM, align);
    }
}

impl WordShiftRow {
    fn draw(&self, picture: &mut Picture<'_>, zero: f64, length: f64, y: f64) {
        let colour = if self.contribution < 0.0 { FALL } else { RISE };
        let (x, width) = (zero.min(zero + length), length.abs());
        if self.weak {
            picture.hatched(x, y - THICK / 2.0, width, THICK, mix(colour, PAPER, 0.8), mix(colour, PAPER, 0.2));
        } else {
            picture.rect(x, y - THICK / 2.0, width, THICK, colour);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check::{LONG, assert_tidy, texts};

    fn chart(rows: usize) -> WordShift {
        let row = |i: usize| WordShiftRow {
            label: if i % 9 == 4 { LONG.repeat(2) } else { format!("Begriff \"{i}\" <KI>") },
            contribution: if i % 3 == 1 { -1.0 } else { 1.0 } * 2.3 / (1.0 + i as f64),
            note: format!("{i} → 14 · 1 → 4 Vorträge"),
            weak: i.is_multiple_of(4),
            sum: (i + 1) as f64 / (rows + 9) as f64,
        };
        WordShift {
            title: "KI-Assistenten und Datenräume machen den Unterschied".to_owned(),
            subtitle: "Unterschied der Anteile an allen Nennungen, in Prozentpunkten".to_owned(),
            footer: "Schraffiert: ein einziger Vortrag.".to_owned(),
            description: "Balken".to_owned(),
            heads: ["mehr in 2024".to_owned(), "mehr in 2025".to_owned()],
            sum_head: "Anteil am ganzen Unterschied".to_owned(),
            rows: (0..rows).map(row).collect(),
            unit: " pp".to_owned(),
            decimal_comma: true,
        }
    }

    #[test]
    fn labels_never_overlap_nor_leave_the_canvas() {
        for rows in [1, 2, 5, 24, 500] {
            let mut chart = chart(rows);
            let svg = chart.draw().expect("a chart");
            assert_tidy(&svg);
            assert_eq!(svg, chart.draw().expect("a chart"));
            chart.rows.iter_mut().for_each(|row| row.sum = row.sum.sqrt());
            (chart.heads, chart.sum_head) = ([LONG.to_owned(), LONG.to_owned()], LONG.repeat(3));
            chart.rows.iter_mut().for_each(|row| row.note = LONG.to_owned());
            assert_tidy(&chart.draw().expect("a chart"));
        }
    }

    #[test]
    fn the_sum_is_written_at_the_end_of_its_line() {
        for (share, text) in [(0.0, "0 %"), (0.34, "34 %"), (0.61, "61 %"), (1.0, "100 %")] {
            let mut chart = chart(12);
            chart.rows.iter_mut().for_each(|row| row.sum = share);
            let svg = chart.draw().expect("a chart");
            assert!(texts(&svg).iter().any(|(found, _)| found == text), "{text}");
            assert_tidy(&svg);
        }
    }

    #[test]
    fn bars_go_to_the_side_of_their_sign() {
        let svg = chart(2).draw().expect("a chart");
        let place = |wanted: &str| texts(&svg).iter().find(|(text, _)| text == wanted).expect("a label").1;
        // Labels stand on the other side.
        assert!(place("Begriff \"0\" <KI>").right() < place("Begriff \"1\" <KI>").left());
    }

    #[test]
    fn bad_tables_are_errors() {
        let with = |change: fn(&mut WordShift)| {
            let mut chart = chart(3);
            change(&mut chart);
            chart.draw()
        };
        assert!(with(|chart| chart.rows.clear()).is_err());
        assert!(with(|chart| chart.rows[0].contribution = f64::NAN).is_err());
        assert!(with(|chart| chart.rows[2].sum = 1.2).is_err());
        assert!(with(|chart| chart.rows[0].sum = 0.9).is_err_and(|error| error.to_string().contains("descend")));
    }
}
