//! The modules at the top of `src` depend on each other without cycles.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[test]
fn no_modules_depend_on_each_other_in_a_cycle() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    // By module, the names after `crate::` in its files.
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&src).into_iter().map(Result::unwrap) {
        if entry.path().extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let path = entry.path().strip_prefix(&src).unwrap().with_extension("");
        let text = fs::read_to_string(entry.path()).unwrap();
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let module = path.iter().next().unwrap().to_str().unwrap();
        uses.entry(module.to_owned())
            .or_default()
            .extend(code.join("\n").split("crate::").skip(1).flat_map(first_names));
    }
    assert!(uses["check"].contains("diag"), "no `use` lines were found");
    let modules: BTreeSet<String> = uses.keys().cloned().collect();
    for (module, names) in &mut uses {
        names.retain(|name| modules.contains(name) && name != module);
    }
    // Removes modules that use no remaining module; those in a cycle are never removed.
    while let Some(module) = uses.iter().find(|(_, names)| names.is_empty()).map(|(module, _)| module.clone())
    {
        uses.remove(&module);
        uses.values_mut().for_each(|names| _ = names.remove(&module));
    }
    assert!(uses.is_empty(), "some of these use each other in a cycle: {uses:#?}");
}

/// The first names in a path after `crate::`: one module, or each of those in braces.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    match path.strip_prefix('{') {
        Some(list) => list
            .split_once("};")
            .map_or(list, |(list, _)| list)
            .split([',', '{'])
            .map(|each| name(each.trim()))
            .collect(),
        None => vec![name(path)],
    }
}
