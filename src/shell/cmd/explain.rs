//! `amends explain`: prints what a code means, why it matters and an example; without a code, lists all of them.

use crate::diag::suggest::did_you_mean;
use crate::diag::{Code, Severity};
use crate::limits::Limits;
use crate::shell::cli::Explain;
use crate::shell::cmd::{Failure, Outcome};

/// Runs the command.
///
/// # Errors
/// If the code does not exist.
pub fn run(args: &Explain) -> Result<Outcome, Failure> {
    let Some(name) = &args.code else {
        anstream::print!("{}", all());
        return Ok(Outcome::Done);
    };
    let Some(code) = Code::of(name) else {
        let known = Code::ALL.iter().map(|code| code.name());
        let hint = did_you_mean(name, known, "`amends explain` lists them all");
        return Err(format!("there is no check called `{name}`; {hint}").into());
    };
    anstream::print!("{}", one(code));
    Ok(Outcome::Done)
}

fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn one(code: Code) -> String {
    let aside = if code.is_lint() {
        format!(
            "To allow it, give the reason where it is reported:\n\n  allow: {{ {code}: \"why it is right here\" }}\n"
        )
    } else {
        "It cannot be allowed: fix it.\n".to_owned()
    };
    format!(
        "{code} ({})\n\n{}\n\nFor example:\n\n  {}\n\n{aside}",
        severity(code),
        code.why(),
        code.example()
    )
}

fn all() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    let line = |code: &Code| format!("  {:width$}  {:7}  {}\n", code.name(), severity(*code), code.why());
    let (lints, faults): (Vec<Code>, Vec<Code>) = Code::ALL.iter().partition(|code| code.is_lint());
    let threshold =
        |(name, default, says): &(&str, f64, &str)| format!("  {name:width$}  {default:<7}  {says}\n");
    format!(
        "Faults: they stop a file from being read or played\n\n{}\nLints: what makes a scenario weak; `allow: {{ CODE: REASON }}` on a scenario, a decision or a choice allows one\n\n{}\nThresholds: `lints: {{ NAME: NUMBER }}` in site.yaml changes them, `lints: off` turns all lints off\n\n{}",
        faults.iter().map(line).collect::<String>(),
        lints.iter().map(line).collect::<String>(),
        Limits::TABLE.iter().map(threshold).collect::<String>(),
    )
}
