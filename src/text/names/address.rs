//! Forms of address: what makes the capitalised word behind it a name.

use super::{PARTICLES, is_capitalised, is_given, is_institution, word};
use crate::corpus::Language;
use crate::text::language::stop_words;
use crate::text::token::{Token, TokenKind};

/// Words after which a capitalised word is a name.
const ADDRESS: &[&str] = &[
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
];
/// Of these, the ones that are plurals too: they name one person only after an article in the singular.
const PLURAL: &[&str] = &["kollegen", "kolleginnen", "abgeordneten", "abgeordnete"];
/// Articles and titles of one person.
const SINGULAR: &[&str] =
    &["dem", "des", "vom", "beim", "zum", "der", "den", "zur", "herr", "herrn", "frau", "lieber", "liebe"];
/// Words that a form of address stands before and that are no names, and their endings.
const ROLES: &[&str] = &[
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
];

/// Whether a form of address stands right before the token (or before the particles of its name).
pub(super) fn stands_before(text: &str, tokens: &[Token], at: usize) -> bool {
    address(text, tokens, at).is_some()
}

/// Index of the form of address before the name that begins with or holds the token at `at`.
fn address(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let lower = |k: usize| word(text, &tokens[k]).to_lowercase();
    let before = particles_before(text, tokens, at).checked_sub(1)?;
    if word(text, &tokens[before]) == "." {
        let title = before.checked_sub(1)?;
        return ADDRESS.contains(&lower(title).as_str()).then_some(title);
    }
    ADDRESS.contains(&lower(before).as_str()).then_some(before)
}

/// Index of the first of the particles right before a token; the token's own if there are none.
fn particles_before(text: &str, tokens: &[Token], at: usize) -> usize {
    let particles = (0..at).rev().take(3).take_while(|&k| PARTICLES.contains(&word(text, &tokens[k])));
    particles.last().unwrap_or(at)
}

/// The name that a form of address gives to the token: the surname with its particles (`von Storch`), if it is one.
pub(super) fn addressed_name(text: &str, tokens: &[Token], at: usize) -> Option<String> {
    let token = &tokens[at];
    let this = word(text, token);
    if token.kind != TokenKind::Word || !is_capitalised(this) || this.chars().count() < 3 || is_role(this) {
        return None;
    }
    let address = address(text, tokens, at)?;
    let lower = |k: usize| word(text, &tokens[k]).to_lowercase();
    let one_person = !PLURAL.contains(&lower(address).as_str())
        || address.checked_sub(1).is_some_and(|k| SINGULAR.contains(&lower(k).as_str()));
    // `Herr Martin Soundso` whose full name is not known: the first of two capitals is no surname.
    let given = is_given(this)
        && tokens.get(at + 1).is_some_and(|next| {
            is_capitalised(word(text, next)) && text[token.span.end..next.span.start].trim().is_empty()
        });
    if !one_person || given {
        return None;
    }
    let first = particles_before(text, tokens, at);
    Some((first..=at).map(|k| word(text, &tokens[k])).collect::<Vec<_>>().join(" "))
}

/// A word that says what somebody is, not who: `Frau Präsidentin`, `Herr Staatsminister`.
fn is_role(this: &str) -> bool {
    let lower = this.to_lowercase();
    ROLES.iter().any(|r| lower == *r || (r.len() > 5 && lower.ends_with(r)))
        || is_institution(this)
        || [Language::De, Language::En].iter().any(|l| stop_words(*l).contains(lower.as_str()))
}
