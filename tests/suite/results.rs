//! `amends results` as trainers use it: codes in files, a report out, and what could not be read by its line.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use scenario_wasm::code::{self, PlayInfo, Reporting, ScenarioKey};
use scenario_wasm::{Scenario, Session};

use crate::{blessed, generated::Draw};

/// A site that reports so much, beside an empty folder for codes.
fn site(reporting: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = blessed::tests().join("sites/heard");
    for entry in walkdir::WalkDir::new(&from) {
        let entry = entry.unwrap();
        let to = folder.path().join(entry.path().strip_prefix(&from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(&to).unwrap();
        } else {
            fs::copy(entry.path(), &to).unwrap();
        }
    }
    let settings = folder.path().join("site.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("{text}reporting: {reporting}\n")).unwrap();
    folder
}

/// Before a trainee begins: who will see what, in this build.
#[test]
fn the_brief_says_how_much_of_a_play_a_code_tells() {
    let told = [
        ("minimal", "whether you passed, and your score, and nothing more."),
        ("scores", "whether you passed, your score and your skills, and no choice."),
        ("full", "every choice that you made, and about how long you took."),
    ];
    for (reporting, says) in told {
        let output = crate::sites::build(site(reporting).path());
        let page =
            String::from_utf8_lossy(output.get("scenarios/wrong-seat/index.html").unwrap()).into_owned();
        for (other, line) in told {
            assert_eq!(page.contains(line), says == line, "{reporting}, {other}");
        }
    }
}

fn results(site: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_amends")).arg("results").args(args).current_dir(site).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn seat(site: &Path) -> Scenario {
    let single = amends::load::scenario(&site.join("content/scenarios/wrong-seat.yaml")).unwrap();
    single.scenario.unwrap().0.story.engine
}

/// Codes of plays by chance, the same on every run, by as many people.
pub(crate) fn codes(site: &Path, reporting: Reporting, count: u32) -> Vec<String> {
    let (scenario, mut draw) = (seat(site), Draw::new(30));
    let course = amends::load::settings(site).unwrap().id;
    let coded = (0..count).map(|seed| {
        let mut session = Session::start(&scenario);
        while session.decision().is_some() {
            let open: Vec<usize> =
                (0..).zip(session.view().open).filter_map(|(at, open)| open.then_some(at)).collect();
            session.choose(open[draw.below(open.len())]).unwrap();
        }
        let info = PlayInfo { challenge: true, seed, seconds: Some(60 * seed) };
        let key = ScenarioKey::new(&course, "wrong-seat");
        code::encode(key, &session, reporting, info, &format!("p{seed}")).unwrap()
    });
    coded.collect()
}

#[test]
fn a_class_is_reported_whole() {
    let site = site("full");
    let codes = codes(site.path(), Reporting::Full, 30);
    fs::write(site.path().join("codes.txt"), codes.join("\n")).unwrap();
    let human = results(site.path(), &["codes.txt"]);
    assert_eq!(human.status.code(), Some(0), "{}", stderr(&human));
    blessed::check("results/class.txt", stdout(&human));
    let csv = results(site.path(), &["codes.txt", "--format", "csv"]);
    blessed::check("results/class.csv", stdout(&csv));
    let html = results(site.path(), &["codes.txt", "--format", "html"]);
    blessed::check("results/class.html", stdout(&html));
    let json = results(site.path(), &["codes.txt", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(stdout(&json)).unwrap();
    assert_eq!(report["rows"].as_array().unwrap().len(), 30);
    let group = &report["scenarios"][0];
    assert_eq!(
        (&group["count"], &group["replayed"], &group["hidden"]),
        (&30.into(), &30.into(), &false.into())
    );
    // The same, counted here: the finals of the rows, and who passed.
    let finals: Vec<u64> =
        report["rows"].as_array().unwrap().iter().map(|row| row["final"].as_u64().unwrap()).collect();
    let sum: u64 = finals.iter().sum();
    assert_eq!(group["finals"]["mean_tenths"].as_u64(), Some((20 * sum + 30) / 60));
    assert_eq!(group["finals"]["highest"].as_u64(), finals.iter().copied().max());
    let first: u64 = group["decisions"][0]["choices"]
        .as_object()
        .unwrap()
        .values()
        .map(|count| count.as_u64().unwrap())
        .sum();
    assert_eq!(first, 30);
}

#[test]
fn every_way_a_code_arrives_gives_the_same_rows() {
    let site = site("full");
    let codes = codes(site.path(), Reporting::Full, 6);
    let mail: String = codes
        .iter()
        .map(|code| format!("> Hello,\r\n> here it is: {}.\r\n\r\n", code.to_lowercase()))
        .collect();
    let csv: String = codes.iter().map(|code| format!("\"Doe, J\";{code};\"x\"\r\n")).collect();
    let items: Vec<String> = codes.iter().map(|code| format!("{{\"code\":\"{code}\"}}")).collect();
    let record = serde_json::json!({ "kind": "record", "items": { "attempts:wrong-seat": format!("[{}]", items.join(",")) } });
    let wide: Vec<u8> =
        [0xfeff].into_iter().chain(codes.join("\r\n").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let files = [
        ("list.txt", codes.join("\n").into_bytes()),
        ("mail.eml", mail.into_bytes()),
        ("table.csv", csv.into_bytes()),
        ("record.json", record.to_string().into_bytes()),
        ("excel.txt", wide),
    ];
    let mut seen = Vec::new();
    for (name, bytes) in files {
        fs::write(site.path().join(name), bytes).unwrap();
        let output = results(site.path(), &[name, "--format", "json"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
        let mut report: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
        for row in report["rows"].as_array_mut().unwrap() {
            let row = row.as_object_mut().unwrap();
            row.remove("line");
            row["code"] = row["code"].as_str().unwrap().to_lowercase().into();
        }
        seen.push((name, report));
    }
    for (name, report) in &seen[1..] {
        assert_eq!(report, &seen[0].1, "{name}");
    }
    let all: Vec<&str> = seen.iter().map(|(name, _)| *name).collect();
    let output = results(site.path(), &[all.as_slice(), &["--format", "json"]].concat());
    let report: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!((report["rows"].as_array().unwrap().len(), &report["repeated"]), (6, &24.into()));
}

#[test]
fn what_cannot_be_read_is_told_by_its_line_and_the_rest_goes_on() {
    let site = site("full");
    let codes = codes(site.path(), Reporting::Full, 3);
    let other = code::encode(
        ScenarioKey::new("elsewhere", "wrong-seat"),
        &Session::replay(&seat(site.path()), codes_run(site.path(), &codes[0])).0,
        Reporting::Full,
        PlayInfo { challenge: true, seed: 1, seconds: None },
        "",
    );
    let mut misread = codes[1].clone();
    misread.replace_range(3..4, if misread.as_bytes()[3] == b'7' { "8" } else { "7" });
    let text = [&codes[0], &misread, "", other.as_ref().unwrap(), &codes[2]].map(str::to_owned).join("\n");
    fs::write(site.path().join("codes.txt"), text).unwrap();
    let output = results(site.path(), &["codes.txt", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output).lines().count(), 3, "the heading and two rows");
    assert!(
        stderr(&output).contains("codes.txt:2: error: this looks like a code and its checksum does not hold")
    );
    assert!(
        stderr(&output).contains("codes.txt:4: error: this course has no such scenario"),
        "{}",
        stderr(&output)
    );
}

/// The choices of a code.
fn codes_run(site: &Path, code: &str) -> Vec<String> {
    let code::Body::Path(path) = code::Code::decode(code).unwrap().body else { panic!("no path") };
    path.replay(&seat(site), true).unwrap().run().into_iter().map(str::to_owned).collect()
}

#[test]
fn an_edited_scenario_is_another_version() {
    let site = site("full");
    let codes = codes(site.path(), Reporting::Full, 2);
    fs::write(site.path().join("codes.txt"), codes.join("\n")).unwrap();
    let path = site.path().join("content/scenarios/wrong-seat.yaml");
    let text = fs::read_to_string(&path).unwrap();
    // Prose alone is no other version.
    fs::write(&path, text.replacen("title: ", "title: Once more, ", 1)).unwrap();
    let same = results(site.path(), &["codes.txt", "--format", "csv"]);
    assert!(!stdout(&same).contains(",other,"), "{}", stdout(&same));
    let model = site.path().join("content/models/heard.yaml");
    let text = fs::read_to_string(&model).unwrap();
    let weight = text.lines().find(|line| line.contains("weight: ")).unwrap();
    fs::write(&model, text.replacen(weight, &weight.replace("weight: ", "weight: 1"), 1)).unwrap();
    let edited = results(site.path(), &["codes.txt"]);
    assert_eq!(edited.status.code(), Some(0), "{}", stderr(&edited));
    assert!(stdout(&edited).contains("~ played on another version"), "{}", stdout(&edited));
}

#[test]
fn less_reporting_shows_less_and_says_that_nothing_checked_it() {
    for (setting, kind, skills) in
        [("minimal", Reporting::Minimal, false), ("scores", Reporting::Scores, true)]
    {
        let site = site(setting);
        fs::write(site.path().join("codes.txt"), codes(site.path(), kind, 6).join("\n")).unwrap();
        let output = results(site.path(), &["codes.txt"]);
        assert_eq!(output.status.code(), Some(0));
        let told = stdout(&output);
        assert!(told.contains("* unverified") && !told.contains("Hardest"), "{told}");
        assert_eq!(told.contains("Teach next"), skills, "{told}");
    }
}

#[test]
fn a_table_is_safe_in_a_spreadsheet() {
    let site = site("full");
    let scenario = seat(site.path());
    let course = amends::load::settings(site.path()).unwrap().id;
    let ids = codes_run(site.path(), &codes(site.path(), Reporting::Full, 1)[0]);
    let session = Session::replay(&scenario, &ids).0;
    let named = |(seed, who): (usize, &&str)| {
        let info = PlayInfo { challenge: true, seed: u32::try_from(seed).unwrap(), seconds: None };
        code::encode(ScenarioKey::new(&course, "wrong-seat"), &session, Reporting::Full, info, who).unwrap()
            + "\n"
    };
    let names = ["=HYPERLINK(1)", "+1", "-2", "@SUM(A1)", "<script>x</script>", "it's"];
    fs::write(site.path().join("codes.txt"), names.iter().enumerate().map(named).collect::<String>())
        .unwrap();
    let csv = results(site.path(), &["codes.txt", "--format", "csv"]);
    let who: Vec<&str> =
        stdout(&csv).split("\r\n").skip(1).filter_map(|line| line.split(",wrong-seat,").next()).collect();
    assert_eq!(
        who,
        ["\"'=HYPERLINK(1)\"", "\"'+1\"", "\"'-2\"", "\"'@SUM(A1)\"", "<script>x</script>", "\"it's\"", ""]
    );
    let html = results(site.path(), &["codes.txt", "--format", "html"]);
    assert!(
        !stdout(&html).contains("<script>") && stdout(&html).contains("&lt;script&gt;x"),
        "{}",
        stdout(&html)
    );
}

#[test]
fn hostile_files_do_no_harm() {
    let site = site("full");
    let code = codes(site.path(), Reporting::Full, 1).remove(0);
    let mut binary: Vec<u8> = (0..=255u8).cycle().take(3_000_000).collect();
    binary.extend(format!("\n{code}\n").into_bytes());
    fs::write(site.path().join("binary"), &binary).unwrap();
    fs::write(site.path().join("long"), "AAAAA-".repeat(500_000)).unwrap();
    fs::write(site.path().join("empty"), "").unwrap();
    let read = results(site.path(), &["binary", "--format", "json"]);
    assert_eq!(stdout(&read).matches("\"final\"").count(), 1, "{}", stderr(&read));
    let long = results(site.path(), &["long", "--quiet"]);
    assert_eq!(long.status.code(), Some(1));
    let empty = results(site.path(), &["empty"]);
    assert_eq!(empty.status.code(), Some(1));
    assert!(stderr(&empty).contains("there is no result code in empty"), "{}", stderr(&empty));
    let missing = results(site.path(), &["nowhere"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("cannot read nowhere"));
    let elsewhere = tempfile::tempdir().unwrap();
    let no_site = results(elsewhere.path(), &[site.path().join("empty").to_str().unwrap()]);
    assert_eq!(no_site.status.code(), Some(2));
    assert!(stderr(&no_site).contains("there is no site.yaml"));
}

#[test]
fn the_data_sheet_says_what_this_course_stores_and_tells() {
    for (reporting, says) in [
        ("minimal", "whether the challenge was passed, and the final score;"),
        ("scores", "the score of each skill;"),
        ("full", "every choice of the challenge"),
    ] {
        let site = site(reporting);
        let output = Command::new(env!("CARGO_BIN_EXE_amends"))
            .arg("data-sheet")
            .current_dir(site.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0));
        let sheet = stdout(&output);
        assert!(
            sheet.contains(&format!("Reporting of this course: **{reporting}**")) && sheet.contains(says),
            "{sheet}"
        );
        assert!(sheet.contains("`amends:hear-first:`"), "{sheet}");
    }
}
