//! Reads the head of a picture: the size at which browsers show it, or why no browser shows it.

use std::io::Cursor;

use exif::{In, Tag};
use imagesize::{Compression, ImageType};

use super::svg;
use crate::files::Content;

/// The number of bytes to read. Whatever precedes the size of a picture, such as previews and color profiles, is shorter.
const HEAD: u64 = 1 << 20;

/// The start of what Git LFS leaves in place of a file that was not fetched.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// A picture's size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// Why no browser shows a file as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It has no bytes.
    Empty,
    /// It is a pointer of Git LFS to a file that was not fetched.
    Pointer,
    /// It is in this format, which most browsers do not show.
    Unsupported(&'static str),
    /// It is a video or a sound.
    Media,
    /// It is in no known format of pictures.
    Other,
}

impl Unreadable {
    /// The message about the file at `path`, and the remedy.
    pub fn message_and_hint(&self, path: &str) -> (String, String) {
        let formats = "JPEG, PNG, WebP, AVIF, GIF or SVG";
        match self {
            Self::Empty => (format!("`{path}` is empty"), "save the picture again".to_owned()),
            Self::Pointer => (
                format!("`{path}` is a pointer of Git LFS, and the picture itself was not fetched"),
                "run `git lfs pull`; in CI, fetch these files with the checkout (on GitHub `lfs: true`)"
                    .to_owned(),
            ),
            Self::Unsupported(kind) => (
                format!("`{path}` is a {kind} file, which most browsers do not show"),
                format!("save it as {formats}"),
            ),
            Self::Media => (
                format!("`{path}` is a video or a sound, not a picture"),
                format!("show a picture as {formats}; in a text, take out the `!` for a link to the file"),
            ),
            Self::Other => {
                (format!("no picture can be read from `{path}`"), format!("save it again as {formats}"))
            }
        }
    }
}

/// The size of a picture as browsers show it, if its format states it.
pub(super) fn size(path: &str, content: &Content) -> Result<Option<Size>, Unreadable> {
    let head = content.head(HEAD).map_err(|_| Unreadable::Other)?;
    // A symbolic link that is not followed has a diagnostic of its own.
    if matches!(content, Content::Refused(_)) {
        return Ok(None);
    }
    if head.is_empty() {
        return Err(Unreadable::Empty);
    }
    if head.starts_with(POINTER) {
        return Err(Unreadable::Pointer);
    }
    if path.to_ascii_lowercase().ends_with(".svg") {
        let text = String::from_utf8_lossy(&head);
        return if text.contains("<svg") { Ok(svg::size(&text)) } else { Err(Unreadable::Other) };
    }
    if is_media(&head) {
        return Err(Unreadable::Media);
    }
    let kind = imagesize::image_type(&head).map_err(|_| Unreadable::Other)?;
    match kind {
        ImageType::Heif(Compression::Hevc | Compression::Unknown) => {
            return Err(Unreadable::Unsupported("HEIC"));
        }
        ImageType::Tiff => return Err(Unreadable::Unsupported("TIFF")),
        ImageType::Jxl => return Err(Unreadable::Unsupported("JPEG XL")),
        ImageType::Psd => return Err(Unreadable::Unsupported("Photoshop")),
        _ => {}
    }
    let size = imagesize::blob_size(&head).map_err(|_| Unreadable::Other)?;
    let (Ok(width), Ok(height)) = (u32::try_from(size.width), u32::try_from(size.height)) else {
        return Ok(None);
    };
    Ok(Some(if is_turned(&head) { Size { width: height, height: width } } else { Size { width, height } }))
}

/// Whether it is MP4, QuickTime or Matroska (WebM). The first two use the same container as HEIC and AVIF.
fn is_media(head: &[u8]) -> bool {
    let still = [&b"avi"[..], b"hei", b"hev", b"mif", b"msf"];
    let is_boxed = head.get(4..8) == Some(b"ftyp");
    head.starts_with(b"\x1a\x45\xdf\xa3")
        || is_boxed && !still.iter().any(|brand| head.get(8..).is_some_and(|rest| rest.starts_with(brand)))
}

/// Whether the camera was held upright, so that browsers swap width and height.
fn is_turned(head: &[u8]) -> bool {
    let exif = exif::Reader::new().read_from_container(&mut Cursor::new(head));
    let field = exif.as_ref().ok().and_then(|exif| exif.get_field(Tag::Orientation, In::PRIMARY));
    field.and_then(|field| field.value.get_uint(0)).is_some_and(|way| (5..=8).contains(&way))
}
