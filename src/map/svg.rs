//! The map as SVG, with selectable text and colors for light and dark screens.

use std::fmt::Write;

use crate::course::EndingKind;
use crate::map::layout::{Layout, Spot, column, layout};
use crate::map::{Direction, Edge, Map, MapNode, cut};
use crate::markdown::escape;

/// The width of a box, in pixels, like all lengths here.
const WIDTH: usize = 260;
/// The height of the two lines above the choices.
const HEAD: usize = 46;
/// The height of a choice.
const ROW: usize = 22;
/// The number of characters that fit on the line of a choice.
const LINE_CHARACTERS: usize = 34;

/// The width beside a column of boxes, for the lines: with the boxes it is as wide as a phone.
const SIDE: f64 = 90.0;

/// Light by default, dark if the reader's screen is. Colors only repeat what the text says: ratings and endings.
const STYLE: &str = include_str!("map.css");

impl Map {
    /// As SVG.
    pub fn svg(&self, direction: Direction) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.draw(direction, &mut out);
        out
    }

    fn draw(&self, direction: Direction, out: &mut String) -> std::fmt::Result {
        let sizes: Vec<_> =
            self.moments.iter().map(|moment| (WIDTH, HEAD + ROW * moment.choices.len())).collect();
        let lines: Vec<_> = self.ways.iter().map(|way| (way.from, way.to)).collect();
        let placed = match direction {
            Direction::Down => column(&sizes, SIDE),
            Direction::Right => layout(&sizes, &lines),
        };
        let (width, height) = placed.size;
        writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n\
             <rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>",
            escape(&self.title)
        )?;
        // The ways of the flawless play are drawn last, above the others.
        let mut order: Vec<usize> = (0..self.ways.len()).collect();
        order.sort_by_key(|at| (self.ways[*at].flawless, *at));
        for at in order {
            let way = &self.ways[at];
            let line = match direction {
                Direction::Down => self.beside(way, &placed),
                Direction::Right => across(way, placed.bends[at].iter(), &placed),
            };
            self.way(way, &line, out)?;
        }
        for (moment, spot) in self.moments.iter().zip(&placed.boxes) {
            draw(moment, *spot, out)?;
        }
        writeln!(out, "</svg>")
    }

    /// An arc to the right of the column of boxes: the more boxes it passes, the wider it is, so arcs of one length share a
    /// lane.
    fn beside(&self, way: &Edge, placed: &Layout) -> String {
        let (start, end) = ends(way, placed);
        let longest = self.ways.iter().map(|way| way.to.abs_diff(way.from)).max().unwrap_or(1).max(1);
        let lane = SIDE * (0.2 + 0.7 * way.to.abs_diff(way.from) as f64 / longest as f64);
        let (x, right) = (start.0, end.0 + WIDTH as f64);
        // A curve goes three quarters of the way to its control points.
        let pull = (right + lane / 0.75).round();
        format!("M{x} {} C{pull} {} {pull} {} {right} {}", start.1, start.1, end.1, end.1)
    }

    fn way(&self, way: &Edge, line: &str, out: &mut String) -> std::fmt::Result {
        let class = if way.flawless { "way flawless" } else { "way" };
        write!(out, "<path class=\"{class}\" stroke-width=\"{}\" d=\"{line}", way.width())?;
        let (from, to) = (&self.moments[way.from], &self.moments[way.to]);
        let choice = &from.choices[way.choice].id;
        let flawless = if way.flawless { ", flawless" } else { "" };
        writeln!(
            out,
            "\"><title>{}/{choice} to {}: {} of random play{flawless}</title></path>",
            from.id, to.id, way.percent
        )
    }
}

/// The point where a way leaves its choice, at the right, and the one where it meets its box, at the left.
fn ends(way: &Edge, placed: &Layout) -> (Spot, Spot) {
    let (from, to) = (placed.boxes[way.from], placed.boxes[way.to]);
    let row = HEAD + ROW * way.choice + ROW / 2;
    ((from.0 + WIDTH as f64, from.1 + row as f64), (to.0, to.1 + HEAD as f64 / 2.0))
}

/// A line from left to right, past the boxes of each layer in between, so that none hides it.
fn across<'a>(way: &Edge, bends: impl Iterator<Item = &'a Spot>, placed: &Layout) -> String {
    let (start, end) = ends(way, placed);
    let bends = bends.flat_map(|(x, y)| [(x - WIDTH as f64 / 2.0, *y), (x + WIDTH as f64 / 2.0, *y)]);
    let spots: Vec<Spot> = [start].into_iter().chain(bends).chain([end]).collect();
    let mut line = format!("M{} {}", start.0, start.1);
    for pair in spots.windows(2) {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        // Leaves and arrives level, so that the pieces join smoothly.
        let half = (to_x - x) / 2.0;
        line += &format!(" C{} {y} {} {to_y} {to_x} {to_y}", x + half, to_x - half);
    }
    line
}

fn draw(moment: &MapNode, (x, y): Spot, out: &mut String) -> std::fmt::Result {
    let height = HEAD + ROW * moment.choices.len();
    let class = moment.ending.map_or("decision", EndingKind::name);
    writeln!(
        out,
        "<g class=\"{class}\" transform=\"translate({x} {y})\"><rect class=\"box\" width=\"{WIDTH}\" height=\"{height}\" rx=\"6\"/>\n\
         <text class=\"name\" x=\"10\" y=\"19\">{}</text><text class=\"share\" x=\"{}\" y=\"19\">{}</text>\n\
         <text class=\"says\" x=\"10\" y=\"37\">{}</text>",
        escape(&cut(&moment.id, 24)),
        WIDTH - 10,
        escape(&moment.share),
        escape(&cut(&line(moment), LINE_CHARACTERS + 4)),
    )?;
    for (at, choice) in moment.choices.iter().enumerate() {
        let top = HEAD + ROW * at;
        writeln!(
            out,
            "<g class=\"rated{}\"><title>{}: {}</title><rect class=\"row\" x=\"1\" y=\"{top}\" width=\"{}\" height=\"{ROW}\"/>\
             <text class=\"rating\" x=\"10\" y=\"{}\">{}</text><text x=\"38\" y=\"{}\">{}</text></g>",
            choice.level,
            escape(&choice.id),
            escape(&choice.says),
            WIDTH - 2,
            top + 15,
            choice.rating,
            top + 15,
            escape(&cut(&choice.says, LINE_CHARACTERS)),
        )?;
    }
    writeln!(out, "</g>")
}

fn line(moment: &MapNode) -> String {
    match moment.ending {
        Some(ending) => format!("{}: {}", ending.name(), moment.says),
        None => moment.says.clone(),
    }
}
