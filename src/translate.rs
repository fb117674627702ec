//! Translations: the words of the original, each under the path at which a translation has it, and nothing else. Structure
//! and ratings stay those of the original, so a score cannot differ.
//!
//! Not a stage: `load` reads the files, and this only handles their words.

pub mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::course::{Course, Drill, Model, Node, Picture, Portrait, Scenario, Settings, Story, Text};
use crate::fingerprint::{digest, short};
use crate::markdown::outline;
use crate::path::slashed;
use crate::source::{SourceMap, Span};

/// A place that holds words.
#[derive(Debug)]
pub enum Word<'a> {
    /// One line, shown as it is.
    Line(&'a mut String),
    /// Markdown.
    Text(&'a mut Text),
}

/// Visits each word under its path; `true` means that a translation may omit it.
pub type Visitor<'v> = dyn FnMut(&str, bool, Word<'_>) + 'v;

impl Word<'_> {
    /// What it says.
    pub fn says(&self) -> &str {
        match self {
            Self::Line(line) => line,
            Self::Text(text) => &text.markdown,
        }
    }
}

/// The words of a scenario.
pub fn scenario(scenario: &mut Scenario, see: &mut Visitor<'_>) {
    line("title", &mut scenario.title, see);
    line("summary", &mut scenario.summary, see);
    line("role", &mut scenario.role, see);
    line("goal", &mut scenario.goal, see);
    may("industry", scenario.industry.as_mut(), see);
    may("subject", scenario.subject.as_mut(), see);
    if let Some(handle) = &mut scenario.handle {
        see("handle", true, Word::Line(handle));
    }
    story(&mut scenario.story, see);
}

/// The words of `site.yaml`.
pub fn settings(settings: &mut Settings, see: &mut Visitor<'_>) {
    let mut words = vec![
        ("title".to_owned(), &mut settings.title),
        ("description".to_owned(), &mut settings.description),
    ];
    words.extend(settings.brand.footer.as_mut().map(|footer| ("footer".to_owned(), footer)));
    for route in &mut settings.routes {
        words.push((format!("routes.{}.title", route.id), &mut route.title));
        words.push((format!("routes.{}.summary", route.id), &mut route.summary));
    }
    for (path, says) in words.into_iter().filter(|(_, says)| !says.is_empty()) {
        see(&path, false, Word::Line(says));
    }
}

/// The words of a drill.
pub fn drill(drill: &mut Drill, see: &mut Visitor<'_>) {
    may("title", drill.title.as_mut(), see);
    story(&mut drill.story, see);
}

fn story(story: &mut Story, see: &mut Visitor<'_>) {
    let customer = &mut story.customer;
    if !customer.name.is_empty() {
        see("customer.name", true, Word::Line(&mut customer.name));
    }
    may("customer.about", customer.about.as_mut(), see);
    let own = customer.portrait.as_mut().and_then(|portrait| match portrait {
        Portrait::Picture(picture) => Some(picture),
        Portrait::Drawn(_) => None,
    });
    picture("customer.portrait", own, see);
    for (flag, words) in &mut story.flags {
        line(&format!("flags.{flag}"), words, see);
    }
    for each in &mut story.nodes {
        node(each, see);
    }
}

fn node(node: &mut Node, see: &mut Visitor<'_>) {
    match node {
        Node::Ending(ending) => {
            let at = format!("nodes.{}", ending.id);
            // The end of a drill, which the author did not write.
            if ending.title.is_empty() && ending.text.markdown.is_empty() {
                return;
            }
            line(&format!("{at}.title"), &mut ending.title, see);
            see(&format!("{at}.text"), false, Word::Text(&mut ending.text));
            picture(&format!("{at}.media"), ending.media.as_mut(), see);
        }
        Node::Decision(decision) => {
            let at = format!("nodes.{}", decision.id);
            text(&format!("{at}.scene"), decision.scene.as_mut(), see);
            text(&format!("{at}.says"), decision.says.as_mut(), see);
            text(&format!("{at}.hint"), decision.hint.as_mut(), see);
            picture(&format!("{at}.media"), decision.media.as_mut(), see);
            for choice in &mut decision.choices {
                let at = format!("{at}.choices.{}", choice.id);
                let form = choice.form.name();
                text(&format!("{at}.{form}"), Some(&mut choice.text), see);
                may(&format!("{at}.short"), choice.short.as_mut(), see);
                text(&format!("{at}.closed"), choice.closed.as_mut(), see);
                text(&format!("{at}.reply"), Some(&mut choice.reply), see);
                text(&format!("{at}.why"), Some(&mut choice.why), see);
            }
        }
    }
}

/// The words of a model. Those that only authors read may be omitted.
pub fn model(model: &mut Model, see: &mut Visitor<'_>) {
    line("title", &mut model.title, see);
    for skill in &mut model.skills {
        line(&format!("skills.{}.name", skill.id), &mut skill.name, see);
        for (at, level) in skill.levels.iter_mut().enumerate() {
            see(&format!("skills.{}.levels.{at}", skill.id), true, Word::Line(level));
        }
    }
    for slip in &mut model.slips {
        line(&format!("slips.{}.name", slip.id), &mut slip.name, see);
        line(&format!("slips.{}.says", slip.id), &mut slip.says, see);
    }
    for failure in &mut model.failures {
        line(&format!("failures.{}", failure.id), &mut failure.name, see);
    }
    for band in &mut model.bands {
        line(&format!("bands.{}.name", band.from), &mut band.name, see);
        line(&format!("bands.{}.means", band.from), &mut band.means, see);
    }
    for level in &mut model.skill_levels {
        line(&format!("skill_levels.{}", level.from), &mut level.says, see);
    }
    line("order_says", &mut model.order_says, see);
}

fn line(path: &str, line: &mut String, see: &mut Visitor<'_>) {
    see(path, false, Word::Line(line));
}

fn may(path: &str, line: Option<&mut String>, see: &mut Visitor<'_>) {
    if let Some(line) = line {
        see(path, false, Word::Line(line));
    }
}

fn text(path: &str, text: Option<&mut Text>, see: &mut Visitor<'_>) {
    if let Some(text) = text {
        see(path, false, Word::Text(text));
    }
}

fn picture(path: &str, picture: Option<&mut Picture>, see: &mut Visitor<'_>) {
    may(&format!("{path}.alt"), picture.map(|picture| &mut picture.alt), see);
}

/// Identifies the words from which a translation was made, by their paths: eight hex digits, which change with any word.
fn stamp_of<'w>(words: impl Iterator<Item = (&'w str, &'w str)>) -> String {
    let text: String = words.map(|(path, says)| format!("{path}\0{says}\0")).collect();
    short(digest(text.as_bytes()))
}

fn stamp_of_pairs(words: &[(String, String)]) -> String {
    stamp_of(words.iter().map(|(path, says)| (path.as_str(), says.as_str())))
}

/// The stamp of everything that is visited.
pub fn stamp(words: impl FnOnce(&mut Visitor<'_>)) -> String {
    stamp_of_pairs(&gathered(words))
}

/// The stamp of a scenario before its choices got other ids, and after. `id` maps decision and old id to the new id.
pub fn restamped(of: &Scenario, id: impl Fn(&str, &str) -> Option<String>) -> [String; 2] {
    let mut now = of.clone();
    for node in &mut now.story.nodes {
        let Node::Decision(decision) = node else { continue };
        for choice in &mut decision.choices {
            choice.id = id(&decision.id, &choice.id).unwrap_or_else(|| choice.id.clone());
        }
    }
    [&mut of.clone(), &mut now].map(|each| stamp(|see| scenario(each, see)))
}

/// The stamp of a page in Markdown.
pub fn page_stamp(title: &str, summary: &str, body: &str) -> String {
    stamp_of([("title", title), ("summary", summary), ("body", body)].into_iter())
}

/// A file that can be translated.
#[derive(Debug)]
pub struct Original {
    /// Relative to the site, with forward slashes.
    pub path: String,
    /// The stamp that its translation contains.
    pub stamp: String,
    /// A translation without words, with the original's words as comments.
    pub skeleton: String,
}

/// The built-in model in the other languages of the theme.
pub const MODELS: [(&str, &str); 2] =
    [("de", include_str!("load/models/leaa.de.yaml")), ("ar", include_str!("load/models/leaa.ar.yaml"))];

/// Every file of a course that can be translated into `language`, in the order in which pages show them. The built-in model
/// is one of them in a language for which it has no translation.
pub fn originals(course: &Course, sources: &SourceMap, language: &str) -> Vec<Original> {
    let path = |file| slashed(sources.path(file));
    let words = gathered(|see| settings(&mut course.settings.clone(), see));
    let mut all = vec![Original::words("content/site.yaml".to_owned(), words)];
    if !course.objectives.is_empty() {
        let words = course.objectives.iter().map(|each| (format!("{}.says", each.id), each.says.clone()));
        all.push(Original::words("content/objectives.yaml".to_owned(), words.collect()));
    }
    let (home, modules) = (&course.home, &course.modules);
    let home = (&home.body, &home.title, &home.summary);
    let modules = modules.iter().map(|module| (&module.body, &module.title, &module.summary));
    for (body, title, summary) in std::iter::once(home).chain(modules) {
        if body.span != Span::default() {
            let text = begun(&body.markdown, &BTreeMap::new(), 0);
            all.push(Original::page(path(body.span.file), title, summary, &body.markdown, &text));
        }
    }
    for lesson in &course.lessons {
        let (markdown, start) = (&lesson.body.markdown, lesson.body.span.start as usize);
        let text = begun(markdown, &lesson.drills, start);
        all.push(Original::page(path(lesson.file), &lesson.title, &lesson.summary, markdown, &text));
    }
    for each in &course.scenarios {
        all.push(Original::words(path(each.file), gathered(|see| scenario(&mut Scenario::clone(each), see))));
    }
    let speaks = |model: &Model| model.file.is_none() && MODELS.iter().any(|(known, _)| *known == language);
    // A model of the site's own can be translated before a scenario uses it.
    let counts = |model: &&Model| model.file.is_some() || course.uses(&model.id) && !speaks(model);
    for each in course.models.iter().filter(counts) {
        let words = gathered(|see| model(&mut each.clone(), see));
        all.push(Original::words(format!("content/models/{}.yaml", each.id), words));
    }
    all
}

/// The text of a page from which its translation starts: the original's, with its ids, and with drills without words.
pub fn begun(markdown: &str, drills: &BTreeMap<usize, Drill>, start: usize) -> String {
    outline(markdown, |at| {
        let mut own = drills.get(&(start + at))?.clone();
        Some(tree(&gathered(|see| drill(&mut own, see))))
    })
}

fn gathered(words: impl FnOnce(&mut Visitor<'_>)) -> Vec<(String, String)> {
    let mut all = Vec::new();
    words(&mut |path, _, word| all.push((path.to_owned(), word.says().to_owned())));
    all
}

/// Words under their paths as YAML: each without a value, below the original as a comment.
fn tree(words: &[(String, String)]) -> String {
    let mut text = String::new();
    let mut above: Vec<&str> = Vec::new();
    for (path, says) in words {
        let parts: Vec<&str> = path.split('.').collect();
        let Some((key, parents)) = parts.split_last() else { continue };
        let same = above.iter().zip(parents).take_while(|(one, other)| one == other).count();
        for (depth, parent) in parents.iter().enumerate().skip(same) {
            let _ = writeln!(text, "{}{}:", "  ".repeat(depth), quoted(parent));
        }
        let indent = "  ".repeat(parents.len());
        for line in says.lines() {
            let _ = writeln!(text, "{indent}# {line}");
        }
        let _ = writeln!(text, "{indent}{}:", quoted(key));
        above = parents.to_vec();
    }
    text
}

/// A key that YAML reads back as text: a plain `null` would not be one.
fn quoted(key: &str) -> Cow<'_, str> {
    if key == "null" { "\"null\"".into() } else { key.into() }
}

impl Original {
    fn words(path: String, words: Vec<(String, String)>) -> Self {
        let stamp = stamp_of_pairs(&words);
        let skeleton = format!("source: {stamp}\n{}", tree(&words));
        Self { path, stamp, skeleton }
    }

    fn page(path: String, title: &str, summary: &str, body: &str, begun: &str) -> Self {
        let stamp = page_stamp(title, summary, body);
        let summary = if summary.is_empty() { String::new() } else { format!("# {summary}\nsummary:\n") };
        let skeleton = format!("---\nsource: {stamp}\n# {title}\ntitle:\n{summary}---\n{begun}");
        Self { path, stamp, skeleton }
    }
}
