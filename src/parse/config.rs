//! `site.yaml` as typed.

use serde_json::{Map, Value as Json, json};

use crate::course::{Certificate, Mode, OnFail, Reporting};
use crate::diag::suggest::did_you_mean;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::language::{hint_at_language, is_language};
use crate::limits::Limits;
use crate::parse::At;
use crate::parse::allow::{RawAllow, allow};
use crate::parse::brand::{self, RawBrand, RawOptions};
use crate::parse::collection::{list, names};
use crate::parse::decode::{Decode, Definitions, Field, custom, wrong};
use crate::parse::entries::entries;
use crate::parse::id::check_id;
use crate::parse::mapping::keyed;
use crate::parse::scalar::{Bool, ID, Id, Name, Pattern, Plain, Word, Words};
use crate::parse::yaml::{self, Kind, Value};
use crate::source::{FileId, Span};

keyed! {
    /// The settings of a course.
    #[derive(Debug, Clone, Default)]
    pub struct RawConfig ["site", "site.yaml"] |reader| {
        /// Its file.
        pub file: FileId => reader.span().file,
        /// The course's name.
        pub title: Option<At<String>> = need(Plain),
        /// The id of the course's stored data, which keeps two courses on one origin apart.
        pub id: Option<At<String>> = may(Id),
        /// For search engines and previews.
        pub description: Option<At<String>> = may(Plain),
        /// A tag such as en or pt-BR.
        pub language: Option<At<String>> = may(language_tag()),
        /// Every language of the site; the first is that of the originals.
        pub languages: Vec<At<String>> = may(list(language_tag()).between(1, 0)).unwrap_or_default(),
        /// The public address of the site; used only where a URL must be absolute.
        pub url: Option<At<String>> = may(Pattern("^https?://").and_then(address)),
        /// The address at which a page is edited, with {path} for its file.
        pub edit: Option<At<String>> = may(Pattern("\\{path\\}").and_then(edit)),
        /// false: no search.
        pub search: Option<At<bool>> = may(Bool),
        /// default, compact, or a folder of themes.
        pub theme: Option<At<String>> = may(Name),
        /// Values of the theme's options, by the names in its theme.yaml.
        pub theme_options: RawOptions = may(brand::options()).unwrap_or_default(),
        /// The look of the organization.
        pub brand: RawBrand = may(RawBrand::KEYS).unwrap_or_default(),
        /// The order of lessons, by file name without .md. All others follow by name.
        pub lessons: Vec<At<String>> = may(list(Name)).unwrap_or_default(),
        /// Ways through the course, each for a role and under a name of your own.
        pub routes: Vec<(At<String>, RawRoute)> = may(routes()).unwrap_or_default(),
        /// The mode in which a scenario is offered first.
        pub feedback: Option<At<Mode>> = may(Words(Mode::NAMES)),
        /// Which attempt a certificate counts.
        pub certificate: Option<At<Certificate>> = may(Words(Certificate::NAMES)),
        /// What a learning platform is told about trainees who have not passed: failed; or incomplete, after which every
        /// platform allows another attempt.
        pub on_fail: Option<At<OnFail>> = may(Words(OnFail::NAMES)),
        /// What a result code carries: pass and final; the skills, too; or the choices, which can be checked.
        pub reporting: Option<At<Reporting>> = may(Words(REPORTINGS)),
        /// false: no page on which a trainer reads result codes.
        pub desk: Option<At<bool>> = may(Bool),
        /// full: checks the course as a whole library.
        pub library: Option<Span> = may(Word(&["full"]).map(|word| word.span)),
        /// Checks to ignore in this site, with the reason: only scripted-file.
        pub allow: Vec<RawAllow> = may(allow()).unwrap_or_default(),
        /// Thresholds of lints, by name, or off for no lints.
        pub lints: Option<Limits> = may(custom(lints, thresholds)).unwrap_or(Some(Limits::default())),
    }
}

keyed! {
    /// A way through the course for one role.
    #[derive(Debug, Clone, Default)]
    pub struct RawRoute ["route", "a route"] |reader| {
        /// The role: New on the counter.
        pub title: Option<At<String>> = need(Plain),
        /// What it is for, in a sentence or two.
        pub summary: Option<At<String>> = may(Plain),
        /// Lessons in the order of this route, by file name without .md.
        pub lessons: Vec<At<String>> = may(list(Name)).unwrap_or_default(),
        /// Scenarios in the order of this route, by file name without .yaml.
        pub scenarios: Vec<At<String>> = may(list(Name)).unwrap_or_default(),
        /// Whether what it lists could be read.
        pub whole: bool => ["lessons", "scenarios"]
            .iter()
            .all(|key| reader.value(key).is_none_or(|value| matches!(value.kind, Kind::List(_)))),
    }
}

fn routes() -> impl Decode<Output = Vec<(At<String>, RawRoute)>> {
    names(ID, RawRoute::KEYS).checked(|id, diags| check_id(id, "a route", diags))
}

const REPORTINGS: &[(&str, Reporting)] =
    &[("minimal", Reporting::Minimal), ("scores", Reporting::Scores), ("full", Reporting::Full)];

/// Reads `site.yaml`.
pub fn parse(file: FileId, text: &str, diags: &mut Diagnostics) -> Option<RawConfig> {
    let value = yaml::parse_file(file, text, diags)?;
    let config = RawConfig::KEYS.read_at(&value, Span::new(file, 0, 0), diags)?;
    for (at, language) in config.languages.iter().enumerate() {
        if config.languages[..at].iter().any(|other| other.value == language.value) {
            let message = format!("`{}` is in the list twice", language.value);
            diags.warning(Code::DuplicateId, language.span, message, "keep one of the two");
        }
    }
    if let (Some(own), Some(first)) = (&config.language, config.languages.first())
        && own.value != first.value
    {
        let message = format!("the first language is `{}`, but `language` says `{}`", first.value, own.value);
        diags.error(Code::BadValue, first.span, message, "start the list with the language of the originals");
    }
    Some(config)
}

/// The public address of the site.
fn address(typed: At<String>, field: &Field<'_>, diags: &mut Diagnostics) -> Option<At<String>> {
    match fault_of_address(&typed.value) {
        None => Some(typed),
        Some(fault) => {
            diags.error(Code::BadValue, typed.span, format!("`{}` {}", field.key, fault.says), fault.hint);
            None
        }
    }
}

/// The address at which a page is edited; contains `{path}`.
fn edit(typed: At<String>, field: &Field<'_>, diags: &mut Diagnostics) -> Option<At<String>> {
    if let Some(fault) = fault_of_host(&typed.value) {
        diags.error(Code::BadValue, typed.span, format!("`{}` {}", field.key, fault.says), fault.hint);
        return None;
    }
    if typed.value.contains("{path}") {
        return Some(typed);
    }
    let message = format!("`{}` does not contain `{{path}}`, so it names no file", field.key);
    let hint = "put `{path}` where the file's path belongs: `https://github.com/me/course/edit/main/{path}`";
    diags.error(Code::BadValue, typed.span, message, hint);
    None
}

/// A BCP 47 tag, which is also the name of a folder.
fn language_tag() -> impl Decode<Output = At<String>> {
    Pattern("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$").and_then(|typed, _, diags| {
        let is_tag = is_language(&typed.value);
        if !is_tag {
            let message = format!("`{}` is not a language tag", typed.value);
            diags.error(Code::BadValue, typed.span, message, hint_at_language(&typed.value));
        }
        is_tag.then_some(typed)
    })
}

/// What is wrong with an address, as the end of a sentence, and what to write instead.
#[derive(Debug, PartialEq, Eq)]
pub struct AddressFault {
    /// "must begin with `https://`".
    pub says: &'static str,
    /// The remedy.
    pub hint: String,
}

/// The parts of an address.
struct Address<'a> {
    scheme: &'a str,
    user: Option<&'a str>,
    host: &'a str,
    rest: &'a str,
}

impl<'a> Address<'a> {
    fn of(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let is_web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        let is_fit = |each: char| !each.is_whitespace() && !each.is_control() && !"\"<>\\".contains(each);
        let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        let is_whole = is_web && !host.is_empty() && !host.starts_with(':') && url.chars().all(is_fit);
        is_whole.then_some(Self { scheme, user, host, rest })
    }
}

/// Why a site cannot have this address: it must be the folder of the site and nothing more.
pub fn fault_of_address(url: &str) -> Option<AddressFault> {
    if let Some(fault) = fault_of_host(url) {
        return Some(fault);
    }
    let address = Address::of(url)?;
    let path = address.rest.split(['?', '#']).next().unwrap_or_default();
    let (folder, page) = path.rsplit_once('/').unwrap_or(("", path));
    let page_name = page.to_ascii_lowercase();
    let is_page = [".html", ".htm", ".php"].iter().any(|ending| page_name.ends_with(ending));
    let says = match () {
        () if address.rest.contains('?') => "has a query (from `?` on), and no page can be below it",
        () if address.rest.contains('#') => {
            "names a place on a page (from `#` on), and no page can be below it"
        }
        () if is_page => "names a page, not the folder of the site",
        () => return None,
    };
    let folder = if is_page { format!("{folder}/") } else { path.to_owned() };
    let hint = format!("write `{}://{}{folder}`", address.scheme, address.host);
    Some(AddressFault { says, hint })
}

fn fault_of_host(url: &str) -> Option<AddressFault> {
    let Some(Address { scheme, user, host, rest }) = Address::of(url) else {
        return Some(AddressFault {
            says: "must be an address that starts with `https://`",
            hint: "write the full address, as in `https://example.org/course/`".to_owned(),
        });
    };
    user.map(|_| AddressFault {
        says: "contains a user name or a password, which every page would publish",
        hint: format!("write `{scheme}://{host}{rest}`"),
    })
}

/// `lints: off`, or `lints: { THRESHOLD: NUMBER }`.
fn lints(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<Option<Limits>> {
    if let [only] = value.items() {
        return lints(only, key, diags);
    }
    let word = value.word().unwrap_or_default().to_lowercase();
    let fault =
        |hint: &str| wrong(value, &format!("`{key}` must be `off`, or thresholds by their names")).hint(hint);
    match word.as_str() {
        "off" => return Some(None),
        "false" | "no" | "none" | "0" | "disabled" => {
            diags.push(fault("write `lints: off`"));
            return Some(None);
        }
        "true" | "yes" | "on" | "all" | "default" | "enabled" => {
            diags.push(fault("remove the line: without it, all lints are on"));
            return None;
        }
        _ => {}
    }
    let mut limits = Limits::default();
    for entry in entries(value, &format!("`{key}`"), diags)? {
        let name = entry.key.value.as_str();
        let number = match &entry.value.kind {
            Kind::Bare(text) => {
                text.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0)
            }
            _ => None,
        };
        let Some(number) = number else {
            let hint = format!("write `{name}: 3`, or remove the line");
            diags.error(
                Code::BadValue,
                entry.value.span,
                format!("`{name}` must be a number, not below 0"),
                hint,
            );
            continue;
        };
        if Limits::RETIRED.contains(&name) {
            let says = format!("`{name}` decides nothing: no lint is an error any more");
            let fault = Diagnostic::error(Code::UnknownKey, entry.key.span, says).note();
            diags.push(fault.hint("remove the line"));
        } else if !limits.set(name, number) {
            let message = format!("there is no threshold called `{name}`");
            let known = Limits::TABLE.iter().map(|row| row.0);
            let hint = did_you_mean(name, known, "`amends explain` lists them all");
            diags.error(Code::UnknownKey, entry.key.span, message, hint);
        }
    }
    Some(Some(limits))
}

fn thresholds(_: &mut Definitions) -> Json {
    let each = Limits::TABLE.iter().map(|(name, default, says)| {
        let says = format!("{says} [{default}]");
        ((*name).to_owned(), json!({ "type": "number", "minimum": 0, "description": says }))
    });
    let each: Map<String, Json> = each.collect();
    let named = json!({ "type": "object", "properties": each, "additionalProperties": false });
    json!({ "anyOf": [{ "enum": ["off"] }, named] })
}
