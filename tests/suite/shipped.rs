//! The course that ships, by the measure of any course: its own check, and every link whole. What it teaches is its
//! authors' business, and no other test asks.

use crate::harness::Site;

#[test]
fn it_passes_its_own_check_and_builds_whole() {
    let site = Site::shipped();
    site.amends(&["check", "--strict", "--quiet"]).ends(0);
    site.build().assert_whole();
}
