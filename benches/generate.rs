//! A large corpus to measure with: fresh sentences from a bigram model of a real one, and a growing tail of new words.
//!
//! ```text
//! cargo bench --bench generate -- MODEL… --words N [--sessions N] [--years N] [--seed N] --out FILE.jsonl
//! cargo bench --bench generate -- MODEL… --words N --curve
//! ```
//!
//! `MODEL` are JSON Lines (plain or gzip) with a column `text`. Words follow each other as they do there; the lengths of
//! sessions are drawn from the real ones. A bigram model alone has a closed vocabulary, and real text has not: so one in
//! so many nouns is replaced by a compound of two nouns of the model, or by a surname behind `Frau` or `Herr`. These come
//! from a process of Yule and Simon: with a fixed chance a new one, else one of those made before, drawn by how often it
//! stood: a tail after Zipf's law. `--curve` prints distinct words by words read, beside those of the model.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};

use flate2::bufread::MultiGzDecoder;
use rustc_hash::FxHashMap;
use wandel::stats::random::Random;

/// One in so many nouns of four and more letters becomes a word of the tail.
const TAIL: f64 = 0.06;
/// The chance that a word of the tail is new.
const NEW: f64 = 0.5;
/// The share of surnames in the tail.
const NAMES: f64 = 0.15;

struct Options {
    models: Vec<String>,
    words: usize,
    sessions: usize,
    years: usize,
    seed: u64,
    out: Option<String>,
    curve: bool,
}

fn options() -> Option<Options> {
    let mut all = Options { models: Vec::new(), words: 0, sessions: 0, years: 10, seed: 1, out: None, curve: false };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut number = || args.next().and_then(|v| v.parse::<usize>().ok());
        match arg.as_str() {
            "--words" => all.words = number()?,
            "--sessions" => all.sessions = number()?,
            "--years" => all.years = number()?.max(1),
            "--seed" => all.seed = number()? as u64,
            "--out" => all.out = Some(args.next()?),
            "--curve" => all.curve = true,
            "--bench" => {}
            model => all.models.push(model.to_owned()),
        }
    }
    let said = !all.models.is_empty() && (all.words > 0 || all.sessions > 0) && (all.curve || all.out.is_some());
    said.then_some(all)
}

fn main() -> io::Result<()> {
    // `cargo bench` runs every bench: without a model there is nothing to do.
    let Some(options) = options() else {
        eprintln!(
            "generate MODEL.jsonl… (--words N | --sessions N) (--out FILE.jsonl | --curve) [--years N] [--seed N]"
        );
        return Ok(());
    };
    let model = Model::read(&options.models)?;
    if options.curve { print_curves(&model, &options) } else { write(&model, &options) }
}

/// Words in a row as the model has them.
struct Model {
    words: Vec<String>,
    /// What follows each word, as often as it does.
    next: Vec<Vec<u32>>,
    /// What begins a session.
    first: Vec<u32>,
    /// Words of each session.
    lengths: Vec<usize>,
    /// Nouns, as often as they stand.
    nouns: Vec<u32>,
    is_noun: Vec<bool>,
    /// Distinct words by words read.
    curve: Curve,
}

/// The end of a paragraph is a word of the model.
const BREAK: &str = "\n";

impl Model {
    fn read(paths: &[String]) -> io::Result<Self> {
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        let mut model = Self {
            words: Vec::new(),
            next: Vec::new(),
            first: Vec::new(),
            lengths: Vec::new(),
            nouns: Vec::new(),
            is_noun: Vec::new(),
            curve: Curve::default(),
        };
        for path in paths {
            let file = BufReader::new(File::open(path)?);
            let lines: Box<dyn BufRead> = if path.ends_with(".gz") {
                Box::new(BufReader::new(MultiGzDecoder::new(file)))
            } else {
                Box::new(file)
            };
            for line in lines.lines() {
                let row: serde_json::Value = serde_json::from_str(&line?)?;
                model.add(row["text"].as_str().unwrap_or_default(), &mut ids);
            }
        }
        Ok(model)
    }

    fn add(&mut self, text: &str, ids: &mut FxHashMap<String, u32>) {
        let mut last: Option<u32> = None;
        let mut n = 0;
        for paragraph in text.lines() {
            for word in paragraph.split_whitespace().chain([BREAK]) {
                if word != BREAK {
                    n += 1;
                    self.curve.add(word);
                }
                let id = *ids.entry(word.to_owned()).or_insert_with(|| {
                    self.words.push(word.to_owned());
                    self.next.push(Vec::new());
                    self.is_noun.push(is_noun(word));
                    self.words.len() as u32 - 1
                });
                if self.is_noun[id as usize] {
                    self.nouns.push(id);
                }
                match last {
                    Some(last) => self.next[last as usize].push(id),
                    None => self.first.push(id),
                }
                last = Some(id);
            }
        }
        self.lengths.push(n);
    }
}

/// Whether a word may be a German noun: a capital, small letters, no sign.
fn is_noun(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && word.chars().count() >= 4 && letters.all(char::is_lowercase)
}

/// Words that come again the more often, the more often they came: the process of Yule and Simon.
#[derive(Default)]
struct Tail {
    used: Vec<u32>,
    words: Vec<String>,
}

impl Tail {
    fn draw(&mut self, random: &mut Random, new: impl FnOnce(&mut Random) -> String) -> &str {
        let id = if self.used.is_empty() || random.unit() < NEW {
            self.words.push(new(random));
            self.words.len() as u32 - 1
        } else {
            self.used[random.below(self.used.len() as u32) as usize]
        };
        self.used.push(id);
        &self.words[id as usize]
    }
}

/// Makes sessions.
struct Writer<'m> {
    model: &'m Model,
    random: Random,
    compounds: Tail,
    surnames: Tail,
}

impl<'m> Writer<'m> {
    fn new(model: &'m Model, seed: u64) -> Self {
        Self { model, random: Random::new(seed, 0), compounds: Tail::default(), surnames: Tail::default() }
    }

    fn pick<'a>(&mut self, from: &'a [u32]) -> Option<&'a u32> {
        (!from.is_empty()).then(|| &from[self.random.below(from.len() as u32) as usize])
    }

    /// The text of a session and its number of words.
    fn session(&mut self, text: &mut String) -> usize {
        let model = self.model;
        text.clear();
        let wanted = model.lengths[self.random.below(model.lengths.len() as u32) as usize].max(20);
        let mut n = 0;
        let mut word = *self.pick(&model.first).expect("the model has sessions");
        loop {
            let letters = model.words[word as usize].as_str();
            if letters == BREAK {
                text.push('\n');
            } else {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push(' ');
                }
                n += self.put(word, text);
            }
            // The session ends with a sentence.
            let ended = letters.ends_with(['.', '!', '?']) || letters == BREAK;
            if n >= wanted && ended {
                break;
            }
            word = match self.pick(&model.next[word as usize]) {
                Some(next) => *next,
                None => *self.pick(&model.first).expect("the model has sessions"),
            };
        }
        text.truncate(text.trim_end().len());
        n
    }

    /// Adds a word, or one of the tail in its place; how many words that were.
    fn put(&mut self, word: u32, text: &mut String) -> usize {
        let model = self.model;
        if !model.is_noun[word as usize] || self.random.unit() >= TAIL {
            text.push_str(&model.words[word as usize]);
            return 1;
        }
        if self.random.unit() < NAMES {
            text.push_str(if self.random.below(2) == 0 { "Frau " } else { "Herr " });
            text.push_str(self.surnames.draw(&mut self.random, surname));
            return 2;
        }
        let noun = |random: &mut Random| {
            let id = model.nouns[random.below(model.nouns.len() as u32) as usize];
            model.words[id as usize].as_str()
        };
        text.push_str(self.compounds.draw(&mut self.random, |random| compound(noun(random), noun(random))));
        1
    }
}

/// `Verwaltung` and `Reform` to `Verwaltungsreform`.
fn compound(first: &str, last: &str) -> String {
    let linked = ["ung", "heit", "keit", "schaft", "ion", "tät", "ing"].iter().any(|e| first.ends_with(e));
    format!("{first}{}{}", if linked { "s" } else { "" }, last.to_lowercase())
}

/// A surname of two or three syllables.
fn surname(random: &mut Random) -> String {
    const STARTS: [&str; 16] = ["b", "d", "f", "g", "h", "k", "kr", "l", "m", "n", "r", "s", "schw", "st", "t", "w"];
    const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ei", "ö", "au"];
    const ENDS: [&str; 8] = ["r", "n", "l", "tt", "ck", "rs", "lz", "nn"];
    let mut any = |list: &[&'static str]| list[random.below(list.len() as u32) as usize];
    let mut name = String::new();
    for _ in 0..2 {
        name += any(&STARTS);
        name += any(&VOWELS);
        name += any(&ENDS);
    }
    name += any(&["", "er", "mann", "ke", "feld"]);
    let first: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
    first + &name.chars().skip(1).collect::<String>()
}

fn write(model: &Model, options: &Options) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(options.out.as_deref().unwrap_or("corpus.jsonl"))?);
    let mut writer = Writer::new(model, options.seed);
    let (mut text, mut words, mut sessions) = (String::new(), 0, 0);
    while words < options.words || sessions < options.sessions {
        words += writer.session(&mut text);
        let year = 2016 + sessions % options.years;
        let row = serde_json::json!({"id": format!("S{sessions:07}"), "year": year, "lang": "de",
            "title": format!("Punkt {}", sessions / 40 % 30 + 1), "text": text});
        serde_json::to_writer(&mut out, &row)?;
        out.write_all(b"\n")?;
        sessions += 1;
    }
    eprintln!("{sessions} sessions, {words} words, seed {}", options.seed);
    out.flush()
}

/// Distinct words by words read, at every power of the square root of ten.
#[derive(Default)]
struct Curve {
    seen: HashSet<String>,
    n: usize,
    points: Vec<(usize, usize)>,
}

impl Curve {
    fn add(&mut self, word: &str) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !self.seen.contains(word) {
            self.seen.insert(word.to_owned());
        }
        self.n += 1;
        let round = |k: usize| self.n.is_multiple_of(k) && (self.n / k) == 10usize.pow((self.n / k).ilog10());
        if self.n >= 10_000 && [1, 2, 5].into_iter().any(round) {
            self.points.push((self.n, self.seen.len()));
        }
    }
}

fn print_curves(model: &Model, options: &Options) -> io::Result<()> {
    let mut writer = Writer::new(model, options.seed);
    let (mut text, mut curve) = (String::new(), Curve::default());
    while curve.n < options.words {
        writer.session(&mut text);
        text.split_whitespace().for_each(|word| curve.add(word));
    }
    println!("{:>12} {:>12} {:>12}", "words", "real", "generated");
    for (n, generated) in &curve.points {
        let real = model.curve.points.iter().find(|p| p.0 == *n).map_or("–".to_owned(), |p| p.1.to_string());
        println!("{n:>12} {real:>12} {generated:>12}");
    }
    println!("the whole model: {} words, {} distinct", model.curve.n, model.curve.seen.len());
    Ok(())
}
