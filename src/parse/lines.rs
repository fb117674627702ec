//! Front matter of plain `key: value` lines, as nearly all of it is, to the tree that the YAML crate would make of it.
//!
//! The crate takes ten microseconds for what stands above a lesson, which is nearly as long as its Markdown takes. Here is taken
//! only what can mean but one thing; at the first sign of anything else the crate reads it all. A test compares both.

use crate::parse::At;
use crate::parse::yaml::{Entry, Kind, Origin, Value};

/// Words that YAML, or an older version of it, takes for something else than a text.
const OTHER: [&str; 11] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"];

/// The tree of such lines; `None` if there is anything else in them.
pub(super) fn read(text: &str, origin: &Origin) -> Option<Value> {
    let (mut entries, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let line_end = at + line.len();
        let (key, value) = line.strip_suffix('\n').unwrap_or(line).split_once(": ")?;
        // No short word: some of them are no texts.
        if key.len() < 5 || !key.bytes().all(|letter| letter.is_ascii_lowercase()) || key == "false" {
            return None;
        }
        let name = At::new(key.to_owned(), origin.span(at, key.len()));
        let value = self::value(value, at + key.len() + 2, origin)?;
        entries.push(Entry { key: name, value });
        at = line_end;
    }
    let span = entries.first()?.key.span;
    Some(Value { span, kind: Kind::Map(entries) })
}

/// A value that stands at a byte of the text and ends with its line.
fn value(text: &str, at: usize, origin: &Origin) -> Option<Value> {
    let mut length = text.len();
    let kind = if let Some(inside) = text.strip_prefix('"') {
        Kind::Text(inside.strip_suffix('"').filter(|inside| inside.chars().all(is_quoted))?.to_owned())
    } else if let Some(inside) = text.strip_prefix('[') {
        // A list is told by its bracket.
        length = 1;
        let mut from = at + 1;
        let items = inside.strip_suffix(']')?.split(", ").map(|item| {
            let item_at = from;
            from += item.len() + 2;
            let kind = Kind::Text(Some(item).filter(|item| is_word(item))?.to_owned());
            Some(Value { span: origin.span(item_at, item.len()), kind })
        });
        Kind::List(items.collect::<Option<_>>()?)
    } else if text.len() < 4 && !text.starts_with('0') && text.bytes().all(|digit| digit.is_ascii_digit()) {
        Kind::Bare(Some(text).filter(|text| !text.is_empty())?.to_owned())
    } else {
        Kind::Text(Some(text).filter(|text| is_plain(text))?.to_owned())
    };
    Some(Value { span: origin.span(at, length), kind })
}

/// What stands for itself between double quotes.
fn is_quoted(sign: char) -> bool {
    match sign {
        '"' | '\\' => false,
        ' '..='~' => true,
        // Letters and punctuation of Europe and the Near East, and no sign that cannot be seen.
        '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{52f}' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' => true,
        '–' | '—' | '‘' | '’' | '‚' | '“' | '”' | '„' | '…' => true,
        _ => false,
    }
}

/// A name, as objectives and scenarios have it.
fn is_word(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && text.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-')
        && !OTHER.contains(&text)
}

/// Words that need no quotes.
fn is_plain(text: &str) -> bool {
    let word = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b' ' | b',' | b'.' | b'\'' | b'-');
    text.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text.bytes().all(word)
        && !OTHER.iter().any(|other| other.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diag::Diagnostics;
    use crate::parse::yaml;
    use crate::source::SourceMap;

    /// Whether the lines were read here; if so, the crate must have read the same.
    fn agrees(text: &str) -> bool {
        let mut sources = SourceMap::default();
        let file = sources.add("a.md", format!("---\n{text}---\n"));
        let origin = Origin::whole(file, 4, text);
        let Some(here) = read(text, &origin) else { return false };
        let mut diags = Diagnostics::default();
        let there = yaml::parse(text, &origin, &mut diags);
        assert_eq!(format!("{:?}", Some(here)), format!("{there:?}"), "{text}");
        assert!(!diags.has_errors() && diags.sorted(&sources).is_empty(), "{text}");
        true
    }

    #[test]
    fn what_lessons_have_is_read_here() {
        assert!(agrees(
            "title: \"Über: „two“ things\"\nsummary: It isn't late, yet.\nminutes: 6\nobjectives: [hear-first, own-2]\n"
        ));
        assert!(agrees("title: A\ntitle: B"));
    }

    #[test]
    fn what_means_more_is_left_to_the_crate() {
        for text in [
            "",
            "\n",
            "title:\n",
            "title:  two spaces\n",
            "title: a\n  b\n",
            "title: a # b\n",
            "title: a: b\n",
            "title: \"a\\n\"\n",
            "title: \"a\n",
            "title: 'a'\n",
            "title: |\n  a\n",
            "title: null\n",
            "title: True\n",
            "title: 010\n",
            "title: 1.5\n",
            "title: -1\n",
            "title: - a\n",
            "title: a \n",
            "title: a\r\n",
            "title: a\n---\n",
            "title: [a,b]\n",
            "title: [no]\n",
            "title: []\n",
            "false: a\n",
            "null: a\n",
            "Title: a\n",
            " title: a\n",
        ] {
            assert!(!agrees(text), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_is_read_here_is_what_the_crate_reads(
            text in r#"((title|summary|minutes|draft|null|yes): ("[a-z ü:#\\,'\[„…-]{0,6}"|[a-zA-Z0-9 ,.:'!#\[\]-]{0,6}|\[[a-z0-9, -]{0,6}\]|(true|No|null|nan|0|17))( |\t)?(\n|\r\n)?){0,3}"#
        ) {
            agrees(&text);
        }
    }
}
