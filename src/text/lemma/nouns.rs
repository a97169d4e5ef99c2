//! German nouns by their paradigms: from a form to the citation form, which the lexicon must have.

use std::borrow::Cow;

use crate::text::lexicon::{is_noun, is_word};

/// Words that end like the plural of another noun and are none: `Daten` is not `Date`.
const NO_PLURAL: &[&str] = &[
    "abkommen",
    "sachsen",
    "hessen",
    "schweden",
    "polen",
    "franken",
    "schwaben",
    "westfalen",
    "preussen",
    "daten",
    "denken",
    "devisen",
    "drachen",
    "essen",
    "haben",
    "karren",
    "kasten",
    "kolben",
    "kragen",
    "lachen",
    "laden",
    "laken",
    "lappen",
    "leinen",
    "lesen",
    "loden",
    "machen",
    "magen",
    "memoiren",
    "rachen",
    "reifen",
    "samen",
    "schaffen",
    "schreiben",
    "schweigen",
    "sehen",
    "sprechen",
    "sterben",
    "stollen",
    "streben",
    "streifen",
    "tropen",
    "watten",
    "wecken",
    "westen",
    "wollen",
    "ziehen",
];

/// Plurals and genitives that no rule makes, or that a rule would give to another noun.
const IRREGULAR: &[(&str, &str)] = &[
    ("epen", "epos"),
    ("genera", "genus"),
    ("korpora", "korpus"),
    ("mythen", "mythos"),
    ("tempora", "tempus"),
    ("boni", "bonus"),
    ("räte", "rat"),
    ("räten", "rat"),
    ("pläne", "plan"),
    ("plänen", "plan"),
    ("säle", "saal"),
    ("sälen", "saal"),
    ("bande", "bande"),
    ("banden", "bande"),
    ("radien", "radius"),
    ("tempi", "tempo"),
    ("skalen", "skala"),
    ("agenden", "agenda"),
    ("salden", "saldo"),
    ("dogmen", "dogma"),
    ("paradigmen", "paradigma"),
    ("matrizen", "matrix"),
    ("codices", "codex"),
    ("friede", "frieden"),
    ("glauben", "glaube"),
    ("glaubens", "glaube"),
    ("ungarn", "ungarn"),
    ("ungarns", "ungarn"),
    ("visa", "visum"),
    ("medien", "medium"),
    ("busse", "bus"),
    ("bussen", "bus"),
    ("busses", "bus"),
    ("kommata", "komma"),
    ("themata", "thema"),
    ("schemata", "schema"),
    ("atlanten", "atlas"),
    ("kakteen", "kaktus"),
    ("leute", "leute"),
    ("leuten", "leute"),
    ("kaufleute", "kaufmann"),
    ("fachleute", "fachmann"),
    ("fachleuten", "fachmann"),
    ("herzens", "herz"),
    ("indices", "index"),
    ("soli", "soli"),
    ("antibiotika", "antibiotikum"),
    ("statuten", "statut"),
    ("bayern", "bayern"),
    ("bayerns", "bayern"),
    ("sachsens", "sachsen"),
    ("hessens", "hessen"),
    ("schwedens", "schweden"),
    ("polens", "polen"),
    ("polen", "polen"),
    ("sachsen", "sachsen"),
    ("hessen", "hessen"),
    ("schweden", "schweden"),
    ("franken", "franken"),
    ("schwaben", "schwaben"),
    ("westfalen", "westfalen"),
    ("preussen", "preussen"),
];

/// Endings of the cases and plurals, with what stands instead in the citation form; the first that fits.
const ENDINGS: &[(&str, &str)] = &[
    ("izes", "ex"),
    ("izes", "ix"),
    ("s", ""),
    ("ns", ""),
    ("n", ""),
    ("e", ""),
    ("een", "eum"),
    ("en", ""),
    ("es", ""),
    ("er", ""),
    ("ern", ""),
    ("ens", ""),
    ("se", ""),
    ("sen", ""),
    ("ses", ""),
    ("en", "a"),
    ("en", "um"),
    ("en", "us"),
    ("en", "o"),
    ("en", "on"),
    ("en", "is"),
    ("ien", ""),
    ("a", "um"),
    ("a", "on"),
    ("i", "us"),
    ("i", "o"),
    ("anten", "ant"),
];
/// Nouns with a plural in `-er` and no umlaut; all others in `-er` are words of their own (`Leipziger`).
const ER_PLURALS: &[&str] = &[
    "kind",
    "bild",
    "feld",
    "kleid",
    "geld",
    "nest",
    "rind",
    "schild",
    "schwert",
    "brett",
    "glied",
    "lied",
    "licht",
    "geist",
    "leib",
    "weib",
    "gespenst",
    "regiment",
    "geschlecht",
    "gesicht",
    "scheit",
    "lid",
    "ei",
    "biest",
    "stift",
    "gemüt",
    "ski",
    "reis",
];
/// Nouns with a plural in `-er` and an umlaut.
const UMLAUT_ER_PLURALS: &[&str] = &[
    "amt", "bad", "balg", "band", "blatt", "buch", "dach", "dorf", "fach", "fass", "gewand", "glas", "gott", "grab",
    "gras", "gut", "haupt", "haus", "holz", "horn", "huhn", "kalb", "korn", "kraut", "lamm", "land", "loch", "mahl",
    "mal", "mann", "maul", "mund", "pfand", "rad", "rand", "schloss", "spital", "strauch", "tal", "tuch", "tum",
    "volk", "vormund", "wald", "wort", "wurm",
];
/// Nouns in `-en` that take an umlaut in the plural.
const UMLAUT_EN_PLURALS: &[&str] =
    &["boden", "bogen", "faden", "garten", "graben", "hafen", "kasten", "kragen", "laden", "magen", "ofen", "schaden"];

/// The citation form of a noun of the lexicon.
#[must_use]
pub fn simple_noun(form: &str) -> Option<String> {
    if let Some((_, noun)) = IRREGULAR.iter().find(|(plural, _)| *plural == form) {
        return Some((*noun).to_owned());
    }
    // `Fächer` is more often a plural than a noun of its own.
    if (form.ends_with("er") || form.ends_with("ern"))
        && let Some(noun) = umlaut_plural(form).filter(|n| UMLAUT_ER_PLURALS.contains(&n.as_str()))
    {
        return Some(noun);
    }
    if is_noun(form) {
        if let Some(noun) = nominalised(form) {
            return Some(noun);
        }
        let singular = form.strip_suffix('n').filter(|s| s.ends_with('e') && is_noun(s) && !NO_PLURAL.contains(&form));
        return Some(singular.unwrap_or(form).to_owned());
    }
    if form.chars().count() < 4 {
        return None;
    }
    if let Some(noun) = nominalised(form) {
        return Some(noun);
    }
    let known = is_word(form);
    let plain = ENDINGS.iter().find_map(|(ending, instead)| {
        let base = form.strip_suffix(ending)?;
        // Rare endings only for forms that are known.
        let plausible = base.len() > 2 && (known || (instead.is_empty() && ending.len() <= 2 && *ending != "er"));
        let noun = if instead.is_empty() { Cow::Borrowed(base) } else { Cow::Owned(format!("{base}{instead}")) };
        let plural = !matches!(*ending, "er" | "ern") || ER_PLURALS.iter().any(|p| noun.ends_with(p));
        (plausible && plural && is_noun(&noun)).then(|| noun.into_owned())
    });
    plain.or_else(|| known.then(|| umlaut_plural(form)).flatten())
}

/// The noun of a plural with an umlaut that goes: `Häuser`, `Plätzen`, `Gärten`.
fn umlaut_plural(form: &str) -> Option<String> {
    let bare = without_umlaut(form)?;
    let noun = |ending: &str| bare.strip_suffix(ending).filter(|b| b.len() > 2 && is_noun(b));
    // `Häuser` is `haus`, not the name `hauser`.
    let with_er = || {
        let listed = |b: &&str| UMLAUT_ER_PLURALS.iter().any(|p| b.ends_with(p));
        ["er", "ern"].into_iter().find_map(|e| noun(e).filter(listed))
    };
    let with_en = || noun("").filter(|b| UMLAUT_EN_PLURALS.iter().any(|p| b.ends_with(p)));
    // Without a further ending only `Väter` and `Mängel`, and no `Plätze` of a noun `Platze`.
    let alike = |b: &&str| b.ends_with("er") || b.ends_with("el");
    let bare_plural = || ["", "n"].into_iter().find_map(|e| noun(e).filter(alike));
    let with_e = || ["e", "en"].into_iter().find_map(noun);
    with_er().or_else(with_en).or_else(bare_plural).or_else(with_e).map(str::to_owned)
}

/// `abgeordnete` for `abgeordneter`: adjectives and participles used as nouns.
fn nominalised(form: &str) -> Option<String> {
    /// Adjectives that are also nouns, or whose noun for a man the lexicon has.
    const LISTED: &[&str] = &[
        "blind",
        "deutsch",
        "fremd",
        "krank",
        "taub",
        "liberal",
        "grün",
        "erwachsen",
        "auszubildend",
        "selbstständig",
    ];
    let base = form.strip_suffix("er").filter(|base| *base != "gläubig")?;
    let noun = format!("{base}e");
    if LISTED.contains(&base) {
        return Some(noun);
    }
    let ends = |endings: &[&str]| endings.iter().any(|e| base.ends_with(e));
    // `Pfleger` is no form of `Pflege`, nor `Dichter` of `Dichte`.
    let prefixed = || base.contains("ge") || ["be", "ver", "er", "ent", "zer"].iter().any(|p| base.starts_with(p));
    let participle = || base.ends_with("nd") || (ends(&["t", "en"]) && prefixed());
    let derived = || ends(&["ig", "lich", "isch", "los", "haft", "sam"]);
    let unlisted = || !is_noun(form) && (base.ends_with('t') || is_word(&format!("{base}em")));
    let is_adjective = base.chars().count() >= 5 && is_word(base) && !is_noun(base);
    (is_adjective && is_noun(&noun) && (participle() || derived() || unlisted())).then_some(noun)
}

/// `haus` for `häus`: the last umlaut of a word goes.
#[must_use]
pub(super) fn without_umlaut(word: &str) -> Option<String> {
    let (at, c) = word.char_indices().rev().find(|(_, c)| matches!(c, 'ä' | 'ö' | 'ü'))?;
    let plain = match c {
        'ä' => "a",
        'ö' => "o",
        _ => "u",
    };
    Some(format!("{}{plain}{}", &word[..at], &word[at + c.len_utf8()..]))
}

/// A noun that the lexicon lacks, by the longest part at its end that it has: `…strategien` to `…strategie`.
pub(super) fn by_last_part(form: &str) -> Option<String> {
    if form.len() > 80 {
        return None;
    }
    // `Nisse` is a noun, too.
    if let Some(stem) = ["nisse", "nissen", "nisses"].iter().find_map(|end| form.strip_suffix(end)) {
        return Some(format!("{stem}nis"));
    }
    let starts = form.char_indices().map(|(i, _)| i).skip(3);
    starts.take_while(|i| form.len() - i >= 4).find_map(|at| {
        let (before, last) = form.split_at(at);
        let vowel = before.contains(|c| "aeiouäöüy".contains(c));
        let noun = if vowel && is_word(last) { simple_noun(last)? } else { return None };
        (noun.chars().count() >= 4).then(|| format!("{before}{noun}"))
    })
}

#[cfg(test)]
mod tests {
    use crate::text::lemma::german::{Lemma, lemma, letters};

    fn noun(form: &str) -> String {
        match lemma(&letters(&form.to_lowercase()), true) {
            Some(Lemma::Noun(noun)) => noun,
            other => panic!("{form}: {other:?}"),
        }
    }

    #[test]
    fn nouns_of_every_declension() {
        for (form, expected) in [
            ("Häuser", "haus"),
            ("Krankenhäusern", "krankenhaus"),
            ("Systemen", "system"),
            ("Systeme", "system"),
            ("Themen", "thema"),
            ("Museen", "museum"),
            ("Epen", "epos"),
            ("Risiken", "risiko"),
            ("Kriterien", "kriterium"),
            ("Prinzipien", "prinzip"),
            ("Ergebnissen", "ergebnis"),
            ("Führungskräften", "führungskraft"),
            ("Cyberangriffen", "cyberangriff"),
            ("Lagers", "lager"),
            ("Lagen", "lage"),
            ("Daten", "daten"),
            ("Polen", "polen"),
            ("Schwedens", "schweden"),
            ("Unterlagen", "unterlage"),
            ("Buerger", "bürger"),
            ("Straßen", "strasse"),
            ("Städte", "stadt"),
            ("Jahres", "jahr"),
            ("Plätze", "platz"),
            ("Kitaplätzen", "kitaplatz"),
            ("Fälle", "fall"),
            ("Väter", "vater"),
            ("Mängeln", "mangel"),
            ("Gärten", "garten"),
            ("Fächer", "fach"),
            ("Fächern", "fach"),
            ("Güte", "güte"),
            ("Ausländer", "ausländer"),
            ("Pfleger", "pfleger"),
            ("Dichter", "dichter"),
            ("Abgeordneter", "abgeordnete"),
            ("Banden", "bande"),
            ("Hörsäle", "hörsaal"),
            ("Maße", "maß"),
            ("Ausstellerverzeichnisse", "ausstellerverzeichnis"),
        ] {
            assert_eq!(noun(form), expected, "{form}");
        }
        assert_ne!(noun("Masse"), noun("Maße"));
    }
}
