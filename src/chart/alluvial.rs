//! What became of themes: nodes in columns, flows from one column to the next.

use super::colour::{CONTEXT, Colour, EMPTY, FALL, HAIRLINE, INK, PAPER, QUIET, RISE, SERIES, as_text, mix};
use super::font::Font;
use super::picture::{Align, Frame, MARGIN, Picture, WIDTH};
use crate::error::Result;

/// Width of a node, with two, three and more columns.
const NODE: [f64; 3] = [270.0, 196.0, 176.0];
/// The least width of the flows between two columns.
const FLOW: f64 = 136.0;
/// Width of the coloured edges of a node.
const EDGE: f64 = 5.0;
/// Between an edge and the text of a node.
const PAD: f64 = 9.0;
/// Between two nodes of a column.
const GAP: f64 = 14.0;
/// Height of all nodes of the heaviest column together, and the least per node.
const HEIGHT: [f64; 2] = [330.0, 30.0];
/// The most lines of a node's label, its note, the label of a flow.
const LINES: [usize; 3] = [3, 2, 2];
/// From point to point of a curve, at least; from line to line of its hatching.
const STEP: f64 = 6.0;
/// How far from a whole pixel a point of a curve may be.
const NEAR: f64 = 0.2;
/// Places along a flow where its label may stand, the best first.
const ALONG: [f64; 7] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
/// Opacity of a flow, and of the ground of its label.
const VEIL: [f64; 2] = [0.55, 0.85];
/// The colour of flows; of those that lead from a thing to itself it is grey.
const STREAM: Colour = SERIES[2];

const HEAD: Font = Font::bold(14, INK);
const LABEL: Font = Font::bold(12, INK);
const NOTE: Font = Font::regular(11, QUIET);
const FLOW_LABEL: Font = Font::regular(11, INK);

/// What became of themes: columns of nodes, such as the themes of a year, and flows from each column to the next one.
///
/// The height of a node is its value; all columns have one scale. A flow is as wide as its value on that scale, narrower
/// at an end where the flows of a node add up to more than the node. A node without inflow (after the first column) has
/// a blue edge, one without outflow (before the last) an orange one, and its `mark` says in words what that means.
/// Within a column nodes are ordered so that flows cross little.
#[derive(Debug, Clone)]
pub struct Alluvial {
    /// The finding.
    pub title: String,
    /// The measure.
    pub subtitle: String,
    /// n and caveats.
    pub footer: String,
    /// What the chart shows, for readers who cannot see it.
    pub description: String,
    /// The columns from left to right; at least two.
    pub columns: Vec<AlluvialColumn>,
    /// The flows, the most important first: the first ones find a place for their label. One that finds none near its
    /// flow is left out.
    pub flows: Vec<Flow>,
    /// What the grades are called, from [`Grade::Confirmed`] to [`Grade::Same`], below the chart. An empty one is left
    /// out.
    pub grades: [String; 4],
}

/// A column of an [`Alluvial`].
#[derive(Debug, Clone)]
pub struct AlluvialColumn {
    /// Its name, such as a year.
    pub label: String,
    /// Its nodes.
    pub nodes: Vec<AlluvialNode>,
}

/// A node of an [`Alluvial`].
#[derive(Debug, Clone)]
pub struct AlluvialNode {
    /// Its name.
    pub label: String,
    /// Its size, zero or more, such as talks.
    pub value: f64,
    /// The size in words, such as "4 von 13 Vorträgen".
    pub value_label: String,
    /// What is to be said of it, such as "neu" or "endet".
    pub mark: Option<String>,
}

/// A flow of an [`Alluvial`], from a node of one column to a node of the next.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Column and node where it starts.
    pub from: (usize, usize),
    /// Column and node where it ends.
    pub to: (usize, usize),
    /// Its size, more than zero, on the scale of the nodes.
    pub value: f64,
    /// Its name, such as "3 Begriffe"; may be empty.
    pub label: String,
    /// How sure it is.
    pub certainty: Grade,
}

/// How sure a flow is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grade {
    /// Shown; drawn solid.
    Confirmed,
    /// Indicated; drawn hatched.
    Indicated,
    /// Seen only; drawn as a dashed outline.
    Open,
    /// Nothing happened: the thing itself; drawn solid and grey.
    Same,
}

impl Grade {
    const ALL: [Self; 4] = [Self::Confirmed, Self::Indicated, Self::Open, Self::Same];
}

/// A node with its texts, and where it stands.
struct Block {
    lines: Vec<(String, Font)>,
    /// Height of the node.
    height: f64,
    /// Height of the node or of its text, whichever needs more.
    slot: f64,
    x: f64,
    /// Upper edge of the node.
    top: f64,
    /// Colours of the left and the right edge.
    edges: [Colour; 2],
}

impl Block {
    fn middle(&self) -> f64 {
        self.top + self.height / 2.0
    }
}

/// A flow between two places: upper edge and width at each end.
struct Ribbon<'c> {
    flow: &'c Flow,
    x: [f64; 2],
    tops: [f64; 2],
    widths: [f64; 2],
}

impl Ribbon<'_> {
    /// x, upper and lower edge at `share` of the way.
    fn at(&self, share: f64) -> (f64, f64, f64) {
        let bend = share * share * (3.0 - 2.0 * share);
        let between = |[from, to]: [f64; 2]| from + (to - from) * bend;
        let (top, width) = (between(self.tops), between(self.widths));
        (self.x[0] + (self.x[1] - self.x[0]) * share, top, top + width)
    }

    /// Shares of the way, `step` pixels apart.
    fn shares(&self, step: f64) -> impl Iterator<Item = f64> {
        let steps = ((self.x[1] - self.x[0]) / step).ceil().max(1.0) as u32;
        (0..=steps).map(move |i| f64::from(i) / f64::from(steps))
    }

    /// The upper and the lower edge. Places are drawn at whole pixels, so of each few points the one is taken where the
    /// curve is nearest to one: else it would have steps.
    fn edges(&self) -> [Vec<(f64, f64)>; 2] {
        let edge = |pick: fn((f64, f64, f64)) -> (f64, f64)| {
            let all: Vec<(f64, f64)> = self.shares(1.0).map(|share| pick(self.at(share))).collect();
            let off = |(_, y): &&(f64, f64)| (y - y.round()).abs();
            let (first, inner, last) = (all[0], &all[1..all.len() - 1], all[all.len() - 1]);
            let best =
                inner.chunks(STEP as usize).filter_map(|few| few.iter().min_by(|a, b| off(a).total_cmp(&off(b))));
            let near = best.filter(|point| off(point) < NEAR).copied();
            [first].into_iter().chain(near).chain([last]).collect()
        };
        [edge(|(x, top, _)| (x, top)), edge(|(x, _, bottom)| (x, bottom))]
    }

    fn draw(&self, picture: &mut Picture<'_>) {
        let [upper, lower] = self.edges();
        let outline: Vec<(f64, f64)> = upper.iter().chain(lower.iter().rev()).copied().collect();
        match self.flow.certainty {
            Grade::Confirmed => picture.veil(outline, STREAM, VEIL[0]),
            Grade::Same => picture.veil(outline, CONTEXT, VEIL[0]),
            Grade::Indicated => {
                let line = mix(STREAM, PAPER, 0.25);
                picture.veil(outline, mix(STREAM, PAPER, 0.75), VEIL[0]);
                for (x, top, bottom) in self.shares(STEP).map(|share| self.at(share)) {
                    picture.path(vec![(x, top), (x, bottom)], 1, line);
                }
                [upper, lower].into_iter().for_each(|edge| picture.path(edge, 1, line));
            }
            Grade::Open => {
                let places: Vec<_> = self.shares(STEP).map(|share| self.at(share)).collect();
                for dash in places.windows(2).step_by(2) {
                    let [(x0, top0, bottom0), (x1, top1, bottom1)] = [dash[0], dash[1]];
                    picture.path(vec![(x0, top0), (x1, top1)], 1, STREAM);
                    picture.path(vec![(x0, bottom0), (x1, bottom1)], 1, STREAM);
                }
            }
        }
    }
}

/// A rectangle that a label covers.
#[derive(Clone, Copy)]
struct Cover {
    x: [f64; 2],
    y: [f64; 2],
}

impl Cover {
    fn meets(&self, other: &Self) -> bool {
        let overlap = |a: [f64; 2], b: [f64; 2]| a[0] < b[1] && b[0] < a[1];
        overlap(self.x, other.x) && overlap(self.y, other.y)
    }
}

impl Alluvial {
    /// The chart as SVG.
    ///
    /// # Errors
    /// If there are fewer than two columns or no node, if a flow does not lead from a node to one of the next column,
    /// or if a value is negative or not finite.
    pub fn draw(&self) -> Result<String> {
        let frame = Frame {
            what: "alluvial chart",
            title: &self.title,
            subtitle: &self.subtitle,
            footer: &self.footer,
            description: &self.description,
        };
        self.check(&frame)?;
        let n = self.columns.len();
        let node = NODE[n.min(4) - 2];
        let width = f64::max(WIDTH, 2.0 * MARGIN + n as f64 * node + (n - 1) as f64 * FLOW);
        let pitch = (width - 2.0 * MARGIN - node) / (n - 1) as f64;
        let xs: Vec<f64> = (0..n).map(|column| (MARGIN + pitch * column as f64).round()).collect();

        let mut picture = Picture::new(width, frame);
        for (column, x) in self.columns.iter().zip(&xs) {
            let head = HEAD.shorten(&column.label, node);
            picture.text(*x, picture.top() + 12.0, head, HEAD, Align::Start);
            picture.rect(*x, picture.top() + 19.0, node, 1.0, HAIRLINE);
        }
        let top = picture.top() + 34.0;
        let (blocks, bottom) = self.place(&xs, node, top);
        let ribbons = self.ribbons(&blocks, node);
        ribbons.iter().for_each(|ribbon| ribbon.draw(&mut picture));
        for block in blocks.iter().flatten() {
            block.draw(&mut picture, node);
        }
        draw_labels(&mut picture, &ribbons, top, bottom);
        let below = self.draw_grades(&mut picture, bottom);
        picture.finish(below)
    }

    fn check(&self, frame: &Frame<'_>) -> Result<()> {
        let n = self.columns.len();
        if n < 2 {
            return frame.error(format!("two columns are needed, {n} given"));
        }
        let nodes = || self.columns.iter().flat_map(|column| &column.nodes);
        if nodes().next().is_none() {
            return frame.error("there are no nodes");
        }
        if let Some(node) = nodes().find(|node| !node.value.is_finite() || node.value < 0.0) {
            return frame.error(format!("`{}` has the value {}; it must be zero or more", node.label, node.value));
        }
        for Flow { from, to, value, .. } in &self.flows {
            let is_node =
                |(column, node): (usize, usize)| self.columns.get(column).is_some_and(|c| node < c.nodes.len());
            if !is_node(*from) || !is_node(*to) || from.0 + 1 != to.0 {
                return frame.error(format!("the flow {from:?} → {to:?} does not lead to a node of the next column"));
            }
            if !value.is_finite() || *value <= 0.0 {
                return frame.error(format!("the flow {from:?} → {to:?} has the value {value}; it must be above zero"));
            }
        }
        Ok(())
    }

    /// All nodes as columns have them, with their places, and the lower end of the lowest.
    fn place(&self, xs: &[f64], width: f64, top: f64) -> (Vec<Vec<Block>>, f64) {
        let sums = self.columns.iter().map(|column| column.nodes.iter().map(|node| node.value / 2.0).sum::<f64>());
        let most = sums.fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        let nodes = self.columns.iter().map(|column| column.nodes.len()).max().unwrap_or(1);
        let height = f64::max(HEIGHT[0], HEIGHT[1] * nodes as f64);
        let block = |column: usize, node: usize| {
            let AlluvialNode { label, value, value_label, mark } = &self.columns[column].nodes[node];
            let flows_in = self.flows.iter().any(|flow| flow.to == (column, node));
            let flows_out = self.flows.iter().any(|flow| flow.from == (column, node));
            let is_new = column > 0 && !flows_in;
            let ends = column + 1 < self.columns.len() && !flows_out;
            // In the last column nothing ends: a mark there is of what came.
            let mark_colour = if is_new || column + 1 == self.columns.len() { RISE } else { FALL };
            let room = width - 2.0 * (EDGE + PAD);
            let mut lines: Vec<(String, Font)> = Vec::new();
            let mark_font = Font::bold(11, as_text(mark_colour));
            let texts = [(label.as_str(), LABEL, LINES[0]), (value_label, NOTE, LINES[1])];
            for (text, font, most) in texts.into_iter().chain(mark.iter().map(|mark| (mark.as_str(), mark_font, 2))) {
                lines.extend(font.wrap(text, room, most).into_iter().map(|line| (line, font)));
            }
            let height = (value / 2.0 / most * height).max(1.0);
            let text: f64 = lines.iter().map(|(_, font)| font.leading()).sum();
            let edge = |special: bool, colour| if special { colour } else { CONTEXT };
            let edges = [edge(is_new, RISE), edge(ends, FALL)];
            Block { lines, height, slot: height.max(text + 4.0), x: xs[column], top, edges }
        };
        let mut blocks: Vec<Vec<Block>> = (0..self.columns.len())
            .map(|column| (0..self.columns[column].nodes.len()).map(|node| block(column, node)).collect())
            .collect();
        let needs = |column: &Vec<Block>| column.iter().map(|b| b.slot + GAP).sum::<f64>() - GAP;
        let tallest = blocks.iter().map(needs).fold(0.0, f64::max);
        let orders = self.orders();
        for (column, order) in blocks.iter_mut().zip(orders) {
            let mut y = top + (tallest - needs(column).max(0.0)) / 2.0;
            for node in order {
                let block = &mut column[node];
                block.top = (y + (block.slot - block.height) / 2.0).round();
                y += block.slot + GAP;
            }
        }
        (blocks, top + tallest)
    }

    /// The order of the nodes of each column: as given in the first one, then each by the mean place of what flows into
    /// it, and back once by what flows out of it. A node without such flows keeps its place.
    fn orders(&self) -> Vec<Vec<usize>> {
        let mut orders: Vec<Vec<usize>> = self.columns.iter().map(|c| (0..c.nodes.len()).collect()).collect();
        let n = orders.len();
        let there = (1..n).map(|column| (column, column - 1));
        let back = (0..n - 1).rev().map(|column| (column, column + 1));
        for (column, other) in there.chain(back) {
            let place = |column: usize, node: usize, orders: &[Vec<usize>]| {
                let order = &orders[column];
                let at = order.iter().position(|&other| other == node).unwrap_or(0);
                (at as f64 + 0.5) / order.len() as f64
            };
            let mean = |node: usize| {
                let (mut sum, mut weight) = (0.0, 0.0);
                for flow in &self.flows {
                    let (here, there) = if other < column { (flow.to, flow.from) } else { (flow.from, flow.to) };
                    if here == (column, node) {
                        sum += place(there.0, there.1, &orders) * flow.value;
                        weight += flow.value;
                    }
                }
                if weight > 0.0 { sum / weight } else { place(column, node, &orders) }
            };
            let means: Vec<f64> = (0..orders[column].len()).map(mean).collect();
            orders[column].sort_by(|a, b| means[*a].total_cmp(&means[*b]));
        }
        orders
    }

    /// The flows, stacked at both ends in the order of the other end.
    fn ribbons(&self, blocks: &[Vec<Block>], node: f64) -> Vec<Ribbon<'_>> {
        let block = |(column, node): (usize, usize)| &blocks[column][node];
        // For each end of a node: upper edge and width of its flows.
        let stack = |end: usize| {
            let mut places = vec![(0.0, 0.0); self.flows.len()];
            let here = |i: usize| if end == 0 { self.flows[i].from } else { self.flows[i].to };
            let there = |i: usize| if end == 0 { self.flows[i].to } else { self.flows[i].from };
            let mut order: Vec<usize> = (0..self.flows.len()).collect();
            order.sort_by(|&a, &b| {
                let far = |i| block(there(i)).middle();
                here(a).cmp(&here(b)).then(far(a).total_cmp(&far(b)))
            });
            for flows in order.chunk_by(|&a, &b| here(a) == here(b)) {
                let (column, index) = here(flows[0]);
                let (value, height) = (self.columns[column].nodes[index].value, block((column, index)).height);
                let total: f64 = flows.iter().map(|&i| self.flows[i].value / 2.0).sum();
                let scale = height / total.max(value / 2.0);
                let mut y = block((column, index)).top;
                for &i in flows {
                    let width = self.flows[i].value / 2.0 * scale;
                    places[i] = (y, width);
                    y += width;
                }
            }
            places
        };
        let (starts, ends) = (stack(0), stack(1));
        let ribbon = |(i, flow): (usize, &'_ Flow)| (i, block(flow.from).x + node, block(flow.to).x);
        let ribbons = self.flows.iter().enumerate().map(ribbon).zip(&self.flows);
        ribbons
            .map(|((i, from, to), flow)| Ribbon {
                flow,
                x: [from, to],
                tops: [starts[i].0, ends[i].0],
                widths: [starts[i].1, ends[i].1],
            })
            .collect()
    }

    /// Samples of the grades that occur, below `bottom`; gives the new bottom.
    fn draw_grades(&self, picture: &mut Picture<'_>, bottom: f64) -> f64 {
        let occurs = |grade: Grade| self.flows.iter().any(|flow| flow.certainty == grade);
        let named = Grade::ALL.into_iter().zip(&self.grades).filter(|(grade, name)| occurs(*grade) && !name.is_empty());
        let (mut x, mut y, mut drawn) = (MARGIN, bottom + 26.0, false);
        for (certainty, name) in named {
            const SAMPLE: f64 = 36.0;
            let name = NOTE.shorten(name, WIDTH - 2.0 * MARGIN - SAMPLE - 8.0);
            let width = SAMPLE + 8.0 + NOTE.width(&name);
            if drawn && x + width > WIDTH - MARGIN {
                (x, y) = (MARGIN, y + 22.0);
            }
            let flow = Flow { from: (0, 0), to: (1, 0), value: 1.0, label: String::new(), certainty };
            Ribbon { flow: &flow, x: [x, x + SAMPLE], tops: [y - 7.0; 2], widths: [14.0; 2] }.draw(picture);
            picture.label(x + SAMPLE + 8.0, y, name, NOTE, Align::Start);
            (x, drawn) = (x + width + 26.0, true);
        }
        if drawn { y + 8.0 } else { bottom }
    }
}

impl Block {
    fn draw(&self, picture: &mut Picture<'_>, width: f64) {
        let text: f64 = self.lines.iter().map(|(_, font)| font.leading()).sum();
        // A ground that ends within the text would strike it through.
        if self.height >= text {
            picture.rect(self.x, self.top, width, self.height, EMPTY);
        }
        for (x, colour) in [(self.x, self.edges[0]), (self.x + width - EDGE, self.edges[1])] {
            picture.rect(x, self.top, EDGE, self.height, colour);
        }
        let mut y = self.middle() - text / 2.0;
        for (line, font) in &self.lines {
            picture.label(self.x + EDGE + PAD, y + font.leading() / 2.0, line, *font, Align::Start);
            y += font.leading();
        }
    }
}

/// The labels of flows, the first ones first: on the flow at the best free place, else a little above or below it.
fn draw_labels(picture: &mut Picture<'_>, ribbons: &[Ribbon<'_>], top: f64, bottom: f64) {
    let leading = FLOW_LABEL.leading();
    let mut taken: Vec<Cover> = Vec::new();
    for ribbon in ribbons {
        let room = (ribbon.x[1] - ribbon.x[0]) * 0.7;
        let lines = FLOW_LABEL.wrap_evenly(&ribbon.flow.label, room, LINES[2]);
        if lines.is_empty() {
            continue;
        }
        let half =
            (FLOW_LABEL.widest(lines.iter().map(String::as_str)) / 2.0 + 4.0, lines.len() as f64 * leading / 2.0);
        let cover = |share: f64, aside: f64| {
            let (x, upper, lower) = ribbon.at(share);
            let y = ((upper + lower) / 2.0 + aside).round();
            Cover { x: [x - half.0, x + half.0], y: [y - half.1 - 1.0, y + half.1 + 1.0] }
        };
        let aside = [0.0, -0.5, 0.5, -1.0, 1.0].map(|lines| lines * leading);
        let candidates = aside.into_iter().flat_map(|aside| ALONG.map(|share| cover(share, aside)));
        let is_free = |place: &Cover| {
            place.x[0] > ribbon.x[0]
                && place.x[1] < ribbon.x[1]
                && place.y[0] >= top - 8.0
                && place.y[1] <= bottom + 8.0
                && !taken.iter().any(|other| other.meets(place))
        };
        let Some(place) = candidates.into_iter().find(is_free) else { continue };
        let [(x0, y0), (x1, y1)] = [(place.x[0], place.y[0]), (place.x[1], place.y[1])];
        picture.veil(vec![(x0, y0), (x1, y0), (x1, y1), (x0, y1)], PAPER, VEIL[1]);
        for (i, line) in lines.iter().enumerate() {
            let y = y0 + 1.0 + (i as f64 + 0.5) * leading;
            picture.label((x0 + x1) / 2.0, y, line, FLOW_LABEL, Align::Middle);
        }
        taken.push(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::check::{LONG, assert_tidy, texts};

    fn node(label: &str, value: f64) -> AlluvialNode {
        AlluvialNode { label: label.to_owned(), value, value_label: format!("{value} von 40 Vorträgen"), mark: None }
    }

    fn flow(from: (usize, usize), to: (usize, usize), value: f64, certainty: Grade) -> Flow {
        Flow { from, to, value, label: format!("{value} Begriffe gemeinsam"), certainty }
    }

    fn chart(columns: usize, nodes: usize) -> Alluvial {
        let name = |i: usize| if i % 4 == 1 { LONG.to_owned() } else { format!("Thema „{i}“ <&>") };
        let column = |c: usize| AlluvialColumn {
            label: (2005 + c).to_string(),
            nodes: (0..nodes).map(|i| node(&name(i + c), ((i * 5 + c * 3) % 17) as f64)).collect(),
        };
        let grade = |i: usize| Grade::ALL[i % 4];
        let between = |c: usize| {
            let to = move |i: usize| (c + 1, (i * 7 + c) % nodes);
            (0..nodes).filter(|i| i % 5 != 3).map(move |i| flow((c, i), to(i), 1.0 + (i % 3) as f64, grade(i + c)))
        };
        Alluvial {
            title: "Aus dem Onlinezugang wird die Registermodernisierung".to_owned(),
            subtitle: "Vorträge je Thema".to_owned(),
            footer: "80 Vorträge".to_owned(),
            description: "Ströme".to_owned(),
            columns: (0..columns).map(column).collect(),
            flows: (0..columns - 1).flat_map(between).collect(),
            grades: ["belegt", "angedeutet", "gesehen, nicht belegt", "dasselbe"].map(str::to_owned),
        }
    }

    #[test]
    fn labels_never_overlap_nor_leave_the_canvas() {
        for columns in [2, 3, 5, 20] {
            for nodes in [1, 5, 12, 40] {
                let svg = chart(columns, nodes).draw().expect("a chart");
                assert_tidy(&svg);
                assert_eq!(svg, chart(columns, nodes).draw().expect("a chart"));
            }
        }
        assert_tidy(&chart(2, 500).draw().expect("a chart"));
    }

    #[test]
    fn heights_are_values_on_one_scale() {
        let mut chart = chart(2, 3);
        for (column, values) in chart.columns.iter_mut().zip([[20.0, 10.0, 0.0], [5.0, 5.0, 10.0]]) {
            column.nodes.iter_mut().zip(values).for_each(|(node, value)| node.value = value);
        }
        let (blocks, _) = chart.place(&[0.0, 500.0], 200.0, 0.0);
        let heights: Vec<f64> = blocks.iter().flatten().map(|block| block.height.round()).collect();
        assert_eq!(heights, [220.0, 110.0, 1.0, 55.0, 55.0, 110.0]);
    }

    #[test]
    fn flows_stay_within_their_nodes() {
        let mut chart = chart(2, 2);
        chart.columns[0].nodes[0].value = 10.0;
        chart.columns[1].nodes.iter_mut().for_each(|node| node.value = 10.0);
        chart.flows = vec![flow((0, 0), (1, 0), 8.0, Grade::Open), flow((0, 0), (1, 1), 8.0, Grade::Confirmed)];
        let (blocks, _) = chart.place(&[0.0, 500.0], 200.0, 0.0);
        let ribbons = chart.ribbons(&blocks, 200.0);
        let height = blocks[0][0].height;
        assert!((ribbons[0].widths[0] + ribbons[1].widths[0] - height).abs() < 1e-9, "squeezed at the start");
        assert!((ribbons[0].widths[1] - 0.8 * height).abs() < 1e-9, "as wide as its value at the end");
    }

    #[test]
    fn crossings_are_undone() {
        let mut chart = chart(2, 3);
        chart.flows = (0..3).map(|i| flow((0, i), (1, 2 - i), 1.0, Grade::Open)).collect();
        assert_eq!(chart.orders(), [[0, 1, 2], [2, 1, 0]]);
    }

    #[test]
    fn what_is_new_and_what_ends_has_a_mark_and_an_edge() {
        let mut chart = chart(2, 2);
        chart.flows = vec![flow((0, 0), (1, 0), 1.0, Grade::Open)];
        chart.columns[0].nodes[1].mark = Some("endet".to_owned());
        chart.columns[1].nodes[1].mark = Some("neu".to_owned());
        let (blocks, _) = chart.place(&[0.0, 500.0], 200.0, 0.0);
        let edges = |column: usize, node: usize| blocks[column][node].edges;
        assert_eq!([edges(0, 0), edges(0, 1)], [[CONTEXT, CONTEXT], [CONTEXT, FALL]]);
        assert_eq!([edges(1, 0), edges(1, 1)], [[CONTEXT, CONTEXT], [RISE, CONTEXT]]);
        let svg = chart.draw().expect("a chart");
        for mark in ["endet", "neu"] {
            assert!(texts(&svg).iter().any(|(text, _)| text == mark), "{mark}");
        }
    }

    #[test]
    fn what_came_looks_like_a_rise_even_with_a_candidate_before_it() {
        let mut chart = chart(2, 1);
        chart.flows = vec![flow((0, 0), (1, 0), 1.0, Grade::Open)];
        chart.columns[1].nodes[0].mark = Some("neu".to_owned());
        let (blocks, _) = chart.place(&[0.0, 500.0], 200.0, 0.0);
        let mark = blocks[1][0].lines.iter().find(|(text, _)| text == "neu").expect("the mark");
        assert_eq!(mark.1.colour, as_text(RISE));
    }

    #[test]
    fn grades_look_different_and_are_named() {
        let look = |certainty| {
            let mut chart = chart(2, 1);
            chart.flows = vec![flow((0, 0), (1, 0), 1.0, certainty)];
            chart.draw().expect("a chart")
        };
        let [solid, hatched, dashed, same] = Grade::ALL.map(look);
        let fill = |svg: &str, colour: Colour| {
            svg.contains(&format!("fill=\"#{:02X}{:02X}{:02X}\"", colour.0, colour.1, colour.2))
        };
        assert!(fill(&solid, STREAM) && !fill(&same, STREAM) && fill(&same, CONTEXT), "what stayed is no succession");
        assert!(same.contains("dasselbe"));
        assert!(solid.contains("belegt") && hatched.contains("angedeutet") && dashed.contains("gesehen"));
        let polylines = |svg: &str| svg.matches("<polyline").count();
        assert_eq!(polylines(&solid), 0);
        assert!(polylines(&hatched) > 20 && polylines(&dashed) > 20);
        let veils = |svg: &str| svg.matches("opacity=\"0.55\"").count();
        assert_eq!([veils(&solid), veils(&hatched), veils(&dashed)], [2, 2, 0], "the flow and its sample");
    }

    #[test]
    fn bad_tables_are_errors() {
        let with = |change: fn(&mut Alluvial)| {
            let mut chart = chart(3, 2);
            change(&mut chart);
            chart.draw()
        };
        assert!(with(|chart| chart.columns.truncate(1)).is_err());
        assert!(with(|chart| chart.columns.iter_mut().for_each(|column| column.nodes.clear())).is_err());
        assert!(with(|chart| chart.columns[0].nodes[0].value = f64::NAN).is_err());
        assert!(with(|chart| chart.flows[0].value = 0.0).is_err());
        assert!(with(|chart| chart.flows[0].to = (2, 0)).is_err_and(|error| error.to_string().contains("next column")));
        assert!(with(|chart| chart.flows[0].from = (0, 9)).is_err());
    }
}
