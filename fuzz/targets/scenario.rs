//! Any bytes as a scenario.
#![no_main]

use amends_fuzz::look;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| look("content/scenarios/fuzz.yaml", bytes));
