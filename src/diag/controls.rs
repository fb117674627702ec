//! Invisible characters that affect the text around them: a terminal obeys them, and a line break could fake a line of a
//! report. Text for people shows them escaped.

use std::borrow::Cow;

/// A text of several lines in which control characters are escaped, except for line breaks, tabs, and the marks that set the
/// direction of a single word, which Arabic texts need.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |c| match c {
        '\n' | '\t' | '\u{61c}' | '\u{200e}' | '\u{200f}' => false,
        _ => is_hidden_control(c),
    })
}

/// A text on one line, with no character that breaks the line or changes its direction.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    escaped(text, is_hidden_control)
}

/// Whether a character is invisible and ends a line, moves a terminal's cursor or changes the direction of text.
pub fn is_hidden_control(c: char) -> bool {
    c.is_control() || changes_direction(c)
}

/// Whether a character changes the direction of text, or ends a line although Unicode does not count it as a control
/// character.
pub fn changes_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escaped(text: &str, wanted: impl Fn(char) -> bool + Copy) -> Cow<'_, str> {
    if !text.contains(wanted) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| match wanted(c) {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    };
    Cow::Owned(text.chars().map(shown).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(visible("a\u{1b}[2J\u{202e}b\nc\r"), "a\\u{1b}[2J\\u{202e}b\nc\\r");
        assert_eq!(visible_line("a\nerror[x]: b\t"), "a\\nerror[x]: b\\t");
        assert!(matches!(visible_line("Größe, شكرًا, 日本語"), Cow::Borrowed(_)));
    }
}
