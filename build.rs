//! Tells the program what it is built for, and builds again when the embedded theme, scaffold or starters change: a file added there is no change of any Rust source.

#[allow(clippy::disallowed_methods, reason = "it is built with the core, and is no part of it")]
fn main() {
    println!("cargo:rustc-env=AMENDS_TARGET={}", std::env::var("TARGET").unwrap_or_default());
    for folder in ["themes/default", "scaffold", "starters"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
