//! Codes in any text: a list, a table, a file of results, a mail as it was pasted. What looks like a code and is none
//! is reported; everything else is skipped.
//!
//! Between two symbols any spaces, hyphens and marks may stand: the checksum tells a code from words. Linear in the text
//! but for a look ahead as long as a code, and total: no text makes it fail.

mod name;
mod run;

use alloc::string::String;
use alloc::vec::Vec;

use name::Names;
use run::{SymbolRun, behind, is_space};

use super::checksum::Checksum;
use super::{self as code, Code, Fault, MAX_SYMBOLS, MIN_SYMBOLS};

/// A code, or what looks like one.
#[derive(Debug, Clone)]
pub struct CodeMatch {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// As it is written when it is whole, else as it was read, shortened.
    pub text: String,
    /// The code, or why it is none.
    pub result: Result<Code, Fault>,
}

/// Every code in a text, one after the other.
///
/// `others` are the same text with its letters composed in other ways, as Unicode's normal forms do it: a code holds for
/// its name as it was typed, and systems change that on the way. Names are told as in `text`.
pub fn find<'a>(text: &'a str, others: &[&'a str]) -> impl Iterator<Item = CodeMatch> + use<'a> {
    let others = others.iter().map(|other| (*other, 0)).collect();
    Scanner { text, at: 0, line: 1, others, pending: None, matches: Vec::new() }
}

struct Scanner<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
    line: usize,
    /// The other forms of the text, each with the place behind as many tildes as were passed in the text.
    others: Vec<(&'a str, usize)>,
    /// What looks like a code, until it is known that none begins within it.
    pending: Option<Pending>,
    /// What was found and not yet taken: one, or two where a code ends what only looked like one.
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
    /// Reads what stands here, and moves behind it. False at the end of the text.
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

    /// Moves on, counting lines and tildes.
    fn go(&mut self, to: usize) {
        for byte in self.text.as_bytes()[self.at..to].iter() {
            self.line += usize::from(*byte == b'\n');
            if *byte == b'~' {
                self.others.iter_mut().for_each(|(other, at)| *at = behind_tilde(other, *at));
            }
        }
        self.at = to;
    }

    /// Reports what looks like a code as far as it stands before `to`, where a code begins or the text ends.
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

    /// Takes as many groups of the run as are a code.
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

    /// The name that these values hold for, in the text from `at` on.
    fn named(&self, values: &[u8], at: usize) -> Option<Named> {
        let names = Names::read(&self.text[at..]);
        // Symbols hold no tilde, so that the next one in each form is this one.
        let others =
            self.others.iter().map(|(other, from)| Names::read(&other[behind_tilde(other, *from)..]));
        let others: Vec<Names> = others.collect();
        for place in (0..names.ends.len()).rev() {
            for other in [&names].into_iter().chain(&others).filter(|other| place < other.ends.len()) {
                for (way, typed) in other.spellings(place).into_iter().enumerate() {
                    if Checksum::of(&typed).holds(values) {
                        let [plain, hyphened, _] = names.spellings(place);
                        let who = if way == 0 { plain } else { hyphened };
                        return Some(Named { typed, who, end: at + names.ends[place].1 });
                    }
                }
            }
        }
        None
    }
}

/// A name behind a code.
#[derive(Default)]
struct Named {
    /// As the code holds for it.
    typed: String,
    /// As it is told.
    who: String,
    /// Where the text goes on.
    end: usize,
}

fn behind_tilde(text: &str, from: usize) -> usize {
    text[from..].find('~').map_or(text.len(), |at| from + at + 1)
}

/// Where the name begins in a text whose symbols end at `end`, if one stands there.
fn name_at(text: &str, end: usize) -> Option<usize> {
    let name = behind(behind(&text[end..], is_space).strip_prefix('~')?, is_space);
    Some(text.len() - name.len())
}
