//! Spellings to concepts: grouped by key, linked, ranked by kind, with their parts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::alike;
use super::labels::{self, Candidate};
use super::same_as::SameAs;
use super::{Concept, ConceptFile, ConceptId, ConceptKind, ConceptTag, Concepts, Phrase, SPLIT};
use crate::corpus::Language;
use crate::counts::boilerplate::Boilerplate;
use crate::counts::fold::{Counts, words_of};
use crate::counts::normals::{Memo, Word, code_hash, first_pair, piece};
use crate::counts::people;
use crate::counts::phrases::{CandidateWord, may_be_phrase};
use crate::error::Result;
use crate::text::language::{is_institution_name, places};
use crate::text::lemma::{english, german};
use crate::text::normal::Piece;
use crate::text::{Normalizer, Rule, Rules, SpellingClass, lexicon};

/// A spelling of the counts and what it is.
pub(super) struct Known<'c> {
    pub text: &'c str,
    pub language: Language,
    pub count: u64,
    pub initial: u64,
    pub word: Arc<Word>,
}

/// What is known of a key while it is resolved.
#[derive(Default)]
struct Gathered {
    /// Indices of spellings.
    spellings: Vec<usize>,
}

impl Concepts {
    /// Resolves the spellings and candidates of `counts`.
    ///
    /// # Errors
    /// If a part of the counts lies in a temporary file and it cannot be read.
    pub fn resolve(counts: &Counts) -> Result<Self> {
        Self::resolve_with(counts, &ConceptFile::default())
    }

    /// As [`Concepts::resolve`], with merges, splits and bans by hand.
    ///
    /// # Errors
    /// As [`Concepts::resolve`].
    pub fn resolve_with(counts: &Counts, hand: &ConceptFile) -> Result<Self> {
        let known = known_words(counts);
        let mut same = SameAs::new(counts, hand);
        if counts.settings().rules.has(Rule::Acronyms) {
            alike::join_capitals(&mut same, &known);
        }
        if counts.settings().rules.has(Rule::Variants) {
            alike::join_hyphens(&mut same, &known);
        }
        if counts.settings().rules.has(Rule::Umlauts) {
            alike::join_accents(&mut same, &known);
        }
        let parted = match counts.settings().rules.has(Rule::Inflection) {
            true => alike::parted_plurals(&known),
            false => FxHashMap::default(),
        };
        let split: FxHashSet<&str> = hand.splits.iter().flat_map(|s| &s.forms).map(String::as_str).collect();
        let mut by_key: BTreeMap<String, Gathered> = BTreeMap::new();
        let mut key_counts: FxHashMap<&str, u64> = FxHashMap::default();
        for (index, spelling) in known.iter().enumerate() {
            let normal = &spelling.word.normal;
            *key_counts.entry(&normal.key).or_default() += spelling.count;
            if split.contains(spelling.text) {
                by_key.entry(format!("{SPLIT}{}", spelling.text)).or_default().spellings.push(index);
            } else if let Some(key) = parted_key(&parted, spelling) {
                by_key.entry(key.to_owned()).or_default().spellings.push(index);
            } else if !normal.stop {
                by_key.entry(same.whole_key(&normal.key).into_owned()).or_default().spellings.push(index);
            }
        }
        let chosen = chosen_phrases(counts, &known, &key_counts, &same, &by_key)?;
        for choice in chosen.values() {
            by_key.entry(choice.key.clone()).or_default();
        }
        // A long form may stand where its acronym never does; but all its words must be there.
        for (words, key) in &same.long {
            if words.split(' ').all(|w| key_counts.contains_key(w)) {
                by_key.entry(key.clone()).or_default();
            }
        }
        let mut concepts = Self { of_spelling: vec![None; known.len()], ..Self::default() };
        let banned = banned_keys(counts, hand, &same);
        let parts = Parts::new(counts, &known, &by_key);
        let entries: Vec<(&String, &Gathered)> = by_key.iter().collect();
        concepts.all = entries.par_iter().map(|(key, g)| concept(key, g, &known, &same, &banned, &parts)).collect();
        concepts.n_topics = concepts.all.len();
        for (id, (_, gathered)) in entries.iter().enumerate() {
            for &spelling in &gathered.spellings {
                concepts.of_spelling[spelling] = Some(id as ConceptId);
            }
        }
        concepts.link_phrases(&chosen, &same);
        if counts.settings().rules.has(Rule::Variants) {
            concepts.link_long_compounds(&known, counts);
        }
        people::append(counts, &mut concepts);
        let moved = people::claim_surnames(counts, &mut concepts);
        concepts.containing = containing(&concepts, &parts, &same);
        for (from, to) in moved {
            let compounds = std::mem::take(&mut concepts.containing[from as usize]);
            concepts.containing[to as usize].extend(compounds);
            concepts.containing[to as usize].sort_unstable();
        }
        if counts.settings().rules.has(Rule::Boilerplate) {
            concepts.boilerplate = Boilerplate::find(counts)?;
        }
        concepts.code_hashes = known.iter().map(|k| k.word.code_hash).collect();
        concepts.key_hashes = known.iter().map(|k| code_hash(&k.word.normal.key)).collect();
        concepts.labelled = same.labels.keys().filter_map(|k| concepts.by_key(k)).collect();
        concepts.parted = parted;
        concepts.ambiguous = same.ambiguous;
        concepts.links = same.canonical;
        Ok(concepts)
    }

    fn link_phrases(&mut self, chosen: &BTreeMap<String, Choice>, same: &SameAs) {
        for (codes, choice) in chosen {
            if let Some(concept) = self.by_key(&choice.key) {
                let phrase = Phrase { concept, replaces_words: choice.replaces_words };
                self.phrases.insert(codes.clone(), phrase);
                self.phrase_pairs.insert(choice.first_pair);
                let own = &self.all[concept as usize];
                if own.kind == ConceptKind::Phrase && own.components.is_empty() && own.same_as.is_empty() {
                    let keys = codes.split(' ').map(piece).filter(|p| !p.stop).map(|p| same.key(p.key).to_owned());
                    self.all[concept as usize].components = keys.collect();
                }
            }
        }
        for (words, key) in &same.long {
            if let Some(concept) = self.by_key(key) {
                self.add_long(words);
                self.long.insert(words.clone(), Phrase { concept, replaces_words: false });
            }
        }
    }

    fn add_long(&mut self, words: &str) {
        let keys: Vec<&str> = words.split(' ').collect();
        if keys.len() >= 2 {
            let longest = self.long_pairs.entry(first_pair(&keys)).or_default();
            *longest = (*longest).max(keys.len() as u32);
        }
    }

    /// Compounds of four words and more may also be written apart: `state of the art`.
    fn link_long_compounds(&mut self, known: &[Known<'_>], counts: &Counts) {
        for (index, spelling) in known.iter().enumerate().filter(|(_, k)| k.text.matches('-').count() >= 3) {
            let Some(concept) = self.of_spelling[index] else { continue };
            let memo = counts.normals.memo(spelling.language);
            let keys: Vec<String> = spelling.text.split('-').map(|w| memo.word(w).normal.key.clone()).collect();
            let words = keys.join(" ");
            self.add_long(&words);
            self.long.entry(words).or_insert(Phrase { concept, replaces_words: true });
        }
    }
}

/// The key of a plural that parts from its noun.
fn parted_key<'p>(parted: &'p FxHashMap<String, String>, known: &Known<'_>) -> Option<&'p str> {
    let may_part = !parted.is_empty() && known.word.normal.class == SpellingClass::Capital;
    may_part.then(|| parted.get(&known.text.to_lowercase())).flatten().map(String::as_str)
}

/// Every spelling with its normal form, each looked up once.
fn known_words(counts: &Counts) -> Vec<Known<'_>> {
    let make = |s: &crate::counts::Spelling, word| (s.count, s.initial, word);
    let all = counts.spellings();
    let words: Vec<(u64, u64, Arc<Word>)> =
        all.par_iter().map(|s| make(s, counts.normals.memo(s.language).word(&s.text))).collect();
    all.iter()
        .zip(words)
        .map(|(s, (count, initial, word))| Known { text: &s.text, language: s.language, count, initial, word })
        .collect()
}

/// A phrase that counts, with the key it counts under.
struct Choice {
    key: String,
    replaces_words: bool,
    first_pair: u64,
}

/// Candidates that are looked at together.
const AT_ONCE: usize = 1 << 14;

/// The candidates that are the same as a word or an acronym, and those that hold together: often enough, and with a
/// normalised pointwise mutual information ln(p(w₁…wₙ) / ∏p(wᵢ)) / ((n−1) · −ln p(w₁…wₙ)) of at least the threshold
/// (Bouma 2009, for n words). By the codes of their words.
fn chosen_phrases(
    counts: &Counts,
    known: &[Known<'_>],
    key_counts: &FxHashMap<&str, u64>,
    same: &SameAs,
    by_key: &BTreeMap<String, Gathered>,
) -> Result<BTreeMap<String, Choice>> {
    let n = counts.n_tokens() as f64;
    let floor = u64::from(counts.settings().phrase_floor(counts.n_tokens()));
    let surfaces = Surfaces::new(counts, by_key);
    // Inflections of one phrase first, then phrases that share a key.
    let mut forms: FxHashMap<String, (u64, Vec<u32>)> = FxHashMap::default();
    let is_term = |words: &[&Known<'_>]| match words[0].language {
        Language::De => !ends_with_adjective(words) && !is_act_of(words) && !is_relative(words),
        Language::En => is_noun_phrase(words) && !is_relative(words),
        Language::Other(_) => true,
    };
    let known_of = |spellings: &[u32]| spellings.iter().map(|&s| &known[s as usize]).collect::<Vec<&Known<'_>>>();
    let form = |(spellings, count): (Vec<u32>, u32)| {
        let words = known_of(&spellings);
        let grams: Vec<CandidateWord<'_>> =
            words.iter().map(|k| CandidateWord { letters: k.text, normal: &k.word.normal }).collect();
        let codes = || words.iter().map(|k| k.word.code.as_str()).collect::<Vec<&str>>().join(" ");
        may_be_phrase(&grams, words[0].language).then(|| (codes(), spellings, count))
    };
    let mut candidates = counts.candidates.iter();
    loop {
        let part = candidates.by_ref().take(AT_ONCE).map(|c| c.map(|(c, [count, _])| (words_of(&c).to_vec(), count)));
        let part: Vec<(Vec<u32>, u32)> = part.collect::<Result<_>>()?;
        if part.is_empty() {
            break;
        }
        let found: Vec<Option<(String, Vec<u32>, u32)>> = part.into_par_iter().map(form).collect();
        for (codes, spellings, count) in found.into_iter().flatten() {
            forms.entry(codes).or_insert((0, spellings)).0 += u64::from(count);
        }
    }
    let mut grouped: BTreeMap<String, Group<'_>> = BTreeMap::new();
    let memos: Vec<(Language, Memo<'_>)> =
        counts.languages().into_iter().map(|l| (l, counts.normals.memo(l))).collect();
    let mut forms: Vec<(u64, Vec<u32>)> = forms.into_values().collect();
    forms.sort_unstable_by(|a, b| a.1.cmp(&b.1));
    let keyed = |(count, spellings): &(u64, Vec<u32>)| {
        let words = known_of(spellings);
        let pieces: Vec<Piece<'_>> = words.iter().map(|k| k.word.normal.piece()).collect();
        if *count < floor.div_ceil(4) && !surfaces.may_have(&pieces) {
            return None;
        }
        let (_, memo) = memos.iter().find(|m| m.0 == words[0].language)?;
        Some((memo.normalizer().phrase_key(&pieces), *count, words))
    };
    for part in forms.chunks(AT_ONCE) {
        let keyed: Vec<Option<(String, u64, Vec<&Known<'_>>)>> = part.par_iter().map(keyed).collect();
        for (key, count, words) in keyed.into_iter().flatten() {
            let entry = grouped.entry(same.whole_key(&key).into_owned()).or_default();
            entry.count += count;
            entry.is_itself |= same.key(&key) == key;
            entry.is_term |= is_term(&words);
            entry.candidates.push(words.iter().map(|k| k.word.code.as_str()).collect());
        }
    }
    let mut chosen = BTreeMap::new();
    for (key, Group { count, is_term, is_itself, candidates }) in grouped {
        let word = by_key.get(&key).is_some_and(|g| !g.spellings.is_empty());
        let linked = !is_itself || same.links.contains_key(&key);
        let holds = || {
            let p = count as f64 / n;
            let keys: Vec<&str> = candidates[0].iter().map(|c| piece(c).key).collect();
            let share = |k: &str| key_counts.get(k).copied().unwrap_or(1).max(1) as f64 / n;
            let independent: f64 = keys.iter().map(|k| libm::log(share(k))).sum();
            let npmi = (libm::log(p) - independent) / ((keys.len() - 1) as f64 * -libm::log(p));
            // A rare phrase counts if it is where one of its words nearly always stands: `Invictus Games`.
            let rarest = candidates[0].iter().map(|c| piece(c)).filter(|p| !p.stop);
            let rarest = rarest.filter_map(|p| key_counts.get(p.key)).min().copied().unwrap_or(u64::MAX);
            let home = count >= floor.div_ceil(2).max(2) && count * 5 >= rarest * 4;
            (count >= floor || home) && npmi >= counts.settings().phrase_min_npmi
        };
        if word || linked || (is_term && holds()) {
            for codes in candidates {
                let first_pair = first_pair(&codes);
                let choice = Choice { key: key.clone(), replaces_words: word && !linked, first_pair };
                chosen.insert(codes.join(" "), choice);
            }
        }
    }
    Ok(chosen)
}

/// Candidates that share a key.
#[derive(Default)]
struct Group<'k> {
    count: u64,
    /// Whether one of them may name something.
    is_term: bool,
    /// Whether not all of them are forms of something else.
    is_itself: bool,
    /// The codes of the words of each.
    candidates: Vec<Vec<&'k str>>,
}

/// Whether the last word is an adjective with a capital, half of a name: `Beschluss des Deutschen`.
fn ends_with_adjective(words: &[&Known<'_>]) -> bool {
    let Some((last, first)) = words.split_last().filter(|(_, first)| first.len() > 1) else { return false };
    let lower = last.text.to_lowercase();
    let inflected = lower.ends_with("en") || lower.ends_with("er");
    let adjective = || matches!(german::lemma(&lower, false), Some(german::Lemma::Word(w)) if w != lower);
    first.iter().any(|w| w.word.normal.stop) && inflected && adjective()
}

/// Whether the first word says which of several in time, seen from the speaker: `letzte Legislaturperiode`, `recent years`.
fn is_relative(words: &[&Known<'_>]) -> bool {
    const DE: &[&str] =
        &["letzt", "nächst", "vergangen", "kommend", "vorig", "vorliegend", "jetzig", "heutig", "damalig"];
    const EN: &[&str] = &["last", "next", "recent", "past", "previous", "upcoming", "current", "prior"];
    let Some(first) = words.first().map(|w| w.text.to_lowercase()) else { return false };
    let german =
        || ["e", "er", "en", "es", "em"].iter().any(|e| first.strip_suffix(e).is_some_and(|b| DE.contains(&b)));
    EN.contains(&first.as_str()) || german()
}

/// Whether a German phrase says of a thing only that it is done, half of a title: `Umsetzung der Richtlinie`.
fn is_act_of(words: &[&Known<'_>]) -> bool {
    let [first, second, _] = words else { return false };
    let key = &first.word.normal.key;
    second.word.normal.stop && key.ends_with("ung") && german::is_generic(key)
}

/// Whether an English phrase does not begin with a verb or an adverb and does not end with a participle or an
/// adjective: not `removes bugs`, `publicly available`, `data generated`.
fn is_noun_phrase(words: &[&Known<'_>]) -> bool {
    let [first, .., last] = words else { return true };
    let (first, last) = (first.text.to_lowercase(), last.text.to_lowercase());
    // A plural and a singular in one: `removes`, but `sales`.
    let verb = first.ends_with('s') && english::is_no_noun(&english::regular(&first));
    let adverb = first.ends_with("ly") && english::is_generic(&first);
    // `computer based`, not `network speed`.
    let participle = last.ends_with("ed") && !["eed", "bed", "red", "shed"].iter().any(|e| last.ends_with(e));
    let end = participle || (!last.ends_with('s') && english::is_no_noun(&english::regular(&last)));
    // `cool stuff`
    let empty = [&first, &last].into_iter().all(|w| english::is_listed_generic(w));
    !verb && !adverb && !end && !empty
}

/// Keys and letters of the words of a corpus, to see quickly whether a phrase may be one of them written apart.
struct Surfaces(FxHashSet<String>);

impl Surfaces {
    fn new(counts: &Counts, by_key: &BTreeMap<String, Gathered>) -> Self {
        let mut all: FxHashSet<String> = by_key.keys().map(|k| solid(k)).collect();
        all.extend(counts.spellings().iter().map(|s| solid(&s.text)));
        Self(all)
    }

    fn may_have(&self, pieces: &[Piece<'_>]) -> bool {
        let Some((last, first)) = pieces.split_last() else { return false };
        let before: String = first.iter().map(|p| p.joint).collect();
        [last.key, last.joint].iter().any(|l| self.0.contains(&solid(&format!("{before}{l}"))))
    }
}

/// Letters in lower case, without what stands between words.
fn solid(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Keys that are kept out of rankings by hand.
fn banned_keys(counts: &Counts, hand: &ConceptFile, same: &SameAs) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for language in counts.languages() {
        let memo = counts.normals.memo(language);
        for form in hand.bans.iter().flat_map(|b| &b.forms) {
            let key = memo.normalizer().normal(form).key;
            keys.insert(same.whole_key(&key).into_owned());
            keys.insert(format!("{SPLIT}{form}"));
        }
    }
    keys
}

fn concept(
    key: &str,
    gathered: &Gathered,
    known: &[Known<'_>],
    same: &SameAs,
    banned: &BTreeSet<String>,
    parts: &Parts<'_>,
) -> Concept {
    let spelled: Vec<&Known<'_>> = gathered.spellings.iter().map(|&i| &known[i]).collect();
    let candidates: Vec<Candidate<'_>> = spelled.iter().map(|k| k.candidate()).collect();
    let mut spellings: Vec<(String, u64)> = spelled.iter().map(|k| (k.text.to_owned(), k.count)).collect();
    labels::merge_equal(&mut spellings);
    let linked = same.links.get(key);
    let label = same.labels.get(key).cloned().unwrap_or_else(|| match candidates.is_empty() {
        true => linked.and_then(|l| l.first()).cloned().unwrap_or_else(|| key.to_owned()),
        false => labels::choose(&candidates),
    });
    let mut components = parts.of_concept(&spelled);
    components.iter_mut().for_each(|c| *c = same.key(c).to_owned());
    components.retain(|c| c != key);
    let rules = merging_rules(&spelled);
    Concept {
        kind: kind(&spelled, &label),
        tag: tag(&spelled, linked, parts.counts),
        key: key.to_owned(),
        label,
        spellings,
        components,
        rules: if same.by_acronym.contains(key) { rules.with(Rule::Acronyms) } else { rules },
        same_as: linked.map_or_else(Vec::new, |l| l.iter().cloned().collect()),
        absorbed: false,
        banned: banned.contains(key),
        by_hand: same.by_hand.contains(key),
    }
}

fn tag(spelled: &[&Known<'_>], linked: Option<&BTreeSet<String>>, counts: &Counts) -> Option<ConceptTag> {
    if spelled.iter().any(|k| places().contains(k.text)) {
        return Some(ConceptTag::Place);
    }
    let named = spelled.iter().any(|k| counts.is_organisation(k.text) && k.word.normal.class != SpellingClass::Lower);
    (named || linked.is_some_and(|l| l.iter().any(|name| is_institution_name(name))))
        .then_some(ConceptTag::Organisation)
}

impl Known<'_> {
    fn candidate(&self) -> Candidate<'_> {
        Candidate {
            text: self.text,
            count: self.count,
            telling: self.count - self.initial,
            normal: &self.word.normal,
            language: self.language,
        }
    }
}

/// The rules that changed some of the spellings of a concept that has several.
fn merging_rules(spelled: &[&Known<'_>]) -> Rules {
    if spelled.len() < 2 {
        return Rules::NONE;
    }
    spelled.iter().fold(Rules::NONE, |rules, k| rules.and(k.word.normal.rules))
}

fn kind(spelled: &[&Known<'_>], label: &str) -> ConceptKind {
    let Some(class) = spelled.iter().map(|k| k.word.normal.class).min() else { return ConceptKind::Phrase };
    // `in-depth`, `cutting-edge`, `hand-coded`
    let hyphened = || english::is_listed_generic(&label.to_lowercase()) || english::is_hyphened_adjective(label);
    if label.contains('-') && spelled.iter().all(|k| k.language == Language::En) && hyphened() {
        return ConceptKind::Word;
    }
    let share = |is: &dyn Fn(&Known<'_>) -> bool| {
        let these: u64 = spelled.iter().filter(|k| is(k)).map(|k| k.count).sum();
        these * 2 > spelled.iter().map(|k| k.count).sum()
    };
    // One `De-Mystifying` makes no compound of a hundred `demystify`.
    let plain = |k: &Known<'_>| k.language == Language::En && k.word.normal.class == SpellingClass::Lower;
    if share(&plain) && english::is_generic(&label.to_lowercase()) {
        return ConceptKind::Word;
    }
    match class {
        SpellingClass::Acronym => return ConceptKind::Acronym,
        SpellingClass::Mixed => return ConceptKind::Name,
        SpellingClass::Compound => return ConceptKind::Compound,
        _ => {}
    }
    let mut languages: BTreeMap<Language, u64> = BTreeMap::new();
    for k in spelled {
        *languages.entry(k.language).or_default() += k.count;
    }
    let language = languages.iter().max_by_key(|(l, n)| (**n, std::cmp::Reverse(**l))).map(|(l, _)| *l);
    if language != Some(Language::De) {
        let small = |k: &&&Known<'_>| k.text.starts_with(char::is_lowercase) || k.count == k.initial;
        let lower = spelled.iter().filter(small).map(|k| k.count).sum::<u64>() * 2 > languages.values().sum::<u64>();
        let word = label.to_lowercase();
        let lower = lower || label == word;
        let generic = || {
            english::is_adverb(&word)
                || english::is_half_of_name(&word, label)
                || (lower && (english::is_generic(&word) || is_no_noun(spelled)))
        };
        let is_word = language == Some(Language::En) && generic();
        return if is_word { ConceptKind::Word } else { ConceptKind::Noun };
    }
    let lower: u64 = spelled.iter().filter(|k| k.word.normal.class == SpellingClass::Lower).map(|k| k.count).sum();
    let capital: u64 =
        spelled.iter().filter(|k| k.word.normal.class != SpellingClass::Lower).map(|k| k.count - k.initial).sum();
    let noun = spelled.iter().any(|k| k.word.normal.noun);
    let sure = || has_noun_ending(label) || lexicon::is_noun(&spelled[0].word.normal.key) && !is_other_word(label);
    let topical =
        noun && (capital > lower || (lower == 0 && sure())) && !german::is_generic(&spelled[0].word.normal.key);
    if topical { ConceptKind::Noun } else { ConceptKind::Word }
}

/// Whether at least two of five mentions of an English word are forms of a verb or an adjective, gerunds apart.
fn is_no_noun(spelled: &[&Known<'_>]) -> bool {
    let is_form = |k: &&&Known<'_>| english::is_no_noun(&english::regular(&k.text.to_lowercase()));
    let other: u64 = spelled.iter().filter(is_form).map(|k| k.count).sum();
    other * 5 >= 2 * spelled.iter().map(|k| k.count).sum::<u64>()
}

/// Whether the lower-case letters of a noun are also another word, so that a capital at the start of a sentence says
/// nothing.
fn is_other_word(label: &str) -> bool {
    let lower = label.to_lowercase();
    matches!(german::lemma(&lower, false), Some(german::Lemma::Word(_)))
}

/// Endings that only German nouns have: the word was seen at the start of sentences alone.
fn has_noun_ending(label: &str) -> bool {
    [
        "ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion", "tionen", "tät", "täten",
        "ismus", "ment", "enz", "anz",
    ]
    .iter()
    .any(|e| label.len() > e.len() + 2 && label.ends_with(e))
}

/// Cuts compounds, with the words that the corpus uses alone.
struct Parts<'c> {
    counts: &'c Counts,
    /// Nouns that the lexicon lacks and the corpus uses.
    own: FxHashSet<&'c str>,
}

/// A word that the lexicon lacks must stand so often to be a part of others.
const OWN_WORD: u64 = 3;

impl<'c> Parts<'c> {
    fn new(counts: &'c Counts, known: &[Known<'_>], by_key: &'c BTreeMap<String, Gathered>) -> Self {
        let own = by_key.iter().filter(|(key, gathered)| {
            let plain = || {
                gathered
                    .spellings
                    .iter()
                    .map(|&i| &known[i])
                    .all(|k| k.language == Language::De && k.word.normal.class == SpellingClass::Capital)
            };
            let count = || gathered.spellings.iter().map(|&i| known[i].count - known[i].initial).sum::<u64>();
            key.len() >= 4 && !gathered.spellings.is_empty() && plain() && count() >= OWN_WORD && !lexicon::is_word(key)
        });
        Self { counts, own: own.map(|(key, _)| key.as_str()).collect() }
    }

    /// Components of a concept: those of a spelling with hyphens if there is one, else those of the solid word.
    fn of_concept(&self, spelled: &[&Known<'_>]) -> Vec<String> {
        let by_hyphen = spelled.iter().filter(|k| !k.word.normal.parts.is_empty());
        let first = by_hyphen.max_by_key(|k| (k.word.normal.parts.len(), k.count, std::cmp::Reverse(k.text)));
        let Some(best) = first.or_else(|| spelled.iter().min_by_key(|k| k.text)) else { return Vec::new() };
        let memo = self.counts.normals.memo(best.language);
        let normalizer: &Normalizer = memo.normalizer();
        if !normalizer.rules().has(Rule::Compounds) {
            return Vec::new();
        }
        normalizer.components(best.text, &|w| self.own.contains(w))
    }

    /// Components of a key that is no concept itself.
    fn of_key(&self, key: &str) -> Vec<String> {
        self.german().map_or_else(Vec::new, |n| n.components_of_key(key, &|w| self.own.contains(w)))
    }

    fn german(&self) -> Option<&Normalizer> {
        let is_used = self.counts.languages().contains(&Language::De);
        is_used.then(|| self.counts.normals.memo(Language::De).normalizer())
    }
}

/// For each concept the compounds that contain it, also by way of other compounds. Phrases are none: their words are
/// counted beside them.
fn containing(concepts: &Concepts, parts: &Parts<'_>, same: &SameAs) -> Vec<Vec<ConceptId>> {
    let closures: Vec<Vec<ConceptId>> = (0..concepts.all.len())
        .into_par_iter()
        .map(|id| {
            let concept = &concepts.all[id];
            let mut found: BTreeSet<ConceptId> = BTreeSet::new();
            let mut seen: BTreeSet<String> = BTreeSet::new();
            let mut open: Vec<String> =
                if concept.kind == ConceptKind::Phrase { Vec::new() } else { concept.components.clone() };
            // What is cut at all may be cut elsewhere.
            if open.len() == 2 {
                let is_compound =
                    |key: &str| concepts.by_key(key).is_some_and(|id| concepts.get(id).components.len() == 2);
                open.extend(parts.german().map_or_else(Vec::new, |n| n.inner_of_key(&concept.key, &is_compound)));
            }
            while let Some(key) = open.pop() {
                if !seen.insert(key.clone()) {
                    continue;
                }
                match concepts.by_key(&key) {
                    Some(part) => {
                        found.insert(part);
                        open.extend(concepts.all[part as usize].components.iter().cloned());
                    }
                    None => open.extend(parts.of_key(&key).iter().map(|k| same.key(k).to_owned())),
                }
            }
            found.remove(&(id as ConceptId));
            found.into_iter().collect()
        })
        .collect();
    let mut containing: Vec<Vec<ConceptId>> = vec![Vec::new(); concepts.all.len()];
    for (id, closure) in closures.into_iter().enumerate() {
        for part in closure {
            containing[part as usize].push(id as ConceptId);
        }
    }
    containing
}
