//! A run of symbols and what separates them, and whether it has the form of a code.

use alloc::vec::Vec;

use crate::code::symbols::{GROUP, value};
use crate::code::{MAX_SYMBOLS, MIN_SYMBOLS, is_unseen};

/// The longest code with more than hyphens in it, in symbols: in running text, any words may look like its groups.
const MAX_LOOSE: usize = 90;
/// The most characters between two groups.
const MAX_GAP: usize = 40;

/// A sequence of groups of symbols.
#[derive(Default)]
pub(super) struct SymbolRun {
    pub(super) values: Vec<u8>,
    pub(super) groups: Vec<Group>,
}

/// Consecutive letters and digits.
#[derive(Clone, Copy)]
pub(super) struct Group {
    /// The number of values up to its end.
    pub(super) values: usize,
    /// The position of its end.
    pub(super) end: usize,
    /// What is before it.
    gap: Gap,
    /// The number of its letters and digits.
    letters: usize,
    digits: usize,
    /// Whether one of them, or of those in earlier groups, is not a symbol.
    pub(super) other: bool,
}

/// What separates two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// One hyphen, perhaps with a line break after it.
    Hyphen,
    /// Anything else within a line, or a line break with a hyphen or a space that joins the lines.
    Loose,
    /// A line break.
    Line,
}

impl SymbolRun {
    /// Reads the run at `from`, which is a letter or a digit.
    pub(super) fn read(text: &str, from: usize) -> Self {
        let mut run = Self::default();
        let (mut at, mut gap, mut tight) = (from, Gap::Hyphen, true);
        loop {
            let group = run.group(text, at, gap);
            let Some((length, next)) = between(&text[group.end..]) else { return run };
            (at, gap) = (group.end + length, next);
            tight &= gap == Gap::Hyphen;
            if !tight && run.values.len() > MAX_LOOSE {
                return run;
            }
        }
    }

    fn group(&mut self, text: &str, start: usize, gap: Gap) -> Group {
        let other = self.groups.last().is_some_and(|group| group.other);
        let mut group = Group { values: 0, end: start, gap, letters: 0, digits: 0, other };
        let mut at = start;
        loop {
            // Invisible characters, and a line break inserted by mail, do not separate groups.
            let rest = behind(&text[at..], is_unseen);
            let rest = &rest[cut(rest)..];
            let Some(letter) = rest.chars().next().filter(char::is_ascii_alphanumeric) else { break };
            // Anything longer than a code is skipped as a whole.
            if self.values.len() <= MAX_SYMBOLS {
                match value(letter) {
                    Some(value) => self.values.push(value),
                    None => group.other = true,
                }
            }
            *(if letter.is_ascii_digit() { &mut group.digits } else { &mut group.letters }) += 1;
            at = text.len() - rest.len() + 1;
            group.end = at;
        }
        group.values = self.values.len();
        self.groups.push(group);
        group
    }

    /// The end of the run.
    pub(super) fn end(&self) -> usize {
        self.groups.last().map_or(0, |group| group.end)
    }

    pub(super) fn is_too_long(&self) -> bool {
        self.values.len() > MAX_SYMBOLS
    }

    /// The end of what has the form of a code before `limit`.
    pub(super) fn end_of_look_alike(&self, text: &str, from: usize, limit: usize) -> Option<usize> {
        let groups = self.groups.iter().position(|group| group.end > limit).unwrap_or(self.groups.len());
        let groups = &self.groups[..groups];
        let tight = groups.iter().position(|group| group.gap != Gap::Hyphen).unwrap_or(groups.len());
        let tight = &groups[..tight];
        let is_one = is_hyphened(tight) || matches!(tight, [group] if group.is_alone(text, from));
        let forms = [if is_one { tight } else { &[] }, loose(groups, GROUP), loose(groups, GROUP - 1)];
        forms.iter().filter_map(|groups| groups.last()).map(|group| group.end).max()
    }
}

/// Whether groups with hyphens have the form of a code: at least four, the inner ones of five, the last possibly joined to
/// the group before it, and not only words.
fn is_hyphened(groups: &[Group]) -> bool {
    let Some((last, whole)) = groups.split_last() else { return false };
    let fives = whole.iter().filter(|group| group.size() == GROUP).count();
    let has_digits = groups.iter().any(|group| group.digits > 0);
    has_digits && whole.len() >= 3 && fives + 1 >= whole.len() && last.size() < 2 * GROUP
}

/// The groups, with anything between them, that have the form of a code: all of the same size except for the last and
/// perhaps one other, and at least two with both letters and digits, unlike words and numbers. Continues on the next line
/// only if the groups of a line are too few.
fn loose(groups: &[Group], size: usize) -> &[Group] {
    let (mut whole, mut misfit, mut taken) = (0, false, 0);
    for group in groups {
        if group.gap == Gap::Line && whole >= 3 {
            break;
        }
        taken += 1;
        if group.size() > 0 && group.size().is_multiple_of(size) {
            whole += group.size() / size;
        } else if whole >= 3 || misfit || whole == 0 {
            taken -= usize::from(group.size() > size);
            break;
        } else {
            misfit = true;
        }
    }
    let groups = &groups[..taken];
    let (letters, digits) = groups
        .iter()
        .fold((0, 0), |(letters, digits), group| (letters + group.letters, digits + group.digits));
    let mixed = groups.iter().filter(|group| group.letters > 0 && group.digits > 0).count();
    let is_one = whole >= 3 && mixed >= 2 && 2 * letters >= digits && letters + digits + 2 >= MIN_SYMBOLS;
    if is_one { groups } else { &[] }
}

impl Group {
    fn size(&self) -> usize {
        self.letters + self.digits
    }

    /// Whether it is as long as a code, with a name after it or alone on its line; in one case, and not a number.
    fn is_alone(&self, text: &str, from: usize) -> bool {
        let text = text.as_bytes();
        let (before, all, after) = (&text[..from], &text[from..self.end], &text[self.end..]);
        let is_empty = |line: &mut dyn Iterator<Item = &u8>| {
            !line.take_while(|byte| **byte != b'\n').any(u8::is_ascii_alphanumeric)
        };
        (MIN_SYMBOLS + 2..=MAX_LOOSE).contains(&self.size())
            && self.digits > 1
            && 2 * self.letters >= self.digits
            && (after.starts_with(b"~") || is_empty(&mut before.iter().rev()) && is_empty(&mut after.iter()))
            && !(all.iter().any(u8::is_ascii_uppercase) && all.iter().any(u8::is_ascii_lowercase))
            && !all.iter().all(u8::is_ascii_hexdigit)
    }
}

/// The length and kind of what separates two groups; `None` if no group follows.
fn between(text: &str) -> Option<(usize, Gap)> {
    let (mut hyphens, mut others, mut lines, mut spaced, mut joined) = (0, 0, 0, false, false);
    for (place, (at, letter)) in text.char_indices().enumerate() {
        match letter {
            _ if place > MAX_GAP => return None,
            letter if letter.is_ascii_alphanumeric() => {
                let gap = if hyphens == 1 && others == 0 {
                    Gap::Hyphen
                } else if lines > 0 && hyphens == 0 && !joined {
                    Gap::Line
                } else {
                    Gap::Loose
                };
                return (at > 0).then_some((at, gap));
            }
            '\n' => {
                lines += 1;
                // format=flowed: a space at the end of a line joins the next line to it.
                joined = lines == 1 && spaced;
            }
            '\r' => continue,
            '>' | '|' if lines > 0 => {}
            '=' if cut(&text[at..]) > 0 => {}
            letter if is_unseen(letter) => {}
            letter if is_hyphen(letter) => hyphens += 1,
            letter if is_space(letter) || matches!(letter, '_' | '.') => others += usize::from(lines == 0),
            _ => return None,
        }
        spaced = letter == ' ';
    }
    None
}

/// Skips all characters of a kind at the start of a text.
pub(super) fn behind(text: &str, kind: fn(char) -> bool) -> &str {
    text.trim_start_matches(kind)
}

/// The length of a line break that mail inserts into a long line (quoted-printable).
fn cut(text: &str) -> usize {
    match text.as_bytes() {
        [b'=', b'\n', ..] => 2,
        [b'=', b'\r', b'\n', ..] => 3,
        _ => 0,
    }
}

/// Whether this is a hyphen, or what word processors and mail make of one.
pub(super) fn is_hyphen(letter: char) -> bool {
    matches!(
        letter,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Whether this is a space within a line.
pub(super) fn is_space(letter: char) -> bool {
    letter.is_whitespace()
        && !matches!(letter, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
        || is_unseen(letter)
}
