//! Passes the target to the program, and rebuilds when the embedded theme, scaffold or starters change: adding a file there
//! changes no Rust source.

#[allow(clippy::disallowed_methods, reason = "it is built with the core, and is no part of it")]
fn main() {
    println!("cargo:rustc-env=AMENDS_TARGET={}", std::env::var("TARGET").unwrap_or_default());
    for folder in ["themes/default", "scaffold", "starters"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
