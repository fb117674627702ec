//! Any bytes as a lesson: front matter, Markdown, dialogues and drills.
#![no_main]

use amends_fuzz::look;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| look("content/lessons/fuzz.md", bytes));
