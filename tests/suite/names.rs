//! The names of published files: what a page shows or runs has a digest in its name, so that browsers keep it forever;
//! everything else has a plain name.

use std::collections::BTreeSet;

use amends::address::Purpose;
use amends::fingerprint::{digest, short};

use crate::harness::Site;

/// Whether a name looks like one with a digest.
fn is_fingerprinted(path: &str) -> bool {
    let digest = |part: &str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    path.split('.').skip(1).any(digest)
}

/// A site with one lesson.
fn site() -> Site {
    Site::new().config("title: Names\n").lesson("01-one", "Hello.")
}

#[test]
fn each_digest_matches_its_file_and_hosts_cache_only_these_files() {
    for site in ["features", "languages"] {
        let pages = Site::fixture(site).build();
        let rules = pages.text("_headers").lines();
        let mut rules: BTreeSet<&str> = rules.filter_map(|line| line.strip_prefix('/')).collect();
        // A scenario's scripts are beside its page.
        let beside = pages.paths().filter(|path| path.contains("scenarios/") && path.ends_with(".js"));
        for path in pages.below("static/").chain(pages.below("pictures/")).chain(beside) {
            let digest = short(digest(pages.get(path).unwrap()));
            assert!(path.contains(&format!(".{digest}.")), "{site}: {path} is {digest}");
            assert!(path.starts_with("pictures/") || rules.remove(path), "{site}: no rule for {path}");
        }
        assert!(rules.remove("pictures/*"), "{site}");
        let index = pages
            .paths()
            .filter(|path| path.ends_with(".js") && path.contains("search/") && !path.ends_with("/at.js"));
        let folders: BTreeSet<String> =
            index.map(|path| format!("{}/*", path.rsplit_once('/').unwrap().0)).collect();
        assert_eq!(rules, folders.iter().map(String::as_str).collect(), "{site}");
    }
}

#[test]
fn a_name_that_only_looks_like_a_digest_is_not_kept_forever() {
    let pages = site()
        .file("themes/default/static/photo.20240105.jpg", "a")
        .file("content/scenarios/report.deadbeef.txt", "b")
        .lesson("02-two", "[A report](../scenarios/report.deadbeef.txt)")
        .build();
    assert!(pages.has("static/photo.20240105.jpg") && pages.has("assets/scenarios/report.deadbeef.txt"));
    let rules = pages.text("_headers");
    assert!(!rules.contains("20240105") && !rules.contains("deadbeef"), "{rules}");
}

#[test]
fn only_a_changed_style_changes_its_name() {
    let names = |site: &Site| site.build().below("static/").map(str::to_owned).collect::<BTreeSet<_>>();
    let before = names(&site());
    let after = names(&site().file("themes/default/static/theme.css", "body {}"));
    let gone: Vec<&String> = before.difference(&after).collect();
    let new: Vec<&String> = after.difference(&before).collect();
    assert_eq!((gone.len(), new.len()), (1, 1));
    let named = |name: &str| name.starts_with("static/theme.") && name.ends_with(".css");
    assert!(named(gone[0]) && named(new[0]), "{gone:?} {new:?}");
}

#[test]
fn files_of_a_style_stay_where_the_style_refers_to_them() {
    let head = r#"{% extends "shipped/base.html" %}
{% block style %}{{ super() }}<link rel="stylesheet" href="{{ asset(path="static/own.css") }}"><link rel="icon" href="{{ asset(path="static/img/both.svg") }}">{% endblock style %}"#;
    let pages = site()
        .file("themes/default/templates/base.html", head)
        .file("themes/default/static/own.css", "@import \"more.css\"; p { background: url(img/both.svg) }")
        .file("themes/default/static/more.css", "p { background: url('img/only.svg') }")
        .file("themes/default/static/img/both.svg", "<svg/>")
        .file("themes/default/static/img/only.svg", "<svg />")
        .build();
    pages.assert_links_resolve();
    for plain in ["static/more.css", "static/img/only.svg", "static/img/both.svg"] {
        assert!(pages.has(plain), "{plain}");
    }
    let fingerprinted = |start: &str| pages.below(start).filter(|path| is_fingerprinted(path)).count();
    assert_eq!(fingerprinted("static/own."), 1);
    assert_eq!(fingerprinted("static/img/both."), 1);
    assert_eq!(fingerprinted("static/more.") + fingerprinted("static/img/only."), 0);
    assert!(!pages.has("static/own.css"), "nothing refers to it by its plain name");
    pages.page("lessons/one").has("../../static/own.").lacks("static/own.css");
    let rules = pages.text("_headers");
    assert!(!rules.contains("more.css") && !rules.contains("/static/img/both.svg"), "{rules}");
}

#[test]
fn a_template_can_use_the_plain_name_of_a_file() {
    let head = r#"{% extends "shipped/base.html" %}
{% block style %}<link rel="stylesheet" href="{{ page.root }}static/theme.css"><link rel="stylesheet" href="{{page.root}}static/own.css">{% endblock style %}"#;
    let pages = site()
        .file("themes/default/templates/base.html", head)
        .file("themes/default/static/own.css", "p { margin: 0 }")
        .build();
    pages.assert_links_resolve();
    let plain: Vec<&str> = pages.below("static/").filter(|path| !is_fingerprinted(path)).collect();
    assert_eq!(plain, ["static/own.css", "static/theme.css"]);
    pages.page("lessons/one").has("\"../../static/own.css\"").has("\"../../static/theme.css\"");
}

#[test]
fn a_picture_has_a_fingerprinted_name_and_a_handout_a_stable_one() {
    let svg = |width| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"30\"/>");
    let site = site()
        .lesson("01-one", "![A box](../box.svg) and [the same to keep](../box.svg), [a sheet](../sheet.txt).")
        .file("content/box.svg", svg(40))
        .file("content/sheet.txt", "A sheet.");
    let pages = site.build();
    assert_eq!(pages.below("assets/").collect::<Vec<_>>(), ["assets/box.svg", "assets/sheet.txt"]);
    let pictures: Vec<&str> = pages.below("pictures/").collect();
    let [picture] = pictures[..] else { panic!("{pictures:?}") };
    assert!(is_fingerprinted(picture), "{picture}");
    pages
        .page("lessons/one")
        .has(&format!(
            "<img src=\"../../{picture}\" alt=\"A box\" width=\"40\" height=\"30\" loading=\"lazy\">"
        ))
        .has("href=\"../../assets/box.svg\"");
    site.put("content/box.svg", svg(41));
    let changed = site.build();
    assert!(!changed.has(picture), "a new picture has a new name");
    assert!(changed.has("assets/box.svg"));
}

#[test]
fn under_serve_all_names_are_plain() {
    let pages = Site::fixture("languages").preview();
    assert_eq!(pages.paths().filter(|path| is_fingerprinted(path)).count(), 0);
    assert!(pages.has("static/theme.css") && pages.has("static/debrief-de.js"));
    assert!(!pages.has("_headers"));
    pages.page("de/scenarios/late-parcel").has("../../../static/debrief-de.js");
}

#[test]
fn the_search_index_has_a_new_folder_after_any_change() {
    let site = site().file("content/objectives.yaml", "hear: { says: Hear them out. }\n");
    let folder = || {
        let pages = site.build();
        let path = pages.paths().find(|path| path.ends_with("/index.js")).expect("there is an index");
        path.to_owned()
    };
    let lesson = |head: &str, text: &str| {
        site.put_lesson("01-one", &format!("---\ntitle: One\n{head}---\n\n{text}"));
    };
    let mut seen = BTreeSet::from([folder()]);
    lesson("", "Hello, you.");
    assert!(seen.insert(folder()), "its text");
    lesson("summary: A word.\n", "Hello, you.");
    assert!(seen.insert(folder()), "its summary");
    lesson("summary: A word.\nobjectives: [hear]\n", "Hello, you.");
    assert!(seen.insert(folder()), "its objectives");
    site.put("content/objectives.yaml", "hear: { says: Listen to them. }\n");
    assert!(seen.insert(folder()), "the words of an objective");
    site.put("site.yaml", "title: Other names\n");
    assert!(!seen.insert(folder()), "the index does not contain the title of the course");
}

const PARTIAL: &str = "themes/default/templates/partials/fixed/remember.html";

#[test]
fn a_fixed_partial_is_on_every_page_and_cannot_use_its_values() {
    let own = "<p class=\"own\">{{ site.title }} & {{ strings.nav.record }}</p>";
    let pages = site().file(PARTIAL, own).build();
    for page in ["", "lessons/one"] {
        pages.page(page).has("<p class=\"own\">Names & My record</p>");
    }
    let error = site().file(PARTIAL, "{{ page.title }}").render(Purpose::Publish).err().unwrap();
    assert!(error.contains(&format!("{PARTIAL}:1:")) && error.contains("page"), "{error}");
}

#[test]
fn a_fixed_partial_can_be_included() {
    let record = "<main>{% include \"partials/fixed/remember.html\" %}</main>";
    let pages = site().file("themes/default/templates/record.html", record).build();
    pages.page("record").has("<main><template class=\"parts\">");
}

#[test]
fn a_theme_can_list_the_lessons_on_every_page() {
    let nav = "{% for module in nav %}{% for lesson in module.lessons %}<a class=\"nav\" href=\"{{ lesson.url }}\">{{ lesson.title }}</a>{% endfor %}{% endfor %}";
    let pages = site()
        .file(PARTIAL, "{% include \"partials/own-nav.html\" %}")
        .file("themes/default/templates/partials/own-nav.html", nav)
        .build();
    for (page, url) in [("", "lessons/one/"), ("lessons/one", "../../lessons/one/")] {
        pages.page(page).has(&format!("<a class=\"nav\" href=\"{url}index.html\">One</a>"));
    }
}
