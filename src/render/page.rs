//! The contexts of templates: one type for each variable that templates get.
//!
//! Every field whose name ends in `_html`, and every field documented as HTML, is safe markup made by `markdown`; templates
//! print it with `| safe`, and everything else escaped. Every URL is relative to its page, unless documented otherwise.

mod desk;
mod text;

pub use desk::{Desk, DeskChoice, DeskNode, DeskScenario};
pub use text::{
    Block, Choice, Customer, Decision, Ending, Lesson, Model, ModelSkill, Node, Portrait, Scenario,
    SkillLesson, SpokenLine, Story, Way,
};

use std::collections::BTreeMap;

use serde::Serialize;

use crate::markdown::SkillTag;

/// What every page gets, as `site`.
#[derive(Debug, Clone, Serialize)]
pub struct SiteInfo {
    /// As in `site.yaml`.
    pub title: String,
    /// The id of the course's stored data.
    pub id: String,
    /// As in `site.yaml`; may be empty.
    pub description: String,
    /// BCP 47.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// The name of the language's digits in `Intl`: `latn`, `arab` ...
    pub digits: String,
    /// Whether there is a `static/brand.css`.
    pub branded: bool,
    /// The picture beside the title, from the root of the site.
    pub logo: Option<String>,
    /// The organization's line in the footer.
    pub footer: Option<String>,
    /// The content security policy of this build (`serve` also allows the connection of its reload script).
    pub policy: String,
    /// Whether the home page has a list of lessons to link to.
    pub lessons: bool,
    /// Whether the home page has a list of scenarios to link to.
    pub scenarios: bool,
    /// Whether there is a search: `search/index.html`.
    pub search: bool,
    /// True under `amends serve`: the page loads `reload.js` too.
    pub serving: bool,
    /// True in a package for a learning platform: its launch page, and not the browser, stores the trainee's state.
    pub package: bool,
    /// True if each scenario is self-contained, and no page links to another.
    pub alone: bool,
    /// `practice` or `challenge`.
    pub feedback: String,
    /// `first` or `best`.
    pub certificate: String,
    /// `minimal`, `scores` or `full`: what result codes carry.
    pub reporting: String,
    /// Whether there is a page for trainers.
    pub desk: bool,
}

/// What `redirect.html` and the partials in `partials/fixed/` get, as `page`.
#[derive(Debug, Clone, Serialize)]
pub struct FixedPage {
    /// As in [`PageInfo`].
    pub root: String,
    /// As in [`PageInfo`].
    pub home: String,
}

/// `launch.html`, the page of a package that a learning platform opens.
#[derive(Debug, Clone, Serialize)]
pub struct Launch {
    /// The title of the part.
    pub title: String,
    /// The data of its script, as JSON for a script element.
    pub session: String,
    /// The script for the standard of the package.
    pub script: String,
    /// The content security policy of this page, which holds a frame.
    pub policy: String,
    /// The words of every language of the package: the trainee may switch languages in the frame.
    pub words: Vec<LaunchWords>,
}

/// The words of a language, for the launch page.
#[derive(Debug, Clone, Serialize)]
pub struct LaunchWords {
    /// BCP 47.
    pub language: String,
    /// The words of the group `launch`, by their keys.
    pub words: serde_json::Value,
}

/// What every page gets, as `page`.
#[derive(Debug, Clone, Serialize)]
pub struct PageInfo {
    /// The way from this page up to the site's root: `./`, `../../` ... Always ends in a slash.
    pub root: String,
    /// The way to the home page of this page's language: `page.root`, or a folder below it.
    pub home: String,
    /// The same page in every language of the site; empty if it has only one.
    pub languages: Vec<Alternate>,
    /// For `<title>`, without the site's title.
    pub title: String,
    /// For search results: one sentence.
    pub description: String,
    /// `home`, `lessons`, `lesson`, `scenario`, `record`, `desk`, `search`, `print` or `not-found`.
    pub kind: String,
    /// The canonical URL, if `site.yaml` has a `url` and search engines may list the page.
    pub url: Option<String>,
    /// The picture shown beside links to the page, if it has a URL.
    pub preview: Option<Preview>,
    /// Whether search engines may list it: false if it is personal, a draft, or a duplicate.
    pub listed: bool,
    /// Where its source can be edited.
    pub edit: Option<String>,
    /// An inline style that the policy of the page allows; empty except on the page for missing addresses.
    pub style: String,
    /// An inline script, likewise.
    pub script: String,
}

/// The picture shown beside links to a page.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    /// Its absolute URL.
    pub url: String,
    /// In pixels, if its format states it.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
}

/// The language of the header and the footer, which the visitor chose.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// BCP 47.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Whether the page itself is in another language, because its translation is missing.
    pub foreign: bool,
}

/// The page in one of the languages.
#[derive(Debug, Clone, Serialize)]
pub struct Alternate {
    /// BCP 47.
    pub language: String,
    /// Its name in the language itself.
    pub name: String,
    /// Relative to this page.
    pub url: String,
    /// Its absolute URL, if the site's address is known and the page is translated into this language.
    pub absolute: Option<String>,
    /// Whether it is this page.
    pub current: bool,
}

/// A lesson as lists and neighbors show it.
#[derive(Debug, Clone, Serialize)]
pub struct LessonLink {
    /// Its language, on a site with more than one.
    pub lang: Option<String>,
    /// The folder below `lessons/`.
    pub slug: String,
    /// Relative to this page.
    pub url: String,
    /// Position in the course, from 1.
    pub number: usize,
    /// As in the front matter.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// How long it takes.
    pub minutes: Option<u32>,
}

/// A scenario as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct ScenarioLink {
    /// Its language, on a site with more than one.
    pub lang: Option<String>,
    /// The folder below `scenarios/`.
    pub slug: String,
    /// Relative to this page.
    pub url: String,
    /// As in its file.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// What went wrong, by its id in the model; for a model without its own names, a key of `strings.failure`.
    pub failure: String,
    /// The model's own name for it.
    pub failure_name: Option<String>,
    /// `phone`, `email`, `chat`, `social` or `in_person`: a key of `strings.channel`.
    pub channel: String,
    /// 1 to 3: the words are in `strings.difficulty`.
    pub difficulty: Option<u8>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// Whom the trainee talks to.
    pub customer: String,
    /// How they look.
    pub portrait: Option<Portrait>,
    /// Their mood before the first choice: a key of `strings.mood`.
    pub mood: String,
    /// The ids of the skills that it scores, those with the highest weight first.
    pub skills: Vec<String>,
}

/// A group of lessons; `title` is empty for lessons outside folders.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleList {
    /// Its language, on a site with more than one.
    pub lang: Option<String>,
    /// As in its `index.md`.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// The module's own text; empty in `nav`.
    pub body_html: String,
    /// In course order.
    pub lessons: Vec<LessonLink>,
}

/// `home.html`
#[derive(Debug, Clone, Serialize)]
pub struct Home {
    /// Its language, on a site with more than one.
    pub lang: Option<String>,
    /// As in `content/index.md`; by default the title of the course.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// The page's own text.
    pub body_html: String,
    /// The first moment of a scenario; none in a package, where the home page only leads to the contents.
    pub taste: Option<Taste>,
    /// Every skill that a scenario tests, each once.
    pub skills: Vec<RecordSkill>,
    /// The URL of the first lesson, if there is one; relative to this page.
    pub start: Option<String>,
    /// Every lesson, by module.
    pub modules: Vec<ModuleList>,
    /// Whether modules are folded, because there are many lessons.
    pub folds: bool,
    /// Every scenario, the easier ones first.
    pub scenarios: Vec<ScenarioLink>,
    /// How many of them are shown at first, if not all.
    pub shown: Option<usize>,
    /// Ways through the course for a role.
    pub routes: Vec<RouteList>,
    /// The page with the whole course, to print; relative to this page.
    pub print: Option<String>,
}

/// The first moment of a scenario on the home page: each choice leads to its answer on the scenario's page.
#[derive(Debug, Clone, Serialize)]
pub struct Taste {
    /// The scenario.
    pub link: ScenarioLink,
    /// Who the trainee is.
    pub role: String,
    /// Whom the trainee talks to.
    pub customer: Customer,
    /// What happens first.
    pub moment: Decision,
}

/// A way through the course for one role.
#[derive(Debug, Clone, Serialize)]
pub struct RouteList {
    /// Its anchor in the catalog, and its name in `site.yaml`.
    pub id: String,
    /// The role.
    pub title: String,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// How long all of it takes.
    pub minutes: u32,
    /// In its own order.
    pub lessons: Vec<LessonLink>,
    /// In its own order.
    pub scenarios: Vec<ScenarioLink>,
    /// What all of these teach and practice, in sentences, in course order.
    pub objectives: Vec<String>,
}

/// `catalog.html`: everything in the course.
#[derive(Debug, Clone, Serialize)]
pub struct Catalog {
    /// In the author's order.
    pub routes: Vec<RouteList>,
    /// Every lesson, by module.
    pub modules: Vec<ModuleList>,
    /// Every scenario, the easier ones first.
    pub scenarios: Vec<ScenarioLink>,
    /// What lessons teach, in sentences, by slug.
    pub teaches: BTreeMap<String, Vec<String>>,
    /// What scenarios let people practice, in sentences, by slug.
    pub practices: BTreeMap<String, Vec<String>>,
    /// The positions in `models` of the models that score scenarios, by slug.
    pub scored_by: BTreeMap<String, usize>,
    /// The models that score scenarios.
    pub models: Vec<CatalogModel>,
    /// The lowest final that passes, if it is the same in every model.
    pub pass_score: Option<u8>,
    /// How long all of it takes.
    pub minutes: u32,
}

/// A model as the catalog shows it.
#[derive(Debug, Clone, Serialize)]
pub struct CatalogModel {
    /// For people.
    pub title: String,
    /// The lowest final that passes.
    pub pass_score: u8,
}

/// `print.html`: every lesson on one page. The ids in each begin with `l`, its number and a hyphen, those in a module's text
/// with `m`.
#[derive(Debug, Clone, Serialize)]
pub struct Print {
    /// In course order.
    pub lessons: Vec<Lesson>,
    /// Every folder of lessons, with its text.
    pub modules: Vec<ModuleList>,
    /// Every scenario, the easier ones first.
    pub scenarios: Vec<ScenarioLink>,
}

/// `redirect.html`: the page at a former address.
#[derive(Debug, Clone, Serialize)]
pub struct Redirect {
    /// Where the page is now, relative to this one.
    pub to: String,
    /// The page's title.
    pub title: String,
    /// The canonical URL, if `site.yaml` has a `url`.
    pub url: Option<String>,
}

/// `record.html`: what the page lists. Its script fills in what the trainee did.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// The slug of every lesson, in course order.
    pub lessons: Vec<String>,
    /// Every scenario, the easier ones first.
    pub scenarios: Vec<ScenarioLink>,
    /// The fingerprint of the story of each.
    pub prints: Vec<String>,
    /// Every skill that a scenario tests, each once.
    pub skills: Vec<RecordSkill>,
}

/// A skill with its badge.
#[derive(Debug, Clone, Serialize)]
pub struct RecordSkill {
    /// Its id, name and hue.
    #[serde(flatten)]
    pub tag: SkillTag,
    /// The title of the model that has it, by which skills are grouped.
    pub family: String,
    /// The number of scenarios that score it, which is all that the badge requires.
    pub scenarios: usize,
    /// The place where a lesson teaches it.
    pub url: Option<String>,
}

/// The lesson before or after another.
#[derive(Debug, Clone, Serialize)]
pub struct Neighbor {
    /// The URL of its page.
    pub url: String,
    /// The language of its title, on a site with more than one.
    pub lang: Option<String>,
    /// As in the front matter.
    pub title: String,
}
