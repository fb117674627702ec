//! The map for Mermaid, which many Markdown viewers draw.

use crate::map::{Direction, Edge, Map, MapNode, cut};

impl Map {
    /// As a Mermaid flowchart.
    pub fn mermaid(&self, direction: Direction) -> String {
        let direction = match direction {
            Direction::Down => "TB",
            Direction::Right => "LR",
        };
        let boxes = self.moments.iter().enumerate().map(|(at, moment)| node(at, moment));
        let lines = self.ways.iter().map(|way| self.mermaid_edge(way));
        let styles = self.ways.iter().enumerate().map(|(at, way)| {
            let color = if way.flawless { ",stroke:#0b6b4f" } else { "" };
            format!("  linkStyle {at} stroke-width:{}px{color}\n", way.width())
        });
        let head = format!("flowchart {direction}\n");
        let classes = "  classDef good fill:#d3efdd,color:#1d2327\n  classDef mixed fill:#fbeec4,color:#1d2327\n  classDef poor fill:#f8d9d5,color:#1d2327\n";
        [head, classes.to_owned()].into_iter().chain(boxes).chain(lines).chain(styles).collect()
    }

    fn mermaid_edge(&self, way: &Edge) -> String {
        let choice = &self.moments[way.from].choices[way.choice];
        let label = format!("\"{} {}\"", plain(&choice.id), choice.rating);
        // By number: an id such as `end` is a reserved word in Mermaid.
        format!("  n{} -- {label} --> n{}\n", way.from, way.to)
    }
}

fn node(at: usize, moment: &MapNode) -> String {
    let says = cut(&moment.says, 40);
    let text = format!("\"{}<br>{}<br>{}\"", plain(&moment.id), plain(&says), plain(&moment.share));
    match moment.ending {
        Some(ending) => format!("  n{at}([{text}]):::{}\n", ending.name()),
        None => format!("  n{at}[{text}]\n"),
    }
}

/// Mermaid has no escapes but its own entities.
fn plain(text: &str) -> String {
    text.replace('#', "#35;").replace('"', "#quot;").replace('<', "#lt;")
}
