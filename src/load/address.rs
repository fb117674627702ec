//! Turns file names into page addresses, and checks that each is valid and unique.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::compile::LessonPlace;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse;
use crate::parse::At;
use crate::path::stem;
use crate::site_files::is_source;
use crate::source::{FileId, SourceMap, Span};

/// The addresses taken so far by pages of one kind.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    taken: FxHashMap<String, FileId>,
    /// Folders whose names have been reported.
    reported: BTreeSet<String>,
}

impl Addresses {
    /// Takes `address` for a file; reports a name that is invalid, or already taken.
    pub(super) fn claim(
        &mut self,
        address: &str,
        file: FileId,
        sources: &SourceMap,
        diags: &mut Diagnostics,
    ) {
        let span = Span::new(file, 0, 0);
        let (folder, own) = address.rsplit_once('/').unwrap_or(("", address));
        let path = sources.path(file);
        if !parse::is_id(own) {
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            let is_free =
                |name: &str| sources.find(&path.with_file_name(format!("{name}.{ending}"))).is_none();
            let better = better_name(&stem(path), "first-call", is_free);
            diags.push(unfit("file", own, &format!("{better}.{ending}"), span));
        }
        if !folder.is_empty() && !parse::is_id(folder) && self.reported.insert(folder.to_owned()) {
            let name = path.parent().map(stem).unwrap_or_default();
            diags.push(unfit("folder", folder, &better_name(&name, "first-steps", |_| true), span));
        }
        for name in [own, folder] {
            if let Some(says) = parse::unfit_name(name) {
                let hint = "give it another name; that is its address, too";
                diags.error(Code::BadId, span, says, hint);
            }
        }
        self.take(address, span, sources, diags);
    }

    /// Takes a former address, once all pages have theirs; it redirects to its page.
    pub(super) fn redirect(&mut self, alias: &At<String>, sources: &SourceMap, diags: &mut Diagnostics) {
        let address = alias.value.as_str();
        if address.split('/').count() > 2 || !address.split('/').all(parse::is_id) {
            let message = format!("`{address}` cannot be a former address of a page");
            let hint =
                "write the old name of the file, without its number and its extension, or `folder/name`";
            diags.error(Code::BadId, alias.span, message, hint);
            return;
        }
        self.take(address, alias.span, sources, diags);
    }

    fn take(&mut self, address: &str, span: Span, sources: &SourceMap, diags: &mut Diagnostics) {
        if let Some(first) = self.taken.insert(address.to_owned(), span.file) {
            let message =
                format!("this has the same address as {}: `{address}`", sources.path(first).display());
            let hint =
                "rename one of the two; a number before the name does not count, nor does the extension";
            diags.error(Code::DuplicateId, span, message, hint);
        }
    }
}

/// The nearest valid name: keeps a leading number, and gets a number at the end if it is taken. `example` if nothing of the
/// name can be used.
fn better_name(name: &str, example: &str, is_free: impl Fn(&str) -> bool) -> String {
    // `late.yaml.yaml`
    let path = Path::new(name);
    let name = path.file_stem().filter(|_| is_source(path)).and_then(|stem| stem.to_str()).unwrap_or(name);
    let own = unnumbered(name);
    let number = &name[..name.len() - own.len()];
    let better = match parse::slug(&own) {
        none if none.is_empty() => format!("{number}{example}"),
        // A page of this name would be that of its folder.
        index if index == "index" && number.is_empty() => "introduction".to_owned(),
        slug => format!("{number}{slug}"),
    };
    let with_number = (2..).map(|number| format!("{better}-{number}"));
    [better.clone()].into_iter().chain(with_number).find(|name| is_free(name)).unwrap_or_default()
}

fn unfit(what: &str, name: &str, better: &str, span: Span) -> Diagnostic {
    let message =
        format!("the name of this {what}, `{name}`, may contain only lowercase letters, digits and hyphens");
    Diagnostic::error(Code::BadId, span, message).hint(format!("rename it to `{better}`"))
}

/// A lesson as `site.yaml` names it: its path below `lessons`, without the extension.
pub(super) fn name(path: &Path) -> String {
    let path = path.strip_prefix("content/lessons").unwrap_or(path).with_extension("");
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The folder of a lesson inside `lessons`, if it is in one.
pub(super) fn folder(path: &Path) -> Option<&Path> {
    path.parent().filter(|folder| *folder != Path::new("content/lessons"))
}

/// A lesson's place in the course; `modules` holds the index of each module by slug.
pub(super) fn of_lesson(path: &Path, modules: &BTreeMap<&str, usize>) -> LessonPlace {
    let own = unnumbered(&stem(path));
    match folder(path) {
        None => LessonPlace { slug: own, module: None },
        Some(folder) => {
            let module = unnumbered(&folder.file_name().unwrap_or_default().to_string_lossy());
            let at = modules.get(module.as_str()).copied();
            LessonPlace { slug: format!("{module}/{own}"), module: at }
        }
    }
}

/// `01-listen` becomes `listen`: numbers set the order and are not part of an address.
pub(super) fn unnumbered(name: &str) -> String {
    match name.split_once('-') {
        Some((number, rest)) if !rest.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            rest.to_owned()
        }
        _ => name.to_owned(),
    }
}

/// Orders the files of a folder; numbers compare by value, so `9-own` comes before `10-mend`.
pub(super) fn by_name(one: &Path, other: &Path) -> Ordering {
    let (one, other) = (one.as_os_str().as_encoded_bytes(), other.as_os_str().as_encoded_bytes());
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    // Both may differ in the middle of a number.
    let begun = one[..same].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let by_worth = match [one, other].map(|path| number(&path[same - begun..])) {
        [Some(one), Some(other)] => one.cmp(&other),
        _ => Ordering::Equal,
    };
    // A folder sorts by its name.
    let rank = |path: &[u8]| path.get(same).map(|byte| if matches!(byte, b'/' | b'\\') { 0 } else { *byte });
    by_worth.then_with(|| rank(one).cmp(&rank(other)))
}

/// The number at the beginning of a text, without leading zeros: how many digits, and the digits.
fn number(text: &[u8]) -> Option<(usize, &[u8])> {
    let digits = &text[..text.iter().take_while(|byte| byte.is_ascii_digit()).count()];
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    (!digits.is_empty()).then_some((digits.len() - zeros, &digits[zeros..]))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{better_name, by_name, unnumbered};

    #[test]
    fn a_better_name_is_free() {
        let better = |name, taken: &[&str]| better_name(name, "first-call", |name| !taken.contains(&name));
        assert_eq!(better("03-Überblick", &[]), "03-uberblick");
        assert_eq!(better("日本語", &[]), "first-call");
        assert_eq!(better("02-日本語", &[]), "02-first-call");
        assert_eq!(better("éclair", &["eclair", "eclair-2"]), "eclair-3");
        assert_eq!(better("日本語", &["first-call"]), "first-call-2");
        assert_eq!([better("Index", &[]), better("01-Index", &[])], ["introduction", "01-index"]);
    }

    #[test]
    fn a_number_in_a_name_sorts_by_value() {
        let order = [
            "01-hear.md",
            "1-hear.md",
            "2-own/9.md",
            "2-own/10.md",
            "2-own-up/1.md",
            "10-mend.md",
            "99-a.md",
            "100-a.md",
            "a.md",
            "a1b.md",
            "a2.md",
            "a10.md",
            "b.md",
        ];
        for (at, one) in order.iter().enumerate() {
            for (place, other) in order.iter().enumerate() {
                assert_eq!(by_name(Path::new(one), Path::new(other)), at.cmp(&place), "{one}, {other}");
            }
        }
    }

    #[test]
    fn numbers_are_not_part_of_an_address() {
        assert_eq!(unnumbered("01-listen"), "listen");
        assert_eq!(unnumbered("24-7-service"), "7-service");
        assert_eq!(unnumbered("7"), "7");
        assert_eq!(unnumbered("listen-2"), "listen-2");
    }
}
