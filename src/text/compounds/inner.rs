//! Compounds within a compound of three words and more.

use super::evidence::{LAST, is_cut_too_late};
use super::words::{NO_HEADS, WHOLE, short};
use super::{Cutter, IsKnown};
use crate::text::lexicon::{is_noun, times_first, times_last};

/// Compounds within one of three words and more that its one cut does not show: `wärmepumpe` in `luftwärme|pumpe`,
/// `hochwasserschutz` in `hochwasser|schutzkonzept`. Only nouns of the lexicon and compounds that are `known`, beside a word.
#[must_use]
pub fn inner(word: &str, known: IsKnown<'_>) -> Vec<String> {
    /// Letters of the shortest of them, and of the shortest word that holds one.
    const SHORTEST: usize = 8;
    const SHORTEST_WHOLE: usize = 12;
    /// What a compound of the lexicon shares with the rest of the word: `luftwärme|pumpe`, `kernkraft|werk`.
    const SHARING: &[&str] = &["wärmepumpe", "kraftwerk", "arztpraxis", "baustelle", "dienstleister"];
    /// What a first part ends with wherever it stands: `cybersicherheits|strategie`, `hochwasserschutz|konzept`.
    const BORDERS: &[&str] = &["heits", "keits", "ungs", "schafts", "tions", "täts", "tums", "schutz", "wahl", "preis"];
    let is_much_rarer = |n: u64, other: u64| other > 4 * n;
    let n = word.chars().count();
    if n < SHORTEST_WHOLE || WHOLE.contains(word) {
        return Vec::new();
    }
    let bare = |text: &str| text.strip_suffix('s').filter(|b| is_noun(b)).map(str::to_owned);
    let noun = |text: &str| if is_noun(text) { Some(text.to_owned()) } else { bare(text) };
    let cutter = Cutter::new(word, known);
    let begins = |text: &str| cutter.modifier(text, 2).is_some();
    let ends = |text: &str| short().nouns.contains(text) || (is_noun(text) && !NO_HEADS.contains(text));
    // Few cuts go through a compound of the lexicon: `feuerwehr|dienst` has no `wehrdienst`.
    let (border, [first, last]) = match cutter.cut(word, 3) {
        Some((border, parts)) => (border, parts.map(|part| is_noun(&part.word))),
        None => (0, [false; 2]),
    };
    // Whether a cut goes through a compound that is much more common than the one it would yield.
    let goes_through = |at: usize| match at < border {
        true => first && is_much_rarer(times_last(&word[at..]), times_first(&word[..border])),
        false => {
            let pair = (&word[border..], &word[..at.max(border)]);
            last && at > border && (LAST.contains(&pair) || is_much_rarer(times_first(pair.1), times_last(pair.0)))
        }
    };
    let mut found = Vec::new();
    for (letters, (at, _)) in word.char_indices().enumerate().skip(3) {
        let (before, after) = word.split_at(at);
        if is_cut_too_late(before, after) {
            continue;
        }
        if goes_through(at) && !SHARING.contains(&after) && !BORDERS.iter().any(|b| before.ends_with(b)) {
            continue;
        }
        if n - letters >= SHORTEST && (is_noun(after) || known(after)) && begins(before) {
            found.push(after.to_owned());
        }
        if letters >= SHORTEST && n - letters >= 3 && ends(after) {
            let whole = || [before, before.strip_suffix('s')?].into_iter().find(|b| known(b)).map(str::to_owned);
            found.extend(noun(before).or_else(whole));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn compounds_within_compounds_are_found_on_both_sides() {
        for (word, expected) in [
            ("luftwärmepumpe", "wärmepumpe"),
            ("grundwasserspiegel", "grundwasser"),
            ("kernkraftwerk", "kraftwerk"),
            ("finanzdienstleister", "dienstleister"),
            ("cybersicherheitsstrategie", "cybersicherheit"),
            ("feuerwehrdienst", "-wehrdienst"),
            ("bahnhofstrasse", "-hofstrasse"),
            ("teilzeitarbeit", "-zeitarbeit"),
            ("lebensmittelpunkt", "-lebensmittel"),
            ("rettungsdienstleiter", "rettungsdienst"),
            ("tankstellenabbau", "-stellenabbau"),
            ("bundestagswahlkampf", "bundestagswahl"),
            ("rohstoffwechsel", "-stoffwechsel"),
            ("hochwasserschutzkonzept", "hochwasserschutz"),
            ("grossbaustelle", "baustelle"),
            ("wärmepumpe", ""),
            ("verantwortung", ""),
        ] {
            let found: BTreeSet<String> = inner(word, &|_| false).into_iter().collect();
            let is_right = |e: &str| e.strip_prefix('-').map_or_else(|| found.contains(e), |not| !found.contains(not));
            assert!(expected.split_whitespace().all(is_right), "{word}: {found:?}");
            assert!(!expected.is_empty() || found.is_empty(), "{word}: {found:?}");
        }
    }
}
