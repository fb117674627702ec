//! `amends` without a command: prints what can be done in this folder.

use std::io::{IsTerminal, stdin};
use std::path::Path;

use crate::shell::cli::Global;
use crate::shell::cmd::new::pasted;
use crate::shell::cmd::{Failure, Outcome, start};

const IN_A_COURSE: &str = "  amends serve --open            show it in the browser, and follow as you save
  amends check                   look for faults, each with its line and its remedy
  amends new scenario \"A title\"  start a conversation; new lesson, a lesson
  amends build                   make the site, in public/";

const ELSEWHERE: &str = "\
There is no course in this folder. A new one, in a folder of its own:

  amends new my-course
  cd my-course
  amends serve --open            show it in the browser, and follow as you save

Or let it ask for what it needs: amends start";

/// Prints it. On Windows the program may have been opened from its folder; its window would close before anybody could
/// read.
pub(super) fn run(global: Global) -> Result<Outcome, Failure> {
    let here = std::env::current_dir().unwrap_or_default();
    let site = here.ancestors().find(|folder| folder.join("site.yaml").is_file());
    match site {
        Some(site) => anstream::println!("{}:\n\n{IN_A_COURSE}", place(site, &here)),
        None if cfg!(windows) && stdin().is_terminal() => return start::run(global),
        None => anstream::println!("{ELSEWHERE}"),
    }
    anstream::println!("\nAll commands: amends --help");
    Ok(Outcome::Done)
}

fn place(site: &Path, here: &Path) -> String {
    if site == here {
        return "This folder contains a course".to_owned();
    }
    format!(
        "This folder is part of a course. Go to where its site.yaml is:\n\n  cd {}\n\nand there",
        pasted(site)
    )
}
