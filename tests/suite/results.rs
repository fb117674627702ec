//! `amends results` as trainers use it: files with codes in, a report out.

mod files;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use scenario_wasm::code::{self, PlayInfo, Reporting, ScenarioKey};
use scenario_wasm::{Scenario, Session};
use serde_json::{Value, json};

use crate::generated::Rng;
use crate::harness::{Run, Site};
use crate::playing::random_play;

/// A site with this reporting level.
fn site(reporting: &str) -> Site {
    let site = Site::copy("tests/sites/heard");
    site.edit("site.yaml", "id:", &format!("reporting: {reporting}\nid:"));
    site
}

#[test]
fn the_brief_says_how_much_of_a_play_a_code_reveals() {
    let lines = [
        ("minimal", "whether you passed, and your score, and nothing more."),
        ("scores", "whether you passed, your score and your skills, but not your choices."),
        ("full", "every choice that you made, and about how long you took."),
    ];
    for (reporting, says) in lines {
        let page = site(reporting).build().page("scenarios/wrong-seat");
        for (_, line) in lines {
            if line == says {
                page.has(line)
            } else {
                page.lacks(line)
            };
        }
    }
}

fn results(site: &Site, arguments: &[&str]) -> Run {
    site.amends(&[&["results"], arguments].concat())
}

fn seat(site: &Site) -> Scenario {
    site.check().scenario("wrong-seat").story.engine.clone()
}

/// The code of a play of the scenario about the wrong seat.
fn code(session: &Session<&Scenario>, reporting: Reporting, seed: u32, who: &str) -> String {
    let info = PlayInfo { challenge: true, seed, seconds: Some(60 * seed) };
    code::encode(ScenarioKey::new("hear-first", "wrong-seat"), session, reporting, info, who).unwrap()
}

/// Codes of random plays by this many people, the same on every run.
fn codes(site: &Site, reporting: Reporting, count: u32) -> Vec<String> {
    let (scenario, mut rng) = (seat(site), Rng::new(30));
    let plays = (0..count).map(|seed| (seed, random_play(&scenario, &mut rng)));
    plays.map(|(seed, session)| code(&session, reporting, seed, &format!("p{seed}"))).collect()
}

#[test]
fn the_figures_of_a_class_add_up() {
    let site = site("full");
    site.put("codes.txt", codes(&site, Reporting::Full, 30).join("\n"));
    let report = results(&site, &["codes.txt", "--format", "json"]).exits(0).out;
    let report: Value = serde_json::from_str(&report).unwrap();
    let rows = report["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 30);
    let group = &report["scenarios"][0];
    assert_eq!(
        [&group["count"], &group["replayed"], &group["hidden"]],
        [&json!(30), &json!(30), &json!(false)]
    );
    // The same figures, counted here: the final scores of the rows, and the choices of the first decision.
    let finals: Vec<u64> = rows.iter().map(|row| row["final"].as_u64().unwrap()).collect();
    let sum: u64 = finals.iter().sum();
    assert_eq!(group["finals"]["mean_tenths"].as_u64(), Some((20 * sum + 30) / 60));
    assert_eq!(group["finals"]["highest"].as_u64(), finals.iter().copied().max());
    let choices = group["decisions"][0]["choices"].as_object().unwrap();
    assert_eq!(choices.values().map(|count| count.as_u64().unwrap()).sum::<u64>(), 30);
}

/// NDJSON is written without keeping the class in memory, and still has the rows of the class, whichever attempt counts.
#[test]
fn each_line_of_ndjson_is_a_row_of_the_class() {
    for rule in ["first", "best"] {
        let site = site("full");
        site.edit("site.yaml", "reporting:", &format!("certificate: {rule}\nreporting:"));
        let (scenario, mut rng) = (seat(&site), Rng::new(30));
        let codes = ["ann", "ben", "Ann", "", "ann", "ben", "", "ANN"]
            .into_iter()
            .zip(0..)
            .map(|(who, seed)| code(&random_play(&scenario, &mut rng), Reporting::Full, seed, who));
        let mut codes: Vec<String> = codes.collect();
        let borrowed = code::renamed(&codes[1], "cid").unwrap();
        codes.insert(3, borrowed);
        site.put("one.txt", codes.join("\n"));
        site.put("two.txt", format!("{}\n{}x {}", codes[0], codes[5], codes[7]));
        let files = ["one.txt", "two.txt"];
        let read =
            |format: &str| results(&site, &[files.as_slice(), &["--format", format]].concat()).exits(1);
        let (whole, lines) = (read("json"), read("ndjson"));
        let whole: Value = serde_json::from_str(&whole.out).unwrap();
        let mut rows = whole["rows"].as_array().unwrap().clone();
        for row in &mut rows {
            row["file"] = files[row["file"].as_u64().unwrap() as usize].into();
        }
        let from_lines: Vec<Value> =
            lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(from_lines, rows);
        let attempts: Vec<[&Value; 3]> =
            from_lines.iter().map(|row| [&row["attempt"], &row["attempts"], &row["counts"]]).collect();
        assert_eq!(attempts[0][1], 4, "{attempts:?}");
        assert_eq!(
            from_lines.iter().filter(|row| row["counts"] == true).count(),
            4,
            "ann, ben and two without a name"
        );
        assert_eq!(lines.err, read("csv").err);
        assert_eq!(lines.err.lines().filter(|line| line.contains(": error: ")).count(), 2, "{}", lines.err);
    }
}

#[test]
fn a_table_is_safe_in_a_spreadsheet() {
    let site = site("full");
    let scenario = seat(&site);
    let session = random_play(&scenario, &mut Rng::new(30));
    let names = ["=HYPERLINK(1)", "+1", "-2", "@SUM(A1)", "<script>x</script>", "it's"];
    let codes = (0..).zip(names).map(|(seed, who)| code(&session, Reporting::Full, seed, who) + "\n");
    site.put("codes.txt", codes.collect::<String>());
    let csv = results(&site, &["codes.txt", "--format", "csv"]).out;
    let who: Vec<&str> =
        csv.split("\r\n").skip(1).filter_map(|line| line.split(",wrong-seat,").next()).collect();
    let safe =
        ["\"'=HYPERLINK(1)\"", "\"'+1\"", "\"'-2\"", "\"'@SUM(A1)\"", "<script>x</script>", "\"it's\"", ""];
    assert_eq!(who, safe);
    let html = results(&site, &["codes.txt", "--format", "html"]).out;
    assert!(!html.contains("<script>") && html.contains("&lt;script&gt;x"), "{html}");
}

#[test]
fn a_report_is_written_whole_or_not_at_all() {
    let site = site("full");
    site.put("codes.txt", codes(&site, Reporting::Full, 2).join("\n"));
    site.put("class.json", "an earlier report");
    let write = |more: &[&str]| results(&site, &[&["codes.txt", "--output", "class.json"], more].concat());
    let written = || std::fs::read_to_string(site.path().join("class.json")).unwrap();
    write(&["--person", "nobody"]).exits(2);
    assert_eq!(written(), "an earlier report");
    write(&["--format", "json"]).exits(0);
    assert!(written().starts_with("{\"reporting\""), "{}", written());
    let left = std::fs::read_dir(site.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(
        left.into_iter().all(|name| !name.to_string_lossy().starts_with(".amends-")),
        "a temporary file is left"
    );
    results(&site, &["codes.txt", "--output", "no/folder.txt"])
        .exits(2)
        .err_has("cannot write no/folder.txt");
}

/// A private file stays private, and a link stays a link.
#[cfg(unix)]
#[test]
fn a_report_keeps_the_permissions_and_the_symbolic_link_of_the_old_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let site = site("full");
    site.put("codes.txt", codes(&site, Reporting::Full, 2).join("\n"));
    site.put("private.txt", "");
    let path = |name: &str| site.path().join(name);
    std::fs::set_permissions(path("private.txt"), PermissionsExt::from_mode(0o600)).unwrap();
    symlink("private.txt", path("link.txt")).unwrap();
    results(&site, &["codes.txt", "--output", "link.txt"]).exits(0);
    assert!(path("link.txt").is_symlink());
    let mode = std::fs::metadata(path("private.txt")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(std::fs::read_to_string(path("private.txt")).unwrap().contains("passed"));
    results(&site, &["codes.txt", "--output", "/dev/null"]).exits(0);
}

#[test]
fn a_workbook_has_the_contents_of_the_csv() {
    let site = site("full");
    let scenario = seat(&site);
    let session = random_play(&scenario, &mut Rng::new(30));
    let codes =
        (0..).zip(["=1+1", "Jos\u{e9}"]).map(|(seed, who)| code(&session, Reporting::Full, seed, who) + "\n");
    site.put("codes.txt", codes.collect::<String>());
    results(&site, &["codes.txt", "--format", "xlsx", "--output", "class.xlsx"]).exits(0);
    let mut book: Xlsx<_> = open_workbook(site.path().join("class.xlsx")).unwrap();
    let plays = book.worksheet_range("Plays").unwrap();
    let who: Vec<String> = plays.rows().map(|row| row[0].to_string()).collect();
    assert_eq!(who, ["Who", "=1+1", "Jos\u{e9}"]);
    assert!(matches!(plays.get_value((1, 2)), Some(Data::Float(_))), "a score is a number");
    let csv = results(&site, &["codes.txt", "--format", "csv"]).exits(0).out;
    assert!(csv.starts_with("\u{feff}who,"), "{csv}");
}

/// The names of the sheets, each with its first column.
fn sheets(site: &Site, arguments: &[&str]) -> Vec<(String, Vec<String>)> {
    results(site, &[arguments, &["--format", "xlsx", "--output", "out.xlsx"]].concat()).exits(0);
    let mut book: Xlsx<_> = open_workbook(site.path().join("out.xlsx")).unwrap();
    let names = book.sheet_names();
    let mut read = |name: String| {
        let first = book.worksheet_range(&name).unwrap().rows().map(|row| row[0].to_string()).collect();
        (name, first)
    };
    names.into_iter().map(&mut read).collect()
}

#[test]
fn the_report_on_one_person_shows_nobody_else_in_any_format() {
    let site = site("full");
    site.put("codes.txt", codes(&site, Reporting::Full, 6).join("\n"));
    let arguments = ["codes.txt", "--person", "P1"];
    for format in ["human", "csv", "ndjson", "html"] {
        let out = results(&site, &[arguments.as_slice(), &["--format", format]].concat()).exits(0).out;
        assert!(out.contains("p1") && out.contains("since March") && !out.contains("p2"), "{format}: {out}");
    }
    let turns = sheets(&site, &arguments);
    assert_eq!((turns.len(), turns[0].0.as_str()), (1, "Choices"));
    assert!(turns[0].1.len() > 3 && turns[0].1[1..].iter().all(|who| who == "p1"), "{turns:?}");
}

#[test]
fn everybody_on_the_roster_has_a_row_in_every_format() {
    let site = site("full");
    site.put("codes.txt", codes(&site, Reporting::Full, 2).join("\n"));
    site.put("list.csv", "P1,early\nQ 7,late\n");
    let arguments = ["codes.txt", "--roster", "list.csv"];
    for format in ["human", "csv", "json", "ndjson", "html"] {
        let out = results(&site, &[arguments.as_slice(), &["--format", format]].concat()).exits(0).out;
        assert!(["p0", "p1", "Q 7", "late"].iter().all(|word| out.contains(word)), "{format}: {out}");
    }
    let all = sheets(&site, &arguments);
    assert_eq!(
        all.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["Plays", "People", "Figures", "Groups"]
    );
    assert_eq!(all[1].1, ["Who", "p0", "p1", "Q 7"]);
}

#[test]
fn a_list_needs_names_and_may_start_with_a_line_for_excel() {
    let site = site("full");
    let codes = codes(&site, Reporting::Full, 1).join("\n");
    site.put("codes.csv", format!("sep=;\n{codes};x\n"));
    for empty in ["", " \n\t\n", "sep=;\n", "name;group\n"] {
        site.put("list.csv", empty);
        results(&site, &["codes.csv", "--roster", "list.csv"]).exits(2).err_has("no names in list.csv");
    }
    for list in ["sep=;\nP0;early\n", "\u{feff}\"sep=,\"\r\nName,Group\r\nP0,early\r\n"] {
        site.put("list.csv", list);
        let out = results(&site, &["codes.csv", "--roster", "list.csv"]).exits(0).out;
        assert!(out.contains("Everybody on the list") && !out.contains("sep="), "{out}");
    }
}

/// As word processors and mail programs do it.
#[test]
fn an_apostrophe_may_be_curled_on_the_way() {
    let site = site("full");
    let scenario = seat(&site);
    let session = random_play(&scenario, &mut Rng::new(30));
    let ways = [
        ("Tom O'Neil", "Tom-O\u{2019}Neil", "Tom-O'Neil"),
        ("Tom-O'Neil", "Tom\u{a0}O\u{2018}Neil", "Tom-O'Neil"),
        ("Tom-O'Neil", "TOM\u{2013}O\u{2019}NEIL", "TOM-O'NEIL"),
        ("\u{e9}anna O'Neil", "\u{c9}ANNA-O\u{2019}NEIL", "\u{c9}ANNA-O'NEIL"),
        ("Tom O\u{2019}Neil", "Tom-O\u{2019}Neil", "Tom-O\u{2019}Neil"),
    ];
    for (typed, arrived, who) in ways {
        let sent = code(&session, Reporting::Full, 1, typed);
        let (symbols, _) = sent.split_once('~').unwrap();
        site.put("codes.txt", format!("{symbols}~{arrived}, thanks\n"));
        let csv = results(&site, &["codes.txt", "--format", "csv"]).exits(0).out;
        let line = csv.lines().nth(1).unwrap().replace('"', "");
        assert!(line.starts_with(&format!("{who},")), "{typed}: {line}");
    }
}

#[test]
fn sessions_pair_scenarios_by_their_slugs() {
    let site = site("full");
    site.put("content/scenarios/other-seat.yaml", site.read("content/scenarios/wrong-seat.yaml"));
    let scenario = seat(&site);
    let session = random_play(&scenario, &mut Rng::new(30));
    let info = PlayInfo { challenge: true, seed: 1, seconds: None };
    let key = ScenarioKey::new("hear-first", "other-seat");
    let other = code::encode(key, &session, Reporting::Full, info, "Kim").unwrap();
    let own = code(&session, Reporting::Full, 2, "Kim");
    site.put("one.txt", format!("{own}\n{other}\n"));
    site.put("two.txt", &other);
    let arguments = ["--session", "before=one.txt", "--session", "after=two.txt", "--format", "json"];
    let report: Value = serde_json::from_str(&results(&site, &arguments).exits(0).out).unwrap();
    let pairs: Vec<(&str, bool)> = report["scenarios"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (pair["title"].as_str().unwrap(), pair["sessions"][1].is_null()))
        .collect();
    assert_eq!(pairs.len(), 2, "{report}");
    assert!(pairs.contains(&("The wrong seat (wrong-seat)", true)), "{report}");
    assert!(pairs.contains(&("The wrong seat (other-seat)", false)), "{report}");
    let people = report["people"].as_array().unwrap();
    assert_eq!(people.len(), 1, "{report}");
    assert_eq!(people[0]["scenario"], "The wrong seat (other-seat)");
}

#[test]
fn the_code_of_a_play_in_the_terminal_is_read() {
    let site = site("full");
    let scenario = seat(&site);
    let session = random_play(&scenario, &mut Rng::new(30));
    let choices = session.run().join(",");
    let play = |name: &str| -> String {
        let report = site
            .amends(&["play", "wrong-seat", "--choices", &choices, "--format", "json", "--name", name])
            .exits(0)
            .out;
        serde_json::from_str::<Value>(&report).unwrap()["code"].as_str().unwrap().to_owned()
    };
    let codes = ["Jo Day", "Kim", "Zoe\u{308}"].map(play);
    site.put("codes.txt", codes.join("\n"));
    let report = results(&site, &["codes.txt", "--format", "json"]).exits(0).out;
    let report: Value = serde_json::from_str(&report).unwrap();
    let who: Vec<&str> =
        report["rows"].as_array().unwrap().iter().map(|row| row["who"].as_str().unwrap()).collect();
    assert_eq!(who, ["Jo-Day", "Kim", "Zo\u{eb}"]);
    let open =
        site.amends(&["play", "wrong-seat", "--choices", session.run()[0], "--format", "json"]).exits(0).out;
    assert_eq!(
        serde_json::from_str::<Value>(&open).unwrap()["code"],
        Value::Null,
        "an unfinished play has a code"
    );
}
