//! How the files of a theme mention a static file, which decides the names under which it is published.
//!
//! `asset(path="static/NAME")` gives a page the fingerprinted name. Styles, scripts and templates that write
//! `{{ page.root }}static/NAME` use the plain one.

use memchr::memmem;

/// How a static file is mentioned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mentions {
    /// As the argument of `asset`.
    pub by_asset: bool,
    /// By its plain name.
    pub by_name: bool,
}

/// How `texts` mention the file at `path`. A plain mention is found by the last part of the path, because a style refers to
/// files relative to itself; a false match costs a copy that nobody loads.
pub(super) fn mentions<'t>(path: &str, texts: impl Iterator<Item = &'t [u8]>) -> Mentions {
    let name = path.rsplit('/').next().unwrap_or(path);
    let argument = format!("asset(path=\"{}", path.strip_suffix(name).unwrap_or_default());
    let mut mentions = Mentions::default();
    for text in texts {
        for at in memmem::find_iter(text, name) {
            let before = &text[..at];
            if before.ends_with(argument.as_bytes()) && text[at + name.len()..].starts_with(b"\"") {
                mentions.by_asset = true;
            } else if matches!(before.last(), Some(b'"' | b'\'' | b'(' | b'/')) {
                mentions.by_name = true;
            }
        }
    }
    mentions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, by_asset: bool, by_name: bool) {
        let found = mentions("static/img/a.svg", [text.as_bytes()].into_iter());
        assert_eq!(found, Mentions { by_asset, by_name }, "{text}");
    }

    #[test]
    fn asset_is_distinguished_from_every_other_mention() {
        check(r#"<img src="{{ asset(path="static/img/a.svg") }}">"#, true, false);
        check("p { background: url(img/a.svg) }", false, true);
        check("p { background: url('a.svg') }", false, true);
        check("<img src='{{page.root}}static/img/a.svg'>", false, true);
        check(r#"{{ asset(path="static/img/a.svg") }} {{ page.root }}static/img/a.svg"#, true, true);
        check(r#"{{ asset(path="static/img/a.svg.png") }}"#, false, true);
        check(r#"{{ asset(path="static/img/schema.svg") }} the file a.svg"#, false, false);
    }
}
