//! `amends play`: tests that compare two runs, which the cases of `commands` cannot do.

use crate::harness::{Site, command, run};

#[test]
fn a_file_plays_like_its_slug_and_needs_no_site() {
    let (course, slug) = (Site::fixture("course"), "third-promised-tuesday");
    let file = format!("content/scenarios/{slug}.yaml");
    let alone = Site::empty().file("alone.yaml", course.read(&file));
    let report = |site: &Site, scenario: &str| {
        let choices = "promise,stop,play-back,own-it,own-van,i-call,call";
        let out = site.amends(&["play", scenario, "--choices", choices, "--format", "json"]).exits(0).out;
        serde_json::from_str::<serde_json::Value>(&out).unwrap()
    };
    let mut by_slug = report(&course, slug);
    assert_eq!(by_slug, report(&course, &file));
    // Only the code differs, because it names its course.
    let mut by_file = report(&alone, "alone.yaml");
    for report in [&mut by_slug, &mut by_file] {
        assert!(report.as_object_mut().unwrap().remove("code").is_some());
    }
    assert_eq!(by_slug, by_file);
}

#[test]
fn a_challenge_shuffles_by_its_seed() {
    let site = Site::fixture("course");
    let seeded = |seed: u8| {
        let arguments = ["play", "third-promised-tuesday", "--challenge", "--seed", &seed.to_string()];
        run(&mut command(&arguments, site.path()), "1\nq\n").out
    };
    let shown = seeded(7);
    assert_eq!(seeded(7), shown);
    assert!((0..8).any(|seed| seeded(seed) != shown), "no seed changes the order");
}

/// To act before asking loses half of what the act is worth, except in an emergency.
#[test]
fn in_an_emergency_order_does_not_count() {
    let report = |site: &Site| {
        let choices = "number,annoying,token,now,call-you,ring";
        site.amends(&["play", "cold-dinner", "--choices", choices, "--format", "json"]).exits(0).out
    };
    let (order, free) = (Site::scaffold(), Site::scaffold());
    free.edit("content/scenarios/cold-dinner.yaml", "facet: fix               #", "facet: safety #");
    let early = |text: &str| text.matches("\"order\"").count();
    assert!(early(&report(&order)) > early(&report(&free)), "{}", report(&free));
    assert!(
        free.amends(&["script", "cold-dinner"]).exits(0).out.contains("## `fix`: tests Act, in any order")
    );
    assert!(
        free.amends(&["map", "cold-dinner", "--format", "mermaid"])
            .exits(0)
            .out
            .contains("Act, in any order")
    );
}
