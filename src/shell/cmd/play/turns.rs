//! A play, turn by turn: what the trainee sees and hears, the choices by number, and their effects.

use std::io::{self, BufRead, Write};

use scenario_wasm::order;

use crate::course::{Decision, Form, Text};
use crate::diag::controls::{visible, visible_line};
use crate::markdown::plain::plain;
use crate::shell::cli::{Global, Play};
use crate::shell::cmd::play::text::wrapped;
use crate::shell::cmd::play::{Context, Run, debrief};
use crate::shell::cmd::{Failure, Outcome, note};

/// What the player typed.
enum Turn {
    Choose(usize),
    Undo,
    Quit,
}

/// Plays until the end, or until the player leaves.
pub(super) fn play(context: &Context<'_>, args: &Play, global: Global) -> Result<Outcome, Failure> {
    let mut input = io::stdin().lock();
    let mut run = context.start();
    brief(context, args, global);
    while let Some(decision) = context.decision(run.view().at) {
        let shown = moment(context, &run, decision, args);
        match turn(&mut input, &shown, args)? {
            Turn::Choose(place) => {
                run.choose(place).expect("only open choices are numbered");
                consequence(context, &run, decision, place, args);
            }
            Turn::Undo if run.undo() => anstream::println!("\nOne moment back.\n"),
            Turn::Undo => anstream::println!("This is the first moment.\n"),
            Turn::Quit => break,
        }
    }
    anstream::println!();
    anstream::print!("{}", visible(&debrief::report(context, &run)));
    io::stdout().flush()?;
    Ok(Outcome::Done)
}

fn brief(context: &Context<'_>, args: &Play, global: Global) {
    let scenario = context.scenario;
    anstream::println!("{}\n", visible_line(&scenario.title));
    anstream::print!("{}{}", wrapped(&scenario.role, ""), wrapped(&scenario.goal, ""));
    let customer = &scenario.story.customer;
    let about = customer.about.as_ref().map(|about| format!(": {about}")).unwrap_or_default();
    anstream::print!("{}\n", wrapped(&format!("{}{about}", customer.name), ""));
    let back = if args.challenge { "" } else { ", u goes one moment back" };
    note(global, format_args!("A number chooses{back}, q leaves.\n"));
}

/// Shows a moment. Returns the indices of its open choices, in the order of their numbers.
fn moment(context: &Context<'_>, run: &Run<'_>, decision: &Decision, args: &Play) -> Vec<usize> {
    prose(decision.scene.as_ref());
    prose(decision.says.as_ref());
    let view = run.view();
    let places: Vec<usize> = if args.challenge {
        order(args.seed.unwrap_or(1), view.at, decision.choices.len()).into_iter().map(usize::from).collect()
    } else {
        (0..decision.choices.len()).collect()
    };
    let mut open = Vec::new();
    for place in places {
        let choice = &decision.choices[place];
        let text = plain(&choice.text.markdown);
        if view.open[place] {
            open.push(place);
            let text =
                if choice.form == Form::Say { format!("\"{}\"", text.trim_matches('"')) } else { text };
            anstream::print!("{:>3}. {}", open.len(), wrapped(&text, "     ").trim_start());
        } else if let Some(closed) = &choice.closed {
            anstream::print!(
                "  -  {}",
                wrapped(&format!("{text} ({})", plain(&closed.markdown)), "     ").trim_start()
            );
        }
    }
    debug_assert!(!context.open(run).is_empty(), "a sound story has no dead end");
    open
}

fn prose(text: Option<&Text>) {
    if let Some(text) = text {
        anstream::println!("{}", wrapped(&plain(&text.markdown), ""));
    }
}

/// Asks until there is a valid answer; the end of the input means leaving.
fn turn(input: &mut impl BufRead, shown: &[usize], args: &Play) -> io::Result<Turn> {
    loop {
        anstream::print!("> ");
        io::stdout().flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            anstream::println!();
            return Ok(Turn::Quit);
        }
        match line.trim() {
            "q" => return Ok(Turn::Quit),
            "u" if args.challenge => anstream::println!("A challenge only goes forward."),
            "u" => return Ok(Turn::Undo),
            typed => match typed.parse::<usize>().ok().and_then(|number| shown.get(number.checked_sub(1)?)) {
                Some(place) => return Ok(Turn::Choose(*place)),
                None => anstream::println!("Type a number from 1 to {}.", shown.len()),
            },
        }
    }
}

fn consequence(context: &Context<'_>, run: &Run<'_>, decision: &Decision, place: usize, args: &Play) {
    let choice = &decision.choices[place];
    anstream::println!();
    prose(Some(&choice.reply));
    anstream::println!("Goodwill: {}\n", context.goodwill(run));
    if !args.challenge {
        anstream::println!("{}", wrapped(&plain(&choice.why.markdown), "  | "));
    }
}
