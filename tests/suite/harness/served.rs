//! A site under `serve`, the requests of a browser, and the messages to an open page.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use amends::shell::serve::{News, Server};

use super::Site;

/// How long a test waits for anything; enough for a busy machine.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(20);

/// A site, which a test may change, and its server.
pub(crate) struct Served {
    pub(crate) site: Site,
    pub(crate) address: SocketAddr,
    /// The name of each event.
    events: Receiver<&'static str>,
}

impl Served {
    pub(super) fn start(site: Site) -> Self {
        let (sender, events) = channel();
        let server = Server::start(site.path(), loopback(0), move |news| {
            let event = match news {
                // The report on the files follows as `Checked`.
                News::Shown { .. } => return,
                News::Checked { report, .. } if report.has_errors() => "errors",
                News::Checked { .. } => "built",
                News::Failed { .. } => "failed",
            };
            let _ = sender.send(event);
        });
        Self { address: server.unwrap().address(), site, events }
    }

    /// The address of another server of the same site that asks for the same port.
    pub(crate) fn start_another(&self) -> SocketAddr {
        Server::start(self.site.path(), loopback(self.address.port()), |_| {}).unwrap().address()
    }

    /// Waits for the next event, which must be this one: `built`, `errors` or `failed`.
    #[track_caller]
    pub(crate) fn expect(&self, event: &str) {
        assert_eq!(self.next(), event);
    }

    /// Waits for the next event.
    pub(crate) fn next(&self) -> &'static str {
        self.events.recv_timeout(TIMEOUT).expect("an event in time")
    }

    /// Sends a request without normalizing its path.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_as(path, "localhost")
    }

    /// Sends a request with this host name.
    pub(crate) fn get_as(&self, path: &str, host: &str) -> Answer {
        self.get_with(path, host, "")
    }

    /// Sends a request with more header lines, each with its line end.
    pub(crate) fn get_with(&self, path: &str, host: &str, head: &str) -> Answer {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n{head}Connection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        Answer { head: head.to_lowercase(), body: body.to_owned() }
    }

    /// The stream of messages to the page at this path, after the first message.
    pub(crate) fn listen_on(&self, page: &str) -> Stream {
        let mut stream = self.connect();
        write!(stream, "GET /static/reload?{page} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut stream = Stream(BufReader::new(stream));
        stream.until("event: state");
        stream
    }

    /// The stream of messages to no particular page.
    pub(crate) fn listen(&self) -> Stream {
        self.listen_on("")
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream
    }
}

/// An address that only this machine reaches; port 0 means any free one.
fn loopback(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

/// The answer of a server.
pub(crate) struct Answer {
    /// The status line and headers, in lowercase.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The status code, such as `200`.
    pub(crate) fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap()
    }
}

/// Messages to an open page.
pub(crate) struct Stream(BufReader<TcpStream>);

impl Stream {
    /// Reads up to a line with this start, and returns the line after it.
    pub(crate) fn until(&mut self, start: &str) -> String {
        let mut line = String::new();
        while line.trim_end() != start {
            line.clear();
            let read = self.0.read_line(&mut line).expect("the message comes in time");
            assert!(read > 0, "the stream ended before {start}");
        }
        line.clear();
        self.0.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}
