//! `content/objectives.yaml` as typed: what the course teaches.
#![expect(missing_docs, reason = "a field is the key of its name, as the author typed it")]

use crate::diag::Diagnostics;
use crate::parse::At;
use crate::parse::decode::{Reader, check_id, entries, text};
use crate::parse::yaml::{self, Kind, Origin};
use crate::source::FileId;

/// One objective.
#[derive(Debug, Clone)]
pub struct RawObjective {
    pub id: At<String>,
    pub says: Option<At<String>>,
    pub level: Option<At<String>>,
}

/// Reads the objectives; an empty file has none.
pub fn parse(file: FileId, text_: &str, diags: &mut Diagnostics) -> Vec<RawObjective> {
    let Some(value) = yaml::parse(text_, &Origin::whole(file, 0, text_), diags) else { return Vec::new() };
    if matches!(value.kind, Kind::Empty) {
        return Vec::new();
    }
    let entries = entries(&value, "the file of objectives", diags).unwrap_or_default();
    let read = entries.iter().filter_map(|entry| {
        check_id(&entry.key, "an objective", diags);
        let mut reader = Reader::open(&entry.value, "an objective", entry.key.span, diags)?;
        let objective = RawObjective {
            id: entry.key.clone(),
            says: reader.need("says", text),
            level: reader.get("level", text),
        };
        reader.close();
        Some(objective)
    });
    read.collect()
}
