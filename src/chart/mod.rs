//! Table in, picture out: the charts of a report, drawn with plotters, as SVG and as PNG.
//!
//! A chart is a struct of finished texts and numbers; `draw` gives the SVG. It knows nothing of corpora or counts and
//! writes no words of its own: titles, labels and numbers in words arrive in the reader's language. The same input
//! gives the same SVG, byte for byte.
//!
//! ```text
//! slope.rs         themes from year to year          layout.rs   places: spreading, ticks, numbers
//! trajectories.rs  many years, a panel a theme       font.rs     the embedded font: widths, wrapping, shortening
//! alluvial.rs      what became of themes             colour.rs   the palette
//! bars.rs          what rose and what fell           picture.rs  shapes, the common frame, SVG
//! scatter.rs       how often against how changed     png.rs      SVG to PNG
//! word_shift.rs    what makes the difference         check.rs    nothing overlaps, nothing is cut (tests)
//! heat_map.rs      themes by session                 gallery.rs  an example of each, as a snapshot (tests)
//! key_terms.rs     the top terms of each year        embed.rs    the letters of a drawing, inside its file
//!                                                    dark.rs     the same drawing on a dark page
//! ```
//!
//! ```
//! use wandel::chart::{BarRow, DivergingBars, to_png};
//!
//! let row = BarRow { label: "KI".into(), value: 2.5, note: "2 → 11".into(), weak: false, interval: Some((0.4, 4.6)) };
//! let chart = DivergingBars {
//!     title: "AI is named more often".into(),
//!     subtitle: "Ratio of mentions per 1,000 words, with 95 % interval".into(),
//!     footer: "2024: 13 talks, 2025: 13 talks.".into(),
//!     description: "KI: 2 → 11".into(),
//!     left_head: "rarer".into(),
//!     right_head: "more frequent".into(),
//!     rows: vec![row],
//!     decimal_comma: false,
//! };
//! let svg: String = chart.draw()?;
//! let png: Vec<u8> = to_png(&svg)?;
//! # assert!(svg.contains("AI is named more often") && png.starts_with(b"\x89PNG"));
//! # Ok::<(), wandel::Error>(())
//! ```

mod alluvial;
mod bars;
#[cfg(test)]
mod check;
mod colour;
mod dark;
mod embed;
mod font;
#[cfg(test)]
mod gallery;
mod heat_map;
mod key_terms;
mod layout;
mod picture;
mod png;
mod scatter;
mod slope;
mod trajectories;
mod word_shift;

pub use alluvial::{Alluvial, AlluvialColumn, AlluvialNode, Flow, Grade};
pub use bars::{BarRow, DivergingBars};
pub use dark::dark_style;
pub use embed::{font_style, with_font};
pub use heat_map::{HeatColumn, HeatMap};
pub use key_terms::{KeyTerms, KeyYear};
pub use png::to_png;
pub use scatter::{Scatter, ScatterPoint};
pub use slope::{SlopeChart, SlopeLine};
pub use trajectories::{Course, Trajectories, Trajectory};
pub use word_shift::{WordShift, WordShiftRow};

/// The licence of the embedded DejaVu fonts. It must go wherever the fonts go, so wherever this library goes.
pub const FONT_LICENCE: &str = include_str!("DEJAVU-LICENSE.txt");

#[cfg(test)]
mod tests {
    use super::*;

    /// Every chart with `text` wherever a text may stand.
    fn charts(text: &str) -> Vec<crate::error::Result<String>> {
        let text = || text.to_owned();
        let (title, subtitle, footer, description) = (text, text, text, text);
        let line = |value: Option<f64>| SlopeLine {
            label: text(),
            values: vec![value; 3],
            notes: vec![text(); 3],
            emphasis: true,
            intervals: vec![value.map(|value| (value / 2.0, value)); 3],
        };
        let row = |value| BarRow { label: text(), value, note: text(), weak: value < 1.0, interval: None };
        let column = || HeatColumn { label: text(), group: text() };
        let terms = || vec![(text(), 0.5, text()), (text(), f64::MAX, text())];
        let slope = SlopeChart {
            title: title(),
            subtitle: subtitle(),
            footer: footer(),
            description: description(),
            years: vec![text(); 3],
            lines: vec![line(Some(0.0)), line(None), line(Some(f64::MAX)), line(Some(-f64::MAX))],
            decimal_comma: true,
        };
        let bars = |interval| DivergingBars {
            title: title(),
            subtitle: subtitle(),
            footer: footer(),
            description: description(),
            left_head: text(),
            right_head: text(),
            rows: [f64::INFINITY, -0.0, f64::MIN_POSITIVE, -1e300]
                .map(|value| BarRow { interval, ..row(value) })
                .to_vec(),
            decimal_comma: false,
        };
        let heat = HeatMap {
            title: title(),
            subtitle: subtitle(),
            footer: footer(),
            description: description(),
            rows: vec![text(); 2],
            columns: vec![column(), column()],
            values: vec![vec![0.0, f64::MIN_POSITIVE], vec![1.0, f64::MAX]],
            legend: text(),
            decimal_comma: false,
        };
        let key_terms = KeyTerms {
            title: title(),
            subtitle: subtitle(),
            footer: footer(),
            description: description(),
            years: vec![KeyYear { year: text(), terms: terms() }, KeyYear { year: text(), terms: Vec::new() }],
            decimal_comma: true,
        };
        let node = |value| AlluvialNode { label: text(), value, value_label: text(), mark: Some(text()) };
        let nodes = || vec![node(f64::MAX), node(0.0), node(f64::MIN_POSITIVE), node(f64::MAX)];
        let flow = |from, to, value, certainty| Flow { from: (0, from), to: (1, to), value, label: text(), certainty };
        let alluvial = Alluvial {
            title: title(),
            subtitle: subtitle(),
            footer: footer(),
            description: description(),
            columns: vec![
                AlluvialColumn { label: "2024".to_owned(), nodes: nodes() },
                AlluvialColumn { label: text(), nodes: nodes() },
            ],
            flows: vec![
                flow(0, 1, f64::MAX, Grade::Confirmed),
                flow(1, 0, f64::MAX, Grade::Indicated),
                flow(2, 2, f64::MIN_POSITIVE, Grade::Open),
                flow(3, 3, f64::MAX, Grade::Same),
            ],
            grades: [text(), text(), text(), text()],
        };
        let panel = |value: Option<f64>| Trajectory {
            label: text(),
            note: text(),
            values: vec![value; 3],
            intervals: vec![value.map(|value| (value / 2.0, value)); 3],
            course: Course::Rising,
        };
        let trajectories = Trajectories {
            title: title(),
            subtitle: subtitle(),
            footer: footer(),
            description: description(),
            years: vec![text(); 3],
            panels: [Some(0.0), None, Some(f64::MAX), Some(-f64::MAX)].map(panel).to_vec(),
            unit: text(),
            decimals: 1,
            decimal_comma: true,
        };
        let point = |(frequency, change)| ScatterPoint { label: text(), frequency, change, emphasis: true };
        let ends = [(1.0, f64::INFINITY), (f64::MAX, -0.0), (f64::MIN_POSITIVE, f64::MIN_POSITIVE), (2.0, -1e300)];
        let scatter = |points: &[(f64, f64)]| Scatter {
            title: title(),
            subtitle: subtitle(),
            footer: footer(),
            description: description(),
            x_label: text(),
            heads: [text(), text()],
            points: points.iter().copied().map(point).collect(),
            decimal_comma: true,
        };
        let shift_row = |contribution, sum| WordShiftRow { label: text(), contribution, note: text(), weak: true, sum };
        let word_shift = |rows: &[(f64, f64)]| WordShift {
            title: title(),
            subtitle: subtitle(),
            footer: footer(),
            description: description(),
            heads: [text(), text()],
            sum_head: text(),
            rows: rows.iter().map(|(contribution, sum)| shift_row(*contribution, *sum)).collect(),
            unit: text(),
            decimal_comma: true,
        };
        vec![
            slope.draw(),
            bars(None).draw(),
            bars(Some((f64::NEG_INFINITY, f64::MAX))).draw(),
            heat.draw(),
            key_terms.draw(),
            alluvial.draw(),
            trajectories.draw(),
            scatter(&ends).draw(),
            scatter(&ends[..1]).draw(),
            word_shift(&[(f64::MAX, 0.0), (-f64::MAX, 1.0), (0.0, 1.0)]).draw(),
            word_shift(&[(0.0, 0.0), (-0.0, 0.0)]).draw(),
        ]
    }

    #[test]
    fn no_text_and_no_number_does_harm() {
        let long = "Ö".repeat(3000);
        let texts =
            ["", " \n\t ", "\u{0}\u{8}\u{FFFF}", "</text><script>&amp;\"'", "]]>", "🦀 漢字 e\u{301}", "שלום", &long];
        for text in texts {
            for svg in charts(text) {
                let svg = svg.expect("a chart");
                check::assert_tidy(&svg);
                assert!(!svg.contains("<script"));
                assert!(to_png(&svg).is_ok());
            }
        }
    }

    #[test]
    fn texts_are_escaped_once() {
        let bars = charts("A < B & „C“ → \"D\"").swap_remove(1).expect("a chart");
        assert!(bars.contains("<title>A &lt; B &amp; „C“ → \"D\"</title>"));
        assert!(check::texts(&bars).iter().any(|(text, _)| text == "A < B & „C“ → \"D\""));
    }

    #[test]
    fn the_font_licence_is_there() {
        assert!(FONT_LICENCE.contains("Bitstream Vera") && FONT_LICENCE.contains("DejaVu"));
    }
}
