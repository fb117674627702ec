//! What people's plays say about a scenario: choices that nobody takes, decisions that nobody gets wrong, ratings that the
//! plays contradict, and results that an edit affects. Only `check --results` has such plays.
//!
//! The figures are those of item analysis, over first tries only: anyone playing again knows the answers.

use scenario_wasm::State;

use crate::check::findings::Findings;
use crate::check::subject::{LintedChoice, Moment, Subject};
use crate::check::{Play, Played};
use crate::diag::Code;
use crate::diag::render::counted;
use crate::diag::suggest::first_of;
use crate::statistics::point_biserial;

/// Runs every check of the family.
pub(super) fn check(subject: &Subject<'_>, played: Option<&Played>, findings: &mut Findings) {
    let Some(Played { first_tries: plays, lost, rescored }) = played else { return };
    edited(subject, lost, rescored, findings);
    if (plays.len() as f64) < subject.limits.plays {
        return;
    }
    let tries: Vec<Try> = plays.iter().flat_map(|play| tries(subject, play)).collect();
    for moment in &subject.moments {
        let own: Vec<&Try> = tries.iter().filter(|each| each.node == moment.at).collect();
        dead(subject, moment, &own, findings);
        if let Some(best) = moment.best() {
            best_choice(subject, moment, best, &own, findings);
        }
    }
}

/// Reports what an edit did to existing results.
fn edited(subject: &Subject<'_>, lost: &[String], rescored: &[String], findings: &mut Findings) {
    if !lost.is_empty() {
        let message = format!(
            "the choices of {} can no longer be replayed: {}",
            counted(lost.len(), "result"),
            first_of(lost, NAMED)
        );
        findings.story(subject, Code::ResultsLost, message).hint(
            "give a renamed choice `was: [OLD-ID]`; if one is gone, the result stays, and `content/history.lock` proves it if it has the version that was played",
        );
    }
    if !rescored.is_empty() {
        let message = format!(
            "{} would now be scored otherwise: {}",
            counted(rescored.len(), "result"),
            first_of(rescored, NAMED)
        );
        findings.story(subject, Code::ResultsRescored, message).hint(
            "the results at the time stay as they are; if you do not intend the new scores, undo the edit",
        );
    }
}

/// The most results that a message names.
const NAMED: usize = 6;

/// A choice made in a first try, and how the same person did elsewhere.
struct Try {
    node: usize,
    chosen: usize,
    /// The choices that were open, as a set.
    open: u32,
    /// The rest score: the share of the marks at all other decisions of the play.
    rest: f64,
}

fn tries(subject: &Subject<'_>, play: &Play) -> Vec<Try> {
    let graph = subject.engine.graph();
    let mut state = State::start(graph);
    let mut all: Vec<(Try, Marks)> = Vec::new();
    let mut sum = Marks::default();
    for &(node, chosen) in play {
        let Some(decision) = &graph.nodes[usize::from(node)].decision else { break };
        let choice = &decision.choices[usize::from(chosen)];
        let is_open = |at: &usize| decision.choices[*at].when.holds(state.flags, state.goodwill);
        let open = (0..decision.choices.len()).filter(is_open).fold(0, |set, at| set | 1 << at);
        let own = Marks {
            had: choice.ratings.iter().map(|rating| u32::from(*rating)).sum(),
            most: choice.ratings.iter().map(|_| 3).sum(),
        };
        sum = Marks { had: sum.had + own.had, most: sum.most + own.most };
        all.push((Try { node: usize::from(node), chosen: usize::from(chosen), open, rest: 0.0 }, own));
        state = state.step(&graph.model, decision, choice).next;
    }
    let rest = |own: Marks| f64::from(sum.had - own.had) / f64::from((sum.most - own.most).max(1));
    all.into_iter().map(|(each, own)| Try { rest: rest(own), ..each }).collect()
}

/// The marks of a choice or a play, and their maximum.
#[derive(Clone, Copy, Default)]
struct Marks {
    had: u32,
    most: u32,
}

/// Choices that hardly anybody takes where they are open.
fn dead(subject: &Subject<'_>, moment: &Moment<'_>, tries: &[&Try], findings: &mut Findings) {
    for (place, line) in moment.choices.iter().enumerate() {
        let offered = tries.iter().filter(|each| each.open >> place & 1 == 1).count();
        let taken = tries.iter().filter(|each| each.chosen == place).count();
        let enough = offered as f64 >= subject.limits.plays;
        // If the best choice is rarely taken, the decision is hard; the choice is not dead.
        if enough && !line.rules.is_strongest() && (taken as f64) < subject.limits.dead_share * offered as f64
        {
            let message = format!("`{}` was taken in {taken} of {offered} first tries", line.raw.id.value);
            findings
                .choice(line, Code::DeadChoice, message)
                .hint("make it tempting, as a tired person would say it, or remove it");
        }
    }
}

/// Checks the best choice against the plays: whether it is too easy to find, and whether those who find it do well
/// elsewhere.
fn best_choice(
    subject: &Subject<'_>,
    moment: &Moment<'_>,
    best: usize,
    tries: &[&Try],
    findings: &mut Findings,
) {
    let (limits, line) = (subject.limits, &moment.choices[best]);
    let offered: Vec<&Try> = tries.iter().copied().filter(|each| each.open >> best & 1 == 1).collect();
    let (all, hits) = (offered.len(), offered.iter().filter(|each| each.chosen == best).count());
    if (all as f64) < limits.plays {
        return;
    }
    let id = &line.raw.id.value;
    if hits as f64 > limits.easy_share * all as f64 {
        let message = format!("`{id}`, the best choice, was taken in {hits} of {all} first tries");
        findings
            .choice(line, Code::TooEasy, message)
            .hint("bring a weak choice closer to it: what most people would say, rated 2");
        return;
    }
    let pairs: Vec<(bool, f64)> = offered.iter().map(|each| (each.chosen == best, each.rest)).collect();
    let Some(signal) = point_biserial(&pairs).filter(|signal| *signal < limits.signal) else { return };
    let message = format!(
        "those who took `{id}`, the best choice, did hardly better elsewhere than those who did not (r = {signal:.2} over {all} first tries)"
    );
    let finding = findings.choice(line, Code::PoorSignal, message);
    match better(moment, best, &offered) {
        Some(other) => finding.label(other.span, "those who took this did best elsewhere").hint(format!(
            "read the two again: if `{}` is as good, rate it 3 and the other lower; if not, say more clearly what is wrong with it",
            other.raw.id.value
        )),
        None => finding
            .hint("read it again: can somebody who has read the story so far see that the best choice is best?"),
    };
}

/// The choice whose takers do best elsewhere, unless it is `best`: it may be the better one.
fn better<'m>(moment: &'m Moment<'m>, best: usize, tries: &[&Try]) -> Option<&'m LintedChoice<'m>> {
    let mean = |place: usize| {
        let rests: Vec<f64> =
            tries.iter().filter(|each| each.chosen == place).map(|each| each.rest).collect();
        // One person is not a trend.
        (rests.len() > 1).then(|| rests.iter().sum::<f64>() / rests.len() as f64)
    };
    let means = (0..moment.choices.len()).filter_map(|place| Some((place, mean(place)?)));
    let (place, _) = means.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(place, _)| *place != best)?;
    Some(&moment.choices[place])
}
