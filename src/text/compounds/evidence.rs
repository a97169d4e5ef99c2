//! What the nouns of the lexicon say of a cut: how many begin and end with the same parts.

use crate::text::lexicon::{is_noun, times_first, times_last};

/// Compounds of which the last one is whole all the same.
pub(super) const LAST: &[(&str, &str)] = &[("mittelpunkt", "lebensmittel")];

/// Whether a word of three, `A·B·C`, is `A|BC` and not `AB|C`: many nouns of the lexicon end in `bc`, and few begin with `ab`
/// (the adjacency model of Lauer 1995). `Finanz|dienstleister`, but `Krankenhaus|arzt`.
pub(super) fn is_last_whole(bc: &str, ab: &str) -> bool {
    /// Fewer are no evidence.
    const FEWEST: u64 = 3;
    let last = times_last(bc);
    (last >= FEWEST && last > 2 * times_first(ab)) || LAST.contains(&(bc, ab))
}

/// `Steuerer|klärung`, `Drucker|zeugnis`, where `Steuer` and `Erklärung`, `Druck` and `Erzeugnis` are nouns as well and no less
/// common in compounds: `Arbeiter|dichtung`.
pub(super) fn is_cut_too_late(before: &str, after: &str) -> bool {
    let other = before.strip_suffix("er").map(|b| (b, format!("er{after}")));
    other.is_some_and(|(b, a)| is_noun(b) && is_noun(&a) && 2 * evidence(b, &a) >= evidence(before, after))
}

/// How often other nouns of the lexicon begin and end like two parts, multiplied.
pub(super) fn evidence(before: &str, after: &str) -> u64 {
    (2 * times_first(before) + 1) * (2 * times_last(after) + 1)
}
