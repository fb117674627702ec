//! The generated course as another program reads it: its settings and theme from `benches/peers`, the lessons with
//! front matter and links of its kind.

use std::fmt::Write as _;
use std::path::Path;

use super::{Kind, Peer};
use crate::bench::corpus::{Lesson, SECTION};
use crate::shell::{self, Done, root, write};

/// A lesson's place below `content`, without an ending.
pub(super) fn path(at: usize) -> String {
    format!("lessons/{}/lesson-{}", section(at), at + 1)
}

fn section(at: usize) -> String {
    format!("section-{}", at / SECTION + 1)
}

impl Peer {
    /// Writes the course into the folder `to`. `furniture` is what stands on each page of amends and is always the same.
    pub(in crate::bench) fn write(&self, to: &Path, lessons: usize, furniture: &str) -> Done {
        let theme = root().join("benches/peers").join(self.kind.folder());
        shell::copy(&theme, to)?;
        let content = to.join("content");
        match self.kind {
            Kind::Hugo => write(&to.join("layouts/_partials/furniture.html"), furniture)?,
            Kind::Zola => {
                write(&to.join("templates/furniture.html"), furniture)?;
                write(&content.join("_index.md"), "---\ntitle: A course\n---\n")?;
                write(&content.join("lessons/_index.md"), "---\nsort_by: weight\nrender: false\n---\n")?;
                for at in (0..lessons).step_by(SECTION) {
                    let (weight, folder) = (at / SECTION + 1, content.join("lessons").join(section(at)));
                    let head = format!(
                        "---\ntitle: Section {weight}\nsort_by: weight\nweight: {weight}\nrender: false\n---\n"
                    );
                    write(&folder.join("_index.md"), &head)?;
                }
            }
            Kind::Eleventy => {
                write(&to.join("_includes/furniture.html"), furniture)?;
                write(&content.join("index.md"), "---\ntitle: A course\nlayout: home.njk\n---\n")?;
                write(&content.join("lessons/lessons.json"), "{ \"layout\": \"page.njk\" }\n")?;
            }
            Kind::MdBook => {
                write(&content.join("index.md"), "# A course\n")?;
                write(&content.join("SUMMARY.md"), &summary(lessons))?;
            }
        }
        (0..lessons)
            .try_for_each(|at| write(&content.join(path(at)).with_extension("md"), &self.text(at, lessons)))
    }

    fn text(&self, at: usize, lessons: usize) -> String {
        let book = self.kind == Kind::MdBook;
        // mdBook leads links to files to their pages; the others are given the pages' addresses, which is less work.
        let Lesson { title, summary, body } = Lesson::new(at, lessons, &|to| {
            if book { format!("../{}/lesson-{}.md", section(to), to + 1) } else { format!("/{}/", path(to)) }
        });
        if book {
            return format!("# {title}\n\n{summary}\n\n{body}");
        }
        let (number, section) = (at + 1, at / SECTION + 1);
        format!(
            "---\ntitle: \"{title}\"\ndescription: \"{summary}\"\nweight: {number}\nextra:\n  number: {number}\n  \
             minutes: 6\n  section: Section {section}\n---\n\n{body}"
        )
    }
}

/// mdBook's list of all pages.
fn summary(lessons: usize) -> String {
    let mut summary = "# Summary\n\n[A course](index.md)\n".to_owned();
    for at in 0..lessons {
        if at % SECTION == 0 {
            let _ = writeln!(summary, "\n# Section {}\n", at / SECTION + 1);
        }
        let Lesson { title, .. } = Lesson::new(at, lessons, &|_| String::new());
        let _ = writeln!(summary, "- [{title}]({}.md)", path(at));
    }
    summary
}
