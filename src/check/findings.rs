//! What the lints report: findings about the story, a moment, a choice or a text, so that an `allow` there can suppress
//! them.

use crate::check::subject::{LintedChoice, Moment, StoryText, Subject};
use crate::diag::{Code, Diagnostic, Label, Severity};
use crate::parse::At;
use crate::source::Span;

/// What the lints of one story found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) all: Vec<Finding>,
}

/// A diagnostic of its code's usual severity, and the ids of what it is about.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) diagnostic: Diagnostic,
    pub(super) node: Option<String>,
    pub(super) choice: Option<String>,
}

impl Findings {
    /// A finding about the whole story, placed at its title.
    pub(super) fn story(
        &mut self,
        subject: &Subject<'_>,
        code: Code,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.add(Diagnostic::lint(code, subject.span(), message), None, None)
    }

    /// A finding about a decision, placed at its id.
    pub(super) fn moment(
        &mut self,
        moment: &Moment<'_>,
        code: Code,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.add(Diagnostic::lint(code, moment.id.span, message), Some(moment.id), None)
    }

    /// A finding about a choice, placed at its words.
    pub(super) fn choice(
        &mut self,
        line: &LintedChoice<'_>,
        code: Code,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.add(Diagnostic::lint(code, line.span, message), Some(line.node), Some(line))
    }

    /// A finding placed at a text, about the decision or choice that the text belongs to.
    pub(super) fn text(
        &mut self,
        piece: &StoryText<'_>,
        code: Code,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.add(Diagnostic::lint(code, piece.span, message), piece.node, piece.line)
    }

    fn add(
        &mut self,
        diagnostic: Diagnostic,
        node: Option<&At<String>>,
        line: Option<&LintedChoice<'_>>,
    ) -> &mut Finding {
        let node = node.map(|id| id.value.clone());
        let choice = line.map(|line| line.raw.id.value.clone());
        self.all.push(Finding { diagnostic, node, choice });
        self.all.last_mut().expect("it was pushed just now")
    }
}

impl Finding {
    /// Moves the finding to another place.
    pub(super) fn at(&mut self, span: Span) -> &mut Self {
        self.diagnostic.span = span;
        self
    }

    /// Lowers the severity to a note.
    pub(super) fn note(&mut self) -> &mut Self {
        self.diagnostic.severity = Severity::Info;
        self
    }

    /// Sets the words under the place.
    pub(super) fn here(&mut self, text: impl Into<String>) -> &mut Self {
        self.diagnostic.here = text.into();
        self
    }

    /// Points out another place that explains the finding.
    pub(super) fn label(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.diagnostic.labels.push(Label { span, text: text.into() });
        self
    }

    /// Sets the remedy.
    pub(super) fn hint(&mut self, text: impl Into<String>) -> &mut Self {
        self.diagnostic.hint = Some(text.into());
        self
    }
}
