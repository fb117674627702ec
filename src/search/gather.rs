//! What of a course can be found, and what is kept back: no choice, no reply, no ending of any scenario.

use crate::course::{Course, Lesson, Node, Scenario, Text};
use crate::markdown::plain::plain;
use crate::markdown::{Part, sections};
use crate::output::{self, Digest};

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
    /// The page's path from the root of the site, and the anchor of its heading.
    pub url: String,
    /// The page's title.
    pub title: String,
    /// The heading of this part; empty at the top of a page.
    pub heading: String,
    /// What can be found beside the text, and is not shown: objectives, names.
    pub also: String,
    /// What is read there.
    pub text: String,
}

/// Pages whose sections stand in one piece of the index.
#[derive(Debug)]
pub(super) struct Group<'a> {
    course: &'a Course,
    pages: Vec<Page>,
}

/// A page that can be found: an index into the course.
#[derive(Debug, Clone, Copy)]
pub enum Page {
    /// A lesson.
    Lesson(usize),
    /// A scenario.
    Scenario(usize),
}

/// Everything in the lessons of these indices, and in all scenarios.
#[must_use]
pub fn gather(course: &Course, lessons: &[usize]) -> Vec<Section> {
    let read = |page| match page {
        Page::Lesson(at) => sections(&course.lessons[at].body.markdown),
        Page::Scenario(_) => Vec::new(),
    };
    groups(course, lessons, 0).iter().flat_map(|group| group.sections(read)).collect()
}

/// The same in groups of about `bytes` of text. How long a page is can be told before it is read as Markdown, so groups
/// can be made side by side.
pub(super) fn groups<'a>(course: &'a Course, lessons: &[usize], bytes: usize) -> Vec<Group<'a>> {
    let lessons = lessons.iter().map(|&at| Page::Lesson(at));
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut held = 0;
    for page in lessons.chain((0..course.scenarios.len()).map(Page::Scenario)) {
        let length = page.length(course);
        match groups.last_mut().filter(|_| held + length <= bytes) {
            Some(group) => group.pages.push(page),
            None => {
                groups.push(Group { course, pages: vec![page] });
                held = 0;
            }
        }
        held += length;
    }
    groups
}

impl Group<'_> {
    pub(super) fn length(&self) -> usize {
        self.pages.iter().map(|page| page.length(self.course)).sum()
    }

    /// What tells it from any other.
    pub(super) fn digest(&self) -> Digest {
        let mut all = String::new();
        for &page in &self.pages {
            let (section, text) = match page {
                Page::Lesson(at) => {
                    let lesson = &self.course.lessons[at];
                    (about(self.course, lesson), &*lesson.body.markdown)
                }
                Page::Scenario(at) => (scenario(self.course, &self.course.scenarios[at]), ""),
            };
            for part in [&section.url, &section.title, &section.heading, &section.also, &section.text, text] {
                all.push_str(part);
                all.push('\0');
            }
        }
        output::digest(all.as_bytes())
    }

    /// What is found there; `read` gives the words of a lesson.
    pub(super) fn sections(&self, read: impl Fn(Page) -> Vec<Part>) -> Vec<Section> {
        let mut all = Vec::new();
        for &page in &self.pages {
            let parts = read(page);
            match page {
                Page::Lesson(at) => all.extend(lesson(self.course, &self.course.lessons[at], parts)),
                Page::Scenario(at) => all.push(scenario(self.course, &self.course.scenarios[at])),
            }
        }
        all
    }
}

impl Page {
    /// About how many bytes it shows.
    fn length(self, course: &Course) -> usize {
        match self {
            Self::Lesson(at) => course.lessons[at].body.markdown.len(),
            // Its summary, role and goal, and the first moment.
            Self::Scenario(_) => 600,
        }
    }
}

/// A lesson without its text: the summary stands for the heading of its top.
fn about(course: &Course, lesson: &Lesson) -> Section {
    Section {
        kind: Kind::Lesson,
        url: lesson.slug.clone(),
        title: lesson.title.clone(),
        heading: lesson.summary.clone(),
        also: objectives(course, &lesson.objectives),
        text: String::new(),
    }
}

fn lesson(course: &Course, lesson: &Lesson, parts: Vec<Part>) -> impl Iterator<Item = Section> {
    let page = format!("lessons/{}/index.html", lesson.slug);
    parts.into_iter().enumerate().map(move |(number, part)| {
        let is_top = number == 0;
        let text = if is_top { joined([lesson.summary.as_str(), &part.text]) } else { part.text };
        Section {
            kind: Kind::Lesson,
            url: if part.id.is_empty() { page.clone() } else { format!("{page}#{}", part.id) },
            title: lesson.title.clone(),
            heading: part.title,
            also: if is_top { objectives(course, &lesson.objectives) } else { String::new() },
            text,
        }
    })
}

/// A scenario up to its first choice.
fn scenario(course: &Course, scenario: &Scenario) -> Section {
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
