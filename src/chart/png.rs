//! SVG to PNG, with the embedded fonts alone.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::font::{FAMILY, faces};
use crate::error::{ErrorKind, Result};

/// Pixels of the PNG per pixel of the SVG.
const SCALE: f32 = 2.0;
/// The longest side of a PNG in pixels; beyond it few programs open the picture.
const LONGEST: f32 = 30_000.0;

/// The picture of `svg` as PNG, at twice its size in pixels. Text is set in the embedded DejaVu Sans; fonts of the
/// system are never looked at, so that every machine makes the same picture.
///
/// # Errors
/// If `svg` is not SVG, or a side of the PNG would have more than 30,000 pixels.
pub fn to_png(svg: &str) -> Result<Vec<u8>> {
    let fail = |problem: String| ErrorKind::Render { what: "PNG".to_owned(), problem };
    let tree = Tree::from_str(svg, &options()).map_err(|error| fail(error.to_string()))?;
    let (width, height) = (tree.size().width() * SCALE, tree.size().height() * SCALE);
    if width > LONGEST || height > LONGEST {
        return Err(fail(format!("{width} × {height} pixels are too many for a PNG; take the SVG")).into());
    }
    let pixmap = Pixmap::new(width.ceil() as u32, height.ceil() as u32);
    let mut pixmap = pixmap.ok_or_else(|| fail("there is no memory for the pixels".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixmap.as_mut());
    Ok(pixmap.encode_png().map_err(|error| fail(error.to_string()))?)
}

/// How SVG is read: with the embedded fonts, loaded once.
pub(super) fn options() -> Options<'static> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = Database::new();
        faces().into_iter().for_each(|(_, data)| fonts.load_font_data(data.to_vec()));
        fonts.set_sans_serif_family(FAMILY);
        Arc::new(fonts)
    });
    Options { fontdb: Arc::clone(fonts), font_family: FAMILY.to_owned(), ..Options::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Width and height as written in the header of a PNG.
    fn size(png: &[u8]) -> (u32, u32) {
        assert_eq!(&png[1..4], b"PNG");
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
        (number(16), number(20))
    }

    #[test]
    fn a_png_has_twice_the_size() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='11'><text y='9'>ß</text></svg>";
        let png = to_png(svg).expect("svg");
        assert_eq!(size(&png), (60, 22));
        assert_eq!(png, to_png(svg).expect("svg"));
    }

    #[test]
    fn what_is_no_svg_or_too_large_is_an_error() {
        assert!(to_png("").is_err());
        assert!(to_png("<html/>").is_err());
        let error = to_png("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='999999'/>");
        assert!(error.is_err_and(|error| error.to_string().contains("too many")));
    }
}
