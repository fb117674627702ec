//! Probe policies: ways to play without understanding anything. In a good scenario, none of them passes.

use std::collections::BTreeSet;

use scenario_wasm::scale::Tally;
use scenario_wasm::{Decision, Model, State};

use crate::course::{self, Choice, Story, Text};
use crate::markdown::plain::words;
use crate::measure::Plain;
use crate::prove::figure::Figure;
use crate::prove::score::Verdict;

/// How choices are made without a thought for the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Policy {
    /// The first that is open.
    First,
    /// The second that is open.
    Second,
    /// The last that is open.
    Last,
    /// The one with the most words.
    Longest,
    /// The one with the fewest words.
    Shortest,
    /// The one with the most sentences.
    MostSentences,
    /// The one with the fewest words per sentence.
    ShortestSentences,
    /// The first that asks a question, else the first.
    Question,
    /// The one that says "sorry" and "apologize" most often.
    MostSorry,
    /// The one that shares the most words with what the customer says.
    StemEcho,
    /// Acts if an act is offered, until acting is opened; then the strongest.
    ActFirst,
    /// The one whose `move` is to act, else the first.
    AlwaysAct,
    /// The one whose `move` is to escalate, else the first.
    AlwaysEscalate,
    /// The one whose `move` is to compensate, else the first.
    AlwaysCompensate,
}

/// A policy and its play.
#[derive(Debug, Clone)]
pub struct Probe {
    /// How it chose.
    pub policy: Policy,
    /// Its result.
    pub played: Played,
}

/// A play without a thought for the customer.
#[derive(Debug, Clone)]
pub struct Played {
    /// The choices that it took.
    pub play: Vec<usize>,
    /// Its final score.
    pub score: Figure,
    /// The same, rounded.
    pub rounded: u64,
    /// Index of the model's band.
    pub band: usize,
    /// Whether it passes.
    pub pass: bool,
    /// Index of the ending's node in the graph.
    pub ending: usize,
}

impl Policy {
    /// Each of them, with its name for programs and for people.
    const TABLE: [(Self, &'static str, &'static str); 14] = [
        (Self::First, "first", "always the first choice"),
        (Self::Second, "second", "always the second choice"),
        (Self::Last, "last", "always the last choice"),
        (Self::Longest, "longest", "always the longest choice"),
        (Self::Shortest, "shortest", "always the shortest choice"),
        (Self::MostSentences, "most_sentences", "always the choice with most sentences"),
        (Self::ShortestSentences, "shortest_sentences", "always the choice with the shortest sentences"),
        (Self::Question, "question", "always a question"),
        (Self::MostSorry, "most_sorry", "always the choice with most \"sorry\""),
        (Self::StemEcho, "stem_echo", "always the choice that echoes the customer most"),
        (Self::ActFirst, "act_first", "acting first, then the strongest choices"),
        (Self::AlwaysAct, "always_act", "always acting"),
        (Self::AlwaysEscalate, "always_escalate", "always escalating"),
        (Self::AlwaysCompensate, "always_compensate", "always compensating"),
    ];

    /// As programs read it.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// For people: "always the longest choice".
    pub fn says(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        Self::TABLE.iter().find(|(policy, ..)| *policy == self).expect("each has a row")
    }
}

/// A play by each policy.
pub(super) fn all(story: &Story) -> Vec<Probe> {
    let decisions = DecisionWords::by_node(story);
    let probe = |policy| {
        let played = play(story, |node, open, decision, acted| {
            // If nobody speaks, there is nothing to echo.
            decisions[node].as_ref().map_or(open[0], |words| choose(policy, open, decision, words, acted))
        });
        Probe { policy, played }
    };
    Policy::TABLE.iter().map(|(policy, ..)| probe(*policy)).collect()
}

/// The words of a decision, without markup: several policies count them.
struct DecisionWords<'a> {
    says: Vec<String>,
    choices: Vec<ChoiceWords<'a>>,
}

struct ChoiceWords<'a> {
    act: Option<&'a str>,
    text: Vec<String>,
    sentences: usize,
    asks: bool,
}

impl<'a> DecisionWords<'a> {
    /// By node of the graph; `None` for an ending.
    fn by_node(story: &'a Story) -> Vec<Option<Self>> {
        let nodes = story.engine.graph().nodes.iter();
        nodes.map(|node| story.decision(&node.id).map(Self::of)).collect()
    }

    fn of(decision: &'a course::Decision) -> Self {
        let choice = |choice: &'a Choice| {
            let plain = Plain::of(&choice.text.markdown);
            let (sentences, asks) = (plain.sentences.len().max(1), plain.asks());
            ChoiceWords { act: choice.act.as_deref(), text: bare(&choice.text), sentences, asks }
        };
        Self {
            says: decision.says.as_ref().map(bare).unwrap_or_default(),
            choices: decision.choices.iter().map(choice).collect(),
        }
    }
}

/// Plays a story. `choose` takes one of the open choices of a node's decision, given whether acting has been opened.
pub(super) fn play(story: &Story, choose: impl Fn(usize, &[usize], &Decision, bool) -> usize) -> Played {
    let (graph, scale) = (story.engine.graph(), story.engine.scale());
    let (mut state, mut tally, mut play) = (State::start(graph), Tally::default(), Vec::new());
    while let Some(decision) = &graph.nodes[usize::from(state.node)].decision {
        let open = |at: &usize| decision.choices[*at].when.holds(state.flags, state.goodwill);
        let open: Vec<usize> = (0..decision.choices.len()).filter(open).collect();
        let acted = state.opened >> act(&graph.model) & 1 == 1;
        let chosen = choose(usize::from(state.node), &open, decision, acted);
        let step = state.step(&graph.model, decision, &decision.choices[chosen]);
        tally = scale.add(&graph.model, tally, (decision, &decision.choices[chosen]), step.in_order);
        play.push(chosen);
        state = step.next;
    }
    let verdict = Verdict::of(&story.engine, &scale.closed(tally));
    let score = scale.points(verdict.units);
    Played {
        play,
        score: score.into(),
        rounded: score.rounded(),
        band: verdict.band,
        pass: verdict.pass,
        ending: usize::from(state.node),
    }
}

/// Which of the `open` choices a policy takes; `acted` says whether acting has been opened.
fn choose(
    policy: Policy,
    open: &[usize],
    decision: &Decision,
    words: &DecisionWords<'_>,
    acted: bool,
) -> usize {
    let text = |at: usize| &words.choices[at].text;
    let moves = |at: usize, act: &str| words.choices[at].act == Some(act);
    let strength = |at: usize| {
        let choice = &decision.choices[at];
        let sum: i64 = choice.ratings.iter().map(|rating| i64::from(*rating)).sum();
        // Ratings first, then slips and caps.
        100 * sum - choice.slips.len() as i64 - 20 * i64::from(choice.cap.is_some())
    };
    let always = |act: &str| most(open, |at| i64::from(moves(at, act)));
    match policy {
        Policy::First => open[0],
        Policy::Second => *open.get(1).unwrap_or(&open[0]),
        Policy::Last => open[open.len() - 1],
        Policy::Longest => most(open, |at| text(at).len() as i64),
        Policy::Shortest => most(open, |at| -(text(at).len() as i64)),
        Policy::MostSentences => most(open, |at| words.choices[at].sentences as i64),
        Policy::ShortestSentences => {
            most(open, |at| -(100 * text(at).len() as i64 / words.choices[at].sentences as i64))
        }
        Policy::Question => most(open, |at| i64::from(words.choices[at].asks)),
        Policy::MostSorry => most(open, |at| sorry(text(at))),
        Policy::StemEcho => {
            let says = content(&words.says);
            most(open, |at| content(text(at)).intersection(&says).count() as i64)
        }
        Policy::ActFirst => {
            let acts: Vec<usize> = open.iter().copied().filter(|at| moves(*at, "act")).collect();
            most(if acted || acts.is_empty() { open } else { &acts }, strength)
        }
        Policy::AlwaysAct => always("act"),
        Policy::AlwaysEscalate => always("escalate"),
        Policy::AlwaysCompensate => always("compensate"),
    }
}

/// The first of those with the highest value.
fn most(among: &[usize], measure: impl Fn(usize) -> i64) -> usize {
    among.iter().copied().rev().max_by_key(|at| measure(*at)).expect("at every state a choice is open")
}

/// The skill called `act`; in a model without one, the last skill.
fn act(model: &Model) -> usize {
    model.skills.iter().position(|skill| skill.id == "act").unwrap_or(model.skills.len() - 1)
}

/// Words in lower case, without anything that is neither letter nor digit.
fn bare(text: &Text) -> Vec<String> {
    let bare = |word: &String| -> String {
        word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    words(&text.markdown).iter().map(bare).collect()
}

fn sorry(words: &[String]) -> i64 {
    words.iter().filter(|word| *word == "sorry" || word.starts_with("apolog")).count() as i64
}

/// The words of four or more letters: shorter ones carry little.
fn content(words: &[String]) -> BTreeSet<&String> {
    words.iter().filter(|word| word.chars().count() > 3).collect()
}
