//! The text that a translation starts from: the original, with the id of each heading written out, and with new contents for
//! its drills.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::heading::Ids;
use super::{lesson_options, parse_events};

/// The text with the id of each heading added, so that links have the same targets in every language. `drill` returns the
/// new content of the block that starts at a byte, `None` if it is not a drill.
pub fn outline(markdown: &str, mut drill: impl FnMut(usize) -> Option<String>) -> String {
    let events = parse_events(markdown, lesson_options());
    let ids = Ids::of(&events);
    let (mut text, mut done) = (String::new(), 0);
    let mut heading = None;
    let mut inside = events.iter().peekable();
    while let Some((event, range)) = inside.next() {
        match event {
            Event::Start(Tag::Heading { id: None, .. }) => {
                // If it has no words, the id follows the number signs.
                let typed = &markdown[range.clone()];
                heading = Some(range.end - typed.trim_start_matches('#').len());
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((end, id)) = heading.take().zip(ids.at(range)) {
                    text.push_str(&markdown[done..end]);
                    // Classes of the heading are already in braces.
                    let rest = markdown[end..].lines().next().unwrap_or_default();
                    match rest.find('{') {
                        Some(open) => {
                            text.push_str(&format!("{}#{id} ", &rest[..=open]));
                            done = end + open + 1;
                        }
                        None => {
                            // Number signs that close the heading stay before the braces, which end its line.
                            let closing = rest.trim_end();
                            text.push_str(&format!("{closing} {{#{id}}}"));
                            done = end + closing.len();
                        }
                    }
                }
            }
            Event::Start(Tag::CodeBlock(_)) => {
                let Some(words) = drill(range.start) else { continue };
                let (first, last) = (inside.peek().map(|(_, range)| range.start), range.end);
                let close = markdown[..last].trim_end().rfind('\n').map_or(last, |at| at + 1);
                text.push_str(&markdown[done..first.unwrap_or(close).min(close)]);
                text.push_str(&words);
                done = close;
            }
            _ if heading.is_some() => heading = Some(range.end),
            _ => {}
        }
    }
    text + &markdown[done..]
}

#[cfg(test)]
mod tests {
    use super::outline;

    #[test]
    fn a_heading_without_words_stays_one() {
        let own = outline("##\n\nA\n\n### ###\n", |_| None);
        assert_eq!(own, "## {#section}\n\nA\n\n### ### {#section-1}\n");
        assert_eq!(outline(&own, |_| None), own);
    }

    #[test]
    fn headings_get_ids_and_drills_get_other_words() {
        let text = "## A *b*\n\n## C {#c}\n\nD\n=\n\n## E {.f}\n\n```drill\nsays: no\n```\n\n```js\nx\n```\n\n## A b ##\n";
        let own = outline(text, |at| text[at..].starts_with("```drill").then(|| "says:\n".to_owned()));
        assert_eq!(
            own,
            "## A *b* {#a-b}\n\n## C {#c}\n\nD {#d}\n=\n\n## E {#e .f}\n\n```drill\nsays:\n```\n\n```js\nx\n```\n\n## A b ## {#a-b-1}\n"
        );
        // They are the ids of the original, and no words of a heading.
        assert_eq!(super::super::sections(&own)[1].id, super::super::sections(text)[1].id);
        assert_eq!(outline(&own, |_| None), own);
    }
}
