//! The name after a code, which has no end mark: a sentence, a link or a table may follow it.

use alloc::string::String;
use alloc::vec::Vec;

use super::run::{is_hyphen, is_space};
use crate::code::names::lower;
use crate::code::{MAX_NAME, is_end, is_unseen};

/// The possible names at the start of a text.
pub(super) struct Names {
    /// The longest one, as a code carries it: with hyphens for spaces.
    longest: String,
    /// For each, from the shortest: its length in `longest`, and in the text.
    pub(super) ends: Vec<(usize, usize)>,
}

impl Names {
    pub(super) fn read(text: &str) -> Self {
        let mut names = Self { longest: String::new(), ends: Vec::new() };
        // An accent may be a separate character.
        for (at, letter) in text.char_indices().take(3 * MAX_NAME) {
            if is_boundary(letter) && at > 0 {
                names.ends.push((names.longest.len(), at));
            }
            if is_unseen(letter) {
                // A name carries none.
            } else if is_space(letter) {
                if !names.longest.ends_with('-') {
                    names.longest.push('-');
                }
            } else if is_end(letter) {
                return names;
            } else {
                names.longest.push(letter);
            }
        }
        names.ends.push((names.longest.len(), text.chars().take(3 * MAX_NAME).map(char::len_utf8).sum()));
        names
    }

    /// A name in one of the [`WAYS`].
    pub(super) fn spelling(&self, place: usize, way: u8) -> String {
        let spelled = |letter: char| match letter {
            letter if way > 0 && is_hyphen(letter) => '-',
            letter if way & 2 > 0 && is_apostrophe(letter) => '\'',
            letter if way & SMALL > 0 => lower(letter),
            letter => letter,
        };
        self.longest[..self.ends[place].0].chars().map(spelled).collect()
    }
}

/// Ways to spell a name: as it is in the text, with plain hyphens for those of word processors, with straight apostrophes,
/// too, and the last two in lowercase: the checksum ignores the case of unaccented Latin letters only.
pub(super) const WAYS: [u8; 5] = [0, 1, 2, 1 | SMALL, 2 | SMALL];
/// In lowercase.
pub(super) const SMALL: u8 = 4;

/// Whether word processors and mail programs put this letter in place of an apostrophe.
fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\u{2018}'..='\u{2019}' | '\u{b4}' | '`')
}

/// Whether a name may end before this character. Accents and other diacritics do not end one.
fn is_boundary(letter: char) -> bool {
    is_end(letter)
        || letter.is_ascii_punctuation()
        || matches!(letter, '«' | '»' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}')
}
