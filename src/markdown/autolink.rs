//! Turns bare addresses into links, as GitHub does: `https://...`, `www....` and mail addresses in running text.
//!
//! It is the first step after parsing, so that everything else treats a bare address as a link.

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, TextMergeWithOffset};

use super::Spanned;

/// The events of `text`, with bare addresses as links.
pub(super) fn linked<'t>(text: &str, events: impl Iterator<Item = Spanned<'t>>) -> Vec<Spanned<'t>> {
    if !["://", "www.", "@"].iter().any(|mark| text.contains(mark)) {
        return events.collect();
    }
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    let (mut all, mut inert) = (Vec::new(), 0_usize);
    for (event, range) in TextMergeWithOffset::new(events) {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => inert += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => inert -= 1,
            Event::Text(words) if inert == 0 => {
                split(&finder, words, (Event::Text(words.clone()), range), &mut all);
                continue;
            }
            _ => {}
        }
        all.push((event, range));
    }
    all
}

/// Splits the event of a text at the start and end of each address in it.
fn split<'t>(finder: &LinkFinder, words: &str, whole: Spanned<'t>, all: &mut Vec<Spanned<'t>>) {
    let is_exact = words.len() == whole.1.len();
    let from = whole.1.start;
    // If the text has entities or escapes, its length differs from that in the source; each part then has the place of the
    // whole.
    let range = |start: usize, end: usize| if is_exact { from + start..from + end } else { whole.1.clone() };
    let text = |start: usize, end: usize| {
        (Event::Text(CowStr::from(words[start..end].to_owned())), range(start, end))
    };
    let mut done = 0;
    for link in finder.links(words) {
        let Some((kind, address)) = address(link.kind(), link.as_str()) else { continue };
        let (start, end) = (link.start(), link.end());
        if done < start {
            all.push(text(done, start));
        }
        let (none, place) = (CowStr::Borrowed(""), range(start, end));
        let tag = Tag::Link { link_type: kind, dest_url: address.into(), title: none.clone(), id: none };
        all.extend([(Event::Start(tag), place.clone()), text(start, end), (Event::End(TagEnd::Link), place)]);
        done = end;
    }
    if done == 0 {
        all.push(whole);
    } else if done < words.len() {
        all.push(text(done, words.len()));
    }
}

/// The target of an address; `None` for those that GitHub does not link: `example.org`, `ftp://`.
fn address(kind: &LinkKind, words: &str) -> Option<(LinkType, String)> {
    let begins = |start: &str| words.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    match kind {
        LinkKind::Email => Some((LinkType::Email, words.to_owned())),
        _ if begins("https://") || begins("http://") => Some((LinkType::Autolink, words.to_owned())),
        _ if begins("www.") => Some((LinkType::Autolink, format!("http://{words}"))),
        _ => None,
    }
}
