//! Small corpora, counted and resolved to concepts.

use std::collections::BTreeSet;
use std::path::Path;

use tempfile::TempDir;
use wandel::counts::{ConceptFile, ConceptId, Concepts};
use wandel::text::{Rule, Rules};
use wandel::{Concept, Corpus, CountSettings, Counts, SessionTermMatrix};

/// A row of a table: year, language, text.
pub type Row<'t> = (i32, &'t str, &'t str);

/// A corpus of a table; the folder that holds it lives as long.
pub struct Table {
    _folder: TempDir,
    pub corpus: Corpus,
}

pub fn table(rows: &[Row<'_>]) -> Table {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let line = |(i, (year, lang, text)): (usize, &Row<'_>)| {
        serde_json::json!({"id": format!("t{i:03}"), "year": year, "lang": lang, "text": text}).to_string() + "\n"
    };
    std::fs::write(folder.path().join("t.jsonl"), rows.iter().enumerate().map(line).collect::<String>()).expect("room");
    let corpus = Corpus::from_path(folder.path()).expect("a good table");
    assert_eq!(corpus.sessions().len(), rows.len(), "every row is a session: {:?}", corpus.warnings());
    Table { _folder: folder, corpus }
}

/// German rows of one year.
pub fn german(texts: &[&str]) -> Resolved {
    resolve(&texts.iter().map(|t| (2025, "de", *t)).collect::<Vec<_>>(), Rules::all())
}

/// The same without a rule.
pub fn german_without(rule: Rule, texts: &[&str]) -> Resolved {
    resolve(&texts.iter().map(|t| (2025, "de", *t)).collect::<Vec<_>>(), Rules::all().without(rule))
}

pub fn english(texts: &[&str]) -> Resolved {
    resolve(&texts.iter().map(|t| (2025, "en", *t)).collect::<Vec<_>>(), Rules::all())
}

pub fn resolve(rows: &[Row<'_>], rules: Rules) -> Resolved {
    resolve_by_hand(rows, rules, "version = 1")
}

pub fn resolve_by_hand(rows: &[Row<'_>], rules: Rules, file: &str) -> Resolved {
    let file = ConceptFile::parse(file, Path::new("hand.toml")).expect("a good file");
    Resolved::of(&table(rows).corpus, rules, &file)
}

/// A corpus, counted and resolved.
pub struct Resolved {
    pub concepts: Concepts,
    pub matrix: SessionTermMatrix,
}

/// Own mentions, those with compounds, talks with an own one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mentions {
    pub own: u32,
    pub with_compounds: u32,
    pub talks: usize,
}

impl Resolved {
    pub fn of(corpus: &Corpus, rules: Rules, hand: &ConceptFile) -> Self {
        let settings = CountSettings { rules, ..CountSettings::default() };
        let counts = Counts::of(corpus, &settings).expect("readable");
        let mut concepts = Concepts::resolve_with(&counts, hand).expect("readable");
        let matrix = SessionTermMatrix::build(corpus, &counts, &mut concepts).expect("readable");
        Self { concepts, matrix }
    }

    /// Every concept that has a spelling or is shown under it.
    pub fn all_of(&self, form: &str) -> Vec<ConceptId> {
        let all = self.concepts.all().iter().enumerate();
        let fits = |c: &Concept| c.label == form || c.spellings.iter().any(|s| s.0 == form);
        all.filter(|(_, c)| fits(c)).map(|(i, _)| i as ConceptId).collect()
    }

    /// The one concept of a spelling.
    #[track_caller]
    pub fn id(&self, form: &str) -> ConceptId {
        match self.all_of(form)[..] {
            [id] => id,
            ref ids => panic!("{} concepts have `{form}`; there are {}", ids.len(), self.lines().join("\n")),
        }
    }

    #[track_caller]
    pub fn get(&self, form: &str) -> &Concept {
        self.concepts.get(self.id(form))
    }

    /// How often the concept of a spelling is named.
    #[track_caller]
    pub fn mentions(&self, form: &str) -> Mentions {
        self.mentions_of(self.id(form))
    }

    /// Own mentions; 0 for a spelling that no concept has.
    #[track_caller]
    pub fn own(&self, form: &str) -> u32 {
        if self.all_of(form).is_empty() { 0 } else { self.mentions(form).own }
    }

    pub fn mentions_of(&self, id: ConceptId) -> Mentions {
        let mut all = Mentions { own: 0, with_compounds: 0, talks: 0 };
        for row in 0..self.matrix.n_sessions() {
            for term in self.matrix.row(row).iter().filter(|t| t.concept == id) {
                all.own += term.count;
                all.with_compounds += term.count;
                all.talks += 1;
            }
            all.with_compounds +=
                self.matrix.in_compounds(row).iter().filter(|t| t.concept == id).map(|t| t.count).sum::<u32>();
        }
        all
    }

    /// Whether two spellings are one concept.
    #[track_caller]
    pub fn same(&self, a: &str, b: &str) -> bool {
        self.id(a) == self.id(b)
    }

    /// Every concept that is named in a line, for messages and to compare.
    pub fn lines(&self) -> Vec<String> {
        let ids = 0..self.concepts.all().len() as ConceptId;
        let named = ids.filter(|&id| self.mentions_of(id).with_compounds > 0);
        named
            .map(|id| {
                let (c, m) = (self.concepts.get(id), self.mentions_of(id));
                format!("{} | {} | {:?} | {:?} | {:?} | {}", c.key, c.label, m, c.spellings, c.components, c.rules)
            })
            .collect()
    }

    /// A concept has these spellings, each once, and no other: `IT-Strategie IT_Strategie`.
    #[track_caller]
    pub fn spelled(&self, forms: &[&str]) {
        let found: BTreeSet<&str> = self.get(forms[0]).spellings.iter().map(|s| s.0.as_str()).collect();
        assert_eq!(found, forms.iter().copied().collect(), "{}", self.lines().join("\n"));
        let stored: u64 = self.get(forms[0]).count();
        assert_eq!(stored, u64::from(self.mentions(forms[0]).own), "spellings and cells agree for {forms:?}");
    }
}
