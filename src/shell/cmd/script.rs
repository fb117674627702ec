//! `amends script`: prints a whole scenario as Markdown, for a subject expert to review: every moment with every choice,
//! its ratings, its reply and its reason.

use std::collections::BTreeSet;
use std::fmt::{Result as Written, Write};

use scenario_wasm as engine;
use scenario_wasm::Cap;

use crate::course::{Choice, Decision, Form, Model, Node, Scenario, Story};
use crate::diag::controls::visible;
use crate::render::condition::clause;
use crate::shell::cli::{Global, OneScenario};
use crate::shell::cmd::chosen::Chosen;
use crate::shell::cmd::{Failure, Outcome};
use crate::theme::Strings;

/// Runs the command.
///
/// # Errors
/// If the scenario cannot be found or read.
pub fn run(args: &OneScenario, global: Global) -> Result<Outcome, Failure> {
    let chosen = Chosen::load(&args.scenario, &args.site.site)?;
    let Some((scenario, model)) = chosen.scenario() else { return Ok(chosen.unsound(global)) };
    let mut out = String::new();
    write(scenario, model, chosen.strings()?, &mut out)?;
    anstream::print!("{}", visible(&out));
    Ok(Outcome::Done)
}

fn write(scenario: &Scenario, model: &Model, strings: &Strings, out: &mut String) -> Written {
    let Story { customer, engine, nodes, start, .. } = &scenario.story;
    writeln!(out, "# {}\n\n{}\n", scenario.title, scenario.summary)?;
    writeln!(out, "- The trainee: {}", scenario.role)?;
    writeln!(out, "- The goal: {}", scenario.goal)?;
    let about = customer.about.as_ref().map_or(String::new(), |about| format!(". {about}"));
    writeln!(out, "- The customer: {}, goodwill {}{about}", customer.name, engine.graph().goodwill)?;
    writeln!(out, "- Scored by: {}\n", model.title)?;
    flags(&scenario.story, out)?;
    let first = &nodes[*start];
    let rest = nodes.iter().enumerate().filter(|(at, _)| at != start).map(|(_, node)| node);
    for node in [first].into_iter().chain(rest) {
        match node {
            Node::Decision(decision) => moment((scenario, model, strings), decision, out)?,
            Node::Ending(ending) => {
                let kind = ending.kind.name();
                writeln!(out, "## `{}`: the {kind} ending “{}”\n", ending.id, ending.title)?;
                writeln!(out, "{}\n", ending.text.markdown.trim())?;
            }
        }
    }
    Ok(())
}

/// What the story remembers: of each flag, in its words, the choices that set it, clear it and ask for it.
fn flags(story: &Story, out: &mut String) -> Written {
    let choices: Vec<(&Decision, &Choice)> = story
        .nodes
        .iter()
        .filter_map(|node| match node {
            Node::Decision(decision) => Some(decision),
            Node::Ending(_) => None,
        })
        .flat_map(|decision| decision.choices.iter().map(move |choice| (decision, choice)))
        .collect();
    let set = choices.iter().flat_map(|(_, choice)| choice.sets.iter().chain(&choice.clears));
    let names: BTreeSet<&String> = story.flags.keys().chain(set).collect();
    if names.is_empty() {
        return Ok(());
    }
    writeln!(out, "## What the story remembers\n")?;
    for name in names {
        let of = |does: fn(&Choice, &String) -> bool| {
            let each = choices.iter().filter(|(_, choice)| does(choice, name));
            let each = each.map(|(decision, choice)| format!("`{}/{}`", decision.id, choice.id));
            each.collect::<Vec<_>>().join(", ")
        };
        let words = story.flags.get(name).map_or(String::new(), |words| format!(", “{words}”"));
        write!(out, "- `{name}`{words}")?;
        let sides = [
            ("set by", of(|choice, name| choice.sets.contains(name))),
            ("cleared by", of(|choice, name| choice.clears.contains(name))),
            ("asked for by", of(|choice, name| choice.reads(name))),
        ];
        let sides = sides.iter().filter(|(_, each)| !each.is_empty());
        let sides: Vec<String> = sides.map(|(side, each)| format!("{side} {each}")).collect();
        writeln!(out, ": {}", sides.join("; "))?;
    }
    writeln!(out)
}

fn moment(
    (scenario, model, strings): (&Scenario, &Model, &Strings),
    decision: &Decision,
    out: &mut String,
) -> Written {
    let rules = scenario.story.rules(decision);
    let names = decision.tests.iter().map(|&skill| model.skills[skill].name.as_str());
    let names: Vec<&str> = names.chain(rules.free_order.then_some("in any order")).collect();
    writeln!(out, "## `{}`: tests {}\n", decision.id, names.join(", "))?;
    if let Some(scene) = &decision.scene {
        writeln!(out, "*Scene.* {}\n", scene.markdown.trim())?;
    }
    if let Some(says) = &decision.says {
        writeln!(out, "*{} says.* {}\n", scenario.story.customer.name, says.markdown.trim())?;
    }
    if let Some(hint) = &decision.hint {
        writeln!(out, "*Hint.* {}\n", hint.markdown.trim())?;
    }
    for ((number, choice), rule) in decision.choices.iter().enumerate().zip(&rules.choices) {
        let verb = if choice.form == Form::Do { "Do" } else { "Say" };
        writeln!(out, "### {}. `{}`\n", number + 1, choice.id)?;
        writeln!(out, "{verb}: **{}**\n", choice.text.markdown.trim())?;
        writeln!(out, "- Worth: {}", worth(model, decision, choice))?;
        effects(choice, rule, out)?;
        for (verb, flags) in [("Sets", &choice.sets), ("Clears", &choice.clears)] {
            if !flags.is_empty() {
                writeln!(out, "- {verb}: `{}`", flags.join("`, `"))?;
            }
        }
        if let Some(when) = &choice.when {
            writeln!(out, "- Open only if {}", clause(when, &scenario.story, strings))?;
        }
        writeln!(out, "- Then: {}\n", ways(scenario, choice, strings))?;
        if let Some(closed) = &choice.closed {
            writeln!(out, "*While it is closed.* {}\n", closed.markdown.trim())?;
        }
        writeln!(out, "*Reply.* {}\n", choice.reply.markdown.trim())?;
        writeln!(out, "*Why.* {}\n", choice.why.markdown.trim())?;
    }
    Ok(())
}

fn worth(model: &Model, decision: &Decision, choice: &Choice) -> String {
    let each = decision.tests.iter().zip(&choice.ratings);
    let each = each.map(|(&skill, rating)| format!("{} {rating} of 3", model.skills[skill].name));
    each.collect::<Vec<_>>().join(", ")
}

/// What else it does: harms, caps, goodwill where the author set it.
fn effects(choice: &Choice, rule: &engine::Choice, out: &mut String) -> Written {
    if !choice.slips.is_empty() {
        writeln!(out, "- Harm: {}", choice.slips.join(", "))?;
    }
    if let Some(cap) = rule.cap {
        let heavy = if cap == Cap::Serious { "serious" } else { "critical" };
        writeln!(out, "- Caps the score: {heavy}")?;
    }
    if let Some(goodwill) = rule.goodwill {
        writeln!(out, "- Goodwill: {goodwill:+}")?;
    }
    if let Some(trap) = &choice.trap {
        writeln!(out, "- Tempts because: {}", trap.replace('_', " "))?;
    }
    Ok(())
}

/// "`storm` if you had promised a van, else `calm`".
fn ways(scenario: &Scenario, choice: &Choice, strings: &Strings) -> String {
    let each = choice.then.iter().map(|way| {
        let id = match &scenario.story.nodes[way.to] {
            Node::Decision(decision) => &decision.id,
            Node::Ending(ending) => &ending.id,
        };
        match &way.when {
            Some(when) => format!("`{id}` if {}", clause(when, &scenario.story, strings)),
            None => format!("`{id}`"),
        }
    });
    each.collect::<Vec<_>>().join(", else ")
}
