//! How often against how much it changed: dots with labels that do not collide.

use super::colour::{CONTEXT, Colour, FALL, GRID, HAIRLINE, INK, QUIET, RISE, as_text};
use super::font::Font;
use super::layout::{number, ratio_ticks};
use super::picture::{Align, Frame, MARGIN, Picture, WIDTH};
use crate::error::Result;

/// Height of the plot.
const HEIGHT: f64 = 460.0;
/// Between a tick and the plot.
const GAP: f64 = 8.0;
/// Free space inside the plot, so that dots at its edge are whole.
const INSET: f64 = 14.0;
/// Radius of a dot, and of one that stands for many.
const RADIUS: [f64; 2] = [3.0, 8.0];
/// The longest label.
const LABEL_ROOM: f64 = 300.0;
/// The greatest ratio that is shown at its place, as log2.
const LIMIT: f64 = 8.0;
/// How far from its dot a label may stand; farther ones have a leader.
const RINGS: [f64; 4] = [3.0, 14.0, 28.0, 44.0];
/// The first ring whose labels have leaders.
const LED: usize = 1;
/// Directions from a dot to its label, the best first.
const DIRECTIONS: [(f64, f64); 8] =
    [(1.0, 0.0), (-1.0, 0.0), (0.7, -0.7), (0.7, 0.7), (-0.7, -0.7), (-0.7, 0.7), (0.0, -1.0), (0.0, 1.0)];

const LABEL: Font = Font::bold(11, INK);
const QUIET_LABEL: Font = Font::regular(11, QUIET);
const TICK: Font = Font::regular(11, QUIET);
const HEAD: Font = Font::bold(12, INK);

/// How often something is named against how much that changed: a dot each, across on a logarithmic scale of frequency,
/// upwards on one of ratios.
///
/// Labels are given out in the order of the points, each at the first place near its dot where it covers no label, no
/// dot and no leader; what finds none stays a dot. Points at the same place are one larger dot, labelled by the first of
/// them with "+2" for two more.
#[derive(Debug, Clone)]
pub struct Scatter {
    /// The finding.
    pub title: String,
    /// The measure.
    pub subtitle: String,
    /// n and caveats.
    pub footer: String,
    /// What the chart shows, for readers who cannot see it.
    pub description: String,
    /// What the axis from left to right is.
    pub x_label: String,
    /// What lies above the line of no change, and below it.
    pub heads: [String; 2],
    /// The points, the most important first.
    pub points: Vec<ScatterPoint>,
    /// Whether numbers on the axes have a decimal comma.
    pub decimal_comma: bool,
}

/// A point of a [`Scatter`].
#[derive(Debug, Clone)]
pub struct ScatterPoint {
    /// Its name.
    pub label: String,
    /// How often, above zero.
    pub frequency: f64,
    /// The log2 ratio: 1 is twice, −1 is half. One beyond ±8 stands at the edge.
    pub change: f64,
    /// Whether it is drawn in the colour of its direction. Others are grey.
    pub emphasis: bool,
}

/// One or more points at the same pixel.
struct Dot {
    x: f64,
    y: f64,
    radius: f64,
    colour: Colour,
    font: Font,
    /// Name of its first point, with the number of others.
    label: String,
}

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy)]
struct Area([f64; 4]);

impl Area {
    fn meets(&self, Self(other): &Self) -> bool {
        self.0[0] < other[2] && other[0] < self.0[2] && self.0[1] < other[3] && other[1] < self.0[3]
    }

    fn holds(&self, Self(other): &Self) -> bool {
        self.0[0] <= other[0] && self.0[1] <= other[1] && self.0[2] >= other[2] && self.0[3] >= other[3]
    }

    /// Whether a straight line runs through it.
    fn is_crossed(&self, from: (f64, f64), to: (f64, f64)) -> bool {
        // The part of the line within the left and right edge, then within the upper and lower one (Liang and Barsky).
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (start, way, low, high) in
            [(from.0, to.0 - from.0, self.0[0], self.0[2]), (from.1, to.1 - from.1, self.0[1], self.0[3])]
        {
            if way == 0.0 {
                if start <= low || start >= high {
                    return false;
                }
                continue;
            }
            let (a, b) = ((low - start) / way, (high - start) / way);
            enters = enters.max(a.min(b));
            leaves = leaves.min(a.max(b));
        }
        enters < leaves
    }
}

/// Where a label stands, with the leader that leads to it.
struct Placed {
    area: Area,
    leader: Option<[(f64, f64); 2]>,
}

/// Where values are on the canvas.
struct Plane {
    plot: Area,
    /// Common logarithm of frequency at both ends.
    ends: [f64; 2],
    limit: f64,
}

impl Plane {
    fn x(&self, frequency: f64) -> f64 {
        let share = (libm::log10(frequency) - self.ends[0]) / (self.ends[1] - self.ends[0]);
        self.plot.0[0] + INSET + share * (self.plot.0[2] - self.plot.0[0] - 2.0 * INSET)
    }

    fn y(&self, change: f64) -> f64 {
        let middle = (self.plot.0[1] + self.plot.0[3]) / 2.0;
        let half = (self.plot.0[3] - self.plot.0[1]) / 2.0 - INSET;
        middle - (change / self.limit).clamp(-1.0, 1.0) * half
    }
}

impl Scatter {
    /// The chart as SVG.
    ///
    /// # Errors
    /// If there are no points, if a frequency is not above zero and finite, or if a change is not a number.
    pub fn draw(&self) -> Result<String> {
        let frame = Frame {
            what: "scatter plot",
            title: &self.title,
            subtitle: &self.subtitle,
            footer: &self.footer,
            description: &self.description,
        };
        if self.points.is_empty() {
            return frame.error("there are no points");
        }
        let is_bad = |p: &&ScatterPoint| !p.frequency.is_normal() || p.frequency <= 0.0 || p.change.is_nan();
        if let Some(point) = self.points.iter().find(is_bad) {
            let ScatterPoint { label, frequency, change, .. } = point;
            return frame.error(format!("`{label}` has the frequency {frequency} and the change {change}"));
        }
        let mut picture = Picture::new(WIDTH, frame);
        let top = picture.top() + 18.0;
        let finite = self.points.iter().map(|point| point.change.abs()).filter(|change| change.is_finite());
        let limit = finite.fold(1.0, f64::max).min(LIMIT);
        let ratios = ratio_ticks(limit, self.decimal_comma);
        let left = MARGIN + TICK.widest(ratios.iter().map(|tick| tick.1.as_str())).ceil() + GAP;
        let plot = Area([left, top, WIDTH - MARGIN, top + HEIGHT]);
        let plane = Plane { plot, ends: self.ends(), limit };

        self.draw_axes(&mut picture, &plane, &ratios);
        let dots = self.dots(&plane);
        let placed = place(&dots, &plane);
        for (leader, dot) in placed.iter().zip(&dots).filter_map(|(placed, dot)| Some((placed.as_ref()?.leader?, dot)))
        {
            picture.path(leader.to_vec(), 1, dot.colour);
        }
        // The most important ones come last, so that they lie on top.
        for dot in dots.iter().rev() {
            picture.disc(dot.x, dot.y, dot.radius as u32, dot.colour);
        }
        for (placed, dot) in placed.iter().zip(&dots) {
            let Some(Placed { area: Area([x, y, _, bottom]), .. }) = placed else { continue };
            picture.label(x + 1.0, (y + bottom) / 2.0, &dot.label, dot.font, Align::Start);
        }
        picture.finish(plot.0[3] + 44.0)
    }

    /// Common logarithms of the frequencies at both ends of the axis.
    fn ends(&self) -> [f64; 2] {
        let logs = || self.points.iter().map(|point| libm::log10(point.frequency));
        let (low, high) = (logs().fold(f64::INFINITY, f64::min), logs().fold(f64::NEG_INFINITY, f64::max));
        if high - low < 0.3 { [low - 0.15, high + 0.15] } else { [low, high] }
    }

    /// The points as dots, those of one pixel together, in the order of the first of each.
    fn dots(&self, plane: &Plane) -> Vec<Dot> {
        let mut dots: Vec<(Dot, usize, &str)> = Vec::new();
        let mut at: std::collections::BTreeMap<(i64, i64), usize> = std::collections::BTreeMap::new();
        for ScatterPoint { label, frequency, change, emphasis } in &self.points {
            let (x, y) = (plane.x(*frequency).round(), plane.y(*change).round());
            let direction = if *change > 0.0 { RISE } else { FALL };
            let strong = *emphasis && *change != 0.0;
            let (colour, font) =
                if strong { (direction, Font { colour: as_text(direction), ..LABEL }) } else { (CONTEXT, QUIET_LABEL) };
            let index = *at.entry((x as i64, y as i64)).or_insert(dots.len());
            match dots.get_mut(index) {
                Some((_, n, _)) => *n += 1,
                None => dots.push((Dot { x, y, radius: RADIUS[0], colour, font, label: String::new() }, 1, label)),
            }
        }
        let finished = dots.into_iter().map(|(mut dot, n, label)| {
            let others = if n > 1 { format!(" +{}", n - 1) } else { String::new() };
            let name = dot.font.shorten(label, LABEL_ROOM - dot.font.width(&others));
            dot.label = if name.is_empty() { name } else { name + &others };
            dot.radius = (RADIUS[0] * (n as f64).sqrt()).min(RADIUS[1]).floor();
            dot
        });
        finished.collect()
    }

    /// Grid, ticks, heads, the line of no change.
    fn draw_axes(&self, picture: &mut Picture<'_>, plane: &Plane, ratios: &[(f64, String)]) {
        let Area([left, top, right, bottom]) = plane.plot;
        let mut free = f64::NEG_INFINITY;
        for value in decades(plane.ends) {
            let decimals = (-libm::floor(libm::log10(value) + 1e-9)).max(0.0) as usize;
            let text = TICK.shorten(&number(value, decimals, self.decimal_comma), LABEL_ROOM);
            let (x, half) = (plane.x(value), TICK.width(&text) / 2.0);
            picture.rect(x, top, 1.0, bottom - top, GRID);
            picture.rect(x, bottom, 1.0, 4.0, HAIRLINE);
            let centre = x.clamp(left + half, right - half);
            if centre - half - GAP >= free {
                picture.text(centre, bottom + 18.0, text, TICK, Align::Middle);
                free = centre + half;
            }
        }
        for (ratio, text) in ratios {
            let y = plane.y(*ratio);
            picture.rect(left, y, right - left, 1.0, if *ratio == 0.0 { QUIET } else { GRID });
            picture.label(left - GAP, y, text, TICK, Align::End);
        }
        let half = (right - left - GAP) / 2.0;
        picture.label(right, bottom + 34.0, TICK.shorten(&self.x_label, half), TICK, Align::End);
        let places = [(RISE, top - 10.0, right - left), (FALL, bottom + 34.0, half)];
        for (head, (colour, y, room)) in self.heads.iter().zip(places) {
            let font = Font { colour: as_text(colour), ..HEAD };
            picture.label(left, y, font.shorten(head, room), font, Align::Start);
        }
    }
}

/// 1, 2 and 5 times the powers of ten between two common logarithms; over a long way the powers alone.
fn decades([low, high]: [f64; 2]) -> Vec<f64> {
    const FAR: f64 = 24.0;
    let steps: &[f64] = if high - low > 4.0 { &[1.0] } else { &[1.0, 2.0, 5.0] };
    let every = ((high - low) / FAR).ceil().max(1.0) as usize;
    let powers = (libm::floor(low) as i32..=libm::ceil(high) as i32).step_by(every);
    let values = powers.flat_map(|power| steps.iter().map(move |step| step * libm::exp10(f64::from(power))));
    values.filter(|value| (low - 1e-9..=high + 1e-9).contains(&libm::log10(*value))).collect()
}

/// A place for the label of each dot, as far as there is one.
fn place(dots: &[Dot], plane: &Plane) -> Vec<Option<Placed>> {
    let (plot, zero) = (plane.plot, plane.y(0.0).round());
    let no_change = Area([plot.0[0], zero - 1.0, plot.0[2], zero + 2.0]);
    let covered: Vec<Area> = dots
        .iter()
        .map(|dot| {
            let r = dot.radius + 1.0;
            Area([dot.x - r, dot.y - r, dot.x + r, dot.y + r])
        })
        .collect();
    let mut done: Vec<Option<Placed>> = Vec::with_capacity(dots.len());
    for (index, dot) in dots.iter().enumerate() {
        let is_free = |placed: &Placed| {
            let others = || done.iter().flatten();
            let meets_dot = |area: &Area| area.meets(&placed.area);
            plot.holds(&placed.area)
                && !placed.area.meets(&no_change)
                && !covered.iter().any(meets_dot)
                && others().all(|other| !other.area.meets(&placed.area))
                && others().filter_map(|other| other.leader).all(|[a, b]| !placed.area.is_crossed(a, b))
                && placed.leader.is_none_or(|[a, b]| {
                    let crosses = |area: &Area| area.is_crossed(a, b);
                    let dots = covered.iter().enumerate().filter(|(i, _)| *i != index);
                    !others().any(|other| crosses(&other.area)) && !dots.map(|(_, area)| area).any(crosses)
                })
        };
        let wanted = !dot.label.is_empty();
        done.push(wanted.then(|| candidates(dot).into_iter().find(is_free)).flatten());
    }
    done
}

/// Places around a dot where its label may stand, the best first.
fn candidates(dot: &Dot) -> Vec<Placed> {
    let (width, height) = (dot.font.width(&dot.label).ceil() + 2.0, dot.font.leading() + 1.0);
    let at = |(ring, distance): (usize, &f64), (across, down): (f64, f64)| {
        let reach = dot.radius + distance;
        let (x, y) = (dot.x + across * reach, dot.y + down * reach);
        // The side of the label that faces the dot is at (x, y).
        let left = x - width
            * if across > 0.0 {
                0.0
            } else if across < 0.0 {
                1.0
            } else {
                0.5
            };
        let top = y - height
            * if down > 0.0 {
                0.0
            } else if down < 0.0 {
                1.0
            } else {
                0.5
            };
        let (left, top) = (left.round(), top.round());
        let start = (dot.x + across * dot.radius, dot.y + down * dot.radius);
        Placed {
            area: Area([left, top, left + width, top + height]),
            leader: (ring >= LED).then_some([start, (x - across * 2.0, y - down * 2.0)]),
        }
    };
    RINGS.iter().enumerate().flat_map(|ring| DIRECTIONS.map(|direction| at(ring, direction))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check::{LONG, assert_tidy, texts};

    fn chart(points: usize) -> Scatter {
        let point = |i: usize| ScatterPoint {
            label: if i % 6 == 1 { LONG.to_owned() } else { format!("Begriff „{i}“ <&>") },
            frequency: 1.0 + ((i * 37) % 101) as f64 * ((i * 11) % 13) as f64,
            change: ((i * 29) % 61) as f64 / 8.0 - 3.6,
            emphasis: i % 3 != 2,
        };
        Scatter {
            title: "Was häufig ist, ändert sich wenig".to_owned(),
            subtitle: "Verhältnis der Häufigkeit".to_owned(),
            footer: "26 Vorträge".to_owned(),
            description: "Punkte".to_owned(),
            x_label: "Nennungen in beiden Jahren".to_owned(),
            heads: ["häufiger".to_owned(), "seltener".to_owned()],
            points: (0..points).map(point).collect(),
            decimal_comma: true,
        }
    }

    #[test]
    fn labels_never_overlap_nor_leave_the_canvas() {
        for points in [1, 5, 60, 500] {
            let svg = chart(points).draw().expect("a chart");
            assert_tidy(&svg);
            assert_eq!(svg, chart(points).draw().expect("a chart"));
        }
    }

    #[test]
    fn no_label_covers_a_dot_and_no_leader_a_label() {
        let chart = chart(300);
        let plane = Plane { plot: Area([60.0, 100.0, 930.0, 560.0]), ends: chart.ends(), limit: 4.0 };
        let dots = chart.dots(&plane);
        let placed = place(&dots, &plane);
        let labels: Vec<&Placed> = placed.iter().flatten().collect();
        assert!(labels.len() > 30, "{} labels", labels.len());
        assert!(labels.iter().any(|label| label.leader.is_some()));
        for label in &labels {
            for dot in &dots {
                assert!(!label.area.meets(&Area([dot.x - 2.0, dot.y - 2.0, dot.x + 2.0, dot.y + 2.0])));
            }
            for [a, b] in labels.iter().filter_map(|other| other.leader) {
                assert!(!label.area.is_crossed(a, b));
            }
        }
    }

    #[test]
    fn the_first_points_are_labelled_first() {
        let mut chart = chart(400);
        chart.points.iter_mut().for_each(|point| (point.frequency, point.change) = (5.0, 0.5));
        for (i, point) in chart.points.iter_mut().enumerate().take(200) {
            point.change = f64::from(i as u32 % 20) / 40.0;
        }
        let svg = chart.draw().expect("a chart");
        assert!(texts(&svg).iter().any(|(text, _)| text.starts_with("Begriff „0“")));
        assert_tidy(&svg);
    }

    #[test]
    fn points_at_one_place_are_one_dot_that_says_how_many() {
        let mut chart = chart(3);
        chart.points.iter_mut().for_each(|point| (point.frequency, point.change) = (5.0, 1.0));
        let svg = chart.draw().expect("a chart");
        assert_eq!(svg.matches("<circle").count(), 1);
        assert!(texts(&svg).iter().any(|(text, _)| text == "Begriff „0“ <&> +2"));
    }

    #[test]
    fn lines_through_a_rectangle_are_found() {
        let area = Area([10.0, 10.0, 20.0, 20.0]);
        assert!(area.is_crossed((0.0, 0.0), (30.0, 30.0)) && area.is_crossed((15.0, 0.0), (15.0, 12.0)));
        assert!(!area.is_crossed((0.0, 0.0), (9.0, 30.0)) && !area.is_crossed((15.0, 0.0), (15.0, 9.0)));
        assert!(!area.is_crossed((5.0, 0.0), (5.0, 30.0)));
    }

    #[test]
    fn ticks_are_round_on_a_logarithmic_axis() {
        assert_eq!(decades([0.0, 1.0]), [1.0, 2.0, 5.0, 10.0]);
        assert_eq!(decades([-1.0, 0.0]).len(), 4);
        assert_eq!(decades([0.0, 6.0]).len(), 7);
        assert!(decades([-300.0, 300.0]).len() < 30);
    }

    #[test]
    fn bad_tables_are_errors() {
        assert!(chart(0).draw().is_err());
        for (frequency, change) in [(0.0, 1.0), (-1.0, 1.0), (f64::INFINITY, 1.0), (1.0, f64::NAN)] {
            let mut bad = chart(2);
            (bad.points[1].frequency, bad.points[1].change) = (frequency, change);
            assert!(bad.draw().is_err());
        }
    }
}
