//! Themes from year to year: a slope chart for two years, trajectories for more.

use super::colour::{CONTEXT, Colour, GRID, HAIRLINE, INK, PAPER, QUIET, SERIES, as_text};
use super::font::{Font, clean};
use super::layout::{decimals, in_time, number, spread, ticks};
use super::picture::{Align, Frame, MARGIN, Picture, WIDTH};
use crate::error::Result;

/// From the last mark of a line to its label; leaders run here.
const GUTTER: f64 = 38.0;
/// Between the columns of labels and notes.
const GAP: f64 = 10.0;
/// From label to label.
const PITCH: f64 = 17.0;
/// Height of the chart per label, so that few labels need to move far.
const ROOMY: f64 = 22.0;
/// More years have smaller marks.
const FEW: usize = 8;
/// The least width of the lines of two years, and of more.
const NARROWEST: [f64; 2] = [230.0, 460.0];

/// The upper edge is at most so many times the largest value; intervals beyond it are cut.
const ROOF: f64 = 1.4;
/// From the interval of a line to that of the next one.
const ASIDE: f64 = 5.0;

/// The longest name of a year, above two of them and below more.
const YEAR_ROOM: [f64; 2] = [140.0, 76.0];

const YEAR: Font = Font::bold(14, INK);
const YEAR_BELOW: Font = Font::regular(12, INK);
const TICK: Font = Font::regular(11, QUIET);

/// Lines from year to year, such as the weight of themes. Two years give a slope chart with labels on both sides, more
/// years give trajectories with labels at the right end.
///
/// Labels are moved apart where lines come close, and a thin leader shows where they belong. A line that ends early
/// names its last year. Years that are whole numbers stand at their distance in time, so that a year without a
/// conference shows.
#[derive(Debug, Clone)]
pub struct SlopeChart {
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
    /// The lines; up to about 24 can be read. One without any value is not drawn. There are six strong colours: a
    /// seventh emphasised line has the first again.
    pub lines: Vec<SlopeLine>,
    /// Whether numbers on the axis have a decimal comma.
    pub decimal_comma: bool,
}

/// A line of a [`SlopeChart`].
#[derive(Debug, Clone)]
pub struct SlopeLine {
    /// Its name.
    pub label: String,
    /// One value a year; `None` is a gap, not zero. Dots, instead of a line, lead over a gap.
    pub values: Vec<Option<f64>>,
    /// One text a year to stand beside the label, such as "3,1 · 4 von 13". If empty, the value stands there.
    pub notes: Vec<String>,
    /// Whether it is drawn in a strong colour. Others are grey.
    pub emphasis: bool,
    /// Lower and upper limit of each value, one a year, or empty. They are drawn for emphasised lines, beside each
    /// other; one that reaches far beyond all values ends in an arrow at the upper edge.
    pub intervals: Vec<Option<(f64, f64)>>,
}

/// A line that can be drawn.
struct Trace<'c> {
    label: &'c str,
    emphasis: bool,
    colour: Colour,
    points: Vec<Point>,
}

/// A value of a line.
struct Point {
    /// Index of its year.
    year: usize,
    value: f64,
    note: String,
    interval: Option<(f64, f64)>,
}

/// Where values are on the canvas.
struct Plane {
    /// x of each year.
    xs: Vec<f64>,
    top: f64,
    bottom: f64,
    low: f64,
    high: f64,
}

impl Plane {
    fn y(&self, value: f64) -> f64 {
        // Halves, so that no difference is beyond the numbers.
        let share = (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        self.bottom - share * (self.bottom - self.top)
    }

    fn place(&self, point: &Point) -> (f64, f64) {
        (self.xs[point.year], self.y(point.value))
    }
}

impl SlopeChart {
    /// The chart as SVG.
    ///
    /// # Errors
    /// If there are fewer than two years or no value at all, if a line has not one value and one note a year, or if a
    /// value is not finite.
    pub fn draw(&self) -> Result<String> {
        let frame = Frame {
            what: "slope chart",
            title: &self.title,
            subtitle: &self.subtitle,
            footer: &self.footer,
            description: &self.description,
        };
        let traces = self.traces(&frame)?;
        let points = || traces.iter().flat_map(|trace| &trace.points);
        let low = points().map(|point| point.range().0).fold(0.0, f64::min);
        let highest = points().map(|point| point.value).fold(low, f64::max);
        // Wide intervals must not press all lines together.
        let roof = if highest > 0.0 { ROOF * highest.min(f64::MAX / ROOF) } else { 0.0 };
        let highest = points().map(|point| point.range().1).fold(highest, f64::max).min(roof.max(highest));
        let two = self.years.len() == 2;

        // From the outside to the inside: labels, axis, lines.
        let (marks, decimals) = if two { (Vec::new(), 0) } else { ticks(highest, 5) };
        let marks: Vec<_> = marks.into_iter().map(|mark| (mark, number(mark, decimals, self.decimal_comma))).collect();
        let high = marks.last().map_or(highest, |mark| mark.0.max(highest));
        let high = if high > low { high } else { low + 1.0 };
        let axis = TICK.widest(marks.iter().map(|mark| mark.1.as_str()));
        let room = WIDTH - 2.0 * MARGIN - axis - NARROWEST[usize::from(!two)];
        let left = two.then(|| Tags::new(&traces, Side::First, Some(0), room / 2.0));
        let right = Tags::new(&traces, Side::Last, two.then_some(1), if two { room / 2.0 } else { room });
        let sides = || left.iter().chain([&right]);

        let mut picture = Picture::new(WIDTH, frame);
        let top = picture.top() + if two { 34.0 } else { 8.0 };
        let rows = sides().map(|tags| tags.tags.len()).max().unwrap_or(0) as f64;
        let bottom = top + f64::max(rows * ROOMY, (170.0 + 24.0 * rows).min(340.0));
        let from = MARGIN + left.as_ref().map_or(axis + GAP, Tags::width);
        let plane = Plane { xs: in_time(&self.years, from, WIDTH - MARGIN - right.width()), top, bottom, low, high };
        if two {
            self.draw_years(&mut picture, &plane)
        } else {
            self.draw_axes(&mut picture, &plane, &marks)
        }
        let strong: Vec<&Trace<'_>> = traces.iter().filter(|trace| trace.emphasis).collect();
        for (i, trace) in strong.iter().enumerate() {
            let aside = (i as f64 - (strong.len() - 1) as f64 / 2.0) * ASIDE;
            trace.draw_intervals(&mut picture, &plane, aside);
        }
        for emphasis in [false, true] {
            traces.iter().filter(|trace| trace.emphasis == emphasis).for_each(|trace| trace.draw(&mut picture, &plane));
        }
        sides().for_each(|tags| tags.draw(&mut picture, &plane));
        let lowest = sides().filter_map(|tags| tags.heights(&plane).pop()).fold(bottom, f64::max);
        picture.finish(f64::max(lowest + 8.0, bottom + if two { 10.0 } else { 26.0 }))
    }

    /// The lines that have a value, with their colours.
    fn traces(&self, frame: &Frame<'_>) -> Result<Vec<Trace<'_>>> {
        let years = self.years.len();
        if years < 2 {
            return frame.error(format!("two years are needed, {years} given"));
        }
        let values = self.lines.iter().flat_map(|line| line.values.iter().flatten().copied());
        let decimals = decimals(values);
        let mut strong = SERIES.into_iter().cycle();
        let mut traces = Vec::new();
        for line @ SlopeLine { label, values, notes, emphasis, .. } in &self.lines {
            if let Some(problem) = line.problem(years) {
                return frame.error(format!("`{label}` has {problem}"));
            }
            let mut points = Vec::new();
            for (year, (value, note)) in values.iter().zip(notes).enumerate() {
                let Some(value) = *value else { continue };
                let interval = line.intervals.get(year).copied().flatten().filter(|_| *emphasis);
                let (low, high) = interval.unwrap_or((value, value));
                if ![value, low, high].into_iter().all(f64::is_finite) {
                    return frame.error(format!("`{label}` has the value {value} in {}", self.years[year]));
                }
                let note =
                    if clean(note).is_empty() { number(value, decimals, self.decimal_comma) } else { note.clone() };
                points.push(Point { year, value, note, interval });
            }
            // A line that ends early says when.
            if let Some(last) = points.last_mut().filter(|last| years > 2 && last.year + 1 < years) {
                last.note = format!("{}: {}", self.years[last.year], last.note);
            }
            if !points.is_empty() {
                let colour = if *emphasis { strong.next().unwrap_or(INK) } else { CONTEXT };
                traces.push(Trace { label, emphasis: *emphasis, colour, points });
            }
        }
        if traces.is_empty() { frame.error("no line has a value") } else { Ok(traces) }
    }

    /// The two years as heads above vertical lines.
    fn draw_years(&self, picture: &mut Picture<'_>, plane: &Plane) {
        for (x, year) in plane.xs.iter().zip(&self.years) {
            picture.text(*x, plane.top - 18.0, YEAR.shorten(year, YEAR_ROOM[0]), YEAR, Align::Middle);
            picture.rect(*x, plane.top - 8.0, 1.0, plane.bottom - plane.top + 16.0, HAIRLINE);
        }
    }

    /// Grid lines with their values, and the years below as far as there is room, the last one first.
    fn draw_axes(&self, picture: &mut Picture<'_>, plane: &Plane, marks: &[(f64, String)]) {
        let (from, to) = (plane.xs[0], plane.xs[plane.xs.len() - 1]);
        for (mark, text) in marks {
            let y = plane.y(*mark);
            picture.rect(from, y, to - from, 1.0, if *mark == 0.0 { HAIRLINE } else { GRID });
            picture.label(from - GAP, y, text, TICK, Align::End);
        }
        let mut free = f64::INFINITY;
        for (x, year) in plane.xs.iter().zip(&self.years).rev() {
            let year = YEAR_BELOW.shorten(year, YEAR_ROOM[1]);
            let half = YEAR_BELOW.width(&year) / 2.0;
            picture.rect(*x, plane.bottom, 1.0, 4.0, HAIRLINE);
            if x + half + 6.0 <= free {
                picture.text(*x, plane.bottom + 20.0, year, YEAR_BELOW, Align::Middle);
                free = x - half;
            }
        }
    }
}

impl SlopeLine {
    /// What does not fit the number of years.
    fn problem(&self, years: usize) -> Option<String> {
        let (values, notes, intervals) = (self.values.len(), self.notes.len(), self.intervals.len());
        let fits = values == years && notes == years && (intervals == years || intervals == 0);
        (!fits).then(|| format!("{values} values, {notes} notes and {intervals} intervals for {years} years"))
    }
}

impl Point {
    /// The least and the greatest that is drawn of it.
    fn range(&self) -> (f64, f64) {
        let (low, high) = self.interval.unwrap_or((self.value, self.value));
        (low.min(self.value), high.max(self.value))
    }
}

impl Trace<'_> {
    /// The intervals, `aside` of the points so that those of several lines stand beside each other.
    fn draw_intervals(&self, picture: &mut Picture<'_>, plane: &Plane, aside: f64) {
        for point in &self.points {
            let Some((low, high)) = point.interval else { continue };
            let x = plane.xs[point.year] + aside;
            let open = high > plane.high;
            picture.whisker((x, plane.y(low)), (x, plane.y(high.min(plane.high))), [false, open], self.colour);
        }
    }

    fn draw(&self, picture: &mut Picture<'_>, plane: &Plane) {
        let few = plane.xs.len() <= FEW;
        let runs = || self.points.chunk_by(|a, b| a.year + 1 == b.year);
        for gap in self.points.windows(2).filter(|pair| pair[0].year + 1 < pair[1].year) {
            picture.dots(plane.place(&gap[0]), plane.place(&gap[1]), self.colour);
        }
        for run in runs() {
            let places: Vec<(f64, f64)> = run.iter().map(|point| plane.place(point)).collect();
            if places.len() > 1 {
                picture.path(places, if self.emphasis { 3 } else { 1 }, self.colour);
            }
        }
        for run in runs() {
            for (x, y) in run.iter().map(|point| plane.place(point)) {
                if self.emphasis {
                    let radius = if few { 4 } else { 3 };
                    picture.disc(x, y, radius + 1, PAPER);
                    picture.disc(x, y, radius, self.colour);
                } else if plane.xs.len() == 2 || run.len() == 1 {
                    picture.disc(x, y, 2, self.colour);
                }
            }
        }
    }
}

/// Which ends of the lines are labelled, and where.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    /// Values of the first year, at the left.
    First,
    /// The last value of each line, at the right.
    Last,
}

/// The labels of one side, in columns.
struct Tags<'t> {
    side: Side,
    tags: Vec<Tag<'t>>,
    label_room: f64,
    note_room: f64,
}

/// The label of a line and the note of its value there.
struct Tag<'t> {
    trace: &'t Trace<'t>,
    point: &'t Point,
    /// The value next to it on the line, to order labels of equal values as the lines come in.
    towards: f64,
}

impl Tag<'_> {
    fn label_font(&self) -> Font {
        if self.trace.emphasis { Font::bold(12, as_text(self.trace.colour)) } else { Font::regular(12, QUIET) }
    }

    fn note_font(&self) -> Font {
        Font::regular(12, if self.trace.emphasis { INK } else { QUIET })
    }
}

impl<'t> Tags<'t> {
    fn new(traces: &'t [Trace<'t>], side: Side, year: Option<usize>, room: f64) -> Self {
        let mut tags: Vec<Tag<'_>> = Vec::new();
        for trace in traces {
            let n = trace.points.len();
            let (point, next) = match side {
                Side::First => (&trace.points[0], &trace.points[1.min(n - 1)]),
                Side::Last => (&trace.points[n - 1], &trace.points[n.saturating_sub(2)]),
            };
            tags.push(Tag { trace, point, towards: next.value });
        }
        // Of two years, each side has the values of its own.
        if let Some(year) = year {
            tags.retain(|tag| tag.point.year == year);
        }
        tags.sort_by(|a, b| {
            let by_value = b.point.value.total_cmp(&a.point.value);
            by_value.then(b.towards.total_cmp(&a.towards)).then(a.trace.label.cmp(b.trace.label))
        });
        let widest = |width: &dyn Fn(&Tag<'_>) -> f64| tags.iter().map(width).fold(0.0, f64::max);
        let room = room - GUTTER - GAP;
        let note_room = widest(&|tag| tag.note_font().width(&tag.point.note)).min(room * 0.5);
        let label_room = widest(&|tag| tag.label_font().width(tag.trace.label)).min(room - note_room);
        Self { side, tags, label_room: label_room.ceil(), note_room: note_room.ceil() }
    }

    fn width(&self) -> f64 {
        GUTTER + self.label_room + GAP + self.note_room
    }

    /// The height of each label. A crowd at the lower end may reach a little below the lines.
    fn heights(&self, plane: &Plane) -> Vec<f64> {
        let wanted: Vec<f64> = self.tags.iter().map(|tag| plane.y(tag.point.value)).collect();
        let below = 4.0 + self.tags.len() as f64 * PITCH / 5.0;
        spread(&wanted, PITCH, plane.top - 4.0, plane.bottom + below)
    }

    fn draw(&self, picture: &mut Picture<'_>, plane: &Plane) {
        let (edge, sign, align) = match self.side {
            Side::First => (plane.xs[0], -1.0, Align::End),
            Side::Last => (plane.xs[plane.xs.len() - 1], 1.0, Align::Start),
        };
        let note_x = edge + sign * GUTTER;
        let label_x = note_x + sign * (self.note_room + GAP);
        for (tag, height) in self.tags.iter().zip(self.heights(plane)) {
            let y = plane.y(tag.point.value);
            let (x, _) = plane.place(tag.point);
            picture.dots((x, y), (edge, y), tag.trace.colour);
            if (height - y).abs() > 2.0 {
                let colour = if tag.trace.emphasis { tag.trace.colour } else { HAIRLINE };
                picture.path(vec![(edge + sign * 7.0, y), (note_x - sign * 5.0, height)], 1, colour);
            }
            let (label, note) = (tag.label_font(), tag.note_font());
            picture.label(label_x, height, label.shorten(tag.trace.label, self.label_room), label, align);
            picture.label(note_x, height, note.shorten(&tag.point.note, self.note_room), note, align);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check::{LONG, assert_tidy, texts};

    fn chart(years: usize, lines: usize) -> SlopeChart {
        let value = |i: usize, y: usize| ((i + y) % 5 != 4).then_some((i * (y + 3) % 11) as f64 / 3.0);
        let line = |i: usize| SlopeLine {
            label: if i % 7 == 3 { LONG.to_owned() } else { format!("Thema <{i}> & „Größe“") },
            values: (0..years).map(|y| value(i, y)).collect(),
            notes: (0..years).map(|y| format!("{i},{y} · 4 von 13")).collect(),
            emphasis: i.is_multiple_of(3),
            intervals: (0..years).map(|y| value(i, y).map(|v| (v / 2.0, v * 1.5 + 1.0))).collect(),
        };
        SlopeChart {
            title: "Künstliche Intelligenz wächst – und mit ihr die Frage, wem die Daten gehören. ".repeat(2),
            subtitle: "Nennungen je 1.000 Wörter".to_owned(),
            footer: "26 Vorträge; 4.112 Wörter. ".repeat(9),
            description: "Linien".to_owned(),
            years: (0..years).map(|y| (2005 + y).to_string()).collect(),
            lines: (0..lines).map(line).collect(),
            decimal_comma: true,
        }
    }

    #[test]
    fn labels_never_overlap_nor_leave_the_canvas() {
        for years in [2, 3, 10, 20] {
            for lines in [1, 8, 24, 60] {
                let svg = chart(years, lines).draw().expect("a chart");
                assert_tidy(&svg);
                assert_eq!(svg, chart(years, lines).draw().expect("a chart"));
            }
        }
    }

    #[test]
    fn equal_values_are_spread_too() {
        let mut chart = chart(2, 24);
        chart.lines.iter_mut().for_each(|line| line.values = vec![Some(0.0); 2]);
        assert_tidy(&chart.draw().expect("a chart"));
    }

    #[test]
    fn intervals_of_strong_lines_stand_beside_each_other() {
        let mut chart = chart(2, 4);
        chart.lines.iter_mut().for_each(|line| line.intervals.clear());
        let plain = chart.draw().expect("a chart");
        for line in &mut chart.lines {
            line.values = vec![Some(2.0), Some(3.0)];
            line.intervals = vec![Some((1.0, 4.0)), None];
        }
        let svg = chart.draw().expect("a chart");
        assert_tidy(&svg);
        let whiskers = |svg: &str| {
            let upright = |line: &&str| line.contains("stroke-width=\"1\"") && line.starts_with("<polyline");
            svg.lines().filter(upright).filter(|line| SERIES[..2].iter().any(|c| line.contains(&hex(*c)))).count()
        };
        // Lines 0 and 3 are strong: one interval each, a line with two caps. Leaders are drawn with it, too.
        assert!(whiskers(&svg) >= 6 && svg != plain);
        chart.lines[0].intervals[0] = Some((1.0, f64::INFINITY));
        assert!(chart.draw().is_err());
        chart.lines[0].intervals = vec![None];
        assert!(chart.draw().is_err());
    }

    #[test]
    fn an_interval_far_beyond_the_values_is_cut_and_says_so() {
        let with = |high: f64| {
            let mut chart = chart(2, 1);
            chart.lines[0].values = vec![Some(2.0), Some(3.0)];
            chart.lines[0].intervals = vec![Some((1.0, 4.0)), Some((1.0, high))];
            let svg = chart.draw().expect("a chart");
            assert_tidy(&svg);
            svg
        };
        let [near, far, farther] = [4.0, 30.0, 300.0].map(with);
        let arrows = |svg: &str| svg.matches("<polygon").count();
        assert_eq!([arrows(&near), arrows(&far)], [0, 1]);
        assert_eq!(far, farther, "the scale is that of the values");
    }

    fn hex(colour: Colour) -> String {
        format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2)
    }

    #[test]
    fn a_gap_is_not_zero() {
        let mut chart = chart(4, 1);
        chart.lines[0].values = vec![Some(1.0), None, Some(3.0), Some(4.0)];
        let svg = chart.draw().expect("a chart");
        let path = svg.lines().find(|line| line.starts_with("<polyline") && line.contains("stroke-width=\"3\""));
        let points = path.and_then(|path| path.split("points=\"").nth(1)).expect("a line");
        assert_eq!(points.matches(',').count(), 2, "only the last two years are joined: {points}");
    }

    #[test]
    fn a_line_that_ends_says_when() {
        let mut chart = chart(4, 1);
        chart.lines[0].values = vec![Some(1.0), Some(2.0), None, None];
        let svg = chart.draw().expect("a chart");
        assert!(texts(&svg).iter().any(|(text, _)| text == "2006: 0,1 · 4 von 13"));
    }

    #[test]
    fn bad_tables_are_errors() {
        let mut ragged = chart(3, 2);
        ragged.lines[1].values.pop();
        let mut wild = chart(3, 2);
        wild.lines[1].values[0] = Some(f64::NAN);
        let mut hollow = chart(3, 2);
        hollow.lines.iter_mut().for_each(|line| line.values = vec![None; 3]);
        for bad in [chart(0, 2), chart(1, 2), chart(3, 0), ragged, wild, hollow] {
            assert!(bad.draw().is_err());
        }
    }
}
