//! A play: a pure state machine over a scenario. What it is, is the list of its choices; all else follows.

use alloc::vec::Vec;

use core::ops::Deref;

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
    /// The choices taken, each with the state in which it was taken.
    taken: Vec<(State, u8)>,
    state: State,
}

/// Where a play stands, and what can be chosen.
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
    /// How many decisions have been made.
    pub done: u16,
    /// How many the play will have made at its end: a mean over the ways on, rounded.
    pub about: u16,
    /// Whether `about` holds on every way on.
    pub exact: bool,
    /// For each choice of the decision, in the author's order, whether it is open. Empty at an ending.
    pub open: Vec<bool>,
}

impl<S: Deref<Target = Scenario>> Session<S> {
    /// Before the first choice.
    pub fn start(scenario: S) -> Self {
        let state = State::start(scenario.graph());
        Self { scenario, taken: Vec::new(), state }
    }

    /// A play of these choice ids, as far as they fit, and how many did.
    pub fn replay<'i>(scenario: S, ids: impl IntoIterator<Item = &'i str>) -> (Self, usize) {
        let mut session = Self::start(scenario);
        let fit = session.follow(ids);
        (session, fit)
    }

    /// Goes on with these choice ids as far as they fit, and says how many did.
    pub fn follow<'i>(&mut self, ids: impl IntoIterator<Item = &'i str>) -> usize {
        ids.into_iter().take_while(|id| self.choose_id(id).is_ok()).count()
    }

    /// The scenario that is played.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Where the play stands.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// The choices taken, each with the state in which it was taken.
    pub(crate) fn taken(&self) -> &[(State, u8)] {
        &self.taken
    }

    /// What there is to choose; nothing at an ending.
    pub fn decision(&self) -> Option<&Decision> {
        self.scenario.decision(self.state)
    }

    /// Where the play stands, and what can be chosen.
    pub fn view(&self) -> View {
        let outlook = self.scenario.outlook(self.state.node);
        let done = u16::try_from(self.taken.len()).unwrap_or(u16::MAX);
        let choices = self.decision().map_or(&[][..], |decision| &decision.choices);
        View {
            at: usize::from(self.state.node),
            over: choices.is_empty(),
            goodwill: self.state.goodwill,
            mood: Mood::of(self.state.goodwill),
            done,
            about: done.saturating_add(outlook.about()),
            exact: outlook.exact,
            open: choices.iter().map(|choice| self.is_open(choice)).collect(),
        }
    }

    /// Whether a choice of the decision at hand can be taken.
    pub fn is_open(&self, choice: &Choice) -> bool {
        choice.when.holds(self.state.flags, self.state.goodwill)
    }

    /// Takes a choice, by its place in the author's order.
    pub fn choose(&mut self, choice: usize) -> Result<(), Refused> {
        let decision = self.decision().ok_or(Refused::Over)?;
        let chosen = decision.choices.get(choice).ok_or(Refused::Unknown)?;
        if !self.is_open(chosen) {
            return Err(Refused::Closed);
        }
        let next = self.state.step(&self.scenario.graph().model, decision, chosen).next;
        // A decision has at most 255 choices.
        let number = u8::try_from(choice).map_err(|_| Refused::Unknown)?;
        self.taken.push((self.state, number));
        self.state = next;
        Ok(())
    }

    /// Takes a choice by its id, or by an id that it had before.
    pub fn choose_id(&mut self, id: &str) -> Result<(), Refused> {
        let choices = &self.decision().ok_or(Refused::Over)?.choices;
        let now = choices.iter().position(|choice| choice.id == id);
        let place = now.or_else(|| choices.iter().position(|choice| choice.was.iter().any(|was| was == id)));
        self.choose(place.ok_or(Refused::Unknown)?)
    }

    /// Takes the last choice back, if there is one.
    pub fn undo(&mut self) -> bool {
        let last = self.taken.pop();
        if let Some((state, _)) = last {
            self.state = state;
        }
        last.is_some()
    }

    /// The ids of the choices taken.
    pub fn run(&self) -> Vec<&str> {
        self.moves().map(|(_, _, choice)| choice.id.as_str()).collect()
    }

    /// The choices taken, each with the state and the decision in which it was taken.
    pub(crate) fn moves(&self) -> impl Iterator<Item = (State, &Decision, &Choice)> {
        self.taken.iter().filter_map(|(state, choice)| {
            let decision = self.scenario.decision(*state)?;
            Some((*state, decision, &decision.choices[usize::from(*choice)]))
        })
    }

    /// The score and where it comes from; of an unfinished play what is known so far.
    pub fn report(&self) -> Report {
        report::of(self)
    }
}

impl Scenario {
    /// What there is to choose in a state.
    fn decision(&self, state: State) -> Option<&Decision> {
        self.graph().nodes[usize::from(state.node)].decision.as_ref()
    }
}
