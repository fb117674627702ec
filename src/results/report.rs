//! A class in the course's words: names for ids, shares for counts. The terminal, the page and templates show it.

mod shape;

use std::io;

use scenario_wasm::class::{Class, Group, Reason, Row, Spread, UnreadCode};
use scenario_wasm::code::{Fault, Reporting};

use super::people::{self, Listed, People};
use super::{Library, Reading};
use crate::course::{Decision, Model, Text as Prose};
use crate::markdown::plain::plain;
use crate::theme::{self, Theme};

use shape::{Common, Marks};
pub(super) use shape::{Hardest, PlayRow, Played, Scores};
pub use shape::{Report, UnreadLine};

/// The number of words that are enough to recognize a text.
const WORDS: usize = 12;

impl Report {
    /// The report of a class.
    pub fn new(library: &Library, reading: &mut Reading<'_>, list: Option<&[Listed]>) -> Self {
        let (mut marks, mut people) = (Marks::default(), People::new(list.unwrap_or_default()));
        reading.figures(|row| {
            marks.unverified |= !row.result.verified;
            marks.moved |= row.result.moved;
            marks.now |= row.result.now.is_some();
            people.add(row);
        });
        let class = &reading.class;
        let named = |id: &str| {
            let skills = library.scenarios.iter().flat_map(|(_, model)| &model.skills);
            skills.into_iter().find(|skill| skill.id == id).map_or(id.to_owned(), |skill| skill.name.clone())
        };
        let scenarios: Vec<Played> = class.groups.iter().map(|group| played(library, group)).collect();
        let (teach, teach_scenario) = (class.teach.skill, class.teach.decision.map(|(group, _)| group));
        let opens = |slug: &str| {
            let all =
                library.lessons.iter().filter(|lesson| lesson.scenarios.iter().any(|each| each == slug));
            all.map(|lesson| lesson.title.clone()).collect()
        };
        let people = people.end(&class.groups);
        Self {
            course: library.settings.title.clone(),
            reporting: library.settings.reporting.name(),
            counted: class.groups.iter().map(|group| group.count).sum(),
            passed: class.groups.iter().map(|group| group.passed).sum(),
            roster: list.map(|list| people::roster(list, &people)),
            people,
            person: None,
            skills: class.skills.iter().map(|(id, spread)| scores(named(id), spread)).collect(),
            rows: Vec::new(),
            lessons: teach_scenario.map(|at| opens(&scenarios[at].slug)).unwrap_or_default(),
            scenarios,
            troubles: troubles(library, class, reading.names),
            repeated: class.repeated,
            teach_skill: teach,
            teach_scenario,
            marks,
        }
    }

    /// Keeps the rows, for formats that show everything at once.
    pub fn keep(&mut self, library: &Library, reading: &mut Reading<'_>) {
        let kept = library.each(reading, |row| {
            self.rows.push(row);
            Ok(())
        });
        kept.expect("nothing is written");
    }
}

/// What could not be read, in the order of the texts.
pub fn troubles(library: &Library, class: &Class, names: &[&str]) -> Vec<UnreadLine> {
    let place = |file: usize, line: usize| format!("{}:{line}", names[file]);
    let lines = class.unread.iter().map(|unread| UnreadLine {
        place: place(unread.file, unread.line),
        code: unread.code.clone(),
        says: says(library, unread, &place),
    });
    lines.collect()
}

impl Library {
    /// Passes on each row of a class in words; the skills must be known by then.
    ///
    /// # Errors
    /// The first error of `each`.
    pub fn each(
        &self,
        reading: &mut Reading<'_>,
        mut each: impl FnMut(PlayRow) -> io::Result<()>,
    ) -> io::Result<()> {
        let (names, skills) = (reading.names, reading.class.skills.clone());
        reading.rows(|row| each(line(self, &skills, row, format!("{}:{}", names[row.file], row.line))))
    }
}

fn scores(name: String, spread: &Spread) -> Scores {
    let mean = format!("{}.{}", spread.mean / 10, spread.mean % 10);
    Scores { name, count: spread.count, mean, ranks: spread.ranks }
}

fn line(library: &Library, skills: &[(String, Spread)], row: &Row, place: String) -> PlayRow {
    let (scenario, model) = &library.scenarios[row.scenario];
    let result = &row.result;
    let score = |(id, _): &(String, Spread)| {
        let score = result.skills.iter().find(|(skill, _)| model.skills[*skill].id == *id);
        score.map(|(_, score)| *score)
    };
    PlayRow {
        who: row.who.clone(),
        scenario: scenario.title.clone(),
        slug: scenario.slug.clone(),
        last: result.final_,
        skills: skills.iter().map(score).collect(),
        band: model.bands.get(result.band).map(|band| band.name.clone()).unwrap_or_default(),
        pass: result.pass,
        mastery: result.mastery,
        attempt: row.attempt,
        attempts: row.attempts,
        counts: row.counts,
        verified: result.verified,
        moved: result.moved,
        now: result.now.map(|now| now.final_),
        place,
    }
}

/// A share in percent, rounded half up.
fn share(part: usize, of: usize) -> usize {
    (200 * part + of) / (2 * of).max(1)
}

fn played(library: &Library, group: &Group) -> Played {
    let (scenario, model) = &library.scenarios[group.scenario];
    let id = |node: u16| scenario.story.engine.graph().nodes[usize::from(node)].id.clone();
    let of = group.replayed;
    Played {
        title: scenario.title.clone(),
        slug: scenario.slug.clone(),
        count: group.count,
        passed: group.passed,
        share: share(group.passed, group.count),
        finals: scores(String::new(), &group.finals),
        skills: group
            .skills
            .iter()
            .map(|(skill, spread)| scores(model.skills[*skill].name.clone(), spread))
            .collect(),
        hidden: group.hidden && library.settings.reporting == Reporting::Full,
        hardest: group.hardest().map(|at| {
            let met = &group.decisions[at];
            let (node, worst) = (id(met.node), met.worst().unwrap_or_default());
            Hardest {
                says: scenario.story.decision(&node).map(first_words).unwrap_or_default(),
                node,
                worst,
                count: met.count,
                share: share(worst, met.count),
            }
        }),
        early: group.early.first().map(|(node, skill, count)| Common {
            name: model.skills[usize::from(*skill)].name.clone(),
            node: id(*node),
            count: *count,
            of,
        }),
        slip: group.slips.first().map(|(slip, count)| Common {
            name: slip_name(model, usize::from(*slip)),
            node: String::new(),
            count: *count,
            of,
        }),
        endings: group
            .endings
            .iter()
            .map(|(node, count)| Common {
                name: scenario
                    .story
                    .ending(&id(*node))
                    .map(|ending| ending.title.clone())
                    .unwrap_or_default(),
                node: id(*node),
                count: *count,
                of,
            })
            .collect(),
    }
}

fn slip_name(model: &Model, slip: usize) -> String {
    model.slips.get(slip).map(|slip| slip.name.clone()).unwrap_or_default()
}

/// The first words of a decision: what the customer says, or what the trainee sees.
pub(crate) fn first_words(decision: &Decision) -> String {
    let text = decision.says.as_ref().or(decision.scene.as_ref());
    text.map(opening).unwrap_or_default()
}

/// The first words of a text.
pub(crate) fn opening(text: &Prose) -> String {
    let text = plain(&text.markdown);
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.iter().take(WORDS).copied().collect::<Vec<_>>().join(" ");
    if words.len() <= WORDS {
        return first;
    }
    // What was cut off may have been the end of a quotation.
    let marks = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»')];
    let open = marks
        .iter()
        .find(|(open, close)| first.strip_prefix(*open).is_some_and(|rest| !rest.contains(*close)));
    open.map_or_else(|| format!("{first} …"), |(_, close)| format!("{first} …{close}"))
}

/// What is wrong, and what to do about it.
fn says(library: &Library, code: &UnreadCode, place: &impl Fn(usize, usize) -> String) -> String {
    let title = |at: usize| &library.scenarios[at].0.title;
    match code.reason {
        Reason::Unread(Fault::Newer) => {
            "this code was made by a newer version of amends; update the program".to_owned()
        }
        Reason::Unread(Fault::Checksum | Fault::Shape) => {
            "this looks like a code but its checksum is wrong: a character or the name was misread, or something is missing"
                .to_owned()
        }
        Reason::Unread(Fault::Nameless) => {
            "this looks like a code but its checksum is wrong: a character was misread, or the name is missing; `~` and the name after it belong to the code"
                .to_owned()
        }
        Reason::Unread(Fault::Content | Fault::Path | Fault::Moved) => {
            "this code is complete, but no code can have this content".to_owned()
        }
        Reason::Unknown => {
            "this course has no such scenario: it was played in another course, or the scenario was renamed".to_owned()
        }
        Reason::Moved(at) => format!(
            "this code was made with another version of “{}”, which is not in content/history.lock, and its choices cannot be found in this one",
            title(at)
        ),
        Reason::Path(at) => format!("no play of “{}” has these choices", title(at)),
        Reason::Borrowed { file, line } => {
            format!("this is the same play as {}, under another name; it is not counted again", place(file, line))
        }
    }
}

impl Report {
    /// The report as a page of its own, with the theme's template `class.html`.
    ///
    /// # Errors
    /// When the template fails.
    pub fn html(&self, theme: &Theme) -> Result<String, theme::Error> {
        let mut context = tera::Context::new();
        context.insert("report", self);
        context.insert("strings", theme.strings().tree());
        context.insert("language", theme.strings().language());
        context.insert("dir", theme.strings().dir());
        theme.render("class.html", &context)
    }
}
