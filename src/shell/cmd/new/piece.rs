//! A new scenario, lesson or model in a course: named as requested, and connected to what the course has. Anything that
//! would be published starts as a draft.

use std::path::PathBuf;

use super::course;
use super::{File, extras, title, write};
use crate::course::Course;
use crate::embedded;
use crate::parse::{self, as_yaml};
use crate::shell::cli::Piece;
use crate::shell::cmd::{Failure, load_without_lints};
use crate::shell::editor;
use crate::site_files::SiteFiles;

/// The scenario of the small course, of which a new one is a copy.
const SCENARIO: &str = "content/scenarios/cold-dinner.yaml";

/// The first line of a new piece; `starters/piece/lesson.md` has the same one.
const DRAFT: &str =
    "draft: true                  # only `amends serve` shows it; take this line out to publish it";

/// Creates the piece. Returns its path, and what the author should know about it.
pub(super) fn add(piece: &Piece) -> Result<(PathBuf, Option<String>), Failure> {
    let (name, site) = match piece {
        Piece::Scenario { name, site } | Piece::Lesson { name, site } | Piece::Model { name, site } => {
            (name.trim(), site.site.as_path())
        }
    };
    if name.is_empty() {
        return Err("the name is empty; write a title, or a name such as `first-call`".into());
    }
    let loaded = load_without_lints(site)?;
    let found = &loaded.files;
    if found.config.is_none() {
        let site = site.display();
        return Err(format!(
            "there is no site.yaml in {site}; go to the folder of a course, or name it with --site"
        )
        .into());
    }
    let (kind, others) = match piece {
        Piece::Scenario { .. } => ("scenario", &found.scenarios),
        Piece::Lesson { .. } => ("lesson", &found.lessons),
        Piece::Model { .. } => ("model", &found.models),
    };
    if name.contains(['/', '\\']) {
        let better = parse::slug(name);
        return Err(format!(
            "`{name}` cannot be a name here: a path is not a title; write a title, or a name such as `{better}`"
        )
        .into());
    }
    let (title, mut slug) = match parse::is_id(name) {
        true => (title(name), name.to_owned()),
        false => (name.to_owned(), parse::slug(name)),
    };
    let title = as_yaml(&title);
    let mut note = None;
    if slug.is_empty() {
        let numbered = (2..).map(|number| format!("{kind}-{number}"));
        let mut all = [kind.to_owned()].into_iter().chain(numbered);
        slug = all.find(|slug| taken(slug, others).is_none()).expect("numbers do not end");
        note = Some(
            "addresses have only the letters a to z, digits and hyphens; rename the file to choose another"
                .to_owned(),
        );
    }
    if let Some(says) = parse::unfit_name(&slug) {
        return Err(format!("{says}; choose another name").into());
    }
    if let Some(path) = taken(&slug, others) {
        let path = path.display();
        return Err(format!("`{slug}` is already the name of {path}; choose another name").into());
    }
    let known = Known::of(&loaded.course);
    let file = match piece {
        Piece::Scenario { .. } => scenario(&slug, &title, &known),
        Piece::Lesson { .. } => lesson(&slug, &title, found, &known),
        Piece::Model { .. } => model(&slug, &title),
    };
    let path = site.join(&file.0);
    write(site, &[file])?;
    editor::renew(site, &load_without_lints(site)?)?;
    Ok((path, note))
}

/// The names that a new file can use.
struct Known {
    objectives: Vec<String>,
    scenarios: Vec<String>,
}

impl Known {
    /// A course with errors still has names; unreadable ones are left out.
    fn of(course: &Course) -> Self {
        Self {
            objectives: course.objectives.iter().map(|objective| objective.id.clone()).collect(),
            scenarios: course.scenarios.iter().map(|scenario| scenario.slug.clone()).collect(),
        }
    }
}

/// The file that already has a name, whatever its number.
fn taken<'p>(slug: &str, paths: &'p [PathBuf]) -> Option<&'p PathBuf> {
    let is_it = |path: &&PathBuf| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let unnumbered = stem.split_once('-').filter(|(number, _)| number.parse::<u32>().is_ok());
        stem == slug || unnumbered.is_some_and(|(_, name)| name == slug)
    };
    paths.iter().find(is_it)
}

fn scenario(slug: &str, title: &str, known: &Known) -> File {
    let text = embedded::text(&course::SCAFFOLD, SCENARIO).expect("it travels inside the program");
    let lines = text.lines().filter_map(|line| match line.split_once(':').map_or("", |(key, _)| key) {
        "title" => Some(format!("title: {title}\n{DRAFT}")),
        // This course may not have the objectives of the small one.
        "objectives" if known.objectives.is_empty() => None,
        "objectives" => Some(format!("objectives: [{}]", few(&known.objectives))),
        _ => Some(line.to_owned()),
    });
    let text = format!("{}\n{}\n", schema("scenario"), lines.collect::<Vec<_>>().join("\n"));
    (format!("content/scenarios/{slug}.yaml"), text.into_bytes())
}

/// LEAA as it ships, to be changed. It scores no scenario until one names it.
fn model(slug: &str, title: &str) -> File {
    let shipped = course::shipped("models/leaa.yaml");
    let rules =
        shipped.split_once("\ntitle: ").and_then(|(_, rest)| rest.split_once('\n')).map(|(_, rules)| rules);
    let text = format!(
        "{}\n\
         # A recovery model: the skills in order, harms with a name, and the rules of scoring. It starts as Listen, Empathize,\n\
         # Apologize, Act: change what you need. A scenario is scored by it with the line `model: {}`.\n\
         title: {title}\n\n\
         # What went wrong in a scenario, if it has other names in your trade than late, incorrect, unavailable, uncaring:\n\
         # failures: {{ wrong-bill: A wrong bill, no-show: Nobody came }}\n{}",
        schema("model"),
        as_yaml(slug),
        rules.expect("a model has a title, and rules below it"),
    );
    (format!("content/models/{slug}.yaml"), text.into_bytes())
}

/// The line that tells an editor the schema of a file.
fn schema(kind: &str) -> String {
    format!("# yaml-language-server: $schema=../../.vscode/amends/{kind}.schema.json")
}

/// Numbered after the last lesson, if lessons have numbers.
fn lesson(slug: &str, title: &str, found: &SiteFiles, known: &Known) -> File {
    let stems = found.lessons.iter().filter(|path| path.components().count() == 3);
    let stems: Vec<String> =
        stems.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    let last = stems.iter().filter_map(|stem| number(stem)).max();
    let name = match last {
        Some(last) => format!("{:02}-{slug}", last + 1),
        None if stems.is_empty() => format!("01-{slug}"),
        None => slug.to_owned(),
    };
    let text = extras::starter("piece/lesson.md")
        .replace("{title}", title)
        .replace("{objectives}", &few(&known.objectives))
        .replace("{scenarios}", &known.scenarios.first().map_or("".into(), |slug| as_yaml(slug)));
    (format!("content/lessons/{name}.md"), text.into_bytes())
}

/// `07-listen` has the number 7; `2024-review` has a year.
fn number(stem: &str) -> Option<u32> {
    let (number, _) = stem.split_once('-')?;
    number.parse().ok().filter(|_| number.len() < 4)
}

/// A course may have dozens; the author decides which apply.
fn few(names: &[String]) -> String {
    names.iter().take(2).map(|name| as_yaml(name)).collect::<Vec<_>>().join(", ")
}
