//! An example of every chart with made-up data as long as real ones, German and English, kept as a snapshot.
//! `INSTA_UPDATE=always cargo test --lib gallery` writes them anew; look at each before it is committed.

use super::*;
use crate::error::Result;

/// Texts in German or English.
#[derive(Clone, Copy)]
struct Lang(bool);

impl Lang {
    fn t(self, de: &str, en: &str) -> String {
        if self.0 { de } else { en }.to_owned()
    }
}

fn alluvial(l: Lang) -> Alluvial {
    let node = |label: String, talks: u32, mark: Option<String>| AlluvialNode {
        label,
        value: f64::from(talks),
        value_label: format!("{talks} {}", l.t("von 40 Vorträgen", "of 40 talks")),
        mark,
    };
    let column = |year: &str, nodes: Vec<AlluvialNode>| AlluvialColumn { label: year.to_owned(), nodes };
    let flow = |from, to, value, terms: &str, certainty| {
        let label = format!("{terms} {}", l.t("Begriffe", "terms"));
        Flow { from, to, value, label, certainty }
    };
    let ends = || Some(l.t("endet: 2025 ohne Nachfolge", "ends: nothing follows in 2025"));
    Alluvial {
        title: l.t(
            "Aus dem Onlinezugangsgesetz wird die Registermodernisierung, KI-Assistenten kommen ohne Vorläufer",
            "The Online Access Act turns into register modernisation, AI assistants come from nowhere",
        ),
        subtitle: l.t(
            "Vorträge je Thema; Ströme: Themen mit gemeinsamen Kontexten",
            "Talks on each theme; flows: themes with contexts in common",
        ),
        footer: l.t("2023: 40 Vorträge, 2024: 40 Vorträge, 2025: 40 Vorträge.", "40 talks in each year."),
        description: l.t("Ströme zwischen Themen", "Flows between themes"),
        columns: vec![
            column(
                "2023",
                vec![
                    node(l.t("Onlinezugangsgesetz", "Online Access Act"), 14, None),
                    node(l.t("Datenschutzgrundverordnungsumsetzungsgesetz", "Data protection"), 6, None),
                    node("Cloud".to_owned(), 9, None),
                    node(l.t("Pandemie & Krisenstab", "Pandemic & crisis team"), 5, ends()),
                ],
            ),
            column(
                "2024",
                vec![
                    node(l.t("Registermodernisierung", "Register modernisation"), 10, None),
                    node(l.t("Datensouveränität", "Data sovereignty"), 9, None),
                    node(l.t("Künstliche Intelligenz", "Artificial intelligence"), 8, Some(l.t("neu", "new"))),
                    node(l.t("Fachkräftemangel", "Skills shortage"), 3, ends()),
                ],
            ),
            column(
                "2025",
                vec![
                    node(l.t("KI-Assistenten", "AI assistants"), 16, None),
                    node(l.t("Registermodernisierung", "Register modernisation"), 12, None),
                    node(l.t("Digitale Souveränität", "Digital sovereignty"), 11, None),
                    node(l.t("Barrierefreiheit", "Accessibility"), 2, Some(l.t("neu", "new"))),
                ],
            ),
        ],
        flows: vec![
            flow((0, 0), (1, 0), 8.0, "7", Grade::Confirmed),
            flow((0, 2), (1, 1), 5.0, "4", Grade::Indicated),
            flow((0, 1), (1, 1), 3.0, "3", Grade::Open),
            flow((0, 0), (1, 3), 2.0, "2", Grade::Open),
            flow((1, 2), (2, 0), 8.0, "9", Grade::Confirmed),
            flow((1, 0), (2, 1), 9.0, "8", Grade::Confirmed),
            flow((1, 1), (2, 2), 7.0, "5", Grade::Indicated),
            flow((1, 1), (2, 0), 2.0, "2", Grade::Open),
        ],
        grades: [
            l.t("belegt", "confirmed"),
            l.t("angedeutet", "indicated"),
            l.t("nur gesehen", "seen only"),
            l.t("dasselbe", "the same"),
        ],
    }
}

fn bars(l: Lang) -> DivergingBars {
    let rows = [
        ("KI-Assistenten", "AI assistants", 3.2, Some((1.4, f64::INFINITY)), "0 → 9 · 0 → 6", false),
        ("Registermodernisierung", "register modernisation", 2.1, Some((0.9, 3.6)), "4 → 19 · 3 → 11", false),
        ("Datenschutzgrundverordnungsumsetzungsgesetz", "zero trust", 1.6, Some((-0.4, 3.8)), "1 → 3 · 1 → 1", true),
        ("Digitale Souveränität", "digital sovereignty", 0.7, Some((-0.1, 1.5)), "12 → 20 · 7 → 9", false),
        ("Cloud", "cloud", -0.9, Some((-2.0, 0.2)), "15 → 8 · 9 → 5", false),
        ("Onlinezugangsgesetz", "Online Access Act", -2.4, Some((-4.0, -1.1)), "22 → 4 · 12 → 3", false),
        ("Krisenstab", "crisis team", -3.0, Some((f64::NEG_INFINITY, -0.6)), "7 → 0 · 2 → 0", true),
    ];
    let row = |(de, en, value, interval, counts, weak): (&str, &str, f64, _, &str, bool)| BarRow {
        label: l.t(de, en),
        value,
        note: format!("{counts} {}", l.t("Vortr.", "talks")),
        weak,
        interval,
    };
    DivergingBars {
        title: l.t("KI-Assistenten nehmen zu, das Onlinezugangsgesetz geht", "AI assistants rise, the OAA goes"),
        subtitle: l.t(
            "Verhältnis der Nennungen je 1.000 Wörter mit 95-%-Bereich",
            "Ratio of mentions per 1,000 words with 95 % interval",
        ),
        footer: l.t("2024: 40 Vorträge, 2025: 40 Vorträge.", "2024: 40 talks, 2025: 40 talks."),
        description: l.t("Balken", "Bars"),
        left_head: l.t("seltener", "rarer"),
        right_head: l.t("häufiger", "more frequent"),
        rows: rows.into_iter().map(row).collect(),
        decimal_comma: l.0,
    }
}

fn heat_map(l: Lang) -> HeatMap {
    let column = |i: usize| HeatColumn {
        label: ["Yılmaz", "Müller-Lüdenscheidt, O’Brien", "van der Berg", "Nowak"][i % 4].to_owned(),
        group: (2024 + i / 6).to_string(),
    };
    let rows = [
        ("Künstliche Intelligenz", "Artificial intelligence"),
        ("Verwaltungsdigitalisierung & Register", "Digital administration & registers"),
        ("Cloud", "Cloud"),
    ];
    HeatMap {
        title: l.t("Welcher Vortrag welches Thema nennt", "Which talk names which theme"),
        subtitle: l.t("Nennungen je Vortrag", "Mentions in each talk"),
        footer: l.t("12 Vorträge", "12 talks"),
        description: l.t("Felder", "Cells"),
        rows: rows.iter().map(|(de, en)| l.t(de, en)).collect(),
        columns: (0..12).map(column).collect(),
        values: (0..3).map(|row| (0..12).map(|column| ((row * 7 + column * 5) % 9) as f64).collect()).collect(),
        legend: l.t("Nennungen", "mentions"),
        decimal_comma: l.0,
    }
}

fn key_terms(l: Lang) -> KeyTerms {
    let terms = |year: usize| {
        let names = [
            ("Registermodernisierung", "register modernisation"),
            ("KI-Assistenten", "AI assistants"),
            ("Datenschutzgrundverordnungsumsetzungsgesetz", "data protection impact assessment"),
            ("Wallet", "wallet"),
        ];
        let term = |i: usize| {
            let (de, en) = names[(i + year) % 4];
            (l.t(de, en), 0.09 / (1.0 + i as f64), format!("{} {} 13", 7 - i, l.t("von", "of")))
        };
        KeyYear { year: (2023 + year).to_string(), terms: (0..4).map(term).collect() }
    };
    KeyTerms {
        title: l.t("Schlüsselbegriffe je Jahr", "Key terms of each year"),
        subtitle: l.t("Mittleres TF-IDF über die Vorträge", "Mean TF-IDF over the talks"),
        footer: l.t("39 Vorträge", "39 talks"),
        description: l.t("Balken", "Bars"),
        years: (0..3).map(terms).collect(),
        decimal_comma: l.0,
    }
}

fn scatter(l: Lang) -> Scatter {
    let named = [
        ("KI-Assistenten", "AI assistants", 9.0, 3.2),
        ("Registermodernisierung", "register modernisation", 23.0, 2.1),
        ("Onlinezugangsgesetz", "Online Access Act", 26.0, -2.4),
        ("Datenschutzgrundverordnungsumsetzungsgesetz", "data protection impact assessment", 4.0, 1.6),
        ("Digitale Souveränität", "digital sovereignty", 32.0, 0.7),
        ("Cloud", "cloud", 23.0, -0.9),
        ("Krisenstab", "crisis team", 7.0, -3.0),
        ("Verwaltung", "administration", 210.0, 0.05),
        ("Daten", "data", 160.0, 0.2),
    ];
    let named = named.map(|(de, en, frequency, change)| (l.t(de, en), frequency, change, true));
    let rest = (0..120).map(|i| {
        let frequency = 2.0 + f64::from((i * 37) % 97) / 97.0 * f64::from(1 + (i * 13) % 30);
        let change = (f64::from((i * 53) % 89) / 89.0 - 0.5) * 6.0 / frequency.sqrt();
        (format!("{} {i}", l.t("Begriff", "term")), frequency.round(), change, false)
    });
    let point = |(label, frequency, change, emphasis)| ScatterPoint { label, frequency, change, emphasis };
    Scatter {
        title: l.t("Was oft genannt wird, ändert sich wenig", "What is named often changes little"),
        subtitle: l.t(
            "Verhältnis der Nennungen je 1.000 Wörter, 2025 zu 2024; +2: zwei weitere am gleichen Ort",
            "Ratio of mentions per 1,000 words, 2025 to 2024; +2: two more at the same place",
        ),
        footer: l.t("129 Begriffe aus 80 Vorträgen. Farbig: belegt.", "129 terms of 80 talks. Coloured: confirmed."),
        description: l.t("Punkte", "Dots"),
        x_label: l.t("Nennungen in beiden Jahren", "mentions in both years"),
        heads: [l.t("2025 häufiger", "more frequent in 2025"), l.t("2025 seltener", "rarer in 2025")],
        points: named.into_iter().chain(rest).map(point).collect(),
        decimal_comma: l.0,
    }
}

fn slope(l: Lang) -> SlopeChart {
    let lines = [
        ("Künstliche Intelligenz", "Artificial intelligence", [2.6, 8.2], true),
        ("Mitarbeitende & Führung", "Staff & leadership", [7.9, 3.1], true),
        ("Sicherheit", "Security", [8.5, 5.6], false),
        ("Prozesse, Ende-zu-Ende", "End-to-end processes", [5.8, 4.6], false),
        ("Verwaltungsverfahrensdigitalisierung", "Digital procedures", [2.1, 2.0], false),
    ];
    let line = |(de, en, values, emphasis): (&str, &str, [f64; 2], bool)| SlopeLine {
        label: l.t(de, en),
        values: values.map(Some).to_vec(),
        notes: values.map(|v| format!("{} · 4 {} 13", layout::number(v, 1, l.0), l.t("von", "of"))).to_vec(),
        emphasis,
        intervals: values.map(|v| Some((v * 0.5, v * 1.6))).to_vec(),
    };
    SlopeChart {
        title: l.t("Künstliche Intelligenz häufiger genannt", "Artificial intelligence named more often"),
        subtitle: l.t(
            "Nennungen je 1.000 Wörter mit 95-%-Bereich · Vorträge mit dem Thema",
            "Mentions per 1,000 words with 95 % interval · talks with the theme",
        ),
        footer: l.t("2024: 13 Vorträge, 2025: 13 Vorträge.", "2024: 13 talks, 2025: 13 talks."),
        description: l.t("Linien", "Lines"),
        years: vec!["2024".to_owned(), "2025".to_owned()],
        lines: lines.into_iter().map(line).collect(),
        decimal_comma: l.0,
    }
}

fn trajectories(l: Lang) -> Trajectories {
    let years: Vec<i32> = (2012..=2025).filter(|year| *year != 2020).collect();
    let names = [
        ("Künstliche Intelligenz", "Artificial intelligence", 1.0, Course::Rising),
        ("Onlinezugangsgesetz & Verwaltungsportale", "Online Access Act & portals", -1.0, Course::Falling),
        ("Datenschutzgrundverordnungsumsetzungsgesetz", "Data protection", 0.2, Course::Neither),
        ("Cloud", "Cloud", 0.5, Course::Rising),
        ("Fachkräfte", "Skills", 0.0, Course::Neither),
    ];
    let panel = |(i, (de, en, way, course)): (usize, (&str, &str, f64, Course))| {
        let talks = |year: usize| {
            let time = year as f64 / 12.0;
            let bend = if way < 0.0 { 4.0 * time * (1.0 - time) * 0.5 + 0.1 } else { 0.08 + way * 0.6 * time * time };
            bend + ((year * 7 + i * 5) % 5) as f64 / 100.0
        };
        let values: Vec<f64> = (0..years.len()).map(|year| (100.0 * talks(year)).round()).collect();
        let (first, last) = (values[0] * 0.4, values[years.len() - 1] * 0.4);
        Trajectory {
            label: l.t(de, en),
            note: format!("{first:.0} {} 40 → {last:.0} {} 40", l.t("von", "of"), l.t("von", "of")),
            intervals: values.iter().map(|v| Some((v * 0.82 - 1.0, v * 0.9 + 14.0))).collect(),
            values: values.into_iter().map(Some).collect(),
            course,
        }
    };
    Trajectories {
        title: l.t(
            "Künstliche Intelligenz nimmt seit 2018 zu, das Onlinezugangsgesetz hat seinen Gipfel hinter sich",
            "Artificial intelligence has been rising since 2018, the Online Access Act is past its peak",
        ),
        subtitle: l.t(
            "Anteil der Vorträge, die das Thema nennen, mit 95-%-Bereich",
            "Share of talks that name the theme, with 95 % interval",
        ),
        footer: l.t("2012–2025: 520 Vorträge, 2020 keine.", "2012–2025: 520 talks, none in 2020."),
        description: l.t("Linien", "Lines"),
        years: years.iter().map(ToString::to_string).collect(),
        panels: names.into_iter().enumerate().map(panel).collect(),
        unit: " %".to_owned(),
        decimals: 0,
        decimal_comma: l.0,
    }
}

fn word_shift(l: Lang) -> WordShift {
    let names = [
        ("Onlinezugangsgesetz", "Online Access Act", -1.9, "22 → 4"),
        ("Registermodernisierung", "register modernisation", 1.6, "4 → 19"),
        ("KI-Assistenten", "AI assistants", 1.1, "0 → 9"),
        ("Datenschutzgrundverordnungsumsetzungsgesetz", "data protection impact assessment", 0.9, "1 → 8"),
        ("Cloud", "cloud", -0.8, "15 → 8"),
        ("Krisenstab", "crisis team", -0.8, "7 → 0"),
        ("Digitale Souveränität", "digital sovereignty", 0.7, "12 → 20"),
    ];
    let mut sum = 0.0;
    let row = |(i, (de, en, contribution, note)): (usize, (&str, &str, f64, &str))| {
        sum += contribution.abs() / 24.0;
        WordShiftRow { label: l.t(de, en), contribution, note: note.to_owned(), weak: i == 5, sum }
    };
    WordShift {
        title: l
            .t("Sieben von 412 Begriffen machen ein Drittel des Unterschieds", "Seven of 412 terms make a third of it"),
        subtitle: l.t(
            "Unterschied der Anteile an allen Nennungen, in Prozentpunkten; daneben: Nennungen",
            "Difference of the shares of all mentions, in percentage points; beside it: mentions",
        ),
        footer: l.t("2024: 40 Vorträge, 2025: 40 Vorträge.", "2024: 40 talks, 2025: 40 talks."),
        description: l.t("Balken", "Bars"),
        heads: [l.t("mehr in 2024", "more in 2024"), l.t("mehr in 2025", "more in 2025")],
        sum_head: l.t("kumulierter Anteil am Unterschied", "cumulative share of the difference"),
        rows: names.into_iter().enumerate().map(row).collect(),
        unit: String::new(),
        decimal_comma: l.0,
    }
}

#[test]
fn every_chart_looks_as_it_did() {
    type Draw = fn(Lang) -> Result<String>;
    let charts: [(&str, Draw); 8] = [
        ("alluvial", |l| alluvial(l).draw()),
        ("bars", |l| bars(l).draw()),
        ("heat_map", |l| heat_map(l).draw()),
        ("key_terms", |l| key_terms(l).draw()),
        ("scatter", |l| scatter(l).draw()),
        ("slope", |l| slope(l).draw()),
        ("trajectories", |l| trajectories(l).draw()),
        ("word_shift", |l| word_shift(l).draw()),
    ];
    for (name, draw) in charts {
        for (language, lang) in [("de", Lang(true)), ("en", Lang(false))] {
            let svg = draw(lang).expect("a chart");
            check::assert_tidy(&svg);
            insta::assert_binary_snapshot!(&format!("{name}_{language}.svg"), svg.into_bytes());
        }
    }
}
