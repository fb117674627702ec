//! The files of a new course: a small one that teaches the formats, or the whole included course.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::{File, title};
use crate::parse::as_yaml;
use crate::{embedded, parse};

/// The small course inside the binary.
pub(super) static SCAFFOLD: Dir = include_dir!("$CARGO_MANIFEST_DIR/scaffold");

/// The whole included course.
static SHIPPED: Dir = include_dir!("$CARGO_MANIFEST_DIR/content");

const SETTINGS: &str = include_str!("../../../../site.yaml");

/// The scaffold's placeholder for the course's own id and title.
const ID: &str = "my-course";
const TITLE: &str = "My course";
/// The same in the settings of the included course, which keeps its title.
const SHIPPED_ID: &str = "id: making-amends";

/// The files of a course in `dir`.
pub(super) fn files(dir: &Path, full: bool) -> Vec<File> {
    let id = id(dir);
    let mut files = Vec::new();
    for (path, bytes) in embedded::files(&SCAFFOLD) {
        if full && (path.starts_with("content/") || path == "site.yaml") {
            continue;
        }
        let bytes = match path {
            "site.yaml" => {
                let text = String::from_utf8_lossy(bytes);
                text.replace(ID, &as_yaml(&id)).replace(TITLE, &as_yaml(&course_title(dir))).into_bytes()
            }
            _ => bytes.to_owned(),
        };
        files.push((path.to_owned(), bytes));
    }
    if full {
        files.push((
            "site.yaml".to_owned(),
            SETTINGS.replace(SHIPPED_ID, &format!("id: {}", as_yaml(&id))).into_bytes(),
        ));
        let shipped = embedded::files(&SHIPPED).into_iter();
        files.extend(shipped.map(|(path, bytes)| (format!("content/{path}"), bytes.to_owned())));
    }
    files.sort();
    files
}

/// A text of the included course, by its path below `content`.
pub(super) fn shipped(path: &str) -> &'static str {
    embedded::text(&SHIPPED, path).expect("it travels inside the program")
}

/// The name of the course's folder.
fn name(dir: &Path) -> String {
    let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    whole.file_name().map(|name| name.to_string_lossy().trim().to_owned()).unwrap_or_default()
}

/// The course's id, from the name of its folder.
fn id(dir: &Path) -> String {
    let id = parse::slug(&name(dir));
    if parse::is_id(&id) { id } else { ID.to_owned() }
}

/// The course's title: the name of its folder, in words if it is an id.
fn course_title(dir: &Path) -> String {
    match name(dir) {
        none if none.is_empty() => TITLE.to_owned(),
        id if parse::is_id(&id) => title(&id),
        name => name,
    }
}
