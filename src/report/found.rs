//! Found themes: their tables, and what the page says of them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::model::{Entry, Line, Links, Quote, SHIFT_NUMERIC, View, both_sides, quote, shift_head, shift_row};
use super::statistics::{TEST_COLUMNS, test_cells};
use super::tables::{Cell, SHIFT_COLUMNS, Table, shift_cells};
use super::words::Words;
use crate::counts::ConceptId;
use crate::trends::{EvidenceKind, Fate, FoundTheme, FoundThemes, Lineage, Shift, Trends};

/// Talks with a smaller share of a theme are not listed with it.
const LEAST_SHARE: f32 = 0.1;
/// Key terms of a talk, and groups of them.
const KEY_TERMS: usize = 5;
const GROUPS: usize = 15;
/// Characteristic concepts that a talk of a theme names at least.
const DISTINCT: usize = 2;
/// Talks and quotes of a theme in the page.
const TALKS: usize = 5;
const QUOTES: usize = 2;
/// Subthemes of a theme in the page.
const SUBTHEMES: usize = 6;

/// Found themes in words.
#[derive(Debug, Serialize)]
pub(super) struct FoundView {
    pub lead: String,
    pub table: Option<View>,
    pub themes: Vec<FoundThemeView>,
    pub fates: Option<View>,
}

/// A found theme with what it is made of.
#[derive(Debug, Serialize)]
pub(super) struct FoundThemeView {
    pub id: String,
    pub label: String,
    pub line: String,
    pub concepts: Line,
    pub subthemes: Vec<String>,
    pub talks: Vec<Line>,
    pub quotes: Vec<(String, Vec<Quote>)>,
}

/// `found_themes.csv`, `found_theme_shifts.csv`, `found_theme_sessions.csv`; none without found themes.
pub(super) fn tables(trends: &Trends) -> Vec<Table> {
    match trends.found_themes().filter(|f| !f.themes.is_empty()) {
        Some(found) => vec![themes(trends, found), shifts(trends), sessions(trends, found), lineage(found)],
        None => Vec::new(),
    }
}

fn themes(trends: &Trends, found: &FoundThemes) -> Table {
    let rows = found.all().flat_map(|theme| {
        let parent = theme.parent.map_or(Cell::Empty, |p| found.themes[p].name.as_str().into());
        theme.concepts.iter().enumerate().map(move |(rank, &(concept, share))| {
            let concept = trends.concepts().get(concept);
            vec![
                theme.name.as_str().into(),
                theme.label.as_str().into(),
                (rank + 1).into(),
                concept.key.as_str().into(),
                concept.label.as_str().into(),
                Cell::Float(share, 4),
                Cell::Float(theme.weight, 4),
                Cell::Float(theme.stability, 4),
                Cell::Float(theme.coherence, 4),
                parent.clone(),
            ]
        })
    });
    Table {
        name: "found_themes",
        header: vec![
            "theme",
            "label",
            "rank",
            "concept",
            "concept_label",
            "share",
            "weight",
            "stability",
            "npmi",
            "parent",
        ],
        rows: rows.collect(),
    }
}

fn shifts(trends: &Trends) -> Table {
    let rows = trends.found_shifts().iter().chain(trends.subtheme_shifts()).map(|s| {
        let mut row: Vec<Cell> = vec![s.key.as_str().into(), s.label.as_str().into()];
        row.extend(shift_cells(s));
        row.extend(test_cells(s));
        row
    });
    Table {
        name: "found_theme_shifts",
        header: ["theme", "label"].into_iter().chain(SHIFT_COLUMNS).chain(TEST_COLUMNS).collect(),
        rows: rows.collect(),
    }
}

fn sessions(trends: &Trends, found: &FoundThemes) -> Table {
    let mut rows = Vec::new();
    for (id, theme) in found.themes.iter().enumerate() {
        for row in 0..trends.matrix().n_sessions() {
            let share = found.shares[[row, id]];
            if share >= LEAST_SHARE {
                let session = &trends.corpus().sessions()[trends.matrix().session(row)];
                rows.push(vec![
                    theme.name.as_str().into(),
                    session.year.into(),
                    session.id.as_str().into(),
                    Cell::Float(f64::from(share), 4),
                ]);
            }
        }
    }
    Table { name: "found_theme_sessions", header: vec!["theme", "year", "session_id", "share"], rows }
}

fn lineage(found: &FoundThemes) -> Table {
    let text = |label: &Option<String>| label.clone().map_or(Cell::Empty, Cell::Text);
    let rows = found.lineage.iter().map(|l| {
        vec![
            l.from_year.into(),
            text(&l.from),
            l.to_year.into(),
            text(&l.to),
            l.likeness.map_or(Cell::Empty, |c| Cell::Float(c, 4)),
            l.fate.name().into(),
        ]
    });
    Table {
        name: "theme_lineage",
        header: vec!["from_year", "theme_from", "to_year", "theme_to", "likeness", "fate"],
        rows: rows.collect(),
    }
}

/// What was born and what went, between the last years.
fn fates(found: &FoundThemes, w: Words) -> Option<View> {
    let last = found.lineage.iter().map(|l| l.to_year).max()?;
    let lines: Vec<_> = found.lineage.iter().filter(|l| l.to_year == last).collect();
    let from = lines.first()?.from_year;
    let word = |fate: Fate| match fate {
        Fate::Stays => w.pick("bleibt", "stays"),
        Fate::Splits => w.pick("teilt sich", "splits"),
        Fate::Merges => w.pick("geht auf in", "merges"),
        Fate::Born => w.pick("neu", "born"),
        Fate::Gone => w.pick("nicht wiedergefunden", "not found again"),
    };
    let dash = |label: &Option<String>| label.clone().unwrap_or_else(|| "–".to_owned());
    let row = |l: &&Lineage| {
        let likeness = l.likeness.map_or_else(|| "–".to_owned(), |c| w.number(c, 2));
        vec![dash(&l.from), dash(&l.to), word(l.fate).to_owned(), likeness]
    };
    let caption = w.pick(
        "Was aus den Themen wurde: Hier sind Themen für jedes Jahr allein gefunden und nach ihren Begriffen einander zugeordnet. Beschreibung, kein Test; alle Jahre in tables/theme_lineage.csv.",
        "What became of the themes: here themes are found for each year by itself and matched by their terms. A description, no test; all years are in tables/theme_lineage.csv.",
    );
    let head = vec![
        from.to_string(),
        last.to_string(),
        w.pick("Verbleib", "Fate").to_owned(),
        w.pick("Nähe", "Likeness").to_owned(),
    ];
    Some(View::new(caption, head, vec![false, false, false, true], lines.iter().map(row)))
}

/// The section of the page; none if themes were not looked for.
pub(super) fn view(trends: &Trends, links: &Links<'_>, w: Words) -> Option<FoundView> {
    let found = trends.found_themes()?;
    let main = trends.main_comparison();
    let shift =
        |theme: &FoundTheme| trends.found_shifts().iter().find(|s| Some(s.comparison) == main && s.key == theme.name);
    let table = main.filter(|_| !found.themes.is_empty()).map(|comparison| {
        let caption = w.pick(
            "Nach Gewicht. Gezählt sind die Nennungen der kennzeichnenden Begriffe.",
            "By weight. Counted are mentions of the characteristic terms.",
        );
        let rows = found.themes.iter().filter_map(|t| {
            let s = shift(t)?;
            Some(shift_row(s, t.label.clone(), links.found(&s.key), w))
        });
        let head = shift_head(comparison, w.pick("Thema", "Theme"), w);
        View::new(caption, head, SHIFT_NUMERIC.to_vec(), rows).sortable()
    });
    let themes = found.themes.iter().enumerate().map(|(id, theme)| FoundThemeView {
        id: links.found(&theme.name).unwrap_or_default(),
        label: theme.label.clone(),
        line: shift(theme).map_or_else(String::new, |s| both_sides(s, w)),
        concepts: concepts(trends, theme, links, w),
        subthemes: subthemes(trends, found, id, w),
        talks: talks(trends, (found, id), links),
        quotes: quotes(trends, theme, links, w),
    });
    let table = table.or_else(|| groups(trends, links, w));
    Some(FoundView { lead: lead(found, w), table, themes: themes.collect(), fates: fates(found, w) })
}

/// What several talks are about, where there are too few for themes.
fn groups(trends: &Trends, links: &Links<'_>, w: Words) -> Option<View> {
    let years = trends.years();
    let groups = trends.key_groups(KEY_TERMS);
    let rows = groups.iter().take(GROUPS).map(|g| {
        let labels: Vec<&str> = g.concepts.iter().map(|&c| trends.concepts().get(c).label.as_str()).collect();
        let first = g.concepts.first().and_then(|&c| links.concept(&trends.concepts().get(c).key));
        let of = |year: i32| w.count(g.rows.iter().filter(|&&row| trends.matrix().year(row) == year).count());
        let label = Entry::from(labels.join(", ")).linked(first);
        [label].into_iter().chain(years.iter().map(|&y| of(y).into())).collect()
    });
    let rows: Vec<Vec<Entry>> = rows.collect();
    let talks = w.pick("Vorträge", "Talks");
    let head = [w.pick("Schlüsselbegriffe", "Key terms").to_owned()];
    let caption = w.pick(
        "Schlüsselbegriffe (die fünf mit dem höchsten TF-IDF) mehrerer Vorträge, die ein Wort gemeinsam haben.",
        "Key terms (the five of highest TF-IDF) of several talks that have a word in common.",
    );
    let head = head.into_iter().chain(years.iter().map(|y| format!("{talks} {y}"))).collect();
    let numeric = [false].into_iter().chain(years.iter().map(|_| true)).collect();
    (!rows.is_empty()).then(|| View::new(caption, head, numeric, rows))
}

fn lead(found: &FoundThemes, w: Words) -> String {
    let talks = w.talks(found.talks);
    let n = found.themes.len();
    match (n, found.tried.is_empty(), w.is_german()) {
        (0, true, true) => format!(
            "{talks} sind zu wenige, um darin Themen zu finden, die sich wiederholen. Was jeden Vortrag kennzeichnet, steht bei den Vorträgen."
        ),
        (0, true, false) => format!(
            "{talks} are too few to find themes in that come again. What marks each talk stands with the talks."
        ),
        (0, false, true) => format!(
            "In {talks} fand sich kein Thema, das auch in Teilen davon wiederkehrt. Was jeden Vortrag kennzeichnet, steht bei den Vorträgen."
        ),
        (0, false, false) => format!(
            "In {talks} no theme was found that parts of them show again. What marks each talk stands with the talks."
        ),
        (_, _, true) => format!(
            "Ohne Themendatei gefunden, {}: {} Themen, die auch in Teilen der {talks} wiederkehren; {} weitere sind nicht stabil oder hängen nicht zusammen und werden nicht gezeigt.",
            if found.equal_years { "alle Jahre gleich gewichtet" } else { "ohne auf die Jahre zu sehen" },
            w.count(n),
            w.count(found.not_shown)
        ),
        (_, _, false) => format!(
            "Found without a theme file, {}: {} themes that parts of the {talks} show again; {} more are not stable or do not hold together and are not shown.",
            if found.equal_years { "all years weighing the same" } else { "without looking at years" },
            w.count(n),
            w.count(found.not_shown)
        ),
    }
}

fn concepts(trends: &Trends, theme: &FoundTheme, links: &Links<'_>, w: Words) -> Line {
    let (stability, coherence) = (w.number(theme.stability, 2), w.number(theme.coherence, 2));
    let name = |c: &(ConceptId, f64)| {
        let concept = trends.concepts().get(c.0);
        Line::default().link(&concept.label, links.concept(&concept.key))
    };
    let line = Line::default().joined(theme.concepts.iter().map(name), ", ");
    line.text(format!(" ({} {stability}, NPMI {coherence})", w.pick("Stabilität", "stability")))
}

/// The subthemes that moved most, each with both sides.
fn subthemes(trends: &Trends, found: &FoundThemes, theme: usize, w: Words) -> Vec<String> {
    let main = trends.main_comparison();
    let shift =
        |s: &FoundTheme| trends.subtheme_shifts().iter().find(|x| Some(x.comparison) == main && x.key == s.name);
    let mut shifts: Vec<&Shift> = found.subthemes_of(theme).filter_map(shift).collect();
    shifts.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()));
    shifts.into_iter().take(SUBTHEMES).map(|s| format!("{}: {}", s.label, both_sides(s, w))).collect()
}

/// The talks that are most of all about a theme: by its share of the talk times its mentions there, so that a notice of
/// two sentences does not come before a talk. Each names two of the characteristic concepts at least.
fn talks(trends: &Trends, (found, theme): (&FoundThemes, usize), links: &Links<'_>) -> Vec<Line> {
    let mentions: BTreeMap<usize, u32> = found.mentions.column(theme).cells().collect();
    let share = |row: usize| f64::from(found.shares[[row, theme]]);
    let is_own = |concept: ConceptId| found.themes[theme].concepts.iter().any(|c| c.0 == concept);
    let distinct = |row: usize| trends.matrix().row(row).iter().filter(|t| is_own(t.concept)).count();
    let talks = mentions.iter().filter(|&(&row, _)| share(row) >= f64::from(LEAST_SHARE) && distinct(row) >= DISTINCT);
    let mut rows: Vec<(f64, usize)> = talks.map(|(&row, &n)| (share(row) * f64::from(n), row)).collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let name = |&(_, row): &(f64, usize)| {
        let index = trends.matrix().session(row);
        let session = &trends.corpus().sessions()[index];
        Line::default()
            .text(format!("{}: ", session.year))
            .link(session.title_or_id(), links.talk(index))
            .text(format!(" ({})", session.id))
    };
    rows.iter().take(TALKS).map(name).collect()
}

/// Quotes of the most characteristic concepts on both sides.
fn quotes(trends: &Trends, theme: &FoundTheme, links: &Links<'_>, w: Words) -> Vec<(String, Vec<Quote>)> {
    let Some(main) = trends.main_comparison() else { return Vec::new() };
    let of = |years: crate::trends::YearSet| {
        let keys = theme.concepts.iter().map(|c| trends.concepts().get(c.0).key.as_str());
        let all = keys.filter_map(|key| trends.quotes(EvidenceKind::Concept, key).find(|e| years.contains(e.year)));
        (years.to_string(), all.take(QUOTES).map(|e| quote(trends, e, links, w)).collect::<Vec<_>>())
    };
    [main.from, main.to].map(of).into_iter().filter(|(_, quotes)| !quotes.is_empty()).collect()
}
