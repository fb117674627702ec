//! `amends script`: everything that a trainee may read stands in it.

use amends::course::Node;

use crate::blessed;
use crate::harness::Site;

fn script(site: &str, scenario: &str) -> String {
    Site::fixture(site).amends(&["script", scenario]).ends(0).out
}

#[test]
fn a_script_reads_well() {
    blessed::check("script/wrong-seat.md", &script("heard", "wrong-seat"));
}

#[test]
fn nothing_is_left_out() {
    for scenario in &Site::fixture("course").check().course().scenarios {
        let text = script("course", &scenario.slug);
        for node in &scenario.story.nodes {
            match node {
                Node::Decision(decision) => {
                    for choice in &decision.choices {
                        for part in [&choice.text, &choice.reply, &choice.why] {
                            assert!(text.contains(part.markdown.trim()), "{}: {}", scenario.slug, choice.id);
                        }
                    }
                }
                Node::Ending(ending) => assert!(text.contains(ending.text.markdown.trim()), "{}", ending.id),
            }
        }
    }
}
