//! What every chart must keep, checked on the SVG as a renderer lays it out.

use resvg::usvg::{Group, Node, Rect, Tree};

use super::png::options;

/// A German compound that fits hardly anywhere.
pub(super) const LONG: &str = "Datenschutzgrundverordnungsumsetzungsbeauftragte";

/// Texts of an SVG with the boxes a renderer gives them: full lines from ascent to descent, turned as the text is.
pub(super) fn texts(svg: &str) -> Vec<(String, Rect)> {
    Boxes::of(&read(svg)).texts
}

/// The boxes of what is drawn.
#[derive(Default)]
struct Boxes {
    texts: Vec<(String, Rect)>,
    /// All shapes that are not text, lines with their width.
    marks: Vec<Rect>,
}

impl Boxes {
    fn of(tree: &Tree) -> Self {
        let mut boxes = Self::default();
        boxes.add(tree.root());
        boxes
    }

    fn add(&mut self, group: &Group) {
        for node in group.children() {
            match node {
                Node::Group(group) => self.add(group),
                Node::Text(text) => {
                    let words = text.chunks().iter().map(|chunk| chunk.text()).collect();
                    self.texts.push((words, text.abs_bounding_box()));
                }
                Node::Path(path) => self.marks.push(path.abs_stroke_bounding_box()),
                Node::Image(_) => {}
            }
        }
    }
}

fn read(svg: &str) -> Tree {
    Tree::from_str(svg, &options()).expect("well-formed SVG")
}

/// No text overlaps another or leaves the canvas, no mark leaves it, no text is smaller than 11 pixels, and the root says what it must.
pub(super) fn assert_tidy(svg: &str) {
    const SLACK: f32 = 0.6; // places are whole pixels
    let tree = read(svg);
    let (width, height) = (tree.size().width(), tree.size().height());
    let Boxes { texts, marks } = Boxes::of(&tree);
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
    for mark in marks {
        let inside = mark.left() >= -SLACK
            && mark.top() >= -SLACK
            && mark.right() <= width + SLACK
            && mark.bottom() <= height + SLACK;
        assert!(inside, "a mark at {mark:?} leaves {width} × {height}");
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

#[cfg(test)]
mod tests {
    use super::assert_tidy;

    /// A picture of 200 × 100 with what a chart needs, and `shapes`.
    fn picture(shapes: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 100\" width=\"200\" height=\"100\" \
             role=\"img\" font-family=\"DejaVu Sans, Verdana\"><title>T</title><desc>D</desc>\n\
             <text x=\"20\" y=\"30\" font-size=\"12\">Thema</text>{shapes}</svg>\n"
        )
    }

    fn is_tidy(shapes: &str) -> bool {
        std::panic::catch_unwind(|| assert_tidy(&picture(shapes))).is_ok()
    }

    #[test]
    fn what_overlaps_or_is_cut_is_found() {
        assert!(is_tidy("<text x=\"20\" y=\"50\" font-size=\"12\">Thema</text>"));
        assert!(!is_tidy("<text x=\"40\" y=\"36\" font-size=\"12\">Thema</text>"), "two labels overlap");
        assert!(!is_tidy("<text x=\"180\" y=\"60\" font-size=\"12\">Thema</text>"), "cut at the right");
        assert!(!is_tidy("<text x=\"20\" y=\"60\" font-size=\"9\">Thema</text>"), "too small");
        assert!(!is_tidy("<circle cx=\"198\" cy=\"60\" r=\"4\"/>"), "a mark is cut");
        assert!(!is_tidy("<rect x=\"9\" y=\"60\" width=\"9\" height=\"90\"/>"), "a mark is cut below");
    }
}
