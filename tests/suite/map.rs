//! `amends map`: the pictures are sound. What they show is in the cases of `commands`.

use crate::harness::Site;

#[test]
fn no_box_stands_on_another() {
    let course = Site::fixture("course");
    for scenario in &course.check().course().scenarios {
        let slug = &scenario.slug;
        let svg = course.amends(&["map", slug, "--format", "svg"]).ends(0).out;
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
