//! The included course a hundred times over: 1,200 lessons with their drills, and 100 scenarios. Each copy has its own
//! names and titles, and its links lead to its own lessons.

use std::path::{Path, PathBuf};

use crate::shell::{self, Done, list, read, root, write};

/// Copies of each lesson.
const COPIES: usize = 100;

/// Scenarios in the whole course.
const SCENARIOS: usize = 100;

/// Writes the course into the folder `to`.
pub(super) fn write_course(to: &Path) -> Done {
    let content = root().join("content");
    for folder in ["drawings", "models", "portraits"] {
        shell::copy(&content.join(folder), &to.join("content").join(folder))?;
    }
    write(&to.join("content/objectives.yaml"), read(&content.join("objectives.yaml"))?)?;
    write(&to.join("site.yaml"), without_routes(&read(&root().join("site.yaml"))?))?;
    let lessons = named(&content.join("lessons"), "md")?;
    let scenarios = named(&content.join("scenarios"), "yaml")?;
    let mut home = read(&content.join("index.md"))?;
    for (name, _) in &lessons {
        let link = format!("](lessons/000-copy-000/{name}-000.md");
        home = home.replace(&format!("](lessons/{name}.md"), &link);
    }
    write(&to.join("content/index.md"), home)?;
    for at in 0..SCENARIOS {
        let (name, text) = &scenarios[at % scenarios.len()];
        let copy = at / scenarios.len();
        write(
            &to.join(format!("content/scenarios/{name}-{copy:03}.yaml")),
            append_to_title(text, &format!(" {copy:03}")),
        )?;
    }
    for copy in 0..COPIES {
        let folder = to.join(format!("content/lessons/{copy:03}-copy-{copy:03}"));
        let section = format!("---\ntitle: Copy {copy}\nsummary: The whole course, once more.\n---\n");
        write(&folder.join("index.md"), &section)?;
        for (name, text) in &lessons {
            let mut text = append_to_title(text, &format!(" {copy:03}"));
            for (other, _) in &lessons {
                text = text.replace(&format!("]({other}.md"), &format!("]({other}-{copy:03}.md"));
            }
            // Scenarios have fewer copies than lessons, and their last copy is incomplete.
            let scenario_copy = copy % (SCENARIOS / scenarios.len());
            let (head, body) = text[4..].split_once("\n---\n").ok_or("a lesson has no front matter")?;
            let body = body.replace("](../drawings/", "](../../drawings/");
            // A former address can lead to only one page.
            let own = head.lines().filter(|line| !line.starts_with("aliases:"));
            let (mut head, mut body) = (own.collect::<Vec<_>>().join("\n"), body);
            for (scenario, _) in &scenarios {
                head = head.replace(scenario, &format!("{scenario}-{scenario_copy:03}"));
                body = body.replace(
                    &format!("](../scenarios/{scenario}.yaml"),
                    &format!("](../../scenarios/{scenario}-{scenario_copy:03}.yaml"),
                );
            }
            write(&folder.join(format!("{name}-{copy:03}.md")), format!("---\n{head}\n---\n{body}"))?;
        }
    }
    Ok(())
}

/// Settings without routes, whose lessons and scenarios have other names here.
fn without_routes(settings: &str) -> String {
    let (before, routes) = settings.split_once("\nroutes:\n").unwrap_or((settings, ""));
    let after = routes.split_inclusive('\n').skip_while(|line| line.starts_with(' '));
    format!("{before}\n{}", after.collect::<String>())
}

/// The files in a folder with this extension: their names, without it, and texts.
fn named(folder: &Path, extension: &str) -> Done<Vec<(String, String)>> {
    let has_extension = |path: &PathBuf| path.extension().is_some_and(|found| found == extension);
    let named = |path: PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, read(&path)?))
    };
    list(folder)?.into_iter().filter(has_extension).map(named).collect()
}

/// Adds `more` to the title of a text.
fn append_to_title(text: &str, more: &str) -> String {
    let title = text.find("\ntitle: ").map_or(0, |at| at + 1);
    let end = title + text[title..].find('\n').unwrap_or_default();
    format!("{}{more}{}", &text[..end], &text[end..])
}
