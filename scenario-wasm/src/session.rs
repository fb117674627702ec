//! A play: a pure state machine over a scenario. The list of its choices determines everything else.

use alloc::vec;
use alloc::vec::Vec;

use core::ops::Deref;

use crate::best::Futures;
use crate::error::Refused;
use crate::graph::{Choice, Decision};
use crate::mood::Mood;
use crate::report::{self, Report};
use crate::scenario::Scenario;
use crate::state::State;

/// A play of a scenario, held by reference or owned.
#[derive(Debug, Clone)]
pub struct Session<S> {
    scenario: S,
    /// The choices taken, as indices in the author's order.
    chosen: Vec<u8>,
    /// Before the first choice, then after each.
    states: Vec<State>,
}

/// The current state of a play, and what can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Index of the node.
    pub at: usize,
    /// Whether it is an ending.
    pub over: bool,
    /// 0 to 100.
    pub goodwill: u8,
    /// Goodwill in a word.
    pub mood: Mood,
    /// The number of decisions made so far.
    pub done: u32,
    /// The expected number of decisions at the end: a mean over the remaining ways, rounded.
    pub about: u32,
    /// Whether `about` is right on every way.
    pub exact: bool,
    /// For each choice of the decision, in the author's order, whether it is open. Empty at an ending.
    pub open: Vec<bool>,
}

impl<S: Deref<Target = Scenario>> Session<S> {
    /// A play before its first choice.
    pub fn start(scenario: S) -> Self {
        let states = vec![State::start(scenario.graph())];
        Self { scenario, chosen: Vec::new(), states }
    }

    /// A play with these choice ids, as far as they fit, and how many did.
    pub fn replay(scenario: S, ids: impl IntoIterator<Item = impl AsRef<[u8]>>) -> (Self, usize) {
        let mut session = Self::start(scenario);
        let fit = session.follow(ids);
        (session, fit)
    }

    /// Continues with these choice ids as far as they fit. Returns how many did.
    pub fn follow(&mut self, ids: impl IntoIterator<Item = impl AsRef<[u8]>>) -> usize {
        ids.into_iter().take_while(|id| self.choose_id(id).is_ok()).count()
    }

    /// The scenario that is played.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The current state.
    pub fn state(&self) -> State {
        self.states[self.chosen.len()]
    }

    /// The state before the first choice, then after each.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The choices taken, as indices in the author's order.
    pub fn chosen(&self) -> &[u8] {
        &self.chosen
    }

    /// The current decision; `None` at an ending.
    pub fn decision(&self) -> Option<&Decision> {
        self.scenario.decision(self.state())
    }

    /// The current view.
    pub fn view(&self) -> View {
        let state = self.state();
        let outlook = self.scenario.outlook(state.node);
        let done = self.chosen.len() as u32;
        let choices = self.decision().map_or(&[][..], |decision| &decision.choices);
        View {
            at: usize::from(state.node),
            over: choices.is_empty(),
            goodwill: state.goodwill,
            mood: Mood::of(state.goodwill),
            done,
            about: done + outlook.about(),
            exact: outlook.exact,
            open: choices.iter().map(|choice| self.is_open(choice)).collect(),
        }
    }

    /// Whether a choice of the current decision can be taken.
    pub fn is_open(&self, choice: &Choice) -> bool {
        let state = self.state();
        choice.when.holds(state.flags, state.goodwill)
    }

    /// Takes a choice, by its index in the author's order.
    pub fn choose(&mut self, choice: usize) -> Result<(), Refused> {
        let decision = self.decision().ok_or(Refused::Over)?;
        let chosen = decision.choices.get(choice).ok_or(Refused::Unknown)?;
        if !self.is_open(chosen) {
            return Err(Refused::Closed);
        }
        let next = self.state().step(&self.scenario.graph().model, decision, chosen).next;
        // A decision has at most 255 choices.
        self.chosen.push(choice as u8);
        self.states.push(next);
        Ok(())
    }

    /// Takes a choice by its id or a former id.
    pub fn choose_id(&mut self, id: impl AsRef<[u8]>) -> Result<(), Refused> {
        let id = id.as_ref();
        let choices = &self.decision().ok_or(Refused::Over)?.choices;
        let now = choices.iter().position(|choice| choice.id.as_bytes() == id);
        let place = now
            .or_else(|| choices.iter().position(|choice| choice.was.iter().any(|was| was.as_bytes() == id)));
        self.choose(place.ok_or(Refused::Unknown)?)
    }

    /// Takes the last choice back, if there is one.
    pub fn undo(&mut self) -> bool {
        let last = self.chosen.pop();
        self.states.truncate(self.chosen.len() + 1);
        last.is_some()
    }

    /// The ids of the choices taken.
    pub fn run(&self) -> Vec<&str> {
        self.moves().map(|(_, _, choice)| choice.id.as_str()).collect()
    }

    /// The choices taken, each with the state and the decision in which it was taken.
    pub(crate) fn moves(&self) -> impl Iterator<Item = (State, &Decision, &Choice)> {
        self.states.iter().zip(&self.chosen).filter_map(|(state, chosen)| {
            let decision = self.scenario.decision(*state)?;
            Some((*state, decision, &decision.choices[usize::from(*chosen)]))
        })
    }

    /// The score and its explanation; for an unfinished play, what is known so far.
    pub fn report(&self) -> Report {
        self.report_with(&Futures::of(&self.scenario))
    }

    /// The same with precomputed futures: the costly part of a report, and the same for every play of a scenario.
    pub fn report_with(&self, futures: &Futures) -> Report {
        report::of(self, futures)
    }
}

impl Scenario {
    /// The decision in a state.
    fn decision(&self, state: State) -> Option<&Decision> {
        self.graph().nodes[usize::from(state.node)].decision.as_ref()
    }
}
