//! The first screen: what changed, in a few sentences made from verdicts.

use serde::Serialize;

use super::links::Links;
use super::view::Line;
use super::{are_alike, both_sides, brief, mostly_one};
use crate::report::statistics::{self, Tally};
use crate::report::successions::{self, named};
use crate::report::words::Words;
use crate::trends::{Certainty, Comparison, Shift, Trends, Verdict};

/// Themes of each direction that have a sentence of their own.
const FIRST: usize = 2;
/// Those that follow below, and those that are only named there.
const NEXT: usize = 1;
const ALSO: usize = 5;
/// Sentences of the first screen.
const MOST: usize = 7;
/// Terms of each direction.
const TERMS: usize = 4;
/// Watch terms that are named.
const WATCHED: usize = 6;
/// Up to this q a term is a headline even where as many as these are indicated by chance.
const SURE_Q: f64 = 0.2;

/// What changed.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Summary {
    /// How much of it is established, before anything else is said.
    pub certainty: Option<String>,
    /// Seven sentences at most.
    pub lines: Vec<Line>,
    /// What did not fit.
    pub more: Vec<Line>,
}

/// What sentences are made with.
#[derive(Clone, Copy)]
struct Pen<'a> {
    trends: &'a Trends,
    links: &'a Links<'a>,
    main: Comparison,
    w: Words,
}

pub(super) fn summary(trends: &Trends, links: &Links<'_>, w: Words) -> Summary {
    let Some(main) = trends.main_comparison() else {
        let only =
            w.pick("Es gibt nur ein Jahr; nichts wird verglichen.", "There is only one year; nothing is compared.");
        return Summary { certainty: None, lines: vec![Line::default().text(only)], more: Vec::new() };
    };
    let pen = Pen { trends, links, main, w };
    let (level, themes) = pen.themes();
    let (mut lines, mut more) = (Vec::new(), Vec::new());
    for rising in [true, false] {
        let mut moved: Vec<&Shift> =
            themes.iter().copied().filter(|s| is_clear(s) && (s.effect > 0.0) == rising).collect();
        // What nothing can be said of comes last.
        let undecidable = |s: &Shift| s.test.verdict == Verdict::NotDecidable;
        moved.sort_by(|a, b| undecidable(a).cmp(&undecidable(b)).then(a.by_strength(b)));
        let mut sentences = moved.iter().map(|s| pen.moved(level, s, rising));
        lines.extend(sentences.by_ref().take(FIRST));
        more.extend(sentences.take(NEXT));
        more.extend(pen.also(level, &moved[moved.len().min(FIRST + NEXT)..], rising));
    }
    let mut parents = pen.steady_parents(&themes);
    if !parents.is_empty() {
        lines.push(parents.remove(0));
    }
    more.extend(parents);
    lines.extend(pen.watched());
    lines.extend(successions::summary(trends, links, w));
    let (terms, rest) = pen.terms(&lines);
    lines.extend(terms);
    more.extend(rest);
    if lines.is_empty() {
        lines.push(pen.largest());
    }
    Summary { certainty: Some(pen.certainty()), lines, more }
}

/// A shift to speak of: it doubled or halved with enough mentions, or a test speaks for it; and the talks that name it did
/// not move the other way.
fn is_clear(s: &Shift) -> bool {
    let tested = s.test.certainty.is_some_and(|c| c <= Certainty::Indicated);
    let large = s.effect.abs() >= 0.9 && s.from.count.max(s.to.count) >= 3;
    let talks = s.to.share() - s.from.share();
    (tested || large) && talks * s.effect >= 0.0
}

/// Whether a word of which one side has none stands there in compounds: `IT` beside `IT-Strategie`. It is then
/// neither new nor gone, only spelled otherwise, and no headline.
fn lives_in_compounds(s: &Shift) -> bool {
    (s.from.count == 0 && s.from.in_compounds > 0) || (s.to.count == 0 && s.to.in_compounds > 0)
}

impl<'a> Pen<'a> {
    /// The shifts of themes, of found ones where there is no theme file, and their level.
    fn themes(self) -> (&'static str, Vec<&'a Shift>) {
        let of_main = |shifts: &'a [Shift]| shifts.iter().filter(|s| s.comparison == self.main).collect::<Vec<_>>();
        match of_main(self.trends.theme_shifts()) {
            themes if themes.is_empty() => ("found", of_main(self.trends.found_shifts())),
            themes => ("themes", themes),
        }
    }

    /// `Von 110 geprüften Veränderungen ist keine belegt, 2 sind angedeutet; alles andere ist nur gesehen.`
    fn certainty(self) -> String {
        let w = self.w;
        let tallies = statistics::tallies(self.trends, self.main);
        let sum = |of: fn(&Tally) -> usize| tallies.iter().map(of).sum::<usize>();
        let (n, a, b) = (sum(|t| t.tested), sum(|t| t.confirmed), sum(|t| t.indicated));
        match (tallies.is_empty(), n) {
            (true, _) => w
                .pick(
                    "Es wurde nichts geprüft: Die Sätze beschreiben, was in diesen Texten steht, und belegen nichts.",
                    "Nothing was tested: the sentences describe what stands in these texts, and establish nothing.",
                )
                .to_owned(),
            (false, 0) => w
                .pick(
                    "Nichts konnte geprüft werden: So wenige Vorträge entscheiden nichts.",
                    "Nothing could be tested: so few talks decide nothing.",
                )
                .to_owned(),
            _ => format!("{}{}{}", how_many(n, a, b, w), like_chance(&tallies, w), self.withheld()),
        }
    }

    /// Why nothing is confirmed that a test would confirm, if talks were known to be independent.
    fn withheld(self) -> &'static str {
        let clusters = self.trends.warnings().iter().any(|warning| warning.code == "undeclared-blocks");
        let t = self.trends;
        let all = [t.theme_shifts(), t.found_shifts(), t.subtheme_shifts(), t.watch_shifts(), t.term_shifts()];
        let mut counted = all.into_iter().flatten().filter(|s| s.comparison == self.main && statistics::is_counted(s));
        let held = |s: &Shift| s.test.certainty == Some(Certainty::Indicated) && s.test.q.is_some_and(|q| q <= 0.05);
        if clusters && counted.any(held) {
            self.w.fixed_text(
                " Als belegt gilt hier nichts: Vorträge treten in Gruppen auf, und es ist nicht gesagt, in welchen.",
                " Nothing can be confirmed here: talks come in clusters, and nobody has said which.",
            )
        } else {
            ""
        }
    }

    /// `Künstliche Intelligenz wird häufiger genannt: 16 Nennungen in 4 von 13 Vorträgen (2025), …`
    fn moved(self, level: &str, s: &Shift, rising: bool) -> Line {
        let w = self.w;
        let verb = if rising {
            w.pick("wird häufiger genannt", "is named more often")
        } else {
            w.pick("wird seltener genannt", "is named less often")
        };
        let rest = format!(" {verb}: {}{}{}.", both_sides(s, w), mostly_one(s, w), statistics::certainty(s, w));
        let line =
            if level == "found" { Line::default().text(w.pick("Das Thema ", "The theme ")) } else { Line::default() };
        line.link(named(level, &s.label, w), self.links.on(level, &s.key)).text(rest)
    }

    /// `Auch häufiger genannt: Fachverfahren (2 → 5).`
    fn also(self, level: &str, moved: &[&Shift], rising: bool) -> Option<Line> {
        let w = self.w;
        let head = if rising {
            w.pick("Auch häufiger genannt: ", "Also named more often: ")
        } else {
            w.pick("Auch seltener genannt: ", "Also named less often: ")
        };
        let item = |s: &&Shift| {
            let counts = format!(" ({}{}{})", brief(s, w), mostly_one(s, w), graded(s, w));
            Line::default().link(named(level, &s.label, w), self.links.on(level, &s.key)).text(counts)
        };
        let items: Vec<Line> = moved.iter().take(ALSO).map(item).collect();
        (!items.is_empty()).then(|| Line::default().text(head).list(items, w).text("."))
    }

    /// Themes that fell within a parent that hardly moved: said together, or the fall misleads.
    fn steady_parents(self, themes: &[&Shift]) -> Vec<Line> {
        let Some(counts) = self.trends.themes() else { return Vec::new() };
        let shift = |name: &str| themes.iter().find(|s| s.key == name).copied();
        let all = || counts.themes.themes.iter();
        let steady = all().filter(|t| t.parent.is_none()).filter_map(|parent| {
            let whole = shift(&parent.name)?;
            let children = all().filter(|t| t.parent.as_ref() == Some(&parent.name)).filter_map(|t| shift(&t.name));
            let children: Vec<&Shift> = children.filter(|s| s.from.count + s.to.count > 0).collect();
            let fell = children.iter().any(|s| is_clear(s) && s.effect < 0.0);
            (fell && whole.effect.abs() <= 0.6 && children.len() >= 2).then(|| self.steady(whole, &children))
        });
        steady.collect()
    }

    fn steady(self, whole: &Shift, children: &[&Shift]) -> Line {
        let w = self.w;
        let change = w.change(whole.from.count, whole.to.count, whole.effect);
        let (verb, within) = if w.is_german() {
            ("als Ganzes verändert sich weniger", "Darin: ")
        } else {
            ("as a whole changes less", "Within it: ")
        };
        let parts = children.iter().map(|s| {
            let counts = format!(" ({}{}{})", brief(s, w), mostly_one(s, w), graded(s, w));
            Line::default().link(&s.label, self.links.theme(&s.key)).text(counts)
        });
        Line::default()
            .link(&whole.label, self.links.theme(&whole.key))
            .text(format!(" {verb} ({change}{}): {}. {within}", graded(whole, w), both_sides(whole, w)))
            .list(parts.collect(), w)
            .text(".")
    }

    /// `Beobachtet: KI (1 → 3 Vorträge, offen) …`
    fn watched(self) -> Option<Line> {
        let shifts = self.trends.watch_shifts().iter().filter(|s| s.comparison == self.main);
        let items: Vec<Line> = shifts.take(WATCHED).map(|s| self.item(s, self.links.watched(&s.key))).collect();
        let head = self.w.pick("Beobachtet: ", "Watched: ");
        (!items.is_empty()).then(|| Line::default().text(head).list(items, self.w).text("."))
    }

    /// `Häufiger genannte Begriffe: KI (1 → 3 Vorträge, offen) …`, and those named less often: sentences for the first
    /// screen, and for below it. Where no more terms are indicated than by chance, only those that q speaks for stand on
    /// the first screen, as long as it says something else.
    fn terms(self, said: &[Line]) -> (Vec<Line>, Vec<Line>) {
        let tallies = statistics::tallies(self.trends, self.main);
        let chance = tallies.iter().any(|t| t.kind == "terms" && t.is_chance());
        let sure = |s: &Shift| s.test.certainty == Some(Certainty::Confirmed) || s.test.q.is_some_and(|q| q <= SURE_Q);
        let short = said.len() + 2 > MOST;
        if !chance || said.is_empty() {
            return (self.lists(short, &|_| true), Vec::new());
        }
        (self.lists(short, &sure), self.lists(false, &|s| !sure(s)))
    }

    /// The terms that `is_wanted`, in one sentence where room is short.
    fn lists(self, short: bool, is_wanted: &dyn Fn(&Shift) -> bool) -> Vec<Line> {
        let w = self.w;
        let (more, less) = (
            w.pick("Häufiger genannte Begriffe: ", "Terms named more often: "),
            w.pick("Seltener genannte Begriffe: ", "Terms named less often: "),
        );
        let (up, down) = (self.named(true, is_wanted), self.named(false, is_wanted));
        if short && !up.is_empty() && !down.is_empty() {
            let less = w.pick("; seltener genannte: ", "; less often: ");
            return vec![Line::default().text(more).list(up, w).text(less).list(down, w).text(".")];
        }
        let lists = [(more, up), (less, down)].into_iter().filter(|(_, terms)| !terms.is_empty());
        lists.map(|(head, terms)| Line::default().text(head).list(terms, w).text(".")).collect()
    }

    fn named(self, rising: bool, is_wanted: &dyn Fn(&Shift) -> bool) -> Vec<Line> {
        let ranking = self.trends.ranking(rising, Some(self.main));
        let clear = |s: &&Shift| is_clear(s) && s.mark().is_empty() && !lives_in_compounds(s);
        let rows = ranking.rows.into_iter().filter(clear).filter(|s| is_wanted(s));
        rows.take(TERMS).map(|s| self.item(s, self.links.concept(&s.key))).collect()
    }

    /// `KI (1 → 3 Vorträge, offen)`; with the sizes of the years where they differ.
    fn item(self, s: &Shift, link: Option<String>) -> Line {
        let w = self.w;
        if s.from.count + s.to.count == 0 {
            return Line::default().link(&s.label, link).text(w.pick(" (nicht genannt)", " (not named)"));
        }
        let talks = if are_alike(s.from.n_sessions as f64, s.to.n_sessions as f64) {
            format!("{} → {}", w.count(s.from.sessions), w.talks(s.to.sessions))
        } else {
            let of = w.pick("von", "of");
            let (n, m) = (w.count(s.from.n_sessions), w.count(s.to.n_sessions));
            let talks = w.pick("Vorträgen", "talks");
            format!("{} {of} {n} → {} {of} {m} {talks}", w.count(s.from.sessions), w.count(s.to.sessions))
        };
        Line::default().link(&s.label, link).text(format!(" ({talks}{})", graded(s, w)))
    }

    /// What is said where nothing is clear: the terms whose mentions differ most.
    fn largest(self) -> Line {
        let w = self.w;
        let mut terms: Vec<&Shift> =
            self.trends.term_shifts().iter().filter(|s| s.comparison == self.main && s.ranked).collect();
        let apart = |s: &Shift| s.from.count.abs_diff(s.to.count);
        terms.retain(|s| apart(s) > 0);
        terms.sort_by(|a, b| apart(b).cmp(&apart(a)).then(a.key.cmp(&b.key)));
        let item = |s: &&Shift| {
            let text = format!(" ({} → {}{})", w.count(s.from.count), w.mentions(s.to.count), graded(s, w));
            Line::default().link(&s.label, self.links.concept(&s.key)).text(text)
        };
        let items: Vec<Line> = terms.iter().take(TERMS).map(item).collect();
        if items.is_empty() {
            return Line::default()
                .text(w.pick("Kein Begriff unterscheidet die Jahre.", "No term tells the years apart."));
        }
        let head = w.pick(
            "Nichts verschiebt sich deutlich. Am weitesten auseinander liegen ",
            "Nothing shifts clearly. Furthest apart are ",
        );
        Line::default().text(head).list(items, w).text(".")
    }
}

/// `, offen`; nothing without statistics.
fn graded(s: &Shift, w: Words) -> String {
    let short = statistics::short(s, w);
    if short.is_empty() { String::new() } else { format!(", {short}") }
}

/// Of `n` changes, how many are confirmed (`a`) and indicated (`b`).
fn how_many(n: usize, a: usize, b: usize, w: Words) -> String {
    if n == 1 {
        let grade = match (a, b) {
            (0, 0) => w.pick("nur gesehen", "only seen"),
            (0, _) => w.pick("angedeutet, nicht belegt", "indicated, not established"),
            _ => w.pick("belegt", "confirmed"),
        };
        let one = w.pick("Die eine Veränderung, die geprüft ist, ist", "The one change that was tested is");
        return format!("{one} {grade}.");
    }
    let (n, confirmed, indicated) = (w.count(n), w.count(a), w.count(b));
    match (a, b, w.is_german()) {
        (0, 0, true) => {
            format!("Von {n} geprüften Veränderungen ist keine belegt oder angedeutet; alle sind nur gesehen.")
        }
        (0, 0, false) => format!("Of {n} changes tested none is confirmed or indicated; all are only seen."),
        (_, _, true) => {
            let first = match a {
                0 => "ist keine belegt".to_owned(),
                1 => "ist 1 belegt".to_owned(),
                _ => format!("sind {confirmed} belegt"),
            };
            let second = if b == 1 { "1 ist".to_owned() } else { format!("{indicated} sind") };
            format!("Von {n} geprüften Veränderungen {first}, {second} angedeutet; alles andere ist nur gesehen.")
        }
        (_, _, false) => {
            let first = match a {
                0 => "none is confirmed".to_owned(),
                1 => "1 is confirmed".to_owned(),
                _ => format!("{confirmed} are confirmed"),
            };
            let second = if b == 1 { "1 is".to_owned() } else { format!("{indicated} are") };
            format!("Of {n} changes tested {first}, {second} indicated; all else is only seen.")
        }
    }
}

/// Said where no more is indicated than chance alone lets expect: of everything, or of the terms at least.
fn like_chance(tallies: &[Tally], w: Words) -> String {
    let some: Vec<&Tally> = tallies.iter().filter(|t| t.indicated > 0).collect();
    let terms: Vec<&Tally> = some.iter().copied().filter(|t| t.kind == "terms").collect();
    let everything = some.iter().all(|t| t.is_chance());
    let of = if everything { some } else { terms };
    if of.is_empty() || !of.iter().all(|t| t.is_chance()) {
        return String::new();
    }
    let chance = statistics::by_chance(of.iter().map(|t| t.by_chance()).sum(), w);
    match (everything, w.is_german()) {
        (true, true) => {
            format!(" Angedeutet sind damit nicht mehr, als der Zufall allein erwarten lässt (bis zu {chance}).")
        }
        (true, false) => format!(" No more are indicated than chance alone lets expect (up to {chance})."),
        (false, true) => format!(
            " Unter den Begriffen sind nicht mehr angedeutet, als der Zufall allein erwarten lässt (bis zu {chance})."
        ),
        (false, false) => {
            format!(" Among the terms no more are indicated than chance alone lets expect (up to {chance}).")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Language;

    fn tally(kind: &'static str, tested: usize, indicated: usize) -> Tally {
        Tally { kind, tested, confirmed: 0, indicated }
    }

    #[test]
    fn one_is_one() {
        let (de, en) = (Words::new(Language::De), Words::new(Language::En));
        let said = [(110, 0, 2), (110, 1, 1), (110, 3, 0), (1, 0, 0)].map(|(n, a, b)| how_many(n, a, b, de));
        assert_eq!(
            said[0],
            "Von 110 geprüften Veränderungen ist keine belegt, 2 sind angedeutet; alles andere ist nur gesehen."
        );
        assert_eq!(
            said[1],
            "Von 110 geprüften Veränderungen ist 1 belegt, 1 ist angedeutet; alles andere ist nur gesehen."
        );
        assert_eq!(
            said[2],
            "Von 110 geprüften Veränderungen sind 3 belegt, 0 sind angedeutet; alles andere ist nur gesehen."
        );
        assert_eq!(said[3], "Die eine Veränderung, die geprüft ist, ist nur gesehen.");
        assert_eq!(
            how_many(9, 1, 2, en),
            "Of 9 changes tested 1 is confirmed, 2 are indicated; all else is only seen."
        );
    }

    #[test]
    fn no_more_than_chance_is_said_to_be_no_more() {
        let de = Words::new(Language::De);
        let said = |tallies: &[Tally]| like_chance(tallies, de);
        let all = " Angedeutet sind damit nicht mehr, als der Zufall allein erwarten lässt (bis zu 4,8).";
        assert_eq!(said(&[tally("terms", 95, 2), tally("themes", 15, 0)]), all);
        let terms =
            " Unter den Begriffen sind nicht mehr angedeutet, als der Zufall allein erwarten lässt (bis zu 233).";
        assert_eq!(said(&[tally("terms", 4_665, 228), tally("found", 25, 4)]), terms);
        assert_eq!(said(&[tally("terms", 7_473, 828), tally("found", 32, 16)]), "");
        assert_eq!(said(&[tally("terms", 95, 0), tally("themes", 15, 0)]), "");
    }
}
