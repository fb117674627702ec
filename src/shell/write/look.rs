//! What the system knows of a file without reading it: another for any change.

use std::fs::Metadata;
use std::time::SystemTime;

/// Length, kind and times, and on Unix the number of the file itself.
pub type Look = [u8; 49];

/// How files look, by their paths and in their order.
pub type Looks = Vec<(String, Look)>;

/// How a file looks.
pub(crate) fn look(known: &Metadata) -> Look {
    let saved = known.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let mut look = [0; 49];
    let mut parts = look.chunks_exact_mut(8);
    let mut put = |bytes: [u8; 8]| {
        if let Some(part) = parts.next() {
            part.copy_from_slice(&bytes);
        }
    };
    put(known.len().to_le_bytes());
    let saved = saved.unwrap_or_default();
    put(saved.as_secs().to_le_bytes());
    put(u64::from(saved.subsec_nanos()).to_le_bytes());
    // A copy can bring its time with it, but not the moment at which it came.
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        put(known.ctime().to_le_bytes());
        put(known.ctime_nsec().to_le_bytes());
        put(known.ino().to_le_bytes());
    }
    look[48] = u8::from(known.is_file());
    look
}
