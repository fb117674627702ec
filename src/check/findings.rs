//! What the families of lints add to: diagnostics that say which node or choice they are about, so that an `allow` there
//! can set them aside.

use crate::check::subject::{Line, Moment};
use crate::diag::Diagnostic;

/// What the lints of one story found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) all: Vec<Finding>,
}

/// A diagnostic and the names of what it is about.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) told: Diagnostic,
    pub(super) node: Option<String>,
    pub(super) choice: Option<String>,
}

impl Findings {
    /// About the whole.
    pub(super) fn story(&mut self, told: Diagnostic) {
        self.all.push(Finding { told, node: None, choice: None });
    }

    /// About a decision.
    pub(super) fn moment(&mut self, moment: &Moment<'_>, told: Diagnostic) {
        self.all.push(Finding { told, node: Some(moment.id.value.clone()), choice: None });
    }

    /// About a choice.
    pub(super) fn choice(&mut self, moment: &Moment<'_>, line: &Line<'_>, told: Diagnostic) {
        let (node, choice) = (Some(moment.id.value.clone()), Some(line.raw.id.value.clone()));
        self.all.push(Finding { told, node, choice });
    }
}
