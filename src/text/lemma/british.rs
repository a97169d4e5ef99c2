//! British spellings, by the American ones: by rule where the ending tells, by lists where it does not.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::language::lines;

/// The lists of `british_en.txt`.
struct Lists {
    beginnings: Vec<(&'static str, &'static str)>,
    re: Vec<&'static str>,
    og: Vec<&'static str>,
    doubled: FxHashSet<&'static str>,
    single: Vec<&'static str>,
    always_s: FxHashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let text = include_str!("../language/british_en.txt");
    let part = |head: &str| {
        let of = move |line: &&str| line.starts_with('>');
        let rest = lines(text).skip_while(move |l| l.strip_prefix("> ") != Some(head)).skip(1);
        rest.take_while(move |l| !of(l)).collect::<Vec<_>>()
    };
    Lists {
        beginnings: part("Beginnings").into_iter().filter_map(|l| l.split_once(' ')).collect(),
        re: part("Ends in er"),
        og: part("Ends in og"),
        doubled: part("Doubled").into_iter().collect(),
        single: part("Single"),
        always_s: part("Always s").into_iter().flat_map(str::split_whitespace).collect(),
    }
});

/// The American spelling of a word in lower case; the word itself if it has but one.
#[must_use]
pub fn american(word: &str) -> String {
    let listed = LISTS.beginnings.iter().filter(|(british, _)| word.starts_with(british)).max_by_key(|b| b.0.len());
    let word = match listed {
        Some((british, american)) => format!("{american}{}", &word[british.len()..]),
        None => word.to_owned(),
    };
    // `anaemia`, `leukaemic`.
    let word = if word.contains("aemi") { word.replace("aemi", "emi") } else { word };
    [with_z, with_er, with_og, with_one, with_two]
        .into_iter()
        .find_map(|rule| rule(&word))
        .unwrap_or_else(|| rest(word))
}

/// What fits no rule: `programme`.
fn rest(word: String) -> String {
    const OTHERS: &[(&str, &str)] =
        &[("programme", "program"), ("disc", "disk"), ("kerb", "curb"), ("mum", "mom"), ("whisky", "whiskey")];
    let one = word.strip_suffix('s').unwrap_or(&word);
    match OTHERS.iter().find(|(british, _)| *british == one) {
        Some((_, american)) => format!("{american}{}", &word[one.len()..]),
        None => word,
    }
}

/// `organise`, `analysed`.
fn with_z(word: &str) -> Option<String> {
    const ENDINGS: &[&str] =
        &["e", "es", "ed", "ing", "er", "ers", "ation", "ations", "able", "ational", "ingly", "ability"];
    let at = word.rfind("is").into_iter().chain(word.rfind("ys")).max()?;
    let (root, ending) = (&word[..at], &word[at + 2..]);
    if !ENDINGS.contains(&ending) {
        return None;
    }
    let fits = match &word[at..=at] {
        "y" => root.ends_with('l') && root.len() >= 3 && !["ation", "ations"].contains(&ending),
        _ => root.len() >= 3 && !LISTS.always_s.contains(root) && !root.ends_with("ra") && !root.ends_with('w'),
    };
    fits.then(|| format!("{}z{ending}", &word[..=at]))
}

/// `kilometres`, `centred`.
fn with_er(word: &str) -> Option<String> {
    let (base, ending) = ["s", "d", ""].iter().find_map(|e| Some((word.strip_suffix(e)?, *e)))?;
    LISTS.re.iter().any(|r| base.ends_with(r)).then(|| {
        let ending = if ending == "d" { "ed" } else { ending };
        format!("{}er{ending}", &base[..base.len() - 2])
    })
}

/// `catalogue`, `cataloguing`.
fn with_og(word: &str) -> Option<String> {
    let (base, ending) = LISTS.og.iter().find_map(|og| Some((*og, word.strip_prefix(og)?.strip_prefix('u')?)))?;
    let ending = match ending {
        "e" => "",
        "es" => "s",
        "ed" | "ing" | "er" => ending,
        _ => return None,
    };
    Some(format!("{base}{ending}"))
}

/// `travelled`, `counsellor`.
fn with_one(word: &str) -> Option<String> {
    const ENDINGS: &[&str] = &["ed", "ing", "ings", "er", "ers", "or", "ors", "es"];
    let (root, ending) = ENDINGS.iter().find_map(|e| Some((word.strip_suffix(e)?, *e)))?;
    let last = root.chars().next_back().filter(char::is_ascii)?;
    let one = root.strip_suffix(last).filter(|one| one.ends_with(last))?;
    LISTS.doubled.contains(one).then(|| format!("{one}{ending}"))
}

/// `enrolment`, `fulfils`.
fn with_two(word: &str) -> Option<String> {
    let (root, ending) = LISTS.single.iter().find_map(|r| Some((*r, word.strip_prefix(r)?)))?;
    ["", "s", "ment", "ments"].contains(&ending).then(|| format!("{root}l{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_are_one() {
        for (british, us) in [
            ("organisations", "organizations"),
            ("authorised", "authorized"),
            ("analysing", "analyzing"),
            ("colourful", "colorful"),
            ("kilometres", "kilometers"),
            ("centred", "centered"),
            ("catalogues", "catalogs"),
            ("modelling", "modeling"),
            ("counsellors", "counselors"),
            ("enrolment", "enrollment"),
            ("programme", "program"),
            ("advisers", "advisors"),
            ("kerbs", "curbs"),
            ("leukaemia", "leukemia"),
            ("manoeuvre", "maneuver"),
        ] {
            assert_eq!(american(british), american(us), "{british}");
        }
    }

    #[test]
    fn words_with_one_spelling_stay() {
        for word in [
            "promise",
            "exercise",
            "advertising",
            "surprised",
            "enterprise",
            "fundraiser",
            "otherwise",
            "noise",
            "analysis",
            "prise",
            "four",
            "hour",
            "tour",
            "acre",
            "genre",
            "metro",
            "excelled",
            "billing",
            "programmer",
        ] {
            assert_eq!(american(word), word);
        }
    }
}
