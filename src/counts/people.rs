//! People: counted by name and spelling with the words, joined over all documents, and made concepts.

mod joined;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use self::joined::{Joined, best_known};
use super::concepts::{Concept, ConceptId, ConceptKind, Concepts};
use super::fold::{Counts, SessionRow};
use super::reading::Part;
use crate::corpus::{Language, Session, Span, Year};
use crate::text::names::{bare_name, strip_genitive, surname_of};
use crate::text::{Rules, lexicon};

/// Which of the people that texts name are left out of the concepts of kind `person`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PersonRule {
    /// Those who take part in the document that names them.
    #[default]
    Speakers,
    /// Everybody: there are no such concepts.
    All,
    /// Nobody.
    None,
}

impl PersonRule {
    /// Its name in settings and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Speakers => "speakers",
            Self::All => "all",
            Self::None => "none",
        }
    }

    fn keeps(self, form: &PersonForm) -> bool {
        match self {
            Self::Speakers => !form.takes_part,
            Self::All => false,
            Self::None => true,
        }
    }
}

/// A person as one document knows them, in one spelling.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonForm {
    /// The full name, or the surname where the document has no more.
    pub name: String,
    /// Whether they speak in the document.
    pub takes_part: bool,
    /// The name as it stands there.
    pub form: String,
}

/// `(form, count)`, by index in [`Counts::persons`].
type Cells = Vec<(u32, u32)>;

/// People in the making: ids in order of appearance.
#[derive(Default)]
pub(super) struct PeopleTally(FxHashMap<PersonForm, u32>);

impl PeopleTally {
    fn id(&mut self, form: PersonForm) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(form).or_insert(next)
    }

    /// Counts the people of a session; a speaker is there though nothing names them.
    pub(super) fn add(&mut self, session: &Session, parts: &[Part<'_>]) -> Cells {
        let mut cells: FxHashMap<u32, u32> = FxHashMap::default();
        for name in session.speakers.iter().map(|s| bare_name(s).join(" ")).filter(|name| !name.is_empty()) {
            let id = self.id(PersonForm { form: name.clone(), name, takes_part: true });
            cells.entry(id).or_default();
        }
        for part in parts {
            for named in &part.people {
                let first = part.tokens[named.token].span.start;
                let end = part.tokens[named.token + named.n_tokens - 1].span.end;
                let form = Span::new(first, end).of(part.text).split_whitespace().collect::<Vec<_>>().join(" ");
                let person = &named.person;
                let id = self.id(PersonForm { name: person.name.clone(), takes_part: person.takes_part, form });
                *cells.entry(id).or_default() += 1;
            }
        }
        cells.into_iter().collect()
    }

    /// Takes in the people of another part, and gives its rows the ids of this one.
    pub(super) fn absorb(&mut self, other: Self, rows: &mut [SessionRow]) {
        let mut forms: Vec<(PersonForm, u32)> = other.0.into_iter().collect();
        forms.sort_unstable_by_key(|f| f.1);
        let ids: Vec<u32> = forms.into_iter().map(|(form, _)| self.id(form)).collect();
        for cell in rows.iter_mut().flat_map(|row| &mut row.persons) {
            cell.0 = ids[cell.0 as usize];
        }
    }

    /// The canonical form: everything sorted, rows too.
    pub(super) fn finish<'r>(self, rows: impl Iterator<Item = &'r mut SessionRow>) -> Vec<PersonForm> {
        let mut forms: Vec<(PersonForm, u32)> = self.0.into_iter().collect();
        forms.sort_unstable();
        let mut ids = vec![0; forms.len()];
        for (new, (_, old)) in forms.iter().enumerate() {
            ids[*old as usize] = new as u32;
        }
        for row in rows {
            row.persons.iter_mut().for_each(|cell| cell.0 = ids[cell.0 as usize]);
            row.persons.sort_unstable();
        }
        forms.into_iter().map(|f| f.0).collect()
    }
}

impl From<Vec<PersonForm>> for PeopleTally {
    fn from(forms: Vec<PersonForm>) -> Self {
        Self(forms.into_iter().enumerate().map(|(id, form)| (form, id as u32)).collect())
    }
}

/// Spellings with their counts, most frequent first.
type Spellings = Vec<(String, u64)>;

fn sorted_spellings(forms: BTreeMap<&str, u64>) -> Spellings {
    let mut spellings: Spellings = forms.into_iter().map(|(form, n)| (form.to_owned(), n)).collect();
    super::concepts::sort_spellings(&mut spellings);
    spellings
}

/// Who the names of all documents mean.
fn joined(counts: &Counts) -> Joined {
    let mut mentions = vec![0; counts.persons().len()];
    for &(form, n) in counts.rows().iter().flat_map(|row| &row.persons) {
        mentions[form as usize] += u64::from(n);
    }
    Joined::of(counts.persons(), &mentions)
}

/// Adds one concept for every person that `counts` name and its settings keep, after all other concepts, by key.
pub(super) fn append(counts: &Counts, concepts: &mut Concepts) {
    let settings = counts.settings();
    let joined = joined(counts);
    concepts.of_person = vec![None; counts.persons().len()];
    let mut forms: BTreeMap<(String, usize), BTreeMap<&str, u64>> = BTreeMap::new();
    for (index, count) in counts.rows().iter().flat_map(|row| &row.persons).filter(|cell| cell.1 > 0) {
        let form = &counts.persons()[*index as usize];
        if settings.marks_names() && settings.persons.keeps(form) {
            let person = joined.of_form[*index as usize];
            let key = joined.names[person].to_lowercase();
            *forms.entry((key, person)).or_default().entry(&form.form).or_default() += u64::from(*count);
        }
    }
    let taken: FxHashSet<String> = concepts.all.iter().map(|c| c.key.clone()).collect();
    let mut ids: FxHashMap<usize, ConceptId> = FxHashMap::default();
    for ((key, person), forms) in forms {
        let label = joined.names[person].clone();
        // A surname alone, such as `schwarz`, is also the key of a word.
        let is_free = surname_of(&label).1 && !taken.contains(&key);
        ids.insert(person, concepts.all.len() as ConceptId);
        concepts.all.push(Concept {
            key: if is_free { key } else { format!("{key} (person)") },
            label,
            kind: ConceptKind::Person,
            tag: None,
            spellings: sorted_spellings(forms),
            components: Vec::new(),
            rules: Rules::NONE,
            same_as: Vec::new(),
            absorbed: false,
            banned: false,
            by_hand: false,
        });
    }
    for (index, form) in counts.persons().iter().enumerate() {
        if settings.persons.keeps(form) {
            concepts.of_person[index] = ids.get(&joined.of_form[index]).copied();
        }
    }
}

/// A surname that is a place or a thing stands alone much more often than in a name.
const MAX_ALONE: u64 = 20;

/// Gives surnames that stand alone, where their document knows nobody of that name, to the people whom the corpus
/// knows by them: to the one person concept with that surname or nearly all mentions of it, else as a person of its own. Only surnames that are no
/// German word; English has no lexicon to tell.
///
/// Returns which concepts went to which.
pub(super) fn claim_surnames(counts: &Counts, concepts: &mut Concepts) -> FxHashMap<ConceptId, ConceptId> {
    let mut moved: FxHashMap<ConceptId, ConceptId> = FxHashMap::default();
    if !counts.settings().marks_names() || counts.settings().persons == PersonRule::All {
        return moved;
    }
    // How often somebody of each surname is named in full.
    let mut in_full: FxHashMap<&str, u64> = FxHashMap::default();
    for &(form, count) in counts.rows().iter().flat_map(|row| &row.persons) {
        let form = &counts.persons()[form as usize];
        if surname_of(&form.form).1 {
            *in_full.entry(surname_of(&form.name).0).or_default() += u64::from(count);
        }
    }
    let mut holders: FxHashMap<String, Vec<ConceptId>> = FxHashMap::default();
    for id in concepts.n_topics..concepts.all.len() {
        holders.entry(surname_of(&concepts.all[id].label).0.to_owned()).or_default().push(id as ConceptId);
    }
    for id in 0..concepts.n_topics {
        let concept = &concepts.all[id];
        let plain = concept.kind == ConceptKind::Noun && concept.components.is_empty();
        let full = |name: &str| in_full.get(name).copied().unwrap_or(0);
        let named = concept.spellings.iter().filter(|(s, _)| {
            let full = full(s).max(full(strip_genitive(s)));
            full >= 2 && full * MAX_ALONE >= concept.count()
        });
        // A slip of the pen (`scholzen`) makes no other word of it.
        let names = named.map(|(_, n)| n).sum::<u64>() * 10 >= concept.count() * 9;
        let german = concept.spellings.iter().any(|(s, _)| counts.index_of(Language::De, s).is_some());
        // A form of a verb that the corpus never has (`merkel` of `merkeln`) is no word.
        let is_word = |word: &str| {
            lexicon::is_noun(word) || (lexicon::is_word(word) && counts.index_of(Language::De, word).is_some())
        };
        if !(plain && names && german) || is_word(&concept.key) || is_word(&concept.label.to_lowercase()) {
            continue;
        }
        let known: Vec<(ConceptId, u64)> = holders
            .get(&concept.label)
            .map(|ids| ids.iter().map(|&person| (person, concepts.all[person as usize].count())).collect())
            .unwrap_or_default();
        match best_known(&known) {
            Some(person) => {
                moved.insert(id as ConceptId, person);
            }
            None => concepts.all[id].kind = ConceptKind::Person,
        }
    }
    for (&from, &to) in &moved {
        let spellings = std::mem::take(&mut concepts.all[from as usize].spellings);
        let person = &mut concepts.all[to as usize].spellings;
        person.extend(spellings);
        super::concepts::merge_spellings(person);
    }
    for concept in concepts.of_spelling.iter_mut().flatten() {
        if let Some(&person) = moved.get(concept) {
            *concept = person;
        }
    }
    moved
}

/// Takes English words that are names from the topics: never in lower case, and at least a third as often a word
/// of somebody's full name as alone (`Frank`, not `Julia` the language). They are counted, and not ranked.
pub(super) fn claim_english(counts: &Counts, concepts: &mut Concepts) {
    if !counts.settings().marks_names() {
        return;
    }
    let mut in_full: FxHashMap<&str, u64> = FxHashMap::default();
    for &(form, count) in counts.rows().iter().flat_map(|row| &row.persons) {
        let form = &counts.persons()[form as usize];
        if surname_of(&form.form).1 {
            for word in form.name.split(' ') {
                *in_full.entry(word).or_default() += u64::from(count);
            }
        }
    }
    for concept in &mut concepts.all[..concepts.n_topics] {
        let plain = concept.kind == ConceptKind::Noun && concept.components.is_empty() && concept.tag.is_none();
        let names = |(word, _): &(String, u64)| {
            let full = |word: &str| in_full.get(word).copied().unwrap_or(0);
            let full = full(word).max(full(strip_genitive(word)));
            word.starts_with(char::is_uppercase)
                && counts.index_of(Language::De, word).is_none()
                && full >= 2
                && full * 3 >= concept.count()
        };
        if plain && concept.spellings.iter().all(names) {
            concept.kind = ConceptKind::Word;
        }
    }
}

/// Makes a phrase a person if its words are somebody's full name elsewhere in the corpus.
pub(super) fn claim_phrases(counts: &Counts, concepts: &mut Concepts) {
    if !counts.settings().marks_names() {
        return;
    }
    let names: FxHashSet<&str> =
        counts.persons().iter().map(|f| f.name.as_str()).filter(|name| surname_of(name).1).collect();
    for concept in concepts.all[..concepts.n_topics].iter_mut().filter(|c| c.kind == ConceptKind::Phrase) {
        if concept.spellings.iter().any(|(s, _)| names.contains(s.as_str()) || names.contains(strip_genitive(s))) {
            concept.kind = ConceptKind::Person;
        }
    }
}

/// Adds the mentions of people in a session to its other cells.
pub(super) fn add_cells(row: &SessionRow, concepts: &Concepts, cells: &mut BTreeMap<ConceptId, u32>) {
    for &(form, count) in row.persons.iter().filter(|cell| cell.1 > 0) {
        if let Some(concept) = concepts.of_person[form as usize] {
            *cells.entry(concept).or_default() += count;
        }
    }
}

/// The concepts of the people that documents know: by name, and whether they take part.
pub(super) struct PersonFinder<'c>(FxHashMap<(&'c str, bool), ConceptId>);

impl<'c> PersonFinder<'c> {
    pub(super) fn new(counts: &'c Counts, concepts: &Concepts) -> Self {
        let forms = counts.persons().iter().zip(&concepts.of_person);
        Self(forms.filter_map(|(f, id)| Some(((f.name.as_str(), f.takes_part), (*id)?))).collect())
    }

    /// Every mention in a part: the concept, its first token and the number of its tokens.
    pub(super) fn mentions(&self, part: &Part<'_>) -> impl Iterator<Item = (ConceptId, usize, usize)> {
        part.people.iter().filter_map(|named| {
            let id = self.0.get(&(named.person.name.as_str(), named.person.takes_part))?;
            Some((*id, named.token, named.n_tokens))
        })
    }
}

/// A person in a year, as somebody who takes part or as somebody who is talked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonYear {
    /// The full name, or the surname where the corpus has no more.
    pub person: String,
    /// Whether they speak in the documents that this is about.
    pub takes_part: bool,
    /// The year.
    pub year: Year,
    /// Sessions they speak in or that name them.
    pub sessions: usize,
    /// Places that name them.
    pub mentions: u64,
    /// How, with counts, most frequent first.
    pub spellings: Spellings,
}

/// Everybody whom the sessions of a corpus list or name, whatever the settings keep; by name, year and role.
#[must_use]
pub fn people_by_year(counts: &Counts) -> Vec<PersonYear> {
    #[derive(Default)]
    struct Found<'f> {
        sessions: usize,
        forms: BTreeMap<&'f str, u64>,
    }
    let joined = joined(counts);
    let mut found: BTreeMap<(usize, Year, bool), Found<'_>> = BTreeMap::new();
    for row in counts.rows() {
        let mut here = BTreeSet::new();
        for &(index, count) in &row.persons {
            let form = &counts.persons()[index as usize];
            // Speakers first.
            let key = (joined.of_form[index as usize], row.year, !form.takes_part);
            let entry = found.entry(key).or_default();
            entry.sessions += usize::from(here.insert(key));
            if count > 0 {
                *entry.forms.entry(&form.form).or_default() += u64::from(count);
            }
        }
    }
    let rows = found.into_iter().map(|((person, year, mentioned), found)| PersonYear {
        person: joined.names[person].clone(),
        takes_part: !mentioned,
        year,
        sessions: found.sessions,
        mentions: found.forms.values().sum(),
        spellings: sorted_spellings(found.forms),
    });
    rows.collect()
}
