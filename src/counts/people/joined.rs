//! Who the names of all documents mean.

use std::collections::{BTreeMap, BTreeSet};

use super::PersonForm;
use crate::text::names::{strip_genitive, surname_of};

/// The persons of a corpus: whom the forms of all documents mean.
pub(super) struct Joined {
    /// The name of each person, sorted.
    pub names: Vec<String>,
    /// The person of each form of the counts.
    pub of_form: Vec<usize>,
}

impl Joined {
    /// Joins equal full names, and a surname with the only full name that has it. Two who share a surname keep it from
    /// being either's. A genitive is its nominative's where the corpus has that.
    pub(super) fn of(forms: &[PersonForm]) -> Self {
        let base = Nominatives::of(forms);
        let (mut full, mut bare): (BTreeMap<String, &str>, BTreeMap<String, &str>) = Default::default();
        for name in forms.iter().map(|f| base.of_name(&f.name)) {
            let (surname, is_full) = surname_of(name);
            let (names, key) = if is_full { (&mut full, name) } else { (&mut bare, surname) };
            let label = names.entry(key.to_lowercase()).or_insert(name);
            *label = better_label(label, name);
        }
        let mut by_surname: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (key, label) in &full {
            by_surname.entry(surname_of(key).0).or_default().push(label);
        }
        let person = |name: &str| {
            let (surname, is_full) = surname_of(name);
            let key = surname.to_lowercase();
            match by_surname.get(key.as_str()).map(Vec::as_slice) {
                _ if is_full => full[&name.to_lowercase()],
                Some([only]) => only,
                _ => bare[&key],
            }
        };
        let people: Vec<&str> = forms.iter().map(|f| person(base.of_name(&f.name))).collect();
        let mut names = people.clone();
        names.sort_unstable();
        names.dedup();
        let of_form = people.iter().map(|p| names.partition_point(|n| n < p)).collect();
        Self { names: names.into_iter().map(str::to_owned).collect(), of_form }
    }
}

/// Which names are genitives.
struct Nominatives(BTreeMap<String, BTreeSet<String>>);

impl Nominatives {
    /// From all names, in lower case by surname.
    fn of(forms: &[PersonForm]) -> Self {
        let mut by_surname: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for form in forms {
            let name = form.name.to_lowercase();
            by_surname.entry(surname_of(&name).0.to_owned()).or_default().insert(name);
        }
        Self(by_surname)
    }

    /// A name without the `s` of a genitive: if somebody has the surname without it, and either the same full name is
    /// known without it, or nobody else has the surname with it.
    fn of_name<'n>(&self, name: &'n str) -> &'n str {
        let base = strip_genitive(name);
        let lower = base.to_lowercase();
        let Some(others) = self.0.get(surname_of(&lower).0).filter(|_| base != name) else { return name };
        let (surname, is_full) = surname_of(name);
        let same = self.0.get(&surname.to_lowercase()).into_iter().flatten();
        let holds = |n: &&String| {
            let full_without = surname_of(n).1 && others.contains(strip_genitive(n));
            **n != name.to_lowercase() && !full_without && (is_full || surname_of(n).1)
        };
        let is_genitive = (is_full && others.contains(&lower)) || same.filter(holds).count() == 0;
        if is_genitive { base } else { name }
    }
}

/// The spelling with fewer capitals, among equals the longer, then the first by letters.
fn better_label<'n>(a: &'n str, b: &'n str) -> &'n str {
    let rank = |name: &str| (name.chars().filter(|c| c.is_lowercase()).count(), name.chars().count());
    if (rank(b), a) > (rank(a), b) { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whom each of these names means.
    fn joined(names: &[&str]) -> Vec<String> {
        let form = |name: &&str| PersonForm { name: (*name).to_owned(), takes_part: false, form: String::new() };
        let forms: Vec<PersonForm> = names.iter().map(form).collect();
        let joined = Joined::of(&forms);
        joined.of_form.iter().map(|&person| joined.names[person].clone()).collect()
    }

    #[test]
    fn a_surname_joins_the_only_full_name() {
        assert_eq!(joined(&["Lohse", "Ina Lohse", "INA LOHSE"]), ["Ina Lohse"; 3]);
        assert_eq!(joined(&["Lohse", "Ina Lohse", "Jan Lohse"]), ["Lohse", "Ina Lohse", "Jan Lohse"]);
        assert_eq!(joined(&["Seggern", "von Seggern"]), ["von Seggern"; 2]);
        assert_eq!(joined(&["von Seggern", "Ute von Seggern", "Seggern"]), ["Ute von Seggern"; 3]);
    }

    #[test]
    fn a_genitive_is_its_nominative_and_a_final_s_is_not_always_one() {
        assert_eq!(joined(&["Ina Lohses", "Ina Lohse", "Lohses"]), ["Ina Lohse"; 3]);
        assert_eq!(joined(&["Ina Lohses", "Lohse"]), ["Ina Lohse"; 2]);
        assert_eq!(joined(&["Kai Peters", "Peters"]), ["Kai Peters"; 2]);
        assert_eq!(joined(&["Kai Peters", "Peters", "Peter"]), ["Kai Peters", "Kai Peters", "Peter"]);
        assert_eq!(joined(&["Peters", "Uwe Peter"]), ["Uwe Peter"; 2]);
    }
}
