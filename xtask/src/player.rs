//! Builds the scripts of the pages: the player, which is the engine as WebAssembly, its glue and the page code in one classic
//! script; the script of codes, with another part of the engine; and the scripts without the engine.
//!
//! The player works over HTTP, on any sub-path, from file:// and under a strict policy: it contains the module as text, so
//! nothing is fetched. The build is deterministic, and its result is committed.

use std::path::Path;

use base64::Engine as _;
use wasm_bindgen_cli_support::Bindgen;

use crate::shell::{Done, cargo, output, read_bytes, root, target, write};
use crate::{size, tools};

/// The scripts without the engine: the debrief, its additions, the animations of a play, My record, what home and lessons
/// remember, the trainer's desk, the search, the menu, the service worker, and the launch pages of packages. Each is
/// bundled from the page code's file of the same name.
const PLAIN: [&str; 11] =
    ["result", "along", "live", "record", "home", "desk", "search", "menu", "worker", "scorm", "cmi5"];

/// The options of every bundle.
const BUNDLE: [&str; 4] = ["--bundle", "--format=iife", "--target=es2022", "--charset=utf8"];

/// The first line of a script whose functions are nearly all called at once: a browser that supports this line compiles them in
/// parallel while the page loads, instead of one by one while the page waits.
const HINT: &str = "--banner:js=//# allFunctionsCalledOnLoad";

/// Builds all scripts, and writes them or compares them with the committed ones.
pub(crate) fn run(check: bool) -> Done {
    let mut scripts = vec![
        ("player", build("main", "player", |module| Ok(letters(module)))?),
        ("codes", build("codes", "results", deflated)?),
    ];
    for name in PLAIN {
        scripts.push((name, bundle(name, &["--minify", "--legal-comments=none"])?));
    }
    for (name, script) in &scripts {
        let path = root().join(format!("scenario-wasm/dist/{name}.js"));
        if !check {
            write(&path, script)?;
        } else if read_bytes(&path)? != *script {
            return Err(format!(
                "{name}.js differs from a fresh build of its source: run `cargo xtask player` and commit it"
            ));
        }
    }
    size::scripts()
}

/// Builds the script of the page code's file `page`, with the engine of this feature as text, made by `encode`.
fn build(page: &str, feature: &str, encode: impl Fn(&[u8]) -> Done<String>) -> Done<Vec<u8>> {
    tools::target(tools::TARGET)?;
    tools::node()?;
    let arguments = ["rustc", "--package", "scenario-wasm", "--target", tools::TARGET, "--profile", "player"];
    // The crate type is set here and not in the manifest, because two types there make the module a quarter larger.
    crate::shell::run(
        cargo(),
        arguments.into_iter().chain(["--features", feature, "--crate-type", "cdylib", "--locked"]),
    )?;
    let wasm = target().join(tools::TARGET).join("player/scenario_wasm.wasm");
    let (glue, module) = bind(&wasm)?;
    let module = optimize(&module)?;
    if page == "main" {
        size::check("engine", size::gzip(&module)?, size::MODULE)?;
    }
    script(page, &glue, &encode(&module)?)
}

/// Runs wasm-bindgen, and returns the JavaScript glue and the module that it is for.
fn bind(wasm: &Path) -> Done<(String, Vec<u8>)> {
    let bound = || {
        let mut bindgen = Bindgen::new();
        bindgen.input_path(wasm).out_name("engine").typescript(false);
        bindgen.remove_name_section(true).remove_producers_section(true).web(true)?;
        let mut output = bindgen.generate_output()?;
        Ok::<_, Box<dyn std::error::Error>>((output.js().to_owned(), output.wasm_mut().emit_wasm()))
    };
    bound().map_err(|error| format!("wasm-bindgen: {error}"))
}

/// Optimizes the module with Binaryen, which makes it about 4 % smaller.
fn optimize(module: &[u8]) -> Done<Vec<u8>> {
    let folder = target().join("player");
    let (from, to) = (folder.join("engine.wasm"), folder.join("optimized.wasm"));
    write(&from, module)?;
    let (before, after) = (from.to_string_lossy(), to.to_string_lossy());
    // The stack comes first and grows down, so the program keeps no data in the first kilobyte.
    let passes = ["--low-memory-unused", "--strip-target-features", "--flatten", "--rereloop", "-Os", "-Os"];
    crate::shell::run(tools::package("wasm-opt"), passes.into_iter().chain([&*before, "-o", &*after]))?;
    read_bytes(&to)
}

/// Joins glue, module and page code into a classic script that defines no globals, without unused parts of the glue.
fn script(page: &str, glue: &str, module: &str) -> Done<Vec<u8>> {
    let folder = target().join("player");
    let entry = folder.join("entry.js");
    let page = bundle(page, &[])?;
    let engine = format!(
        "import * as wasm_bindgen from \"./glue.js\";\nconst AMENDS_WASM = \"{module}\";\nconst AMENDS_READER = \"{}\";\n",
        reader()?
    );
    write(&folder.join("glue.js"), glue)?;
    write(&entry, engine + &String::from_utf8_lossy(&page))?;
    let minify = ["--minify", "--legal-comments=none", HINT];
    let entry = entry.to_string_lossy().into_owned();
    output(tools::package("esbuild"), [entry.as_str()].into_iter().chain(BUNDLE).chain(minify))
}

/// Bundles a file of the page code and its imports into a classic script.
fn bundle(name: &str, more: &[&str]) -> Done<Vec<u8>> {
    let entry = root().join(format!("scenario-wasm/page/{name}.ts")).to_string_lossy().into_owned();
    let arguments = [entry.as_str()].into_iter().chain(BUNDLE).chain(more.iter().copied());
    output(tools::package("esbuild"), arguments)
}

/// The module as text, encoded like a graph. A browser that inflates a stream draws frames in between, so what every page waits
/// for is compressed only by the web server.
fn letters(module: &[u8]) -> String {
    // Byte 28 would become a backslash.
    scenario_wasm::letters::letters(module, b"\"\x1c")
}

/// The module that decodes such text, as base64.
fn reader() -> Done<String> {
    let module = wat::parse_file(root().join("scenario-wasm/page/reader.wat"));
    let module = module.map_err(|error| format!("reader.wat: {error}"))?;
    Ok(base64::engine::general_purpose::STANDARD.encode(module))
}

/// The deflated module as base64: the smallest form, for what nobody waits for.
fn deflated(module: &[u8]) -> Done<String> {
    let mut deflated = Vec::new();
    let options = zopfli::Options::default();
    zopfli::compress(options, zopfli::Format::Deflate, module, &mut deflated)
        .map_err(|error| format!("zopfli: {error}"))?;
    Ok(base64::engine::general_purpose::STANDARD.encode(deflated))
}

/// Checks the page code's types.
pub(crate) fn types() -> Done {
    tools::node()?;
    crate::shell::run(tools::package("tsc"), ["-p", "scenario-wasm/page"])
}
