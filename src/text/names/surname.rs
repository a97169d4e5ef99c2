//! Whether a surname stands for the person: `Schwarz betonte`, or for a word: `das schwarze Auto`, `der Winter`.
//!
//! The word beside it decides. Where nothing does, a surname is the person's, unless it is also a word of the document
//! or of the language: then the start of a sentence, where capitals say nothing, is not enough.

use super::{DETERMINERS, is_given, is_institution, speech, word};
use crate::corpus::Language;
use crate::text::class::Class;
use crate::text::language::{is_month, stop_words};
use crate::text::token::{Token, TokenKind};
use crate::text::word_set::WordSet;

/// What a surname stands for at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// The person.
    Person,
    /// Somebody else's given name: a name all the same.
    GivenName,
    /// A word.
    Word,
}

/// A surname at its place.
pub(super) struct Place<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub at: usize,
    pub language: Language,
    /// Whether it has an `s` more than the surname.
    pub genitive: bool,
    /// Whether it is also a word: of the document, or of the language.
    pub is_word: bool,
}

/// Determiners beyond those that decide where a full name begins.
static MORE_DETERMINERS: WordSet = WordSet::new(&[
    "jeden",
    "jedem",
    "jener",
    "jenem",
    "jenen",
    "mein",
    "meine",
    "meinem",
    "meinen",
    "dein",
    "sein",
    "seinem",
    "seinen",
    "ihr",
    "ihrem",
    "ihren",
    "unser",
    "unsere",
    "unserem",
    "unseren",
    "unserer",
    "keinen",
    "keinem",
    "keiner",
    "welcher",
    "welchen",
    "manche",
    "mancher",
    "manchen",
    "einige",
    "einigen",
    "mehrere",
    "mehreren",
    "viele",
    "vielen",
    "alle",
    "beide",
    "beiden",
    "wenige",
    "zahlreiche",
    "zwei",
    "drei",
    "vier",
    "many",
    "several",
    "two",
    "three",
    "vergangener",
    "diesmal",
    "no",
    "my",
    "your",
    "his",
    "her",
    "some",
    "any",
    "these",
    "those",
]);
/// Verbs that end as adjectives do.
const VERBS_LIKE_ADJECTIVES: &[&str] = &[
    "wollte", "sollte", "konnte", "musste", "durfte", "mochte", "möchte", "hatte", "hätte", "wurde", "würde", "könnte",
    "müsste", "wäre", "habe", "werde", "waren", "hatten", "haben", "werden", "hörte", "kannte", "bat", "dankte",
    "traf",
];
/// Words before a noun of time, place or colour, never before somebody who speaks.
const BEFORE_NOUNS: &[&str] =
    &["in", "seit", "bis", "ab", "pro", "je", "aus", "auf", "per", "ins", "at", "since", "until", "till", "during"];
/// Words before an English month.
const BEFORE_MONTHS: &[&str] =
    &["by", "from", "of", "on", "before", "after", "early", "mid", "late", "this", "last", "next", "every"];
/// Words of German that are common surnames: colours, seasons, landscape, qualities, trades.
const WORDS_DE: &[&str] = &[
    "schwarz",
    "weiß",
    "braun",
    "grün",
    "roth",
    "blau",
    "grau",
    "stark",
    "klein",
    "groß",
    "lang",
    "kurz",
    "jung",
    "alt",
    "neu",
    "gut",
    "frei",
    "klug",
    "ernst",
    "wild",
    "reich",
    "winter",
    "sommer",
    "herbst",
    "frühling",
    "sonntag",
    "freitag",
    "berg",
    "wald",
    "stein",
    "bach",
    "feld",
    "busch",
    "baum",
    "brand",
    "sturm",
    "nebel",
    "kern",
    "koch",
    "richter",
    "bauer",
    "fischer",
    "jäger",
    "kaiser",
    "könig",
    "graf",
    "vogel",
    "wolf",
    "fuchs",
    "hahn",
    "hirsch",
    "förster",
    "schäfer",
    "gast",
    "freund",
    "hammer",
    "nagel",
    "sommer",
    "horn",
    "korn",
    "linde",
    "zimmermann",
];
/// The same of English.
const WORDS_EN: &[&str] = &[
    "young", "brown", "black", "white", "green", "gray", "grey", "small", "little", "short", "long", "strong", "sharp",
    "wise", "wild", "rich", "winter", "summer", "spring", "may", "august", "park", "hill", "field", "woods", "wood",
    "brook", "stone", "rose", "bush", "king", "bishop", "baker", "cook", "cooper", "hunter", "fisher", "miller",
    "mason", "page", "banks", "bell", "church", "day", "love", "moon", "price", "reed", "street", "frost", "snow",
    "rice", "bird", "fox", "wolf", "lamb", "good", "best", "power", "lake", "rivers", "ford", "waters", "north",
    "west",
];

/// Whether a surname is a word of a language that knows it as one: a colour, a month, a function word.
pub(super) fn is_word_of_language(surname: &str) -> bool {
    let lower = surname.to_lowercase();
    is_month(surname)
        || WORDS_DE.contains(&lower.as_str())
        || WORDS_EN.contains(&lower.as_str())
        || [Language::De, Language::En].iter().any(|l| stop_words(*l).contains(lower.as_str()))
}

/// Whether an article or its like stands right before a token, or an adjective with one.
pub(super) fn is_determined(text: &str, tokens: &[Token], at: usize) -> bool {
    let lower = |back: usize| at.checked_sub(back).map(|p| word(text, &tokens[p]).to_lowercase());
    let determiner = |w: &str| DETERMINERS.contains(w) || MORE_DETERMINERS.contains(w);
    let Some(before) = lower(1) else { return false };
    determiner(&before)
        || (word(text, &tokens[at - 1]).starts_with(char::is_lowercase)
            && is_adjective(&before)
            && lower(2).is_some_and(|w| determiner(&w)))
}

/// By its ending, an adjective before a noun.
fn is_adjective(lower: &str) -> bool {
    ["e", "en", "er", "es", "em"].iter().any(|ending| lower.len() > ending.len() + 2 && lower.ends_with(ending))
        && !speech::is_reporting(lower)
        && !VERBS_LIKE_ADJECTIVES.contains(&lower)
}

impl Place<'_> {
    /// What the surname stands for here. A form of address has been looked for before.
    pub(super) fn reading(&self) -> Reading {
        if is_determined(self.text, self.tokens, self.at) {
            return Reading::Word;
        }
        if self.speaks() || self.owns() {
            return Reading::Person;
        }
        if self.is_anothers_given_name() {
            return Reading::GivenName;
        }
        if self.opens_a_name() || (self.is_word && self.reads_as_a_word()) {
            return Reading::Word;
        }
        Reading::Person
    }

    fn this(&self) -> &str {
        word(self.text, &self.tokens[self.at])
    }

    fn before(&self) -> Option<&str> {
        self.at.checked_sub(1).map(|p| word(self.text, &self.tokens[p]))
    }

    /// The next token of the sentence, if nothing but blanks stands between.
    fn next(&self) -> Option<&Token> {
        let token = &self.tokens[self.at];
        self.tokens.get(self.at + 1).filter(|next| {
            next.sentence == token.sentence
                && self.text[token.span.end..next.span.start].chars().all(char::is_whitespace)
        })
    }

    fn next_capital(&self) -> Option<&str> {
        let capital = |t: &&Token| t.kind == TokenKind::Word && t.class.is(Class::CAPITALISED);
        self.next().filter(capital).map(|t| word(self.text, t))
    }

    /// A verb of speaking right after, or right before: `betonte Winter`, `so Winter`.
    fn speaks(&self) -> bool {
        let says = |w: &str| w.starts_with(char::is_lowercase) && speech::is_reporting(w);
        self.next().is_some_and(|t| says(word(self.text, t)))
            || self.before().is_some_and(|w| w.starts_with(char::is_lowercase) && speech::announces(w))
    }

    /// A genitive before what is owned: `Winters Rat`, `Hill's talk`.
    fn owns(&self) -> bool {
        let apostrophe = self.this().ends_with("'s") || self.this().ends_with("’s");
        apostrophe || (self.genitive && self.language == Language::De && self.next_capital().is_some())
    }

    /// `Sankt Martin`, `Simon Weber`: the surname of one is the given name of another.
    fn is_anothers_given_name(&self) -> bool {
        if !is_given(self.this()) {
            return false;
        }
        let holy = |w: &str| matches!(w.to_lowercase().as_str(), "sankt" | "st" | "saint" | "san");
        let dotted = || self.at.checked_sub(2).map(|p| word(self.text, &self.tokens[p]));
        let saint = match self.before() {
            Some(".") => dotted().is_some_and(holy),
            before => before.is_some_and(holy),
        };
        saint || self.next_capital().is_some()
    }

    /// `Park Avenue`, `Hill Street Station`, `Koch Institut`: the first word of another name.
    fn opens_a_name(&self) -> bool {
        self.next_capital().is_some_and(|w| self.language == Language::En || is_institution(w))
    }

    /// For a surname that is also a word: what speaks for the word.
    fn reads_as_a_word(&self) -> bool {
        let token = &self.tokens[self.at];
        let before = self.before().map(str::to_lowercase).unwrap_or_default();
        let number = self.next().is_some_and(|t| t.kind == TokenKind::Number);
        let placed = BEFORE_NOUNS.contains(&before.as_str())
            || (is_month(self.this()) && BEFORE_MONTHS.contains(&before.as_str()));
        // `kalter Winter`, `guter Koch`: an adjective with the ending of an article.
        let described = self.language == Language::De
            && self.before().is_some_and(|w| w.starts_with(char::is_lowercase))
            && ["er", "es", "em"].iter().any(|e| before.len() > 4 && before.ends_with(e))
            && !stop_words(Language::De).contains(before.as_str());
        let weather = matches!(before.as_str(), "ist" | "war" | "wird" | "wurde" | "is" | "was")
            && self.at.checked_sub(2).is_some_and(|p| {
                matches!(word(self.text, &self.tokens[p]).to_lowercase().as_str(), "es" | "it" | "jetzt" | "bald")
            });
        token.initial || number || placed || described || weather
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Block, Known};
    use super::*;
    use crate::corpus::Span;

    /// The words of `text` that are mentions of somebody called `name`.
    #[track_caller]
    fn check(language: Language, name: &str, text: &str, expected: &[&str]) {
        let mut known = Known::of([(name, true)].into_iter());
        let block = Block::new(text, Span::new(0, text.len()));
        known.learn(text, std::slice::from_ref(&block), false);
        let marks = known.mark(text, &block.tokens, language, false);
        let found: Vec<&str> = marks.people.iter().map(|m| block.tokens[m.token].span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn german_surnames_that_are_words() {
        let de = |name: &str, text: &str, expected: &[&str]| check(Language::De, name, text, expected);
        de("Lea Schwarz", "Das Auto ist schwarz. Das tiefe Schwarz glänzt. Schwarz lackierte Tische.", &[]);
        de("Lea Schwarz", "Schwarz betonte das. Danach lobte Schwarz die Stadt, so Schwarz.", &["Schwarz"; 3]);
        de("Lea Schwarz", "Die Fahne in Schwarz-Rot-Gold, ganz in Schwarz und Weiß.", &[]);
        de("Jan Winter", "Der Winter kommt. Im kalten Winter friert es. Winter und Sommer, Winter 2024.", &[]);
        de("Jan Winter", "Es war Winter. Ein strenger Winter, seit Winter, diesen Winter, der Winterdienst.", &[]);
        de(
            "Jan Winter",
            "Wir danken Frau Winter. Das sagte Winter. Winter warnte. Winters Bericht liegt vor.",
            &["Winter", "Winter", "Winter", "Winters"],
        );
        de(
            "Ute Koch",
            "Ein guter Koch probiert. Der Koch kocht. Koch ist ein schöner Beruf. Kochs Vortrag gefiel.",
            &["Kochs"],
        );
        de("Ute Koch", "So zeigte Koch Beispiele aus der Küche, und die machte Koch vor.", &["Koch", "Koch"]);
        de("Tim Berg", "Auf dem Berg liegt Schnee. Berg und Tal. Am hohen Berg. Hier hat Berg recht.", &["Berg"]);
        de("Ina Stark", "Stark betroffene Orte sind stark. Dort erklärte Stark den Plan.", &["Stark"]);
        de("Eva Simon", "Simon Weber kam. Simon Petersen ging. Simon zeigte, was nur Simon kann.", &["Simon", "Simon"]);
        de("Max Martin", "Sankt Martin und St. Martin reiten. Martin Luther schrieb. Martin berichtet.", &["Martin"]);
        de(
            "Jan Fischer",
            "Mehrere Fischer boten Dorsch an, und zwei Fischer schwiegen. Dann ging Fischer.",
            &["Fischer"],
        );
        de("Anna Freud", "Die Freud Stiftung zahlt, sagte Freud.", &["Freud"]);
    }

    #[test]
    fn english_surnames_that_are_words() {
        let en = |name: &str, text: &str, expected: &[&str]| check(Language::En, name, text, expected);
        en("Ann Winter", "The winter was cold. Winter is coming. Last Winter, Winter 2024, the Winter School.", &[]);
        en(
            "Ann Winter",
            "Winter explained it. Questions went to Winter. Winter's slides are online.",
            &["Winter", "Winter", "Winter's"],
        );
        en("Sue Park", "We met in Park Lane at the park. Mrs Park spoke. Park Avenue.", &["Park"]);
        en("Tom Hill", "Up the Hill and to Hill Street. Hill said no, said Hill.", &["Hill", "Hill"]);
        en("Neil Young", "Young developers learn. Young asked why. Mr. Young left.", &["Young", "Young"]);
        en("Kim Brown", "Brown University and brown bears. A Brown paper bag. Then came Brown.", &["Brown"]);
        en("Jo May", "In May, on May 3, by May 2024. May I ask? May showed it, as May knows.", &["May", "May"]);
    }
}
