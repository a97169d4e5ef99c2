//! German adjectives: base forms and their inflections.
//!
//! The lexicon has few forms of the adjectives that are also nouns (`grün`, `lokal`, `englisch`), so those are listed:
//! adjectives without a suffix are a small class.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::nouns::without_umlaut;
use crate::text::language::lines;
use crate::text::lexicon::{is_noun, is_word};

/// Comparisons that no rule makes.
const IRREGULAR: &[(&str, &str)] = &[
    ("besser", "gut"),
    ("bessere", "gut"),
    ("besseren", "gut"),
    ("besserer", "gut"),
    ("besseres", "gut"),
    ("beste", "gut"),
    ("besten", "gut"),
    ("höher", "hoch"),
    ("höhere", "hoch"),
    ("höheren", "hoch"),
    ("höchste", "hoch"),
    ("höchsten", "hoch"),
    ("hohe", "hoch"),
    ("hohem", "hoch"),
    ("hohen", "hoch"),
    ("hoher", "hoch"),
    ("hohes", "hoch"),
    ("näher", "nah"),
    ("nähere", "nah"),
    ("nächste", "nah"),
    ("nächsten", "nah"),
];

/// The base of a form of a listed adjective, or of one in `-isch`, `-iv` or `-end`.
#[must_use]
pub(super) fn listed(form: &str) -> Option<&str> {
    static FORMS: LazyLock<FxHashMap<String, &str>> = LazyLock::new(|| {
        let list = lines(include_str!("../language/adjectives_de.txt")).flat_map(str::split_whitespace);
        let mut forms: FxHashMap<String, &str> =
            IRREGULAR.iter().map(|&(form, base)| (form.to_owned(), base)).collect();
        for base in list {
            // `dunkle`, `teure`.
            let short = ["el", "er"].into_iter().find_map(|e| {
                let root = base.strip_suffix(e)?;
                Some(format!("{root}{}", &e[1..]))
            });
            let root = base.strip_suffix('e').unwrap_or(base);
            for root in std::iter::once(root).chain(short.as_deref()) {
                for ending in ["e", "er", "en", "es", "em"] {
                    forms.entry(format!("{root}{ending}")).or_insert(base);
                }
            }
            forms.insert(base.to_owned(), base);
        }
        forms
    });
    FORMS.get(form).copied().or_else(|| {
        let formed = |b: &&str| {
            let suffix = (b.ends_with("isch") || b.ends_with("iv")) && is_word(b);
            // `entscheidende`, of a verb.
            b.len() >= 6 && (suffix || b.ends_with("end") && is_word(&b[..b.len() - 1]))
        };
        ["", "e", "er", "en", "es", "em"].iter().find_map(|e| form.strip_suffix(e).filter(formed))
    })
}

const ENDINGS: &[&str] = &[
    "e", "er", "en", "es", "em", "ere", "eren", "erer", "eres", "erem", "ste", "sten", "ster", "stes", "stem", "este",
    "esten", "ester", "estes", "estem",
];
/// Adjectives that take an umlaut when compared.
const WITH_UMLAUT: &[&str] = &[
    "alt", "arm", "gross", "grob", "hart", "jung", "kalt", "klug", "krank", "kurz", "lang", "rot", "scharf", "schwach",
    "schwarz", "stark", "warm", "hoch",
];

/// `gross` for `grösser` and `grössere`, `sicher` for `sicherer`.
fn positive(form: &str) -> Option<String> {
    let inflected = |base: &str| base.chars().count() > 3 && is_word(base) && is_word(&format!("{base}em"));
    ["er", "ere", "eren", "erer", "eres", "erem"].iter().find_map(|ending| {
        let base = form.strip_suffix(ending)?;
        let bare = without_umlaut(base).filter(|b| WITH_UMLAUT.contains(&b.as_str()));
        bare.or_else(|| inflected(base).then(|| base.to_owned()))
    })
}

/// The base form of an adjective: one that the lexicon has and that is no noun, or is inflected there as adjectives are.
pub(super) fn base(form: &str) -> Option<String> {
    let is_base =
        |base: &str| base.chars().count() > 2 && is_word(base) && (!is_noun(base) || is_word(&format!("{base}em")));
    if let Some(base) = positive(form) {
        return Some(base);
    }
    if is_word(form)
        && (is_word(&format!("{form}em")) || is_word(&format!("{form}es")) && is_word(&format!("{form}er")))
    {
        return is_base(form).then(|| form.to_owned());
    }
    ENDINGS.iter().find_map(|ending| {
        let base = form.strip_suffix(ending)?;
        if is_base(base) {
            return Some(base.to_owned());
        }
        // `flexible`, `dunkler`, `teure`.
        for last in ['l', 'r'] {
            let root = base.strip_suffix(last).filter(|b| b.ends_with(|c| !"aeioäöü".contains(c)));
            let full = root.map(|r| format!("{r}e{last}"));
            if let Some(full) = full.filter(|f| is_base(f)) {
                return Some(full);
            }
        }
        let bare = without_umlaut(base).filter(|b| WITH_UMLAUT.contains(&b.as_str()))?;
        Some(bare)
    })
}
