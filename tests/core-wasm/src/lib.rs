//! The core of amends as a WebAssembly module: the files of a site in, everything that comes of them out.
//!
//! Bytes cross one at a time, so that no pointer does. Both ways a file is its path and its bytes, each behind its length as
//! four bytes, the lowest first.

use std::sync::{Mutex, MutexGuard, PoisonError};

use amends::address::Purpose;
use amends::diag::render::short;
use amends::files::Files;
use amends::load::{LoadOptions, load};
use amends::prove::lock::Lock;
use amends::render::render;
use amends::sink::Memory;

/// What came in, and then what goes out.
static BYTES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn bytes() -> MutexGuard<'static, Vec<u8>> {
    BYTES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the next byte in.
#[unsafe(no_mangle)]
pub extern "C" fn push(byte: u32) {
    bytes().push(byte as u8);
}

/// The byte at a place of what came out.
#[unsafe(no_mangle)]
pub extern "C" fn pull(at: u32) -> u32 {
    bytes()[at as usize].into()
}

/// Loads, checks, proves and renders the site that came in. Gives how many bytes come out: the site, `diagnostics` and
/// `proofs`.
#[unsafe(no_mangle)]
pub extern "C" fn make() -> u32 {
    let loaded = load(&files(&bytes()), &LoadOptions::default());
    let sink = Memory::default();
    let findings = render(&loaded, Purpose::Publish, &sink).expect("the theme renders");
    let report = loaded.report(findings);
    let mut output = sink.into_output();
    output.insert("diagnostics".to_owned(), short(&report.diagnostics, &loaded.sources).into_bytes());
    output.insert("proofs".to_owned(), Lock::of(&loaded.course).text().into_bytes());
    let parts = output.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes]);
    let spelled = parts.flat_map(|part| [&(part.len() as u32).to_le_bytes()[..], part].concat());
    *bytes() = spelled.collect();
    bytes().len() as u32
}

fn files(mut bytes: &[u8]) -> Files {
    let mut part = || {
        let (length, rest) = bytes.split_first_chunk()?;
        let (part, rest) = rest.split_at(u32::from_le_bytes(*length) as usize);
        bytes = rest;
        Some(part.to_vec())
    };
    std::iter::from_fn(|| Some((String::from_utf8(part()?).expect("a path is UTF-8"), part()?))).collect()
}
