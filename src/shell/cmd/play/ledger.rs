//! The lines of the ledger as sentences, with the theme's strings, as on the page.

use scenario_wasm::{Cap, Kind, Line, Report};

use crate::course::Choice;
use crate::markdown::plain::plain;
use crate::shell::cmd::play::Context;
use crate::theme::Fill;

impl Context<'_> {
    /// A line as a sentence.
    pub(super) fn says(&self, report: &Report, line: &Line) -> String {
        let sentence = self.sentence(report, line);
        if line.nothing_left {
            format!("{sentence} {}", self.strings.get("ledger.nothing_left"))
        } else {
            sentence
        }
    }

    fn sentence(&self, report: &Report, line: &Line) -> String {
        let (model, strings) = (self.model, self.strings);
        let what = line.step.and_then(|step| self.taken(report, step));
        let what = what.map(|choice| self.did(choice)).unwrap_or_default();
        let what = ("what", Fill::Text(&what));
        let skill = ("skill", Fill::Text(line.skill.map_or("", |skill| &model.skills[skill].name)));
        match line.kind {
            Kind::Rating => {
                let got = Fill::Number(line.rating.unwrap_or_default().into());
                strings.say("ledger.rating", &[what, ("got", got), skill])
            }
            Kind::Order => {
                let needs: Vec<&str> =
                    line.missing().map(|skill| model.skills[skill].name.as_str()).collect();
                let needs = needs.join(&strings.get("ledger.or"));
                let says = strings.fill(&model.order_says, &[skill, ("needs", Fill::Text(&needs))]);
                strings.say("ledger.order", &[what, ("order_says", Fill::Text(&says))])
            }
            Kind::Slip => {
                let says = line.slip.map_or("", |slip| &model.slips[usize::from(slip)].says);
                let key = if line.carried { "ledger.slip_carried" } else { "ledger.slip" };
                strings.say(key, &[what, ("says", Fill::Text(says))])
            }
            Kind::Forfeit => {
                strings.say("ledger.forfeit", &[("count", Fill::Number(line.count.into())), skill])
            }
            Kind::Cap => {
                let cap = report.cap.unwrap_or(Cap::Serious);
                let (band, limit) =
                    (strings.get(&format!("ledger.{}", cap.name())), model.rules.ceiling(cap));
                let values = [("band", Fill::Text(&band)), ("limit", Fill::Number(limit.into()))];
                strings.say("ledger.cap", &values)
            }
        }
    }

    /// The choice of a step.
    pub(super) fn taken(&self, report: &Report, step: usize) -> Option<&Choice> {
        let step = report.steps.get(step)?;
        self.decision(step.at)?.choices.get(step.chosen)
    }

    /// What was done, in a form that fits after "You".
    pub(super) fn did(&self, choice: &Choice) -> String {
        match &choice.short {
            Some(short) => short.clone(),
            None => {
                let text = plain(&choice.text.markdown);
                self.strings.say("ledger.chose", &[("text", Fill::Text(&text))])
            }
        }
    }
}
