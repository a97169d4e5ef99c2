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
    /// Joins equal full names, and a surname with the only full name that has it, or the one that most mentions of a
    /// full name with it are about; others who share a surname keep it from being anybody's. A genitive is its
    /// nominative's where the corpus has that. `mentions`: how often each form stands in the texts.
    pub(super) fn of(forms: &[PersonForm], mentions: &[u64]) -> Self {
        let base = Nominatives::of(forms);
        let (mut full, mut bare): (BTreeMap<String, &str>, BTreeMap<String, &str>) = Default::default();
        for name in forms.iter().map(|f| base.of_name(&f.name)) {
            let (surname, is_full) = surname_of(name);
            let (names, key) = if is_full { (&mut full, name) } else { (&mut bare, surname) };
            let label = names.entry(key.to_lowercase()).or_insert(name);
            *label = better_label(label, name);
        }
        let mut of_full: BTreeMap<String, u64> = BTreeMap::new();
        for (form, n) in forms.iter().zip(mentions) {
            *of_full.entry(base.of_name(&form.name).to_lowercase()).or_default() += n;
        }
        let mut by_surname: BTreeMap<&str, Vec<(&str, u64)>> = BTreeMap::new();
        for (key, label) in &full {
            by_surname.entry(surname_of(key).0).or_default().push((label, of_full[key]));
        }
        let person = |name: &str| {
            let (surname, is_full) = surname_of(name);
            let key = surname.to_lowercase();
            match by_surname.get(key.as_str()).and_then(|holders| best_known(holders)) {
                _ if is_full => full[&name.to_lowercase()],
                Some(person) => person,
                None => bare[&key],
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

/// Among the people of a surname the only one, or the one with nine of ten mentions and at least ten.
pub(super) fn best_known<P: Copy>(holders: &[(P, u64)]) -> Option<P> {
    let all: u64 = holders.iter().map(|h| h.1).sum();
    let fits = |&&(_, n): &&(P, u64)| holders.len() == 1 || (n >= 10 && n * 10 >= all * 9);
    holders.iter().find(fits).map(|h| h.0)
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
        let joined = Joined::of(&forms, &vec![1; forms.len()]);
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
    fn a_surname_is_that_of_the_one_whom_nearly_all_mean() {
        let many = |name: &str, n: u64| (name.to_owned(), n);
        let who = |all: &[(String, u64)]| {
            let holders: Vec<(&str, u64)> = all.iter().map(|(name, n)| (name.as_str(), *n)).collect();
            best_known(&holders).map(str::to_owned)
        };
        assert_eq!(who(&[many("Ina Lohse", 40), many("Jan Lohse", 3)]).as_deref(), Some("Ina Lohse"));
        assert_eq!(who(&[many("Ina Lohse", 40), many("Jan Lohse", 9)]), None);
        assert_eq!(who(&[many("Ina Lohse", 9), many("Jan Lohse", 0)]), None);
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
