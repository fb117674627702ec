//! Moments in which somebody may come to harm although the model asks for care first: the right act counts only half there.
//!
//! Danger is recognized by English words, in what the trainee is shown at that moment. Where nothing can come too early,
//! there is nothing to fix.

use scenario_wasm::explore::Reach;

use crate::check::findings::Findings;
use crate::check::subject::{Moment, Subject};
use crate::diag::Code;
use crate::measure::Plain;

/// Words and phrases that are rarely used of anything harmless. `gas` is fuel, a `wire` carries money and a `threat` can be
/// one to sales, so these are listed only in phrases.
const DANGERS: &str = "medicine, medicines, medication, insulin, inhaler, oxygen, dialysis, overdose, fever, seizure, asthma, \
    ambulance, bleeding, unconscious, collapsed, fainted, choking, can't breathe, cannot breathe, allergic, allergy, \
    gas leak, smell gas, smells gas, smell of gas, smells of gas, carbon monoxide, on fire, caught fire, smell of smoke, smells of smoke, \
    sparks, sparking, bare wire, bare wires, live wire, live wires, loose wire, loose wires, electric shock, got a shock, \
    food poisoning, undercooked, raw inside, unsafe, dangerous, in danger, drown, drowning, life jacket, life jackets, \
    threatened, threatens, threatening, hurt me, hurt her, hurt him, hurt you, hurt them, hurt myself, kill me, kill her, kill him, \
    kill you, kill them, kill myself, knife, gun, weapon, stalker, stalking, restraining order, emergency room, an emergency";

/// The family's only check; `reach` has every state that a play can be in.
pub(super) fn check(subject: &Subject<'_>, reach: Option<&Reach>, findings: &mut Findings) {
    let acts = subject.model.acting().id.as_str();
    let asked = subject.moments.iter().filter(|moment| moment.tests(acts) && !moment.raw.waives_order());
    for moment in asked {
        let texts = [(&moment.raw.says, &moment.says), (&moment.raw.scene, &moment.scene)];
        let found = texts.into_iter().find_map(|(raw, plain)| Some((raw.as_ref()?, danger(plain)?)));
        let Some((text, words)) = found else { continue };
        if reach.is_some_and(|reach| can_come_too_early(subject, reach, moment)) {
            let message = format!(
                "`{}` speaks of danger (`{words}`), and an act can come too early there",
                moment.id.value
            );
            findings
                .moment(moment, Code::DangerInOrder, message)
                .at(subject.locate(text.span, words))
                .hint("if somebody may come to harm, write `facet: safety`: order does not count then; if nobody can, allow it with that reason");
        }
    }
}

/// The first word or phrase in a text that speaks of danger.
fn danger(text: &Plain) -> Option<&'static str> {
    let text = text.spaced();
    DANGERS.split(", ").find(|words| text.contains(&format!(" {words} ")))
}

/// Whether a play can get here before the skills are open that a tested one needs.
fn can_come_too_early(subject: &Subject<'_>, reach: &Reach, moment: &Moment<'_>) -> bool {
    let Some(decision) = &subject.engine.graph().nodes[moment.at].decision else { return false };
    let here =
        reach.order().iter().filter(|state| usize::from(reach.states()[**state as usize].node) == moment.at);
    here.flat_map(|state| reach.edges(*state))
        .any(|edge| decision.tests.iter().any(|skill| edge.in_order >> skill & 1 == 0))
}
