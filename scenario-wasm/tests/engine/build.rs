//! Short ways to write models and graphs in tests.

use scenario_wasm::{
    Choice, Decision, Gate, GoodwillRule, Graph, MasteryRule, Model, Node, PassRule, Skill, Slip,
};

pub(crate) const LISTEN: u8 = 0;
pub(crate) const EMPATHIZE: u8 = 1;
pub(crate) const APOLOGIZE: u8 = 2;
pub(crate) const ACT: u8 = 3;

/// The model LEAA, with the slips that the tests use.
pub(crate) fn leaa() -> Model {
    let skill = |id: &str, weight, needs: &[u16]| Skill { id: id.into(), weight, needs: needs.to_vec() };
    let slip = |id: &str, skill| Slip { id: id.into(), skill };
    Model {
        skills: vec![
            skill("listen", 25, &[]),
            skill("empathize", 20, &[0b0001]),
            skill("apologize", 20, &[0b0001]),
            skill("act", 35, &[0b0001, 0b0110]),
        ],
        out_of_order: (1, 2),
        slips: vec![
            slip("interrupt", LISTEN),
            slip("minimize", EMPATHIZE),
            slip("excuse", APOLOGIZE),
            slip("over_promise", ACT),
        ],
        caps: [69, 39],
        bands: vec![90, 75, 60, 40, 0],
        pass: PassRule { score: 75, every_skill: 50, single_chance: 33 },
        mastery: MasteryRule { score: 90, every_skill: 75 },
        goodwill: GoodwillRule { by_rating: [-14, -4, 5, 9], slip: -4, serious: -12, critical: -25 },
    }
}

/// A choice that is always open.
pub(crate) fn choice(id: &str, ratings: &[u8], then: u16) -> Choice {
    Choice {
        id: id.into(),
        was: Vec::new(),
        ratings: ratings.to_vec(),
        slips: Vec::new(),
        cap: None,
        goodwill: None,
        sets: 0,
        clears: 0,
        when: Gate::default(),
        ways: Vec::new(),
        then,
    }
}

pub(crate) fn decision(id: &str, tests: &[u8], choices: Vec<Choice>) -> Node {
    Node { id: id.into(), decision: Some(Decision { tests: tests.to_vec(), free_order: false, choices }) }
}

pub(crate) fn ending(id: &str) -> Node {
    Node { id: id.into(), decision: None }
}

pub(crate) fn graph(model: Model, nodes: Vec<Node>) -> Graph {
    Graph { model, goodwill: 30, already: 0, flags: 0, nodes }
}
