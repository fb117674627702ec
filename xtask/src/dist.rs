//! `cargo xtask dist`: packs the program as people install it: for each system an archive, a wheel for PyPI, a package for
//! npm and, for Linux, one for Debian, each with the licenses of everything in it; and tests them.

mod notices;
mod pack;
mod packages;
mod system;
#[cfg(test)]
mod tests;
mod trial;

use clap::Args;

use crate::shell::{self, Done, say};
use packages::Package;
use system::{NAMES, SYSTEMS, System};

/// The maximum size of the program, in bytes.
const BUDGET: usize = 16_000_000;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// `cargo xtask dist`
#[derive(Args)]
pub(crate) struct Dist {
    /// Systems to pack for, by default this machine's. For others, the program is cross-compiled.
    #[arg(value_parser = NAMES)]
    systems: Vec<String>,
    /// Pack for every system.
    #[arg(long)]
    all: bool,
    /// Install each package without a network, and play a course with it.
    #[arg(long)]
    test: bool,
    /// The profile of Cargo.toml to build with.
    #[arg(long, default_value = "dist")]
    profile: String,
}

/// Builds, packs and, if requested, tests the packages; lists them with their sizes and how they were tested.
pub(crate) fn run(args: &Dist) -> Done {
    let wanted = |system: &&System| match args.systems.is_empty() && !args.all {
        true => system.is_here(),
        false => args.all || args.systems.iter().any(|name| name == system.name),
    };
    let folder = shell::target().join("packages");
    shell::remove(&folder)?;
    for system in SYSTEMS.iter().filter(wanted) {
        let program = shell::read_bytes(&system.build(&args.profile)?)?;
        say(&format!("{:>12}  the program for {}, of at most {BUDGET}", program.len(), system.name));
        if args.profile == "dist" && program.len() > BUDGET {
            return Err(format!("the program is larger than {BUDGET} bytes"));
        }
        if system.is_static() && program.windows(5).any(|part| part == b"/ld-m" || part == b"/ld-l") {
            return Err("the program is not static: it names a loader".to_owned());
        }
        let packages = packages::all(system, &program)?;
        for Package { name, bytes } in &packages {
            shell::write(&folder.join(name), bytes)?;
        }
        let sums: String = packages.iter().map(Package::sum).collect();
        shell::write(&folder.join(format!("amends-{VERSION}-{}.sha256", system.name)), sums)?;
        let trials = if args.test {
            trial::all(system, &folder, &packages)?
        } else {
            vec!["not tested"; packages.len()]
        };
        for (Package { name, bytes }, how) in packages.iter().zip(trials) {
            say(&format!("{:>12}  {name}: {how}", bytes.len()));
        }
    }
    Ok(())
}

/// Packs for this machine with a fast build, and tests each package.
pub(crate) fn test() -> Done {
    run(&Dist { systems: Vec::new(), all: false, test: true, profile: "quick".to_owned() })
}

/// Checks that each crate has the text of its license, for every system; this needs no compiler.
pub(crate) fn check_notices() -> Done {
    SYSTEMS.iter().try_for_each(|system| notices::crates(system).map(drop))
}
