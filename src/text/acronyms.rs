//! Acronyms that a text explains: `Zweckverband … (KISA)`, `KISA (Zweckverband …)`, `…, kurz KISA`.
//!
//! The letters of the acronym must stand in the long form in order, the first at the start of its first word, and
//! nearly all at the start of a word or of a part of a compound, or right after the letter before (after Schwartz and Hearst 2003, who look at letters
//! only). Function words may be skipped.

use super::class::Class;
use super::compounds::cut;
use super::language::{lines, stop_words};
use super::lemma::german::letters;
use super::token::{Token, TokenKind};
use crate::corpus::Language;

/// An acronym with the words it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Index of the token that holds the acronym.
    pub acronym: usize,
    /// Tokens of the long form: the words whose letters the acronym takes.
    pub long: std::ops::Range<usize>,
    /// First token of the longest name that the long form ends (`Zweckverband` before `Kommunale …`).
    pub name_start: usize,
}

/// Words of a long form at most.
const LONGEST: usize = 10;

/// The acronyms explained among the tokens of a text.
#[must_use]
pub fn definitions(text: &str, tokens: &[Token], language: Language) -> Vec<Definition> {
    let word = |i: usize| tokens[i].span.of(text);
    let mut found = Vec::new();
    for i in 1..tokens.len() {
        if tokens[i].kind == TokenKind::Punctuation {
            if !word(i).starts_with('(') {
                continue;
            }
            let Some(close) = (i + 1..tokens.len().min(i + LONGEST + 3)).find(|&k| word(k).starts_with(')')) else {
                continue;
            };
            let acronym = (i + 1..close).find(|&k| is_acronym(word(k)));
            let introduced = |k: usize| (i + 1..k).all(|j| word(j).chars().count() <= 9 && !is_acronym(word(j)));
            match acronym {
                Some(k) if close <= k + 2 && introduced(k) => found.extend(before(text, tokens, k, i, language)),
                _ if is_acronym(word(i - 1)) => found.extend(within(text, tokens, i - 1, i + 1..close, language)),
                _ => {}
            }
        } else if tokens[i].class.is(Class::INTRODUCING) {
            let quoted = |k: &usize| tokens[*k].kind == TokenKind::Punctuation;
            let end = (0..i).rev().find(|&k| !quoted(&k) && !matches!(word(k), "for" | "or")).map_or(0, |k| k + 1);
            let next = (i + 1..tokens.len()).find(|k| !quoted(k)).filter(|&k| k <= i + 2 && is_acronym(word(k)));
            found.extend(next.and_then(|k| before(text, tokens, k, end, language)));
        } else if word(i) == "or" && i > 1 && word(i - 1) == "," {
            // `Regional Transit Authority, or RTA, …`.
            let ends = |k: usize| tokens.get(k).is_none_or(|t| t.kind == TokenKind::Punctuation);
            let next = Some(i + 1).filter(|&k| k < tokens.len() && is_acronym(word(k)) && ends(k + 1));
            found.extend(next.and_then(|k| before(text, tokens, k, i - 1, language)));
        } else if matches!(word(i), "for" | "für") && i > 1 && matches!(word(i - 1), "stands" | "steht" | "stand") {
            // `RTA stands for Regional Transit Authority`.
            let of = Some(i - 2).filter(|&k| is_acronym(word(k)));
            found.extend(of.and_then(|k| after(text, tokens, k, i + 1, language)));
        }
    }
    found
}

/// Words that introduce an acronym: `kurz KISA`.
pub(super) const INTRODUCING: &[&str] = &["kurz", "abgekürzt", "short", "abbreviated"];

/// Two to ten characters with at least two capitals, at most a plural `s` or a small letter inside.
fn is_acronym(word: &str) -> bool {
    let n = word.chars().count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    (2..=10).contains(&n) && capitals >= 2 && capitals * 2 >= n && word.chars().all(|c| c.is_alphanumeric() || c == '-')
}

/// The letters to be found, in lower case, without a plural `s`.
fn wanted(acronym: &str) -> Vec<char> {
    let bare = acronym.strip_suffix('s').filter(|b| !b.contains(char::is_lowercase)).unwrap_or(acronym);
    bare.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The long form that ends right before the token `end`.
fn before(text: &str, tokens: &[Token], acronym: usize, end: usize, language: Language) -> Option<Definition> {
    let run = run_before(text, tokens, end);
    let letters = wanted(tokens[acronym].span.of(text));
    let start = (run..end).rev().find(|&start| matches(text, &tokens[start..end], &letters, language))?;
    let capital = |i: usize| {
        let word = tokens[i].span.of(text);
        language == Language::De
            && word.starts_with(char::is_uppercase)
            && !stop_words(language).contains(word.to_lowercase().as_str())
    };
    let mut name_start = start;
    while name_start > run && start - name_start < 3 && capital(name_start - 1) {
        name_start -= 1;
    }
    Some(Definition { acronym, long: start..end, name_start })
}

/// First token of the words that stand side by side before `end`.
fn run_before(text: &str, tokens: &[Token], end: usize) -> usize {
    let mut start = end;
    while start > 0
        && end - start < LONGEST
        && tokens[start - 1].kind.is_word()
        && tokens[start - 1].sentence == tokens[end.min(tokens.len() - 1)].sentence
        && (start == end || text[tokens[start - 1].span.end..tokens[start].span.start].chars().all(char::is_whitespace))
    {
        start -= 1;
    }
    start
}

/// The long form in the brackets after an acronym.
fn within(
    text: &str,
    tokens: &[Token],
    acronym: usize,
    inside: std::ops::Range<usize>,
    language: Language,
) -> Option<Definition> {
    if inside.is_empty() || !inside.clone().all(|i| tokens[i].kind.is_word()) {
        return None;
    }
    let letters = wanted(tokens[acronym].span.of(text));
    let start = inside.clone().take(4).find(|&start| matches(text, &tokens[start..inside.end], &letters, language))?;
    Some(Definition { acronym, long: start..inside.end, name_start: inside.start })
}

/// The long form that begins with the token `start`.
fn after(text: &str, tokens: &[Token], acronym: usize, start: usize, language: Language) -> Option<Definition> {
    let letters = wanted(tokens[acronym].span.of(text));
    let words = tokens[start..].iter().take(LONGEST).take_while(|t| t.kind.is_word()).count();
    // An article is no part of it.
    let start = start + usize::from(words > 0 && stop_words(language).contains(tokens[start].span.of(text)));
    let fits = |end: &usize| matches(text, &tokens[start..*end], &letters, language);
    let mut ends = (start + 1..=start + words.saturating_sub(1)).filter(fits);
    // A word for each letter if there can be.
    let first = ends.next()?;
    let end = Some(first).into_iter().chain(ends).find(|end| end - start >= letters.len()).unwrap_or(first);
    Some(Definition { acronym, long: start..end, name_start: start })
}

/// Whether `letters` are those of the words: the first begins the first word, the last word gives one.
fn matches(text: &str, words: &[Token], letters: &[char], language: Language) -> bool {
    let first = words.first().and_then(|t| t.span.of(text).chars().next());
    let begins = first.is_some_and(|c| c.to_lowercase().next() == letters.first().copied());
    if !begins {
        return false;
    }
    let words: Vec<Vec<(char, bool)>> = words.iter().map(|t| marked(t.span.of(text), language)).collect();
    let total: usize = words.iter().map(Vec::len).sum();
    if letters.len() < 2 || total < letters.len() * 2 {
        return false;
    }
    let function = |k: usize| {
        let word: String = words[k].iter().map(|c| c.0).collect();
        stop_words(language).contains(word.as_str())
    };
    let slack = letters.len() / 3;
    let one_word = words.len() == 1;
    fit(&words, &function, letters, 0, if one_word { slack.max(1) } else { slack })
}

/// Whether the words from `k` on take all of `letters`; up to `slack` of them inside a part of a word.
fn fit(
    words: &[Vec<(char, bool)>],
    function: &dyn Fn(usize) -> bool,
    letters: &[char],
    k: usize,
    slack: usize,
) -> bool {
    let Some(word) = words.get(k) else { return letters.is_empty() };
    // A word may be skipped if it is a function word, never the first.
    if k > 0 && function(k) && fit(words, function, letters, k + 1, slack) {
        return true;
    }
    if letters.first() != word.first().map(|c| &c.0) {
        return false;
    }
    // Take one letter, then as many more of this word as go.
    taken(words, function, &letters[1..], (k, 1), slack)
}

fn taken(
    words: &[Vec<(char, bool)>],
    function: &dyn Fn(usize) -> bool,
    letters: &[char],
    (k, from): (usize, usize),
    slack: usize,
) -> bool {
    if fit(words, function, letters, k + 1, slack) {
        return true;
    }
    let Some(&wanted) = letters.first() else { return false };
    (from..words[k].len()).filter(|&at| words[k][at].0 == wanted).any(|at| {
        // `INT` of `Intelligence`: letters that go on.
        let cost = usize::from(!words[k][at].1 && at != from);
        cost <= slack && taken(words, function, &letters[1..], (k, at + 1), slack - cost)
    })
}

/// The letters of a word in lower case, each with whether a part of the word begins there.
fn marked(word: &str, language: Language) -> Vec<(char, bool)> {
    let mut all = Vec::new();
    for piece in word.split(['-', '/']).filter(|p| !p.is_empty()) {
        let lower =
            if language == Language::De { letters(&piece.to_lowercase()).into_owned() } else { piece.to_lowercase() };
        let mut starts = Vec::new();
        if language == Language::De {
            part_starts(&lower, 0, &mut starts);
        }
        let hump = |i: usize| i > 0 && piece.chars().nth(i).is_some_and(char::is_uppercase);
        all.extend(lower.char_indices().enumerate().map(|(i, (at, c))| (c, i == 0 || starts.contains(&at) || hump(i))));
    }
    all
}

/// Bytes at which the parts of a compound begin.
fn part_starts(word: &str, offset: usize, starts: &mut Vec<usize>) {
    if let Some((at, _)) = cut(word, &|_| false) {
        starts.push(offset + at);
        part_starts(&word[..at], offset, starts);
        part_starts(word[..at].trim_end_matches('s'), offset, starts);
        part_starts(&word[at..], offset + at, starts);
    }
}

/// Forms that mean the same, in any language, as the table of acronyms has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The acronym, then its other forms.
    pub forms: Vec<&'static str>,
    /// Whether it has other meanings too, so that a text may say otherwise.
    pub weak: bool,
}

/// Acronyms that texts rarely explain: groups of forms that mean the same; the first is the main one.
pub fn table() -> impl Iterator<Item = Group> {
    let lists = [include_str!("language/acronyms_de.txt"), include_str!("language/acronyms_en.txt")];
    lists.into_iter().flat_map(lines).map(|line| {
        let bare = line.strip_prefix("? ");
        Group { forms: bare.unwrap_or(line).split(" = ").map(str::trim).collect(), weak: bare.is_some() }
    })
}

/// Whether the table has these letters as an acronym.
#[must_use]
pub fn is_listed(acronym: &str) -> bool {
    table().any(|group| group.forms.contains(&acronym))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Span;
    use crate::text::tokenize;

    fn check(text: &str, language: Language, expected: &[(&str, &str)]) {
        let tokens = tokenize(text, Span::new(0, text.len()));
        let found: Vec<(&str, &str)> = definitions(text, &tokens, language)
            .into_iter()
            .map(|d| {
                let long = Span::new(tokens[d.long.start].span.start, tokens[d.long.end - 1].span.end);
                (tokens[d.acronym].span.of(text), long.of(text))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn both_directions() {
        check(
            "Der Zweckverband Kommunale Informationsverarbeitung Sachsen (KISA) lud ein.",
            Language::De,
            &[("KISA", "Kommunale Informationsverarbeitung Sachsen")],
        );
        check(
            "Für die DSGVO (Datenschutz-Grundverordnung) gilt das.",
            Language::De,
            &[("DSGVO", "Datenschutz-Grundverordnung")],
        );
        check("Das Onlinezugangsgesetz (OZG) wirkt.", Language::De, &[("OZG", "Onlinezugangsgesetz")]);
        check(
            "Open Source Intelligence (OSINT) helps, and so does continuous integration (CI).",
            Language::En,
            &[("OSINT", "Open Source Intelligence"), ("CI", "continuous integration")],
        );
        check(
            "Das Bundesamt für Sicherheit in der Informationstechnik, kurz BSI, warnt.",
            Language::De,
            &[("BSI", "Bundesamt für Sicherheit in der Informationstechnik")],
        );
    }

    #[test]
    fn without_brackets() {
        let rta = [("RTA", "Regional Transit Authority")];
        check("The Regional Transit Authority, or RTA, bought buses.", Language::En, &rta);
        check("RTA stands for Regional Transit Authority in this town.", Language::En, &rta);
        check(
            "Hier steht KVA für Kreisverwaltungsamt. KVA steht für das Kreisverwaltungsamt.",
            Language::De,
            &[("KVA", "Kreisverwaltungsamt")],
        );
        check("Buy a ticket, or RTA staff will help.", Language::En, &[]);
        check("The SPD stands for nothing of the kind.", Language::En, &[]);
    }

    #[test]
    fn brackets_that_explain_nothing() {
        check("Frau Müller (SPD) und Herr Kurz (FDP) im Projekt (2024).", Language::De, &[]);
        check("a new release (see below) of the tool (MIT)", Language::En, &[]);
    }

    #[test]
    fn no_acronym_of_the_table_has_two_meanings() {
        let mut owner = std::collections::BTreeMap::new();
        for group in table() {
            assert!(group.forms.len() > 1, "{group:?}");
            if let Some(other) = owner.insert(group.forms[0], group.forms.clone()) {
                assert!(other[1..].iter().any(|f| group.forms.contains(f)), "{} has two meanings", group.forms[0]);
            }
        }
        assert!(owner.len() > 700);
    }
}
