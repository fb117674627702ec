//! `amends ids`: adds ids to the choices of a scenario that have none, so that results last when choices change places.

use std::fs;
use std::path::Path;

use crate::load::Loaded;
use crate::parse::ids::{NamedChoice, with_ids, with_new_keys};
use crate::path::slashed;
use crate::shell::cli::{Global, OneScenario};
use crate::shell::cmd::chosen::Chosen;
use crate::shell::cmd::new::write_file;
use crate::shell::cmd::{Failure, Outcome, note};
use crate::shell::error::Error;
use crate::source::FileId;
use crate::translate::restamped;

/// Runs the command.
///
/// # Errors
/// If the scenario does not exist, or one of its files cannot be read or written.
pub fn run(args: &OneScenario, global: Global) -> Result<Outcome, Failure> {
    let site = &args.site.site;
    let chosen = Chosen::among_others(&args.scenario, site)?;
    let Some(files) = chosen.files() else { return Ok(chosen.unsound(global)) };
    let (root, loaded) = (chosen.root(&args.scenario, site), chosen.loaded());
    let mut edits = Vec::new();
    for path in files {
        let edited = edited(&root, path, loaded, with_ids)?;
        let (edited, named) = edited.ok_or_else(|| {
            format!(
                "{} is written in a form to which no ids can be added; nothing was changed",
                path.display()
            )
        })?;
        edits.push((path, edited, named));
    }
    edits.retain(|(.., named)| !named.is_empty());
    for (path, text, named) in &edits {
        write_file(&root.join(path), text.as_bytes())?;
        for NamedChoice { node, was, id } in named {
            anstream::println!("{}: {node}: `{was}` is now `{id}`", slashed(path));
        }
    }
    if edits.is_empty() {
        note(global, "every choice has an id");
    }
    // A translation contains the words of all files of its scenario, so every scenario that includes the file is affected.
    for scenario in &loaded.files.scenarios {
        let is_part =
            |path: &Path| path == scenario || loaded.parts(scenario).iter().any(|part| part == path);
        let own = edits.iter().filter(|(path, ..)| is_part(path));
        let named: Vec<NamedChoice> = own.flat_map(|(.., named)| named.clone()).collect();
        let own = scenario.strip_prefix("content").unwrap_or(scenario);
        let translations = loaded.files.translations.iter().filter(|each| each.ends_with(own));
        for path in translations.filter(|_| !named.is_empty()) {
            let keys = |file, text: &str| Some((with_new_keys(file, text, &named)?, ()));
            let Some((mut text, ())) = edited(&root, path, loaded, keys)? else {
                anstream::eprintln!("rename the keys of these choices in {}, too", slashed(path));
                continue;
            };
            if let Some((scenario, _)) = loaded.playable(scenario) {
                let new = |node: &str, was: &str| {
                    let own = named.iter().find(|each| each.node == node && each.was == was);
                    own.map(|each| each.id.clone())
                };
                // The translation stays as up to date, or as outdated, as it was.
                let [before, now] = restamped(scenario, new);
                text = text.replacen(&format!("source: {before}"), &format!("source: {now}"), 1);
            }
            write_file(&root.join(path), text.as_bytes())?;
            anstream::println!("{}: the same keys", slashed(path));
        }
    }
    Ok(Outcome::Done)
}

/// Edits a file on the disk, and returns what the edit reports. A byte order mark stays.
fn edited<T>(
    root: &Path,
    path: &Path,
    loaded: &Loaded,
    edit: impl Fn(FileId, &str) -> Option<(String, T)>,
) -> Result<Option<(String, T)>, Failure> {
    let on_disk = root.join(path);
    let text = fs::read_to_string(&on_disk).map_err(|source| Error::new("read", &on_disk, source))?;
    let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let edited = loaded.sources.find(path).and_then(|file| edit(file, &text[mark.len()..]));
    Ok(edited.map(|(text, says)| (format!("{mark}{text}"), says)))
}
