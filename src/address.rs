//! URLs between the files of a site, and the purpose of a site, which decides the names of its files. Knows only paths,
//! neither the course nor the contents of files.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What a site is rendered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// For publishing: drafts are left out, and files that may change have fingerprints in their names.
    Publish,
    /// For a package: a learning platform opens its launch page, which shows the pages in a frame. As published, but without
    /// what only a site on its own needs, such as redirects and a sitemap.
    Package {
        /// Whether each scenario is self-contained, with no links between pages.
        standalone: bool,
    },
    /// For viewing while the author writes: drafts are shown, and pages reload.
    Serve,
}

impl Purpose {
    /// Whether it is for trainees, as a site or in a package.
    pub fn is_published(self) -> bool {
        self != Self::Serve
    }

    /// Whether each scenario is self-contained.
    pub fn is_standalone(self) -> bool {
        self == Self::Package { standalone: true }
    }
}

/// The characters that are escaped in a segment: all but the unreserved characters of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Encodes a segment of a path, or a fragment, for a URL.
pub fn encode(segment: &str) -> Cow<'_, str> {
    utf8_percent_encode(segment, SEGMENT).into()
}

/// The reverse of [`encode`]; a path that would not be UTF-8 stays as it is.
pub fn decode(path: &str) -> Cow<'_, str> {
    percent_decode_str(path).decode_utf8().unwrap_or(path.into())
}

/// The relative URL of the file `to` on a page in `folder` (empty, or ending in a slash); both are paths from the root of
/// the site.
pub fn relative(folder: &str, to: &str) -> String {
    let mut from = folder.split('/').filter(|part| !part.is_empty()).peekable();
    let mut down = to;
    while let (Some(folder), Some((first, rest))) = (from.peek(), down.split_once('/')) {
        if *folder != first {
            break;
        }
        from.next();
        down = rest;
    }
    let mut url = "../".repeat(from.count());
    for (at, segment) in down.split('/').enumerate() {
        if at > 0 {
            url.push('/');
        }
        url.push_str(&encode(segment));
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_relative_to_the_page() {
        assert_eq!(relative("", "index.html"), "index.html");
        assert_eq!(relative("lessons/a/", "index.html"), "../../index.html");
        assert_eq!(relative("lessons/a/", "lessons/b/index.html"), "../b/index.html");
        assert_eq!(relative("lessons/a/", "lessons/a/index.html"), "index.html");
        assert_eq!(relative("lessons/a/", "assets/my pic#1.png"), "../../assets/my%20pic%231.png");
    }

    #[test]
    fn only_valid_escapes_are_decoded() {
        assert_eq!(decode("my%20pic%C3%A9.png"), "my picé.png");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%+1%ff"), "%zz%+1%ff");
    }
}
