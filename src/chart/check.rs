//! What every chart must keep, checked on the SVG as a renderer lays it out.

use resvg::usvg::{Group, Node, Rect, Tree};

use super::png::options;

/// A German compound that fits hardly anywhere.
pub(super) const LONG: &str = "Datenschutzgrundverordnungsumsetzungsbeauftragte";

/// Texts of an SVG with the boxes a renderer gives them: full lines from ascent to descent, turned as the text is.
pub(super) fn texts(svg: &str) -> Vec<(String, Rect)> {
    fn walk(group: &Group, into: &mut Vec<(String, Rect)>) {
        for node in group.children() {
            match node {
                Node::Group(group) => walk(group, into),
                Node::Text(text) => {
                    let words = text.chunks().iter().map(|chunk| chunk.text()).collect();
                    into.push((words, text.abs_bounding_box()));
                }
                _ => {}
            }
        }
    }
    let tree = Tree::from_str(svg, &options()).expect("well-formed SVG");
    let mut texts = Vec::new();
    walk(tree.root(), &mut texts);
    texts
}

/// No text overlaps another or leaves the canvas, none is smaller than 11 pixels, and the root says what it must.
pub(super) fn assert_tidy(svg: &str) {
    const SLACK: f32 = 0.6; // places are whole pixels
    let tree = Tree::from_str(svg, &options()).expect("well-formed SVG");
    let (width, height) = (tree.size().width(), tree.size().height());
    let texts = texts(svg);
    assert!(!texts.is_empty());
    for (i, (text, a)) in texts.iter().enumerate() {
        let inside = a.left() >= 0.0 && a.top() >= 0.0 && a.right() <= width && a.bottom() <= height;
        assert!(inside, "{text:?} at {a:?} leaves {width} × {height}");
        for (other, b) in &texts[..i] {
            let beside = a.right() <= b.left() + SLACK || b.right() <= a.left() + SLACK;
            let above = a.bottom() <= b.top() + SLACK || b.bottom() <= a.top() + SLACK;
            assert!(beside || above, "{text:?} at {a:?} overlaps {other:?} at {b:?}");
        }
    }
    for size in svg.split("font-size=\"").skip(1) {
        let size: u32 = size.split('"').next().and_then(|size| size.parse().ok()).expect("a whole number of pixels");
        assert!(size >= 11);
    }
    let root = svg.lines().next().unwrap_or_default();
    for attribute in ["viewBox=\"0 0 ", "width=\"", "height=\"", "role=\"img\"", "font-family=\"DejaVu Sans, Verdana"] {
        assert!(root.contains(attribute), "{root}");
    }
    assert!(svg.contains("<title>") && svg.contains("<desc>") && svg.ends_with("</svg>\n"));
    assert!(!svg.contains("\"NaN") && !svg.contains("\"inf"));
}
