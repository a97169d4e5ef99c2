//! Forms of address: what makes the capitalised word behind it a name.

use super::{is_given, is_institution, word};
use crate::corpus::Language;
use crate::text::class::Class;
use crate::text::language::stop_words;
use crate::text::token::{Token, TokenKind};
use crate::text::word_set::{WordSet, with_lower};

/// Words after which a capitalised word is a name.
pub(super) static ADDRESS: WordSet = WordSet::new(&[
    "herr",
    "herrn",
    "frau",
    "kollege",
    "kollegin",
    "kollegen",
    "kolleginnen",
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "abgeordneter",
    "abgeordnete",
    "abgeordneten",
    "minister",
    "ministerin",
    "bundesminister",
    "bundesministerin",
    "staatssekretär",
    "staatssekretärin",
    "präsident",
    "präsidentin",
]);
/// Of these, the ones that only a person's name follows.
static HONOURS: WordSet = WordSet::new(&["herr", "herrn", "frau", "mr", "mrs", "ms", "dr", "prof"]);
/// Of these, the ones that are written with a full stop.
pub(super) static SHORT: WordSet = WordSet::new(&["dr", "prof", "mr", "mrs", "ms"]);
/// Of these, the ones that are plurals too: they name one person only after a word in the singular.
const PLURAL: &[&str] = &["kollegen", "kolleginnen", "abgeordneten"];
/// Words before one person.
const SINGULAR: &[&str] = &["dem", "den", "des", "vom", "beim", "zum", "herr", "herrn", "frau", "lieber", "liebe"];
/// Before `Frau`: somebody's wife, whose given name follows.
const OWNERS: &[&str] =
    &["meine", "meiner", "seine", "seiner", "ihre", "ihrer", "unsere", "unserer", "deine", "deiner"];
/// Words that are said to somebody whose name is already over.
const PRONOUNS: &[&str] = &["sie", "ihnen", "ihr", "ihre", "ihren", "ihrer", "ihrem", "ihres"];
/// Words that a form of address stands before and that are no names, and their endings.
static ROLES: WordSet = WordSet::new(&[
    "minister",
    "ministerin",
    "ministers",
    "ministern",
    "präsident",
    "präsidentin",
    "präsidenten",
    "präsidium",
    "kanzler",
    "kanzlerin",
    "kanzlers",
    "sekretär",
    "sekretärin",
    "sekretärs",
    "vorsitzende",
    "vorsitzender",
    "vorsitzenden",
    "meister",
    "meisterin",
    "beauftragte",
    "beauftragter",
    "beauftragten",
    "rat",
    "rätin",
    "direktor",
    "direktorin",
    "leiter",
    "leiterin",
    "professor",
    "professorin",
    "doktor",
    "abgeordnete",
    "abgeordneter",
    "abgeordneten",
    "kollege",
    "kollegin",
    "kollegen",
    "kolleginnen",
    "berichterstatter",
    "berichterstatterin",
    "kommissar",
    "kommissarin",
    "botschafter",
    "botschafters",
    "botschafterin",
    "senator",
    "senatorin",
    "führer",
    "führerin",
    "sprecher",
    "sprecherin",
    "redner",
    "rednerin",
    "vorredner",
    "vorrednerin",
    "general",
    "genosse",
    "genossin",
    "genossen",
    "graf",
    "gräfin",
    "freiherr",
    "gott",
    "frau",
    "herr",
    "herren",
    "damen",
    "president",
    "chairman",
    "chair",
    "speaker",
    "madam",
    "secretary",
    "dr",
    "prof",
    "phil",
    "jur",
    "med",
    "ing",
    "dipl",
]);

/// Endings of many people, and of offices.
const OFFICES: &[&str] = &["innen", "obfrau", "hauptfrau", "amtsfrau", "obmann", "amtmann"];

/// Whether a form of address stands right before the token (or before the particles of its name).
pub(super) fn stands_before(text: &str, tokens: &[Token], at: usize) -> bool {
    address(text, tokens, at).is_some()
}

/// Index of the form of address before the name that begins with or holds the token at `at`.
fn address(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    // Nearly every word has another one before it.
    let last = tokens[..at].last()?;
    if !last.class.is_any(Class::ADDRESS.with(Class::PARTICLE)) && last.kind != TokenKind::Punctuation {
        return None;
    }
    let first = particles_before(tokens, at);
    let mut before = first.checked_sub(1)?;
    if word(text, &tokens[before]) == "." {
        before = before.checked_sub(1).filter(|&title| tokens[title].class.is(Class::SHORT_ADDRESS))?;
    }
    if tokens[before].sentence != tokens[at].sentence || !tokens[before].class.is(Class::ADDRESS) {
        return None;
    }
    // `Frau von der Marwitz` is a name, `Kollegen von der Union` are not, nor is `Präsident der Kammer`.
    let particles = &tokens[first..at];
    let part = |k: usize| particles.get(k).map(|t| word(text, t));
    let fits = particles.is_empty()
        || (part(0) == Some("von")
            && (part(1).is_none() || (part(1) == Some("der") && is_honour(text, tokens, before))));
    fits.then_some(before)
}

/// Whether a form of address is, or follows, one that only a name follows: `Frau`, `Frau Kollegin`.
fn is_honour(text: &str, tokens: &[Token], address: usize) -> bool {
    let honours = |k: usize| HONOURS.contains_any_case(word(text, &tokens[k]));
    honours(address) || address.checked_sub(1).is_some_and(honours)
}

/// Index of the first of the particles right before a token; the token's own if there are none.
fn particles_before(tokens: &[Token], at: usize) -> usize {
    let particles = (0..at).rev().take(3).take_while(|&k| tokens[k].class.is(Class::PARTICLE));
    particles.last().unwrap_or(at)
}

/// The words of the name that a form of address gives to the token: the surname with its particles (`von Storch`), or
/// a given name that no list has with its surname (`Kollegin Siemtje Möller`).
pub(super) fn addressed_name(text: &str, tokens: &[Token], at: usize) -> Option<Vec<String>> {
    let token = &tokens[at];
    if token.kind != TokenKind::Word || !token.class.is(Class::CAPITALISED) {
        return None;
    }
    let address = address(text, tokens, at)?;
    let this = word(text, token);
    if this.chars().count() < 3 || is_role(this) {
        return None;
    }
    let lower = |k: usize| word(text, &tokens[k]).to_lowercase();
    let before = address.checked_sub(1).map(lower).unwrap_or_default();
    let many = PLURAL.contains(&lower(address).as_str()) && !SINGULAR.contains(&before.as_str());
    let wife = lower(address) == "frau" && OWNERS.contains(&before.as_str());
    let honour = is_honour(text, tokens, address);
    let small = this.to_lowercase();
    let pronoun = PRONOUNS.contains(&small.as_str()) || (!honour && stop_words(Language::De).contains(small.as_str()));
    if many || wife || pronoun || is_institution(this) {
        return None;
    }
    let next = tokens.get(at + 1).filter(|next| {
        next.kind == TokenKind::Word && text[token.span.end..next.span.start].chars().all(char::is_whitespace)
    });
    let next = next.filter(|t| t.class.is(Class::CAPITALISED)).map(|t| word(text, t));
    let next = next.filter(|w| !is_role(w) && !is_institution(w));
    match next {
        // A given name before a surname is no surname.
        Some(_) if is_given(this) => None,
        // But `hat Herr Kurth Fragen`: behind `Herr` the first of two capitals is one.
        Some(surname) if !honour && stands_only_before(text, tokens, this, surname) => {
            Some(vec![this.to_owned(), surname.to_owned()])
        }
        None if is_given(this) && !honour => None,
        _ => {
            let first = particles_before(tokens, at);
            Some((first..=at).map(|k| word(text, &tokens[k]).to_owned()).collect())
        }
    }
}

/// Whether every place of a word is right before the same next word.
fn stands_only_before(text: &str, tokens: &[Token], this: &str, next: &str) -> bool {
    let places = tokens.iter().enumerate().filter(|(_, t)| word(text, t) == this);
    places.into_iter().all(|(k, _)| tokens.get(k + 1).is_some_and(|t| word(text, t) == next))
}

/// A word that says what somebody is, not who: `Frau Präsidentin`, `Herr Staatsminister`.
pub(super) fn is_role(this: &str) -> bool {
    with_lower(this, |lower| {
        ROLES.contains(lower)
            || ROLES.list().iter().any(|r| r.len() > 5 && lower.ends_with(r))
            || OFFICES.iter().any(|ending| lower.ends_with(ending))
    })
}
