//! Everything around the core: the command line, the disk, the network, the server, the clock.

pub mod cli;
pub mod cmd;
pub mod disk;
pub mod editor;
pub mod error;
#[cfg(feature = "network")]
pub mod external;
pub mod output;
pub mod serve;
pub mod watch;
pub mod whole;
pub mod write;
#[cfg(feature = "export")]
pub mod zip;
