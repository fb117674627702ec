//! The lines of the ledger as sentences, out of the theme's strings: the same as on the page.

use scenario_wasm::{Cap, Kind, Line, Report};

use crate::course::Choice;
use crate::markdown::plain::plain;
use crate::shell::cmd::play::Stage;

impl Stage<'_> {
    /// One line as a sentence.
    pub(super) fn says(&self, report: &Report, line: &Line) -> String {
        let sentence = self.sentence(report, line);
        if line.nothing_left {
            format!("{sentence} {}", self.strings.get("ledger.nothing_left"))
        } else {
            sentence
        }
    }

    fn sentence(&self, report: &Report, line: &Line) -> String {
        let what = line
            .step
            .and_then(|step| self.taken(report, step))
            .map(|choice| self.did(choice))
            .unwrap_or_default();
        let skill = line.skill.map_or("", |skill| &self.model.skills[skill].name);
        match line.kind {
            Kind::Rating => {
                let got = line.rating.unwrap_or_default().to_string();
                self.word("ledger.rating", &[("what", &what), ("got", &got), ("skill", skill)])
            }
            Kind::Order => {
                let needs: Vec<&str> =
                    line.missing().map(|skill| self.model.skills[skill].name.as_str()).collect();
                let needs = needs.join(&self.strings.get("ledger.or"));
                let order_says = filled(&self.model.order_says, &[("skill", skill), ("needs", &needs)]);
                self.word("ledger.order", &[("what", &what), ("order_says", &order_says)])
            }
            Kind::Slip => {
                let says = line.slip.map_or("", |slip| &self.model.slips[usize::from(slip)].says);
                let key = if line.carried { "ledger.slip_carried" } else { "ledger.slip" };
                self.word(key, &[("what", &what), ("says", says)])
            }
            Kind::Forfeit => {
                let key = if line.count == 1 { "ledger.forfeit.one" } else { "ledger.forfeit.other" };
                self.word(key, &[("count", &line.count.to_string()), ("skill", skill)])
            }
            Kind::Cap => {
                let cap = report.cap.unwrap_or(Cap::Serious);
                let (key, limit) = match cap {
                    Cap::Serious => ("ledger.serious", self.model.rules.caps[0]),
                    Cap::Critical => ("ledger.critical", self.model.rules.caps[1]),
                };
                self.word("ledger.cap", &[("band", &self.strings.get(key)), ("limit", &limit.to_string())])
            }
        }
    }

    /// The choice of a step.
    pub(super) fn taken(&self, report: &Report, step: usize) -> Option<&Choice> {
        let step = report.steps.get(step)?;
        self.decision(step.at)?.choices.get(step.chosen)
    }

    /// What was done, to stand after "You".
    pub(super) fn did(&self, choice: &Choice) -> String {
        match &choice.short {
            Some(short) => short.clone(),
            None => self.word("ledger.chose", &[("text", &plain(&choice.text.markdown))]),
        }
    }

    fn word(&self, key: &str, values: &[(&str, &str)]) -> String {
        filled(&self.strings.get(key), values)
    }
}

/// Puts values into the places of a sentence, each once and from left to right, so that a value that holds braces
/// itself stays as it is.
pub(super) fn filled(sentence: &str, values: &[(&str, &str)]) -> String {
    let (mut out, mut rest) = (String::new(), sentence);
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let close = rest.find('}');
        let value = close.and_then(|close| values.iter().find(|(name, _)| *name == &rest[1..close]));
        let (text, used) = match (value, close) {
            (Some((_, value)), Some(close)) => (*value, close + 1),
            _ => ("{", 1),
        };
        out.push_str(text);
        rest = &rest[used..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn fills_each_place_once() {
        assert_eq!(
            filled("You {what}: {got} of 3 {x", &[("what", "said {got}"), ("got", "1")]),
            "You said {got}: 1 of 3 {x"
        );
    }
}
