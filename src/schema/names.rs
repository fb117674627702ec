//! The names in a site: of nodes, flags, skills and everything else that one file defines and another uses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::diag::Diagnostics;
use crate::load::Loaded;
use crate::parse::node::{RawKind, RawNode};
use crate::parse::{self, Definitions, gate, naming};
use crate::path::stem;
use crate::source::FileId;

/// Names by the definition that lists them; a definition without names is unrestricted.
#[derive(Debug, Clone, Default)]
pub struct SiteNames(BTreeMap<&'static str, BTreeSet<String>>);

impl SiteNames {
    /// The names in the current files of a site, even with errors.
    pub fn of(site: &Loaded) -> Self {
        let mut names = Self::default();
        let ignored = &mut Diagnostics::default();
        let read = |path: &PathBuf| site.sources.find(path).map(|file| (file, site.sources.text(file)));
        names.add(naming::OBJECTIVE, site.course.objectives.iter().map(|objective| objective.id.as_str()));
        // Includes the built-in model, and lists the names of models that did not compile below.
        for model in &site.course.models {
            names.add(naming::MODEL, [model.id.as_str()]);
            names.add(naming::SKILL, model.skills.iter().map(|skill| skill.id.as_str()));
            names.add(naming::SLIP, model.slips.iter().map(|slip| slip.id.as_str()));
        }
        for path in &site.files.models {
            names.add(naming::MODEL, [stem(path).as_str()]);
            let Some((file, text)) = read(path) else { continue };
            let Some(model) = parse::model::parse(file, text, ignored) else { continue };
            names.add(naming::SKILL, model.skills.iter().map(|skill| skill.id.value.as_str()));
            names.add(naming::SLIP, model.slips.iter().map(|slip| slip.id.value.as_str()));
        }
        for path in &site.files.scenarios {
            let Some((file, text)) = read(path) else { continue };
            names.add_scenario(file, text, site);
        }
        names
    }

    fn add_scenario(&mut self, file: FileId, text: &str, site: &Loaded) {
        let ignored = &mut Diagnostics::default();
        let Some(scenario) = parse::scenario::parse(file, text, ignored) else { return };
        self.add_nodes(&scenario.story.nodes);
        self.add(naming::FLAG, scenario.story.flags.iter().map(|(flag, _)| flag.value.as_str()));
        let folder = site.sources.path(file).parent();
        for include in scenario.includes {
            let path = folder.map(|folder| crate::path::normal(&folder.join(include.value)));
            let Some(part) = path.and_then(|path| site.sources.find(&path)) else { continue };
            let nodes = parse::scenario::parse_include(part, site.sources.text(part), ignored);
            self.add_nodes(&nodes.unwrap_or_default());
        }
    }

    fn add_nodes(&mut self, nodes: &[RawNode]) {
        self.add(naming::NODE, nodes.iter().map(|node| node.id.value.as_str()));
        for node in nodes {
            let RawKind::Decision(decision) = &node.kind else { continue };
            let flags = decision.choices.iter().flat_map(|choice| &choice.sets);
            self.add(naming::FLAG, flags.map(|flag| flag.value.as_str()));
        }
    }

    fn add<'n>(&mut self, what: &'static str, names: impl IntoIterator<Item = &'n str>) {
        self.0.entry(what).or_default().extend(names.into_iter().map(str::to_owned));
    }

    /// Adds the names to their definitions.
    pub(super) fn fill(&self, definitions: &mut Definitions) {
        for (what, names) in self.0.iter().filter(|(_, names)| !names.is_empty()) {
            if let Some(definition) = definitions.get_mut(*what) {
                *definition =
                    json!({ "enum": names.iter().flat_map(|name| yaml_forms(name)).collect::<Vec<_>>() });
            }
        }
        let flags: Vec<&str> = self
            .0
            .get(naming::FLAG)
            .into_iter()
            .flatten()
            .map(String::as_str)
            .filter(|flag| parse::is_id(flag))
            .collect();
        if let Some(definition) = definitions.get_mut(naming::CONDITION).filter(|_| !flags.is_empty()) {
            let offered: Vec<String> =
                flags.iter().flat_map(|flag| [(*flag).to_owned(), format!("not {flag}")]).collect();
            *definition = json!({ "anyOf": [{ "enum": offered }, gate::words_schema(&flags.join("|"))] });
        }
    }
}

/// The values as which YAML may read a name: 2024 is also a number.
fn yaml_forms(name: &str) -> Vec<Value> {
    let read = serde_json::from_str(name).ok().filter(|read: &Value| read.is_number() || read.is_boolean());
    [Value::from(name)].into_iter().chain(read).collect()
}
