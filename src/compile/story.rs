//! Turns a raw story into words for the page and a graph for the engine.
//!
//! Both have the same nodes: the words in the author's order, the graph in an order in which every way leads forward.

use std::collections::BTreeMap;
use std::path::Path;

use scenario_wasm as engine;
use scenario_wasm::{Gate, Op};

use super::{in_content, value};
use crate::check::graph::{Ways, walk};
use crate::course::{
    Choice, Condition, Customer, Decision, Ending, Model, Node, Picture, Portrait, Story, Text, Way,
};
use crate::parse::choice::RawChoice;
use crate::parse::gate::RawGate;
use crate::parse::node::{RawDecision, RawEnding, RawKind, RawNode};
use crate::parse::scenario::RawStory;
use crate::parse::{At, RawPerson, RawPicture, RawPortrait};
use crate::portrait::{BUSTS, CLOTH, HAIR, Person};
use crate::source::SourceMap;

/// The goodwill of a drill without a customer.
const NEUTRAL_GOODWILL: u8 = 50;

/// The words and the graph of a story without errors in `file`, which the model at this index scores. The engine has not yet
/// checked the graph.
///
/// `None` if something is missing or unknown; a diagnostic has reported it.
pub(super) fn story(
    raw: &RawStory,
    models: &[Model],
    model: usize,
    file: &Path,
    sources: &SourceMap,
) -> Option<(StoryWords, engine::Graph)> {
    let rules = &models[model];
    let ways = Ways::of(raw);
    let order = walk(&ways)?.order;
    // Sorted indices are in the author's order.
    let mut shown = order.clone();
    shown.sort_unstable();
    let names = raw.nodes.iter().enumerate().map(|(at, node)| (node.id.value.as_str(), at)).collect();
    let indices =
        order.iter().enumerate().filter_map(|(place, at)| Some((*at, u16::try_from(place).ok()?))).collect();
    let context = Context { rules, file, sources, shown, names, indices, flags: flag_names(raw) };
    let nodes = context.shown.iter().map(|at| context.words(&raw.nodes[*at]));
    let words = StoryWords {
        model,
        customer: context.customer(raw),
        flags: raw.flags.iter().map(|(flag, words)| (flag.value.clone(), words.value.clone())).collect(),
        nodes: nodes.collect::<Option<_>>()?,
        start: context.shown.binary_search(&ways.start?).ok()?,
    };
    let goodwill = match &raw.customer {
        Some(customer) => customer.goodwill.as_ref()?.value,
        None => NEUTRAL_GOODWILL,
    };
    let graph = engine::Graph {
        model: rules.rules.clone(),
        goodwill,
        already: raw.already.iter().try_fold(0, |set, name| Some(set | 1u16 << skill(rules, name)?))?,
        flags: u8::try_from(context.flags.len()).ok()?,
        nodes: order.iter().map(|at| context.rules_of(&raw.nodes[*at])).collect::<Option<_>>()?,
    };
    Some((words, graph))
}

/// A [`Story`] without its engine.
#[derive(Debug)]
pub(super) struct StoryWords {
    model: usize,
    customer: Customer,
    flags: BTreeMap<String, String>,
    nodes: Vec<Node>,
    start: usize,
}

impl StoryWords {
    /// Adds the engine.
    pub(super) fn with_engine(self, engine: engine::Scenario) -> Story {
        let Self { model, customer, flags, nodes, start } = self;
        Story { model, customer, flags, nodes, start, engine }
    }
}

/// Every flag that a choice sets, in order of appearance; a flag's index is the engine's.
fn flag_names(raw: &RawStory) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for flag in raw.choices().flat_map(|choice| &choice.sets) {
        if !names.contains(&flag.value.as_str()) {
            names.push(&flag.value);
        }
    }
    names
}

fn skill(rules: &Model, name: &At<String>) -> Option<usize> {
    rules.skills.iter().position(|skill| skill.id == name.value)
}

/// What the nodes of a story refer to.
struct Context<'a> {
    rules: &'a Model,
    file: &'a Path,
    sources: &'a SourceMap,
    /// Indices of the reachable raw nodes, in the author's order.
    shown: Vec<usize>,
    /// Raw nodes by name.
    names: BTreeMap<&'a str, usize>,
    /// From a raw node's index to its place in the engine's order.
    indices: BTreeMap<usize, u16>,
    flags: Vec<&'a str>,
}

impl Context<'_> {
    fn node(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    fn text(&self, at: &At<String>) -> Text {
        Text { markdown: self.sources.part(at.span, &at.value), span: at.span }
    }

    fn customer(&self, raw: &RawStory) -> Customer {
        let raw = raw.customer.as_ref();
        Customer {
            name: raw.and_then(|raw| value(&raw.name)).unwrap_or_default(),
            about: raw.and_then(|raw| value(&raw.about)),
            pronoun: raw.and_then(|raw| value(&raw.pronoun)),
            portrait: raw.and_then(|raw| raw.portrait.as_ref()).map(|raw| portrait(self.file, raw)),
        }
    }

    fn words(&self, node: &RawNode) -> Option<Node> {
        match &node.kind {
            RawKind::Decision(decision) => self.decision_words(node, decision).map(Node::Decision),
            RawKind::Ending(ending) => self.ending_words(node, ending).map(Node::Ending),
            RawKind::Unread => None,
        }
    }

    fn decision_words(&self, node: &RawNode, raw: &RawDecision) -> Option<Decision> {
        Some(Decision {
            id: node.id.value.clone(),
            scene: raw.scene.as_ref().map(|at| self.text(at)),
            says: raw.says.as_ref().map(|at| self.text(at)),
            mood: raw.mood.as_ref().map(|mood| mood.value),
            media: raw.media.as_ref().map(|raw| picture(self.file, raw)),
            tests: raw.tests.iter().map(|name| skill(self.rules, name)).collect::<Option<_>>()?,
            facet: value(&raw.facet),
            hint: raw.hint.as_ref().map(|at| self.text(at)),
            choices: raw
                .choices
                .iter()
                .map(|choice| self.choice_words(raw, choice))
                .collect::<Option<_>>()?,
            span: node.id.span,
        })
    }

    fn choice_words(&self, decision: &RawDecision, raw: &RawChoice) -> Option<Choice> {
        let (form, text) = raw.form.as_ref()?;
        let then = raw.then.iter().map(|way| {
            let to = self.shown.binary_search(&self.node(&way.to.value)?).ok()?;
            Some(Way { to, when: way.when.as_ref().map(|at| condition(&at.value)) })
        });
        Some(Choice {
            id: raw.id.value.clone(),
            form: *form,
            text: self.text(text),
            short: value(&raw.short),
            ratings: ratings(decision, raw)?,
            slips: raw.slips.iter().map(|slip| slip.value.clone()).collect(),
            act: value(&raw.act),
            trap: value(&raw.trap),
            hard_truth: raw.hard_truth,
            short_term: raw.short_term,
            sets: raw.sets.iter().map(|flag| flag.value.clone()).collect(),
            clears: raw.clears.iter().map(|flag| flag.value.clone()).collect(),
            reply: self.text(raw.reply.as_ref()?),
            why: self.text(raw.why.as_ref()?),
            when: raw.when.as_ref().map(|at| condition(&at.value)),
            closed: raw.closed.as_ref().map(|at| self.text(at)),
            then: then.collect::<Option<_>>()?,
            span: raw.id.span,
        })
    }

    fn ending_words(&self, node: &RawNode, raw: &RawEnding) -> Option<Ending> {
        Some(Ending {
            id: node.id.value.clone(),
            kind: raw.ending.as_ref()?.value,
            title: value(&raw.title)?,
            text: self.text(raw.text.as_ref()?),
            media: raw.media.as_ref().map(|raw| picture(self.file, raw)),
            span: node.id.span,
        })
    }

    fn rules_of(&self, node: &RawNode) -> Option<engine::Node> {
        let decision = match &node.kind {
            RawKind::Ending(_) | RawKind::Unread => None,
            RawKind::Decision(raw) => {
                let tests = raw.tests.iter().map(|name| u8::try_from(skill(self.rules, name)?).ok());
                Some(engine::Decision {
                    tests: tests.collect::<Option<_>>()?,
                    free_order: raw.waives_order(),
                    choices: raw
                        .choices
                        .iter()
                        .map(|choice| self.choice_rules(raw, choice))
                        .collect::<Option<_>>()?,
                })
            }
        };
        Some(engine::Node { id: node.id.value.clone(), decision })
    }

    fn choice_rules(&self, decision: &RawDecision, raw: &RawChoice) -> Option<engine::Choice> {
        let (last, conditional) = raw.then.split_last()?;
        let slips = raw.slips.iter().map(|slip| {
            let at = self.rules.slips.iter().position(|known| known.id == slip.value)?;
            u8::try_from(at).ok()
        });
        let ways = conditional
            .iter()
            .map(|way| Some((self.gate(&way.when.as_ref()?.value)?, self.index(&way.to.value)?)));
        Some(engine::Choice {
            id: raw.id.value.clone(),
            was: raw.was.iter().map(|id| id.value.clone()).collect(),
            ratings: ratings(decision, raw)?,
            slips: slips.collect::<Option<_>>()?,
            cap: raw.cap.as_ref().map(|cap| cap.value),
            goodwill: raw.goodwill.as_ref().map(|change| change.value),
            sets: self.flag_set(&raw.sets)?,
            clears: self.flag_set(&raw.clears)?,
            when: raw.when.as_ref().map_or(Some(Gate::default()), |at| self.gate(&at.value))?,
            ways: ways.collect::<Option<_>>()?,
            then: self.index(&last.to.value)?,
        })
    }

    /// A node's place in the engine's order.
    fn index(&self, name: &str) -> Option<u16> {
        self.indices.get(&self.node(name)?).copied()
    }

    fn flag(&self, name: &str) -> Option<u8> {
        u8::try_from(self.flags.iter().position(|flag| *flag == name)?).ok()
    }

    fn flag_set(&self, names: &[At<String>]) -> Option<u64> {
        names
            .iter()
            .try_fold(0, |set, name| Some(set | 1u64.checked_shl(u32::from(self.flag(&name.value)?))?))
    }

    fn gate(&self, gate: &RawGate) -> Option<Gate> {
        let mut ops = Vec::new();
        self.push_ops(gate, &mut ops)?;
        Some(Gate(ops))
    }

    fn push_ops(&self, gate: &RawGate, ops: &mut Vec<Op>) -> Option<()> {
        match gate {
            RawGate::Flag(name) => ops.push(Op::Flag(self.flag(&name.value)?)),
            RawGate::Goodwill(compare, number) => ops.push(Op::Goodwill(*compare, *number)),
            RawGate::Not(inner) => {
                self.push_ops(inner, ops)?;
                ops.push(Op::Not);
            }
            RawGate::All(gates) => {
                gates.iter().try_for_each(|gate| self.push_ops(gate, ops))?;
                ops.push(Op::All(u8::try_from(gates.len()).ok()?));
            }
            RawGate::Any(gates) => {
                gates.iter().try_for_each(|gate| self.push_ops(gate, ops))?;
                ops.push(Op::Any(u8::try_from(gates.len()).ok()?));
            }
        }
        Some(())
    }
}

fn picture(file: &Path, raw: &RawPicture) -> Picture {
    Picture { path: in_content(file, &raw.image.value), alt: raw.alt.value.clone() }
}

/// A portrait that is described in `file`.
pub(super) fn portrait(file: &Path, raw: &RawPortrait) -> Portrait {
    match raw {
        RawPortrait::Drawn(people) => Portrait::Drawn(people.iter().map(person).collect()),
        RawPortrait::Picture(raw) => Portrait::Picture(picture(file, raw)),
    }
}

/// A drawn person, with defaults for parts that the author left out.
fn person(raw: &RawPerson) -> Person {
    let part = |part: &Option<At<&'static str>>| part.as_ref().map(|part| part.value);
    Person {
        head: raw.head.value,
        skin: raw.skin.value,
        hair: value(&raw.hair).unwrap_or_else(|| HAIR[0].to_owned()),
        beard: part(&raw.beard).unwrap_or_default(),
        eyewear: part(&raw.eyewear).unwrap_or_default(),
        bust: part(&raw.wears).unwrap_or(BUSTS[0].1),
        color: value(&raw.color).unwrap_or_else(|| CLOTH[0].to_owned()),
    }
}

/// A gate as the condition that is put into words.
fn condition(gate: &RawGate) -> Condition {
    match gate {
        RawGate::Flag(name) => Condition::Flag(name.value.clone()),
        RawGate::Goodwill(compare, number) => Condition::Goodwill(*compare, *number),
        RawGate::Not(inner) => Condition::Not(Box::new(condition(inner))),
        RawGate::All(gates) => Condition::All(gates.iter().map(condition).collect()),
        RawGate::Any(gates) => Condition::Any(gates.iter().map(condition).collect()),
    }
}

fn ratings(decision: &RawDecision, choice: &RawChoice) -> Option<Vec<u8>> {
    let rate = choice.rate.as_ref()?;
    decision.tests.iter().map(|test| rate.of(&test.value, decision.tests.len())).collect()
}
