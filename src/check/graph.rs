//! The ways between nodes: what can be reached, in which order, and where a story runs in a circle.

use std::collections::BTreeMap;

use crate::check::names::MAX_UNKNOWN;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::node::RawKind;
use crate::parse::scenario::RawStory;
use crate::source::Span;

/// Which node leads to which, by index into the raw nodes. Targets that do not exist are left out.
#[derive(Debug)]
pub struct Ways {
    /// The node at which the story begins, if it exists.
    pub start: Option<usize>,
    /// By node, in the order of its choices and their ways; the span is the target as typed.
    pub next: Vec<Vec<(usize, Span)>>,
}

impl Ways {
    /// The ways as typed.
    pub fn of(story: &RawStory) -> Self {
        Self::found(story, |names, name| names.get(name).copied())
    }

    /// The same, but an unknown target leads to the node with the nearest name, so that this node is not also reported as
    /// unreachable.
    fn with_near_targets(story: &RawStory) -> Self {
        let mut left = MAX_UNKNOWN;
        Self::found(story, |names, name| {
            names.get(name).copied().or_else(|| {
                left = left.checked_sub(1)?;
                names.get(nearest(name, names.keys().copied())?).copied()
            })
        })
    }

    fn found(story: &RawStory, mut find: impl FnMut(&BTreeMap<&str, usize>, &str) -> Option<usize>) -> Self {
        let names: BTreeMap<&str, usize> =
            story.nodes.iter().enumerate().map(|(at, node)| (node.id.value.as_str(), at)).collect();
        let next = story.nodes.iter().map(|node| match &node.kind {
            RawKind::Ending(_) | RawKind::Unread => Vec::new(),
            RawKind::Decision(decision) => {
                let ways = decision.choices.iter().flat_map(|choice| &choice.then);
                ways.filter_map(|way| Some((find(&names, &way.to.value)?, way.to.span))).collect()
            }
        });
        let next = next.collect();
        Self { start: story.start.as_ref().and_then(|start| find(&names, &start.value)), next }
    }
}

/// The result of a walk from the start.
#[derive(Debug)]
pub struct Walk {
    /// Every node reached. Without a cycle, each way leads to a later position.
    pub order: Vec<usize>,
    /// Each begins at the node that is met again; the span is the way back to it.
    pub cycles: Vec<(Vec<usize>, Span)>,
}

/// Walks depth first; `None` without a start. The order follows the story: targets of a node's first way precede those of
/// its last.
pub fn walk(ways: &Ways) -> Option<Walk> {
    let start = ways.start?;
    let (mut seen, mut on_path) = (vec![false; ways.next.len()], vec![false; ways.next.len()]);
    let (mut order, mut cycles) = (Vec::new(), Vec::new());
    // With a stack of its own, not recursion: the author decides how deep it gets.
    let mut path = vec![(start, ways.next[start].len())];
    (seen[start], on_path[start]) = (true, true);
    while let Some((node, left)) = path.last_mut() {
        // Takes the last way first: reversing the order in which nodes are finished then puts the first way first.
        let Some(way) = left.checked_sub(1) else {
            on_path[*node] = false;
            order.push(*node);
            path.pop();
            continue;
        };
        *left = way;
        let (to, span) = ways.next[*node][way];
        if on_path[to] {
            let from = path.iter().position(|(each, _)| *each == to).expect("it is on the path");
            let round: Vec<usize> = path[from..].iter().map(|(each, _)| *each).collect();
            // Several choices of a decision may lead back; that is still one circle.
            if !cycles.iter().any(|(known, _)| *known == round) {
                cycles.push((round, span));
            }
        } else if !seen[to] {
            (seen[to], on_path[to]) = (true, true);
            path.push((to, ways.next[to].len()));
        }
    }
    order.reverse();
    Some(Walk { order, cycles })
}

/// Reports cycles and unreachable nodes. Nodes of an included file need not be used.
pub(super) fn check(story: &RawStory, diags: &mut Diagnostics) {
    if story.nodes.len() > usize::from(u16::MAX) {
        let message = format!("the story has {} nodes; the limit is {}", story.nodes.len(), u16::MAX);
        diags.error(Code::TooLarge, story.span, message, "make several scenarios of it");
    }
    let ways = Ways::with_near_targets(story);
    let Some(found) = walk(&ways) else { return };
    let name = |at: usize| story.nodes[at].id.value.as_str();
    for (nodes, span) in &found.cycles {
        let round: Vec<&str> = nodes.iter().chain(nodes.first()).map(|at| name(*at)).collect();
        let message = format!("the story goes in a circle: {}", round.join(" -> "));
        let fault = Diagnostic::error(Code::Cycle, *span, message).here("leads back");
        diags.push(
            fault.hint("a conversation only moves forward; lead to a new node that picks it up from here"),
        );
    }
    // A way that could not be read, or whose target is unknown, may be meant for this node.
    let all = story.choices().map(|choice| choice.then.len()).sum::<usize>();
    if !story.whole || story.lacks_nodes || ways.next.iter().map(Vec::len).sum::<usize>() < all {
        return;
    }
    let mut reached = vec![false; story.nodes.len()];
    found.order.iter().for_each(|at| reached[*at] = true);
    for (at, node) in story.nodes.iter().enumerate() {
        if !reached[at] && node.id.span.file == story.span.file {
            let message = format!("nothing leads to `{}`", node.id.value);
            let hint =
                format!("name it in the `then` of a choice, as `then: {}`, or remove it", node.id.value);
            diags.error(Code::UnreachableNode, node.id.span, message, hint);
        }
    }
}
