//! Gates as typed: `promised-today`, `not promised-today`, `goodwill < 40`, `{ all: [..] }`, `{ any: [..] }`, `{ not: .. }`.

use scenario_wasm::Compare;
use scenario_wasm::gate::DEPTH;
use serde_json::{Map, Value as Json, json};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::collection::list;
use crate::parse::decode::{Decode, Definitions, custom, naming, wrong};
use crate::parse::id::{is_id, slug};
use crate::parse::yaml::{Entry, Kind, Value};
use crate::source::Span;

/// A condition, no deeper than the YAML budget allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawGate {
    /// The flag is set.
    Flag(At<String>),
    /// Goodwill compared with a number.
    Goodwill(Compare, u8),
    /// It does not hold.
    Not(Box<RawGate>),
    /// All of them hold.
    All(Vec<RawGate>),
    /// One of them holds.
    Any(Vec<RawGate>),
}

impl RawGate {
    /// The size of the stack that the engine needs to evaluate the condition.
    fn depth(&self) -> usize {
        match self {
            Self::Flag(_) | Self::Goodwill(..) => 1,
            Self::Not(gate) => gate.depth(),
            Self::All(gates) | Self::Any(gates) => {
                gates.iter().enumerate().map(|(before, gate)| before + gate.depth()).max().unwrap_or(1)
            }
        }
    }

    /// Every flag that it reads.
    pub fn flags(&self) -> Vec<&At<String>> {
        match self {
            Self::Flag(flag) => vec![flag],
            Self::Goodwill(..) => Vec::new(),
            Self::Not(gate) => gate.flags(),
            Self::All(gates) | Self::Any(gates) => gates.iter().flat_map(Self::flags).collect(),
        }
    }
}

/// A gate. An unreadable one is reported and counts as always open, so that what it guards is kept.
pub(super) fn gate() -> impl Decode<Output = At<RawGate>> {
    custom(|value, _, diags| Some(At::new(read(value, diags), value.span)), schema)
}

fn read(value: &Value, diags: &mut Diagnostics) -> RawGate {
    let unread = RawGate::All(Vec::new());
    let Some(gate) = condition(value, diags) else { return unread };
    if gate.depth() > DEPTH {
        let message = "this condition has too many parts";
        let hint = "set one flag where several are always set together, and use that";
        diags.error(Code::BadValue, value.span, message, hint);
        return unread;
    }
    gate
}

/// The keys that combine conditions, with their meanings.
const COMBINED: [(&str, &str); 3] =
    [("all", "All of them hold."), ("any", "At least one holds."), ("not", "It does not hold.")];

fn condition(value: &Value, diags: &mut Diagnostics) -> Option<RawGate> {
    let entry = match &value.kind {
        Kind::Text(text) | Kind::Bare(text) => return words(text.trim(), value.span, diags),
        Kind::Map(entries) if entries.len() == 1 => &entries[0],
        _ => {
            let fault = wrong(value, "a condition must be text, or one of `all`, `any` and `not`");
            let listed: Option<Vec<&str>> = value.items().iter().map(Value::word).collect();
            diags.push(match listed.as_deref() {
                Some([only]) => fault.hint(format!("write `{only}`, without brackets")),
                Some(all @ [_, ..]) => fault.hint(format!("write `{{ all: [{}] }}`", all.join(", "))),
                _ => fault.hint(FORMS),
            });
            return None;
        }
    };
    match entry.key.value.as_str() {
        "all" => members(entry, diags).map(RawGate::All),
        "any" => members(entry, diags).map(RawGate::Any),
        "not" => Some(RawGate::Not(Box::new(read(&entry.value, diags)))),
        other => {
            let message = format!("a condition has no key `{other}`");
            let hint = match &entry.value.kind {
                Kind::Bare(held) if held == "true" => format!("write only `{other}`"),
                Kind::Bare(held) if held == "false" => format!("write `not {other}`"),
                Kind::Text(flag) if ["flag", "set", "if", "when"].contains(&other) => {
                    format!("write only `{flag}`")
                }
                _ => crate::diag::suggest::hint(other, COMBINED.map(|(key, _)| key)),
            };
            diags.error(Code::UnknownKey, entry.key.span, message, hint);
            None
        }
    }
}

/// The schema of conditions in words, with flags of this pattern.
pub(crate) fn words_schema(flag: &str) -> Json {
    let pattern = format!("^\\s*(not +)*(goodwill *(<|<=|>|>=|=) *[0-9]{{1,3}}|{flag})\\s*$");
    json!({ "type": ["string", "integer"], "pattern": pattern })
}

fn schema(definitions: &mut Definitions) -> Json {
    definitions.entry(naming::CONDITION.to_owned()).or_insert_with(|| words_schema("[a-z0-9-]+"));
    let words = format!("#/$defs/{}", naming::CONDITION);
    let gate = json!({ "anyOf": [{ "$ref": words }, { "$ref": "#/$defs/condition" }] });
    let key = |(key, says): (&str, &str)| {
        let mut schema = match key {
            "not" => gate.clone(),
            _ => json!({ "type": "array", "items": gate, "minItems": 1 }),
        };
        schema["description"] = says.into();
        (key.to_owned(), schema)
    };
    let properties: Map<String, Json> = COMBINED.into_iter().map(key).collect();
    let required = COMBINED.map(|(key, _)| json!({ "required": [key] }));
    let object = json!({
        "description": "Conditions combined.",
        "type": "object",
        "properties": properties,
        "required": [],
        "additionalProperties": false,
        "allOf": [{ "oneOf": required }],
    });
    definitions.insert("condition".to_owned(), object);
    gate
}

const FORMS: &str =
    "write a flag, `not FLAG`, `goodwill < 40`, `{ all: [..] }`, `{ any: [..] }` or `{ not: .. }`";

fn members(entry: &Entry, diags: &mut Diagnostics) -> Option<Vec<RawGate>> {
    let key = &entry.key.value;
    let members = list(gate()).read(&entry.value, key, diags)?;
    if members.is_empty() {
        diags.error(Code::BadValue, entry.value.span, format!("`{key}` needs at least one condition"), FORMS);
        return None;
    }
    Some(members.into_iter().map(|gate| gate.value).collect())
}

fn words(text: &str, span: Span, diags: &mut Diagnostics) -> Option<RawGate> {
    let (mut rest, mut negated) = (text, false);
    while let Some(inner) = rest.strip_prefix("not").filter(|inner| inner.starts_with(char::is_whitespace)) {
        (rest, negated) = (inner.trim_start(), !negated);
    }
    let gate = plain(rest, text, span, diags)?;
    Some(if negated { RawGate::Not(Box::new(gate)) } else { gate })
}

/// A condition without a `not`; `whole` is what was typed.
fn plain(text: &str, whole: &str, span: Span, diags: &mut Diagnostics) -> Option<RawGate> {
    let after = text
        .strip_prefix("goodwill")
        .filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'));
    if let Some(rest) = after {
        let gate = comparison(rest.trim());
        if gate.is_none() {
            let hint = match meant(whole) {
                Some(better) => format!("write `{better}`"),
                None => {
                    "write `goodwill < 40`, with one of `<`, `<=`, `>`, `>=`, `=` and a number from 0 to 100"
                        .to_owned()
                }
            };
            diags.error(
                Code::BadValue,
                span,
                format!("`{text}` cannot be read as a comparison of goodwill"),
                hint,
            );
        }
        return gate;
    }
    if !is_id(text) || text == "not" {
        let fault = Diagnostic::error(Code::BadId, span, format!("`{whole}` is not a condition"));
        diags.push(match meant(whole) {
            Some(better) => fault.hint(format!("write `{better}`")),
            None => fault.hint(FORMS),
        });
        return None;
    }
    Some(RawGate::Flag(At::new(text.to_owned(), span)))
}

/// The condition that was meant by a form of other languages: `!f`, `not (f)`, `f && g`, `f or g`, `Heard`.
fn meant(text: &str) -> Option<String> {
    let text = text.trim();
    // Nobody writes a longer one by hand, and nested brackets are followed one by one.
    if text.len() > 200 {
        return None;
    }
    for (operators, key) in [([" and ", "&&", " AND "], "all"), ([" or ", "||", " OR "], "any")] {
        let Some(operator) = operators.into_iter().find(|operator| text.contains(operator)) else { continue };
        let parts: Option<Vec<String>> = text.split(operator).map(meant).collect();
        return parts.map(|parts| format!("{{ {key}: [{}] }}", parts.join(", ")));
    }
    // `heard, told`
    if text.contains(',') && text.split(',').all(|part| is_id(part.trim())) {
        let parts: Vec<&str> = text.split(',').map(str::trim).collect();
        return Some(format!("{{ all: [{}] }}", parts.join(", ")));
    }
    if let Some((before, after)) = text.split_once("goodwill").filter(|(before, _)| !before.trim().is_empty())
    {
        // `40 < goodwill`, `20 < goodwill < 40`
        let number = before.trim().trim_end_matches(['<', '>', '=']).trim_end();
        let operator = before.trim()[number.len()..].trim();
        let turned: String = operator
            .chars()
            .map(|c| match c {
                '<' => '>',
                '>' => '<',
                other => other,
            })
            .collect();
        let first = format!("{turned} {number}");
        comparison(&first)?;
        return match after.trim() {
            "" => Some(format!("goodwill {first}")),
            after => comparison(after).map(|_| format!("{{ all: [goodwill {first}, goodwill {after}] }}")),
        };
    }
    if let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        return meant(inner);
    }
    let negated = text.strip_prefix('!').or_else(|| {
        let (word, rest) = text.split_at_checked(3)?;
        (word.eq_ignore_ascii_case("not") && rest.starts_with([' ', '('])).then_some(rest)
    });
    if let Some(inner) = negated {
        let inner = meant(inner)?;
        return Some(match inner.strip_prefix("not ") {
            Some(twice) => twice.to_owned(),
            None if inner.starts_with('{') => format!("{{ not: {inner} }}"),
            None => format!("not {inner}"),
        });
    }
    let compared = text.split_once("==").or_else(|| text.split_once(" is ")).or_else(|| text.split_once('='));
    if let Some((flag, value)) = compared.filter(|_| !text.starts_with("goodwill")) {
        let flag = meant(flag)?;
        return match value.trim().to_ascii_lowercase().as_str() {
            "true" | "set" => Some(flag),
            "false" | "not set" => Some(format!("not {flag}")),
            _ => None,
        };
    }
    if let Some(rest) = text.strip_prefix("goodwill") {
        let rest = rest.trim().replace("==", "=").replace("=<", "<=").replace("=>", ">=");
        let rest = rest.replace('≤', "<=").replace('≥', ">=");
        return comparison(&rest).map(|_| format!("goodwill {rest}"));
    }
    let flag = slug(text);
    (!flag.is_empty() && !text.contains(' ')).then_some(flag)
}

fn comparison(text: &str) -> Option<RawGate> {
    // Longer operators first, or `<=` would be read as `<`.
    let operators = [
        ("<=", Compare::AtMost),
        (">=", Compare::AtLeast),
        ("<", Compare::Less),
        (">", Compare::More),
        ("=", Compare::Equal),
    ];
    let (rest, compare) =
        operators.iter().find_map(|(operator, compare)| Some((text.strip_prefix(operator)?, *compare)))?;
    let number = rest.trim().parse::<u8>().ok().filter(|number| *number <= 100)?;
    Some(RawGate::Goodwill(compare, number))
}
