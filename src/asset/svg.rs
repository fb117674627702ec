//! The size of an SVG picture, from its first tag: `width` and `height` in pixels, else the `viewBox`.
//!
//! Not an XML parser: if it does not understand a file, the size is unknown, and the page goes without.

use super::Size;

/// The size in the `<svg>` tag.
pub(super) fn size(text: &str) -> Option<Size> {
    let start = text.find("<svg")? + "<svg".len();
    let tag = &text[start..start + text[start..].find('>')?];
    let given = |name| attribute(tag, name).and_then(pixels);
    if let (Some(width), Some(height)) = (given("width"), given("height")) {
        return Some(Size { width, height });
    }
    let mut numbers = attribute(tag, "viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    Some(Size { width: pixels(numbers.next()?)?, height: pixels(numbers.next()?)? })
}

/// The value of an attribute, which follows whitespace and is in quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let before = tag[..at].chars().next_back()?;
        let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let value = &value[1..];
        before.is_whitespace().then(|| value.find(quote).map(|end| &value[..end]))?
    })
}

/// A positive number of pixels, rounded; other units give no size.
fn pixels(value: &str) -> Option<u32> {
    let number: f64 = value.trim().trim_end_matches("px").parse().ok()?;
    let whole = number.round();
    (1.0..=65_535.0).contains(&whole).then_some(whole as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: &str, expected: Option<(u32, u32)>) {
        assert_eq!(size(tag).map(|size| (size.width, size.height)), expected, "{tag}");
    }

    #[test]
    fn width_and_height_come_first_then_the_view_box() {
        check(r#"<?xml version="1.0"?><svg width="40" height="30px" viewBox="0 0 4 3">"#, Some((40, 30)));
        check("<svg viewBox='0 0 120.4 80'>", Some((120, 80)));
        check(r#"<svg stroke-width="2" width="100%" height="100%" viewBox="0,0,7,9">"#, Some((7, 9)));
        check("<svg>", None);
        check("<html>", None);
    }
}
