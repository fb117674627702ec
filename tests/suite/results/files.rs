//! The files that `amends results` reads: lists, mails, pages, records, workbooks; and hostile ones.

use std::io::{Cursor, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_xlsxwriter::Workbook;
use scenario_wasm::code::Reporting;
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{code, codes, results, seat, site};
use crate::generated::Rng;
use crate::playing::random_play;

#[test]
fn the_same_codes_in_any_kind_of_file_give_the_same_rows() {
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
        serde_json::from_str(&results(&site, &[names, &["--format", "json"]].concat()).exits(0).out).unwrap()
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
fn hostile_files_do_no_harm() {
    let site = site("full");
    let code = codes(&site, Reporting::Full, 1).remove(0);
    let mut binary: Vec<u8> = (0..=255u8).cycle().take(3_000_000).collect();
    binary.extend(format!("\n{code}\n").into_bytes());
    let site = site.file("binary", binary).file("long", "AAAAA-".repeat(500_000));
    let read = results(&site, &["binary", "--format", "json"]);
    assert_eq!(read.out.matches("\"final\"").count(), 1, "{}", read.err);
    results(&site, &["long", "--quiet"]).exits(1);
}

/// The same code in every kind of file.
#[test]
fn mails_pages_and_workbooks_are_read() {
    let site = site("full");
    let scenario = seat(&site);
    let session = random_play(&scenario, &mut Rng::new(30));
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
            excel_workbook(&format!(
                "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>46000</v></c><c r=\"B2\" t=\"str\"><f>A1&amp;\"~\"&amp;B1</f><v>{code}</v></c></row>"
            )),
            "formula.xlsx[S]:2",
        ),
        ("page.html", page.into_bytes(), "page.html:"),
        ("form.xlsx", book.save_to_buffer().unwrap(), "form.xlsx[Sheet1]:7"),
        (
            "form.ods",
            open_document_workbook(&format!(
                "<table:table-row table:number-rows-repeated=\"3\"/><table:table-row><table:table-cell/><table:table-cell office:value-type=\"string\"><text:p>{code}</text:p></table:table-cell></table:table-row>"
            )),
            "form.ods[S]:",
        ),
    ];
    for (name, bytes, place) in &files {
        site.put(name, bytes);
        let run = results(&site, &[name]).exits(0);
        let row = run
            .out
            .lines()
            .find(|line| line.starts_with("Zo\u{eb} "))
            .unwrap_or_else(|| panic!("{name}: {}", run.out));
        assert!(row.contains(place), "{name}: {row}");
        assert!(run.err.contains("1 result read"), "{name}: {}", run.err);
    }
    let names = files.each_ref().map(|(name, ..)| *name);
    let report = results(&site, &[names.as_slice(), &["--format", "json"]].concat()).exits(0).out;
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!((report["rows"].as_array().unwrap().len(), &report["repeated"]), (1, &json!(files.len() - 1)));
}

#[test]
fn codes_in_neighboring_elements_are_two_codes() {
    let site = site("full");
    let codes = codes(&site, Reporting::Full, 2);
    let pages = [
        "<table><tr><td>A</td><td>B</td></tr></table>",
        "<TABLE><TR><TH>A</TH><TD class=\"x\">B</TD></TR></TABLE>",
        "<table><tr><td>A<td>B</table>",
        "<table><tr><td>A</td></tr><tr><td>B</td></tr></table>",
        "<ul><li>A</li><li>B</li></ul>",
        "<div>A</div><div>B</div>",
        "<p>A<p>B",
        "<h2>A</h2>B",
    ];
    let head =
        "From: Zoe <z@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    for page in pages {
        let page = page.replace(">A", &format!(">{}", codes[0])).replace(">B", &format!(">{}", codes[1]));
        site.put("a.html", &page);
        site.put("a.eml", format!("{head}{page}\r\n"));
        for name in ["a.html", "a.eml"] {
            let run = results(&site, &[name, "--format", "json"]);
            assert!(run.err.contains("2 results read"), "{name}: {page}: {}", run.err);
            assert!(run.out.contains("\"p0\"") && run.out.contains("\"p1\""), "{name}: {page}: {}", run.out);
        }
    }
    // One code on two lines is still one.
    let (one, rest) = codes[0].split_at(18);
    site.put("a.html", format!("<div>{one}</div><div>{rest}</div>"));
    results(&site, &["a.html"]).exits(0).err_has("1 result read");
}

#[test]
fn a_message_without_a_head_is_read_as_text() {
    let site = site("full");
    let codes = codes(&site, Reporting::Full, 2);
    let mail = "Subject: result\nMIME-Version: 1.0\n\n";
    site.put("box.mbox", format!("From z\n{mail}{}\n\nFrom y\n\n{}\n\nFrom x\n", codes[0], codes[1]));
    let run = results(&site, &["box.mbox"]).exits(0).err_has("2 results read");
    assert!(run.out.contains("box.mbox[1]:") && run.out.contains("box.mbox[2]:"), "{}", run.out);
}

/// An OpenDocument workbook with one sheet that has these rows.
fn open_document_workbook(rows: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"m\"/>"),
        ("content.xml", format!("<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"S\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>").as_bytes()),
    ])
}

/// An Excel workbook with one sheet that has these rows.
fn excel_workbook(rows: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let (relations, office) = (
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    );
    zipped(&[
        (
            "_rels/.rels",
            format!("<Relationships xmlns=\"{relations}\"><Relationship Id=\"r0\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>").as_bytes(),
        ),
        ("xl/workbook.xml", format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>").as_bytes()),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>").as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>").as_bytes()),
    ])
}

/// A ZIP archive of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
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
        ("bomb.xlsx", zipped(&[("xl/workbook.xml", &vec![b' '; 101 << 20])]), "too large"),
        (
            "cells.ods",
            open_document_workbook(&format!(
                "<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>"
            )),
            "too large",
        ),
        ("cut.xlsx", zipped(&[("xl/workbook.xml", b"<workbook/>")])[..40].to_vec(), "damaged"),
        ("other.zip", zipped(&[("a.txt", b"hello")]), "no workbook"),
        ("word.zip", zipped(&[("word/document.xml", b"<w/>")]), "save it as plain text"),
        ("text.odt", zipped(&[("content.xml", b"<o/>")]), "save it as plain text"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "save it as .xlsx or CSV"),
        ("mail.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "save it as .eml or as text"),
        (
            "far.xlsx",
            excel_workbook("<row><c r=\"A4000000000\"><v>1</v></c></row>"),
            "a row that no sheet has",
        ),
    ];
    for (name, bytes, says) in files {
        site.put(name, bytes);
        let run = results(&site, &[name]).exits(2).err_has(says);
        assert!(run.err.contains(name) && run.out.is_empty(), "{}", run.err);
    }
}
