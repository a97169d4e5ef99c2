//! The people a text names, and which of them speak.
//!
//! A person is a given name with a surname (`Jens-Uwe Petersen`), or a row of capitalised words that a title, a
//! neighbour or a later use of the surname alone shows to be a name. What follows is grammar, not a list of people:
//! a name before an institution (`… Oberschule`) is the institution's, a name after an article is a product's.
//! Surnames alone, in the genitive and slightly misspelled, are found over the whole document.

mod address;
mod full;
mod introduced;
mod known;
mod row;
mod speech;
mod surname;

use std::cell::OnceCell;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

pub(crate) use known::bare_name;
pub use known::{Known, KnownPerson, Marks, NamedPerson, surname_of, untitled};
pub use speech::speakers;

use super::class::Class;
use super::language::{self, de, en, stop_words};
use super::letters::exact_hash_of;
use super::token::{Token, TokenKind};
use super::tokenize;
use super::word_set::{WordSet, with_lower};
use crate::corpus::{Language, Span};
use row::run_length;

/// Somebody named in full in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Given names and surname, without titles, as spelled most often.
    pub name: String,
    /// The last part of it.
    pub surname: String,
}

/// A place where a person is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Index in [`People::persons`].
    pub person: usize,
    /// The bytes of the name.
    pub span: Span,
    /// Whether it is the full name.
    pub full: bool,
    /// Index of its block.
    pub block: usize,
    /// Index of its first token in the block.
    pub(crate) token: usize,
    /// Number of its tokens.
    pub(crate) n_tokens: usize,
}

/// The people of one document.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// In order of first mention.
    pub persons: Vec<Person>,
    /// In order of place.
    pub mentions: Vec<Mention>,
}

impl People {
    /// The mentions in a range of blocks.
    #[must_use]
    pub fn in_blocks(&self, blocks: std::ops::Range<usize>) -> &[Mention] {
        let from = self.mentions.partition_point(|m| m.block < blocks.start);
        let to = self.mentions.partition_point(|m| m.block < blocks.end);
        &self.mentions[from..to.max(from)]
    }
}

/// A block (paragraph, heading, caption) of a document with its tokens.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its bytes.
    pub span: Span,
    /// Its tokens.
    pub tokens: Vec<Token>,
}

impl Block {
    /// The block at `span`, tokenised.
    #[must_use]
    pub fn new(text: &str, span: Span) -> Self {
        Self { span, tokens: tokenize(text, span) }
    }
}

static TITLES: WordSet = WordSet::new(&[
    "dr",
    "prof",
    "professor",
    "professorin",
    "dipl",
    "ing",
    "frau",
    "herr",
    "herrn",
    "mr",
    "mrs",
    "ms",
    "phd",
    "mag",
    "sir",
    "dame",
]);
static PARTICLES: WordSet = WordSet::new(&[
    "von", "van", "de", "del", "della", "der", "den", "zu", "zur", "al", "el", "bin", "ter", "le", "la", "da", "di",
    "dos", "zum",
]);
static DETERMINERS: WordSet = WordSet::new(&[
    "der",
    "die",
    "das",
    "den",
    "dem",
    "des",
    "ein",
    "eine",
    "einen",
    "einem",
    "einer",
    "eines",
    "im",
    "am",
    "zum",
    "zur",
    "vom",
    "beim",
    "ins",
    "ans",
    "diese",
    "dieser",
    "diesem",
    "diesen",
    "dieses",
    "jeder",
    "jede",
    "jedes",
    "kein",
    "keine",
    "seine",
    "seiner",
    "ihre",
    "ihrer",
    "the",
    "a",
    "an",
    "this",
    "that",
    "its",
    "every",
    "each",
    "our",
    "their",
    "last",
    "next",
    "letzten",
    "nächsten",
    "vergangenen",
    "zwei",
    "drei",
    "alle",
    "viele",
    "mehr",
]);

/// The lists that every token is looked up in, with what they say of a word.
pub(super) static NAME_LISTS: [(&WordSet, Class); 7] = [
    (&TITLES, Class::TITLE),
    (&PARTICLES, Class::PARTICLE),
    (&DETERMINERS, Class::DETERMINER),
    (&address::ADDRESS, Class::ADDRESS),
    (&address::SHORT, Class::SHORT_ADDRESS),
    (&speech::REPORTING, Class::REPORTING.with(Class::ANNOUNCING)),
    (&speech::ANNOUNCING, Class::ANNOUNCING),
];

/// Read-only view of one token's text.
fn word<'t>(text: &'t str, token: &Token) -> &'t str {
    token.span.of(text)
}

fn is_given(word: &str) -> bool {
    let names = language::first_names();
    names.contains(word)
        || (word.contains('-')
            && word.split('-').all(|p| names.contains(p) || p.starts_with(char::is_lowercase))
            && word.split('-').next().is_some_and(|p| names.contains(p)))
}

fn is_institution(word: &str) -> bool {
    let lower = word.to_lowercase();
    de::INSTITUTIONS.iter().any(|i| lower == *i || (lower.ends_with(i) && lower.len() > i.len() + 1 && i.len() > 4))
        || en::INSTITUTIONS.contains(&lower.as_str())
        || [
            "gmbh", "ag", "eg", "ltd", "inc", "llc", "archive", "fund", "act", "bill", "days", "day", "games", "cloud",
            "group", "city", "council",
        ]
        .contains(&lower.as_str())
}

/// What the rules ask of the words of a document before they look at names.
struct Uses<'t> {
    text: &'t str,
    blocks: &'t [Block],
    /// The hashes of words that begin with a small letter.
    lower: OnceCell<FxHashSet<u64>>,
    /// Capitalised words that stand alone, as a name does: without an article before, next to no other capital. By hash.
    alone: FxHashMap<u64, usize>,
    /// The hashes of words that stand after an article somewhere: nouns.
    noun: FxHashSet<u64>,
    /// Capitalised words right beside a verb of speaking.
    acting: FxHashSet<&'t str>,
}

impl<'t> Uses<'t> {
    fn new(text: &'t str, blocks: &'t [Block]) -> Self {
        // Room for the nouns of German.
        let n: usize = blocks.iter().map(|block| block.tokens.len() / 8).sum();
        let mut uses = Self {
            text,
            blocks,
            lower: OnceCell::new(),
            alone: FxHashMap::with_capacity_and_hasher(n, FxBuildHasher),
            noun: FxHashSet::with_capacity_and_hasher(n / 2, FxBuildHasher),
            acting: FxHashSet::default(),
        };
        for tokens in blocks.iter().map(|block| &block.tokens) {
            for (i, token) in tokens.iter().enumerate() {
                if token.kind == TokenKind::Word && token.class.is(Class::CAPITALISED) {
                    uses.add(tokens, i);
                }
            }
        }
        uses
    }

    /// Adds a capitalised word.
    fn add(&mut self, tokens: &[Token], i: usize) {
        let Token { exact, .. } = tokens[i];
        let this = || word(self.text, &tokens[i]);
        let before = i.checked_sub(1).map(|p| &tokens[p]);
        let after = tokens.get(i + 1);
        let is = |token: Option<&Token>, class: Class| token.is_some_and(|t| t.class.is(class));
        let determined = is(before, Class::DETERMINER);
        if determined {
            self.noun.insert(exact);
        } else if is(before, Class::ANNOUNCING) || is(after, Class::REPORTING) {
            self.acting.insert(this());
        }
        let placed =
            |t: &Token| matches!(word(self.text, t), "in" | "aus" | "nach" | "bei" | "für" | "to" | "from" | "at");
        let beside = is(before, Class::CAPITALISED) && !is(before, Class::STOP) && !tokens[i].initial
            || is(after, Class::CAPITALISED);
        if !determined && !beside && !before.is_some_and(placed) {
            let this = this();
            match strip_genitive(this) {
                bare if bare == this => *self.alone.entry(exact).or_default() += 2,
                bare => [exact_hash_of(bare), exact].into_iter().for_each(|w| *self.alone.entry(w).or_default() += 1),
            }
        }
    }

    /// Whether a word in lower case stands so somewhere.
    fn is_lower(&self, lower: &str) -> bool {
        let tokens = || self.blocks.iter().flat_map(|block| &block.tokens).filter(|t| t.class.is(Class::SMALL));
        self.lower.get_or_init(|| tokens().map(|t| t.exact).collect()).contains(&exact_hash_of(lower))
    }

    /// How often a word stands alone, twice; once for what may be its genitive.
    fn alone(&self, word: &str) -> usize {
        self.alone.get(&exact_hash_of(word)).copied().unwrap_or(0)
    }

    /// Whether a word stands after an article somewhere.
    fn is_noun(&self, word: &str) -> bool {
        self.noun.contains(&exact_hash_of(word))
    }
}

/// `Kochs` to `Koch`, `O'Rourke's` to `O'Rourke`.
pub(crate) fn strip_genitive(word: &str) -> &str {
    let word = word.trim_end_matches(['\'', '’']);
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).or_else(|| word.strip_suffix('s')).unwrap_or(word)
}

/// Finds everybody who is named in full in `blocks`, and every mention of them.
#[must_use]
pub fn find(text: &str, blocks: &[Block], language: Language) -> People {
    let uses = Uses::new(text, blocks);
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    let mut doubtful: Vec<(usize, usize, usize)> = Vec::new();
    for (b, block) in blocks.iter().enumerate() {
        let mut i = 0;
        while i < block.tokens.len() {
            let run = run_length(text, block, i);
            if run >= 2 {
                match full_name(text, block, i, run, &uses, language) {
                    Some((at, n, true)) => found.push((b, at, n)),
                    Some((at, n, false)) => doubtful.push((b, at, n)),
                    None => {}
                }
            }
            i += run.max(1);
        }
    }
    // A doubtful name joined to a sure one by `und` or `and` is a name, there and wherever else it stands.
    let cut = |&(b, at, n): &(usize, usize, usize)| {
        let tokens = &blocks[b].tokens[at..at + n];
        tokens.iter().map(|t| word(text, t)).collect::<Vec<_>>().join(" ")
    };
    let mut names: FxHashSet<String> = found.iter().map(cut).collect();
    for place in &doubtful {
        if found.iter().any(|o| o.0 == place.0 && joined(text, &blocks[o.0], (o.1, o.2), (place.1, place.2))) {
            names.insert(cut(place));
        }
    }
    found.extend(doubtful.iter().filter(|p| names.contains(&cut(p))));
    found.sort_unstable();
    collect(text, blocks, &found, &uses)
}

/// The full name inside a run: its first token, its length, and whether it is sure.
fn full_name(
    text: &str,
    block: &Block,
    i: usize,
    run: usize,
    uses: &Uses<'_>,
    language: Language,
) -> Option<(usize, usize, bool)> {
    let at = |k: usize| word(text, &block.tokens[i + k]);
    let is = |k: usize, class: Class| block.tokens[i + k].class.is(class);
    let titled = |k: usize| {
        let mut p = i + k;
        while p > 0 && word(text, &block.tokens[p - 1]) == "." {
            p -= 1;
        }
        p > 0 && block.tokens[p - 1].class.is(Class::TITLE)
    };
    let article_before = |k: usize| {
        let Some(one) = (i + k).checked_sub(1).map(|p| &block.tokens[p]) else { return false };
        let two = (i + k).checked_sub(2).map(|p| &block.tokens[p]);
        with_lower(word(text, one), |lower| {
            let ends = ["e", "en", "er", "es"].iter().any(|e| lower.ends_with(e));
            let adjective = language == Language::De && one.class.is(Class::SMALL) && ends;
            ["ein", "eine", "einem", "einen", "einer", "eines", "im", "am", "zum"].contains(&lower)
                || (language != Language::De && ["a", "an"].contains(&lower))
                || (k == 0
                    && adjective
                    && !one.class.is(Class::ANNOUNCING)
                    && two.is_some_and(|t| t.class.is(Class::DETERMINER)))
        })
    };
    // `„Max Flink“`: what stands in quotes by itself is a product or a work.
    let quote =
        |t: Option<&Token>| t.is_some_and(|t| ["„", "“", "”", "\"", "»", "«", "‚", "‘"].contains(&word(text, t)));
    if quote(i.checked_sub(1).and_then(|p| block.tokens.get(p))) && quote(block.tokens.get(i + run)) {
        return None;
    }
    if let Some(given) = (0..run - 1).find(|&k| is_given(at(k)) && !article_before(k) && !is(k, Class::TITLE)) {
        let mut last = given + 1;
        while last < run - 1 && (is_given(at(last)) || is(last, Class::PARTICLE) || at(last).chars().count() == 1) {
            last += 1;
        }
        // `Thị Mai Phương Lê`: a listed name in the midst of others, nothing known before it.
        let short = |k: usize, n: usize| at(k).chars().count() <= n || is_foreign(at(k));
        let known = |k: usize| {
            !language::is_month(at(k))
                && (uses.is_lower(&at(k).to_lowercase())
                    || stop_words(language).contains(at(k).to_lowercase().as_str())
                    || language::is_recap_word(language, at(k)))
        };
        let mut first = given;
        while first > 0
            && (given..run).all(|k| short(k, 5))
            && short(first - 1, 6)
            && !known(first - 1)
            && run - first < 4
        {
            first -= 1;
        }
        let last = if (last + 1..run).all(|k| is_foreign(at(k)) || (given..run).all(|k| short(k, 4)) || first < given)
            && run - first <= 4
        {
            run - 1
        } else {
            last
        };
        // `Ana Lopes Prado`: one more part, if the run ends with it.
        let more = last + 2 == run
            && !is_institution(at(last + 1))
            && (language == Language::En || !at(last).ends_with('s'))
            && !uses.is_noun(at(last + 1))
            && (language != Language::De || uses.alone(at(last + 1)) > 0);
        let last = if more { last + 1 } else { last };
        // `Anna Freud Oberschule` is a school; Jane Park and Petra Hall are people whom the text shows again.
        let shown = titled(given) || uses.alone(at(last)) > 0;
        if last + 1 < run && is_institution(at(last + 1)) || (is_institution(at(last)) && !shown) {
            return None;
        }
        let stop =
            stop_words(language).contains(at(last).to_lowercase().as_str()) && uses.is_lower(&at(last).to_lowercase());
        return (!stop && !is(last, Class::PARTICLE)).then_some((i + first, last - first + 1, true));
    }
    // No listed given name.
    let titles = (0..run).take_while(|&k| is(k, Class::TITLE) || is(k, Class::DETERMINER)).count();
    let determined = (titles > 0 && is(titles - 1, Class::DETERMINER))
        || (titles == 0 && i > 0 && block.tokens[i - 1].class.is(Class::DETERMINER));
    // `Der Schreiner Łukasz Żak`: an article, a role, a name.
    let role = language == Language::De && run > titles && at(titles).chars().count() >= 9 && !is_foreign(at(titles));
    let skip = titles + usize::from(run - titles >= 3 && (determined || role));
    if run < skip + 2 {
        return None;
    }
    let n = run - skip;
    let article = (skip == 0 && article_before(0)) || (skip == titles && determined);
    if !(2..=4).contains(&n)
        || article
        || (skip..run).any(|k| {
            (is_institution(at(k)) && !titled(skip))
                || is(k, Class::TITLE)
                || (k + 1 < run && uses.is_lower(&at(k).to_lowercase()))
                || stop_words(language).contains(at(k).to_lowercase().as_str())
        })
    {
        return None;
    }
    let surname = at(run - 1);
    if (skip..run).any(|k| uses.is_noun(at(k)) || is(k, Class::ANNOUNCING) || language::is_recap_word(language, at(k)))
    {
        return None;
    }
    let run_acts = (i + skip).checked_sub(1).is_some_and(|p| block.tokens[p].class.is(Class::ANNOUNCING))
        || block.tokens.get(i + run).is_some_and(|t| t.class.is(Class::REPORTING));
    let acts = run_acts
        || uses.acting.contains(surname)
        || uses.acting.iter().any(|a| *a != surname && strip_genitive(a) == surname);
    let alone = uses.alone(surname);
    // `conference chair Ailsa Whitcombe asked`: a role in lower case before, a verb of speaking after.
    let role_before = language == Language::En
        && (i + skip).checked_sub(1).is_some_and(|p| {
            let role = word(text, &block.tokens[p]);
            role.chars().all(char::is_lowercase) && role.len() > 3 && !stop_words(language).contains(role)
        });
    let sure = titled(skip)
        || (acts && alone > 0)
        || (role_before && run_acts)
        || (language == Language::En && alone > 0)
        || (skip..run).any(|k| is_foreign(at(k)));
    Some((i + skip, n, sure && n >= 2))
}

/// A word with letters that neither German nor English has.
fn is_foreign(word: &str) -> bool {
    word.chars().any(|c| c.is_alphabetic() && !c.is_ascii() && !"äöüßÄÖÜéèáàêçñ".contains(c))
}

/// Whether two names stand side by side: `A und B`, `A, B`, `A (Org) und B`.
pub(crate) fn joined(text: &str, block: &Block, a: (usize, usize), b: (usize, usize)) -> bool {
    let (first, second) = if a.0 < b.0 { (a, b) } else { (b, a) };
    let mut k = first.0 + first.1;
    if block.tokens.get(k).is_some_and(|t| word(text, t) == "(") {
        while block.tokens.get(k).is_some_and(|t| word(text, t) != ")") {
            k += 1;
        }
        k += 1;
    }
    block.tokens.get(k).is_some_and(|t| matches!(word(text, t), "und" | "and" | "&" | "sowie")) && k + 1 == second.0
}

/// Persons from the full names, then every mention by surname.
fn collect(text: &str, blocks: &[Block], found: &[(usize, usize, usize)], uses: &Uses<'_>) -> People {
    let mut people = People::default();
    let mut spellings: Vec<Vec<(String, String)>> = Vec::new();
    for &(b, at, n) in found {
        let tokens = &blocks[b].tokens[at..at + n];
        let mut parts: Vec<&str> = tokens.iter().map(|t| word(text, t)).collect();
        let full_surname = parts.pop().unwrap_or_default();
        let genitive = strip_genitive(full_surname);
        let known = |s: &str| people.persons.iter().any(|p| p.surname == s);
        // `Peter Kühnes Vortrag`: the genitive of a surname that stands elsewhere without it.
        let surname = if full_surname.ends_with("'s")
            || full_surname.ends_with("’s")
            || (genitive != full_surname
                && (known(genitive) || (uses.alone(genitive) > uses.alone(full_surname) && !known(full_surname))))
        {
            genitive
        } else {
            full_surname
        };
        let given = parts.join(" ");
        let same = people.persons.iter().position(|p| {
            let own_given = p.name.strip_suffix(p.surname.as_str()).unwrap_or_default().trim();
            (own_given == given && similar(&p.surname, surname)) || (p.surname == surname && similar(own_given, &given))
        });
        let person = same.unwrap_or_else(|| {
            people.persons.push(Person { name: format!("{given} {surname}"), surname: surname.to_owned() });
            spellings.push(Vec::new());
            people.persons.len() - 1
        });
        spellings[person].push((format!("{given} {surname}"), surname.to_owned()));
        let span = Span::new(tokens[0].span.start, tokens[n - 1].span.end);
        people.mentions.push(Mention { person, span, full: true, block: b, token: at, n_tokens: n });
    }
    by_surname(text, blocks, uses, &mut people, &spellings);
    settle_spelling(text, &mut people, &spellings);
    people.mentions.sort_by_key(|m| (m.block, m.span.start, m.span.end));
    people
}

fn by_surname(text: &str, blocks: &[Block], uses: &Uses<'_>, people: &mut People, spellings: &[Vec<(String, String)>]) {
    let mut surnames: FxHashMap<&str, usize> = FxHashMap::default();
    for (person, forms) in spellings.iter().enumerate() {
        for (_, surname) in forms {
            surnames.entry(surname).or_insert(person);
        }
    }
    let mut names: Vec<&str> = surnames.keys().copied().collect();
    names.sort_unstable();
    let taken: FxHashSet<usize> = people
        .mentions
        .iter()
        .flat_map(|m| blocks[m.block].tokens[m.token..m.token + m.n_tokens].iter().map(|t| t.span.start))
        .collect();
    for (b, block) in blocks.iter().enumerate() {
        for (i, token) in block.tokens.iter().enumerate() {
            let this = word(text, token);
            if token.kind != TokenKind::Word
                || !(token.class.is(Class::CAPITALISED) || surnames.contains_key(this))
                || taken.contains(&token.span.start)
            {
                continue;
            }
            if i > 0 && block.tokens[i - 1].class.is(Class::DETERMINER) {
                continue;
            }
            let exact = surnames.get(this).or_else(|| surnames.get(strip_genitive(this))).copied();
            let person = exact.or_else(|| {
                let rare = uses.alone(this) <= 2 && !uses.is_lower(&this.to_lowercase());
                names
                    .iter()
                    .find(|n| {
                        rare && this.chars().count() >= 5 && similar(n, this) && this.chars().next() == n.chars().next()
                    })
                    .map(|n| surnames[n])
            });
            if let Some(person) = person {
                people.mentions.push(Mention {
                    person,
                    span: token.span,
                    full: false,
                    block: b,
                    token: i,
                    n_tokens: 1,
                });
            }
        }
    }
}

/// The spelling used most often wins, the later one among equals (captions come first and are careless).
fn settle_spelling(text: &str, people: &mut People, spellings: &[Vec<(String, String)>]) {
    let mut uses: FxHashMap<(usize, &str), usize> = FxHashMap::default();
    for mention in &people.mentions {
        let last = mention.span.of(text).split_whitespace().last().unwrap_or_default();
        *uses.entry((mention.person, strip_genitive(last))).or_default() += 1;
    }
    for (index, forms) in spellings.iter().enumerate() {
        let count = |surname: &str| uses.get(&(index, strip_genitive(surname))).copied().unwrap_or(0);
        let best = forms.iter().enumerate().max_by_key(|(place, (_, surname))| (count(surname), *place));
        if let Some((_, (_, surname))) = best
            && let Some(first) = forms.iter().find(|f| f.1 == *surname)
        {
            people.persons[index] = Person { name: first.0.clone(), surname: surname.clone() };
        }
    }
}

/// Equal but for one letter (an insertion, a deletion or a change), in words of five letters or more.
fn similar(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < 5 || long.len() - short.len() > 1 {
        return false;
    }
    let prefix = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let rest_short = &short[prefix..];
    let rest_long = &long[prefix..];
    if short.len() == long.len() { rest_short[1..] == rest_long[1..] } else { rest_short == &rest_long[1..] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, language: Language, expected: &[&str]) {
        let blocks: Vec<Block> = text
            .split_inclusive("\n\n")
            .scan(0, |at, part| {
                let span = Span::new(*at, *at + part.len());
                *at += part.len();
                Some(Block::new(text, span))
            })
            .collect();
        let people = find(text, &blocks, language);
        let names: Vec<_> = people.persons.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn full_names_with_titles_particles_and_roles() {
        check(
            "Prof. Dr. Sigrid Bauer und der Projektleiter Jens-Uwe Petersen trafen Albrecht von Rhoden.",
            Language::De,
            &["Sigrid Bauer", "Jens-Uwe Petersen", "Albrecht von Rhoden"],
        );
        check("The ferryman Tom Hill and Sinead O'Rourke spoke.", Language::En, &["Tom Hill", "Sinead O'Rourke"]);
    }

    #[test]
    fn institutions_and_products_are_no_people() {
        check(
            "Die Schule heißt Anna Freud Oberschule. Die Delos Cloud hilft der Stadt Leipzig im Cornelius Webb Haus.",
            Language::De,
            &[],
        );
    }

    #[test]
    fn misspelled_captions_and_genitives_are_the_same_person() {
        let text = "Jan Wegener empfiehlt Neues\n\nJan Weggener zeigte Zahlen. Weggeners Rat war klar.\n\n";
        check(text, Language::De, &["Jan Weggener"]);
    }

    #[test]
    fn unlisted_given_names_need_a_title_or_a_later_surname() {
        check("Gidonar Gerritz zeigte viel. Danach betonte Gerritz die Lage.", Language::De, &["Gidonar Gerritz"]);
        check("Blaue Wolken zogen auf.", Language::De, &[]);
    }

    #[test]
    fn one_letter_makes_similar() {
        assert!(
            similar("Kowalska", "Kovalska")
                && similar("Bernhard", "Bernhardt")
                && !similar("Koch", "Kock")
                && !similar("Meier", "Maria")
        );
    }
}
