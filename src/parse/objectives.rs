//! `content/objectives.yaml` as typed: what the course teaches.

use crate::diag::{Code, Diagnostics};
use crate::parse::At;
use crate::parse::decode::Decode;
use crate::parse::entries::{entries, under_names};
use crate::parse::id::check_id;
use crate::parse::mapping::keyed;
use crate::parse::scalar::{Plain, Text};
use crate::parse::yaml::{self, Entry, Kind};
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

/// Reads the objectives. An empty file has none; `None` if the file cannot be read.
pub fn parse(file: FileId, text: &str, diags: &mut Diagnostics) -> Option<Vec<RawObjective>> {
    let mut value = yaml::parse_file(file, text, diags)?;
    if let [Entry { key, value: below }] = value.entries()
        && key.value == "objectives"
        && matches!(below.kind, Kind::Map(_) | Kind::List(_))
    {
        let message = "objectives start at the left margin of this file";
        let hint = "remove the line `objectives:`, and start what is below it at the left margin";
        diags.error(Code::UnknownKey, key.span, message, hint);
        value = below.clone();
    } else if let Some((mapping, span, hint)) = under_names(&value, |_| false) {
        diags.error(Code::WrongType, span, "objectives are named, not listed", hint);
        value = mapping;
    }
    if matches!(value.kind, Kind::Empty) {
        return Some(Vec::new());
    }
    let entries = entries(&value, "the file of objectives", diags)?;
    let read = entries.iter().map(|entry| {
        check_id(&entry.key, "an objective", diags);
        let nameless = || RawObjective { id: entry.key.clone(), says: None, level: None };
        RawObjective::KEYS.read_entry(entry, diags).unwrap_or_else(nameless)
    });
    Some(read.collect())
}
