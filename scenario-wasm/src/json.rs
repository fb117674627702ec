//! Views and reports as JSON text: what the browser reads, byte for byte the same when made natively.
//!
//! A writer of its own: it serves two types, and is a quarter the size of a general one in the module. Strings are
//! ids, `[a-z0-9_-]+`, and need no escapes.

use alloc::vec::Vec;
use core::ops::Deref;

use crate::best::Futures;
use crate::fraction::Fraction;
use crate::graph::Cap;
use crate::ledger::{Kind, Line};
use crate::report::{Method, Score, SkillScore, StepReport};
use crate::scenario::Scenario;
use crate::session::Session;

/// Text being written. Every value ends in a comma; closing a bracket drops the last.
#[derive(Default)]
pub(crate) struct Json(Vec<u8>);

impl Json {
    pub(crate) fn open(&mut self, bracket: u8) {
        self.0.push(bracket);
    }

    pub(crate) fn close(&mut self, bracket: u8) {
        self.trim();
        self.0.push(bracket);
        self.0.push(b',');
    }

    pub(crate) fn key(&mut self, key: &str) {
        self.0.push(b'"');
        self.0.extend_from_slice(key.as_bytes());
        self.0.extend_from_slice(b"\":");
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.0.push(b'"');
        self.0.extend_from_slice(text.as_bytes());
        self.0.extend_from_slice(b"\",");
    }

    /// Any text: escaped so that it can stand in a script, too.
    #[cfg(any(not(target_arch = "wasm32"), feature = "results"))]
    pub(crate) fn quoted(&mut self, text: &str) {
        self.0.push(b'"');
        for byte in text.bytes() {
            match byte {
                b'"' | b'\\' => self.0.extend_from_slice(&[b'\\', byte]),
                0..0x20 | b'<' | b'>' | b'&' => {
                    self.0.extend_from_slice(b"\\u00");
                    let digit = |digit: u8| b"0123456789abcdef"[usize::from(digit)];
                    self.0.extend_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
                }
                _ => self.0.push(byte),
            }
        }
        self.0.extend_from_slice(b"\",");
    }

    fn word(&mut self, word: &str) {
        self.0.extend_from_slice(word.as_bytes());
        self.0.push(b',');
    }

    fn digits(&mut self, number: u64) {
        if number > 9 {
            self.digits(number / 10);
        }
        self.0.push(b'0' + (number % 10) as u8);
    }

    pub(crate) fn number(&mut self, number: u64) {
        self.digits(number);
        self.0.push(b',');
    }

    pub(crate) fn count(&mut self, key: &str, number: u64) {
        self.key(key);
        self.number(number);
    }

    pub(crate) fn flag(&mut self, flag: bool) {
        self.word(if flag { "true" } else { "false" });
    }

    pub(crate) fn maybe<T>(&mut self, key: &str, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.key(key);
        match value {
            Some(value) => write(self, value),
            None => self.word("null"),
        }
    }

    pub(crate) fn list<T>(
        &mut self,
        key: &str,
        values: impl IntoIterator<Item = T>,
        write: impl Fn(&mut Self, T),
    ) {
        self.key(key);
        self.open(b'[');
        values.into_iter().for_each(|value| write(self, value));
        self.close(b']');
    }

    fn fraction(&mut self, fraction: Fraction) {
        self.0.push(b'"');
        self.digits(fraction.numerator());
        if fraction.denominator() > 1 {
            self.0.push(b'/');
            self.digits(fraction.denominator());
        }
        self.0.extend_from_slice(b"\",");
    }

    fn score(&mut self, score: Score) {
        self.open(b'{');
        self.key("exact");
        self.fraction(score.exact);
        self.count("rounded", score.rounded);
        self.close(b'}');
    }

    fn trim(&mut self) {
        if self.0.last() == Some(&b',') {
            self.0.pop();
        }
    }

    pub(crate) fn end(mut self) -> Vec<u8> {
        self.trim();
        self.0
    }
}

impl<S: Deref<Target = Scenario>> Session<S> {
    /// [`Session::view`] as JSON, with the node's `node` id and the `run` so far as choice ids.
    pub fn view_json(&self) -> Vec<u8> {
        let view = self.view();
        let mut json = Json::default();
        json.open(b'{');
        json.key("node");
        json.text(&self.scenario().graph().nodes[view.at].id);
        json.count("goodwill", u64::from(view.goodwill));
        json.count("done", u64::from(view.done));
        json.count("about", u64::from(view.about));
        json.count("at", view.at as u64);
        json.key("mood");
        json.text(view.mood.name());
        json.key("over");
        json.flag(view.over);
        json.key("exact");
        json.flag(view.exact);
        json.list("open", &view.open, |json, open| json.flag(*open));
        json.list("run", self.run(), Json::text);
        json.close(b'}');
        json.end()
    }

    /// [`Session::report_with`] as JSON, with ids of nodes and choices; fractions are text in lowest terms.
    pub fn report_json(&self, futures: &Futures) -> Vec<u8> {
        let nodes = &self.scenario().graph().nodes;
        let report = self.report_with(futures);
        let mut json = Json::default();
        json.open(b'{');
        json.key("complete");
        json.flag(report.complete);
        json.maybe("final", report.final_, Json::score);
        json.maybe("band", report.band, |json, band| json.number(band as u64));
        json.maybe("pass", report.pass, Json::flag);
        json.maybe("mastery", report.mastery, Json::flag);
        json.maybe("cap", report.cap, |json, cap| json.text(cap.name()));
        json.maybe("ending", report.ending, |json, node| json.text(&nodes[node].id));
        json.count("lost", u64::from(report.lost));
        json.list("goodwill", &report.goodwill, |json, goodwill| json.number(u64::from(*goodwill)));
        json.list("skills", &report.skills, skill);
        json.list("ledger", &report.ledger, line);
        json.list("steps", &report.steps, |json, each| {
            let choice =
                nodes[each.at].decision.as_ref().map_or("", |decision| &decision.choices[each.chosen].id);
            step(json, each, &nodes[each.at].id, choice);
        });
        json.close(b'}');
        json.end()
    }
}

fn skill(json: &mut Json, skill: &SkillScore) {
    json.open(b'{');
    json.count("skill", skill.skill as u64);
    json.key("score");
    json.score(skill.score);
    json.count("par", u64::from(skill.par));
    json.count("met", u64::from(skill.met));
    json.close(b'}');
}

fn line(json: &mut Json, line: &Line) {
    json.open(b'{');
    json.key("kind");
    json.text(line.kind.name());
    json.maybe("step", line.step, |json, step| json.number(step as u64));
    json.maybe("skill", line.skill, |json, skill| json.number(skill as u64));
    json.key("cost");
    json.fraction(line.cost);
    json.count("shown", u64::from(line.shown));
    json.key("marks");
    json.fraction(line.marks);
    json.maybe("rating", line.rating, |json, rating| json.number(u64::from(rating)));
    json.count("needs", u64::from(line.needs));
    json.maybe("slip", line.slip, |json, slip| json.number(u64::from(slip)));
    json.key("carried");
    json.flag(line.carried);
    json.key("nothing_left");
    json.flag(line.nothing_left);
    json.count("count", u64::from(line.count));
    json.close(b'}');
}

fn step(json: &mut Json, step: &StepReport, node: &str, choice: &str) {
    json.open(b'{');
    json.key("node");
    json.text(node);
    json.count("chosen", step.chosen as u64);
    json.key("choice");
    json.text(choice);
    json.count("in_order", u64::from(step.in_order));
    json.key("best");
    json.score(step.best);
    json.key("method");
    json.text(step.method.name());
    json.close(b'}');
}

impl Kind {
    /// `rating`, `order`, `slip`, `forfeit` or `cap`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rating => "rating",
            Self::Order => "order",
            Self::Slip => "slip",
            Self::Forfeit => "forfeit",
            Self::Cap => "cap",
        }
    }
}

impl Method {
    /// `exact` or `bound`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Bound => "bound",
        }
    }
}

impl Cap {
    /// `serious` or `critical`, as in a scenario's file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Serious => "serious",
            Self::Critical => "critical",
        }
    }
}
