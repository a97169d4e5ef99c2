//! Matching themes in texts, and counting them.
//!
//! A token is cut into units at its hyphens; a pattern is a row of unit patterns. A match covers whole tokens. In one
//! theme matches do not overlap (leftmost, longest), and none survives that touches an exclusion. A parent counts its
//! own matches and those of its children, each place once.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, BuildHasherDefault};
use std::sync::{Arc, Mutex, PoisonError};

use ndarray::Array2;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use super::shift::is_counted;
use super::theme_file::ThemeFile;
use crate::corpus::{Corpus, Language, Lines, Session, Span, Year};
use crate::counts::reading::{Field, Part, Reading, each_session, parts};
use crate::counts::{CountSettings, CountedWord, Counts, ReadPart, Spelling};
use crate::error::Result;
use crate::text::{Normalizer, TokenKind};

/// How often a theme was matched by a spelling in a year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpellingCount {
    /// Index of the theme.
    pub theme: usize,
    /// The year.
    pub year: Year,
    /// What stands in the text.
    pub spelling: String,
    /// Mentions in talks.
    pub talks: u64,
    /// Mentions in opening and closing.
    pub framing: u64,
}

/// A sentence of a source in which a theme is mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ThemeQuote {
    pub theme: usize,
    pub session: usize,
    pub field: Field,
    pub sentence: Span,
    pub quote: String,
    pub line: usize,
    pub mentions: u32,
    pub spellings: Vec<String>,
}

/// Theme counts of a corpus.
#[derive(Debug, Clone)]
pub struct ThemeCounts {
    /// The themes.
    pub themes: ThemeFile,
    /// Mentions: sessions × themes, rows in the order of [`Corpus::sessions`].
    pub sessions: Array2<f64>,
    /// Mentions in talks: years × themes.
    pub years: Array2<f64>,
    /// The years of the rows of `years`.
    pub year_labels: Vec<Year>,
    /// Every matched spelling with its counts.
    pub spellings: Vec<SpellingCount>,
    pub(crate) quotes: Vec<ThemeQuote>,
}

impl ThemeCounts {
    /// Index of a theme by its name.
    #[must_use]
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.themes.themes.iter().position(|t| t.name == name)
    }
}

/// Finds the themes of a file in sessions.
pub(crate) struct ThemeFinder {
    languages: Vec<Language>,
    matchers: Vec<Matcher>,
    /// Whether each document is an article.
    article: Vec<bool>,
}

impl ThemeFinder {
    /// For sessions read with the parts' words, as indices of the spellings of `counts`, or without.
    pub(crate) fn new(corpus: &Corpus, themes: &ThemeFile, settings: &CountSettings, counts: Option<&Counts>) -> Self {
        let mut languages: Vec<Language> = corpus.sessions().iter().map(|s| s.language).collect();
        languages.sort_unstable();
        languages.dedup();
        Self {
            matchers: languages.iter().map(|&l| Matcher::new(themes, settings.normalizer(l), counts)).collect(),
            languages,
            article: corpus.documents().iter().map(|d| d.line == 0).collect(),
        }
    }

    /// Every sentence of a session that names a theme.
    pub(crate) fn find(&self, index: usize, session: &Session, text: &str, parts: &[ReadPart<'_>]) -> Vec<ThemeQuote> {
        let Ok(language) = self.languages.binary_search(&session.language) else { return Vec::new() };
        let mut quotes: Vec<ThemeQuote> =
            parts.iter().flat_map(|(part, words)| self.matchers[language].quotes(part, words, index)).collect();
        if self.article[session.document] && !quotes.is_empty() {
            let lines = Lines::of(text);
            quotes.iter_mut().for_each(|quote| quote.line = lines.line(quote.sentence.start));
        } else {
            quotes.iter_mut().for_each(|quote| quote.line = session.first_line);
        }
        quotes
    }
}

impl ThemeFinder {
    /// Whether a spelling names a theme in any language of the corpus.
    pub(crate) fn names_theme(&self, spelling: &str) -> bool {
        self.matchers.iter().any(|matcher| {
            let tokens: Vec<Arc<[Unit]>> = spelling.split_whitespace().map(|token| matcher.cut(token)).collect();
            let units: Vec<&Unit> = tokens.iter().flat_map(|units| units.iter()).collect();
            (0..units.len()).any(|at| {
                let fits = |id: &usize| {
                    let pattern = &matcher.patterns[*id];
                    let rest = &units[at..];
                    !pattern.excludes
                        && pattern.units.len() <= rest.len()
                        && pattern.units.iter().zip(rest).all(|(p, unit)| p.matches(unit))
                };
                units[at].starting.iter().any(fits)
            })
        })
    }
}

/// The themes of a file in all texts, read again.
pub(crate) fn count_themes(
    corpus: &Corpus,
    file: &ThemeFile,
    settings: &CountSettings,
    include_framing: bool,
) -> Result<ThemeCounts> {
    let finder = ThemeFinder::new(corpus, file, settings, None);
    let mut tally = ThemeTally::new(corpus, file, include_framing);
    let find = |index: usize, session: &Session, text: &str, reading: &Reading| {
        let parts = parts(text, session, reading, settings, &settings.normalizer(session.language));
        let parts: Vec<ReadPart<'_>> = parts.into_iter().map(|part| (part, Vec::new())).collect();
        finder.find(index, session, text, &parts)
    };
    each_session(corpus, settings.marks_names(), find, |quotes| tally.add(quotes))?;
    Ok(tally.finish())
}

/// Themes in the counting.
pub(crate) struct ThemeTally<'c> {
    corpus: &'c Corpus,
    include_framing: bool,
    result: ThemeCounts,
    spellings: BTreeMap<(usize, Year, String), (u64, u64)>,
}

impl<'c> ThemeTally<'c> {
    pub(crate) fn new(corpus: &'c Corpus, themes: &ThemeFile, include_framing: bool) -> Self {
        let n_themes = themes.themes.len();
        let years = corpus.years();
        let result = ThemeCounts {
            themes: themes.clone(),
            sessions: Array2::zeros((corpus.sessions().len(), n_themes)),
            years: Array2::zeros((years.len(), n_themes)),
            year_labels: years,
            spellings: Vec::new(),
            quotes: Vec::new(),
        };
        Self { corpus, include_framing, result, spellings: BTreeMap::new() }
    }

    /// Takes in what [`ThemeFinder::find`] found.
    pub(crate) fn add(&mut self, quotes: Vec<ThemeQuote>) {
        for quote in quotes {
            let session = &self.corpus.sessions()[quote.session];
            self.result.sessions[[quote.session, quote.theme]] += f64::from(quote.mentions);
            let talk = is_counted(session.kind, self.include_framing);
            if talk && let Ok(year) = self.result.year_labels.binary_search(&session.year) {
                self.result.years[[year, quote.theme]] += f64::from(quote.mentions);
            }
            for spelling in &quote.spellings {
                let entry = self.spellings.entry((quote.theme, session.year, spelling.clone())).or_default();
                if talk { entry.0 += 1 } else { entry.1 += 1 }
            }
            self.result.quotes.push(quote);
        }
    }

    pub(crate) fn finish(mut self) -> ThemeCounts {
        self.result.quotes.sort_by_key(|q| (q.theme, q.session, q.field, q.sentence));
        let count =
            |((theme, year, spelling), (talks, framing))| SpellingCount { theme, year, spelling, talks, framing };
        self.result.spellings = self.spellings.into_iter().map(count).collect();
        self.result
    }
}

/// One word of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum UnitPattern {
    /// These letters exactly: an acronym.
    Exact(String),
    /// Any inflection: the keys it can have, or the lower-case letters.
    Word { keys: Vec<String>, lower: String },
    /// Letters at the start, at the end, or anywhere; for an acronym with case.
    Wild { letters: String, open_start: bool, open_end: bool, case: bool },
}

impl UnitPattern {
    fn matches(&self, unit: &Unit) -> bool {
        match self {
            Self::Exact(letters) => unit.text == *letters || unit.key == *letters,
            Self::Word { keys, lower } => keys.contains(&unit.key) || unit.lower == *lower,
            Self::Wild { letters, open_start, open_end, case } => {
                let text = if *case { &unit.text } else { &unit.lower };
                match (open_start, open_end) {
                    (true, true) => text.contains(letters.as_str()),
                    (true, false) => text.ends_with(letters.as_str()),
                    _ => text.starts_with(letters.as_str()),
                }
            }
        }
    }
}

/// Bytes by which patterns are looked up.
const PREFIX: usize = 3;

/// The first bytes of a pattern, fewer if it has fewer.
fn first_bytes(letters: &str) -> Vec<u8> {
    letters.bytes().take(PREFIX).collect()
}

/// A hyphen part of a token, or the whole of it.
#[derive(Debug, Clone, Default)]
struct Unit {
    text: String,
    lower: String,
    key: String,
    /// Patterns whose first unit it matches.
    starting: Vec<usize>,
}

struct Pattern {
    theme: usize,
    excludes: bool,
    units: Vec<UnitPattern>,
}

const SHARDS: usize = 16;

/// The patterns of a theme file for one language.
struct Matcher {
    normalizer: Normalizer,
    /// For each spelling of the counts, whether a pattern may start in it; empty without counts.
    starts: Vec<bool>,
    /// Tokens met so far; in shards, so that threads seldom wait.
    cut: [Mutex<FxHashMap<String, Arc<[Unit]>>>; SHARDS],
    patterns: Vec<Pattern>,
    /// Patterns by the key, the lower-case letters or the exact letters of their first unit.
    first: FxHashMap<String, Vec<usize>>,
    /// Patterns whose first unit is open at its end only, by the first bytes of its letters in lower case.
    prefixes: FxHashMap<Vec<u8>, Vec<usize>>,
    /// Patterns whose first unit is open at its start.
    wild: Vec<usize>,
    /// Parent of each theme.
    parents: Vec<Option<usize>>,
}

impl Matcher {
    fn new(file: &ThemeFile, normalizer: Normalizer, counts: Option<&Counts>) -> Self {
        let index = |name: &str| file.themes.iter().position(|t| t.name == name);
        let parents = file.themes.iter().map(|t| t.parent.as_deref().and_then(index)).collect();
        let mut patterns = Vec::new();
        for (theme, written) in file.themes.iter().enumerate() {
            for (list, excludes) in [(&written.patterns, false), (&written.exclude, true)] {
                patterns.extend(list.iter().map(|p| Pattern { theme, excludes, units: compile(p, &normalizer) }));
            }
        }
        let mut matcher = Self {
            normalizer,
            starts: Vec::new(),
            cut: Default::default(),
            patterns,
            first: FxHashMap::default(),
            prefixes: FxHashMap::default(),
            wild: Vec::new(),
            parents,
        };
        for (id, pattern) in matcher.patterns.iter().enumerate() {
            match &pattern.units[0] {
                UnitPattern::Exact(letters) => matcher.first.entry(letters.clone()).or_default().push(id),
                UnitPattern::Word { keys, lower } => {
                    for key in keys {
                        matcher.first.entry(key.clone()).or_default().push(id);
                    }
                    if !lower.is_empty() && !keys.contains(lower) {
                        matcher.first.entry(lower.clone()).or_default().push(id);
                    }
                }
                UnitPattern::Wild { letters, open_start: false, .. } => {
                    matcher.prefixes.entry(first_bytes(&letters.to_lowercase())).or_default().push(id);
                }
                UnitPattern::Wild { .. } => matcher.wild.push(id),
            }
        }
        if let Some(counts) = counts {
            let language = matcher.normalizer.language();
            let starts = |s: &Spelling| {
                let key = |part: &str| counts.key(part, language);
                s.language == language
                    && cut_units(&s.text, key).iter().any(|unit| !matcher.starting_at(unit).is_empty())
            };
            matcher.starts = counts.spellings().par_iter().map(starts).collect();
        }
        matcher
    }

    /// Patterns whose first unit matches.
    fn starting_at(&self, unit: &Unit) -> Vec<usize> {
        let mut ids: Vec<usize> = [&unit.key, &unit.lower, &unit.text]
            .into_iter()
            .filter_map(|k| self.first.get(k))
            .flatten()
            .copied()
            .collect();
        let prefixes = (1..=PREFIX).filter_map(|n| self.prefixes.get(unit.lower.as_bytes().get(..n)?));
        ids.extend(prefixes.flatten().copied());
        ids.extend(self.wild.iter().copied().filter(|&id| self.patterns[id].units[0].matches(unit)));
        ids.retain(|&id| self.patterns[id].units[0].matches(unit));
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The sentences of a part that name a theme; `words` are what its tokens count as, if that is known.
    fn quotes(&self, part: &Part<'_>, words: &[Option<CountedWord>], session: usize) -> Vec<ThemeQuote> {
        // Places as (theme, first token, last token), matches and exclusions apart.
        let mut places: Vec<(usize, usize, usize)> = Vec::new();
        let mut excluded: Vec<(usize, usize, usize)> = Vec::new();
        for token in 0..part.tokens.len() {
            let starts_nothing =
                |w: CountedWord| w.as_it_stands && self.starts.get(w.spelling as usize) == Some(&false);
            if !is_open(part, token) || words.get(token).copied().flatten().is_some_and(starts_nothing) {
                continue;
            }
            let units = self.cut(part.tokens[token].span.of(part.text));
            for (at, unit) in units.iter().enumerate() {
                for &id in &unit.starting {
                    let pattern = &self.patterns[id];
                    if let Some(end) = self.end_of(pattern, part, token, &units[at..]) {
                        let place = (pattern.theme, token, end);
                        if pattern.excludes { excluded.push(place) } else { places.push(place) }
                    }
                }
            }
        }
        let touches = |a: &(usize, usize, usize), b: &(usize, usize, usize)| a.0 == b.0 && a.1 <= b.2 && b.1 <= a.2;
        places.retain(|p| !excluded.iter().any(|e| touches(p, e)));
        let inherited: Vec<_> = places.iter().filter_map(|&(theme, a, b)| Some((self.parents[theme]?, a, b))).collect();
        places.extend(inherited);
        // A parent's exclusions hold for what its children give it.
        places.retain(|p| !excluded.iter().any(|e| touches(p, e)));
        places.sort_by_key(|&(theme, a, b)| (theme, a, std::cmp::Reverse(b)));
        let mut kept: Vec<(usize, usize, usize)> = Vec::new();
        for place in places {
            if kept.last().is_none_or(|k| !touches(k, &place)) {
                kept.push(place);
            }
        }
        gather(part, session, &kept)
    }

    /// The last token of a match of a pattern that begins with the first of `units`, the rest of a token.
    fn end_of(&self, pattern: &Pattern, part: &Part<'_>, token: usize, units: &[Unit]) -> Option<usize> {
        let mut rest = pattern.units.as_slice();
        let mut match_units = |units: &[Unit]| {
            let n = rest.len().min(units.len());
            let fits = rest.iter().zip(units).all(|(pattern, unit)| pattern.matches(unit));
            rest = &rest[n..];
            fits.then_some(rest.is_empty())
        };
        let mut end = token;
        let mut done = match_units(units)?;
        while !done {
            let next = end + 1;
            if next >= part.tokens.len()
                || !is_open(part, next)
                || part.tokens[next].sentence != part.tokens[end].sentence
            {
                return None;
            }
            end = next;
            done = match_units(&self.cut(part.tokens[next].span.of(part.text)))?;
        }
        Some(end)
    }
}

/// Whether a match may cover a token: no punctuation, no address, no name of a person.
fn is_open(part: &Part<'_>, token: usize) -> bool {
    !part.names[token] && !matches!(part.tokens[token].kind, TokenKind::Punctuation | TokenKind::Address)
}

impl Matcher {
    /// The units of a token; each distinct one is cut once, whichever thread meets it first.
    fn cut(&self, token: &str) -> Arc<[Unit]> {
        let hash = BuildHasherDefault::<FxHasher>::default().hash_one(token);
        let shard = &self.cut[hash as usize % SHARDS];
        let lock = || shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(units) = lock().get(token) {
            return Arc::clone(units);
        }
        let mut units = cut_units(token, |part| self.normalizer.normal(part).key);
        for unit in &mut units {
            unit.starting = self.starting_at(unit);
        }
        let units: Arc<[Unit]> = units.into();
        Arc::clone(lock().entry(token.to_owned()).or_insert(units))
    }
}

/// The units of a token; `key` gives the key of a part.
fn cut_units(token: &str, key: impl Fn(&str) -> String) -> Vec<Unit> {
    let parts = token.split(['-', '‐', '‑']).filter(|p| !p.is_empty());
    parts
        .map(|part| Unit {
            text: part.to_owned(),
            lower: part.to_lowercase().replace('\u{ad}', ""),
            key: key(part),
            starting: Vec::new(),
        })
        .collect()
}

fn compile(pattern: &str, normalizer: &Normalizer) -> Vec<UnitPattern> {
    pattern
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/'))
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .map(|word| {
            let letters = word.trim_matches('*');
            let acronym =
                letters.chars().filter(|c| c.is_uppercase()).count() >= 2 && !letters.chars().any(char::is_lowercase);
            let (open_start, open_end) = (word.starts_with('*'), word.ends_with('*'));
            if open_start || open_end {
                let letters = if acronym { letters.to_owned() } else { letters.to_lowercase() };
                UnitPattern::Wild { letters, open_start, open_end, case: acronym }
            } else if acronym {
                UnitPattern::Exact(letters.to_owned())
            } else {
                UnitPattern::Word {
                    keys: word_keys(letters, normalizer),
                    lower: if letters.starts_with(char::is_uppercase) { String::new() } else { letters.to_owned() },
                }
            }
        })
        .collect()
}

/// A word written with a capital is a noun; in lower case it may be any word.
fn word_keys(word: &str, normalizer: &Normalizer) -> Vec<String> {
    if word.starts_with(char::is_uppercase) {
        return vec![normalizer.normal(word).key];
    }
    let [word, noun] = normalizer.both_readings(word);
    if word == noun { vec![word] } else { vec![word, noun] }
}

/// Places grouped by theme and sentence.
fn gather(part: &Part<'_>, session: usize, places: &[(usize, usize, usize)]) -> Vec<ThemeQuote> {
    if places.is_empty() {
        return Vec::new();
    }
    let sentences = crate::text::sentences::sentences(part.text, part.span);
    let mut quotes: BTreeMap<(usize, u32), ThemeQuote> = BTreeMap::new();
    for &(theme, first, last) in places {
        let number = part.tokens[first].sentence;
        let sentence = sentences[number as usize];
        let spelling = Span::new(part.tokens[first].span.start, part.tokens[last].span.end).of(part.text);
        let quote = quotes.entry((theme, number)).or_insert_with(|| ThemeQuote {
            theme,
            session,
            field: part.field,
            sentence,
            quote: sentence.of(part.text).to_owned(),
            line: 0,
            mentions: 0,
            spellings: Vec::new(),
        });
        quote.mentions += 1;
        quote.spellings.push(spelling.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    quotes.into_values().collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// The themes of a corpus, without opening and closing.
    fn count(corpus: &Corpus, file: &ThemeFile) -> ThemeCounts {
        count_themes(corpus, file, &CountSettings::default(), false).unwrap()
    }

    const FILE: &str = "version = 1\n\
        [[theme]]\nname = \"security\"\n\
        [[theme]]\nname = \"cyber\"\nparent = \"security\"\npatterns = [\"cyber*\", \"phishing\"]\nexclude = [\"cyber monday\"]\n\
        [[theme]]\nname = \"infosec\"\nparent = \"security\"\npatterns = [\"*sicherheit\"]\n\
        [[theme]]\nname = \"ai\"\npatterns = [\"KI\", \"künstliche intelligenz\", \"open source ki\"]\n";

    /// Mentions of each theme of the file in a text: security, cyber, infosec, ai.
    fn check(text: &str, expected: [u32; 4]) {
        let file = ThemeFile::parse(FILE, Path::new("t.toml")).unwrap();
        let corpus = Corpus::from_texts([("a.txt", 2024, text)]).unwrap();
        let counts = count(&corpus, &file);
        let found: Vec<u32> =
            (0..4).map(|t| counts.quotes.iter().filter(|q| q.theme == t).map(|q| q.mentions).sum()).collect();
        assert_eq!(found, expected, "{text}: {:?}", counts.quotes);
    }

    #[test]
    fn inflections_parts_and_wildcards() {
        check("Mit Künstlicher Intelligenz und KI-Lösungen kommt die KI.", [0, 0, 0, 3]);
        check("Der Kinder-Kiosk hat keine Kiki und kein ki.", [0, 0, 0, 0]);
        check("Open-Source-KI hilft.", [0, 0, 0, 1]);
    }

    #[test]
    fn one_place_counts_once_for_the_parent() {
        check("Cybersicherheit braucht Informationssicherheit.", [2, 1, 2, 0]);
    }

    #[test]
    fn exclusions_win_and_phrases_do_not_cross_punctuation() {
        check("Der Cyber Monday und Phishing.", [1, 1, 0, 0]);
        check("Sie ist künstliche. Intelligenz fehlt.", [0, 0, 0, 0]);
    }

    #[test]
    fn a_capital_means_the_noun() {
        let corpus =
            Corpus::from_texts([("a.txt", 2024, "Wir müssen die Ämter schulen. In den Schulen und jeder Schule.")])
                .unwrap();
        for (pattern, expected) in [("Schule", 2), ("schule", 3)] {
            let file = format!("version = 1\n[[theme]]\nname = \"t\"\npatterns = [\"{pattern}\"]\n");
            let counts = count(&corpus, &ThemeFile::parse(&file, Path::new("t.toml")).unwrap());
            assert_eq!(counts.quotes.iter().map(|q| q.mentions).sum::<u32>(), expected, "{:?}", counts.quotes);
        }
    }

    #[test]
    fn quotes_cut_exactly() {
        let text = "Erster Satz. Die KI kommt. Ende.";
        let file = ThemeFile::parse(FILE, Path::new("t.toml")).unwrap();
        let corpus = Corpus::from_texts([("a.txt", 2024, text)]).unwrap();
        let counts = count(&corpus, &file);
        let quote = &counts.quotes[0];
        assert_eq!((quote.quote.as_str(), quote.sentence.of(text)), ("Die KI kommt.", "Die KI kommt."));
    }
}
