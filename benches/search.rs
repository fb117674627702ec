//! How long it takes to index courses of 1,000 and 10,000 pages of 600 words in five sections, and how much of the index a
//! first answer needs: prints tables, asserts nothing (the browser tests hold the bytes). `cargo bench --bench search`.
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

use std::time::Instant;

use amends::search::{self, Kind, Section};

const WORDS: usize = 600;
const SECTIONS: usize = 5;
const RUNS: usize = 7;

fn main() {
    measure(1_000);
    measure(10_000);
}

fn measure(pages: usize) {
    let sections = library(pages);
    let mut times = Vec::new();
    let mut files = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        files = search::pack(&sections, "en");
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    let size = |letter: char| {
        let sizes = files.iter().filter(|(name, _)| name.starts_with(letter)).map(|(_, text)| text.len());
        (sizes.clone().count(), sizes.clone().sum::<usize>(), sizes.max().unwrap_or_default())
    };
    let (index, words, texts) = (size('i'), size('w'), size('t'));
    println!(
        "{pages} pages of {WORDS} words indexed in {:.3} s (median of {RUNS}; slowest {:.3} s)",
        times[RUNS / 2],
        times[RUNS - 1]
    );
    println!("{:<8} {:>6} {:>10} {:>8}", "", "files", "bytes", "largest");
    for (name, (count, bytes, largest)) in [("index", index), ("words", words), ("texts", texts)] {
        println!("{name:<8} {count:>6} {bytes:>10} {largest:>8}");
    }
    // One piece of words, and each of the eight finds in another piece of texts.
    println!("a first answer to one word: at most {} bytes", index.2 + words.2 + 8 * texts.2);
}

/// Lessons of made-up words, of which a few are common and most are rare, as in a language.
fn library(pages: usize) -> Vec<Section> {
    let syllables =
        ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "ve"];
    let mut seed = 7_u64;
    let mut below = |bound: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    let mut word = || {
        let known = 30_u64 << below(10);
        let number = usize::try_from(below(known)).unwrap_or_default();
        let parts =
            [number % 16, number / 16 % 16, number / 256 % 16, number / 4096].map(|at| syllables[at % 16]);
        parts.concat()
    };
    let section = |at: usize| Section {
        kind: Kind::Lesson,
        url: format!("lessons/lesson-{}/index.html", at / SECTIONS),
        anchor: format!("part-{}", at % SECTIONS),
        title: format!("Lesson {}", at / SECTIONS),
        heading: format!("Part {}", at % SECTIONS),
        also: String::new(),
        text: (0..WORDS / SECTIONS).map(|_| word()).collect::<Vec<_>>().join(" "),
    };
    (0..pages * SECTIONS).map(section).collect()
}
