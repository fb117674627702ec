//! Characters that are invisible but affect everything around them: a terminal obeys them, and a line break could fake a
//! line of a report. Text for people shows them escaped.

use std::borrow::Cow;

/// A text of several lines in which characters are escaped that a terminal obeys. Marks that set the direction of a single
/// word stay: Arabic texts need them.
pub fn visible(text: &str) -> Cow<'_, str> {
    named(text, |c| match c {
        '\n' | '\t' | '\u{61c}' | '\u{200e}' | '\u{200f}' => false,
        _ => is_obeyed(c),
    })
}

/// A text on one line, with no character that breaks the line or changes its direction.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    named(text, is_obeyed)
}

/// Whether a character is invisible and ends a line, moves a terminal's cursor or changes the direction of text.
pub fn is_obeyed(c: char) -> bool {
    c.is_control() || turns_text(c)
}

/// Whether it changes the direction of text or ends a line without being a control character.
pub fn turns_text(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn named(text: &str, wanted: impl Fn(char) -> bool + Copy) -> Cow<'_, str> {
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
