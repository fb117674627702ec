//! The ledger: one line for every mark lost, in the order of the conversation. Its total is exactly 100 - final.

use alloc::vec::Vec;

use core::ops::Deref;

use crate::fraction::Fraction;
use crate::graph::{Choice, Decision};
use crate::model::MAX_SKILLS;
use crate::scale::{Scale, Tally, losses};
use crate::scenario::Scenario;
use crate::session::Session;
use crate::state::State;

/// One line of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// What costs the marks.
    pub kind: Kind,
    /// The index of the choice in the play; `None` for forfeits.
    pub step: Option<usize>,
    /// Index of the skill that is charged; `None` for a cap.
    pub skill: Option<usize>,
    /// Exact points of the final.
    pub cost: Fraction,
    /// The same in tenths of a point, rounded so that all lines add up to what is shown as lost.
    pub shown: u32,
    /// Marks of the skill: three for each decision of its par.
    pub marks: Fraction,
    /// For ratings and order: the rating, 0 to 3.
    pub rating: Option<u8>,
    /// For order: the first need that was not open, as a set of skills, any of which would have been enough.
    pub needs: u16,
    /// For slips: the index in the model.
    pub slip: Option<u8>,
    /// For slips: whether the rating of the same choice already carries it.
    pub carried: bool,
    /// Whether it costs nothing because its skill has nothing left to lose.
    pub nothing_left: bool,
    /// For forfeits: the number of chances that were never reached.
    pub count: u32,
}

/// What costs marks.
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

/// The ledger of a play, and what was added up on the way.
pub(crate) struct Account {
    pub(crate) lines: Vec<Line>,
    /// The sum of the costs as shown, in tenths of a point.
    pub(crate) lost: u32,
    /// What was lost and met, the forfeits of a complete play included.
    pub(crate) tally: Tally,
    /// For each choice, the skills that were in order and the tally after it.
    pub(crate) after: Vec<(u16, Tally)>,
}

/// The ledger of a play. Only a complete play has forfeits.
pub(crate) fn of<S: Deref<Target = Scenario>>(session: &Session<S>) -> Account {
    let scenario = session.scenario();
    let scale = scenario.scale();
    let mut book = Book {
        scenario,
        scale,
        tally: Tally::default(),
        after: Vec::new(),
        lines: Vec::new(),
        units: Vec::new(),
    };
    let mut capped_at = None;
    for (step, (state, decision, choice)) in session.moves().enumerate() {
        if choice.cap > book.tally.cap {
            capped_at = Some(step);
        }
        book.enter(step, state, decision, choice);
    }
    if session.decision().is_none() {
        book.forfeit();
    }
    if let Some(step) = capped_at {
        book.cap(step);
    }
    book.close()
}

/// A ledger being written.
struct Book<'a> {
    scenario: &'a Scenario,
    scale: &'a Scale,
    tally: Tally,
    after: Vec<(u16, Tally)>,
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
        for skill in &decision.tests {
            self.tally.skills[usize::from(*skill)].met += 1;
        }
        self.tally.cap = self.tally.cap.max(choice.cap);
        self.after.push((taken.in_order, self.tally));
    }

    /// One line for each skill whose chances were not all reached.
    fn forfeit(&mut self) {
        for skill in 0..self.scale.par.len() {
            let count = self.scale.forfeits(&self.tally, skill);
            if count > 0 {
                self.charge(skill, 3 * self.scale.mark * count, Line { count, ..Line::of(Kind::Forfeit) });
            }
        }
    }

    /// What the ceiling takes of what is left.
    fn cap(&mut self, step: usize) {
        let above = self.scale.raw(&self.tally) - self.scale.last(&self.scenario.graph().model, &self.tally);
        self.write(above, Line { step: Some(step), ..Line::of(Kind::Cap) });
    }

    /// A line for a loss of `skill` in 1/q marks, of which no more counts than is left to lose.
    fn charge(&mut self, skill: usize, loss: u32, line: Line) {
        let lost = &mut self.tally.skills[skill].loss;
        let counts = loss.min(self.scale.whole(skill).saturating_sub(*lost));
        *lost += loss;
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
    fn close(mut self) -> Account {
        let point = self.scale.point;
        let total = Fraction::new(self.units.iter().sum::<u64>() * 10, point).rounded();
        let mut rest = total;
        for (line, units) in self.lines.iter_mut().zip(&mut self.units) {
            let tenths = *units * 10 / point;
            line.shown = tenths as u32;
            rest -= tenths;
            *units = *units * 10 % point;
        }
        while rest > 0 {
            // The first of the largest remainders; there are few lines, so no sort.
            let largest =
                (0..self.units.len()).rev().max_by_key(|line| self.units[*line]).unwrap_or_default();
            self.lines[largest].shown += 1;
            self.units[largest] = 0;
            rest -= 1;
        }
        Account { lines: self.lines, lost: total as u32, tally: self.tally, after: self.after }
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
