//! Keys that mean the same: acronyms and their long forms, from a table and from the texts, and merges by hand.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::SPLIT;
use super::hand::ConceptFile;
use crate::corpus::Language;
use crate::counts::fold::{Counts, Definition};
use crate::text::spelling::{is_capitals, with_capital};
use crate::text::{Normalizer, Rule, Rules, acronyms};

/// An acronym that stands for two things.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ambiguous {
    /// The acronym.
    pub acronym: String,
    /// What the texts and the table say it stands for, by letters.
    pub long_forms: Vec<String>,
}

/// Which keys are counted together.
#[derive(Debug, Default)]
pub(super) struct SameAs {
    /// Key → the key of its group.
    pub canonical: FxHashMap<String, String>,
    /// Key of a group → the forms that were linked, other than the acronym.
    pub links: BTreeMap<String, BTreeSet<String>>,
    /// Long forms of several words: the keys of their words joined by blanks → the key of the group.
    pub long: FxHashMap<String, String>,
    /// Labels given by hand, by the key of the group.
    pub labels: BTreeMap<String, String>,
    /// Keys of groups that acronyms made.
    pub by_acronym: BTreeSet<String>,
    /// Keys of groups that were merged by hand.
    pub by_hand: BTreeSet<String>,
    /// Acronyms with two long forms, which are linked to none.
    pub ambiguous: Vec<Ambiguous>,
    /// Keys that others are counted under.
    heads: FxHashSet<String>,
}

/// A form as the counts see it.
#[derive(PartialEq, Eq)]
struct Form {
    key: String,
    /// Keys of its words, joined, if it has several.
    words: Option<String>,
    text: String,
}

impl Form {
    fn new(text: &str, normalizer: &Normalizer) -> Self {
        let normal = normalizer.normal(text);
        let words = text.trim().contains(char::is_whitespace).then(|| {
            let words: Vec<String> = text.split_whitespace().map(|w| normalizer.normal(w).key).collect();
            words.join(" ")
        });
        Self { key: normal.key, words, text: text.to_owned() }
    }

    /// Whether two long forms are one but for a slip of the pen.
    fn is_like(&self, other: &Self) -> bool {
        nearly_equal(&self.key, &other.key) || nearly_equal(&self.text.to_lowercase(), &other.text.to_lowercase())
    }
}

impl SameAs {
    pub(super) fn new(counts: &Counts, hand: &ConceptFile) -> Self {
        let mut same = Self::default();
        let settings = counts.settings();
        let mut languages = counts.languages();
        if languages.is_empty() {
            languages = vec![Language::De, Language::En];
        }
        let defined = counts.definitions().iter().map(|(definition, _)| definition.language);
        let used: BTreeSet<Language> = languages.iter().copied().chain(defined).collect();
        let normalizers: FxHashMap<Language, Normalizer> =
            used.into_iter().map(|l| (l, settings.normalizer(l))).collect();
        if settings.rules.has(Rule::Acronyms) {
            let learned = learned(counts.definitions(), &normalizers);
            let table = table(settings.rules);
            let learned = without_strays(learned, &table, counts);
            let table: Vec<&[Form]> =
                table.iter().filter(|(weak, g)| !weak || !is_otherwise(&learned, g)).map(|g| g.1.as_slice()).collect();
            same.ambiguous = ambiguous(&learned, &table);
            let clear = |acronym: &str| same.ambiguous.binary_search_by(|a| a.acronym.as_str().cmp(acronym)).is_err();
            let table: Vec<&[Form]> = table.into_iter().filter(|g| clear(&g[0].key)).collect();
            let learned: Vec<Learned> = learned.into_iter().filter(|l| clear(&l.acronym.key)).collect();
            for group in table {
                same.join(group);
            }
            for found in learned {
                same.join(&[found.acronym, found.long, found.name]);
            }
        }
        same.by_acronym = same.links.keys().cloned().collect();
        for merge in &hand.merges {
            let mut forms = Vec::new();
            for normalizer in languages.iter().filter_map(|l| normalizers.get(l)) {
                forms.extend(merge.forms.iter().map(|f| Form::new(f, normalizer)));
            }
            same.join(&forms);
            same.by_hand.extend(forms.first().map(|f| same.key(&f.key).to_owned()));
            if let (Some(label), Some(first)) = (&merge.label, forms.first()) {
                same.labels.insert(same.key(&first.key).to_owned(), label.clone());
            }
        }
        // A phrase that is split off is found before everything else it could be.
        for form in hand.splits.iter().flat_map(|s| &s.forms).filter(|f| f.contains(char::is_whitespace)) {
            for normalizer in languages.iter().filter_map(|l| normalizers.get(l)) {
                if let Some(words) = Form::new(form, normalizer).words {
                    same.long.insert(words, format!("{SPLIT}{form}"));
                }
            }
        }
        same
    }

    /// Joins words in capitals with the same letters written as a name, `COVID` and `Covid`, also inside words with hyphens.
    /// `named` tells of an acronym the key of such a name, if there is one; `keys` are all there are.
    pub(super) fn join_capitals<'k>(
        &mut self,
        acronyms: impl Iterator<Item = &'k str>,
        named: impl Fn(&str) -> Option<String>,
        keys: impl Iterator<Item = &'k str>,
    ) {
        let mut names: FxHashMap<&str, String> = FxHashMap::default();
        for acronym in acronyms {
            let lower = acronym.to_lowercase();
            if let Some(key) = named(acronym) {
                self.join_keys(acronym, &key);
                names.insert(acronym, key);
            } else if self.key(&lower) == self.key(acronym) {
                // `COVID` by the table.
                names.insert(acronym, lower);
            }
        }
        if names.is_empty() {
            return;
        }
        let keys: BTreeSet<&str> = keys.collect();
        for key in &keys {
            if !key.split('-').any(|part| part.len() < key.len() && names.contains_key(part)) {
                continue;
            }
            let parts: Vec<&str> = key.split('-').map(|part| names.get(part).map_or(part, String::as_str)).collect();
            // German compounds of words have no hyphen in their key.
            for other in [parts.join("-"), parts.concat()].iter().filter(|other| keys.contains(other.as_str())) {
                self.join_keys(key, other);
            }
        }
    }

    /// Counts the second key under the first.
    pub(super) fn join_keys(&mut self, first: &str, second: &str) {
        let form = |key: &str| Form { key: key.to_owned(), words: None, text: key.to_owned() };
        let had = self.links.contains_key(self.key(first));
        self.join(&[form(first), form(second)]);
        let target = self.key(first).to_owned();
        // Spellings say as much as a link would.
        if !had {
            self.links.remove(&target);
        }
        self.by_acronym.insert(target);
    }

    /// The key of the group that `key` belongs to, or `key`.
    pub(super) fn key<'k>(&'k self, key: &'k str) -> &'k str {
        self.canonical.get(key).map_or(key, String::as_str)
    }

    /// As [`Self::key`], also where only a word of it is linked.
    pub(super) fn whole_key<'k>(&'k self, key: &'k str) -> Cow<'k, str> {
        linked_key(&self.canonical, key)
    }

    /// Joins the groups of forms under the key of the first.
    fn join(&mut self, forms: &[Form]) {
        let Some(first) = forms.first() else { return };
        let target = self.key(&first.key).to_owned();
        self.heads.insert(target.clone());
        for form in forms {
            let old = self.key(&form.key).to_owned();
            if old != target {
                // Few keys have others under them.
                if self.heads.remove(&old) {
                    self.canonical.values_mut().filter(|to| **to == old).for_each(|to| to.clone_from(&target));
                    self.long.values_mut().filter(|to| **to == old).for_each(|to| to.clone_from(&target));
                }
                self.canonical.insert(old.clone(), target.clone());
                self.canonical.insert(form.key.clone(), target.clone());
                let links = self.links.remove(&old).unwrap_or_default();
                self.links.entry(target.clone()).or_default().extend(links);
            }
            if form.key != first.key {
                self.links.entry(target.clone()).or_default().insert(form.text.clone());
            }
            if let Some(words) = &form.words {
                self.long.insert(words.clone(), target.clone());
            }
        }
    }
}

/// The key that a key counts under by `links`: its own, or that of its words, `KI-strategie` for `AI-strategie`.
pub(super) fn linked_key<'k>(links: &'k FxHashMap<String, String>, key: &'k str) -> Cow<'k, str> {
    const APART: [char; 2] = [' ', '-'];
    if let Some(key) = links.get(key) {
        return Cow::Borrowed(key);
    }
    // Whether spellings differ, not words: no `academy` for an academy with an acronym of its own.
    let is_spelling =
        |word: &str, to: &str| is_capitals(word) || to.to_lowercase() == word || (!word.is_ascii() && !is_capitals(to));
    let target = |word: &str| {
        let word = word.trim_end_matches(APART);
        links.get(word).filter(|to| !to.contains(APART) && is_spelling(word, to))
    };
    if !key.contains(APART) || !key.split(APART).any(|word| target(word).is_some()) {
        return Cow::Borrowed(key);
    }
    let mut whole = String::with_capacity(key.len());
    // Acronyms stand apart by a hyphen.
    let mut is_apart = false;
    for word in key.split_inclusive(APART) {
        let plain = word.trim_end_matches(APART);
        let to = target(word).map_or(plain, String::as_str);
        let is_acronym = to != plain && is_capitals(to);
        if (is_apart || is_acronym) && whole.ends_with(' ') {
            whole.pop();
            whole.push('-');
        }
        whole.push_str(to);
        whole.push_str(&word[plain.len()..]);
        is_apart = is_acronym;
    }
    match links.get(&whole) {
        Some(key) => Cow::Borrowed(key),
        None => Cow::Owned(whole),
    }
}

/// An acronym with one long form.
struct Learned {
    language: Language,
    /// How often texts say so.
    count: u64,
    acronym: Form,
    long: Form,
    name: Form,
}

fn learned(definitions: &[(Definition, u32)], normalizers: &FxHashMap<Language, Normalizer>) -> Vec<Learned> {
    let of = |(d, count): &(Definition, u32)| {
        let normalizer = &normalizers[&d.language];
        Learned {
            language: d.language,
            count: u64::from(*count),
            acronym: Form::new(&d.acronym, normalizer),
            long: Form::new(&d.long, normalizer),
            name: Form::new(&d.name, normalizer),
        }
    };
    definitions.iter().map(of).collect()
}

/// Without what texts hardly ever say: a meaning that less than a twentieth of the mentions of an acronym of the table goes
/// with, or less than a tenth of the explanations of another one.
fn without_strays(mut learned: Vec<Learned>, table: &[Group], counts: &Counts) -> Vec<Learned> {
    const OF_MENTIONS: u64 = 20;
    const OF_EXPLANATIONS: u64 = 10;
    let mut mentions: FxHashMap<&str, u64> = learned.iter().map(|l| (l.acronym.key.as_str(), 0)).collect();
    for spelling in counts.spellings() {
        if let Some(n) = mentions.get_mut(spelling.text.as_str()) {
            *n += spelling.count;
        }
    }
    let groups: FxHashMap<&str, &Group> =
        table.iter().flat_map(|g| g.1.iter().map(move |f| (f.key.as_str(), g))).collect();
    let mut by_acronym: FxHashMap<&str, Vec<&Learned>> = FxHashMap::default();
    for one in &learned {
        by_acronym.entry(&one.acronym.key).or_default().push(one);
    }
    let is_stray = |l: &Learned| {
        let of_acronym = || by_acronym[l.acronym.key.as_str()].iter();
        let n: u64 = of_acronym().filter(|o| o.long.is_like(&l.long)).map(|o| o.count).sum();
        match groups.get(l.acronym.key.as_str()) {
            Some(group) if group.1.iter().any(|f| f.is_like(&l.long)) => false,
            Some(_) => n * OF_MENTIONS < mentions[l.acronym.key.as_str()],
            None => n * OF_EXPLANATIONS < of_acronym().map(|o| o.count).sum(),
        }
    };
    let strays: Vec<bool> = learned.par_iter().map(is_stray).collect();
    let mut strays = strays.into_iter();
    learned.retain(|_| strays.next() == Some(false));
    learned
}

/// A group of the table, with whether it gives way to what a text explains.
type Group = (bool, Vec<Form>);

/// The table of acronyms in keys. They hang on the rules alone, so each set of rules makes them once.
fn table(rules: Rules) -> Arc<Vec<Group>> {
    static MADE: Mutex<BTreeMap<Rules, Arc<Vec<Group>>>> = Mutex::new(BTreeMap::new());
    let made = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(table) = made().get(&rules) {
        return Arc::clone(table);
    }
    // Not under the lock: whoever waits for a thread of the pool must hold nothing that another task may want.
    let written = if rules == Rules::all() { table_of(WRITTEN) } else { None };
    let table = written.unwrap_or_else(|| table_by(rules));
    Arc::clone(made().entry(rules).or_insert(Arc::new(table)))
}

/// The keys of the table under all rules, so that not every run makes them. A line for each form, in the order of
/// [`table_by`]: its key, and if it has several words a tab and their keys, unless these are the same; `=` for the line
/// before once more.
const WRITTEN: &str = include_str!("acronym_keys.txt");

/// The table with its keys as written, if they are those of as many forms.
fn table_of(written: &str) -> Option<Vec<Group>> {
    let mut last = "";
    let mut keys = written.lines().map(|line| {
        last = if line == "=" { last } else { line };
        last.split_once('\t')
            .map_or((last, None), |(key, words)| (key, Some(if words.is_empty() { key } else { words })))
    });
    let mut form = |text: &str| {
        let (key, words) = keys.next()?;
        Some(Form { key: key.to_owned(), words: words.map(str::to_owned), text: text.to_owned() })
    };
    let mut group = |group: acronyms::Group| {
        let texts = texts_of(&group.forms);
        let forms: Option<Vec<Form>> = texts.iter().flat_map(|text| [text; 2]).map(|text| form(text)).collect();
        Some((group.weak, forms?))
    };
    let table: Option<Vec<Group>> = acronyms::table().map(&mut group).collect();
    table.filter(|_| keys.next().is_none())
}

/// The table with its keys made by rules: each form as a German text has it, then as an English one.
fn table_by(rules: Rules) -> Vec<Group> {
    let normalizers = [Language::De, Language::En].map(|l| Normalizer::new(l, &[], &[], rules));
    let groups: Vec<acronyms::Group> = acronyms::table().collect();
    let forms = |text: &String| normalizers.each_ref().map(|n| Form::new(text, n));
    groups.par_iter().map(|g| (g.weak, texts_of(&g.forms).iter().flat_map(forms).collect())).collect()
}

/// The forms of a group of the table, as German and English texts may write them.
fn texts_of(group: &[&str]) -> Vec<String> {
    let several = |text: &&str| text.contains(' ');
    let mut texts: Vec<String> = Vec::new();
    for text in group {
        texts.push((*text).to_owned());
        // Also without hyphens: `peer to peer`, `term frequency inverse document frequency`.
        let apart = Some(*text).filter(several).filter(|t| t.contains('-')).map(|t| t.replace('-', " "));
        // As a German text writes an English term: with capitals.
        let capitals: Vec<String> = [Some(*text), apart.as_deref()]
            .into_iter()
            .flatten()
            .filter(several)
            .map(|t| t.split(' ').map(with_capital).collect::<Vec<_>>().join(" "))
            .collect();
        texts.extend(apart.into_iter().chain(capitals));
    }
    texts.dedup();
    texts
}

/// Whether a text explains the acronym of a group otherwise.
fn is_otherwise(learned: &[Learned], group: &[Form]) -> bool {
    let has = |form: &Form| group.iter().any(|f| f.is_like(form));
    learned.iter().any(|l| l.acronym.key == group[0].key && !has(&l.long))
}

/// Acronyms that have two different long forms within one language, or another one than the table says.
fn ambiguous(learned: &[Learned], table: &[&[Form]]) -> Vec<Ambiguous> {
    let mut forms: BTreeMap<(&str, Language), BTreeMap<&str, &str>> = BTreeMap::new();
    for l in learned {
        let known = table.iter().copied().find(|g| g.iter().any(|f| f.key == l.acronym.key));
        let group = known.filter(|g| g.iter().any(|f| f.is_like(&l.long)));
        let key = group.map_or(l.long.key.as_str(), |g| g[0].key.as_str());
        let entry = forms.entry((&l.acronym.key, l.language)).or_default();
        // A slip of the pen is no second meaning.
        let text = l.long.text.to_lowercase();
        if entry.iter().any(|(k, other)| nearly_equal(k, key) || nearly_equal(&other.to_lowercase(), &text)) {
            continue;
        }
        entry.entry(key).or_insert(&l.long.text);
        if let (Some(g), None) = (known, group)
            && let Some(long) = g.iter().find(|f| f.words.is_some() || f.text.chars().count() > 10)
        {
            entry.entry(&g[0].key).or_insert(&long.text);
        }
    }
    let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for ((acronym, _), long) in forms {
        if long.len() > 1 {
            all.entry(acronym).or_default().extend(long.values());
        }
    }
    let owned = |forms: BTreeSet<&str>| forms.into_iter().map(str::to_owned).collect();
    all.into_iter().map(|(a, forms)| Ambiguous { acronym: a.to_owned(), long_forms: owned(forms) }).collect()
}

/// Whether two long forms differ in no more than one letter of ten.
fn nearly_equal(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let allowed = a.len().max(b.len()) / 10;
    if a.len().abs_diff(b.len()) > allowed || a.len() > 200 || b.len() > 200 {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let cost = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], cost);
        }
    }
    row[b.len()] <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(table: &[Group]) -> String {
        let line = |form: &Form| match &form.words {
            Some(words) if *words == form.key => format!("{}\t\n", form.key),
            Some(words) => format!("{}\t{words}\n", form.key),
            None => format!("{}\n", form.key),
        };
        let lines: Vec<String> = table.iter().flat_map(|group| &group.1).map(line).collect();
        let once = |i: usize| if i > 0 && lines[i] == lines[i - 1] { "=\n" } else { lines[i].as_str() };
        (0..lines.len()).map(once).collect()
    }

    /// After a change of rules or lists: `INSTA_UPDATE=always cargo test --lib acronym_keys`.
    #[test]
    fn acronym_keys_are_written_as_the_rules_make_them() {
        let table = table_by(Rules::all());
        if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/counts/concepts/acronym_keys.txt");
            return std::fs::write(path, lines(&table)).expect("writable");
        }
        let differ = "INSTA_UPDATE=always cargo test --lib acronym_keys writes them anew";
        assert!(table_of(WRITTEN).is_some_and(|written| written == table), "{differ}");
        assert!(lines(&table) == WRITTEN, "{differ}");
        assert!(table_of("KI\n=\n").is_none(), "a list that is too short is no table");
    }
}
