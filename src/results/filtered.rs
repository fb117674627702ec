//! Restores links that a mail filter rewrote. Most filters use escapes; Proofpoint's has a format of its own.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// The host of that filter's links, without its end.
const FILTER: &str = "urldefense.";
/// The encoding of letters at the end of such a link.
const LETTERS: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A text with its original links. Its lines stay the same.
pub(super) fn unfiltered(text: &str) -> Cow<'_, str> {
    if !text.contains(FILTER) {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split(FILTER);
    let mut plain = String::from(parts.next().unwrap_or_default());
    for part in parts {
        let is_end = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '<' | '>');
        let (link, behind) = part.split_at(part.find(is_end).unwrap_or(part.len()));
        if let Some((_, link)) = link.split_once("/v2/url?u=") {
            plain.push_str(&link.replace('-', "%"));
        } else if let Some((link, end)) = link.rsplit_once("__;") {
            let letters = LETTERS.decode(end.split('!').next().unwrap_or_default()).unwrap_or_default();
            plain.push_str(&starless(link, &String::from_utf8_lossy(&letters)));
        } else {
            plain.push_str(link);
        }
        plain.push_str(behind);
    }
    Cow::Owned(plain)
}

/// Replaces the stars of a link by letters: a star by the next one, and two stars and a character by the number that it
/// encodes.
fn starless(link: &str, letters: &str) -> String {
    let (mut plain, mut letters) = (String::new(), letters.chars());
    let mut parts = link.split('*');
    plain.push_str(parts.next().unwrap_or_default());
    while let Some(part) = parts.next() {
        let run = if part.is_empty() { parts.next() } else { None };
        let count = run
            .and_then(|run| run.bytes().next())
            .and_then(|sign| URL_SAFE.as_str().bytes().position(|each| each == sign));
        plain.extend(letters.by_ref().take(count.map_or(1, |count| count + 2)));
        plain.push_str(run.map_or(part, |run| run.get(1..).unwrap_or_default()));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_original_links_are_restored() {
        let plain = "<https://example.org/desk/#ab-c~%C3%A9> a";
        let ways = [
            "<https://urldefense.proofpoint.com/v2/url?u=https-3A__x_-23ab-2Dc-7E&d=1-> a",
            "<https://urldefense.com/v3/__https://example.org/desk/*ab-c**AC3*A9__;I34lJQ!!Pe0-$> a",
        ];
        assert!(unfiltered(ways[0]).contains("%23ab%2Dc%7E&"));
        assert!(unfiltered(ways[1]).contains(&plain[1..plain.len() - 3]), "{}", unfiltered(ways[1]));
        assert_eq!(unfiltered(plain), plain);
    }
}
