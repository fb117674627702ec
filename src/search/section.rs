//! The sections of a course that the search finds. They contain no choice, reply or ending of a scenario, as that would
//! give away how it is played.

use crate::course::{Course, Lesson, Node, Scenario, Text};
use crate::markdown::LessonPart;
use crate::markdown::plain::plain;

/// What a section belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// A part of a lesson.
    Lesson,
    /// The opening of a scenario.
    Scenario,
}

/// A section that the search finds.
#[derive(Debug, Clone)]
pub struct Section {
    /// What it belongs to.
    pub kind: SectionKind,
    /// The page's path from the folder of its language.
    pub url: String,
    /// The anchor of its heading; empty at the top of a page.
    pub anchor: String,
    /// The page's title.
    pub title: String,
    /// The heading of this part; empty at the top of a page.
    pub heading: String,
    /// Words by which it is also found, and which are not shown: objectives, names.
    pub keywords: String,
    /// Its text.
    pub text: String,
}

/// The sections of a lesson, whose text has these parts.
pub fn lesson_sections(course: &Course, lesson: &Lesson, parts: Vec<LessonPart>) -> Vec<Section> {
    let url = format!("lessons/{}/index.html", lesson.slug);
    let section = |(number, part): (usize, LessonPart)| {
        let is_top = number == 0;
        Section {
            kind: SectionKind::Lesson,
            url: url.clone(),
            anchor: part.id,
            title: lesson.title.clone(),
            heading: part.title,
            keywords: if is_top { objectives(course, &lesson.objectives) } else { String::new() },
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
        kind: SectionKind::Scenario,
        url: format!("scenarios/{}/index.html", scenario.slug),
        anchor: String::new(),
        title: scenario.title.clone(),
        heading: String::new(),
        keywords: joined([customer.name.as_str(), about, industry, &objectives]),
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
