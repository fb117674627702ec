//! The reader of style: a probe that never reads what a choice says, and takes the one that looks most like the best ones on
//! the other pages of the course.
//!
//! It learns from the decisions of all pages (scenarios, and lessons with drills) except the one that it is tried on, so it
//! knows the habits of the course and nothing of the page. One edit anywhere can change what it finds everywhere, so nothing
//! is cached.

use crate::course::{Course, Story};
use crate::measure::Plain;
use crate::measure::style::{COUNT, Marks, NAMES, marks};
use crate::parallel;
use crate::prove::probe::{Played, play};
use crate::source::FileId;
use crate::statistics::at_least;
use crate::statistics::logit::Evidence;

/// The pages of a course as a reader of style sees them.
#[derive(Debug)]
pub struct Reader {
    pages: Vec<Page>,
    /// What all pages but drafts teach, and from how many decisions.
    all: Evidence<COUNT>,
    decisions: usize,
}

/// A scenario, or the drills of a lesson.
#[derive(Debug)]
struct Page {
    file: FileId,
    draft: bool,
    /// By story: its decisions by node of the graph; `None` for an ending.
    stories: Vec<Vec<Option<Seen>>>,
    evidence: Evidence<COUNT>,
}

/// A decision by its marks.
#[derive(Debug)]
struct Seen {
    rows: Vec<Marks>,
    best: Vec<bool>,
}

/// What a reader finds on a page, or on all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The number of decisions.
    pub decisions: usize,
    /// The number in which it takes a best choice.
    pub hits: usize,
    /// By decision: the probability of taking a best choice blindly.
    chances: Vec<f64>,
}

/// There are too few decisions on other pages to learn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFew {
    /// The number that there are.
    pub elsewhere: usize,
    /// The number that it takes.
    pub needed: usize,
}

/// A reader who was taught by all pages but one.
#[derive(Debug)]
pub struct Taught<'a> {
    page: &'a Page,
    weights: Marks,
    /// The number of decisions that it has learned from.
    pub learned_from: usize,
}

/// How well a single mark predicts the best choice in a course, if one always takes the choice with most of it, or least.
#[derive(Debug, Clone)]
pub struct MarkFigures {
    /// Which mark.
    pub name: &'static str,
    /// Taking most of it.
    pub most: Lead,
    /// Taking least of it.
    pub least: Lead,
}

/// How often a rule leads to a best choice; where several choices tie, it takes an equal part of each.
#[derive(Debug, Clone, Copy)]
pub struct Lead {
    /// The number of decisions.
    pub hits: f64,
    /// The number of standard deviations above chance.
    pub z: f64,
}

impl Reader {
    /// Reads every page of a course.
    pub fn of(course: &Course) -> Self {
        let scenarios = course.scenarios.iter().map(|each| (each.file, each.draft, vec![&each.story]));
        let lessons = course.lessons.iter().filter(|each| !each.drills.is_empty()).map(|each| {
            let stories = each.drills.values().map(|drill| &drill.story).collect();
            (each.file, each.draft, stories)
        });
        let pages = parallel::map(scenarios.chain(lessons).collect(), |(file, draft, stories)| {
            Page::new(file, draft, &stories)
        });
        let mut all = Evidence::default();
        let mut decisions = 0;
        for page in pages.iter().filter(|page| !page.draft) {
            all.add(&page.evidence, 1.0);
            decisions += page.decisions().count();
        }
        Self { pages, all, decisions }
    }

    /// Every decision of the course outside drafts.
    fn decisions(&self) -> impl Iterator<Item = &Seen> {
        self.pages.iter().filter(|page| !page.draft).flat_map(Page::decisions)
    }

    /// Teaches a reader by all pages but `file`.
    ///
    /// # Errors
    /// If these have fewer than `needed` decisions.
    ///
    /// # Panics
    /// If `file` is not a page of the course.
    pub fn taught(&self, file: FileId, needed: usize) -> Result<Taught<'_>, TooFew> {
        let page = self.pages.iter().find(|page| page.file == file).expect("it is a page of the course");
        self.teach(page, needed)
    }

    fn teach<'a>(&self, page: &'a Page, needed: usize) -> Result<Taught<'a>, TooFew> {
        let own = if page.draft { 0 } else { page.decisions().count() };
        let elsewhere = self.decisions - own;
        if elsewhere < needed {
            return Err(TooFew { elsewhere, needed });
        }
        let mut others = self.all.clone();
        if !page.draft {
            others.add(&page.evidence, -1.0);
        }
        Ok(Taught { page, weights: others.weights(), learned_from: elsewhere })
    }

    /// What it finds on all pages together, each read after all others.
    ///
    /// # Errors
    /// If some page has too few others to learn from.
    pub fn whole(&self, needed: usize) -> Result<Reading, TooFew> {
        let pages = self.pages.iter().filter(|page| !page.draft && page.decisions().next().is_some());
        let readings = parallel::map(pages.collect(), |page| Ok(self.teach(page, needed)?.reading()));
        let mut whole = Reading { decisions: 0, hits: 0, chances: Vec::new() };
        for reading in readings {
            let reading = reading?;
            whole.decisions += reading.decisions;
            whole.hits += reading.hits;
            whole.chances.extend(reading.chances);
        }
        if whole.decisions == 0 { Err(TooFew { elsewhere: 0, needed }) } else { Ok(whole) }
    }

    /// How well each mark predicts by itself.
    pub fn marks(&self) -> Vec<MarkFigures> {
        let lead = |at: usize, sign: f64| Lead::of(self.decisions(), |marks| sign * marks[at]);
        let figures = NAMES.iter().enumerate();
        figures.map(|(at, name)| MarkFigures { name, most: lead(at, 1.0), least: lead(at, -1.0) }).collect()
    }
}

impl Page {
    fn new(file: FileId, draft: bool, stories: &[&Story]) -> Self {
        let mut page = Self { file, draft, stories: Vec::new(), evidence: Evidence::default() };
        page.stories = stories.iter().map(|story| Seen::by_node(story)).collect();
        for seen in page.stories.iter().flatten().flatten() {
            page.evidence.decision(&seen.rows, &seen.best);
        }
        page
    }

    fn decisions(&self) -> impl Iterator<Item = &Seen> {
        self.stories.iter().flatten().flatten()
    }
}

impl Seen {
    fn by_node(story: &Story) -> Vec<Option<Self>> {
        let nodes = story.engine.graph().nodes.iter().map(|node| {
            let (rules, words) = (node.decision.as_ref()?, story.decision(&node.id)?);
            Some(Self {
                rows: words.choices.iter().map(|choice| marks(&Plain::of(&choice.text.markdown))).collect(),
                best: rules.choices.iter().map(scenario_wasm::Choice::is_strongest).collect(),
            })
        });
        nodes.collect()
    }

    /// The probability of taking a best choice blindly.
    fn chance(&self) -> f64 {
        self.best.iter().filter(|best| **best).count() as f64 / self.best.len() as f64
    }

    /// The choice that looks most like a best one; the first of any that tie.
    fn pick(&self, weights: &Marks, among: impl Iterator<Item = usize>) -> usize {
        let look =
            |at: usize| self.rows[at].iter().zip(weights).map(|(mark, weight)| mark * weight).sum::<f64>();
        let first =
            among.map(|at| (at, look(at))).reduce(|one, other| if other.1 > one.1 { other } else { one });
        first.expect("a choice is open").0
    }
}

impl Reading {
    /// The number of decisions that chance would give it.
    pub fn due(&self) -> f64 {
        self.chances.iter().sum()
    }

    /// The probability of as many hits or more by picking blindly (one-sided, binomial with a probability for each
    /// decision).
    pub fn chance(&self) -> f64 {
        at_least(self.hits, &self.chances)
    }

    /// The share of decisions in which it takes a best choice.
    pub fn share(&self) -> f64 {
        self.hits as f64 / self.decisions.max(1) as f64
    }
}

impl Taught<'_> {
    /// What it finds on its page.
    pub fn reading(&self) -> Reading {
        let chances: Vec<f64> = self.page.decisions().map(Seen::chance).collect();
        let finds = |seen: &&Seen| seen.best[seen.pick(&self.weights, 0..seen.rows.len())];
        let hits = self.page.decisions().filter(finds).count();
        Reading { decisions: chances.len(), hits, chances }
    }

    /// How it plays `story`, which is the first on its page, as a scenario's is.
    pub fn play(&self, story: &Story) -> Played {
        let seen = &self.page.stories[0];
        play(story, |node, open, _, _| {
            let here = seen[node].as_ref().expect("a choice is made at a decision");
            here.pick(&self.weights, open.iter().copied())
        })
    }
}

impl Lead {
    fn of<'a>(decisions: impl Iterator<Item = &'a Seen>, measure: impl Fn(&Marks) -> f64) -> Self {
        let (mut hits, mut due, mut variance) = (0.0, 0.0, 0.0);
        for seen in decisions {
            let values: Vec<f64> = seen.rows.iter().map(&measure).collect();
            let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let first = values.iter().zip(&seen.best).filter(|(value, _)| **value >= most);
            let (alike, best) =
                first.fold((0.0, 0.0), |(all, own), (_, best)| (all + 1.0, own + f64::from(u8::from(*best))));
            let chance = seen.chance();
            hits += best / alike;
            due += chance;
            variance += chance * (1.0 - chance);
        }
        let z = if variance > 0.0 { (hits - due) / variance.sqrt() } else { 0.0 };
        Self { hits, z }
    }
}
