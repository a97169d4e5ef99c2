//! The letters of a spelling: cleaned, cut at hyphens and inner capitals, put together again.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Legal forms of organisations: no topics.
pub(super) const LEGAL_FORMS: &[&str] =
    &["AG", "GmbH", "gGmbH", "mbH", "KG", "OHG", "SE", "eG", "eV", "UG", "KGaA", "GbR", "LLC", "LTD", "PLC", "AöR"];

/// Degrees: no topics.
pub(super) const DEGREES: &[&str] = &["PhD", "DPhil", "MPhil", "MSc", "BSc", "MEng", "BEng", "MBA"];

/// Whether a word is the legal form of an organisation: `GmbH`.
#[must_use]
pub fn is_legal_form(word: &str) -> bool {
    LEGAL_FORMS.contains(&word) || word == "Inc"
}

/// `bürger` to `Bürger`.
pub(crate) fn with_capital(lower: &str) -> String {
    let mut chars = lower.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    first + chars.as_str()
}

/// Words that stand between two forms of a pair or two halves of an ellipsis.
pub(super) const JOINERS: &[&str] = &["und", "oder", "bzw", "sowie", "and", "or", "&", "/", "wie"];

/// Whether a word is one of [`JOINERS`].
pub(crate) fn is_joiner(word: &str) -> bool {
    JOINERS.contains(&word)
}

/// Whether a function word stands inside, after a first word that is none.
pub(super) fn inner_stop(mut stops: impl Iterator<Item = bool>) -> bool {
    stops.next() == Some(false) && stops.any(|s| s)
}

/// Whether a piece of a key is an acronym or a number.
pub fn is_capitals(piece: &str) -> bool {
    piece.chars().all(|c| c.is_uppercase() || c.is_numeric() || c == '&')
}

/// Adds a piece with a hyphen before it; nothing for an empty one.
pub(super) fn push_apart(key: &mut String, piece: &str) {
    if !key.is_empty() && !piece.is_empty() {
        key.push('-');
    }
    key.push_str(piece);
}

/// A first part of a compound as it stands, acronyms in their capitals.
pub(super) fn verbatim(part: &str) -> String {
    let capitals = part.chars().filter(|c| c.is_uppercase()).count();
    if capitals >= 2 && !part.contains(char::is_lowercase) {
        part.to_owned()
    } else {
        part.to_lowercase().replace('ß', "ss")
    }
}

/// The pieces of a word between hyphens and at inner capitals (`LowCode`, `ChatGPT`; not `GmbH`).
pub(super) fn segments(word: &str) -> Vec<&str> {
    word.split('-').filter(|p| !p.is_empty()).flat_map(humps).collect()
}

/// `WLAN` for `W-LAN`.
pub(super) fn hyphened_acronym(word: &str) -> Option<String> {
    let (first, rest) = word.split_once('-')?;
    let capitals = |s: &str| s.chars().all(char::is_uppercase);
    let fits =
        first.chars().count() == 1 && capitals(first) && (2..=5).contains(&rest.chars().count()) && capitals(rest);
    fits.then(|| format!("{first}{rest}"))
}

pub(super) fn humps(word: &str) -> Vec<&str> {
    let gender_mark = |c: char| matches!(c, '/' | '*' | ':' | '_' | '(') || !c.is_alphanumeric();
    if word.ends_with("Innen") || word.ends_with("In") || word.contains(gender_mark) {
        return vec![word];
    }
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let mut cuts = vec![0];
    for i in 1..chars.len() {
        let (before, this) = (chars[i - 1].1, chars[i].1);
        let next_lower = chars.get(i + 1).is_some_and(|c| c.1.is_lowercase());
        if this.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && next_lower)) {
            cuts.push(chars[i].0);
        }
    }
    cuts.push(word.len());
    let pieces: Vec<&str> = cuts.windows(2).map(|w| &word[w[0]..w[1]]).collect();
    let fits = |p: &&str| {
        let n = p.chars().count();
        n >= 3 || (n == 2 && !p.contains(char::is_lowercase))
    };
    let wordy = pieces.iter().any(|p| p.chars().count() >= 3 && p.contains(char::is_lowercase));
    // `eAkte`.
    let prefixed = pieces.len() == 2 && pieces[0].chars().count() == 1 && pieces[1].contains(char::is_lowercase);
    if prefixed && pieces[0].chars().all(char::is_lowercase) {
        return pieces;
    }
    // `APIs` is a plural.
    if pieces.len() > 1 && wordy && pieces.iter().all(fits) { pieces } else { vec![word] }
}

/// `Schulentwicklungs` in `Schulentwicklungs AG`: nouns of these endings take an `s` only as the first half of a compound.
pub(super) fn is_half_word(lower: &str) -> bool {
    ["ungs", "heits", "keits", "schafts", "tions", "täts"]
        .iter()
        .any(|e| lower.len() > e.len() + 3 && lower.ends_with(e))
}

/// NFC, without soft hyphens and invisible marks, one kind of hyphen and apostrophe, without a possessive `'s`.
pub(super) fn clean(spelling: &str) -> String {
    let plain = spelling.is_ascii();
    let mut text: String = if plain || is_nfc(spelling) { spelling.to_owned() } else { spelling.nfc().collect() };
    if !plain {
        text.retain(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'));
        text = text.replace(['‐', '‑'], "-").replace(['’', 'ʼ'], "'");
        if text.contains(|c| ('₀'..='₉').contains(&c)) {
            text = text
                .chars()
                .map(|c| if ('₀'..='₉').contains(&c) { char::from(b'0' + (c as u32 - '₀' as u32) as u8) } else { c })
                .collect();
        }
    }
    // Markup: `_on stage_`.
    text = text.trim_matches('_').to_owned();
    if let Some(base) = text.strip_suffix("'s").or_else(|| text.strip_suffix('\'')) {
        text.truncate(base.len());
    }
    text
}
/// The first letter in lower case and without the dots of an umlaut: `Ärztin`, `Arzt`.
pub(super) fn first_letter(word: &str) -> Option<char> {
    let lower = word.chars().next()?.to_lowercase().next()?;
    Some(match lower {
        'ä' => 'a',
        'ö' => 'o',
        'ü' => 'u',
        other => other,
    })
}
