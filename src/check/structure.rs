//! The shape of a story: its endings, its length, and whether choices make a difference.

use std::collections::{BTreeMap, BTreeSet};

use scenario_wasm::{Cap, Choice};

use crate::check::findings::Findings;
use crate::check::subject::{LintedChoice, Moment, Subject};
use crate::course::EndingKind;
use crate::diag::Code;
use crate::diag::render::counted;
use crate::measure::jaccard;
use crate::prove::Proof;

/// Runs every check of the family.
pub(super) fn check(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    endings(subject, findings);
    length(subject, proof, findings);
    early(subject, proof, findings);
    false_choices(subject, findings);
    time_cave(subject, findings);
    uneven(subject, proof, findings);
    detours(subject, proof, findings);
    second_chance(subject, findings);
}

fn endings(subject: &Subject<'_>, findings: &mut Findings) {
    let count = subject.endings.len();
    if (count as f64) < subject.limits.endings {
        let message = format!("the story has {count} endings; it needs at least {}", subject.limits.endings);
        findings.story(subject, Code::FewEndings, message).hint(
            "add an ending for a play that went well, one for a play that went badly, and one in between",
        );
        return;
    }
    let has =
        |kind| subject.endings.iter().any(|(_, raw)| raw.ending.as_ref().is_some_and(|at| at.value == kind));
    for (name, kind) in EndingKind::NAMES {
        if !has(*kind) {
            findings
                .story(subject, Code::EndingKinds, format!("no ending is `{name}`"))
                .hint(format!("add a node with `ending: {name}`, or change what an ending is"));
        }
    }
}

fn length(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    let (limits, routes) = (subject.limits, &proof.routes);
    let (least, most) = (routes.shortest_flawless as f64, routes.longest_flawless as f64);
    if least >= limits.flawless_min && most <= limits.flawless_max {
        return;
    }
    let short = least < limits.flawless_min;
    let message = format!(
        "a flawless play has {} decisions; {} to {} is a good length",
        if short { least } else { most },
        limits.flawless_min,
        limits.flawless_max
    );
    findings.story(subject, Code::StoryLength, message).hint(if short {
        "let the customer come back at you: a second chance to listen, the news they need, the call afterward"
    } else {
        "cut decisions that test the same thing twice, or make two scenarios"
    });
}

/// Reports endings that come too soon. Only real plays count: a flag or goodwill may keep an ending from coming early.
fn early(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    let (nodes, reach) = (&subject.engine.graph().nodes, &proof.reach);
    let node = |state: u32| usize::from(reach.states()[state as usize].node);
    // By state: the fewest decisions before it.
    let mut depth = vec![usize::MAX; reach.states().len()];
    depth[0] = 0;
    // By node, choice and ending: the fewest decisions before the ending.
    let mut ends: BTreeMap<(usize, u8, usize), usize> = BTreeMap::new();
    for &state in reach.order() {
        let after = depth[state as usize] + 1;
        for edge in reach.edges(state) {
            let known = &mut depth[edge.to as usize];
            *known = after.min(*known);
            if nodes[node(edge.to)].decision.is_none() && (after as f64) < subject.limits.early_ending {
                let least = ends.entry((node(state), edge.choice, node(edge.to))).or_insert(after);
                *least = after.min(*least);
            }
        }
    }
    for ((at, choice, ending), after) in ends {
        let Some(moment) = subject.moment(at) else { continue };
        let line = &moment.choices[usize::from(choice)];
        if line.rules.cap == Some(Cap::Critical) {
            continue;
        }
        let mut ways = line.rules.targets().zip(&line.raw.then);
        let Some((_, way)) = ways.find(|(to, _)| usize::from(*to) == ending) else { continue };
        findings
            .choice(line, Code::EarlyEnding, format!("the story can end here, after {}", counted(after, "decision")))
            .at(way.to.span)
            .hint("lead on to a moment in which it can be put right; only what has `cap: critical` may end a conversation that early");
    }
}

/// Whether all choices of a decision lead to the same node in every case.
fn leads_one_way(moment: &Moment<'_>) -> bool {
    let targets: BTreeSet<u16> = moment.choices.iter().flat_map(|line| line.rules.targets()).collect();
    targets.len() == 1
}

fn false_choices(subject: &Subject<'_>, findings: &mut Findings) {
    let one_way: Vec<&Moment<'_>> = subject.moments.iter().filter(|moment| leads_one_way(moment)).collect();
    for moment in &one_way {
        let choices = moment.choices.iter().enumerate();
        let mut pairs = choices.flat_map(|(at, a)| moment.choices[at + 1..].iter().map(move |b| (a, b)));
        let is_alike = |(a, b): (&LintedChoice<'_>, &LintedChoice<'_>)| {
            jaccard(&a.reply, &b.reply) > subject.limits.same_reply
        };
        if moment.choices.len() > 1 && pairs.all(is_alike) {
            let message = format!("whatever is chosen at `{}`, the same happens", moment.id.value);
            findings
                .moment(moment, Code::FalseChoice, message)
                .hint("let each reply show what these words did, or let one choice lead elsewhere");
        }
    }
    let (count, all) = (one_way.len(), subject.moments.len());
    // Two decisions in a row are not a gauntlet.
    if all as f64 >= subject.limits.tell_decisions
        && count as f64 / all as f64 > subject.limits.gauntlet_share
    {
        findings
            .story(
                subject,
                Code::Gauntlet,
                format!("{count} of {all} decisions lead to one node, whatever is chosen"),
            )
            .hint("give a weak choice a moment of its own in which it comes back, and a way on from there");
    }
}

/// Reports a time cave: a story with many nodes, or whose branches hardly ever meet again.
fn time_cave(subject: &Subject<'_>, findings: &mut Findings) {
    let (limits, nodes) = (subject.limits, &subject.engine.graph().nodes);
    // Each node paired with each of its targets.
    let ways: BTreeSet<(usize, u16)> = nodes
        .iter()
        .enumerate()
        .flat_map(|(at, node)| {
            let choices = node.decision.iter().flat_map(|decision| &decision.choices);
            choices.flat_map(Choice::targets).map(move |to| (at, to))
        })
        .collect();
    let in_degree = ways.len() as f64 / nodes.len().saturating_sub(1).max(1) as f64;
    let message = if nodes.len() as f64 > limits.cave_nodes {
        format!("the story has {} nodes", nodes.len())
    } else if subject.moments.len() as f64 > limits.cave_decisions && in_degree < limits.cave_in_degree {
        format!("the story has {} decisions, but its ways hardly ever meet again", subject.moments.len())
    } else {
        return;
    };
    findings
        .story(subject, Code::TimeCave, message)
        .hint("let ways meet again after the reply, or make two scenarios");
}

fn uneven(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    let (nodes, reach) = (&subject.engine.graph().nodes, &proof.reach);
    // By state: the fewest decisions to an ending without a critical choice, and the most to any.
    let mut ahead: Vec<(Option<usize>, usize)> = vec![(None, 0); reach.states().len()];
    for &state in reach.order().iter().rev() {
        let node = &nodes[usize::from(reach.states()[state as usize].node)];
        let Some(decision) = &node.decision else {
            ahead[state as usize] = (Some(0), 0);
            continue;
        };
        let (mut fewest, mut longest) = (None, 0);
        for edge in reach.edges(state) {
            let (least, most) = ahead[edge.to as usize];
            longest = longest.max(most + 1);
            if decision.choices[usize::from(edge.choice)].cap != Some(Cap::Critical) {
                fewest = fewest.into_iter().chain(least.map(|least| least + 1)).min();
            }
        }
        ahead[state as usize] = (fewest, longest);
    }
    let (Some(least), most) = ahead[0] else { return };
    if most as f64 > subject.limits.length_ratio * least as f64 {
        let message = format!("one play has {most} decisions, another ends after {least}");
        findings
            .story(subject, Code::UnevenLength, message)
            .hint("give the short way one more moment, or the long way one less");
    }
}

fn detours(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    let nodes = &subject.engine.graph().nodes;
    let is_flawless = |at: usize| proof.routes.nodes[at].flawless;
    // By node: how many decisions in a row a play can pass outside of the flawless play, with no choice leading back.
    let mut run = vec![0usize; nodes.len()];
    for (at, node) in nodes.iter().enumerate().rev() {
        let Some(decision) = &node.decision else { continue };
        let targets: BTreeSet<usize> =
            decision.choices.iter().flat_map(Choice::targets).map(usize::from).collect();
        let leads_back = targets.iter().any(|to| is_flawless(*to));
        if !is_flawless(at) && !leads_back {
            run[at] = 1 + targets.iter().map(|to| run[*to]).max().unwrap_or(0);
        }
    }
    for moment in &subject.moments {
        let leads_here = |other: &Moment<'_>| {
            let mut targets = other.choices.iter().flat_map(|line| line.rules.targets());
            targets.any(|to| usize::from(to) == moment.at)
        };
        let before = |other: &Moment<'_>| run[other.at] > run[moment.at] && leads_here(other);
        if run[moment.at] as f64 > subject.limits.detour && !subject.moments.iter().any(before) {
            let count = counted(run[moment.at], "decision");
            findings
                .moment(
                    moment,
                    Code::LongDetour,
                    format!("from here, a play can go through {count} without a way back"),
                )
                .hint("let a good choice on the way lead back to the story, or end it sooner");
        }
    }
}

/// The model's first skill opens all others, so a trainee who misses it must meet it again.
fn second_chance(subject: &Subject<'_>, findings: &mut Findings) {
    let nodes = &subject.engine.graph().nodes;
    let mut tested_ahead = vec![false; nodes.len()];
    for (at, node) in nodes.iter().enumerate().rev() {
        let Some(decision) = &node.decision else { continue };
        let later = decision.choices.iter().flat_map(Choice::targets).any(|to| tested_ahead[usize::from(to)]);
        tested_ahead[at] = decision.tests.contains(&0) || later;
    }
    let skill = subject.skill(0);
    let first = subject.moments.iter().filter(|moment| moment.tests(skill)).min_by_key(|moment| moment.at);
    let Some(moment) = first else { return };
    for line in moment.choices.iter().filter(|line| line.is_weak()) {
        let is_last = |to: u16| nodes[usize::from(to)].decision.is_some() && !tested_ahead[usize::from(to)];
        let dead = line.rules.targets().zip(&line.raw.then).find(|(to, _)| is_last(*to));
        if let Some((_, way)) = dead {
            findings
                .choice(
                    line,
                    Code::NoSecondChance,
                    format!("after this choice, {skill} is never tested again"),
                )
                .at(way.to.span)
                .hint(format!("lead to a decision that tests {skill}, so that it can be put right"));
        }
    }
}
