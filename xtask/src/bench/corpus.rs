//! Courses of any size, the same at every run: lessons of about 600 words in sections of 50, with links, a table, a
//! list and a footnote, and one scenario for each ten lessons.

use std::fmt::Write as _;
use std::path::Path;

use crate::shell::{Done, root, write};

/// Lessons in a section.
pub(super) const SECTION: usize = 50;

/// One lesson: its section and its name, both without an ending.
pub(super) fn place(at: usize) -> (String, String) {
    (
        format!("{:03}-section-{}", at / SECTION + 1, at / SECTION + 1),
        format!("{:03}-lesson-{}", at % SECTION + 1, at + 1),
    )
}

/// A course for amends in the folder `to`, with scenarios or without: other programs know none.
pub(super) fn course(to: &Path, lessons: usize, scenarios: bool) -> Done {
    write(
        &to.join("site.yaml"),
        &format!("title: A course of {lessons} lessons\nid: bench-{lessons}\nlanguage: en\n"),
    )?;
    write(&to.join("content/index.md"), "---\ntitle: A course\n---\n\nGenerated.\n")?;
    write(
        &to.join("content/objectives.yaml"),
        "hear-first: { says: Hear the whole story first. }\nown-the-fix: { says: Say what happens next and who does it. }\n",
    )?;
    for section in 0..lessons.div_ceil(SECTION) {
        let (folder, _) = place(section * SECTION);
        let title =
            format!("---\ntitle: Section {}\nsummary: Fifty lessons about one thing.\n---\n", section + 1);
        write(&to.join("content/lessons").join(folder).join("index.md"), &title)?;
    }
    for at in 0..lessons {
        let (folder, name) = place(at);
        let path = to.join("content/lessons").join(folder).join(name).with_extension("md");
        write(&path, &lesson(at, lessons, scenarios))?;
    }
    for at in 0..if scenarios { lessons / 10 } else { 0 } {
        write(&to.join(format!("content/scenarios/{}.yaml", scenario_name(at))), &scenario(at)?)?;
    }
    Ok(())
}

fn scenario_name(at: usize) -> String {
    format!("cold-dinner-{}", at + 1)
}

/// The scenario that `amends new` makes, under other names: sound, and long enough.
fn scenario(at: usize) -> Done<String> {
    let path = root().join("scaffold/content/scenarios/cold-dinner.yaml");
    let text =
        std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let names = ["Dana", "Ines", "Marek", "Noor", "Tomas", "Wanda", "Yusuf", "Zoe"];
    Ok(text
        .replace("title: Cold dinner", &format!("title: Cold dinner {}", at + 1))
        .replace("Dana", names[at % names.len()])
        // Another goodwill is another graph: no proof is another's.
        .replace("goodwill: 35 ", &format!("goodwill: {} ", 30 + at % 12)))
}

/// One lesson with its front matter.
pub(super) fn lesson(at: usize, lessons: usize, scenarios: bool) -> String {
    let mut draw = Draw(at as u64);
    let (section, name) = place(at);
    let title = format!("Lesson {}: {}", at + 1, draw.of(&TITLES));
    let summary = draw.sentence();
    let opens = if scenarios && at.is_multiple_of(10) && lessons >= 10 {
        format!(
            "scenarios: [{}]
",
            scenario_name(at / 10)
        )
    } else {
        String::new()
    };
    let mut text = format!(
        "---
title: \"{title}\"
summary: \"{summary}\"
minutes: 6
objectives: [hear-first]
{opens}---

"
    );
    let link = |to: usize| {
        let (other, file) = place(to);
        if other == section { format!("{file}.md") } else { format!("../{other}/{file}.md") }
    };
    let _ = writeln!(
        text,
        "{} It goes on from [the lesson before]({}).\n",
        draw.paragraph(4),
        link(at.saturating_sub(1))
    );
    for (number, heading) in HEADINGS.iter().enumerate() {
        let _ = writeln!(text, "## {heading}\n\n{}\n", draw.paragraph(5));
        match number {
            0 => {
                for _ in 0..4 {
                    let _ = writeln!(text, "- **{}**: {}", draw.of(&NOUNS), draw.sentence());
                }
                let _ = writeln!(text, "\n{}[^1]\n", draw.paragraph(3));
            }
            1 => {
                let _ = writeln!(text, "| what happens | what they say | what helps |\n|---|---|---|");
                for _ in 0..5 {
                    let _ = writeln!(
                        text,
                        "| {} | *{}* | {} |",
                        draw.of(&NOUNS),
                        draw.of(&ENDS),
                        draw.of(&VERBS)
                    );
                }
                let _ = writeln!(
                    text,
                    "\n{} There is [more about it]({}).\n",
                    draw.paragraph(3),
                    link((at + 7 * SECTION) % lessons)
                );
            }
            2 => {
                let _ = writeln!(text, "> {}\n\n{}\n", draw.sentence(), draw.paragraph(4));
            }
            _ => {
                let _ = writeln!(
                    text,
                    "1. {}\n2. {}\n3. {}\n\n{}\n",
                    draw.sentence(),
                    draw.sentence(),
                    draw.sentence(),
                    draw.paragraph(3)
                );
            }
        }
    }
    let _ = writeln!(text, "[^1]: {} This is `{name}`.", draw.sentence());
    text
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
