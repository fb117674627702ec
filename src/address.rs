//! Addresses in the site: the URL of one file on the page of another, and what a site is made for, which decides how its
//! files are named. Knows paths alone, neither the course nor what stands at them.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What a site is rendered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be published: drafts are left out, and files that change have fingerprints in their names.
    Publish,
    /// To be handed to a learning platform inside of a package, whose launch page shows it in a frame: as published, without
    /// what only a site of its own has.
    Package {
        /// Whether each scenario is there by itself: no page leads to another.
        alone: bool,
    },
    /// To be looked at while it is written: drafts are shown, and pages reload.
    Serve,
}

impl Purpose {
    /// Whether trainees get it, by itself or in a package.
    pub fn is_published(self) -> bool {
        self != Self::Serve
    }

    /// Whether each scenario is there by itself.
    pub fn is_alone(self) -> bool {
        self == Self::Package { alone: true }
    }
}

/// What is escaped in a segment: all but the unreserved characters of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// One segment of a path, or a fragment, as a URL has it.
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
