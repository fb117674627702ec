//! Signs that cannot be seen and change how all others are shown: a terminal would run them, and a line break would make up a
//! line of a report. What is shown to people names them instead.

use std::borrow::Cow;

/// A text of several lines, with every sign named that a terminal would obey. Marks that only say which way a word is written
/// stay: Arabic texts have them for a reason.
pub fn visible(text: &str) -> Cow<'_, str> {
    named(text, |sign| match sign {
        '\n' | '\t' | '\u{61c}' | '\u{200e}' | '\u{200f}' => false,
        _ => is_obeyed(sign),
    })
}

/// A text as one line that nothing in it breaks or turns around.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    named(text, is_obeyed)
}

/// Whether a sign is not seen, and ends a line, moves the cursor of a terminal or changes the direction of writing.
pub fn is_obeyed(sign: char) -> bool {
    sign.is_control() || turns_text(sign)
}

/// Whether it changes the direction of writing or ends a line, and is no control.
pub fn turns_text(sign: char) -> bool {
    matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn named(text: &str, wanted: impl Fn(char) -> bool + Copy) -> Cow<'_, str> {
    if !text.contains(wanted) {
        return Cow::Borrowed(text);
    }
    let sign = |sign: char| match wanted(sign) {
        true => sign.escape_default().to_string(),
        false => sign.to_string(),
    };
    Cow::Owned(text.chars().map(sign).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_named() {
        assert_eq!(visible("a\u{1b}[2J\u{202e}b\nc\r"), "a\\u{1b}[2J\\u{202e}b\nc\\r");
        assert_eq!(visible_line("a\nerror[x]: b\t"), "a\\nerror[x]: b\\t");
        assert!(matches!(visible_line("Größe, شكرًا, 日本語"), Cow::Borrowed(_)));
    }
}
