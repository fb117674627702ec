//! Splits the prose of a story into messages, which the customer says, and scene, which describes what the trainee sees.
//!
//! In chat, mail and posts, a paragraph that is entirely in quotation marks is a message and loses its marks; everything
//! else is scene. On the phone and in person, `says` is the customer's as it is, `scene` is scene, and a reply is the
//! customer's if it contains a quotation.

use pulldown_cmark::{Event, Tag};

use super::origin::Origin;
use super::output::StoryLine;
use super::{Spanned, Writer, prose_options};
use crate::course::{Channel, Text};

/// The key of a story's text, which says whose words they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// `scene`
    Scene,
    /// `says`
    Says,
    /// `reply`
    Reply,
}

impl Writer<'_> {
    /// Splits a text of a story into messages and scene.
    pub fn lines(&mut self, text: &Text, voice: Voice, channel: Channel) -> Vec<StoryLine> {
        if matches!(channel, Channel::Email | Channel::Chat | Channel::Social) {
            return self.written_lines(text);
        }
        let message = match voice {
            Voice::Scene => false,
            Voice::Says => true,
            Voice::Reply => contains_quotation(&text.markdown),
        };
        vec![StoryLine { message, html: self.html(text) }]
    }

    /// The messages and scenes of a written channel: a paragraph that is entirely in quotation marks is a message.
    fn written_lines(&mut self, text: &Text) -> Vec<StoryLine> {
        let origin = Origin::new(self.context.sources, text);
        let mut parts: Vec<(bool, Vec<Spanned<'_>>)> = Vec::new();
        for mut block in blocks(self.parse(&origin, &text.markdown, prose_options())) {
            if unquote(&mut block) {
                parts.push((true, block));
                continue;
            }
            match parts.last_mut() {
                Some((false, scene)) => scene.append(&mut block),
                _ => parts.push((false, block)),
            }
        }
        let line = |(message, events): (bool, Vec<Spanned<'_>>)| StoryLine {
            message,
            html: self.write(&origin, events.iter()),
        };
        parts.into_iter().map(line).collect()
    }
}

/// Splits at the blocks of the top level.
fn blocks(events: Vec<Spanned<'_>>) -> Vec<Vec<Spanned<'_>>> {
    let (mut blocks, mut block, mut depth) = (Vec::new(), Vec::new(), 0_usize);
    for event in events {
        match event.0 {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        block.push(event);
        if depth == 0 {
            blocks.push(std::mem::take(&mut block));
        }
    }
    blocks
}

/// Drops the marks around a paragraph that is entirely in quotation marks. Returns whether it was one.
fn unquote(block: &mut [Spanned<'_>]) -> bool {
    if !matches!(block.first(), Some((Event::Start(Tag::Paragraph), _))) {
        return false;
    }
    let words = block.iter().filter_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        Event::SoftBreak | Event::HardBreak => Some(" "),
        _ => None,
    });
    let words: String = words.collect();
    if !wholly_quoted(&words) {
        return false;
    }
    let leaf = |(event, _): &Spanned<'_>| matches!(event, Event::Text(_) | Event::Code(_));
    let (first, last) = (block.iter().position(leaf), block.iter().rposition(leaf));
    let (Some(first), Some(last)) = (first, last) else { return false };
    if let Event::Text(text) = &block[first].0 {
        let bare: String = text.chars().skip(1).collect();
        block[first].0 = Event::Text(bare.into());
    }
    if let Event::Text(text) = &block[last].0 {
        let mut bare = text.to_string();
        bare.pop();
        block[last].0 = Event::Text(bare.into());
    }
    true
}

/// The marks that can close a quotation opened by `open`, in different languages.
fn closing_marks(open: char) -> Option<&'static [char]> {
    match open {
        '"' => Some(&['"']),
        '“' => Some(&['”']),
        '„' => Some(&['“', '”']),
        '\'' => Some(&['\'']),
        '‘' => Some(&['’']),
        '«' => Some(&['»']),
        '»' => Some(&['«']),
        _ => None,
    }
}

/// Whether the first quotation of `words` opens at the start and closes only at the end.
fn wholly_quoted(words: &str) -> bool {
    let letters: Vec<char> = words.trim().chars().collect();
    let Some(close) = letters.first().and_then(|&open| closing_marks(open)) else { return false };
    let ends =
        |at: usize| close.contains(&letters[at]) && !letters.get(at + 1).is_some_and(|c| c.is_alphanumeric());
    (1..letters.len()).find(|&at| ends(at)) == Some(letters.len() - 1)
}

/// Whether there is a quotation anywhere in `words`. An apostrophe does not open one, as it follows a letter.
fn contains_quotation(words: &str) -> bool {
    let letters: Vec<char> = words.chars().collect();
    let opens = |at: usize| at == 0 || !letters[at - 1].is_alphanumeric();
    letters.iter().enumerate().any(|(at, &open)| {
        let rest = letters[at + 1..].iter();
        closing_marks(open)
            .is_some_and(|close| opens(at) && rest.clone().any(|letter| close.contains(letter)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_quotation_from_end_to_end() {
        for whole in
            [r#""Fine.""#, "“Fine.”", "'It's fine, don't worry.'", "‘It’s fine.’", "„Gut.“", "«Bien.»"]
        {
            assert!(wholly_quoted(whole), "{whole}");
        }
        for part in
            [r#""Fine." She leaves. "Bye.""#, "Fine.", r#""Fine." She leaves."#, r#"""#, "", "'Tis late"]
        {
            assert!(!wholly_quoted(part), "{part}");
        }
    }

    #[test]
    fn a_reply_is_the_customers_if_it_quotes_her() {
        for quoting in [r#"She sighs. "Right.""#, "She sighs. 'Right. So.'", "“Right.”"] {
            assert!(contains_quotation(quoting), "{quoting}");
        }
        for silent in ["She sighs.", "She doesn't, and he won't.", "It is 5' long."] {
            assert!(!contains_quotation(silent), "{silent}");
        }
    }
}
