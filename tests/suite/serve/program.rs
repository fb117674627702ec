//! `serve` as a running program: its addresses, the browser that it opens, and saves that it cannot read.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use super::{GOOD, LESSON};
use crate::harness::{self, Site, TIMEOUT, command};

/// While no file descriptor is free, a save cannot be read, and no other event follows it.
#[cfg(target_os = "linux")]
#[test]
fn a_save_that_cannot_be_read_is_retried() {
    let mut shell = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_amends");
    shell.args(["-c", &format!("ulimit -n 40; exec '{program}' serve --port 0")]);
    let mut program = Program::spawn(shell, Site::new().lesson("01-one", GOOD));
    let port = program.port();
    let connections: Vec<TcpStream> =
        (0..60).map(|_| TcpStream::connect(("127.0.0.1", port)).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(500));
    program.site.edit(LESSON, "first", "second");
    program.until("cannot read");
    drop(connections);
    let deadline = Instant::now() + TIMEOUT;
    loop {
        assert!(Instant::now() < deadline, "the save is never read");
        if get(("127.0.0.1", port), "localhost", "/lessons/one/").contains("The second text.") {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Sends a request to this address, with this host name, and returns the answer with its headers.
fn get(address: (&str, u16), host: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// A running `amends serve`, which ends with the test.
struct Program {
    child: Child,
    stderr: BufReader<ChildStderr>,
    site: Site,
}

impl Program {
    fn start(arguments: &[&str], path: Option<&Path>) -> Self {
        let site = Site::new();
        let mut command = command(&[&["serve"], arguments].concat(), site.path());
        if let Some(path) = path {
            command.env("PATH", path);
        }
        Self::spawn(command, site)
    }

    fn spawn(mut command: Command, site: Site) -> Self {
        let mut child = command.current_dir(site.path()).stderr(Stdio::piped()).spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Self { child, stderr, site }
    }

    /// Reads standard error up to a line that contains this, and returns that line.
    fn until(&mut self, part: &str) -> String {
        let mut before = String::new();
        loop {
            let mut line = String::new();
            assert!(
                self.stderr.read_line(&mut line).unwrap() > 0,
                "the program ended without {part:?}: {before}"
            );
            if line.contains(part) {
                return line.trim_end().to_owned();
            }
            before.push_str(&line);
        }
    }

    /// The port that the program prints.
    fn port(&mut self) -> u16 {
        let line = self.until("is shown at http://127.0.0.1:");
        line.rsplit(':').next().unwrap().trim_end_matches('/').parse().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

// On other systems, only 127.0.0.1 is an address of the machine.
#[cfg(target_os = "linux")]
#[test]
fn a_site_is_served_to_a_network_only_on_request() {
    let mut alone = Program::start(&["--port", "0"], None);
    let port = alone.port();
    assert!(alone.until("").contains("save a file"), "the first line is a warning");
    // Nothing listens on this other address of the machine.
    assert!(TcpStream::connect(("127.0.0.2", port)).is_err());

    let mut shared = Program::start(&["--port", "0", "--host", "0.0.0.0"], None);
    let port = shared.port();
    assert!(shared.until("warning").contains("drafts included"));
    // A network may have names for this machine that the machine does not know.
    let answer = get(("127.0.0.2", port), "desk.example", "/");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn an_address_of_another_machine_is_refused() {
    let refused = Site::new().amends(&["serve", "--host", "192.0.2.1"]).exits(2);
    refused.err_has("cannot listen on 192.0.2.1:4000");
}

#[cfg(unix)]
#[test]
fn a_browser_is_opened_at_the_address_or_its_absence_reported() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let mut without_browser = Program::start(&["--port", "0", "--open"], Some(&empty));
    assert!(without_browser.until("no browser could be opened").contains("go to http://127.0.0.1:"));

    // The programs that open an address on Linux and on a Mac.
    let opened = folder.path().join("opened");
    let browser = format!("echo \"$1\" > '{0}.new'\n/bin/mv '{0}.new' '{0}'", opened.display());
    for name in ["xdg-open", "open"] {
        harness::write_program(&folder.path().join(name), &browser);
    }
    let mut program = Program::start(&["--port", "0", "--open"], Some(folder.path()));
    let port = program.port();
    let deadline = Instant::now() + TIMEOUT;
    while !opened.exists() {
        assert!(Instant::now() < deadline, "nothing was opened");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(fs::read_to_string(opened).unwrap(), format!("http://127.0.0.1:{port}/\n"));
}
