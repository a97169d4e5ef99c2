//! English: lists that are grammar, not topic.

/// spaCy's stop words (MIT), made by `scripts/word_lists.py`.
pub const STOP_WORDS: &str = include_str!("stop_en.txt");
/// Words of recap prose.
pub const RECAP_WORDS: &str = include_str!("recap_en.txt");
/// The months.
pub const MONTHS: [&str; 12] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
];
/// Calendar, clock and measure words, and contractions.
pub const CALENDAR: &[&str] = &[
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat",
    "sun", "year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minute", "minutes",
    "today", "tomorrow", "yesterday", "morning", "afternoon", "evening", "million", "billion", "thousand", "percent",
    "mr", "mrs", "ms", "dr", "prof", "don't", "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "can't",
    "couldn't", "won't", "wouldn't", "shouldn't", "haven't", "hasn't", "hadn't", "i'm", "i've", "i'll", "i'd",
    "you're", "you've", "you'll", "you'd", "we're", "we've", "we'll", "we'd", "they're", "they've", "they'll", "let's",
    "it's", "that's", "there's", "what's", "here's", "who's", "how's", "he's", "she's", "etc", "e.g", "i.e", "vs",
    "am", "pm", "a.m", "p.m", "min", "like", "don", "doesn", "isn", "ll", "ve", "re",
];
/// Abbreviations before a full stop that is no end, lower case.
pub const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "vs", "inc", "no", "fig", "jr", "sr", "approx", "dept", "gen", "hon", "rev",
];
/// Nouns of institutions and prizes that people's names are given to.
pub const INSTITUTIONS: &[&str] = &[
    "school", "college", "university", "institute", "academy", "foundation", "prize", "award", "street", "square",
    "house", "hall", "hospital", "museum", "library", "center", "centre", "bridge", "theatre", "theater", "building",
    "medal", "avenue", "road", "lecture", "chair", "trust", "room", "auditorium", "park", "lab",
];
