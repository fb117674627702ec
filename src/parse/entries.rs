//! The entries of a mapping, without repeated keys.

use rustc_hash::FxHashMap;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::decode::wrong;
use crate::parse::mistake::is_key;
use crate::parse::yaml::{Entry, Kind, Value};
use crate::source::Span;

/// The entries of a mapping with any keys. Of a repeated key the first counts, and the others are reported.
pub(super) fn entries<'v>(value: &'v Value, what: &str, diags: &mut Diagnostics) -> Option<Vec<&'v Entry>> {
    let Kind::Map(all) = &value.kind else {
        diags.push(no_mapping(value, what, "write each part of it on a line of its own, as `key: value`"));
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

/// The fault of a value that must be a mapping and is not; the hint is `otherwise`, unless its form suggests a better one.
pub(super) fn no_mapping(value: &Value, what: &str, otherwise: &str) -> Diagnostic {
    let fault = wrong(value, &format!("{what} must be a list of `key: value` lines"));
    let is_map = |item: &Value| matches!(item.kind, Kind::Map(_));
    match &value.kind {
        Kind::List(items) if !items.is_empty() && items.iter().all(is_map) => {
            fault.hint(match in_block(value) {
                true => "put a space in place of each hyphen, so that each line is `key: value`",
                false => "write `{` and `}` in place of the brackets",
            })
        }
        Kind::Text(text) if text.contains('=') && !text.contains('\n') => {
            fault.hint(format!("write `{}`", text.replacen('=', ":", 1).replacen(" :", ":", 1)))
        }
        // `title:Hear it`
        Kind::Text(text) => {
            match text.split_once(':').filter(|(key, rest)| is_key(key) && !rest.is_empty()) {
                Some((key, rest)) => {
                    fault.hint(format!("write `{key}: {rest}`, with a space after the colon"))
                }
                None => fault.hint(otherwise),
            }
        }
        _ => fault.hint(otherwise),
    }
}

/// Whether a list or mapping is written without brackets; its place is then that of its first member.
pub(super) fn in_block(value: &Value) -> bool {
    match &value.kind {
        Kind::List(items) => items.first().is_some_and(|item| item.span == value.span),
        Kind::Map(entries) => entries.first().is_some_and(|entry| entry.key.span == value.span),
        _ => false,
    }
}

/// Turns a list of named things into the mapping that it should be, with what to type: names as keys, without hyphens.
/// `is_key` says which words are keys rather than names.
pub(super) fn under_names(value: &Value, is_key: impl Fn(&str) -> bool) -> Option<(Value, Span, String)> {
    let Kind::List(items) = &value.kind else { return None };
    let named = items.iter().map(|item| named(item, &is_key)).collect::<Option<Vec<Entry>>>()?;
    let (first, Kind::Map(typed)) = (&named.first()?.key, &items[0].kind) else { return None };
    let name = &first.value;
    let is_behind = typed[0].key.value == *name;
    let hint = match (in_block(value), is_behind && typed.len() == 1) {
        (true, true) => "remove the hyphens, so that each line is `key: value`".to_owned(),
        (true, false) => {
            let typed =
                if is_behind { format!("- {name}:") } else { format!("- {}: {name}", typed[0].key.value) };
            format!(
                "write `{name}:` in place of `{typed}`, with its own lines below it, indented further, and do the same for each of them"
            )
        }
        (false, _) => {
            format!("write each by its name and without brackets: `{name}: ...`, one per line")
        }
    };
    Some((Value { kind: Kind::Map(named.clone()), ..value.clone() }, first.span, hint))
}

/// A named member of a list: named by its `id`, or by the key above or before everything else.
fn named(item: &Value, is_key: impl Fn(&str) -> bool) -> Option<Entry> {
    let Kind::Map(mut entries) = item.kind.clone() else { return None };
    if entries.len() > 1
        && let Some(at) = entries.iter().position(|entry| matches!(&*entry.key.value, "id" | "name" | "node"))
    {
        let id = entries.remove(at).value;
        let (Kind::Text(name) | Kind::Bare(name)) = id.kind else { return None };
        let value = Value { kind: Kind::Map(entries), ..item.clone() };
        return Some(Entry { key: At::new(name, id.span), value });
    }
    let mut entries = entries.into_iter();
    let first = entries.next().filter(|first| !is_key(&first.key.value))?;
    let rest: Vec<Entry> = entries.collect();
    match first.value.kind {
        Kind::Empty if !rest.is_empty() => {
            Some(Entry { value: Value { kind: Kind::Map(rest), ..item.clone() }, ..first })
        }
        _ if rest.is_empty() => Some(first),
        _ => None,
    }
}

/// A repeated key.
struct Repeated<'v> {
    first: &'v At<String>,
    again: &'v At<String>,
    /// Whether its value is a mapping, which may have been meant to have another name.
    is_map: bool,
}

/// From this many repeated keys on, two things were probably written as one.
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
            "if another one starts here, write `- {key}`, with the hyphen below the hyphen of the one above"
        )));
        return;
    }
    for key in repeated {
        let hint = if key.is_map { "remove one of the two, or rename it" } else { "keep one of the two" };
        diags.push(fault(key, format!("`{}` is here twice", key.again.value)).hint(hint));
    }
}
