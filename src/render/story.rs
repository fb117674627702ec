//! A story on its page: every decision, reply and ending, with the words of its model and the graph for the engine.

use scenario_wasm::{self as engine, Mood};

use super::condition;
use super::course::{Scope, hue, tags};
use super::page::{
    self, Model, ModelBand, ModelLevel, ModelSkill, ModelSlip, Node, Scenario, SkillLesson,
    Story as StoryPage, Taste, Way,
};
use crate::course::{self, Channel, Choice, Condition, Course, Decision, Ending, Form, Portrait, Story};
use crate::markdown::{Image, SkillTag, Voice, Writer};
use crate::source::Span;

/// How a story is placed on its page.
pub(super) struct Setting {
    /// Unique on the page.
    pub(super) key: String,
    pub(super) drill: bool,
    pub(super) channel: Channel,
}

/// The prefix of the anchors in a scenario.
const KEY: &str = "s";

/// Scenario `at` on its page in `folder`.
pub(super) fn scenario(scope: &Scope<'_>, at: usize, folder: &str, writer: &mut Writer<'_>) -> Scenario {
    let scenario = &scope.course.scenarios[at];
    let setting = Setting { key: KEY.to_owned(), drill: false, channel: scenario.channel };
    let own = scope.scenarios.iter().position(|&each| each == at).map_or(0, |place| place + 1);
    let skills = &scope.course.models[scenario.story.model].skills;
    let taught = skills.iter().filter_map(|skill| {
        Some(SkillLesson { id: skill.id.clone(), url: scope.taught(&skill.id, writer)? })
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
        story: story(scope, scenario.language.as_ref(), &scenario.story, setting, writer),
        taught,
        lessons: scope.openers[at].iter().map(|&lesson| scope.lesson_link(folder, lesson)).collect(),
        next: next.filter(|_| !scope.alone).map(|next| scope.scenario_link(folder, next)),
        draft: scenario.draft,
    }
}

/// The first moment of a conversation, for the home page: among the easiest, the one told in the fewest words.
pub(super) fn taste(scope: &Scope<'_>, writer: &mut Writer<'_>) -> Option<Taste> {
    let all = || scope.scenarios.iter().map(|&at| (at, &scope.course.scenarios[at]));
    let least = all().next()?.1.difficulty;
    let easy = all().filter(|(_, scenario)| scenario.difficulty == least);
    let (at, scenario) = easy.min_by_key(|(_, scenario)| words_of(&scenario.story))?;
    let story = &scenario.story;
    let course::Node::Decision(first) = &story.nodes[story.start] else { return None };
    let setting = Setting { key: KEY.to_owned(), drill: false, channel: scenario.channel };
    let skills = tags(&scope.words(scenario.language.as_ref()).models[story.model]);
    let teller = Teller { story, setting: &setting, skills };
    Some(Taste {
        link: scope.scenario_link(&scope.folder, at),
        role: scenario.role.clone(),
        customer: customer(scope, story, writer),
        moment: teller.decision(story.start, first, writer),
    })
}

/// How long the first moment is, in bytes.
fn words_of(story: &Story) -> usize {
    let course::Node::Decision(first) = &story.nodes[story.start] else { return usize::MAX };
    let choices = first.choices.iter().map(|choice| &choice.text);
    first.scene.iter().chain(&first.says).chain(choices).map(|text| text.markdown.len()).sum()
}

/// The story of a scenario or a drill.
pub(super) fn story(
    scope: &Scope<'_>,
    language: Option<&String>,
    story: &Story,
    setting: Setting,
    writer: &mut Writer<'_>,
) -> StoryPage {
    let model = &scope.words(language).models[story.model];
    let teller = Teller { story, setting: &setting, skills: tags(model) };
    let mut order: Vec<usize> = (0..story.nodes.len()).filter(|&at| at != story.start).collect();
    order.insert(0, story.start);
    let nodes = order.into_iter().map(|at| teller.node(at, writer)).collect();
    StoryPage {
        print: story.print(),
        graph: letters(&story.engine.to_bytes()),
        channel: setting.channel.name().to_owned(),
        customer: customer(scope, story, writer),
        has_customer: !story.customer.name.is_empty(),
        model: words(model),
        nodes,
        title: None,
        drill: setting.drill,
        key: setting.key,
    }
}

/// What every moment of one story shares.
struct Teller<'a> {
    story: &'a Story,
    setting: &'a Setting,
    skills: Vec<SkillTag>,
}

impl Teller<'_> {
    fn node(&self, at: usize, writer: &mut Writer<'_>) -> Node {
        match &self.story.nodes[at] {
            course::Node::Decision(decision) => Node::Decision(Box::new(self.decision(at, decision, writer))),
            course::Node::Ending(ending) => Node::Ending(Box::new(self.ending(ending, writer))),
        }
    }

    fn decision(&self, at: usize, decision: &Decision, writer: &mut Writer<'_>) -> page::Decision {
        let mut lines = Vec::new();
        for (text, voice) in [(&decision.scene, Voice::Scene), (&decision.says, Voice::Says)] {
            lines.extend(text.iter().flat_map(|text| writer.lines(text, voice, self.setting.channel)));
        }
        let before =
            self.story.nodes[..at].iter().filter(|node| matches!(node, course::Node::Decision(_))).count();
        let rules = &self.story.rules(decision).choices;
        page::Decision {
            id: decision.id.clone(),
            anchor: self.anchor(&decision.id),
            first: at == self.story.start,
            number: before + 1,
            lines,
            mood: decision.mood.map(|mood| mood.name().to_owned()),
            media: decision.media.as_ref().map(|picture| writer.picture(picture, decision.span)),
            tests: decision.tests.iter().map(|&skill| self.skills[skill].clone()).collect(),
            facet: decision.facet.clone(),
            hint_html: decision.hint.as_ref().map(|hint| writer.html(hint)),
            choices: rules.iter().enumerate().map(|each| self.choice(decision, each, writer)).collect(),
        }
    }

    /// The choice at a position of its decision; `rules` is the engine's side of it.
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
            reply: writer.lines(&choice.reply, Voice::Reply, self.setting.channel),
            why_html: writer.html(&choice.why),
            then: self.ways(choice, writer),
            strongest: rules.is_strongest(),
        }
    }

    /// The ways. A drill's own ending is not a moment to go to, so the last choice of a drill has none.
    fn ways(&self, choice: &Choice, writer: &Writer<'_>) -> Vec<Way> {
        let on = choice.then.iter().filter(|way| !(self.setting.drill && self.is_bare_end(way.to)));
        on.map(|way| {
            let id = match &self.story.nodes[way.to] {
                course::Node::Decision(decision) => &decision.id,
                course::Node::Ending(ending) => &ending.id,
            };
            Way { anchor: self.anchor(id), when: self.clause(way.when.as_ref(), writer) }
        })
        .collect()
    }

    /// A condition in the words of the page's language.
    fn clause(&self, condition: Option<&Condition>, writer: &Writer<'_>) -> Option<String> {
        Some(condition::clause(condition?, self.story, writer.words()))
    }

    fn is_bare_end(&self, at: usize) -> bool {
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
        format!("{}-{id}", self.setting.key)
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
        short: short(&customer.name).to_owned(),
        initials: initials(&customer.name),
        about: customer.about.clone(),
        pronoun: customer.pronoun.clone(),
        portrait: customer.portrait.as_ref().and_then(|of| portrait(scope, of, place, writer)),
        goodwill,
        mood: Mood::of(goodwill).name().to_owned(),
    }
}

/// Somebody's portrait, which is named at `place`.
pub(super) fn portrait(
    scope: &Scope<'_>,
    of: &Portrait,
    place: Span,
    writer: &mut Writer<'_>,
) -> Option<page::Portrait> {
    let placed = scope.portraits.on(writer.folder(), of);
    let Portrait::Picture(picture) = of else { return placed };
    // The page uses the file, so it is published.
    let Image { url, alt, width, height } = writer.picture(picture, place);
    let moods = placed.is_some_and(|placed| placed.moods);
    Some(page::Portrait { url, alt: Some(alt), width, height, moods })
}

/// The first name, but neither a title alone ("Mr. Okafor") nor the first word of a description ("The line at Mill
/// Street"): those stay whole.
fn short(name: &str) -> &str {
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
pub(super) fn letters(bytes: &[u8]) -> String {
    scenario_wasm::letters::letters(bytes, b"\"&'/<>")
}

/// The words of a debrief for every model that scores a scenario.
pub(super) fn verdicts(course: &Course) -> Vec<Model> {
    let used = |at: &usize| course.scenarios.iter().any(|scenario| scenario.story.model == *at);
    (0..course.models.len()).filter(used).map(|at| words(&course.models[at])).collect()
}

/// The model's words.
pub(super) fn words(model: &course::Model) -> Model {
    let rules = &model.rules;
    let skill = |(at, skill): (usize, &course::Skill)| ModelSkill {
        id: skill.id.clone(),
        name: skill.name.clone(),
        hue: hue(at),
        levels: skill.levels.clone(),
    };
    let slip = |slip: &course::Slip| ModelSlip {
        id: slip.id.clone(),
        name: slip.name.clone(),
        says: slip.says.clone(),
    };
    let band = |band: &course::Band| ModelBand {
        from: band.from,
        name: band.name.clone(),
        means: band.means.clone(),
    };
    let level = |level: &course::Level| ModelLevel { from: level.from, says: level.says.clone() };
    Model {
        id: model.id.clone(),
        title: model.title.clone(),
        skills: model.skills.iter().enumerate().map(skill).collect(),
        slips: model.slips.iter().map(slip).collect(),
        bands: model.bands.iter().map(band).collect(),
        skill_levels: model.skill_levels.iter().map(level).collect(),
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
        let text = letters(&bytes);
        // As the page code reads it.
        let read = |letter: char| {
            let code = u32::from(letter);
            if code >> 5 == 2 { code & 31 } else { code & 255 }
        };
        assert_eq!(text.chars().map(read).collect::<Vec<_>>(), (0..256).collect::<Vec<_>>());
        assert!(!text.contains(['"', '&', '\'', '<', '>']));
        assert_eq!(letters(b"\x01\x02ten-minutes"), "ABten-minutes");
    }

    #[test]
    fn a_customer_is_called_by_the_first_name() {
        assert_eq!((short("Ruth Mbeki"), initials("Ruth Mbeki").as_str()), ("Ruth", "RM"));
        assert_eq!((short("Mr. Okafor"), initials("Mr. Okafor").as_str()), ("Mr. Okafor", "O"));
        assert_eq!((short("Tomás"), initials("Tomás").as_str()), ("Tomás", "T"));
        assert_eq!(short("The line at Mill Street"), "The line at Mill Street");
        assert_eq!((short(""), initials("").as_str()), ("", ""));
    }
}
