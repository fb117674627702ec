//! Digests of bytes, and file names that contain one: browsers may keep such a file forever.

use std::fmt::Write as _;
use std::io::{self, Read};

use sha2::{Digest as _, Sha256};

/// The first eight bytes of SHA-256: enough to distinguish versions of a file.
pub type Digest = [u8; 8];

/// The digest of some bytes.
pub fn digest(bytes: &[u8]) -> Digest {
    shortened(&Sha256::digest(bytes))
}

/// The same for bytes that are read in pieces.
///
/// # Errors
/// When they cannot be read.
pub fn digest_of(mut from: impl Read) -> io::Result<Digest> {
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 64 << 10]);
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(shortened(&hasher.finalize())),
            length => hasher.update(&buffer[..length]),
        }
    }
}

fn shortened(digest: &[u8]) -> Digest {
    let mut first = Digest::default();
    first.copy_from_slice(&digest[..8]);
    first
}

/// Two hexadecimal digits per byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}

/// Eight digits of a digest: enough for file names.
pub fn short(digest: Digest) -> String {
    hex(&digest[..4])
}

/// A file name with a digest: `static/theme.3f2a91c0.css` for `static/theme.css`.
pub fn fingerprinted(path: &str, digest: Digest) -> String {
    let digest = short(digest);
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[name..].rfind('.') {
        Some(dot) => format!("{}.{digest}{}", &path[..name + dot], &path[name + dot..]),
        None => format!("{path}.{digest}"),
    }
}

/// Whether [`fingerprinted`] gave this path to the bytes with that digest: a date in a name only looks like one.
pub fn is_fingerprinted(path: &str, digest: impl FnOnce() -> Digest) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_digest = |part: &&str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut digests = name.split('.').skip(1).filter(is_digest).peekable();
    digests.peek().is_some() && {
        let own = short(digest());
        digests.any(|part| part == own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprinted_name_has_the_digest_before_the_extension() {
        let digest = digest(b"abc");
        for (path, name) in [
            ("static/theme.css", "static/theme.ba7816bf.css"),
            ("pictures/a b/c.d.png", "pictures/a b/c.d.ba7816bf.png"),
            ("pictures/a.b/c", "pictures/a.b/c.ba7816bf"),
        ] {
            assert_eq!(fingerprinted(path, digest), name);
            assert!(is_fingerprinted(name, || digest) && !is_fingerprinted(path, || digest), "{path}");
        }
        for path in ["static/photo.20240105.jpg", "scenarios/report.deadbeef.pdf", "a.ba7816bf.d/b.css"] {
            assert!(!is_fingerprinted(path, || digest), "{path}");
        }
        assert_eq!(hex(&digest), "ba7816bf8f01cfea");
    }
}
