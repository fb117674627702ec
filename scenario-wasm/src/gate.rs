//! Gates: conditions over flags and goodwill.
//!
//! A gate is a small program in postfix order instead of a tree: it is read and evaluated without recursion, so that no
//! depth of nesting, honest or hostile, can exhaust the stack.

use alloc::vec::Vec;

/// A condition. An empty program always holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Gate(pub Vec<Op>);

/// One step of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// Pushes whether the flag is set.
    Flag(u8),
    /// Pushes whether goodwill compares with the number in this way.
    Goodwill(Compare, u8),
    /// Negates the last value.
    Not,
    /// Replaces the last N values by whether all are true.
    All(u8),
    /// Replaces the last N values by whether any is true.
    Any(u8),
}

/// How goodwill is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compare {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `=`
    Equal,
}

/// The most values on the stack while a gate is evaluated.
pub const DEPTH: usize = 64;

/// The lowest `count` bits.
fn mask(count: u8) -> u64 {
    1u64.checked_shl(u32::from(count)).map_or(u64::MAX, |bit| bit - 1)
}

/// Pops the last `count` values.
fn take(stack: &mut u64, count: u8) -> u64 {
    let taken = *stack & mask(count);
    *stack = stack.checked_shr(u32::from(count)).unwrap_or(0);
    taken
}

impl Compare {
    fn holds(self, left: u8, right: u8) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::AtLeast => left >= right,
            Self::Equal => left == right,
        }
    }
}

impl Gate {
    /// Whether the condition holds with these flags (a set) and this goodwill.
    pub fn holds(&self, flags: u64, goodwill: u8) -> bool {
        // The last value is in the lowest bit: there are never more than 64.
        let mut stack = 0u64;
        for op in &self.0 {
            let value = match *op {
                Op::Flag(flag) => flags >> flag & 1 == 1,
                Op::Goodwill(compare, number) => compare.holds(goodwill, number),
                Op::Not => take(&mut stack, 1) == 0,
                Op::All(count) => take(&mut stack, count) == mask(count),
                Op::Any(count) => take(&mut stack, count) != 0,
            };
            stack = stack << 1 | u64::from(value);
        }
        self.0.is_empty() || stack & 1 == 1
    }

    /// The flags that it reads, as a set, and whether it reads goodwill.
    pub(crate) fn reads(&self) -> (u64, bool) {
        self.0.iter().fold((0, false), |(flags, goodwill), op| match *op {
            Op::Flag(flag) => (flags | 1 << flag, goodwill),
            Op::Goodwill(..) => (flags, true),
            Op::Not | Op::All(_) | Op::Any(_) => (flags, goodwill),
        })
    }

    /// Whether it is a valid program: uses only flags below `flags`, never pops more than was pushed, never has more than
    /// 64 values on the stack, and leaves one.
    pub(crate) fn is_program(&self, flags: u8) -> bool {
        let depth = self.0.iter().try_fold(0usize, |depth, op| {
            let taken = match *op {
                Op::Flag(flag) if flag < flags => 0,
                Op::Flag(_) => return None,
                Op::Goodwill(..) => 0,
                Op::Not => 1,
                Op::All(count) | Op::Any(count) => usize::from(count),
            };
            Some(depth.checked_sub(taken)? + 1).filter(|depth| *depth <= DEPTH)
        });
        depth == Some(1) || self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::{Compare, Gate, Op};

    #[test]
    fn evaluates_nested_conditions() {
        // heard and not (angry or goodwill < 40)
        let gate = Gate(vec![
            Op::Flag(0),
            Op::Flag(1),
            Op::Goodwill(Compare::Less, 40),
            Op::Any(2),
            Op::Not,
            Op::All(2),
        ]);
        assert!(gate.is_program(2));
        assert!(gate.holds(0b01, 40));
        assert!(!gate.holds(0b01, 39));
        assert!(!gate.holds(0b11, 90));
        assert!(!gate.holds(0b00, 90));
        assert_eq!(gate.reads(), (0b11, true));
    }

    #[test]
    fn refuses_invalid_programs() {
        for broken in [vec![Op::Not], vec![Op::All(2)], vec![Op::Flag(0), Op::Flag(0)], vec![Op::Flag(2)]] {
            assert!(!Gate(broken.clone()).is_program(2), "{broken:?}");
        }
        assert!(Gate::default().is_program(0));
    }
}
