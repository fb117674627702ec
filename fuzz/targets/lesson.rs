//! Any bytes as a lesson: front matter, Markdown, dialogues and drills.
#![no_main]

use amends_fuzz::File;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(mut file) = File::new("content/lessons/fuzz.md", bytes) else { return };
    if let Some(lesson) = file.lesson() {
        file.texts(vec![lesson], Vec::new());
    }
    file.report();
});
