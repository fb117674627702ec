//! `amends script`: everything that a trainee may read stands in it.

use amends::course::Node;

use crate::harness::Site;

#[test]
fn nothing_is_left_out() {
    let course = Site::fixture("course");
    for scenario in &course.check().course().scenarios {
        let text = course.amends(&["script", &scenario.slug]).ends(0).out;
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
