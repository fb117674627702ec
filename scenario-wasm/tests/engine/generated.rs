//! Scenarios generated from seeds: small enough to list every play, varied enough to reach every rule.

use scenario_wasm::{
    Cap, Choice, Compare, Decision, Gate, GoodwillRule, Graph, MasteryRule, Model, Node, Op, PassRule,
    Scenario, Skill, Slip,
};

/// Pseudo-random numbers: SplitMix64, by Steele, Lea and Flood.
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `below`.
    pub(crate) fn below(&mut self, below: usize) -> usize {
        (self.next() % below as u64) as usize
    }

    pub(crate) fn byte(&mut self, below: usize) -> u8 {
        self.below(below) as u8
    }

    /// True once in `often`.
    pub(crate) fn one_in(&mut self, often: usize) -> bool {
        self.below(often) == 0
    }
}

/// A model of two to four skills.
fn model(rng: &mut Rng) -> Model {
    let count = 2 + rng.below(3);
    let need = |rng: &mut Rng, skill: usize| 1 + rng.below((1 << skill) - 1) as u16;
    let skill = |rng: &mut Rng, at: usize| Skill {
        id: format!("s{at}"),
        weight: 1 + u16::from(rng.byte(50)),
        needs: if at == 0 { Vec::new() } else { (0..rng.below(3)).map(|_| need(rng, at)).collect() },
    };
    let skills: Vec<Skill> = (0..count).map(|at| skill(rng, at)).collect();
    let slips = (0..3).map(|at| Slip { id: format!("slip{at}"), skill: rng.byte(count) }).collect();
    Model {
        skills,
        out_of_order: [(1, 2), (1, 3), (0, 1), (2, 3), (1, 1)][rng.below(5)],
        slips,
        caps: [69, 39],
        bands: vec![90, 75, 60, 40, 0],
        pass: PassRule { score: 75, every_skill: 50, single_chance: 33 },
        mastery: MasteryRule { score: 90, every_skill: 75 },
        goodwill: GoodwillRule { by_rating: [-14, -4, 5, 9], slip: -4, serious: -12, critical: -25 },
    }
}

fn gate(rng: &mut Rng) -> Gate {
    let flag = Op::Flag(rng.byte(2));
    let compare =
        [Compare::Less, Compare::AtMost, Compare::More, Compare::AtLeast, Compare::Equal][rng.below(5)];
    let goodwill = Op::Goodwill(compare, 20 + rng.byte(60));
    Gate(match rng.below(5) {
        0 => vec![flag],
        1 => vec![flag, Op::Not],
        2 => vec![goodwill],
        3 => vec![flag, goodwill, Op::Any(2)],
        _ => vec![flag, Op::Not, goodwill, Op::All(2)],
    })
}

fn decision(rng: &mut Rng, model: &Model, at: usize, count: usize) -> Decision {
    let skills = model.skills.len();
    let first = rng.byte(skills);
    let second = rng.byte(skills);
    let tests = if rng.one_in(3) && first != second { vec![first, second] } else { vec![first] };
    let strongest = rng.below(3);
    let choices =
        (0..2 + rng.below(3)).map(|place| choice(rng, model, &tests, at, count, place == strongest));
    let choices: Vec<Choice> = choices.collect();
    let choices =
        choices.into_iter().enumerate().map(|(place, choice)| Choice { id: format!("c{place}"), ..choice });
    Decision { free_order: rng.one_in(6), choices: choices.collect(), tests }
}

fn choice(rng: &mut Rng, model: &Model, tests: &[u8], at: usize, count: usize, strongest: bool) -> Choice {
    let ratings: Vec<u8> = tests.iter().map(|_| if strongest { 3 } else { rng.byte(4) }).collect();
    let owned_by_a_three = |slip: &u8| {
        let owner = model.slips[usize::from(*slip)].skill;
        tests.iter().zip(&ratings).any(|(skill, rating)| *skill == owner && *rating == 3)
    };
    let slips = if !strongest && rng.one_in(3) { vec![rng.byte(model.slips.len())] } else { Vec::new() };
    let slips = slips.into_iter().filter(|slip| !owned_by_a_three(slip)).collect();
    // Mostly the next node or the one after it, so that plays are not too short.
    let later_node = |rng: &mut Rng| {
        let later = count - 1 - at;
        let step = if rng.one_in(6) { 1 + rng.below(later) } else { 1 + rng.below(later.min(2)) };
        (at + step) as u16
    };
    Choice {
        id: String::new(),
        was: Vec::new(),
        slips,
        cap: (!strongest && rng.one_in(8)).then(|| if rng.one_in(2) { Cap::Serious } else { Cap::Critical }),
        goodwill: rng.one_in(8).then(|| rng.below(60) as i8 - 30),
        sets: if rng.one_in(3) { 1 << rng.below(2) } else { 0 },
        clears: if rng.one_in(6) { 1 << rng.below(2) } else { 0 },
        when: if rng.one_in(5) { gate(rng) } else { Gate::default() },
        ways: if rng.one_in(4) { vec![(gate(rng), later_node(rng))] } else { Vec::new() },
        then: later_node(rng),
        ratings,
    }
}

/// The graph of a seed, valid or not.
pub(crate) fn graph(seed: u64) -> Graph {
    let mut rng = Rng::new(seed);
    let model = model(&mut rng);
    let (decisions, endings) = (1 + rng.below(5), 1 + rng.below(2));
    let count = decisions + endings;
    let already = if rng.one_in(3) { rng.below(1 << model.skills.len()) as u16 } else { 0 };
    let node = |rng: &mut Rng, at: usize| Node {
        id: format!("n{at}"),
        decision: (at < decisions).then(|| decision(rng, &model, at, count)),
    };
    let nodes = (0..count).map(|at| node(&mut rng, at)).collect();
    Graph { goodwill: rng.byte(101), already, flags: 2, nodes, model }
}

/// The valid scenarios of the first `seeds` seeds, with their seeds; at least a quarter, so that a test has enough of them.
pub(crate) fn scenarios(seeds: u64) -> Vec<(u64, Scenario)> {
    let valid = (0..seeds).filter_map(|seed| Some((seed, Scenario::new(graph(seed)).ok()?)));
    let valid: Vec<_> = valid.collect();
    assert!(valid.len() as u64 * 4 > seeds, "only {} of {seeds} seeds give a valid scenario", valid.len());
    valid
}
