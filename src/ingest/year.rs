//! The year of a document: said, in front matter, in the path, or weighed from the text.

use std::sync::LazyLock;

use regex::Regex;

use super::blocks::Layout;
use crate::corpus::Year;
use crate::text::language::month;

/// Years that a text of our time can be about.
pub(super) fn plausible(year: Year) -> bool {
    (1900..=2100).contains(&year)
}

/// The year in the parts of a path below the given one: the file name first, then its folders upward.
pub(super) fn from_path(source: &str) -> Option<Year> {
    source.rsplit('/').find_map(in_name)
}

/// The first year in a name: four digits by themselves, or right behind a word: `tagung2024`.
fn in_name(name: &str) -> Option<Year> {
    (0..name.len()).find_map(|at| {
        let year = name.get(at..at + 4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()))?;
        let (before, after) = (&name[..at], &name[at + 4..]);
        let by_itself = !before.ends_with(|c: char| c.is_ascii_alphanumeric());
        let behind_word = before.chars().rev().take_while(|c| c.is_alphabetic()).take(3).count() == 3;
        let fits = (year.starts_with("19") || year.starts_with("20"))
            && (by_itself || behind_word)
            && !after.starts_with(|c: char| c.is_ascii_alphanumeric());
        fits.then(|| year.parse().ok()).flatten()
    })
}

/// Nouns before a year that name a time and no event.
const TIME_WORDS: &[&str] = &[
    "frühjahr",
    "frühling",
    "sommer",
    "herbst",
    "winter",
    "jahr",
    "jahre",
    "jahren",
    "jahres",
    "ende",
    "anfang",
    "mitte",
    "stand",
    "spring",
    "summer",
    "autumn",
    "seit",
    "year",
];

/// A year weighed from a text, with the reason.
pub(super) struct Weighed {
    pub year: Year,
    pub line: usize,
    pub reason: String,
}

/// The year a text is about. Each year in it gets weight: a date or the name of an event right before it says much,
/// the beginning says more than the end, `seit 2020` or `next year` says little.
pub(super) fn from_text(text: &str, layout: &Layout) -> Option<Weighed> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(?:19|20)[0-9]{2}\b").expect("valid"));
    static LOOKING_AWAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(?:seit|ab|bis|anno|since|until|before|after|from|by|nach|vor|stammt|geplant|vorgesehen|freuen|nächst[a-zäöüß]*|next|will|return[a-z]*|ansteh[a-z]*|planned|wird|werden|soll|sollen|founded|gegründet|ende|since|ago|zuletzt|damals|last|previous|previously|vorige[a-z]*|erstmals|earlier)\b").expect("valid")
    });
    let mut weights: std::collections::BTreeMap<Year, (f64, usize, String)> = std::collections::BTreeMap::new();
    let n = layout.blocks.len();
    for (index, block) in layout.blocks.iter().enumerate() {
        let part = block.span.of(text);
        for found in YEAR.find_iter(part) {
            let year: Year = found.as_str().parse().ok()?;
            let before = &part[..found.start()];
            let sentence = before
                .rfind(['.', '!', '?'])
                .filter(|&i| !before[..i].ends_with(|c: char| c.is_ascii_digit()))
                .map_or(before, |i| &before[i + 1..]);
            // Marks of emphasis are no words: `Oktober **2022**`.
            let mut words = before.trim_end_matches(['*', '_', '(', '„', '"']).split_whitespace().rev();
            let last = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
            let dated = month(last).is_some()
                || before.ends_with(['.', '-', '/'])
                    && before.trim_end_matches(['.', '-', '/']).ends_with(|c: char| c.is_ascii_digit());
            let named = last.len() > 2 && last.starts_with(char::is_uppercase) && month(last).is_none();
            let named = named && !TIME_WORDS.contains(&last.to_lowercase().as_str());
            let day_before_month =
                month(last).is_some() && words.next().is_some_and(|d| d.trim_end_matches('.').parse::<u8>().is_ok());
            let after = &part[found.end()..];
            let date_follows = after
                .split_whitespace()
                .take(8)
                .any(|w| month(w.trim_matches(|c: char| !c.is_alphanumeric())).is_some())
                && !after.starts_with(['.', ';']);
            let mut weight = 0.5;
            if dated {
                weight += if day_before_month { 3.5 } else { 2.0 };
            }
            if named {
                weight += 2.5;
            }
            if date_follows && named {
                weight += 2.0;
            }
            if before.split_whitespace().rev().take(2).any(|w| {
                matches!(w.to_lowercase().as_str(), "seit" | "since" | "ab" | "bis" | "until" | "von" | "from")
            }) {
                weight *= 0.3;
            }
            if LOOKING_AWAY.is_match(&sentence.to_lowercase()) || (named && index + 3 >= n && n > 6) {
                weight *= 0.4;
            }
            weight *= if index < 4 { 2.0 } else { 1.0 };
            let entry = weights.entry(year).or_insert((0.0, 0, String::new()));
            if entry.0 == 0.0 || weight > 2.0 && entry.2.is_empty() {
                let from = floor(part, found.start().saturating_sub(30));
                let to = floor(part, (found.end() + 24).min(part.len()));
                entry.1 = block.first_line;
                entry.2 = part[from..to].split_whitespace().collect::<Vec<_>>().join(" ");
            }
            entry.0 += weight;
        }
    }
    let mut ranked: Vec<_> = weights.into_iter().filter(|(y, _)| plausible(*y)).collect();
    ranked.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(b.0.cmp(&a.0)));
    let (year, (weight, line, quote)) = ranked.first()?.clone();
    if weight < 0.8 {
        return None;
    }
    let others: Vec<String> = ranked.iter().skip(1).take(5).map(|r| r.0.to_string()).collect();
    let doubt = ranked.get(1).is_some_and(|r| r.1.0 > weight * 0.6);
    let mut reason = format!("year {year} taken from the text: “…{quote}…”");
    if !others.is_empty() {
        reason += &format!("; it also names {}", others.join(", "));
    }
    reason += if doubt { "; this is a close call: say --year FILE=YEAR" } else { "; --year FILE=YEAR overrides" };
    Some(Weighed { year, line, reason })
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_paths() {
        assert_eq!(from_path("2024.txt"), Some(2024));
        assert_eq!(from_path("2019/talks/a.txt"), Some(2019));
        assert_eq!(from_path("fachtag2024_final.txt"), Some(2024));
        assert_eq!(from_path("001_9e2015be5a391531.txt"), None);
        assert_eq!(from_path("120245.txt"), None);
    }

    #[test]
    fn the_event_outweighs_other_years() {
        let text = "Der Kommunaltag 2023 vom 4. Mai in Gera war gut besucht.\n\nSeit 2019 wächst er.\n\nBis 2030 soll alles digital sein. 2030 ist nah.\n\nWir freuen uns auf den Kommunaltag 2024!";
        let weighed = from_text(text, &Layout::of(text)).unwrap();
        assert_eq!((weighed.year, weighed.line), (2023, 1));
        assert!(weighed.reason.contains("also names"));
        assert!(from_text("Kein Jahr.", &Layout::of("Kein Jahr.")).is_none());
    }
}
