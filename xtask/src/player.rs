//! Builds the player: the engine as WebAssembly, its glue and the page code, in one classic script.
//!
//! The script works over http, on any sub-path, from file:// and under a strict policy alike: the module travels
//! inside it, deflated and in base64, so nothing is fetched. The build is deterministic; the result is committed.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use wasm_bindgen_cli_support::Bindgen;

use crate::shell::{Done, cargo, output, root, say};
use crate::{size, tools};

/// Builds, and writes or compares.
pub(crate) fn run(check: bool) -> Done {
    let player = build()?;
    size::report(&player)?;
    let path = root().join("scenario-wasm/dist/player.js");
    if !check {
        return std::fs::write(&path, &player.script)
            .map_err(|error| format!("cannot write {}: {error}", path.display()));
    }
    let committed = std::fs::read(&path).unwrap_or_default();
    if committed == player.script {
        say("the committed player is what its source builds");
        return Ok(());
    }
    Err("scenario-wasm/dist/player.js is not what its source builds: run `cargo xtask player` and commit it"
        .into())
}

/// What was built.
pub(crate) struct Player {
    pub(crate) module: Vec<u8>,
    pub(crate) script: Vec<u8>,
}

fn build() -> Done<Player> {
    tools::target()?;
    tools::node()?;
    let arguments = ["rustc", "--package", "scenario-wasm", "--target", tools::TARGET, "--profile", "player"];
    // The crate type is given here and not in the manifest: naming two there would cost a quarter of the module.
    crate::shell::run(&cargo(), arguments.into_iter().chain(["--crate-type", "cdylib", "--locked"]))?;
    let wasm = target_folder()?.join(tools::TARGET).join("player/scenario_wasm.wasm");
    let (glue, module) = bind(&wasm)?;
    let script = script(&glue, &module)?;
    Ok(Player { module, script })
}

fn target_folder() -> Done<PathBuf> {
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    Ok(folder)
}

/// wasm-bindgen's part: the JavaScript glue, and the module that fits it.
fn bind(wasm: &Path) -> Done<(String, Vec<u8>)> {
    let bound = || {
        let mut bindgen = Bindgen::new();
        bindgen.input_path(wasm).out_name("engine").typescript(false);
        bindgen.remove_name_section(true).remove_producers_section(true).no_modules(true)?;
        let mut output = bindgen.generate_output()?;
        Ok::<_, Box<dyn std::error::Error>>((output.js().to_owned(), output.wasm_mut().emit_wasm()))
    };
    bound().map_err(|error| format!("wasm-bindgen: {error}"))
}

/// Glue, module and page code as one classic script that leaves no global behind.
fn script(glue: &str, module: &[u8]) -> Done<Vec<u8>> {
    let folder = target_folder()?.join("player");
    let entry = folder.join("entry.js");
    let main = root().join("scenario-wasm/page/main.ts").to_string_lossy().into_owned();
    let page = output(
        &tools::package("esbuild"),
        [&main, "--bundle", "--format=iife", "--target=es2022", "--charset=utf8"],
    )?;
    let mut whole = format!("{glue}\nconst AMENDS_WASM = \"{}\";\n", deflated(module)?).into_bytes();
    whole.extend(page);
    let write = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&entry, whole));
    write.map_err(|error| format!("cannot write {}: {error}", entry.display()))?;
    let minify = ["--minify", "--format=iife", "--target=es2022", "--charset=utf8", "--legal-comments=none"];
    let entry = entry.to_string_lossy().into_owned();
    output(&tools::package("esbuild"), [entry.as_str()].into_iter().chain(minify))
}

fn deflated(module: &[u8]) -> Done<String> {
    let mut deflated = Vec::new();
    let options = zopfli::Options::default();
    zopfli::compress(options, zopfli::Format::Deflate, module, &mut deflated)
        .map_err(|error| format!("zopfli: {error}"))?;
    Ok(base64::engine::general_purpose::STANDARD.encode(deflated))
}

/// The page code's types.
pub(crate) fn types() -> Done {
    crate::shell::run(&tools::package("tsc"), ["-p", "scenario-wasm/page"])
}
