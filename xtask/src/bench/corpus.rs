//! Generated courses of any size, the same on every run: lessons of about 600 words in sections of 50, with links, a table,
//! lists and a footnote, and one scenario per ten lessons.

use std::path::Path;

use crate::shell::{Done, read, root, write};

/// Lessons in a section.
pub(super) const SECTION: usize = 50;

/// A course for amends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    pub(super) lessons: usize,
    pub(super) has_scenarios: bool,
    pub(super) has_search: bool,
}

impl Course {
    /// Writes the course into the folder `to`.
    pub(super) fn write(self, to: &Path) -> Done {
        let Self { lessons, has_scenarios, has_search } = self;
        let title = format!("title: A course of {lessons} lessons\nid: bench-{lessons}\nlanguage: en\n");
        write(&to.join("site.yaml"), format!("{title}search: {has_search}\n"))?;
        let content = to.join("content");
        write(&content.join("index.md"), "---\ntitle: A course\n---\n\nGenerated.\n")?;
        let objectives = "hear-first: { says: Hear the whole story first. }\n\
                          own-the-fix: { says: Say what happens next and who does it. }\n";
        write(&content.join("objectives.yaml"), objectives)?;
        for at in 0..lessons {
            let Lesson { title, summary, body } =
                Lesson::new(at, lessons, |to| format!("../{}.md", source(to)));
            let scenario = match has_scenarios && at % 10 == 0 && at / 10 < lessons / 10 {
                true => format!("scenarios: [cold-dinner-{}]\n", at / 10 + 1),
                false => String::new(),
            };
            let head = format!("title: \"{title}\"\nsummary: \"{summary}\"\nminutes: 6\n");
            let file = content.join("lessons").join(source(at)).with_extension("md");
            write(&file, format!("---\n{head}objectives: [hear-first]\n{scenario}---\n\n{body}"))?;
            if at % SECTION == 0 {
                let title = format!("title: Section {}", at / SECTION + 1);
                let text = format!("---\n{title}\nsummary: Fifty lessons about one thing.\n---\n");
                write(&file.with_file_name("index.md"), &text)?;
            }
        }
        let scenario = read(&root().join("scaffold/content/scenarios/cold-dinner.yaml"))?;
        let names = ["Dana", "Ines", "Marek", "Noor", "Tomas", "Wanda", "Yusuf", "Zoe"];
        for at in 0..if has_scenarios { lessons / 10 } else { 0 } {
            let text = scenario
                .replace("title: Cold dinner", &format!("title: Cold dinner {}", at + 1))
                .replace("Dana", names[at % names.len()])
                // Another goodwill makes another graph, which needs its own proof.
                .replace("goodwill: 35 ", &format!("goodwill: {} ", 30 + at % 12));
            write(&content.join(format!("scenarios/cold-dinner-{}.yaml", at + 1)), &text)?;
        }
        Ok(())
    }
}

/// A lesson's file below `lessons`, without its extension.
fn source(at: usize) -> String {
    let section = at / SECTION + 1;
    format!("{section:03}-section-{section}/{:03}-lesson-{}", at % SECTION + 1, at + 1)
}

/// The contents of a lesson, in any program's course.
pub(super) struct Lesson {
    pub(super) title: String,
    pub(super) summary: String,
    /// Markdown.
    pub(super) body: String,
}

impl Lesson {
    /// Lesson `at` of `lessons`; `link` gives the address of another.
    pub(super) fn new(at: usize, lessons: usize, link: impl Fn(usize) -> String) -> Self {
        let mut random = Words(at as u64);
        let title = format!("Lesson {}: {}", at + 1, random.one_of(TITLES));
        let summary = random.sentence();
        let (mut body, mut rest) = (String::new(), include_str!("../../../benches/corpus/lesson.md"));
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').expect("the template closes its braces");
            body.push_str(before);
            body.push_str(&match name {
                "noun" => random.one_of(NOUNS).to_owned(),
                "verb" => random.one_of(VERBS).to_owned(),
                "end" => random.one_of(ENDS).to_owned(),
                "number" => (at + 1).to_string(),
                "before" => link(at.saturating_sub(1)),
                "far" => link((at + 7 * SECTION) % lessons),
                sentences => random.paragraph(sentences.parse().expect("a number of sentences")),
            });
            rest = after;
        }
        Self { title, summary, body: body + rest }
    }
}

const TITLES: &str = "hear it first|say what broke|a time and a name|no news is news|the second call|\
                      what a token costs|own the delay|after the fix";
const NOUNS: &str = "the customer|a late parcel|the second invoice|the empty table|a broken promise|\
                     the colleague on the phone|the driver|a small apology|the waiting room|the open ticket|\
                     a clear answer|the night shift";
const VERBS: &str = "needs to hear|remembers|cannot explain|waits for|asks about|would rather have|\
                     tells everyone about|does not believe in|has paid for|looks at";
const ENDS: &str = "before anyone picks up|and it was never said aloud|for the third time today|\
                    with a date that holds|while the line is still open|as if it were nothing|\
                    which nobody wrote down|after a long breath|and then it is quiet|because it was promised";

/// Pseudo-random words, determined by a seed.
struct Words(u64);

impl Words {
    fn one_of(&mut self, words: &'static str) -> &'static str {
        let words: Vec<&str> = words.split('|').collect();
        // SplitMix64, by Steele, Lea and Flood.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        words[((mixed ^ mixed >> 31) % words.len() as u64) as usize]
    }

    fn sentence(&mut self) -> String {
        let (noun, verb) = (self.one_of(NOUNS), self.one_of(VERBS));
        let sentence = format!("{noun} {verb} {} {}.", self.one_of(NOUNS), self.one_of(ENDS));
        sentence[..1].to_uppercase() + &sentence[1..]
    }

    fn paragraph(&mut self, sentences: usize) -> String {
        (0..sentences).map(|_| self.sentence()).collect::<Vec<_>>().join(" ")
    }
}
