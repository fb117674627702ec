//! What `check` reports to programs as SARIF. Its annotations for GitHub are in the cases of `commands`.

use crate::harness::Site;

/// Validates against the OASIS schema of SARIF 2.1.0, without its descriptions, and with the pattern of `language`
/// corrected as in its errata.
#[test]
fn sarif_matches_its_schema() {
    let folder = Site::empty()
        .file("a, b/site.yaml", "title: 100%\nname: x\n")
        .file("a, b/content/lessons/über.md", "---\ntitle: Ü\ntitle: Ä\n---\n\nHi.\n");
    let log = folder.amends(&["check", "--quiet", "--site", "a, b", "--format", "sarif"]).exits(1).out;
    let log: serde_json::Value = serde_json::from_str(&log).unwrap();
    let schema = serde_json::from_str(include_str!("../schemas/sarif-2.1.0.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = schema.iter_errors(&log).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let lesson = results.iter().find(|result| result["ruleId"] == "duplicate-key").unwrap();
    let place = &lesson["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%2C%20b/content/lessons/%C3%BCber.md");
    assert_eq!(
        place["region"],
        serde_json::json!({ "startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 6 })
    );
    assert_eq!(lesson["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 2);
    let rule = usize::try_from(lesson["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], "duplicate-key");
    assert!(!schema.is_valid(&serde_json::json!({ "version": "2.1.0", "runs": [{}] })));
}

/// Characters that end a line or change its direction are escaped, both in the names of files and in their contents.
#[test]
fn no_text_can_fake_a_line_or_change_its_direction() {
    let folder = Site::empty()
        .file("site.yaml", "title: T\n\"ke\\ny\u{202e}\": 1\n")
        .file(
            "content/lessons/a\nsite.yaml:1:1: error[syntax]: made up\u{202e}.md",
            "---\ntitle: A\u{202e}\n---\n",
        )
        .file("content/lessons/\u{1b}[2J.md", "---\ntitle: B\nnone\u{202e}: 1\n---\n");
    for format in ["human", "short", "json", "github", "sarif"] {
        let run = folder.amends(&["check", "--quiet", "--format", format]).exits(1);
        let all = format!("{}{}", run.out, run.err);
        assert!(!all.contains(['\u{202e}', '\u{1b}']), "{format}: {all:?}");
        assert!(
            !all.lines().any(|line| line.starts_with("site.yaml:1:1: error[syntax]: made up")),
            "{format}"
        );
    }
    let short = folder.amends(&["check", "--quiet", "--format", "short"]).exits(1).out;
    assert!(short.contains("site.yaml has no key `ke\\ny\\u{202e}`"), "{short}");
    let json = folder.amends(&["check", "--quiet", "--format", "json"]).exits(1).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let mut files = json["diagnostics"].as_array().unwrap().iter().map(|each| each["file"].as_str().unwrap());
    assert!(files.any(|file| file.ends_with("made up\u{202e}.md")), "{json}");
}
