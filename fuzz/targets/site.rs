//! Any bytes as the settings of a site, and as its objectives.
#![no_main]

use amends::{compile, parse};
use amends_fuzz::File;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(mut file) = File::new("site.yaml", bytes) else { return };
    let raw = parse::config::parse(file.id, file.sources.text(file.id), &mut file.diags);
    let _settings = compile::settings(raw.as_ref());
    let objectives = parse::objectives::parse(file.id, file.sources.text(file.id), &mut file.diags);
    compile::objectives(&objectives);
    file.report();
});
