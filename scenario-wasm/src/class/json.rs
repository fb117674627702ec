//! A class as JSON text: what the desk reads, and what `amends results --format json` prints, byte for byte.

use alloc::vec::Vec;
use core::ops::Deref;

use super::{Class, Group, Met, Played, Reason, Row, Shelf, Spread, Trouble};
use crate::code::{Fault, Reporting};
use crate::graph::Node;
use crate::json::Json;
use crate::scenario::Scenario;

impl Class {
    /// As JSON. Nodes, choices, skills and slips are ids; scenarios are slugs, or places in `scenarios`.
    pub fn json<S: Deref<Target = Scenario>>(&self, shelf: &Shelf<S>) -> Vec<u8> {
        let mut json = Json::default();
        json.open(b'{');
        json.key("reporting");
        json.text(shelf.reporting().name());
        json.list("rows", &self.rows, |json, each| row(json, each, shelf));
        json.list("troubles", &self.troubles, |json, each| trouble(json, each, shelf));
        json.count("repeated", self.repeated as u64);
        json.list("scenarios", &self.groups, |json, each| group(json, each, shelf));
        json.list("skills", &self.skills, |json, (id, each)| {
            json.open(b'{');
            json.key("skill");
            json.text(id);
            spread(json, each);
            json.close(b'}');
        });
        json.key("teach");
        json.open(b'{');
        json.maybe("skill", self.teach.skill, |json, skill| json.text(&self.skills[skill].0));
        json.maybe("decision", self.teach.decision, |json, (at, decision)| {
            let group = &self.groups[at];
            json.open(b'{');
            json.key("scenario");
            json.text(shelf.slug(group.scenario));
            json.key("node");
            json.text(
                &shelf.scenario(group.scenario).graph().nodes[usize::from(group.decisions[decision].node)].id,
            );
            json.close(b'}');
        });
        json.close(b'}');
        json.close(b'}');
        json.end()
    }
}

impl Reporting {
    /// As in `site.yaml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Scores => "scores",
            Self::Full => "full",
        }
    }
}

impl Reason {
    /// A word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unread(Fault::Newer) => "newer",
            Self::Unread(Fault::Checksum | Fault::Shape) => "checksum",
            Self::Unread(Fault::Content | Fault::Path | Fault::Moved) => "content",
            Self::Unknown => "unknown",
            Self::Moved(_) => "moved",
            Self::Path(_) => "path",
            Self::Borrowed { .. } => "borrowed",
        }
    }
}

fn row<S: Deref<Target = Scenario>>(json: &mut Json, row: &Row, shelf: &Shelf<S>) {
    let Played { last, pass, mastery, band, skills, verified, moved, took, .. } = &row.result;
    let model = &shelf.scenario(row.scenario).graph().model;
    json.open(b'{');
    json.count("file", row.file as u64);
    json.count("line", row.line as u64);
    json.key("who");
    json.quoted(&row.who);
    json.key("scenario");
    json.text(shelf.slug(row.scenario));
    json.count("final", u64::from(*last));
    json.key("skills");
    json.open(b'{');
    for (skill, score) in skills {
        json.count(&model.skills[*skill].id, u64::from(*score));
    }
    json.close(b'}');
    json.count("band", *band as u64);
    json.key("pass");
    json.flag(*pass);
    json.maybe("mastery", *mastery, Json::flag);
    json.count("attempt", row.attempt as u64);
    json.count("attempts", row.attempts as u64);
    json.key("counts");
    json.flag(row.counts);
    json.key("verified");
    json.flag(*verified);
    json.key("moved");
    json.flag(*moved);
    let took = took.filter(|took| took.is_known());
    json.maybe("minutes", took.and_then(|took| took.minutes()), |json, minutes| {
        json.number(u64::from(minutes))
    });
    json.key("code");
    json.quoted(&row.code);
    json.close(b'}');
}

fn trouble<S: Deref<Target = Scenario>>(json: &mut Json, trouble: &Trouble, shelf: &Shelf<S>) {
    json.open(b'{');
    json.count("file", trouble.file as u64);
    json.count("line", trouble.line as u64);
    json.key("reason");
    json.text(trouble.reason.name());
    if let Reason::Moved(place) | Reason::Path(place) = trouble.reason {
        json.key("scenario");
        json.text(shelf.slug(place));
    }
    if let Reason::Borrowed { file, line } = trouble.reason {
        json.count("of_file", file as u64);
        json.count("of_line", line as u64);
    }
    json.key("code");
    json.quoted(&trouble.code);
    json.close(b'}');
}

fn group<S: Deref<Target = Scenario>>(json: &mut Json, group: &Group, shelf: &Shelf<S>) {
    let graph = shelf.scenario(group.scenario).graph();
    let id = |node: u16| graph.nodes[usize::from(node)].id.as_str();
    let skill = |skill: u8| graph.model.skills[usize::from(skill)].id.as_str();
    json.open(b'{');
    json.key("scenario");
    json.text(shelf.slug(group.scenario));
    json.count("count", group.count as u64);
    json.count("passed", group.passed as u64);
    json.key("finals");
    json.open(b'{');
    spread(json, &group.finals);
    json.close(b'}');
    json.list("skills", &group.skills, |json, (at, each)| {
        json.open(b'{');
        json.key("skill");
        json.text(skill(*at as u8));
        spread(json, each);
        json.close(b'}');
    });
    json.count("replayed", group.replayed as u64);
    json.key("hidden");
    json.flag(group.hidden);
    json.list("decisions", &group.decisions, |json, each| {
        met(json, each, &graph.nodes[usize::from(each.node)])
    });
    json.maybe("hardest", group.hardest(), |json, at| json.text(id(group.decisions[at].node)));
    json.list("early", &group.early, |json, (node, which, count)| {
        json.open(b'{');
        json.key("node");
        json.text(id(*node));
        json.key("skill");
        json.text(skill(*which));
        json.count("count", *count as u64);
        json.close(b'}');
    });
    json.list("slips", &group.slips, |json, (slip, count)| {
        json.open(b'{');
        json.key("slip");
        json.text(&graph.model.slips[usize::from(*slip)].id);
        json.count("count", *count as u64);
        json.close(b'}');
    });
    json.list("endings", &group.endings, |json, (node, count)| {
        json.open(b'{');
        json.key("node");
        json.text(id(*node));
        json.count("count", *count as u64);
        json.close(b'}');
    });
    json.close(b'}');
}

fn met(json: &mut Json, met: &Met, node: &Node) {
    json.open(b'{');
    json.key("node");
    json.text(&node.id);
    json.count("count", met.count as u64);
    json.maybe("worst", met.worst(), |json, worst| json.number(worst as u64));
    json.key("choices");
    json.open(b'{');
    let choices = node.decision.iter().flat_map(|decision| &decision.choices);
    for (choice, count) in choices.zip(met.choices.iter().flat_map(|(counts, _)| counts)) {
        json.count(&choice.id, *count as u64);
    }
    json.close(b'}');
    json.close(b'}');
}

/// The fields of a spread, in an object that is open.
fn spread(json: &mut Json, spread: &Spread) {
    json.count("count", spread.count as u64);
    json.count("mean_tenths", u64::from(spread.mean));
    for (name, rank) in
        ["lowest", "quarter", "middle", "three_quarters", "highest"].into_iter().zip(spread.ranks)
    {
        json.count(name, u64::from(rank));
    }
}
