//! `amends play` as programs and people use it.

use serde_json::{Value, json};

use crate::blessed;
use crate::harness::{Run, Site, command, run};

const TUESDAY: &str = "third-promised-tuesday";

/// `play` in the course of the tests, with something typed.
fn play(arguments: &[&str], typed: &str) -> Run {
    let site = Site::fixture("course");
    run(&mut command(&[&["play"], arguments].concat(), site.path()), typed)
}

const WORKED: &str = "promise,stop,play-back,own-it,own-van,i-call,call";

#[test]
fn the_worked_play_is_reported_to_the_digit() {
    let report = play(&[TUESDAY, "--choices", WORKED, "--format", "json"], "").ends(0).out;
    blessed::check("play/worked.json", &report);
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["final"], json!({ "exact": "1505/18", "rounded": 84 }));
    assert_eq!(report["skills"]["listen"], json!({ "exact": "50", "rounded": 50, "par": 2, "met": 3 }));
    blessed::check("play/worked.txt", &play(&[TUESDAY, "--choices", WORKED], "").ends(0).out);
}

#[test]
fn a_file_plays_as_its_slug_does_and_needs_no_site() {
    let text = Site::fixture("course").read("content/scenarios/third-promised-tuesday.yaml");
    let alone = Site::empty().file("alone.yaml", text);
    let report = alone.amends(&["play", "alone.yaml", "--choices", WORKED, "--format", "json"]).ends(0).out;
    for scenario in [TUESDAY, "content/scenarios/third-promised-tuesday.yaml"] {
        assert_eq!(play(&[scenario, "--choices", WORKED, "--format", "json"], "").out, report);
    }
}

#[test]
fn an_unfinished_play_is_incomplete_and_no_failure() {
    let run = play(&[TUESDAY, "--choices", "promise", "--format", "json"], "").ends(0);
    blessed::check("play/incomplete.json", &run.out);
}

#[test]
fn a_path_that_does_not_fit_prints_nothing_and_says_where() {
    for (path, says) in [
        ("promise,nope", "the decision `called-out` has no choice `nope`; open there: screen, stop, push"),
        ("ask,note,twice,call", "the conversation has ended at `walked`, and `call` is left over"),
    ] {
        let run = play(&[TUESDAY, "--choices", path, "--format", "json"], "").ends(1).says(says);
        assert_eq!(run.out, "");
    }
}

#[test]
fn what_is_not_there_or_not_sound_is_reported() {
    play(&["third-promised-tusday"], "").ends(2).says("did you mean `third-promised-tuesday`?");
    let broken = Site::empty().file("broken.yaml", "title: Broken\n");
    let run = broken.amends(&["play", "broken.yaml", "--choices", "a", "--format", "json"]).ends(1);
    assert_eq!(run.says("a scenario has no `nodes`").out, "");
}

#[test]
fn a_play_in_the_terminal_goes_back_and_ends_in_a_debrief() {
    let run = play(&[TUESDAY, "--quiet"], "1\nu\n9\n3\n3\n4\n1\n4\n4\n").ends(0);
    blessed::check("play/turns.txt", &run.out);
}

#[test]
fn the_end_of_the_input_leaves_politely() {
    let run = play(&[TUESDAY], "1\n").ends(0);
    assert!(run.out.contains("Incomplete: the conversation has not ended"), "{}", run.out);
}

#[test]
fn a_challenge_shuffles_by_its_seed_and_does_not_coach() {
    let seeded = |seed: u8| play(&[TUESDAY, "--challenge", "--seed", &seed.to_string()], "u\n1\nq\n").out;
    let shown = seeded(7);
    assert_eq!(seeded(7), shown);
    assert!((0..8).any(|seed| seeded(seed) != shown), "no seed changes the order");
    assert!(shown.contains("A challenge only goes forward."), "{shown}");
    assert!(!shown.contains("  | "), "coaching in a challenge: {shown}");
}
