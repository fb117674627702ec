//! Pictures, videos and handouts: their sizes, reports on those that no browser shows, and videos streamed only if a page needs
//! them.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use amends::files::{Files, Stored};

use crate::harness::{Site, Writing, render};

/// A photo of 40 by 30 pixels whose Exif data states this orientation.
fn photo(orientation: u8) -> Vec<u8> {
    let exif =
        [b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", &[orientation][..], b"\0\0\0\0\0\0"]
            .concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let frame = b"\xff\xc0\0\x0b\x08\0\x1e\0\x28\x01\x01\x11\0";
    [b"\xff\xd8\xff\xe1", &length[..], &exif, frame, b"\xff\xda\0\x02\xff\xd9"].concat()
}

#[test]
fn a_photo_has_the_size_of_its_upright_form() {
    for (orientation, size) in [
        (1, r#"width="40" height="30""#),
        (3, r#"width="40" height="30""#),
        (6, r#"width="30" height="40""#),
        (8, r#"width="30" height="40""#),
    ] {
        let site =
            Site::new().lesson("01-one", "![A box](../box.jpg)").file("content/box.jpg", photo(orientation));
        site.build().page("lessons/one").has(size);
    }
}

#[test]
fn files_that_no_browser_shows_as_pictures_are_reported() {
    let pictures: [(&str, &[u8], &str); 7] = [
        ("empty.png", b"", "is empty"),
        (
            "lfs.jpg",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n",
            "is a pointer of Git LFS, and the picture itself was not fetched",
        ),
        ("film.mp4", b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2", "is a video or a sound, not a picture"),
        (
            "phone.jpg",
            b"\0\0\0\x18ftypheic\0\0\0\0heicmif1",
            "is a HEIC file, which most browsers do not show",
        ),
        ("page.png", b"<!DOCTYPE html><title>404</title>", "no picture can be read from `content/page.png`"),
        ("cut.png", b"\x89PNG\r\n\x1a\n\0\0", "no picture can be read from `content/cut.png`"),
        ("not.svg", b"{}", "no picture can be read from `content/not.svg`"),
    ];
    for (name, bytes, says) in pictures {
        let site = Site::new()
            .lesson("01-one", &format!("![A box](../{name})"))
            .file(&format!("content/{name}"), bytes);
        let report = site.check().short();
        assert!(
            report.starts_with("content/lessons/01-one.md:5:")
                && report.contains(": warning[unreadable-picture]: "),
            "{report}"
        );
        assert!(report.contains(says), "{report}");
        let config = format!("title: T\nbrand: {{ logo: content/{name} }}\n");
        let report = Site::new().config(&config).file(&format!("content/{name}"), bytes).check().short();
        assert!(report.starts_with("site.yaml:2:") && report.contains(says), "{report}");
    }
}

/// A video that records how often it was opened, and the most bytes that were read at once.
#[derive(Debug, Default)]
struct Video {
    opened: AtomicUsize,
    largest_read: Arc<AtomicUsize>,
}

/// The bytes of a video: how many are left, and the largest read.
struct VideoReader(usize, Arc<AtomicUsize>);

impl Stored for Video {
    fn open(&self) -> io::Result<Box<dyn Read>> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        Ok(Box::new(VideoReader(32 << 20, Arc::clone(&self.largest_read))))
    }
}

impl Read for VideoReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.1.fetch_max(into.len(), Ordering::Relaxed);
        let length = into.len().min(self.0);
        into[..length].fill(7);
        self.0 -= length;
        Ok(length)
    }
}

#[test]
fn a_published_video_is_streamed_and_an_unused_one_never_opened() {
    let (unused, shown) = (Arc::new(Video::default()), Arc::new(Video::default()));
    let mut files = Files::default();
    files.insert("site.yaml", "title: T\n");
    files.insert("content/lessons/01-one.md", "---\ntitle: One\n---\n[The film](../shown.mp4)\n");
    files.store("content/unused.mp4", Arc::clone(&unused) as Arc<dyn Stored>);
    files.store("content/shown.mp4", Arc::clone(&shown) as Arc<dyn Stored>);
    let opened = || [&unused, &shown].map(|video| video.opened.load(Ordering::Relaxed));
    let folder = tempfile::tempdir().unwrap();
    for count in [1, 2] {
        let writing = Writing::begin(&folder.path().join("public")).unwrap();
        render(&files, &writing);
        writing.finish().unwrap();
        assert_eq!(
            opened(),
            [0, count],
            "opened once to be written, and once more to see that it is unchanged"
        );
    }
    let most = shown.largest_read.load(Ordering::Relaxed);
    assert!(most <= 256 << 10, "{most} bytes at once");
    assert_eq!(folder.path().join("public/assets/shown.mp4").metadata().unwrap().len(), 32 << 20);
}
