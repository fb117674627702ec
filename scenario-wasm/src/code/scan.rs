//! Codes in any text: a list, a table, a file of results, a mail as it was pasted. What looks like a code and is none
//! is reported; everything else is skipped.
//!
//! Linear in the text but for a short look back at each code, and total: no text makes it fail.

use alloc::string::String;
use alloc::vec::Vec;

use percent_encoding::percent_decode_str;

use super::{self as code, Code, Fault, GROUP, MAX_SYMBOLS, MIN_SYMBOLS};

/// The longest code that is read with spaces in it, in symbols: in running text any words may look like its groups.
const MAX_SPACED: usize = 60;

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

/// Every code in a text whose first line has the number `line`.
#[must_use]
pub fn find(text: &str, line: usize) -> Vec<CodeMatch> {
    let mut scanner = Scanner { text, at: 0, line, matches: Vec::new() };
    while scanner.step() {}
    scanner.matches
}

struct Scanner<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
    line: usize,
    matches: Vec<CodeMatch>,
}

/// Symbols in a row, with what stands between them.
#[derive(Default)]
struct SymbolRun {
    values: Vec<u8>,
    /// For each group that is over: how many values there are so far, and where the text goes on.
    ends: Vec<(usize, usize)>,
    /// Whether one of the letters is no symbol.
    has_other_letters: bool,
    has_digits: bool,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Reads what stands here, and moves behind it. False at the end of the text.
    fn step(&mut self) -> bool {
        let Some(letter) = self.rest().chars().next() else { return false };
        if !letter.is_ascii_alphanumeric() {
            self.go(self.at + letter.len_utf8());
            return true;
        }
        let run = SymbolRun::read(self.text, self.at, false);
        if self.accept(&run) {
            return true;
        }
        // Groups read aloud are often written down with spaces.
        let end = run.end();
        if run.ends.first().is_some_and(|(values, _)| *values == GROUP) && !run.has_other_letters {
            let spaced = SymbolRun::read(self.text, self.at, true);
            if self.accept(&spaced) {
                return true;
            }
        }
        if run.looks_like_code() {
            let fault = if run.values.len() > MAX_SYMBOLS { Fault::Shape } else { Fault::Checksum };
            let text = self.text[self.at..end].chars().take(60).collect();
            self.matches.push(CodeMatch { line: self.line, text, result: Err(fault) });
        }
        self.go(end);
        true
    }

    /// Moves on, counting lines.
    fn go(&mut self, to: usize) {
        self.line += self.text.as_bytes()[self.at..to].iter().filter(|byte| **byte == b'\n').count();
        self.at = to;
    }

    /// Takes the run, or as many of its groups as are a code.
    fn accept(&mut self, run: &SymbolRun) -> bool {
        for (values, end) in run.ends.iter().rev().filter(|_| !run.has_other_letters) {
            if !(MIN_SYMBOLS..=MAX_SYMBOLS).contains(values) {
                continue;
            }
            let values = &run.values[..*values];
            for (who, end) in names(self.text, *end) {
                match Code::read(values, &who) {
                    Err(Fault::Checksum | Fault::Shape) => {}
                    result => {
                        let text = code::written(values, &who);
                        self.matches.push(CodeMatch { line: self.line, text, result });
                        self.go(end);
                        return true;
                    }
                }
            }
        }
        false
    }
}

/// What may be the name after a code, the longest first, with where the text then goes on.
fn names(text: &str, end: usize) -> impl Iterator<Item = (String, usize)> + use<> {
    let mut names = Vec::new();
    if let Some(rest) = text[end..].strip_prefix('~') {
        // Long enough for a name each letter of which a link has written as three times three.
        let letters = rest.char_indices().take(code::MAX_NAME * 9);
        let most = letters
            .take_while(|(_, letter)| !code::is_end(*letter))
            .last()
            .map_or(0, |(at, letter)| at + letter.len_utf8());
        let mut who = &rest[..most];
        loop {
            let after = end + 1 + who.len();
            // As a link has it. What would end a name in plain text is no part of one here either.
            if let Ok(plain) = percent_decode_str(who).decode_utf8()
                && plain != who
                && !plain.chars().any(code::is_end)
            {
                names.push((plain.into_owned(), after));
            }
            names.push((who.into(), after));
            // What a sentence, a link or a table puts behind a name is no part of it.
            let Some(last) = who.chars().next_back().filter(|letter| is_mark(*letter)) else {
                break;
            };
            who = &who[..who.len() - last.len_utf8()];
        }
    }
    names.push((String::new(), end));
    names.into_iter()
}

/// Whether a letter may stand behind a name in a sentence.
fn is_mark(letter: char) -> bool {
    letter.is_ascii_punctuation() || matches!(letter, '»' | '«' | '“' | '”' | '’' | '…' | '。' | '、')
}

/// Hyphens, and what word processors and mail make of them.
fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

impl SymbolRun {
    /// Letters and digits from `from` on, in groups with hyphens between, or with spaces where `spaced`. A hyphen at
    /// the end of a line, also of one that is quoted or cut by a mail program, joins the next.
    fn read(text: &str, from: usize, spaced: bool) -> Self {
        let mut run = Self::default();
        let mut at = from;
        loop {
            let start = at;
            for letter in text[at..].chars().take_while(char::is_ascii_alphanumeric) {
                // What is longer than any code is skipped whole.
                if run.values.len() <= MAX_SYMBOLS {
                    match code::value(letter) {
                        Some(value) => run.values.push(value),
                        None => run.has_other_letters = true,
                    }
                }
                run.has_digits |= letter.is_ascii_digit();
                at += 1;
            }
            run.ends.push((run.values.len(), at));
            let rest = &text[at..];
            let between = match rest.chars().next() {
                Some(letter) if is_hyphen(letter) => {
                    letter.len_utf8() + line_break(&rest[letter.len_utf8()..])
                }
                Some('=') if line_break(rest) > 0 => line_break(rest),
                Some(' ') if spaced && at - start == GROUP => 1,
                _ => return run,
            };
            let goes_on = text[at + between..].starts_with(|letter: char| letter.is_ascii_alphanumeric());
            if !goes_on || spaced && run.values.len() > MAX_SPACED {
                return run;
            }
            at += between;
        }
    }

    /// Where the text goes on.
    fn end(&self) -> usize {
        self.ends.last().map_or(0, |(_, end)| *end)
    }

    /// Whether it has the form of a code: four groups or more, the inner ones of five symbols, and not words alone.
    fn looks_like_code(&self) -> bool {
        let mut before = 0;
        let sizes: Vec<usize> =
            self.ends.iter().map(|(values, _)| values - core::mem::replace(&mut before, *values)).collect();
        let Some((last, whole)) = sizes.split_last() else { return false };
        let fives = whole.iter().filter(|size| **size == GROUP).count();
        self.has_digits && whole.len() >= 3 && fives + 1 >= whole.len() && *last <= GROUP + 1
    }
}

/// The length of a line break inside a code: the sign of a cut line, the break itself, and the marks of a quoted mail. 0 if
/// the line does not end here.
fn line_break(rest: &str) -> usize {
    let cut = rest.strip_prefix('=').unwrap_or(rest);
    let Some(next) = cut.strip_prefix("\r\n").or_else(|| cut.strip_prefix('\n')) else { return 0 };
    rest.len() - next.trim_start_matches([' ', '\t', '>']).len()
}
