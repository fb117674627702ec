//! A lesson's text by headings, as plain words, for the search index.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::dialogue::{split_tag, without_mood};
use super::heading::Ids;
use super::plain::plain;
use super::{Spanned, lesson_options, parse_events};

/// A part of a lesson under one heading.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct LessonPart {
    /// The anchor of its heading; empty above the first one.
    pub id: String,
    /// The words of the heading.
    pub title: String,
    /// The words below it.
    pub text: String,
}

/// The parts of a lesson's text. The first is the text above all headings of levels 2 and 3. Drills are left out: they are
/// for playing.
pub fn sections(markdown: &str) -> Vec<LessonPart> {
    let events = parse_events(markdown, lesson_options());
    let ids = Ids::of(&events);
    parts(&events, &ids)
}

/// The same for a parsed text, with the ids of its headings.
pub(super) fn parts(events: &[Spanned<'_>], ids: &Ids) -> Vec<LessonPart> {
    let mut parts = Vec::new();
    let mut last = LessonPart::default();
    let (mut in_heading, mut in_drill, mut in_dialogue) = (false, false, false);
    for (event, range) in events {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2 | HeadingLevel::H3, .. }) => {
                parts.push(std::mem::take(&mut last));
                last.id = ids.at(range).unwrap_or_default().to_owned();
                in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) if in_heading => in_heading = false,
            Event::Start(Tag::CodeBlock(kind)) => {
                (in_drill, in_dialogue) = (is_block(kind, "drill"), is_block(kind, "dialogue"))
            }
            Event::End(TagEnd::CodeBlock) => (in_drill, in_dialogue) = (false, false),
            Event::Text(lines) if in_dialogue => last.text.push_str(&dialogue_words(lines)),
            Event::Text(words) | Event::Code(words) if in_heading => last.title.push_str(words),
            Event::Text(words) | Event::Code(words) if !in_drill => last.text.push_str(words),
            Event::SoftBreak | Event::HardBreak => last.text.push(' '),
            Event::End(end) if separates_words(end) => last.text.push(' '),
            _ => {}
        }
    }
    parts.push(last);
    for part in &mut parts {
        part.text = single_spaced(&part.text);
    }
    parts
}

/// A text with a single space between its words.
fn single_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

fn is_block(kind: &CodeBlockKind<'_>, name: &str) -> bool {
    matches!(kind, CodeBlockKind::Fenced(info) if info.split_whitespace().next() == Some(name))
}

/// The lines of a dialogue, without moods and skills.
fn dialogue_words(lines: &str) -> String {
    let words = lines.lines().map(|line| {
        let line = line.trim_end();
        plain(&without_mood(split_tag(line).map_or(line, |(before, _)| before))) + " "
    });
    words.collect()
}

/// Whether the end of an element separates words.
fn separates_words(end: &TagEnd) -> bool {
    !matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Strikethrough)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_split_at_its_headings() {
        let text = "Top *of* it.\n\n## A `b`\n\nOne\ntwo.\n\n```drill\nsays: no\n```\n\n```dialogue\nYou: *Two* days. [listen]\nHer: Yes [or so].\n```\n\n### C\n\n| x | y |\n|---|---|\n| 1 | 2 |\n";
        let part = |id: &str, title: &str, text: &str| LessonPart {
            id: id.to_owned(),
            title: title.to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(
            sections(text),
            [
                part("", "", "Top of it."),
                part("a-b", "A b", "One two. You: Two days. Her: Yes [or so]."),
                part("c", "C", "x y 1 2")
            ]
        );
    }

    #[test]
    fn whitespace_becomes_a_single_space() {
        for (text, expected) in [
            ("One`two` three", "Onetwo three"),
            ("` one   two `*three*", "one twothree"),
            ("One&nbsp;\u{2003}two\u{3000}three\tfour", "One two three four"),
            ("Ünë  zwei", "Ünë zwei"),
            ("&nbsp;", ""),
        ] {
            assert_eq!(sections(text)[0].text, expected, "{text}");
        }
    }
}
