//! `amends export`: the course as one file for a learning platform, or the whole site as a zip.

use std::path::{Path, PathBuf};

use crate::address::Purpose;
use crate::diag::render::counted;
use crate::files::Content;
use crate::load::{LoadOptions, load};
use crate::package::{self, Contents, Standard};
use crate::render;
use crate::shell::cli::{Export, Global};
use crate::shell::cmd::{Failure, Outcome, note, stops};
use crate::shell::error::Error;
use crate::shell::zip::Zip;
use crate::shell::{disk, output};

/// Runs the command. Diagnostics and the summary go to stderr; the result is the file.
///
/// # Errors
/// If the course or a schema cannot be read, the theme fails, an argument names something that does not exist or does not
/// fit, or the file cannot be written.
pub fn run(args: &Export, global: Global) -> Result<Outcome, Failure> {
    let standard = args.format.standard();
    let narrows = !args.scenarios.is_empty() || args.multi_sco || args.language.is_some();
    if standard.is_none() && (narrows || args.schemas.is_some()) {
        return Err("a zip is the whole site; scenarios, --multi-sco, --language and --schemas are for packages: scorm12, scorm2004, cmi5".into());
    }
    let schemas = args.schemas.as_deref().map(schemas).transpose()?.unwrap_or_default();
    let check = |to: &Path| output::check(to, &args.site.site, schemas.iter().map(PathBuf::as_path));
    // A long export should not be in vain.
    args.output.as_deref().map(check).transpose()?;
    let options = LoadOptions { theme: args.theme.as_deref(), ..LoadOptions::without_lints() };
    let mut loaded = load(&disk::read(&args.site.site)?, &options);
    let report = loaded.report(render::findings(&loaded));
    if stops(&loaded, &report, false, global, "exported") {
        return Ok(Outcome::Faulty);
    }
    let id = loaded.course.settings.id.clone();
    let zip = Zip::default();
    match standard {
        None => _ = render::render(&loaded, Purpose::Publish, &zip)?,
        Some(standard) => {
            let schemas = schemas.iter().map(|path| named(path)).collect::<Result<Vec<_>, _>>()?;
            let contents = Contents {
                scenarios: &args.scenarios,
                separate: args.multi_sco,
                language: args.language.as_deref(),
                schemas: &schemas,
            };
            package::export(&mut loaded, standard, &contents, &zip)?;
        }
    }
    let to = args.output.clone().unwrap_or_else(|| name(&id, args));
    check(&to)?;
    let (files, bytes) = zip.finish(&to)?;
    let (files, size) = (counted(files, "file"), bytes.div_ceil(1000));
    note(global, format_args!("exported {files}, {size} kB -> {}", to.display()));
    Ok(Outcome::Done)
}

/// `making-amends-scorm12.zip`
fn name(id: &str, args: &Export) -> PathBuf {
    let scenario = match args.scenarios.as_slice() {
        [one] => format!("-{one}"),
        _ => String::new(),
    };
    let format = args.format.standard().map_or("site", Standard::name);
    format!("{id}{scenario}-{format}.zip").into()
}

/// The schema files of a folder.
fn schemas(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |source| Error::new("list", folder, source);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending == "xsd" || ending == "dtd") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(format!("there is no .xsd in {}", folder.display()).into());
    }
    Ok(files)
}

/// A file with its name.
fn named(path: &Path) -> Result<(String, Content), Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = std::fs::read(path).map_err(|source| Error::new("read", path, source))?;
    Ok((name, Content::Bytes(bytes.into())))
}
