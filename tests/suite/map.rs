//! `amends map`: the layout of its pictures. The cases of `commands` show their contents.

use crate::harness::Site;

#[test]
fn boxes_do_not_overlap() {
    let course = Site::fixture("course");
    for scenario in &course.check().course().scenarios {
        let slug = &scenario.slug;
        for direction in ["down", "right"] {
            let svg = course.amends(&["map", slug, "--direction", direction]).exits(0).out;
            let boxes = boxes(&svg);
            assert_eq!(boxes.len(), scenario.story.nodes.len(), "{slug}");
            for (at, a) in boxes.iter().enumerate() {
                for b in &boxes[..at] {
                    let apart = a.0 + a.2 <= b.0 || b.0 + b.2 <= a.0 || a.1 + a.3 <= b.1 || b.1 + b.3 <= a.1;
                    assert!(apart, "{slug} {direction}: {a:?} overlaps {b:?}");
                }
            }
            assert!(svg.contains("class=\"way flawless\""), "{slug}");
        }
    }
}

/// By default, a map is no wider than a phone at the size of its text, and its ways run only downward.
#[test]
fn a_map_fits_a_phone() {
    let course = Site::fixture("course");
    for scenario in &course.check().course().scenarios {
        let slug = &scenario.slug;
        let svg = course.amends(&["map", slug]).exits(0).out;
        let head = svg.lines().next().unwrap();
        let width: f64 = head.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        assert!(width <= 375.0, "{slug}: {head}");
        let mut ways = 0;
        for line in svg.split(" d=\"M").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let numbers = line.split([' ', 'C']).filter(|part| !part.is_empty());
            let numbers: Vec<f64> = numbers.map(|number| number.parse().unwrap()).collect();
            let [x, y, pull, _, _, _, to_x, to_y] = numbers[..] else { panic!("{line}") };
            assert!(y < to_y, "{slug}: {line}");
            // The furthest point of the curve.
            assert!((x + to_x) / 8.0 + pull * 0.75 < width, "{slug}: {line}");
            ways += 1;
        }
        assert!(ways > 3, "{slug}");
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
