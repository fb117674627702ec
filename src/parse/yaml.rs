//! Turns YAML text into a tree of values.
//!
//! Only this file uses the YAML crate, except for `syntax`, which translates its errors. Scalars keep their text as it is
//! in the source, so that `1.50` can still be a sentence; which kind of value a key takes is decided in `decode`. Aliases
//! are expanded within a budget, merge keys are ordinary keys, and repeated keys are all kept for `entries` to report.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Location, MergeKeyPolicy, NonFiniteFloatPolicy, Options, Spanned};

use crate::diag::{Code, Diagnostics};
use crate::parse::{At, lookalike, mistake, syntax};
use crate::source::{FileId, Span};

pub use crate::parse::origin::{Origin, Piece};
pub use crate::parse::tree::{Entry, Kind, Value};

/// Reads a whole file; `None` after a syntax error, which is reported.
pub fn parse_file(file: FileId, text: &str, diags: &mut Diagnostics) -> Option<Value> {
    parse(text, &Origin::whole(file, 0, text), diags)
}

/// The same for any YAML text.
pub fn parse(text: &str, origin: &Origin, diags: &mut Diagnostics) -> Option<Value> {
    match serde_yaml::from_str_with_options::<Spanned<YamlNode>>(text, options()) {
        Ok(root) => {
            let mut placer = Placer { text, origin, diags, is_misread: false, unspaced: None };
            let value = placer.value(root);
            (!placer.is_misread).then_some(value)
        }
        Err(error) => {
            diags.push(syntax::diagnostic(&error, text, origin));
            None
        }
    }
}

fn options() -> Options {
    serde_yaml::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        strict_booleans: true,
        // Digits around an `e` can be a name or a fingerprint: only what a key takes decides whether they are a number.
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
        // Far beyond any real scenario, far below what could do damage. The YAML crate recurses, with large stack frames in
        // unoptimized builds: 48 levels fit into a thread's two megabytes, 64 do not.
        budget: serde_yaml::budget! { max_depth: 32, max_nodes: 200_000, max_events: 600_000 },
        alias_limits: serde_yaml::alias_limits! { max_total_replayed_events: 20_000, max_replay_stack_depth: 8 },
    }
}

/// The tree as the YAML crate builds it.
enum YamlNode {
    Empty,
    Text(String),
    /// Its text is taken from the source later.
    Bare,
    List(Vec<Spanned<YamlNode>>),
    Map(Vec<(Spanned<YamlNode>, Spanned<YamlNode>)>),
}

impl<'de> Deserialize<'de> for YamlNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = YamlNode;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any YAML")
    }
    fn visit_unit<E>(self) -> Result<YamlNode, E> {
        Ok(YamlNode::Empty)
    }
    fn visit_none<E>(self) -> Result<YamlNode, E> {
        Ok(YamlNode::Empty)
    }
    fn visit_bool<E>(self, _: bool) -> Result<YamlNode, E> {
        Ok(YamlNode::Bare)
    }
    fn visit_i64<E>(self, _: i64) -> Result<YamlNode, E> {
        Ok(YamlNode::Bare)
    }
    fn visit_u64<E>(self, _: u64) -> Result<YamlNode, E> {
        Ok(YamlNode::Bare)
    }
    fn visit_i128<E>(self, _: i128) -> Result<YamlNode, E> {
        Ok(YamlNode::Bare)
    }
    fn visit_u128<E>(self, _: u128) -> Result<YamlNode, E> {
        Ok(YamlNode::Bare)
    }
    fn visit_f64<E>(self, _: f64) -> Result<YamlNode, E> {
        Ok(YamlNode::Bare)
    }
    fn visit_str<E>(self, value: &str) -> Result<YamlNode, E> {
        Ok(YamlNode::Text(value.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<YamlNode, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(YamlNode::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<YamlNode, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(YamlNode::Map(entries))
    }
}

/// Gives each value its place, and restores the text of scalars that the crate read as something else.
struct Placer<'t, 'd> {
    text: &'t str,
    origin: &'d Origin,
    diags: &'d mut Diagnostics,
    /// Whether YAML read lines differently than meant, so that every other fault may be a consequence.
    is_misread: bool,
    /// The last line reported for a colon without a space.
    unspaced: Option<usize>,
}

impl<'t> Placer<'t, '_> {
    fn value(&mut self, node: Spanned<YamlNode>) -> Value {
        let source = Source::of(&node.referenced, self.text);
        let span = source.span(self.origin);
        // The crate gives a block mapping or list an empty span; that of its first member says more.
        let own_or = |first: Option<Span>| first.filter(|_| span.start == span.end).unwrap_or(span);
        match node.value {
            YamlNode::Empty => Value::new(span, Kind::Empty),
            YamlNode::Text(text) => {
                self.report_ignored_prefix(&source);
                Value { span, kind: Kind::Text(text), cut: self.cut(&source) }
            }
            YamlNode::Bare => {
                let kind = Kind::Bare(Source::of(&node.defined, self.text).text.to_owned());
                Value { span, kind, cut: self.cut(&source) }
            }
            YamlNode::List(items) => {
                let items: Vec<Value> = items.into_iter().map(|item| self.value(item)).collect();
                Value::new(own_or(items.first().map(|item| item.span)), Kind::List(items))
            }
            YamlNode::Map(entries) => {
                let entries: Vec<Entry> =
                    entries.into_iter().filter_map(|(key, value)| self.entry(key, value)).collect();
                Value::new(own_or(entries.first().map(|entry| entry.key.span)), Kind::Map(entries))
            }
        }
    }

    fn entry(&mut self, key: Spanned<YamlNode>, value: Spanned<YamlNode>) -> Option<Entry> {
        let source = Source::of(&key.referenced, self.text);
        let span = source.span(self.origin);
        let name = match key.value {
            YamlNode::Text(name) => name,
            YamlNode::Bare => Source::of(&key.defined, self.text).text.to_owned(),
            YamlNode::Empty | YamlNode::List(_) | YamlNode::Map(_) => {
                let hint = match source.text.trim_end() {
                    "" => "write a word before the colon".to_owned(),
                    bracketed if bracketed.starts_with(['[', '{']) => {
                        "write a word before the colon, without brackets".to_owned()
                    }
                    reserved => format!("put it in quotes, `\"{reserved}\"`, or write another word"),
                };
                self.diags.error(Code::WrongType, span, "a key must be a word", hint);
                return None;
            }
        };
        if let Some(mistake) = lookalike::in_key(source.text.trim_end(), source.start) {
            let span = self.origin.span(mistake.at, mistake.len);
            self.diags.error(Code::Syntax, span, mistake.message, mistake.hint);
            self.is_misread = true;
        }
        let is_quoted = Source::of(&value.referenced, self.text).text.starts_with(['"', '\'']);
        let mut value = self.value(value);
        if matches!(value.kind, Kind::Empty) {
            if let Some(entry) = self.without_space(&source, &name) {
                return Some(entry);
            }
            value = self.misread_as_empty(&source, &name).unwrap_or(value);
        }
        // The crate places a block without lines where the next key is.
        if !is_quoted && matches!(&value.kind, Kind::Text(text) if text.is_empty()) {
            value.span = span;
        }
        Some(Entry { key: At::new(name, span), value })
    }

    /// Reports a word before a text that YAML reads as a type or an anchor.
    fn report_ignored_prefix(&mut self, source: &Source<'_>) {
        let before = self.text.get(..source.start).unwrap_or_default().trim_end_matches(' ');
        let at = before.rfind([' ', '\n', ',', '[', '{']).map_or(0, |at| at + 1);
        let name = &before[at..];
        let is_type = name.starts_with('!');
        // An anchor that an alias refers to is deliberate.
        let is_unused_anchor = name.starts_with('&') && !self.text.contains(&name.replacen('&', "*", 1));
        if is_type || is_unused_anchor {
            let message = format!("YAML does not read `{name}` as part of this text");
            let hint = "put text that starts with `!` or `&` in quotes, or below its key after `|`";
            self.diags.error(Code::Syntax, self.origin.span(at, name.len()), message, hint);
        }
    }

    /// A comment after a bare text that may belong to it: `#4711`, or `# 4711`.
    fn cut(&self, source: &Source<'_>) -> Option<Span> {
        if source.text.starts_with(['"', '\'', '|', '>']) {
            return None;
        }
        let end = source.start + source.text.len();
        let rest = self.text.get(end..)?;
        let behind = rest.trim_start_matches([' ', '\t']);
        // Checked before the end of the line is searched for, as a whole list may be on one long line.
        let typed = behind.strip_prefix('#').map(|_| line(behind))?;
        let note = &typed[1..];
        let is_attached = note.starts_with(|first: char| !first.is_whitespace() && first != '#');
        let is_numbered = note.trim_start().starts_with(|first: char| first.is_ascii_digit());
        let at = end + rest.len() - behind.len();
        (is_attached || is_numbered).then(|| self.origin.span(at, typed.trim_end().len()))
    }

    /// `{listen:3}`, which YAML reads as one word.
    fn without_space(&mut self, source: &Source<'_>, name: &str) -> Option<Entry> {
        let colon = name.chars().find(|c| [':', '：'].contains(c))?;
        let (key, rest) = name.split_once(colon).filter(|_| source.text.trim_end() == name)?;
        let rest = rest.trim();
        if !mistake::is_key(key) || rest.is_empty() {
            return None;
        }
        let span = self.origin.span(source.start, key.len());
        let line = self.text[..source.start].matches('\n').count();
        // One report per line, since the same habit shows in each of its keys.
        if self.unspaced.replace(line) != Some(line) {
            let message = match colon {
                ':' => format!("there is no space after the colon of `{key}`"),
                _ => "this is a wide colon (U+FF1A), which YAML does not know".to_owned(),
            };
            let hint = format!("write `{key}: {rest}`, and do the same after each key of this line");
            self.diags.error(Code::Syntax, span, message, hint);
        }
        let is_number = rest.bytes().all(|byte| byte.is_ascii_digit());
        let kind = if is_number { Kind::Bare(rest.to_owned()) } else { Kind::Text(rest.to_owned()) };
        let value =
            Value::new(self.origin.span(source.start + key.len() + colon.len_utf8(), rest.len()), kind);
        Some(Entry { key: At::new(key.to_owned(), span), value })
    }

    /// The value of a key that YAML leaves empty because it starts like a comment, a type or an anchor. Reports it, and
    /// returns the text that was meant.
    fn misread_as_empty(&mut self, key: &Source<'_>, name: &str) -> Option<Value> {
        let end = key.start + key.text.trim_end().len();
        let rest = self.text.get(end..)?;
        let spaces = [' ', '\t'];
        let behind = rest.trim_start_matches(spaces).strip_prefix(':')?.trim_start_matches(spaces);
        let typed = match behind.chars().next()? {
            '#' => line(behind).trim_end(),
            _ => behind.split([' ', '\t', '\n', '\r', ',', ']', '}']).next().unwrap_or_default(),
        };
        let mut chars = typed.chars();
        let first = chars.next().filter(|first| "#!&".contains(*first))?;
        if chars.next().is_none_or(|next| next.is_whitespace() || next == '#') {
            return None;
        }
        let span = self.origin.span(end + rest.len() - behind.len(), typed.len());
        // The parser of conditions has a better message for it.
        if first == '!' && ["when", "not"].contains(&name) {
            return Some(Value::new(span, Kind::Text(typed.to_owned())));
        }
        let (code, message, otherwise) = match first {
            '#' => (
                Code::CutShort,
                format!("YAML reads this as a comment, so `{name}` is left without a value"),
                "; if it is a comment, put a space after the `#`",
            ),
            '!' => (
                Code::Syntax,
                format!(
                    "YAML reads a text that starts with `!` as a type, so `{name}` is left without a value"
                ),
                ", or write it below its key after `|`",
            ),
            _ => (
                Code::Syntax,
                format!(
                    "YAML reads a text that starts with `&` as an anchor, so `{name}` is left without a value"
                ),
                ", or write it below its key after `|`",
            ),
        };
        let quoted = match typed.contains(['"', '\\']) || typed.chars().count() > 60 {
            true => "put the whole text in single quotes".to_owned(),
            false => format!("put it in quotes: `{name}: \"{typed}\"`"),
        };
        self.diags.error(code, span, message, format!("{quoted}{otherwise}"));
        Some(Value::new(span, Kind::Text(typed.to_owned())))
    }
}

/// The text up to the end of its first line.
fn line(text: &str) -> &str {
    text.find(['\n', '\r']).map_or(text, |end| &text[..end])
}

/// A value in the YAML text.
struct Source<'t> {
    /// Its first byte.
    start: usize,
    text: &'t str,
}

impl<'t> Source<'t> {
    fn of(location: &Location, text: &'t str) -> Self {
        let span = location.span();
        let start = span.byte_offset().map_or(text.len(), |at| at as usize);
        let len = span.byte_len().map_or(0, |len| len as usize);
        Self { start, text: text.get(start..start + len).unwrap_or_default() }
    }

    fn span(&self, origin: &Origin) -> Span {
        origin.span(self.start, self.text.trim_end().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    /// One fingerprint in a hundred has digits around a single `e`.
    #[test]
    fn a_number_beyond_all_numbers_is_text() {
        let text = "source: 1234e567\n";
        let file = SourceMap::default().add("a.yaml", text.to_owned());
        let value = parse_file(file, text, &mut Diagnostics::default()).unwrap();
        assert_eq!(value.get("source").unwrap().word(), Some("1234e567"));
    }

    #[test]
    fn an_alias_has_the_typed_text_of_its_target() {
        let text = "a: &x 1.50\nb: *x\nc: &m { 007: on }\nd: *m\n";
        let file = SourceMap::default().add("a.yaml", text.to_owned());
        let mut diags = Diagnostics::default();
        let value = parse_file(file, text, &mut diags).unwrap();
        let b = value.get("b").unwrap();
        assert_eq!(b.kind, Kind::Bare("1.50".to_owned()));
        assert_eq!(&text[b.span.start as usize..][..2], "*x");
        let inner = value.get("d").unwrap().entries();
        assert_eq!(
            (inner[0].key.value.as_str(), &inner[0].value.kind),
            ("007", &Kind::Text("on".to_owned()))
        );
        assert!(diags.is_empty(), "{diags:?}");
    }
}
