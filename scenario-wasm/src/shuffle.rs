//! The order in which choices are shown: one definition for the terminal and the browser.

use alloc::vec::Vec;

/// A shuffled order of `count` choices at the node with this index, the same everywhere for the same seed.
///
/// Fisher and Yates' shuffle, drawing from Marsaglia's xorshift32; the tiny bias of taking a remainder does not matter for
/// a handful of choices.
pub fn order(seed: u32, node: usize, count: usize) -> Vec<u8> {
    // Neighboring nodes and seeds must not give similar draws, so both are spread by odd constants first.
    let node = u32::try_from(node).unwrap_or(u32::MAX);
    let mut state = (seed.wrapping_mul(0x9e37_79b1) ^ node.wrapping_add(1).wrapping_mul(0x85eb_ca77)).max(1);
    let mut draw = |below: usize| {
        for _ in 0..4 {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
        }
        state as usize % below
    };
    let mut order: Vec<u8> = Vec::with_capacity(count);
    for choice in 0..count {
        // Inside out: each choice goes to a drawn position, and the one that was there moves to the end.
        let place = draw(choice + 1);
        order.push(choice as u8);
        order.swap(place, choice);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn is_a_permutation_and_stays_the_same() {
        for seed in 0..200 {
            let mut sorted = order(seed, 3, 5);
            assert_eq!(sorted, order(seed, 3, 5));
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3, 4]);
        }
        // Recorded once: a run with a seed must be shown in the same order forever.
        let recorded = [order(7, 0, 4), order(7, 1, 4), order(8, 0, 4)];
        assert_eq!(recorded, [[3, 1, 2, 0], [2, 3, 1, 0], [1, 2, 0, 3]]);
    }

    #[test]
    fn puts_every_choice_in_every_place() {
        for choice in 0..4u8 {
            for place in 0..4 {
                let count = (0..4000).filter(|seed| order(*seed, 2, 4)[place] == choice).count();
                assert!((800..1200).contains(&count), "choice {choice} at place {place}: {count} of 4000");
            }
        }
    }
}
