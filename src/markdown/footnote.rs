//! Footnotes: numbered in the order of their first mention, gathered at the end of the lesson, with ways back.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::Spanned;

/// The footnotes of one lesson while it is written.
#[derive(Default)]
pub(super) struct Notes<'e> {
    /// By name: where the definition stands, and what it says.
    defined: BTreeMap<&'e str, (&'e Range<usize>, &'e [Spanned<'e>])>,
    /// Names in the order of their first mention, with the number of mentions.
    mentioned: Vec<(&'e str, usize)>,
    /// The place of each name there.
    numbers: FxHashMap<&'e str, usize>,
    /// Definitions of a name that has one already: not shown.
    again: Vec<(&'e str, &'e Range<usize>)>,
    /// What every id begins with.
    prefix: String,
}

impl<'e> Notes<'e> {
    /// Those that `events` define.
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
                            Entry::Occupied(_) => notes.again.push((name, range)),
                        }
                    }
                }
                _ => {}
            }
        }
        notes
    }

    /// The mark in the text.
    pub(super) fn mention(&mut self, name: &'e str) -> String {
        let at = *self.numbers.entry(name).or_insert(self.mentioned.len());
        if at == self.mentioned.len() {
            self.mentioned.push((name, 0));
        }
        self.mentioned[at].1 += 1;
        let (number, id, prefix) = (at + 1, self.mark(at + 1, self.mentioned[at].1), &self.prefix);
        format!(
            r##"<sup class="footnote-mark"><a href="#{prefix}footnote-{number}" id="{id}">{number}</a></sup>"##
        )
    }

    /// Whether there is a note to be written.
    pub(super) fn are_mentioned(&self) -> bool {
        !self.mentioned.is_empty()
    }

    /// The next note to be written: they may mention each other, so their number can grow meanwhile.
    pub(super) fn nth(&self, at: usize) -> Option<&'e [Spanned<'e>]> {
        let (name, _) = self.mentioned.get(at)?;
        Some(self.defined.get(name).map(|(_, events)| *events).unwrap_or_default())
    }

    /// Ways back from note `at` to each of its mentions.
    pub(super) fn back(&self, at: usize, label: &str) -> String {
        let mut html = String::new();
        for mention in 1..=self.mentioned[at].1 {
            let id = self.mark(at + 1, mention);
            let _ = write!(html, r##" <a class="footnote-back" href="#{id}" aria-label="{label}">↩</a>"##);
        }
        html
    }

    /// The id of a mention.
    fn mark(&self, number: usize, mention: usize) -> String {
        let first = [&self.prefix, "footnote-", &number.to_string(), "-mark"].concat();
        if mention == 1 { first } else { format!("{first}-{mention}") }
    }

    /// Names and places of the notes that nothing mentions.
    pub(super) fn forgotten(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        let all = self.defined.iter().map(|(&name, &(range, _))| (name, range));
        all.filter(|(name, _)| !self.numbers.contains_key(name))
    }

    /// Names and places of the notes whose name has one already.
    pub(super) fn again(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        self.again.iter().copied()
    }
}
