//! Links: from the relative path of a source file to the relative URL of its page, checked with the anchor.

use std::ops::Range;

use super::links::Target;
use super::origin::Origin;
use super::{ExternalLink, Writer};
use crate::address::{Purpose, decode, encode, relative};
use crate::asset::{Assets, Size};
use crate::diag::Code;
use crate::diag::suggest::{listed, nearest};
use crate::fingerprint::fingerprinted;
use crate::path::slashed;
use crate::source::Span;

/// Where a link leads.
pub(super) struct Href {
    pub(super) url: String,
    /// Out of the course.
    pub(super) external: bool,
}

impl Writer<'_> {
    /// Where `dest` leads, as the author wrote it in the bytes `range`; a fault where it leads nowhere.
    pub(super) fn href(&mut self, origin: &Origin<'_>, dest: &str, range: &Range<usize>) -> Href {
        let url = match scheme(dest) {
            Some("http" | "https") => {
                self.external.push(ExternalLink { url: dest.to_owned(), span: origin.token(range, dest) });
                return Href { url: dest.to_owned(), external: true };
            }
            Some("mailto" | "tel") => dest.to_owned(),
            Some(other) => {
                let hint = "links lead to files of the course, to http, https, mailto or tel";
                let says = match other {
                    "//" => "a link to another site begins with `https:`".to_owned(),
                    other => format!("a link cannot lead to `{other}:`"),
                };
                self.fault(Code::BrokenLink, origin.token(range, dest), says).hint = Some(hint.into());
                String::new()
            }
            None => self.local(origin, dest, range).unwrap_or_default(),
        };
        Href { url, external: false }
    }

    fn local(&mut self, origin: &Origin<'_>, dest: &str, range: &Range<usize>) -> Option<String> {
        // Looked for only when something is wrong.
        let span = || origin.token(range, dest);
        let (path, anchor) = dest.split_once('#').unwrap_or((dest, ""));
        let own = slashed(self.shared.sources.path(origin.file()));
        let source = if path.is_empty() { Some(own.clone()) } else { join(folder(&own), &decode(path)) };
        let Some(source) = source else {
            let hint = "paths are relative to this file, as in `../scenarios/a-late-parcel.yaml`";
            self.fault(Code::BrokenLink, span(), format!("`{path}` leads out of the site")).hint =
                Some(hint.into());
            return None;
        };
        let shared = self.shared;
        if let Some(target) = shared.links.target(&source) {
            if target.draft && !self.draft {
                let hint = "take `draft: true` out of that file, or this link out of this text";
                let says = format!("`{source}` is a draft, so it will have no page");
                self.fault(Code::BrokenLink, span(), says).hint = Some(hint.into());
            }
            // An original may lead to a translation, whose headings are others: then to the page as a whole.
            let known = |id: &str| target.anchors.known(shared.sources).contains_key(id);
            let anchor = if shared.links.stands_in(&own) && !known(&decode(anchor)) { "" } else { anchor };
            let id = self.anchor(target, &source, &decode(anchor), span)?;
            if path.is_empty() {
                return Some(if id.is_empty() { id } else { ["#", &self.prefix, &encode(&id)].concat() });
            }
            let page = relative(&self.folder, &target.page);
            return Some(if id.is_empty() { page } else { [&page, "#", &encode(&id)].concat() });
        }
        for source in [Some(source.clone()), shared.links.other(&source)].into_iter().flatten() {
            if shared.assets.get(&source).is_some() {
                return Some(self.asset(published(&source), &source));
            }
        }
        if shared.links.expected.contains(&source) {
            return None;
        }
        let says = format!("there is no `{path}` to link to");
        let hint = self.nearest(&own, path);
        self.fault(Code::BrokenLink, span(), says).hint = Some(hint);
        None
    }

    fn anchor(
        &mut self,
        target: &Target,
        source: &str,
        anchor: &str,
        span: impl Fn() -> Span,
    ) -> Option<String> {
        if anchor.is_empty() {
            return Some(String::new());
        }
        let anchors = target.anchors.known(self.shared.sources);
        if let Some(id) = anchors.get(anchor) {
            return Some(id.clone());
        }
        let known = anchors.keys().map(String::as_str);
        let hint = match nearest(anchor, known.clone()) {
            Some(near) => format!("did you mean `#{near}`?"),
            None if anchors.is_empty() => "it has no headings; leave the anchor out".to_owned(),
            None => format!("it has {}", listed(known)),
        };
        self.fault(Code::BrokenAnchor, span(), format!("`{source}` has no place named `#{anchor}`")).hint =
            Some(hint);
        None
    }

    /// The URL of an asset, which is thereby part of the site.
    fn asset(&mut self, path: String, source: &str) -> String {
        let url = relative(&self.folder, &path);
        self.assets.insert(path, source.to_owned());
        url
    }

    /// The URL and size of the picture at `source`, a path relative to the site that `own` asks for.
    pub(super) fn media(&mut self, own: &str, source: &str, span: Span) -> (String, Option<Size>) {
        // A translation may bring a picture of its own, and needs none where the original's will do.
        let other = self.shared.links.other(source).filter(|_| self.shared.assets.get(source).is_none());
        let source =
            other.as_deref().filter(|other| self.shared.assets.get(other).is_some()).unwrap_or(source);
        if self.shared.assets.get(source).is_none() {
            let near = nearest_path(source, self.shared.assets.paths());
            let hint = near.map_or_else(
                || {
                    "put the picture into the content folder, and write its path relative to this file"
                        .to_owned()
                },
                |near| format!("did you mean `{}`?", relative(folder(own), near)),
            );
            self.fault(Code::MissingFile, span, format!("there is no picture `{source}`")).hint = Some(hint);
            return (String::new(), None);
        }
        let path = shown(self.shared.assets, source, self.shared.purpose);
        (self.asset(path, source), self.shared.assets.size(source))
    }

    /// The URL and size of a picture that a Markdown text points at.
    pub(super) fn embedded(&mut self, origin: &Origin<'_>, dest: &str, span: Span) -> (String, Option<Size>) {
        if scheme(dest).is_some() {
            let hint =
                "save it beside this file and write its path: a course asks no other site for anything";
            self.fault(Code::BrokenLink, span, "a picture must be a file of the course").hint =
                Some(hint.into());
            return (String::new(), None);
        }
        let own = slashed(self.shared.sources.path(origin.file()));
        let source = join(folder(&own), &decode(dest)).unwrap_or_else(|| dest.to_owned());
        self.media(&own, &source, span)
    }

    fn nearest(&self, own: &str, path: &str) -> String {
        let mut known: Vec<&str> = self.shared.links.targets.keys().map(String::as_str).collect();
        known.sort_unstable();
        let known = known.into_iter().chain(self.shared.assets.paths());
        let written: Vec<String> = known.map(|source| relative(folder(own), source)).collect();
        match nearest_path(path, written.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the path of the source file, relative to this one".to_owned(),
        }
    }
}

/// Where an asset that is linked to stands in the site: `content/sheets/a.pdf` at `assets/sheets/a.pdf`. People keep its address.
fn published(source: &str) -> String {
    format!("assets/{}", source.strip_prefix("content/").unwrap_or(source))
}

/// Where a picture stands that pages show: `content/img/desk.png` at `pictures/img/desk.3f2a91c0.png`.
#[must_use]
pub fn shown(assets: &Assets, source: &str, purpose: Purpose) -> String {
    match assets.digest(source).filter(|_| purpose == Purpose::Publish) {
        Some(digest) => {
            let path = source.strip_prefix("content/").unwrap_or(source);
            fingerprinted(&format!("pictures/{path}"), digest)
        }
        None => published(source),
    }
}

/// What stands before the colon of an absolute URL. A drive letter is no scheme worth telling apart: it is refused.
fn scheme(dest: &str) -> Option<&str> {
    if dest.starts_with("//") {
        return Some("//");
    }
    let (scheme, _) = dest.split_once(':')?;
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.');
    (scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.chars().all(fits))
        .then_some(scheme)
}

/// `content/lessons/01-a.md` stands in `content/lessons/`.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

/// `path` seen from `folder`, without `.` and `..`; `None` if it is absolute or climbs out of the site.
fn join(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut joined = String::with_capacity(folder.len() + path.len());
    for part in folder.split('/').filter(|part| !part.is_empty()).chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if joined.is_empty() => return None,
            ".." => joined.truncate(joined.rfind('/').unwrap_or_default()),
            part => {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(part);
            }
        }
    }
    Some(joined)
}

/// The known path that was probably meant: spelled nearly so, or the same file in another folder.
fn nearest_path<'p>(path: &str, known: impl Iterator<Item = &'p str> + Clone) -> Option<&'p str> {
    let name = |path: &'p str| path.rsplit('/').next();
    let wanted = path.rsplit('/').next();
    nearest(path, known.clone()).or_else(|| known.into_iter().find(|known| name(known) == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_site() {
        assert_eq!(
            join("content/lessons/", "../scenarios/./a.yaml").as_deref(),
            Some("content/scenarios/a.yaml")
        );
        assert_eq!(join("content/", "../x/").as_deref(), Some("x"));
        assert_eq!(join("content/", "..").as_deref(), Some(""));
        assert_eq!(join("content/", "../../x"), None);
        assert_eq!(join("content/", "/etc/passwd"), None);
    }

    #[test]
    fn schemes_are_told_from_paths() {
        assert_eq!(scheme("https://a.b"), Some("https"));
        assert_eq!(scheme("javascript:x"), Some("javascript"));
        assert_eq!(scheme("//cdn.example"), Some("//"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(scheme("02-listen.md#a"), None);
    }
}
