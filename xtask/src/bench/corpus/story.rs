//! A story of any size, for amends and for ink: layers of moments with three choices each, and three endings.

use std::fmt::Write as _;

use super::words::Draw;

/// What is told.
pub(crate) struct Story {
    /// The first moment of each layer, and the number of all.
    layers: Vec<usize>,
}

/// A choice: what is said, how it is taken, how it is rated, and where it leads.
struct Choice {
    say: String,
    reply: String,
    why: String,
    rate: u8,
    then: String,
}

impl Story {
    /// A story of so many moments: each layer has three times as many as the one before, up to an eighth of all.
    pub(crate) fn new(moments: usize) -> Self {
        let (mut layers, mut size) = (vec![0], 1);
        let mut end = 1;
        while end < moments {
            layers.push(end);
            size = (size * 3).min(moments / 8 + 1);
            end = (end + size).min(moments);
        }
        layers.push(end);
        Self { layers }
    }

    /// Each layer, as the first of its moments and the one after its last.
    fn layers(&self) -> impl Iterator<Item = (usize, usize)> {
        self.layers.iter().copied().zip(self.layers.iter().skip(1).copied())
    }

    /// Every moment, with its layer.
    fn moments(&self) -> impl Iterator<Item = (usize, usize)> {
        self.layers().enumerate().flat_map(|(layer, (start, end))| (start..end).map(move |at| (layer, at)))
    }

    /// What the customer says at a moment, and what can be said then.
    fn moment(&self, layer: usize, at: usize) -> (String, [Choice; 3]) {
        let mut draw = Draw(at as u64);
        let says = draw.paragraph(2);
        let next = self.layers().nth(layer + 1);
        let choices = [(0, 3), (1, 1), (2, 0)].map(|(place, rate)| {
            let then = next.map_or(format!("end{rate}"), |(start, end)| {
                // Three times the place, and the next two: all of the layer are reached.
                format!("m{}", start + ((at - self.layers[layer]) * 3 + place) % (end - start))
            });
            Choice { say: draw.sentence(), reply: draw.paragraph(2), why: draw.paragraph(2), rate, then }
        });
        (says, choices)
    }

    /// As a scenario.
    pub(crate) fn scenario(&self) -> String {
        let mut text = format!(
            "title: {} moments\nsummary: Generated.\nrole: You answer the phone.\ngoal: Put it right.\nfailure: late\n\
             channel: phone\ncustomer: {{ name: Dana Whitlock, pronoun: she, goodwill: 40 }}\nstart: m0\nnodes:\n",
            self.moments().count()
        );
        for (layer, at) in self.moments() {
            let (says, choices) = self.moment(layer, at);
            let skill = ["listen", "empathize", "apologize", "act"][layer % 4];
            let _ = writeln!(text, "  m{at}:\n    says: {says}\n    tests: [{skill}]\n    choices:");
            for Choice { say, reply, why, rate, then } in choices {
                let _ = writeln!(
                    text,
                    "      - {{ id: r{rate}, say: {say}, rate: {rate}, reply: {reply}, why: {why}, then: {then} }}"
                );
            }
        }
        for (ending, rate) in [("good", 3), ("mixed", 1), ("poor", 0)] {
            let _ = writeln!(
                text,
                "  end{rate}: {{ ending: {ending}, title: It ends {ending}, text: That was it. }}"
            );
        }
        text
    }

    /// As ink: a knot for each moment, the choice's own words before the reply, and goodwill as a variable.
    pub(crate) fn ink(&self) -> String {
        let mut text = "VAR goodwill = 40\n-> m0\n".to_owned();
        for (layer, at) in self.moments() {
            let (says, choices) = self.moment(layer, at);
            let _ = writeln!(text, "=== m{at} ===\n{says}");
            for Choice { say, reply, rate, then, .. } in choices {
                let by = i16::from(rate) * 5 - 6;
                let _ = writeln!(text, "+ {say}\n  {reply}\n  ~ goodwill = goodwill + ({by})\n  -> {then}");
            }
        }
        for rate in [3, 1, 0] {
            let _ = writeln!(text, "=== end{rate} ===\nThat was it.\n-> END");
        }
        text
    }
}
