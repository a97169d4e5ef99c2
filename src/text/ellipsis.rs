//! Ellipsis: the full form of a word that is cut short because another one completes it.
//!
//! `Cloud- und KI-Strategien` names `Cloud-Strategien`, `Fach- und Führungskräfte` names `Fachkräfte`,
//! `IT-Strategie und -Gesamtsteuerung` names `IT-Gesamtsteuerung`. In English only a hyphen shows where the other word
//! may be cut: `short- and long-term` names `short-term`.

use super::compounds::{cut, is_particle};
use super::lately::Lately;
use super::lemma::german::{letters, simple_noun};
use super::lexicon::is_word;
use super::spelling::{is_joiner, with_capital};
use super::token::{Token, TokenKind};
use crate::corpus::Language;

/// Tokens between the two words at most.
const REACH: usize = 10;

/// The full form of the fragment at `at`; `None` where the text does not give it.
#[must_use]
pub fn full_form(text: &str, tokens: &[Token], at: usize, language: Language) -> Option<String> {
    let word = |i: usize| tokens[i].span.of(text);
    let fragment = word(at);
    let between = |i: usize| {
        tokens[i].sentence == tokens[at].sentence
            && (tokens[i].kind == TokenKind::Fragment
                || is_joiner(word(i))
                || matches!(
                    word(i),
                    "," | "/" | "." | "&" | "als" | "auch" | "wie" | "der" | "die" | "das" | "den" | "dem" | "des"
                ))
    };
    if let Some(start) = fragment.strip_suffix(['-', '‐', '‑']) {
        let end = tokens.len().min(at + REACH);
        let other = (at + 1..end).find(|&i| !between(i)).filter(|&i| is_full(&tokens[i]) && i > at + 1)?;
        if language == Language::De {
            static LATELY: Lately<Option<String>> = Lately::new();
            return LATELY.get(start, word(other), || completed(start, word(other)));
        }
        return word(other).rsplit_once('-').map(|(_, head)| format!("{start}-{head}"));
    }
    if language != Language::De {
        return None;
    }
    let end = fragment.strip_prefix(['-', '‐', '‑'])?;
    let other = (at.saturating_sub(REACH)..at).rev().find(|&i| !between(i)).filter(|&i| is_full(&tokens[i]))?;
    (other + 1 < at).then(|| begun(word(other), end)).flatten()
}

fn is_full(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word | TokenKind::Acronym)
}

/// `start` with the last part of `other`.
fn completed(start: &str, other: &str) -> Option<String> {
    if let Some((_, head)) = other.rsplit_once('-') {
        return Some(format!("{start}-{head}"));
    }
    let lower = letters(&other.to_lowercase()).into_owned();
    let begin = letters(&start.to_lowercase()).into_owned();
    let solid = start.chars().skip(1).all(char::is_lowercase);
    let listed = |tail: &str| {
        let whole = format!("{begin}{tail}");
        is_word(&whole) || simple_noun(&whole).is_some()
    };
    let starts = || lower.char_indices().map(|(i, _)| i).filter(|&i| i >= 2 && lower.len() - i >= 3);
    let join = |tail: &str| {
        if solid { format!("{start}{tail}") } else { format!("{start}-{}", with_capital(tail)) }
    };
    // A word that the lexicon has: the longest tail at which `other` can be cut.
    let cuts = |at: usize| is_particle(&lower[..at]) || cut_at(&lower, at);
    if solid && let Some(at) = starts().find(|&at| cuts(at) && listed(&lower[at..])) {
        return Some(join(&lower[at..]));
    }
    if other.starts_with(char::is_uppercase) {
        // `Haupt- und Nebenkosten`: a particle before a noun.
        let particle = || starts().find(|&at| is_particle(&lower[..at]) && simple_noun(&lower[at..]).is_some());
        let at = cut(&lower, &|_| false).map(|c| c.0).or_else(particle)?;
        return Some(join(&lower[at..]));
    }
    None
}

/// Whether both sides of a cut are words: `führungs|kräfte`.
fn cut_at(word: &str, at: usize) -> bool {
    let (before, after) = word.split_at(at);
    let last = simple_noun(after).is_some() || is_word(after);
    let first = is_word(before) || simple_noun(before).is_some() || cut(before, &|_| false).is_some();
    last && first
}

/// `end` with the first part of `other`.
fn begun(other: &str, end: &str) -> Option<String> {
    if let Some((first, _)) = other.rsplit_once('-') {
        return Some(format!("{first}-{}", with_capital(end)));
    }
    let lower = letters(&other.to_lowercase()).into_owned();
    let tail = letters(&end.to_lowercase()).into_owned();
    let listed = lower
        .char_indices()
        .map(|(i, _)| i)
        .filter(|&i| i >= 3)
        .rev()
        .find(|&i| cut_at(&lower, i) && is_word(&format!("{}{tail}", &lower[..i])));
    let at = listed.or_else(|| cut(&lower, &|_| false).map(|c| c.0))?;
    let first = if other.starts_with(char::is_uppercase) { with_capital(&lower[..at]) } else { lower[..at].to_owned() };
    Some(if end.starts_with(char::is_uppercase) { format!("{first}-{end}") } else { format!("{first}{end}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Span;
    use crate::text::tokenize;

    fn check(text: &str, expected: &[&str]) {
        check_in(text, Language::De, expected);
    }

    fn check_in(text: &str, language: Language, expected: &[&str]) {
        let tokens = tokenize(text, Span::new(0, text.len()));
        let found: Vec<String> = (0..tokens.len())
            .filter(|&i| tokens[i].kind == TokenKind::Fragment)
            .filter_map(|i| full_form(text, &tokens, i, language))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn english_halves_are_completed_at_a_hyphen() {
        check_in("short-, medium- and long-term plans", Language::En, &["short-term", "medium-term"]);
        check_in("pre- and postwar art", Language::En, &[]);
        check_in("user-centred and -friendly", Language::En, &[]);
    }

    #[test]
    fn left_halves_are_completed() {
        check("Cloud- und KI-Strategien", &["Cloud-Strategien"]);
        check("die Fach- und Führungskräfte", &["Fachkräfte"]);
        check("Bundes-, Landes- und Kommunalebene", &["Bundesebene", "Landesebene"]);
        check("Verwaltungs- und Datenpolitik", &["Verwaltungspolitik"]);
        check("Haupt- und Nebenkosten", &["Hauptkosten"]);
        check("KI- und Datenstrategie", &["KI-Strategie"]);
        check("sich an- und abmelden", &["anmelden"]);
    }

    #[test]
    fn right_halves_are_begun() {
        check("IT-Strategie und -Gesamtsteuerung", &["IT-Gesamtsteuerung"]);
        check("Datenschutz und -sicherheit", &["Datensicherheit"]);
    }

    #[test]
    fn what_nothing_completes_stays_out() {
        check("Ein Tag- der nicht endet.", &[]);
        check("Fach- und", &[]);
    }
}
