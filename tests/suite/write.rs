//! Writing: only what changed, only what is ours, and all or nothing.

use std::fs;
use std::path::Path;

use crate::harness::{Error, Written, write};

fn read(folder: &Path, path: &str) -> Option<String> {
    fs::read_to_string(folder.join(path)).ok()
}

#[test]
fn only_changed_bytes_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let first = [("index.html", "one"), ("a/b/index.html", "two")];
    assert_eq!(write(&first, folder.path()).unwrap(), Written { files: 2, pages: 2, changed: 2, removed: 0 });
    let before = fs::metadata(folder.path().join("index.html")).unwrap().modified().unwrap();
    let second = [("index.html", "one"), ("a/b/index.html", "TWO")];
    assert_eq!(
        write(&second, folder.path()).unwrap(),
        Written { files: 2, pages: 2, changed: 1, removed: 0 }
    );
    assert_eq!(fs::metadata(folder.path().join("index.html")).unwrap().modified().unwrap(), before);
    assert_eq!(read(folder.path(), "a/b/index.html").unwrap(), "TWO");
}

#[test]
fn a_folder_that_is_not_there_appears_whole() {
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("deep/public");
    let site = [("index.html", "one"), ("a/b/c/index.html", "two"), ("a/b/d.txt", "3")];
    assert_eq!(write(&site, &public).unwrap(), Written { files: 3, pages: 2, changed: 3, removed: 0 });
    assert_eq!(read(&public, "a/b/c/index.html").unwrap(), "two");
    assert_eq!(write(&site, &public).unwrap(), Written { files: 3, pages: 2, changed: 0, removed: 0 });
    let beside: Vec<_> = fs::read_dir(folder.path().join("deep")).unwrap().collect();
    assert_eq!(beside.len(), 1, "nothing stays beside it: {beside:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let plain = folder.path().join("plain");
        fs::create_dir(&plain).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&public), mode(&plain), "as the umask has it, not as a temporary folder has it");
    }
}

#[test]
fn what_an_earlier_build_wrote_is_removed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    write(&[("index.html", "one"), ("a/b/index.html", "two"), ("c/d.txt", "3")], folder.path()).unwrap();
    fs::write(folder.path().join("CNAME"), "example.org").unwrap();
    fs::write(folder.path().join("c/mine.txt"), "mine").unwrap();
    let written = write(&[("index.html", "one")], folder.path()).unwrap();
    assert_eq!(written, Written { files: 1, pages: 1, changed: 0, removed: 2 });
    assert!(!folder.path().join("a").exists(), "an empty folder goes");
    assert_eq!(read(folder.path(), "CNAME").unwrap(), "example.org");
    assert_eq!(read(folder.path(), "c/mine.txt").unwrap(), "mine");
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let refused = write(&[("thesis.txt", "gone")], folder.path());
    assert!(matches!(&refused, Err(Error::NotOurs(path)) if path == folder.path()));
    assert!(refused.unwrap_err().to_string().contains("--output"), "the remedy is named");
    assert_eq!(read(folder.path(), "thesis.txt").unwrap(), "years of work");
}

#[test]
fn a_manifest_cannot_lead_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    write(&[("index.html", "one")], &public).unwrap();
    fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let whole = folder.path().join("mine.txt");
    fs::write(public.join(".amends-manifest"), format!("../mine.txt\n{}\nindex.html\n", whole.display()))
        .unwrap();
    write(&[("index.html", "one")], &public).unwrap();
    assert_eq!(read(folder.path(), "mine.txt").unwrap(), "mine");
}

#[test]
fn a_write_that_fails_leaves_the_old_site_whole() {
    let folder = tempfile::tempdir().unwrap();
    write(&[("a.html", "old"), ("z/index.html", "old")], folder.path()).unwrap();
    fs::remove_dir_all(folder.path().join("z")).unwrap();
    fs::write(folder.path().join("z"), "in the way").unwrap();
    let refused = write(&[("a.html", "new"), ("z/index.html", "new")], folder.path());
    assert!(matches!(refused, Err(Error::InTheWay(path)) if path == folder.path().join("z")));
    assert_eq!(read(folder.path(), "a.html").unwrap(), "old");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "no temporary file stays behind: {left:?}");
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let (elsewhere, public) = (folder.path().join("elsewhere"), folder.path().join("public"));
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, &public).unwrap();
    let refused = write(&[("index.html", "one")], &public);
    assert!(matches!(refused, Err(Error::InTheWay(path)) if path == public));

    fs::remove_file(&public).unwrap();
    write(&[("index.html", "one"), ("a/index.html", "two")], &public).unwrap();
    fs::remove_dir_all(public.join("a")).unwrap();
    fs::write(elsewhere.join("index.html"), "mine").unwrap();
    symlink(&elsewhere, public.join("a")).unwrap();
    let refused = write(&[("index.html", "one"), ("a/index.html", "TWO")], &public);
    assert!(matches!(refused, Err(Error::InTheWay(path)) if path == public.join("a")));
    assert!(write(&[("index.html", "one")], &public).is_err(), "nor is anything removed through it");
    assert_eq!(read(&elsewhere, "index.html").unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn files_can_be_read_by_a_web_server() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    write(&[("index.html", "one")], folder.path()).unwrap();
    let ours = fs::metadata(folder.path().join("index.html")).unwrap().permissions().mode();
    fs::write(folder.path().join("plain"), "").unwrap();
    let plain = fs::metadata(folder.path().join("plain")).unwrap().permissions().mode();
    assert_eq!(ours, plain, "as the umask has it, not as a temporary file has it");
}
