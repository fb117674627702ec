//! Reports the engine's refusals as diagnostics at the node at fault.

use scenario_wasm::{Error, Graph};

use crate::course::Model;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::scenario::RawStory;
use crate::prove::choice_ids;
use crate::source::Span;

/// Reports why the engine refuses a story. `graph` is the one that it was given.
pub fn refused(error: &Error, graph: &Graph, story: &RawStory, model: &Model, diags: &mut Diagnostics) {
    let at = |node: usize| place(story, &graph.nodes[node].id);
    let fault = match error {
        Error::DeadEnd { node, play } => {
            let id = &graph.nodes[*node].id;
            let message = format!("every choice at `{id}` is closed {}", after(graph, play));
            Diagnostic::error(Code::DeadEnd, at(*node), message)
                .hint("leave one choice without `when`, so that there is always something to say")
        }
        Error::NoFlawless { node, skills, play } => {
            let (id, after) = (&graph.nodes[*node].id, after(graph, play));
            not_flawless(at(*node), id, &after, skills, model)
        }
        Error::TooLarge => {
            Diagnostic::error(Code::TooLarge, story.span, "the story has too many states to explore")
                .hint("use fewer flags, or fewer conditions on goodwill")
        }
        Error::TooFine => {
            Diagnostic::error(Code::TooFine, story.span, "the scores of this story have no common unit")
                .hint("use rounder weights in the model, or a shorter story")
        }
        // Every rule has a check of its own; if one was forgotten, the story is reported.
        Error::Malformed(rule) => Diagnostic::error(
            Code::BadValue,
            story.span,
            format!("the engine cannot play this story: {rule}"),
        )
        .hint("check the model, too: its weights, caps and bands"),
        Error::Bytes => unreachable!("no bytes were read"),
    };
    diags.push(fault);
}

fn place(story: &RawStory, id: &str) -> Span {
    story.nodes.iter().find(|node| node.id.value == id).map_or(story.span, |node| node.id.span)
}

/// No play is flawless because of the decision `id`, which is met `after` some choices: it has no strongest choice, or its
/// `skills` need others first.
fn not_flawless(span: Span, id: &str, after: &str, skills: &[usize], model: &Model) -> Diagnostic {
    let [first, ..] = skills else {
        let message = format!(
            "no play is flawless: {after}, `{id}` has no open choice that is rated 3 throughout, without slip or cap"
        );
        return Diagnostic::error(Code::NoFlawlessPath, span, message)
            .hint("give this decision such a choice, or lead the flawless play past it");
    };
    let names: Vec<&str> = skills.iter().map(|skill| model.skills[*skill].id.as_str()).collect();
    let (names, needs) = (names.join(" and "), needs(model, *first));
    let message =
        format!("no play is flawless: {after}, `{id}` tests {names}, which needs {needs} before it");
    Diagnostic::error(Code::NoFlawlessPath, span, message).hint(format!(
        "test {needs} at an earlier decision, say at the top what is there from the start (`already: [...]`), or mark this decision `facet: safety` if somebody may come to harm, else `free_order: REASON`"
    ))
}

/// "listen and (empathize or apologize)".
fn needs(model: &Model, skill: usize) -> String {
    let parts = model.rules.skills[skill].needs.iter().map(|set| {
        let any: Vec<&str> = model
            .skills
            .iter()
            .enumerate()
            .filter(|(at, _)| set >> at & 1 == 1)
            .map(|(_, skill)| skill.id.as_str())
            .collect();
        if any.len() == 1 { any[0].to_owned() } else { format!("({})", any.join(" or ")) }
    });
    parts.collect::<Vec<_>>().join(" and ")
}

/// "after the choices ask, own-it", or a note that it is the first decision.
pub(super) fn after(graph: &Graph, play: &[usize]) -> String {
    match choice_ids(graph, play).as_slice() {
        [] => "at the very start".to_owned(),
        [one] => format!("after the choice {one}"),
        ids => format!("after the choices {}", ids.join(", ")),
    }
}
