//! `amends results` as trainers use it: codes in files, a report out, and what could not be read by its line.

use scenario_wasm::code::{self, PlayInfo, Reporting, ScenarioKey};
use scenario_wasm::{Scenario, Session};
use serde_json::{Value, json};

use crate::blessed;
use crate::codes::random_play;
use crate::generated::Draw;
use crate::harness::{Run, Site};

/// A site whose codes carry that much.
fn site(reporting: &str) -> Site {
    let site = Site::copy("tests/sites/heard");
    site.edit("site.yaml", "id:", &format!("reporting: {reporting}\nid:"));
    site
}

/// Before a trainee begins: who will see what, in this build.
#[test]
fn the_brief_says_how_much_of_a_play_a_code_reveals() {
    let lines = [
        ("minimal", "whether you passed, and your score, and nothing more."),
        ("scores", "whether you passed, your score and your skills, and no choice."),
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

/// The code of a play of the wrong seat.
fn code(session: &Session<&Scenario>, reporting: Reporting, seed: u32, who: &str) -> String {
    let info = PlayInfo { challenge: true, seed, seconds: Some(60 * seed) };
    code::encode(ScenarioKey::new("hear-first", "wrong-seat"), session, reporting, info, who).unwrap()
}

/// Codes of plays by chance, the same on every run, by as many people.
fn codes(site: &Site, reporting: Reporting, count: u32) -> Vec<String> {
    let (scenario, mut draw) = (seat(site), Draw::new(30));
    let plays = (0..count).map(|seed| (seed, random_play(&scenario, &mut draw)));
    plays.map(|(seed, session)| code(&session, reporting, seed, &format!("p{seed}"))).collect()
}

#[test]
fn a_class_is_reported_whole() {
    let site = site("full");
    site.put("codes.txt", codes(&site, Reporting::Full, 30).join("\n"));
    blessed::check("results/class.txt", &results(&site, &["codes.txt"]).ends(0).out);
    let format = |format: &str| results(&site, &["codes.txt", "--format", format]).ends(0).out;
    blessed::check("results/class.csv", &format("csv"));
    blessed::check("results/class.html", &format("html"));
    let report: Value = serde_json::from_str(&format("json")).unwrap();
    let rows = report["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 30);
    let group = &report["scenarios"][0];
    assert_eq!(
        [&group["count"], &group["replayed"], &group["hidden"]],
        [&json!(30), &json!(30), &json!(false)]
    );
    // The same, counted here: the finals of the rows, and the choices of the first decision.
    let finals: Vec<u64> = rows.iter().map(|row| row["final"].as_u64().unwrap()).collect();
    let sum: u64 = finals.iter().sum();
    assert_eq!(group["finals"]["mean_tenths"].as_u64(), Some((20 * sum + 30) / 60));
    assert_eq!(group["finals"]["highest"].as_u64(), finals.iter().copied().max());
    let choices = group["decisions"][0]["choices"].as_object().unwrap();
    assert_eq!(choices.values().map(|count| count.as_u64().unwrap()).sum::<u64>(), 30);
}

#[test]
fn every_way_a_code_arrives_gives_the_same_rows() {
    let site = site("full");
    let codes = codes(&site, Reporting::Full, 6);
    let each = |one: fn(&String) -> String| codes.iter().map(one).collect::<String>();
    let mail = each(|code| format!("> Hello,\r\n> here it is: {}.\r\n\r\n", code.to_lowercase()));
    let csv = each(|code| format!("\"Doe, J\";{code};\"x\"\r\n"));
    let items: Vec<Value> = codes.iter().map(|code| json!({ "code": code })).collect();
    let items = serde_json::to_string(&items).unwrap();
    let record = json!({ "kind": "record", "items": { "attempts:wrong-seat": items } });
    let wide: Vec<u8> =
        [0xfeff].into_iter().chain(codes.join("\r\n").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let files = [
        ("list.txt", codes.join("\n").into_bytes()),
        ("mail.eml", mail.into_bytes()),
        ("table.csv", csv.into_bytes()),
        ("record.json", record.to_string().into_bytes()),
        ("excel.txt", wide),
    ];
    let json = |names: &[&str]| -> Value {
        serde_json::from_str(&results(&site, &[names, &["--format", "json"]].concat()).ends(0).out).unwrap()
    };
    let mut seen = Vec::new();
    for (name, bytes) in &files {
        site.put(name, bytes);
        let mut report = json(&[name]);
        for row in report["rows"].as_array_mut().unwrap() {
            let row = row.as_object_mut().unwrap();
            row.remove("line");
            row["code"] = row["code"].as_str().unwrap().to_lowercase().into();
        }
        seen.push(report);
        assert_eq!(seen.last(), seen.first(), "{name}");
    }
    let report = json(&files.each_ref().map(|(name, _)| *name));
    assert_eq!((report["rows"].as_array().unwrap().len(), &report["repeated"]), (6, &json!(24)));
}

#[test]
fn what_cannot_be_read_is_reported_by_its_line_and_the_rest_goes_on() {
    let site = site("full");
    let (scenario, codes) = (seat(&site), codes(&site, Reporting::Full, 3));
    let session = random_play(&scenario, &mut Draw::new(30));
    let info = PlayInfo { challenge: true, seed: 1, seconds: None };
    let key = ScenarioKey::new("elsewhere", "wrong-seat");
    let other = code::encode(key, &session, Reporting::Full, info, "").unwrap();
    let mut misread = codes[1].clone();
    misread.replace_range(3..4, if misread.as_bytes()[3] == b'7' { "8" } else { "7" });
    site.put("codes.txt", [&codes[0], &misread, "", &other, &codes[2]].join("\n"));
    let run = results(&site, &["codes.txt", "--format", "csv"])
        .ends(1)
        .says("codes.txt:2: error: this looks like a code and its checksum does not hold")
        .says("codes.txt:4: error: this course has no such scenario");
    assert_eq!(run.out.lines().count(), 3, "the heading and two rows");
}

#[test]
fn an_edited_scenario_is_another_version() {
    let site = site("full");
    site.put("codes.txt", codes(&site, Reporting::Full, 2).join("\n"));
    // Prose alone is no other version.
    site.edit("content/scenarios/wrong-seat.yaml", "title: ", "title: Once more, ");
    let same = results(&site, &["codes.txt", "--format", "csv"]).out;
    assert!(!same.contains(",other,"), "{same}");
    site.edit("content/models/heard.yaml", "weight: ", "weight: 1");
    let edited = results(&site, &["codes.txt"]).ends(0).out;
    assert!(edited.contains("~ played on another version"), "{edited}");
}

#[test]
fn less_reporting_shows_less_and_says_that_nothing_checked_it() {
    for (setting, kind, skills) in
        [("minimal", Reporting::Minimal, false), ("scores", Reporting::Scores, true)]
    {
        let site = site(setting);
        site.put("codes.txt", codes(&site, kind, 6).join("\n"));
        let report = results(&site, &["codes.txt"]).ends(0).out;
        assert!(report.contains("* unverified") && !report.contains("Hardest"), "{report}");
        assert_eq!(report.contains("Teach next"), skills, "{report}");
    }
}

#[test]
fn a_table_is_safe_in_a_spreadsheet() {
    let site = site("full");
    let scenario = seat(&site);
    let session = random_play(&scenario, &mut Draw::new(30));
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
fn hostile_files_do_no_harm() {
    let site = site("full");
    let code = codes(&site, Reporting::Full, 1).remove(0);
    let mut binary: Vec<u8> = (0..=255u8).cycle().take(3_000_000).collect();
    binary.extend(format!("\n{code}\n").into_bytes());
    let site = site.file("binary", binary).file("long", "AAAAA-".repeat(500_000)).file("empty", "");
    let read = results(&site, &["binary", "--format", "json"]);
    assert_eq!(read.out.matches("\"final\"").count(), 1, "{}", read.err);
    results(&site, &["long", "--quiet"]).ends(1);
    results(&site, &["empty"]).ends(1).says("there is no result code in empty");
    results(&site, &["nowhere"]).ends(2).says("cannot read nowhere");
    let elsewhere = Site::empty().file("codes.txt", "");
    results(&elsewhere, &["codes.txt"]).ends(2).says("there is no site.yaml");
}

#[test]
fn the_data_sheet_says_what_this_course_stores_and_reveals() {
    for (reporting, says) in [
        ("minimal", "whether the challenge was passed, and the final score;"),
        ("scores", "the score of each skill;"),
        ("full", "every choice of the challenge"),
    ] {
        let sheet = site(reporting).amends(&["data-sheet"]).ends(0).out;
        let heading = format!("Reporting of this course: **{reporting}**");
        for part in [&heading, says, "`amends:hear-first:`"] {
            assert!(sheet.contains(part), "no {part:?} in\n{sheet}");
        }
    }
}
