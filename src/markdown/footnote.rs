//! Footnotes: numbered in the order of their first mention, gathered at the end of the lesson, with ways back.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Spanned;

/// The footnotes of one lesson while it is written.
#[derive(Default)]
pub(super) struct Notes<'t> {
    /// By name: where the definition stands, and what it says.
    defined: BTreeMap<String, (Range<usize>, Vec<Spanned<'t>>)>,
    /// Names in the order of their first mention, with the number of mentions.
    mentioned: Vec<(String, usize)>,
    /// What every id begins with.
    prefix: String,
}

impl<'t> Notes<'t> {
    /// Takes the definitions out of `events`.
    pub(super) fn take(events: Vec<Spanned<'t>>, prefix: &str) -> (Self, Vec<Spanned<'t>>) {
        let notes = Self { prefix: prefix.to_owned(), ..Self::default() };
        let (mut notes, mut rest) = (notes, Vec::with_capacity(events.len()));
        let mut open: Option<(String, Range<usize>, Vec<Spanned<'t>>)> = None;
        for (event, range) in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    open = Some((name.to_string(), range, Vec::new()))
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((name, range, events)) = open.take() {
                        notes.defined.entry(name).or_insert((range, events));
                    }
                }
                event => match &mut open {
                    Some((_, _, events)) => events.push((event, range)),
                    None => rest.push((event, range)),
                },
            }
        }
        (notes, rest)
    }

    /// The mark in the text.
    pub(super) fn mention(&mut self, name: &str) -> String {
        let known = self.mentioned.iter().position(|(known, _)| known == name);
        let at = known.unwrap_or_else(|| {
            self.mentioned.push((name.to_owned(), 0));
            self.mentioned.len() - 1
        });
        self.mentioned[at].1 += 1;
        let (number, id, prefix) = (at + 1, self.mark(at + 1, self.mentioned[at].1), &self.prefix);
        format!(
            r##"<sup class="footnote-mark"><a href="#{prefix}footnote-{number}" id="{id}">{number}</a></sup>"##
        )
    }

    /// The next note to be written: they may mention each other, so their number can grow meanwhile.
    pub(super) fn nth(&mut self, at: usize) -> Option<Vec<Spanned<'t>>> {
        let (name, _) = self.mentioned.get(at)?;
        Some(self.defined.get_mut(name).map(|(_, events)| std::mem::take(events)).unwrap_or_default())
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
        let first = format!("{}footnote-{number}-mark", self.prefix);
        if mention == 1 { first } else { format!("{first}-{mention}") }
    }

    /// Names and places of the notes that nothing mentions.
    pub(super) fn forgotten(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        let mentioned = |name: &str| self.mentioned.iter().any(|(known, _)| known == name);
        let all = self.defined.iter().map(|(name, (range, _))| (name.as_str(), range));
        all.filter(move |(name, _)| !mentioned(name))
    }
}
