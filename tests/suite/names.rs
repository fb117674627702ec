//! The names that files are published under: what a page shows or runs holds a digest in its name, and is kept for ever by
//! browsers; all else has a plain one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use amends::output::{self, Output};
use amends::pipeline;
use amends::render::Purpose;

use crate::{blessed, sites};

/// A site of one lesson, with what a test adds.
fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let lesson = ("content/lessons/01-one.md", "---\ntitle: One\n---\n\nHello.\n");
    for (path, text) in [("site.yaml", "title: Names\n"), lesson].iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn text<'o>(output: &'o Output, path: &str) -> &'o str {
    std::str::from_utf8(output.get(path).unwrap_or_else(|| panic!("there is no {path}"))).unwrap()
}

fn below<'o>(output: &'o Output, folder: &'o str) -> impl Iterator<Item = &'o str> {
    output.paths().filter(move |path| path.starts_with(folder))
}

#[test]
fn each_digest_is_that_of_the_file_and_hosts_are_told_to_keep_these_and_no_others() {
    for site in ["features", "languages"] {
        let output = sites::build(&blessed::tests().join("sites").join(site));
        let rules = text(&output, "_headers").lines();
        let mut rules: BTreeSet<&str> = rules.filter_map(|line| line.strip_prefix('/')).collect();
        // A scenario's scripts stand beside its page.
        let beside = output.paths().filter(|path| path.contains("scenarios/") && path.ends_with(".js"));
        for path in below(&output, "static/").chain(below(&output, "pictures/")).chain(beside) {
            let digest = output::short(output::digest(output.get(path).unwrap()));
            assert!(path.contains(&format!(".{digest}.")), "{site}: {path} is {digest}");
            assert!(path.starts_with("pictures/") || rules.remove(path), "{site}: nobody is told of {path}");
        }
        assert!(rules.remove("pictures/*"), "{site}");
        let index = |path: &str| path.ends_with(".js") && path.contains("search/");
        let folders: BTreeSet<String> = output
            .paths()
            .filter(|path| index(path))
            .map(|path| format!("{}/*", path.rsplit_once('/').unwrap().0))
            .collect();
        assert_eq!(rules, folders.iter().map(String::as_str).collect(), "{site}");
    }
}

#[test]
fn a_changed_style_changes_its_name_and_those_that_did_not_change_keep_theirs() {
    let site = site(&[]);
    let names = || {
        let output = sites::build(site.path());
        below(&output, "static/").map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let before = names();
    fs::create_dir_all(site.path().join("themes/default/static")).unwrap();
    fs::write(site.path().join("themes/default/static/theme.css"), "body {}").unwrap();
    let after = names();
    let gone: Vec<&String> = before.difference(&after).collect();
    let new: Vec<&String> = after.difference(&before).collect();
    assert_eq!((gone.len(), new.len()), (1, 1));
    let named = |name: &str| name.starts_with("static/theme.") && name.ends_with(".css");
    assert!(named(gone[0]) && named(new[0]), "{gone:?} {new:?}");
}

#[test]
fn what_a_style_asks_for_stays_where_the_style_looks_for_it() {
    let head = r#"{% extends "shipped/base.html" %}
{% block style %}{{ super() }}<link rel="stylesheet" href="{{ asset(path="static/own.css") }}"><link rel="icon" href="{{ asset(path="static/img/both.svg") }}">{% endblock style %}"#;
    let site = site(&[
        ("themes/default/templates/base.html", head),
        ("themes/default/static/own.css", "@import \"more.css\"; p { background: url(img/both.svg) }"),
        ("themes/default/static/more.css", "p { background: url('img/only.svg') }"),
        ("themes/default/static/img/both.svg", "<svg/>"),
        ("themes/default/static/img/only.svg", "<svg />"),
    ]);
    let output = sites::build(site.path());
    sites::assert_whole(&output);
    for plain in ["static/more.css", "static/img/only.svg", "static/img/both.svg"] {
        assert!(output.get(plain).is_some(), "{plain}");
    }
    let fingerprinted =
        |start: &str| below(&output, start).filter(|path| output::is_fingerprinted(path)).count();
    assert_eq!(fingerprinted("static/own."), 1);
    assert_eq!(fingerprinted("static/img/both."), 1);
    assert_eq!(fingerprinted("static/more.") + fingerprinted("static/img/only."), 0);
    assert!(output.get("static/own.css").is_none(), "nobody asks for it by its plain name");
    let page = text(&output, "lessons/one/index.html");
    assert!(page.contains("../../static/own.") && !page.contains("static/own.css"), "{page}");
    let rules = text(&output, "_headers");
    assert!(!rules.contains("more.css") && !rules.contains("/static/img/both.svg"), "{rules}");
}

#[test]
fn a_template_that_spells_out_the_name_of_a_file_finds_it_there() {
    let head = r#"{% extends "shipped/base.html" %}
{% block style %}<link rel="stylesheet" href="{{ page.root }}static/theme.css"><link rel="stylesheet" href="{{page.root}}static/own.css">{% endblock style %}"#;
    let site = site(&[
        ("themes/default/templates/base.html", head),
        ("themes/default/static/own.css", "p { margin: 0 }"),
    ]);
    let output = sites::build(site.path());
    sites::assert_whole(&output);
    let plain: Vec<&str> = below(&output, "static/").filter(|path| !output::is_fingerprinted(path)).collect();
    assert_eq!(plain, ["static/own.css", "static/theme.css"]);
    let page = text(&output, "lessons/one/index.html");
    assert!(
        page.contains("\"../../static/own.css\"") && page.contains("\"../../static/theme.css\""),
        "{page}"
    );
}

#[test]
fn a_picture_has_a_fingerprinted_name_and_a_handout_the_same_one_always() {
    let lesson = "---\ntitle: One\n---\n\n![A box](../box.svg) and [the same to keep](../box.svg), [a sheet](../sheet.txt).\n";
    let site = site(&[
        ("content/lessons/01-one.md", lesson),
        ("content/box.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"/>"),
        ("content/sheet.txt", "A sheet."),
    ]);
    let output = sites::build(site.path());
    let found: Vec<&str> = below(&output, "assets/").chain(below(&output, "pictures/")).collect();
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[..2] == ["assets/box.svg", "assets/sheet.txt"] && output::is_fingerprinted(found[2]),
        "{found:?}"
    );
    let page = text(&output, "lessons/one/index.html");
    let picture =
        format!("<img src=\"../../{}\" alt=\"A box\" width=\"40\" height=\"30\" loading=\"lazy\">", found[2]);
    assert!(page.contains(&picture), "{picture}\n{page}");
    assert!(page.contains("href=\"../../assets/box.svg\""), "{page}");
    fs::write(
        site.path().join("content/box.svg"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"41\" height=\"30\"/>",
    )
    .unwrap();
    let changed = sites::build(site.path());
    assert!(changed.get(found[2]).is_none(), "a new picture has a new name");
    assert!(changed.get("assets/box.svg").is_some());
}

#[test]
fn while_it_is_written_all_names_are_plain() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/languages");
    let output = pipeline::make(&site, Purpose::Serve, true).unwrap().output.unwrap();
    assert_eq!(output.paths().filter(|path| output::is_fingerprinted(path)).count(), 0);
    assert!(output.get("static/theme.css").is_some() && output.get("static/debrief-de.js").is_some());
    assert!(output.get("_headers").is_none());
    let page = text(&output, "de/scenarios/late-parcel/index.html");
    assert!(page.contains("../../../static/debrief-de.js"), "{page}");
}

#[test]
fn the_index_of_a_search_has_another_folder_after_any_change_of_what_it_finds() {
    let site = site(&[("content/objectives.yaml", "hear: { says: Hear them out. }\n")]);
    let folder = || {
        let output = sites::build(site.path());
        let path = output.paths().find(|path| path.ends_with("/index.js")).expect("there is an index");
        path.to_owned()
    };
    let write = |path: &str, text: &str| fs::write(site.path().join(path), text).unwrap();
    let lesson = |head: &str, text: &str| {
        write("content/lessons/01-one.md", &format!("---\ntitle: One\n{head}---\n\n{text}\n"));
    };
    let mut seen = BTreeSet::from([folder()]);
    lesson("", "Hello, you.");
    assert!(seen.insert(folder()), "its text");
    lesson("summary: A word.\n", "Hello, you.");
    assert!(seen.insert(folder()), "its summary");
    lesson("summary: A word.\nobjectives: [hear]\n", "Hello, you.");
    assert!(seen.insert(folder()), "its objectives");
    write("content/objectives.yaml", "hear: { says: Listen to them. }\n");
    assert!(seen.insert(folder()), "the words of an objective");
    write("site.yaml", "title: Other names\n");
    assert!(!seen.insert(folder()), "the title of the course is on no page of results");
}

#[test]
fn a_partial_that_a_site_replaces_stands_on_every_page() {
    let own = site(&[(
        "themes/default/templates/partials/fixed/remember.html",
        "<p class=\"own\">{{ site.title }} & {{ strings.nav.record }}</p>",
    )]);
    let output = sites::build(own.path());
    for page in ["index.html", "lessons/one/index.html"] {
        let page = text(&output, page);
        assert!(page.contains("<p class=\"own\">Names & My record</p>"), "{page}");
    }
}

#[test]
fn a_theme_can_list_the_lessons_on_every_page() {
    let home =
        ("themes/default/templates/partials/fixed/remember.html", "{% include \"partials/own-nav.html\" %}");
    let nav = "{% for module in nav %}{% for lesson in module.lessons %}<a class=\"nav\" href=\"{{ lesson.url }}\">{{ lesson.title }}</a>{% endfor %}{% endfor %}";
    let output = sites::build(site(&[home, ("themes/default/templates/partials/own-nav.html", nav)]).path());
    for (page, url) in [("index.html", "lessons/one/"), ("lessons/one/index.html", "../../lessons/one/")] {
        let page = text(&output, page);
        assert!(page.contains(&format!("<a class=\"nav\" href=\"{url}index.html\">One</a>")), "{page}");
    }
}
