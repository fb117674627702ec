//! Any bytes as a scenario.
#![no_main]

use amends_fuzz::File;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(mut file) = File::new("content/scenarios/fuzz.yaml", bytes) else { return };
    if let Some(scenario) = file.scenario() {
        file.texts(Vec::new(), vec![scenario]);
    }
    file.report();
});
