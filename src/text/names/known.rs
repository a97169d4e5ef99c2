//! Marking the names of known people among tokens.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::full::name_among;
use super::introduced::introduced;
use super::surname::{Place, Reading, is_determined, is_word_of_language};
use super::{
    Block, PARTICLES, TITLES, Uses, address, full_name, is_given, is_institution, run_length, similar, strip_genitive,
    word,
};
use crate::corpus::Language;
use crate::text::class::Class;
use crate::text::letters::hash_of;
use crate::text::token::{Token, TokenKind};

/// Somebody a document names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KnownPerson {
    /// The full name without titles, or the surname with its particles where the document has no more.
    pub name: String,
    /// Whether they speak in the document.
    pub takes_part: bool,
}

/// A place where a known person is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPerson {
    /// Index of the first token of the name.
    pub token: usize,
    /// Number of its tokens.
    pub n_tokens: usize,
    /// Who it is.
    pub person: Arc<KnownPerson>,
}

/// What [`Known::mark`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// For each token, whether it is part of a name.
    pub names: Vec<bool>,
    /// Every place where a known person is named, in order.
    pub people: Vec<NamedPerson>,
}

/// People whose names are to be marked.
#[derive(Debug, Clone, Default)]
pub struct Known {
    people: Vec<Arc<KnownPerson>>,
    /// Full names by their first word, the longest first.
    full: FxHashMap<String, Vec<(Vec<String>, usize)>>,
    /// Everybody by surname.
    surnames: FxHashMap<String, Vec<usize>>,
    /// Surnames in order of appearance.
    order: Vec<String>,
    /// Surnames that are also words.
    words: FxHashSet<String>,
    /// The words that full names begin with, and the surnames.
    begins: Few,
    ends: Few,
}

/// Words without case, of which a few stand in a text: whether one may be among them.
#[derive(Debug, Clone, Copy, Default)]
struct Few([u64; 16]);

impl Few {
    fn add(&mut self, word: &str) {
        let hash = hash_of(word);
        self.0[hash as usize % 16] |= 1 << (hash >> 58);
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|&bits| bits == 0)
    }

    /// `false` only if it is not.
    const fn may_hold(&self, token: &Token) -> bool {
        self.0[token.hash as usize % 16] >> (token.hash >> 58) & 1 == 1
    }
}

/// The surname of a name, and whether more of the name is there than particles: `Rhoden` of `Albrecht von Rhoden`.
#[must_use]
pub fn surname_of(name: &str) -> (&str, bool) {
    let mut parts = name.rsplit(' ');
    let surname = parts.next().unwrap_or_default();
    (surname, parts.any(|p| !PARTICLES.contains(p)))
}

/// A name without the titles before it and what stands in brackets behind it.
pub(crate) fn bare_name(name: &str) -> Vec<String> {
    let name = name.split(['(', '[']).next().unwrap_or_default();
    let title = |part: &&str| TITLES.contains_any_case(part.trim_end_matches('.'));
    name.split_whitespace().skip_while(title).map(str::to_owned).collect()
}

/// How many of the tokens of a row of capitals can be one name: a sentence ends it, and once it has two words a line.
fn same_line(text: &str, tokens: &[Token]) -> usize {
    let breaks = |k: &usize| {
        let (last, next) = (&tokens[*k - 1], &tokens[*k]);
        next.sentence != last.sentence || (*k >= 2 && text[last.span.end..next.span.start].contains('\n'))
    };
    (1..tokens.len()).find(breaks).unwrap_or(tokens.len())
}

/// The surname of a name of which no more is there than titles and particles: `Koch` of `Frau Koch`.
#[must_use]
pub fn untitled(name: &str) -> Option<String> {
    let words = bare_name(name);
    let (last, before) = words.split_last()?;
    before.iter().all(|w| PARTICLES.contains(w)).then(|| last.clone())
}

impl Known {
    /// From full names, such as `Jens-Uwe Petersen`, and whether each takes part.
    pub fn of<'n>(people: impl Iterator<Item = (&'n str, bool)>) -> Self {
        let mut known = Self::default();
        for (name, takes_part) in people {
            known.add(&bare_name(name), takes_part);
        }
        known
    }

    /// Adds what the blocks of a document say: people addressed by surname, which surnames are also words, and if
    /// `in_full` everybody they name in full.
    pub(crate) fn learn(&mut self, text: &str, blocks: &[Block], in_full: bool) {
        if in_full {
            blocks.iter().flat_map(|block| introduced(text, block)).for_each(|name| self.add(&name, true));
            blocks.iter().for_each(|block| self.add_found(text, block));
        }
        for block in blocks {
            self.add_addressed(text, &block.tokens);
        }
        self.settle();
        for block in blocks {
            self.find_words(text, &block.tokens);
        }
    }

    fn add(&mut self, parts: &[String], takes_part: bool) {
        let Some(surname) = parts.last() else { return };
        let name = parts.join(" ");
        let owners = self.surnames.get(surname);
        if owners.is_some_and(|all| all.iter().any(|&i| self.people[i].name == name)) {
            return;
        }
        let index = self.people.len();
        let (_, is_full) = surname_of(&name);
        self.ends.add(surname);
        self.people.push(Arc::new(KnownPerson { name, takes_part }));
        if !self.surnames.contains_key(surname) {
            self.order.push(surname.clone());
        }
        self.surnames.entry(surname.clone()).or_default().push(index);
        if is_full {
            self.begins.add(&parts[0]);
            let same_start = self.full.entry(parts[0].clone()).or_default();
            same_start.push((parts.to_vec(), index));
            same_start.sort_by_key(|(parts, index)| (std::cmp::Reverse(parts.len()), *index));
        }
    }

    /// Adds the people named in full in a text of which nothing is known.
    fn add_found(&mut self, text: &str, block: &Block) {
        let blocks = std::slice::from_ref(block);
        let mut uses = None;
        let mut i = 0;
        while i < block.tokens.len() {
            let run = run_length(text, block, i);
            if run >= 2 {
                let uses = uses.get_or_insert_with(|| Uses::new(text, blocks));
                if let Some((at, n, true)) = full_name(text, block, i, run, uses, Language::De) {
                    let tokens = &block.tokens[at..at + n];
                    let words: Vec<&str> = tokens[..same_line(text, tokens)].iter().map(|t| word(text, t)).collect();
                    if let Some(parts) = name_among(&words, uses) {
                        self.add(&parts, false);
                    }
                }
            }
            i += run.max(1);
        }
    }

    /// Adds people known by a form of address.
    fn add_addressed(&mut self, text: &str, tokens: &[Token]) {
        for at in 0..tokens.len() {
            let Some(name) = address::addressed_name(text, tokens, at) else { continue };
            let is_known = |surname: &String| self.surname(surname).is_some();
            if self.full_name_at(text, tokens, at).is_none() && !name.last().is_some_and(is_known) {
                self.add(&name, false);
            }
        }
    }

    /// Gives a surname that several share somebody of its own, so that the surname alone is nobody else's.
    fn settle(&mut self) {
        for surname in self.order.clone() {
            if self.owner(&surname).is_none() {
                let takes_part = self.surnames[&surname].iter().any(|&i| self.people[i].takes_part);
                self.add(&[surname], takes_part);
            }
        }
    }

    /// Notes which surnames the tokens use as words: in lower case, or after an article.
    fn find_words(&mut self, text: &str, tokens: &[Token]) {
        if self.order.is_empty() {
            return;
        }
        let lower: FxHashMap<String, &String> = self.order.iter().map(|s| (s.to_lowercase(), s)).collect();
        let mut words: FxHashSet<String> = self.order.iter().filter(|s| is_word_of_language(s)).cloned().collect();
        let may_be = |token: &Token| token.kind == TokenKind::Word && self.ends.may_hold(token);
        for (i, token) in tokens.iter().enumerate().filter(|(_, token)| may_be(token)) {
            let this = word(text, token);
            if token.class.is(Class::SMALL) {
                words.extend(lower.get(this).map(|s| (*s).clone()));
            } else if self.surnames.contains_key(this) && is_determined(text, tokens, i) {
                words.insert(this.to_owned());
            }
        }
        self.words.extend(words);
    }

    /// The surname that a word spells, also in the genitive.
    fn surname<'s>(&'s self, this: &'s str) -> Option<&'s str> {
        [this, strip_genitive(this)].into_iter().find(|s| self.surnames.contains_key(*s))
    }

    /// Whom a surname alone means: the only one whose full name has it, or who is known by no more.
    fn owner(&self, surname: &str) -> Option<&Arc<KnownPerson>> {
        let owners = self.surnames.get(surname)?.iter().map(|&i| &self.people[i]);
        let (full, bare): (Vec<_>, Vec<_>) = owners.partition(|p| surname_of(&p.name).1);
        if let [only] = full[..] { Some(only) } else { bare.first().copied() }
    }

    /// The longest full name that begins at a token: who, and the number of its tokens.
    fn full_name_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<(usize, usize)> {
        if !self.begins.may_hold(&tokens[at]) {
            return None;
        }
        let candidates = self.full.get(word(text, &tokens[at]))?;
        let fits = |name: &[String]| {
            (0..name.len()).all(|k| {
                tokens.get(at + k).is_some_and(|t| {
                    let this = word(text, t);
                    this == name[k] || (k + 1 == name.len() && strip_genitive(this) == name[k])
                })
            })
        };
        candidates.iter().find(|(name, _)| fits(name)).map(|(name, person)| (*person, name.len()))
    }

    /// Finds the names among the tokens of a text. `careless` also accepts a surname with one wrong letter.
    #[must_use]
    pub fn mark(&self, text: &str, tokens: &[Token], language: Language, careless: bool) -> Marks {
        let mut marks = Marks { names: vec![false; tokens.len()], people: Vec::new() };
        for i in 0..tokens.len() {
            if tokens[i].kind != TokenKind::Word || marks.names[i] {
                continue;
            }
            if let Some((person, n)) = self.full_name_at(text, tokens, i) {
                marks.put(i, n, Some(&self.people[person]));
            } else if tokens[i].class.is(Class::CAPITALISED) {
                self.mark_alone(text, tokens, i, (language, careless), &mut marks);
            }
        }
        marks
    }

    /// Marks a word that may be a surname.
    fn mark_alone(&self, text: &str, tokens: &[Token], at: usize, how: (Language, bool), marks: &mut Marks) {
        let this = word(text, &tokens[at]);
        let addressed = address::stands_before(text, tokens, at);
        let may_be = self.ends.may_hold(&tokens[at]) || (!self.order.is_empty() && this.ends_with(['s', '\'', '’']));
        if let Some(surname) = may_be.then(|| self.surname(this)).flatten() {
            let (genitive, is_word) = (surname != this, self.words.contains(surname));
            let place = Place { text, tokens, at, language: how.0, genitive, is_word };
            let given_here = self.full.contains_key(this) && is_given(this);
            match if addressed { Reading::Person } else { place.reading() } {
                Reading::Word => {}
                Reading::Person if !given_here || addressed => marks.put(at, 1, self.owner(surname)),
                _ => marks.names[at] = true,
            }
        } else if let Some(surname) =
            how.1.then(|| self.misspelled(this)).flatten().filter(|_| !is_determined(text, tokens, at))
        {
            marks.put(at, 1, self.owner(surname));
        } else if let Some(person) = self.called(text, tokens, at, how.0) {
            marks.put(at, 1, Some(person));
        } else {
            marks.names[at] = addressed && !is_institution(this);
        }
    }

    /// Whom an English text calls by the given name: `Priya builds parsers`, of the one who takes part and is so named.
    fn called(&self, text: &str, tokens: &[Token], at: usize, language: Language) -> Option<&Arc<KnownPerson>> {
        let spelled = word(text, &tokens[at]);
        let (this, owner) = match spelled.strip_suffix("'s").or_else(|| spelled.strip_suffix("’s")) {
            Some(name) => (name, true),
            None => (spelled, false),
        };
        if language != Language::En || self.begins.is_empty() || !(owner || self.begins.may_hold(&tokens[at])) {
            return None;
        }
        let [(_, person)] = self.full.get(this)?.as_slice() else { return None };
        let beside =
            tokens.get(at + 1).is_some_and(|t| t.class.is(Class::CAPITALISED) && t.sentence == tokens[at].sentence);
        let person = &self.people[*person];
        let is_word = is_word_of_language(this) || is_determined(text, tokens, at);
        (person.takes_part && !beside && !is_word).then_some(person)
    }

    /// The surname that a word spells with one wrong letter.
    fn misspelled(&self, this: &str) -> Option<&str> {
        if this.chars().count() < 6 {
            return None;
        }
        let close = |s: &&String| s.chars().next() == this.chars().next() && similar(s, this);
        self.order.iter().find(close).map(String::as_str)
    }
}

impl Marks {
    fn put(&mut self, token: usize, n_tokens: usize, person: Option<&Arc<KnownPerson>>) {
        self.names[token..token + n_tokens].fill(true);
        self.people.extend(person.map(|p| NamedPerson { token, n_tokens, person: Arc::clone(p) }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Span;

    fn known(people: &[(&str, bool)], text: &str, in_full: bool) -> Known {
        let mut known = Known::of(people.iter().copied());
        known.learn(text, &[Block::new(text, Span::new(0, text.len()))], in_full);
        known
    }

    /// Every mention as `spelling → person`, with a star for those who take part.
    fn mentions(known: &Known, text: &str) -> Vec<String> {
        let tokens = Block::new(text, Span::new(0, text.len())).tokens;
        let marks = known.mark(text, &tokens, Language::De, true);
        let spelling = |m: &NamedPerson| {
            Span::new(tokens[m.token].span.start, tokens[m.token + m.n_tokens - 1].span.end).of(text).to_owned()
        };
        let star = |m: &NamedPerson| if m.person.takes_part { "*" } else { "" };
        marks.people.iter().map(|m| format!("{} → {}{}", spelling(m), m.person.name, star(m))).collect()
    }

    #[test]
    fn names_are_marked_and_words_are_not() {
        let text = "Jan Winter sprach im Winter. Winters Rat: der Winter kommt. Wegener warnt Frau Maier";
        let known = known(&[("Jan Winter", true), ("Uwe Weggener", false)], text, false);
        let expected = ["Jan Winter → Jan Winter*", "Winters → Jan Winter*", "Wegener → Uwe Weggener", "Maier → Maier"];
        assert_eq!(mentions(&known, text), expected);
    }

    #[test]
    fn a_surname_alone_joins_the_only_full_name() {
        let text =
            "Herr Lohse dankte Ina Lohse. Später sagte Lohse nichts. Ute Brandt und Kai Brandt kamen. Brandt ging.";
        let known = known(&[], text, true);
        let expected = [
            "Lohse → Ina Lohse",
            "Ina Lohse → Ina Lohse",
            "Lohse → Ina Lohse",
            "Ute Brandt → Ute Brandt",
            "Kai Brandt → Kai Brandt",
            "Brandt → Brandt",
        ];
        assert_eq!(mentions(&known, text), expected);
    }

    #[test]
    fn people_addressed_by_surname_are_known_from_there_on() {
        let text = "Vielen Dank, Frau von Seggern. Das hat Seggern schon Herrn Kollegen Dr. Ottmer gesagt.";
        let expected = ["Seggern → von Seggern", "Seggern → von Seggern", "Ottmer → Ottmer"];
        assert_eq!(mentions(&known(&[], text, true), text), expected);
    }

    #[test]
    fn a_name_ends_with_its_line_and_its_sentence() {
        let text = "Vortrag von Ina Lohse\nDanke an alle. Es sprach Uwe Brandt\n\nDie Stadt lernt.";
        assert_eq!(mentions(&known(&[], text, true), text), ["Ina Lohse → Ina Lohse", "Uwe Brandt → Uwe Brandt"]);
    }

    #[test]
    fn a_capital_at_the_start_of_a_sentence_begins_no_name() {
        let text = "Can Python do it? Since Patrick left, Jane Doe asked. Finally I’ll stop, and Can Yildiz goes on.";
        assert_eq!(mentions(&known(&[], text, true), text), ["Jane Doe → Jane Doe", "Can Yildiz → Can Yildiz"]);
    }

    #[test]
    fn a_role_is_nobody() {
        let text =
            "Frau Präsidentin! Herr Staatsminister! Liebe Kolleginnen und Kollegen Abgeordnete! Herr Wehrbeauftragter!";
        let known = known(&[], text, true);
        assert_eq!(mentions(&known, text), [""; 0]);
        let tokens = Block::new(text, Span::new(0, text.len())).tokens;
        let marked = known.mark(text, &tokens, Language::De, false).names;
        assert!(marked.iter().any(|m| *m), "salutations stay left out");
    }

    #[test]
    fn who_takes_part_may_be_called_by_the_given_name() {
        let text = "Speaker: Qiwa Tenneh\n\nQiwa builds parsers. Qiwa's talk is new, and the Qiwa Project is old.";
        let known = known(&[], text, true);
        let tokens = Block::new(text, Span::new(0, text.len())).tokens;
        let named = |language| known.mark(text, &tokens, language, false).people.len();
        assert_eq!((named(Language::En), named(Language::De)), (3, 1));
    }

    #[test]
    fn titles_and_brackets_are_no_part_of_a_listed_name() {
        let text = "Ada Lind zeigt, was Linds Haus kann.";
        let known = known(&[("Prof. Dr. Ada Lind (Stadt Gera)", true)], text, false);
        assert_eq!(mentions(&known, text), ["Ada Lind → Ada Lind*", "Linds → Ada Lind*"]);
    }

    #[test]
    fn the_given_name_of_one_is_not_the_surname_of_another() {
        let text =
            "Jan Martin sprach. Martin Ohlsen hörte zu, und Martin Petzold kam. Danach betonte Martin das Gegenteil.";
        let known = known(&[("Jan Martin", true), ("Martin Ohlsen", false)], text, false);
        let found = mentions(&known, text);
        assert_eq!(found, ["Jan Martin → Jan Martin*", "Martin Ohlsen → Martin Ohlsen"]);
    }
}
