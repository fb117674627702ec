//! What people send, as texts: a list, a mail with its attachments, a page, a sheet of answers to a form.
//!
//! Each text has lines of its own: a mail's are its subject and its body, a sheet's are its rows.

use super::Text;

/// How deep mails inside of mails are read; nobody forwards more often than this.
const DEPTH: usize = 8;
/// The most rows of a sheet.
#[cfg(feature = "tables")]
const ROWS: u32 = 1 << 20;
/// The greatest size of an unpacked workbook, in bytes.
#[cfg(feature = "tables")]
const UNPACKED: u64 = 100 << 20;

/// The texts of a file.
///
/// # Errors
/// If it contains anything but text, or cannot be unpacked: the problem, and a remedy.
pub fn texts(name: &str, bytes: &[u8]) -> Result<Vec<Text>, String> {
    held(name, bytes, DEPTH)
}

fn held(name: &str, bytes: &[u8], depth: usize) -> Result<Vec<Text>, String> {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    match bytes {
        [b'P', b'K', 3, 4, ..] => sheets(name, bytes),
        [0xd0, 0xcf, 0x11, 0xe0, ..] if ends(&[".msg"]) => {
            Err("this is an email in Outlook's own format; save it as .eml or as text".to_owned())
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            Err("it is a workbook in an old format or with a password; save it as .xlsx or CSV".to_owned())
        }
        _ if is_mail(bytes) || ends(&[".eml", ".mbox"]) && has_head(bytes) => mails(name, bytes, depth),
        _ if ends(&[".html", ".htm"]) => Ok(vec![Text { name: name.to_owned(), text: page(&text(bytes)) }]),
        _ => Ok(vec![Text { name: name.to_owned(), text: text(bytes) }]),
    }
}

/// The text of a file as people and spreadsheets save it: UTF-8, UTF-16 with or without its mark, or else one byte per
/// letter.
pub fn text(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], from: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| from([pair[0], pair[1]]));
        char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] | rest @ [1..=255, 0, 1..=255, 0, ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] | rest @ [0, 1..=255, 0, 1..=255, ..] => wide(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}

/// Whether it starts like a mail: with lines of a name, a colon and words.
fn has_head(bytes: &[u8]) -> bool {
    !head(bytes).starts_with([' ', '\t', '>'])
        && head(bytes).lines().all(|line| {
            line.starts_with([' ', '\t', '>'])
                || line.starts_with("from ")
                || line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '))
        })
}

/// Whether one of these lines occurs only in mails.
fn is_mail(bytes: &[u8]) -> bool {
    let only_mails = ["mime-version:", "message-id:", "received:", "content-transfer-encoding:"];
    has_head(bytes) && head(bytes).lines().any(|line| only_mails.iter().any(|name| line.starts_with(name)))
}

/// The lines before the first empty one.
fn head(bytes: &[u8]) -> String {
    let start = text(&bytes[..bytes.len().min(20_000)]).to_ascii_lowercase();
    start.lines().take_while(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

#[cfg(not(feature = "mail"))]
fn mails(name: &str, bytes: &[u8], _: usize) -> Result<Vec<Text>, String> {
    Ok(vec![Text { name: name.to_owned(), text: text(bytes) }])
}

#[cfg(feature = "mail")]
fn mails(name: &str, bytes: &[u8], depth: usize) -> Result<Vec<Text>, String> {
    use mail_parser::MessageParser;
    use mail_parser::mailbox::mbox::MessageIterator;

    // What is no mail is read as plain text, so that no code in it is lost.
    let one = |name: &str, bytes: &[u8], texts: &mut Vec<Text>| match MessageParser::default().parse(bytes) {
        Some(message) => words(name, &message, depth, texts),
        None => {
            texts.push(Text { name: name.to_owned(), text: text(bytes) });
            Ok(())
        }
    };
    let mut texts = Vec::new();
    if bytes.starts_with(b"From ") {
        for (at, mail) in (1..).zip(MessageIterator::new(bytes)) {
            let mail = mail.map_err(|error| {
                format!("its message {at} cannot be read ({error}); save that message as text")
            })?;
            one(&format!("{name}[{at}]"), mail.contents(), &mut texts)?;
        }
    } else {
        one(name, bytes, &mut texts)?;
    }
    Ok(texts)
}

/// The body of a mail, and the text of its attachments.
#[cfg(feature = "mail")]
fn words(
    name: &str,
    message: &mail_parser::Message<'_>,
    depth: usize,
    texts: &mut Vec<Text>,
) -> Result<(), String> {
    use mail_parser::{MimeHeaders as _, PartType};

    let mut all = message.subject().unwrap_or_default().to_owned();
    for part in message.text_bodies() {
        all.push('\n');
        match &part.body {
            PartType::Html(html) => all.push_str(&page(html)),
            PartType::Text(text) => all.push_str(text),
            _ => {}
        }
    }
    texts.push(Text { name: name.to_owned(), text: all });
    for (at, part) in (1..).zip(message.attachments()) {
        let called = part.attachment_name().map_or_else(|| at.to_string(), str::to_owned);
        let inner = format!("{name}[{called}]");
        match &part.body {
            _ if depth == 0 => {}
            PartType::Message(message) => words(&inner, message, depth - 1, texts)?,
            PartType::Text(text) => texts.push(Text { name: inner, text: text.clone().into_owned() }),
            PartType::Html(html) => texts.push(Text { name: inner, text: page(html) }),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                // An unreadable picture or letterhead is not a reason to skip the mail.
                let held = held(&called, bytes, depth - 1).unwrap_or_default();
                texts.extend(
                    held.into_iter().map(|text| Text { name: format!("{name}[{}]", text.name), ..text }),
                );
            }
            PartType::Multipart(_) => {}
        }
    }
    Ok(())
}

/// The words of a page, and the targets of its links if they are not among the words.
fn page(html: &str) -> String {
    #[cfg(feature = "mail")]
    {
        let mut words = mail_parser::decoders::html::html_to_text(&parted(html));
        for link in html.split("href=").skip(1).filter_map(|link| {
            let quote = link.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            link[1..].split(quote).next()?.split_once('#').map(|(_, code)| code)
        }) {
            if !words.contains(link) {
                words.push('\n');
                words.push_str(link);
            }
        }
        words
    }
    #[cfg(not(feature = "mail"))]
    html.to_owned()
}

/// The elements that stand on lines of their own, or in cells.
#[cfg(feature = "mail")]
const BLOCKS: [&str; 33] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "td",
    "th",
    "ul",
];

/// A page with a line break wherever such an element starts or ends: two codes in neighboring cells are two words.
#[cfg(feature = "mail")]
fn parted(html: &str) -> String {
    let mut tags = html.split('<');
    let mut all = tags.next().unwrap_or_default().to_owned();
    let mut is_parted = all.trim().is_empty();
    for tag in tags {
        let name = tag.trim_start_matches('/').split(|letter: char| !letter.is_ascii_alphanumeric()).next();
        let name = name.unwrap_or_default().to_ascii_lowercase();
        let is_block = BLOCKS.contains(&name.as_str());
        // These are lines for the reader of pages already.
        let is_line = name == "br" || name == "p" && tag.starts_with('/');
        if is_block && !is_parted && !is_line {
            all.push_str("<br>");
        }
        all.push('<');
        all.push_str(tag);
        let words = tag.split_once('>').map_or("", |(_, words)| words);
        is_parted = (is_parted || is_block || is_line) && words.trim().is_empty();
    }
    all
}

#[cfg(not(feature = "tables"))]
fn sheets(_: &str, _: &[u8]) -> Result<Vec<Text>, String> {
    Err("this amends was built without workbooks; save it as CSV".to_owned())
}

/// The sheets of a workbook, with a line for each row and tabs between cells.
#[cfg(feature = "tables")]
fn sheets(name: &str, bytes: &[u8]) -> Result<Vec<Text>, String> {
    use calamine::{DataRef, Ods, Reader as _, SheetType, Xlsx};
    use std::io::Cursor;

    unpacks(name, bytes)?;
    let unread = |error: &dyn std::fmt::Display| {
        format!("it is no workbook that can be read ({error}); save it as CSV")
    };
    let mut texts = Vec::new();
    let mut add =
        |sheet: &str, rows: Rows| texts.push(Text { name: format!("{name}[{sheet}]"), text: rows.text });
    match Xlsx::new(Cursor::new(bytes)) {
        Ok(mut book) => {
            let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
            for sheet in sheets.map(|sheet| sheet.name.clone()).collect::<Vec<_>>() {
                let (mut rows, mut cells) =
                    (Rows::default(), book.worksheet_cells_reader(&sheet).map_err(|no| unread(&no))?);
                while let Some(cell) = cells.next_cell().map_err(|no| unread(&no))? {
                    let row = cell.get_position().0;
                    if row >= ROWS {
                        return Err(unread(&"a row that no sheet has"));
                    }
                    match cell.get_value() {
                        DataRef::String(text) => rows.put(row, text),
                        DataRef::SharedString(text) => rows.put(row, text),
                        other => rows.put(row, &calamine::Data::from(other.clone()).to_string()),
                    }
                }
                add(&sheet, rows);
            }
        }
        Err(xlsx) => {
            let mut book = Ods::new(Cursor::new(bytes)).map_err(|_| unread(&xlsx))?;
            for sheet in book.sheet_names() {
                let (mut rows, range) =
                    (Rows::default(), book.worksheet_range(&sheet).map_err(|no| unread(&no))?);
                for (row, cells) in (range.start().map_or(0, |start| start.0)..).zip(range.rows()) {
                    cells.iter().for_each(|cell| rows.put(row, &cell.to_string()));
                }
                add(&sheet, rows);
            }
        }
    }
    Ok(texts)
}

/// Refuses what would fill the memory: unpacks it once without keeping it, whatever size its header states. In an
/// OpenDocument sheet, one cell may also represent millions.
#[cfg(feature = "tables")]
fn unpacks(name: &str, bytes: &[u8]) -> Result<(), String> {
    use std::io::{Cursor, Read as _};

    let too_large = || "it is too large to be a class; save the rows with the codes as CSV".to_owned();
    let damaged =
        |error: &dyn std::fmt::Display| format!("it is damaged ({error}); save it again, or as CSV");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|no| damaged(&no))?;
    if is_document(name) || archive.file_names().flatten().any(|name| name.starts_with("word/")) {
        return Err("it is a document, not a workbook; save it as plain text".to_owned());
    }
    let mut left = UNPACKED;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|no| damaged(&no))?;
        let is_cells = entry.name().is_ok_and(|name| name == "content.xml");
        let (mut entry, mut content) = (entry.take(left + 1), Vec::new());
        let length = if is_cells {
            entry.read_to_end(&mut content).map(|length| length as u64)
        } else {
            std::io::copy(&mut entry, &mut std::io::sink())
        };
        left = left.checked_sub(length.map_err(|no| damaged(&no))?).ok_or_else(too_large)?;
        if filled(&String::from_utf8_lossy(&content)) > UNPACKED / 64 {
            return Err(too_large());
        }
    }
    Ok(())
}

/// Whether this is the name of a text or of slides, which are archives as well.
#[cfg(feature = "tables")]
fn is_document(name: &str) -> bool {
    let kinds = ["docx", "docm", "dotx", "odt", "ott", "pages", "pptx", "odp", "epub"];
    name.rsplit_once('.').is_some_and(|(_, kind)| kinds.contains(&kind.to_ascii_lowercase().as_str()))
}

/// The number of cells in an OpenDocument sheet up to the last one with content.
#[cfg(feature = "tables")]
fn filled(content: &str) -> u64 {
    let times = |tag: &str, name: &str| {
        let head = tag.split('>').next().unwrap_or_default();
        let number =
            head.split_once(name).and_then(|(_, rest)| rest.trim_start_matches("=\"").split('"').next());
        number.and_then(|number| number.parse::<u64>().ok()).unwrap_or(1).min(1 << 20)
    };
    let (mut all, mut empty) = (0, 0);
    for row in content.split("<table:table-row").skip(1) {
        let (mut width, mut filled) = (0, 0);
        for cell in row.split("<table:table-cell").skip(1) {
            width += times(cell, "number-columns-repeated");
            if cell.contains("office:value") || cell.contains("<text:p") {
                filled = width.min(1 << 14);
            }
        }
        let rows = times(row, "number-rows-repeated");
        if filled == 0 {
            empty += rows;
        } else {
            all = u64::saturating_add(all, (empty + rows) * filled);
            empty = 0;
        }
    }
    all
}

/// Rows being written, one per line.
#[cfg(feature = "tables")]
#[derive(Default)]
struct Rows {
    text: String,
    row: u32,
}

#[cfg(feature = "tables")]
impl Rows {
    fn put(&mut self, row: u32, cell: &str) {
        while self.row < row {
            self.text.push('\n');
            self.row += 1;
        }
        self.text.extend(cell.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
        self.text.push('\t');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_files_saved_by_spreadsheets() {
        assert_eq!(text(b"\xff\xfeA\0B\0"), "AB");
        assert_eq!(text(b"\xfe\xff\0A\0B"), "AB");
        assert_eq!([text(b"A\0B\0"), text(b"\0A\0B")], ["AB"; 2]);
        assert_eq!(text(b"Zo\xeb"), "Zoë");
    }
}
