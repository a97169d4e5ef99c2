//! Small multiples: a panel a theme, all on one scale, with intervals.

use super::colour::{Colour, FALL, GRID, HAIRLINE, INK, PAPER, QUIET, RISE, as_text, mix};
use super::font::{Font, clean};
use super::layout::{in_time, number, panel_width, ticks};
use super::picture::{Align, Frame, MARGIN, Picture, WIDTH};
use crate::error::Result;

/// Height of a plot.
const PLOT: f64 = 84.0;
/// Between panels, from left to right and from top to bottom.
const GUTTER: [f64; 2] = [22.0, 20.0];
/// Between a tick and its grid line, a line and the value at its end.
const GAP: f64 = 7.0;
/// From the lower end of a plot to the baseline of its years.
const YEARS: f64 = 19.0;
/// The most panels side by side with few years, and with more.
const ACROSS: [usize; 2] = [4, 3];
/// More years are many, and have no mark each.
const MANY: usize = 10;
/// The most lines of a label, and of a note.
const LINES: usize = 2;
/// The most room for the value at the end of a line.
const VALUE_ROOM: f64 = 56.0;

const NOTE: Font = Font::regular(11, QUIET);
const TICK: Font = Font::regular(11, QUIET);

/// Small multiples: a panel a line, such as the share of talks with a theme over the years, all on one scale, each with
/// the intervals of its values. For three and more years; also for more themes than one chart of lines can hold.
///
/// Years that are whole numbers stand at their distance in time.
#[derive(Debug, Clone)]
pub struct Trajectories {
    /// The finding.
    pub title: String,
    /// The measure.
    pub subtitle: String,
    /// n and caveats.
    pub footer: String,
    /// What the chart shows, for readers who cannot see it.
    pub description: String,
    /// The years, ascending; at least two.
    pub years: Vec<String>,
    /// The panels, row by row.
    pub panels: Vec<Trajectory>,
    /// What stands behind a number, such as " %".
    pub unit: String,
    /// Decimals of the value at the end of a line.
    pub decimals: usize,
    /// Whether numbers have a decimal comma.
    pub decimal_comma: bool,
}

/// A panel of [`Trajectories`].
#[derive(Debug, Clone)]
pub struct Trajectory {
    /// Its name.
    pub label: String,
    /// What is to be said of it, such as "2 von 40 → 31 von 52 Vorträgen"; may be empty.
    pub note: String,
    /// One value a year; `None` is a gap, not zero.
    pub values: Vec<Option<f64>>,
    /// Lower and upper limit of each value, one a year, or empty.
    pub intervals: Vec<Option<(f64, f64)>>,
    /// Where it goes, for its colour.
    pub course: Course,
}

/// Where a [`Trajectory`] goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Course {
    /// Up.
    Rising,
    /// Down.
    Falling,
    /// Neither, or nobody can tell.
    Neither,
}

impl Course {
    const fn colour(self) -> Colour {
        match self {
            Self::Rising => RISE,
            Self::Falling => FALL,
            Self::Neither => QUIET,
        }
    }
}

/// What all panels share.
struct Scale {
    low: f64,
    high: f64,
    /// Grid lines with their texts.
    marks: Vec<(f64, String)>,
    /// x of each year from the left edge of a panel.
    xs: Vec<f64>,
    /// Width of a panel.
    width: f64,
}

impl Scale {
    /// y of `value` in a plot that begins at `top`.
    fn y(&self, value: f64, top: f64) -> f64 {
        let share = (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        top + PLOT - share * PLOT
    }
}

impl Trajectories {
    /// The chart as SVG.
    ///
    /// # Errors
    /// If there are fewer than two years or no value at all, if a panel has not one value a year, or if a value or a
    /// limit is not finite.
    pub fn draw(&self) -> Result<String> {
        let frame = Frame {
            what: "trajectories",
            title: &self.title,
            subtitle: &self.subtitle,
            footer: &self.footer,
            description: &self.description,
        };
        self.check(&frame)?;
        let marks = self.marks();
        let axis = TICK.widest(marks.1.iter().map(|mark| mark.1.as_str())).min(VALUE_ROOM).ceil() + GAP;
        let left = MARGIN + axis;
        let across = ACROSS[usize::from(self.years.len() > MANY)].min(self.panels.len());
        let scale = self.scale(marks, panel_width(WIDTH - MARGIN - left, across, GUTTER[0]));

        let mut picture = Picture::new(WIDTH, frame);
        let mut top = picture.top();
        for row in self.panels.chunks(across) {
            let heads: Vec<Vec<(String, Font)>> = row.iter().map(|panel| panel.head(scale.width)).collect();
            let height = |head: &Vec<(String, Font)>| head.iter().map(|(_, font)| font.leading()).sum::<f64>();
            let plot = top + heads.iter().map(height).fold(0.0, f64::max) + 10.0;
            for (i, (panel, head)) in row.iter().zip(&heads).enumerate() {
                let x = left + (scale.width + GUTTER[0]) * i as f64;
                let mut y = top;
                for (line, font) in head {
                    picture.label(x, y + font.leading() / 2.0, line, *font, Align::Start);
                    y += font.leading();
                }
                for (mark, text) in &scale.marks {
                    let y = scale.y(*mark, plot);
                    picture.rect(x, y, scale.width, 1.0, if *mark == 0.0 { HAIRLINE } else { GRID });
                    if i == 0 {
                        picture.label(x - GAP, y, TICK.shorten(text, VALUE_ROOM), TICK, Align::End);
                    }
                }
                self.draw_panel(&mut picture, panel, &scale, (x, plot));
                self.draw_years(&mut picture, &scale, (x, plot + PLOT));
            }
            top = plot + PLOT + YEARS + 6.0 + GUTTER[1];
        }
        picture.finish(top - GUTTER[1])
    }

    fn check(&self, frame: &Frame<'_>) -> Result<()> {
        let years = self.years.len();
        if years < 2 {
            return frame.error(format!("two years are needed, {years} given"));
        }
        for Trajectory { label, values, intervals, .. } in &self.panels {
            if values.len() != years || !(intervals.is_empty() || intervals.len() == years) {
                let found = format!("{} values and {} intervals for {years} years", values.len(), intervals.len());
                return frame.error(format!("`{label}` has {found}"));
            }
            let limits = intervals.iter().flatten().flat_map(|(low, high)| [low, high]);
            if let Some(value) = values.iter().flatten().chain(limits).find(|value| !value.is_finite()) {
                return frame.error(format!("`{label}` has the value {value}"));
            }
        }
        if self.panels.iter().all(|panel| panel.values.iter().all(Option::is_none)) {
            return frame.error("no panel has a value");
        }
        Ok(())
    }

    /// The least and the greatest number, and grid lines with their texts.
    fn marks(&self) -> ((f64, f64), Vec<(f64, String)>) {
        let values = self.panels.iter().flat_map(|panel| panel.values.iter().flatten().copied());
        let limits = self.panels.iter().flat_map(|panel| panel.intervals.iter().flatten());
        let all: Vec<f64> = values.chain(limits.flat_map(|(low, high)| [*low, *high])).collect();
        let low = all.iter().copied().fold(0.0, f64::min);
        let highest = all.iter().copied().fold(low, f64::max);
        let (marks, decimals) = ticks(highest, 3);
        let text = |mark: f64| format!("{}{}", number(mark, decimals, self.decimal_comma), self.unit);
        let high = marks.last().map_or(highest, |mark| mark.max(highest));
        let high = if high > low { high } else { low + 1.0 };
        ((low, high), marks.into_iter().map(|mark| (mark, text(mark))).collect())
    }

    fn scale(&self, ((low, high), marks): ((f64, f64), Vec<(f64, String)>), width: f64) -> Scale {
        let mut scale = Scale { low, high, marks, xs: Vec::new(), width };
        let ends = self.panels.iter().filter_map(|panel| panel.values.iter().flatten().last());
        let room = ends.map(|value| NOTE.width(&self.text(*value))).fold(0.0, f64::max).min(VALUE_ROOM);
        scale.xs = in_time(&self.years, 6.0, width - room.ceil() - GAP - 2.0);
        scale
    }

    fn text(&self, value: f64) -> String {
        format!("{}{}", number(value, self.decimals, self.decimal_comma), self.unit)
    }

    fn draw_panel(&self, picture: &mut Picture<'_>, panel: &Trajectory, scale: &Scale, (x, top): (f64, f64)) {
        let colour = panel.course.colour();
        let place = |year: usize, value: f64| (x + scale.xs[year], scale.y(value, top));
        let limits: Vec<(usize, (f64, f64))> =
            panel.intervals.iter().enumerate().filter_map(|(year, limits)| Some((year, (*limits)?))).collect();
        for run in limits.chunk_by(|a, b| a.0 + 1 == b.0) {
            let upper = run.iter().map(|(year, (_, high))| place(*year, *high));
            let lower = run.iter().rev().map(|(year, (low, _))| place(*year, *low));
            if run.len() > 1 {
                picture.polygon(upper.chain(lower).collect(), mix(colour, PAPER, 0.8));
            } else {
                upper.zip(lower).for_each(|(high, low)| picture.whisker(low, high, [false; 2], colour));
            }
        }
        let points: Vec<(usize, f64)> =
            panel.values.iter().enumerate().filter_map(|(year, value)| Some((year, (*value)?))).collect();
        let at = |(year, value): &(usize, f64)| place(*year, *value);
        for gap in points.windows(2).filter(|pair| pair[0].0 + 1 < pair[1].0) {
            picture.dots(at(&gap[0]), at(&gap[1]), colour);
        }
        for run in points.chunk_by(|a, b| a.0 + 1 == b.0) {
            if run.len() > 1 {
                picture.path(run.iter().map(at).collect(), 2, colour);
            }
            let marked = if self.years.len() > MANY && run.len() > 1 { &run[run.len() - 1..] } else { run };
            marked.iter().map(at).for_each(|(x, y)| picture.disc(x, y, 3, colour));
        }
        if let Some(last) = points.last() {
            let (x, y) = at(last);
            let font = Font { colour: as_text(colour), bold: true, ..NOTE };
            let text = font.shorten(&self.text(last.1), VALUE_ROOM);
            // Clear of the lower grid line.
            picture.label(x + GAP, y.min(top + PLOT - 6.0), text, font, Align::Start);
        }
    }

    /// The first and the last year below a plot; the last one alone if both do not fit.
    fn draw_years(&self, picture: &mut Picture<'_>, scale: &Scale, (x, bottom): (f64, f64)) {
        let year = |index: usize| clean(&self.years[index]);
        let n = self.years.len();
        let (first, last) = (year(0), year(n - 1));
        for at in &scale.xs {
            picture.rect(x + at, bottom, 1.0, 3.0, HAIRLINE);
        }
        let last = TICK.shorten(&last, scale.width);
        let end = (scale.xs[n - 1] + TICK.width(&last) / 2.0).min(scale.width);
        picture.text(x + end, bottom + YEARS, &last, TICK, Align::End);
        if TICK.width(&first) + GAP <= end - TICK.width(&last) {
            picture.text(x, bottom + YEARS, first, TICK, Align::Start);
        }
    }
}

impl Trajectory {
    /// Label and note in lines.
    fn head(&self, room: f64) -> Vec<(String, Font)> {
        let label = Font::bold(12, if self.course == Course::Neither { INK } else { as_text(self.course.colour()) });
        let texts = [(&self.label, label), (&self.note, NOTE)];
        texts
            .into_iter()
            .flat_map(|(text, font)| font.wrap(text, room, LINES).into_iter().map(move |line| (line, font)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check::{LONG, assert_tidy, texts};

    fn chart(years: usize, panels: usize) -> Trajectories {
        let panel = |i: usize| {
            let value = |year: usize| ((i + year) % 6 != 5).then_some(((i * 7 + year * 5) % 90) as f64);
            let values: Vec<Option<f64>> = (0..years).map(value).collect();
            Trajectory {
                label: if i % 5 == 2 { LONG.to_owned() } else { format!("Thema „{i}“ <&>") },
                note: if i.is_multiple_of(3) { String::new() } else { "2 von 40 → 31 von 52 Vorträgen".to_owned() },
                intervals: values.iter().map(|v| v.map(|v| (v * 0.6, v * 0.8 + 20.0))).collect(),
                values,
                course: [Course::Rising, Course::Falling, Course::Neither][i % 3],
            }
        };
        Trajectories {
            title: "KI wächst seit 2018, das Onlinezugangsgesetz hat seinen Gipfel hinter sich".to_owned(),
            subtitle: "Anteil der Vorträge mit dem Thema".to_owned(),
            footer: "400 Vorträge".to_owned(),
            description: "Linien".to_owned(),
            years: (0..years).map(|year| (2005 + year).to_string()).collect(),
            panels: (0..panels).map(panel).collect(),
            unit: " %".to_owned(),
            decimals: 0,
            decimal_comma: true,
        }
    }

    #[test]
    fn labels_never_overlap_nor_leave_the_canvas() {
        for years in [2, 3, 10, 20] {
            for panels in [1, 2, 5, 24] {
                let svg = chart(years, panels).draw().expect("a chart");
                assert_tidy(&svg);
                assert_eq!(svg, chart(years, panels).draw().expect("a chart"));
            }
        }
        assert_tidy(&chart(20, 500).draw().expect("a chart"));
    }

    #[test]
    fn all_panels_have_one_scale() {
        let mut chart = chart(3, 2);
        let flat = |value: f64| vec![Some(value); 3];
        (chart.panels[0].values, chart.panels[1].values) = (flat(10.0), flat(40.0));
        chart.panels.iter_mut().for_each(|panel| panel.intervals.clear());
        let heights: Vec<f32> = ["10 %", "40 %"]
            .map(|wanted| {
                texts(&chart.draw().expect("a chart")).iter().rfind(|(t, _)| t == wanted).expect(wanted).1.y()
            })
            .to_vec();
        assert!((heights[0] - heights[1] - 0.75 * PLOT as f32).abs() <= 1.5, "{heights:?}");
    }

    #[test]
    fn a_lone_value_has_a_whisker_and_a_run_a_band() {
        let mut chart = chart(4, 1);
        chart.panels[0].values = vec![Some(1.0), None, Some(3.0), Some(4.0)];
        chart.panels[0].intervals = vec![Some((0.5, 2.0)), None, Some((2.0, 4.0)), Some((3.0, 5.0))];
        let svg = chart.draw().expect("a chart");
        assert_eq!(svg.matches("<polygon").count(), 1);
        let thin = |line: &&str| line.starts_with("<polyline") && line.contains("stroke-width=\"1\"");
        assert_eq!(svg.lines().filter(thin).count(), 3, "a line and two caps");
        assert_tidy(&svg);
    }

    #[test]
    fn bad_tables_are_errors() {
        let with = |change: fn(&mut Trajectories)| {
            let mut chart = chart(3, 2);
            change(&mut chart);
            chart.draw()
        };
        assert!(with(|chart| chart.years.truncate(1)).is_err());
        assert!(with(|chart| chart.panels.clear()).is_err());
        assert!(with(|chart| chart.panels[0].values = vec![None]).is_err());
        assert!(with(|chart| chart.panels[0].intervals.truncate(1)).is_err());
        assert!(with(|chart| chart.panels[0].intervals[0] = Some((0.0, f64::INFINITY))).is_err());
        assert!(with(|chart| chart.panels[1].values[1] = Some(f64::NAN)).is_err());
        assert!(with(|chart| chart.panels.iter_mut().for_each(|panel| panel.values = vec![None; 3])).is_err());
    }
}
