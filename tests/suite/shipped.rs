//! The included course meets the standard of any course: its own check, and valid links. What it teaches is up to its
//! authors, and no other test depends on it.

use amends::address::Purpose;

use crate::harness::Site;

#[test]
fn it_passes_its_own_check_and_builds_completely() {
    let site = Site::shipped();
    site.amends(&["check", "--strict", "--quiet"]).ends(0);
    let (_, pages) = site.render(Purpose::Publish).unwrap();
    pages.expect("it has no error").assert_whole();
}
