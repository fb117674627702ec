//! `amends schema`: the JSON Schema of a kind of file.

use crate::schema::schema;
use crate::shell::cli::Schema;
use crate::shell::cmd::Outcome;

/// Runs it.
pub fn run(args: &Schema) -> Outcome {
    anstream::println!("{:#}", schema(args.file));
    Outcome::Done
}
