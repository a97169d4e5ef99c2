//! English: inflection apart from derivation.
//!
//! The Porter2 stemmer takes both off, so that `university` meets `universe` and `organization` meets `organ`. Here
//! only endings of inflection go where a word ends in a derivational suffix; all other words are left to the stemmer.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Irregular plurals and verb forms: `form base`.
const IRREGULAR: &str = "children child|men man|women woman|people people|mice mouse|feet foot|teeth tooth|geese goose|\
    analyses analysis|crises crisis|theses thesis|hypotheses hypothesis|diagnoses diagnosis|syntheses synthesis|\
    parentheses parenthesis|bases basis|axes axis|criteria criterion|phenomena phenomenon|indices index|\
    indexes index|matrices matrix|vertices vertex|vortices vortex|appendices appendix|schemata schema|\
    formulae formula|alumni alumnus|stimuli stimulus|nuclei nucleus|radii radius|foci focus|curricula curriculum|\
    memoranda memorandum|automata automaton|lives life|wives wife|knives knife|leaves leaf|halves half|\
    shelves shelf|selves self|wolves wolf|thieves thief|loaves loaf|calves calf|elves elf|scarves scarf|\
    heroes hero|echoes echo|tomatoes tomato|potatoes potato|vetoes veto|buses bus|viruses virus|statuses status|\
    corpora corpus|genera genus|oxen ox|dice die|ran run|wrote write|written write|built build|made make|\
    taught teach|thought think|brought bring|bought buy|caught catch|found find|held hold|kept keep|led lead|\
    left leave|lost lose|meant mean|met meet|paid pay|sent send|spent spend|told tell|understood understand|\
    won win|began begin|begun begin|broke break|broken break|chose choose|chosen choose|drove drive|\
    driven drive|grew grow|grown grow|knew know|known know|rose rise|risen rise|spoke speak|spoken speak|\
    took take|taken take|gave give|given give|fell fall|fallen fall|drew draw|drawn draw|threw throw|\
    thrown throw|forgot forget|forgotten forget|hid hide|hidden hide|sold sell|dealt deal|fed feed|fought fight|\
    sought seek|slept sleep|stood stand|struck strike|swept sweep|wore wear|worn wear|woke wake|woken wake|\
    dying die|lying lie|tying tie|data data|media media";

/// British spellings of common words, by the American one.
const BRITISH: &[(&str, &str)] = &[
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("favour", "favor"),
    ("labour", "labor"),
    ("honour", "honor"),
    ("neighbour", "neighbor"),
    ("flavour", "flavor"),
    ("humour", "humor"),
    ("centre", "center"),
    ("theatre", "theater"),
    ("fibre", "fiber"),
    ("defence", "defense"),
    ("licence", "license"),
    ("offence", "offense"),
    ("catalogue", "catalog"),
    ("dialogue", "dialog"),
    ("grey", "gray"),
    ("analyse", "analyze"),
    ("modelling", "modeling"),
    ("modelled", "modeled"),
    ("travelling", "traveling"),
    ("labelling", "labeling"),
    ("labelled", "labeled"),
    ("cancelled", "canceled"),
    ("organis", "organiz"),
    ("optimis", "optimiz"),
    ("visualis", "visualiz"),
    ("serialis", "serializ"),
    ("normalis", "normaliz"),
    ("recognis", "recogniz"),
    ("customis", "customiz"),
    ("summaris", "summariz"),
    ("generalis", "generaliz"),
    ("virtualis", "virtualiz"),
    ("categoris", "categoriz"),
    ("parallelis", "paralleliz"),
    ("minimis", "minimiz"),
    ("maximis", "maximiz"),
    ("synchronis", "synchroniz"),
    ("digitalis", "digitaliz"),
    ("digitis", "digitiz"),
    ("utilis", "utiliz"),
    ("specialis", "specializ"),
    ("tokenis", "tokeniz"),
];

/// Suffixes that make another word, without a final `e`.
const DERIVED: &[&str] = &[
    "ization", "ation", "ition", "ution", "tion", "sion", "ment", "ness", "enc", "anc", "ency", "ancy", "ity", "ty",
    "ship", "ism", "ist", "iv", "ous", "ful", "less", "abl", "ibl", "ical", "ic", "al", "ary", "ory", "ery", "iz",
    "at", "ify", "er", "or", "ent", "ant", "hood", "dom", "ag", "ur", "ian", "ium", "us",
];

/// Nouns that end like a form of a verb, or like a plural, and are words of their own.
const NOUNS: &[&str] = &[
    "evening",
    "morning",
    "marketing",
    "engineering",
    "wedding",
    "ceiling",
    "clothing",
    "housing",
    "lens",
    "canvas",
    "atlas",
    "bias",
    "alias",
    "gas",
    "chaos",
    "cosmos",
    "pandas",
    "kubernetes",
    "christmas",
    "texas",
    "building",
    "meaning",
    "spring",
    "string",
    "thing",
    "king",
    "ring",
    "wing",
    "sibling",
    "darling",
    "bing",
    "ping",
    "accounting",
    "banking",
    "shipping",
    "red",
    "bed",
    "speed",
    "seed",
    "feed",
    "need",
    "shed",
    "breed",
];

fn irregular(word: &str) -> Option<&'static str> {
    static FORMS: LazyLock<FxHashMap<&str, &str>> =
        LazyLock::new(|| IRREGULAR.split('|').filter_map(|pair| pair.trim().split_once(' ')).collect());
    FORMS.get(word).copied()
}

/// The base of a form of an irregular or differently spelled word; the word itself otherwise.
#[must_use]
pub fn regular(word: &str) -> String {
    let word = irregular(word).unwrap_or(word);
    match BRITISH.iter().find(|(british, _)| word.starts_with(british)) {
        Some((british, american)) => format!("{american}{}", &word[british.len()..]),
        None => word.to_owned(),
    }
}

/// A word that ends in a derivational suffix, without its inflection; `None` where the stemmer may have it.
#[must_use]
pub fn derived(word: &str) -> Option<String> {
    let one = word.strip_suffix('s').filter(|w| NOUNS.contains(w)).unwrap_or(word);
    if NOUNS.contains(&one) {
        return Some(one.to_owned());
    }
    let base = without_inflection(word);
    let suffix = DERIVED.iter().any(|s| base.strip_suffix(s).is_some_and(|root| root.len() >= 3));
    suffix.then_some(base)
}

fn has_vowel(word: &str) -> bool {
    word.contains(|c| "aeiouy".contains(c))
}

/// Without `-s`, `-ed`, `-ing`, and without a final `e`.
fn without_inflection(word: &str) -> String {
    let singular = singular(word);
    for ending in ["ing", "ed"] {
        if let Some(root) = singular.strip_suffix(ending).filter(|r| r.len() >= 3 && has_vowel(r)) {
            let bytes = root.as_bytes();
            let n = bytes.len();
            let doubled = bytes[n - 1] == bytes[n - 2] && b"bdfgmnprt".contains(&bytes[n - 1]);
            let root = if doubled { &root[..n - 1] } else { root };
            return match root.strip_suffix('i').filter(|_| ending == "ed") {
                Some(y) => format!("{y}y"),
                None => root.to_owned(),
            };
        }
    }
    singular.strip_suffix('e').unwrap_or(&singular).to_owned()
}

/// Whether a word in lower case is an adverb in `-ly`, or a verb or adjective that no text is about (`remain`,
/// `existing`): counted, and not ranked.
#[must_use]
pub fn is_generic(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        crate::text::language::lines(include_str!("../language/generic_en.txt"))
            .flat_map(str::split_whitespace)
            .collect()
    });
    const NO_ADVERBS: &[&str] = &[
        "family",
        "assembly",
        "supply",
        "anomaly",
        "monopoly",
        "reply",
        "ally",
        "butterfly",
        "poly",
        "fly",
        "rally",
        "jelly",
        "bully",
        "italy",
        "july",
        "homily",
        "melancholy",
        "early",
        "daily",
        "weekly",
        "monthly",
        "underbelly",
        "elderly",
    ];
    let adverb = word.ends_with("ly") && word.len() >= 5 && !NO_ADVERBS.contains(&word);
    let base = ["ing", "ed", "s", "d"].iter().filter_map(|e| word.strip_suffix(e));
    let forms =
        || base.flat_map(|b| [b.to_owned(), format!("{b}e"), format!("{b}y")]).any(|b| WORDS.contains(b.as_str()));
    adverb || WORDS.contains(word) || forms()
}

/// Whether two words in a row are also written as one: `data set`, `e-mail`; not `car pet`.
#[must_use]
pub fn is_joinable(first: &str, last: &str) -> bool {
    static WORDS: LazyLock<[FxHashSet<&str>; 2]> = LazyLock::new(|| {
        let list = include_str!("../language/compounds_en.txt");
        let (ends, begins) = list.split_once("> Begins").unwrap_or((list, ""));
        [ends, begins].map(|part| {
            let lines = crate::text::language::lines(part).filter(|l| !l.starts_with('>'));
            lines.flat_map(str::split_whitespace).collect()
        })
    });
    WORDS[0].contains(singular(last).as_str()) || WORDS[1].contains(first)
}

/// Whether a word is an adverb in `-ly` that the list of generic words need not name.
#[must_use]
pub fn is_adverb(word: &str) -> bool {
    word.ends_with("ally") && word.len() > 6 || ["finally", "namely", "mostly", "usually"].contains(&word)
}

/// Without the plural ending.
#[must_use]
pub fn singular(word: &str) -> String {
    let keep = ["ss", "us", "is", "ics", "news", "series", "species"];
    let keep_whole = NOUNS.contains(&word);
    if keep_whole || !word.ends_with('s') || word.len() < 4 || keep.iter().any(|k| word.ends_with(k)) {
        return word.to_owned();
    }
    if let Some(root) = word.strip_suffix("ies") {
        return if root.len() > 2 { format!("{root}y") } else { format!("{root}ie") };
    }
    let es = ["sses", "xes", "ches", "shes", "zzes"].iter().any(|e| word.ends_with(e));
    word[..word.len() - if es { 2 } else { 1 }].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivations_are_other_words() {
        for (a, b) in [
            ("university", "universe"),
            ("organization", "organ"),
            ("general", "generate"),
            ("operator", "operation"),
            ("international", "internal"),
            ("community", "commune"),
        ] {
            let key = |w: &str| derived(w).unwrap_or_else(|| w.to_owned());
            assert_ne!(key(a), key(b), "{a} {b}");
        }
    }

    #[test]
    fn inflections_share_a_base() {
        for (a, b) in [
            ("libraries", "library"),
            ("universities", "university"),
            ("generated", "generate"),
            ("generating", "generates"),
            ("operators", "operator"),
            ("applied", "apply"),
        ] {
            assert_eq!(without_inflection(a), without_inflection(b), "{a} {b}");
        }
        assert_eq!(regular("analyses"), "analysis");
        assert_eq!(regular("visualisation"), "visualization");
    }
}
