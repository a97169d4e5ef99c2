//! German and English: words, numbers and the form of a change.

use super::tables::plain_number;
use crate::corpus::Language;
use crate::error::Warning;

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    german: bool,
}

impl Words {
    pub(super) fn new(language: Language) -> Self {
        Self { german: language == Language::De }
    }

    /// The text of this language.
    pub(super) fn pick<'w>(self, de: &'w str, en: &'w str) -> &'w str {
        if self.german { de } else { en }
    }

    /// As [`Words::pick`], for texts that live as long as the program.
    pub(super) fn fixed_text(self, de: &'static str, en: &'static str) -> &'static str {
        if self.german { de } else { en }
    }

    pub(super) fn is_german(self) -> bool {
        self.german
    }

    /// A number with at most so many decimals, grouped in thousands.
    pub(super) fn number(self, value: f64, digits: usize) -> String {
        let plain = plain_number(value, digits);
        let (sign, rest) = plain.strip_prefix('-').map_or(("", plain.as_str()), |r| ("−", r));
        let (whole, decimals) = rest.split_once('.').map_or((rest, None), |(w, d)| (w, Some(d)));
        let mut grouped = String::new();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 {
                grouped.push(if self.german { '.' } else { ',' });
            }
            grouped.push(digit);
        }
        let point = if self.german { ',' } else { '.' };
        decimals.map_or_else(|| format!("{sign}{grouped}"), |d| format!("{sign}{grouped}{point}{d}"))
    }

    /// A number with exactly so many decimals.
    pub(super) fn fixed(self, value: f64, digits: usize) -> String {
        let text = self.number(value, digits);
        let point = if self.german { ',' } else { '.' };
        let has = text.rsplit_once(point).filter(|(_, d)| d.len() <= digits && digits > 0 && value.fract() != 0.0);
        match has {
            Some((_, decimals)) => format!("{text}{}", "0".repeat(digits - decimals.len())),
            None if digits > 0 => format!("{text}{point}{}", "0".repeat(digits)),
            None => text,
        }
    }

    /// A number with its sign, also if that is plus.
    #[cfg(feature = "charts")]
    pub(super) fn signed(self, value: f64, digits: usize) -> String {
        format!("{}{}", if value > 0.0 { "+" } else { "" }, self.number(value, digits))
    }

    pub(super) fn count(self, n: impl TryInto<u64>) -> String {
        self.number(n.try_into().unwrap_or(0) as f64, 0)
    }

    /// `1 Vortrag`, `13 Vorträge`.
    pub(super) fn talks(self, n: usize) -> String {
        let word = if n == 1 { self.pick("Vortrag", "talk") } else { self.pick("Vorträge", "talks") };
        format!("{} {word}", self.count(n))
    }

    /// `1 Quelle`, `2 Quellen`: files, however many texts they hold.
    pub(super) fn sources(self, n: usize) -> String {
        let word = if n == 1 { self.pick("Quelle", "source") } else { self.pick("Quellen", "sources") };
        format!("{} {word}", self.count(n))
    }

    /// `in 4 von 13 Vorträgen`.
    pub(super) fn in_talks(self, hit: usize, n: usize) -> String {
        if self.german {
            format!("in {} von {} Vorträgen", self.count(hit), self.count(n))
        } else {
            format!("in {} of {} talks", self.count(hit), self.count(n))
        }
    }

    /// `14 Nennungen`.
    pub(super) fn mentions(self, n: u64) -> String {
        let word = if n == 1 { self.pick("Nennung", "mention") } else { self.pick("Nennungen", "mentions") };
        format!("{} {word}", self.count(n))
    }

    /// What a table is called: a sheet of the workbook, a line of the page. At most 31 characters.
    #[cfg(any(feature = "xlsx", feature = "html"))]
    pub(super) fn table_name(self, table: &'static str) -> &'static str {
        match table {
            "sessions" => self.fixed_text("Programmpunkte", "Sessions"),
            "term_frequencies" => self.fixed_text("Begriffe je Vortrag", "Terms by session"),
            "terms_by_year" => self.fixed_text("Begriffe je Jahr", "Terms by year"),
            "term_shifts" => self.fixed_text("Begriffe im Vergleich", "Term shifts"),
            "concepts" => self.fixed_text("Schreibweisen", "Concepts"),
            "people" => self.fixed_text("Personen", "People"),
            "boilerplate" => self.fixed_text("Weggelassene Sätze", "Boilerplate"),
            "theme_shifts" => self.fixed_text("Themen im Vergleich", "Theme shifts"),
            "theme_sessions" => self.fixed_text("Themen je Vortrag", "Themes by session"),
            "theme_spellings" => self.fixed_text("Wörter der Themen", "Theme spellings"),
            "watch_shifts" => self.fixed_text("Beobachtete Begriffe", "Watch terms"),
            "comparisons" => self.fixed_text("Geprüftes", "What was tested"),
            "term_trends" => self.fixed_text("Begriffe über alle Jahre", "Term trends"),
            "theme_trends" => self.fixed_text("Themen über alle Jahre", "Theme trends"),
            "uncovered_concepts" => self.fixed_text("Ohne Thema", "Without a theme"),
            "added_patterns" => self.fixed_text("Hinzugefügte Muster", "Added patterns"),
            "found_themes" => self.fixed_text("Gefundene Themen", "Found themes"),
            "found_theme_shifts" => self.fixed_text("Gefundene im Vergleich", "Found theme shifts"),
            "found_theme_sessions" => self.fixed_text("Gefundene je Vortrag", "Found themes by session"),
            "theme_ranks" => self.fixed_text("Themen, Rang je Jahr", "Theme ranks"),
            "theme_lineage" => self.fixed_text("Werdegang der Themen", "Theme lineage"),
            "successions" => self.fixed_text("Ablösungen", "Successions"),
            "found_theme_trends" => self.fixed_text("Gefundene, alle Jahre", "Found theme trends"),
            "nearest_sessions" => self.fixed_text("Ähnlichste Vorträge", "Nearest talks"),
            "evidence" => self.fixed_text("Belege", "Evidence"),
            other => other,
        }
    }

    /// The size of a change: `×2,3`, `÷4`, `neu`, `nicht mehr`.
    pub(super) fn change(self, from: u64, to: u64, effect: f64) -> String {
        match (from, to) {
            (0, 0) => "–".into(),
            (0, _) => self.pick("neu", "new").into(),
            (_, 0) => self.pick("nicht mehr", "gone").into(),
            _ if effect.abs() < 0.07 => "=".into(),
            _ if effect > 0.0 => format!("×{}", self.number(libm::exp2(effect), 1)),
            _ => format!("÷{}", self.number(libm::exp2(-effect), 1)),
        }
    }

    /// A number that is not negative with two significant digits, or all before the point: `0,060`, `0,34`, `1,2`, `128`.
    pub(super) fn two_digits(self, value: f64) -> String {
        if value <= 0.0 {
            return self.number(0.0, 0);
        }
        let digits = |value: f64| (1.0 - libm::floor(libm::log10(value))).clamp(0.0, 9.0) as usize;
        // 0.0996 is 0.10, not 0.100.
        let rounded = plain_number(value, digits(value)).parse().unwrap_or(value);
        self.fixed(rounded, digits(rounded))
    }

    /// `= 0,030`, `< 0,001`: two significant digits.
    pub(super) fn p_value(self, p: f64) -> String {
        if p < 0.001 { format!("< {}", self.number(0.001, 3)) } else { format!("= {}", self.two_digits(p)) }
    }

    /// A warning as a reader of the report sees it.
    pub(super) fn note(self, warning: &Warning) -> String {
        let german = self.german.then(|| in_german(warning)).flatten();
        german.map_or_else(|| warning.to_string(), |message| Warning { message, ..warning.clone() }.to_string())
    }

    /// `a, b und c`.
    pub(super) fn list(self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.pick("und", "and")),
        }
    }
}

/// The commonest warnings in German; a rare one stays as it is.
fn in_german(warning: &Warning) -> Option<String> {
    let message = warning.message.as_str();
    let mut numbers = message.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    Some(match warning.code {
        "year-weighed" => {
            let quote = message.split("“…").nth(1)?.split("…”").next()?;
            let year = numbers.next()?;
            format!("Das Jahr {year} ist aus dem Text geschlossen: „…{quote}…“; --year DATEI=JAHR sagt ein anderes")
        }
        "few-talks" => {
            let (year, n) = (numbers.next()?, numbers.next()?);
            format!("{year} hat wenige Vorträge ({n}): Was ein oder zwei von ihnen tun, sieht aus wie ein Trend")
        }
        "ambiguous-acronym" => {
            let (acronym, forms) = message.split_once(" stands for more than one thing and is counted by itself: ")?;
            format!("{acronym} steht für mehr als eines und zählt für sich: {forms}")
        }
        "year-is-source" => "Jedes Jahr ist eine einzige Quelle: Ein Wechsel von Autor oder Stil lässt sich von einem \
                             Wechsel der Themen nicht unterscheiden"
            .to_owned(),
        "builtin-themes" => "Die Themen sind die mitgelieferten für die IT des öffentlichen Sektors; --themes DATEI \
                             nimmt andere, --themes none keine"
            .to_owned(),
        "undeclared-blocks" => {
            let tag = message.split("same ").nth(1)?.split(')').next()?;
            let whole = message.contains("whole clusters").then(|| format!("--block {tag} prüft ganze Gruppen, "));
            format!(
                "Vorträge treten in Gruppen auf (gleicher Wert von {tag}), und in einer Gruppe ähneln sie sich: keine \
                 Verschiebung heißt belegt; {}--block none nimmt die Vorträge für unabhängig",
                whole.unwrap_or_default()
            )
        }
        "watch-term-not-found" => {
            format!("Kein Vortrag nennt den beobachteten Begriff {}", message.split_once("term ")?.1)
        }
        "texts-missing" => {
            let (missing, all) = (numbers.next()?, numbers.next()?);
            format!(
                "Von {all} Dateien mit den Texten fehlen {missing} dort, wo sie gezählt wurden: keine Wortgruppen, \
                 Textbausteine, Themen und Belege"
            )
        }
        "lengths-differ" => {
            let (from, to) = message.strip_prefix("the talks of ")?.split_once(" differ")?.0.split_once(" and ")?;
            let share = message.rsplit(": ").next()?.split(' ').next()?;
            format!(
                "Die Vorträge von {from} und {to} sind so verschieden lang, dass sich wenig sagen lässt: {share} % \
                 dessen, was die Jahre trennt, ist Länge"
            )
        }
        "dependent-talks" => {
            let tag = message.split("same ").nth(1)?.split(')').next()?;
            let share = numbers.next()?;
            format!(
                "Die Vorträge sind nicht unabhängig: Teilt man ganze Gruppen (gleicher Wert von {tag}) eines Jahres zufällig \
                     auf, haben {share} von 100 Prüfungen p < 0,05; keine Verschiebung heißt belegt, --block {tag} prüft ganze Gruppen"
            )
        }
        "no-boundary" => {
            "Keine Grenze zwischen Vorträgen gefunden: Der Artikel zählt als ein Vortrag (wandel sessions \
                          --write schreibt eine Datei, in der man die Grenzen angibt)"
                .to_owned()
        }
        "duplicate-text" => "wiederholt Texte, die schon gezählt sind; jeder Text zählt einmal".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_both_forms() {
        let (de, en) = (Words::new(Language::De), Words::new(Language::En));
        assert_eq!(
            (de.number(1_234_567.891, 2), en.number(1_234_567.891, 2)),
            ("1.234.567,89".into(), "1,234,567.89".into())
        );
        assert_eq!(
            (de.fixed(2.0, 1), de.fixed(2.56, 1), en.fixed(1999.98, 1), de.fixed(0.04, 1)),
            ("2,0".into(), "2,6".into(), "2,000.0".into(), "0,0".into())
        );
        assert_eq!((de.number(-0.5, 1), de.count(999_u64)), ("−0,5".into(), "999".into()));
        assert_eq!(
            (de.change(0, 3, 2.0), en.change(4, 8, 1.0), de.change(8, 4, -1.3)),
            ("neu".into(), "×2".into(), "÷2,5".into())
        );
        assert_eq!(de.list(&["a".into(), "b".into(), "c".into()]), "a, b und c");
    }

    #[test]
    fn probabilities_have_two_significant_digits() {
        let de = Words::new(Language::De);
        let written = [0.06, 0.082, 0.34, 0.0996, 0.0012, 0.9, 0.996, 1.0, 0.0004].map(|p| de.p_value(p));
        let wanted = ["= 0,060", "= 0,082", "= 0,34", "= 0,10", "= 0,0012", "= 0,90", "= 1,0", "= 1,0", "< 0,001"];
        assert_eq!(written, wanted);
        assert_eq!([0.0, 12.3, 1_234.0].map(|x| de.two_digits(x)), ["0", "12", "1.234"]);
    }

    #[test]
    fn notes_speak_the_language_of_the_report() {
        let message = "year 2024 taken from the text: “…IT-Tag 2024 vom 3. Mai…”; it also names 2020";
        let warning = Warning::new("a.txt", 3, "year-weighed", message);
        let german = "a.txt:3: Das Jahr 2024 ist aus dem Text geschlossen: „…IT-Tag 2024 vom 3. Mai…“; --year DATEI=JAHR sagt ein anderes";
        assert_eq!(Words::new(Language::De).note(&warning), german);
        assert_eq!(Words::new(Language::En).note(&warning), warning.to_string());
        let note = |code, message: &str| Words::new(Language::De).note(&Warning::new("", 0, code, message));
        let lengths = "the talks of 2024 and 2025 differ so much in length that little can be told: 64 % of what parts \
                       the years is length";
        let german = "Die Vorträge von 2024 und 2025 sind so verschieden lang, dass sich wenig sagen lässt: 64 % dessen, \
                      was die Jahre trennt, ist Länge";
        assert_eq!(note("lengths-differ", lengths), german);
        let clusters = |whole: &str| {
            let message =
                format!("talks come in clusters (same ort): no shift is called confirmed; {whole}--block none …");
            note("undeclared-blocks", &message).contains("--block ort prüft ganze Gruppen")
        };
        assert!(clusters("--block ort tests whole clusters, ") && !clusters(""));
        let gone =
            "1 of 2 files with the texts is not where they were counted: no phrases, boilerplate, themes or quotes";
        let german = "Von 2 Dateien mit den Texten fehlen 1 dort, wo sie gezählt wurden: keine Wortgruppen, Textbausteine, \
                      Themen und Belege";
        assert_eq!(note("texts-missing", gone), german);
        let unnamed = note("watch-term-not-found", "no talk names the watch term \"Wallet\"");
        assert_eq!(unnamed, "Kein Vortrag nennt den beobachteten Begriff \"Wallet\"");
    }
}
