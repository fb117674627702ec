//! `amends ids`: an id for each choice of a scenario that goes by its place, so that results last when choices change places.

use std::fs;

use crate::parse::ids::{NamedChoice, with_ids};
use crate::path::slashed;
use crate::shell::cli::{Ids, Talk};
use crate::shell::cmd::chosen::Chosen;
use crate::shell::cmd::new::write_file;
use crate::shell::cmd::{Failure, Outcome};
use crate::shell::error::Error;

/// Runs it.
///
/// # Errors
///
/// If there is no such scenario, or a file of it cannot be read or written.
pub fn run(args: &Ids, talk: Talk) -> Result<Outcome, Failure> {
    let site = &args.site.site;
    let chosen = Chosen::among_others(&args.scenario, site)?;
    let Some(files) = chosen.files() else { return Ok(chosen.unsound(talk)) };
    let (root, loaded) = (chosen.root(&args.scenario, site), chosen.loaded());
    let mut edits = Vec::new();
    for path in files {
        // As it stands on the disk, with the mark that some editors write first.
        let on_disk = root.join(path);
        let text = fs::read_to_string(&on_disk).map_err(|source| Error::new("read", &on_disk, source))?;
        let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
        let edited = loaded.sources.find(path).and_then(|file| with_ids(file, &text[mark.len()..]));
        let (text, named) = edited.ok_or_else(|| {
            format!(
                "{} is written in a form to which no ids can be added; nothing was changed",
                path.display()
            )
        })?;
        edits.push((path, on_disk, format!("{mark}{text}"), named));
    }
    let mut count = 0;
    for (path, on_disk, text, named) in edits.iter().filter(|(.., named)| !named.is_empty()) {
        write_file(on_disk, text.as_bytes())?;
        for NamedChoice { node, was, id } in named {
            anstream::println!("{}: {node}: `{was}` is now `{id}`", slashed(path));
        }
        count += named.len();
        let own = path.strip_prefix("content").unwrap_or(path);
        for translation in loaded.files.translations.iter().filter(|each| each.ends_with(own)) {
            anstream::eprintln!("rename the keys of these choices in {}, too", slashed(translation));
        }
    }
    if count == 0 && !talk.quiet {
        anstream::eprintln!("every choice has an id");
    }
    Ok(Outcome::Done)
}
