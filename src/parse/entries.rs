//! The entries of a mapping, each key once.

use rustc_hash::FxHashMap;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::decode::wrong;
use crate::parse::yaml::{Entry, Kind, Value};

/// The entries of a mapping with any keys. Of a key that is there twice, the first counts, and the other is reported.
pub(super) fn entries<'v>(value: &'v Value, what: &str, diags: &mut Diagnostics) -> Option<Vec<&'v Entry>> {
    let Kind::Map(all) = &value.kind else {
        let fault = wrong(value, &format!("{what} must be a list of `key: value` lines"));
        diags.push(match &value.kind {
            Kind::List(_) => fault.hint("take the hyphens out, so that each line is `key: value`"),
            Kind::Text(text) if text.contains('=') && !text.contains('\n') => {
                fault.hint(format!("write `{}`", text.replacen('=', ":", 1).replacen(" :", ":", 1)))
            }
            _ => fault.hint("write each part of it on a line of its own, as `key: value`"),
        });
        return None;
    };
    let mut first: FxHashMap<&str, &Entry> = FxHashMap::default();
    let (mut entries, mut repeated) = (Vec::with_capacity(all.len()), Vec::new());
    for entry in all {
        match first.get(entry.key.value.as_str()) {
            Some(first) => {
                let is_map = matches!(entry.value.kind, Kind::Map(_));
                repeated.push(Repeated { first: &first.key, again: &entry.key, is_map });
            }
            None => {
                first.insert(&entry.key.value, entry);
                entries.push(entry);
            }
        }
    }
    report_repeated(&repeated, diags);
    Some(entries)
}

/// A key that is there for a second time.
struct Repeated<'v> {
    first: &'v At<String>,
    again: &'v At<String>,
    /// A thing with parts of its own, which may have been meant to have another name.
    is_map: bool,
}

/// From this many repeated keys on, two things were written as one.
const TWO_IN_ONE: usize = 3;

fn report_repeated(repeated: &[Repeated<'_>], diags: &mut Diagnostics) {
    let fault = |key: &Repeated<'_>, message| {
        Diagnostic::error(Code::DuplicateKey, key.again.span, message)
            .label(key.first.span, "it is first here")
    };
    if let [first, rest @ ..] = repeated
        && repeated.len() >= TWO_IN_ONE
    {
        let (key, more) = (&first.again.value, rest.len());
        let message = format!("`{key}` is here twice, as are {more} keys below it");
        diags.push(fault(first, message).hint(format!(
            "if another one begins here, write `- {key}`, with the hyphen below the hyphen of the one above"
        )));
        return;
    }
    for key in repeated {
        let hint = if key.is_map { "remove one of the two, or rename it" } else { "keep one of the two" };
        diags.push(fault(key, format!("`{}` is here twice", key.again.value)).hint(hint));
    }
}
