//! The map for Graphviz.

use crate::course::EndingKind;
use crate::map::{Direction, Edge, Map, MapNode, cut};

impl Map {
    /// In the DOT language.
    pub fn dot(&self, direction: Direction) -> String {
        let direction = match direction {
            Direction::Down => "TB",
            Direction::Right => "LR",
        };
        let boxes = self.moments.iter().map(node);
        let lines = self.ways.iter().map(|way| self.dot_edge(way));
        let head = format!(
            "digraph {} {{\n  rankdir={direction}; node [shape=box, style=\"rounded,filled\", fillcolor=\"#f4f5f6\"]; edge [color=\"#9aa4ab\"];\n",
            quoted(&self.title)
        );
        [head].into_iter().chain(boxes).chain(lines).chain(["}\n".to_owned()]).collect()
    }

    fn dot_edge(&self, way: &Edge) -> String {
        let (from, to) = (&self.moments[way.from], &self.moments[way.to]);
        let choice = &from.choices[way.choice];
        let label = quoted(&format!("{} {}", choice.id, choice.rating));
        let color = if way.flawless { ", color=\"#0b6b4f\"" } else { "" };
        let tooltip = quoted(&choice.says);
        format!(
            "  {} -> {} [label={label}, penwidth={}, tooltip={tooltip}{color}];\n",
            quoted(&from.id),
            quoted(&to.id),
            way.width()
        )
    }
}

fn node(moment: &MapNode) -> String {
    let says = cut(&moment.says, 40);
    let (says, color) = match moment.ending {
        Some(ending) => (format!("{}: {says}", ending.name()), ending_color(ending)),
        None => (says, ""),
    };
    let label = quoted(&format!("{}\n{says}\n{}", moment.id, moment.share));
    format!("  {} [label={label}{color}];\n", quoted(&moment.id))
}

fn ending_color(kind: EndingKind) -> &'static str {
    match kind {
        EndingKind::Good => ", fillcolor=\"#d3efdd\"",
        EndingKind::Mixed => ", fillcolor=\"#fbeec4\"",
        EndingKind::Poor => ", fillcolor=\"#f8d9d5\"",
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
