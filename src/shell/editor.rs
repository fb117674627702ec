//! The JSON Schemas in a course's folder, which its editor reads: `new` adds them, and they are renewed when names change.

use std::fs;
use std::path::Path;

use crate::load::Loaded;
use crate::schema::{SchemaFile, SiteNames, schema_with};
use crate::shell::error::{Error, Result};

const FILES: [(&str, SchemaFile); 3] = [
    (".vscode/amends/scenario.schema.json", SchemaFile::Scenario),
    (".vscode/amends/model.schema.json", SchemaFile::Model),
    (".vscode/amends/site.schema.json", SchemaFile::Site),
];

/// The schemas by path.
pub fn schemas(names: &SiteNames) -> [(&'static str, String); 3] {
    FILES.map(|(path, file)| (path, format!("{:#}\n", schema_with(file, names))))
}

/// Whether a course has them.
pub fn has_schemas(site: &Path) -> bool {
    FILES.iter().any(|(path, _)| site.join(path).is_file())
}

/// Updates the schemas that exist to the current names of the course. Returns those that changed.
///
/// # Errors
/// If one cannot be read or written.
pub fn renew(site: &Path, loaded: &Loaded) -> Result<Vec<&'static str>> {
    let mut renewed = Vec::new();
    if !has_schemas(site) {
        return Ok(renewed);
    }
    for (path, text) in schemas(&SiteNames::of(loaded)) {
        let file = site.join(path);
        if !file.is_file()
            || fs::read(&file).map_err(|source| Error::new("read", &file, source))? == text.as_bytes()
        {
            continue;
        }
        fs::write(&file, text).map_err(|source| Error::new("write", &file, source))?;
        renewed.push(path);
    }
    Ok(renewed)
}
