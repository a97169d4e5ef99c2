//! From a spelling to the key it is counted under.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashSet;

use super::acronyms;
use super::compounds::{self, CompoundPart, IsKnown};
use super::language::{recap_words, stop_words};
use super::lately::Lately;
use super::lemma::english;
use super::lemma::german::{self, Lemma};
use super::lemma::variants;
use super::lexicon;
use super::rules::{Rule, Rules};
use super::spelling::{
    DEGREES, LEGAL_FORMS, clean, first_letter, hyphened_acronym, inner_stop, is_capitals, is_half_word, is_joiner,
    push_apart, segments, verbatim, with_capital,
};
use super::stem::stem;
use super::tokenizer::is_gender_suffix;
use crate::corpus::Language;

/// What a spelling is, by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpellingClass {
    /// Capitals only: never stemmed, never a stop word.
    Acronym,
    /// A capital inside (`WiBA`, `GmbH`): never stemmed.
    Mixed,
    /// Joined by hyphens, with a capital somewhere.
    Compound,
    /// Begins with a capital.
    Capital,
    /// All lower case.
    Lower,
}

/// A spelling, normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normal {
    /// What it is counted under; the same for every spelling of one notion that a rule about forms can join.
    pub key: String,
    /// What it is by its form.
    pub class: SpellingClass,
    /// Whether it carries no topic.
    pub stop: bool,
    /// Keys of its hyphen parts, empty if it has none.
    pub parts: Vec<String>,
    /// Whether it is a gender form, counted under its base.
    pub gendered: bool,
    /// Whether it stands in citation form, so that it may be a label.
    pub citation: bool,
    /// German: whether it is a noun, as far as its form and the lexicon tell; elsewhere always.
    pub noun: bool,
    /// What it gives to a compound as its first part.
    pub joint: String,
    /// The rules that changed it on the way to the key.
    pub rules: Rules,
}

/// What the key of a phrase takes of one of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'n> {
    /// Its key.
    pub key: &'n str,
    /// What it gives to a compound as a first part.
    pub joint: &'n str,
    /// Whether it is a noun.
    pub noun: bool,
    /// Whether it is a function word.
    pub stop: bool,
}

impl Normal {
    /// What the key of a phrase takes of it.
    #[must_use]
    pub fn piece(&self) -> Piece<'_> {
        Piece { key: &self.key, joint: &self.joint, noun: self.noun, stop: self.stop }
    }
}

/// Turns spellings into keys; holds the stop words of one language and the rules in force.
#[derive(Debug, Clone)]
pub struct Normalizer {
    language: Language,
    rules: Rules,
    stop: FxHashSet<String>,
    stop_keys: FxHashSet<String>,
    /// Whether two words have one key.
    pairs: Arc<Lately<bool>>,
}

impl Normalizer {
    /// For `language`, with further stop words and without those in `keep` (both compared in lower case).
    #[must_use]
    pub fn new(language: Language, further: &[String], keep: &[String], rules: Rules) -> Self {
        let stop: FxHashSet<String> = stop_words(language).iter().map(|w| (*w).to_owned()).collect();
        let pairs = Arc::new(Lately::new());
        let mut normalizer = Self { language, rules, stop, stop_keys: FxHashSet::default(), pairs };
        normalizer.stop_keys = normalizer.recap_keys();
        for word in further {
            // As written too, so that an acronym can be named.
            normalizer.stop.insert(word.clone());
            normalizer.stop_keys.extend(normalizer.both_readings(&word.to_lowercase()));
            normalizer.stop.insert(word.to_lowercase());
        }
        for word in keep.iter().map(|w| w.to_lowercase()) {
            for key in normalizer.both_readings(&word) {
                normalizer.stop_keys.remove(&key);
            }
            normalizer.stop.remove(&word);
        }
        normalizer
    }

    /// Keys of the words of recap prose; made once for the usual rules.
    fn recap_keys(&self) -> FxHashSet<String> {
        fn of(language: Language, rules: Rules) -> FxHashSet<String> {
            let (stop, stop_keys) = Default::default();
            let bare = Normalizer { language, rules, stop, stop_keys, pairs: Arc::new(Lately::new()) };
            recap_words(language).flat_map(|w| bare.both_readings(w)).collect()
        }
        static DE: LazyLock<FxHashSet<String>> = LazyLock::new(|| of(Language::De, Rules::all()));
        static EN: LazyLock<FxHashSet<String>> = LazyLock::new(|| of(Language::En, Rules::all()));
        match self.language {
            Language::De if self.rules == Rules::all() => DE.clone(),
            Language::En if self.rules == Rules::all() => EN.clone(),
            language => of(language, self.rules),
        }
    }

    /// The language it is for.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The rules in force.
    #[must_use]
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// Whether a word is in the list of function words; no paradigm is looked up.
    #[must_use]
    pub fn is_function_word(&self, word: &str) -> bool {
        if self.stop.contains(word) {
            return true;
        }
        let mut capitals = word.chars().filter(|c| c.is_uppercase());
        let plain = capitals.next().is_some() && capitals.next().is_none();
        plain && self.stop.contains(&word.to_lowercase())
    }

    /// The keys of a word in lower case: as it stands, and written as a noun.
    #[must_use]
    pub fn both_readings(&self, lower: &str) -> [String; 2] {
        [self.inflection(lower, false).key, self.inflection(lower, true).key]
    }

    /// Normalises one spelling, as cut out of the text; several words are a pair of gender forms or a phrase.
    #[must_use]
    pub fn normal(&self, spelling: &str) -> Normal {
        let clean = clean(spelling);
        if clean.contains(char::is_whitespace) {
            let words: Vec<&str> = clean.split_whitespace().collect();
            return match self.pair(&words) {
                Some(base) => {
                    let normal = self.word(base);
                    Normal { gendered: true, citation: false, rules: normal.rules.with(Rule::Gender), ..normal }
                }
                None => self.phrase(&words.iter().map(|w| self.normal(w)).collect::<Vec<_>>()),
            };
        }
        self.word(&clean)
    }

    /// The base of `Bürgerinnen und Bürger`.
    fn pair<'w>(&self, words: &[&'w str]) -> Option<&'w str> {
        let [a, and, b] = words else { return None };
        (is_joiner(and) && self.is_gender_pair(a, b)).then(|| if self.without_gender(a).is_some() { *b } else { *a })
    }

    /// Whether two words are the feminine and the masculine form of one noun, in either order.
    #[must_use]
    pub fn is_gender_pair(&self, a: &str, b: &str) -> bool {
        self.rules.has(Rule::Gender)
            && self.language == Language::De
            && (a.contains("in") || b.contains("in"))
            && (a.starts_with(char::is_uppercase) || b.starts_with(char::is_uppercase))
            && first_letter(a) == first_letter(b)
            && self.without_gender(a).is_some() != self.without_gender(b).is_some()
            && self.pairs.get(a, b, || self.word(a).key == self.word(b).key)
    }

    /// One word, maybe with hyphens.
    fn word(&self, clean: &str) -> Normal {
        // Nearly every word is plain.
        if clean.chars().skip(1).all(char::is_lowercase) {
            return self.gender_and_single(clean);
        }
        if clean.contains(['/', '*', ':', '_', '(', '·'])
            && let Some(base) = self.without_gender(clean)
        {
            let normal = self.word(&base);
            return Normal { gendered: true, citation: false, rules: normal.rules.with(Rule::Gender), ..normal };
        }
        if self.language == Language::En
            && self.rules.has(Rule::Inflection)
            && let Some(one) = english::plural_inside(clean)
        {
            let normal = self.word(&one);
            return Normal { citation: false, rules: normal.rules.with(Rule::Inflection), ..normal };
        }
        // `ME/CFS` is `ME-CFS`, `Node.js` is `Node-js`.
        let dotted = || clean.split('.').all(|p| p.len() > 1 && p.starts_with(char::is_alphabetic));
        if clean.contains('/') || (clean.contains('.') && dotted()) {
            return self.word(&clean.replace(['/', '.'], "-"));
        }
        if self.rules.has(Rule::Variants)
            && let Some(whole) = hyphened_acronym(clean)
        {
            let normal = self.single(&whole);
            return Normal { rules: normal.rules.with(Rule::Variants), ..normal };
        }
        let segments = if self.rules.has(Rule::Variants) { segments(clean) } else { vec![clean] };
        let hyphens = clean.contains('-');
        if !hyphens && segments.len() < 2 {
            return self.gender_and_single(clean);
        }
        let parts: Vec<Normal> = if hyphens {
            clean.split('-').filter(|p| !p.is_empty()).map(|p| self.gender_and_single(p)).collect()
        } else {
            Vec::new()
        };
        if hyphens && parts.len() < 2 {
            return parts.into_iter().next().unwrap_or_else(|| self.gender_and_single(clean));
        }
        let pieces: Vec<Normal> = segments.iter().map(|p| self.gender_and_single(p)).collect();
        let Some((last, first)) = pieces.split_last() else { return self.gender_and_single(clean) };
        let spelled = |part: String| if is_capitals(&part) { part } else { self.letters(&part).into_owned() };
        let verbatim: Vec<String> = segments[..first.len()].iter().map(|s| verbatim(s)).map(spelled).collect();
        let key = if !self.rules.has(Rule::Variants) {
            parts.iter().map(|p| p.key.as_str()).collect::<Vec<_>>().join("-")
        } else if self.holds_stop(first.iter().map(|p| p.stop)) && last.class == SpellingClass::Lower {
            // `state-of-the-art`: as the words it is made of.
            let german = self.language == Language::De;
            self.solid_key(
                first.iter().map(|p| if p.stop && german { p.joint.as_str() } else { p.key.as_str() }),
                &last.joint,
            )
        } else {
            match &verbatim[..] {
                [only] if self.language == Language::De && compounds::is_cut_elsewhere(only, &last.joint) => {
                    format!("{only}-{}", last.key)
                }
                _ => self.solid_key(verbatim.iter().map(String::as_str), &last.joint),
            }
        };
        // `off-shore` before another word, as `offshore` is.
        let solid = !key.contains(['-', ' ']) && self.rules.has(Rule::Variants);
        let words = || verbatim.iter().chain([&last.joint]).map(String::as_str);
        let joint = match self.language {
            // As the words it is made of.
            Language::En if hyphens && self.rules.has(Rule::Variants) => words().collect::<Vec<_>>().join(" "),
            _ if solid => words().collect(),
            _ => key.clone(),
        };
        let capital = pieces.iter().any(|p| p.class < SpellingClass::Lower);
        let class = match (hyphens, capital) {
            (false, _) => SpellingClass::Mixed,
            (true, true) => SpellingClass::Compound,
            (true, false) => SpellingClass::Lower,
        };
        let trace = pieces.iter().fold(Rules::NONE, |r, p| r.and(p.rules)).with(Rule::Variants);
        Normal {
            joint,
            key,
            class,
            // `start-up` is no function word although `start` and `up` may be.
            stop: (pieces.iter().all(|p| p.stop) && pieces.len() != 2) || (!hyphens && LEGAL_FORMS.contains(&clean)),
            parts: self.hyphen_parts(clean, parts),
            gendered: pieces.iter().any(|p| p.gendered),
            citation: last.citation,
            noun: last.noun || capital,
            rules: trace,
        }
    }

    /// Keys of the parts between hyphens, and of those side by side (`Open-Source` in `Open-Source-Software`).
    fn hyphen_parts(&self, clean: &str, parts: Vec<Normal>) -> Vec<String> {
        let words: Vec<&str> = clean.split('-').filter(|p| !p.is_empty()).collect();
        let mut keys: Vec<String> = parts.into_iter().filter(|p| !p.key.is_empty()).map(|p| p.key).collect();
        if words.len() >= 3 && self.rules.has(Rule::Variants) {
            for n in 2..words.len().min(4) {
                keys.extend(words.windows(n).map(|w| self.word(&w.join("-")).key));
            }
        }
        keys
    }

    /// A phrase of words that stand side by side: under the key of a compound where it may be written as one
    /// (`IT Strategie`, `open source`), else under the keys of its words.
    #[must_use]
    pub fn phrase(&self, words: &[Normal]) -> Normal {
        let pieces: Vec<Piece<'_>> = words.iter().map(Normal::piece).collect();
        let first = &words[..words.len().saturating_sub(1)];
        let key = self.phrase_key(&pieces);
        Normal {
            joint: key.clone(),
            key,
            class: SpellingClass::Capital,
            stop: words.iter().all(|w| w.stop),
            parts: words.iter().filter(|w| !w.stop).map(|w| w.key.clone()).collect(),
            gendered: words.iter().any(|w| w.gendered),
            citation: words.last().is_some_and(|w| w.citation) && first.iter().all(|w| w.noun || w.citation),
            noun: true,
            rules: words.iter().fold(Rules::NONE, |r, w| r.and(w.rules)),
        }
    }

    /// The key of a phrase.
    #[must_use]
    pub fn phrase_key(&self, words: &[Piece<'_>]) -> String {
        let Some((last, first)) = words.split_last() else { return String::new() };
        // Among other words nothing is mistaken for a noun.
        let spaced = || words.iter().map(|w| w.key.trim_end_matches('~')).collect::<Vec<_>>().join(" ");
        if !self.rules.has(Rule::Variants) {
            return spaced();
        }
        if self.holds_stop(first.iter().map(|w| w.stop)) {
            let german = self.language == Language::De;
            return self.solid_key(first.iter().map(|w| if w.stop && german { w.joint } else { w.key }), last.joint);
        }
        // `Roter Faden`, `Deutsche Bahn`: in a name adjectives have capitals.
        let adjective = |w: &Piece<'_>| {
            let german = self.language == Language::De && self.rules.has(Rule::Inflection);
            (german && w.noun).then(|| german::declined_adjective(w.joint)).flatten().map(str::to_owned)
        };
        if first.iter().any(|w| adjective(w).is_some()) {
            let first = first.iter().map(|w| adjective(w).unwrap_or_else(|| w.key.trim_end_matches('~').to_owned()));
            return first.chain([last.key.to_owned()]).collect::<Vec<_>>().join(" ");
        }
        if first.iter().all(|w| w.noun) && (self.language != Language::De || last.noun) {
            // `attorneys general`: the plural is inside.
            let inside = self.language == Language::En && english::follows_noun(last.key);
            return self.solid_key(first.iter().map(|w| if inside { w.key } else { w.joint }), last.joint);
        }
        spaced()
    }

    /// Whether a function word stands inside. In English the first word may be one of recap prose (`points of sale`).
    fn holds_stop(&self, mut stops: impl Iterator<Item = bool>) -> bool {
        if self.language == Language::En { stops.skip(1).any(|s| s) } else { inner_stop(&mut stops) }
    }

    /// The key of a compound, the same whether it is written with hyphens, with blanks or as one word: that of the
    /// letters in a row, acronyms apart.
    fn solid_key<'p>(&self, first: impl Iterator<Item = &'p str>, last: &'p str) -> String {
        let mut key = String::new();
        let mut row: Vec<&str> = Vec::new();
        let words = first.chain([last]).flat_map(|piece| piece.split(' '));
        for piece in words {
            if is_capitals(piece) {
                push_apart(&mut key, &row.concat());
                push_apart(&mut key, piece);
                row.clear();
            } else {
                row.push(piece);
            }
        }
        if !row.is_empty() {
            push_apart(&mut key, &self.row_key(&row));
        }
        key
    }

    /// The key of words in a row: that of one word, in English only where they are also written so.
    fn row_key(&self, row: &[&str]) -> String {
        if self.language == Language::En && row.len() > 1 && self.rules.has(Rule::Inflection) {
            // `modelling language`: in the one spelling, like words by themselves.
            let row: Vec<String> = row.iter().map(|piece| english::american(&self.letters(piece))).collect();
            return self.row_of(&row.iter().map(String::as_str).collect::<Vec<_>>());
        }
        self.row_of(row)
    }

    fn row_of(&self, row: &[&str]) -> String {
        let key = |word: &str| self.inflection(word, true).key.trim_end_matches('~').to_owned();
        if self.language == Language::En {
            let mut words = english::joined(row);
            let last = words.pop().map(|last| key(&last));
            return words.into_iter().chain(last).collect::<Vec<_>>().join(" ");
        }
        // `Ende-zu-Ende`: two vowels that meet are no umlaut.
        let meets = |w: &[&str]| w[0].ends_with(['a', 'o', 'u']) && w[1].starts_with('e');
        if self.language == Language::De && row.windows(2).any(meets) {
            let row: Vec<_> = row.iter().map(|piece| self.letters(piece)).collect();
            let key = self.inflected(Cow::Owned(row.concat()), true, Rules::NONE).key;
            return key.trim_end_matches('~').to_owned();
        }
        key(&row.concat())
    }

    /// Keys of the words that a spelling is made of: its hyphen parts, or the two parts of a German compound.
    /// `known` says whether the corpus uses a word alone.
    #[must_use]
    pub fn components(&self, spelling: &str, known: IsKnown<'_>) -> Vec<String> {
        if !self.rules.has(Rule::Compounds) {
            return Vec::new();
        }
        let normal = self.normal(spelling);
        if self.language == Language::En && normal.parts.is_empty() && normal.class != SpellingClass::Acronym {
            let parts = english::compound(&spelling.to_lowercase());
            return parts.iter().flatten().map(|part| self.inflection(part, false).key).collect();
        }
        if !normal.parts.is_empty() || self.language != Language::De || !normal.noun {
            return normal.parts;
        }
        if normal.class == SpellingClass::Acronym || normal.class == SpellingClass::Mixed {
            return Vec::new();
        }
        self.components_of_key(&normal.key, known)
    }

    /// The two parts of a German noun, given its key.
    #[must_use]
    pub fn components_of_key(&self, key: &str, known: IsKnown<'_>) -> Vec<String> {
        if !self.rules.has(Rule::Compounds) || self.language != Language::De {
            return Vec::new();
        }
        let keys = |part: &CompoundPart| match (part.noun, lexicon::is_noun(&part.word)) {
            (true, true) => part.word.clone(),
            (true, false) => self.inflection(&part.word, true).key,
            (false, true) => format!("{}~", part.word),
            (false, false) => part.word.clone(),
        };
        compounds::split(key, known).map_or_else(Vec::new, |parts| parts.iter().map(keys).collect())
    }

    /// Keys of the compounds inside a German one that are none of its parts; see [`compounds::inner`].
    #[must_use]
    pub fn inner_of_key(&self, key: &str, known: IsKnown<'_>) -> Vec<String> {
        let is_cut = self.rules.has(Rule::Compounds) && self.language == Language::De;
        if is_cut { compounds::inner(key, known) } else { Vec::new() }
    }

    fn gender_and_single(&self, word: &str) -> Normal {
        match self.without_gender(word) {
            Some(base) => {
                let normal = self.single(&base);
                Normal { gendered: true, citation: false, rules: normal.rules.with(Rule::Gender), ..normal }
            }
            None => self.single(word),
        }
    }

    fn single(&self, word: &str) -> Normal {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let plural = word.ends_with('s') && letters == capitals + 1;
        if capitals >= 2 && (letters == capitals || plural) && letters <= 10 && !self.is_shouted_noun(word) {
            let key = if plural { &word[..word.len() - 1] } else { word };
            let calendar = letters >= 3 && super::language::is_month(key);
            // `KEYNOTE` shouts; no acronym has so many letters and is a word of recap prose.
            let shouted = || letters >= 5 && self.stop_keys.contains(&self.inflection(&word.to_lowercase(), true).key);
            let stop = LEGAL_FORMS.contains(&key)
                || DEGREES.contains(&key)
                || self.stop.contains(key)
                || calendar
                || shouted();
            let rules = if plural { Rules::NONE.with(Rule::Inflection) } else { Rules::NONE };
            return Normal { stop, citation: !plural, rules, ..plain(key.to_owned(), SpellingClass::Acronym) };
        }
        let lower = word.to_lowercase();
        let inner_capital = capitals > usize::from(word.starts_with(char::is_uppercase)) && letters != capitals;
        if inner_capital {
            let stop = self.stop.contains(&lower) || LEGAL_FORMS.contains(&word) || DEGREES.contains(&word);
            return Normal { stop, ..plain(lower, SpellingClass::Mixed) };
        }
        let class = if capitals > 0 { SpellingClass::Capital } else { SpellingClass::Lower };
        // A function word needs no paradigm.
        let german = self.language == Language::De;
        if class == SpellingClass::Lower && self.stop.contains(&lower) {
            // `großes` in `großes Krankenhaus`.
            let folded = lower.replace('ß', "ss");
            let base = Some(folded.as_str()).filter(|_| german && self.rules.has(Rule::Inflection));
            let base = base.and_then(german::listed_adjective).unwrap_or(&lower);
            let key = if german && lexicon::is_noun(base) { format!("{base}~") } else { base.to_owned() };
            return Normal { stop: true, noun: !german, joint: lower, ..plain(key, class) };
        }
        let normal = self.inflection(&lower, capitals > 0);
        let stop = letters < 2 || self.stop.contains(&lower) || self.stop_keys.contains(&normal.key);
        let stop = stop || (self.language == Language::De && is_half_word(&lower));
        Normal { class, stop, ..normal }
    }

    /// `HAUSHALT` in a heading: a German noun of six letters and more that the table of acronyms does not have.
    fn is_shouted_noun(&self, word: &str) -> bool {
        self.language == Language::De
            && self.rules.has(Rule::Variants)
            && word.chars().count() >= 6
            && word.chars().all(char::is_uppercase)
            && lexicon::is_noun(&word.to_lowercase())
            && !acronyms::is_listed(word)
    }

    /// The key of a word in lower case by its paradigm, else by its stem.
    fn inflection(&self, lower: &str, capital: bool) -> Normal {
        let letters = self.letters(lower);
        let rules = if letters == lower { Rules::NONE } else { Rules::NONE.with(Rule::Umlauts) };
        self.inflected(letters, capital, rules)
    }

    /// The letters a word is looked up by.
    fn letters<'w>(&self, lower: &'w str) -> Cow<'w, str> {
        match self.language {
            Language::De if self.rules.has(Rule::Umlauts) => variants::standardised(german::letters(lower)),
            Language::En if self.rules.has(Rule::Umlauts) => english::plain_letters(lower),
            _ => Cow::Borrowed(lower),
        }
    }

    /// As [`Self::inflection`], given the letters and the rules that made them.
    fn inflected(&self, letters: Cow<'_, str>, capital: bool, mut rules: Rules) -> Normal {
        let class = if capital { SpellingClass::Capital } else { SpellingClass::Lower };
        if !self.rules.has(Rule::Inflection) {
            return Normal { rules, ..plain(letters.into_owned(), class) };
        }
        let (key, joint, noun, citation) = match self.language {
            Language::De => german::key(&letters, capital),
            Language::En => {
                let regular = english::regular(&letters);
                let key = english::derived(&regular).unwrap_or_else(|| stem(&regular, self.language));
                let citation = english::singular(&regular) == *letters;
                (key, letters.to_string(), true, citation)
            }
            Language::Other(_) => (stem(&letters, self.language), letters.to_string(), true, true),
        };
        if !citation || key.trim_end_matches('~') != letters {
            rules = rules.with(Rule::Inflection);
        }
        Normal { noun, citation, joint, rules, ..plain(key, class) }
    }

    /// The base of a German gender form: `Bürger` for `Bürger/-innen`, `Bürger:innen`, `BürgerInnen`, `Bürgerinnen`;
    /// `Arzt` for `Ärztin`.
    fn without_gender(&self, word: &str) -> Option<String> {
        if self.language != Language::De || !self.rules.has(Rule::Gender) || !word.starts_with(char::is_uppercase) {
            return None;
        }
        let masculine = |stem: &str, marked: bool| {
            let lower = german::letters(&stem.to_lowercase()).into_owned();
            german::masculine(&lower, marked).map(|m| with_capital(&m))
        };
        if let Some((base, suffix)) = word.rsplit_once(['/', '*', ':', '_', '(', '·']) {
            let suffix = suffix.trim_start_matches('-').trim_end_matches(')');
            // `Nutzer:innendaten`.
            if let Some(rest) = suffix.strip_prefix("innen").filter(|r| r.chars().count() > 2) {
                return Some(format!("{base}{rest}"));
            }
            return is_gender_suffix(suffix).then(|| masculine(base, true).unwrap_or_else(|| base.to_owned()));
        }
        for suffix in ["Innen", "In"] {
            if let Some(base) = word.strip_suffix(suffix)
                && base.ends_with(char::is_lowercase)
                && base.chars().count() > 3
            {
                return Some(masculine(base, true).unwrap_or_else(|| base.to_owned()));
            }
        }
        ["innen", "in"].iter().find_map(|suffix| {
            let base = word.strip_suffix(suffix).filter(|b| b.chars().count() > 2)?;
            masculine(base, false).or_else(|| {
                let agent =
                    ["er", "ent", "ant", "ist", "eur", "log", "tor", "eg", "wält"].iter().any(|e| base.ends_with(e));
                let lower = german::letters(&base.to_lowercase()).into_owned();
                let person = || matches!(german::lemma(&lower, true), Some(Lemma::Noun(_)));
                (agent && base.chars().count() > 6 && person()).then(|| base.to_owned())
            })
        })
    }
}

/// A normal form of which nothing but the key is known yet.
fn plain(key: String, class: SpellingClass) -> Normal {
    Normal {
        joint: key.clone(),
        key,
        class,
        stop: false,
        parts: Vec::new(),
        gendered: false,
        citation: true,
        noun: true,
        rules: Rules::NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(word: &str, language: Language) -> String {
        Normalizer::new(language, &[], &[], Rules::all()).normal(word).key
    }

    #[test]
    fn gender_forms_share_the_base() {
        let base = key("Bürger", Language::De);
        for form in [
            "Bürger/-innen",
            "Bürger/innen",
            "Bürger:innen",
            "Bürger*innen",
            "Bürger_innen",
            "BürgerInnen",
            "Bürger(innen)",
            "Bürgerinnen",
            "Bürgern",
        ] {
            assert_eq!(key(form, Language::De), base, "{form}");
        }
        assert_ne!(key("beginnen", Language::De), key("beg", Language::De));
        assert_eq!(key("Berlin", Language::De), "berlin");
    }

    #[test]
    fn acronyms_are_not_pronouns() {
        let normalizer = Normalizer::new(Language::En, &[], &[], Rules::all());
        assert!(normalizer.normal("it").stop && !normalizer.normal("IT").stop);
        assert_eq!(normalizer.normal("APIs").key, "API");
        assert_eq!(normalizer.normal("WiBA").class, SpellingClass::Mixed);
        assert!(normalizer.normal("KEYNOTE").stop && !normalizer.normal("UNICEF").stop);
    }

    #[test]
    fn compounds_keep_their_parts() {
        let normal = Normalizer::new(Language::De, &[], &[], Rules::all()).normal("KI-Lösungen");
        assert_eq!((normal.key.as_str(), normal.class), ("KI-lösung", SpellingClass::Compound));
        assert_eq!(normal.parts, ["KI", "lösung"]);
    }

    #[test]
    fn stop_words_can_be_added_and_kept() {
        assert!(Normalizer::new(Language::De, &["Drohne".into()], &[], Rules::all()).normal("Drohnen").stop);
        assert!(!Normalizer::new(Language::De, &[], &["aber".into()], Rules::all()).normal("aber").stop);
    }

    #[test]
    fn english_compounds_share_a_key_however_they_are_written() {
        for (a, b) in [
            ("points of sale", "point-of-sale"),
            ("modelling language", "modeling-languages"),
            ("data centre", "datacenters"),
            ("start-ups", "startup"),
            ("work-arounds", "workaround"),
        ] {
            assert_eq!(key(a, Language::En), key(b, Language::En), "{a} {b}");
        }
        for (a, b) in [("car pet", "carpet"), ("leg end", "legend"), ("re-sign", "resign"), ("post age", "postage")] {
            assert_ne!(key(a, Language::En), key(b, Language::En), "{a} {b}");
        }
    }

    #[test]
    fn marks_capitals_and_vowels_that_meet() {
        for (a, b) in [
            ("Ingenieur·innen", "Ingenieure"),
            ("Kämmerinnen", "Kämmerer"),
            ("HAUSHALT", "Haushalt"),
            ("großes Krankenhaus", "großen Krankenhäusern"),
            ("grüner Wasserstoff", "grünen Wasserstoffs"),
            ("Ende-zu-Ende-Lösung", "Ende-zu-Ende-Lösungen"),
        ] {
            assert_eq!(key(a, Language::De), key(b, Language::De), "{a} {b}");
        }
        assert!(!key("Ende-zu-Ende-Lösung", Language::De).contains("zünd"));
        assert_ne!(key("BAND", Language::De), key("Band", Language::De), "may be an acronym");
        assert_eq!(key("off-shore wind", Language::En), key("offshore wind", Language::En));
        assert_ne!(key("paste", Language::En), key("past", Language::En));
    }

    #[test]
    fn half_words_and_markup_are_no_terms() {
        let normalizer = Normalizer::new(Language::De, &[], &[], Rules::all());
        assert!(normalizer.normal("Schulentwicklungs").stop && !normalizer.normal("Schulentwicklung").stop);
        assert_eq!(key("_stage_", Language::En), key("stage", Language::En));
    }

    #[test]
    fn invisible_marks_and_possessives_go() {
        assert_eq!(key("Ver\u{ad}waltung", Language::De), key("Verwaltung", Language::De));
        assert_eq!(key("Young’s", Language::En), key("Young", Language::En));
        assert_eq!(key("Scho\u{308}n", Language::De), "schön");
    }
}
