//! The files of a new course: a small one that teaches the formats, or the whole included course.

use std::path::Path;

use rust_embed::Embed;

use super::{File, title};
use crate::parse;

/// The small course inside the binary.
#[derive(Embed)]
#[folder = "scaffold/"]
struct Scaffold;

/// The whole included course.
#[derive(Embed)]
#[folder = "content/"]
struct Shipped;

const SETTINGS: &str = include_str!("../../../../site.yaml");

/// The scaffold's placeholder for the course's own id and title.
const ID: &str = "my-course";
const TITLE: &str = "My course";
/// The same in the settings of the included course, which keeps its title.
const SHIPPED: &str = "id: making-amends";

/// The files of a course in `dir`.
pub(super) fn files(dir: &Path, full: bool) -> Vec<File> {
    let id = id(dir);
    let mut files = Vec::new();
    for path in Scaffold::iter().filter(|path| !full || !path.starts_with("content/") && *path != "site.yaml")
    {
        let Some(file) = Scaffold::get(&path) else { continue };
        let bytes = match path.as_ref() {
            "site.yaml" => {
                let text = String::from_utf8_lossy(&file.data);
                text.replace(ID, &id).replace(TITLE, &yaml_text(&course_title(dir))).into_bytes()
            }
            _ => file.data.into_owned(),
        };
        files.push((path.into_owned(), bytes));
    }
    if full {
        files.push(("site.yaml".to_owned(), SETTINGS.replace(SHIPPED, &format!("id: {id}")).into_bytes()));
        let shipped = Shipped::iter().filter_map(|path| Some((Shipped::get(&path)?, path)));
        files.extend(shipped.map(|(file, path)| (format!("content/{path}"), file.data.into_owned())));
    }
    files.sort();
    files
}

/// A text of the included course, by its path below `content`.
pub(super) fn shipped(path: &str) -> String {
    let file = Shipped::get(path).expect("it travels inside the program");
    String::from_utf8_lossy(&file.data).into_owned()
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

/// A text as a YAML value, in quotes unless it is plain words.
pub(super) fn yaml_text(text: &str) -> String {
    let is_plain = text.split(' ').all(|word| !word.is_empty() && word.chars().all(char::is_alphabetic));
    let is_word = is_plain && !["true", "false", "null"].contains(&text.to_lowercase().as_str());
    if is_word { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
