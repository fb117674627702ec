//! The included course passes `check`, builds, and has only valid links. What it teaches is up to its authors, and no other
//! test depends on it.

use amends::address::Purpose;

use crate::harness::Site;

#[test]
fn the_included_course_passes_check_and_builds_completely() {
    let site = Site::shipped();
    site.amends(&["check", "--strict", "--quiet"]).exits(0);
    let (_, pages) = site.render(Purpose::Publish).unwrap();
    pages.expect("no errors").assert_links_resolve();
}
