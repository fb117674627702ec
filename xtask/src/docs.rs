//! Builds the pages of `docs` as a site with search: each page is a lesson, and its heading is the title.

use crate::shell::{self, Done, root, write};
use crate::test;

/// Builds the site into `target/docs/public`; a warning is an error.
pub(crate) fn run() -> Done {
    let (docs, site) = (root().join("docs"), shell::target().join("docs"));
    let lessons = site.join("content/lessons");
    shell::remove(&site)?;
    shell::copy(&docs, &lessons)?;
    shell::copy_into(&docs.join("site.yaml"), &site, "site.yaml")?;
    for path in shell::list(&lessons)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
    {
        let page = shell::read(&path)?;
        let heading = page.split_once('\n').and_then(|(first, rest)| Some((first.strip_prefix("# ")?, rest)));
        let (title, text) =
            heading.ok_or_else(|| format!("{} does not begin with a heading", path.display()))?;
        // A title is shown as typed, so it must not contain Markdown.
        let title = title.replace('`', "");
        // YAML among the lessons would be read as a part of the course, so it becomes text.
        let text = text.replace(".yaml)", ".txt)");
        write(&path, format!("---\ntitle: {}\n---\n{text}", serde_json::Value::from(title)))?;
    }
    for path in shell::list(&lessons.join("first-hour"))? {
        if path.extension().is_some_and(|ending| ending == "yaml") {
            let text = path.with_extension("txt");
            std::fs::rename(&path, text)
                .map_err(|error| format!("cannot rename {}: {error}", path.display()))?;
        }
    }
    let settings = lessons.join("site.yaml");
    std::fs::remove_file(&settings)
        .map_err(|error| format!("cannot remove {}: {error}", settings.display()))?;
    let site = site.to_string_lossy();
    shell::run(test::program()?, ["build", "--strict", "--site", &site])
}
