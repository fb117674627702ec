//! `amends play` as programs and people use it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::blessed;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn play(args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
    command
        .current_dir(root())
        .arg("play")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that does not read its input may have ended before it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

const WORKED: &str = "promise,stop,play-back,own-it,own-van,i-call,call";

#[test]
fn the_worked_play_is_reported_to_the_digit() {
    let output = play(&["third-promised-tuesday", "--choices", WORKED, "--format", "json"], "");
    assert_eq!(output.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(report["final"], serde_json::json!({ "exact": "1505/18", "rounded": 84 }));
    assert_eq!(
        report["skills"]["listen"],
        serde_json::json!({ "exact": "50", "rounded": 50, "par": 2, "met": 3 })
    );
    blessed::check("play/worked.json", stdout(&output));
    let human = play(&["third-promised-tuesday", "--choices", WORKED], "");
    blessed::check("play/worked.txt", stdout(&human));
}

#[test]
fn a_file_plays_as_its_slug_does_and_needs_no_site() {
    let file = root().join("content/scenarios/third-promised-tuesday.yaml");
    let alone = tempfile::tempdir().unwrap();
    let copy = alone.path().join("alone.yaml");
    std::fs::copy(&file, &copy).unwrap();
    let report = |path: &Path| play(&[path.to_str().unwrap(), "--choices", WORKED, "--format", "json"], "");
    let reports = [report(&file), report(&copy)].map(|output| stdout(&output).to_owned());
    assert!(reports[0].contains("1505/18"));
    assert_eq!(reports[0], reports[1]);
}

#[test]
fn an_unfinished_play_is_incomplete_and_no_failure() {
    let output = play(&["third-promised-tuesday", "--choices", "promise", "--format", "json"], "");
    assert_eq!(output.status.code(), Some(0));
    blessed::check("play/incomplete.json", stdout(&output));
}

#[test]
fn a_path_that_does_not_fit_prints_nothing_and_says_where() {
    for (path, told) in [
        ("promise,nope", "the decision `called-out` has no choice `nope`; open there: screen, stop, push"),
        ("ask,note,twice,call", "the conversation has ended at `walked`, and `call` is left over"),
    ] {
        let output = play(&["third-promised-tuesday", "--choices", path, "--format", "json"], "");
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(stdout(&output), "");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains(told), "{stderr}");
    }
}

#[test]
fn what_is_not_there_or_not_sound_is_told() {
    let missing = play(&["third-promised-tusday"], "");
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("did you mean `third-promised-tuesday`?"));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.yaml");
    std::fs::write(&path, "title: Broken\n").unwrap();
    let broken = play(&[path.to_str().unwrap(), "--choices", "a", "--format", "json"], "");
    assert_eq!((broken.status.code(), stdout(&broken)), (Some(1), ""));
    assert!(String::from_utf8_lossy(&broken.stderr).contains("a scenario has no `nodes`"));
}

#[test]
fn a_play_in_the_terminal_goes_back_and_ends_in_a_debrief() {
    let output = play(&["third-promised-tuesday", "--quiet"], "1\nu\n9\n3\n3\n4\n1\n4\n4\n");
    assert_eq!(output.status.code(), Some(0));
    blessed::check("play/turns.txt", stdout(&output));
}

#[test]
fn the_end_of_the_input_leaves_politely() {
    let output = play(&["third-promised-tuesday"], "1\n");
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("Incomplete: the conversation has not ended"));
}

#[test]
fn a_challenge_shuffles_by_its_seed_and_does_not_coach() {
    let seeded = |seed: &str| {
        stdout(&play(&["third-promised-tuesday", "--challenge", "--seed", seed], "u\n1\nq\n")).to_owned()
    };
    assert_eq!(seeded("7"), seeded("7"));
    assert!((0..8).any(|seed| seeded(&seed.to_string()) != seeded("7")), "no seed changes the order");
    let told = seeded("7");
    assert!(told.contains("A challenge only goes forward."));
    assert!(!told.contains("  | "), "coaching in a challenge: {told}");
}
