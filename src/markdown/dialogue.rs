//! Dialogues: `Speaker: line`, each optionally ending in the skill that it shows, as in `[listen]`.
//!
//! An indented line goes on with the line before. So does one that names no speaker, but that is reported: more often a colon
//! was left out.

use std::collections::BTreeSet;
use std::ops::Range;

use super::origin::Origin;
use super::shown::{DialogueLine, SkillTag};
use super::{Writer, one_line, prose_options};
use crate::diag::suggest::hint;
use crate::diag::{Code, Diagnostic};

/// How many speakers a line without one is held against.
const MAX_NAMES: usize = 50;

/// What one speaker says, as bytes of the lesson's text.
struct Turn {
    speaker: Range<usize>,
    words: Range<usize>,
}

impl Writer<'_> {
    /// The lines of the dialogue whose text is the bytes `inside`; `fence` is the whole block.
    pub(super) fn dialogue(
        &mut self,
        origin: &Origin<'_>,
        inside: Option<Range<usize>>,
        fence: &Range<usize>,
        skills: &[SkillTag],
    ) -> Vec<DialogueLine> {
        let told = self.faults.len();
        let turns = self.turns(origin, inside.unwrap_or_default());
        if turns.is_empty() && self.faults.len() == told {
            let hint = "write a line such as `You: Tell me what happened.` into it, or remove it";
            self.report(Code::Dialogue, origin.span(fence), "this dialogue is empty", hint);
        }
        let mut lines = Vec::new();
        for turn in turns {
            let speaker = origin.slice(&turn.speaker).to_owned();
            let (words, skill) = self.tag(origin, turn.words, skills);
            if origin.slice(&words).trim().is_empty() {
                let message = format!("{speaker} says nothing here");
                let hint = "write the words behind the colon, or remove the line";
                self.report(Code::Dialogue, origin.span(&turn.speaker), message, hint);
            }
            let line = one_line(origin.slice(&words));
            let origin = origin.inline(words.start);
            let events = self.read(&origin, &line, prose_options());
            let html = self.write_inline(&origin, &events);
            lines.push(DialogueLine { speaker, you: false, html, skill });
        }
        // The speaker who serves is "You", or has a tagged line.
        let tagged = lines.iter().filter(|line: &&DialogueLine| line.skill.is_some());
        let serves: BTreeSet<String> = tagged.map(|line| line.speaker.clone()).collect();
        let you = self.shared.words.get("story.you");
        for line in &mut lines {
            line.you = line.speaker == you || serves.contains(&line.speaker);
        }
        lines
    }

    fn turns(&mut self, origin: &Origin<'_>, inside: Range<usize>) -> Vec<Turn> {
        let mut turns: Vec<Turn> = Vec::new();
        let you = self.shared.words.get("story.you");
        let (mut names, mut glued) = (BTreeSet::from([you.as_str()]), Vec::new());
        let mut at = inside.start;
        for line in origin.slice(&inside).split_inclusive('\n') {
            let (start, end) = (at, at + line.trim_end().len());
            at += line.len();
            if end == start {
                continue;
            }
            match (speaker(line), turns.last_mut()) {
                (Some((name, colon)), _) => {
                    names.insert(&line[..name]);
                    let words = start + name + colon;
                    turns.push(Turn { speaker: start..start + name, words: words..end });
                }
                (None, Some(turn)) => {
                    if !line.starts_with(char::is_whitespace) {
                        glued.push(start..end);
                    }
                    turn.words.end = end;
                }
                (None, None) => {
                    let hint = "start with the speaker, as in `You: Tell me what happened.`";
                    let message = "this line of a dialogue names no speaker";
                    self.report(Code::Dialogue, origin.span(&(start..end)), message, hint);
                }
            }
        }
        glued.into_iter().for_each(|line| self.glued(origin, line, &names));
        turns
    }

    /// Reports a line that names no speaker and so is said by the one before.
    fn glued(&mut self, origin: &Origin<'_>, line: Range<usize>, names: &BTreeSet<&str>) {
        let text = origin.slice(&line);
        let near = names.iter().take(MAX_NAMES).find_map(|name| {
            let rest = text.strip_prefix(name)?;
            let words = rest.trim_start_matches([':', ';', ',', '.', '-', '–', '—', '：', ' ', '\u{a0}']);
            (words.len() < rest.len()).then(|| format!("did you mean `{name}: {words}`?"))
        });
        let hint = near.unwrap_or_else(|| {
            "begin it with the speaker and a colon; if it goes on, indent it by two spaces".to_owned()
        });
        let message = "this line names no speaker, so the one before says it, too";
        self.faults.push(Diagnostic::error(Code::Dialogue, origin.span(&line), message).warning().hint(hint));
    }

    /// Takes the skill off the end of a line.
    fn tag(
        &mut self,
        origin: &Origin<'_>,
        words: Range<usize>,
        skills: &[SkillTag],
    ) -> (Range<usize>, Option<SkillTag>) {
        let line = origin.slice(&words);
        let Some((before, id)) = tagged(line) else { return (words, None) };
        let place = words.start + before.len() + 1;
        let words = words.start..words.start + before.trim_end().len();
        let skill = skills.iter().find(|skill| skill.id == id).cloned();
        if skill.is_none() {
            let known = skills.iter().map(|skill| skill.id.as_str());
            let span = origin.span(&(place..place + id.len()));
            self.report(Code::Dialogue, span, format!("there is no skill `{id}`"), hint(id, known));
        }
        (words, skill)
    }
}

/// A line and the skill that stands at its end, if one does.
pub(super) fn tagged(line: &str) -> Option<(&str, &str)> {
    let (before, id) = line.strip_suffix(']')?.rsplit_once('[')?;
    (!id.is_empty() && !id.contains(char::is_whitespace)).then_some((before, id))
}

/// The length of the speaker's name, and of the colon, where a line names one: what stands before a colon and a space, or before a
/// wide colon, which has its space in itself.
fn speaker(line: &str) -> Option<(usize, usize)> {
    let colon = line.find([':', WIDE_COLON])?;
    let named = !line.starts_with(char::is_whitespace) && colon > 0;
    if line[colon..].starts_with(WIDE_COLON) {
        return named.then_some((colon, WIDE_COLON.len_utf8()));
    }
    let parted = line[colon + 1..].chars().next().is_none_or(char::is_whitespace);
    (named && parted).then_some((colon, 1))
}

const WIDE_COLON: char = '\u{ff1a}';
