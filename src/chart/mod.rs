//! Table in, picture out: the charts of a report, drawn with plotters, as SVG and as PNG.
//!
//! A chart is a struct of finished texts and numbers; `draw` gives the SVG. It knows nothing of corpora or counts and
//! writes no words of its own: titles, labels and numbers in words arrive in the reader's language. The same input
//! gives the same SVG, byte for byte.
//!
//! ```text
//! slope.rs      themes from year to year          layout.rs   places: spreading, ticks, numbers
//! bars.rs       what rose and what fell           font.rs     the embedded font: widths, wrapping, shortening
//! heat_map.rs   themes by session                 colour.rs   the palette
//! key_terms.rs  the top terms of each year        picture.rs  shapes, the common frame, SVG
//!                                                 png.rs      SVG to PNG
//! ```

mod alluvial;
mod bars;
#[cfg(test)]
mod check;
mod colour;
mod font;
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

    /// The four charts with `text` wherever a text may stand.
    fn charts(text: &str) -> Vec<crate::error::Result<String>> {
        let text = || text.to_owned();
        let (title, subtitle, footer, description) = (text(), text(), text(), text());
        let line = |value| SlopeLine {
            label: text(),
            values: vec![value; 3],
            notes: vec![text(); 3],
            emphasis: true,
            intervals: Vec::new(),
        };
        let row = |value| BarRow { label: text(), value, note: text(), weak: value < 1.0, interval: None };
        let column = || HeatColumn { label: text(), group: text() };
        let terms = || vec![(text(), 0.5, text()), (text(), f64::MAX, text())];
        let slope = SlopeChart {
            title: title.clone(),
            subtitle: subtitle.clone(),
            footer: footer.clone(),
            description: description.clone(),
            years: vec![text(); 3],
            lines: vec![line(Some(0.0)), line(None), line(Some(f64::MAX)), line(Some(-f64::MAX))],
            decimal_comma: true,
        };
        let bars = DivergingBars {
            title: title.clone(),
            subtitle: subtitle.clone(),
            footer: footer.clone(),
            description: description.clone(),
            left_head: text(),
            right_head: text(),
            rows: vec![row(f64::INFINITY), row(-0.0), row(f64::MIN_POSITIVE), row(-1e300)],
            decimal_comma: false,
        };
        let heat = HeatMap {
            title: title.clone(),
            subtitle: subtitle.clone(),
            footer: footer.clone(),
            description: description.clone(),
            rows: vec![text(); 2],
            columns: vec![column(), column()],
            values: vec![vec![0.0, f64::MIN_POSITIVE], vec![1.0, f64::MAX]],
            legend: text(),
            decimal_comma: false,
        };
        let years = vec![KeyYear { year: text(), terms: terms() }, KeyYear { year: text(), terms: Vec::new() }];
        let terms = KeyTerms { title, subtitle, footer, description, years, decimal_comma: true };
        vec![slope.draw(), bars.draw(), heat.draw(), terms.draw()]
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
