//! Views and reports as JSON for the browser; native code produces the same bytes.
//!
//! Hand-written: a quarter of the size of a general writer in the module.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Deref;

use crate::best::Futures;
use crate::fraction::Fraction;
use crate::graph::{Cap, Node};
use crate::ledger::{Kind, Line};
use crate::mood::Mood;
use crate::report::{Method, Score, SkillScore};
use crate::scenario::Scenario;
use crate::session::Session;

/// Text being written. Every value ends with a comma; closing a bracket removes the last one.
#[derive(Default)]
pub(crate) struct Json(pub(crate) Vec<u8>);

/// A value that can be written. A plain string is an id, `[a-z0-9_-]+`, and needs no escaping.
pub(crate) trait Value {
    fn write(&self, json: &mut Json);
}

/// Keys and values of an open object, in this order.
macro_rules! members {
    ($json:ident, { $($key:ident: $value:expr),+ $(,)? }) => {{
        $(
            $json.key(stringify!($key));
            $crate::json::Value::write(&$value, $json);
        )+
    }};
}

/// An object with these keys and values, in this order.
macro_rules! object {
    ($json:ident, $members:tt) => {{
        $json.open(b'{');
        members!($json, $members);
        $json.close(b'}');
    }};
}

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
        self.text(key);
        self.trim();
        self.0.push(b':');
    }

    fn text(&mut self, text: &str) {
        self.0.push(b'"');
        self.0.extend_from_slice(text.as_bytes());
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

    fn trim(&mut self) {
        if self.0.last() == Some(&b',') {
            self.0.pop();
        }
    }

    /// The text of one object.
    pub(crate) fn of(write: impl FnOnce(&mut Self)) -> Vec<u8> {
        let mut json = Self::default();
        write(&mut json);
        json.trim();
        json.0
    }
}

macro_rules! numbers {
    ($($type:ty)+) => {$(
        impl Value for $type {
            fn write(&self, json: &mut Json) {
                json.digits(*self as u64);
                json.0.push(b',');
            }
        }
    )+};
}

numbers! { u8 u16 u32 u64 usize }

impl Value for bool {
    fn write(&self, json: &mut Json) {
        json.word(if *self { "true" } else { "false" });
    }
}

impl Value for str {
    fn write(&self, json: &mut Json) {
        json.text(self);
    }
}

impl Value for String {
    fn write(&self, json: &mut Json) {
        json.text(self);
    }
}

impl<T: Value + ?Sized> Value for &T {
    fn write(&self, json: &mut Json) {
        T::write(self, json);
    }
}

impl<T: Value> Value for Option<T> {
    fn write(&self, json: &mut Json) {
        match self {
            Some(value) => value.write(json),
            None => json.word("null"),
        }
    }
}

impl<T: Value> Value for Vec<T> {
    fn write(&self, json: &mut Json) {
        list(self, |json, value| value.write(json)).write(json);
    }
}

/// A value that a closure writes because it depends on more than itself.
pub(crate) struct With<F>(pub(crate) F);

impl<F: Fn(&mut Json)> Value for With<F> {
    fn write(&self, json: &mut Json) {
        (self.0)(json);
    }
}

/// A list whose items a closure writes.
pub(crate) fn list<T>(items: &[T], write: impl Fn(&mut Json, &T)) -> impl Value {
    With(move |json: &mut Json| {
        json.open(b'[');
        items.iter().for_each(|item| write(json, item));
        json.close(b']');
    })
}

impl Value for Fraction {
    fn write(&self, json: &mut Json) {
        json.0.push(b'"');
        json.digits(self.numerator());
        if self.denominator() > 1 {
            json.0.push(b'/');
            json.digits(self.denominator());
        }
        json.0.extend_from_slice(b"\",");
    }
}

impl Value for Score {
    fn write(&self, json: &mut Json) {
        object!(json, { exact: self.exact, rounded: self.rounded });
    }
}

impl Value for SkillScore {
    fn write(&self, json: &mut Json) {
        object!(json, { skill: self.skill, score: self.score, par: self.par, met: self.met });
    }
}

impl Value for Line {
    fn write(&self, json: &mut Json) {
        object!(json, {
            kind: self.kind.name(),
            step: self.step,
            skill: self.skill,
            cost: self.cost,
            shown: self.shown,
            marks: self.marks,
            rating: self.rating,
            needs: self.needs,
            slip: self.slip,
            carried: self.carried,
            nothing_left: self.nothing_left,
            count: self.count,
        });
    }
}

impl<S: Deref<Target = Scenario>> Session<S> {
    /// [`Session::view`] as JSON, with the id of the node and the `run` so far as choice ids.
    pub fn view_json(&self) -> Vec<u8> {
        let view = self.view();
        Json::of(|json| {
            object!(json, {
                node: self.scenario().graph().nodes[view.at].id,
                goodwill: view.goodwill,
                done: view.done,
                about: view.about,
                at: view.at,
                mood: view.mood.name(),
                over: view.over,
                exact: view.exact,
                open: view.open,
                run: self.run(),
            });
        })
    }

    /// [`Session::report_with`] as JSON, with ids of nodes and choices; fractions are strings in lowest terms.
    pub fn report_json(&self, futures: &Futures) -> Vec<u8> {
        let nodes = &self.scenario().graph().nodes;
        let report = self.report_with(futures);
        Json::of(|json| {
            object!(json, {
                complete: report.complete,
                final: report.final_,
                band: report.band,
                pass: report.pass,
                mastery: report.mastery,
                cap: report.cap.map(Cap::name),
                ending: report.ending.map(|node| &nodes[node].id),
                lost: report.lost,
                goodwill: report.goodwill,
                skills: report.skills,
                ledger: report.ledger,
                steps: list(&report.steps, |json, step| {
                    let Node { id, decision } = &nodes[step.at];
                    object!(json, {
                        node: id,
                        chosen: step.chosen,
                        choice: decision.as_ref().map(|decision| &decision.choices[step.chosen].id),
                        in_order: step.in_order,
                        best: step.best,
                        method: step.method.name(),
                    });
                }),
            });
        })
    }
}

/// Enums with their names in files and in JSON.
macro_rules! names {
    ($($type:ident { $($variant:ident = $name:literal),+ })+) => {$(
        impl $type {
            #[doc = concat!("The word for it:", $(" `", $name, "`",)+ ".")]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),+
                }
            }
        }
    )+};
}

names! {
    Kind { Rating = "rating", Order = "order", Slip = "slip", Forfeit = "forfeit", Cap = "cap" }
    Method { Exact = "exact", Bound = "bound" }
    Cap { Serious = "serious", Critical = "critical" }
    Mood { Furious = "furious", Angry = "angry", Frustrated = "frustrated", Settled = "settled", WonBack = "won_back" }
}
