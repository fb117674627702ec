//! Finds codes in any text: a list, a table, a file of results, a pasted mail. Anything that looks like a code but is not
//! one is reported; everything else is skipped.
//!
//! Between two symbols there may be any spaces, hyphens and marks: the checksum distinguishes a code from words. Linear in
//! the length of the text except for a lookahead as long as a code, and total: no text makes it fail.

mod name;
mod run;

use alloc::string::String;
use alloc::vec::Vec;

use name::{Names, SMALL, WAYS};
use run::{SymbolRun, behind, is_space};

use super::checksum::Checksum;
use super::{self as code, Code, Fault, MAX_SYMBOLS, MIN_SYMBOLS};

/// A code, or something that looks like one.
#[derive(Debug, Clone)]
pub struct CodeMatch {
    /// The line on which it starts, from 1.
    pub line: usize,
    /// In its written form if it is valid, else as read, shortened.
    pub text: String,
    /// The code, or why it is not one.
    pub result: Result<Code, Fault>,
}

/// Finds every code in a text, in order.
///
/// `others` are the same text in other Unicode normal forms: the checksum covers a name as it was typed, and systems change
/// its form on the way. Names are returned as in `text`.
pub fn find<'a>(text: &'a str, others: &[&'a str]) -> impl Iterator<Item = CodeMatch> + use<'a> {
    let others = others.iter().map(|other| (*other, 0)).collect();
    Scanner { text, at: 0, line: 1, others, pending: None, matches: Vec::new() }
}

struct Scanner<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
    line: usize,
    /// The other forms of the text, each with the position after as many tildes as have been passed in the text.
    others: Vec<(&'a str, usize)>,
    /// Something that looks like a code, until it is known that no code starts within it.
    pending: Option<Pending>,
    /// Matches that have not been returned yet: one, or two if a code follows something that only looked like one.
    matches: Vec<CodeMatch>,
}

struct Pending {
    from: usize,
    line: usize,
    run: SymbolRun,
    end: usize,
}

impl Iterator for Scanner<'_> {
    type Item = CodeMatch;

    fn next(&mut self) -> Option<CodeMatch> {
        while self.matches.is_empty() && self.step() {}
        if self.matches.is_empty() {
            self.report(self.text.len());
        }
        (!self.matches.is_empty()).then(|| self.matches.remove(0))
    }
}

impl<'a> Scanner<'a> {
    /// Reads what is at the current position, and moves past it. Returns false at the end of the text.
    fn step(&mut self) -> bool {
        let Some(letter) = self.text[self.at..].chars().next() else { return false };
        if !letter.is_ascii_alphanumeric() {
            self.go(self.at + letter.len_utf8());
            return true;
        }
        if self.pending.as_ref().is_some_and(|pending| pending.end <= self.at) {
            self.report(self.at);
        }
        let run = SymbolRun::read(self.text, self.at);
        if self.accept(&run) {
            return true;
        }
        let next = if run.is_too_long() { run.end() } else { run.groups[0].end };
        if self.pending.is_none()
            && let Some(end) = run.end_of_look_alike(self.text, self.at, usize::MAX)
        {
            self.pending = Some(Pending { from: self.at, line: self.line, run, end });
        }
        self.go(next);
        true
    }

    /// Moves forward, counting lines and tildes.
    fn go(&mut self, to: usize) {
        for byte in self.text.as_bytes()[self.at..to].iter() {
            self.line += usize::from(*byte == b'\n');
            if *byte == b'~' {
                self.others.iter_mut().for_each(|(other, at)| *at = behind_tilde(other, *at));
            }
        }
        self.at = to;
    }

    /// Reports what looks like a code up to `to`, where a code starts or the text ends.
    fn report(&mut self, to: usize) {
        let Some(Pending { from, line, run, .. }) = self.pending.take() else { return };
        let Some(end) = run.end_of_look_alike(self.text, from, to) else { return };
        let named = name_at(self.text, end);
        let fault = match named {
            _ if run.is_too_long() => Fault::Shape,
            None => Fault::Nameless,
            Some(_) => Fault::Checksum,
        };
        let end =
            named.map_or(end, |at| at + self.text[at..].find(code::is_end).unwrap_or(self.text.len() - at));
        let text = self.text[from..end].chars().take(60).collect();
        self.matches.push(CodeMatch { line, text, result: Err(fault) });
    }

    /// Accepts as many groups of the run as form a code.
    fn accept(&mut self, run: &SymbolRun) -> bool {
        if !run.values.first().is_some_and(|first| code::is_kind(*first)) {
            return false;
        }
        let (mut sum, mut read) = (Checksum::of(""), 0);
        let mut found = None;
        for group in run.groups.iter().take_while(|group| !group.other && group.values <= MAX_SYMBOLS) {
            run.values[read..group.values].iter().for_each(|value| sum.read(*value));
            read = group.values;
            if read < MIN_SYMBOLS {
                continue;
            }
            if let Some(name) = name_at(self.text, group.end)
                && let Some(named) = self.named(&run.values[..read], name)
            {
                found = Some((read, named));
            } else if sum.is_whole() {
                found = Some((read, Named { end: group.end, ..Named::default() }));
            }
        }
        let Some((read, Named { typed, who, end })) = found else { return false };
        self.report(self.at);
        let values = &run.values[..read];
        let (text, result) = (code::written(values, &typed), Code::unpacked(values, &who));
        self.matches.push(CodeMatch { line: self.line, text, result });
        self.go(end);
        true
    }

    /// The name with which these values are valid, in the text from `at` on.
    fn named(&self, values: &[u8], at: usize) -> Option<Named> {
        let names = Names::read(&self.text[at..]);
        // Symbols contain no tilde, so the next one in each form is this one.
        let others =
            self.others.iter().map(|(other, from)| Names::read(&other[behind_tilde(other, *from)..]));
        let others: Vec<Names> = others.collect();
        for place in (0..names.ends.len()).rev() {
            for other in [&names].into_iter().chain(&others).filter(|other| place < other.ends.len()) {
                for way in WAYS {
                    let typed = other.spelling(place, way);
                    if Checksum::of(&typed).holds(values) {
                        let who = names.spelling(place, way & !SMALL);
                        return Some(Named { typed, who, end: at + names.ends[place].1 });
                    }
                }
            }
        }
        None
    }
}

/// A name after a code.
#[derive(Default)]
struct Named {
    /// In the form that the checksum covers.
    typed: String,
    /// As returned to the caller.
    who: String,
    /// The position after it.
    end: usize,
}

fn behind_tilde(text: &str, from: usize) -> usize {
    text[from..].find('~').map_or(text.len(), |at| from + at + 1)
}

/// The start of the name in a text whose symbols end at `end`, if there is one.
fn name_at(text: &str, end: usize) -> Option<usize> {
    let name = behind(behind(&text[end..], is_space).strip_prefix('~')?, is_space);
    Some(text.len() - name.len())
}
