//! Expected outputs in files: compared as a whole, and rewritten with `AMENDS_BLESS=1`, to be reviewed.

use std::fs;
use std::path::PathBuf;

use similar::TextDiff;

use crate::harness::repository;

/// Compares `actual` with the file `expected`, a path below `tests/`.
#[track_caller]
pub(crate) fn check(expected: &str, actual: &str) {
    compare(expected, actual).unwrap_or_else(|diff| panic!("\n{diff}"));
}

/// The difference between the file `expected` and `actual`, if any.
pub(crate) fn compare(expected: &str, actual: &str) -> Result<(), String> {
    let path = tests().join(expected);
    let text = fs::read_to_string(&path).unwrap_or_default();
    if text == actual {
        return Ok(());
    }
    if std::env::var_os("AMENDS_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
        return Ok(());
    }
    let diff = TextDiff::from_lines(text.as_str(), actual);
    let diff = diff.unified_diff().header(expected, "actual").to_string();
    Err(format!("{diff}\nIf this is right, run the tests again with AMENDS_BLESS=1.\n"))
}

/// The folder `tests`.
pub(crate) fn tests() -> PathBuf {
    repository().join("tests")
}
