//! Choices that a hyphen too many cuts apart: `- say: ...`, and below it `- rate: 3`.

use std::borrow::Cow;

use crate::diag::{Code, Diagnostics};
use crate::parse::choice::is_key;
use crate::parse::entries::in_block;
use crate::parse::yaml::{Kind, Value};

/// What every choice has; of the first two, one.
const NEEDED: [&[&str]; 4] = [&["say", "do"], &["rate"], &["reply"], &["why"]];

/// Joins the parts of each choice again, and reports the first hyphen too many.
pub(super) fn rejoined<'v>(items: &'v [Value], diags: &mut Diagnostics) -> Cow<'v, [Value]> {
    let (mut choices, mut first): (Vec<Value>, Option<(&Value, String)>) = (Vec::new(), None);
    for item in items {
        match choices.last_mut().filter(|above| continues(item, above)) {
            Some(above) => {
                let all = [above.entries(), item.entries()].concat();
                first.get_or_insert_with(|| (item, all[0].key.value.clone()));
                above.kind = Kind::Map(all);
            }
            None => choices.push(item.clone()),
        }
    }
    let Some((part, above)) = first else { return items.into() };
    let key = &part.entries()[0].key;
    let message = format!(
        "the hyphen before `{0}` starts another choice, but `{0}` belongs to the one above",
        key.value
    );
    let hint = format!(
        "write `{}` without the hyphen, directly below `{above}`; only the first line of each choice has one",
        key.value
    );
    diags.error(Code::Syntax, key.span, message, hint);
    choices.into()
}

/// Whether an item of the list is the rest of the choice above it: it shares no key with it, and at least one of the two is no
/// choice without the other.
fn continues(item: &Value, above: &Value) -> bool {
    let has = |value: &Value, keys: &[&str]| keys.iter().any(|key| value.get(key).is_some());
    let lacks = |value: &Value| NEEDED.iter().filter(|keys| !has(value, keys)).count();
    let is_shared = |keys: &[&str]| has(item, keys) && has(above, keys);
    let keys = || item.entries().iter().map(|entry| entry.key.value.as_str());
    let is_begun = has(item, &["id", "say", "do"]);
    in_block(item)
        && keys().all(|key| is_key(key) && above.get(key).is_none())
        && !NEEDED.iter().any(|keys| is_shared(keys))
        && match lacks(above) {
            0 => lacks(item) == NEEDED.len() && !is_begun,
            _ => lacks(item) > 0,
        }
}
