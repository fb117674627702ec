//! Dialogues: each line is `Speaker: words`, optionally followed by the skill that it shows, as in `[listen]`. A speaker
//! with a portrait may also have a mood, as in `Ruth (angry): words`.
//!
//! An indented line continues the one before. So does a line without a speaker, but it is reported: usually its colon is
//! missing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::origin::Origin;
use super::output::{DialogueLine, SkillTag};
use super::turn_marks::{Plain, tags, without_marks};
use super::{Writer, one_line, prose_options};
use crate::course::Speaker;
use crate::diag::Code;
use crate::diag::suggest::hint;
use crate::portrait::FACES;

/// The mood of a speaker with a portrait, until a line gives another.
const FIRST_MOOD: &str = "frustrated";

/// With how many names of speakers a line without one is compared at most.
const MAX_NAMES: usize = 50;

/// What a speaker says before the next one, as byte ranges of the lesson's text.
struct DialogueTurn {
    speaker: Range<usize>,
    mood: Option<&'static str>,
    words: Range<usize>,
}

impl Writer<'_> {
    /// The lines of a dialogue with its text at the bytes `inside`; `fence` is the whole block.
    pub(super) fn dialogue(
        &mut self,
        origin: &Origin<'_>,
        inside: Option<Range<usize>>,
        fence: &Range<usize>,
        skills: &[SkillTag],
        portraits: &BTreeMap<String, Speaker>,
    ) -> Vec<DialogueLine> {
        let before = self.faults.len();
        let turns = self.turns(origin, inside.unwrap_or_default(), portraits);
        if turns.is_empty() && self.faults.len() == before {
            let hint = "write a line such as `You: Tell me what happened.` into it, or remove it";
            self.report(Code::Dialogue, origin.span(fence), "this dialogue is empty", hint);
        }
        let mut lines = Vec::new();
        let mut moods: BTreeMap<&str, &str> =
            portraits.keys().map(|name| (name.as_str(), FIRST_MOOD)).collect();
        for turn in turns {
            let speaker = origin.slice(&turn.speaker).to_owned();
            let mood = moods.get_mut(speaker.as_str()).map(|mood| {
                *mood = turn.mood.unwrap_or(*mood);
                *mood
            });
            let (words, skill) = match self.report_tags(origin, &turn, skills) {
                true => (turn.words, None),
                false => self.split_skill(origin, turn.words, skills),
            };
            if origin.slice(&words).trim().is_empty() {
                let message = format!("{speaker} says nothing here");
                let hint = "write the words after the colon, or remove the line";
                self.report(Code::Dialogue, origin.span(&turn.speaker), message, hint);
            }
            let line = one_line(origin.slice(&words));
            let origin = origin.inline(words.start);
            let events = self.parse(&origin, &line, prose_options());
            let html = self.write_inline(&origin, &events);
            lines.push(DialogueLine { speaker, you: false, mood, html, skill });
        }
        // A speaker plays the trainee's part if called "You", if one of their lines has a skill, or if only others have
        // portraits.
        let tagged = lines.iter().filter(|line: &&DialogueLine| line.skill.is_some());
        let trainees: BTreeSet<String> = tagged.map(|line| line.speaker.clone()).collect();
        let has_faces = lines.iter().any(|line| line.mood.is_some());
        let you = self.context.strings.get("story.you");
        for line in &mut lines {
            line.you =
                line.speaker == you || trainees.contains(&line.speaker) || has_faces && line.mood.is_none();
        }
        lines
    }

    fn turns(
        &mut self,
        origin: &Origin<'_>,
        inside: Range<usize>,
        portraits: &BTreeMap<String, Speaker>,
    ) -> Vec<DialogueTurn> {
        let mut turns: Vec<DialogueTurn> = Vec::new();
        let you = self.context.strings.get("story.you");
        let (mut names, mut unindented) = (BTreeSet::from([you.as_str()]), Vec::new());
        let mut at = inside.start;
        let is_numbered = is_numbered(origin.slice(&inside));
        for line in origin.slice(&inside).split_inclusive('\n') {
            let (start, end) = (at, at + line.trim_end().len());
            at += line.len();
            if end == start {
                continue;
            }
            let marked = self.report_marks(origin, start..end, is_numbered);
            let parts = speaker_lengths(line).map(|(name, colon)| (0..name, name + colon));
            match (marked.map(|plain| (plain.name, plain.words)).or(parts), turns.last_mut()) {
                (Some((name, words)), _) => {
                    let typed = start + name.start..start + name.end;
                    let (speaker, mood) = self.split_mood(origin, typed, portraits);
                    names.insert(origin.slice(&speaker));
                    turns.push(DialogueTurn { speaker, mood, words: start + words..end });
                }
                (None, Some(turn)) => {
                    if !line.starts_with(char::is_whitespace) {
                        unindented.push(start..end);
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
        unindented.into_iter().for_each(|line| self.report_unindented(origin, line, &names));
        turns
    }

    /// Reports marks around the name of a speaker, which would be part of the name.
    fn report_marks(&mut self, origin: &Origin<'_>, line: Range<usize>, is_numbered: bool) -> Option<Plain> {
        let plain = without_marks(origin.slice(&line))?;
        if plain.number.is_some() && !is_numbered || speaker_lengths(&plain.line).is_none() {
            return None;
        }
        let message = "a line of a dialogue starts with the name alone: the marks around it would be shown";
        self.warn(Code::Dialogue, origin.span(&line), message, format!("write `{}`", plain.line));
        Some(plain)
    }

    /// Splits the mood from the name of a speaker with a portrait.
    fn split_mood(
        &mut self,
        origin: &Origin<'_>,
        typed: Range<usize>,
        portraits: &BTreeMap<String, Speaker>,
    ) -> (Range<usize>, Option<&'static str>) {
        let Some((name, mood)) = split_parentheses(origin.slice(&typed)) else { return (typed, None) };
        if !portraits.contains_key(name) {
            return (typed, None);
        }
        let moods = FACES.iter().map(|&(known, _)| known);
        let known = moods.clone().find(|known| *known == mood);
        if known.is_none() {
            let span = origin.span(&(typed.end - 1 - mood.len()..typed.end - 1));
            self.report(Code::Dialogue, span, format!("there is no mood `{mood}`"), hint(mood, moods));
        }
        (typed.start..typed.start + name.len(), known)
    }

    /// Reports an unindented line without a speaker, which is read as part of the line before.
    fn report_unindented(&mut self, origin: &Origin<'_>, line: Range<usize>, names: &BTreeSet<&str>) {
        let text = origin.slice(&line);
        let near = names.iter().take(MAX_NAMES).find_map(|name| {
            let rest = text.strip_prefix(name)?;
            let words = rest.trim_start_matches([':', ';', ',', '.', '-', '–', '—', '：', ' ', '\u{a0}']);
            (words.len() < rest.len()).then(|| format!("did you mean `{name}: {words}`?"))
        });
        let hint = near.unwrap_or_else(|| {
            "start it with the speaker and a colon; if it continues the line before, indent it by two spaces".to_owned()
        });
        let message = "this line names no speaker, so the one before says it, too";
        self.warn(Code::Dialogue, origin.span(&line), message, hint);
    }

    /// Reports brackets with skills that are shown, since they are not one skill at the end of what is said.
    fn report_tags(&mut self, origin: &Origin<'_>, turn: &DialogueTurn, skills: &[SkillTag]) -> bool {
        let is_skill = |id: &str| skills.iter().any(|skill| skill.id == id);
        let words = origin.slice(&turn.words);
        let Some(found) = tags(words, is_skill) else { return false };
        let first = *found.ids.iter().find(|id| is_skill(id)).expect("it is one of a skill");
        let head = origin.slice(&(turn.speaker.start..turn.words.start));
        let line = match words.contains('\n') {
            true => format!("put ` [{first}]` at the end of what {} says", origin.slice(&turn.speaker)),
            false => format!("write `{head}{} [{first}]`", found.words),
        };
        let (message, hint) = match found.ids.iter().find(|id| **id != first) {
            None => ("a skill stands at the end of the line, so these brackets are shown", line),
            Some(other) => (
                "a line shows one skill, so these brackets are shown",
                format!("{line}, or `[{other}]` in place of `[{first}]`"),
            ),
        };
        let range = turn.words.start + found.range.start..turn.words.start + found.range.end;
        self.warn(Code::Dialogue, origin.span(&range), message, hint);
        true
    }

    /// Splits the skill from the end of a line.
    fn split_skill(
        &mut self,
        origin: &Origin<'_>,
        words: Range<usize>,
        skills: &[SkillTag],
    ) -> (Range<usize>, Option<SkillTag>) {
        let line = origin.slice(&words);
        let Some((before, id)) = split_tag(line) else { return (words, None) };
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

/// Whether the lines of a dialogue are numbered: from 1 on, with several names. A number may also be part of a name, as in
/// `2. Caller: Hello.`
fn is_numbered(dialogue: &str) -> bool {
    let lines = dialogue.lines().filter(|line| speaker_lengths(line).is_some());
    let numbered =
        lines.map(|line| without_marks(line).and_then(|plain| Some((plain.number?, line.get(plain.name)?))));
    let Some(lines) = numbered.collect::<Option<Vec<_>>>() else { return false };
    let is_in_order = (1..).zip(&lines).all(|(at, (number, _))| at == *number);
    let names: BTreeSet<&str> = lines.iter().map(|(_, name)| *name).collect();
    is_in_order && (names.len() > 1 || lines.len() == 1)
}

/// Splits a line from the skill at its end, if there is one.
pub(super) fn split_tag(line: &str) -> Option<(&str, &str)> {
    let (before, id) = line.strip_suffix(']')?.rsplit_once('[')?;
    (!id.is_empty() && !id.contains(char::is_whitespace)).then_some((before, id))
}

/// A line without the speaker's mood.
pub(super) fn without_mood(line: &str) -> String {
    let parted =
        speaker_lengths(line).and_then(|(name, _)| Some((split_parentheses(&line[..name])?, &line[name..])));
    match parted {
        Some(((name, mood), words)) if FACES.iter().any(|(known, _)| *known == mood) => {
            format!("{name}{words}")
        }
        _ => line.to_owned(),
    }
}

/// Splits a name from what is in parentheses after it.
fn split_parentheses(name: &str) -> Option<(&str, &str)> {
    let (name, inside) = name.strip_suffix(')')?.rsplit_once('(')?;
    Some((name.trim_end(), inside))
}

/// The lengths of a line's speaker and colon, if it has one: the text before a colon and a space, or before a wide colon,
/// which needs no space.
fn speaker_lengths(line: &str) -> Option<(usize, usize)> {
    let colon = line.find([':', WIDE_COLON])?;
    let named = !line.starts_with(char::is_whitespace) && colon > 0;
    if line[colon..].starts_with(WIDE_COLON) {
        return named.then_some((colon, WIDE_COLON.len_utf8()));
    }
    let parted = line[colon + 1..].chars().next().is_none_or(char::is_whitespace);
    (named && parted).then_some((colon, 1))
}

const WIDE_COLON: char = '\u{ff1a}';
