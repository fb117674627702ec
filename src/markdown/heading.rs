//! Ids of headings: the author's own (`## Words {#words}`), else made from the words as GitHub makes them.
//!
//! One function for both who writes the page and who checks links to it, so that they cannot differ.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::Spanned;

/// An id that every page of the theme uses itself.
const RESERVED: [&str; 1] = ["main"];

/// Few texts have more headings: room for their ids.
const USUAL: usize = 14;

/// The id of each heading, in order, with the bytes of its heading.
pub(super) fn ids(events: &[Spanned<'_>]) -> Vec<(Range<usize>, String)> {
    let mut taken: FxHashSet<Cow<'_, str>> = FxHashSet::with_capacity_and_hasher(USUAL, FxBuildHasher);
    taken.extend(RESERVED.map(Cow::Borrowed));
    taken.extend(events.iter().filter_map(|(event, _)| explicit(event)).map(Cow::Borrowed));
    let mut ids = Vec::new();
    let mut open: Option<(&Range<usize>, String)> = None;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Heading { id: Some(id), .. }) => ids.push((range.clone(), id.to_string())),
            Event::Start(Tag::Heading { id: None, .. }) => {
                open = Some((range, String::with_capacity(range.len())));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((range, words)) = open.take() {
                    let id = free(slug(&words), &taken);
                    taken.insert(id.clone().into());
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

fn explicit<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id),
        _ => None,
    }
}

/// Lower case; letters, digits, `-` and `_` stay, white space becomes `-`, all else goes.
fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for letter in words.trim().chars() {
        match letter {
            'a'..='z' | '0'..='9' | '-' | '_' => slug.push(letter),
            'A'..='Z' => slug.push(letter.to_ascii_lowercase()),
            letter if letter.is_whitespace() => slug.push('-'),
            letter if letter.is_alphanumeric() => slug.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    if slug.is_empty() { "section".to_owned() } else { slug }
}

fn free(slug: String, taken: &FxHashSet<Cow<'_, str>>) -> String {
    if !taken.contains(slug.as_str()) {
        return slug;
    }
    let mut numbered = (1..).map(|n| format!("{slug}-{n}"));
    numbered.find(|id| !taken.contains(id.as_str())).expect("numbers do not end")
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
