//! The letters inside the file: of the embedded faces, those that a drawing uses, as WOFF in a style.

use std::collections::BTreeSet;
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use plotters::style::FontStyle;
use resvg::usvg::roxmltree::Document;
use skera::{Plan, SubsetFlags, subset_font};
use skrifa::raw::FontRef;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};

use super::font::{FAMILY, faces};
use crate::error::{Error, ErrorKind, Result};

/// The drawing with the letters it uses inside, so that it looks the same in every program. Some 20 kB; several drawings
/// in one page share [`font_style`] instead.
///
/// # Errors
/// If `svg` is not SVG.
pub fn with_font(svg: &str) -> Result<String> {
    let style = font_style([svg])?;
    let document = Document::parse(svg).map_err(|error| failed(&error))?;
    let Some(first) = document.root_element().first_child().filter(|_| !style.is_empty()) else {
        return Ok(svg.to_owned());
    };
    let (head, rest) = svg.split_at(first.range().start);
    Ok(format!("{head}\n<style>{style}</style>{rest}"))
}

/// The letters that `svgs` use, as CSS (`@font-face` for regular and bold text, as needed) for the page that holds the
/// drawings. Empty if they have no text. A strict page must allow `font-src data:`.
///
/// # Errors
/// If one of `svgs` is not SVG.
pub fn font_style<'s>(svgs: impl IntoIterator<Item = &'s str>) -> Result<String> {
    let mut letters = [BTreeSet::new(), BTreeSet::new()];
    for svg in svgs {
        collect_letters(svg, &mut letters)?;
    }
    let mut style = String::new();
    for ((face, data), letters) in faces().into_iter().zip(&letters).filter(|(_, letters)| !letters.is_empty()) {
        let weight = if matches!(face, FontStyle::Bold) { 700 } else { 400 };
        let woff = STANDARD.encode(woff(&subset(data, letters)?)?);
        style.push_str(&format!(
            "@font-face{{font-family:\"{FAMILY}\";font-weight:{weight};src:url(data:font/woff;base64,{woff}) format(\"woff\")}}\n"
        ));
    }
    Ok(style)
}

fn failed(problem: &dyn std::fmt::Display) -> Error {
    ErrorKind::Render { what: "font of a chart".to_owned(), problem: problem.to_string() }.into()
}

/// Adds the letters of regular and of bold text.
fn collect_letters(svg: &str, letters: &mut [BTreeSet<char>; 2]) -> Result<()> {
    let document = Document::parse(svg).map_err(|error| failed(&error))?;
    for node in document.descendants().filter(|node| node.has_tag_name("text")) {
        let bold = node.attribute("font-weight") == Some("bold");
        letters[usize::from(bold)].extend(node.text().unwrap_or_default().chars().filter(|c| !c.is_control()));
    }
    Ok(())
}

/// The face `data` with these letters only: no hints, kerning kept, and its licence among its names.
fn subset(data: &[u8], letters: &BTreeSet<char>) -> Result<Vec<u8>> {
    // Copyright, family, style, licence, address of the licence.
    const NAMES: [u16; 5] = [0, 1, 2, 13, 14];
    const ENGLISH: u16 = 0x409;
    let font = FontRef::new(data).map_err(|error| failed(&error))?;
    let plan = Plan::new(
        &IntSet::empty(),
        &letters.iter().map(|c| u32::from(*c)).collect(),
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &[Tag::new(b"FFTM"), Tag::new(b"kern")].into_iter().collect(),
        &[Tag::new(b"DFLT"), Tag::new(b"latn")].into_iter().collect(),
        &[Tag::new(b"kern")].into_iter().collect(),
        &NAMES.into_iter().map(NameId::new).collect(),
        &[ENGLISH].into_iter().collect(),
    );
    subset_font(&font, &plan).map_err(|error| failed(&error))
}

/// A TrueType font as WOFF 1.0 (W3C 2012): the same tables, each compressed.
fn woff(font: &[u8]) -> Result<Vec<u8>> {
    const HEAD: usize = 44;
    const ENTRY: usize = 20;
    let font = FontRef::new(font).map_err(|error| failed(&error))?;
    let records = font.table_directory().table_records();
    let (mut directory, mut tables) = (Vec::new(), Vec::new());
    let mut unpacked = 12 + 16 * records.len();
    for record in records {
        let data = font.table_data(record.tag()).ok_or_else(|| failed(&"a table is missing"))?;
        let data = data.as_bytes();
        let packed = compress(data).map_err(|error| failed(&error))?;
        // What does not become smaller is stored as it is.
        let stored = if packed.len() < data.len() { &packed } else { data };
        let offset = HEAD + ENTRY * records.len() + tables.len();
        directory.extend(record.tag().to_be_bytes());
        for number in [offset, stored.len(), data.len()] {
            directory.extend((number as u32).to_be_bytes());
        }
        directory.extend(record.checksum().to_be_bytes());
        tables.extend(stored);
        tables.resize(tables.len().next_multiple_of(4), 0);
        unpacked += data.len().next_multiple_of(4);
    }
    let mut woff = b"wOFF\0\x01\0\0".to_vec();
    woff.extend(((HEAD + directory.len() + tables.len()) as u32).to_be_bytes());
    woff.extend((records.len() as u16).to_be_bytes());
    woff.extend([0, 0]);
    woff.extend((unpacked as u32).to_be_bytes());
    // Version 1.0, no metadata, no private data.
    woff.extend([0, 1, 0, 0]);
    woff.resize(HEAD, 0);
    woff.extend(directory);
    woff.extend(tables);
    Ok(woff)
}

fn compress(data: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(data)?;
    packed.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::ZlibDecoder;
    use skrifa::instance::{LocationRef, Size};
    use skrifa::{MetadataProvider as _, string::StringId};

    use super::*;
    use crate::chart::check::assert_tidy;
    use crate::chart::to_png;

    const TEXTS: &str = "<text y=\"9\" font-weight=\"bold\">Größe &amp; 漢</text><text y=\"30\">Ära → 2</text>";

    fn drawing(texts: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"40\"><title>T</title>{texts}</svg>")
    }

    /// The WOFF fonts inside a style.
    fn fonts(style: &str) -> Vec<Vec<u8>> {
        let data = style.split("base64,").skip(1).map(|rest| rest.split(')').next().expect("an end"));
        data.map(|data| STANDARD.decode(data).expect("base64")).collect()
    }

    #[test]
    fn each_face_has_its_letters_and_no_others() {
        for (_, data) in faces() {
            let whole = FontRef::new(data).expect("a font");
            let small = subset(data, &"Größe & →".chars().collect()).expect("a subset");
            let font = FontRef::new(&small).expect("a font");
            let width = |font: &FontRef<'_>, c: char| {
                let glyph = font.charmap().map(c)?;
                font.glyph_metrics(Size::unscaled(), LocationRef::default()).advance_width(glyph)
            };
            for c in "Größe & →".chars() {
                assert!(width(&font, c).is_some() && width(&font, c) == width(&whole, c), "{c}");
            }
            assert_eq!((width(&font, 'x'), width(&whole, 'x').is_some()), (None, true));
            let licence: String =
                font.localized_strings(StringId::LICENSE_DESCRIPTION).flat_map(|s| s.chars()).collect();
            assert!(licence.contains("Bitstream") && licence.contains("Permission is hereby granted"));
        }
    }

    #[test]
    fn a_packed_font_holds_every_table() {
        let number = |bytes: &[u8], at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four")) as usize;
        let (_, data) = faces()[0];
        let plain = subset(data, &('a'..='z').collect()).expect("a subset");
        let packed = woff(&plain).expect("packed");
        assert_eq!((&packed[..4], number(&packed, 8), number(&packed, 16)), (&b"wOFF"[..], packed.len(), plain.len()));
        let font = FontRef::new(&plain).expect("a font");
        for (i, record) in font.table_directory().table_records().iter().enumerate() {
            let entry = &packed[44 + 20 * i..];
            let (at, stored, length) = (number(entry, 4), number(entry, 8), number(entry, 12));
            let mut table = packed[at..at + stored].to_vec();
            if stored < length {
                table.clear();
                ZlibDecoder::new(&packed[at..at + stored]).read_to_end(&mut table).expect("zlib");
            }
            assert_eq!(table, font.table_data(record.tag()).expect("a table").as_bytes(), "{}", record.tag());
        }
        assert!(packed.len() * 2 < plain.len());
    }

    #[test]
    fn a_file_carries_its_letters_and_a_page_shares_them() {
        let file = with_font(&drawing(TEXTS)).expect("svg");
        assert!(fonts(&file).len() == 2 && file.contains("font-weight:700") && file.contains("font-weight:400"));
        assert_eq!(file, with_font(&drawing(TEXTS)).expect("svg"));
        assert_eq!(to_png(&file).expect("png"), to_png(&drawing(TEXTS)).expect("png"));
        let regular = drawing("<text>Ära → 2</text>");
        assert_eq!(fonts(&with_font(&regular).expect("svg")).len(), 1);
        let shared = font_style([drawing(TEXTS).as_str(), &regular]).expect("svg");
        assert_eq!(fonts(&shared), fonts(&file));
        assert_eq!(font_style([]).expect("nothing"), "");
        assert_eq!(with_font(&drawing("")).expect("svg"), drawing(""));
        assert!(with_font("no drawing").is_err());
    }

    #[test]
    fn a_chart_with_its_letters_is_as_tidy() {
        let row =
            crate::chart::KeyYear { year: "2025".to_owned(), terms: vec![("Maß".to_owned(), 0.5, "1".to_owned())] };
        let chart = crate::chart::KeyTerms {
            title: "Schlüsselbegriffe".to_owned(),
            subtitle: String::new(),
            footer: String::new(),
            description: "Balken".to_owned(),
            years: vec![row],
            decimal_comma: true,
        };
        assert_tidy(&with_font(&chart.draw().expect("a chart")).expect("svg"));
    }
}
