//! Any bytes as a recovery model.
#![no_main]

use amends_fuzz::look;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| look("content/models/fuzz.yaml", bytes));
