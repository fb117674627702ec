//! The ledger: one line for every mark lost, in the order of the conversation. Its total is exactly 100 - final.

use alloc::vec::Vec;

use core::ops::Deref;

use crate::fraction::Fraction;
use crate::graph::{Cap, Choice, Decision};
use crate::model::MAX_SKILLS;
use crate::scale::{Scale, Tally, losses};
use crate::scenario::Scenario;
use crate::session::Session;
use crate::state::State;

/// One line of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// What took the marks.
    pub kind: Kind,
    /// Which choice did, by its place in the play. None for forfeits.
    pub step: Option<usize>,
    /// Index of the skill that bears it. None for a cap.
    pub skill: Option<usize>,
    /// Points of the final, exactly.
    pub cost: Fraction,
    /// The same in tenths of a point, rounded so that all lines add up to what is shown as lost.
    pub shown: u32,
    /// Marks of the skill: three for each decision of its par.
    pub marks: Fraction,
    /// Of a rating or order line, the rating, 0 to 3.
    pub rating: Option<u8>,
    /// Of an order line, the first need that was not open, as a set of skills: any would have done.
    pub needs: u16,
    /// Of a slip, its index in the model.
    pub slip: Option<u8>,
    /// Of a slip, whether the rating of the same choice carries it already.
    pub carried: bool,
    /// Whether it costs nothing because its skill had nothing left to lose.
    pub nothing_left: bool,
    /// Of forfeits, how many chances were never reached.
    pub count: u16,
}

/// What takes marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A rating below 3.
    Rating,
    /// A rating that came before what it needs.
    Order,
    /// A named harm.
    Slip,
    /// Chances never reached.
    Forfeit,
    /// A ceiling on the final.
    Cap,
}

/// The ledger of a play, and the sum of its costs as shown. Only a complete play has forfeits.
pub(crate) fn of<S: Deref<Target = Scenario>>(session: &Session<S>, complete: bool) -> (Vec<Line>, u32) {
    let scenario = session.scenario();
    let mut book = Book {
        scenario,
        scale: scenario.scale(),
        left: [0; MAX_SKILLS],
        tally: Tally::default(),
        lines: Vec::new(),
        units: Vec::new(),
    };
    for skill in 0..book.scale.par.len() {
        book.left[skill] = book.scale.whole(skill);
    }
    let mut capped_at = None;
    for (step, (state, decision, choice)) in session.moves().enumerate() {
        book.enter(step, state, decision, choice);
        if choice.cap.is_some() && choice.cap == book.tally.cap {
            // The first choice with the lowest ceiling.
            capped_at =
                capped_at.filter(|(cap, _)| Some(*cap) == choice.cap).or(choice.cap.map(|cap| (cap, step)));
        }
    }
    if complete {
        book.forfeit();
    }
    if let Some((cap, step)) = capped_at {
        book.cap(cap, step);
    }
    book.close()
}

/// A ledger being written.
struct Book<'a> {
    scenario: &'a Scenario,
    scale: &'a Scale,
    /// By skill: what can still be lost, in 1/q marks.
    left: [u32; MAX_SKILLS],
    tally: Tally,
    lines: Vec<Line>,
    /// By line: its cost in units.
    units: Vec<u64>,
}

impl Book<'_> {
    /// The lines of one choice.
    fn enter(&mut self, step: usize, state: State, decision: &Decision, choice: &Choice) {
        let model = &self.scenario.graph().model;
        let taken = state.step(model, decision, choice);
        for ((skill, by_rating, early), rating) in
            losses(model, decision, choice, taken.in_order).zip(&choice.ratings)
        {
            if self.scale.par[skill] == 0 {
                continue;
            }
            let line = Line { step: Some(step), rating: Some(*rating), ..Line::of(Kind::Rating) };
            if by_rating > 0 {
                self.charge(skill, by_rating, line);
            }
            if early > 0 {
                let needs = &model.skills[skill].needs;
                let needs =
                    needs.iter().find(|any| *any & taken.next.opened == 0).copied().unwrap_or_default();
                self.charge(skill, early, Line { kind: Kind::Order, needs, ..line });
            }
        }
        for slip in &choice.slips {
            let charged = self.scale.charged(model, decision, *slip);
            let owner = model.slips[usize::from(*slip)].skill;
            let carried = decision.tests.contains(&owner);
            let line = Line { step: Some(step), slip: Some(*slip), carried, ..Line::of(Kind::Slip) };
            match charged {
                Some(skill) => self.charge(skill, self.scale.mark, line),
                None => self.charge(usize::from(owner), 0, line),
            }
        }
        self.tally = self.scale.add(model, self.tally, (decision, choice), taken.in_order);
    }

    /// One line for each skill whose chances were not all reached.
    fn forfeit(&mut self) {
        for skill in 0..self.scale.par.len() {
            let count = self.scale.forfeits(&self.tally, skill);
            if count > 0 {
                let loss = 3 * self.scale.mark * u32::from(count);
                self.charge(skill, loss, Line { count, ..Line::of(Kind::Forfeit) });
            }
        }
        self.tally = self.scale.closed(self.tally);
    }

    /// What the ceiling takes of what is left.
    fn cap(&mut self, cap: Cap, step: usize) {
        let model = &self.scenario.graph().model;
        let ceiling = u64::from(model.ceiling(cap)) * self.scale.point;
        let units = self.scale.raw(&self.tally).saturating_sub(ceiling);
        self.write(units, Line { step: Some(step), ..Line::of(Kind::Cap) });
    }

    /// A line for a loss of `skill` in 1/q marks, of which no more counts than is left.
    fn charge(&mut self, skill: usize, loss: u32, line: Line) {
        let counts = loss.min(self.left[skill]);
        self.left[skill] -= counts;
        let marks = Fraction::new(u64::from(loss), u64::from(self.scale.mark));
        let nothing_left = loss > 0 && counts == 0;
        self.write(
            u64::from(counts) * self.scale.worth[skill],
            Line { skill: Some(skill), marks, nothing_left, ..line },
        );
    }

    fn write(&mut self, units: u64, line: Line) {
        self.lines.push(Line { cost: self.scale.points(units), ..line });
        self.units.push(units);
    }

    /// Rounds the costs to tenths by largest remainder, so that the lines add up to the rounded sum.
    fn close(mut self) -> (Vec<Line>, u32) {
        // A tenth of a point, in tenths of a unit, so that it is whole.
        let tenth = self.scale.point;
        let tenths = |units: u64| (units * 10 / tenth, units * 10 % tenth);
        let total = Fraction::new(self.units.iter().sum::<u64>() * 10, tenth).rounded();
        let mut rest = total - self.units.iter().map(|units| tenths(*units).0).sum::<u64>();
        for (line, units) in self.lines.iter_mut().zip(&self.units) {
            line.shown = u32::try_from(tenths(*units).0).unwrap_or(0);
        }
        let mut rests: Vec<u64> = self.units.iter().map(|units| tenths(*units).1).collect();
        while rest > 0 {
            // The largest remainder, the first among equals; there are few lines, so no sort.
            let largest = (0..rests.len()).rev().max_by_key(|line| rests[*line]).unwrap_or_default();
            self.lines[largest].shown += 1;
            rests[largest] = 0;
            rest -= 1;
        }
        (self.lines, u32::try_from(total).unwrap_or(0))
    }
}

impl Line {
    /// Of an order line, the skills any of which, opened before, would have put it in order.
    pub fn missing(&self) -> impl Iterator<Item = usize> + use<> {
        let needs = self.needs;
        (0..MAX_SKILLS).filter(move |skill| needs >> skill & 1 == 1)
    }

    fn of(kind: Kind) -> Self {
        let none = Fraction::new(0, 1);
        Self {
            kind,
            step: None,
            skill: None,
            cost: none,
            shown: 0,
            marks: none,
            rating: None,
            needs: 0,
            slip: None,
            carried: false,
            nothing_left: false,
            count: 0,
        }
    }
}
