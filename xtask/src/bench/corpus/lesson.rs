//! The text of a lesson, from words in an order that is the same at every run.

use std::fmt::Write as _;

use super::{SECTION, place};

/// What stands in a lesson, whatever program it is for.
pub(crate) struct Lesson {
    pub(crate) title: String,
    pub(crate) summary: String,
    /// Markdown.
    pub(crate) body: String,
}

impl Lesson {
    /// Lesson `at` of a course of `lessons`; `link` says how it links to another.
    pub(crate) fn new(at: usize, lessons: usize, link: &dyn Fn(usize) -> String) -> Self {
        let mut draw = Draw(at as u64);
        let title = format!("Lesson {}: {}", at + 1, draw.of(&TITLES));
        let summary = draw.sentence();
        let mut body = String::new();
        let _ = writeln!(
            body,
            "{} It goes on from [the lesson before]({}).\n",
            draw.paragraph(4),
            link(at.saturating_sub(1))
        );
        for (number, heading) in HEADINGS.iter().enumerate() {
            let _ = writeln!(body, "## {heading}\n\n{}\n", draw.paragraph(5));
            match number {
                0 => {
                    for _ in 0..4 {
                        let _ = writeln!(body, "- **{}**: {}", draw.of(&NOUNS), draw.sentence());
                    }
                    let _ = writeln!(body, "\n{}[^1]\n", draw.paragraph(3));
                }
                1 => {
                    let _ = writeln!(body, "| what happens | what they say | what helps |\n|---|---|---|");
                    for _ in 0..5 {
                        let _ = writeln!(
                            body,
                            "| {} | *{}* | {} |",
                            draw.of(&NOUNS),
                            draw.of(&ENDS),
                            draw.of(&VERBS)
                        );
                    }
                    let _ = writeln!(
                        body,
                        "\n{} There is [more about it]({}).\n",
                        draw.paragraph(3),
                        link((at + 7 * SECTION) % lessons)
                    );
                }
                2 => {
                    let _ = writeln!(body, "> {}\n\n{}\n", draw.sentence(), draw.paragraph(4));
                }
                _ => {
                    let _ = writeln!(
                        body,
                        "1. {}\n2. {}\n3. {}\n\n{}\n",
                        draw.sentence(),
                        draw.sentence(),
                        draw.sentence(),
                        draw.paragraph(3)
                    );
                }
            }
        }
        let (_, name) = place(at);
        let _ = writeln!(body, "[^1]: {} This is `{name}`.", draw.sentence());
        Self { title, summary, body }
    }
}

const TITLES: [&str; 8] = [
    "hear it first",
    "say what broke",
    "a time and a name",
    "no news is news",
    "the second call",
    "what a token costs",
    "own the delay",
    "after the fix",
];
const HEADINGS: [&str; 4] = ["What they bring", "What you say", "What it costs them", "What you do next"];
const NOUNS: [&str; 12] = [
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
const VERBS: [&str; 10] = [
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
const ENDS: [&str; 10] = [
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
struct Draw(u64);

impl Draw {
    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        // Steele, Lea and Flood's SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        words[((mixed ^ mixed >> 31) % words.len() as u64) as usize]
    }

    fn sentence(&mut self) -> String {
        let sentence =
            format!("{} {} {} {}.", self.of(&NOUNS), self.of(&VERBS), self.of(&NOUNS), self.of(&ENDS));
        let mut signs = sentence.chars();
        signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
    }

    fn paragraph(&mut self, sentences: usize) -> String {
        (0..sentences).map(|_| self.sentence()).collect::<Vec<_>>().join(" ")
    }
}
