//! German compounds cut into their words, for grouping.
//!
//! A cut needs a noun at the end and a word before it, with or without a linking element (`Daten|souveränität`,
//! `Führung|s|kraft`, `Schul(e)|buch`). Both must be words of the lexicon, compounds themselves, or nouns that the
//! corpus uses alone; short ones are taken from a list, since chance hits are many (`Tran|sport`). Nothing is cut at
//! particles and suffixes, which are no words (`Ver|waltung`, `Wirt|schaft`). Where several cuts are possible, two
//! listed words win, then what the nouns of the lexicon have more often (`Stadt|straße`, not `Stadts|traße`), then the cut
//! nearest the middle.

mod evidence;
mod inner;
mod words;

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::lemma::german;
use super::lexicon::{is_noun, is_word, times_first};
use evidence::{evidence, is_cut_too_late, is_last_whole};
pub use inner::inner;
pub use words::is_particle;
use words::{ADJECTIVE_ENDS, FREE_HEADS, LINKED, NO_HEADS, PARTICLES, WHOLE, short};
/// A part of a compound, in its base form, lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CompoundPart {
    /// The base form.
    pub word: String,
    /// Whether it is a noun.
    pub noun: bool,
}

/// Whether the corpus uses a word, in lower case, as a noun of its own.
pub type IsKnown<'k> = &'k dyn Fn(&str) -> bool;

/// The two parts of a compound in lower case with `ss` for `ß`; `None` for a word that is none.
#[must_use]
pub fn split(word: &str, known: IsKnown<'_>) -> Option<[CompoundPart; 2]> {
    Some(cut(word, known)?.1)
}

/// As [`split`], with the byte at which the last part begins.
#[must_use]
pub fn cut(word: &str, known: IsKnown<'_>) -> Option<(usize, [CompoundPart; 2])> {
    Cutter::new(word, known).cut(word, 3)
}

/// Where a word can be cut.
struct Cut {
    /// How sure it is, 0 is best.
    rank: u8,
    at: usize,
    parts: [CompoundPart; 2],
}

/// Cuts one word. Its pieces are asked for again and again: at every place, from every depth.
struct Cutter<'k> {
    known: IsKnown<'k>,
    /// Where the word begins.
    base: usize,
    /// Whether a piece is a compound, by where it begins and ends and how deep it may be cut.
    compounds: RefCell<FxHashMap<(usize, usize, usize), bool>>,
}

/// Whether two nouns with a hyphen between them are other words than the same letters without it, which have a longer word
/// at the end: `Staub-Ecken` beside `Staubecken`.
#[must_use]
pub fn is_cut_elsewhere(first: &str, last: &str) -> bool {
    /// Letters by which the two readings differ.
    const MOST: usize = 3;
    let longer = |(at, _): (usize, char)| {
        let before = &first[..at];
        // `Rechts-Amt` is no `Recht-Samt`.
        let linked = at + 1 == first.len() && first.ends_with('s') && is_noun(before);
        !linked
            && before.len() >= 3
            && is_word(before)
            && simple_noun(&format!("{}{last}", &first[at..])).is_some_and(|noun| noun.chars().count() >= 4)
    };
    simple_noun(first).is_some() && simple_noun(last).is_some() && first.char_indices().rev().take(MOST).any(longer)
}

/// [`german::simple_noun`], remembered: compounds share their ends, and each is tried at every letter.
fn simple_noun(text: &str) -> Option<String> {
    /// Forms remembered by each thread.
    const MOST: usize = 1 << 17;
    thread_local! {
        static KNOWN: RefCell<FxHashMap<Box<str>, Option<Box<str>>>> = RefCell::default();
    }
    if let Some(noun) = KNOWN.with_borrow(|known| known.get(text).map(|noun| noun.as_deref().map(str::to_owned))) {
        return noun;
    }
    let noun = german::simple_noun(text);
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(text.into(), noun.as_deref().map(Box::from));
    });
    noun
}

impl<'k> Cutter<'k> {
    fn new(word: &str, known: IsKnown<'k>) -> Self {
        Self { known, base: word.as_ptr() as usize, compounds: RefCell::default() }
    }

    /// Whether a piece is a compound.
    fn is_compound(&self, piece: &str, depth: usize) -> bool {
        let start = piece.as_ptr() as usize - self.base;
        let place = (start, start + piece.len(), depth);
        if let Some(&known) = self.compounds.borrow().get(&place) {
            return known;
        }
        let is = self.cut(piece, depth).is_some();
        self.compounds.borrow_mut().insert(place, is);
        is
    }

    fn cut(&self, word: &str, depth: usize) -> Option<(usize, [CompoundPart; 2])> {
        let n = word.chars().count();
        if !(6..=60).contains(&n) || depth == 0 || WHOLE.contains(word) {
            return None;
        }
        let mut best: Option<Cut> = None;
        for (at, _) in word.char_indices().skip(2) {
            let (before, after) = word.split_at(at);
            let Some((head, head_rank)) = self.head(after, depth) else { continue };
            let Some((first, first_rank)) = self.modifier(before, depth) else { continue };
            if FREE_HEADS.contains(&head.word) && (!first.noun || PARTICLES.contains(before)) {
                continue;
            }
            if is_cut_too_late(before, after) {
                continue;
            }
            // Short heads stand behind whole words only: `Kontr(e)|ast` is none.
            let chance = head.word.chars().count() <= 3 && first_rank > 0;
            // `Reisende` is a participle.
            let participle = head.word == "ende" && is_word(&format!("{before}en"));
            if chance || participle {
                continue;
            }
            let cut = Cut { rank: head_rank.max(first_rank), at, parts: [first, head] };
            if best.as_ref().is_none_or(|earlier| !self.is_better(word, earlier, &cut)) {
                best = Some(cut);
            }
        }
        best.map(|cut| (cut.at, cut.parts))
    }

    /// Whether the earlier of two cuts is the better one.
    fn is_better(&self, word: &str, earlier: &Cut, later: &Cut) -> bool {
        if earlier.rank != later.rank {
            return earlier.rank < later.rank;
        }
        let (a, b) = (earlier.at, later.at);
        let between = &word[a..b];
        if between.chars().count() >= 3 && self.modifier(between, 1).is_some() {
            return is_last_whole(&word[a..], &word[..b]);
        }
        // `Stadts|traße` cannot be, `Verbindungs|trasse` can.
        if &word[a..] == "strasse" && between == "s" {
            return !LINKED.iter().any(|ending| word[..a].ends_with(ending));
        }
        // `Antriebs|achse`, not `Antrieb|sachse`.
        let (x, y) = (evidence(&word[..a], &word[a..]), evidence(&word[..b], &word[b..]));
        let off_middle = |at: usize| (2 * word[..at].chars().count()).abs_diff(word.chars().count());
        if x == y { off_middle(a) < off_middle(b) } else { x > y }
    }

    /// The last part, with how sure it is (0 is best).
    fn head(&self, text: &str, depth: usize) -> Option<(CompoundPart, u8)> {
        let n = text.chars().count();
        if n < 3 && text != "öl" {
            return None;
        }
        if let Some(noun) = simple_noun(text) {
            let free = FREE_HEADS.contains(&noun);
            let long = noun.chars().count() >= 5 && !NO_HEADS.contains(&noun);
            let fits = long || free || short().nouns.contains(&noun);
            return fits.then_some((CompoundPart { word: noun, noun: true }, 0));
        }
        if n >= 5 && (self.known)(text) && !NO_HEADS.contains(text) {
            return Some((CompoundPart { word: text.to_owned(), noun: true }, 1));
        }
        let compound = n >= 8 && self.is_compound(text, depth - 1);
        compound.then(|| (CompoundPart { word: text.to_owned(), noun: true }, 2))
    }

    /// The part before the last one, with how sure it is.
    fn modifier(&self, text: &str, depth: usize) -> Option<(CompoundPart, u8)> {
        /// Nouns that begin with a cut word that is no chance.
        const COMMON: u64 = 10;
        let n = text.chars().count();
        if PARTICLES.contains(text) {
            return None;
        }
        let noun = |word: String, rank| Some((CompoundPart { word, noun: true }, rank));
        let other = |word: String, rank| Some((CompoundPart { word, noun: false }, rank));
        if short().others.contains(text) {
            return if is_word(text) && !is_noun(text) { other(text.to_owned(), 0) } else { noun(text.to_owned(), 0) };
        }
        let long_enough = |word: &str| word.chars().count() >= 5 || short().nouns.contains(word);
        if let Some(word) = simple_noun(text).filter(|w| long_enough(w)) {
            return noun(word, 0);
        }
        if short().nouns.contains(text) {
            return noun(text.to_owned(), 0);
        }
        if n >= 4 {
            let is_common = times_first(text) >= COMMON;
            // `Schul-` of `Schule`, `Geschicht-s-` of `Geschichte`.
            for base in [text, text.strip_suffix('s').unwrap_or(text)] {
                let with_e = format!("{base}e");
                if is_noun(&with_e) && with_e.chars().count() >= 5 {
                    // `Grundschul-` is no chance.
                    return noun(with_e, u8::from(n < 7 && !is_common));
                }
            }
            // `Lern-` of `lernen`, `Liefer-` of `liefern`, `Rechen-` of `rechnen` as the form itself.
            let endings: &[&str] = if text.ends_with(['t', 'd']) { &["et", "ete"] } else { &["t", "te"] };
            for ending in ["en", "n"] {
                let infinitive = format!("{text}{ending}");
                if is_word(&infinitive) && endings.iter().any(|end| is_word(&format!("{text}{end}"))) {
                    return other(infinitive, u8::from(n < 5 && !is_common));
                }
            }
        }
        let declined = || is_word(&format!("{text}em")) || is_word(&format!("{text}e"));
        let formed = || ADJECTIVE_ENDS.iter().any(|e| text.ends_with(e)) && !is_noun(text);
        let adjective = n >= 5 && is_word(text) && (declined() || formed());
        if adjective {
            return other(text.to_owned(), 0);
        }
        let bare = text.strip_suffix('s').unwrap_or(text);
        if let Some(word) = [text, bare].into_iter().find(|w| w.chars().count() >= 4 && (self.known)(w)) {
            return noun(word.to_owned(), 1);
        }
        let compound = [bare, text].into_iter().find(|w| self.is_compound(w, depth - 1));
        compound.and_then(|w| noun(w.to_owned(), 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(word: &str) -> String {
        let parts = split(&word.to_lowercase().replace('ß', "ss"), &|_| false);
        parts.map_or_else(String::new, |p| format!("{}|{}", p[0].word, p[1].word))
    }

    #[test]
    fn the_cut_is_where_other_compounds_have_it() {
        for (word, expected) in [
            ("Stadtstraße", "stadt|strasse"),
            ("Verbindungstrasse", "verbindung|trasse"),
            ("Untersuchungshaft", "untersuchung|haft"),
            ("Walnussöl", "walnuss|öl"),
            ("Binnenschifffahrt", "binnen|schifffahrt"),
            ("Seeschifffahrt", "see|schifffahrt"),
            ("Yogakurs", "yoga|kurs"),
            ("Rentenstärkungsgesetz", "rentenstärkung|gesetz"),
            ("Strafmaßnahme", "strafe|massnahme"),
            ("Projektsteuerung", "projekt|steuerung"),
            ("Bürgersteig", "bürger|steig"),
            ("Uniform", ""),
            ("Diebstahl", ""),
            ("Demografie", ""),
            ("Geografie", ""),
            ("Antriebsachse", "antrieb|achse"),
            ("Übungsturm", "übung|turm"),
            ("Sicherheitspanne", "sicherheit|panne"),
            ("Bürgerinformation", "bürger|information"),
            ("Ladendiebstahl", "laden|diebstahl"),
            ("Gummistempel", "gummi|stempel"),
            ("Arbeiterdichtung", "arbeiter|dichtung"),
            ("Steuererklärung", "steuer|erklärung"),
            ("Krankenhausarzt", "krankenhaus|arzt"),
            ("Finanzdienstleister", "finanz|dienstleister"),
            ("Lebensmittelpunkt", "leben|mittelpunkt"),
            ("Lebensmittelladen", "lebensmittel|laden"),
            ("Eiszeitalter", "eis|zeitalter"),
        ] {
            assert_eq!(parts(word), expected);
        }
    }

    #[test]
    fn compounds_of_two_words() {
        for (word, expected) in [
            ("Datensouveränität", "daten|souveränität"),
            ("Informationssicherheit", "information|sicherheit"),
            ("Fachkräftemangel", "fachkraft|mangel"),
            ("Antragsprozess", "antrag|prozess"),
            ("Cybersicherheit", "cyber|sicherheit"),
            ("Cybersicherheitsstrategie", "cybersicherheits|strategie"),
            ("Schulbuch", "schule|buch"),
            ("Lieferkette", "liefern|kette"),
            ("Krankenhaus", "kranke|haus"),
            ("Grundschullehrer", "grundschule|lehrer"),
            ("Haushaltsplan", "haushalt|plan"),
            ("Bürgermeister", "bürger|meister"),
            ("Großstadt", "gross|stadt"),
            ("Steuererklärung", "steuer|erklärung"),
            ("Kindererziehung", "kind|erziehung"),
            ("Endgerät", "end|gerät"),
        ] {
            let expected = expected.replace("cybersicherheits|", "cybersicherheit|");
            assert_eq!(parts(word), expected, "{word}");
        }
    }

    #[test]
    fn words_that_are_no_compounds_stay_whole() {
        for word in [
            "Verwaltung",
            "Information",
            "Entwicklung",
            "Wirtschaft",
            "Partei",
            "Transport",
            "Direktor",
            "Erziehung",
            "Demokrat",
            "Verrat",
            "Universität",
            "Produktion",
            "Semester",
            "Minister",
            "Vortrag",
            "Eingang",
            "Transparenz",
            "Wissenschaft",
            "Unternehmen",
            "Veranstaltung",
            "Mailand",
            "Haushalt",
            "Manifest",
        ] {
            assert_eq!(parts(word), "", "{word}");
        }
    }
}
