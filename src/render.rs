//! Course to [`Output`]: a typed context for each page, the theme's template, and the files that pages use.
//!
//! Pure: nothing is read and nothing is written, and pages are made side by side in no particular order. The same
//! code makes the contexts for a build and for [`check`], so what `check` lets pass a build can render.

pub mod condition;
mod course;
mod desk;
mod language;
mod lesson;
mod names;
mod offline;
pub mod page;
mod parts_scripts;
mod place;
mod print;
mod sitemap;
mod story;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use crate::asset::Assets;
use crate::course::Course;
use crate::diag::{Diagnostic, Severity};
use crate::markdown::{self, Leavings, Links, Shared};
use crate::output::{File, Output, Shelf};
use crate::search;
use crate::source::{SourceMap, Span};
use crate::theme::{self, Strings, Theme};
use course::Scope;
use language::{Language, LanguageContext, SiteContext};
use names::PublishedNames;
use offline::Keeping;
use place::Place;

pub use crate::address::Purpose;

/// The scripts of the pages, as `cargo xtask player` built them: by their path in the site.
const SCRIPTS: [(&str, &[u8]); 6] = [
    ("static/codes.js", include_bytes!("../scenario-wasm/dist/codes.js")),
    ("static/desk.js", include_bytes!("../scenario-wasm/dist/desk.js")),
    ("static/home.js", include_bytes!("../scenario-wasm/dist/home.js")),
    ("static/record.js", include_bytes!("../scenario-wasm/dist/record.js")),
    ("static/result.js", include_bytes!("../scenario-wasm/dist/result.js")),
    ("static/search.js", include_bytes!("../scenario-wasm/dist/search.js")),
];

/// What came to light while the texts of a course were read as Markdown.
#[derive(Debug, Default)]
pub struct Looked {
    /// What is wrong with them: links, pictures, dialogues, raw HTML.
    pub faults: Vec<Diagnostic>,
    /// The assets that they use: from the path in the built site to that of the source.
    pub assets: BTreeMap<String, String>,
    /// The links out of the course, as they are written, and where.
    pub external: Vec<(String, Span)>,
}

impl Looked {
    fn take(&mut self, leavings: Leavings) {
        self.faults.extend(leavings.faults);
        self.assets.extend(leavings.assets);
        self.external.extend(leavings.external);
    }

    fn has_errors(&self) -> bool {
        self.faults.iter().any(|fault| fault.severity == Severity::Error)
    }
}

/// Renders the whole site, and looks through all of its texts meanwhile: nobody need [`check`] them before. With an
/// error in them there is no site. `pages` are those of [`check`]; the shelf is offered each page as soon as it is made.
///
/// # Errors
/// When a template fails, and the texts are not to blame.
pub fn render<'p>(
    course: &Course,
    sources: &SourceMap,
    assets: &Assets,
    themes: &[Theme],
    (purpose, pages): (Purpose, impl Iterator<Item = &'p Path>),
    shelf: &dyn Shelf,
) -> Result<(Option<Output>, Looked), theme::Error> {
    let sources_with_pages: Vec<&Path> = pages.collect();
    let original = &themes[0];
    let languages = languages(course, themes);
    let keeping = Keeping::of(course);
    let (mut pages, mut looked) = (Vec::new(), Looked::default());
    // What stands beside the pages, and the addresses of those that may be found.
    let (mut more, mut urls) = (Vec::new(), Vec::new());
    let (mut made, mut found) = (Vec::new(), Vec::new());
    let mut output = Output::default();
    let site = SiteContext { languages: &languages, sources, assets, purpose };
    let names = PublishedNames::publish(original, purpose, &mut output);
    // What is not translated has the original's parts and debrief.
    let (mut own_names, mut indices) = (None, Vec::new());
    for (own, theme) in all(course).zip(themes) {
        let links = Links::new(own, sources).expecting(&sources_with_pages);
        let spoken = Shared { sources, links: &links, assets, purpose, words: theme.strings() };
        let written = Shared { sources, links: &links, assets, purpose, words: original.strings() };
        let scope = Scope::of(course, own, purpose);
        // The longest page first: else it is made alone in the end.
        let mut places = Vec::from_iter(scope.print.then_some(Place::Print));
        places.extend(Place::all(&scope, theme.has("lessons.html")));
        places.extend(scope.search.then_some(Place::Search));
        let mut frame = LanguageContext::new(&scope, &places, theme, site)?;
        let other = || LanguageContext::new(&scope, &places, original, site);
        let mut other = (!std::ptr::eq(theme, original)).then(other).transpose()?;
        let mut names = names.clone();
        frame.set_files(&names);
        for (key, path, script) in parts_scripts::shared(own, theme, &frame)? {
            more.push((names.add(key, &path, script.as_bytes()), script));
        }
        more.extend(sitemap::redirects(&scope, &frame, theme)?);
        urls.extend(sitemap::addresses(&scope, &places));
        let language = theme.strings().language();
        let index = scope.search.then(|| {
            let version = names.add_index(search::digest(own, &scope.lessons, language));
            format!("{}search/{version}", scope.folder)
        });
        frame.set_files(&names);
        let own_names = own_names.get_or_insert(names);
        if let Some(other) = &mut other {
            other.set_files(own_names);
        }
        let untranslated = other.as_ref().unwrap_or(&frame);
        let make = |place: Place, found: bool| {
            // What is not translated is a page of the original's language, in the frame of the one that was chosen.
            let (theme, shared, language) = match place.speaks(own) {
                true => (theme, &spoken, &frame),
                false => (original, &written, untranslated),
            };
            let writer = place.writer(&scope, shared);
            let mut writer = if found { writer.found() } else { writer };
            let context = place.context(&scope, language, &frame, &mut writer);
            let files = place.files(writer.folder(), theme, context, purpose).map(|files| {
                let shelved = files.into_iter().map(|(path, bytes)| {
                    let known = purpose == Purpose::Publish && keeping.has(&path);
                    let file = File::shelved(&path, bytes, shelf, known);
                    (path, file)
                });
                shelved.collect::<Vec<_>>()
            });
            (place, files, writer.finish())
        };
        // What can be found is taken from a page while it is made: nothing is read twice.
        let (read_pages, files) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
        let read = |page| {
            let place = match page {
                search::Page::Lesson(at) => Place::Lesson(at),
                search::Page::Scenario(at) => Place::Scenario(at),
            };
            let mut page = make(place, true);
            let parts = std::mem::take(&mut page.2.parts);
            locked(&read_pages).push(page);
            parts
        };
        let put = |name: String, script: String| {
            let path = format!("{}{name}", index.as_deref().unwrap_or_default());
            let file = File::shelved(&path, script.into_bytes(), shelf, keeping.has(&path));
            locked(&files).push((path, file));
        };
        let rest: Vec<Place> =
            places.iter().copied().filter(|place| index.is_none() || !place.is_found()).collect();
        // A list of all lessons is long, so it begins with the others. Small pieces: then no thread waits for another's last.
        let rest = || rest.par_iter().with_max_len(16).map(|&place| make(place, false)).collect::<Vec<_>>();
        let (_, rest) = rayon::join(
            || index.as_ref().map(|_| search::index(own, &scope.lessons, language, read, put)),
            rest,
        );
        made.extend(rest);
        made.append(&mut locked(&read_pages));
        found.append(&mut locked(&files));
        indices.extend(index);
        // The first fault of a theme is told: always the same one.
        made.sort_by_key(|(place, ..)| *place);
        pages.extend(made.drain(..).map(|(_, files, leavings)| (files, leavings)));
        hidden(&scope, &spoken, &mut looked);
        // To give back thousands of names takes a while, for which nobody need wait.
        rayon::spawn(move || drop(links));
    }

    // GitHub Pages would otherwise leave out what its own generator takes for private.
    output.insert(".nojekyll", *b"");
    // What only hidden lessons use is not published.
    let (mut shown, mut failed) = (Looked::default(), None);
    let mut all = Vec::with_capacity(pages.len());
    for (files, leavings) in pages {
        shown.take(leavings);
        match files {
            Ok(files) => all.extend(files),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    output.add_all(all.into_iter().chain(found));
    let mut used = std::mem::take(&mut shown.assets);
    looked.assets.extend(used.clone());
    looked.faults.append(&mut shown.faults);
    used.extend(
        course.settings.brand.pictures().map(|logo| (markdown::shown(assets, logo, purpose), logo.clone())),
    );
    if looked.has_errors() {
        return Ok((None, looked));
    }
    if let Some(error) = failed {
        return Err(error);
    }
    for (path, text) in more {
        output.insert(path, text.into_bytes());
    }
    sitemap::add_for_robots(course, purpose, urls, &mut output);
    for (path, source) in used {
        if let Some(bytes) = assets.get(&source) {
            output.insert(path, Arc::clone(bytes));
        }
    }
    if purpose == Purpose::Publish {
        output.insert(names::HEADERS, names::headers(&output, &indices).into_bytes());
        let worker = offline::worker(&course.settings.id, keeping, &output);
        output.insert(offline::PATH, worker.into_bytes());
    }
    Ok((Some(output), looked))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What pages say of the languages that there are.
fn languages<'a>(course: &'a Course, themes: &[Theme]) -> Vec<Language<'a>> {
    let each = all(course).zip(themes).map(|(course, theme)| Language {
        course,
        name: theme.strings().get("name"),
        folder: course.settings.folder(),
    });
    each.collect()
}

/// The course in every language, the original first.
fn all(course: &Course) -> impl Iterator<Item = &Course> {
    std::iter::once(course).chain(&course.translations)
}

/// The pages at some paths of the site alone, with what stands beside them, each with its path. `None` if one is no page, if one has an error, or if the
/// theme fails.
pub(crate) fn some(
    (course, sources, assets): (&Course, &SourceMap, &Assets),
    links: &Links,
    theme: &Theme,
    purpose: Purpose,
    wanted: &[String],
) -> Option<Vec<(String, Vec<u8>)>> {
    if !course.translations.is_empty() {
        // What was translated from them may be old now: that takes the whole course.
        return None;
    }
    let shared = Shared { sources, links, assets, purpose, words: theme.strings() };
    let scope = Scope::of(course, course, purpose);
    let places = Place::all(&scope, theme.has("lessons.html"));
    let languages = languages(course, std::slice::from_ref(theme));
    let site = SiteContext { languages: &languages, sources, assets, purpose };
    let mut language = LanguageContext::new(&scope, &places, theme, site).ok()?;
    language.set_files(&PublishedNames::plain(course));
    let page = |path: &String| {
        let place = Place::at(&scope, &places, path)?;
        let mut writer = place.writer(&scope, &shared);
        let context = place.context(&scope, &language, &language, &mut writer);
        let files = place.files(writer.folder(), theme, context, purpose).ok()?;
        let sound = writer.finish().faults.iter().all(|fault| fault.severity != Severity::Error);
        sound.then_some(files)
    };
    Some(wanted.iter().map(page).collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
}

/// Looks through the lessons and scenarios that are not shown.
fn hidden(scope: &Scope<'_>, shared: &Shared<'_>, looked: &mut Looked) {
    let drafts = Scope::of(scope.original, scope.course, Purpose::Serve);
    let lessons = drafts.lessons.iter().filter(|&&lesson| scope.number(lesson) == 0);
    let scenarios = drafts.scenarios.iter().filter(|at| scope.scenarios.binary_search(at).is_err());
    for place in lessons.map(|&at| Place::Lesson(at)).chain(scenarios.map(|&at| Place::Scenario(at))) {
        let mut writer = place.writer(&drafts, shared);
        place.write(&drafts, &mut writer);
        looked.take(writer.finish());
    }
}

/// Looks through the texts of a course, drafts among them, and renders nothing. `pages` are the source files that
/// have a page once they are free of faults.
#[must_use]
pub fn check<'p>(
    course: &Course,
    sources: &SourceMap,
    assets: &Assets,
    strings: &Strings,
    pages: impl Iterator<Item = &'p Path>,
) -> Looked {
    let pages: Vec<&Path> = pages.collect();
    let mut looked = Looked::default();
    for own in all(course) {
        let links = Links::new(own, sources).expecting(&pages);
        let shared = Shared { sources, links: &links, assets, purpose: Purpose::Serve, words: strings };
        let scope = Scope::of(course, own, Purpose::Serve);
        let places = Place::all(&scope, false);
        let leavings = places.par_iter().with_max_len(16).map(|place| {
            let mut writer = place.writer(&scope, &shared);
            place.write(&scope, &mut writer);
            writer.finish()
        });
        leavings.collect::<Vec<_>>().into_iter().for_each(|leavings| looked.take(leavings));
    }
    looked
}
