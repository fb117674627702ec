//! A story on its page: every decision, reply and ending, with the words of its model and the graph for the engine.

use std::collections::BTreeSet;
use std::sync::Arc;

use scenario_wasm::{self as engine, Mood};

use super::condition;
use super::course::{Scope, hue, skill_tags};
use super::page::{self, Model, ModelSkill, Node, Scenario, SkillLesson, Story as StoryPage, Taste, Way};
use crate::course::{self, Channel, Choice, Condition, Course, Decision, Ending, Form, Portrait, Story};
use crate::markdown::{Image, SkillTag, Voice, Writer};
use crate::source::Span;

/// How a story is shown on its page.
pub(super) struct StoryPlacement {
    /// Unique on the page; the prefix of the story's anchors.
    pub(super) key: String,
    pub(super) drill: bool,
    pub(super) channel: Channel,
}

/// The key of a scenario's story on its page, which is the prefix of its anchors.
const SCENARIO_KEY: &str = "s";

/// Scenario `at` on its page in `folder`.
pub(super) fn scenario(scope: &Scope<'_>, at: usize, folder: &str, writer: &mut Writer<'_>) -> Scenario {
    let scenario = &scope.course.scenarios[at];
    let placement = StoryPlacement { key: SCENARIO_KEY.to_owned(), drill: false, channel: scenario.channel };
    let own = scope.scenarios.iter().position(|&each| each == at).map_or(0, |place| place + 1);
    let skills = &scope.course.models[scenario.story.model].skills;
    let taught = skills.iter().filter_map(|skill| {
        Some(SkillLesson { id: skill.id.clone(), url: scope.url_where_taught(&skill.id, writer)? })
    });
    let taught = taught.collect();
    let next = scope.scenarios.iter().cycle().nth(own).copied().filter(|&next| next != at);
    Scenario {
        slug: scenario.slug.clone(),
        title: scenario.title.clone(),
        summary: scenario.summary.clone(),
        role: scenario.role.clone(),
        goal: scenario.goal.clone(),
        failure: scenario.failure.clone(),
        failure_name: scope.failure_name(scenario),
        channel: scenario.channel.name().to_owned(),
        industry: scenario.industry.clone(),
        difficulty: scenario.difficulty,
        minutes: scenario.minutes,
        subject: scenario.subject.clone(),
        handle: scenario.handle.clone(),
        likes: scenario.likes,
        comments: scenario.comments,
        objectives: scope.objectives(&scenario.objectives, scenario.language.as_ref()),
        story: story(scope, scenario.language.as_ref(), &scenario.story, placement, writer),
        taught,
        lessons: scope.lessons_by_scenario[at]
            .iter()
            .map(|&lesson| scope.lesson_link(folder, lesson))
            .collect(),
        next: next.filter(|_| !scope.standalone).map(|next| scope.scenario_link(folder, next)),
        draft: scenario.draft,
    }
}

/// The first moment of a scenario, for the home page: of the easiest scenarios, the one with the shortest first moment.
pub(super) fn taste(scope: &Scope<'_>, writer: &mut Writer<'_>) -> Option<Taste> {
    let all = || scope.scenarios.iter().map(|&at| (at, &scope.course.scenarios[at]));
    let least = all().next()?.1.difficulty;
    let easy = all().filter(|(_, scenario)| scenario.difficulty == least);
    let (at, scenario) = easy.min_by_key(|(_, scenario)| opening_bytes(&scenario.story))?;
    let story = &scenario.story;
    let course::Node::Decision(first) = &story.nodes[story.start] else { return None };
    let placement = StoryPlacement { key: SCENARIO_KEY.to_owned(), drill: false, channel: scenario.channel };
    let skills = skill_tags(&scope.course_for(scenario.language.as_ref()).models[story.model]);
    let story_writer = StoryWriter { story, placement: &placement, skills };
    Some(Taste {
        link: scope.scenario_link(&scope.folder, at),
        role: scenario.role.clone(),
        customer: customer(scope, story, writer),
        moment: story_writer.decision(story.start, first, writer),
    })
}

/// The length of a story's first moment, in bytes.
fn opening_bytes(story: &Story) -> usize {
    let course::Node::Decision(first) = &story.nodes[story.start] else { return usize::MAX };
    let choices = first.choices.iter().map(|choice| &choice.text);
    first.scene.iter().chain(&first.says).chain(choices).map(|text| text.markdown.len()).sum()
}

/// The story of a scenario or a drill.
pub(super) fn story(
    scope: &Scope<'_>,
    language: Option<&String>,
    story: &Story,
    placement: StoryPlacement,
    writer: &mut Writer<'_>,
) -> StoryPage {
    let model = &scope.course_for(language).models[story.model];
    let story_writer = StoryWriter { story, placement: &placement, skills: skill_tags(model) };
    let mut order: Vec<usize> = (0..story.nodes.len()).filter(|&at| at != story.start).collect();
    order.insert(0, story.start);
    let nodes = order.into_iter().map(|at| story_writer.node(at, writer)).collect();
    StoryPage {
        print: story.print(),
        graph: encoded_graph(&story.engine.to_bytes()),
        channel: placement.channel.name().to_owned(),
        customer: customer(scope, story, writer),
        has_customer: !story.customer.name.is_empty(),
        model: model_words(model),
        nodes,
        title: None,
        drill: placement.drill,
        key: placement.key,
    }
}

/// Writes the moments of one story.
struct StoryWriter<'a> {
    story: &'a Story,
    placement: &'a StoryPlacement,
    skills: Vec<SkillTag>,
}

impl StoryWriter<'_> {
    fn node(&self, at: usize, writer: &mut Writer<'_>) -> Node {
        match &self.story.nodes[at] {
            course::Node::Decision(decision) => Node::Decision(Box::new(self.decision(at, decision, writer))),
            course::Node::Ending(ending) => Node::Ending(Box::new(self.ending(ending, writer))),
        }
    }

    fn decision(&self, at: usize, decision: &Decision, writer: &mut Writer<'_>) -> page::Decision {
        let mut lines = Vec::new();
        for (text, voice) in [(&decision.scene, Voice::Scene), (&decision.says, Voice::Says)] {
            lines.extend(text.iter().flat_map(|text| writer.lines(text, voice, self.placement.channel)));
        }
        let rules = &self.story.rules(decision).choices;
        page::Decision {
            id: decision.id.clone(),
            anchor: self.anchor(&decision.id),
            first: at == self.story.start,
            number: self.story.decision_number(at),
            lines,
            mood: decision.mood.map(|mood| mood.name().to_owned()),
            media: decision.media.as_ref().map(|picture| writer.picture(picture, decision.span)),
            tests: decision.tests.iter().map(|&skill| self.skills[skill].clone()).collect(),
            facet: decision.facet.clone(),
            hint_html: decision.hint.as_ref().map(|hint| writer.html(hint)),
            choices: rules.iter().enumerate().map(|each| self.choice(decision, each, writer)).collect(),
        }
    }

    /// The choice at a position of its decision; `rules` is the same choice in the engine's form.
    fn choice(
        &self,
        decision: &Decision,
        (at, rules): (usize, &engine::Choice),
        writer: &mut Writer<'_>,
    ) -> page::Choice {
        let choice = &decision.choices[at];
        page::Choice {
            id: choice.id.clone(),
            anchor: format!("{}_{}", self.anchor(&decision.id), choice.id),
            number: at + 1,
            act: choice.form == Form::Do,
            text_html: writer.inline(&choice.text),
            short: choice.short.clone(),
            ratings: choice.ratings.clone(),
            when: self.clause(choice.when.as_ref(), writer),
            closed_html: choice.closed.as_ref().map(|closed| writer.inline(closed)),
            reply: writer.lines(&choice.reply, Voice::Reply, self.placement.channel),
            why_html: writer.html(&choice.why),
            then: self.ways(choice, writer),
            strongest: rules.is_strongest(),
        }
    }

    /// The ways of a choice, except for those to a drill's ending without a text, which is not shown.
    fn ways(&self, choice: &Choice, writer: &Writer<'_>) -> Vec<Way> {
        let shown = choice.then.iter().filter(|way| !(self.placement.drill && self.is_drill_end(way.to)));
        shown
            .map(|way| Way {
                anchor: self.anchor(self.story.nodes[way.to].id()),
                when: self.clause(way.when.as_ref(), writer),
            })
            .collect()
    }

    /// A condition in the words of the page's language.
    fn clause(&self, condition: Option<&Condition>, writer: &Writer<'_>) -> Option<String> {
        Some(condition::clause(condition?, self.story, writer.strings()))
    }

    fn is_drill_end(&self, at: usize) -> bool {
        matches!(&self.story.nodes[at], course::Node::Ending(end) if end.text.markdown.trim().is_empty())
    }

    fn ending(&self, ending: &Ending, writer: &mut Writer<'_>) -> page::Ending {
        page::Ending {
            id: ending.id.clone(),
            anchor: self.anchor(&ending.id),
            ending: ending.kind.name().to_owned(),
            title: ending.title.clone(),
            text_html: writer.html(&ending.text),
            media: ending.media.as_ref().map(|picture| writer.picture(picture, ending.span)),
        }
    }

    fn anchor(&self, id: &str) -> String {
        format!("{}-{id}", self.placement.key)
    }
}

fn customer(scope: &Scope<'_>, story: &Story, writer: &mut Writer<'_>) -> page::Customer {
    let customer = &story.customer;
    let goodwill = story.engine.graph().goodwill;
    let place = match &story.nodes[story.start] {
        course::Node::Decision(decision) => decision.span,
        course::Node::Ending(ending) => ending.span,
    };
    page::Customer {
        name: customer.name.clone(),
        short: short_name(&customer.name).to_owned(),
        initials: initials(&customer.name),
        about: customer.about.clone(),
        pronoun: customer.pronoun.clone(),
        portrait: customer.portrait.as_ref().and_then(|of| portrait(scope, of, place, writer)),
        goodwill,
        mood: Mood::of(goodwill).name().to_owned(),
    }
}

/// A portrait; `place` is where its file names it.
pub(super) fn portrait(
    scope: &Scope<'_>,
    of: &Portrait,
    place: Span,
    writer: &mut Writer<'_>,
) -> Option<page::Portrait> {
    let shown = scope.portraits.on_page_in(writer.folder(), of);
    let Portrait::Picture(picture) = of else { return shown };
    // The page uses the file, so it is published.
    let Image { url, alt, width, height } = writer.picture(picture, place);
    let moods = shown.is_some_and(|shown| shown.moods);
    Some(page::Portrait { url, alt: Some(alt), width, height, moods })
}

/// The first name. A name that starts with a title ("Mr. Okafor") and a description ("The line at Mill Street") stay whole.
fn short_name(name: &str) -> &str {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    let describes = words.any(|word| word.starts_with(char::is_lowercase));
    if first.ends_with('.') || describes { name } else { first }
}

/// The first letters of the first and the last name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| !word.ends_with('.'));
    let (first, last) = (words.next(), words.next_back());
    let letters = [first, last].into_iter().flatten().filter_map(|word| word.chars().next());
    letters.flat_map(char::to_uppercase).collect()
}

/// A graph's bytes as text that HTML and JSON accept unchanged.
pub(super) fn encoded_graph(bytes: &[u8]) -> String {
    scenario_wasm::letters::letters(bytes, b"\"&'/<>")
}

/// Every model that scores one of these scenarios.
pub(super) fn models_in_use<'a>(
    course: &Course,
    scenarios: impl Iterator<Item = &'a Arc<course::Scenario>>,
) -> Vec<Model> {
    let used: BTreeSet<usize> = scenarios.map(|scenario| scenario.story.model).collect();
    used.into_iter().map(|at| model_words(&course.models[at])).collect()
}

/// A model as pages show it.
fn model_words(model: &course::Model) -> Model {
    let rules = &model.rules;
    let skill = |(at, skill): (usize, &course::Skill)| ModelSkill {
        id: skill.id.clone(),
        name: skill.name.clone(),
        hue: hue(at),
        levels: skill.levels.clone(),
    };
    Model {
        id: model.id.clone(),
        title: model.title.clone(),
        skills: model.skills.iter().enumerate().map(skill).collect(),
        slips: model.slips.clone(),
        bands: model.bands.clone(),
        skill_levels: model.skill_levels.clone(),
        order_says: model.order_says.clone(),
        cap_serious: rules.caps[0],
        cap_critical: rules.caps[1],
        pass_score: rules.pass.score,
        mastery_score: rules.mastery.score,
        mastery_every_skill: rules.mastery.every_skill,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_a_graph_has_a_letter_of_its_own() {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        let text = encoded_graph(&bytes);
        // As the page code reads it.
        let read = |letter: char| {
            let code = u32::from(letter);
            if code >> 5 == 2 { code & 31 } else { code & 255 }
        };
        assert_eq!(text.chars().map(read).collect::<Vec<_>>(), (0..256).collect::<Vec<_>>());
        assert!(!text.contains(['"', '&', '\'', '<', '>']));
        assert_eq!(encoded_graph(b"\x01\x02ten-minutes"), "ABten-minutes");
    }

    #[test]
    fn a_customer_is_called_by_the_first_name() {
        assert_eq!((short_name("Ruth Mbeki"), initials("Ruth Mbeki").as_str()), ("Ruth", "RM"));
        assert_eq!((short_name("Mr. Okafor"), initials("Mr. Okafor").as_str()), ("Mr. Okafor", "O"));
        assert_eq!((short_name("Tomás"), initials("Tomás").as_str()), ("Tomás", "T"));
        assert_eq!(short_name("The line at Mill Street"), "The line at Mill Street");
        assert_eq!((short_name(""), initials("").as_str()), ("", ""));
    }
}
