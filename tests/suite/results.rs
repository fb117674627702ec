//! `amends results` as trainers use it: codes in files, a report out, and what could not be read by its line.

use scenario_wasm::code::{self, PlayInfo, Reporting, ScenarioKey};
use scenario_wasm::{Scenario, Session};
use serde_json::{Value, json};

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
fn a_class_adds_up() {
    let site = site("full");
    site.put("codes.txt", codes(&site, Reporting::Full, 30).join("\n"));
    let report = results(&site, &["codes.txt", "--format", "json"]).ends(0).out;
    let report: Value = serde_json::from_str(&report).unwrap();
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
    let site = site.file("binary", binary).file("long", "AAAAA-".repeat(500_000));
    let read = results(&site, &["binary", "--format", "json"]);
    assert_eq!(read.out.matches("\"final\"").count(), 1, "{}", read.err);
    results(&site, &["long", "--quiet"]).ends(1);
}
