//! Sites in more than one language: every page in each, the same story behind all of them, and what is missing or old.

use std::fs;
use std::path::PathBuf;

use amends::load::load;
use amends::output::Output;

use crate::sites::{assert_whole, build};
use crate::{blessed, diagnostics};

fn site() -> PathBuf {
    blessed::tests().join("sites/languages")
}

#[track_caller]
fn page(output: &Output, path: &str) -> String {
    let bytes = output.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Of a page, or of a script that hands markup over as a JSON string.
fn graphs(page: &str) -> Vec<&str> {
    let rests = page.split("data-graph=").skip(1);
    rests.map(|rest| rest.split(['"', '\\']).find(|graph| !graph.is_empty()).unwrap()).collect()
}

#[test]
fn every_page_is_there_in_every_language_and_every_link_leads_somewhere() {
    let output = build(&site());
    // The page for what is missing is shown at any address, so its links are absolute.
    let mut relative = Output::default();
    for (path, bytes) in output.files().filter(|(path, _)| *path != "404.html") {
        relative.insert(path, bytes);
    }
    assert_whole(&relative);
    let pages =
        ["index.html", "lessons/hear-first/index.html", "lessons/own-it/index.html", "record/index.html"];
    for path in pages {
        for folder in ["", "de/", "ar/"] {
            assert!(output.get(&format!("{folder}{path}")).is_some(), "{folder}{path}");
        }
    }
    assert!(output.get("de/404.html").is_none(), "a host knows one");
}

#[test]
fn a_translation_plays_the_very_same_story() {
    let output = build(&site());
    for (folder, graph) in [("scenarios/late-parcel", "talk."), ("lessons/hear-first", "index.html")] {
        let held = |folder: &str| {
            let path = output.paths().find(|path| path.starts_with(&format!("{folder}/{graph}")));
            page(&output, path.unwrap_or_else(|| panic!("nothing in {folder}")))
        };
        let original = held(folder);
        assert_eq!(graphs(&original).len(), 1);
        for language in ["de", "ar"] {
            let own = held(&format!("{language}/{folder}"));
            assert_eq!(graphs(&own), graphs(&original), "{language}");
            let own = page(&output, &format!("{language}/{folder}/index.html"));
            assert!(own.contains(&format!("<html lang=\"{language}\"")));
        }
    }
    let loaded = load(&site()).unwrap();
    let course = loaded.course.unwrap();
    for own in &course.translations {
        for (one, other) in course.scenarios.iter().zip(&own.scenarios) {
            assert_eq!(one.story.engine.to_bytes(), other.story.engine.to_bytes());
            assert_ne!(one.title, other.title);
        }
    }
}

#[test]
fn a_page_speaks_its_language_in_all_of_its_words() {
    let output = build(&site());
    let german = page(&output, "de/scenarios/late-parcel/index.html");
    for words in [
        "Der dritte Tag",
        "Zuhören",
        "Moment 1",
        "Nur, wenn Sie gefragt haben, was darin ist und das Wohlwollen über 10 liegt.",
    ] {
        assert!(german.contains(words), "{words}");
    }
    let arabic = page(&output, "ar/scenarios/late-parcel/index.html");
    for words in ["dir=\"rtl\"", "اليوم الثالث", "3 دقائق", "اللحظة 2", "إذا كنتَ قد سألتَ عمّا فيه: متابعة"]
    {
        assert!(arabic.contains(words), "{words}");
    }
    // A script's name, a key or a mood's class may be English; what is read is not.
    for english in ["What do you say", "Only if", "minutes", "Listen", "Goodwill", "your goal"] {
        assert!(!german.contains(english) && !arabic.contains(english), "{english}");
    }
}

#[test]
fn what_is_not_translated_is_a_page_of_the_originals_language_in_the_chosen_frame() {
    let output = build(&site());
    let page = page(&output, "ar/lessons/own-it/index.html");
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\""));
    assert!(page.contains("<header class=\"top\" lang=\"ar\" dir=\"rtl\">"));
    assert!(page.contains("لم تُترجَم هذه الصفحة بعد.") && page.contains("Lesson 2"));
    assert!(page.contains("hreflang=\"en\" href=\"https://example.org/course/lessons/own-it/\""));
    assert!(!page.contains("href=\"https://example.org/course/ar/lessons/own-it/\""), "it is not Arabic");
    let home = crate::languages::page(&output, "ar/index.html");
    assert!(home.contains("lang=\"en\" dir=\"auto\">Own it</a>"));
}

#[test]
fn a_change_of_a_word_makes_a_translation_stale_and_done_makes_it_good() {
    let folder = diagnostics::make(&site(), "");
    let told = || {
        let loaded = load(folder.path()).unwrap();
        let codes = loaded.diagnostics.iter().filter(|each| each.code.name() == "stale-translation");
        codes.map(|each| loaded.sources.path(each.span.file).to_path_buf()).collect::<Vec<_>>()
    };
    assert_eq!(told(), [] as [PathBuf; 0]);
    let path = folder.path().join("content/scenarios/late-parcel.yaml");
    let text = fs::read_to_string(&path).unwrap();
    // A rating is no word.
    fs::write(&path, text.replacen("rate: 2", "rate: 1", 1)).unwrap();
    assert_eq!(told(), [] as [PathBuf; 0]);
    fs::write(&path, text.replacen("Where is it?", "Where on earth is it?", 1)).unwrap();
    let files = ["content/ar/scenarios/late-parcel.yaml", "content/de/scenarios/late-parcel.yaml"];
    assert_eq!(told(), files.map(PathBuf::from));
    for file in files {
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_amends"))
            .args(["translate", &file[8..10], file, "--done", "-q", "--site"])
            .arg(folder.path())
            .status();
        assert!(run.unwrap().success());
    }
    assert_eq!(told(), [] as [PathBuf; 0]);
}

#[test]
fn a_begun_translation_is_a_gap_and_no_fault() {
    let folder = diagnostics::make(&site(), "");
    let run = |args: &[&str]| {
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_amends"))
            .args(["translate", "de"])
            .args(args)
            .arg("--site")
            .arg(folder.path())
            .output();
        let run = run.unwrap();
        (run.status.code(), String::from_utf8(run.stdout).unwrap())
    };
    let (code, list) = run(&[]);
    assert_eq!(code, Some(0));
    assert!(
        list.contains("done     content/scenarios/late-parcel.yaml")
            && list.contains("missing  content/lessons/02-own-it.md"),
        "{list}"
    );
    assert_eq!(run(&["content/lessons/02-own-it.md"]).0, Some(0));
    assert_eq!(run(&["content/lessons/02-own-it.md"]).0, Some(2), "it is there already");
    fs::remove_file(folder.path().join("content/de/scenarios/late-parcel.yaml")).unwrap();
    assert_eq!(run(&["content/scenarios/late-parcel.yaml"]).0, Some(0));
    assert_eq!(run(&["content/scenarios/none.yaml"]).0, Some(2));
    let loaded = load(folder.path()).unwrap();
    assert!(loaded.course.is_some(), "{:#?}", loaded.diagnostics);
    let gaps = loaded.diagnostics.iter().filter(|each| each.message.contains("has no translation here"));
    assert_eq!(gaps.count(), 2);
    let made = amends::pipeline::make(folder.path(), amends::render::Purpose::Publish, false).unwrap();
    let page = page(&made.output.unwrap(), "de/scenarios/late-parcel/index.html");
    assert!(page.contains("<html lang=\"en\"") && page.contains("The third day"));
}
