//! The chart of successions: themes of both sides, what stayed, what may have taken the place of what.

use std::collections::BTreeMap;

use super::words::Words;
use crate::chart::{Alluvial, AlluvialColumn, AlluvialNode, Flow, Grade};
use crate::trends::{Certainty, Comparison, Shift, Successions, Trends};

/// Nodes of a column.
const NODES: usize = 12;

/// The alluvial chart of the main comparison; none where there is no candidate.
pub(super) fn alluvial(trends: &Trends, w: Words) -> Option<Alluvial> {
    let main = trends.main_comparison()?;
    let table = trends.successions().iter().find(|s| s.comparison == main && !s.candidates.is_empty())?;
    let keys = shown(trends, table);
    let shifts: Vec<&Shift> = keys.iter().filter_map(|key| trends.shift_on(table.level, main, key)).collect();
    let side = |later: bool| {
        let of = |s: &&&Shift| if later { s.to.sessions > 0 } else { s.from.sessions > 0 };
        shifts.iter().filter(of).copied().collect::<Vec<_>>()
    };
    let (earlier, later) = (side(false), side(true));
    let column = |shifts: &[&Shift], later: bool| AlluvialColumn {
        label: if later { main.to.to_string() } else { main.from.to_string() },
        nodes: shifts.iter().map(|s| node(s, later, w)).collect(),
    };
    let index = |shifts: &[&Shift]| -> BTreeMap<String, usize> {
        shifts.iter().enumerate().map(|(i, s)| (s.key.to_string(), i)).collect()
    };
    let (from, to) = (index(&earlier), index(&later));
    let stayed = earlier.iter().enumerate().filter_map(|(i, s)| {
        let value = 100.0 * s.from.share().min(s.to.share());
        Some(Flow {
            from: (0, i),
            to: (1, *to.get(s.key.as_str())?),
            value,
            label: String::new(),
            certainty: Grade::Same,
        })
    });
    let moved = table.shown().chain(&table.siblings).filter_map(|s| {
        let shift = |key: &str| shifts.iter().find(|s| s.key == key);
        let (a, b) = (shift(&s.from.0)?, shift(&s.to.0)?);
        let value = 100.0 * (a.from.share() - a.to.share()).min(b.to.share() - b.from.share());
        (value > 0.0).then_some(Flow {
            from: (0, *from.get(&s.from.0)?),
            to: (1, *to.get(&s.to.0)?),
            value,
            label: format!("p {}", w.p_value(s.p)),
            certainty: match s.certainty {
                Certainty::Confirmed => Grade::Confirmed,
                Certainty::Indicated => Grade::Indicated,
                Certainty::Open => Grade::Open,
            },
        })
    });
    let flows: Vec<Flow> = moved.chain(stayed).collect();
    Some(Alluvial {
        title: title(table, w),
        subtitle: w
            .pick(
                "Anteil der Vorträge, die ein Thema nennen; gestrichelt, was eine Ablösung sein könnte und nicht belegt ist",
                "Share of talks that name a theme; dashed, what may be a succession and is not established",
            )
            .to_owned(),
        footer: footer(trends, table, main, w),
        description: description(table, w),
        columns: vec![column(&earlier, false), column(&later, true)],
        flows,
        grades: [
            w.pick("Ablösung, belegt", "succession, confirmed").to_owned(),
            w.pick("angedeutet", "indicated").to_owned(),
            w.pick("Kandidat, nicht belegt", "candidate, not established").to_owned(),
            match table.level {
                "concepts" => w.pick("derselbe Begriff", "the same term"),
                _ => w.pick("dasselbe Thema", "the same theme"),
            }
            .to_owned(),
        ],
    })
}

/// What candidates and siblings speak of, then what moved by itself, the largest changes first.
fn shown(trends: &Trends, table: &Successions) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let mut add = |key: &str| {
        if keys.len() < NODES && !keys.iter().any(|k| k == key) {
            keys.push(key.to_owned());
        }
    };
    for s in table.shown().chain(&table.siblings) {
        add(&s.from.0);
        add(&s.to.0);
    }
    let mut own: Vec<&str> = table.own_rises.iter().chain(&table.own_falls).map(|t| t.0.as_str()).collect();
    let change = |key: &str| {
        let shift = trends.shift_on(table.level, table.comparison, key);
        shift.map_or(0.0, |s| (s.to.share() - s.from.share()).abs())
    };
    own.sort_by(|a, b| change(b).total_cmp(&change(a)).then(a.cmp(b)));
    own.into_iter().for_each(&mut add);
    keys
}

fn node(s: &Shift, later: bool, w: Words) -> AlluvialNode {
    let side = if later { &s.to } else { &s.from };
    let mark = match (later, s.from.sessions, s.to.sessions) {
        (true, 0, _) => Some(w.pick("neu", "new").to_owned()),
        (false, _, 0) => Some(w.pick("nicht mehr", "gone").to_owned()),
        _ => None,
    };
    AlluvialNode {
        label: s.label.to_string(),
        value: 100.0 * side.share(),
        value_label: format!("{} {} {}", w.count(side.sessions), w.pick("von", "of"), w.count(side.n_sessions)),
        mark,
    }
}

fn title(table: &Successions, w: Words) -> String {
    let first = &table.candidates[0];
    let (a, b) = (&first.from.1, &first.to.1);
    match (first.certainty, w.is_german()) {
        (Certainty::Open, true) => "Keine Ablösung ist belegt".to_owned(),
        (Certainty::Open, false) => "No succession is established".to_owned(),
        (Certainty::Indicated, true) => format!("{b} trat wohl an die Stelle von {a}"),
        (Certainty::Indicated, false) => format!("{b} probably took the place of {a}"),
        (Certainty::Confirmed, true) => format!("{b} trat an die Stelle von {a}"),
        (Certainty::Confirmed, false) => format!("{b} took the place of {a}"),
    }
}

fn description(table: &Successions, w: Words) -> String {
    let pairs: Vec<String> =
        table.shown().map(|s| format!("{} → {} (p {})", s.from.1, s.to.1, w.p_value(s.p))).collect();
    format!("{}. {}: {}.", title(table, w), w.pick("Kandidaten", "Candidates"), w.list(&pairs))
}

fn footer(trends: &Trends, table: &Successions, main: Comparison, w: Words) -> String {
    let talks = |side: crate::trends::YearSet| {
        let n: usize = trends.years().into_iter().filter(|&y| side.contains(y)).map(|y| trends.year_size(y).0).sum();
        format!("{side}: {}", w.talks(n))
    };
    let deals = w.count(table.deals);
    let p = if w.is_german() {
        format!("p: Anteil von {deals} zufälligen Verteilungen der Jahre, in denen irgendein Paar so stark ist.")
    } else {
        format!("p: share of {deals} random dealings of the years in which any pair is as strong.")
    };
    format!("{}, {}. {p}", talks(main.from), talks(main.to))
}
