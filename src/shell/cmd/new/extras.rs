//! What a course can have besides its content: files that publish it, and settings that tell an editor about the keys.

use include_dir::{Dir, include_dir};

use super::File;
use crate::embedded;
use crate::schema::SiteNames;
use crate::shell::cli::Host;
use crate::shell::editor;

/// Each folder contains files as they will be in the course.
static STARTERS: Dir = include_dir!("$CARGO_MANIFEST_DIR/starters");

/// The files that publish a course on `host`; amends is built from a commit of the repository `git`.
pub(super) fn workflow(host: Host, git: &str, commit: &str) -> Vec<File> {
    let folder = match host {
        Host::Github => "github/",
        Host::Gitlab => "gitlab/",
        Host::Netlify => "netlify/",
    };
    below(folder, |text| text.replace("{git}", git).replace("{rev}", commit))
}

/// What the author still has to do by hand.
pub(super) fn next(host: Host) -> &'static str {
    match host {
        Host::Github => {
            "in the repository on GitHub, set Settings, Pages, Source to \"GitHub Actions\"; then push to main or master"
        }
        Host::Gitlab => "push to the default branch, and GitLab shows the address under Deploy, Pages",
        Host::Netlify => "import the repository on Netlify; it reads netlify.toml",
    }
}

/// Settings that point to a schema for each kind of file, and the schemas.
pub(super) fn editor() -> Vec<File> {
    let mut files = below("editor/", str::to_owned);
    files.extend(
        editor::schemas(&SiteNames::default()).map(|(path, text)| (path.to_owned(), text.into_bytes())),
    );
    files
}

/// The text of a file that serves as a template.
pub(super) fn starter(path: &str) -> &'static str {
    embedded::text(&STARTERS, path).expect("it travels inside the program")
}

/// The files below a folder of templates, filled in by `fill`.
fn below(folder: &str, fill: impl Fn(&str) -> String) -> Vec<File> {
    let paths = embedded::files(&STARTERS).into_iter().map(|(path, _)| path);
    let own = paths.filter_map(|path| Some((path.strip_prefix(folder)?.to_owned(), path)));
    let mut files: Vec<File> = own.map(|(own, path)| (own, fill(starter(path)).into_bytes())).collect();
    files.sort();
    files
}
