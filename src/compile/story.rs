//! A raw story becomes words for the page and a graph for the engine.
//!
//! The two are built side by side from the same nodes: the words in the author's order, the graph in an order in
//! which every way leads forward.

use std::collections::BTreeMap;

use scenario_wasm as engine;
use scenario_wasm::{Gate, Op};

use crate::check::graph::{Ways, walk};
use crate::course::{Choice, Condition, Customer, Decision, Ending, Model, Node, Picture, Story, Text, Way};
use crate::parse::gate::RawGate;
use crate::parse::node::{RawChoice, RawDecision, RawEnding, RawKind, RawNode};
use crate::parse::scenario::RawStory;
use crate::parse::{At, RawPicture};
use crate::source::SourceMap;

/// Goodwill of a drill without a customer: neither angry nor won.
const NEUTRAL_GOODWILL: u8 = 50;

/// Makes the two halves of a sound story. The graph has not been checked by the engine yet.
///
/// `None` if something is missing or leads nowhere; a diagnostic has told it.
pub fn story(
    raw: &RawStory,
    (model, rules): (usize, &Model),
    (picture, sources): (&PicturePath<'_>, &SourceMap),
) -> Option<(Parts, engine::Graph)> {
    let ways = Ways::of(raw);
    let order = walk(&ways)?.order;
    // Author's order for the page: the same nodes, sorted back.
    let mut shown = order.clone();
    shown.sort_unstable();
    let names = raw.nodes.iter().enumerate().map(|(at, node)| (node.id.value.as_str(), at)).collect();
    let indices =
        order.iter().enumerate().filter_map(|(place, at)| Some((*at, u16::try_from(place).ok()?))).collect();
    let context = Context { rules, picture, sources, shown, names, indices, flags: flag_names(raw) };
    let nodes = all(context.shown.iter().map(|at| context.words(&raw.nodes[*at])))?;
    let parts = Parts {
        model,
        customer: customer(raw, picture),
        flags: raw.flags.iter().map(|(flag, words)| (flag.value.clone(), words.value.clone())).collect(),
        nodes,
        start: context.shown.binary_search(&ways.start?).ok()?,
    };
    let graph = engine::Graph {
        model: rules.rules.clone(),
        goodwill: raw
            .customer
            .as_ref()
            .map_or(Some(NEUTRAL_GOODWILL), |customer| Some(customer.goodwill.as_ref()?.value))?,
        already: raw.already.iter().try_fold(0, |set, name| Some(set | 1u16 << skill(rules, name)?))?,
        flags: u8::try_from(context.flags.len()).ok()?,
        nodes: all(order.iter().map(|at| context.rules_of(&raw.nodes[*at])))?,
    };
    Some((parts, graph))
}

/// How a picture's path, as typed, becomes a path relative to the content folder.
pub type PicturePath<'a> = dyn Fn(&At<String>) -> String + 'a;

/// A [`Story`] that still waits for its engine.
#[derive(Debug)]
pub struct Parts {
    model: usize,
    customer: Customer,
    flags: BTreeMap<String, String>,
    nodes: Vec<Node>,
    start: usize,
}

impl Parts {
    /// Puts the two halves together.
    #[must_use]
    pub fn with(self, engine: engine::Scenario) -> Story {
        let Self { model, customer, flags, nodes, start } = self;
        Story { model, customer, flags, nodes, start, engine }
    }
}

/// Every flag that a choice sets, in the order met: their places are the engine's indices.
pub fn flag_names(raw: &RawStory) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for flag in choices(raw).flat_map(|choice| &choice.sets) {
        if !names.contains(&flag.value.as_str()) {
            names.push(&flag.value);
        }
    }
    names
}

fn choices(raw: &RawStory) -> impl Iterator<Item = &RawChoice> {
    let decisions = raw.nodes.iter().filter_map(|node| match &node.kind {
        RawKind::Decision(decision) => Some(decision),
        RawKind::Ending(_) => None,
    });
    decisions.flat_map(|decision| &decision.choices)
}

fn customer(raw: &RawStory, path: &PicturePath<'_>) -> Customer {
    let Some(customer) = &raw.customer else {
        return Customer { name: String::new(), about: None, pronoun: None, portrait: None };
    };
    Customer {
        name: value(customer.name.as_ref()).unwrap_or_default(),
        about: value(customer.about.as_ref()),
        pronoun: value(customer.pronoun.as_ref()),
        portrait: customer.portrait.as_ref().map(|picture| shown_picture(picture, path)),
    }
}

fn shown_picture(raw: &RawPicture, path: &PicturePath<'_>) -> Picture {
    Picture { path: path(&raw.image), alt: raw.alt.value.clone() }
}

fn value(at: Option<&At<String>>) -> Option<String> {
    at.map(|at| at.value.clone())
}

/// Each of them, or nothing. A large course has many, so they get no more room than they take.
fn all<T>(each: impl ExactSizeIterator<Item = Option<T>>) -> Option<Vec<T>> {
    let mut all = Vec::with_capacity(each.len());
    for one in each {
        all.push(one?);
    }
    Some(all)
}

fn skill(rules: &Model, name: &At<String>) -> Option<usize> {
    rules.skills.iter().position(|skill| skill.id == name.value)
}

struct Context<'a> {
    rules: &'a Model,
    picture: &'a PicturePath<'a>,
    sources: &'a SourceMap,
    /// Indices of the raw nodes that are reached, in the author's order.
    shown: Vec<usize>,
    /// Raw nodes by name.
    names: BTreeMap<&'a str, usize>,
    /// From a raw node to its place in the engine's order.
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

    fn words(&self, node: &RawNode) -> Option<Node> {
        match &node.kind {
            RawKind::Decision(decision) => self.decision_words(node, decision).map(Node::Decision),
            RawKind::Ending(ending) => self.ending_words(node, ending).map(Node::Ending),
        }
    }

    fn decision_words(&self, node: &RawNode, raw: &RawDecision) -> Option<Decision> {
        Some(Decision {
            id: node.id.value.clone(),
            scene: raw.scene.as_ref().map(|at| self.text(at)),
            says: raw.says.as_ref().map(|at| self.text(at)),
            mood: raw.mood.as_ref().map(|mood| mood.value),
            media: raw.media.as_ref().map(|picture| shown_picture(picture, self.picture)),
            tests: all(raw.tests.iter().map(|name| skill(self.rules, name)))?,
            facet: value(raw.facet.as_ref()),
            hint: raw.hint.as_ref().map(|at| self.text(at)),
            choices: all(raw.choices.iter().map(|choice| self.choice_words(raw, choice)))?,
            span: node.id.span,
        })
    }

    fn choice_words(&self, decision: &RawDecision, raw: &RawChoice) -> Option<Choice> {
        let (form, said) = raw.form.as_ref()?;
        let then = raw.then.iter().map(|way| {
            let to = self.shown.binary_search(&self.node(&way.to.value)?).ok()?;
            Some(Way { to, when: way.when.as_ref().map(|at| condition(&at.value)) })
        });
        Some(Choice {
            id: raw.id.value.clone(),
            form: *form,
            text: self.text(said),
            short: value(raw.short.as_ref()),
            ratings: ratings(decision, raw)?,
            slips: raw.slips.iter().map(|slip| slip.value.clone()).collect(),
            act: value(raw.act.as_ref()),
            trap: value(raw.trap.as_ref()),
            hard_truth: raw.hard_truth,
            short_term: raw.short_term,
            reply: self.text(raw.reply.as_ref()?),
            why: self.text(raw.why.as_ref()?),
            when: raw.when.as_ref().map(|at| condition(&at.value)),
            closed: raw.closed.as_ref().map(|at| self.text(at)),
            then: all(then)?,
            span: raw.id.span,
        })
    }

    fn ending_words(&self, node: &RawNode, raw: &RawEnding) -> Option<Ending> {
        Some(Ending {
            id: node.id.value.clone(),
            kind: raw.ending.as_ref()?.value,
            title: value(raw.title.as_ref())?,
            text: self.text(raw.text.as_ref()?),
            media: raw.media.as_ref().map(|picture| shown_picture(picture, self.picture)),
            span: node.id.span,
        })
    }

    fn rules_of(&self, node: &RawNode) -> Option<engine::Node> {
        let decision = match &node.kind {
            RawKind::Ending(_) => None,
            RawKind::Decision(raw) => {
                let tests = raw.tests.iter().map(|name| u8::try_from(skill(self.rules, name)?).ok());
                Some(engine::Decision {
                    tests: all(tests)?,
                    free_order: raw.free_order.is_some(),
                    choices: all(raw.choices.iter().map(|choice| self.choice_rules(raw, choice)))?,
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
            slips: all(slips)?,
            cap: raw.cap.as_ref().map(|cap| cap.value),
            goodwill: raw.goodwill.as_ref().map(|change| change.value),
            sets: self.flag_set(&raw.sets)?,
            clears: self.flag_set(&raw.clears)?,
            when: raw.when.as_ref().map_or(Some(Gate::default()), |at| self.gate(&at.value))?,
            ways: all(ways)?,
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
        self.postfix(gate, &mut ops)?;
        Some(Gate(ops))
    }

    fn postfix(&self, gate: &RawGate, ops: &mut Vec<Op>) -> Option<()> {
        match gate {
            RawGate::Flag(name) => ops.push(Op::Flag(self.flag(&name.value)?)),
            RawGate::Goodwill(compare, number) => ops.push(Op::Goodwill(*compare, *number)),
            RawGate::Not(inner) => {
                self.postfix(inner, ops)?;
                ops.push(Op::Not);
            }
            RawGate::All(gates) => {
                gates.iter().try_for_each(|gate| self.postfix(gate, ops))?;
                ops.push(Op::All(u8::try_from(gates.len()).ok()?));
            }
            RawGate::Any(gates) => {
                gates.iter().try_for_each(|gate| self.postfix(gate, ops))?;
                ops.push(Op::Any(u8::try_from(gates.len()).ok()?));
            }
        }
        Some(())
    }
}

/// A gate as the reader's page will say it.
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
    all(decision.tests.iter().map(|test| rate.of(&test.value, decision.tests.len())))
}
