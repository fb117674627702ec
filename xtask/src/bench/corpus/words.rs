//! Words, sentences and paragraphs in an order that is the same at every run.

pub(crate) const NOUNS: [&str; 12] = [
    "the customer",
    "a late parcel",
    "the second invoice",
    "the empty table",
    "a broken promise",
    "the colleague on the phone",
    "the driver",
    "a small apology",
    "the waiting room",
    "the open ticket",
    "a clear answer",
    "the night shift",
];
pub(crate) const VERBS: [&str; 10] = [
    "needs to hear",
    "remembers",
    "cannot explain",
    "waits for",
    "asks about",
    "would rather have",
    "tells everyone about",
    "does not believe in",
    "has paid for",
    "looks at",
];
pub(crate) const ENDS: [&str; 10] = [
    "before anyone picks up",
    "and it was never said aloud",
    "for the third time today",
    "with a date that holds",
    "while the line is still open",
    "as if it were nothing",
    "which nobody wrote down",
    "after a long breath",
    "and then it is quiet",
    "because it was promised",
];

/// Words in an order that is the same at every run.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        // Steele, Lea and Flood's SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        words[((mixed ^ mixed >> 31) % words.len() as u64) as usize]
    }

    pub(crate) fn sentence(&mut self) -> String {
        let sentence =
            format!("{} {} {} {}.", self.of(&NOUNS), self.of(&VERBS), self.of(&NOUNS), self.of(&ENDS));
        let mut signs = sentence.chars();
        signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
    }

    pub(crate) fn paragraph(&mut self, sentences: usize) -> String {
        (0..sentences).map(|_| self.sentence()).collect::<Vec<_>>().join(" ")
    }
}
