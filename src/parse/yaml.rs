//! YAML text becomes a tree in which every key and value knows its place in the file.
//!
//! The only file that knows the YAML crate; `plain` knows the parser that the crate is built on. Scalars keep their text
//! as it stands in the source, so that `1.50` can still be a sentence; what kind of value a key takes is decided in
//! `decode`. Aliases are expanded within a budget, merge keys are ordinary keys, and keys given twice are both kept for
//! `decode` to report.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, MergeKeyPolicy, Options, Spanned};

use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::parse::syntax::{self, Slip};
use crate::parse::{At, plain};
use crate::source::{FileId, Span};

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Of a scalar, its text; of a list or mapping, where it begins.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Nothing after the colon, `~` or `null`.
    Empty,
    /// Text in quotes, in a block, or bare and not looking like anything else.
    Text(String),
    /// A bare number, `true` or `false`, as typed.
    Bare(String),
    /// `- a`, or `[a, b]`.
    List(Vec<Value>),
    /// `key: value` lines, or `{ key: value }`.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// As typed.
    pub key: At<String>,
    /// What stands behind the colon.
    pub value: Value,
}

/// Where a piece of YAML stands in its file: it may be cut into lines by a Markdown quotation or list.
#[derive(Debug, Clone)]
pub struct Origin {
    file: FileId,
    /// Offset in the YAML text and in the file, ascending; the first is at 0.
    pieces: Vec<(usize, usize)>,
    /// Length of the YAML text.
    len: usize,
}

impl Origin {
    /// One piece that begins at byte `at` of `file`.
    #[must_use]
    pub fn whole(file: FileId, at: usize, text: &str) -> Self {
        Self { file, pieces: vec![(0, at)], len: text.len() }
    }

    /// Several pieces: offset in the text, offset in the file.
    #[must_use]
    pub fn pieces(file: FileId, pieces: Vec<(usize, usize)>, text: &str) -> Self {
        debug_assert!(pieces.first().is_some_and(|piece| piece.0 == 0), "the first piece is at 0");
        Self { file, pieces, len: text.len() }
    }

    fn at(&self, local: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= local).saturating_sub(1);
        let (start, file) = self.pieces[piece];
        file + (local - start)
    }

    /// The place of some bytes of the YAML text.
    pub(super) fn span(&self, start: usize, len: usize) -> Span {
        let start = start.min(self.len);
        let end = (start + len).min(self.len);
        // The end is found from the last byte inside: the end itself may already belong to the next piece.
        let last = if end > start { self.at(end - 1) + 1 } else { self.at(start) };
        Span::new(self.file, self.at(start), last)
    }
}

/// Reads a whole text; `None` means that a syntax error has been told.
pub fn parse(text: &str, origin: &Origin, diags: &mut Diagnostics) -> Option<Value> {
    plain::parse(text, origin, diags).or_else(|| any(text, origin, diags))
}

/// The same of a text whose places nobody asks for, if it is plain: what the YAML crate makes of it, in a third of the time.
pub(crate) fn json(text: &str) -> Option<serde_json::Value> {
    plain::parse(text, &Origin::whole(FileId::default(), 0, text), &mut Diagnostics::default())?.json()
}

fn any(text: &str, origin: &Origin, diags: &mut Diagnostics) -> Option<Value> {
    match serde_yaml::from_str_with_options::<Spanned<Node>>(text, options()) {
        Ok(root) => Some(place(&root, text, origin, diags)),
        Err(error) => {
            diags.push(syntax(&error, text, origin));
            None
        }
    }
}

fn options() -> Options {
    serde_yaml::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        strict_booleans: true,
        with_snippet: false,
        // Far beyond any real scenario, far below what could hurt. The YAML crate recurses, with large frames where it
        // is not optimized: 48 levels fit the two megabytes of a thread, 64 do not.
        budget: serde_yaml::budget! { max_depth: 32, max_nodes: 200_000, max_events: 600_000 },
        alias_limits: serde_yaml::alias_limits! { max_total_replayed_events: 20_000, max_replay_stack_depth: 8 },
    }
}

fn syntax(error: &serde_yaml::Error, text: &str, origin: &Origin) -> Diagnostic {
    let whole = error.without_snippet().to_string();
    let message = whole.split(" at line ").next().unwrap_or(&whole);
    let message = match ["budget breached", "limit exceeded"].iter().any(|words| message.contains(words)) {
        true => "it is nested too deeply, or unfolds into too much".to_owned(),
        false => message.to_owned(),
    };
    let (start, len) = error.location().map_or((0, 0), |location| {
        let span = location.span();
        match (span.byte_offset(), span.byte_len()) {
            (Some(at), Some(len)) => (at as usize, len as usize),
            _ => (byte_of(text, location.line() as usize, location.column() as usize), 1),
        }
    });
    let told = match syntax::slip(text, start.min(text.len()), &message) {
        Some(slip) if !message.contains("nested too deeply") => slip,
        _ => Slip {
            at: start,
            len,
            hint: remedy(&message).to_owned(),
            message: format!("this cannot be read as YAML: {message}"),
        },
    };
    let len = char_end(text, told.at.min(text.len()), told.len);
    Diagnostic::error(Code::Syntax, origin.span(told.at, len), told.message).hint(told.hint)
}

/// A length that ends where a character ends, and never runs past the line.
fn char_end(text: &str, start: usize, len: usize) -> usize {
    let line = text.get(start..).unwrap_or_default();
    let line = line.find('\n').map_or(line, |end| &line[..end]);
    (len..=line.len()).find(|end| line.is_char_boundary(*end)).unwrap_or(line.len())
}

fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

/// What to do about what `syntax` knows no better words for.
fn remedy(message: &str) -> &'static str {
    let has = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if has(&["nested too deeply"]) {
        "look for brackets that are not closed, and for aliases (`*name`)"
    } else if has(&["multiple YAML documents"]) {
        "remove the line `---`: a file holds one document"
    } else {
        "look at the indentation, and at quotes or brackets that are not closed; a text that begins with a quote, or holds `: `, goes below its key after `|`"
    }
}

/// The tree as the YAML crate hands it out.
enum Node {
    Empty,
    Text(String),
    /// As the crate would write it: used only where the source shows an alias.
    Bare(String),
    List(Vec<Spanned<Node>>),
    Map(Vec<(Spanned<Node>, Spanned<Node>)>),
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any YAML")
    }
    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Empty)
    }
    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Empty)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bare(value.to_string()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Bare(value.to_string()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Bare(value.to_string()))
    }
    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Bare(value.to_string()))
    }
    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Bare(value.to_string()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Bare(value.to_string()))
    }
    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Map(entries))
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

fn place(node: &Spanned<Node>, text: &str, origin: &Origin, diags: &mut Diagnostics) -> Value {
    let (span, source) = locate(node, text, origin);
    let kind = match &node.value {
        Node::Empty => Kind::Empty,
        Node::Text(value) => {
            if let Some(start) = node.referenced.span().byte_offset() {
                lost((start as usize, source), text, origin, diags);
            }
            Kind::Text(value.clone())
        }
        Node::Bare(value) => {
            Kind::Bare(if source.starts_with('*') || source.is_empty() { value } else { source }.to_owned())
        }
        Node::List(items) => Kind::List(items.iter().map(|item| place(item, text, origin, diags)).collect()),
        Node::Map(entries) => {
            Kind::Map(entries.iter().filter_map(|entry| pair(entry, text, origin, diags)).collect())
        }
    };
    Value { span, kind }.or_its_first()
}

impl Value {
    /// Without places. `None` if the YAML crate may take a word for something else where it is not told not to, or a key
    /// stands there twice.
    fn json(self) -> Option<serde_json::Value> {
        const BOOLEANS: [&str; 6] = ["y", "yes", "n", "no", "on", "off"];
        Some(match self.kind {
            Kind::Empty => serde_json::Value::Null,
            Kind::Text(text) if BOOLEANS.iter().any(|word| text.eq_ignore_ascii_case(word)) => return None,
            Kind::Text(text) => text.into(),
            Kind::Bare(word) => serde_json::from_str(&word).ok()?,
            Kind::List(items) => items.into_iter().map(Self::json).collect::<Option<_>>()?,
            Kind::Map(entries) => {
                let mut map = serde_json::Map::new();
                for Entry { key, value } in entries {
                    let is_new = key.value != "<<" && map.insert(key.value, value.json()?).is_none();
                    is_new.then_some(())?;
                }
                map.into()
            }
        })
    }

    /// A block mapping or list has an empty span of its own; where its first member stands says more.
    pub(super) fn or_its_first(self) -> Self {
        let span = self.span;
        let span = match &self.kind {
            Kind::List(items) if span.start == span.end => items.first().map_or(span, |item| item.span),
            Kind::Map(entries) if span.start == span.end => {
                entries.first().map_or(span, |entry| entry.key.span)
            }
            _ => span,
        };
        Self { span, ..self }
    }
}

/// Tells what YAML takes out of a text without a word: a sign in front that names a type or an anchor, and what it takes
/// for a comment.
pub(super) fn lost((start, source): (usize, &str), text: &str, origin: &Origin, diags: &mut Diagnostics) {
    let (Some(before), Some(after)) = (text.get(..start), text.get(start + source.len()..)) else { return };
    let before = before.trim_end_matches(' ');
    let sign = before.rfind([' ', '\n']).map_or(0, |at| at + 1);
    // An anchor that is used is meant.
    let meant = |name: &str| name.starts_with('!') || !text.contains(&name.replacen('&', "*", 1));
    if let Some(name) = before.get(sign..).filter(|name| name.starts_with(['!', '&']) && meant(name)) {
        let message = format!("`{name}` is not read as a part of this text");
        let fault = Diagnostic::error(Code::Syntax, origin.span(sign, name.len()), message);
        diags.push(
            fault.hint("a text that begins with `!` or `&` must stand in quotes, or below its key after `|`"),
        );
    }
    let quoted = source.starts_with(['"', '\'', '|', '>']);
    let rest = after.split('\n').next().unwrap_or_default();
    let note = rest.trim_start();
    // `# a note` is a note; `#4711` in a sentence is not.
    if !quoted
        && source.trim().contains(' ')
        && note.starts_with('#')
        && note[1..].starts_with(char::is_alphanumeric)
    {
        let at = start + source.len() + rest.len() - note.len();
        let message = "the text ends before this: YAML takes it for a note";
        let fault = Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(Code::CutShort, origin.span(at, note.trim_end().len()), message)
        };
        diags.push(
            fault.hint("put the whole text in double quotes; if it is a note, leave a space after the `#`"),
        );
    }
}

fn pair(
    (key, value): &(Spanned<Node>, Spanned<Node>),
    text: &str,
    origin: &Origin,
    diags: &mut Diagnostics,
) -> Option<Entry> {
    let (span, source) = locate(key, text, origin);
    let name = match &key.value {
        Node::Text(name) => name.clone(),
        Node::Bare(_) => source.to_owned(),
        Node::Empty | Node::List(_) | Node::Map(_) => {
            diags.push(Diagnostic::error(Code::WrongType, span, "a key must be a word"));
            return None;
        }
    };
    Some(Entry { key: At::new(name, span), value: place(value, text, origin, diags) })
}

fn locate<'t>(node: &Spanned<Node>, text: &'t str, origin: &Origin) -> (Span, &'t str) {
    let span = node.referenced.span();
    let start = span.byte_offset().map_or(text.len(), |at| at as usize);
    let len = span.byte_len().map_or(0, |len| len as usize);
    let source = text.get(start..start + len).unwrap_or_default();
    (origin.span(start, source.trim_end().len()), source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    fn both(text: &str) -> Option<(Value, Value)> {
        let file = SourceMap::default().add("a.yaml", text.to_owned());
        let origin = Origin::whole(file, 0, text);
        let (mut told, mut also) = (Diagnostics::default(), Diagnostics::default());
        let plain = plain::parse(text, &origin, &mut told)?;
        let any = any(text, &origin, &mut also).expect("what is plain is sound");
        assert!(told.iter().eq(also.iter()), "{text}");
        Some((plain, any))
    }

    #[test]
    fn what_is_plain_is_read_as_the_yaml_crate_reads_it() {
        let plain = [
            include_str!("../../content/scenarios/nine-chairs.yaml"),
            "a: ~\nb: \nc: null\nd: -4\nf: +3\ne: 0\nf: true\n9: FALSE\ntrue: no\n",
            "a: 3 items\nb: 7:15\nc: [x, 'it''s', \"\\u00e9\", { d: e }]\nd:\n- |\n  one\n\n  two\n- >-\n  three\n  four\n",
            "# \u{e9}\na: two words #cut\nb: goes\n  on\n# a note\nc: 'x' #4\n",
            "\u{feff}a: b\r\nc: |2\r\n   d\r\n",
            "- a\n-\n  - b\n- c: d\n  e: f\n",
            "a: b\na: c\n",
            "a: yes\nb: y\nc: Off\nd: 2026-11-22 10:00\n",
            "a:\n  <<: { b: c }\n  d: e\n",
            "one text",
        ];
        for text in plain {
            let (plain, any) = both(text).expect(text);
            assert_eq!(plain, any, "{text}");
        }
    }

    #[test]
    fn without_places_a_text_is_what_the_yaml_crate_makes_of_it() {
        let plain = [
            include_str!("../../themes/default/strings/en.yaml"),
            include_str!("../../themes/default/strings/ar.yaml"),
            include_str!("../../themes/default/theme.yaml"),
            "no: [true, ~, -4, \"9\", it's, { 9: , b: c }]\nd: |\n  e\n",
            "a: [no more, 7:15, 0]\nb:\n  c: nobody\n",
        ];
        for text in plain {
            assert_eq!(json(text), Some(serde_yaml::from_str(text).unwrap()), "{text}");
        }
        for other in ["a: No", "a: [y]", "a: b\na: c", "a: +5", "<<: { a: b }", "a: True", "a: ["] {
            assert_eq!(json(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_yaml_crate() {
        let other =
            ["", "a: 1.5", "a: 007", "a: 0x1f", "a: 1_000", "a: .5", "a: &b c", "a: !b c", "~: a", "[a]: b"];
        let faults = ["a: [", "a: b: c", "a\n---\nb", "a: b\n---\n", "a: \"\\q\"", "a: *b", "- a\nb: c"];
        let deep = "[".repeat(40) + &"]".repeat(40);
        for text in other.into_iter().chain(faults).chain([deep.as_str()]) {
            assert_eq!(both(text), None, "{text}");
        }
    }
}
