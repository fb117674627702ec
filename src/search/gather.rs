//! What of a course can be found, and what is kept back: no choice, no reply, no ending of any scenario.

use std::ops::Range;

use twox_hash::XxHash3_128;

use crate::course::{Course, Lesson, Node, Scenario, Text};
use crate::markdown::plain::plain;
use crate::markdown::{Part, sections};

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
    /// The page's path from the root of the site.
    pub url: String,
    /// The anchor of its heading; empty at the top of a page.
    pub anchor: String,
    /// The page's title.
    pub title: String,
    /// The heading of this part; empty at the top of a page.
    pub heading: String,
    /// What can be found beside the text, and is not shown: objectives, names.
    pub also: String,
    /// What is read there.
    pub text: String,
}

/// Pages that are read one after another.
#[derive(Debug)]
pub(super) struct Share<'a> {
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
    shares(course, lessons).iter().flat_map(|share| share.sections(read)).collect()
}

/// The same in shares of about as many bytes. How long a page is can be told before it is read as Markdown, so they can
/// be read side by side.
pub(super) fn shares<'a>(course: &'a Course, lessons: &[usize]) -> Vec<Share<'a>> {
    let lessons = lessons.iter().map(|&at| Page::Lesson(at));
    // Who writes drafts has no search.
    let shown = (0..course.scenarios.len()).filter(|&at| !course.scenarios[at].draft);
    let pages: Vec<Page> = lessons.chain(shown.map(Page::Scenario)).collect();
    let lengths: Vec<usize> = pages.iter().map(|page| page.length(course)).collect();
    let share = |range: Range<usize>| Share { course, pages: pages[range].to_vec() };
    cut(&lengths).into_iter().map(share).collect()
}

/// Cuts things of these lengths into shares: always the same, however many threads there are, since names hold their
/// numbers.
pub(super) fn cut(lengths: &[usize]) -> Vec<Range<usize>> {
    let most = (lengths.iter().sum::<usize>() / 64).clamp(16_000, 512_000);
    let mut shares: Vec<Range<usize>> = Vec::new();
    let mut held = 0;
    for (at, length) in lengths.iter().enumerate() {
        match shares.last_mut().filter(|_| held + length <= most) {
            Some(share) => share.end += 1,
            None => {
                shares.push(at..at + 1);
                held = 0;
            }
        }
        held += length;
    }
    shares
}

impl Share<'_> {
    pub(super) fn length(&self) -> usize {
        self.pages.iter().map(|page| page.length(self.course)).sum()
    }

    /// What tells it from any other. Nobody gains by making two that are alike, so it need not be hard to do.
    pub(super) fn digest(&self) -> [u8; 16] {
        let mut hash = XxHash3_128::new();
        let mut add = |parts: [&str; 5]| {
            for part in parts {
                hash.write(part.as_bytes());
                hash.write(&[0]);
            }
        };
        for &page in &self.pages {
            match page {
                Page::Lesson(at) => {
                    let lesson = &self.course.lessons[at];
                    let also = objectives(self.course, &lesson.objectives);
                    add([&lesson.slug, &lesson.title, &lesson.summary, &also, &lesson.body.markdown]);
                }
                Page::Scenario(at) => {
                    let found = scenario(self.course, &self.course.scenarios[at]);
                    // No lesson is without a name.
                    add(["", &found.url, &found.title, &found.also, &found.text]);
                }
            }
        }
        hash.finish_128().to_le_bytes()
    }

    /// What is found there; `read` gives the words of a lesson.
    pub(super) fn sections(&self, read: impl Fn(Page) -> Vec<Part>) -> impl Iterator<Item = Section> {
        let course = self.course;
        self.pages.iter().flat_map(move |&page| {
            let parts = read(page);
            match page {
                Page::Lesson(at) => lesson(course, &course.lessons[at], parts),
                Page::Scenario(at) => vec![scenario(course, &course.scenarios[at])],
            }
        })
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

fn lesson(course: &Course, lesson: &Lesson, parts: Vec<Part>) -> Vec<Section> {
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
