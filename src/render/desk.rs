//! The trainer's desk: every scenario's graph, and the words for a class report and for replaying a result turn by turn.

use scenario_wasm::code::Reporting;
use tera::Value;

use super::course::{Scope, skill_tags};
use super::page::{Desk, DeskChoice, DeskNode, DeskScenario};
use super::story::{encoded_graph, models_in_use};
use crate::course::{Choice, Decision, Node, Scenario, Settings, Story};
use crate::load::Loaded;
use crate::markdown::plain::plain;
use crate::results::first_words;

/// The desk in `folder`.
pub(super) fn desk(scope: &Scope<'_>, folder: &str) -> Desk {
    let course = scope.course;
    let tags_of = |model| skill_tags(model).iter().map(Value::from_serializable).collect();
    let skills: Vec<Vec<Value>> = course.models.iter().map(tags_of).collect();
    let shown = scope.scenarios.iter().map(|&at| (at, &course.scenarios[at]));
    let scenarios = shown.map(|(at, scenario)| {
        Value::from_serializable(&DeskScenario {
            names: [&scenario.slug]
                .into_iter()
                .chain(&scenario.aliases)
                .cloned()
                .collect::<Vec<_>>()
                .join(","),
            link: scope.scenario_link(folder, at),
            model: course.models[scenario.story.model].id.clone(),
            graph: encoded_graph(&scenario.story.engine.to_bytes()),
            nodes: nodes(scenario, &skills[scenario.story.model]),
            lessons: scope.lessons_by_scenario[at]
                .iter()
                .map(|&lesson| scope.lesson_link(folder, lesson))
                .collect(),
        })
    });
    let models = models_in_use(course, scope.scenarios.iter().map(|&at| &course.scenarios[at]));
    Desk { scenarios: scenarios.collect(), models }
}

/// The script that gives the desk every published version of the scenarios, on which choices are replayed; `None` if the
/// course's result codes do not carry choices, or it has no desk.
pub(super) fn history(loaded: &Loaded) -> Option<String> {
    let Settings { reporting, desk, .. } = loaded.course.settings;
    let versions =
        loaded.history.versions().map(|(slug, version)| (slug, encoded_graph(&version.to_bytes())));
    let versions = serde_json::to_string(&versions.collect::<Vec<_>>()).expect("texts are JSON");
    let script =
        format!("document.dispatchEvent(new CustomEvent(\"amends:history\",{{detail:{versions}}}));\n");
    (desk && reporting == Reporting::Full).then_some(script)
}

fn nodes(scenario: &Scenario, skills: &[Value]) -> Vec<DeskNode> {
    let story = &scenario.story;
    let all = story.nodes.iter().enumerate().map(|(at, node)| match node {
        Node::Decision(decision) => DeskNode {
            id: decision.id.clone(),
            says: first_words(decision),
            all: decision.says.as_ref().or(decision.scene.as_ref()).map(|text| plain(&text.markdown)),
            number: Some(story.decision_number(at)),
            tests: decision.tests.iter().map(|&skill| skills[skill].clone()).collect(),
            choices: choices(story, decision),
        },
        Node::Ending(ending) => DeskNode {
            id: ending.id.clone(),
            says: ending.title.clone(),
            all: None,
            number: None,
            tests: Vec::new(),
            choices: Vec::new(),
        },
    });
    all.collect()
}

fn choices(story: &Story, decision: &Decision) -> Vec<DeskChoice> {
    let rules = story.rules(decision);
    let worth = |at: usize| match &rules.choices[at] {
        choice if choice.is_strongest() => "strongest",
        _ if rules.is_worst(at) => "worst",
        _ => "",
    };
    let choice = |(at, choice): (usize, &Choice)| DeskChoice {
        id: choice.id.clone(),
        says: plain(&choice.text.markdown),
        ratings: choice.ratings.clone(),
        worth: worth(at).to_owned(),
    };
    decision.choices.iter().enumerate().map(choice).collect()
}
