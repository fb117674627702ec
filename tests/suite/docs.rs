//! README and docs are true: each command of a tour runs in the course that the tour creates, and `docs/words.md` lists exactly
//! the words that the program accepts.

use std::collections::BTreeSet;
use std::fs;

use amends::schema::{SchemaFile, schema};
use serde_json::Value;

use crate::harness::{Site, between, repository};

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap()
}

/// The lines of the code blocks in a language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    text.split(&format!("```{language}\n")).skip(1).map(|part| part.split_once("```").unwrap().0).collect()
}

/// Runs each line as if typed into a shell in an empty folder, and returns how many lines ran `amends`; `prepare` may change
/// the course before a line.
fn run_lines(lines: &[&str], prepare: impl Fn(&Site, &str)) -> usize {
    let folder = Site::empty();
    let (mut here, mut ran) = (folder.path().to_owned(), 0);
    for line in lines {
        let typed = line.split(" #").next().unwrap().trim();
        let words: Vec<&str> = typed.split_whitespace().collect();
        prepare(&Site::at(here.clone()), typed);
        match words[..] {
            ["cd", to] => here = here.join(to),
            // Runs until it is stopped; other tests check what it serves.
            ["amends", "serve"] => {}
            ["amends", ref arguments @ ..] => {
                let run = Site::at(here.clone()).amends(arguments);
                assert_eq!(run.code, Some(0), "{typed}: {}{}", run.out, run.err);
                ran += 1;
            }
            _ => panic!("unknown command {line:?}"),
        }
    }
    ran
}

#[test]
fn every_command_of_the_tour_in_readme_works() {
    let readme = read("README.md");
    let tour = between(&readme, "\n## A tour for trainers", "\n## ");
    let tour = tour.split_once("then:\n").unwrap().1;
    let lines: Vec<&str> = blocks(tour, "sh").into_iter().flat_map(str::lines).collect();
    assert!(run_lines(&lines, |_, _| {}) > 12, "{lines:#?}");
}

#[test]
fn the_result_code_in_the_docs_is_valid_in_a_new_course() {
    let docs = read("docs/results.md");
    let explain = |line: &&str| line.starts_with("amends results --explain ");
    let line = blocks(&docs, "sh").into_iter().flat_map(str::lines).find(explain).unwrap();
    assert_eq!(run_lines(&["amends new my-course", "cd my-course", line], |_, _| {}), 2);
}

#[test]
fn every_command_of_the_authors_guide_works() {
    let guide = read("docs/author-guide.md");
    let lamp = blocks(&guide, "yaml")[0];
    // Commands outside of code blocks start a paragraph, in bold.
    let inline = guide.split("**`amends ").skip(1).map(|part| part.split_once("`**").unwrap().0);
    let inline: Vec<String> = inline.map(|arguments| format!("amends {arguments}")).collect();
    let typed = blocks(&guide, "sh").into_iter().flat_map(str::lines);
    let lines: Vec<&str> = typed.chain(inline.iter().map(String::as_str)).collect();
    let ran = run_lines(&lines, |site, line| {
        if line == "amends play wrong-lamp" {
            site.put("content/scenarios/wrong-lamp.yaml", lamp);
        }
    });
    assert!(ran > 5, "{lines:#?}");
}

#[test]
fn the_error_in_readme_is_what_the_program_prints() {
    let site = Site::scaffold();
    site.edit("content/scenarios/cold-dinner.yaml", "then: story ", "then: stroy ");
    let printed = site.amends(&["check"]).exits(1).out;
    let readme = read("README.md");
    let shown = between(&readme, "A fault reads like this:\n\n```text\n", "```");
    assert!(printed.contains(shown), "{printed}");
}

/// Visits each key of a schema by its path, such as `skills.ID.name`, with whether it is required.
fn visit_keys(root: &Value, at: &Value, path: &str, visit: &mut dyn FnMut(String, bool)) {
    if let Some(name) = at["$ref"].as_str() {
        return visit_keys(root, &root["$defs"][name.rsplit('/').next().unwrap()], path, visit);
    }
    visit_keys_of_parts(root, at, path, visit);
    for (key, below) in at["properties"].as_object().into_iter().flatten() {
        let is_required = at["required"].as_array().is_some_and(|all| all.iter().any(|each| each == key));
        visit(format!("{path}{key}"), is_required);
        visit_keys(root, below, &format!("{path}{key}."), visit);
    }
}

/// Visits the keys of the items of a list, of values under names, and of each form of a value.
fn visit_keys_of_parts(root: &Value, at: &Value, path: &str, visit: &mut dyn FnMut(String, bool)) {
    let forms = ["anyOf", "oneOf"].iter().flat_map(|key| at[*key].as_array().into_iter().flatten());
    let items = at.get("items").into_iter().chain(forms);
    items.for_each(|part| visit_keys(root, part, path, visit));
    let named = at["patternProperties"].as_object().into_iter().flatten().map(|(_, value)| value);
    for part in at.get("additionalProperties").into_iter().chain(named).filter(|part| part.is_object()) {
        visit_keys(root, part, &format!("{path}ID."), visit);
    }
}

/// The rows of the table in a section, each as its first cell and the others.
fn rows(page: &str, heading: &str) -> Vec<(String, String)> {
    let section = page.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no {heading}")).1;
    let table = section.split("\n## ").next().unwrap().split_once("\n|---").unwrap().1;
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    rows.map(|(first, others)| (first.to_owned(), others.to_owned())).collect()
}

/// The first cells of the table in a section.
fn first_cells(page: &str, heading: &str) -> BTreeSet<String> {
    rows(page, heading).into_iter().map(|(cell, _)| cell).collect()
}

#[test]
fn words_md_lists_each_word_that_a_scenario_accepts() {
    let page = read("docs/words.md");
    let mut lists = 0;
    for (_, object) in definitions(&schema(SchemaFile::Scenario)) {
        for (key, value) in object["properties"].as_object().into_iter().flatten() {
            let words = value.get("enum").or_else(|| value.pointer("/anyOf/0/enum"));
            let Some(words) = words.and_then(Value::as_array) else { continue };
            let words: BTreeSet<String> =
                words.iter().map(|word| format!("`{}`", word.as_str().unwrap())).collect();
            assert_eq!(first_cells(&page, &format!("`{key}`")), words, "{key}");
            lists += 1;
        }
    }
    assert!(lists > 8, "{lists}");
}

/// A schema and its definitions.
fn definitions(schema: &Value) -> Vec<(String, Value)> {
    let parts = schema["$defs"].as_object().into_iter().flatten();
    let parts = parts.map(|(name, part)| (name.clone(), part.clone()));
    [(String::new(), schema.clone())].into_iter().chain(parts).collect()
}

#[test]
fn words_md_lists_each_slip_of_leaa_in_the_words_of_the_debrief() {
    let checked = Site::scaffold().check();
    let leaa = checked.course().models.iter().find(|model| model.id == "leaa").unwrap();
    let slips: BTreeSet<(String, String)> = leaa
        .slips
        .iter()
        .zip(&leaa.rules.slips)
        .map(|(slip, rule)| {
            (
                format!("`{}`", slip.id),
                format!("`{}` | {} |", leaa.skills[usize::from(rule.skill)].id, slip.says),
            )
        })
        .collect();
    assert_eq!(BTreeSet::from_iter(rows(&read("docs/words.md"), "`slips`")), slips);
}

#[test]
fn words_md_lists_each_key_of_a_model() {
    let schema = schema(SchemaFile::Model);
    let mut all = BTreeSet::new();
    visit_keys(&schema, &schema, "", &mut |path, is_required| {
        all.insert(format!("`{path}`{}", if is_required { "\\*" } else { "" }));
    });
    assert!(all.len() > 30, "{all:#?}");
    assert_eq!(first_cells(&read("docs/words.md"), "A model"), all);
}
