//! Sites in more than one language: every page in each, the same story in all of them, and pages that lack a translation.

use amends::address::Purpose;

use crate::harness::{Pages, Site};

fn build() -> Pages {
    Site::fixture("languages").build()
}

/// The graphs in a page, or in a script that contains a page's markup as a JSON string.
fn graphs(page: &str) -> Vec<&str> {
    let rests = page.split("data-graph=").skip(1);
    rests.map(|rest| rest.split(['"', '\\']).find(|graph| !graph.is_empty()).unwrap()).collect()
}

#[test]
fn every_page_exists_in_every_language() {
    let pages = build();
    for page in ["", "lessons/hear-first/", "lessons/own-it/", "record/"] {
        for language in ["", "de/", "ar/"] {
            assert!(pages.has(&format!("{language}{page}index.html")), "{language}{page}");
        }
    }
    assert!(!pages.has("de/404.html"), "a host uses only one 404 page");
}

#[test]
fn a_translation_plays_the_same_story() {
    let pages = build();
    for (folder, graph) in [("scenarios/late-parcel", "talk."), ("lessons/hear-first", "index.html")] {
        let file_with_graph = |folder: &str| {
            let path = pages.below(&format!("{folder}/{graph}")).next();
            pages.text(path.unwrap_or_else(|| panic!("no file with a graph in {folder}")))
        };
        let original = file_with_graph(folder);
        assert_eq!(graphs(original).len(), 1);
        for language in ["de", "ar"] {
            let own = format!("{language}/{folder}");
            assert_eq!(graphs(file_with_graph(&own)), graphs(original), "{language}");
            pages.page(&own).has(&format!("<html lang=\"{language}\""));
        }
    }
    let checked = Site::fixture("languages").check();
    let course = checked.course();
    for own in &course.translations {
        for (one, other) in course.scenarios.iter().zip(&own.scenarios) {
            assert_eq!(one.story.engine.to_bytes(), other.story.engine.to_bytes());
            assert_ne!(one.title, other.title);
        }
    }
}

#[test]
fn every_word_that_a_reader_sees_is_in_the_language_of_the_page() {
    let pages = build();
    let german = [
        "Der dritte Tag",
        "Zuhören",
        "Moment 1",
        "Nur, wenn Sie gefragt haben, was darin ist und das Wohlwollen über 10 liegt.",
    ];
    let arabic = ["dir=\"rtl\"", "اليوم الثالث", "3 دقائق", "اللحظة 2", "إذا كنتَ قد سألتَ عمّا فيه: متابعة"];
    for (language, words) in [("de", german.as_slice()), ("ar", &arabic)] {
        let page = pages.page(&format!("{language}/scenarios/late-parcel"));
        for words in words {
            page.has(words);
        }
        // Names of scripts, keys and classes are English; the words for readers must not be.
        for english in ["What do you say", "Only if", "minutes", "Listen", "Goodwill", "your goal"] {
            page.lacks(english);
        }
    }
}

#[test]
fn an_untranslated_page_has_the_original_text_in_a_translated_frame() {
    let pages = build();
    pages
        .page("ar/lessons/own-it")
        .has("<html lang=\"en\" dir=\"ltr\"")
        .has("<header class=\"top\" lang=\"ar\" dir=\"rtl\">")
        .has("لم تُترجَم هذه الصفحة بعد.")
        .has("Lesson 2")
        .has("hreflang=\"en\" href=\"https://example.org/course/lessons/own-it/\"")
        .lacks("href=\"https://example.org/course/ar/lessons/own-it/\"");
    pages.page("ar").has("lang=\"en\" dir=\"auto\">Own it</a>");
}

#[test]
fn an_unfinished_translation_is_a_page_in_the_original_language() {
    let site = Site::copy("tests/sites/languages");
    site.remove("content/de/scenarios/late-parcel.yaml");
    site.amends(&["translate", "de", "content/scenarios/late-parcel.yaml"]).exits(0);
    let (_, pages) = site.render(Purpose::Publish).unwrap();
    pages.unwrap().page("de/scenarios/late-parcel").has("<html lang=\"en\"").has("The third day");
}

/// If a language lacks words, they are English, and so are their plural forms: Japanese has one form for all numbers.
#[test]
fn english_words_in_another_language_keep_english_plurals() {
    let drill = "```drill\nnodes:\n  one:\n    says: A\n    tests: [listen]\n    choices:\n      - { say: A, rate: 3, reply: A, why: A }\n      - { say: B, rate: 0, reply: B, why: B }\n```\n";
    for (count, says) in [(1, "played its drill,"), (2, "played its 2 drills,")] {
        let site = Site::new().config("title: T\nlanguage: ja\nlints: off\n");
        let (_, pages) =
            site.lesson("01-one", &format!("{drill}\n").repeat(count)).render(Purpose::Publish).unwrap();
        pages.unwrap().page("lessons/one").has(says);
    }
}
