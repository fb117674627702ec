//! The whole interface to JavaScript: each method is one call and a conversion.
//!
//! A graph arrives as the bytes of [`crate::Scenario::to_bytes`]; views and reports leave as JSON in UTF-8. Only bytes and
//! numbers cross, so no string is converted. There are two modules: the player's and, with the feature `results`, one that
//! makes and reads result codes.

#[cfg(not(feature = "results"))]
mod player;
#[cfg(feature = "results")]
mod results;

#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A panic is a bug; the page then falls back to the readable story.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
