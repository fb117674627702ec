//! Expectations that stand in files: compared whole, and rewritten with `AMENDS_BLESS=1`, to be read by eye.

use std::fs;
use std::path::{Path, PathBuf};

use similar::TextDiff;

/// Compares `actual` with the file `expected`, a path below `tests/`.
#[track_caller]
pub(crate) fn check(expected: &str, actual: &str) {
    let path = tests().join(expected);
    if std::env::var_os("AMENDS_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
        return;
    }
    let text = fs::read_to_string(&path).unwrap_or_default();
    let diff = TextDiff::from_lines(text.as_str(), actual);
    let diff = diff.unified_diff().header(expected, "actual").to_string();
    assert!(diff.is_empty(), "\n{diff}\nIf this is right, run the tests again with AMENDS_BLESS=1.");
}

/// The folder `tests`.
pub(crate) fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}
