//! Markdown as plain text for a terminal.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// How wide a line may be.
const WIDTH: usize = 88;

/// The words of a Markdown text: paragraphs with empty lines between them, emphasis and links as their words.
pub(super) fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak | Event::End(TagEnd::Item) => text.push('\n'),
            Event::Start(Tag::Item) => text.push_str("- "),
            Event::End(TagEnd::Paragraph | TagEnd::List(_) | TagEnd::Heading(_)) => text.push_str("\n\n"),
            _ => {}
        }
    }
    text.trim_end().to_owned()
}

/// Lines of at most [`WIDTH`] signs, each behind `indent`.
pub(super) fn wrapped(text: &str, indent: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut width = 0;
        for word in line.split_whitespace() {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > WIDTH {
                out.push('\n');
                width = 0;
            }
            out.push_str(if width == 0 { indent } else { " " });
            width += length + if width == 0 { indent.len() } else { 1 };
            out.push_str(word);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_its_words() {
        let markdown = "One *two*\nthree `four`.\n\n[Five](x.md)\n";
        assert_eq!(plain(markdown), "One two three four.\n\nFive");
    }

    #[test]
    fn long_lines_are_wrapped() {
        let text = "word ".repeat(40);
        let lines = wrapped(&text, "  ");
        assert!(lines.lines().all(|line| line.starts_with("  word") && line.len() <= WIDTH));
        assert_eq!(lines.split_whitespace().count(), 40);
    }
}
