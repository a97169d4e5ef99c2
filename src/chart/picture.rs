//! A picture in the making: shapes in drawing order inside the common frame, drawn by plotters at the end.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::SVGBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontTransform};

use super::colour::{Colour, INK, QUIET};
use super::font::{FAMILIES, FAMILY, Font, clean, is_ready};
use crate::error::{ErrorKind, Result};

/// The usual width of a chart in pixels.
pub(super) const WIDTH: f64 = 960.0;
/// Free space at the left and right edge.
pub(super) const MARGIN: f64 = 24.0;

const TITLE: Font = Font::bold(20, INK);
const SUBTITLE: Font = Font::regular(14, QUIET);
const FOOTER: Font = Font::regular(11, QUIET);

/// Share of the em from the top of a text to its baseline, as plotters writes it for `VPos::Top`.
const TOP_TO_BASELINE: f64 = 0.76;

/// The texts around a chart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'t> {
    /// What kind of chart it is, for errors.
    pub what: &'static str,
    /// The finding.
    pub title: &'t str,
    /// The measure.
    pub subtitle: &'t str,
    /// n and caveats.
    pub footer: &'t str,
    /// What the chart shows, for readers who cannot see it.
    pub description: &'t str,
}

impl Frame<'_> {
    /// An error about this chart.
    pub(super) fn error<T>(&self, problem: impl Into<String>) -> Result<T> {
        Err(ErrorKind::Render { what: self.what.to_owned(), problem: problem.into() }.into())
    }
}

/// Which part of a text stands at its x (of an upward text: at its y).
#[derive(Debug, Clone, Copy)]
pub(super) enum Align {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

#[derive(Debug, Clone)]
enum Shape {
    Rect {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        colour: Colour,
    },
    Path {
        points: Vec<(f64, f64)>,
        stroke: u32,
        colour: Colour,
    },
    Polygon {
        points: Vec<(f64, f64)>,
        colour: Colour,
        /// 0 to 1.
        opacity: f64,
    },
    Disc {
        x: f64,
        y: f64,
        radius: u32,
        colour: Colour,
    },
    /// (x, y) is the start, middle or end of the baseline.
    Text {
        x: f64,
        y: f64,
        text: String,
        font: Font,
        align: Align,
        upward: bool,
    },
}

/// Shapes in drawing order.
#[derive(Debug)]
pub(super) struct Picture<'t> {
    frame: Frame<'t>,
    width: f64,
    top: f64,
    shapes: Vec<Shape>,
}

impl<'t> Picture<'t> {
    /// A picture with title and subtitle.
    pub(super) fn new(width: f64, frame: Frame<'t>) -> Self {
        let mut picture = Self { frame, width, top: 20.0, shapes: Vec::new() };
        let room = width - 2.0 * MARGIN;
        for line in TITLE.wrap_evenly(frame.title, room, 3) {
            picture.line(line, TITLE);
        }
        picture.top += 4.0;
        for line in SUBTITLE.wrap_evenly(frame.subtitle, room, 4) {
            picture.line(line, SUBTITLE);
        }
        picture.top += 18.0;
        picture
    }

    /// Where the chart may begin.
    pub(super) fn top(&self) -> f64 {
        self.top
    }

    /// Adds the footer below `bottom` and draws everything.
    pub(super) fn finish(mut self, bottom: f64) -> Result<String> {
        self.top = bottom + 18.0;
        for line in FOOTER.wrap(self.frame.footer, self.width - 2.0 * MARGIN, usize::MAX) {
            self.line(line, FOOTER);
        }
        self.top += 14.0;
        self.svg()
    }

    fn line(&mut self, text: String, font: Font) {
        let baseline = self.top + f64::from(font.size) * 0.93;
        self.text(MARGIN, baseline, text, font, Align::Start);
        self.top += font.leading();
    }

    /// A filled rectangle.
    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, colour: Colour) {
        self.shapes.push(Shape::Rect { x, y, width, height, colour });
    }

    /// A line through `points`.
    pub(super) fn path(&mut self, points: Vec<(f64, f64)>, stroke: u32, colour: Colour) {
        self.shapes.push(Shape::Path { points, stroke, colour });
    }

    /// A filled polygon.
    pub(super) fn polygon(&mut self, points: Vec<(f64, f64)>, colour: Colour) {
        self.veil(points, colour, 1.0);
    }

    /// A filled polygon that lets through what lies below; `opacity` from 0 to 1.
    pub(super) fn veil(&mut self, points: Vec<(f64, f64)>, colour: Colour, opacity: f64) {
        self.shapes.push(Shape::Polygon { points, colour, opacity });
    }

    /// A line with a cap on each end that is closed, such as an interval; an open end has an arrow instead.
    pub(super) fn whisker(&mut self, from: (f64, f64), to: (f64, f64), open: [bool; 2], colour: Colour) {
        const CAP: f64 = 3.0;
        self.path(vec![from, to], 1, colour);
        let length = (to.0 - from.0).hypot(to.1 - from.1).max(f64::MIN_POSITIVE);
        let (along_x, along_y) = ((to.0 - from.0) / length * CAP, (to.1 - from.1) / length * CAP);
        for ((x, y), open, sign) in [(from, open[0], 1.0), (to, open[1], -1.0)] {
            if open {
                let (base_x, base_y) = (x + sign * 2.0 * along_x, y + sign * 2.0 * along_y);
                let sides = [(base_x - along_y, base_y + along_x), (base_x + along_y, base_y - along_x)];
                self.polygon(vec![sides[0], (x, y), sides[1]], colour);
            } else {
                self.path(vec![(x - along_y, y + along_x), (x + along_y, y - along_x)], 1, colour);
            }
        }
    }

    /// A filled circle.
    pub(super) fn disc(&mut self, x: f64, y: f64, radius: u32, colour: Colour) {
        self.shapes.push(Shape::Disc { x, y, radius, colour });
    }

    /// Dots from one mark to another, where there are no data.
    pub(super) fn dots(&mut self, (x0, y0): (f64, f64), (x1, y1): (f64, f64), colour: Colour) {
        let steps = ((x1 - x0).hypot(y1 - y0) / 7.0) as usize;
        for i in 1..steps {
            let share = i as f64 / steps as f64;
            self.disc(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, 1, colour);
        }
    }

    /// A rectangle with hatching, on a light ground of the same hue.
    pub(super) fn hatched(&mut self, x: f64, y: f64, width: f64, height: f64, ground: Colour, colour: Colour) {
        self.rect(x, y, width, height, ground);
        let mut sum = 5.0;
        while sum < width + height {
            // A line on which the distances from the left and the top edge add up to `sum`.
            let (from, to) = ((sum - height).max(0.0), sum.min(width));
            self.path(vec![(x + from, y + sum - from), (x + to, y + sum - to)], 1, colour);
            sum += 5.0;
        }
    }

    /// A text whose baseline is at `y`.
    pub(super) fn text(&mut self, x: f64, y: f64, text: impl Into<String>, font: Font, align: Align) {
        self.shapes.push(Shape::Text { x, y, text: text.into(), font, align, upward: false });
    }

    /// A text centred on the height `y`.
    pub(super) fn label(&mut self, x: f64, y: f64, text: impl Into<String>, font: Font, align: Align) {
        self.text(x, y + font.drop(), text, font, align);
    }

    /// A text that reads upwards from (x, y), centred on `x`.
    pub(super) fn upward(&mut self, x: f64, y: f64, text: impl Into<String>, font: Font) {
        let text = text.into();
        self.shapes.push(Shape::Text { x: x + font.drop(), y, text, font, align: Align::Start, upward: true });
    }

    fn svg(&self) -> Result<String> {
        if !is_ready() {
            return self.frame.error("the embedded font cannot be read");
        }
        let size = (self.width.ceil() as u32, self.top.ceil() as u32);
        let mut drawn = String::new();
        let outcome = {
            let area = SVGBackend::with_string(&mut drawn, size).into_drawing_area();
            self.shapes.iter().try_for_each(|shape| shape.draw(&area)).and_then(|()| area.present())
        };
        match outcome {
            Ok(()) => Ok(self.tidy(&drawn, size)),
            Err(error) => self.frame.error(error.to_string()),
        }
    }

    /// What plotters wrote, with a root element for screen readers and browsers, and without its line breaks in texts.
    fn tidy(&self, drawn: &str, (width, height): (u32, u32)) -> String {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" font-family=\"{FAMILIES}\" stroke-linejoin=\"round\">\n\
             <title>{}</title>\n<desc>{}</desc>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>\n",
            escape(self.frame.title),
            escape(self.frame.description)
        );
        let mut lines = drawn.lines().skip(1);
        while let Some(line) = lines.next() {
            if line.starts_with("<text") {
                svg.push_str(&line.replace(&format!(" font-family=\"{FAMILY}\""), "").replace(" opacity=\"1\"", ""));
                svg.extend(lines.by_ref().take(2));
            } else {
                svg.push_str(&line.replace(" opacity=\"1\"", ""));
            }
            svg.push('\n');
        }
        svg
    }
}

type Area<'s> = DrawingArea<SVGBackend<'s>, Shift>;
type Drawn = std::result::Result<(), DrawingAreaErrorKind<std::io::Error>>;

impl Shape {
    fn draw(&self, area: &Area<'_>) -> Drawn {
        let pixel = |(x, y): (f64, f64)| (x.round() as i32, y.round() as i32);
        match self {
            Self::Rect { x, y, width, height, colour } => {
                let corners = [pixel((*x, *y)), pixel((x + width, y + height))];
                area.draw(&Rectangle::new(corners, colour.filled()))
            }
            Self::Path { points, stroke, colour } => {
                let points: Vec<_> = points.iter().copied().map(pixel).collect();
                area.draw(&PathElement::new(points, colour.stroke_width(*stroke)))
            }
            Self::Polygon { points, colour, opacity } => {
                let points: Vec<_> = points.iter().copied().map(pixel).collect();
                area.draw(&Polygon::new(points, colour.mix(*opacity).filled()))
            }
            Self::Disc { x, y, radius, colour } => area.draw(&Circle::new(pixel((*x, *y)), *radius, colour.filled())),
            Self::Text { x, y, text, font, align, upward } => {
                let text = clean(text);
                if text.is_empty() {
                    return Ok(());
                }
                let rise = f64::from(font.size) * TOP_TO_BASELINE;
                let (place, turn) = match upward {
                    false => (pixel((*x, y - rise)), FontTransform::None),
                    true => (pixel((x - rise, *y)), FontTransform::Rotate270),
                };
                let anchor = match align {
                    Align::Start => HPos::Left,
                    Align::Middle => HPos::Center,
                    Align::End => HPos::Right,
                };
                // plotters writes 1/1.24 of the size as font-size. The face has to be given at once: `FontDesc::style`
                // would keep the regular one.
                let face = FontDesc::new(FontFamily::Name(FAMILY), f64::from(font.size) * 1.24, font.style());
                let style = face.transform(turn).color(&font.colour).pos(Pos::new(anchor, VPos::Top));
                area.draw(&Text::new(text, place, style))
            }
        }
    }
}

/// `text` as content of an XML element.
fn escape(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
