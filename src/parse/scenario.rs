//! `content/scenarios/SLUG.yaml` as typed, the files that it includes, and drills, which are small scenarios.
#![expect(missing_docs, reason = "a field is the key of its name, as the author typed it")]

use crate::course::{Channel, Failure};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::decode::{
    Reader, boolean, check_id, entries, list, number, one_of, picture, text, word_of,
};
use crate::parse::expect::{RawExpect, expect};
use crate::parse::node::{
    RawAllow, RawChoice, RawDecision, RawEnding, RawKind, RawNode, RawWay, Shape, allow, nodes,
};
use crate::parse::yaml::{self, Kind, Origin, Value};
use crate::parse::{At, RawPicture};
use crate::source::{FileId, Span};

/// What a scenario and a drill have in common: the part that is played.
#[derive(Debug, Clone)]
pub struct RawStory {
    /// Where faults of the whole are told.
    pub span: Span,
    /// Whether everything in it could be read; if not, playing it would tell faults that nobody made.
    pub whole: bool,
    pub model: Option<At<String>>,
    pub channel: Option<At<Channel>>,
    pub customer: Option<RawCustomer>,
    pub already: Vec<At<String>>,
    pub flags: Vec<(At<String>, At<String>)>,
    pub start: Option<At<String>>,
    pub nodes: Vec<RawNode>,
}

impl RawStory {
    /// The decisions with their nodes.
    pub fn decisions(&self) -> impl Iterator<Item = (&RawNode, &RawDecision)> {
        self.nodes.iter().filter_map(|node| match &node.kind {
            RawKind::Decision(decision) => Some((node, &**decision)),
            RawKind::Ending(_) => None,
        })
    }

    /// Every choice.
    pub fn choices(&self) -> impl Iterator<Item = &RawChoice> {
        self.decisions().flat_map(|(_, decision)| &decision.choices)
    }
}

/// A scenario's file.
#[derive(Debug, Clone)]
pub struct RawScenario {
    pub file: FileId,
    pub title: Option<At<String>>,
    pub summary: Option<At<String>>,
    pub role: Option<At<String>>,
    pub goal: Option<At<String>>,
    pub failure: Option<At<Failure>>,
    pub fault: Option<At<String>>,
    pub industry: Option<At<String>>,
    pub difficulty: Option<At<u8>>,
    pub minutes: Option<At<u32>>,
    pub objectives: Vec<At<String>>,
    pub aliases: Vec<At<String>>,
    pub draft: bool,
    pub subject: Option<At<String>>,
    pub handle: Option<At<String>>,
    pub skill_drill: bool,
    pub includes: Vec<At<String>>,
    pub expect: Vec<RawExpect>,
    pub allow: Vec<RawAllow>,
    pub story: RawStory,
}

/// A `drill` block of a lesson.
#[derive(Debug, Clone)]
pub struct RawDrill {
    /// The byte of the file at which the fenced block begins.
    pub at: usize,
    pub title: Option<At<String>>,
    pub story: RawStory,
}

#[derive(Debug, Clone)]
pub struct RawCustomer {
    pub name: Option<At<String>>,
    pub about: Option<At<String>>,
    pub goodwill: Option<At<u8>>,
    pub pronoun: Option<At<String>>,
    pub portrait: Option<RawPicture>,
}

/// Whose doing the failure is.
pub(crate) const FAULTS: &[&str] = &["ours", "others", "nobody"];
pub(crate) const PRONOUNS: &[&str] = &["she", "he", "they"];

/// Reads a scenario's file.
pub fn parse(file: FileId, text_: &str, diags: &mut Diagnostics) -> Option<RawScenario> {
    let value = yaml::parse(text_, &Origin::whole(file, 0, text_), diags)?;
    let span = top(file, &value);
    let before = diags.misreadings();
    let mut reader = Reader::open(&value, "a scenario", span, diags)?;
    let mut scenario = RawScenario {
        file,
        title: reader.need("title", text),
        summary: reader.need("summary", text),
        role: reader.need("role", text),
        goal: reader.need("goal", text),
        failure: reader.need("failure", one_of(Failure::NAMES)),
        fault: reader.get("fault", word_of(FAULTS)),
        industry: reader.get("industry", text),
        difficulty: reader.get("difficulty", number(1..=3)),
        minutes: reader.get("minutes", number(1..=600)),
        objectives: reader.get("objectives", list(text)).unwrap_or_default(),
        aliases: reader.get("aliases", list(text)).unwrap_or_default(),
        draft: reader.get("draft", boolean).is_some_and(|flag| flag.value),
        subject: reader.get("subject", text),
        handle: reader.get("handle", text),
        skill_drill: reader.get("skill_drill", boolean).is_some_and(|flag| flag.value),
        includes: reader.get("includes", list(text)).unwrap_or_default(),
        expect: reader.get("expect", list(expect)).unwrap_or_default(),
        allow: reader.get("allow", allow).unwrap_or_default(),
        story: RawStory {
            span,
            whole: true,
            model: reader.get("model", text),
            channel: reader.need("channel", one_of(Channel::NAMES)),
            customer: reader.need("customer", customer),
            already: reader.get("already", list(text)).unwrap_or_default(),
            flags: reader.get("flags", flags).unwrap_or_default(),
            start: reader.need("start", text),
            nodes: reader.need("nodes", nodes(Shape::Scenario)).unwrap_or_default(),
        },
    };
    reader.get("note", text);
    reader.close();
    scenario.story.whole = diags.misreadings() == before;
    Some(scenario)
}

/// Where the whole of a file is meant: its first key, or its first byte.
fn top(file: FileId, value: &Value) -> Span {
    match &value.kind {
        Kind::Map(entries) => entries.first().map_or(Span::new(file, 0, 0), |entry| entry.key.span),
        _ => Span::new(file, 0, 0),
    }
}

/// Reads an included file: nodes and nothing else.
pub fn parse_include(file: FileId, text_: &str, diags: &mut Diagnostics) -> Vec<RawNode> {
    let Some(value) = yaml::parse(text_, &Origin::whole(file, 0, text_), diags) else { return Vec::new() };
    let Some(mut reader) = Reader::open(&value, "an included file", top(file, &value), diags) else {
        return Vec::new();
    };
    let found = reader.need("nodes", nodes(Shape::Scenario)).unwrap_or_default();
    reader.close();
    found
}

/// Reads the YAML of a drill; `at` is the byte of the file at which the fenced block begins.
pub fn parse_drill(
    at: usize,
    span: Span,
    text_: &str,
    origin: &Origin,
    diags: &mut Diagnostics,
) -> Option<RawDrill> {
    let value = yaml::parse(text_, origin, diags)?;
    let before = diags.misreadings();
    let mut reader = Reader::open(&value, "a drill", span, diags)?;
    let title = reader.get("title", text);
    let mut story = RawStory {
        span,
        whole: true,
        model: reader.get("model", text),
        channel: reader.get("channel", one_of(Channel::NAMES)),
        customer: reader.get("customer", customer),
        already: reader.get("already", list(text)).unwrap_or_default(),
        flags: reader.get("flags", flags).unwrap_or_default(),
        start: reader.get("start", text),
        nodes: reader.need("nodes", nodes(Shape::Drill)).unwrap_or_default(),
    };
    reader.close();
    let decisions = story.decisions().count();
    if decisions > 2 {
        let fault = Diagnostic::error(
            Code::BadValue,
            span,
            format!("a drill has one or two decisions, and this has {decisions}"),
        );
        diags.push(fault.hint("make it a scenario, or two drills"));
    }
    story.whole = diags.misreadings() == before;
    complete(&mut story);
    Some(RawDrill { at, title, story })
}

/// The id of the ending that a drill need not write.
pub const DRILL_END: &str = "end";

/// Fills in what a drill may leave out: the first decision as the start, ways on, and the end.
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

fn implicit_end(span: Span) -> RawEnding {
    let nothing = || Some(At::new(String::new(), span));
    let ending = Some(At::new(crate::course::EndingKind::Mixed, span));
    RawEnding { ending, title: nothing(), text: nothing(), media: None }
}

fn customer(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<RawCustomer> {
    let mut reader = Reader::open(value, "a customer", value.span, diags)?;
    let customer = RawCustomer {
        name: reader.need("name", text),
        about: reader.get("about", text),
        goodwill: reader.need("goodwill", number(0..=100)),
        pronoun: reader.get("pronoun", word_of(PRONOUNS)),
        portrait: reader.get("portrait", picture),
    };
    reader.close();
    Some(customer)
}

fn flags(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<Vec<(At<String>, At<String>)>> {
    let entries = entries(value, "`flags`", diags)?;
    let read = entries.iter().filter_map(|entry| {
        check_id(&entry.key, "a flag", diags);
        Some((entry.key.clone(), text(&entry.value, &entry.key.value, diags)?))
    });
    Some(read.collect())
}
