//! Any bytes as the settings of a site, and as its objectives.
#![no_main]

use amends_fuzz::look;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    look("site.yaml", bytes);
    look("content/objectives.yaml", bytes);
});
