//! Markdown as plain text: for the terminal, and to count words.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The words of a Markdown text: paragraphs with empty lines between them, emphasis and links as plain words.
pub fn plain(markdown: &str) -> String {
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

/// The words of a Markdown text, split at whitespace; a word has a letter or a digit.
pub fn words(markdown: &str) -> Vec<String> {
    let plain = plain(markdown);
    let words = plain.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    words.map(str::to_owned).collect()
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
    fn only_words_are_words() {
        assert_eq!(words("\"*No*\" – à deux: 3."), ["\"No\"", "à", "deux:", "3."]);
    }
}
