//! The positions of the boxes, and the bends of lines that pass other boxes. The only file that uses the layout crate.

use layout::core::base::Orientation;
use layout::core::format::{ClipHandle, RenderBackend};
use layout::core::geometry::Point;
use layout::core::style::StyleAttr;
use layout::std_shapes::shapes::{Arrow, Element, ShapeKind};
use layout::topo::layout::VisualGraph;

/// A point in the picture, from its upper left corner, in pixels.
pub(super) type Spot = (f64, f64);

/// Boxes from left to right.
pub(super) struct Layout {
    /// The upper left corner of each box.
    pub(super) boxes: Vec<Spot>,
    /// For each given line, the points where it passes between the boxes of other layers.
    pub(super) bends: Vec<Vec<Spot>>,
    /// Width and height of the whole.
    pub(super) size: Spot,
}

/// Room for lines between two layers, in addition to the crate's own.
const GAP: f64 = 60.0;
/// Empty space around the picture.
const MARGIN: f64 = 20.0;

/// Places boxes of these sizes one below the other, with `side` free at their right for the lines.
pub(super) fn column(sizes: &[(usize, usize)], side: f64) -> Layout {
    let (mut boxes, mut top, mut wide) = (Vec::new(), MARGIN, 0.0);
    for (width, height) in sizes {
        boxes.push((MARGIN, top));
        top += *height as f64 + MARGIN;
        wide = f64::max(wide, *width as f64);
    }
    Layout { boxes, bends: Vec::new(), size: (MARGIN + wide + side, top) }
}

/// Places boxes of these sizes, with lines from each to later ones.
pub(super) fn layout(sizes: &[(usize, usize)], lines: &[(usize, usize)]) -> Layout {
    let mut graph = VisualGraph::new(Orientation::LeftToRight);
    let nodes: Vec<_> = sizes
        .iter()
        .map(|(width, height)| {
            let size = Point::new(*width as f64 + GAP, *height as f64);
            let shape = ShapeKind::new_box("");
            graph.add_node(Element::create(shape, StyleAttr::simple(), Orientation::LeftToRight, size))
        })
        .collect();
    for (from, to) in lines {
        graph.add_edge(Arrow::simple(""), nodes[*from], nodes[*to]);
    }
    let mut paths = Paths::default();
    graph.do_it(false, false, false, &mut paths);
    let corner = |at: usize| {
        let center = graph.pos(nodes[at]).center();
        (center.x - sizes[at].0 as f64 / 2.0, center.y - sizes[at].1 as f64 / 2.0)
    };
    let boxes: Vec<Spot> = (0..sizes.len()).map(corner).collect();
    let bends = paths.0;
    from_margin(boxes, bends, sizes)
}

/// Moves everything so that it begins at the margin.
fn from_margin(mut boxes: Vec<Spot>, mut bends: Vec<Vec<Spot>>, sizes: &[(usize, usize)]) -> Layout {
    let least = |pick: fn(&Spot) -> f64, boxes: &[Spot], bends: &[Vec<Spot>]| {
        boxes.iter().chain(bends.iter().flatten()).map(pick).fold(f64::MAX, f64::min)
    };
    let (left, top) =
        (least(|spot| spot.0, &boxes, &bends) - MARGIN, least(|spot| spot.1, &boxes, &bends) - MARGIN);
    for spot in boxes.iter_mut().chain(bends.iter_mut().flatten()) {
        *spot = ((spot.0 - left).round(), (spot.1 - top).round());
    }
    let mut size = (0.0, 0.0);
    let corners =
        boxes.iter().zip(sizes).map(|(spot, size)| (spot.0 + size.0 as f64, spot.1 + size.1 as f64));
    for spot in corners.chain(bends.iter().flatten().copied()) {
        size = (f64::max(size.0, spot.0 + MARGIN), f64::max(size.1, spot.1 + MARGIN));
    }
    Layout { boxes, bends, size }
}

/// A renderer that draws nothing and keeps the bends of the lines.
#[derive(Default)]
struct Paths(Vec<Vec<Spot>>);

impl RenderBackend for Paths {
    fn draw_rect(&mut self, _: Point, _: Point, _: &StyleAttr, _: Option<String>, _: Option<ClipHandle>) {}

    fn draw_line(&mut self, _: Point, _: Point, _: &StyleAttr, _: Option<String>) {}

    fn draw_circle(&mut self, _: Point, _: Point, _: &StyleAttr, _: Option<String>) {}

    fn draw_text(&mut self, _: Point, _: &str, _: &StyleAttr) {}

    fn draw_arrow(
        &mut self,
        path: &[(Point, Point)],
        _: bool,
        _: (bool, bool),
        _: &StyleAttr,
        _: Option<String>,
        _: &str,
    ) {
        // Each pair is a direction and a point; the first and the last point touch the two boxes.
        let inner = path.get(1..path.len().saturating_sub(1)).unwrap_or_default();
        self.0.push(inner.iter().map(|(_, point)| (point.x, point.y)).collect());
    }

    fn create_clip(&mut self, _: Point, _: Point, _: usize) -> ClipHandle {
        0
    }
}
