//! `content/objectives.yaml` as typed: what the course teaches.

use crate::diag::Diagnostics;
use crate::parse::At;
use crate::parse::decode::Decode;
use crate::parse::entries::entries;
use crate::parse::id::check_id;
use crate::parse::mapping::keyed;
use crate::parse::scalar::{Plain, Text};
use crate::parse::yaml::{self, Kind, Origin};
use crate::source::FileId;

keyed! {
    /// Something that the course teaches.
    #[derive(Debug, Clone)]
    pub struct RawObjective ["objective", "an objective"] |reader| {
        /// Its name.
        pub id: At<String> => reader.name.clone(),
        /// The objective in words.
        pub says: Option<At<String>> = need(Plain),
        /// How deep it goes, such as apply.
        pub level: Option<At<String>> = may(Text),
    }
}

/// Reads the objectives; an empty file has none.
pub fn parse(file: FileId, text: &str, diags: &mut Diagnostics) -> Vec<RawObjective> {
    let Some(value) = yaml::parse(text, &Origin::whole(file, 0, text), diags) else { return Vec::new() };
    if matches!(value.kind, Kind::Empty) {
        return Vec::new();
    }
    let entries = entries(&value, "the file of objectives", diags).unwrap_or_default();
    let read = entries.iter().filter_map(|entry| {
        check_id(&entry.key, "an objective", diags);
        RawObjective::KEYS.read_entry(entry, diags)
    });
    read.collect()
}
