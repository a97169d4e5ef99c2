//! The words that decide where a compound may be cut: particles, suffixes, short words that are parts, words that stay whole.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::language::lines;
use crate::text::word_set::WordSet;

/// Particles that begin a word and are no part of a compound.
pub(super) static PARTICLES: WordSet = WordSet::new(&[
    "ab",
    "an",
    "auf",
    "aus",
    "bei",
    "be",
    "da",
    "dar",
    "durch",
    "ein",
    "emp",
    "ent",
    "er",
    "fort",
    "ge",
    "gegen",
    "her",
    "heran",
    "heraus",
    "herein",
    "hervor",
    "hin",
    "hinaus",
    "hinein",
    "hinter",
    "los",
    "miss",
    "mit",
    "nach",
    "neben",
    "nieder",
    "ob",
    "ohne",
    "rück",
    "statt",
    "um",
    "un",
    "unter",
    "ur",
    "ver",
    "vor",
    "voran",
    "voraus",
    "vorbei",
    "weg",
    "wider",
    "wieder",
    "zer",
    "zu",
    "zurück",
    "zusammen",
    "weiter",
    "nicht",
    "zwischen",
    "über",
    "außer",
    "ausser",
    "anti",
    "wohl",
    "viel",
    "mehr",
    "selbst",
    "eben",
    "beisammen",
    "entgegen",
    "gegenüber",
    "daher",
    "dahin",
]);

/// Ends of words that look like nouns and are suffixes or chance.
pub(super) static NO_HEADS: WordSet = WordSet::new(&[
    "schaft",
    "ismus",
    "heit",
    "keit",
    "nis",
    "ling",
    "tum",
    "ion",
    "ation",
    "ment",
    "enz",
    "anz",
    "ität",
    "graf",
    "graph",
    "gramm",
    "thek",
    "krat",
    "mat",
    "sal",
    "ster",
    "ester",
    "eur",
    "ier",
    "ist",
    "isten",
    "ner",
    "ler",
    "chen",
    "lein",
    "erei",
    "elei",
    "barkeit",
    "samkeit",
    "losigkeit",
    "haftigkeit",
    "native",
    "nation",
    "ration",
    "lation",
    "kation",
    "stanz",
    "stand",
    "zug",
    "trag",
    "gang",
    "lage",
    "nahme",
    "sicht",
    "fall",
    "halt",
    "stellung",
    "stoss",
]);

/// Ends among the above that are nouns after a noun: `Klimastand`, `Straßenzug`, not `Ab|stand`.
pub(super) static FREE_HEADS: WordSet =
    WordSet::new(&["stand", "zug", "trag", "gang", "lage", "nahme", "sicht", "fall", "stellung", "stoss"]);

/// Words that can be cut by chance and are one word, or names.
pub(super) static WHOLE: WordSet = WordSet::new(&[
    "alternative",
    "ausland",
    "inland",
    "mailand",
    "england",
    "finnland",
    "griechenland",
    "holland",
    "irland",
    "island",
    "russland",
    "schottland",
    "estland",
    "lettland",
    "thailand",
    "neuseeland",
    "deutschland",
    "polen",
    "niederlande",
    "minister",
    "transport",
    "willkommen",
    "heimat",
    "heirat",
    "monat",
    "dienstag",
    "samstag",
    "montag",
    "freitag",
    "sonntag",
    "donnerstag",
    "mittwoch",
    "weihnacht",
    "weihnachten",
    "ostern",
    "gewerkschaft",
    "opposition",
    "region",
    "militär",
    "personal",
    "sekretär",
    "material",
    "kapital",
    "journalist",
    "spezialist",
    "kapitalismus",
    "sozialismus",
    "liberalismus",
    "nationalismus",
    "rassismus",
    "antisemitismus",
    "politik",
    "republik",
    "polizei",
    "bürokratie",
    "demokratie",
    "partei",
    "kanzlei",
    "bücherei",
    "druckerei",
    "autor",
    "motor",
    "doktor",
    "faktor",
    "sektor",
    "direktor",
    "professor",
    "moment",
    "element",
    "parlament",
    "argument",
    "instrument",
    "dokument",
    "zement",
    "kontinent",
    "patient",
    "präsident",
    "student",
    "agent",
    "talent",
    "orient",
    "akzent",
    "prozent",
    "konsequenz",
    "ballast",
    "manifest",
    "uniform",
    "diebstahl",
    "bestehen",
    "erstmal",
    "walnuss",
    "walross",
]);

/// Ends of adjectives that stand before nouns: `Sozialarbeit`, `Nationalhymne`.
pub(super) const ADJECTIVE_ENDS: &[&str] = &["al", "iv", "ell", "är", "an", "il", "ient", "ent", "iert"];

/// Endings of first parts that need a linking `s`.
pub(super) const LINKED: &[&str] = &["ung", "heit", "keit", "schaft", "tion", "tät", "tum"];

/// Words of up to four letters that may be parts.
pub(super) struct Short {
    pub nouns: FxHashSet<String>,
    pub others: FxHashSet<String>,
}

pub(super) fn short() -> &'static Short {
    static LIST: LazyLock<Short> = LazyLock::new(|| {
        let mut short = Short { nouns: FxHashSet::default(), others: FxHashSet::default() };
        for word in lines(include_str!("../language/compound_short_de.txt")).flat_map(str::split_whitespace) {
            let lower = word.to_lowercase().replace('ß', "ss");
            let set = if word.starts_with(char::is_uppercase) { &mut short.nouns } else { &mut short.others };
            set.insert(lower);
        }
        short
    });
    &LIST
}

/// Whether a word is a particle that begins words: `ver`, `an`.
#[must_use]
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(word)
}
