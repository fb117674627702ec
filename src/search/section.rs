//! What can be found of a course, and what is kept back: no choice, no reply, no ending of any scenario.

use crate::course::{Course, Lesson, Node, Scenario, Text};
use crate::markdown::Part;
use crate::markdown::plain::plain;

/// What a section belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A part of a lesson.
    Lesson,
    /// The opening of a scenario.
    Scenario,
}

/// One thing that can be found.
#[derive(Debug, Clone)]
pub struct Section {
    /// What it is.
    pub kind: Kind,
    /// The page's path from the folder of its language.
    pub url: String,
    /// The anchor of its heading; empty at the top of a page.
    pub anchor: String,
    /// The page's title.
    pub title: String,
    /// The heading of this part; empty at the top of a page.
    pub heading: String,
    /// What can be found besides the text, and is not shown: objectives, names.
    pub also: String,
    /// What is read there.
    pub text: String,
}

/// The sections of a lesson, whose text has these parts.
pub fn lesson_sections(course: &Course, lesson: &Lesson, parts: Vec<Part>) -> Vec<Section> {
    let url = format!("lessons/{}/index.html", lesson.slug);
    let section = |(number, part): (usize, Part)| {
        let is_top = number == 0;
        Section {
            kind: Kind::Lesson,
            url: url.clone(),
            anchor: part.id,
            title: lesson.title.clone(),
            heading: part.title,
            also: if is_top { objectives(course, &lesson.objectives) } else { String::new() },
            text: if is_top { joined([lesson.summary.as_str(), &part.text]) } else { part.text },
        }
    };
    parts.into_iter().enumerate().map(section).collect()
}

/// A scenario up to its first choice.
pub fn scenario_section(course: &Course, scenario: &Scenario) -> Section {
    let opening = match &scenario.story.nodes[scenario.story.start] {
        Node::Decision(decision) => [&decision.scene, &decision.says].map(words).join(" "),
        Node::Ending(_) => String::new(),
    };
    let customer = &scenario.story.customer;
    let about = customer.about.as_deref().unwrap_or_default();
    let industry = scenario.industry.as_deref().unwrap_or_default();
    let objectives = objectives(course, &scenario.objectives);
    Section {
        kind: Kind::Scenario,
        url: format!("scenarios/{}/index.html", scenario.slug),
        anchor: String::new(),
        title: scenario.title.clone(),
        heading: String::new(),
        also: joined([customer.name.as_str(), about, industry, &objectives]),
        text: joined([scenario.summary.as_str(), &scenario.role, &scenario.goal, &opening]),
    }
}

fn words(text: &Option<Text>) -> String {
    text.as_ref().map(|text| plain(&text.markdown).replace("\n\n", " ")).unwrap_or_default()
}

fn objectives(course: &Course, which: &[usize]) -> String {
    joined(which.iter().map(|&at| course.objectives[at].says.as_str()))
}

fn joined<'t>(parts: impl IntoIterator<Item = &'t str>) -> String {
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}
