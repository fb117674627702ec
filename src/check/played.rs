//! What people's plays say of a scenario: choices that nobody takes, decisions that nobody misses, and keys that the plays
//! speak against. Only `check --results` has such plays.
//!
//! Figures of item analysis, over first tries only: who plays again knows the answers.

use scenario_wasm::State;

use crate::check::Play;
use crate::check::findings::Findings;
use crate::check::subject::{Moment, Subject};
use crate::diag::{Code, Diagnostic};
use crate::statistics::point_biserial;

/// Every check of the family.
pub(super) fn check(subject: &Subject<'_>, plays: &[Play], findings: &mut Findings) {
    if (plays.len() as f64) < subject.limits.plays {
        return;
    }
    let tries: Vec<Try> = plays.iter().flat_map(|play| tries(subject, play)).collect();
    for moment in &subject.moments {
        let own: Vec<&Try> = tries.iter().filter(|each| each.node == moment.at).collect();
        dead(subject, moment, &own, findings);
        if let Some(best) = moment.best() {
            keyed(subject, moment, best, &own, findings);
        }
    }
}

/// What was chosen once, and how the same person did elsewhere.
struct Try {
    node: usize,
    chosen: usize,
    /// The choices that were open, as a set.
    open: u32,
    /// The rest score: of the marks at all other decisions of the play, the share that it has.
    rest: f64,
}

fn tries(subject: &Subject<'_>, play: &Play) -> Vec<Try> {
    let graph = subject.engine.graph();
    let mut state = State::start(graph);
    let mut all: Vec<(Try, (u32, u32))> = Vec::new();
    for &(node, chosen) in play {
        let Some(decision) = &graph.nodes[usize::from(node)].decision else { break };
        let choice = &decision.choices[usize::from(chosen)];
        let open = |at: &usize| decision.choices[*at].when.holds(state.flags, state.goodwill);
        let open = (0..decision.choices.len()).filter(open).fold(0, |set, at| set | 1 << at);
        let marks = choice.ratings.iter().map(|rating| u32::from(*rating)).sum();
        let whole = 3 * u32::try_from(choice.ratings.len()).unwrap_or(1);
        let own = Try { node: usize::from(node), chosen: usize::from(chosen), open, rest: 0.0 };
        all.push((own, (marks, whole)));
        state = state.step(&graph.model, decision, choice).next;
    }
    let sum = all.iter().fold((0, 0), |sum, (_, own)| (sum.0 + own.0, sum.1 + own.1));
    let rest = |(mut own, (marks, whole)): (Try, (u32, u32))| {
        own.rest = f64::from(sum.0 - marks) / f64::from((sum.1 - whole).max(1));
        own
    };
    all.into_iter().map(rest).collect()
}

/// Choices that hardly anybody takes where they are open.
fn dead(subject: &Subject<'_>, moment: &Moment<'_>, tries: &[&Try], findings: &mut Findings) {
    for (place, line) in moment.choices.iter().enumerate() {
        let offered = tries.iter().filter(|each| each.open >> place & 1 == 1).count();
        let taken = tries.iter().filter(|each| each.chosen == place).count();
        let enough = offered as f64 >= subject.limits.plays;
        // That the best is rarely taken makes a decision hard, and not a choice dead.
        if enough && !line.rules.is_strongest() && (taken as f64) < subject.limits.dead_share * offered as f64
        {
            let message = format!("`{}` was taken in {taken} of {offered} first tries", line.raw.id.value);
            let told = Diagnostic::lint(Code::DeadChoice, line.span, message);
            findings.choice(
                moment,
                line,
                told.hint("make it tempt, as a tired person would say it, or take it away"),
            );
        }
    }
}

/// The best choice against the plays: whether everybody finds it, and whether those who do are those who do well.
fn keyed(subject: &Subject<'_>, moment: &Moment<'_>, best: usize, tries: &[&Try], findings: &mut Findings) {
    let (limits, line) = (subject.limits, &moment.choices[best]);
    let offered: Vec<&&Try> = tries.iter().filter(|each| each.open >> best & 1 == 1).collect();
    if (offered.len() as f64) < limits.plays {
        return;
    }
    let hits = offered.iter().filter(|each| each.chosen == best).count();
    let id = &line.raw.id.value;
    if hits as f64 > limits.easy_share * offered.len() as f64 {
        let message =
            format!("`{id}`, the best choice, was taken in {hits} of {} first tries", offered.len());
        let told = Diagnostic::lint(Code::TooEasy, line.span, message);
        findings.choice(
            moment,
            line,
            told.hint("let a weak choice be closer to it: what most people would say, rated 2"),
        );
        return;
    }
    let pairs: Vec<(bool, f64)> = offered.iter().map(|each| (each.chosen == best, each.rest)).collect();
    let Some(signal) = point_biserial(&pairs).filter(|signal| *signal < limits.signal) else { return };
    let message = format!(
        "who took `{id}`, the best choice, did hardly better elsewhere than who did not (r = {signal:.2} over {} first tries)",
        offered.len()
    );
    findings.choice(
        moment,
        line,
        rekey(moment, best, &offered, Diagnostic::lint(Code::PoorSignal, line.span, message)),
    );
}

/// The choice that those take who do well elsewhere may be the better one.
fn rekey(moment: &Moment<'_>, best: usize, tries: &[&&Try], told: Diagnostic) -> Diagnostic {
    let mean = |place: usize| {
        let rests: Vec<f64> =
            tries.iter().filter(|each| each.chosen == place).map(|each| each.rest).collect();
        // A single person is no trend.
        (rests.len() > 1).then(|| rests.iter().sum::<f64>() / rests.len() as f64)
    };
    let means = (0..moment.choices.len()).filter_map(|place| Some((place, mean(place)?)));
    match means.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(place, _)| *place != best) {
        Some((place, _)) => {
            let other = &moment.choices[place];
            told.label(other.span, "those who took this did best elsewhere").hint(format!(
                "read the two again: if `{}` is as good, rate it 3 and the other lower; if not, say more clearly what is wrong with it",
                other.raw.id.value
            ))
        }
        None => told
            .hint("read it again: is the best choice recognizable as such by who has read the story so far?"),
    }
}
