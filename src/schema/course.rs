//! The keys of `site.yaml` and of a lesson's front matter.

use super::{ADDRESS, ID, Kind, Object, may, need, words};
use crate::course::{Certificate, Mode};
use crate::limits::Limits;
use crate::parse::config::REPORTINGS;

const NAMES: Kind = Kind::List(&Kind::Text, 0, 0);

const LINTS: Kind = Kind::Any(&[Kind::Word(|| vec!["off"]), Kind::Thresholds]);

pub(super) static SITE: Object = Object {
    name: "site",
    says: "The settings of a course.",
    fields: &[
        need("title", Kind::Text, "The course's name."),
        may(
            "id",
            Kind::Pattern(ID),
            "Names the course's stored data, so that two courses on one origin stay apart.",
        ),
        may("description", Kind::Text, "For search engines and previews."),
        may("language", Kind::Text, "Such as en or pt-BR."),
        may(
            "languages",
            Kind::List(&LANGUAGE, 1, 0),
            "Every language of the site; the first is that of the originals.",
        ),
        may("url", Kind::Pattern("^https?://"), "Where the site will stand; only for what must be absolute."),
        may("edit", Kind::Pattern("\\{path\\}"), "Where a page is edited, with {path} for its file."),
        may("search", Kind::Bool, "false leaves the search out."),
        may("theme", Kind::Text, "default, compact, or a folder of themes."),
        may(
            "theme_options",
            Kind::Map("^[a-z0-9_]+$", &Kind::Any(&[Kind::Text, Kind::Bool])),
            "What the theme is asked to do, by the names in its theme.yaml.",
        ),
        may("brand", Kind::Object(&BRAND), "What the house looks like."),
        may("lessons", NAMES, "Their order, by file name without .md. The others follow by name."),
        may("feedback", Kind::Word(|| words(Mode::NAMES)), "How a scenario is offered first."),
        may("certificate", Kind::Word(|| words(Certificate::NAMES)), "Which attempt a certificate counts."),
        may(
            "reporting",
            Kind::Word(|| words(REPORTINGS)),
            "What a result code carries: pass and final; the skills, too; or the choices, which can be checked.",
        ),
        may("desk", Kind::Bool, "false leaves out the page on which a trainer reads result codes."),
        may(
            "lints",
            Kind::Any(&[Kind::Pattern("^off$"), Kind::Measures(Limits::TABLE)]),
            "Thresholds of the checks, by name; or off.",
        ),
        may("library", Kind::Word(|| vec!["full"]), "full turns on the checks of a whole library."),
        may("lints", LINTS, "Where lints begin to speak: thresholds by name, or off for none at all."),
    ],
    some_of: &[],
    one_of: &[],
};

static BRAND: Object = Object {
    name: "brand",
    says: "What the house looks like.",
    fields: &[
        may(
            "color",
            Kind::Any(&[COLOR, Kind::Object(&COLORS)]),
            "Of links and buttons. Given once, the dark scheme gets the nearest that can be read there.",
        ),
        may("logo", Kind::Text, "A picture beside the title, such as content/logo.svg."),
        may(
            "preview",
            Kind::Text,
            "A picture (PNG, JPEG, WebP or GIF) that is shown where a page is linked to, such as content/cover.png.",
        ),
        may("footer", Kind::Text, "A line at the foot of every page."),
    ],
    some_of: &[],
    one_of: &[],
};

const LANGUAGE: Kind = Kind::Pattern("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$");

const COLOR: Kind = Kind::Pattern("^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$");

static COLORS: Object = Object {
    name: "colors",
    says: "The color in both schemes.",
    fields: &[need("light", COLOR, "Dark on light."), may("dark", COLOR, "Light on dark.")],
    some_of: &[],
    one_of: &[],
};

pub(super) static LESSON: Object = Object {
    name: "lesson",
    says: "The front matter of a lesson.",
    fields: &[
        need("title", Kind::Text, "The heading of the page."),
        may("summary", Kind::Text, "One or two sentences."),
        may("minutes", Kind::Number(1, 600), "How long it takes."),
        may("objectives", NAMES, "What it teaches: ids in content/objectives.yaml."),
        may("scenarios", NAMES, "Scenarios that it opens, by file name without .yaml."),
        may("draft", Kind::Bool, "true leaves it out of what is published."),
        may(
            "aliases",
            Kind::List(&Kind::Pattern(ADDRESS), 0, 0),
            "Former addresses: old file names without number and .md, which then lead here.",
        ),
    ],
    some_of: &[],
    one_of: &[],
};
