//! Every moment that the bench of `serve` opens is the one its play leads to, with the goodwill and the flags that it
//! states.

use amends::prove::moments::moments;
use scenario_wasm::Session;

use crate::harness::Site;

#[test]
fn each_play_leads_to_its_moment() {
    for scenario in &Site::fixture("course").check().course().scenarios {
        let engine = &scenario.story.engine;
        let found = moments(engine);
        for moment in &found {
            let (session, followed) = Session::replay(engine, &moment.play);
            assert_eq!(followed, moment.play.len(), "{moment:?}");
            let state = session.state();
            let here = (&engine.graph().nodes[usize::from(state.node)].id, state.goodwill, state.flags);
            assert_eq!(here, (&moment.node, moment.goodwill, moment.flags));
        }
        let missed = engine.graph().nodes.iter().filter(|node| node.decision.is_some());
        let missed: Vec<_> = missed
            .filter(|node| !found.iter().any(|moment| moment.node == node.id))
            .map(|node| &node.id)
            .collect();
        assert!(missed.is_empty(), "{}: {missed:?}", scenario.slug);
    }
}
