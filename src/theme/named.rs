//! The static files that templates ask for. `{{ page.root }}static/theme.css` becomes a look-up of the name that the file is
//! published under, which `render` knows: one that browsers may keep for ever holds a digest.

use std::collections::BTreeSet;

/// What stands before a name.
const FOLDER: &str = "static/";

/// A template with its look-ups; the names are added to `names`.
pub(super) fn open(text: &str, names: &mut BTreeSet<String>) -> String {
    let mut open = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(FOLDER) {
        let (before, found) = rest.split_at(at);
        let end = found.find(|letter: char| !is_plain(letter)).unwrap_or(found.len());
        let (name, after) = found.split_at(end);
        open.push_str(before);
        // A name that is put together while a page is rendered is looked up by its template.
        if is_root(before) && name.len() > FOLDER.len() && !after.starts_with("{{") {
            open.push_str(&format!("{{{{ files[\"{name}\"] }}}}"));
            names.insert(name.to_owned());
        } else {
            open.push_str(name);
        }
        rest = after;
    }
    open.push_str(rest);
    open
}

/// Whether a text ends in `{{ page.root }}`.
fn is_root(text: &str) -> bool {
    let inside = text.strip_suffix("}}").map(|text| text.trim_end_matches('-').trim_end());
    let before = inside.and_then(|text| text.strip_suffix("page.root"));
    before.is_some_and(|text| text.trim_end().trim_end_matches('-').ends_with("{{"))
}

fn is_plain(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | '/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str, named: &[&str]) {
        let mut names = BTreeSet::new();
        assert_eq!(open(text, &mut names), expected);
        assert_eq!(names.iter().map(String::as_str).collect::<Vec<_>>(), named);
    }

    #[test]
    fn a_file_that_is_named_whole_is_looked_up() {
        check(
            r#"<link href="{{ page.root }}static/theme.css"><img src='{{page.root}}static/img/a-b.svg'>"#,
            r#"<link href="{{ page.root }}{{ files["static/theme.css"] }}"><img src='{{page.root}}{{ files["static/img/a-b.svg"] }}'>"#,
            &["static/img/a-b.svg", "static/theme.css"],
        );
        check(
            "{{- page.root -}}static/a.js",
            r#"{{- page.root -}}{{ files["static/a.js"] }}"#,
            &["static/a.js"],
        );
    }

    #[test]
    fn all_else_is_left_as_it_is() {
        for text in [
            "the folder static/ and static/theme.css",
            r#"{{ page.root }}static/debrief-{{ site.language }}.js"#,
            "{{ other.page.roots }}static/a.css",
            "static/",
            "{{ page.root }}static/",
        ] {
            check(text, text, &[]);
        }
    }
}
