//! Courses of any size, the same at every run: lessons of about 600 words in sections of 50, with links, a table, a
//! list and a footnote, and one scenario for each ten lessons.

mod lesson;
mod story;
mod words;

use std::path::Path;

use crate::shell::{Done, root, write};
pub(super) use lesson::Lesson;
pub(super) use story::Story;

/// Lessons in a section.
pub(super) const SECTION: usize = 50;

/// A course for amends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    pub(super) lessons: usize,
    /// One for each ten lessons, or none: other programs know none.
    pub(super) scenarios: bool,
    /// Whether the site can be searched.
    pub(super) search: bool,
}

/// One lesson: its section and its name, both without an ending.
pub(super) fn place(at: usize) -> (String, String) {
    (
        format!("{:03}-section-{}", at / SECTION + 1, at / SECTION + 1),
        format!("{:03}-lesson-{}", at % SECTION + 1, at + 1),
    )
}

impl Course {
    /// Writes it into the folder `to`.
    pub(super) fn write(self, to: &Path) -> Done {
        let Self { lessons, scenarios, search } = self;
        let title = format!("title: A course of {lessons} lessons\nid: bench-{lessons}\nlanguage: en\n");
        write(&to.join("site.yaml"), &format!("{title}search: {search}\n"))?;
        write(&to.join("content/index.md"), "---\ntitle: A course\n---\n\nGenerated.\n")?;
        write(&to.join("content/objectives.yaml"), OBJECTIVES)?;
        for section in 0..lessons.div_ceil(SECTION) {
            let (folder, _) = place(section * SECTION);
            let title = format!(
                "---\ntitle: Section {}\nsummary: Fifty lessons about one thing.\n---\n",
                section + 1
            );
            write(&to.join("content/lessons").join(folder).join("index.md"), &title)?;
        }
        for at in 0..lessons {
            let (folder, name) = place(at);
            let path = to.join("content/lessons").join(folder).join(name).with_extension("md");
            write(&path, &self.lesson(at))?;
        }
        for at in 0..if scenarios { lessons / 10 } else { 0 } {
            write(&to.join(format!("content/scenarios/{}.yaml", scenario_name(at))), &scenario(at)?)?;
        }
        Ok(())
    }

    /// One lesson with its front matter.
    fn lesson(self, at: usize) -> String {
        let (section, _) = place(at);
        let Lesson { title, summary, body } = Lesson::new(at, self.lessons, &|to| {
            let (other, file) = place(to);
            if other == section { format!("{file}.md") } else { format!("../{other}/{file}.md") }
        });
        let opens = if self.scenarios && at.is_multiple_of(10) && self.lessons >= 10 {
            format!("scenarios: [{}]\n", scenario_name(at / 10))
        } else {
            String::new()
        };
        format!(
            "---\ntitle: \"{title}\"\nsummary: \"{summary}\"\nminutes: 6\nobjectives: [hear-first]\n{opens}---\n\n{body}"
        )
    }
}

const OBJECTIVES: &str = "hear-first: { says: Hear the whole story first. }
own-the-fix: { says: Say what happens next and who does it. }
";

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
