//! A drawing inside a page that is dark at times: rules that give each colour its dark counterpart.

use std::collections::BTreeSet;

use resvg::usvg::roxmltree::{Document, Node};

use super::colour::{Colour, PAPER, on_dark};
use crate::error::{ErrorKind, Result};

/// Rules of CSS for a page that holds `svgs` and follows the reader's wish for dark pages
/// (`prefers-color-scheme: dark`). The drawings themselves stay as they are: light in a file, and on paper. A page with
/// other styles sets its own paper to `#14181D` in the dark.
///
/// # Errors
/// If one of `svgs` is not SVG.
pub fn dark_style<'s>(svgs: impl IntoIterator<Item = &'s str>) -> Result<String> {
    let mut rules = BTreeSet::new();
    for svg in svgs {
        let failed =
            |error: &dyn std::fmt::Display| ErrorKind::Render { what: "chart".into(), problem: error.to_string() };
        let document = Document::parse(svg).map_err(|error| failed(&error))?;
        rules.extend(document.descendants().flat_map(|node| ["fill", "stroke"].map(|name| rule(node, name))).flatten());
    }
    if rules.is_empty() {
        return Ok(String::new());
    }
    let rules: String = rules.into_iter().collect();
    Ok(format!("@media screen and (prefers-color-scheme: dark) {{\n{rules}}}\n"))
}

/// The rule for an element that has the attribute `name` with a colour.
fn rule(node: Node<'_, '_>, name: &str) -> Option<String> {
    let colour = node.attribute(name)?;
    let hex = |at: usize| u8::from_str_radix(colour.get(at..at + 2)?, 16).ok();
    let light = Colour(hex(1)?, hex(3)?, hex(5)?);
    let is_text = node.has_tag_name("text");
    // Only numbers on cells are black or white. Their cells turn around, and so do they.
    let dark = match light {
        PAPER if is_text => Colour(0, 0, 0),
        Colour(0, 0, 0) if is_text => PAPER,
        _ => on_dark(light),
    };
    let element = if is_text { "text" } else { ":not(text)" };
    let Colour(r, g, b) = dark;
    Some(format!("svg[role=\"img\"] {element}[{name}=\"{colour}\"] {{ {name}: #{r:02X}{g:02X}{b:02X} }}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(shapes: &str) -> String {
        dark_style([format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{shapes}</svg>").as_str()]).expect("svg")
    }

    #[test]
    fn every_colour_has_a_rule() {
        let rules =
            style("<rect fill=\"#FFFFFF\"/><path fill=\"none\" stroke=\"#1A1C21\"/><text fill=\"#1A1C21\">A</text>");
        assert!(rules.starts_with("@media screen and (prefers-color-scheme: dark) {\n"));
        for rule in [
            ":not(text)[fill=\"#FFFFFF\"] { fill: #14181D }",
            ":not(text)[stroke=\"#1A1C21\"] { stroke: #E6E9EC }",
            " text[fill=\"#1A1C21\"] { fill: #E6E9EC }",
        ] {
            assert!(rules.contains(rule), "{rules}");
        }
        assert_eq!(rules.lines().count(), 5);
    }

    #[test]
    fn numbers_on_cells_turn_around_with_them() {
        let rules = style("<text fill=\"#FFFFFF\">1</text><text fill=\"#000000\">2</text>");
        assert!(rules.contains("text[fill=\"#FFFFFF\"] { fill: #000000 }"));
        assert!(rules.contains("text[fill=\"#000000\"] { fill: #FFFFFF }"));
    }

    #[test]
    fn what_has_no_colour_has_no_rule() {
        assert_eq!(style("<g fill=\"none\" stroke=\"url(#ä)\"/>"), "");
        assert!(dark_style(["<svg"]).is_err());
    }
}
