//! The course that ships loads without a fault.

use std::path::Path;

use amends::load::load;

#[test]
fn loads_without_a_fault() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = load(site).expect("the folder can be read");
    assert_eq!(loaded.diagnostics, []);
    let course = loaded.course.expect("no errors, so a course");
    assert!(course.scenarios.iter().any(|scenario| scenario.slug == "third-promised-tuesday"));
    assert!(course.models.iter().any(|model| model.id == "leaa"));
}
