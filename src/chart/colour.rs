//! The palette: one place, safe for colour-blind readers, checked by tests.

pub(super) use plotters::style::RGBColor as Colour;

/// The paper.
pub(super) const PAPER: Colour = Colour(0xFF, 0xFF, 0xFF);
/// Titles and labels.
pub(super) const INK: Colour = Colour(0x1A, 0x1C, 0x21);
/// Notes, footers, ticks.
pub(super) const QUIET: Colour = Colour(0x59, 0x5E, 0x66);
/// Lines that are there for context.
pub(super) const CONTEXT: Colour = Colour(0x94, 0x98, 0x9E);
/// Leaders from a mark to its label, zero axes.
pub(super) const HAIRLINE: Colour = Colour(0xB9, 0xBE, 0xC6);
/// Grid lines.
pub(super) const GRID: Colour = Colour(0xE7, 0xE9, 0xED);
/// A cell with nothing in it, the ground of a node.
pub(super) const EMPTY: Colour = Colour(0xF4, 0xF5, 0xF7);

/// Colours of emphasised lines, in the order they are given out.
pub(super) const SERIES: [Colour; 6] = [
    Colour(0x14, 0x78, 0xD4),
    Colour(0xDD, 0x73, 0x00),
    Colour(0x9D, 0x32, 0x87),
    Colour(0x0B, 0x63, 0x16),
    Colour(0x10, 0x13, 0x7A),
    Colour(0x5A, 0x0A, 0x14),
];
/// What rose.
pub(super) const RISE: Colour = SERIES[0];
/// What fell.
pub(super) const FALL: Colour = SERIES[1];

/// The same on a dark page, in the order of [`NEUTRALS`] and [`SERIES`].
const DARK_NEUTRALS: [Colour; 7] = [
    DARK_PAPER,
    Colour(0xE6, 0xE9, 0xEC),
    Colour(0xA4, 0xAD, 0xB6),
    Colour(0x5F, 0x68, 0x72),
    Colour(0x4C, 0x54, 0x5E),
    Colour(0x29, 0x30, 0x38),
    Colour(0x1A, 0x1F, 0x25),
];
const NEUTRALS: [Colour; 7] = [PAPER, INK, QUIET, CONTEXT, HAIRLINE, GRID, EMPTY];
/// The paper of a dark page.
pub(super) const DARK_PAPER: Colour = Colour(0x14, 0x18, 0x1D);
const DARK_SERIES: [Colour; 6] = [
    Colour(0x2A, 0x94, 0xFC),
    Colour(0xE2, 0x5C, 0x21),
    Colour(0xB0, 0x77, 0xA0),
    Colour(0xDA, 0xFD, 0xD9),
    Colour(0xB4, 0xC3, 0xEC),
    Colour(0xFA, 0x9B, 0x82),
];

/// Stops of the sequential scale, from little to much.
const SEQUENCE: [Colour; 5] = [
    Colour(0xDC, 0xE9, 0xF6),
    Colour(0xB0, 0xD0, 0xEC),
    Colour(0x7C, 0xB2, 0xE0),
    Colour(0x24, 0x6B, 0xB2),
    Colour(0x0A, 0x2C, 0x62),
];

/// The colour of `share` (0 to 1) on the sequential scale.
pub(super) fn sequential(share: f64) -> Colour {
    let at = share.clamp(0.0, 1.0) * (SEQUENCE.len() - 1) as f64;
    let i = (at as usize).min(SEQUENCE.len() - 2);
    mix(SEQUENCE[i], SEQUENCE[i + 1], at - i as f64)
}

/// `a` with `share` (0 to 1) of `b` mixed in.
pub(super) fn mix(a: Colour, b: Colour, share: f64) -> Colour {
    let channel = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    Colour(channel(a.0, b.0), channel(a.1, b.1), channel(a.2, b.2))
}

/// The contrast of two colours by WCAG 2: 1 to 21.
pub(super) fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Black or white, whichever is easier to read on `ground`.
pub(super) fn text_on(ground: Colour) -> Colour {
    let black = Colour(0, 0, 0);
    if contrast(ground, black) >= contrast(ground, PAPER) { black } else { PAPER }
}

/// `colour`, darkened until text in it can be read on paper and on the ground of a node (contrast 4.5).
pub(super) fn as_text(colour: Colour) -> Colour {
    let shades = (0..10).map(|i| mix(colour, INK, f64::from(i) / 10.0));
    shades.into_iter().find(|c| contrast(*c, EMPTY) >= 4.5).unwrap_or(INK)
}

/// What stands for `colour` on dark paper: that of the palette, or the same hue with its lightness turned around.
pub(super) fn on_dark(colour: Colour) -> Colour {
    let is_series = |c: &Colour| colour == *c || colour == as_text(*c);
    if let Some(i) = NEUTRALS.iter().position(|c| *c == colour) {
        DARK_NEUTRALS[i]
    } else if let Some(i) = SERIES.iter().position(is_series) {
        DARK_SERIES[i]
    } else {
        turned(colour)
    }
}

/// `colour` as light as it was dark. Where black and white are equally easy to read on it, it stays; so a number in a cell
/// can be read if it changes from black to white or back.
fn turned(colour: Colour) -> Colour {
    /// Cube root of the luminance 0.179, at which black and white have the same contrast.
    const MIDDLE: f64 = 0.563_570_7;
    /// Lightness of what was white: a little above the dark paper.
    const LOWEST: f64 = 0.235;
    let [l, a, b] = oklab(linear(colour));
    let lightness = if l > MIDDLE {
        MIDDLE - (l - MIDDLE) / (1.0 - MIDDLE) * (MIDDLE - LOWEST)
    } else {
        MIDDLE + (MIDDLE - l) / MIDDLE * (1.0 - MIDDLE)
    };
    // As much of the chroma as the screen can show there.
    let shares = (0..=20).rev().map(|i| f64::from(i) / 20.0);
    let mut lights = shares.map(|share| from_oklab([lightness, a * share, b * share]));
    let light = lights.find(|light| light.iter().all(|x| (-1e-3..=1.001).contains(x)));
    let [r, g, b] = light.unwrap_or([1.0; 3]).map(gamma);
    Colour(r, g, b)
}

/// Oklab (Ottosson 2020) of amounts of light: lightness from 0 to 1, green to red, blue to yellow.
fn oklab(light: [f64; 3]) -> [f64; 3] {
    let cones = [
        [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
        [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
        [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
    ];
    let lab = [
        [0.210_454_255_3, 0.793_617_785, -0.004_072_046_8],
        [1.977_998_495_1, -2.428_592_205, 0.450_593_709_9],
        [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766],
    ];
    times(&lab, times(&cones, light).map(libm::cbrt))
}

/// Amounts of light of an Oklab colour; outside 0 to 1 where no screen shows it.
fn from_oklab(lab: [f64; 3]) -> [f64; 3] {
    let cones = [
        [1.0, 0.396_337_777_4, 0.215_803_757_3],
        [1.0, -0.105_561_345_8, -0.063_854_172_8],
        [1.0, -0.089_484_177_5, -1.291_485_548],
    ];
    let light = [
        [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
        [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
        [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701],
    ];
    times(&light, times(&cones, lab).map(|x| x * x * x))
}

type Matrix = [[f64; 3]; 3];

fn times(m: &Matrix, v: [f64; 3]) -> [f64; 3] {
    m.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

/// Relative luminance by WCAG 2.
fn luminance(colour: Colour) -> f64 {
    let [r, g, b] = linear(colour);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// The sRGB channels as amounts of light.
fn linear(Colour(r, g, b): Colour) -> [f64; 3] {
    [r, g, b].map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

/// An amount of light as a channel of sRGB.
fn gamma(light: f64) -> u8 {
    let x = if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 };
    (255.0 * x).round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Full sight, then protanopia, deuteranopia and tritanopia as in Machado, Oliveira and Fernandes (2009), table 1.
    const SIGHTS: [(&str, Matrix); 4] = [
        ("full", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deuteranopia",
            [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
        ),
        (
            "tritanopia",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];

    /// Distance in Oklab, black to white being 100, as somebody with that sight sees it.
    fn distance(sight: &Matrix, a: Colour, b: Colour) -> f64 {
        let seen = |c| oklab(times(sight, linear(c)).map(|x| x.clamp(0.0, 1.0)));
        let (a, b) = (seen(a), seen(b));
        100.0 * a.iter().zip(b).map(|(x, y)| (x - y).powi(2)).sum::<f64>().sqrt()
    }

    /// Light and dark paper, with what a colour of the light one is there.
    const PAPERS: [fn(Colour) -> Colour; 2] = [|colour| colour, on_dark];

    #[test]
    fn series_differ_for_every_sight() {
        for paper in PAPERS {
            let colours: Vec<Colour> = SERIES.into_iter().chain([CONTEXT]).map(paper).collect();
            for (name, sight) in &SIGHTS {
                for (i, a) in colours.iter().enumerate() {
                    for b in &colours[..i] {
                        let distance = distance(sight, *a, *b);
                        assert!(distance > 9.0, "{name}: {a:?} and {b:?} are only {distance:.1} apart");
                    }
                }
            }
        }
    }

    #[test]
    fn marks_and_texts_stand_out_from_paper() {
        for paper in PAPERS {
            for colour in SERIES {
                assert!(contrast(paper(colour), paper(PAPER)) >= 3.0, "{colour:?}");
            }
            for text in SERIES.map(as_text).into_iter().chain([INK, QUIET]) {
                for ground in [PAPER, EMPTY] {
                    assert!(contrast(paper(text), paper(ground)) >= 4.5, "{text:?} on {ground:?}");
                }
            }
        }
        assert_eq!(on_dark(PAPER), DARK_PAPER);
    }

    #[test]
    fn the_scale_runs_one_way_and_its_numbers_can_be_read() {
        let scale: Vec<Colour> = (0..=200).map(|i| sequential(f64::from(i) / 200.0)).collect();
        assert!(scale.windows(2).all(|pair| luminance(pair[0]) >= luminance(pair[1])));
        let step = |pair: &[Colour]| luminance(on_dark(pair[1])) - luminance(on_dark(pair[0]));
        assert!(scale.windows(2).all(|pair| step(pair) > -0.001), "down by no more than rounding does");
        for colour in scale {
            let text = text_on(colour);
            assert!(contrast(colour, text) >= 4.5, "{colour:?}");
            let other = if text == PAPER { Colour(0, 0, 0) } else { PAPER };
            assert!(contrast(on_dark(colour), other) >= 4.5, "{colour:?} on a dark page");
        }
        for paper in PAPERS {
            let nearly = paper(sequential(0.0));
            assert!(contrast(paper(EMPTY), nearly) > 1.1, "an empty cell differs from a nearly empty one");
        }
    }
}
