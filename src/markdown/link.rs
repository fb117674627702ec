//! Links: turns the relative path of a source file into the relative URL of its page, and checks the page and the anchor.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::origin::Origin;
use super::{ExternalLink, Writer, heading};
use crate::address::{Purpose, decode, encode, relative};
use crate::asset::{Assets, Size};
use crate::course::{Lesson, Taught};
use crate::diag::suggest::{hint, listed, nearest};
use crate::diag::{Code, Diagnostic};
use crate::fingerprint::fingerprinted;
use crate::path::slashed;
use crate::source::Span;

/// The target of a link.
pub(super) struct Href {
    /// Empty if there is nothing to link to.
    pub(super) url: String,
    /// Whether it is outside the course.
    pub(super) external: bool,
}

impl Writer<'_> {
    /// The target of `dest`, which the author wrote in the bytes `range`; reports one that does not exist.
    pub(super) fn href(&mut self, origin: &Origin<'_>, dest: &str, range: &Range<usize>) -> Href {
        // A closure, because most links need no place.
        let span = || origin.token(range, dest);
        // The scheme is not case-sensitive.
        let url = match scheme(dest).map(str::to_ascii_lowercase).as_deref() {
            Some("http" | "https") if !has_host(dest) => {
                let rest = dest.split_once(':').map_or("", |(_, rest)| rest.trim_start_matches('/'));
                let hint = if rest.is_empty() {
                    "write the whole address".to_owned()
                } else {
                    format!("write `https://{rest}`")
                };
                self.report(
                    Code::BrokenLink,
                    span(),
                    "`https:` needs two slashes and the name of a site after it",
                    hint,
                );
                String::new()
            }
            Some("http" | "https") => {
                self.external.push(ExternalLink { url: dest.to_owned(), span: span() });
                return Href { url: dest.to_owned(), external: true };
            }
            Some("mailto" | "tel") => dest.to_owned(),
            Some(other) => {
                let message = match other {
                    "//" => "a link to another site starts with `https:`".to_owned(),
                    other => format!("a link cannot lead to `{other}:`"),
                };
                let hint = "links may lead to files of the course, to http, https, mailto or tel";
                self.report(Code::BrokenLink, span(), message, hint);
                String::new()
            }
            None => self.local_url(origin, dest, span).unwrap_or_default(),
        };
        Href { url, external: false }
    }

    fn local_url(&mut self, origin: &Origin<'_>, dest: &str, span: impl Fn() -> Span) -> Option<String> {
        let (path, anchor) = dest.split_once('#').unwrap_or((dest, ""));
        let (context, own) = (self.context, slashed(self.context.sources.path(origin.file())));
        let source = if path.is_empty() { Some(own.clone()) } else { join(folder(&own), &decode(path)) };
        let Some(source) = source else {
            let hint = "paths are relative to this file, as in `../scenarios/a-late-parcel.yaml`";
            self.report(Code::BrokenLink, span(), format!("`{path}` leads out of the site"), hint);
            return None;
        };
        if let Some(target) = context.links.target(&source) {
            if target.draft && !self.draft {
                let message = format!("`{source}` is a draft, so it will have no page");
                let hint = "remove `draft: true` from that file, or this link from this text";
                self.report(Code::BrokenLink, span(), message, hint);
            }
            let is_absent = target.draft && !self.draft || context.purpose.is_standalone() && source != own;
            if is_absent && matches!(context.purpose, Purpose::Package { .. }) {
                return None;
            }
            let page = if path.is_empty() { String::new() } else { relative(&self.folder, &target.page) };
            if anchor.is_empty() {
                return Some(page);
            }
            let anchor = heading::folded(&decode(anchor));
            let known = target.anchors.known(context.sources);
            return match known.get(&anchor) {
                Some(id) => {
                    let prefix = if path.is_empty() { self.prefix.as_str() } else { "" };
                    Some([&page, "#", prefix, &encode(id)].concat())
                }
                // The translation of the target may have other headings than the original that links to it; the link then
                // leads to the page as a whole.
                None if context.links.is_untranslated(&own) => Some(page),
                None => {
                    let message = format!("`{source}` has no place named `#{anchor}`");
                    self.report(Code::BrokenAnchor, span(), message, anchor_hint(&anchor, known));
                    None
                }
            };
        }
        let assets = [Some(source.clone()), context.links.counterpart(&source)];
        if let Some(source) = assets.into_iter().flatten().find(|source| context.assets.get(source).is_some())
        {
            // For the program that opens the file: `#page=2`, `#t=30`.
            let fragment = &dest[path.len()..];
            return Some(self.use_asset(asset_path(&source, context.purpose), &source) + fragment);
        }
        if !context.links.expected.contains(&source) {
            let hint = self.link_hint(&own, path);
            self.report(Code::BrokenLink, span(), format!("there is no `{path}` to link to"), hint);
        }
        None
    }

    /// The URL of the place where a lesson teaches a skill, without an anchor if a translation lacks the heading; `None` if
    /// the lesson has no page.
    pub fn url_where_taught(&self, lesson: &Lesson, taught: &Taught) -> Option<String> {
        let context = self.context;
        let target = context.links.target(&slashed(context.sources.path(lesson.file)))?;
        if target.draft && !self.draft || context.purpose.is_standalone() {
            return None;
        }
        let page = relative(&self.folder, &target.page);
        let known = target.anchors.known(context.sources);
        Some(match known.get(&heading::folded(&taught.heading)) {
            Some(id) => format!("{page}#{}", encode(id)),
            None => page,
        })
    }

    /// Reports skills that a lesson teaches, as it declares, under a heading that does not exist.
    pub fn check_taught(&mut self, lesson: &Lesson) {
        let context = self.context;
        let source = slashed(context.sources.path(lesson.file));
        let Some(target) = context.links.target(&source) else { return };
        for taught in &lesson.teaches {
            let known = target.anchors.known(context.sources);
            if !known.contains_key(&heading::folded(&taught.heading)) {
                let message = format!("this lesson has no heading with the id `{}`", taught.heading);
                let hint = hint(&taught.heading, known.keys().map(String::as_str));
                self.report(Code::BrokenAnchor, taught.span, message, hint);
            }
        }
    }

    /// The URL of an asset. Records that the page uses it, so that it is published.
    fn use_asset(&mut self, path: String, source: &str) -> String {
        let url = relative(&self.folder, &path);
        self.assets.insert(path, source.to_owned());
        url
    }

    /// The URL and size of the picture at `source`, a path relative to the site; `own` is the file that shows it.
    pub(super) fn picture_url(&mut self, own: &str, source: &str, span: Span) -> (String, Option<Size>) {
        let assets = self.context.assets;
        // A translation may have its own version of a picture; otherwise that of the original is used.
        let other = self.context.links.counterpart(source);
        let mut candidates = [Some(source), other.as_deref()].into_iter().flatten();
        let Some(found) = candidates.find(|source| assets.get(source).is_some()) else {
            let hint = match nearest_path(source.split('?').next().unwrap_or(source), assets.paths()) {
                Some(near) => format!("did you mean `{}`?", relative(folder(own), near)),
                None => "put the picture into the content folder, and write its path relative to this file"
                    .to_owned(),
            };
            self.report(Code::MissingFile, span, format!("there is no picture `{source}`"), hint);
            return (String::new(), None);
        };
        let size = assets.picture(found).unwrap_or_else(|unreadable| {
            let (message, hint) = unreadable.message_and_hint(found);
            self.faults.push(Diagnostic::lint(Code::UnreadablePicture, span, message).hint(hint));
            None
        });
        let path = picture_path(assets, found, self.context.purpose);
        (self.use_asset(path, found), size)
    }

    /// The URL and size of a picture in a Markdown text.
    pub(super) fn markdown_picture_url(
        &mut self,
        origin: &Origin<'_>,
        dest: &str,
        span: Span,
    ) -> (String, Option<Size>) {
        if scheme(dest).is_some() {
            let message = "a picture must be a file of the course";
            let hint = "save it beside this file and write its path: a course loads nothing from other sites";
            self.report(Code::BrokenLink, span, message, hint);
            return (String::new(), None);
        }
        let own = slashed(self.context.sources.path(origin.file()));
        let at = |path: &str| join(folder(&own), &decode(path)).unwrap_or_else(|| path.to_owned());
        match dest.split_once('#') {
            // A part of a drawing, or a moment of a video.
            Some((path, part)) if self.context.assets.get(&at(dest)).is_none() => {
                let (url, size) = self.picture_url(&own, &at(path), span);
                (format!("{url}#{part}"), size)
            }
            _ => self.picture_url(&own, &at(dest), span),
        }
    }

    fn link_hint(&self, own: &str, path: &str) -> String {
        let (site, _) = path.split_once('/').unwrap_or((path, ""));
        let is_site = |name: &str| {
            name.rsplit_once('.').is_some_and(|(_, last)| {
                ["com", "org", "net", "edu", "gov", "info", "io", "eu", "de", "uk"].contains(&last)
            })
        };
        match path.split_once('@') {
            Some((_, host)) if host.contains('.') && !host.contains('/') => {
                return format!("write `mailto:{path}`");
            }
            _ if path.starts_with("www.") || is_site(site) && !site.starts_with('.') => {
                return format!("write `https://{path}`");
            }
            _ => {}
        }
        if let Some(rest) =
            ["http//", "https//", "http:/", "https:/"].iter().find_map(|scheme| path.strip_prefix(scheme))
        {
            return format!("write `https://{rest}`");
        }
        let path = path.split('?').next().unwrap_or(path);
        let mut known: Vec<&str> = self.context.links.targets.keys().map(String::as_str).collect();
        known.sort_unstable();
        let known = known.into_iter().chain(self.context.assets.paths());
        let written: Vec<String> = known.map(|source| relative(folder(own), source)).collect();
        match nearest_path(path, written.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the path of the source file, relative to this file".to_owned(),
        }
    }
}

/// Whether something follows `://`.
fn has_host(dest: &str) -> bool {
    dest.split_once("://").is_some_and(|(_, rest)| !rest.is_empty() && !rest.starts_with(['/', '?', '#']))
}

fn anchor_hint(anchor: &str, known: &BTreeMap<String, String>) -> String {
    let names = known.keys().map(String::as_str);
    match nearest(anchor, names.clone()) {
        Some(near) => format!("did you mean `#{near}`?"),
        None if known.is_empty() => "it has no headings; leave the anchor out".to_owned(),
        None => format!("it has {}", listed(names)),
    }
}

/// The path of a linked asset in the site: `content/sheets/a.pdf` is at `assets/sheets/a.pdf`. It has no fingerprint, as
/// people keep such links.
fn asset_path(source: &str, purpose: Purpose) -> String {
    format!("assets/{}", portable(source.strip_prefix("content/").unwrap_or(source), purpose))
}

/// A path that every learning platform unpacks, if the purpose is a package: some accept only ASCII letters, digits, `.`,
/// `-` and `_`, so the bytes of other characters become `_x` and two hexadecimal digits. So does the `_` of a name that
/// contains such a sequence, or two files could have one path.
fn portable(path: &str, purpose: Purpose) -> Cow<'_, str> {
    let is_hex = |byte: Option<&u8>| byte.is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let is_escape = |at: usize| {
        path.as_bytes()[at..].strip_prefix(b"_x").is_some_and(|hex| is_hex(hex.first()) && is_hex(hex.get(1)))
    };
    let is_plain =
        |at: usize, byte: u8| (byte.is_ascii_alphanumeric() || b"/.-_".contains(&byte)) && !is_escape(at);
    let bytes = || path.bytes().enumerate();
    if !matches!(purpose, Purpose::Package { .. }) || bytes().all(|(at, byte)| is_plain(at, byte)) {
        return path.into();
    }
    bytes()
        .map(
            |(at, byte)| {
                if is_plain(at, byte) { char::from(byte).to_string() } else { format!("_x{byte:02x}") }
            },
        )
        .collect()
}

/// The path of a picture in the site: `content/img/desk.png` is at `pictures/img/desk.3f2a91c0.png`.
pub fn picture_path(assets: &Assets, source: &str, purpose: Purpose) -> String {
    match assets.digest(source).filter(|_| purpose.is_published()) {
        Some(digest) => {
            let path = source.strip_prefix("content/").unwrap_or(source);
            fingerprinted(&format!("pictures/{}", portable(path, purpose)), digest)
        }
        None => asset_path(source, purpose),
    }
}

/// The part of an absolute URL before its colon. A drive letter counts, so that it is refused.
fn scheme(dest: &str) -> Option<&str> {
    if dest.starts_with("//") {
        return Some("//");
    }
    let (scheme, _) = dest.split_once(':')?;
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.');
    (scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.chars().all(fits))
        .then_some(scheme)
}

/// The folder of a path: `content/lessons/` for `content/lessons/01-a.md`.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

/// Resolves `path` from `folder`, without `.` and `..`; `None` if it is absolute or leaves the site.
fn join(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The most similar known path: a similar spelling, or the same file name in another folder.
fn nearest_path<'p>(path: &str, known: impl Iterator<Item = &'p str> + Clone) -> Option<&'p str> {
    let name = |path: &'p str| path.rsplit('/').next();
    // Split at `\`, too, which authors on Windows may write.
    let wanted = path.rsplit(['/', '\\']).next();
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
    fn paths_in_a_package_stay_different() {
        let packed = |path| portable(path, Purpose::Package { standalone: false }).into_owned();
        assert_eq!(packed("img/photo_2024.jpg"), "img/photo_2024.jpg");
        assert_eq!(packed("a b.pdf"), "a_x20b.pdf");
        assert_eq!(packed("a_x20b.pdf"), "a_x5fx20b.pdf");
        assert_eq!(packed("a_x5fx20b.pdf"), "a_x5fx5fx20b.pdf");
        assert_eq!(packed("_x\u{e9}"), "_x_xc3_xa9");
    }

    #[test]
    fn schemes_differ_from_paths() {
        assert_eq!(scheme("https://a.b"), Some("https"));
        assert_eq!(scheme("javascript:x"), Some("javascript"));
        assert_eq!(scheme("//cdn.example"), Some("//"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(scheme("02-listen.md#a"), None);
    }
}
