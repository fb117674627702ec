//! What is the same on every page. `{% include "partials/fixed/remember.html" %}` becomes a look-up of what that partial
//! came to: `render` asks for it once for each depth of folders, not once for each page of a large course.

use std::collections::BTreeSet;

/// Where such partials stand.
pub(super) const FOLDER: &str = "partials/fixed/";

/// A template with its look-ups; the partials are added to `names`. One that is not `known` stays as it is, and will be told.
pub(super) fn open(text: &str, known: impl Fn(&str) -> bool, names: &mut BTreeSet<String>) -> String {
    let mut open = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{%") {
        let end = rest[at..].find("%}").map_or(rest.len(), |end| at + end + 2);
        let (before, tag) = (&rest[..at], &rest[at..end]);
        open.push_str(before);
        match included(tag).filter(|(_, name, _)| known(name)) {
            Some((opens, name, closes)) => {
                open.push_str(&format!("{{{{{opens} fixed[\"{name}\"] | safe {closes}}}}}"));
                names.insert(name.to_owned());
            }
            None => open.push_str(tag),
        }
        rest = &rest[end..];
    }
    open.push_str(rest);
    open
}

/// The partial of an include, and what trims white space before and after it.
fn included(tag: &str) -> Option<(&str, &str, &str)> {
    let inside = tag.strip_prefix("{%")?.strip_suffix("%}")?;
    let dash = |is: bool| if is { "-" } else { "" };
    let (opens, closes) = (dash(inside.starts_with('-')), dash(inside.ends_with('-')));
    let name = inside.trim_matches('-').trim().strip_prefix("include")?.trim();
    let name = name.strip_prefix('"')?.strip_suffix('"')?;
    (name.starts_with(FOLDER) && !name.contains('"')).then_some((opens, name, closes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_include_of_what_is_fixed_is_a_look_up() {
        let mut names = BTreeSet::new();
        let text = r#"a {%- include "partials/fixed/b.html" -%} {% include "partials/c.html" %}{% if d %}{%include "partials/fixed/e.html"%}{% endif %} {% include "partials/fixed/not.html" %} {%"#;
        let expected = r#"a {{- fixed["partials/fixed/b.html"] | safe -}} {% include "partials/c.html" %}{% if d %}{{ fixed["partials/fixed/e.html"] | safe }}{% endif %} {% include "partials/fixed/not.html" %} {%"#;
        assert_eq!(open(text, |name| !name.ends_with("not.html"), &mut names), expected);
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["partials/fixed/b.html", "partials/fixed/e.html"]);
    }
}
