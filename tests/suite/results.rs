//! `amends results` as trainers use it: files with codes in, a report out, and unreadable codes reported with their lines.

use std::io::{Cursor, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use scenario_wasm::code::{self, PlayInfo, Reporting, ScenarioKey};
use scenario_wasm::{Scenario, Session};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::codes::random_play;
use crate::generated::Draw;
use crate::harness::{Run, Site};

/// A site whose codes carry this much.
fn site(reporting: &str) -> Site {
    let site = Site::copy("tests/sites/heard");
    site.edit("site.yaml", "id:", &format!("reporting: {reporting}\nid:"));
    site
}

/// Before the start, a trainee reads who will see what, in this build.
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

/// Lines are written without keeping the class, and are still its rows, whichever attempt counts.
#[test]
fn each_line_is_a_row_of_the_class() {
    for rule in ["first", "best"] {
        let site = site("full");
        site.edit("site.yaml", "reporting:", &format!("certificate: {rule}\nreporting:"));
        let (scenario, mut draw) = (seat(&site), Draw::new(30));
        let codes = ["ann", "ben", "Ann", "", "ann", "ben", "", "ANN"]
            .into_iter()
            .zip(0..)
            .map(|(who, seed)| code(&random_play(&scenario, &mut draw), Reporting::Full, seed, who));
        let mut codes: Vec<String> = codes.collect();
        let borrowed = code::renamed(&codes[1], "cid").unwrap();
        codes.insert(3, borrowed);
        site.put("one.txt", codes.join("\n"));
        site.put("two.txt", format!("{}\n{}x {}", codes[0], codes[5], codes[7]));
        let files = ["one.txt", "two.txt"];
        let read = |format: &str| results(&site, &[files.as_slice(), &["--format", format]].concat()).ends(1);
        let (whole, lines) = (read("json"), read("ndjson"));
        let whole: Value = serde_json::from_str(&whole.out).unwrap();
        let mut rows = whole["rows"].as_array().unwrap().clone();
        for row in &mut rows {
            row["file"] = files[row["file"].as_u64().unwrap() as usize].into();
        }
        let own: Vec<Value> = lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(own, rows);
        let tries: Vec<[&Value; 3]> =
            own.iter().map(|row| [&row["attempt"], &row["attempts"], &row["counts"]]).collect();
        assert_eq!(tries[0][1], 4, "{tries:?}");
        assert_eq!(
            own.iter().filter(|row| row["counts"] == true).count(),
            4,
            "ann, ben and two without a name"
        );
        assert_eq!(lines.err, read("csv").err);
        assert_eq!(lines.err.lines().filter(|line| line.contains(": error: ")).count(), 2, "{}", lines.err);
    }
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
fn a_report_is_written_whole_or_not_at_all() {
    let site = site("full");
    site.put("codes.txt", codes(&site, Reporting::Full, 2).join("\n"));
    site.put("class.json", "an earlier report");
    let write = |more: &[&str]| results(&site, &[&["codes.txt", "--output", "class.json"], more].concat());
    let written = || std::fs::read_to_string(site.path().join("class.json")).unwrap();
    write(&["--person", "nobody"]).ends(2);
    assert_eq!(written(), "an earlier report");
    write(&["--format", "json"]).ends(0);
    assert!(written().starts_with("{\"reporting\""), "{}", written());
    let left = std::fs::read_dir(site.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(
        left.into_iter().all(|name| !name.to_string_lossy().starts_with(".amends-")),
        "nothing is left beside it"
    );
    results(&site, &["codes.txt", "--output", "no/folder.txt"]).ends(2).says("cannot write no/folder.txt");
}

/// A private file stays private, and a link stays a link.
#[cfg(unix)]
#[test]
fn a_report_keeps_the_permissions_and_the_link_of_the_old_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let site = site("full");
    site.put("codes.txt", codes(&site, Reporting::Full, 2).join("\n"));
    site.put("private.txt", "");
    let path = |name: &str| site.path().join(name);
    std::fs::set_permissions(path("private.txt"), PermissionsExt::from_mode(0o600)).unwrap();
    symlink("private.txt", path("link.txt")).unwrap();
    results(&site, &["codes.txt", "--output", "link.txt"]).ends(0);
    assert!(path("link.txt").is_symlink());
    let mode = std::fs::metadata(path("private.txt")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(std::fs::read_to_string(path("private.txt")).unwrap().contains("passed"));
    results(&site, &["codes.txt", "--output", "/dev/null"]).ends(0);
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

/// Codes in mails, pages and workbooks, each in a file of its own.
#[test]
fn mails_pages_and_workbooks_are_read() {
    let site = site("full");
    let scenario = seat(&site);
    let session = random_play(&scenario, &mut Draw::new(30));
    let code = code(&session, Reporting::Full, 3, "Zo\u{eb}");
    let (symbols, _) = code.split_once('~').unwrap();
    let words = format!("Hello,\r\n\r\nhere it is: {code}.\r\n");
    let encoded = STANDARD.encode(words.as_bytes());
    let quoted = format!("it is {}=\r\n{}~Zo=C3=AB, Yours", &symbols[..12], &symbols[12..]);
    let page =
        format!("<html><body><p>{}~Zo&#235;</p><p>Thanks</p></body></html>", symbols.replace('-', "&#8209;"));
    let link = format!("<a href=\"https://example.org/desk/#{symbols}~Zo%C3%AB\">my result</a>");
    let head = "From: Zoe <z@example.org>\r\nSubject: Re: result\r\nMIME-Version: 1.0\r\n";
    let mail = |kind: &str, way: &str, body: &str| {
        format!("{head}Content-Type: {kind}\r\nContent-Transfer-Encoding: {way}\r\n\r\n{body}\r\n")
    };
    let alternative = format!(
        "{head}Content-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\n--b 1\r\nContent-Type: text/plain\r\n\r\nsee below\r\n\
         --b 1\r\nContent-Type: application/octet-stream; name=\"list.csv\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--b 1--\r\n"
    );
    let mut latin = mail("text/plain; charset=iso-8859-1", "8bit", &format!("{symbols}~Zo")).into_bytes();
    latin.truncate(latin.len() - 2);
    latin.extend(b"\xeb\r\n");
    let mbox =
        format!("From z@example.org Mon Jan  5 10:00:00 2026\n{}", mail("text/plain", "base64", &encoded));
    let mut book = Workbook::new();
    book.add_worksheet().write_string(6, 2, &code).unwrap();
    let forwarded = format!(
        "{head}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n{}\r\n--x--\r\n",
        mail("text/plain", "base64", &encoded)
    );
    let files = [
        ("base64.eml", mail("text/plain; charset=utf-8", "base64", &encoded).into_bytes(), "base64.eml:4"),
        (
            "quoted.eml",
            mail("text/plain; charset=utf-8", "quoted-printable", &quoted).into_bytes(),
            "quoted.eml:2",
        ),
        ("without-an-end", mail("text/html; charset=utf-8", "7bit", &page).into_bytes(), "without-an-end:"),
        ("link.eml", mail("text/html; charset=utf-8", "7bit", &link).into_bytes(), "link.eml:"),
        ("attached.eml", alternative.into_bytes(), "attached.eml[list.csv]:3"),
        ("forwarded.eml", forwarded.into_bytes(), "forwarded.eml["),
        ("latin.eml", latin, "latin.eml:2"),
        ("box.mbox", mbox.into_bytes(), "box.mbox[1]:4"),
        ("decomposed.txt", format!("{symbols}~Zoe\u{308}").into_bytes(), "decomposed.txt:1"),
        ("old.txt", [symbols.as_bytes(), b"~Zo\xeb"].concat(), "old.txt:1"),
        ("wide.txt", code.encode_utf16().flat_map(u16::to_le_bytes).collect(), "wide.txt:1"),
        (
            "formula.xlsx",
            sheet(&format!(
                "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>46000</v></c><c r=\"B2\" t=\"str\"><f>A1&amp;\"~\"&amp;B1</f><v>{code}</v></c></row>"
            )),
            "formula.xlsx[S]:2",
        ),
        ("page.html", page.into_bytes(), "page.html:"),
        ("form.xlsx", book.save_to_buffer().unwrap(), "form.xlsx[Sheet1]:7"),
        (
            "form.ods",
            open_document(&format!(
                "<table:table-row table:number-rows-repeated=\"3\"/><table:table-row><table:table-cell/><table:table-cell office:value-type=\"string\"><text:p>{code}</text:p></table:table-cell></table:table-row>"
            )),
            "form.ods[S]:",
        ),
    ];
    for (name, bytes, place) in &files {
        site.put(name, bytes);
        let run = results(&site, &[name]).ends(0);
        let row = run
            .out
            .lines()
            .find(|line| line.starts_with("Zo\u{eb} "))
            .unwrap_or_else(|| panic!("{name}: {}", run.out));
        assert!(row.contains(place), "{name}: {row}");
        assert!(run.err.contains("1 result read"), "{name}: {}", run.err);
    }
    let names = files.each_ref().map(|(name, ..)| *name);
    let report = results(&site, &[names.as_slice(), &["--format", "json"]].concat()).ends(0).out;
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!((report["rows"].as_array().unwrap().len(), &report["repeated"]), (1, &json!(files.len() - 1)));
}

fn open_document(rows: &str) -> Vec<u8> {
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"m\"/>"),
        ("content.xml", format!("<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"S\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>").as_bytes()),
    ])
}

/// A workbook with one sheet that has these rows.
fn sheet(rows: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let (relations, office) = (
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    );
    packed(&[
        (
            "_rels/.rels",
            format!("<Relationships xmlns=\"{relations}\"><Relationship Id=\"r0\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>").as_bytes(),
        ),
        ("xl/workbook.xml", format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>").as_bytes()),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>").as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>").as_bytes()),
    ])
}

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_that_would_fill_the_memory_is_refused() {
    let site = site("full");
    let cell =
        "<table:table-cell table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>";
    let files = [
        ("bomb.xlsx", packed(&[("xl/workbook.xml", &vec![b' '; 101 << 20])]), "too large"),
        (
            "cells.ods",
            open_document(&format!(
                "<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>"
            )),
            "too large",
        ),
        ("cut.xlsx", packed(&[("xl/workbook.xml", b"<workbook/>")])[..40].to_vec(), "damaged"),
        ("other.zip", packed(&[("a.txt", b"hello")]), "no workbook"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "save it as .xlsx or CSV"),
        ("mail.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "save it as .eml or as text"),
        ("far.xlsx", sheet("<row><c r=\"A4000000000\"><v>1</v></c></row>"), "a row that no sheet has"),
    ];
    for (name, bytes, says) in files {
        site.put(name, bytes);
        let run = results(&site, &[name]).ends(2).says(says);
        assert!(run.err.contains(name) && run.out.is_empty(), "{}", run.err);
    }
}

#[test]
fn a_workbook_has_the_contents_of_the_csv() {
    let site = site("full");
    let scenario = seat(&site);
    let session = random_play(&scenario, &mut Draw::new(30));
    let codes =
        (0..).zip(["=1+1", "Jos\u{e9}"]).map(|(seed, who)| code(&session, Reporting::Full, seed, who) + "\n");
    site.put("codes.txt", codes.collect::<String>());
    results(&site, &["codes.txt", "--format", "xlsx", "--output", "class.xlsx"]).ends(0);
    let mut book: Xlsx<_> = open_workbook(site.path().join("class.xlsx")).unwrap();
    let plays = book.worksheet_range("Plays").unwrap();
    let who: Vec<String> = plays.rows().map(|row| row[0].to_string()).collect();
    assert_eq!(who, ["Who", "=1+1", "Jos\u{e9}"]);
    assert!(matches!(plays.get_value((1, 2)), Some(Data::Float(_))), "a score is a number");
    let csv = results(&site, &["codes.txt", "--format", "csv"]).ends(0).out;
    assert!(csv.starts_with("\u{feff}who,"), "{csv}");
}

/// The first column of each sheet, and the names of the sheets.
fn sheets(site: &Site, arguments: &[&str]) -> Vec<(String, Vec<String>)> {
    results(site, &[arguments, &["--format", "xlsx", "--output", "out.xlsx"]].concat()).ends(0);
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
    let asked = ["codes.txt", "--person", "P1"];
    for format in ["human", "csv", "ndjson", "html"] {
        let out = results(&site, &[asked.as_slice(), &["--format", format]].concat()).ends(0).out;
        assert!(out.contains("p1") && out.contains("since March") && !out.contains("p2"), "{format}: {out}");
    }
    let turns = sheets(&site, &asked);
    assert_eq!((turns.len(), turns[0].0.as_str()), (1, "Choices"));
    assert!(turns[0].1.len() > 3 && turns[0].1[1..].iter().all(|who| who == "p1"), "{turns:?}");
}

#[test]
fn everybody_on_a_list_has_a_row_in_every_format() {
    let site = site("full");
    site.put("codes.txt", codes(&site, Reporting::Full, 2).join("\n"));
    site.put("list.csv", "P1,early\nQ 7,late\n");
    let asked = ["codes.txt", "--roster", "list.csv"];
    for format in ["human", "csv", "json", "ndjson", "html"] {
        let out = results(&site, &[asked.as_slice(), &["--format", format]].concat()).ends(0).out;
        assert!(["p0", "p1", "Q 7", "late"].iter().all(|word| out.contains(word)), "{format}: {out}");
    }
    let all = sheets(&site, &asked);
    assert_eq!(
        all.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["Plays", "People", "Figures", "Groups"]
    );
    assert_eq!(all[1].1, ["Who", "p0", "p1", "Q 7"]);
}

#[test]
fn the_code_of_a_play_in_the_terminal_is_read() {
    let site = site("full");
    let scenario = seat(&site);
    let session = random_play(&scenario, &mut Draw::new(30));
    let choices = session.run().join(",");
    let play = |name: &str| -> String {
        let report = site
            .amends(&["play", "wrong-seat", "--choices", &choices, "--format", "json", "--name", name])
            .ends(0)
            .out;
        serde_json::from_str::<Value>(&report).unwrap()["code"].as_str().unwrap().to_owned()
    };
    let codes = ["Jo Day", "Kim", "Zoe\u{308}"].map(play);
    site.put("codes.txt", codes.join("\n"));
    let report = results(&site, &["codes.txt", "--format", "json"]).ends(0).out;
    let report: Value = serde_json::from_str(&report).unwrap();
    let who: Vec<&str> =
        report["rows"].as_array().unwrap().iter().map(|row| row["who"].as_str().unwrap()).collect();
    assert_eq!(who, ["Jo-Day", "Kim", "Zo\u{eb}"]);
    let open =
        site.amends(&["play", "wrong-seat", "--choices", session.run()[0], "--format", "json"]).ends(0).out;
    assert_eq!(serde_json::from_str::<Value>(&open).unwrap()["code"], Value::Null, "no code before the end");
}
