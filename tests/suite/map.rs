//! `amends map`: every format shows every moment, and the pictures are sound and the same each time.

use std::path::Path;
use std::process::Command;

fn map(scenario: &str, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_amends"))
        .args(["map", scenario, "--format", format])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{scenario}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const HEARD: &str = "tests/sites/heard/content/scenarios/wrong-seat.yaml";

#[test]
fn a_map_is_drawn_in_every_format() {
    for (format, file) in
        [("svg", "map/wrong-seat.svg"), ("dot", "map/wrong-seat.dot"), ("mermaid", "map/wrong-seat.mmd")]
    {
        let drawn = map(HEARD, format);
        assert_eq!(drawn, map(HEARD, format), "{format}");
        crate::blessed::check(file, &drawn);
    }
}

#[test]
fn every_shipped_scenario_has_a_map_without_boxes_on_top_of_each_other() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/scenarios");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let svg = map(path.to_str().unwrap(), "svg");
        let boxes = boxes(&svg);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(boxes.len(), text.matches("\n    tests:").count() + text.matches("\n    ending:").count());
        for (at, a) in boxes.iter().enumerate() {
            for b in &boxes[..at] {
                let apart = a.0 + a.2 <= b.0 || b.0 + b.2 <= a.0 || a.1 + a.3 <= b.1 || b.1 + b.3 <= a.1;
                assert!(apart, "{}: {a:?} on {b:?}", path.display());
            }
        }
        assert!(svg.contains("class=\"way flawless\""), "{}", path.display());
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
