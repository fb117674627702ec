//! `amends script`: everything that a trainee may read, and what sets each flag that a condition reads.

use amends::course::Node;

use crate::harness::Site;

#[test]
fn the_script_contains_every_text_of_the_scenario() {
    let course = Site::fixture("course");
    for scenario in &course.check().course().scenarios {
        let text = course.amends(&["script", &scenario.slug]).exits(0).out;
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

#[test]
fn each_flag_lists_what_sets_clears_and_reads_it() {
    let site = Site::scaffold();
    let text = site.amends(&["script", "cold-dinner"]).exits(0).out;
    let heard = "- `heard`, “you had let her tell it”: set by `opening/ask`, `again/stop`; asked for by \
                 `after/survey`, `after/ring`\n";
    assert!(text.contains(heard), "{text}");
    assert!(text.contains("- Sets: `heard`\n"), "{text}");
    site.edit(
        "content/scenarios/cold-dinner.yaml",
        "trap: pass_parcel\n",
        "trap: pass_parcel\n        clears: [owned]\n",
    );
    let text = site.amends(&["script", "cold-dinner"]).exits(0).out;
    assert!(text.contains("; cleared by `") && text.contains("- Clears: `owned`\n"), "{text}");
}
