// The player: built by `cargo xtask player`.
