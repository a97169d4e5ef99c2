//! `lexicon NOUNS.txt.gz WORDS.txt.gz WORDS.fst PARTS.fst`: two finite state maps.
//!
//! The first: word → what it is. Words are in lower case with `ss` for `ß`, as the list of forms has them. Bit 1: a noun in
//! its citation form. Bit 2: any form of any word.
//!
//! The second: first or last part → in how many nouns it stands so, see [`parts`].

mod parts;

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

fn write(map: &BTreeMap<String, u64>, out: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = fst::MapBuilder::new(BufWriter::new(File::create(out)?))?;
    for (word, value) in map {
        builder.insert(word, *value)?;
    }
    builder.into_inner()?.flush()?;
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [nouns, forms, words_out, parts_out] = args.as_slice() else {
        return Err("NOUNS.txt.gz WORDS.txt.gz WORDS.fst PARTS.fst".into());
    };
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
    let nouns: Vec<&str> = bits.iter().filter(|(_, bits)| *bits & NOUN != 0).map(|(word, _)| word.as_str()).collect();
    let parts = parts::count(&nouns);
    write(&bits, words_out)?;
    write(&parts, parts_out)?;
    eprintln!("{} words, {} parts", bits.len(), parts.len());
    Ok(())
}
