//! What the course that ships must hold: enough of everything, nothing unfinished, nothing left over.
//!
//! The lints of a full library look at much of this, too. Here it is said apart from them, so that tuning a lint cannot
//! thin out the course in silence.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use amends::course::{Channel, Course, Decision, Ending, EndingKind, Failure, Node, Scenario};
use amends::load::load;

/// The model that the course teaches by. Scenarios in other models are guests and count for nothing but their model.
const HOUSE: &str = "leaa";

fn shipped() -> Course {
    let site = Path::new(env!("CARGO_MANIFEST_DIR"));
    load(site).expect("the folder can be read").course.expect("no errors, so a course")
}

/// The scenarios in the model that the course teaches by.
fn library(course: &Course) -> Vec<&Scenario> {
    let house = |scenario: &&Scenario| course.models[scenario.story.model].id == HOUSE;
    course.scenarios.iter().filter(house).collect()
}

fn decisions(scenario: &Scenario) -> impl Iterator<Item = &Decision> {
    scenario.story.nodes.iter().filter_map(|node| match node {
        Node::Decision(decision) => Some(decision),
        Node::Ending(_) => None,
    })
}

fn endings(scenario: &Scenario) -> impl Iterator<Item = &Ending> {
    scenario.story.nodes.iter().filter_map(|node| match node {
        Node::Ending(ending) => Some(ending),
        Node::Decision(_) => None,
    })
}

/// The text of a lesson without its drills, which are played and not read.
fn prose(markdown: &str) -> String {
    let mut fences = markdown.split("```");
    let mut prose = fences.next().unwrap_or_default().to_owned();
    while let (Some(block), after) = (fences.next(), fences.next()) {
        if !block.starts_with("drill") {
            prose.push_str(block);
        }
        prose.push_str(after.unwrap_or_default());
    }
    prose
}

#[test]
fn nine_lessons_and_a_reference_page() {
    let course = shipped();
    assert_eq!(course.lessons.len(), 10);
    for (at, lesson) in course.lessons.iter().enumerate() {
        let reference = at == 9;
        let blocks = |kind: &str| lesson.body.markdown.matches(&format!("```{kind}\n")).count();
        // Six to nine minutes at an unhurried pace.
        let words = prose(&lesson.body.markdown).split_whitespace().count();
        assert!((1200..=1900).contains(&words), "{}: {words} words", lesson.slug);
        assert_eq!(blocks("drill"), if reference { 0 } else { 3 }, "{}", lesson.slug);
        assert_eq!(
            blocks("dialogue"),
            if reference { 0 } else { 2 },
            "{}: one done well, one badly",
            lesson.slug
        );
        assert!(lesson.body.markdown.contains("\n## Reflection\n"), "{}", lesson.slug);
        assert!(lesson.minutes.is_some_and(|minutes| (6..=9).contains(&minutes)), "{}", lesson.slug);
        assert!(!lesson.scenarios.is_empty() && !lesson.objectives.is_empty(), "{}", lesson.slug);
        assert!(!lesson.draft && !lesson.summary.is_empty(), "{}", lesson.slug);
    }
}

#[test]
fn every_lesson_links_to_the_scenarios_that_it_opens() {
    let course = shipped();
    for lesson in &course.lessons {
        for &opened in &lesson.scenarios {
            let link = format!("(../scenarios/{}.yaml)", course.scenarios[opened].slug);
            assert!(lesson.body.markdown.contains(&link), "{} does not lead to {link}", lesson.slug);
        }
    }
    let opened: BTreeSet<usize> = course.lessons.iter().flat_map(|lesson| lesson.scenarios.clone()).collect();
    assert_eq!(opened.len(), course.scenarios.len(), "each scenario is opened by a lesson");
}

#[test]
fn twelve_scenarios_cover_failures_channels_and_difficulties() {
    let course = shipped();
    let library = library(&course);
    assert_eq!(library.len(), 12);
    for failure in [Failure::Unavailable, Failure::Late, Failure::Incorrect, Failure::Uncaring] {
        let count = library.iter().filter(|scenario| scenario.failure == failure).count();
        assert!(count >= 2, "{failure:?}: {count}");
    }
    for channel in [Channel::Phone, Channel::Email, Channel::Chat, Channel::Social, Channel::InPerson] {
        assert!(library.iter().any(|scenario| scenario.channel == channel), "{channel:?}");
    }
    for difficulty in 1..=3 {
        let count = library.iter().filter(|scenario| scenario.difficulty == Some(difficulty)).count();
        assert!(count >= 2, "difficulty {difficulty}: {count}");
    }
    for scenario in &course.scenarios {
        assert!(scenario.minutes.is_some() && scenario.industry.is_some(), "{}", scenario.slug);
        assert_eq!(scenario.subject.is_some(), scenario.channel == Channel::Email, "{}", scenario.slug);
        assert_eq!(scenario.handle.is_some(), scenario.channel == Channel::Social, "{}", scenario.slug);
    }
}

#[test]
fn every_objective_is_taught_and_practiced() {
    let course = shipped();
    assert!((40..=50).contains(&course.objectives.len()), "{}", course.objectives.len());
    for (at, objective) in course.objectives.iter().enumerate() {
        assert!(objective.level.is_some(), "{}", objective.id);
        assert!(
            course.lessons.iter().any(|lesson| lesson.objectives.contains(&at)),
            "taught: {}",
            objective.id
        );
        let practiced = library(&course).iter().any(|scenario| scenario.objectives.contains(&at));
        assert!(practiced, "practiced: {}", objective.id);
    }
    for scenario in &course.scenarios {
        let count = scenario.objectives.len();
        assert!((3..=5).contains(&count), "{} practices {count}", scenario.slug);
    }
}

#[test]
fn every_scenario_can_end_well_so_so_and_badly() {
    for scenario in &shipped().scenarios {
        assert!(endings(scenario).count() >= 3, "{}", scenario.slug);
        for kind in [EndingKind::Good, EndingKind::Mixed, EndingKind::Poor] {
            assert!(endings(scenario).any(|ending| ending.kind == kind), "{}: {kind:?}", scenario.slug);
        }
    }
}

#[test]
fn every_choice_speaks_in_the_debrief() {
    for scenario in &shipped().scenarios {
        for decision in decisions(scenario) {
            for choice in &decision.choices {
                let at = format!("{}: {}/{}", scenario.slug, decision.id, choice.id);
                let short = choice.short.as_deref().unwrap_or_else(|| panic!("{at}: no `short`"));
                assert!(short.split_whitespace().count() <= 9, "{at}: `{short}`");
                assert!(choice.act.is_some(), "{at}: no `move`");
                let weak = choice.ratings.iter().all(|&rating| rating < 2);
                assert!(!weak || choice.trap.is_some(), "{at}: no `trap`");
            }
        }
    }
}

#[test]
fn every_model_is_used_and_has_its_words() {
    let course = shipped();
    let used: BTreeMap<&str, usize> = course
        .models
        .iter()
        .enumerate()
        .map(|(at, model)| {
            (model.id.as_str(), course.scenarios.iter().filter(|scenario| scenario.story.model == at).count())
        })
        .collect();
    let expected = [("heard", 1), ("last", 1), ("latte", 1), (HOUSE, 12), ("outage", 1)];
    assert_eq!(used, BTreeMap::from(expected));
    for model in &course.models {
        assert!(model.skills.iter().all(|skill| skill.levels.len() == 4), "{}", model.id);
        assert_eq!((model.bands.len(), model.skill_levels.len()), (5, 4), "{}", model.id);
        let at = course.models.iter().position(|other| other.id == model.id).expect("it is one of them");
        let played = || course.scenarios.iter().filter(|scenario| scenario.story.model == at);
        for (skill, words) in model.skills.iter().enumerate() {
            let tested = played().flat_map(decisions).any(|decision| decision.tests.contains(&skill));
            assert!(tested, "{}: no decision tests {}", model.id, words.id);
        }
    }
}

/// The source text of all content: nothing in it waits to be written.
#[test]
fn nothing_is_unfinished() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut folders = vec![content];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let text = std::fs::read_to_string(&path).unwrap();
            for word in ["TODO", "FIXME", "XXX", "TBD", "lorem", "Lorem"] {
                assert!(!text.contains(word), "{}: {word}", path.display());
            }
        }
    }
    assert!(files >= 10 + 16 + 5, "{files} files");
}
