//! The limit of the machine: does what any program must do to make this site, and nothing else.
//!
//! `limit CONTENT FRAMES OUTPUT [search]` reads every lesson and every scenario below CONTENT, renders its Markdown, puts it
//! into a constant frame (FRAMES/lesson.html or FRAMES/scenario.html, split at `<!--body-->`), and writes a page for each; with
//! `search` also an index of the lessons. It deliberately has no links, navigation or checks. A scenario is parsed as YAML, and
//! each of its texts as Markdown, but nothing more.

mod search;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use granit_parser as yaml;
use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use search::Chunk;

/// The Markdown extensions that amends supports.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_GFM);

/// The parts before and after a page's own text.
struct Frame<'a> {
    before: &'a str,
    after: &'a str,
}

fn main() -> io::Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let usage = || io::Error::other("usage: limit CONTENT FRAMES OUTPUT [search]");
    let [content, frames, output, mode @ ..] = &arguments[..] else { return Err(usage()) };
    for kind in ["lesson", "scenario"] {
        let frame = fs::read_to_string(frames.join(kind).with_extension("html"))?;
        let (before, after) = frame.split_once("<!--body-->").ok_or_else(usage)?;
        let frame = Frame { before, after };
        let folder = format!("{kind}s");
        if !content.join(&folder).is_dir() {
            continue;
        }
        let files = files(&content.join(&folder))?;
        let output = output.join(&folder);
        if kind == "lesson" && !mode.is_empty() {
            with_search(&files, &frame, &output)?;
        } else {
            files.par_iter().try_for_each(|file| page(file, &frame, &output, None))?;
        }
    }
    Ok(())
}

/// Renders pages and an index of their words, a chunk of the pages at a time.
fn with_search(files: &[PathBuf], frame: &Frame<'_>, output: &Path) -> io::Result<()> {
    let folder = output.join("search");
    fs::create_dir_all(&folder)?;
    let chunk = |(at, files): (usize, &[PathBuf])| {
        let mut chunk = Chunk::default();
        files.iter().try_for_each(|file| page(file, frame, output, Some(&mut chunk)))?;
        chunk.write_texts(&folder, at)?;
        Ok(chunk)
    };
    let chunks = files.par_chunks(files.len().div_ceil(64)).enumerate().map(chunk);
    search::write_words(&folder, &chunks.collect::<io::Result<Vec<_>>>()?)
}

/// Renders the texts of a scenario: every scalar of more than one word.
fn story(page: &mut String, text: &str) {
    for (event, _) in yaml::Parser::new_from_str(text).map_while(Result::ok) {
        if let yaml::Event::Scalar(text, ..) = event
            && text.contains(' ')
        {
            html::push_html(page, Parser::new_ext(&text, OPTIONS));
        }
    }
}

/// Every file in a folder and its subfolders.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files.extend(self::files(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    Ok(files)
}

/// Renders a page, and adds its sections to a chunk of the index.
fn page(source: &Path, frame: &Frame<'_>, output: &Path, chunk: Option<&mut Chunk>) -> io::Result<()> {
    let text = fs::read_to_string(source)?;
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    let body = body.map_or(text.as_str(), |(_, body)| body);
    let mut page = String::with_capacity(frame.before.len() + frame.after.len() + 2 * body.len());
    page.push_str(frame.before);
    match chunk {
        _ if source.extension().is_some_and(|extension| extension == "yaml") => story(&mut page, &text),
        Some(chunk) => {
            chunk.begin();
            html::push_html(&mut page, Parser::new_ext(body, OPTIONS).inspect(|event| chunk.read(event)));
        }
        None => html::push_html(&mut page, Parser::new_ext(body, OPTIONS)),
    }
    page.push_str(frame.after);
    let section = source.parent().and_then(Path::file_name).unwrap_or_default();
    let folder = output.join(section).join(source.file_stem().unwrap_or_default());
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), page)
}
