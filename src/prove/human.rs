//! Proofs for trainers: one screen per scenario.

use std::fmt::Write;

use num_bigint::BigUint;

use crate::course::{Ending, Node};
use crate::diag::render::counted;
use crate::prove::style::{Lead, Reading, TooFew};
use crate::prove::{Figure, Method, PLAYS, Played, Proved, Proving};

/// The number of standard deviations from chance beyond which a single mark of style is no accident.
const LEADS: f64 = 3.0;
/// The width of the widest bar.
const BAR: u64 = 40;

/// One after the other.
pub fn proofs(all: &[Proved<'_>]) -> String {
    all.iter().map(proof).collect::<Vec<_>>().join("\n\n")
}

fn proof(proved: &Proved<'_>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(proved, &mut out);
    out
}

fn write(proved: &Proved<'_>, out: &mut String) -> std::fmt::Result {
    let (proof, scores) = (&proved.proof, &proved.proof.scores);
    writeln!(out, "{} ({})", proved.scenario.title, proved.scenario.slug)?;
    let (paths, flawless) = (grouped(&proof.routes.paths), grouped(&proof.routes.flawless));
    let flawless =
        if flawless == "1" { "1 of them is".to_owned() } else { format!("{flawless} of them are") };
    writeln!(out, "{paths} ways through; {flawless} flawless. {} states.", proof.routes.states)?;
    if scores.min.method == Method::Sampled {
        writeln!(
            out,
            "Too many to explore: figures with ~ are from {} random plays.",
            grouped(&PLAYS.into())
        )?;
    }
    writeln!(out, "\nA player who clicks at random")?;
    let (mean, lowest) = (points(&scores.mean), points(&scores.min));
    writeln!(out, "  scores {mean} on average (lowest {lowest}, highest {}),", points(&scores.max))?;
    writeln!(
        out,
        "  passes {} of the time, with mastery {}.\n",
        share(&scores.pass),
        share(&scores.mastery)
    )?;
    let bands = proved.model.bands.iter().zip(&scores.bands);
    let wide = proved.model.bands.iter().map(|band| band.name.chars().count()).max().unwrap_or_default();
    for (band, figure) in bands {
        let line = format!("  {:>3}  {:<wide$}  {:>8}  {}", band.from, band.name, share(figure), bar(figure));
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out, "\nSkills: chances in a flawless play, then the mean at random")?;
    for skill in &proof.skills {
        let (name, par) = (&proved.model.skills[skill.skill].name, proof.par[skill.skill]);
        writeln!(out, "  {name:<wide$}  {par:>3}  {:>5}", points(&skill.mean))?;
    }
    writeln!(out, "\nEndings: share at random, and the finals that lead there")?;
    endings(proved, out)?;
    writeln!(out, "\nWithout understanding a thing")?;
    for probe in &proof.probes {
        played(proved, &probe.played, probe.policy.says(), out)?;
    }
    match &proved.style {
        Ok(style) => {
            played(proved, &style.played, "by style alone, as the rest of the course teaches it", out)?;
            writeln!(out, "       ({})", found(&style.reading))?;
        }
        Err(few) => writeln!(out, "    -  by style alone: {}", too_few(*few))?,
    }
    remarks(proved, out)
}

fn played(proved: &Proved<'_>, played: &Played, says: &str, out: &mut String) -> std::fmt::Result {
    let band = &proved.model.bands[played.band].name;
    let passes = if played.pass { ", and passes" } else { "" };
    writeln!(out, "  {:>3}  {says}: {band}{passes}", played.rounded)
}

/// "finds the best choice in 7 of 9 decisions, chance in 2.5".
fn found(reading: &Reading) -> String {
    let Reading { hits, decisions, .. } = reading;
    format!("finds the best choice in {hits} of {decisions} decisions, chance in {:.1}", reading.due())
}

fn too_few(few: TooFew) -> String {
    let TooFew { elsewhere, needed } = few;
    format!("cannot be said; other pages have {}, and it takes {needed}", counted(elsewhere, "decision"))
}

/// What style gives away in a whole course.
pub fn style(proving: &Proving) -> String {
    let whole = match proving.whole() {
        Ok(reading) => reading,
        Err(few) => return format!("\nBy style alone, over the whole course: {}\n", too_few(few)),
    };
    let share = whole.share() * 100.0;
    let mut out = format!("\nBy style alone, over the whole course: {} ({share:.0} %)\n", found(&whole));
    let marks = proving.reader.marks();
    let leads =
        marks.iter().flat_map(|mark| [("most", mark.name, mark.most), ("least", mark.name, mark.least)]);
    let mut leads: Vec<_> = leads.filter(|(.., lead)| lead.z.abs() > LEADS).collect();
    leads.sort_by(|one, other| other.2.z.total_cmp(&one.2.z));
    for (way, name, Lead { hits, z }) in leads {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "  {:>3.0} %  {way} of: {name} (z = {z:.1})",
            hits / whole.decisions as f64 * 100.0
        );
    }
    out
}

fn endings(proved: &Proved<'_>, out: &mut String) -> std::fmt::Result {
    let endings = proved.scenario.story.nodes.iter().filter_map(|node| match node {
        Node::Ending(ending) => Some(ending),
        Node::Decision(_) => None,
    });
    let at = |ending: &Ending| {
        let nodes = &proved.scenario.story.engine.graph().nodes;
        nodes.iter().position(|node| node.id == ending.id)
    };
    for (ending, at) in endings.filter_map(|ending| Some((ending, at(ending)?))) {
        let range = proved.proof.scores.endings.get(&at);
        let range = range.map_or_else(
            || "none seen".to_owned(),
            |range| format!("{} to {}", points(&range.min), points(&range.max)),
        );
        let kind = ending.kind.name();
        let share = share(&proved.proof.routes.nodes[at].share);
        writeln!(out, "  {share:>8}  {range:<14}  {kind:<5}  {}: {}", ending.id, ending.title)?;
    }
    Ok(())
}

/// What is worth a look, if anything.
fn remarks(proved: &Proved<'_>, out: &mut String) -> std::fmt::Result {
    let proof = &proved.proof;
    let mut remarks = Vec::new();
    for (at, node) in proof.routes.nodes.iter().enumerate() {
        if node.paths == BigUint::default() {
            remarks.push(format!("no play meets `{}`", proved.node(at)));
            continue;
        }
        let never = node.choices.iter().enumerate().filter(|(_, choice)| choice.paths == BigUint::default());
        remarks.extend(never.map(|(choice, _)| {
            format!("no play can take `{}/{}`", proved.node(at), proved.choice(at, choice))
        }));
    }
    for gate in &proof.routes.gates {
        let place = format!("{}/{}", proved.node(gate.node), proved.choice(gate.node, gate.choice));
        let what = match gate.way {
            None => format!("the condition of `{place}`"),
            Some(way) => format!("condition {} in `then` of `{place}`", way + 1),
        };
        if gate.is_always_open() {
            remarks.push(format!("{what} holds in every play that comes there"));
        } else if gate.is_never_open() {
            remarks.push(format!("{what} holds in no play"));
        }
    }
    for each in proof.scores.dominance.iter().flatten() {
        remarks.push(format!(
            "at `{}`, `{}` is rated higher than `{}` and leaves less to reach: {} against {}",
            proved.node(each.node),
            proved.choice(each.node, each.stronger),
            proved.choice(each.node, each.weaker),
            points(&each.after_stronger),
            points(&each.after_weaker)
        ));
    }
    if !remarks.is_empty() {
        writeln!(out, "\nWorth a look")?;
    }
    remarks.iter().try_for_each(|remark| writeln!(out, "  {remark}"))
}

/// `1,234,567`
fn grouped(count: &BigUint) -> String {
    let digits = count.to_string();
    let first = digits.len() % 3;
    let mut groups: Vec<&str> = Vec::new();
    groups.extend((first > 0).then(|| &digits[..first]));
    groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    groups.join(",")
}

/// A score with at most one decimal, marked if it is not exact.
fn points(figure: &Figure) -> String {
    let tenths = (figure.ten_thousandths() + 500) / 1000;
    let number = if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    mark(figure) + &number
}

/// A share in percent, marked if it is not exact.
fn share(figure: &Figure) -> String {
    mark(figure) + &figure.percent()
}

fn mark(figure: &Figure) -> String {
    match figure.method {
        Method::Exact => "",
        Method::Bound => "at most ",
        Method::Sampled => "~",
    }
    .to_owned()
}

fn bar(figure: &Figure) -> String {
    "#".repeat(usize::try_from((figure.ten_thousandths() * BAR + 5_000) / 10_000).unwrap_or_default())
}
