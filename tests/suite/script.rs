//! `amends script`: everything that a trainee may read stands in it.

use std::path::Path;
use std::process::Command;

use amends::course::Node;
use amends::load;

fn script(scenario: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_amends"))
        .args(["script", scenario])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_script_reads_well() {
    crate::blessed::check(
        "script/wrong-seat.md",
        &script("tests/sites/heard/content/scenarios/wrong-seat.yaml"),
    );
}

#[test]
fn nothing_is_left_out() {
    for slug in ["third-promised-tuesday", "payday-no-cash"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("content/scenarios/{slug}.yaml"));
        let (scenario, _) = load::scenario(&path).unwrap().scenario.unwrap();
        let text = script(slug);
        for node in &scenario.story.nodes {
            match node {
                Node::Decision(decision) => {
                    for choice in &decision.choices {
                        for part in [&choice.text, &choice.reply, &choice.why] {
                            assert!(text.contains(part.markdown.trim()), "{}", choice.id);
                        }
                    }
                }
                Node::Ending(ending) => assert!(text.contains(ending.text.markdown.trim()), "{}", ending.id),
            }
        }
    }
}
