//! What a shipped language must have: every word of English, every form that its numbers distinguish, and the same values to
//! fill in.

use std::collections::BTreeSet;

use color::{Oklch, OpaqueColor};
use serde_json::Value;

use super::*;
use crate::language::direction;

fn words(language: &str) -> Strings {
    Strings::built_in(language).expect("the built-in words can be read")
}

/// Every text by its path; the forms of a word share theirs.
fn texts_of(tree: &Value, path: &str, all: &mut Vec<(String, String)>) {
    match tree {
        Value::String(text) => all.push((path.to_owned(), text.clone())),
        Value::Array(_) => {}
        Value::Object(words) => {
            let is_plural = words.contains_key("other");
            for (key, word) in words {
                let path = if is_plural { path.to_owned() } else { format!("{path}.{key}") };
                texts_of(word, &path, all);
            }
        }
        _ => panic!("{path} is no text"),
    }
}

fn braces(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_shipped_language_has_every_word_and_form() {
    for language in ["de", "ar"] {
        assert_eq!(words(language).missing_words(), [] as [&str; 0], "{language}");
    }
}

#[test]
fn no_translation_uses_a_value_that_english_lacks() {
    let mut english = Vec::new();
    texts_of(words("en").tree(), "", &mut english);
    for language in ["de", "ar"] {
        let mut own = Vec::new();
        texts_of(words(language).tree(), "", &mut own);
        for (path, text) in own {
            let known: BTreeSet<&str> = english
                .iter()
                .filter(|(other, _)| *other == path)
                .flat_map(|(_, text)| braces(text))
                .collect();
            // Forms may leave the number out, and a language may express an act without "you": nothing else may differ.
            assert!(braces(&text).is_subset(&known), "{language}{path}: {text}");
            let all: BTreeSet<&str> = known.difference(&braces(&text)).copied().collect();
            assert!(all.is_empty() || all == BTreeSet::from(["count"]), "{language}{path} lacks {all:?}");
        }
    }
}

/// `--name: light-dark(oklch(..), oklch(..))` of the default theme, as screens show it.
fn token(css: &str, name: &str) -> [String; 2] {
    let line = css.lines().find(|line| line.trim_start().starts_with(&format!("{name}:"))).unwrap();
    let colors = line.split("oklch(").skip(1).map(|rest| {
        let numbers: Vec<f32> =
            rest.split(')').next().unwrap().split(' ').map(|number| number.parse().unwrap()).collect();
        brand::hex(OpaqueColor::<Oklch>::new([numbers[0], numbers[1], numbers[2]]).to_rgba8())
    });
    colors.collect::<Vec<_>>().try_into().unwrap()
}

#[test]
fn a_brand_is_checked_against_the_backgrounds_of_the_style() {
    let theme = Theme::load(&ThemeFiles::new(), DEFAULT, "en").unwrap();
    let css = theme.files().find(|(path, _)| *path == "static/theme.css").unwrap().1;
    let css = std::str::from_utf8(css).unwrap();
    for (at, name) in ["--paper", "--card", "--gold-soft"].into_iter().enumerate() {
        let grounds = [theme.grounds().light[at].clone(), theme.grounds().dark[at].clone()];
        assert_eq!(token(css, name), grounds, "{name}");
    }
}

/// The files of a site's `themes`.
fn site(files: &[(&str, &str)]) -> ThemeFiles {
    files.iter().map(|(path, text)| (format!("themes/{path}"), Arc::from(text.as_bytes()))).collect()
}

#[test]
fn a_theme_changes_one_block_of_the_theme_that_it_extends() {
    let files = site(&[
        (
            "mine/theme.yaml",
            "extends: compact\noptions: { footer: { type: boolean, default: true, says: It. } }\n",
        ),
        (
            "mine/templates/search.html",
            "{% extends \"default/search.html\" %}{% block main %}<b>{{ options.footer }}</b>{{ super() }}{% endblock %}",
        ),
        ("mine/strings/en.yaml", "footer: Mine."),
        (
            "default/templates/base.html",
            "<i>{% block main %}{% endblock %}</i>{% block foot %}<p>{{ strings.footer }}</p>{% endblock %}{% block scripts %}{% endblock %}{% block style %}{% endblock %}",
        ),
    ]);
    let theme = Theme::load(&files, "mine", "en").unwrap();
    let mut context = Context::new();
    context.insert("options", theme.option_values());
    context.insert("strings", theme.strings().tree());
    let files = ["compact.css", "search.css", "search.js"].map(|name| (name, format!("static/{name}")));
    let names = files.into_iter().map(|(name, path)| (path, format!("static/kept.{name}")));
    let names: std::collections::BTreeMap<_, _> = names.collect();
    context.insert("files", &names);
    context.insert("site", &serde_json::json!({}));
    context.insert("page", &serde_json::json!({ "root": "./", "home": "./", "kind": "search" }));
    let page = theme.render("search.html", &context).unwrap();
    assert!(page.starts_with("<i><b>true</b><header"), "{page}");
    assert!(page.contains("<p>Mine.</p>"), "{page}");
    assert!(page.contains("./static/kept.compact.css") && page.contains("src=\"at.js\""), "{page}");
    let mut options: Vec<&str> = theme.options().keys().map(String::as_str).collect();
    options.sort_unstable();
    assert_eq!(options, ["drawing", "footer", "typeface"]);
}

#[test]
fn every_theme_of_a_chain_can_be_extended() {
    let files = site(&[
        ("mine/theme.yaml", "extends: compact"),
        // As some editors on Windows save it.
        ("mine/templates/base.html", "\u{feff}{% extends \"compact/base.html\" %}\r\n"),
        ("compact/templates/base.html", "{% extends \"shipped/base.html\" %}"),
    ]);
    let theme = Theme::load(&files, "mine", "en").unwrap();
    for name in ["base.html", "compact/base.html", "shipped/base.html", "default/base.html"] {
        assert!(theme.has(name), "{name}");
    }
}

/// A page can be laid into the frame of the extended theme, whether or not it has its own frame.
#[test]
fn a_page_extends_a_template_that_its_theme_does_not_replace() {
    let page = "{% extends \"compact/base.html\" %}{% block main %}Mine{% endblock %}";
    let files = site(&[
        ("mine/theme.yaml", "extends: compact"),
        ("mine/templates/home.html", page),
        // Which compact itself takes from the default theme.
        ("mine/templates/search.html", "{% extends \"compact/search.html\" %}"),
    ]);
    let theme = Theme::load(&files, "mine", "en").unwrap();
    assert!(theme.has("compact/base.html") && theme.has("compact/search.html"));
}

#[test]
fn a_theme_that_cannot_be_loaded_is_reported() {
    let error = |name: &str, files: &[(&str, &str)]| {
        Theme::load(&site(files), name, "en").map(|_| ()).unwrap_err().to_string()
    };
    let circle = [("a/theme.yaml", "extends: b"), ("b/theme.yaml", "extends: a")];
    assert_eq!(error("a", &circle), "the theme `a` extends itself; correct `extends` in themes/a/theme.yaml");
    let known = "there is no theme `b`: there is no folder themes/b (known: a, compact, default)";
    assert_eq!(error("a", &[("a/theme.yaml", "extends: b")]), known);
    assert!(error("..", &[]).starts_with("there is no theme `..`"));
    assert!(error("a", &[("a/theme.yaml", "colour: red")]).starts_with("themes/a/theme.yaml: "));
}

#[test]
fn an_error_about_a_removed_variable_says_what_to_write() {
    let path = "default/templates/search.html";
    let files = site(&[(path, "<p>\n<i data-index=\"{{ files.search }}\"></i></p>")]);
    let theme = Theme::load(&files, DEFAULT, "en").unwrap();
    let context = Context::from_serialize(&serde_json::json!({ "files": {} })).unwrap();
    let report = theme.render("search.html", &context).unwrap_err().to_string();
    assert!(report.contains(&format!("--> themes/{path}:2:25")), "{report}");
    assert!(report.contains("help: load the script `at.js`"), "{report}");
}

#[test]
fn an_error_about_a_former_part_says_what_to_write() {
    let path = "default/templates/scenario.html";
    let files = site(&[(path, "<p>\n <div data-part=\"menu-script\"></div></p>")]);
    let report = Theme::load(&files, DEFAULT, "en").unwrap_err().to_string();
    assert!(report.contains(&format!("--> themes/{path}:2:7")), "{report}");
    assert!(report.contains("help: call it `soon`"), "{report}");
}

#[test]
fn a_language_is_written_in_the_script_of_its_tag_or_its_usual_one() {
    let rtl = [
        "ar",
        "he",
        "fa",
        "ur",
        "ckb",
        "pa-Arab",
        "az-Arab-IR",
        "uz-Arab",
        "ks",
        "sd",
        "dv",
        "yi",
        "ug",
        "nqo",
        "ar-DE",
    ];
    let ltr = [
        "en", "de", "tr", "az", "pa", "uz", "ku", "ar-Latn", "he-Latn", "sd-Deva", "ks-Deva", "zh-Hant",
        "no tag",
    ];
    for (languages, expected) in [(&rtl[..], "rtl"), (&ltr[..], "ltr")] {
        languages.iter().for_each(|language| assert_eq!(direction(language), expected, "{language}"));
    }
}
