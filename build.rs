//! Builds again when the embedded theme, scaffold or starters change: a file added there is no change of any Rust source.

fn main() {
    for folder in ["themes/default", "scaffold", "starters"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
