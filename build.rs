//! Builds again when the embedded theme or scaffold changes: a file added there is no change of any Rust source.

fn main() {
    for folder in ["themes/default", "scaffold"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
