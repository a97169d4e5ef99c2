//! German: lists that are grammar, not topic.

/// spaCy's stop words (MIT), made by `scripts/word_lists.py`.
pub const STOP_WORDS: &str = include_str!("stop_de.txt");
/// Words of recap prose.
pub const RECAP_WORDS: &str = include_str!("recap_de.txt");
/// The months.
pub const MONTHS: [&str; 12] = [
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "dezember",
];
/// Calendar, clock and measure words, and forms of address.
pub const CALENDAR: &[&str] = &[
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "dezember", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "woche",
    "wochen", "monat", "monate", "monaten", "stunde", "stunden", "minute", "minuten", "jahres", "jahrs", "tages",
    "zeiten", "teile", "teilen", "teils", "heutige", "heutigen", "prozent", "uhr", "nachmittag", "vormittag", "morgen",
    "abend", "mal", "male", "millionen", "million", "milliarden", "milliarde", "tausend", "hundert", "euro", "anfang",
    "seite", "seiten", "fall", "art", "dr", "prof", "herr", "herrn", "frau", "bzw", "ca", "ggf", "etc", "usw", "z.b",
    "damen", "herren", "kollege", "kollegen", "kollegin", "kolleginnen", "d.h", "u.a", "nr", "vgl", "zb", "dh", "ua",
];
/// Abbreviations before a full stop that is no end, lower case.
pub const ABBREVIATIONS: &[&str] = &[
    "abs", "art", "bzw", "ca", "dipl", "dr", "evtl", "fr", "ggf", "hr", "hrsg", "inkl", "ing", "insb", "max", "med",
    "min", "mio", "mrd", "nr", "phil", "prof", "s", "sog", "st", "str", "tel", "u", "vgl", "z", "zzgl", "d", "jur",
    "rer", "nat", "od", "bspw", "geb", "gest", "jh",
];
/// Stems that end a noun which is never the first or second part of a person's name: institutions and prizes.
pub const INSTITUTIONS: &[&str] = &[
    "schule", "oberschule", "grundschule", "hochschule", "gymnasium", "gesamtschule", "realschule", "universität",
    "institut", "akademie", "stiftung", "preis", "straße", "platz", "haus", "halle", "saal", "klinik", "krankenhaus",
    "museum", "bibliothek", "kolleg", "berufskolleg", "zentrum", "verlag", "gesellschaft", "forum", "campus", "turm",
    "brücke", "theater", "bühne", "kita", "archiv", "park", "allee", "weg", "ring", "ufer", "medaille", "lab",
];
