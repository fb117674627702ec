//! Translations: the words of an original, each under the path of its keys in the translation. A translation contains only
//! words: structure and ratings are those of the original, so scores cannot differ between languages.
//!
//! Not a stage of loading: `load` reads the files, and this module only handles their words.

pub mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::course::{Course, Drill, Model, Node, Picture, Portrait, Scenario, Settings, Story, Text};
use crate::fingerprint::{digest, short};
use crate::markdown::outline;
use crate::path::slashed;
use crate::source::{SourceMap, Span};

/// A field of the course that holds words.
#[derive(Debug)]
pub enum Word<'a> {
    /// One line, shown as it is.
    Line(&'a mut String),
    /// Markdown.
    Text(&'a mut Text),
}

/// Called with the path of each word, whether a translation may omit it, and the word.
pub type Visitor<'v> = dyn FnMut(&str, bool, Word<'_>) + 'v;

impl Word<'_> {
    /// The text.
    pub fn says(&self) -> &str {
        match self {
            Self::Line(line) => line,
            Self::Text(text) => &text.markdown,
        }
    }
}

/// The words of a scenario.
pub fn scenario(scenario: &mut Scenario, visit: &mut Visitor<'_>) {
    line("title", &mut scenario.title, visit);
    line("summary", &mut scenario.summary, visit);
    line("role", &mut scenario.role, visit);
    line("goal", &mut scenario.goal, visit);
    line_if_present("industry", scenario.industry.as_mut(), visit);
    line_if_present("subject", scenario.subject.as_mut(), visit);
    if let Some(handle) = &mut scenario.handle {
        visit("handle", true, Word::Line(handle));
    }
    story(&mut scenario.story, visit);
}

/// The words of `site.yaml`.
pub fn settings(settings: &mut Settings, visit: &mut Visitor<'_>) {
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
        visit(&path, false, Word::Line(says));
    }
}

/// The words of a drill.
pub fn drill(drill: &mut Drill, visit: &mut Visitor<'_>) {
    line_if_present("title", drill.title.as_mut(), visit);
    story(&mut drill.story, visit);
}

fn story(story: &mut Story, visit: &mut Visitor<'_>) {
    let customer = &mut story.customer;
    if !customer.name.is_empty() {
        visit("customer.name", true, Word::Line(&mut customer.name));
    }
    line_if_present("customer.about", customer.about.as_mut(), visit);
    let own = customer.portrait.as_mut().and_then(|portrait| match portrait {
        Portrait::Picture(picture) => Some(picture),
        Portrait::Drawn(_) => None,
    });
    picture("customer.portrait", own, visit);
    for (flag, words) in &mut story.flags {
        line(&format!("flags.{flag}"), words, visit);
    }
    for each in &mut story.nodes {
        node(each, visit);
    }
}

fn node(node: &mut Node, visit: &mut Visitor<'_>) {
    match node {
        Node::Ending(ending) => {
            let at = format!("nodes.{}", ending.id);
            // The default ending of a drill, which has no words.
            if ending.title.is_empty() && ending.text.markdown.is_empty() {
                return;
            }
            line(&format!("{at}.title"), &mut ending.title, visit);
            visit(&format!("{at}.text"), false, Word::Text(&mut ending.text));
            picture(&format!("{at}.media"), ending.media.as_mut(), visit);
        }
        Node::Decision(decision) => {
            let at = format!("nodes.{}", decision.id);
            text(&format!("{at}.scene"), decision.scene.as_mut(), visit);
            text(&format!("{at}.says"), decision.says.as_mut(), visit);
            text(&format!("{at}.hint"), decision.hint.as_mut(), visit);
            picture(&format!("{at}.media"), decision.media.as_mut(), visit);
            for choice in &mut decision.choices {
                let at = format!("{at}.choices.{}", choice.id);
                let form = choice.form.name();
                text(&format!("{at}.{form}"), Some(&mut choice.text), visit);
                line_if_present(&format!("{at}.short"), choice.short.as_mut(), visit);
                text(&format!("{at}.closed"), choice.closed.as_mut(), visit);
                text(&format!("{at}.reply"), Some(&mut choice.reply), visit);
                text(&format!("{at}.why"), Some(&mut choice.why), visit);
            }
        }
    }
}

/// The words of a model. Those that only authors read may be omitted.
pub fn model(model: &mut Model, visit: &mut Visitor<'_>) {
    line("title", &mut model.title, visit);
    for skill in &mut model.skills {
        line(&format!("skills.{}.name", skill.id), &mut skill.name, visit);
        for (at, level) in skill.levels.iter_mut().enumerate() {
            visit(&format!("skills.{}.levels.{at}", skill.id), true, Word::Line(level));
        }
    }
    for slip in &mut model.slips {
        line(&format!("slips.{}.name", slip.id), &mut slip.name, visit);
        line(&format!("slips.{}.says", slip.id), &mut slip.says, visit);
    }
    for failure in &mut model.failures {
        line(&format!("failures.{}", failure.id), &mut failure.name, visit);
    }
    for band in &mut model.bands {
        line(&format!("bands.{}.name", band.from), &mut band.name, visit);
        line(&format!("bands.{}.means", band.from), &mut band.means, visit);
    }
    for level in &mut model.skill_levels {
        line(&format!("skill_levels.{}", level.from), &mut level.says, visit);
    }
    line("order_says", &mut model.order_says, visit);
}

fn line(path: &str, line: &mut String, visit: &mut Visitor<'_>) {
    visit(path, false, Word::Line(line));
}

fn line_if_present(path: &str, line: Option<&mut String>, visit: &mut Visitor<'_>) {
    if let Some(line) = line {
        visit(path, false, Word::Line(line));
    }
}

fn text(path: &str, text: Option<&mut Text>, visit: &mut Visitor<'_>) {
    if let Some(text) = text {
        visit(path, false, Word::Text(text));
    }
}

fn picture(path: &str, picture: Option<&mut Picture>, visit: &mut Visitor<'_>) {
    line_if_present(&format!("{path}.alt"), picture.map(|picture| &mut picture.alt), visit);
}

/// The stamp of these words, each with its path: eight hex digits, which change with any word. A translation contains the
/// stamp of the words from which it was made.
fn stamp_of<'w>(words: impl Iterator<Item = (&'w str, &'w str)>) -> String {
    let text: String = words.map(|(path, says)| format!("{path}\0{says}\0")).collect();
    short(digest(text.as_bytes()))
}

fn stamp_of_words(words: &[(String, String)]) -> String {
    stamp_of(words.iter().map(|(path, says)| (path.as_str(), says.as_str())))
}

/// The stamp of all words that the function visits.
pub fn stamp(words: impl FnOnce(&mut Visitor<'_>)) -> String {
    stamp_of_words(&collected(words))
}

/// The stamps of a scenario before and after its choices get other ids. `id` maps a decision and an old id to the new id,
/// `None` if it stays.
pub fn restamped(of: &Scenario, id: impl Fn(&str, &str) -> Option<String>) -> [String; 2] {
    let mut now = of.clone();
    for node in &mut now.story.nodes {
        let Node::Decision(decision) = node else { continue };
        for choice in &mut decision.choices {
            choice.id = id(&decision.id, &choice.id).unwrap_or_else(|| choice.id.clone());
        }
    }
    [&mut of.clone(), &mut now].map(|each| stamp(|visit| scenario(each, visit)))
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
    /// The stamp that an up-to-date translation contains.
    pub stamp: String,
    /// A translation without words, in which the words of the original are comments.
    pub skeleton: String,
}

/// The translations of the built-in model: language and text.
pub const BUILT_IN_MODELS: [(&str, &str); 2] =
    [("de", include_str!("load/models/leaa.de.yaml")), ("ar", include_str!("load/models/leaa.ar.yaml"))];

/// Every file of a course that can be translated into `language`, in the order in which pages show them. The built-in model
/// is one of them in a language for which it has no translation.
pub fn originals(course: &Course, sources: &SourceMap, language: &str) -> Vec<Original> {
    let path = |file| slashed(sources.path(file));
    let words = collected(|visit| settings(&mut course.settings.clone(), visit));
    let mut all = vec![Original::words("site.yaml".to_owned(), words)];
    if !course.objectives.is_empty() {
        let words = course.objectives.iter().map(|each| (format!("{}.says", each.id), each.says.clone()));
        all.push(Original::words("content/objectives.yaml".to_owned(), words.collect()));
    }
    let (home, modules) = (&course.home, &course.modules);
    let home = (&home.body, &home.title, &home.summary);
    let modules = modules.iter().map(|module| (&module.body, &module.title, &module.summary));
    for (body, title, summary) in std::iter::once(home).chain(modules) {
        if body.span != Span::default() {
            let text = page_skeleton(&body.markdown, &BTreeMap::new(), 0);
            all.push(Original::page(path(body.span.file), title, summary, &body.markdown, &text));
        }
    }
    for lesson in &course.lessons {
        let (markdown, start) = (&lesson.body.markdown, lesson.body.span.start as usize);
        let text = page_skeleton(markdown, &lesson.drills, start);
        all.push(Original::page(path(lesson.file), &lesson.title, &lesson.summary, markdown, &text));
    }
    for each in &course.scenarios {
        all.push(Original::words(
            path(each.file),
            collected(|visit| scenario(&mut Scenario::clone(each), visit)),
        ));
    }
    let has_built_in_words =
        |model: &Model| model.file.is_none() && BUILT_IN_MODELS.iter().any(|(known, _)| *known == language);
    // The site's own models can be translated before a scenario uses them.
    let counts =
        |model: &&Model| model.file.is_some() || course.uses(&model.id) && !has_built_in_words(model);
    for each in course.models.iter().filter(counts) {
        let words = collected(|visit| model(&mut each.clone(), visit));
        all.push(Original::words(format!("content/models/{}.yaml", each.id), words));
    }
    all
}

/// The text from which the translation of a page starts: that of the original, with the ids of its headings, and with drills
/// without words. `start` is the byte of the file at which the text starts.
pub fn page_skeleton(markdown: &str, drills: &BTreeMap<usize, Drill>, start: usize) -> String {
    outline(markdown, |at| {
        let mut own = drills.get(&(start + at))?.clone();
        Some(yaml_skeleton(&collected(|visit| drill(&mut own, visit))))
    })
}

fn collected(words: impl FnOnce(&mut Visitor<'_>)) -> Vec<(String, String)> {
    let mut all = Vec::new();
    words(&mut |path, _, word| all.push((path.to_owned(), word.says().to_owned())));
    all
}

/// The keys of these words as YAML, each without a value, below the original's words as a comment.
fn yaml_skeleton(words: &[(String, String)]) -> String {
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

/// A key, in quotes if YAML would not read it as text.
fn quoted(key: &str) -> Cow<'_, str> {
    if key == "null" { "\"null\"".into() } else { key.into() }
}

impl Original {
    fn words(path: String, words: Vec<(String, String)>) -> Self {
        let stamp = stamp_of_words(&words);
        let skeleton = format!("source: {stamp}\n{}", yaml_skeleton(&words));
        Self { path, stamp, skeleton }
    }

    fn page(path: String, title: &str, summary: &str, body: &str, text: &str) -> Self {
        let stamp = page_stamp(title, summary, body);
        let summary = if summary.is_empty() { String::new() } else { format!("# {summary}\nsummary:\n") };
        let skeleton = format!("---\nsource: {stamp}\n# {title}\ntitle:\n{summary}---\n{text}");
        Self { path, stamp, skeleton }
    }
}
