//! Writing a site: only what changed, only files of amends, and all or nothing.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use amends::sink::Sink as _;

use crate::harness::{Error, Site, Writing, Written, command, write};

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
fn a_new_folder_appears_whole() {
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("deep/public");
    let site = [("index.html", "one"), ("a/b/c/index.html", "two"), ("a/b/d.txt", "3")];
    assert_eq!(write(&site, &public).unwrap(), Written { files: 3, pages: 2, changed: 3, removed: 0 });
    assert_eq!(read(&public, "a/b/c/index.html").unwrap(), "two");
    assert_eq!(write(&site, &public).unwrap(), Written { files: 3, pages: 2, changed: 0, removed: 0 });
    let beside: Vec<_> = fs::read_dir(folder.path().join("deep")).unwrap().collect();
    assert_eq!(beside.len(), 1, "something is left beside it: {beside:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let plain = folder.path().join("plain");
        fs::create_dir(&plain).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&public), mode(&plain), "the mode must follow the umask");
    }
}

#[test]
fn only_files_of_an_earlier_build_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    write(&[("index.html", "one"), ("a/b/index.html", "two"), ("c/d.txt", "3")], folder.path()).unwrap();
    fs::write(folder.path().join("CNAME"), "example.org").unwrap();
    fs::write(folder.path().join("c/mine.txt"), "mine").unwrap();
    let written = write(&[("index.html", "one")], folder.path()).unwrap();
    assert_eq!(written, Written { files: 1, pages: 1, changed: 0, removed: 2 });
    assert!(!folder.path().join("a").exists(), "an empty folder is removed");
    assert_eq!(read(folder.path(), "CNAME").unwrap(), "example.org");
    assert_eq!(read(folder.path(), "c/mine.txt").unwrap(), "mine");
}

#[test]
fn a_folder_that_amends_did_not_write_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let refused = write(&[("thesis.txt", "gone")], folder.path());
    assert!(matches!(&refused, Err(Error::NotOurs(path)) if path == folder.path()));
    assert!(refused.unwrap_err().to_string().contains("--output"), "the message names the remedy");
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
    assert_eq!(left.len(), 3, "a temporary file is left: {left:?}");
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
    assert!(write(&[("index.html", "one")], &public).is_err(), "a file must not be removed through a link");
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
    assert_eq!(ours, plain, "the mode must follow the umask");
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn a_folder_that_has_only_built_files_is_replaced_at_once() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    let inode = || fs::metadata(&public).unwrap().ino();
    let first = [("a/one.html", "1"), ("a/two.html", "1")];
    write(&first, &public).unwrap();
    let (before, time) = (inode(), fs::metadata(public.join("a/two.html")).unwrap().modified().unwrap());
    write(&first, &public).unwrap();
    assert_eq!(inode(), before, "without changes, the folder stays");
    // A reader that has the old folder open sees the complete old site until the exchange.
    assert_eq!(write(&[("a/one.html", "2"), ("a/two.html", "1")], &public).unwrap().changed, 1);
    assert_ne!(inode(), before);
    assert_eq!(fs::metadata(public.join("a/two.html")).unwrap().modified().unwrap(), time);
    assert_eq!(read(&public, "a/one.html").unwrap(), "2");
    fs::write(public.join("CNAME"), "example.org").unwrap();
    let with_other_files = inode();
    write(&first, &public).unwrap();
    assert_eq!(inode(), with_other_files, "a folder that has other files stays");
    assert_eq!(names(&public), [".amends-manifest", "CNAME", "a"]);
    assert_eq!(names(folder.path()), ["public"]);
}

#[test]
fn a_file_can_become_a_folder_and_a_folder_a_file() {
    for has_other_files in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let public = folder.path().join("public");
        write(&[("a", "file"), ("b/c/d", "file")], &public).unwrap();
        if has_other_files {
            fs::write(public.join("CNAME"), "example.org").unwrap();
        }
        write(&[("a/x", "inside"), ("b", "file")], &public).unwrap();
        assert_eq!(read(&public, "a/x").unwrap(), "inside");
        assert_eq!(read(&public, "b").unwrap(), "file");
        write(&[("a", "file"), ("b/c/d", "file")], &public).unwrap();
        assert_eq!(read(&public, "b/c/d").unwrap(), "file");
        assert_eq!(public.join("CNAME").exists(), has_other_files);
    }
}

#[test]
fn the_leftovers_of_a_killed_build_are_removed() {
    for has_other_files in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let public = folder.path().join("public");
        write(&[("a/index.html", "old")], &public).unwrap();
        if has_other_files {
            fs::write(public.join("CNAME"), "example.org").unwrap();
        }
        // What an earlier version of amends left, and what this version leaves.
        fs::write(public.join(".amends-aB3xY9"), "half").unwrap();
        fs::write(public.join("a/.amends-000000"), "half").unwrap();
        for work in [folder.path().join(".public.amends"), public.join(".amends-work")] {
            fs::create_dir_all(work.join("stage/a")).unwrap();
            fs::write(work.join("stage/.amends-manifest"), "").unwrap();
            fs::write(work.join("stage/a/index.html"), "half").unwrap();
            if !has_other_files {
                fs::write(work.join("lock"), "").unwrap();
                break;
            }
        }
        write(&[("a/index.html", "new")], &public).unwrap();
        let left = if has_other_files {
            vec![".amends-manifest", "CNAME", "a"]
        } else {
            vec![".amends-manifest", "a"]
        };
        assert_eq!(names(&public), left);
        assert_eq!(names(&public.join("a")), ["index.html"]);
        assert_eq!(names(folder.path()), ["public"]);
    }
}

#[test]
fn the_manifest_lists_a_staging_folder_inside_the_output_while_it_exists() {
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    write(&[("a.html", "old")], &public).unwrap();
    fs::write(public.join("CNAME"), "example.org").unwrap();
    let writing = Writing::begin(&public).unwrap();
    writing.write("a.html", b"new").unwrap();
    assert_eq!(read(&public, ".amends-manifest").unwrap(), ".amends-work/\na.html\n");
    assert_eq!(read(&public, "a.html").unwrap(), "old");
    drop(writing);
    assert_eq!(read(&public, ".amends-manifest").unwrap(), "a.html\n");
    assert_eq!(names(&public), [".amends-manifest", "CNAME", "a.html"]);
    assert_eq!(names(folder.path()), ["public"]);
}

#[test]
fn a_staging_folder_that_amends_did_not_write_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let theirs = folder.path().join(".public.amends/stage");
    fs::create_dir_all(&theirs).unwrap();
    fs::write(theirs.join("thesis.txt"), "years of work").unwrap();
    let refused = write(&[("a.html", "1")], &folder.path().join("public"));
    assert!(matches!(refused, Err(Error::NotOurs(path)) if path == theirs));
    assert_eq!(read(&theirs, "thesis.txt").unwrap(), "years of work");
}

#[test]
fn builds_into_one_folder_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    for has_other_files in [false, true] {
        let public = folder.path().join(if has_other_files { "shared" } else { "public" });
        write(&[("0.html", "0")], &public).unwrap();
        if has_other_files {
            fs::write(public.join("CNAME"), "example.org").unwrap();
        }
        std::thread::scope(|scope| {
            for build in 0..8 {
                let public = &public;
                scope.spawn(move || {
                    let paths: Vec<String> = (0..20).map(|page| format!("{page}.html")).collect();
                    let text = build.to_string();
                    let files: Vec<(&str, &str)> =
                        paths.iter().map(|path| (path.as_str(), text.as_str())).collect();
                    write(&files, public).unwrap();
                });
            }
        });
        let first = read(&public, "0.html");
        assert!(
            (1..20).all(|page| read(&public, &format!("{page}.html")) == first),
            "the site mixes two builds"
        );
        assert_eq!(names(&public).len(), 21 + usize::from(has_other_files));
    }
    assert_eq!(names(folder.path()), ["public", "shared"]);
}

/// A build that is stopped at any moment leaves the old site or the new one, and nothing else; the next build removes what a
/// killed one leaves.
#[cfg(unix)]
#[test]
fn a_stopped_build_leaves_nothing_half_written() {
    let mut site = Site::new();
    for page in 0..150 {
        site = site.lesson(&format!("{page:03}-page-{page}"), "Words.");
    }
    let mut ended = Vec::new();
    for (at, signal) in ["INT", "TERM", "KILL"].iter().cycle().take(18).enumerate() {
        if at == 9 {
            site.put("public/CNAME", "example.org");
        }
        site.edit("site.yaml", "title: T", "title: TT");
        let mut child = command(&["build"], site.path()).stderr(Stdio::null()).spawn().unwrap();
        // Two of nine are stopped at once, when they may not handle signals yet, and the others in various states.
        let is_early = at % 9 < 2;
        let work = site.path().join(".public.amends");
        while !is_early && !work.exists() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(if is_early { 0 } else { 15 * (at as u64 % 9 - 2) }));
        Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        let code = child.wait().unwrap().code();
        ended.push(code);
        if *signal == "KILL" {
            site.amends(&["build"]).exits(0);
        } else if code != Some(0) {
            assert!([Some(130), Some(143)].contains(&code) || is_early, "{code:?}");
        }
        let beside = names(site.path());
        let kept = beside.iter().filter(|name| *name != "public");
        assert_eq!(kept.collect::<Vec<_>>(), ["content", "site.yaml"], "{signal} after {at}");
        if site.path().join("public").exists() {
            let hidden: Vec<String> = names(&site.path().join("public"))
                .into_iter()
                .filter(|name| name.starts_with(".amends"))
                .collect();
            assert_eq!(hidden, [".amends-manifest"], "{signal} after {at}");
        }
    }
    assert!(ended.iter().any(|code| code.is_some_and(|code| code >= 130)), "no build was stopped: {ended:?}");
}
