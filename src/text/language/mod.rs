//! What differs from language to language: one file a language, lists as plain data files.

pub mod de;
pub mod en;

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::corpus::Language;
use crate::text::word_set::with_lower;

/// The language of a text from its first few hundred bytes, among `allowed`; `None` where that cannot be told.
///
/// whatlang looks at letters and trigrams; over all languages short German reads as Dutch, hence `allowed`.
#[must_use]
pub fn detect(text: &str, allowed: &[Language]) -> Option<Language> {
    let mut end = text.len().min(1200);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let candidates: Vec<whatlang::Lang> = allowed.iter().filter_map(|&l| to_whatlang(l)).collect();
    if candidates.len() < 2 {
        return allowed.first().copied();
    }
    let detector = whatlang::Detector::with_allowlist(candidates);
    let info = detector.detect(&text[..end])?;
    if !info.is_reliable() && end < 60 {
        return None;
    }
    allowed.iter().copied().find(|&l| to_whatlang(l) == Some(info.lang()))
}

fn to_whatlang(language: Language) -> Option<whatlang::Lang> {
    use whatlang::Lang::*;
    Some(match language.code() {
        "de" => Deu,
        "en" => Eng,
        "fr" => Fra,
        "it" => Ita,
        "es" => Spa,
        "pt" => Por,
        "nl" => Nld,
        "sv" => Swe,
        "da" => Dan,
        "nb" | "no" => Nob,
        "fi" => Fin,
        "pl" => Pol,
        "cs" => Ces,
        "hu" => Hun,
        "ro" => Ron,
        "ru" => Rus,
        "uk" => Ukr,
        "tr" => Tur,
        "el" => Ell,
        "ar" => Ara,
        _ => return None,
    })
}

/// Lines of an embedded list, without comments.
pub(crate) fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// Words that carry no topic in `language`, lower case: function words and calendar words.
#[must_use]
pub fn stop_words(language: Language) -> &'static FxHashSet<&'static str> {
    static DE: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| lines(de::STOP_WORDS).chain(de::CALENDAR.iter().copied()).chain(de::MONTHS).collect());
    static EN: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| lines(en::STOP_WORDS).chain(en::CALENDAR.iter().copied()).chain(en::MONTHS).collect());
    static NONE: LazyLock<FxHashSet<&str>> = LazyLock::new(FxHashSet::default);
    match language {
        Language::De => &DE,
        Language::En => &EN,
        Language::Other(_) => &NONE,
    }
}

/// Words of recap prose of `language` (`Vortrag`, `betonte`, `speaker`), to be compared by stem.
pub fn recap_words(language: Language) -> impl Iterator<Item = &'static str> {
    lines(match language {
        Language::De => de::RECAP_WORDS,
        Language::En => en::RECAP_WORDS,
        Language::Other(_) => "",
    })
}

/// Whether a word, whatever its case, is one of recap prose, letter by letter.
pub(crate) fn is_recap_word(language: Language, word: &str) -> bool {
    static WORDS: LazyLock<[FxHashSet<&str>; 2]> =
        LazyLock::new(|| [Language::De, Language::En].map(|l| recap_words(l).collect()));
    let words = match language {
        Language::De => &WORDS[0],
        Language::En => &WORDS[1],
        Language::Other(_) => return false,
    };
    with_lower(word, |lower| words.contains(lower))
}

/// Given names of many languages, as spelled.
#[must_use]
pub fn first_names() -> &'static FxHashSet<&'static str> {
    static NAMES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| lines(include_str!("first_names.txt")).collect());
    &NAMES
}

/// Countries, German states and large cities, as spelled.
#[must_use]
pub fn places() -> &'static FxHashSet<&'static str> {
    static PLACES: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| lines(include_str!("places.txt")).flat_map(str::split_whitespace).collect());
    &PLACES
}

/// Whether a long form of an acronym, of several words, is the name of an institution: `Bundesamt für …`.
#[must_use]
pub fn is_institution_name(name: &str) -> bool {
    let kinds = || de::INSTITUTION_KINDS.iter().chain(en::INSTITUTION_KINDS);
    let is_kind = |word: &str| {
        let end = |k: &&&str| word == **k || (k.len() > 4 && word.ends_with(**k)) || word == format!("bundes{k}");
        kinds().any(|k| end(&k))
    };
    let mut words = name.split_whitespace().flat_map(|w| w.split('-')).map(str::to_lowercase);
    name.contains(' ') && name.starts_with(char::is_uppercase) && words.any(|w| is_kind(&w))
}

/// Number of the month that `word` names in German or English, 1 to 12.
#[must_use]
pub fn month(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.').to_lowercase();
    let place = |months: &[&str]| months.iter().position(|m| *m == word).map(|i| i as u8 + 1);
    place(&de::MONTHS).or_else(|| place(&en::MONTHS))
}

/// How a label of a field for people or places is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldLabel {
    /// `Speaker`, also behind other words: `Keynote speaker`.
    People,
    /// `Venue`, also behind other words.
    Place,
    /// `by`, also behind a verb: `Presented by`.
    Preposition,
    /// `Where`, by itself.
    Alone,
}

/// Whether `word`, in lower case, is the (last) word of a label for people or places, in any language we know.
pub(crate) fn field_label(word: &str) -> Option<FieldLabel> {
    let listed = |lists: [&[&str]; 2]| lists.iter().any(|list| list.contains(&word));
    if listed([en::FIELD_PEOPLE, de::FIELD_PEOPLE]) {
        Some(FieldLabel::People)
    } else if listed([en::FIELD_PLACES, de::FIELD_PLACES]) {
        Some(FieldLabel::Place)
    } else if listed([en::FIELD_PREPOSITIONS, de::FIELD_PREPOSITIONS]) {
        Some(FieldLabel::Preposition)
    } else {
        listed([en::FIELD_WORDS, de::FIELD_WORDS]).then_some(FieldLabel::Alone)
    }
}

/// Whether `word`, in lower case, names a month or a day of the week in one of the larger languages of Europe, in full
/// or cut short as in dates. Some of these are other words too (`may`, `mars`): beside a number they are dates.
#[must_use]
pub fn is_calendar_word(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| lines(include_str!("calendar.txt")).flat_map(str::split_whitespace).collect());
    WORDS.contains(word)
}

pub(crate) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// Whether `word`, without its final stop, is an abbreviation that does not end a sentence.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    static LISTED: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| [de::ABBREVIATIONS, en::ABBREVIATIONS].into_iter().flatten().copied().collect());
    with_lower(word, |lower| {
        LISTED.contains(lower) || (lower.contains('.') && lower.split('.').all(|p| p.chars().count() <= 2))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_among_the_allowed_languages() {
        let both = [Language::De, Language::En];
        let german = "Die Verwaltung braucht klare Zuständigkeiten und einen Plan für den Notfall.";
        assert_eq!(detect(german, &both), Some(Language::De));
        assert_eq!(detect("The council needs a plan and clear rules for the people.", &both), Some(Language::En));
        assert_eq!(detect("anything", &[Language::En]), Some(Language::En));
    }

    #[test]
    fn lists_hold_no_topic_and_the_recap_lists_stay_short() {
        assert!(stop_words(Language::De).contains("die") && !stop_words(Language::De).contains("verwaltung"));
        for language in [Language::De, Language::En] {
            let n = recap_words(language).count();
            assert!((1..=150).contains(&n), "{n} recap words in {language}");
        }
    }

    #[test]
    fn calendar_words_of_many_languages() {
        let words = ["aprile", "sábado", "friday", "oct", "märz", "août", "kwietnia"];
        assert!(words.into_iter().all(is_calendar_word) && !is_calendar_word("apricot") && !is_calendar_word("day"));
    }

    #[test]
    fn months_of_both_languages() {
        assert_eq!((month("März"), month("march"), month("Sept."), month("Mais")), (Some(3), Some(3), None, None));
    }
}
