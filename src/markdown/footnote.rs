//! Footnotes: numbered in order of first mention, collected at the end of the lesson, with links back.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::Spanned;

/// The footnotes of a lesson that is being written.
#[derive(Default)]
pub(super) struct Notes<'e> {
    /// By name: the place of the definition, and its text.
    defined: BTreeMap<&'e str, (&'e Range<usize>, &'e [Spanned<'e>])>,
    /// Names in order of first mention, with the number of mentions.
    mentioned: Vec<(&'e str, usize)>,
    /// The index of each name there.
    numbers: FxHashMap<&'e str, usize>,
    /// Repeated definitions of a name, which are not shown.
    repeated: Vec<(&'e str, &'e Range<usize>)>,
    /// The prefix of every id.
    prefix: String,
}

impl<'e> Notes<'e> {
    /// The footnotes that `events` define.
    pub(super) fn of(events: &'e [Spanned<'e>], prefix: &str) -> Self {
        let mut notes = Self { prefix: prefix.to_owned(), ..Self::default() };
        let mut open = None;
        for (at, (event, range)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => open = Some((name, range, at + 1)),
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((name, range, from)) = open.take() {
                        match notes.defined.entry(name) {
                            Entry::Vacant(first) => _ = first.insert((range, &events[from..at])),
                            Entry::Occupied(_) => notes.repeated.push((name, range)),
                        }
                    }
                }
                _ => {}
            }
        }
        notes
    }

    /// The mark of a footnote in the text, which counts as a mention.
    pub(super) fn mention(&mut self, name: &'e str) -> String {
        let at = *self.numbers.entry(name).or_insert(self.mentioned.len());
        if at == self.mentioned.len() {
            self.mentioned.push((name, 0));
        }
        self.mentioned[at].1 += 1;
        let (number, id, prefix) = (at + 1, self.mention_id(at + 1, self.mentioned[at].1), &self.prefix);
        format!(
            r##"<sup class="footnote-mark"><a href="#{prefix}footnote-{number}" id="{id}">{number}</a></sup>"##
        )
    }

    /// Whether any note is mentioned: only those are shown.
    pub(super) fn are_mentioned(&self) -> bool {
        !self.mentioned.is_empty()
    }

    /// The text of the note at an index, in order of first mention. Writing a note can add further ones, as notes may
    /// mention each other.
    pub(super) fn nth(&self, at: usize) -> Option<&'e [Spanned<'e>]> {
        let (name, _) = self.mentioned.get(at)?;
        Some(self.defined.get(name).map(|(_, events)| *events).unwrap_or_default())
    }

    /// Links from note `at` back to each of its mentions.
    pub(super) fn back_links(&self, at: usize, label: &str) -> String {
        let mut html = String::new();
        for mention in 1..=self.mentioned[at].1 {
            let id = self.mention_id(at + 1, mention);
            let _ = write!(html, r##" <a class="footnote-back" href="#{id}" aria-label="{label}">↩</a>"##);
        }
        html
    }

    /// The id of a mention.
    fn mention_id(&self, number: usize, mention: usize) -> String {
        let first = [&self.prefix, "footnote-", &number.to_string(), "-mark"].concat();
        if mention == 1 { first } else { format!("{first}-{mention}") }
    }

    /// Names and places of notes that nothing mentions.
    pub(super) fn unmentioned(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        let all = self.defined.iter().map(|(&name, &(range, _))| (name, range));
        all.filter(|(name, _)| !self.numbers.contains_key(name))
    }

    /// Names and places of repeated definitions.
    pub(super) fn repeated(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        self.repeated.iter().copied()
    }
}
