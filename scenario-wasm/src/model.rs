//! A recovery model as data: skills in order, their needs, slips, caps, bands, and the rules of goodwill.
//!
//! Nothing here is specific to LEAA: a company's own model is another value of [`Model`]. It contains ids, but no words
//! that people read.

use alloc::string::String;
use alloc::vec::Vec;

/// The most skills of a model: a set of skills is one `u16`.
pub const MAX_SKILLS: usize = 16;

/// The rules by which a story is scored.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Model {
    /// In the model's order.
    pub skills: Vec<Skill>,
    /// The factor for a rating that comes before what it needs, as numerator and denominator.
    pub out_of_order: (u8, u8),
    /// Named harms.
    pub slips: Vec<Slip>,
    /// Ceilings of the final score: for serious and for critical conduct.
    pub caps: [u8; 2],
    /// The lowest rounded final of each band, from the highest to the lowest; the last is 0.
    pub bands: Vec<u8>,
    /// When a play is passed.
    pub pass: PassRule,
    /// When a passed play is mastery.
    pub mastery: MasteryRule,
    /// How a choice moves goodwill.
    pub goodwill: GoodwillRule,
}

/// One dimension of the model.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Skill {
    /// `[a-z0-9-_]+`, as in the model's file.
    pub id: String,
    /// Its share of the final, in any unit: only ratios count. At least 1.
    pub weight: u16,
    /// All of these must be met before a rating in this skill counts fully. Each is a set of skills (bit 0 is the first
    /// skill), any of which is enough.
    pub needs: Vec<u16>,
}

/// A named harm, owned by one skill.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slip {
    /// As in the model's file.
    pub id: String,
    /// Index of the skill that owns it.
    pub skill: u8,
}

/// When a play is passed; all compare rounded numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PassRule {
    /// The least final.
    pub score: u8,
    /// The least score of every skill that counts.
    pub every_skill: u8,
    /// The same for a skill with par 1.
    pub single_chance: u8,
}

/// When a passed play is mastery; both compare rounded numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MasteryRule {
    /// The least final.
    pub score: u8,
    /// The least score of every skill that counts.
    pub every_skill: u8,
}

/// How a choice moves goodwill, in points of 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GoodwillRule {
    /// By rating, 0 to 3; uses the mean over the tested skills, rounded half up.
    pub by_rating: [i8; 4],
    /// For each slip, even one that the rating carries.
    pub slip: i8,
    /// For conduct capped as serious.
    pub serious: i8,
    /// For conduct capped as critical.
    pub critical: i8,
}
