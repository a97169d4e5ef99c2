//! Session boundaries, kinds, speakers and years against hand-made marks.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use wandel::corpus::{Corpus, Session};
use wandel::ingest::ReadOptions;

use crate::support::{here, shared};

#[derive(Deserialize)]
struct Marks {
    files: BTreeMap<String, Marked>,
}

#[derive(Deserialize)]
struct Marked {
    year: i32,
    /// The text never states the year of the event as such.
    #[serde(default)]
    year_is_indirect: bool,
    starts: Vec<Start>,
}

#[derive(Deserialize)]
struct Start {
    line: usize,
    or_line: Option<usize>,
    kind: String,
    #[serde(default)]
    optional: bool,
    speakers: Option<Vec<String>>,
}

impl Start {
    fn fits(&self, line: usize) -> bool {
        self.line == line || self.or_line == Some(line)
    }
}

/// How well a set of articles was cut.
#[derive(Debug, Default)]
struct Score {
    boundaries_right: usize,
    boundaries_found: usize,
    boundaries_marked: usize,
    kinds_right: usize,
    kinds: usize,
    speakers_right: usize,
    speakers_found: usize,
    speakers_marked: usize,
    wrong: Vec<String>,
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.boundaries_right as f64 / (self.boundaries_found + self.boundaries_marked) as f64
    }

    fn add(&mut self, file: &str, marked: &Marked, sessions: &[&Session]) {
        let mut used = vec![false; marked.starts.len()];
        for session in sessions {
            if session.year != marked.year {
                self.wrong.push(format!("{file}: year {} instead of {}", session.year, marked.year));
            }
            let Some(i) = marked.starts.iter().position(|s| s.fits(session.first_line)) else {
                self.boundaries_found += 1;
                self.wrong.push(format!("{file}:{}: no session starts here (“{}”)", session.first_line, session.title));
                continue;
            };
            used[i] = true;
            let start = &marked.starts[i];
            if !start.optional {
                self.boundaries_found += 1;
                self.boundaries_right += 1;
            }
            self.kinds += 1;
            self.kinds_right += usize::from(session.kind.name() == start.kind);
            if session.kind.name() != start.kind {
                self.wrong.push(format!("{file}:{}: {} instead of {}", session.first_line, session.kind, start.kind));
            }
            if let Some(speakers) = &start.speakers {
                let right = session.speakers.iter().filter(|s| speakers.contains(s)).count();
                self.speakers_right += right;
                self.speakers_found += session.speakers.len();
                self.speakers_marked += speakers.len();
                if right < speakers.len() || right < session.speakers.len() {
                    self.wrong.push(format!(
                        "{file}:{}: speakers {:?} instead of {speakers:?}",
                        session.first_line, session.speakers
                    ));
                }
            }
        }
        for (start, used) in marked.starts.iter().zip(used) {
            if !start.optional {
                self.boundaries_marked += 1;
                if !used {
                    self.wrong.push(format!("{file}:{}: missed", start.line));
                }
            }
        }
    }
}

fn score(folder: &Path, marks: &Path) -> Score {
    let marks: Marks = serde_json::from_slice(&std::fs::read(marks).expect("marks")).expect("marks are JSON");
    let mut score = Score::default();
    for (file, marked) in &marks.files {
        let mut options = ReadOptions::default();
        if marked.year_is_indirect {
            options.years.insert(file.clone(), marked.year);
        }
        let corpus = Corpus::from_paths([folder.join(file)], &options).expect("readable");
        let mut sessions: Vec<&Session> = corpus.sessions().iter().collect();
        sessions.sort_by_key(|s| s.ordinal);
        score.add(file, marked, &sessions);
    }
    eprintln!(
        "{}: boundary F1 {:.3}, kinds {}/{}, speakers {} right of {} found and {} marked\n{}",
        folder.file_name().unwrap_or_default().to_string_lossy(),
        score.f1(),
        score.kinds_right,
        score.kinds,
        score.speakers_right,
        score.speakers_found,
        score.speakers_marked,
        score.wrong.join("\n")
    );
    score
}

#[test]
fn articles_the_rules_were_made_on() {
    let folder = here("tests/articles/work");
    let score = score(&folder, &folder.join("marks.json"));
    assert!(score.f1() >= 0.95);
}

#[test]
fn articles_written_after_the_rules_were_frozen() {
    let folder = here("tests/articles/late");
    let score = score(&folder, &folder.join("marks.json"));
    assert!(score.f1() >= 0.9);
}

#[test]
fn more_articles_written_later() {
    let folder = here("tests/articles/late2");
    let score = score(&folder, &folder.join("marks.json"));
    assert!(score.f1() >= 0.9);
}

#[test]
fn the_sample_articles() {
    let folder = here("data/it-fachtag");
    let score = score(&folder, &folder.join("sessions.json"));
    assert!(score.wrong.is_empty(), "{:?}", score.wrong);
}

#[test]
fn the_seed_articles() {
    let Some(folder) = shared("seeds") else { return };
    let score = score(&folder, &shared("gold/seed_sessions.json").expect("beside the seeds"));
    assert!(score.wrong.is_empty(), "{:?}", score.wrong);
}
