//! The text of a lesson, from words in an order that is the same at every run.

use std::fmt::Write as _;

use super::words::{Draw, ENDS, NOUNS, VERBS};
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
