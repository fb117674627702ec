//! The course that ships, by the measure of any course: its own check, and every link whole. What it teaches is its
//! authors' business, and no other test asks.

use amends::address::Purpose;

use crate::harness::Site;

#[test]
fn it_passes_its_own_check_and_builds_whole() {
    let site = Site::shipped();
    site.amends(&["check", "--strict", "--quiet"]).ends(0);
    let (_, pages) = site.render(Purpose::Publish).unwrap();
    pages.expect("it has no error").assert_whole();
}
