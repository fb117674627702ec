//! The shape of a story: its ends, its length, and whether choices lead anywhere of their own.

use std::collections::{BTreeMap, BTreeSet};

use scenario_wasm::{Cap, Choice};

use crate::check::findings::Findings;
use crate::check::subject::{Moment, Subject};
use crate::course::EndingKind;
use crate::diag::render::counted;
use crate::diag::{Code, Diagnostic, Severity};
use crate::measure::jaccard;

/// Every check of the family.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    endings(subject, findings);
    length(subject, findings);
    early(subject, findings);
    false_choices(subject, findings);
    cave(subject, findings);
    uneven(subject, findings);
    detours(subject, findings);
    second_chance(subject, findings);
}

fn endings(subject: &Subject<'_>, findings: &mut Findings) {
    let count = subject.endings.len();
    if (count as f64) < subject.limits.endings {
        let message = format!("the story has {count} endings, and needs {}", subject.limits.endings);
        let told = Diagnostic::lint(Code::FewEndings, subject.span(), message);
        findings.story(
            told.hint("add an end for a play that went well, for one that went badly, and for one between"),
        );
        return;
    }
    let kinds = [(EndingKind::Good, "good"), (EndingKind::Mixed, "mixed"), (EndingKind::Poor, "poor")];
    let has =
        |kind| subject.endings.iter().any(|(_, raw)| raw.ending.as_ref().is_some_and(|at| at.value == kind));
    for (_, name) in kinds.iter().filter(|(kind, _)| !has(*kind)) {
        let told = Diagnostic::lint(Code::EndingKinds, subject.span(), format!("no ending is `{name}`"));
        findings.story(told.hint(format!("add a node with `ending: {name}`, or change what an ending is")));
    }
}

fn length(subject: &Subject<'_>, findings: &mut Findings) {
    let limits = subject.limits;
    let (least, most) = subject.flawless.decisions;
    let (low, high) = (least as f64, most as f64);
    if low >= limits.flawless_min && high <= limits.flawless_max {
        return;
    }
    let count = if low < limits.flawless_min { least } else { most };
    let message = format!(
        "a flawless play has {count} decisions, and {} to {} are a good length",
        limits.flawless_min, limits.flawless_max
    );
    let mut told = Diagnostic::lint(Code::StoryLength, subject.span(), message);
    if low < limits.flawless_min_hard || high > limits.flawless_max_hard {
        told.severity = Severity::Error;
    }
    let hint = if low < limits.flawless_min {
        "let the customer come back at you: a second chance to listen, the news they need, the call afterward"
    } else {
        "cut decisions that test the same twice, or make two scenarios"
    };
    findings.story(told.hint(hint));
}

/// Endings that come too soon in some play: what no play can do, for a flag or goodwill is against it, is no fault.
fn early(subject: &Subject<'_>, findings: &mut Findings) {
    let (nodes, reach) = (&subject.engine.graph().nodes, &subject.reach);
    let node = |state: u32| usize::from(reach.states()[state as usize].node);
    // By state: the fewest decisions before it.
    let mut depth = vec![usize::MAX; reach.states().len()];
    depth[0] = 0;
    // By node, choice and ending: after how many decisions at least.
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
        let Some(moment) = subject.moments.iter().find(|moment| moment.at == at) else { continue };
        let line = &moment.choices[usize::from(choice)];
        if line.rules.cap == Some(Cap::Critical) {
            continue;
        }
        let mut ways = line.rules.targets().zip(&line.raw.then);
        let Some((_, way)) = ways.find(|(to, _)| usize::from(*to) == ending) else { continue };
        let message = format!("the story can end here, after {}", counted(after, "decision"));
        let hint = "lead on to a moment in which it can be mended; only what has `cap: critical` may end a talk that early";
        findings.choice(moment, line, Diagnostic::lint(Code::EarlyEnding, way.to.span, message).hint(hint));
    }
}

/// Whether all choices of a decision lead to the same node in every case.
fn leads_one_way(moment: &Moment<'_>) -> bool {
    let targets: BTreeSet<u16> = moment.choices.iter().flat_map(|line| line.rules.targets()).collect();
    targets.len() == 1
}

fn false_choices(subject: &Subject<'_>, findings: &mut Findings) {
    let mut one_way = 0;
    for moment in &subject.moments {
        if !leads_one_way(moment) {
            continue;
        }
        one_way += 1;
        let replies: Vec<_> = moment.choices.iter().map(|line| &line.reply).collect();
        let pairs =
            || replies.iter().enumerate().flat_map(|(at, a)| replies[at + 1..].iter().map(move |b| (a, b)));
        if pairs().next().is_some() && pairs().all(|(a, b)| jaccard(a, b) > subject.limits.same_reply) {
            let message = format!("whatever is chosen at `{}`, the same happens", moment.id.value);
            let told = Diagnostic::lint(Code::FalseChoice, moment.id.span, message);
            findings.moment(
                moment,
                told.hint("let each reply show what these words did, or let one choice lead elsewhere"),
            );
        }
    }
    let share = one_way as f64 / subject.moments.len().max(1) as f64;
    // Two decisions in a row are no gauntlet.
    if subject.moments.len() as f64 >= subject.limits.tell_decisions && share > subject.limits.gauntlet_share
    {
        let message =
            format!("{one_way} of {} decisions lead to one place whatever is chosen", subject.moments.len());
        let told = Diagnostic::lint(Code::Gauntlet, subject.span(), message);
        findings.story(
            told.hint(
                "give a weak choice a moment of its own in which it comes back, and a way on from there",
            ),
        );
    }
}

fn cave(subject: &Subject<'_>, findings: &mut Findings) {
    let (limits, nodes) = (subject.limits, &subject.engine.graph().nodes);
    let mut before: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); nodes.len()];
    for (at, node) in nodes.iter().enumerate() {
        let choices = node.decision.iter().flat_map(|decision| &decision.choices);
        for to in choices.flat_map(Choice::targets) {
            before[usize::from(to)].insert(at);
        }
    }
    let led_to = before.len().saturating_sub(1).max(1);
    let mean = before.iter().map(BTreeSet::len).sum::<usize>() as f64 / led_to as f64;
    let message = if nodes.len() as f64 > limits.cave_nodes {
        format!("the story has {} nodes", nodes.len())
    } else if subject.moments.len() as f64 > limits.cave_decisions && mean < limits.cave_in_degree {
        format!("the story has {} decisions, and its ways hardly ever meet again", subject.moments.len())
    } else {
        return;
    };
    let told = Diagnostic::lint(Code::TimeCave, subject.span(), message);
    findings.story(told.hint("let ways meet again after the reply, or make two scenarios"));
}

fn uneven(subject: &Subject<'_>, findings: &mut Findings) {
    let (nodes, reach) = (&subject.engine.graph().nodes, &subject.reach);
    // By state: the fewest decisions to an ending without a critical choice, and the most.
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
        let told = Diagnostic::lint(Code::UnevenLength, subject.span(), message);
        findings.story(told.hint("give the short way a moment more, or the long way one less"));
    }
}

fn detours(subject: &Subject<'_>, findings: &mut Findings) {
    let nodes = &subject.engine.graph().nodes;
    let meets = &subject.flawless.meets;
    // By node: how many decisions off the flawless play, with no choice leading back, can follow one another.
    let mut run = vec![0usize; nodes.len()];
    for (at, node) in nodes.iter().enumerate().rev() {
        let Some(decision) = &node.decision else { continue };
        let targets: BTreeSet<usize> =
            decision.choices.iter().flat_map(Choice::targets).map(usize::from).collect();
        let leads_back = targets.iter().any(|to| meets[*to]);
        if !meets[at] && !leads_back {
            run[at] = 1 + targets.iter().map(|to| run[*to]).max().unwrap_or(0);
        }
    }
    for moment in &subject.moments {
        let begins = !subject.moments.iter().any(|other| {
            run[other.at] > run[moment.at]
                && other
                    .choices
                    .iter()
                    .flat_map(|line| line.rules.targets())
                    .any(|to| usize::from(to) == moment.at)
        });
        if begins && run[moment.at] as f64 > subject.limits.detour {
            let message = format!(
                "from here, a play can meet {} without a way back",
                counted(run[moment.at], "decision")
            );
            let told = Diagnostic::lint(Code::LongDetour, moment.id.span, message);
            findings.moment(
                moment,
                told.hint("let a good choice on the way lead back to the story, or end it sooner"),
            );
        }
    }
}

/// The first skill of the model is the one that opens all others: who misses it must meet it again.
fn second_chance(subject: &Subject<'_>, findings: &mut Findings) {
    let nodes = &subject.engine.graph().nodes;
    let mut tested_ahead = vec![false; nodes.len()];
    for (at, node) in nodes.iter().enumerate().rev() {
        let Some(decision) = &node.decision else { continue };
        let later = decision.choices.iter().flat_map(Choice::targets).any(|to| tested_ahead[usize::from(to)]);
        tested_ahead[at] = decision.tests.contains(&0) || later;
    }
    let first =
        subject.moments.iter().filter(|moment| moment.tests(subject.skill(0))).min_by_key(|moment| moment.at);
    let Some(moment) = first else { return };
    for line in moment.choices.iter().filter(|line| line.is_weak()) {
        let dead =
            line.rules.targets().zip(&line.raw.then).find(|(to, _)| {
                nodes[usize::from(*to)].decision.is_some() && !tested_ahead[usize::from(*to)]
            });
        if let Some((_, way)) = dead {
            let skill = subject.skill(0);
            let message = format!("after this choice {skill} is never tested again");
            let told = Diagnostic::lint(Code::NoSecondChance, way.to.span, message);
            findings.choice(
                moment,
                line,
                told.hint(format!("lead to a decision that tests {skill}, so that it can be made good")),
            );
        }
    }
}
