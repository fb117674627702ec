//! A lesson's text by its headings, as plain words: what the search finds.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::{Spanned, events, heading, lesson_options};

/// A part of a lesson under one heading.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The anchor of its heading; empty above the first one.
    pub id: String,
    /// The words of the heading.
    pub title: String,
    /// The words below it.
    pub text: String,
}

/// The parts of a text; the first stands above all headings. A drill's words are not among them: it is to be played.
#[must_use]
pub fn sections(markdown: &str) -> Vec<Part> {
    let events = events(markdown, lesson_options());
    let ids = heading::ids(&events);
    parts(&events, &ids)
}

/// The same of a text that was read, with the ids of its headings.
pub(super) fn parts(events: &[Spanned<'_>], ids: &[(Range<usize>, String)]) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    let (mut heads, mut skips) = (false, false);
    for (event, range) in events {
        let last = parts.len() - 1;
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2 | HeadingLevel::H3, .. }) => {
                let id = ids.iter().find(|(place, _)| place == range).map(|(_, id)| id.clone());
                parts.push(Part { id: id.unwrap_or_default(), ..Part::default() });
                heads = true;
            }
            Event::End(TagEnd::Heading(_)) if heads => heads = false,
            Event::Start(Tag::CodeBlock(kind)) => skips = is_drill(kind),
            Event::End(TagEnd::CodeBlock) => skips = false,
            Event::Text(words) | Event::Code(words) if heads => parts[last].title.push_str(words),
            Event::Text(words) | Event::Code(words) if !skips => parts[last].text.push_str(words),
            Event::SoftBreak | Event::HardBreak => gap(&mut parts[last].text),
            Event::End(end) if breaks(end) => gap(&mut parts[last].text),
            _ => {}
        }
    }
    parts.iter_mut().for_each(|part| part.text = spaced(&part.text));
    parts
}

/// With one space where there is any.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

fn is_drill(kind: &CodeBlockKind<'_>) -> bool {
    matches!(kind, CodeBlockKind::Fenced(info) if info.split_whitespace().next() == Some("drill"))
}

/// What ends a block, so that its last word and the next one are two.
fn breaks(end: &TagEnd) -> bool {
    !matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Strikethrough)
}

fn gap(text: &mut String) {
    text.push(' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_headings() {
        let text = "Top *of* it.\n\n## A `b`\n\nOne\ntwo.\n\n```drill\nsays: no\n```\n\n### C\n\n| x | y |\n|---|---|\n| 1 | 2 |\n";
        let part = |id: &str, title: &str, text: &str| Part {
            id: id.to_owned(),
            title: title.to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(
            sections(text),
            [part("", "", "Top of it."), part("a-b", "A b", "One two."), part("c", "C", "x y 1 2")]
        );
    }
}
