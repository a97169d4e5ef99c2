//! `wandel concepts`: which spellings are counted together, and why.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use super::args::ConceptsArgs;
use super::talk::Talk;
use super::{Outcome, text_table};
use crate::analysis::{CaseSummary, check_cases, read_cases};
use crate::corpus::{Corpus, Language};
use crate::counts::{Concept, ConceptId, ConceptKind, Concepts, Counts, Lookup, SessionTermMatrix};
use crate::error::{Error, ErrorKind};
use crate::text::Rule;

/// Spellings shown in a row of the list.
const SPELLINGS: usize = 6;

pub(super) fn run(args: &ConceptsArgs, talk: &Talk, out: &mut dyn Write) -> Outcome {
    if let Some(path) = &args.check {
        return check(args, path, out);
    }
    let bar = talk.progress();
    bar.set_message("reading and counting");
    let counted = count(args, None);
    bar.finish_and_clear();
    let counted = counted?;
    talk.warnings(counted.corpus.warnings());
    match &args.explain {
        None => counted.list(args.top, out),
        Some(term) if counted.find(term).is_empty() => {
            // Too rare to count as a phrase is no reason not to explain it.
            let rare = count(args, Some(1))?;
            rare.explain(term, out)
        }
        Some(term) => counted.explain(term, out),
    }
}

fn check(args: &ConceptsArgs, path: &Path, out: &mut dyn Write) -> Outcome {
    let text = std::fs::read_to_string(path)
        .map_err(|source| Error::from(ErrorKind::Io { path: path.into(), action: "read", source }))?;
    let cases = read_cases(&text, path)?;
    if cases.is_empty() {
        let (found, help) = ("no case in it".to_owned(), "expected one JSON object a line".to_owned());
        return Err(Error::from(ErrorKind::NoInput { path: path.into(), found, help }).into());
    }
    let results = check_cases(&cases, &args.count.settings()?, &args.count.concept_file()?)?;
    for result in &results {
        writeln!(out, "{result}")?;
    }
    writeln!(out, "\n{}", CaseSummary::of(&results))?;
    Ok(())
}

struct Counted {
    corpus: Corpus,
    counts: Counts,
    concepts: Concepts,
    matrix: SessionTermMatrix,
}

fn count(args: &ConceptsArgs, phrase_floor: Option<u32>) -> crate::Result<Counted> {
    let corpus = args.how.corpus(&args.paths)?;
    let mut settings = args.count.settings()?;
    settings.phrase_min_count = phrase_floor.or(settings.phrase_min_count);
    let counts = Counts::of(&corpus, &settings)?;
    let mut concepts = Concepts::resolve_with(&counts, &args.count.concept_file()?)?;
    let matrix = SessionTermMatrix::build(&corpus, &counts, &mut concepts)?;
    Ok(Counted { corpus, counts, concepts, matrix })
}

/// Mentions of a concept over all sessions.
#[derive(Clone, Copy, Default)]
struct Mentions {
    own: u64,
    in_compounds: u64,
    sessions: usize,
}

impl Counted {
    fn mentions(&self) -> Vec<Mentions> {
        let mut all = vec![Mentions::default(); self.concepts.all().len()];
        for row in 0..self.matrix.n_sessions() {
            for term in self.matrix.row(row) {
                let mentions = &mut all[term.concept as usize];
                mentions.own += u64::from(term.count);
                mentions.sessions += 1;
            }
            for term in self.matrix.in_compounds(row) {
                all[term.concept as usize].in_compounds += u64::from(term.count);
            }
        }
        all
    }

    fn list(&self, top: usize, out: &mut dyn Write) -> Outcome {
        let mentions = self.mentions();
        let all = self.concepts.all();
        let mut shown: Vec<usize> =
            (0..all.len()).filter(|&i| mentions[i].own > 0 && all[i].kind != ConceptKind::Word).collect();
        shown.sort_by(|&a, &b| mentions[b].own.cmp(&mentions[a].own).then(all[a].key.cmp(&all[b].key)));
        let heads = ["concept", "kind", "mentions", "with compounds", "sessions", "spellings", "rules"];
        let cells: Vec<Vec<String>> = shown
            .into_iter()
            .take(top)
            .map(|i| {
                let (concept, m) = (&all[i], mentions[i]);
                vec![
                    concept.label.clone(),
                    concept.kind.name().to_owned(),
                    m.own.to_string(),
                    (m.own + m.in_compounds).to_string(),
                    m.sessions.to_string(),
                    spellings(concept, SPELLINGS),
                    concept.rules.to_string(),
                ]
            })
            .collect();
        text_table::print(out, &heads, &cells)?;
        for ambiguous in self.concepts.ambiguous() {
            writeln!(
                out,
                "\n{} stands for more than one thing: {}",
                ambiguous.acronym,
                ambiguous.long_forms.join("; ")
            )?;
        }
        Ok(())
    }

    fn explain(&self, term: &str, out: &mut dyn Write) -> Outcome {
        let found = self.find(term);
        if found.is_empty() {
            let languages = self.counts.languages();
            let language = languages.first().copied().unwrap_or(Language::De);
            let lookup = Lookup::new(&self.counts, &self.concepts);
            let normal = lookup.normal(term, language);
            let why = if normal.stop { "it is a stop word" } else { "no session has it" };
            writeln!(out, "{term}: no concept, since {why}; its key is `{}`", normal.key)?;
            return Ok(());
        }
        let mentions = self.mentions();
        for (i, id) in found.into_iter().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            self.explain_one(id, mentions[id as usize], out)?;
        }
        Ok(())
    }

    /// The concepts that a spelling, label or key belongs to.
    fn find(&self, term: &str) -> BTreeSet<ConceptId> {
        Lookup::new(&self.counts, &self.concepts).concepts(term)
    }

    /// The label of a concept by its key, the key where the corpus has no such concept.
    fn label<'s>(&'s self, key: &'s str) -> &'s str {
        self.concepts.by_key(key).map_or(key, |id| &self.concepts.get(id).label)
    }

    fn explain_one(&self, id: ConceptId, mentions: Mentions, out: &mut dyn Write) -> Outcome {
        let concept = self.concepts.get(id);
        let tag = concept.tag.map_or_else(String::new, |t| format!(", {}", t.name()));
        writeln!(out, "{}  ({}{tag})", concept.label, concept.kind.name())?;
        writeln!(out, "  key        {}", concept.key)?;
        let with = mentions.own + mentions.in_compounds;
        writeln!(out, "  mentions   {} in {} sessions; {with} with compounds", mentions.own, mentions.sessions)?;
        writeln!(out, "  ranked     {}", why_ranked(concept))?;
        if !concept.same_as.is_empty() {
            writeln!(out, "  same as    {}", concept.same_as.join("; "))?;
        }
        if !concept.components.is_empty() {
            let parts: Vec<&str> = concept.components.iter().map(|key| self.label(key)).collect();
            writeln!(out, "  parts      {}", parts.join(" + "))?;
        }
        let compounds: Vec<&str> =
            self.concepts.containing(id).iter().map(|&c| self.concepts.get(c).label.as_str()).collect();
        if !compounds.is_empty() {
            writeln!(out, "  part of    {}", compounds.join(", "))?;
        }
        writeln!(out, "  spellings")?;
        let lookup = Lookup::new(&self.counts, &self.concepts);
        for (spelling, count) in &concept.spellings {
            let languages = self.counts.languages();
            let language = languages.iter().find(|&&l| lookup.key(spelling, l) == concept.key);
            let normal = language.map(|&l| lookup.normal(spelling, l));
            let linked = normal.as_ref().is_some_and(|n| n.key != concept.key);
            let rules = normal.map_or(concept.rules, |n| n.rules);
            let acronym = linked && concept.rules.has(Rule::Acronyms);
            let rules = if acronym { rules.with(Rule::Acronyms) } else { rules };
            let hand = (linked && concept.by_hand && !acronym).then_some("hand");
            let names: Vec<&str> = rules.iter().map(Rule::name).chain(hand).collect();
            let how = if names.is_empty() { String::new() } else { format!("  by {}", names.join("; ")) };
            writeln!(out, "  {count:>6}  {spelling}{how}")?;
        }
        Ok(())
    }
}

fn why_ranked(concept: &Concept) -> &'static str {
    if concept.banned {
        "no: banned by hand"
    } else if concept.absorbed {
        "no: it nearly always stands in a phrase that is ranked"
    } else if concept.kind == ConceptKind::Person {
        "apart, among people"
    } else if concept.is_ranked() {
        "yes"
    } else {
        "no: verbs, adjectives and adverbs are not"
    }
}

/// `form=count; …`, the first `n`.
fn spellings(concept: &Concept, n: usize) -> String {
    let shown: Vec<String> = concept.spellings.iter().take(n).map(|(s, c)| format!("{s}={c}")).collect();
    let more = if concept.spellings.len() > n { "; …" } else { "" };
    shown.join("; ") + more
}
