//! `amends schema`: prints the JSON Schema of a kind of file, or renews those in a course's folder.

use std::path::Path;

use crate::schema::{SiteNames, schema_with};
use crate::shell::cli::{Global, Schema};
use crate::shell::cmd::{Failure, Outcome, load_without_lints, note};
use crate::shell::editor;

/// Runs the command.
///
/// # Errors
/// If the course cannot be read, or its editor's schemas cannot be written.
pub fn run(args: &Schema, global: Global) -> Result<Outcome, Failure> {
    match (args.file, &args.site) {
        (Some(file), None) => anstream::println!("{:#}", schema_with(file, &SiteNames::default())),
        (Some(file), Some(site)) => {
            anstream::println!("{:#}", schema_with(file, &SiteNames::of(&load_without_lints(site)?)))
        }
        (None, site) => renew(site.as_deref().unwrap_or(Path::new(".")), global)?,
    }
    Ok(Outcome::Done)
}

fn renew(site: &Path, global: Global) -> Result<(), Failure> {
    if !editor::has_schemas(site) {
        let site = site.display();
        return Err(format!("there are no schemas in {site}; `amends new --editor` there adds them").into());
    }
    for path in editor::renew(site, &load_without_lints(site)?)? {
        note(global, format_args!("renewed {path}"));
    }
    Ok(())
}
