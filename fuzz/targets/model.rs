//! Any bytes as a recovery model.
#![no_main]

use amends::{check, compile, parse};
use amends_fuzz::File;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(mut file) = File::new("content/models/fuzz.yaml", bytes) else { return };
    if let Some(raw) = parse::model::parse(file.id, file.sources.text(file.id), &mut file.diags) {
        check::model::check(&raw, &mut file.diags);
        // As in a build: what has faults is not compiled.
        if file.diags.meaning_errors() == 0 {
            compile::model::model("fuzz", &raw);
        }
    }
    file.report();
});
