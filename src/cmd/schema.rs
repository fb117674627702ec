//! `amends schema`: the JSON Schema of a kind of file.

use crate::cli::Schema;
use crate::cmd::Outcome;
use crate::schema::schema;

/// Runs it.
pub fn run(args: &Schema) -> Outcome {
    anstream::println!("{:#}", schema(args.file));
    Outcome::Done
}
