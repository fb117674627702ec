//! Plain YAML becomes a tree straight from what the parser below the YAML crate hands out, with places.
//!
//! That takes a third of the time, and is what nearly every file is: no anchors, no tags, no number but whole ones, no fault.
//! Whatever else there is, `None` says so, and the YAML crate reads the text. Where this reads one, the tree is the same.

use granit_parser::{Event, Parser, ScalarStyle, StrInput};

use crate::diag::Diagnostics;
use crate::parse::At;
use crate::parse::yaml::{Entry, Kind, Origin, Value, lost};

/// Half of what the YAML crate allows.
const DEPTH: usize = 16;
const EVENTS: usize = 100_000;

/// The only document of a text.
pub(super) fn parse(text: &str, origin: &Origin, diags: &mut Diagnostics) -> Option<Value> {
    let mut told = Diagnostics::default();
    let mut reader =
        Reader { events: Parser::new_from_str(text), left: EVENTS, text, origin, diags: &mut told };
    let value = reader.document()?;
    diags.append(told);
    Some(value)
}

struct Reader<'t, 'd> {
    events: Parser<'t, StrInput<'t>>,
    /// How many more are read.
    left: usize,
    text: &'t str,
    origin: &'d Origin,
    diags: &'d mut Diagnostics,
}

/// Something that is read, and where: its first byte and its source.
type Read<'t> = (Event<'t>, usize, &'t str);

impl<'t> Reader<'t, '_> {
    fn next(&mut self) -> Option<Read<'t>> {
        self.left = self.left.checked_sub(1)?;
        let (event, span) = self.events.next()?.ok()?;
        let range = span.byte_range()?;
        Some((event, range.start, self.text.get(range)?))
    }

    fn document(&mut self) -> Option<Value> {
        let Event::StreamStart = self.next()?.0 else { return None };
        let Event::DocumentStart(..) = self.next()?.0 else { return None };
        let first = self.next()?;
        let value = self.value(first, DEPTH)?;
        let Event::DocumentEnd = self.next()?.0 else { return None };
        let Event::StreamEnd = self.next()?.0 else { return None };
        Some(value)
    }

    fn value(&mut self, (event, start, source): Read<'t>, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        let span = self.origin.span(start, source.trim_end().len());
        Some(match event {
            Event::Scalar(text, style, 0, None) => {
                let kind = match meant(&text, style)? {
                    Meant::Nothing => Kind::Empty,
                    Meant::Bare => Kind::Bare(source.to_owned()),
                    Meant::Text => {
                        lost((start, source), self.text, self.origin, self.diags);
                        Kind::Text(text.into_owned())
                    }
                };
                Value { span, kind }
            }
            Event::SequenceStart(_, 0, None) => {
                let items = self.members(|reader, item| reader.value(item, depth))?;
                Value { span, kind: Kind::List(items) }.or_its_first()
            }
            Event::MappingStart(_, 0, None) => {
                let entries = self.members(|reader, key| reader.entry(key, depth))?;
                Value { span, kind: Kind::Map(entries) }.or_its_first()
            }
            _ => return None,
        })
    }

    /// All that stands before the end of the list or mapping that has begun.
    fn members<T>(&mut self, each: impl Fn(&mut Self, Read<'t>) -> Option<T>) -> Option<Vec<T>> {
        let mut members = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd | Event::MappingEnd, ..) => return Some(members),
                read => members.push(each(self, read)?),
            }
        }
    }

    fn entry(&mut self, (event, start, source): Read<'t>, depth: usize) -> Option<Entry> {
        let Event::Scalar(text, style, 0, None) = event else { return None };
        let name = match meant(&text, style)? {
            Meant::Text => text.into_owned(),
            Meant::Bare => source.to_owned(),
            Meant::Nothing => return None,
        };
        let key = At::new(name, self.origin.span(start, source.trim_end().len()));
        let value = self.next()?;
        Some(Entry { key, value: self.value(value, depth)? })
    }
}

/// What a scalar is taken for.
enum Meant {
    Nothing,
    Text,
    Bare,
}

/// `None` if it may be a number in one of YAML's further ways of writing them.
fn meant(text: &str, style: ScalarStyle) -> Option<Meant> {
    if style != ScalarStyle::Plain {
        return Some(Meant::Text);
    }
    if matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        return Some(Meant::Nothing);
    }
    if matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE") {
        return Some(Meant::Bare);
    }
    let may_begin = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.');
    let may_follow = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_');
    if !text.starts_with(|sign| u8::try_from(sign).is_ok_and(may_begin)) || !text.bytes().all(may_follow) {
        return Some(Meant::Text);
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_whole = digits.len() < 18 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_whole && (digits == "0" || digits.starts_with(|sign: char| matches!(sign, '1'..='9'))))
        .then_some(Meant::Bare)
}
