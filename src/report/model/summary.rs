//! The first screen: what changed, in a few sentences made from verdicts.

use serde::Serialize;

use super::links::Links;
use super::view::Line;
use super::{both_sides, mostly_one};
use crate::report::statistics;
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
    lines.extend(successions::summary(trends, links, w));
    lines.extend(pen.terms(lines.len() + 2 > MOST));
    Summary { certainty: pen.certainty(), lines, more }
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

    /// `Belegt ist keine der 110 geprüften Veränderungen, angedeutet sind 2.`
    fn certainty(self) -> Option<String> {
        let w = self.w;
        let families = self.trends.families().iter().filter(|f| f.comparison == self.main);
        let tested: usize = families.map(|f| f.tests + f.tested_outside).sum();
        let t = self.trends;
        let all = [t.theme_shifts(), t.found_shifts(), t.subtheme_shifts(), t.watch_shifts(), t.term_shifts()];
        let shifts: Vec<&Shift> = all.into_iter().flatten().filter(|s| s.comparison == self.main).collect();
        let with = |c: Certainty| shifts.iter().filter(|s| s.test.certainty == Some(c)).count();
        let confirmed = with(Certainty::Confirmed);
        let (n, a, b) = (w.count(tested), w.count(confirmed), w.count(with(Certainty::Indicated)));
        let line = match (confirmed, w.is_german()) {
            (0, true) => format!(
                "Von {n} geprüften Veränderungen ist keine belegt; {b} sind angedeutet, alles andere ist nur gesehen."
            ),
            (0, false) => {
                format!("Of {n} changes tested none is confirmed; {b} are indicated, all else is only seen.")
            }
            (_, true) => format!(
                "Von {n} geprüften Veränderungen sind {a} belegt und {b} angedeutet; alles andere ist nur gesehen."
            ),
            (_, false) => {
                format!("Of {n} changes tested {a} are confirmed and {b} indicated; all else is only seen.")
            }
        };
        (tested > 0).then(|| format!("{line}{}", self.withheld(&shifts)))
    }

    /// Why nothing is confirmed that a test would confirm, if talks were known to be independent.
    fn withheld(self, shifts: &[&Shift]) -> &'static str {
        let clusters = self.trends.warnings().iter().any(|warning| warning.code == "undeclared-blocks");
        let held = |s: &&Shift| s.test.certainty == Some(Certainty::Indicated) && s.test.q.is_some_and(|q| q <= 0.05);
        if clusters && shifts.iter().any(held) {
            self.w.fixed_text(
                " Belegt heißt hier nichts: Vorträge treten in Gruppen auf, und es ist nicht gesagt, in welchen.",
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
            let counts = format!(" ({} → {}{})", w.count(s.from.count), w.count(s.to.count), mostly_one(s, w));
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
            let counts = format!(" {} → {}{}", w.count(s.from.count), w.count(s.to.count), mostly_one(s, w));
            Line::default().link(&s.label, self.links.theme(&s.key)).text(counts)
        });
        Line::default()
            .link(&whole.label, self.links.theme(&whole.key))
            .text(format!(" {verb} ({change}): {}. {within}", both_sides(whole, w)))
            .list(parts.collect(), w)
            .text(".")
    }

    /// `Häufiger genannte Begriffe: KI (1 → 3 Vorträge, offen) …`, and those named less often; in one sentence where room is
    /// short.
    fn terms(self, short: bool) -> Vec<Line> {
        let w = self.w;
        let (more, less) = (
            w.pick("Häufiger genannte Begriffe: ", "Terms named more often: "),
            w.pick("Seltener genannte Begriffe: ", "Terms named less often: "),
        );
        let (up, down) = (self.named(true), self.named(false));
        if short && !up.is_empty() && !down.is_empty() {
            let less = w.pick("; seltener genannte: ", "; less often: ");
            return vec![Line::default().text(more).list(up, w).text(less).list(down, w).text(".")];
        }
        let lists = [(more, up), (less, down)].into_iter().filter(|(_, terms)| !terms.is_empty());
        lists.map(|(head, terms)| Line::default().text(head).list(terms, w).text(".")).collect()
    }

    fn named(self, rising: bool) -> Vec<Line> {
        let w = self.w;
        let ranking = self.trends.ranking(rising, Some(self.main));
        let rows = ranking.rows.into_iter().filter(|s| is_clear(s) && s.mark().is_empty() && !lives_in_compounds(s));
        let named = rows.take(TERMS).map(|s| {
            let (a, b) = (w.count(s.from.sessions), w.count(s.to.sessions));
            let talks = w.pick("Vorträge", "talks");
            let grade =
                if s.test.certainty.is_some() { format!(", {}", statistics::grade(s, w)) } else { String::new() };
            let counts = format!(" ({a} → {b} {talks}{grade})");
            Line::default().link(&s.label, self.links.concept(&s.key)).text(counts)
        });
        named.collect()
    }
}
