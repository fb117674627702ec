//! Names in codes: how one is written, its key, and which two may belong to the same person. One rule for attempts, lists
//! of names and sessions, in the terminal and in the browser.

use alloc::string::String;
use alloc::vec::Vec;

use super::{MAX_NAME, is_end, is_unseen};

/// A name as codes carry it: shortened, without characters that would end it in a line of text or a table, and without
/// invisible ones, which come along when a name is pasted and get lost on the way.
pub(super) fn carried(who: &str) -> String {
    let mut tidied = String::new();
    let who = who.trim_matches(|letter: char| letter.is_whitespace() || is_unseen(letter));
    for letter in who.chars().filter(|letter| !is_unseen(*letter)).take(MAX_NAME) {
        if letter.is_whitespace() {
            if !tidied.ends_with('-') {
                tidied.push('-');
            }
        } else if !is_end(letter) && letter != '%' && letter != '~' {
            tidied.push(letter);
        }
    }
    tidied
}

/// The key of a name in Unicode's normal form C: as codes carry it, in lowercase.
pub fn key(who: &str) -> String {
    small(&carried(who))
}

/// A name in lowercase.
pub(super) fn small(name: &str) -> String {
    name.chars().map(lower).collect()
}

/// A letter in lowercase. Uses the layout of Unicode's blocks instead of its tables, which would be a tenth of the
/// browser's module; so the result is also the same everywhere, independent of the version of Unicode.
pub(super) fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let capital = |first: u32| code + u32::from(code % 2 == first % 2);
    let small = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3ab | 0x410..=0x42f => code + 32,
        // The Turkish i, and the Greek final s.
        0x130 => 0x69,
        0x3c2 => 0x3c3,
        // In pairs.
        0x100..=0x137 | 0x14a..=0x177 | 0x1a0..=0x1a5 | 0x1de..=0x1ef | 0x1f8..=0x233 => capital(0),
        0x460..=0x481 | 0x48a..=0x4bf | 0x4d0..=0x52f | 0x1e00..=0x1e95 | 0x1ea0..=0x1eff => capital(0),
        0x139..=0x148 | 0x179..=0x17e | 0x1af..=0x1b0 | 0x1b3..=0x1b6 | 0x1cd..=0x1dc | 0x4c1..=0x4ce => {
            capital(1)
        }
        0x178 => 0xff,
        0x198 => 0x199,
        // African and Azerbaijani Latin.
        0x181 => 0x253,
        0x186 => 0x254,
        0x189..=0x18a => code + 205,
        0x18f => 0x259,
        0x190 => 0x25b,
        0x193 => 0x260,
        0x194 => 0x263,
        0x19d => 0x272,
        // Accented Greek, Cyrillic and Armenian.
        0x386 => 0x3ac,
        0x388..=0x38a => code + 37,
        0x38c => 0x3cc,
        0x38e..=0x38f => code + 63,
        0x400..=0x40f => code + 80,
        0x531..=0x556 => code + 48,
        _ => code,
    };
    char::from_u32(small).unwrap_or(letter)
}

/// Whether the names with these keys may belong to the same person: a typo or two apart, with their words in another order,
/// or with some words missing.
pub fn is_near(one: &str, other: &str) -> bool {
    let (ones, others) = (words(one), words(other));
    let (fewer, more) = if ones.len() < others.len() { (&ones, &others) } else { (&others, &ones) };
    let slips = if one.chars().count().min(other.chars().count()) < 5 { 1 } else { 2 };
    let is_part = !fewer.is_empty() && fewer.iter().all(|word| more.contains(word));
    let letters = |words: &[&str]| words.concat().chars().collect::<Vec<char>>();
    is_part || is_within(slips, &letters(&ones), &letters(&others))
}

/// The words of a name, sorted.
fn words(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    for word in name.split('-').filter(|word| !word.is_empty()) {
        words.insert(words.partition_point(|other| *other < word), word);
    }
    words
}

/// Whether one name becomes the other by this many typos: a letter changed, left out, added or swapped with its neighbor.
fn is_within(slips: usize, one: &[char], other: &[char]) -> bool {
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[same..], &other[same..]);
    let ([first, ones @ ..], [second, others @ ..]) = (one, other) else {
        return one.len() + other.len() <= slips;
    };
    let Some(left) = slips.checked_sub(1) else { return false };
    let is_swapped = ones.first() == Some(second) && others.first() == Some(first);
    is_within(left, ones, others)
        || is_within(left, ones, other)
        || is_within(left, one, others)
        || is_swapped && is_within(left, &ones[1..], &others[1..])
}
