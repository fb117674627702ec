//! What is wrong with a text is told with the place of the smallest token at fault, and with the remedy.

use std::fs;

use amends::diag::render::short;
use amends::load::load;

/// Puts `body` into a lesson beside another one, a scenario and a picture, and compares what is told: place, code
/// and message, then the hint.
#[track_caller]
fn check(body: &str, expected: &[(&str, &str)]) {
    check_all(body, "It ends.", expected);
}

/// The same with the text of an ending.
#[track_caller]
fn check_all(body: &str, ending: &str, expected: &[(&str, &str)]) {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    let write = |path: &str, text: &str| {
        let path = content.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    fs::write(folder.path().join("site.yaml"), "title: T\nid: t\nlints: off\n").unwrap();
    write("lessons/01-one.md", &format!("---\ntitle: One\n---\n{body}"));
    write("lessons/02-two.md", "---\ntitle: Two\n---\n## Play it back\n");
    write("lessons/03-draft.md", "---\ntitle: Three\ndraft: true\n---\n");
    write("img/box.png", "no true picture, so it has no size");
    let scenario = include_str!("../sites/features/content/scenarios/chat.yaml");
    let scenario = scenario.replace("../img/box.svg", "../img/box.png");
    let old = "It is *done*. Back to [the lesson](../lessons/01-features.md#own).";
    write("scenarios/chat.yaml", &scenario.replace(old, ending));

    let loaded = load(folder.path()).unwrap();
    let told = short(&loaded.diagnostics, &loaded.sources);
    let hints = loaded.diagnostics.iter().map(|each| each.hint.as_deref().unwrap_or_default());
    let told: Vec<_> = told.lines().zip(hints).collect();
    assert_eq!(told, expected, "\n{body}\n{ending}");
}

#[test]
fn links_lead_to_source_files() {
    check(
        "[a](02-two.md) [b](../scenarios/chat.yaml) [c](../img/box.png) [d](mailto:a@b.org) [e](https://a.org)",
        &[],
    );
    check(
        "See [two](02-tow.md).",
        &[(
            "content/lessons/01-one.md:4:11: error[broken-link]: there is no `02-tow.md` to link to",
            "did you mean `02-two.md`?",
        )],
    );
    check(
        "[a chat](chat.yaml)",
        &[(
            "content/lessons/01-one.md:4:10: error[broken-link]: there is no `chat.yaml` to link to",
            "did you mean `../scenarios/chat.yaml`?",
        )],
    );
    check(
        "[a](/index.html) and [b](../../../x.md)",
        &[
            (
                "content/lessons/01-one.md:4:5: error[broken-link]: `/index.html` leads out of the site",
                "paths are relative to this file, as in `../scenarios/a-late-parcel.yaml`",
            ),
            (
                "content/lessons/01-one.md:4:26: error[broken-link]: `../../../x.md` leads out of the site",
                "paths are relative to this file, as in `../scenarios/a-late-parcel.yaml`",
            ),
        ],
    );
    check(
        "[run](javascript:alert) [other](//cdn.org/x)",
        &[
            (
                "content/lessons/01-one.md:4:7: error[broken-link]: a link cannot lead to `javascript:`",
                "links lead to files of the course, to http, https, mailto or tel",
            ),
            (
                "content/lessons/01-one.md:4:33: error[broken-link]: a link to another site begins with `https:`",
                "links lead to files of the course, to http, https, mailto or tel",
            ),
        ],
    );
}

#[test]
fn anchors_are_headings() {
    check("[a](02-two.md#play-it-back) [b](#here)\n\n## Here\n", &[]);
    check(
        "[a](02-two.md#play-back)",
        &[(
            "content/lessons/01-one.md:4:5: error[broken-anchor]: `content/lessons/02-two.md` has no place named `#play-back`",
            "did you mean `#play-it-back`?",
        )],
    );
    check(
        "## A {#x}\n\n## B {#x}\n",
        &[(
            "content/lessons/01-one.md:6:8: error[broken-anchor]: two headings have the id `x`",
            "give one another id",
        )],
    );
}

#[test]
fn a_draft_has_no_page_to_link_to() {
    check(
        "[three](03-draft.md)",
        &[(
            "content/lessons/01-one.md:4:9: error[broken-link]: `content/lessons/03-draft.md` is a draft, so it will have no page",
            "take `draft: true` out of that file, or this link out of this text",
        )],
    );
}

#[test]
fn pictures_are_files_with_words() {
    check("![a box](../img/box.png)", &[]);
    check(
        "![](../img/box.png)",
        &[(
            "content/lessons/01-one.md:4:1: error[missing-alt]: this picture has no text",
            "say in a few words what it shows, for those who cannot see it: `![a torn box](box.jpg)`",
        )],
    );
    check(
        "![a box](box.png)",
        &[(
            "content/lessons/01-one.md:4:10: error[missing-file]: there is no picture `content/lessons/box.png`",
            "did you mean `../img/box.png`?",
        )],
    );
    check(
        "![a box](https://a.org/box.png)",
        &[(
            "content/lessons/01-one.md:4:10: error[broken-link]: a picture must be a file of the course",
            "save it beside this file and write its path: a course asks no other site for anything",
        )],
    );
}

#[test]
fn markup_of_ones_own_is_refused() {
    let hint = "write Markdown; for a `<` that is meant as text, write `\\<`";
    let told = |place: &str| {
        format!("content/lessons/01-one.md:{place}: error[raw-html]: HTML is not allowed in a text")
    };
    check("<!-- a note -->\n\nAnd <!-- inline --> so.", &[]);
    check("<div>\nx\n</div>", &[(&told("4:1"), hint)]);
    check("A <b>word", &[(&told("4:3"), hint)]);
    check("<!-- a --><img src=x onerror=alert(1)><!-- b -->", &[(&told("4:1"), hint)]);
    check(
        "## A {#a onclick=x}",
        &[(
            "content/lessons/01-one.md:4:1: error[raw-html]: a heading takes an id and classes, and no other attribute",
            "",
        )],
    );
}

#[test]
fn a_dialogue_is_speakers_and_lines() {
    let hint = "begin with who speaks, as in `You: Tell me what happened.`";
    check("```dialogue\nA: b [listen]\n```\n", &[]);
    check(
        "```dialogue\nno speaker\nA: b [lisen]\n```\n",
        &[
            (
                "content/lessons/01-one.md:5:1: error[dialogue]: this line of a dialogue names no speaker",
                hint,
            ),
            (
                "content/lessons/01-one.md:6:7: error[dialogue]: there is no skill `lisen`",
                "did you mean `listen`?",
            ),
        ],
    );
    check(
        "```dialogue\nA:\nB: see [x](y.md)\n```\n",
        &[
            ("content/lessons/01-one.md:5:1: error[dialogue]: A says nothing here", ""),
            (
                "content/lessons/01-one.md:6:12: error[broken-link]: there is no `y.md` to link to",
                "write the path of the source file, relative to this one",
            ),
        ],
    );
    check(
        "```dialogue\n```\n",
        &[("content/lessons/01-one.md:4:1: error[dialogue]: this dialogue is empty", "")],
    );
    check(
        "- in a list\n\n  ```dialogue\n  A: b\n  ```\n",
        &[(
            "content/lessons/01-one.md:6:3: error[misplaced-block]: a drill or a dialogue cannot stand inside of a list or a quotation",
            "begin its line at the left margin",
        )],
    );
}

#[test]
fn a_footnote_is_mentioned() {
    check(
        "A.[^a]\n\n[^a]: Yes.\n[^b]: No.\n",
        &[(
            "content/lessons/01-one.md:7:1: warning[footnote]: nothing mentions the footnote `b`, so it is not shown",
            "write `[^b]` where it belongs",
        )],
    );
}

#[test]
fn prose_in_yaml_is_found_in_its_file() {
    check_all(
        "",
        "It is *done*. Back to [it](../lessons/99.md), <b>bold</b>.",
        &[
            (
                "content/scenarios/chat.yaml:14:34: error[broken-link]: there is no `../lessons/99.md` to link to",
                "did you mean `../lessons/01-one.md`?",
            ),
            (
                "content/scenarios/chat.yaml:14:53: error[raw-html]: HTML is not allowed in a text",
                "write Markdown; for a `<` that is meant as text, write `\\<`",
            ),
            (
                "content/scenarios/chat.yaml:14:60: error[raw-html]: HTML is not allowed in a text",
                "write Markdown; for a `<` that is meant as text, write `\\<`",
            ),
        ],
    );
}
