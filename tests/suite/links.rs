//! Symbolic links: followed if they stay inside the site, refused with a report otherwise.

use crate::harness::Site;

const LESSON: &str = "---\ntitle: Shared\n---\n\nTold twice.\n";

#[test]
fn links_inside_the_site_are_followed() {
    let site = Site::new()
        .file("shared/one.md", LESSON)
        .file("shared/more/01-two.md", LESSON)
        .file("shared/desk.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .lesson("03-three", "![A desk](../img/desk.svg)");
    site.link("content/lessons/01-one.md", "../../shared/one.md");
    site.link("content/lessons/more", "../../shared/more");
    site.link("content/img/desk.svg", "../../shared/desk.svg");
    site.link("themes/house", "../shared/theme");
    site.put("shared/theme/theme.yaml", "extends: default\n");
    let pages = site.build();
    pages.page("lessons/one").has("Told twice.");
    pages.page("lessons/more/two").has("Told twice.");
    pages.page("lessons/three").has("desk.");
}

#[test]
fn the_content_folder_may_be_a_link_itself() {
    let elsewhere = Site::empty().file("lessons/01-one.md", LESSON);
    elsewhere.link("lessons/02-two.md", "01-one.md");
    let site = Site::new();
    site.link("content", elsewhere.path().to_str().unwrap());
    let pages = site.build();
    pages.page("lessons/one").has("Told twice.");
    pages.page("lessons/two").has("Told twice.");
}

#[test]
fn no_file_outside_the_site_is_shown() {
    let elsewhere =
        Site::empty().file("secret.yaml", "password: hunter2\n").file("folder/a.yaml", "token: hunter2\n");
    let outside = |path: &str| elsewhere.path().join(path).to_str().unwrap().to_owned();
    for (link, to) in [
        ("content/scenarios/a.yaml", "secret.yaml"),
        ("content/models/a.yaml", "secret.yaml"),
        ("content/objectives.yaml", "secret.yaml"),
        ("content/scenarios", "folder"),
        ("content/img/logo.png", "secret.yaml"),
        ("themes/house", "folder"),
        ("themes/house/theme.yaml", "secret.yaml"),
    ] {
        let site = Site::new();
        site.link(link, &outside(to));
        let checked = site.check();
        assert_eq!(
            checked.short(),
            format!(
                "{link}:1:1: error[refused-link]: this is a symbolic link to a place outside of the site\n"
            )
        );
        assert!(!checked.human().contains("hunter2"), "{link}");
    }
    let site = Site::empty();
    site.link("site.yaml", &outside("secret.yaml"));
    assert!(!site.check().human().contains("hunter2"));
}

#[test]
fn the_lock_file_of_an_editor_is_ignored() {
    let site = Site::new().lesson("01-one", "Hello.");
    site.link("content/lessons/.#01-one.md", "somebody@machine.1234");
    site.check().clean();
}

#[test]
fn a_folder_in_capitals_is_reported() {
    let site = Site::new()
        .file("Content/lessons/01-one.md", LESSON)
        .file("Themes/house/theme.yaml", "extends: default\n");
    let says = "warning[misplaced-file]: nothing reads this folder: its name must be in lowercase";
    let reported = site.check().short();
    if cfg!(target_os = "linux") {
        assert_eq!(reported, format!("Content:1:1: {says}\nThemes:1:1: {says}\n"));
    }
}
