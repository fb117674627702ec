//! Whole sites: what holds for every published site, whatever the course and the theme.

use crate::blessed;
use crate::harness::{Pages, Site, scenario, without_digests};
use amends::address::Purpose;

fn features() -> Pages {
    Site::fixture("features").build()
}

#[test]
fn every_link_has_a_target() {
    // `first` is what the first version of `amends new` wrote.
    for site in ["course", "features", "languages", "first"] {
        let (_, pages) = Site::fixture(site).render(Purpose::Publish).unwrap();
        pages.expect("no errors").assert_links_resolve();
    }
}

#[test]
fn no_page_violates_its_policy() {
    for site in ["course", "features"] {
        for (path, page) in Site::fixture(site).build().html() {
            assert!(!page.contains(" style="), "{path}: a style attribute");
            assert!(!page.contains("javascript:"), "{path}: a script in a link");
            let handler = |word: &str| word.starts_with("on") && word.contains("=\"");
            assert!(!page.split_whitespace().any(handler), "{path}: an inline event handler");
            // The policy of the 404 page allows its inline style and script; a test in `around` checks that.
            if path == "404.html" {
                continue;
            }
            assert!(!page.contains("<style"), "{path}: an inline style sheet");
            for script in page.split("<script").skip(1) {
                let tag = script.split('>').next().unwrap_or_default();
                let inline = !tag.contains(" src=") && !tag.contains("application/");
                assert!(!inline, "{path}: an inline script <script{tag}>");
            }
        }
    }
}

#[test]
fn every_page_of_the_default_theme_names_its_policy() {
    for (path, page) in Site::fixture("course").build().html() {
        let page = page.replace("&#39;", "'");
        assert!(page.contains("default-src 'none'") && page.contains("trusted-types amends"), "{path}");
    }
}

#[test]
fn the_same_course_gives_the_same_bytes() {
    let site = Site::fixture("course");
    assert_eq!(site.build().changed(&site.build()), [] as [String; 0]);
}

#[test]
fn a_choice_with_a_cap_is_not_the_strongest() {
    let capped = scenario().replacen("rate: 0\n        slips: [assume]", "rate: 3\n        cap: serious", 1);
    let pages = Site::new().scenario("talk", &capped).build();
    pages.page("scenarios/talk").has(r#"data-ratings="3" data-strongest>"#).has(r#"data-ratings="3">"#);
    pages
        .page("desk")
        .has(r#"data-choice="ask" data-ratings="3" data-worth="strongest""#)
        .has(r#"data-choice="refund" data-ratings="3">"#);
}

#[test]
fn a_model_can_define_the_failures_of_its_scenarios() {
    let site = Site::copy("tests/sites/heard");
    site.edit(
        "content/models/heard.yaml",
        "\nskills:",
        "\nfailures: { wrong-bill: A wrong bill, no-show: Nobody came }\nskills:",
    );
    let scenario = "content/scenarios/wrong-seat.yaml";
    site.check().error("bad-value", &format!("{scenario}:6:10"));
    site.edit(scenario, "failure: unavailable", "failure: wrong-bill");
    let pages = site.build();
    pages.page("").has(r#"<option value="wrong-bill">A wrong bill</option>"#);
    pages.page("scenarios/wrong-seat").has("A wrong bill");
    site.amends(&["translate", "nl", "content/models/heard.yaml"]).exits(0);
    assert!(site.read("content/nl/models/heard.yaml").contains("  # A wrong bill\n  wrong-bill:\n"));
}

#[test]
fn only_what_pages_use_is_published() {
    let pages = features();
    let assets: Vec<&str> = pages.below("assets/").collect();
    assert_eq!(assets, ["assets/img/sheet.txt"], "downloads keep their addresses");
    let pictures: Vec<String> = pages.below("pictures/").map(without_digests).collect();
    assert_eq!(pictures, ["pictures/img/a red box.png", "pictures/img/box.svg"]);
}

#[test]
fn a_draft_of_a_lesson_is_shown_only_under_serve() {
    let path = "lessons/draft/index.html";
    assert!(!features().has(path));
    assert!(Site::fixture("features").preview().has(path));
}

#[test]
fn a_draft_of_a_scenario_is_shown_only_under_serve() {
    let draft =
        scenario().replacen("\nsummary:", "\ndraft: true\naliases: [was-here]\nmodel: own\nsummary:", 1);
    let model = include_str!("../../content/models/leaa.yaml");
    let site = Site::new()
        .scenario("cold-dinner", &scenario())
        .scenario("to-come", &draft.replacen("title: ", "title: Unheard-of ", 1))
        .file("content/models/own.yaml", model.replacen("title: ", "title: Unheard-of ", 1))
        .lesson("01-one", "---\ntitle: One\nscenarios: [to-come, cold-dinner]\n---\n\nHello.");
    let naming = |pages: &Pages| {
        let files =
            pages.texts().filter(|(path, text)| path.contains("to-come") || text.contains("Unheard-of"));
        files.map(|(path, _)| path.to_owned()).collect::<Vec<_>>()
    };
    let pages = site.build();
    assert_eq!(naming(&pages), [""; 0]);
    assert!(!pages.has("scenarios/was-here/index.html"));
    pages.assert_links_resolve();
    let pages = site.preview();
    pages.page("scenarios/to-come").has("This conversation is a draft.");
    for page in ["lessons/one", ""] {
        pages.page(page).has("Unheard-of");
    }

    // A link to a draft is an error, and the draft's own errors are reported.
    site.put_lesson("01-one", "[It](../scenarios/to-come.yaml)");
    site.edit("content/scenarios/to-come.yaml", "says: |\n", "says: |\n      [No](nowhere.md)\n");
    let checked = site.check();
    checked.error("broken-link", "content/lessons/01-one.md:5:6");
    assert_eq!(
        checked.messages(),
        [
            "`content/scenarios/to-come.yaml` is a draft, so it will have no page",
            "there is no `nowhere.md` to link to"
        ]
    );
}

/// The theme of this site writes out what templates receive, and nothing else.
#[test]
fn every_feature_of_markdown_is_written_as_expected() {
    let pages = features();
    for path in ["lessons/features/index.html", "scenarios/chat/index.html", "print/index.html"] {
        blessed::check(&format!("sites/features.expected/{path}"), &without_digests(pages.text(path)));
    }
    pages.page("").has(
        "<p>Go to <a href=\"lessons/features/index.html\">the lesson</a>, to \
         <a href=\"scenarios/chat/index.html#s-second\">a moment</a>, or \
         <a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noreferrer\">out</a>.</p>",
    );
    pages.page("").has("# Basics\n<p>See <a href=\"lessons/basics/plain/index.html\">the first one</a>.</p>\n2 lessons/basics/plain/index.html Plain");
    pages.page("lessons/basics/plain").has("<a href=\"../../../assets/img/sheet.txt\">handout</a>");
    pages.page("record").has("listen Listen 1\n").has("features\nbasics/plain\n");
    pages
        .page("desk")
        .has("leaa: interrupt assume ")
        .has("first 1 &quot;Where is my parcel?&quot; She is typing. “It's the second time.” &quot;Well.&quot; … | ask strongest: The second time? Tell me. | no worst: No.");
}
