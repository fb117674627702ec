//! `amends map`: every format shows every moment, and the pictures are sound and the same each time.

use crate::blessed;
use crate::harness::Site;

fn map(site: &str, scenario: &str, format: &str) -> String {
    Site::fixture(site).amends(&["map", scenario, "--format", format]).ends(0).out
}

#[test]
fn a_map_is_drawn_in_every_format() {
    for (format, file) in
        [("svg", "map/wrong-seat.svg"), ("dot", "map/wrong-seat.dot"), ("mermaid", "map/wrong-seat.mmd")]
    {
        let drawn = map("heard", "wrong-seat", format);
        assert_eq!(drawn, map("heard", "wrong-seat", format), "{format}");
        blessed::check(file, &drawn);
    }
}

#[test]
fn no_box_stands_on_another() {
    for scenario in &Site::fixture("course").check().course().scenarios {
        let slug = &scenario.slug;
        let svg = map("course", slug, "svg");
        let boxes = boxes(&svg);
        assert_eq!(boxes.len(), scenario.story.nodes.len(), "{slug}");
        for (at, a) in boxes.iter().enumerate() {
            for b in &boxes[..at] {
                let apart = a.0 + a.2 <= b.0 || b.0 + b.2 <= a.0 || a.1 + a.3 <= b.1 || b.1 + b.3 <= a.1;
                assert!(apart, "{slug}: {a:?} on {b:?}");
            }
        }
        assert!(svg.contains("class=\"way flawless\""), "{slug}");
    }
}

/// Left, top, width and height of each box.
fn boxes(svg: &str) -> Vec<(f64, f64, f64, f64)> {
    let number = |text: &str, name: &str| -> f64 {
        let rest = text.split_once(&format!("{name}=\"")).unwrap().1;
        rest.split('"').next().unwrap().parse().unwrap()
    };
    let one = |part: &str| {
        let (place, rest) = part.split_once(")\"").unwrap();
        let (x, y) = place.split_once(' ').unwrap();
        (x.parse().unwrap(), y.parse().unwrap(), number(rest, " width"), number(rest, " height"))
    };
    svg.split("transform=\"translate(").skip(1).map(one).collect()
}
