//! A sound story, prepared for the lints: as typed, as the engine plays it, and every text as people read it.

use std::collections::BTreeMap;

use scenario_wasm as engine;

use crate::course::{Form, Model, Settings, Story};
use crate::limits::Limits;
use crate::measure::Plain;
use crate::parse::At;
use crate::parse::choice::RawChoice;
use crate::parse::node::{RawDecision, RawEnding, RawKind, RawNode};
use crate::parse::scenario::{RawScenario, RawStory};
use crate::source::{SourceMap, Span};

/// What lints need besides the story.
#[derive(Debug, Clone, Copy)]
pub struct LintContext<'a> {
    /// The models of the site.
    pub models: &'a [Model],
    /// To find the place of a word in its file.
    pub sources: &'a SourceMap,
    /// The threshold of each lint.
    pub limits: &'a Limits,
    /// Whether the course is in English, so that lints of English apply.
    pub english: bool,
    /// Whether results report more than pass and final.
    pub reports: bool,
}

impl<'a> LintContext<'a> {
    /// For the stories of a course with these settings.
    pub fn new(settings: &Settings, models: &'a [Model], sources: &'a SourceMap, limits: &'a Limits) -> Self {
        let (english, reports) = (settings.is_english(), settings.reports());
        Self { models, sources, limits, english, reports }
    }
}

/// One scenario or drill.
#[derive(Debug)]
pub struct Subject<'a> {
    /// As typed.
    pub story: &'a RawStory,
    /// The scenario around the story; a drill has none.
    pub scenario: Option<&'a RawScenario>,
    /// The model that scores it.
    pub model: &'a Model,
    /// The story as the engine plays it.
    pub engine: &'a engine::Scenario,
    /// To find the place of a word in its file.
    pub sources: &'a SourceMap,
    /// The threshold of each lint.
    pub limits: &'a Limits,
    /// Whether the course is in English, so that lints of English apply.
    pub english: bool,
    /// Whether results report more than pass and final.
    pub reports: bool,
    /// The decisions that can be reached, in the author's order.
    pub moments: Vec<Moment<'a>>,
    /// The endings that can be reached, in the author's order.
    pub endings: Vec<(&'a RawNode, &'a RawEnding)>,
    /// The texts of endings, and those around the story.
    others: Vec<(Span, Plain)>,
}

/// A decision.
#[derive(Debug)]
pub struct Moment<'a> {
    /// The name of its node.
    pub id: &'a At<String>,
    /// As typed.
    pub raw: &'a RawDecision,
    /// Its index in the engine's graph.
    pub at: usize,
    /// The customer's words.
    pub says: Plain,
    /// What the trainee sees.
    pub scene: Plain,
    /// In the author's order.
    pub choices: Vec<LintedChoice<'a>>,
}

/// A choice.
#[derive(Debug)]
pub struct LintedChoice<'a> {
    /// The name of its decision.
    pub node: &'a At<String>,
    /// As typed.
    pub raw: &'a RawChoice,
    /// As the engine plays it.
    pub rules: &'a engine::Choice,
    /// Words or an act.
    pub form: Form,
    /// Where its words are.
    pub span: Span,
    /// What is said or done.
    pub text: Plain,
    /// What happens next.
    pub reply: Plain,
    /// The coaching.
    pub why: Plain,
}

/// A decision with a single best choice.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'s, 'a> {
    /// The decision.
    pub moment: &'s Moment<'a>,
    /// The position of the best choice.
    pub best: usize,
}

/// A text of a story.
#[derive(Debug)]
pub struct StoryText<'a> {
    /// The name of the decision that it belongs to.
    pub node: Option<&'a At<String>>,
    /// The choice that it belongs to.
    pub line: Option<&'a LintedChoice<'a>>,
    /// Who speaks.
    pub speaker: Speaker,
    /// Where it is.
    pub span: Span,
    /// As people read it.
    pub plain: &'a Plain,
}

/// Who speaks in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The story: what the trainee sees, what the customer says, how it ends.
    Story,
    /// The trainee.
    Trainee,
    /// The coach.
    Coach,
}

impl<'a> Subject<'a> {
    /// A scenario that compiled.
    pub fn scenario(raw: &'a RawScenario, story: &'a Story, context: LintContext<'a>) -> Self {
        let around = [&raw.title, &raw.summary, &raw.role, &raw.goal];
        let mut subject = Self { scenario: Some(raw), ..Self::drill(&raw.story, story, context) };
        subject.others.extend(around.into_iter().flatten().map(read));
        subject
    }

    /// A drill that compiled.
    pub fn drill(raw: &'a RawStory, story: &'a Story, context: LintContext<'a>) -> Self {
        let engine = &story.engine;
        let LintContext { models, sources, limits, english, reports } = context;
        let places: BTreeMap<&str, usize> =
            engine.graph().nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
        let (mut moments, mut endings) = (Vec::new(), Vec::new());
        for node in &raw.nodes {
            let Some(&at) = places.get(node.id.value.as_str()) else { continue };
            match (&node.kind, &engine.graph().nodes[at].decision) {
                (RawKind::Decision(raw), Some(rules)) => moments.push(Moment::new(&node.id, raw, at, rules)),
                (RawKind::Ending(raw), _) => endings.push((node, &**raw)),
                (RawKind::Decision(_), None) | (RawKind::Unread, _) => {}
            }
        }
        let last = endings.iter().flat_map(|(_, raw): &(_, &RawEnding)| [&raw.title, &raw.text]);
        let others = last.flatten().map(read).collect();
        Self {
            story: raw,
            scenario: None,
            model: &models[story.model],
            engine,
            sources,
            limits,
            english,
            reports,
            moments,
            endings,
            others,
        }
    }

    /// Every choice.
    pub fn choices(&self) -> impl Iterator<Item = &LintedChoice<'a>> {
        self.moments.iter().flat_map(|moment| &moment.choices)
    }

    /// The decision at an index of the engine's graph.
    pub fn moment(&self, node: usize) -> Option<&Moment<'a>> {
        self.moments.iter().find(|moment| moment.at == node)
    }

    /// The decisions with a single best choice, which can show a habit.
    pub fn telling(&self) -> impl Iterator<Item = Telling<'_, 'a>> {
        self.moments.iter().filter_map(|moment| Some(Telling { moment, best: moment.best()? }))
    }

    /// The id of a skill.
    pub fn skill(&self, skill: u8) -> &str {
        &self.model.skills[usize::from(skill)].id
    }

    /// Where these words first occur in a text, or the whole text.
    pub fn locate(&self, text: Span, words: &str) -> Span {
        let source = self.sources.text(text.file).get(text.start as usize..text.end as usize);
        // Folds the case of ASCII only, which keeps byte offsets.
        let found = source.and_then(|source| source.to_ascii_lowercase().find(&words.to_ascii_lowercase()));
        match found {
            Some(at) => {
                let start = text.start as usize + at;
                Span::new(text.file, start, start + words.len())
            }
            None => text,
        }
    }

    /// Every published text of the story, with what it belongs to.
    pub fn texts(&self) -> Vec<StoryText<'_>> {
        let mut all = Vec::new();
        for moment in &self.moments {
            let mut add = |line, speaker, text: Option<&At<String>>, plain| {
                let node = Some(moment.id);
                all.extend(text.map(|text| StoryText { node, line, speaker, span: text.span, plain }));
            };
            add(None, Speaker::Story, moment.raw.scene.as_ref(), &moment.scene);
            add(None, Speaker::Story, moment.raw.says.as_ref(), &moment.says);
            for line in &moment.choices {
                let said = line.raw.form.as_ref().map(|(_, text)| text);
                add(Some(line), Speaker::Trainee, said, &line.text);
                add(Some(line), Speaker::Story, line.raw.reply.as_ref(), &line.reply);
                add(Some(line), Speaker::Coach, line.raw.why.as_ref(), &line.why);
            }
        }
        let others = self.others.iter();
        all.extend(others.map(|(span, plain)| StoryText {
            node: None,
            line: None,
            speaker: Speaker::Story,
            span: *span,
            plain,
        }));
        all
    }

    /// The place of findings about the whole: its title.
    pub fn span(&self) -> Span {
        let title = self.scenario.and_then(|scenario| scenario.title.as_ref());
        title.map_or(self.story.span, |title| title.span)
    }
}

fn read(text: &At<String>) -> (Span, Plain) {
    (text.span, Plain::of(&text.value))
}

fn plain(text: Option<&At<String>>) -> Plain {
    text.map_or_else(Plain::default, |text| Plain::of(&text.value))
}

impl<'a> Moment<'a> {
    fn new(id: &'a At<String>, raw: &'a RawDecision, at: usize, rules: &'a engine::Decision) -> Self {
        let choices = raw.choices.iter().zip(&rules.choices).filter_map(|(raw, rules)| {
            let (form, text) = raw.form.as_ref()?;
            Some(LintedChoice {
                node: id,
                raw,
                rules,
                form: *form,
                span: text.span,
                text: Plain::of(&text.value),
                reply: plain(raw.reply.as_ref()),
                why: plain(raw.why.as_ref()),
            })
        });
        let (says, scene) = (plain(raw.says.as_ref()), plain(raw.scene.as_ref()));
        Self { id, raw, at, says, scene, choices: choices.collect() }
    }

    /// The only best choice: rated 3 throughout, without a slip or cap. `None` if there are several.
    pub fn best(&self) -> Option<usize> {
        let mut best = self.choices.iter().enumerate().filter(|(_, line)| line.rules.is_strongest());
        match (best.next(), best.next()) {
            (Some((at, _)), None) => Some(at),
            _ => None,
        }
    }

    /// Whether a skill is tested here.
    pub fn tests(&self, skill: &str) -> bool {
        self.raw.tests.iter().any(|test| test.value == skill)
    }

    /// The choice with the highest `order`, if no other ties with it.
    pub fn only(&self, order: impl Fn(&LintedChoice<'_>) -> i64) -> Option<usize> {
        let most = self.choices.iter().map(&order).max()?;
        let mut first = self.choices.iter().enumerate().filter(|(_, line)| order(line) == most);
        let (at, _) = first.next()?;
        first.next().is_none().then_some(at)
    }
}

impl<'s, 'a> Telling<'s, 'a> {
    /// The best choice.
    pub fn line(&self) -> &'s LintedChoice<'a> {
        &self.moment.choices[self.best]
    }

    /// Every choice, and whether it is the best one.
    pub fn choices(&self) -> impl Iterator<Item = (&'s LintedChoice<'a>, bool)> {
        self.moment.choices.iter().enumerate().map(|(place, line)| (line, place == self.best))
    }
}

impl LintedChoice<'_> {
    /// Rated 0 or 1 in something.
    pub fn is_weak(&self) -> bool {
        self.rules.ratings.iter().any(|rating| *rating <= 1)
    }

    /// The mean of its ratings, times two: 0 to 6, whole where one or two skills are tested.
    pub fn doubled(&self) -> u32 {
        let sum: u32 = self.rules.ratings.iter().map(|rating| u32::from(*rating)).sum();
        2 * sum / u32::try_from(self.rules.ratings.len()).unwrap_or(1).max(1)
    }
}
