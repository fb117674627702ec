//! Ids of headings: the author's own (`## Words {#words}`), or made from the words as GitHub makes them.
//!
//! Pages and the check of links use the same function, so ids and links always agree.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Spanned;

/// The ids of a text's headings, in order.
#[derive(Debug, Default)]
pub(super) struct Ids(Vec<HeadingId>);

/// A heading's id.
#[derive(Debug)]
pub(super) struct HeadingId {
    /// The bytes of the heading.
    pub(super) range: Range<usize>,
    pub(super) id: String,
    /// Whether the author wrote it.
    pub(super) is_own: bool,
}

impl Ids {
    /// The ids of the headings among these events.
    pub(super) fn of(events: &[Spanned<'_>]) -> Self {
        let mut allocator = IdAllocator {
            taken: events.iter().filter_map(|(event, _)| author_id(event)).collect(),
            next: FxHashMap::default(),
        };
        let mut ids = Vec::new();
        let mut open: Option<(&Range<usize>, String)> = None;
        for (event, range) in events {
            match event {
                Event::Start(Tag::Heading { id: None, .. }) => open = Some((range, String::new())),
                Event::Start(Tag::Heading { id: Some(id), .. }) => {
                    ids.push(HeadingId { range: range.clone(), id: id.to_string(), is_own: true });
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let Some((range, words)) = open.take() {
                        let id = allocator.id(slug(&words));
                        ids.push(HeadingId { range: range.clone(), id, is_own: false });
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
        Self(ids)
    }

    /// The id of the heading at these bytes.
    pub(super) fn at(&self, range: &Range<usize>) -> Option<&str> {
        let at = self.0.binary_search_by_key(&range.start, |each| each.range.start).ok()?;
        Some(&self.0[at].id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &HeadingId> {
        self.0.iter()
    }

    /// Adds a prefix to every id.
    pub(super) fn prefix(&mut self, prefix: &str) {
        self.0.iter_mut().for_each(|each| each.id.insert_str(0, prefix));
    }
}

/// Whether the page of a lesson, or the page with all lessons, uses the id for something other than a heading.
pub(super) fn is_reserved(id: &str) -> bool {
    // In a drill, ids start with its number.
    let drill =
        id.strip_prefix('d').map(|rest| rest.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    let is_drill = drill.is_some_and(|rest| rest.len() + 1 < id.len() && rest.starts_with(['-', '_']));
    is_drill
        || matches!(id, "main" | "heading" | "objectives-heading" | "contents-heading")
        || ["footnote-", "glyph-", "face-"].iter().any(|start| id.starts_with(start))
}

/// An anchor in the form in which it is compared: letters with diacritics have two encodings.
pub(super) fn folded(anchor: &str) -> String {
    anchor.nfc().collect()
}

fn author_id(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Start(Tag::Heading { id, .. }) => id.as_ref().map(ToString::to_string),
        _ => None,
    }
}

/// The id of a heading with these words: in lowercase, with letters, diacritics, digits, `-` and `_` as they are, `-` for
/// whitespace, and without all other characters.
pub(super) fn slug(words: &str) -> String {
    let kept = |letter: &char| {
        letter.is_alphanumeric()
            || is_combining_mark(*letter)
            || letter.is_whitespace()
            || matches!(letter, '-' | '_')
    };
    let letters = words.trim().nfc().filter(kept);
    let hyphenated = letters.map(|letter| if letter.is_whitespace() { '-' } else { letter });
    let slug: String = hyphenated.flat_map(char::to_lowercase).collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// Gives each heading a unique id.
struct IdAllocator {
    taken: FxHashSet<String>,
    /// By slug, the next number to try.
    next: FxHashMap<String, usize>,
}

impl IdAllocator {
    fn id(&mut self, slug: String) -> String {
        let is_free = |id: &String| !is_reserved(id) && !self.taken.contains(id);
        let next = self.next.entry(slug.clone()).or_insert(1);
        let id = if is_free(&slug) {
            slug
        } else {
            // If the slug is a reserved prefix, a number at its end does not help.
            let base = if is_reserved(&format!("{slug}-1")) { format!("section-{slug}") } else { slug };
            loop {
                let id = format!("{base}-{next}");
                *next += 1;
                if is_free(&id) {
                    break id;
                }
            }
        };
        self.taken.insert(id.clone());
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{lesson_options, parse_events};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let ids = Ids::of(&parse_events(text, lesson_options()));
        let ids: Vec<&str> = ids.iter().map(|each| each.id.as_str()).collect();
        assert_eq!(ids, expected, "{text}");
    }

    #[test]
    fn words_become_ids_as_on_github() {
        check("## Listen, *then* `play` back!", &["listen-then-play-back"]);
        check("## Señal 2_b", &["señal-2_b"]);
        check("## ???", &["section"]);
        check("## हिन्दी ไทยดี", &["हिन्दी-ไทยดี"]);
        check("## Cafe\u{301}", &["caf\u{e9}"]);
    }

    #[test]
    fn ids_are_unique_and_the_authors_own_come_first() {
        check("## A\n\n## A\n\n## B {#a}\n\n## A", &["a-1", "a-2", "a", "a-3"]);
        check("## Main\n\n## Main", &["main-1", "main-2"]);
        check("## Footnote 1\n\n## D1 mark", &["section-footnote-1-1", "section-d1-mark-1"]);
        check("## A\n\n## A 1\n\n## A", &["a", "a-1", "a-2"]);
    }
}
