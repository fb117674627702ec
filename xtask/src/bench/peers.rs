//! Other programs that make sites from Markdown, if they are on the PATH (`benches/peers/install.sh` installs them).
//!
//! Each builds the same lessons, with the same parts on a page as amends: a bar, title and summary, the contents of the page, and
//! its neighbors; and a home page that lists all lessons. mdBook has its own page layout. None checks links, prose or scenarios,
//! makes a search or works offline. Their settings and templates are in `benches/peers`.

use std::path::Path;
use std::process::Command;

use super::corpus::{Lesson, SECTION};
use crate::shell::{self, Done, root, write};

/// Another program.
pub(super) struct Peer {
    pub(super) name: &'static str,
    pub(super) program: &'static str,
    arguments: &'static [&'static str],
    /// The file that its templates include as the constant part of a page.
    furniture: &'static str,
}

const PEERS: [Peer; 4] = [
    Peer {
        name: "Hugo",
        program: "hugo",
        arguments: &["build", "--quiet", "--destination", "out"],
        furniture: "layouts/_partials/furniture.html",
    },
    Peer {
        name: "Zola",
        program: "zola",
        arguments: &["build", "--output-dir", "out"],
        furniture: "templates/furniture.html",
    },
    Peer {
        name: "Eleventy",
        program: "eleventy",
        arguments: &["--quiet", "--output", "out"],
        furniture: "_includes/furniture.html",
    },
    Peer {
        name: "mdBook",
        program: "mdbook",
        arguments: &["build", "--dest-dir", "out"],
        furniture: "furniture.html",
    },
];

/// The programs that are on the PATH.
pub(super) fn found() -> impl Iterator<Item = &'static Peer> {
    PEERS.iter().filter(|peer| crate::tools::on_path(&[peer.program]).is_some())
}

impl Peer {
    /// Builds the course into its folder `out`, in at most `within` seconds.
    pub(super) fn build(&self, course: &Path, within: u64) -> Command {
        let mut command = Command::new("timeout");
        command.arg(within.to_string()).arg(self.program).args(self.arguments).current_dir(course);
        command
    }

    /// Writes the generated course in this program's format.
    pub(super) fn write_course(&self, to: &Path, lessons: usize, furniture: &str) -> Done {
        shell::copy(&root().join("benches/peers").join(self.program), to)?;
        write(&to.join(self.furniture), furniture)?;
        let is_book = self.program == "mdbook";
        let path = |at: usize| format!("section-{}/lesson-{}", at / SECTION + 1, at + 1);
        // mdBook turns links to files into links to pages; the others get the addresses of pages, which saves them that work.
        let link = |to: usize| {
            if is_book { format!("../{}.md", path(to)) } else { format!("/lessons/{}/", path(to)) }
        };
        let mut contents = "# Summary\n\n[A course](index.md)\n".to_owned();
        for at in 0..lessons {
            let Lesson { title, summary, body } = Lesson::new(at, lessons, link);
            let (number, section) = (at + 1, at / SECTION + 1);
            let file = to.join(format!("content/lessons/{}.md", path(at)));
            if at % SECTION == 0 {
                contents += &format!("\n# Section {section}\n\n");
                if self.program == "zola" {
                    let head = format!(
                        "title: Section {section}\nsort_by: weight\nweight: {section}\nrender: false"
                    );
                    write(&file.with_file_name("_index.md"), format!("---\n{head}\n---\n"))?;
                }
            }
            contents += &format!("- [{title}](lessons/{}.md)\n", path(at));
            let head = format!(
                "title: \"{title}\"\ndescription: \"{summary}\"\nweight: {number}\n\
                 extra: {{ number: {number}, minutes: 6, section: Section {section} }}"
            );
            let text = match is_book {
                true => format!("# {title}\n\n{summary}\n\n{body}"),
                false => format!("---\n{head}\n---\n\n{body}"),
            };
            write(&file, &text)?;
        }
        if is_book { write(&to.join("content/SUMMARY.md"), &contents) } else { Ok(()) }
    }
}
