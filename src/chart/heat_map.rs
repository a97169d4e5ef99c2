//! Themes by session: a grid of cells, columns grouped by year.

use super::colour::{EMPTY, HAIRLINE, INK, QUIET, sequential, text_on};
use super::font::Font;
use super::layout::{decimals, number};
use super::picture::{Align, Frame, MARGIN, Picture, WIDTH};
use crate::error::Result;

/// Height of a row of cells.
const PITCH: f64 = 24.0;
/// Least and greatest width of a column.
const COLUMN: [f64; 2] = [15.0, 300.0];
/// Columns at least so wide may have level labels.
const LEVEL: f64 = 64.0;
/// Between groups of columns, and between labels and cells.
const GAP: f64 = 12.0;
/// The longest row label, with few columns and with many.
const LABEL_ROOM: [f64; 2] = [320.0, 230.0];
/// More columns count as many.
const MANY: usize = 16;
/// The longest name of a group that is wider than its columns.
const GROUP_ROOM: f64 = 140.0;
/// The longest column label, read upwards.
const COLUMN_LABEL_ROOM: f64 = 220.0;
/// Width of the colour scale.
const SCALE: f64 = 160.0;

const LABEL: Font = Font::regular(12, INK);
const COLUMN_LABEL: Font = Font::regular(11, INK);
const GROUP: Font = Font::bold(14, INK);
const NUMBER: Font = Font::regular(11, INK);
const LEGEND: Font = Font::regular(11, QUIET);

/// A grid of cells, such as themes by session, with columns grouped by year. Up to about 60 columns can be read; with
/// more, the picture grows wide, and it is better to sum up before.
#[derive(Debug, Clone)]
pub struct HeatMap {
    /// The finding.
    pub title: String,
    /// The measure.
    pub subtitle: String,
    /// n and caveats.
    pub footer: String,
    /// What the chart shows, for readers who cannot see it.
    pub description: String,
    /// Labels of the rows, such as themes.
    pub rows: Vec<String>,
    /// The columns, such as sessions.
    pub columns: Vec<HeatColumn>,
    /// One value per row and column, zero or more. A zero leaves its cell empty.
    pub values: Vec<Vec<f64>>,
    /// What the colours mean, beside their scale.
    pub legend: String,
    /// Whether numbers have a decimal comma.
    pub decimal_comma: bool,
}

/// A column of a [`HeatMap`].
#[derive(Debug, Clone)]
pub struct HeatColumn {
    /// Its name.
    pub label: String,
    /// What it belongs to, such as its year. Neighbours of one group stand together below its name.
    pub group: String,
}

/// Where the columns are.
struct Grid<'c> {
    /// Left edge of each column.
    xs: Vec<f64>,
    /// Name, left edge and width of each group.
    groups: Vec<(&'c str, f64, f64)>,
    /// Width of a column.
    column: f64,
    /// Right edge of all.
    right: f64,
}

impl<'c> Grid<'c> {
    fn new(columns: &'c [HeatColumn], left: f64) -> Self {
        let parts: Vec<&[HeatColumn]> = columns.chunk_by(|a, b| a.group == b.group).collect();
        let room = WIDTH - MARGIN - left - GAP * (parts.len() as f64 - 1.0);
        let column = (room / columns.len() as f64).clamp(COLUMN[0], COLUMN[1]).floor();
        let mut grid = Self { xs: Vec::new(), groups: Vec::new(), column, right: left };
        let mut x = left;
        for part in parts {
            let (name, width) = (part[0].group.as_str(), part.len() as f64 * column);
            grid.xs.extend((0..part.len()).map(|i| x + i as f64 * column));
            grid.groups.push((name, x, width));
            grid.right = x + f64::max(width, GROUP.width(name).min(GROUP_ROOM));
            x = grid.right + GAP;
        }
        grid
    }
}

impl HeatMap {
    /// The chart as SVG.
    ///
    /// # Errors
    /// If there is no row or no column, if a row has not one value a column, or if a value is negative or not finite.
    pub fn draw(&self) -> Result<String> {
        let frame = Frame {
            what: "heat map",
            title: &self.title,
            subtitle: &self.subtitle,
            footer: &self.footer,
            description: &self.description,
        };
        self.check(&frame)?;
        let label_room = LABEL.widest(self.rows.iter().map(String::as_str));
        let label_room = label_room.min(LABEL_ROOM[usize::from(self.columns.len() > MANY)]).ceil();
        let left = MARGIN + label_room + GAP;
        let grid = Grid::new(&self.columns, left);
        let heads = Heads::new(&self.columns, grid.column);

        let mut picture = Picture::new(f64::max(WIDTH, grid.right + MARGIN), frame);
        let mut top = picture.top();
        if grid.groups.iter().any(|group| !group.0.is_empty()) {
            for (name, x, width) in &grid.groups {
                let name = GROUP.shorten(name, width.max(GROUP_ROOM));
                picture.text(*x, top + 12.0, name, GROUP, Align::Start);
                picture.rect(*x, top + 19.0, width - 1.0, 1.0, HAIRLINE);
            }
            top += 30.0;
        }
        top += heads.height();
        for (index, x) in grid.xs.iter().enumerate() {
            heads.draw(&mut picture, index, x + grid.column / 2.0, top - 6.0);
        }
        for (row, label) in self.rows.iter().enumerate() {
            let y = top + PITCH * (row as f64 + 0.5);
            picture.label(left - GAP, y, LABEL.shorten(label, label_room), LABEL, Align::End);
        }
        self.draw_cells(&mut picture, &grid, top);
        let bottom = top + PITCH * self.rows.len() as f64;
        self.draw_scale(&mut picture, left, bottom + 22.0);
        picture.finish(bottom + 30.0)
    }

    fn check(&self, frame: &Frame<'_>) -> Result<()> {
        if self.rows.is_empty() || self.columns.is_empty() {
            return frame.error("there are no rows or no columns");
        }
        if self.values.len() != self.rows.len() {
            return frame.error(format!("{} rows of values for {} labels", self.values.len(), self.rows.len()));
        }
        for (label, values) in self.rows.iter().zip(&self.values) {
            if values.len() != self.columns.len() {
                return frame.error(format!(
                    "`{label}` has {} values for {} columns",
                    values.len(),
                    self.columns.len()
                ));
            }
            if let Some(value) = values.iter().find(|value| !value.is_finite() || **value < 0.0) {
                return frame.error(format!("`{label}` has the value {value}; it must be zero or more"));
            }
        }
        Ok(())
    }

    fn most(&self) -> f64 {
        self.values.iter().flatten().copied().fold(0.0, f64::max)
    }

    /// How values are written, short enough for a cell: 0,25 and 7,2, but 13.
    fn writer(&self) -> impl Fn(f64) -> String {
        let (decimals, comma) = (decimals(self.values.iter().flatten().copied()), self.decimal_comma);
        move |value| number(value, if value >= 9.95 { 0 } else { decimals }, comma)
    }

    /// The text of each cell. Zeros, and what rounds to zero, are left to their colour.
    fn figures(&self) -> Vec<Vec<String>> {
        let write = self.writer();
        let telling = |text: String| if text.contains(|c| matches!(c, '1'..='9')) { text } else { String::new() };
        let row = |values: &Vec<f64>| values.iter().map(|value| telling(write(*value))).collect();
        self.values.iter().map(row).collect()
    }

    /// The cells, with their numbers if all of these fit.
    fn draw_cells(&self, picture: &mut Picture<'_>, grid: &Grid<'_>, top: f64) {
        let (most, figures, width) = (self.most(), self.figures(), grid.column - 1.0);
        let with_figures = NUMBER.widest(figures.iter().flatten().map(String::as_str)) <= width;
        for (row, (values, figures)) in self.values.iter().zip(&figures).enumerate() {
            let y = top + PITCH * row as f64;
            for ((value, figure), x) in values.iter().zip(figures).zip(&grid.xs) {
                let ground = if *value > 0.0 { sequential(value / most) } else { EMPTY };
                picture.rect(*x, y, width, PITCH - 1.0, ground);
                if with_figures {
                    let font = Font { colour: text_on(ground), ..NUMBER };
                    picture.label(x + width / 2.0, y + PITCH / 2.0, figure, font, Align::Middle);
                }
            }
        }
    }

    /// An empty cell, the colours, the greatest value and the legend, centred on the height `y`.
    fn draw_scale(&self, picture: &mut Picture<'_>, left: f64, y: f64) {
        let top = y - 5.0;
        picture.label(left, y, "0", LEGEND, Align::Start);
        picture.rect(left + 12.0, top, 14.0, 10.0, EMPTY);
        let start = left + 28.0;
        let steps = 40;
        for i in 0..steps {
            let share = f64::from(i) / f64::from(steps - 1);
            let width = SCALE / f64::from(steps);
            picture.rect(start + f64::from(i) * width, top, width, 10.0, sequential(share));
        }
        let after = start + SCALE + 6.0;
        let most = LEGEND.shorten(&self.writer()(self.most()), SCALE);
        let legend = after + LEGEND.width(&most) + GAP;
        picture.label(after, y, most, LEGEND, Align::Start);
        picture.label(legend, y, LEGEND.shorten(&self.legend, WIDTH - MARGIN - legend), LEGEND, Align::Start);
    }
}

/// The labels of the columns, in lines.
struct Heads {
    lines: Vec<Vec<String>>,
    /// Whether they are level or read upwards.
    level: bool,
}

impl Heads {
    /// Level labels if every word fits into its column, else labels that read upwards.
    fn new(columns: &[HeatColumn], width: f64) -> Self {
        let room = width - 6.0;
        let level = width >= LEVEL && columns.iter().all(|column| COLUMN_LABEL.words_fit(&column.label, room));
        let wrap = |column: &HeatColumn| {
            if level {
                COLUMN_LABEL.wrap(&column.label, room, 4)
            } else {
                let lines = if width >= 2.0 * COLUMN_LABEL.leading() { 2 } else { 1 };
                COLUMN_LABEL.wrap_evenly(&column.label, COLUMN_LABEL_ROOM, lines)
            }
        };
        Self { lines: columns.iter().map(wrap).collect(), level }
    }

    fn height(&self) -> f64 {
        if self.level {
            COLUMN_LABEL.leading() * self.lines.iter().map(Vec::len).max().unwrap_or(0) as f64 + 4.0
        } else {
            COLUMN_LABEL.widest(self.lines.iter().flatten().map(String::as_str)).ceil() + 8.0
        }
    }

    /// Draws the labels of one column above `bottom`, centred on `x`.
    fn draw(&self, picture: &mut Picture<'_>, column: usize, x: f64, bottom: f64) {
        let lines = &self.lines[column];
        for (i, line) in lines.iter().enumerate() {
            if self.level {
                let y = bottom - COLUMN_LABEL.leading() * (lines.len() - 1 - i) as f64 - 3.0;
                picture.text(x, y, line, COLUMN_LABEL, Align::Middle);
            } else {
                let from_middle = i as f64 - (lines.len() - 1) as f64 / 2.0;
                picture.upward(x + from_middle * COLUMN_LABEL.leading(), bottom, line, COLUMN_LABEL);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check::{LONG, assert_tidy};

    fn chart(rows: usize, columns: usize, groups: usize) -> HeatMap {
        let column = |i: usize| HeatColumn {
            label: if i % 5 == 2 {
                LONG.to_owned()
            } else {
                format!("Vortrag {i}: Was „Größe“ & <Daten> heißt")
            },
            group: (2024 + i * groups / columns).to_string(),
        };
        let value = |row: usize, column: usize| ((row * 7 + column * 3) % 11) as f64 * 1.3;
        HeatMap {
            title: "KI steht in fast jedem Vortrag".to_owned(),
            subtitle: "Nennungen je 1.000 Wörter".to_owned(),
            footer: "26 Vorträge".to_owned(),
            description: "Felder".to_owned(),
            rows: (0..rows).map(|i| if i % 4 == 1 { LONG.to_owned() } else { format!("Thema {i}") }).collect(),
            columns: (0..columns).map(column).collect(),
            values: (0..rows).map(|row| (0..columns).map(|column| value(row, column)).collect()).collect(),
            legend: "Nennungen je 1.000 Wörter".to_owned(),
            decimal_comma: true,
        }
    }

    #[test]
    fn labels_never_overlap_nor_leave_the_canvas() {
        for (columns, groups) in [(1, 1), (2, 2), (8, 2), (26, 2), (60, 3), (20, 20), (60, 20), (500, 2)] {
            for rows in [1, 24] {
                let chart = chart(rows, columns, groups);
                let svg = chart.draw().expect("a chart");
                assert_tidy(&svg);
                assert_eq!(svg, chart.draw().expect("a chart"));
            }
        }
    }

    #[test]
    fn short_labels_are_level() {
        let mut chart = chart(3, 8, 2);
        chart.columns.iter_mut().for_each(|column| column.label = "Eine KI für Ämter".to_owned());
        let svg = chart.draw().expect("a chart");
        assert!(!svg.contains("rotate("));
        assert_tidy(&svg);
    }

    #[test]
    fn zeros_stay_empty() {
        let mut chart = chart(1, 3, 1);
        chart.values = vec![vec![0.0, 0.01, 12.4]];
        assert_eq!(chart.figures(), [["", "", "12"]]);
        chart.values = vec![vec![0.0, 4.26, 9.96]];
        assert_eq!(chart.figures(), [["", "4,3", "10"]]);
        chart.values = vec![vec![0.0, 4.0, 9.0]];
        assert_eq!(chart.figures(), [["", "4", "9"]]);
        chart.values = vec![vec![0.0; 3]];
        assert_tidy(&chart.draw().expect("a chart"));
    }

    #[test]
    fn bad_tables_are_errors() {
        let mut ragged = chart(2, 3, 1);
        ragged.values[1].pop();
        let mut short = chart(2, 3, 1);
        short.values.pop();
        let mut negative = chart(2, 3, 1);
        negative.values[0][0] = -1.0;
        let mut wild = chart(2, 3, 1);
        wild.values[0][0] = f64::INFINITY;
        for bad in [chart(0, 3, 1), chart(2, 0, 1), ragged, short, negative, wild] {
            assert!(bad.draw().is_err());
        }
    }
}
