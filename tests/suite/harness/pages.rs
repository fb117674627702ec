//! The files of a published site, and what must be true of them, whatever the course and the theme.

use std::collections::{BTreeMap, BTreeSet};

use amends::address::decode;
use amends::sink::Output;

/// Files by their path from the root of the site.
#[derive(Clone, PartialEq)]
pub(crate) struct Pages(BTreeMap<String, Vec<u8>>);

/// A page, with the escapes in URLs and policies undone.
pub(crate) struct Page {
    path: String,
    pub(crate) html: String,
}

impl Pages {
    pub(super) fn of(output: Output) -> Self {
        Self(output)
    }

    /// The bytes of a file.
    pub(crate) fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// Whether a file exists.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// The text of a file, which must exist.
    #[track_caller]
    pub(crate) fn text(&self, path: &str) -> &str {
        let bytes = self.get(path).unwrap_or_else(|| panic!("no file {path}"));
        std::str::from_utf8(bytes).unwrap()
    }

    /// The page of a folder: `lessons/one`, or an empty path for the home page.
    #[track_caller]
    pub(crate) fn page(&self, folder: &str) -> Page {
        let path = if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") };
        let html = self.text(&path).replace("&#x2F;", "/").replace("&#39;", "'");
        Page { path, html }
    }

    /// Every path, sorted.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The paths that start with this.
    pub(crate) fn below(&self, start: &str) -> impl Iterator<Item = &str> {
        self.paths().filter(move |path| path.starts_with(start))
    }

    /// Every text file, with its path.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)))
    }

    /// Every page, with its path.
    pub(crate) fn html(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(|(path, _)| path.ends_with(".html"))
    }

    /// The paths whose bytes differ, and those that only one of the two has.
    pub(crate) fn changed(&self, other: &Self) -> Vec<String> {
        let all: BTreeSet<&String> = self.0.keys().chain(other.0.keys()).collect();
        all.into_iter().filter(|path| self.0.get(*path) != other.0.get(*path)).cloned().collect()
    }

    /// Asserts that everything a page links to or loads exists, including anchors, and by a relative URL. (The 404 page is
    /// shown at any address: if it knows the public address of the site, its links are absolute.)
    #[track_caller]
    pub(crate) fn assert_links_resolve(&self) {
        let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (path, page) in self.html() {
            let all = attribute_values(page, "id");
            let unique: BTreeSet<String> = all.iter().cloned().collect();
            assert_eq!(all.len(), unique.len(), "{path}: two elements have one id");
            ids.insert(path, unique);
        }
        let absolute = self.has("sitemap.xml");
        let mut links = 0;
        for (path, page) in self.html().filter(|(path, _)| !(absolute && *path == "404.html")) {
            for url in attribute_values(page, "href").into_iter().chain(attribute_values(page, "src")) {
                if ["https://", "mailto:", "data:"].iter().any(|scheme| url.starts_with(scheme)) {
                    continue;
                }
                assert!(!url.starts_with('/') && !url.contains("://"), "{path}: {url} is not relative");
                let (file, anchor) = resolve(path, &url);
                assert!(self.has(&file), "{path}: {url} leads to {file}, which does not exist");
                let known = anchor.is_empty()
                    || ids.get(file.as_str()).is_some_and(|ids| ids.contains(&anchor))
                    // A portrait's anchor is the mood to show.
                    || file.ends_with(".svg") && attribute_values(self.text(&file), "id").contains(&anchor);
                assert!(known, "{path}: {url} leads to an anchor that does not exist");
                links += 1;
            }
        }
        assert!(links > 0, "the site has no links to check");
    }
}

impl Page {
    /// Asserts that the page contains this.
    #[track_caller]
    pub(crate) fn has(&self, part: &str) -> &Self {
        assert!(self.html.contains(part), "{}: no {part:?} in\n{}", self.path, self.html);
        self
    }

    /// Asserts that the page does not contain this.
    #[track_caller]
    pub(crate) fn lacks(&self, part: &str) -> &Self {
        assert!(!self.html.contains(part), "{}: {part:?} in\n{}", self.path, self.html);
        self
    }
}

/// Every value of an attribute in a page, with the escapes in URLs undone.
fn attribute_values(page: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let found = page.split(&start).skip(1).filter_map(|rest| rest.split('"').next());
    found.map(|value| value.replace("&amp;", "&").replace("&#x2F;", "/")).collect()
}

/// The path and the anchor that a link on the page at `path` leads to.
fn resolve(path: &str, url: &str) -> (String, String) {
    let (file, anchor) = url.split_once('#').unwrap_or((url, ""));
    if file.is_empty() {
        return (path.to_owned(), anchor.to_owned());
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop().expect("no link leads out of the site")),
            part => parts.push(part),
        }
    }
    (decode(&parts.join("/")).into_owned(), decode(anchor).into_owned())
}

/// The text from the first `start` to the next `end`, without either.
#[track_caller]
pub(crate) fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("no {start:?}")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("no {end:?} after {start:?}")).0
}

/// A text without the digests in file names, which change with any style or script.
pub(crate) fn without_digests(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['.', '"']) {
        let (before, after) = rest.split_at(at + 1);
        plain.push_str(before);
        let digest = after.get(..8).filter(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()));
        rest = match digest.map(|_| &after[8..]) {
            Some(more) if more.starts_with('.') => &more[1..],
            Some(more) if more.starts_with("/\"") => more,
            _ => after,
        };
    }
    plain + rest
}
