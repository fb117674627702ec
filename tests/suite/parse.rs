//! Whatever a file contains, it is read without a panic, and every reported span is inside the file.

use std::fs;
use std::path::Path;

use amends::diag::{Diagnostics, render};
use amends::source::SourceMap;
use amends::{check, compile, parse};
use proptest::prelude::*;

use crate::harness::repository;

/// The files that are changed; each path determines the kind of file.
fn files() -> [(&'static Path, String); 5] {
    let files = [
        ("site.yaml", "tests/sites/course/site.yaml"),
        ("content/objectives.yaml", "tests/sites/course/content/objectives.yaml"),
        ("content/models/leaa.yaml", "src/load/models/leaa.en.yaml"),
        (
            "content/scenarios/tuesday.yaml",
            "tests/sites/course/content/scenarios/third-promised-tuesday.yaml",
        ),
        ("content/lessons/01-news.md", "tests/sites/course/content/lessons/02-no-news-is-news.md"),
    ];
    files.map(|(path, file)| (Path::new(path), fs::read_to_string(repository().join(file)).unwrap()))
}

/// Reads a text as the kind of file that its path says, compiles its stories, and renders the report in every format.
fn read(path: &Path, text: String) {
    let (mut sources, mut diags) = (SourceMap::default(), Diagnostics::default());
    let model = sources.add("leaa.yaml", files()[2].1.clone());
    let model = parse::model::parse(model, sources.text(model), &mut diags).unwrap();
    let models = [compile::model::model("leaa", &model).unwrap()];
    let file = sources.add(path, text);
    let text = sources.text(file).to_owned();
    let stories = match path.to_str().unwrap() {
        name if name.ends_with(".md") => {
            let _ = parse::lesson::parse_index(file, &text, &mut diags);
            let drills = parse::lesson::parse(file, &text, &mut diags).map(|lesson| lesson.drills);
            drills.unwrap_or_default().into_iter().map(|drill| drill.story).collect()
        }
        name if name.contains("models") => {
            if let Some(model) = parse::model::parse(file, &text, &mut diags) {
                check::model::check(&model, &mut diags);
                let _ = compile::model::model("own", &model);
            }
            Vec::new()
        }
        name if name.contains("scenarios") => {
            let _ = parse::scenario::parse_include(file, &text, &mut diags);
            Vec::from_iter(parse::scenario::parse(file, &text, &mut diags).map(|raw| raw.story))
        }
        name if name.contains("objectives") => {
            let _ = parse::objectives::parse(file, &text, &mut diags);
            Vec::new()
        }
        _ => {
            let _ = parse::config::parse(file, &text, &mut diags);
            Vec::new()
        }
    };
    for story in stories {
        let _ = compile::story(&story, &models, path, &sources, &mut diags);
    }
    let diagnostics = diags.sorted(&sources);
    for each in &diagnostics {
        let (start, end) = (each.span.start as usize, each.span.end as usize);
        assert!(text.get(start..end).is_some(), "{each:?} is outside the file");
    }
    let _ = render::human(&diagnostics, &sources);
    let _ = render::short(&diagnostics, &sources);
    let _ = render::json(&diagnostics, &sources);
}

/// What a change inserts: pieces with a meaning in YAML, Markdown or a scenario.
#[rustfmt::skip]
const PIECES: [&str; 36] = [
    "", ":", ": ", "- ", "\n", "\t", "  ", "\"", "'", "|", ">", "*a", "&a ", "[", "]", "{", "}", "#", "~", "---\n", "```", "> ",
    "<<: ", "!!int ", "\r\n", "é", "🫖", "\u{0}", "99999999999999999999", "-1", "1e5", ".inf", "then", "choices:",
    "goodwill < 4", "not ",
];

/// A change: the place in the text, the number of bytes to replace, and what replaces them.
fn change() -> impl Strategy<Value = (f64, usize, String)> {
    let piece = prop_oneof![prop::sample::select(&PIECES[..]).prop_map(str::to_owned), "\\PC{0,6}"];
    (0.0..1.0f64, 0usize..40, piece)
}

fn changed(text: &str, changes: &[(f64, usize, String)]) -> String {
    let mut text = text.to_owned();
    for (place, count, piece) in changes {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let start = text.floor_char_boundary((text.len() as f64 * place) as usize);
        let end = text.floor_char_boundary((start + count).min(text.len()));
        text.replace_range(start..end.max(start), piece);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_files_are_read(which in 0usize..5, changes in prop::collection::vec(change(), 1..6)) {
        let (path, text) = &files()[which];
        read(path, changed(text, &changes));
    }

    #[test]
    fn any_text_is_read(which in 0usize..5, text in "[a-z0-9:\\-\\[\\]{}\"'|>&*!#%@` \n\t~,.?é]{0,80}") {
        read(files()[which].0, text);
    }
}

/// A deeply nested condition does not overflow the stack.
#[test]
fn a_long_condition_is_read() {
    let late = repository().join("tests/diagnostics/base/content/scenarios/late.yaml");
    let long = format!("when: {}heard", "not ".repeat(200_000));
    read(Path::new("scenarios/late.yaml"), fs::read_to_string(late).unwrap().replace("when: heard", &long));
}
