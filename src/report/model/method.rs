//! How it was counted, and what was left out.

use serde::Serialize;

use super::view::View;
use crate::report::words::Words;
use crate::trends::Trends;

/// Names and sentences that the page lists; the tables have all.
const NAMES: usize = 100;
const SENTENCES: usize = 20;

/// Method, settings, and what is not counted.
#[derive(Debug, Serialize)]
pub(in crate::report) struct MethodView {
    pub lines: Vec<String>,
    pub settings: View,
    /// Names of people who take part, in one line.
    pub people: Option<String>,
    /// Sentences that many sessions repeat.
    pub boilerplate: Option<View>,
}

pub(super) fn method(trends: &Trends, w: Words) -> MethodView {
    let rows = trends.settings().iter().map(|(name, value)| vec![name.clone(), value.clone()]);
    let head = [w.pick("Einstellung", "Setting"), w.pick("Wert", "Value")].map(str::to_owned);
    let caption = w.pick(
        "Alles, was eine Zahl ändern kann; mit den Prüfsummen der Quellen in manifest.json.",
        "All that can change a number; with checksums of the sources in manifest.json.",
    );
    MethodView {
        lines: lines(trends, w),
        settings: View::new(caption, head.to_vec(), vec![false, false], rows),
        people: people(trends, w),
        boilerplate: boilerplate(trends, w),
    }
}

fn people(trends: &Trends, w: Words) -> Option<String> {
    let mut names: Vec<&str> = trends.people().iter().filter(|p| p.takes_part).map(|p| p.person.as_str()).collect();
    names.dedup();
    let more = names.len().saturating_sub(NAMES);
    let rest = if more > 0 { format!(" … (+{})", w.count(more)) } else { String::new() };
    (!names.is_empty()).then(|| format!("{}{rest}", names[..names.len() - more].join(", ")))
}

fn boilerplate(trends: &Trends, w: Words) -> Option<View> {
    let sentences = trends.concepts().boilerplate();
    let rows = sentences.iter().take(SENTENCES).map(|b| vec![b.text.clone(), w.count(b.sessions)]);
    let caption = w.pick(
        "Sätze, Titel und Felder, die sich durch viele Vorträge ziehen und nicht zählen; alle in tables/boilerplate.csv.",
        "Sentences, titles and fields that many talks repeat and that do not count; all are in tables/boilerplate.csv.",
    );
    let head = [w.pick("Satz", "Sentence"), w.pick("Vorträge", "Talks")].map(str::to_owned).to_vec();
    (!sentences.is_empty()).then(|| View::new(caption, head, vec![false, true], rows))
}

fn lines(trends: &Trends, w: Words) -> Vec<String> {
    let talk = if trends.include_framing() {
        w.pick("Gezählt werden Vorträge, Eröffnung und Schluss.", "Talks, opening and closing are counted.")
    } else {
        w.pick(
            "Gezählt werden Vorträge; Eröffnung und Schluss stehen in eigenen Spalten der Tabellen.",
            "Talks are counted; opening and closing stand in columns of their own in the tables.",
        )
    };
    let mut lines = vec![
        talk.to_owned(),
        w.pick(
            "Was ein Begriff in mehreren Schreibweisen ist (Beugung, Bindestrich, Abkürzung, Genderform …), zählt zusammen; Sätze, die sich durch viele Vorträge ziehen, zählen nicht (tables/boilerplate.csv); die Namen erkannter Personen sind ausgenommen und stehen in tables/people.csv. Alle Schreibweisen stehen in tables/concepts.csv.",
            "Spellings of one notion (inflection, hyphen, acronym, gender form …) count together; sentences that many talks repeat do not count (tables/boilerplate.csv); names of recognised people are left out and stand in tables/people.csv. All spellings are in tables/concepts.csv.",
        )
        .to_owned(),
        w.pick(
            "Veränderung: Verhältnis der Nennungen je 1.000 Wörter, mit einer halben Nennung auf beiden Seiten. Rangfolge: zuerst, was mehr als ein Vortrag zeigt, dann nach dem Ende des 95-%-Bereichs, das näher an „unverändert“ liegt, und wo er „unverändert“ einschließt, nach dem z der Log-Odds (Monroe u. a. 2008). Geprüft wird, indem die Jahre auf die Vorträge neu verteilt werden; belegt heißt: höchstens 5 % falsche Entdeckungen unter allen geprüften Begriffen (Benjamini und Hochberg 1995). Formeln: docs/methods.md.",
            "Change: ratio of mentions per 1,000 words, with half a mention added on both sides. Ranking: what more than one talk shows comes first, then by the end of the 95 % interval that is nearer to no change, and where it holds no change by the z of log-odds (Monroe et al. 2008). Tests deal the years to the talks anew; confirmed means: at most 5 % false discoveries among all terms tested (Benjamini and Hochberg 1995). Formulas: docs/methods.md.",
        )
        .to_owned(),
    ];
    if !trends.evidence().is_empty() {
        lines.push(w.pick("Zu jeder Zahl stehen die Fundstellen in tables/evidence.csv: alle für Themen, bis zu fünf je Begriff und Jahr.", "The sentences behind the numbers are in tables/evidence.csv: all for themes, up to five per term and year.").to_owned());
    }
    lines
}
