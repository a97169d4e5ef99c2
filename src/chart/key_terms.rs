//! The top terms of each year, side by side.

use super::colour::{GRID, HAIRLINE, INK, QUIET, RISE};
use super::font::{Font, clean};
use super::layout::{decimals, number, panel_width};
use super::picture::{Align, Frame, MARGIN, Picture, WIDTH};
use crate::error::Result;

/// From term to term.
const PITCH: f64 = 30.0;
/// Height of a bar.
const THICK: f64 = 6.0;
/// Room for panels.
const ROOM: f64 = WIDTH - 2.0 * MARGIN;
/// Between panels.
const GUTTER: f64 = 32.0;
/// Between a label and its note.
const GAP: f64 = 10.0;
/// Height of a panel's head.
const HEAD: f64 = 30.0;
/// The most panels side by side, and the fewest, as far as there are so many.
const ACROSS: [usize; 2] = [4, 2];
/// With more years at least three panels stand side by side.
const MANY: usize = 8;

const YEAR: Font = Font::bold(14, INK);
const LABEL: Font = Font::regular(12, INK);
const NOTE: Font = Font::regular(11, QUIET);

/// The top terms of each year as bars on one scale, a panel a year.
///
/// A label stands above its bar, so that it has the whole width of the panel. Panels are as many side by side as long
/// labels allow.
#[derive(Debug, Clone)]
pub struct KeyTerms {
    /// The finding.
    pub title: String,
    /// The measure.
    pub subtitle: String,
    /// n and caveats.
    pub footer: String,
    /// What the chart shows, for readers who cannot see it.
    pub description: String,
    /// The panels.
    pub years: Vec<KeyYear>,
    /// Whether numbers have a decimal comma.
    pub decimal_comma: bool,
}

/// A panel of [`KeyTerms`].
#[derive(Debug, Clone)]
pub struct KeyYear {
    /// Its head.
    pub year: String,
    /// Label, weight and note of each term, from top to bottom. If the note is empty, the weight stands there.
    pub terms: Vec<(String, f64, String)>,
}

impl KeyTerms {
    /// The chart as SVG.
    ///
    /// # Errors
    /// If no year has a term, or if a weight is negative or not finite.
    pub fn draw(&self) -> Result<String> {
        let frame = Frame {
            what: "key terms",
            title: &self.title,
            subtitle: &self.subtitle,
            footer: &self.footer,
            description: &self.description,
        };
        let terms = || self.years.iter().flat_map(|year| &year.terms);
        if terms().next().is_none() {
            return frame.error("no year has a term");
        }
        if let Some((label, weight, _)) = terms().find(|term| !term.1.is_finite() || term.1 < 0.0) {
            return frame.error(format!("`{label}` has the weight {weight}; it must be zero or more"));
        }
        let decimals = decimals(terms().map(|term| term.1));
        let note = |term: &(String, f64, String)| {
            if clean(&term.2).is_empty() { number(term.1, decimals, self.decimal_comma) } else { term.2.clone() }
        };
        let widest = terms().map(|term| LABEL.width(&term.0) + GAP + NOTE.width(&note(term))).fold(0.0, f64::max);
        let across = self.across(widest);
        let panel = panel_width(ROOM, across, GUTTER);
        let most = terms().map(|term| term.1).fold(0.0, f64::max).max(f64::MIN_POSITIVE);

        let mut picture = Picture::new(WIDTH, frame);
        let mut top = picture.top();
        for row in self.years.chunks(across) {
            let mut x = MARGIN;
            for year in row {
                picture.text(x, top + 12.0, YEAR.shorten(&year.year, panel), YEAR, Align::Start);
                picture.rect(x, top + 19.0, panel, 1.0, HAIRLINE);
                for (i, term) in year.terms.iter().enumerate() {
                    let y = top + HEAD + PITCH * i as f64;
                    let note = NOTE.shorten(&note(term), panel / 2.0);
                    let room = panel - GAP - NOTE.width(&note);
                    picture.text(x, y + 11.0, LABEL.shorten(&term.0, room), LABEL, Align::Start);
                    picture.text(x + panel, y + 11.0, note, NOTE, Align::End);
                    picture.rect(x, y + 16.0, panel, THICK, GRID);
                    picture.rect(x, y + 16.0, panel * (term.1 / most), THICK, RISE);
                }
                x += panel + GUTTER;
            }
            let terms = row.iter().map(|year| year.terms.len()).max().unwrap_or(0);
            top += HEAD + PITCH * terms as f64 + 14.0;
        }
        picture.finish(top - 22.0)
    }

    /// How many panels stand side by side: as many as leave room for the widest term.
    fn across(&self, widest: f64) -> usize {
        let years = self.years.len().max(1);
        let fewest = ACROSS[1] + usize::from(years > MANY);
        let fitting = (fewest..=ACROSS[0]).rev().find(|across| panel_width(ROOM, *across, GUTTER) >= widest);
        let across = fitting.unwrap_or(fewest).min(years);
        // The same number of rows with even lengths: 4 years of which 3 fit give 2 and 2.
        years.div_ceil(years.div_ceil(across))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check::{LONG, assert_tidy, texts};

    fn chart(years: usize, terms: usize) -> KeyTerms {
        let term = |i: usize| {
            let label = if i % 6 == 3 { LONG.to_owned() } else { format!("Begriff „{i}“ <&>") };
            (label, 0.9 / (i + 1) as f64, if i.is_multiple_of(2) { String::new() } else { format!("{i} · 3 Vorträge") })
        };
        let year = |y: usize| KeyYear { year: (2005 + y).to_string(), terms: (0..terms).map(term).collect() };
        KeyTerms {
            title: "Jedes Jahr hat sein Wort".to_owned(),
            subtitle: "TF-IDF".to_owned(),
            footer: "26 Vorträge".to_owned(),
            description: "Balken".to_owned(),
            years: (0..years).map(year).collect(),
            decimal_comma: true,
        }
    }

    #[test]
    fn labels_never_overlap_nor_leave_the_canvas() {
        for years in [1, 2, 3, 10, 20] {
            for terms in [1, 12, 40] {
                let svg = chart(years, terms).draw().expect("a chart");
                assert_tidy(&svg);
                assert_eq!(svg, chart(years, terms).draw().expect("a chart"));
            }
        }
    }

    #[test]
    fn long_compounds_are_whole_where_they_fit() {
        let whole = |years| texts(&chart(years, 4).draw().expect("a chart")).iter().any(|(text, _)| text == LONG);
        assert!(whole(2) && whole(3) && whole(4));
        assert!(!whole(10), "three panels side by side are too narrow");
    }

    #[test]
    fn panels_fill_their_rows_evenly() {
        let across = |years, widest| chart(years, 1).across(widest);
        assert_eq!([across(1, 50.0), across(2, 50.0), across(3, 50.0), across(4, 50.0)], [1, 2, 3, 4]);
        assert_eq!([across(4, 260.0), across(5, 50.0), across(20, 50.0), across(20, 900.0)], [2, 3, 4, 3]);
    }

    #[test]
    fn a_year_without_terms_is_an_empty_panel() {
        let mut chart = chart(3, 2);
        chart.years[1].terms.clear();
        assert_tidy(&chart.draw().expect("a chart"));
        chart.years.iter_mut().for_each(|year| year.terms.iter_mut().for_each(|term| term.1 = 0.0));
        assert_tidy(&chart.draw().expect("a chart"));
    }

    #[test]
    fn bad_tables_are_errors() {
        let mut bad = chart(2, 2);
        bad.years[1].terms[0].1 = f64::NAN;
        for bad in [chart(0, 2), chart(2, 0), bad] {
            assert!(bad.draw().is_err());
        }
    }
}
