//! `lexicon NOUNS.txt.gz WORDS.txt.gz OUT.fst`: one finite state map, word → what it is.
//!
//! Words are in lower case with `ss` for `ß`, as the list of forms has them. Bit 1: a noun in its citation form.
//! Bit 2: any form of any word.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};

const NOUN: u64 = 1;
const FORM: u64 = 2;

fn words(path: &str) -> std::io::Result<String> {
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(File::open(path)?).read_to_string(&mut text)?;
    Ok(text)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [nouns, forms, out] = args.as_slice() else { return Err("NOUNS.txt.gz WORDS.txt.gz OUT.fst".into()) };
    let mut bits: BTreeMap<String, u64> = BTreeMap::new();
    for (path, bit) in [(nouns, NOUN), (forms, FORM)] {
        for spelled in words(path)?.lines().map(str::trim) {
            // Spelled in capitals, a noun is an acronym: those are recognised by their form.
            if spelled.chars().filter(|c| c.is_uppercase()).count() > 1 {
                continue;
            }
            let word = spelled.to_lowercase().replace('ß', "ss");
            let plain = !word.is_empty() && word.chars().all(char::is_alphabetic);
            if plain {
                *bits.entry(word).or_default() |= bit;
            }
        }
    }
    let mut builder = fst::MapBuilder::new(BufWriter::new(File::create(out)?))?;
    for (word, value) in &bits {
        builder.insert(word, *value)?;
    }
    builder.into_inner()?.flush()?;
    eprintln!("{} words", bits.len());
    Ok(())
}
