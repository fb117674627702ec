//! What all plays together show: where random clicking ends, what rules of thumb score, and whether the better choice
//! can end worse.
//! The figures are those of the proof. A sampled one is close enough for a warning, which says that it is sampled.

use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::diag::Code;
use crate::prove::{Dominance, Figure, Method, PLAYS, Policy, Proof, choice_ids};

/// Runs every check of the family.
pub(super) fn check(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    one_road(subject, proof, findings);
    random(subject, proof, findings);
    blind(subject, proof, findings);
    act_first(subject, proof, findings);
    for pair in proof.scores.dominance.iter().flatten() {
        dominance(subject, pair, findings);
    }
}

/// Shows a small share with a decimal, so that one just over a limit does not look equal to it.
fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.1 {
        format!("{:.1} %", share * 100.0)
    } else {
        format!("{:.0} %", share * 100.0)
    }
}

/// "about" if a figure is not exact.
fn about(figure: &Figure) -> &'static str {
    if figure.method == Method::Exact { "" } else { "about " }
}

/// How a sampled figure was drawn.
fn drawn(figure: &Figure) -> String {
    match figure.method {
        Method::Sampled => format!(" (sampled: {PLAYS} random plays, as there are too many states)"),
        Method::Exact | Method::Bound => String::new(),
    }
}

fn one_road(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    let nodes = &subject.engine.graph().nodes;
    let ends = nodes.iter().zip(&proof.routes.nodes).filter(|(node, _)| node.decision.is_none());
    let shares: Vec<(&str, f64)> =
        ends.map(|(node, figures)| (node.id.as_str(), figures.share.decimal())).collect();
    let entropy: f64 =
        shares.iter().filter(|(_, share)| *share > 0.0).map(|(_, share)| -share * share.log2()).sum();
    let Some((id, most)) = shares.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { return };
    let message = if *most > subject.limits.one_ending_share {
        format!("{} of random plays end at `{id}`", percent(*most))
    } else if entropy < subject.limits.ending_entropy {
        format!("the endings are too uneven: {entropy:.2} bits under random play")
    } else {
        return;
    };
    let ending = subject.endings.iter().find(|(node, _)| node.id.value == *id);
    findings
        .story(subject, Code::OneRoad, message)
        .at(ending.map_or(subject.span(), |(node, _)| node.id.span))
        .hint("let earlier choices decide between endings: a flag or goodwill in the last `then`");
}

fn random(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    let (limits, mean) = (subject.limits, proof.scores.mean.decimal());
    if !(limits.random_mean_min..=limits.random_mean_max).contains(&mean) {
        let message = format!(
            "random play scores {}{mean:.0} on average{}; {} to {} is fair",
            about(&proof.scores.mean),
            drawn(&proof.scores.mean),
            limits.random_mean_min,
            limits.random_mean_max
        );
        findings.story(subject, Code::RandomScores, message).hint(if mean > limits.random_mean_max {
            "rate weak choices lower, or let a mistake cost a chance"
        } else {
            "let some weak choices be half right, and rate them 1 or 2"
        });
    }
    let pass = proof.scores.pass.decimal();
    if pass > limits.random_pass {
        let (about, drawn) = (about(&proof.scores.pass), drawn(&proof.scores.pass));
        let most = format!("{} %", limits.random_pass * 100.0);
        let message = format!("{about}{} of random plays pass{drawn}; the limit is {most}", percent(pass));
        findings
            .story(subject, Code::RandomPasses, message)
            .hint("add a decision or a choice, or rate weak choices lower");
    }
}

fn blind(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    for probe in proof.probes.iter().filter(|probe| probe.policy != Policy::ActFirst && probe.played.pass) {
        let message =
            format!("a rule of thumb passes: {} scores {}", probe.policy.says(), probe.played.rounded);
        let (remedy, play) = (remedy(probe.policy), ids(subject, &probe.played.play));
        findings
            .story(subject, Code::BlindPass, message)
            .hint(format!("{remedy}, at some decisions of this play: {play}"));
    }
}

/// How to make a rule of thumb useless.
fn remedy(policy: Policy) -> &'static str {
    match policy {
        Policy::First | Policy::Second | Policy::Last => "move the best choice to another place",
        Policy::Longest => "cut the best choice, or let a weak one talk more",
        Policy::Shortest => "let the best choice say more, or cut a weak one",
        Policy::MostSentences | Policy::ShortestSentences => {
            "give a weak choice the rhythm of the best one, or the best one theirs"
        }
        Policy::Question => "let a weak choice ask, too, or the best one do without",
        Policy::MostSorry => "let a weak choice say sorry, too, or the best one do without it",
        Policy::StemEcho => "let a weak choice take up the customer's words, too",
        Policy::ActFirst | Policy::AlwaysAct => "offer an act too soon: a weak choice with `move: act`",
        Policy::AlwaysEscalate => "let a weak choice hand over where nobody else can help: `move: escalate`",
        Policy::AlwaysCompensate => "let a weak choice pay where money does not help: `move: compensate`",
    }
}

/// The choices of a play as people write them.
fn ids(subject: &Subject<'_>, play: &[usize]) -> String {
    choice_ids(subject.engine.graph(), play).join(", ")
}

fn act_first(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    let acting = &subject.model.acting().id;
    let mut acts = subject.moments.iter().filter(|moment| moment.tests(acting)).peekable();
    if acts.peek().is_some() && acts.all(|moment| moment.raw.waives_order()) {
        return;
    }
    let probe = &proof.probe(Policy::ActFirst).played;
    if 100.0 - probe.score.decimal() < subject.limits.act_first_cost {
        let message =
            format!("acting first, and doing everything right after that, still scores {}", probe.rounded);
        let hint = "offer the early fix where it does harm, at more than one decision: a choice with `move: act`, rated 0 or 1";
        findings
            .story(subject, Code::ActFirst, message)
            .hint(format!("{hint}; the play was {}", ids(subject, &probe.play)));
    }
}

fn dominance(subject: &Subject<'_>, pair: &Dominance, findings: &mut Findings) {
    let Some(moment) = subject.moment(pair.node) else { return };
    let (stronger, weaker) = (&moment.choices[pair.stronger], &moment.choices[pair.weaker]);
    let score = |figure: &Figure| format!("{:.0}", figure.decimal());
    let message = format!(
        "after `{}` a play can still reach {}, after `{}`, which is rated higher, only {}",
        weaker.raw.id.value,
        score(&pair.after_weaker),
        stronger.raw.id.value,
        score(&pair.after_stronger)
    );
    let finding = findings
        .choice(weaker, Code::WeakerWins, message)
        .label(stronger.span, "rated higher")
        .hint("give both the same chances afterward, such as a second chance to listen");
    // A point or two, usually in a play that is already lost, tempts nobody.
    if pair.after_weaker.decimal() - pair.after_stronger.decimal() < subject.limits.weaker_gap {
        finding.note();
    }
    if !pair.play.is_empty() {
        finding.here(format!("after {}", ids(subject, &pair.play)));
    }
}
