//! Signs that cannot be seen and change how all others are shown: a terminal would run them, and a line break would make up a
//! line of a report. What is shown to people names them instead.

use std::borrow::Cow;

/// A text of several lines, with every sign named that would be obeyed and not shown.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    named(text, |sign| is_obeyed(sign) && !matches!(sign, '\n' | '\t'))
}

/// The same of a text that is one line.
#[must_use]
pub fn visible_line(text: &str) -> Cow<'_, str> {
    named(text, is_obeyed)
}

/// Whether a terminal or an editor obeys the sign: controls, ends of lines, and what turns the direction of all that follows.
#[must_use]
pub fn is_obeyed(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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
