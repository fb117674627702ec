//! Whether a file runs scripts when it is opened: a handout in HTML or a picture in SVG can, and then has access to
//! everything of the course in a reader's browser.
//!
//! Warns of scripts that are written openly. It does not stop somebody who hides one.

/// The extensions of files that a browser opens as pages.
const PAGES: [&str; 6] = [".html", ".htm", ".xhtml", ".xht", ".svg", ".xml"];

/// Whether a browser opens a file of this name as a page.
pub(super) fn is_page(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    PAGES.iter().any(|ending| path.ends_with(ending))
}

/// Whether a browser runs scripts in this file.
pub(super) fn is_scripted(path: &str, bytes: &[u8]) -> bool {
    if !is_page(path) {
        return false;
    }
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let mut tags = text.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    tags.any(|tag| {
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        name.rsplit(':').next() == Some("script") || tag.contains("javascript:") || has_handler(tag)
    })
}

/// Whether a tag has an attribute such as `onclick`.
fn has_handler(tag: &str) -> bool {
    tag.match_indices("on").any(|(at, _)| {
        let begins = tag[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/'));
        let rest = tag[at + 2..].trim_start_matches(|c: char| c.is_ascii_lowercase());
        begins && rest.len() < tag.len() - at - 2 && rest.trim_start().starts_with('=')
    })
}

#[cfg(test)]
mod tests {
    use super::is_scripted;

    #[test]
    fn scripts_are_found_where_a_browser_would_run_them() {
        for text in [
            "<p>Hi</p><SCRIPT>alert(1)</SCRIPT>",
            "<script src='https://elsewhere.example/x.js'></script>",
            "<svg:script/>",
            "<body onload=\"go()\">",
            "<img src=x\nonerror = go()>",
            "<img/onerror=go()>",
            "<a href=\"JavaScript:go()\">",
        ] {
            assert!(
                is_scripted("content/a.HTML", text.as_bytes())
                    && is_scripted("content/a.svg", text.as_bytes()),
                "{text}"
            );
            assert!(!is_scripted("content/a.txt", text.as_bytes()), "{text}");
        }
        for text in [
            "<p>We go on = nothing else. A script is a text. javascript: a language.</p>",
            "<svg><path d=\"M0 0\" stroke-linejoin=\"round\"/><title>on=1</title></svg>",
            "<a href=\"x.html?on=1\" title=\"once\">on</a>",
            "<transcript>",
        ] {
            assert!(!is_scripted("content/a.html", text.as_bytes()), "{text}");
        }
    }
}
