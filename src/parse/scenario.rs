//! `content/scenarios/SLUG.yaml` as typed, the files that it includes, and drills, which are small scenarios.

use serde_json::json;

use crate::course::{Channel, FAILURES};
use crate::diag::{Code, Diagnostics};
use crate::parse::At;
use crate::parse::allow::{RawAllow, allow};
use crate::parse::choice::{RawChoice, RawWay};
use crate::parse::collection::{list, names};
use crate::parse::decode::{Decode, custom, naming};
use crate::parse::expect::{EXPECT, RawExpect};
use crate::parse::id::check_id;
use crate::parse::mapping::{Mapping, keyed};
use crate::parse::misplaced_nodes::{gathered, has_repeated_names};
use crate::parse::node::{RawDecision, RawEnding, RawKind, RawNode, Shape, nodes};
use crate::parse::portrait::{RawPortrait, portrait};
use crate::parse::scalar::{ADDRESS, ID, NAME, Name, Pattern, Plain, Text, Word, Words, number};
use crate::parse::yaml::{self, Origin, Value};
use crate::source::{FileId, Span};

keyed! {
    /// A branching conversation about one service failure.
    #[derive(Debug, Clone)]
    pub struct RawScenario ["scenario", "a scenario"] |reader| {
        /// Its file.
        pub file: FileId => reader.span().file,
        /// The heading of the page.
        pub title: Option<At<String>> = need(Plain),
        /// One or two sentences for the list of scenarios.
        pub summary: Option<At<String>> = need(Plain),
        /// Who the trainee is: "You answer the phone for a furniture shop."
        pub role: Option<At<String>> = need(Plain),
        /// What the trainee should achieve.
        pub goal: Option<At<String>> = need(Plain),
        /// What went wrong: one of its model's `failures`, or, if it has none: unavailable, late, incorrect, uncaring.
        pub failure: Option<At<String>> = need(failure()),
        /// Whose doing it is: ours (by default), others' such as a supplier's or the customer's, or nobody's, such as a
        /// storm.
        pub fault: Option<At<String>> = may(Word(FAULTS)),
        /// The industry of the company.
        pub industry: Option<At<String>> = may(Text),
        /// 1 for beginners, to 3.
        pub difficulty: Option<At<u8>> = may(number(1..=3)),
        /// How long it takes.
        pub minutes: Option<At<u32>> = may(number(1..=600)),
        /// What it practices: ids in content/objectives.yaml.
        pub objectives: Vec<At<String>> = may(list(Name.naming(naming::OBJECTIVE))).unwrap_or_default(),
        /// Former addresses: old file names without .yaml, which redirect here.
        pub aliases: Vec<At<String>> = may(list(Pattern(ADDRESS))).unwrap_or_default(),
        /// true: left out when the site is published.
        pub draft: bool = flag(),
        /// The subject line, for channel: email.
        pub subject: Option<At<String>> = may(Plain),
        /// The customer's handle, for channel: social.
        pub handle: Option<At<String>> = may(Plain),
        /// How many people like the first post, for channel: social.
        pub likes: Option<At<u32>> = may(number(0..=COUNTED)),
        /// How many people have commented on it.
        pub comments: Option<At<u32>> = may(number(0..=COUNTED)),
        /// true: some skills may go untested, because the scenario drills others.
        pub skill_drill: bool = flag(),
        /// Files with more nodes, relative to this one.
        pub includes: Vec<At<String>> = may(list(Name)).unwrap_or_default(),
        /// Your own tests: plays with an expected result, and statements about all plays.
        pub expect: Vec<RawExpect> = may(list(EXPECT)).unwrap_or_default(),
        /// Checks to ignore here, each with the reason.
        pub allow: Vec<RawAllow> = may(allow()).unwrap_or_default(),
        /// Whether it has a key that only scenarios have, so that others cannot include it.
        pub stands_alone: bool => false,
        /// The part that is played.
        pub story: RawStory => RawStory::ask(reader, Shape::Scenario)?,
        /// For yourself; never published.
        pub note: Option<At<String>> = may(Text),
    }
}

keyed! {
    /// What a scenario and a drill have in common: the part that is played.
    #[derive(Debug, Clone)]
    pub struct RawStory |reader, shape: Shape| {
        /// Where faults of the whole story are reported.
        pub span: Span => reader.span(),
        /// Whether everything in it could be read; if not, playing it would report faults that nobody made.
        pub whole: bool => true,
        /// Whether some nodes could not be read; an unknown name may then be one of them.
        pub lacks_nodes: bool => false,
        /// Where they talk; decides how the page looks.
        pub channel: Option<At<Channel>> = need_if(shape == Shape::Scenario, Words(Channel::NAMES)),
        /// Whom the trainee talks to.
        pub customer: Option<RawCustomer> = need_if(shape == Shape::Scenario, RawCustomer::KEYS),
        /// The node at which it begins, a decision.
        pub start: Option<At<String>> = need_if(shape == Shape::Scenario, Name.naming(naming::NODE)),
        /// The moments of the conversation, by name: decisions and endings.
        pub nodes: Vec<RawNode> = need(nodes(shape)).unwrap_or_default(),
        /// The recovery model that scores it: a file in content/models. By default leaa.
        pub model: Option<At<String>> = may(Name.naming(naming::MODEL)),
        /// Skills that count as opened before the first choice.
        pub already: Vec<At<String>> = may(list(Name.naming(naming::SKILL))).unwrap_or_default(),
        /// Each flag in words, for those who read instead of play: "you had promised a van".
        pub flags: Vec<(At<String>, At<String>)> = may(flags()).unwrap_or_default(),
    }
}

keyed! {
    /// Whom the trainee talks to.
    #[derive(Debug, Clone)]
    pub struct RawCustomer ["customer", "a customer"] |reader| {
        /// As the conversation shows it.
        pub name: Option<At<String>> = need(Plain),
        /// Before the first choice: under 20 furious, under 40 angry, under 60 frustrated, under 80 settled, else won back.
        pub goodwill: Option<At<u8>> = need(number(0..=100)),
        /// What the trainee may know in advance.
        pub about: Option<At<String>> = may(Plain),
        /// The pronoun in sentences about them.
        pub pronoun: Option<At<String>> = may(Word(PRONOUNS)),
        /// What they look like: parts to draw, a list of them for a group, or a picture of your own.
        pub portrait: Option<RawPortrait> = may(portrait()),
    }
}

keyed! {
    /// A small scenario within a lesson: a fenced block `drill`.
    #[derive(Debug, Clone)]
    pub struct RawDrill ["drill", "a drill"] |reader| {
        /// The byte of the file at which its block starts.
        pub at: usize => 0,
        /// Its heading.
        pub title: Option<At<String>> = may(Plain),
        /// The part that is played.
        pub story: RawStory => RawStory::ask(reader, Shape::Drill)?,
    }
}

const INCLUDE: Mapping<Vec<RawNode>> = Mapping {
    name: "include",
    what: "an included file",
    says: "Nodes that several scenarios share.",
    keys: |reader| reader.need("nodes", nodes(Shape::Scenario), "Decisions and endings, by name."),
};

fn flags() -> impl Decode<Output = Vec<(At<String>, At<String>)>> {
    names(ID, Text).checked(|flag, diags| check_id(flag, "a flag", diags))
}

/// A name from the model; editors offer the default ones.
fn failure() -> impl Decode<Output = At<String>> {
    custom(
        |value, key, diags| Name.read(value, key, diags),
        |definitions| json!({ "anyOf": [Word(&FAILURES).schema(definitions), Pattern(NAME).schema(definitions)] }),
    )
}

/// The highest number of likes or comments that a post can show.
const COUNTED: u32 = 1_000_000_000;
const FAULTS: &[&str] = &["ours", "others", "nobody"];
const PRONOUNS: &[&str] = &["she", "he", "they"];

/// Reads a scenario's file.
pub fn parse(file: FileId, text: &str, diags: &mut Diagnostics) -> Option<RawScenario> {
    let before = diags.meaning_errors();
    let value = gathered(yaml::parse_file(file, text, diags)?, diags);
    let mut scenario = RawScenario::KEYS.read_at(&value, top(file, &value), diags)?;
    scenario.story.whole = diags.meaning_errors() == before;
    scenario.story.lacks_nodes = has_repeated_names(&value);
    scenario.stands_alone = stands_alone(&value);
    Some(scenario)
}

/// Where faults of a whole file are reported: at its first key, or its first byte.
fn top(file: FileId, value: &Value) -> Span {
    value.entries().first().map_or(Span::new(file, 0, 0), |entry| entry.key.span)
}

/// Reads an included file, which has only nodes. `None` if it is a scenario of its own, which cannot be included.
pub fn parse_include(file: FileId, text: &str, diags: &mut Diagnostics) -> Option<Vec<RawNode>> {
    let mut found = Diagnostics::default();
    let value = yaml::parse_file(file, text, &mut found);
    let value = value.map(|value| gathered(value, &mut found));
    if value.as_ref().is_some_and(stands_alone) {
        return None;
    }
    diags.append(found);
    let nodes = value.and_then(|value| INCLUDE.read_at(&value, top(file, &value), diags));
    Some(nodes.unwrap_or_default())
}

/// Whether it has a key that only scenarios have.
fn stands_alone(value: &Value) -> bool {
    ["title", "customer", "start", "includes"].iter().any(|key| value.get(key).is_some())
}

/// Reads the YAML of a drill; `at` is the byte of the file at which its block starts.
pub fn parse_drill(
    at: usize,
    span: Span,
    text: &str,
    origin: &Origin,
    diags: &mut Diagnostics,
) -> Option<RawDrill> {
    let before = diags.meaning_errors();
    let value = gathered(yaml::parse(text, origin, diags)?, diags);
    let mut drill = RawDrill { at, ..RawDrill::KEYS.read_at(&value, span, diags)? };
    let story = &mut drill.story;
    let decisions = story.decisions().count();
    if decisions > 2 {
        let message = format!("a drill has one or two decisions, but this has {decisions}");
        diags.error(Code::BadValue, span, message, "make it a scenario, or two drills");
    }
    story.whole = diags.meaning_errors() == before;
    story.lacks_nodes = has_repeated_names(&value);
    complete(story);
    Some(drill)
}

/// The id of the implicit ending of a drill.
pub const DRILL_END: &str = "end";

/// Fills in what a drill may omit: the first decision as the start, ways, and the end.
fn complete(story: &mut RawStory) {
    let decisions: Vec<At<String>> = story.decisions().map(|(node, _)| node.id.clone()).collect();
    if story.start.is_none() {
        story.start = decisions.first().cloned();
    }
    let mut following = decisions.into_iter().skip(1);
    let mut ends = false;
    for node in &mut story.nodes {
        let RawKind::Decision(decision) = &mut node.kind else { continue };
        let next = following.next().map_or(DRILL_END.to_owned(), |id| id.value);
        for choice in decision.choices.iter_mut().filter(|choice| choice.then.is_empty()) {
            ends |= next == DRILL_END;
            choice.then = vec![RawWay { when: None, to: At::new(next.clone(), choice.id.span) }];
        }
    }
    if ends && !story.nodes.iter().any(|node| node.id.value == DRILL_END) {
        let id = At::new(DRILL_END.to_owned(), story.span);
        story.nodes.push(RawNode { id, kind: RawKind::Ending(Box::new(implicit_end(story.span))) });
    }
}

impl RawStory {
    /// The decisions, each with its node.
    pub fn decisions(&self) -> impl Iterator<Item = (&RawNode, &RawDecision)> {
        self.nodes.iter().filter_map(|node| match &node.kind {
            RawKind::Decision(decision) => Some((node, &**decision)),
            RawKind::Ending(_) | RawKind::Unread => None,
        })
    }

    /// Every choice.
    pub fn choices(&self) -> impl Iterator<Item = &RawChoice> {
        self.decisions().flat_map(|(_, decision)| &decision.choices)
    }
}

fn implicit_end(span: Span) -> RawEnding {
    let nothing = || Some(At::new(String::new(), span));
    let ending = Some(At::new(crate::course::EndingKind::Mixed, span));
    RawEnding { ending, title: nothing(), text: nothing(), media: None }
}
