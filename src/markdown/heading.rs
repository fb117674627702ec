//! Ids of headings: the author's own (`## Words {#words}`), else made from the words as GitHub makes them.
//!
//! The page and the check of links to it use one function, so that they cannot differ.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use rustc_hash::FxHashSet;

use super::Spanned;

/// An id that every page of the theme uses itself.
const RESERVED: &str = "main";

/// The id of each heading, in order, with the bytes of its heading.
pub(super) fn ids(events: &[Spanned<'_>]) -> Vec<(Range<usize>, String)> {
    let mut taken = FxHashSet::from_iter([RESERVED.to_owned()]);
    taken.extend(events.iter().filter_map(|(event, _)| explicit(event)));
    let mut ids = Vec::new();
    let mut open: Option<(&Range<usize>, String)> = None;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Heading { id: None, .. }) => open = Some((range, String::new())),
            Event::Start(Tag::Heading { id: Some(id), .. }) => ids.push((range.clone(), id.to_string())),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((range, words)) = open.take() {
                    let id = free(slug(&words), &taken);
                    taken.insert(id.clone());
                    ids.push((range.clone(), id));
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, words)) = &mut open {
                    words.push_str(text);
                }
            }
            _ => {}
        }
    }
    ids
}

fn explicit(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Start(Tag::Heading { id, .. }) => id.as_ref().map(ToString::to_string),
        _ => None,
    }
}

/// Lower case; letters, digits, `-` and `_` stay, white space becomes `-`, all else goes.
fn slug(words: &str) -> String {
    let kept =
        |letter: &char| letter.is_alphanumeric() || letter.is_whitespace() || matches!(letter, '-' | '_');
    let letters = words.trim().chars().filter(kept);
    let hyphenated = letters.map(|letter| if letter.is_whitespace() { '-' } else { letter });
    let slug: String = hyphenated.flat_map(char::to_lowercase).collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

fn free(slug: String, taken: &FxHashSet<String>) -> String {
    let mut numbered = (1..).map(|n| format!("{slug}-{n}"));
    if taken.contains(&slug) {
        numbered.find(|id| !taken.contains(id)).expect("numbers do not end")
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{events, lesson_options};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let ids: Vec<_> = ids(&events(text, lesson_options())).into_iter().map(|(_, id)| id).collect();
        assert_eq!(ids, expected, "{text}");
    }

    #[test]
    fn words_become_ids_as_on_github() {
        check("## Listen, *then* `play` back!", &["listen-then-play-back"]);
        check("## Señal 2_b", &["señal-2_b"]);
        check("## ???", &["section"]);
    }

    #[test]
    fn ids_are_unique_and_the_authors_own_come_first() {
        check("## A\n\n## A\n\n## B {#a}\n\n## A", &["a-1", "a-2", "a", "a-3"]);
        check("## Main", &["main-1"]);
    }
}
