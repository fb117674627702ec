//! The course that ships loads without a fault, and without a warning of any lint.

use std::path::Path;

use amends::diag::Severity;
use amends::load::load;

#[test]
fn loads_without_a_fault() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = load(site).expect("the folder can be read");
    let told: Vec<_> = loaded.diagnostics.iter().filter(|each| each.severity > Severity::Info).collect();
    assert!(told.is_empty(), "{told:#?}");
    let course = loaded.course.expect("no errors, so a course");
    assert!(course.scenarios.iter().any(|scenario| scenario.slug == "third-promised-tuesday"));
    assert!(course.models.iter().any(|model| model.id == "leaa"));
}
