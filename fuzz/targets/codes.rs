//! Any bytes as a text with result codes, which a trainer pastes or drops.
#![no_main]

use amends::results::text;
use libfuzzer_sys::fuzz_target;
use scenario_wasm::Scenario;
use scenario_wasm::class::{Class, Rule, Scenarios};
use scenario_wasm::code::scan::find;
use scenario_wasm::code::{Code, Reporting, unescaped};

const STORY: &[u8] = include_bytes!("../seeds/wire/third-promised-tuesday.bin");

fuzz_target!(|bytes: &[u8]| {
    let text = text(bytes);
    let text = unescaped(&text);
    for found in find(&text, &[]) {
        // Writing a code that was read, and reading it again, gives the same.
        if let Ok(code) = found.result {
            let again = Code::decode(&found.text).expect("a code is written as it was read");
            assert_eq!(
                (code.key, code.fingerprint, code.seed, code.who),
                (again.key, again.fingerprint, again.seed, again.who)
            );
        }
    }
    let Ok(scenario) = Scenario::from_bytes(STORY) else { return };
    let mut scenarios = Scenarios::new(Reporting::Full);
    scenarios.add("making-amends", "third-promised-tuesday", [], &scenario);
    let class = Class::of(&scenarios, scenarios.read(0, &text, &[]), Rule::First);
    let _json = class.json(&scenarios);
    let _table = class.csv(&scenarios, &["text"]);
});
