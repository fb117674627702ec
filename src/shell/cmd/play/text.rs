//! Plain text for a terminal.

use crate::diag::controls::visible;

/// The greatest width of a line.
const WIDTH: usize = 88;

/// Wraps a text into lines of at most [`WIDTH`] characters, each after `indent`.
pub(super) fn wrapped(text: &str, indent: &str) -> String {
    let mut out = String::new();
    for line in visible(text).lines() {
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
    fn long_lines_are_wrapped() {
        let text = "word ".repeat(40);
        let lines = wrapped(&text, "  ");
        assert!(lines.lines().all(|line| line.starts_with("  word") && line.len() <= WIDTH));
        assert_eq!(lines.split_whitespace().count(), 40);
    }
}
