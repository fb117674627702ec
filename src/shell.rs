//! Everything around the core: the command line, the disk, the network, the server, the clock.

pub mod cli;
pub mod cmd;
pub mod error;
pub mod external;
pub mod serve;
pub mod theme_files;
pub mod watch;
pub mod write;
